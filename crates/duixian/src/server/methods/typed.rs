//! What was typed into a form, read as the command line reads its options.

use clap::ValueEnum;
use methods::air::Standard;
use terms::Day;

use crate::calculate::air::{self, INPUTS};
use crate::calculate::coal::By;
use crate::calculate::price::{self, FormulaName, Missing};
use crate::calculate::{Refused, air_words as words};

/// The fields of a form in their order.
pub(super) struct Typed<'a>(pub(super) &'a [(String, String)]);

impl Typed<'_> {
    /// What stands in a field without the spaces around it; `None` where nothing does.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// A number in binary, as physics has it; `name` is what it is called.
    pub(super) fn number(&self, field: &'static str, name: &str) -> Result<Option<f64>, Refused> {
        let Some(written) = self.get(field) else { return Ok(None) };
        let number = written.parse::<f64>().ok().filter(|number| number.is_finite());
        let said = || refused(field, format!("{name}“{written}”（应为十进制数）"));
        number.map(Some).ok_or_else(said)
    }

    /// The same, which has to be there.
    pub(super) fn needed(&self, field: &'static str, name: &str) -> Result<f64, Refused> {
        let none = || refused(field, format!("没有{name}（应给出）"));
        self.number(field, name)?.ok_or_else(none)
    }

    /// One of the words that a choice has; the first where nothing was chosen.
    fn choice<T: ValueEnum + Copy>(&self, field: &'static str, usual: T) -> Result<T, Refused> {
        let Some(written) = self.get(field) else { return Ok(usual) };
        T::from_str(written, true).map_err(|_| {
            let names = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let names: Vec<String> = names.map(|name| name.get_name().to_owned()).collect();
            refused(field, format!("“{written}”（应为 {} 之一）", names.join("、")))
        })
    }

    /// What is asked of the index of the air.
    pub(super) fn air(&self) -> Result<air::Asked, Refused> {
        let date = match self.get("date") {
            None => None,
            Some(written) => Some(
                written
                    .parse::<Day>()
                    .map_err(|_| refused("date", format!("日期“{written}”（应如 2025-06-01）")))?,
            ),
        };
        let only = match self.get("standard") {
            None => None,
            Some("2012") => Some(Standard::Hj2012),
            Some("2026") => Some(Standard::Hj2026),
            Some(other) => {
                return Err(refused("standard", format!("标准“{other}”（应为 2012 或 2026）")));
            }
        };
        let mut values = [None; 12];
        for (slot, (field, measure)) in values.iter_mut().zip(INPUTS) {
            let Some(written) = self.get(field) else { continue };
            let value = air::concentration(written).ok_or_else(|| {
                let name = words::measure(measure);
                refused(field, format!("{name} 的浓度“{written}”（应为十进制数；没有数据则留空）"))
            })?;
            *slot = Some(value);
        }
        Ok(air::Asked { date, only, round: self.get("round").is_some(), values })
    }

    /// What is asked of a price index beside its table.
    pub(super) fn price(&self) -> Result<price::Asked, Refused> {
        let window =
            match self.get("window") {
                None => None,
                Some(written) => Some(written.parse().map_err(|_| {
                    refused("window", format!("窗口“{written}”（应为期数，如 13）"))
                })?),
            };
        let asked = price::Asked {
            formula: self.choice("formula", FormulaName::Fisher)?,
            chained: self.get("chained").is_some(),
            base: self.get("base").map(str::to_owned),
            missing: self.choice("missing", Missing::Matched)?,
            window,
            splice: None,
            contributions: self.get("contributions").is_some(),
        };
        Ok(asked)
    }

    /// To how many decimals effects are kept.
    pub(super) fn places(&self) -> Result<u32, Refused> {
        let Some(written) = self.get("places") else { return Ok(4) };
        let places = written.parse().ok().filter(|places| *places <= 10);
        places.ok_or_else(|| refused("places", format!("小数位数“{written}”（应为 0 至 10）")))
    }

    /// By what electricity and heat are counted.
    pub(super) fn basis(&self) -> Result<By, Refused> {
        self.choice("basis", By::Calorific)
    }
}

/// That a field does not hold what was expected.
pub(super) fn refused(field: &'static str, said: String) -> Refused {
    Refused { field, said }
}
