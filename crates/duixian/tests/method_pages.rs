//! Pages of methods over HTTP: the list, each form in both languages, what came of it, and the field that is wrong.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http;
mod office;

use std::process::Command;

use http::encoded;
use office::{Office, Person};

const PRICES: &str = "period,item,price,quantity\n2024-01,锁具,10,100\n2024-01,保温杯,20,50\n\
                      2024-02,锁具,11,90\n2024-02,保温杯,19,60\n";

const SECTORS: &str = "sector,year,activity,energy\n五金,2023,200,100\n化工,2023,50,80\n五金,2024,230,105\n化工,2024,48,74\n";

/// The page that a form leads to which is got.
fn got(person: &Person<'_>, path: &str, fields: &[(&str, &str)]) -> http::Answer {
    let query: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    person.get(&format!("{path}?{}", query.join("&")))
}

/// That a page refuses, says so at the field, and leads there.
fn refuses(page: &http::Answer, field: &str, said: &str) {
    let text = page.text();
    assert_eq!(page.status, 422, "{field}: {text}");
    assert!(text.contains(&format!("<a href=\"#{field}\">")), "{field}: no way to it: {text}");
    let at = format!("id=\"{field}-wrong\" lang=\"zh-CN\">{said}");
    assert!(text.contains(&at), "{field}: not {said}: {text}");
    assert!(text.contains("aria-invalid=\"true\""), "{field}");
    assert!(!text.contains("id=\"result\""), "{field}: an answer all the same");
}

#[test]
fn all_methods_are_listed_with_their_sources() {
    let office = Office::start();
    assert_eq!(office.get("/methods").status, 303, "strangers sign in first");
    let leader = office.sign_in("leader");
    let page = leader.get("/methods").text();
    for words in [
        "HJ 633-2012",
        "GB/T 2589-2020",
        "Ang 2005",
        "有效范围",
        "Air quality index",
        "duixian air aqi",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let page = leader.get("/methods?lang=en").text();
    for words in ["Valid range", "空气质量指数", "href=\"/methods/air?lang=en\""] {
        assert!(page.contains(words), "{words}");
    }
    for (path, chinese, english) in [
        ("/methods/air", "PM2.5 日均", "PM2.5, 24 h"),
        ("/methods/price-index", "价格表", "Table of prices"),
        ("/methods/lmdi", "行业表", "Table of sectors"),
        ("/methods/coal", "能源表", "Table of energy"),
        ("/methods/water", "断面表", "Table of sections"),
        ("/methods/solar", "装机容量", "Peak power"),
    ] {
        let page = leader.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains(chinese) && !page.text().contains("id=\"result\""), "{path}");
        assert!(leader.get(&format!("{path}?lang=en")).text().contains(english), "{path}");
    }
    assert!(leader.get("/methods").text().contains("href=\"/methods\">方法</a>"), "in the foot");
}

