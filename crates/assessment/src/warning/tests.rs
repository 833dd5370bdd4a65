//! Rules over figures and objects, and alarms over days.

use terms::{
    Alarm, AlarmAct, AlarmActKind, Better, Escalation, Frequency, NewAlarm, Observation,
    ObservationStatus, PlanKind, Series, Unit, Wait, WarningGrade, WarningRule,
};

use super::*;
use crate::example::series;
use crate::formula::SeriesTable;
use crate::object_figures;

const REGION: &str = "330784";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn grade(severity: WarningSeverity, when: &str) -> WarningGrade {
    WarningGrade { severity, when: when.into(), words: String::new() }
}

fn rule(watch: Watch, grades: Vec<WarningGrade>) -> WarningRule {
    WarningRule {
        code: "r".into(),
        name: "某规则".into(),
        watch,
        grades,
        running: 1,
        cooldown: Wait::Days(30),
        made_up: None,
        escalation: None,
        explanation: "走低".into(),
    }
}

fn figures(scope: &str, grades: &[(WarningSeverity, &str)]) -> WarningRule {
    let watch = Watch::Figures { scope: scope.into() };
    rule(watch, grades.iter().map(|(severity, when)| grade(*severity, when)).collect())
}

fn catalogue() -> Vec<Indicator> {
    [("orders", "在手订单", "亿元"), ("accidents", "事故数", "起")]
        .map(|(code, name, unit)| Indicator {
            code: code.into(),
            name: name.into(),
            english: String::new(),
            synonyms: Vec::new(),
            unit: unit.into(),
            better: Better::Within,
            frequency: Frequency::Month,
            definition: String::new(),
            formula: String::new(),
            owner: String::new(),
        })
        .to_vec()
}

fn sees(rule: WarningRule, indicator: &str, unit: &str, known: &[(&str, &str)]) -> Seen {
    let checked = CheckedWarning::compile(rule, &catalogue()).unwrap();
    let series = series(Facet::Level, unit, known);
    let period = series.observations.last().unwrap().period;
    let mut table = SeriesTable::default();
    table.insert(indicator, REGION, Facet::Level, series);
    assert!(checked.watches_figure(indicator, REGION, Facet::Level));
    let at = FigureAt { indicator, region: REGION, facet: Facet::Level, period };
    let catalogue = catalogue();
    let name = catalogue.iter().find(|known| known.code == indicator).unwrap();
    checked.sees_figure(&table, at, name)
}

#[test]
fn orders_that_fall_two_months_running_are_seen() {
    let rule = || {
        let grades = [
            (WarningSeverity::Orange, "本值 < 上期(本值) × 0.9"),
            (WarningSeverity::Yellow, "本值 < 上期(本值)"),
        ];
        WarningRule { running: 2, ..figures("在手订单 @浙江省", &grades) }
    };
    let seen = |known: &[(&str, &str)]| sees(rule(), "orders", "亿元", known);
    let Seen::Grade(found) = seen(&[("2024-03", "10"), ("2024-04", "9.8"), ("2024-05", "9.6")])
    else {
        panic!()
    };
    assert_eq!(found.severity, WarningSeverity::Yellow);
    assert_eq!(
        found.sentence,
        "永康市在手订单：走低（至2024年5月连续 2 期；左边 9.6亿元 < 右边 9.8亿元）"
    );
    assert_eq!(found.readings.len(), 3);
    // One month that falls is none; two that fall far are worse.
    assert_eq!(seen(&[("2024-03", "9"), ("2024-04", "9.8"), ("2024-05", "9.6")]), Seen::Nothing);
    let far = seen(&[("2024-03", "10"), ("2024-04", "8"), ("2024-05", "6")]);
    assert!(matches!(far, Seen::Grade(Sighting { severity: WarningSeverity::Orange, .. })));
    // A month without a figure breaks the row, and is told.
    let gap = seen(&[("2024-02", "10"), ("2024-04", "9.8"), ("2024-05", "9.6")]);
    assert_eq!(gap, Seen::Unknown("没有永康市2024年3月的在手订单".into()));
}

