//! Ledgers made by random operations, the same for the same seed.

use ledger::{
    AlarmChange, Appended, Cell, Decision, Entry, KeptRule, KeptScheme, KeptWarningRule, Ledger,
    LedgerError, Line, PlanChange,
};
use sha2::{Digest, Sha256};
use terms::{
    Account, AlarmActKind, ApiKey, Basis, Better, Block, BlockKind, Boundary, Comparator, Day,
    Department, Diagnostic, Document, Facet, FacetOutcome, Figure, FigureAct, Form, FormItem,
    Frequency, Grant, Headline, Indicator, Kind, NewAlarm, Observation, ObservationStatus, Outcome,
    Outline, OwnRegion, Part, PlanKind, PlanRef, Post, Profile, Programme, Redefinition, Repairs,
    Role, Round, RuleSeverity, Scope, Severity, SourceMap, Span, Statement, Statements, Term, Unit,
    ValidationRule, Verdict, WarningSeverity,
};

/// Numbers that look random.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64, by Sebastiano Vigna.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A text of pieces that a table of text could trip over.
    pub fn text(&mut self) -> String {
        const PIECES: &[&str] = &[
            "", "\\N", "\\N1", "=1+1", "@x", "a,b", "\"", "\r\n", "\n", "\r", "〓5", "\u{1f}",
            "NULL", " ", "\u{feff}", "0", "-3", "𠮷", "'", "\0", "造林", "用电", "\t", "\\",
            "true",
        ];
        let pieces = self.below(4);
        (0..pieces).map(|_| self.pick(PIECES)).collect()
    }

    fn perhaps<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(2) == 0).then(|| make(self))
    }
}

fn catalogue(version: usize) -> Vec<Indicator> {
    let indicator = |code: &str, unit: &str| Indicator {
        code: code.into(),
        name: format!("指标{version}"),
        english: "=Indicator,\"quoted\"".into(),
        synonyms: vec!["造林".into(), "用电".into()],
        unit: unit.into(),
        better: Better::Higher,
        frequency: Frequency::Month,
        definition: "第一行\n第二行".into(),
        formula: String::new(),
        owner: String::new(),
    };
    vec![indicator("one", "亿元"), indicator("two", "亩")]
}

fn entry(dice: &mut Dice) -> Entry {
    let at = format!("2024-03-01T12:00:{:02}+08:00", dice.below(60));
    Entry { author: dice.text(), at, reason: dice.text(), place: dice.text(), account: false }
}

/// Does one operation of a ledger, whichever it may be.
pub fn step(ledger: &mut Ledger, dice: &mut Dice) {
    let entry = entry(dice);
    let catalogue = catalogue(dice.below(2));
    match dice.below(7) {
        0 => {
            let source: Vec<u8> = (0..dice.below(40)).map(|_| dice.below(256) as u8).collect();
            import(ledger, dice, &source, &catalogue, &entry);
        }
        1 => {
            let decision = match dice.below(3) {
                0 => Decision::None,
                1 => Decision::Withdrawn,
                _ => Decision::Indicator("one".into()),
            };
            match ledger.decide_link(&dice.text(), &decision, &catalogue, &entry) {
                Ok(_) | Err(LedgerError::EmptyMeasure) => {}
                Err(error) => panic!("{error}"),
            }
        }
        2 => {
            let number = 1 + dice.below(4);
            let figures: Vec<Observation> = (0..number).map(|_| figure(dice)).collect();
            // Figures may be at odds with each other or with earlier ones, and are then refused as a whole.
            let _ = ledger.observe(&figures, &catalogue, &entry);
        }
        3 => people(ledger, dice, &entry),
        4 => round(ledger, dice, &catalogue, &entry),
        5 => plan(ledger, dice, &catalogue, &entry),
        _ => {
            let change = Redefinition {
                indicator: "one".into(),
                region: dice.perhaps(|_| "330784".into()),
                from: "2023".parse().unwrap(),
                known: day(dice),
                reason: dice.text().into(),
            };
            let _ = ledger.redefine(&change, &catalogue, &entry);
        }
    }
}

