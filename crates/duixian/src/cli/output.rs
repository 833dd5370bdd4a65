//! Where a command's output goes: standard output, or a file that appears only when it is complete.

use std::fs::Permissions;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::error::Failure;

/// Where output goes.
#[derive(Debug)]
pub(super) enum Output<'a> {
    /// To standard output.
    Standard,
    /// To a file, which may replace an existing one only by force.
    File { path: &'a Path, force: bool },
}

impl Output<'_> {
    /// Writes with `write`, and makes a file visible only after all of it was written.
    pub(super) fn write(
        &self,
        write: impl FnOnce(&mut dyn Write) -> Result<(), io::Error>,
    ) -> Result<(), Failure> {
        match self {
            Output::Standard => {
                let mut out = BufWriter::new(io::stdout().lock());
                let written = write(&mut out).and_then(|()| out.flush());
                written.map_err(|error| Failure::output(&error))
            }
            Output::File { path, force } => {
                self.check()?;
                let done = write_file(path, *force, Kept::Surely, write);
                done.map_err(|error| Failure::writing(path, &error))
            }
        }
    }

    /// Whether the output may be written at all; to be asked before long work.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let Output::File { path, force } = self else { return Ok(()) };
        let refuse = |kind: io::ErrorKind| Err(Failure::writing(path, &kind.into()));
        if path.is_dir() {
            return Err(Failure::Input(format!(
                "输出路径是文件夹：{}（应为文件名）",
                path.display()
            )));
        }
        if path.exists() && !force {
            return refuse(io::ErrorKind::AlreadyExists);
        }
        match std::fs::metadata(folder(path)) {
            // The mark counts even for a user whom it does not bind: the owner wants the folder unchanged.
            Ok(folder) if folder.permissions().readonly() => {
                refuse(io::ErrorKind::PermissionDenied)
            }
            Ok(folder) if folder.is_dir() => Ok(()),
            _ => refuse(io::ErrorKind::NotFound),
        }
    }
}

/// Writes one of many files that can be made again: it too appears only when it is complete, but the system is not
/// waited for until it lies on the disk, which takes longer than to make a small file.
pub(super) fn one_of_many(path: &Path, force: bool, bytes: &[u8]) -> Result<(), Failure> {
    write_file(path, force, Kept::Usually, |out| out.write_all(bytes))
        .map_err(|error| Failure::writing(path, &error))
}

/// Whether a file has to lie on the disk before it is called written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Surely,
    Usually,
}

fn write_file(
    path: &Path,
    force: bool,
    kept: Kept,
    write: impl FnOnce(&mut dyn Write) -> Result<(), io::Error>,
) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    if let Some(permissions) = usual_permissions() {
        builder.permissions(permissions);
    }
    // Beside its final place, because a file can be renamed in one step only within a file system.
    let mut file = builder.prefix(".duixian-").tempfile_in(folder(path))?;
    let mut out = BufWriter::new(file.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    if kept == Kept::Surely {
        file.as_file().sync_all()?;
    }
    let placed = if force { file.persist(path) } else { file.persist_noclobber(path) };
    placed.map(|_| ()).map_err(|error| error.error)
}

/// The permissions of an ordinary new file, which the user's mask narrows; a temporary file has narrower ones.
#[cfg(unix)]
pub(super) fn usual_permissions() -> Option<Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
pub(super) fn usual_permissions() -> Option<Permissions> {
    None
}

/// The folder of a file.
pub(super) fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The width of the terminal, where standard output is one.
pub(super) fn width() -> Option<u16> {
    let terminal = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    terminal.map(|(width, _)| width.0)
}

/// Refuses to throw bytes at a terminal.
pub(super) fn refuse_terminal() -> Result<(), Failure> {
    if io::stdout().is_terminal() {
        let expected = "工作簿不能显示在终端上：标准输出（应以 --output 给出文件名，或接管道）";
        return Err(Failure::Input(expected.to_owned()));
    }
    Ok(())
}

/// Prints an answer for people.
pub(super) fn answer(answer: &crate::calculate::Answer) -> Result<(), Failure> {
    Output::Standard.write(|mut out| {
        answer.heading.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        if !answer.grid.columns.is_empty() {
            answer.grid.table(&mut out, width())?;
        }
        answer.closing.iter().try_for_each(|line| writeln!(out, "{line}"))
    })
}

/// Prints data as JSON.
pub(super) fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::Failed(format!("无法生成 JSON（{error}）")))?;
    Output::Standard.write(|out| writeln!(out, "{text}"))
}

/// Tells whether something was written.
pub(super) fn told(written: bool, what: &str) -> Result<(), Failure> {
    let done = if written { "已记入" } else { "未作改动" };
    Output::Standard.write(|out| writeln!(out, "{done}：{what}"))
}

/// Tells how many rows of a table were written.
pub(super) fn imported(what: &str, all: usize, written: usize) -> Result<(), Failure> {
    Output::Standard.write(|out| {
        writeln!(out, "已导入{what} {all} 个：新增或修改 {written} · 不变 {}", all - written)
    })
}

/// A text without breaks of lines or columns.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// So many faults of a table are printed.
const SHOWN: usize = 20;

/// Refuses a table that has faults: the first on standard error, and their number.
pub(super) fn refuse_table(file: &str, faults: &[String]) -> Result<(), Failure> {
    for fault in faults.iter().take(SHOWN) {
        eprintln!("{file}：{}", fault.replace(['\n', '\r'], " "));
    }
    if faults.is_empty() {
        return Ok(());
    }
    let more = if faults.len() > SHOWN { "，以上为前 20 处" } else { "" };
    Err(Failure::Input(format!("{file} 有 {} 处错误{more}；没有写入任何数据", faults.len())))
}
