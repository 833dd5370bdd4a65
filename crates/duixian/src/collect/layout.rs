//! Where the figures of a department's own form stand, and filled copies read by it.

use std::collections::HashSet;
use std::sync::Arc;

use document::{Sheet, place};
use serde::{Deserialize, Serialize};
use terms::{DutySheet, Facet, Figure, Indicator, ObservationStatus, Unit};

use super::adopt::half;
use super::error::quoted;
use super::{CollectError, Fault, Returned, ReturnedLine, figure, label};

/// Where each figure of a form stands in a workbook, as [`super::adopt`] found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The name of the sheet.
    pub sheet: String,
    /// The figures, in the order of rows; those of one row in the order level, growth.
    pub lines: Vec<LayoutLine>,
    /// What was not taken, for people to look at: address and text, with the reason where it is not plain.
    pub unknown: Vec<(String, String)>,
}

/// Where a figure stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutLine {
    /// Code of the indicator.
    pub indicator: String,
    /// Level or growth.
    pub facet: Facet,
    /// The unit in which it is filled in.
    pub unit: Unit,
    /// The address of the figure.
    pub cell: String,
    /// The address of the name beside it.
    pub name_cell: String,
    /// The address of the unit beside it, where that stands in a cell of its own.
    pub unit_cell: Option<String>,
}

/// A layout as it is kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    version: u32,
    sheet: String,
    lines: Vec<KeptLine>,
    unknown: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptLine {
    indicator: String,
    facet: String,
    unit: String,
    cell: String,
    name_cell: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit_cell: Option<String>,
}

/// The version of the text of a layout.
const VERSION: u32 = 1;

impl Layout {
    /// The layout as JSON, to be kept with the form; the same layout gives the same text.
    ///
    /// # Errors
    /// None that is known: [`CollectError::Layout`] if the text cannot be made.
    pub fn to_json(&self) -> Result<String, CollectError> {
        let lines = self.lines.iter().map(|line| KeptLine {
            indicator: line.indicator.clone(),
            facet: line.facet.as_str().to_owned(),
            unit: line.unit.as_str().to_owned(),
            cell: line.cell.clone(),
            name_cell: line.name_cell.clone(),
            unit_cell: line.unit_cell.clone(),
        });
        let (sheet, unknown) = (self.sheet.clone(), self.unknown.clone());
        let kept = Kept { version: VERSION, sheet, lines: lines.collect(), unknown };
        serde_json::to_string_pretty(&kept).map_err(|error| CollectError::Layout(error.to_string()))
    }

    /// Reads what [`Layout::to_json`] wrote.
    ///
    /// # Errors
    /// [`CollectError::Layout`] names what is wrong: no such JSON, another version, a bad address or facet.
    pub fn from_json(text: &str) -> Result<Layout, CollectError> {
        let kept: Kept =
            serde_json::from_str(text).map_err(|error| CollectError::Layout(error.to_string()))?;
        if kept.version != VERSION {
            let said = format!("版本 {}（应为 {VERSION}）", kept.version);
            return Err(CollectError::Layout(said));
        }
        let lines = kept.lines.into_iter().map(KeptLine::line).collect::<Result<_, _>>()?;
        Ok(Layout { sheet: kept.sheet, lines, unknown: kept.unknown })
    }

