//! What a report says of itself: title, region, issuer, years.

use terms::{Block, BlockKind, Part, Profile};

pub(super) fn profile(text: &str, blocks: &[Block]) -> Profile {
    let of = |block: &Block| text[block.span.range()].to_owned();
    let title = blocks.iter().find(|block| block.kind == BlockKind::Title).map(of);
    let mut profile = Profile { title: title.clone(), ..Profile::default() };
    let opening = blocks
        .iter()
        .filter(|block| block.part == Part::Opening && block.kind == BlockKind::Paragraph)
        .map(|block| &text[block.span.range()]);
    for line in opening.take(12) {
        let issuer = ["局", "委员会", "人民政府", "办公室", "厅", "委"]
            .iter()
            .any(|end| line.ends_with(end));
        if issuer && profile.issuer.is_none() && line.chars().count() <= 30 {
            profile.issuer = Some(line.to_owned());
        }
        if let Some(year) = date_year(line).filter(|_| profile.plan_year.is_none()) {
            profile.plan_year = Some(year);
        }
    }
    let highest =
        blocks.iter().filter(|block| block.kind == BlockKind::Heading && block.level == 1);
    let headings: Vec<(Part, Option<i32>)> =
        highest.map(|block| (block.part, years(&text[block.span.range()]).next())).collect();
    let named = |part| headings.iter().find_map(|(p, year)| year.filter(|_| *p == part));
    profile.result_year = named(Part::Results);
    profile.plan_year = named(Part::Targets).or(profile.plan_year);
    if let Some(title) = &title {
        let found: Vec<i32> = years(title).collect();
        let (first, last) = (found.first().copied(), found.last().copied());
        if found.len() >= 2 {
            // A title that names two years that follow each other is surer than one heading, but not than two that
            // agree.
            let follow = |one: Option<i32>, next: Option<i32>| {
                one.zip(next).is_some_and(|(one, next)| next == one + 1)
            };
            if !follow(named(Part::Results), named(Part::Targets)) {
                let told = profile.result_year.filter(|_| !follow(first, last));
                profile.result_year = told.or(first);
                profile.plan_year = last;
            }
        } else if let Some(year) = first {
            if ["执行情况", "完成情况", "运行情况", "收支情况", "进展情况", "公报", "回顾"]
                .iter()
                .any(|word| title.contains(word))
            {
                profile.result_year = profile.result_year.or(Some(year));
            } else if ["目标", "计划", "安排"].iter().any(|word| title.contains(word)) {
                profile.plan_year = Some(year);
            } else {
                profile.result_year = profile.result_year.or(Some(year));
            }
        }
        profile.region = region(title);
    }
    match (profile.result_year, profile.plan_year) {
        (None, Some(year)) => profile.result_year = Some(year - 1),
        (Some(year), None) => profile.plan_year = Some(year + 1),
        _ => {}
    }
    profile
}

/// Years such as 2024年 in a text.
pub(super) fn years(text: &str) -> impl Iterator<Item = i32> + '_ {
    text.match_indices('年').filter_map(|(at, _)| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        let year: i32 = digits.parse().ok()?;
        (1949..2100).contains(&year).then_some(year)
    })
}

/// The year of a line that is a date: 2024年2月3日在……会议上.
pub(super) fn date_year(line: &str) -> Option<i32> {
    let line = line.trim_start_matches(['(', '（', '—', ' ']);
    let year = years(line).next()?;
    (line.starts_with(|c: char| c.is_ascii_digit()) && line.contains('月') && line.contains('日'))
        .then_some(year)
}

pub(super) fn region(title: &str) -> Option<String> {
    let rest = title.trim_start_matches(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c));
    let rest = rest.strip_prefix("关于").unwrap_or(rest);
    // 2024年永康市……
    let rest = rest.strip_prefix('年').unwrap_or(rest);
    let cut = |mark: &str| rest.find(mark).unwrap_or(rest.len());
    let stop = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
    let stop = ["人民政府", "政府", "国民经济", "关于"]
        .iter()
        .map(|mark| cut(mark))
        .fold(stop, usize::min);
    let end = rest[..stop].rfind(['省', '市', '县', '区', '州', '旗', '盟'])?;
    let end = end + rest[end..].chars().next().map_or(0, char::len_utf8);
    let name = &rest[..end];
    (name.chars().count() >= 2 && !name.contains(|c: char| c.is_ascii_digit()))
        .then(|| name.to_owned())
}
