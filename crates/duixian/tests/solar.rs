//! The sun and the yield of roofs, as they are typed, from files as they come and from broken ones.

#![allow(clippy::unwrap_used, clippy::panic)]

mod desk;

use desk::Desk;
use serde_json::Value;

const YONGKANG: [&str; 6] = ["--lat", "28.89", "--lon", "120.03", "--altitude", "90"];
const ROOF: [&str; 6] = ["--kwp", "1", "--tilt", "20", "--azimuth", "180"];

fn json(desk: &Desk, arguments: &[&str]) -> Value {
    let out = desk.ok(&[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&out).unwrap()
}

fn yields(desk: &Desk, more: &[&str]) -> Value {
    json(desk, &[&["solar", "yield"], &ROOF[..], more].concat())
}

fn number(value: &Value, pointer: &str) -> f64 {
    let found = value.pointer(pointer).and_then(Value::as_f64);
    found.unwrap_or_else(|| panic!("{pointer} in {value:#}"))
}

fn near(found: f64, expected: f64, apart: f64) {
    assert!((found - expected).abs() <= apart, "{found} is not {expected}");
}

#[test]
fn the_sun_is_told_for_a_moment() {
    let desk = Desk::new();
    let at =
        |time: &str| json(&desk, &[&["solar", "position", "--time", time], &YONGKANG[..]].concat());
    let noon = at("2026-06-21T12:00:00+08:00");
    near(number(&noon, "/apparent_zenith"), 5.462_955, 1e-6);
    near(number(&noon, "/zenith"), 5.464_524, 1e-6);
    near(number(&noon, "/azimuth"), 176.084_083, 1e-6);
    near(number(&noon, "/equation_of_time"), -1.741_188, 2e-6);
    assert_eq!(noon["sunrise"], "2026-06-21T05:01:56+08:00");
    assert_eq!(noon["transit"], "2026-06-21T12:01:37+08:00");
    // The same moment by other clocks; a clock of its own tells sunrise of its own day.
    for same in ["2026-06-21T04:00:00Z", "2026-06-21 12:00", "2026/6/21 12:00:00"] {
        near(number(&at(same), "/azimuth"), number(&noon, "/azimuth"), 1e-9);
    }
    assert_eq!(at("2026-06-21T04:00:00Z")["sunset"], "2026-06-21T11:01:19+00:00");
    let text =
        desk.ok(
            &[&["solar", "position", "--time", "2026-12-22T08:00+08:00"], &YONGKANG[..]].concat()
        );
    assert!(text.contains("天顶角 77.5888°") && text.contains("日出 2026-12-22T06:4"), "{text}");
}

#[test]
fn without_weather_the_year_is_called_synthetic() {
    let desk = Desk::new();
    let found = yields(&desk, &YONGKANG);
    assert_eq!(found["weather"], "synthetic");
    assert_eq!(found["weather_source"]["basis"], "zhejiang-assumed-means");
    assert!(found["warnings"][0].as_str().unwrap().contains("合成"));
    // pvlib 0.16.1 on the same synthetic year.
    near(number(&found, "/yearly/kwh"), 1043.35, 0.01);
    near(number(&found, "/yearly/poa_kwh_m2"), 1373.80, 0.01);
    let months: f64 = (0..12).map(|month| number(&found, &format!("/monthly/{month}/kwh"))).sum();
    near(months, number(&found, "/yearly/kwh"), 0.01);
    let (p50, p90) = (number(&found, "/yearly/p50_kwh"), number(&found, "/yearly/p90_kwh"));
    near(p90 / p50, 0.854, 0.001);
    let beijing = ["--lat", "39.9", "--lon", "116.4", "--altitude", "40"];
    let beijing = yields(&desk, &beijing);
    assert_eq!(beijing["weather_source"]["basis"], "china-mean-clearness");
    assert!(number(&beijing, "/uncertainty/standard_deviation_percent") > 20.0);
    assert!(beijing["notes"][0].as_str().unwrap().contains("浑浊度不详"));
    let hazy = yields(&desk, &[&YONGKANG[..], &["--turbidity", "6"]].concat());
    near(number(&hazy, "/yearly/ghi_kwh_m2"), 1295.1, 0.01);
    assert_ne!(hazy["yearly"]["kwh"], found["yearly"]["kwh"]);
    let text = desk.ok(&[&["solar", "yield"], &ROOF[..], &YONGKANG[..]].concat());
    assert!(text.contains("合成典型年") && text.contains("P90"), "{text}");
}

/// Means of the months as a user tells them: the same as the assumed ones give the same year.
#[test]
fn monthly_means_are_taken_from_a_table() {
    let desk = Desk::new();
    let ghi = [2.4, 2.7, 3.0, 3.7, 4.1, 4.0, 5.3, 4.8, 3.8, 3.4, 2.8, 2.5];
    let temp = [5.6, 7.9, 11.9, 17.9, 22.6, 25.6, 29.6, 29.2, 25.0, 19.6, 13.6, 7.7];
    let mut table = "月,总辐射,气温\n".to_owned();
    for (month, (ghi, temp)) in (1..).zip(ghi.iter().zip(temp)) {
        table.push_str(&format!("{month},{ghi},{temp}\n"));
    }
    std::fs::write(desk.path("m.csv"), &table).unwrap();
    let found = yields(&desk, &[&YONGKANG[..], &["--monthly", "m.csv"]].concat());
    near(number(&found, "/yearly/kwh"), 1043.35, 0.01);
    assert_eq!(found["weather_source"]["basis"], "monthly-file");
    for (wrong, words) in [
        (table.replace("\n12,", "\n11,"), "第 13 行：11 月重复"),
        (table.replace("\n12,", "\n13,"), "第 13 行：月“13”（应为 1 至 12）"),
        (table.replace("12,2.5,7.7\n", ""), "没有 12 月"),
        (table.replace("\n7,5.3", "\n7,53"), "7 月的总辐射 53"),
        (table.replace("\n7,5.3", "\n7,x"), "第 8 行：总辐射“x”（应为数）"),
        (table.replace("气温", "温度"), "没有 temp（气温）列"),
    ] {
        std::fs::write(desk.path("m.csv"), wrong).unwrap();
        let more = [&["solar", "yield"], &ROOF[..], &YONGKANG[..], &["--monthly", "m.csv"]];
        let (code, _, err) = desk.run(&more.concat());
        assert_eq!((code, err.contains(words)), (2, true), "{words}: {err}");
    }
}

/// A table of hours, by a function of the number of the hour, with stamps that are `minutes` after the hour begins.
fn table(year: i32, minutes: i64, hours: i64, row: impl Fn(i64) -> Option<String>) -> String {
    let mut text = "time,ghi,temp,wind\n".to_owned();
    let start = jiff::civil::date(year as i16, 1, 1).at(0, 0, 0, 0);
    for hour in 0..hours {
        let Some(row) = row(hour) else { continue };
        let at = start + jiff::Span::new().minutes(60 * hour + minutes);
        text.push_str(&format!("{},{row}\n", at.strftime("%Y-%m-%d %H:%M")));
    }
    text
}

/// Light that is highest near the true noon of Yongkang.
fn day(hour: i64) -> Option<String> {
    let from_noon = (hour % 24) as f64 + 0.5 - 12.0;
    let light = 700.0 * (from_noon / 12.0 * std::f64::consts::PI).cos().max(0.0);
    Some(format!("{light:.1},20,2"))
}

#[test]
fn stamps_are_moved_to_the_middle_of_their_hours() {
    let desk = Desk::new();
    let of = |minutes: i64, more: &[&str]| {
        std::fs::write(desk.path("h.csv"), table(2023, minutes, 8760, day)).unwrap();
        yields(&desk, &[&YONGKANG[..], &["--weather", "h.csv"], more].concat())
    };
    let middle = of(30, &[]);
    assert_eq!(middle["weather"], "file");
    assert_eq!(middle["warnings"].as_array().unwrap().len(), 0, "{middle:#}");
    let end = of(60, &[]);
    let start = of(0, &["--stamp", "start"]);
    for other in [&end, &start] {
        assert_eq!(other["yearly"], middle["yearly"]);
    }
    // By another model of the beam the light on the horizontal stays.
    let by_disc = of(30, &["--decomposition", "disc"]);
    assert!(by_disc["notes"].to_string().contains("按 DISC 分解"), "{by_disc:#}");
    assert_eq!(by_disc["yearly"]["ghi_kwh_m2"], middle["yearly"]["ghi_kwh_m2"]);
    let apart = number(&by_disc, "/yearly/kwh") / number(&middle, "/yearly/kwh") - 1.0;
    assert!(apart.abs() > 1e-4 && apart.abs() < 0.05, "{apart}");
    // A wrong stamp is doubted, as light and noon are then an hour apart.
    let wrong = of(0, &["--stamp", "end"]);
    let doubt = wrong["warnings"][0].as_str().unwrap();
    assert!(doubt.contains("比真太阳午早 6"), "{doubt}");
    // So is a wrong zone.
    let wrong = of(30, &["--utc-offset", "+0"]);
    assert!(wrong["warnings"][0].as_str().unwrap().contains("比真太阳午晚"), "{wrong:#}");
}

#[test]
fn leap_days_and_short_gaps_are_told() {
    let desk = Desk::new();
    let read = |text: String| {
        std::fs::write(desk.path("h.csv"), text).unwrap();
        yields(&desk, &[&YONGKANG[..], &["--weather", "h.csv"]].concat())
    };
    let leap = read(table(2024, 30, 8784, day));
    assert_eq!(leap["weather_source"]["hours"], 8784);
    // Day 60 of 2024 is the leap day.
    let without = |hour: i64| (hour / 24 != 59).then(|| day(hour)).flatten();
    let found = read(table(2024, 30, 8784, without));
    assert_eq!(found["weather_source"]["hours"], 8760);
    assert!(found["notes"].to_string().contains("没有 2 月 29 日"), "{found:#}");
    let gap = |from: i64, count: i64| {
        table(2023, 30, 8760, move |hour| {
            (!(from..from + count).contains(&hour)).then(|| day(hour)).flatten()
        })
    };
    // Three hours of three columns.
    let found = read(gap(100, 3));
    assert!(found["notes"].to_string().contains("补了 9 个缺数"), "{found:#}");
    let night = |hour: i64| match hour % 24 {
        2 => Some("-3,20,2".to_owned()),
        _ => day(hour),
    };
    let found = read(table(2023, 30, 8760, night));
    assert!(found["notes"].to_string().contains("365 个略低于零"), "{found:#}");
}

#[test]
fn weather_that_cannot_be_read_is_told_with_its_line() {
    let desk = Desk::new();
    let good = || table(2023, 30, 8760, day);
    let wrong = |text: String, words: &str| {
        std::fs::write(desk.path("h.csv"), text).unwrap();
        let more = [&["solar", "yield"], &ROOF[..], &YONGKANG[..], &["--weather", "h.csv"]];
        let (code, out, err) = desk.run(&more.concat());
        assert_eq!((code, out.as_str()), (2, ""), "{words}: {err}");
        assert!(err.contains(words), "{words}: {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    };
    let gap =
        table(2023, 30, 8760, |hour| (!(100..104).contains(&hour)).then(|| day(hour)).flatten());
    wrong(gap, "第 101 行之后：自 2023-01-05T04:30:00+08:00 起缺 4 小时的 ghi");
    wrong(table(2023, 30, 8000, day), "共 8000 小时，自 2023-01-01T00:30:00+08:00 至");
    wrong(table(2023, 30, 8800, day), "在第一行一年以后（应为一整年）");
    wrong(good().replace("2023-03-01 05:30,", "2023-03-01 05:10,"), "不是整小时");
    wrong(good().replace("2023-03-01 05:30,", "2023-03-01 04:30,"), "不在上一行之后");
    wrong(good().replace("2023-03-01 05:30,", "1/3/2023,"), "第 1423 行：时刻“1/3/2023”");
    wrong(good().replace("2023-03-01 05:30,0.0", "2023-03-01 05:30,NaN"), "ghi 是“NaN”");
    wrong(good().replace("2023-03-01 05:30,0.0", "2023-03-01 05:30,-80"), "ghi 为 -80");
    wrong(good().replace("2023-03-01 05:30,0.0", "2023-03-01 05:30,2000"), "总辐射 2000");
    wrong(good().replace("time,ghi", "time,light"), "第 1 行：没有 ghi 列");
    wrong(good().replace("time,ghi,temp,wind", "time,ghi,temp,ghi"), "“ghi”列重复");
    wrong("time,ghi,temp\n".to_owned(), "没有数据行");
    wrong(String::new(), "没有 time 列");
    wrong("LOCATION,x\n".to_owned(), "第 1 行：LOCATION 只有 2 项");
    wrong("Latitude (decimal degrees): 45\n".to_owned(), "没有 Latitude、Longitude、Elevation");
}

/// A typical year of one format, by what it writes of an hour.
fn typical(head: &str, row: impl Fn(i64, i64, i64, f64) -> String) -> String {
    let mut text = head.to_owned();
    let start = jiff::civil::date(2023, 1, 1);
    for hour in 0..8760 {
        let date = start + jiff::Span::new().days(hour / 24);
        let from_noon = (hour % 24) as f64 + 0.5 - 12.0;
        // Even, so that its half is whole too.
        let light =
            2.0 * (350.0 * (from_noon / 12.0 * std::f64::consts::PI).cos().max(0.0)).round();
        let (month, day) = (date.month().into(), date.day().into());
        text.push_str(&row(month, day, hour % 24, light));
    }
    text
}

/// The same weather, written in three formats, is the same year: half of the light diffuse, no beam told apart.
#[test]
fn formats_of_others_tell_the_same_year() {
    let desk = Desk::new();
    let epw = typical(
        &format!("LOCATION,Yongkang,ZJ,CHN,made,0,28.89,120.03,8,90\n{}", "x\n".repeat(7)),
        |month, day, hour, light| {
            let half = light / 2.0;
            format!(
                "2001,{month},{day},{},60,x,20.0,9,50,100000,0,0,0,{light},0,{half},0,0,0,0,180,2.0,0\n",
                hour + 1
            )
        },
    );
    let tmy3 = typical(
        "1,Yongkang,ZJ,8,28.89,120.03,90\nDate (MM/DD/YYYY),Time (HH:MM),GHI (W/m^2),DNI (W/m^2),DHI (W/m^2),Dry-bulb (C),Wspd (m/s)\n",
        |month, day, hour, light| {
            format!("{month:02}/{day:02}/1999,{:02}:00,{light},0,{},20,2\n", hour + 1, light / 2.0)
        },
    );
    let tmy2 = typical(
        " 58651 YONG KANG              ZJ   8 N 28 53 E 120  2    90\n",
        |month, day, hour, light| {
            let mut line = vec![b'0'; 142];
            let mut put = |at: usize, text: String| {
                line[at..at + text.len()].copy_from_slice(text.as_bytes());
            };
            put(0, " ".to_owned());
            put(1, format!("99{month:02}{day:02}{:02}", hour + 1));
            put(17, format!("{light:04}"));
            put(29, format!("{:04}", light / 2.0));
            put(67, " 200".to_owned());
            put(95, "020".to_owned());
            format!("{}\n", String::from_utf8(line).unwrap())
        },
    );
    let files = [("a.epw", epw, "EPW"), ("b.csv", tmy3, "TMY3"), ("c.tm2", tmy2, "TMY2")];
    let mut found = Vec::new();
    for (name, text, format) in files {
        std::fs::write(desk.path(name), text).unwrap();
        let one = yields(&desk, &["--weather", name]);
        assert_eq!(one["weather_source"]["format"], format);
        assert_eq!(one["weather_source"]["hours"], 8760);
        near(number(&one, "/site/longitude"), 120.03, 0.01);
        found.push(number(&one, "/yearly/poa_kwh_m2"));
    }
    near(found[1], found[0], 1e-9);
    // Its place is told in minutes, its light in whole watts.
    near(found[2] / found[0], 1.0, 0.001);
    // A place far from that of the file is told.
    let far = yields(&desk, &["--weather", "a.epw", "--lat", "30.5"]);
    assert!(far["warnings"].to_string().contains("相差 1.6 度"), "{far:#}");
    // A leap day that the format has no place for, a line twice, a line too short.
    let text = std::fs::read_to_string(desk.path("b.csv")).unwrap();
    for (wrong, words) in [
        (text.replacen("02/28/1999,05:00", "02/30/1999,05:00", 1), "2 月 30 日（没有这一天）"),
        (text.replacen("02/28/1999,05:00", "02/28/1999,04:00", 1), "的这一小时在第"),
        (text.replacen("02/28/1999,05:00", "02/28/1999,00:00", 1), "应为 01:00 至 24:00"),
        (text.replacen("Dry-bulb (C)", "Dry", 1), "没有 Dry-bulb (C) 列"),
    ] {
        std::fs::write(desk.path("b.csv"), wrong).unwrap();
        let (code, _, err) =
            desk.run(&[&["solar", "yield"], &ROOF[..], &["--weather", "b.csv"]].concat());
        assert_eq!((code, err.contains(words)), (2, true), "{words}: {err}");
    }
}

#[test]
fn what_cannot_be_is_one_line() {
    let desk = Desk::new();
    let sound = ["solar", "yield", "--lat", "28.89", "--lon", "120.03", "--kwp", "4", "--tilt"];
    let with = |more: &[&str], words: &str| {
        let (code, out, err) = desk.run(&[&sound[..], more].concat());
        assert_eq!((code, out.as_str(), err.lines().count()), (2, "", 1), "{more:?}: {err}");
        assert!(err.contains(words), "{more:?}: {err}");
    };
    with(&["10", "--azimuth", "400"], "方位角 400（应在 0 至 360 度之间");
    with(&["-10", "--azimuth", "180"], "倾角 -10（应在 0 至 90 度之间");
    with(&["10", "--azimuth", "NaN"], "方位角 NaN");
    with(&["10", "--azimuth", "180", "--soiling", "120"], "积灰损失 120%");
    with(&["10", "--azimuth", "180", "--albedo", "2"], "地面反射率 200%");
    with(&["10", "--azimuth", "180", "--dc-ac-ratio", "0"], "容配比 0");
    with(&["10", "--azimuth", "180", "--altitude", "99999"], "海拔 99999 米");
    with(&["10", "--azimuth", "180", "--service-year", "0"], "运行年 0");
    with(&["10", "--azimuth", "180", "--uncertainty", "-4"], "不确定度 -4%");
    with(&["10", "--azimuth", "180", "--utc-offset", "x"], "时差“x”");
    with(&["10", "--azimuth", "180", "--turbidity", "0.2"], "1 月的林克浑浊度 0.2");
    with(&["10", "--azimuth", "180", "--turbidity", "3,4"], "浑浊度有 2 个数");
    let (code, _, err) = desk.run(&[
        "solar",
        "position",
        "--lat",
        "120.03",
        "--lon",
        "28.89",
        "--time",
        "2026-01-01",
    ]);
    assert_eq!((code, err.contains("是否与经度颠倒")), (2, true), "{err}");
    let (code, _, err) =
        desk.run(&["solar", "position", "--lat", "28", "--lon", "120", "--time", "today"]);
    assert_eq!((code, err.contains("时刻“today”（应为 ISO 8601")), (2, true), "{err}");
    for kwp in ["0", "-4"] {
        let more =
            [&["solar", "yield", "--kwp", kwp, "--tilt", "9", "--azimuth", "9"], &YONGKANG[..]];
        let (code, _, err) = desk.run(&more.concat());
        assert_eq!((code, err.contains("（应为正数")), (2, true), "{err}");
    }
    // Where nothing is known of the climate, that is said.
    let paris = ["--lat", "48.8", "--lon", "2.3"];
    let (code, _, err) = desk.run(&[&["solar", "yield"], &ROOF[..], &paris[..]].concat());
    assert_eq!((code, err.contains("应以 --weather 给出")), (2, true), "{err}");
}

#[test]
fn hours_are_written_and_add_up() {
    let desk = Desk::new();
    let more = [&YONGKANG[..], &["--hourly", "out.csv", "--service-year", "10"]].concat();
    let found = yields(&desk, &more);
    let text = std::fs::read_to_string(desk.path("out.csv")).unwrap();
    let mut lines = text.lines();
    let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
    let sum = |name: &str| -> f64 {
        let column = heads.iter().position(|head| *head == name).unwrap();
        let value = |line: &str| -> f64 { line.split(',').nth(column).unwrap().parse().unwrap() };
        text.lines().skip(1).map(value).sum()
    };
    assert_eq!(lines.count(), 8760);
    near(sum("ac_kw"), number(&found, "/yearly/kwh"), 1e-3);
    near(sum("poa_w_m2") / 1000.0, number(&found, "/yearly/poa_kwh_m2"), 1e-3);
    let young = yields(&desk, &YONGKANG);
    let ratio = number(&found, "/yearly/kwh") / number(&young, "/yearly/kwh");
    near(ratio, 0.99 * 0.996_f64.powi(9), 1e-6);
    // An existing file is not overwritten.
    let (code, _, err) = desk.run(&[&["solar", "yield"], &ROOF[..], &more[..]].concat());
    assert_eq!((code, err.contains("已存在")), (2, true), "{err}");
}
