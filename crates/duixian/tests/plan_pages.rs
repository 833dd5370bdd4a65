//! Plan objects in the browser: a problem goes its loop through several hands, who has no right is refused, and nothing
//! that is typed gets lost.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http;
mod office;
mod plan_office;

use ledger::Ledger;
use office::{Office, account};
use plan_office::{PROBLEM, add_problem, object, put, state, step, version};
use terms::Post;

#[test]
fn a_problem_goes_its_loop_through_several_hands() {
    let office = Office::start();
    let [planner, clerk, colleague, reviewer] =
        ["planner", "clerk", "colleague", "reviewer"].map(|login| office.sign_in(login));
    add_problem(&planner, "W-1");
    assert_eq!(step(&office, &planner, "W-1", "assigned", "").status, 303);

    // The clerk sees what is asked, and is told what lacks.
    let page = clerk.get("/plan/problem/W-1").text();
    for words in ["污水管网渗漏", "已交办", "已过", "须有本阶段附上的佐证材料", "须先填写"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("name=\"field-deadline\""), "the deadline is the planner's");
    let refused = step(&office, &clerk, "W-1", "rectified", "修好了");
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("措施") && refused.text().contains("修好了"));
    let seen = version(&office, "W-1");
    let saved = clerk.post(
        "/plan/problem/W-1",
        &[
            ("version", seen.as_str()),
            ("field-measure", "更换管段"),
            ("field-cause", "老化\r\n破损"),
        ],
    );
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert!(step(&office, &clerk, "W-1", "rectified", "").text().contains("佐证材料"));
    assert_eq!(clerk.upload("/plan/problem/W-1/attach", "整改后.jpg", b"picture").status, 303);
    assert_eq!(step(&office, &clerk, "W-1", "rectified", "修好了").status, 303);

    // Nobody checks the own work, and a colleague of the department is no reviewer.
    assert_eq!(step(&office, &clerk, "W-1", "verified", "").status, 403);
    assert_eq!(step(&office, &colleague, "W-1", "verified", "").status, 403);
    assert!(!colleague.get("/plan/problem/W-1").text().contains("value=\"verified\""));
    assert_eq!(step(&office, &reviewer, "W-1", "verified", "现场看过").status, 303);
    assert_eq!(step(&office, &reviewer, "W-1", "closed", "").status, 403);
    assert_eq!(step(&office, &planner, "W-1", "closed", "").status, 303);
    let silent = step(&office, &planner, "W-1", "reopened", "  ");
    assert_eq!((silent.status, state(&office, "W-1").as_str()), (422, "closed"));
    assert!(silent.text().contains("意见") && silent.text().contains("href=\"#comment\""));
    assert_eq!(step(&office, &reviewer, "W-1", "reopened", "雨后又渗").status, 303);
    assert_eq!(state(&office, "W-1"), "reopened");
    assert!(clerk.get("/plan/problem/W-1").text().contains("雨后又渗"));

    // The same evidence does not serve twice.
    assert_eq!(step(&office, &clerk, "W-1", "rectified", "").status, 422);

    let history = clerk.get("/plan/problem/W-1/history").text();
    for words in [
        "已登记",
        "已交办",
        "已整改",
        "已核验",
        "已销号",
        "已重开",
        "更换管段",
        "整改后.jpg",
        "clerk先生",
        "现场看过",
        "雨后又渗",
        "planner先生",
    ] {
        assert!(history.contains(words), "{words}");
    }
    office.sound();
}

#[test]
fn who_rectifies_does_not_verify_even_as_a_planner() {
    let office = Office::start();
    let planner = office.sign_in("planner");
    add_problem(&planner, "W-1");
    step(&office, &planner, "W-1", "assigned", "");
    let seen = version(&office, "W-1");
    let measure = [("version", seen.as_str()), ("field-measure", "更换")];
    assert_eq!(planner.post("/plan/problem/W-1", &measure).status, 303);
    // What is refused leaves nothing behind, not even the file that came along.
    let seen = version(&office, "W-1");
    let silent = [("state", "cancelled"), ("version", seen.as_str()), ("comment", "")];
    let answer = planner.upload_with("/plan/problem/W-1/step", &silent, "x.pdf", b"left over");
    assert_eq!((answer.status, version(&office, "W-1")), (422, seen));
    // Evidence comes along with the step.
    let seen = version(&office, "W-1");
    let fields = [("state", "rectified"), ("version", seen.as_str()), ("comment", "")];
    let answer = planner.upload_with("/plan/problem/W-1/step", &fields, "验收.pdf", b"evidence");
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(state(&office, "W-1"), "rectified");
    assert_eq!(object(&office, "problem", "W-1").attachments[0].name, "验收.pdf");
    let page = planner.get("/plan/problem/W-1").text();
    assert!(page.contains("须由他人办理") && !page.contains("value=\"verified\""));
    let own = step(&office, &planner, "W-1", "verified", "");
    assert_eq!(own.status, 422);
    assert!(own.text().contains("下一步应由他人办理"));
    assert_eq!(step(&office, &office.sign_in("reviewer"), "W-1", "verified", "").status, 303);
    office.sound();
}

