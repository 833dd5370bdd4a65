//! A round over HTTP: rules at entry, workbooks there and back, conflicts, and the bulletin.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod http;
mod office;

use ledger::{KeptRule, Ledger};
use office::{Office, entry, monthly, round};
use terms::{
    Day, Facet, Indicator, Observation, ObservationStatus, RuleSeverity, Unit, ValidationRule,
};

/// Files the level of an indicator for one period.
fn observe(office: &Office, name: &str, period: &str, value: &str, unit: &str) {
    let catalogue = statement::catalogue();
    let indicator = Indicator::named(&catalogue, name).unwrap();
    let observation = Observation {
        indicator: indicator.code.as_str().into(),
        region: "330784".into(),
        facet: Facet::Level,
        period: period.parse().unwrap(),
        vintage: Day::new(2024, 9, 20).unwrap(),
        value: Some(value.parse().unwrap()),
        unit: Unit::new(unit),
        status: ObservationStatus::Normal,
        source: "月报".into(),
        note: "".into(),
    };
    let mut ledger = Ledger::open(&office.path()).unwrap();
    ledger.observe(&[observation], &catalogue, &entry()).unwrap();
}

#[test]
fn a_rule_asks_for_a_reason_before_a_figure_is_handed_in() {
    let office = Office::start();
    observe(&office, "地区生产总值", "2024-H1", "800", "亿元");
    let clerk = office.sign_in("clerk");
    let path = format!("/duties/{}", office.duty("stats"));
    let send = |act: &str, note: &str| {
        clerk.post(
            &path,
            &[
                ("act", act),
                ("version-0", "0"),
                ("value-0", "700"),
                ("status-0", "normal"),
                ("note-0", note),
                ("version-1", "0"),
                ("value-1", "6.1"),
                ("status-1", "normal"),
                ("note-1", ""),
            ],
        )
    };
    assert!(clerk.get(&path).text().contains("800"), "the figure before is shown");
    let held = send("submit", "");
    assert_eq!(held.status, 422);
    assert!(held.text().contains("累计数低于上期"), "{}", held.text());
    assert!(held.text().contains("value=\"700\""), "what was typed stays");
    assert_eq!(office.value("stats"), None);
    assert_eq!(send("submit", "经济普查核减").status, 303);
    assert_eq!(office.value("stats").as_deref(), Some("700"));
    // The reviewer sees both, the rule and the reason.
    let page = office.sign_in("reviewer").get(&path).text();
    assert!(page.contains("累计数低于上期") && page.contains("经济普查核减"));
    office.sound();
}

#[test]
fn two_departments_that_file_different_figures_are_told() {
    let office = Office::start();
    let catalogue = statement::catalogue();
    let revenue = Indicator::named(&catalogue, "一般公共预算收入").unwrap();
    let mut ledger = Ledger::open(&office.path()).unwrap();
    let form = monthly("tax", "stats", "330784", &[revenue]);
    ledger.put_form(&form, &catalogue, &entry()).unwrap();
    ledger.open_round(&round("2024-09", "2024-01..09"), &["tax".to_owned()], &entry()).unwrap();
    drop(ledger);
    let finance = office.sign_in("finance");
    let fields = |value: &'static str| {
        [
            ("act", "submit"),
            ("version-0", "0"),
            ("value-0", value),
            ("status-0", "normal"),
            ("version-1", "0"),
            ("value-1", "5"),
            ("status-1", "normal"),
        ]
    };
    let own = format!("/duties/{}", office.duty("finance"));
    assert_eq!(finance.post(&own, &fields("52.5")).status, 303);
    let duties = office.ledger().progress("2024-09").unwrap();
    let tax = duties.iter().find(|known| known.duty.form == "tax").unwrap().duty.number;
    let answer = office.sign_in("clerk").post(&format!("/duties/{tax}"), &fields("52.6"));
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("与财政局所报的 52.5 亿元 不一致"));
    let answer = office.sign_in("clerk").post(&format!("/duties/{tax}"), &fields("52.50"));
    assert_eq!(answer.status, 303);
}

#[test]
fn a_workbook_is_downloaded_and_comes_back() {
    let office = Office::start();
    let duty = office.duty("stats");
    let clerk = office.sign_in("clerk");
    clerk.fill(duty, "save", 0, "123.4");
    let answer = clerk.get(&format!("/duties/{duty}/form.xlsx"));
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-disposition").unwrap().contains(".xlsx"));
    let upload = format!("/duties/{duty}/upload");
    // As it was downloaded, it changes nothing.
    let before = office.ledger().verify().unwrap().entries;
    assert_eq!(clerk.upload(&upload, "表.xlsx", &answer.body).status, 303);
    assert_eq!(office.ledger().verify().unwrap().entries, before);
    // After somebody else changed the line, the older workbook meets a conflict, and both are shown.
    assert_eq!(office.sign_in("colleague").fill(duty, "save", 1, "130").status, 303);
    let conflict = clerk.upload(&upload, "../../../etc/passwd", &answer.body);
    assert_eq!(conflict.status, 409);
    assert!(conflict.text().contains("130") && conflict.text().contains("123.4"));
    assert_eq!(office.value("stats").as_deref(), Some("130"));
    for (bytes, words) in
        [(&b"no workbook"[..], "表"), (&b""[..], "没有文件"), (&b"PK\x03\x04broken"[..], "表")]
    {
        let refused = clerk.upload(&upload, "x.xlsx", bytes);
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains(words), "{}", refused.text());
    }
    let elsewhere = office.sign_in("finance").upload(&upload, "表.xlsx", &answer.body);
    assert_eq!(elsewhere.status, 403);
    let other = format!("/duties/{}/upload", office.duty("finance"));
    let refused = office.sign_in("finance").upload(&other, "表.xlsx", &answer.body);
    assert_eq!(refused.status, 422, "the form of another duty");
    assert!(refused.text().contains("这份填报表的报表是 industry"), "{}", refused.text());
    office.sound();
}

