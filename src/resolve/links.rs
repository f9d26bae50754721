//! Links, images, citations and figures of a page's body: each leads somewhere, or is a finding.

use super::Inputs;
use super::anchors::Anchors;
use super::figures::Figures;
use super::ids::{Index, join, page_path};
use super::references::{find, folder_of, is_draft};
use super::status;
use super::terms::{self, Lexicon};
use super::tree::{Tree, TreeNode};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::markdown::raw_html;
use crate::model::document::{Link, LinkKind};
use crate::model::ids::{AssetId, FileId, PageId};
use crate::model::site::{CitationNumber, ImageTarget, LinkTarget, PageCitation, TermUse};
use crate::text::span::{Span, TextRange};
use std::sync::Arc;

/// What the links of all pages are looked up in.
pub struct Resolver<'a> {
    pub inputs: &'a Inputs<'a>,
    pub tree: &'a Tree,
    pub index: &'a Index,
    /// By document.
    pub anchors: &'a [Anchors],
    pub figures: &'a Figures,
    /// By language.
    pub lexicons: &'a [Lexicon],
}

/// What one page's body leads to, in the order of its document's lists.
#[derive(Default)]
pub struct Body {
    pub links: Vec<LinkTarget>,
    pub images: Vec<ImageTarget>,
    pub citations: Vec<PageCitation>,
    pub citation_numbers: Vec<CitationNumber>,
    pub item_sources: Vec<Option<PageId>>,
    pub terms: Vec<TermUse>,
}

/// The severity of a finding about links: lenient content is warned about.
pub fn severity(inputs: &Inputs, code: Code) -> Severity {
    if inputs.config.is_lenient {
        Severity::Warning
    } else {
        code.severity()
    }
}

/// Resolves the body of one page.
pub fn resolve(resolver: &Resolver, node: usize, diags: &mut Diagnostics) -> Body {
    let page = &resolver.tree.nodes[node];
    let Some(id) = page.document.filter(|_| page.has_body()) else {
        return Body::default();
    };
    let document = resolver.inputs.document(id);
    let mut body = BodyLinks {
        resolver,
        page,
        anchors: &resolver.anchors[id.index()],
        file: resolver.inputs.file(id),
        folder: folder_of(page),
        diags,
    };
    let links: Vec<LinkTarget> = document.links.iter().map(|link| body.link(link)).collect();
    let lexicon = &resolver.lexicons[usize::from(page.language)];
    let terms = terms::uses(lexicon, PageId::of(node), page, document, &links);
    let images = document
        .images
        .iter()
        .map(|image| body.image(&image.target, &image.range))
        .collect();
    let (citations, citation_numbers) = body.citations(document);
    body.figures(document);
    let item_sources = document
        .items
        .iter()
        .map(|item| {
            item.source
                .as_ref()
                .and_then(|s| body.source(&s.value, &s.range))
        })
        .collect();
    Body {
        links,
        images,
        citations,
        citation_numbers,
        item_sources,
        terms,
    }
}

/// One body being resolved.
pub(super) struct BodyLinks<'a, 'd> {
    pub(super) resolver: &'a Resolver<'a>,
    page: &'a TreeNode,
    anchors: &'a Anchors,
    file: FileId,
    folder: &'a str,
    diags: &'d mut Diagnostics,
}

impl BodyLinks<'_, '_> {
    pub(super) fn report(&mut self, code: Code, range: &TextRange) -> &mut Diagnostic {
        let severity = severity(self.resolver.inputs, code);
        self.diags
            .add_as(code, severity, Span::new(self.file, range.clone()))
    }

    /// Of pages that no longer hold, those that do may not speak as if they did.
    pub(super) fn tell_of_link(&mut self, to: PageId, range: &TextRange) {
        if self.page.status.is_current() {
            let place = Span::new(self.file, range.clone());
            let (tree, index) = (self.resolver.tree, self.resolver.index);
            status::tell_of_link(tree, index, to, place, self.diags);
        }
    }

    fn link(&mut self, link: &Link) -> LinkTarget {
        match link.kind {
            LinkKind::Email => LinkTarget::External(format!("mailto:{}", link.target).into()),
            LinkKind::Titled | LinkKind::Named => self.reference(link),
            LinkKind::Markdown | LinkKind::Auto => self.address(link),
        }
    }

