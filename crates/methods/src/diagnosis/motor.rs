//! Electric motors.
//!
//! Source: the same shaft power with another efficiency, `P·β·(1 ÷ η − 1 ÷ η′)`; nominal efficiencies of IEC 60034-30-1:2014
//! for 50 Hz and four poles, whose classes IE3 and IE4 are classes 3 and 2 of GB 18613-2020. Motors of other poles are told
//! by their efficiencies. Loads of half the rating and more, where efficiency hardly changes with load.

use super::{Fault, Field, Found, Measure, Values, by_share};

/// Below this share of its rating a motor's efficiency falls with its load.
const LEAST_LOAD: f64 = 0.5;

/// Rated power in kW, and percent for IE1 to IE4.
const NOMINAL: [(f64, [f64; 4]); 22] = [
    (0.75, [72.1, 79.6, 82.5, 85.7]),
    (1.1, [75.0, 81.4, 84.1, 87.2]),
    (1.5, [77.2, 82.8, 85.3, 88.2]),
    (2.2, [79.7, 84.3, 86.7, 89.5]),
    (3.0, [81.5, 85.5, 87.7, 90.4]),
    (4.0, [83.1, 86.6, 88.6, 91.1]),
    (5.5, [84.7, 87.7, 89.6, 91.9]),
    (7.5, [86.0, 88.7, 90.4, 92.6]),
    (11.0, [87.6, 89.8, 91.4, 93.3]),
    (15.0, [88.7, 90.6, 92.1, 93.9]),
    (18.5, [89.3, 91.2, 92.6, 94.2]),
    (22.0, [89.9, 91.6, 93.0, 94.5]),
    (30.0, [90.7, 92.3, 93.6, 94.9]),
    (37.0, [91.2, 92.7, 93.9, 95.2]),
    (45.0, [91.7, 93.1, 94.2, 95.4]),
    (55.0, [92.1, 93.5, 94.6, 95.7]),
    (75.0, [92.7, 94.0, 95.0, 96.0]),
    (90.0, [93.0, 94.2, 95.2, 96.1]),
    (110.0, [93.3, 94.5, 95.4, 96.3]),
    (132.0, [93.5, 94.7, 95.6, 96.4]),
    (160.0, [93.8, 94.9, 95.8, 96.6]),
    (200.0, [94.0, 95.1, 96.0, 96.7]),
];

pub(super) fn diagnose(values: &Values) -> Result<Found, Fault> {
    let rated = values.need(Field::RatedPower)?;
    let load = values.need(Field::Load)?;
    if load < LEAST_LOAD {
        let (field, (_, high)) = (Field::Load, Field::Load.range());
        return Err(Fault::Outside { field, value: load, low: LEAST_LOAD, high });
    }
    let of = |told: Field, class: Field| -> Result<Option<f64>, Fault> {
        match (values.maybe(told)?, values.maybe(class)?) {
            (Some(told), _) => Ok(Some(told)),
            (None, Some(number)) => {
                let outside = Fault::Outside { field: class, value: number, low: 1.0, high: 4.0 };
                nominal(rated, number).map(Some).ok_or(outside)
            }
            (None, None) => Ok(None),
        }
    };
    let efficiency =
        of(Field::Efficiency, Field::Class)?.ok_or(Fault::Missing(Field::Efficiency))?;
    let better = of(Field::EfficiencyNew, Field::ClassNew)?.map(|new| 1.0 - efficiency / new);
    let kwh = rated * load / efficiency * values.need(Field::Hours)?;
    Ok(by_share(kwh, &[(Measure::MotorClass, better)]))
}

/// The nominal efficiency of a class, from 0 to 1; between two ratings by the line between them. `None` of a class that is
/// no whole number.
fn nominal(rated: f64, class: f64) -> Option<f64> {
    let class = [1.0, 2.0, 3.0, 4.0].iter().position(|one| *one == class)?;
    let at = |row: &(f64, [f64; 4])| row.1.get(class).copied();
    let above = NOMINAL.iter().find(|row| row.0 >= rated)?;
    let below = NOMINAL.iter().rev().find(|row| row.0 <= rated)?;
    let way = if above.0 > below.0 { (rated - below.0) / (above.0 - below.0) } else { 0.0 };
    let (low, high) = (at(below)?, at(above)?);
    Some((low + (high - low) * way) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The polynomials in the logarithm of the power that IEC 60034-30-1 gives for its classes IE1 to IE3 (50 Hz, four
    /// poles, to 200 kW).
    #[test]
    fn the_table_is_that_of_the_polynomials() {
        let polynomials = [
            [0.5234, -5.0499, 17.4180, 74.3171],
            [0.0278, -1.9247, 10.4395, 80.9761],
            [0.0773, -1.8951, 9.2984, 83.7025],
        ];
        for (rated, percents) in NOMINAL {
            for ([a, b, c, d], percent) in polynomials.iter().zip(percents) {
                let x = libm::log10(rated);
                let found = ((a * x + b) * x + c) * x + d;
                assert!((found - percent).abs() < 0.08, "{rated} {found} {percent}");
            }
            assert!(percents.windows(2).all(|pair| pair[0] < pair[1]), "{rated}");
        }
        assert!(NOMINAL.windows(2).all(|pair| pair[0].1[3] < pair[1].1[3]));
        assert!((nominal(11.0, 4.0).unwrap() - 0.933).abs() < 1e-12);
        // Halfway from 11 to 15 kW.
        assert!((nominal(13.0, 3.0).unwrap() - 0.9175).abs() < 1e-12);
        assert_eq!((nominal(11.0, 2.5), nominal(250.0, 3.0)), (None, None));
    }
}
