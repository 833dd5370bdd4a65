//! Programmes: what is to be built on many places to reach a target, as it was put.

/// A programme of rooftop solar. What follows from it is computed from these alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Code of the region whose programme it is.
    pub region: String,
    /// What is asked and assumed, a file in TOML.
    pub settings: String,
    /// What the file of buildings was called.
    pub table_name: String,
    /// The bytes of that file.
    pub table: Vec<u8>,
}
