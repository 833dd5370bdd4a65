//! Whole containers around parts that the fuzzer made up.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What parts one part from the next in the fuzzer's bytes. It stands in no XML.
const BREAK: u8 = 0;

/// A Word document whose parts are pieces of `bytes`; those that are not given have content of their own.
pub fn docx(bytes: &[u8]) -> Vec<u8> {
    const NUMBERING: &str = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>";
    const STYLES: &str = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"H\"><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style></w:styles>";
    archive(
        bytes,
        &[
            ("word/document.xml", "<w:document xmlns:w=\"w\"><w:body/></w:document>"),
            ("word/numbering.xml", NUMBERING),
            ("word/styles.xml", STYLES),
            ("word/footnotes.xml", "<w:footnotes xmlns:w=\"w\"/>"),
        ],
        &[("[Content_Types].xml", "<Types/>")],
    )
}

/// A workbook whose parts are pieces of `bytes`.
pub fn xlsx(bytes: &[u8]) -> Vec<u8> {
    const BOOK: &str =
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"甲\" r:id=\"a\"/></sheets></workbook>";
    const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/><xf numFmtId=\"4\"/></cellXfs></styleSheet>";
    const RELATIONS: &str = "<R><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/></R>";
    archive(
        bytes,
        &[
            ("xl/worksheets/sheet1.xml", "<worksheet/>"),
            ("xl/sharedStrings.xml", "<sst><si><t>指标名称</t></si><si><t>单位</t></si></sst>"),
            ("xl/styles.xml", STYLES),
            ("xl/workbook.xml", BOOK),
        ],
        &[("[Content_Types].xml", "<Types/>"), ("xl/_rels/workbook.xml.rels", RELATIONS)],
    )
}

/// A PDF file of one page: the first piece of `bytes` is what is drawn on it, the second says which characters its
/// font's codes mean.
pub fn pdf(bytes: &[u8]) -> Vec<u8> {
    const CODES: &[u8] = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap";
    const OBJECTS: &[&str] = &[
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 8 0 R/Resources<</Font<</F 4 0 R/H 7 0 R>>>>>>",
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 9 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 6 0 R/DW 1000>>",
        "<</Type/FontDescriptor/FontName/A/Flags 4>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ];
    let mut pieces = bytes.splitn(2, |byte| *byte == BREAK);
    let drawn = stream(pieces.next().unwrap_or_default());
    let codes = stream(pieces.next().unwrap_or(CODES));
    let objects = OBJECTS.iter().map(|object| object.as_bytes()).chain([&drawn[..], &codes[..]]);
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = String::from("0000000000 65535 f \n");
    let mut count = 1;
    for object in objects {
        places += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{count} 0 obj\n").into_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
        count += 1;
    }
    let end = format!(
        "xref\n0 {count}\n{places}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n",
        file.len()
    );
    file.extend(end.into_bytes());
    file
}

fn stream(bytes: &[u8]) -> Vec<u8> {
    let mut stream = format!("<</Length {}>>stream\n", bytes.len()).into_bytes();
    stream.extend_from_slice(bytes);
    stream.extend_from_slice(b"\nendstream");
    stream
}

/// An archive of parts: the pieces of `bytes` in order, then what these parts hold without.
fn archive(bytes: &[u8], made: &[(&str, &str)], fixed: &[(&str, &str)]) -> Vec<u8> {
    let mut pieces = bytes.splitn(made.len(), |byte| *byte == BREAK);
    let made =
        made.iter().map(|(name, without)| (name, pieces.next().unwrap_or(without.as_bytes())));
    let fixed = fixed.iter().map(|(name, text)| (name, text.as_bytes()));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in fixed.chain(made) {
        // Writing to memory does not fail.
        if zip.start_file(*name, options).is_ok() {
            let _ = zip.write_all(part);
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
