//! Milestones: awards, listings, openings and completions that can be checked with yes or no.
//!
//! A clause is read as subjects, a verb and objects. What a verb asks of both sides tells a milestone from a
//! slogan: a title must have a name, a closing verb (通车, 投产) must have something before it, a verb at the head
//! of a clause (出台, 启用) must have a named object. A list gives one milestone for each of its members. A clause
//! with a number is a claim already; what it names beside the number (甲、乙等10个县获批试点) counts all the same.

mod name;
#[cfg(test)]
mod tests;
mod words;

use terms::Span;

use crate::phrase::{lead, trim};
use crate::sentence::{BRACKETED, Clause, Sentence};
use name::{is_named, is_slogan, is_thing, names, whole};
use words::{List, vocabulary};

/// A milestone in a sentence; places are bytes of the sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Milestone {
    pub(crate) measure: String,
    pub(crate) entity: Option<String>,
    pub(crate) quote: Span,
    pub(crate) clause: Span,
}

/// The milestones of a sentence. `taken` are the places of the numbers that are claims already.
pub(crate) fn milestones(sentence: &Sentence, taken: &[usize]) -> Vec<Milestone> {
    let mut found = Vec::new();
    let mut subject: Option<String> = None;
    for clause in sentence.clauses().iter().filter(|clause| !clause.bracketed) {
        let numbers: Vec<usize> = taken
            .iter()
            .copied()
            .filter(|at| clause.span.contains(*at) && sentence.depth(*at) & BRACKETED == 0)
            .collect();
        if clause.strong || !numbers.is_empty() {
            subject = None;
        }
        let reader = Reader::new(sentence, clause, &numbers);
        if reader.text().chars().count() < 5 {
            continue;
        }
        subject = reader.read(subject, &mut found);
    }
    found
}

/// A clause that is being read.
struct Reader<'a> {
    sentence: &'a Sentence<'a>,
    clause: Span,
    /// The clause without marks and spaces at its ends.
    place: Span,
    numbers: &'a [usize],
}

/// The subjects of a verb.
struct Subjects {
    /// The names, as places of the sentence.
    items: Vec<Span>,
    /// The noun that closes their list and belongs to each.
    shared: String,
    /// The report's own region is named; it is no subject of its own.
    own: bool,
}

impl<'a> Reader<'a> {
    fn new(sentence: &'a Sentence<'a>, clause: &Clause, numbers: &'a [usize]) -> Self {
        let words = &sentence.text[clause.span.range()];
        let kept = words.trim_end_matches(['。', '！', '？', '!', '?', ' ']);
        let opening = kept.len() - kept.trim_start_matches([' ', '、', '—', '-']).len();
        let place = Span::new(clause.span.start + opening, clause.span.start + kept.len());
        Reader { sentence, clause: clause.span, place, numbers }
    }

