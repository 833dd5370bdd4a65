//! Air quality: the index of a day or an hour, and what a year of days comes to.
//!
//! Sources: HJ 633-2012 and, for days from 2026-03-01, HJ 633-2026 (*环境空气质量指数（AQI）技术规定*) for the index;
//! GB 3095-2012 and GB 3095-2026 (*环境空气质量标准*) for limits and for how many figures a mean needs; HJ 663
//! (*环境空气质量评价技术规范*) for the means and percentiles of a year; GB/T 8170 for rounding. Concentrations are in
//! micrograms per cubic metre, of carbon monoxide in **milligrams**. What was not measured is missing, never nought.

mod index;
mod limits;
mod statistic;
mod table;
mod year;

pub use index::{Index, Level, Part, Reading, Report, index, sub_index};
pub use limits::{Limits, Stage, limits};
pub use statistic::{Statistic, percentile, reported};
pub use table::{Band, Standard, band};
pub use year::{AirYear, Day, DayIndex, Half, Tally, YearError, year};

use rust_decimal::Decimal;

/// What is measured in the air.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pollutant {
    /// Particles below 2.5 micrometres.
    Pm25,
    /// Particles below 10 micrometres.
    Pm10,
    /// Sulphur dioxide.
    So2,
    /// Nitrogen dioxide.
    No2,
    /// Carbon monoxide, in milligrams per cubic metre.
    Co,
    /// Ozone.
    O3,
}

impl Pollutant {
    /// All six, in the order of this module's lists.
    pub const ALL: [Pollutant; 6] = [
        Pollutant::Pm25,
        Pollutant::Pm10,
        Pollutant::So2,
        Pollutant::No2,
        Pollutant::Co,
        Pollutant::O3,
    ];

    /// What of it a daily report holds: the mean of 24 hours, of ozone the highest mean of eight hours.
    pub fn daily(self) -> Measure {
        match self {
            Pollutant::Pm25 => Measure::Pm25Day,
            Pollutant::Pm10 => Measure::Pm10Day,
            Pollutant::So2 => Measure::So2Day,
            Pollutant::No2 => Measure::No2Day,
            Pollutant::Co => Measure::CoDay,
            Pollutant::O3 => Measure::O3EightHours,
        }
    }

    /// Its mean of one hour.
    pub fn hourly(self) -> Measure {
        match self {
            Pollutant::Pm25 => Measure::Pm25Hour,
            Pollutant::Pm10 => Measure::Pm10Hour,
            Pollutant::So2 => Measure::So2Hour,
            Pollutant::No2 => Measure::No2Hour,
            Pollutant::Co => Measure::CoHour,
            Pollutant::O3 => Measure::O3Hour,
        }
    }
}

/// A pollutant with the time over which it is a mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// PM2.5 over 24 hours.
    Pm25Day,
    /// PM10 over 24 hours.
    Pm10Day,
    /// Sulphur dioxide over 24 hours.
    So2Day,
    /// Nitrogen dioxide over 24 hours.
    No2Day,
    /// Carbon monoxide over 24 hours, in milligrams.
    CoDay,
    /// Ozone over eight hours; of a day the highest such mean.
    O3EightHours,
    /// Ozone over an hour; of a day the highest such mean.
    O3Hour,
    /// PM2.5 over an hour, held against the table of 24 hours, as real-time reports do: there is none of its own.
    Pm25Hour,
    /// PM10 over an hour, held against the table of 24 hours.
    Pm10Hour,
    /// Sulphur dioxide over an hour.
    So2Hour,
    /// Nitrogen dioxide over an hour.
    No2Hour,
    /// Carbon monoxide over an hour, in milligrams.
    CoHour,
}

impl Measure {
    /// All of them.
    pub const ALL: [Measure; 12] = [
        Measure::Pm25Day,
        Measure::Pm10Day,
        Measure::So2Day,
        Measure::No2Day,
        Measure::CoDay,
        Measure::O3EightHours,
        Measure::O3Hour,
        Measure::Pm25Hour,
        Measure::Pm10Hour,
        Measure::So2Hour,
        Measure::No2Hour,
        Measure::CoHour,
    ];

    /// The pollutant.
    pub fn pollutant(self) -> Pollutant {
        match self {
            Measure::Pm25Day | Measure::Pm25Hour => Pollutant::Pm25,
            Measure::Pm10Day | Measure::Pm10Hour => Pollutant::Pm10,
            Measure::So2Day | Measure::So2Hour => Pollutant::So2,
            Measure::No2Day | Measure::No2Hour => Pollutant::No2,
            Measure::CoDay | Measure::CoHour => Pollutant::Co,
            Measure::O3EightHours | Measure::O3Hour => Pollutant::O3,
        }
    }

    /// The highest concentration that is believed, in the unit of the pollutant: beyond the worst dust storms and fires on
    /// record, and low enough that carbon monoxide in micrograms is noticed. A bound of ours, not of a standard.
    pub fn most(self) -> Decimal {
        Decimal::from(match self.pollutant() {
            Pollutant::Pm25 => 10_000,
            Pollutant::Pm10 => 20_000,
            Pollutant::So2 | Pollutant::No2 => 10_000,
            Pollutant::Co => 200,
            Pollutant::O3 => 5_000,
        })
    }
}

/// Why there is no index.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AirError {
    /// A concentration is below nought.
    #[error("{measure:?} is {concentration}; expected nought or more")]
    Negative {
        /// What was measured.
        measure: Measure,
        /// The concentration.
        concentration: Decimal,
    },
    /// A concentration is beyond belief, often because of its unit.
    #[error("{measure:?} is {concentration}; expected at most {most}")]
    Absurd {
        /// What was measured.
        measure: Measure,
        /// The concentration.
        concentration: Decimal,
        /// The highest that is believed.
        most: Decimal,
    },
    /// The same was measured twice.
    #[error("{measure:?} is given twice")]
    Twice {
        /// What was measured.
        measure: Measure,
    },
    /// A measure does not belong to this kind of report.
    #[error("{measure:?} does not belong to this report")]
    Foreign {
        /// What was measured.
        measure: Measure,
    },
    /// Nothing was measured.
    #[error("no concentration is given")]
    Nothing,
    /// No table is known for the day.
    #[error("no table of the index is known for {year}-{month:02}")]
    NoTable {
        /// The year of the day.
        year: i32,
        /// Its month.
        month: u8,
    },
}
