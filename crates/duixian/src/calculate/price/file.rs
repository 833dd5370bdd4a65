//! A table of prices: one row an item and period.

use std::collections::HashMap;
use std::path::Path;

use methods::price_index::{Cell, Panel, PriceIndexError};
use rust_decimal::Decimal;

use crate::error::Failure;
use crate::table_file::{self, Column, Row};
use crate::time_order;

/// The columns, those that have to be there first.
const COLUMNS: [Column; 6] = [
    ("period", "时期"),
    ("item", "品目"),
    ("price", "价格"),
    ("quantity", "数量"),
    ("class", "类别"),
    ("replaces", "接替"),
];

/// What a table of prices holds.
pub(super) struct PriceFile {
    /// In the order of time.
    pub(super) periods: Vec<String>,
    /// In the order of the file.
    pub(super) items: Vec<String>,
    pub(super) panel: Panel,
    /// The class of each item, by place; all the same where the file has no such column.
    pub(super) classes: Vec<usize>,
    /// Items that take another's place: the old one and the new one.
    pub(super) replaced: Vec<(usize, usize)>,
    /// Rows with a price.
    pub(super) rows: usize,
    lines: HashMap<(usize, usize), u64>,
}

/// Reads a table of prices. A row without a price says that it is missing, as does no row.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<PriceFile, Failure> {
    let rows = table_file::rows(path, bytes, &COLUMNS, 3)?;
    let periods = in_order(path, &rows)?;
    let mut items = Names::default();
    for row in &rows {
        items.place(named(path, row, 1)?);
    }
    let mut found = PriceFile {
        panel: Panel::new(periods.len(), items.names.len()),
        classes: vec![0; items.names.len()],
        periods,
        items: Vec::new(),
        replaced: Vec::new(),
        rows: 0,
        lines: HashMap::new(),
    };
    let places: HashMap<&str, usize> =
        found.periods.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
    let mut classes = Names::default();
    let mut class_of: Vec<Option<usize>> = vec![None; items.names.len()];
    for row in &rows {
        let item = items.place(&row.cells[1]);
        let period = places.get(row.cells[0].as_str()).copied().unwrap_or_default();
        let class = classes.place(&row.cells[4]);
        match class_of.get_mut(item) {
            Some(Some(known)) if *known != class => {
                let said = format!(
                    "类别“{}”（品目“{}”前面的类别与此不同，应只有一个）",
                    row.cells[4], row.cells[1]
                );
                return Err(row.fault(path, said));
            }
            Some(place) => *place = Some(class),
            None => {}
        }
        if !row.cells[5].is_empty() {
            let old = items.known(&row.cells[5]).filter(|old| *old != item).ok_or_else(|| {
                let said = format!("接替“{}”（应为表中另一个品目）", row.cells[5]);
                row.fault(path, said)
            })?;
            if !found.replaced.contains(&(old, item)) {
                found.replaced.push((old, item));
            }
        }
        if row.cells[2].is_empty() {
            continue;
        }
        let price = number(path, row, 2)?;
        let quantity = (!row.cells[3].is_empty()).then(|| number(path, row, 3)).transpose()?;
        if let Err(error) = found.panel.enter(period, item, Cell { price, quantity }) {
            let before = found.lines.get(&(period, item)).copied().unwrap_or_default();
            return Err(row.fault(path, refused(row, error, before)));
        }
        found.lines.insert((period, item), row.line);
        found.rows += 1;
    }
    found.classes = class_of.into_iter().map(Option::unwrap_or_default).collect();
    found.items = items.names;
    Ok(found)
}

impl PriceFile {
    /// Lets new items go on where those ended that they replace, in the order of the file.
    pub(super) fn link(&mut self, path: &Path) -> Result<(), Failure> {
        for (old, new) in &self.replaced {
            self.panel.replace(*old, *new).map_err(|error| self.fault(path, error))?;
        }
        Ok(())
    }

