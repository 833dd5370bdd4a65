//! Reads web pages of our own: the article, its tables, and every character's place.

use document::{ReadError, read};
use terms::{BlockKind, Document, Span};

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>青石市2024年计划报告_青石市政府</title>
<style>p { color: red }</style><script>var a = "<p>不是正文</p>";</script></head>
<body>
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<div id="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/b">规划计划</a></div>
<div class="content">
<h1>关于青石市2023年国民经济和社会发展计划执行情况与2024年计划草案的报告</h1>
<div class="info">2024-02-03 来源：市发展改革局 <span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class="TRS_Editor">
<p>　　一、2023年计划执行情况</p>
<p>　　全市地区生产总值718.30亿元，增长6.5&#37;，R&amp;D经费占比2.1%。
新增企业<b>35</b>家。<br>第二行完成率<span style="display: none">乱码</span>99%。</p>
<p>　　二、2024年主要预期目标<p>　　未闭合的段落，粮食产量3.2万吨以上；<ruby>镇<rt>zhèn</rt></ruby>区建成。
<table border=1><tr><th rowspan=2>指标名称</th><th colspan=2>上年</th><th rowspan=2>本年计划</th></tr>
<tr><th>计划</th><th>实际</th></tr>
<tr><td>地区生产<br>总值</td><td>7%</td><td>6.5%</td><td>6.5%左右</td></tr>
<tr><td>城镇登记失业率</td><td></td><td>2.1%</td><td>4%以内</td></table>
<p>　　以上报告，请审议。</p>
</div>
<div class="share-box">分享到：<a>微信</a><a>微博</a></div>
<p>【打印】【关闭】</p>
<p>上一篇：<a href="/x">某通知</a></p>
</div>
<div class="footer">版权所有 青石市政府 备案号12345678</div>
</body></html>"#;

fn words(document: &Document) -> Vec<Vec<&str>> {
    let table = &document.tables[0];
    table
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| document.slice(cell.span)).collect())
        .collect()
}

#[test]
fn reads_the_article_and_nothing_around_it() {
    let document = read("a.html", PAGE.as_bytes()).unwrap();
    for around in [
        "首页",
        "当前位置",
        "分享",
        "打印",
        "版权",
        "备案",
        "上一篇",
        "不是正文",
        "color",
        "乱码",
        "zhèn",
    ] {
        assert!(!document.text.contains(around), "{around}: {}", document.text);
    }
    assert!(
        document.text.contains("增长6.5%，R&D经费占比2.1%。新增企业35家。\n第二行完成率99%。\n")
    );
    assert!(
        document.text.contains("未闭合的段落，粮食产量3.2万吨以上；镇区建成。\n"),
        "{}",
        document.text
    );
    assert_eq!(document.profile.plan_year, Some(2024));
    assert_eq!(document.encoding, "UTF-8");
    let titles = document.blocks.iter().filter(|block| block.kind == BlockKind::Title).count();
    assert_eq!(titles, 1);
}

#[test]
fn tables_keep_rows_columns_and_merged_cells() {
    let document = read("a.html", PAGE.as_bytes()).unwrap();
    assert_eq!(document.tables.len(), 1);
    assert_eq!(
        words(&document),
        [
            vec!["指标名称", "上年", "本年计划"],
            vec!["计划", "实际"],
            vec!["地区生产 总值", "7%", "6.5%", "6.5%左右"],
            vec!["城镇登记失业率", "", "2.1%", "4%以内"],
        ]
    );
    let table = &document.tables[0];
    let room: Vec<_> = table.rows[..2]
        .iter()
        .flatten()
        .map(|cell| (cell.column, cell.columns, cell.rows))
        .collect();
    assert_eq!(room, [(0, 1, 2), (1, 2, 1), (3, 1, 2), (1, 1, 1), (2, 1, 1)]);
    assert!(document.slice(table.span).starts_with("指标名称\t上年\t\t本年计划\n\t计划\t实际\n"));
    let blocks: Vec<_> =
        document.blocks.iter().filter(|block| block.kind == BlockKind::Table).collect();
    assert_eq!(blocks.len(), 1);
    assert_eq!(blocks[0].span, table.span);
    assert!(document.diagnostics.iter().all(|known| known.code != "target-table-missing"));
}

#[test]
fn every_character_knows_its_bytes() {
    let document = read("a.html", PAGE.as_bytes()).unwrap();
    for (words, source) in [
        ("718.30亿元", "718.30亿元"),
        ("6.5%，R&D经费", "6.5&#37;，R&amp;D经费"),
        ("35家", "35</b>家"),
        ("2.1%\t4%以内", "2.1%</td><td>4%以内"),
        ("请审议", "请审议"),
    ] {
        let at = document.text.find(words).unwrap();
        let span = Span::new(at, at + words.len());
        let bytes = document.map.source(span);
        assert_eq!(&PAGE[bytes.range()], source);
    }
}

#[test]
fn reads_the_encoding_that_is_there() {
    let page = PAGE.replace("utf-8", "gb2312");
    let (bytes, ..) = encoding_rs::GBK.encode(&page);
    let document = read("a.html", &bytes).unwrap();
    assert_eq!(document.encoding, "GB18030");
    let plain = read("a.html", PAGE.as_bytes()).unwrap();
    assert_eq!(document.text, plain.text);
    let at = document.text.find("6.5%，").unwrap();
    let span = Span::new(at, at + 4);
    assert_eq!(&bytes[document.map.source(span).range()], b"6.5&#37;");

    let page = "<html><meta charset=big5><body><p>全縣生產總值增長6.5%，糧食產量3.2萬噸。</p></body></html>";
    let (bytes, ..) = encoding_rs::BIG5.encode(page);
    let document = read("a.html", &bytes).unwrap();
    assert_eq!(document.text.trim(), "全县生产总值增长6.5%，粮食产量3.2万吨。");
    assert_eq!(document.encoding, "Big5");
}

#[test]
fn the_content_decides_not_the_name() {
    let page = read("a.txt", PAGE.as_bytes()).unwrap();
    assert_eq!(page.text, read("a.html", PAGE.as_bytes()).unwrap().text);
    let sentence = "投资<50万元的项目，增速>5%的企业。\n利润<br";
    assert_eq!(read("a.txt", sentence.as_bytes()).unwrap().text, sentence);
}

#[test]
fn a_page_laid_out_as_a_table_is_text() {
    let long = "本段说明重点项目建设情况，全年完成投资12.5亿元。".repeat(60);
    let page = format!(
        "<table><tr><td><a href=x>导航</a></td><td><p>一、总体情况</p><p>{long}</p><p>二、完成情况</p><p>{long}</p></td></tr><tr><td>x</td><td>y</td></tr></table>"
    );
    let document = read("a.htm", page.as_bytes()).unwrap();
    assert!(document.tables.is_empty());
    assert!(document.text.contains("一、总体情况\n"));
}

#[test]
fn deep_pages_are_read_or_refused_at_once() {
    let page = |depth: usize| format!("{}<p>全文在此，完成5项。</p>", "<div>".repeat(depth));
    assert_eq!(read("a.html", page(100).as_bytes()).unwrap().text.trim(), "全文在此，完成5项。");
    assert!(matches!(
        read("a.html", page(100_000).as_bytes()),
        Err(ReadError::TooDeep { limit: 2000, .. })
    ));
    let stray = format!("<p>完成5项。{}", "</div></span></td>".repeat(50_000));
    assert_eq!(read("a.html", stray.as_bytes()).unwrap().text.trim(), "完成5项。");
}
