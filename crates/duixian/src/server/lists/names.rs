//! What codes in lists are called. Titles of other objects come from what is kept, and only where the guest may see them.

use publication::html::desk::PlanNames;
use terms::{PlanKind, PlanObject, PlanRef, Right};

use super::super::visit::{Refusal, Visit};

/// Names of all that these objects name.
pub(in super::super) fn of<'a>(
    visit: &Visit<'_>,
    objects: impl Iterator<Item = &'a PlanObject>,
) -> Result<PlanNames, Refusal> {
    let mut names = PlanNames {
        regions: super::super::desk::regions(visit)?,
        departments: super::super::desk::departments(visit)?,
        people: super::super::desk::people(visit)?,
        ..PlanNames::default()
    };
    let catalogue = visit.house.catalogue.iter();
    names.indicators = catalogue.map(|own| (own.code.clone(), own.name.clone())).collect();
    for object in objects {
        let about = object.value("about").parse::<PlanRef>().ok();
        for reference in object.parent.iter().chain(&about) {
            let key = reference.to_string();
            if names.objects.contains_key(&key) {
                continue;
            }
            let Some(kind) = PlanKind::named(&reference.kind) else { continue };
            let kept = visit.house.store.plan(kind)?;
            if let Some(named) =
                kept.get(&reference.code).filter(|own| super::may(visit, Right::Read, own))
            {
                names.objects.insert(key, named.title());
            }
        }
    }
    Ok(names)
}
