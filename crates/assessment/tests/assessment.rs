//! Facts in, assessment out.

#![allow(clippy::unwrap_used)]

use assessment::{assess, select};
use rust_decimal::Decimal;
use terms::{
    Assessment, Basis, Better, Comparator, Direction, FacetOutcome, Facts, FiledDocument,
    Frequency, Headline, Indicator, Kind, Modality, Outcome, Profile, Role, Span, Statement,
    StatementQuery, Status, Unit, Verdict,
};

fn document(id: &str, plan_year: i32, statements: Vec<Statement>) -> FiledDocument {
    FiledDocument {
        id: id.into(),
        hash: String::new(),
        name: String::new(),
        size: 0,
        encoding: "UTF-8".into(),
        profile: Profile {
            region: Some("某县".into()),
            plan_year: Some(plan_year),
            ..Profile::default()
        },
        text: String::new(),
        blocks: Vec::new(),
        glossary: Vec::new(),
        repairs: Vec::new(),
        diagnostics: Vec::new(),
        imported_at: String::new(),
        imported_by: String::new(),
        headline: None,
        statements,
    }
}

/// A claim such as `">= 7 % growth"`: comparator, value (`a-b` for a range), unit.
fn claim(role: Role, year: i32, basis: Basis, claim: (Comparator, &str, &str)) -> Statement {
    let (comparator, value, unit) = claim;
    let (value, upper) = match value.split_once('-') {
        Some((value, upper)) => (value, Some(upper)),
        None => (value, None),
    };
    Statement {
        id: Box::default(),
        kind: Kind::Quantity,
        quote: "引文".into(),
        value: Some(value.parse().unwrap()),
        upper: upper.map(|upper| upper.parse().unwrap()),
        unit: Some(Unit::new(unit)),
        comparator: Some(comparator),
        basis: Some(basis),
        direction: None,
        measure: "度量".into(),
        entity: None,
        role,
        year: Some(year),
        modality: None,
        indicator: Some("up".into()),
        span: Span::default(),
        characters: Span::default(),
        source: Span::default(),
        section: Default::default(),
        sentence: "整句GDP".into(),
    }
}

fn indicator(code: &str, better: Better) -> Indicator {
    Indicator {
        code: code.into(),
        name: code.into(),
        english: String::new(),
        synonyms: Vec::new(),
        unit: String::new(),
        better,
        frequency: Frequency::Year,
        definition: String::new(),
        formula: String::new(),
        owner: String::new(),
    }
}

fn facts(mut documents: Vec<FiledDocument>) -> Facts {
    for document in &mut documents {
        for (number, statement) in document.statements.iter_mut().enumerate() {
            statement.id = format!("{}-{}", document.id, number + 1).into();
        }
    }
    let indicators = vec![
        indicator("up", Better::Higher),
        indicator("down", Better::Lower),
        indicator("mid", Better::Within),
    ];
    Facts { as_of: "2024-03-01T00:00:00Z".into(), documents, indicators }
}

/// Where a target stands against a result of the next report.
fn held(target: Statement, results: Vec<Statement>) -> (Status, String) {
    let assessment =
        assess(facts(vec![document("bb", 2025, results), document("aa", 2024, vec![target])]));
    let assessed = &assessment.documents[1].statements[0];
    (assessed.status, assessed.reason.clone().unwrap_or_default())
}

use Basis::{Growth, Level, Rank};
use Comparator::{About, Above, AtLeast, AtMost, Below, Equal, Range};

#[test]
fn a_target_is_met_missed_or_left_open() {
    let level = |code: &str, target, result, expected: Status| {
        let mut promised = claim(Role::Target, 2024, Level, target);
        let mut reported = claim(Role::Result, 2024, Level, result);
        promised.indicator = Some(code.into());
        reported.indicator = Some(code.into());
        let (status, reason) = held(promised, vec![reported]);
        assert_eq!(status, expected, "{code} {target:?} {result:?} {reason}");
    };
    level("up", (Equal, "7", "亿元"), (Equal, "7.0", "亿元"), Status::Met);
    level("up", (Equal, "7", "亿元"), (Equal, "70001", "万元"), Status::Met);
    level("up", (Equal, "7", "亿元"), (Equal, "69999", "万元"), Status::Missed);
    level("up", (AtLeast, "7", "亿元"), (Above, "7", "亿元"), Status::Met);
    level("up", (Above, "7", "亿元"), (Equal, "7", "亿元"), Status::Missed);
    level("up", (AtLeast, "7", "亿元"), (Above, "6", "亿元"), Status::NotComparable);
    level("up", (Range, "5-6", "亿元"), (Equal, "6.5", "亿元"), Status::Met);
    level("up", (Range, "5-6", "亿元"), (Equal, "4.9", "亿元"), Status::Missed);
    level("up", (About, "7", "亿元"), (Equal, "7.1", "亿元"), Status::Met);
    level("up", (About, "7", "亿元"), (Equal, "6.9", "亿元"), Status::Met);
    level("up", (About, "7", "亿元"), (Equal, "6.6", "亿元"), Status::Missed);
    level("down", (Equal, "26", "微克/立方米"), (Equal, "25", "微克/立方米"), Status::Met);
    level("down", (Equal, "26", "微克/立方米"), (Equal, "27", "微克/立方米"), Status::Missed);
    level("down", (AtMost, "26", "微克/立方米"), (Below, "26", "微克/立方米"), Status::Met);
    level("mid", (Equal, "3", "%"), (Equal, "3.0", "%"), Status::Met);
    level("mid", (Equal, "3", "%"), (Equal, "0.2", "%"), Status::NotComparable);
    level("mid", (AtMost, "3", "%"), (Equal, "0.2", "%"), Status::Met);
    level("unheard-of", (Equal, "3", "%"), (Equal, "4", "%"), Status::NotComparable);
    level("up", (Equal, "3", "亿元"), (Equal, "4", "亿美元"), Status::NotComparable);
    level("up", (Equal, "3", "个"), (Equal, "4", "家"), Status::NotComparable);
    level("up", (Equal, "9", "%"), (Equal, "〓5", "%"), Status::NotComparable);
    level("up", (Equal, "〓5", "%"), (Equal, "99", "%"), Status::NotComparable);
}

