//! How the figures of an indicator run through a year, told from the figures themselves.

use std::collections::BTreeMap;

use methods::forecast::year_end::Figure;
use rust_decimal::Decimal;
use terms::{Dimension, Indicator, Observation, Period, Series, Unit};

use crate::nature::is_flow;

/// How figures run through a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// They add up from January on.
    Flow,
    /// They tell what there is at a time.
    Stock,
    /// Shares, averages and other rates.
    Rate,
}

/// Of a hundred steps within a year so many may fall in figures that add up: refunds and corrections.
const FALLS: usize = 5;

impl Course {
    /// How the figures of an indicator run. Rates are told by their unit; of the others, figures from January on that
    /// never shrink (but for one step in twenty) add up, single months that make up a published year do too, and the rest
    /// are stocks.
    pub(super) fn of(indicator: &Indicator, level: &Series) -> Course {
        let unit = Unit::new(indicator.unit.as_str());
        let rate = matches!(
            unit.dimension(),
            Dimension::Share | Dimension::Points | Dimension::Quotient | Dimension::Unknown
        );
        if rate {
            return Course::Rate;
        }
        let (mut steps, mut falls, mut partial) = (0_usize, 0_usize, false);
        let from_january = |known: &&Observation| known.period.first_month() == 1;
        let cumulative: Vec<(Period, Decimal)> =
            level.observations.iter().filter(from_january).filter_map(exact).collect();
        for pair in cumulative.windows(2) {
            let [(earlier, before), (later, now)] = pair else { continue };
            partial |= !earlier.is_year() && earlier.is_cumulative();
            if earlier.year() == later.year() {
                steps += 1;
                falls += usize::from(now < before);
            }
        }
        if partial && steps > 0 {
            return if falls * 100 <= steps * FALLS { Course::Flow } else { Course::Stock };
        }
        match made_up_of_months(level) {
            Some(true) => Course::Flow,
            Some(false) => Course::Stock,
            None if is_flow(indicator) => Course::Flow,
            None => Course::Stock,
        }
    }
}

/// Whether a year's figure is the sum of its twelve months, or rather that of its December; `None` where no year tells.
fn made_up_of_months(level: &Series) -> Option<bool> {
    let months = single_months(level);
    level.observations.iter().rev().filter(|known| known.period.is_year()).find_map(|known| {
        let (period, whole) = exact(known)?;
        let year = period.year();
        let of_year: Vec<Decimal> =
            (1..=12).map(|month| months.get(&(year, month)).copied()).collect::<Option<_>>()?;
        let sum = of_year.iter().try_fold(Decimal::ZERO, |sum, month| sum.checked_add(*month))?;
        let december = *of_year.last()?;
        Some((whole - sum).abs() < (whole - december).abs())
    })
}

fn single_months(level: &Series) -> BTreeMap<(i16, u8), Decimal> {
    level
        .observations
        .iter()
        .filter(|known| known.period.first_month() == known.period.last_month())
        .filter_map(exact)
        .map(|(period, value)| ((period.year(), period.last_month()), value))
        .collect()
}

fn exact(known: &Observation) -> Option<(Period, Decimal)> {
    Some((known.period, known.value.as_ref()?.exact()?))
}

/// What was known from January on to each month, in `unit`: as published, or the sum of single months.
pub(super) fn cumulative(level: &Series, unit: &Unit) -> Vec<Figure> {
    let figure = |known: &Observation| {
        let (period, value) = exact(known)?;
        let value = known.unit.convert(value, unit)?;
        (period.first_month() == 1).then(|| Figure {
            year: period.year().into(),
            month: period.last_month(),
            value,
        })
    };
    let mut figures: Vec<Figure> = level.observations.iter().filter_map(figure).collect();
    let sum_of_months = figures.iter().all(|figure| matches!(figure.month, 1 | 12));
    if sum_of_months {
        let known = |year: i32, month: u8| {
            figures.iter().any(|figure| (figure.year, figure.month) == (year, month))
        };
        let mut sums = Vec::new();
        let mut sum = Some(Decimal::ZERO);
        for known_month in level.observations.iter().filter(|one| !one.period.is_cumulative()) {
            let period = known_month.period;
            if period.first_month() != period.last_month() {
                continue;
            }
            let (year, month) = (i32::from(period.year()), period.last_month());
            let value =
                exact(known_month).and_then(|(_, value)| known_month.unit.convert(value, unit));
            let follows = sums
                .last()
                .is_some_and(|last: &Figure| (last.year, last.month + 1) == (year, month));
            let so_far = match month {
                1 => Some(Decimal::ZERO),
                _ if follows => sum,
                _ => None,
            };
            sum = so_far.zip(value).and_then(|(sum, value)| sum.checked_add(value));
            if let Some(value) = sum {
                sums.push(Figure { year, month, value });
            }
        }
        sums.retain(|figure| !known(figure.year, figure.month));
        figures.extend(sums);
        figures.sort_by_key(|figure| (figure.year, figure.month));
    }
    figures
}

/// Of each year the figure of `month` and that of the year's end, in `unit`, for what does not add up; only years before
/// `year`, and after the last change of the definition. `whole` asks for figures of the whole year: the rate of a December
/// is not that of its year.
pub(super) fn ends(
    series: &Series,
    unit: &Unit,
    (year, month): (i16, u8),
    whole: bool,
) -> Vec<(Decimal, Decimal)> {
    let since = series.redefinitions.iter().map(|change| change.from.year()).max();
    let mut years: Vec<i16> = series.observations.iter().map(|one| one.period.year()).collect();
    years.dedup();
    let value = |known: &Observation| known.unit.convert(exact(known)?.1, unit);
    let pair = |of: i16| {
        let early = through(series, of, month).filter(|one| one.period.last_month() == month)?;
        let end = at_end(series, of).filter(|end| !whole || end.period.is_year())?;
        Some((value(early)?, value(end)?))
    };
    years
        .into_iter()
        .filter(|of| *of < year && since.is_none_or(|since| *of >= since))
        .filter_map(pair)
        .collect()
}

/// The figure with which a year ends.
pub(super) fn at_end(series: &Series, year: i16) -> Option<&Observation> {
    through(series, year, 12).filter(|known| known.period.last_month() == 12)
}

/// The latest figure of a year that ends no later than `month`; of those that end together, the longest.
pub(super) fn through(series: &Series, year: i16, month: u8) -> Option<&Observation> {
    series
        .observations
        .iter()
        .filter(|known| known.period.year() == year && known.period.last_month() <= month)
        .filter(|known| known.value.is_some())
        .max_by_key(|known| {
            let period = known.period;
            (period.last_month(), period.last_month() - period.first_month())
        })
}
