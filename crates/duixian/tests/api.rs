//! The open data interface as programs meet it: what comes, in which format, for whom, and how it says no.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod county;
mod http;
mod office;

use std::collections::BTreeSet;
use std::process::Command;

use county::County;
use http::Answer;
use ledger::Ledger;
use office::Office;
use serde_json::Value;
use terms::FigureQuery;

fn get(port: u16, path: &str, headers: &str) -> Answer {
    ask(port, "GET", path, headers)
}

fn ask(port: u16, method: &str, path: &str, headers: &str) -> Answer {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n"
    );
    http::send(port, request.as_bytes())
}

fn json(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

/// Every record of a list, page by page.
fn all(port: u16, path: &str) -> Vec<Value> {
    let (mut next, mut found) = (Some(path.to_owned()), Vec::new());
    while let Some(path) = next {
        let answer = get(port, &path, "");
        let page = json(&answer);
        let rows = page["data"].as_array().unwrap();
        assert_eq!(page["count"], rows.len());
        found.extend(rows.iter().cloned());
        next = page["next"].as_str().map(str::to_owned);
        let link = next.as_ref().map(|next| format!("<{next}>; rel=\"next\""));
        assert_eq!(answer.header("link"), link.as_deref());
    }
    found
}

#[test]
fn every_figure_comes_as_it_was_published_in_every_format() {
    let county = County::start();
    let ledger = Ledger::open_read_only(&county.ledger()).unwrap();
    let day = county::DAY.parse().ok();
    let known = ledger.figures(&FigureQuery { as_of: day, ..FigureQuery::default() }).unwrap();
    assert!(known.len() > 500);
    let found = all(county.port, "/api/v1/figures?limit=199");
    assert_eq!(found.len(), known.len());
    for (found, known) in found.iter().zip(&known) {
        assert_eq!(found["indicator"], *known.indicator);
        assert_eq!(found["region"], *known.region);
        assert_eq!(found["period"], known.period.to_string());
        assert_eq!(found["vintage"], known.vintage.to_string());
        assert_eq!(found["unit"], known.unit.as_str());
        assert_eq!(found["status"], known.status.as_str());
        assert_eq!(found["source"], *known.source);
        let value = known.value.as_ref().map(ToString::to_string);
        assert_eq!(found["value"].as_str(), value.as_deref());
    }
    // Each has an address of its own, which gives the very same.
    for figure in found.iter().step_by(97) {
        let one = json(&get(county.port, figure["url"].as_str().unwrap(), ""));
        assert_eq!(one, *figure);
    }
    let table = get(county.port, "/api/v1/figures", "Accept: text/csv\r\n");
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
    let mut rows = csv::Reader::from_reader(&table.body[3..]);
    let names = rows.headers().unwrap().clone();
    let value = names.iter().position(|name| name == "value").unwrap();
    let values: Vec<String> = rows.records().map(|row| row.unwrap()[value].to_owned()).collect();
    let expected: Vec<&str> =
        found.iter().map(|figure| figure["value"].as_str().unwrap_or("")).collect();
    assert_eq!(values, expected);
    let file = get(county.port, "/api/v1/figures?format=parquet", "");
    assert_eq!(file.header("content-type"), Some("application/vnd.apache.parquet"));
    assert!(file.body.starts_with(b"PAR1") && file.body.ends_with(b"PAR1"));
}

#[test]
fn a_question_is_answered_as_known_on_its_day() {
    let county = County::start();
    let early = all(county.port, "/api/v1/figures?as_of=2023-06-30&limit=1000");
    assert!(!early.is_empty());
    assert!(early.iter().all(|figure| figure["vintage"].as_str().unwrap() <= "2023-06-30"));
    let later = all(county.port, "/api/v1/figures?updated_after=2024-09-30&limit=1000");
    assert!(!later.is_empty());
    assert!(later.iter().all(|figure| figure["vintage"].as_str().unwrap() > "2024-09-30"));
    let narrow = all(county.port, "/api/v1/figures?indicator=gdp&facet=growth&from=2024&to=2024");
    assert!(!narrow.is_empty());
    let same = |figure: &Value| figure["indicator"] == "gdp" && figure["facet"] == "growth";
    assert!(narrow.iter().all(same));
    let standings = json(&get(county.port, "/api/v1/standings?region=339901", ""));
    assert_eq!((&standings["as_of"], &standings["year"]), (&county::DAY.into(), &2024.into()));
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.args(["assess", "--region", "339901", "--as-of", county::DAY, "--format", "json"]);
    let told = command.arg("--ledger").arg(county.ledger()).output().unwrap().stdout;
    let told: Value = serde_json::from_slice(&told).unwrap();
    assert_eq!(standings, told, "the same answer everywhere");
    let table = get(county.port, "/api/v1/standings?region=339901&format=csv", "").text();
    assert!(table.lines().count() > 10 && table.contains("probability"));
}

#[test]
fn all_that_a_list_names_is_there_to_be_asked_for() {
    let county = County::start();
    let index = json(&get(county.port, "/api/v1", ""));
    let mut kinds = 0;
    for resource in index["resources"].as_array().unwrap() {
        let path = resource["path"].as_str().unwrap();
        let path = path.replace("{kind}", "project");
        if path.contains('{') || path.ends_with("standings") || path == "/api/v1" {
            continue;
        }
        let answer = get(county.port, &path, "");
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let list = json(&answer);
        let Some(rows) = list["data"].as_array() else { continue };
        for row in rows.iter().take(2) {
            let one = row["url"].as_str().unwrap();
            assert_eq!(get(county.port, one, "").status, 200, "{one}");
        }
        kinds += 1;
    }
    assert!(kinds >= 9, "{kinds}");
}

#[test]
fn the_interface_is_described_for_programs_and_for_people() {
    let county = County::start();
    let described = json(&get(county.port, "/api/openapi.json", ""));
    assert_eq!(described["openapi"], "3.1.0");
    let index = json(&get(county.port, "/api/v1", ""));
    let paths = |value: &Value| value.as_object().unwrap().keys().cloned().collect();
    let described: BTreeSet<String> = paths(&described["paths"]);
    let listed = index["resources"].as_array().unwrap().iter();
    let listed = listed.map(|resource| resource["path"].as_str().unwrap().to_owned());
    assert_eq!(described, listed.collect());
    for (language, word) in [("zh", "数据接口"), ("en", "Data interface")] {
        let page = get(county.port, &format!("/api?lang={language}"), "").text();
        assert!(page.contains(word));
        assert!(described.iter().all(|path| page.contains(path.as_str())));
        assert!(page.contains("id=\"bad-parameter\""), "problems lead to an explanation");
    }
    let catalog = get(county.port, "/api/v1/catalog.jsonld", "");
    assert_eq!(catalog.header("content-type"), Some("application/ld+json"));
    let catalog = json(&catalog);
    assert_eq!(catalog["@type"], "dcat:Catalog");
    let home = county.home();
    let mut addresses = Vec::new();
    for dataset in catalog["dcat:dataset"].as_array().unwrap() {
        for file in dataset["dcat:distribution"].as_array().unwrap() {
            addresses.push(file["dcat:downloadURL"]["@id"].as_str().unwrap().to_owned());
        }
    }
    assert!(addresses.iter().any(|address| address.ends_with("figures?format=parquet")));
    assert!(addresses.iter().any(|address| address.contains("/sdmx/3.0/")));
    for service in catalog["dcat:service"].as_array().unwrap() {
        addresses.push(service["dcat:endpointDescription"]["@id"].as_str().unwrap().to_owned());
    }
    for address in &addresses {
        let path = address.strip_prefix(&home).unwrap();
        assert_eq!(get(county.port, path, "").status, 200, "{path}");
    }
}

#[test]
fn what_is_wrong_is_told_with_the_field_and_what_was_expected() {
    let county = County::start();
    for (path, status, field, kind) in [
        ("/api/v1/figures?as_of=2024-02-30", 400, "as_of", "bad-parameter"),
        ("/api/v1/figures?from=2024年", 400, "from", "bad-parameter"),
        ("/api/v1/figures?region=3399&region=339901", 400, "region", "bad-parameter"),
        ("/api/v1/figures?region=339901&region=339901", 400, "region", "bad-parameter"),
        ("/api/v1/figures?indicator=gdp,,x", 400, "indicator", "bad-parameter"),
        ("/api/v1/figures?limit=0", 400, "limit", "bad-parameter"),
        ("/api/v1/figures?format=xml", 400, "format", "bad-parameter"),
        ("/api/v1/figures?sort=up", 400, "sort", "bad-parameter"),
        ("/api/v1/figures?facet=", 400, "facet", "bad-parameter"),
        ("/api/v1/standings", 400, "region", "bad-parameter"),
        ("/api/v1/figures?indicator=nothing", 404, "indicator", "not-found"),
        ("/api/v1/figures/gdp:339901:level:2024:x", 404, "id", "not-found"),
        ("/api/v1/plan/nonsense", 404, "kind", "not-found"),
        ("/api/v1/alarms/1e3", 404, "number", "not-found"),
        ("/api/v1/indicators/%FF%00", 404, "code", "not-found"),
        ("/api/v1/nowhere", 404, "address", "not-found"),
    ] {
        let path = path.replace('年', "%E5%B9%B4");
        let answer = get(county.port, &path, "");
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        let problem: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(problem["type"], format!("/api#{kind}"), "{path}");
        assert_eq!(
            (&problem["field"], &problem["status"]),
            (&field.into(), &status.into()),
            "{path}"
        );
        assert!(!problem["expected"].as_str().unwrap().is_empty(), "{path}");
        assert!(problem["detail"].as_str().unwrap().contains("应为"), "{problem}");
    }
    let english =
        get(county.port, "/api/v1/figures?limit=0", "Accept-Language: en-GB,zh;q=0.5\r\n");
    assert_eq!(english.header("content-language"), Some("en"));
    let problem: Value = serde_json::from_slice(&english.body).unwrap();
    assert_eq!(
        problem["detail"],
        "limit: “0” cannot be used (expected: a whole number from 1 to 10000)"
    );
    let answer = get(county.port, "/api/v1/figures", "Accept: application/xml\r\n");
    assert_eq!(answer.status, 406);
    let rebound = "GET /api/v1/figures HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(http::send(county.port, rebound.as_bytes()).status, 403);
}

#[test]
fn methods_tags_and_other_origins_are_answered_as_http_asks() {
    let county = County::start_with(&["--cors", "https://www.example.cn"]);
    let whole = get(county.port, "/api/v1/indicators", "");
    let head = ask(county.port, "HEAD", "/api/v1/indicators", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), whole.header("content-length"));
    let tag = whole.header("etag").unwrap();
    let again = get(county.port, "/api/v1/indicators", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.len()), (304, 0));
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let answer = ask(county.port, method, "/api/v1/indicators", "Content-Length: 0\r\n");
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"), "{method}");
    }
    let own = "Origin: https://www.example.cn\r\n";
    let asked = ask(county.port, "OPTIONS", "/api/v1/figures", own);
    assert_eq!(asked.status, 204);
    assert!(asked.header("access-control-allow-headers").unwrap().contains("Authorization"));
    let allowed = "access-control-allow-origin";
    assert_eq!(asked.header(allowed), Some("https://www.example.cn"));
    assert_eq!(get(county.port, "/api/v1", own).header(allowed), Some("https://www.example.cn"));
    let other = get(county.port, "/api/v1", "Origin: https://evil.example\r\n");
    assert_eq!(other.header(allowed), None);
    // Where nobody was told, nobody else reads.
    let closed = County::start();
    assert_eq!(get(closed.port, "/api/v1", own).header(allowed), None);
}

