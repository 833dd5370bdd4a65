//! Appraisal as it is typed: schemes listed, changed and kept; a project, a region and an enterprise appraised.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::Value;

fn write(desk: &Desk, name: &str, text: &str) {
    std::fs::write(desk.path(name), text).unwrap();
}

/// A project with its year, a milestone and its funds.
fn project() -> Desk {
    let desk = Desk::new();
    write(&desk, "d.csv", "code,name,region\nfgw,发展和改革局,330784\n");
    desk.ok(&["departments", "import", "d.csv"]);
    for words in [
        "project P-1 --new name=产业园 region=永康市 department=fgw level=county --state building",
        "project-year + --new --parent P-1 year=2024 planned=1.2亿元 actual=9000万元",
        "milestone + --new --parent project:P-1 name=封顶 due=2024-06-30 done-on=2024-06-28",
        "funding + --new --parent P-1 source=own requested=8000万元 issued=6000万元 paid=3300万元",
    ] {
        let words: Vec<&str> = std::iter::once("set").chain(words.split(' ')).collect();
        desk.ok(&words);
    }
    desk
}

const ANSWERS: &str = "准则,值,证明材料,备注\n\
    C2,是,不动产权证,\nD1,是,抽查记录,\nD2,8.5,评定表,\nE1,是,,按期\nV1,否,,\nV2,否,,\nV3,否,,\n";

fn json(desk: &Desk, arguments: &[&str]) -> Value {
    let all = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&desk.ok(&all)).unwrap()
}

/// By hand: 75 % of the year's investment is 7.5 points; 25 points behind the year's end 3; the milestone met 20; 55 % of
/// the funds paid 4; then 7, 10, 8.5 and 8: 68 of the 93 points that were measured, which is 73.12 of 100.
#[test]
fn a_project_is_appraised_by_what_the_ledger_and_people_say() {
    let desk = project();
    write(&desk, "a.csv", ANSWERS);
    let ask = ["appraise", "project-stars", "--subject", "P-1", "--period", "2024"];
    let ask = [&ask[..], &["--answers", "a.csv"]].concat();
    let told = json(&desk, &ask);
    assert_eq!((&told["total"], &told["coverage"]), (&"73.12".into(), &"0.93".into()));
    assert_eq!(told["level"]["name"], "三星");
    assert_eq!(told["provisional"], true);
    assert_eq!((&told["range"]["low"], &told["range"]["high"]), (&"63.00".into(), &"80.00".into()));
    assert_eq!(
        (&told["next"]["level"]["name"], &told["next"]["missing"]),
        (&"四星".into(), &"6.88".into())
    );
    let kept = told["stability"]["kept"].as_f64().unwrap();
    assert!((0.5..=1.0).contains(&kept), "{kept}");
    assert_eq!(told, json(&desk, &ask), "the same seed gives the same answer");
    let criteria = told["criteria"].as_array().unwrap();
    let one = |code: &str| criteria.iter().find(|one| one["code"] == code).unwrap();
    assert_eq!(one("A1")["figures"][0]["indicator"], "object-actual");
    assert_eq!((&one("E2")["measured"], &one("E2")["why"]), (&false.into(), &"没有作答".into()));
    let out = desk.ok(&ask);
    assert!(out.contains("结果\t三星（暂定：尚有未测得的项）\n"), "{out}");
    assert!(out.contains("区间\t未测得的全按最低分为 63，全按最高分为 80\n"), "{out}");
    assert!(out.contains("  E2 预期效益有保障\t—/7\t0%\t"), "{out}");
    // A veto comes before the total; one that caps leaves two stars.
    write(&desk, "a.csv", &ANSWERS.replace("V3,否", "V3,是"));
    assert_eq!(json(&desk, &ask)["level"]["name"], "二星");
    write(&desk, "a.csv", &ANSWERS.replace("V1,否", "V1,是"));
    let told = json(&desk, &ask);
    assert_eq!((&told["level"], &told["total"]), (&Value::Null, &"73.12".into()));
    assert_eq!(
        told["verdict"],
        "一票否决，不定级（发生较大及以上生产安全责任事故）（暂定：尚有未测得的项）"
    );
}

