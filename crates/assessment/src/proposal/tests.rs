use std::collections::BTreeMap;

use rust_decimal::Decimal;
use terms::{
    Better, Bound, Comparator, Day, Facet, Frequency, Ground, Indicator, Modality, OutlineCourse,
    Proposal, Proposals, Redefinition, Series, Target, TargetFacet, Unit,
};

use super::{
    Prices, Projects, Question, Relation, Rule, Setting, Settings, Weights, of_target, propose,
};
use crate::example::series;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day() -> Day {
    "2026-11-30".parse().unwrap()
}

fn indicator(code: &str, name: &str, unit: &str, better: Better) -> Indicator {
    Indicator {
        code: code.into(),
        name: name.into(),
        english: String::new(),
        synonyms: Vec::new(),
        unit: unit.into(),
        better,
        frequency: Frequency::Year,
        definition: String::new(),
        formula: String::new(),
        owner: String::new(),
    }
}

fn setting(code: &str, facet: TargetFacet, step: &str) -> Setting {
    Setting {
        indicator: code.into(),
        facet,
        step: d(step),
        weight: Decimal::ONE,
        comparator: None,
        strength: None,
        ceiling: true,
    }
}

fn relation(name: &str, rule: Rule) -> Relation {
    Relation { name: name.into(), price: Some(d("20")), source: "试验".into(), rule }
}

fn target(code: &str, indicator: &str, region: &str, year: &str, value: (&str, &str)) -> Target {
    Target {
        code: code.into(),
        name: String::new(),
        department: None,
        indicator: indicator.into(),
        region: region.into(),
        period: year.parse().unwrap(),
        facet: if value.1 == "%" { TargetFacet::Growth } else { TargetFacet::Level },
        comparator: Comparator::AtLeast,
        original: Bound { value: d(value.0), upper: None },
        unit: Unit::new(value.1),
        strength: None,
        statement: String::new(),
        state: "adopted".into(),
        adjustments: Vec::new(),
    }
}

/// A county that does not exist.
struct County {
    catalogue: Vec<Indicator>,
    settings: Settings,
    figures: BTreeMap<String, (Series, Series)>,
    own: Vec<Target>,
    superior: Vec<Target>,
    projects: Option<Projects>,
}

/// Figures of the years from 2022 on.
fn years(facet: Facet, unit: &str, values: &[&str]) -> Series {
    let named: Vec<(String, &str)> =
        (2022..).zip(values).map(|(year, value): (i32, _)| (year.to_string(), *value)).collect();
    let figures: Vec<(&str, &str)> =
        named.iter().map(|(year, value)| (year.as_str(), *value)).collect();
    series(facet, unit, &figures)
}

impl County {
    fn new() -> County {
        let weights =
            Weights { trend: d("1"), forecast: d("1"), outline: d("1"), superior: d("1") };
        let prices = Prices { superior: d("10"), outline: d("4"), ceiling: d("1") };
        let settings =
            Settings { years: 5, weights, prices, targets: Vec::new(), relations: Vec::new() };
        County {
            catalogue: Vec::new(),
            settings,
            figures: BTreeMap::new(),
            own: Vec::new(),
            superior: Vec::new(),
            projects: None,
        }
    }

    fn with(mut self, indicator: Indicator, setting: Setting, figures: (Series, Series)) -> County {
        self.figures.insert(indicator.code.clone(), figures);
        self.catalogue.push(indicator);
        self.settings.targets.push(setting);
        self
    }

    fn growing(self, code: &str, name: &str, levels: &[&str], rates: &[&str]) -> County {
        let figures = (years(Facet::Level, "亿元", levels), years(Facet::Growth, "%", rates));
        let setting = setting(code, TargetFacet::Growth, "0.5");
        self.with(indicator(code, name, "亿元", Better::Higher), setting, figures)
    }

