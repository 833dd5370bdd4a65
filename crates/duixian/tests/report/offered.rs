//! The page that offers reports, and the files behind it: the same bytes as from the command line.

use crate::county::{County, DAY};
use crate::desk::Desk;
use crate::http::{self, Answer};

fn get(county: &County, path: &str) -> Answer {
    let host = format!("Host: 127.0.0.1:{}", county.port);
    let request = format!("GET {path} HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n");
    http::send(county.port, request.as_bytes())
}

#[test]
fn the_page_offers_what_the_command_line_writes() {
    let (county, desk) = (County::start(), Desk::new());
    let ledger = county.ledger();
    let ledger = ledger.to_str().unwrap();
    let asked = ["--out", "r.docx", "--as-of", DAY, "--sources", "footnotes"];
    desk.ok(&[&["report", "execution", "--ledger", ledger], &asked[..]].concat());
    let docx = std::fs::read(desk.path("r.docx")).unwrap();
    let page = get(&county, "/reports");
    assert_eq!(page.status, 200);
    for words in [
        "计划执行情况报告",
        "value=\"339901\"",
        "青石市",
        "下载 .docx",
        "下载 .xlsx",
        "/reports/template",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    assert!(get(&county, "/reports?lang=en").text().contains("Execution report"));
    let file = get(
        &county,
        "/reports/execution?region=339901&year=&as_of=2024-10-20&sources=footnotes&format=docx",
    );
    assert_eq!(file.status, 200);
    assert!(file.header("content-type").unwrap().ends_with("wordprocessingml.document"));
    assert!(file.header("content-disposition").unwrap().starts_with("attachment; filename*="));
    assert!(file.body == docx, "the server writes another file");
    assert_eq!(get(&county, "/reports/execution?format=xlsx").status, 200);
    assert_eq!(get(&county, "/reports/template").status, 200);
    for wrong in [
        "/reports/execution?format=odt",
        "/reports/execution?year=next",
        "/reports/execution?year=1999",
        "/reports/execution?as_of=soon",
        "/reports/execution?sources=all",
    ] {
        assert_eq!(get(&county, wrong).status, 400, "{wrong}");
    }
    assert_eq!(get(&county, "/reports/bulletin?round=none").status, 404);
}
