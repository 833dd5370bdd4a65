//! The index of a day or an hour from its concentrations.
//!
//! Source: HJ 633-2012 and HJ 633-2026: IAQI = (IAQI_hi − IAQI_lo) ÷ (BP_hi − BP_lo) × (C − BP_lo) + IAQI_lo, rounded up;
//! AQI = the highest IAQI; the primary pollutants are those that have it, where it is above 50.

use rust_decimal::Decimal;

use super::table::{Band, Standard, band};
use super::{AirError, Measure, Pollutant};

/// What an index speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// A day (日报).
    Day,
    /// An hour (实时报).
    Hour,
}

/// A concentration that was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// What was measured.
    pub measure: Measure,
    /// Micrograms per cubic metre, of carbon monoxide milligrams.
    pub concentration: Decimal,
}

/// A reading with its sub-index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What was measured.
    pub measure: Measure,
    /// The concentration as it was given.
    pub concentration: Decimal,
    /// The sub-index; `None` where the standard has none for so high a concentration and takes another measure.
    pub sub_index: Option<u16>,
    /// Whether the index counts it: a measure that the report only shows beside the others is not counted.
    pub counted: bool,
}

/// The index of a day or an hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// The rules that were used.
    pub standard: Standard,
    /// The highest sub-index of what was measured; `None` where none of it has one. Where something is missing, the
    /// index of all six can only be the same or higher.
    pub aqi: Option<u16>,
    /// What has that sub-index, where it is above 50.
    pub primary: Vec<Pollutant>,
    /// The readings with their sub-indices, in the order in which they were given.
    pub parts: Vec<Part>,
    /// Pollutants without a sub-index.
    pub missing: Vec<Pollutant>,
}

impl Index {
    /// The index where all six pollutants have their part in it; `None` where one is missing.
    pub fn complete(&self) -> Option<u16> {
        self.aqi.filter(|_| self.missing.is_empty())
    }

    /// The level of the index.
    pub fn level(&self) -> Option<Level> {
        self.aqi.map(Level::of)
    }
}

/// How the air is called by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 0 to 50 (一级，优).
    Excellent,
    /// 51 to 100 (二级，良).
    Good,
    /// 101 to 150 (三级，轻度污染).
    Light,
    /// 151 to 200 (四级，中度污染).
    Moderate,
    /// 201 to 300 (五级，重度污染).
    Heavy,
    /// Above 300 (六级，严重污染).
    Severe,
}

impl Level {
    /// All of them, the best first.
    pub const ALL: [Level; 6] =
        [Level::Excellent, Level::Good, Level::Light, Level::Moderate, Level::Heavy, Level::Severe];

    /// The level of an index.
    pub fn of(aqi: u16) -> Level {
        match aqi {
            0..=50 => Level::Excellent,
            51..=100 => Level::Good,
            101..=150 => Level::Light,
            151..=200 => Level::Moderate,
            201..=300 => Level::Heavy,
            _ => Level::Severe,
        }
    }

    /// Its number, from 1 to 6.
    pub fn number(self) -> u8 {
        match self {
            Level::Excellent => 1,
            Level::Good => 2,
            Level::Light => 3,
            Level::Moderate => 4,
            Level::Heavy => 5,
            Level::Severe => 6,
        }
    }

    /// Whether a day of this level counts as a good one (优良).
    pub fn is_good(self) -> bool {
        self <= Level::Good
    }
}

/// The sub-index (IAQI) of one concentration, rounded up; 500 beyond the table.
///
/// `None` where HJ 633-2012 ends the table and takes another measure: sulphur dioxide over an hour and ozone over eight
/// hours above 800.
///
/// # Errors
/// Where the concentration is negative or beyond belief ([`Measure::most`]).
///
/// ```
/// use methods::air::{Measure, Standard, sub_index};
/// use rust_decimal::Decimal;
///
/// let sixty = Decimal::from(60);
/// assert_eq!(sub_index(Standard::Hj2012, Measure::Pm25Day, sixty), Ok(Some(82)));
/// assert_eq!(sub_index(Standard::Hj2026, Measure::Pm25Day, sixty), Ok(Some(100)));
/// ```
pub fn sub_index(
    standard: Standard,
    measure: Measure,
    concentration: Decimal,
) -> Result<Option<u16>, AirError> {
    if concentration.is_sign_negative() && !concentration.is_zero() {
        return Err(AirError::Negative { measure, concentration });
    }
    let most = measure.most();
    if concentration > most {
        return Err(AirError::Absurd { measure, concentration, most });
    }
    let Some(Band { low, high, from, to }) = band(standard, measure, concentration) else {
        return Ok(standard.beyond(measure));
    };
    let width = high - low;
    let climbed = (to - from) * (concentration - low);
    // The quotient may have been rounded to the digits of a decimal: only the product tells whether it reaches far enough.
    let mut whole = (climbed / width).floor();
    if whole * width < climbed {
        whole += Decimal::ONE;
    }
    Ok((from + whole).try_into().ok())
}

