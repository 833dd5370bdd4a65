//! A round in the middle of its work, and every page of the desk made of it.
#![allow(clippy::unwrap_used, reason = "a fixture that cannot be made is a broken test")]

pub mod read;

use publication::html::desk::{
    self, AccountPage, AccountsPage, DepartmentsPage, DutyHistoryPage, DutyPage, FiledVersion,
    FindingWeight, FormPage, FormsPage, HistoryEntry, HistoryPage, HomePage, LineContext,
    LoginPage, Names, NewRoundPage, PageFinding, PasswordPage, RoundDone, RoundLine, RoundPage,
    RoundsPage, Trouble, TypedAccount, TypedDepartment, TypedFigure, TypedForm, TypedRound,
    Visitor,
};
use publication::html::{Address, Language, Theme, View};
use terms::{
    Account, Day, Department, Duty, DutyProgress, DutySheet, Facet, Figure, FigureAct, FigureState,
    Filing, Form, FormItem, Frequency, Grant, ObservationStatus, Post, Right, Round, Slot, Unit,
};

/// What a hostile person would write into every field.
pub const HOSTILE: &str = "\"'></textarea></title><script>alert(1)</script><b onclick=x>";

/// The token of the session.
pub const TOKEN: &str = "t0ken-of-this-session";

/// The texts of a scene: as they are, or hostile in each of them.
#[derive(Clone, Copy)]
pub struct Texts {
    pub hostile: bool,
}

