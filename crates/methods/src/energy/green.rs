//! Accounts of green power: what of the electricity that was used may be called green, each kilowatt-hour once.
//!
//! Source: 国家能源局《可再生能源绿色电力证书核发和交易规则》(国能发新能规〔2024〕67号): a certificate stands for 1,000 kWh, what
//! is left over is carried to the next month, and it is valid for two years from the month of generation; power fed into
//! the grid gets certificates that may be sold once, power used where it is made gets some that may not. Power that is
//! bought as green comes with its certificates, so these are not counted beside it. Own power whose certificates were
//! passed on all the same is green no more.

use rust_decimal::Decimal;

/// Kilowatt-hours of a certificate.
pub const CERTIFICATE: Decimal = Decimal::ONE_THOUSAND;

/// So many months after that of generation a certificate may be used.
pub const VALID_MONTHS: i32 = 24;

/// A month of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// The month, from 1 to 12.
    pub month: u8,
}

impl Month {
    /// How many months an earlier one lies back; below nought where it is later.
    pub fn since(self, earlier: Month) -> i32 {
        let years = self.year.saturating_sub(earlier.year);
        years.saturating_mul(12) + i32::from(self.month) - i32::from(earlier.month)
    }
}

/// What an entry of the account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Kilowatt-hours taken from the grid, green ones among them (购电).
    Grid,
    /// Kilowatt-hours made on the spot and used there (自发自用).
    OwnUse,
    /// Kilowatt-hours made on the spot and fed into the grid (上网).
    FedIn,
    /// Kilowatt-hours among those of the grid that were bought as green, with their certificates (绿电交易).
    GreenPower,
    /// Certificates bought without power (购入绿证), in pieces.
    Bought,
    /// Certificates of own generation passed on to others (转让绿证), in pieces.
    Sold,
}

/// An entry of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// The month to which it is accounted.
    pub month: Month,
    /// Kilowatt-hours, or certificates in pieces.
    pub amount: Decimal,
    /// Of bought certificates the month in which their power was made.
    pub generated: Option<Month>,
    /// Which batch of certificates it is, by any number; the same batch counts once.
    pub batch: Option<usize>,
}

/// What comes of the entries; all in kilowatt-hours, certificates in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// All electricity used: from the grid and own.
    pub used: Decimal,
    /// Own power used on the spot.
    pub own: Decimal,
    /// Of it what is green no more, since its certificates were passed on.
    pub passed_on: Decimal,
    /// Power bought as green.
    pub bought_power: Decimal,
    /// What the bought certificates stand for that are valid.
    pub certified: Decimal,
    /// What may be called green: own power, then bought power, then certificates, at most what was used.
    pub green: Decimal,
    /// Of the certificates what was not needed and is kept.
    pub kept: Decimal,
    /// Power fed into the grid, which is not used here and never green here.
    pub fed_in: Decimal,
    /// Certificates issued for own use, and what is carried to the next month.
    pub issued_own: (Decimal, Decimal),
    /// Certificates issued for what was fed in, and what is carried.
    pub issued_fed_in: (Decimal, Decimal),
    /// Places of entries that were not counted because their batch had been.
    pub duplicates: Vec<usize>,
    /// Places of bought certificates that were too old.
    pub expired: Vec<usize>,
}

impl Account {
    /// Green in percent of what was used, not rounded; `None` where nothing was.
    pub fn share(&self) -> Option<Decimal> {
        self.green.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.used)
    }

    /// What was used and is not green, and so takes the factor of the residual mix.
    pub fn rest(&self) -> Decimal {
        self.used - self.green
    }
}

