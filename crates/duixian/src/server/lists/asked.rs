//! What an address asks of a list.

use publication::html::{Fault, ListAsked, ListOrder, ListView, PlanListKind};
use terms::PlanKind;

use super::super::visit::{Refusal, Visit};

/// Reads the address; a word that is none of those known is told with what was expected.
pub(super) fn asked(visit: &Visit<'_>, list: PlanListKind) -> Result<ListAsked, Refusal> {
    let text = |name: &str| {
        let text = visit.asked.get(name).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let bad = |field: &str, value: &str, expected: String| {
        let (field, value) = (field.to_owned(), value.to_owned());
        Refusal::Fault(Fault { field, value, expected })
    };
    let view = match visit.asked.get("view") {
        None => ListView::default(),
        Some(word) => {
            let known = list.views().iter().copied();
            let words = || list.views().iter().map(|own| own.as_str()).collect::<Vec<_>>();
            known
                .clone()
                .find(|own| own.as_str() == word)
                .ok_or_else(|| bad("view", word, words().join(" | ")))?
        }
    };
    let order: Option<ListOrder> = match visit.asked.get("sort") {
        None => None,
        Some(word) => {
            let words = || list.orders().iter().map(|own| own.as_str()).collect::<Vec<_>>();
            let known = list.orders().iter().find(|own| own.as_str() == word);
            Some(*known.ok_or_else(|| bad("sort", word, words().join(" | ")))?)
        }
    };
    let state = text("state");
    let kind = PlanKind::named(list.kind());
    if let (Some(state), Some(kind)) = (&state, kind)
        && kind.state(state).is_none_or(|known| known.code != state)
    {
        let known: Vec<&str> = kind.states.iter().map(|own| own.code).collect();
        return Err(bad("state", state, known.join(" | ")));
    }
    let year = match visit.asked.get("year") {
        None => None,
        Some(word) => {
            let year = word.parse::<i16>().ok().filter(|year| (1900..=2999).contains(year));
            Some(year.ok_or_else(|| bad("year", word, "1900–2999".to_owned()))?)
        }
    };
    let level = text("level").filter(|_| list == PlanListKind::Projects);
    if let Some(level) = level.as_deref()
        && !matches!(level, "province" | "city" | "county")
    {
        return Err(bad("level", level, "province | city | county".to_owned()));
    }
    Ok(ListAsked {
        view,
        text: text("q"),
        state,
        department: text("department"),
        region: text("region"),
        indicator: text("indicator"),
        year,
        level,
        late: visit.asked.get("late") == Some("1"),
        stalled: list == PlanListKind::Projects && visit.asked.get("stalled") == Some("1"),
        order,
    })
}
