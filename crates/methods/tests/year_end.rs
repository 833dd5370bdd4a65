//! The end of a year, forecast in the middle of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use methods::forecast::year_end::{Figure, Method, NoYearEnd, Question, Reason, YearEnd, year_end};
use methods::progress::Range;
use rust_decimal::Decimal;

/// The first year of the made figures.
const FIRST: i32 = 2015;

/// What each month brings on the average, of 1000; January and February together.
const MONTHS: [i64; 11] = [130, 95, 70, 75, 110, 70, 72, 98, 80, 85, 115];

/// Cumulative figures of whole years that grow by so many thousandths, and the first steps of one more; each step is off
/// by up to 2 %.
fn figures(years: i32, more: usize, growth: i64) -> Vec<Figure> {
    let (mut figures, mut size, mut noise) = (Vec::new(), 1_000_000_i64, 12_345_u64);
    for year in 0..=years {
        let steps = if year == years { more } else { 11 };
        let mut value = 0;
        for (at, part) in MONTHS.iter().take(steps).enumerate() {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let off = i64::try_from((noise >> 33) % 41).unwrap() - 20;
            value += size / 1000 * part * (1000 + off) / 1000;
            let month = u8::try_from(at + 2).unwrap();
            figures.push(Figure { year: FIRST + year, month, value: Decimal::new(value, 2) });
        }
        size = size * (1000 + growth) / 1000;
    }
    figures
}

fn ask(figures: &[Figure], target: Option<Range>) -> Result<YearEnd, NoYearEnd> {
    year_end(&Question { figures, breaks: &[], target, seed: 1 })
}

#[test]
fn a_long_history_is_smoothed_with_eleven_steps() {
    let known = figures(9, 5, 80);
    let end = figures(10, 0, 80).last().unwrap().value;
    let target = end * Decimal::new(99, 2);
    let answer = ask(&known, Some(Range::at_least(target))).unwrap();
    assert_eq!((answer.steps, answer.month, answer.used), (11, 6, 104));
    assert_eq!(
        (answer.method, answer.reason),
        (Method::Smoothing, Reason::LongHistory { years: 9 })
    );
    assert!(answer.quantiles.is_sorted() && answer.so_far < answer.quantiles[0]);
    let off = (answer.quantiles[2] / end - Decimal::ONE).abs();
    assert!(off < Decimal::new(2, 2), "{} {end}", answer.quantiles[2]);
    let chance = answer.probability.unwrap();
    assert!(chance > 0.6 && chance < 1.0, "{chance}");
    let other = ask(&known, Some(Range::at_least(end * Decimal::new(12, 1)))).unwrap();
    assert!(other.probability.unwrap() < 0.01);
    let models: f64 = answer.models.iter().map(|(weight, _)| weight).sum();
    assert!((models - 1.0).abs() < 1e-9);
}

/// The growth of the remaining months is that of the figures themselves, in exact decimals.
#[test]
fn the_remaining_months_are_held_against_earlier_years() {
    let figure = |year, month, value| Figure { year, month, value: Decimal::from(value) };
    let mut known = Vec::new();
    // By June 40, 44, 50 and now 55; the rest of the years 60, 66, 69: growth of 10 and 4.545… %.
    for (year, early, end) in [(2020, 40, 100), (2021, 44, 110), (2022, 50, 119)] {
        for (step, month) in (2..=12).enumerate() {
            let value = match month {
                12 => end,
                6 => early,
                month if month < 6 => early - 6 + month,
                _ => early + i64::try_from(step).unwrap(),
            };
            known.push(figure(year, u8::try_from(month).unwrap(), value));
        }
    }
    known.extend((2..=6).map(|month| figure(2023, month, 49 + i64::from(month))));
    let answer = ask(&known, Some(Range::at_least(Decimal::from(131)))).unwrap();
    let needed = answer.needed.unwrap();
    assert_eq!(needed.sum, Decimal::from(76));
    assert_eq!(needed.growth.unwrap().round_dp(3).to_string(), "10.145");
    let best = needed.best.unwrap();
    assert_eq!((best.year, best.growth, needed.years), (2021, Decimal::TEN, 2));
    let down = ask(&known, Some(Range::at_most(Decimal::from(131)))).unwrap();
    assert_eq!(down.needed.unwrap().best.unwrap().year, 2022);
    assert!((down.probability.unwrap() + answer.probability.unwrap() - 1.0).abs() < 1e-3);
}

#[test]
fn a_short_history_is_answered_by_shares() {
    let known = figures(1, 3, 100);
    let answer = ask(&known, None).unwrap();
    assert_eq!((answer.used, answer.method), (14, Method::Share));
    assert_eq!(answer.reason, Reason::TooShortForSmoothing { needed: 22, found: 14 });
    let share = answer.share.unwrap();
    let expected = Decimal::try_from(share.share).unwrap();
    let (early, end) = (known[2].value, known[10].value);
    assert!((early / end - expected).abs() < Decimal::new(1, 9));
    // The middle lies between what the year has brought over that share, and the same rest as last year.
    let (by_share, same_rest) = (answer.so_far / expected, answer.so_far + end - early);
    assert!(by_share > same_rest);
    assert!(same_rest < answer.quantiles[2] && answer.quantiles[2] < by_share);
    assert!(answer.quantiles[0] < answer.quantiles[4] && answer.probability.is_none());
    assert!(answer.models.is_empty() && answer.needed.is_none());

    let fewer = ask(&known[..13], None).unwrap_err();
    assert_eq!(fewer, NoYearEnd::TooShort { needed: 14, found: 13 });
    let both = ask(&figures(3, 4, 50), None).unwrap();
    assert_eq!((both.method, both.reason), (Method::Both, Reason::ShortHistory { years: 3 }));
    assert_eq!(both.total.numbers().len(), 5000);
}

