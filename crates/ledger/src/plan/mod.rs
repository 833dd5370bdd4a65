//! Plan objects: targets, tasks, projects, problems and what else a plan is made of, each with all its earlier values;
//! what is attached to them; registers that count; and regions of the ledger's own.

mod attach;
mod check;
mod read;
mod region;
mod register;
mod write;

pub(crate) use attach::keep_bytes;
pub use read::PlanQuery;
pub use region::RegionOutcome;
pub use write::{FieldChange, PlanChange, PlanOutcome, PlanReport};
