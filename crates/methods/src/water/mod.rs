//! Surface water: the class of a section, whether it is what the section is meant for, and a river of sections.
//!
//! Sources: GB 3838-2002 (*地表水环境质量标准*), table 1, for the limits; 环办〔2011〕22号 (*地表水环境质量评价办法（试行）*) for
//! the rest: a section is of the class of its worst item, over 21 items (table 1 without water temperature, total nitrogen
//! and faecal coliforms); a year is the mean of its months; a river of fewer than five sections is judged by the means of
//! their concentrations, one of five and more by how many are of which class. Concentrations are in milligrams per
//! litre. What was not measured is missing, never nought.

mod basin;
mod section;
mod table;

pub use basin::{Basin, Grade, Sections, basin};
pub use section::{Exceeding, Rating, Sample, WaterError, mean, rate};
pub use table::{Body, Class, Item};