impl Texts {
    fn of(self, plain: &str) -> String {
        if self.hostile { format!("{plain}{HOSTILE}") } else { plain.to_owned() }
    }
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn view(language: Language, rights: &[Right], texts: Texts) -> View {
    View {
        language,
        theme: Theme::System,
        shortcuts: true,
        here: Address::new("/desk"),
        ledger: "duixian.db".into(),
        visitor: (!rights.is_empty()).then(|| Visitor {
            login: texts.of("chen"),
            name: texts.of("陈晓"),
            rights: rights.to_vec(),
            token: TOKEN.into(),
        }),
        public: false,
    }
}

pub fn round(texts: Texts) -> Round {
    Round {
        code: texts.of("2024-09"),
        name: texts.of("2024年9月填报"),
        period: "2024-01..09".parse().unwrap(),
        opens: day("2024-10-01"),
        due: day("2024-10-08"),
        closes: day("2024-10-12"),
    }
}

pub fn progress(
    texts: Texts,
    number: i64,
    states: [usize; 6],
    lines: usize,
    handed_in: Option<&str>,
) -> DutyProgress {
    let names =
        ["工业经济月报", "投资和项目月报", "商贸流通月报", "节能降耗月报", "就业和工资月报"];
    let departments = ["市经信局", "市发改局", "市商务局", "市发改局", "市人社局"];
    let place = usize::try_from(number).unwrap() % names.len();
    DutyProgress {
        duty: Duty {
            number,
            round: texts.of("2024-09"),
            form: texts.of("form"),
            department: texts.of("jxj"),
            region: if number % 2 == 0 { "330784".into() } else { texts.of("330784100").into() },
            extended: (number == 4).then(|| day("2024-10-15")),
        },
        form: texts.of(names[place]),
        department: texts.of(departments[place]),
        lines,
        states,
        handed_in: handed_in.map(day),
    }
}

/// Duties of every punctuality on the tenth of October.
pub fn duties(texts: Texts) -> Vec<DutyProgress> {
    vec![
        progress(texts, 1, [0, 6, 0, 0, 0, 0], 6, Some("2024-10-07")),
        progress(texts, 2, [3, 0, 0, 0, 0, 0], 8, None),
        progress(texts, 3, [0, 0, 1, 4, 0, 0], 5, Some("2024-10-09")),
        progress(texts, 4, [2, 0, 0, 0, 0, 0], 7, None),
        progress(texts, 5, [0, 0, 0, 0, 9, 1], 10, Some("2024-10-05")),
    ]
}

fn slot(
    texts: Texts,
    position: u32,
    code: &str,
    facet: Facet,
    unit: &str,
    filed: Option<(&str, FigureState)>,
) -> Slot {
    let filing = filed.map(|(value, state)| Filing {
        version: 3,
        state,
        figure: Figure {
            value: value.parse().ok(),
            status: if value.is_empty() {
                ObservationStatus::Missing
            } else {
                ObservationStatus::Normal
            },
            note: if position == 2 { texts.of("新企业投产") } else { String::new() },
        },
        comment: match state {
            FigureState::Returned => texts.of("与税务开票数据差距较大，请核实"),
            FigureState::Reopened => texts.of("省局修订"),
            _ => String::new(),
        },
        author: texts.of("chen"),
        at: "2024-10-07T09:30:00+08:00".into(),
    });
    let item =
        FormItem { indicator: texts.of(code).into(), facet, unit: Unit::new(texts.of(unit)) };
    Slot { position, item, filing }
}

/// A form with lines in these states.
pub fn sheet(texts: Texts, states: [Option<FigureState>; 6]) -> DutySheet {
    let lines = [
        ("gyzcz", Facet::Level, "亿元", "1236.58"),
        ("gyzjz", Facet::Growth, "%", "6.8"),
        ("xcpcz", Facet::Level, "亿元", "512.4"),
        ("gyydl", Facet::Level, "亿千瓦时", "38.6"),
        ("lrze", Facet::Level, "亿元", ""),
        ("ryrs", Facet::Level, "万人", "15.02"),
    ];
    let slots = lines.into_iter().zip(states).zip(0..);
    let slots = slots.map(|(((code, facet, unit, value), state), position)| {
        slot(texts, position, code, facet, unit, state.map(|state| (value, state)))
    });
    DutySheet {
        duty: progress(texts, 2, [0; 6], 6, None).duty,
        round: round(texts),
        form: texts.of("工业经济月报"),
        department: texts.of("市经信局"),
        slots: slots.collect(),
    }
}

/// What is known beside the lines of [`sheet`].
pub fn lines(texts: Texts) -> Vec<LineContext> {
    let names = [
        "规模以上工业总产值",
        "规模以上工业增加值",
        "规模以上工业新产品产值",
        "全社会工业用电量",
        "规模以上工业利润总额",
        "规模以上工业平均用工人数",
    ];
    let previous = ["1098.21", "6.5", "455.9", "34.1", "48.33", "14.98"];
    let year_ago = ["1159.02", "7.1", "470.06", "36.2", "51.2", ""];
    let period = |text: &str| text.parse().unwrap();
    let line = |((name, previous), year_ago): ((&str, &str), &str)| LineContext {
        name: texts.of(name),
        previous: Some((period("2024-01..08"), texts.of(previous))),
        year_ago: (!year_ago.is_empty()).then(|| (period("2023-01..09"), texts.of(year_ago))),
        ..LineContext::default()
    };
    let mut lines: Vec<_> = names.into_iter().zip(previous).zip(year_ago).map(line).collect();
    lines[2].findings = vec![PageFinding {
        weight: FindingWeight::Reason,
        sentence: texts.of("比上年同期增长 9.0%，高于历年同期的变化，请写明原因"),
    }];
    lines[5].findings = vec![PageFinding {
        weight: FindingWeight::Warning,
        sentence: texts.of("与人社部门的数字不一致"),
    }];
    lines
}

/// What a clerk and a reviewer may do.
pub const CLERK: &[FigureAct] = &[FigureAct::Save, FigureAct::Submit];
pub const REVIEWER: &[FigureAct] = &[FigureAct::Return, FigureAct::Approve];

/// A sheet as a clerk finds it.
pub fn clerks_states() -> [Option<FigureState>; 6] {
    use FigureState::{Draft, Returned, Submitted};
    [Some(Draft), Some(Returned), Some(Draft), Some(Submitted), None, Some(Draft)]
}

/// Everything that the page of a duty shows, to be changed by a test.
pub struct Scene {
    pub sheet: DutySheet,
    pub lines: Vec<LineContext>,
    pub names: Names,
    pub people: Names,
    pub comment: String,
    pub fault: Option<String>,
}

impl Scene {
    pub fn new(texts: Texts) -> Scene {
        Scene {
            sheet: sheet(texts, clerks_states()),
            lines: lines(texts),
            names: Names::from([("330784100".into(), texts.of("东城街道"))]),
            people: Names::from([(texts.of("chen"), texts.of("陈晓"))]),
            comment: texts.of(""),
            fault: None,
        }
    }

