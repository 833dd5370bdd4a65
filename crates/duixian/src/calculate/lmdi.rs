//! What changed the use of energy, from a table.

use std::path::Path;

use methods::energy::lmdi::{Change, Effects, LmdiError, Point, SectorChange, lmdi};
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use terms::Period;

use super::Answer;
use super::cells::{needed, number, period, plain};
use crate::error::Failure;
use crate::table_file::{self, Column};

/// The columns; what stands behind the first four is another head for one of them.
const COLUMNS: [Column; 8] = [
    ("sector", "行业"),
    ("period", "时期"),
    ("activity", "活动量"),
    ("energy", "能源消费量"),
    ("industry", "部门"),
    ("year", "年份"),
    ("value_added", "增加值"),
    ("consumption", "能耗"),
];

/// Sectors over the periods.
struct Series {
    sectors: Vec<String>,
    periods: Vec<Period>,
    /// The sectors of each period.
    points: Vec<Vec<Point>>,
}

/// From one period to another.
struct Step {
    from: Period,
    to: Period,
    change: Change,
}

/// Tells the change of a table apart, with so many decimals of the effects; `file` is what the table is called.
pub(crate) fn answer(file: &Path, bytes: &[u8], places: u32) -> Result<Answer, Failure> {
    let series = read(file, bytes)?;
    let step = |from: usize, to: usize| {
        let found = series.points.get(from).zip(series.points.get(to));
        let (before, after) = found.ok_or_else(|| few(file))?;
        let (from, to) = (series.periods.get(from), series.periods.get(to));
        let (from, to) = from.copied().zip(to.copied()).ok_or_else(|| few(file))?;
        let change = lmdi(before, after, places);
        let change = change.map_err(|error| {
            Failure::Input(format!("{}：{}", file.display(), fault(&error, &series, (from, to))))
        })?;
        Ok(Step { from, to, change })
    };
    let last = series.periods.len().checked_sub(1).filter(|last| *last > 0);
    let last = last.ok_or_else(|| few(file))?;
    let steps = (0..last).map(|from| step(from, from + 1)).collect::<Result<Vec<_>, Failure>>()?;
    let direct = step(0, last)?;
    let whole = chained(&steps)
        .ok_or_else(|| Failure::Input(format!("{}：各期之和超出精确小数的范围", file.display())))?;
    Ok(told(&series, &steps, &whole, &direct))
}

fn few(file: &Path) -> Failure {
    Failure::Input(format!("{}：只有一个时期（应至少有两个）", file.display()))
}

