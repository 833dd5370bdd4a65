//! Surface water from the command line.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::{Value, json};

fn run(desk: &Desk, table: &str) -> Value {
    std::fs::write(desk.path("w.csv"), table).unwrap();
    serde_json::from_str(&desk.ok(&["water", "w.csv", "--format", "json"])).unwrap()
}

#[test]
fn sections_have_the_class_of_their_worst_item() {
    let desk = Desk::new();
    let found = run(
        &desk,
        "断面,河流,目标类别,溶解氧,高锰酸盐指数,氨氮,总磷,汞\n\
         桐琴,武义江,Ⅲ,6.5,4.2,1.8,0.25,0.00004L\n章店,武义江,Ⅲ类,7.6,1.9,0.12,0.02,<0.00004\n",
    );
    let sections = found["sections"].as_array().unwrap();
    let first = &sections[0];
    assert_eq!((&first["class"], &first["class_name"]), (&json!(5), &json!("Ⅴ类")));
    assert_eq!((&first["complies"], &first["deciding"]), (&json!(false), &json!(["nh3n"])));
    assert_eq!(first["exceeding"][0]["times"], "0.8");
    assert_eq!(first["values"]["hg"], "0.00002");
    assert_eq!(first["below_detection"], json!(["hg"]));
    assert_eq!((&sections[1]["class"], &sections[1]["complies"]), (&json!(1), &json!(true)));
    let all = &found["all"];
    assert_eq!((&all["good_percent"], &all["complying_percent"]), (&json!("50"), &json!("50")));
    // Two sections only: their mean of ammonia is 0.96, of phosphorus 0.135.
    assert_eq!((&all["mean_class"], &all["grade"]), (&json!(3), &json!("良好")));
    assert_eq!(found["rivers"][0]["river"], "武义江");
    let text = desk.ok(&["water", "w.csv"]);
    assert!(
        text.contains("武义江：2 个断面，Ⅰ—Ⅲ类 50.0%，劣Ⅴ类 0.0%，功能区达标率 50.0%，良好"),
        "{text}"
    );
    assert!(text.contains("未检出的按检出限的一半计算"), "{text}");
}

#[test]
fn a_year_is_the_mean_of_its_months_and_lakes_differ() {
    let desk = Desk::new();
    let found = run(
        &desk,
        "section,target,period,body,nh3n,tp\n甲,2,2025-01,河流,0.4,0.1\n甲,2,2025-02,河流,0.8,—\n\
         甲,2,2025-03,河流,0.3,0.1\n乙,2,2025-01,湖库,,0.1\n",
    );
    let first = &found["sections"][0];
    assert_eq!((&first["class"], &first["values"]["nh3n"]), (&json!(2), &json!("0.5")));
    let months: Vec<&Value> =
        first["periods"].as_array().unwrap().iter().map(|month| &month["class"]).collect();
    assert_eq!(months, [2, 3, 2]);
    assert_eq!(found["sections"][1]["class"], 4);
}

#[test]
fn a_table_that_cannot_be_is_refused() {
    let desk = Desk::new();
    for (table, words) in [
        ("section,target,nh3n\n甲,3,-1\n", "断面“甲”：氨氮是负数：-1"),
        ("section,target,hg\n甲,3,5\n", "汞过大：5（应不超过 1；请核对单位，应为 mg/L）"),
        ("section,target,nh3n\n甲,6,1\n", "第 2 行：目标类别“6”"),
        ("section,target,nh3n\n甲,3,x\n", "第 2 行：氨氮“x”（应为十进制数"),
        ("section,target,nh3n\n甲,3,\n", "断面“甲”：没有监测数据"),
        ("section,target,nh3n\n甲,3,1\n甲,3,2\n", "第 3 行：断面“甲”同一时期有两行"),
        ("section,target,period,nh3n\n甲,3,2025-01,1\n甲,2,2025-02,2\n", "第 3 行：断面“甲”的目标"),
        ("section,target,body,nh3n\n甲,3,海,1\n", "第 2 行：水体“海”"),
        ("section,nh3n\n甲,1\n", "没有 target（目标类别）列"),
    ] {
        std::fs::write(desk.path("w.csv"), table).unwrap();
        let (code, _, err) = desk.run(&["water", "w.csv"]);
        assert_eq!((code, err.contains(words)), (2, true), "{err}");
    }
}
