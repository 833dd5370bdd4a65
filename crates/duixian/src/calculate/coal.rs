//! Energy of many kinds in standard coal, from a table.

use std::path::Path;

use assessment::carrier::{all, named, names};
use clap::ValueEnum;
use methods::energy::coal::{Basis, CoalError, Measured, factor, standard_coal};
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use terms::Unit;

use super::Answer;
use super::cells::{exact, needed, number, plain, text};
use crate::error::Failure;
use crate::table_file::{self, Column, Row};

const COLUMNS: [Column; 4] =
    [("carrier", "能源品种"), ("amount", "消费量"), ("unit", "单位"), ("factor", "折标系数")];

/// By what electricity and heat are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    #[value(alias = "当量")]
    Calorific,
    #[value(alias = "等价")]
    Equivalent,
}

/// Computes the standard coal of a table; `file` is what it is called.
pub(crate) fn answer(file: &Path, bytes: &[u8], by: By) -> Result<Answer, Failure> {
    let rows = table_file::rows(file, bytes, &COLUMNS, 3)?;
    let (basis, word) = match by {
        By::Calorific => (Basis::Calorific, "当量"),
        By::Equivalent => (Basis::Equivalent, "等价"),
    };
    let mut grid = Grid::of(&["能源品种", "消费量", "单位", "折标系数", "系数单位", "吨标准煤"]);
    let mut list: Vec<Value> = Vec::new();
    let mut total = Decimal::ZERO;
    for row in &rows {
        let name = needed(file, row, &[0], "carrier（能源品种）")?;
        let carrier = named(name).ok_or_else(|| {
            row.fault(file, format!("没有能源品种“{name}”（应为 {} 之一）", all()))
        })?;
        let amount = number(file, row, &[1], "amount（消费量）")?;
        let unit = needed(file, row, &[2], "unit（单位）")?;
        let measured = in_own_unit(amount, unit, carrier.measured()).ok_or_else(|| {
            let own = unit_of(carrier.measured());
            row.fault(file, format!("{name}的单位“{unit}”不能换算（应与{own}同类）"))
        })?;
        let supplied = supplied(file, row)?;
        let wrong = |error| row.fault(file, fault(&error, name));
        let used = factor(carrier, basis, supplied).map_err(wrong)?;
        let kilograms = standard_coal(carrier, measured, basis, supplied).map_err(wrong)?;
        total = total
            .checked_add(kilograms)
            .ok_or_else(|| row.fault(file, "合计超出精确小数的范围"))?;
        let tonnes = kilograms / Decimal::ONE_THOUSAND;
        let per = format!("千克标准煤/{}", unit_of(carrier.measured()));
        grid.rows.push(vec![
            name.to_owned(),
            amount.to_string(),
            unit.to_owned(),
            used.to_string(),
            per.clone(),
            plain(tonnes),
        ]);
        list.push(json!({
            "carrier": names(carrier)[0],
            "amount": amount.to_string(),
            "unit": unit,
            "factor": used.to_string(),
            "factor_unit": per,
            "factor_source": if supplied.is_some() { "given" } else { "GB/T 2589-2020" },
            "tonnes": plain(tonnes),
        }));
    }
    let tonnes = plain(total / Decimal::ONE_THOUSAND);
    let closing = vec![format!(
        "合计 {tonnes} 吨标准煤（电力、热力按{word}值；不同口径的合计不能相加或比较）"
    )];
    let json = json!({ "basis": word, "tonnes": tonnes, "rows": list });
    let heading = vec![format!("折标准煤（{word}值）")];
    Ok(Answer { heading, grid, closing, json })
}

fn supplied(file: &Path, row: &Row) -> Result<Option<Decimal>, Failure> {
    match text(row, &[3]) {
        "" => Ok(None),
        written => exact(written).map(Some).ok_or_else(|| {
            row.fault(file, format!("折标系数“{written}”（应为十进制数，没有则留空）"))
        }),
    }
}

fn fault(error: &CoalError, name: &str) -> String {
    match error {
        CoalError::Negative => format!("{name}的消费量是负数（应为 0 或正数）"),
        CoalError::Factor(factor) => format!("{name}的折标系数是 {factor}（应为正数）"),
        CoalError::NeedsFactor => {
            format!("{name}按等价值需要当年的折标系数（应在 factor（折标系数）列给出）")
        }
        _ => format!("{name}的数超出精确小数的范围"),
    }
}

fn unit_of(measured: Measured) -> &'static str {
    match measured {
        Measured::Kilogram => "千克",
        Measured::CubicMetre => "立方米",
        Measured::Megajoule => "兆焦",
        Measured::KilowattHour => "千瓦时",
    }
}

/// An amount in the unit of its factor; `None` where the units do not fit.
fn in_own_unit(amount: Decimal, unit: &str, measured: Measured) -> Option<Decimal> {
    if measured == Measured::Megajoule {
        let factor = match unit.to_ascii_lowercase().as_str() {
            "兆焦" | "mj" => 1,
            "吉焦" | "百万千焦" | "gj" => 1_000,
            "万吉焦" | "万百万千焦" => 10_000_000,
            _ => return None,
        };
        return amount.checked_mul(Decimal::from(factor));
    }
    let written = match unit {
        "t" => "吨",
        "kg" => "千克",
        "m3" | "m³" => "立方米",
        "万m3" | "万m³" => "万立方米",
        "万t" => "万吨",
        "万kWh" => "万千瓦时",
        other => other,
    };
    Unit::new(written).convert(amount, &Unit::new(unit_of(measured)))
}
