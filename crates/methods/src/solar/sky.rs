//! The light of a year, made ready for planes: whatever of it does not depend on tilt and azimuth is computed once.
//!
//! With the cosine `c` of the angle of incidence (at least 0), the light on a plane of tilt β is, in all three models,
//! `direct·c + max(even·(1 + cos β) + around·c + horizon·sin β, 0) + ground·(1 − cos β)`
//! with coefficients of the hour; so a roof costs a handful of products an hour.

use std::ops::Range;

use super::light::airmass;
use super::place::Plane;
use super::refusal::{Refusal, within};
use super::sun::Sun;
use super::sun_year::{Hours, SunYear};
use super::weather::{Weather, WeatherYear, same_length};

/// How much of its light the ground usually sends back.
pub const ALBEDO: f64 = 0.2;

/// How diffuse light is spread over the sky.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transposition {
    /// Evenly (Liu and Jordan 1963). Too little for planes that face the sun.
    Isotropic,
    /// Evenly, and around the sun (Hay and Davies 1980).
    HayDavies,
    /// Evenly, around the sun and along the horizon (Perez, Ineichen, Seals, Michalsky and Stewart 1990, *Modeling
    /// daylight availability and irradiance components from direct and global irradiance*; composite of all sites).
    #[default]
    Perez,
}

/// The light on a plane in its parts, in W/m².
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Components {
    /// Straight from the sun.
    pub direct: f64,
    /// From the sky.
    pub sky: f64,
    /// From the ground.
    pub ground: f64,
}

impl Components {
    /// All light on the plane.
    pub fn total(&self) -> f64 {
        self.direct + self.sky + self.ground
    }
}

/// The coefficients of an hour, as above.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coefficients {
    pub(super) direct: f64,
    pub(super) even: f64,
    pub(super) around: f64,
    pub(super) horizon: f64,
    pub(super) ground: f64,
}

/// The hours of a year that have light, month by month, made ready for planes.
#[derive(Debug, Clone)]
pub struct Sky {
    pub(super) hours: usize,
    /// Which hour of the year each lit hour is.
    pub(super) lit: Vec<usize>,
    /// Where each month is among the lit hours.
    pub(super) months: [Range<usize>; 12],
    /// Where the sun is: how far east, north and up a unit vector leads.
    pub(super) sun: [Vec<f64>; 3],
    pub(super) direct: Vec<f64>,
    pub(super) even: Vec<f64>,
    pub(super) around: Vec<f64>,
    pub(super) horizon: Vec<f64>,
    pub(super) ground: Vec<f64>,
    pub(super) air: Vec<f64>,
    pub(super) wind: Vec<f64>,
}

impl Sky {
    /// The light of a year's weather under a sun, by a model and the albedo of the ground (a share).
    ///
    /// # Errors
    /// Where hours, sun and weather are not of one length, or the albedo is no share.
    pub fn new(
        hours: &Hours,
        sun: &SunYear,
        weather: &WeatherYear,
        model: Transposition,
        albedo: f64,
    ) -> Result<Self, Refusal> {
        within(albedo, (0.0, 1.0), |value| Refusal::Share { name: "albedo", value })?;
        same_length(weather.weather.len(), sun)?;
        same_length(hours.len(), sun)?;
        let of_year = || weather.weather.iter().enumerate().filter(|(_, one)| one.is_lit());
        let mut lit: Vec<(usize, usize)> =
            of_year().map(|(hour, _)| (hours.month(hour).unwrap_or(1), hour)).collect();
        // A year by the hours of UTC ends, by the clock, in the January that it began with.
        lit.sort();
        let count = lit.len();
        let empty = || Vec::with_capacity(count);
        let mut sky = Sky {
            hours: hours.len(),
            lit: lit.iter().map(|(_, hour)| *hour).collect(),
            months: std::array::from_fn(|month| {
                let at = |month: usize| lit.partition_point(|(of, _)| *of <= month);
                at(month)..at(month + 1)
            }),
            sun: [empty(), empty(), empty()],
            direct: empty(),
            even: empty(),
            around: empty(),
            horizon: empty(),
            ground: empty(),
            air: empty(),
            wind: empty(),
        };
        for (_, hour) in lit {
            let then = sun.suns[hour];
            let (sin, cos) = libm::sincos(then.apparent_zenith.to_radians());
            let (sin_azimuth, cos_azimuth) = libm::sincos(then.azimuth.to_radians());
            for (axis, value) in sky.sun.iter_mut().zip([sin * sin_azimuth, sin * cos_azimuth, cos])
            {
                axis.push(value);
            }
            let one = &weather.weather[hour];
            let found = coefficients(model, &then, cos, one, hours.extraterrestrial[hour], albedo);
            sky.direct.push(found.direct);
            sky.even.push(found.even);
            sky.around.push(found.around);
            sky.horizon.push(found.horizon);
            sky.ground.push(found.ground);
            sky.air.push(one.temperature);
            sky.wind.push(one.wind);
        }
        Ok(sky)
    }

    /// How many hours the year has, with light and without.
    pub fn hours(&self) -> usize {
        self.hours
    }

