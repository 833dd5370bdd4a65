//! Ledgers to report on, and the programs that open what is written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::desk::Desk;

/// A file of the examples.
pub fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// A folder with the ledger of the bundled report.
pub fn bundled() -> Desk {
    let desk = Desk::new();
    desk.ok(&["import", example("yongkang/report.txt").to_str().unwrap(), "--ledger", "l.db"]);
    desk
}

/// A folder with the ledger of the example county: figures, targets, tasks, projects, problems, terms.
pub fn county() -> Desk {
    let desk = Desk::new();
    crate::county::load(&desk.path("l.db"));
    desk
}

/// Writes the execution report of a ledger.
pub fn write(desk: &Desk, out: &str, day: &str, more: &[&str]) -> Vec<u8> {
    let mut words = vec!["report", "execution", "--ledger", "l.db", "--out", out, "--as-of", day];
    words.extend(more);
    let said = desk.ok(&words);
    assert!(said.starts_with("已写关于"), "{said}");
    fs::read(desk.path(out)).unwrap()
}

/// The part of a zip file.
pub fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}

/// A zip file with a part written anew.
pub fn with_part(file: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for number in 0..archive.len() {
        let entry = archive.by_index_raw(number).unwrap();
        if entry.name().unwrap() != name {
            out.raw_copy_file(entry).unwrap();
        }
    }
    out.start_file(name, options).unwrap();
    std::io::Write::write_all(&mut out, text.as_bytes()).unwrap();
    out.finish().unwrap().into_inner()
}

/// Lets LibreOffice write a file in another format, which appears beside it; `false`, with a printed line, where it is not
/// installed. Formulas are computed anew, whatever results the file brings.
pub fn converted(desk: &Desk, file: &str, format: &str) -> bool {
    let profile = desk.path("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    let settings = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"#;
    fs::write(profile.join("user/registrymodifications.xcu"), settings).unwrap();
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", format, file])
        .current_dir(desk.path(""))
        .output();
    let Ok(run) = run else {
        println!("skipped: soffice is not installed");
        return false;
    };
    assert!(run.status.success(), "{run:?}");
    true
}

/// What a program of poppler-utils prints about a file; `None`, with a printed line, where it is not installed.
pub fn poppler(desk: &Desk, program: &str, arguments: &[&str]) -> Option<String> {
    let run = Command::new(program).args(arguments).current_dir(desk.path("")).output();
    let Ok(run) = run else {
        println!("skipped: {program} is not installed");
        return None;
    };
    assert!(run.status.success(), "{run:?}");
    Some(String::from_utf8(run.stdout).unwrap())
}

/// Keeps pictures of the pages of a PDF, where the program for that is installed.
pub fn keep_pictures(desk: &Desk, pdf: &str, name: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report");
    fs::create_dir_all(&folder).unwrap();
    let prefix = folder.join(name);
    if poppler(desk, "pdftoppm", &["-r", "60", "-png", pdf, prefix.to_str().unwrap()]).is_some() {
        println!("pages of {name}: {}", folder.display());
    }
}

/// A text without white space.
pub fn dense(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
