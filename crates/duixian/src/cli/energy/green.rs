//! `duixian energy green`: accounts of green power.

use std::path::Path;

use clap::Args;
use methods::energy::green::{Account, Entry, GreenError, Kind, Month, account};
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use terms::Unit;

use super::super::table_file::{self, Column, Row};
use super::{Answer, Table, needed, number, percent, period, plain, text};
use crate::error::Failure;

const COLUMNS: [Column; 6] = [
    ("kind", "类别"),
    ("month", "月份"),
    ("amount", "数量"),
    ("unit", "单位"),
    ("generated", "生产月份"),
    ("batch", "批次"),
];

/// What `duixian energy green` is told: a table of `kind`, `month`, `amount`, and as needed `unit`, `generated`, `batch`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    table: Table,
}

/// Keeps the account of a table.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let file = &arguments.table.file;
    let rows = table_file::read(file, &COLUMNS, 3)?;
    let mut batches: Vec<&str> = Vec::new();
    let mut entries = Vec::with_capacity(rows.len());
    for row in &rows {
        let batch = match text(row, &[5]) {
            "" => None,
            name => Some(batches.iter().position(|known| *known == name).unwrap_or_else(|| {
                batches.push(name);
                batches.len() - 1
            })),
        };
        entries.push(entry(file, row, batch)?);
    }
    let found = account(&entries).map_err(|error| refused(file, &rows, &error))?;
    answer(&found, &rows).print(arguments.table.format)
}

fn entry(file: &Path, row: &Row, batch: Option<usize>) -> Result<Entry, Failure> {
    let word = needed(file, row, &[0], "kind（类别）")?;
    let kind = kind(word).ok_or_else(|| {
        let expected = "购电、自发自用、上网、绿电交易、购入绿证、转让绿证 之一";
        row.fault(file, format!("没有类别“{word}”（应为 {expected}）"))
    })?;
    let generated = match text(row, &[4]) {
        "" => None,
        _ => Some(month(file, row, 4, "generated（生产月份）")?),
    };
    let amount = number(file, row, &[2], "amount（数量）")?;
    let unit = text(row, &[3]);
    let pieces = matches!(kind, Kind::Bought | Kind::Sold);
    let amount = match (pieces, unit) {
        (_, "") => amount,
        (true, "个" | "张") => amount,
        (true, "万个" | "万张") => amount
            .checked_mul(Decimal::from(10_000))
            .ok_or_else(|| row.fault(file, "数超出精确小数的范围"))?,
        (true, _) => {
            return Err(
                row.fault(file, format!("绿证的单位“{unit}”（应为 个；1 个为 1000 千瓦时）"))
            );
        }
        (false, _) => {
            let own = if unit == "万kWh" { "万千瓦时" } else { unit };
            Unit::new(own)
                .convert(amount, &Unit::new("千瓦时"))
                .ok_or_else(|| row.fault(file, format!("单位“{unit}”不能换算（应与千瓦时同类）")))?
        }
    };
    Ok(Entry { kind, month: month(file, row, 1, "month（月份）")?, amount, generated, batch })
}

fn month(file: &Path, row: &Row, place: usize, name: &str) -> Result<Month, Failure> {
    let when = period(file, row, &[place], name)?;
    match when.first_month() == when.last_month() {
        true => Ok(Month { year: i32::from(when.year()), month: when.last_month() }),
        false => Err(row.fault(file, format!("“{when}”不是一个月（应如 2025-01）"))),
    }
}

fn kind(word: &str) -> Option<Kind> {
    Some(match word.to_ascii_lowercase().as_str() {
        "购电" | "grid" => Kind::Grid,
        "自发自用" | "own" => Kind::OwnUse,
        "上网" | "fed-in" => Kind::FedIn,
        "绿电交易" | "绿电" | "green-power" => Kind::GreenPower,
        "购入绿证" | "绿证" | "certificates" => Kind::Bought,
        "转让绿证" | "sold" => Kind::Sold,
        _ => return None,
    })
}

