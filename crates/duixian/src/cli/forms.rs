//! `duixian forms`: what departments file together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use ledger::Ledger;
use serde::Deserialize;
use serde_json::json;
use terms::{Form, FormItem, Frequency, Indicator};

use super::output::{self, Output};
use super::{LedgerArgument, Listing, TEMPLATE, table_file};
use crate::clock::entry;
use crate::collect::{self, Layout};
use crate::entered;
use crate::error::Failure;
use crate::form_item::item;

/// What `duixian forms` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 列出报表（list forms）
    #[command(help_template = TEMPLATE, override_usage = "duixian forms list [选项]")]
    List(Listing),
    /// 显示一张报表（show a form）
    #[command(help_template = TEMPLATE, override_usage = "duixian forms show [选项] <代码>")]
    Show(Show),
    /// 新增或修改报表；未给的项不变（add or change a form）
    #[command(help_template = TEMPLATE, override_usage = "duixian forms set [选项] <代码>")]
    Set(Set),
    /// 由 TOML 或 CSV 导入报表（add forms from a file）
    #[command(help_template = TEMPLATE, override_usage = "duixian forms import [选项] <文件>")]
    Import(Import),
    /// 采用本单位自己的 Excel 表样（adopt a workbook of the bureau's own）
    #[command(help_template = TEMPLATE, override_usage = "duixian forms adopt [选项] <代码> <文件>")]
    Adopt(Adopt),
}

#[derive(Debug, Args)]
struct Show {
    /// 报表代码（code of the form）
    #[arg(value_name = "代码", help_heading = "参数")]
    code: String,
    #[command(flatten)]
    list: Listing,
}

#[derive(Debug, Args)]
struct Set {
    /// 报表代码（code of the form）
    #[arg(value_name = "代码", help_heading = "参数")]
    code: String,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 名称（name）
    #[arg(long, value_name = "名称", help_heading = "选项")]
    name: Option<String>,
    /// 填报部门的代码（department that files it）
    #[arg(long, value_name = "部门", help_heading = "选项")]
    department: Option<String>,
    /// 填报的地区，可多个（regions）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Vec<String>,
    /// 频率：month 月、quarter 季、half 半年、year 年；新报表默认 month（frequency）
    #[arg(long, value_name = "频率", help_heading = "选项")]
    frequency: Option<String>,
    /// 一行指标，可多个：“指标[, 增速][, 单位]”（lines in order）
    #[arg(long, value_name = "指标", help_heading = "选项")]
    item: Vec<String>,
    /// 停用（no longer filed）
    #[arg(long, conflicts_with = "active", help_heading = "选项")]
    closed: bool,
    /// 恢复（filed again）
    #[arg(long, help_heading = "选项")]
    active: bool,
}

#[derive(Debug, Args)]
struct Import {
    /// TOML（每张报表一个 [[form]]），或每行一个指标的 CSV（file）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
}

#[derive(Debug, Args)]
struct Adopt {
    /// 报表代码（code of the form）
    #[arg(value_name = "代码", help_heading = "参数", display_order = 1)]
    code: String,
    /// 本单位的表样，xlsx 或 xls（workbook）
    #[arg(value_name = "文件", help_heading = "参数", display_order = 2)]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 工作表，默认第一张有表头的（sheet）
    #[arg(long, value_name = "名称", help_heading = "选项")]
    sheet: Option<String>,
    /// 只预览，不写入（preview only）
    #[arg(long, help_heading = "选项")]
    dry_run: bool,
}

/// Keeps forms.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::List(arguments) => list(arguments),
        Command::Show(arguments) => show(arguments),
        Command::Set(arguments) => set(arguments),
        Command::Import(arguments) => import(arguments),
        Command::Adopt(arguments) => adopt(arguments),
    }
}

fn known(ledger: &Ledger, code: &str) -> Result<Form, Failure> {
    let missing = || Failure::Input(format!("没有报表 {code}（应为台账中的报表代码）"));
    ledger.form(code)?.ok_or_else(missing)
}

fn as_json(form: &Form) -> serde_json::Value {
    let items: Vec<_> = form
        .items
        .iter()
        .map(|item| {
            json!({"indicator": item.indicator.as_ref(), "facet": item.facet.as_str(), "unit": item.unit.as_str()})
        })
        .collect();
    let regions: Vec<&str> = form.regions.iter().map(|region| region.as_ref()).collect();
    json!({
        "code": form.code, "name": form.name, "department": form.department, "regions": regions,
        "frequency": form.frequency.as_str(), "active": form.active, "items": items,
    })
}

fn list(arguments: &Listing) -> Result<(), Failure> {
    let forms = Ledger::open_read_only(&arguments.ledger.ledger)?.forms()?;
    if arguments.json {
        return output::json(&forms.iter().map(as_json).collect::<Vec<_>>());
    }
    Output::Standard.write(|out| {
        writeln!(out, "代码\t名称\t部门\t频率\t地区数\t行数\t状态")?;
        for form in &forms {
            let Form { code, name, department, frequency, .. } = form;
            let (regions, items) = (form.regions.len(), form.items.len());
            let state = if form.active { "在用" } else { "停用" };
            writeln!(
                out,
                "{code}\t{name}\t{department}\t{frequency}\t{regions}\t{items}\t{state}"
            )?;
        }
        writeln!(out, "共 {} 张报表", forms.len())
    })
}

