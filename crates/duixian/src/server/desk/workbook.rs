//! A duty as a workbook: downloaded, filled in elsewhere, and sent back.

use axum::http::StatusCode;
use publication::html::Address;
use terms::FigureAct;

use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};
use super::duty;
use crate::collect::Returned;
use crate::filing::{Filing, Outcome};
use crate::workbook::{self, MakeError};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const OTHER: &str = "application/octet-stream";

/// The form of a duty as a workbook: the bureau's own where one was adopted, else one that is made here.
pub(super) fn download(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let sheet = duty::sheet(visit)?;
    let catalogue = &visit.house.catalogue;
    let made = visit.house.store.read(|ledger| workbook::of(ledger, catalogue, &sheet));
    let workbook::Made { kind, bytes } = made.map_err(|error| match error {
        MakeError::Ledger(error) => Refusal::from(error),
        MakeError::Workbook(error) => Refusal::Failed(error.to_string()),
    })?;
    let name = format!("{} {} {}.{kind}", sheet.round.code, sheet.form, sheet.duty.region);
    Ok(Reply::attachment(bytes, if kind == "xlsx" { XLSX } else { OTHER }, &name))
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
    let catalogue = &visit.house.catalogue;
    let own = visit.house.store.read(|ledger| ledger.layout(&sheet.duty.form))?;
    let layout = own.as_ref().map(|(_, layout, _)| layout.as_str());
    let returned = match workbook::read(bytes, layout, &sheet, catalogue) {
        Ok(returned) => returned,
        Err(error) => return refused(&[error.to_string()]),
    };
    if !returned.faults.is_empty() {
        let faults: Vec<String> =
            returned.faults.iter().take(SHOWN).map(ToString::to_string).collect();
        return refused(&faults);
    }
    let lines = workbook::lines(&returned, &sheet);
    let (today, entry) = (visit.today()?, visit.entry("上传填报表"));
    let filing = Filing { act: FigureAct::Save, lines: &lines, comment: "", today };
    let rules = &visit.house.rules()?;
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
