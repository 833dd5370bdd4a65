//! What a report promises, as targets: only what means one bound of one indicator, region and year.

use ledger::PlanChange;
use terms::{
    Amount, Basis, Comparator, Direction, Facet, FiledDocument, Modality, PlanKind, Region, Role,
    Statement,
};

/// The targets that promises come to, and the promises on indicators that come to none, each with its id and why.
pub(crate) type Promised = (Vec<PlanChange>, Vec<(String, String)>);

/// What the promises of a document come to. `region` takes the place of the region that the document names.
///
/// # Errors
/// Where no region is told, or the one that the document names is none.
pub(crate) fn of(
    document: &FiledDocument,
    region: Option<&str>,
    kind: &'static PlanKind,
) -> Result<Promised, String> {
    let Some(named) = region.or(document.profile.region.as_deref()) else {
        return Err("报告没有写明地区（请用 --region 指定）".to_owned());
    };
    let region =
        Region::code_of(named).map_err(|error| format!("{error}；请用 --region 指定"))?.to_owned();
    let (mut changes, mut left) = (Vec::new(), Vec::new());
    for statement in &document.statements {
        let promised = statement.role == Role::Target && statement.indicator.is_some();
        if !promised {
            continue;
        }
        match change(statement, &region, kind) {
            Ok(change) => changes.push(change),
            Err(reason) => left.push((statement.id.to_string(), reason.to_owned())),
        }
    }
    Ok((changes, left))
}

fn change(
    statement: &Statement,
    region: &str,
    kind: &'static PlanKind,
) -> Result<PlanChange, &'static str> {
    if statement.entity.is_some() {
        return Err("说的是另一地区或对象");
    }
    let indicator = statement.indicator.as_deref().ok_or("没有指标")?;
    let year = statement.year.ok_or("没有写明年份")?;
    let (value, unit) = statement.value.as_ref().zip(statement.unit.as_ref()).ok_or("没有数值")?;
    let facet = match statement.basis {
        Some(Basis::Level) => Facet::Level.as_str(),
        Some(Basis::Growth) => Facet::Growth.as_str(),
        Some(Basis::Increment) => "increment",
        Some(Basis::Rank) => "rank",
        Some(Basis::Frequency) | None => return Err("是频次，没有对应的口径"),
    };
    let comparator = statement.comparator.ok_or("没有比较词")?;
    let falls =
        statement.basis == Some(Basis::Growth) && statement.direction == Some(Direction::Down);
    let (value, upper, comparator) = if falls {
        // A fall by 3 % or more is a growth of -3 % or less.
        let ends = (negative(value)?, statement.upper.as_ref().map(negative).transpose()?);
        match (comparator, ends) {
            (Comparator::Range, (value, Some(upper))) => (upper, Some(value), comparator),
            (_, (value, upper)) => (value, upper, comparator.mirrored()),
        }
    } else {
        (value.clone(), statement.upper.clone(), comparator)
    };
    if value.is_lost() || upper.as_ref().is_some_and(Amount::is_lost) {
        return Err("来源缺失数字，不作推测");
    }
    let mut fields: Vec<(&'static str, String)> = vec![
        ("name", statement.measure.to_string()),
        ("indicator", indicator.to_owned()),
        ("region", region.to_owned()),
        ("period", year.to_string()),
        ("facet", facet.to_owned()),
        ("comparator", comparator.as_str().to_owned()),
        ("value", value.to_string()),
        // A multiple may be written without a unit; a target has one.
        ("unit", if unit.as_str().is_empty() { "倍" } else { unit.as_str() }.to_owned()),
        ("source", statement.id.to_string()),
    ];
    fields.extend(upper.map(|upper| ("upper", upper.to_string())));
    fields.extend(statement.modality.map(|modality| {
        let strength = match modality {
            Modality::Firm => "firm",
            Modality::Aim => "aim",
        };
        ("strength", strength.to_owned())
    }));
    let named = |(code, value)| Some((kind.field(code)?, value));
    let fields = fields.into_iter().map(named).collect::<Option<Vec<_>>>();
    Ok(PlanChange {
        kind,
        code: format!("T-{}", statement.id),
        parent: None,
        seen: None,
        fields: fields.ok_or("目标没有这一栏")?,
        state: Some("adopted".to_owned()),
        comment: String::new(),
    })
}

fn negative(value: &Amount) -> Result<Amount, &'static str> {
    let exact = value.exact().ok_or("来源缺失数字，不作推测")?;
    Ok((-exact).into())
}
