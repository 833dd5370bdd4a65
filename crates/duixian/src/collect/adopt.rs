//! Finds in a department's own workbook where each figure stands.

use std::collections::HashMap;

use document::{Sheet, address};
use terms::{Dimension, Facet, Indicator, Unit, folded_name};

use super::error::quoted;
use super::header::{self, Header};
use super::{CollectError, Layout, LayoutLine, label};

/// Makes a layout of a department's own workbook: of the sheet that is named, else of the first that has a heading
/// with names of indicators and a column of figures.
///
/// Nothing is guessed: a row whose indicator, unit or facet is not certain is listed as unknown, and so is a column of
/// figures that was not chosen (of 本月 and 累计 the latter is).
///
/// # Errors
/// [`CollectError::NoTable`] where no sheet has such a heading, [`CollectError::NoSheet`] where the named one is missing.
pub fn adopt(
    bytes: &[u8],
    catalogue: &[Indicator],
    sheet: Option<&str>,
) -> Result<Layout, CollectError> {
    let sheets = document::sheets(bytes)?;
    let shown = || sheets.iter().filter(|sheet| !sheet.hidden);
    if let Some(name) = sheet
        && !shown().any(|sheet| sheet.name == name)
    {
        let known = shown().map(|sheet| quoted(&sheet.name)).collect();
        return Err(CollectError::NoSheet { name: name.to_owned(), known });
    }
    let asked = shown().filter(|known| sheet.is_none_or(|name| known.name == name));
    let found = asked.filter_map(|sheet| Some((sheet, header::find(sheet)?)));
    let (sheet, header) = found.into_iter().next().ok_or_else(|| CollectError::NoTable {
        expected: vec!["指标", "单位", "本期（或本月、累计）"],
    })?;
    Ok(Adopting::new(sheet, &header, catalogue).layout())
}

/// So many rows below the heading are looked at: each is compared with all names of the catalogue.
const ROWS: usize = 2000;

struct Adopting<'a> {
    sheet: &'a Sheet,
    header: &'a Header,
    catalogue: &'a [Indicator],
    /// The unit that stands above the table for all of it.
    common: Option<Unit>,
    lines: Vec<LayoutLine>,
    unknown: Vec<(String, String)>,
    /// The cells of the lines so far, by indicator and facet.
    known: HashMap<(String, Facet), String>,
}

impl<'a> Adopting<'a> {
    fn new(sheet: &'a Sheet, header: &'a Header, catalogue: &'a [Indicator]) -> Self {
        Adopting {
            sheet,
            header,
            catalogue,
            common: common(sheet, header),
            lines: Vec::new(),
            unknown: Vec::new(),
            known: HashMap::new(),
        }
    }

    fn layout(mut self) -> Layout {
        for (column, heading) in &self.header.unused {
            self.unknown.push((address(self.header.top, *column), heading.clone()));
        }
        let cells = &self.sheet.cells;
        let below = cells.partition_point(|cell| cell.row <= self.header.bottom);
        let rows = cells[below..].chunk_by(|one, next| one.row == next.row);
        for cells in rows.take(ROWS) {
            if let Some(cell) = cells.first() {
                self.row(cell.row);
            }
        }
        Layout { sheet: self.sheet.name.clone(), lines: self.lines, unknown: self.unknown }
    }

    fn row(&mut self, row: u32) {
        let name = self.sheet.text(row, self.header.name);
        // 甲 and 乙 number the columns of official forms.
        if name.is_empty() || name == "甲" {
            return;
        }
        let place = address(row, self.header.name);
        let (unit, unit_cell) = self.unit(row, name);
        let asks = unit.is_some() || self.sheet.cell(row, self.header.level).is_some();
        let Some(label) = label::named(self.catalogue, name) else {
            if asks {
                self.unknown.push((place, quoted(name)));
            }
            return;
        };
        let unit = unit.or_else(|| self.common.clone());
        let indicator = label.indicator;
        let Some(unit) = unit else {
            self.unknown.push((place, format!("{}：没有计量单位", quoted(name))));
            return;
        };
        let facet = match Facet::of(indicator, &unit) {
            Some(Facet::Level) if label.growth && unit.dimension() != Dimension::Share => None,
            Some(_) if label.growth => Some(Facet::Growth),
            facet => facet,
        };
        let Some(facet) = facet else {
            let own = &indicator.unit;
            let said = format!("{}：单位“{unit}”不是该指标的单位（应与“{own}”同类）", quoted(name));
            self.unknown.push((place, said));
            return;
        };
        let line = LayoutLine {
            indicator: indicator.code.clone(),
            facet,
            unit,
            cell: address(row, self.header.level),
            name_cell: place.clone(),
            unit_cell,
        };
        self.take(line.clone(), name);
        if let Some((column, points)) = self.header.growth.filter(|_| facet == Facet::Level) {
            let cell = address(row, column);
            let is_share = Unit::new(indicator.unit.as_str()).dimension() == Dimension::Share;
            match (is_share, points) {
                (true, false) => {
                    let said = format!("{} 的增减：表头应注明百分点", quoted(name));
                    self.unknown.push((cell, said));
                }
                _ => {
                    let unit = Unit::new(if is_share { "个百分点" } else { "%" });
                    self.take(
                        LayoutLine { facet: Facet::Growth, unit, cell, unit_cell: None, ..line },
                        name,
                    );
                }
            }
        }
    }

    fn take(&mut self, line: LayoutLine, name: &str) {
        let key = (line.indicator.clone(), line.facet);
        match self.known.get(&key) {
            Some(cell) => {
                self.unknown.push((line.cell, format!("{}：与 {cell} 重复", quoted(name))));
            }
            None => {
                self.known.insert(key, line.cell.clone());
                self.lines.push(line);
            }
        }
    }

    /// The unit that a row gives, and the cell in which it stands alone.
    fn unit(&self, row: u32, name: &str) -> (Option<Unit>, Option<String>) {
        if let Some(column) = self.header.unit {
            let (row, column) = self.sheet.origin(row, column);
            let text = self.sheet.text(row, column);
            if !text.is_empty() && row > self.header.bottom {
                return (Some(Unit::new(half(text))), Some(address(row, column)));
            }
        }
        (label::unit_behind(name), None)
    }
}

/// A unit without spaces, its sign of percent in half width.
pub(super) fn half(unit: &str) -> String {
    unit.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '％' { '%' } else { c }).collect()
}

/// The unit that stands above the heading for the whole table, as 单位：亿元.
fn common(sheet: &Sheet, header: &Header) -> Option<Unit> {
    let above = sheet.cells.iter().take_while(|cell| cell.row < header.top);
    let mut found = above.filter_map(|cell| {
        let text = folded_name(&cell.text);
        let (_, unit) = text.rsplit_once("单位:")?;
        let unit = unit.trim_end_matches([')', '）']);
        label::is_unit(unit).then(|| Unit::new(unit))
    });
    found.next()
}
