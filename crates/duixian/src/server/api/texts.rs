//! Documents and their statements.

use std::sync::Arc;

use publication::open::{DocumentRecord, StatementRecord};
use terms::{Assessment, DocumentAssessment, NATION, Scope, StatementQuery};

use super::endpoint::{Call, Endpoint, Found, Shape, described};
use super::parameter::{Kind, kinds, path, query, roles, statuses};
use super::problem::Problem;
use crate::server::gate::Guest;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/api/v1/documents",
        name: "documents",
        chinese: "报告",
        english: "Documents",
        scope: Some(Scope::Documents),
        own: &[query("plan_year", Kind::Year, "2024").says("计划年度", "The year that is planned")],
        shape: Shape::List(described::<DocumentRecord>),
        answer: documents,
    },
    Endpoint {
        path: "/api/v1/documents/{id}",
        name: "document",
        chinese: "一份报告",
        english: "One document",
        scope: Some(Scope::Documents),
        own: &[path("id", Kind::Id, "8afd3deb").says("报告的标识", "Id of the document")],
        shape: Shape::One(described::<DocumentRecord>),
        answer: document,
    },
    Endpoint {
        path: "/api/v1/statements",
        name: "statements",
        chinese: "陈述：报告中可核对的每一句，带原文和位置",
        english: "Statements: each checkable claim of the reports, with its words and place",
        scope: Some(Scope::Statements),
        own: &[
            query("document", Kind::Id, "8afd3deb").says("报告的标识", "Id of the document"),
            query("q", Kind::Text, "投资").says("原文中的字，空格分开", "Words, parted by spaces"),
            query("role", Kind::Word(roles), "target")
                .says("结果、目标或背景", "Results, targets or background"),
            query("kind", Kind::Word(kinds), "quantity")
                .says("有数的或无数的", "With or without a number"),
            query("indicator", Kind::Code, "gdp").says("指标代码", "Code of the indicator"),
            query("status", Kind::Word(statuses), "open").says("状态", "Where they stand"),
            query("lost", Kind::Flag, "false")
                .says("只要有缺字的", "Only those of which the source lost a digit"),
        ],
        shape: Shape::List(described::<StatementRecord>),
        answer: statements,
    },
    Endpoint {
        path: "/api/v1/statements/{id}",
        name: "statement",
        chinese: "一条陈述",
        english: "One statement",
        scope: Some(Scope::Statements),
        own: &[path("id", Kind::Id, "8afd3deb-0026").says("陈述的标识", "Id of the statement")],
        shape: Shape::One(described::<StatementRecord>),
        answer: statement,
    },
];

fn assessment(call: &Call<'_>) -> Result<Arc<Assessment>, Problem> {
    Ok(call.house.store.snapshot()?)
}

/// Whether the guest may read a document: people may who sign in, as on pages; a key that is limited to regions opens
/// only documents that tell of one of them.
fn is_open(call: &Call<'_>, document: &DocumentAssessment) -> bool {
    let Guest::Program(key) = call.guest else { return true };
    if key.covers(NATION) {
        return true;
    }
    let Some(written) = &document.document.profile.region else { return false };
    let code = call.house.store.read(|ledger| ledger.region_code(written));
    code.is_ok_and(|code| key.covers(&code))
}

fn unknown(field: &str, id: &str) -> Problem {
    let expected = ("已有的标识".to_owned(), "the id of one that is listed".to_owned());
    Problem::unknown(field, id, &expected)
}

fn documents(call: &Call<'_>) -> Result<Found, Problem> {
    let assessment = assessment(call)?;
    let year = call.values.whole("plan_year");
    let wanted = assessment.documents.iter().filter(|document| {
        let planned = document.document.profile.plan_year.map(i64::from);
        is_open(call, document) && year.is_none_or(|year| planned == Some(year))
    });
    call.page(wanted, DocumentRecord::from)
}

fn document(call: &Call<'_>) -> Result<Found, Problem> {
    let (assessment, id) = (assessment(call)?, call.part("id"));
    let found = assessment.documents.iter().find(|known| known.document.id == id);
    let found = found.filter(|document| is_open(call, document));
    Found::one(&DocumentRecord::from(found.ok_or_else(|| unknown("id", id))?))
}

fn statements(call: &Call<'_>) -> Result<Found, Problem> {
    let values = call.values;
    if let Some(code) = values.one("indicator") {
        super::catalogue::known(call, "indicator", code)?;
    }
    let assessment = assessment(call)?;
    let open: Vec<&DocumentAssessment> =
        assessment.documents.iter().filter(|document| is_open(call, document)).collect();
    let text = |name| values.one(name).map(str::to_owned);
    let query = StatementQuery {
        text: text("q"),
        document: text("document"),
        role: values.words("role").pop(),
        kind: values.words("kind").pop(),
        indicator: text("indicator"),
        status: values.words("status").pop(),
        lost: values.flag("lost"),
        ..StatementQuery::default()
    };
    if let Some(id) = values.one("document")
        && !open.iter().any(|document| document.document.id == id)
    {
        return Err(unknown("document", id));
    }
    let found = open.iter().flat_map(|document| {
        let found = assessment::select(document, &query).into_iter();
        found.map(|judged| (document.document.id.as_str(), judged))
    });
    call.page(found, |(document, judged)| StatementRecord::new(document, judged))
}

fn statement(call: &Call<'_>) -> Result<Found, Problem> {
    let (assessment, id) = (assessment(call)?, call.part("id"));
    let found = assessment.documents.iter().find_map(|document| {
        let judged = document.statements.iter().find(|known| *known.statement.id == *id)?;
        Some((document, judged))
    });
    let found = found.filter(|(document, _)| is_open(call, document));
    let (document, judged) = found.ok_or_else(|| unknown("id", id))?;
    Found::one(&StatementRecord::new(&document.document.id, judged))
}
