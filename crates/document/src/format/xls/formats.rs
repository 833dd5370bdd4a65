//! How the cells of a workbook show their numbers, which the reader of this format does not tell.

use std::collections::{HashMap, HashSet};

use crate::format::number::Style;

/// A place: the number of its sheet among those that are read, its row and its column, from 0.
type Place = (usize, u16, u16);

/// What is noted of cells while a workbook is looked through.
#[derive(Default)]
pub(super) struct Formats {
    /// Whether the workbook is of Excel 97 or later; how older ones spell formats is not read.
    pub(super) is_wide: bool,
    /// Whether dates count from 1904.
    pub(super) from_1904: bool,
    codes: HashMap<u16, String>,
    /// The format of each style, by number.
    styles: Vec<u16>,
    /// Styles made ready, by the number of their format.
    ready: HashMap<u16, Style>,
    /// The format of a cell whose number is told by its format alone.
    cells: HashMap<Place, u16>,
    formulas: HashSet<Place>,
}

impl Formats {
    /// Notes a format code: its number, its length, a byte that tells how wide its characters are, the characters.
    pub(super) fn code(&mut self, data: &[u8]) {
        let Some(([low, high, length, length_high, flags], text)) = data.split_first_chunk::<5>()
        else {
            return;
        };
        if !self.is_wide {
            return;
        }
        let length = usize::from(u16::from_le_bytes([*length, *length_high]));
        let code = if flags & 1 == 0 {
            text.iter().take(length).map(|byte| char::from(*byte)).collect()
        } else {
            let units = text.chunks_exact(2).take(length);
            let units: Vec<u16> = units.map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units)
        };
        self.codes.insert(u16::from_le_bytes([*low, *high]), code);
    }

    /// Notes a style, whose second word is the number of its format.
    pub(super) fn style(&mut self, data: &[u8]) {
        let format = data.get(2..4).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]));
        self.styles.push(format);
    }

    /// Notes the style of a cell.
    pub(super) fn cell(&mut self, place: Place, style: u16) {
        let Some(format) = self.styles.get(usize::from(style)).copied() else { return };
        let codes = &self.codes;
        let ready = self.ready.entry(format).or_insert_with(|| match codes.get(&format) {
            Some(code) => Style::of(code),
            None => Style::built_in(usize::from(format)),
        });
        if ready.is_telling() {
            self.cells.insert(place, format);
        }
    }

    /// Notes that a formula made a cell.
    pub(super) fn formula(&mut self, place: Place) {
        self.formulas.insert(place);
    }

    /// How a cell shows its number.
    pub(super) fn of(&self, place: Place) -> Style {
        let ready = self.cells.get(&place).and_then(|format| self.ready.get(format));
        ready.cloned().unwrap_or_default()
    }

    /// Whether a formula made a cell.
    pub(super) fn is_formula(&self, place: Place) -> bool {
        self.formulas.contains(&place)
    }
}