    fn propose(&self) -> Proposals {
        let question = Question {
            region: "330784",
            year: 2027,
            as_of: day(),
            catalogue: &self.catalogue,
            settings: &self.settings,
            figures: &self.figures,
            own: &self.own,
            superior: &self.superior,
            projects: self.projects.as_ref(),
            seed: 1,
        };
        propose(&question).unwrap()
    }
}

fn of<'a>(found: &'a Proposals, code: &str) -> &'a Proposal {
    found.proposals.iter().find(|one| one.indicator == code).unwrap()
}

fn value(found: &Proposals, code: &str) -> Decimal {
    of(found, code).value.unwrap()
}

/// Gross product and its parts; the figures of 2026 are final, so that everything can be counted by hand.
fn accounts() -> County {
    let mut county = County::new()
        .growing(
            "gdp",
            "地区生产总值",
            &["400", "430", "460", "490", "520"],
            &["6", "6", "6", "6", "6"],
        )
        .growing(
            "one",
            "第一产业增加值",
            &["20", "21", "22", "23", "26"],
            &["2", "2", "2", "2", "2"],
        )
        .growing(
            "two",
            "第二产业增加值",
            &["200", "210", "220", "240", "234"],
            &["4", "4", "4", "4", "4"],
        )
        .growing(
            "three",
            "服务业增加值",
            &["180", "199", "218", "227", "260"],
            &["6", "6", "6", "6", "6"],
        );
    for setting in &mut county.settings.targets {
        setting.ceiling = false;
    }
    county.settings.targets[0].weight = d("3");
    let parts = ["one", "two", "three"].map(str::to_owned).to_vec();
    let rule = Rule::WeightedGrowth { whole: "gdp".into(), parts, within: d("0.3") };
    county.settings.relations.push(relation("核算", rule));
    county
}

/// Shares of 2026 are 5 %, 45 % and 50 %: what the parts would grow by comes to 4.9 %, and gross product at 6 % may be 0.3
/// points above what they come to. The 0.8 points that lack take four steps, as three of the largest are 0.75; two of each
/// are the most even. Gross product at 5.5 would cost three for its weight and two more for the parts.
#[test]
fn parts_are_brought_up_to_the_growth_of_the_whole() {
    let found = accounts().propose();
    assert!(found.is_settled(), "{:?}", found.conflicts);
    assert_eq!(value(&found, "gdp"), d("6"));
    let parts = ["one", "two", "three"].map(|code| value(&found, code));
    assert_eq!(parts, ["2", "5", "7"].map(d));
    assert!(
        found.conditions[0]
            .says
            .contains("按2026年比重（第一产业增加值5%、第二产业增加值45%、服务业增加值50%）")
    );
    let gdp = of(&found, "gdp");
    assert_eq!(gdp.expected.as_ref().unwrap().method, "published");
    assert!(
        gdp.reason.starts_with("2022—2026年年均增长6%（水平法）；2026年增长6%；加权得6%"),
        "{}",
        gdp.reason
    );
}

