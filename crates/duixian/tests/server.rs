//! The server as a client of HTTP meets it: what it sends, what it refuses, when it reads again, how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod http;

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use http::Answer;

/// A report of our own words.
const REPORT: &str = "关于清溪县2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案的报告\n\
    一、2023年计划执行情况\n\
    全年固定资产投资增长9.5%，新建绿道12公里。\n\
    二、2024年计划安排\n\
    固定资产投资增长8%以上，力争新增学位300个。\n";

fn duixian() -> Command {
    Command::new(env!("CARGO_BIN_EXE_duixian"))
}

fn import(folder: &Path, name: &str, text: &str) -> Output {
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    let done = duixian()
        .arg("import")
        .arg(file)
        .arg("--ledger")
        .arg(folder.join("plan.db"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done
}

/// A server on a ledger with one report.
struct Server {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        import(folder.path(), "清溪 报告.txt", REPORT);
        let ledger = folder.path().join("plan.db");
        let mut child = duixian()
            .args(["serve", "--port", "0", "--ledger"])
            .arg(ledger)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("Duixian 已启动：http://127.0.0.1:"), "{line}");
        let port =
            line.trim_end().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        Server { child, port, folder }
    }

    fn ledger(&self) -> PathBuf {
        self.folder.path().join("plan.db")
    }

    fn send(&self, request: &str) -> Answer {
        http::send(self.port, request.as_bytes())
    }

    fn get(&self, path: &str) -> Answer {
        self.get_with(path, "")
    }

    fn get_with(&self, path: &str, headers: &str) -> Answer {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Connection: close\r\n\r\n"
        ))
    }

    fn post(&self, path: &str, form: &str) -> Answer {
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        ))
    }

    /// The id of its document.
    fn document(&self) -> String {
        let page = self.get("/").text();
        let start = page.find("/documents/").unwrap() + "/documents/".len();
        page[start..start + 8].to_owned()
    }
}

#[test]
fn every_answer_is_guarded_and_sent_once() {
    let server = Server::start();
    for path in ["/", "/statements", "/assets/base.css", "/healthz", "/nowhere"] {
        let answer = server.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{path}");
    }
    for path in ["/", "/assets/page.js"] {
        let tag = server.get(path).header("etag").unwrap().to_owned();
        let again = server.get_with(path, &format!("If-None-Match: {tag}\r\n"));
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
    // Another language or theme is another page.
    let tag = server.get("/").header("etag").unwrap().to_owned();
    let dark = server.get_with("/", &format!("If-None-Match: {tag}\r\nCookie: theme=dark\r\n"));
    assert_eq!(dark.status, 200);
    assert!(dark.text().contains("data-theme=\"dark\""));
    assert_eq!(dark.header("vary"), Some("Cookie"));
}

#[test]
fn what_is_unknown_is_refused_with_a_page() {
    let server = Server::start();
    for path in
        ["/nowhere", "/statements/00000000-1", "/documents/00000000", "/?doc=00000000", "/assets/x"]
    {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    for (path, field, value) in [
        ("/statements?status=great", "status", "great"),
        ("/statements?role=%3Cb%3E", "role", "&lt;b&gt;"),
        ("/statements?page=99", "page", "99"),
        ("/statements?page=-1", "page", "-1"),
        ("/statements.csv?kind=1", "kind", "1"),
        ("/?sort=up", "sort", "up"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 400, "{path}");
        assert!(answer.text().contains(&format!("{field} = {value}")), "{path}");
    }
    // Odd addresses are answered, whatever the answer.
    for path in
        ["/statements?q=%FF%FE", "/?lang=%00", "/documents/%2e%2e/source", "/statements?=&&&="]
    {
        assert!(server.get(path).status < 500, "{path}");
    }
    assert_eq!(server.post("/statements", "").status, 405);
}

#[test]
fn the_source_comes_back_byte_for_byte() {
    let server = Server::start();
    let answer = server.get(&format!("/documents/{}/source", server.document()));
    assert_eq!(answer.body, REPORT.as_bytes());
    assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
    let disposition = answer.header("content-disposition").unwrap();
    assert_eq!(
        disposition,
        "attachment; filename*=UTF-8''%E6%B8%85%E6%BA%AA%20%E6%8A%A5%E5%91%8A.txt"
    );
}

#[test]
fn a_selection_is_downloaded_as_it_is_shown() {
    let server = Server::start();
    let page = server.get("/statements?role=target").text();
    let shown = page.matches("<tr class=\"role-target\"").count();
    assert!(shown >= 2, "{shown}");
    let lines = server.get("/statements.jsonl?role=target");
    assert_eq!(lines.text().lines().count(), shown);
    for line in lines.text().lines() {
        let statement: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(statement["role"], "target");
    }
    let table = server.get("/statements.csv?role=target");
    assert_eq!(table.text().lines().count(), shown + 1, "and a line of field names");
    assert!(table.header("content-disposition").unwrap().ends_with(".csv"));
}

#[test]
fn a_form_leads_to_the_shortest_address() {
    let server = Server::start();
    let answer =
        server.get("/statements?q=&role=target&kind=&status=&section=&indicator=&unit=&lang=en");
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), Some("/statements?role=target&lang=en"));
}

