//! Exponential smoothing and the year's end against R's `forecast` 8.20, statsforecast 2.1.1 and statsmodels 0.15.0.
//!
//! `oracles/ets.csv` is written by `oracles/ets.R`: public series of numbers (`oracles/series.csv`: the airline
//! passengers of Box and Jenkins, three series of US employment, which are public domain) and seeded ones.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::HashMap;

use methods::forecast::{
    Fit, Model, Noise, Refusal, Season, Smoothing, State, Trend, blend, choose, fit, fit_with,
    ranked,
};

struct Oracle {
    series: String,
    model: Model,
    smoothing: Smoothing,
    first: State,
    log_likelihood: f64,
    aicc: f64,
    points: Vec<f64>,
}

fn numbers<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<f64> {
    parts.map(|part| part.parse().unwrap()).collect()
}

fn model(written: &str) -> Model {
    let written = written.replace(' ', ",");
    Model::STABLE.into_iter().find(|model| model.to_string() == written).unwrap()
}

type AllSeries = Vec<(String, usize, Vec<f64>)>;

fn oracles() -> (AllSeries, Vec<Oracle>) {
    let (mut series, mut oracles) = (Vec::new(), Vec::new());
    for line in include_str!("oracles/ets.csv").lines() {
        let parts: Vec<&str> = line.split(',').collect();
        if parts[0] == "series" {
            let values = numbers(parts[3..].iter().copied());
            series.push((parts[1].to_owned(), parts[2].parse().unwrap(), values));
            continue;
        }
        let mut groups = parts[3..].split(|part| *part == "|");
        let head = numbers(groups.next().unwrap().iter().copied());
        let [alpha, beta, gamma, phi, level, slope, log_likelihood, aicc] = head[..] else {
            panic!("{line}")
        };
        oracles.push(Oracle {
            series: parts[1].to_owned(),
            model: model(parts[2]),
            smoothing: Smoothing { alpha, beta, gamma, phi },
            first: State { level, slope, season: numbers(groups.next().unwrap().iter().copied()) },
            log_likelihood,
            aicc,
            points: numbers(groups.next().unwrap().iter().copied()),
        });
    }
    (series, oracles)
}

fn passengers() -> Vec<f64> {
    oracles().0.into_iter().find(|(name, ..)| name == "passengers").unwrap().2
}

fn near(found: f64, expected: f64, share: f64) -> bool {
    (found - expected).abs() <= share * expected.abs().max(1.0)
}

/// (i) The likelihood and the forecasts at R's parameters are R's.
#[test]
fn the_recursion_is_that_of_r() {
    let (series, oracles) = oracles();
    assert!(oracles.len() > 120, "{}", oracles.len());
    for oracle in &oracles {
        let (_, period, values) = series.iter().find(|one| one.0 == oracle.series).unwrap();
        let found = fit_with(values, *period, oracle.model, oracle.smoothing, oracle.first.clone())
            .unwrap();
        let at = format!("{} {}", oracle.series, oracle.model);
        assert!(
            near(found.log_likelihood, oracle.log_likelihood, 1e-8),
            "{at}: {} {}",
            found.log_likelihood,
            oracle.log_likelihood
        );
        for (found, expected) in found.point(oracle.points.len()).iter().zip(&oracle.points) {
            assert!(near(*found, *expected, 1e-8), "{at}: {found} {expected}");
        }
    }
}

/// (ii) The estimates of each model are at least as likely as R's; where a model that is far behind the best of its
/// series stays in a lower valley, that is counted.
#[test]
fn estimates_are_no_worse_than_those_of_r() {
    let (series, oracles) = oracles();
    let mut worse = Vec::new();
    for oracle in &oracles {
        let (_, period, values) = series.iter().find(|one| one.0 == oracle.series).unwrap();
        let Ok(found) = fit(values, *period, oracle.model) else {
            panic!("{} {} was not fitted", oracle.series, oracle.model)
        };
        if found.aicc() > oracle.aicc + 0.1 {
            worse.push(format!(
                "{} {}: {} {}",
                oracle.series,
                oracle.model,
                found.aicc(),
                oracle.aicc
            ));
        }
    }
    assert!(worse.len() <= oracles.len() / 100, "{worse:#?}");
}

/// The choice is never behind R's by any model, nor behind that of statsforecast.
#[test]
fn the_choice_is_no_worse_than_that_of_any_oracle() {
    let statsforecast: HashMap<&str, f64> = STATSFORECAST.into_iter().collect();
    let (series, oracles) = oracles();
    for (name, period, values) in &series {
        let found = choose(values, *period).unwrap();
        let best = oracles
            .iter()
            .filter(|oracle| oracle.series == *name)
            .map(|oracle| oracle.aicc)
            .chain([statsforecast[name.as_str()]])
            .fold(f64::INFINITY, f64::min);
        assert!(found.aicc() <= best + 0.1, "{name}: {} {} {best}", found.model, found.aicc());
    }
}