#[test]
fn answers_are_sent_smaller_to_who_takes_them_so() {
    let county = County::start();
    for path in ["/api/v1/figures?limit=1000", "/", "/assets/base.css", "/api"] {
        let plain = get(county.port, path, "");
        assert_eq!(plain.header("content-encoding"), None, "{path}");
        for coding in ["gzip", "br"] {
            let accept = format!("Accept-Encoding: {coding}\r\n");
            let small = get(county.port, path, &accept);
            assert_eq!(small.header("content-encoding"), Some(coding), "{path}");
            assert!(small.body.len() * 2 < plain.body.len(), "{path} {}", small.body.len());
            assert!(small.head.to_lowercase().contains("vary: accept-encoding"), "{path}");
            let tag = small.header("etag").unwrap();
            assert_ne!(Some(tag), plain.header("etag"), "each form has a tag of its own");
            let known = get(county.port, path, &format!("{accept}If-None-Match: {tag}\r\n"));
            assert_eq!((known.status, known.body.len()), (304, 0), "{path}");
        }
    }
    let small = get(county.port, "/healthz", "Accept-Encoding: gzip\r\n");
    assert_eq!((small.header("content-encoding"), small.text().as_str()), (None, "ok\n"));
}

/// Makes a key as an operator does; gives its secret.
fn key(office: &Office, name: &str, options: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    let done = command.args(["keys", "add", name, "--ledger"]).arg(office.path()).args(options);
    let done = done.output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let secret = said.lines().last().unwrap().to_owned();
    assert!(secret.starts_with("duixian_") && secret.len() == 72, "{said}");
    secret
}

