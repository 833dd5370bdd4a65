//! What is read at a machine: names, units and the ranges in which it can be.

use super::Fuel;

/// A number of an input sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Electric power taken, in kW: of a compressor at full load, of others as they run.
    Power,
    /// Hours of running a year.
    Hours,
    /// Price of electricity, in yuan per kWh.
    Tariff,
    /// Price of fuel, in yuan per kilogram of standard coal.
    FuelPrice,
    /// What all measures at the machine cost, in yuan.
    Investment,
    /// Load: the share of the time that a compressor is loaded, or of the rated power of a motor or transformer.
    Load,
    /// Power of an unloaded compressor, as a share of that at full load.
    UnloadedPower,
    /// Air that leaks, as a share of the compressor's capacity (test without users: time loaded ÷ time).
    Leakage,
    /// Gauge pressure of compressed air, in MPa.
    Pressure,
    /// The gauge pressure that users need, in MPa.
    PressureNeeded,
    /// The share of a compressor's energy whose heat can be used.
    HeatUsed,
    /// Efficiency of the boiler whose heat is replaced, from 0 to 1.
    BoilerEfficiency,
    /// Flow as it is, in m³/h.
    Flow,
    /// The flow that is needed, in m³/h.
    FlowNeeded,
    /// Head that a pump delivers, in m of water.
    Head,
    /// The head that is needed behind the valve, in m of water.
    HeadNeeded,
    /// The part of the head that does not depend on flow, in m of water.
    StaticHead,
    /// Total pressure of a fan, in Pa.
    FanPressure,
    /// Efficiency as it is, from 0 to 1.
    Efficiency,
    /// Efficiency of what would replace it, motor included, from 0 to 1.
    EfficiencyNew,
    /// Number of lamps.
    Lamps,
    /// Power of a lamp with its ballast, in W.
    LampPower,
    /// Power of the lamp that would replace it, in W.
    LampPowerNew,
    /// The hours a year in which it is needed.
    HoursNeeded,
    /// Losses of a transformer without load, in kW.
    NoLoadLoss,
    /// Losses of a transformer by rated load, in kW.
    LoadLoss,
    /// Losses without load of what would replace it, in kW.
    NoLoadLossNew,
    /// Losses by rated load of what would replace it, in kW.
    LoadLossNew,
    /// By how much the losses of a changing load are above those of its mean (负载波动损耗系数), from 1.
    Fluctuation,
    /// Rated power of a motor, in kW.
    RatedPower,
    /// Class of a motor: 1 for IE1 to 4 for IE4.
    Class,
    /// Class of the motor that would replace it.
    ClassNew,
    /// Mean cooling power, in kW of heat.
    CoolingPower,
    /// Coefficient of performance as it is.
    Cop,
    /// That of what would replace it.
    CopNew,
    /// Fuel that a boiler burns a year, in kilograms of standard coal.
    FuelUse,
    /// Oxygen in the dry flue gas, in percent of its volume.
    Oxygen,
    /// The oxygen that a well-set burner leaves.
    OxygenNew,
    /// Temperature of the flue gas, in °C.
    FlueTemperature,
    /// The temperature to which it can be cooled, in °C.
    FlueTemperatureNew,
    /// Temperature of the air that is burnt with, in °C.
    AirTemperature,
    /// All other losses of a boiler, as a share of its heat.
    OtherLosses,
}

/// The number of fields.
const COUNT: usize = Field::ALL.len();

impl Field {
    /// All of them, in the order of an input sheet.
    pub const ALL: [Field; 42] = [
        Field::Power,
        Field::Hours,
        Field::Tariff,
        Field::FuelPrice,
        Field::Investment,
        Field::Load,
        Field::UnloadedPower,
        Field::Leakage,
        Field::Pressure,
        Field::PressureNeeded,
        Field::HeatUsed,
        Field::BoilerEfficiency,
        Field::Flow,
        Field::FlowNeeded,
        Field::Head,
        Field::HeadNeeded,
        Field::StaticHead,
        Field::FanPressure,
        Field::Efficiency,
        Field::EfficiencyNew,
        Field::Lamps,
        Field::LampPower,
        Field::LampPowerNew,
        Field::HoursNeeded,
        Field::NoLoadLoss,
        Field::LoadLoss,
        Field::NoLoadLossNew,
        Field::LoadLossNew,
        Field::Fluctuation,
        Field::RatedPower,
        Field::Class,
        Field::ClassNew,
        Field::CoolingPower,
        Field::Cop,
        Field::CopNew,
        Field::FuelUse,
        Field::Oxygen,
        Field::OxygenNew,
        Field::FlueTemperature,
        Field::FlueTemperatureNew,
        Field::AirTemperature,
        Field::OtherLosses,
    ];

