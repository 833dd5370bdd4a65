//! A programme of solar roofs for a county: from a table of buildings to what is chosen, when it comes, what it yields and
//! costs, and how likely the target is reached.

pub(crate) mod adopt;
pub(crate) mod assumptions;
pub(crate) mod buildings;
mod offer;
mod plan;
mod sound;
pub(crate) mod totals;

pub(crate) use offer::{Light, Offer, offers};
pub(crate) use plan::{Asked, Counted, Objective, Plan, plan};
