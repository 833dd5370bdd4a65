//! Years that cannot be meant.

use terms::{CheckCode, DraftFinding, Part, Role};

use super::hold::Held;
use super::{Check, error};

/// Years outside of these are slips of the keyboard.
const POSSIBLE: std::ops::RangeInclusive<i32> = 1000..=2100;

/// A report is given early in the year for which it plans: a result of this month or a later one cannot be in it.
const NOT_YET: u8 = 6;

/// Reports years that are not right.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    let profile = check.draft.profile;
    // Only a title that names both years says which is which.
    let named = |year: Option<i32>| {
        let title = profile.title.as_deref().unwrap_or_default();
        year.is_some_and(|year| title.contains(&format!("{year}年")))
    };
    let sure = named(profile.result_year) && named(profile.plan_year);
    let title = "题目所写的年度".to_owned();
    for named in &check.draft.asides.years {
        let year = named.year;
        let meant = match named.part {
            Part::Results => profile.result_year,
            Part::Targets => profile.plan_year,
            _ => None,
        };
        if !POSSIBLE.contains(&year) && year % 100 != 0 {
            let message = format!("{year}年不可能");
            found.push(error(CheckCode::Year, named.span, message, "公元纪年".to_owned()));
        } else if !sure {
            continue;
        } else if named.heading {
            let Some(meant) = meant.filter(|meant| *meant != year) else { continue };
            let message = format!("标题写{year}年，本部分应为{meant}年");
            let mut finding = error(CheckCode::Year, named.span, message, title.clone());
            finding.suggestion = Some(format!("{meant}年"));
            found.push(finding);
        } else if named.part == Part::Results && !named.planned {
            let Some(plan) = profile.plan_year else { continue };
            let late = named.month.is_some_and(|month| month >= NOT_YET);
            // Years that end in 0 and 5 are horizons of longer plans.
            let soon = (plan + 1..=plan + 3).contains(&year) && year % 5 != 0;
            if soon || year == plan && late {
                let message = format!("{year}年尚未到来，不能有结果");
                found.push(error(CheckCode::Year, named.span, message, title.clone()));
            }
        }
    }
    told_of_another_year(check, found);
}

/// A result whose number the ledger has for the report's year, told of another one.
fn told_of_another_year(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for (statement, _, held) in check.statements() {
        let measure: &str = &statement.measure;
        let named = measure.get(..4).and_then(|digits| digits.parse::<i32>().ok());
        let behind = measure.get(4..).is_some_and(|rest| rest.starts_with('年'));
        let (Some(named), Some(year), true) = (named, statement.year, behind) else { continue };
        let agrees = matches!(held, Some(Held::Agrees)) && statement.role == Role::Result;
        if agrees && named != year && check.draft.profile.result_year == Some(year) {
            let message = format!("“{}”写作{named}年，台账中这是{year}年的数", statement.quote);
            let mut finding =
                error(CheckCode::Year, statement.span, message, format!("台账：{year}年"));
            finding.suggestion = Some(format!("{year}年"));
            found.push(finding);
        }
    }
}