fn show(arguments: &Show) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.list.ledger.ledger)?;
    let form = known(&ledger, &arguments.code)?;
    if arguments.list.json {
        return output::json(&as_json(&form));
    }
    let catalogue = statement::catalogue();
    let own = ledger.layout(&form.code)?;
    Output::Standard.write(|out| {
        let state = if form.active { "" } else { " · 停用" };
        writeln!(out, "{} {} · 部门 {}{state}", form.code, form.name, form.department)?;
        writeln!(out, "频率 {} · 地区 {}", form.frequency, form.regions.join("、"))?;
        if let Some((file, ..)) = &own {
            writeln!(out, "采用的表样 {}", output::one_line(file))?;
        }
        for (number, item) in (1..).zip(&form.items) {
            writeln!(out, "{number}\t{}", named(&catalogue, item))?;
        }
        Ok(())
    })
}

/// A line with the name of its indicator.
pub(super) fn named(catalogue: &[Indicator], item: &FormItem) -> String {
    let known = catalogue.iter().find(|known| *known.code == *item.indicator);
    let name = known.map_or("", |known| &known.name);
    let facet = publication::form::facet_word(item.facet);
    format!("{} {name}\t{facet}\t{}", item.indicator, item.unit.as_str())
}

/// A form as it is given: what is not given stays, or is the usual of a new one.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    code: String,
    name: Option<String>,
    department: Option<String>,
    #[serde(default)]
    regions: Vec<String>,
    frequency: Option<String>,
    #[serde(default)]
    items: Vec<String>,
    active: Option<bool>,
}

impl Given {
    /// The form that is meant, over what is known of it.
    fn over(
        self,
        ledger: &Ledger,
        known: Option<Form>,
        catalogue: &[Indicator],
    ) -> Result<Form, String> {
        let regions: Vec<Arc<str>> = self
            .regions
            .iter()
            .map(|written| entered::region(written.trim(), Some(ledger)).map(Into::into))
            .collect::<Result<_, _>>()?;
        let items: Vec<FormItem> = (1..)
            .zip(&self.items)
            .map(|(line, written)| {
                item(written, catalogue).map_err(|said| format!("第 {line} 行指标：{said}"))
            })
            .collect::<Result<_, _>>()?;
        let frequency = match &self.frequency {
            None => None,
            Some(word) => Some(
                word.parse::<Frequency>()
                    .map_err(|_| format!("频率“{word}”（应为 month、quarter、half 或 year）"))?,
            ),
        };
        let lacking = |option: &str| format!("新报表 {} 缺少{option}", self.code);
        let mut form = match known {
            Some(known) => known,
            None => Form {
                code: self.code.clone(),
                name: self.name.clone().ok_or_else(|| lacking("名称 name"))?,
                department: self.department.clone().ok_or_else(|| lacking("部门 department"))?,
                regions: Vec::new(),
                frequency: Frequency::Month,
                items: Vec::new(),
                active: true,
            },
        };
        form.name = self.name.unwrap_or(form.name);
        form.department = self.department.unwrap_or(form.department);
        form.frequency = frequency.unwrap_or(form.frequency);
        form.active = self.active.unwrap_or(form.active);
        if !regions.is_empty() {
            form.regions = regions;
        }
        if !items.is_empty() {
            form.items = items;
        }
        Ok(form)
    }
}