/// By hand: the mean of 50, 40 and 45 is 45; less 20 % it is 36.
#[test]
fn accidents_above_the_three_year_mean_less_a_fifth_are_seen() {
    let mean = "(移期(本值, -1年) + 移期(本值, -2年) + 移期(本值, -3年)) ÷ 3";
    let (red, yellow) = (format!("本值 > {mean}"), format!("本值 > {mean} × 0.8"));
    let seen = |now: &str| {
        let known = [
            ("2021-01..05", "50"),
            ("2022-01..05", "40"),
            ("2023-01..05", "45"),
            ("2024-01..05", now),
        ];
        let grades = [(WarningSeverity::Red, red.as_str()), (WarningSeverity::Yellow, &yellow)];
        match sees(figures("事故数", &grades), "accidents", "起", &known) {
            Seen::Grade(found) => Some(found.severity),
            Seen::Nothing => None,
            Seen::Unknown(why) => panic!("{why}"),
        }
    };
    assert_eq!(
        ["36", "37", "45", "46"].map(seen),
        [
            None,
            Some(WarningSeverity::Yellow),
            Some(WarningSeverity::Yellow),
            Some(WarningSeverity::Red)
        ]
    );
}

#[test]
fn a_lesser_grade_is_seen_where_the_worse_cannot_be_told() {
    let grades =
        [(WarningSeverity::Red, "本值 < 同期(本值)"), (WarningSeverity::Blue, "本值 < 9亿元")];
    let seen = |value| sees(figures("orders", &grades), "orders", "亿元", &[("2024-05", value)]);
    assert!(matches!(seen("8"), Seen::Grade(Sighting { severity: WarningSeverity::Blue, .. })));
    assert!(matches!(seen("9"), Seen::Unknown(_)));
}

fn problem(name: &str, deadline: &str) -> PlanObject {
    let kind = PlanKind::named("problem").unwrap();
    let mut fields = std::collections::BTreeMap::new();
    for (field, value) in [("name", name), ("opened", "2024-01-05"), ("deadline", deadline)] {
        if !value.is_empty() {
            fields.insert(kind.field(field).unwrap().code, value.to_owned());
        }
    }
    PlanObject {
        number: 1,
        kind,
        code: "W-1".into(),
        parent: None,
        region: REGION.into(),
        department: None,
        fields,
        state: "assigned".into(),
        comment: String::new(),
        state_author: String::new(),
        state_since: String::new(),
        version: 1,
        attachments: Vec::new(),
    }
}

#[test]
fn cases_that_are_open_beyond_the_deadline_are_seen() {
    let kind = PlanKind::named("problem").unwrap();
    let watch = Watch::Objects {
        kind,
        states: vec!["opened", "assigned"],
        containing: vec![("name", "欠薪".into())],
    };
    let grades = vec![
        grade(WarningSeverity::Red, "逾期天数 > 30天"),
        grade(WarningSeverity::Yellow, "逾期天数 > 0"),
    ];
    let checked = CheckedWarning::compile(rule(watch, grades), &catalogue()).unwrap();
    let seen = |object: &PlanObject, on: &str| {
        let figures = object_figures(object, &[], &[], day(on));
        checked.sees_object(&figures, object, day(on))
    };
    let case = problem("某工地欠薪案", "2024-03-01");
    assert!(checked.watches_object(&case) && !checked.watches_object(&problem("扬尘", "")));
    let mut closed = case.clone();
    closed.state = "closed".into();
    assert!(!checked.watches_object(&closed));
    assert_eq!(seen(&case, "2024-03-01"), Seen::Nothing);
    let Seen::Grade(found) = seen(&case, "2024-03-11") else { panic!() };
    assert_eq!(found.severity, WarningSeverity::Yellow);
    assert_eq!(found.sentence, "问题 W-1 某工地欠薪案：走低（2024年；左边 10天 > 右边 0天）");
    assert!(matches!(
        seen(&case, "2024-04-01"),
        Seen::Grade(Sighting { severity: WarningSeverity::Red, .. })
    ));
    let Seen::Unknown(why) = seen(&problem("某工地欠薪案", ""), "2024-04-01") else {
        panic!()
    };
    assert_eq!(why, "没有 W-1 2024年的逾期天数");
}

#[test]
fn a_target_is_seen_by_its_status() {
    let grades = vec![
        grade(WarningSeverity::Red, "missed、off-track"),
        grade(WarningSeverity::Yellow, "at-risk"),
    ];
    let checked = CheckedWarning::compile(rule(Watch::Targets, grades), &[]).unwrap();
    let standing = |status: &str| TargetStanding {
        target: "T-1".into(),
        name: "生产总值增长 6.5%".into(),
        region: REGION.into(),
        status: status.into(),
        sentence: "上半年增长 4.1%".into(),
    };
    let Seen::Grade(found) = checked.sees_target(&standing("off-track")) else { panic!() };
    assert_eq!(found.severity, WarningSeverity::Red);
    assert_eq!(found.sentence, "目标 T-1 生产总值增长 6.5%：走低（上半年增长 4.1%）");
    assert_eq!(checked.sees_target(&standing("met")), Seen::Nothing);
}

