//! The web service of SDMX as a client of HTTP meets it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod http;
mod office;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use http::Answer;
use ledger::{Entry, Ledger};
use office::Office;
use terms::{ApiKey, Facet, Observation, ObservationStatus, Redefinition, Scope, Unit};

fn figure(region: &str, period: &str, vintage: &str, value: &str) -> Observation {
    Observation {
        indicator: "gdp".into(),
        region: region.into(),
        facet: Facet::Level,
        period: period.parse().unwrap(),
        vintage: vintage.parse().unwrap(),
        value: (!value.is_empty()).then(|| value.parse().unwrap()),
        unit: Unit::new("亿元"),
        status: ObservationStatus::Normal,
        source: "统计月报".into(),
        note: "".into(),
    }
}

fn fill(ledger: &mut Ledger) {
    let entry = Entry {
        author: "测试".into(),
        at: "2024-09-01T09:00:00+08:00".into(),
        reason: "月报".into(),
        ..Entry::default()
    };
    let catalogue = statement::catalogue();
    let change = Redefinition {
        indicator: "gdp".into(),
        region: None,
        from: "2023".parse().unwrap(),
        known: "2024-01-10".parse().unwrap(),
        reason: "核算方法调整".into(),
    };
    ledger.redefine(&change, &catalogue, &entry).unwrap();
    let figures = [
        figure("330784", "2022", "2023-01-20", "700.10"),
        figure("330784", "2022", "2023-12-20", "701.0"),
        figure("330784", "2023", "2024-01-20", "740.00"),
        figure("330784", "2024-01..02", "2024-03-18", "118.50"),
        figure("330784", "2024-Q1", "2024-04-18", "〓8.5"),
        figure("330784", "2024-H1", "2024-07-18", "380"),
        Observation {
            status: ObservationStatus::Withdrawn,
            ..figure("330784", "2024-H1", "2024-08-01", "")
        },
        figure("330783", "2023", "2024-01-21", "12345678901234567890.12"),
    ];
    ledger.observe(&figures, &catalogue, &entry).unwrap();
}

struct Server {
    child: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.db");
        fill(&mut Ledger::open(&path).unwrap());
        let mut child = Command::new(env!("CARGO_BIN_EXE_duixian"))
            .args(["serve", "--port", "0", "--ledger"])
            .arg(path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim_end().trim_end_matches('/').rsplit(':').next().unwrap();
        Server { port: port.parse().unwrap(), child, _folder: folder }
    }

    fn get_with(&self, path: &str, headers: &str) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        let request = format!(
            "GET /sdmx{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
        );
        http::send(self.port, request.as_bytes())
    }

    fn get(&self, path: &str) -> Answer {
        self.get_with(path, "")
    }

    /// The rows of a table: period, value and, where `more`, what else is asked for.
    fn rows(&self, path: &str) -> Vec<String> {
        let answer = self.get_with(path, "Accept: text/csv\r\n");
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text().lines().skip(1).map(str::to_owned).collect()
    }

    /// Times and numbers that a question of the older version finds.
    fn found(&self, question: &str) -> Vec<(String, String)> {
        let cells = |row: &String| {
            let cells: Vec<&str> = row.split(',').collect();
            (format!("{}.{} {}", cells[1], cells[4], cells[5]), cells[6].to_owned())
        };
        self.rows(&format!("/2.1/data/DF_FIGURES/{question}")).iter().map(cells).collect()
    }
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn figures_come_by_key_digit_for_digit() {
    let server = Server::start();
    let all = pairs(&[
        ("A.LEVEL 2022", "701.0"),
        ("A.LEVEL 2023", "740.00"),
        ("Q.LEVEL 2024-Q1", ""),
        ("M.LEVEL_YTD 2022-12", "701.0"),
        ("M.LEVEL_YTD 2023-12", "740.00"),
        ("M.LEVEL_YTD 2024-02", "118.50"),
        ("M.LEVEL_YTD 2024-03", ""),
    ]);
    assert_eq!(server.found(".330784.gdp."), all);
    assert_eq!(server.found("A.330783+330784..").len(), 3);
    assert_eq!(server.found("A.330783.."), pairs(&[("A.LEVEL 2023", "12345678901234567890.12")]));
    let row = server.rows("/2.1/data/DF_FIGURES/Q.330784.gdp.LEVEL").pop().unwrap();
    let told = "Q,330784,gdp,LEVEL,2024-Q1,,O,元,8,亿元,2024-04-18,统计月报,,〓8.5,";
    assert_eq!(row, format!("DUIXIAN:DF_FIGURES(1.0),{told}"));
    let row = server.rows("/2.1/data/DF_FIGURES/A.330784.gdp.LEVEL").pop().unwrap();
    assert!(row.contains(",740.00,B,") && row.ends_with(",核算方法调整,,"), "{row}");
}

