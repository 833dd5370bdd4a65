//! What is told of a target in parts.

use assessment::region::{Kind, Over, Spread, SpreadPart, Whole};
use methods::apportion::Held;
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use terms::{Comparator, TargetFacet};

use super::super::regional::{self, Answer, Records};
use super::asked::Goal;
use super::below::Taker;
use super::file::Filed;
use super::{Arguments, To, ToldBy, each};

/// A target in parts.
pub(super) fn parted(
    arguments: &Arguments,
    (goal, whole): (&Goal<'_>, Whole),
    (takers, found): (&[Taker], &Spread),
    standing: Option<Over>,
    filed: Option<&Filed>,
) -> Answer {
    let amount = goal.kind == Kind::Amount;
    let revised = arguments.revise && takers.iter().any(|taker| taker.before.is_some());
    let base = match goal.kind {
        Kind::Amount | Kind::Increment => format!("上年（{}）", goal.unit),
        Kind::Growth(_) => format!("基数（{}）", goal.indicator.unit),
        Kind::Ratio(_) => format!("分母（{}）", goal.denominator.map_or("", |known| &known.unit)),
    };
    let mut columns = vec!["代码".to_owned(), "名称".to_owned(), base];
    if uses_weight(arguments) {
        columns.push("权重".to_owned());
    }
    columns.push(format!("分目标（{}）", goal.unit));
    if amount {
        columns.push("比上年".to_owned());
    }
    if revised {
        columns.extend(["原目标".to_owned(), "变化".to_owned()]);
    }
    columns.push("说明".to_owned());
    let number = |number: Option<Decimal>| number.map_or("—".to_owned(), regional::shown);
    let row = |(taker, part): (&Taker, &SpreadPart)| {
        let share = &part.share;
        let mut row = vec![share.code.clone(), taker.name.clone()];
        row.push(number(if adds_up(goal) { share.now } else { share.scale }));
        if uses_weight(arguments) {
            row.push(number(share.weight));
        }
        row.push(part.value.to_string());
        if amount {
            row.push(part.growth.map_or("—".to_owned(), regional::percent));
        }
        if revised {
            let before = taker.before.as_ref().map(|before| before.value);
            let moved = before.and_then(|before| part.value.checked_sub(before));
            row.extend([number(before), moved.map_or("新增".to_owned(), signed)]);
        }
        row.push(said(taker, part));
        row
    };
    let grid = Grid { columns, rows: each(takers, found).map(row).collect() };
    let by = match arguments.by {
        ToldBy::Base => "按基数".to_owned(),
        ToldBy::Capacity => "按能力".to_owned(),
        ToldBy::Equal => "同等幅度".to_owned(),
        ToldBy::Mixed => format!("{} 按基数、其余按能力", arguments.base_share.normalize()),
    };
    let top = if whole.on_top { "，各保上年数，只分增量" } else { "" };
    let heading = format!(
        "{} · 总目标 {} · {by}{top} · {}",
        titled(goal),
        goal_said(goal),
        regional::known_on(arguments.as_of)
    );
    let mut closing = vec![come_to(goal, found)];
    closing.extend(standing.map(|standing| format!("分解前，{}", loaded(goal, takers, standing))));
    closing.extend(remarks(arguments, goal, takers, found));
    if let Some(filed) = filed {
        closing.push(format!(
            "已记入：新目标 {} · 改动 {} · 提出目标调整 {}（批准后生效） · 不变 {}（台账 {}）",
            filed.new,
            filed.changed,
            filed.adjustments,
            filed.equal,
            arguments.ledger.ledger.display()
        ));
    }
    let mut json = about(arguments, goal, standing, takers);
    json["decimals"] = whole.decimals.into();
    json["on_top"] = whole.on_top.into();
    json["whole"] = regional::exact(found.whole).into();
    json["over"] = regional::exact(found.over).into();
    json["parts"] = each(takers, found).map(|each| part(goal, each)).collect();
    json["remarks"] = remarks(arguments, goal, takers, found).into();
    json["filed"] = filed.map_or(Value::Null, |filed| {
        json!({
            "new": filed.new, "changed": filed.changed, "equal": filed.equal,
            "adjustments": filed.adjustments,
        })
    });
    let records = Records::of(
        &["parts"],
        &[
            ("code", "/code"),
            ("name", "/name"),
            ("base", "/base"),
            ("scale", "/scale"),
            ("weight", "/weight"),
            ("value", "/value"),
            ("unit", "/unit"),
            ("growth_percent", "/growth_percent"),
            ("kept", "/kept"),
            ("before", "/before"),
            ("change", "/change"),
            ("held", "/held"),
            ("tied", "/tied"),
        ],
    );
    Answer { heading: vec![heading], grid, closing, json, records }
}

/// The parts that there are, beside the whole.
pub(super) fn standing(
    arguments: &Arguments,
    goal: &Goal<'_>,
    takers: &[Taker],
    standing: Option<Over>,
) -> Answer {
    let mut grid = Grid::of(&["代码", "名称", "目标", &format!("值（{}）", goal.unit), "状态"]);
    for taker in takers {
        let (code, value, state) = match &taker.before {
            Some(before) => {
                (before.code.clone(), before.value.to_string(), before.state_name.clone())
            }
            None => ("—".to_owned(), "—".to_owned(), "没有目标".to_owned()),
        };
        grid.rows.push(vec![taker.share.code.clone(), taker.name.clone(), code, value, state]);
    }
    let line = match standing {
        Some(standing) => format!("层层加码：{}", loaded(goal, takers, standing)),
        None => "有下级缺基数或分母，不能加权比较".to_owned(),
    };
    let heading = format!("{} · 总目标 {}", titled(goal), goal_said(goal));
    let mut json = about(arguments, goal, standing, takers);
    json["targets"] = json["existing"]["targets"].clone();
    let records = Records::of(
        &["targets"],
        &[("taker", "/taker"), ("target", "/code"), ("value", "/value"), ("state", "/state")],
    );
    Answer { heading: vec![heading], grid, closing: vec![line], json, records }
}

/// The unit of a difference of two values.
fn apart<'a>(goal: &'a Goal<'_>) -> &'a str {
    if goal.unit.as_str() == "%" { "个百分点" } else { goal.unit.as_str() }
}

/// Whether parts are added, and not weighed.
fn adds_up(goal: &Goal<'_>) -> bool {
    matches!(goal.kind, Kind::Amount | Kind::Increment)
}

fn uses_weight(arguments: &Arguments) -> bool {
    matches!(arguments.by, ToldBy::Capacity | ToldBy::Mixed)
}

fn titled(goal: &Goal<'_>) -> String {
    let side = match goal.facet {
        TargetFacet::Level => "水平",
        TargetFacet::Growth => "增速",
        TargetFacet::Increment => "增量",
        TargetFacet::Rank => "位次",
    };
    let (region, period) = (&goal.region, goal.period.chinese());
    format!("{} {} {} {side} · {period}", region.code, region.name, goal.indicator.name)
}

fn goal_said(goal: &Goal<'_>) -> String {
    let comparator = match goal.comparator {
        Comparator::AtLeast => "不低于 ",
        Comparator::AtMost => "不高于 ",
        Comparator::Above => "高于 ",
        Comparator::Below => "低于 ",
        Comparator::About => "约 ",
        Comparator::Equal | Comparator::Range => "",
    };
    format!("{comparator}{}{}", goal.value, goal.unit)
}

/// What is to be said of a part.
fn said(taker: &Taker, part: &SpreadPart) -> String {
    let mut words = Vec::new();
    if part.share.kept.is_some() {
        let state = taker.before.as_ref().map_or("已定", |before| &before.state_name);
        words.push(format!("保留（{state}）"));
    }
    match part.held {
        Some(Held::Floor) => words.push("到下限".to_owned()),
        Some(Held::Cap) => words.push("到上限".to_owned()),
        None => {}
    }
    if part.tied {
        words.push("尾数并列，权重大者先进".to_owned());
    }
    let sources = regional::sources(&taker.inputs);
    if !sources.is_empty() {
        words.push(sources);
    }
    words.extend(taker.remarks.iter().cloned());
    words.join("；")
}

fn signed(number: Decimal) -> String {
    let sign = if number > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", regional::shown(number))
}

/// What the parts come to.
fn come_to(goal: &Goal<'_>, found: &Spread) -> String {
    let unit = &goal.unit;
    let whole = regional::shown(found.whole);
    match goal.kind {
        Kind::Amount | Kind::Increment => format!("合计 {whole}{unit}，与总目标相等"),
        _ if found.over.is_zero() => format!("加权 {whole}{unit}，与总目标相等"),
        _ => {
            let points = apart(goal);
            let way = if found.over > Decimal::ZERO { "高" } else { "低" };
            let by = regional::shown(found.over.abs());
            format!("加权 {whole}{unit}，比总目标{way} {by}{points}，因各分目标舍入")
        }
    }
}

/// What the targets that are there come to, beside the whole.
fn loaded(goal: &Goal<'_>, takers: &[Taker], standing: Over) -> String {
    let have = takers.iter().filter(|taker| taker.before.is_some()).count();
    let (how, unit) = (if adds_up(goal) { "合计" } else { "加权" }, &goal.unit);
    let whole = regional::shown(standing.whole);
    let percent = standing.percent.filter(|_| adds_up(goal));
    let percent = percent
        .map_or(String::new(), |percent| format!("，即 {}", regional::percent(percent.abs())));
    let by = regional::shown(standing.difference.abs());
    let difference = match standing.difference.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Greater => format!("比总目标高 {by}{}{percent}", apart(goal)),
        std::cmp::Ordering::Less => format!("比总目标低 {by}{}{percent}", apart(goal)),
        std::cmp::Ordering::Equal => "与总目标相等".to_owned(),
    };
    let some = match have == takers.len() {
        true => String::new(),
        false => "（只是有目标的）".to_owned(),
    };
    format!("台账中下级目标 {have}/{} 个，{how} {whole}{unit}{some}，{difference}", takers.len())
}