#[test]
fn who_lacks_the_right_is_refused() {
    let office = Office::start();
    let planner = office.sign_in("planner");
    add_problem(&planner, "W-1");
    put(
        &office,
        "problem:W-2",
        None,
        &[
            ("name", "邻市的问题"),
            ("region", "330783"),
            ("opened", "2024-01-01"),
            ("department", "other"),
        ],
    );
    put(
        &office,
        "project:P-1",
        None,
        &[
            ("name", "财政局的项目"),
            ("region", "330784"),
            ("department", "finance"),
            ("level", "county"),
        ],
    );
    let before = object(&office, "problem", "W-1");
    // Another department, another region and who keeps the accounts see nothing of it.
    for login in ["finance", "elsewhere", "admin"] {
        let person = office.sign_in(login);
        for path in ["/plan/problem/W-1", "/plan/problem/W-1/history"] {
            assert_eq!(person.get(path).status, 403, "{login} {path}");
        }
        for (path, fields) in [
            ("/plan/problem/W-1", &[("version", "1"), ("field-note", "x")][..]),
            (
                "/plan/problem/W-1/step",
                &[("version", "1"), ("state", "cancelled"), ("comment", "x")],
            ),
            ("/plan/problem/W-1/detach", &[("hash", "x")]),
        ] {
            assert_eq!(person.post(path, fields).status, 403, "{login} {path}");
        }
        assert_eq!(person.upload("/plan/problem/W-1/attach", "a.txt", b"x").status, 403);
        let list = person.get("/plan/problem").text();
        assert!(!list.contains("污水管网渗漏"), "{login}");
    }
    let own = office.sign_in("elsewhere").get("/plan/problem").text();
    assert!(own.contains("邻市的问题"));
    let overview = office.sign_in("finance").get("/plan").text();
    assert!(!overview.contains("邻市的问题") && !overview.contains("污水管网渗漏"));
    assert_eq!(office.sign_in("admin").get("/plan").status, 403);
    // Who only reads finds no form, and is refused without one.
    for login in ["leader", "auditor"] {
        let person = office.sign_in(login);
        let page = person.get("/plan/problem/W-1");
        assert_eq!(page.status, 200);
        let page = page.text();
        assert!(
            !page.contains("/step\"") && !page.contains("/attach\"") && !page.contains("field-")
        );
        assert_eq!(step(&office, &person, "W-1", "assigned", "").status, 403, "{login}");
        assert_eq!(person.upload("/plan/problem/W-1/attach", "a.txt", b"x").status, 403);
        assert_eq!(person.get("/plan/problem/new").status, 403);
        assert_eq!(person.post("/plan/problem", PROBLEM).status, 403);
    }
    // A clerk takes no planner's step, writes no planner's field and adds no problem.
    let clerk = office.sign_in("clerk");
    assert_eq!(step(&office, &clerk, "W-1", "assigned", "").status, 403);
    assert_eq!(step(&office, &clerk, "W-1", "cancelled", "x").status, 403);
    let seen = version(&office, "W-1");
    let fields = [("version", seen.as_str()), ("field-deadline", "2030-01-01")];
    assert_eq!(clerk.post("/plan/problem/W-1", &fields).status, 403);
    assert_eq!(clerk.post("/plan/problem", PROBLEM).status, 403);
    // A planner gives nothing away to a region that is not the planner's own.
    let mut fields = vec![("version", seen.as_str())];
    fields.extend(PROBLEM);
    fields.retain(|(name, _)| *name != "field-region");
    fields.push(("field-region", "330783"));
    assert_eq!(planner.post("/plan/problem/W-1", &fields).status, 403);
    assert_eq!(object(&office, "problem", "W-1"), before);
    for path in [
        "/plan/nothing",
        "/plan/problem/W-9",
        "/plan/problem/W-1/count",
        "/plan/milestone/new",
        "/plan/milestone/new?parent=project:P-9",
    ] {
        assert_eq!(planner.get(path).status, 404, "{path}");
    }
    office.sound();
}

