//! `duixian backup`: a whole copy of the ledger, while others read and write.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use ledger::{Ledger, Verification};

use super::LedgerArgument;
use super::output::Output;
use super::progress::Progress;
use super::whole::{self, Existing};
use crate::error::Failure;

/// What `duixian backup` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 备份文件（file to write）
    #[arg(value_name = "备份文件", help_heading = "参数")]
    #[arg(required_unless_present = "snapshots", conflicts_with = "snapshots")]
    file: Option<PathBuf>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 覆盖已有的备份文件（overwrite an existing file）
    #[arg(long, conflicts_with = "snapshots", help_heading = "选项")]
    force: bool,
    /// 在此文件夹中写一个以时间命名的备份（a backup named by the time, in this folder）
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    snapshots: Option<PathBuf>,
    /// 只留最近的几个以时间命名的备份，默认全部保留（keep only the newest of these）
    #[arg(long, value_name = "个数", requires = "snapshots", help_heading = "选项")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
}

/// Makes a backup.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let ledger = &arguments.ledger.ledger;
    match (&arguments.file, &arguments.snapshots) {
        (Some(file), _) => {
            let existing = if arguments.force { Existing::Replaced } else { Existing::Refused };
            let found = back_up(ledger, file, existing)?;
            tell(file, &found)
        }
        (None, Some(folder)) => snapshot(ledger, folder, arguments.keep),
        // The command line asks for one of them.
        (None, None) => Ok(()),
    }
}

fn back_up(ledger: &Path, file: &Path, existing: Existing) -> Result<Verification, Failure> {
    let _progress = Progress::of(format!("正在备份 {}", ledger.display()));
    let open = Ledger::open_read_only(ledger)?;
    whole::write(file, existing, |part| {
        open.copy_to(part)?;
        whole::check(part, ledger)
    })
}

fn tell(file: &Path, found: &Verification) -> Result<(), Failure> {
    Output::Standard.write(|out| {
        writeln!(
            out,
            "已备份：{}（写入记录 {} 条，文档 {} 份，已核对）",
            file.display(),
            found.entries,
            found.documents
        )
    })
}

fn snapshot(ledger: &Path, folder: &Path, keep: Option<u32>) -> Result<(), Failure> {
    if !folder.exists() {
        fs::create_dir(folder).map_err(|error| Failure::writing(folder, &error))?;
    }
    let names = Names::of(ledger);
    // Two snapshots within a millisecond would have one name.
    let file = std::iter::repeat_with(|| folder.join(names.now()))
        .find(|file| !file.exists())
        .unwrap_or_else(|| folder.join(names.now()));
    let found = back_up(ledger, &file, Existing::Refused)?;
    tell(&file, &found)?;
    let Some(keep) = keep else { return Ok(()) };
    let failed = |error| Failure::writing(folder, &error);
    let mut known = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let plain = entry.file_type().is_ok_and(|kind| kind.is_file());
        if plain && names.is_one(&entry.file_name().to_string_lossy()) {
            known.push(entry.path());
        }
    }
    // The names begin alike and go on with the time, so their order is that of time. The newest of all, by
    // whatever clock, is the one that was just made.
    known.retain(|other| *other != file);
    known.sort_unstable();
    let surplus = (known.len() + 1).saturating_sub(usize::try_from(keep).unwrap_or(usize::MAX));
    for old in known.iter().take(surplus) {
        fs::remove_file(old).map_err(|error| Failure::writing(old, &error))?;
        Output::Standard.write(|out| writeln!(out, "已删去旧备份：{}", old.display()))?;
    }
    Ok(())
}

/// The names of a ledger's snapshots: the ledger's own, a hyphen, and the time in UTC.
struct Names {
    stem: String,
}

impl Names {
    fn of(ledger: &Path) -> Self {
        Names { stem: ledger.file_stem().unwrap_or_default().to_string_lossy().into_owned() }
    }

    fn now(&self) -> String {
        let now = jiff::Timestamp::now();
        let second = now.strftime("%Y%m%dT%H%M%S");
        format!("{}-{second}.{:03}Z.db", self.stem, now.subsec_millisecond())
    }

    /// Whether a file bears such a name; `0` stands for any digit.
    fn is_one(&self, name: &str) -> bool {
        const TIME: &[u8] = b"00000000T000000.000Z";
        let time = name
            .strip_prefix(self.stem.as_str())
            .and_then(|rest| rest.strip_prefix('-'))
            .and_then(|rest| rest.strip_suffix(".db"));
        time.is_some_and(|time| {
            time.len() == TIME.len()
                && time.bytes().zip(TIME).all(|(byte, expected)| match expected {
                    b'0' => byte.is_ascii_digit(),
                    _ => byte == *expected,
                })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_its_own_names_from_others() {
        let names = Names::of(Path::new("folder/账本-1.db"));
        assert!(names.is_one(&names.now()), "{}", names.now());
        assert!(names.is_one("账本-1-20260102T030405.678Z.db"));
        for other in [
            "账本-1.db",
            "账本-20260102T030405.678Z.db",
            "账本-1-20260102T030405.678Z.db-wal",
            "账本-1-20260102T030405Z.db",
            "账本-1-2026010xT030405.678Z.db",
            "x账本-1-20260102T030405.678Z.db",
        ] {
            assert!(!names.is_one(other), "{other}");
        }
    }
}
