//! Accounts of green power: what must hold whatever the entries.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use methods::energy::green::{Account, Entry, Kind, Month, account};
use rust_decimal::Decimal;

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn month(&mut self, year: i32) -> Month {
        Month { year, month: u8::try_from(1 + self.below(12)).unwrap() }
    }

    fn entry(&mut self) -> Entry {
        let kinds =
            [Kind::Grid, Kind::OwnUse, Kind::FedIn, Kind::GreenPower, Kind::Bought, Kind::Sold];
        let kind = kinds[usize::try_from(self.below(6)).unwrap()];
        let most = match kind {
            Kind::Grid => 90_000,
            Kind::Bought => 40,
            Kind::Sold => 9,
            _ => 30_000,
        };
        let year = [2022, 2023, 2024][usize::try_from(self.below(3)).unwrap()];
        Entry {
            kind,
            month: self.month(2025),
            amount: Decimal::from(self.below(most)),
            generated: (kind == Kind::Bought).then(|| self.month(year)),
            batch: (self.below(3) == 0).then(|| usize::try_from(self.below(5)).unwrap()),
        }
    }
}

fn whole(found: &Account) {
    assert!(found.green >= Decimal::ZERO && found.green <= found.used);
    assert_eq!(found.rest() + found.green, found.used);
    let counted = found.own - found.passed_on + found.bought_power + found.certified - found.kept;
    assert_eq!(counted, found.green);
    // Whatever is not needed is kept, and nothing is kept while something is needed.
    assert!(found.kept.is_zero() || found.rest().is_zero());
    let shares = [found.issued_own.1, found.issued_fed_in.1];
    assert!(shares.iter().all(|rest| *rest >= Decimal::ZERO && *rest < Decimal::from(1000)));
}

#[test]
fn nothing_is_green_twice_and_no_more_than_is_used() {
    let mut dice = Dice(67);
    let mut seen = [0; 4];
    for _ in 0..5_000 {
        let entries: Vec<Entry> = (0..1 + dice.below(12)).map(|_| dice.entry()).collect();
        let Ok(found) = account(&entries) else { continue };
        whole(&found);
        seen[0] += 1;
        seen[1] += usize::from(!found.duplicates.is_empty());
        seen[2] += usize::from(!found.expired.is_empty());
        seen[3] += usize::from(found.passed_on > Decimal::ZERO);
        // A batch that comes again changes nothing but that it is told.
        let batch = |entry: &&Entry| {
            entry.batch.is_some() && matches!(entry.kind, Kind::GreenPower | Kind::Bought)
        };
        if let Some(again) = entries.iter().find(batch) {
            let more: Vec<Entry> = entries.iter().chain([again]).copied().collect();
            let twice = account(&more).unwrap();
            assert_eq!((twice.green, twice.certified), (found.green, found.certified));
            assert_eq!(twice.duplicates.len(), found.duplicates.len() + 1);
        }
        // Another certificate never makes less green, and no more than it stands for.
        let month = Month { year: 2025, month: 1 };
        let one = Entry {
            kind: Kind::Bought,
            month,
            amount: Decimal::ONE,
            generated: Some(month),
            batch: None,
        };
        let more: Vec<Entry> = entries.iter().chain([&one]).copied().collect();
        let added = account(&more).unwrap().green - found.green;
        assert!(added >= Decimal::ZERO && added <= Decimal::from(1000));
    }
    assert!(seen.iter().all(|count| *count > 50), "{seen:?}");
}
