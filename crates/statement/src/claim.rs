//! From quantities to claims: what is measured, on which basis, with which comparator.
//!
//! A clause is read item by item. A number stands behind its measure (新增企业2家) or before it (6个工程获得……);
//! what a clause does not say for itself (the verb of a list, the subject of 增长) is carried over from what
//! came before in the same sentence.

use terms::{Amount, Basis, Comparator, Dimension, Direction, Span, Unit};

use crate::catalogue::Catalogue;
use crate::lexicon::lexicon;
use crate::phrase::{self, Lead, Tail, Verb, enumeration, lead, tail, trim};
use crate::quantity::{Form, Quantity};
use crate::sentence::{Clause, Sentence};

/// A claim in a sentence; places are bytes of the sentence.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) value: Amount,
    pub(crate) upper: Option<Amount>,
    pub(crate) unit: Unit,
    pub(crate) comparator: Comparator,
    pub(crate) basis: Basis,
    pub(crate) direction: Option<Direction>,
    pub(crate) measure: String,
    pub(crate) entity: Option<String>,
    pub(crate) quote: Span,
    /// Where the number begins.
    pub(crate) number: usize,
    /// The clause that holds it.
    pub(crate) clause: Span,
    /// The number is the whole of which the sentence tells the parts: 30项指标中.
    pub(crate) whole: bool,
}

/// What a sentence carries from clause to clause.
#[derive(Default)]
struct Carry<'a> {
    measure: Option<String>,
    verb: Option<(Verb, &'a str)>,
    cumulative: bool,
    /// The verb stands in the clause that is being read.
    here: bool,
}

/// The claims of a sentence, in the order of their numbers.
pub(crate) fn claims(sentence: &Sentence, quantities: &[Quantity], catalogue: &Catalogue) -> Vec<Claim> {
    let mut reader = Reader { sentence, catalogue, carry: Carry::default(), found: Vec::new() };
    for clause in sentence.clauses() {
        let inside: Vec<&Quantity> = quantities
            .iter()
            .filter(|q| clause.span.contains(q.start) && (sentence.depth(q.start) != 0) == clause.bracketed)
            .collect();
        reader.clause(&clause, &inside);
    }
    let mut found = reader.found;
    found.sort_by_key(|claim| claim.number);
    found
}

struct Reader<'a> {
    sentence: &'a Sentence<'a>,
    catalogue: &'a Catalogue,
    carry: Carry<'a>,
    found: Vec<Claim>,
}

/// A quantity with the words that belong to it.
struct Place<'a> {
    quantity: &'a Quantity,
    clause: Clause,
    item: Span,
    /// Where the words before the number begin.
    left: usize,
    before: &'a str,
    /// Words after the number up to the next number or the end of the item.
    after: &'a str,
    /// Words after the number up to the end of the clause.
    follows: &'a str,
    /// The first of several items without a number before this one, where there are any.
    pending: Option<Span>,
    /// The next quantity in the same item.
    next: Option<&'a Quantity>,
    /// The previous quantity in the same item stood before its noun: that noun is an entity.
    owner: Option<Span>,
}

