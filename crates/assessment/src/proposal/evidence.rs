//! What is known of an indicator: past years, the year before, the outline, the plan above; and what each comes to.

use methods::pace::{compound, linear, mean_growth, share_of_required};
use rust_decimal::Decimal;
use terms::{
    Better, Bound, Comparator, Dimension, ExpectedEnd, Ground, Indicator, KnownFigure, Modality,
    OutlineCourse, OutlinePace, Period, ProposalGround, Series, Target, TargetFacet, Unit,
};

use super::settings::Setting;
use super::{Question, words};
use crate::nature::is_real;
use crate::standing::{self, Expected, Policy, expected};

/// So many digits behind the point more than the figures have.
const MORE_DIGITS: u32 = 1;

/// Growth in percent is told to so many digits behind the point here.
const GROWTH_DIGITS: u32 = 2;

/// A five-year outline starts so many years before its last.
const OUTLINE_YEARS: i16 = 5;

/// What is known of one indicator.
pub(super) struct Evidence<'a> {
    pub(super) setting: Setting,
    pub(super) indicator: &'a Indicator,
    pub(super) unit: Unit,
    pub(super) outcomes: Vec<KnownFigure>,
    pub(super) expected: Option<ExpectedEnd>,
    pub(super) without_expected: String,
    pub(super) grounds: Vec<ProposalGround>,
    pub(super) outline: Option<OutlinePace>,
    /// What the outline asks of the year in the unit of the target, and whether firmly.
    pub(super) outline_bound: Option<(Decimal, bool, String)>,
    pub(super) superior: Option<&'a Target>,
    pub(super) last: Option<&'a Target>,
    pub(super) unused: Vec<(String, String)>,
}

impl<'a> Evidence<'a> {
    pub(super) fn of(question: &Question<'a>, setting: Setting, indicator: &'a Indicator) -> Self {
        let unit = setting.unit(indicator);
        let mut found = Evidence {
            setting,
            indicator,
            unit,
            outcomes: Vec::new(),
            expected: None,
            without_expected: String::new(),
            grounds: Vec::new(),
            outline: None,
            outline_bound: None,
            superior: None,
            last: None,
            unused: Vec::new(),
        };
        let facet = found.setting.facet;
        found.last = question.own.iter().find(|target| {
            target.period.is_year()
                && target.period.year() == question.year - 1
                && target.indicator == indicator.code
                && target.facet == facet
        });
        (found.expected, found.without_expected) = match end(question, indicator, facet) {
            Ok(end) => (Some(end), String::new()),
            Err(why) => (None, why),
        };
        found.outcomes = outcomes(question, indicator, facet);
        found.trend(question);
        found.forecast(question);
        found.outline(question);
        found.superior(question);
        found
    }

    /// The weighted mean of the grounds.
    pub(super) fn preferred(&self) -> Option<Decimal> {
        let (mut sum, mut weights) = (Decimal::ZERO, Decimal::ZERO);
        for ground in &self.grounds {
            sum = sum.checked_add(ground.value.checked_mul(ground.weight)?)?;
            weights = weights.checked_add(ground.weight)?;
        }
        sum.checked_div(weights).map(|mean| mean.round_dp(self.digits() + MORE_DIGITS).normalize())
    }

    /// The years whose figures can be compared with each other, up to the last that is known; a figure as its number.
    pub(super) fn run(&self) -> Vec<(i16, Decimal)> {
        let exact = |known: &KnownFigure| {
            let value = known.unit.convert(known.value.exact()?, &self.unit)?;
            Some((known.period.year(), value))
        };
        let mut run: Vec<(i16, Decimal)> = Vec::new();
        for known in self.outcomes.iter().rev() {
            let Some((year, value)) = exact(known) else { break };
            if run.last().is_some_and(|(later, _)| *later != year + 1) {
                break;
            }
            run.push((year, value));
        }
        run.reverse();
        run
    }

    fn ground(&mut self, ground: Ground, value: Decimal, weight: Decimal, said: String) {
        if weight > Decimal::ZERO {
            self.grounds.push(ProposalGround { ground, value, weight, said });
        }
    }

