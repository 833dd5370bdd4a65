//! What changed between two days, and what will likely be missed.

use rust_decimal::Decimal;
use terms::{Standing, Standings, Turn};

/// The indicators that stand elsewhere than on an earlier day: what got worse first, then what got better, each in the
/// order of urgency.
pub fn turns(before: &Standings, now: &Standings) -> Vec<Turn> {
    let earlier = |code: &str, period| {
        let same =
            before.indicators.iter().find(|one| one.indicator == code && one.period == period);
        same.map(|one| one.status)
    };
    let mut turns: Vec<Turn> = now
        .indicators
        .iter()
        .filter_map(|one| {
            let from = earlier(&one.indicator, one.period)?;
            let worst = one.targets.iter().find(|own| own.status == one.status);
            (from != one.status).then(|| Turn {
                indicator: one.indicator.clone(),
                name: one.name.clone(),
                from,
                to: one.status,
                worse: one.status.urgency() < from.urgency(),
                reason: worst.map(|own| own.reason.clone()).unwrap_or_default(),
            })
        })
        .collect();
    turns.sort_by_key(|turn| (!turn.worse, turn.to.urgency()));
    turns
}

/// The targets that are more likely missed than met, each with the place of its indicator, the least likely first.
/// What was decided already is not among them.
pub fn unlikely(now: &Standings) -> Vec<(usize, &Standing)> {
    let half = Decimal::new(5, 1);
    let mut found: Vec<(usize, &Standing)> = now
        .indicators
        .iter()
        .enumerate()
        .flat_map(|(at, one)| one.targets.iter().map(move |own| (at, own)))
        .filter(|(_, own)| own.outlook.as_ref().is_some_and(|outlook| outlook.probability < half))
        .collect();
    found.sort_by_key(|(at, own)| (own.outlook.as_ref().map(|known| known.probability), *at));
    found
}

#[cfg(test)]
mod tests {
    use terms::{IndicatorStanding, Period, Status};

    use super::*;

    fn on(day: &str, statuses: &[(&str, Status)]) -> Standings {
        let one = |(code, status): &(&str, Status)| IndicatorStanding {
            indicator: (*code).to_owned(),
            name: format!("指标{code}"),
            period: "2024".parse::<Period>().unwrap(),
            status: *status,
            disagreement: String::new(),
            targets: Vec::new(),
        };
        Standings {
            as_of: day.parse().unwrap(),
            region: "330784".into(),
            year: 2024,
            counts: Vec::new(),
            indicators: statuses.iter().map(one).collect(),
        }
    }

    #[test]
    fn what_got_worse_comes_first_and_what_stayed_is_left_out() {
        use Status::{AtRisk, Met, Missed, NoData, OnTrack};
        let before = on("2024-09-20", &[("a", AtRisk), ("b", OnTrack), ("c", Met), ("d", OnTrack)]);
        let now = on(
            "2024-10-20",
            &[("a", OnTrack), ("b", AtRisk), ("c", Met), ("d", Missed), ("new", NoData)],
        );
        let turned: Vec<_> = turns(&before, &now)
            .into_iter()
            .map(|turn| (turn.indicator, turn.from, turn.to, turn.worse))
            .collect();
        let expected = [
            ("d".to_owned(), OnTrack, Missed, true),
            ("b".to_owned(), OnTrack, AtRisk, true),
            ("a".to_owned(), AtRisk, OnTrack, false),
        ];
        assert_eq!(turned, expected);
        assert!(turns(&now, &now).is_empty() && unlikely(&now).is_empty());
    }
}