#[test]
fn evidence_may_be_what_is_attached_to_the_project() {
    let desk = project();
    write(&desk, "permit.txt", "用地批准书");
    write(&desk, "a.csv", "criterion,value,evidence\nC2,是,附件：permit.txt\n");
    let ask = ["appraise", "project-stars", "--subject", "P-1", "--answers", "a.csv"];
    let (code, _, err) = desk.run(&ask);
    assert_eq!(code, 2);
    assert!(
        err.contains("a.csv：第 2 行：“附件：permit.txt”（应为产业园的附件的名称或哈希）"),
        "{err}"
    );
    let out = desk.ok(&["attach", "permit.txt", "--to", "project", "P-1"]);
    let hash = out.trim().rsplit('\t').next().unwrap().to_owned();
    let told = json(&desk, &ask);
    let criteria = told["criteria"].as_array().unwrap();
    let one = criteria.iter().find(|one| one["code"] == "C2").unwrap();
    assert_eq!(one["evidence"], format!("附件 permit.txt（SHA-256 {hash}）"));
}

#[test]
fn maturity_is_the_mean_of_domains_and_names_its_edition() {
    let desk = Desk::new();
    let items = [3, 3, 4, 3, 3, 4, 4, 4];
    let mut table = "criterion,value\n".to_owned();
    for (domain, count) in (1..).zip(items) {
        for item in 1..=count {
            // One domain of level 5, the others of level 3.
            table += &format!("{domain}.{item},{}\n", if domain == 1 { 5 } else { 3 });
        }
    }
    write(&desk, "a.csv", &table);
    let ask = ["appraise", "dcmm", "--subject", "某公司", "--answers", "a.csv"];
    // By hand: (5 + 7 × 3) ÷ 8 = 3.25.
    let told = json(&desk, &ask);
    assert_eq!((&told["total"], &told["level"]["name"]), (&"3.25".into(), &"稳健级".into()));
    assert_eq!(told["scheme"]["edition"], "GB/T 36073-2018");
    assert!(!desk.path("duixian.db").exists());
    write(&desk, "a.csv", &table.replace("8.4,3\n", ""));
    let told = json(&desk, &ask);
    assert_eq!((&told["total"], &told["level"]), (&"3.25".into(), &Value::Null));
    assert_eq!(told["verdict"], "不定级：已测 96.88%，不足 100%（暂定：尚有未测得的项）");
}

#[test]
fn a_region_is_appraised_by_its_figures_as_known_on_a_day() {
    let desk = Desk::new();
    write(
        &desk,
        "o.csv",
        "indicator,region,period,value,unit,vintage,source\n\
         地区生产总值,330784,2023,7.0,%,2024-01-28,公报\n\
         地区生产总值,330784,2023,4.0,%,2024-12-27,普查\n\
         城市PM2.5平均浓度,330784,2023,35,微克/立方米,2024-01-20,公报\n\
         城乡居民收入倍差,330784,2023,1.6,,2024-01-28,公报\n",
    );
    desk.ok(&["observations", "import", "o.csv"]);
    let ask = |day: &str| {
        let ask = ["appraise", "county-annual", "--subject", "永康市", "--period", "2023"];
        json(&desk, &[&ask[..], &["--as-of", day]].concat())
    };
    // By hand: 14 of 15, 2 of 10 and 9 of 10: 25 of 35. After the census 8 of 15: 19 of 35.
    let told = ask("2024-06-30");
    assert_eq!((&told["earned"], &told["coverage"]), (&"25".into(), &"0.35".into()));
    assert_eq!(told["total"], "71.43");
    assert_eq!(told["verdict"], "不定级：已测 35%，不足 60%（暂定：尚有未测得的项）");
    assert_eq!(ask("2024-12-31")["total"], "54.29");
}

