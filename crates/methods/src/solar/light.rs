//! Light outside the atmosphere, and how much air it passes.

use super::calendar::day_of_year;

/// The solar constant that Spencer's series is used with, in W/m².
pub(super) const SOLAR_CONSTANT: f64 = 1366.1;

/// Light on a plane that faces the sun outside the atmosphere, in W/m²: Spencer (1971), *Fourier series representation of
/// the position of the sun*, with 1366.1 W/m². The day of the year is that of UTC, as in pvlib; by local days the early
/// hours of China would have that of the day after.
pub fn extraterrestrial(moment: f64) -> f64 {
    SOLAR_CONSTANT * distance_factor(moment)
}

/// The square of the mean distance of the sun over the square of the distance of the day.
pub(super) fn distance_factor(moment: f64) -> f64 {
    let (_, day) = day_of_year(moment);
    let angle = std::f64::consts::TAU / 365.0 * (day - 1) as f64;
    let (sin, cos) = libm::sincos(angle);
    let (sin2, cos2) = libm::sincos(2.0 * angle);
    1.00011 + 0.034_221 * cos + 0.001_28 * sin + 0.000_719 * cos2 + 7.7e-5 * sin2
}

/// How much air light passes, over that of a sun at the zenith: Kasten and Young (1989), *Revised optical air mass tables*.
/// The zenith angle is the apparent one; `None` where the sun is below the horizon.
pub fn airmass(apparent_zenith: f64) -> Option<f64> {
    // Written so that what is no number has no airmass.
    if apparent_zenith <= 90.0 {
        let cos = libm::cos(apparent_zenith.to_radians());
        let low = 0.505_72 * libm::pow(6.079_95 + (90.0 - apparent_zenith), -1.6364);
        return Some(1.0 / (cos + low));
    }
    None
}

/// An airmass at another pressure (Pa) than that of the sea.
pub fn absolute_airmass(relative: f64, pressure: f64) -> f64 {
    relative * pressure / 101_325.0
}
