//! Forms as workbooks: made, filled in by spreadsheet programs and by hand, sent back and read; and departments' own
//! workbooks that become forms.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod adopted;
mod duty;
mod faults;
mod mangled;
mod office;
mod returned;
mod xlsx;
