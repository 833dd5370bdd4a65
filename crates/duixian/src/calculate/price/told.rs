//! A price index as table, values and JSON.

use std::path::Path;

use clap::ValueEnum;
use methods::price_index::{DECIMALS, Formula, Link, contributions, matched};
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Asked, Computed, Way};
use crate::cli::regional::{Answer, Records, percent, shown};
use crate::error::Failure;

/// The answer in every form.
pub(super) fn told(file: &Path, arguments: &Asked, computed: &Computed) -> Result<Answer, Failure> {
    let rows = (0..computed.prices.periods.len())
        .map(|period| Row::of(file, arguments, computed, period))
        .collect::<Result<Vec<Row>, Failure>>()?;
    let (formula, missing) = (named(&arguments.formula), named(&arguments.missing));
    let prices = &computed.prices;
    let base = prices.periods.get(computed.base).map_or("", String::as_str);
    let method = match (&computed.way, arguments.chained) {
        (Way::Geks(_), _) => "geks",
        (Way::Bilateral { .. }, true) => "chained",
        (Way::Bilateral { .. }, false) => "direct",
    };
    let names = |place: &usize| prices.items.get(*place).cloned().unwrap_or_default();
    let filled: Vec<Value> = computed
        .filled
        .iter()
        .map(|one| {
            json!({
                "period": prices.periods.get(one.period),
                "item": names(&one.item),
                "price": one.cell.price.normalize().to_string(),
                "quantity": one.cell.quantity.map(|quantity| quantity.normalize().to_string()),
            })
        })
        .collect();
    let replaced: Vec<Value> = prices
        .replaced
        .iter()
        .map(|(old, new)| json!({ "old": names(old), "new": names(new) }))
        .collect();
    let json = json!({
        "formula": formula,
        "method": method,
        "base": base,
        "missing": missing,
        "window": arguments.window,
        "items": prices.items.len(),
        "rows": prices.rows,
        "series": rows.iter().map(Row::json).collect::<Vec<_>>(),
        "filled": filled,
        "replaced": replaced,
    });
    let way = match method {
        "geks" => "各期互比",
        "chained" => "逐期相连",
        _ => "直接与基期比",
    };
    let mut closing = Vec::new();
    if !computed.filled.is_empty() {
        closing.push(format!("补上的价格 {} 个（规则 {missing}）", computed.filled.len()));
    }
    for (old, new) in &prices.replaced {
        closing.push(format!("“{}”由“{}”接替，按同时有价格的最后一期相接", names(old), names(new)));
    }
    Ok(Answer {
        heading: vec![format!("价格指数 · {formula} · {way} · {base} = 100")],
        grid: grid(&rows),
        closing,
        json,
        records: Records::of(
            &["series"],
            &[
                ("period", "/period"),
                ("index", "/index"),
                ("ratio", "/ratio"),
                ("direct", "/direct"),
                ("chained", "/chained"),
                ("drift_percent", "/drift_percent"),
                ("items", "/items"),
            ],
        ),
    })
}

