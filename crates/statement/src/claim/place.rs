//! One number with its words: the measure stands behind it, before it, or came earlier in the sentence.

use terms::{Basis, Comparator, Dimension, Span};

use super::complete::{completed, is_comparison};
use super::measure::{
    clean, clean_start, cut_long, inner_verb, named_subject, noun_end, split_ranking, starts_noun,
    verbless, won,
};
use super::{Place, Read, Reader, Reading};
use crate::lexicon::lexicon;
use crate::phrase::{self, Lead, Tail, Verb, enumeration, lead, tail, trim};
use crate::quantity::Form;

impl<'a> Reader<'a> {
    /// Reads one number with its words.
    pub(super) fn place(&mut self, place: &Place<'a>) -> Read {
        let quantity = place.quantity;
        match quantity.form {
            Form::Rank => return self.rank(place),
            Form::Years => {
                // 满意度连续13年提升: the subject stands before, if there is one.
                let own = clean(self.opening(tail(place.before).head).rest);
                // 我市连续三年获评……: the region itself says nothing of what went on.
                let own = if lexicon().openers.contains(own) { "" } else { own };
                let listed = place.pending.filter(|_| !own.is_empty()).map_or("", |pending| {
                    lead(&self.sentence.text[pending.start..place.item.start]).rest
                });
                let subject = format!("{}{own}", clean_start(listed));
                let measure = if own.is_empty() { trim(place.follows).to_owned() } else { subject };
                let quote = Span::new(self.trimmed(place.left), place.clause.span.end);
                self.push(
                    &place.clause,
                    quantity,
                    &Tail::default(),
                    Reading { basis: (Basis::Frequency, None), measure, entity: None, quote },
                );
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
            && self.catalogue.suffix(tail(place.before).head).is_none()
        {
            // 10亿元以上制造业项目10个: the amount is part of what is counted.
            return Read::Attribute;
        }
        let sizes = place.next.is_some_and(|next| next.unit.dimension() == Dimension::Count)
            && quantity.suffix == Some(Comparator::AtLeast)
            && matches!(quantity.unit.dimension(), Dimension::Yuan | Dimension::ForeignMoney);
        if sizes && after.is_empty() && trim(place.before).is_empty() && !self.found.is_empty() {
            // 10亿元以上项目8个、50亿元以上1个: the noun is the one of the item before.
            return Read::Attribute;
        }
        let words = tail(place.before);
        let opening = self.opening(words.head);
        let sized = matches!(
            quantity.unit.dimension(),
            Dimension::Mass
                | Dimension::Volume
                | Dimension::Power
                | Dimension::Energy
                | Dimension::Quotient
        );
        if sized
            && quantity.suffix.is_none()
            && words.head == place.before
            && opening.verb.is_none()
            && starts_noun(place.after)
            && self.catalogue.suffix(words.head).is_none()
        {
            // 某地400万吨煤制油项目: a size in a name.
            return Read::Attribute;
        }
        // 完成营商环境58条改革举措: the noun behind the number goes on with the words before it.
        let split = countable
            && quantity.suffix.is_none()
            && opening.verb.is_some_and(|verb| verb != Verb::Work)
            && words.head == place.before
            && place.pending.is_none()
            && place.next.is_none()
            && place.item.end == place.clause.span.end
            && starts_noun(place.after)
            && (2..=8).contains(&after.trim_end_matches('。').chars().count())
            && !after.starts_with(['“', '《', '(', '（'])
            && phrase::verb_at(after).is_none()
            && verbless(after)
            && !won(after)
            && self.catalogue.suffix(words.head).is_none();
        // 110米口径望远镜, 750千伏电网: a size in a name.
        let size =
            matches!(quantity.unit.as_str(), "米" | "厘米" | "毫米" | "纳米" | "千伏" | "伏");
        if size
            && quantity.suffix.is_none()
            && trim(place.before).is_empty()
            && starts_noun(place.after)
        {
            return Read::Attribute;
        }
        // 与228个国家建立往来: a preposition is no name.
        let preposed = ["与", "同", "和", "对", "向", "在", "以"].contains(&clean(opening.rest));
        let empty = phrase::adverbial(clean(opening.rest))
            || opening.rest == opening.word
            || preposed && opening.verb.is_none();
        let listed = enumeration(words.head).filter(|(_, rest)| trim(rest).is_empty());
        // 全长3046公里的屏障, 武汉、宜昌3家园区: what is counted stands behind the number.
        let sized = lexicon().general.contains(clean(opening.rest))
            && place.after.starts_with('的')
            && !place.after.starts_with("的增");
        let named = place.pending.is_some()
            && countable
            && place.next.is_none_or(|next| next.form == Form::Rank)
            && words.head == place.before
            && opening.verb.is_none()
            && place.before.chars().count() <= 4
            && self.catalogue.suffix(words.head).is_none();
        // 围绕民生提出7项指标: a verb right before the number, a noun right behind it.
        let extent = matches!(quantity.unit.dimension(), Dimension::Length | Dimension::Area)
            || matches!(quantity.unit.as_str(), "万" | "亿");
        let stated = (countable || extent)
            && lexicon().inner.ends(words.head).is_some()
            && words.head == place.before;
        let attributive = trim(place.before).ends_with('的') || sized || named || stated;
        if (empty || attributive || listed.is_some())
            && (!after.is_empty() || place.next.is_some_and(|_| !place.after.is_empty()))
            && starts_noun(place.after)
            && words.change.is_none()
        {
            return self.before_noun(place, &words, &opening, listed.is_some());
        }
        self.behind_measure(place, &words, &opening);
        if split && let Some(claim) = self.found.last_mut() {
            claim.measure.push_str(after.trim_end_matches(['。', ' ']));
            self.carry.measure = Some(claim.measure.clone());
        }
        Read::Behind
    }

    /// The opening of a phrase. A name of the catalogue at its end stays whole, with the nouns that qualify it
    /// (民营企业工业增加值), even where it holds a verb.
    fn opening<'t>(&self, head: &'t str) -> Lead<'t> {
        let Some((_, start)) = self.catalogue.suffix(head) else { return lead(head) };
        let before = lead(&head[..start]);
        let name = lead(&head[start..]);
        let gained = lexicon().gain.ends(&head[..start]);
        if let Some(word) = gained {
            return Lead {
                rest: &head[start..],
                verb: Some(Verb::Gain),
                word: &head[start - word.len()..start],
                ..before
            };
        }
        let rest = match before.rest {
            rest if rest == before.word || phrase::adverbial(rest) || phrase::is_year(rest) => {
                &head[start..]
            }
            rest => &head[start - rest.len()..],
        };
        if before.verb.is_none() {
            Lead { rest, verb: name.verb, word: name.word, ..before }
        } else {
            Lead { rest, ..before }
        }
    }

