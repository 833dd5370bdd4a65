//! `duixian energy diagnose` as it is typed: one enterprise, 360 of them, and bad sheets.

#![allow(clippy::unwrap_used)]

mod book;
mod desk;

use std::fmt::Write as _;

use desk::Desk;
use serde_json::Value;

const HEAD: &str = "企业,系统,设备,功率,年运行小时,负载率,卸载功率比,泄漏率,供气压力,需要压力,流量,扬程,需要扬程,全压（Pa）,需要流量,静扬程,改后效率,灯数,单灯功率,改后单灯功率,空载损耗,负载损耗,改后空载损耗,改后负载损耗,额定功率,能效等级IE,改后能效等级IE,平均制冷量,COP,改后COP,燃料,年燃料量,烟气含氧量,改后含氧量,排烟温度,改后排烟温度,进风温度,其他热损失,电价,燃料价格,改造投资";

/// A row of the sheet above, from some of its cells by head.
fn row(cells: &[(&str, String)]) -> String {
    let of = |head: &str| cells.iter().find(|(name, _)| *name == head).map_or("", |(_, cell)| cell);
    HEAD.split(',').map(of).collect::<Vec<_>>().join(",")
}

/// So many enterprises with a machine of each system; numbers follow from their place alone.
fn sheet(enterprises: usize) -> String {
    let mut text = format!("{HEAD}\n");
    for number in 0..enterprises {
        let vary = |low: f64, high: f64, salt: usize| {
            let share = ((number * 7_919 + salt * 104_729) % 1_000) as f64 / 1_000.0;
            format!("{:.3}", low + (high - low) * share)
        };
        let name = format!("示例企业{:03}", number + 1);
        let systems: [(&str, Vec<(&str, String)>); 8] = [
            (
                "压缩空气",
                vec![
                    ("功率", vary(37.0, 250.0, 1)),
                    ("年运行小时", vary(2_000.0, 8_000.0, 2)),
                    ("负载率", vary(0.5, 0.95, 3)),
                    ("卸载功率比", vary(0.25, 0.4, 4)),
                    ("泄漏率", vary(0.05, 0.4, 5)),
                    ("供气压力", "0.8".into()),
                    ("需要压力", vary(0.6, 0.8, 6)),
                ],
            ),
            (
                "水泵",
                vec![
                    ("功率", "55".into()),
                    ("年运行小时", vary(3_000.0, 8_000.0, 7)),
                    ("流量", vary(200.0, 320.0, 8)),
                    ("扬程", "40".into()),
                    ("需要扬程", vary(28.0, 40.0, 9)),
                    ("改后效率", "75%".into()),
                ],
            ),
            (
                "风机",
                vec![
                    ("功率", "30".into()),
                    ("年运行小时", "6000".into()),
                    ("流量", "36000".into()),
                    ("全压（Pa）", "1800".into()),
                    ("需要流量", vary(20_000.0, 36_000.0, 10)),
                ],
            ),
            (
                "照明",
                vec![
                    ("灯数", format!("{}", 50 + number)),
                    ("单灯功率", "40".into()),
                    ("改后单灯功率", "16".into()),
                    ("年运行小时", "4000".into()),
                ],
            ),
            (
                "变压器",
                vec![
                    ("年运行小时", "8760".into()),
                    ("负载率", vary(0.08, 0.7, 11)),
                    ("空载损耗", "1.7".into()),
                    ("负载损耗", "10.3".into()),
                    ("改后空载损耗", "0.745".into()),
                    ("改后负载损耗", "8.24".into()),
                ],
            ),
            (
                "电机",
                vec![
                    ("额定功率", "30".into()),
                    ("负载率", vary(0.5, 1.0, 12)),
                    ("年运行小时", "6000".into()),
                    ("能效等级IE", format!("{}", 1 + number % 3)),
                    ("改后能效等级IE", "4".into()),
                ],
            ),
            (
                "空调制冷",
                vec![
                    ("平均制冷量", vary(200.0, 900.0, 13)),
                    ("年运行小时", "1800".into()),
                    ("COP", vary(3.0, 5.5, 14)),
                    ("改后COP", "5.5".into()),
                ],
            ),
            (
                "锅炉",
                vec![
                    ("燃料", "天然气".into()),
                    ("年燃料量", vary(50_000.0, 900_000.0, 15)),
                    ("烟气含氧量", vary(3.5, 9.0, 16)),
                    ("改后含氧量", "3.5".into()),
                    ("排烟温度", vary(120.0, 220.0, 17)),
                    ("改后排烟温度", "110".into()),
                    ("进风温度", "20".into()),
                    ("其他热损失", "3%".into()),
                    ("燃料价格", "2.8".into()),
                ],
            ),
        ];
        for (system, mut cells) in systems {
            cells.push(("企业", name.clone()));
            cells.push(("系统", system.into()));
            cells.push(("设备", format!("{system}1号")));
            cells.push(("电价", "0.72".into()));
            cells.push(("改造投资", "80000".into()));
            writeln!(text, "{}", row(&cells)).unwrap();
        }
    }
    text
}

