//! What the commands have in common that look at the regions below one.

use assessment::region::Input;
use clap::ValueEnum;
use methods::ranking::Movement;
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use terms::{Amount, Day, Facet, Indicator, Observation, ObservationStatus, RegionPlace};

use super::output::{self, Output};
use crate::error::Failure;
pub(super) use crate::regional::{below, exact, last_day, region};

/// In which form an answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[value(alias = "text")]
    Table,
    Json,
    Csv,
}

/// An answer in every form.
pub(crate) struct Answer {
    /// What stands above the table.
    pub(crate) heading: Vec<String>,
    pub(crate) grid: Grid,
    /// What stands below it.
    pub(crate) closing: Vec<String>,
    pub(crate) json: Value,
    pub(crate) records: Records,
}

/// What of an answer for programs is a row of values: the lists that have the rows, and the columns with their place in
/// one (a JSON pointer).
pub(crate) struct Records {
    pub(super) lists: &'static [&'static str],
    pub(super) columns: Vec<(String, String)>,
}

impl Records {
    pub(crate) fn of(lists: &'static [&'static str], columns: &[(&str, &str)]) -> Records {
        let owned = |(name, place): &(&str, &str)| ((*name).to_owned(), (*place).to_owned());
        Records { lists, columns: columns.iter().map(owned).collect() }
    }

    fn grid(&self, json: &Value) -> Grid {
        let cell = |row: &Value, place: &str| match row.pointer(place) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        let rows = self.lists.iter().filter_map(|list| json[list].as_array()).flatten();
        let row = |row| self.columns.iter().map(|(_, place)| cell(row, place)).collect();
        Grid {
            columns: self.columns.iter().map(|(name, _)| name.clone()).collect(),
            rows: rows.map(row).collect(),
        }
    }
}

impl Answer {
    pub(super) fn print(&self, format: Format) -> Result<(), Failure> {
        match format {
            Format::Json => output::json(&self.json),
            Format::Csv => {
                let grid = self.records.grid(&self.json);
                Output::Standard.write(|mut out| grid.csv(&mut out))
            }
            Format::Table => Output::Standard.write(|mut out| {
                self.heading.iter().try_for_each(|line| writeln!(out, "{line}"))?;
                self.grid.table(&mut out, output::width())?;
                self.closing.iter().try_for_each(|line| writeln!(out, "{line}"))
            }),
        }
    }
}

/// The indicator of the catalogue that is named.
pub(super) fn indicator<'a>(
    written: &str,
    catalogue: &'a [Indicator],
) -> Result<&'a Indicator, Failure> {
    Indicator::named(catalogue, written)
        .ok_or_else(|| Failure::Input(format!("目录中没有指标：{written}（应为指标的代码或名称）")))
}

/// By which day figures were known, in words.
pub(super) fn known_on(as_of: Option<Day>) -> String {
    format!("按{}所知", as_of.map_or("现在".to_owned(), |day| day.to_string()))
}

/// A number as people read it: at most four decimals.
pub(crate) fn shown(number: Decimal) -> String {
    number.round_dp(4).normalize().to_string()
}

/// A percentage as people read it.
pub(crate) fn percent(number: Decimal) -> String {
    format!("{}%", number.round_dp(2).normalize())
}

/// A number that was computed, as programs read it.
pub(super) fn plain(number: Decimal) -> String {
    number.round_dp(10).normalize().to_string()
}

/// How a place moved, in few signs.
pub(super) fn moved(movement: Movement) -> String {
    match movement {
        Movement::Up(by) => format!("↑{by}"),
        Movement::Down(by) => format!("↓{by}"),
        Movement::Same => "→".to_owned(),
        Movement::New => "新".to_owned(),
    }
}

/// A figure with its source and the day on which it became known, for programs.
pub(super) fn observation(known: &Observation) -> Value {
    json!({
        "indicator": &*known.indicator,
        "region": &*known.region,
        "facet": known.facet.as_str(),
        "period": known.period.to_string(),
        "value": known.value.as_ref().map(Amount::to_string),
        "unit": known.unit.as_str(),
        "vintage": known.vintage.to_string(),
        "status": known.status.as_str(),
        "source": &*known.source,
        "note": &*known.note,
    })
}

/// Figures that a number rests on, for programs.
pub(super) fn inputs(inputs: &[Input]) -> Value {
    let one = |input: &Input| {
        let mut known = observation(&input.observation);
        known["used_as"] = input.used_as.as_str().into();
        known
    };
    inputs.iter().map(one).collect()
}

/// The same figures in a cell: source and day, and what is not usual.
pub(super) fn sources(inputs: &[Input]) -> String {
    let mut found: Vec<String> = Vec::new();
    for Input { observation, .. } in inputs {
        let status = match observation.status {
            ObservationStatus::Provisional => "，初步",
            ObservationStatus::Estimated => "，估计",
            _ => "",
        };
        let Observation { vintage, source, .. } = observation;
        let said = match &**source {
            "" => format!("{vintage}{status}"),
            source => format!("{source} {vintage}{status}"),
        };
        if !found.contains(&said) {
            found.push(said);
        }
    }
    found.join("；")
}

/// An indicator for programs.
pub(super) fn about(indicator: &Indicator) -> Value {
    json!({ "code": indicator.code, "name": indicator.name })
}

/// A region for programs.
pub(super) fn place(place: &RegionPlace) -> Value {
    json!({ "code": place.code, "name": place.name })
}

/// The name of a facet.
pub(super) fn side(facet: Facet) -> &'static str {
    match facet {
        Facet::Level => "水平",
        Facet::Growth => "增速",
    }
}
