//! A duty: its figures are entered, handed in, checked, returned and reopened.

use axum::http::StatusCode;
use ledger::{LedgerError, Line};
use publication::html::Address;
use publication::html::desk::{
    self, DutyHistoryPage, DutyPage, FiledVersion, LineContext, PageFinding, TypedFigure,
};
use terms::{DutySheet, Figure, FigureAct, FigureState, Right, Slot};

use super::super::house::House;
use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};
use super::rounds::worded;
use crate::filing::{self, Filing, Outcome};
use crate::{check, entered};

/// The page of a duty.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let sheet = sheet(visit)?;
    let saved = visit.asked.get("done").and_then(|act| act.parse::<FigureAct>().ok());
    let lines = contexts(visit, &sheet, &[])?;
    show(visit, &sheet, &Shown { lines, saved, ..Shown::default() })
}

/// The duty of the address, where the guest may see it.
pub(super) fn sheet(visit: &Visit<'_>) -> Result<DutySheet, Refusal> {
    let number: i64 = visit.id.parse().map_err(|_| Refusal::NotFound)?;
    let sheet = visit.house.store.read(|ledger| ledger.duty_sheet(number))?;
    let sheet = sheet.ok_or(Refusal::NotFound)?;
    let duty = &sheet.duty;
    if visit.guest.may(Right::Read, &duty.region, Some(&duty.department)) {
        return Ok(sheet);
    }
    Err(Refusal::Forbidden(Right::Read))
}

/// What the page shows beside the sheet.
#[derive(Default)]
struct Shown {
    lines: Vec<LineContext>,
    comment: String,
    conflict: bool,
    saved: Option<FigureAct>,
    fault: Option<String>,
}

fn show(visit: &Visit<'_>, sheet: &DutySheet, shown: &Shown) -> Result<Reply, Refusal> {
    let page = DutyPage {
        today: visit.today()?,
        sheet,
        lines: &shown.lines,
        acts: &acts(visit, sheet),
        regions: &super::regions(visit)?,
        people: &super::people(visit)?,
        comment: &shown.comment,
        conflict: shown.conflict,
        saved: shown.saved,
        fault: shown.fault.as_deref(),
    };
    let status = match (shown.conflict, &shown.fault) {
        (true, _) => StatusCode::CONFLICT,
        (false, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, None) => StatusCode::OK,
    };
    Ok(Reply::page(desk::duty(visit.view, &page)).status(status))
}

/// What the guest may do to at least one line.
fn acts(visit: &Visit<'_>, sheet: &DutySheet) -> Vec<FigureAct> {
    let (region, department) = (&sheet.duty.region, Some(sheet.duty.department.as_str()));
    let right = |act| match act {
        FigureAct::Save | FigureAct::Submit => Right::Fill,
        FigureAct::Return | FigureAct::Approve => Right::Review,
        FigureAct::Lock | FigureAct::Reopen => Right::Plan,
    };
    let follows = |act: FigureAct| sheet.slots.iter().any(|slot| act.after(state(slot)).is_some());
    FigureAct::ALL
        .iter()
        .copied()
        // Locking publishes a whole round, on its page.
        .filter(|act| *act != FigureAct::Lock)
        .filter(|act| follows(*act) && visit.guest.may(right(*act), region, department))
        .collect()
}

fn state(slot: &Slot) -> Option<FigureState> {
    slot.filing.as_ref().map(|filing| filing.state)
}

/// What is known of each line beside what was filed; the rules are held against what would be if these lines were.
fn contexts(
    visit: &Visit<'_>,
    sheet: &DutySheet,
    lines: &[Line],
) -> Result<Vec<LineContext>, Refusal> {
    let House { store, catalogue, .. } = visit.house;
    let rules = &visit.house.rules()?;
    let contexts = store.read(|ledger| {
        let figures = filing::after(sheet, lines);
        let found = check::findings(ledger, rules, sheet, &figures)?;
        let context = |slot: &Slot| {
            let filing::Beside { name, previous, year_ago } =
                filing::beside(ledger, catalogue, sheet, slot)?;
            let own = found.iter().filter(|finding| finding.position == slot.position);
            let findings = own.map(|finding| PageFinding {
                weight: finding.severity.into(),
                sentence: finding.sentence.clone(),
            });
            Ok(LineContext {
                name,
                previous,
                year_ago,
                findings: findings.collect(),
                typed: None,
                in_conflict: false,
                fault: None,
            })
        };
        sheet.slots.iter().map(context).collect::<Result<Vec<_>, LedgerError>>()
    })?;
    Ok(contexts)
}

