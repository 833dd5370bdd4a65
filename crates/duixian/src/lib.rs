//! The program that joins the stages.

pub mod cli;
pub mod error;
pub mod pipeline;
pub mod server;
