//! Relations between indicators as linear conditions.

use methods::balance::{self, Side};
use rust_decimal::{Decimal, RoundingStrategy};
use terms::{ProposalCondition, TargetFacet, Unit};

use super::bounds::{bound, giving};
use super::evidence::{Evidence, end, final_figure};
use super::{Condition, Question, Relation, Rule, words};

/// Shares are taken to so many digits behind the point, of 1.
const SHARE_DIGITS: u32 = 4;

/// The slopes of a tangent are taken to so many digits.
const SLOPE_DIGITS: u32 = 6;

/// The parts of a whole may miss it by so many hundredths for their shares to be used.
const REMAINDER: Decimal = Decimal::ONE;

/// The conditions of all relations, and those that cannot be used, with why.
pub(super) type Joined = (Vec<Condition>, Vec<(String, String)>);

/// The relations as conditions; those that are not linear by their tangents at a point.
pub(super) fn all(
    question: &Question<'_>,
    known: &[Evidence<'_>],
    point: &[Decimal],
) -> Result<Joined, String> {
    let (mut found, mut unused) = (Vec::new(), Vec::new());
    for relation in &question.settings.relations {
        let one = One { question, known, relation };
        if let Some(missing) = one.missing() {
            unused.push((relation.name.clone(), missing));
            continue;
        }
        match one.conditions(point) {
            Ok(conditions) => found.extend(conditions),
            Err(why) => unused.push((relation.name.clone(), why)),
        }
    }
    Ok((found, unused))
}

/// Whether values keep the relations that are not linear; tangents only come near them.
pub(super) fn kept(
    question: &Question<'_>,
    known: &[Evidence<'_>],
    values: &[Decimal],
) -> Result<bool, String> {
    for relation in &question.settings.relations {
        let one = One { question, known, relation };
        if one.missing().is_some() {
            continue;
        }
        let Rule::Quotient { quotient, numerator, denominator, reduction, within } = &relation.rule
        else {
            continue;
        };
        let Ok(base) = one.base(quotient, (numerator, denominator), *reduction) else { continue };
        let value = |code: &str| {
            one.place(code).and_then(|(at, _)| values.get(at)).copied().ok_or_else(words::range)
        };
        let moved = Moved { base, reduction: *reduction };
        let exact = moved.at(value(numerator)?, value(denominator)?).ok_or_else(words::range)?;
        let apart = value(quotient)?.checked_sub(exact).ok_or_else(words::range)?;
        if apart.abs() > *within {
            return Ok(false);
        }
    }
    Ok(true)
}

/// One relation.
struct One<'a> {
    question: &'a Question<'a>,
    known: &'a [Evidence<'a>],
    relation: &'a Relation,
}

/// A quotient as it moves from a base with the growth of what is divided and by what.
struct Moved {
    /// The quotient a year before; 100 where only its fall in percent is looked for.
    base: Decimal,
    reduction: bool,
}

impl Moved {
    fn ratio(numerator: Decimal, denominator: Decimal) -> Option<Decimal> {
        let of = |growth: Decimal| Decimal::ONE_HUNDRED.checked_add(growth);
        of(numerator)?.checked_div(of(denominator)?)
    }

    fn at(&self, numerator: Decimal, denominator: Decimal) -> Option<Decimal> {
        let now = self.base.checked_mul(Moved::ratio(numerator, denominator)?)?;
        if self.reduction { self.base.checked_sub(now) } else { Some(now) }
    }

    /// How much it changes with one percent more of each.
    fn slopes(&self, numerator: Decimal, denominator: Decimal) -> Option<(Decimal, Decimal)> {
        let below = Decimal::ONE_HUNDRED.checked_add(denominator)?;
        let by_numerator = self.base.checked_div(below)?;
        let ratio = Moved::ratio(numerator, denominator)?;
        let by_denominator = -by_numerator.checked_mul(ratio)?;
        let sign = if self.reduction { -Decimal::ONE } else { Decimal::ONE };
        let slope = |value: Decimal| (sign * value).round_dp(SLOPE_DIGITS);
        Some((slope(by_numerator), slope(by_denominator)))
    }
}

impl<'a> One<'a> {
    fn place(&self, code: &str) -> Option<(usize, &'a Evidence<'a>)> {
        self.known.iter().enumerate().find(|(_, one)| one.indicator.code == code)
    }

    fn name_of(&self, code: &str) -> String {
        let found = self.question.catalogue.iter().find(|known| known.code == code);
        found.map_or_else(|| code.to_owned(), |known| known.name.clone())
    }

