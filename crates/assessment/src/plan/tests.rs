use std::collections::BTreeMap;

use terms::{Attached, Pace, PlanKind, PlanMove, PlanRef, ProblemCourse, StallCause};

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn object(kind: &str, state: &str, fields: &[(&str, &str)]) -> PlanObject {
    let kind = PlanKind::named(kind).unwrap();
    let known: BTreeMap<&'static str, String> = fields
        .iter()
        .map(|(name, value)| (kind.field(name).unwrap().code, (*value).to_owned()))
        .collect();
    PlanObject {
        number: 1,
        kind,
        code: "X-1".into(),
        parent: Some(PlanRef::new("project", "P-1")),
        region: "330784".into(),
        department: None,
        fields: known,
        state: state.into(),
        comment: String::new(),
        state_author: String::new(),
        state_since: "2024-01-10T08:00:00+08:00".into(),
        version: 1,
        attachments: Vec::new(),
    }
}

fn year(planned: &str, actual: &str, through: &str) -> PlanObject {
    let fields = [("year", "2024"), ("planned", planned), ("actual", actual), ("through", through)];
    let given: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    object("project-year", "running", &given)
}

fn stall(project: &PlanObject, below: &[&PlanObject], today: &str) -> Vec<StallCause> {
    stalled(project, below, day(today), &ProjectPolicy::default())
}

#[test]
fn what_is_waited_for_is_of_the_kind() {
    for (code, field, states) in WAITED {
        let kind = PlanKind::named(code).unwrap();
        assert_eq!(
            kind.field(field).map(|field| field.kind),
            Some(terms::FieldKind::Day),
            "{code}"
        );
        assert!(states.iter().all(|state| kind.state(state).is_some()), "{code}");
        assert!(states.contains(&kind.beginning().code), "{code}");
    }
}

#[test]
fn the_next_step_is_owed_by_who_may_take_it() {
    let problem = |state| owed(&object("problem", state, &[])).map(|(right, to)| (right, to.code));
    assert_eq!(problem("opened"), Some((Right::Plan, "assigned")));
    assert_eq!(problem("reopened"), Some((Right::Plan, "assigned")));
    assert_eq!(problem("assigned"), Some((Right::Fill, "rectified")));
    assert_eq!(problem("rectified"), Some((Right::Review, "verified")));
    assert_eq!(problem("verified"), Some((Right::Plan, "closed")));
    assert_eq!(problem("closed"), None);
    assert_eq!(problem("cancelled"), None);
    let task = |state| owed(&object("task", state, &[])).map(|(right, to)| (right, to.code));
    assert_eq!(task("done"), Some((Right::Review, "accepted")));
    assert_eq!(task("accepted"), None, "the way back is nothing that is owed");
    let project = owed(&object("project", "suspended", &[])).map(|(_, to)| to.code);
    assert_eq!(project, Some("building"));
}

#[test]
fn investment_is_held_against_the_day_through_which_it_is_known() {
    let policy = ProjectPolicy::default();
    let rate = |planned: &str, actual: &str, through: &str, today: &str| {
        let own = year(planned, actual, through);
        let known = investment(&[&own], day(today), &policy);
        known.first().unwrap().rate
    };
    // The first of July is day 183 of 366.
    let found = rate("2亿元", "9000万元", "2024-07-01", "2024-11-30").unwrap();
    assert_eq!((found.rate.to_string(), found.elapsed.to_string()), ("45.0".into(), "50.0".into()));
    assert_eq!((found.ahead.to_string(), found.pace), ("-5.0".into(), Pace::Near));
    // Without such a day, that of today.
    assert_eq!(rate("2亿元", "9000万元", "", "2024-12-31").unwrap().pace, Pace::FarBehind);
    // A day that has not come yet tells nothing.
    let ahead = rate("2亿元", "9000万元", "2024-12-31", "2024-03-01").unwrap();
    assert_eq!((ahead.on, ahead.pace), (day("2024-03-01"), Pace::Ahead));
    // Exactly at a border is still within it.
    assert_eq!(rate("1亿元", "4000万元", "2024-07-01", "2024-07-01").unwrap().pace, Pace::Near);
    assert_eq!(rate("1亿元", "3990万元", "2024-07-01", "2024-07-01").unwrap().pace, Pace::Behind);
    assert_eq!(rate("1亿元", "2000万元", "2024-07-01", "2024-07-01").unwrap().pace, Pace::Behind);
    assert_eq!(
        rate("1亿元", "1990万元", "2024-07-01", "2024-07-01").unwrap().pace,
        Pace::FarBehind
    );
    // Over a year that is over, all of it has passed; a plan of nothing has no rate.
    assert_eq!(rate("1亿元", "1亿元", "", "2025-02-01").unwrap().elapsed, Decimal::ONE_HUNDRED);
    assert_eq!(rate("0亿元", "1亿元", "", "2024-07-01"), None);
    assert_eq!(rate("1亿元", "", "", "2024-07-01"), None);
}

