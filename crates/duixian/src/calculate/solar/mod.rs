//! Where the sun is, and what a roof makes in a year.

pub(crate) mod answer;
pub(crate) mod position;
pub(crate) mod refused;
pub(crate) mod roof;
pub(crate) mod site;

/// A number with so many digits behind the point, as JSON tells it.
pub(crate) fn rounded(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    let rounded = (value * scale).round() / scale;
    // Not minus nothing.
    if rounded == 0.0 { 0.0 } else { rounded }
}
