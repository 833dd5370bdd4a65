//! The pages, read as text: what they say, where they lead, and whether anybody can use them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fixture;

use std::collections::BTreeMap;

use fixture::{assessment, view};
use publication::html::{self, Fates, Fault, Language, Order, Selection, View, asset};
use terms::{Assessment, StatementQuery};

fn overview(language: Language, order: Order) -> String {
    let assessment = assessment();
    html::overview(&assessment, &assessment.documents[0], order, &view(language))
}

fn list(assessment: &Assessment, query: &StatementQuery, language: Language) -> String {
    let found: Vec<_> = assessment.documents[0].statements.iter().collect();
    let selection = Selection { query, found: &found, page: 1 };
    html::statements(assessment, &assessment.documents[0], selection, &view(language))
}

/// The text of the first report, of whose promises nothing is known.
fn told(assessment: &Assessment, view: &View) -> String {
    let known = BTreeMap::new();
    let fates = Fates { known: &known, later: None, earlier: None, only: None };
    html::document(assessment, &assessment.documents[0], &fates, view)
}

fn text(language: Language) -> String {
    let assessment = assessment();
    told(&assessment, &view(language))
}

fn every_page(language: Language) -> Vec<(&'static str, String)> {
    let assessment = assessment();
    let document = &assessment.documents[0];
    let view = view(language);
    let fault = Fault { field: "status".into(), value: "<x>".into(), expected: "met".into() };
    vec![
        ("overview", overview(language, Order::Exceptions)),
        (
            "statements",
            list(&assessment, &StatementQuery { lost: true, ..Default::default() }, language),
        ),
        ("statement", html::statement(&assessment, document, 0, &view).unwrap()),
        ("document", told(&assessment, &view)),
        ("glossary", html::glossary(&assessment, document, &view)),
        ("repairs", html::repairs(&assessment, document, &view)),
        ("empty", html::empty(&view)),
        ("not found", html::not_found(&view)),
        ("bad request", html::bad_request(&view, &fault)),
        ("failure", html::failure(&view, "台账损坏")),
    ]
}

/// The values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The text that is shown, without tags.
fn shown(page: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for character in page.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    text
}

/// What stands between an id and the next end of a table row.
fn row<'a>(page: &'a str, id: &str) -> &'a str {
    let start = page.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("{id}"));
    page[start..].split("</tr>").next().unwrap()
}

#[test]
fn the_headline_is_told_in_one_sentence() {
    let chinese = overview(Language::Chinese, Order::Exceptions);
    assert!(chinese.contains("4 项主要指标：2 项完成较好，1 项有差距，1 项无数据"));
    let english = overview(Language::English, Order::Exceptions);
    assert!(english.contains("4 headline indicators: 2 achieved, 1 fell short, 1 without data"));
}

#[test]
fn every_indicator_stands_with_word_and_shape() {
    let page = overview(Language::Chinese, Order::Exceptions);
    for (id, class, word) in [
        ("i-1", "st-met", "已完成"),
        ("i-3", "st-missed", "有差距"),
        ("i-4", "st-no-data", "无数据"),
    ] {
        let row = row(&page, id);
        assert!(
            row.contains(word) && row.contains(&format!("<svg class=\"icon {class}\"")),
            "{row}"
        );
    }
    let product = shown(row(&page, "i-2"));
    assert!(product.contains("增速已完成绝对值有差距核算方法调整"), "{product}");
    assert!(shown(row(&page, "i-4")).contains("统计口径调整"));
}