#[test]
fn rules_that_cannot_be_used_name_all_their_faults() {
    let mut bad = figures(
        "在手订单",
        &[(WarningSeverity::Yellow, "本值 > "), (WarningSeverity::Red, "本值 > 5起")],
    );
    bad.running = 0;
    bad.escalation = Some(Escalation {
        after: None,
        severity: None,
        department: String::new(),
        deadline: Wait::Days(1),
    });
    let errors = CheckedWarning::compile(bad, &catalogue()).unwrap_err();
    let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
    for expected in [
        "规则 r 的 grade 的次序有误",
        "规则 r 的 running 0（应为 1 到 24 期）",
        "规则 r 的 escalate（应写 after 次数或 severity 级别，至少一个）",
        "规则 r 的 when：第 6 字：这里是公式的结尾",
        "规则 r 的 when：第 6 字：单位“起”不能与“亿元”比较",
    ] {
        assert!(said.iter().any(|said| said.starts_with(expected)), "{expected}: {said:#?}");
    }
    let unknown = figures("订单", &[(WarningSeverity::Red, "本值 > 0")]);
    let errors = CheckedWarning::compile(unknown, &catalogue()).unwrap_err();
    assert!(errors[0].to_string().starts_with("规则 r 的 scope：第 1 字：适用范围里没有“订单”"));
}

/// Alarms as a ledger would keep them.
struct World {
    rule: WarningRule,
    alarms: Vec<Alarm>,
    entry: i64,
    /// The problem, and the entry that settled it.
    settled: Option<i64>,
}

impl World {
    fn new(rule: WarningRule) -> World {
        World { rule, alarms: Vec::new(), entry: 0, settled: None }
    }

    fn act(&mut self, alarm: i64, kind: AlarmActKind, on: Day, severity: Option<WarningSeverity>) {
        self.entry += 1;
        let problem = (kind == AlarmActKind::Escalated).then(|| "W-1".to_owned());
        let (entry, note) = (self.entry, String::new());
        let (at, author) = (String::new(), String::new());
        let act = AlarmAct { entry, at, author, kind, day: on, severity, problem, note };
        self.alarms
            .iter_mut()
            .filter(|own| own.number == alarm)
            .for_each(|own| own.acts.push(act.clone()));
    }

    fn step(&mut self, on: &str, seen: Option<WarningSeverity>) -> Step {
        let done = self.once(on, seen);
        // The same day again changes nothing.
        let (alarms, entry) = (self.alarms.clone(), self.entry);
        let again = self.once(on, seen);
        assert!(
            !matches!(again, Step::Raise { .. } | Step::Ease { .. } | Step::Clear),
            "{on} {again:?}"
        );
        assert_eq!((&self.alarms, self.entry), (&alarms, entry), "{on}");
        done
    }

    fn once(&mut self, on: &str, seen: Option<WarningSeverity>) -> Step {
        let on = day(on);
        let settled = self.settled;
        let problem = |_: &str| settled.map_or(ProblemState::Open, ProblemState::Settled);
        let past: Vec<&Alarm> = self.alarms.iter().collect();
        let decision = decide(&self.rule, seen, &past, &problem, on);
        for (alarm, _) in &decision.close {
            self.act(*alarm, AlarmActKind::Cleared, on, None);
        }
        match &decision.step {
            Step::Raise { severity, escalate, .. } => {
                self.entry += 1;
                let number = i64::try_from(self.alarms.len()).unwrap() + 1;
                let alarm = NewAlarm {
                    rule: "r".into(),
                    subject: "s".into(),
                    name: String::new(),
                    region: REGION.into(),
                    day: on,
                    severity: *severity,
                    condition: String::new(),
                    sentence: String::new(),
                    figures: String::new(),
                };
                let (entry, at, author) = (self.entry, String::new(), String::new());
                self.alarms.push(Alarm { number, entry, at, author, alarm, acts: Vec::new() });
                if *escalate {
                    self.act(number, AlarmActKind::Escalated, on, None);
                    self.settled = None;
                }
            }
            Step::Ease { alarm, to } => self.act(*alarm, AlarmActKind::Eased, on, Some(*to)),
            _ => {}
        }
        decision.step
    }
}

fn raised(severity: WarningSeverity, worse: bool, nth: u32, escalate: bool) -> Step {
    Step::Raise { severity, worse, nth, escalate }
}

