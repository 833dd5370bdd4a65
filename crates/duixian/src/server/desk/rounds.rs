//! Rounds: opened, watched, given more time, locked.

use axum::http::StatusCode;
use ledger::LedgerError;
use publication::html::Address;
use publication::html::desk::{
    self, NewRoundPage, RoundDone, RoundLine, RoundPage, RoundsPage, Trouble, TypedRound,
};
use terms::{Day, DutyProgress, FigureState, Form, Period, Punctuality, Right, Round};

use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};
use crate::bulletin;
use crate::reminder::{self, ReminderError};

/// The duties of a round that the guest may see.
fn duties(visit: &Visit<'_>, round: &str) -> Result<Vec<DutyProgress>, Refusal> {
    let mut duties = visit.house.store.read(|ledger| ledger.progress(round))?;
    duties.retain(|progress| {
        let duty = &progress.duty;
        visit.guest.may(Right::Read, &duty.region, Some(&duty.department))
    });
    Ok(duties)
}

/// All rounds.
pub(super) fn list(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let today = visit.today()?;
    let mut lines = Vec::new();
    for round in visit.house.store.read(|ledger| ledger.rounds())? {
        let duties = duties(visit, &round.code)?;
        let count = |wanted: &dyn Fn(&DutyProgress) -> bool| {
            duties.iter().filter(|duty| wanted(duty)).count()
        };
        let late = |duty: &DutyProgress| {
            let punctuality = duty.punctuality(&round, today);
            matches!(punctuality, Punctuality::Overdue | Punctuality::Closed)
        };
        let (handed_in, overdue) = (count(&|duty| duty.handed_in.is_some()), count(&late));
        let locked = count(&|duty| duty.count(FigureState::Locked) == duty.lines);
        lines.push(RoundLine { duties: duties.len(), handed_in, overdue, locked, round });
    }
    let may_plan = visit.guest.has(Right::Plan);
    Ok(Reply::page(desk::rounds(visit.view, &RoundsPage { today, rounds: &lines, may_plan })))
}

/// One round.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let done = match (visit.asked.get("done"), visit.asked.get("count")) {
        (Some("opened"), _) => Some(RoundDone::Opened),
        (Some("extended"), _) => Some(RoundDone::Extended),
        (Some("locked"), count) => {
            Some(RoundDone::Locked(count.and_then(|count| count.parse().ok()).unwrap_or(0)))
        }
        _ => None,
    };
    show(visit, visit.id, done, None)
}

fn show(
    visit: &Visit<'_>,
    code: &str,
    done: Option<RoundDone>,
    fault: Option<&str>,
) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let round = visit.house.store.read(|ledger| ledger.round(code))?.ok_or(Refusal::NotFound)?;
    let (today, duties) = (visit.today()?, duties(visit, code)?);
    let only = visit.asked.get("show").and_then(desk::punctuality_named);
    let page = RoundPage {
        today,
        round: &round,
        duties: &duties,
        only,
        regions: &super::regions(visit)?,
        may_plan: visit.guest.has(Right::Plan),
        done,
        fault,
    };
    let reply = Reply::page(desk::round(visit.view, &page));
    Ok(if fault.is_some() { reply.status(StatusCode::UNPROCESSABLE_ENTITY) } else { reply })
}

/// The page on which a round is opened.
pub(super) fn new(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Plan)?;
    show_new(visit, &TypedRound::default(), &|_| true, None)
}

fn show_new(
    visit: &Visit<'_>,
    typed: &TypedRound,
    ticked: &dyn Fn(&Form) -> bool,
    fault: Option<Trouble<'_>>,
) -> Result<Reply, Refusal> {
    let forms = visit.house.store.read(|ledger| ledger.forms())?;
    let forms: Vec<(Form, bool)> = forms
        .into_iter()
        .filter(|form| form.active)
        .map(|form| {
            let ticked = ticked(&form);
            (form, ticked)
        })
        .collect();
    let reply =
        Reply::page(desk::new_round(visit.view, &NewRoundPage { forms: &forms, typed, fault }));
    Ok(if fault.is_some() { reply.status(StatusCode::UNPROCESSABLE_ENTITY) } else { reply })
}

/// Opens a round.
pub(super) fn open(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Plan)?;
    let text = |name| visit.sent.text(name).to_owned();
    let typed = TypedRound {
        code: text("code"),
        name: text("name"),
        period: text("period"),
        opens: text("opens"),
        due: text("due"),
        closes: text("closes"),
    };
    let forms: Vec<String> = visit.sent.all("form").map(str::to_owned).collect();
    let refused = |field: &str, sentence: &str| {
        let ticked = |form: &Form| forms.contains(&form.code);
        show_new(visit, &typed, &ticked, Some(Trouble { field, sentence }))
    };
    let round = match round_of(&typed) {
        Ok(round) => round,
        Err((field, sentence)) => return refused(field, &sentence),
    };
    let entry = visit.entry(&format!("开始轮次 {}", round.name));
    match visit.house.store.write(|ledger| ledger.open_round(&round, &forms, &entry)) {
        Ok(_) => {
            let address = Address::of("/rounds", &round.code).with("done", "opened");
            Ok(super::done(visit, address))
        }
        Err(error) => refused("", &worded(error)?),
    }
}

