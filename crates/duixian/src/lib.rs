//! The program that joins the stages: bytes are read into a document, a document into statements, statements
//! into a ledger; a ledger is judged and published. The stages know nothing of each other; here they meet, and
//! here alone are command line, files, clock and network.

mod appraise;
mod boundaries;
mod bulletin;
mod calculate;
mod check;
pub mod cli;
mod clock;
pub mod collect;
mod entered;
pub mod error;
mod figures;
mod filing;
mod form_item;
mod observations;
pub mod package;
pub mod pipeline;
mod plan;
mod programme;
mod promised;
mod proposal;
mod publish;
mod regional;
mod reminder;
pub mod report;
mod search;
pub mod server;
mod standing;
mod table_file;
mod table_sheet;
mod table_text;
mod targets;
mod time_order;
mod toml_file;
pub mod warning;
mod weather;
mod workbook;
