//! Where the targets stand, in the browser: who may see it, what an address asks, and that a new figure is seen at once.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http;
mod office;

use std::fmt::Write as _;
use std::process::Command;

use office::Office;

/// Runs the program on the ledger of the office.
fn run(office: &Office, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    let done = command.args(arguments).arg("--ledger").arg(office.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Four years of revenue, known through September 2024, and targets of the county and of a neighbour.
fn fill(office: &Office) {
    let folder = office.path();
    let folder = folder.parent().unwrap();
    let mut figures = "indicator,region,period,facet,value,unit,vintage,source\n".to_owned();
    for (year, level) in
        [(2020, 60_000), (2021, 64_000), (2022, 67_000), (2023, 71_000), (2024, 75_000)]
    {
        for (share, month) in
            [170, 280, 360, 440, 540, 620, 690, 770, 850, 920, 1000].iter().zip(2..=12)
        {
            if (year, month) <= (2024, 9) {
                let value = level * share / 1000 + (year * 37 + month * 101) % 97;
                let (after, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                let (whole, part) = (value / 1000, value % 1000);
                writeln!(figures, "一般公共预算收入,330784,{year}-01..{month:02},level,{whole}.{part:03},亿元,{after}-{next:02}-18,财政月报").unwrap();
            }
        }
    }
    let targets = "代码,指标,地区,时期,口径,比较,目标值,单位,力度,状态\n\
        T-1,一般公共预算收入,330784,2024年,水平,不低于,90,亿元,确保,下达\n\
        T-2,一般公共预算收入,330784,2024年,增速,不低于,5,%,力争,下达\n\
        T-9,一般公共预算收入,330783,2024年,水平,不低于,77,亿元,确保,下达\n";
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    run(office, &["observations", "import", &write("o.csv", &figures)]);
    run(office, &["enter", "target", &write("t.csv", targets)]);
}

#[test]
fn a_leader_sees_where_the_targets_stand_and_follows_each_to_its_figures() {
    let office = Office::start();
    let leader = office.sign_in("leader");
    assert!(leader.get("/indicators").text().contains("还没有已下达的目标"));
    fill(&office);
    let page = leader.get("/indicators?as_of=2024-10-31").text();
    for words in
        ["明显落后", "90亿元以上", "5%以上", "力争", "完成的可能", "2024年1—9月", "st-off-track"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("/indicators/budget-revenue?as_of=2024-10-31"), "the day goes along");
    assert!(!page.contains("77亿元"), "another county's target");
    let none = leader.get("/indicators?as_of=2024-10-31&status=no-data").text();
    assert!(none.contains("没有这种状态的指标"));
    let english = leader.get("/indicators?as_of=2024-10-31&lang=en").text();
    assert!(english.contains("Off track") && english.contains("≥ 90亿元"));

    let one = leader.get("/indicators/budget-revenue?as_of=2024-10-31").text();
    for words in [
        "<svg viewBox=\"0 0 640 260\"",
        "class=\"track\"",
        "class=\"fan\"",
        "财政月报",
        "2024-10-18",
        "/plan/target/T-1",
        "越高越好",
    ] {
        assert!(one.contains(words), "{words}");
    }
    // What was not known on the day is not shown.
    let before = leader.get("/indicators/budget-revenue?as_of=2024-09-30").text();
    assert!(!before.contains("2024-10-18") && before.contains("2024-09-18"));

    // A new figure is judged at once.
    let folder = office.path();
    let revision = folder.parent().unwrap().join("r.csv");
    std::fs::write(
        &revision,
        "indicator,region,period,facet,value,unit,vintage,source,note\n\
         一般公共预算收入,330784,2024-01..09,level,89.9,亿元,2024-10-25,财政订正,更正\n",
    )
    .unwrap();
    run(&office, &["observations", "import", &revision.to_string_lossy()]);
    let page = leader.get("/indicators?as_of=2024-10-31").text();
    assert!(page.contains("89.9亿元") && page.contains("st-on-track"), "the old answer was kept");
    let one = leader.get("/indicators/budget-revenue?as_of=2024-10-31").text();
    assert!(one.contains("发布与修订") && one.contains("更正"));
}

#[test]
fn what_is_asked_wrongly_or_without_right_is_refused() {
    let office = Office::start();
    fill(&office);
    assert_eq!(office.get("/indicators").status, 303, "strangers sign in first");
    let planner = office.sign_in("planner");
    for (address, said) in [
        ("/indicators?as_of=gestern", "as_of"),
        ("/indicators?year=1999", "year"),
        ("/indicators?region=110000", "region"),
        ("/indicators?status=great", "status"),
    ] {
        let answer = planner.get(address);
        assert_eq!(answer.status, 400, "{address}");
        assert!(answer.text().contains(said));
    }
    assert_eq!(planner.get("/indicators/no-such-thing").status, 404);
    // Who works elsewhere sees the own county's targets and no others.
    assert_eq!(planner.get("/indicators?region=330783").status, 400);
    let elsewhere = office.sign_in("elsewhere");
    let page = elsewhere.get("/indicators?as_of=2024-10-31").text();
    assert!(!page.contains("90亿元"), "{page}");
}

#[test]
fn a_page_that_is_kept_for_one_is_shown_to_nobody_else() {
    let office = Office::start();
    fill(&office);
    let (leader, auditor) = (office.sign_in("leader"), office.sign_in("auditor"));
    let again = office.sign_in("leader");
    for _ in 0..2 {
        let pages = [&leader, &auditor, &again].map(|person| person.get("/indicators").text());
        assert!(pages[0].contains("leader先生") && !pages[0].contains("auditor先生"));
        assert!(pages[1].contains("auditor先生") && !pages[1].contains("leader先生"));
        // Two sessions of one person have forms of their own.
        assert!(pages[0].contains(&leader.token) && !pages[0].contains(&again.token));
        assert!(pages[2].contains(&again.token) && !pages[2].contains(&leader.token));
    }
    let away = terms::Account {
        active: false,
        ..office::account("leader", terms::Post::Leader, "330784", None)
    };
    let mut ledger = ledger::Ledger::open(&office.path()).unwrap();
    ledger.put_account(&away, &office::entry()).unwrap();
    assert_ne!(leader.get("/indicators").status, 200, "who left sees nothing that was kept");
    assert_eq!(auditor.get("/indicators").status, 200);
}
