//! Lighting.
//!
//! Source: power times hours, lamp by lamp with its ballast (US DOE, Uniform Methods Project, chapter 2: commercial and
//! industrial lighting). Whether the light suffices is for GB/T 50034 and whoever plans it.

use super::{Fault, Field, Found, Measure, Values, by_share};

pub(super) fn diagnose(values: &Values) -> Result<Found, Fault> {
    let (lamps, power) = (values.need(Field::Lamps)?, values.need(Field::LampPower)?);
    let hours = values.need(Field::Hours)?;
    let led = values.below(Field::LampPowerNew, Field::LampPower)?.map(|new| 1.0 - new / power);
    let off = values.below(Field::HoursNeeded, Field::Hours)?.map(|needed| 1.0 - needed / hours);
    let kwh = lamps * power * hours / 1_000.0;
    Ok(by_share(kwh, &[(Measure::Lamps, led), (Measure::LightHours, off)]))
}
