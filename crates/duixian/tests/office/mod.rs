//! A county's office: two departments with a form each, a round that is open today, and a server where all sign in.

#![allow(clippy::unwrap_used, clippy::panic, dead_code, reason = "each test uses its part")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use ledger::{Entry, Ledger};
use terms::{
    Account, Day, Department, Facet, Form, FormItem, Frequency, Grant, Indicator, Post, Round, Unit,
};

use crate::http::{self, Answer};

/// The password of everybody.
pub const PASSWORD: &str = "Mima-2024";

/// Login, post, region and department of everybody.
pub const PEOPLE: &[(&str, Post, &str, Option<&str>)] = &[
    ("admin", Post::Administrator, "330784", None),
    ("clerk", Post::Clerk, "330784", Some("stats")),
    ("colleague", Post::Clerk, "330784", Some("stats")),
    ("finance", Post::Clerk, "330784", Some("finance")),
    ("elsewhere", Post::Clerk, "330783", Some("other")),
    ("reviewer", Post::Reviewer, "330784", None),
    ("planner", Post::Planner, "330784", None),
    ("leader", Post::Leader, "330784", None),
    ("auditor", Post::Auditor, "330784", None),
];

/// The office with its server.
pub struct Office {
    child: Child,
    pub port: u16,
    folder: tempfile::TempDir,
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody who is signed in.
pub struct Person<'a> {
    office: &'a Office,
    pub cookie: String,
    pub token: String,
}

pub fn entry() -> Entry {
    Entry {
        author: "操作员".into(),
        at: "2024-09-30T08:00:00+08:00".into(),
        reason: "准备".into(),
        ..Entry::default()
    }
}

/// Days of a round that is open now, whenever that is.
pub fn round(code: &str, period: &str) -> Round {
    Round {
        code: code.into(),
        name: format!("{code}填报"),
        period: period.parse().unwrap(),
        opens: Day::new(2020, 1, 1).unwrap(),
        due: Day::new(2199, 1, 8).unwrap(),
        closes: Day::new(2199, 1, 12).unwrap(),
    }
}

/// A form of an indicator's level and growth.
pub fn monthly(code: &str, department: &str, region: &str, indicators: &[&Indicator]) -> Form {
    let item = |indicator: &Indicator, facet, unit: &str| FormItem {
        indicator: indicator.code.as_str().into(),
        facet,
        unit: Unit::new(unit),
    };
    let items = indicators.iter().flat_map(|indicator| {
        let growth = (indicator.unit != "%").then(|| item(indicator, Facet::Growth, "%"));
        std::iter::once(item(indicator, Facet::Level, &indicator.unit)).chain(growth)
    });
    Form {
        code: code.into(),
        name: format!("{code}月报"),
        department: department.into(),
        regions: vec![region.into()],
        frequency: Frequency::Month,
        items: items.collect(),
        active: true,
    }
}

pub fn department(code: &str, name: &str, region: &str) -> Department {
    Department {
        code: code.into(),
        name: name.into(),
        region: region.into(),
        email: format!("{code}@qingxi.example"),
        active: true,
    }
}

pub fn account(login: &str, post: Post, region: &str, department: Option<&str>) -> Account {
    let grants =
        vec![Grant { post, region: region.into(), department: department.map(Into::into) }];
    Account { login: login.into(), name: format!("{login}先生"), grants, active: true }
}

/// Fills a new ledger: departments, people, forms and a round.
pub fn prepare(ledger: &mut Ledger) {
    let entry = entry();
    for (code, name, region) in [
        ("stats", "统计局", "330784"),
        ("finance", "财政局", "330784"),
        ("other", "邻市统计局", "330783"),
    ] {
        ledger.put_department(&department(code, name, region), &entry).unwrap();
    }
    let hash = Argon2::default().hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    for (login, post, region, department) in PEOPLE {
        ledger.put_account(&account(login, *post, region, *department), &entry).unwrap();
        // Set today, so that it is not too old.
        let now = Entry { at: now(), ..entry.clone() };
        ledger.set_password(login, &hash, false, &now).unwrap();
    }
    let catalogue = statement::catalogue();
    let find = |name: &str| Indicator::named(&catalogue, name).unwrap();
    for form in [
        monthly("industry", "stats", "330784", &[find("地区生产总值")]),
        monthly("budget", "finance", "330784", &[find("一般公共预算收入")]),
        monthly("abroad", "other", "330783", &[find("地区生产总值")]),
    ] {
        ledger.put_form(&form, &catalogue, &entry).unwrap();
    }
    let forms = ["industry", "budget", "abroad"].map(str::to_owned);
    ledger.open_round(&round("2024-09", "2024-01..09"), &forms, &entry).unwrap();
}

