//! Locking: approved figures become observations.

use std::sync::Arc;

use terms::{Day, Duty, FigureAct, FigureState, Filing, Indicator, Observation, Right, Slot};

use super::{fill, open, read};
use crate::append::Entry;
use crate::audit::{self, Action};
use crate::observation::{self, Filed};
use crate::record::Trouble;
use crate::{Ledger, LedgerError};

/// What a lock did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Locked {
    /// How many figures are locked now that were not before.
    pub figures: usize,
    /// How many of them say something else than what was known before, or are the first of their period.
    pub observations: usize,
    /// How many figures of the round are not approved yet.
    pub left: usize,
}

impl Ledger {
    /// Locks every approved figure of a round for which the author has the right, and files it as an observation that
    /// became known on `vintage`. Figures that are not approved stay as they are.
    pub fn lock_round(
        &mut self,
        round: &str,
        vintage: Day,
        catalogue: &[Indicator],
        entry: &Entry,
    ) -> Result<Locked, LedgerError> {
        self.write(entry, |writing| {
            let Some(known) = open::round(writing.transaction, round)? else {
                return Err(LedgerError::Unknown { what: "轮次", code: round.to_owned() }.into());
            };
            let mut locked = Locked::default();
            let mut observations = Vec::new();
            let mut allowed = false;
            for duty in read::duties_of(writing.transaction, round)? {
                if !writing.may(Right::Plan, &duty.region, Some(&duty.department))? {
                    continue;
                }
                allowed = true;
                for slot in read::slots(writing.transaction, duty.number)? {
                    match &slot.filing {
                        Some(filing) if filing.state == FigureState::Approved => {
                            let next = locked_filing(filing);
                            fill::insert(writing, duty.number, slot.position, &next)?;
                            let source = format!("{} {}", known.name, duty.form);
                            let vintage = (known.period, vintage);
                            observations.push(observation(&duty, &slot, filing, vintage, &source));
                            locked.figures += 1;
                        }
                        Some(filing) if filing.state == FigureState::Locked => {}
                        _ => locked.left += 1,
                    }
                }
            }
            if !allowed {
                return Err(writing.denied(Right::Plan).into());
            }
            if locked.figures == 0 {
                return Ok(locked);
            }
            writing.log(Action::Fill, round)?;
            locked.observations = publish(writing.transaction, &observations, catalogue, entry)?;
            Ok(locked)
        })
    }
}

fn locked_filing(filing: &Filing) -> Filing {
    let state = FigureAct::Lock.after(Some(filing.state)).unwrap_or(FigureState::Locked);
    Filing { version: filing.version + 1, state, comment: String::new(), ..filing.clone() }
}

fn observation(
    duty: &Duty,
    slot: &Slot,
    filing: &Filing,
    (period, vintage): (terms::Period, Day),
    source: &str,
) -> Observation {
    Observation {
        indicator: Arc::clone(&slot.item.indicator),
        region: Arc::clone(&duty.region),
        facet: slot.item.facet,
        period,
        vintage,
        value: filing.figure.value.clone(),
        unit: slot.item.unit.clone(),
        status: filing.figure.status,
        source: source.into(),
        note: filing.figure.note.as_str().into(),
    }
}

/// Files the observations with an entry of their own, and tells how many say something new.
fn publish(
    transaction: &rusqlite::Connection,
    observations: &[Observation],
    catalogue: &[Indicator],
    entry: &Entry,
) -> Result<usize, Trouble> {
    observation::admit(observations, catalogue)?;
    let number = audit::next_number(transaction)?;
    let filing = observation::file(transaction, observations, catalogue, (entry, number))?;
    if let Some(place) = filing.filed.iter().position(|filed| *filed == Filed::Conflict) {
        let observation = &observations[place];
        return Err(LedgerError::Published {
            indicator: observation.indicator.to_string(),
            region: observation.region.to_string(),
            period: observation.period,
            vintage: observation.vintage,
        }
        .into());
    }
    Ok(filing.count(Filed::New) + filing.count(Filed::Revised))
}
