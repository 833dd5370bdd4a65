//! What became of the sections, as it is told.

use methods::water::{
    Basin, Class, Exceeding, Grade, Item, Rating, Sample, Sections, WaterError, basin, mean, rate,
};
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use terms::Period;

use super::read::{Section, names};

/// A section that was judged.
pub(super) struct Judged<'a> {
    section: &'a Section,
    /// Its periods; none where there is only one.
    periods: Vec<(Option<Period>, Rating)>,
    /// Of the means of all periods.
    whole: Rating,
    means: Sample,
}

/// All sections, each river, and all together.
pub(super) struct Found<'a> {
    sections: Vec<Judged<'a>>,
    rivers: Vec<(&'a str, Basin)>,
    all: Basin,
}

/// Judges all sections; an error says what is wrong with which.
pub(super) fn judged(sections: &[Section]) -> Result<Found<'_>, String> {
    let judged = sections.iter().map(judge).collect::<Result<Vec<_>, _>>()?;
    let of = |river: Option<&str>| {
        let own = judged.iter().filter(|one| river.is_none_or(|name| one.section.river == name));
        let own: Vec<Sections<'_>> = own
            .map(|Judged { section, means, .. }| Sections {
                body: section.body,
                target: section.target,
                sample: means,
            })
            .collect();
        basin(&own).map_err(|error| fault(&error))
    };
    let mut rivers: Vec<(&str, Basin)> = Vec::new();
    for section in sections.iter().filter(|section| !section.river.is_empty()) {
        if !rivers.iter().any(|(name, _)| *name == section.river) {
            rivers.push((&section.river, of(Some(&section.river))?));
        }
    }
    let all = of(None)?;
    Ok(Found { sections: judged, rivers, all })
}

fn judge(section: &Section) -> Result<Judged<'_>, String> {
    let wrong = |when: Option<Period>| {
        let when = when.map_or(String::new(), |when| format!(" {when}"));
        move |error: WaterError| format!("断面“{}”{when}：{}", section.name, fault(&error))
    };
    let mut periods = Vec::new();
    for (when, sample) in &section.samples {
        let rating = rate(section.body, section.target, sample).map_err(wrong(*when))?;
        if section.samples.len() > 1 {
            periods.push((*when, rating));
        }
    }
    let samples: Vec<Sample> = section.samples.iter().map(|(_, sample)| *sample).collect();
    let means = mean(&samples).map_err(wrong(None))?;
    let whole = rate(section.body, section.target, &means).map_err(wrong(None))?;
    Ok(Judged { section, periods, whole, means })
}

fn fault(error: &WaterError) -> String {
    match error {
        WaterError::Nothing => "没有监测数据（应至少有一项）".to_owned(),
        WaterError::Negative { item, value } => {
            format!("{}是负数：{value}（应为 0 或正数；没有数据则留空）", names(*item).1)
        }
        WaterError::Absurd { item, value, most } => {
            format!(
                "{}过大：{value}（应不超过 {}；请核对单位，应为 mg/L）",
                names(*item).1,
                plain(*most)
            )
        }
        other => other.to_string(),
    }
}

fn class(one: Class) -> &'static str {
    match one {
        Class::First => "Ⅰ类",
        Class::Second => "Ⅱ类",
        Class::Third => "Ⅲ类",
        Class::Fourth => "Ⅳ类",
        Class::Fifth => "Ⅴ类",
        Class::Beyond => "劣Ⅴ类",
    }
}

fn grade(one: Grade) -> &'static str {
    match one {
        Grade::Excellent => "优",
        Grade::Good => "良好",
        Grade::Light => "轻度污染",
        Grade::Moderate => "中度污染",
        Grade::Heavy => "重度污染",
    }
}

fn plain(number: Decimal) -> String {
    number.round_dp(10).normalize().to_string()
}

/// A share with one decimal.
fn share(number: Option<Decimal>) -> String {
    number.map_or("—".to_owned(), |number| format!("{:.1}%", number.round_dp(1)))
}

