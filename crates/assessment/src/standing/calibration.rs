//! How good the forecasts of an indicator's year ends would have been, had they been made each month from what was known.
//!
//! Each month of each past year is forecast again from the figures as they were known on the day on which that month's
//! figure was first published: what was revised later stays unseen. Where that day lies after the year, nobody could have
//! forecast it; the figures are then cut after the month, and the case says so. Held against it is what is known now.

use std::collections::{BTreeMap, HashMap};

use methods::forecast::exact_near;
use methods::forecast::year_end::{self, Figure, YearEnd, year_end};
use methods::growth::rate;
use methods::progress::{Bound, Range};
use rust_decimal::Decimal;
use terms::{
    Calibration, ChanceBin, ChanceScore, Day, ForecastCase, Indicator, IntervalCover, Knowledge,
    MonthError, Observation, Series, Unit,
};

use super::course::{Course, at_end, cumulative};
use super::outlook::refused;

/// The intervals that are looked at: of a hundred outcomes they should hold so many.
const INTERVALS: [u8; 3] = [50, 80, 95];

/// With fewer cases nothing is concluded.
const FEW: usize = 20;

/// The figures of an indicator and a region, by what was known when.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// Code of the region.
    pub region: &'a str,
    /// Every level that ever became known, with its day.
    pub vintages: &'a [Observation],
    /// The levels as known now.
    pub now: &'a Series,
    /// The same seed gives the same futures.
    pub seed: u64,
}

/// Makes the forecasts again; `known_on` gives the levels as they were known on a day. `None` where the figures do not add
/// up over a year, so that their year ends are not forecast by simulation.
///
/// # Errors
/// Where `known_on` fails.
pub fn calibrate<E>(
    past: &Past<'_>,
    mut known_on: impl FnMut(Day) -> Result<Series, E>,
) -> Result<Option<Calibration>, E> {
    let Past { indicator, region, now, .. } = *past;
    if Course::of(indicator, now) != Course::Flow {
        return Ok(None);
    }
    let unit = Unit::new(indicator.unit.as_str());
    let figures = cumulative(now, &unit);
    let ends: HashMap<i32, Decimal> =
        figures.iter().filter(|known| known.month == 12).map(|end| (end.year, end.value)).collect();
    let first_known = first_known(past.vintages);
    let (mut cases, mut left_out) = (Vec::new(), BTreeMap::<String, usize>::new());
    for origin in figures.iter().filter(|known| known.month < 12) {
        let at = (origin.year, origin.month);
        let (Some(outcome), Some(day)) = (ends.get(&origin.year), first_known.get(&at)) else {
            continue;
        };
        let then = known_on(*day)?;
        match case(past, &unit, at, *outcome, (*day, &then)) {
            Ok(case) => cases.push(case),
            Err(why) => *left_out.entry(why).or_default() += 1,
        }
    }
    cases.sort_by_key(|case| (case.year, case.month));
    let mut found = Calibration {
        indicator: indicator.code.clone(),
        name: indicator.name.clone(),
        region: region.to_owned(),
        unit,
        months: by_month(&cases),
        intervals: covers(&cases),
        chances: chances(&cases),
        cases,
        left_out: left_out.into_iter().collect(),
        sentences: Vec::new(),
    };
    found.sentences = sentences(&found);
    Ok(Some(found))
}

/// The day on which the figure through each month first became known, from January on or of the month alone.
fn first_known(vintages: &[Observation]) -> HashMap<(i32, u8), Day> {
    let mut days: HashMap<(i32, u8), Day> = HashMap::new();
    for known in vintages.iter().filter(|known| known.value.is_some()) {
        let period = known.period;
        if period.first_month() != 1 && period.first_month() != period.last_month() {
            continue;
        }
        let day = days.entry((i32::from(period.year()), period.last_month()));
        day.and_modify(|day| *day = known.vintage.min(*day)).or_insert(known.vintage);
    }
    days
}

