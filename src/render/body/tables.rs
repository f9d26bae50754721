//! Tables: in a frame that scrolls on its own, named after what they stand under.

use super::Body;
use crate::text::escape::escaped;
use pulldown_cmark::Alignment;

/// The table being read.
#[derive(Default)]
pub struct Table {
    pub(super) alignments: Vec<Alignment>,
    pub(super) cell: usize,
    pub(super) in_head: bool,
    pub(super) body_open: bool,
}

impl Body<'_> {
    pub(super) fn open_table(&mut self, alignments: &[Alignment]) {
        self.table = Table {
            alignments: alignments.to_vec(),
            ..Table::default()
        };
        let heading = self
            .next
            .heading
            .checked_sub(1)
            .map(|at| self.document.headings[at].text.as_str());
        let title = heading.unwrap_or(&self.page.title);
        let mut label = self.bodies.filled("table_label", &[("title", title)]);
        match self
            .table_labels
            .iter_mut()
            .find(|(known, _)| *known == label)
        {
            Some((_, count)) => {
                *count += 1;
                label = format!("{label} ({count})");
            }
            None => self.table_labels.push((label.clone(), 1)),
        }
        let attributes = format!(
            " class=\"table-frame\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"",
            escaped(&label)
        );
        self.writer.open("div", &attributes);
        self.open_block("table", "");
    }

    pub(super) fn close_table(&mut self) {
        if self.table.body_open {
            self.writer.out.push_str("</tbody>\n");
        }
        self.writer.close("table");
        self.close_block("div");
    }

    pub(super) fn open_cell(&mut self) {
        let alignment = match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        self.table.cell += 1;
        if self.table.in_head {
            self.writer
                .open("th", &format!(" scope=\"col\"{alignment}"));
        } else {
            self.writer.open("td", alignment);
        }
    }
}
