//! Case files: Markdown with prose, and cases of an input block and an expected block.
//!
//! A case begins with a heading `## name`; its first fenced block is the input, its second, fenced as
//! `expected`, what must come out. With `UPDATE=1` in the environment the expected blocks are rewritten; the
//! difference is then read like any other change.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Runs every case of every file in `tests/suite/<folder>`, comparing `run(input)` with what is expected.
///
/// # Panics
/// When a case fails, a file holds no case, or a folder is missing: all are failures of a test.
#[allow(clippy::panic, clippy::expect_used, reason = "a failing case fails the test")]
pub fn run(folder: &str, run: impl Fn(&str) -> String) {
    let update = std::env::var_os("UPDATE").is_some();
    let folder = crate::root().join("tests/suite").join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the folder of the suite exists")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    files.sort();
    let mut failures = String::new();
    let mut count = 0;
    for file in &files {
        let text = fs::read_to_string(file).expect("a case file is readable");
        let cases = cases(&text);
        assert!(!cases.is_empty(), "{} holds no case", file.display());
        count += cases.len();
        let mut rewritten = text.clone();
        for case in &cases {
            let got = run(case.input);
            let got = got.trim_end();
            if got == case.expected {
                continue;
            }
            if update {
                let old = format!(
                    "```\n{}\n```\n\n```expected\n{}```",
                    case.input,
                    padded(case.expected)
                );
                let new = format!("```\n{}\n```\n\n```expected\n{}```", case.input, padded(got));
                assert!(
                    rewritten.contains(&old),
                    "{}: case `{}` is not laid out as cases are",
                    name(file),
                    case.name
                );
                rewritten = rewritten.replacen(&old, &new, 1);
            } else {
                let _ = write!(
                    failures,
                    "\n{}: {}\n--- expected\n{}\n--- got\n{got}\n",
                    name(file),
                    case.name,
                    case.expected
                );
            }
        }
        if update && rewritten != text {
            fs::write(file, rewritten).expect("a case file is writable");
        }
    }
    assert!(count > 0, "{} holds no case", folder.display());
    assert!(failures.is_empty(), "{failures}\nUPDATE=1 rewrites the expected blocks");
    println!("{count} cases in {} files", files.len());
}

struct Case<'a> {
    name: &'a str,
    input: &'a str,
    expected: &'a str,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let mut found = Vec::new();
    for part in text.split("\n## ").skip(1) {
        let name = part.lines().next().unwrap_or_default();
        let Some((_, rest)) = part.split_once("\n```\n") else { continue };
        let Some((input, rest)) = rest.split_once("\n```\n") else { continue };
        let Some((_, rest)) = rest.split_once("```expected\n") else { continue };
        let expected = rest.split("```").next().unwrap_or_default().trim_end();
        found.push(Case { name, input, expected });
    }
    found
}

fn padded(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
