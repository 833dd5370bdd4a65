//! The two parts of light that was measured as one.
//!
//! For the light of hours. The mean of a month must not be parted so: a sky that is always half clear has no beam.

use super::light::{absolute_airmass, distance_factor, extraterrestrial};

/// The lowest cosine of the zenith angle that clearness is told with.
const LOWEST_COS: f64 = 0.065;

/// No beam is told of a sun that is lower than this zenith angle.
const LOWEST_SUN: f64 = 87.0;

/// Light parted into beam and diffuse, in W/m².
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// The beam on a plane that faces the sun (DNI).
    pub direct: f64,
    /// The diffuse light on the horizontal (DHI).
    pub diffuse: f64,
}

impl Parts {
    /// The same light with no more beam than there is outside the atmosphere (W/m²), the rest as diffuse. Of a sun that is
    /// low, models and wrong stamps make more.
    pub fn at_most(self, outside: f64, zenith: f64) -> Self {
        let over = self.direct - outside;
        if over > 0.0 {
            let level = over * libm::cos(zenith.to_radians()).max(0.0);
            Parts { direct: outside, diffuse: self.diffuse + level }
        } else {
            self
        }
    }
}

/// Parts global light by its clearness: Erbs, Klein and Duffie (1982), *Estimation of the diffuse radiation fraction for
/// hourly, daily and monthly-average global radiation*. The zenith angle is the true one; `moment` tells the day.
pub fn erbs(global: f64, zenith: f64, moment: f64) -> Parts {
    let cos = libm::cos(zenith.to_radians());
    let kt = clearness(global, cos, extraterrestrial(moment));
    let fraction = if kt <= 0.22 {
        1.0 - 0.09 * kt
    } else if kt <= 0.8 {
        0.9511 + kt * (-0.1604 + kt * (4.388 + kt * (-16.638 + kt * 12.336)))
    } else {
        0.165
    };
    let diffuse = fraction * global;
    let direct = (global - diffuse) / cos;
    // Where no beam can be told, all is diffuse: beam and diffuse together stay the global light.
    if direct >= 0.0 && zenith <= LOWEST_SUN {
        Parts { direct, diffuse }
    } else {
        Parts { direct: 0.0, diffuse: global }
    }
}

/// Parts global light by its clearness and the air that it passed: Maxwell (1987), *A quasi-physical model for converting
/// hourly global horizontal to direct normal insolation* (DISC). The zenith angle is the true one, the pressure in Pa.
pub fn disc(global: f64, zenith: f64, moment: f64, pressure: f64) -> Parts {
    let outside = 1370.0 * distance_factor(moment);
    let cos = libm::cos(zenith.to_radians());
    let none = Parts { direct: 0.0, diffuse: global };
    if zenith.is_nan() || zenith > LOWEST_SUN {
        return none;
    }
    let kt = clearness(global, cos, outside);
    // Kasten (1966), by which Maxwell fitted.
    let relative = 1.0 / (cos + 0.15 * libm::pow(93.885 - zenith, -1.253));
    let airmass = absolute_airmass(relative, pressure).min(12.0);
    let (a, b, c) = if kt <= 0.6 {
        (
            0.512 + kt * (-1.56 + kt * (2.286 - 2.222 * kt)),
            0.37 + 0.962 * kt,
            -0.28 + kt * (0.932 - 2.048 * kt),
        )
    } else {
        (
            -5.743 + kt * (21.77 + kt * (-27.49 + 11.56 * kt)),
            41.4 + kt * (-118.5 + kt * (66.05 + 31.9 * kt)),
            -47.01 + kt * (184.2 + kt * (-222.0 + 73.81 * kt)),
        )
    };
    let clear =
        0.866 + airmass * (-0.122 + airmass * (0.0121 + airmass * (-0.000_653 + 1.4e-5 * airmass)));
    let direct = (clear - (a + b * libm::exp(c * airmass))) * outside;
    if direct >= 0.0 && global >= 0.0 {
        Parts { direct, diffuse: (global - direct * cos).max(0.0) }
    } else {
        none
    }
}

/// The beam that, with so much diffuse light, makes so much global light; none of a sun too low to tell it.
pub fn beam(global: f64, diffuse: f64, zenith: f64) -> f64 {
    if zenith <= LOWEST_SUN {
        ((global - diffuse) / libm::cos(zenith.to_radians())).max(0.0)
    } else {
        0.0
    }
}

fn clearness(global: f64, cos: f64, outside: f64) -> f64 {
    (global / (outside * cos.max(LOWEST_COS))).clamp(0.0, 1.0)
}