/// The table of the sections, and what stands below it.
pub(super) fn table(found: &Found<'_>) -> (Grid, Vec<String>) {
    let mut grid = Grid::of(&[
        "断面",
        "河流",
        "目标",
        "类别",
        "达标",
        "定类项目",
        "超标项目（倍数）",
        "项目数",
    ]);
    for Judged { section, whole, .. } in &found.sections {
        let list =
            |items: &[Item]| items.iter().map(|item| names(*item).1).collect::<Vec<_>>().join("、");
        let above = whole.exceeding.iter().map(|Exceeding { item, times, .. }| match times {
            None => names(*item).1.to_owned(),
            Some(times) => format!("{}（{:.2}）", names(*item).1, times.round_dp(2)),
        });
        grid.rows.push(vec![
            section.name.clone(),
            section.river.clone(),
            class(section.target).to_owned(),
            class(whole.class).to_owned(),
            if whole.complies { "是" } else { "否" }.to_owned(),
            list(&whole.deciding),
            above.collect::<Vec<_>>().join("、"),
            format!("{}/21", Item::ALL.len() - whole.missing.len()),
        ]);
    }
    let mut closing: Vec<String> =
        found.rivers.iter().map(|(name, one)| format!("{name}：{}", said(one))).collect();
    closing.push(format!("全部：{}", said(&found.all)));
    if found.sections.iter().any(|one| !one.section.halved.is_empty()) {
        closing.push("注意 未检出的按检出限的一半计算".to_owned());
    }
    if found.sections.iter().any(|one| !one.whole.missing.is_empty()) {
        closing
            .push("注意 项目不全的断面只按已有项目定类，全部 21 项的类别只会相同或更差".to_owned());
    }
    (grid, closing)
}

fn said(one: &Basin) -> String {
    let by = match one.mean_class {
        None => String::new(),
        Some(mean) => format!("（少于 5 个断面，按平均浓度 {}）", class(mean)),
    };
    format!(
        "{} 个断面，Ⅰ—Ⅲ类 {}，劣Ⅴ类 {}，功能区达标率 {}，{}{by}",
        one.sections(),
        share(one.good_share()),
        share(one.beyond_share()),
        share(one.complying_share()),
        grade(one.grade),
    )
}

/// The whole answer for programs.
pub(super) fn json(found: &Found<'_>) -> Value {
    let sections = found.sections.iter().map(|one| {
        let mut json = rating(&one.whole);
        let measured = Item::ALL.into_iter().zip(one.means);
        let means = measured
            .filter_map(|(item, value)| Some((names(item).0.to_owned(), json!(plain(value?)))));
        let codes = |items: &[Item]| -> Value { items.iter().map(|item| names(*item).0).collect() };
        json["section"] = one.section.name.as_str().into();
        json["river"] = one.section.river.as_str().into();
        json["target"] = one.section.target.number().into();
        json["values"] = Value::Object(means.collect());
        json["below_detection"] = codes(&one.section.halved);
        json["periods"] = one
            .periods
            .iter()
            .map(|(when, one)| {
                let mut json = rating(one);
                json["period"] = json!(when.map(|when| when.to_string()));
                json
            })
            .collect();
        json
    });
    let rivers = found.rivers.iter().map(|(name, one)| {
        let mut json = whole(one);
        json["river"] = (*name).into();
        json
    });
    json!({
        "standard": "GB 3838-2002",
        "sections": sections.collect::<Vec<_>>(),
        "rivers": rivers.collect::<Vec<_>>(),
        "all": whole(&found.all),
    })
}

fn rating(one: &Rating) -> Value {
    let codes = |items: &[Item]| -> Value { items.iter().map(|item| names(*item).0).collect() };
    let exceeding = one.exceeding.iter().map(|Exceeding { item, class: worse, times }| {
        json!({
            "item": names(*item).0,
            "name": names(*item).1,
            "class": worse.number(),
            "times": times.map(plain),
        })
    });
    json!({
        "class": one.class.number(),
        "class_name": class(one.class),
        "complies": one.complies,
        "deciding": codes(&one.deciding),
        "exceeding": exceeding.collect::<Vec<_>>(),
        "missing": codes(&one.missing),
    })
}

fn whole(one: &Basin) -> Value {
    json!({
        "sections": one.sections(),
        "classes": one.classes,
        "good_percent": one.good_share().map(plain),
        "beyond_percent": one.beyond_share().map(plain),
        "complying_percent": one.complying_share().map(plain),
        "grade": grade(one.grade),
        "mean_class": one.mean_class.map(Class::number),
    })
}