#[test]
fn where_all_sign_in_a_key_opens_what_it_was_made_for() {
    let office = Office::start();
    let path = "/api/v1/figures";
    let nobody = office.get(path);
    assert_eq!(nobody.status, 401);
    assert_eq!(nobody.header("www-authenticate"), Some("Bearer realm=\"duixian\""));
    assert_eq!(office.get("/api/v1/indicators?limit=1").status, 200, "the catalogue is open");
    let bearer = |secret: &str| format!("Authorization: Bearer {secret}\r\n");
    let wrong = get(office.port, path, &bearer("duixian_0"));
    assert_eq!(wrong.status, 401);
    assert!(wrong.header("www-authenticate").unwrap().contains("invalid_token"));
    let secret = key(&office, "site", &["--scope", "read:figures", "--region", "330784"]);
    let answer = get(office.port, path, &bearer(&secret));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
    let rounds = get(office.port, "/api/v1/rounds", &bearer(&secret));
    assert_eq!(rounds.status, 403);
    assert!(rounds.header("www-authenticate").unwrap().contains("scope=\"read:rounds\""));
    let far = get(office.port, "/api/v1/figures?region=330700", &bearer(&secret));
    assert_eq!(far.status, 403, "{}", far.text());
    // A key opens no page, and a person's rights end where they end on pages.
    assert_eq!(get(office.port, "/desk", &bearer(&secret)).status, 403);
    assert_eq!(office.sign_in("leader").get(path).status, 200);
    assert_eq!(office.sign_in("admin").get(path).status, 403);
    // Of the rounds, a key of a region shows what is of the region.
    let rounds = key(&office, "rounds", &["--scope", "read:rounds", "--region", "330783"]);
    let sheet = json(&get(office.port, "/api/v1/rounds/2024-09", &bearer(&rounds)));
    let departments: Vec<&Value> =
        sheet["duties"].as_array().unwrap().iter().map(|duty| &duty["department"]).collect();
    assert_eq!(departments, ["other"]);
    // A key that was withdrawn opens nothing, and leaves its trace.
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    let done = command.args(["keys", "withdraw", "site", "--ledger"]).arg(office.path()).output();
    assert!(done.unwrap().status.success());
    assert_eq!(get(office.port, path, &bearer(&secret)).status, 401);
    let log = office.ledger().log_entries(None, 100).unwrap();
    assert_eq!(log.iter().filter(|entry| entry.action == "api-key").count(), 3);
    let bytes = std::fs::read(office.path()).unwrap();
    let kept = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!kept(&rounds), "the ledger keeps no secret");
    office.sound();
}

