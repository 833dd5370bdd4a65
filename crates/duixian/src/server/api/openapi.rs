//! The interface described for programs, as OpenAPI 3.1: made of what requests are answered from, and of the schemas of
//! the records.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use terms::Scope;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Info, OpenApiVersion, RefOr};

use super::endpoint::{Endpoint, Format, Shape, described};
use super::endpoints;
use super::parameter::{Kind, MOST, Parameter, Place};
use super::problem::{self, Problem};
use crate::server::house::{Doors, House};
use crate::server::reply::Reply;

/// Where the description is.
pub(super) const PATH: &str = "/api/openapi.json";

/// The answer that holds the description.
pub(super) fn reply(house: &House) -> Result<Reply, Problem> {
    let open = matches!(house.doors, Doors::Open { .. });
    let bytes = serde_json::to_vec(&document(open))
        .map_err(|error| Problem::failure(&error.to_string()))?;
    Ok(Reply::file(bytes, Format::Json.media()))
}

/// The description. In an open house a request needs neither a key nor a session.
fn document(open: bool) -> Value {
    let mut schemas: BTreeMap<String, RefOr<Schema>> = BTreeMap::new();
    let mut paths = Map::new();
    let problem = described::<problem::Sent<'static>>();
    schemas.extend(problem.schemas);
    for endpoint in endpoints() {
        let (content, found) = content(endpoint);
        schemas.extend(found);
        paths.insert(endpoint.path.to_owned(), json!({"get": operation(endpoint, &content, open)}));
    }
    let info = Info::new("Duixian 兑现 · 开放数据 Open data", env!("CARGO_PKG_VERSION"));
    let scopes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
    json!({
        "openapi": OpenApiVersion::Version31,
        "info": {
            "title": info.title,
            "version": info.version,
            "summary": "计划、目标、数据和陈述 · Plans, targets, figures and statements",
            "description": "数值是文本，一位不差；列表按 next 往下取。Values are texts, exact to the last digit; lists go on at `next`.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "externalDocs": {"url": "/api"},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": problems(),
            "securitySchemes": {
                "key": {
                    "type": "http", "scheme": "bearer",
                    "description": format!(
                        "密钥，由 `duixian keys add` 新建。A key, made by `duixian keys add`. 范围 Scopes: {}",
                        scopes.join(", ")
                    ),
                },
                "session": {
                    "type": "apiKey", "in": "cookie", "name": crate::server::gate::COOKIE,
                    "description": "在网页登录的人。Who is signed in on the pages.",
                },
            },
        },
    })
}

/// The contents of a good answer by media type, and the schemas that they refer to.
fn content(endpoint: &Endpoint) -> (Value, Vec<(String, RefOr<Schema>)>) {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let (json, schemas) = match endpoint.shape {
        Shape::List(describe) => {
            let found = describe();
            (list(&reference(&found.name)), found.schemas)
        }
        Shape::One(describe) | Shape::Table(describe) => {
            let found = describe();
            (reference(&found.name), found.schemas)
        }
        Shape::Linked => (json!({"type": "object", "required": ["@context", "@type"]}), Vec::new()),
    };
    let contents = endpoint.formats().iter().map(|format| {
        let schema = match format {
            Format::Json | Format::JsonLd => json.clone(),
            Format::Csv => json!({"type": "string"}),
            Format::Parquet => json!({"type": "string", "format": "binary"}),
        };
        (format.media().to_owned(), json!({"schema": schema}))
    });
    (Value::Object(contents.collect()), schemas)
}

/// The schema of a page of a list.
fn list(record: &Value) -> Value {
    json!({
        "type": "object",
        "required": ["as_of", "offset", "count", "next", "data"],
        "properties": {
            "as_of": {"type": "string", "format": "date", "description": "按这一天所知 · As known on this day"},
            "offset": {"type": "integer", "minimum": 0, "description": "前面有几条 · How many come before"},
            "count": {"type": "integer", "minimum": 0, "description": "这一页几条 · How many there are on this page"},
            "next": {"type": ["string", "null"], "description": "下一页的地址 · Address of the next page"},
            "data": {"type": "array", "items": record},
        },
    })
}

