//! How warm the cells of a module become.

use super::fuentes::{Hour, Module};
use super::refusal::{Refusal, within};

/// How warm cells become in light and wind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellTemperature {
    /// King, Boyson and Kratochvil (2004), *Photovoltaic array performance model*, SAND2004-3535:
    /// `Tair + light·(exp(a + b·wind) + difference ÷ 1000)`.
    Sapm {
        /// How warm the back becomes without wind.
        a: f64,
        /// How wind cools it, in s/m.
        b: f64,
        /// How much warmer than the back the cells are at 1000 W/m², in °C.
        difference: f64,
    },
    /// Faiman (2008), *Assessing the outdoor operating temperature of photovoltaic modules*: `Tair + light ÷ (u0 + u1·wind)`.
    Faiman {
        /// Loss of heat without wind, in W/(m²·°C).
        u0: f64,
        /// Loss of heat by wind, in W·s/(m³·°C).
        u1: f64,
    },
    /// The balance of heat of PVWatts (Fuentes 1987), in which modules remember the hour before. Dear: some thousand times the
    /// work of the others.
    Fuentes {
        /// How warm they become where they are mounted, in 800 W/m², air of 20 °C and a wind of 1 m/s, in °C.
        installed: f64,
    },
}

impl CellTemperature {
    /// Glass on glass, close to a roof: modules on rails, with little air behind them.
    pub const CLOSE_ROOF: CellTemperature =
        CellTemperature::Sapm { a: -2.98, b: -0.0471, difference: 1.0 };
    /// Glass on glass on an open rack, as on a flat roof.
    pub const OPEN_RACK: CellTemperature =
        CellTemperature::Sapm { a: -3.47, b: -0.0594, difference: 3.0 };
    /// Glass on polymer with an insulated back, as modules that are the roof.
    pub const INSULATED_BACK: CellTemperature =
        CellTemperature::Sapm { a: -2.81, b: -0.0455, difference: 0.0 };
    /// Faiman's mean of free-standing modules.
    pub const FAIMAN: CellTemperature = CellTemperature::Faiman { u0: 25.0, u1: 6.84 };

    /// PVWatts' modules on a roof, with little air behind them.
    pub const PVWATTS_ROOF: CellTemperature = CellTemperature::Fuentes { installed: 49.0 };
    /// PVWatts' modules on a rack.
    pub const PVWATTS_RACK: CellTemperature = CellTemperature::Fuentes { installed: 45.0 };

    /// How much warmer than the air the cells become for each W/m², in °C·m²/W, at this wind in m/s; `None` where that is not
    /// in proportion.
    pub fn heating(&self, wind: f64) -> Option<f64> {
        match *self {
            CellTemperature::Sapm { a, b, difference } => {
                Some(libm::exp(a + b * wind) + difference / 1000.0)
            }
            CellTemperature::Faiman { u0, u1 } => Some(1.0 / (u0 + u1 * wind)),
            CellTemperature::Fuentes { .. } => None,
        }
    }

    /// The balance of heat, where that is how cells become warm.
    pub(super) fn balance(&self) -> Option<Module> {
        match *self {
            CellTemperature::Fuentes { installed } => Some(Module::of(installed)),
            _ => None,
        }
    }

    /// Whether its constants are such that cells are warmer than the air and stay below boiling.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        if let CellTemperature::Fuentes { installed } = *self {
            let refuse =
                |value| Refusal::Property { name: "installed", value, low: 30.0, high: 90.0 };
            within(installed, (30.0, 90.0), refuse)?;
        }
        for value in [0.0, 40.0].into_iter().filter_map(|wind| self.heating(wind)) {
            let refuse = |value| Refusal::Property { name: "heating", value, low: 0.0, high: 0.2 };
            within(value, (0.0, 0.2), refuse)?;
        }
        Ok(())
    }

    /// The temperature of the cells in °C, of light in W/m², air in °C and wind in m/s, each as it was an hour before too.
    pub fn of(&self, light: f64, air: f64, wind: f64) -> f64 {
        match (self.heating(wind), self.balance()) {
            (Some(heating), _) => light * heating + air,
            (None, Some(module)) => module.after(Hour { light, air, wind, before: (air, light) }),
            (None, None) => air,
        }
    }
}