#[test]
fn the_air_of_a_day_stands_in_the_address() {
    let office = Office::start();
    let leader = office.sign_in("leader");
    let day = [
        ("date", "2026-03-01"),
        ("pm25", "78"),
        ("pm10", "112"),
        ("so2", "12"),
        ("no2", "45"),
        ("co", "0.9"),
        ("o3_8h", "138"),
    ];
    let page = got(&leader, "/methods/air", &day).text();
    for words in [
        "2026-03-01 日报（HJ 633-2026）：AQI 117，三级 轻度污染；首要污染物 PM2.5",
        "(150−100)÷(115−60)×(78−60)+100，进到整数",
        "value=\"112\"",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let page =
        got(&leader, "/methods/air", &[("lang", "en"), ("standard", "2012"), ("pm25", "78")]);
    assert!(page.text().contains("How it came about") && page.text().contains("AQI 104"));
    let sent = got(&leader, "/methods/air", &[("date", ""), ("standard", "2012"), ("pm25", "78")]);
    assert_eq!(sent.status, 303);
    assert_eq!(sent.header("location"), Some("/methods/air?standard=2012&pm25=78"));
}

#[test]
fn the_field_of_the_air_that_is_wrong_is_told() {
    let office = Office::start();
    let leader = office.sign_in("leader");
    for (fields, field, said) in [
        (
            &[("date", "2025-06-01"), ("pm10", "一百")][..],
            "pm10",
            "PM10 24h 的浓度“一百”（应为十进制数",
        ),
        (&[("date", "2025-06-01"), ("no2", "-1")], "no2", "NO2 24h 的浓度是负数：-1"),
        (
            &[("date", "2025-06-01"), ("co", "900")],
            "co",
            "CO 24h 的浓度过大：900（应不超过 200 mg/m³",
        ),
        (&[("date", "2025-06-31"), ("pm25", "35")], "date", "日期“2025-06-31”（应如 2025-06-01）"),
        (&[("date", "2031-01-01"), ("pm25", "35")], "date", "2031-01 没有已知的 AQI 分级表"),
        (&[("pm25", "35")], "date", "不知道用哪一版标准"),
        (&[("standard", "1996"), ("pm25", "35")], "standard", "标准“1996”（应为 2012 或 2026）"),
        (
            &[("date", "2025-06-01"), ("pm25", "35"), ("no2_1h", "NaN")],
            "no2_1h",
            "NO2 1h 的浓度“NaN”",
        ),
        (&[("date", "2025-06-01")], "pm25", "没有浓度"),
    ] {
        refuses(&got(&leader, "/methods/air", fields), field, said);
    }
}

#[test]
fn tables_are_pasted_or_uploaded_and_answered_as_on_the_command_line() {
    let office = Office::start();
    let leader = office.sign_in("leader");
    let page = leader.post("/methods/lmdi", &[("table", SECTORS)]);
    assert_eq!(page.status, 200, "{}", page.text());
    for words in ["能耗变化的分解（LMDI-I）", "2023→2024", "活动效应", "五金：5 = 活动"]
    {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let tabs = SECTORS.replace(',', "\t");
    let pasted = leader.post("/methods/lmdi?lang=en", &[("table", &tabs)]).text();
    assert!(pasted.contains("Activity effect") && pasted.contains("五金：5 = 活动"), "{pasted}");

    let page = leader.post("/methods/price-index", &[("table", PRICES), ("formula", "laspeyres")]);
    // (11·100 + 19·50) ÷ (10·100 + 20·50) = 1.025
    assert!(page.text().contains("102.5<"), "{}", page.text());
    let page = leader.post(
        "/methods/price-index",
        &[("table", PRICES), ("formula", "fisher"), ("contributions", "1")],
    );
    assert!(page.text().contains("贡献（百分点）"), "{}", page.text());

    let coal = "carrier,amount,unit,factor\n原煤,1000,吨,\n电力,100,万千瓦时,\n";
    let page =
        leader.upload_with("/methods/coal", &[("basis", "calorific")], "能源.csv", coal.as_bytes());
    assert!(page.text().contains("合计 837.2 吨标准煤"), "{}", page.text());
    let water = "section,target,ph,do,nh3n\n横溪大桥,Ⅲ,7.6,8.1,1.2\n";
    let page = leader.post("/methods/water", &[("table", water)]);
    assert!(page.text().contains("Ⅳ类") && page.text().contains("氨氮"), "{}", page.text());
}

#[test]
fn a_page_says_what_the_command_line_says() {
    let office = Office::start();
    let leader = office.sign_in("leader");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sectors.csv");
    std::fs::write(&file, SECTORS).unwrap();
    let file = file.to_string_lossy();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
        let done = command.args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let air = ["air", "aqi", "--date", "2026-03-01", "--pm25", "78", "--o3-8h", "138"];
    let day = [("date", "2026-03-01"), ("pm25", "78"), ("o3_8h", "138")];
    let sun = ["solar", "yield", "--lat", "28.89", "--lon", "120.03", "--kwp", "100"];
    let sun = [&sun[..], &["--tilt", "15", "--azimuth", "180"]].concat();
    let roof =
        [("lat", "28.89"), ("lon", "120.03"), ("kwp", "100"), ("tilt", "15"), ("azimuth", "180")];
    for (said, page) in [
        (run(&air), got(&leader, "/methods/air", &day)),
        (run(&sun), got(&leader, "/methods/solar", &roof)),
        (run(&["energy", "lmdi", &file]), leader.post("/methods/lmdi", &[("table", SECTORS)])),
    ] {
        let page = page.text();
        let mut words = 0;
        for word in said.split_whitespace().filter(|word| !word.starts_with("--")) {
            assert!(page.contains(word), "no {word}: {page}");
            words += 1;
        }
        assert!(words > 20, "{said}");
    }
}

#[test]
fn the_row_or_the_choice_that_is_wrong_is_told() {
    let office = Office::start();
    let leader = office.sign_in("leader");
    let minus = SECTORS.replace("230,105", "230,-105");
    for (path, fields, field, said) in [
        ("/methods/lmdi", &[("table", "")][..], "table", "没有表"),
        (
            "/methods/lmdi",
            &[("table", minus.as_str())],
            "table",
            "表：第 4 行：活动量或能源消费量是负数",
        ),
        (
            "/methods/lmdi",
            &[("table", SECTORS), ("places", "11")],
            "places",
            "小数位数“11”（应为 0 至 10）",
        ),
        (
            "/methods/price-index",
            &[("table", PRICES), ("formula", "lowe")],
            "formula",
            "“lowe”（应为 ",
        ),
        ("/methods/price-index", &[("table", PRICES), ("window", "一")], "window", "窗口“一”"),
        (
            "/methods/price-index",
            &[("table", PRICES), ("base", "2023-12")],
            "table",
            "表：没有基期“2023-12”",
        ),
        (
            "/methods/price-index",
            &[("table", "a,b\n1,2\n")],
            "table",
            "表：第 1 行：没有 period（时期）列",
        ),
        (
            "/methods/coal",
            &[("table", "carrier,amount,unit\n泥炭,1,吨\n")],
            "table",
            "表：第 2 行：没有能源品种“泥炭”",
        ),
        (
            "/methods/coal",
            &[("table", "carrier,amount,unit\n电力,1,千瓦时\n"), ("basis", "equivalent")],
            "table",
            "表：第 2 行：电力按等价值需要",
        ),
        (
            "/methods/water",
            &[("table", "section,target,ph\n甲,Ⅵ,7\n")],
            "table",
            "表：第 2 行：目标类别“Ⅵ”",
        ),
    ] {
        refuses(&leader.post(path, fields), field, said);
    }
    let forged =
        leader.post_from("http://elsewhere.example", "/methods/lmdi", &[("table", SECTORS)]);
    assert_eq!(forged.status, 403, "a form from elsewhere");
}

#[test]
fn the_sun_and_a_roof_stand_in_the_address() {
    let office = Office::start();
    let leader = office.sign_in("leader");
    let place = [("lat", "28.89"), ("lon", "120.03"), ("altitude", "90")];
    let with = |more: &[(&'static str, &'static str)]| [&place[..], more].concat();
    let page = got(&leader, "/methods/solar", &with(&[("time", "2026-12-22T08:00+08:00")])).text();
    assert!(page.contains("天顶角 ") && page.contains("日出 2026-12-22T06:4"), "{page}");
    let roof = with(&[("kwp", "100"), ("tilt", "15"), ("azimuth", "180")]);
    let page = got(&leader, "/methods/solar", &roof).text();
    for words in ["全年", "P90", "合成典型年", "发电量 kWh"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    for (fields, field, said) in [
        (vec![("lon", "120"), ("time", "2026-06-21T12:00")], "lat", "没有纬度（应给出）"),
        (
            vec![("lat", "120.03"), ("lon", "28.89"), ("time", "2026-06-21T12:00")],
            "lat",
            "纬度 120.03（应在",
        ),
        (vec![("lat", "28"), ("lon", "400"), ("time", "2026-06-21T12:00")], "lon", "经度 400"),
        (with(&[("time", "明天")]), "time", "时刻“明天”（应为 ISO 8601"),
        (with(&[]), "time", "没有时刻，也没有装机容量"),
        (with(&[("kwp", "-5"), ("tilt", "15"), ("azimuth", "180")]), "kwp", "装机容量 -5"),
        (with(&[("kwp", "5"), ("tilt", "15")]), "azimuth", "没有方位角（应给出）"),
        (with(&[("kwp", "5"), ("tilt", "15"), ("azimuth", "400")]), "azimuth", "方位角 400"),
        (with(&[("kwp", "5"), ("tilt", "95"), ("azimuth", "180")]), "tilt", "倾角 95"),
        (
            with(&[("kwp", "inf"), ("tilt", "15"), ("azimuth", "180")]),
            "kwp",
            "装机容量“inf”（应为十进制数）",
        ),
        (
            with(&[("kwp", "5"), ("tilt", "15"), ("azimuth", "180"), ("losses", "140")]),
            "losses",
            "",
        ),
        (
            vec![
                ("lat", "48.2"),
                ("lon", "16.4"),
                ("kwp", "5"),
                ("tilt", "15"),
                ("azimuth", "180"),
            ],
            "lat",
            "不知道（48.2, 16.4）的气候",
        ),
    ] {
        refuses(&got(&leader, "/methods/solar", &fields), field, said);
    }
}