/// The plan above asks for 7 %, which the parts could only carry beyond anything that they ever grew by.
#[test]
fn a_conflict_is_told_with_its_members_and_ways_out() {
    let mut county = accounts();
    for setting in &mut county.settings.targets {
        setting.ceiling = setting.indicator != "gdp";
    }
    county.settings.relations[0].price = Some(d("100"));
    county.superior.push(target("JH", "gdp", "330700", "2027", ("7", "%")));
    let found = county.propose();
    assert!(!found.is_settled());
    let [conflict] = &found.conflicts[..] else { panic!("{:?}", found.conflicts) };
    let names: Vec<&str> =
        conflict.members.iter().map(|at| found.conditions[*at].name.as_str()).collect();
    let expected = [
        "上级目标·地区生产总值",
        "历史最好水平·第一产业增加值",
        "历史最好水平·第二产业增加值",
        "历史最好水平·服务业增加值",
        "核算（上限）",
    ];
    assert_eq!(names, expected);
    // 7 − 0.3 − (2 × 0.05 + 4 × 0.45 + 6 × 0.5) is 1.8 points: 36 points of the first, 4 of the second, 3.6 of the third,
    // on halves 4; gross product would have to come down to 5.2, on halves to 5.
    let ways: Vec<Decimal> = conflict.remedies.iter().map(|way| way.by).collect();
    assert_eq!(ways, ["2", "36", "4", "4", "1.8"].map(d));
    assert!(conflict.explanation.starts_with("以下5项不能同时满足：“上级目标·地区生产总值”要求地区生产总值增长不低于7%（金华市目标 JH）；"));
    assert!(
        conflict.explanation.contains("“上级目标·地区生产总值”放宽2个百分点；或"),
        "{}",
        conflict.explanation
    );
    // Ceilings are cheapest.
    let relaxed: Vec<&str> =
        found.relaxed.iter().map(|way| found.conditions[way.condition].name.as_str()).collect();
    assert_eq!(relaxed, ["历史最好水平·第二产业增加值", "历史最好水平·服务业增加值"]);
    assert!(value(&found, "gdp") >= d("7"));
}

/// From 60 to 82 within four years is 8.122 % a year; at 60 in 2026 after 54 in 2025 it has grown faster than the five
/// years ask for.
#[test]
fn an_outline_asks_for_a_pace_and_bounds_the_target() {
    let mut county = County::new().growing("tax", "税收收入", &["44", "46", "50", "54", "60"], &[]);
    county.settings.targets[0].ceiling = false;
    county.own.push(target("T30", "tax", "330784", "2030", ("82", "亿元")));
    let share = indicator("share", "城市化率", "%", Better::Higher);
    let levels = years(Facet::Level, "%", &["65.2", "66", "66.8", "67.6"]);
    let kind = Setting { ceiling: false, ..setting("share", TargetFacet::Level, "0.1") };
    county = county.with(share, kind, (levels, Series::default()));
    let mut linear = target("T31", "share", "330784", "2030", ("72", "%"));
    linear.facet = TargetFacet::Level;
    county.own.push(linear);
    let found = county.propose();
    assert!(found.is_settled(), "{:?}", found.conflicts);
    let tax = of(&found, "tax");
    let outline = tax.outline.as_ref().unwrap();
    assert_eq!(outline.pace, d("8.12"));
    // (60 ÷ 54 − 1) ÷ ((82 ÷ 54)^(1/5) − 1), the base being 2025.
    assert_eq!((outline.share, outline.course), (Some(d("1.28")), Some(OutlineCourse::OnTrack)));
    // Growth of the years is 4.5, 8.7, 8.0 and 11.1 in percent, 8.05 a year together: the mean with 11.1 and 8.12 is 9.09.
    assert_eq!(tax.value, Some(d("9")));
    // 72 less 67.6 of 2025 over five years is 0.88 a year: 69.36 in 2027, more than the trend of 0.8.
    let share = of(&found, "share");
    let ground = |ground| share.grounds.iter().find(|one| one.ground == ground).unwrap().value;
    assert_eq!((ground(Ground::Trend), ground(Ground::Outline)), (d("69.2"), d("69.36")));
    assert_eq!(share.value, Some(d("69.4")));
    assert_eq!(share.without_expected, "当年还没有数据");
}

#[test]
fn growth_of_a_later_year_is_a_pace_only_where_it_is_a_mean() {
    let mut county = accounts();
    county.own.push(target("T30", "gdp", "330784", "2030", ("6.5", "%")));
    let found = county.propose();
    assert_eq!(found.unused[0].0, "纲要进度·地区生产总值（2030年）");
    assert!(of(&found, "gdp").outline.is_none());
    county.own[0].name = "地区生产总值年均增长".into();
    let found = county.propose();
    assert_eq!(of(&found, "gdp").outline.as_ref().unwrap().pace, d("6.5"));
    assert_eq!(value(&found, "gdp"), d("6.5"));
    // At current prices, a level says nothing of growth at comparable ones.
    county.own = vec![target("T30", "gdp", "330784", "2030", ("700", "亿元"))];
    let found = county.propose();
    assert!(found.unused[0].1.contains("要求的年均增速7.71%含价格变动"), "{:?}", found.unused);
    assert_eq!(value(&found, "gdp"), d("6"));
}

