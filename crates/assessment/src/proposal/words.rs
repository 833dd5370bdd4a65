//! What proposals, bounds and conflicts are called, in Chinese.

use methods::balance::Side;
use rust_decimal::Decimal;
use terms::{
    Bound, Comparator, ExpectedEnd, GivenWay, Ground, Indicator, Modality, OutlineCourse,
    OutlinePace, ProposalCondition, Region, Target, TargetFacet, Unit,
};

use super::evidence::Evidence;
use super::settings::Projects;

fn shown(value: Decimal) -> String {
    value.normalize().to_string()
}

fn grows(facet: TargetFacet) -> &'static str {
    if facet == TargetFacet::Growth { "增长" } else { "" }
}

fn region(code: &str) -> String {
    Region::of_code(code).map_or_else(|| code.to_owned(), |known| known.name.to_owned())
}

// Grounds.

/// `level` is what the trend leads to, with its unit; without it `pace` is the mean growth itself.
pub(super) fn trend(
    (first, last): (i16, i16),
    pace: Decimal,
    level: Option<(Decimal, &Unit)>,
) -> String {
    match level {
        None => format!("{first}—{last}年年均增长{}%（水平法）", shown(pace)),
        Some((value, unit)) => format!(
            "{first}—{last}年平均每年变动{}{}，顺延得{}{unit}",
            shown(pace),
            step_unit(unit),
            shown(value)
        ),
    }
}

/// A change of a share is one in percentage points.
fn step_unit(unit: &Unit) -> &str {
    if unit.as_str() == "%" { "个百分点" } else { unit.as_str() }
}

pub(super) fn expected(end: &ExpectedEnd, unit: &Unit, facet: TargetFacet) -> String {
    let (year, value) = (end.year, shown(end.value));
    let grows = grows(facet);
    match end.interval_95 {
        None => format!("{year}年{grows}{value}{unit}"),
        Some([low, high]) => {
            let (low, high) = (shown(low), shown(high));
            format!("{year}年预计{grows}{value}{unit}（95%区间{low}—{high}{unit}）")
        }
    }
}

pub(super) fn outline(
    target: &Target,
    pace: Decimal,
    unit: &Unit,
    next: Option<(Decimal, &Unit)>,
) -> String {
    let (year, pace) = (target.period.year(), shown(pace));
    match next {
        None => format!("{year}年目标要求年均增长{pace}%"),
        Some((next, of)) if unit == of => {
            let step = step_unit(unit);
            format!("{year}年目标要求每年变动{pace}{step}，本年应为{}{of}", shown(next))
        }
        Some((next, of)) => {
            format!("{year}年目标要求年均增长{pace}%，本年应为{}{of}", shown(next))
        }
    }
}

pub(super) fn superior(target: &Target, bound: &Bound) -> String {
    let (grows, unit) = (grows(target.facet), &target.unit);
    let upper = bound.upper.map_or(String::new(), |upper| format!("至{}", shown(upper)));
    let aim = if target.strength == Some(Modality::Aim) { "力争" } else { "" };
    let region = region(&target.region);
    let comparator = comparator(target.comparator);
    format!("{region}目标{aim}{grows}{comparator}{}{upper}{unit}", shown(bound.value))
}

fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Equal | Comparator::Range => "",
        Comparator::AtLeast => "不低于",
        Comparator::AtMost => "不高于",
        Comparator::Above => "高于",
        Comparator::Below => "低于",
        Comparator::About => "左右",
    }
}

// Why something is not used.

pub(super) fn no_figures() -> String {
    "台账没有数据".to_owned()
}

pub(super) fn lost() -> String {
    "数值缺失或单位不能换算".to_owned()
}

pub(super) fn range() -> String {
    "数超出精确小数的范围".to_owned()
}

pub(super) fn not_positive() -> String {
    "基数或目标不是正数，没有平均发展速度".to_owned()
}

pub(super) fn only_mean_growth() -> String {
    "增速目标只有名称写明“年均”的才能用于各年".to_owned()
}

pub(super) fn facet_unused(facet: TargetFacet) -> String {
    let name = match facet {
        TargetFacet::Level => "水平",
        TargetFacet::Growth => "增速",
        TargetFacet::Increment => "增量",
        TargetFacet::Rank => "位次",
    };
    format!("{name}目标不能用于这一指标的建议")
}

pub(super) fn other_facet() -> String {
    "上级目标的口径与建议的口径不同".to_owned()
}

pub(super) fn not_shared_out() -> String {
    "上级目标是上级的总量，没有分解到本地区".to_owned()
}

pub(super) fn unit(target: &Target, unit: &Unit) -> String {
    format!("目标 {} 的单位“{}”不能换算成“{unit}”", target.code, target.unit)
}

pub(super) fn no_base(year: i16, why: &str) -> String {
    format!("缺{year}年的基数：{why}")
}