/// Does what was asked to the lines that it was asked for.
pub(super) fn act(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let sheet = sheet(visit)?;
    let asked = visit.sent.text("act");
    let Ok(act) = asked.parse::<FigureAct>() else {
        let expected = FigureAct::ALL.iter().map(|act| act.as_str()).collect::<Vec<_>>();
        return Err(Refusal::Fault(publication::html::Fault {
            field: "act".to_owned(),
            value: asked.to_owned(),
            expected: expected.join(" | "),
        }));
    };
    let typed = if act.writes() { typed(visit, &sheet) } else { Vec::new() };
    let lines = match lines(visit, &sheet, act, &typed) {
        Ok(lines) => lines,
        Err(faults) => {
            let fault = "有数据未能读懂，未作任何改动；请改正标出的行".to_owned();
            let fate = Fate { faults: &faults, fault: Some(fault), ..Fate::default() };
            return show_typed(visit, &sheet, typed, fate);
        }
    };
    if lines.is_empty() {
        let fault = Some("没有可以这样处理的数据".to_owned());
        return show_typed(visit, &sheet, typed, Fate { fault, ..Fate::default() });
    }
    let comment = visit.sent.text("comment");
    let (today, entry) = (visit.today()?, visit.entry(reason(act)));
    let number = sheet.duty.number;
    let filing = Filing { act, lines: &lines, comment, today };
    let rules = &visit.house.rules()?;
    let done = visit.house.store.write(|ledger| filing.write(ledger, rules, &sheet, &entry));
    match done {
        Ok(Outcome::Done(_)) => {
            let address = Address::new(format!("/duties/{number}"));
            Ok(super::done(visit, address.with("done", act.as_str())))
        }
        Ok(Outcome::Conflict(positions)) => conflict(visit, typed, &positions),
        Ok(Outcome::Held(_)) => {
            let fault = "有数据不符合校验规则，未上报；请改正，或在备注中说明原因".to_owned();
            let fate = Fate { lines: &lines, fault: Some(fault), ..Fate::default() };
            show_typed(visit, &sheet, typed, fate)
        }
        Err(error) => {
            let fault = Some(worded(error)?);
            show_typed(visit, &sheet, typed, Fate { lines: &lines, fault, ..Fate::default() })
        }
    }
}

/// The page after others acted meanwhile: what stands there now, with what was typed beside it.
pub(super) fn conflict(
    visit: &Visit<'_>,
    typed: Vec<(u32, TypedFigure)>,
    conflicts: &[u32],
) -> Result<Reply, Refusal> {
    let now = sheet(visit)?;
    show_typed(visit, &now, typed, Fate { conflicts, ..Fate::default() })
}

/// The page of a duty to which something could not be done.
pub(super) fn refused(visit: &Visit<'_>, sheet: &DutySheet, fault: &str) -> Result<Reply, Refusal> {
    let fault = Some(fault.to_owned());
    show_typed(visit, sheet, Vec::new(), Fate { fault, ..Fate::default() })
}

fn reason(act: FigureAct) -> &'static str {
    match act {
        FigureAct::Save => "暂存数据",
        FigureAct::Submit => "上报数据",
        FigureAct::Return => "退回数据",
        FigureAct::Approve => "审核通过数据",
        FigureAct::Lock => "锁定数据",
        FigureAct::Reopen => "重开数据",
    }
}

/// What was typed in each line that came with a value.
fn typed(visit: &Visit<'_>, sheet: &DutySheet) -> Vec<(u32, TypedFigure)> {
    let field = |name: &str, position: u32| visit.sent.get(&format!("{name}-{position}"));
    sheet
        .slots
        .iter()
        .filter_map(|slot| {
            let text = |name| field(name, slot.position).unwrap_or("").to_owned();
            field("value", slot.position)?;
            let (value, status, note) = (text("value"), text("status"), text("note"));
            Some((slot.position, TypedFigure { value, status, note }))
        })
        .collect()
}

