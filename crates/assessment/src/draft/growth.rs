//! Growth that does not follow from the levels beside it.
//!
//! Growth at comparable prices (GDP, value added, output) is never the ratio of two levels, and no growth is across a
//! change of definition. Levels are told rounded, so every growth is possible that some levels within the rounding give.

use rust_decimal::Decimal;
use terms::{
    Basis, CheckCode, Comparator, Direction, DraftFinding, Facet, Kind, Period, Role, Statement,
    Unit,
};

use super::hold::{Held, told};
use super::number::{point, unit_in_last_place};
use super::subject::Subject;
use super::{Check, error, quoted};
use crate::nature::may_have_own_base;

/// Words of a sentence whose growth is not the ratio of the levels.
const NOT_NOMINAL: &[&str] = &[
    "可比",
    "不变价",
    "实际增长",
    "同口径",
    "剔除",
    "扣除",
    "同比口径",
    "年均",
    "平均增长",
    "调整后",
];

/// A level as it is told, with how far its rounding reaches.
struct Level {
    value: Decimal,
    half: Decimal,
    unit: Unit,
    said: String,
}

impl Level {
    fn new(value: Decimal, unit: Unit, said: String) -> Level {
        let half = unit_in_last_place(value.scale()).checked_div(Decimal::TWO);
        Level { value, half: half.unwrap_or_default(), unit, said }
    }

    /// The lowest and the highest that it may be, in a unit.
    fn ends(&self, unit: &Unit) -> Option<(Decimal, Decimal)> {
        let low = self.unit.convert(self.value.checked_sub(self.half)?, unit)?;
        let high = self.unit.convert(self.value.checked_add(self.half)?, unit)?;
        Some((low, high))
    }
}

/// The lowest and the highest growth in percent that two levels allow.
fn growth_between(before: &Level, after: &Level) -> Option<(Decimal, Decimal)> {
    let (low, high) = after.ends(&after.unit)?;
    let (base_low, base_high) = before.ends(&after.unit)?;
    Some((methods::growth::rate(low, base_high)?, methods::growth::rate(high, base_low)?))
}

/// Whether a growth that is told with its decimals may lie between two.
fn allows(rate: Decimal, (low, high): (Decimal, Decimal)) -> Option<bool> {
    let half = unit_in_last_place(rate.scale()).checked_div(Decimal::TWO)?;
    Some(rate.checked_add(half)? >= low && rate.checked_sub(half)? <= high)
}

/// Reports growths of indicators that do not follow from this year's level and last year's.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for (statement, subject, held) in check.statements() {
        // What the ledger has as growth was published so.
        if !matches!(held, Some(Held::Agrees)) {
            found.extend(derived(check, statement, subject));
        }
    }
}

fn derived(check: &Check<'_>, statement: &Statement, subject: &Subject) -> Option<DraftFinding> {
    let unit = statement.unit.as_ref()?;
    let asked = statement.kind == Kind::Quantity
        && statement.role == Role::Result
        && statement.basis == Some(Basis::Growth)
        && statement.comparator == Some(Comparator::Equal)
        && unit.as_str() == "%"
        && subject.indicator
        && subject.entity.is_none()
        && !subject.other
        && statement.part_of_year().is_none()
        && !NOT_NOMINAL.iter().any(|word| statement.sentence.contains(word));
    let indicator = check.names.indicator(&subject.name)?;
    if !asked || may_have_own_base(indicator) {
        return None;
    }
    let year = statement.year?;
    let after = level(check, subject, year)?;
    let before = level(check, subject, year - 1)?;
    if redefined(check, subject, year) {
        return None;
    }
    let rate = point(statement, unit)?;
    let between = growth_between(&before, &after)?;
    if allows(rate, between)? {
        return None;
    }
    let right =
        methods::growth::rate(after.value, before.unit.convert(before.value, &after.unit)?)?;
    let right = right.round_dp(rate.scale().max(1));
    let message = format!(
        "{}为{}，但由{}和{}推算为{right}%",
        quoted(&statement.measure),
        told(statement),
        before.said,
        after.said
    );
    let code = if right.is_sign_negative() != rate.is_sign_negative() {
        CheckCode::Direction
    } else {
        CheckCode::Growth
    };
    let mut finding =
        error(code, statement.span, message, format!("推算：{}；{}", before.said, after.said));
    finding.suggestion = Some(format!("{right}%"));
    Some(finding)
}

/// The level of a subject in a year: as the draft tells it, else as the ledger has it.
fn level(check: &Check<'_>, subject: &Subject, year: i32) -> Option<Level> {
    let told = check.about(&subject.name).find(|(statement, other)| {
        other.entity.is_none()
            && !other.other
            && statement.year == Some(year)
            && statement.role == Role::Result
            && statement.basis == Some(Basis::Level)
            && statement.comparator == Some(Comparator::Equal)
            && statement.part_of_year().is_none()
    });
    if let Some((statement, _)) = told {
        let unit = statement.unit.clone()?;
        let value = statement.value.as_ref()?.exact()?;
        return Some(Level::new(value, unit, format!("本稿{year}年{}", self::told(statement))));
    }
    let known = check.known?;
    let series = known.figures.series(&subject.name, known.region?, Facet::Level)?;
    let observation = series.at(Period::year_of(i16::try_from(year).ok()?)?)?;
    let value = observation.value.as_ref()?.exact()?;
    let said = format!("台账{year}年{value}{}（{}）", observation.unit, observation.source);
    Some(Level::new(value, observation.unit.clone(), said))
}

fn redefined(check: &Check<'_>, subject: &Subject, year: i32) -> bool {
    let between = || {
        let known = check.known?;
        let period = |year: i32| Period::year_of(i16::try_from(year).ok()?);
        let series = known.figures.series(&subject.name, known.region?, Facet::Level)?;
        series.redefined_between(period(year - 1)?, period(year)?).map(|_| ())
    };
    between().is_some()
}

/// Reports levels told as then and now that the change between them contradicts, and falls by a negative number.
pub(super) fn courses(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for course in &check.draft.asides.courses {
        let level = |item: &terms::Item| {
            let said = format!("{}{}", item.value, item.unit);
            Level::new(item.value, item.unit.clone(), said)
        };
        let (before, after) = (level(&course.before), level(&course.after));
        let Some(between) = growth_between(&before, &after) else { continue };
        let source = format!("本稿同一句：{}、{}", before.said, after.said);
        let went = if between.1 < Decimal::ZERO {
            Direction::Down
        } else if between.0 > Decimal::ZERO {
            Direction::Up
        } else {
            continue;
        };
        if went != course.direction {
            let word = |direction| if direction == Direction::Up { "增" } else { "减" };
            let message = format!(
                "由{}到{}是{}，用词却是{}",
                before.said,
                after.said,
                word(went),
                word(course.direction)
            );
            found.push(error(CheckCode::Direction, course.span, message, source));
            continue;
        }
        let Some(rate) = course.rate else { continue };
        let signed = if went == Direction::Down { -rate } else { rate };
        if allows(signed, between) == Some(false) {
            let message = format!("由{}到{}的变化不是{rate}%", before.said, after.said);
            found.push(error(CheckCode::Growth, course.span, message, source));
        }
    }
    for span in &check.draft.asides.negated {
        let message = "下降一词后的数字带负号，正负相抵".to_owned();
        found.push(error(CheckCode::Direction, *span, message, "本稿同一句".to_owned()));
    }
}
