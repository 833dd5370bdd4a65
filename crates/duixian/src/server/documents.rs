//! The reports of the ledger as pages: their list, their text with what became of each statement, and two years side
//! by side.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ledger::LedgerError;
use publication::html::{self, ComparePage, Compared, Fate, Fates, Language, Wanted};
use publication::promises;
use terms::{
    Assessment, Day, DocumentAssessment, Fulfilment, Modality, PromiseReport, Region, Right, Role,
    Target, Work,
};

use super::ask::fault;
use super::kept::{Kept, head};
use super::pages::by_id;
use super::reply::Reply;
use super::visit::{Refusal, Visit};
use crate::promised::{Owed, Report, account, described, observed, region_of, works_of};
use crate::standing;

/// An account, or why there is none.
type Account = Result<PromiseReport, String>;

/// What became of promises, as was told before.
#[derive(Default)]
pub(super) struct Told {
    /// The works of documents by their id: reading a source again takes longer than all the rest.
    works: Kept<String, [Work]>,
    /// By the ledger's last entry, both documents, and whether the figures may be seen.
    accounts: Kept<(String, String, String, bool), Account>,
    /// By the ledger's last entry, the document, the day, and whether the targets may be seen.
    fates: Kept<(String, String, Day, bool), BTreeMap<String, Fate>>,
}

/// The list of documents.
pub(super) fn list(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    if assessment.documents.is_empty() {
        return Err(Refusal::Empty);
    }
    let page = html::documents(assessment, &|document| later(assessment, document), visit.view);
    Ok(Reply::page(page))
}

/// The text of a document.
pub(super) fn one(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let document = by_id(assessment, visit.id)?;
    let expected = || Fate::words().collect::<Vec<_>>().join(" | ");
    let only = visit
        .asked
        .get("mark")
        .map(|word| Fate::parse(word).ok_or_else(|| fault("mark", word, &expected())));
    let only = only.transpose()?;
    let later = later(assessment, document);
    let known = fates(visit, document, later)?;
    let told = known.values().any(|fate| matches!(fate, Fate::Promise(_)));
    let fates = Fates {
        known: &known,
        later: later.filter(|_| told),
        earlier: earlier(assessment, document),
        only,
    };
    Ok(Reply::page(html::document(assessment, document, &fates, visit.view)))
}

/// Two documents side by side.
pub(super) fn compare(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    if visit.asked.has_empty() {
        let language = visit.asked.language().filter(|language| *language != Language::default());
        let address = visit.view.here.clone().with_some("lang", language.map(Language::as_str));
        return Ok(Reply::see(&address.to_string()));
    }
    let expected = || Wanted::words().collect::<Vec<_>>().join(" | ");
    let only = visit
        .asked
        .get("outcome")
        .map(|word| Wanted::parse(word).ok_or_else(|| fault("outcome", word, &expected())));
    let strength = visit
        .asked
        .get("strength")
        .map(|word| word.parse::<Modality>().map_err(|_| fault("strength", word, "firm | aim")));
    let (only, strength) = (only.transpose()?, strength.transpose()?);
    let sides = sides(visit, assessment)?;
    let told = sides.map(|sides| told(visit, sides)).transpose()?;
    let compared = sides.zip(told.as_deref()).map(|((before, after), told)| Compared {
        before,
        after,
        account: told.as_ref().map_err(String::as_str),
    });
    // A dash stands for promises of which no department is known, since an empty value asks nothing.
    let department = visit.asked.get("department").map(|name| if name == "-" { "" } else { name });
    let page = ComparePage { assessment, compared, only, department, strength };
    Ok(Reply::page(html::compare(visit.view, &page)))
}

/// The account of two documents as comma-separated values.
pub(super) fn compare_csv(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    download(visit, assessment, ("csv", "text/csv; charset=utf-8"), |report| {
        written(|out| promises::csv(out, report))
    })
}

/// The account of two documents as JSON.
pub(super) fn compare_json(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    download(visit, assessment, ("json", "application/json"), |report| {
        written(|out| promises::json(out, report))
    })
}

