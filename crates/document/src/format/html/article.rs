//! Which part of a page is its text.
//!
//! A page on a portal is one article and much around it. What is left out is told by what it is (scripts,
//! forms), by what the page calls it (`nav`, `footer`, `share`) or by its being little but links; the article is
//! the innermost element that still holds nearly all other words. What is doubtful stays: a line too many is
//! seen by the reader, a paragraph too few is not.

use super::tags::{Role, Tag};
use super::tree::{Tree, What};

/// The article holds at least this share of the page's words, in percent.
const SHARE: u32 = 92;

/// Nothing that holds more than this share of the page's words, in percent, is left out for its name.
const ORNAMENT: u32 = 25;

/// Words in the names of what stands around an article.
const AROUND: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "foot",
    "footer",
    "share",
    "bdsharebuttonbox",
    "jiathis",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "position",
    "weizhi",
    "dqwz",
    "sidebar",
    "aside",
    "copyright",
    "search",
    "login",
    "toolbar",
    "tools",
    "pager",
    "pagination",
    "related",
    "recommend",
    "comment",
    "comments",
    "qrcode",
    "ewm",
    "erweima",
    "print",
    "dayin",
    "weixin",
    "friendlink",
    "friendlinks",
    "links",
    "banner",
    "complementary",
    "contentinfo",
    "sitemap",
    "gotop",
    "totop",
    "fenxiang",
];

/// Parts of names that are long enough to be sure.
const AROUND_PARTS: &[&str] =
    &["share", "breadcrumb", "footer", "sidebar", "copyright", "toolbar", "related", "qrcode"];

/// What to read of a page.
pub(super) struct Article {
    /// The number of the element that holds the text.
    pub(super) root: usize,
    /// The number of an element before it that holds the title.
    pub(super) title: Option<usize>,
    /// Which elements to pass over.
    pub(super) skipped: Vec<bool>,
}

/// Finds the article. `text` is the decoded page.
pub(super) fn find(tree: &Tree, text: &str) -> Article {
    let mut skipped: Vec<bool> = tree
        .nodes
        .iter()
        .map(|node| node.tag().is_some_and(|tag| tag.role() == Role::Dropped || tag == Tag::Title))
        .collect();
    let weights = Weights::of(tree, text, &skipped);
    let total = weights.words(0, tree.nodes.len());
    for (number, node) in tree.nodes.iter().enumerate() {
        let What::Element(element) = &node.what else { continue };
        let around = element.hidden || is_around(element.tag, &element.names);
        let words = weights.words(number, node.end as usize);
        // Percentages of 32 bits: a page has at most 64 Mi characters.
        if around && u64::from(words) * 100 <= u64::from(total) * u64::from(ORNAMENT) {
            skipped[number] = true;
        }
    }
    let weights = Weights::of(tree, text, &skipped);
    skip_links(tree, text, &weights, &mut skipped);
    let weights = Weights::of(tree, text, &skipped);
    let root = innermost(tree, &weights, &skipped);
    let title = title(tree, text, root, &skipped);
    Article { root, title, skipped }
}

/// Whether an element is called what stands around articles.
fn is_around(tag: Tag, names: &str) -> bool {
    if matches!(tag, Tag::Nav | Tag::Footer | Tag::Aside) {
        return true;
    }
    if matches!(tag, Tag::Body | Tag::Html | Tag::Article | Tag::Main) {
        return false;
    }
    names
        .split(|character: char| !character.is_ascii_alphabetic())
        .any(|word| AROUND.contains(&word))
        || AROUND_PARTS.iter().any(|part| names.contains(part))
}

/// Passes over lists of links: blocks with more linked words than others and no table of figures. A line that names an annex stays.
fn skip_links(tree: &Tree, text: &str, weights: &Weights, skipped: &mut [bool]) {
    for (number, node) in tree.nodes.iter().enumerate() {
        let block = node.tag().is_some_and(|tag| {
            tag.role() == Role::Block && !matches!(tag, Tag::Html | Tag::Body) && !tag.is_cell()
        });
        if !block || skipped[number] {
            continue;
        }
        let end = node.end as usize;
        let (words, linked) = (weights.words(number, end), weights.linked(number, end));
        if linked > words.saturating_mul(2) && linked > 0 && !names_annex(tree, text, number, end) {
            skipped[number] = true;
        }
    }
}