impl<'a> Reader<'a> {
    fn text(&self, span: Span) -> &'a str {
        &self.sentence.text[span.range()]
    }

    fn clause(&mut self, clause: &Clause, quantities: &[&'a Quantity]) {
        let opening = lead(trim_open(self.text(clause.span)));
        if clause.bracketed {
            self.carry_from_before(clause.span.start);
        } else if let Some(verb) = opening.verb {
            self.carry.verb = Some((verb, opening.word));
            self.carry.cumulative = opening.cumulative;
            self.carry.here = true;
        } else if clause.strong {
            self.carry = Carry::default();
        } else {
            self.carry.here = false;
        }
        if quantities.is_empty() {
            return;
        }
        let items = self.sentence.items(clause);
        let mut pending: Option<Span> = None;
        let mut number = 0;
        while number < items.len() {
            let item = items[number];
            let inside: Vec<&'a Quantity> = quantities.iter().copied().filter(|q| item.contains(q.start)).collect();
            if inside.is_empty() {
                pending = Some(Span::new(pending.map_or(item.start, |span| span.start), item.end));
                number += 1;
                continue;
            }
            let bare = items[number + 1..].iter().take_while(|span| self.is_bare(**span, quantities)).count();
            if bare > 0 && self.parallel(clause, item, &inside, &items[number + 1..=number + bare], quantities, pending) {
                number += bare + 1;
                pending = None;
                continue;
            }
            self.item(clause, item, &inside, pending);
            pending = None;
            number += 1;
        }
    }

    /// The measure of the last claim before a bracket.
    fn carry_from_before(&mut self, at: usize) {
        let last = self.found.iter().filter(|claim| claim.number < at).max_by_key(|claim| claim.number);
        self.carry = Carry { measure: last.map(|claim| claim.measure.clone()), ..Carry::default() };
    }

    /// Whether an item is nothing but a number with its unit.
    fn is_bare(&self, item: Span, quantities: &[&Quantity]) -> bool {
        let mut inside = quantities.iter().filter(|q| item.contains(q.start));
        let (Some(quantity), None) = (inside.next(), inside.next()) else { return false };
        quantity.form == Form::Plain
            && trim(&self.sentence.text[item.start..quantity.start]).is_empty()
            && trim(&self.sentence.text[quantity.end..item.end]).is_empty()
    }

    /// Subjects and numbers in parallel lists, paired in order: 甲、乙分别下降1%、2%.
    fn parallel(
        &mut self,
        clause: &Clause,
        item: Span,
        inside: &[&'a Quantity],
        bare: &[Span],
        quantities: &[&'a Quantity],
        pending: Option<Span>,
    ) -> bool {
        let [first] = inside else { return false };
        let numbers: Vec<&Quantity> = std::iter::once(*first)
            .chain(quantities.iter().copied().filter(|q| bare.iter().any(|span| span.contains(q.start))))
            .collect();
        let start = pending.map_or(item.start, |span| span.start);
        let words = tail(&self.sentence.text[start..first.start]);
        let subjects = subjects(words.head, numbers.len());
        if subjects.len() != numbers.len() {
            return false;
        }
        for (subject, quantity) in subjects.iter().zip(&numbers) {
            let at = subject.as_ptr() as usize - self.sentence.text.as_ptr() as usize;
            let measure = clean(lead(subject).rest);
            let basis = self.basis(quantity, &words, &Lead::default(), &measure, "");
            let quote = Span::new(at, quantity.end);
            self.push(clause, quantity, &words, basis, measure, None, quote);
        }
        true
    }

    fn item(&mut self, clause: &Clause, item: Span, inside: &[&'a Quantity], pending: Option<Span>) {
        let mut left = item.start;
        let mut owner = None;
        let mut number = 0;
        while number < inside.len() {
            let quantity = inside[number];
            let next = inside.get(number + 1).copied();
            let after_end = next.map_or(item.end, |next| next.start);
            let place = Place {
                quantity,
                clause: *clause,
                item,
                left,
                before: &self.sentence.text[left..quantity.start],
                after: &self.sentence.text[quantity.end..after_end],
                follows: &self.sentence.text[quantity.end..clause.span.end.max(quantity.end)],
                pending: pending.filter(|_| number == 0),
                next,
                owner,
            };
            match self.place(&place) {
                Read::Attribute => {}
                Read::Behind => {
                    left = quantity.end;
                    owner = None;
                }
                Read::Before(end) => {
                    owner = Some(Span::new(quantity.start, end));
                    left = end;
                }
            }
            number += 1;
        }
    }

    /// Reads one number with its words.
    fn place(&mut self, place: &Place<'a>) -> Read {
        let quantity = place.quantity;
        match quantity.form {
            Form::Rank => return self.rank(place),
            Form::Years => {
                let measure = clean(lead(trim(place.follows)).rest).to_owned();
                let measure = if measure.is_empty() { tail(place.before).head.to_owned() } else { trim(place.follows).to_owned() };
                let quote = Span::new(self.trimmed(place.left), place.clause.span.end);
                self.push(&place.clause, quantity, &Tail::default(), (Basis::Frequency, None), &measure, None, quote);
                return Read::Behind;
            }
            _ => {}
        }
        let after = trim(place.after);
        let countable = matches!(quantity.unit.dimension(), Dimension::Count | Dimension::Rank);
        if let Some(next) = place.next
            && !countable
            && next.unit.dimension() == Dimension::Count
            && next.form == Form::Plain
            && !after.is_empty()
            && phrase::balanced(after)
            && !after.contains(['，', ','])
            && verbless(after)
            && named(place.before, quantity, self.catalogue).is_none()
        {
            // 10亿元以上制造业项目10个: the amount is part of what is counted.
            return Read::Attribute;
        }
        let words = tail(place.before);
        let opening = self.opening(words.head);
        let empty = clean(opening.rest).is_empty() || opening.rest == opening.word;
        let listed = enumeration(words.head).filter(|(_, rest)| trim(rest).is_empty());
        let attributive = trim(place.before).ends_with('的');
        if (empty || attributive || listed.is_some()) && (!after.is_empty() || place.next.is_some_and(|_| !place.after.is_empty())) && starts_noun(place.after)
            && words.change.is_none()
        {
            return self.before_noun(place, &words, &opening, listed.is_some());
        }
        self.behind_measure(place, &words, &opening);
        Read::Behind
    }

    /// The opening of a phrase, unless the phrase ends with a name of the catalogue that holds a verb.
    fn opening<'t>(&self, head: &'t str) -> Lead<'t> {
        match self.catalogue.suffix(head) {
            Some((_, 0)) => Lead { rest: head, ..lead(head) },
            Some((_, start)) => Lead { rest: &head[start..], ..lead(&head[..start]) },
            None => lead(head),
        }
    }

    /// 新增企业2家: the measure stands before the number.
    fn behind_measure(&mut self, place: &Place<'a>, words: &Tail<'a>, opening: &Lead<'a>) {
        let mut rest = opening.rest;
        let mut verb = opening.verb.map(|verb| (verb, opening.word));
        let mut entity = place.owner.map(|span| self.text(span).to_owned());
        if verb.is_none() && self.catalogue.suffix(words.head).is_none() {
            if let Some((subject, inner)) = inner_verb(rest) {
                entity = entity.or_else(|| named_subject(subject));
                verb = Some((inner.verb.unwrap_or(Verb::Reached), inner.word));
                rest = inner.rest;
            }
        }
        if let Some((list, object)) = enumeration(rest).filter(|(_, object)| !trim(object).is_empty()) {
            if entity.is_none() && place.pending.is_some() {
                let from = place.pending.map_or(place.item.start, |span| span.start);
                let whole = &self.sentence.text[from..place.item.start];
                entity = Some(format!("{}{}", lead(whole).rest, list));
            }
            rest = object;
        }
        let joined = words.change.is_some() && place.pending.is_some() && verb.is_none();
        let mut measure = match place.pending {
            Some(pending) if joined => clean(lead(&self.sentence.text[pending.start..place.item.start + (place.before.len() - place.before.trim_start().len())]).rest).to_owned() + clean(rest),
            _ => clean(rest).to_owned(),
        };
        if measure.is_empty() || lexicon().general.contains(&measure) {
            let carried = self.carry.measure.clone().unwrap_or_default();
            measure = match (measure.is_empty(), opening.verb) {
                (true, Some(Verb::Work)) => format!("{}{carried}", opening.word),
                _ => format!("{carried}{measure}"),
            };
        } else if verb.is_some_and(|(verb, word)| verb == Verb::Work && word == measure) {
            // 落地8个: the object is the one of the item before.
            if let Some(carried) = self.carry.measure.clone().filter(|_| place.item.start > place.clause.span.start) {
                measure = carried;
            }
        }
        if place.quantity.unit.as_str().ends_with(['亿', '万']) && place.after.starts_with("规模的") {
            measure = format!("{}规模", trim(&place.after["规模的".len()..]));
        }
        let own = Lead { verb: verb.map(|(verb, _)| verb), word: verb.map_or("", |(_, word)| word), ..*opening };
        let basis = self.basis(place.quantity, words, &own, &measure, place.after);
        let quote = Span::new(self.trimmed(place.left), place.quantity.end);
        self.push(&place.clause, place.quantity, words, basis, &measure, entity, quote);
    }

    /// 6个工程获得……: the number stands before what it counts.
    fn before_noun(&mut self, place: &Place<'a>, words: &Tail<'a>, opening: &Lead<'a>, listed: bool) -> Read {
        let quantity = place.quantity;
        let follows = if place.next.is_some() { place.after } else { &self.sentence.text[quantity.end..place.item.end] };
        let mut noun = follows;
        let mut whole = false;
        if place.next.is_some() {
            noun = &follows[..noun_end(follows, place.next, &self.sentence.text[..place.item.end])];
        }
        let stripped = noun.trim_start_matches(['的', ' ']);
        let mut measure = trim(stripped);
        if let Some(rest) = measure.strip_suffix('中') {
            whole = place.next.is_none();
            measure = rest;
        }
        if let Some(rest) = measure.strip_prefix("规模的") {
            let measure = format!("{rest}规模");
            let basis = self.basis(quantity, words, opening, &measure, place.after);
            let quote = Span::new(self.trimmed(place.left), quantity.end + noun.len());
            self.push(&place.clause, quantity, words, basis, &measure, None, quote);
            return Read::Before(quantity.end + noun.len());
        }
        let entity = listed.then(|| {
            let from = place.pending.map_or(place.left, |span| span.start);
            let list = enumeration(words.head).map_or("", |(list, _)| list);
            let whole = &self.sentence.text[from..place.left];
            lead(&format!("{whole}{list}")).rest.to_owned()
        });
        let mut basis = self.basis(quantity, words, opening, measure, follows);
        if opening.verb.is_none() && basis.0 != Basis::Growth && quantity.unit.dimension() == Dimension::Count {
            let done = |(verb, word)| matches!(verb, Verb::Gain | Verb::Reached) && word != "提供";
            let gained = won(follows) || (self.carry.verb.is_some_and(done) && !whole);
            basis.0 = if gained { Basis::Increment } else { Basis::Level };
        } else if opening.word == "提供" {
            basis.0 = Basis::Level;
        } else if opening.verb == Some(Verb::Reached) && quantity.unit.dimension() == Dimension::Count {
            basis.0 = Basis::Increment;
        }
        let start = if opening.verb.is_some() && !listed { self.trimmed(place.left) } else { quantity.start };
        let end = quantity.end + noun.trim_end().len();
        let cut = cut_long(measure).to_owned();
        self.push(&place.clause, quantity, words, basis, &cut, entity, Span::new(start, end));
        if let Some(claim) = self.found.last_mut() {
            claim.whole = whole;
        }
        Read::Before(quantity.end + noun.len())
    }

    /// A place in an order.
    fn rank(&mut self, place: &Place<'a>) -> Read {
        let quantity = place.quantity;
        let ahead = self.text(Span::new(quantity.start, quantity.end)) == "率先";
        if ahead {
            let measure = trim(place.follows).to_owned();
            let quote = Span::new(self.trimmed(place.left), place.clause.span.end);
            self.push(&place.clause, quantity, &Tail::default(), (Basis::Rank, None), &measure, None, quote);
            return Read::Behind;
        }
        let before = trim(place.before);
        let (subject, scope) = split_ranking(before);
        let mut measure = clean(lead(subject).rest).to_owned();
        let scoped = trim(scope);
        if quantity.unit.as_str().ends_with('强') {
            measure = if scoped.is_empty() { measure } else { scoped.to_owned() };
        } else if scoped.ends_with(['榜', '单']) {
            measure = scoped.to_owned();
        } else if measure.is_empty() || lexicon().general.contains(&measure) || (subject.is_empty() && scope.is_empty()) {
            measure = format!("{}{measure}", self.carry.measure.clone().unwrap_or_default());
        } else if std::ptr::eq(subject.as_ptr(), before.as_ptr()) && scope.is_empty() && self.found.last().is_some_and(|last| last.basis == Basis::Rank) {
            // 居全省第3,金华第1: a bare region before the second rank.
            measure = self.found.last().map(|last| last.measure.clone()).unwrap_or(measure);
        }
        if measure.is_empty() {
            measure = before.to_owned();
        }
        let carried = self.carry.measure.clone();
        let quote = Span::new(self.trimmed(place.left), quantity.end);
        self.push(&place.clause, quantity, &Tail::default(), (Basis::Rank, None), &measure, None, quote);
        if carried.is_some() {
            self.carry.measure = carried;
        }
        Read::Behind
    }

    /// Which kind of number it is.
    fn basis(&self, quantity: &Quantity, words: &Tail, opening: &Lead, measure: &str, after: &str) -> (Basis, Option<Direction>) {
        if quantity.form == Form::Streak {
            return (Basis::Frequency, None);
        }
        let dimension = quantity.unit.dimension();
        if matches!(dimension, Dimension::Share | Dimension::Points | Dimension::Ratio) {
            return match words.change {
                Some(direction) => (Basis::Growth, Some(direction)),
                None if quantity.unit.as_str() == "番" => (Basis::Growth, Some(Direction::Up)),
                None => (Basis::Level, None),
            };
        }
        if words.change == Some(Direction::Up) {
            return (Basis::Increment, None);
        }
        if words.change == Some(Direction::Down) {
            return (Basis::Growth, Some(Direction::Down));
        }
        // A verb reaches over a comma only to amounts of the same unit: 争取用地指标9亩,林地指标6亩.
        let near = self.carry.here || self.found.last().is_some_and(|last| last.unit == quantity.unit);
        let inherited = self.carry.verb.filter(|_| near && !words.reached && opening.verb.is_none());
        let verb = opening.verb.map(|verb| (verb, opening.word)).or(inherited);
        let cumulative = opening.cumulative
            || measure.contains("累计")
            || words.cumulative
            || (opening.verb.is_none() && self.carry.cumulative);
        let worked = lexicon().works.ends(measure).is_some()
            || lexicon().works.begins(trim(after)).is_some()
            || ["治理", "整治", "改造", "建设", "报批", "备案", "修复"].iter().any(|work| measure.contains(work));
        let money = matches!(dimension, Dimension::Yuan | Dimension::ForeignMoney);
        let increment = match verb {
            Some((Verb::Gain, word)) if word == "储备" || word == "提供" => false,
            Some((Verb::Gain, word)) if money => {
                ["新增", "争取", "获", "引进", "招引", "新增发行"].iter().any(|gain| word.starts_with(gain))
            }
            Some((Verb::Gain, word)) => !cumulative || word.starts_with('新') || worked,
            Some((Verb::Work, word)) => !money || ["争取", "签约", "发行"].contains(&word),
            Some((Verb::Flow, _)) => false,
            Some((Verb::Reached, _)) => !money && (worked || dimension == Dimension::Count) && !cumulative,
            None => worked && !money && matches!(dimension, Dimension::Count | Dimension::Area | Dimension::Length),
        };
        let alone = dimension == Dimension::Unknown && verb.is_some_and(|(verb, _)| verb == Verb::Gain);
        (if increment || alone { Basis::Increment } else { Basis::Level }, None)
    }

    fn push(
        &mut self,
        clause: &Clause,
        quantity: &Quantity,
        words: &Tail,
        (basis, direction): (Basis, Option<Direction>),
        measure: &str,
        entity: Option<String>,
        quote: Span,
    ) {
        let comparator = match (quantity.suffix, words.comparator) {
            (Some(suffix), _) if quantity.upper.is_some() => suffix,
            (Some(suffix), Some(before)) if suffix == Comparator::Above => before,
            (Some(suffix), _) => suffix,
            (None, Some(before)) => before,
            (None, None) => Comparator::Equal,
        };
        self.carry.measure = Some(measure.to_owned());
        self.found.push(Claim {
            value: quantity.value.clone(),
            upper: quantity.upper.clone(),
            unit: quantity.unit.clone(),
            comparator,
            basis,
            direction,
            measure: measure.to_owned(),
            entity: entity.filter(|entity| !entity.is_empty()),
            quote,
            number: quantity.start,
            clause: clause.span,
            whole: false,
        });
    }

    /// The first place at or after `at` that is no space or separator.
    fn trimmed(&self, at: usize) -> usize {
        let rest = &self.sentence.text[at..];
        at + (rest.len() - rest.trim_start_matches([' ', '、', '，', ',', '；', '—', '-', '\u{3000}']).len())
    }
}

/// How a number was read.
enum Read {
    /// It is part of the name of what the next number counts.
    Attribute,
    /// Its measure stood before it.
    Behind,
    /// What it counts stood behind it, up to here.
    Before(usize),
}

/// Where the noun of a number ends that is followed by another number in the same item.
fn noun_end(between: &str, next: Option<&Quantity>, item: &str) -> usize {
    let Some(next) = next else { return between.len() };
    // The next number has a noun of its own behind it: the words between belong to the first.
    let own = starts_noun(&item[next.end..]) && next.unit.dimension() != Dimension::Share;
    if own {
        return between.len();
    }
    let words = lexicon();
    let mut best = None;
    for (at, _) in between.char_indices() {
        if let Some(word) = words.counted.begins(&between[at..]) {
            best = Some(at + word.len());
        }
    }
    best.filter(|end| !trim(&between[*end..]).is_empty()).unwrap_or(between.len())
}

/// Whether a text goes on with a noun rather than with a mark or a particle.
fn starts_noun(text: &str) -> bool {
    let text = text.trim_start_matches(' ');
    text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '《' | '"'))
        && !["和", "与", "及", "以及", "的增", "，", "以", "，同比", "同比", "的目标", "，比", "左右"].iter().any(|word| text.starts_with(word))
}