#[test]
fn questions_confine_what_comes() {
    let server = Server::start();
    let path = ".330784.gdp.LEVEL_YTD";
    let times = |question: &str| {
        let found = server.found(&format!("{path}?{question}"));
        found.into_iter().map(|(key, _)| key.replace("M.LEVEL_YTD ", "")).collect::<Vec<_>>()
    };
    assert_eq!(times("startPeriod=2023-12&endPeriod=2024-02"), ["2023-12", "2024-02"]);
    assert_eq!(times("startPeriod=2024-Q1"), ["2024-02", "2024-03"]);
    assert_eq!(times("endPeriod=2022"), ["2022-12"]);
    assert_eq!(times("lastNObservations=1"), ["2024-03"]);
    assert_eq!(times("firstNObservations=1&lastNObservations=1"), ["2022-12", "2024-03"]);
    assert_eq!(
        times("asOf=2024-07-20T00:00:00"),
        ["2022-12", "2023-12", "2024-02", "2024-03", "2024-06"]
    );
    let old = server.found("A.330784.gdp.LEVEL?asOf=2023-06-01");
    assert_eq!(old, pairs(&[("A.LEVEL 2022", "700.10")]));
    // What was withdrawn is told to whom asks for changes.
    assert_eq!(times("updatedAfter=2024-07-19T00:00:00%2B08:00"), ["2024-06"]);
    let changed = server.get("/2.1/data/DF_FIGURES/S.330784..?updatedAfter=2024-07-19").text();
    assert!(changed.contains("action=\"Delete\"") && !changed.contains("380"), "{changed}");
    let history = server.get("/2.1/data/DF_FIGURES/A.330784..?includeHistory=true").text();
    assert!(history.contains("700.10") && history.contains("701.0"));
    assert!(history.contains("validFromDate=\"2023-01-20T00:00:00\""));
    let keys = server.get("/2.1/data/DF_FIGURES/all?detail=serieskeysonly").text();
    assert!(keys.contains("<gen:SeriesKey>") && !keys.contains("<gen:Obs>"));
}

#[test]
fn the_newer_version_has_its_own_addresses() {
    let server = Server::start();
    let rows = |path: &str| server.rows(&format!("/3.0/data{path}")).len();
    assert_eq!(rows(""), 8);
    assert_eq!(rows("/dataflow/DUIXIAN/DF_FIGURES/1.0.0/A.330784,A.330783"), 3);
    assert_eq!(rows("/*/*/*/*/*.*.gdp.LEVEL_YTD?c[TIME_PERIOD]=ge:2024-01+le:2024-02"), 1);
    assert_eq!(rows("/*/DUIXIAN/DF_FIGURES/+/*?c=TIME_PERIOD%3Dge%3A2024-01&c%5BFREQ%5D=M"), 2);
    assert_eq!(rows("/datastructure/DUIXIAN/DSD_FIGURES/~?c[OBS_VALUE]=gt:740"), 1);
    assert_eq!(rows("/dataflow/*/*/*/*?offset=2&limit=3"), 3);
    let empty = server.get("/3.0/data/dataflow/DUIXIAN/DF_FIGURES/+/M.*.nothing");
    assert_eq!(empty.status, 200);
    assert!(!empty.text().contains("<mes:DataSet"));
    let first = server.rows("/3.0/data/*/*/*/*/A.330783").pop().unwrap();
    assert!(first.starts_with("dataflow,DUIXIAN:DF_FIGURES(1.0.0),R,A,330783,gdp,"), "{first}");
}

