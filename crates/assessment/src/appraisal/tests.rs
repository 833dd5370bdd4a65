//! Schemes against totals that were reckoned by hand.

use terms::{
    Better, Combine, Criterion, Facet, Frequency, Indicator, Level, SchemeSubject, ScoringRule,
    Veto,
};

use super::*;
use crate::example::series;
use crate::formula::SeriesTable;

const REGION: &str = "330784";

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn criterion(code: &str, under: Option<&str>, rule: Option<ScoringRule>) -> Criterion {
    Criterion {
        code: code.into(),
        name: format!("准则{code}"),
        under: under.map(Into::into),
        weight: Decimal::ONE,
        combine: Combine::Sum,
        rule,
        formula: String::new(),
        unit: String::new(),
        evidence: String::new(),
        note: String::new(),
    }
}

fn linear(pairs: &[(&str, &str)]) -> Option<ScoringRule> {
    Some(ScoringRule::Linear(pairs.iter().map(|(at, points)| (d(at), d(points))).collect()))
}

fn given(least: &str, most: &str) -> Option<ScoringRule> {
    Some(ScoringRule::Given { least: d(least), most: d(most) })
}

/// 40 points for investment, by a line; 30 for two facts; 30 given.
fn scheme() -> Scheme {
    let mut invested = criterion("A1", Some("A"), linear(&[("60", "0"), ("100", "40")]));
    invested.formula = "实际投资 ÷ 计划投资".into();
    invested.unit = "%".into();
    let fact = |yes: &str| Some(ScoringRule::Fact { yes: d(yes), no: d("0") });
    let mut finished = criterion("B1", Some("B"), fact("10"));
    finished.evidence = "验收意见".into();
    let level = |code: &str, name: &str, from: &str| Level {
        code: code.into(),
        name: name.into(),
        from: d(from),
    };
    let mut bonus = criterion("J1", None, fact("5"));
    bonus.name = "省级通报表扬".into();
    Scheme {
        code: "s".into(),
        name: "某评价".into(),
        version: "1".into(),
        edition: String::new(),
        subject: SchemeSubject::Region,
        valid_from: None,
        valid_until: None,
        combine: Combine::Sum,
        decimals: 2,
        coverage: d("60"),
        note: String::new(),
        criteria: vec![
            criterion("A", None, None),
            invested,
            criterion("B", None, None),
            finished,
            criterion("B2", Some("B"), fact("20")),
            criterion("C", None, given("0", "30")),
        ],
        bonuses: vec![bonus, criterion("J2", None, given("-10", "0"))],
        bonus_cap: Some(d("3")),
        vetoes: vec![
            Veto {
                code: "V1".into(),
                name: "发生较大事故".into(),
                formula: String::new(),
                cap: None,
                evidence: String::new(),
            },
            Veto {
                code: "V2".into(),
                name: "投资为零".into(),
                formula: "实际投资 = 0".into(),
                cap: Some("3".into()),
                evidence: String::new(),
            },
        ],
        levels: vec![level("3", "三星", "60"), level("4", "四星", "80"), level("5", "五星", "90")],
    }
}

fn catalogue() -> Vec<Indicator> {
    let one = |(code, name, unit): (&str, &str, &str)| Indicator {
        code: code.into(),
        name: name.into(),
        english: String::new(),
        synonyms: Vec::new(),
        unit: unit.into(),
        better: Better::Higher,
        frequency: Frequency::Year,
        definition: String::new(),
        formula: String::new(),
        owner: String::new(),
    };
    [
        ("planned", "计划投资", "亿元"),
        ("actual", "实际投资", "亿元"),
        ("people", "常住人口", "万人"),
    ]
    .map(one)
    .to_vec()
}

fn figures(actual: &str) -> SeriesTable {
    let mut table = SeriesTable::default();
    let level = |value| series(Facet::Level, "亿元", &[("2024", value)]);
    table.insert("planned", REGION, Facet::Level, level("2"));
    if !actual.is_empty() {
        table.insert("actual", REGION, Facet::Level, level(actual));
    }
    table
}

/// Answers as `criterion=value` or `criterion=value=evidence`.
fn appraise(scheme: &Scheme, actual: &str, answers: &[&str]) -> Appraisal {
    let checked = CheckedScheme::compile(scheme.clone(), &catalogue()).unwrap();
    let answers: Vec<SchemeAnswer> = answers.iter().map(|text| answer(text)).collect();
    let figures = figures(actual);
    let subject = Subject {
        figures: &figures,
        code: REGION,
        period: "2024".parse().unwrap(),
        answers: &answers,
        seed: 1,
    };
    checked.appraise(&subject).unwrap()
}