/// Whether a text holds no verb that would part it from the number after it.
fn verbless(text: &str) -> bool {
    !["达", "为", "完成", "实现", "增长", "下降", "同比", "其中", "占", "投资", "总"].iter().any(|word| text.contains(word))
}

/// The catalogue's name right before a number: an amount with a measure of its own is no attribute.
fn named(before: &str, _quantity: &Quantity, catalogue: &Catalogue) -> Option<usize> {
    catalogue.suffix(tail(before).head).map(|(_, start)| start)
}

/// Whether something was gained: 3家企业获评…….
fn won(follows: &str) -> bool {
    let words = lexicon();
    follows.char_indices().any(|(at, _)| {
        let word = words.won.begins(&follows[at..]).filter(|_| at > 0);
        // 完成情况 and 完成率 say nothing of a gain.
        word.is_some_and(|word| !follows[at + word.len()..].starts_with(['情', '率', '投']))
    })
}

/// The last verb inside a phrase with something before and after it.
fn inner_verb(text: &str) -> Option<(&str, Lead<'_>)> {
    let words = lexicon();
    let mut quotes = 0i32;
    let mut best = None;
    for (at, character) in text.char_indices() {
        match character {
            '“' | '《' | '(' | '（' => quotes += 1,
            '”' | '》' | ')' | '）' => quotes -= 1,
            _ => {}
        }
        if quotes == 0
            && at > 0
            && let Some(word) = words.inner.begins(&text[at..])
            && text[at + word.len()..].chars().count() >= 2
        {
            best = Some(at);
        }
    }
    let at = best?;
    let inner = lead(&text[at..]);
    (!clean(inner.rest).is_empty()).then_some((&text[..at], inner))
}