/// What a choice is called on the command line.
fn named(choice: &impl ValueEnum) -> String {
    choice.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

/// An index of a period with what it rests on.
struct Row {
    period: String,
    ratio: Decimal,
    direct: Option<Decimal>,
    chained: Option<Decimal>,
    items: Option<usize>,
    /// Items that the other period of the comparison has, and those that this one has, alone.
    gone: Vec<String>,
    new: Vec<String>,
    /// What each item adds to the change, in percentage points, the largest first.
    parts: Vec<(String, f64)>,
}

impl Row {
    fn of(
        file: &Path,
        arguments: &Asked,
        computed: &Computed,
        period: usize,
    ) -> Result<Row, Failure> {
        let out = || Failure::Failed("数超出精确小数的范围".to_owned());
        let prices = &computed.prices;
        let mut row = Row {
            period: prices.periods.get(period).cloned().unwrap_or_default(),
            ratio: Decimal::ONE,
            direct: None,
            chained: None,
            items: None,
            gone: Vec::new(),
            new: Vec::new(),
            parts: Vec::new(),
        };
        let (formula, direct, chained) = match &computed.way {
            Way::Geks(indices) => {
                row.ratio = indices.get(period).copied().ok_or_else(out)?;
                return Ok(row);
            }
            Way::Bilateral { formula, direct, chained } => (*formula, direct, chained),
        };
        let at = |links: &Option<Vec<Link>>| links.as_ref()?.get(period).copied();
        let asked = if arguments.chained { at(chained) } else { at(direct) }.ok_or_else(out)?;
        row.ratio = asked.index;
        row.items = Some(asked.items);
        row.direct = at(direct).map(|link| link.index);
        row.chained = at(chained).map(|link| link.index);
        let from = if arguments.chained { period.saturating_sub(1) } else { computed.base };
        row.compare(file, arguments, computed, formula, (from, period))?;
        Ok(row)
    }

    /// What came and went between two periods, and what each item adds.
    fn compare(
        &mut self,
        file: &Path,
        arguments: &Asked,
        computed: &Computed,
        formula: Formula,
        (from, to): (usize, usize),
    ) -> Result<(), Failure> {
        let prices = &computed.prices;
        let found =
            matched(&prices.panel, formula, from, to).map_err(|error| prices.fault(file, error))?;
        let name = |place: &usize| prices.items.get(*place).cloned().unwrap_or_default();
        self.gone = found.gone.iter().map(name).collect();
        self.new = found.new.iter().map(name).collect();
        if arguments.contributions && from != to {
            let parts = contributions(formula, &found.pairs).unwrap_or_default();
            self.parts =
                found.items.iter().map(name).zip(parts.iter().map(|part| part * 100.0)).collect();
            self.parts.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
        }
        Ok(())
    }

    /// How far the chain has gone from the direct comparison, in percent.
    fn drift(&self) -> Option<Decimal> {
        let apart = self.chained?.checked_div(self.direct?)?.checked_sub(Decimal::ONE)?;
        apart.checked_mul(Decimal::ONE_HUNDRED)
    }

    fn json(&self) -> Value {
        let parts: Vec<Value> = self
            .parts
            .iter()
            .map(|(item, part)| json!({ "item": item, "percentage_points": format!("{part:.6}") }))
            .collect();
        json!({
            "period": self.period,
            "index": hundred(self.ratio).map(|index| index.to_string()),
            "ratio": digits(self.ratio, DECIMALS).to_string(),
            "direct": self.direct.and_then(hundred).map(|index| index.to_string()),
            "chained": self.chained.and_then(hundred).map(|index| index.to_string()),
            "drift_percent": self.drift().map(|drift| digits(drift, 6).to_string()),
            "items": self.items,
            "gone": self.gone,
            "new": self.new,
            "contributions": parts,
        })
    }
}

fn digits(number: Decimal, decimals: u32) -> Decimal {
    number.round_dp(decimals).normalize()
}

/// With 100 in the base period, to ten decimals.
fn hundred(ratio: Decimal) -> Option<Decimal> {
    Some(digits(ratio.checked_mul(Decimal::ONE_HUNDRED)?, DECIMALS - 2))
}

fn grid(rows: &[Row]) -> Grid {
    let bilateral = rows.iter().any(|row| row.items.is_some());
    let mut grid = Grid::of(&["时期", "指数"]);
    if bilateral {
        let more = ["直接比", "连乘", "链漂移", "品目", "退出", "新增"];
        grid.columns.extend(more.map(str::to_owned));
    }
    let with_parts = rows.iter().any(|row| !row.parts.is_empty());
    if with_parts {
        grid.columns.push("贡献（百分点）".to_owned());
    }
    let index =
        |ratio: Option<Decimal>| ratio.and_then(hundred).map_or_else(|| "—".to_owned(), shown);
    for row in rows {
        let mut cells = vec![row.period.clone(), index(Some(row.ratio))];
        if bilateral {
            cells.extend([
                index(row.direct),
                index(row.chained),
                row.drift().map_or_else(|| "—".to_owned(), percent),
                row.items.map_or_else(String::new, |items| items.to_string()),
                row.gone.join("、"),
                row.new.join("、"),
            ]);
        }
        if with_parts {
            let part = |(item, part): &(String, f64)| format!("{item} {part:+.2}");
            cells.push(row.parts.iter().map(part).collect::<Vec<_>>().join("、"));
        }
        grid.rows.push(cells);
    }
    grid
}
