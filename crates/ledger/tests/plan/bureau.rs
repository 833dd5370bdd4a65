//! A bureau that keeps plan objects: departments, people, and a ledger.

use std::path::PathBuf;

use ledger::{Entry, Ledger, LedgerError, PlanChange, PlanOutcome};
use terms::{
    Account, Better, Day, Department, Frequency, Grant, Indicator, PlanKind, PlanObject, PlanRef,
    Post,
};

pub struct Bureau {
    pub ledger: Ledger,
    pub path: PathBuf,
    minute: u32,
    _folder: tempfile::TempDir,
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn kind(code: &str) -> &'static PlanKind {
    PlanKind::named(code).unwrap()
}

pub fn catalogue() -> Vec<Indicator> {
    let indicator = |code: &str, name: &str, unit: &str| Indicator {
        code: code.into(),
        name: name.into(),
        english: String::new(),
        synonyms: Vec::new(),
        unit: unit.into(),
        better: Better::Higher,
        frequency: Frequency::Year,
        definition: String::new(),
        formula: String::new(),
        owner: String::new(),
    };
    vec![
        indicator("GDP", "地区生产总值", "亿元"),
        indicator("FOREST", "森林覆盖率", "%"),
        indicator("SPECIALISED", "专精特新企业", "家"),
    ]
}

/// A change with values by the code of their field.
pub fn change(kind_code: &str, code: &str, fields: &[(&str, &str)]) -> PlanChange {
    let kind = kind(kind_code);
    PlanChange {
        kind,
        code: code.into(),
        parent: None,
        seen: None,
        fields: fields
            .iter()
            .map(|(field, value)| (kind.field(field).expect(field), (*value).to_owned()))
            .collect(),
        state: None,
        comment: String::new(),
    }
}

/// Adds a problem of the industry department.
pub fn problem(bureau: &mut Bureau) {
    let fields = [
        ("name", "某企业粉尘超标"),
        ("region", "330784"),
        ("opened", "2024-02-20"),
        ("department", "industry"),
        ("deadline", "2024-06-30"),
    ];
    bureau.done("planner", change("problem", "W-1", &fields));
}

/// The same under another object.
pub fn under(parent: &str, mut change: PlanChange) -> PlanChange {
    change.parent = Some(parent.parse::<PlanRef>().unwrap());
    change
}

/// A step without new values.
pub fn step(kind: &str, code: &str, state: &str, comment: &str) -> PlanChange {
    let (state, comment) = (Some(state.into()), comment.into());
    PlanChange { state, comment, ..change(kind, code, &[]) }
}

impl Bureau {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bureau.db");
        let ledger = Ledger::open(&path).unwrap();
        let mut bureau = Bureau { ledger, path, minute: 0, _folder: folder };
        for (code, name) in [("reform", "发改局"), ("industry", "经信局")] {
            let department = Department {
                code: code.into(),
                name: name.into(),
                region: "330784".into(),
                email: String::new(),
                active: true,
            };
            let entry = bureau.entry("");
            bureau.ledger.put_department(&department, &entry).unwrap();
        }
        let grant = |post, region: &str, department: Option<&str>| Grant {
            post,
            region: region.into(),
            department: department.map(Into::into),
        };
        let (county, industry) = ("330784", Some("industry"));
        for (login, grants) in [
            ("admin", vec![grant(Post::Administrator, county, None)]),
            ("planner", vec![grant(Post::Planner, county, None)]),
            ("clerk", vec![grant(Post::Clerk, county, industry)]),
            ("other", vec![grant(Post::Clerk, county, Some("reform"))]),
            ("reviewer", vec![grant(Post::Reviewer, county, None)]),
            (
                "both",
                vec![grant(Post::Clerk, county, industry), grant(Post::Reviewer, county, industry)],
            ),
            ("leader", vec![grant(Post::Leader, county, None)]),
            ("elsewhere", vec![grant(Post::Planner, "330783", None)]),
        ] {
            let account = Account { login: login.into(), name: login.into(), grants, active: true };
            let entry = bureau.entry("");
            bureau.ledger.put_account(&account, &entry).unwrap();
        }
        bureau
    }

    /// An entry of an account, or of whoever has the file in hand, a minute after the last.
    pub fn entry(&mut self, login: &str) -> Entry {
        self.minute += 1;
        Entry {
            author: if login.is_empty() { "操作员".into() } else { login.into() },
            at: self.now(),
            reason: "计划".into(),
            place: String::new(),
            account: !login.is_empty(),
        }
    }

    /// The time of the last entry.
    pub fn now(&self) -> String {
        let (hour, minute) = (self.minute / 60 % 24, self.minute % 60);
        let day = 1 + self.minute / (60 * 24);
        format!("2024-02-{day:02}T{hour:02}:{minute:02}:00+08:00")
    }

    pub fn make(&mut self, login: &str, change: PlanChange) -> Result<PlanOutcome, LedgerError> {
        let entry = self.entry(login);
        self.ledger.change_plan(&change, &catalogue(), &entry)
    }

    /// A change that goes well.
    pub fn done(&mut self, login: &str, change: PlanChange) {
        let what = format!("{change:?}");
        match self.make(login, change) {
            Ok(PlanOutcome::New | PlanOutcome::Changed { .. }) => {}
            other => panic!("{other:?} {what}"),
        }
    }

    /// What is said of a change that is refused; nothing is written.
    pub fn refused(&mut self, login: &str, change: PlanChange) -> String {
        let before = self.ledger.verify().unwrap().head;
        let error = self.make(login, change).unwrap_err().to_string();
        assert_eq!(self.ledger.verify().unwrap().head, before);
        error
    }

    pub fn attach(&mut self, login: &str, kind_code: &str, code: &str, bytes: &[u8]) -> String {
        let entry = self.entry(login);
        self.ledger.attach(kind(kind_code), code, "照片.jpg", bytes, &entry).unwrap().0
    }

    pub fn object(&self, kind_code: &str, code: &str) -> PlanObject {
        self.ledger.plan_object(kind(kind_code), code, None).unwrap().unwrap()
    }

    pub fn sound(&self) {
        assert_eq!(self.ledger.verify().unwrap().faults, []);
    }
}
