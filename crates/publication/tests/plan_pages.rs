//! The pages of plan objects, of every kind, read as text: what they say, what their forms send, whether anybody can use
//! them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "desk_fixture/read.rs"]
mod read;

use std::collections::BTreeMap;

use publication::html::desk::{
    self, PlanAsked, PlanChildren, PlanClash, PlanConflict, PlanDone, PlanHistoryPage,
    PlanKindLine, PlanLine, PlanListPage, PlanMay, PlanNames, PlanNewPage, PlanObjectPage,
    PlanOrder, PlanOverviewPage, PlanTyped, RegisterCountPage, Trouble, Visitor,
};
use publication::html::{Address, Language, Theme, View};
use read::{forms, shown, structure, tags, values};
use terms::{
    Attached, Day, Department, FieldKind, Member, PlanEvent, PlanKind, PlanObject, PlanRef,
    RegisterCount, Right,
};

/// What a hostile person would write into every field.
const HOSTILE: &str = "\"'></textarea></title><script>alert(1)</script><b onclick=x>";

/// The token of the session.
const TOKEN: &str = "t0ken-of-this-session";

/// The texts of a scene: as they are, or hostile in each of them.
#[derive(Clone, Copy)]
struct Texts {
    hostile: bool,
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn view(language: Language, texts: Texts) -> View {
    View {
        language,
        theme: Theme::System,
        shortcuts: true,
        here: Address::new("/plan"),
        ledger: "duixian.db".into(),
        visitor: Some(Visitor {
            login: text(texts, "chen"),
            name: text(texts, "陈晓"),
            rights: Right::ALL.to_vec(),
            token: TOKEN.into(),
        }),
        public: false,
    }
}

const PLAIN: Texts = Texts { hostile: false };
const BOTH: [Language; 2] = [Language::Chinese, Language::English];
const HASH: &str = "927f8f9e1fd33be71e18ed63a2e4bbb7e36bd53e2fabd01654302ddb03b1ef1e";

fn text(texts: Texts, plain: &str) -> String {
    if texts.hostile { format!("{plain}{HOSTILE}") } else { plain.to_owned() }
}

/// An object of a kind with a value in every field.
fn filled(kind: &'static PlanKind, texts: Texts) -> PlanObject {
    let value = |field: &'static terms::PlanField| match field.kind {
        FieldKind::Day => "2024-03-05".to_owned(),
        FieldKind::Year => "2024".to_owned(),
        FieldKind::Period => "2024-Q3".to_owned(),
        FieldKind::Choice(choices) => choices[0].code.to_owned(),
        FieldKind::Reference(kinds) => text(texts, &format!("{}:X-1", kinds[0])),
        FieldKind::Attachment => HASH.to_owned(),
        FieldKind::Region => "330784".to_owned(),
        _ => text(texts, "一"),
    };
    PlanObject {
        number: 1,
        kind,
        code: text(texts, &format!("{}-1", kind.prefix)),
        parent: kind.parents.first().map(|parent| PlanRef::new(parent, "X-1")),
        region: "330784".into(),
        department: Some(text(texts, "fgj")),
        fields: kind.fields.iter().map(|field| (field.code, value(field))).collect(),
        state: kind.beginning().code.into(),
        comment: text(texts, "尽快"),
        state_author: text(texts, "chen"),
        state_since: "2024-10-07T09:30:00+08:00".into(),
        version: 7,
        attachments: vec![Attached {
            hash: HASH.into(),
            name: text(texts, "照片.jpg"),
            media: "image/jpeg".into(),
            size: 2_500_000,
            author: text(texts, "chen"),
            at: "2024-10-07T09:30:00+08:00".into(),
        }],
    }
}

fn line(kind: &'static PlanKind, texts: Texts, due: &str) -> PlanLine {
    PlanLine { object: filled(kind, texts), due: Some(day(due)), waits: true }
}

fn names(texts: Texts) -> PlanNames {
    let one = |code: &str, name: &str| BTreeMap::from([(code.to_owned(), text(texts, name))]);
    PlanNames {
        regions: one("330784", "永康市"),
        departments: one("fgj", "市发改局"),
        indicators: one("gdp", "地区生产总值"),
        people: one("chen", "陈晓"),
        objects: one("project:X-1", "产业园"),
    }
}

