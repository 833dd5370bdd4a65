//! Years that cannot be meant.

use terms::{CheckCode, DraftFinding, NamedYear, Part, Role, Span};

use super::hold::Held;
use super::{Check, error, quoted};

/// Years outside of these are slips of the keyboard.
const POSSIBLE: std::ops::RangeInclusive<i32> = 1000..=2100;

/// A report is given early in the year for which it plans: a result of this month or a later one cannot be in it.
const NOT_YET: u8 = 6;

/// From this month on a report for the next year may be dated.
const EARLY: u8 = 11;

/// So many characters around a year tell the same place of another text.
const SAME_PLACE: usize = 8;

/// Reports years that are not right.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    let profile = check.draft.profile;
    let years = profile.result_year.zip(profile.plan_year);
    // Only a title that names two years that follow each other says which is which.
    let title = profile.title.as_deref().unwrap_or_default();
    let named = |year: i32| title.contains(&format!("{year}年"));
    let sure = years.filter(|(result, plan)| *plan == result + 1 && named(*result) && named(*plan));
    let headings = headings(check);
    if let Some(finding) = against_headings(check, headings) {
        found.push(finding);
    }
    for named in &check.draft.asides.years {
        if !POSSIBLE.contains(&named.year) && named.year % 100 != 0 {
            let message = format!("{}年不可能", named.year);
            found.push(error(CheckCode::Year, named.span, message, "公元纪年".to_owned()));
        } else if let Some(finding) = moved(check, named) {
            found.push(finding);
        } else if let Some(years) = sure
            && headings != Some((years.0 - 1, years.1 - 1))
            && headings != Some((years.0 + 1, years.1 + 1))
        {
            found.extend(against_title(named, years));
        }
    }
    told_of_another_year(check, found);
}

/// The years of the headings of results and targets, where each has one.
fn headings(check: &Check<'_>) -> Option<(i32, i32)> {
    let of = |part: Part| {
        let years = &check.draft.asides.years;
        years.iter().find(|named| named.heading && named.part == part).map(|named| named.year)
    };
    of(Part::Results).zip(of(Part::Targets)).filter(|(result, plan)| *plan == result + 1)
}

/// A title whose years are not those on which the headings of both parts agree.
fn against_headings(check: &Check<'_>, headings: Option<(i32, i32)>) -> Option<DraftFinding> {
    let (result, plan) = headings?;
    let title = check.draft.profile.title.as_deref()?;
    let both = |year: i32| title.contains(&format!("{year}年"));
    // A title with one year or none says less.
    let years = title.match_indices("年").filter(|(at, _)| {
        at.checked_sub(4)
            .and_then(|from| title.get(from..*at))
            .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    });
    if years.count() != 2 || both(result) && both(plan) {
        return None;
    }
    let block = check.draft.blocks.iter().find(|block| block.kind == terms::BlockKind::Title)?;
    let message = format!("题目的年度与各部分标题（{result}年、{plan}年）不符");
    Some(error(CheckCode::Year, block.span, message, "本稿各部分的标题".to_owned()))
}

/// A year against those of the title.
fn against_title(named: &NamedYear, (result, plan): (i32, i32)) -> Option<DraftFinding> {
    let year = named.year;
    let source = "题目所写的年度".to_owned();
    if named.heading {
        let meant = match named.part {
            Part::Results => result,
            Part::Targets => plan,
            _ => return None,
        };
        let message = format!("标题写{year}年，本部分应为{meant}年");
        let mut finding = error(CheckCode::Year, named.span, message, source);
        finding.suggestion = Some(format!("{meant}年"));
        return (year != meant).then_some(finding);
    }
    if named.part == Part::Opening && named.day && named.around.0.trim().is_empty() {
        let early = year == result && named.month.is_some_and(|month| month >= EARLY);
        let message = format!("报告的日期在{year}年，题目的计划年度是{plan}年");
        return (year != plan && !early)
            .then(|| error(CheckCode::Year, named.span, message, source));
    }
    if named.part == Part::Results && !named.planned {
        let late = named.month.is_some_and(|month| month >= NOT_YET);
        // Years that end in 0 and 5 are horizons of longer plans.
        let soon = (plan + 1..=plan + 3).contains(&year) && year % 5 != 0;
        let message = format!("{year}年的这一时间尚未到来，不能有结果");
        return (soon || year == plan && late)
            .then(|| error(CheckCode::Year, named.span, message, source));
    }
    None
}

/// A year that an earlier text of the draft tells otherwise at the very same place.
fn moved(check: &Check<'_>, named: &NamedYear) -> Option<DraftFinding> {
    let (before, behind) = &named.around;
    let long = before.chars().count() + behind.chars().count() >= SAME_PLACE;
    let known = check.known.filter(|_| long)?;
    let same = || {
        let told = known.earlier.iter().flat_map(|asides| &asides.years);
        told.filter(|other| other.around == named.around && other.heading == named.heading)
    };
    let other = same().next()?;
    // The place may occur more than once, each with its year.
    if named.heading || same().any(|other| other.year == named.year) {
        return None;
    }
    let message = format!("此处写{}年，此前文件为{}年", named.year, other.year);
    let mut finding =
        error(CheckCode::Year, named.span, message, "台账中同一题目的文件".to_owned());
    finding.suggestion = Some(format!("{}年", other.year));
    Some(finding)
}

/// A result whose number the ledger has for the report's year, told of another one.
fn told_of_another_year(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for (statement, _, held) in check.statements() {
        let measure: &str = &statement.measure;
        let named = measure.get(..4).and_then(|digits| digits.parse::<i32>().ok());
        let behind = measure.get(4..).is_some_and(|rest| rest.starts_with('年'));
        let (Some(named), Some(year), true) = (named, statement.year, behind) else { continue };
        let agrees = matches!(held, Some(Held::Agrees)) && statement.role == Role::Result;
        // Of the claims of a sentence that share the year the first is enough.
        let told = |finding: &DraftFinding| {
            finding.code == CheckCode::Year && within(finding.span, statement)
        };
        if agrees
            && named != year
            && check.draft.profile.result_year == Some(year)
            && !found.iter().any(told)
        {
            let words = quoted(&statement.quote);
            let message = format!("{words}写作{named}年，台账中这是{year}年的数");
            let mut finding =
                error(CheckCode::Year, statement.span, message, format!("台账：{year}年"));
            finding.suggestion = Some(format!("{year}年"));
            found.push(finding);
        }
    }
}

/// Whether a span lies in the sentence of a statement, as far as its length tells.
fn within(span: Span, statement: &terms::Statement) -> bool {
    span.start.abs_diff(statement.span.start) < statement.sentence.len()
}