    /// Reads a filled copy as the answer to a duty: the lines that the form of the duty asks for.
    ///
    /// The sheet may have another name if it is the only one that is shown. Beside each figure the name of its
    /// indicator and its unit have to stand where they stood. A dash or 无数据 says that there is no figure; such a form
    /// knows no other status, and no remarks.
    ///
    /// # Errors
    /// [`CollectError`] where the workbook cannot be read or has no such sheet; what is wrong with single cells is in
    /// [`Returned::faults`].
    pub fn read(
        &self,
        bytes: &[u8],
        asked: &DutySheet,
        catalogue: &[Indicator],
    ) -> Result<Returned, CollectError> {
        let sheets = document::sheets(bytes)?;
        let shown: Vec<&Sheet> = sheets.iter().filter(|sheet| !sheet.hidden).collect();
        let named = shown.iter().find(|sheet| sheet.name == self.sheet);
        let sheet = match (named, &shown[..]) {
            (Some(sheet), _) | (None, [sheet]) => sheet,
            _ => {
                let known = shown.iter().map(|sheet| quoted(&sheet.name)).collect();
                return Err(CollectError::NoSheet { name: self.sheet.clone(), known });
            }
        };
        let duty = &asked.duty;
        let mut returned = Returned {
            round: duty.round.clone(),
            form: duty.form.clone(),
            region: Arc::clone(&duty.region),
            duty: duty.number,
            lines: Vec::new(),
            faults: Vec::new(),
        };
        // A name or a unit that was changed is one fault, however many figures stand beside it.
        let mut reported = HashSet::new();
        for slot in &asked.slots {
            let item = &slot.item;
            let known = self.lines.iter().find(|line| {
                line.indicator == *item.indicator
                    && line.facet == item.facet
                    && line.unit == item.unit
            });
            let Some(line) = known else { continue };
            match line.figure(sheet, catalogue) {
                Ok(figure) => returned.lines.push(ReturnedLine {
                    position: slot.position,
                    indicator: Arc::clone(&item.indicator),
                    facet: item.facet,
                    unit: item.unit.clone(),
                    version: slot.filing.as_ref().map(|filing| filing.version),
                    figure,
                    cell: line.cell.clone(),
                }),
                Err(fault) => {
                    if reported.insert(fault.cell.clone()) {
                        returned.faults.push(fault);
                    }
                }
            }
        }
        Ok(returned)
    }
}

impl KeptLine {
    fn line(self) -> Result<LayoutLine, CollectError> {
        let cells = [Some(&self.cell), Some(&self.name_cell), self.unit_cell.as_ref()];
        if let Some(bad) = cells.into_iter().flatten().find(|cell| place(cell).is_none()) {
            return Err(CollectError::Layout(format!("“{bad}”不是单元格的地址（应如 C7）")));
        }
        let facet = self.facet.parse().map_err(|_| {
            CollectError::Layout(format!("“{}”（应为 level 或 growth）", self.facet))
        })?;
        Ok(LayoutLine {
            indicator: self.indicator,
            facet,
            unit: Unit::new(self.unit),
            cell: self.cell,
            name_cell: self.name_cell,
            unit_cell: self.unit_cell,
        })
    }
}

impl LayoutLine {
    fn figure(&self, sheet: &Sheet, catalogue: &[Indicator]) -> Result<Figure, Fault> {
        let text = |cell: &str| place(cell).map_or("", |(row, column)| sheet.text(row, column));
        let fault = |cell: &str, expected: String| Fault {
            sheet: sheet.name.clone(),
            cell: cell.to_owned(),
            found: quoted(text(cell)),
            expected,
        };
        let label = label::named(catalogue, text(&self.name_cell));
        if label.is_none_or(|label| label.indicator.code != self.indicator) {
            let known = catalogue.iter().find(|known| known.code == self.indicator);
            let name = known.map_or(&self.indicator, |known| &known.name);
            return Err(fault(&self.name_cell, format!("指标“{name}”，版式与采用时不同")));
        }
        if let Some(cell) = &self.unit_cell
            && half(text(cell)) != self.unit.as_str()
        {
            return Err(fault(cell, format!("单位“{}”", self.unit.as_str())));
        }
        let cell = place(&self.cell).and_then(|(row, column)| sheet.cell(row, column));
        if figure::is_none(cell) {
            let status = ObservationStatus::Missing;
            return Ok(Figure { value: None, status, note: String::new() });
        }
        let value = figure::amount(cell, &self.unit).map_err(|wrong| fault(&self.cell, wrong))?;
        Ok(Figure { value, status: ObservationStatus::Normal, note: String::new() })
    }
}
