//! What is reflected at the glass of a module.
//!
//! Sources: De Soto, Klein and Beckman (2006), *Improvement and validation of a model for photovoltaic array performance*
//! (glass of index 1.526, absorbing 4 per metre, 2 mm thick); for light of sky and ground Marion (2017), *Numerical method
//! for angle-of-incidence correction factors for diffuse radiation incident photovoltaic modules*.

/// Refractive index of the glass.
const INDEX: f64 = 1.526;

/// Absorption of the glass (4 per metre) times its thickness (2 mm).
const ABSORBED: f64 = 4.0 * 0.002;

/// Slices of the half turn over which diffuse light is summed.
const SLICES: usize = 180;

/// Whether what is reflected at the glass is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reflection {
    /// It is not: all light passes.
    #[default]
    None,
    /// By the physical model of one pane without coating. It costs some 3 to 4 % of a year.
    Glass,
    /// The same of the beam alone, as PVWatts does.
    GlassBeam,
}

/// The share of diffuse light that passes the glass, over that of light at right angles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Diffuse {
    /// Of the light of the sky.
    pub sky: f64,
    /// Of the light of the ground.
    pub ground: f64,
}

impl Reflection {
    /// The share of the beam that passes, over that at right angles, by the cosine of the angle of incidence.
    pub fn beam(&self, cos: f64) -> f64 {
        match self {
            Reflection::None => 1.0,
            Reflection::Glass | Reflection::GlassBeam => glass(cos),
        }
    }

    /// The shares of diffuse light that pass at a tilt in degrees.
    pub fn diffuse(&self, tilt: f64) -> Diffuse {
        match self {
            Reflection::None | Reflection::GlassBeam => Diffuse { sky: 1.0, ground: 1.0 },
            Reflection::Glass => Diffuse { sky: summed(tilt, 0), ground: summed(tilt, SLICES / 2) },
        }
    }
}

fn glass(cos: f64) -> f64 {
    let cos = cos.clamp(0.0, 1.0);
    let sin_inside = (1.0 - cos * cos).sqrt() / INDEX;
    let inside = (1.0 - sin_inside * sin_inside).sqrt();
    let across = (cos - INDEX * inside) / (cos + INDEX * inside);
    let along = (inside - INDEX * cos) / (inside + INDEX * cos);
    let passes = 1.0 - (across * across + along * along) / 2.0;
    let straight = (1.0 - INDEX) / (1.0 + INDEX);
    let upright = (1.0 - straight * straight) * libm::exp(-ABSORBED);
    passes * libm::exp(-ABSORBED / inside) / upright
}

/// The share of even light that passes, from the quarter of the sphere that begins at a slice from the zenith.
fn summed(tilt: f64, first: usize) -> f64 {
    let step = std::f64::consts::PI / SLICES as f64;
    let (sin_tilt, cos_tilt) = libm::sincos(tilt.to_radians());
    let around: Vec<f64> =
        (0..2 * SLICES).map(|slice| libm::cos((slice as f64 + 0.5) * step)).collect();
    let (mut passing, mut all) = (0.0, 0.0);
    for slice in first..first + SLICES / 2 {
        let from = slice as f64 * step;
        let (sin, cos) = libm::sincos(from + 0.5 * step);
        let area = step * (libm::cos(from) - libm::cos(from + step));
        for around in &around {
            let incidence = cos_tilt * cos + sin_tilt * sin * around;
            if incidence > 0.0 {
                passing += glass(incidence) * incidence * area;
                all += incidence * area;
            }
        }
    }
    // A level plane sees no ground.
    if all > 1e-12 { passing / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pvlib 0.16.1 `iam.physical` and `iam.marion_diffuse('physical', 15)`.
    #[test]
    fn shares_are_those_of_pvlib() {
        let known = [(0.0, 1.0), (30.0, 0.997_887), (60.0, 0.946_003), (75.0, 0.774_061)];
        for (angle, expected) in known.into_iter().chain([(85.0, 0.400_879)]) {
            let cos = libm::cos(f64::to_radians(angle));
            assert!((Reflection::Glass.beam(cos) - expected).abs() < 1e-6, "{angle}");
        }
        let found = Reflection::Glass.diffuse(15.0);
        assert!((found.sky - 0.951_306).abs() < 1e-6, "{found:?}");
        assert!((found.ground - 0.546_631).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn what_passes_falls_with_the_angle() {
        let shares: Vec<f64> =
            (0..=100).rev().map(|cos| Reflection::Glass.beam(f64::from(cos) / 100.0)).collect();
        assert!(shares.windows(2).all(|two| two[0] >= two[1]), "{shares:?}");
        assert_eq!(Reflection::Glass.beam(0.0), 0.0);
        assert_eq!(Reflection::Glass.diffuse(0.0).ground, 0.0);
    }
}
