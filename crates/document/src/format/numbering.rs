//! The numbers that Word counts by itself: a heading `一、` may stand in no text of the file.

use std::collections::HashMap;

use super::archive::Archive;
use super::xml::{Step, Xml};
use crate::ReadError;

const LEVELS: usize = 9;

/// What a paragraph says of its number.
#[derive(Debug, Default)]
pub(super) struct Label {
    /// Its style.
    pub(super) style: Option<String>,
    /// The list it belongs to.
    pub(super) number: Option<String>,
    /// Its level in the list, from 0.
    pub(super) level: Option<usize>,
}

/// The lists of a document, counting.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// By list: the levels that it is made of.
    lists: HashMap<String, String>,
    levels: HashMap<(String, usize), Level>,
    /// By style: its list and level, and the style that it is based on.
    styles: HashMap<String, Style>,
    /// By kind of list: how far each level has counted.
    counts: HashMap<String, [usize; LEVELS]>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: usize,
}

#[derive(Debug, Clone, Default)]
struct Style {
    number: Option<String>,
    level: Option<usize>,
    based: Option<String>,
}

impl Numbering {
    /// Reads the lists and the styles that use them. A document without either has none.
    pub(super) fn read(archive: &mut Archive<'_>) -> Result<Self, ReadError> {
        let mut numbering = Numbering::default();
        if let Some(text) = archive.text("word/numbering.xml")? {
            numbering.read_lists(Xml::new(&text, "docx", "word/numbering.xml", 0))?;
        }
        if let Some(text) = archive.text("word/styles.xml")? {
            numbering.read_styles(Xml::new(&text, "docx", "word/styles.xml", 0))?;
        }
        Ok(numbering)
    }

    fn read_lists(&mut self, mut xml: Xml<'_>) -> Result<(), ReadError> {
        let (mut kind, mut list, mut level) = (String::new(), None, None);
        while let Some(step) = xml.step()? {
            let element = match step {
                Step::Open(element) => element,
                Step::Close(name) => {
                    match name.as_str() {
                        "num" => list = None,
                        "lvl" => level = None,
                        _ => {}
                    }
                    continue;
                }
                Step::Text(_) => continue,
            };
            match element.name() {
                "abstractNum" => kind = element.value("abstractNumId").unwrap_or_default(),
                "num" => list = element.value("numId"),
                "abstractNumId" => {
                    if let Some(list) = &list {
                        self.lists.insert(list.clone(), element.value("val").unwrap_or_default());
                    }
                }
                // Levels that a list changes for itself are rare and hold the same text mostly.
                "lvl" if list.is_none() => {
                    level = element.number("ilvl").filter(|level| *level < LEVELS)
                }
                name @ ("numFmt" | "lvlText" | "start") => {
                    let Some(level) = level else { continue };
                    let level = self.levels.entry((kind.clone(), level)).or_default();
                    let value = element.value("val").unwrap_or_default();
                    match name {
                        "numFmt" => level.format = value,
                        "lvlText" => level.text = value,
                        _ => level.start = value.parse().unwrap_or(1),
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_styles(&mut self, mut xml: Xml<'_>) -> Result<(), ReadError> {
        let mut name = None;
        while let Some(step) = xml.step()? {
            let Step::Open(element) = step else { continue };
            if element.name() == "style" {
                name = element.value("styleId");
            }
            let Some(name) = &name else { continue };
            let style = self.styles.entry(name.clone()).or_default();
            match element.name() {
                "basedOn" => style.based = element.value("val"),
                "numId" => style.number = element.value("val"),
                "ilvl" => style.level = element.number("val"),
                _ => {}
            }
        }
        Ok(())
    }

    /// The number of the next paragraph with this label, if it has one.
    pub(super) fn label(&mut self, label: &Label) -> Option<String> {
        let (mut number, mut level) = (label.number.clone(), label.level);
        let mut style = label.style.clone();
        // Styles may be based on each other in a circle.
        for _ in 0..LEVELS {
            let Some(known) = style.as_ref().and_then(|style| self.styles.get(style)) else {
                break;
            };
            number = number.or_else(|| known.number.clone());
            level = level.or(known.level);
            style = known.based.clone();
        }
        let kind = self.lists.get(&number?)?.clone();
        let level = level.unwrap_or(0).min(LEVELS - 1);
        let known = self.levels.get(&(kind.clone(), level))?.clone();
        let levels = &self.levels;
        let start = |at: usize| levels.get(&(kind.clone(), at)).map_or(1, |level| level.start);
        let counts = self.counts.entry(kind.clone()).or_insert([usize::MAX; LEVELS]);
        for (at, count) in counts.iter_mut().enumerate() {
            *count = match (at.cmp(&level), *count) {
                (std::cmp::Ordering::Less, usize::MAX) => start(at),
                (std::cmp::Ordering::Less, count) => count,
                (std::cmp::Ordering::Equal, usize::MAX) => start(at),
                (std::cmp::Ordering::Equal, count) => count.saturating_add(1),
                (std::cmp::Ordering::Greater, _) => usize::MAX,
            };
        }
        let mut text = String::new();
        let mut characters = known.text.chars();
        while let Some(character) = characters.next() {
            if character != '%' {
                text.push(character);
                continue;
            }
            let at = characters.next()?.to_digit(10)?.checked_sub(1)? as usize;
            let format =
                levels.get(&(kind.clone(), at)).map_or("decimal", |level| level.format.as_str());
            text.push_str(&written(*counts.get(at)?, format)?);
        }
        Some(text)
    }
}

/// A number in one of Word's formats; `None` for bullets and formats that are not known.
fn written(number: usize, format: &str) -> Option<String> {
    Some(match format {
        "decimal" | "decimalHalfWidth" | "decimalFullWidth" => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => chinese(number)?,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            char::from_u32(0x245F + number as u32)?.to_string()
        }
        "lowerLetter" if (1..=26).contains(&number) => {
            char::from(b'a' + number as u8 - 1).to_string()
        }
        "upperLetter" if (1..=26).contains(&number) => {
            char::from(b'A' + number as u8 - 1).to_string()
        }
        _ => return None,
    })
}

/// A number below 100 in Chinese; headings do not count further.
fn chinese(number: usize) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if !(1..100).contains(&number) {
        return None;
    }
    let (tens, ones) = (number / 10, DIGITS[number % 10]);
    Some(match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", DIGITS[tens]),
    })
}