/// Energy grows with gross product less what the intensity falls by: the answer keeps the quotient itself, not its tangent.
#[test]
fn the_quotient_is_kept_exactly() {
    for (fall, energy) in [("2", "5"), ("5", "3"), ("8", "9"), ("1", "-4")] {
        let mut county = County::new()
            .growing("gdp", "地区生产总值", &[], &["6", "6", "6", "6", "6"])
            .growing("energy", "能源消费总量", &[], &[energy; 5]);
        county.catalogue[1].better = Better::Lower;
        let reduction = indicator("fall", "能耗降幅", "%", Better::Higher);
        let kind = setting("fall", TargetFacet::Level, "0.1");
        let levels = years(Facet::Level, "%", &[fall; 5]);
        county = county.with(reduction, kind, (levels, Series::default()));
        for setting in &mut county.settings.targets {
            (setting.ceiling, setting.step) = (false, d("0.1"));
        }
        let rule = Rule::Quotient {
            quotient: "fall".into(),
            numerator: "energy".into(),
            denominator: "gdp".into(),
            reduction: true,
            within: d("0.05"),
        };
        county.settings.relations.push(relation("能耗", rule));
        let found = county.propose();
        assert!(found.is_settled(), "{:?}", found.conflicts);
        let [gdp, energy, fall] = ["gdp", "energy", "fall"].map(|code| value(&found, code));
        let hundred = Decimal::ONE_HUNDRED;
        let exact = hundred - hundred * (hundred + energy) / (hundred + gdp);
        assert!((fall - exact).abs() <= d("0.05"), "{fall} for {exact}");
    }
}

/// 90 亿元 of projects that are to make up 60 % carry 150 亿元, 3.44 % more than 145.
#[test]
fn projects_bound_investment() {
    let mut county =
        County::new().growing("fixed", "固定资产投资", &["110", "120", "128", "136", "145"], &[]);
    let rule = Rule::Capacity { indicator: "fixed".into(), cover: d("0.6") };
    county.settings.relations.push(relation("项目支撑投资", rule));
    let found = county.propose();
    let told = [("项目支撑投资".to_owned(), "缺项目2027年的计划投资，未用".to_owned())];
    assert_eq!(found.unused, told);
    assert_eq!(value(&found, "fixed"), d("7"));
    county.projects = Some(Projects { count: 3, planned: d("900000"), unit: Unit::new("万元") });
    let found = county.propose();
    assert_eq!(value(&found, "fixed"), d("3"));
    let fixed = of(&found, "fixed");
    assert!(fixed.reason.ends_with("受“项目支撑投资”约束，取3%"), "{}", fixed.reason);
    let source = "试验：3个项目计划投资900000万元，应占60%，可支撑150亿元";
    assert_eq!(found.conditions[fixed.binding[0]].source, source);
    assert_eq!(found.conditions[fixed.binding[0]].bound, Some(d("3.44")));
}

