//! What changed the use of energy, against the definition of Ang (2005) in 60 digits (`oracles/lmdi.py`, mpmath 1.4.1),
//! and by what must hold whatever the numbers.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use methods::energy::lmdi::{Change, LmdiError, Point, lmdi};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn point(activity: &str, energy: &str) -> Point {
    Point { activity: d(activity), energy: d(energy) }
}

fn points(written: &str) -> Vec<Point> {
    let one = |pair: &str| {
        let (activity, energy) = pair.split_once(':').unwrap();
        point(activity, energy)
    };
    written.split(' ').map(one).collect()
}

fn close(found: f64, expected: f64, scale: f64) -> bool {
    (found - expected).abs() <= 1e-12 * scale.max(1.0)
}

#[test]
fn effects_are_those_of_the_definition() {
    let mut seen = 0;
    for line in include_str!("oracles/lmdi.csv").lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let (before, after) = (points(cells[1]), points(cells[2]));
        let found = lmdi(&before, &after, 6).unwrap();
        let expected: Vec<f64> = cells[3..].iter().map(|cell| cell.parse().unwrap()).collect();
        let scale = found.before.energy.max(found.after.energy).to_f64().unwrap();
        for (one, expected) in found.raw.list().iter().zip(&expected) {
            assert!(close(*one, *expected, scale), "{line}: {one}");
        }
        let ratios = found.multiplicative.unwrap().list();
        for (one, expected) in ratios.iter().zip(&expected[3..]) {
            assert!(close(*one, *expected, *expected), "{line}: {one}");
        }
        let unit = before.len().to_f64().unwrap() * 1e-6;
        for (one, expected) in found.additive.list().iter().zip(&expected) {
            assert!((one.to_f64().unwrap() - expected).abs() <= unit, "{line}: {one}");
        }
        seen += 1;
    }
    assert_eq!(seen, 15);
}

/// Whatever is given, the exact effects come to the change, of each sector and of all, and the others but for the last digit.
fn adds_up(found: &Change) {
    let all: Decimal = found.additive.list().iter().sum();
    assert_eq!(all, found.after.energy - found.before.energy);
    for sector in &found.sectors {
        assert_eq!(sector.additive.list().iter().sum::<Decimal>(), sector.change);
    }
    let scale = found.before.energy.max(found.after.energy).to_f64().unwrap();
    assert!(found.residual.abs() <= 1e-12 * scale.max(1.0), "{}", found.residual);
    if let Some(ratios) = found.multiplicative {
        let product: f64 = ratios.list().iter().product();
        let ratio = (found.after.energy / found.before.energy).to_f64().unwrap();
        assert!(close(product / ratio, 1.0, 1.0), "{product} {ratio}");
    }
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn decimal(&mut self) -> Decimal {
        let scale = u32::try_from(self.below(5)).unwrap();
        let size = 10_u64.pow(1 + u32::try_from(self.below(8)).unwrap());
        Decimal::from_i128_with_scale(i128::from(1 + self.below(size)), scale)
    }

    /// Sectors of which some are not there, some stand still, and some use no energy.
    fn sectors(&mut self, count: u64) -> Vec<Point> {
        let one = |dice: &mut Dice| match dice.below(6) {
            0 => point("0", "0"),
            1 => Point { activity: dice.decimal(), energy: Decimal::ZERO },
            _ => Point { activity: dice.decimal(), energy: dice.decimal() },
        };
        let mut all: Vec<Point> = (0..count).map(|_| one(self)).collect();
        all.push(Point { activity: self.decimal(), energy: self.decimal() });
        all
    }
}

#[test]
fn it_adds_up_whatever_the_numbers() {
    let mut dice = Dice(1);
    let mut zeros = 0;
    for _ in 0..4_000 {
        let count = dice.below(8);
        let (before, after) = (dice.sectors(count), dice.sectors(count));
        let places = u32::try_from(dice.below(9)).unwrap();
        let found = lmdi(&before, &after, places).unwrap();
        zeros += usize::from(before.iter().any(|one| one.energy.is_zero()));
        adds_up(&found);
        // Back again is the opposite.
        let back = lmdi(&after, &before, places).unwrap();
        let scale = found.before.energy.max(found.after.energy).to_f64().unwrap();
        for (there, back) in found.raw.list().iter().zip(back.raw.list()) {
            assert!((there + back).abs() <= 1e-12 * scale.max(1.0), "{there} {back}");
        }
        // In another unit it is the same in that unit, and the order of the sectors is nothing.
        let in_kilos = |points: &[Point]| -> Vec<Point> {
            let kilo = Decimal::ONE_THOUSAND;
            points
                .iter()
                .rev()
                .map(|one| Point { activity: one.activity, energy: one.energy * kilo })
                .collect()
        };
        let kilos = lmdi(&in_kilos(&before), &in_kilos(&after), places).unwrap();
        for (one, kilo) in found.raw.list().iter().zip(kilos.raw.list()) {
            assert!((one * 1000.0 - kilo).abs() <= 1e-11 * scale.max(1.0) * 1000.0);
        }
    }
    assert!(zeros > 1_000, "{zeros}");
}

