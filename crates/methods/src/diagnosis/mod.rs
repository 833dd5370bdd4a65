//! Energy diagnosis of an enterprise's common systems: from what was read at a machine to what could be saved.
//!
//! One module a system, each with the source of its formulas and the range in which they hold. Nothing is assumed that
//! was not read: a measure whose numbers are missing is not judged. What several measures save at one machine is not
//! their sum, for each acts on what the others leave ([`Diagnosis::kwh`]). Electricity and fuel are counted in standard
//! coal by GB/T 2589-2020, electricity by what it is worth as heat (当量).

mod boiler;
mod chiller;
mod compressed_air;
mod fan;
mod field;
mod lighting;
mod motor;
mod pump;
mod transformer;

pub use boiler::Fuel;
pub use field::{Fault, Field, Values};

/// Kilograms of standard coal per kilowatt-hour, as GB/T 2589-2020 prints it.
pub const KGCE_PER_KWH: f64 = 0.1229;

/// What a drive of variable speed passes on of the power that it takes: 97 %, as DOE's sourcebooks on pumps and fans
/// have it at usual load.
const DRIVE: f64 = 0.97;

/// A common system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// Compressed air.
    CompressedAir,
    /// A pump.
    Pump,
    /// A fan.
    Fan,
    /// Lighting.
    Lighting,
    /// A transformer.
    Transformer,
    /// An electric motor.
    Motor,
    /// A machine that cools rooms.
    Chiller,
    /// A boiler fired with gas or oil.
    Boiler,
}

/// Something that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Mend leaks of compressed air.
    Leaks,
    /// Lower the pressure of compressed air to what is needed.
    Pressure,
    /// Let a compressor turn as fast as air is used.
    CompressorDrive,
    /// Use a compressor's heat.
    HeatRecovery,
    /// Replace a pump or fan by one that is more efficient.
    Efficiency,
    /// Take away the head that a valve destroys: trim the impeller, or a smaller pump.
    Throttling,
    /// Turn a pump or fan only as fast as flow is needed.
    VariableSpeed,
    /// Replace lamps by LED.
    Lamps,
    /// Switch light off where nobody needs it.
    LightHours,
    /// Replace a transformer by one with smaller losses.
    TransformerLosses,
    /// Bring a transformer into its economic range of load; what that saves depends on the others, and is not told.
    TransformerLoad,
    /// Replace a motor by one of a better class.
    MotorClass,
    /// Replace a cooling machine by one with a better coefficient of performance.
    Cooling,
    /// Let a boiler burn with less excess air.
    ExcessAir,
    /// Cool a boiler's flue gas further.
    FlueGas,
}

/// What a measure would save by itself, a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    /// What can be done.
    pub measure: Measure,
    /// Electricity, in kilowatt-hours.
    pub kwh: f64,
    /// Fuel, in kilograms of standard coal.
    pub fuel: f64,
}

/// What was found at a machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// Electricity that it takes a year, in kilowatt-hours.
    pub consumption_kwh: f64,
    /// Fuel that it takes a year, in kilograms of standard coal.
    pub consumption_fuel: f64,
    /// What can be done, in the order of the system.
    pub findings: Vec<Finding>,
    /// Electricity that all measures together save a year, in kilowatt-hours.
    pub kwh: f64,
    /// Fuel that they save, in kilograms of standard coal.
    pub fuel: f64,
    /// Money that they save a year, in yuan; `None` where a price was not told.
    pub yuan: Option<f64>,
    /// Years until what the measures cost is saved, without interest; `None` without a cost or without money saved.
    pub payback: Option<f64>,
}

impl Diagnosis {
    /// All that is saved, in kilograms of standard coal.
    pub fn coal(&self) -> f64 {
        self.kwh * KGCE_PER_KWH + self.fuel
    }
}

/// What a system takes a year, and what can be done.
struct Found {
    kwh: f64,
    fuel: f64,
    findings: Vec<Finding>,
}

/// Judges a machine by what was read there.
///
/// # Errors
/// [`Fault`]: a number that the system cannot do without is missing, one is outside the range in which the formulas
/// hold, or two contradict each other.
pub fn diagnose(system: System, values: &Values) -> Result<Diagnosis, Fault> {
    let Found { kwh, fuel, findings } = match system {
        System::CompressedAir => compressed_air::diagnose(values),
        System::Pump => pump::diagnose(values),
        System::Fan => fan::diagnose(values),
        System::Lighting => lighting::diagnose(values),
        System::Transformer => transformer::diagnose(values),
        System::Motor => motor::diagnose(values),
        System::Chiller => chiller::diagnose(values),
        System::Boiler => boiler::diagnose(values),
    }?;
    let saved_kwh = together(kwh, findings.iter().map(|finding| finding.kwh));
    let saved_fuel = match fuel > 0.0 {
        true => together(fuel, findings.iter().map(|finding| finding.fuel)),
        // A machine that burns none gives away heat, of the electricity that it still takes.
        false if kwh > 0.0 => {
            findings.iter().map(|finding| finding.fuel).sum::<f64>() * (1.0 - saved_kwh / kwh)
        }
        false => 0.0,
    };
    let worth = |amount: f64, price: Field| match amount > 0.0 {
        true => values.maybe(price).map(|price| price.map(|price| price * amount)),
        false => Ok(Some(0.0)),
    };
    let electricity = worth(saved_kwh, Field::Tariff)?;
    let yuan =
        electricity.zip(worth(saved_fuel, Field::FuelPrice)?).map(|(one, other)| one + other);
    let cost = values.maybe(Field::Investment)?;
    let payback = cost.zip(yuan.filter(|yuan| *yuan > 0.0)).map(|(cost, yuan)| cost / yuan);
    Ok(Diagnosis {
        consumption_kwh: kwh,
        consumption_fuel: fuel,
        findings,
        kwh: saved_kwh,
        fuel: saved_fuel,
        yuan,
        payback,
    })
}

/// `W·(1 − Π(1 − sᵢ ÷ W))`: each measure saves its share of what the others leave.
fn together(whole: f64, savings: impl Iterator<Item = f64>) -> f64 {
    if whole <= 0.0 {
        return 0.0;
    }
    let left: f64 = savings.map(|saving| (1.0 - saving / whole).clamp(0.0, 1.0)).product();
    whole * (1.0 - left)
}

/// The measures whose shares of a machine's electricity are above nothing.
fn by_share(kwh: f64, shares: &[(Measure, Option<f64>)]) -> Found {
    let finding = |(measure, share): &(Measure, Option<f64>)| {
        let share = share.filter(|share| *share > 0.0)?;
        Some(Finding { measure: *measure, kwh: kwh * share, fuel: 0.0 })
    };
    Found { kwh, fuel: 0.0, findings: shares.iter().filter_map(finding).collect() }
}

#[cfg(test)]
mod tests;
