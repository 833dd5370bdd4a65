//! What became of promises: the national targets row by row, and the pairs on real reports, labelled by hand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assessment::{PromiseGrounds, Side};
use serde_json::Value;
use terms::{
    Better, ComparedDocument, Document, Fulfilment, Indicator, PromiseOutcome, PromiseReport, Work,
};

/// A report that was read.
struct Report {
    described: ComparedDocument,
    statements: Vec<terms::Statement>,
    works: Vec<Work>,
}

fn read(path: &Path) -> Report {
    let name = path.file_name().unwrap().to_string_lossy();
    let document: Document = document::read(&name, &fs::read(path).unwrap()).unwrap();
    let statements = statement::extract(&document, &statement::catalogue()).statements;
    let works = statement::works(&document);
    let id = document.hash[..8].to_owned();
    let described = ComparedDocument { id, name: document.name, profile: document.profile };
    Report { described, statements, works }
}

fn account(before: &Report, after: &Report) -> PromiseReport {
    let catalogue = statement::catalogue();
    let grounds = PromiseGrounds {
        catalogue: &catalogue,
        departments: &BTreeMap::new(),
        headline: None,
        targets: &[],
        figures: None,
        works: [&before.works, &after.works],
    };
    assessment::promises(
        Side { document: &before.described, statements: &before.statements },
        Side { document: &after.described, statements: &after.statements },
        grounds,
    )
    .unwrap()
}

/// The national targets and outcomes, in the order of the shared table: year, words of the promise, target, outcome,
/// what became of it, and why that is right.
const NATIONAL: &[(i32, &str, &str, &str, Fulfilment, &str)] = &[
    (
        2023,
        "国内生产总值增长",
        "5",
        "5.2",
        Fulfilment::Kept,
        "5 左右的带宽为 0.25：4.75 至 5.25 都算",
    ),
    (
        2023,
        "城镇新增就业",
        "1200",
        "1244",
        Fulfilment::Kept,
        "带宽 60，且不少于 1200；多出 44 不算超额",
    ),
    (
        2023,
        "城镇调查失业率",
        "5.5",
        "5.2",
        Fulfilment::Kept,
        "以低为好，左右是上限；低了算兑现，不算超额",
    ),
    (2023, "居民消费价格涨幅", "3", "0.2", Fulfilment::Kept, "按上限衡量；远低于 3，须注明"),
    (2023, "粮食产量", "1.3", "1.39", Fulfilment::Exceeded, "“以上”，超过下限"),
    (2024, "国内生产总值增长", "5", "5.0", Fulfilment::Kept, "恰好"),
    (2024, "城镇新增就业", "1200", "1256", Fulfilment::Exceeded, "“以上”，超过下限"),
    (2024, "城镇调查失业率", "5.5", "5.1", Fulfilment::Kept, "同 2023 年"),
    (2024, "居民消费价格涨幅", "3", "0.2", Fulfilment::Kept, "同 2023 年"),
    (
        2024,
        "单位国内生产总值能耗降低",
        "2.5",
        "3",
        Fulfilment::Exceeded,
        "降幅超过 3，带宽只有 0.1",
    ),
    (2025, "国内生产总值增长", "5", "5.0", Fulfilment::Kept, "恰好"),
    (2025, "城镇调查失业率", "5.5", "5.2", Fulfilment::Kept, "同 2023 年"),
    (2025, "城镇新增就业", "1200", "1267", Fulfilment::Exceeded, "“以上”，超过下限"),
    (2025, "粮食产量", "1.4", "1.43", Fulfilment::Kept, "带宽 0.07：1.33 至 1.47 都算"),
];

fn example(year: i32) -> Report {
    read(&tests::root().join(format!("examples/national/{year}.txt")))
}

