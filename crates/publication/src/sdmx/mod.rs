//! Figures and what they mean as messages of SDMX, the exchange format of statistical offices: structures and figures in
//! SDMX-ML 2.1 and 3.0, SDMX-JSON 1.0 and 2.0 and SDMX-CSV 1.0 and 2.0.

mod artefact;
mod cell;
pub mod data;
pub mod error;
mod header;
mod model;
pub mod structure;
pub mod time;
mod xml;

pub use artefact::{Artefact, Version};
pub use cell::{Cell, cells};
pub use header::Header;
pub use model::{
    AGENCY, Attribute, Code, CodeList, Codes, Dimension, FLOW, STRUCTURE, VALUE, measure_of,
};
