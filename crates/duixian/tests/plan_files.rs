//! Files that are attached to plan objects, and hostile texts in every field: nothing that is sent does harm.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http;
mod office;
mod plan_office;

use office::Office;
use plan_office::{PROBLEM, add_problem, object, put, step};
use terms::PlanKind;

const HOSTILE: &str = "<script>alert(1)</script>\"'&{{7*7}}'; DROP TABLE entry; --=1+1";

#[test]
fn attachments_are_labels_and_bytes() {
    let office = Office::start();
    let [planner, clerk] = ["planner", "clerk"].map(|login| office.sign_in(login));
    add_problem(&planner, "W-1");
    add_problem(&planner, "W-2");
    let long = format!("{}.pdf", "长".repeat(3000));
    let pages: [(&str, &str); 7] = [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("a\u{202e}fdp.exe", "afdp.exe"),
        ("<img src=x onerror=alert(1)>.html", "_img src=x onerror=alert(1)_.html"),
        ("a\u{200f}\u{feff}b.txt", "ab.txt"),
        (&long, "长.pdf"),
        ("..", "附件"),
    ];
    for (place, (sent, name)) in pages.iter().enumerate() {
        let bytes = format!("<html><script>alert({place})</script>");
        let answer = clerk.upload("/plan/problem/W-1/attach", sent, bytes.as_bytes());
        assert_eq!(answer.status, 303, "{sent}: {}", answer.text());
        let file = object(&office, "problem", "W-1").attachments[0].clone();
        assert!(file.name.ends_with(name) && file.name.chars().count() <= 120, "{sent}");
        let got = clerk.get(&format!("/attachments/{}", file.hash));
        assert_eq!((got.status, got.body), (200, bytes.clone().into_bytes()), "{sent}");
        let got = clerk.get(&format!("/attachments/{}", file.hash));
        assert_eq!(got.header("content-type"), Some("application/octet-stream"));
        assert_eq!(got.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(got.header("cache-control"), Some("no-store"));
        let disposition = got.header("content-disposition").unwrap();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._%".contains(&byte);
        let encoded = disposition.strip_prefix("attachment; filename*=UTF-8''").unwrap();
        assert!(encoded.bytes().all(plain), "{disposition}");
    }
    // A character that no header may hold makes the form unreadable.
    assert_eq!(clerk.upload("/plan/problem/W-1/attach", "a\0b.txt", b"nul").status, 400);
    // A line break in a name ends no header: the name is none, or the form is none.
    let answer = clerk.upload("/plan/problem/W-1/attach", "a\r\nSet-Cookie: x=1\r\n.pdf", b"odd");
    assert!(!answer.head.contains("x=1") && answer.status < 500, "{}", answer.status);
    for file in object(&office, "problem", "W-1").attachments {
        let got = clerk.get(&format!("/attachments/{}", file.hash));
        assert!(!got.head.contains("x=1"));
    }
    let page = clerk.get("/plan/problem/W-1").text();
    assert!(!page.contains("<img") && !page.contains('\u{202e}') && !page.contains("etc/passwd"));
    // The same bytes are kept once, and told as known where they are attached again.
    let count = || stored(&office);
    let before = count();
    let hash = last_hash(&office);
    for (code, done) in [("W-2", "attached"), ("W-2", "known")] {
        let answer = planner.upload(&format!("/plan/problem/{code}/attach"), "附件", b"once");
        assert!(answer.header("location").unwrap().contains(&format!("done={done}")));
    }
    planner.upload("/plan/problem/W-1/attach", "别名.pdf", b"once");
    assert_eq!(count(), before + 1);
    assert_ne!(hash, last_hash(&office));
    // Nothing and too much are refused.
    let none = clerk.upload("/plan/problem/W-1/attach", "empty.txt", b"");
    assert_eq!(none.status, 422);
    let large = vec![b'x'; (20 << 20) + 1];
    assert_eq!(clerk.upload("/plan/problem/W-1/attach", "large.bin", &large).status, 413);
    assert_eq!(count(), before + 1);
    office.sound();
}

/// Hash of what was attached last to the first problem.
fn last_hash(office: &Office) -> String {
    object(office, "problem", "W-1").attachments[0].hash.clone()
}

/// How many different contents the first two problems have.
fn stored(office: &Office) -> usize {
    let all = ["W-1", "W-2"].map(|code| object(office, "problem", code).attachments);
    let hashes: std::collections::BTreeSet<String> =
        all.into_iter().flatten().map(|file| file.hash).collect();
    for hash in &hashes {
        assert!(office.ledger().attachment(hash).unwrap().is_some());
    }
    hashes.len()
}

#[test]
fn a_file_is_sent_only_to_who_may_read_what_carries_it() {
    let office = Office::start();
    let [planner, clerk] = ["planner", "clerk"].map(|login| office.sign_in(login));
    add_problem(&planner, "W-1");
    assert_eq!(clerk.upload("/plan/problem/W-1/attach", "内部.pdf", b"secret").status, 303);
    let hash = last_hash(&office);
    let path = format!("/attachments/{hash}");
    for login in ["clerk", "colleague", "reviewer", "planner", "leader", "auditor"] {
        assert_eq!(office.sign_in(login).get(&path).status, 200, "{login}");
    }
    for login in ["finance", "elsewhere", "admin"] {
        let answer = office.sign_in(login).get(&path);
        let unknown = office.sign_in(login).get(&format!("/attachments/{}", "0".repeat(64)));
        assert_eq!((answer.status, unknown.status), (404, 404), "{login}");
        assert!(!answer.text().contains("secret"));
    }
    assert_eq!(office.get(&path).status, 303, "strangers sign in first");
    for odd in ["..%2f..%2fetc%2fpasswd", "", "%00", "abc", &hash[..63], "'%20OR%201=1"] {
        assert_eq!(clerk.get(&format!("/attachments/{odd}")).status, 404, "{odd}");
    }
    // Knowing a hash opens nothing: naming it in a field of one's own does not attach it.
    put(
        &office,
        "project:P-1",
        None,
        &[("name", "项目"), ("region", "330784"), ("department", "finance"), ("level", "county")],
    );
    let finance = office.sign_in("finance");
    let order = finance.post(
        "/plan/change-order",
        &[
            ("code", "PC-1"),
            ("parent", "project:P-1"),
            ("state", "proposed"),
            ("field-before", "1亿元"),
            ("field-after", "2亿元"),
            ("field-reason", "涨价"),
            ("field-document", &hash),
        ],
    );
    assert_eq!(order.status, 303, "{}", order.text());
    assert_eq!(finance.get(&path).status, 404);
    // What was taken off is not sent any more; its history stays.
    assert_eq!(clerk.post("/plan/problem/W-1/detach", &[("hash", &hash)]).status, 403);
    assert_eq!(planner.post("/plan/problem/W-1/detach", &[("hash", &hash)]).status, 303);
    assert_eq!(clerk.get(&path).status, 404);
    assert!(clerk.get("/plan/problem/W-1/history").text().contains("取下了"));
    office.sound();
}

#[test]
fn hostile_texts_are_shown_as_text_in_every_field_of_every_kind() {
    let office = Office::start();
    let planner = office.sign_in("planner");
    put(
        &office,
        "register:R-1",
        None,
        &[
            ("name", "名录"),
            ("region", "330784"),
            ("department", "stats"),
            ("counts", "other"),
            ("identified-by", "own"),
        ],
    );
    put(
        &office,
        "member:RM-1",
        Some("register:R-1"),
        &[("name", "甲"), ("region", "330784"), ("joined", "2024-01-01")],
    );
    put(
        &office,
        "project:P-1",
        None,
        &[("name", "项目"), ("region", "330784"), ("department", "stats"), ("level", "county")],
    );
    put(
        &office,
        "policy:Z-1",
        None,
        &[("name", "政策"), ("region", "330784"), ("department", "stats")],
    );
    let target = [
        ("indicator", "地区生产总值"),
        ("region", "330784"),
        ("period", "2024"),
        ("facet", "growth"),
        ("comparator", ">="),
        ("value", "5"),
        ("unit", "%"),
    ];
    put(&office, "target:T-1", None, &target);
    let mut pages = Vec::new();
    for kind in PlanKind::all() {
        let parent = kind.parents.first().map_or(String::new(), |parent| {
            let parent = PlanKind::named(parent).unwrap();
            format!("{}:{}-1", parent.code, parent.prefix)
        });
        let names: Vec<String> =
            kind.fields.iter().map(|field| format!("field-{}", field.code)).collect();
        let mut fields: Vec<(&str, &str)> =
            names.iter().map(|name| (name.as_str(), HOSTILE)).collect();
        fields.extend([("code", HOSTILE), ("state", HOSTILE), ("parent", parent.as_str())]);
        let answer = planner.post(&format!("/plan/{}", kind.code), &fields);
        assert_eq!(answer.status, 422, "{}: {}", kind.code, answer.text());
        let page = answer.text();
        // Everything that was typed is still there.
        assert!(page.matches("&lt;script&gt;").count() >= kind.fields.len(), "{}", kind.code);
        pages.push(page);
        pages.push(
            planner
                .get(&format!(
                    "/plan/{}?q={}&region={}",
                    kind.code,
                    http::encoded(HOSTILE),
                    http::encoded(HOSTILE)
                ))
                .text(),
        );
    }
    // As far as a field takes it, it is kept as it is.
    let mut fields = vec![
        ("code", "W-1"),
        ("state", "opened"),
        ("field-cause", HOSTILE),
        ("field-measure", HOSTILE),
        ("field-person", HOSTILE),
        ("field-progress", HOSTILE),
    ];
    fields.extend(PROBLEM);
    fields.retain(|(name, _)| *name != "field-name");
    fields.push(("field-name", HOSTILE));
    assert_eq!(planner.post("/plan/problem", &fields).status, 303);
    assert_eq!(step(&office, &planner, "W-1", "assigned", HOSTILE).status, 303);
    let kept = object(&office, "problem", "W-1");
    assert_eq!((kept.value("name"), kept.comment.as_str()), (HOSTILE, HOSTILE));
    pages.push(step(&office, &planner, "W-1", HOSTILE, HOSTILE).text());
    for path in ["/plan", "/plan/problem", "/plan/problem/W-1", "/plan/problem/W-1/history"] {
        pages.push(planner.get(path).text());
    }
    for path in [
        "/plan/register/R-1/count?day=",
        "/plan/register/R-1/count?since=",
        "/plan/register/R-1/count?level=",
        "/plan/problem?parent=",
        "/plan/problem?department=",
        "/plan/problem?sort=",
        "/plan/problem?state=",
        "/plan/problem?page=",
        "/plan/milestone/new?parent=",
    ] {
        let answer = planner.get(&format!("{path}{}", http::encoded(HOSTILE)));
        assert!(answer.status < 500, "{path}");
        pages.push(answer.text());
    }
    for (number, page) in pages.iter().enumerate() {
        assert!(!page.contains("<script>alert"), "page {number}");
        assert!(!page.contains("\"'&{{"), "page {number}: an attribute was left");
    }
    office.sound();
}