#[test]
fn each_national_target_is_judged_right() {
    for year in 2023..=2025 {
        let report = account(&example(year), &example(year + 1));
        let rows: Vec<_> = NATIONAL.iter().filter(|row| row.0 == year).collect();
        assert_eq!(report.promises.len(), rows.len(), "{year}");
        for (_, words, target, outcome, expected, why) in rows {
            let found = |one: &&PromiseOutcome| one.promise.quote.starts_with(words);
            let one = report.promises.iter().find(found).unwrap();
            let said = format!("{year} {words}: {:?} ({why})", one.reason);
            assert_eq!(one.fulfilment, *expected, "{said}");
            let number =
                |statement: &terms::Statement| statement.value.clone().unwrap().to_string();
            assert_eq!(number(&one.promise), *target, "{said}");
            assert_eq!(number(one.answer.as_ref().unwrap()), *outcome, "{said}");
            let remarked = one.reason.as_ref().unwrap().contains("明显低于预期目标");
            assert_eq!(remarked, words.contains("消费价格"), "{said}");
        }
    }
}

/// The example tells the figures of the shared table.
#[test]
fn the_example_holds_the_national_table() {
    let Some(path) = tests::shared("corpus/national/targets_outcomes.csv") else { return };
    let table = fs::read_to_string(path).unwrap();
    let rows: Vec<Vec<&str>> =
        table.lines().skip(1).map(|line| line.splitn(8, ',').collect()).collect();
    assert_eq!(rows.len(), NATIONAL.len());
    for (row, (year, words, target, outcome, ..)) in rows.iter().zip(NATIONAL) {
        let said = format!("{row:?} {words}");
        assert_eq!(row[0], year.to_string(), "{said}");
        assert_eq!((row[2], row[5]), (*target, *outcome), "{said}");
    }
}

/// The indicators whose "about" is read in a way of its own are in the catalogue.
#[test]
fn ceilings_and_floors_are_indicators() {
    let catalogue = statement::catalogue();
    let of = |code: &str| -> Indicator {
        catalogue.iter().find(|known| known.code == code).unwrap().clone()
    };
    assert!(assessment::CEILINGS.iter().all(|code| of(code).better == Better::Within));
    assert!(assessment::FLOORS.iter().all(|code| of(code).better == Better::Higher));
}

/// A promise for a later year is not due, and one that says nothing of the year is.
#[test]
fn what_is_promised_for_later_is_not_due() {
    let folder = tempfile::tempdir().unwrap();
    let report = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        read(&path)
    };
    let title = |year: i32| {
        let next = year + 1;
        format!(
            "关于青石市{year}年国民经济和社会发展计划执行情况与{next}年国民经济和社会发展计划草案的报告"
        )
    };
    let before = report(
        "前.txt",
        &format!(
            "{}\n一、2023年计划执行情况\n新建绿道31公里。\n二、2024年预期目标和重点工作\n\
             新建绿道40公里（责任单位：市建设局、市水务局）。力争新增高新技术企业20家。到2027年森林覆盖率达到72%。\n",
            title(2023)
        ),
    );
    let after = report(
        "后.txt",
        &format!(
            "{}\n一、2024年计划执行情况\n新建绿道40公里。\n二、2025年预期目标\n新建绿道45公里。\n",
            title(2024)
        ),
    );
    let found = account(&before, &after);
    let outcomes: Vec<_> = found.promises.iter().map(|one| (one.fulfilment, one.due)).collect();
    assert_eq!(
        outcomes,
        [(Fulfilment::Kept, 2024), (Fulfilment::Dropped, 2024), (Fulfilment::NotDue, 2027),]
    );
    let (department, source) = found.promises[0].department.clone().unwrap();
    assert_eq!((department.as_str(), source.as_str()), ("市建设局", "report"));
    // A firm promise kept weighs 2, an aim dropped 1; one of two has an answer; what is not due counts for nothing.
    let mark = |mark: Option<rust_decimal::Decimal>| mark.unwrap().to_string();
    assert_eq!(mark(found.marks.score), "66.7");
    assert_eq!(mark(found.marks.kept), "100");
    assert_eq!(mark(found.marks.answered), "50");
    let names: Vec<_> = found.strengths.iter().map(|group| group.name.clone().unwrap()).collect();
    assert_eq!(names, ["firm", "aim"]);
}

