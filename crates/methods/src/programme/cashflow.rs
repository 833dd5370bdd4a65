//! The payments of a roof over its life: investment, sales, upkeep, replacement, grants and taxes.
//!
//! Prices and costs are in yuan and hold value-added tax, as they are paid; years count from 1, the year after the
//! investment. The share that the building uses itself stays what it is in the typical year.
//!
//! Taxes follow the general rules for a company in China, with every rate an argument: value-added tax on sales less that
//! which purchases held (a surplus is carried on), a surcharge on what is paid of it, and income tax on what is left after
//! straight-line depreciation, with losses carried for some years and a row of reduced years at the beginning (three years
//! free and three at half rate for public infrastructure: `[0, 0, 0, 0.5, 0.5, 0.5]`).

use super::returns::{NoRate, irr, lcoe, npv, payback};

/// Lives above this many years are refused.
const LONGEST: u32 = 60;

/// What is paid and sold for a roof.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// The investment in yuan, at time 0.
    pub investment: f64,
    /// A grant on it in yuan, at time 0.
    pub grant: f64,
    /// For how many years it runs.
    pub years: u32,
    /// Kilowatt-hours a year when new.
    pub energy: f64,
    /// The share lost in the first year.
    pub first_loss: f64,
    /// The share of the year before that is lost in each further year.
    pub yearly_loss: f64,
    /// The share that the building uses itself.
    pub own_share: f64,
    /// What a kilowatt-hour of own use saves, in yuan.
    pub own_price: f64,
    /// What a kilowatt-hour to the grid brings, in yuan.
    pub feed_price: f64,
    /// The yearly growth of the price of own use, as a share.
    pub price_growth: f64,
    /// A premium on each kilowatt-hour in yuan, and for how many years.
    pub premium: (f64, u32),
    /// Upkeep in yuan a year, at the prices of the first.
    pub upkeep: f64,
    /// Its yearly growth, as a share.
    pub upkeep_growth: f64,
    /// What is replaced: year and yuan.
    pub replaced: Vec<(u32, f64)>,
    /// Taxes; `None` for an owner who pays none, as a public body that saves its own electricity.
    pub tax: Option<Tax>,
}

/// Taxes of an owner; rates are shares.
#[derive(Debug, Clone, PartialEq)]
pub struct Tax {
    /// Value-added tax on sales, investment and replacement.
    pub vat: f64,
    /// Value-added tax in what is paid for upkeep.
    pub upkeep_vat: f64,
    /// Whether the tax in purchases is set off against that on sales; not so for small-scale taxpayers.
    pub credit: bool,
    /// The share of the paid value-added tax that is given back.
    pub refund: f64,
    /// Surcharges on the value-added tax that is paid.
    pub surcharge: f64,
    /// Income tax.
    pub income: f64,
    /// The share of the income tax that is due in the years 1, 2, …; later years pay all.
    pub due: Vec<f64>,
    /// Years over which the investment is written off.
    pub depreciation: u32,
    /// The share of it that is never written off.
    pub residue: f64,
    /// For how many years a loss is set off against profits.
    pub carried: u32,
}

/// A year of a project, in yuan but for the energy.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Year {
    /// Kilowatt-hours.
    pub energy: f64,
    /// Sales, savings and premium.
    pub revenue: f64,
    /// Upkeep and replacement.
    pub costs: f64,
    /// Value-added tax paid, after what is given back.
    pub vat: f64,
    /// Surcharges on it.
    pub surcharge: f64,
    /// Income tax.
    pub income_tax: f64,
    /// What is left.
    pub flow: f64,
}

/// What a project comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// The years, from 1.
    pub years: Vec<Year>,
    /// Net present value in yuan.
    pub npv: f64,
    /// Internal rate of return as a share, or why there is none.
    pub irr: Result<f64, NoRate>,
    /// Years until what was paid has come back.
    pub payback: Option<f64>,
    /// The same with later payments discounted.
    pub discounted_payback: Option<f64>,
    /// Yuan a kilowatt-hour over the life, before taxes, after the grant.
    pub lcoe: Option<f64>,
}

/// Why there are no payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is out of range: {1}")]
pub struct NoProject(
    /// Which input.
    pub Input,
    /// What was expected.
    pub &'static str,
);

/// An input of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the field of that name")]
pub enum Input {
    Investment,
    Grant,
    Years,
    Energy,
    Loss,
    OwnShare,
    Price,
    Growth,
    Upkeep,
    Replaced,
    Rate,
    TaxRate,
    Depreciation,
}

impl std::fmt::Display for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Input::Investment => "the investment",
            Input::Grant => "the grant",
            Input::Years => "the number of years",
            Input::Energy => "the yearly energy",
            Input::Loss => "a loss by ageing",
            Input::OwnShare => "the share of own use",
            Input::Price => "a price",
            Input::Growth => "a growth",
            Input::Upkeep => "the upkeep",
            Input::Replaced => "a replacement",
            Input::Rate => "the discount rate",
            Input::TaxRate => "a tax rate",
            Input::Depreciation => "the depreciation",
        })
    }
}

/// Values a project at a discount rate, such as 0.06.
///
/// # Errors
/// When an input is out of range.
pub fn value(project: &Project, rate: f64) -> Result<Worth, NoProject> {
    check(project, rate)?;
    let paid = project.investment - project.grant;
    let years = years(project);
    let flows: Vec<f64> =
        std::iter::once(-paid).chain(years.iter().map(|year| year.flow)).collect();
    let costs: Vec<f64> =
        std::iter::once(paid).chain(years.iter().map(|year| year.costs)).collect();
    let energy: Vec<f64> = years.iter().map(|year| year.energy).collect();
    Ok(Worth {
        npv: npv(rate, &flows),
        irr: irr(&flows),
        payback: payback(0.0, &flows),
        discounted_payback: payback(rate, &flows),
        lcoe: lcoe(rate, &costs, &energy),
        years,
    })
}