#[test]
fn formats_are_chosen_by_what_the_client_accepts() {
    let server = Server::start();
    let kind = |path: &str, accept: &str| {
        let answer = server.get_with(path, &format!("Accept: {accept}\r\n"));
        (answer.status, answer.header("content-type").unwrap_or_default().to_owned())
    };
    let data = "/2.1/data/DF_FIGURES/A...";
    for (accept, told) in [
        ("*/*", "application/vnd.sdmx.genericdata+xml;version=2.1"),
        (
            "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
            "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
        ),
        ("application/json", "application/json"),
        (
            "application/vnd.sdmx.data+json;version=1.0.0",
            "application/vnd.sdmx.data+json;version=1.0.0",
        ),
        (
            "application/vnd.sdmx.data+csv",
            "application/vnd.sdmx.data+csv;version=1.0.0;labels=id;charset=utf-8",
        ),
    ] {
        assert_eq!(kind(data, accept), (200, told.to_owned()));
    }
    assert_eq!(kind("/3.0/data", "*/*").1, "application/vnd.sdmx.data+xml;version=3.0.0");
    assert_eq!(kind("/2.1/dataflow", "*/*").1, "application/vnd.sdmx.structure+xml;version=2.1");
    assert_eq!(kind(&format!("{data}?format=json"), "text/html").1, "application/json");
    assert_eq!(kind(data, "image/png").0, 406);
    // The same state of the ledger gives the same bytes, and is not sent twice.
    let first = server.get(data);
    let tag = first.header("etag").unwrap().to_owned();
    assert_eq!(server.get_with(data, &format!("If-None-Match: {tag}\r\n")).status, 304);
    assert_eq!(first.header("vary"), Some("Accept, Accept-Language"));
    let names = server.get_with(
        "/2.1/data/DF_FIGURES/A.330784..",
        "Accept: application/vnd.sdmx.data+csv;labels=both\r\nAccept-Language: en\r\n",
    );
    assert!(names.text().contains("A: Annual,330784: 永康市,gdp: Gross regional product"));
}

#[test]
fn structures_tell_what_they_stand_on_and_what_there_is() {
    let server = Server::start();
    let alone = server.get("/2.1/dataflow/DUIXIAN/DF_FIGURES/latest").text();
    assert!(alone.contains("<str:Dataflow ") && !alone.contains("<str:Codelist "));
    let whole = server.get("/2.1/dataflow/all/DF_FIGURES?references=all").text();
    for part in
        ["<str:Codelist ", "<str:ConceptScheme ", "<str:DataStructure ", "ContentConstraint"]
    {
        assert!(whole.contains(part), "{part}");
    }
    assert!(whole.contains("<str:Code id=\"330784\"><com:Name xml:lang=\"zh\">永康市</com:Name>"));
    let list = server.get("/3.0/structure/codelist/DUIXIAN/CL_FREQ,CL_AREA/+").text();
    assert_eq!(list.matches("<str:Codelist ").count(), 2);
    let there = server.get("/2.1/availableconstraint/DF_FIGURES/A.330784../all/all").text();
    assert!(there.contains("<com:Value>330784</com:Value>") && !there.contains("330783"));
    assert!(there.contains("<com:AnnotationTitle>2</com:AnnotationTitle>"));
    let open = server.get("/2.1/availableconstraint/DF_FIGURES/A.330784..?mode=available").text();
    assert!(
        open.contains("<com:Value>330783</com:Value>") && open.contains("<com:Value>M</com:Value>")
    );
    let part = server.get("/3.0/availability/*/*/*/*/A.*/REF_AREA?references=codelist").text();
    assert!(
        part.contains("isPartial=\"true\"") && part.contains("330783") && !part.contains("110000")
    );
}

