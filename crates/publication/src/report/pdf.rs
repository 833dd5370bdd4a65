//! A report as a PDF, typeset by Typst: tagged (PDF/UA-1), with bookmarks, and with the used characters of its fonts in it.
//!
//! Fonts are the machine's and are handed over; the same report with the same fonts gives the same bytes.

use std::sync::Arc;

use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime};
use typst::layout::PagedDocument;
use typst::syntax::{FileId, Source, VirtualPath};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{Numbering, Report, ReportError, Sources};

/// What a font is for, with families that fit, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FontUse {
    /// What it is for.
    pub name: &'static str,
    /// Its families, by their Chinese and English names.
    pub families: &'static [&'static str],
}

/// Openly licensed families that every use falls back on.
const OPEN: [&str; 5] = [
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
];

/// The fonts of official documents, and what stands in for each.
pub const FONTS: &[FontUse] = &[
    FontUse {
        name: "body",
        families: &[
            "仿宋_GB2312",
            "FangSong_GB2312",
            "仿宋",
            "FangSong",
            "STFangsong",
            "FandolFang R",
            OPEN[0],
            OPEN[1],
            OPEN[2],
            OPEN[3],
            OPEN[4],
        ],
    },
    FontUse {
        name: "kai",
        families: &[
            "楷体_GB2312",
            "KaiTi_GB2312",
            "楷体",
            "KaiTi",
            "STKaiti",
            "FandolKai",
            "AR PL UKai CN",
            OPEN[0],
            OPEN[1],
            OPEN[2],
            OPEN[3],
            OPEN[4],
        ],
    },
    FontUse {
        name: "hei",
        families: &[
            "黑体",
            "SimHei",
            "STHeiti",
            "FandolHei",
            OPEN[2],
            OPEN[3],
            OPEN[4],
            OPEN[0],
            OPEN[1],
        ],
    },
    FontUse {
        name: "title",
        families: &[
            "方正小标宋简体",
            "FZXiaoBiaoSong-B05S",
            "方正小标宋_GBK",
            "FandolSong",
            OPEN[0],
            OPEN[1],
            "宋体",
            "SimSun",
            OPEN[2],
            OPEN[3],
            OPEN[4],
        ],
    },
    FontUse {
        name: "song",
        families: &[
            "宋体",
            "SimSun",
            "STSong",
            "FandolSong",
            OPEN[0],
            OPEN[1],
            OPEN[2],
            OPEN[3],
            OPEN[4],
        ],
    },
];

/// A font file that was found.
#[derive(Debug, Clone)]
pub struct FontFile {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Which font of the file, where it holds several.
    pub index: u32,
    /// What it is used for: the names of [`FONTS`].
    pub uses: Vec<&'static str>,
}

/// A report as a PDF.
///
/// # Errors
/// Where a font is missing for a use, or the document cannot be typeset.
pub fn pdf(report: &Report, sources: Sources, files: &[FontFile]) -> Result<Vec<u8>, ReportError> {
    let mut fonts = Vec::new();
    let mut names = Names::default();
    let mut held: Vec<(Arc<[u8]>, Bytes)> = Vec::new();
    for file in files {
        let known = held.iter().find(|(own, _)| Arc::ptr_eq(own, &file.bytes));
        let bytes = match known {
            Some((_, bytes)) => bytes.clone(),
            None => {
                let bytes = Bytes::new(Shared(Arc::clone(&file.bytes)));
                held.push((Arc::clone(&file.bytes), bytes.clone()));
                bytes
            }
        };
        let Some(font) = Font::new(bytes, file.index) else { continue };
        let family = font.info().family.clone();
        for name in &file.uses {
            names.add(name, &family);
        }
        fonts.push(font);
    }
    names.complete()?;
    let data = Data {
        report: &numbered(report),
        fonts: names,
        sources: sources == Sources::Shown,
        date: date(&report.day).ok_or_else(|| {
            ReportError::Failed(format!("日期“{}”有误（应如 2024-02-03）", report.day))
        })?,
    };
    let json = serde_json::to_vec(&data).map_err(|error| ReportError::Failed(error.to_string()))?;
    let setting = Setting::new(fonts, json);
    let failed = |errors: &[SourceDiagnostic]| {
        let said: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        ReportError::Failed(format!("排版出错（{}）", said.join("；")))
    };
    let document = typst::compile::<PagedDocument>(&setting).output;
    let document = document.map_err(|errors| failed(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|error| ReportError::Failed(error.to_string()))?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(|errors| failed(&errors))
}

/// What the typesetting reads.
#[derive(Serialize)]
struct Data<'a> {
    report: &'a Report,
    fonts: Names,
    sources: bool,
    /// Year, month and day.
    date: [u16; 3],
}

/// The families for each use, the best first.
#[derive(Debug, Default, Serialize)]
struct Names {
    body: Vec<String>,
    kai: Vec<String>,
    hei: Vec<String>,
    title: Vec<String>,
    song: Vec<String>,
}

impl Names {
    fn add(&mut self, name: &str, family: &str) {
        let list = match name {
            "body" => &mut self.body,
            "kai" => &mut self.kai,
            "hei" => &mut self.hei,
            "title" => &mut self.title,
            "song" => &mut self.song,
            _ => return,
        };
        if !list.iter().any(|known| known == family) {
            list.push(family.to_owned());
        }
    }

    fn complete(&self) -> Result<(), ReportError> {
        let all = [&self.body, &self.kai, &self.hei, &self.title, &self.song];
        if all.iter().any(|list| list.is_empty()) {
            return Err(ReportError::Needs(
                "没有找到可用的中文字体，不能生成 PDF（应安装仿宋、楷体、黑体、宋体，或 Noto CJK：Debian 上为 fonts-noto-cjk）"
                    .to_owned(),
            ));
        }
        Ok(())
    }
}

/// The report with the numbers of its headings in their texts.
fn numbered(report: &Report) -> Report {
    let mut report = report.clone();
    let mut numbers = Numbering::default();
    for block in &mut report.blocks {
        if let super::Block::Heading { level, text } = block {
            *text = format!("{}{text}", numbers.next(*level));
        }
    }
    report
}

fn date(day: &str) -> Option<[u16; 3]> {
    let mut parts = day.split('-').map(str::parse::<u16>);
    let mut next = || parts.next()?.ok();
    Some([next()?, next()?, next()?])
}

/// Bytes that several fonts share.
struct Shared(Arc<[u8]>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// All that the typesetting can see: the layout, the data and the fonts. No file, no network, no clock.
struct Setting {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    layout: Source,
    data: (FileId, Bytes),
}

impl Setting {
    fn new(fonts: Vec<Font>, json: Vec<u8>) -> Setting {
        let file = |name: &str| FileId::new(None, VirtualPath::new(name));
        let layout = include_str!("../../assets/report/report.typ").to_owned();
        Setting {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            layout: Source::new(file("report.typ"), layout),
            data: (file("report.json"), Bytes::new(json)),
        }
    }
}

impl World for Setting {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.layout.id() { Ok(self.layout.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<i64>) -> Option<Datetime> {
        None
    }
}
