//! The page about the interface, made of what there is to be asked for.

use publication::html::{self, ApiPage, ApiParameter, ApiProblem, ApiResource};

use super::endpoints;
use super::problem::KINDS;
use crate::server::house::Doors;
use crate::server::reply::Reply;
use crate::server::visit::{Refusal, Visit};

/// The page `/api`.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let resources = endpoints().map(|known| ApiResource {
        name: known.name,
        path: known.path,
        title: (known.chinese, known.english),
        scope: known.scope.map(terms::Scope::as_str),
        formats: known.formats().iter().map(|format| format.media()).collect(),
        parameters: known
            .parameters()
            .map(|one| ApiParameter {
                name: one.name,
                meaning: (one.chinese, one.english),
                expected: one.kind.expected(),
                required: one.required,
                many: one.many,
            })
            .collect(),
    });
    let problems = KINDS.iter().map(|kind| ApiProblem {
        name: kind.name,
        status: kind.status.as_u16(),
        title: (kind.chinese, kind.english),
    });
    let page = ApiPage {
        resources: resources.collect(),
        problems: problems.collect(),
        open: matches!(visit.house.doors, Doors::Open { .. }),
        base: super::base(visit.house, visit.headers),
    };
    Ok(Reply::page(html::api(visit.view, &page)))
}