#[test]
fn failures_are_messages_with_their_codes() {
    let server = Server::start();
    for (path, status, code) in [
        ("/2.1/data/DF_FIGURES/M..nothing.", 404, "100"),
        ("/2.1/data/OTHER", 404, "100"),
        ("/2.1/data/OTHER,DF_FIGURES,1.0", 404, "100"),
        ("/2.1/data/DUIXIAN,DF_FIGURES,9.0", 404, "100"),
        ("/2.1/nowhere", 404, "100"),
        ("/2.1/categoryscheme", 404, "100"),
        ("/2.1", 404, "100"),
        ("/3.0/", 404, "100"),
        ("/2.1/%FF", 404, "100"),
        ("/2.1/data/DF_FIGURES/A", 400, "140"),
        ("/2.1/data/DF_FIGURES/all?startperiod=2024", 400, "140"),
        ("/2.1/data/DF_FIGURES/永康", 400, "140"),
        ("/2.1/data/DF_FIGURES/all?startPeriod=soon", 400, "140"),
        ("/2.1/dataflow?references=friends", 400, "140"),
        ("/3.0/data/dataflow/*/*/*/*?updatedAfter=2024-02-01&asOf=2024-01-01", 400, "150"),
        ("/3.0/data/dataflow/*/*/*/*?c[NONE]=1", 400, "140"),
        ("/3.0/metadata/metadataflow", 501, "501"),
    ] {
        let answer = server.get(&path.replace("永康", "%E6%B0%B8%E5%BA%B7"));
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/xml"), "{path}");
        let text = answer.text();
        assert!(text.contains(&format!("<mes:ErrorMessage code=\"{code}\">")), "{path}: {text}");
    }
    let json = server.get_with("/2.1/data/DF_FIGURES/A", "Accept: application/json\r\n").text();
    assert!(
        json.contains("\"errors\"") && json.contains("FREQ.REF_AREA.INDICATOR.MEASURE"),
        "{json}"
    );
    // A name of elsewhere that was made to lead here.
    let request =
        "GET /sdmx/2.1/dataflow HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(http::send(server.port, request.as_bytes()).status, 403);
}

#[test]
fn where_people_sign_in_each_sees_the_own_regions() {
    let office = Office::start();
    fill(&mut Ledger::open(&office.path()).unwrap());
    let path = "/sdmx/2.1/data/DF_FIGURES/A...";
    let stranger = office.get(path);
    assert_eq!(stranger.status, 401);
    assert!(stranger.text().contains("code=\"110\""));
    assert!(stranger.header("www-authenticate").is_some());
    assert_eq!(office.sign_in("admin").get(path).status, 403);
    let own = office.sign_in("leader").get(path);
    assert_eq!(own.status, 200);
    assert!(own.header("cache-control").unwrap().contains("private"), "{}", own.head);
    assert!(own.text().contains("740.00") && !own.text().contains("330783"));
    // That somebody signs in changes no figure.
    let again = office.sign_in("leader").get(path);
    assert_eq!(again.header("etag"), own.header("etag"));
    // A clerk of a department reads the forms of that, not all figures of the region.
    let clerk = office.sign_in("elsewhere");
    assert_eq!(clerk.get(path).status, 404);
    assert!(!clerk.get("/sdmx/2.1/codelist/all/CL_AREA").text().contains("330784"));
    // A program sees the regions that its key opens, and nothing with a key for something else.
    let key = |name: &str, scope| ApiKey {
        name: name.into(),
        scopes: vec![scope],
        regions: vec!["330783".into()],
        until: None,
        active: true,
    };
    let mut ledger = Ledger::open(&office.path()).unwrap();
    // The hashes of `test` and `other`.
    let test = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let other = "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa";
    ledger.put_api_key(&key("site", Scope::Figures), test, &office::entry()).unwrap();
    ledger.put_api_key(&key("plan", Scope::Plan), other, &office::entry()).unwrap();
    let with =
        |secret| office.send("GET", path, &format!("Authorization: Bearer {secret}\r\n"), b"");
    let program = with("test");
    assert!(program.text().contains("12345678901234567890.12"), "{}", program.text());
    assert!(!program.text().contains("330784"));
    assert_eq!((with("other").status, with("wrong").status), (403, 401));
    assert_eq!(office.send("DELETE", path, "", b"").status, 405);
}
