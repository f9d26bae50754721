//! Reviews: what a page rests on that changed after its last one, and which pages are next.
//!
//! In: the site. Out: references to its pages. Nothing is judged here: what is a finding is for `audit`, what readers
//! see for `plan`.

use super::{Page, Site};
use crate::model::config::Contact;
use crate::model::front_matter::{FrontMatter, KindData};
use crate::model::ids::PageId;
use crate::text::collate;
use crate::text::date::Date;
use crate::text::span::TextRange;

/// A page that another rests on and that changed after the other's last review.
#[derive(Clone, Debug)]
pub struct ChangedBasis<'a> {
    pub page: &'a Page,
    /// Where the change is written, in the page's own file.
    pub place: TextRange,
}

/// A page to be looked at again.
#[derive(Clone, Debug)]
pub struct Due<'a> {
    pub page: &'a Page,
    pub date: Date,
    pub reviewed: Option<Date>,
    pub owner: Option<&'a Contact>,
    pub is_overdue: bool,
}

impl Site {
    /// The sources and the model that a page rests on, as far as they changed after its last review. In the order of
    /// their paths.
    pub fn changed_basis<'a>(&'a self, page: &'a Page) -> Vec<ChangedBasis<'a>> {
        let front_matter = self.front_matter(page).filter(|_| page.status.is_current());
        let Some((front_matter, reviewed)) =
            front_matter.and_then(|fm| Some((fm, fm.reviewed.as_ref()?.value)))
        else {
            return Vec::new();
        };
        let changed = |id: PageId| {
            let page = self.page(id);
            let last = self.front_matter(page)?.last_change_of_substance()?;
            (last.value > reviewed).then_some(ChangedBasis {
                page,
                place: last.range,
            })
        };
        let basis = self.basis(page, front_matter);
        basis.into_iter().filter_map(changed).collect()
    }

    /// The sources that a page rests on, and the model it is part of; each once, by path.
    fn basis(&self, page: &Page, front_matter: &FrontMatter) -> Vec<PageId> {
        let mut basis = page.rests_on.clone();
        if let KindData::Member(member) = &front_matter.kind {
            let model = member.model.iter();
            basis.extend(
                model
                    .filter_map(|model| self.target(page, model))
                    .map(|model| model.id),
            );
        }
        basis.sort_unstable();
        basis.dedup();
        basis
    }

    /// The pages to be looked at again no later than a day: by owner in alphabetical order, those without one last,
    /// then by day and path.
    pub fn due_until<'a>(&'a self, last: Date) -> Vec<Due<'a>> {
        let due = |page: &'a Page| {
            let is_read = |fm: &&FrontMatter| !fm.is_draft && page.status.is_current();
            let front_matter = self.front_matter(page).filter(is_read)?;
            let date = front_matter.due().filter(|date| *date <= last)?;
            let owner = front_matter.owner.as_ref();
            Some(Due {
                page,
                date,
                reviewed: front_matter.reviewed.as_ref().map(|day| day.value),
                owner: owner.and_then(|owner| self.config.contact(&owner.value)),
                is_overdue: date < self.today,
            })
        };
        let mut list: Vec<Due> = self.pages.iter().filter_map(due).collect();
        list.sort_by(|a, b| {
            let by_owner = match (a.owner, b.owner) {
                (Some(a), Some(b)) => {
                    collate::compare(&a.name, &b.name).then_with(|| a.id.cmp(&b.id))
                }
                (a, b) => b.is_some().cmp(&a.is_some()),
            };
            let by_path = || a.page.path.cmp(&b.page.path);
            by_owner.then(a.date.cmp(&b.date)).then_with(by_path)
        });
        list
    }
}
