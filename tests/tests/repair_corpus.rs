//! Real damage: the type specimen, and pages of which a clean twin is known.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;

use document::read;
use terms::{Document, RepairKind, Span};
use tests::shared;

fn specimen() -> Option<(Vec<u8>, Document)> {
    let bytes = fs::read(shared("corpus/yongkang-2024.txt")?).unwrap();
    let document = read("yongkang-2024.txt", &bytes).unwrap();
    Some((bytes, document))
}

#[test]
fn the_damaged_places_of_the_specimen_are_read() {
    let Some((_, document)) = specimen() else { return };
    for phrase in [
        "案例。“一局一事一出彩”改革工作机制",
        "试点。“东迁西归”人才",
        "产业基地数量",
        "地表水断面III类",
        "。“秸秆换肥”模式",
        "94.52%。“平安永康”实现17连创",
        "“金惠保”投保率〓5%以上",
        "抓手。“〓”是指",
        "。“X”是指",
        "。“绿衣”模式",
    ] {
        assert!(document.text.contains(phrase), "{phrase}");
    }
    let count = |kind| document.repairs().filter(|repair| repair.kind == kind).count();
    assert_eq!(count(RepairKind::Shifted), 10);
    assert_eq!(count(RepairKind::LostDigit), 2);
    assert_eq!(count(RepairKind::LostCharacter), 0);
    let lost = document.diagnostics.iter().filter(|diagnostic| diagnostic.code == "digit-lost");
    assert_eq!(
        lost.map(|diagnostic| document.slice(diagnostic.span.unwrap())).collect::<Vec<_>>(),
        ["〓", "〓"]
    );
}

#[test]
fn nothing_of_the_damage_is_left_in_the_specimen() {
    let Some((bytes, document)) = specimen() else { return };
    let text = &document.text;
    assert_eq!(text.chars().find(|c| "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ?\u{FFFD}□".contains(*c)), None);
    for bracket in
        ["(助理)", "(活动)", "(2023-2025年)", "(GB/T 36073-2018)", "(飞入地)", "PM2.5", "R&D"]
    {
        assert!(text.contains(bracket), "{bracket}");
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    assert_eq!(digits(text), digits(std::str::from_utf8(&bytes).unwrap()));
    assert_eq!(&read("again", text.as_bytes()).unwrap().text, text);
}

#[test]
fn characters_of_the_specimen_lead_back_to_their_bytes() {
    let Some((bytes, document)) = specimen() else { return };
    let source = |phrase: &str| {
        let at = document.text.find(phrase).unwrap();
        let place = document.map.source(Span::new(at, at + phrase.len()));
        std::str::from_utf8(&bytes[place.range()]).unwrap()
    };
    assert_eq!(source("40MW"), "40MW");
    assert_eq!(source("24.53"), "24.53");
    assert_eq!(source("17连创"), "17連創");
    // A re-paired character leads to the shown characters that hold its bytes.
    assert_eq!(source("出彩"), "怀霾省");
    assert_eq!(source("作机"), "ぷ鳈C");
    assert_eq!(source("〓5%"), "?5%");
    // Every ASCII digit is its own byte.
    for (at, character) in document.text.char_indices() {
        if character.is_ascii_digit() {
            let place = document.map.source(Span::new(at, at + 1));
            assert_eq!(&bytes[place.range()], character.to_string().as_bytes(), "at {at}");
        }
    }
}

#[test]
fn damaged_pages_come_out_like_their_twins() {
    let Some(pages) = shared("corpus/pages") else { return };
    let mut compared = 0;
    for entry in fs::read_dir(&pages).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let mut parts = name.split('.');
        let (Some(stem), Some(damage)) = (parts.next(), parts.next()) else { continue };
        if !matches!(damage, "pinyin_all" | "pinyin_part" | "trad" | "spaced") {
            continue;
        }
        let document = read(&name, &fs::read(pages.join(&name)).unwrap()).unwrap();
        let twin = fs::read_to_string(pages.join(format!("{stem}.txt"))).unwrap();
        assert_eq!(document.text, twin, "{name}");
        let clean = read(stem, twin.as_bytes()).unwrap();
        assert!(clean.repairs.is_empty(), "{stem}: {:?}", clean.repairs);
        compared += 1;
    }
    assert!(compared >= 10, "{compared}");
}

#[test]
fn mangled_pages_come_out_like_their_twins_or_are_marked() {
    let Some(pages) = shared("corpus/pages") else { return };
    let (mut damaged, mut recovered, mut marked) = (0, 0, 0);
    for stem in ["panan_2013", "wuyi_2020", "yongkang_2011"] {
        let shown = fs::read_to_string(pages.join(format!("{stem}.mojibake.txt"))).unwrap();
        let document = read(stem, shown.as_bytes()).unwrap();
        let twin = fs::read_to_string(pages.join(format!("{stem}.txt"))).unwrap();
        assert_eq!(document.text.chars().count(), twin.chars().count(), "{stem}");
        for (read, written) in document.text.chars().zip(twin.chars()) {
            assert!(read == written || read == '□', "{stem}: {read} for {written}");
            marked += usize::from(read != written);
        }
        let runs = document.repairs().filter(|repair| repair.kind == RepairKind::Shifted);
        for run in runs {
            damaged += run.after.chars().count();
            recovered += run.after.chars().filter(|character| *character != '□').count();
        }
    }
    println!("{recovered} of {damaged} characters recovered, {marked} marked");
    assert!(recovered * 100 >= damaged * 98, "{recovered} of {damaged}");
}
