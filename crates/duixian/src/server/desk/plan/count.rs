//! How many a register counts, and who they are.

use std::collections::BTreeSet;

use ledger::{LedgerError, PlanQuery};
use publication::html::desk::{self, RegisterCountPage, Trouble};
use terms::{Day, PlanKind, RegisterCount};

use super::super::super::reply::Reply;
use super::super::super::visit::{Refusal, Visit};
use super::names;

/// The count of a register on a day, and who came and went since an earlier one.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let register = super::object(visit)?;
    if register.kind.code != "register" {
        return Err(Refusal::NotFound);
    }
    let (today, level) = (visit.today()?.to_string(), visit.asked.get("level"));
    let day = visit.asked.get("day").unwrap_or(&today);
    let since = visit.asked.get("since").unwrap_or("");
    let asked = days(day, since);
    let count = |day: Day| {
        visit.house.store.read(|ledger| ledger.register_count(&register.code, level, day, None))
    };
    let (now, earlier) = match &asked {
        Ok((day, since)) => (Some(count(*day)?), since.map(count).transpose()?),
        Err(_) => (None, None),
    };
    let change = now.as_ref().zip(earlier.as_ref()).map(|(now, earlier)| now.since(earlier));
    let change = earlier.as_ref().zip(change.as_ref());
    let fault = asked.as_ref().err();
    let page = RegisterCountPage {
        register: &register,
        levels: &levels(visit, &register.code)?,
        level,
        day,
        since,
        count: now.as_ref(),
        change: change.map(|(earlier, (came, went)): (&RegisterCount, _)| {
            (earlier, came.as_slice(), went.as_slice())
        }),
        names: &names::of(visit, [&register].into_iter())?,
        fault: fault.map(|(field, sentence)| Trouble { field, sentence }),
    };
    Ok(super::told(desk::register_count(visit.view, &page), false, fault.is_some()))
}

/// The days that were asked for, or what is wrong with which.
fn days(day: &str, since: &str) -> Result<(Day, Option<Day>), (&'static str, String)> {
    let read = |field: &'static str, name: &str, text: &str| {
        let shown: String = text.chars().take(20).collect();
        text.parse::<Day>()
            .map_err(|_| (field, format!("{name}“{shown}”有误（应为日期，如 2024-03-05）")))
    };
    let day = read("day", "截至日", day)?;
    match since {
        "" => Ok((day, None)),
        since => match read("since", "相比的日子", since)? {
            since if since <= day => Ok((day, Some(since))),
            since => Err(("since", format!("相比的日子“{since}”有误（应为不晚于 {day} 的日期）"))),
        },
    }
}

/// The levels that members of a register won.
fn levels(visit: &Visit<'_>, register: &str) -> Result<Vec<String>, Refusal> {
    let (Some(member), Some(award)) = (PlanKind::named("member"), PlanKind::named("award")) else {
        return Ok(Vec::new());
    };
    let parent = Some(terms::PlanRef::new("register", register));
    let levels: BTreeSet<String> = visit.house.store.read(|ledger| {
        let query = PlanQuery { parent, ..PlanQuery::default() };
        let members = ledger.plan_objects(member, &query, None)?;
        let members: BTreeSet<String> = members.into_iter().map(|own| own.code).collect();
        let awards = ledger.plan_objects(award, &PlanQuery::default(), None)?;
        let own = awards.into_iter().filter(|award| {
            award.parent.as_ref().is_some_and(|parent| members.contains(&*parent.code))
        });
        Ok::<_, LedgerError>(own.map(|award| award.value("level").to_owned()).collect())
    })?;
    Ok(levels.into_iter().collect())
}
