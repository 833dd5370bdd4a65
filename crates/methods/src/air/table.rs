//! The tables of the index, with the days on which they apply.

use rust_decimal::Decimal;

use super::{AirError, Measure};

/// A version of the rules of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standard {
    /// HJ 633-2012 with GB 3095-2012, published on 2012-02-29, for days to 2026-02-28.
    Hj2012,
    /// HJ 633-2026 with the first stage of GB 3095-2026, for days from 2026-03-01 to 2030-12-31.
    Hj2026,
}

impl Standard {
    /// Both versions, the older first.
    pub const ALL: [Standard; 2] = [Standard::Hj2012, Standard::Hj2026];

    /// The version in force on a day.
    ///
    /// # Errors
    /// Where no table is known: before the index was published, and from 2031-01-01, when the second stage of
    /// GB 3095-2026 begins, whose index table we have not seen.
    pub fn on(year: i32, month: u8, day: u8) -> Result<Standard, AirError> {
        match (year, month, day) {
            before if before < (2012, 2, 29) => Err(AirError::NoTable { year, month }),
            old if old < (2026, 3, 1) => Ok(Standard::Hj2012),
            new if new < (2031, 1, 1) => Ok(Standard::Hj2026),
            _ => Err(AirError::NoTable { year, month }),
        }
    }

    /// The concentrations at which the sub-index reaches [`STEPS`], beginning with nought; shorter where the standard
    /// ends the table earlier.
    pub(super) fn edges(self, measure: Measure) -> &'static [i64] {
        match (measure, self) {
            (Measure::Pm25Day | Measure::Pm25Hour, Standard::Hj2012) => {
                &[0, 35, 75, 115, 150, 250, 350, 500]
            }
            (Measure::Pm25Day | Measure::Pm25Hour, Standard::Hj2026) => {
                &[0, 35, 60, 115, 150, 250, 350, 500]
            }
            (Measure::Pm10Day | Measure::Pm10Hour, Standard::Hj2012) => {
                &[0, 50, 150, 250, 350, 420, 500, 600]
            }
            (Measure::Pm10Day | Measure::Pm10Hour, Standard::Hj2026) => {
                &[0, 50, 120, 250, 350, 420, 500, 600]
            }
            (Measure::So2Day, _) => &[0, 50, 150, 475, 800, 1600, 2100, 2620],
            (Measure::So2Hour, _) => &[0, 150, 500, 650, 800],
            (Measure::No2Day, _) => &[0, 40, 80, 180, 280, 565, 750, 940],
            (Measure::No2Hour, _) => &[0, 100, 200, 700, 1200, 2340, 3090, 3840],
            (Measure::CoDay, _) => &[0, 2, 4, 14, 24, 36, 48, 60],
            (Measure::CoHour, _) => &[0, 5, 10, 35, 60, 90, 120, 150],
            (Measure::O3EightHours, _) => &[0, 100, 160, 215, 265, 800],
            (Measure::O3Hour, _) => &[0, 160, 200, 300, 400, 800, 1000, 1200],
        }
    }

    /// The sub-index of what lies beyond the table; `None` where the standard takes another measure instead.
    pub(super) fn beyond(self, measure: Measure) -> Option<u16> {
        match (measure, self) {
            (Measure::So2Hour | Measure::O3EightHours, Standard::Hj2012) => None,
            (Measure::So2Hour, Standard::Hj2026) => Some(200),
            (Measure::O3EightHours, Standard::Hj2026) => Some(300),
            _ => Some(500),
        }
    }
}

/// The values of the sub-index at the edges of the tables.
pub(super) const STEPS: [u16; 8] = [0, 50, 100, 150, 200, 300, 400, 500];

/// A band of a table, within which the sub-index is interpolated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The concentration at which it begins, in the unit of the measure.
    pub low: Decimal,
    /// The concentration at which it ends.
    pub high: Decimal,
    /// The sub-index where it begins.
    pub from: Decimal,
    /// The sub-index where it ends.
    pub to: Decimal,
}

/// The band of the table in which a concentration lies; `None` beyond the table. An edge belongs to the band that it ends.
pub fn band(standard: Standard, measure: Measure, concentration: Decimal) -> Option<Band> {
    let edges = standard.edges(measure);
    let ends = edges.iter().zip(edges.iter().skip(1));
    let steps = STEPS.iter().zip(STEPS.iter().skip(1));
    ends.zip(steps).find_map(|((low, high), (from, to))| {
        let high = Decimal::from(*high);
        let (low, from, to) = (Decimal::from(*low), Decimal::from(*from), Decimal::from(*to));
        (concentration <= high).then_some(Band { low, high, from, to })
    })
}
