//! The lists over HTTP: who sees what, what an address asks, what a board writes, and files.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http;
mod office;

use std::process::Command;

use office::Office;

/// Runs the program on the ledger of the office.
fn run(office: &Office, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    let done = command.args(arguments).arg("--ledger").arg(office.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Enters a table of objects of a kind.
fn enter(office: &Office, kind: &str, table: &str) {
    let file = office.path().with_file_name(format!("{kind}.csv"));
    std::fs::write(&file, table).unwrap();
    run(office, &["enter", kind, &file.to_string_lossy()]);
}

fn fill(office: &Office) {
    enter(
        office,
        "task",
        "代码,名称,地区,责任部门,开始日,期限,相关指标,状态,进展\n\
         K-1,新建标准厂房,330784,统计局,2020-01-10,2020-12-31,固定资产投资,推进中,竣工一半\n\
         K-2,新增学位,330784,财政局,2199-01-01,2199-12-31,,未启动,\n\
         K-9,邻市的任务,330783,邻市统计局,2020-01-10,2020-12-31,,推进中,\n",
    );
    enter(
        office,
        "project",
        "代码,名称,地区,责任部门,层级,总投资,开工日,完工日,状态\n\
         P-1,产业园,330784,统计局,市级,18.20亿元,2020-03-15,2199-09-30,在建\n\
         P-2,水库,330784,财政局,省级,86.5亿元,2020-03-15,2199-09-30,在建\n\
         P-9,邻市的项目,330783,邻市统计局,县级,1亿元,2020-03-15,2199-09-30,在建\n",
    );
    enter(
        office,
        "project-year",
        "代码,上级,年度,计划投资,实际投资,截至日\n\
         Y-1,project:P-1,2020,4亿元,4.1亿元,2020-12-31\n\
         Y-2,project:P-2,2020,1.5亿元,3000万元,2020-09-30\n",
    );
    enter(
        office,
        "problem",
        "代码,名称,地区,发现日,所涉事项,责任部门,整改期限\n\
         W-1,管线迁改滞后,330784,2020-06-12,project:P-1,统计局,2020-10-31\n\
         W-9,邻市的问题,330783,2020-06-12,project:P-9,邻市统计局,2020-10-31\n",
    );
}

#[test]
fn everybody_sees_the_own_county_and_no_other() {
    let office = Office::start();
    for path in ["/tasks", "/projects", "/projects/P-1", "/problems", "/tasks.csv"] {
        assert_eq!(office.get(path).status, 303, "{path}: strangers sign in first");
    }
    let leader = office.sign_in("leader");
    for (path, words) in [
        ("/tasks", "还没有登记任务"),
        ("/tasks?view=board", "还没有登记任务"),
        ("/tasks?view=gantt", "还没有登记任务"),
        ("/projects", "还没有登记项目"),
        ("/problems", "还没有登记问题"),
    ] {
        let page = leader.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains(words), "{path}");
    }
    fill(&office);
    for path in [
        "/tasks",
        "/tasks?view=board",
        "/tasks?view=gantt",
        "/tasks.csv",
        "/projects",
        "/projects?view=gantt",
        "/projects.csv",
        "/problems",
        "/problems?view=board",
        "/problems.csv",
        "/projects/P-1",
    ] {
        let page = leader.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.text().contains("邻市的"), "{path}");
        assert!(!page.text().contains("/step\""), "{path}: who reads moves nothing");
    }
    assert_eq!(leader.get("/projects/P-9").status, 403);
    assert_eq!(leader.get("/projects/P-404").status, 404);
    let elsewhere = office.sign_in("elsewhere");
    let page = elsewhere.get("/tasks").text();
    assert!(page.contains("邻市的任务") && !page.contains("新建标准厂房"));
    // What is written is seen at once.
    run(&office, &["set", "任务", "K-1", "进展=全部竣工"]);
    assert!(leader.get("/tasks").text().contains("全部竣工"), "an old answer was kept");
}

