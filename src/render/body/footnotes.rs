//! Notes: collected where they stand, shown at the end in the order of their first reference.

use super::Body;
use crate::text::escape::escaped;
use std::collections::HashMap;

/// The notes of one body. Names are compared without regard to case, as the parser does.
#[derive(Default)]
pub struct Footnotes {
    /// How often each note is referred to, in the order of the first references.
    references: Vec<usize>,
    /// The place of a name among the references.
    places: HashMap<String, usize>,
    definitions: Vec<(String, String)>,
    /// The text around a definition being read.
    around: Vec<(String, String)>,
}

impl Footnotes {
    /// Counts one more reference to a note: the note's number, and which of its references this is.
    pub(super) fn count(&mut self, name: &str) -> (usize, usize) {
        let next = self.references.len();
        let at = *self.places.entry(name.to_lowercase()).or_insert(next);
        if at == next {
            self.references.push(0);
        }
        self.references[at] += 1;
        (at + 1, self.references[at])
    }
}

impl Body<'_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        let (number, occurrence) = self.footnotes.count(name);
        let anchor = reference_anchor(&self.prefix, number, occurrence);
        let label = self
            .bodies
            .filled("footnote_label", &[("n", &number.to_string())]);
        let (page, id) = match self.owner {
            // The note stands on the owner's page, under the number it has there.
            Some(owner) => (self.page_url(owner.id, None), String::new()),
            None => (String::new(), format!(" id=\"{anchor}\"")),
        };
        let prefix = if self.owner.is_some() {
            ""
        } else {
            &self.prefix
        };
        let attributes = format!(
            " href=\"{page}#vv-note-{prefix}{number}\"{id} aria-label=\"{}\"",
            escaped(&label)
        );
        self.writer.open("sup", " class=\"footnote-reference\"");
        self.writer.open("a", &attributes);
        self.writer.text(&number.to_string());
        self.writer.close("a");
        self.writer.close("sup");
    }

    pub(super) fn open_footnote(&mut self, name: &str) {
        let outside = std::mem::take(&mut self.writer.out);
        self.footnotes.around.push((name.to_lowercase(), outside));
    }

    pub(super) fn close_footnote(&mut self) {
        if let Some((name, outside)) = self.footnotes.around.pop() {
            let inside = std::mem::replace(&mut self.writer.out, outside);
            self.footnotes.definitions.push((name, inside));
        }
    }

    /// Writes the list of notes. Those that nothing refers to come last, so that nothing an author wrote is lost.
    pub(super) fn write_footnotes(&mut self) {
        let notes = std::mem::take(&mut self.footnotes);
        let mut texts: Vec<Option<String>> = vec![None; notes.references.len()];
        let mut unused = Vec::new();
        for (name, text) in notes.definitions {
            match notes.places.get(&name) {
                Some(at) if texts[*at].is_none() => texts[*at] = Some(text),
                _ => unused.push(text),
            }
        }
        if texts.is_empty() && unused.is_empty() {
            return;
        }
        let label = escaped(self.bodies.word("footnotes_label"));
        self.open_block(
            "section",
            &format!(" class=\"footnotes\" aria-label=\"{label}\""),
        );
        self.open_block("ol", "");
        let used = texts
            .into_iter()
            .map(Option::unwrap_or_default)
            .zip(notes.references);
        for (i, (text, count)) in used
            .chain(unused.into_iter().map(|text| (text, 0)))
            .enumerate()
        {
            self.write_footnote(i + 1, &text, count);
        }
        self.close_block("ol");
        self.close_block("section");
    }

    fn write_footnote(&mut self, number: usize, text: &str, references: usize) {
        let back = escaped(self.bodies.word("footnote_back"));
        self.writer
            .open("li", &format!(" id=\"vv-note-{}{number}\"", self.prefix));
        let (text, tail) = match text.trim_end().strip_suffix("</p>") {
            Some(text) => (text, "</p>"),
            None => (text, ""),
        };
        self.writer.out.push_str(text);
        for occurrence in 1..=references {
            let anchor = reference_anchor(&self.prefix, number, occurrence);
            self.writer.out.push(' ');
            let attributes = format!(
                " href=\"#{anchor}\" class=\"backlink\" aria-label=\"{back} ({number}.{occurrence})\""
            );
            self.writer.open("a", &attributes);
            self.writer.text("↩");
            self.writer.close("a");
        }
        self.writer.out.push_str(tail);
        self.close_block("li");
    }
}

fn reference_anchor(prefix: &str, number: usize, occurrence: usize) -> String {
    match occurrence {
        1 => format!("vv-noteref-{prefix}{number}"),
        n => format!("vv-noteref-{prefix}{number}-{n}"),
    }
}
