//! `duixian regions boundaries` as it is typed: what is taken, and what is told of a file that is none.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::{Value, json};

/// A county with two towns of its own.
fn county() -> Desk {
    let desk = Desk::new();
    let regions = "代码,名称\n330784001,东城街道\n330784002,西城街道\n";
    std::fs::write(desk.path("r.csv"), regions).unwrap();
    desk.ok(&["regions", "import", "r.csv"]);
    desk
}

fn square(west: f64, south: f64) -> Value {
    let (east, north) = (west + 0.1, south + 0.1);
    json!([[[west, south], [east, south], [east, north], [west, north], [west, south]]])
}

fn feature(properties: Value, kind: &str, coordinates: Value) -> Value {
    let geometry = json!({ "type": kind, "coordinates": coordinates });
    json!({ "type": "Feature", "properties": properties, "geometry": geometry })
}

fn file(desk: &Desk, features: Vec<Value>) {
    let all = json!({ "type": "FeatureCollection", "features": features });
    std::fs::write(desk.path("b.geojson"), all.to_string()).unwrap();
}

/// The error of a file that is refused, of which nothing is written.
fn refused(desk: &Desk, more: &[&str]) -> String {
    let before = std::fs::metadata(desk.path("duixian.db")).unwrap().len();
    let (code, out, err) = desk.run(&[&["regions", "boundaries", "b.geojson"], more].concat());
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert_eq!(std::fs::metadata(desk.path("duixian.db")).unwrap().len(), before);
    err
}

#[test]
fn boundaries_are_taken_by_code_or_name_and_kept_with_their_history() {
    let desk = county();
    let two = json!([square(120.3, 28.9), square(120.5, 28.9)]);
    file(
        &desk,
        vec![
            feature(json!({ "adcode": 330784001 }), "Polygon", square(120.0, 28.9)),
            feature(json!({ "adcode": "西城街道" }), "MultiPolygon", two),
        ],
    );
    let done = desk.ok(&["regions", "boundaries", "b.geojson", "--reason", "测绘院 2024 年版"]);
    assert!(done.contains("已录入 2 个地区的边界：新增或变更 2"), "{done}");
    let again = desk.ok(&["regions", "boundaries", "b.geojson"]);
    assert!(again.contains("新增或变更 0"), "{again}");
    let history = desk.ok(&["history"]);
    assert!(history.contains("boundary") && history.contains("测绘院 2024 年版"), "{history}");
    assert!(desk.ok(&["verify"]).contains("chain ok"));
    // The file of a whole province, of which one county is wanted.
    file(
        &desk,
        vec![
            feature(json!({ "id": "330784002" }), "Polygon", square(120.2, 28.9)),
            feature(json!({ "id": "330783" }), "Polygon", square(120.9, 29.2)),
            feature(json!({ "id": "330783109" }), "Polygon", square(121.9, 29.2)),
        ],
    );
    let part = ["regions", "boundaries", "b.geojson", "--code-field", "id", "--under", "永康市"];
    assert!(desk.ok(&part).contains("已录入 1 个地区"));
}

#[test]
fn what_is_wrong_is_named_with_its_feature_and_nothing_is_written() {
    let desk = county();
    let town = || json!({ "code": "330784001" });
    for (feature, said) in [
        (
            feature(
                town(),
                "Polygon",
                json!([[[120.0, 28.9], [120.1, 28.9], [120.1, 29.0], [120.0, 29.0]]]),
            ),
            "没有闭合",
        ),
        (feature(town(), "Polygon", square(28.9, 120.0)), "颠倒"),
        (feature(town(), "Polygon", square(500_000.0, 3_200_000.0)), "投影坐标"),
        (
            feature(town(), "Polygon", json!([[[120.0, 28.9], [120.1, 28.9], [120.0, 28.9]]])),
            "只有3个点",
        ),
        (feature(town(), "Point", json!([120.0, 28.9])), "图形是 Point"),
        (json!({ "type": "Feature", "properties": town(), "geometry": null }), "没有图形"),
        (feature(json!({ "code": "不存在镇" }), "Polygon", square(120.0, 28.9)), "不存在镇"),
    ] {
        file(&desk, vec![feature]);
        let error = refused(&desk, &[]);
        assert!(error.contains("第1个要素") && error.contains(said), "{said}: {error}");
        assert!(error.contains("没有写入任何数据"), "{error}");
    }
    let good = feature(town(), "Polygon", square(120.0, 28.9));
    file(&desk, vec![good.clone(), good.clone()]);
    assert!(refused(&desk, &[]).contains("第2个要素：地区 330784001 重复"));
    file(
        &desk,
        vec![feature(json!({ "nr": 1, "name": "东城街道" }), "Polygon", square(120.0, 28.9))],
    );
    let error = refused(&desk, &[]);
    assert!(error.contains("--code-field") && error.contains("name"), "{error}");
    assert!(refused(&desk, &["--code-field", "gb"]).contains("没有要素有属性“gb”"));
    desk.ok(&["regions", "boundaries", "b.geojson", "--code-field", "name"]);
    let metres = json!({
        "type": "FeatureCollection",
        "crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::4549" } },
        "features": [good],
    });
    std::fs::write(desk.path("b.geojson"), metres.to_string()).unwrap();
    assert!(refused(&desk, &[]).contains("4549"));
    std::fs::write(desk.path("b.geojson"), "代码,名称\n").unwrap();
    assert!(refused(&desk, &[]).contains("不是 GeoJSON"));
}