/// The index of a day or an hour.
///
/// A day holds the means of 24 hours and the highest mean of ozone over eight hours; its highest hour of ozone counts
/// under HJ 633-2012 and is only shown under HJ 633-2026. An hour holds means of one hour; under HJ 633-2012 the moving
/// means of particles over 24 hours stand in where they have none of one hour, that of ozone over eight hours counts
/// beside its hour, and that of sulphur dioxide over 24 hours is taken where its hour is above 800.
///
/// # Errors
/// Where nothing was measured, something twice, a measure belongs to the other kind of report, or a concentration is
/// negative or beyond belief.
pub fn index(standard: Standard, report: Report, readings: &[Reading]) -> Result<Index, AirError> {
    if readings.is_empty() {
        return Err(AirError::Nothing);
    }
    let mut parts: Vec<Part> = Vec::with_capacity(readings.len());
    for &Reading { measure, concentration } in readings {
        if parts.iter().any(|part| part.measure == measure) {
            return Err(AirError::Twice { measure });
        }
        let sub_index = sub_index(standard, measure, concentration)?;
        let given = |other: Measure| readings.iter().find(|reading| reading.measure == other);
        let counted = match role(standard, report, measure) {
            Role::Counted => true,
            Role::Shown => false,
            Role::StandsIn => {
                given(measure.pollutant().hourly()).is_none_or(|hour| past_table(standard, hour))
            }
            Role::Foreign => return Err(AirError::Foreign { measure }),
        };
        parts.push(Part { measure, concentration, sub_index, counted });
    }
    let of = |pollutant: Pollutant| {
        let own = parts.iter().filter(|part| part.counted && part.measure.pollutant() == pollutant);
        own.filter_map(|part| part.sub_index).max()
    };
    let found = Pollutant::ALL.map(|pollutant| (pollutant, of(pollutant)));
    let aqi = found.iter().filter_map(|(_, sub_index)| *sub_index).max();
    let primary = found.iter().filter(|(_, one)| one.is_some() && *one == aqi && aqi > Some(50));
    let missing = found.iter().filter(|(_, one)| one.is_none());
    let named = |(pollutant, _): &(Pollutant, Option<u16>)| *pollutant;
    Ok(Index {
        standard,
        aqi,
        primary: primary.map(named).collect(),
        missing: missing.map(named).collect(),
        parts,
    })
}

/// What a measure is to a report.
enum Role {
    Counted,
    /// Seen beside the others, but no part of the index.
    Shown,
    /// Counted where the hour of the same pollutant has no sub-index.
    StandsIn,
    Foreign,
}

fn role(standard: Standard, report: Report, measure: Measure) -> Role {
    let old = standard == Standard::Hj2012;
    let pollutant = measure.pollutant();
    match report {
        Report::Day if measure == pollutant.daily() => Role::Counted,
        Report::Day if measure == Measure::O3Hour && old => Role::Counted,
        Report::Day if measure == Measure::O3Hour => Role::Shown,
        Report::Hour if measure == pollutant.hourly() => Role::Counted,
        Report::Hour if measure == Measure::O3EightHours && old => Role::Counted,
        Report::Hour if old => match measure {
            Measure::Pm25Day | Measure::Pm10Day | Measure::So2Day => Role::StandsIn,
            _ => Role::Foreign,
        },
        _ => Role::Foreign,
    }
}

