//! Appraisal schemes of the program and of a ledger, and what they say of a subject.

pub(crate) mod file;

use std::collections::HashMap;

use assessment::appraisal::{AnswerError, Appraisal, CheckedScheme, Subject};
use assessment::formula::SeriesTable;
use assessment::object_figures;
use ledger::{Ledger, LedgerError, PlanQuery};
use terms::{Attached, Day, Indicator, Period, PlanKind, PlanObject, SchemeAnswer, SchemeSubject};

use crate::figures::LedgerFigures;

/// The schemes that come with the program, as files.
pub(crate) const BUNDLED: &[&str] = &[
    include_str!("../../schemes/project-stars.toml"),
    include_str!("../../schemes/dcmm.toml"),
    include_str!("../../schemes/county-annual.toml"),
];

/// A scheme that can be used.
pub(crate) struct Known {
    pub(crate) checked: CheckedScheme,
    pub(crate) content: String,
    pub(crate) from: From,
}

/// Where a scheme comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// With the program.
    Program,
    /// From the ledger.
    Ledger,
    /// From a file that no ledger keeps.
    File,
}

impl From {
    /// As it is told to programs.
    pub(crate) fn word(self) -> &'static str {
        match self {
            From::Program => "program",
            From::Ledger => "ledger",
            From::File => "file",
        }
    }

    /// As it is told to people.
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            From::Program => "自带",
            From::Ledger => "台账",
            From::File => "文件",
        }
    }
}

/// Every scheme that is known: those of the ledger, and those of the program whose code it does not have. One of the
/// ledger that no longer fits the catalogue is told in a note.
pub(crate) fn known(
    ledger: Option<&Ledger>,
    catalogue: &[Indicator],
) -> Result<(Vec<Known>, Vec<String>), LedgerError> {
    let kept = ledger.map_or(Ok(Vec::new()), Ledger::schemes)?;
    let (mut found, mut notes) = (Vec::new(), Vec::new());
    for content in BUNDLED {
        // What comes with the program fits its catalogue; a test sees to it.
        if let Ok(checked) = file::read(content, catalogue)
            && kept.iter().all(|own| own.code != checked.scheme().code)
        {
            found.push(Known { checked, content: (*content).to_owned(), from: From::Program });
        }
    }
    for own in kept {
        match file::read(&own.content, catalogue) {
            Ok(checked) => found.push(Known { checked, content: own.content, from: From::Ledger }),
            Err(faults) => {
                let why = faults.first().map(ToString::to_string).unwrap_or_default();
                notes.push(format!("方案 {}@{} 不能用：{why}", own.code, own.version));
            }
        }
    }
    Ok((found, notes))
}

/// The scheme that is named, as `code` or `code@version`: of several versions that are in force on a day, the one that
/// was put last.
pub(crate) fn chosen(known: Vec<Known>, written: &str, day: Day) -> Option<Known> {
    let (code, version) = match written.split_once('@') {
        Some((code, version)) => (code, Some(version)),
        None => (written, None),
    };
    known
        .into_iter()
        .filter(|one| {
            let scheme = one.checked.scheme();
            scheme.code == code
                && match version {
                    Some(version) => scheme.version == version,
                    None => scheme.holds_on(day),
                }
        })
        .last()
}

/// What is to be appraised: its code and name, and the figures that formulas read.
pub(crate) struct Found {
    pub(crate) code: String,
    pub(crate) name: String,
    object: Option<SeriesTable>,
    /// What is attached to it in the ledger.
    attachments: Vec<Attached>,
}

impl Found {
    fn plain(code: &str, name: String) -> Found {
        Found { code: code.to_owned(), name, object: None, attachments: Vec::new() }
    }

    /// What an answer names as its support: a text as it is, or, behind `附件：`, the name of something attached to the
    /// subject or the beginning of its hash. `None` where nothing of that name or hash is attached.
    pub(crate) fn evidence(&self, written: &str) -> Option<String> {
        let marks = ["附件：", "附件:"];
        let Some(named) = marks.iter().find_map(|mark| written.trim().strip_prefix(mark)) else {
            return Some(written.to_owned());
        };
        let named = named.trim();
        let of_hash = |hash: &str| named.len() >= SHORTEST_HASH && hash.starts_with(named);
        let fits = |one: &&Attached| one.name == named || of_hash(&one.hash);
        let found = self.attachments.iter().find(fits)?;
        Some(format!("附件 {}（SHA-256 {}）", found.name, found.hash))
    }
}

/// So many characters of a hash are taken for it at least.
const SHORTEST_HASH: usize = 8;