/// The subject before a verb, where it names somebody.
fn named_subject(subject: &str) -> Option<String> {
    let subject = clean(lead(subject).rest);
    let ends = ["镇", "县", "市", "区", "村", "街道", "企业", "园区", "学校", "医院", "公司", "集团", "中心", "”", "产业"];
    ends.iter().any(|end| subject.ends_with(end)).then(|| subject.to_owned())
}

/// Splits the words before a rank at the verb of ranking: what is ranked, and among whom.
fn split_ranking(before: &str) -> (&str, &str) {
    let words = lexicon();
    let mut found = None;
    let mut at = 0;
    while at < before.len() {
        match words.ranking.begins(&before[at..]) {
            // 居民 is no verb.
            Some(word) if !before[at..].starts_with("居民") && !before[at..].starts_with("列车") => {
                found = Some((at, at + word.len()));
                at += word.len();
            }
            _ => at += before[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    match found {
        Some((start, end)) => (&before[..start], &before[end..]),
        None => (before, ""),
    }
}

/// `count` subjects of a parallel list, or fewer where they do not match.
fn subjects(head: &str, count: usize) -> Vec<&str> {
    let listed: Vec<&str> = head.split('、').map(trim).filter(|part| !part.is_empty()).collect();
    if listed.len() == count {
        return listed;
    }
    let mut parts = Vec::new();
    for part in listed {
        parts.extend(part.split(['和', '与', '及']).map(trim).filter(|part| !part.is_empty()));
    }
    parts
}

/// A measure without marks and particles at its ends.
fn clean(text: &str) -> &str {
    let mut text = trim(text);
    loop {
        let next = trim(text.trim_start_matches(['的', '了', '：', ':']).trim_end_matches(['的', '了', '等']));
        if next.len() == text.len() {
            return text;
        }
        text = next;
    }
}

/// A noun phrase with its predicate, cut where it grows into a sentence.
fn cut_long(text: &str) -> &str {
    if text.chars().count() <= 40 {
        return text;
    }
    let words = lexicon();
    let cut = text.char_indices().skip(2).find(|(at, _)| words.won.begins(&text[*at..]).is_some());
    cut.map_or(text, |(at, _)| &text[..at])
}

fn trim_open(text: &str) -> &str {
    text.trim_start_matches(['(', '（', ' '])
}