    fn text(&self) -> &'a str {
        self.slice(self.place)
    }

    fn slice(&self, place: Span) -> &'a str {
        &self.sentence.text[place.range()]
    }

    fn counted(&self, place: Span) -> bool {
        self.numbers.iter().any(|at| place.contains(*at))
    }

    /// Reads the clause; returns the subject that the next clause may go on with.
    fn read(&self, subject: Option<String>, found: &mut Vec<Milestone>) -> Option<String> {
        let before = found.len();
        if vocabulary().purposes.begins(self.text()).is_some() {
            return None;
        }
        if self.averted(found) {
            return None;
        }
        let entity = self.won(&subject, found);
        if found.len() > before {
            return entity;
        }
        if self.gained(found) {
            return None;
        }
        if self.achieved(found) || self.ended(found) {
            return found.last().and_then(|stone| stone.entity.clone());
        }
        self.done(found);
        let own = trim(lead(self.text()).rest);
        Some(own.to_owned())
            .filter(|own| self.numbers.is_empty() && (own.contains('”') || own.ends_with("工作")))
    }

    /// 未发生较大事故: what did not happen.
    fn averted(&self, found: &mut Vec<Milestone>) -> bool {
        let Some((at, word)) = self.find(&vocabulary().averted) else { return false };
        if !self.numbers.is_empty() || self.slice(Span::new(at + word, self.place.end)).is_empty() {
            return false;
        }
        let measure = self.slice(Span::new(at, self.place.end)).to_owned();
        self.push(found, measure, None, self.place);
        true
    }

    /// 甲、乙获评某某示范区: whoever won, joined or became something. Returns the subject.
    fn won(&self, carried: &Option<String>, found: &mut Vec<Milestone>) -> Option<String> {
        let words = vocabulary();
        let (at, length) = self.find(&words.won).or_else(|| {
            let (at, length) = self.find(&words.became)?;
            let title = self.slice(Span::new(at + length, self.place.end));
            (at > self.place.start && words.levels.within(title)).then_some((at, length))
        })?;
        let objects = Span::new(at + length, self.place.end);
        // 获取: nothing was won, and what stands beside it in a list was not either.
        if self.slice(objects).starts_with('取') {
            return None;
        }
        let subjects = self.subjects(Span::new(self.place.start, at))?;
        let list = names(self.sentence, objects);
        let paired = subjects.items.len() > 1 && subjects.items.len() == list.items.len();
        let first = subjects.items.first().map(|item| self.entity(*item, &subjects));
        let own = !subjects.items.is_empty() || subjects.own;
        let entity = if own { first } else { carried.clone() };
        let mut titles: Vec<(Span, String)> = Vec::new();
        for item in &list.items {
            let title = self.title(*item);
            match titles.first() {
                _ if self.counted(*item) => continue,
                // 创建和公民建设: the verb was part of a word.
                _ if item.start == at + length && title.starts_with(['和', '与', '及']) => {
                    continue;
                }
                // 示范镇、村: the second title shares the first one's words.
                Some((_, before)) if paired && title.chars().count() < 3 => {
                    let kept = before.chars().count().saturating_sub(title.chars().count());
                    let start: String = before.chars().take(kept).collect();
                    titles.push((*item, start + title));
                }
                _ if is_named(title) => titles.push((*item, title.to_owned())),
                _ => {}
            }
        }
        for (number, (item, title)) in titles.iter().enumerate() {
            let pair = subjects.items.get(number).filter(|_| paired && number > 0);
            let (owner, start) = match pair {
                Some(owner) => (Some(self.entity(*owner, &subjects)), owner.start),
                None if number == 0 => (entity.clone(), self.place.start),
                None => (entity.clone(), item.start),
            };
            self.push(found, title.clone(), owner, Span::new(start, item.end));
        }
        if let Some((item, title)) = titles.first().filter(|_| !paired) {
            for owner in subjects.items.iter().skip(1) {
                let quote = Span::new(owner.start, item.end);
                self.push(found, title.clone(), Some(self.entity(*owner, &subjects)), quote);
            }
        }
        entity
    }

    /// 新增甲、乙等某某城市: the winners stand between the verb and their title.
    fn gained(&self, found: &mut Vec<Milestone>) -> bool {
        let text = self.text();
        let Some(verb) = vocabulary().gained.begins(text) else { return false };
        let list = names(self.sentence, Span::new(self.place.start + verb.len(), self.place.end));
        let end = self.numbers.iter().copied().min().unwrap_or(list.head.end);
        if end <= list.head.start || !is_named(trim(self.slice(Span::new(list.head.start, end)))) {
            return false;
        }
        let title = trim(self.slice(Span::new(list.head.start, end))).to_owned();
        for (number, item) in list.items.iter().enumerate() {
            let start = if number == 0 { self.place.start } else { item.start };
            let winner = trim(self.slice(*item)).to_owned();
            self.push(found, title.clone(), Some(winner), Span::new(start, end));
        }
        true
    }

    /// 年度目标顺利实现, 某某完成国家下达目标: what was promised is told as reached.
    fn achieved(&self, found: &mut Vec<Milestone>) -> bool {
        let words = vocabulary();
        let text = self.text();
        if !self.numbers.is_empty() {
            return false;
        }
        let closing =
            words.reached.ends(text).map(|verb| self.bare(&text[..text.len() - verb.len()]));
        let (about, end) = match closing {
            Some(about) if words.goals.ends(about).is_some() => (about, about.len()),
            _ if words.goals.ends(text).is_some() => {
                let Some((at, _)) = self.find(&words.reached) else { return false };
                let about = self.bare(&text[..at - self.place.start]);
                // A subject of one or two characters is an adverb: 圆满, 超额.
                if trim(lead(about).rest).chars().count() < 3 || text.chars().count() > 40 {
                    return false;
                }
                (about, about.len())
            }
            _ => return false,
        };
        let list = names(self.sentence, Span::new(self.place.start, self.place.start + end));
        let ending = &text[about.len()..];
        // 甲、乙的目标已完成: what follows 的 is said of both.
        let last = list.items.last().map_or("", |item| self.slice(*item));
        let shared = last.rfind('的').map_or("", |at| &last[at..]);
        for (number, item) in list.items.iter().enumerate() {
            let start = if number == 0 { self.place.start } else { item.start };
            let own = trim(lead(self.slice(*item)).rest);
            let tail = if own.ends_with(shared) { "" } else { shared };
            let measure = format!("{own}{tail}{ending}");
            self.push(found, measure, None, Span::new(start, self.place.end));
        }
        true
    }

    /// 某某大桥建成通车: what stands before a closing verb was done.
    fn ended(&self, found: &mut Vec<Milestone>) -> bool {
        let words = vocabulary();
        let text = self.text();
        // 实现“四个全覆盖”: the closing words may stand in quotation marks.
        let quoted = text.strip_suffix('”').and_then(|open| open.rsplit_once('“'));
        let (before, closing) = quoted.unwrap_or((text, text));
        let any = words.ended.ends(closing);
        let placed = placed(text);
        let Some(verb) = any.or_else(|| words.formed.ends(closing)).or(placed) else {
            return false;
        };
        let before = if quoted.is_some() { before } else { &text[..text.len() - verb.len()] };
        if words.pending.ends(before).is_some() {
            return false;
        }
        let done = self.bare(before);
        let end = self.place.start + done.len();

        let Some(mut subjects) = self.subjects(Span::new(self.place.start, end)) else {
            return false;
        };
        if verb.starts_with('双') {
            subjects.items = self.pair(subjects.items);
        }
        let Some(first) = subjects.items.first() else { return false };
        let name = trim(self.slice(*first));
        let known = if any.is_some() {
            name.chars().count() >= 3
        } else {
            is_named(name) && !is_slogan(name)
        };
        if !known || words.unnamed.begins(name).is_some() {
            return false;
        }
        for (number, item) in subjects.items.iter().enumerate() {
            let start = if number == 0 { self.place.start } else { item.start };
            let entity = self.entity(*item, &subjects);
            let measure = format!("{entity}{}{verb}", &before[done.len()..]);
            self.push(found, measure, Some(entity), Span::new(start, self.place.end));
        }
        true
    }

    /// 出台某某办法, 启用某某系统: a verb at the head of a clause with its objects.
    fn done(&self, found: &mut Vec<Milestone>) {
        let Some((at, length)) = self.find(&vocabulary().done) else { return };
        let before = trim(lead(self.slice(Span::new(self.place.start, at))).rest);
        if before.chars().count() > 4 {
            return;
        }
        let words = vocabulary();
        let verb = self.slice(Span::new(at, at + length));
        let particle = self.slice(Span::new(at + length, self.place.end)).starts_with('了');
        let length = if particle { length + '了'.len_utf8() } else { length };
        let list = names(self.sentence, Span::new(at + length, self.place.end));
        let items = whole(self.sentence, &list.items);
        let object = |item: &Span| trim(self.slice(*item));
        let worked = words.completed.contains(verb);
        let good = |item: &Span| {
            let object = object(item);
            let slogan = is_slogan(object)
                && !(words.issued.contains(verb) && measures_named(object))
                && !(words.begun.contains(verb) && object.ends_with("行动"));
            let work = worked && object.chars().count() >= 5 && words.works.ends(object).is_some();
            // 实现 has what was reached, not what was made.
            let thing = is_thing(object) && !verb.ends_with("实现")
                || verb.ends_with('创') && object.ends_with("模式");
            (thing || work) && !slogan && words.unnamed.begins(object).is_none()
        };
        let head = trim(self.slice(list.head));
        // 推出甲、乙建设等政策: fields, not documents.
        if words.policies.contains(head) {
            return;
        }
        let opened =
            items.first().is_some_and(|first| vocabulary().unnamed.begins(object(first)).is_some());
        // Where a number closes the list (甲、乙等3场), it is the claim and the names are its examples.
        if opened || self.counted(list.head) || (!self.numbers.is_empty() && head.is_empty()) {
            return;
        }
        // In a closed list most members must have names; the others are then names too.
        // 启动甲、乙等单元更新: the work is one for each member.
        if worked && self.numbers.is_empty() && words.works.ends(head).is_some() {
            for (number, item) in items.iter().enumerate() {
                let start = if number == 0 { at } else { item.start };
                let measure = format!("{}{head}", object(item));
                self.push(found, measure, None, Span::new(start, self.place.end));
            }
            return;
        }
        let closed = is_named(head) || words.gatherings.ends(head).is_some();
        let all = closed && items.iter().filter(|item| good(item)).count() * 2 >= items.len();
        for (number, item) in items.iter().enumerate() {
            if self.counted(*item) || !(good(item) || all) {
                continue;
            }
            let start = if number == 0 { at } else { item.start };
            // 设立某某奖并开展评奖: another verb follows.
            let own = object(item).split('并').next().filter(|own| is_thing(own));
            let measure = own.unwrap_or(object(item)).to_owned();
            self.push(found, measure, None, Span::new(start, item.end));
        }
    }

    /// The first of `words` in the clause outside of quotations, with something behind it: place and length.
    fn find(&self, words: &List) -> Option<(usize, usize)> {
        let text = self.text();
        text.char_indices().find_map(|(at, _)| {
            if self.sentence.depth(self.place.start + at) != 0 {
                return None;
            }
            let word = words.begins(&text[at..])?;
            let behind = text[at + word.len()..].chars().count();
            (behind >= 3).then_some((self.place.start + at, word.len()))
        })
    }

    /// The subjects before a verb; `None` where a number counts them and no list names them.
    fn subjects(&self, before: Span) -> Option<Subjects> {
        let words = vocabulary();
        let text = self.bare(self.slice(before));
        let mut own = trim(lead(text).rest);
        while let Some(word) = words.helped.begins(own) {
            own = trim(&own[word.len()..]);
        }
        let region = words.own.begins(own) == Some(own) && !own.is_empty();
        if region {
            own = &own[own.len()..];
        }
        let start = before.start + offset(self.slice(before), own);
        let list = names(self.sentence, Span::new(start, start + own.len()));
        if list.items.iter().any(|item| self.counted(*item)) {
            return None;
        }
        let head = trim(self.slice(list.head));
        let shared = words.shared.ends(head).filter(|_| !list.items.is_empty());
        let items: Vec<Span> = list
            .items
            .into_iter()
            // One character is a particle (并, 既), nobody's name.
            .filter(|item| {
                let name = trim(self.slice(*item));
                name.chars().count() >= 2 && !words.manner.contains(name)
            })
            .collect();
        let own = shared.filter(|word| !items.iter().all(|item| self.slice(*item).ends_with(word)));
        Some(Subjects { items, shared: own.unwrap_or_default().to_owned(), own: region })
    }

    /// 起数和人数双下降: a verb of two has two subjects, whatever joins them.
    fn pair(&self, items: Vec<Span>) -> Vec<Span> {
        let [only] = items.as_slice() else { return items };
        let joint = self.slice(*only).char_indices().find(|(at, character)| {
            matches!(character, '和' | '及' | '与') && self.sentence.depth(only.start + at) == 0
        });
        match joint {
            Some((at, character)) => vec![
                Span::new(only.start, only.start + at),
                Span::new(only.start + at + character.len_utf8(), only.end),
            ],
            None => items,
        }
    }

    fn entity(&self, item: Span, subjects: &Subjects) -> String {
        let name = trim(self.slice(item));
        if subjects.shared.is_empty() || name.ends_with(&subjects.shared) {
            return name.to_owned();
        }
        format!("{name}{}", subjects.shared)
    }

    /// A title without a closing 等.
    fn title(&self, item: Span) -> &'a str {
        trim(self.slice(item)).trim_end_matches('等')
    }

    /// A text without the words of manner at its end.
    fn bare<'t>(&self, text: &'t str) -> &'t str {
        let mut rest = text.trim_end();
        while let Some(word) = vocabulary().manner.ends(rest).filter(|word| word.len() < rest.len())
        {
            rest = rest[..rest.len() - word.len()].trim_end();
        }
        // 6月底前投用, 9月投产.
        let month = ["月底前", "月前", "月底", "月份", "月"]
            .iter()
            .find_map(|word| rest.strip_suffix(word));
        let dated = month.map(|date| (date, date.trim_end_matches(|c: char| c.is_ascii_digit())));
        match dated {
            Some((date, dated)) if date.len() > dated.len() && dated.len() > 3 => dated,
            _ => rest,
        }
    }

    fn push(
        &self,
        found: &mut Vec<Milestone>,
        measure: String,
        entity: Option<String>,
        quote: Span,
    ) {
        let piece = self.slice(quote);
        let kept = piece.trim_start_matches([' ', '、']);
        let start = quote.start + (piece.len() - kept.len());
        let quote = Span::new(start, start + kept.trim_end().len());
        found.push(Milestone { measure, entity, quote, clause: self.clause });
    }
}

/// A closing verb with the place to which something came: 落户某市.
fn placed(text: &str) -> Option<&str> {
    let at = ["落户", "落地"].iter().filter_map(|verb| text.rfind(verb)).max()?;
    let place = &text[at + "落户".len()..];
    let region = place.ends_with(['县', '市', '区', '镇', '省', '州', '疆', '旗', '乡']);
    ((2..=5).contains(&place.chars().count()) && region).then(|| &text[at..])
}

/// Whether measures that were issued have a name, and do not only say what they are for.
fn measures_named(object: &str) -> bool {
    const AIMS: &[&str] =
        &["促进", "支持", "稳定", "推动", "规范", "鼓励", "扩大", "加强", "提升", "深化", "优化"];
    (object.ends_with("措施") || object.ends_with("举措") && object.chars().count() > 8)
        && !["的", "系列", "一揽子"].iter().any(|word| object.contains(word))
        && !AIMS.iter().any(|aim| object.starts_with(aim))
}

/// How many bytes of `whole` stand before its part `part`.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len())
}