#[test]
fn what_did_not_change_has_no_effect() {
    let before = [point("10", "30"), point("40", "20")];
    let more = [point("20", "60"), point("80", "40")];
    let found = lmdi(&before, &more, 4).unwrap();
    let effects = found.additive;
    assert_eq!((effects.activity, effects.structure, effects.intensity), (d("50"), d("0"), d("0")));
    let thrifty = [point("10", "15"), point("40", "10")];
    let found = lmdi(&before, &thrifty, 4).unwrap();
    assert_eq!(found.additive.list(), [d("0"), d("0"), d("-25")]);
    let same = lmdi(&before, &before, 4).unwrap();
    assert_eq!((same.raw.list(), same.residual), ([0.0; 3], 0.0));
    assert_eq!(same.multiplicative.unwrap().list(), [1.0; 3]);
}

#[test]
fn sectors_that_appear_and_disappear_are_structure() {
    let one = lmdi(&[point("10", "30"), point("0", "0")], &[point("10", "30"), point("5", "7")], 4)
        .unwrap();
    adds_up(&one);
    assert_eq!(one.sectors[1].additive.list(), [d("0"), d("7"), d("0")]);
    let gone =
        lmdi(&[point("10", "30"), point("5", "7")], &[point("10", "30"), point("0", "0")], 4)
            .unwrap();
    assert_eq!(gone.sectors[1].additive.list(), [d("0"), d("-7"), d("0")]);
    // A sector that stays and uses energy for the first time, or for the last.
    let first =
        lmdi(&[point("10", "30"), point("5", "0")], &[point("10", "30"), point("5", "7")], 4)
            .unwrap();
    assert_eq!(first.sectors[1].additive.list(), [d("0"), d("0"), d("7")]);
    let clean = lmdi(&[point("10", "7")], &[point("12", "0")], 4).unwrap();
    assert_eq!((clean.additive.list(), clean.multiplicative), ([d("0"), d("0"), d("-7")], None));
}

/// The limits are what ever smaller numbers come to, if slowly: a logarithm falls by a few percent with each power of ten.
#[test]
fn zeros_are_the_limits_of_small_numbers() {
    let limit = [0.0, 7.0, 0.0];
    let mut apart = f64::INFINITY;
    for zeros in [2, 5, 9, 14, 20, 26] {
        let tiny = Decimal::from_i128_with_scale(1, zeros);
        let before = [point("10", "30"), Point { activity: tiny, energy: tiny }];
        let found = lmdi(&before, &[point("10", "30"), point("5", "7")], 4).unwrap();
        let own = found.sectors[1].raw.list();
        let now = own.iter().zip(limit).map(|(one, limit)| (one - limit).abs()).fold(0.0, f64::max);
        assert!(now < apart, "{zeros}: {now}");
        apart = now;
    }
    assert!(apart < 0.1, "{apart}");
}

#[test]
fn numbers_that_cannot_be_are_named() {
    let good = point("1", "1");
    assert_eq!(lmdi(&[], &[], 4), Err(LmdiError::Nothing));
    assert_eq!(lmdi(&[good], &[], 4), Err(LmdiError::Lengths { before: 1, after: 0 }));
    let negative = lmdi(&[good, point("1", "-1")], &[good, good], 4);
    assert_eq!(negative, Err(LmdiError::Negative { sector: 1, after: false }));
    let idle = lmdi(&[good], &[point("0", "1")], 4);
    assert_eq!(idle, Err(LmdiError::EnergyWithoutActivity { sector: 0, after: true }));
    let still = lmdi(&[point("0", "0")], &[good], 4);
    assert_eq!(still, Err(LmdiError::NoActivity { after: false }));
    let far = Point { activity: Decimal::MAX, energy: Decimal::ONE };
    assert_eq!(lmdi(&[far, far], &[good, good], 4), Err(LmdiError::Range));
    // The largest and the smallest numbers there are still have an answer or a refusal.
    let least = Point { activity: Decimal::MAX, energy: Decimal::from_i128_with_scale(1, 28) };
    let most = Point { activity: Decimal::from_i128_with_scale(1, 28), energy: Decimal::MAX };
    let found = lmdi(&[least], &[most], 28);
    assert!(found.is_err() || found.is_ok_and(|found| found.residual.is_finite()));
}