    fn trend(&mut self, question: &Question<'_>) {
        let run = self.run();
        let (Some((first, from)), Some((last, to))) = (run.first(), run.last()) else { return };
        if run.len() < 2 || *last < question.year - 2 {
            return;
        }
        let weight = question.settings.weights.trend;
        if self.setting.facet == TargetFacet::Growth {
            let rates: Vec<Decimal> = run.iter().map(|(_, rate)| *rate).collect();
            let Some(mean) = mean_growth(&rates) else { return };
            let mean = self.rounded(mean);
            self.ground(Ground::Trend, mean, weight, words::trend((*first, *last), mean, None));
            return;
        }
        let Some(change) =
            u32::try_from(last - first).ok().and_then(|years| linear(*from, *to, years))
        else {
            return;
        };
        let (at, value) = match &self.expected {
            Some(end) => (end.year, end.value),
            None => (*last, *to),
        };
        let Some(value) = after(value, change, question.year - at) else { return };
        let value = self.rounded(value);
        let said = words::trend((*first, *last), self.rounded(change), Some((value, &self.unit)));
        self.ground(Ground::Trend, value, weight, said);
    }

    fn forecast(&mut self, question: &Question<'_>) {
        let Some(end) = self.expected.clone() else { return };
        let said = words::expected(&end, &self.unit, self.setting.facet);
        let value = self.rounded(end.value);
        self.ground(Ground::Forecast, value, question.settings.weights.forecast, said);
    }

    /// The earliest target of a later year that this year's can be derived from.
    fn outline(&mut self, question: &Question<'a>) {
        let code = &self.indicator.code;
        let mut later: Vec<&Target> = question
            .own
            .iter()
            .filter(|target| target.indicator == *code && target.period.is_year())
            .filter(|target| target.period.year() > question.year)
            .collect();
        later.sort_by_key(|target| (target.period, target.code.clone()));
        for target in later {
            match self.outline_of(question, target) {
                Ok(()) => return,
                Err(why) => self.unused.push((words::outline_name(target, self.indicator), why)),
            }
        }
    }

    fn outline_of(&mut self, question: &Question<'_>, target: &Target) -> Result<(), String> {
        let bound = target.on(question.as_of);
        let facet = self.setting.facet;
        let weight = question.settings.weights.outline;
        let firm = target.strength != Some(Modality::Aim);
        if target.facet == TargetFacet::Growth {
            if facet != TargetFacet::Growth || !target.name.contains("年均") {
                return Err(words::only_mean_growth());
            }
            let pace = bound.value;
            self.keep_outline(target, bound, (pace, None, None));
            self.ground(
                Ground::Outline,
                pace,
                weight,
                words::outline(target, pace, &self.unit, None),
            );
            let name = words::outline_name(target, self.indicator);
            self.outline_bound = Some((pace, firm, name));
            return Ok(());
        }
        if target.facet != TargetFacet::Level {
            return Err(words::facet_unused(target.facet));
        }
        let own = Unit::new(self.indicator.unit.as_str());
        let wanted =
            target.unit.convert(bound.value, &own).ok_or_else(|| words::unit(target, &own))?;
        let base = base(question, self.indicator)?;
        let ahead = question.year - base.year;
        let years = u32::try_from(target.period.year() - base.year).map_err(|_| words::range())?;
        let name = words::outline_name(target, self.indicator);
        let reached = match self.indicator.better {
            Better::Higher => base.value >= wanted,
            Better::Lower => base.value <= wanted,
            Better::Within => false,
        };
        if is_rate(&own) {
            if facet != TargetFacet::Level {
                return Err(words::facet_unused(target.facet));
            }
            let pace = linear(base.value, wanted, years).ok_or_else(words::range)?;
            let next = after(base.value, pace, ahead).ok_or_else(words::range)?;
            let (pace, next) = (self.rounded(pace), self.rounded(next));
            let course = reached.then_some(OutlineCourse::Achieved);
            self.keep_outline(target, bound, (pace, None, course));
            let said = words::outline(target, pace, &own, Some((next, &self.unit)));
            self.ground(Ground::Outline, next, weight, said);
            self.outline_bound = (!reached).then_some((next, firm, name));
            return Ok(());
        }
        let pace = compound(base.value, wanted, years).ok_or_else(words::not_positive)?;
        let pace = pace.round_dp(GROWTH_DIGITS);
        let started = target.period.year() - OUTLINE_YEARS;
        let share = final_figure(question, self.indicator, TargetFacet::Level, started)
            .and_then(|known| known.unit.convert(known.value.exact()?, &own))
            .and_then(|from| {
                let elapsed = u32::try_from(base.year - started).ok()?;
                let whole = u32::try_from(OUTLINE_YEARS).ok()?;
                share_of_required(from, (base.value, elapsed), (wanted, whole))
            })
            .map(|share| share.round_dp(GROWTH_DIGITS));
        let course = if reached { Some(OutlineCourse::Achieved) } else { share.map(course) };
        self.keep_outline(target, bound, (pace, share, course));
        if facet == TargetFacet::Growth {
            if is_real(self.indicator) {
                return Err(words::nominal(pace));
            }
            self.ground(
                Ground::Outline,
                pace,
                weight,
                words::outline(target, pace, &self.unit, None),
            );
            self.outline_bound = (!reached).then_some((pace, firm, name));
            return Ok(());
        }
        let factor = Decimal::ONE.checked_add(pace / Decimal::ONE_HUNDRED);
        let next = (0..ahead)
            .try_fold(base.value, |level, _| level.checked_mul(factor?))
            .ok_or_else(words::range)?;
        let next = self.rounded(next);
        let said = words::outline(target, pace, &Unit::new("%"), Some((next, &self.unit)));
        self.ground(Ground::Outline, next, weight, said);
        self.outline_bound = (!reached).then_some((next, firm, name));
        Ok(())
    }

