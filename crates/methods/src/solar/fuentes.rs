//! The temperature of cells by a balance of heat, as PVWatts has it.
//!
//! Source: Fuentes (1987), *A simplified thermal model for flat-plate photovoltaic arrays*, SAND85-0330, with the constants of
//! PVWatts version 5 (Dobos 2014): modules 5 m above the ground, wind measured at 9.144 m, a tilt of 30°. A night ends the
//! memory of heat: at dawn modules are as warm as the air.

/// Radiation of a black body in W/(m²·K⁴).
const BOLTZMANN: f64 = 5.669e-8;

/// The share of its heat that a module radiates, and the share of light that becomes heat.
const EMISSIVITY: f64 = 0.84;
const ABSORPTION: f64 = 0.83;

/// The length over which wind passes: the hydraulic diameter of modules of 0.31579 by 1.2 m.
const LENGTH: f64 = 2.0 * (0.315_79 * 1.2) / (0.315_79 + 1.2);

/// The sine of the tilt.
const SIN_TILT: f64 = 0.5;

/// 20 °C, the air under which modules are rated; and the sky above it.
const RATED_AIR: f64 = 293.15;
const RATED_SKY: f64 = 282.21;

/// Steps in which loss of heat and temperature settle.
const STEPS: usize = 10;

/// Modules, by what of their mounting counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Module {
    /// Heat that it keeps in J/(m²·K).
    capacity: f64,
    /// How much of the module's warmth the ground below it has.
    ground: f64,
    /// Wind's cooling of both sides over that of the front.
    convection: f64,
}

/// The weather of an hour, and what the module was like before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hour {
    /// Light on the plane in W/m².
    pub(super) light: f64,
    /// Temperature of the air in °C.
    pub(super) air: f64,
    /// Wind in m/s.
    pub(super) wind: f64,
    /// Temperature of the module in °C and light in W/m² an hour before.
    pub(super) before: (f64, f64),
}

impl Module {
    /// Modules that, as they are mounted, become so warm (°C) in 800 W/m², air of 20 °C and a wind of 1 m/s: 45 on racks, 49 on roofs.
    pub(super) fn of(installed: f64) -> Self {
        let rated = installed + 273.15;
        let warmer = rated - RATED_AIR;
        let wind = convection((rated + RATED_AIR) / 2.0, 1.0, warmer, false);
        let ground =
            EMISSIVITY * BOLTZMANN * (rated * rated + RATED_AIR * RATED_AIR) * (rated + RATED_AIR);
        let fourth = rated.powi(4);
        let back = (ABSORPTION * 800.0
            - EMISSIVITY * BOLTZMANN * (fourth - RATED_SKY.powi(4))
            - wind * warmer)
            / ((ground + wind) * warmer);
        let below = fourth - back * (fourth - RATED_AIR.powi(4));
        let below = libm::pow(below.max(0.0), 0.25).clamp(RATED_AIR, rated);
        let convection = (ABSORPTION * 800.0
            - EMISSIVITY * BOLTZMANN * (2.0 * fourth - RATED_SKY.powi(4) - below.powi(4)))
            / (wind * warmer);
        // Modules that become warmer than 48 °C share their heat with what they are mounted on.
        let shared = if rated > 321.15 { 1.0 + (rated - 321.15) / 12.0 } else { 1.0 };
        Module { capacity: 11_000.0 * shared, ground: (below - RATED_AIR) / warmer, convection }
    }

    /// Its temperature in °C after an hour.
    pub(super) fn after(&self, hour: Hour) -> f64 {
        let air = hour.air + 273.15;
        let (sun, sun_before) = (hour.light * ABSORPTION, hour.before.1 * ABSORPTION);
        let sky = 0.68 * (0.0552 * air * air.sqrt()) + 0.32 * air;
        let wind = hour.wind * libm::pow(5.0 / 9.144, 0.2) + 1e-4;
        let before = hour.before.0 + 273.15;
        let mut module = before;
        for _ in 0..STEPS {
            let blown = self.convection
                * convection((module + air) / 2.0, wind, (module - air).abs(), true);
            let radiated = |other: f64| {
                EMISSIVITY * BOLTZMANN * (module * module + other * other) * (module + other)
            };
            let below = air + self.ground * (module - air);
            let (to_sky, to_ground) = (radiated(sky), radiated(below));
            let loss = blown + to_sky + to_ground;
            let rate = -loss / self.capacity * 3600.0;
            let kept = libm::exp(rate);
            let gained = blown * air + to_sky * sky + to_ground * below;
            let settled = gained + sun_before + (sun - sun_before) / rate;
            module = before * kept + ((1.0 - kept) * settled + sun - sun_before) / loss;
        }
        module - 273.15
    }
}

/// Loss of heat by air in W/(m²·K), at its temperature in K, a wind in m/s and a difference of temperatures.
fn convection(air: f64, wind: f64, warmer: f64, turbulence: bool) -> f64 {
    let density = 0.003_484 * 101_325.0 / air;
    let viscosity = 0.242_37e-6 * libm::pow(air, 0.76) / density;
    let conductivity = 2.1695e-4 * libm::pow(air, 0.84);
    let reynolds = wind * LENGTH / viscosity;
    let forced = if turbulence && reynolds > 1.2e5 {
        0.0282 / libm::pow(reynolds, 0.2) * density * wind * 1007.0 / libm::pow(0.71, 0.4)
    } else {
        0.86 / reynolds.sqrt() * density * wind * 1007.0 / libm::pow(0.71, 0.67)
    };
    let grashof = 9.8 / air * warmer * LENGTH.powi(3) / (viscosity * viscosity) * SIN_TILT;
    let free = 0.21 * libm::pow(grashof * 0.71, 0.32) * conductivity / LENGTH;
    libm::cbrt(free.powi(3) + forced.powi(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pvlib 0.16.1 `temperature.fuentes` of three hours of 1000 W/m², 20 °C and 1 m/s, mounted to 45 °C, that
    /// began at 20 °C: its test expects 48.042, 51.845 and 51.846.
    #[test]
    fn warmth_is_that_of_pvlib() {
        let module = Module::of(45.0);
        let mut before = (20.0, 0.0);
        for expected in [48.042, 51.845, 51.846] {
            let hour = Hour { light: 1000.0, air: 20.0, wind: 1.0, before };
            before = (module.after(hour), 1000.0);
            assert!((before.0 - expected).abs() < 1e-3, "{} {expected}", before.0);
        }
    }

    /// By its definition a module becomes as warm as it is rated.
    #[test]
    fn a_module_is_as_warm_as_rated() {
        for installed in [45.0, 49.0, 55.0] {
            let module = Module::of(installed);
            let mut before = (20.0, 800.0);
            for _ in 0..10 {
                let hour = Hour { light: 800.0, air: 20.0, wind: 1.0, before };
                before = (module.after(hour), 800.0);
            }
            // The wind at the module is less than at the mast, so it is a little warmer.
            assert!((before.0 - installed).abs() < 3.0, "{installed}: {}", before.0);
        }
    }
}