    /// Why there is no index, with the names of the file.
    pub(super) fn fault(&self, path: &Path, error: PriceIndexError) -> Failure {
        let period = |place: usize| self.periods.get(place).map_or("？", String::as_str);
        let item = |place: usize| self.items.get(place).map_or("？", String::as_str);
        let said = match error {
            PriceIndexError::NoQuantity { period: when, item: what } => {
                let line = self.lines.get(&(when, what));
                let line = line.map_or_else(String::new, |line| format!("第 {line} 行："));
                format!(
                    "{line}{}的“{}”没有数量（此公式应有数量，列名 quantity 或 数量）",
                    period(when),
                    item(what)
                )
            }
            PriceIndexError::NoMatch { from, to } => format!(
                "{}和{}没有都有价格的品目（应至少有一个；可用 --missing 补齐，或以 --chained 逐期相连）",
                period(from),
                period(to)
            ),
            PriceIndexError::NoWeight { from, to } => format!(
                "{}与{}比较时，数量之和为零或数超出精确小数的范围（数量应至少有一个大于零）",
                period(from),
                period(to)
            ),
            PriceIndexError::NoOverlap { old, new } => format!(
                "“{}”接替“{}”，但二者没有同时有价格的时期（应至少有一个）",
                item(new),
                item(old)
            ),
            PriceIndexError::NoClassMate { period: when, item: what } => format!(
                "{}的“{}”没有价格，同类中也没有这一期和上一期都有价格的品目（应至少有一个）",
                period(when),
                item(what)
            ),
            PriceIndexError::WindowLength { length, periods } => {
                format!("窗口 {length} 期（应为 2 至 {periods}，表中有 {periods} 期）")
            }
            PriceIndexError::Range { period: when } => {
                format!("{}的数超出精确小数的范围（应较小）", period(when))
            }
            // These are refused row by row, before.
            PriceIndexError::Price { period: when, item: what }
            | PriceIndexError::Quantity { period: when, item: what }
            | PriceIndexError::Twice { period: when, item: what }
            | PriceIndexError::Outside { period: when, item: what } => {
                format!("{}的“{}”的价格或数量不可用", period(when), item(what))
            }
        };
        Failure::Input(format!("{}：{said}", path.display()))
    }
}

/// Why a row cannot be entered; `before` is the line that has its price already.
fn refused(row: &Row, error: PriceIndexError, before: u64) -> String {
    let [period, item, price, quantity, ..] = row.cells.as_slice() else { return String::new() };
    match error {
        PriceIndexError::Price { .. } => format!("价格“{price}”（应大于零）"),
        PriceIndexError::Quantity { .. } => format!("数量“{quantity}”（不应小于零）"),
        _ => format!("{period}的“{item}”已在第 {before} 行（一个时期应只有一个价格）"),
    }
}

/// Names in the order in which they first stand.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Names {
    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.known(name) {
            return place;
        }
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }

    fn known(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }
}

/// The periods of a table: in the order of time where all are periods of statistics, days or whole numbers, else in
/// that of the file.
fn in_order(path: &Path, rows: &[Row]) -> Result<Vec<String>, Failure> {
    let mut names = Names::default();
    for row in rows {
        names.place(named(path, row, 0)?);
    }
    let mut names = names.names;
    let Some(keys) = time_order::keys(&names) else { return Ok(names) };
    // Two ways to write one period would be two periods.
    let mut order: Vec<(i64, String)> = keys.into_iter().zip(names.drain(..)).collect();
    order.sort();
    for pair in order.windows(2) {
        if let [(one, first), (other, second)] = pair
            && one == other
        {
            let said = format!("时期“{first}”和“{second}”是同一时期（应只用一种写法）");
            return Err(Failure::Input(format!("{}：{said}", path.display())));
        }
    }
    Ok(order.into_iter().map(|(_, name)| name).collect())
}

fn named<'a>(path: &Path, row: &'a Row, column: usize) -> Result<&'a str, Failure> {
    let (name, chinese) = COLUMNS[column];
    match row.cells[column].as_str() {
        "" => Err(row.fault(path, format!("{name}（{chinese}）列为空（应写明）"))),
        text => Ok(text),
    }
}

fn number(path: &Path, row: &Row, column: usize) -> Result<Decimal, Failure> {
    let written = &row.cells[column];
    Decimal::from_str_exact(written).map_err(|_| {
        let chinese = COLUMNS[column].1;
        row.fault(path, format!("{chinese}“{written}”（应为十进制数，如 12.50）"))
    })
}