/// SplitMix64, so that the sample is drawn and not chosen.
fn mixed(seed: u64) -> u64 {
    let mut x = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// A pair that was labelled: the places are characters of the texts, of which no word is kept.
struct Label {
    year: u64,
    kind: String,
    promise: u64,
    answer: Option<u64>,
    right: bool,
}

fn labels() -> Vec<Label> {
    let text = fs::read_to_string(tests::root().join("tests/golden/promises.jsonl")).unwrap();
    let label = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let number = |field: &str| row[field].as_u64().unwrap();
        Label {
            year: number("year"),
            kind: row["kind"].as_str().unwrap().to_owned(),
            promise: number("promise"),
            answer: row["answer"].as_u64(),
            right: row["right"].as_bool().unwrap(),
        }
    };
    text.lines().map(label).collect()
}

/// Places of promises, each with the place of what answers it or goes on with it.
type Pairs = BTreeMap<u64, u64>;

/// The pairs of an account: those that are shown as answers, and works that are only promised again.
fn pairs(report: &PromiseReport) -> (Pairs, Pairs) {
    let place = |statement: &terms::Statement| statement.characters.start as u64;
    let mut answers = Pairs::new();
    for one in &report.promises {
        let said = one.answer.as_ref().or(one.continued.as_ref()).map(place);
        let said = said.or_else(|| Some(one.mention.as_ref()?.characters.start as u64));
        answers.extend(said.map(|said| (place(&one.promise), said)));
    }
    let mut again = Pairs::new();
    for one in &report.works {
        let own = one.work.characters.start as u64;
        match (&one.answer, &one.continued) {
            (Some(said), _) => answers.insert(own, said.characters.start as u64),
            (None, Some(said)) => again.insert(own, said.characters.start as u64),
            (None, None) => None,
        };
    }
    (answers, again)
}

/// How many labelled pairs were made, how many of these are right.
fn precision(labels: &[&Label], found: &Pairs) -> (usize, usize) {
    let made = labels.iter().filter(|label| found.contains_key(&label.promise));
    let right = |label: &&&Label| label.right && found.get(&label.promise).copied() == label.answer;
    (made.clone().count(), made.filter(right).count())
}

#[test]
fn pairs_on_real_reports_are_right() {
    let all = labels();
    let (mut made, mut right, mut gone, mut new) = (0, 0, 0, 0);
    let (mut dropped, mut truly) = (0, 0);
    for year in [2024_u64, 2025] {
        let shared = |year: u64| tests::shared(&format!("corpus/national/{year}.txt"));
        let (Some(before), Some(after)) = (shared(year), shared(year + 1)) else { return };
        let report = account(&read(&before), &read(&after));
        let (answers, again) = pairs(&report);
        let of = |kind: &str| -> Vec<&Label> {
            all.iter().filter(|label| label.year == year && label.kind == kind).collect()
        };
        // The sample: the thirty pairs whose places come first when mixed with the year.
        let labelled = of("answer");
        let mut sample = labelled.clone();
        sample.sort_by_key(|label| mixed(year.wrapping_mul(1_000_003).wrapping_add(label.promise)));
        sample.truncate(30);
        let found = precision(&sample, &answers);
        println!("{year} sample: {} of {} pairs right", found.1, found.0);
        (made, right, gone) = (made + found.0, right + found.1, gone + sample.len() - found.0);
        let known = |place: &&u64| labelled.iter().any(|label| label.promise == **place);
        new += answers.len() - answers.keys().filter(known).count();
        for (kind, found) in [("answer", &answers), ("again", &again)] {
            let (made, right) = precision(&of(kind), found);
            println!("{year} all labelled, {kind}: {right} of {made} pairs right");
            assert!(right * 10 >= made * 9, "{year} {kind}");
        }
        let silent = |label: &&&Label| {
            report.promises.iter().any(|one| {
                one.fulfilment == Fulfilment::Dropped
                    && one.promise.characters.start as u64 == label.promise
            })
        };
        let labelled = of("dropped");
        let still: Vec<_> = labelled.iter().filter(silent).collect();
        dropped += still.len();
        truly += still.iter().filter(|label| label.right).count();
    }
    println!("sample: {right} of {made} pairs right, {gone} gone, {new} answers not labelled");
    println!("said to be dropped: {truly} of {dropped} rightly");
    assert!(right * 10 >= made * 9 && truly * 10 >= dropped * 8);
    assert!(gone <= 4 && new <= 10, "label the sample anew: {gone} are gone, {new} are new");
}
