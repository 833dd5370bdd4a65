//! What is read, how it is grouped, and what is refused where.

use super::chance::Chance;
use super::*;

#[test]
fn one_way_of_printing_for_all_ways_of_writing() {
    for (written, printed) in [
        ("本值>=0%且本值<=100%", "本值 >= 0% 且 本值 <= 100%"),
        ("THIS ≥ 0 AND this ≤ 5亿元", "本值 >= 0 且 本值 <= 5亿元"),
        ("（甲＋乙）＊３．５％＞＝丙／２", "(甲 + 乙) × 3.5% >= 丙 ÷ 2"),
        ("甲-乙-丙", "甲 - 乙 - 丙"),
        ("甲-(乙-丙)", "甲 - (乙 - 丙)"),
        ("甲÷乙×丙", "甲 ÷ 乙 × 丙"),
        ("甲÷(乙×丙)", "甲 ÷ (乙 × 丙)"),
        ("甲+乙*丙", "甲 + 乙 × 丙"),
        ("(甲+乙)*丙", "(甲 + 乙) × 丙"),
        ("-甲*乙", "-甲 × 乙"),
        ("-(甲*乙)", "-(甲 × 乙)"),
        ("--甲", "--甲"),
        ("甲 > 1 或 乙 > 1 且 丙 > 1", "甲 > 1 或 乙 > 1 且 丙 > 1"),
        ("(甲 > 1 或 乙 > 1) 且 丙 > 1", "(甲 > 1 或 乙 > 1) 且 丙 > 1"),
        ("非 甲 > 1 且 乙 > 1", "非 甲 > 1 且 乙 > 1"),
        ("非(甲 > 1 且 乙 > 1)", "非 (甲 > 1 且 乙 > 1)"),
        ("非缺失(甲)或缺失(乙)", "非 缺失(甲) 或 缺失(乙)"),
        ("非税收入 > 0", "非税收入 > 0"),
        ("not (a = b)", "非 a = b"),
        ("(甲 = 乙) = 丙", "(甲 = 乙) = 丙"),
        ("budget-revenue - tax", "budget-revenue - tax"),
        ("budget−tax", "budget - tax"),
        ("「a - b」+[甲」]", "「a - b」 + [甲」]"),
        ("「地区生产总值」", "地区生产总值"),
        ("「本值」", "「本值」"),
        ("PM2.5平均浓度 ≦ 35微克/立方米", "PM2.5平均浓度 <= 35微克/立方米"),
        ("R&D经费支出/gdp<>2%", "R&D经费支出 ÷ gdp ≠ 2%"),
        ("100亿元/人均用水量", "100亿元 ÷ 人均用水量"),
        ("3万 == 3亿", "3万 = 3亿"),
        ("5个百分点且甲", "5个百分点 且 甲"),
        ("if(missing(x), 0, growth(x))", "若(缺失(x), 0, 增速(x))"),
        ("稳健Z(甲) != 约等于(甲，乙，0.5％)", "稳健z(甲) ≠ 约等于(甲, 乙, 0.5%)"),
        ("移期(甲, -1年)", "移期(甲, -1年)"),
        ("累计期()", "累计期()"),
        ("mean_over(x, 3年)", "历期均值(x, 3年)"),
        ("历期合计(x,2021年,「2024-01」)", "历期合计(x, 2021年, 「2024-01」)"),
        ("children_count(growth(x)>5%)", "下级个数(增速(x) > 5%)"),
        ("children_weighted(x，y，80％)", "下级加权(x, y, 80%)"),
        ("convert(real_growth(x, 101.2%), 1%)", "换算(可比价增速(x, 101.2%), 1%)"),
        ("mean_growth(constant_price(x, 2020年), 5年)", "年均增速(不变价(x, 2020年), 5年)"),
        ("full_year(x)/cumulative(x)-elapsed()", "全年(x) ÷ 累计(x) - 时序进度()"),
        ("甲\n\t≈ 乙", "甲 ≈ 乙"),
    ] {
        let formula = Formula::parse(written).unwrap_or_else(|e| panic!("{}", e.render(written)));
        assert_eq!(formula.to_string(), printed);
        assert_eq!(Formula::parse(printed), Ok(formula), "{printed}");
    }
}

#[test]
fn different_groupings_are_different_formulas() {
    for (one, other) in
        [("甲-(乙-丙)", "甲-乙-丙"), ("甲÷(乙÷丙)", "甲÷乙÷丙"), ("「本值」", "本值"), ("5%", "5")]
    {
        assert_ne!(Formula::parse(one), Formula::parse(other), "{one} {other}");
    }
}