fn operation(endpoint: &Endpoint, content: &Value, open: bool) -> Value {
    let parameters: Vec<Value> = endpoint.parameters().map(parameter).collect();
    let scopes: Vec<&str> = endpoint.scope.iter().map(|scope| scope.as_str()).collect();
    let mut security = vec![json!({"key": scopes}), json!({"session": []})];
    if open || scopes.is_empty() {
        security.push(json!({}));
    }
    let header = |text: &str| json!({"description": text, "schema": {"type": "string"}});
    let mut headers = Map::new();
    headers.insert(
        "ETag".to_owned(),
        header("同样的内容，同样的标记 · The same for the same content"),
    );
    if let Shape::List(_) = endpoint.shape {
        headers.insert("Link".to_owned(), header("下一页：rel=\"next\" · The next page"));
    }
    let mut responses = json!({
        "200": {"description": endpoint.english, "headers": headers, "content": content},
        "304": {"description": "与 If-None-Match 相同 · As the client already knows it"},
    });
    let refused = ["400", "401", "403", "404", "406", "429", "500"];
    if let Some(responses) = responses.as_object_mut() {
        for status in refused {
            let answer = json!({"$ref": format!("#/components/responses/Problem{status}")});
            responses.insert(status.to_owned(), answer);
        }
    }
    json!({
        "operationId": endpoint.name,
        "summary": format!("{} · {}", endpoint.chinese, endpoint.english),
        "tags": [endpoint.path.split('/').nth(3).unwrap_or("resources")],
        "parameters": parameters,
        "responses": responses,
        "security": security,
    })
}

/// Answers about what went wrong, by status.
fn problems() -> Value {
    let mut found: BTreeMap<String, (Vec<String>, Map<String, Value>)> = BTreeMap::new();
    for kind in problem::KINDS {
        let status = kind.status.as_u16();
        let entry = found.entry(format!("Problem{status}")).or_default();
        entry.0.push(format!("{} · {}", kind.chinese, kind.english));
        let example = json!({"value": {
            "type": format!("/api#{}", kind.name), "title": kind.chinese, "status": status,
            "detail": kind.english,
        }});
        entry.1.insert(kind.name.to_owned(), example);
    }
    let answers = found.into_iter().map(|(name, (titles, examples))| {
        let schema = json!({"$ref": "#/components/schemas/Problem"});
        let mut answer = json!({
            "description": titles.join("；"),
            "content": {problem::MEDIA: {"schema": schema, "examples": examples}},
        });
        let header = match name.as_str() {
            "Problem401" => Some("WWW-Authenticate"),
            "Problem429" => Some("Retry-After"),
            _ => None,
        };
        if let Some(header) = header {
            answer["headers"] = json!({header: {"required": true, "schema": {"type": "string"}}});
        }
        (name, answer)
    });
    Value::Object(answers.collect())
}

fn parameter(known: &Parameter) -> Value {
    let one = schema(known.kind);
    let schema = match known.many {
        true => json!({"type": "array", "items": one, "minItems": 1, "maxItems": MOST}),
        false => one,
    };
    let (chinese, english) = known.kind.expected();
    let mut written = json!({
        "name": known.name,
        "in": match known.place { Place::Path => "path", Place::Query => "query" },
        "required": known.required,
        "description": format!("{}（{chinese}）· {} ({english})", known.chinese, known.english),
        "schema": schema,
        "example": example(known),
    });
    if known.many {
        written["style"] = json!("form");
        written["explode"] = json!(false);
    }
    written
}

fn schema(kind: Kind) -> Value {
    match kind {
        Kind::Code | Kind::Id | Kind::Region | Kind::Period => {
            json!({"type": "string", "pattern": kind.pattern()})
        }
        Kind::Day => json!({"type": "string", "format": "date"}),
        Kind::Year => json!({"type": "integer", "minimum": 1900, "maximum": 2199}),
        Kind::Word(words) => json!({"type": "string", "enum": words()}),
        Kind::Text => {
            json!({"type": "string", "minLength": 1, "maxLength": super::parameter::LONGEST})
        }
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Whole { least, most } => {
            json!({"type": "integer", "minimum": least, "maximum": most})
        }
    }
}

/// An example of a parameter's value, of the type that the schema tells of.
fn example(known: &Parameter) -> Value {
    let one = match known.kind {
        Kind::Year | Kind::Whole { .. } => json!(known.example.parse::<i64>().unwrap_or_default()),
        Kind::Flag => json!(known.example == "true"),
        _ => json!(known.example),
    };
    if known.many { json!([one]) } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_admitted_and_every_reference_leads_somewhere() {
        for endpoint in endpoints() {
            for known in endpoint.parameters() {
                let name = (endpoint.path, known.name);
                assert!(known.kind.admits(known.example), "{name:?}");
                assert!(!known.chinese.is_empty() && !known.english.is_empty(), "{name:?}");
                let braces = format!("{{{}}}", known.name);
                assert_eq!(known.place == Place::Path, endpoint.path.contains(&braces), "{name:?}");
            }
        }
        let document = document(true);
        let text = document.to_string();
        let references: Vec<&str> = text.split("\"$ref\":\"#").skip(1).collect();
        assert!(references.len() > 100);
        for reference in references {
            let pointer = reference.split('"').next().unwrap();
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
        assert_eq!(document["openapi"], "3.1.0");
    }

    #[test]
    fn names_are_given_once() {
        let mut names: Vec<&str> = endpoints().map(|endpoint| endpoint.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