#[test]
fn a_fall_and_a_place_run_the_other_way() {
    let fall = |value, comparator| {
        let mut fall = claim(Role::Target, 2024, Growth, (comparator, value, "%"));
        fall.indicator = Some("down".into());
        fall.direction = Some(Direction::Down);
        fall
    };
    let result = |value, direction| {
        let mut result = fall(value, Equal);
        result.role = Role::Result;
        result.direction = Some(direction);
        vec![result]
    };
    assert_eq!(held(fall("3", Equal), result("3.5", Direction::Down)).0, Status::Met);
    assert_eq!(held(fall("3", AtLeast), result("2.9", Direction::Down)).0, Status::Missed);
    let (status, reason) = held(fall("3", Equal), result("1", Direction::Up));
    assert_eq!(status, Status::Missed);
    assert_eq!(reason, "目标下降3%，2024年结果增长1%（陈述 bb-1）");
    for (target, place, expected) in
        [((Equal, "3", "位"), "2", Status::Met), ((AtLeast, "3", "位"), "4", Status::Missed)]
    {
        let reported = claim(Role::Result, 2024, Rank, (Equal, place, "位"));
        assert_eq!(held(claim(Role::Target, 2024, Rank, target), vec![reported]).0, expected);
    }
}

#[test]
fn only_what_belongs_together_is_compared() {
    let target = || claim(Role::Target, 2024, Level, (Equal, "7", "亿元"));
    let result = || claim(Role::Result, 2024, Level, (Equal, "9", "亿元"));
    assert_eq!(held(target(), vec![result()]).0, Status::Met);
    assert_eq!(held(target(), vec![]).0, Status::Open);
    let other: [fn(&mut Statement); 5] = [
        |result| result.year = Some(2023),
        |result| result.basis = Some(Growth),
        |result| result.indicator = Some("down".into()),
        |result| result.entity = Some("某镇".into()),
        |result| result.role = Role::Context,
    ];
    for change in other {
        let mut result = result();
        change(&mut result);
        assert_eq!(held(target(), vec![result.clone()]).0, Status::Open, "{result:?}");
    }
    let mut elsewhere = facts(vec![
        document("bb", 2025, vec![result()]),
        document("aa", 2024, vec![target(), result()]),
    ]);
    elsewhere.documents[0].profile.region = Some("他县".into());
    assert_eq!(assess(elsewhere).documents[1].statements[0].status, Status::Open);
}

#[test]
fn results_that_contradict_each_other_decide_nothing() {
    let target = claim(Role::Target, 2024, Level, (Equal, "7", "亿元"));
    let result = |value| claim(Role::Result, 2024, Level, (Equal, value, "亿元"));
    let (status, reason) = held(target.clone(), vec![result("8"), result("6")]);
    assert_eq!(status, Status::NotComparable);
    assert!(reason.contains("8亿元") && reason.contains("6亿元"), "{reason}");
    assert_eq!(held(target, vec![result("〓"), result("6")]).0, Status::Missed);
}

#[test]
fn the_baseline_is_the_last_result_before() {
    let target = claim(Role::Target, 2024, Level, (AtLeast, "8", "亿元"));
    let result = |year, value, unit| claim(Role::Result, year, Level, (Equal, value, unit));
    let mut lost = target.clone();
    lost.value = Some("〓5".parse().unwrap());
    let assessment = assess(facts(vec![document(
        "aa",
        2024,
        vec![
            result(2022, "6", "亿元"),
            result(2023, "75000", "万元"),
            result(2023, "1", "亿元"),
            target,
            lost,
        ],
    )]));
    let baseline = assessment.documents[0].statements[3].baseline.as_ref().unwrap();
    assert_eq!((baseline.statement.as_str(), baseline.year), ("aa-2", Some(2023)));
    assert_eq!(baseline.change, Some(Decimal::from_str_exact("0.5").unwrap()));
    assert_eq!(assessment.documents[0].statements[4].baseline.as_ref().unwrap().change, None);
}