#[test]
fn the_conflict_page_shows_both_and_loses_nothing() {
    let office = Office::start();
    let duty = office.duty("stats");
    let (clerk, colleague) = (office.sign_in("clerk"), office.sign_in("colleague"));
    assert_eq!(clerk.fill(duty, "save", 0, "11.5").status, 303);
    let conflict = colleague.fill(duty, "save", 0, "22.5");
    assert_eq!(conflict.status, 409);
    let page = conflict.text();
    assert!(page.contains("11.5") && page.contains("22.5") && page.contains("clerk先生"));
    assert_eq!(office.value("stats").as_deref(), Some("11.5"));
    // Sent again from the conflict page, it is taken.
    assert_eq!(colleague.fill(duty, "save", 1, "22.5").status, 303);
    assert_eq!(office.value("stats").as_deref(), Some("22.5"));
}

#[test]
fn the_bulletin_tells_who_is_late_and_what_was_filed() {
    let office = Office::start();
    let clerk = office.sign_in("clerk");
    let path = format!("/duties/{}", office.duty("stats"));
    let fields = [
        ("act", "submit"),
        ("version-0", "0"),
        ("value-0", "=1+1"),
        ("status-0", "normal"),
        ("version-1", "0"),
        ("value-1", ""),
        ("status-1", "missing"),
        ("note-1", "省里未反馈"),
    ];
    assert_eq!(clerk.post(&path, &fields).status, 422);
    let mut fields = fields;
    fields[2].1 = "１，２３４．５０";
    assert_eq!(clerk.post(&path, &fields).status, 303);
    let bulletin = office.sign_in("leader").get("/rounds/2024-09/bulletin.json");
    let bulletin: serde_json::Value = serde_json::from_slice(&bulletin.body).unwrap();
    assert_eq!(bulletin["totals"]["duties"], 2);
    assert_eq!(bulletin["totals"]["in_time"], 1);
    let stats = &bulletin["departments"];
    let stats = stats.as_array().unwrap().iter().find(|one| one["department"] == "stats").unwrap();
    assert_eq!(stats["figures"][0]["value"], "1234.50");
    assert_eq!(stats["figures"][1]["note"], "省里未反馈");
    assert_eq!(stats["punctuality"], "in-time");
}

#[test]
fn a_new_rule_holds_at_once_and_goes_away_as_fast() {
    let office = Office::start();
    let clerk = office.sign_in("clerk");
    let duty = office.duty("stats");
    let rule = |active| KeptRule {
        rule: ValidationRule {
            code: "small".into(),
            name: "总量有限".into(),
            scope: String::new(),
            formula: "地区生产总值 <= 100亿元".into(),
            severity: RuleSeverity::Error,
            explanation: "总量过大".into(),
        },
        active,
    };
    let put = |active| {
        let mut ledger = Ledger::open(&office.path()).unwrap();
        assert_eq!(ledger.put_rules(&[rule(active)], &entry()).unwrap(), 1);
    };
    assert_eq!(clerk.fill(duty, "save", 0, "150").status, 303);
    put(true);
    let held = clerk.fill(duty, "submit", 1, "150");
    assert_eq!(held.status, 422, "an error is not explained away");
    assert!(held.text().contains("总量过大"));
    put(false);
    assert_eq!(clerk.fill(duty, "submit", 1, "150").status, 303);
    office.sound();
}

#[test]
fn reminders_are_for_planners() {
    let office = Office::start();
    let mut ledger = Ledger::open(&office.path()).unwrap();
    let mut late = round("2024-08", "2024-01..08");
    late.due = Day::new(2024, 9, 8).unwrap();
    ledger.open_round(&late, &["industry".to_owned()], &entry()).unwrap();
    drop(ledger);
    let path = "/rounds/2024-08/reminders.zip";
    for login in ["clerk", "reviewer", "leader", "admin"] {
        assert_eq!(office.sign_in(login).get(path).status, 403, "{login}");
    }
    let answer = office.sign_in("planner").get(path);
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/zip")));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(answer.body)).unwrap();
    assert_eq!(archive.len(), 1, "one department is late");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_index(0).unwrap(), &mut text).unwrap();
    assert!(text.contains("To: ") && text.contains("stats@qingxi.example"), "{text}");
    assert_eq!(office.sign_in("planner").get("/rounds/none/reminders.zip").status, 404);
}