fn json(desk: &Desk, file: &str) -> Value {
    let out = desk.ok(&["energy", "diagnose", file, "--format", "json"]);
    serde_json::from_str(&out).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn enterprises_have_reports_and_a_total() {
    let desk = Desk::new();
    std::fs::write(desk.path("x.csv"), sheet(360)).unwrap();
    let found = json(&desk, "x.csv");
    let enterprises = found["enterprises"].as_array().unwrap();
    assert_eq!((enterprises.len(), &found["machine_count"]), (360, &2_880.into()));
    for key in ["kwh", "yuan"] {
        let sum: f64 = enterprises.iter().map(|one| number(&one[key])).sum();
        assert!((sum - number(&found[key])).abs() < 5.0, "{key} {sum}");
    }
    let share = number(&found["share"]);
    assert!(share > 0.01 && share < 0.6, "{share}");
    let systems: Vec<&str> = enterprises[0]["machines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|machine| machine["system"].as_str().unwrap())
        .collect();
    let all =
        ["compressed-air", "pump", "fan", "lighting", "transformer", "motor", "chiller", "boiler"];
    assert_eq!(systems, all);
    // By hand: 50 lamps, 24 W less, 4,000 h; 80,000 yuan for 4,800 kWh at 0.72.
    let light = &enterprises[0]["machines"][3];
    assert_eq!((light["kwh"].as_str(), light["yuan"].as_str()), (Some("4800.00"), Some("3456.00")));
    assert_eq!(light["payback_years"], "23.15");

    let out = desk.ok(&["energy", "diagnose", "x.csv", "--out", "报告", "--as-of", "2025-06-01"]);
    assert!(out.contains("已写入 360 份报告和汇总.docx、汇总.csv"), "{out}");
    let files: Vec<_> = std::fs::read_dir(desk.path("报告")).unwrap().collect();
    assert_eq!(files.len(), 362);
    let one = std::fs::read(desk.path("报告/007-示例企业007.docx")).unwrap();
    let document = document::read("x.docx", &one).unwrap();
    assert!(document.text.contains("示例企业007公共用能系统节能诊断"), "{}", document.text);
    assert!(document.text.contains("2025年6月1日") && document.text.contains("治理漏气"));
    let table = std::fs::read_to_string(desk.path("报告/汇总.csv")).unwrap();
    assert!(table.starts_with("\u{feff}企业,系统,设备,措施"), "{table}");
    let (code, _, err) = desk.run(&["energy", "diagnose", "x.csv", "--out", "报告"]);
    assert_eq!((code, err.contains("输出文件已存在")), (2, true), "{err}");
    desk.ok(&["energy", "diagnose", "x.csv", "--out", "报告", "--force"]);
}

#[test]
fn a_workbook_is_read_too() {
    let desk = Desk::new();
    let rows: [&[&str]; 2] = [
        &["企业", "系统", "灯数", "单灯功率（W）", "lamp_new_w", "年运行小时"],
        &["甲", "lighting", "100", "36", "18", "2500"],
    ];
    std::fs::write(desk.path("x.xlsx"), book::workbook(&rows)).unwrap();
    let found = json(&desk, "x.xlsx");
    let machine = &found["enterprises"][0]["machines"][0];
    assert_eq!((&machine["kwh"], &machine["place"]), (&"4500.00".into(), &"表“表”第 2 行".into()));
    assert_eq!(machine["yuan"], Value::Null);
}

#[test]
fn what_is_wrong_is_told_row_by_row_and_nothing_is_written() {
    let desk = Desk::new();
    for (table, words) in [
        ("企业,设备\n甲,一\n", "没有 enterprise（企业）列或 system（系统）列"),
        ("企业,系统,转速\n甲,水泵,1450\n", "第 1 行：不认识的列“转速”"),
        ("企业,系统,功率,power_kw\n甲,水泵,1,1\n", "第 1 行：“power_kw”列重复"),
        ("企业,系统,功率\n甲,水磨,1\n", "第 2 行：系统“水磨”（应为压缩空气、水泵"),
        ("企业,系统,功率\n,水泵,1\n", "第 2 行：没有企业"),
        ("企业,系统,功率\n甲,水泵,abc\n", "第 2 行：功率“abc”（应为十进制数"),
        ("企业,系统,功率\n甲,水泵,-5\n", "第 2 行：功率（power_kw） -5（应为 0.01 至 50000 kW）"),
        ("企业,系统,功率\n甲,水泵,5\n", "第 2 行：没有流量（flow_m3h）（应填写）"),
        (
            "企业,系统,功率,流量,扬程,年运行小时\n甲,水泵,5,300,40,5000\n",
            "第 2 行：由所填的数算出效率 654%",
        ),
        (
            "企业,系统,功率,流量,扬程,年运行小时,需要扬程\n甲,水泵,55,300,40,5000,50\n",
            "需要扬程（head_needed_m）大于扬程（head_m）",
        ),
        ("企业,系统,燃料\n甲,锅炉,煤\n", "第 2 行：燃料“煤”（应为天然气、液化石油气、燃料油）"),
        ("企业,系统,年燃料量\n甲,锅炉,5\n", "没有燃料（fuel）"),
        ("企业,系统,额定功率,负载率\n甲,电机,30,0.3\n", "负载率（load） 0.3（应为 0.5 至 1.2）"),
        ("企业,系统\n", "没有数据行"),
    ] {
        std::fs::write(desk.path("x.csv"), table).unwrap();
        let (code, out, err) = desk.run(&["energy", "diagnose", "x.csv", "--out", "o"]);
        assert_eq!((code, out.as_str(), err.contains(words)), (2, "", true), "{table} {err}");
        assert!(!desk.path("o").exists());
    }
    let two = "企业,系统,功率\n甲,水泵,1\n乙,风机,2\n";
    std::fs::write(desk.path("x.csv"), two).unwrap();
    let (code, _, err) = desk.run(&["energy", "diagnose", "x.csv"]);
    assert_eq!((code, err.contains("有 2 处错误；没有写入任何数据")), (2, true), "{err}");
}
