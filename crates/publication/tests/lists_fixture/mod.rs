//! Tasks, problems and projects in the middle of their way, and every page of them.
#![allow(clippy::unwrap_used, reason = "a fixture that cannot be made is a broken test")]

use std::collections::BTreeMap;

use publication::html::desk::{PlanNames, Visitor};
use publication::html::{
    self, Address, Language, ListAsked, ListFrame, ListOrder, ListView, Move, PlanListKind,
    ProblemLine, ProblemsPage, ProjectGroup, ProjectLine, ProjectPage, ProjectsPage, TaskLine,
    TasksPage, Theme, View,
};
use terms::{
    Attached, Day, Deadline, Department, FundingTotal, InvestmentRate, InvestmentTotal,
    InvestmentYear, MilestoneCount, Pace, PlanKind, PlanObject, PlanState, ProblemCourse,
    ProjectProgress, Quantity, Right, StageStay, StallCause,
};

/// What a hostile person would write into every field.
pub const HOSTILE: &str = "\"'></textarea></title><script>alert(1)</script><b onclick=x>";
pub const TOKEN: &str = "t0ken-of-this-session";
pub const HASH: &str = "927f8f9e1fd33be71e18ed63a2e4bbb7e36bd53e2fabd01654302ddb03b1ef1e";
pub const BOTH: [Language; 2] = [Language::Chinese, Language::English];

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn amount(text: &str) -> Quantity {
    text.parse().unwrap()
}

pub fn view(language: Language, writes: bool) -> View {
    View {
        language,
        theme: Theme::System,
        shortcuts: true,
        here: Address::new("/tasks"),
        ledger: "duixian.db".into(),
        visitor: writes.then(|| Visitor {
            login: "chen".into(),
            name: "陈晓".into(),
            rights: Right::ALL.to_vec(),
            token: TOKEN.into(),
        }),
        public: false,
    }
}

/// Objects, with texts as they are or hostile in each of them.
pub struct Scene {
    hostile: bool,
    pub departments: Vec<Department>,
    pub names: PlanNames,
    pub states: Vec<(&'static PlanState, usize)>,
    pub asked: ListAsked,
    pub regions: Vec<String>,
    pub indicators: Vec<String>,
}

impl Scene {
    pub fn new(kind: &str, hostile: bool) -> Scene {
        let text = |plain: &str| if hostile { format!("{plain}{HOSTILE}") } else { plain.into() };
        let one = |code: &str, name: &str| BTreeMap::from([(code.to_owned(), text(name))]);
        let kind = PlanKind::named(kind).unwrap();
        Scene {
            hostile,
            departments: vec![Department {
                code: "water".into(),
                name: text("水利局"),
                region: "330784".into(),
                email: String::new(),
                active: true,
            }],
            names: PlanNames {
                regions: one("330784", "永康市"),
                departments: one("water", "水利局"),
                indicators: one("investment", "固定资产投资"),
                people: one("wang", "王建国"),
                objects: one("project:P-1", "抽水蓄能电站"),
            },
            states: kind.states.iter().map(|state| (state, 5)).collect(),
            asked: ListAsked::default(),
            regions: vec!["330784".into(), "330700".into()],
            indicators: vec!["investment".into()],
        }
    }

    pub fn text(&self, plain: &str) -> String {
        if self.hostile { format!("{plain}{HOSTILE}") } else { plain.into() }
    }

    pub fn object(
        &self,
        kind: &str,
        code: &str,
        state: &str,
        fields: &[(&str, &str)],
    ) -> PlanObject {
        let kind = PlanKind::named(kind).unwrap();
        let known = fields.iter().map(|(name, value)| {
            let field = kind.field(name).unwrap();
            let free = matches!(field.kind, terms::FieldKind::Line | terms::FieldKind::Text);
            let value = if free { self.text(value) } else { (*value).to_owned() };
            (field.code, value)
        });
        PlanObject {
            number: 1,
            kind,
            code: code.into(),
            parent: None,
            region: "330784".into(),
            department: Some("water".into()),
            fields: known.collect(),
            state: state.into(),
            comment: String::new(),
            state_author: "chen".into(),
            state_since: "2024-10-07T09:30:00+08:00".into(),
            version: 7,
            attachments: Vec::new(),
        }
    }

    pub fn frame<'a>(&'a self, list: PlanListKind, moved: Option<&'a PlanObject>) -> ListFrame<'a> {
        ListFrame {
            list,
            asked: &self.asked,
            today: day("2024-10-20"),
            found: 250,
            all: 300,
            states: &self.states,
            late: 3,
            page: 2,
            pages: 3,
            departments: &self.departments,
            regions: &self.regions,
            indicators: &self.indicators,
            years: &[2024, 2023],
            names: &self.names,
            may_add: true,
            moved,
        }
    }

