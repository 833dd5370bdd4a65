//! The way from bytes to an assessment.
