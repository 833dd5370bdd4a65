//! The way from a repaired text back to the bytes of its source.

use crate::Span;

/// Where each character of a repaired text came from.
///
/// A character that was inferred or converted maps to the bytes that it stands for, so that a span of the
/// repaired text always maps to the span of source bytes from its first character's first byte to its last
/// character's last.
///
/// Most of a text stands in its source as it is, so stretches are kept, not characters.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    stretches: Vec<Stretch>,
    /// Byte offset in the repaired text of every `STEP`-th character.
    anchors: Vec<u32>,
    characters: usize,
    bytes: usize,
    /// Where the source goes on behind the last stretch, and how.
    end: u32,
    pace: Pace,
}

/// Characters that follow each other in the text and in the source.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// Where it begins in the repaired text, in bytes.
    text: u32,
    /// Where it begins in the source, in bytes.
    source: u32,
    /// How long its characters are in both.
    pace: Pace,
}

/// The bytes of a character in the text and in the source, packed into one number: the first in the lowest three
/// bits, the second above. Zero stands for characters of any length that are the same in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Pace(u32);

impl Pace {
    const SAME: Pace = Pace(0);

    fn new(text: usize, source: usize) -> Self {
        if text == source { Pace::SAME } else { Pace((source as u32) << 3 | text as u32) }
    }

    fn text(self) -> usize {
        (self.0 & 7) as usize
    }

    fn source(self) -> usize {
        (self.0 >> 3) as usize
    }
}

const STEP: usize = 64;

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        SourceMap::default()
    }

    /// Notes that the next character of the repaired text came from these bytes of the source, of which a
    /// character has less than 512 MiB.
    #[inline]
    pub fn push(&mut self, character: char, source: Span) {
        if self.characters.is_multiple_of(STEP) {
            self.anchors.push(self.bytes as u32);
        }
        let length = character.len_utf8();
        let pace = Pace::new(length, source.len());
        if self.end != source.start as u32 || self.pace != pace || self.characters == 0 {
            let (text, source) = (self.bytes as u32, source.start as u32);
            self.stretches.push(Stretch { text, source, pace });
            self.pace = pace;
        }
        self.end = source.end as u32;
        self.characters += 1;
        self.bytes += length;
    }

    /// How many characters it maps.
    pub fn len(&self) -> usize {
        self.characters
    }

    /// Whether it maps nothing.
    pub fn is_empty(&self) -> bool {
        self.characters == 0
    }

    /// The number of the character that begins at byte `offset` of `text`, the text this map belongs to.
    pub fn character_at(&self, text: &str, offset: usize) -> usize {
        if self.anchors.is_empty() {
            return 0;
        }
        let step = self.anchors.partition_point(|anchor| *anchor as usize <= offset) - 1;
        let from = self.anchors[step] as usize;
        let between = text.as_bytes().get(from..offset).unwrap_or_default();
        step * STEP + between.iter().filter(|byte| (**byte as i8) >= -64).count()
    }

    /// A span of bytes of `text` as a span of its characters.
    pub fn characters(&self, text: &str, span: Span) -> Span {
        Span::new(self.character_at(text, span.start), self.character_at(text, span.end))
    }

    /// A span of bytes of the repaired text as the span of source bytes that it came from.
    pub fn source(&self, span: Span) -> Span {
        if span.start >= self.bytes {
            return Span::new(self.end as usize, self.end as usize);
        }
        let start = self.place(span.start).start;
        if span.is_empty() {
            return Span::new(start, start);
        }
        let end = self.place(span.end.min(self.bytes) - 1).end;
        Span::new(start, end.max(start))
    }

    /// The source of the character that holds a byte of the text; where a stretch is the same in both, of the byte.
    fn place(&self, offset: usize) -> Span {
        let after = self.stretches.partition_point(|stretch| stretch.text as usize <= offset);
        let Some(stretch) = after.checked_sub(1).and_then(|last| self.stretches.get(last)) else {
            return Span::default();
        };
        let inside = offset - stretch.text as usize;
        let (number, length) = match stretch.pace {
            Pace::SAME => (inside, 1),
            pace => (inside / pace.text(), pace.source()),
        };
        let start = stretch.source as usize + number * length;
        Span::new(start, start + length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_places_back_to_bytes() {
        let text = "國(guó)5".replace("國(guó)", "国");
        let mut map = SourceMap::new();
        map.push('国', Span::new(0, 3));
        map.push('5', Span::new(10, 11));
        assert_eq!(map.characters(&text, Span::new(3, 4)), Span::new(1, 2));
        assert_eq!(map.source(Span::new(0, 4)), Span::new(0, 11));
        assert_eq!(map.source(Span::new(3, 4)), Span::new(10, 11));
        assert_eq!(map.source(Span::new(4, 4)), Span::new(11, 11));
        assert_eq!(map.source(Span::new(3, 3)), Span::new(10, 10));
        assert_eq!(SourceMap::new().source(Span::new(0, 0)), Span::new(0, 0));
    }

    #[test]
    fn knows_the_source_of_every_character() {
        // Two bytes a character, one, as in UTF-8, inferred from nothing, from the same byte twice, far away.
        let sources =
            [(0, 2), (2, 4), (4, 5), (5, 8), (8, 11), (11, 11), (11, 12), (11, 12), (9000, 9090)];
        let text = "计划5报告〓、。a";
        let mut map = SourceMap::new();
        for (character, (start, end)) in text.chars().zip(sources) {
            map.push(character, Span::new(start, end));
        }
        for ((at, character), (start, end)) in text.char_indices().zip(sources) {
            let span = Span::new(at, at + character.len_utf8());
            assert_eq!(map.source(span), Span::new(start, end), "{character}");
        }
        assert_eq!(map.source(Span::new(3, 10)), Span::new(2, 8));
        assert_eq!(map.source(Span::new(0, text.len())), Span::new(0, 9090));
    }

    #[test]
    fn counts_characters_across_many_anchors() {
        let text: String = "计划a".repeat(100);
        let mut map = SourceMap::new();
        for (at, character) in text.char_indices() {
            map.push(character, Span::new(at, at + character.len_utf8()));
        }
        for (number, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(map.character_at(&text, at), number);
        }
        assert_eq!(map.character_at(&text, text.len()), 300);
    }
}