#[test]
fn what_is_missing_is_told_and_never_taken_for_nothing() {
    let mut county = accounts();
    // One part has no figures at all.
    county.figures.remove("two");
    let found = county.propose();
    assert!(found.proposals.iter().all(|one| one.indicator != "two"));
    let why = |name: &str| &found.unused.iter().find(|(known, _)| known == name).unwrap().1;
    assert_eq!(why("核算"), "缺第二产业增加值增速的建议值，未用");
    assert!(why("第二产业增加值").starts_with("没有可用的往年数"));
    // Parts that miss the whole tell no shares.
    let mut county = accounts();
    let levels = years(Facet::Level, "亿元", &["200", "210", "220", "240", "300"]);
    county.figures.get_mut("two").unwrap().0 = levels;
    let found = county.propose();
    assert_eq!(value(&found, "three"), d("6"));
    assert!(
        found.unused[0].1.starts_with("2026年各部分合计586亿元，与总量520亿元"),
        "{:?}",
        found.unused
    );
    // A rate that lost a digit ends the trend: the years before it are not joined to those after.
    let mut county = accounts();
    county.settings.relations.clear();
    county.figures.get_mut("gdp").unwrap().1 =
        years(Facet::Growth, "%", &["9", "9", "〓.5", "6", "5"]);
    let found = county.propose();
    let trend = &of(&found, "gdp").grounds[0];
    assert!(trend.said.starts_with("2025—2026年年均增长5.5%"), "{}", trend.said);
    // Levels of another definition are no trend.
    let share = indicator("share", "城市化率", "%", Better::Higher);
    let mut levels = years(Facet::Level, "%", &["60", "61", "62", "70", "70.5"]);
    levels.redefinitions.push(Redefinition {
        indicator: "share".into(),
        region: None,
        from: "2025".parse().unwrap(),
        known: day(),
        reason: "口径调整".into(),
    });
    let kind = setting("share", TargetFacet::Level, "0.1");
    let county = County::new().with(share, kind, (levels, Series::default()));
    let share = &county.propose().proposals[0];
    assert_eq!(share.grounds[0].value, d("71"));
    assert_eq!(share.outcomes.len(), 2);
}

/// What the plan above only aims at is no bound, and its totals are not the county's.
#[test]
fn the_plan_above_bounds_what_it_can() {
    let mut county = accounts();
    county.settings.relations.clear();
    county.superior.push(target("A", "gdp", "330700", "2027", ("8", "%")));
    assert_eq!(value(&county.propose(), "gdp"), d("8"));
    county.superior[0].comparator = Comparator::About;
    assert_eq!(value(&county.propose(), "gdp"), d("6.5"));
    county.superior[0].comparator = Comparator::AtLeast;
    county.superior[0].strength = Some(Modality::Aim);
    let found = county.propose();
    assert_eq!(value(&found, "gdp"), d("6.5"));
    assert!(of(&found, "gdp").reason.contains("金华市目标力争增长不低于8%"));
    let farms = indicator("land", "耕地保有量", "万亩", Better::Higher);
    let kind = setting("land", TargetFacet::Level, "0.1");
    let levels = years(Facet::Level, "万亩", &["30", "30", "30", "30", "30"]);
    let mut county = County::new().with(farms, kind, (levels, Series::default()));
    county.superior.push(target("B", "land", "330700", "2027", ("300", "万亩")));
    let found = county.propose();
    assert_eq!(value(&found, "land"), d("30"));
    assert_eq!(found.unused[0].1, "上级目标是上级的总量，没有分解到本地区");
}

/// Indicators of last year's plan that have no setting are proposed as they were promised.
#[test]
fn last_years_plan_is_gone_through_too() {
    let mut county = County::new();
    let jobs = indicator("jobs", "城镇新增就业", "人", Better::Higher);
    let levels = years(Facet::Level, "人", &["5000", "5100", "5200", "5300", "5400"]);
    county.figures.insert("jobs".into(), (levels, Series::default()));
    county.catalogue.push(jobs.clone());
    let mut last = target("T26", "jobs", "330784", "2026", ("0.52", "万人"));
    (last.comparator, last.strength) = (Comparator::Above, Some(Modality::Aim));
    assert_eq!(of_target(&last, day(), &jobs).unwrap().step, d("10"));
    county.own.push(last.clone());
    let found = county.propose();
    let jobs = of(&found, "jobs");
    assert_eq!(jobs.value, Some(d("5450")));
    assert_eq!((jobs.comparator, jobs.strength), (Comparator::Above, Some(Modality::Aim)));
    last.facet = TargetFacet::Rank;
    county.own = vec![last];
    let found = county.propose();
    assert!(found.proposals.is_empty());
    assert_eq!(found.unused[0].1, "位次目标不能用于这一指标的建议");
}

