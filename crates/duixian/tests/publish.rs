//! The site for the public: every link leads somewhere, it opens from disk, and it shows what was chosen and no more.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod axe;
mod chromium;
mod county;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chromium::{Script, browse_at};

/// Exit code, standard output and standard error of `duixian publish`.
fn publish(folder: &Path, ledger: &Path, more: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.arg("publish").arg(folder).arg("--ledger").arg(ledger).args(["--day", county::DAY]);
    let done = command.args(more).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

/// Every file of a site by its path in it.
fn files(site: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![site.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
                found.insert(path.strip_prefix(site).unwrap().to_owned(), text);
            }
        }
    }
    found
}

/// The values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// A path without the steps up in it.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => assert!(plain.pop(), "{} leads out", path.display()),
            other => plain.push(other),
        }
    }
    plain
}

/// Fails where a link leads to no file of the site, or to no place in it; how many were followed.
fn check_links(files: &BTreeMap<PathBuf, String>) -> usize {
    let places: BTreeMap<&PathBuf, BTreeSet<&str>> =
        files.iter().map(|(path, text)| (path, values(text, "id").into_iter().collect())).collect();
    let mut followed = 0;
    for (path, text) in
        files.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "html"))
    {
        for link in values(text, "href").into_iter().chain(values(text, "src")) {
            if link.starts_with("https://") || link.starts_with("data:") {
                continue;
            }
            let (to, place) = link.split_once('#').unwrap_or((link, ""));
            let to = match to {
                "" => path.clone(),
                to => plain(&path.parent().unwrap().join(to)),
            };
            let known = places.get(&to).unwrap_or_else(|| panic!("{}: {link}", path.display()));
            assert!(place.is_empty() || known.contains(place), "{}: {link}", path.display());
            followed += 1;
        }
    }
    followed
}

#[test]
fn a_site_is_whole_and_shows_no_more_than_was_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, site) = (folder.path().join("county.db"), folder.path().join("site"));
    county::load(&ledger);
    let (code, out, err) = publish(&site, &ledger, &[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("17 项指标"), "{out}");
    let all = files(&site);
    let followed = check_links(&all);
    assert!(followed > 2000, "{followed}");
    println!("{} files, {followed} links followed", all.len());
    for name in ["index.html", "en/index.html", "indicators/gdp.html", "data/339901-gdp.csv"] {
        assert!(all.contains_key(Path::new(name)), "{name}");
    }
    assert!(all[Path::new("data/339901-gdp.csv")].contains("342.4"));
    for (path, text) in &all {
        // The work behind the figures, the people and the ledger's place stay inside.
        for inside in
            ["冷链物流中心停工", "欠薪线索", "吴芳", "county.db", "<form", "method=\"post\""]
        {
            assert!(!text.contains(inside), "{}: {inside}", path.display());
        }
    }
    let manifest: serde_json::Value = serde_json::from_str(&all[Path::new("site.json")]).unwrap();
    assert_eq!(manifest["as_of"], county::DAY);
    assert_eq!(manifest["files"].as_object().unwrap().len() + 1, all.len());

    // The same ledger makes the same site.
    let again = folder.path().join("again");
    publish(&again, &ledger, &[]);
    assert!(files(&again) == all);

    // Two indicators, no reports.
    let few = folder.path().join("few");
    let (code, ..) = publish(
        &few,
        &ledger,
        &["--indicator", "地区生产总值", "--indicator", "pm25", "--without-reports"],
    );
    assert_eq!(code, 0);
    let few = files(&few);
    check_links(&few);
    let indicators = few.keys().filter(|path| path.starts_with("indicators")).count();
    assert_eq!(indicators, 3, "a list and two pages");
    assert!(few.values().all(|text| !text.contains("一般公共预算收入")));
    assert!(
        !few.keys().any(|path| path.starts_with("statements") || path.starts_with("documents"))
    );
}

#[test]
fn what_is_no_site_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, site) = (folder.path().join("county.db"), folder.path().join("site"));
    county::load(&ledger);
    fs::create_dir(&site).unwrap();
    fs::write(site.join("thesis.txt"), "mine").unwrap();
    let (code, _, err) = publish(&site, &ledger, &["--force"]);
    assert_eq!(code, 2);
    assert!(err.contains("中有别的文件") && err.lines().count() == 1, "{err}");
    assert_eq!(fs::read_to_string(site.join("thesis.txt")).unwrap(), "mine");
    fs::remove_file(site.join("thesis.txt")).unwrap();
    assert_eq!(publish(&site, &ledger, &["--without-reports"]).0, 0);
    let (code, _, err) = publish(&site, &ledger, &["--without-reports"]);
    assert_eq!(code, 2);
    assert!(err.contains("--force"), "{err}");
    assert_eq!(publish(&site, &ledger, &["--without-reports", "--force"]).0, 0);
    let (code, _, err) = publish(&site, &ledger, &["--indicator", "快乐指数"]);
    assert_eq!(code, 2);
    assert!(err.contains("快乐指数") && err.contains("应为"), "{err}");
    let rest: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert!(rest.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{rest:?}");
}

#[test]
fn a_site_opens_from_disk() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, site) = (folder.path().join("county.db"), folder.path().join("site"));
    county::load(&ledger);
    assert_eq!(publish(&site, &ledger, &[]).0, 0);
    browse_at("site", Script::On, format!("file://{}", site.display()), |browser| {
        browser.open("/index.html");
        assert!(browser.text(".sentence").contains("17 项目标"));
        let styled = "return getComputedStyle(document.querySelector('.top')).borderBottomStyle";
        browser.wait(styled, "solid");
        browser.click(".rooms li:nth-child(2) a");
        browser.arrive(|address| address == "/indicators/index.html");
        browser.click(".standings tbody th a");
        browser.wait("return !!document.querySelector('.course svg')", true);
        browser.click(".language");
        browser.arrive(|address| address.starts_with("/en/indicators/"));
        browser.wait("return document.documentElement.lang", "en");
    });
}

#[test]
fn every_page_of_a_site_can_be_used_by_everybody() {
    let Some(axe) = axe::installed() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (ledger, site) = (folder.path().join("county.db"), folder.path().join("site"));
    county::load(&ledger);
    assert_eq!(publish(&site, &ledger, &[]).0, 0);
    let found = files(&site);
    // Pages of one kind are made by the same code: of each folder two are enough, but every page at the top is its own.
    let mut kinds: BTreeMap<&Path, usize> = BTreeMap::new();
    let chosen: Vec<&PathBuf> = found
        .keys()
        .filter(|path| path.extension().is_some_and(|end| end == "html"))
        .filter(|path| {
            let kind = path.parent().unwrap_or(Path::new(""));
            let so_far = kinds.entry(kind).or_default();
            *so_far += 1;
            *so_far <= 2 || ["", "en"].map(Path::new).contains(&kind)
        })
        .collect();
    assert!(chosen.len() >= 12, "{chosen:?}");
    browse_at("site-axe", Script::On, format!("file://{}", site.display()), |browser| {
        browser.open("/index.html");
        axe::bites(browser, &axe);
        let mut faults = Vec::new();
        for path in &chosen {
            browser.open(&format!("/{}", path.display()));
            browser.wait("return document.readyState", "complete");
            for fault in axe::violations(browser, &axe) {
                faults.push(format!("{}: {fault}", path.display()));
            }
        }
        println!("{} pages of {} checked by axe", chosen.len(), found.len());
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    });
}