fn refused(file: &Path, rows: &[Row], error: &GreenError) -> Failure {
    let at = |place: &usize, said: &str| match rows.get(*place) {
        Some(row) => row.fault(file, said),
        None => Failure::Input(format!("{}：{said}", file.display())),
    };
    let whole = |said: String| Failure::Input(format!("{}：{said}", file.display()));
    match error {
        GreenError::Negative(place) => at(place, "数量是负数（应为 0 或正数）"),
        GreenError::NotWhole(place) => at(place, "绿证不是整数个（应为整数）"),
        GreenError::NeedsMonth(place) => {
            at(place, "购入绿证没有 generated（生产月份），不能判断两年有效期（应如 2024-06）")
        }
        GreenError::Future(place) => at(place, "绿证的生产月份晚于使用的月份（应不晚于）"),
        GreenError::BeyondGrid { green, grid } => {
            whole(format!("绿电交易 {green} 千瓦时多于购电 {grid} 千瓦时（绿电应是购电的一部分）"))
        }
        GreenError::Oversold { sold, issued } => {
            whole(format!("转让绿证 {sold} 个多于自有发电核发的 {issued} 个"))
        }
        _ => whole("数超出精确小数的范围".to_owned()),
    }
}

fn answer(found: &Account, rows: &[Row]) -> Answer {
    let Account { used, own, passed_on, bought_power, certified, green, kept, fed_in, .. } = found;
    let mut grid = Grid::of(&["项目", "千瓦时"]);
    for (name, amount) in [
        ("用电量（购电＋自发自用）", *used),
        ("自发自用", *own),
        ("其中绿证已转让，不再算绿电", *passed_on),
        ("绿电交易", *bought_power),
        ("有效的购入绿证", *certified),
        ("其中超过用电、留待以后", *kept),
        ("绿色电力", *green),
        ("其余用电（用剩余组合因子）", found.rest()),
        ("上网（不计入）", *fed_in),
    ] {
        grid.rows.push(vec![name.to_owned(), plain(amount)]);
    }
    let lines = |places: &[usize]| -> Vec<u64> {
        places.iter().filter_map(|place| rows.get(*place)).map(|row| row.line).collect()
    };
    let said = |lines: &[u64]| lines.iter().map(u64::to_string).collect::<Vec<_>>().join("、");
    let (duplicates, expired) = (lines(&found.duplicates), lines(&found.expired));
    let mut closing = Vec::new();
    if let Some(share) = found.share() {
        closing.push(format!("绿色电力占用电 {}", percent(share)));
    }
    for (name, (pieces, rest)) in [("自发自用", found.issued_own), ("上网", found.issued_fed_in)]
    {
        closing.push(format!("{name}可核发绿证 {pieces} 个，结转 {} 千瓦时", plain(rest)));
    }
    if !duplicates.is_empty() {
        closing.push(format!("注意 第 {} 行的批次已计算过，未再计", said(&duplicates)));
    }
    if !expired.is_empty() {
        closing.push(format!("注意 第 {} 行的绿证已过两年有效期，未计", said(&expired)));
    }
    if *passed_on > Decimal::ZERO {
        closing.push("注意 自发自用电量的绿证不得交易，转让的部分已从绿电中扣除".to_owned());
    }
    let issued = |(pieces, rest): (Decimal, Decimal)| -> Value {
        json!({ "certificates": plain(pieces), "carried_kwh": plain(rest) })
    };
    let json = json!({
        "used_kwh": plain(*used),
        "own_use_kwh": plain(*own),
        "passed_on_kwh": plain(*passed_on),
        "green_power_kwh": plain(*bought_power),
        "certificates_kwh": plain(*certified),
        "kept_kwh": plain(*kept),
        "green_kwh": plain(*green),
        "green_percent": found.share().map(plain),
        "rest_kwh": plain(found.rest()),
        "fed_in_kwh": plain(*fed_in),
        "issued_own_use": issued(found.issued_own),
        "issued_fed_in": issued(found.issued_fed_in),
        "duplicate_lines": duplicates,
        "expired_lines": expired,
    });
    Answer { heading: vec!["绿色电力账".to_owned()], grid, closing, json }
}
