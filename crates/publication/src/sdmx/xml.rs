//! XML piece by piece, well-formed whatever texts hold.

use quick_xml::escape::escape;

/// A document that is being written.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    pub(super) fn new(room: usize) -> Self {
        let mut text = String::with_capacity(room);
        text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Xml { text, open: Vec::new() }
    }

    /// Begins an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push('>');
        self.open.push(name);
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// An element that holds a text.
    pub(super) fn text(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.push(text);
        self.close();
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.text.push_str("</");
            self.text.push_str(name);
            self.text.push('>');
        }
    }

    /// The document, with all elements ended.
    pub(super) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.text.push('\n');
        self.text.into_bytes()
    }

    /// Begins a tag that [`Xml::attribute`] and [`Xml::end_empty`] go on with.
    pub(super) fn start(&mut self, name: &str) {
        self.text.push('<');
        self.text.push_str(name);
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.text.push(' ');
        self.text.push_str(name);
        self.text.push_str("=\"");
        self.push(value);
        self.text.push('"');
    }

    pub(super) fn end_empty(&mut self) {
        self.text.push_str("/>");
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name);
        for (name, value) in attributes {
            self.attribute(name, value);
        }
    }

    fn push(&mut self, text: &str) {
        // Most texts have nothing to be escaped.
        if !text.chars().any(|c| c.is_control() || matches!(c, '<' | '>' | '&' | '\'' | '"')) {
            self.text.push_str(text);
            return;
        }
        for character in escape(text).chars() {
            match character {
                // A reader of an attribute would take them for spaces.
                '\n' => self.text.push_str("&#10;"),
                '\t' => self.text.push_str("&#9;"),
                // No XML document may hold them.
                c if c.is_control() => self.text.push('\u{fffd}'),
                c => self.text.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_break_the_document() {
        let mut xml = Xml::new(0);
        xml.open("a", &[("b", "1 < 2 & \"3\"\n")]);
        xml.text("c", &[], "x\u{1}</c>\u{85}");
        xml.empty("d", &[]);
        let text = String::from_utf8(xml.finish()).unwrap();
        let expected = "<a b=\"1 &lt; 2 &amp; &quot;3&quot;&#10;\"><c>x\u{fffd}&lt;/c&gt;\u{fffd}</c><d/></a>\n";
        assert_eq!(text.split_once('\n').unwrap().1, expected);
    }
}
