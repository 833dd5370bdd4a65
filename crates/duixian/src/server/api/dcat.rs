//! The catalogue of data as linked data: DCAT with the terms of its application profile for portals (DCAT-AP).

use ledger::{Ledger, LedgerError};
use publication::sdmx::{AGENCY, FLOW};
use serde_json::{Value, json};

use super::endpoint::{Call, Endpoint, Found, Shape};
use super::endpoints;
use super::problem::Problem;

const MEDIA: &str = "https://www.iana.org/assignments/media-types";

/// The catalogue: every list is a dataset, with the formats that it comes in.
pub(super) fn catalog(call: &Call<'_>) -> Result<Found, Problem> {
    let last = |ledger: &Ledger| {
        let last = ledger.log_entries(None, 1)?.pop();
        Ok::<_, LedgerError>(last.map(|entry| entry.at))
    };
    let modified = call.house.store.read(last)?;
    let base = call.base;
    let datasets: Vec<Value> =
        endpoints().filter_map(|known| dataset(known, base, modified.as_deref())).collect();
    let title = texts("兑现：计划台账", "Duixian: ledger of a plan");
    let catalog = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": format!("{base}/api/v1/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": title,
        "dct:description": texts(
            "计划报告的陈述、目标、数据、任务、项目、问题",
            "Statements, targets, figures, tasks, projects and problems of plan reports",
        ),
        "dct:language": ["zh", "en"],
        "dct:modified": modified.map(|at| time(&at)),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": call.house.store.name()},
        "foaf:homepage": {"@id": format!("{base}/")},
        "dcat:service": [
            service(base, "/api/v1", "开放数据接口", "Open data interface", "/api/openapi.json"),
            service(base, "/sdmx/3.0", "SDMX 3.0", "SDMX 3.0", "/sdmx/3.0/structure/dataflow"),
            service(base, "/sdmx/2.1", "SDMX 2.1", "SDMX 2.1", "/sdmx/2.1/dataflow"),
        ],
        "dcat:dataset": datasets,
    });
    Found::one(&catalog)
}

fn texts(chinese: &str, english: &str) -> Value {
    json!([
        {"@value": chinese, "@language": "zh"},
        {"@value": english, "@language": "en"},
    ])
}

fn time(at: &str) -> Value {
    json!({"@value": at, "@type": "xsd:dateTime"})
}

fn service(base: &str, path: &str, chinese: &str, english: &str, described: &str) -> Value {
    json!({
        "@type": "dcat:DataService",
        "@id": format!("{base}{path}"),
        "dct:title": texts(chinese, english),
        "dcat:endpointURL": {"@id": format!("{base}{path}")},
        "dcat:endpointDescription": {"@id": format!("{base}{described}")},
    })
}

/// What a list holds; `None` where something has to be told before there is one.
fn dataset(endpoint: &Endpoint, base: &str, modified: Option<&str>) -> Option<Value> {
    let (Shape::List(_), 0) = (endpoint.shape, endpoint.variables()) else { return None };
    let address = format!("{base}{}", endpoint.path);
    let mut distributions: Vec<Value> = endpoint
        .formats()
        .iter()
        .map(|format| {
            let file = format!("{address}?format={}", format.as_str());
            distribution(&file, format.as_str(), format.media())
        })
        .collect();
    if endpoint.name == "figures" {
        for (version, media) in [
            ("2.1", "application/vnd.sdmx.genericdata+xml"),
            ("3.0", "application/vnd.sdmx.data+xml"),
        ] {
            let flow = match version {
                "2.1" => format!("/sdmx/2.1/data/{FLOW}"),
                _ => format!("/sdmx/3.0/data/dataflow/{AGENCY}/{FLOW}/+"),
            };
            distributions.push(distribution(
                &format!("{base}{flow}"),
                &format!("SDMX {version}"),
                media,
            ));
        }
    }
    let rights = match endpoint.scope {
        None => "PUBLIC",
        Some(_) => "RESTRICTED",
    };
    Some(json!({
        "@type": "dcat:Dataset",
        "@id": format!("{address}#dataset"),
        "dct:identifier": endpoint.name,
        "dct:title": texts(endpoint.chinese, endpoint.english),
        "dct:description": texts(endpoint.chinese, endpoint.english),
        "dct:modified": modified.map(time),
        "dct:accessRights": {
            "@id": format!("http://publications.europa.eu/resource/authority/access-right/{rights}"),
        },
        "dcat:landingPage": {"@id": format!("{base}/api#{}", endpoint.name)},
        "dcat:distribution": distributions,
    }))
}

fn distribution(address: &str, title: &str, media: &str) -> Value {
    json!({
        "@type": "dcat:Distribution",
        "dct:title": title,
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": format!("{MEDIA}/{media}")},
    })
}
