//! Fans.
//!
//! Source: US DOE, *Improving Fan System Performance: A Sourcebook for Industry* (2003): the power in the air, `Q·p`, with
//! the total pressure; the fan laws, by which power follows the cube of the flow where no pressure is fixed. Pressures small
//! beside that of the air, to about 10 kPa; flows of 40 % and more.

use super::pump::{BEST, LEAST_FLOW};
use super::{DRIVE, Fault, Field, Found, Measure, Values, by_share};

/// Kilowatts in a cubic metre an hour against a pascal.
const KILOWATTS: f64 = 1.0 / 3_600.0 / 1_000.0;

pub(super) fn diagnose(values: &Values) -> Result<Found, Fault> {
    let power = values.need(Field::Power)?;
    let (flow, pressure) = (values.need(Field::Flow)?, values.need(Field::FanPressure)?);
    let efficiency = KILOWATTS * flow * pressure / power;
    if efficiency > BEST {
        return Err(Fault::Efficiency(efficiency));
    }
    let better = values.maybe(Field::EfficiencyNew)?.map(|better| 1.0 - efficiency / better);
    let needed = values.below(Field::FlowNeeded, Field::Flow)?;
    let slower = needed.map(|needed| {
        let share = (needed / flow).max(LEAST_FLOW);
        1.0 - share * share * share / DRIVE
    });
    let kwh = power * values.need(Field::Hours)?;
    Ok(by_share(kwh, &[(Measure::Efficiency, better), (Measure::VariableSpeed, slower)]))
}
