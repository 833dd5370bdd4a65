//! Light under a clear sky.

use super::light::{absolute_airmass, airmass};
use super::place::Place;
use super::sun::Sun;

/// Light in its three parts, in W/m².
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Irradiance {
    /// All of it on the horizontal (GHI).
    pub global: f64,
    /// What comes straight from the sun, on a plane that faces it (DNI).
    pub direct: f64,
    /// What comes from the sky, on the horizontal (DHI).
    pub diffuse: f64,
}

/// Light under a clear sky: Ineichen and Perez (2002), *A new airmass independent formulation for the Linke turbidity
/// coefficient*. `extraterrestrial` in W/m², `turbidity` is Linke's (2 very clean to 7 hazy). Nothing at night.
pub fn clear_sky(place: &Place, sun: &Sun, extraterrestrial: f64, turbidity: f64) -> Irradiance {
    let cos = libm::cos(sun.apparent_zenith.to_radians()).max(0.0);
    match airmass(sun.apparent_zenith) {
        Some(relative) => {
            let airmass = absolute_airmass(relative, place.pressure());
            ineichen(place.altitude(), (cos, airmass), extraterrestrial, turbidity)
        }
        None => Irradiance::default(),
    }
}

/// The formula itself, of an altitude in metres, the cosine of the apparent zenith angle and the absolute airmass.
fn ineichen(
    altitude: f64,
    (cos, airmass): (f64, f64),
    extraterrestrial: f64,
    turbidity: f64,
) -> Irradiance {
    let fh1 = libm::exp(-altitude / 8000.0);
    let fh2 = libm::exp(-altitude / 1250.0);
    let cg1 = 5.09e-5 * altitude + 0.868;
    let cg2 = 3.92e-5 * altitude + 0.0387;
    let through = libm::exp(-cg2 * airmass * (fh1 + fh2 * (turbidity - 1.0)));
    let global = cg1 * extraterrestrial * cos * through.max(0.0);
    let beam = (0.664 + 0.163 / fh1) * libm::exp(-0.09 * airmass * (turbidity - 1.0));
    // What the sky sends back at least leaves this much for the beam.
    let share = 1.0 - (0.1 - 0.2 * libm::exp(-turbidity)) / (0.1 + 0.882 / fh1);
    let most = if cos > 0.0 { global * (share / cos).clamp(0.0, 1e20) } else { 0.0 };
    let direct = (extraterrestrial * beam.max(0.0)).min(most);
    Irradiance { global, direct, diffuse: global - direct * cos }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pvlib 0.16.1 `clearsky.ineichen` at altitude 90 m.
    #[test]
    fn the_formula_is_that_of_pvlib() {
        let cos = libm::cos(47.610_243_16_f64.to_radians());
        let found = ineichen(90.0, (cos, 1.465_626_63), 1_377.688_89, 3.6);
        assert!((found.global - 656.3247).abs() < 1e-4, "{found:?}");
        assert!((found.direct - 810.3634).abs() < 1e-4, "{found:?}");
        assert!((found.diffuse - 110.0017).abs() < 1e-4, "{found:?}");
    }
}
