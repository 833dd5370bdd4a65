//! The example county loads, and is served as on its day.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod county;
mod http;

use county::County;

#[test]
fn the_example_county_is_there_as_on_its_day() {
    let county = County::start();
    let get = |path: &str| {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        http::send(county.port, request.as_bytes()).text()
    };
    let page = get("/indicators");
    for words in ["2024-10-20", "17", "固定资产投资", "明显落后"] {
        assert!(page.contains(words), "{words}");
    }
    // What is due before the day is overdue, what is due after it is not.
    let plan = get("/plan");
    assert!(plan.contains("冷链物流中心停工") && !plan.contains("固定资产投资增速回落"), "{plan}");
}
