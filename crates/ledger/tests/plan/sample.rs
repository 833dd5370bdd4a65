//! An object of every kind, with a value in every field.

use terms::{Dimension, FieldKind, PlanField, PlanKind, PlanRef};

use crate::bureau::{Bureau, change};

/// A value that a field can have.
pub fn value(kind: &PlanKind, field: &PlanField, number: usize) -> String {
    let fixed = match (kind.code, field.code) {
        ("target", "facet") => "growth",
        ("target", "unit") => "%",
        ("target", "comparator") => ">=",
        ("register", "identified-by") => "own",
        ("target" | "adjustment", "upper") => "",
        (_, "finish" | "deadline" | "due" | "until" | "left" | "withdrawn" | "end") => "2024-06-30",
        _ => match field.kind {
            FieldKind::Line | FieldKind::Text | FieldKind::Person => {
                return format!("{}{number}", field.chinese);
            }
            FieldKind::Number => "6.50",
            FieldKind::Whole => "120",
            FieldKind::Amount(Dimension::Area) => "12.5亩",
            FieldKind::Amount(_) => "1.50亿元",
            FieldKind::Day => "2024-03-05",
            FieldKind::Year => return (2000 + number).to_string(),
            FieldKind::Period => "2024",
            FieldKind::Region => "330784",
            FieldKind::Department => "industry",
            FieldKind::Indicator => "GDP",
            FieldKind::Choice(choices) => choices[0].code,
            // These name things that have to be there first.
            FieldKind::Reference(_)
            | FieldKind::Attachment
            | FieldKind::Statement
            | FieldKind::Duty => "",
        },
    };
    fixed.to_owned()
}

/// Adds an object of a kind in a state, under an object of each kind that it needs; gives its code.
pub fn add(bureau: &mut Bureau, kind: &'static PlanKind, state: &str, number: usize) -> String {
    let code = format!("{}-{number}", kind.prefix);
    let parent = above(bureau, kind);
    put(bureau, kind, &code, parent, state, number);
    code
}

/// The object under which the samples of a kind stand.
fn above(bureau: &mut Bureau, kind: &PlanKind) -> Option<PlanRef> {
    let parent = PlanKind::named(kind.parents.first()?)?;
    let code = format!("{}-up", parent.prefix);
    if bureau.ledger.plan_object(parent, &code, None).unwrap().is_none() {
        let grandparent = above(bureau, parent);
        put(bureau, parent, &code, grandparent, parent.beginning().code, 0);
    }
    Some(PlanRef::new(parent.code, &code))
}

fn put(
    bureau: &mut Bureau,
    kind: &'static PlanKind,
    code: &str,
    parent: Option<PlanRef>,
    state: &str,
    number: usize,
) {
    let values: Vec<(&str, String)> =
        kind.fields.iter().map(|field| (field.code, value(kind, field, number))).collect();
    let values: Vec<(&str, &str)> =
        values.iter().map(|(field, value)| (*field, value.as_str())).collect();
    let mut wanted = change(kind.code, code, &values);
    wanted.parent = parent;
    wanted.state = Some(state.to_owned());
    bureau.done("", wanted);
}
