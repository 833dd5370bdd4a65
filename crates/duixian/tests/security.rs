//! Attempts on the server: each is refused, changes nothing, and leaves the history sound.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod http;
mod office;

use ledger::Ledger;
use office::{Office, PASSWORD};
use terms::Account;

const HOSTILE: &str = "<script>alert(1)</script>\"'&{{7*7}}'; DROP TABLE entry; --";

#[test]
fn a_clerk_writes_no_figure_of_another_department() {
    let office = Office::start();
    let clerk = office.sign_in("clerk");
    let answer = clerk.fill(office.duty("finance"), "submit", 0, "1");
    assert_eq!((answer.status, office.value("finance")), (403, None));
    let own = clerk.fill(office.duty("stats"), "save", 0, "1");
    assert_eq!((own.status, office.value("stats").as_deref()), (303, Some("1")));
    office.sound();
}

#[test]
fn nobody_reads_another_region() {
    let office = Office::start();
    let duty = office.duty("stats");
    for login in ["elsewhere", "finance", "admin"] {
        let person = office.sign_in(login);
        assert_eq!(person.get(&format!("/duties/{duty}")).status, 403, "{login}");
        assert_eq!(person.get(&format!("/duties/{duty}/history")).status, 403, "{login}");
    }
    let page = office.sign_in("elsewhere").get("/rounds/2024-09").text();
    assert!(page.contains("邻市统计局") && !page.contains("财政局"));
    // An administrator keeps the accounts of the own region alone.
    let admin = office.sign_in("admin");
    assert_eq!(admin.get("/accounts/elsewhere").status, 403);
    assert!(!admin.get("/accounts").text().contains("elsewhere"));
    assert_eq!(admin.post("/accounts/elsewhere/reset", &[]).status, 403);
    let bulletin = office.sign_in("elsewhere").get("/rounds/2024-09/bulletin.json").text();
    assert!(bulletin.contains("330783") && !bulletin.contains("330784"));
}

#[test]
fn a_search_finds_nothing_of_another_region() {
    let office = Office::start();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.args(["set", "project", "P-7", "--new", "名称=磁悬浮厂房", "地区=330784"]);
    command.args(["责任部门=stats", "层级=县级", "--ledger"]).arg(office.path());
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for words in ["cxfcf", "P-7"] {
        let path = format!("/search?q={words}");
        let found = office.sign_in("leader").get(&path).text();
        assert!(found.contains("磁悬浮") && found.contains("/projects/P-7"), "{found}");
        // Neither as a hit, nor in a count, nor as a name that comes close.
        let found = office.sign_in("elsewhere").get(&path).text();
        assert!(found.contains("没有找到") && !found.contains("磁悬浮"), "{found}");
    }
}

#[test]
fn every_act_needs_its_post() {
    let office = Office::start();
    let duty = office.duty("stats");
    office.sign_in("clerk").fill(duty, "submit", 0, "5");
    let lock = "/rounds/2024-09/lock".to_owned();
    let (own, extend) = (format!("/duties/{duty}"), format!("/duties/{duty}/extend"));
    for (login, path, fields) in [
        ("clerk", &own, &[("act", "approve"), ("version-0", "1")][..]),
        ("leader", &own, &[("act", "approve"), ("version-0", "1")]),
        ("clerk", &lock, &[("vintage", "2024-10-10")]),
        ("reviewer", &lock, &[("vintage", "2024-10-10")]),
        ("clerk", &extend, &[("until", "2199-02-01"), ("comment", "x")]),
        ("planner", &"/accounts".to_owned(), &[("login", "new1"), ("name", "新")]),
        ("clerk", &"/accounts/admin/reset".to_owned(), &[]),
        ("planner", &"/departments".to_owned(), &[("code", "x"), ("name", "新")]),
        ("clerk", &"/forms".to_owned(), &[("code", "x"), ("name", "新")]),
        ("clerk", &"/rounds".to_owned(), &[("code", "x"), ("name", "新")]),
    ] {
        let entries = office.ledger().log_entries(None, 1).unwrap()[0].number;
        let person = office.sign_in(login);
        let answer = person.post(path, fields);
        assert_eq!(answer.status, 403, "{login} {path}");
        let visits = office.ledger().log_entries(None, 1).unwrap()[0].number;
        assert_eq!(visits, entries + 1, "only the visit was written: {login} {path}");
    }
    for (login, path) in [
        ("clerk", "/accounts"),
        ("leader", "/history"),
        ("planner", "/departments"),
        ("clerk", "/forms"),
        ("auditor", "/accounts/new"),
    ] {
        assert_eq!(office.sign_in(login).get(path).status, 403, "{login} {path}");
    }
    assert_eq!(office.sign_in("auditor").get("/history").status, 200);
}

