//! The seeds of the fuzzing targets, as they are, damaged, and under wrong names: each is read or refused, none
//! brings the program down. The fuzzing itself takes hours; this is its short form.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../fuzz/src/lib.rs"]
#[allow(dead_code, reason = "the fuzzer needs a hook that a test does not")]
mod fuzz;

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::thread;
use std::time::{Duration, Instant};

use fuzz::{Outcome, TARGETS, Target};

/// How often each seed is mutated.
const MUTATIONS: usize = 200;

/// A small file that takes longer than this, even on a busy machine and without optimization, never ends.
const SLOW: Duration = Duration::from_secs(60);

/// Names that a file may have, rightly or wrongly.
const EXTENSIONS: &[&str] =
    &["txt", "html", "md", "csv", "docx", "xlsx", "xls", "pdf", "doc", "zip", "PDF", "tsv", ""];

/// A small generator with a fixed seed, so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap()
    }
}

/// The seeds of a target by name; a target without seeds would test nothing.
fn seeds(target: &Target) -> BTreeMap<String, Vec<u8>> {
    let folder = tests::root().join("fuzz/corpus").join(target.name);
    let seeds: BTreeMap<_, _> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())
        })
        .collect();
    assert!(!seeds.is_empty(), "{}: no seed", target.name);
    seeds
}

/// Cuts the end off.
fn truncate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    bytes.truncate(chance.below(bytes.len()));
}

/// Turns single bits over.
fn flip(bytes: &mut [u8], chance: &mut Chance) {
    for _ in 0..=chance.below(16) {
        let at = chance.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << chance.below(8);
        }
    }
}

/// Changes bytes in one of the ways of a fuzzer; `other` gives pieces to splice in.
fn mutate(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let from = chance.below(out.len());
    let to = (from + 1 + chance.below(64)).min(out.len());
    match chance.below(7) {
        0 => truncate(&mut out, chance),
        1 => flip(&mut out, chance),
        2 => drop(out.drain(from..to)),
        3 => {
            let piece = out[from..to].repeat(chance.below(40));
            out.splice(from..from, piece);
        }
        4 => out[from..to].fill([0, 0xFF, b'9', b'<', b'"'][chance.below(5)]),
        5 => {
            let start = chance.below(other.len());
            let end = (start + chance.below(200)).min(other.len());
            out.splice(from..to, other[start..end].iter().copied());
        }
        _ => {
            // A number in the file made large or small, as lengths and counts are.
            let digits = out.iter().position(u8::is_ascii_digit).unwrap_or(0);
            let at = out[digits..].iter().rposition(u8::is_ascii_digit).unwrap_or(0) + digits;
            let at = if chance.below(2) == 0 { at } else { digits };
            let number = ["0", "-1", "65536", "4294967295", "99999999999999999999"];
            out.splice(at..(at + 1).min(bytes.len()), number[chance.below(5)].bytes());
        }
    }
    out
}

/// Feeds bytes to a target. A panic or a long wait fails with the name of what was fed.
fn feed(what: &str, feed: impl FnOnce() -> Outcome + std::panic::UnwindSafe) -> Outcome {
    let start = Instant::now();
    let outcome = catch_unwind(feed).unwrap_or_else(|_| panic!("{what} brought the program down"));
    let taken = start.elapsed();
    assert!(taken < SLOW, "{what} took {taken:?}");
    outcome
}

#[test]
fn seeds_and_their_mutations_are_read_or_refused() {
    let run = |target: &Target| {
        let seeds = seeds(target);
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        let (mut read, mut refused) = (0, 0);
        let mut other = seeds.values().next_back().unwrap();
        for (name, seed) in &seeds {
            for number in 0..=MUTATIONS {
                // The first is the seed itself.
                let bytes =
                    if number == 0 { seed.clone() } else { mutate(seed, other, &mut chance) };
                let what = format!("{}/{name}, mutation {number}", target.name);
                match feed(&what, || (target.feed)(&bytes)) {
                    Outcome::Read => read += 1,
                    Outcome::Refused => refused += 1,
                }
            }
            other = seed;
        }
        (read, refused)
    };
    let results: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> =
            TARGETS.iter().map(|target| (target.name, scope.spawn(move || run(target)))).collect();
        runs.into_iter().map(|(name, run)| (name, run.join().unwrap())).collect()
    });
    for (name, (read, refused)) in results {
        println!("{name}: {read} read, {refused} refused");
        assert!(read > 0, "{name}: no seed and no mutation of one is read");
    }
}

#[test]
fn the_content_of_a_file_counts_not_its_name() {
    for target in TARGETS.iter().filter(|target| target.extension.is_some()) {
        for (name, bytes) in &seeds(target) {
            let read = |extension: &&str| {
                let what = format!("{}/{name} as .{extension}", target.name);
                feed(&what, || fuzz::read(&format!("a.{extension}"), bytes))
            };
            let outcomes: Vec<_> = EXTENSIONS.iter().map(read).collect();
            let first = outcomes[0];
            assert!(
                outcomes.iter().all(|outcome| *outcome == first),
                "{}/{name}: {outcomes:?} as {EXTENSIONS:?}",
                target.name
            );
        }
    }
}

#[test]
fn a_thousand_mangled_files_of_every_kind_are_read_or_refused() {
    let targets: Vec<_> =
        TARGETS.iter().filter(|target| target.name.starts_with("read_")).collect();
    let files: Vec<Vec<_>> =
        targets.iter().map(|target| seeds(target).into_iter().collect()).collect();
    let mut chance = Chance(0x0DDB_1A5E_5BAD_5EED);
    // By kind and damage: read, refused.
    let mut counts: BTreeMap<(&str, &str), [usize; 2]> = BTreeMap::new();
    for number in 0..1_000 {
        let kind = number % targets.len();
        let target = targets[kind];
        let (name, seed) = &files[kind][chance.below(files[kind].len())];
        let mut bytes = seed.clone();
        let own = target.extension.unwrap();
        let mut extension = own;
        let damage = match number / targets.len() % 4 {
            0 => "cut off",
            1 => "bits flipped",
            2 => "wrong extension",
            _ => "all three",
        };
        if matches!(damage, "cut off" | "all three") {
            truncate(&mut bytes, &mut chance);
        }
        if matches!(damage, "bits flipped" | "all three") {
            flip(&mut bytes, &mut chance);
        }
        while matches!(damage, "wrong extension" | "all three") && extension == own {
            extension = EXTENSIONS[chance.below(EXTENSIONS.len())];
        }
        let what = format!("{}/{name}, {damage}, number {number}", target.name);
        let outcome = feed(&what, || fuzz::read(&format!("a.{extension}"), &bytes));
        counts.entry((target.name, damage)).or_default()[usize::from(outcome != Outcome::Read)] +=
            1;
    }
    let (mut read, mut refused) = (0, 0);
    for ((name, damage), [one, other]) in &counts {
        println!("{name}, {damage}: {one} read, {other} refused");
        read += one;
        refused += other;
    }
    println!("all: {read} read, {refused} refused");
    assert_eq!(read + refused, 1_000);
    assert!(read > 300 && refused > 200, "{read} read, {refused} refused");
}
