//! Days along a line: which day stands where, and where the months begin.

use maud::{Markup, html};
use terms::Day;

/// How wide a day is at least, and the whole line, in units of the picture.
const LEAST_DAY: f64 = 0.5;
const WIDTH: f64 = 960.0;

/// How much room a name of a year and month takes.
const LEAST_ROOM: f64 = 52.0;

/// A stretch of whole months along a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    first: Day,
    days: i64,
    per_day: f64,
}

impl Scale {
    /// The months that hold all of these days, no more than ten years of them; `None` of no days.
    pub(super) fn over(days: impl Iterator<Item = Day>) -> Option<Scale> {
        let (mut low, mut high) = (None, None);
        for day in days {
            low = Some(low.map_or(day, |low: Day| low.min(day)));
            high = Some(high.map_or(day, |high: Day| high.max(day)));
        }
        let (low, high) = low.zip(high)?;
        let first = Day::new(low.year(), low.month(), 1)?;
        let most = first.plus_months(120)?;
        let after = Day::new(high.year(), high.month(), 1)?.plus_months(1)?.min(most);
        let days = first.days_until(after).max(28);
        #[allow(clippy::cast_precision_loss, reason = "ten years are few days")]
        let per_day = (WIDTH / days as f64).max(LEAST_DAY);
        Some(Scale { first, days, per_day })
    }

    /// The width of the line.
    pub(super) fn width(self) -> f64 {
        round(self.at_days(self.days))
    }

    #[allow(clippy::cast_precision_loss, reason = "ten years are few days")]
    fn at_days(self, days: i64) -> f64 {
        days.clamp(0, self.days) as f64 * self.per_day
    }

    /// Where a day begins; days beyond the line stand at its ends.
    pub(super) fn at(self, day: Day) -> f64 {
        round(self.at_days(self.first.days_until(day)))
    }

    /// Where a day ends.
    pub(super) fn after(self, day: Day) -> f64 {
        round(self.at_days(self.first.days_until(day) + 1))
    }

    /// Whether a day stands on the line.
    pub(super) fn holds(self, day: Day) -> bool {
        (0..self.days).contains(&self.first.days_until(day))
    }

    /// The first days of months, quarters or years, so that their names have room, each with its name.
    pub(super) fn marks(self) -> Vec<(Day, String)> {
        let months = self.days / 30;
        let every = match months {
            0..=14 => 1,
            15..=40 => 3,
            _ => 12,
        };
        let mut marks = Vec::new();
        let mut day = Some(self.first);
        while let Some(first) = day.filter(|day| self.holds(*day)) {
            let begins = marks.is_empty() || first.month() == 1;
            if i64::from(first.month() - 1) % every == 0 || marks.is_empty() {
                let name = if begins {
                    format!("{}-{:02}", first.year(), first.month())
                } else {
                    format!("{:02}", first.month())
                };
                marks.push((first, name));
            }
            day = first.plus_months(1);
        }
        // The name of a first month that the next one would cover is left out.
        if let [(first, name), (second, _), ..] = &mut marks[..]
            && self.at(*second) - self.at(*first) < LEAST_ROOM
        {
            name.clear();
        }
        marks
    }

    /// The lines of the months behind what is drawn.
    pub(super) fn grid(self, height: f64) -> Markup {
        html! {
            @for (day, _) in self.marks() {
                line class="grid" x1=(self.at(day)) x2=(self.at(day)) y1="0" y2=(height) {}
            }
        }
    }
}

fn round(at: f64) -> f64 {
    (at * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_in_whole_months() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let scale = Scale::over([day("2024-02-10"), day("2024-03-05")].into_iter()).unwrap();
        assert_eq!(scale.at(day("2024-02-01")), 0.0);
        assert_eq!(scale.after(day("2024-03-31")), scale.width());
        assert_eq!(scale.at(day("2023-01-01")), 0.0, "before the line");
        assert!(!scale.holds(day("2024-04-01")) && scale.holds(day("2024-03-31")));
        let names: Vec<String> = scale.marks().into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["2024-02", "03"]);
        assert!(Scale::over(std::iter::empty()).is_none());
        // A day that somebody mistyped does not make a line of a thousand years.
        let long = Scale::over([day("1900-01-01"), day("2999-01-01")].into_iter()).unwrap();
        assert!(long.days <= 3_660 && long.marks().len() <= 12, "{}", long.days);
    }
}
