//! The figure of a target's facet for a period: as published, or as it follows from published levels.

use rust_decimal::Decimal;
use terms::{
    Amount, Indicator, KnownFigure, Observation, ObservationStatus, Period, Redefinition, Series,
    TargetFacet, Unit,
};

use super::course::{Course, at_end, through};
use super::{Question, percent};
use crate::growth::{Incomparable, growth_on_year};
use crate::nature::is_real;

/// What is known of a target's facet.
pub(super) struct Facts<'a> {
    pub(super) question: &'a Question<'a>,
    pub(super) course: Course,
}

/// Why there is no figure of a period.
pub(super) enum NoFigure {
    /// Nothing was published.
    None,
    /// It cannot be told, in a Chinese sentence.
    Unfit(String),
    /// There are figures, but they may not be compared; in a Chinese sentence.
    Parted(String),
}

impl<'a> Facts<'a> {
    pub(super) fn of(question: &'a Question<'a>) -> Self {
        Facts { question, course: Course::of(question.indicator, question.level) }
    }

    /// The figure of the facet for a period that begins with the target's.
    pub(super) fn figure(&self, period: Period) -> Result<KnownFigure, NoFigure> {
        let Question { target, level, growth, indicator, .. } = self.question;
        match target.facet {
            // A stock at the year's end is that of the year.
            TargetFacet::Level if self.course == Course::Stock && period.is_year() => {
                published(at_end(level, period.year()))
            }
            TargetFacet::Level => published(level.at(period)),
            TargetFacet::Growth => match published(growth.at(period)) {
                Err(NoFigure::None) => self.computed_growth(indicator, period),
                found => found,
            },
            TargetFacet::Increment if self.course == Course::Flow => published(level.at(period)),
            TargetFacet::Increment => self.increment(period),
            TargetFacet::Rank => Err(NoFigure::Unfit("台账没有位次数据".to_owned())),
        }
    }

    /// The latest figure within the target's period, which may end before it does.
    pub(super) fn latest(&self) -> Option<KnownFigure> {
        let Question { target, level, growth, .. } = self.question;
        let (year, month) = (target.period.year(), target.period.last_month());
        let in_level = through(level, year, month);
        let found = match target.facet {
            TargetFacet::Growth => through(growth, year, month)
                .filter(|known| in_level.is_none_or(|level| known.period >= level.period))
                .or(in_level),
            _ => in_level,
        };
        let period = found?.period;
        let within =
            period.first_month() >= target.period.first_month() || period.first_month() == 1;
        self.figure(period).ok().filter(|_| within)
    }

    fn computed_growth(
        &self,
        indicator: &Indicator,
        period: Period,
    ) -> Result<KnownFigure, NoFigure> {
        let level = self.question.level;
        if Unit::new(indicator.unit.as_str()).dimension() == terms::Dimension::Share {
            return self.points(period);
        }
        if level.at(period).is_none() {
            return Err(NoFigure::None);
        }
        if is_real(indicator) {
            return Err(NoFigure::Unfit(
                "增速按可比价计算，不能由现价总量推算，而增速没有公布".into(),
            ));
        }
        let grown = growth_on_year(level, period).map_err(unfit)?;
        Ok(KnownFigure {
            period,
            // Growth is published with one decimal.
            value: Amount::Exact(rounded(grown.rate)),
            unit: percent(),
            status: grown.level.status,
            derived: "由本期与上年同期的水平推算，保留一位小数".to_owned(),
            from: vec![grown.level, grown.base],
        })
    }

    /// The change of a share on the year, in percentage points.
    fn points(&self, period: Period) -> Result<KnownFigure, NoFigure> {
        let before = period.in_year(period.year() - 1).ok_or(NoFigure::None)?;
        self.apart(period, before, "由本期与上年同期的水平相减")
    }

    /// How much more there is than at the end of the year before.
    fn increment(&self, period: Period) -> Result<KnownFigure, NoFigure> {
        let level = self.question.level;
        let last = at_end(level, period.year() - 1).ok_or(NoFigure::None)?;
        let now = match period.is_year() {
            true => at_end(level, period.year()),
            false => level.at(period),
        };
        let period = now.ok_or(NoFigure::None)?.period;
        self.apart(period, last.period, "由本期减去上年末")
    }

    fn apart(&self, period: Period, before: Period, how: &str) -> Result<KnownFigure, NoFigure> {
        let level = self.question.level;
        let (Some(now), Some(base)) = (level.at(period), level.at(before)) else {
            return Err(NoFigure::None);
        };
        if let Some(Redefinition { from, reason, .. }) = level.redefined_between(before, period) {
            return Err(unfit(Incomparable::Redefined { from: *from, reason: reason.to_string() }));
        }
        let value = now
            .value
            .as_ref()
            .and_then(Amount::exact)
            .zip(base.value.as_ref().and_then(Amount::exact))
            .and_then(|(now_value, base_value)| {
                now_value.checked_sub(base.unit.convert(base_value, &now.unit)?)
            })
            .ok_or_else(|| NoFigure::Unfit("数值缺失或单位不能换算".to_owned()))?;
        // A difference of shares is counted in percentage points.
        let share = now.unit.dimension() == terms::Dimension::Share;
        Ok(KnownFigure {
            period,
            value: Amount::Exact(value),
            unit: if share { Unit::new("个百分点") } else { now.unit.clone() },
            status: now.status,
            derived: how.to_owned(),
            from: vec![now.clone(), base.clone()],
        })
    }

    /// What last year's level would have to be compared with this year's growth: the level of the year before, at the
    /// scope and the prices of which this year's published growth speaks, in `unit`.
    pub(super) fn comparable_base(&self, so_far: Period, unit: &Unit) -> Option<Decimal> {
        let Question { level, growth, indicator, .. } = self.question;
        let year = Period::year_of(so_far.year() - 1)?;
        let value = |series: &Series, period: Period| {
            let known: &Observation = series.at(period)?;
            known.unit.convert(known.value.as_ref()?.exact()?, unit)
        };
        let whole = value(level, year)?;
        let published = growth.at(so_far).and_then(|known| known.value.as_ref()?.exact());
        let Some(published) = published else {
            let parted = level.redefined_between(year, so_far).is_some();
            return (!is_real(indicator) && !parted).then_some(whole);
        };
        let implied = methods::growth::implied_previous(value(level, so_far)?, published)?;
        let told = value(level, so_far.in_year(year.year())?)?;
        // As far as the comparable figure is from the published one so far, it is taken to be over the year.
        whole.checked_mul(implied)?.checked_div(told)
    }
}

pub(super) fn published(known: Option<&Observation>) -> Result<KnownFigure, NoFigure> {
    let known = known.ok_or(NoFigure::None)?;
    let Some(value) = &known.value else {
        return Err(match known.status {
            ObservationStatus::Missing => {
                let note = if known.note.is_empty() {
                    String::new()
                } else {
                    format!("：{}", known.note)
                };
                NoFigure::Unfit(format!("公布时注明没有数据{note}"))
            }
            _ => NoFigure::None,
        });
    };
    Ok(KnownFigure {
        period: known.period,
        value: value.clone(),
        unit: known.unit.clone(),
        status: known.status,
        derived: String::new(),
        from: vec![known.clone()],
    })
}

fn unfit(why: Incomparable) -> NoFigure {
    let said = why.to_string();
    match why {
        Incomparable::NoFigure(_) | Incomparable::NoNumber(_) => NoFigure::Unfit(said),
        _ => NoFigure::Parted(said),
    }
}

fn rounded(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}