    /// The light on a plane, hour by hour of the year, in its parts.
    pub fn on(&self, plane: &Plane) -> Vec<Components> {
        let mut found = vec![Components::default(); self.hours];
        let normal = plane.normal();
        let (sin, cos) = libm::sincos(plane.tilt().to_radians());
        for (at, hour) in self.lit.iter().enumerate() {
            let incidence =
                (0..3).map(|axis| self.sun[axis][at] * normal[axis]).sum::<f64>().max(0.0);
            let even = self.even[at] * (1.0 + cos);
            let sky = even + self.around[at] * incidence + self.horizon[at] * sin;
            found[*hour] = Components {
                direct: self.direct[at] * incidence,
                sky: sky.max(0.0),
                ground: self.ground[at] * (1.0 - cos),
            };
        }
        found
    }
}

fn coefficients(
    model: Transposition,
    sun: &Sun,
    cos: f64,
    weather: &Weather,
    outside: f64,
    albedo: f64,
) -> Coefficients {
    let Weather { global, direct, diffuse, .. } = *weather;
    let ground = global * albedo * 0.5;
    let whole = Coefficients { direct, even: 0.0, around: 0.0, horizon: 0.0, ground };
    match model {
        Transposition::Isotropic => Coefficients { even: diffuse * 0.5, ..whole },
        Transposition::HayDavies => {
            let share = direct / outside;
            let even = (diffuse * (1.0 - share) * 0.5).max(0.0);
            // Below a cosine of 0.01745 the sun is too low to be told where it is.
            Coefficients { even, around: diffuse * share / cos.max(0.017_45), ..whole }
        }
        Transposition::Perez => match airmass(sun.apparent_zenith) {
            Some(airmass) if diffuse > 0.0 => {
                let [circumsolar, brightening] =
                    perez(sun.apparent_zenith.to_radians(), (direct, diffuse), airmass, outside);
                // As if the sun were never lower than 5°.
                let lowest = libm::cos(85.0_f64.to_radians());
                Coefficients {
                    even: diffuse * (1.0 - circumsolar) * 0.5,
                    around: diffuse * circumsolar / cos.max(lowest),
                    horizon: diffuse * brightening,
                    ..whole
                }
            }
            _ => whole,
        },
    }
}

/// Where the classes of clearness end.
const CLEARNESS: [f64; 7] = [1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2];

/// The coefficients F11, F12, F13, F21, F22, F23 of the classes, from overcast to clear.
const PEREZ: [[f64; 6]; 8] = [
    [-0.008, 0.588, -0.062, -0.060, 0.072, -0.022],
    [0.130, 0.683, -0.151, -0.019, 0.066, -0.029],
    [0.330, 0.487, -0.221, 0.055, -0.064, -0.026],
    [0.568, 0.187, -0.295, 0.109, -0.152, -0.014],
    [0.873, -0.392, -0.362, 0.226, -0.462, 0.001],
    [1.132, -1.237, -0.412, 0.288, -0.823, 0.056],
    [1.060, -1.600, -0.359, 0.264, -1.127, 0.131],
    [0.678, -0.327, -0.250, 0.156, -1.377, 0.251],
];

/// How bright the sky is around the sun and along the horizon, by the zenith angle in radians.
fn perez(zenith: f64, (direct, diffuse): (f64, f64), airmass: f64, outside: f64) -> [f64; 2] {
    let brightness = diffuse * airmass / outside;
    let cubed = 1.041 * zenith * zenith * zenith;
    let clearness = ((diffuse + direct) / diffuse + cubed) / (1.0 + cubed);
    let class = CLEARNESS.iter().filter(|end| clearness >= **end).count();
    let [a, b, c, d, e, f] = PEREZ[class];
    [(a + b * brightness + c * zenith).max(0.0), d + e * brightness + f * zenith]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pvlib 0.16.1 at 28.89 N, 120.03 E, 90 m on 2023-03-20 09:30, GHI 450 parted by Erbs, tilt 15° to the south.
    #[test]
    fn one_hour_is_that_of_pvlib() {
        let place = crate::solar::Place::new(28.89, 120.03, 90.0).unwrap();
        let plane = Plane::new(15.0, 180.0).unwrap();
        let hours = Hours::of(vec![1_679_275_800.0], 28_800).unwrap();
        let sun = hours.sun(&place).unwrap();
        assert!((sun.suns[0].zenith - 47.628_471_56).abs() < 1e-7, "{sun:?}");
        let weather =
            Weather { global: 450.0, direct: 206.6098, diffuse: 310.7583, ..Weather::default() };
        let weather = WeatherYear::new(vec![weather]).unwrap();
        let known = [
            (Transposition::Isotropic, 305.4639),
            (Transposition::HayDavies, 311.4389),
            (Transposition::Perez, 318.7445),
        ];
        for (model, expected) in known {
            let sky = Sky::new(&hours, &sun, &weather, model, ALBEDO).unwrap();
            let found = sky.on(&plane)[0];
            assert!((found.direct - 154.7753).abs() < 1e-4, "{found:?}");
            assert!((found.ground - 1.5333).abs() < 1e-4, "{found:?}");
            assert!((found.sky - expected).abs() < 2e-4, "{model:?} {found:?}");
        }
    }
}
