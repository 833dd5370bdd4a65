//! Tests that see all crates.
