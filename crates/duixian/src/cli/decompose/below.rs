//! Who takes part in a target: where each stands, how much it can carry, and which target it has already.

use std::collections::BTreeMap;

use assessment::formula::Figures;
use assessment::region::{Input, Kind, Share, Use, derived_in, level_in};
use ledger::{Ledger, PlanQuery};
use rust_decimal::Decimal;
use terms::{Day, Department, Facet, Indicator, Period, PlanKind, PlanObject, TargetFacet, Unit};

use super::super::list::{kind_of, moment};
use super::super::regional;
use super::super::table_file::{self, Row};
use super::asked::Goal;
use super::{Arguments, To, is_kept};
use crate::error::Failure;
use crate::figures::LedgerFigures;

/// Somebody who takes a part.
pub(super) struct Taker {
    pub(super) share: Share,
    pub(super) name: String,
    /// The figures that its share rests on.
    pub(super) inputs: Vec<Input>,
    /// The target that it has.
    pub(super) before: Option<Before>,
    /// What is to be known of it, in Chinese.
    pub(super) remarks: Vec<String>,
}

/// A target that is there already.
pub(super) struct Before {
    pub(super) code: String,
    pub(super) state: String,
    pub(super) state_name: String,
    /// As adjusted, in the unit of the goal.
    pub(super) value: Decimal,
    pub(super) version: i64,
    /// Whether a department owns it.
    owned: bool,
}

