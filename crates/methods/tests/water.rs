//! Classes of surface water against table 1 of GB 3838-2002, written here once more as it is printed, and by what must
//! hold whatever the water.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use methods::water::{Basin, Body, Class, Grade, Item, Sample, Sections, WaterError, basin, rate};
use rust_decimal::Decimal;

/// Limits of class I to V; total phosphorus of rivers here, of lakes below.
const PRINTED: [(Item, [&str; 5]); 20] = [
    (Item::Oxygen, ["7.5", "6", "5", "3", "2"]),
    (Item::Permanganate, ["2", "4", "6", "10", "15"]),
    (Item::Cod, ["15", "15", "20", "30", "40"]),
    (Item::Bod5, ["3", "3", "4", "6", "10"]),
    (Item::Ammonia, ["0.15", "0.5", "1.0", "1.5", "2.0"]),
    (Item::Phosphorus, ["0.02", "0.1", "0.2", "0.3", "0.4"]),
    (Item::Copper, ["0.01", "1.0", "1.0", "1.0", "1.0"]),
    (Item::Zinc, ["0.05", "1.0", "1.0", "2.0", "2.0"]),
    (Item::Fluoride, ["1.0", "1.0", "1.0", "1.5", "1.5"]),
    (Item::Selenium, ["0.01", "0.01", "0.01", "0.02", "0.02"]),
    (Item::Arsenic, ["0.05", "0.05", "0.05", "0.1", "0.1"]),
    (Item::Mercury, ["0.00005", "0.00005", "0.0001", "0.001", "0.001"]),
    (Item::Cadmium, ["0.001", "0.005", "0.005", "0.005", "0.01"]),
    (Item::Chromium, ["0.01", "0.05", "0.05", "0.05", "0.1"]),
    (Item::Lead, ["0.01", "0.01", "0.05", "0.05", "0.1"]),
    (Item::Cyanide, ["0.005", "0.05", "0.2", "0.2", "0.2"]),
    (Item::Phenols, ["0.002", "0.002", "0.005", "0.01", "0.1"]),
    (Item::Oil, ["0.05", "0.05", "0.05", "0.5", "1.0"]),
    (Item::Surfactants, ["0.2", "0.2", "0.2", "0.3", "0.3"]),
    (Item::Sulphide, ["0.05", "0.1", "0.2", "0.5", "1.0"]),
];
const LAKE: [&str; 5] = ["0.01", "0.025", "0.05", "0.1", "0.2"];

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

/// What only this item has.
fn only(item: Item, value: Decimal) -> Sample {
    Item::ALL.map(|one| (one == item).then_some(value))
}

#[test]
fn every_limit_is_kept_and_left() {
    let river = PRINTED.iter().map(|(item, limits)| (Body::River, *item, limits));
    for (body, item, limits) in river.chain([(Body::Lake, Item::Phosphorus, &LAKE)]) {
        for (place, text) in limits.iter().enumerate() {
            let limit = d(text);
            // Classes may share a limit; a value at it is of the best of them, and beyond it of the next other one.
            let at = limits.iter().position(|other| d(other) == limit).unwrap();
            assert_eq!(item.class(body, limit), Class::ALL[at], "{item:?} {text}");
            let next = limits.iter().skip(place).position(|other| d(other) != limit);
            let next = next.map_or(5, |more| place + more);
            let little = Decimal::new(1, 20);
            let beyond = if item == Item::Oxygen { limit - little } else { limit + little };
            assert_eq!(item.class(body, beyond), Class::ALL[next], "{item:?} beyond {text}");
        }
    }
    assert_eq!(Item::ALL.len(), PRINTED.len() + 1);
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    /// A sample around the limits, with gaps.
    fn sample(&mut self) -> Sample {
        Item::ALL.map(|item| {
            let limits = item.limits(Body::River);
            let limit = limits.map_or(Decimal::from(8), |limits| limits[self.place(5)]);
            let part = Decimal::new(i64::try_from(1 + self.below(120)).unwrap(), 2);
            (self.below(6) == 0).then_some(limit * part)
        })
    }

    fn place(&mut self, end: u64) -> usize {
        usize::try_from(self.below(end)).unwrap()
    }
}