fn check(project: &Project, rate: f64) -> Result<(), NoProject> {
    let positive = |number: f64| number >= 0.0 && number.is_finite();
    let share = |number: f64| (0.0..=1.0).contains(&number);
    let growth = |number: f64| number > -1.0 && number <= 1.0;
    let tests = [
        (positive(project.investment), Input::Investment, "expected zero or more yuan"),
        (
            positive(project.grant) && project.grant <= project.investment,
            Input::Grant,
            "expected zero up to the investment",
        ),
        ((1..=LONGEST).contains(&project.years), Input::Years, "expected 1 to 60"),
        (positive(project.energy), Input::Energy, "expected zero or more kWh"),
        (
            share(project.first_loss) && share(project.yearly_loss),
            Input::Loss,
            "expected a share from 0 to 1",
        ),
        (share(project.own_share), Input::OwnShare, "expected a share from 0 to 1"),
        (
            positive(project.own_price)
                && positive(project.feed_price)
                && positive(project.premium.0),
            Input::Price,
            "expected zero or more yuan per kWh",
        ),
        (
            growth(project.price_growth) && growth(project.upkeep_growth),
            Input::Growth,
            "expected a share above -1 and up to 1",
        ),
        (positive(project.upkeep), Input::Upkeep, "expected zero or more yuan"),
        (
            project.replaced.iter().all(|(_, cost)| positive(*cost)),
            Input::Replaced,
            "expected zero or more yuan",
        ),
        (growth(rate), Input::Rate, "expected a share above -1 and up to 1"),
    ];
    for (sound, input, expected) in tests {
        if !sound {
            return Err(NoProject(input, expected));
        }
    }
    let Some(tax) = &project.tax else { return Ok(()) };
    let rates = [tax.vat, tax.upkeep_vat, tax.refund, tax.surcharge, tax.income];
    if !rates.iter().chain(&tax.due).all(|rate| share(*rate)) {
        return Err(NoProject(Input::TaxRate, "expected a share from 0 to 1"));
    }
    if !(share(tax.residue) && tax.depreciation > 0) {
        return Err(NoProject(
            Input::Depreciation,
            "expected a year or more and a residue of 0 to 1",
        ));
    }
    Ok(())
}

fn years(project: &Project) -> Vec<Year> {
    let mut energy = project.energy * (1.0 - project.first_loss);
    let (mut own_price, mut upkeep) = (project.own_price, project.upkeep);
    let mut purse = project.tax.as_ref().map(|tax| Purse::new(tax, project));
    let mut years = Vec::new();
    for number in 1..=project.years {
        let premium = if number <= project.premium.1 { project.premium.0 } else { 0.0 };
        let mean = project.own_share * own_price + (1.0 - project.own_share) * project.feed_price;
        let replaced: f64 =
            project.replaced.iter().filter(|(year, _)| *year == number).map(|(_, cost)| cost).sum();
        let mut year = Year {
            energy,
            revenue: energy * (mean + premium),
            costs: upkeep + replaced,
            ..Year::default()
        };
        if let Some(purse) = &mut purse {
            purse.tax(number, upkeep, replaced, &mut year);
        }
        year.flow = year.revenue - year.costs - year.vat - year.surcharge - year.income_tax;
        years.push(year);
        energy *= 1.0 - project.yearly_loss;
        own_price *= 1.0 + project.price_growth;
        upkeep *= 1.0 + project.upkeep_growth;
    }
    years
}

/// What a taxpayer carries from year to year.
struct Purse<'a> {
    rules: &'a Tax,
    /// Tax in purchases that is not yet set off.
    credit: f64,
    /// What is written off in each of the first years.
    written_off: f64,
    /// Losses not yet set off, with their year, the oldest first.
    losses: Vec<(u32, f64)>,
}

impl<'a> Purse<'a> {
    fn new(rules: &'a Tax, project: &Project) -> Self {
        let inside = if rules.credit { within(project.investment, rules.vat) } else { 0.0 };
        // What a grant paid for is not written off.
        let base = (project.investment - inside - project.grant).max(0.0);
        Purse {
            rules,
            credit: inside,
            written_off: base * (1.0 - rules.residue) / f64::from(rules.depreciation),
            losses: Vec::new(),
        }
    }

    fn tax(&mut self, number: u32, upkeep: f64, replaced: f64, year: &mut Year) {
        let rules = self.rules;
        let sold = within(year.revenue, rules.vat);
        let bought = match rules.credit {
            true => within(upkeep, rules.upkeep_vat) + within(replaced, rules.vat),
            false => 0.0,
        };
        let owed = sold - bought - self.credit;
        self.credit = (-owed).max(0.0);
        let owed = owed.max(0.0);
        year.vat = owed * (1.0 - rules.refund);
        year.surcharge = owed * rules.surcharge;
        let written_off = if number <= rules.depreciation { self.written_off } else { 0.0 };
        let profit = year.revenue - sold - (year.costs - bought) - year.surcharge - written_off;
        self.losses.retain(|(made, _)| number - made <= rules.carried);
        if profit < 0.0 {
            self.losses.push((number, -profit));
            return;
        }
        let mut left = profit;
        for (_, loss) in &mut self.losses {
            let set_off = loss.min(left);
            *loss -= set_off;
            left -= set_off;
        }
        let place = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        year.income_tax = left * rules.income * rules.due.get(place).copied().unwrap_or(1.0);
    }
}

/// The tax in a price that holds it.
fn within(price: f64, rate: f64) -> f64 {
    price * rate / (1.0 + rate)
}

#[cfg(test)]
mod tests;
