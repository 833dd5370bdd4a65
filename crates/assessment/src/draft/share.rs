//! Shares over 100 %, and shares of a whole that do not make 100 %.

use rust_decimal::Decimal;
use terms::{Basis, CheckCode, DraftFinding, Kind, Statement};

use super::number::unit_in_last_place;
use super::{Check, error, quoted};

/// Endings of measures that cannot exceed 100 %. 完成率 and 增长率 can.
const BOUNDED: &[&str] = &[
    "参保率",
    "就读率",
    "达标率",
    "满意率",
    "满意度",
    "优良率",
    "合格率",
    "覆盖率",
    "普及率",
    "入学率",
    "升学率",
    "巩固率",
    "失业率",
    "化解率",
    "建成率",
    "办结率",
    "就业率",
    "利用率",
    "处理率",
    "治理率",
    "回收率",
    "城镇化率",
    "城市化率",
    "参合率",
    "投保率",
    "网办率",
    "天数比率",
    "占比",
    "绿化率",
    "机械化率",
    "处置率",
    "破案率",
    "入园率",
    "优良天数比例",
    "水体比例",
];

/// Endings that look like a bounded rate and are none: gross rates count pupils of any age.
const UNBOUNDED: &[&str] = &["毛入学率", "毛入园率", "毛入托率"];

/// Wholes that a "share" can exceed: deposits are told as a share of the gross product.
const WHOLES: &[&str] =
    &["GDP", "生产总值", "存款", "贷款", "债", "相当于", "计划", "目标", "任务"];

/// Reports shares that cannot be.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for statement in check.draft.statements {
        found.extend(over(statement));
    }
    for shares in &check.draft.asides.shares {
        let sum: Option<Decimal> =
            shares.shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.checked_add(*share));
        let Some(sum) = sum else { continue };
        let scale = shares.shares.iter().map(Decimal::scale).max().unwrap_or(0);
        let count = Decimal::from(shares.shares.len());
        let half = unit_in_last_place(scale).checked_div(Decimal::TWO);
        let Some(slack) = half.and_then(|half| half.checked_mul(count)) else { continue };
        let apart = sum - Decimal::ONE_HUNDRED;
        // A ratio such as 1∶2∶7 is no structure in percent; a list may leave parts out.
        let structure = apart.abs() <= Decimal::from(15);
        let wrong = structure
            && if shares.complete {
                apart.abs() > slack
            } else {
                apart > slack
                    || shares.shares.len() >= 3 && apart.abs() < Decimal::ONE && apart.abs() > slack
            };
        if wrong {
            let message = format!("各比重之和为{}%（应为100%）", sum.normalize());
            let source = "本稿同一处的各比重".to_owned();
            found.push(error(CheckCode::Share, shares.span, message, source));
        }
    }
}

fn over(statement: &Statement) -> Option<DraftFinding> {
    let share = statement.kind == Kind::Quantity
        && statement.basis == Some(Basis::Level)
        && statement.unit.as_ref()?.as_str() == "%";
    let value = statement.value.as_ref()?.exact()?;
    // 达标率维持100%.
    let measure: &str = ["维持", "保持", "稳定", "达到", "达", "控制"]
        .iter()
        .fold(&statement.measure, |measure, verb| measure.strip_suffix(verb).unwrap_or(measure));
    let part = ["比重", "份额"].iter().any(|end| measure.ends_with(end))
        && !WHOLES.iter().any(|word| measure.contains(word));
    let bounded = part
        || BOUNDED.iter().any(|end| measure.ends_with(end))
            && !UNBOUNDED.iter().any(|end| measure.ends_with(end));
    if !share || !bounded || value <= Decimal::ONE_HUNDRED {
        return None;
    }
    let message = format!("{}为{value}%，超过100%", quoted(measure));
    Some(error(CheckCode::Share, statement.span, message, "比重不可能超过 100%".to_owned()))
}
