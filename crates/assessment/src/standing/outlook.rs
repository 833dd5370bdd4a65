//! How the year of a target may end.

use methods::forecast::year_end::{self, Method, NoYearEnd, YearEnd, year_end};
use methods::forecast::{Closing, Distribution, FEWEST_YEARS, exact_near};
use methods::progress::{Bound, Range};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use terms::{Dimension, KnownFigure, Needed, Outlook, Series, TargetFacet, Unit};

use super::course::{Course, cumulative, ends, through};
use super::known::Facts;

/// Equally likely final figures that the usual change is told in.
const FUTURES: usize = 2001;

/// How the year may end, or why that cannot be told, in Chinese. `wanted` is where the final figure has to lie, in the unit
/// of the target; `latest` is the latest figure of the facet.
pub(super) fn outlook(
    facts: &Facts<'_>,
    wanted: Range,
    latest: &KnownFigure,
) -> Result<Outlook, String> {
    let target = facts.question.target;
    if !target.period.is_year() {
        return Err("只对年度目标作预测".to_owned());
    }
    match (target.facet, facts.course) {
        (TargetFacet::Rank, _) => Err("位次不作预测".to_owned()),
        (TargetFacet::Growth, Course::Flow) => {
            growth_of_flow(facts, wanted, latest).or_else(|why| {
                usual_change(facts, facts.question.growth, wanted, latest)
                    .map_err(|other| format!("{why}；{other}"))
            })
        }
        (TargetFacet::Growth, _) => usual_change(facts, facts.question.growth, wanted, latest),
        (_, Course::Flow) => flow(facts, wanted),
        _ => usual_change(facts, facts.question.level, wanted, latest),
    }
}

/// Of what adds up: the remaining months are simulated.
fn flow(facts: &Facts<'_>, wanted: Range) -> Result<Outlook, String> {
    let unit = &facts.question.target.unit;
    let ends = simulated(facts, unit, wanted)?;
    let digits = ends.mean.scale();
    let needed = needed(&ends, unit);
    told(&ends.total, wanted, (method(&ends), ends.used), digits, needed)
}

/// Of the growth of what adds up: the level that this growth comes to, on a base that is comparable.
fn growth_of_flow(
    facts: &Facts<'_>,
    wanted: Range,
    latest: &KnownFigure,
) -> Result<Outlook, String> {
    let question = facts.question;
    let no_level = || format!("没有{}的水平", latest.period.chinese());
    let unit = question.level.at(latest.period).ok_or_else(no_level)?.unit.clone();
    let base = facts
        .comparable_base(latest.period, &unit)
        .filter(|base| *base > Decimal::ZERO)
        .ok_or_else(|| "没有可比的上年基数".to_owned())?;
    let of_level = |bound: Bound| {
        let factor = Decimal::ONE_HUNDRED.checked_add(bound.at)?;
        let at = base.checked_mul(factor)?.checked_div(Decimal::ONE_HUNDRED)?;
        Some(Bound { at, ..bound })
    };
    let range =
        Range { lower: wanted.lower.and_then(of_level), upper: wanted.upper.and_then(of_level) };
    let ends = simulated(facts, &unit, range)?;
    let base = base.to_f64().ok_or_else(beyond)?;
    let growth: Distribution =
        ends.total.numbers().iter().map(|total| (total / base - 1.0) * 100.0).collect();
    told(&growth, wanted, (method(&ends), ends.used), 1, needed(&ends, &unit))
}

fn simulated(facts: &Facts<'_>, unit: &Unit, wanted: Range) -> Result<YearEnd, String> {
    let question = facts.question;
    let figures = cumulative(question.level, unit);
    let breaks: Vec<(i32, u8)> = question
        .level
        .redefinitions
        .iter()
        .map(|change| (i32::from(change.from.year()), change.from.first_month()))
        .collect();
    let asked = year_end::Question {
        figures: &figures,
        breaks: &breaks,
        target: Some(wanted),
        seed: question.seed,
    };
    let ends = year_end(&asked).map_err(|why| refused(&why))?;
    if ends.year == i32::from(question.target.period.year()) {
        Ok(ends)
    } else {
        Err("当年还没有累计数".to_owned())
    }
}

