//! The description of a package, as <https://datapackage.org> has it, with a few words of our own.

use ledger::{Kind, TableShape};
use serde::{Deserialize, Serialize};

use super::BLOBS;

/// The form of packages that this program writes and reads.
pub(super) const FORM: u32 = 1;

/// `datapackage.json`. Licences, sources and contributors are for the user to add; they are not looked at.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Package {
    #[serde(default)]
    pub(super) profile: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) title: String,
    /// The time of the last entry: the package says nothing of later times, and is the same whenever it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) created: Option<String>,
    pub(super) duixian: Origin,
    pub(super) resources: Vec<Resource>,
}

/// Which ledger the package holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Origin {
    /// The form of the package.
    pub(super) package: u32,
    /// The ledger's schema version.
    pub(super) schema: i64,
    /// How many entries its audit log has.
    pub(super) entries: usize,
    /// The hash of the last entry.
    pub(super) head: String,
}

/// A file of the package.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Resource {
    pub(super) name: String,
    pub(super) path: String,
    #[serde(default)]
    pub(super) profile: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) format: Option<String>,
    #[serde(default)]
    pub(super) mediatype: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<String>,
    pub(super) bytes: u64,
    pub(super) hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rows: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) dialect: Option<Dialect>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) schema: Option<Schema>,
}

/// How a CSV file is written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Dialect {
    delimiter: String,
    line_terminator: String,
    quote_char: String,
    double_quote: bool,
    skip_initial_space: bool,
    header: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect {
            delimiter: ",".to_owned(),
            line_terminator: "\n".to_owned(),
            quote_char: "\"".to_owned(),
            double_quote: true,
            skip_initial_space: false,
            header: true,
        }
    }
}

/// The Table Schema of a CSV file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema {
    pub(super) fields: Vec<Field>,
    pub(super) missing_values: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    primary_key: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unique_keys: Vec<Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<Reference>,
}

/// A column.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Field {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// What a text is, where it is not itself the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints>,
}

#[derive(Debug, Serialize, Deserialize, Default, PartialEq, Eq)]
#[serde(default)]
struct Constraints {
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    unique: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[derive(Debug, Serialize, Deserialize)]
struct Reference {
    fields: Vec<String>,
    reference: Referenced,
}

#[derive(Debug, Serialize, Deserialize)]
struct Referenced {
    resource: String,
    fields: Vec<String>,
}

/// What a kind of column is called in a Table Schema.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "integer",
        Kind::Real => "number",
        // Bytes lie in a file of their own; the column holds its name.
        Kind::Text | Kind::Blob => "string",
    }
}

impl Schema {
    /// The Table Schema of a table.
    pub(super) fn of(table: &TableShape, absent: &str) -> Self {
        let fields = table.columns.iter().map(|column| {
            let blob = column.kind == Kind::Blob;
            let constraints = Constraints {
                required: column.required,
                unique: column.unique,
                pattern: blob.then(|| "[0-9a-f]{64}".to_owned()),
            };
            Field {
                name: column.name.clone(),
                kind: kind(column.kind).to_owned(),
                description: blob.then(|| format!("SHA-256 of the bytes, a file in {BLOBS}/")),
                constraints: (constraints != Constraints::default()).then_some(constraints),
            }
        });
        let foreign_keys = table.foreign_keys.iter().map(|key| Reference {
            fields: key.columns.clone(),
            reference: Referenced {
                // The empty name means the table itself.
                resource: if key.table == table.name { String::new() } else { key.table.clone() },
                fields: key.references.clone(),
            },
        });
        Schema {
            fields: fields.collect(),
            missing_values: vec![absent.to_owned()],
            primary_key: table.primary_key.clone(),
            unique_keys: table.unique.clone(),
            foreign_keys: foreign_keys.collect(),
        }
    }
}

impl Resource {
    /// The CSV file of a table.
    pub(super) fn table(
        table: &TableShape,
        absent: &str,
        bytes: u64,
        hash: &str,
        rows: u64,
    ) -> Self {
        Resource {
            name: table.name.clone(),
            path: table_path(&table.name),
            profile: "tabular-data-resource".to_owned(),
            format: Some("csv".to_owned()),
            mediatype: "text/csv".to_owned(),
            encoding: Some("utf-8".to_owned()),
            bytes,
            hash: said(hash),
            rows: Some(rows),
            dialect: Some(Dialect::default()),
            schema: Some(Schema::of(table, absent)),
        }
    }

    /// A file of bytes.
    pub(super) fn blob(hash: &str, bytes: u64) -> Self {
        Resource {
            name: format!("blob-{hash}"),
            path: blob_path(hash),
            profile: "data-resource".to_owned(),
            format: None,
            mediatype: "application/octet-stream".to_owned(),
            encoding: None,
            bytes,
            hash: said(hash),
            rows: None,
            dialect: None,
            schema: None,
        }
    }
}

/// The path of a table's file.
pub(super) fn table_path(table: &str) -> String {
    format!("{table}.csv")
}

/// The path of a file of bytes.
pub(super) fn blob_path(hash: &str) -> String {
    format!("{BLOBS}/{hash}")
}

/// A SHA-256 as a resource names it.
pub(super) fn said(hash: &str) -> String {
    format!("sha256:{hash}")
}