    /// Which indicators have no proposal that the relation could speak of.
    fn missing(&self) -> Option<String> {
        let mut names = Vec::new();
        for (code, facet) in self.relation.rule.facets() {
            let fits = |one: &Evidence<'_>| facet.is_none_or(|facet| one.setting.facet == facet);
            if !self.place(code).is_some_and(|(_, one)| fits(one)) {
                names.push(words::missing(&self.name_of(code), facet));
            }
        }
        (!names.is_empty()).then(|| words::missing_all(&names))
    }

    fn conditions(&self, point: &[Decimal]) -> Result<Vec<Condition>, String> {
        match &self.relation.rule {
            Rule::WeightedGrowth { whole, parts, within } => self.weighted(whole, parts, *within),
            Rule::Sum { whole, parts, within } => {
                let mut terms = vec![(whole.as_str(), Decimal::ONE)];
                terms.extend(parts.iter().map(|part| (part.as_str(), -Decimal::ONE)));
                let names: Vec<String> = parts.iter().map(|part| self.name_of(part)).collect();
                let unit = self.unit(whole);
                let said = words::sum(&self.name_of(whole), &names, *within, &unit);
                self.band(&terms, (Some(-*within), Some(*within)), (&unit, &said))
            }
            Rule::Difference { one, other, least, most } => {
                let unit = self.unit(one);
                let said = words::difference(
                    (&self.name_of(one), &self.name_of(other)),
                    (*least, *most),
                    &unit,
                );
                let terms = [(one.as_str(), Decimal::ONE), (other.as_str(), -Decimal::ONE)];
                self.band(&terms, (*least, *most), (&unit, &said))
            }
            Rule::Quotient { quotient, numerator, denominator, reduction, within } => {
                let growing = (numerator.as_str(), denominator.as_str());
                self.quotient((quotient, *reduction), growing, *within, point)
            }
            Rule::Capacity { indicator, cover } => self.capacity(indicator, *cover),
        }
    }

    fn unit(&self, code: &str) -> Unit {
        self.place(code).map_or_else(|| Unit::new(""), |(_, known)| giving(known))
    }

    /// A sum between two ends.
    fn band(
        &self,
        terms: &[(&str, Decimal)],
        (least, most): (Option<Decimal>, Option<Decimal>),
        (unit, says): (&Unit, &str),
    ) -> Result<Vec<Condition>, String> {
        let mut placed = Vec::new();
        for (code, factor) in terms {
            let (at, _) = self.place(code).ok_or_else(words::range)?;
            placed.push((at, *factor));
        }
        let both = least.is_some() && most.is_some();
        let ends = [(Side::AtLeast, least), (Side::AtMost, most)];
        let condition = |(side, end): (Side, Option<Decimal>)| {
            let bound = end?;
            Some(Condition {
                told: ProposalCondition {
                    name: words::side(&self.relation.name, both, side),
                    says: says.to_owned(),
                    source: self.relation.source.clone(),
                    unit: unit.clone(),
                    bound: None,
                    indicators: terms.iter().map(|(code, _)| (*code).to_owned()).collect(),
                },
                held: balance::Condition {
                    terms: placed.clone(),
                    side,
                    bound,
                    price: self.relation.price,
                },
            })
        };
        Ok(ends.into_iter().filter_map(condition).collect())
    }

    /// The growth of a whole by the shares of its parts.
    fn weighted(
        &self,
        whole: &str,
        parts: &[String],
        within: Decimal,
    ) -> Result<Vec<Condition>, String> {
        let (_, of_whole) = self.place(whole).ok_or_else(words::range)?;
        let unit = Unit::new(of_whole.indicator.unit.as_str());
        let level = |code: &str, year: i16| {
            let (_, known) = self.place(code)?;
            let figure = final_figure(self.question, known.indicator, TargetFacet::Level, year)?;
            figure.unit.convert(figure.value.exact()?, &unit)
        };
        let years = i16::try_from(self.question.settings.years).unwrap_or(i16::MAX);
        let last = self.question.year - 1;
        let found = (last.saturating_sub(years)..=last).rev().find_map(|year| {
            let all: Vec<Decimal> =
                parts.iter().map(|part| level(part, year)).collect::<Option<_>>()?;
            Some((year, level(whole, year)?, all))
        });
        let (year, total, levels) = found.ok_or_else(words::no_levels)?;
        let sum: Decimal = levels
            .iter()
            .try_fold(Decimal::ZERO, |sum, level| sum.checked_add(*level))
            .ok_or_else(words::range)?;
        let apart = (sum - total).abs().checked_mul(Decimal::ONE_HUNDRED);
        let most = total.abs().checked_mul(REMAINDER);
        if sum <= Decimal::ZERO || apart.zip(most).is_none_or(|(apart, most)| apart > most) {
            return Err(words::does_not_sum(year, sum, total, &unit));
        }
        let mut shares = Vec::new();
        for level in &levels {
            let share = level.checked_div(sum).ok_or_else(words::range)?;
            shares.push(share.round_dp(SHARE_DIGITS));
        }
        // What rounding took away goes to the largest, so that equal growth of all parts is that of the whole.
        let rest = Decimal::ONE - shares.iter().sum::<Decimal>();
        if let Some(largest) = shares.iter_mut().max() {
            *largest += rest;
        }
        let mut terms = vec![(whole, Decimal::ONE)];
        terms.extend(parts.iter().zip(&shares).map(|(part, share)| (part.as_str(), -*share)));
        let told: Vec<(String, Decimal)> = parts
            .iter()
            .zip(&shares)
            .map(|(part, share)| (self.name_of(part), (*share * Decimal::ONE_HUNDRED).normalize()))
            .collect();
        let said = words::weighted(&self.name_of(whole), &told, year, within);
        self.band(&terms, (Some(-within), Some(within)), (&Unit::new("个百分点"), &said))
    }

