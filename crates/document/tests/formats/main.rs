//! Files of every kind that is read, made by the tests themselves.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod cells;
mod docx;
mod html;
mod mangled;
mod markdown;
mod office;
mod pdf;
mod same;
mod sheets;
mod xls;
