//! The case files of `tests/suite`, one folder a crate.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use ledger::{Entry, Ledger};
use rust_decimal::Decimal;
use terms::{Document, Kind, Statements};
use tests::suite;

fn read(text: &str) -> (Document, Statements) {
    let document = document::read("案例.txt", text.as_bytes()).unwrap();
    let statements = statement::extract(&document, &statement::catalogue());
    (document, statements)
}

/// A line of text in the results half or, after the line `计划：`, in the targets half of a small report.
fn report(lines: &str) -> String {
    let (results, targets) = lines.split_once("计划：\n").unwrap_or((lines, ""));
    let title =
        "关于青石市2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案的报告";
    format!("{title}\n一、2023年计划执行情况\n{results}\n二、2024年预期目标和重点工作\n{targets}\n")
}

#[test]
fn document_cases() {
    suite::run("document", |input| {
        let document = document::read("案例.txt", input.as_bytes()).unwrap();
        let mut out = document.text.trim_end().to_owned();
        for repair in document.repairs() {
            let _ = write!(out, "\n- {}：{}→{}", repair.kind, repair.before, repair.after);
        }
        for term in &document.glossary {
            let _ = write!(out, "\n- term {}：{}", term.name, document.slice(term.definition));
        }
        out
    });
}

#[test]
fn statement_cases() {
    suite::run("statement", |input| {
        let (_, found) = read(&report(input));
        let mut out = String::new();
        for s in &found.statements {
            let text = |value: Option<String>| value.unwrap_or_default();
            if s.kind == Kind::Milestone {
                let _ = writeln!(
                    out,
                    "◆ {} | {} | {}",
                    s.measure,
                    s.entity.as_deref().unwrap_or_default(),
                    s.quote
                );
                continue;
            }
            let upper = s.upper.as_ref().map(|upper| format!("..{upper}"));
            let _ = writeln!(
                out,
                "{} {}{}{} {}{} | {} | {} | {}{}{}",
                text(s.comparator.map(|c| c.to_string())),
                text(s.value.as_ref().map(ToString::to_string)),
                text(upper),
                text(s.unit.as_ref().map(ToString::to_string)),
                text(s.basis.map(|b| b.to_string())),
                text(s.direction.map(|d| format!(" {d}"))),
                s.measure,
                s.entity.as_deref().unwrap_or_default(),
                s.role,
                text(s.modality.map(|m| format!(" {m}"))),
                // The report of the cases promises for 2024.
                text(s.year.filter(|year| *year > 2024).map(|year| format!(" {year}"))),
            );
        }
        for outcome in found.headline.iter().flat_map(|headline| &headline.outcomes) {
            let facets: String =
                outcome.facets.iter().map(|f| format!(" {}:{}", f.facet, f.verdict)).collect();
            let reason = outcome.reason.clone().unwrap_or_default();
            let _ = writeln!(out, "◇ {} {}{facets} {reason}", outcome.name, outcome.verdict);
        }
        out
    });
}

/// Reports parted by a line `====`, filed in this order.
fn filed(input: &str) -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("案例.db")).unwrap();
    for (number, part) in input.split("====\n").enumerate() {
        let (document, statements) = read(part);
        let entry = Entry {
            author: "测试".to_owned(),
            at: format!("2024-03-{:02}T08:00:00+08:00", number + 1),
            reason: "案例".to_owned(),
            ..Entry::default()
        };
        ledger
            .append(&document, part.as_bytes(), &statements, &statement::catalogue(), &entry)
            .unwrap();
    }
    (folder, ledger)
}

#[test]
fn ledger_cases() {
    suite::run("ledger", |input| {
        let (_folder, ledger) = filed(input);
        let facts = ledger.facts(None).unwrap();
        let mut out = String::new();
        for document in &facts.documents {
            let profile = &document.profile;
            let _ = writeln!(
                out,
                "{} {:?}→{:?} {}：{}条",
                profile.region.clone().unwrap_or_default(),
                profile.result_year.unwrap_or_default(),
                profile.plan_year.unwrap_or_default(),
                document.imported_at,
                document.statements.len()
            );
            for s in &document.statements {
                let value = s.value.as_ref().map(ToString::to_string).unwrap_or_default();
                let unit = s.unit.as_ref().map(ToString::to_string).unwrap_or_default();
                let _ = writeln!(out, "- {} {value}{unit} {}", s.measure, s.section.join(" / "));
            }
        }
        let _ = writeln!(out, "{:?}", ledger.verify().unwrap().faults);
        out
    });
}

#[test]
fn assessment_cases() {
    suite::run("assessment", |input| {
        let (_folder, ledger) = filed(input);
        let assessment = assessment::assess(ledger.facts(None).unwrap());
        let mut out = String::new();
        for document in &assessment.documents {
            let name = document.document.profile.plan_year.unwrap_or_default();
            let _ = writeln!(out, "# 计划年度{name}");
            if let Some(headline) = &document.headline {
                let _ = writeln!(out, "{}/{}/{}", headline.met, headline.short, headline.no_data);
                for disagreement in &headline.disagreements {
                    let _ = writeln!(out, "! {disagreement}");
                }
            }
            for assessed in &document.statements {
                let reason = assessed.reason.clone().unwrap_or_default();
                let change = assessed.baseline.as_ref().and_then(|baseline| baseline.change);
                let change =
                    change.map(|change| format!("（较上年{change:+}）")).unwrap_or_default();
                let _ = writeln!(
                    out,
                    "{} {}{change} {reason}",
                    assessed.statement.quote, assessed.status
                );
            }
        }
        out
    });
}