/// Whether a reading is so high that the standard takes another measure.
fn past_table(standard: Standard, reading: &Reading) -> bool {
    matches!(sub_index(standard, reading.measure, reading.concentration), Ok(None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    fn readings(list: &[(Measure, &str)]) -> Vec<Reading> {
        let one = |(measure, text): &(Measure, &str)| Reading {
            measure: *measure,
            concentration: d(text),
        };
        list.iter().map(one).collect()
    }

    fn day(pm25: &str) -> Vec<Reading> {
        readings(&[
            (Measure::Pm25Day, pm25),
            (Measure::Pm10Day, "112"),
            (Measure::So2Day, "12"),
            (Measure::No2Day, "45"),
            (Measure::CoDay, "0.9"),
            (Measure::O3EightHours, "138"),
        ])
    }

    /// aqi-hub 0.2.1 (2012) and 0.3.3 (2026).
    #[test]
    fn the_same_day_differs_by_the_standard() {
        for (pm25, old, new, primary) in
            [("78", 104, 117, Pollutant::Pm25), ("62", 84, 102, Pollutant::Pm25)]
        {
            for (standard, expected) in [(Standard::Hj2012, old), (Standard::Hj2026, new)] {
                let found = index(standard, Report::Day, &day(pm25)).unwrap();
                assert_eq!(found.complete(), Some(expected), "{pm25} {standard:?}");
                assert_eq!(found.missing, []);
                if standard == Standard::Hj2026 || pm25 == "78" {
                    assert_eq!(found.primary, [primary]);
                }
            }
        }
        let old = index(Standard::Hj2012, Report::Day, &day("62")).unwrap();
        assert_eq!((old.level(), old.primary), (Some(Level::Good), vec![Pollutant::Pm25]));
    }

    #[test]
    fn what_is_missing_is_told_and_never_nought() {
        let mut some = day("36");
        some.truncate(2);
        let found = index(Standard::Hj2012, Report::Day, &some).unwrap();
        assert_eq!((found.aqi, found.complete()), (Some(81), None));
        let four = [Pollutant::So2, Pollutant::No2, Pollutant::Co, Pollutant::O3];
        assert_eq!(found.missing, four);
        assert_eq!(index(Standard::Hj2012, Report::Day, &[]), Err(AirError::Nothing));
    }

    #[test]
    fn equal_sub_indices_are_all_primary_and_clean_air_has_none() {
        let two = readings(&[(Measure::Pm25Day, "75"), (Measure::Pm10Day, "150")]);
        let found = index(Standard::Hj2012, Report::Day, &two).unwrap();
        assert_eq!((found.aqi, found.primary.len()), (Some(100), 2));
        let clean = readings(&[(Measure::Pm25Day, "35"), (Measure::O3EightHours, "100")]);
        assert_eq!(index(Standard::Hj2026, Report::Day, &clean).unwrap().primary, []);
    }

    #[test]
    fn beyond_the_table_the_old_standard_takes_another_measure() {
        let only = readings(&[(Measure::O3EightHours, "801")]);
        let found = index(Standard::Hj2012, Report::Day, &only).unwrap();
        assert_eq!((found.aqi, found.missing.len()), (None, 6));
        assert_eq!(index(Standard::Hj2026, Report::Day, &only).unwrap().aqi, Some(300));
        let both = readings(&[(Measure::O3EightHours, "801"), (Measure::O3Hour, "900")]);
        assert_eq!(index(Standard::Hj2012, Report::Day, &both).unwrap().aqi, Some(350));
        // Under the new standard the hour is shown, not counted.
        assert_eq!(index(Standard::Hj2026, Report::Day, &both).unwrap().aqi, Some(300));
        let hour = readings(&[(Measure::So2Hour, "801"), (Measure::So2Day, "475")]);
        assert_eq!(index(Standard::Hj2012, Report::Hour, &hour).unwrap().aqi, Some(150));
        let lower = readings(&[(Measure::So2Hour, "500"), (Measure::So2Day, "475")]);
        assert_eq!(index(Standard::Hj2012, Report::Hour, &lower).unwrap().aqi, Some(100));
        let alone = readings(&[(Measure::So2Hour, "801")]);
        assert_eq!(index(Standard::Hj2026, Report::Hour, &alone).unwrap().aqi, Some(200));
    }

    #[test]
    fn readings_that_cannot_be_are_refused() {
        let twice = readings(&[(Measure::CoDay, "1"), (Measure::CoDay, "1")]);
        let refused = index(Standard::Hj2012, Report::Day, &twice);
        assert_eq!(refused, Err(AirError::Twice { measure: Measure::CoDay }));
        let foreign = readings(&[(Measure::No2Hour, "1")]);
        let refused = index(Standard::Hj2012, Report::Day, &foreign);
        assert_eq!(refused, Err(AirError::Foreign { measure: Measure::No2Hour }));
        let foreign = readings(&[(Measure::Pm25Day, "1")]);
        assert!(index(Standard::Hj2026, Report::Hour, &foreign).is_err());
        for (measure, text) in [(Measure::Pm25Day, "-0.1"), (Measure::CoDay, "900")] {
            assert!(index(Standard::Hj2012, Report::Day, &readings(&[(measure, text)])).is_err());
        }
        let minus_nought = -Decimal::ZERO;
        assert_eq!(sub_index(Standard::Hj2012, Measure::CoDay, minus_nought), Ok(Some(0)));
    }
}
