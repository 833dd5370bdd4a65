//! What commands and pages have in common that look at the regions below one.

use ledger::Ledger;
use methods::ranking::Movement;
use rust_decimal::Decimal;
use terms::{Day, NATION, Period, RegionPlace, Tier};

use crate::entered;
use crate::error::Failure;

/// The region that is named, as it is on a day.
pub(crate) fn region(ledger: &Ledger, written: &str, day: Day) -> Result<RegionPlace, Failure> {
    let code = entered::region(written, Some(ledger)).map_err(Failure::Input)?;
    if code == NATION {
        let (name, tier) = ("全国".to_owned(), Tier::Province);
        return Ok(RegionPlace { code, name, tier, parent: None });
    }
    ledger.region_at(&code, day)?.ok_or_else(|| {
        Failure::Input(format!("{day} 没有地区 {code}（应为当日已有的地区的代码或名称）"))
    })
}

/// The regions that belong to one on a day.
pub(crate) fn below(
    ledger: &Ledger,
    above: &RegionPlace,
    day: Day,
) -> Result<Vec<RegionPlace>, Failure> {
    let found = match above.code == NATION {
        true => {
            let mut all = ledger.regions(day)?;
            all.retain(|place| place.tier == Tier::Province);
            all
        }
        false => ledger.children(&above.code, day)?,
    };
    if found.is_empty() {
        let RegionPlace { code, name, .. } = above;
        return Err(Failure::Input(format!(
            "{code} {name}：{day} 没有下级地区（应先以 regions import 录入，或指明上一级）"
        )));
    }
    Ok(found)
}

/// The last day of a period, on which regions are as they count for it.
pub(crate) fn last_day(period: Period) -> Result<Day, Failure> {
    let day = |last| Day::new(period.year(), period.last_month(), last);
    let found = (28..=31).rev().find_map(day);
    found.ok_or_else(|| {
        Failure::Input(format!("时期 {period} 没有最后一天（应为 1900 至 2199 年）"))
    })
}

/// The period that is held against another: the one that was told, or the same months of the year before.
pub(crate) fn against(told: Option<Period>, period: Period) -> Result<Period, Failure> {
    match told.or_else(|| period.in_year(period.year() - 1)) {
        Some(against) if against == period => {
            Err(Failure::Input(format!("--against 与 --period 相同：{period}（应为另一时期）")))
        }
        Some(against) => Ok(against),
        None => Err(Failure::Input(format!("{period} 没有上年同期（应以 --against 给出）"))),
    }
}

/// A number as programs read it: a quotient to ten decimals, anything else in full.
pub(crate) fn exact(number: Decimal) -> String {
    if number.scale() <= 10 {
        number.to_string()
    } else {
        number.round_dp(10).normalize().to_string()
    }
}

/// How many places up, below nothing for down; nothing for a region that had no place.
pub(crate) fn movement(movement: Movement) -> Option<i64> {
    let places = |by: usize| i64::try_from(by).ok();
    match movement {
        Movement::Up(by) => places(by),
        Movement::Down(by) => places(by).map(|by| -by),
        Movement::Same => Some(0),
        Movement::New => None,
    }
}
