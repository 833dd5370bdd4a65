//! Coined terms that nothing explains.

use terms::{CheckCode, Coined, DraftFinding, Severity};

use super::{Check, error, quoted};

/// Reports coined terms that neither the draft's glossary nor the ledger explains: ciphers (4353), and terms with a numeral
/// that the draft's earlier text does not have.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for coined in check.draft.asides.coined.iter().filter(|coined| !coined.explained) {
        let explained = check.known.is_some_and(|known| {
            known.terms.iter().any(|term| term.contains(&coined.name))
                || check
                    .reports
                    .iter()
                    .flat_map(|report| &report.document.glossary)
                    .any(|term| term.name.contains(&coined.name))
        });
        if explained || !coined.cipher && !is_new(check, coined) {
            continue;
        }
        let message = format!("{}没有列入名词解释", quoted(&coined.name));
        let mut finding = error(CheckCode::Term, coined.span, message, "本稿的名词解释".to_owned());
        finding.severity = Severity::Warning;
        found.push(finding);
    }
}

/// Whether the draft has an earlier text with a glossary, and none has the term.
fn is_new(check: &Check<'_>, coined: &Coined) -> bool {
    let Some(known) = check.known else { return false };
    let has = |asides: &terms::Asides| asides.coined.iter().any(|other| other.name == coined.name);
    !known.earlier.is_empty() && !known.earlier.iter().any(has)
}