/// The account of two documents as a workbook.
pub(super) fn compare_xlsx(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    download(visit, assessment, ("xlsx", media), |report| {
        promises::workbook(report).map_err(|error| Refusal::Failed(error.to_string()))
    })
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| Refusal::Failed(error.to_string()))?;
    Ok(bytes)
}

fn download(
    visit: &Visit<'_>,
    assessment: &Assessment,
    (extension, media): (&str, &str),
    write: impl FnOnce(&PromiseReport) -> Result<Vec<u8>, Refusal>,
) -> Result<Reply, Refusal> {
    let Some(sides) = sides(visit, assessment)? else { return Err(Refusal::NotFound) };
    let told = told(visit, sides)?;
    let report = told.as_ref().as_ref().map_err(|why| fault("to", &sides.1.document.id, why))?;
    let bytes = write(report)?;
    let (before, after) = (&sides.0.document.id, &sides.1.document.id);
    let name = format!("duixian-promises-{before}-{after}.{extension}");
    Ok(Reply::attachment(bytes, media, &name))
}

type Sides<'a> = (&'a DocumentAssessment, &'a DocumentAssessment);

/// The two documents that are asked for; the latest two that follow each other where none is. `None` where there are
/// no such two.
fn sides<'a>(visit: &Visit<'_>, assessment: &'a Assessment) -> Result<Option<Sides<'a>>, Refusal> {
    let named = |field: &str| {
        visit.asked.get(field).map(|id| {
            let mut all = assessment.documents.iter();
            all.find(|document| document.document.id == id).ok_or_else(|| {
                let ids = assessment.documents.iter().map(|one| one.document.id.as_str());
                fault(field, id, &ids.collect::<Vec<_>>().join(" | "))
            })
        })
    };
    let (from, to) = (named("from").transpose()?, named("to").transpose()?);
    let pair = match (from, to) {
        (Some(from), Some(to)) => Some((from, to)),
        (Some(from), None) => later(assessment, from).map(|to| (from, to)),
        (None, Some(to)) => earlier(assessment, to).map(|from| (from, to)),
        (None, None) => assessment
            .documents
            .iter()
            .find_map(|to| earlier(assessment, to).map(|from| (from, to))),
    };
    match pair {
        Some((from, to)) if from.document.id == to.document.id => {
            let expected = if visit.view.language == Language::Chinese {
                "另一份报告"
            } else {
                "another report"
            };
            Err(fault("to", &to.document.id, expected).into())
        }
        pair => Ok(pair),
    }
}

/// The year for which a document promises.
fn promises_for(document: &DocumentAssessment) -> Option<i32> {
    let profile = &document.document.profile;
    profile.plan_year.or_else(|| profile.result_year?.checked_add(1))
}

/// Whether two documents are of one region, or name none.
fn same_region(one: &DocumentAssessment, other: &DocumentAssessment) -> bool {
    let code = |document: &DocumentAssessment| {
        let name = document.document.profile.region.clone()?;
        Some(Region::code_of(&name).map(str::to_owned).unwrap_or(name))
    };
    code(one) == code(other)
}

/// Whether `later` accounts for what `document` promises.
fn accounts_for(later: &DocumentAssessment, document: &DocumentAssessment) -> bool {
    let profile = &later.document.profile;
    let of = profile.result_year.or_else(|| profile.plan_year?.checked_sub(1));
    document.counts.targets > 0
        && later.counts.results > 0
        && of.is_some()
        && of == promises_for(document)
        && later.document.id != document.document.id
        && same_region(later, document)
}

/// The report that accounts for what a document promises; of several the one that was filed last.
fn later<'a>(
    assessment: &'a Assessment,
    document: &DocumentAssessment,
) -> Option<&'a DocumentAssessment> {
    let fits = assessment.documents.iter().filter(|later| accounts_for(later, document));
    fits.max_by(|one, other| one.document.imported_at.cmp(&other.document.imported_at))
}

/// The report whose promises a document accounts for; of several the one that was filed last.
fn earlier<'a>(
    assessment: &'a Assessment,
    document: &DocumentAssessment,
) -> Option<&'a DocumentAssessment> {
    let fits = assessment.documents.iter().filter(|earlier| accounts_for(document, earlier));
    fits.max_by(|one, other| one.document.imported_at.cmp(&other.document.imported_at))
}