/// The subject of a code or name; `None` where there is none. An enterprise that no register holds is taken as it is
/// written: nothing is read of it.
pub(crate) fn subject(
    ledger: Option<&Ledger>,
    kind: SchemeSubject,
    written: &str,
    (day, moment): (Day, Option<&str>),
) -> Result<Option<Found>, LedgerError> {
    let Some(ledger) = ledger else {
        let found = Found::plain(written, written.to_owned());
        return Ok((kind == SchemeSubject::Enterprise).then_some(found));
    };
    match kind {
        SchemeSubject::Region => {
            let code = ledger.region_code(written)?;
            let name = terms::Region::of_code(&code).map(|known| known.name.to_owned());
            let name = name.unwrap_or_else(|| written.to_owned());
            Ok(Some(Found::plain(&code, name)))
        }
        SchemeSubject::Project => {
            let Some(kind) = PlanKind::named("project") else { return Ok(None) };
            let Some(object) = ledger.plan_object(kind, written, moment)? else { return Ok(None) };
            let below = below(ledger, kind, Some(&object), moment)?;
            let below = below.get(&object.code).map(Vec::as_slice).unwrap_or_default();
            let figures = figures_of(ledger, &object, below, (day, moment))?;
            let (code, name) = (object.code.clone(), object.title());
            let attachments = object.attachments;
            Ok(Some(Found { code, name, object: Some(figures), attachments }))
        }
        SchemeSubject::Enterprise => {
            let Some(kind) = PlanKind::named("member") else { return Ok(None) };
            let members = ledger.plan_objects(kind, &PlanQuery::default(), moment)?;
            let same = |own: &&PlanObject| own.code == written || own.value("id") == written;
            let found = members.iter().find(same);
            let name = found.map_or_else(|| written.to_owned(), PlanObject::title);
            Ok(Some(Found::plain(written, name)))
        }
    }
}

/// So many months back is it counted how many a register held.
const COUNTED: i64 = 24;

/// The figures that a plan object tells, with what stands under it, as known at a time.
pub(crate) fn figures_of(
    ledger: &Ledger,
    object: &PlanObject,
    below: &[PlanObject],
    (day, moment): (Day, Option<&str>),
) -> Result<SeriesTable, LedgerError> {
    let mut counts = Vec::new();
    if object.kind.code == "register" {
        for back in 0..=COUNTED {
            let Some(month) = day.plus_months(-back) else { break };
            let end = Day::new(month.year(), month.month(), 1).and_then(|day| day.plus_months(1));
            let end = end.and_then(|next| next.plus_days(-1)).map_or(day, |end| end.min(day));
            let found = ledger.register_count(&object.code, None, end, moment)?;
            let period = Period::months(month.year(), month.month(), month.month());
            counts.extend(period.map(|period| (period, found.count())));
        }
    }
    Ok(object_figures(object, below, &counts, day))
}

/// What stands under objects of a kind, by the code of the object: of all, or of one. Members of registers are counted
/// by the ledger.
pub(crate) fn below(
    ledger: &Ledger,
    kind: &PlanKind,
    only: Option<&PlanObject>,
    moment: Option<&str>,
) -> Result<HashMap<String, Vec<PlanObject>>, LedgerError> {
    let mut found: HashMap<String, Vec<PlanObject>> = HashMap::new();
    let under = |below: &&PlanKind| below.parents.contains(&kind.code) && kind.code != "register";
    for below in PlanKind::all().iter().filter(under) {
        let query = PlanQuery { parent: only.map(PlanObject::reference), ..PlanQuery::default() };
        for object in ledger.plan_objects(below, &query, moment)? {
            let parent = object.parent.as_ref().filter(|parent| *parent.kind == *kind.code);
            if let Some(code) = parent.map(|parent| parent.code.to_string()) {
                found.entry(code).or_default().push(object);
            }
        }
    }
    Ok(found)
}

/// What can go wrong when something is appraised.
pub(crate) enum Trouble {
    /// The ledger could not be read.
    Ledger(LedgerError),
    /// Answers cannot be taken.
    Answers(Vec<AnswerError>),
}

impl std::convert::From<LedgerError> for Trouble {
    fn from(error: LedgerError) -> Self {
        Trouble::Ledger(error)
    }
}