fn remarks(
    arguments: &Arguments,
    goal: &Goal<'_>,
    takers: &[Taker],
    found: &Spread,
) -> Vec<String> {
    let mut remarks = Vec::new();
    let free = found.parts.iter().all(|part| part.share.kept.is_none() && part.held.is_none());
    let by_base = matches!(arguments.by, ToldBy::Base | ToldBy::Equal);
    if goal.kind == Kind::Amount && by_base && free {
        remarks.push("注意 按基数分解一个总量，除舍入外就是要各处增速相同".to_owned());
    }
    match goal.kind {
        Kind::Growth(_) => {
            remarks.push("注意 各增速以上年现价数加权；发布的增速可能按可比价".to_owned())
        }
        Kind::Ratio(_) => {
            remarks.push("注意 以上年（或表中）的分母加权；分母变了，总比率随之变".to_owned())
        }
        Kind::Amount | Kind::Increment => {}
    }
    if let Some(filed) = goal.filed_value.filter(|filed| *filed != goal.value) {
        let unit = &goal.unit;
        remarks.push(format!("注意 总目标在台账中是 {filed}{unit}，这里按 {}{unit}", goal.value));
    }
    let zero = each(takers, found).filter(|(_, part)| part.value.is_zero()).count();
    if zero > 0 && !goal.value.is_zero() {
        remarks.push(format!("注意 {zero} 个分目标为零"));
    }
    remarks
}