#[test]
fn an_address_holds_the_whole_question() {
    let office = Office::start();
    fill(&office);
    let planner = office.sign_in("planner");
    let finds = |path: &str| {
        let page = planner.get(path).text();
        ["K-1", "K-2", "P-1", "P-2"]
            .into_iter()
            .filter(|code| page.contains(&format!("<small class=\"code\">{code}</small>")))
            .collect::<Vec<_>>()
    };
    assert_eq!(finds("/tasks"), ["K-1", "K-2"]);
    assert_eq!(finds("/tasks?late=1"), ["K-1"]);
    assert_eq!(finds("/tasks?state=planned"), ["K-2"]);
    assert_eq!(finds("/tasks?department=finance"), ["K-2"]);
    assert_eq!(finds("/tasks?department=nobody"), [""; 0]);
    assert_eq!(finds("/tasks?region=330700"), ["K-1", "K-2"]);
    assert_eq!(finds("/tasks?region=330783"), [""; 0]);
    assert_eq!(finds("/tasks?indicator=fixed-investment"), ["K-1"]);
    assert_eq!(finds("/tasks?year=2020"), ["K-1"]);
    assert_eq!(finds("/tasks?q=%E5%AD%A6%E4%BD%8D"), ["K-2"]);
    assert_eq!(finds("/projects?level=province"), ["P-2"]);
    assert_eq!(finds("/projects?stalled=1&year=2020"), ["P-1", "P-2"], "both are silent for years");
    // Sums are exact, and those of what was found.
    let page = planner.get("/projects?year=2020").text();
    for words in ["5.5亿元", "4.4亿元", "80.0%", "102.5%", "20.0%"] {
        assert!(page.contains(words), "{words}");
    }
    let page = planner.get("/projects?year=2020&level=city").text();
    assert!(page.contains("102.5%") && !page.contains("5.5亿元"));
    // Fields that a form leaves empty do not stay in the address.
    let short = planner.get("/tasks?q=&department=finance&region=&lang=zh");
    assert_eq!((short.status, short.header("location")), (303, Some("/tasks?department=finance")));
    for (address, said) in [
        ("/tasks?view=map", "table | board | gantt"),
        ("/tasks?sort=size", "due | code | name | state | owner"),
        ("/tasks?state=great", "planned | started"),
        ("/tasks?year=zwei", "1900–2999"),
        ("/tasks?page=9", "1–1"),
        ("/projects?level=town", "province | city | county"),
        ("/problems?view=gantt", "table | board"),
    ] {
        let answer = planner.get(address);
        assert_eq!(answer.status, 400, "{address}");
        assert!(answer.text().contains(said), "{address}");
    }
    let file = planner.get("/tasks.csv?late=1");
    assert!(file.header("content-disposition").unwrap().contains("duixian-tasks.csv"));
    assert!(file.text().contains("K-1,新建标准厂房,推进中,2020-01-10,2020-12-31,"));
    assert!(!file.text().contains("K-2"));
    let problems = planner.get("/problems.csv").text();
    assert!(problems.contains("W-1,管线迁改滞后,已登记,2020-06-12,2020-10-31,"), "{problems}");
    assert!(problems.contains("已交办,计划部门,0,产业园,"), "{problems}");
    let projects = planner.get("/projects.csv?year=2020").text();
    assert!(
        projects.contains("18.20亿元,2020,4亿元,4.1亿元,,2020-12-31,102.5,100.0,2.5,"),
        "{projects}"
    );
}

#[test]
fn a_board_takes_the_steps_that_its_guest_may_take() {
    let office = Office::start();
    fill(&office);
    let clerk = office.sign_in("clerk");
    let board = clerk.get("/tasks?view=board").text();
    assert!(board.contains("/plan/task/K-1/step"), "the own department's");
    assert!(!board.contains("/plan/task/K-2/step"), "another department's");
    let version = office.ledger().plan_object(terms::PlanKind::named("task").unwrap(), "K-1", None);
    let version = version.unwrap().unwrap().version.to_string();
    let back = "/tasks?view=board&moved=K-1";
    let fields = [("state", "done"), ("version", version.as_str()), ("back", back)];
    let moved = clerk.post("/plan/task/K-1/step", &fields);
    assert_eq!((moved.status, moved.header("location")), (303, Some(back)));
    let page = clerk.get(back).text();
    assert!(page.contains("现为") && page.contains("已完成"));
    // A way back that leads elsewhere leads home.
    let reviewer = office.sign_in("reviewer");
    let version = (version.parse::<i64>().unwrap() + 1).to_string();
    let now = office.ledger().plan_object(terms::PlanKind::named("task").unwrap(), "K-1", None);
    let version = now.unwrap().map_or(version, |own| own.version.to_string());
    let fields =
        [("state", "accepted"), ("version", version.as_str()), ("back", "https://evil.example/")];
    let moved = reviewer.post("/plan/task/K-1/step", &fields);
    assert_eq!((moved.status, moved.header("location")), (303, Some("/")));
    // Somebody who saw an older state is shown the newer one.
    let late = reviewer.post("/plan/task/K-1/step", &fields);
    assert_eq!(late.status, 409);
    office.sound();
}

#[test]
fn pictures_are_shown_by_their_bytes_and_to_who_may_see_them() {
    let office = Office::start();
    fill(&office);
    let planner = office.sign_in("planner");
    let picture = b"\x89PNG\r\n\x1a\nrest".as_slice();
    let script = b"<script>alert(1)</script>".as_slice();
    for (name, bytes) in [("site.png", picture), ("trick.png", script)] {
        assert_eq!(planner.upload("/plan/project/P-1/attach", name, bytes).status, 303);
    }
    let page = planner.get("/projects/P-1").text();
    let hashes: Vec<&str> =
        page.split("src=\"/attachments/").skip(1).map(|rest| &rest[..64]).collect();
    assert_eq!(hashes.len(), 2);
    let mut statuses = Vec::new();
    for hash in hashes {
        let answer = planner.get(&format!("/attachments/{hash}/image"));
        if answer.status == 200 {
            assert_eq!(answer.header("content-type"), Some("image/png"));
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
            assert_eq!(answer.body, picture);
        }
        statuses.push(answer.status);
        let file = planner.get(&format!("/attachments/{hash}"));
        assert_eq!(file.header("content-type"), Some("application/octet-stream"));
        let elsewhere = office.sign_in("elsewhere");
        assert_eq!(elsewhere.get(&format!("/attachments/{hash}/image")).status, 404);
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404], "what only says that it is a picture is not shown");
    assert_eq!(planner.get("/attachments/..%2Fpasswd/image").status, 404);
}
