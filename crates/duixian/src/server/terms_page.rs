//! The glossary of the ledger, as a page.

use std::collections::BTreeMap;

use ledger::{LedgerError, PlanQuery};
use publication::html::{self, Address, TermEntry, TermMeaning};
use terms::{Assessment, PlanKind, PlanObject, Right};

use super::kept::Kept;
use super::reply::Reply;
use super::visit::{Refusal, Visit};

/// The terms that documents explain, by the last entry that changed a document.
pub(super) type Explained = Kept<i64, [(String, TermMeaning)]>;

/// Every term that a report or the ledger explains.
pub(super) fn page(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let store = &visit.house.store;
    let last = store.read(|ledger| ledger.last_reading())?;
    let told = visit.house.explained.get_or(last, || {
        let all = assessment.documents.iter().flat_map(html::explained);
        Ok::<_, LedgerError>(all.collect::<Vec<_>>())
    })?;
    let objects = match PlanKind::named("term") {
        Some(kind) => {
            store.read(|ledger| ledger.plan_objects(kind, &PlanQuery::default(), None))?
        }
        None => Vec::new(),
    };
    let objects = objects.into_iter().filter(|object| {
        object.state == "current"
            && visit.guest.may(Right::Read, &object.region, object.department.as_deref())
    });
    let mut entries: BTreeMap<String, TermEntry> = BTreeMap::new();
    // What the ledger itself says comes first, then the latest report.
    for object in objects {
        let entry = entry(&mut entries, &object.title());
        entry.english = object.value("english").to_owned();
        entry.meanings.push(own(&object));
    }
    for (name, meaning) in told.iter() {
        entry(&mut entries, name).meanings.push(meaning.clone());
    }
    let mut terms: Vec<TermEntry> = entries.into_values().collect();
    terms.sort_by_cached_key(|term| (term.letter == '#', spelled(&term.name), term.name.clone()));
    Ok(Reply::page(html::terms(visit.view, &terms)))
}

/// The entry of a term; quotation marks make no other one of it.
fn entry<'a>(entries: &'a mut BTreeMap<String, TermEntry>, name: &str) -> &'a mut TermEntry {
    let bare: String = name.chars().filter(|mark| !"“”‘’\"「」".contains(*mark)).collect();
    entries.entry(bare).or_insert_with(|| TermEntry {
        name: name.to_owned(),
        letter: spelled(name).chars().next().map_or('#', letter),
        english: String::new(),
        meanings: Vec::new(),
    })
}

fn letter(first: char) -> char {
    if first.is_ascii_alphabetic() { first.to_ascii_uppercase() } else { '#' }
}

/// How a name is read, letter by letter, for its place in the order.
fn spelled(name: &str) -> String {
    let mut letters = String::new();
    for character in name.chars() {
        match document::readings(character).first() {
            Some(reading) => letters.push_str(reading),
            None if character.is_ascii_alphanumeric() => {
                letters.push(character.to_ascii_lowercase());
            }
            None => {}
        }
    }
    letters
}

/// What the ledger itself says of a term.
fn own(object: &PlanObject) -> TermMeaning {
    TermMeaning {
        text: object.value("definition").to_owned(),
        source: format!("{} {}", object.kind.chinese, object.code),
        address: Address::of("/plan/term", &object.code),
        used: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_ordered_as_they_are_read() {
        assert_eq!(spelled("“三清”行动"), "sanqingxingdong");
        assert_eq!(letter('s'), 'S');
        assert_eq!(spelled("3310"), "3310");
        assert_eq!(letter('3'), '#');
    }
}
