//! The pages of the desk, read as text: what they say, what their forms send, and whether anybody can use them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk_fixture;

use desk_fixture::read::{forms, shown, structure, tags, values};
use desk_fixture::{
    CLERK, HOSTILE, REVIEWER, Scene, TOKEN, Texts, day, duties, every_page, form_of, progress,
    round, sheet, view,
};
use publication::html::desk::{self, DutyPage, HomePage, Names, RoundPage, TypedForm};
use publication::html::{Address, Language, View, asset};
use terms::{Day, FigureAct, FigureState, Punctuality, Right};

const PLAIN: Texts = Texts { hostile: false };
const BOTH: [Language; 2] = [Language::Chinese, Language::English];

/// Somebody who may do everything.
fn anybody(language: Language) -> View {
    view(language, Right::ALL, PLAIN)
}

#[test]
fn every_page_can_be_used_by_anybody() {
    for language in BOTH {
        let pages = every_page(language, PLAIN);
        assert!(pages.len() > 25);
        for (name, page) in pages {
            let tag = language.tag();
            assert!(page.starts_with(&format!("<!DOCTYPE html><html lang=\"{tag}\"")), "{name}");
            assert_eq!(page.matches("<h1").count(), 1, "{name} has one first heading");
            assert_eq!(page.matches("<main id=\"content\"").count(), 1, "{name}");
            assert_eq!(page.matches("<script").count(), 1, "{name}");
            assert!(!page.contains(" style=\"") && !page.contains("<style"), "{name}");
            assert!(page.matches(" autofocus").count() <= 1, "{name} takes the focus twice");
            let ids = values(&page, "id");
            for id in &ids {
                let times = ids.iter().filter(|other| *other == id).count();
                assert_eq!(times, 1, "{name}: id {id} is given twice");
            }
            for attribute in ["aria-describedby", "for"] {
                for id in values(&page, attribute) {
                    assert!(ids.contains(&id), "{name}: {attribute} {id} is nowhere");
                }
            }
            for svg in tags(&page, "svg") {
                assert!(svg.contains("aria-hidden=\"true\""), "{name}: {svg}");
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
            for button in page.split("<button").skip(1) {
                let said = button.split('>').nth(1).unwrap().split('<').next().unwrap();
                assert!(!said.trim().is_empty(), "{name}: a button says nothing");
            }
        }
    }
}

#[test]
fn every_form_that_a_visitor_posts_carries_the_token() {
    for language in BOTH {
        for (name, page) in every_page(language, PLAIN) {
            let out = ["login", "login-first", "stale"].contains(&name);
            let mut posted = 0;
            for form in forms(&page).into_iter().filter(|form| form.contains("method=\"post\"")) {
                let token = format!("<input type=\"hidden\" name=\"token\" value=\"{TOKEN}\">");
                let times = form.matches(&token).count();
                assert_eq!(times, usize::from(!out), "{name}: {form}");
                posted += 1;
            }
            assert!(posted >= 2 + usize::from(!out), "{name}: {posted} forms, sign-out among them");
            let asks = forms(&page).iter().filter(|form| form.contains("role=\"search\"")).count();
            assert_eq!(forms(&page).len(), posted + asks, "{name}: what does not ask is posted");
        }
    }
}

#[test]
fn what_people_write_is_never_markup() {
    for language in BOTH {
        let plain = every_page(language, PLAIN);
        let hostile = every_page(language, Texts { hostile: true });
        for ((name, plain), (_, hostile)) in plain.iter().zip(&hostile) {
            assert!(!hostile.contains(HOSTILE) && !hostile.contains("\"'>"), "{name}");
            assert_eq!(structure(plain), structure(hostile), "{name}");
            let empty = ["login-first", "stale"].contains(name);
            assert!(empty || hostile.contains("&lt;script&gt;alert(1)"), "{name} shows none of it");
        }
    }
}

#[test]
fn every_place_that_a_page_leads_to_exists() {
    for (name, page) in every_page(Language::Chinese, PLAIN) {
        let ids = values(&page, "id");
        for href in values(&page, "href") {
            if let Some(place) = href.strip_prefix('#') {
                assert!(ids.contains(&place), "{name}: {href}");
            }
        }
    }
}

#[test]
fn the_language_is_kept_wherever_a_page_leads() {
    for (name, page) in every_page(Language::English, PLAIN) {
        for address in values(&page, "href").into_iter().chain(values(&page, "action")) {
            let file = address.starts_with("/assets/")
                || [".xlsx", ".json", ".zip"].iter().any(|end| address.ends_with(end));
            // The search sends the language as a field.
            let form = ["/preferences", "/search"].contains(&address);
            let plain = file || form || address.starts_with('#');
            assert!(plain || address.contains("lang="), "{name}: {address}");
        }
    }
}

#[test]
fn rooms_are_shown_by_right() {
    let page = |rights: &[Right]| desk::stale(&view(Language::Chinese, rights, PLAIN));
    let rooms = ["/desk", "/rounds", "/forms", "/accounts", "/history"];
    let seen = |rights: &[Right]| {
        let page = page(rights);
        let hrefs = values(&page, "href");
        rooms.map(|room| hrefs.contains(&room))
    };
    assert_eq!(seen(&[]), [false; 5]);
    assert_eq!(seen(&[Right::Read, Right::Fill]), [true, true, false, false, false]);
    assert_eq!(seen(&[Right::Read, Right::Plan]), [true, true, true, false, false]);
    assert_eq!(seen(&[Right::Audit, Right::Administer]), [true, false, false, true, true]);
    let own = page(&[Right::Read]);
    assert!(values(&own, "href").contains(&"/account") && shown(&own).contains("陈晓"));
    assert!(values(&own, "action").contains(&"/logout"));
    assert!(!page(&[]).contains("/logout") && !page(&[]).contains("class=\"visitor\""));
}

fn duty(acts: &[FigureAct], states: [Option<FigureState>; 6], language: Language) -> String {
    let mut scene = Scene::new(PLAIN);
    scene.sheet = sheet(PLAIN, states);
    desk::duty(&anybody(language), &scene.page(acts))
}

/// The words of the buttons that act, in order.
fn acts(page: &str) -> Vec<&str> {
    let buttons = tags(page, "button").into_iter().filter(|tag| tag.contains("name=\"act\""));
    buttons.filter_map(|tag| tag.split("value=\"").nth(1)?.split('"').next()).collect()
}

#[test]
fn a_clerk_writes_the_lines_that_are_open_and_no_others() {
    let scene = Scene::new(PLAIN);
    let page = desk::duty(&anybody(Language::Chinese), &scene.page(CLERK));
    let names = values(&page, "name");
    for position in [0, 1, 2, 4, 5] {
        for field in ["value", "status", "note", "version"] {
            assert!(names.contains(&format!("{field}-{position}").as_str()), "{field}-{position}");
        }
    }
    assert!(!names.contains(&"value-3"), "what was handed in is with the reviewer");
    assert!(names.contains(&"version-3"));
    assert!(
        page.contains("name=\"version-4\" value=\"0\"")
            && page.contains("name=\"version-1\" value=\"3\"")
    );
    assert!(
        page.contains("id=\"value-0\" name=\"value-0\" value=\"1236.58\" inputmode=\"decimal\"")
    );
    // The enter key sends the first button where no script runs: saving does the least.
    assert_eq!(acts(&page), ["save", "submit"]);
    assert!(!names.iter().any(|name| name.starts_with("pick-")) && !names.contains(&"comment"));
    let uploads: Vec<_> = forms(&page).into_iter().filter(|form| form.contains("upload")).collect();
    assert_eq!(uploads.len(), 1);
    assert!(uploads[0].contains("multipart/form-data") && uploads[0].contains("name=\"file\""));
    let words = shown(&page);
    for wanted in
        ["退回原因", "与税务开票数据差距较大", "须写说明", "提醒", "2024年1—8月", "还有 2 天"]
    {
        assert!(words.contains(wanted), "{wanted}");
    }
    assert!(page.contains("aria-describedby=\"said-2\"") && page.contains("<ul id=\"said-2\">"));
}

#[test]
fn a_reviewer_ticks_lines_and_says_why() {
    let submitted = [Some(FigureState::Submitted); 6];
    let page = duty(REVIEWER, submitted, Language::Chinese);
    assert_eq!(acts(&page), ["return", "approve"]);
    let names = values(&page, "name");
    assert!((0..6).all(|position| names.contains(&format!("pick-{position}").as_str())));
    assert!(names.contains(&"comment") && !names.iter().any(|name| name.starts_with("value-")));
    // An approved line can still be returned; a draft is none of the reviewer's.
    let mut mixed = [Some(FigureState::Draft); 6];
    mixed[1] = Some(FigureState::Approved);
    let page = duty(REVIEWER, mixed, Language::Chinese);
    assert_eq!(acts(&page), ["return"]);
    let picks = values(&page, "name").into_iter().filter(|name| name.starts_with("pick-"));
    assert_eq!(picks.collect::<Vec<_>>(), ["pick-1"]);
    let page = duty(&[FigureAct::Reopen], [Some(FigureState::Locked); 6], Language::Chinese);
    assert_eq!(acts(&page), ["reopen"]);
}

#[test]
fn who_may_do_nothing_reads() {
    for states in [[Some(FigureState::Draft); 6], [Some(FigureState::Locked); 6]] {
        let page = duty(&[], states, Language::Chinese);
        let names = values(&page, "name");
        let writes = |name: &&&str| {
            ["value-", "status-", "note-", "pick-"].iter().any(|field| name.starts_with(field))
                || ["act", "comment", "file"].contains(name)
        };
        assert_eq!(names.iter().find(writes), None);
        assert!(shown(&page).contains("1236.58") && shown(&page).contains("本表现在只能查看"));
    }
    // Nor does a clerk write what is locked.
    let page = duty(CLERK, [Some(FigureState::Locked); 6], Language::Chinese);
    assert!(acts(&page).is_empty() && !page.contains("name=\"value-"));
}

#[test]
fn every_state_has_a_word_and_a_shape() {
    let shape = |page: &str| {
        let lines = page.split("class=\"stand\"").skip(1);
        let drawn = lines.map(|line| {
            let end = line.find("</svg>").unwrap();
            line[line.find("<svg").unwrap()..end].to_owned()
        });
        drawn.collect::<Vec<_>>()
    };
    let words = [
        ["草稿", "已报", "退回", "已审", "已锁", "重开"],
        ["Draft", "Handed in", "Returned", "Approved", "Locked", "Reopened"],
    ];
    for (language, words) in BOTH.into_iter().zip(words) {
        let states: Vec<_> = FigureState::ALL.iter().map(|state| Some(*state)).collect();
        let page = duty(&[], states.try_into().unwrap(), language);
        let mut shapes = shape(&page);
        for word in words {
            assert!(page.contains(&format!("</svg>{word}")), "{word}");
        }
        shapes.sort_unstable();
        shapes.dedup();
        assert_eq!(shapes.len(), FigureState::ALL.len());
        let untouched = duty(CLERK, [None; 6], language);
        assert!(untouched.contains(if language == Language::Chinese {
            "</svg>未填"
        } else {
            "</svg>Not begun"
        }));
    }
}

#[test]
fn a_conflict_shows_what_stands_and_what_was_typed() {
    let scene = Scene::new(PLAIN).in_conflict(PLAIN);
    let page = DutyPage { conflict: true, ..scene.page(CLERK) };
    let page = desk::duty(&anybody(Language::Chinese), &page);
    let words = shown(&page);
    for wanted in [
        "有人先改了这张表",
        "台账现在 1236.58 亿元 · 正常草稿 · 陈晓 · 2024-10-07 09:30",
        "您填的 1240.11 亿元 · 初步 · 快报",
        // The line was handed in meanwhile, so it has no field: what was typed stays to be read.
        "台账现在 38.6 亿千瓦时 · 正常已报",
        "您填的 39.9 亿千瓦时 · 正常 · 电厂自用",
    ] {
        assert!(words.contains(wanted), "{wanted} in {words}");
    }
    assert!(
        page.contains("name=\"value-0\" value=\"1240.11\"")
            && page.contains("name=\"value-4\" value=\"五十\"")
    );
    assert!(
        page.contains("name=\"version-0\" value=\"3\""),
        "saving again is about what now stands"
    );
    assert!(page.contains("<option value=\"provisional\" selected>"));
    assert!(page.contains("data-unsaved=\"yes\""));
    assert_eq!(page.matches("role=\"alert\"").count(), 1);
    let reviewer = DutyPage { conflict: true, ..scene.page(&[]) };
    assert!(shown(&desk::duty(&anybody(Language::Chinese), &reviewer)).contains("请重新核对"));
}

#[test]
fn what_is_wrong_leads_to_its_field() {
    let pages = every_page(Language::Chinese, PLAIN);
    let page = |wanted: &str| &pages.iter().find(|(name, _)| *name == wanted).unwrap().1;
    for (name, field) in [
        ("duty-refused", "value-4"),
        ("new-round", "due"),
        ("form", "items"),
        ("account", "region-0"),
        ("login", "login"),
    ] {
        let page = page(name);
        let alert = page.split("role=\"alert\"").nth(1).unwrap().split("</div>").next().unwrap();
        assert!(alert.contains(&format!("href=\"#{field}\"")), "{name}: {alert}");
        let kinds = ["input", "textarea"].map(|kind| tags(page, kind)).concat();
        let at_fault = kinds.iter().find(|tag| tag.contains(&format!("id=\"{field}\""))).unwrap();
        assert!(at_fault.contains("aria-invalid=\"true\""), "{name}: {at_fault}");
    }
    assert!(shown(page("duty-refused")).contains("规模以上工业利润总额：“五十”不是数"));
}

fn home(today: Day, rights: &[Right]) -> String {
    let round = round(PLAIN);
    let owed: Vec<_> = duties(PLAIN).into_iter().map(|duty| (round.clone(), duty)).collect();
    let regions = Names::new();
    let page = HomePage { today, owed: &owed, to_review: &[], regions: &regions };
    desk::home(&view(Language::Chinese, rights, PLAIN), &page)
}

#[test]
fn the_most_urgent_duty_comes_first() {
    let order = |page: &str| {
        let hrefs = values(page, "href").into_iter();
        let numbers = hrefs.filter_map(|href| href.strip_prefix("/duties/"));
        numbers.map(str::to_owned).collect::<Vec<_>>()
    };
    // Late; returned or reopened; with time left (extended); what was handed in is folded away.
    let page = home(day("2024-10-10"), &[Right::Fill, Right::Read]);
    assert_eq!(order(&page), ["2", "3", "5", "4", "1"]);
    let words = shown(&page);
    for wanted in [
        "逾期未报",
        "已过 2 天",
        "还有 5 天",
        "已延期",
        "未填 5",
        "草稿 3",
        "退回 1",
        "已经报出的 1",
    ] {
        assert!(words.contains(wanted), "{wanted}");
    }
    let before = home(day("2024-09-30"), &[Right::Fill]);
    assert!(shown(&before).contains("开始填报 2024-10-01"));
}

#[test]
fn who_has_nothing_to_do_is_told_so() {
    let said = |rights: &[Right]| {
        let regions = Names::new();
        let page =
            HomePage { today: day("2024-10-10"), owed: &[], to_review: &[], regions: &regions };
        shown(&desk::home(&view(Language::Chinese, rights, PLAIN), &page))
    };
    assert!(said(&[Right::Fill]).contains("现在没有要报的数据"));
    assert!(said(&[Right::Review]).contains("没有等待审核的数据"));
    assert!(!said(&[Right::Review]).contains("要报"));
    assert!(said(&[Right::Administer]).contains("没有需要在这里办理的事项"));
}

fn round_page(only: Option<Punctuality>, may_plan: bool, code: &str) -> String {
    let mut round = round(PLAIN);
    round.code = code.into();
    let mut duties = duties(PLAIN);
    duties.push(progress(PLAIN, 6, [0; 6], 4, None));
    duties[5].duty.extended = Some(day("2024-10-11"));
    let regions = Names::new();
    let page = RoundPage {
        today: day("2024-10-13"),
        round: &round,
        duties: &duties,
        only,
        regions: &regions,
        may_plan,
        done: None,
        fault: None,
    };
    desk::round(&anybody(Language::Chinese), &page)
}

#[test]
fn a_round_lists_who_is_late_and_can_show_them_alone() {
    let numbers = |page: &str| {
        let hrefs = values(page, "href").into_iter();
        let numbers = hrefs.filter_map(|href| href.strip_prefix("/duties/")).map(str::to_owned);
        numbers.collect::<Vec<_>>()
    };
    let page = round_page(None, true, "2024-09");
    assert_eq!(numbers(&page), ["2", "6", "4", "3", "1", "5"]);
    for (word, count) in [("截止未报", 2), ("待报", 1), ("逾期报出", 1), ("按时报出", 2)]
    {
        assert!(shown(&page).contains(&format!("{word} {count}")), "{word}");
    }
    assert!(values(&page, "href").contains(&"/rounds/2024-09?show=closed"));
    let page = round_page(Some(Punctuality::Late), true, "2024-09");
    assert_eq!(numbers(&page), ["3"]);
    for known in ["open", "in-time", "late", "overdue", "closed"] {
        assert!(desk::punctuality_named(known).is_some(), "{known}");
    }
    assert_eq!(desk::punctuality_named("soon"), None);
}

#[test]
fn only_a_planner_locks_and_gives_time() {
    let page = round_page(None, true, "2024-09");
    let actions = values(&page, "action");
    assert!(actions.contains(&"/rounds/2024-09/lock") && actions.contains(&"/duties/2/extend"));
    assert!(!actions.contains(&"/duties/1/extend"), "what was handed in needs no more time");
    assert!(
        page.contains("type=\"date\" value=\"2024-10-13\""),
        "published today unless said otherwise"
    );
    for file in ["/rounds/2024-09/bulletin.json", "/rounds/2024-09/reminders.zip"] {
        assert!(values(&page, "href").contains(&file), "{file}");
    }
    let page = round_page(None, false, "2024-09");
    let actions = values(&page, "action");
    assert!(!actions.iter().any(|to| to.contains("lock") || to.contains("extend")));
    assert!(!page.contains("reminders.zip"));
}

#[test]
fn a_code_of_any_characters_has_an_address() {
    let page = round_page(None, true, "九月/1?#");
    assert!(values(&page, "action").contains(&"/rounds/%E4%B9%9D%E6%9C%88%2F1%3F%23/lock"));
    assert_eq!(Address::new("/rounds").to_string(), "/rounds");
}

#[test]
fn a_form_is_written_as_somebody_would_type_it() {
    let indicators = Names::from([("gyzcz".into(), "规模以上工业总产值".into())]);
    let typed = TypedForm::of(&form_of(PLAIN), &indicators);
    assert_eq!(typed.items, "规模以上工业总产值, 亿元\ngyzjz, 增速, %");
    assert_eq!(typed.regions, "330784\n330784100");
    assert!(typed.active && typed.frequency == "month");
}

#[test]
fn passwords_are_never_sent_back_and_keepers_know_them() {
    for (name, page) in every_page(Language::Chinese, PLAIN) {
        for tag in tags(&page, "input").into_iter().filter(|tag| tag.contains("type=\"password\""))
        {
            assert!(!tag.contains(" value="), "{name}: {tag}");
            let known = tag.contains("\"current-password\"") || tag.contains("\"new-password\"");
            assert!(known, "{name}: {tag}");
        }
        if name == "login" {
            assert!(
                page.contains("autocomplete=\"username\"")
                    && page.contains("name=\"back\" value=\"/desk\"")
            );
        }
    }
}

#[test]
fn what_was_sent_too_late_can_be_sent_again() {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let kept = [field("token", "old-token"), field("value-0", "1240.11"), field("act", "save")];
    let mut view = anybody(Language::Chinese);
    view.here = Address::new("/duties/2");
    let page = desk::stale_with(&view, &kept);
    let own = forms(&page).into_iter().find(|form| form.contains("action=\"/duties/2\"")).unwrap();
    assert!(own.contains("name=\"value-0\" value=\"1240.11\"") && own.contains("value=\"save\""));
    assert!(own.contains(TOKEN) && !page.contains("old-token"));
    view.visitor = None;
    let page = desk::stale_with(&view, &kept);
    assert!(page.contains("action=\"/duties/2\"") && !page.contains("name=\"token\""));
    assert!(values(&page, "href").contains(&"/login"));
    // A password is never sent back.
    view.here = Address::new("/account/password");
    let page = desk::stale_with(&view, &[field("old", "s3cret"), field("new", "s3cret2")]);
    assert!(!page.contains("s3cret") && !page.contains("action=\"/account/password\""));
}

#[test]
fn the_token_stays_out_of_logs() {
    assert!(!format!("{:?}", anybody(Language::Chinese)).contains(TOKEN));
}

#[test]
fn bundled_files_ask_nothing_of_the_network() {
    for name in ["desk.css", "page.js"] {
        let text = std::str::from_utf8(asset(name).unwrap().bytes).unwrap();
        assert!(!text.contains("http") && !text.contains("@import"), "{name}");
    }
}