fn departments(texts: Texts) -> Vec<Department> {
    vec![Department {
        code: text(texts, "fgj"),
        name: text(texts, "市发改局"),
        region: "330784".into(),
        email: String::new(),
        active: true,
    }]
}

/// Everything that may be done to an object.
fn everything(object: &PlanObject) -> PlanMay {
    let from = |step: &&'static terms::PlanStep| step.from.contains(&object.state.as_str());
    PlanMay {
        fields: object.kind.fields.iter().collect(),
        steps: object.kind.steps.iter().filter(from).collect(),
        others: object.kind.steps.iter().filter(from).take(1).collect(),
        attach: true,
        detach: true,
        children: PlanKind::all().iter().collect(),
    }
}

/// The page of an object; `clash` marks every field as written by others.
fn object_page(
    language: Language,
    line: &PlanLine,
    may: &PlanMay,
    texts: Texts,
    clash: Option<PlanClash>,
) -> String {
    let object = &line.object;
    let below = PlanKind::all().iter().filter(|kind| kind.parents.contains(&object.kind.code));
    let children: Vec<PlanChildren> = below
        .map(|kind| PlanChildren {
            kind,
            lines: vec![self::line(kind, texts, "2024-01-01")],
            all: 3,
        })
        .collect();
    let clashes = clash.map(|clash| {
        let before = text(texts, "原来");
        object.kind.fields.iter().map(move |field| (field.code, (clash, before.clone())))
    });
    let typed = PlanTyped {
        values: object.fields.clone(),
        clashes: clashes.into_iter().flatten().collect(),
    };
    let fault = text(texts, "意见“”有误");
    let faults = [Trouble { field: "comment", sentence: &fault }];
    let page = PlanObjectPage {
        today: day("2024-10-10"),
        line,
        children: &children,
        may,
        typed: &typed,
        comment: &text(texts, "意见"),
        departments: &departments(texts),
        names: &names(texts),
        conflict: clash.map(|_| PlanConflict::Values),
        done: clash.is_none().then_some(PlanDone::Saved),
        faults: if may.steps.is_empty() { &[] } else { &faults },
    };
    desk::plan_object(&view(language, texts), &page)
}

/// Every page, with a name.
fn every_page(language: Language, texts: Texts) -> Vec<(String, String)> {
    let view = view(language, texts);
    let (names, departments) = (names(texts), departments(texts));
    let today = day("2024-10-10");
    let mut pages = Vec::new();
    let late: Vec<PlanLine> =
        PlanKind::all().iter().map(|kind| line(kind, texts, "2024-10-01")).collect();
    let kinds: Vec<PlanKindLine> = PlanKind::all()
        .iter()
        .map(|kind| PlanKindLine {
            kind,
            states: vec![2; kind.states.len()],
            late: 1,
            may_add: true,
        })
        .collect();
    let overview = PlanOverviewPage { today, kinds: &kinds, late: &late, names: &names };
    pages.push(("overview".to_owned(), desk::plan_overview(&view, &overview)));
    for kind in PlanKind::all() {
        let own = line(kind, texts, "2024-10-12");
        let sentence = text(texts, "地区“甲”有误");
        let asked = PlanAsked {
            text: Some(text(texts, "一")),
            region: Some(text(texts, "甲")),
            department: Some(text(texts, "fgj")),
            parent: Some(text(texts, "project:X-1")),
            late: true,
            order: PlanOrder::Name,
            ..PlanAsked::default()
        };
        let list = PlanListPage {
            today,
            kind,
            asked: &asked,
            lines: std::slice::from_ref(&own),
            found: 250,
            all: 300,
            page: 2,
            pages: 3,
            departments: &departments,
            names: &names,
            may_add: true,
            fault: Some(Trouble { field: "filter-region", sentence: &sentence }),
        };
        pages.push((format!("list {}", kind.code), desk::plan_list(&view, &list)));
        let fields: Vec<&'static terms::PlanField> = kind.fields.iter().collect();
        let typed = PlanTyped { values: own.object.fields.clone(), clashes: BTreeMap::new() };
        let first = format!("field-{}", fields[0].code);
        let new = PlanNewPage {
            kind,
            parent: own.object.parent.as_ref(),
            code: &own.object.code,
            state: kind.beginning().code,
            fields: &fields,
            typed: &typed,
            departments: &departments,
            names: &names,
            faults: &[Trouble { field: &first, sentence: &sentence }],
        };
        pages.push((format!("new {}", kind.code), desk::plan_new(&view, &new)));
        let may = everything(&own.object);
        for clash in [None, Some(PlanClash::Differs), Some(PlanClash::Merged)] {
            let page = object_page(language, &own, &may, texts, clash);
            pages.push((format!("object {} {clash:?}", kind.code), page));
        }
        let event = PlanEvent {
            entry: 5,
            at: "2024-10-07T09:30:00+08:00".into(),
            author: text(texts, "chen"),
            reason: text(texts, "修改"),
            fields: own
                .object
                .fields
                .iter()
                .map(|(field, value)| (*field, value.clone(), String::new()))
                .collect(),
            state: Some((kind.beginning().code.into(), text(texts, "因为"))),
            attached: vec![(text(texts, "照片.jpg"), HASH.into(), false)],
        };
        let history = PlanHistoryPage {
            object: &own.object,
            events: std::slice::from_ref(&event),
            names: &names,
        };
        pages.push((format!("history {}", kind.code), desk::plan_history(&view, &history)));
    }
    pages.push(("count".to_owned(), count(language, texts)));
    pages
}