#[test]
fn a_project_stalls_for_reasons_that_are_told() {
    let building = object("project", "building", &[("start", "2023-05-01")]);
    let fine = year("1亿元", "4500万元", "2024-06-30");
    assert_eq!(stall(&building, &[&fine], "2024-07-20"), []);
    // Silence counts from the last day that is known, whenever it was entered.
    let silent = stall(&building, &[&fine], "2024-08-30");
    assert_eq!(silent, [StallCause::Silent { last: day("2024-06-30"), days: 61 }]);
    assert_eq!(stall(&building, &[&fine], "2024-08-29"), [], "so long is not longer");
    // A milestone that was reached or a photo breaks it.
    let reached =
        object("milestone", "reached", &[("due", "2024-07-01"), ("done-on", "2024-08-01")]);
    assert_eq!(stall(&building, &[&fine, &reached], "2024-08-30"), []);
    let photo = Attached {
        hash: String::new(),
        name: "照片.jpg".into(),
        media: "image/jpeg".into(),
        size: 1,
        author: String::new(),
        at: "2024-08-15T10:00:00+08:00".into(),
    };
    let shown = PlanObject { attachments: vec![photo], ..building.clone() };
    assert_eq!(stall(&shown, &[&fine], "2024-08-30"), []);
    // Where nothing is told, the day on which it came to where it stands.
    let since = stall(&building, &[], "2024-07-01");
    assert_eq!(since, [StallCause::Silent { last: day("2024-01-10"), days: 173 }]);
    // Far behind.
    let slow = year("1亿元", "1000万元", "2024-06-30");
    let causes = stall(&building, &[&slow], "2024-07-01");
    assert!(matches!(causes[..], [StallCause::Behind { .. }]), "{causes:?}");
    assert!(causes[0].chinese().contains("落后 39.7 个百分点"), "{}", causes[0].chinese());
    // Neither finished nor cancelled projects stall.
    for state in ["finished", "cancelled"] {
        let over = object("project", state, &[]);
        assert_eq!(stall(&over, &[&slow], "2024-12-01"), [], "{state}");
    }
    let suspended = object("project", "suspended", &[]);
    let since = Some(day("2024-01-10"));
    assert_eq!(stall(&suspended, &[], "2024-12-01"), [StallCause::Suspended { since }]);
    let planned = object("project", "planned", &[("start", "2024-03-01")]);
    assert_eq!(
        stall(&planned, &[], "2024-03-11"),
        [StallCause::NotBegun { planned: day("2024-03-01"), days: 10 }]
    );
    assert_eq!(stall(&planned, &[], "2024-03-01"), []);
}

