//! Rules as a whole: for which figures they hold, and what they say.

use terms::{Better, Frequency, Series};

use super::*;
use crate::example::series;
use crate::formula::SeriesTable;

const REGION: &str = "330784";

fn catalogue(all: &[(&str, &str, &str)]) -> Vec<Indicator> {
    let one = |(code, name, unit): &(&str, &str, &str)| Indicator {
        code: (*code).into(),
        name: (*name).into(),
        english: String::new(),
        synonyms: Vec::new(),
        unit: (*unit).into(),
        better: Better::Higher,
        frequency: Frequency::Month,
        definition: String::new(),
        formula: String::new(),
        owner: String::new(),
    };
    all.iter().map(one).collect()
}

fn rule(code: &str, scope: &str, formula: &str) -> ValidationRule {
    ValidationRule {
        code: code.into(),
        name: "某规则".into(),
        scope: scope.into(),
        formula: formula.into(),
        severity: RuleSeverity::Error,
        explanation: "数值可疑".into(),
    }
}

fn some() -> Vec<Indicator> {
    catalogue(&[
        ("gdp", "地区生产总值", "亿元"),
        ("revenue", "一般公共预算收入", "亿元"),
        ("tax", "税收收入", "亿元"),
        ("non-tax", "非税收入", "亿元"),
        ("loans", "贷款余额", "亿元"),
        ("forest", "森林覆盖率", "%"),
        ("done", "投资完成率", "%"),
        ("people", "常住人口", "万人"),
        ("works", "交通、水利投资", "亿元"),
    ])
}

/// The codes of the indicators that a scope holds for.
fn held(scope: &str) -> Vec<String> {
    let catalogue = some();
    let scope = Scope::parse(scope, &Names::of(&catalogue)).unwrap();
    catalogue.iter().filter(|known| scope.holds(known)).map(|known| known.code.clone()).collect()
}

#[test]
fn a_scope_tells_its_figures() {
    for (scope, codes) in [
        ("比重", "forest done"),
        ("比重 除投资完成率", "forest"),
        ("share -done", "forest"),
        ("流量", "gdp revenue tax non-tax works"),
        ("flow、除可比价", "revenue tax non-tax works"),
        ("全部，除比重，除yuan", "people"),
        ("税收收入；非税收入", "tax non-tax"),
        ("「交通、水利投资」 people @浙江省", "people works"),
        ("count", "people"),
    ] {
        assert_eq!(held(scope).join(" "), codes, "{scope}");
    }
    let catalogue = some();
    let parse = |text| Scope::parse(text, &Names::of(&catalogue));
    let scope = parse("增速 全部 @330784 @宁波市").unwrap();
    assert_eq!(scope.facet, Facet::Growth);
    for (region, held) in [
        ("330784", true),
        ("330784100", true),
        ("330200", true),
        ("330212", true),
        ("330700", false),
    ] {
        assert_eq!(scope.holds_in(region), held, "{region}");
    }
    assert!(parse("全部").unwrap().holds_in("别处"));
    for (text, column, said) in [
        ("比重 不存在", 4, "适用范围里没有“不存在”"),
        ("全部 除不存在", 4, "适用范围里没有“除不存在”"),
        ("全部 @不存在县", 4, "地区“不存在县”"),
        ("除比重", 1, "适用范围里没有一个指标"),
        ("增速 @330784", 1, "适用范围里没有一个指标"),
    ] {
        let error = parse(text).unwrap_err();
        assert!(error.to_string().contains(said), "{text}: {error}");
        assert_eq!(error.column, column, "{text}");
    }
}

#[test]
fn all_rules_that_cannot_be_used_are_named_at_once() {
    let rules = [
        rule("good", "全部", "本值 >= 0"),
        rule("syntax", "全部", "本值 >= "),
        rule("unknown", "", "出口总额 > 0"),
        rule("this", "", "本值 > 税收收入"),
        rule("scope", "不存在", "本值 > 0"),
        rule("unit", "全部", "本值 >= 0亿元"),
        rule("parts", "比重", "税收收入 > 5"),
    ];
    let errors = RuleSet::compile(&rules, &some()).unwrap_err();
    let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let begin = [
        "规则 syntax 的公式：第 7 字：这里是公式的结尾",
        "规则 unknown 的公式：第 1 字：没有指标“出口总额”",
        "规则 this 的公式：第 1 字：这里没有“本值”",
        "规则 scope 的适用范围：第 1 字：适用范围里没有“不存在”",
        "规则 unit 的公式（用于“森林覆盖率”时）：第 7 字：单位“亿元”不能与“%”比较",
        "规则 parts 的公式：第 8 字：单位“无单位”不能与“亿元”比较",
    ];
    assert_eq!(said.len(), begin.len(), "{said:?}");
    for (said, begin) in said.iter().zip(begin) {
        assert!(said.starts_with(begin), "{said}");
    }
    assert!(errors[4].render(&rules[5]).ends_with("\n  本值 >= 0亿元\n          ^^^^^"));
    assert!(errors[3].render(&rules[4]).ends_with("\n  不存在\n  ^^^^^^"));
}