#[test]
fn schemes_are_listed_changed_and_kept_in_versions() {
    let desk = Desk::new();
    let out = desk.ok(&["schemes"]);
    assert!(
        out.contains(
            "dcmm\t1.0\t数据管理能力成熟度评估\t企业\t28\t5\tGB/T 36073-2018\t自带\t有效\n"
        ),
        "{out}"
    );
    let file = desk.ok(&["schemes", "show", "project-stars", "--file"]);
    let next =
        file.replace("version = \"1.0\"", "version = \"2.0\"").replace("from = 90", "from = 88");
    write(&desk, "s.toml", &next);
    assert_eq!(
        desk.ok(&["schemes", "check", "s.toml"]),
        "方案可用：project-stars@2.0 五星项目评价\n"
    );
    let put = ["schemes", "put", "s.toml", "--ledger", "duixian.db"];
    assert_eq!(desk.ok(&put), "已记入：project-stars@2.0 五星项目评价\n");
    assert_eq!(desk.ok(&put), "未作改动：project-stars@2.0 五星项目评价\n");
    write(&desk, "s.toml", &next.replace("from = 88", "from = 89"));
    let (code, _, err) = desk.run(&put);
    assert_eq!(code, 2);
    assert!(err.contains("方案版本“2.0”有误（应为新的版本号"), "{err}");
    let out = desk.ok(&["schemes"]);
    assert!(out.contains("project-stars\t2.0") && !out.contains("project-stars\t1.0"), "{out}");
    assert!(desk.ok(&["schemes", "show", "project-stars"]).contains("等级\t五星\t88 分起\n"));
    // A version that is in force only later is not chosen yet.
    let later = next
        .replace("\"2.0\"", "\"3.0\"")
        .replace("subject =", "valid-from = 2199-01-01\nsubject =");
    write(&desk, "s.toml", &later);
    desk.ok(&put);
    assert!(desk.ok(&["schemes", "show", "project-stars"]).starts_with("project-stars@2.0 "));
    assert!(desk.ok(&["schemes", "show", "project-stars@3.0"]).starts_with("project-stars@3.0 "));
    assert!(desk.ok(&["schemes"]).contains("3.0\t五星项目评价\t项目\t9\t5\t—\t台账\t不在有效期\n"));
    assert!(desk.ok(&["verify"]).ends_with("chain ok\n"));
}

#[test]
fn what_cannot_be_used_is_named() {
    let desk = project();
    let file = desk.ok(&["schemes", "show", "dcmm", "--file"]);
    write(&desk, "bad.toml", &file.replacen("points = [1, 5]", "points = [5, 1]", 1));
    write(&desk, "a.csv", "criterion,value\nC2,是\nZ,1\n");
    write(&desk, "b.csv", "criterion,value\nD2,11\n");
    let stars = ["appraise", "project-stars", "--subject", "P-1"];
    for (arguments, said) in [
        (
            &["schemes", "check", "bad.toml"][..],
            "bad.toml：第 23 行：1.1 的 points（应为 [最低分, 最高分]",
        ),
        (&["schemes", "check", "none.toml"], "none.toml"),
        (&["schemes", "show", "x"], "没有方案 x（应为"),
        (&["appraise", "x", "--subject", "P-1"], "没有方案 x（应为"),
        (&["appraise", "project-stars"], "没有说明评价哪个项目（应以 --subject 给出）"),
        (&["appraise", "project-stars", "--subject", "P-9"], "没有项目“P-9”"),
        (&["appraise", "county-annual", "--subject", "幸福县"], "幸福县"),
        (&[&stars[..], &["--answers", "a.csv"]].concat(), "a.csv：第 3 行：Z：方案里没有这个准则"),
        (
            &[&stars[..], &["--answers", "b.csv"]].concat(),
            "b.csv：第 2 行：D2：“11”（应为 0 到 10 的分）",
        ),
    ] {
        let (code, out, err) = desk.run(arguments);
        assert_eq!((code, out.as_str(), err.lines().count()), (2, "", 1), "{arguments:?} {err}");
        assert!(err.contains(said), "{err}");
    }
}