/// The lines to be acted on, or what is wrong with which.
fn lines(
    visit: &Visit<'_>,
    sheet: &DutySheet,
    act: FigureAct,
    typed: &[(u32, TypedFigure)],
) -> Result<Vec<Line>, Vec<(u32, String)>> {
    let seen = |position: u32| {
        let text = visit.sent.text(&format!("version-{position}"));
        text.parse::<u32>().unwrap_or(0)
    };
    if !act.writes() {
        let picked = |slot: &&Slot| visit.sent.get(&format!("pick-{}", slot.position)).is_some();
        let any = sheet.slots.iter().any(|slot| picked(&slot));
        let chosen = |slot: &&Slot| {
            if any { picked(slot) } else { act.after(state(slot)).is_some() }
        };
        let line =
            |slot: &Slot| Line { position: slot.position, seen: seen(slot.position), figure: None };
        return Ok(sheet.slots.iter().filter(chosen).map(line).collect());
    }
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for (position, typed) in typed {
        let slot = sheet.slots.iter().find(|slot| slot.position == *position);
        let Some(unit) = slot.map(|slot| &slot.item.unit) else { continue };
        match entered::figure(&typed.value, &typed.status, &typed.note, unit) {
            Ok(figure) => {
                lines.push(Line {
                    position: *position,
                    seen: seen(*position),
                    figure: Some(figure),
                });
            }
            Err(sentence) => faults.push((*position, sentence)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    // An empty line that was never filled is not begun by being saved.
    if act == FigureAct::Save {
        lines.retain(|line| line.seen > 0 || line.figure.as_ref().is_some_and(is_begun));
    }
    Ok(lines)
}

fn is_begun(figure: &Figure) -> bool {
    *figure != Figure::default()
}

/// Why something that was typed is not in the ledger.
#[derive(Default)]
struct Fate<'a> {
    /// The lines as they were read.
    lines: &'a [Line],
    /// What could not be read, by line.
    faults: &'a [(u32, String)],
    /// The lines on which others acted meanwhile.
    conflicts: &'a [u32],
    /// What is wrong with the whole.
    fault: Option<String>,
}

/// The page with what was typed, so that nothing of it is lost.
fn show_typed(
    visit: &Visit<'_>,
    sheet: &DutySheet,
    typed: Vec<(u32, TypedFigure)>,
    fate: Fate<'_>,
) -> Result<Reply, Refusal> {
    let mut lines = contexts(visit, sheet, fate.lines)?;
    for (slot, line) in sheet.slots.iter().zip(&mut lines) {
        let own = |(position, _): &&(u32, String)| *position == slot.position;
        line.fault = fate.faults.iter().find(own).map(|(_, sentence)| sentence.clone());
        line.in_conflict = fate.conflicts.contains(&slot.position);
    }
    for (position, typed) in typed {
        let place = sheet.slots.iter().position(|slot| slot.position == position);
        if let Some(line) = place.and_then(|place| lines.get_mut(place)) {
            line.typed = Some(typed);
        }
    }
    let comment = visit.sent.text("comment").to_owned();
    let (conflict, fault) = (!fate.conflicts.is_empty(), fate.fault);
    show(visit, sheet, &Shown { lines, comment, conflict, saved: None, fault })
}

/// Everything that was done to the figures of a duty.
pub(super) fn history(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let sheet = sheet(visit)?;
    let changes = visit.house.store.read(|ledger| ledger.duty_history(sheet.duty.number))?;
    let versions: Vec<FiledVersion> = changes
        .into_iter()
        .map(|change| FiledVersion { position: change.position, filing: change.filing })
        .collect();
    let lines: Vec<String> =
        contexts(visit, &sheet, &[])?.into_iter().map(|line| line.name).collect();
    let page = DutyHistoryPage {
        sheet: &sheet,
        lines: &lines,
        versions: &versions,
        regions: &super::regions(visit)?,
        people: &super::people(visit)?,
    };
    Ok(Reply::page(desk::duty_history(visit.view, &page)))
}
