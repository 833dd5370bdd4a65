//! Structures, and what there are figures of.

use std::collections::BTreeSet;

use publication::sdmx::error::Failure;
use publication::sdmx::structure::{Available, StructureMessage, write_json, write_xml};
use publication::sdmx::{AGENCY, Artefact, Dimension, Version, cells};

use super::accept::StructureFormat;
use super::known;
use super::question::{Pairs, Question};
use super::{Answer, Call, Purpose, data, fault};

/// Kinds of structures of which we have none.
const OTHER_KINDS: [&str; 24] = [
    "allowedconstraint",
    "attachmentconstraint",
    "categorisation",
    "categoryscheme",
    "dataconsumerscheme",
    "dataproviderscheme",
    "hierarchicalcodelist",
    "hierarchy",
    "hierarchyassociation",
    "metadataconstraint",
    "metadataflow",
    "metadataproviderscheme",
    "metadataprovisionagreement",
    "metadatastructure",
    "organisationscheme",
    "organisationunitscheme",
    "process",
    "provisionagreement",
    "reportingtaxonomy",
    "representationmap",
    "structuremap",
    "structureset",
    "valuelist",
    "vtlmappingscheme",
];

/// Whether addresses of the older version know a kind of structures.
pub(super) fn is_kind(word: &str) -> bool {
    let known = |artefact: &Artefact| artefact.kind(Version::V21) == word;
    word == "structure" || OTHER_KINDS.contains(&word) || Artefact::all().iter().any(known)
}

/// Answers a question for structures: agency, ids and version as the path tells them.
pub(super) fn answer(call: &Call<'_>, kind: &str, path: &[&str]) -> Result<Answer, Failure> {
    let part = |at: usize| path.get(at).copied().filter(|part| !part.is_empty()).unwrap_or("*");
    let [agency, ids, version] = [part(0), part(1), part(2)];
    let versions = |version| call.version == version;
    let found: BTreeSet<Artefact> = Artefact::all()
        .into_iter()
        .filter(|one| {
            kinds(kind).any(|kind| {
                kind == "*"
                    || kind == "structure" && versions(Version::V21)
                    || kind == one.kind(call.version)
            })
        })
        .filter(|one| is_named(agency, one.agency()) && is_named(ids, one.id()))
        .collect();
    if found.is_empty() || !is_version(version) {
        if !kinds(kind).all(|kind| kind == "*" || is_kind(kind) || kind == "dataconstraint") {
            return Err(fault::no_such(
                "结构类型",
                kind,
                "dataflow | datastructure | codelist | conceptscheme",
            ));
        }
        return Err(fault::nothing());
    }
    let is_schema = call.purpose == Purpose::Schema;
    let references = call.pairs.get("references").filter(|_| !is_schema);
    let references = references.or(is_schema.then_some("descendants"));
    let related = related(&found, references, call.version)?;
    let stubs = match call.pairs.get("detail") {
        None | Some("full" | "referencepartial" | "raw") => BTreeSet::new(),
        Some("allstubs" | "allcompletestubs") => found.union(&related).copied().collect(),
        Some("referencestubs" | "referencecompletestubs") => {
            related.difference(&found).copied().collect()
        }
        Some(other) => {
            let expected = "full | allstubs | referencestubs | referencepartial";
            return Err(fault::syntax("detail", other, expected));
        }
    };
    let artefacts: BTreeSet<Artefact> = found.union(&related).copied().collect();
    let question = Question::read("all", &Pairs(Vec::new()), call.version)?;
    let wanted =
        artefacts.contains(&Artefact::Constraint) && !stubs.contains(&Artefact::Constraint);
    write(call, (&artefacts, &stubs), question, |question, call| {
        if !wanted {
            return Ok(Available::default());
        }
        available(call, question, &Dimension::ALL, false)
    })
}

/// What there are figures of, among those that a question is about.
pub(super) fn availability(
    call: &Call<'_>,
    key: &str,
    component: Option<&str>,
) -> Result<Answer, Failure> {
    let question = Question::read(key, &call.pairs, call.version)?;
    let dimensions = match component {
        None | Some("all" | "*" | "") => Dimension::ALL.to_vec(),
        Some(ids) => ids
            .split([',', '+'])
            .map(|id| {
                let all: Vec<&str> = Dimension::ALL.into_iter().map(Dimension::id).collect();
                let unknown = || fault::no_such("维度", id, &all.join(" | "));
                Dimension::of_id(id).ok_or_else(unknown)
            })
            .collect::<Result<_, _>>()?,
    };
    let open = match call.pairs.get("mode") {
        None | Some("exact") => false,
        Some("available") => true,
        Some(other) => return Err(fault::syntax("mode", other, "exact | available")),
    };
    let mut artefacts = BTreeSet::from([Artefact::Constraint]);
    for word in call.pairs.get("references").unwrap_or("none").split(',') {
        let below = Artefact::Constraint.descendants();
        match word {
            "none" => {}
            "all" => artefacts.extend(below),
            kind => {
                artefacts.extend(below.into_iter().filter(|one| one.kind(call.version) == kind));
            }
        }
    }
    write(call, (&artefacts, &BTreeSet::new()), question, |question, call| {
        let found = available(call, question, &dimensions, open)?;
        if found.figures == 0 && call.version == Version::V21 {
            return Err(fault::nothing());
        }
        Ok(found)
    })
}

