//! What a formula came to for regions and periods, and how that is shown.

use std::io::{self, Write};

use assessment::formula::{Checked, Figures, Reading, Unknown};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use terms::{Day, Indicator, Period};

/// A region that is computed.
pub(super) struct Place {
    pub(super) code: String,
    /// May be empty.
    pub(super) name: String,
}

/// What is told above the numbers.
pub(super) struct Head<'a> {
    pub(super) formula: &'a str,
    pub(super) indicator: Option<&'a Indicator>,
    pub(super) as_of: Option<Day>,
}

/// What one region and period came to.
enum Found {
    Number(Decimal),
    Holds(bool),
}

struct Cell<'a> {
    region: &'a Place,
    period: Period,
    found: Result<Found, Unknown>,
    /// The figures that it was computed from.
    inputs: Vec<Reading>,
}

/// The cells of a formula, by region and period.
pub(super) struct Cells<'a> {
    unit: String,
    cells: Vec<Cell<'a>>,
}

impl<'a> Cells<'a> {
    /// Computes a formula, numbers for all cells at once; what one was computed from, where that is wanted, and why there
    /// is none are asked for it alone.
    pub(super) fn compute(
        formula: &Checked,
        figures: &dyn Figures,
        regions: &'a [Place],
        periods: &[Period],
        with_inputs: bool,
    ) -> Cells<'a> {
        let codes: Vec<&str> = regions.iter().map(|region| region.code.as_str()).collect();
        let (unit, grid) = match formula {
            Checked::Number(number) => {
                (number.unit().to_owned(), Some(number.compute_all(figures, &codes, periods)))
            }
            Checked::Condition(_) => (String::new(), None),
        };
        let cell = |(row, region): (usize, &'a Place), (column, period): (usize, Period)| {
            let known = grid.as_ref().and_then(|grid| grid.at(row, column));
            let (found, inputs) = match (formula, known) {
                (Checked::Number(_), Some(value)) if !with_inputs => {
                    (Ok(Found::Number(value)), Vec::new())
                }
                (Checked::Number(number), _) => {
                    match number.compute(figures, &region.code, period) {
                        Ok((quantity, inputs)) => (Ok(Found::Number(quantity.value)), inputs),
                        Err(why) => (Err(why), Vec::new()),
                    }
                }
                (Checked::Condition(condition), _) => {
                    let judged = condition.judge(figures, &region.code, period);
                    (judged.holds.map(Found::Holds), judged.readings)
                }
            };
            Cell { region, period, found, inputs }
        };
        let mut cells = Vec::new();
        for place in regions.iter().enumerate() {
            cells.extend(periods.iter().copied().enumerate().map(|period| cell(place, period)));
        }
        Cells { unit, cells }
    }

    /// Leaves out the periods in which no region has a number, unless there is none at all.
    pub(super) fn keep_known_periods(&mut self) {
        let known: Vec<Period> =
            self.cells.iter().filter(|cell| cell.found.is_ok()).map(|cell| cell.period).collect();
        if !known.is_empty() {
            self.cells.retain(|cell| known.contains(&cell.period));
        }
    }

    /// As lines, numbers to four decimals.
    pub(super) fn table(&self, out: &mut dyn Write, head: &Head<'_>) -> io::Result<()> {
        if let Some(indicator) = head.indicator {
            writeln!(out, "{} {}", indicator.code, indicator.name)?;
        }
        let day = head.as_of.map_or(String::new(), |day| format!(" · 按{day}所知"));
        writeln!(out, "{}{day}\n地区\t时期\t数值\t说明", head.formula)?;
        for Cell { region: Place { code, name }, period, found, .. } in &self.cells {
            let place = if name.is_empty() { code.clone() } else { format!("{code} {name}") };
            let (value, why) = match found {
                Ok(Found::Number(value)) => {
                    (format!("{}{}", value.round_dp(4).normalize(), self.unit), String::new())
                }
                Ok(Found::Holds(true)) => ("符合".to_owned(), String::new()),
                Ok(Found::Holds(false)) => ("不符合".to_owned(), String::new()),
                Err(why) => ("—".to_owned(), why.to_string()),
            };
            writeln!(out, "{place}\t{}\t{value}\t{why}", period.chinese())?;
        }
        let known = self.cells.iter().filter(|cell| cell.found.is_ok()).count();
        writeln!(out, "共 {} 格，算出 {known} 格", self.cells.len())
    }

    /// As a table of values with all their digits.
    pub(super) fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(["region", "name", "period", "value", "unit", "reason"])?;
        for Cell { region, period, found, .. } in &self.cells {
            let (value, why) = match found {
                Ok(Found::Number(value)) => (value.normalize().to_string(), String::new()),
                Ok(Found::Holds(holds)) => (holds.to_string(), String::new()),
                Err(why) => (String::new(), why.to_string()),
            };
            let period = period.to_string();
            writer.write_record([&region.code, &region.name, &period, &value, &self.unit, &why])?;
        }
        writer.flush()
    }

    /// With all digits, and the figures that each cell was computed from.
    pub(super) fn json(&self, out: &mut dyn Write, head: &Head<'_>) -> io::Result<()> {
        let cell = |Cell { region, period, found, inputs }: &Cell<'_>| {
            let (value, reason) = match found {
                Ok(Found::Number(value)) => (json!(value.normalize().to_string()), Value::Null),
                Ok(Found::Holds(holds)) => (json!(holds), Value::Null),
                Err(why) => (Value::Null, json!(why.to_string())),
            };
            let inputs: Vec<Value> = inputs.iter().map(input).collect();
            json!({
                "region": region.code, "name": region.name, "period": period.to_string(),
                "value": value, "reason": reason, "inputs": inputs,
            })
        };
        let told = json!({
            "formula": head.formula,
            "indicator": head.indicator.map(|indicator| &indicator.code),
            "unit": self.unit,
            "as_of": head.as_of.map(|day| day.to_string()),
            "cells": self.cells.iter().map(cell).collect::<Vec<_>>(),
        });
        writeln!(out, "{told:#}")
    }
}

fn input(reading: &Reading) -> Value {
    json!({
        "indicator": &*reading.indicator, "region": reading.region,
        "facet": reading.facet.as_str(), "period": reading.period.to_string(),
        "value": reading.value.to_string(), "unit": reading.unit.as_str(),
        "vintage": reading.vintage.to_string(), "source": &*reading.source,
    })
}