#[test]
fn alarms_cool_down_get_worse_escalate_and_arm_again() {
    use WarningSeverity::{Red, Yellow};
    let mut own = figures("orders", &[(Yellow, "本值 > 0")]);
    own.escalation = Some(Escalation {
        after: Some(3),
        severity: None,
        department: String::new(),
        deadline: Wait::Days(15),
    });
    let mut world = World::new(own);
    assert_eq!(world.step("2024-01-31", None), Step::Quiet);
    assert_eq!(world.step("2024-02-01", Some(Yellow)), raised(Yellow, false, 1, false));
    let until = Held::CoolDown(day("2024-03-02"));
    assert_eq!(world.step("2024-02-20", Some(Yellow)), Step::Hold(until));
    assert_eq!(world.step("2024-02-25", Some(Red)), raised(Red, true, 2, false));
    assert_eq!(world.step("2024-03-26", Some(Red)), raised(Red, false, 3, true));
    // The loop is closed only by a verified problem, whatever is seen.
    let held = || Step::Hold(Held::Problem("W-1".into()));
    assert_eq!(world.step("2024-06-01", Some(Red)), held());
    assert_eq!(world.step("2024-06-02", None), held());
    world.entry += 1;
    world.settled = Some(world.entry);
    assert_eq!(world.step("2024-06-03", Some(Yellow)), raised(Yellow, false, 1, false));
    assert_eq!(world.alarms.iter().filter(|alarm| alarm.standing().is_some()).count(), 1);
    assert_eq!(world.step("2024-06-10", None), Step::Clear);
    assert_eq!(world.step("2024-06-11", None), Step::Quiet);
    // What comes back within the cool-down is held, unless it is worse than what was raised.
    assert!(matches!(world.step("2024-06-20", Some(Yellow)), Step::Hold(Held::CoolDown(_))));
    assert_eq!(world.step("2024-06-21", Some(Red)), raised(Red, true, 1, false));
}

#[test]
fn red_turns_yellow_once_it_is_made_up() {
    use WarningSeverity::{Red, Yellow};
    let mut own = figures("orders", &[(Red, "本值 > 0")]);
    own.made_up = Some(Yellow);
    let mut world = World::new(own);
    assert_eq!(world.step("2024-02-01", Some(Red)), raised(Red, false, 1, false));
    assert_eq!(world.step("2024-02-10", None), Step::Ease { alarm: 1, to: Yellow });
    assert_eq!(world.alarms[0].standing(), Some(Yellow));
    let stays = Held::MadeUp(day("2024-03-11"));
    assert_eq!(world.step("2024-02-20", None), Step::Hold(stays));
    // Red again is worse than the yellow in which it stands.
    assert_eq!(world.step("2024-02-25", Some(Red)), raised(Red, true, 2, false));
    assert_eq!(world.step("2024-03-05", None), Step::Ease { alarm: 2, to: Yellow });
    assert_eq!(world.step("2024-04-04", None), Step::Clear);
}

#[test]
fn a_severity_escalates_at_once() {
    use WarningSeverity::{Orange, Red, Yellow};
    let mut own = figures("orders", &[(Red, "本值 > 0")]);
    own.escalation = Some(Escalation {
        after: None,
        severity: Some(Orange),
        department: String::new(),
        deadline: Wait::Days(15),
    });
    own.cooldown = Wait::Days(0);
    let mut world = World::new(own);
    assert_eq!(world.step("2024-02-01", Some(Yellow)), raised(Yellow, false, 1, false));
    assert_eq!(world.step("2024-02-02", Some(Orange)), raised(Orange, true, 2, true));
    // It may get worse while the problem is open, but there is one problem.
    assert_eq!(world.step("2024-02-03", Some(Red)), raised(Red, true, 3, false));
}

#[test]
fn a_figure_that_was_withdrawn_is_unknown() {
    let observation = Observation {
        indicator: "orders".into(),
        region: REGION.into(),
        facet: Facet::Level,
        period: "2024-05".parse().unwrap(),
        vintage: day("2024-06-10"),
        value: None,
        unit: Unit::new("亿元"),
        status: ObservationStatus::Missing,
        source: "月报".into(),
        note: "".into(),
    };
    let mut table = SeriesTable::default();
    let series = Series { observations: vec![observation], redefinitions: Vec::new() };
    table.insert("orders", REGION, Facet::Level, series);
    let rule = figures("orders", &[(WarningSeverity::Red, "本值 > 0")]);
    let checked = CheckedWarning::compile(rule, &catalogue()).unwrap();
    let period = "2024-05".parse().unwrap();
    let at = FigureAt { indicator: "orders", region: REGION, facet: Facet::Level, period };
    let seen = checked.sees_figure(&table, at, &catalogue()[0]);
    assert_eq!(seen, Seen::Unknown("2024年5月的在手订单没有完整的数值".into()));
    assert_eq!(figure_subject(&at), "indicator:orders@330784");
}
