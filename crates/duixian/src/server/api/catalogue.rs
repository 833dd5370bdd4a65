//! What the interface has, the indicators, and the regions: open to every key.

use publication::open::{IndicatorRecord, RegionRecord};
use serde::Serialize;
use terms::Indicator;
use utoipa::ToSchema;

use super::endpoint::{AS_OF, Call, Endpoint, Found, Shape, described};
use super::parameter::{Kind, frequencies, path, query, tiers};
use super::problem::Problem;
use super::{dcat, endpoints};

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/api/v1",
        name: "resources",
        chinese: "有哪些数据",
        english: "What there is",
        scope: None,
        own: &[],
        shape: Shape::One(described::<Resources>),
        answer: resources,
    },
    Endpoint {
        path: "/api/v1/catalog.jsonld",
        name: "catalog",
        chinese: "数据目录（DCAT）",
        english: "Catalogue of data (DCAT)",
        scope: None,
        own: &[],
        shape: Shape::Linked,
        answer: dcat::catalog,
    },
    Endpoint {
        path: "/api/v1/indicators",
        name: "indicators",
        chinese: "指标目录：定义、单位、方向、频率、责任部门",
        english: "Indicators: definition, unit, direction, frequency, owner",
        scope: None,
        own: &[
            query("q", Kind::Text, "生产总值")
                .says("名称或代码中的字", "Words in a name or the code"),
            query("frequency", Kind::Word(frequencies), "month").says("频率", "The frequency"),
            query("owner", Kind::Text, "统计局")
                .says("责任部门", "The department that answers for it"),
        ],
        shape: Shape::List(described::<IndicatorRecord>),
        answer: indicators,
    },
    Endpoint {
        path: "/api/v1/indicators/{code}",
        name: "indicator",
        chinese: "一个指标",
        english: "One indicator",
        scope: None,
        own: &[path("code", Kind::Code, "gdp").says("指标代码", "Code of the indicator")],
        shape: Shape::One(described::<IndicatorRecord>),
        answer: indicator,
    },
    Endpoint {
        path: "/api/v1/regions",
        name: "regions",
        chinese: "地区：GB/T 2260 和台账自己的乡镇、村",
        english: "Regions: GB/T 2260, and the ledger's own below",
        scope: None,
        own: &[
            query("parent", Kind::Region, "330700").says("直接上级", "What they belong to"),
            query("tier", Kind::Word(tiers), "county").says("层级", "How high they stand"),
            query("q", Kind::Text, "青石")
                .says("名称或代码中的字", "Words in the name or the code"),
            AS_OF,
        ],
        shape: Shape::List(described::<RegionRecord>),
        answer: regions,
    },
    Endpoint {
        path: "/api/v1/regions/{code}",
        name: "region",
        chinese: "一个地区",
        english: "One region",
        scope: None,
        own: &[
            path("code", Kind::Region, "339901").says("行政区划代码", "Code of the region"),
            AS_OF,
        ],
        shape: Shape::One(described::<RegionRecord>),
        answer: region,
    },
];

/// What the interface has.
#[derive(Serialize, ToSchema)]
struct Resources {
    /// The version of the interface: within one, nothing is taken away or renamed.
    version: &'static str,
    /// Where it is described for programs.
    openapi: &'static str,
    /// Where it is described for people.
    documentation: &'static str,
    /// What may be asked for.
    resources: Vec<Resource>,
}

/// Something that may be asked for.
#[derive(Serialize, ToSchema)]
struct Resource {
    /// Its name.
    name: &'static str,
    /// Its address; what stands in braces is to be filled in.
    path: &'static str,
    /// What it is, in Chinese.
    title: &'static str,
    /// What it is, in English.
    english: &'static str,
    /// What a key has to open; null where none is needed.
    scope: Option<&'static str>,
    /// The media types that it comes in.
    formats: Vec<&'static str>,
}

fn resources(_: &Call<'_>) -> Result<Found, Problem> {
    let resources = endpoints().map(|known| Resource {
        name: known.name,
        path: known.path,
        title: known.chinese,
        english: known.english,
        scope: known.scope.map(terms::Scope::as_str),
        formats: known.formats().iter().map(|format| format.media()).collect(),
    });
    Found::one(&Resources {
        version: "1",
        openapi: super::openapi::PATH,
        documentation: "/api",
        resources: resources.collect(),
    })
}

/// The indicator of a code of a path or query, or that there is none.
pub(super) fn known<'a>(
    call: &Call<'a>,
    field: &str,
    code: &str,
) -> Result<&'a Indicator, Problem> {
    let found = call.house.catalogue.iter().find(|known| known.code == code);
    found.ok_or_else(|| {
        let expected = (
            "/api/v1/indicators 所列的代码".to_owned(),
            "a code that /api/v1/indicators lists".to_owned(),
        );
        Problem::unknown(field, code, &expected)
    })
}

fn indicators(call: &Call<'_>) -> Result<Found, Problem> {
    let values = call.values;
    let wanted = values.one("q").map(str::to_lowercase);
    let fits = |known: &&Indicator| {
        let named = |text: &str| {
            let mut names = known.names().chain([known.code.as_str(), known.english.as_str()]);
            names.any(|name| name.to_lowercase().contains(text))
        };
        wanted.as_deref().is_none_or(named)
            && values.one("frequency").is_none_or(|word| known.frequency.as_str() == word)
            && values.one("owner").is_none_or(|owner| known.owner == owner)
    };
    call.page(call.house.catalogue.iter().filter(fits), IndicatorRecord::from)
}

fn indicator(call: &Call<'_>) -> Result<Found, Problem> {
    Found::one(&IndicatorRecord::from(known(call, "code", call.part("code"))?))
}

fn regions(call: &Call<'_>) -> Result<Found, Problem> {
    let mut all = call.house.store.read(|ledger| ledger.regions(call.as_of()))?;
    let values = call.values;
    all.retain(|known| {
        values.one("parent").is_none_or(|parent| known.parent.as_deref() == Some(parent))
            && values.one("tier").is_none_or(|tier| known.tier.as_str() == tier)
            && values.one("q").is_none_or(|q| known.name.contains(q) || known.code.contains(q))
    });
    call.page(&all, RegionRecord::from)
}

fn region(call: &Call<'_>) -> Result<Found, Problem> {
    let code = call.part("code");
    let found = call.house.store.read(|ledger| ledger.region_at(code, call.as_of()))?;
    let expected =
        ("这一天有的地区代码".to_owned(), "a region that there is on the day".to_owned());
    let found = found.ok_or_else(|| Problem::unknown("code", code, &expected))?;
    Found::one(&RegionRecord::from(&found))
}
