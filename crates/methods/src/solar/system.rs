//! Modules on a roof with their inverter.

use super::incidence::Reflection;
use super::inverter::Inverter;
use super::losses::Losses;
use super::place::Plane;
use super::refusal::{Refusal, within};
use super::temperature::CellTemperature;

/// What modules and inverter are like, whatever their size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct System {
    /// How power changes with the temperature of the cells, as a share per °C; negative.
    pub coefficient: f64,
    /// How warm the cells become.
    pub temperature: CellTemperature,
    /// What is lost before the inverter.
    pub losses: Losses,
    /// What is reflected at the glass.
    pub reflection: Reflection,
    /// The inverter.
    pub inverter: Inverter,
}

impl Default for System {
    /// −0.35 %/°C, close to a roof, losses of PVWatts, reflection not told apart, an inverter of 96 % as large as the modules.
    fn default() -> Self {
        System {
            coefficient: -0.0035,
            temperature: CellTemperature::CLOSE_ROOF,
            losses: Losses::default(),
            reflection: Reflection::None,
            inverter: Inverter::default(),
        }
    }
}

/// A roof with modules.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Roof {
    plane: Plane,
    peak: f64,
    system: System,
    left: f64,
}

impl Roof {
    /// A roof of so many kW of modules (at 1000 W/m² and 25 °C).
    ///
    /// # Errors
    /// Where a property of the system or the peak power cannot be.
    pub fn new(plane: Plane, peak: f64, system: System) -> Result<Self, Refusal> {
        within(peak, (f64::MIN_POSITIVE, 1e7), Refusal::Peak)?;
        let refuse =
            |value| Refusal::Property { name: "coefficient", value, low: -0.02, high: 0.0 };
        within(system.coefficient, (-0.02, 0.0), refuse)?;
        system.temperature.check()?;
        system.inverter.check()?;
        let left = 1.0 - system.losses.together()?;
        Ok(Roof { plane, peak, system, left })
    }

    /// The plane of the modules.
    pub fn plane(&self) -> &Plane {
        &self.plane
    }

    /// Peak power in kW.
    pub fn peak(&self) -> f64 {
        self.peak
    }

    /// Modules and inverter.
    pub fn system(&self) -> &System {
        &self.system
    }

    /// What the losses leave, as a share.
    pub(super) fn left(&self) -> f64 {
        self.left
    }
}