/// What the figures of a question stand under. With `open` each dimension tells all that one could ask for beside what
/// is asked of the others.
fn available(
    call: &Call<'_>,
    question: &Question,
    dimensions: &[Dimension],
    open: bool,
) -> Result<Available, Failure> {
    let all = Question::read("all", &Pairs(Vec::new()), call.version)?;
    let wide = Question { as_of: question.as_of, ..all };
    let asked = if open { &wide } else { question };
    let known = call.read(|ledger| known::figures(ledger, call.guest, asked))?;
    let cells = cells(&known.figures, &known.redefinitions);
    if !open {
        return Ok(Available::of(&data::selected(cells, question), dimensions));
    }
    let mut found = Available::of(&data::selected(cells.clone(), question), &[]);
    for dimension in dimensions {
        let fits = |cell: &&publication::sdmx::Cell<'_>| {
            question.keys.hold(cell, Some(*dimension))
                && question.filters.iter().all(|filter| filter.holds(cell, Some(*dimension)))
        };
        let fitting: Vec<_> = cells.iter().filter(fits).copied().collect();
        let own = Available::of(&fitting, &[*dimension]);
        found.codes.extend(own.codes);
        found.times.extend(own.times);
    }
    Ok(found)
}

fn write(
    call: &Call<'_>,
    (artefacts, stubs): (&BTreeSet<Artefact>, &BTreeSet<Artefact>),
    mut question: Question,
    available: impl FnOnce(&Question, &Call<'_>) -> Result<Available, Failure>,
) -> Result<Answer, Failure> {
    let chosen = call.accept.structure(call.version)?;
    question.as_of = question.as_of.or(call.house.day);
    let (header, codes) = call.read(|ledger| {
        let codes = known::codes(call.house, ledger, call.guest, question.as_of)?;
        Ok((known::header(ledger)?, codes))
    })?;
    let available = available(&question, call)?;
    let partial = call.pairs.get("detail") == Some("referencepartial")
        || call.purpose == Purpose::Availability;
    let message = StructureMessage {
        header: &header,
        artefacts,
        stubs,
        codes: &codes,
        available: &available,
        partial: partial && !available.codes.is_empty(),
    };
    let bytes = match chosen.format {
        StructureFormat::Xml(version) => write_xml(&message, version),
        StructureFormat::Json(version) => write_json(&message, version, call.accept.language()),
    };
    Ok(Answer { bytes, media_type: chosen.media_type })
}

fn kinds(kind: &str) -> impl Iterator<Item = &str> {
    kind.split(',')
}

/// Whether a list of names, or a word for all of them, names something.
pub(super) fn is_named(list: &str, name: &str) -> bool {
    list.split([',', '+']).any(|one| matches!(one, "*" | "all" | "ALL") || one == name)
}

/// Whether a version is ours, or may be.
pub(super) fn is_version(version: &str) -> bool {
    let own = |one: &str| {
        matches!(one, "*" | "all" | "latest" | "LATEST" | "+" | "~" | "1.0" | "1.0.0")
            || matches!(one, "1+.0" | "1.0+" | "1+.0.0" | "1.0+.0" | "1.0.0+")
    };
    version.split(',').any(own)
}

/// What the agency of an address may be.
pub(super) fn agencies() -> String {
    format!("{AGENCY} | all | *")
}

/// What is to come beside what was asked for.
fn related(
    found: &BTreeSet<Artefact>,
    references: Option<&str>,
    version: Version,
) -> Result<BTreeSet<Artefact>, Failure> {
    let mut related = BTreeSet::new();
    let each = |of: fn(Artefact) -> Vec<Artefact>| found.iter().flat_map(move |one| of(*one));
    for word in references.unwrap_or("none").split(',') {
        match word {
            "none" => {}
            "children" => related.extend(each(Artefact::children)),
            "descendants" => related.extend(each(Artefact::descendants)),
            "parents" => related.extend(each(Artefact::parents)),
            "ancestors" => related.extend(each(Artefact::ancestors)),
            "parentsandsiblings" => {
                for parent in each(Artefact::parents) {
                    related.insert(parent);
                    related.extend(parent.children());
                }
            }
            "all" => {
                for parent in each(Artefact::parents) {
                    related.insert(parent);
                    related.extend(parent.children());
                }
                related.extend(each(Artefact::descendants));
            }
            kind if is_kind(kind) || kind == "dataconstraint" => {
                let around = each(Artefact::descendants).chain(each(Artefact::ancestors));
                related.extend(around.filter(|one| one.kind(version) == kind));
            }
            other => {
                let expected = "none | parents | parentsandsiblings | ancestors | children | \
                                descendants | all | codelist | …";
                return Err(fault::syntax("references", other, expected));
            }
        }
    }
    Ok(related)
}
