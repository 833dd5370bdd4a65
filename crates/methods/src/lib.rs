//! Numbers from numbers: pure calculations on exact decimals (statistics and physics, as in forecasts and solar
//! energy, on binary fractions), each with the source of its formula and a test against values computed elsewhere. No
//! text, no files, no words of the other crates.

pub mod accumulation;
pub mod air;
pub mod apportion;
pub mod balance;
pub mod classes;
pub mod composite;
pub mod diagnosis;
pub mod energy;
pub mod forecast;
pub mod growth;
pub mod mean;
pub mod outlier;
pub mod pace;
pub mod price_index;
pub mod programme;
pub mod progress;
pub mod ranking;
pub mod scoring;
pub mod solar;
pub mod water;
pub mod winsor;