fn count(language: Language, texts: Texts) -> String {
    let member = |code: &str, name: &str| Member {
        code: text(texts, code),
        name: text(texts, name),
        id: text(texts, "913307"),
        region: "330784".into(),
    };
    let of = |day: &str, members: Vec<Member>| RegisterCount {
        register: "R-1".into(),
        level: None,
        day: self::day(day),
        members,
    };
    let earlier = of("2023-12-31", vec![member("RM-1", "甲公司"), member("RM-2", "乙公司")]);
    let now = of("2024-12-31", vec![member("RM-1", "甲公司"), member("RM-3", "丙公司")]);
    let (came, went) = now.since(&earlier);
    let register = filled(PlanKind::named("register").unwrap(), texts);
    let levels = [text(texts, "小巨人")];
    let page = RegisterCountPage {
        register: &register,
        levels: &levels,
        level: Some(&levels[0]),
        day: "2024-12-31",
        since: "2023-12-31",
        count: Some(&now),
        change: Some((&earlier, &came, &went)),
        names: &names(texts),
        fault: None,
    };
    desk::register_count(&view(language, texts), &page)
}

#[test]
fn every_page_of_every_kind_can_be_used_by_anybody() {
    for language in BOTH {
        let pages = every_page(language, PLAIN);
        assert_eq!(pages.len(), 2 + 6 * PlanKind::all().len());
        for (name, page) in pages {
            let tag = language.tag();
            assert!(page.starts_with(&format!("<!DOCTYPE html><html lang=\"{tag}\"")), "{name}");
            assert_eq!(page.matches("<h1").count(), 1, "{name} has one first heading");
            assert_eq!(page.matches("<script").count(), 1, "{name}");
            assert!(!page.contains(" style=\"") && !page.contains("<style"), "{name}");
            assert!(page.matches(" autofocus").count() <= 1, "{name} takes the focus twice");
            let ids = values(&page, "id");
            for id in &ids {
                let times = ids.iter().filter(|other| *other == id).count();
                assert_eq!(times, 1, "{name}: id {id} is given twice");
            }
            for attribute in ["for", "list"] {
                for id in values(&page, attribute) {
                    assert!(ids.contains(&id), "{name}: {attribute} {id} is nowhere");
                }
            }
            for described in values(&page, "aria-describedby") {
                for id in described.split(' ') {
                    assert!(ids.contains(&id), "{name}: described by {id}");
                }
            }
            for href in values(&page, "href") {
                let place = href.strip_prefix('#');
                assert!(place.is_none_or(|place| ids.contains(&place)), "{name}: {href}");
            }
            for kind in ["input", "select", "textarea"] {
                for tag in tags(&page, kind) {
                    let tag = format!(" {tag}");
                    let id = values(&tag, "id").first().copied().unwrap_or_default();
                    let labelled = page.contains(&format!("<label for=\"{id}\""));
                    assert!(tag.contains("type=\"hidden\"") || labelled, "{name}: {tag}");
                }
            }
            for header in tags(&page, "th") {
                assert!(header.contains("scope="), "{name}: {header}");
            }
        }
    }
}

