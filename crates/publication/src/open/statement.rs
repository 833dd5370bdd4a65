//! Statements of reports.

use terms::{Amount, AssessedStatement, Unit};

use super::{Exact, address, record};

record! {
    /// A checkable claim of a report, with its words and their place in the source.
    #[schema(title = "Statement")]
    StatementRecord {
        /// Stable within its document.
        #[schema(example = "0f3c2a1b-12")]
        id: String,
        /// Its address.
        url: String,
        /// Id of its document.
        document: String,
        /// `quantity`, or `milestone`, which has no number.
        kind: String,
        /// The words that carry the claim.
        quote: String,
        /// An exact decimal as text; `〓` for a digit that the source lost.
        #[schema(example = "8.29")]
        value: Option<Exact>,
        /// The upper value of a range.
        upper: Option<Exact>,
        /// As written; 万 and 亿 stay in it.
        #[schema(example = "万千瓦")]
        unit: Option<String>,
        /// `=`, `>=`, `<=`, `>`, `<`, `~` or `range`.
        comparator: Option<String>,
        /// `level`, `increment`, `growth`, `rank` or `frequency`.
        basis: Option<String>,
        /// `up` or `down`, for growth.
        direction: Option<String>,
        /// What is measured, as written.
        measure: String,
        /// Of whom, where it is not the county.
        entity: Option<String>,
        /// Code of the catalogue's indicator, where the name is known.
        indicator: Option<String>,
        /// `result`, `target` or `context`.
        role: String,
        /// The year that it is about.
        year: Option<i64>,
        /// `firm` or `aim`, for a target.
        modality: Option<String>,
        /// Where it stands.
        status: String,
        /// Why, in a Chinese sentence.
        reason: Option<String>,
        /// Place in the repaired text, in characters: first.
        start: i64,
        /// Place in the repaired text, in characters: behind the last.
        end: i64,
        /// Place in the source file, in bytes: first.
        source_start: i64,
        /// Place in the source file, in bytes: behind the last.
        source_end: i64,
        /// The headings above it.
        section: Vec<String>,
        /// Its sentence.
        sentence: String,
        /// Where it is to be read.
        page: String,
    }
}

impl StatementRecord {
    /// The record of a statement of a document.
    pub fn new(document: &str, judged: &AssessedStatement) -> Self {
        let known = &judged.statement;
        let exact = |amount: &Option<Amount>| amount.as_ref().map(Amount::to_string).map(Exact);
        let place = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        StatementRecord {
            id: known.id.to_string(),
            url: address("/api/v1/statements", &known.id),
            document: document.to_owned(),
            kind: known.kind.to_string(),
            quote: known.quote.to_string(),
            value: exact(&known.value),
            upper: exact(&known.upper),
            unit: known.unit.as_ref().map(Unit::to_string),
            comparator: known.comparator.map(|word| word.to_string()),
            basis: known.basis.map(|word| word.to_string()),
            direction: known.direction.map(|word| word.to_string()),
            measure: known.measure.to_string(),
            entity: known.entity.as_ref().map(ToString::to_string),
            indicator: known.indicator.as_ref().map(ToString::to_string),
            role: known.role.to_string(),
            year: known.year.map(i64::from),
            modality: known.modality.map(|word| word.to_string()),
            status: judged.status.to_string(),
            reason: judged.reason.clone(),
            start: place(known.characters.start),
            end: place(known.characters.end),
            source_start: place(known.source.start),
            source_end: place(known.source.end),
            section: known.section.iter().map(ToString::to_string).collect(),
            sentence: known.sentence.to_string(),
            page: address("/statements", &known.id),
        }
    }
}
