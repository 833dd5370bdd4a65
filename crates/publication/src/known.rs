//! A figure that was published, as a record that leads to its source.

use serde::Serialize;
use terms::{Amount, Observation};
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
#[schema(as = KnownFigure)]
pub(crate) struct ObservationRecord<'a> {
    facet: &'static str,
    period: String,
    value: Option<String>,
    unit: &'a str,
    vintage: String,
    source: &'a str,
}

impl<'a> From<&'a Observation> for ObservationRecord<'a> {
    fn from(known: &'a Observation) -> Self {
        ObservationRecord {
            facet: known.facet.as_str(),
            period: known.period.to_string(),
            value: known.value.as_ref().map(Amount::to_string),
            unit: known.unit.as_str(),
            vintage: known.vintage.to_string(),
            source: &known.source,
        }
    }
}

/// A text, where there is one.
pub(crate) fn said(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