/// Of rates and stocks: the change from the same month to the end of earlier years.
fn usual_change(
    facts: &Facts<'_>,
    series: &Series,
    wanted: Range,
    latest: &KnownFigure,
) -> Result<Outlook, String> {
    let target = facts.question.target;
    let at = (latest.period.year(), latest.period.last_month());
    let unit = match target.facet {
        // What is added is counted in the unit of what there is.
        TargetFacet::Increment => {
            &through(series, at.0, at.1).ok_or_else(|| "当年还没有数据".to_owned())?.unit
        }
        _ => &target.unit,
    };
    let whole = target.facet == TargetFacet::Growth || facts.course == Course::Rate;
    let years = ends(series, unit, at, whole);
    let few = || {
        let months = latest.period.last_month();
        format!(
            "往年只有 {} 年既有{months}月末又有年末的可比数（应至少 {FEWEST_YEARS} 年）",
            years.len()
        )
    };
    let now = match target.facet {
        TargetFacet::Increment => through(series, at.0, at.1)
            .and_then(|known| known.value.as_ref()?.exact())
            .ok_or_else(|| "数值缺失".to_owned())?,
        _ => latest
            .value
            .exact()
            .and_then(|value| latest.unit.convert(value, unit))
            .ok_or_else(|| "数值缺失或单位不能换算".to_owned())?,
    };
    let digits = years
        .iter()
        .flat_map(|(early, end)| [early.scale(), end.scale()])
        .chain([now.scale()])
        .max()
        .unwrap_or(0);
    let pairs: Vec<(f64, f64)> = years
        .iter()
        .map(|(early, end)| Some((early.to_f64()?, end.to_f64()?)))
        .collect::<Option<_>>()
        .ok_or_else(beyond)?;
    let positive =
        now > Decimal::ZERO && pairs.iter().all(|(early, end)| *early > 0.0 && *end > 0.0);
    let level = target.facet != TargetFacet::Growth;
    let closing = Closing {
        now: now.to_f64().ok_or_else(beyond)?,
        years: &pairs,
        relative: level && positive && unit.dimension() != Dimension::Share,
        step: Decimal::new(1, digits).to_f64().ok_or_else(beyond)?,
    };
    let (mut total, used) = closing.distribution(FUTURES).ok_or_else(few)?;
    if target.facet == TargetFacet::Increment {
        let added = latest.value.exact().ok_or_else(few)?;
        let before =
            now.checked_sub(added).and_then(|before| before.to_f64()).ok_or_else(beyond)?;
        total = total.numbers().iter().map(|end| end - before).collect();
    }
    told(&total, wanted, ("usual-change", used * 2 + 1), digits.saturating_add(1), None)
}

fn told(
    total: &Distribution,
    wanted: Range,
    (method, figures): (&'static str, usize),
    digits: u32,
    needed: Option<Needed>,
) -> Result<Outlook, String> {
    let at = |share: f64| {
        total.quantile(share).and_then(|end| exact_near(end, digits)).ok_or_else(beyond)
    };
    Ok(Outlook {
        mean: total.mean().and_then(|mean| exact_near(mean, digits)).ok_or_else(beyond)?,
        interval_80: [at(0.1)?, at(0.9)?],
        interval_95: [at(0.025)?, at(0.975)?],
        probability: exact_near(total.chance(wanted), 4).ok_or_else(beyond)?,
        method,
        figures,
        needed,
    })
}

fn needed(ends: &YearEnd, unit: &Unit) -> Option<Needed> {
    let needed = ends.needed?;
    Some(Needed {
        sum: needed.sum.round_dp(ends.mean.scale()),
        unit: unit.clone(),
        growth: needed.growth.map(|growth| growth.round_dp(1)),
        best: needed.best.map(|best| (best.year, best.growth.round_dp(1))),
        years: needed.years,
    })
}

fn method(ends: &YearEnd) -> &'static str {
    match ends.method {
        Method::Smoothing => "smoothing",
        Method::Share => "share",
        Method::Both => "both",
    }
}

fn beyond() -> String {
    "数超出精确小数的范围".to_owned()
}

/// Why a year's end is not forecast, in Chinese.
pub(super) fn refused(why: &NoYearEnd) -> String {
    match why {
        NoYearEnd::TooShort { needed, found } => {
            format!("历史太短：{found} 个可比的累计数（应至少 {needed} 个，含一个完整年度）")
        }
        NoYearEnd::Ended { .. } => "当年还没有累计数".to_owned(),
        NoYearEnd::NoMethod(_) => "数不连续或有零、负数，不能预测".to_owned(),
        NoYearEnd::Range => beyond(),
        NoYearEnd::Month { .. } | NoYearEnd::Twice { .. } | NoYearEnd::Smoothing(_) => {
            "数不合用，不能预测".to_owned()
        }
    }
}