#[test]
fn sums_tell_whom_they_leave_out() {
    let policy = ProjectPolicy::default();
    let project = object("project", "building", &[]);
    let one = |own: &PlanObject| progress(&project, &[own], day("2024-07-01"), &policy);
    let all = [
        one(&year("2亿元", "9000万元", "2024-06-30")),
        one(&year("5000万元", "5000万元", "2024-06-30")),
        one(&year("1亿元", "", "")),
    ];
    let total = total(&all, 2024);
    assert_eq!(total.planned.unwrap().to_string(), "3.5亿元");
    assert_eq!(total.actual.unwrap().to_string(), "1.4亿元");
    assert_eq!(total.rate.unwrap().to_string(), "56.0", "of those of which both are known");
    assert_eq!((total.projects, total.without), (3, 1));
    let none = super::total(&all, 2023);
    assert_eq!((none.planned, none.rate, none.without), (None, None, 3));
}

#[test]
fn funds_are_added_by_kind() {
    let fund = |source: &str, state: &str, requested: &str, issued: &str| {
        let fields = [("source", source), ("requested", requested), ("issued", issued)];
        let given: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        object("funding", state, &given)
    };
    let all = [
        fund("own", "issued", "3000万元", "3000万元"),
        fund("special-bond", "issued", "1亿元", "6000万元"),
        fund("special-bond", "refused", "2000万元", ""),
    ];
    let totals = funding(&all);
    let told: Vec<String> = totals
        .iter()
        .map(|total| {
            let issued = total.issued.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{} {} {issued}", total.source, total.requested.as_ref().unwrap())
        })
        .collect();
    assert_eq!(told, ["special-bond 1.2亿元 0.6亿元", "own 0.3亿元 0.3亿元"]);
    let order =
        |before, after| object("change-order", "approved", &[("before", before), ("after", after)]);
    assert_eq!(change(&order("8000万元", "0.75亿元")).unwrap().to_string(), "-500万元");
    assert_eq!(change(&object("change-order", "proposed", &[("before", "1亿元")])), None);
}

#[test]
fn a_problem_tells_its_days_in_each_stage() {
    let step = |state: &str, at: &str| PlanMove {
        state: state.into(),
        comment: String::new(),
        author: String::new(),
        at: format!("{at}T09:00:00+08:00"),
    };
    let moves = [
        step("opened", "2024-03-05"),
        step("assigned", "2024-03-08"),
        step("rectified", "2024-03-18"),
        step("reopened", "2024-03-20"),
        step("assigned", "2024-03-21"),
    ];
    let problem = object("problem", "assigned", &[("opened", "2024-03-01")]);
    let course = course(&problem, &moves, day("2024-03-31"));
    let stays: Vec<_> = course.stages.iter().map(|own| (own.state, own.days, own.now)).collect();
    assert_eq!(
        stays,
        [
            ("opened", Some(7), false),
            ("assigned", Some(20), true),
            ("rectified", Some(2), false),
            ("verified", None, false),
            ("closed", None, false),
            ("reopened", Some(1), false),
        ]
    );
    assert_eq!((course.reopened, course.days), (1, Some(30)));
    let closed = object("problem", "closed", &[("opened", "2024-03-05")]);
    let moves = [step("opened", "2024-03-05"), step("closed", "2024-03-09")];
    let over = super::course(&closed, &moves, day("2024-12-31"));
    assert_eq!(over.days, Some(4), "it ends with its end");
    assert_eq!(super::course(&closed, &[], day("2024-12-31")).days, None);
    // Of what was entered after the day that is looked at, no days are counted beyond it.
    let later = super::course(&problem, &[step("opened", "2026-01-01")], day("2024-03-11"));
    assert_eq!((later.days, later.stages[0].days), (Some(10), Some(10)));
    let _: ProblemCourse = over;
}

#[test]
fn a_policy_out_of_order_is_refused() {
    let policy = ProjectPolicy::default();
    assert_eq!(policy.check(), Ok(()));
    let wrong = ProjectPolicy { far_behind: Decimal::ONE, ..policy };
    assert_eq!(wrong.check(), Err(InvalidProjectPolicy::Order));
    let wrong = ProjectPolicy { silent_days: -1, ..policy };
    assert_eq!(wrong.check(), Err(InvalidProjectPolicy::Negative("silent-days")));
}
