//! Series that tests are made of.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail like the tests themselves")]

use terms::{Day, Facet, Observation, ObservationStatus, Series, Unit};

/// A series of figures by period and value, in any order.
pub(crate) fn series(facet: Facet, unit: &str, figures: &[(&str, &str)]) -> Series {
    let mut observations: Vec<Observation> = figures
        .iter()
        .map(|(period, value)| Observation {
            indicator: "x".into(),
            region: "330784".into(),
            facet,
            period: period.parse().unwrap(),
            vintage: Day::new(2024, 7, 20).unwrap(),
            value: Some(value.parse().unwrap()),
            unit: Unit::new(unit),
            status: ObservationStatus::Normal,
            source: "月报".into(),
            note: "".into(),
        })
        .collect();
    observations.sort_by_key(|known| known.period);
    Series { observations, redefinitions: Vec::new() }
}
