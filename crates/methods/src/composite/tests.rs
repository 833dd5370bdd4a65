//! Families against numbers that numpy gives, and what varying their choices does.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::*;
use crate::forecast::random::Random;

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn column(written: &str) -> Column {
    written.split(' ').map(|word| (word != "NA").then(|| d(word))).collect()
}

fn indicator(numbers: &str, weight: &str, less_is_better: bool) -> Indicator {
    Indicator { numbers: column(numbers), weight: d(weight), less_is_better, goals: None }
}

/// Two indices over five rows; one number is missing.
fn members() -> Vec<Member> {
    let first = vec![indicator("10 12 11 15 9", "2", false), indicator("4 5 2 8 1", "1", true)];
    let second =
        vec![indicator("100 NA 120 90 110", "1", false), indicator("7 9 8 6 10", "3", false)];
    let member = |indicators, weight| Member { indicators, weight: d(weight), scale: None };
    vec![member(first, "3"), member(second, "2")]
}

fn rules(scale: Scale, aggregation: Aggregation, gap: Gap) -> Rules {
    Rules { scale, within: aggregation, across: aggregation, gap, winsorised: 0 }
}

fn hundred() -> Scale {
    Scale::MinMax { from: Decimal::ONE, to: Decimal::ONE_HUNDRED }
}

fn shown(outcome: &Outcome) -> String {
    let word = |number: &Option<Decimal>| {
        number.map_or("NA".to_owned(), |number| format!("{:.6}", number.to_f64().unwrap()))
    };
    outcome.numbers.iter().map(word).collect::<Vec<String>>().join(" ")
}

/// numpy 2.4.6, the formulas of the handbook written out.
#[test]
fn families_are_those_that_numpy_gives() {
    let z = Scale::ZScore { mean: Decimal::ONE_HUNDRED, deviation: Decimal::TEN };
    let rank = Scale::PercentRank { from: Decimal::ONE, to: Decimal::ONE_HUNDRED };
    for (rules, expected) in [
        (
            rules(hundred(), Aggregation::Arithmetic, Gap::Reweight),
            [
                "30.857143 48.142857 51.285714 67.000000 34.000000",
                "27.812500 75.250000 62.875000 1.000000 91.750000",
                "29.639286 58.985714 55.921429 40.600000 57.100000",
            ],
        ),
        (
            rules(hundred(), Aggregation::Geometric, Gap::Reweight),
            [
                "26.027215 48.023385 46.299691 21.544347 4.641589",
                "27.602769 75.250000 59.905753 1.000000 90.472939",
                "26.646347 57.474376 51.325627 6.309573 15.226759",
            ],
        ),
        (
            rules(z, Aggregation::Arithmetic, Gap::Mean),
            [
                "95.945859 100.520328 101.275996 105.556289 96.701528",
                "94.138550 104.743416 103.354102 87.159065 110.604867",
                "95.222935 102.209563 102.107239 98.197399 102.262863",
            ],
        ),
        (
            rules(rank, Aggregation::Geometric, Gap::Mean),
            [
                "32.231606 52.633641 57.680598 21.544347 4.641589",
                "25.750000 68.108721 59.905753 1.000000 93.137940",
                "29.463210 58.349769 58.560566 6.309573 15.404608",
            ],
        ),
        (
            rules(Scale::Ratio { base: 0 }, Aggregation::Arithmetic, Gap::Previous),
            [
                "100.000000 106.666667 140.000000 116.666667 193.333333",
                "100.000000 121.428571 115.714286 86.785714 134.642857",
                "100.000000 112.571429 130.285714 104.714286 169.857143",
            ],
        ),
    ] {
        let found = family(&members(), &rules).unwrap();
        assert_eq!(shown(&found.members[0]), expected[0], "{rules:?}");
        assert_eq!(shown(&found.members[1]), expected[1], "{rules:?}");
        assert_eq!(shown(&found.whole), expected[2], "{rules:?}");
    }
}

#[test]
fn what_is_missing_is_told_and_lowers_coverage() {
    let of = |gap| family(&members(), &rules(hundred(), Aggregation::Arithmetic, gap)).unwrap();
    let left_out = of(Gap::Exclude);
    assert_eq!((left_out.members[1].numbers[1], left_out.whole.numbers[1]), (None, None));
    assert!(left_out.whole.numbers[0].is_some() && left_out.changed.is_empty());
    let weighed = of(Gap::Reweight);
    // A quarter of the second index, which is two fifths of the whole.
    assert_eq!(weighed.members[1].coverage[1], d("0.75"));
    assert_eq!(weighed.whole.coverage[1], d("0.9"));
    assert_eq!(weighed.whole.coverage[0], Decimal::ONE);
    let put_in = of(Gap::Mean);
    let changed = Changed { member: 1, indicator: 0, row: 1, was: None, now: d("105") };
    assert_eq!(put_in.changed, [changed]);
    assert_eq!(put_in.members[1].coverage[1], d("0.75"), "what was put in is not measured");
    assert_eq!(of(Gap::Previous).changed[0].now, d("100"));
}