    /// 新增企业2家: the measure stands before the number.
    fn behind_measure(&mut self, place: &Place<'a>, words: &Tail<'a>, opening: &Lead<'a>) {
        let mut rest = opening.rest;
        let mut verb = opening.verb.map(|verb| (verb, opening.word));
        let mut cumulative = opening.cumulative;
        let mut entity = place.owner.map(|span| self.text(span).to_owned());
        let last =
            lexicon().inner.ends(rest).filter(|word| word.len() < rest.len() && *word != "签约");
        if let Some(word) = last.filter(|_| verb.is_none()) {
            // 国家高新技术企业新增45家: the verb stands between measure and number.
            let before = tail(&rest[..rest.len() - word.len()]);
            cumulative = before.cumulative;
            verb = phrase::verb_at(&rest[rest.len() - word.len()..]);
            rest = before.head;
        } else if verb.is_none()
            && self.catalogue.suffix(words.head).is_none()
            && let Some((subject, inner)) = inner_verb(rest)
        {
            verb = Some((inner.verb.unwrap_or(Verb::Reached), inner.word));
            // 矿业权出让实现收益: a short object says too little without its subject.
            let short = clean(inner.rest).chars().count() <= 3 && inner.verb == Some(Verb::Reached);
            if !short {
                entity = entity.or_else(|| named_subject(subject));
                rest = inner.rest;
            }
        }
        if let Some((list, object)) =
            enumeration(rest).filter(|(_, object)| !trim(object).is_empty())
        {
            if entity.is_none() && place.pending.is_some() {
                let from = place.pending.map_or(place.item.start, |span| span.start);
                let whole = &self.sentence.text[from..place.item.start];
                entity = Some(format!("{}{}", lead(whole).rest, list));
            }
            rest = object;
        }
        // 契税、印花税240亿元: without a verb of its own, an item goes on with the ones before it.
        let pending = place.pending.filter(|pending| {
            entity.is_none()
                && opening.verb.is_none()
                && verb.is_none()
                && !clean(rest).is_empty()
                && self.text(*pending).chars().count() <= 40
        });
        let mut measure = match pending {
            Some(pending) => {
                let listed = lead(&self.sentence.text[pending.start..place.item.start]).rest;
                format!("{}{}", clean_start(listed), clean(rest))
            }
            None => clean(rest).to_owned(),
        };
        // 从39个拓展到91个: the subject stood before the first number.
        let moved = !words.origin
            && measure.chars().count() <= 4
            && words.head.ends_with(['到', '至'])
            && self.found.last().is_some_and(|last| last.background);
        if moved {
            measure.clear();
        }
        // 占规模以上工业比重45%: a share of something is a share that the subject before it has.
        let part = lead(clean(words.head)).rest;
        let shared =
            part.starts_with('占') && !part.starts_with("占地") && !part.starts_with("占比");
        if shared && let Some(whole) = self.carry.measure.clone().filter(|_| pending.is_none()) {
            // 占工业的60%、占全省的5%: each is a share that the first subject has.
            let subject = whole.split_once('占').map_or(whole.as_str(), |(subject, _)| subject);
            measure = format!("{subject}{}", clean(part));
        }
        if measure.is_empty() || lexicon().general.contains(&measure) {
            let carried = self.carry.measure.clone().unwrap_or_default();
            // 新建绿道137公里、累计达到2136公里: what there is altogether is not new.
            let stock = words.cumulative && place.item.start > place.clause.span.start;
            let old = carried.strip_prefix("新建").or_else(|| carried.strip_prefix("新增"));
            let carried = old.filter(|_| stock).map_or(carried.clone(), str::to_owned);
            measure = match (measure.is_empty(), opening.verb) {
                (true, Some(Verb::Work)) => format!("{}{carried}", opening.word),
                _ => format!("{carried}{measure}"),
            };
        } else if verb.is_some_and(|(verb, word)| verb == Verb::Work && word == measure) {
            // 落地8个: the object is the one of the item before.
            if let Some(carried) =
                self.carry.measure.clone().filter(|_| place.item.start > place.clause.span.start)
            {
                measure = carried;
            }
        }
        if place.quantity.unit.as_str().ends_with(['亿', '万']) && place.after.starts_with("规模的")
        {
            measure = format!("{}规模", trim(&place.after["规模的".len()..]));
        }
        // 列第6位、前移3位: what is ranked.
        if clean(rest).is_empty()
            && place.quantity.unit.as_str() == "位"
            && let Some(ranked) = self.found.last().filter(|last| last.basis == Basis::Rank)
        {
            measure = ranked.measure.clone();
        }
        if let Some(carried) = self.carry.measure.as_deref() {
            measure = completed(measure, carried);
        }
        self.note(|| match (rest_is_carried(&measure, clean(rest)), pending) {
            (true, _) => format!("指标：沿用前文，“{measure}”"),
            (false, Some(_)) => format!("指标：与前面并列的各项合为“{measure}”"),
            _ => format!("指标：数字之前的“{measure}”"),
        });
        let own = Lead {
            verb: verb.map(|(verb, _)| verb),
            word: verb.map_or("", |(_, word)| word),
            cumulative,
            ..*opening
        };
        let mut basis = self.basis(place.quantity, words, &own, &measure, place.after);
        // 增长6%,力争达到6.5%: the second number is a growth as the first one is.
        if clean(rest).is_empty()
            && basis.0 == Basis::Level
            && (opening.aimed || words.aimed)
            && let Some(last) = self.found.last()
            && last.basis == Basis::Growth
            && last.unit == place.quantity.unit
            && last.measure == measure
        {
            basis = (Basis::Growth, last.direction);
        }
        // 总量达8.6万户,其中企业2.3万户: a part is told on the basis of its whole.
        let part = trim(self.text(place.item)).starts_with("其中") && opening.verb.is_none();
        if part
            && let Some(last) = self.found.last()
            && matches!((last.basis, basis.0), (Basis::Level, Basis::Increment))
            && last.unit.dimension() == place.quantity.unit.dimension()
        {
            basis.0 = Basis::Level;
        }
        // 由1亿人次增加到3亿人次, 从39个拓展到91个: what was reached is a level.
        if basis.0 == Basis::Increment && (words.to || moved) {
            basis.0 = Basis::Level;
        }
        // 高于全省1.5个百分点: a comparison; what the sentence is about stays what it was.
        let about = self.carry.measure.clone().filter(|about| measure.len() > about.len());
        let compared =
            about.filter(|about| measure.strip_prefix(about.as_str()).is_some_and(is_comparison));
        let quote = Span::new(self.trimmed(place.left), place.quantity.end);
        self.push(&place.clause, place.quantity, words, Reading { basis, measure, entity, quote });
        if compared.is_some() {
            self.carry.measure = compared;
        }
    }