#[test]
fn keys_are_listed_and_what_makes_no_key_is_told() {
    let office = Office::start();
    key(&office, "网站", &["--scope", "read:all", "--until", "2199-12-31"]);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
        let done = command.arg("keys").args(arguments).arg("--ledger").arg(office.path()).output();
        let done = done.unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        (done.status.code(), String::from_utf8(done.stdout).unwrap(), said)
    };
    let (_, listed, _) = run(&["list", "--json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed[0]["scopes"].as_array().unwrap().len(), 7);
    assert_eq!(
        (&listed[0]["regions"][0], &listed[0]["state"]),
        (&"100000".into(), &"active".into())
    );
    for (arguments, word) in [
        (&["add", "x1", "--scope", "write:all"][..], "write:all"),
        (&["add", "x1", "--scope", "read:plan", "--region", "月球"], "月球"),
        (&["add", "x1", "--scope", "read:plan", "--until", "2001-01-01"], "2001-01-01"),
        (&["add", "网站", "--scope", "read:plan"], "网站"),
        (&["withdraw", "nobody"], "nobody"),
    ] {
        let (code, _, said) = run(arguments);
        assert_eq!(code, Some(2), "{said}");
        assert!(
            said.contains(word) && said.contains("应为") && said.lines().count() == 1,
            "{said}"
        );
    }
}

#[test]
fn who_asks_too_often_has_to_wait() {
    let county = County::start_with(&["--data-rate", "5"]);
    for _ in 0..5 {
        assert_eq!(get(county.port, "/api/v1", "").status, 200);
    }
    let refused = get(county.port, "/api/v1", "");
    assert_eq!(refused.status, 429);
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=13).contains(&wait), "{wait}");
    let problem: Value = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!(problem["type"], "/api#too-many-requests");
    // Pages on this machine have no limit.
    assert!((0..20).all(|_| get(county.port, "/healthz", "").status == 200));
    assert!((0..20).all(|_| get(county.port, "/api", "").status == 200));
}

