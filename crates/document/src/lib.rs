//! Reads the bytes of a source file into a [`Document`]: repaired text, a map back to the bytes, a report of
//! every repair, and the structure of the report.

mod structure;
