//! Compressed air.
//!
//! Source: US DOE, *Improving Compressed Air System Performance: A Sourcebook for Industry* (3rd ed. 2016): leakage from
//! the time that a compressor is loaded while nobody uses air, 10 % of the capacity in a well-kept system; heat that can
//! be used up to 90 % of the power taken. Lower pressure: the work of adiabatic compression in one stage, `(p₂ ÷ p₁)^(2⁄7)
//! − 1`, which is the rule of thumb of 7 % a bar about 0.7 MPa. Compressors that load and unload; the formulas hold for
//! gauge pressures of 0.1 to 1.6 MPa.

use super::{DRIVE, Fault, Field, Finding, Found, Measure, Values};

/// Leakage of a well-kept system, as a share of the capacity.
const USUAL_LEAKAGE: f64 = 0.10;

/// Pressure of the air outside, in MPa.
const ATMOSPHERE: f64 = 0.101_325;

pub(super) fn diagnose(values: &Values) -> Result<Found, Fault> {
    let full = values.need(Field::Power)? * values.need(Field::Hours)?;
    let load = values.maybe(Field::Load)?.unwrap_or(1.0).min(1.0);
    let idle = match values.maybe(Field::UnloadedPower)? {
        Some(idle) => idle,
        // Where it is always loaded there is nothing to know.
        None if load >= 1.0 => 0.0,
        None => return Err(Fault::Missing(Field::UnloadedPower)),
    };
    let kwh = full * (load + idle * (1.0 - load));
    let mut findings = Vec::new();
    let mut find = |measure, kwh: f64, fuel: f64| {
        if kwh > 0.0 || fuel > 0.0 {
            findings.push(Finding { measure, kwh, fuel });
        }
    };
    if let Some(leakage) = values.maybe(Field::Leakage)? {
        // So much less of the time is it loaded, and idles instead.
        let less = (leakage - USUAL_LEAKAGE).clamp(0.0, load);
        find(Measure::Leaks, full * less * (1.0 - idle), 0.0);
    }
    if let Some(needed) = values.below(Field::PressureNeeded, Field::Pressure)? {
        let pressure = values.need(Field::Pressure)?;
        let work = |gauge: f64| libm::pow(1.0 + gauge / ATMOSPHERE, 2.0 / 7.0) - 1.0;
        find(Measure::Pressure, full * load * (1.0 - work(needed) / work(pressure)), 0.0);
    }
    if load < 1.0 {
        let driven = full * load / DRIVE;
        find(Measure::CompressorDrive, kwh - driven, 0.0);
    }
    if let Some(used) = values.maybe(Field::HeatUsed)? {
        let boiler = values.need(Field::BoilerEfficiency)?;
        // Heat is heat: a kilowatt-hour of it is worth what the standard has for one of electricity.
        find(Measure::HeatRecovery, 0.0, kwh * used * super::KGCE_PER_KWH / boiler);
    }
    Ok(Found { kwh, fuel: 0.0, findings })
}
