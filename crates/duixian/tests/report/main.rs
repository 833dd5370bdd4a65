//! Reports as documents: written by the program, opened by others, and compared with what the ledger knows.
//!
//! Pictures of the pages are kept under the target folder, in `tmp/report`.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../county/mod.rs"]
mod county;
#[path = "../desk/mod.rs"]
mod desk;
mod faults;
mod formulas;
#[path = "../http/mod.rs"]
mod http;
mod offered;
mod pages;
mod shop;
mod template;