/// Why there is no account. Entries are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GreenError {
    /// An amount is below nought.
    #[error("entry {0} is negative")]
    Negative(usize),
    /// Certificates are counted in whole pieces.
    #[error("entry {0} is no whole number of certificates")]
    NotWhole(usize),
    /// Bought certificates need the month in which their power was made.
    #[error("entry {0} has no month of generation")]
    NeedsMonth(usize),
    /// The power of a certificate was made after it was used.
    #[error("entry {0} was generated later")]
    Future(usize),
    /// More power was bought as green than was taken from the grid.
    #[error("{green} kWh of green power, {grid} kWh from the grid")]
    BeyondGrid {
        /// Bought as green.
        green: Decimal,
        /// Taken from the grid.
        grid: Decimal,
    },
    /// More certificates were passed on than were issued.
    #[error("{sold} certificates passed on, {issued} issued")]
    Oversold {
        /// Passed on.
        sold: Decimal,
        /// Issued for own generation.
        issued: Decimal,
    },
    /// A number leaves the range of exact decimals.
    #[error("out of range")]
    Range,
}

/// The account of some entries, such as those of a year.
///
/// # Errors
/// Where an entry cannot be, more is bought as green than taken from the grid, or more passed on than issued.
pub fn account(entries: &[Entry]) -> Result<Account, GreenError> {
    let mut sums = Sums::default();
    let (mut duplicates, mut expired) = (Vec::new(), Vec::new());
    let mut seen: Vec<usize> = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let pieces = matches!(entry.kind, Kind::Bought | Kind::Sold);
        if entry.amount < Decimal::ZERO {
            return Err(GreenError::Negative(place));
        }
        if pieces && !entry.amount.fract().is_zero() {
            return Err(GreenError::NotWhole(place));
        }
        if let (Some(batch), Kind::GreenPower | Kind::Bought) = (entry.batch, entry.kind) {
            if seen.contains(&batch) {
                duplicates.push(place);
                continue;
            }
            seen.push(batch);
        }
        if entry.kind == Kind::Bought {
            let generated = entry.generated.ok_or(GreenError::NeedsMonth(place))?;
            match entry.month.since(generated) {
                ..0 => return Err(GreenError::Future(place)),
                0..=VALID_MONTHS => {}
                _ => {
                    expired.push(place);
                    continue;
                }
            }
        }
        let sum = sums.of(entry.kind);
        *sum = sum.checked_add(entry.amount).ok_or(GreenError::Range)?;
    }
    let Sums { grid, own, fed_in, green_power, bought, sold } = sums;
    if green_power > grid {
        return Err(GreenError::BeyondGrid { green: green_power, grid });
    }
    let (issued_own, issued_fed_in) = (issued(own)?, issued(fed_in)?);
    let passed_on = (sold - issued_fed_in.0).max(Decimal::ZERO);
    if passed_on > issued_own.0 {
        return Err(GreenError::Oversold { sold, issued: issued_own.0 + issued_fed_in.0 });
    }
    let kwh = |pieces: Decimal| pieces.checked_mul(CERTIFICATE).ok_or(GreenError::Range);
    let (passed_on, certified) = (kwh(passed_on)?, kwh(bought)?);
    let used = grid.checked_add(own).ok_or(GreenError::Range)?;
    let first = (own - passed_on) + green_power;
    let from_certificates = certified.min(used - first);
    Ok(Account {
        used,
        own,
        passed_on,
        bought_power: green_power,
        certified,
        green: first + from_certificates,
        kept: certified - from_certificates,
        fed_in,
        issued_own,
        issued_fed_in,
        duplicates,
        expired,
    })
}

#[derive(Default)]
struct Sums {
    grid: Decimal,
    own: Decimal,
    fed_in: Decimal,
    green_power: Decimal,
    bought: Decimal,
    sold: Decimal,
}

impl Sums {
    fn of(&mut self, kind: Kind) -> &mut Decimal {
        match kind {
            Kind::Grid => &mut self.grid,
            Kind::OwnUse => &mut self.own,
            Kind::FedIn => &mut self.fed_in,
            Kind::GreenPower => &mut self.green_power,
            Kind::Bought => &mut self.bought,
            Kind::Sold => &mut self.sold,
        }
    }
}

