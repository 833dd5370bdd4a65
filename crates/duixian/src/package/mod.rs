//! The whole ledger as a data package: `datapackage.json` with a Table Schema for every table, a CSV file for
//! every table, and a file for every stretch of bytes, named by its hash.
//!
//! The tables are those that the ledger has; nothing here names one. The same ledger always gives the same bytes,
//! and a ledger that was made from a package gives that package again.

mod descriptor;
mod error;
mod export;
mod files;
mod import;

pub use error::PackageError;
pub use export::{Exported, export};
pub use import::{Imported, import};

/// The file that describes the package.
const DESCRIPTOR: &str = "datapackage.json";

/// The folder of the files that hold bytes.
const BLOBS: &str = "blobs";
