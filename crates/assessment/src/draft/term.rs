//! Coined terms that nothing explains.

use terms::{CheckCode, DraftFinding, Severity};

use super::{Check, earlier, error};

/// Reports coined terms that neither the draft's glossary nor the ledger explains.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for coined in &check.draft.asides.unexplained {
        let explained = check.known.is_some_and(|known| {
            known.terms.iter().any(|term| term.contains(&coined.name))
                || earlier::reports(check, known)
                    .flat_map(|document| &document.glossary)
                    .any(|term| term.name.contains(&coined.name))
        });
        if explained {
            continue;
        }
        let message = format!("“{}”没有列入名词解释", coined.name);
        let source = "本稿的名词解释".to_owned();
        let mut finding = error(CheckCode::Term, coined.span, message, source);
        finding.severity = Severity::Warning;
        found.push(finding);
    }
}
