//! Documents.

use terms::DocumentAssessment;

use super::{address, record};

record! {
    /// A report as the ledger keeps it.
    #[schema(title = "Document")]
    DocumentRecord {
        /// The first eight digits of its hash.
        #[schema(example = "0f3c2a1b")]
        id: String,
        /// Its address.
        url: String,
        /// Its title, where it has one.
        title: Option<String>,
        /// Who issued it, as it says.
        issuer: Option<String>,
        /// The region that it is about, as it says.
        region: Option<String>,
        /// The year whose plan was carried out.
        result_year: Option<i64>,
        /// The year that is planned.
        plan_year: Option<i64>,
        /// The file's name at import.
        name: String,
        /// SHA-256 of the file's bytes.
        hash: String,
        /// How many bytes the file has.
        size: i64,
        /// The encoding that was read.
        encoding: String,
        /// When it was imported.
        #[schema(format = DateTime)]
        imported_at: String,
        /// How many statements it makes.
        statement_count: i64,
        /// How many of them are results.
        result_count: i64,
        /// How many of them are targets.
        target_count: i64,
        /// Where its statements are.
        statements: String,
        /// Where its text is to be read.
        page: String,
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl From<&DocumentAssessment> for DocumentRecord {
    fn from(judged: &DocumentAssessment) -> Self {
        let (known, counts) = (&judged.document, judged.counts);
        let profile = &known.profile;
        let statements =
            crate::html::Address::new("/api/v1/statements").with("document", known.id.as_str());
        DocumentRecord {
            id: known.id.clone(),
            url: address("/api/v1/documents", &known.id),
            title: profile.title.clone(),
            issuer: profile.issuer.clone(),
            region: profile.region.clone(),
            result_year: profile.result_year.map(i64::from),
            plan_year: profile.plan_year.map(i64::from),
            name: known.name.clone(),
            hash: known.hash.clone(),
            size: count(known.size),
            encoding: known.encoding.clone(),
            imported_at: known.imported_at.clone(),
            statement_count: count(counts.statements),
            result_count: count(counts.results),
            target_count: count(counts.targets),
            statements: statements.to_string(),
            page: address("/documents", &known.id),
        }
    }
}