#[test]
fn outliers_are_drawn_in_before_scaling() {
    let far = indicator("1 2 3 4 5 6 7 8 9 10 100", "1", false);
    let members = [Member { indicators: vec![far], weight: Decimal::ONE, scale: None }];
    let usual = rules(hundred(), Aggregation::Arithmetic, Gap::Exclude);
    let plain = family(&members, &usual).unwrap();
    assert_eq!(plain.whole.numbers[9], Some(Decimal::TEN));
    let treated = family(&members, &Rules { winsorised: 5, ..usual }).unwrap();
    assert_eq!(treated.whole.numbers[9], Some(Decimal::ONE_HUNDRED));
    let drawn = Changed { member: 0, indicator: 0, row: 10, was: Some(d("100")), now: d("10") };
    assert_eq!(treated.changed, [drawn]);
}

#[test]
fn goals_and_copeland() {
    let with = |numbers: &str, goals: (&str, &str)| Indicator {
        goals: Some((d(goals.0), d(goals.1))),
        ..indicator(numbers, "1", false)
    };
    // Where less is better the worse goal is the higher one.
    let indicators = vec![with("3 7 1 9", ("2", "8")), with("50 20 35 60", ("50", "20"))];
    let members = [Member { indicators, weight: Decimal::ONE, scale: None }];
    let goals = Scale::Goalposts { from: Decimal::ZERO, to: Decimal::ONE };
    let found = family(&members, &rules(goals, Aggregation::Arithmetic, Gap::Exclude)).unwrap();
    assert_eq!(shown(&found.whole), "0.083333 0.916667 0.250000 0.500000");
    let own = [Member { scale: Some(goals), ..members[0].clone() }];
    let same = family(&own, &rules(hundred(), Aggregation::Arithmetic, Gap::Exclude)).unwrap();
    assert_eq!(same, found, "an index has its own scale");

    // COINr 1.1.14, a_copeland of a, b, c with weights 1, 2, 1.
    let indicators = vec![
        indicator("3 7 1 9", "1", false),
        indicator("5 5 2 8", "2", false),
        indicator("10 4 6 7", "1", false),
    ];
    let members = [Member { indicators, weight: Decimal::ONE, scale: None }];
    let found =
        family(&members, &rules(Scale::Borda, Aggregation::Copeland, Gap::Exclude)).unwrap();
    assert_eq!(shown(&found.members[0]), "0.000000 0.000000 -3.000000 3.000000");
}

#[test]
fn what_cannot_be_computed_is_refused_with_its_place() {
    let usual = rules(hundred(), Aggregation::Arithmetic, Gap::Reweight);
    let changed = |change: &dyn Fn(&mut Vec<Member>), rules: &Rules| {
        let mut members = members();
        change(&mut members);
        family(&members, rules).unwrap_err()
    };
    assert_eq!(family(&[], &usual), Err(FamilyError::Empty));
    assert_eq!(changed(&|all| all[1].indicators.clear(), &usual), FamilyError::Empty);
    let shorter = |all: &mut Vec<Member>| all[1].indicators[1].numbers.truncate(2);
    assert_eq!(changed(&shorter, &usual), FamilyError::Rows { member: 1, indicator: 1 });
    let same = |all: &mut Vec<Member>| all[0].indicators[1].numbers = column("5 5 5 5 5");
    assert_eq!(changed(&same, &usual), FamilyError::Scale { member: 0, indicator: 1 });
    let negative = |all: &mut Vec<Member>| all[0].indicators[0].weight = d("-1");
    assert_eq!(changed(&negative, &usual), FamilyError::Weights { member: Some(0) });
    let nothing = |all: &mut Vec<Member>| all.iter_mut().for_each(|one| one.weight = d("0"));
    assert_eq!(changed(&nothing, &usual), FamilyError::Weights { member: None });
    let goals = Rules { scale: Scale::Goalposts { from: d("0"), to: d("1") }, ..usual };
    assert_eq!(changed(&|_| (), &goals), FamilyError::Goals { member: 0, indicator: 0 });
    let from_nought = Scale::MinMax { from: d("0"), to: d("1") };
    let geometric = rules(from_nought, Aggregation::Geometric, Gap::Reweight);
    assert_eq!(changed(&|_| (), &geometric), FamilyError::Mean { member: Some(0), row: 3 });
    let ratio = Rules { scale: Scale::Ratio { base: 1 }, ..usual };
    assert_eq!(changed(&|_| (), &ratio), FamilyError::Scale { member: 1, indicator: 0 });
}

fn ask<'a>(members: &'a [Member], rules: &'a Rules) -> Question<'a> {
    Question {
        members,
        rules,
        scales: &[],
        aggregations: &[],
        gaps: &[],
        spread: 0.25,
        member: None,
        runs: 64,
        seed: 1,
    }
}

