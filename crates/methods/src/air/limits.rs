//! The yearly limits that concentrations are held against.
//!
//! Source: GB 3095-2012 and GB 3095-2026, table 1; the first stage of the latter is in force from 2026-03-01 to
//! 2030-12-31, the second from 2031-01-01. A percentile of days is held against the limit of the day.

use rust_decimal::Decimal;

use super::Pollutant;

/// A version of the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// GB 3095-2012.
    Gb2012,
    /// GB 3095-2026, first stage (过渡阶段).
    Gb2026First,
    /// GB 3095-2026, second stage, from 2031-01-01.
    Gb2026Second,
}

/// The limits of a pollutant in areas where people live (class 2), micrograms per cubic metre, carbon monoxide milligrams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of the mean of a year; `None` of carbon monoxide and ozone.
    pub year: Option<Decimal>,
    /// Of a day, of ozone its highest mean of eight hours.
    pub day: Decimal,
}

/// The limits of class 2 (二级).
pub fn limits(stage: Stage, pollutant: Pollutant) -> Limits {
    use {Pollutant as P, Stage as S};
    let (year, day) = match (pollutant, stage) {
        (P::Pm25, S::Gb2012) => (Some(35), 75),
        (P::Pm25, S::Gb2026First) => (Some(30), 60),
        (P::Pm25, S::Gb2026Second) => (Some(25), 50),
        (P::Pm10, S::Gb2012) => (Some(70), 150),
        (P::Pm10, S::Gb2026First) => (Some(60), 120),
        (P::Pm10, S::Gb2026Second) => (Some(50), 100),
        (P::So2, S::Gb2012 | S::Gb2026First) => (Some(60), 150),
        (P::So2, S::Gb2026Second) => (Some(20), 50),
        (P::No2, S::Gb2012 | S::Gb2026First) => (Some(40), 80),
        (P::No2, S::Gb2026Second) => (Some(30), 50),
        (P::Co, _) => (None, 4),
        (P::O3, _) => (None, 160),
    };
    Limits { year: year.map(Decimal::from), day: Decimal::from(day) }
}