fn people(ledger: &mut Ledger, dice: &mut Dice, entry: &Entry) {
    let department = Department {
        code: dice.pick(&["stats", "财政"]).into(),
        name: dice.pick(&["统计局", "=财政局", "局,\"二\""]).into(),
        region: "330784".into(),
        email: String::new(),
        active: dice.below(4) > 0,
    };
    ledger.put_department(&department, entry).unwrap();
    let mut posts = vec![(Post::Administrator, None), (Post::Clerk, Some("stats".into()))];
    posts.truncate(1 + dice.below(2));
    let grants = posts.into_iter();
    let account = Account {
        login: dice.pick(&["a1", "李四"]).into(),
        name: dice.pick(&["甲", "@乙"]).into(),
        grants: grants
            .map(|(post, department)| Grant { post, region: "330784".into(), department })
            .collect(),
        active: true,
    };
    let rule = ValidationRule {
        code: "rule".into(),
        name: dice.pick(&["规则", "=规则"]).into(),
        scope: dice.text(),
        formula: dice.text(),
        severity: dice.pick(RuleSeverity::ALL),
        explanation: dice.text(),
    };
    ledger.put_rules(&[KeptRule { rule, active: dice.below(2) == 0 }], entry).unwrap();
    // With dice of their own, so that all else comes out as it did before there were any.
    warnings(ledger, &mut Dice(dice.0), entry);
    key(ledger, &mut Dice(dice.0), entry);
    boundaries(ledger, &mut Dice(dice.0), entry);
    programme(ledger, &mut Dice(dice.0), entry);
    // A post of a department that is not there yet is refused.
    if ledger.put_account(&account, entry).is_ok() {
        let hash = format!("$argon2id${}", dice.text());
        ledger.set_password(&account.login, &hash, dice.below(2) == 0, entry).unwrap();
        ledger.open_session(&account.login, &dice.next().to_string(), 7, entry).unwrap();
    }
}

/// A key of a program, made or withdrawn.
fn key(ledger: &mut Ledger, dice: &mut Dice, entry: &Entry) {
    let key = ApiKey {
        name: dice.pick(&["网站", "site"]).into(),
        scopes: Scope::ALL[dice.below(Scope::ALL.len())..].to_vec(),
        regions: vec!["330784".into()],
        until: None,
        active: true,
    };
    // A name that is in use is refused.
    if ledger.put_api_key(&key, &format!("{:064x}", dice.next()), entry).is_err() {
        assert!(ledger.withdraw_api_key(&key.name, entry).unwrap());
    }
}

/// Schemes, rules of early warning, and alarms with texts of any kind.
fn warnings(ledger: &mut Ledger, dice: &mut Dice, entry: &Entry) {
    let scheme = KeptScheme {
        code: "stars".into(),
        version: dice.pick(&["1", "2", "3", "4"]).into(),
        name: "=星级".into(),
        content: dice.text(),
    };
    // A version that is there with another content is refused.
    let _ = ledger.put_scheme(&scheme, entry);
    let rule = KeptWarningRule {
        code: "orders".into(),
        name: dice.pick(&["订单", "@订单"]).into(),
        content: dice.text(),
        active: dice.below(2) == 0,
    };
    ledger.put_warning_rules(&[rule], entry).unwrap();
    let alarm = NewAlarm {
        rule: "orders".into(),
        subject: dice.pick(&["indicator:one@330784", "problem:甲"]).into(),
        name: dice.text(),
        region: "330784".into(),
        day: day(dice),
        severity: dice.pick(WarningSeverity::ALL),
        condition: dice.text(),
        sentence: dice.text(),
        figures: dice.text(),
    };
    let Ok(numbers) = ledger.record_alarms(&[AlarmChange::Raise(alarm)], entry) else { return };
    let change = AlarmChange::Act {
        alarm: numbers[0],
        kind: dice.pick(AlarmActKind::ALL),
        day: day(dice),
        severity: dice.perhaps(|dice| dice.pick(WarningSeverity::ALL)),
        problem: dice.perhaps(Dice::text),
        note: dice.text(),
    };
    let _ = ledger.record_alarms(&[change], entry);
}

/// Boundaries of regions from days of any kind.
fn boundaries(ledger: &mut Ledger, dice: &mut Dice, entry: &Entry) {
    let east = dice.pick(&[120.5, 120.123_456_789, 179.999]);
    let ring = vec![[120.0, 29.0], [east, 29.0], [east, 29.1], [120.0, 29.0]];
    let boundary = Boundary {
        region: dice.pick(&["330784", "330783"]).into(),
        since: day(dice),
        outline: Outline::new(vec![vec![ring]]).unwrap(),
    };
    ledger.put_boundaries(&[boundary], entry).unwrap();
}

