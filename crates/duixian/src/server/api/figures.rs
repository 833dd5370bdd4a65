//! Figures and their series.

use ledger::{Ledger, LedgerError};
use publication::open::{FigureRecord, SeriesRecord, figure_id};
use serde::Serialize;
use terms::{Day, Facet, FigureQuery, Period, Redefinition, Scope};
use utoipa::ToSchema;

use super::catalogue::known;
use super::endpoint::{AS_OF, Call, Endpoint, Found, Shape, described};
use super::parameter::{Kind, Parameter, facets, path, query};
use super::problem::Problem;

const INDICATOR: Parameter =
    query("indicator", Kind::Code, "gdp").many().says("指标代码", "Codes of indicators");
const REGION: Parameter =
    query("region", Kind::Region, "339901").many().says("行政区划代码", "Codes of regions");
const FACET: Parameter = query("facet", Kind::Word(facets), "level")
    .says("水平 level 或同比 growth", "Levels, or growth on the year");

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/api/v1/figures",
        name: "figures",
        chinese: "数据：按指标、地区、时期，按某日所知，或全部修订",
        english: "Figures by indicator, region and period, as known on a day or with all revisions",
        scope: Some(Scope::Figures),
        own: &[
            INDICATOR,
            REGION,
            FACET,
            query("from", Kind::Period, "2024-01..03")
                .says("自此时期起（以末月论）", "From this period on, by the last month"),
            query("to", Kind::Period, "2024").says("至此时期（以末月论）", "Up to this period"),
            AS_OF,
            query("updated_after", Kind::Day, "2024-06-30")
                .says("此日之后才公布的", "Only what became known later than on this day"),
            query("history", Kind::Flag, "false")
                .says("也要被修订和撤回的数", "Revised and withdrawn figures too"),
        ],
        shape: Shape::List(described::<FigureRecord>),
        answer: figures,
    },
    Endpoint {
        path: "/api/v1/figures/{id}",
        name: "figure",
        chinese: "一个数据",
        english: "One figure",
        scope: Some(Scope::Figures),
        own: &[path("id", Kind::Id, "gdp:339901:growth:2024-H1:2024-07-18")
            .says("指标:地区:口径:时期:发布日", "indicator:region:facet:period:vintage")],
        shape: Shape::One(described::<FigureRecord>),
        answer: figure,
    },
    Endpoint {
        path: "/api/v1/series",
        name: "series",
        chinese: "序列：哪些指标、地区、口径有数据",
        english: "Series: of which indicators, regions and facets there are figures",
        scope: Some(Scope::Figures),
        own: &[INDICATOR, REGION, FACET],
        shape: Shape::List(described::<SeriesRecord>),
        answer: series,
    },
    Endpoint {
        path: "/api/v1/series/{id}",
        name: "one-series",
        chinese: "一个序列：按某日所知的数据和口径变化",
        english: "One series as known on a day, with changes of definition",
        scope: Some(Scope::Figures),
        own: &[
            path("id", Kind::Id, "gdp:339901:growth")
                .says("指标:地区:口径", "indicator:region:facet"),
            AS_OF,
        ],
        shape: Shape::One(described::<SeriesSheet>),
        answer: one_series,
    },
];

/// A series with its figures.
#[derive(Serialize, ToSchema)]
#[schema(title = "Series with its figures")]
struct SeriesSheet {
    /// The day as of which it is told.
    #[schema(format = Date)]
    as_of: String,
    /// The series.
    series: SeriesRecord,
    /// Its figures: of each period the last that was known.
    figures: Vec<FigureRecord>,
    /// Changes of definition, by the first period of the new one.
    breaks: Vec<Break>,
}

/// A change of an indicator's definition: figures from a period on are not comparable with those before.
#[derive(Serialize, ToSchema)]
struct Break {
    /// The first period of the new definition.
    period: String,
    /// The day on which it became known.
    #[schema(format = Date)]
    known: String,
    /// Code of the region; null for all regions.
    region: Option<String>,
    /// What changed, in a Chinese sentence.
    reason: String,
}

impl From<&Redefinition> for Break {
    fn from(change: &Redefinition) -> Self {
        Break {
            period: change.from.to_string(),
            known: change.known.to_string(),
            region: change.region.as_deref().map(str::to_owned),
            reason: change.reason.to_string(),
        }
    }
}

/// The regions of which figures are wanted, all of them such as the guest may read; `None` for every region.
fn regions(call: &Call<'_>, ledger: &Ledger) -> Result<Option<Vec<String>>, Problem> {
    let asked = call.values.many("region");
    if let Some(closed) = asked.iter().find(|code| !call.may(code, None)) {
        return Err(Problem::region(closed));
    }
    if !asked.is_empty() {
        return Ok(Some(asked.to_vec()));
    }
    let all = ledger.observed_regions()?;
    let open: Vec<String> = all.iter().filter(|code| call.may(code, None)).cloned().collect();
    Ok((open.len() < all.len()).then_some(open))
}