#[test]
fn publication_cases() {
    suite::run("publication", |input| {
        let (_, found) = read(&report(input));
        let mut out = Vec::new();
        publication::csv::write(&mut out, &found.statements).unwrap();
        out.push(b'\n');
        publication::jsonl::write(&mut out, &found.statements).unwrap();
        // Ids hold the hash of the whole text: no matter of this suite.
        let text = String::from_utf8(out).unwrap().replace(['\u{feff}', '\r'], "");
        let id = found.statements.first().map(|s| s.id[..8].to_owned()).unwrap_or_default();
        text.replace(&id, "文档")
    });
}

/// Lines of a name and decimal arguments.
#[test]
fn methods_cases() {
    suite::run("methods", |input| {
        let mut out = String::new();
        for line in input.lines() {
            let mut words = line.split_whitespace();
            let name = words.next().unwrap_or_default();
            let numbers: Vec<Decimal> = words.map(|word| word.parse().unwrap()).collect();
            let value = match (name, numbers.as_slice()) {
                ("上年水平", [level, rate]) => methods::growth::implied_previous(*level, *rate),
                ("增速", [level, previous]) => methods::growth::rate(*level, *previous),
                ("还差", [target, base]) => methods::progress::change(*target, *base),
                _ => panic!("`{line}` names no method with its arguments"),
            };
            let shown =
                value.map_or("无".to_owned(), |value| value.round_dp(6).normalize().to_string());
            let _ = writeln!(out, "{line} = {shown}");
        }
        out
    });
}

/// Two reports parted by a line `====`, compared.
#[test]
fn promise_cases() {
    suite::run("assessment-promises", |input| {
        let (one, other) = input.split_once("====\n").unwrap();
        let ((before, stated), (after, answered)) = (read(one), read(other));
        let described = |document: &Document| terms::ComparedDocument {
            id: document.hash[..8].to_owned(),
            name: String::new(),
            profile: document.profile.clone(),
        };
        let (works, told) = (statement::works(&before), statement::works(&after));
        let (before, after) = (described(&before), described(&after));
        let found = assessment::promises(
            assessment::Side { document: &before, statements: &stated.statements },
            assessment::Side { document: &after, statements: &answered.statements },
            assessment::PromiseGrounds {
                catalogue: &statement::catalogue(),
                departments: &std::collections::BTreeMap::new(),
                headline: answered.headline.as_ref(),
                targets: &[],
                figures: None,
                works: [&works, &told],
            },
        );
        let report = match found {
            Ok(report) => report,
            Err(error) => return error.to_string(),
        };
        let mut out = String::new();
        for one in &report.promises {
            let said = one.answer.as_ref().or(one.continued.as_ref()).map(|it| &it.quote);
            let said = said.or(one.mention.as_ref().map(|work| &work.quote));
            let department = one.department.as_ref().map_or("未指明", |(name, _)| name);
            let _ = writeln!(
                out,
                "{} {} | {} | {} | {department}",
                one.fulfilment,
                one.due,
                one.promise.quote,
                said.map_or("—", |quote| quote),
            );
        }
        for one in &report.works {
            let said = one.answer.as_ref().or(one.continued.as_ref());
            let said = said.map_or("—", |work| &*work.quote);
            let _ = writeln!(out, "◇ {} | {} | {said}", one.found, one.work.quote);
        }
        let mark = |mark: Option<Decimal>| mark.map_or("—".to_owned(), |mark| mark.to_string());
        let marks = report.marks;
        let _ = writeln!(
            out,
            "得分 {} 兑现率 {} 交代率 {}",
            mark(marks.score),
            mark(marks.kept),
            mark(marks.answered)
        );
        out
    });
}

#[test]
fn comparison_cases() {
    suite::run("assessment-compare", |input| {
        let (one, other) = input.split_once("====\n").unwrap();
        let ((before, stated), (after, answered)) = (read(one), read(other));
        let described = |document: &Document, name: &str| terms::ComparedDocument {
            id: document.hash[..8].to_owned(),
            name: name.to_owned(),
            profile: document.profile.clone(),
        };
        let (before, after) = (described(&before, "前.txt"), described(&after, "后.txt"));
        let found = assessment::compare(
            assessment::Side { document: &before, statements: &stated.statements },
            assessment::Side { document: &after, statements: &answered.statements },
            &statement::catalogue(),
            None,
        );
        let comparison = match found {
            Ok(comparison) => comparison,
            Err(error) => return error.to_string(),
        };
        let mut out = String::new();
        for line in &comparison.lines {
            let quote = |side: &Option<terms::Statement>| {
                side.as_ref().map_or("—".into(), |statement| statement.quote.clone())
            };
            let difference = line.difference.map(|change| format!(" {change:+}"));
            // Ids hold the hash of the whole text: no matter of this suite.
            let reason = line.reason.clone().unwrap_or_default();
            let reason = reason.replace(&before.id, "前").replace(&after.id, "后");
            let _ = writeln!(
                out,
                "{} {} | {} | {} |{} {reason}",
                line.aspect,
                line.relation,
                quote(&line.before),
                quote(&line.after),
                difference.unwrap_or_default(),
            );
        }
        out
    });
}
