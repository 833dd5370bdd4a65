//! A web page as a flat list of nodes in the order of the page.

use html5gum::{DefaultEmitter, Span as TokenSpan, StartTag, Token, Tokenizer};

use super::tags::{self, Role, Tag};
use crate::ReadError;

/// Elements that lie in each other deeper than this are no page: browsers stop at 512.
const DEEPEST: usize = 2000;

/// A page. A node's descendants stand directly behind it.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// One element or stretch of text.
pub(super) struct Node {
    /// What it is.
    pub(super) what: What,
    /// The number of the first node behind its descendants.
    pub(super) end: u32,
}

/// What a node is.
pub(super) enum What {
    /// An element.
    Element(Element),
    /// Text: bytes of the decoded page, references not yet resolved.
    Text(u32, u32),
}

/// An element of the page.
pub(super) struct Element {
    pub(super) tag: Tag,
    /// Its class, id and role in lower case, parted by spaces.
    pub(super) names: Box<str>,
    /// Whether the page itself hides it.
    pub(super) hidden: bool,
    /// How many columns and rows a table's cell reaches over.
    pub(super) reach: (u16, u16),
}

impl Node {
    /// The element's tag; `None` for text.
    pub(super) fn tag(&self) -> Option<Tag> {
        match &self.what {
            What::Element(element) => Some(element.tag),
            What::Text(..) => None,
        }
    }
}

/// Reads a page.
pub(super) fn parse(text: &str) -> Result<Tree, ReadError> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // Without it the words of scripts and styles would be read as tags and text.
    emitter.naively_switch_states(true);
    let mut builder = Builder { nodes: Vec::new(), open: Vec::new(), count: [0; tags::COUNT] };
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => builder.start(&tag)?,
            Token::EndTag(tag) => builder.finish(&tag.name),
            Token::String(words) => builder.text(words.span, text),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    builder.close_to(0);
    Ok(Tree { nodes: builder.nodes })
}

struct Builder {
    nodes: Vec<Node>,
    /// Numbers of the open elements, the innermost last.
    open: Vec<u32>,
    /// How many of each tag are open, so that a stray end tag costs nothing.
    count: [u32; tags::COUNT],
}

impl Builder {
    fn start(&mut self, start: &StartTag<usize>) -> Result<(), ReadError> {
        let Some(tag) = Tag::named(&start.name) else { return Ok(()) };
        for (closes, barriers) in tag.closes() {
            self.close(*closes, barriers);
        }
        if self.open.len() >= DEEPEST {
            return Err(ReadError::TooDeep { kind: "网页", limit: DEEPEST });
        }
        let number = self.nodes.len() as u32;
        self.nodes.push(Node { what: What::Element(element(tag, start)), end: number + 1 });
        if tag.role() != Role::Void && !(start.self_closing && tag.role() == Role::Dropped) {
            self.open.push(number);
            self.count[tag as usize] += 1;
        }
        Ok(())
    }

    fn finish(&mut self, name: &[u8]) {
        if let Some(tag) = Tag::named(name) {
            self.close(tag, tag.barriers());
        }
    }

    fn text(&mut self, span: TokenSpan<usize>, text: &str) {
        if text.get(span.start..span.end).is_some_and(|words| !words.is_empty()) {
            let end = self.nodes.len() as u32 + 1;
            self.nodes.push(Node { what: What::Text(span.start as u32, span.end as u32), end });
        }
    }

    /// Closes the innermost open `tag` and what is open in it, unless one of the barriers stands between.
    fn close(&mut self, tag: Tag, barriers: &[Tag]) {
        if self.count[tag as usize] == 0 {
            return;
        }
        for place in (0..self.open.len()).rev() {
            let open = self.nodes[self.open[place] as usize].tag();
            if open == Some(tag) {
                return self.close_to(place);
            }
            if open.is_some_and(|open| barriers.contains(&open)) {
                return;
            }
        }
    }

    fn close_to(&mut self, place: usize) {
        let end = self.nodes.len() as u32;
        for number in self.open.drain(place..) {
            let node = &mut self.nodes[number as usize];
            node.end = end;
            if let Some(tag) = node.tag() {
                self.count[tag as usize] -= 1;
            }
        }
    }
}

fn element(tag: Tag, start: &StartTag<usize>) -> Element {
    let value = |name: &[u8]| {
        let found = start.attributes.iter().find(|(known, _)| known.as_slice() == name);
        found.map(|(_, value)| String::from_utf8_lossy(value).to_lowercase())
    };
    let names = ["class", "id", "role"].map(|name| value(name.as_bytes()).unwrap_or_default());
    let style = value(b"style").unwrap_or_default().replace([' ', '\t'], "");
    let reach = |name: &[u8]| match value(name).and_then(|number| number.trim().parse::<u16>().ok())
    {
        Some(number) => number.max(1),
        None => 1,
    };
    Element {
        tag,
        names: names.join(" ").trim().into(),
        hidden: value(b"hidden").is_some() || style.contains("display:none"),
        reach: if tag.is_cell() { (reach(b"colspan"), reach(b"rowspan")) } else { (1, 1) },
    }
}
