//! Declared counts that are not the number of what is listed.

use terms::{CheckCode, DraftFinding, Headline, Span, Verdict};

use super::{Check, error};

/// Reports counts that are not right.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for list in &check.draft.asides.lists {
        let (least, most) = list.listed;
        if (least..=most).contains(&list.declared) {
            continue;
        }
        let message = format!("称有{}个，列举的是{most}个", list.declared);
        let source = "本稿同一句的列举".to_owned();
        found.push(error(CheckCode::Count, list.span, message, source));
    }
    if let Some(headline) = check.draft.headline {
        found.extend(account(check, headline));
    }
}

/// The report's own account: the numbers of the groups against the names, and against the whole.
fn account(check: &Check<'_>, headline: &Headline) -> Option<DraftFinding> {
    let named = |verdict| headline.outcomes.iter().filter(|one| one.verdict == verdict).count();
    let groups = [
        (headline.declared_met, Verdict::Met, "完成"),
        (headline.declared_short, Verdict::Short, "未达目标"),
    ];
    let source = "本稿对主要指标的说明".to_owned();
    for (declared, verdict, what) in groups {
        let Some(declared) = declared else { continue };
        let count = named(verdict);
        if usize::try_from(declared).ok()? != count {
            let message = format!("称{what}的指标{declared}项，列出名称{count}项");
            return Some(error(
                CheckCode::Count,
                place(check, headline, declared),
                message,
                source,
            ));
        }
    }
    let declared = headline.declared?;
    let (met, short) = (headline.declared_met?, headline.declared_short?);
    let no_data = u32::try_from(named(Verdict::NoData)).ok()?;
    let sum = met.checked_add(short)?.checked_add(no_data)?;
    if sum == declared {
        return None;
    }
    let message = format!(
        "称主要指标{declared}项，而完成{met}项、未达{short}项、无数据{no_data}项，共{sum}项"
    );
    Some(error(CheckCode::Count, place(check, headline, declared), message, source))
}

/// The statement of the account that tells a number, else the whole account.
fn place(check: &Check<'_>, headline: &Headline, number: u32) -> Span {
    let told = check.draft.statements.iter().find(|statement| {
        headline.span.contains(statement.span.start)
            && statement.value.as_ref().and_then(terms::Amount::exact) == Some(number.into())
    });
    told.map_or(headline.span, |statement| statement.span)
}
