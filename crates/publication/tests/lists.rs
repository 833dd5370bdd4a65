//! The lists of tasks, projects and problems, read as text: what they say, whether anybody can use them, and what they
//! send.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod lists_fixture;
#[path = "desk_fixture/read.rs"]
mod read;

use std::collections::BTreeMap;

use lists_fixture::{
    BOTH, HASH, HOSTILE, Scene, TOKEN, day, every_page, problems, progress, project,
    project_object, projects, tasks, view, waits,
};
use publication::html::{
    self, Language, ListAsked, ListFrame, ListView, PlanListKind, ProjectLine, TaskLine, TasksPage,
};
use publication::work;
use read::{forms, shown, structure, tags, values};
use terms::{MilestoneCount, PlanObject, PlanRef};

#[test]
fn every_page_can_be_used_by_anybody() {
    for language in BOTH {
        for (name, page) in every_page(&view(language, true), false) {
            assert_eq!(page.matches("<h1").count(), 1, "{name} has one first heading");
            assert_eq!(page.matches("<script").count(), 1, "{name}");
            assert!(!page.contains(" style=\"") && !page.contains("<style"), "{name}");
            let ids = values(&page, "id");
            for id in &ids {
                let times = ids.iter().filter(|other| *other == id).count();
                assert_eq!(times, 1, "{name}: id {id} is given twice");
            }
            for id in values(&page, "for").into_iter().chain(values(&page, "aria-labelledby")) {
                assert!(ids.contains(&id), "{name}: {id} is nowhere");
            }
            for kind in ["input", "select"] {
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
            for picture in tags(&page, "img") {
                assert!(picture.contains("alt=\"大坝\""), "{name}: {picture}");
            }
            for drawing in tags(&page, "svg") {
                let told = drawing.contains("aria-hidden") || drawing.contains("aria-label");
                assert!(told, "{name}: {drawing}");
            }
            for form in forms(&page) {
                let posted = form.contains("method=\"post\"");
                assert_eq!(form.contains(TOKEN), posted, "{name}: {form}");
            }
        }
    }
}

#[test]
fn what_people_write_is_never_markup() {
    for language in BOTH {
        let view = view(language, true);
        let (plain, hostile) = (every_page(&view, false), every_page(&view, true));
        for ((name, plain), (_, hostile)) in plain.iter().zip(&hostile) {
            assert!(!hostile.contains(HOSTILE) && !hostile.contains("<script>alert"), "{name}");
            assert!(hostile.contains("&lt;script&gt;alert(1)"), "{name} shows none of it");
            assert_eq!(structure(plain), structure(hostile), "{name}");
        }
    }
}

#[test]
fn a_page_says_the_same_in_both_languages() {
    let (chinese, english) = (view(Language::Chinese, true), view(Language::English, true));
    for ((name, chinese), (_, english)) in
        every_page(&chinese, false).iter().zip(&every_page(&english, false))
    {
        // The language goes along with every form that is got.
        let without: Vec<&str> =
            structure(english).into_iter().filter(|tag| *tag != "input").collect();
        let own: Vec<&str> = structure(chinese).into_iter().filter(|tag| *tag != "input").collect();
        assert_eq!(own, without, "{name}");
    }
}

#[test]
fn a_task_tells_what_is_late_by_shape_and_word() {
    let reader = view(Language::Chinese, false);
    let page = tasks(&reader, ListView::Table, false, 1);
    let said = shown(&page);
    for words in ["逾期 20 天", "1/3", "逾期 1", "推进中", "水利局", "王建国", "固定资产投资"]
    {
        assert!(said.contains(words), "{words}");
    }
    assert!(page.contains("/indicators/investment"));
    let gantt = tasks(&reader, ListView::Gantt, false, 1);
    let said = shown(&gantt);
    for words in [
        "2024-01-10 至 2024-09-30",
        "2024-03-31 通道贯通 已完成",
        "2024-08-31 通道贯通 逾期",
        "2024-12-31 通道贯通 未到",
        "今天 2024-10-20",
        "逾期 20 天",
    ] {
        assert!(said.contains(words), "{words}");
    }
    assert!(gantt.contains("fill=\"url(#overrun)\"") && gantt.contains("class=\"mark late\""));
}

#[test]
fn a_board_moves_by_forms_and_leads_on_where_more_is_needed() {
    let page = tasks(&view(Language::Chinese, true), ListView::Board, false, 2);
    let moving: Vec<&str> =
        forms(&page).into_iter().filter(|form| form.contains("/plan/task/")).collect();
    assert_eq!(moving.len(), 2, "a form for each card");
    let form = moving[0];
    assert!(form.contains("/plan/task/K-0/step") && form.contains("name=\"version\" value=\"7\""));
    assert!(form.contains("name=\"state\" value=\"started\""));
    let back = values(form, "value").into_iter().find(|value| value.starts_with("/tasks?"));
    let back = back.unwrap();
    assert!(back.contains("view=board") && back.contains("moved=K-0"), "{back}");
    assert!(page.contains("href=\"/plan/task/K-0#step\""), "where more has to be told");
    assert!(shown(&page).contains("现为"), "what was moved");
    // The lines are the first cards of each column: the others are told, and lead to the table.
    assert!(shown(&page).contains("还有 3 项"), "{}", shown(&page));
    assert!(page.contains("/tasks?q=%E8%93%84%E8%83%BD&amp;state=started&amp;late=1"));
}

#[test]
fn filters_stand_in_the_address_and_are_undone_one_by_one() {
    let page = projects(&view(Language::Chinese, false), ListView::Table, false);
    let chips = page.split("class=\"filters-set\"").nth(1).unwrap().split("</ul>").next().unwrap();
    assert_eq!(chips.matches("<li>").count(), 7, "six filters and all of them: {chips}");
    let address = "/projects?department=water&amp;region=330784&amp;indicator=investment&amp;year=2024&amp;stalled=1&amp;sort=name";
    assert!(chips.contains(&format!("href=\"{address}\"")), "without the level: {chips}");
    assert!(chips.contains("href=\"/projects?sort=name\""), "without any");
    let english = projects(&view(Language::English, false), ListView::Table, false);
    assert!(english.contains("name=\"lang\" value=\"en\""));
    let asked = ListAsked {
        view: ListView::Board,
        text: Some("管线 迁改".into()),
        late: true,
        ..ListAsked::default()
    };
    let address = html::list_address(PlanListKind::Problems, &asked).to_string();
    assert_eq!(address, "/problems?view=board&q=%E7%AE%A1%E7%BA%BF%20%E8%BF%81%E6%94%B9&late=1");
}

#[test]
fn a_problem_tells_its_way_and_who_is_next() {
    let page = problems(&view(Language::Chinese, false), ListView::Table, false);
    let said = shown(&page);
    for words in [
        "登记7 天",
        "交办20 天",
        "核验",
        "销号",
        "重开 1 次",
        "发现至今 30 天",
        "逾期 10 天",
        "→ 已整改",
        "1 份",
        "涉及 抽水蓄能电站",
        "预警",
        "固定资产投资增速回落",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(page.contains("aria-current=\"step\"") && page.contains("href=\"/projects/P-1\""));
    let english = shown(&problems(&view(Language::English, false), ListView::Board, false));
    for words in ["Next step", "→ Rectified", "Here for 20 days", "reopened once", "1 file"] {
        assert!(english.contains(words), "{words}");
    }
}

#[test]
fn a_project_tells_money_to_the_last_digit_as_it_was_published() {
    let page = projects(&view(Language::Chinese, false), ListView::Table, false);
    let said = shown(&page);
    for words in [
        "28.36亿元",
        "21.85亿元",
        "77.0%",
        "2 个缺数据，未计入完成率",
        "86.50亿元",
        "4.725亿元",
        "31.5%",
        "落后 43.4 个百分点",
        "严重滞后",
        "停滞",
    ] {
        assert!(said.contains(words), "{words}");
    }
    let one = project(&view(Language::Chinese, false), false);
    let said = shown(&one);
    for words in [
        "38.90亿元",
        "+0.08亿元",
        "1.20亿元",
        "专项债券",
        "新增建设用地",
        "停滞原因",
        "完成于 2024-03-22",
        "管线迁改滞后",
        "下水库填筑过八成",
    ] {
        assert!(said.contains(words), "{words}");
    }
    assert!(one.contains(&format!("src=\"/attachments/{HASH}/image\"")));
    assert!(one.contains("/plan/project-year/Y-1"), "a figure leads to what told it");
    let english = shown(&project(&view(Language::English, false), false));
    assert!(english.contains("43.4 points behind") && english.contains("Special bond"));
}

#[test]
fn nothing_found_is_told_with_a_way_out() {
    let scene = Scene::new("task", false);
    let empty = |all, asked: &ListAsked| {
        let frame = scene.frame(PlanListKind::Tasks, None);
        let frame = ListFrame { found: 0, all, asked, ..frame };
        html::tasks(&view(Language::Chinese, false), &TasksPage { frame, lines: &[] })
    };
    let none = empty(0, &ListAsked::default());
    assert!(shown(&none).contains("还没有登记任务") && none.contains("/plan/task/new"));
    let asked = ListAsked { late: true, ..ListAsked::default() };
    let filtered = empty(12, &asked);
    assert!(shown(&filtered).contains("没有符合这些条件的事项"));
    assert!(!filtered.contains("id=\"list\""));
}

#[test]
fn files_hold_what_the_lists_say() {
    let scene = Scene::new("project", false);
    let (object, progress) = (project_object(&scene), progress());
    let line = ProjectLine {
        object: &object,
        deadline: waits("2024-10-10"),
        progress: &progress,
        milestones: &[],
    };
    let mut bytes = Vec::new();
    work::projects(&mut bytes, &[line], &scene.names, (2024, day("2024-10-20"))).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let rows: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert!(rows[0].starts_with("代码,名称,状态,层级,总投资,年度,计划投资"), "{}", rows[0]);
    assert!(rows[1].starts_with(
        "P-1,抽水蓄能电站,在建,省级,86.50亿元,2024,15亿元,4.725亿元,38.90亿元,2024-09-30,31.5,74.9,-43.4,2024-10-10,10,2,1,"
    ), "{}", rows[1]);
    // A name that a spreadsheet program would run is text.
    let formula = PlanObject {
        fields: BTreeMap::from([("name", "=1+1".to_owned())]),
        parent: Some(PlanRef::new("project", "P-1")),
        ..object.clone()
    };
    let task = TaskLine {
        object: &formula,
        deadline: None,
        milestones: &[],
        reached: MilestoneCount::default(),
        moves: &[],
    };
    let mut bytes = Vec::new();
    work::tasks(&mut bytes, &[task], &scene.names, day("2024-10-20")).unwrap();
    assert!(String::from_utf8(bytes).unwrap().contains("P-1,'=1+1,"));
}