/// Numbers that look like chance and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

#[test]
fn whatever_is_asked_is_answered_with_data_or_a_problem() {
    const WORDS: &[&str] = &[
        "gdp",
        "339901",
        "level",
        "2024",
        "2024-01..05",
        "2024-10-20",
        "true",
        "1",
        "0",
        "-1",
        "",
        "%",
        "%00",
        "%FF",
        "%2F",
        "..",
        "'",
        "%22",
        "%3Cb%3E",
        "99999999999999999999",
        "%E6%8A%95%E8%B5%84",
        "a,b",
        ",",
        "json",
        "csv",
        "parquet",
        "project",
        "*",
        "1e9",
        "NaN",
        "%F0%9F%98%80",
    ];
    let county = County::start_with(&["--data-rate", "0"]);
    let described = json(&get(county.port, "/api/openapi.json", ""));
    let paths = described["paths"].as_object().unwrap();
    let mut dice = Dice(6);
    let mut statuses = BTreeSet::new();
    for _ in 0..1500 {
        let (path, operation) = paths.iter().nth(dice.below(paths.len())).unwrap();
        let parameters = operation["get"]["parameters"].as_array().unwrap();
        let mut address = path.clone();
        let mut query = Vec::new();
        for parameter in parameters {
            let name = parameter["name"].as_str().unwrap();
            let word = WORDS[dice.below(WORDS.len())];
            if parameter["in"] == "path" {
                address = address.replace(&format!("{{{name}}}"), word);
            } else if dice.below(3) == 0 {
                query.push(format!("{name}={word}"));
            }
        }
        if dice.below(10) == 0 {
            query.push(WORDS[dice.below(WORDS.len())].to_owned());
        }
        let address = format!("{address}?{}", query.join("&"));
        let answer = get(county.port, &address, "");
        assert!(answer.status < 500, "{address}: {}", answer.text());
        let media = answer.header("content-type").unwrap_or("");
        match answer.status {
            200 => assert!(!answer.body.is_empty(), "{address}"),
            status => {
                assert_eq!(media, "application/problem+json", "{address}");
                let problem: Value = serde_json::from_slice(&answer.body).unwrap();
                assert_eq!(problem["status"], status, "{address}");
            }
        }
        statuses.insert(answer.status);
    }
    assert_eq!(statuses, BTreeSet::from([200, 400, 404]));
}
