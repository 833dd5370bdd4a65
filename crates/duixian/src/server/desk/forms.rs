//! Forms.

use axum::http::StatusCode;
use publication::html::Address;
use publication::html::desk::{self, FormPage, FormsPage, Names, Trouble, TypedForm};
use terms::{Form, Frequency, Indicator, Right};

use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};
use super::rounds::worded;
use crate::form_item::item;

/// All forms.
pub(super) fn list(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Plan)?;
    let forms = visit.house.store.read(|ledger| ledger.forms())?;
    let page = FormsPage {
        forms: &forms,
        departments: &super::departments(visit)?,
        regions: &super::regions(visit)?,
        saved: visit.asked.get("done").is_some(),
    };
    Ok(Reply::page(desk::forms(visit.view, &page)))
}

/// The page on which a form is added.
pub(super) fn new(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let typed = TypedForm {
        frequency: Frequency::Month.as_str().to_owned(),
        active: true,
        ..TypedForm::default()
    };
    show(visit, &typed, false, &[])
}

/// The page of a form.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Plan)?;
    let form = visit.house.store.read(|ledger| ledger.form(visit.id))?;
    let form = form.ok_or(Refusal::NotFound)?;
    let names: Names = visit
        .house
        .catalogue
        .iter()
        .map(|indicator| (indicator.code.clone(), indicator.name.clone()))
        .collect();
    show(visit, &TypedForm::of(&form, &names), true, &[])
}

fn show(
    visit: &Visit<'_>,
    typed: &TypedForm,
    known: bool,
    faults: &[Trouble<'_>],
) -> Result<Reply, Refusal> {
    visit.demand(Right::Plan)?;
    let mut departments = visit.house.store.read(|ledger| ledger.departments())?;
    departments.retain(|known| known.active);
    let page = FormPage { known, typed, departments: &departments, faults };
    let reply = Reply::page(desk::form(visit.view, &page));
    let refused = !faults.is_empty();
    Ok(if refused { reply.status(StatusCode::UNPROCESSABLE_ENTITY) } else { reply })
}

/// Adds or changes a form.
pub(super) fn save(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Plan)?;
    let text = |name| visit.sent.text(name).to_owned();
    let typed = TypedForm {
        code: text("code"),
        name: text("name"),
        department: text("department"),
        regions: text("regions"),
        frequency: text("frequency"),
        items: text("items"),
        active: visit.sent.text("active") == "1",
    };
    let known = visit.sent.text("known") == "1";
    let (form, faults) =
        read(&typed, &visit.house.catalogue, |written| super::region_of(visit, written));
    if !faults.is_empty() {
        let faults: Vec<Trouble<'_>> =
            faults.iter().map(|(field, sentence)| Trouble { field, sentence }).collect();
        return show(visit, &typed, known, &faults);
    }
    let refused =
        |field, sentence: &str| show(visit, &typed, known, &[Trouble { field, sentence }]);
    if !known && visit.house.store.read(|ledger| ledger.form(&form.code))?.is_some() {
        return refused("code", "此代码的报表已存在（新报表应用新的代码）");
    }
    let (catalogue, entry) = (&visit.house.catalogue, visit.entry("维护报表"));
    match visit.house.store.write(|ledger| ledger.put_form(&form, catalogue, &entry)) {
        Ok(_) => Ok(super::done(visit, Address::new("/forms").with("done", "1"))),
        Err(error) => refused("", &worded(error)?),
    }
}

/// The form that was typed, with every fault and the field that it is in.
fn read(
    typed: &TypedForm,
    catalogue: &[Indicator],
    region: impl Fn(&str) -> Result<String, String>,
) -> (Form, Vec<(&'static str, String)>) {
    let mut faults = Vec::new();
    let mut regions = Vec::new();
    for (line, written) in lines(&typed.regions) {
        match region(written) {
            Ok(region) => regions.push(region.into()),
            Err(sentence) => faults.push(("regions", format!("第 {line} 行：{sentence}"))),
        }
    }
    let mut items = Vec::new();
    for (line, written) in lines(&typed.items) {
        match item(written, catalogue) {
            Ok(item) => items.push(item),
            Err(sentence) => faults.push(("items", format!("第 {line} 行：{sentence}"))),
        }
    }
    let frequency = typed.frequency.parse::<Frequency>().unwrap_or_else(|_| {
        faults.push(("frequency", format!("频率“{}”（应从列表中选）", typed.frequency)));
        Frequency::Month
    });
    let TypedForm { code, name, department, active, .. } = typed.clone();
    (Form { code, name, department, regions, frequency, items, active }, faults)
}

/// The lines of a text that hold something, with their numbers from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(place, line)| (place + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty())
}
