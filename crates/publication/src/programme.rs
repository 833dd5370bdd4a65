//! A plan of solar roofs as `duixian solar programme` prints it, read again.
//!
//! Capacities are in kW or MW, energies in kWh, money in yuan, shares from 0 to 1. What was estimated comes as rounded
//! numbers, what was counted exactly as text; either is kept digit by digit.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error};

/// A number of an answer, digit by digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Number(pub Decimal);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let read = |text: &str| {
            Decimal::from_str(text).or_else(|_| Decimal::from_scientific(text)).map(Number)
        };
        let value = serde_json::Value::deserialize(from)?;
        let text = match &value {
            serde_json::Value::Number(number) => number.to_string(),
            serde_json::Value::String(text) => text.clone(),
            other => return Err(D::Error::custom(format!("{other}（应为数）"))),
        };
        read(&text).map_err(|_| D::Error::custom(format!("{text}（应为十进制数）")))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

/// The answer.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Planned {
    /// MW.
    pub target_mw: Number,
    /// `ac`: what inverters can give; `dc`: what modules are rated for.
    pub counted: String,
    /// Yuan; `None` for any.
    pub budget_yuan: Option<Number>,
    /// The year of the plan.
    pub year: i16,
    /// `file`: weather that was given; `synthetic`: a year made of monthly means.
    pub weather: String,
    /// Sums over the chosen roofs.
    pub totals: Totals,
    /// How good the choice is.
    pub choice: Choice,
    /// What it costs and is worth.
    pub money: Money,
    /// How likely the target is reached.
    pub chance: Chance,
    /// January to December.
    pub months: Vec<Month>,
    /// Where an emission factor is known.
    pub carbon: Option<Carbon>,
    /// Light of each month of the typical year on the horizontal, in kWh/m².
    pub ghi_kwh_m2: [Number; 12],
    /// What certificates are given for the energy of the year.
    pub certificates: Certificates,
    /// The chosen roofs in the order in which they come.
    pub chosen: Vec<Roof>,
    /// What was assumed.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What should be looked at.
    #[serde(default)]
    pub warnings: Vec<String>,
}

/// Sums over the chosen roofs.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Totals {
    /// Buildings in the table.
    pub buildings: usize,
    /// Those on which something fits.
    pub possible_buildings: usize,
    /// What all of these could carry, MW.
    pub possible_mw: Number,
    /// How many are chosen.
    pub chosen: usize,
    /// What they count together, MW.
    pub chosen_mw: Number,
    /// MW of modules.
    pub dc_mw: Number,
    /// MW of inverters.
    pub ac_mw: Number,
    /// kWh of a typical year.
    pub kwh: Number,
    /// kWh a year of each kW of modules.
    pub kwh_per_kwp: Number,
    /// What the buildings use themselves of what their roofs give.
    pub self_consumption: Number,
}

/// How good a choice is.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Choice {
    /// What it costs by the measure that was asked for, yuan.
    pub price: Number,
    /// What no choice can go below, yuan.
    pub bound: Number,
    /// How far the two are apart at most, percent.
    pub gap_percent: Number,
}

/// Money, in yuan where nothing else is said.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Money {
    /// Paid at first.
    pub investment_yuan: Number,
    /// Given to it.
    pub grant_yuan: Number,
    /// What is left in the first year.
    pub first_year_yuan: Number,
    /// A year, as a share.
    pub discount_rate: Number,
    /// Years that are reckoned.
    pub years: u32,
    /// Net present value.
    pub npv_yuan: Number,
    /// Internal rate of return as a share.
    pub irr: Option<Number>,
    /// Years.
    pub payback_years: Option<Number>,
    /// Levelized cost of a kWh.
    pub lcoe_yuan_per_kwh: Option<Number>,
}

/// How likely it is.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Chance {
    /// That the target is reached by the year's end.
    pub probability: Number,
    /// Futures that were simulated.
    pub runs: u32,
    /// Of what was simulated.
    pub seed: u64,
    /// MW at the end of the year when all goes as usual.
    pub planned_mw_at_year_end: Number,
}

/// A month.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Month {
    /// From 1.
    pub month: u8,
    /// Roofs permitted so far.
    pub permitted: usize,
    /// Roofs begun so far.
    pub begun: usize,
    /// Roofs connected so far.
    pub connected: usize,
    /// MW connected so far when all goes as usual.
    pub planned_mw: Number,
    /// Of ten futures one has less.
    pub p10_mw: Number,
    /// Half of the futures have less.
    pub p50_mw: Number,
    /// Of ten futures nine have less.
    pub p90_mw: Number,
    /// kWh of the month.
    pub planned_kwh: Number,
}

/// Carbon dioxide avoided.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Carbon {
    /// Whose grid.
    pub area: String,
    /// The year of the factor.
    pub factor_year: i32,
    /// Kilograms a kWh.
    pub kg_per_kwh: Number,
    /// Who published it.
    pub source: String,
    /// Tonnes in the year of the plan.
    pub year_tonnes: Number,
    /// Tonnes in a full year.
    pub full_year_tonnes: Number,
}

/// Certificates of the year, 1,000 kWh each.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Certificates {
    /// Of what is used on the spot: not to be traded.
    pub own_use: Given,
    /// Of what is fed in: to be traded.
    pub export: Given,
}

/// Certificates of a kind.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Given {
    /// kWh.
    pub kwh: Number,
    /// How many.
    pub given: u64,
}

/// A chosen roof.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Roof {
    /// Its name.
    pub name: String,
    /// Where it stands in the table.
    pub row: String,
    /// The kind of building, as a word.
    pub kind: String,
    /// What the kind is called.
    pub kind_title: Option<String>,
    /// kW of modules.
    pub dc_kw: Number,
    /// kW of inverters.
    pub ac_kw: Number,
    /// kWh of a typical year.
    pub kwh: Number,
    /// kWh of each month of it.
    pub month_kwh: [Number; 12],
    /// Light on the modules in each month of it, in kWh/m².
    pub month_poa_kwh_m2: [Number; 12],
    /// Yuan.
    pub investment_yuan: Number,
    /// Years.
    pub payback_years: Option<Number>,
    /// The day on which work may begin.
    pub permitted: String,
    /// The day on which it begins.
    pub begun: String,
    /// The day on which it is built.
    pub built: String,
    /// The day on which it is connected.
    pub connected: String,
}

impl Roof {
    /// What its kind is called.
    pub fn kind_title(&self) -> &str {
        self.kind_title.as_deref().unwrap_or(&self.kind)
    }
}

impl Planned {
    /// Reads an answer.
    ///
    /// # Errors
    /// What is wrong and where, where the text is no such answer.
    pub fn read(answer: &str) -> Result<Planned, String> {
        serde_json::from_str(answer).map_err(|error| error.to_string())
    }

    /// How many of the chosen roofs are of each kind, with their kW of modules.
    pub fn kinds(&self) -> BTreeMap<&str, (usize, Decimal)> {
        let mut kinds: BTreeMap<&str, (usize, Decimal)> = BTreeMap::new();
        for roof in &self.chosen {
            let (count, kw) = kinds.entry(roof.kind_title()).or_default();
            *count += 1;
            *kw += roof.dc_kw.0;
        }
        kinds
    }
}
