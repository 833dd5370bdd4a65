//! Machines that cool rooms.
//!
//! Source: the same heat with another coefficient of performance, `Q·(1 ÷ COP − 1 ÷ COP′)` (GB/T 10870, GB 19577 for the
//! classes). Both have to be of the same conditions, best the seasonal ones.

use super::{Fault, Field, Found, Measure, Values, by_share};

pub(super) fn diagnose(values: &Values) -> Result<Found, Fault> {
    let (cooling, cop) = (values.need(Field::CoolingPower)?, values.need(Field::Cop)?);
    let better = values.maybe(Field::CopNew)?.map(|new| 1.0 - cop / new);
    let kwh = cooling / cop * values.need(Field::Hours)?;
    Ok(by_share(kwh, &[(Measure::Cooling, better)]))
}