/// Appraises a subject by a scheme, from figures as they were known on a day.
pub(crate) fn appraise(
    ledger: Option<&Ledger>,
    scheme: &CheckedScheme,
    found: &Found,
    (period, as_of): (Period, Option<Day>),
    answers: &[SchemeAnswer],
    seed: u64,
) -> Result<Appraisal, Trouble> {
    let empty = SeriesTable::default();
    let code = found.code.as_str();
    let subject = |figures| Subject { figures, code, period, answers, seed };
    match (&found.object, ledger) {
        (Some(object), _) => scheme.appraise(&subject(object)).map_err(Trouble::Answers),
        (None, None) => scheme.appraise(&subject(&empty)).map_err(Trouble::Answers),
        (None, Some(ledger)) => {
            let regions = ledger.observed_regions()?;
            let regions = regions.iter().map(String::as_str);
            let figures = LedgerFigures::of(ledger, regions).known_on(as_of);
            let done = scheme.appraise(&subject(&figures)).map_err(Trouble::Answers)?;
            figures.forget()?;
            Ok(done)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemes_of_the_program_fit_its_catalogue() {
        let catalogue = statement::catalogue();
        let mut codes = Vec::new();
        for content in BUNDLED {
            let checked = match file::read(content, &catalogue) {
                Ok(checked) => checked,
                Err(faults) => panic!("{faults:#?}"),
            };
            let scheme = checked.scheme();
            codes.push(format!("{}@{}", scheme.code, scheme.version));
            let leaves = scheme.criteria.iter().filter(|one| one.rule.is_some()).count();
            let tops = scheme.below(None).count();
            match scheme.code.as_str() {
                // Counted from the contents page of the standard.
                "dcmm" => assert_eq!((tops, leaves, scheme.levels.len()), (8, 28, 5)),
                _ => {
                    let most = scheme.criteria.iter().filter_map(|one| one.rule.as_ref());
                    let most: rust_decimal::Decimal = most.map(|rule| rule.most()).sum();
                    assert_eq!(most, rust_decimal::Decimal::ONE_HUNDRED, "{}", scheme.code);
                }
            }
        }
        assert_eq!(codes, ["project-stars@1.0", "dcmm@1.0", "county-annual@1.0"]);
    }

    #[test]
    fn the_example_of_the_manual_can_be_used() {
        let manual = include_str!("../../../../docs/appraisal.md");
        let example = manual.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
        let checked = file::read(example.unwrap(), &[]).unwrap();
        assert_eq!(checked.scheme().code, "my-stars");
        assert!(manual.contains(&object_names()), "{}", object_names());
    }

    /// What formulas over projects can name, as the manual lists it.
    fn object_names() -> String {
        let all = assessment::object_indicators();
        let names = all.iter().filter(|one| one.code != "object-members");
        names.map(|one| one.name.as_str()).collect::<Vec<_>>().join("、")
    }

    #[test]
    fn faults_of_a_file_name_their_line_and_field() {
        let text = BUNDLED[0];
        let changed = |from: &str, to: &str| {
            let text = text.replacen(from, to, 1);
            assert_ne!(text, BUNDLED[0], "{from}");
            match file::read(&text, &[]) {
                Ok(_) => panic!("{to} is taken"),
                Err(faults) => {
                    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
                }
            }
        };
        let line = |part: &str| {
            let at = text.find(part).unwrap_or_else(|| panic!("{part}"));
            crate::toml_file::line_of(text, at)
        };
        for (from, to, place, said) in [
            ("subject = \"project\"", "subject = \"town\"", "subject =", "subject “town”（应为"),
            ("under = \"A\"", "under = \"Q\"", "under = \"A\"", "A1 的 under 指向没有的准则“Q”"),
            (
                "linear = [[60, 0]",
                "linear = [[600, 0]",
                "linear = [[60",
                "A1 的 linear（应至少有两点",
            ),
            (
                "÷ 年度计划投资\"",
                "÷ 计划\"",
                "formula = \"年度实",
                "A1 的 formula：第 10 字：没有指标“计划”",
            ),
            ("below = 0\n", "", "steps = [[-30", "A2 的 steps 之外没有 below"),
            ("cap = \"2\"", "cap = \"9\"", "cap = \"2\"", "V3 的 cap 指向没有的等级“9”"),
            ("points = [0, 10]", "poinst = [0, 10]", "code = \"D2\"", "unknown field `poinst`"),
            ("from = 90", "from = 60", "from = 90", "5 的 from 60 不高于前一级的 80"),
        ] {
            let found = changed(from, to);
            assert!(found.contains(said), "{found}");
            let number: usize =
                found.trim_start_matches("第 ").split(' ').next().unwrap().parse().unwrap();
            let near = number.abs_diff(line(place));
            assert!(near <= 6, "{found}: {number} is far from {}", line(place));
            if !said.contains("unknown") && !from.starts_with("below") {
                assert_eq!(near, 0, "{found}");
            }
        }
    }
}
