//! Documents and regions as pages: what became of each statement, two years side by side, regions ranked and compared.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod county;
mod http;
mod office;

use std::process::Command;

use county::County;
use http::Answer;
use office::Office;

fn get(county: &County, address: &str) -> Answer {
    http::send(
        county.port,
        format!("GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .as_bytes(),
    )
}

fn page(county: &County, address: &str) -> String {
    let answer = get(county, address);
    assert_eq!(answer.status, 200, "{address}");
    answer.text()
}

/// The documents' ids, the later one first.
fn documents(county: &County) -> [String; 2] {
    let list = page(county, "/documents");
    let mut ids: Vec<String> = list
        .split("href=\"/documents/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|id| id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .map(str::to_owned)
        .collect();
    ids.dedup();
    ids.try_into().unwrap()
}

/// How often a text stands in another.
fn count(page: &str, text: &str) -> usize {
    page.matches(text).count()
}

#[test]
fn a_document_shows_what_became_of_each_promise() {
    let county = County::start();
    let [later, earlier] = documents(&county);
    let list = page(&county, "/documents");
    assert!(list.contains(&format!("/documents/compare?from={earlier}&amp;to={later}")));
    let text = page(&county, &format!("/documents/{earlier}"));
    for words in
        ["未兑现", "无声消失", "超额兑现", "symbol id=\"fate-kept\"", "st target firm st-missed"]
    {
        assert!(text.contains(words), "{words}");
    }
    // One word, one count, and as many marks: what is filtered is what was counted.
    let told = text.split("mark=dropped\"").nth(1).unwrap().split("</a>").next().unwrap();
    let dropped: usize =
        told.rsplit("<b>").next().unwrap().split('<').next().unwrap().parse().unwrap();
    let only = page(&county, &format!("/documents/{earlier}?mark=dropped"));
    assert!(dropped > 0);
    assert_eq!(count(&only, "id=\"s-"), dropped, "only those are marked");
    assert!(only.contains("只标出") && !only.contains("st target firm st-missed"));
    let wrong = get(&county, &format!("/documents/{earlier}?mark=great"));
    assert_eq!(wrong.status, 400);
    assert!(wrong.text().contains("dropped | "));
    // The report that nobody accounts for yet: its targets stand where the ledger's targets stand.
    let text = page(&county, &format!("/documents/{later}"));
    assert!(text.contains("还没有下一年的报告") && text.contains("fate-open"));
    let english = page(&county, &format!("/documents/{earlier}?lang=en"));
    assert!(english.contains("Dropped silently") && english.contains("As told by"));
}

#[test]
fn two_years_stand_side_by_side() {
    let county = County::start();
    let [later, earlier] = documents(&county);
    let address = format!("/documents/compare?from={earlier}&to={later}");
    let all = page(&county, &address);
    let unasked = page(&county, "/documents/compare");
    let pairs = |page: &str| page.split_once("<ol class=\"pairs\">").unwrap().1.to_owned();
    let same = pairs(&unasked).split("<footer").next() == pairs(&all).split("<footer").next();
    assert!(same, "the latest two go without saying");
    for words in [
        "得分",
        "兑现率",
        "目标增长不低于8%",
        "固定资产投资增长6.2%",
        "无声消失",
        "后一份报告新列的目标",
    ] {
        assert!(all.contains(words), "{words}");
    }
    let told: serde_json::Value = serde_json::from_str(&page(
        &county,
        &format!("/documents/compare.json?from={earlier}&to={later}"),
    ))
    .unwrap();
    let counts = told["counts"].as_object().unwrap();
    for (word, number) in counts {
        let found = page(&county, &format!("{address}&outcome={word}"));
        let shown = count(&found, &format!("class=\"pair st-{word}\""));
        assert_eq!(shown as u64, number.as_u64().unwrap(), "{word}");
        assert_eq!(count(&found, "class=\"pair st-"), shown, "{word} alone");
    }
    let aims = page(&county, &format!("{address}&strength=aim"));
    assert!(count(&aims, "class=\"pair st-") < count(&all, "class=\"pair st-"));
    assert!(!aims.contains("pair st-new"));
    // Command line and pages tell the same.
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    let arguments =
        ["promises", "--from", &earlier, "--to", &later, "--format", "json", "--ledger"];
    let done = command.args(arguments).arg(county.ledger()).output().unwrap();
    let typed: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(typed["promises"], told["promises"]);
    assert_eq!(typed["score"], told["score"]);
    assert!(
        get(&county, &format!("/documents/compare.xlsx?from={earlier}&to={later}"))
            .body
            .starts_with(b"PK")
    );
    assert!(page(&county, "/documents/compare.csv").starts_with('\u{feff}'));
    for (query, said) in [
        ("from=nobody", &*later),
        (&*format!("from={later}&to={later}"), "另一份报告"),
        ("outcome=great", "kept | "),
        ("strength=weak", "firm | aim"),
    ] {
        let answer = get(&county, &format!("/documents/compare?{query}"));
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.text().contains(said), "{query}");
    }
    // The wrong way round there is no account, and the page says why.
    let turned = page(&county, &format!("/documents/compare?from={later}&to={earlier}"));
    assert!(turned.contains("对照不了"));
    let short = get(&county, &format!("{address}&department=&strength=aim&lang=en"));
    assert_eq!(short.status, 303);
    assert_eq!(short.header("location").unwrap(), format!("{address}&strength=aim&lang=en"));
}

#[test]
fn regions_are_ranked_compared_and_followed() {
    let county = County::start();
    let ranking = page(&county, "/regions?indicator=budget-revenue");
    for words in
        ["青石市", "2024年1—9月", "15.071亿元", "9/9", "25.85", "+10.779亿元", "22.3%", "财政快报"]
    {
        assert!(ranking.contains(words), "{words}");
    }
    assert!(ranking.find("东门街道").unwrap() < ranking.find("梅岭乡").unwrap());
    let growth = page(&county, "/regions?indicator=budget-revenue&facet=growth");
    assert!(growth.contains("没有发布的增速") && !growth.contains("占比"));
    // By what was known then.
    let before = page(&county, "/regions?indicator=budget-revenue&as_of=2024-09-30");
    assert!(before.contains("2024年1—8月") && !before.contains("2024-10-16"));
    // The page and the command line tell the same.
    let values = page(&county, "/regions.csv?indicator=budget-revenue");
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    let done = command
        .args(["rank", "budget-revenue", "--among", "339901", "--period", "2024-01..09"])
        .args(["--as-of", county::DAY, "--format", "csv", "--ledger"])
        .arg(county.ledger())
        .output()
        .unwrap();
    let typed = String::from_utf8(done.stdout).unwrap();
    let columns = |text: &str, wanted: &[&str]| -> Vec<Vec<String>> {
        let mut lines = text.trim_start_matches('\u{feff}').lines();
        let head: Vec<&str> = lines.next().unwrap().split(',').collect();
        let places: Vec<usize> = wanted
            .iter()
            .map(|name| head.iter().position(|known| known == name).unwrap())
            .collect();
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            places.iter().map(|place| cells[*place].to_owned()).collect()
        };
        lines.map(row).collect()
    };
    let wanted = ["rank", "movement", "region", "value", "unit", "vintage", "source"];
    assert_eq!(columns(&values, &wanted), columns(&typed, &wanted));
    assert_eq!(columns(&values, &wanted).len(), 9);

    let other = page(&county, "/regions?indicator=budget-revenue&period=2019");
    assert!(other.contains("没有数据的时期： 2019年 · 显示的是 2024年1—9月"));
    // An indicator that is published as growth alone is shown as what it is.
    let growth = page(&county, "/regions?indicator=fixed-investment&facet=level");
    assert!(growth.contains("<option value=\"growth\" selected>") && growth.contains("松坪乡"));

    let map = page(&county, "/regions?indicator=budget-revenue&show=map");
    assert_eq!(count(&map, "<path class=\"region\""), 9);
    for words in
        ["组 1（最低）", "0.613至0.779", "组 5（最高）", "url(#class-4)", "东门街道：3.367亿元"]
    {
        assert!(map.contains(words), "{words}");
    }
    // Before a town had a figure, it is shown as what it is.
    let early =
        page(&county, "/regions?indicator=gdp&show=map&as_of=2024-10-17&period=2024-01..09");
    assert!(!early.contains("2024-10-18"));

    let pictures = page(&county, "/regions?indicator=budget-revenue&show=series");
    assert_eq!(count(&pictures, "<polyline class=\"now\""), 9);
    assert!(pictures.contains("各图刻度相同"));
    let own = page(&county, "/regions?indicator=budget-revenue&show=series&scale=own");
    assert!(own.contains("各图刻度不同") && own != pictures);
    let tree = page(&county, "/regions?show=tree");
    assert!(tree.contains("<details open>") && count(&tree, "class=\"leaf\"") == 10);

    let one = page(&county, "/regions/339901100");
    for words in ["石桥镇", "青石市", "同级平均", "3/9", "△", "目标完成情况", "乡级"]
    {
        assert!(one.contains(words), "{words}");
    }
    // Every figure leads to its publications, of regions without a target too.
    let figure = page(&county, "/indicators/fixed-investment?region=339901200");
    assert!(figure.contains("松坪乡") && figure.contains("2024-10-"));
    assert!(page(&county, "/regions/339901").contains("东门街道"));
    assert_eq!(get(&county, "/regions/999999").status, 404);
    for (query, said) in [
        ("among=110000", "339901"),
        ("indicator=nothing", "budget-revenue"),
        ("facet=size", "level | growth"),
        ("period=then", "2024-01..09"),
        ("as_of=gestern", "as_of"),
        ("show=globe", "ranking | map | series | tree"),
        ("scale=mine", "own"),
    ] {
        let answer = get(&county, &format!("/regions?{query}"));
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.text().contains(said), "{query}");
    }
}