/// The indicators that are wanted, each of which there is.
fn indicators(call: &Call<'_>) -> Result<Vec<String>, Problem> {
    let asked = call.values.many("indicator");
    asked.iter().try_for_each(|code| known(call, "indicator", code).map(|_| ()))?;
    Ok(asked.to_vec())
}

fn figures(call: &Call<'_>) -> Result<Found, Problem> {
    let values = call.values;
    let indicators = indicators(call)?;
    let (offset, limit) = call.window();
    call.house.store.read(|ledger| {
        let regions = regions(call, ledger)?;
        if regions.as_ref().is_some_and(Vec::is_empty) {
            return call.page(Vec::<FigureRecord>::new(), |record| record);
        }
        let query = FigureQuery {
            indicators,
            regions: regions.unwrap_or_default(),
            facets: values.words("facet"),
            from: values.period("from"),
            to: values.period("to"),
            as_of: Some(call.as_of()),
            updated_after: values.day("updated_after"),
            history: values.flag("history"),
            offset,
            limit: Some(limit + 1),
        };
        let mut found = ledger.figures(&query)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let rows: Vec<FigureRecord> = found.iter().map(FigureRecord::from).collect();
        Ok(Found::List { rows: Box::new(rows), more })
    })
}

/// Indicator, region and facet of the id of a series.
fn series_of(id: &str) -> Option<(&str, &str, Facet, &str)> {
    let mut parts = id.splitn(4, ':');
    let (indicator, region) = (parts.next()?, parts.next()?);
    let facet = parts.next()?.parse().ok()?;
    Some((indicator, region, facet, parts.next().unwrap_or("")))
}

fn nothing(id: &str, chinese: &str, english: &str) -> Problem {
    Problem::unknown("id", id, &(chinese.to_owned(), english.to_owned()))
}

fn figure(call: &Call<'_>) -> Result<Found, Problem> {
    let id = call.part("id");
    let unknown = || {
        nothing(
            id,
            "已有的“指标:地区:口径:时期:发布日”",
            "the id of a figure that /api/v1/figures lists",
        )
    };
    let (indicator, region, facet, rest) = series_of(id).ok_or_else(unknown)?;
    let (period, vintage) = rest.split_once(':').ok_or_else(unknown)?;
    let (Ok(period), Ok(vintage)) = (period.parse::<Period>(), vintage.parse::<Day>()) else {
        return Err(unknown());
    };
    if !call.may(region, None) {
        return Err(Problem::region(region));
    }
    let query = FigureQuery {
        indicators: vec![indicator.to_owned()],
        regions: vec![region.to_owned()],
        facets: vec![facet],
        from: Some(period),
        to: Some(period),
        history: true,
        ..FigureQuery::default()
    };
    let found = call.house.store.read(|ledger| ledger.figures(&query))?;
    let found = found.iter().find(|known| known.period == period && known.vintage == vintage);
    // What is written in another way than the id is not the id.
    let found = found.filter(|known| figure_id(known) == id).ok_or_else(unknown)?;
    Found::one(&FigureRecord::from(found))
}

fn observed(call: &Call<'_>) -> Result<Vec<SeriesRecord>, LedgerError> {
    let all = call.house.store.read(Ledger::observed)?;
    let open = all.iter().filter(|(_, region, ..)| call.may(region, None));
    Ok(open
        .map(|(indicator, region, facet, count)| {
            SeriesRecord::new(indicator, region, *facet, *count)
        })
        .collect())
}

fn series(call: &Call<'_>) -> Result<Found, Problem> {
    let (indicators, values) = (indicators(call)?, call.values);
    let regions = values.many("region");
    if let Some(closed) = regions.iter().find(|code| !call.may(code, None)) {
        return Err(Problem::region(closed));
    }
    let mut all = observed(call)?;
    all.retain(|known| {
        (indicators.is_empty() || indicators.contains(&known.indicator))
            && (regions.is_empty() || regions.contains(&known.region))
            && values.one("facet").is_none_or(|facet| known.facet == facet)
    });
    call.page(all, |record| record)
}

fn one_series(call: &Call<'_>) -> Result<Found, Problem> {
    let id = call.part("id");
    let unknown =
        || nothing(id, "已有的“指标:地区:口径”", "the id of a series that /api/v1/series lists");
    let (indicator, region, facet, rest) = series_of(id).ok_or_else(unknown)?;
    if !call.may(region, None) {
        return Err(Problem::region(region));
    }
    let record = observed(call)?.into_iter().find(|known| known.id == id && rest.is_empty());
    let record = record.ok_or_else(unknown)?;
    let as_of = call.as_of();
    let read = |ledger: &Ledger| ledger.series(indicator, region, facet, Some(as_of));
    let found = call.house.store.read(read)?;
    Found::one(&SeriesSheet {
        as_of: as_of.to_string(),
        series: record,
        figures: found.observations.iter().map(FigureRecord::from).collect(),
        breaks: found.redefinitions.iter().map(Break::from).collect(),
    })
}