fn now() -> String {
    let done = Command::new("date").arg("+%Y-%m-%dT%H:%M:%S+00:00").env("TZ", "UTC").output();
    String::from_utf8(done.unwrap().stdout).unwrap().trim().to_owned()
}

fn serve(ledger: &Path, options: &[&str]) -> (Child, u16) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_duixian"))
        .args(["serve", "--port", "0", "--ledger"])
        .arg(ledger)
        .args(options)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim_end().trim_end_matches('/').rsplit(':').next().unwrap();
    (child, port.parse().unwrap())
}

impl Office {
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    pub fn start_with(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("office.db");
        prepare(&mut Ledger::open(&path).unwrap());
        let (child, port) = serve(&path, options);
        Office { child, port, folder }
    }

    /// Kills the server as a loss of power would, without a word.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts the server again, on another port.
    pub fn restart(&mut self) {
        (self.child, self.port) = serve(&self.path(), &[]);
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("office.db")
    }

    pub fn ledger(&self) -> Ledger {
        Ledger::open_read_only(&self.path()).unwrap()
    }

    /// The number of a department's duty in the first round.
    pub fn duty(&self, department: &str) -> i64 {
        let duties = self.ledger().progress("2024-09").unwrap();
        duties.iter().find(|known| known.duty.department == department).unwrap().duty.number
    }

    /// The value that stands in the first line of a duty.
    pub fn value(&self, department: &str) -> Option<String> {
        let sheet = self.ledger().duty_sheet(self.duty(department)).unwrap().unwrap();
        Some(sheet.slots[0].filing.as_ref()?.figure.value.as_ref()?.to_string())
    }

    pub fn sound(&self) {
        assert_eq!(self.ledger().verify().unwrap().faults, []);
    }

    /// Sends a request with these headers, each with its line break, and this body.
    pub fn send(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{headers}\
             Content-Length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        http::send(self.port, &[head.as_bytes(), body].concat())
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", b"")
    }

    /// Sends a form without a session.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.send("POST", path, kind, http::form(fields).as_bytes())
    }

    pub fn try_to_sign_in(&self, login: &str, password: &str) -> Answer {
        self.post("/login", &[("login", login), ("password", password), ("back", "/desk")])
    }

    pub fn sign_in(&self, login: &str) -> Person<'_> {
        let answer = self.try_to_sign_in(login, PASSWORD);
        assert_eq!(answer.status, 303, "{login}: {}", answer.text());
        let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let mut person = Person { office: self, cookie, token: String::new() };
        let page = person.get("/account").text();
        let start = page.find("name=\"token\" value=\"").unwrap() + "name=\"token\" value=\"".len();
        person.token = page[start..start + 64].to_owned();
        person
    }
}

impl Person<'_> {
    pub fn get(&self, path: &str) -> Answer {
        self.office.send("GET", path, &format!("Cookie: {}\r\n", self.cookie), b"")
    }

    /// Sends a form as a browser does from a page of the server.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("token", self.token.as_str())];
        all.extend(fields);
        let origin = format!("http://127.0.0.1:{}", self.office.port);
        self.post_from(&origin, path, &all)
    }

    /// Sends a form from a page of an origin; the token is up to the caller.
    pub fn post_from(&self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = format!(
            "Cookie: {}\r\nOrigin: {origin}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            self.cookie
        );
        self.office.send("POST", path, &headers, http::form(fields).as_bytes())
    }

    /// Uploads a file.
    pub fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        self.upload_with(path, &[], name, bytes)
    }

    /// Uploads a file with other fields beside it.
    pub fn upload_with(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        bytes: &[u8],
    ) -> Answer {
        let part = |(name, value): &(&str, &str)| {
            format!(
                "--border\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
        };
        let token = ("token", self.token.as_str());
        let mut body: String = std::iter::once(&token).chain(fields).map(part).collect();
        body.push_str(&format!(
            "--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        ));
        let mut body = body.into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--border--\r\n");
        let headers = format!(
            "Cookie: {}\r\nContent-Type: multipart/form-data; boundary=border\r\n",
            self.cookie
        );
        self.office.send("POST", path, &headers, &body)
    }

    /// Fills the first line of a duty.
    pub fn fill(&self, duty: i64, act: &str, version: u32, value: &str) -> Answer {
        let (path, version) = (format!("/duties/{duty}"), version.to_string());
        self.post(
            &path,
            &[
                ("act", act),
                ("version-0", &version),
                ("value-0", value),
                ("status-0", "normal"),
                ("note-0", ""),
            ],
        )
    }
}
