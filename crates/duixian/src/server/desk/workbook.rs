//! A duty as a workbook: downloaded, filled in elsewhere, and sent back.

use axum::http::StatusCode;
use ledger::{LedgerError, Line};
use publication::form::{FormContext, form_workbook};
use publication::html::Address;
use terms::{DutySheet, FigureAct, Region};

use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};
use super::duty;
use crate::collect::{self, Layout, Returned};
use crate::filing::{self, Filing, Outcome};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The form of a duty as a workbook: the bureau's own where one was adopted, else one that is made here.
pub(super) fn download(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let sheet = duty::sheet(visit)?;
    let name = format!("{} {} {}.xlsx", sheet.round.code, sheet.form, sheet.duty.region);
    let own = visit.house.store.read(|ledger| ledger.layout(&sheet.duty.form))?;
    if let Some((file, _, bytes)) = own {
        let kind = file.rsplit_once('.').map_or("xlsx", |(_, kind)| kind);
        let name = name.replace(".xlsx", &format!(".{kind}"));
        return Ok(Reply::attachment(bytes, "application/octet-stream", &name));
    }
    let bytes = made(visit, &sheet)?;
    Ok(Reply::attachment(bytes, XLSX, &name))
}

fn made(visit: &Visit<'_>, sheet: &DutySheet) -> Result<Vec<u8>, Refusal> {
    let catalogue = &visit.house.catalogue;
    let beside = visit.house.store.read(|ledger| {
        let beside = sheet.slots.iter().map(|slot| filing::beside(ledger, catalogue, sheet, slot));
        beside.collect::<Result<Vec<_>, LedgerError>>()
    })?;
    let swap = |known: Option<(terms::Period, String)>| known.map(|(period, text)| (text, period));
    let region = Region::of_code(&sheet.duty.region);
    let mut context = FormContext {
        region: region.map_or_else(|| sheet.duty.region.to_string(), |known| known.full_name()),
        ..FormContext::default()
    };
    for line in beside {
        context.last.push(swap(line.previous));
        context.year_ago.push(swap(line.year_ago));
    }
    form_workbook(sheet, catalogue, &context).map_err(|error| Refusal::Failed(error.to_string()))
}

/// Takes a filled workbook. What it says is saved as a draft, to be looked at and handed in on the page; a workbook
/// with a single fault changes nothing.
pub(super) fn upload(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let sheet = duty::sheet(visit)?;
    let refused = |faults: &[String]| {
        let fault = faults.join("；");
        Ok(duty::refused(visit, &sheet, &fault)?.status(StatusCode::UNPROCESSABLE_ENTITY))
    };
    let Some((_, bytes)) = visit.sent.file.as_ref().filter(|(_, bytes)| !bytes.is_empty()) else {
        return refused(&["没有文件（应为填好的 Excel 填报表）".to_owned()]);
    };
    let own = visit.house.store.read(|ledger| ledger.layout(&sheet.duty.form))?;
    let returned = match own {
        Some((_, layout, _)) => Layout::from_json(&layout)
            .and_then(|layout| layout.read(bytes, &sheet, &visit.house.catalogue))
            // A form that was made here is taken even where the bureau has its own.
            .or_else(|error| collect::read(bytes).map_err(|_| error)),
        None => collect::read(bytes),
    };
    let returned = match returned.and_then(|known| known.belongs(&sheet).map(|()| known)) {
        Ok(returned) => returned,
        Err(error) => return refused(&[error.to_string()]),
    };
    if !returned.faults.is_empty() {
        let faults: Vec<String> =
            returned.faults.iter().take(SHOWN).map(ToString::to_string).collect();
        return refused(&faults);
    }
    let lines = lines(&returned, &sheet);
    let (today, entry) = (visit.today()?, visit.entry("上传填报表"));
    let filing = Filing { act: FigureAct::Save, lines: &lines, comment: "", today };
    let rules = &visit.house.rules;
    let number = sheet.duty.number;
    match visit.house.store.write(|ledger| filing.write(ledger, rules, &sheet, &entry)) {
        Ok(Outcome::Done(_) | Outcome::Held(_)) => {
            let address = Address::new(format!("/duties/{number}")).with("done", "save");
            Ok(super::done(visit, address))
        }
        Ok(Outcome::Conflict(positions)) => duty::conflict(visit, typed(&returned), &positions),
        Err(error) => refused(&[super::rounds::worded(error)?]),
    }
}

/// How many faults of a workbook are told at once.
const SHOWN: usize = 10;

/// The lines of a workbook that say something, or that say otherwise than what is filed.
fn lines(returned: &Returned, sheet: &DutySheet) -> Vec<Line> {
    let said = |line: &&collect::ReturnedLine| {
        let filed =
            sheet.slots.iter().any(|slot| slot.position == line.position && slot.filing.is_some());
        filed || line.figure != terms::Figure::default()
    };
    returned
        .lines
        .iter()
        .filter(said)
        .map(|line| Line {
            position: line.position,
            seen: line.version.unwrap_or(0),
            figure: Some(line.figure.clone()),
        })
        .collect()
}

/// What a workbook says, as if it had been typed.
fn typed(returned: &Returned) -> Vec<(u32, publication::html::desk::TypedFigure)> {
    returned
        .lines
        .iter()
        .map(|line| {
            let value = line.figure.value.as_ref().map(ToString::to_string).unwrap_or_default();
            let (status, note) = (line.figure.status.as_str().to_owned(), line.figure.note.clone());
            (line.position, publication::html::desk::TypedFigure { value, status, note })
        })
        .collect()
}
