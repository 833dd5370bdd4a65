//! Regions as they belong to each other.

use maud::{Markup, html};

use super::super::View;
use super::{RegionTree, RegionsPage, link, rank, words};

/// The region above with all that belongs to it; what has parts folds by click or key.
pub(super) fn tree(view: &View, page: &RegionsPage<'_>) -> Markup {
    html! {
        @match &page.found.tree {
            None => p class="none" { (view.say(words::NO_PARTS)) },
            Some(tree) => ul class="region-tree" { (branch(view, page, tree, 0)) },
        }
    }
}

fn branch(view: &View, page: &RegionsPage<'_>, tree: &RegionTree, depth: usize) -> Markup {
    html! {
        li {
            @if tree.below.is_empty() { div class="leaf" { (line(view, page, tree)) } }
            @else {
                // The whole and its parts are open; what lies deeper waits to be asked for.
                details open[depth == 0] {
                    summary {
                        span class="unseen" { (view.say(words::EXPAND)) "：" }
                        span lang="zh-CN" { (tree.place.name) } " " small { (tree.below.len()) }
                    }
                    div class="leaf" { (line(view, page, tree)) }
                    ul { @for below in &tree.below { (branch(view, page, below, depth + 1)) } }
                }
            }
        }
    }
}

/// A region with its place and figure.
fn line(view: &View, page: &RegionsPage<'_>, tree: &RegionTree) -> Markup {
    let code = &tree.place.code;
    let ranked = page.found.regions.iter().find(|one| one.place.code == *code);
    html! {
        a href=(link(view, code, None)) lang="zh-CN" { (tree.place.name) }
        " " small { (view.say(words::tier(tree.place.tier))) " " (code) }
        " "
        @match tree.figure.as_ref().and_then(|known| Some((known, known.value.as_ref()?))) {
            Some((known, value)) => {
                a class="figure" href=(view.link(rank::figure(page, code))) { (value) span lang="zh-CN" { (known.unit) } }
            }
            None => span class="quiet" { (view.say(words::NO_FIGURE)) },
        }
        @if let Some(ranked) = ranked { " " small { (view.say(words::RANK)) " " (ranked.rank) } }
    }
}
