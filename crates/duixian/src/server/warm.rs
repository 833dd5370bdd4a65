//! What is dear is computed before anybody asks for it: where targets stand, which takes simulated futures of each.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use ledger::LedgerError;
use terms::Day;

use super::house::House;
use super::{kept, standing, today};
use crate::clock;

/// How often it is looked whether the ledger or the day has changed.
const PAUSE: Duration = Duration::from_secs(1);

/// Begins to keep the answers of a house ready, until the house is no more. Where the system gives no thread, the first
/// who asks waits instead.
pub(super) fn keep(house: &Arc<House>) {
    let house = Arc::downgrade(house);
    let _ = thread::Builder::new().name("warm".to_owned()).spawn(move || watch(&house));
}

fn watch(house: &Weak<House>) {
    let mut ready = None;
    while let Some(house) = house.upgrade() {
        let day = house.day.or_else(clock::today);
        // A ledger that cannot be read is told to those who ask for it.
        let now = day.zip(house.store.read(kept::head).ok());
        if let Some((day, _)) = &now
            && now != ready
            && prepare(&house, *day).is_ok()
        {
            ready = now;
        }
        drop(house);
        thread::sleep(PAUSE);
    }
}

/// Where the targets of all regions stand on a day, and on the day with which it is compared.
fn prepare(house: &House, day: Day) -> Result<(), LedgerError> {
    let targets = standing::targets(house)?;
    let since = today::compared_with(house, day)?;
    let regions: BTreeSet<&str> = targets.iter().map(|target| target.region.as_str()).collect();
    for region in regions {
        let own: Vec<_> = targets.iter().filter(|one| one.region == region).cloned().collect();
        if let Some(year) = crate::standing::latest_year(&own, day) {
            standing::given(house, (region, year, day), &own)?;
            standing::given(house, (region, year, since), &own)?;
        }
    }
    Ok(())
}