#[test]
fn who_works_elsewhere_sees_no_figures_of_others() {
    let office = Office::start();
    let folder = office.path();
    let folder = folder.parent().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
        let done = command.args(arguments).arg("--ledger").arg(office.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    let towns = "代码,名称\n330784001,东城街道\n330784002,西城街道\n";
    run(&["regions", "import", &write("r.csv", towns)]);
    let figures = "indicator,region,period,value,unit,vintage,source\n\
        一般公共预算收入,330784001,2023,30,亿元,2024-01-20,镇报\n\
        一般公共预算收入,330784002,2023,20,亿元,2024-01-20,镇报\n";
    run(&["observations", "import", &write("o.csv", figures)]);
    assert_eq!(office.get("/regions").status, 303, "strangers sign in first");
    assert_eq!(office.get("/documents").status, 303);
    let leader = office.sign_in("leader");
    assert!(leader.get("/regions").text().contains("东城街道"));
    assert!(leader.get("/regions/330784001").text().contains("镇报"));
    // Above the own county nothing may be seen, so no sibling stands beside it.
    assert!(leader.get("/regions/330784").text().contains("没有可以和同级相比的数据"));
    assert_eq!(leader.get("/regions/330700").status, 403);
    let elsewhere = office.sign_in("elsewhere");
    assert!(elsewhere.get("/regions").text().contains("还没有可比的地区"));
    assert_eq!(elsewhere.get("/regions?among=330784").status, 400);
    assert_eq!(elsewhere.get("/regions.csv?among=330784").status, 400);
    assert_eq!(elsewhere.get("/regions/330784001").status, 403);
}

#[test]
fn the_list_of_indicators_ranks_a_region_as_its_own_page_does() {
    let county = County::start();
    let own = page(&county, "/regions/339901102");
    let list = page(&county, "/indicators?region=339901102");
    assert!(list.contains("同级名次"), "{list}");
    let rank = own.split("一般公共预算收入").nth(1).unwrap();
    let rank = rank.split("/9<").next().unwrap().rsplit('>').next().unwrap();
    let rank: usize = rank.parse().unwrap();
    let row = list.split("一般公共预算收入</a>").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(row.contains(&format!(">{rank}/9<")), "{rank}: {row}");
    // The county itself has no siblings in the ledger.
    assert!(!page(&county, "/indicators").contains("同级名次"));
}
