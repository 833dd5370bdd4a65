//! XML parts, walked without recursion, entities of their own or anything from outside.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::ReadError;
use crate::repair::Cell;

/// Elements that lie in each other deeper than this are no document.
const DEEPEST: usize = 1000;

/// One step through a part.
pub(super) enum Step<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// An element ends; its name without prefix.
    Close(String),
    /// Characters with their bytes in the part.
    Text(Vec<Cell>),
}

/// The beginning of an element.
pub(super) struct Element<'a> {
    start: BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of an attribute by its name without prefix.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let found =
            attributes.flatten().find(|known| known.key.local_name().into_inner() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
    }

    /// The number in an attribute.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.value(name)?.trim().parse().ok()
    }
}

/// A walk through a part.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    kind: &'static str,
    part: &'a str,
    depth: usize,
    /// What is added to offsets: the length of the parts before this one.
    base: usize,
}

impl<'a> Xml<'a> {
    /// Begins a walk through the text of a part; `kind` and `part` are for messages.
    pub(super) fn new(text: &'a str, kind: &'static str, part: &'a str, base: usize) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, text, kind, part, depth: 0, base }
    }

    /// Where the walk is, in bytes.
    pub(super) fn position(&self) -> usize {
        self.base + self.reader.buffer_position() as usize
    }

    /// The next step; `None` at the end.
    pub(super) fn step(&mut self) -> Result<Option<Step<'a>>, ReadError> {
        loop {
            let from = self.position();
            let event = self.reader.read_event();
            return Ok(Some(match event.map_err(|error| self.broken(error.to_string()))? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(ReadError::TooDeep { kind: self.kind, limit: DEEPEST });
                    }
                    Step::Open(Element { start })
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close(end.local_name().into_inner().to_owned())
                }
                Event::Text(words) => Step::Text(self.cells(from, &words)),
                Event::CData(words) => Step::Text(self.cells(from, &words)),
                Event::GeneralRef(name) => {
                    let end = self.position();
                    match resolved(&name) {
                        Some(character) => Step::Text(vec![Cell::new(character, from, end)]),
                        // A document may name entities of its own. They are not followed.
                        None => continue,
                    }
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.broken("文件在元素中间结束".to_owned()));
                }
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }

    /// A message on a place of this part.
    pub(super) fn broken(&self, reason: String) -> ReadError {
        super::broken(self.kind, self.part, &reason)
    }

    fn cells(&self, from: usize, words: &str) -> Vec<Cell> {
        // Words are borrowed from the text, so their place is told by where they stand in memory.
        let offset = (words.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize);
        let start = match offset {
            Some(offset) if offset <= self.text.len() => self.base + offset,
            _ => from,
        };
        words
            .char_indices()
            .map(|(at, character)| {
                Cell::new(character, start + at, start + at + character.len_utf8())
            })
            .collect()
    }
}

/// The character that a reference stands for, without `&` and `;`.
fn resolved(name: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return Some(character);
    }
    match &**name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
