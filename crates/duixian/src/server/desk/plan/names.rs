//! What codes in plan objects are called.

use std::collections::BTreeSet;

use ledger::LedgerError;
use publication::html::desk::PlanNames;
use terms::{FieldKind, Indicator, PlanKind, PlanObject, PlanRef, Right};

use super::super::super::visit::{Refusal, Visit};

/// Names of all that these objects may name; titles of others only where the guest may see those.
pub(in super::super::super) fn of<'a>(
    visit: &Visit<'_>,
    objects: impl Iterator<Item = &'a PlanObject>,
) -> Result<PlanNames, Refusal> {
    let named: BTreeSet<PlanRef> = objects.flat_map(references).collect();
    let regions = super::super::regions(visit)?;
    let found = visit.house.store.read(|ledger| {
        let mut found = Vec::new();
        for reference in named {
            let Some(kind) = PlanKind::named(&reference.kind) else { continue };
            if let Some(object) = ledger.plan_object(kind, &reference.code, None)? {
                found.push((reference, object));
            }
        }
        Ok::<_, LedgerError>(found)
    })?;
    let readable = found.into_iter().filter(|(_, object)| super::may(visit, Right::Read, object));
    let titled = readable.map(|(reference, object)| {
        let title = object.title();
        (reference.to_string(), if title.is_empty() { object.code } else { title })
    });
    let catalogue = &visit.house.catalogue;
    Ok(PlanNames {
        regions,
        departments: super::super::departments(visit)?,
        indicators: catalogue.iter().map(|own| (own.code.clone(), own.name.clone())).collect(),
        people: super::super::people(visit)?,
        objects: titled.collect(),
    })
}

/// Which objects an object names: the one above, and those in its fields.
fn references(object: &PlanObject) -> Vec<PlanRef> {
    let refers = object.kind.fields.iter();
    let refers = refers.filter(|field| matches!(field.kind, FieldKind::Reference(_)));
    let named = refers.filter_map(|field| object.value(field.code).parse().ok());
    object.parent.iter().cloned().chain(named).collect()
}

/// The values of an object as somebody would type them: regions and indicators by name, where the name means them.
pub(super) fn typed(
    visit: &Visit<'_>,
    object: &PlanObject,
    names: &PlanNames,
) -> Result<publication::html::desk::PlanValues, Refusal> {
    let mut values = object.fields.clone();
    for field in object.kind.fields {
        let Some(value) = values.get_mut(field.code) else { continue };
        match field.kind {
            FieldKind::Region => {
                let own = names.regions.get(value.as_str()).cloned();
                let bundled = || terms::Region::of_code(value).map(|known| known.name.to_owned());
                if let Some(name) = own.or_else(bundled) {
                    let means = visit.house.store.read(|ledger| ledger.region_code(&name));
                    if means.is_ok_and(|code| code == *value) {
                        *value = name;
                    }
                }
            }
            FieldKind::Indicator => {
                if let Some(name) = names.indicators.get(value.as_str()) {
                    let means = Indicator::named(&visit.house.catalogue, name);
                    if means.is_some_and(|known| known.code == *value) {
                        *value = name.clone();
                    }
                }
            }
            _ => {}
        }
    }
    Ok(values)
}