fn about(
    arguments: &Arguments,
    goal: &Goal<'_>,
    standing: Option<Over>,
    takers: &[Taker],
) -> Value {
    let targets = takers.iter().filter_map(|taker| {
        let before = taker.before.as_ref()?;
        Some(json!({
            "taker": taker.share.code,
            "code": before.code,
            "state": before.state,
            "value": before.value.to_string(),
        }))
    });
    json!({
        "target": goal.target.as_ref().map(|target| target.code.clone()),
        "indicator": regional::about(goal.indicator),
        "region": regional::place(&goal.region),
        "period": goal.period.to_string(),
        "as_of": arguments.as_of.map(|day| day.to_string()),
        "facet": goal.facet.as_str(),
        "comparator": goal.comparator.as_str(),
        "value": goal.value.to_string(),
        "unit": goal.unit.as_str(),
        "kind": match goal.kind {
            Kind::Amount => "amount",
            Kind::Increment => "increment",
            Kind::Growth(_) => "growth",
            Kind::Ratio(_) => "ratio",
        },
        "denominator": goal.denominator.map(|known| known.code.clone()),
        "to": match arguments.to {
            To::Children => "children",
            To::Departments => "departments",
        },
        "by": match arguments.by {
            ToldBy::Base => "base",
            ToldBy::Capacity => "capacity",
            ToldBy::Equal => "equal",
            ToldBy::Mixed => "mixed",
        },
        "existing": {
            "targets": targets.collect::<Vec<_>>(),
            "whole": standing.map(|standing| regional::exact(standing.whole)),
            "difference": standing.map(|standing| regional::exact(standing.difference)),
            "percent": standing.and_then(|one| one.percent).map(regional::exact),
        },
    })
}

fn part(goal: &Goal<'_>, (taker, part): (&Taker, &SpreadPart)) -> Value {
    let number = |number: Option<Decimal>| number.map(regional::exact);
    let share = &part.share;
    let before = taker.before.as_ref().map(|before| before.value);
    json!({
        "code": share.code,
        "name": taker.name,
        "value": part.value.to_string(),
        "unit": goal.unit.as_str(),
        "exact": regional::exact(part.exact),
        "base": number(share.now),
        "scale": number(share.scale),
        "weight": number(share.weight),
        "floor": number(share.floor),
        "cap": number(share.cap),
        "kept": share.kept.is_some(),
        "before": number(before),
        "change": number(before.and_then(|before| part.value.checked_sub(before))),
        "growth_percent": number(part.growth),
        "held": part.held.map(|held| match held {
            Held::Floor => "floor",
            Held::Cap => "cap",
        }),
        "tied": part.tied,
        "remarks": taker.remarks,
        "inputs": regional::inputs(&taker.inputs),
    })
}