/// The first row is the best in everything and the last the worst: no choice moves them.
#[test]
fn a_row_that_leads_in_everything_is_always_first() {
    let indicators = vec![
        indicator("9 5 6 4 1", "1", false),
        indicator("9 6.5 4 5 1", "1", false),
        indicator("1 6 4 5.5 9", "1", true),
    ];
    let members = [Member { indicators, weight: Decimal::ONE, scale: None }];
    let usual = rules(hundred(), Aggregation::Arithmetic, Gap::Reweight);
    let z = Scale::ZScore { mean: Decimal::ONE_HUNDRED, deviation: Decimal::TEN };
    let question = Question {
        scales: &[hundred(), z],
        aggregations: &[Aggregation::Arithmetic, Aggregation::Geometric],
        ..ask(&members, &usual)
    };
    let found = sensitivity(&question).unwrap();
    assert_eq!(found.runs, 64 * 5, "two samples, and one for each choice that varies");
    let firm = |place| {
        Some(Band { usual: Some(place), low: place, median: place, high: place, placed: 320 })
    };
    assert_eq!((found.bands[0], found.bands[4]), (firm(1), firm(5)));
    let choices: Vec<Choice> = found.effects.iter().map(|(choice, _)| *choice).collect();
    assert_eq!(choices, [Choice::Scale, Choice::Aggregation, Choice::Weights]);
    assert!(found.shift > 0.0 && found.shift < 1.0, "{found:?}");
    assert_eq!(sensitivity(&question).unwrap(), found, "the same seed, the same answer");
    assert_ne!(sensitivity(&Question { seed: 2, ..question }).unwrap().effects, found.effects);
}

/// Where one choice alone varies, all of the variance is its own.
#[test]
fn one_choice_alone_has_all_of_the_variance() {
    let members = members();
    let usual = rules(hundred(), Aggregation::Arithmetic, Gap::Reweight);
    let aggregations = [Aggregation::Arithmetic, Aggregation::Geometric];
    let question =
        Question { aggregations: &aggregations, spread: 0.0, runs: 1000, ..ask(&members, &usual) };
    let found = sensitivity(&question).unwrap();
    let [(Choice::Aggregation, effect)] = found.effects[..] else { panic!("{found:?}") };
    assert!((effect.first - 1.0).abs() < 0.1 && (effect.total - 1.0).abs() < 0.1, "{effect:?}");
    // Arithmetic 5 1 3 4 2; geometric 3 1 2 5 4: rows move by 2, 0, 1, 1, 2 in half of the runs.
    assert!((found.shift - 0.6).abs() < 0.06, "{found:?}");
    let still = sensitivity(&Question { aggregations: &[], runs: 10, ..question }).unwrap();
    assert_eq!((still.shift, still.effects), (0.0, vec![]));
}

/// A combination of choices that has no mean is refused, not left out in silence.
#[test]
fn an_impossible_combination_is_refused() {
    let members = members();
    let usual = rules(hundred(), Aggregation::Arithmetic, Gap::Reweight);
    let z = Scale::ZScore { mean: Decimal::ZERO, deviation: Decimal::ONE };
    let question = Question {
        scales: &[hundred(), z],
        aggregations: &[Aggregation::Arithmetic, Aggregation::Geometric],
        ..ask(&members, &usual)
    };
    assert!(matches!(sensitivity(&question), Err(FamilyError::Mean { .. })));
}

/// A better number of any indicator never lowers the index; columns are made from a seed.
#[test]
fn an_index_rises_with_each_of_its_indicators() {
    let mut random = Random::new(21);
    for round in 0..200 {
        let mut number = || Decimal::new((random.uniform() * 10_000.0) as i64 + 1, 2);
        let mut indicators: Vec<Indicator> = (0..3)
            .map(|place| Indicator {
                numbers: (0..6).map(|_| Some(number())).collect(),
                weight: number(),
                less_is_better: place == 1,
                goals: Some(if place == 1 { (d("100"), d("0")) } else { (d("0"), d("100")) }),
            })
            .collect();
        let (scale, aggregation) = [
            (Scale::Ratio { base: 0 }, Aggregation::Geometric),
            (Scale::Goalposts { from: d("1"), to: d("100") }, Aggregation::Harmonic),
            (hundred(), Aggregation::Arithmetic),
            (Scale::PercentRank { from: d("1"), to: d("100") }, Aggregation::Geometric),
        ][round % 4];
        let usual = rules(scale, aggregation, Gap::Exclude);
        let of = |indicators: &[Indicator]| {
            let member = Member { indicators: indicators.to_vec(), weight: d("1"), scale: None };
            family(&[member], &usual).unwrap().whole.numbers[3].unwrap()
        };
        let before = of(&indicators);
        for indicator in &mut indicators {
            let factor = if indicator.less_is_better { d("0.9") } else { d("1.1") };
            indicator.numbers[3] = indicator.numbers[3].map(|one| one * factor);
        }
        let after = of(&indicators);
        assert!(after >= before - d("0.000000001"), "{round} {before} {after}");
    }
}