/// The certificates of some kilowatt-hours, and what is carried: month by month it comes to the same.
fn issued(kwh: Decimal) -> Result<(Decimal, Decimal), GreenError> {
    let pieces = kwh.checked_div(CERTIFICATE).ok_or(GreenError::Range)?.floor();
    Ok((pieces, kwh - pieces * CERTIFICATE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(year: i32, month: u8) -> Month {
        Month { year, month }
    }

    fn entry(kind: Kind, amount: i64) -> Entry {
        let generated = (kind == Kind::Bought).then(|| month(2024, 6));
        let amount = Decimal::from(amount);
        Entry { kind, month: month(2025, 1), amount, generated, batch: None }
    }

    #[test]
    fn every_kilowatt_hour_is_green_once() {
        let entries = [
            entry(Kind::Grid, 100_000),
            entry(Kind::OwnUse, 20_500),
            entry(Kind::FedIn, 9_999),
            entry(Kind::GreenPower, 30_000),
            entry(Kind::Bought, 25),
        ];
        let found = account(&entries).unwrap();
        assert_eq!((found.used, found.green), (Decimal::from(120_500), Decimal::from(75_500)));
        assert_eq!(found.rest(), Decimal::from(45_000));
        assert_eq!(found.issued_own, (Decimal::from(20), Decimal::from(500)));
        assert_eq!(found.issued_fed_in, (Decimal::from(9), Decimal::from(999)));
        assert_eq!(found.share().unwrap().round_dp(4).to_string(), "62.6556");
    }

    #[test]
    fn the_same_batch_counts_once_and_an_old_one_not() {
        let mut entries = vec![
            entry(Kind::Grid, 100_000),
            entry(Kind::GreenPower, 5_000),
            entry(Kind::Bought, 5),
        ];
        entries[1].batch = Some(7);
        entries[2].batch = Some(7);
        let mut old = entry(Kind::Bought, 4);
        old.generated = Some(month(2022, 12));
        entries.push(old);
        let mut last = entry(Kind::Bought, 4);
        last.generated = Some(month(2023, 1));
        entries.push(last);
        let found = account(&entries).unwrap();
        assert_eq!((found.duplicates, found.expired), (vec![2], vec![3]));
        assert_eq!(found.green, Decimal::from(9_000));
    }

    #[test]
    fn no_more_is_green_than_is_used() {
        let found = account(&[entry(Kind::Grid, 2_500), entry(Kind::Bought, 10)]).unwrap();
        assert_eq!((found.green, found.kept), (Decimal::from(2_500), Decimal::from(7_500)));
        assert_eq!(account(&[]).unwrap().share(), None);
    }

    #[test]
    fn own_power_whose_certificates_were_passed_on_is_green_no_more() {
        let mut entries =
            vec![entry(Kind::OwnUse, 10_000), entry(Kind::FedIn, 3_000), entry(Kind::Sold, 3)];
        assert_eq!(account(&entries).unwrap().green, Decimal::from(10_000));
        entries[2].amount = Decimal::from(5);
        let found = account(&entries).unwrap();
        let two = Decimal::from(2_000);
        assert_eq!((found.passed_on, found.green), (two, Decimal::from(8_000)));
        entries[2].amount = Decimal::from(14);
        assert!(matches!(account(&entries), Err(GreenError::Oversold { .. })));
    }

    #[test]
    fn entries_that_cannot_be_are_named() {
        let grid = entry(Kind::Grid, 10);
        assert_eq!(account(&[grid, entry(Kind::OwnUse, -1)]), Err(GreenError::Negative(1)));
        let half = Entry { amount: Decimal::new(15, 1), ..entry(Kind::Bought, 0) };
        assert_eq!(account(&[half]), Err(GreenError::NotWhole(0)));
        let undated = Entry { generated: None, ..entry(Kind::Bought, 1) };
        assert_eq!(account(&[undated]), Err(GreenError::NeedsMonth(0)));
        let future = Entry { generated: Some(month(2025, 2)), ..entry(Kind::Bought, 1) };
        assert_eq!(account(&[future]), Err(GreenError::Future(0)));
        let beyond = account(&[grid, entry(Kind::GreenPower, 11)]);
        assert!(matches!(beyond, Err(GreenError::BeyondGrid { .. })));
    }
}
