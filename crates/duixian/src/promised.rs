//! The grounds on which the promises of a report are accounted for: reports with their works, what a ledger's targets
//! say of them, and its figures. The command line and the pages ask the same question here.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use assessment::{CompareError, KnownFigures, PromiseGrounds, Side};
use ledger::{Ledger, LedgerError, PlanQuery};
use terms::{
    ComparedDocument, Day, Facet, FiledDocument, Headline, Indicator, PlanKind, Profile,
    PromiseReport, Role, Statement, Target, Work,
};

use crate::entered;
use crate::error::Failure;

/// A report with its statements, from a file or from a ledger.
pub(crate) struct Report {
    pub(crate) document: ComparedDocument,
    pub(crate) statements: Vec<Statement>,
    pub(crate) works: Arc<[Work]>,
    pub(crate) headline: Option<Headline>,
}

impl Report {
    fn side(&self) -> Side<'_> {
        Side { document: &self.document, statements: &self.statements }
    }
}

/// The code of the region that a report names, of the table of divisions or of a ledger's own.
pub(crate) fn region_of(profile: &Profile, ledger: Option<&Ledger>) -> Option<String> {
    entered::region(profile.region.as_deref()?, ledger).ok()
}

/// A document of a ledger as it is compared.
pub(crate) fn described(filed: &FiledDocument) -> ComparedDocument {
    ComparedDocument {
        id: filed.id.clone(),
        name: filed.name.clone(),
        profile: filed.profile.clone(),
    }
}

/// The works of a document of a ledger, for which its source is read again: the ledger does not keep them.
///
/// # Errors
/// Where the ledger or the source cannot be read.
pub(crate) fn works_of(ledger: &Ledger, filed: &FiledDocument) -> Result<Vec<Work>, Failure> {
    let bytes = ledger.source(&filed.id)?;
    let source = document::read(&filed.name, &bytes)
        .map_err(|error| Failure::Source { path: PathBuf::from(&filed.name), error })?;
    Ok(statement::works(&source))
}

/// What a ledger's targets say of the statements from which they came.
#[derive(Debug, Default)]
pub(crate) struct Owed {
    /// The targets that came of a statement.
    pub(crate) targets: Vec<Target>,
    /// The names of their departments by the id of that statement.
    pub(crate) departments: BTreeMap<String, String>,
}

impl Owed {
    /// Reads them from a ledger.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub(crate) fn of(ledger: &Ledger) -> Result<Owed, LedgerError> {
        let mut owed = Owed::default();
        let Some(kind) = PlanKind::named("target") else { return Ok(owed) };
        let departments = ledger.departments()?;
        for object in ledger.plan_objects(kind, &PlanQuery::default(), None)? {
            let source = object.value("source").to_owned();
            if source.is_empty() || object.state == "cancelled" {
                continue;
            }
            owed.targets.extend(ledger.target(&object.code, None)?);
            if let Some(code) = object.department {
                let known = departments.iter().find(|known| known.code == code);
                owed.departments.insert(source, known.map_or(code, |known| known.name.clone()));
            }
        }
        Ok(owed)
    }
}

/// A region's figures, as known on a day or now, on the indicators of these promises.
///
/// # Errors
/// Where the ledger cannot be read.
pub(crate) fn observed(
    ledger: &Ledger,
    (region, as_of): (&str, Option<Day>),
    statements: &[Statement],
    catalogue: &[Indicator],
) -> Result<KnownFigures, LedgerError> {
    let mut figures =
        KnownFigures { region: region.to_owned(), as_of, series: BTreeMap::default() };
    let promised = |indicator: &&Indicator| {
        statements.iter().any(|statement| {
            statement.role == Role::Target
                && statement.indicator.as_deref() == Some(indicator.code.as_str())
        })
    };
    for indicator in catalogue.iter().filter(promised) {
        for facet in [Facet::Level, Facet::Growth] {
            let series = ledger.series(&indicator.code, region, facet, as_of)?;
            figures.series.insert((indicator.code.clone(), facet), series);
        }
    }
    Ok(figures)
}

/// Accounts for the promises of the earlier report by the later one and what is known beside them.
///
/// # Errors
/// Where the two give no account.
pub(crate) fn account(
    (before, after): (&Report, &Report),
    catalogue: &[Indicator],
    owed: &Owed,
    figures: Option<&KnownFigures>,
) -> Result<PromiseReport, CompareError> {
    let grounds = PromiseGrounds {
        catalogue,
        departments: &owed.departments,
        headline: after.headline.as_ref(),
        targets: &owed.targets,
        figures,
        works: [&before.works, &after.works],
    };
    assessment::promises(before.side(), after.side(), grounds)
}