/// The code of a document's region, where the guest may see its figures.
fn readable(visit: &Visit<'_>, document: &DocumentAssessment) -> Option<String> {
    let profile = &document.document.profile;
    let region =
        visit.house.store.read(|ledger| Ok::<_, LedgerError>(region_of(profile, Some(ledger))));
    region.ok().flatten().filter(|region| visit.guest.may(Right::Read, region, None))
}

/// What became of the promises of a document.
fn told(visit: &Visit<'_>, (before, after): Sides<'_>) -> Result<Arc<Account>, Refusal> {
    let region = readable(visit, before);
    let house = visit.house;
    house.store.read(|ledger| {
        let ids = [before, after].map(|document| document.document.id.clone());
        let [from, to] = ids;
        let key = (head(ledger)?, from, to, region.is_some());
        house.told.accounts.get_or(key, || {
            let report = |document: &DocumentAssessment| {
                let filed = &document.document;
                let works = house.told.works.get_or(filed.id.clone(), || {
                    let works = works_of(ledger, filed);
                    works.map_err(|error| Refusal::Failed(error.to_string()))
                })?;
                let own = document.statements.iter();
                Ok::<_, Refusal>(Report {
                    document: described(filed),
                    statements: own.map(|assessed| assessed.statement.clone()).collect(),
                    works,
                    headline: filed.headline.clone(),
                })
            };
            let (before, after) = (report(before)?, report(after)?);
            let (mut owed, mut figures) = (Owed::default(), None);
            if let Some(region) = &region {
                owed = Owed::of(ledger)?;
                let wanted = (region.as_str(), None);
                figures = Some(observed(ledger, wanted, &before.statements, &house.catalogue)?);
            }
            let found = account((&before, &after), &house.catalogue, &owed, figures.as_ref());
            Ok(found.map_err(|error| error.to_string()))
        })
    })
}

/// What became of the promises of a document by the id of the statement: by the report that accounts for them; of what
/// that leaves open, where the target that came of the statement stands today.
fn fates(
    visit: &Visit<'_>,
    document: &DocumentAssessment,
    later: Option<&DocumentAssessment>,
) -> Result<Arc<BTreeMap<String, Fate>>, Refusal> {
    let today = visit.today()?;
    let region = readable(visit, document);
    let key = visit.house.store.read(|ledger| {
        let id = document.document.id.clone();
        Ok::<_, LedgerError>((head(ledger)?, id, today, region.is_some()))
    })?;
    visit.house.told.fates.get_or(key, || {
        let mut fates = match &region {
            Some(region) => standing_now(visit, document, region, today)?,
            None => BTreeMap::new(),
        };
        let told = later.map(|later| told(visit, (document, later))).transpose()?;
        if let Some(Ok(report)) = told.as_deref() {
            for one in &report.promises {
                let id = one.promise.id.to_string();
                if one.fulfilment != Fulfilment::NotDue || !fates.contains_key(&id) {
                    fates.insert(id, Fate::Promise(one.fulfilment));
                }
            }
        }
        Ok(fates)
    })
}

/// Where the targets stand that came of a document's statements.
fn standing_now(
    visit: &Visit<'_>,
    document: &DocumentAssessment,
    region: &str,
    today: Day,
) -> Result<BTreeMap<String, Fate>, Refusal> {
    let promised: BTreeSet<&str> = document
        .statements
        .iter()
        .filter(|one| one.statement.role == Role::Target)
        .map(|one| &*one.statement.id)
        .collect();
    let targets = visit.house.store.read(|ledger| standing::targets(ledger, Some(region), None))?;
    let came = |target: &&Target| promised.contains(target.statement.as_str());
    let years: BTreeSet<i16> =
        targets.iter().filter(came).map(|target| target.period.year()).collect();
    let mut fates = BTreeMap::new();
    for year in years {
        let found = super::standing::standings(visit, (region, year, today), &targets)?;
        for one in found.indicators.iter().flat_map(|group| &group.targets) {
            if promised.contains(one.target.statement.as_str()) {
                fates.insert(one.target.statement.clone(), Fate::Standing(one.status));
            }
        }
    }
    Ok(fates)
}
