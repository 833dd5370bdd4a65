//! An office with two departments, a form each, and a round that is open.

pub mod machine;

use std::path::PathBuf;

use ledger::{Entry, Filled, Ledger, LedgerError, Line, Locked};
use terms::{
    Account, Better, Day, Department, Facet, Figure, FigureAct, FigureState, Form, FormItem,
    Frequency, Grant, Indicator, ObservationStatus, Post, Punctuality, Round, Unit,
};

pub struct Office {
    pub ledger: Ledger,
    pub today: Day,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

pub fn day(day: u8) -> Day {
    Day::new(2024, 10, day).unwrap()
}

pub fn figure(value: &str) -> Figure {
    let value = (!value.is_empty()).then(|| value.parse().unwrap());
    Figure { value, status: ObservationStatus::Normal, note: String::new() }
}

pub fn line(position: u32, seen: u32, value: &str) -> Line {
    Line { position, seen, figure: Some(figure(value)) }
}

pub fn catalogue() -> Vec<Indicator> {
    let indicator = |code: &str, unit: &str| Indicator {
        code: code.into(),
        name: format!("指标{code}"),
        english: String::new(),
        synonyms: Vec::new(),
        unit: unit.into(),
        better: Better::Higher,
        frequency: Frequency::Month,
        definition: String::new(),
        formula: String::new(),
        owner: String::new(),
    };
    vec![indicator("GDP", "亿元"), indicator("TAX", "亿元")]
}

fn account(login: &str, grants: &[(Post, &str, Option<&str>)]) -> Account {
    Account {
        login: login.into(),
        name: login.into(),
        grants: grants
            .iter()
            .map(|(post, region, department)| Grant {
                post: *post,
                region: (*region).into(),
                department: department.map(Into::into),
            })
            .collect(),
        active: true,
    }
}

fn form(code: &str, name: &str, department: &str, items: &[(&str, Facet, &str)]) -> Form {
    Form {
        code: code.into(),
        name: name.into(),
        department: department.into(),
        regions: vec!["330784".into()],
        frequency: Frequency::Month,
        items: items
            .iter()
            .map(|(indicator, facet, unit)| FormItem {
                indicator: (*indicator).into(),
                facet: *facet,
                unit: Unit::new(*unit),
            })
            .collect(),
        active: true,
    }
}

impl Office {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("office.db");
        let mut ledger = Ledger::open(&path).unwrap();
        let operator = Self::operator();
        for (code, name) in [("stats", "统计局"), ("finance", "财政局")] {
            let department = Department {
                code: code.into(),
                name: name.into(),
                region: "330784".into(),
                email: String::new(),
                active: true,
            };
            ledger.put_department(&department, &operator).unwrap();
        }
        let (county, stats) = ("330784", Some("stats"));
        for account in [
            account("admin", &[(Post::Administrator, county, None)]),
            account("clerk", &[(Post::Clerk, county, stats)]),
            account("clerk2", &[(Post::Clerk, county, stats)]),
            account("finance", &[(Post::Clerk, county, Some("finance"))]),
            account("reviewer", &[(Post::Reviewer, county, None)]),
            account("both", &[(Post::Clerk, county, stats), (Post::Reviewer, county, stats)]),
            account("planner", &[(Post::Planner, county, None)]),
            account("leader", &[(Post::Leader, county, None)]),
            account(
                "elsewhere",
                &[(Post::Clerk, "330783", stats), (Post::Planner, "330783", None)],
            ),
        ] {
            ledger.put_account(&account, &operator).unwrap();
        }
        let industry = [("GDP", Facet::Level, "亿元"), ("GDP", Facet::Growth, "%")];
        let budget = [("TAX", Facet::Level, "亿元")];
        for form in [
            form("industry", "工业月报", "stats", &industry),
            form("budget", "财政月报", "finance", &budget),
        ] {
            ledger.put_form(&form, &catalogue(), &operator).unwrap();
        }
        let mut office = Office { ledger, today: day(5), path, _folder: folder };
        let round = Round {
            code: "2024-09".into(),
            name: "2024年9月填报".into(),
            period: "2024-01..09".parse().unwrap(),
            opens: day(1),
            due: day(8),
            closes: day(12),
        };
        let forms = ["industry".to_owned(), "budget".to_owned()];
        let entry = office.entry("planner");
        assert_eq!(office.ledger.open_round(&round, &forms, &entry).unwrap(), 2);
        assert_eq!(office.ledger.open_round(&round, &forms, &entry).unwrap(), 0);
        office
    }

    pub fn operator() -> Entry {
        Entry {
            author: "操作员".into(),
            at: "2024-09-30T08:00:00+08:00".into(),
            reason: "准备".into(),
            ..Entry::default()
        }
    }

    pub fn entry(&self, login: &str) -> Entry {
        Entry {
            author: login.into(),
            at: format!("{}T09:00:00+08:00", self.today),
            reason: "填报".into(),
            place: "10.0.0.8".into(),
            account: true,
        }
    }

    pub fn duty(&self, department: &str) -> i64 {
        let duties = self.ledger.progress("2024-09").unwrap();
        duties.iter().find(|known| known.duty.department == department).unwrap().duty.number
    }

    pub fn fill(
        &mut self,
        login: &str,
        duty: i64,
        act: FigureAct,
        lines: &[Line],
        comment: &str,
    ) -> Result<Filled, LedgerError> {
        let entry = self.entry(login);
        self.ledger.fill(duty, act, lines, comment, self.today, &entry)
    }

    pub fn lock(&mut self, login: &str, vintage: Day) -> Result<Locked, LedgerError> {
        let entry = self.entry(login);
        self.ledger.lock_round("2024-09", vintage, &catalogue(), &entry)
    }

    pub fn state(&self, duty: i64, position: usize) -> Option<FigureState> {
        let sheet = self.ledger.duty_sheet(duty).unwrap().unwrap();
        sheet.slots[position].filing.as_ref().map(|filing| filing.state)
    }

    pub fn punctuality(&self, duty: i64) -> Punctuality {
        let round = self.ledger.round("2024-09").unwrap().unwrap();
        let duties = self.ledger.progress("2024-09").unwrap();
        let progress = duties.iter().find(|known| known.duty.number == duty).unwrap();
        progress.punctuality(&round, self.today)
    }

    pub fn sound(&self) {
        assert_eq!(self.ledger.verify().unwrap().faults, []);
    }

    /// Changes the file past the program, as somebody with a database tool could.
    pub fn tamper(&self, statement: &str) {
        let tool = rusqlite::Connection::open(&self.path).unwrap();
        let triggers: Vec<(String, String)> = tool
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for (name, _) in &triggers {
            tool.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
        tool.execute_batch(statement).unwrap();
        for (_, sql) in &triggers {
            tool.execute_batch(sql).unwrap();
        }
    }
}