/// One forecast, or why there is none, in Chinese.
fn case(
    past: &Past<'_>,
    unit: &Unit,
    (year, month): (i32, u8),
    outcome: Decimal,
    (day, then): (Day, &Series),
) -> Result<ForecastCase, String> {
    let beyond = || "数超出精确小数的范围".to_owned();
    if outcome <= Decimal::ZERO {
        return Err("年末数不是正数".to_owned());
    }
    let redefined = past.now.redefinitions.iter().any(|change| {
        let from = (i32::from(change.from.year()), change.from.first_month());
        from <= (year, 12) && (change.known > day || from > (year, month))
    });
    if redefined {
        return Err("年末数与当时的口径不同".to_owned());
    }
    let since = then
        .redefinitions
        .iter()
        .map(|change| (i32::from(change.from.year()), change.from.first_month()))
        .filter(|from| *from <= (year, month))
        .max();
    let usable: BTreeMap<(i32, u8), Decimal> = cumulative(then, unit)
        .into_iter()
        .map(|known| ((known.year, known.month), known.value))
        .filter(|(at, _)| *at <= (year, month) && since.is_none_or(|since| *at >= since))
        .collect();
    let at = |year: i32, month: u8| usable.get(&(year, month)).copied();
    let so_far = at(year, month).ok_or("当时没有一月起的累计数")?;
    let (early, last) = at(year - 1, month)
        .zip(at(year - 1, 12))
        .filter(|(early, last)| *early > Decimal::ZERO && *last > Decimal::ZERO)
        .ok_or("当时没有可比的上年同期数和年末数")?;
    let by_share = so_far
        .checked_mul(last)
        .and_then(|product| product.checked_div(early))
        .ok_or_else(beyond)?;
    let threshold = mean_growth(&usable, year).and_then(|growth| {
        let factor = Decimal::ONE_HUNDRED.checked_add(growth)?;
        last.checked_mul(factor)?.checked_div(Decimal::ONE_HUNDRED)
    });
    let figures: Vec<Figure> =
        usable.iter().map(|(&(year, month), &value)| Figure { year, month, value }).collect();
    let target =
        threshold.map(|at| Range { lower: Some(Bound { at, included: true }), upper: None });
    let asked = year_end::Question { figures: &figures, breaks: &[], target, seed: past.seed };
    let answer = year_end(&asked).map_err(|why| refused(&why))?;
    let digits = so_far.scale().max(outcome.scale()) + 1;
    let probability = answer.probability.and_then(|chance| exact_near(chance, 4));
    let told = |share: f64| told(&answer, share, digits).ok_or_else(beyond);
    let [fifty, eighty, most] = INTERVALS.map(|percent| {
        let out = f64::from(100 - percent) / 200.0;
        Ok::<_, String>([told(out)?, told(1.0 - out)?])
    });
    let published = i16::try_from(year).ok().and_then(|year| at_end(past.now, year));
    let last_day = i16::try_from(year).ok().and_then(|year| Day::new(year, 12, 31));
    Ok(ForecastCase {
        year,
        month,
        known: day,
        knowledge: match last_day {
            Some(last_day) if day <= last_day => Knowledge::AtTheTime,
            _ => Knowledge::Hindsight,
        },
        so_far,
        median: told(0.5)?,
        intervals: [fifty?, eighty?, most?],
        by_share: by_share.round_dp(digits),
        outcome,
        outcome_vintage: published
            .map(|end| (end.vintage, end.source.to_string()))
            .ok_or("没有年末数")?,
        question: threshold
            .zip(probability)
            .map(|(threshold, chance)| (threshold.round_dp(digits), chance, outcome >= threshold)),
    })
}

fn told(answer: &YearEnd, share: f64, digits: u32) -> Option<Decimal> {
    answer.total.quantile(share).and_then(|end| exact_near(end, digits))
}

/// The mean growth in percent from year end to year end before a year; `None` with fewer than two ends in a row.
fn mean_growth(usable: &BTreeMap<(i32, u8), Decimal>, year: i32) -> Option<Decimal> {
    let ends = || usable.iter().filter(|((of, month), _)| *of < year && *month == 12);
    let growths: Vec<Decimal> =
        ends().filter_map(|((of, _), end)| rate(*end, *usable.get(&(of - 1, 12))?)).collect();
    mean(&growths)
}