    fn keep_outline(
        &mut self,
        target: &Target,
        bound: &Bound,
        (pace, share, course): (Decimal, Option<Decimal>, Option<OutlineCourse>),
    ) {
        self.outline = Some(OutlinePace {
            target: target.code.clone(),
            year: target.period.year(),
            value: bound.value,
            unit: target.unit.clone(),
            pace,
            share,
            course,
        });
    }

    fn superior(&mut self, question: &Question<'a>) {
        let facet = self.setting.facet;
        let code = &self.indicator.code;
        let mut named =
            question.superior.iter().filter(|target| target.indicator == *code).peekable();
        if named.peek().is_none() {
            return;
        }
        let name = words::superior_name(self.indicator);
        let Some(target) = named.find(|target| target.facet == facet) else {
            self.unused.push((name, words::other_facet()));
            return;
        };
        let own = Unit::new(self.indicator.unit.as_str());
        let per_head = self.indicator.name.contains('均');
        if facet == TargetFacet::Level && !is_rate(&own) && !per_head {
            self.unused.push((name, words::not_shared_out()));
            return;
        }
        let bound = target.on(question.as_of);
        let Some(value) = target.unit.convert(bound.value, &self.unit) else {
            self.unused.push((name, words::unit(target, &self.unit)));
            return;
        };
        self.superior = Some(target);
        let said = words::superior(target, bound);
        self.ground(Ground::Superior, value, question.settings.weights.superior, said);
    }

    pub(super) fn rounded(&self, value: Decimal) -> Decimal {
        value.round_dp(self.digits()).normalize()
    }

    fn digits(&self) -> u32 {
        if self.setting.facet == TargetFacet::Growth {
            return GROWTH_DIGITS;
        }
        let figures = self.outcomes.iter().filter_map(|known| known.value.exact());
        let most = figures.map(|value| value.scale()).max().unwrap_or_default();
        most.max(self.setting.step.scale()) + MORE_DIGITS
    }
}

/// Whether a unit is one of shares and other rates, which move in points and not by growth.
pub(super) fn is_rate(unit: &Unit) -> bool {
    matches!(
        unit.dimension(),
        Dimension::Share | Dimension::Points | Dimension::Quotient | Dimension::Ratio
    )
}

fn course(share: Decimal) -> OutlineCourse {
    if share >= Decimal::new(95, 2) {
        OutlineCourse::OnTrack
    } else if share >= Decimal::new(60, 2) {
        OutlineCourse::Accelerate
    } else if share >= Decimal::ZERO {
        OutlineCourse::Limited
    } else {
        OutlineCourse::Away
    }
}