/// The corrected criterion of statsforecast's automatic choice on the same series. For `yearly` it has 381.3832 with
/// alpha 0.0001 and beta 0.2, outside of its own bounds (beta below alpha), so that is no measure.
const STATSFORECAST: [(&str, f64); 12] = [
    ("construction", 1259.3038),
    ("information", 1012.4877),
    ("leisure", 1211.8833),
    ("passengers", 1297.4665),
    ("merged", 1116.2629),
    ("merged_short", 359.2994),
    ("monthly", 1207.5208),
    ("monthly_flat", 468.8568),
    ("signed", 531.8074),
    ("quarterly", 386.7164),
    ("yearly", f64::INFINITY),
    ("noise", 518.8046),
];

/// The airline passengers to 1959: parameters of R whose likelihood was also computed by hand.
#[test]
fn a_published_likelihood_is_met() {
    let values = passengers();
    assert_eq!(values.len(), 132);
    let newest_first = [
        0.895_362_302_105_893,
        0.774_206_387_642_556,
        0.892_708_278_417_255,
        1.047_120_598_085_47,
        1.158_327_659_328_23,
        1.166_576_798_760_36,
        1.082_811_641_622_37,
        0.971_631_227_080_254,
        1.049_858_014_519_5,
        1.100_687_007_661_17,
        0.946_635_084_106_065,
        0.914_075_000_670_872,
    ];
    let found = fit_with(
        &values,
        12,
        model("ETS(M,A,M)"),
        Smoothing {
            alpha: 4.414_608_299_982_19e-1,
            beta: 3.889_900_990_934_95e-4,
            gamma: 4.695_905_528_172_03e-1,
            phi: 1.0,
        },
        State {
            level: 120.069_494_168_95,
            slope: 2.015_892_152_134_87,
            season: newest_first.into_iter().rev().collect(),
        },
    )
    .unwrap();
    assert!((found.log_likelihood + 611.7865).abs() < 1e-4, "{}", found.log_likelihood);
    // The best of the packages within the usual bounds: statsmodels 1235.9 (M,A,M), R 1244.5 (M,Ad,M). For (A,N,A)
    // R stops at 1399.0; statsforecast reaches 1360.9 with gamma 0.92 above 1 − alpha, where no season is smooth.
    for (name, best) in [("ETS(M,A,M)", 1235.92), ("ETS(M,Ad,M)", 1244.5), ("ETS(A,N,A)", 1364.0)] {
        let found = fit(&values, 12, model(name)).unwrap().aic();
        assert!(found <= best + 0.1, "{name}: {found} {best}");
    }
    // R's automatic choice has 1250.511, that of statsforecast 1297.467.
    let found = choose(&values, 12).unwrap();
    assert!(found.aicc() < 1250.511, "{}", found.aicc());
    // R's forecast by its own choice.
    for (point, of_r) in found.point(3).iter().zip([411.9115, 406.9694, 467.3486]) {
        assert!((point / of_r - 1.0).abs() < 0.01, "{point} {of_r}");
    }
}

#[test]
fn paths_have_the_mean_and_spread_of_the_model() {
    let values = passengers();
    let found = fit(&values, 12, model("ETS(A,A,N)")).unwrap();
    let paths = found.paths(6, 20_000, 7);
    let (alpha, beta, sigma) = (found.smoothing.alpha, found.smoothing.beta, found.sigma());
    for (step, point) in found.point(6).into_iter().enumerate() {
        // Hyndman et al. 2008, table 6.1.
        let weights = (1..=step).map(|at| (alpha + beta * at as f64).powi(2));
        let spread = sigma * (1.0 + weights.sum::<f64>()).sqrt();
        let at = paths.at(step);
        assert!((at.mean().unwrap() - point).abs() < 0.02 * spread);
        let width = at.quantile(0.975).unwrap() - at.quantile(0.025).unwrap();
        assert!((width / (2.0 * 1.959_964 * spread) - 1.0).abs() < 0.03, "{step}");
    }
    assert_eq!(paths.steps(), 6);
    assert!((paths.sums().mean().unwrap() - found.point(6).iter().sum::<f64>()).abs() < 1.0);
    let last = paths.last();
    let middle = last.quantile(0.5).unwrap();
    assert!(
        (last.at_least(middle) - 0.5).abs() < 1e-3 && (last.at_most(middle) - 0.5).abs() < 1e-3
    );
}

/// The numbers are part of the promise: they must not change with the machine, only with the seed.
#[test]
fn the_same_seed_gives_the_same_numbers() {
    let values = passengers();
    let first = blend(&values, 12).unwrap().paths(3, 50, 1).sums();
    let [lowest, .., highest] = first.numbers() else { panic!("no paths") };
    // To the last digit, whether optimized or not and with whatever instructions.
    assert_eq!((*lowest, *highest), (1_176.046_804_689_034_8, 1_411.959_825_544_370_5));
    assert_eq!(first, blend(&values, 12).unwrap().paths(3, 50, 1).sums());
    assert_ne!(first, blend(&values, 12).unwrap().paths(3, 50, 2).sums());
}

