//! How warm the cells of a module become.

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

    /// How much warmer than the air the cells become for each W/m², in °C·m²/W, at this wind in m/s.
    pub fn heating(&self, wind: f64) -> f64 {
        match *self {
            CellTemperature::Sapm { a, b, difference } => {
                libm::exp(a + b * wind) + difference / 1000.0
            }
            CellTemperature::Faiman { u0, u1 } => 1.0 / (u0 + u1 * wind),
        }
    }

    /// Whether its constants are such that cells are warmer than the air and stay below boiling.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let calm = self.heating(0.0);
        let stormy = self.heating(40.0);
        for value in [calm, stormy] {
            let refuse = |value| Refusal::Property { name: "heating", value, low: 0.0, high: 0.2 };
            within(value, (0.0, 0.2), refuse)?;
        }
        Ok(())
    }

    /// The temperature of the cells in °C, of light in W/m², air in °C and wind in m/s.
    pub fn of(&self, light: f64, air: f64, wind: f64) -> f64 {
        light * self.heating(wind) + air
    }
}
