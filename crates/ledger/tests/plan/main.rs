//! Plan objects, registers, attachments and regions, one file each.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod bureau;
mod machine;
mod objects;
mod regions;
mod registers;
mod sample;
