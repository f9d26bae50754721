//! Footnotes of one body: which are used, which are defined.

use crate::diagnostic::{Code, Diagnostics};
use crate::text::span::TextRange;
use std::collections::HashSet;

/// Footnotes by name, without regard to case as the parser has them: which are used, which are defined.
#[derive(Default)]
pub struct Footnotes {
    pub uses: HashSet<String>,
    pub definitions: Vec<(String, TextRange)>,
}

impl Footnotes {
    /// Reports notes that nothing refers to.
    pub fn report(&self, diags: &mut Diagnostics<TextRange>) {
        let mut seen: HashSet<String> = HashSet::new();
        for (name, range) in &self.definitions {
            let key = name.to_lowercase();
            // Of two notes with one name the second is never referred to.
            let is_second = !seen.insert(key.clone());
            if is_second || !self.uses.contains(&key) {
                diags
                    .add(Code::FootnoteUnused, range.clone())
                    .arg("name", name.clone());
            }
        }
    }
}
