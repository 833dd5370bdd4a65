//! Hours that are missing: short gaps are bridged and counted, long ones refused.

use super::stamp::shown;
use super::{NAMES, Record, Values};

/// So many hours in a row are bridged by a straight line.
const BRIDGED: usize = 3;

/// Thermopiles show a little less than nothing at night; what is lower is a fault.
const NIGHT: f64 = -20.0;

/// Hours without gaps.
pub(super) struct Filled {
    pub(super) values: Vec<Values>,
    /// What was repaired, in Chinese.
    pub(super) notes: Vec<String>,
}

/// Bridges the gaps of each value that the file has at all.
pub(super) fn fill(
    slots: Vec<Option<Record>>,
    middles: &[f64],
    offset: i32,
) -> Result<Filled, String> {
    let has =
        |name: usize| slots.iter().flatten().any(|record: &Record| record.values[name].is_some());
    let mut values = vec![[None; 5]; slots.len()];
    let (mut bridged, mut nights) = (0, 0);
    for name in 0..NAMES.len() {
        if !has(name) {
            continue;
        }
        let mut known: Vec<Option<f64>> =
            slots.iter().map(|slot| slot.as_ref().and_then(|slot| slot.values[name])).collect();
        if name < 3 {
            nights += raise(&mut known, &slots, name)?;
        }
        bridged +=
            bridge(&mut known, |from, count| told(name, from, count, &slots, middles, offset))?;
        for (hour, value) in values.iter_mut().zip(known) {
            hour[name] = value;
        }
    }
    let mut notes = Vec::new();
    if bridged > 0 {
        notes.push(format!("补了 {bridged} 个缺数（不超过 {BRIDGED} 小时的空缺，按前后直线内插）"));
    }
    if nights > 0 {
        notes.push(format!("{nights} 个略低于零的辐射按零计（夜间仪器零点）"));
    }
    Ok(Filled { values, notes })
}

/// Light that is a little below nothing is nothing; gives how many there were.
fn raise(
    known: &mut [Option<f64>],
    slots: &[Option<Record>],
    name: usize,
) -> Result<usize, String> {
    let mut raised = 0;
    for (value, slot) in known.iter_mut().zip(slots) {
        let Some(light) = value else { continue };
        if *light < NIGHT {
            let line = slot.as_ref().map_or(0, |slot| slot.line);
            return Err(format!("第 {line} 行：{} 为 {light}（辐射应不小于 0）", NAMES[name]));
        }
        if *light < 0.0 {
            *light = 0.0;
            raised += 1;
        } else if *light == 0.0 {
            // Not minus nothing.
            *light = 0.0;
        }
    }
    Ok(raised)
}

/// Draws a line over each gap; gives how many values it set.
fn bridge(
    known: &mut [Option<f64>],
    told: impl Fn(usize, usize) -> String,
) -> Result<usize, String> {
    let mut set = 0;
    let mut at = 0;
    while at < known.len() {
        if known[at].is_some() {
            at += 1;
            continue;
        }
        let count = known[at..].iter().take_while(|value| value.is_none()).count();
        if count > BRIDGED {
            return Err(told(at, count));
        }
        let before = at.checked_sub(1).and_then(|before| known[before]);
        let after = known.get(at + count).copied().flatten();
        let ends = before.or(after).zip(after.or(before));
        let Some((before, after)) = ends else { return Err(told(at, count)) };
        for step in 1..=count {
            let share = step as f64 / (count + 1) as f64;
            known[at + step - 1] = Some(before + (after - before) * share);
        }
        set += count;
        at += count;
    }
    Ok(set)
}

fn told(
    name: usize,
    from: usize,
    count: usize,
    slots: &[Option<Record>],
    middles: &[f64],
    offset: i32,
) -> String {
    let hour = middles.get(from).map_or(String::new(), |middle| shown(*middle, offset));
    let line = slots[..from].iter().rev().flatten().next().map_or(1, |before| before.line);
    format!(
        "第 {line} 行之后：自 {hour} 起缺 {count} 小时的 {}（应每小时有一个数；不超过 {BRIDGED} 小时的空缺会内插）",
        NAMES[name]
    )
}