#[test]
fn weights_are_a_probability() {
    let blend = blend(&passengers(), 12).unwrap();
    let total: f64 = blend.parts().iter().map(|(weight, _)| weight).sum();
    assert!((total - 1.0).abs() < 1e-12 && blend.parts().len() > 1);
    let (mean, points) = (blend.point(12), blend.paths(12, 4000, 3));
    for (step, mean) in mean.iter().enumerate() {
        assert!((points.at(step).mean().unwrap() / mean - 1.0).abs() < 0.01);
    }
    assert!(blend.leader().is_some_and(|fit| fit.model.season == Season::Multiplicative));
}

#[test]
fn a_larger_unit_changes_nothing_else() {
    let (series, _) = oracles();
    for (name, period, values) in &series {
        let one = choose(values, *period).unwrap();
        for unit in [1024.0, 1.0 / 4096.0] {
            let scaled: Vec<f64> = values.iter().map(|value| value * unit).collect();
            let other = choose(&scaled, *period).unwrap();
            assert_eq!(one.model, other.model, "{name}");
            for (one, other) in one.point(5).iter().zip(other.point(5)) {
                assert!(near(other / unit, *one, 1e-9), "{name}: {one} {other}");
            }
        }
    }
}

fn row(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Whatever numbers come, there is an answer or a refusal, and every number in the answer is one.
#[test]
fn any_series_has_an_answer() {
    let sound = |fit: &Fit| {
        fit.point(13).iter().all(|point| point.is_finite())
            && fit.paths(5, 20, 1).sums().numbers().iter().all(|sum| sum.is_finite())
            && fit.sigma().is_finite()
    };
    for seed in 1..=150 {
        let mut next = row(seed);
        let count = (next() * 60.0) as usize;
        let period = [1, 2, 4, 11, 12, 30][(next() * 6.0) as usize];
        let kind = seed % 10;
        let values: Vec<f64> = (0..count)
            .map(|at| match kind {
                0 => 0.0,
                1 => -5.0,
                2 => (next() * 3.0).floor(),
                3 => next() * 1e95,
                4 => next() * 1e-300,
                5 => at as f64,
                6 => {
                    if next() < 0.1 {
                        1e9
                    } else {
                        1.0 + next()
                    }
                }
                7 => next() - 0.5,
                8 => 1e6 + (at % period) as f64,
                _ => 1.0 / (1.0 + at as f64).powi(6),
            })
            .collect();
        match ranked(&values, period) {
            Ok(fits) => assert!(fits.iter().all(sound), "{seed}: {values:?}"),
            Err(refusal) => assert!(
                matches!(refusal, Refusal::TooShort { found, .. } if found == count),
                "{seed}: {refusal} {values:?}"
            ),
        }
    }
}

#[test]
fn what_cannot_be_fitted_is_refused_with_its_reason() {
    let good: Vec<f64> = passengers();
    let with = |at: usize, value: f64| {
        let mut values = good.clone();
        values[at] = value;
        values
    };
    assert_eq!(choose(&with(3, f64::NAN), 12).unwrap_err(), Refusal::Number { at: 3 });
    assert_eq!(choose(&with(0, f64::INFINITY), 12).unwrap_err(), Refusal::Number { at: 0 });
    assert_eq!(choose(&good, 0).unwrap_err(), Refusal::Period);
    let short = choose(&good[..23], 12).unwrap_err();
    assert_eq!(short, Refusal::TooShort { needed: 24, found: 23 });
    assert_eq!(short.to_string(), "23 values are too few: at least 24 are needed");
    let seasonal = model("ETS(M,N,M)");
    let zero = fit(&with(7, 0.0), 12, seasonal).unwrap_err();
    assert_eq!(zero, Refusal::NotPositive { model: seasonal, at: 7 });
    let wild = Model { noise: Noise::Additive, trend: Trend::None, season: Season::Multiplicative };
    assert_eq!(fit(&good, 12, wild).unwrap_err(), Refusal::Model { model: wild });
    // With a zero or a negative number the models for positive numbers are left out.
    let fits = ranked(&with(7, -1.0), 12).unwrap();
    assert!(fits.len() == 6 && fits.iter().all(|fit| !fit.model.needs_positive()));
}

#[test]
fn a_series_without_error_goes_on() {
    let constant = choose(&[7.0; 30], 12).unwrap();
    assert_eq!((constant.point(2), constant.sigma()), (vec![7.0, 7.0], 0.0));
    let straight: Vec<f64> = (0..30).map(|at| 5.0 + 2.0 * f64::from(at)).collect();
    let points = choose(&straight, 12).unwrap().point(2);
    assert!(near(points[0], 65.0, 1e-12) && near(points[1], 67.0, 1e-12), "{points:?}");
    let repeated: Vec<f64> = (0..25).map(|at| f64::from(at % 12)).collect();
    assert_eq!(choose(&repeated, 12).unwrap().point(3), [1.0, 2.0, 3.0]);
}