#[test]
fn every_posted_form_carries_the_token_and_the_version() {
    for (name, page) in every_page(Language::Chinese, PLAIN) {
        for form in forms(&page) {
            let posted = form.contains("method=\"post\"");
            let token = format!("<input type=\"hidden\" name=\"token\" value=\"{TOKEN}\">");
            assert_eq!(form.contains(&token), posted, "{name}: {form}");
        }
    }
    let own = line(PlanKind::named("problem").unwrap(), PLAIN, "2024-10-12");
    let page = object_page(Language::Chinese, &own, &everything(&own.object), PLAIN, None);
    for action in ["/plan/problem/W-1", "/plan/problem/W-1/step"] {
        let form = forms(&page).into_iter().find(|form| values(form, "action") == [action]);
        assert!(form.unwrap().contains("name=\"version\" value=\"7\""), "{action}");
    }
}

#[test]
fn what_people_write_is_never_markup() {
    for language in BOTH {
        let plain = every_page(language, PLAIN);
        let hostile = every_page(language, Texts { hostile: true });
        for ((name, plain), (_, hostile)) in plain.iter().zip(&hostile) {
            assert!(!hostile.contains(HOSTILE) && !hostile.contains("\"'>"), "{name}");
            assert!(!hostile.contains("<script>alert"), "{name}");
            assert!(hostile.contains("&lt;script&gt;alert(1)"), "{name} shows none of it");
            // Names that are no known codes are text where a link stood; nothing else is.
            let tags = |page: &str| {
                let mut tags = structure(page).into_iter().map(str::to_owned).collect::<Vec<_>>();
                tags.retain(|tag| {
                    !matches!(tag.trim_start_matches('/'), "a" | "span" | "time" | "option")
                });
                tags
            };
            assert_eq!(tags(plain), tags(hostile), "{name}");
        }
    }
}

#[test]
fn who_may_do_nothing_finds_no_form() {
    for kind in PlanKind::all() {
        let own = line(kind, PLAIN, "2024-10-12");
        let page = object_page(Language::Chinese, &own, &PlanMay::default(), PLAIN, None);
        for form in forms(&page) {
            let action = values(form, "action")[0];
            assert!(!action.starts_with("/plan"), "{}: {action}", kind.code);
        }
        assert!(!page.contains("name=\"field-") && !page.contains("/new"), "{}", kind.code);
    }
}

#[test]
fn states_days_and_demands_are_told_in_words() {
    let problem = PlanKind::named("problem").unwrap();
    let mut own = line(problem, PLAIN, "2024-10-08");
    own.object.state = "assigned".into();
    own.object.fields.remove("measure");
    let page = object_page(Language::Chinese, &own, &everything(&own.object), PLAIN, None);
    let said = shown(&page);
    for words in [
        "已交办",
        "已过 2 天",
        "须有本阶段附上的佐证材料",
        "须先填写",
        "改为 已整改",
        "须写明理由",
        "3 MiB",
        "须由他人办理",
    ] {
        assert!(said.contains(words), "{words}");
    }
    assert!(page.contains("href=\"#field-measure\""));
    let english = object_page(Language::English, &own, &everything(&own.object), PLAIN, None);
    for words in ["Assigned", "2 days late", "Move to Rectified", "say why"] {
        assert!(shown(&english).contains(words), "{words}");
    }
    own.waits = false;
    let page = object_page(Language::Chinese, &own, &everything(&own.object), PLAIN, None);
    assert!(!shown(&page).contains("已过"), "what is done is not late");
}

#[test]
fn a_conflict_shows_both_and_an_increment_its_names() {
    let own = line(PlanKind::named("problem").unwrap(), PLAIN, "2024-10-12");
    let may = everything(&own.object);
    let page = object_page(Language::Chinese, &own, &may, PLAIN, Some(PlanClash::Differs));
    assert!(page.contains("<details class=\"edit\" open") && page.contains("role=\"alert\""));
    let fields = own.object.kind.fields.len();
    assert_eq!(page.matches("台账现在").count(), fields);
    let merged = object_page(Language::Chinese, &own, &may, PLAIN, Some(PlanClash::Merged));
    assert_eq!(merged.matches("您没有改动此项").count(), fields);
    let page = count(Language::Chinese, PLAIN);
    let part =
        |from: &str| page.split(from).nth(1).unwrap().split("<h2").next().unwrap().to_owned();
    assert!(part("<h2>新增名单").contains("丙公司") && !part("<h2>新增名单").contains("甲公司"));
    assert!(part("<h2>退出名单").contains("乙公司"));
    assert!(part("<h2>名单").contains("甲公司"));
}
