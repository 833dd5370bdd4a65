//! The statements that a question asks for.

use terms::{AssessedStatement, DocumentAssessment, Statement, StatementQuery};

/// The statements of a document that a question asks for, in text order.
pub fn select<'a>(
    document: &'a DocumentAssessment,
    query: &StatementQuery,
) -> Vec<&'a AssessedStatement> {
    if query.document.as_ref().is_some_and(|id| *id != document.document.id) {
        return Vec::new();
    }
    let words: Vec<String> =
        query.text.iter().flat_map(|text| text.split_whitespace()).map(fold).collect();
    document.statements.iter().filter(|assessed| fits(assessed, query, &words)).collect()
}

/// Whether the source lost a digit of the statement's number.
pub(crate) fn lost(statement: &Statement) -> bool {
    [&statement.value, &statement.upper].into_iter().flatten().any(terms::Amount::is_lost)
}

fn fits(assessed: &AssessedStatement, query: &StatementQuery, words: &[String]) -> bool {
    let statement = &assessed.statement;
    let unit = || statement.unit.as_ref().map(terms::Unit::as_str);
    query
        .section
        .as_ref()
        .is_none_or(|heading| statement.section.iter().any(|known| **known == **heading))
        && query.role.is_none_or(|role| statement.role == role)
        && query.kind.is_none_or(|kind| statement.kind == kind)
        && wished(&query.indicator, statement.indicator.as_deref())
        && wished(&query.unit, unit())
        && query.status.is_none_or(|status| assessed.status == status)
        && (!query.lost || lost(statement))
        && (words.is_empty() || words_occur(statement, words))
}

fn words_occur(statement: &Statement, words: &[String]) -> bool {
    let fields = [&*statement.quote, &*statement.measure, &*statement.sentence];
    let mut text: String = fields.map(fold).join("\n");
    if let Some(entity) = &statement.entity {
        text.push('\n');
        text.push_str(&fold(entity));
    }
    words.iter().all(|word| text.contains(word.as_str()))
}

/// A text without the difference between capitals and small letters.
fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// Whether a field is as wished, where anything is wished of it.
fn wished(wish: &Option<String>, found: Option<&str>) -> bool {
    wish.as_deref().is_none_or(|wanted| found == Some(wanted))
}
