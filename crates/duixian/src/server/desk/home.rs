//! What a person has to do now.

use ledger::LedgerError;
use publication::html::desk::{self, HomePage};
use terms::{DutyProgress, FigureState, Right, Round};

use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};

/// The desk: what is owed, and what waits to be checked.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let today = visit.today()?;
    let all = visit.house.store.read(|ledger| {
        let mut all: Vec<(Round, DutyProgress)> = Vec::new();
        for round in ledger.rounds()? {
            let duties = ledger.progress(&round.code)?;
            all.extend(duties.into_iter().map(|duty| (round.clone(), duty)));
        }
        Ok::<_, LedgerError>(all)
    })?;
    let may = |right, progress: &DutyProgress| {
        visit.guest.may(right, &progress.duty.region, Some(&progress.duty.department))
    };
    let (mut owed, mut to_review) = (Vec::new(), Vec::new());
    for (round, progress) in all {
        if progress.count(FigureState::Submitted) > 0 && may(Right::Review, &progress) {
            to_review.push((round.clone(), progress.clone()));
        }
        let settled = progress.count(FigureState::Submitted)
            + progress.count(FigureState::Approved)
            + progress.count(FigureState::Locked);
        if settled < progress.lines && round.opens <= today && may(Right::Fill, &progress) {
            owed.push((round, progress));
        }
    }
    let page =
        HomePage { today, owed: &owed, to_review: &to_review, regions: &super::regions(visit)? };
    Ok(Reply::page(desk::home(visit.view, &page)))
}
