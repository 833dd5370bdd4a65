//! Where the sun is: NREL's solar position algorithm (Reda and Andreas 2003, *Solar position algorithm for solar radiation
//! applications*, NREL/TP-560-34302), by the crate `solar-positioning`.

use solar_positioning::time::JulianDate;
use solar_positioning::{Horizon, Location, PreparedPositions, SolarEvents, SolarPositions};

use super::calendar::DAY;
use super::place::Place;
use super::refusal::Refusal;

/// Terrestrial less universal time in seconds that is used for all years, as in pvlib; two seconds more or less move the
/// sun by 0.00002°.
pub const DELTA_T: f64 = 67.0;

/// The temperature of the air by which light is refracted, in °C.
const AIR_TEMPERATURE: f64 = 12.0;

/// The sun is refracted while this much of it is above the horizon: its radius and the refraction there, in degrees.
const REFRACTED_FROM: f64 = -(0.26667 + 0.5667);

/// Where the sun is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sun {
    /// The angle from the zenith at which the sun would be without air, in degrees.
    pub zenith: f64,
    /// The angle from the zenith at which it is seen, in degrees.
    pub apparent_zenith: f64,
    /// The azimuth in degrees, from north over east.
    pub azimuth: f64,
}

/// Where the sun is at a moment, and the equation of time in minutes: by how much a sundial is ahead of a clock.
///
/// # Errors
/// Where the moment is outside the years −2000 to 6000 or no number.
pub fn sun(place: &Place, moment: f64) -> Result<(Sun, f64), Refusal> {
    let prepared = prepare(moment)?;
    let found = at(&prepared, place, refraction_factor(place)).ok_or(Refusal::Moment(moment))?;
    let equation = equation_of_time(&prepared, moment).ok_or(Refusal::Moment(moment))?;
    Ok((found, equation))
}

/// What of the sun's position does not depend on the place.
pub(super) fn prepare(moment: f64) -> Result<PreparedPositions, Refusal> {
    JulianDate::new(julian(moment), DELTA_T)
        .and_then(|date| SolarPositions::new().for_time_from_julian(date))
        .map_err(|_| Refusal::Moment(moment))
}

fn julian(moment: f64) -> f64 {
    moment / DAY + 2_440_587.5
}

/// By how much the refraction of a place differs from that at 1010 hPa and 10 °C.
pub(super) fn refraction_factor(place: &Place) -> f64 {
    place.pressure() / 100.0 / 1010.0 * (283.0 / (273.0 + AIR_TEMPERATURE))
}

/// Where the sun is, seen from a place.
pub(super) fn at(prepared: &PreparedPositions, place: &Place, refraction: f64) -> Option<Sun> {
    let location = Location { latitude: place.latitude(), longitude: place.longitude() };
    let position = prepared.at(location, place.altitude(), None).ok()?;
    let zenith = position.zenith_angle();
    let height = 90.0 - zenith;
    let mut apparent_zenith = zenith;
    if height >= REFRACTED_FROM {
        let angle = (height + 10.3 / (height + 5.11)).to_radians();
        apparent_zenith -= refraction * 1.02 / (60.0 * libm::tan(angle));
    }
    Some(Sun { zenith, apparent_zenith, azimuth: position.azimuth() })
}

/// Minutes by which true solar time is ahead of mean solar time, within −20 to 20.
fn equation_of_time(prepared: &PreparedPositions, moment: f64) -> Option<f64> {
    // Seen from the pole, where the sun has no parallax, its azimuth is 180° and its hour angle: so the apparent
    // sidereal time less the right ascension is found, in which the nutation is contained already.
    let pole = Location { latitude: 90.0, longitude: 0.0 };
    let hour_angle = prepared.at(pole, 0.0, None).ok()?.azimuth() - 180.0;
    let days = julian(moment) - 2_451_545.0;
    let century = days / 36_525.0;
    let millennium = (days + DELTA_T / DAY) / 365_250.0;
    let sidereal = 280.460_618_37
        + 360.985_647_366_29 * days
        + century * century * (0.000_387_933 - century / 38_710_000.0);
    let longitude = 280.466_456_7
        + millennium
            * (360_007.698_277_9
                + millennium
                    * (0.030_320_28
                        + millennium
                            * (1.0 / 49_931.0
                                - millennium * (1.0 / 15_300.0 + millennium / 2_000_000.0))));
    let turn = (longitude - 0.005_718_3 + hour_angle - sidereal).rem_euclid(360.0);
    Some(4.0 * if turn > 180.0 { turn - 360.0 } else { turn })
}

/// When the sun rises, sets and stands highest; `None` for what does not happen on that day. Rising and setting is seen of
/// the upper edge, with the usual refraction: the centre is 0.8333° below the horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SunDay {
    /// Sunrise, as a moment.
    pub rise: Option<f64>,
    /// Sunset, as a moment.
    pub set: Option<f64>,
    /// When it passes the meridian, as a moment.
    pub transit: Option<f64>,
}

/// The sun's course within 24 hours from a moment, as the midnight of a place.
///
/// # Errors
/// Where the moment is outside the years −2000 to 6000 or no number.
pub fn sun_day(place: &Place, midnight: f64) -> Result<SunDay, Refusal> {
    let location = Location { latitude: place.latitude(), longitude: place.longitude() };
    let (start, end) = (julian(midnight), julian(midnight + DAY));
    let events = SolarEvents::new();
    let moment = |julian: Option<f64>| julian.map(|julian| (julian - 2_440_587.5) * DAY);
    let refused = |_| Refusal::Moment(midnight);
    let horizon = Horizon::SunriseSunset;
    let rise = events.next_rise_from_julian(start, end, location, DELTA_T, horizon);
    let set = events.next_set_from_julian(start, end, location, DELTA_T, horizon);
    let transit = events.next_transit_from_julian(start, end, place.longitude(), DELTA_T);
    Ok(SunDay {
        rise: moment(rise.map_err(refused)?),
        set: moment(set.map_err(refused)?),
        transit: moment(transit.map_err(refused)?),
    })
}
