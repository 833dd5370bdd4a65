//! Boilers fired with gas or oil, by the indirect method: what does not go up the chimney is used.
//!
//! Source: Siegert's formula for the loss by dry flue gas, `(A ÷ (21 − O₂) + B)·(tF − tA)` percent of the lower heat value,
//! with the constants of the German 1. BImSchV, annex 2. Excess air is `21 ÷ (21 − O₂)`. Flue gas that does not condense,
//! of 60 °C and more. Coal has other constants, and losses in its ash: not judged here.

use super::{Fault, Field, Finding, Found, Measure, Values};

/// What a boiler burns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fuel {
    /// Natural gas.
    NaturalGas,
    /// Liquefied petroleum gas.
    Lpg,
    /// Light fuel oil.
    Oil,
}

impl Fuel {
    /// Siegert's A and B.
    fn constants(self) -> (f64, f64) {
        match self {
            Fuel::NaturalGas => (0.66, 0.009),
            Fuel::Lpg => (0.63, 0.008),
            Fuel::Oil => (0.68, 0.007),
        }
    }
}

pub(super) fn diagnose(values: &Values) -> Result<Found, Fault> {
    let (a, b) = values.fuel()?.constants();
    let burnt = values.need(Field::FuelUse)?;
    let (oxygen, flue) = (values.need(Field::Oxygen)?, values.need(Field::FlueTemperature)?);
    let air = values.need(Field::AirTemperature)?;
    let other = values.need(Field::OtherLosses)?;
    let efficiency =
        |oxygen: f64, flue: f64| 1.0 - (a / (21.0 - oxygen) + b) * (flue - air) / 100.0 - other;
    let usual = efficiency(oxygen, flue);
    if usual <= 0.0 {
        return Err(Fault::Efficiency(usual));
    }
    let less_air = values.below(Field::OxygenNew, Field::Oxygen)?;
    let cooler = values.below(Field::FlueTemperatureNew, Field::FlueTemperature)?;
    let better = [
        (Measure::ExcessAir, less_air.map(|oxygen| efficiency(oxygen, flue))),
        (Measure::FlueGas, cooler.map(|flue| efficiency(oxygen, flue))),
    ];
    let finding = |(measure, better): (Measure, Option<f64>)| {
        let fuel = burnt * (1.0 - usual / better?);
        (fuel > 0.0).then_some(Finding { measure, kwh: 0.0, fuel })
    };
    let findings = better.into_iter().filter_map(finding).collect();
    Ok(Found { kwh: 0.0, fuel: burnt, findings })
}
