//! What a ledger knows, as it can be found.

use std::collections::{BTreeSet, HashMap, HashSet};

use ledger::{Ledger, LedgerError, PlanQuery};
use publication::html::{self, Address, places};
use publication::search::FoundKind;
use terms::{
    Assessment, DocumentAssessment, FieldKind, Indicator, Part, PlanKind, PlanObject, Region,
};

use super::index::Entry;

/// Everything that can be found in a ledger whose documents are these.
pub(crate) fn gather(
    ledger: &Ledger,
    assessment: &Assessment,
    catalogue: &[Indicator],
) -> Result<Vec<Entry>, LedgerError> {
    let mut known: HashSet<String> =
        ledger.observed()?.into_iter().map(|(indicator, ..)| indicator).collect();
    let stated = assessment.documents.iter().flat_map(|document| &document.statements);
    known.extend(stated.filter_map(|one| one.statement.indicator.as_deref()).map(str::to_owned));
    let mut entries: Vec<Entry> =
        catalogue.iter().map(|own| indicator(own, known.contains(&own.code))).collect();
    let names: HashMap<&str, &str> =
        catalogue.iter().map(|known| (known.code.as_str(), known.name.as_str())).collect();
    let mut regions: BTreeSet<String> = ledger.observed_regions()?.into_iter().collect();
    for document in &assessment.documents {
        of_document(document, &mut entries);
        let profile = &document.document.profile;
        let region = profile.region.as_deref().and_then(|name| Region::code_of(name).ok());
        regions.extend(region.map(str::to_owned));
    }
    for kind in PlanKind::all() {
        for object in ledger.plan_objects(kind, &PlanQuery::default(), None)? {
            regions.insert(object.region.clone());
            entries.push(plan_object(object, &names));
        }
    }
    let own = ledger.own_regions()?;
    for region in &own {
        let said = |name: &str| region_entry(&region.code, name, &region.parent);
        entries.push(said(&region.name));
        regions.remove(&region.code);
    }
    let bundled = regions.iter().filter_map(|code| Region::of_code(code));
    entries.extend(bundled.map(|region| {
        let above = region.parent().map_or("", |above| above.name);
        region_entry(region.code, region.name, above)
    }));
    for department in ledger.departments()? {
        let address = Address::new("/tasks").with("department", department.code.as_str());
        entries.push(Entry {
            kind: FoundKind::Department,
            name: department.name,
            about: department.code.clone(),
            aliases: vec![department.code],
            text: String::new(),
            address,
            known: true,
            owner: None,
        });
    }
    for origin in ledger.origins()? {
        let first = names.get(origin.indicator.as_str()).copied();
        let first = first.unwrap_or(&origin.indicator);
        let about = match origin.indicators {
            1 => format!("{first}：{} 个数", origin.figures),
            several => format!("{first}等 {several} 项指标：{} 个数", origin.figures),
        };
        entries.push(Entry {
            kind: FoundKind::Origin,
            name: origin.name,
            aliases: Vec::new(),
            text: String::new(),
            about,
            address: Address::of("/indicators", &origin.indicator),
            known: true,
            owner: Some((origin.region, None)),
        });
    }
    Ok(entries)
}

fn indicator(own: &Indicator, known: bool) -> Entry {
    let mut aliases = vec![own.code.clone(), own.english.clone()];
    aliases.extend(own.synonyms.iter().cloned());
    Entry {
        kind: FoundKind::Indicator,
        name: own.name.clone(),
        aliases,
        text: format!("{} {} {}", own.definition, own.formula, own.owner),
        about: own.code.clone(),
        address: Address::of("/indicators", &own.code),
        known,
        owner: None,
    }
}

fn region_entry(code: &str, name: &str, above: &str) -> Entry {
    Entry {
        kind: FoundKind::Region,
        name: name.to_owned(),
        aliases: vec![code.to_owned()],
        text: String::new(),
        about: format!("{code} {above}").trim().to_owned(),
        address: Address::of("/regions", code),
        known: true,
        owner: None,
    }
}