/// Everybody who takes part.
pub(super) fn takers(
    arguments: &Arguments,
    goal: &Goal<'_>,
    (ledger, figures): (&Ledger, &LedgerFigures<'_>),
    catalogue: &[Indicator],
    day: Day,
) -> Result<Vec<Taker>, Failure> {
    let departments = ledger.departments()?;
    let table = arguments.shares.as_ref().map(|_| table(arguments, goal, ledger, &departments));
    let table = table.transpose()?.unwrap_or_default();
    let names: Vec<(String, String)> = match arguments.to {
        To::Children => {
            let places = regional::below(ledger, &goal.region, regional::last_day(goal.period)?)?;
            places.into_iter().map(|place| (place.code, place.name)).collect()
        }
        To::Departments => {
            if table.is_empty() && !arguments.check {
                return Err(Failure::Input(
                    "分给部门没有依据（应以 --shares 给出各部门的基数或权重）".to_owned(),
                ));
            }
            let named = departments.iter().filter(|known| known.active);
            let takes = |known: &&Department| arguments.check || table.contains_key(&known.code);
            named.filter(takes).map(|one| (one.code.clone(), one.name.clone())).collect()
        }
    };
    let strange = table.keys().find(|code| names.iter().all(|(known, _)| known != *code));
    if let (Some(code), Some(file)) = (strange, &arguments.shares) {
        let region = &goal.region.name;
        return Err(Failure::Input(format!(
            "{}：{code} 不是{region}的下级或在用部门（应为分解对象的代码或名称）",
            file.display()
        )));
    }
    let mut before = targets(arguments, goal, (ledger, &names), day)?;
    let weight = arguments.weight.as_deref();
    let weight = weight.map(|written| regional::indicator(written, catalogue)).transpose()?;
    let mut found = Vec::with_capacity(names.len());
    for (code, name) in names {
        let (given, said) = table.get(&code).cloned().unwrap_or_default();
        let had = before.remove(&code);
        let mut taker = Taker {
            share: Share { code: code.clone(), ..given },
            name,
            inputs: Vec::new(),
            before: had,
            remarks: Some(said).filter(|said| !said.is_empty()).into_iter().collect(),
        };
        if arguments.to == To::Children {
            taker.stand(goal, (figures, catalogue), weight);
        }
        if let Some(had) = &taker.before {
            let kept = is_kept(arguments.revise, &arguments.open, &had.state, [&code, &had.code]);
            if kept {
                taker.share.kept.get_or_insert(had.value);
            }
        }
        found.push(taker);
    }
    if arguments.to == To::Departments && arguments.check {
        found.retain(|taker| taker.before.is_some());
    }
    let known = |one: &String| {
        let has = |before: &Before| before.code == *one;
        one == "all"
            || found.iter().any(|t| t.share.code == *one || t.before.as_ref().is_some_and(has))
    };
    if let Some(strange) = arguments.open.iter().find(|one| !known(one)) {
        return Err(Failure::Input(format!(
            "--open 中的“{strange}”不是下级或其目标（应为下级的代码、其目标的代码或 all）"
        )));
    }
    Ok(found)
}

impl Taker {
    /// Looks up where a region stands, as far as the table does not say.
    fn stand(
        &mut self,
        goal: &Goal<'_>,
        (figures, catalogue): (&LedgerFigures<'_>, &[Indicator]),
        weight: Option<&Indicator>,
    ) {
        let Some(before) = goal.period.in_year(goal.period.year() - 1) else { return };
        let usual = |indicator: &Indicator| Unit::new(indicator.unit.as_str());
        let own = (goal.indicator, before);
        if matches!(goal.kind, Kind::Amount | Kind::Increment) && self.share.now.is_none() {
            self.share.now = self.look(figures, own, &goal.unit, Use::Base);
        }
        if matches!(goal.kind, Kind::Growth(_)) && self.share.scale.is_none() {
            self.share.scale = self.look(figures, own, &usual(goal.indicator), Use::Base);
        }
        if matches!(goal.kind, Kind::Ratio(_)) {
            if let Some(denominator) = goal.denominator.filter(|_| self.share.scale.is_none()) {
                let (asked, unit) = ((denominator, before), usual(denominator));
                self.share.scale = self.look(figures, asked, &unit, Use::Denominator);
            }
            if self.share.now.is_none() {
                self.share.now = self.ratio(goal, (figures, catalogue), before);
            }
        }
        if let Some(weight) = weight.filter(|_| self.share.weight.is_none()) {
            let asked = (weight, before);
            self.share.weight = self.look(figures, asked, &usual(weight), Use::Weight);
        }
        let series = figures.series(&goal.indicator.code, &self.share.code, Facet::Level);
        let changed =
            series.as_ref().and_then(|known| known.redefined_between(before, goal.period));
        if let Some(change) = changed {
            let from = change.from.chinese();
            self.remarks.push(format!("自{from}起口径变化（{}），基数是旧口径的", change.reason));
        }
    }

    /// The ratio of a region as it was published, or what its two figures come to.
    fn ratio(
        &mut self,
        goal: &Goal<'_>,
        (figures, catalogue): (&LedgerFigures<'_>, &[Indicator]),
        period: Period,
    ) -> Option<Decimal> {
        let code = self.share.code.clone();
        let asked = (goal.indicator, code.as_str(), period);
        if let Ok((input, number)) = level_in(figures, asked, &goal.unit, Use::Base) {
            self.inputs.push(input);
            return Some(number);
        }
        let usual = Unit::new(goal.indicator.unit.as_str());
        let found = derived_in(figures, (goal.indicator, catalogue), (&code, period));
        match found.map(|(inputs, number)| (inputs, usual.convert(number, &goal.unit))) {
            Ok((inputs, number)) => {
                for input in inputs {
                    let same = |known: &Input| known.observation == input.observation;
                    if !self.inputs.iter().any(same) {
                        self.inputs.push(input);
                    }
                }
                number
            }
            Err(lack) => {
                self.remarks.push(lack.to_string());
                None
            }
        }
    }

    fn look(
        &mut self,
        figures: &LedgerFigures<'_>,
        (indicator, period): (&Indicator, Period),
        unit: &Unit,
        used_as: Use,
    ) -> Option<Decimal> {
        let asked = (indicator, self.share.code.as_str(), period);
        match level_in(figures, asked, unit, used_as) {
            Ok((input, number)) => {
                self.inputs.push(input);
                Some(number)
            }
            Err(lack) => {
                self.remarks.push(lack.to_string());
                None
            }
        }
    }
}

/// The shares of a table by the code of who takes them.
fn table(
    arguments: &Arguments,
    goal: &Goal<'_>,
    ledger: &Ledger,
    departments: &[Department],
) -> Result<BTreeMap<String, (Share, String)>, Failure> {
    const COLUMNS: [table_file::Column; 7] = [
        ("code", "代码"),
        ("base", "基数"),
        ("weight", "权重"),
        ("denominator", "分母"),
        ("floor", "下限"),
        ("cap", "上限"),
        ("kept", "已定"),
    ];
    let Some(path) = &arguments.shares else { return Ok(BTreeMap::new()) };
    let mut found = BTreeMap::new();
    for row in table_file::read(path, &COLUMNS, 1)? {
        let fault = |said: String| row.fault(path, said);
        let [code, cells @ ..] = &row.cells[..] else { continue };
        let code = match arguments.to {
            To::Children => ledger.region_code(code).map_err(|error| fault(error.to_string()))?,
            To::Departments => departments
                .iter()
                .find(|known| known.active && (known.code == *code || known.name == *code))
                .map(|known| known.code.clone())
                .ok_or_else(|| fault(format!("没有部门“{code}”（应为在用部门的代码或名称）")))?,
        };
        let mut numbers = Vec::with_capacity(cells.len());
        for (cell, (_, title)) in cells.iter().zip(COLUMNS.iter().skip(1)) {
            numbers.push(number(cell, title).map_err(fault)?);
        }
        let [base, weight, denominator, floor, cap, kept] = numbers[..] else { continue };
        let share = Share {
            code: code.clone(),
            now: base,
            scale: match goal.kind {
                Kind::Ratio(_) => denominator,
                Kind::Growth(_) | Kind::Amount | Kind::Increment => base,
            },
            weight,
            floor,
            cap,
            kept,
        };
        let given = cells.iter().zip(COLUMNS.iter().skip(1)).filter(|(cell, _)| !cell.is_empty());
        let titles: Vec<&str> = given.map(|(_, (_, title))| *title).collect();
        let said = format!("{}见 {} 第 {} 行", titles.join("、"), path.display(), row.line);
        if found.insert(code.clone(), (share, said)).is_some() {
            return Err(twice(&row, path, &code));
        }
    }
    Ok(found)
}

fn twice(row: &Row, path: &std::path::Path, code: &str) -> Failure {
    row.fault(path, format!("{code} 重复（每个对象只写一行）"))
}

fn number(cell: &str, title: &str) -> Result<Option<Decimal>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let number = crate::entered::amount(cell, &Unit::new("")).ok().and_then(|found| found.exact());
    number.map(Some).ok_or_else(|| format!("{title}“{cell}”（应为十进制数，单位同总目标）"))
}

/// The targets that those who take part have for the same thing, by who has them.
fn targets(
    arguments: &Arguments,
    goal: &Goal<'_>,
    (ledger, names): (&Ledger, &[(String, String)]),
    day: Day,
) -> Result<BTreeMap<String, Before>, Failure> {
    let kind: &'static PlanKind = kind_of("target")?;
    let at = arguments.as_of.map(|day| moment(&day.to_string()));
    let objects = ledger.plan_objects(kind, &PlanQuery::default(), at.as_deref())?;
    let own = goal.target.as_ref().map(|target| target.code.as_str());
    let mut found: BTreeMap<String, Before> = BTreeMap::new();
    for object in objects {
        let same = object.value("indicator") == goal.indicator.code
            && object.value("period").parse() == Ok(goal.period)
            && object.value("facet").parse() == Ok::<TargetFacet, _>(goal.facet)
            && object.state != "cancelled"
            && Some(object.code.as_str()) != own;
        let taker = taker_of(arguments, goal, &object).filter(|_| same);
        let known = |taker: &String| names.iter().any(|(code, _)| code == taker);
        let Some(taker) = taker.filter(known) else { continue };
        let Some(target) = ledger.target(&object.code, at.as_deref())? else { continue };
        let value = target.unit.convert(target.on(day).value, &goal.unit).ok_or_else(|| {
            Failure::Input(format!(
                "目标 {} 的单位“{}”不能换算为“{}”（应为可换算的单位）",
                object.code, target.unit, goal.unit
            ))
        })?;
        let before = Before {
            state_name: object.state_name().to_owned(),
            owned: object.department.is_some(),
            state: object.state,
            value,
            version: object.version,
            code: object.code,
        };
        match found.get(&taker) {
            // Beside a region's own target, that of one of its departments is a part of it.
            Some(other) if !other.owned && before.owned => continue,
            Some(other) if other.owned == before.owned => {
                return Err(Failure::Input(format!(
                    "{taker} 有两个同样的目标：{}、{}（应撤销其一）",
                    other.code, before.code
                )));
            }
            _ => {}
        }
        found.insert(taker, before);
    }
    Ok(found)
}

/// Who has a target: the region, where regions take part; else the department.
fn taker_of(arguments: &Arguments, goal: &Goal<'_>, object: &PlanObject) -> Option<String> {
    match arguments.to {
        To::Children => Some(object.region.clone()).filter(|region| *region != goal.region.code),
        To::Departments => object.department.clone().filter(|_| object.region == goal.region.code),
    }
}