/// 60 and 41 make up 101 within a half: rounding each to a ten would leave 100 of them and 110 of the whole.
#[test]
fn parts_add_up_to_the_whole() {
    let mut county = County::new();
    for (code, level) in [("all", "106"), ("one", "62"), ("two", "41")] {
        let known = indicator(code, code, "万吨", Better::Higher);
        let kind = Setting { ceiling: false, ..setting(code, TargetFacet::Level, "10") };
        let levels = years(Facet::Level, "万吨", &[level; 5]);
        county = county.with(known, kind, (levels, Series::default()));
    }
    assert_eq!(value(&county.propose(), "all"), d("110"));
    let parts = vec!["one".to_owned(), "two".to_owned()];
    let rule = Rule::Sum { whole: "all".into(), parts, within: d("5") };
    county.settings.relations.push(relation("合计", rule));
    let found = county.propose();
    let [all, one, two] = ["all", "one", "two"].map(|code| value(&found, code));
    assert!(found.is_settled() && all == one + two, "{all} {one} {two}");
    assert_eq!(found.conditions[0].says, "all与one、two之和相差不超过5万吨");
}

#[test]
fn a_step_that_does_not_suit_is_told() {
    let mut county = accounts();
    county.settings.targets[0].step = d("0.0000000001");
    let question = Question {
        region: "330784",
        year: 2027,
        as_of: day(),
        catalogue: &county.catalogue,
        settings: &county.settings,
        figures: &county.figures,
        own: &[],
        superior: &[],
        projects: None,
        seed: 1,
    };
    let said = "地区生产总值的步长0.0000000001过小或过大（应与目标值相称）";
    assert_eq!(propose(&question), Err(super::NoProposals::Settings(said.to_owned())));
}

/// Incomes of 60,000 and 40,000 differ by 1.5 times; growth of 5 % and 8 % brings that to 1.458…, the quotient having no
/// figures of its own but for what the city asks for.
#[test]
fn the_gap_of_incomes_follows_from_their_growth() {
    let mut county = County::new();
    for (code, level, rate) in [("urban", "60000", "5"), ("rural", "40000", "8")] {
        let known = indicator(code, code, "元", Better::Higher);
        let kind = setting(code, TargetFacet::Growth, "0.5");
        let figures =
            (years(Facet::Level, "元", &[level; 5]), years(Facet::Growth, "%", &[rate; 5]));
        county = county.with(known, kind, figures);
    }
    let gap = indicator("gap", "城乡收入倍差", "", Better::Lower);
    let kind = Setting { weight: d("0.2"), ..setting("gap", TargetFacet::Level, "0.01") };
    county = county.with(gap, kind, (Series::default(), Series::default()));
    let mut asked = target("JH", "gap", "330700", "2027", ("1.49", "倍"));
    asked.comparator = Comparator::AtMost;
    county.superior.push(asked);
    let rule = Rule::Quotient {
        quotient: "gap".into(),
        numerator: "urban".into(),
        denominator: "rural".into(),
        reduction: false,
        within: d("0.01"),
    };
    county.settings.relations.push(relation("倍差", rule));
    let found = county.propose();
    assert!(found.is_settled(), "{:?}", found.conflicts);
    let [urban, rural, gap] = ["urban", "rural", "gap"].map(|code| value(&found, code));
    // Three steps of the gap cost less than one of an income.
    assert_eq!((urban, rural), (d("5"), d("8")));
    assert_eq!(gap, d("1.46"));
}
