//! Rounds, and alarms of early warning.

use ledger::Ledger;
use publication::open::{AlarmRecord, RoundRecord, RoundSheet};
use terms::{DutyProgress, Round, Scope};

use super::endpoint::{Call, Endpoint, Found, Shape, described};
use super::parameter::{Kind, path, query, severities};
use super::problem::Problem;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/api/v1/rounds",
        name: "rounds",
        chinese: "填报轮次",
        english: "Rounds",
        scope: Some(Scope::Rounds),
        own: &[query("year", Kind::Year, "2024").says("时期所在年度", "The year of their period")],
        shape: Shape::List(described::<RoundRecord>),
        answer: rounds,
    },
    Endpoint {
        path: "/api/v1/rounds/{code}",
        name: "round",
        chinese: "一轮填报：谁报了、谁没报",
        english: "One round: who handed in what",
        scope: Some(Scope::Rounds),
        own: &[path("code", Kind::Code, "2024-09").says("轮次代码", "Code of the round")],
        shape: Shape::One(described::<RoundSheet>),
        answer: round,
    },
    Endpoint {
        path: "/api/v1/alarms",
        name: "alarms",
        chinese: "预警",
        english: "Alarms of early warning",
        scope: Some(Scope::Alarms),
        own: &[
            query("region", Kind::Region, "339901").says("行政区划代码", "Code of the region"),
            query("severity", Kind::Word(severities), "red").says("现在的级别", "The colour now"),
            query("open", Kind::Flag, "true").says("只要未解除的", "Only those that stand"),
        ],
        shape: Shape::List(described::<AlarmRecord>),
        answer: alarms,
    },
    Endpoint {
        path: "/api/v1/alarms/{number}",
        name: "alarm",
        chinese: "一个预警",
        english: "One alarm",
        scope: Some(Scope::Alarms),
        own: &[path("number", Kind::Whole { least: 1, most: 1_000_000_000 }, "1")
            .says("预警的号", "Number of the alarm")],
        shape: Shape::One(described::<AlarmRecord>),
        answer: alarm,
    },
];

/// A round with the duties that the guest may read; `None` where it has duties, and the guest may read none of them.
fn open(
    call: &Call<'_>,
    ledger: &Ledger,
    round: Round,
) -> Result<Option<(Round, Vec<DutyProgress>)>, Problem> {
    let mut duties = ledger.progress(&round.code)?;
    let all = duties.len();
    duties.retain(|known| call.may(&known.duty.region, Some(&known.duty.department)));
    Ok((all == 0 || !duties.is_empty()).then_some((round, duties)))
}

fn rounds(call: &Call<'_>) -> Result<Found, Problem> {
    let year = call.values.whole("year");
    call.house.store.read(|ledger| {
        let mut found = Vec::new();
        for round in ledger.rounds()? {
            if year.is_none_or(|year| i64::from(round.period.year()) == year) {
                found.extend(open(call, ledger, round)?);
            }
        }
        call.page(&found, |(round, duties)| RoundRecord::new(round, duties))
    })
}

fn round(call: &Call<'_>) -> Result<Found, Problem> {
    let code = call.part("code");
    let expected = ("已有的轮次代码".to_owned(), "the code of a round that is listed".to_owned());
    let unknown = || Problem::unknown("code", code, &expected);
    call.house.store.read(|ledger| {
        let round = ledger.round(code)?.ok_or_else(unknown)?;
        let (round, duties) = open(call, ledger, round)?.ok_or_else(unknown)?;
        Found::one(&RoundSheet::new(&round, &duties, call.today))
    })
}

fn alarms(call: &Call<'_>) -> Result<Found, Problem> {
    let region = call.region()?;
    let mut all = call.house.store.read(Ledger::alarms)?;
    let (severity, standing) = (call.values.one("severity"), call.values.flag("open"));
    all.retain(|known| {
        let now = known.standing();
        call.may(&known.alarm.region, None)
            && region.is_none_or(|code| known.alarm.region == code)
            && severity.is_none_or(|word| now.is_some_and(|colour| colour.as_str() == word))
            && (!standing || now.is_some())
    });
    call.page(&all, AlarmRecord::from)
}

fn alarm(call: &Call<'_>) -> Result<Found, Problem> {
    let number = call.values.whole("number").unwrap_or_default();
    let all = call.house.store.read(Ledger::alarms)?;
    let found = all.iter().find(|known| known.number == number);
    let found = found.filter(|known| call.may(&known.alarm.region, None));
    let expected = ("已有预警的号".to_owned(), "the number of an alarm that is listed".to_owned());
    let found = found.ok_or_else(|| Problem::unknown("number", call.part("number"), &expected))?;
    Found::one(&AlarmRecord::from(found))
}