/// Whether a short line of links names what belongs to the report.
fn names_annex(tree: &Tree, text: &str, start: usize, end: usize) -> bool {
    end - start < 12
        && tree.nodes[start..end].iter().any(|node| match node.what {
            What::Text(from, to) => {
                let words = text.get(from as usize..to as usize).unwrap_or("");
                ["附件", "附表", "报告", "计划", "計劃"].iter().any(|word| words.contains(word))
            }
            What::Element(_) => false,
        })
}

/// The innermost element that holds nearly all words.
fn innermost(tree: &Tree, weights: &Weights, skipped: &[bool]) -> usize {
    let total = u64::from(weights.words(0, tree.nodes.len()));
    let mut root = 0;
    for (number, node) in tree.nodes.iter().enumerate() {
        let fits = node.tag().is_some_and(|tag| tag.role() == Role::Block && tag != Tag::Tr);
        let words = u64::from(weights.words(number, node.end as usize));
        // Of a table nothing is taken out: its first row or cell is part of it.
        if fits && !skipped[number] && total > 0 && words * 100 >= total * u64::from(SHARE) {
            root = number;
        }
    }
    enclosing_table(tree, root).unwrap_or(root)
}

/// The outermost table of figures around or at an element.
fn enclosing_table(tree: &Tree, root: usize) -> Option<usize> {
    tree.nodes[..=root].iter().enumerate().find_map(|(number, node)| {
        let around = node.tag() == Some(Tag::Table) && node.end as usize > root;
        (around && super::is_figures(tree, number)).then_some(number)
    })
}

/// A headline before the article which the article does not hold itself.
fn title(tree: &Tree, text: &str, root: usize, skipped: &[bool]) -> Option<usize> {
    let head = tree.nodes.iter().position(|node| node.tag() == Some(Tag::Title));
    let head = head.map(|number| words(tree, text, number)).unwrap_or_default();
    let article: String = words(tree, text, root).chars().take(400).collect();
    let mut number = 0;
    while number < root {
        let node = &tree.nodes[number];
        if skipped[number] {
            number = node.end as usize;
            continue;
        }
        if let What::Element(element) = &node.what
            && node.end as usize <= root
            && (matches!(element.tag, Tag::H1 | Tag::H2 | Tag::H3)
                || element.names.contains("title"))
        {
            let found = words(tree, text, number);
            let length = found.chars().count();
            let known = head.contains(&found) || found.contains("报告") || found.contains("計劃");
            if (6..120).contains(&length) && known && !article.contains(&found) {
                return Some(number);
            }
        }
        number += 1;
    }
    None
}

/// The words of an element without white space.
fn words(tree: &Tree, text: &str, number: usize) -> String {
    let mut found = String::new();
    for node in &tree.nodes[number..tree.nodes[number].end as usize] {
        if let What::Text(from, to) = node.what {
            let words = text.get(from as usize..to as usize).unwrap_or("");
            found.extend(words.chars().filter(|character| !character.is_whitespace()));
        }
        if found.len() > 4000 {
            break;
        }
    }
    found
}

/// How many characters stand before each node, those in links apart.
struct Weights {
    words: Vec<u32>,
    linked: Vec<u32>,
}

impl Weights {
    fn of(tree: &Tree, text: &str, skipped: &[bool]) -> Self {
        let mut weights = Weights { words: vec![0], linked: vec![0] };
        let (mut words, mut linked) = (0, 0);
        let (mut skip_to, mut link_to) = (0, 0);
        for (number, node) in tree.nodes.iter().enumerate() {
            match &node.what {
                What::Element(element) => {
                    if skipped[number] {
                        skip_to = skip_to.max(node.end as usize);
                    }
                    if element.tag == Tag::A {
                        link_to = link_to.max(node.end as usize);
                    }
                }
                What::Text(from, to) if number >= skip_to => {
                    let count = text.get(*from as usize..*to as usize).map_or(0, count);
                    if number < link_to {
                        linked += count;
                    } else {
                        words += count;
                    }
                }
                What::Text(..) => {}
            }
            weights.words.push(words);
            weights.linked.push(linked);
        }
        weights
    }

    fn words(&self, start: usize, end: usize) -> u32 {
        self.words[end] - self.words[start]
    }

    fn linked(&self, start: usize, end: usize) -> u32 {
        self.linked[end] - self.linked[start]
    }
}

fn count(words: &str) -> u32 {
    words.chars().filter(|character| character.is_alphanumeric()).count() as u32
}
