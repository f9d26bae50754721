//! Task items: real checkboxes with labels, or a choice of answers, with help text.

use super::Body;
use crate::markdown::{ItemMark, Node, Placed};
use crate::model::checklist;
use crate::model::front_matter::{Answers, KindData};
use crate::model::graph::group_anchor;
use crate::model::ids::PageId;
use crate::text::escape::escaped;

/// A box to tick by hand.
const PRINTED_BOX: &str = "<span class=\"tick\" aria-hidden=\"true\"></span>";

/// The items being read, innermost last.
#[derive(Default)]
pub struct Items {
    open: Vec<OpenItem>,
    /// The checklist that collects the items of the list being read.
    list: Option<PageId>,
}

impl Items {
    /// Whether a label is being written.
    pub fn in_label(&self) -> bool {
        self.open.last().is_some_and(|item| item.in_label)
    }
}

struct OpenItem {
    /// Place among the document's items.
    place: usize,
    in_label: bool,
    has_help: bool,
}

impl Body<'_> {
    /// The whole checklist is one form, which sends nothing.
    pub(super) fn open_form(&mut self) {
        if self.bodies.booklet.is_some() {
            self.open_block("div", " class=\"checklist\"");
            return;
        }
        let version = match self.document.front_matter.as_ref().map(|fm| &fm.kind) {
            Some(KindData::Checklist(checklist)) => checklist.version,
            _ => 1,
        };
        let answers = self.answers.name();
        let attributes = format!(
            " class=\"checklist\" id=\"vv-checklist\" data-site=\"{}\" data-checklist=\"{}\" data-version=\"{version}\" data-answers=\"{answers}\" autocomplete=\"off\"",
            escaped(&self.bodies.site.config.id),
            escaped(checklist::name(self.page)),
        );
        self.open_block("form", &attributes);
    }

    /// What the whole checklist is: a form, but not on paper.
    pub(super) fn form_element(&self) -> &'static str {
        match self.bodies.booklet {
            Some(_) => "div",
            None => "form",
        }
    }

    /// A section of a checklist with items is a group named by its heading.
    pub(super) fn open_group(&mut self, heading: usize) {
        let section = self.document.headings[heading].section.clone();
        let has_items = self
            .document
            .items
            .iter()
            .any(|item| section.contains(&item.range.start));
        if has_items {
            self.group_open = true;
            self.writer.open("fieldset", " class=\"group\"");
            self.writer.open("legend", "");
        }
    }

    pub(super) fn close_group(&mut self) {
        if std::mem::take(&mut self.group_open) {
            self.close_block("fieldset");
        }
    }

    pub(super) fn open_list(&mut self, start: Option<u64>, nodes: &[Placed]) {
        let kind = if start.is_some() { "ol" } else { "ul" };
        let is_tasks = matches!(nodes.get(2), Some((Node::ItemStart(_), _)));
        let attributes = match start {
            _ if is_tasks && self.collecting_list(self.next.item).is_some() => {
                " class=\"collected\"".to_string()
            }
            _ if is_tasks => " class=\"task-list\"".to_string(),
            Some(start) if start != 1 => format!(" start=\"{start}\""),
            _ => String::new(),
        };
        self.list_kinds.push(kind);
        self.open_block(kind, &attributes);
    }

    pub(super) fn open_list_item(&mut self, nodes: &[Placed]) {
        if !matches!(nodes.get(1), Some((Node::ItemStart(_), _))) {
            self.writer.open("li", "");
        } else if self.collecting_list(self.next.item).is_some() {
            let id = &self.piece.item_ids[self.next.item];
            let id = escaped(&format!("{}vv-item-{id}", self.prefix));
            self.writer.open("li", &format!(" id=\"{id}\""));
        } else if self.bodies.booklet.is_some() {
            let id = escaped(&self.piece.item_ids[self.next.item]);
            self.writer
                .open("li", &format!(" class=\"item\" id=\"vv-item-{id}\""));
        } else {
            let id = escaped(&self.piece.item_ids[self.next.item]);
            let was = self.document.items[self.next.item].was.join(" ");
            let was = if was.is_empty() {
                was
            } else {
                format!(" data-was=\"{}\"", escaped(&was))
            };
            self.writer
                .open("li", &format!(" class=\"item\" data-item=\"{id}\"{was}"));
        }
    }

    /// The checklist that an item of this page is ticked in, when that is not here.
    pub(super) fn collecting_list(&self, place: usize) -> Option<PageId> {
        self.piece.item_lists.get(place).copied().flatten()
    }

    /// After a list of items that are ticked elsewhere: the way there.
    pub(super) fn point_to_checklist(&mut self) {
        if !self.items.open.is_empty() {
            return;
        }
        let Some(list) = self.items.list.take() else {
            return;
        };
        let anchor = group_anchor(self.page);
        let address = self.page_url(list, Some(&anchor));
        let title = self.bodies.site.page(list).title.clone();
        self.writer.open("p", " class=\"collected-by\"");
        self.writer.text(self.bodies.word("collected_by"));
        self.writer.out.push(' ');
        self.writer.open("a", &format!(" href=\"{address}\""));
        self.writer.text(&title);
        self.writer.close("a");
        self.close_block("p");
    }

    pub(super) fn open_item(&mut self, mark: &ItemMark) {
        let place = self.next.item;
        self.next.item += 1;
        let id = escaped(&self.piece.item_ids[place]);
        self.items.open.push(OpenItem {
            place,
            in_label: true,
            has_help: false,
        });
        self.items.list = self.collecting_list(place).or(self.items.list);
        if self.collecting_list(place).is_some() {
            return;
        }
        if self.bodies.booklet.is_some() {
            self.open_printed_item();
        } else if self.answers == Answers::Done {
            let checked = if mark.is_checked { " checked" } else { "" };
            let described = if self.document.items[place].has_help {
                format!(" aria-describedby=\"vv-help-{id}\"")
            } else {
                String::new()
            };
            self.writer.widget(&format!(
                "<input type=\"checkbox\" id=\"vv-item-{id}\"{described}{checked}>"
            ));
            self.writer.out.push(' ');
            self.writer.open("label", &format!(" for=\"vv-item-{id}\""));
        } else {
            self.writer.open(
                "fieldset",
                &format!(" class=\"answers\" id=\"vv-item-{id}\""),
            );
            self.writer.open("legend", "");
        }
    }

    /// An item to be ticked by hand.
    fn open_printed_item(&mut self) {
        if self.answers == Answers::Done {
            self.writer.widget(PRINTED_BOX);
            self.writer.out.push(' ');
        } else {
            self.writer.open("div", " class=\"answers\"");
        }
        self.writer.open("span", "");
    }

    fn end_printed_question(&mut self) {
        self.writer.close("span");
        if self.answers == Answers::Done {
            return;
        }
        for (_, text) in self.answers.choices() {
            let text = escaped(self.bodies.word(text));
            self.writer.widget(&format!(
                " <span class=\"answer\">{PRINTED_BOX} <span>{text}</span></span>"
            ));
        }
        self.writer.close("div");
    }

    pub(super) fn end_label(&mut self, has_help: bool) {
        let Some(open) = self.items.open.last_mut() else {
            return;
        };
        open.has_help = has_help;
        open.in_label = false;
        let place = open.place;
        let id = escaped(&self.piece.item_ids[place]);
        if self.collecting_list(place).is_none() {
            self.end_question(&id);
        }
        let item = &self.document.items[place];
        if let Some(title) = item
            .role
            .as_ref()
            .and_then(|role| self.bodies.site.config.role(&role.value))
            .map(|role| role.title.in_language(self.bodies.language))
        {
            self.writer.out.push(' ');
            self.writer.open("span", " class=\"item-role\"");
            self.writer.text(title);
            self.writer.close("span");
        }
        if let Some(source) = self.piece.item_sources[place] {
            self.source_link(source);
        }
        if has_help {
            self.writer.out.push('\n');
            self.writer
                .open("div", &format!(" class=\"help\" id=\"vv-help-{id}\""));
        }
    }

    /// Ends the label of a checkbox, or asks for one of several answers.
    fn end_question(&mut self, id: &str) {
        if self.bodies.booklet.is_some() {
            return self.end_printed_question();
        }
        if self.answers == Answers::Done {
            self.writer.close("label");
            return;
        }
        self.writer.close("legend");
        for (value, text) in self.answers.choices() {
            let text = escaped(self.bodies.word(text));
            self.writer.widget(&format!(
                "<span class=\"answer\"><input type=\"radio\" id=\"vv-item-{id}-{value}\" name=\"vv-item-{id}\" value=\"{value}\"> \
                 <label for=\"vv-item-{id}-{value}\">{text}</label></span>"
            ));
        }
        self.writer.close("fieldset");
    }

    pub(super) fn end_help(&mut self) {
        if self.items.open.pop().is_some_and(|item| item.has_help) {
            self.writer.close("div");
        }
    }
}