fn read(file: &Path, bytes: &[u8]) -> Result<Series, Failure> {
    let rows = table_file::rows(file, bytes, &COLUMNS, 0)?;
    let mut cells: Vec<(String, Period, Point)> = Vec::with_capacity(rows.len());
    for row in &rows {
        let sector = needed(file, row, &[0, 4], "sector（行业）")?;
        let when = period(file, row, &[1, 5], "year 或 period（年份、时期）")?;
        let point = Point {
            activity: number(file, row, &[2, 6], "activity（活动量、增加值）")?,
            energy: number(file, row, &[3, 7], "energy（能源消费量、能耗）")?,
        };
        if point.activity < Decimal::ZERO || point.energy < Decimal::ZERO {
            return Err(row.fault(file, "活动量或能源消费量是负数（应为 0 或正数）"));
        }
        if point.activity.is_zero() && !point.energy.is_zero() {
            return Err(
                row.fault(file, format!("“{sector}”没有活动量却有能源消费量（应先有活动量）"))
            );
        }
        if cells.iter().any(|(name, other, _)| name == sector && *other == when) {
            return Err(row.fault(file, format!("“{sector}”{when} 已有一行（应只有一行）")));
        }
        cells.push((sector.to_owned(), when, point));
    }
    let mut sectors: Vec<String> = Vec::new();
    let mut periods: Vec<Period> = Vec::new();
    for (sector, when, _) in &cells {
        if !sectors.contains(sector) {
            sectors.push(sector.clone());
        }
        if !periods.contains(when) {
            periods.push(*when);
        }
    }
    periods.sort_by_key(|period| (period.year(), period.last_month(), period.first_month()));
    let mut points = Vec::with_capacity(periods.len());
    for when in &periods {
        let of = |sector: &String| {
            let cell = cells.iter().find(|(name, other, _)| name == sector && other == when);
            cell.map(|(_, _, point)| *point).ok_or_else(|| {
                let shown = file.display();
                Failure::Input(format!("{shown}：“{sector}”缺 {when} 的一行（没有活动则写 0）"))
            })
        };
        points.push(sectors.iter().map(of).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(Series { sectors, periods, points })
}

fn fault(error: &LmdiError, series: &Series, (from, to): (Period, Period)) -> String {
    match error {
        LmdiError::NoActivity { after } => {
            let when = if *after { to } else { from };
            format!("{when} 所有行业的活动量都是 0（应至少有一个行业有活动）")
        }
        LmdiError::Range => format!("{} 个行业的数超出精确小数的范围", series.sectors.len()),
        other => other.to_string(),
    }
}

/// The names of the factors, for people and for programs.
const FACTORS: [(&str, &str); 3] =
    [("活动", "activity"), ("结构", "structure"), ("强度", "intensity")];

fn told(series: &Series, steps: &[Step], whole: &Whole, direct: &Step) -> Answer {
    let mut grid = Grid::of(&[
        "时期",
        "能耗变化",
        "活动效应",
        "结构效应",
        "强度效应",
        "活动 ×",
        "结构 ×",
        "强度 ×",
    ]);
    for step in steps {
        grid.rows.push(row(format!("{}→{}", step.from, step.to), &step.change));
    }
    if steps.len() > 1 {
        let mut cells =
            vec![format!("{}→{}（逐期相加）", direct.from, direct.to), plain(whole.change)];
        cells.extend(whole.additive.iter().map(|effect| plain(*effect)));
        cells.extend(ratios(whole.multiplicative));
        grid.rows.push(cells);
        grid.rows.push(row(format!("{}→{}（首尾直接）", direct.from, direct.to), &direct.change));
    }
    let mut closing = Vec::new();
    if let [only] = steps {
        for (name, sector) in series.sectors.iter().zip(&only.change.sectors) {
            let [activity, structure, intensity] = sector.additive.list().map(plain);
            let change = plain(sector.change);
            closing.push(format!(
                "  {name}：{change} = 活动 {activity} + 结构 {structure} + 强度 {intensity}"
            ));
        }
    }
    closing.push("各效应之和恰为能耗变化；乘积恰为后期与前期之比".to_owned());
    let residual = whole.additive.iter().fold(whole.change, |left, effect| left - effect);
    let json = json!({
        "method": "LMDI-I",
        "sectors": series.sectors,
        "from": direct.from.to_string(),
        "to": direct.to.to_string(),
        "change": plain(whole.change),
        "additive": named(whole.additive.map(|effect| json!(plain(effect)))),
        "residual": plain(residual),
        "multiplicative": multiplicative(whole.multiplicative),
        "steps": steps.iter().map(|step| as_json(series, step)).collect::<Vec<_>>(),
        "direct": as_json(series, direct),
    });
    Answer { heading: vec!["能耗变化的分解（LMDI-I）".to_owned()], grid, closing, json }
}

/// All steps together: effects add up, factors multiply.
struct Whole {
    change: Decimal,
    additive: [Decimal; 3],
    multiplicative: Option<[f64; 3]>,
}

fn chained(steps: &[Step]) -> Option<Whole> {
    let mut whole = Whole {
        change: Decimal::ZERO,
        additive: [Decimal::ZERO; 3],
        multiplicative: Some([1.0; 3]),
    };
    for Step { change, .. } in steps {
        let own = change.after.energy.checked_sub(change.before.energy)?;
        whole.change = whole.change.checked_add(own)?;
        for (sum, effect) in whole.additive.iter_mut().zip(change.additive.list()) {
            *sum = sum.checked_add(effect)?;
        }
        let factors = change.multiplicative.as_ref().map(Effects::list);
        whole.multiplicative = whole.multiplicative.zip(factors).map(|(mut product, factors)| {
            product.iter_mut().zip(factors).for_each(|(product, factor)| *product *= factor);
            product
        });
    }
    Some(whole)
}

fn row(name: String, change: &Change) -> Vec<String> {
    let mut cells = vec![name, plain(change.after.energy - change.before.energy)];
    cells.extend(change.additive.list().map(plain));
    cells.extend(ratios(change.multiplicative.as_ref().map(Effects::list)));
    cells
}

fn ratios(factors: Option<[f64; 3]>) -> [String; 3] {
    match factors {
        None => ["—"; 3].map(str::to_owned),
        Some(factors) => factors.map(|factor| format!("{factor:.6}")),
    }
}

fn named(values: [Value; 3]) -> Value {
    FACTORS.iter().zip(values).map(|((_, name), value)| ((*name).to_owned(), value)).collect()
}

fn multiplicative(factors: Option<[f64; 3]>) -> Value {
    let Some(factors) = factors else { return Value::Null };
    let mut value = named(factors.map(|factor| json!(format!("{factor:.12}"))));
    value["total"] = format!("{:.12}", factors.iter().product::<f64>()).into();
    value
}

fn as_json(series: &Series, Step { from, to, change }: &Step) -> Value {
    let total = |point: &Point| {
        let intensity = point.energy.checked_div(point.activity);
        json!({
            "activity": point.activity.to_string(),
            "energy": point.energy.to_string(),
            "intensity": intensity.map(plain),
        })
    };
    let sectors = series.sectors.iter().zip(&change.sectors);
    let sectors = sectors.map(|(name, SectorChange { change, additive, .. })| {
        json!({
            "sector": name,
            "change": plain(*change),
            "additive": named(additive.list().map(|effect| json!(plain(effect)))),
        })
    });
    json!({
        "from": from.to_string(),
        "to": to.to_string(),
        "before": total(&change.before),
        "after": total(&change.after),
        "change": plain(change.after.energy - change.before.energy),
        "additive": named(change.additive.list().map(|effect| json!(plain(effect)))),
        "residual_before_rounding": change.residual,
        "multiplicative": multiplicative(change.multiplicative.as_ref().map(Effects::list)),
        "sectors": sectors.collect::<Vec<_>>(),
    })
}
