//! The class of a section from what was measured in it.

use rust_decimal::Decimal;

use super::{Body, Class, Item};

/// What was measured at a section: a value for each item of [`Item::ALL`], in that order. What is below the detection
/// limit takes half of that limit, which is for the caller to put here.
pub type Sample = [Option<Decimal>; 21];

/// An item that is worse than it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceeding {
    /// The item.
    pub item: Item,
    /// Its class.
    pub class: Class,
    /// By how many times its concentration is above the limit (超标倍数), not rounded; `None` of pH and dissolved oxygen,
    /// which have none.
    pub times: Option<Decimal>,
}

/// The class of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The class of its worst item.
    pub class: Class,
    /// The items of that class, where it is not class I (定类项目).
    pub deciding: Vec<Item>,
    /// Items worse than what the section is meant for: those without a multiple first, then the largest multiples.
    pub exceeding: Vec<Exceeding>,
    /// Whether it is at least what it is meant for.
    pub complies: bool,
    /// Items that were not measured.
    pub missing: Vec<Item>,
}

/// Why there is no class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WaterError {
    /// Nothing was measured.
    #[error("no item was measured")]
    Nothing,
    /// A value is below nought.
    #[error("{item:?} is {value}; expected nought or more")]
    Negative {
        /// The item.
        item: Item,
        /// The value.
        value: Decimal,
    },
    /// A value is beyond belief, often because of its unit.
    #[error("{item:?} is {value}; expected at most {most}")]
    Absurd {
        /// The item.
        item: Item,
        /// The value.
        value: Decimal,
        /// The highest that is believed.
        most: Decimal,
    },
    /// Nothing is meant to be worse than class V.
    #[error("no section is meant for water worse than class V")]
    Target,
}

/// The class of a section that is meant for water of the class `target`.
///
/// # Errors
/// Where nothing was measured, a value cannot be, or the target is worse than class V.
pub fn rate(body: Body, target: Class, sample: &Sample) -> Result<Rating, WaterError> {
    if target == Class::Beyond {
        return Err(WaterError::Target);
    }
    let mut classes = Vec::with_capacity(sample.len());
    let mut missing = Vec::new();
    for (item, value) in Item::ALL.into_iter().zip(sample) {
        match value {
            None => missing.push(item),
            Some(value) => {
                believed(item, *value)?;
                classes.push((item, *value, item.class(body, *value)));
            }
        }
    }
    let worst = classes.iter().map(|(_, _, class)| *class).max().ok_or(WaterError::Nothing)?;
    let deciding = classes.iter().filter(|(_, _, class)| *class == worst && worst > Class::First);
    let above = classes.iter().filter(|(_, _, class)| *class > target);
    let mut exceeding: Vec<Exceeding> = above
        .map(|(item, value, class)| Exceeding {
            item: *item,
            class: *class,
            times: times(*item, body, target, *value),
        })
        .collect();
    exceeding.sort_by(|one, other| match (one.times, other.times) {
        (Some(one), Some(other)) => other.cmp(&one),
        (one, other) => one.is_some().cmp(&other.is_some()),
    });
    Ok(Rating {
        class: worst,
        deciding: deciding.map(|(item, _, _)| *item).collect(),
        complies: worst <= target,
        exceeding,
        missing,
    })
}

fn believed(item: Item, value: Decimal) -> Result<(), WaterError> {
    let most = item.most();
    if value < Decimal::ZERO {
        return Err(WaterError::Negative { item, value });
    }
    match value > most {
        true => Err(WaterError::Absurd { item, value, most }),
        false => Ok(()),
    }
}

/// How many times a concentration is above the limit of a class.
fn times(item: Item, body: Body, target: Class, value: Decimal) -> Option<Decimal> {
    let limits = item.limits(body).filter(|_| item != Item::Oxygen)?;
    let limit = *limits.get(usize::from(target.number()).checked_sub(1)?)?;
    value.checked_sub(limit)?.checked_div(limit)
}

