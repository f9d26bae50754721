//! The views: the plain data that templates get, and so the contract of a theme.

mod booklets;
mod changes;
mod checklists;
mod duties;
mod graph;
mod kinds;
mod knowledge;
mod lists;
mod search;

pub use booklets::*;
pub use changes::*;
pub use checklists::*;
pub use duties::*;
pub use graph::*;
pub use kinds::*;
pub use knowledge::*;
pub use lists::*;
pub use search::*;

use serde::Serialize;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkView {
    pub title: Arc<str>,
    pub url: Arc<str>,
}

/// A link of the foot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FootLink {
    pub title: Arc<str>,
    pub url: Arc<str>,
    /// The language of the page behind it, where that is another than the reader's.
    pub language: Option<String>,
}

impl From<LinkView> for FootLink {
    fn from(link: LinkView) -> FootLink {
        FootLink {
            title: link.title,
            url: link.url,
            language: None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DescribedLink {
    pub title: Arc<str>,
    pub url: Arc<str>,
    pub description: Option<Arc<str>>,
}

/// What every page sees of the site.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    pub id: String,
    pub title: String,
    pub description: Option<String>,
    pub language: String,
    pub publisher: Option<String>,
    pub home_url: Arc<str>,
    pub menu: Vec<LinkView>,
    /// `None` on the page of errors when no base address is known.
    pub css: Option<String>,
    /// Beside it on the front page.
    pub front_css: Option<String>,
    /// Beside it where a model is drawn.
    pub model_css: Option<String>,
    pub start_js: Option<String>,
    pub page_js: Option<String>,
    pub icon: Option<String>,
    pub languages: Vec<LanguageView>,
    pub footer_links: Vec<FootLink>,
    /// The page of changes, where there are any.
    pub changes: Option<LinkView>,
    /// The feed of substantial changes, where the site's address is known.
    pub feed_url: Option<String>,
    pub contact: Option<ContactView>,
    pub edition: Option<String>,
    pub base_url: Option<String>,
    /// Where the search's form leads.
    pub search_url: Option<String>,
    /// What the search's scripts are and need; `None` where there is no form.
    pub search: Option<SearchFilesView>,
    /// The scripts of checklists, where the theme has them.
    pub lists: Option<ListFilesView>,
    /// The page of all checklists, where there are any.
    pub my_lists: Option<LinkView>,
    /// The whole site on one page, where it is not too large for that.
    pub booklet: Option<LinkView>,
    pub logo: Option<LogoView>,
    pub csp: &'static str,
    pub offline: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LanguageView {
    pub code: String,
    pub title: String,
    pub url: Arc<str>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ContactView {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct LogoView {
    pub alt: String,
    pub light: ImageView,
    /// The one for the dark look, where it is another.
    pub dark: Option<ImageView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    pub url: String,
    pub width: u32,
    pub height: u32,
}

/// A section's navigation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NavView {
    /// Index into [`Plan::sites`].
    #[serde(skip)]
    pub site: usize,
    pub title: Arc<str>,
    pub url: Arc<str>,
    pub items: Vec<NavItem>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NavItem {
    pub title: Arc<str>,
    pub url: Arc<str>,
    pub items: Vec<LinkView>,
}

/// All a page's template gets, but for the safe HTML that `render` adds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PageView {
    pub kind: &'static str,
    pub template: String,
    pub title: Arc<str>,
    pub head_title: String,
    pub short_title: Arc<str>,
    pub description: Option<Arc<str>>,
    pub lead: Option<Arc<str>>,
    pub language: String,
    pub direction: &'static str,
    pub url: Arc<str>,
    pub canonical: Option<String>,
    pub open_graph: Option<OpenGraphView>,
    /// JSON-LD that may stand in a script element as it is; `render` hands it to templates as a safe text.
    #[serde(skip)]
    pub linked_data: Option<String>,
    pub noindex: bool,
    pub generated: bool,
    pub breadcrumbs: Vec<LinkView>,
    pub kicker: Option<String>,
    pub notice: Option<NoticeView>,
    /// Why the page no longer holds.
    pub status: Option<PageStatusView>,
    pub meta: MetaView,
    pub toc: Vec<TocItem>,
    pub key_points: Vec<String>,
    pub course: Option<CourseView>,
    pub guide: Option<GuideView>,
    /// The guides that the page is a chapter of.
    pub guides: Vec<GuidePlaceView>,
    pub booklet: Option<BookletView>,
    pub method: Option<MethodView>,
    pub model: Option<ModelView>,
    pub member: Option<MemberView>,
    pub case: Option<CaseView>,
    pub checklist: Option<ChecklistView>,
    /// The checklists that the page of all checklists shows.
    pub my_lists: Vec<MyListView>,
    /// The checklists that the front page leads back to, once a reader has begun them.
    pub begun_lists: Vec<BegunListView>,
    pub glossary: Option<GlossaryView>,
    pub sources: Option<Vec<SourceView>>,
    /// The same sources for machines.
    pub sources_data: Option<Arc<str>>,
    pub search: Option<SearchView>,
    pub evidence: Option<EvidenceView>,
    /// Of the page of the accessibility statement.
    pub accessibility: Option<AccessibilityView>,
    /// What scripts keep in a reader's browser, on the page that tells of it.
    pub storage: Vec<StoredView>,
    /// The typed numbers of the text.
    pub figures: Vec<FigureView>,
    pub citations: Vec<CitationView>,
    pub matrices: Vec<MatrixView>,
    /// What a reader can do when the page is read; the label is the kind of page.
    pub next_steps: Vec<RelatedView>,
    pub related: Vec<RelatedView>,
    pub where_used: Vec<UsedGroup>,
    pub children: Vec<ChildView>,
    pub groups: Vec<GroupView>,
    /// What the page of a topic, a role or another term lists.
    pub listing: Option<ListingView>,
    /// The front page's ways in by role.
    pub roles: Vec<LinkView>,
    /// `None` where narrowing the page's lists by role would help nobody.
    pub filter: Option<RoleFilterView>,
    pub about: Vec<AboutRow>,
    /// What the page rests on that changed after its last review.
    pub basis_changed: Vec<LinkView>,
    /// The page's own log, the newest first.
    pub history: Vec<ChangeView>,
    /// What the front page tells of.
    pub news: Vec<PageChangeView>,
    /// What the page of changes holds.
    pub changes: Option<ChangesView>,
    pub prev: Option<LinkView>,
    pub next: Option<LinkView>,
    pub to_top: bool,
    pub translations: Vec<LanguageView>,
    pub redirect_url: Option<Arc<str>>,
}

/// What other sites show of a page that is linked there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenGraphView {
    pub kind: &'static str,
    pub url: String,
    /// `da_DK`
    pub locale: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoticeView {
    pub text: String,
}

/// What stands above the text of a page that no longer holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageStatusView {
    /// `superseded`, `withdrawn` or `retracted`.
    pub name: &'static str,
    /// In one word, where room is short.
    pub word: String,
    pub title: String,
    pub text: String,
    /// The newest entry of the page's own log, and its day.
    pub reason: Option<String>,
    pub date: Option<DateView>,
    /// What to read instead.
    pub successor: Option<LinkView>,
}

/// A date for machines and for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateView {
    pub iso: String,
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MetaView {
    pub reviewed: Option<DateView>,
    pub overdue: bool,
    pub date: Option<DateView>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TocItem {
    pub id: Arc<str>,
    pub title: Arc<str>,
    pub items: Vec<TocItem>,
}

/// The pages that a page leads through, in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CourseView {
    pub label: String,
    pub items: Vec<LinkView>,
}

/// A way to another page, and why it is taken.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RelatedView {
    pub title: Arc<str>,
    pub url: Arc<str>,
    pub why: Option<String>,
    /// What the other page is to this one.
    pub label: String,
    /// Whether the tie is ours, and in no source.
    pub editorial: bool,
}

/// One row of «Om denne side».
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AboutRow {
    pub label: String,
    pub text: Option<String>,
    pub date: Option<DateView>,
    pub note: Option<String>,
    pub links: Vec<LinkView>,
}