#[test]
fn a_forged_or_ended_session_opens_nothing() {
    let office = Office::start();
    for cookie in [
        "session=0000000000000000000000000000000000000000000000000000000000000000",
        "session=",
        "session=' OR 1=1 --",
    ] {
        for path in ["/desk", "/", "/statements.csv", "/accounts", "/nowhere"] {
            let answer = office.send("GET", path, &format!("Cookie: {cookie}\r\n"), b"");
            assert_eq!(answer.status, 303, "{cookie} {path}");
            assert!(answer.header("location").unwrap().starts_with("/login"), "{cookie} {path}");
        }
    }
    // What the ledger keeps of a session opens none.
    let clerk = office.sign_in("clerk");
    let file = bytes_of(&office);
    assert!(!file.windows(64).any(|window| window == &clerk.cookie.as_bytes()[8..72]));
    // Signing out ends it on the server, not only in the browser.
    assert_eq!(clerk.get("/desk").status, 200);
    assert_eq!(clerk.post("/logout", &[]).status, 303);
    assert_eq!(clerk.get("/desk").status, 303);
    // So does taking the account away.
    let colleague = office.sign_in("colleague");
    let mut ledger = Ledger::open(&office.path()).unwrap();
    let gone = Account { active: false, ..ledger.account("colleague").unwrap().unwrap() };
    ledger.put_account(&gone, &office::entry()).unwrap();
    assert_eq!(colleague.get("/desk").status, 303);
    assert_eq!(office.try_to_sign_in("colleague", PASSWORD).status, 403);
}

/// All bytes of the ledger and its log.
fn bytes_of(office: &Office) -> Vec<u8> {
    let mut bytes = std::fs::read(office.path()).unwrap();
    let log = office.path().with_file_name("office.db-wal");
    bytes.extend(std::fs::read(log).unwrap_or_default());
    bytes
}

#[test]
fn a_session_is_new_at_every_sign_in_and_its_cookie_is_guarded() {
    let office = Office::start();
    let body = http::form(&[("login", "clerk"), ("password", PASSWORD)]);
    let headers = "Cookie: session=planted\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    let answer = office.send("POST", "/login", headers, body.as_bytes());
    let cookie = answer.header("set-cookie").unwrap();
    assert!(!cookie.contains("planted"));
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie} lacks {part}");
    }
    assert!(!cookie.contains("Secure"));
    let behind = Office::start_with(&["--https"]);
    let answer = behind.try_to_sign_in("clerk", PASSWORD);
    assert!(answer.header("set-cookie").unwrap().ends_with("; Secure"));
}

#[test]
fn a_form_from_elsewhere_is_not_taken() {
    let office = Office::start();
    let duty = office.duty("stats");
    let (clerk, colleague) = (office.sign_in("clerk"), office.sign_in("colleague"));
    let path = format!("/duties/{duty}");
    let fields = [("act", "save"), ("version-0", "0"), ("value-0", "666"), ("status-0", "normal")];
    let with = |token: &str, origin: &str| {
        let mut all = vec![("token", token)];
        all.extend(fields);
        clerk.post_from(origin, &path, &all).status
    };
    let own = format!("http://127.0.0.1:{}", office.port);
    assert_eq!(with("", &own), 403, "no token");
    assert_eq!(with(&colleague.token, &own), 403, "another session's token");
    assert_eq!(with(&clerk.token, "http://evil.example"), 403, "another origin");
    assert_eq!(with(&clerk.token, "null"), 403, "a page without an origin");
    assert_eq!(office.value("stats"), None);
    assert_eq!(with(&clerk.token, &own), 303);
    // Nothing is changed by following a link.
    assert_eq!(clerk.get(&format!("{path}?act=submit&token={}", clerk.token)).status, 200);
    assert_eq!(clerk.get("/rounds/2024-09/lock").status, 405);
    // A sign-in that another page sends is none either.
    let body = http::form(&[("login", "clerk"), ("password", PASSWORD)]);
    let headers =
        "Origin: http://evil.example\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    assert_eq!(office.send("POST", "/login", headers, body.as_bytes()).status, 403);
}