fn answer(text: &str) -> SchemeAnswer {
    let mut parts = text.split('=').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    let (criterion, value, evidence) = (part(), part(), part());
    SchemeAnswer { criterion, value, evidence, note: String::new() }
}

const ALL: [&str; 6] = ["B1=是=验收〔2024〕3号", "B2=是", "C=21", "J1=是", "J2=-1", "V1=否"];

#[test]
fn a_total_is_what_it_is_by_hand() {
    // 1.8 of 2 is 90 %: 30 of 40 points. 30 + 10 + 20 + 21 = 81; bonuses 5 − 1 = 4, of which 3 count: 84.
    let found = appraise(&scheme(), "1.8", &ALL);
    assert_eq!(
        (found.base, found.bonus, found.total),
        (Some(d("81")), Some(d("3")), Some(d("84")))
    );
    assert_eq!((found.coverage, found.provisional), (d("1"), false));
    assert_eq!(found.verdict.level().unwrap().name, "四星");
    let (level, gap) = found.next.unwrap();
    assert_eq!((level.name.as_str(), gap), ("五星", d("6.00")));
    assert_eq!(found.range, Some((d("84"), d("84"))));
    let line = |code: &str| found.lines.iter().find(|line| line.code == code).unwrap();
    assert_eq!(
        (line("A").score, line("A1").room, line("B").most),
        (Some(d("30")), Some(d("10.00")), Some(d("30")))
    );
    let Some(Outcome::Points { value, why, readings, .. }) = &line("A1").outcome else { panic!() };
    assert_eq!((value.as_str(), readings.len()), ("90%", 2));
    assert_eq!(why, "由公式计算；60 得 0、100 得 40，其间按直线");
    assert_eq!(found.lines.iter().map(|line| line.depth).collect::<Vec<_>>(), [0, 1, 0, 1, 1, 0]);
    let stability = found.stability.unwrap();
    assert!(stability.kept > 0.9 && stability.low < 84.0 && stability.high > 84.0, "{stability:?}");
}