pub(super) fn nominal(pace: Decimal) -> String {
    format!("总量按现价，要求的年均增速{}%含价格变动，不与按可比价的增速相比", shown(pace))
}

pub(super) fn nothing_known() -> String {
    "没有可用的往年数、预测、纲要目标和上级目标，不作建议".to_owned()
}

pub(super) fn missing(name: &str, facet: Option<TargetFacet>) -> String {
    match facet {
        Some(TargetFacet::Growth) => format!("{name}增速"),
        _ => name.to_owned(),
    }
}

pub(super) fn missing_all(names: &[String]) -> String {
    format!("缺{}的建议值，未用", names.join("、"))
}

pub(super) fn no_levels() -> String {
    "缺总量与各部分同一年的水平，算不出比重，未用".to_owned()
}

pub(super) fn does_not_sum(year: i16, sum: Decimal, total: Decimal, unit: &Unit) -> String {
    let (sum, total) = (shown(sum), shown(total));
    format!("{year}年各部分合计{sum}{unit}，与总量{total}{unit}相差超过1%，未用")
}

pub(super) fn no_projects(year: i16) -> String {
    format!("缺项目{year}年的计划投资，未用")
}

pub(super) fn project_unit(from: &Unit, to: &Unit) -> String {
    format!("项目投资的单位“{from}”不能换算成“{to}”，未用")
}

pub(super) fn out_of_range(known: &Evidence<'_>) -> String {
    format!("{}：{}", known.indicator.name, range())
}

pub(super) fn no_step(known: &Evidence<'_>) -> String {
    let (name, step) = (&known.indicator.name, shown(known.setting.step));
    format!("{name}的步长{step}过小或过大（应与目标值相称）")
}

pub(super) fn gave_up(said: &str) -> String {
    format!("目标平衡没有得到可核对的结果（{said}）")
}

pub(super) fn not_settled() -> String {
    "比值关系反复线性化后仍不能精确满足（可放宽 within 或细化步长）".to_owned()
}

// Conditions.

pub(super) fn superior_name(indicator: &Indicator) -> String {
    format!("上级目标·{}", indicator.name)
}

pub(super) fn outline_name(target: &Target, indicator: &Indicator) -> String {
    format!("纲要进度·{}（{}年）", indicator.name, target.period.year())
}

pub(super) fn ceiling_name(indicator: &Indicator) -> String {
    format!("历史最好水平·{}", indicator.name)
}

pub(super) fn target_source(target: &Target) -> String {
    let of = region(&target.region);
    match target.statement.as_str() {
        "" => format!("{of}目标 {}", target.code),
        statement => format!("{of}目标 {}，陈述 {statement}", target.code),
    }
}

pub(super) fn outline_source(pace: &OutlinePace) -> String {
    let OutlinePace { target, year, value, unit, .. } = pace;
    format!("{year}年目标 {target}：{}{unit}", shown(*value))
}

pub(super) fn bound(known: &Evidence<'_>, side: Side, at: Decimal) -> String {
    let side = match side {
        Side::AtLeast => "不低于",
        Side::AtMost => "不高于",
    };
    let (name, unit) = (&known.indicator.name, &known.unit);
    format!("{name}{}{side}{}{unit}", grows(known.setting.facet), shown(at))
}

pub(super) fn never_grown(past: Decimal, likely: Option<Decimal>) -> String {
    let past = shown(past);
    match likely {
        None => format!("往年最好增速{past}%，放到整步"),
        Some(likely) => {
            format!("往年最好增速{past}%与当年预测95%区间一端{}%中较好的，放到整步", shown(likely))
        }
    }
}

pub(super) fn never_changed(
    known: &Evidence<'_>,
    (year, from): (i16, Decimal),
    change: Decimal,
) -> String {
    let unit = &known.unit;
    let (from, change) = (shown(from), shown(change));
    format!("{year}年的{from}{unit}按往年最好的一年变动{change}{}顺延，放到整步", step_unit(unit))
}

pub(super) fn side(name: &str, both: bool, side: Side) -> String {
    match (both, side) {
        (false, _) => name.to_owned(),
        (true, Side::AtLeast) => format!("{name}（下限）"),
        (true, Side::AtMost) => format!("{name}（上限）"),
    }
}

pub(super) fn weighted(
    whole: &str,
    parts: &[(String, Decimal)],
    year: i16,
    within: Decimal,
) -> String {
    let parts: Vec<String> =
        parts.iter().map(|(name, share)| format!("{name}{}%", shown(*share))).collect();
    let (parts, within) = (parts.join("、"), shown(within));
    format!("{whole}增速与各部分按{year}年比重（{parts}）加权的增速相差不超过{within}个百分点")
}

pub(super) fn sum(whole: &str, parts: &[String], within: Decimal, unit: &Unit) -> String {
    format!("{whole}与{}之和相差不超过{}{unit}", parts.join("、"), shown(within))
}