    pub fn attached(&self, name: &str, media: &str) -> Attached {
        Attached {
            hash: HASH.into(),
            name: if self.hostile { format!("{HOSTILE}{name}") } else { name.into() },
            media: media.into(),
            size: 2_500,
            author: "chen".into(),
            at: "2024-10-07T09:30:00+08:00".into(),
        }
    }
}

pub fn waits(text: &str) -> Option<Deadline> {
    Some(Deadline { day: day(text), waits: true })
}

pub fn moves(kind: &str) -> Vec<Move> {
    let kind = PlanKind::named(kind).unwrap();
    vec![Move { to: &kind.states[1], ready: true }, Move { to: &kind.states[2], ready: false }]
}

pub fn tasks(view: &View, look: ListView, hostile: bool, count: usize) -> String {
    let mut scene = Scene::new("task", hostile);
    scene.asked =
        ListAsked { view: look, text: Some(scene.text("蓄能")), late: true, ..scene.asked };
    let fields = [
        ("name", "抽水蓄能电站建设"),
        ("start", "2024-01-10"),
        ("due", "2024-09-30"),
        ("person", "wang"),
        ("indicator", "investment"),
        ("progress", "地下厂房开挖完成"),
    ];
    let tasks: Vec<PlanObject> = (0..count)
        .map(|number| scene.object("task", &format!("K-{number}"), "started", &fields))
        .collect();
    let milestone = |code, state, due| {
        scene.object("milestone", code, state, &[("name", "通道贯通"), ("due", due)])
    };
    let below = [
        milestone("M-1", "reached", "2024-03-31"),
        milestone("M-2", "open", "2024-08-31"),
        milestone("M-3", "open", "2024-12-31"),
    ];
    let below: Vec<&PlanObject> = below.iter().collect();
    let moves = moves("task");
    let lines: Vec<TaskLine<'_>> = tasks
        .iter()
        .map(|object| TaskLine {
            object,
            deadline: waits("2024-09-30"),
            milestones: &below,
            reached: MilestoneCount { all: 3, reached: 1, overdue: 1 },
            moves: &moves,
        })
        .collect();
    let frame = scene.frame(PlanListKind::Tasks, tasks.first());
    html::tasks(view, &TasksPage { frame, lines: &lines })
}

pub fn course() -> ProblemCourse {
    let stay = |state, days, now| StageStay { state, days, now };
    ProblemCourse {
        stages: vec![
            stay("opened", Some(7), false),
            stay("assigned", Some(20), true),
            stay("rectified", Some(2), false),
            stay("verified", None, false),
            stay("closed", None, false),
            stay("reopened", Some(1), false),
        ],
        reopened: 1,
        days: Some(30),
    }
}

pub fn problem_object(scene: &Scene) -> PlanObject {
    let fields = [
        ("name", "管线迁改滞后"),
        ("opened", "2024-06-12"),
        ("about", "project:P-1"),
        ("deadline", "2024-10-10"),
        ("person", "wang"),
    ];
    let attached = scene.attached("会议纪要.pdf", "application/pdf");
    PlanObject {
        attachments: vec![attached],
        ..scene.object("problem", "W-1", "assigned", &fields)
    }
}

pub fn problems(view: &View, look: ListView, hostile: bool) -> String {
    let mut scene = Scene::new("problem", hostile);
    scene.asked = ListAsked { view: look, state: Some("assigned".into()), ..scene.asked };
    let object = problem_object(&scene);
    let (course, moves, alarm) = (course(), moves("problem"), scene.text("固定资产投资增速回落"));
    let line = ProblemLine {
        object: &object,
        deadline: waits("2024-10-10"),
        course: &course,
        owed: Some((Right::Fill, object.kind.state("rectified").unwrap())),
        alarm: Some(&alarm),
        indicator: Some("investment"),
        moves: &moves,
    };
    let frame = scene.frame(PlanListKind::Problems, None);
    html::problems(view, &ProblemsPage { frame, lines: &[line] })
}

pub fn progress() -> ProjectProgress {
    let rate = InvestmentRate {
        rate: "31.5".parse().unwrap(),
        elapsed: "74.9".parse().unwrap(),
        ahead: "-43.4".parse().unwrap(),
        pace: Pace::FarBehind,
        on: day("2024-09-30"),
    };
    ProjectProgress {
        years: vec![InvestmentYear {
            code: "Y-1".into(),
            year: 2024,
            planned: Some(amount("15亿元")),
            actual: Some(amount("4.725亿元")),
            cumulative: Some(amount("38.90亿元")),
            through: Some(day("2024-09-30")),
            rate: Some(rate),
        }],
        milestones: MilestoneCount { all: 2, reached: 1, overdue: 0 },
        changes: 1,
        stalled: vec![StallCause::Behind {
            rate: rate.rate,
            elapsed: rate.elapsed,
            behind: -rate.ahead,
            through: rate.on,
        }],
    }
}

pub fn project_object(scene: &Scene) -> PlanObject {
    let fields = [
        ("name", "抽水蓄能电站"),
        ("level", "province"),
        ("total-investment", "86.50亿元"),
        ("start", "2022-11-01"),
        ("finish", "2028-06-30"),
        ("content", "装机120万千瓦"),
        ("progress", "下水库填筑过八成"),
        ("indicator", "investment"),
        ("person", "wang"),
    ];
    let photo = scene.attached("大坝.png", "image/png");
    PlanObject { attachments: vec![photo], ..scene.object("project", "P-1", "building", &fields) }
}

pub fn total() -> InvestmentTotal {
    InvestmentTotal {
        projects: 10,
        stalled: 1,
        planned: Some(amount("28.36亿元")),
        actual: Some(amount("21.85亿元")),
        rate: Some("77.0".parse().unwrap()),
        without: 2,
    }
}

pub fn projects(view: &View, look: ListView, hostile: bool) -> String {
    let mut scene = Scene::new("project", hostile);
    scene.asked = ListAsked {
        view: look,
        level: Some("province".into()),
        department: Some("water".into()),
        region: Some("330784".into()),
        indicator: Some("investment".into()),
        year: Some(2024),
        stalled: true,
        order: Some(ListOrder::Name),
        ..scene.asked
    };
    let (object, progress, total) = (project_object(&scene), progress(), total());
    let line = ProjectLine {
        object: &object,
        deadline: waits("2028-06-30"),
        progress: &progress,
        milestones: &[],
    };
    let group = |code: &str| vec![ProjectGroup { code: code.into(), total: total.clone() }];
    let page = ProjectsPage {
        frame: scene.frame(PlanListKind::Projects, None),
        year: 2024,
        elapsed: Some("80.3".parse().unwrap()),
        lines: &[line],
        total: &total,
        levels: &group("province"),
        departments: &group("water"),
    };
    html::projects(view, &page)
}

pub fn project(view: &View, hostile: bool) -> String {
    let scene = Scene::new("project", hostile);
    let (object, progress) = (project_object(&scene), progress());
    let milestone = scene.object(
        "milestone",
        "M-1",
        "reached",
        &[("name", "通道贯通"), ("due", "2024-03-31"), ("done-on", "2024-03-22")],
    );
    let change = scene.object(
        "change-order",
        "V-1",
        "proposed",
        &[("before", "1.20亿元"), ("after", "1.28亿元"), ("reason", "管线迁改增量")],
    );
    let land = scene.object("land", "L-1", "granted", &[("kind", "new"), ("requested", "120亩")]);
    let problem = problem_object(&scene);
    let funding = FundingTotal {
        source: "special-bond".into(),
        requested: Some(amount("2亿元")),
        issued: Some(amount("1.6亿元")),
        paid: None,
    };
    let page = ProjectPage {
        today: day("2024-10-20"),
        object: &object,
        deadline: waits("2028-06-30"),
        progress: &progress,
        milestones: &[(&milestone, Some(Deadline { day: day("2024-03-31"), waits: false }))],
        funding: &[funding],
        land: &[&land],
        changes: &[(&change, Some(amount("0.08亿元")))],
        problems: &[(&problem, waits("2024-10-10"))],
        names: &scene.names,
        may_edit: true,
    };
    html::project(view, &page)
}

/// Every page, with a name.
pub fn every_page(view: &View, hostile: bool) -> Vec<(&'static str, String)> {
    vec![
        ("tasks", tasks(view, ListView::Table, hostile, 2)),
        ("tasks board", tasks(view, ListView::Board, hostile, 2)),
        ("tasks gantt", tasks(view, ListView::Gantt, hostile, 2)),
        ("problems", problems(view, ListView::Table, hostile)),
        ("problems board", problems(view, ListView::Board, hostile)),
        ("projects", projects(view, ListView::Table, hostile)),
        ("projects gantt", projects(view, ListView::Gantt, hostile)),
        ("project", project(view, hostile)),
    ]
}
