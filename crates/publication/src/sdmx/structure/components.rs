//! What the structure of the data consists of.

use crate::sdmx::model::{Attribute, Bilingual, CodeList, Dimension, VALUE, VALUE_NAME};

/// A concept: the id and the name of a dimension, an attribute or the measure.
pub(super) struct Concept {
    pub(super) id: &'static str,
    pub(super) name: Bilingual,
}

pub(super) fn concepts() -> Vec<Concept> {
    let dimensions =
        Dimension::ALL.into_iter().map(|one| Concept { id: one.id(), name: one.name() });
    let attributes =
        Attribute::ALL.into_iter().map(|one| Concept { id: one.id(), name: one.name() });
    let measure = Concept { id: VALUE, name: VALUE_NAME };
    dimensions.chain([measure]).chain(attributes).collect()
}

/// How the values of a component are written.
pub(super) enum Representation {
    Codes(CodeList),
    Text(&'static str),
}

pub(super) fn of_dimension(dimension: Dimension) -> Representation {
    dimension.list().map_or(Representation::Text("ObservationalTimePeriod"), Representation::Codes)
}

pub(super) fn of_attribute(attribute: Attribute) -> Representation {
    attribute.list().map_or(Representation::Text(attribute.text_type()), Representation::Codes)
}

/// The measure is a decimal number with as many digits as were published.
pub(super) const OF_MEASURE: Representation = Representation::Text("Decimal");