    /// The range in which the formulas hold, and beyond which a number is a slip of the pen or of its unit.
    pub fn range(self) -> (f64, f64) {
        match self {
            Field::Power | Field::CoolingPower => (0.01, 50_000.0),
            Field::Hours => (1.0, 8_784.0),
            Field::HoursNeeded => (0.0, 8_784.0),
            Field::Tariff => (0.05, 5.0),
            Field::FuelPrice => (0.1, 20.0),
            Field::Investment => (0.0, 1e9),
            Field::Load => (0.01, 1.2),
            Field::UnloadedPower => (0.0, 0.7),
            Field::Leakage => (0.0, 0.9),
            Field::Pressure | Field::PressureNeeded => (0.1, 1.6),
            Field::HeatUsed => (0.0, 0.9),
            Field::BoilerEfficiency => (0.5, 1.0),
            Field::Flow | Field::FlowNeeded => (0.1, 1e6),
            Field::Head | Field::HeadNeeded => (0.1, 2_000.0),
            Field::StaticHead => (0.0, 2_000.0),
            Field::FanPressure => (1.0, 50_000.0),
            Field::Efficiency | Field::EfficiencyNew => (0.05, 0.99),
            Field::Lamps => (1.0, 1e6),
            Field::LampPower | Field::LampPowerNew => (0.5, 5_000.0),
            Field::NoLoadLoss | Field::NoLoadLossNew => (0.01, 500.0),
            Field::LoadLoss | Field::LoadLossNew => (0.05, 2_000.0),
            Field::Fluctuation => (1.0, 3.0),
            Field::RatedPower => (0.75, 200.0),
            Field::Class | Field::ClassNew => (1.0, 4.0),
            Field::Cop | Field::CopNew => (1.0, 12.0),
            Field::FuelUse => (1.0, 1e9),
            Field::Oxygen | Field::OxygenNew => (0.0, 15.0),
            Field::FlueTemperature | Field::FlueTemperatureNew => (60.0, 500.0),
            Field::AirTemperature => (-40.0, 60.0),
            Field::OtherLosses => (0.0, 0.3),
        }
    }
}

/// Why a machine cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Fault {
    /// The system cannot do without it.
    #[error("{0:?} is missing")]
    Missing(Field),
    /// It is outside its range ([`Field::range`]).
    #[error("{field:?} is {value}, not from {low} to {high}")]
    Outside {
        /// The field.
        field: Field,
        /// What was read.
        value: f64,
        /// The least that it may be.
        low: f64,
        /// The most that it may be.
        high: f64,
    },
    /// It has to be below the other.
    #[error("{low:?} is above {high:?}")]
    Order {
        /// What should be the lower one.
        low: Field,
        /// What should be the higher one.
        high: Field,
    },
    /// What goes out is more than what goes in: flow, head or pressure do not belong to this power.
    #[error("an efficiency of {0} cannot be")]
    Efficiency(f64),
    /// A boiler's fuel has to be told.
    #[error("the fuel is missing")]
    NoFuel,
}

/// What was read at a machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    numbers: [Option<f64>; COUNT],
    fuel: Option<Fuel>,
}

impl Default for Values {
    fn default() -> Self {
        Values { numbers: [None; COUNT], fuel: None }
    }
}

impl Values {
    /// Takes a number.
    #[must_use]
    pub fn with(mut self, field: Field, value: f64) -> Self {
        self.set(field, value);
        self
    }

    /// Takes a number.
    pub fn set(&mut self, field: Field, value: f64) {
        if let Some(number) = self.numbers.get_mut(field as usize) {
            *number = Some(value);
        }
    }

    /// Takes a boiler's fuel.
    pub fn burn(&mut self, fuel: Fuel) {
        self.fuel = Some(fuel);
    }

    pub(super) fn fuel(&self) -> Result<Fuel, Fault> {
        self.fuel.ok_or(Fault::NoFuel)
    }

    /// A number that may be missing.
    pub(super) fn maybe(&self, field: Field) -> Result<Option<f64>, Fault> {
        let Some(value) = self.numbers.get(field as usize).copied().flatten() else {
            return Ok(None);
        };
        let (low, high) = field.range();
        match (low..=high).contains(&value) {
            true => Ok(Some(value)),
            false => Err(Fault::Outside { field, value, low, high }),
        }
    }

    /// A number that is needed.
    pub(super) fn need(&self, field: Field) -> Result<f64, Fault> {
        self.maybe(field)?.ok_or(Fault::Missing(field))
    }

    /// A number that may be missing, and cannot be above another.
    pub(super) fn below(&self, low: Field, high: Field) -> Result<Option<f64>, Fault> {
        match (self.maybe(low)?, self.maybe(high)?) {
            (Some(one), Some(other)) if one > other => Err(Fault::Order { low, high }),
            (found, _) => Ok(found),
        }
    }
}
