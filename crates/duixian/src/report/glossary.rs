//! The terms that a report uses, explained: from the reports of the ledger and from its own term base.

use ledger::{Ledger, PlanQuery};
use publication::report::{Annex, Block, Run};
use terms::PlanKind;

use super::ground::Ground;
use super::stated;
use crate::error::Failure;

/// What wraps a term in one place and not in another.
const MARKS: [char; 4] = ['“', '”', '"', '　'];

/// The glossary of the terms that occur in the blocks; `None` where none does.
pub(super) fn annex(
    ledger: &Ledger,
    ground: &Ground,
    blocks: &[Block],
) -> Result<Option<Annex>, Failure> {
    let text = plain(&words(blocks));
    let mut terms: Vec<(String, String, String)> = Vec::new();
    if let Some(report) = ground.report() {
        for term in &report.document.glossary {
            let definition = report.document.text.get(term.definition.range()).unwrap_or_default();
            let name = report.document.text.get(term.span.range()).unwrap_or(&term.name);
            terms.push((name.to_owned(), definition.trim().to_owned(), stated::source(report)));
        }
    }
    if let (Some(kind), Some(code)) = (PlanKind::named("term"), &ground.code) {
        let query = PlanQuery { region: Some(code.clone()), ..PlanQuery::default() };
        for object in ledger.plan_objects(kind, &query, None)? {
            let known = terms.iter().any(|(name, ..)| plain(name) == plain(object.value("name")));
            if object.state == "current" && !known {
                terms.push((
                    object.value("name").to_owned(),
                    object.value("definition").to_owned(),
                    format!("名词 {}", object.code),
                ));
            }
        }
    }
    terms.retain(|(name, ..)| occurs(&text, name));
    if terms.is_empty() {
        return Ok(None);
    }
    let entries = terms.into_iter().enumerate().map(|(number, (name, definition, source))| {
        let runs = vec![
            Run { strong: true, ..Run::plain(format!("{}.{name}：", number + 1)) },
            Run::from(definition, source),
        ];
        Block::Paragraph { runs }
    });
    Ok(Some(Annex { title: "名词解释".to_owned(), blocks: entries.collect() }))
}

/// Whether a term occurs: its name, what stands before its brackets, or what it puts in quotation marks.
fn occurs(text: &str, name: &str) -> bool {
    let whole = plain(name);
    let short = whole.split(['（', '(']).next().unwrap_or_default();
    let quoted = name.split('“').skip(1).filter_map(|rest| rest.split('”').next());
    let mut cores = quoted.chain([short]).filter(|core| core.chars().count() >= 2);
    text.contains(&whole) || cores.any(|core| text.contains(core))
}

fn plain(text: &str) -> String {
    text.chars().filter(|character| !MARKS.contains(character)).collect()
}

fn words(blocks: &[Block]) -> String {
    let mut all = String::new();
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Salutation { text } => all.push_str(text),
            Block::Paragraph { runs } => runs.iter().for_each(|run| all.push_str(&run.text)),
            Block::Table(table) => {
                table.rows.iter().flatten().for_each(|run| all.push_str(&run.text));
            }
        }
        all.push('\n');
    }
    all
}