#[test]
fn choices_are_remembered_and_lead_back() {
    let server = Server::start();
    let answer = server.post("/preferences", "theme=dark&back=%2Fstatements%3Frole%3Dtarget");
    assert_eq!((answer.status, answer.header("location")), (303, Some("/statements?role=target")));
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("theme=dark;") && cookie.contains("SameSite=Lax"), "{cookie}");
    let away = server.post("/preferences", "theme=none&back=https%3A%2F%2Fexample.org%2F");
    assert_eq!((away.header("location"), away.header("set-cookie")), (Some("/"), None));
    let english = server.get("/?lang=en");
    assert!(english.header("set-cookie").unwrap().starts_with("lang=en;"));
    assert!(server.get_with("/", "Cookie: lang=en\r\n").text().contains("<html lang=\"en\""));
}

#[test]
fn a_new_report_is_shown_without_a_restart() {
    let server = Server::start();
    assert!(!server.get("/").text().contains("class=\"switcher\""));
    let later = REPORT.replace("2024", "2025").replace("2023", "2024");
    import(server.folder.path(), "later.txt", &later);
    let page = server.get("/").text();
    assert!(
        page.contains("class=\"switcher\"") && page.contains("later.txt"),
        "the later plan comes first"
    );
    // A ledger that is broken while it is served is told on the page; the server lives on.
    std::fs::write(server.ledger(), "no ledger any more").unwrap();
    let broken = server.get("/");
    assert_eq!(broken.status, 500);
    assert!(broken.text().contains("plan.db"));
    assert_eq!(server.get("/healthz").text(), "ok\n");
}

#[test]
fn what_cannot_be_served_is_one_line_and_an_exit_code() {
    let server = Server::start();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = duixian()
        .args(["serve", "--port", &port, "--ledger"])
        .arg(server.ledger())
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{message}");
    assert!(message.contains(&port) && message.lines().count() == 1, "{message}");

    let missing =
        duixian().args(["serve", "--port", "0", "--ledger", "nowhere.db"]).output().unwrap();
    let message = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert_eq!(missing.status.code(), Some(2), "{message}");
    assert!(message.contains("nowhere.db") && message.lines().count() == 1, "{message}");

    let elsewhere = duixian()
        .args(["serve", "--port", "0", "--address", "203.0.113.1", "--ledger"])
        .arg(server.ledger())
        .output()
        .unwrap();
    assert_eq!(elsewhere.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&elsewhere.stderr).contains("203.0.113.1"));
}

#[test]
fn a_damaged_ledger_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    import(folder.path(), "报告.txt", &REPORT.repeat(40));
    let ledger = folder.path().join("plan.db");
    let mut bytes = std::fs::read(&ledger).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xAA);
    std::fs::write(&ledger, bytes).unwrap();
    let refused =
        duixian().args(["serve", "--port", "0", "--ledger"]).arg(&ledger).output().unwrap();
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{message}");
    assert!(message.contains("台账损坏") && message.lines().count() == 1, "{message}");
}

#[cfg(unix)]
#[test]
fn it_ends_in_order_when_told_to_stop() {
    let mut server = Server::start();
    // A connection that never asks anything does not hold it up for long.
    let _idle = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let told = Command::new("kill").arg(server.child.id().to_string()).status().unwrap();
    assert!(told.success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}