pub(super) fn difference(
    (one, other): (&str, &str),
    (least, most): (Option<Decimal>, Option<Decimal>),
    unit: &Unit,
) -> String {
    let end = |value: Option<Decimal>, word: &str| {
        value.map(|value| {
            if value.is_zero() {
                format!("{word}{other}")
            } else {
                format!("减{other}{word}{}{unit}", shown(value))
            }
        })
    };
    let ends: Vec<String> =
        [end(least, "不低于"), end(most, "不高于")].into_iter().flatten().collect();
    format!("{one}{}", ends.join("，"))
}

pub(super) fn quotient(
    [quotient, numerator, denominator]: &[String; 3],
    base: Option<Decimal>,
    within: Decimal,
    unit: &Unit,
) -> String {
    let within = shown(within);
    let ratio = format!("（1+{numerator}增速）÷（1+{denominator}增速）");
    match base {
        Some(base) => {
            format!("{quotient}与上年{}×{ratio}相差不超过{within}{unit}", shown(base))
        }
        None => format!("{quotient}与1－{ratio}相差不超过{within}{unit}"),
    }
}

pub(super) fn capacity(
    projects: &Projects,
    cover: Decimal,
    (carried, unit): (Decimal, &Unit),
    source: &str,
) -> String {
    let Projects { count, planned, unit: in_unit } = projects;
    let share = shown(cover * Decimal::ONE_HUNDRED);
    let (planned, carried) = (shown(*planned), shown(carried));
    format!(
        "{source}：{count}个项目计划投资{planned}{in_unit}，应占{share}%，可支撑{carried}{unit}"
    )
}

// Conflicts and reasons.

pub(super) fn conflict(
    conditions: &[ProposalCondition],
    members: &[usize],
    remedies: &[GivenWay],
) -> String {
    let told: Vec<String> = members
        .iter()
        .filter_map(|member| conditions.get(*member))
        .map(|one| format!("“{}”要求{}（{}）", one.name, one.says, one.source))
        .collect();
    let ways: Vec<String> = remedies.iter().filter_map(|way| remedy(conditions, way)).collect();
    let count = told.len();
    let told = told.join("；");
    let ways = if ways.is_empty() {
        "这几项都不能让步，应改数据或关系".to_owned()
    } else {
        format!("其中一项让步即可同时满足：{}", ways.join("；或"))
    };
    match count {
        1 => format!("这一项自身不能满足：{told}。{ways}。"),
        _ => format!("以下{count}项不能同时满足：{told}。{ways}。"),
    }
}

/// How one condition gives way.
pub(super) fn remedy(conditions: &[ProposalCondition], way: &GivenWay) -> Option<String> {
    let one = conditions.get(way.condition)?;
    Some(format!("“{}”放宽{}{}", one.name, shown(way.by), one.unit))
}

pub(super) fn reason(
    known: &Evidence<'_>,
    (preferred, wanted): (Decimal, Decimal),
    value: Option<Decimal>,
    binding: &[&ProposalCondition],
    settled: bool,
) -> String {
    let unit = &known.unit;
    let mut parts: Vec<String> = known.grounds.iter().map(|ground| ground.said.clone()).collect();
    let trend = known.grounds.iter().any(|ground| ground.ground == Ground::Trend);
    if !trend {
        parts.push("往年数不足，没有趋势".to_owned());
    }
    if known.expected.is_none() {
        parts.push(format!("当年没有预测（{}）", known.without_expected));
    }
    if let Some(outline) = &known.outline
        && let Some(course) = outline.course
    {
        let progress = match course {
            OutlineCourse::Achieved => "已提前达到",
            OutlineCourse::OnTrack => "进度相符",
            OutlineCourse::Accelerate => "需加快",
            OutlineCourse::Limited => "进展不足",
            OutlineCourse::Away => "背离目标",
        };
        let year = outline.year;
        let share = outline
            .share
            .map_or(String::new(), |share| format!("已有增速为所需增速的{}倍，", shown(share)));
        parts.push(format!("对{year}年目标，{share}{progress}"));
    }
    let several = if known.grounds.len() > 1 { "加权" } else { "" };
    let step = shown(known.setting.step);
    let mut said = format!(
        "{}；{several}得{}{unit}，按{step}取整为{}{unit}",
        parts.join("；"),
        shown(preferred),
        shown(wanted)
    );
    match value {
        None => said.push_str("；条件互相矛盾，没有建议值"),
        Some(value) if value == wanted => {}
        Some(value) => {
            let names: Vec<String> = binding.iter().map(|one| format!("“{}”", one.name)).collect();
            let why = match (names.is_empty(), settled) {
                (false, _) => format!("受{}约束", names.join("")),
                (true, true) => "与其他目标一并平衡".to_owned(),
                (true, false) => "按最小让步".to_owned(),
            };
            said.push_str(&format!("；{why}，取{}{unit}", shown(value)));
        }
    }
    said
}
