//! What programs of others read of our SDMX, on the example county: the Python packages sdmx1 and pysdmx and the R package
//! rsdmx, as they come.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod county;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use county::{County, DAY};
use ledger::Ledger;
use terms::FigureQuery;

/// The Python that has the packages: what `./test` names, or where it puts them beside the program.
fn python() -> Option<PathBuf> {
    let named = std::env::var_os("DUIXIAN_CLIENTS").map(PathBuf::from);
    let beside =
        || Some(Path::new(env!("CARGO_BIN_EXE_duixian")).ancestors().nth(2)?.join("clients"));
    let python = named.or_else(beside)?.join("bin/python");
    let there = Command::new(&python).args(["-c", "import sdmx, pysdmx"]).output().ok();
    there.is_some_and(|there| there.status.success()).then_some(python)
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// The ledger's figures, one a line, in a file that the programs read.
fn figures(county: &County, folder: &Path) -> PathBuf {
    let query = FigureQuery { as_of: Some(DAY.parse().unwrap()), ..FigureQuery::default() };
    let known = Ledger::open_read_only(&county.ledger()).unwrap().figures(&query).unwrap();
    assert!(known.len() > 1000);
    let path = folder.join("figures.tsv");
    let mut file = std::fs::File::create(&path).unwrap();
    for figure in &known {
        let period = figure.period;
        let months =
            format!("{}-{:02}..{:02}", period.year(), period.first_month(), period.last_month());
        let fields = [
            figure.indicator.to_string(),
            figure.region.to_string(),
            figure.facet.to_string(),
            months,
            figure.value.as_ref().map_or(String::new(), ToString::to_string),
            figure.unit.to_string(),
            figure.vintage.to_string(),
            figure.source.to_string(),
        ];
        writeln!(file, "{}", fields.join("\t")).unwrap();
    }
    path
}

/// Runs a program of `tests/clients` on the server; gives its lines of what went well.
fn read_by(program: &Path, script: &str, county: &County) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(program)
        .arg(repository().join("tests/clients").join(script))
        .arg(format!("{}/sdmx", county.home()))
        .arg(figures(county, folder.path()))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let (out, error) =
        (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{out}\n{error}");
    println!("{out}");
    out.lines().filter(|line| line.starts_with("ok ")).count()
}

fn skipped(what: &str) {
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "no {what}");
    println!("skipped: no {what} (./test installs it)");
}

#[test]
fn figures_arrive_in_python_to_the_last_digit() {
    let Some(python) = python() else { return skipped("Python with sdmx1 and pysdmx") };
    assert!(read_by(&python, "sdmx_clients.py", &County::start()) >= 30);
}

#[test]
fn figures_arrive_in_r() {
    let there = Command::new("Rscript").args(["-e", "library(rsdmx)"]).output();
    if !there.is_ok_and(|there| there.status.success()) {
        return skipped("R with rsdmx");
    }
    assert_eq!(read_by(Path::new("Rscript"), "sdmx_clients.R", &County::start()), 3);
}
