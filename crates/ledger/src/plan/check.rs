//! What the values of a plan object must be beside each other, and beside the ledger.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use rust_decimal::Decimal;
use terms::{
    Day, Dimension, Facet, FieldKind, Indicator, PlanField, PlanKind, PlanObject, PlanRef, Unit,
    credit_code,
};

use super::read;
use super::region;
use crate::LedgerError;
use crate::people::{departments, invalid};
use crate::record::Trouble;

/// Values by the code of their field.
type Values = BTreeMap<&'static str, String>;

/// How long a remark may be, in characters.
const LONGEST_REMARK: usize = 2_000;

/// Refuses remarks that are too long or hold characters that are not seen.
pub(super) fn remark(text: &str) -> Result<(), LedgerError> {
    let plain = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
    if text.chars().count() <= LONGEST_REMARK && text.chars().all(plain) {
        return Ok(());
    }
    let shown: String = text.chars().filter(|character| !character.is_control()).take(20).collect();
    Err(invalid("意见", &shown, format!("不超过 {LONGEST_REMARK} 字的文字")))
}

/// The code of what a value names, where it names something of the ledger or the catalogue.
pub(super) fn resolved(
    read: &Connection,
    field: &'static PlanField,
    value: String,
    catalogue: &[Indicator],
) -> Result<String, Trouble> {
    if value.is_empty() {
        return Ok(value);
    }
    let refuse = |expected: &str| Trouble::from(LedgerError::from(field.invalid(&value, expected)));
    let there = |query: &str| read.prepare_cached(query)?.exists([&value]);
    let code = match field.kind {
        FieldKind::Region => region::code_of(read, &value)?
            .map_err(|error| refuse(&format!("已有地区的名称或代码；{error}")))?,
        FieldKind::Department => departments(read)?
            .into_iter()
            .find(|known| known.active && (known.code == value || known.name == value))
            .map(|known| known.code)
            .ok_or_else(|| refuse("台账中在用部门的代码或名称"))?,
        FieldKind::Indicator => Indicator::named(catalogue, &value)
            .map(|known| known.code.clone())
            .ok_or_else(|| refuse("目录中指标的代码或名称"))?,
        FieldKind::Reference(kinds) => referred(read, kinds, &value)?.ok_or_else(|| {
            let names = kinds.iter().filter_map(|kind| PlanKind::named(kind));
            let names: Vec<&str> = names.map(|kind| kind.chinese).collect();
            refuse(&format!("台账中{}的代码，如 {}:代码", names.join("、"), kinds[0]))
        })?,
        FieldKind::Attachment if !there("SELECT 1 FROM attachment WHERE hash = ?1")? => {
            return Err(refuse("台账中附件的 SHA-256"));
        }
        FieldKind::Statement if !there("SELECT 1 FROM statement WHERE id = ?1")? => {
            return Err(refuse("台账中陈述的编号"));
        }
        FieldKind::Duty if !there("SELECT 1 FROM duty WHERE number = ?1")? => {
            return Err(refuse("台账中填报任务的编号"));
        }
        _ => return Ok(value),
    };
    Ok(code)
}

