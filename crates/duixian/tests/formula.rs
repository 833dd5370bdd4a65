//! Formulas computed over a ledger, as they are typed.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::Value;

const FIGURES: &str = "\
indicator,region,period,value,unit,vintage,source,note
能源消费总量,330784,2023,310.2,万吨标准煤,2024-06-01,统计年鉴,
能源消费总量,330784,2024,318.9,万吨标准煤,2025-06-01,统计年鉴,
不变价地区生产总值,330784,2023,720.5,亿元,2024-06-01,统计年鉴,
不变价地区生产总值,330784,2024,760.1,亿元,2025-06-01,统计年鉴,
地区生产总值,330784,2023,730.1,亿元,2024-02-01,统计公报,
地区生产总值,330784,2024,790.4,亿元,2025-02-01,统计公报,
地区生产总值,330784,2024,788.8,亿元,2025-11-01,最终核实,
地区生产总值,330782,2024,2150.6,亿元,2025-02-01,统计公报,
地区生产总值,330784,2024,6.2,%,2025-02-01,统计公报,
从业人员,330784,2023,58.2,万人,2024-06-01,统计年鉴,
从业人员,330784,2024,59.4,万人,2025-06-01,统计年鉴,
";

fn desk() -> Desk {
    let desk = Desk::new();
    std::fs::write(desk.path("figures.csv"), FIGURES).unwrap();
    desk.ok(&["observations", "import", "figures.csv", "--ledger", "l.db"]);
    desk
}

fn eval(desk: &Desk, arguments: &[&str]) -> String {
    desk.ok(&[&["formula", "eval", "--ledger", "l.db"], arguments].concat())
}

#[test]
fn a_derived_indicator_comes_with_the_figures_that_it_was_computed_from() {
    let desk = desk();
    let of = |arguments: &[&str]| -> Value {
        let told = eval(&desk, &[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&told).unwrap()
    };
    let told = of(&["--indicator", "单位GDP能耗降低率"]);
    assert_eq!(told["indicator"], "energy-intensity-reduction");
    assert_eq!(told["unit"], "%");
    let cells = told["cells"].as_array().unwrap();
    // Of 2023 nothing is known of the year before, so it is not told of.
    assert_eq!(cells.len(), 1);
    assert!(cells[0]["value"].as_str().unwrap().starts_with("2.5319396051"), "{}", cells[0]);
    let inputs = cells[0]["inputs"].as_array().unwrap();
    let values: Vec<&str> = inputs.iter().map(|input| input["value"].as_str().unwrap()).collect();
    assert_eq!(values, ["318.9", "760.1", "310.2", "720.5"]);
    assert_eq!(inputs[0]["source"], "统计年鉴");
    assert_eq!(inputs[0]["vintage"], "2025-06-01");

    // As known on a day: the product of 2024 was revised.
    let product = |day: &[&str]| {
        let told = of(&[&["地区生产总值", "--region", "永康市", "--period", "2024"], day].concat());
        told["cells"][0]["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(product(&[]), "788.8");
    assert_eq!(product(&["--as-of", "2025-06-30"]), "790.4");
}

#[test]
fn many_regions_and_periods_are_computed_and_gaps_say_why() {
    let desk = desk();
    let table = eval(
        &desk,
        &["--indicator", "全员劳动生产率", "--children-of", "330700", "--period", "2024"],
    );
    assert!(table.contains("330784 永康市\t2024年\t13.415万元/人\t\n"), "{table}");
    assert!(table.contains("330782 义乌市\t2024年\t—\t没有义乌市2024年的从业人员\n"), "{table}");
    assert!(
        table.contains("330726 浦江县\t2024年\t—\t没有浦江县2024年的地区生产总值\n"),
        "{table}"
    );
    assert!(table.ends_with("共 9 格，算出 1 格\n"), "{table}");
    let csv = eval(&desk, &["增速(gdp) >= 5%", "--from", "2024", "--format", "csv"]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines,
        [
            "region,name,period,value,unit,reason",
            "330782,义乌市,2024,,,没有义乌市2024年的地区生产总值增速",
            "330784,永康市,2024,true,,",
        ]
    );
    let share = ["gdp ÷ 下级合计(默认(gdp, 0))", "--region", "330784", "--period", "2024"];
    assert!(eval(&desk, &share).contains("永康市没有下级地区"));
}

#[test]
fn what_cannot_be_computed_is_told() {
    let desk = desk();
    for (arguments, said) in [
        (&["gdp + 从业人员"][..], "公式有误：第 7 字：单位“万人”不能与“亿元”相加"),
        (&["--indicator", "gdp"], "指标“地区生产总值”没有公式（应为由其他指标算得的指标）"),
        (&["--indicator", "没有的"], "目录中没有指标：没有的"),
        (&["gdp", "--from", "2025", "--to", "2023"], "--from 2025 晚于 --to 2023"),
        (&["gdp", "--from", "2030"], "应以 --period 写明时期"),
        (&["gdp", "--children-of", "330784"], "330784 没有下级地区"),
        (&["税收收入"], "台账中没有公式所用的数：税收收入"),
        (&["gdp", "--region", "没有的"], "没有的"),
        (&["本值 > 0"], "这里没有“本值”"),
        (&["gdp", "--indicator", "gdp"], "--indicator"),
        (&[], "公式"),
    ] {
        let arguments = [&["formula", "eval", "--ledger", "l.db"], arguments].concat();
        let (code, out, err) = desk.run(&arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(said), "{arguments:?}: {err}");
    }
}