/// The means of samples, such as the months of a year or the sections of a river: of each item over the samples that have
/// it. The mean of pH is arithmetic like the others.
///
/// # Errors
/// Where a value cannot be.
pub fn mean(samples: &[Sample]) -> Result<Sample, WaterError> {
    let mut means = [None; 21];
    for (place, (item, slot)) in Item::ALL.into_iter().zip(&mut means).enumerate() {
        let mut sum = Decimal::ZERO;
        let mut count = 0_u32;
        for value in samples.iter().filter_map(|sample| sample.get(place).copied().flatten()) {
            believed(item, value)?;
            sum += value;
            count += 1;
        }
        *slot = sum.checked_div(Decimal::from(count));
    }
    Ok(means)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    fn sample(values: &[(Item, &str)]) -> Sample {
        Item::ALL.map(|item| values.iter().find(|(one, _)| *one == item).map(|(_, text)| d(text)))
    }

    #[test]
    fn the_worst_item_decides() {
        let found = rate(
            Body::River,
            Class::Third,
            &sample(&[
                (Item::Ph, "7.2"),
                (Item::Oxygen, "6.5"),
                (Item::Permanganate, "4.2"),
                (Item::Ammonia, "1.8"),
                (Item::Phosphorus, "0.25"),
            ]),
        )
        .unwrap();
        assert_eq!((found.class, found.complies), (Class::Fifth, false));
        assert_eq!(found.deciding, [Item::Ammonia]);
        let told: Vec<_> = found.exceeding.iter().map(|one| (one.item, one.times)).collect();
        assert_eq!(told, [(Item::Ammonia, Some(d("0.8"))), (Item::Phosphorus, Some(d("0.25")))]);
        assert_eq!(found.missing.len(), 16);
    }

    #[test]
    fn more_oxygen_is_better_and_acid_water_is_of_no_class() {
        let of = |item, text| rate(Body::River, Class::Second, &sample(&[(item, text)])).unwrap();
        assert_eq!(of(Item::Oxygen, "7.5").class, Class::First);
        assert_eq!(of(Item::Oxygen, "7.49").class, Class::Second);
        assert_eq!(of(Item::Oxygen, "1.99").class, Class::Beyond);
        assert_eq!(of(Item::Oxygen, "3").exceeding[0].times, None);
        for (text, class) in [("5.99", Class::Beyond), ("6", Class::First), ("9", Class::First)] {
            assert_eq!(of(Item::Ph, text).class, class);
        }
        assert_eq!(of(Item::Ph, "9.1").class, Class::Beyond);
    }

    #[test]
    fn lakes_are_held_to_less_phosphorus() {
        let water = sample(&[(Item::Phosphorus, "0.1")]);
        assert_eq!(rate(Body::River, Class::Third, &water).unwrap().class, Class::Second);
        assert_eq!(rate(Body::Lake, Class::Third, &water).unwrap().class, Class::Fourth);
    }

    #[test]
    fn a_year_is_the_mean_of_its_months() {
        let months = [
            sample(&[(Item::Ammonia, "0.4"), (Item::Cod, "14")]),
            sample(&[(Item::Ammonia, "0.8")]),
            sample(&[(Item::Ammonia, "0.3"), (Item::Cod, "17")]),
        ];
        let found = mean(&months).unwrap();
        assert_eq!(found, sample(&[(Item::Ammonia, "0.5"), (Item::Cod, "15.5")]));
        assert_eq!(rate(Body::River, Class::Second, &found).unwrap().class, Class::Third);
        assert_eq!(mean(&[]).unwrap(), [None; 21]);
    }

    #[test]
    fn values_that_cannot_be_are_refused() {
        let of = |item, text| rate(Body::River, Class::Third, &sample(&[(item, text)]));
        assert!(matches!(of(Item::Cod, "-1"), Err(WaterError::Negative { .. })));
        assert!(matches!(of(Item::Ph, "14.1"), Err(WaterError::Absurd { .. })));
        assert!(matches!(of(Item::Mercury, "1.01"), Err(WaterError::Absurd { .. })));
        assert!(mean(&[sample(&[(Item::Cod, "-1")])]).is_err());
        assert_eq!(rate(Body::River, Class::Third, &[None; 21]), Err(WaterError::Nothing));
        let none = rate(Body::River, Class::Beyond, &sample(&[(Item::Cod, "1")]));
        assert_eq!(none, Err(WaterError::Target));
    }
}
