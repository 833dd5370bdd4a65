//! What the roofs of a programme gave, held against the weather of their months.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const LEDGER: &str = "plan.db";

fn duixian(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

/// A plan of twelve offices with roofs of different sizes and sides, as JSON.
fn plan(folder: &Path, more: &[&str]) -> Value {
    let mut table = "name,kind,roof_area,tilt,azimuth\n".to_owned();
    for number in 0..12 {
        let (area, azimuth) = (1000 + 200 * number, 90 + 15 * number);
        writeln!(table, "办公楼{number},office,{area},10,{azimuth}").unwrap();
    }
    std::fs::write(folder.join("buildings.csv"), table).unwrap();
    let asked = ["solar", "programme", "buildings.csv", "--target-mw", "1.5", "--year", "2025"];
    let mut arguments = [&asked[..], &["--format", "json"]].concat();
    arguments.extend(more);
    let done = duixian(folder, &arguments);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    std::fs::write(folder.join("plan.json"), &done.stdout).unwrap();
    serde_json::from_slice(&done.stdout).unwrap()
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_dark_month_is_no_fault_and_a_dead_roof_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let plan = plan(here, &[]);
    let chosen = plan["chosen"].as_array().unwrap();
    assert!(chosen.len() >= 8, "{}", chosen.len());
    let number = |value: &Value| value.as_f64().unwrap();
    let ghi = |month: usize| number(&plan["ghi_kwh_m2"][month - 1]);
    // July had a fifth less light, August a tenth more. Roofs differ a little from what they should give.
    let mut light = "月份,总辐射\n".to_owned();
    let mut filed = "名称,月份,发电量\n".to_owned();
    for (month, share) in [(7, 0.8), (8, 1.1)] {
        writeln!(light, "2025-{month:02},{:.3}", ghi(month) * share).unwrap();
        for (place, roof) in chosen.iter().enumerate() {
            let odd = 1.0 + 0.01 * (place as f64 - 4.0);
            let kwh = number(&roof["month_kwh"][month - 1]) * share * odd;
            let kwh = match (month, place) {
                (7, 1) => 0.0,
                (8, 2) => kwh * 0.6,
                _ => kwh,
            };
            // One roof files nothing in August.
            if (month, place) != (8, 3) {
                writeln!(filed, "{},2025年{month}月,{kwh:.1}", roof["name"].as_str().unwrap())
                    .unwrap();
            }
        }
    }
    write(here, "light.csv", &light);
    write(here, "filed.csv", &filed);
    let follow = ["solar", "follow", "filed.csv", "--plan", "plan.json"];
    let with = |more: &[&str]| {
        let done = duixian(here, &[&follow[..], more].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let found: Value =
        serde_json::from_str(&with(&["--light", "light.csv", "--format", "json"])).unwrap();
    let rows = found["months"].as_array().unwrap();
    assert_eq!(rows.len(), 2 * chosen.len());
    let flagged: Vec<(&str, &str, &str)> = rows
        .iter()
        .filter(|row| row["flag"] != "good")
        .map(|row| {
            let text = |name: &str| row[name].as_str().unwrap();
            (text("month"), text("name"), text("flag"))
        })
        .collect();
    let name = |place: usize| chosen[place]["name"].as_str().unwrap();
    assert_eq!(
        flagged,
        [
            ("2025-07", name(1), "silent"),
            ("2025-08", name(2), "low"),
            ("2025-08", name(3), "missing")
        ]
    );
    let first = &rows[0];
    assert!((number(&first["index"]) - 0.96).abs() < 0.001, "{first}");
    assert!((0.7..0.95).contains(&number(&first["performance_ratio"])), "{first}");
    assert!(found["warnings"].as_array().unwrap().is_empty());

    // Without the light of the months the weather stays in the ratio, and that is said; the faults are the same.
    let blind: Value = serde_json::from_str(&with(&["--format", "json"])).unwrap();
    assert!((number(&blind["months"][0]["index"]) - 0.96 * 0.8).abs() < 0.001);
    assert!(blind["warnings"][0].as_str().unwrap().contains("--light"));
    let text = with(&["--light", "light.csv"]);
    assert!(text.contains("停发") && text.contains("未报 1") && text.contains(name(2)), "{text}");
}

#[test]
fn a_plan_of_a_ledger_is_followed_by_its_code() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let entered = ["departments", "set", "fgj", "--name", "发展和改革局", "--region", "330784"];
    let done = duixian(here, &[&entered[..], &["--ledger", LEDGER]].concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let plan = plan(here, &["--adopt", "--region", "330784", "--ledger", LEDGER]);
    let roof = &plan["chosen"][0];
    let name = roof["name"].as_str().unwrap();
    write(here, "filed.csv", &format!("name,month,kwh\n{name},2025-07,{}\n", roof["month_kwh"][6]));
    let follow = ["solar", "follow", "filed.csv", "--ledger", LEDGER, "--format", "json", "--code"];
    let done = duixian(here, &[&follow[..], &["2025-330784-PV"]].concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let found: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(found["months"][0]["index"].as_f64(), Some(1.0));
    let done = duixian(here, &[&follow[..], &["2026-330784-PV"]].concat());
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("没有光伏计划 2026-330784-PV"));
}

#[test]
fn what_cannot_be_is_told_with_its_row() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let plan = plan(here, &[]);
    let name = plan["chosen"][0]["name"].as_str().unwrap();
    write(here, "other.json", "{}");
    for (filed, light, with, said) in [
        ("name,month,kwh\n别处,2025-07,1\n", "", "plan.json", "第 2 行：“别处”不在计划中"),
        ("name,month,kwh\nNAME,2025,1\n", "", "plan.json", "第 2 行：“2025”不是一个月"),
        ("name,month,kwh\nNAME,2025-07,-1\n", "", "plan.json", "第 2 行：发电量“-1”（应为零或更大"),
        (
            "name,month,kwh\nNAME,2025-07,1\nNAME,2025-07,2\n",
            "",
            "plan.json",
            "第 3 行：“NAME”2025 年 7 月已有一行",
        ),
        ("name,month\nNAME,2025-07\n", "", "plan.json", "kwh"),
        (
            "name,month,kwh\nNAME,2025-07,1\n",
            "month,ghi\n2025-08,100\n",
            "plan.json",
            "没有 2025 年 7 月的总辐射",
        ),
        (
            "name,month,kwh\nNAME,2025-07,1\n",
            "month,ghi\n2025-07,5000\n",
            "plan.json",
            "总辐射“5000”（应在 0 至 400",
        ),
        ("name,month,kwh\nNAME,2025-07,1\n", "", "other.json", "不是光伏计划的 JSON"),
    ] {
        write(here, "filed.csv", &filed.replace("NAME", name));
        write(here, "light.csv", light);
        let mut arguments = vec!["solar", "follow", "filed.csv", "--plan", with];
        if !light.is_empty() {
            arguments.extend(["--light", "light.csv"]);
        }
        let done = duixian(here, &arguments);
        let err = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{err}");
        assert!(err.contains(&said.replace("NAME", name)), "{said}: {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
}