    /// `[[id]]`, `[[id#anchor|text]]`
    fn reference(&mut self, link: &Link) -> LinkTarget {
        let (name, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
        if let Some(page) = find(name, self.folder, self.resolver.index) {
            return self.page(page, anchor, link);
        }
        let index = self.resolver.index;
        if is_draft(name, self.folder, self.resolver.tree, index) {
            self.report(Code::LinkToDraft, &link.range)
                .arg("target", name);
        } else if !index.is_unreadable(name) {
            self.report(Code::UnknownId, &link.range)
                .arg("what", "page-id")
                .arg("id", name)
                .nearest(name, index.names());
        }
        LinkTarget::Broken
    }

    fn address(&mut self, link: &Link) -> LinkTarget {
        let target = link.target.as_str();
        if target.is_empty() {
            return self.missing(link, target);
        }
        if let Some(scheme) = raw_html::scheme(target) {
            if raw_html::bad_scheme(target).is_some() {
                self.report(Code::LinkScheme, &link.range)
                    .arg("scheme", format!("{scheme}:"));
                return LinkTarget::Broken;
            }
            return LinkTarget::External(target.into());
        }
        if target.starts_with("//") {
            self.report(Code::LinkAbsolute, &link.range)
                .arg("target", target);
            return LinkTarget::Broken;
        }
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() {
            return self.here(anchor, link);
        }
        let decoded = percent_decoded(path);
        let relative = if let Some(absolute) = decoded.strip_prefix('/') {
            self.report(Code::LinkAbsolute, &link.range)
                .arg("target", target);
            if !self.resolver.inputs.config.is_lenient {
                return LinkTarget::Broken;
            }
            join("", absolute)
        } else {
            join(self.folder, &decoded)
        };
        let Some(relative) = relative else {
            return self.missing(link, &decoded);
        };
        if let Some(page) = self.page_at(&relative) {
            return self.page(page, anchor, link);
        }
        if let Some(asset) = self.asset_at(&relative) {
            return LinkTarget::Asset(asset);
        }
        if self.resolver.tree.hidden.contains_key(page_path(&relative)) {
            self.report(Code::LinkToDraft, &link.range)
                .arg("target", target);
            return LinkTarget::Broken;
        }
        self.missing(link, &decoded)
    }

    /// The page of a path with `.md`; in lenient content also of an address without it.
    fn page_at(&self, path: &str) -> Option<PageId> {
        let index = self.resolver.index;
        if path.ends_with(".md") {
            return index.by_path(page_path(path));
        }
        self.resolver
            .inputs
            .config
            .is_lenient
            .then(|| index.by_path(path.trim_end_matches('/')))
            .flatten()
    }

    fn asset_at(&self, path: &str) -> Option<AssetId> {
        let assets = self.resolver.inputs.assets;
        assets
            .binary_search_by(|asset| asset.path.as_ref().cmp(path))
            .ok()
            .map(AssetId::of)
    }

    fn missing(&mut self, link: &Link, path: &str) -> LinkTarget {
        let suggestion = self.suggestion(path.trim_end_matches('/'));
        let range = self.target_range(link);
        let finding = self.report(Code::LinkTargetMissing, &range);
        finding.arg("target", link.target.clone());
        if let Some(suggestion) = suggestion {
            finding.arg("nearest", suggestion);
        }
        LinkTarget::Broken
    }

    /// The path an author may have meant, relative to the page: the folder's page, or the nearest path.
    fn suggestion(&self, path: &str) -> Option<String> {
        let joined = join(self.folder, path)?;
        let stem = page_path(&joined);
        let index = self.resolver.index;
        let found = match index.by_path(stem) {
            Some(page) => page,
            None => {
                let paths = self
                    .resolver
                    .tree
                    .nodes
                    .iter()
                    .map(|node| node.path.as_ref());
                index.by_path(crate::text::nearest::nearest(stem, paths)?)?
            }
        };
        let node = &self.resolver.tree.nodes[found.index()];
        let file = if node.is_section {
            format!("{}/index.md", node.path)
        } else {
            format!("{}.md", node.path)
        };
        Some(relative_path(self.folder, file.trim_start_matches('/')))
    }

    fn here(&mut self, anchor: &str, link: &Link) -> LinkTarget {
        let anchor = percent_decoded(anchor);
        if anchor.is_empty() || self.anchors.has(&anchor) {
            let anchor = if anchor.is_empty() {
                "vv-content"
            } else {
                &anchor
            };
            return LinkTarget::Here(anchor.into());
        }
        self.anchor_missing(&anchor, self.page.document, link);
        LinkTarget::Broken
    }

    fn page(&mut self, page: PageId, anchor: &str, link: &Link) -> LinkTarget {
        let place = self.target_range(link);
        self.tell_of_link(page, &place);
        let anchor = percent_decoded(anchor);
        if anchor.is_empty() {
            return LinkTarget::Page { page, anchor: None };
        }
        let document = self.resolver.tree.nodes[page.index()].document;
        if document.is_some_and(|id| self.resolver.anchors[id.index()].has(&anchor)) {
            return LinkTarget::Page {
                page,
                anchor: Some(anchor.as_str().into()),
            };
        }
        self.anchor_missing(&anchor, document, link);
        LinkTarget::Page { page, anchor: None }
    }

    fn anchor_missing(
        &mut self,
        anchor: &str,
        document: Option<crate::model::ids::DocumentId>,
        link: &Link,
    ) {
        let known: Vec<Arc<str>> = document
            .map(|id| self.resolver.anchors[id.index()].headings.clone())
            .unwrap_or_default();
        let range = self.target_range(link);
        self.report(Code::AnchorMissing, &range)
            .arg("anchor", anchor)
            .nearest(anchor, known.iter().map(|id| id.as_ref()));
    }

    /// The place of a link's address in the file, where it stands there as written; else the whole link.
    fn target_range(&self, link: &Link) -> TextRange {
        let Some(id) = self.page.document else {
            return link.range.clone();
        };
        let source = &self.resolver.inputs.document(id).text
            [link.range.start as usize..link.range.end as usize];
        match source.rfind(link.target.as_str()) {
            Some(at) if !link.target.is_empty() => {
                let start = link.range.start + at as u32;
                start..start + link.target.len() as u32
            }
            _ => link.range.clone(),
        }
    }

    fn image(&mut self, target: &str, range: &TextRange) -> ImageTarget {
        if let Some(scheme) = raw_html::scheme(target) {
            // Nothing is loaded from another host: the reader's address is theirs.
            self.report(Code::LinkScheme, range)
                .arg("scheme", format!("{scheme}:"));
            return ImageTarget::Broken;
        }
        let path = percent_decoded(target.split(['?', '#']).next().unwrap_or_default());
        let found = join(self.folder, &path)
            .filter(|_| !path.starts_with('/'))
            .and_then(|path| self.asset_at(&path));
        match found {
            Some(asset) => ImageTarget::Asset(asset),
            None => {
                let assets = self.resolver.inputs.assets;
                self.report(Code::AssetMissing, range)
                    .arg("target", target)
                    .nearest(&path, assets.iter().map(|asset| asset.path.as_ref()));
                ImageTarget::Broken
            }
        }
    }
}

/// `a/b.md` as seen from folder `a/c`: `../b.md`.
fn relative_path(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from
        .iter()
        .zip(&to[..to.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let mut parts = vec![".."; from.len() - shared];
    parts.extend(&to[shared..]);
    parts.join("/")
}

/// `%20` and the like as the bytes they stand for; what is no valid UTF-8 after that stays as written.
fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text
            .get(at + 1..at + 3)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_relative() {
        assert_eq!(relative_path("a/c", "a/b.md"), "../b.md");
        assert_eq!(relative_path("", "b.md"), "b.md");
        assert_eq!(relative_path("a", "a/x/index.md"), "x/index.md");
    }

    #[test]
    fn percent_signs_are_read_once() {
        assert_eq!(percent_decoded("%C3%A6%2520"), "æ%20");
        assert_eq!(percent_decoded("100%"), "100%");
    }
}