fn outcome(name: &str, verdict: Verdict, reason: Option<&str>) -> Outcome {
    Outcome {
        name: name.into(),
        indicator: Some(name.into()),
        verdict,
        reason: reason.map(Into::into),
        facets: Vec::new(),
        span: Span::default(),
        characters: Span::default(),
        source: Span::default(),
    }
}

#[test]
fn headline_indicators_keep_the_reports_verdict_and_reason() {
    let mut up = outcome("up", Verdict::Met, None);
    up.facets = vec![
        FacetOutcome { facet: Growth, verdict: Verdict::Met, reason: None },
        FacetOutcome {
            facet: Level, verdict: Verdict::Short, reason: Some("核算方式不同".into())
        },
    ];
    let mut report =
        document("aa", 2024, vec![claim(Role::Result, 2023, Level, (Equal, "7", "亿元"))]);
    report.headline = Some(Headline {
        declared: Some(3),
        declared_met: Some(2),
        declared_short: Some(1),
        outcomes: vec![
            up,
            outcome("down", Verdict::Short, None),
            outcome("mid", Verdict::NoData, Some("口径调整")),
        ],
        span: Span::default(),
    });
    let assessment = assess(facts(vec![report]));
    let headline = assessment.documents[0].headline.as_ref().unwrap();
    assert_eq!((headline.met, headline.short, headline.no_data), (1, 1, 1));
    assert_eq!(headline.disagreements, ["报告称完成情况较好2项，读出名称1项"]);
    let statuses: Vec<_> = headline.indicators.iter().map(|indicator| indicator.status).collect();
    assert_eq!(statuses, [Status::Met, Status::Missed, Status::NoData]);
    assert_eq!(headline.indicators[0].statements, ["aa-1"]);
    assert_eq!(headline.indicators[0].facets[1].status, Status::Missed);
    assert_eq!(headline.indicators[0].facets[1].reason.as_deref(), Some("核算方式不同"));
    assert_eq!(headline.indicators[2].reason.as_deref(), Some("口径调整"));
}

fn sample() -> Assessment {
    let mut aim = claim(Role::Target, 2024, Level, (Equal, "7", "亿元"));
    aim.modality = Some(Modality::Aim);
    aim.section = ["二、目标".into(), "(一)工业".into()].into();
    let mut lost = claim(Role::Result, 2023, Level, (Equal, "〓5", "%"));
    lost.indicator = None;
    lost.entity = Some("某镇".into());
    let mut milestone = claim(Role::Context, 2023, Level, (Equal, "1", "个"));
    milestone.kind = Kind::Milestone;
    assess(facts(vec![document("aa", 2024, vec![aim, lost, milestone])]))
}

#[test]
fn counts_are_over_all_statements() {
    let counts = sample().documents[0].counts;
    assert_eq!((counts.statements, counts.quantities, counts.milestones), (3, 2, 1));
    assert_eq!((counts.results, counts.targets, counts.aims, counts.context), (1, 1, 1, 1));
    assert_eq!((counts.linked, counts.lost), (2, 1));
}

#[test]
fn a_question_finds_what_fits_all_of_it() {
    let assessment = sample();
    let ids = |query: StatementQuery| -> Vec<&str> {
        select(&assessment.documents[0], &query).iter().map(|found| &*found.statement.id).collect()
    };
    let query = StatementQuery::default;
    assert_eq!(ids(query()), ["aa-1", "aa-2", "aa-3"]);
    assert_eq!(ids(StatementQuery { text: Some(" gdp  某镇 ".into()), ..query() }), ["aa-2"]);
    assert_eq!(ids(StatementQuery { section: Some("(一)工业".into()), ..query() }), ["aa-1"]);
    assert_eq!(ids(StatementQuery { lost: true, ..query() }), ["aa-2"]);
    assert_eq!(ids(StatementQuery { kind: Some(Kind::Milestone), ..query() }), ["aa-3"]);
    assert_eq!(ids(StatementQuery { unit: Some("亿元".into()), ..query() }), ["aa-1"]);
    assert_eq!(ids(StatementQuery { status: Some(Status::Reported), ..query() }), ["aa-2"]);
    assert_eq!(ids(StatementQuery { indicator: Some("up".into()), ..query() }), ["aa-1", "aa-3"]);
    assert_eq!(ids(StatementQuery { role: Some(Role::Target), lost: true, ..query() }).len(), 0);
    assert_eq!(ids(StatementQuery { document: Some("bb".into()), ..query() }).len(), 0);
}

#[test]
fn the_same_facts_give_the_same_assessment() {
    assert_eq!(format!("{:?}", sample()), format!("{:?}", sample()));
    assert_eq!(sample().as_of, "2024-03-01T00:00:00Z");
    assert!(assess(Facts::default()).documents.is_empty());
}