    /// 6个工程获得……: the number stands before what it counts.
    fn before_noun(
        &mut self,
        place: &Place<'a>,
        words: &Tail<'a>,
        opening: &Lead<'a>,
        listed: bool,
    ) -> Read {
        let quantity = place.quantity;
        let follows = if place.next.is_some() {
            place.after
        } else {
            &self.sentence.text[quantity.end..place.item.end]
        };
        let mut noun = follows;
        let mut whole = false;
        let spread = self.spread(place, follows);
        if spread.is_some() {
            noun = spread.unwrap_or(noun);
        } else if place.next.is_some() {
            let ranked = place.next.filter(|next| next.form == Form::Rank);
            let subject = ranked.map_or("", |_| split_ranking(follows).0);
            noun = match subject {
                "" => {
                    &follows[..noun_end(follows, place.next, &self.sentence.text[..place.item.end])]
                }
                subject => subject,
            };
        }
        let stripped = noun.trim_start_matches(['的', ' ']);
        // 5个地标和5个去处: what joins two counts belongs to neither.
        let joined = if place.next.is_some() { &['和', '与', '及'][..] } else { &[] };
        let mut measure = trim(trim(stripped).trim_end_matches(joined));
        if let Some(rest) = measure.strip_suffix('中') {
            whole = place.next.is_none();
            measure = rest;
        }
        if let Some(rest) = measure.strip_prefix("规模的") {
            let measure = format!("{rest}规模");
            let basis = self.basis(quantity, words, opening, &measure, place.after);
            let quote = Span::new(self.trimmed(place.left), quantity.end + noun.len());
            self.push(
                &place.clause,
                quantity,
                words,
                Reading { basis, measure, entity: None, quote },
            );
            return Read::Before(quantity.end + noun.len());
        }
        let general = clean(opening.rest);
        let measure_of;
        if lexicon().general.contains(general) && stripped.len() < noun.len() {
            measure_of = format!("{measure}{general}");
            measure = &measure_of;
        } else if let Some(shared) = self.graded(place, measure) {
            measure_of = format!("{measure}{shared}");
            measure = &measure_of;
        }
        let entity = listed.then(|| {
            let from = place.pending.map_or(place.left, |span| span.start);
            let list = enumeration(words.head).map_or("", |(list, _)| list);
            let whole = &self.sentence.text[from..place.left];
            lead(&format!("{whole}{list}")).rest.to_owned()
        });
        let mut basis = self.basis(quantity, words, opening, measure, follows);
        if opening.verb.is_none()
            && basis.0 != Basis::Growth
            && quantity.unit.dimension() == Dimension::Count
        {
            let done = |(verb, word)| matches!(verb, Verb::Gain | Verb::Reached) && word != "提供";
            // 制定3项标准: the verb stands right before the number, behind a subject of its own.
            let stated = lexicon().inner.ends(words.head).and_then(phrase::verb_at);
            let carried = stated.filter(|(_, word)| *word != "提出").or(self.carry.verb);
            // 15个试点稳步推进: what is under way is no gain.
            let pending = UNDER_WAY.iter().any(|word| follows.contains(word));
            let gained = won(follows) || (carried.is_some_and(done) && !whole && !pending);
            basis.0 = if gained { Basis::Increment } else { Basis::Level };
        } else if opening.word == "提供" {
            basis.0 = Basis::Level;
        } else if opening.verb == Some(Verb::Reached)
            && quantity.unit.dimension() == Dimension::Count
        {
            basis.0 = Basis::Increment;
        }
        // 为1.6万名老人提供服务: those whom it reached.
        if trim(place.before).ends_with(['为', '向', '给']) && opening.verb.is_none() {
            basis.0 = Basis::Level;
        }
        // 惠及300万群众: the words behind the number are those whom it reached.
        if lexicon().inner.ends(words.head) == Some("惠及") {
            basis.0 = Basis::Level;
        }
        let start = if opening.verb.is_some() && !listed {
            self.trimmed(place.left)
        } else {
            quantity.start
        };
        let end = quantity.end + noun.trim_end().len();
        let cut = cut_long(measure).to_owned();
        self.note(|| format!("指标：数字之后的“{cut}”"));
        self.push(
            &place.clause,
            quantity,
            words,
            Reading { basis, measure: cut, entity, quote: Span::new(start, end) },
        );
        if let Some(claim) = self.found.last_mut() {
            claim.background |= whole;
        }
        Read::Before(quantity.end + noun.len())
    }
}

/// Words by which what is counted is still under way.
const UNDER_WAY: &[&str] = &[
    "稳步推进",
    "有序推进",
    "加快推进",
    "扎实推进",
    "加快建设",
    "加快落地",
    "稳步实施",
    "有序实施",
    "深入推进",
];

/// Whether a measure came from earlier words than those before its number.
fn rest_is_carried(measure: &str, rest: &str) -> bool {
    rest.is_empty() || !measure.ends_with(rest)
}
