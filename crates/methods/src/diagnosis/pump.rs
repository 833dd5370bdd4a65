//! Pumps for water.
//!
//! Source: US DOE, *Improving Pumping System Performance: A Sourcebook for Industry* (2nd ed. 2006): the power in the
//! water, `ρ·g·Q·H`; a valve destroys the head that is not needed behind it; the affinity laws for a pump on a system whose
//! head is `Hs + (H − Hs)·(Q ÷ Q₀)²`. Water of 1,000 kg/m³; flows of 40 % and more.

use super::{DRIVE, Fault, Field, Found, Measure, Values, by_share};

/// Kilowatts in a cubic metre an hour through a metre: 1,000 kg · 9.80665 m/s² ÷ 3,600 s ÷ 1,000.
const KILOWATTS: f64 = 9.806_65 / 3_600.0;

/// Nothing turns so much of its power into flow.
pub(super) const BEST: f64 = 0.95;

/// Below this share of its flow a pump or fan does not follow the affinity laws.
pub(super) const LEAST_FLOW: f64 = 0.4;

pub(super) fn diagnose(values: &Values) -> Result<Found, Fault> {
    let power = values.need(Field::Power)?;
    let (flow, head) = (values.need(Field::Flow)?, values.need(Field::Head)?);
    let efficiency = KILOWATTS * flow * head / power;
    if efficiency > BEST {
        return Err(Fault::Efficiency(efficiency));
    }
    let better = values.maybe(Field::EfficiencyNew)?.map(|better| 1.0 - efficiency / better);
    let needed = values.below(Field::HeadNeeded, Field::Head)?;
    let throttled = needed.map(|needed| 1.0 - needed / head);
    let slower = match values.below(Field::FlowNeeded, Field::Flow)? {
        None => None,
        Some(needed) => {
            let fixed = values.below(Field::StaticHead, Field::Head)?;
            let fixed = fixed.ok_or(Fault::Missing(Field::StaticHead))? / head;
            let share = (needed / flow).max(LEAST_FLOW);
            Some(1.0 - share * (fixed + (1.0 - fixed) * share * share) / DRIVE)
        }
    };
    let kwh = power * values.need(Field::Hours)?;
    Ok(by_share(
        kwh,
        &[
            (Measure::Efficiency, better),
            (Measure::Throttling, throttled),
            (Measure::VariableSpeed, slower),
        ],
    ))
}
