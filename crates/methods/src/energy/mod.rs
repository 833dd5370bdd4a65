//! Energy: standard coal, energy per unit of output, what changed the use of energy, and accounts of green power.

pub mod coal;
pub mod green;
pub mod intensity;
pub mod lmdi;