    pub fn page<'a>(&'a self, acts: &'a [FigureAct]) -> DutyPage<'a> {
        DutyPage {
            today: day("2024-10-06"),
            sheet: &self.sheet,
            lines: &self.lines,
            acts,
            regions: &self.names,
            people: &self.people,
            comment: &self.comment,
            conflict: false,
            saved: None,
            fault: self.fault.as_deref(),
        }
    }

    /// The same after two clerks wrote at once, and with a value that cannot be read.
    pub fn in_conflict(mut self, texts: Texts) -> Scene {
        let typed = |value: &str, status: &str, note: &str| {
            Some(TypedFigure {
                value: texts.of(value),
                status: status.into(),
                note: texts.of(note),
            })
        };
        self.lines[0].typed = typed("1240.11", "provisional", "快报");
        self.lines[0].in_conflict = true;
        self.lines[3].typed = typed("39.9", "normal", "电厂自用");
        self.lines[3].in_conflict = true;
        self.lines[4].typed = typed("五十", "normal", "待核");
        self.lines[4].fault = Some(texts.of("“五十”不是数，应如 51.2"));
        self
    }
}

fn account_of(texts: Texts) -> Account {
    let grant = |post, department: Option<&str>| Grant {
        post,
        region: "330784".into(),
        department: department.map(|code| texts.of(code).into()),
    };
    Account {
        login: texts.of("chen"),
        name: texts.of("陈晓"),
        grants: vec![grant(Post::Clerk, Some("jxj")), grant(Post::Leader, None)],
        active: true,
    }
}

pub fn form_of(texts: Texts) -> Form {
    let item = |code: &str, facet, unit: &str| FormItem {
        indicator: texts.of(code).into(),
        facet,
        unit: Unit::new(texts.of(unit)),
    };
    Form {
        code: texts.of("gyyb"),
        name: texts.of("工业经济月报"),
        department: texts.of("jxj"),
        regions: vec!["330784".into(), texts.of("330784100").into()],
        frequency: Frequency::Month,
        items: vec![item("gyzcz", Facet::Level, "亿元"), item("gyzjz", Facet::Growth, "%")],
        active: true,
    }
}

fn department_of(texts: Texts) -> Department {
    Department {
        code: texts.of("jxj"),
        name: texts.of("市经信局"),
        region: "330784".into(),
        email: texts.of("jxj@example.cn"),
        active: true,
    }
}

/// Every page of the desk, as somebody with every right sees it.
pub fn every_page(language: Language, texts: Texts) -> Vec<(&'static str, String)> {
    let view = view(language, Right::ALL, texts);
    let mut pages = signing_in(&view, texts);
    pages.extend(of_the_round(&view, texts));
    pages.extend(of_duties(&view, texts));
    pages.extend(of_the_keepers(&view, texts));
    pages
}

fn signing_in(view: &View, texts: Texts) -> Vec<(&'static str, String)> {
    let fault = texts.of("登录名或密码不对");
    let out = View { visitor: None, ..view.clone() };
    let back = texts.of("/desk");
    let login = texts.of("chen");
    let page = LoginPage { login: &login, back: &back, fault: Some(&fault) };
    let rule = texts.of("至少 10 个字符");
    let rules = [rule.as_str(), "字母、数字、符号中的三种"];
    let asked = PasswordPage { must: true, fault: Some(&fault), rules: &rules, done: false };
    let own = PasswordPage { must: false, fault: None, rules: &rules, done: true };
    let field = |name: &str, value: &str| (texts.of(name), texts.of(value));
    let kept = [field("value-0", "1240.11"), field("note-0", "快报"), field("version-0", "3")];
    vec![
        ("login", desk::login(&out, &page)),
        ("login-first", desk::login(&out, &LoginPage { login: "", back: "/", fault: None })),
        ("password", desk::password(view, &asked)),
        ("account-own", desk::password(view, &own)),
        ("forbidden", desk::forbidden(view, Right::Review, &texts.of("工业经济月报 · 永康市"))),
        ("stale", desk::stale(&out)),
        ("stale-kept", desk::stale_with(view, &kept)),
    ]
}

fn of_the_round(view: &View, texts: Texts) -> Vec<(&'static str, String)> {
    let round = round(texts);
    let duties = duties(texts);
    let owed: Vec<_> = duties.iter().map(|duty| (round.clone(), duty.clone())).collect();
    let regions = Names::from([(texts.of("330784100"), texts.of("东城街道"))]);
    let today = day("2024-10-10");
    let home = HomePage { today, owed: &owed, to_review: &owed[..1], regions: &regions };
    let idle = HomePage { owed: &[], to_review: &[], ..home };
    let lines = [
        RoundLine { round: round.clone(), duties: 20, handed_in: 12, overdue: 3, locked: 0 },
        RoundLine {
            round: Round {
                code: "2024-08".into(), name: "2024年8月填报".into(), ..round.clone()
            },
            duties: 20,
            handed_in: 20,
            overdue: 0,
            locked: 20,
        },
    ];
    let rounds = RoundsPage { today, rounds: &lines, may_plan: true };
    let fault = texts.of("还有 3 张表没有审核");
    let page = RoundPage {
        today,
        round: &round,
        duties: &duties,
        only: None,
        regions: &regions,
        may_plan: true,
        done: Some(RoundDone::Locked(4)),
        fault: Some(&fault),
    };
    let forms = [(form_of(texts), true), (form_of(texts), false)];
    let typed = TypedRound {
        code: texts.of("2024-10"),
        name: texts.of("2024年10月填报"),
        period: texts.of("2024年1—10月"),
        opens: "2024-11-01".into(),
        due: "2024-11-08".into(),
        closes: "2024-11-12".into(),
    };
    let sentence = texts.of("截止日早于开始日");
    let fault = Some(Trouble { field: "due", sentence: &sentence });
    let new = NewRoundPage { forms: &forms, typed: &typed, fault };
    let nothing = NewRoundPage { forms: &[], typed: &TypedRound::default(), fault: None };
    vec![
        ("home", desk::home(view, &home)),
        ("home-idle", desk::home(view, &idle)),
        ("rounds", desk::rounds(view, &rounds)),
        ("rounds-none", desk::rounds(view, &RoundsPage { rounds: &[], ..rounds })),
        ("round", desk::round(view, &page)),
        ("new-round", desk::new_round(view, &new)),
        ("new-round-first", desk::new_round(view, &nothing)),
    ]
}

fn of_duties(view: &View, texts: Texts) -> Vec<(&'static str, String)> {
    let scene = Scene::new(texts);
    let mut refused = Scene::new(texts);
    refused.fault = Some(texts.of("没有上报：有一行需要改正"));
    refused.lines[4].fault = Some(texts.of("“五十”不是数，应如 51.2"));
    refused.lines[4].typed = Some(TypedFigure {
        value: texts.of("五十"),
        status: "normal".into(),
        note: texts.of("待核"),
    });
    let clash = Scene::new(texts).in_conflict(texts);
    let mut to_check = Scene::new(texts);
    to_check.sheet = sheet(texts, [Some(FigureState::Submitted); 6]);
    let mut locked = Scene::new(texts);
    locked.sheet = sheet(texts, [Some(FigureState::Locked); 6]);
    let names: Vec<_> = scene.lines.iter().map(|line| line.name.clone()).collect();
    let filings = scene.sheet.slots.iter();
    let versions: Vec<_> = filings
        .filter_map(|slot| {
            Some(FiledVersion { position: slot.position, filing: slot.filing.clone()? })
        })
        .collect();
    let history = DutyHistoryPage {
        sheet: &scene.sheet,
        lines: &names,
        versions: &versions,
        regions: &scene.names,
        people: &scene.people,
    };
    let saved = DutyPage { saved: Some(FigureAct::Save), ..scene.page(CLERK) };
    let conflict = DutyPage { conflict: true, ..clash.page(CLERK) };
    vec![
        ("duty", desk::duty(view, &saved)),
        ("duty-refused", desk::duty(view, &refused.page(CLERK))),
        ("duty-conflict", desk::duty(view, &conflict)),
        ("duty-check", desk::duty(view, &to_check.page(REVIEWER))),
        ("duty-locked", desk::duty(view, &locked.page(&[FigureAct::Reopen]))),
        ("duty-read", desk::duty(view, &locked.page(&[]))),
        ("duty-history", desk::duty_history(view, &history)),
    ]
}

fn of_the_keepers(view: &View, texts: Texts) -> Vec<(&'static str, String)> {
    let names = Names::from([(texts.of("jxj"), texts.of("市经信局"))]);
    let regions = Names::from([(texts.of("330784100"), texts.of("东城街道"))]);
    let indicators = Names::from([(texts.of("gyzcz"), texts.of("规模以上工业总产值"))]);
    let (form, account, department) = (form_of(texts), account_of(texts), department_of(texts));
    let departments = [department.clone()];
    let typed = TypedForm::of(&form, &indicators);
    let sentence = texts.of("第 2 行“工业”不是目录里的指标");
    let faults = [Trouble { field: "items", sentence: &sentence }];
    let fault = Some(Trouble { field: "region-0", sentence: &sentence });
    let forms = [form.clone(), Form { active: false, ..form }];
    let accounts = [account.clone(), Account { grants: Vec::new(), active: false, ..account }];
    let entry = HistoryEntry {
        number: 1204,
        at: "2024-10-07T09:30:00+08:00".into(),
        author: texts.of("chen"),
        place: texts.of("10.1.2.3"),
        action: "fill".into(),
        subject: texts.of("17"),
        reason: texts.of("submit"),
        hash: "9f2b7c4a1d3e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8".into(),
    };
    let entries =
        [entry.clone(), HistoryEntry { number: 1203, action: texts.of("other"), ..entry }];
    let history = HistoryPage { entries: &entries, page: 2, pages: 9, total: 1204 };
    let list = FormsPage { forms: &forms, departments: &names, regions: &regions, saved: true };
    let edited =
        FormPage { known: true, typed: &typed, departments: &departments, faults: &faults };
    let people =
        AccountsPage { accounts: &accounts, departments: &names, regions: &regions, saved: true };
    let typed = TypedAccount::of(&accounts[0]);
    let person = AccountPage { known: true, typed: &typed, departments: &departments, fault };
    let own = TypedDepartment::of(&departments[0]);
    let kept = DepartmentsPage {
        departments: &departments,
        regions: &regions,
        known: true,
        typed: &own,
        saved: true,
        fault: None,
    };
    let fresh = FormPage { known: false, typed: &TypedForm::default(), faults: &[], ..edited };
    vec![
        ("forms", desk::forms(view, &list)),
        ("form", desk::form(view, &edited)),
        ("form-new", desk::form(view, &fresh)),
        ("accounts", desk::accounts(view, &people)),
        ("account", desk::account(view, &person)),
        ("one-time", desk::one_time_password(view, &texts.of("chen"), &texts.of("Kp7-wq2"))),
        ("departments", desk::departments(view, &kept)),
        ("history", desk::history(view, &history)),
    ]
}
