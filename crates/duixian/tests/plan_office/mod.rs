//! Plan objects in the office, and what several tests do to them.

#![allow(clippy::unwrap_used, dead_code, reason = "each test uses its part")]

use ledger::{Ledger, PlanChange};
use terms::{PlanKind, PlanObject, PlanRef};

use crate::http::Answer;
use crate::office::{self, Office, Person};

/// The kind of a code.
pub fn kind(code: &str) -> &'static PlanKind {
    PlanKind::named(code).unwrap()
}

/// An object that is there before anybody signs in, of a department of 330784 or of elsewhere.
pub fn put(office: &Office, code: &str, parent: Option<&str>, fields: &[(&str, &str)]) {
    let (kind_code, own) = code.split_once(':').unwrap();
    let kind = kind(kind_code);
    let change = PlanChange {
        kind,
        code: own.into(),
        parent: parent.map(|parent| parent.parse::<PlanRef>().unwrap()),
        seen: None,
        fields: fields
            .iter()
            .map(|(field, value)| (kind.field(field).unwrap(), (*value).to_owned()))
            .collect(),
        state: None,
        comment: String::new(),
    };
    let mut ledger = Ledger::open(&office.path()).unwrap();
    ledger.change_plan(&change, &statement::catalogue(), &office::entry()).unwrap();
}

/// An object as it stands.
pub fn object(office: &Office, kind_code: &str, code: &str) -> PlanObject {
    office.ledger().plan_object(kind(kind_code), code, None).unwrap().unwrap()
}

/// What is typed of a problem.
pub const PROBLEM: &[(&str, &str)] = &[
    ("field-name", "污水管网渗漏"),
    ("field-region", "330784"),
    ("field-opened", "2024-03-05"),
    ("field-department", "stats"),
    ("field-deadline", "2024-06-30"),
];

/// A planner adds a problem of the department of statistics.
pub fn add_problem(planner: &Person<'_>, code: &str) {
    let mut fields = vec![("code", code), ("state", "opened")];
    fields.extend(PROBLEM);
    let answer = planner.post("/plan/problem", &fields);
    assert_eq!(answer.status, 303, "{}", answer.text());
}

/// The version that a page's forms carry.
pub fn version(office: &Office, code: &str) -> String {
    object(office, "problem", code).version.to_string()
}

/// Takes a step as a browser does that has just opened the page.
pub fn step(
    office: &Office,
    person: &Person<'_>,
    code: &str,
    state: &str,
    comment: &str,
) -> Answer {
    let version = version(office, code);
    let fields = [("state", state), ("version", version.as_str()), ("comment", comment)];
    person.post(&format!("/plan/problem/{code}/step"), &fields)
}

/// Where a problem stands.
pub fn state(office: &Office, code: &str) -> String {
    object(office, "problem", code).state
}