fn set(arguments: &Set) -> Result<(), Failure> {
    let catalogue = statement::catalogue();
    let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
    let given = Given {
        code: arguments.code.clone(),
        name: arguments.name.clone(),
        department: arguments.department.clone(),
        regions: arguments.region.clone(),
        frequency: arguments.frequency.clone(),
        items: arguments.item.clone(),
        active: match (arguments.closed, arguments.active) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            (false, false) => None,
        },
    };
    let form =
        given.over(&ledger, ledger.form(&arguments.code)?, &catalogue).map_err(Failure::Input)?;
    let written = ledger.put_form(&form, &catalogue, &entry("维护报表"))?;
    output::told(written, &format!("报表 {} {}（{} 行）", form.code, form.name, form.items.len()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormsFile {
    form: Vec<Given>,
}

fn import(arguments: &Import) -> Result<(), Failure> {
    let file = &arguments.file;
    let catalogue = statement::catalogue();
    let is_toml = file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("toml"));
    let given = if is_toml { of_toml(file)? } else { of_csv(file)? };
    let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
    let mut forms = Vec::with_capacity(given.len());
    for given in given {
        let code = given.code.clone();
        let form = given.over(&ledger, ledger.form(&code)?, &catalogue);
        forms.push(
            form.map_err(|said| {
                Failure::Input(format!("{}：报表 {code}：{said}", file.display()))
            })?,
        );
    }
    let written = ledger.together(|ledger| {
        let mut written = 0;
        for form in &forms {
            let done = ledger.put_form(form, &catalogue, &entry("导入报表")).map_err(|error| {
                Failure::Input(format!("{}：报表 {}：{error}", file.display(), form.code))
            })?;
            written += usize::from(done);
        }
        Ok::<usize, Failure>(written)
    })?;
    output::imported("报表", forms.len(), written)
}

fn of_toml(file: &Path) -> Result<Vec<Given>, Failure> {
    let text = table_file::toml_text(file, "TOML 或 CSV 文件", None)?;
    let fault = |said: String| Failure::Input(format!("{}：{said}", file.display()));
    let read: FormsFile =
        toml::from_str(&text).map_err(|error| fault(format!("不是报表的 TOML（{error}）")))?;
    Ok(read.form)
}

/// A row for each line of a form; the rows of a form follow each other.
fn of_csv(file: &Path) -> Result<Vec<Given>, Failure> {
    const COLUMNS: [table_file::Column; 8] = [
        ("code", "代码"),
        ("name", "名称"),
        ("department", "部门"),
        ("region", "地区"),
        ("indicator", "指标"),
        ("facet", "项目"),
        ("unit", "单位"),
        ("frequency", "频率"),
    ];
    let mut forms: Vec<Given> = Vec::new();
    for row in table_file::read(file, &COLUMNS, 5)? {
        let [code, name, department, region, indicator, facet, unit, frequency] = &row.cells[..]
        else {
            continue;
        };
        let said = |text: &String| (!text.is_empty()).then(|| text.clone());
        let parts: Vec<&str> = [indicator, facet, unit]
            .into_iter()
            .map(String::as_str)
            .filter(|p| !p.is_empty())
            .collect();
        let item = parts.join(", ");
        match forms.iter_mut().find(|known| known.code == *code) {
            Some(known) => known.items.push(item),
            None => forms.push(Given {
                code: code.clone(),
                name: said(name),
                department: said(department),
                regions: region.split(['、', ';', '；']).map(str::to_owned).collect(),
                frequency: said(frequency),
                items: vec![item],
                active: None,
            }),
        }
    }
    Ok(forms)
}

fn adopt(arguments: &Adopt) -> Result<(), Failure> {
    let file = &arguments.file;
    let catalogue = statement::catalogue();
    let bytes = table_file::bytes_of(file, "xlsx 或 xls 表样")?;
    let path = &arguments.ledger.ledger;
    let form = known(&Ledger::open_read_only(path)?, &arguments.code)?;
    let fault = |said: String| Failure::Input(format!("{}：{said}", file.display()));
    let layout = collect::adopt(&bytes, &catalogue, arguments.sheet.as_deref())
        .map_err(|error| fault(error.to_string()))?;
    let missing = preview(&form, &layout, &catalogue)?;
    if missing == form.items.len() {
        let said = format!("报表 {} 的指标一个也没有找到，没有采用", form.code);
        return Err(fault(said));
    }
    if arguments.dry_run {
        return Ok(());
    }
    let text = layout.to_json().map_err(|error| fault(error.to_string()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut ledger = Ledger::open(path)?;
    let kept = (name, text, bytes);
    let written = ledger.layout(&form.code)?.as_ref() != Some(&kept);
    if written {
        ledger.put_layout(&form.code, &kept.0, &kept.1, &kept.2, &entry("采用表样"))?;
    }
    output::told(written, &format!("报表 {} 采用表样 {}", form.code, kept.0))
}

/// Shows where each line of the form stands in the workbook, and what was not found; gives how many lines are missing.
fn preview(form: &Form, layout: &Layout, catalogue: &[Indicator]) -> Result<usize, Failure> {
    let place = |item: &FormItem| {
        layout.lines.iter().find(|line| {
            line.indicator == *item.indicator && line.facet == item.facet && line.unit == item.unit
        })
    };
    let missing = form.items.iter().filter(|item| place(item).is_none()).count();
    Output::Standard.write(|out| {
        writeln!(out, "工作表“{}”", output::one_line(&layout.sheet))?;
        for item in &form.items {
            let cell = place(item).map_or("没有找到", |line| line.cell.as_str());
            writeln!(out, "{cell}\t{}", named(catalogue, item))?;
        }
        for line in &layout.lines {
            let own = FormItem {
                indicator: line.indicator.as_str().into(),
                facet: line.facet,
                unit: line.unit.clone(),
            };
            if !form.items.contains(&own) {
                writeln!(out, "{}\t{}\t不在报表中", line.cell, named(catalogue, &own))?;
            }
        }
        for (cell, text) in &layout.unknown {
            writeln!(out, "{cell}\t未识别：{}", output::one_line(text))?;
        }
        let found = form.items.len() - missing;
        writeln!(out, "找到 {found} 行，没有找到 {missing} 行，未识别 {} 处", layout.unknown.len())
    })?;
    Ok(missing)
}
