//! Alternating from direct current.

use super::refusal::{Refusal, within};

/// The efficiency to which PVWatts' curve was fitted.
const REFERENCE: f64 = 0.9637;

/// An inverter as PVWatts version 5 has it (Dobos 2014): a curve of efficiency over load, and a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inverter {
    /// Efficiency at full load, as a share.
    pub efficiency: f64,
    /// Peak power of the modules over the alternating power of the inverter: above 1, what is over is cut off.
    pub dc_ac_ratio: f64,
}

impl Default for Inverter {
    /// 96 %, and an inverter as large as the modules.
    fn default() -> Self {
        Inverter { efficiency: 0.96, dc_ac_ratio: 1.0 }
    }
}

impl Inverter {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let refuse = |name, low, high| move |value| Refusal::Property { name, value, low, high };
        within(self.efficiency, (0.5, 1.0), refuse("efficiency", 0.5, 1.0))?;
        within(self.dc_ac_ratio, (0.1, 10.0), refuse("dc_ac_ratio", 0.1, 10.0))?;
        Ok(())
    }

    /// The alternating power in W that comes of direct power in W, of modules of a peak power in W.
    pub fn power(&self, direct: f64, peak: f64) -> f64 {
        let limit = peak / self.dc_ac_ratio;
        let curve = self.curve(limit);
        curve.power(direct)
    }

    /// The curve of an inverter that gives at most so much alternating power in W.
    pub(super) fn curve(&self, limit: f64) -> Curve {
        let scale = self.efficiency / REFERENCE;
        // The direct power at the limit; the published curve in the load, times the power, is this polynomial.
        let full = limit / self.efficiency;
        Curve {
            limit,
            square: -0.0162 * scale / full,
            linear: 0.9858 * scale,
            none: -0.0059 * scale * full,
        }
    }
}

/// Alternating power as a polynomial of direct power, in W.
#[derive(Debug, Clone, Copy)]
pub(super) struct Curve {
    limit: f64,
    square: f64,
    linear: f64,
    none: f64,
}

impl Curve {
    /// What little comes in is used up.
    pub(super) fn power(&self, direct: f64) -> f64 {
        (direct * (direct * self.square + self.linear) + self.none).min(self.limit).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pvlib 0.16.1 `inverter.pvwatts(pdc, 1000/0.96)`.
    #[test]
    fn power_is_that_of_pvlib() {
        let inverter = Inverter::default();
        let known = [(50.0, 42.939_790), (300.0, 287.088_002), (744.0, 715.921_494)];
        for (direct, expected) in known {
            let found = inverter.power(direct, 1000.0);
            assert!((found - expected).abs() < 1e-6, "{direct}: {found}");
        }
        assert_eq!(inverter.power(1100.0, 1000.0), 1000.0);
        assert_eq!(inverter.power(0.0, 1000.0), 0.0);
        assert_eq!(inverter.power(5.0, 1000.0), 0.0);
    }

    #[test]
    fn a_small_inverter_cuts_off() {
        let inverter = Inverter { dc_ac_ratio: 1.25, ..Inverter::default() };
        assert_eq!(inverter.power(1000.0, 1000.0), 800.0);
    }
}