#[test]
fn what_two_people_change_is_shown_in_both_ways() {
    let office = Office::start();
    let [planner, clerk] = ["planner", "clerk"].map(|login| office.sign_in(login));
    add_problem(&planner, "W-1");
    let seen = version(&office, "W-1");
    let mine = [("version", seen.as_str()), ("field-cause", "管道老化"), ("field-note", "一")];
    assert_eq!(clerk.post("/plan/problem/W-1", &mine).status, 303);
    // The planner opened the page before that: changes the cause too, and the name, but not the note.
    let mut fields =
        vec![("version", seen.as_str()), ("field-cause", "施工破坏"), ("field-note", "")];
    fields.extend(PROBLEM);
    fields.retain(|(name, _)| *name != "field-name");
    fields.push(("field-name", "污水管网漏水"));
    let answer = planner.post("/plan/problem/W-1", &fields);
    assert_eq!(answer.status, 409);
    let page = answer.text();
    for words in ["有人先改了", "管道老化", "施工破坏", "台账现在", "value=\"污水管网漏水\""]
    {
        assert!(page.contains(words), "{words}");
    }
    // What the planner did not touch holds what the clerk wrote.
    let note = page.split("name=\"field-note\"").nth(1).unwrap();
    let note = note.split("</textarea>").next().unwrap();
    assert!(note.ends_with('一'), "{note}");
    assert_eq!(object(&office, "problem", "W-1").value("cause"), "管道老化");
    // Sent again from that page, it holds.
    let seen = version(&office, "W-1");
    assert!(page.contains(&format!("name=\"version\" value=\"{seen}\"")));
    fields[0].1 = &seen;
    fields[2].1 = "一";
    assert_eq!(planner.post("/plan/problem/W-1", &fields).status, 303);
    let now = object(&office, "problem", "W-1");
    assert_eq!((now.value("cause"), now.value("note")), ("施工破坏", "一"));
    // What a form did not send is not cleared when it is sent again after a fault.
    let latest = version(&office, "W-1");
    let odd = [("version", latest.as_str()), ("field-deadline", "下个月")];
    let page = planner.post("/plan/problem/W-1", &odd);
    assert_eq!(page.status, 422);
    let page = page.text();
    assert!(page.contains("value=\"下个月\"") && page.contains("施工破坏</textarea>"));
    assert!(page.contains("href=\"#field-deadline\"") && page.contains("aria-invalid=\"true\""));
    // A step on what is no longer as it was seen is not taken, and the comment is kept.
    let step = [("state", "assigned"), ("version", seen.as_str()), ("comment", "请尽快办")];
    let answer = planner.post("/plan/problem/W-1/step", &step);
    assert_eq!((answer.status, state(&office, "W-1").as_str()), (409, "opened"));
    let page = answer.text();
    assert!(page.contains("请尽快办") && page.contains("没有写入"));
    // The form of the fields holds what stands there, not nothing.
    assert!(page.contains("value=\"污水管网漏水\"") && page.contains("施工破坏</textarea>"));
    // A code that is taken is not written over.
    let mut again = vec![("code", "W-1"), ("state", "opened")];
    again.extend(PROBLEM);
    let answer = planner.post("/plan/problem", &again);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("没有用过的代码"));
    office.sound();
}