#[test]
fn exceptions_come_first_unless_another_order_is_asked() {
    let order = |order| {
        let page = overview(Language::Chinese, order);
        let ids = values(&page, "id").into_iter().filter(|id| id.starts_with("i-"));
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(order(Order::Exceptions), ["i-3", "i-4", "i-2", "i-1"]);
    assert_eq!(order(Order::Report), ["i-1", "i-2", "i-3", "i-4"]);
    // By code point: 固 U+56FA, 地 U+5730, 外 U+5916, 跨 U+8DE8.
    assert_eq!(order(Order::Name), ["i-1", "i-2", "i-3", "i-4"]);
}

#[test]
fn promises_lead_to_their_statement_and_their_place() {
    let page = overview(Language::Chinese, Order::Exceptions);
    let hrefs = values(&page, "href");
    for wanted in
        ["/statements/0a1b2c3d-7", "/documents/0a1b2c3d#s-0a1b2c3d-7", "/statements?role=target"]
    {
        assert!(hrefs.contains(&wanted), "{wanted}");
    }
    let words = shown(&page);
    for wanted in ["增长8%以上", "超过20亿元", "5—8公里", "目标较此 −1.5个百分点", "力争 1"]
    {
        assert!(words.contains(wanted), "{wanted}");
    }
}

#[test]
fn a_lost_digit_is_boxed_on_every_page_that_shows_it() {
    for (name, page) in every_page(Language::Chinese) {
        if page.contains("投保率") && name != "overview" {
            assert!(page.contains("class=\"lost\" title=\"原文此处缺失一位数字\""), "{name}");
            assert!(!shown(&page).contains("投保率5%"), "{name}");
        }
    }
    let page = overview(Language::Chinese, Order::Exceptions);
    assert!(values(&page, "href").contains(&"/documents/0a1b2c3d#d-0"));
    assert!(values(&page, "href").contains(&"/statements?lost=1"));
}

#[test]
fn the_text_is_whole_and_every_statement_has_one_place() {
    let page = text(Language::Chinese);
    let assessment = assessment();
    for assessed in &assessment.documents[0].statements {
        let id = format!("s-{}", assessed.statement.id);
        assert_eq!(values(&page, "id").iter().filter(|known| **known == id).count(), 1, "{id}");
        let href = format!("/statements/{}", assessed.statement.id);
        assert!(values(&page, "href").contains(&href.as_str()), "{href}");
    }
    // Marks that overlap cut the text but lose none of it.
    let words = shown(&page).replace("（原文此处缺失一位数字）", "");
    for block in &assessment.documents[0].document.blocks {
        let block = &assessment.documents[0].document.text[block.span.range()];
        let block = block.replace('<', "&lt;").replace('>', "&gt;");
        assert!(words.contains(&block), "{block}");
    }
    assert!(page.contains("data-of=\"0a1b2c3d-4 0a1b2c3d-3\""));
}

#[test]
fn every_use_of_a_term_leads_to_what_it_means() {
    let page = text(Language::Chinese);
    let terms: Vec<_> = page.split("class=\"term\" href").skip(1).collect();
    let told: Vec<_> = terms
        .iter()
        .map(|rest| {
            let tag = format!(" href{}", rest.split('>').next().unwrap());
            let word = rest.split('>').nth(1).unwrap().split('<').next().unwrap();
            let of = |name: &str| values(&tag, name)[0].to_owned();
            (word.to_owned(), of("href"), of("aria-describedby"), of("data-meaning"))
        })
        .collect();
    let use_of = |word: &str, number: usize, meaning: &str| {
        (word.into(), format!("#term-{number}"), format!("means-{number}"), String::from(meaning))
    };
    let way = "供步行和骑行的绿色道路，&lt;不走车&gt;。";
    let insurance = "人人可买的补充医疗保险。";
    assert_eq!(
        told,
        [
            use_of("惠民保", 1, insurance),
            use_of("绿道", 2, way),
            use_of("绿道", 2, way),
            use_of("惠民保", 1, insurance),
        ]
    );
    // What is not used is not described, and every place is there once.
    let ids = values(&page, "id");
    for id in ["use-1-1", "use-1-2", "use-2-1", "use-2-2", "term-1", "term-3", "means-1", "means-2"]
    {
        assert_eq!(ids.iter().filter(|known| **known == id).count(), 1, "{id}");
    }
    assert!(!ids.contains(&"means-3"));
    // A term inside of a statement is the link there, and the statement its frame.
    assert!(page.contains("data-of=\"0a1b2c3d-9\"><a id=\"use-2-1\" class=\"term\""));
    assert!(values(&page, "href").contains(&"/documents/0a1b2c3d/glossary"));
}

#[test]
fn no_link_holds_another() {
    for (name, page) in every_page(Language::Chinese) {
        for link in page.split("<a ").skip(1) {
            assert!(link.contains("</a>"), "{name}: {link}");
        }
    }
}

#[test]
fn terms_stand_on_a_page_of_their_own() {
    let assessment = assessment();
    let document = &assessment.documents[0];
    let page = html::glossary(&assessment, document, &view(Language::Chinese));
    let words = shown(&page);
    for wanted in ["惠民保", "管一段河的人。", "正文用到 2 处", "正文没有用到"]
    {
        assert!(words.contains(wanted), "{wanted}");
    }
    let hrefs = values(&page, "href");
    for wanted in ["/documents/0a1b2c3d#term-1", "/documents/0a1b2c3d#use-2-2"] {
        assert!(hrefs.contains(&wanted), "{wanted}");
    }
    let mut assessment = assessment.clone();
    assessment.documents[0].document.glossary.clear();
    let document = &assessment.documents[0];
    let page = html::glossary(&assessment, document, &view(Language::English));
    assert!(shown(&page).contains("This report explains no terms."));
    let page = told(&assessment, &view(Language::English));
    assert!(!page.contains("class=\"term\"") && !page.contains("/documents/0a1b2c3d/glossary"));
}

#[test]
fn a_text_has_one_title_however_many_it_calls_so() {
    let mut assessment = assessment();
    let titled = |assessment: &Assessment| {
        let page = told(assessment, &view(Language::Chinese));
        assert_eq!(page.matches("<h1").count(), 1);
        page
    };
    let blocks = &mut assessment.documents[0].document.blocks;
    blocks[2].kind = terms::BlockKind::Title;
    titled(&assessment);
    let document = &mut assessment.documents[0].document;
    for block in &mut document.blocks {
        block.kind = terms::BlockKind::Paragraph;
    }
    document.profile.title = None;
    assert!(titled(&assessment).contains("未识别标题的文件"));
}

#[test]
fn several_reports_can_be_chosen_between() {
    let mut assessment = assessment();
    let mut older = assessment.documents[0].clone();
    older.document.id = "ffffffff".into();
    older.document.name = "更早的报告.txt".into();
    older.document.profile.plan_year = Some(2020);
    assessment.documents.push(older);
    let [latest, older] = [0, 1].map(|number| {
        let document = &assessment.documents[number];
        html::overview(&assessment, document, Order::Exceptions, &view(Language::Chinese))
    });
    assert!(values(&latest, "href").contains(&"/?doc=ffffffff"));
    assert!(shown(&latest).contains("2020 青川县 更早的报告.txt"));
    // The latest report goes without saying; another one is named in every question.
    assert!(values(&older, "href").contains(&"/statements?doc=ffffffff&amp;role=target"));
    assert!(values(&older, "href").contains(&"/?doc=0a1b2c3d"));
    while assessment.documents.len() < 9 {
        assessment.documents.push(assessment.documents[1].clone());
    }
    let page = html::overview(
        &assessment,
        &assessment.documents[0],
        Order::Name,
        &view(Language::English),
    );
    assert!(shown(&page).contains("Reports 9"), "many are folded away");
}

#[test]
fn every_place_that_a_page_leads_to_exists() {
    let places = text(Language::Chinese);
    let places = values(&places, "id");
    for (name, page) in every_page(Language::Chinese) {
        let own = values(&page, "id");
        for href in values(&page, "href") {
            match href.split_once('#') {
                Some(("" | "/?doc=0a1b2c3d", place)) => {
                    assert!(own.contains(&place), "{name}: {href}");
                }
                Some(("/documents/0a1b2c3d", place)) => {
                    assert!(places.contains(&place), "{name}: {href}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_statement_is_explained_and_leads_to_its_neighbours() {
    let assessment = assessment();
    let document = &assessment.documents[0];
    let page = html::statement(&assessment, document, 4, &view(Language::Chinese)).unwrap();
    let words = shown(&page);
    for wanted in ["不低于（≥）", "总量或水平", "惠民保", "字节 ", "结果"] {
        assert!(words.contains(wanted), "{wanted}");
    }
    let hrefs = values(&page, "href");
    for wanted in
        ["/statements/0a1b2c3d-4", "/statements/0a1b2c3d-6", "/documents/0a1b2c3d#s-0a1b2c3d-5"]
    {
        assert!(hrefs.contains(&wanted), "{wanted}");
    }
    assert!(html::statement(&assessment, document, 9, &view(Language::Chinese)).is_none());
}

#[test]
fn each_filter_is_shown_and_can_be_removed_alone() {
    let assessment = assessment();
    let query = StatementQuery {
        text: Some("投资".into()),
        unit: Some("%".into()),
        lost: true,
        ..StatementQuery::default()
    };
    let page = list(&assessment, &query, Language::Chinese);
    let hrefs = values(&page, "href");
    for rest in [
        "/statements?unit=%25&amp;lost=1",
        "/statements?q=%E6%8A%95%E8%B5%84&amp;lost=1",
        "/statements",
    ] {
        assert!(hrefs.contains(&rest), "{rest} in {hrefs:?}");
    }
    assert!(hrefs.contains(&"/statements.csv?q=%E6%8A%95%E8%B5%84&amp;unit=%25&amp;lost=1"));
    assert!(page.contains("value=\"投资\"") && page.contains("<option value=\"%\" selected>"));
}

#[test]
fn the_language_is_kept_in_every_link() {
    for (name, page) in every_page(Language::English) {
        assert!(page.contains("<html lang=\"en\""), "{name}");
        for href in values(&page, "href") {
            let outside = href.starts_with('#')
                || href.starts_with("/assets/")
                || href.contains("/source")
                || href.starts_with("/statements.");
            assert!(outside || href.contains("lang="), "{name}: {href}");
        }
    }
    for (name, page) in every_page(Language::Chinese) {
        let english =
            values(&page, "href").into_iter().filter(|href| href.contains("lang=en")).count();
        assert_eq!(english, 1, "{name} offers English once");
    }
}

#[test]
fn every_page_can_be_used_by_anybody() {
    for language in [Language::Chinese, Language::English] {
        for (name, page) in every_page(language) {
            assert!(page.starts_with("<!DOCTYPE html><html lang="), "{name}");
            assert_eq!(page.matches("<h1").count(), 1, "{name} has one first heading");
            assert_eq!(page.matches("<main id=\"content\"").count(), 1, "{name}");
            assert!(page.contains("class=\"skip\" href=\"#content\""), "{name}");
            // Nothing that the content policy would stop.
            assert!(
                !page.contains(" style=\"")
                    && !page.contains("<style")
                    && !page.contains("onclick"),
                "{name}"
            );
            assert_eq!(page.matches("<script").count(), 1, "{name}");
            let ids = values(&page, "id");
            for id in &ids {
                assert_eq!(
                    ids.iter().filter(|other| *other == id).count(),
                    1,
                    "{name}: id {id} is given twice"
                );
            }
            for (number, tag) in page.split("<svg ").skip(1).enumerate() {
                assert!(
                    tag.split('>').next().unwrap().contains("aria-hidden=\"true\""),
                    "{name}: svg {number}"
                );
            }
            for tag in page.split("<input ").skip(1).chain(page.split("<select ").skip(1)) {
                let tag = tag.split('>').next().unwrap();
                let id = values(&format!(" {tag}"), "id")
                    .first()
                    .map(|id| format!("<label for=\"{id}\""));
                let labelled = tag.contains("type=\"hidden\"")
                    || id.is_some_and(|label| page.contains(&label));
                assert!(labelled, "{name}: {tag}");
            }
            for header in page.split("<th").skip(1).filter(|tag| tag.starts_with([' ', '>'])) {
                assert!(
                    header.split('>').next().unwrap().contains("scope="),
                    "{name}: th without scope"
                );
            }
        }
    }
}

#[test]
fn what_a_file_says_is_never_markup() {
    let page = text(Language::Chinese);
    assert!(page.contains("&lt;来源&gt;") && !page.contains("<来源>"));
    let assessment = assessment();
    let query = StatementQuery { text: Some("\"><script>".into()), ..StatementQuery::default() };
    let page = list(&assessment, &query, Language::Chinese);
    assert_eq!(page.matches("<script").count(), 1);
}

/// The pairs of colours that the style sheet names: light, dark.
fn colour(css: &str, name: &str) -> [String; 2] {
    let start = css.find(&format!("--{name}: light-dark(")).unwrap_or_else(|| panic!("{name}"));
    let pair = css[start..].split('(').nth(1).unwrap().split(')').next().unwrap();
    let (light, dark) = pair.split_once(", ").unwrap();
    [light.to_owned(), dark.to_owned()]
}

/// The relative luminance of WCAG 2.2.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn colours_stand_out_from_their_ground() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    let css = std::str::from_utf8(asset("base.css").unwrap().bytes).unwrap();
    let words = [
        "ink",
        "muted",
        "accent",
        "link",
        "met",
        "missed",
        "no-data",
        "not-comparable",
        "open",
        "reported",
        "background",
    ];
    for ground in ["paper", "surface", "hover"] {
        for word in words {
            for (ink, ground) in colour(css, word).iter().zip(colour(css, ground)) {
                assert!(contrast(ink, &ground) >= 4.5, "{word} {ink} on {ground}");
            }
        }
        for (edge, ground) in colour(css, "edge").iter().zip(colour(css, ground)) {
            assert!(contrast(edge, &ground) >= 3.0, "edge {edge} on {ground}");
        }
    }
    for (word, ground) in
        [("ink", "mark"), ("ink", "lost"), ("accent", "mark"), ("on-accent", "accent")]
    {
        for (ink, ground) in colour(css, word).iter().zip(colour(css, ground)) {
            assert!(contrast(ink, &ground) >= 4.5, "{word} {ink} on {ground}");
        }
    }
}

#[test]
fn bundled_files_ask_nothing_of_the_network() {
    for name in ["base.css", "pages.css", "page.js", "icon.svg"] {
        let text = std::str::from_utf8(asset(name).unwrap().bytes).unwrap();
        let foreign = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!foreign.contains("http") && !foreign.contains("@import"), "{name}");
    }
    assert!(asset("../Cargo.toml").is_none());
}
