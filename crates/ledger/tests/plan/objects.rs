//! Plan objects: each kind and each of its ways, who may what, and what was known when.

use crate::bureau::{Bureau, catalogue, change, day, kind, problem, step, under};
use crate::{machine, sample};
use ledger::{Fault, LedgerError, PlanChange, PlanOutcome, PlanQuery};
use terms::{PlanKind, PlanRef};

/// Takes a step with all that it asks for.
fn take(bureau: &mut Bureau, kind: &'static PlanKind, code: &str, to: &str) {
    let from = bureau.object(kind.code, code).state;
    let taken = kind.step(&from, to).unwrap();
    if taken.evidence {
        bureau.attach("", kind.code, code, format!("{code}{to}{from}").as_bytes());
    }
    bureau.done("", step(kind.code, code, to, "理由"));
    assert_eq!(bureau.object(kind.code, code).state, to);
}

/// The states through which one goes to a state, from one in which an object begins.
fn path(kind: &'static PlanKind, to: &str) -> Vec<&'static str> {
    let mut paths: Vec<Vec<&'static str>> =
        kind.states.iter().filter(|state| state.first).map(|state| vec![state.code]).collect();
    loop {
        if let Some(found) = paths.iter().find(|path| path.last() == Some(&to)) {
            return found.clone();
        }
        let next = paths.iter().flat_map(|path| {
            kind.next(path.last().unwrap()).map(|state| [path.clone(), vec![state.code]].concat())
        });
        paths = next.collect();
    }
}

#[test]
fn every_kind_is_added_changed_and_goes_every_way_and_no_other() {
    let mut bureau = Bureau::new();
    let mut number = 10;
    let (mut ways, mut refusals) = (0, 0);
    for kind in PlanKind::all() {
        for state in kind.states {
            // One object for each step, brought to where the step begins.
            for to in kind.states.iter().filter(|to| to.code != state.code) {
                number += 1;
                let path = path(kind, state.code);
                let code = sample::add(&mut bureau, kind, path[0], number);
                path[1..].iter().for_each(|to| take(&mut bureau, kind, &code, to));
                if kind.step(state.code, to.code).is_some() {
                    take(&mut bureau, kind, &code, to.code);
                    ways += 1;
                    continue;
                }
                let error = bureau.make("", step(kind.code, &code, to.code, "理由")).unwrap_err();
                assert!(matches!(error, LedgerError::NoStep { .. }), "{error}");
                let said = format!("现为“{}”，不能改为“{}”", state.chinese, to.chinese);
                assert!(error.to_string().contains(&said), "{error}");
                refusals += 1;
            }
        }
        let code = sample::add(&mut bureau, kind, kind.beginning().code, number + 1);
        number += 1;
        // What was written is there, and the same again changes nothing.
        let object = bureau.object(kind.code, &code);
        let written: Vec<(&str, String)> = kind
            .fields
            .iter()
            .map(|field| (field.code, sample::value(kind, field, number)))
            .collect();
        for (field, value) in &written {
            assert_eq!(object.value(field), value, "{} {field}", kind.code);
        }
        assert_eq!(
            (object.region.as_str(), object.parent.is_some()),
            ("330784", !kind.parents.is_empty())
        );
        let same: Vec<(&str, &str)> = written.iter().map(|(f, v)| (*f, v.as_str())).collect();
        let again = bureau.make("", change(kind.code, &code, &same)).unwrap();
        assert!(matches!(again, PlanOutcome::Equal), "{again:?}");
        // A required field cannot be emptied, another one can.
        for field in kind.fields.iter().filter(|field| field.required) {
            let error = bureau.refused("", change(kind.code, &code, &[(field.code, " ")]));
            assert!(error.starts_with(field.chinese), "{error}");
        }
        if let Some(note) = kind.field("note") {
            bureau.done("", change(kind.code, &code, &[(note.code, "")]));
            assert_eq!(bureau.object(kind.code, &code).value("note"), "");
        }
    }
    assert!(ways > 50 && refusals > 100, "{ways} {refusals}");
    bureau.sound();
}

fn target(bureau: &mut Bureau) {
    let fields = [
        ("indicator", "地区生产总值"),
        ("region", "永康市"),
        ("period", "2024年"),
        ("facet", "增速"),
        ("comparator", "不低于"),
        ("value", "6.5"),
        ("unit", "%"),
        ("strength", "力争"),
    ];
    let target = change("target", "T-1", &fields);
    bureau.done("planner", PlanChange { state: Some("下达".into()), ..target });
}

#[test]
fn a_target_follows_its_adjustments_and_the_old_one_is_not_lost() {
    let mut bureau = Bureau::new();
    target(&mut bureau);
    let before = bureau.now();
    let error = bureau.refused("planner", change("target", "T-1", &[("value", "6.0")]));
    assert_eq!(error, "目标值“6.0”有误（应为保持“6.5”，下达后不再改动；改变目标请记入目标调整）");
    let fields = [
        ("value", "6.0"),
        ("reason", "上级下调预期"),
        ("approved-by", "市人大常委会"),
        ("day", "2024-08-28"),
    ];
    bureau.done("planner", under("target:T-1", change("adjustment", "TA-1", &fields)));
    let on = |bureau: &Bureau, day_text: &str, as_of: Option<&str>| {
        let target = bureau.ledger.target("T-1", as_of).unwrap().unwrap();
        target.on(day(day_text)).value.to_string()
    };
    assert_eq!(on(&bureau, "2024-12-31", None), "6.5", "only proposed");
    bureau.done("planner", step("adjustment", "TA-1", "批准", ""));
    assert_eq!(on(&bureau, "2024-08-27", None), "6.5");
    assert_eq!(on(&bureau, "2024-08-28", None), "6.0");
    assert_eq!(on(&bureau, "2024-12-31", Some(&before)), "6.5", "as known before");
    let target = bureau.ledger.target("T-1", None).unwrap().unwrap();
    assert_eq!((target.original.value.to_string(), target.adjustments.len()), ("6.5".into(), 1));
    assert_eq!(target.strength, Some(terms::Modality::Aim));
    assert!(bureau.ledger.target("T-2", None).unwrap().is_none());
    assert!(bureau.ledger.target("T-1", Some("2024-01-31T00:00:00Z")).unwrap().is_none());
}

#[test]
fn values_that_do_not_go_together_are_refused_by_name() {
    let mut bureau = Bureau::new();
    let good = [
        ("indicator", "森林覆盖率"),
        ("region", "330784"),
        ("period", "2024"),
        ("facet", "level"),
        ("comparator", ">="),
        ("value", "71"),
        ("unit", "%"),
    ];
    for (field, value, message) in [
        ("unit", "亿元", "单位“亿元”有误（应为与“%”同类的单位（森林覆盖率））"),
        ("facet", "rank", "单位“%”有误（应为位（森林覆盖率））"),
        ("comparator", "range", "目标上限“”有误（应为区间的上限）"),
        ("upper", "72", "目标上限“72”有误（应为空，因为比较不是区间）"),
        ("indicator", "幸福指数", "指标“幸福指数”有误（应为目录中指标的代码或名称）"),
        ("region", "幸福县", "地区“幸福县”有误（应为已有地区的名称或代码"),
        ("department", "税务局", "责任部门“税务局”有误（应为台账中在用部门的代码或名称）"),
        ("source", "1234abcd-1", "来源陈述“1234abcd-1”有误（应为台账中陈述的编号）"),
        ("period", "", "时期“”有误（应为非空的值）"),
    ] {
        let mut fields: Vec<(&str, &str)> =
            good.iter().copied().filter(|(name, _)| *name != field).collect();
        fields.push((field, value));
        let error = bureau.refused("planner", change("target", "T-1", &fields));
        assert!(error.starts_with(message), "{error}");
    }
    let error = bureau.refused("planner", change("target", "T 1/..", &good));
    assert!(error.starts_with("代码“T 1/..”有误"), "{error}");
    let dates = [
        ("name", "修路"),
        ("region", "330784"),
        ("department", "经信局"),
        ("start", "2024-05-01"),
        ("due", "2024-04-01"),
    ];
    let error = bureau.refused("planner", change("task", "K-1", &dates));
    assert_eq!(error, "期限“2024-04-01”有误（应为不早于开始日 2024-05-01）");
    let orphan = [("year", "2024"), ("planned", "1亿元")];
    let error = bureau.refused("planner", change("project-year", "PY-1", &orphan));
    assert_eq!(error, "上级“”有误（应为已有项目的代码）");
    let error =
        bureau.refused("planner", under("project:P-9", change("project-year", "PY-1", &orphan)));
    assert_eq!(error, "上级“project:P-9”有误（应为已有项目的代码）");
    let refusal = step("target", "T-1", "乱写", "");
    assert!(bureau.refused("planner", refusal).contains("有误"));
    bureau.sound();
}

#[test]
fn a_problem_is_closed_only_on_evidence_that_another_person_verified() {
    let mut bureau = Bureau::new();
    problem(&mut bureau);
    bureau.attach("both", "problem", "W-1", b"before it was assigned");
    bureau.done("planner", step("problem", "W-1", "assigned", ""));
    let measured = change("problem", "W-1", &[("measure", "更换除尘设备")]);
    let rectify = PlanChange { state: Some("rectified".into()), ..measured };
    let error = bureau.refused("both", rectify.clone());
    assert_eq!(error, "附件“”有误（应为“已交办”之后附上的佐证材料，才能改为“已整改”）");
    bureau.attach("both", "problem", "W-1", b"photograph");
    bureau.done("both", rectify);
    let error = bureau.refused("both", step("problem", "W-1", "verified", ""));
    assert_eq!(error, "问题“W-1”由账号 both 自己改为“已整改”（下一步应由他人办理）");
    bureau.done("reviewer", step("problem", "W-1", "verified", ""));
    bureau.done("planner", step("problem", "W-1", "closed", ""));
    let error = bureau.refused("reviewer", step("problem", "W-1", "reopened", ""));
    assert_eq!(error, "意见“”有误（应为改为“已重开”的理由）");
    bureau.done("reviewer", step("problem", "W-1", "reopened", "复查仍超标"));
    // What proved the first remedy proves no second one.
    let error = bureau.refused("clerk", step("problem", "W-1", "rectified", ""));
    assert!(error.contains("“已重开”之后附上的佐证材料"), "{error}");
    let object = bureau.object("problem", "W-1");
    assert_eq!((object.comment.as_str(), object.state_author.as_str()), ("复查仍超标", "reviewer"));
    let history = bureau.ledger.plan_history(kind("problem"), "W-1").unwrap();
    let states: Vec<&str> =
        history.iter().rev().filter_map(|event| Some(event.state.as_ref()?.0.as_str())).collect();
    assert_eq!(states, ["opened", "assigned", "rectified", "verified", "closed", "reopened"]);
    assert_eq!(history.iter().map(|event| event.attached.len()).sum::<usize>(), 2);
    let measured = history.iter().find(|event| !event.fields.is_empty()).unwrap();
    assert_eq!(measured.fields, [("measure", String::new(), "更换除尘设备".to_owned())]);
}

#[test]
fn rights_end_with_department_region_and_field() {
    let mut bureau = Bureau::new();
    problem(&mut bureau);
    let progress = || change("problem", "W-1", &[("progress", "已排查")]);
    bureau.done("clerk", progress());
    for (who, wanted, message) in [
        ("other", change("problem", "W-1", &[("cause", "x")]), "账号 other 没有此项权限"),
        ("leader", progress(), "账号 leader 没有此项权限"),
        ("elsewhere", progress(), "账号 elsewhere 没有此项权限"),
        ("admin", progress(), "账号 admin 没有此项权限"),
        ("nobody", progress(), "账号 nobody 没有此项权限"),
        (
            "clerk",
            change("problem", "W-1", &[("deadline", "2025-01-01")]),
            "账号 clerk 不能填写“整改期限”",
        ),
        // Nobody moves an object to where another has the say.
        ("clerk", change("problem", "W-1", &[("department", "reform")]), "账号 clerk"),
        ("planner", change("problem", "W-1", &[("region", "330783")]), "账号 planner"),
        ("elsewhere", change("problem", "W-1", &[("region", "330783")]), "账号 elsewhere"),
        (
            "clerk",
            step("problem", "W-1", "assigned", ""),
            "账号 clerk 没有此项权限（需要计划管理权限）",
        ),
        (
            "clerk",
            change(
                "task",
                "K-1",
                &[
                    ("name", "x"),
                    ("region", "330784"),
                    ("department", "industry"),
                    ("due", "2024-05-01"),
                ],
            ),
            "账号 clerk",
        ),
    ] {
        let error = bureau.refused(who, wanted);
        assert!(error.starts_with(message), "{who}: {error}");
    }
    let entry = bureau.entry("other");
    let error = bureau.ledger.attach(kind("problem"), "W-1", "a", b"a", &entry).unwrap_err();
    assert!(matches!(error, LedgerError::Denied { .. }), "{error}");
    bureau.sound();
}

#[test]
fn who_saw_an_older_version_gets_a_conflict() {
    let mut bureau = Bureau::new();
    problem(&mut bureau);
    let seen = Some(bureau.object("problem", "W-1").version);
    let write = |cause: &str| PlanChange { seen, ..change("problem", "W-1", &[("cause", cause)]) };
    bureau.done("clerk", write("设备老化"));
    let now = bureau.object("problem", "W-1").version;
    let conflict = bureau.make("planner", write("管理不善")).unwrap();
    assert!(matches!(conflict, PlanOutcome::Conflict(version) if version == now), "{conflict:?}");
    let same = bureau.make("planner", write("设备老化")).unwrap();
    assert!(matches!(same, PlanOutcome::Equal), "the same is no conflict");
    assert_eq!(bureau.object("problem", "W-1").value("cause"), "设备老化");
    let new = PlanChange { seen: Some(0), ..change("problem", "W-1", &[("cause", "x")]) };
    assert!(matches!(bureau.make("planner", new).unwrap(), PlanOutcome::Conflict(_)));
}

#[test]
fn a_table_is_written_whole_or_not_at_all() {
    let mut bureau = Bureau::new();
    let row = |code: &str, due: &str| {
        let fields =
            [("name", "修路"), ("region", "永康市"), ("department", "经信局"), ("due", due)];
        change("task", code, &fields)
    };
    let head = bureau.ledger.verify().unwrap().head;
    let entry = bureau.entry("planner");
    let rows = [row("K-1", "2024-05-01"), row("K-2", "五月"), row("K-1", "2024-05-01")];
    let report = bureau.ledger.put_plan(&rows, &catalogue(), &entry).unwrap();
    assert!(!report.written);
    assert!(matches!(
        &report.outcomes[..],
        [PlanOutcome::New, PlanOutcome::Refused(_), PlanOutcome::Refused(_)]
    ));
    let preview = bureau.ledger.preview_plan(&rows[..1], &catalogue(), &entry).unwrap();
    assert!(!preview.written && matches!(preview.outcomes[0], PlanOutcome::New));
    assert_eq!(bureau.ledger.verify().unwrap().head, head);
    let good = [row("K-1", "2024-05-01"), row("K-2", "2024-06-01")];
    assert!(bureau.ledger.put_plan(&good, &catalogue(), &entry).unwrap().written);
    let entries = bureau.ledger.verify().unwrap().entries;
    let again = bureau.ledger.put_plan(&good, &catalogue(), &entry).unwrap();
    assert!(again.outcomes.iter().all(|outcome| matches!(outcome, PlanOutcome::Equal)));
    assert_eq!(bureau.ledger.verify().unwrap().entries, entries, "the same again leaves no trace");
    let all = bureau.ledger.plan_objects(kind("task"), &PlanQuery::default(), None).unwrap();
    assert_eq!(all.iter().map(|task| task.code.as_str()).collect::<Vec<_>>(), ["K-1", "K-2"]);
    let elsewhere = PlanQuery { region: Some("330783".into()), ..PlanQuery::default() };
    assert_eq!(bureau.ledger.plan_objects(kind("task"), &elsewhere, None).unwrap(), []);
    let before = Some("2024-01-01T00:00:00Z");
    assert_eq!(
        bureau.ledger.plan_objects(kind("task"), &PlanQuery::default(), before).unwrap(),
        []
    );
    assert_eq!(bureau.ledger.next_plan_code(kind("task")).unwrap(), "K-3");
}

/// A task and a milestone of it may come in one table, and again.
#[test]
fn what_comes_together_may_stand_under_each_other() {
    let mut bureau = Bureau::new();
    let fields =
        [("name", "修路"), ("region", "永康市"), ("department", "经信局"), ("due", "2024-05-01")];
    let milestone = change("milestone", "M-1", &[("name", "通车"), ("due", "2024-04-01")]);
    let both = [change("task", "K-1", &fields), under("task:K-1", milestone)];
    let entry = bureau.entry("planner");
    assert!(bureau.ledger.put_plan(&both, &catalogue(), &entry).unwrap().written);
    let milestone = bureau.object("milestone", "M-1");
    assert_eq!(milestone.parent, Some("task:K-1".parse().unwrap()));
    assert_eq!((milestone.region.as_str(), milestone.state_author.as_str()), ("330784", "planner"));
    let again = bureau.ledger.put_plan(&both, &catalogue(), &entry).unwrap();
    assert!(again.outcomes.iter().all(|outcome| matches!(outcome, PlanOutcome::Equal)));
    bureau.sound();
}

#[test]
fn an_object_stands_under_one_of_the_same_entry() {
    let mut bureau = Bureau::new();
    let fields = [
        ("indicator", "地区生产总值"),
        ("region", "永康市"),
        ("period", "2024年"),
        ("facet", "增速"),
        ("comparator", "不低于"),
        ("value", "6.5"),
        ("unit", "%"),
    ];
    let above = PlanRef::new("target", "T-1");
    let milestone = change("milestone", "M-1", &[("name", "过半"), ("due", "2024-06-30")]);
    let both = [
        PlanChange { state: Some("下达".into()), ..change("target", "T-1", &fields) },
        PlanChange { parent: Some(above.clone()), ..milestone },
    ];
    let entry = bureau.entry("planner");
    let report = bureau.ledger.put_plan(&both, &catalogue(), &entry).unwrap();
    assert!(report.written, "{:?}", report.outcomes);
    let found = bureau.ledger.plan_object(kind("milestone"), "M-1", None).unwrap().unwrap();
    assert_eq!(found.parent, Some(above));
    assert_eq!(&*found.region, "330784", "it lies where the target does");
}

#[test]
fn a_changed_value_is_found() {
    for (tampering, action) in [
        ("UPDATE plan_field SET value = '2099-12-31' WHERE field = 'deadline'", "plan"),
        ("UPDATE plan_state SET comment = '另有理由'", "plan"),
        ("DELETE FROM plan_object", "plan"),
        ("UPDATE attachment SET content = x'00'", "attach"),
        ("UPDATE plan_attachment SET name = '别的.jpg'", "attach"),
    ] {
        let mut bureau = Bureau::new();
        problem(&mut bureau);
        bureau.attach("clerk", "problem", "W-1", b"photograph");
        bureau.sound();
        let tool = rusqlite::Connection::open(&bureau.path).unwrap();
        let triggers: Vec<(String, String)> = tool
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        tool.pragma_update(None, "foreign_keys", false).unwrap();
        triggers
            .iter()
            .for_each(|(name, _)| tool.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
        tool.execute_batch(tampering).unwrap();
        triggers.iter().for_each(|(_, sql)| tool.execute_batch(sql).unwrap());
        let faults = bureau.ledger.verify().unwrap().faults;
        let found = |fault: &Fault| matches!(fault, Fault::ChangedRecords { action: of, .. } if of == action);
        assert!(faults.iter().any(found), "{tampering}: {faults:?}");
    }
}

/// Any sequence of acts by anyone on problems.
#[test]
fn any_sequence_of_acts_keeps_the_way_of_a_problem() {
    for seed in 0..25 {
        machine::run(seed, 120);
    }
}

#[test]
fn what_is_known_now_is_what_is_known_as_of_now_with_every_move() {
    let mut bureau = Bureau::new();
    problem(&mut bureau);
    let before = bureau.ledger.last_plan().unwrap();
    bureau.done("planner", step("problem", "W-1", "assigned", ""));
    bureau
        .done("planner", change("problem", "W-1", &[("cause", "一"), ("deadline", "2024-07-31")]));
    bureau.done("planner", change("problem", "W-1", &[("cause", "")]));
    let project =
        [("name", "产业园"), ("region", "330784"), ("level", "县级"), ("department", "industry")];
    bureau.done("planner", change("project", "P-1", &project));
    let year = [("year", "2024"), ("planned", "1亿元")];
    bureau.done("planner", under("project:P-1", change("project-year", "Y-1", &year)));
    for code in ["problem", "project", "project-year"] {
        let of = |as_of: Option<&str>| {
            bureau.ledger.plan_objects(kind(code), &PlanQuery::default(), as_of).unwrap()
        };
        assert_eq!(of(None), of(Some(&bureau.now())), "{code}");
    }
    let year = bureau.object("project-year", "Y-1");
    assert_eq!((year.region.as_str(), year.department.as_deref()), ("330784", Some("industry")));
    let problem = bureau.object("problem", "W-1");
    assert_eq!((problem.value("cause"), problem.value("deadline")), ("", "2024-07-31"));
    let moves = bureau.ledger.plan_moves(kind("problem")).unwrap();
    let states: Vec<&str> = moves["W-1"].iter().map(|own| own.state.as_str()).collect();
    assert_eq!(states, ["opened", "assigned"]);
    assert_eq!(moves["W-1"][1].author, "planner");
    // Only what is written of plan objects counts.
    let last = bureau.ledger.last_plan().unwrap();
    assert!(last > before);
    let entry = bureau.entry("");
    bureau.ledger.put_department(&department_of("water"), &entry).unwrap();
    assert_eq!(bureau.ledger.last_plan().unwrap(), last);
}

fn department_of(code: &str) -> terms::Department {
    terms::Department {
        code: code.into(),
        name: "水利局".into(),
        region: "330784".into(),
        email: String::new(),
        active: true,
    }
}