/// How the year before ends, in the indicator's own unit or in percent.
pub(super) fn end(
    question: &Question<'_>,
    indicator: &Indicator,
    facet: TargetFacet,
) -> Result<ExpectedEnd, String> {
    let year = question.year - 1;
    match asked(question, indicator, facet, year, expected) {
        None => Err(words::no_figures()),
        Some(Expected::Unknown(why)) => Err(why),
        Some(Expected::Final(known)) => {
            let unit = own_unit(indicator, facet);
            let value = known.value.exact().and_then(|value| known.unit.convert(value, &unit));
            let value = value.ok_or_else(words::lost)?;
            Ok(ExpectedEnd { year, value, interval_95: None, method: "published" })
        }
        Some(Expected::Likely(outlook)) => Ok(ExpectedEnd {
            year,
            value: outlook.mean,
            interval_95: Some(outlook.interval_95),
            method: outlook.method,
        }),
    }
}

/// The level from which the way to a later year is counted, and its year: the end of the year before, or, of what is known
/// only long after a year, that of the year before it.
pub(super) fn base(question: &Question<'_>, indicator: &Indicator) -> Result<ExpectedEnd, String> {
    end(question, indicator, TargetFacet::Level).or_else(|why| {
        let year = question.year - 2;
        let unit = own_unit(indicator, TargetFacet::Level);
        let changed = question.figures.get(&indicator.code).is_some_and(|(level, _)| {
            level.redefinitions.iter().any(|change| change.from.year() > year)
        });
        final_figure(question, indicator, TargetFacet::Level, year)
            .filter(|_| !changed)
            .and_then(|known| known.unit.convert(known.value.exact()?, &unit))
            .map(|value| ExpectedEnd { year, value, interval_95: None, method: "published" })
            .ok_or_else(|| words::no_base(question.year - 1, &why))
    })
}

/// A value after so many years of the same change.
pub(super) fn after(value: Decimal, change: Decimal, years: i16) -> Option<Decimal> {
    value.checked_add(change.checked_mul(years.into())?)
}

/// The figure of a whole year that is over.
pub(super) fn final_figure(
    question: &Question<'_>,
    indicator: &Indicator,
    facet: TargetFacet,
    year: i16,
) -> Option<KnownFigure> {
    asked(question, indicator, facet, year, standing::known_end).flatten()
}

/// The figures of past years, earliest first; only those after the last change of the definition.
fn outcomes(
    question: &Question<'_>,
    indicator: &Indicator,
    facet: TargetFacet,
) -> Vec<KnownFigure> {
    let Some((level, _)) = question.figures.get(&indicator.code) else { return Vec::new() };
    let since = match facet {
        TargetFacet::Level => level.redefinitions.iter().map(|change| change.from.year()).max(),
        _ => None,
    };
    let years = i16::try_from(question.settings.years).unwrap_or(i16::MAX);
    let last = question.year - 1;
    let first = last.saturating_sub(years);
    (first..=last)
        .filter(|year| since.is_none_or(|since| *year >= since))
        .filter_map(|year| final_figure(question, indicator, facet, year))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .take(question.settings.years)
        .rev()
        .collect()
}

fn own_unit(indicator: &Indicator, facet: TargetFacet) -> Unit {
    match facet {
        TargetFacet::Growth => Unit::new("%"),
        _ => Unit::new(indicator.unit.as_str()),
    }
}

/// Asks for a year's end; the bound of the target that this takes says nothing.
fn asked<T>(
    question: &Question<'_>,
    indicator: &Indicator,
    facet: TargetFacet,
    year: i16,
    ask: impl Fn(&standing::Question<'_>) -> T,
) -> Option<T> {
    let (level, growth): &(Series, Series) = question.figures.get(&indicator.code)?;
    let target = Target {
        code: String::new(),
        name: String::new(),
        department: None,
        indicator: indicator.code.clone(),
        region: question.region.to_owned(),
        period: Period::year_of(year)?,
        facet,
        comparator: Comparator::AtLeast,
        original: Bound { value: Decimal::ZERO, upper: None },
        unit: own_unit(indicator, facet),
        strength: None,
        statement: String::new(),
        state: String::new(),
        adjustments: Vec::new(),
    };
    let policy = Policy::default();
    Some(ask(&standing::Question {
        target: &target,
        indicator,
        level,
        growth,
        as_of: question.as_of,
        policy: &policy,
        seed: question.seed,
    }))
}
