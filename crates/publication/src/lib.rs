//! Renders an assessment as bytes for a reader's eyes: pages, tables, workbooks, records.
//! It computes no figure: it only formats what carries its source.

pub mod answer;
pub mod calibration;
pub mod comparison;
pub mod csv;
pub mod draft;
pub mod form;
pub mod grid;
pub mod html;
pub mod jsonl;
mod known;
mod labels;
pub mod open;
pub mod programme;
pub mod promises;
pub mod proposal;
mod record;
pub mod report;
pub mod sdmx;
pub mod search;
pub mod standing;
pub mod table;
pub mod work;
pub mod xlsx;
