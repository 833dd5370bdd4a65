//! What is up today: the exceptions of indicators, departments, projects, problems and tasks.

use assessment::plan::overdue;
use assessment::standing::{turns, unlikely};
use ledger::{Ledger, LedgerError};
use publication::html::{self, Overdue, TodayPage};
use terms::{
    Alarm, Assessment, Day, DutyProgress, PlanObject, Punctuality, Right, Round, StallCause,
};

use super::ask::fault;
use super::desk::plan::may;
use super::house::House;
use super::lists::{self, names};
use super::reply::Reply;
use super::standing;
use super::visit::{Refusal, Visit};

/// With a day so long ago today is compared, where no round was locked since: figures come by month.
const A_MONTH: i64 = 31;

/// What of a report's page is in an address: it then asks for a report, not for today.
const OF_A_REPORT: [&str; 2] = ["doc", "sort"];

/// Whether an address asks for what is up today, and the ledger has something to tell of it. A ledger of reports alone
/// shows the latest of them instead.
pub(super) fn is_asked(visit: &Visit<'_>) -> Result<bool, Refusal> {
    if OF_A_REPORT.iter().any(|field| visit.asked.get(field).is_some()) {
        return Ok(false);
    }
    let filed = |ledger: &Ledger| {
        Ok::<_, LedgerError>(ledger.last_plan()? > 0 || !ledger.rounds()?.is_empty())
    };
    Ok(visit.house.store.read(filed)?)
}

/// The page.
pub(super) fn page(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let asked = standing::asked(visit)?;
    let today = match &asked {
        Some(asked) => asked.as_of,
        None => visit.today()?,
    };
    let since = since(visit, today)?;
    let (now, before) = match &asked {
        Some(asked) => {
            let on =
                |day| standing::standings(visit, (&asked.region, asked.year, day), &asked.targets);
            (Some(on(today)?), Some(on(since)?))
        }
        None => (None, None),
    };
    let turned = match (&before, &now) {
        (Some(before), Some(now)) => turns(before, now),
        _ => Vec::new(),
    };
    let unlikely = now.as_deref().map(unlikely).unwrap_or_default();
    // The work behind the figures is the bureau's own.
    let own = visit.house.public.is_none();
    let beyond = |kinds| if own { beyond(visit, kinds, today) } else { Ok(Vec::new()) };
    let (problems, work) = (beyond(&["problem"])?, beyond(WORK)?);
    let stalled = if own { stalling(visit, today)? } else { Vec::new() };
    let named = problems.iter().chain(&work).map(|(object, _)| object);
    let names = names::of(visit, named.chain(stalled.iter().map(|(object, _)| object)))?;
    let page = TodayPage {
        today,
        since,
        standings: now.as_deref(),
        asked: asked.as_ref().map(|asked| standing::kept(visit, asked)).unwrap_or_default(),
        turns: &turned,
        unlikely: &unlikely,
        late: &if own { late(visit, today)? } else { Vec::new() },
        stalled: &stalled,
        problems: &problems,
        work: &work,
        alarms: &if own { alarms(visit)? } else { Vec::new() },
        reports: if visit.house.shows_reports() { &assessment.documents } else { &[] },
        names: &names,
    };
    Ok(Reply::page(html::today(visit.view, &page)))
}

/// What is waited for beside problems.
const WORK: &[&str] = &["task", "milestone", "order"];

/// The day with which is compared: the one that is asked for, else the usual one.
fn since(visit: &Visit<'_>, today: Day) -> Result<Day, Refusal> {
    if let Some(text) = visit.asked.get("since").filter(|text| !text.is_empty()) {
        let day = text.parse::<Day>().ok().filter(|day| *day <= today);
        let expected = format!("≤ {today}");
        return Ok(day.ok_or_else(|| fault("since", text, &expected))?);
    }
    Ok(compared_with(visit.house, today)?)
}

/// The day with which a day is compared: the end of the last round that is over, if that was within a month, else a month
/// before.
pub(super) fn compared_with(house: &House, today: Day) -> Result<Day, LedgerError> {
    let month = today.plus_days(-A_MONTH).unwrap_or(today);
    let rounds = house.store.read(Ledger::rounds)?;
    let ends = rounds.iter().map(|round| round.closes);
    Ok(ends.filter(|day| *day < today && month < *day).max().unwrap_or(month))
}

/// The objects of these kinds that are beyond their last day, the longest first.
fn beyond(visit: &Visit<'_>, kinds: &[&str], today: Day) -> Result<Vec<Overdue>, Refusal> {
    let mut found = Vec::new();
    for kind in kinds {
        let stock = lists::stock(visit, kind)?;
        let late = |object: &PlanObject| {
            let days = overdue(object, today).filter(|_| may(visit, Right::Read, object))?;
            Some((object.clone(), days))
        };
        found.extend(stock.all().iter().filter_map(late));
    }
    found.sort_by_key(|(_, days)| -days);
    Ok(found)
}

/// The projects that stall, with why.
fn stalling(visit: &Visit<'_>, today: Day) -> Result<Vec<(PlanObject, Vec<StallCause>)>, Refusal> {
    let course = lists::course(visit, today)?;
    let stalls = course.all().filter(|(project, progress)| {
        !progress.stalled.is_empty() && may(visit, Right::Read, project)
    });
    Ok(stalls.map(|(project, progress)| (project.clone(), progress.stalled.clone())).collect())
}

/// Duties that are late, the longest first.
fn late(visit: &Visit<'_>, today: Day) -> Result<Vec<(Round, DutyProgress)>, Refusal> {
    let mut late = visit.house.store.read(|ledger| {
        let mut late = Vec::new();
        for round in ledger.rounds()?.into_iter().filter(|round| round.opens <= today) {
            for duty in ledger.progress(&round.code)? {
                let still = duty.punctuality(&round, today);
                if matches!(still, Punctuality::Overdue | Punctuality::Closed) {
                    late.push((round.clone(), duty));
                }
            }
        }
        Ok::<_, LedgerError>(late)
    })?;
    let may = |duty: &DutyProgress| {
        visit.guest.may(Right::Read, &duty.duty.region, Some(&duty.duty.department))
    };
    late.retain(|(_, duty)| may(duty));
    late.sort_by_key(|(round, duty)| duty.duty.due(round));
    Ok(late)
}

/// Alarms that stand, the most serious first.
fn alarms(visit: &Visit<'_>) -> Result<Vec<Alarm>, Refusal> {
    let mut alarms = visit.house.store.read(Ledger::alarms)?;
    alarms.retain(|alarm| {
        alarm.standing().is_some() && visit.guest.may(Right::Read, &alarm.alarm.region, None)
    });
    alarms.sort_by_key(|alarm| std::cmp::Reverse(alarm.standing()));
    Ok(alarms)
}
