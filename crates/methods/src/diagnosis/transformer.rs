//! Transformers.
//!
//! Source: GB/T 13462-2008 (*电力变压器经济运行*): active losses `P₀ + K·β²·Pk`, with the load `β` and the coefficient `K` of
//! its changes; the load of least losses `√(P₀ ÷ (K·Pk))`, and the economic range from the square of it to 1. Limits of
//! losses by class are in GB 20052; what would replace a transformer is told by its losses. Reactive power is left out.

use super::{Fault, Field, Finding, Found, Measure, Values};

pub(super) fn diagnose(values: &Values) -> Result<Found, Fault> {
    let hours = values.need(Field::Hours)?;
    let load = values.need(Field::Load)?;
    let changes = values.maybe(Field::Fluctuation)?.unwrap_or(1.0);
    let (idle, rated) = (values.need(Field::NoLoadLoss)?, values.need(Field::LoadLoss)?);
    let losses = |idle: f64, rated: f64| (idle + changes * load * load * rated) * hours;
    let kwh = losses(idle, rated);
    let mut findings = Vec::new();
    let idle_new = values.below(Field::NoLoadLossNew, Field::NoLoadLoss)?;
    let rated_new = values.maybe(Field::LoadLossNew)?;
    if let Some((idle_new, rated_new)) = idle_new.zip(rated_new) {
        let saved = kwh - losses(idle_new, rated_new);
        if saved > 0.0 {
            findings.push(Finding { measure: Measure::TransformerLosses, kwh: saved, fuel: 0.0 });
        }
    }
    let least_economic = idle / (changes * rated);
    if load < least_economic || load > 1.0 {
        findings.push(Finding { measure: Measure::TransformerLoad, kwh: 0.0, fuel: 0.0 });
    }
    Ok(Found { kwh, fuel: 0.0, findings })
}
