//! Coined terms that nothing explains.

use terms::{CheckCode, DraftFinding, Severity};

use super::{Check, error, quoted};

/// Reports coined terms that neither the draft's glossary nor the ledger explains: ciphers such as 4353. Other terms with a
/// numeral (8+4) are known by the draft's earlier text alone, see `wording`.
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
        if explained || !coined.cipher {
            continue;
        }
        let message = format!("{}没有列入名词解释", quoted(&coined.name));
        let mut finding = error(CheckCode::Term, coined.span, message, "本稿的名词解释".to_owned());
        finding.severity = Severity::Warning;
        found.push(finding);
    }
}
