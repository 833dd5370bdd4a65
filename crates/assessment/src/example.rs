//! Series that tests are made of.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail like the tests themselves")]

use terms::{
    Better, Day, Facet, Frequency, Indicator, Observation, ObservationStatus, RegionPlace, Series,
    Tier, Unit,
};

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

/// An indicator of which more is better, published every month.
pub(crate) fn indicator(code: &str, name: &str, unit: &str) -> Indicator {
    Indicator {
        code: code.into(),
        name: name.into(),
        english: String::new(),
        synonyms: Vec::new(),
        unit: unit.into(),
        better: Better::Higher,
        frequency: Frequency::Month,
        definition: String::new(),
        formula: String::new(),
        owner: String::new(),
    }
}

/// A town of a code.
pub(crate) fn town(code: &str) -> RegionPlace {
    RegionPlace {
        code: code.into(),
        name: format!("{code}镇"),
        tier: Tier::Town,
        parent: Some("330784".into()),
    }
}
