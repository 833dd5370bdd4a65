//! `duixian energy intensity`: energy per unit of GDP, and by how much it declines.

use clap::Args;
use methods::energy::intensity::{Decline, Year, decline, intensity};
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::table_file::{self, Column};
use super::{Answer, Table, number, percent, period, plain};
use crate::error::Failure;

const COLUMNS: [Column; 3] = [("year", "年份"), ("energy", "能源消费量"), ("gdp", "地区生产总值")];

/// What `duixian energy intensity` is told: a table of `year`, `energy` and `gdp` at constant prices.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    table: Table,
}

/// Computes the intensities of a table.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let file = &arguments.table.file;
    let rows = table_file::read(file, &COLUMNS, 3)?;
    let mut years = Vec::with_capacity(rows.len());
    for row in &rows {
        let when = period(file, row, &[0], "year（年份）")?;
        let year = Year {
            energy: number(file, row, &[1], "energy（能源消费量）")?,
            gdp: number(file, row, &[2], "gdp（地区生产总值）")?,
        };
        let found = intensity(year).ok_or_else(|| {
            row.fault(file, "没有能耗强度（能源消费量应为 0 或正数，地区生产总值应为正数）")
        })?;
        if years.iter().any(|(other, _, _)| *other == when) {
            return Err(row.fault(file, format!("{when} 已有一行（应只有一行）")));
        }
        years.push((when, year, found));
    }
    years.sort_by_key(|(when, _, _)| (when.year(), when.last_month()));
    let mut grid = Grid::of(&["年份", "能耗强度", "比上年", "降低率", "比首年累计降低"]);
    let mut list: Vec<Value> = Vec::new();
    let mut before: Option<Year> = None;
    let first = years.first().map(|(_, year, _)| *year);
    for (when, year, found) in &years {
        let yearly = before.and_then(|before| decline(before, *year));
        let since = first.filter(|_| before.is_some()).and_then(|first| decline(first, *year));
        let shown = |one: Option<Decline>, say: fn(Decimal) -> String| {
            one.map_or("—".to_owned(), |one| say(one.change))
        };
        grid.rows.push(vec![
            when.to_string(),
            found.to_string(),
            shown(yearly, percent),
            shown(yearly, |change| percent(-change)),
            shown(since, |change| percent(-change)),
        ]);
        list.push(json!({
            "year": when.to_string(),
            "energy": year.energy.to_string(),
            "gdp": year.gdp.to_string(),
            "intensity": format!("{found:.4}"),
            "change_percent": yearly.map(|one| plain(one.change)),
            "decline_percent": yearly.map(|one| plain(-one.change)),
            "change_percent_unrounded": yearly.map(|one| plain(one.exact)),
            "decline_since_first_percent": since.map(|one| plain(-one.change)),
        }));
        before = Some(*year);
    }
    let heading =
        vec!["单位 GDP 能耗（各年强度先保留四位小数；GDP 应为同一基期的不变价）".to_owned()];
    Answer { heading, grid, closing: Vec::new(), json: json!({ "years": list }) }
        .print(arguments.table.format)
}