/// The round that was typed, or the field at fault and why.
fn round_of(typed: &TypedRound) -> Result<Round, (&'static str, String)> {
    let day = |field: &'static str, text: &str| {
        text.parse::<Day>().map_err(|error| (field, error.to_string()))
    };
    let period = typed.period.parse::<Period>();
    Ok(Round {
        code: typed.code.clone(),
        name: typed.name.clone(),
        period: period.map_err(|error| ("period", error.to_string()))?,
        opens: day("opens", &typed.opens)?,
        due: day("due", &typed.due)?,
        closes: day("closes", &typed.closes)?,
    })
}

/// The sentence of a refusal that the person can do something about; the others are told as failures.
pub(super) fn worded(error: LedgerError) -> Result<String, Refusal> {
    match error {
        LedgerError::Invalid { .. }
        | LedgerError::NoAdministrator
        | LedgerError::Unknown { .. }
        | LedgerError::UnknownIndicator(_)
        | LedgerError::WrongUnit { .. }
        | LedgerError::NotNow { .. }
        | LedgerError::NotTaken { .. }
        | LedgerError::EmptyFigure { .. }
        | LedgerError::OwnFigure { .. }
        | LedgerError::Published { .. } => Ok(error.to_string()),
        other => Err(other.into()),
    }
}

/// Locks all approved figures of a round.
pub(super) fn lock(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let code = visit.id;
    let vintage = match visit.sent.text("vintage") {
        "" => visit.today()?,
        typed => match typed.parse::<Day>() {
            Ok(day) if day <= visit.today()? => day,
            Ok(day) => {
                let fault = format!("发布日 {day} 晚于今天（应不晚于今天）");
                return show(visit, code, None, Some(&fault));
            }
            Err(error) => return show(visit, code, None, Some(&error.to_string())),
        },
    };
    let (catalogue, entry) = (&visit.house.catalogue, visit.entry("锁定轮次"));
    match visit.house.store.write(|ledger| ledger.lock_round(code, vintage, catalogue, &entry)) {
        Ok(locked) => {
            let address = Address::of("/rounds", code).with("done", "locked");
            Ok(super::done(visit, address.with("count", locked.figures.to_string())))
        }
        Err(error) => show(visit, code, None, Some(&worded(error)?)),
    }
}

/// Gives a duty more time.
pub(super) fn extend(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let number: i64 = visit.id.parse().map_err(|_| Refusal::NotFound)?;
    let sheet = visit.house.store.read(|ledger| ledger.duty_sheet(number))?;
    let round = sheet.ok_or(Refusal::NotFound)?.round;
    let until = match visit.sent.text("until").parse::<Day>() {
        Ok(until) => until,
        Err(error) => return show(visit, &round.code, None, Some(&error.to_string())),
    };
    let comment = visit.sent.text("comment");
    if comment.is_empty() {
        return show(visit, &round.code, None, Some("延期要说明理由（理由为空）"));
    }
    let entry = visit.entry(comment);
    match visit.house.store.write(|ledger| ledger.extend(number, until, &entry)) {
        Ok(()) => {
            let address = Address::of("/rounds", &round.code).with("done", "extended");
            Ok(super::done(visit, address))
        }
        Err(error) => show(visit, &round.code, None, Some(&worded(error)?)),
    }
}

/// The bulletin of a round as data.
pub(super) fn bulletin(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let code = visit.id;
    let round = visit.house.store.read(|ledger| ledger.round(code))?.ok_or(Refusal::NotFound)?;
    let duties = duties(visit, code)?;
    let bulletin = visit
        .house
        .store
        .read(|ledger| bulletin::of(ledger, &round, &duties, visit.today().ok()))?;
    let bytes =
        serde_json::to_vec_pretty(&bulletin).map_err(|error| Refusal::Failed(error.to_string()))?;
    Ok(Reply::attachment(bytes, "application/json", &format!("{code}.json")))
}

/// The reminders of a round, one file for each department, as an archive.
pub(super) fn reminders(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Plan)?;
    let code = visit.id;
    let round = visit.house.store.read(|ledger| ledger.round(code))?.ok_or(Refusal::NotFound)?;
    let mut duties = visit.house.store.read(|ledger| ledger.progress(code))?;
    duties.retain(|progress| {
        let duty = &progress.duty;
        visit.guest.may(Right::Plan, &duty.region, Some(&duty.department))
    });
    let today = visit.today()?;
    let made = visit
        .house
        .store
        .read(|ledger| reminder::of(ledger, &round, &duties, today))
        .and_then(|reminders| reminder::files(&reminders, reminder::SENDER))
        .and_then(|files| reminder::archive(&files));
    let bytes = made.map_err(|error| match error {
        ReminderError::Ledger(error) => Refusal::from(error),
        other => Refusal::Failed(other.to_string()),
    })?;
    Ok(Reply::attachment(bytes, "application/zip", &format!("{code} 提醒.zip")))
}
