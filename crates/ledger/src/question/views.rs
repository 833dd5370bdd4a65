//! The views that questions in SQL are asked of. Their names and columns stay as they are, whatever becomes of the tables:
//! a column may be added, none is renamed or taken away.

use std::borrow::Cow;

use terms::PlanKind;

/// A view that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryView {
    /// Its name in SQL.
    pub name: Cow<'static, str>,
    /// What a row is, in Chinese.
    pub chinese: Cow<'static, str>,
    /// What a row is, in English.
    pub english: Cow<'static, str>,
    /// The question behind it.
    pub(super) sql: Cow<'static, str>,
}

/// The tables that the views read. Accounts, sessions, keys and their secrets are not among them.
pub(super) const TABLES: &[&str] = &[
    "alarm",
    "alarm_act",
    "attachment",
    "catalogue",
    "department",
    "division",
    "document",
    "duty",
    "entry",
    "filing",
    "indicator",
    "observation",
    "origin",
    "own_region",
    "plan_attachment",
    "plan_field",
    "plan_object",
    "plan_state",
    "redefinition",
    "round",
    "series",
    "slot",
    "statement",
    "term",
];

/// A day that is kept as a number, as text.
macro_rules! day {
    ($column:literal) => {
        concat!(
            "printf('%04d-%02d-%02d', ",
            $column,
            " / 10000, ",
            $column,
            " / 100 % 100, ",
            $column,
            " % 100)"
        )
    };
}

/// A stretch of a document's text, whose places are bytes.
macro_rules! words {
    ($start:literal, $end:literal) => {
        concat!(
            "CAST(substr(CAST(document.text AS BLOB), ",
            $start,
            " + 1, ",
            $end,
            " - ",
            $start,
            ") AS TEXT)"
        )
    };
}