/// The object that a text names: `project:P-1`, or a code that an object of one of the kinds bears.
fn referred(
    read: &Connection,
    kinds: &[&'static str],
    written: &str,
) -> rusqlite::Result<Option<String>> {
    if let Ok(named) = written.parse::<PlanRef>() {
        let known = kinds.contains(&&*named.kind)
            && read::number(read, &named.kind, &named.code)?.is_some();
        return Ok(known.then(|| named.to_string()));
    }
    let mut found = None;
    for kind in kinds {
        if read::number(read, kind, written)?.is_some() {
            if found.is_some() {
                return Ok(None);
            }
            found = Some(PlanRef::new(kind, written).to_string());
        }
    }
    Ok(found)
}

/// Days of which the first is not after the second.
const ORDERED: &[(&str, &str)] = &[
    ("start", "due"),
    ("start", "finish"),
    ("start", "end"),
    ("opened", "deadline"),
    ("issued-on", "due"),
    ("joined", "left"),
    ("won", "until"),
    ("won", "withdrawn"),
];

/// Refuses values that do not go together. `own` is the object's number where it is there already.
pub(super) fn whole(
    read: &Connection,
    kind: &'static PlanKind,
    values: &Values,
    parent: Option<&PlanObject>,
    own: Option<i64>,
    catalogue: &[Indicator],
) -> Result<(), Trouble> {
    let day = |field: &str| values.get(field).and_then(|value| value.parse::<Day>().ok());
    for (first, second) in ORDERED {
        let fields = kind.field(first).zip(kind.field(second));
        let (Some((first, second)), Some(from), Some(to)) = (fields, day(first), day(second))
        else {
            continue;
        };
        if to < from {
            let expected = format!("不早于{} {from}", first.chinese);
            return Err(invalid(second.chinese, &to.to_string(), expected).into());
        }
    }
    match kind.code {
        "target" => target(values, catalogue)?,
        "adjustment" => {
            let comparator = parent.map_or("", |target| target.value("comparator"));
            bounds(kind, values, comparator)?;
        }
        "member" => {
            if let Some(register) = parent {
                member(read, kind, values, register, own)?;
            }
        }
        "project-year" => {
            if let Some(project) = parent {
                alone(read, kind, "year", values, project, own)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn value<'a>(values: &'a Values, field: &str) -> &'a str {
    values.get(field).map_or("", String::as_str)
}

/// Refuses a unit that is none of the indicator and the facet, and bounds that are none.
fn target(values: &Values, catalogue: &[Indicator]) -> Result<(), LedgerError> {
    let Some(kind) = PlanKind::named("target") else { return Ok(()) };
    bounds(kind, values, value(values, "comparator"))?;
    let Some(known) = catalogue.iter().find(|known| known.code == value(values, "indicator"))
    else {
        // One that was in an earlier catalogue cannot be checked against this one.
        return Ok(());
    };
    let unit = Unit::new(value(values, "unit"));
    let facet = Facet::of(known, &unit);
    let own = Unit::new(known.unit.as_str()).dimension();
    let points = own == Dimension::Share && unit.dimension() == Dimension::Points;
    let (fits, expected) = match value(values, "facet") {
        "growth" => (facet == Some(Facet::Growth), "% 或个百分点".to_owned()),
        "increment" => (facet == Some(Facet::Level) || points, like(&known.unit)),
        "rank" => (matches!(unit.as_str(), "位" | "名"), "位".to_owned()),
        _ => (facet == Some(Facet::Level), like(&known.unit)),
    };
    if fits {
        return Ok(());
    }
    Err(invalid("单位", unit.as_str(), format!("{expected}（{}）", known.name)))
}

fn like(unit: &str) -> String {
    format!("与“{unit}”同类的单位")
}

/// A range has an upper value, and nothing else has.
fn bounds(kind: &'static PlanKind, values: &Values, comparator: &str) -> Result<(), LedgerError> {
    let Some(field) = kind.field("upper") else { return Ok(()) };
    let upper = value(values, "upper");
    let number = |text: &str| Decimal::from_str_exact(text).ok();
    match (comparator == "range", upper.is_empty()) {
        (true, true) => Err(invalid(field.chinese, "", "区间的上限")),
        (false, false) => Err(invalid(field.chinese, upper, "空，因为比较不是区间")),
        (true, false) if number(upper) < number(value(values, "value")) => {
            Err(invalid(field.chinese, upper, "不小于下限的数"))
        }
        _ => Ok(()),
    }
}

/// A member of a register is known by a code that no other member has.
fn member(
    read: &Connection,
    kind: &'static PlanKind,
    values: &Values,
    register: &PlanObject,
    own: Option<i64>,
) -> Result<(), Trouble> {
    let Some(field) = kind.field("id") else { return Ok(()) };
    let id = value(values, "id");
    if register.value("identified-by") == "credit-code" {
        match credit_code(id) {
            Ok(code) if code == id => {}
            Ok(code) => return Err(invalid(field.chinese, id, code).into()),
            Err(error) => return Err(invalid(field.chinese, id, error.to_string()).into()),
        }
    }
    alone(read, kind, "id", values, register, own)
}

/// Refuses a value that another object has which stands under the same parent and was not cancelled.
fn alone(
    read: &Connection,
    kind: &'static PlanKind,
    field: &'static str,
    values: &Values,
    parent: &PlanObject,
    own: Option<i64>,
) -> Result<(), Trouble> {
    let own_value = value(values, field);
    if own_value.is_empty() {
        return Ok(());
    }
    let query = "SELECT code FROM plan_object JOIN plan_field AS held ON held.object = number
         WHERE parent = ?1 AND kind = ?2 AND number IS NOT ?3 AND field = ?4 AND value = ?5
           AND held.entry = (SELECT max(entry) FROM plan_field
               WHERE object = number AND field = ?4)
           AND 'cancelled' <> (SELECT state FROM plan_state
               WHERE object = number ORDER BY entry DESC LIMIT 1)
         LIMIT 1";
    let other: Option<String> = read
        .prepare_cached(query)?
        .query_row(params![parent.number, kind.code, own, field, own_value], |row| row.get(0))
        .optional()?;
    let name = kind.field(field).map_or("", |field| field.chinese);
    match other {
        None => Ok(()),
        Some(other) => {
            let expected = format!("{}内不重复，{other} 已用", parent.kind.chinese);
            Err(invalid(name, own_value, expected).into())
        }
    }
}
