//! Headings with their ids; in a checklist they name the groups of its form.

use super::Body;
use crate::text::escape::escaped;

impl Body<'_> {
    pub(super) fn open_heading(&mut self) {
        let place = self.next.heading;
        let level = self.document.headings[place].level;
        if self.is_checklist && level == 2 && self.depth == 0 {
            self.close_group();
            self.open_group(place);
        }
        let attributes = format!(
            " id=\"{}\"",
            escaped(&format!("{}{}", self.prefix, self.piece.heading_ids[place]))
        );
        self.writer.open(heading_element(level), &attributes);
        self.in_heading = true;
    }

    pub(super) fn close_heading(&mut self) {
        let level = self.document.headings[self.next.heading].level;
        self.next.heading += 1;
        self.in_heading = false;
        self.writer.close(heading_element(level));
        if self.is_checklist && level == 2 && self.depth == 0 && self.group_open {
            self.writer.close("legend");
        }
        self.writer.out.push('\n');
    }
}

fn heading_element(level: u8) -> &'static str {
    ["h1", "h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.min(6))]
}
