//! Notes: collected where they stand, shown at the end in the order of their first reference.

use super::Body;
use crate::text::escape::escaped;

/// The notes of one body.
#[derive(Default)]
pub struct Footnotes {
    /// Names in the order of their first reference, with how often each is referred to.
    references: Vec<(String, usize)>,
    definitions: Vec<(String, String)>,
    /// The text around a definition being read.
    around: Vec<(String, String)>,
}

impl Body<'_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        let references = &mut self.footnotes.references;
        let at = references
            .iter()
            .position(|(known, _)| known == name)
            .unwrap_or_else(|| {
                references.push((name.to_string(), 0));
                references.len() - 1
            });
        references[at].1 += 1;
        let number = at + 1;
        let anchor = reference_anchor(number, references[at].1);
        let label = self
            .bodies
            .filled("footnote_label", &[("n", &number.to_string())]);
        self.writer.open("sup", " class=\"footnote-reference\"");
        self.writer.open(
            "a",
            &format!(
                " href=\"#vv-note-{number}\" id=\"{anchor}\" aria-label=\"{}\"",
                escaped(&label)
            ),
        );
        self.writer.text(&number.to_string());
        self.writer.close("a");
        self.writer.close("sup");
    }

    pub(super) fn open_footnote(&mut self, name: &str) {
        let outside = std::mem::take(&mut self.writer.out);
        self.footnotes.around.push((name.to_string(), outside));
    }

    pub(super) fn close_footnote(&mut self) {
        if let Some((name, outside)) = self.footnotes.around.pop() {
            let inside = std::mem::replace(&mut self.writer.out, outside);
            self.footnotes.definitions.push((name, inside));
        }
    }

    /// Writes the list of notes; notes that nothing refers to are left out, as their finding says.
    pub(super) fn write_footnotes(&mut self) {
        let notes = std::mem::take(&mut self.footnotes);
        if notes.references.is_empty() {
            return;
        }
        let label = escaped(self.bodies.word("footnotes_label"));
        let back = escaped(self.bodies.word("footnote_back"));
        self.open_block(
            "section",
            &format!(" class=\"footnotes\" aria-label=\"{label}\""),
        );
        self.open_block("ol", "");
        for (i, (name, count)) in notes.references.iter().enumerate() {
            let number = i + 1;
            let text = notes
                .definitions
                .iter()
                .find(|(known, _)| known == name)
                .map_or("", |(_, text)| text.as_str());
            self.writer.open("li", &format!(" id=\"vv-note-{number}\""));
            let (text, tail) = match text.trim_end().strip_suffix("</p>") {
                Some(text) => (text, "</p>"),
                None => (text, ""),
            };
            self.writer.out.push_str(text);
            for occurrence in 1..=*count {
                let anchor = reference_anchor(number, occurrence);
                self.writer.out.push(' ');
                self.writer.open("a", &format!(" href=\"#{anchor}\" class=\"backlink\" aria-label=\"{back} ({number}.{occurrence})\""));
                self.writer.text("↩");
                self.writer.close("a");
            }
            self.writer.out.push_str(tail);
            self.close_block("li");
        }
        self.close_block("ol");
        self.close_block("section");
    }
}

fn reference_anchor(number: usize, occurrence: usize) -> String {
    match occurrence {
        1 => format!("vv-noteref-{number}"),
        n => format!("vv-noteref-{number}-{n}"),
    }
}
