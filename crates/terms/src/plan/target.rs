//! Targets as they are judged: what is promised, and how it was adjusted.

use rust_decimal::Decimal;

use super::PlanObject;
use crate::vocabulary::vocabulary;
use crate::{Comparator, Day, Modality, Period, Unit};

vocabulary! {
    /// Which side of an indicator a target is about.
    TargetFacet {
        /// How much there is.
        Level = "level",
        /// The change on the year.
        Growth = "growth",
        /// How much more there is than before.
        Increment = "increment",
        /// The place in an order.
        Rank = "rank",
    }
}

/// What a target asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The value.
    pub value: Decimal,
    /// The upper value of a range.
    pub upper: Option<Decimal>,
}

/// A recorded change of a target that was approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// Its code.
    pub code: String,
    /// The day from which it holds.
    pub day: Day,
    /// What is asked for from then on.
    pub bound: Bound,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approved_by: String,
}

/// A target with its adjustments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its code.
    pub code: String,
    /// What it is called; empty where the indicator's name is enough.
    pub name: String,
    /// Code of the department that answers for it, where one does.
    pub department: Option<String>,
    /// Code of the indicator.
    pub indicator: String,
    /// Code of the region.
    pub region: String,
    /// The time that it is about.
    pub period: Period,
    /// Which side of the indicator.
    pub facet: TargetFacet,
    /// How the figure should relate to the bound.
    pub comparator: Comparator,
    /// As it was adopted.
    pub original: Bound,
    /// The unit of all its values.
    pub unit: Unit,
    /// How firmly it is promised, where that was said.
    pub strength: Option<Modality>,
    /// Id of the statement that promises it; empty where none is known.
    pub statement: String,
    /// Code of the state in which it stands.
    pub state: String,
    /// Approved adjustments, in the order of their days.
    pub adjustments: Vec<Adjustment>,
}

impl Target {
    /// The target that an object tells of, with those of its adjustments that were approved; `None` where the object is
    /// no target.
    pub fn of(object: &PlanObject, adjustments: &[PlanObject]) -> Option<Target> {
        let bound = |object: &PlanObject| {
            let upper = object.value("upper");
            Some(Bound { value: object.value("value").parse().ok()?, upper: upper.parse().ok() })
        };
        let mut approved: Vec<Adjustment> = adjustments
            .iter()
            .filter(|made| made.kind.code == "adjustment" && made.state == "approved")
            .filter_map(|made| {
                Some(Adjustment {
                    code: made.code.clone(),
                    day: made.value("day").parse().ok()?,
                    bound: bound(made)?,
                    reason: made.value("reason").to_owned(),
                    approved_by: made.value("approved-by").to_owned(),
                })
            })
            .collect();
        // Of two of one day, the one that the ledger was told of later holds.
        let number =
            |code: &str| adjustments.iter().find(|made| made.code == code).map(|m| m.number);
        approved.sort_by_key(|made| (made.day, number(&made.code)));
        Some(Target {
            code: object.code.clone(),
            name: object.value("name").to_owned(),
            department: object.department.clone(),
            indicator: object.value("indicator").to_owned(),
            region: object.value("region").to_owned(),
            period: object.value("period").parse().ok()?,
            facet: object.value("facet").parse().ok()?,
            comparator: object.value("comparator").parse().ok()?,
            original: bound(object)?,
            unit: Unit::new(object.value("unit")),
            strength: object.value("strength").parse().ok(),
            statement: object.value("source").to_owned(),
            state: object.state.clone(),
            adjustments: approved,
        })
    }

    /// What is asked for on a day.
    pub fn on(&self, day: Day) -> &Bound {
        let last = self.adjustments.iter().rev().find(|made| made.day <= day);
        last.map_or(&self.original, |made| &made.bound)
    }
}
