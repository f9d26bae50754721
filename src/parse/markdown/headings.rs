//! Headings of one body, when all are known: their levels, jumps between them, and the sections they begin.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::document::Heading;
use crate::text::span::TextRange;

/// A body that uses `#` is shifted by one level, since the title is the page's `h1`; then jumps are findings and
/// each section's range is known.
pub fn finish(headings: &mut [Heading], end: u32, diags: &mut Diagnostics<TextRange>) {
    let shift = u8::from(headings.iter().any(|h| h.level == 1));
    let mut last = 1;
    for heading in headings.iter_mut() {
        heading.level = (heading.level + shift).min(6);
        if heading.level > last + 1 {
            diags
                .add(Code::HeadingJump, heading.range.clone())
                .arg("from", format!("h{last}"))
                .arg("to", format!("h{}", heading.level));
        }
        last = heading.level;
    }
    for i in 0..headings.len() {
        let level = headings[i].level;
        let next = headings[i + 1..]
            .iter()
            .find(|h| h.level <= level)
            .map_or(end, |h| h.range.start);
        headings[i].section = headings[i].range.start..next;
    }
}
