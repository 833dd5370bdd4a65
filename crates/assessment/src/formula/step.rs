//! From one period to another.

use terms::Period;

/// A way from a period to one that it is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// So many periods of its own length; of those from January to a month, so many months.
    Own(i32),
    /// So many months; a period from January stays one.
    Months(i32),
    /// So many years, to the same months.
    Years(i32),
    /// The year that the period lies in.
    FullYear,
}

impl Step {
    /// So many such steps at once.
    pub(crate) fn times(self, count: i32) -> Option<Step> {
        Some(match self {
            Step::Own(own) => Step::Own(own.checked_mul(count)?),
            Step::Months(months) => Step::Months(months.checked_mul(count)?),
            Step::Years(years) => Step::Years(years.checked_mul(count)?),
            Step::FullYear => Step::FullYear,
        })
    }

    /// The period that it leads to, where there is one.
    pub(crate) fn from(self, period: Period) -> Option<Period> {
        let months = i32::from(period.last_month() - period.first_month()) + 1;
        match self {
            Step::FullYear => Period::year_of(period.year()),
            Step::Years(years) => {
                period.in_year(i16::try_from(i32::from(period.year()).checked_add(years)?).ok()?)
            }
            Step::Months(count) => {
                let length = if period.is_cumulative() { None } else { Some(months) };
                ending(period, count, length)
            }
            Step::Own(count) => match (period.is_cumulative(), months) {
                (true, 3 | 6 | 12) | (false, _) => {
                    ending(period, count.checked_mul(months)?, Some(months))
                }
                (true, _) => ending(period, count, None),
            },
        }
    }
}

/// The period that ends so many months later, of so many months, or from January on.
fn ending(period: Period, months: i32, length: Option<i32>) -> Option<Period> {
    let end = i32::from(period.year())
        .checked_mul(12)?
        .checked_add(i32::from(period.last_month()) - 1)?
        .checked_add(months)?;
    let (year, last) = (end.div_euclid(12), end.rem_euclid(12) + 1);
    let first = length.map_or(1, |length| last - length + 1);
    Period::months(i16::try_from(year).ok()?, u8::try_from(first).ok()?, u8::try_from(last).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_to_a_period_of_the_same_kind() {
        for (from, step, to) in [
            ("2024", Step::Own(-1), "2023"),
            ("2024-Q1", Step::Own(-1), "2023-Q4"),
            ("2024-Q3", Step::Own(1), "2024-Q4"),
            ("2024-H1", Step::Own(-1), "2023-H2"),
            ("2024-01..05", Step::Own(-1), "2024-01..04"),
            ("2024-01..02", Step::Own(-2), "2023"),
            ("2024-01", Step::Own(-1), "2023-12"),
            ("2024-05", Step::Own(2), "2024-07"),
            ("2024-Q1", Step::Months(-1), "2024-01..02"),
            ("2024-Q2", Step::Months(3), "2024-Q3"),
            ("2024-05", Step::Months(-12), "2023-05"),
            ("2024-01..05", Step::Years(-1), "2023-01..05"),
            ("2024-01", Step::Years(-2), "2022-01"),
            ("2024-01..05", Step::FullYear, "2024"),
            ("2024-Q4", Step::FullYear, "2024"),
        ] {
            let (from, to): (Period, Period) = (from.parse().unwrap(), to.parse().unwrap());
            assert_eq!(step.from(from), Some(to), "{from} {step:?}");
        }
        let period: Period = "2024-Q2".parse().unwrap();
        for step in [Step::Months(1), Step::Years(i32::MAX), Step::Own(i32::MIN), Step::Years(900)]
        {
            assert_eq!(step.from(period), None, "{step:?}");
        }
    }
}