const VIEWS: &[[&str; 4]] = &[
    ["documents", "报告", "a report",
     "SELECT id, name, title, region, issuer, result_year, plan_year, size, encoding, hash,
             imported_at, imported_by,
             (SELECT count(*) FROM statement WHERE statement.document = document.id) AS statements
      FROM document"],
    ["statements", "报告中的陈述", "a statement of a report",
     "SELECT id, document, position + 1 AS number, kind, role, year, measure,
             duixian_linked(measure, unit, basis, indicator) AS indicator,
             value, upper, unit, comparator, basis, direction, modality, entity, quote, sentence,
             replace(section, char(31), ' / ') AS section, text_start, text_end, source_start, source_end
      FROM statement"],
    ["glossary", "报告解释的名词", "a term that a report explains",
     concat!("SELECT document, position + 1 AS number, term.name AS name, ",
        words!("definition_start", "definition_end"), " AS definition
        FROM term JOIN document ON document.id = term.document")],
    ["indicators", "指标目录", "an indicator of the catalogue",
     "SELECT code, name, english, replace(synonyms, char(31), '、') AS synonyms, unit, better,
             frequency, definition, formula, owner
      FROM indicator WHERE catalogue = (SELECT max(number) FROM catalogue)"],
    ["figures", "指标数据，含各次修订", "a figure, revisions too",
     concat!("SELECT series.indicator AS indicator, series.region AS region, series.facet AS facet,
             duixian_period(period) AS period, period / 10000 AS year,
             period / 100 % 100 - period % 100 AS first_month, period / 100 % 100 AS last_month, ",
             day!("vintage"), " AS vintage, value, unit, status, origin.name AS source, note, entry,
             vintage = (SELECT max(later.vintage) FROM observation AS later
                        WHERE later.series = observation.series AND later.period = observation.period)
             AS latest
      FROM observation JOIN main.series AS series ON series.number = observation.series
      JOIN origin ON origin.number = observation.origin")],
    ["series", "指标数据，各期最近所知", "the figure of each period that is known now",
     "SELECT indicator, region, facet, period, year, first_month, last_month, value, unit, status,
             source, vintage, note
      FROM figures WHERE latest AND status <> 'withdrawn'"],
    ["redefinitions", "口径变化", "a change of an indicator's definition",
     concat!("SELECT indicator, region, duixian_period(period) AS since, ", day!("known"),
        " AS known, reason, entry FROM redefinition")],
    ["plan_objects", "计划对象，各类一起", "a plan object of any kind",
     "SELECT own.kind AS kind, own.code AS code, above.kind AS parent_kind, above.code AS parent,
             (SELECT nullif(value, '') FROM plan_field WHERE object = own.number AND field = 'name'
              ORDER BY entry DESC LIMIT 1) AS name,
             (SELECT state FROM plan_state WHERE object = own.number ORDER BY entry DESC LIMIT 1) AS state,
             (SELECT at FROM plan_state JOIN entry ON entry.number = plan_state.entry
              WHERE object = own.number ORDER BY plan_state.entry DESC LIMIT 1) AS since,
             coalesce(
                (SELECT nullif(value, '') FROM plan_field WHERE object = own.number AND field = 'region' ORDER BY entry DESC LIMIT 1),
                (SELECT nullif(value, '') FROM plan_field WHERE object = above.number AND field = 'region' ORDER BY entry DESC LIMIT 1),
                (SELECT nullif(value, '') FROM plan_field WHERE object = above.parent AND field = 'region' ORDER BY entry DESC LIMIT 1)
             ) AS region,
             coalesce(
                (SELECT nullif(value, '') FROM plan_field WHERE object = own.number AND field = 'department' ORDER BY entry DESC LIMIT 1),
                (SELECT nullif(value, '') FROM plan_field WHERE object = above.number AND field = 'department' ORDER BY entry DESC LIMIT 1),
                (SELECT nullif(value, '') FROM plan_field WHERE object = above.parent AND field = 'department' ORDER BY entry DESC LIMIT 1)
             ) AS department,
             own.number AS number
      FROM plan_object AS own LEFT JOIN plan_object AS above ON above.number = own.parent"],
    ["plan_moves", "计划对象的状态变化", "a step of a plan object from state to state",
     "SELECT kind, code, state, comment, at, author, plan_state.entry AS entry
      FROM plan_state JOIN plan_object ON plan_object.number = plan_state.object
      JOIN entry ON entry.number = plan_state.entry"],
    ["attachments", "计划对象的附件", "a file that is attached to a plan object",
     "SELECT kind, code, name, media, length(content) AS size, attachment.hash AS hash,
             plan_attachment.entry AS entry
      FROM plan_attachment JOIN plan_object ON plan_object.number = plan_attachment.object
      JOIN attachment ON attachment.hash = plan_attachment.hash
      WHERE active AND plan_attachment.entry = (SELECT max(later.entry) FROM plan_attachment AS later
          WHERE later.object = plan_attachment.object AND later.hash = plan_attachment.hash)"],
    ["regions", "地区", "a region, each stretch of time in which it had its name",
     concat!("SELECT code, name, parent, NULL AS since, NULL AS until, NULL AS ended, NULL AS successor,
             0 AS own FROM division
      UNION ALL
      SELECT code, name, parent, ", day!("since"), ",
             CASE WHEN until IS NOT NULL THEN ", day!("until"), " END, ended, nullif(successor, ''), 1
      FROM own_region WHERE entry = (SELECT max(later.entry) FROM own_region AS later
          WHERE later.code = own_region.code AND later.since = own_region.since)")],
    ["departments", "部门", "a department",
     "SELECT code, name, region, active FROM department
      WHERE entry = (SELECT max(later.entry) FROM department AS later WHERE later.code = department.code)"],
    ["rounds", "填报轮次", "a round of collecting figures",
     concat!("SELECT code, name, duixian_period(period) AS period, ", day!("opens"), " AS opens, ",
        day!("due"), " AS due, ", day!("closes"), " AS closes FROM round
      WHERE entry = (SELECT max(later.entry) FROM round AS later WHERE later.code = round.code)")],
    ["filings", "各轮应报的数和填报情况", "what is owed in a round, and where it stands",
     "SELECT duty.round AS round, duty.form AS form, duty.department AS department,
             duty.region AS region, slot.position + 1 AS line, slot.indicator AS indicator,
             slot.facet AS facet, slot.unit AS unit, last.state AS state, last.value AS value,
             last.status AS status, last.note AS note, coalesce(last.version, 0) AS version
      FROM slot JOIN duty ON duty.number = slot.duty
      LEFT JOIN filing AS last ON last.duty = slot.duty AND last.position = slot.position
          AND last.version = (SELECT max(version) FROM filing AS later
                              WHERE later.duty = slot.duty AND later.position = slot.position)"],
    ["alarms", "预警", "an alarm that was raised",
     concat!("SELECT number, rule, subject, name, region, ", day!("day"), " AS day, severity, sentence,
             (SELECT act FROM alarm_act WHERE alarm_act.alarm = alarm.number
              ORDER BY entry DESC LIMIT 1) AS last_act, entry
      FROM alarm")],
    ["log", "写入记录", "an entry of the audit log",
     "SELECT number, at, author, action, subject, reason, hash FROM entry"],
];

/// Every view, those of kinds of plan objects last.
pub(super) fn all() -> Vec<QueryView> {
    let fixed = VIEWS.iter().map(|[name, chinese, english, sql]| QueryView {
        name: Cow::Borrowed(*name),
        chinese: Cow::Borrowed(*chinese),
        english: Cow::Borrowed(*english),
        sql: Cow::Borrowed(*sql),
    });
    fixed.chain(PlanKind::all().iter().map(of_kind)).collect()
}

/// The view of a kind of plan objects: a column for each field.
fn of_kind(kind: &'static PlanKind) -> QueryView {
    let parent = match kind.parents {
        [] => "",
        _ => ", parent_kind, parent",
    };
    // `state`, `since` and the like are those of every object; a field of such a name is told apart by the kind's.
    let taken = ["code", "name", "state", "since", "region", "department", "parent", "parent_kind"];
    let mut fields = String::new();
    for field in kind.fields.iter().filter(|field| !taken.contains(&field.code)) {
        let (code, column) = (field.code, field.code.replace('-', "_"));
        fields.push_str(&format!(
            ", (SELECT nullif(value, '') FROM plan_field WHERE object = plan_objects.number
                AND field = '{code}' ORDER BY entry DESC LIMIT 1) AS \"{column}\""
        ));
    }
    let sql = format!(
        "SELECT code, name, state, since, region, department{parent}{fields}
         FROM plan_objects WHERE kind = '{}'",
        kind.code
    );
    let article = if kind.english.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    QueryView {
        name: Cow::Owned(plural(kind.code)),
        chinese: Cow::Borrowed(kind.chinese),
        english: Cow::Owned(format!("{article} {}", kind.english)),
        sql: Cow::Owned(sql),
    }
}

fn plural(code: &str) -> String {
    let code = code.replace('-', "_");
    match code.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if code == "land" => code,
        None => format!("{code}s"),
    }
}