#[test]
fn guessing_passwords_is_stopped() {
    let office = Office::start();
    for _ in 0..5 {
        assert_eq!(office.try_to_sign_in("clerk", "Falsch-1").status, 403);
    }
    let answer = office.try_to_sign_in("clerk", PASSWORD);
    assert_eq!(answer.status, 429, "even the right one has to wait now");
    assert!(answer.text().contains("15 分钟"));
    // Another account is not held up, and an unknown one is told from a known one by nothing.
    assert_eq!(office.try_to_sign_in("planner", PASSWORD).status, 303);
    let unknown = office.try_to_sign_in("nobody", "Falsch-1").text();
    let known = office.try_to_sign_in("leader", "Falsch-1").text();
    assert_eq!(unknown.replace("nobody", "x"), known.replace("leader", "x"));
    let log = office.ledger().log_entries(None, 10).unwrap();
    assert!(log.iter().any(|entry| entry.action == "visit" && entry.reason.contains("暂停")));
    // The administrator helps: a password for one use opens nothing but the page to change it.
    let answer = office.sign_in("admin").post("/accounts/clerk/reset", &[]);
    assert_eq!(answer.status, 200);
    let page = answer.text();
    let once = page.split("<code").nth(1).unwrap().split('>').nth(1).unwrap();
    let once = once.split('<').next().unwrap();
    let answer = office.try_to_sign_in("clerk", once);
    assert_eq!(answer.header("location"), Some("/account"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[test]
fn hostile_texts_are_shown_as_text_and_kept_as_they_are() {
    let office = Office::start();
    let duty = office.duty("stats");
    let clerk = office.sign_in("clerk");
    let path = format!("/duties/{duty}");
    let answer = clerk.post(
        &path,
        &[
            ("act", "save"),
            ("version-0", "0"),
            ("value-0", "1"),
            ("status-0", "normal"),
            ("note-0", HOSTILE),
        ],
    );
    assert_eq!(answer.status, 303);
    let refused = clerk.post(
        &path,
        &[("act", "save"), ("version-0", "1"), ("value-0", HOSTILE), ("status-0", HOSTILE)],
    );
    assert_eq!(refused.status, 422);
    let admin = office.sign_in("admin");
    let planner = office.sign_in("planner");
    let pages = [
        refused.text(),
        clerk.get(&path).text(),
        clerk.get(&format!("{path}/history")).text(),
        clerk.get(&format!("/login?back={}", http::encoded(HOSTILE))).text(),
        office.get(&format!("/login?back={}", http::encoded(HOSTILE))).text(),
        office.try_to_sign_in(HOSTILE, HOSTILE).text(),
        admin
            .post(
                "/accounts",
                &[
                    ("login", HOSTILE),
                    ("name", HOSTILE),
                    ("post-0", HOSTILE),
                    ("region-0", HOSTILE),
                ],
            )
            .text(),
        admin
            .post("/departments", &[("code", HOSTILE), ("name", HOSTILE), ("region", HOSTILE)])
            .text(),
        admin.get(&format!("/accounts/{}", http::encoded(HOSTILE))).text(),
        planner
            .post(
                "/forms",
                &[("code", HOSTILE), ("name", HOSTILE), ("items", HOSTILE), ("regions", HOSTILE)],
            )
            .text(),
        planner
            .post("/rounds", &[("code", HOSTILE), ("name", HOSTILE), ("period", HOSTILE)])
            .text(),
        planner.post("/rounds/2024-09/lock", &[("vintage", HOSTILE)]).text(),
        planner.post(&format!("{path}/extend"), &[("until", HOSTILE), ("comment", HOSTILE)]).text(),
        planner.get(&format!("/rounds/2024-09?show={}", http::encoded(HOSTILE))).text(),
    ];
    for (number, page) in pages.iter().enumerate() {
        assert!(!page.contains("<script>alert"), "page {number}");
        assert!(!page.contains("\"'&{{"), "page {number}: an attribute was left");
    }
    let sheet = office.ledger().duty_sheet(duty).unwrap().unwrap();
    assert_eq!(sheet.slots[0].filing.as_ref().unwrap().figure.note, HOSTILE);
    office.sound();
}

#[test]
fn the_way_back_stays_on_this_server() {
    let office = Office::start();
    for back in
        ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x=1"]
    {
        let answer =
            office.post("/login", &[("login", "clerk"), ("password", PASSWORD), ("back", back)]);
        assert_eq!(answer.header("location"), Some("/desk"), "{back}");
        assert!(!answer.head.contains("x=1"), "{back}");
    }
}

#[test]
fn a_page_of_elsewhere_cannot_read_what_needs_no_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    drop(Ledger::open(&folder.path().join("office.db")).unwrap());
    let office = Office::start_with(&["--single-user"]);
    let port = office.port;
    let get = |host: &str| {
        let request = format!("GET /desk HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        http::send(port, request.as_bytes()).status
    };
    assert_eq!(get(&format!("127.0.0.1:{port}")), 200);
    assert_eq!(get(&format!("localhost:{port}")), 200);
    assert_eq!(get("evil.example"), 403, "a name that was made to lead here");
    let duty = office.duty("stats");
    let answer = office.post(&format!("/duties/{duty}"), &[("act", "save"), ("value-0", "1")]);
    assert_eq!((answer.status, office.value("stats")), (403, None), "a form without the token");
}

#[test]
fn what_is_too_large_or_too_odd_is_refused() {
    let office = Office::start();
    let clerk = office.sign_in("clerk");
    let path = format!("/duties/{}", office.duty("stats"));
    let large = "9".repeat(21 << 20);
    let answer = clerk.post(&path, &[("act", "save"), ("value-0", &large)]);
    assert_eq!(answer.status, 413);
    let answer = clerk.fill(office.duty("stats"), "save", 0, &"9".repeat(100_000));
    assert_eq!(answer.status, 422);
    for body in [&b"\xff\xfe%"[..], b"act=save&act=submit&=&&%zz", b""] {
        let headers = format!(
            "Cookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            clerk.cookie
        );
        let status = office.send("POST", &path, &headers, body).status;
        assert!((400..500).contains(&status), "{status}");
    }
    for path in
        ["/duties/9999999999999999999999", "/duties/-1", "/duties/%00", "/duties/../accounts"]
    {
        let status = clerk.get(path).status;
        assert!((400..500).contains(&status), "{path} {status}");
    }
    assert_eq!(office.value("stats"), None);
    office.sound();
}

#[test]
fn an_old_or_weak_password_has_to_be_changed() {
    let office = Office::start();
    let clerk = office.sign_in("clerk");
    let change = |old: &str, new: &str, again: &str| {
        clerk.post("/account/password", &[("old", old), ("new", new), ("again", again)])
    };
    for (old, new, again, words) in [
        ("falsch", "Neue-2025", "Neue-2025", "原密码不对"),
        (PASSWORD, "Neue-2025", "Neue-2026", "不一致"),
        (PASSWORD, "kurz1-A", "kurz1-A", "8 到 128"),
        (PASSWORD, "nurkleines", "nurkleines", "三类"),
        (PASSWORD, "Clerk-2025", "Clerk-2025", "账号名"),
        (PASSWORD, PASSWORD, PASSWORD, "最近用过"),
    ] {
        let answer = change(old, new, again);
        assert_eq!(answer.status, 422, "{words}");
        assert!(answer.text().contains(words), "{words}");
    }
    let other = office.sign_in("clerk");
    let answer = change(PASSWORD, "Neue-2025", "Neue-2025");
    assert_eq!(answer.status, 303);
    assert_eq!(other.get("/desk").status, 303, "sessions of the old password end");
    assert_eq!(office.try_to_sign_in("clerk", PASSWORD).status, 403);
    assert_eq!(office.try_to_sign_in("clerk", "Neue-2025").status, 303);
    // No page and no file shows a password or its hash.
    let package = office.path().with_file_name("package");
    let exported = std::process::Command::new(env!("CARGO_BIN_EXE_duixian"))
        .args(["package", "export"])
        .arg(&package)
        .arg("--ledger")
        .arg(office.path())
        .output()
        .unwrap();
    assert!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    for file in std::fs::read_dir(&package).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let shown = bytes.windows(9).any(|window| window == b"$argon2id");
            assert!(!shown, "{}", path.display());
        }
    }
}
