//! Programmes: what is to be built on many places to reach a target.

/// A programme of rooftop solar as it was planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Code of the region whose programme it is.
    pub region: String,
    /// What was assumed otherwise than usual, a file in TOML; empty for nothing.
    pub settings: String,
    /// What was asked and planned, in JSON, as `duixian solar programme` prints it.
    pub answer: String,
    /// What the file of buildings was called.
    pub table_name: String,
    /// The bytes of that file.
    pub table: Vec<u8>,
}