fn mean(numbers: &[Decimal]) -> Option<Decimal> {
    let sum = numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number))?;
    sum.checked_div(Decimal::from(numbers.len()))
}

/// How far a forecast is from the outcome, in percent of it.
fn off(forecast: Decimal, outcome: Decimal) -> Option<Decimal> {
    let apart = forecast.checked_sub(outcome)?.abs();
    apart.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(outcome)
}

fn error(month: u8, cases: &[&ForecastCase]) -> Option<MonthError> {
    let mean_of = |forecast: &dyn Fn(&ForecastCase) -> Decimal| {
        let errors: Option<Vec<Decimal>> =
            cases.iter().map(|case| off(forecast(case), case.outcome)).collect();
        mean(&errors?).map(|error| error.round_dp(2))
    };
    Some(MonthError {
        month,
        cases: cases.len(),
        error: mean_of(&|case| case.median)?,
        by_share: mean_of(&|case| case.by_share)?,
    })
}

fn by_month(cases: &[ForecastCase]) -> Vec<MonthError> {
    let mut months: BTreeMap<u8, Vec<&ForecastCase>> = BTreeMap::new();
    for case in cases {
        months.entry(case.month).or_default().push(case);
    }
    months.iter().filter_map(|(month, cases)| error(*month, cases)).collect()
}

fn covers(cases: &[ForecastCase]) -> Vec<IntervalCover> {
    let cover = |(at, percent): (usize, &u8)| {
        let holds = |case: &&ForecastCase| {
            let interval = case.intervals.get(at);
            interval.is_some_and(|[low, high]| *low <= case.outcome && case.outcome <= *high)
        };
        let held = cases.iter().filter(holds).count();
        IntervalCover { percent: *percent, held, cases: cases.len() }
    };
    if cases.is_empty() {
        return Vec::new();
    }
    INTERVALS.iter().enumerate().map(cover).collect()
}

fn chances(cases: &[ForecastCase]) -> Option<ChanceScore> {
    let stated: Vec<(Decimal, bool)> = cases
        .iter()
        .filter_map(|case| case.question.map(|(_, chance, came)| (chance, came)))
        .collect();
    let came = |stated: &[(Decimal, bool)]| stated.iter().filter(|(_, came)| *came).count();
    let squares: Vec<Decimal> = stated
        .iter()
        .map(|(chance, came)| {
            let apart = if *came { Decimal::ONE - chance } else { *chance };
            apart * apart
        })
        .collect();
    let base = Decimal::from(came(&stated)).checked_div(Decimal::from(stated.len()))?;
    let bins = (0..5_u8).filter_map(|fifth| {
        let inside = |chance: Decimal| {
            let place = (chance * Decimal::from(5)).floor().min(Decimal::from(4));
            place == Decimal::from(fifth)
        };
        let of: Vec<(Decimal, bool)> =
            stated.iter().filter(|(chance, _)| inside(*chance)).copied().collect();
        let chances: Vec<Decimal> = of.iter().map(|(chance, _)| *chance).collect();
        Some(ChanceBin {
            range: [20 * fifth, 20 * fifth + 20],
            cases: of.len(),
            stated: mean(&chances)?.round_dp(3),
            came: came(&of),
        })
    });
    Some(ChanceScore {
        cases: stated.len(),
        came: came(&stated),
        brier: mean(&squares)?.round_dp(4),
        base_rate_brier: (base * (Decimal::ONE - base)).round_dp(4),
        bins: bins.collect(),
    })
}

/// So many of so many, in whole percent.
fn percent(part: usize, of: usize) -> String {
    let share = Decimal::from(part * 100).checked_div(Decimal::from(of));
    share.map_or("—".to_owned(), |share| format!("{}%", share.round()))
}