#[test]
fn worse_water_is_never_of_a_better_class() {
    let mut dice = Dice(3838);
    let mut seen = [0; 6];
    for _ in 0..4_000 {
        let sample = dice.sample();
        let target = Class::ALL[dice.place(5)];
        let Ok(found) = rate(Body::River, target, &sample) else { continue };
        seen[usize::from(found.class.number()) - 1] += 1;
        assert_eq!(found.complies, found.exceeding.is_empty());
        assert_eq!(found.complies, found.class <= target);
        assert_eq!(found.deciding.is_empty(), found.class == Class::First);
        assert!(
            found.exceeding.iter().all(|one| one.times.is_none_or(|times| times > Decimal::ZERO))
        );
        // One item worse.
        let place = dice.place(21);
        let mut worse = sample;
        worse[place] = match (worse[place], Item::ALL[place]) {
            (None, _) => continue,
            (Some(value), Item::Oxygen) => Some(value / Decimal::TWO),
            (Some(value), Item::Ph) if value > Decimal::from(9) => Some(Decimal::from(14)),
            (Some(_), Item::Ph) => continue,
            (Some(value), item) => Some((value * Decimal::TWO).min(item.most())),
        };
        assert!(rate(Body::River, target, &worse).unwrap().class >= found.class);
        // One item less can only be better, as far as one knows.
        let mut fewer = sample;
        fewer[place] = None;
        if let Ok(fewer) = rate(Body::River, target, &fewer) {
            assert!(fewer.class <= found.class);
        }
    }
    assert!(seen.iter().skip(2).all(|count| *count > 10), "{seen:?}");
}

/// So many sections of a class, by ammonia.
fn river(counts: [usize; 6]) -> Basin {
    let ammonia = ["0.1", "0.4", "0.9", "1.2", "1.9", "5"];
    let samples: Vec<Sample> = counts
        .into_iter()
        .zip(ammonia)
        .flat_map(|(count, text)| vec![only(Item::Ammonia, d(text)); count])
        .collect();
    let sections: Vec<Sections<'_>> = samples
        .iter()
        .map(|sample| Sections { body: Body::River, target: Class::Third, sample })
        .collect();
    basin(&sections).unwrap()
}

#[test]
fn shares_of_the_classes_grade_a_river() {
    for (counts, grade) in [
        ([5, 2, 2, 1, 0, 0], Grade::Excellent),
        ([5, 2, 1, 2, 0, 0], Grade::Good),
        ([1, 1, 1, 0, 0, 1], Grade::Light),
        ([10, 5, 0, 0, 0, 5], Grade::Good),
        ([14, 0, 0, 2, 0, 4], Grade::Moderate),
        ([14, 0, 0, 3, 0, 3], Grade::Light),
        ([6, 0, 0, 1, 0, 3], Grade::Moderate),
        ([3, 0, 0, 0, 0, 2], Grade::Heavy),
        ([0, 0, 0, 0, 5, 0], Grade::Light),
    ] {
        let found = river(counts);
        if counts.iter().sum::<usize>() >= 5 {
            assert_eq!((found.grade, found.mean_class), (grade, None), "{counts:?}");
        }
        assert_eq!(found.classes, counts);
    }
    let found = river([5, 2, 2, 1, 0, 0]);
    assert_eq!(found.good_share(), Some(d("90")));
    assert_eq!(found.complying_share(), Some(d("90")));
    assert_eq!(found.beyond_share(), Some(d("0")));
}

/// Of fewer than five sections the mean concentration decides: (0.1 + 0.1 + 0.1 + 5) / 4 = 1.325, class IV.
#[test]
fn few_sections_are_judged_by_their_mean() {
    let found = river([3, 0, 0, 0, 0, 1]);
    assert_eq!((found.mean_class, found.grade), (Some(Class::Fourth), Grade::Light));
    assert_eq!(found.good_share(), Some(d("75")));
    assert_eq!(river([1, 0, 0, 0, 0, 0]).grade, Grade::Excellent);
    assert_eq!(basin(&[]), Err(WaterError::Nothing));
}
