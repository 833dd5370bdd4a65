//! A site for the public, made of the pages that the server sends: the same bytes, but for links, which lead to files,
//! and forms, which need a server and are left out.

mod links;
mod rewrite;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use ledger::Ledger;
use serde::Serialize;
use sha2::{Digest, Sha256};
use terms::Day;

use crate::error::Failure;
use crate::server::{self, Public, ServeOptions, Still};
use crate::standing;
use links::Site;

/// The file that tells what a site is made of.
const MANIFEST: &str = "site.json";

/// What is published.
pub(crate) struct Wanted {
    /// The ledger.
    pub(crate) ledger: PathBuf,
    /// Codes of the indicators that are shown; empty for those that have adopted targets.
    pub(crate) indicators: BTreeSet<String>,
    /// Whether the reports are shown.
    pub(crate) reports: bool,
    /// The day that pages take for today; `None` for the day here.
    pub(crate) day: Option<Day>,
    /// Whether a site that is there is replaced.
    pub(crate) force: bool,
}

/// What was published.
pub(crate) struct Published {
    /// How many indicators are shown.
    pub(crate) indicators: usize,
    /// How many pages there are, in both languages.
    pub(crate) pages: usize,
    /// How many files in all.
    pub(crate) files: usize,
    /// How many bytes they have.
    pub(crate) bytes: usize,
}

/// What stands in the manifest.
#[derive(Serialize)]
struct Manifest<'a> {
    generator: &'static str,
    as_of: String,
    head: String,
    indicators: &'a BTreeSet<String>,
    files: BTreeMap<&'a str, String>,
}

/// Writes the site into a folder, as a whole or not at all.
///
/// # Errors
/// Where the ledger cannot be read, there is nothing to publish, the folder holds something else, or a file cannot be
/// written.
pub(crate) fn publish(folder: &Path, wanted: &Wanted) -> Result<Published, Failure> {
    refuse_what_is_no_site(folder, wanted.force)?;
    let ledger = Ledger::open_read_only(&wanted.ledger)?;
    let indicators = chosen(&ledger, wanted)?;
    let day = wanted.day.or_else(crate::clock::today);
    let day =
        day.ok_or_else(|| Failure::Input("不知道今天的日期（应以 --day 给出日期）".into()))?;
    let head = ledger.log_entries(None, 1)?.pop().map(|last| last.hash).unwrap_or_default();
    drop(ledger);
    let options = ServeOptions {
        ledger: wanted.ledger.clone(),
        address: "127.0.0.1".to_owned(),
        port: 0,
        accounts: false,
        single_user: true,
        https: false,
        day: Some(day),
        data_rate: 0,
        page_rate: 0,
        origins: Vec::new(),
    };
    let public = Public { indicators: indicators.clone(), reports: wanted.reports };
    let still = server::still(&options, public)?;
    let site = Site::new(&indicators, wanted.reports);
    let (files, pages) = walk(&still, &site)?;
    let sums = files.iter().map(|(name, bytes)| (name.as_str(), hashed(bytes))).collect();
    let manifest = Manifest {
        generator: concat!("duixian ", env!("CARGO_PKG_VERSION")),
        as_of: day.to_string(),
        head,
        indicators: &indicators,
        files: sums,
    };
    let manifest = serde_json::to_vec_pretty(&manifest)
        .map_err(|error| Failure::Failed(format!("无法写出 {MANIFEST}：{error}")))?;
    write(folder, &files, &manifest)?;
    Ok(Published {
        indicators: indicators.len(),
        pages,
        files: files.len() + 1,
        bytes: files.values().map(Vec::len).sum::<usize>() + manifest.len(),
    })
}

/// The indicators that are shown.
fn chosen(ledger: &Ledger, wanted: &Wanted) -> Result<BTreeSet<String>, Failure> {
    if !wanted.indicators.is_empty() {
        return Ok(wanted.indicators.clone());
    }
    let targets = standing::targets(ledger, None, None)?;
    let chosen: BTreeSet<String> = targets.into_iter().map(|target| target.indicator).collect();
    if chosen.is_empty() && (!wanted.reports || ledger.facts(None)?.documents.is_empty()) {
        return Err(Failure::Input(format!(
            "{} 没有可以发布的内容（应有已下达的目标或已导入的报告，或以 --indicator 指定指标）",
            wanted.ledger.display()
        )));
    }
    Ok(chosen)
}

/// Files by their name in the site.
type Files = BTreeMap<String, Vec<u8>>;

/// Every page that can be reached, from the first one on.
fn walk(still: &Still, site: &Site<'_>) -> Result<(Files, usize), Failure> {
    let mut files = Files::new();
    let mut waiting: VecDeque<(String, String)> = VecDeque::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for start in ["/", "/?lang=en"] {
        if let Some(file) = site.file(start) {
            known.insert(file.clone());
            waiting.push_back((start.to_owned(), file));
        }
    }
    let mut pages = 0;
    while let Some((address, file)) = waiting.pop_front() {
        let got = still.get(&address)?;
        let bytes = if got.is_page {
            pages += 1;
            let page = rewrite::page(&got.body, &file, site)
                .map_err(|why| Failure::Failed(format!("{address}：{why}")))?;
            for (address, file) in page.leads_to {
                if known.insert(file.clone()) {
                    waiting.push_back((address, file));
                }
            }
            page.bytes
        } else {
            got.body
        };
        files.insert(file, bytes);
    }
    Ok((files, pages))
}

/// A folder is written into where it does not exist, is empty, or holds an earlier site that may be replaced.
fn refuse_what_is_no_site(folder: &Path, force: bool) -> Result<(), Failure> {
    let mut inside = match fs::read_dir(folder) {
        Ok(inside) => inside,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(Failure::Input(format!(
                "{}：{error}（应为新的或空的文件夹）",
                folder.display()
            )));
        }
    };
    let is_site = folder.join(MANIFEST).is_file();
    match (inside.next().is_none(), is_site, force) {
        (true, ..) | (_, true, true) => Ok(()),
        (_, true, false) => Err(Failure::Input(format!(
            "{} 已有一个站点（应为新的文件夹，或用 --force 替换它）",
            folder.display()
        ))),
        (_, false, _) => Err(Failure::Input(format!(
            "{} 中有别的文件（应为新的或空的文件夹）",
            folder.display()
        ))),
    }
}

/// Writes beside the folder and puts that into its place, so that a reader never sees half a site.
fn write(folder: &Path, files: &Files, manifest: &[u8]) -> Result<(), Failure> {
    let failed = |path: &Path, error: std::io::Error| {
        Failure::Failed(format!("无法写入 {}：{error}", path.display()))
    };
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
    let new = tempfile::Builder::new()
        .prefix(".duixian-site-")
        .tempdir_in(parent)
        .map_err(|error| failed(parent, error))?;
    let all = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    for (name, bytes) in all.chain([(MANIFEST, manifest)]) {
        let path = new.path().join(name);
        if let Some(inside) = path.parent() {
            fs::create_dir_all(inside).map_err(|error| failed(inside, error))?;
        }
        fs::write(&path, bytes).map_err(|error| failed(&path, error))?;
    }
    readable_by_a_web_server(new.path()).map_err(|error| failed(new.path(), error))?;
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| failed(folder, error))?;
    }
    let made = new.keep();
    fs::rename(&made, folder).map_err(|error| failed(folder, error))
}

/// A folder that is made for a moment can be read by its owner alone.
fn readable_by_a_web_server(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

fn hashed(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
