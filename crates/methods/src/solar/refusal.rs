//! Why nothing is computed.

/// Why nothing is computed: what was found, and what was expected.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// A latitude that there is not; perhaps it is the longitude.
    #[error("latitude {0} is not within -90 to 90")]
    Latitude(f64),
    /// A longitude that there is not.
    #[error("longitude {0} is not within -180 to 180")]
    Longitude(f64),
    /// An altitude at which no roof stands, in metres.
    #[error("altitude {0} m is not within -500 to 9000")]
    Altitude(f64),
    /// A tilt that is no tilt of a roof.
    #[error("tilt {0} is not within 0 to 90")]
    Tilt(f64),
    /// An azimuth that is no direction.
    #[error("azimuth {0} is not within 0 to 360")]
    Azimuth(f64),
    /// A moment outside the years for which the sun is known.
    #[error("moment {0} s is not within the years -2000 to 6000")]
    Moment(f64),
    /// An offset from UTC that no clock has, in seconds.
    #[error("an offset of {0} s from UTC is more than 15 hours")]
    Offset(i32),
    /// A size that is not positive, in kW.
    #[error("{0} kW is not a positive peak power")]
    Peak(f64),
    /// A share (loss, reflectance) outside of its bounds.
    #[error("{name} {value} is not a share within 0 to 1")]
    Share {
        /// Of what.
        name: &'static str,
        /// What was told.
        value: f64,
    },
    /// A property of a system that cannot be.
    #[error("{name} {value} is not within {low} to {high}")]
    Property {
        /// Which one.
        name: &'static str,
        /// What was told.
        value: f64,
        /// The least that is taken.
        low: f64,
        /// The most that is taken.
        high: f64,
    },
    /// A year of weather with another number of hours than the year of the sun.
    #[error("there are {weather} hours of weather and {sun} of the sun")]
    Length {
        /// Hours of weather.
        weather: usize,
        /// Hours of the sun.
        sun: usize,
    },
    /// A value of the weather that cannot be.
    #[error("{name} {value} of hour {hour} (counted from 0) is not within {low} to {high}")]
    Weather {
        /// The hour, counted from 0.
        hour: usize,
        /// Which value.
        name: &'static str,
        /// What was told.
        value: f64,
        /// The least that is taken.
        low: f64,
        /// The most that is taken.
        high: f64,
    },
    /// A mean of a month that cannot be.
    #[error("{name} {value} of month {month} is not within {low} to {high}")]
    Month {
        /// The month, from 1.
        month: usize,
        /// Which mean.
        name: &'static str,
        /// What was told.
        value: f64,
        /// The least that is taken.
        low: f64,
        /// The most that is taken.
        high: f64,
    },
    /// No hours at all, or none of some month.
    #[error("month {0} has no hour")]
    NoHours(usize),
}

/// A value within bounds.
pub(super) fn within(
    value: f64,
    (low, high): (f64, f64),
    refusal: impl FnOnce(f64) -> Refusal,
) -> Result<f64, Refusal> {
    // What is no number is within no bounds.
    if (low..=high).contains(&value) { Ok(value) } else { Err(refusal(value)) }
}
