//! Plan objects as they were last read, so that a list reads none of what has not changed.

use std::collections::HashMap;

use terms::{PlanMove, PlanObject, PlanRef};

/// The objects of a kind.
pub(super) struct Stock {
    objects: Vec<PlanObject>,
    below: HashMap<PlanRef, Vec<usize>>,
    moves: HashMap<String, Vec<PlanMove>>,
}

impl Stock {
    /// Objects by code, with their moves where those are asked for.
    pub(super) fn new(objects: Vec<PlanObject>, moves: HashMap<String, Vec<PlanMove>>) -> Self {
        let mut below: HashMap<PlanRef, Vec<usize>> = HashMap::new();
        for (place, object) in objects.iter().enumerate() {
            if let Some(parent) = &object.parent {
                below.entry(parent.clone()).or_default().push(place);
            }
        }
        Stock { objects, below, moves }
    }

    /// All of them, by code.
    pub(super) fn all(&self) -> &[PlanObject] {
        &self.objects
    }

    /// The object of a code.
    pub(super) fn get(&self, code: &str) -> Option<&PlanObject> {
        let found = self.objects.binary_search_by(|known| known.code.as_str().cmp(code));
        self.objects.get(found.ok()?)
    }

    /// Those that stand under an object, by code.
    pub(super) fn below(&self, parent: &PlanRef) -> impl Iterator<Item = &PlanObject> {
        let places = self.below.get(parent).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.objects.get(*place))
    }

    /// The moves of an object, earliest first.
    pub(super) fn moves(&self, code: &str) -> &[PlanMove] {
        self.moves.get(code).map_or(&[], Vec::as_slice)
    }
}