/// A programme with bytes of any kind.
fn programme(ledger: &mut Ledger, dice: &mut Dice, entry: &Entry) {
    let programme = Programme {
        code: dice.pick(&["PV-1", "屋顶"]).into(),
        name: "光伏".into(),
        region: "330784".into(),
        settings: dice.text(),
        answer: dice.text(),
        table_name: "buildings.csv".into(),
        table: dice.pick(&["a,b\n1,2\n", "\u{0}\u{1}"]).into(),
    };
    ledger.put_programme(&programme, entry).unwrap();
}

fn round(ledger: &mut Ledger, dice: &mut Dice, catalogue: &[Indicator], entry: &Entry) {
    let form = Form {
        code: "月报".into(),
        name: "月报".into(),
        department: "stats".into(),
        regions: vec!["330784".into()],
        frequency: Frequency::Month,
        items: vec![FormItem {
            indicator: dice.pick(&["one", "two"]).into(),
            facet: Facet::Growth,
            unit: Unit::new("%"),
        }],
        active: true,
    };
    let known = Round {
        code: dice.pick(&["一", "二"]).into(),
        name: "轮次".into(),
        period: "2024-05".parse().unwrap(),
        opens: Day::new(2024, 1, 1).unwrap(),
        due: day(dice),
        closes: Day::new(2024, 12, 31).unwrap(),
    };
    // Without the department, none of these can be.
    let _ = ledger.put_form(&form, catalogue, entry);
    let _ = ledger.open_round(&known, &[form.code], entry);
    for progress in ledger.progress(&known.code).unwrap() {
        let act = dice.pick(FigureAct::ALL);
        let figure = Figure {
            value: None,
            status: ObservationStatus::Missing,
            note: dice.pick(&["无\n=1", ""]).into(),
        };
        let seen = dice.below(4) as u32;
        let line = Line { position: 0, seen, figure: Some(figure) };
        let today = Day::new(2024, 6, 1).unwrap();
        let _ = ledger.fill(progress.duty.number, act, &[line], "理由", today, entry);
        let _ = ledger.extend(progress.duty.number, today, entry);
    }
    let _ = ledger.lock_round(&known.code, day(dice), catalogue, entry);
}

/// Objects of any kind with texts in any field, most of which are refused; attachments and regions.
fn plan(ledger: &mut Ledger, dice: &mut Dice, catalogue: &[Indicator], entry: &Entry) {
    let town = OwnRegion {
        code: dice.pick(&["330784100", "330784101"]).into(),
        name: dice.text(),
        parent: "330784".into(),
        since: Day::new(2000, 1, 1).unwrap(),
        until: dice.perhaps(day),
        end: None,
        successor: String::new(),
    };
    let _ = ledger.put_regions(&[town], true, entry);
    let kinds = PlanKind::all();
    let kind = &kinds[dice.below(kinds.len())];
    let code = dice.pick(&["甲", "B-1"]);
    let fields = kind.fields.iter();
    let values = ["6", "1.50亿元", "3亩", "2024", "2024-05-01", "330784", "one", "%", "own", ">="];
    let fields = fields.map(|field| {
        let value = match dice.below(3) {
            0 => dice.text(),
            _ => values.iter().find(|value| field.read(value).is_ok()).unwrap_or(&"").to_string(),
        };
        (field, value)
    });
    let change = PlanChange {
        kind,
        code: code.into(),
        parent: None,
        seen: None,
        fields: fields.collect(),
        state: None,
        comment: dice.text(),
    };
    let parent = kind.parents.first().map(|parent| PlanRef::new(parent, "甲"));
    let change = PlanChange { parent, ..change };
    let _ = ledger.put_plan(&[change], catalogue, entry);
    let state = kind.states[dice.below(kind.states.len())].code;
    let step = PlanChange {
        kind,
        code: code.into(),
        parent: None,
        seen: None,
        fields: Vec::new(),
        state: Some(state.into()),
        comment: "理由".into(),
    };
    let _ = ledger.put_plan(&[step], catalogue, entry);
    let problem = PlanKind::named("problem").unwrap();
    let bytes: Vec<u8> = (0..dice.below(4)).map(|_| dice.below(256) as u8).collect();
    let name = dice.text();
    if let Ok((hash, _)) = ledger.attach(kind, code, &name, &bytes, entry)
        && dice.below(3) == 0
    {
        ledger.detach(kind, code, &hash, entry).unwrap();
    }
    let fields = [("name", "=1"), ("region", "330784"), ("opened", "2024-05-01")];
    let fields = fields.map(|(field, value)| (problem.field(field).unwrap(), value.to_owned()));
    let opened = PlanChange {
        kind: problem,
        code: "甲".into(),
        parent: None,
        seen: None,
        fields: fields.to_vec(),
        state: None,
        comment: dice.pick(&["", "\\N"]).into(),
    };
    ledger.put_plan(&[opened], catalogue, entry).unwrap();
}