#[test]
fn a_register_answers_with_names() {
    let office = Office::start();
    let [planner, clerk] = ["planner", "clerk"].map(|login| office.sign_in(login));
    let register = [
        ("code", "R-1"),
        ("state", "current"),
        ("field-name", "专精特新企业名录"),
        ("field-region", "330784"),
        ("field-department", "stats"),
        ("field-counts", "enterprise"),
        ("field-identified-by", "own"),
        ("field-unit", "家"),
    ];
    assert_eq!(planner.post("/plan/register", &register).status, 303);
    for (number, name, joined, left) in [
        ("1", "甲公司", "2023-03-01", ""),
        ("2", "乙公司", "2023-06-01", "2024-05-01"),
        ("3", "丙公司", "2024-02-01", ""),
        ("4", "丁公司", "2024-08-01", ""),
    ] {
        let code = format!("RM-{number}");
        let answer = clerk.post(
            "/plan/member",
            &[
                ("code", &code),
                ("parent", "register:R-1"),
                ("state", "listed"),
                ("field-name", name),
                ("field-id", number),
                ("field-region", "330784"),
                ("field-joined", joined),
                ("field-left", left),
            ],
        );
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let award = clerk.post(
        "/plan/award",
        &[
            ("code", "RA-1"),
            ("parent", "member:RM-3"),
            ("state", "held"),
            ("field-level", "小巨人"),
            ("field-won", "2024-03-01"),
        ],
    );
    assert_eq!(award.status, 303, "{}", award.text());
    let page = clerk.get("/plan/register/R-1/count?day=2024-12-31&since=2023-12-31").text();
    let part = |from: &str, to: &str| {
        let rest = page.split(&format!("<h2>{from}")).nth(1).unwrap();
        rest.split(to).next().unwrap().to_owned()
    };
    let (came, went, all) =
        (part("新增名单", "<h2>"), part("退出名单", "<h2>"), part("名单", "</main>"));
    assert!(came.contains("丙公司") && came.contains("丁公司") && !came.contains("甲公司"));
    assert!(went.contains("乙公司") && !went.contains("丙公司"));
    assert!(all.contains("甲公司") && !all.contains("乙公司"));
    let level = clerk
        .get(&format!("/plan/register/R-1/count?level={}&day=2024-12-31", http::encoded("小巨人")))
        .text();
    assert!(level.contains("丙公司") && !level.contains("甲公司"));
    for bad in ["day=2024-02-30", "day=2024-01-01&since=2024-02-01"] {
        let answer = clerk.get(&format!("/plan/register/R-1/count?{bad}"));
        assert_eq!(answer.status, 422, "{bad}");
        assert!(answer.text().contains("role=\"alert\""), "{bad}");
    }
    assert_eq!(office.sign_in("finance").get("/plan/register/R-1/count").status, 403);
    assert!(clerk.get("/plan/register/R-1").text().contains("丁公司"));
    office.sound();
}

#[test]
fn a_list_is_filtered_and_sorted_by_its_address() {
    let office = Office::start();
    let planner = office.sign_in("planner");
    for (code, name, department, due, region) in [
        ("K-1", "修路", "stats", "2020-05-01", "330784"),
        ("K-2", "架桥", "finance", "2190-05-01", "330784"),
        ("K-3", "种树", "stats", "2019-05-01", "330784"),
    ] {
        put(
            &office,
            &format!("task:{code}"),
            None,
            &[("name", name), ("department", department), ("due", due), ("region", region)],
        );
    }
    let shown = |query: &str| {
        let page = planner.get(&format!("/plan/task{query}"));
        assert_eq!(page.status, 200, "{query}");
        let page = page.text();
        let mut found: Vec<(usize, &str)> = ["修路", "架桥", "种树"]
            .into_iter()
            .filter_map(|name| Some((page.find(&format!(">{name}</a>"))?, name)))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert_eq!(shown(""), ["种树", "修路", "架桥"], "the longest overdue first");
    assert_eq!(shown("?sort=code"), ["修路", "架桥", "种树"]);
    assert_eq!(shown("?late=1"), ["种树", "修路"]);
    assert_eq!(shown("?department=finance"), ["架桥"]);
    assert_eq!(shown(&format!("?q={}", http::encoded("桥"))), ["架桥"]);
    assert_eq!(shown("?state=started").len(), 0);
    assert_eq!(shown(&format!("?region={}", http::encoded("永康市"))).len(), 3);
    assert_eq!(shown("?region=330783").len(), 0);
    let odd = planner.get("/plan/task?region=nowhere");
    assert_eq!(odd.status, 422);
    assert!(odd.text().contains("nowhere") && odd.text().contains("role=\"alert\""));
    let short = planner.get("/plan/task?q=&state=started&region=");
    assert_eq!(short.header("location"), Some("/plan/task?state=started"));
    let overview = planner.get("/plan").text();
    assert!(overview.find("种树").unwrap() < overview.find("修路").unwrap());
    assert!(!overview.contains("架桥"), "what is not overdue is in its list");
    // Somebody of a part of the county keeps to that part.
    let mut ledger = Ledger::open(&office.path()).unwrap();
    ledger.put_account(&account("leader", Post::Leader, "330783", None), &office::entry()).unwrap();
    assert!(!office.sign_in("leader").get("/plan/task").text().contains("修路"));
    office.sound();
}
