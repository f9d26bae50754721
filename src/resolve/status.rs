//! What came in place of pages that no longer hold, and links to such pages.
//!
//! In: the tree and the index. Out: for each page the one a reader should read instead, at the end of the chain when
//! that one was superseded too. A chain that comes back to itself leads nowhere and is a finding.

use super::Inputs;
use super::ids::Index;
use super::references::{find, folder_of};
use super::tree::Tree;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{Reference, Status};
use crate::model::ids::PageId;
use crate::text::span::Span;

/// The successor of every page that names one, by node.
pub fn successors(
    tree: &Tree,
    inputs: &Inputs,
    index: &Index,
    diags: &mut Diagnostics,
) -> Vec<Option<PageId>> {
    let named: Vec<Option<usize>> = (0..tree.nodes.len())
        .map(|at| {
            let name = &reference(tree, inputs, at)?.value;
            find(name, folder_of(&tree.nodes[at]), index).map(PageId::index)
        })
        .collect();
    let mut chains = Chains {
        tree,
        inputs,
        ends: vec![End::Unknown; named.len()],
        named: &named,
    };
    let successor = |at: usize| {
        let end = match (tree.nodes[at].status, named[at]?) {
            (Status::Current, _) => None,
            // The chain of a superseded page also tells whether the page is in a circle itself.
            (Status::Superseded, _) => chains.end(at, diags),
            (_, next) => chains.end(next, diags),
        };
        end.filter(|end| *end != at).map(PageId::of)
    };
    (0..named.len()).map(successor).collect()
}

fn reference<'a>(tree: &Tree, inputs: &'a Inputs, at: usize) -> Option<&'a Reference> {
    let document = inputs.document(tree.nodes[at].document?);
    document.front_matter.as_ref()?.superseded_by.as_ref()
}

#[derive(Clone, Copy)]
enum End {
    Unknown,
    /// On the chain that is being followed.
    Open,
    At(Option<usize>),
}

struct Chains<'a> {
    tree: &'a Tree,
    inputs: &'a Inputs<'a>,
    named: &'a [Option<usize>],
    ends: Vec<End>,
}

impl Chains<'_> {
    /// Where a chain of superseded pages ends; a page that is not superseded is its own end.
    fn end(&mut self, start: usize, diags: &mut Diagnostics) -> Option<usize> {
        let mut chain = Vec::new();
        let mut at = start;
        let end = loop {
            match self.ends[at] {
                End::At(end) => break end,
                End::Open => {
                    let first = chain.iter().position(|known| *known == at).unwrap_or(0);
                    self.report(&chain[first..], diags);
                    break None;
                }
                End::Unknown => {}
            }
            let is_superseded = self.tree.nodes[at].status == Status::Superseded;
            let Some(next) = self.named[at].filter(|_| is_superseded) else {
                break Some(at);
            };
            self.ends[at] = End::Open;
            chain.push(at);
            at = next;
        };
        for at in chain {
            self.ends[at] = End::At(end);
        }
        end
    }

    /// One finding for the circle, at its first page, with the next as the other place.
    fn report(&self, circle: &[usize], diags: &mut Diagnostics) {
        let mut pages = circle.to_vec();
        pages.sort_unstable();
        let place = |at: &usize| {
            let range = reference(self.tree, self.inputs, *at)?.range.clone();
            let file = self.inputs.file(self.tree.nodes[*at].document?);
            Some(Span::new(file, range))
        };
        let mut places = pages.iter().filter_map(place);
        let Some(first) = places.next() else { return };
        let title = self.tree.nodes[pages[0]].title.to_string();
        let finding = diags.add(Code::SupersededInACircle, first);
        finding.arg("title", title);
        for other in places.take(3) {
            finding.related(other);
        }
    }
}

/// Tells of a link or reference to a page that no longer holds, and of what came in its place.
pub fn tell_of_link(tree: &Tree, index: &Index, to: PageId, place: Span, diags: &mut Diagnostics) {
    let node = &tree.nodes[to.index()];
    if node.status.is_current() {
        return;
    }
    let finding = diags.add(Code::LinkToWithdrawn, place);
    finding
        .arg("title", node.title.to_string())
        .arg("what", node.status.name());
    if let Some(successor) = index.successor(to) {
        let successor = &tree.nodes[successor.index()];
        let name = successor.content_id.as_ref().unwrap_or(&successor.path);
        finding.arg("nearest", name.to_string());
    }
}