#[test]
fn what_was_before_a_break_is_dropped() {
    let mut known = figures(6, 4, 50);
    for figure in known.iter_mut().filter(|figure| figure.year < FIRST + 5) {
        figure.value *= Decimal::from(3);
    }
    let broken = (FIRST + 5, 2);
    let question =
        Question { figures: &known, breaks: &[(FIRST, 2), broken], target: None, seed: 1 };
    let answer = year_end(&question).unwrap();
    assert_eq!((answer.dropped, answer.used, answer.method), (55, 15, Method::Share));
    let middle = answer.quantiles[2];
    let unbroken = ask(&figures(6, 4, 50), None).unwrap().quantiles[2];
    assert!((middle / unbroken - Decimal::ONE).abs() < Decimal::new(6, 2), "{middle} {unbroken}");
}

#[test]
fn a_missing_month_is_filled_and_an_odd_one_flagged() {
    let mut known = figures(7, 6, 60);
    known.retain(|figure| (figure.year, figure.month) != (FIRST + 3, 9));
    known.retain(|figure| (figure.year, figure.month) != (FIRST + 4, 2));
    let answer = ask(&known, None).unwrap();
    assert_eq!(answer.filled, [(FIRST + 3, 9), (FIRST + 4, 2)]);
    assert_eq!(answer.method, Method::Smoothing);
    let whole = ask(&figures(7, 6, 60), None).unwrap();
    let off = answer.quantiles[2] / whole.quantiles[2] - Decimal::ONE;
    assert!(off.abs() < Decimal::new(1, 2), "{off}");

    // One month brings three times what it should.
    let mut odd = figures(7, 6, 60);
    let extra = odd[60].value - odd[59].value;
    for figure in odd.iter_mut().filter(|f| f.year == FIRST + 5 && f.month >= 7) {
        figure.value += extra;
    }
    let flagged = ask(&odd, None).unwrap().outliers;
    assert!(
        flagged.iter().any(|outlier| (outlier.year, outlier.month) == (FIRST + 5, 7)),
        "{flagged:?}"
    );
}

#[test]
fn contradictions_are_refused() {
    let mut known = figures(3, 4, 50);
    let (year, last) = (FIRST + 3, known.len() - 1);
    known.push(Figure { month: 13, ..known[last] });
    assert_eq!(ask(&known, None).unwrap_err(), NoYearEnd::Month { year, month: 13 });
    known.pop();
    known.push(Figure { value: Decimal::ONE, ..known[last] });
    assert_eq!(ask(&known, None).unwrap_err(), NoYearEnd::Twice { year, month: 5 });
    let ended = ask(&figures(3, 11, 50), None).unwrap_err();
    assert_eq!(ended, NoYearEnd::Ended { year });
    assert!(matches!(ask(&[], None), Err(NoYearEnd::TooShort { found: 0, .. })));
    // Losses have no shares, and the history is too short for smoothing.
    let mut losses = figures(1, 4, 50);
    losses.iter_mut().for_each(|figure| figure.value = -figure.value);
    assert!(matches!(ask(&losses, None), Err(NoYearEnd::NoMethod(_))));
}

#[test]
fn quarters_have_four_steps() {
    let known: Vec<Figure> =
        figures(7, 5, 60).into_iter().filter(|figure| figure.month % 3 == 0).collect();
    let answer = ask(&known, None).unwrap();
    assert_eq!((answer.steps, answer.month, answer.method), (4, 6, Method::Smoothing));
}

/// Whatever figures come, there is an answer or a refusal.
#[test]
fn any_figures_have_an_answer() {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let (mut answers, mut refusals) = (0, 0);
    for _ in 0..120 {
        let years = next(7);
        let mut known = Vec::new();
        for year in 0..=years {
            for month in 1..=12_u8 {
                if next(10) < 9 && !(year == years && month > 7) {
                    let size =
                        [1, 1000, 10_000_000_000, u64::MAX][usize::try_from(next(4)).unwrap()];
                    let value = i128::from(next(size)) - i128::from(next(3) / 2 * (size / 2));
                    let value = Decimal::from_i128_with_scale(value, 2);
                    let year = i32::try_from(year).unwrap();
                    known.push(Figure { year, month, value });
                }
            }
        }
        known.iter_mut().filter(|f| f.month == 1).for_each(|f| f.value = f.value.abs());
        let target = Some(Range::at_least(Decimal::MAX));
        match ask(&known, target) {
            Ok(answer) => {
                answers += 1;
                assert!(answer.quantiles.is_sorted());
            }
            Err(_) => refusals += 1,
        }
    }
    assert!(answers > 20 && refusals > 5, "{answers} {refusals}");
}