#[test]
fn what_was_not_measured_is_named_and_not_nought() {
    // Without the figure and the fact that lacks its evidence: 20 + 21 of 50; scaled to 82 of 100, half covered.
    let found = appraise(&scheme(), "", &["B1=是", "B2=是", "C=21", "V1=否"]);
    assert_eq!(
        (found.earned, found.base, found.coverage),
        (Some(d("41")), Some(d("82")), d("0.5"))
    );
    assert_eq!(found.verdict, Verdict::Uncovered { needed: d("60") });
    assert!(found.provisional);
    // At worst 41 − 10 for what may be taken off, at best 41 + 50 + 3.
    assert_eq!(found.range, Some((d("31"), d("94"))));
    let why = |code: &str| {
        let line = found.lines.iter().find(|line| line.code == code).unwrap();
        match &line.outcome {
            Some(Outcome::Unmeasured(why)) => why.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(why("A1"), "没有永康市2024年的实际投资");
    assert_eq!(why("B1"), "缺证明材料（应有：验收意见）");
    let veto = &found.vetoes[1];
    assert_eq!((veto.struck, veto.why.as_str()), (Struck::Unknown, "没有永康市2024年的实际投资"));
    let nothing = appraise(&scheme(), "", &[]);
    assert_eq!((nothing.total, nothing.verdict), (None, Verdict::Nothing));
}

#[test]
fn a_veto_comes_before_all_totals() {
    let struck = ["B1=是=x", "B2=是", "C=30", "J1=是", "J2=0", "V1=是"];
    let found = appraise(&scheme(), "2", &struck);
    assert_eq!(found.total, Some(d("103")));
    assert_eq!(found.verdict, Verdict::Vetoed { by: vec!["发生较大事故".into()] });
    let capped = appraise(&scheme(), "0", &["B1=是=x", "B2=是", "C=30", "J1=否", "J2=0", "V1=否"]);
    assert_eq!(
        (capped.total, capped.verdict.level().map(|level| level.name.as_str())),
        (Some(d("60")), Some("三星"))
    );
    assert!(matches!(capped.verdict, Verdict::Capped { .. }));
    // Even where nothing else is known.
    assert!(matches!(appraise(&scheme(), "", &["V1=是"]).verdict, Verdict::Vetoed { .. }));
}

/// Whatever the points, a veto that strikes leaves no level; and more investment never lowers the total.
#[test]
fn vetoes_dominate_and_totals_rise_with_the_figure() {
    let mut last = Decimal::MIN;
    for step in 0..=30_i64 {
        let actual = Decimal::new(step, 1).to_string();
        for given in [0, 10, 20, 30] {
            let given = format!("C={given}");
            for (veto, none) in [("V1=否", false), ("V1=是", true)] {
                let found = appraise(&scheme(), &actual, &["B1=是=x", "B2=否", &given, veto]);
                assert_eq!(matches!(found.verdict, Verdict::Vetoed { .. }), none);
                assert!(!none || found.verdict.level().is_none());
            }
        }
        let total = appraise(&scheme(), &actual, &["B1=是=x", "B2=否", "C=3"]).total.unwrap();
        assert!(total >= last, "{actual}: {total} < {last}");
        last = total;
    }
}

#[test]
fn the_total_of_domains_is_their_mean() {
    let mut scheme = scheme();
    scheme.combine = Combine::Mean;
    scheme.coverage = d("0");
    let domain = |code: &str| {
        let mut own = criterion(code, None, None);
        own.combine = Combine::Mean;
        own
    };
    scheme.criteria = vec![
        domain("A"),
        criterion("A1", Some("A"), given("1", "5")),
        criterion("A2", Some("A"), given("1", "5")),
        domain("B"),
        criterion("B1", Some("B"), given("1", "5")),
    ];
    scheme.bonuses = Vec::new();
    scheme.vetoes = Vec::new();
    scheme.levels = vec![Level { code: "3".into(), name: "稳健级".into(), from: d("3") }];
    // (2 + 3.5) ÷ 2 = 2.75; (2.75 + 3.25) ÷ 2 = 3: at the cut.
    let found = appraise(&scheme, "", &["A1=2", "A2=3.5", "B1=3.25"]);
    assert_eq!(found.total, Some(d("3.00")));
    assert_eq!(found.verdict.level().unwrap().name, "稳健级");
    let found = appraise(&scheme, "", &["A1=2", "B1=3.25"]);
    // (2 + 3.25) ÷ 2 = 2.625, of which half a domain is open.
    assert_eq!((found.total, found.coverage), (Some(d("2.63")), d("0.75")));
    assert_eq!(found.range, Some((d("2.38"), d("3.38"))));
    assert_eq!(found.verdict, Verdict::Below);
}

#[test]
fn a_scheme_that_cannot_be_used_names_all_its_faults() {
    let mut bad = scheme();
    bad.version = " ".into();
    bad.criteria[0].weight = d("0");
    bad.criteria[1].unit = "万人".into();
    bad.criteria[3].under = Some("Z".into());
    bad.criteria[4].rule = None;
    bad.criteria[5].code = "A".into();
    bad.bonuses[1].rule = given("0", "-10");
    bad.levels[2].from = d("80");
    bad.vetoes[0].cap = Some("9".into());
    bad.vetoes[1].formula = "投资 = 0".into();
    let errors = CheckedScheme::compile(bad, &catalogue()).unwrap_err();
    let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
    for expected in [
        "version 为空（应为文字）",
        "A 的 weight 0（应大于 0）",
        "A1 的 unit “万人” 与公式的单位 “无单位” 不能换算",
        "B1 的 under 指向没有的准则“Z”",
        "B2 的 rule（没有下级的准则应写 steps、linear、yes 与 no、points 之一）",
        "A 的 code 重复（每个代码只用一次）",
        "J2 的 points（应为 [最低分, 最高分]，由小到大）",
        "5 的 from 80 不高于前一级的 80（应由低到高）",
        "V1 的 cap 指向没有的等级“9”",
        "V2 的 formula：第 1 字：没有指标“投资”",
    ] {
        assert!(said.iter().any(|said| said.starts_with(expected)), "{expected}: {said:#?}");
    }
    let mut circle = scheme();
    circle.criteria[0].under = Some("A1".into());
    assert!(CheckedScheme::compile(circle, &catalogue()).is_err());
}

#[test]
fn answers_that_cannot_be_taken_are_named() {
    let checked = CheckedScheme::compile(scheme(), &catalogue()).unwrap();
    let answers = ["A=1", "A1=90%", "B1=也许", "C=31", "C=21", "C=〓1", "X=1", "B2=是", "B2=否"];
    let answers: Vec<SchemeAnswer> = answers.iter().map(|text| answer(text)).collect();
    let (figures, period) = (figures("1"), "2024".parse().unwrap());
    let subject = Subject { figures: &figures, code: REGION, period, answers: &answers, seed: 1 };
    let errors = checked.appraise(&subject).unwrap_err();
    let said: Vec<String> = errors.iter().map(|error| format!("{} {error}", error.place)).collect();
    assert_eq!(
        said,
        [
            "0 A：有下级的准则不直接作答（应答其下级）",
            "1 A1：由公式计算，不作答（应删去此行）",
            "2 B1：“也许”（应为 是 或 否）",
            "3 C：“31”（应为 0 到 30 的分）",
            "5 C：重复（每项只答一次）",
            "6 X：方案里没有这个准则（应为方案列出的代码）",
            "8 B2：重复（每项只答一次）",
        ]
    );
}