fn day(dice: &mut Dice) -> Day {
    Day::new(2024, 1 + dice.below(12) as u8, 1 + dice.below(28) as u8).unwrap()
}

fn figure(dice: &mut Dice) -> Observation {
    Observation {
        indicator: "one".into(),
        region: dice.pick(&["330784", "330700"]).into(),
        facet: Facet::Level,
        period: dice.pick(&["2022", "2023"]).parse().unwrap(),
        vintage: day(dice),
        value: Some(dice.pick(&["12.50", "〓5", "-3", "0.10"]).parse().unwrap()),
        unit: Unit::new(dice.pick(&["亿元", "万元"])),
        status: ObservationStatus::Normal,
        source: dice.text().into(),
        note: dice.text().into(),
    }
}

fn import(
    ledger: &mut Ledger,
    dice: &mut Dice,
    source: &[u8],
    catalogue: &[Indicator],
    entry: &Entry,
) -> Appended {
    let hash: String = Sha256::digest(source).iter().map(|byte| format!("{byte:02x}")).collect();
    let id = hash[..8].to_owned();
    let span = Span::default();
    let document = Document {
        name: dice.text(),
        hash,
        size: source.len(),
        encoding: "UTF-8".into(),
        text: dice.text(),
        map: SourceMap::new(),
        repairs: Repairs::new(),
        blocks: vec![Block { kind: BlockKind::Title, level: 0, part: Part::Opening, span }],
        tables: Vec::new(),
        glossary: vec![Term { name: dice.text(), span, definition: span }],
        profile: Profile {
            title: dice.perhaps(Dice::text),
            plan_year: dice.perhaps(|dice| dice.below(3000) as i32),
            ..Profile::default()
        },
        diagnostics: vec![Diagnostic {
            severity: Severity::Note,
            code: dice.text(),
            message: dice.text(),
            span: dice.perhaps(|_| span),
        }],
    };
    let number = dice.below(4);
    let statements = (0..number).map(|number| Statement {
        id: format!("{id}-{number}").into(),
        kind: Kind::Quantity,
        quote: dice.text().into(),
        value: Some(dice.pick(&["〓5", "12.50", "0"]).parse().unwrap()),
        upper: None,
        unit: Some(Unit::new(dice.pick(&["", "亩", "%"]))),
        comparator: Some(Comparator::Equal),
        basis: Some(Basis::Level),
        direction: None,
        measure: dice.text().into(),
        entity: dice.perhaps(Dice::text).map(Into::into),
        role: Role::Result,
        year: None,
        modality: None,
        indicator: dice.perhaps(|_| "one".into()),
        span,
        characters: span,
        source: span,
        section: vec![dice.text().into(), dice.text().into()].into(),
        sentence: dice.text().into(),
    });
    let statements = Statements {
        statements: statements.collect(),
        headline: dice.perhaps(|dice| Headline {
            declared: Some(1),
            declared_met: None,
            declared_short: Some(1),
            outcomes: vec![Outcome {
                name: dice.text(),
                indicator: None,
                verdict: Verdict::Short,
                reason: dice.perhaps(Dice::text),
                facets: vec![FacetOutcome {
                    facet: Basis::Growth,
                    verdict: Verdict::Met,
                    reason: dice.perhaps(Dice::text),
                }],
                span,
                characters: span,
                source: span,
            }],
            span,
        }),
        diagnostics: Vec::new(),
    };
    ledger.append(&document, source, &statements, catalogue, entry).unwrap()
}

/// Every value of every row, with its table.
pub fn rows(ledger: &Ledger) -> Result<Vec<String>, LedgerError> {
    let dump = ledger.dump()?;
    let mut all = Vec::new();
    for table in dump.tables() {
        dump.rows(table, |row: &[Cell<'_>]| {
            all.push(format!("{} {row:?}", table.name));
            Ok::<(), LedgerError>(())
        })?;
    }
    Ok(all)
}