    /// The quotient a year before; 100 where its fall in percent is looked for.
    fn base(
        &self,
        quotient: &str,
        (numerator, denominator): (&str, &str),
        reduction: bool,
    ) -> Result<Decimal, String> {
        if reduction {
            return Ok(Decimal::ONE_HUNDRED);
        }
        let level = |code: &str| {
            let (_, known) = self.place(code).ok_or_else(words::range)?;
            let base = end(self.question, known.indicator, TargetFacet::Level)
                .map_err(|why| words::no_base(self.question.year - 1, &why))?;
            let unit = Unit::new(known.indicator.unit.as_str());
            Ok::<_, String>((base.value, unit))
        };
        if let Ok((value, _)) = level(quotient) {
            return Ok(value);
        }
        let (above, unit) = level(numerator)?;
        let (below, other) = level(denominator)?;
        let below = other.convert(below, &unit).ok_or_else(words::range)?;
        above.checked_div(below).map(|base| base.round_dp(SLOPE_DIGITS)).ok_or_else(words::range)
    }

    fn quotient(
        &self,
        (quotient, reduction): (&str, bool),
        (numerator, denominator): (&str, &str),
        within: Decimal,
        point: &[Decimal],
    ) -> Result<Vec<Condition>, String> {
        let base = self.base(quotient, (numerator, denominator), reduction)?;
        let moved = Moved { base, reduction };
        let at = |code: &str| {
            self.place(code).and_then(|(at, _)| point.get(at)).copied().ok_or_else(words::range)
        };
        let (n, d) = (at(numerator)?, at(denominator)?);
        let (by_n, by_d) = moved.slopes(n, d).ok_or_else(words::range)?;
        // quotient − slopes · growth stays near what it is at the point.
        let fixed = moved
            .at(n, d)
            .and_then(|value| value.checked_sub(by_n.checked_mul(n)?)?.checked_sub(by_d * d))
            .ok_or_else(words::range)?;
        let terms = [(quotient, Decimal::ONE), (numerator, -by_n), (denominator, -by_d)];
        let names = [quotient, numerator, denominator].map(|code| self.name_of(code));
        let unit = self.unit(quotient);
        let said = words::quotient(&names, (!reduction).then_some(base), within, &unit);
        self.band(&terms, (Some(fixed - within), Some(fixed + within)), (&unit, &said))
    }

    /// What projects plan for the year bounds the level, and so its growth.
    fn capacity(&self, indicator: &str, cover: Decimal) -> Result<Vec<Condition>, String> {
        let (number, known) = self.place(indicator).ok_or_else(words::range)?;
        let projects =
            self.question.projects.ok_or_else(|| words::no_projects(self.question.year))?;
        let unit = Unit::new(known.indicator.unit.as_str());
        let planned = projects
            .unit
            .convert(projects.planned, &unit)
            .ok_or_else(|| words::project_unit(&projects.unit, &unit))?;
        let carried = planned.checked_div(cover).ok_or_else(words::range)?;
        let at = if known.setting.facet == TargetFacet::Growth {
            let base = end(self.question, known.indicator, TargetFacet::Level)
                .map_err(|why| words::no_base(self.question.year - 1, &why))?;
            methods::growth::rate(carried, base.value).ok_or_else(words::not_positive)?
        } else {
            carried
        };
        let down = |value: Decimal| {
            value.round_dp_with_strategy(2, RoundingStrategy::ToNegativeInfinity).normalize()
        };
        let source =
            words::capacity(projects, cover, (down(carried), &unit), &self.relation.source);
        let told = (self.relation.name.clone(), source);
        let price = self.relation.price;
        Ok(vec![bound((known, number), (Side::AtMost, down(at)), price, told)])
    }
}