fn sentences(found: &Calibration) -> Vec<String> {
    let cases: Vec<&ForecastCase> = found.cases.iter().collect();
    let (Some(first), Some(last)) = (cases.first(), cases.last()) else {
        return vec!["没有一个月可以回测".to_owned()];
    };
    let in_time = cases.iter().filter(|case| case.knowledge == Knowledge::AtTheTime).count();
    let late = cases.len() - in_time;
    let mut said = vec![format!(
        "{}至{}年回测 {} 次：{in_time} 次只用当时所知，{late} 次的数在当年以后才记入台账，是事后截取",
        first.year,
        last.year,
        cases.len()
    )];
    if let Some(all) = error(0, &cases) {
        said.push(format!("年底预测平均偏 {}%，按上年份额推算平均偏 {}%", all.error, all.by_share));
    }
    for IntervalCover { percent: stated, held, cases } in &found.intervals {
        said.push(format!(
            "说{stated}%的区间，{cases} 次里有 {held} 次落在其中，来了{}",
            percent(*held, *cases)
        ));
    }
    if let Some(chances) = &found.chances {
        said.push(format!(
            "问：年末能不能达到上年数加以往年均增速？问 {} 次，达到 {} 次",
            chances.cases, chances.came
        ));
        for ChanceBin { range: [low, high], cases, stated, came } in &chances.bins {
            let stated = (stated * Decimal::ONE_HUNDRED).round();
            said.push(format!(
                "说有{low}—{high}%可能（平均{stated}%）的 {cases} 次，来了 {came} 次（{}）",
                percent(*came, *cases)
            ));
        }
        let ChanceScore { brier, base_rate_brier, .. } = chances;
        said.push(if base_rate_brier.is_zero() {
            format!("所说可能的均方差 {brier}（0 为全对）；结果都一样，没有平均频率可比")
        } else {
            let better = if brier < base_rate_brier { "好于" } else { "不如" };
            format!(
                "所说可能的均方差 {brier}，{better}总说平均频率的 {base_rate_brier}（0 为全对）"
            )
        });
    }
    if cases.len() < FEW {
        said.push(format!("只有 {} 次，不足以下结论", cases.len()));
    }
    said
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use terms::{Better, Facet, Frequency, ObservationStatus, Redefinition};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn observation(year: i16, month: u8, value: i64, vintage: &str) -> Observation {
        Observation {
            indicator: "x".into(),
            region: "330784".into(),
            facet: Facet::Level,
            period: terms::Period::months(year, 1, month).unwrap(),
            vintage: day(vintage),
            value: Some(value.into()),
            unit: Unit::new("万元"),
            status: ObservationStatus::Normal,
            source: "月报".into(),
            note: "".into(),
        }
    }

    /// Five years of quarters, each known three weeks after its end.
    fn quarters() -> Vec<Observation> {
        let mut all = Vec::new();
        for (at, year) in (2019..=2023_i16).enumerate() {
            let whole = 1000 + 70 * i64::try_from(at).unwrap();
            for (share, month) in [(22, 3), (47, 6), (73, 9), (100, 12)] {
                let noise = (i64::from(year) * 31 + i64::from(month) * 17) % 13;
                let known = match month {
                    12 => format!("{}-01-20", year + 1),
                    month => format!("{year}-{:02}-20", month + 1),
                };
                all.push(observation(year, month, whole * share / 10 + noise, &known));
            }
        }
        all
    }

    fn known(vintages: &[Observation], on: Option<Day>) -> Series {
        let mut last: BTreeMap<terms::Period, Observation> = BTreeMap::new();
        let mut sorted: Vec<&Observation> = vintages.iter().collect();
        sorted.sort_by_key(|one| one.vintage);
        for one in sorted.into_iter().filter(|one| on.is_none_or(|on| one.vintage <= on)) {
            last.insert(one.period, one.clone());
        }
        Series { observations: last.into_values().collect(), redefinitions: Vec::new() }
    }

    fn of(vintages: &[Observation], redefinitions: &[Redefinition]) -> Calibration {
        let indicator = Indicator {
            code: "x".into(),
            name: "一般公共预算收入".into(),
            english: String::new(),
            synonyms: Vec::new(),
            unit: "万元".into(),
            better: Better::Higher,
            frequency: Frequency::Month,
            definition: String::new(),
            formula: String::new(),
            owner: String::new(),
        };
        let mut now = known(vintages, None);
        now.redefinitions = redefinitions.to_vec();
        let past = Past { indicator: &indicator, region: "330784", vintages, now: &now, seed: 1 };
        let on = |day| {
            let mut then = known(vintages, Some(day));
            then.redefinitions =
                redefinitions.iter().filter(|change| change.known <= day).cloned().collect();
            Ok::<_, Infallible>(then)
        };
        let Ok(found) = calibrate(&past, on);
        found.unwrap()
    }

    #[test]
    fn past_years_are_forecast_from_what_was_known_then() {
        let found = of(&quarters(), &[]);
        // A year and three quarters are needed, so the first forecast is that of September 2020.
        let first = &found.cases[0];
        assert_eq!((first.year, first.month, first.known), (2020, 9, day("2020-10-20")));
        assert_eq!(found.cases.len(), 10);
        assert!(found.cases.iter().all(|case| case.knowledge == Knowledge::AtTheTime));
        // One end of a year before has no growth yet.
        assert!(first.question.is_none());
        assert_eq!(found.chances.as_ref().unwrap().cases, 9);
        assert_eq!(found.intervals.iter().map(|one| one.percent).collect::<Vec<_>>(), INTERVALS);
        assert!(found.months.iter().all(|month| month.error < Decimal::from(5)));
        let bins: usize = found.chances.iter().flat_map(|one| &one.bins).map(|bin| bin.cases).sum();
        assert_eq!(bins, 9);
        assert!(found.sentences[0].starts_with("2020至2023年回测 10 次：10 次只用当时所知"));
    }

    /// The figures of 2022 are doubled a year later: the forecasts of 2022 must not change, but the outcome does.
    #[test]
    fn what_was_revised_later_stays_unseen() {
        let before = of(&quarters(), &[]);
        let mut revised = quarters();
        for one in quarters().iter().filter(|one| one.period.year() == 2022) {
            let mut one = one.clone();
            let value = one.value.as_ref().unwrap().exact().unwrap();
            one.value = Some(terms::Amount::Exact(value * Decimal::TWO));
            one.vintage = day("2023-12-28");
            revised.push(one);
        }
        let after = of(&revised, &[]);
        assert_eq!(before.cases.len(), after.cases.len());
        for (then, now) in before.cases.iter().zip(&after.cases) {
            let mut same = now.clone();
            same.outcome = then.outcome;
            same.outcome_vintage = then.outcome_vintage.clone();
            same.question = then.question;
            assert_eq!(same, *then);
            let twice = if then.year == 2022 { Decimal::TWO } else { Decimal::ONE };
            assert_eq!(now.outcome, then.outcome * twice, "{} {}", then.year, then.month);
        }
        assert!(after.cases.iter().any(|case| case.outcome_vintage.0 == day("2023-12-28")));
    }

    #[test]
    fn figures_that_were_filed_later_are_cut_and_said_so() {
        let mut late = quarters();
        late.iter_mut().for_each(|one| one.vintage = one.vintage.max(day("2023-01-31")));
        let found = of(&late, &[]);
        let hindsight: Vec<i32> = found
            .cases
            .iter()
            .filter(|case| case.knowledge == Knowledge::Hindsight)
            .map(|case| case.year)
            .collect();
        assert_eq!(hindsight, [2020, 2021, 2021, 2021, 2022, 2022, 2022]);
        // The cut leaves the same figures, as none was revised.
        let medians = |found: &Calibration| -> Vec<Decimal> {
            found.cases.iter().map(|case| case.median).collect()
        };
        assert_eq!(medians(&found), medians(&of(&quarters(), &[])));
        assert!(found.sentences[0].contains("3 次只用当时所知，7 次"), "{}", found.sentences[0]);
    }

    #[test]
    fn an_outcome_of_another_definition_is_not_held_against_a_forecast() {
        let change = Redefinition {
            indicator: "x".into(),
            region: None,
            from: "2022".parse().unwrap(),
            known: day("2022-08-01"),
            reason: "口径调整".into(),
        };
        let found = of(&quarters(), &[change]);
        let of_2022: Vec<u8> =
            found.cases.iter().filter(|case| case.year == 2022).map(|case| case.month).collect();
        // Known in August: the forecasts of April and July did not know; that of October had no earlier year to compare.
        assert!(of_2022.is_empty());
        assert_eq!(found.left_out.iter().find(|(why, _)| why.contains("口径")).unwrap().1, 2);
    }
}