/// A report, the terms that it explains, its statements and its paragraphs.
fn of_document(document: &DocumentAssessment, entries: &mut Vec<Entry>) {
    let filed = &document.document;
    let profile = &filed.profile;
    let title = profile.title.clone().unwrap_or_else(|| filed.name.clone());
    let year = profile.plan_year.map_or(String::new(), |year| year.to_string());
    let short = format!("{year} {}", profile.region.as_deref().unwrap_or_default());
    let short = short.trim().to_owned();
    let short = if short.is_empty() { filed.name.clone() } else { short };
    let slice = |span: terms::Span| filed.text.get(span.range()).unwrap_or("");
    entries.push(Entry {
        kind: FoundKind::Document,
        name: title,
        aliases: vec![filed.id.clone(), filed.name.clone()],
        text: profile.issuer.clone().unwrap_or_default(),
        about: short.clone(),
        address: html::document_address(document),
        known: true,
        owner: None,
    });
    entries.extend(filed.glossary.iter().map(|term| Entry {
        kind: FoundKind::Term,
        name: term.name.clone(),
        aliases: Vec::new(),
        text: slice(term.definition).to_owned(),
        about: short.clone(),
        address: html::term_address(&term.name),
        known: true,
        owner: None,
    }));
    entries.extend(document.statements.iter().map(|assessed| {
        let statement = &assessed.statement;
        let mut aliases = vec![statement.measure.to_string()];
        aliases.extend(statement.entity.as_deref().map(str::to_owned));
        Entry {
            kind: FoundKind::Statement,
            name: statement.quote.to_string(),
            aliases,
            text: String::new(),
            about: format!("{short} {}", statement.measure),
            address: html::statement_address(&statement.id),
            known: true,
            owner: None,
        }
    }));
    for (number, block) in filed.blocks.iter().enumerate() {
        // Terms are found as such; what a web page put around the report is no part of it.
        if matches!(block.part, Part::Glossary | Part::Furniture) {
            continue;
        }
        entries.push(Entry {
            kind: FoundKind::Text,
            name: short.clone(),
            aliases: Vec::new(),
            text: slice(block.span).to_owned(),
            about: String::new(),
            address: html::document_address(document).at(places::block(number)),
            known: true,
            owner: None,
        });
    }
}

fn plan_object(object: PlanObject, names: &HashMap<&str, &str>) -> Entry {
    let kind = object.kind;
    let telling = |field: &&terms::PlanField| {
        let kind = field.kind;
        matches!(kind, FieldKind::Line | FieldKind::Text | FieldKind::Person | FieldKind::Indicator)
            && field.code != "name"
    };
    let values = kind.fields.iter().filter(telling).map(|field| {
        let value = object.value(field.code);
        match field.kind {
            FieldKind::Indicator => names.get(value).copied().unwrap_or(value),
            _ => value,
        }
    });
    let values: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    let attached = object.attachments.iter().map(|attached| attached.name.as_str());
    let text = values.into_iter().chain(attached).collect::<Vec<_>>().join(" · ");
    // A target has no name; what it is about is called by the name of its indicator.
    let name = match names.get(object.value("indicator")) {
        Some(name) if kind.code == "target" => format!("{name} {}", object.value("period")),
        _ => object.title(),
    };
    let address = match kind.code {
        "term" => html::term_address(&name),
        "project" => Address::of("/projects", &object.code),
        kind => Address::of(&format!("/plan/{kind}"), &object.code),
    };
    Entry {
        kind: FoundKind::plan(kind),
        name: if name.is_empty() { object.code.clone() } else { name },
        aliases: vec![object.code.clone()],
        text,
        about: format!("{} {}", object.code, object.state_name()).trim().to_owned(),
        address,
        known: true,
        owner: Some((object.region, object.department)),
    }
}
