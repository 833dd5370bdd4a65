//! duixian
fn main() {}
