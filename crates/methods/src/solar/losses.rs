//! What is lost between the cells and the inverter.

use super::refusal::{Refusal, within};

/// Losses as shares from 0 to 1, in the parts that PVWatts version 5 names (Dobos 2014). They hold soiling and
/// shading: these must not be charged again. What is reflected at the glass is not among them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Losses {
    /// Dirt on the glass.
    pub soiling: f64,
    /// Shade, over the year.
    pub shading: f64,
    /// Snow on the modules.
    pub snow: f64,
    /// Modules that differ.
    pub mismatch: f64,
    /// Resistance of wires.
    pub wiring: f64,
    /// Resistance of connectors.
    pub connections: f64,
    /// Degradation by light in the first months.
    pub light_induced: f64,
    /// Less than the label says.
    pub nameplate: f64,
    /// Age, as a share that is lost in all years alike; see [`super::Ageing`] for what grows.
    pub age: f64,
    /// Time out of service.
    pub availability: f64,
}

impl Default for Losses {
    /// Those of PVWatts, 14.0757 % together.
    fn default() -> Self {
        Losses {
            soiling: 0.02,
            shading: 0.03,
            snow: 0.0,
            mismatch: 0.02,
            wiring: 0.02,
            connections: 0.005,
            light_induced: 0.015,
            nameplate: 0.01,
            age: 0.0,
            availability: 0.03,
        }
    }
}

impl Losses {
    /// One loss, as a share, that is not parted.
    pub fn of_all(share: f64) -> Self {
        Losses {
            soiling: 0.0,
            shading: 0.0,
            snow: 0.0,
            mismatch: 0.0,
            wiring: 0.0,
            connections: 0.0,
            light_induced: 0.0,
            nameplate: 0.0,
            age: share,
            availability: 0.0,
        }
    }

    /// What is lost together, as a share: each part takes from what those before left.
    ///
    /// # Errors
    /// Where a part is no share.
    pub fn together(&self) -> Result<f64, Refusal> {
        let parts = [
            ("soiling", self.soiling),
            ("shading", self.shading),
            ("snow", self.snow),
            ("mismatch", self.mismatch),
            ("wiring", self.wiring),
            ("connections", self.connections),
            ("light_induced", self.light_induced),
            ("nameplate", self.nameplate),
            ("age", self.age),
            ("availability", self.availability),
        ];
        let mut left = 1.0;
        for (name, value) in parts {
            within(value, (0.0, 1.0), |value| Refusal::Share { name, value })?;
            left *= 1.0 - value;
        }
        Ok(1.0 - left)
    }
}