/// An indicator, a facet, a unit, and the figures by period.
type Known<'a> = (&'a str, Facet, &'a str, &'a [(&'a str, &'a str)]);

fn table(all: &[Known<'_>]) -> SeriesTable {
    let one = |(code, facet, unit, known): &Known<'_>| {
        (((*code).into(), REGION.into(), *facet), series(*facet, unit, known))
    };
    all.iter().map(one).collect::<Vec<((String, String, Facet), Series)>>().into_iter().collect()
}

fn at<'a>(indicator: &'a str, facet: Facet, period: &str) -> FigureAt<'a> {
    FigureAt { indicator, region: REGION, facet, period: period.parse().unwrap() }
}

#[test]
fn parts_that_do_not_come_to_their_sum_are_found_once_and_from_each_of_them() {
    let (rules, notes) = default_rules(&some());
    assert_eq!(
        rules.iter().map(|rule| rule.code.as_str()).collect::<Vec<_>>(),
        ["share-range", "cumulative-falls", "growth-against-level", "jump", "sum-budget-revenue"]
    );
    let note = "规则 sum-sectors（三次产业之和）未启用：指标目录里没有“第一产业增加值”";
    assert_eq!((notes.len(), notes[0].as_str()), (DEFAULT_RULES.len() - 5, note));
    let rules = RuleSet::compile(&rules, &some()).unwrap();
    let level = |code, value| (code, Facet::Level, "亿元", value);
    let figures = table(&[
        level("tax", &[("2023", "7.1"), ("2024", "7.1")][..]),
        level("non-tax", &[("2023", "4.3"), ("2024", "4.3")][..]),
        level("revenue", &[("2023", "11.4"), ("2024", "12.4")][..]),
    ]);
    let sentence =
        "2024年：税收收入与非税收入之和不等于一般公共预算收入（左边 11.4亿元 < 右边 12.4亿元）";
    let codes = ["tax", "non-tax", "revenue"];
    for code in codes {
        let found = rules.check(&figures, at(code, Facet::Level, "2024"));
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [sentence]);
        assert_eq!((found[0].rule.as_str(), found[0].readings.len()), ("sum-budget-revenue", 3));
        assert_eq!(found[0].severity, RuleSeverity::Reason);
        assert!(rules.check(&figures, at(code, Facet::Level, "2023")).is_empty());
    }
    let all =
        codes.iter().flat_map(|code| ["2023", "2024"].map(|period| at(code, Facet::Level, period)));
    assert_eq!(rules.check_all(&figures, all).len(), 1);
}

#[test]
fn what_a_rule_says_of_a_figure_depends_on_region_and_facet() {
    let rules = [
        rule("growth", "增速 gdp @浙江省", "本值 < 20%"),
        rule("elsewhere", "gdp @江苏省", "本值 < 0"),
        rule("equal", "tax", "本值 ≈ 地区(本值, 金华市)"),
    ];
    let rules = RuleSet::compile(&rules, &some()).unwrap();
    let figures = table(&[
        ("gdp", Facet::Growth, "%", &[("2024", "25")]),
        ("gdp", Facet::Level, "亿元", &[("2024", "100")]),
        ("tax", Facet::Level, "亿元", &[("2024", "7.1")]),
    ]);
    let broken = rules.check(&figures, at("gdp", Facet::Growth, "2024"));
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].sentence, "2024年：数值可疑（左边 25% > 右边 20%）");
    assert_eq!(broken[0].severity, RuleSeverity::Error);
    assert!(rules.judge(&figures, at("gdp", Facet::Level, "2024")).is_empty());
    let judged = rules.judge(&figures, at("tax", Facet::Level, "2024"));
    let [(rule, Verdict::Unjudged(why))] = &judged[..] else { panic!("{judged:?}") };
    assert_eq!(rule.code, "equal");
    assert_eq!(why.to_string(), "没有金华市2024年的税收收入");
    assert_eq!(rules.rules().count(), 3);
}

#[test]
fn the_rules_that_come_with_the_program_fit_any_unit() {
    for unit in
        ["", "%", "个百分点", "亿元", "亿美元", "位", "万亩", "年", "微克/立方米", "亿", "未知"]
    {
        let catalogue = catalogue(&[("x", "某指标", unit)]);
        let (rules, _) = default_rules(&catalogue);
        assert!(rules.len() >= 4);
        RuleSet::compile(&rules, &catalogue).unwrap_or_else(|errors| panic!("{unit}: {errors:?}"));
    }
    let codes: std::collections::BTreeSet<&str> =
        DEFAULT_RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), DEFAULT_RULES.len());
}
