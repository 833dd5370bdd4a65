//! Which kind of number a claim carries: a level, an increment, a growth.

use terms::{Basis, Dimension, Direction};

use super::Reader;
use crate::lexicon::lexicon;
use crate::phrase::{Lead, Tail, Verb, trim};
use crate::quantity::{Form, Quantity};

impl Reader<'_> {
    /// Which kind of number it is.
    pub(super) fn basis(
        &self,
        quantity: &Quantity,
        words: &Tail,
        opening: &Lead,
        measure: &str,
        after: &str,
    ) -> (Basis, Option<Direction>) {
        if quantity.form == Form::Streak {
            return (Basis::Frequency, None);
        }
        let dimension = quantity.unit.dimension();
        if matches!(dimension, Dimension::Share | Dimension::Points | Dimension::Ratio) {
            return match words.change {
                Some(direction) => (Basis::Growth, Some(direction)),
                // 保持20%以上增长: the change stands behind.
                None if ["增长", "的增长", "的预期增长", "的增速", "增速", "的增幅"]
                    .iter()
                    .any(|word| trim(after).starts_with(word)) =>
                {
                    (Basis::Growth, Some(Direction::Up))
                }
                None if lessened(measure) => (Basis::Growth, Some(Direction::Down)),
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
        let near =
            self.carry.here || self.found.last().is_some_and(|last| last.unit == quantity.unit);
        let inherited =
            self.carry.verb.filter(|_| near && !words.reached && opening.verb.is_none());
        let verb = opening.verb.map(|verb| (verb, opening.word)).or(inherited);
        let cumulative = opening.cumulative
            || measure.contains("累计")
            || words.cumulative
            || (opening.verb.is_none() && self.carry.cumulative);
        let worked = lexicon().works.ends(measure).is_some()
            || lexicon().works.begins(trim(after)).is_some()
            || ["治理", "整治", "改造", "建设", "报批", "备案", "修复", "加装"]
                .iter()
                .any(|work| measure.contains(work));
        let money = matches!(dimension, Dimension::Yuan | Dimension::ForeignMoney);
        let increment = match verb {
            Some((Verb::Gain, "储备" | "提供" | "拥有" | "现有" | "共有" | "设有")) => {
                false
            }
            // 吸引游客15万人次: those who came.
            Some((Verb::Gain, "吸引")) if quantity.unit.base() == "人次" => false,
            Some((Verb::Gain, word)) if money => {
                ["新增", "争取", "获", "引进", "招引", "新增发行", "增发"]
                    .iter()
                    .any(|gain| word.starts_with(gain))
            }
            // A verb of an earlier item does not make a harvest a gain.
            Some(_)
                if opening.verb.is_none()
                    && matches!(
                        dimension,
                        Dimension::Mass | Dimension::Volume | Dimension::Energy
                    ) =>
            {
                false
            }
            Some((Verb::Gain, word)) => {
                !cumulative
                    || word.starts_with('新')
                    || worked
                    || ["实施", "筛查", "免费筛查", "完成"].contains(&word)
            }
            Some((Verb::Work, word)) => {
                !money || ["争取", "签约", "发行", "盘活", "盘活利用"].contains(&word)
            }
            Some((Verb::Flow, _)) => false,
            Some((Verb::Reached, _)) => {
                let built = measure.ends_with("工程");
                !money && (worked || built || dimension == Dimension::Count) && !cumulative
            }
            None if opening.aimed && dimension == Dimension::Count && !words.reached => true,
            None => {
                worked
                    && !money
                    && matches!(dimension, Dimension::Count | Dimension::Area | Dimension::Length)
            }
        };
        if let Some((class, word)) = verb {
            let kind = match class {
                Verb::Gain => "增加、建成、获得一类",
                Verb::Work => "所做的工作一类",
                Verb::Flow => "发生额一类",
                Verb::Reached => "完成、达到一类",
            };
            let own = if opening.verb.is_some() { "" } else { "（沿用前文）" };
            self.note(|| format!("动词：“{word}”{own}，{kind}"));
        }
        if cumulative {
            self.note(|| "累计：说的是累计数".to_owned());
        }
        let alone =
            dimension == Dimension::Unknown && verb.is_some_and(|(verb, _)| verb == Verb::Gain);
        (if increment || alone { Basis::Increment } else { Basis::Level }, None)
    }
}

/// 减时间83%, 压减一般性支出10%: how much less there is of it.
fn lessened(measure: &str) -> bool {
    const BURDENS: &[&str] = &["时间", "时限", "材料", "环节", "费用", "流程", "跑动"];
    let burden = measure
        .rsplit_once('减')
        .is_some_and(|(_, what)| BURDENS.iter().any(|word| what.starts_with(word)));
    burden || ["压减", "削减", "缩减", "压缩"].iter().any(|verb| measure.starts_with(verb))
}