#[test]
fn what_is_no_formula_is_refused_at_its_place() {
    let deep = format!("{}甲{}", "(".repeat(120), ")".repeat(120));
    let long = "甲+".repeat(3000);
    let chain = vec!["甲"; 150].join("+");
    for (written, column, said) in [
        ("", 1, "公式是空的"),
        ("  ", 1, "公式是空的"),
        ("甲 +", 4, "这里是公式的结尾（应为名称、数、函数或“(”）"),
        ("甲 乙", 3, "这里是“乙”（应为运算符或公式的结尾）"),
        ("(甲 + 乙", 7, "这里是公式的结尾（应为运算符或“)”）"),
        ("甲)", 2, "这里是“)”"),
        ("合计(甲, )", 7, "这里是“)”（应为名称"),
        ("合计(甲 乙)", 6, "这里是“乙”（应为运算符、“,”或“)”）"),
        ("甲 且 或 乙", 5, "这里是“或”"),
        ("甲 ; 乙", 3, "看不懂的符号“;”"),
        ("甲、乙", 2, "看不懂的符号“、”"),
        ("甲 ! 乙", 3, "看不懂的符号“!”"),
        ("「甲", 1, "没有“」”"),
        ("甲 > [ ]", 5, "没有“]”"),
        ("12345678901234567890123456789012", 1, "不是数"),
        ("1.2.3", 4, "看不懂的符号“.”"),
        ("甲 > 5x", 6, "“x”不是单位"),
        ("甲 > 1e5", 6, "“e5”不是单位"),
        ("甲 > 5%以上", 6, "不是单位"),
        ("3常住人口", 2, "“常住人口”不是单位"),
        ("1 < 甲 < 3", 7, "比较不能连写（应如 a < b 且 b < c）"),
        ("甲 = 乙 = 丙", 7, "比较不能连写"),
        ("同比(甲)", 1, "没有函数“同比”"),
        ("执业（助理）医师", 1, "没有函数“执业”（应为 增速"),
        ("增速()", 1, "函数“增速”给了 0 个参数（应为 1 个"),
        ("约等于(甲, 乙)", 1, "给了 2 个参数（应为 3 个"),
        ("1 + 移期(甲)", 5, "函数“移期”给了 1 个参数"),
        (deep.as_str(), 101, "公式套得太深"),
        (chain.as_str(), 1, "公式套得太深"),
        (long.as_str(), 4001, "公式太长（应至多 4000 字）"),
    ] {
        let error = Formula::parse(written).expect_err(written);
        assert!(error.to_string().contains(said), "{written}: {error}");
        assert_eq!(error.column, column, "{written}: {error}");
    }
}

const PIECES: &[&str] = &[
    "本值",
    "甲",
    "gdp",
    "budget-revenue",
    "「a+b」",
    "[甲」乙]",
    "3亿元",
    "5%",
    "0",
    "1.50",
    "且",
    "或",
    "非",
    "(",
    ")",
    "（",
    "）",
    ",",
    "，",
    "+",
    "-",
    "−",
    "×",
    "÷",
    "/",
    "=",
    "≠",
    "<",
    "<=",
    "≥",
    "≈",
    "若(",
    "同期(",
    "移期(",
    "合计(",
    "缺失(",
    " ",
    "\n",
    "万",
    "个百分点",
    "“",
    "〓",
    "!",
    "1e5",
    "é",
    "\u{0}",
    "🙂",
    "元/人",
];

#[test]
fn no_text_brings_the_parser_down_and_what_it_reads_it_reads_again() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut read = 0;
    for _ in 0..40_000 {
        let length = 1 + chance.below(9);
        let text: String = (0..length).map(|_| chance.pick(PIECES)).collect();
        match Formula::parse(&text) {
            Ok(formula) => {
                read += 1;
                let printed = formula.to_string();
                assert_eq!(Formula::parse(&printed), Ok(formula), "{text:?} as {printed:?}");
            }
            Err(error) => assert!(error.render(&text).contains('^'), "{text:?}"),
        }
    }
    assert!(read > 1_000, "only {read} of the texts are formulas");
}

/// A formula that follows the grammar.
fn grown(chance: &mut Chance, depth: usize) -> String {
    if depth == 0 {
        return chance.pick(&["甲", "本值", "gdp", "「a+b」", "3亿元", "5%", "0", "万元"]).into();
    }
    let mut inner = || grown(chance, depth - 1);
    let (one, other) = (inner(), inner());
    match chance.below(10) {
        0 => format!("({one})"),
        1 => format!("-{one}"),
        2 => format!("非 {one}"),
        3 => {
            format!("{}({one}, {other})", chance.pick(&["合计", "默认", "均值", "若", "下级加权"]))
        }
        4 => {
            format!("{}({one})", chance.pick(&["增速", "同期", "缺失", "稳健z", "abs", "下级个数"]))
        }
        8 => format!(
            "{}({one}, {})",
            chance.pick(&["历期均值", "sum_over", "最近"]),
            chance.pick(&["3年", "2"])
        ),
        9 => format!(
            "历期最大({one}, {}, 2024年)",
            chance.pick(&["2021年", "「2024-01..02」", "「2022」"])
        ),
        _ => {
            let operator = chance.pick(&["+", "-", "×", "÷", "且", "或", "=", "<=", "≈"]);
            format!("({one}) {operator} ({other})")
        }
    }
}

#[test]
fn whatever_is_printed_reads_as_the_same_formula() {
    let mut chance = Chance(42);
    for round in 0..5_000 {
        let text = grown(&mut chance, 1 + round % 5);
        let formula =
            Formula::parse(&text).unwrap_or_else(|error| panic!("{}", error.render(&text)));
        let printed = formula.to_string();
        assert_eq!(Formula::parse(&printed), Ok(formula), "{text} as {printed}");
        assert!(printed.len() <= 2 * text.len() + 8, "{text} as {printed}");
    }
}

#[test]
fn names_are_told_without_the_places_of_regions() {
    let formula = Formula::parse("地区(gdp, 浙江省) > gdp + 「税收收入」 或 本值 > 0").unwrap();
    assert_eq!(formula.names(), ["gdp", "税收收入"]);
    let over = Formula::parse("历期合计(gdp, 「2023-01」, 「2024-05」)").unwrap();
    assert_eq!(over.names(), ["gdp"]);
    assert!(formula.uses_this());
    assert!(!Formula::parse("「本值」 > 0").unwrap().uses_this());
}
