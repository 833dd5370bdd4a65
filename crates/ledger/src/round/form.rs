//! Forms: what a department files together.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};
use terms::{Department, Facet, Form, FormItem, Indicator, Right, Unit, covers};

use crate::append::Entry;
use crate::audit::Action;
use crate::people::{check_code, check_name, departments, invalid};
use crate::record::{self, Trouble, Writing};
use crate::row::{self, whole};
use crate::{Ledger, LedgerError};

/// How many lines and how many regions a form may have.
const MOST: usize = 500;

impl Ledger {
    /// Adds a form, or changes it for rounds that are opened later. The answer tells whether something was written.
    pub fn put_form(
        &mut self,
        form: &Form,
        catalogue: &[Indicator],
        entry: &Entry,
    ) -> Result<bool, LedgerError> {
        check_code("报表代码", &form.code)?;
        check_name("报表名称", &form.name)?;
        check_items(form, catalogue)?;
        self.check_regions(form)?;
        self.write(entry, |writing| {
            let known = self::form(writing.transaction, &form.code)?;
            if known.as_ref() == Some(form) {
                return Ok(false);
            }
            let department = active_department(writing.transaction, &form.department)?;
            if let Some(outside) =
                form.regions.iter().find(|region| !covers(&department.region, region))
            {
                let expected = format!("{}所属地区 {} 之内", department.name, department.region);
                return Err(invalid("地区代码", outside, expected).into());
            }
            let before = known.iter().flat_map(|known| &known.regions);
            for region in before.chain(&form.regions) {
                writing.authorise(Right::Plan, region, Some(&form.department))?;
            }
            insert(writing, form)?;
            writing.log(Action::Form, &form.code)?;
            Ok(true)
        })
    }

    /// All forms, by code.
    pub fn forms(&self) -> Result<Vec<Form>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<Form>> {
            let codes: Vec<String> = self
                .connection
                .prepare_cached("SELECT DISTINCT code FROM form ORDER BY code")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            codes.iter().filter_map(|code| form(&self.connection, code).transpose()).collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// The form of a code.
    pub fn form(&self, code: &str) -> Result<Option<Form>, LedgerError> {
        form(&self.connection, code).map_err(|error| self.error(error))
    }

    /// Keeps a bureau's own workbook in which a form is filled, with where its figures stand there.
    pub fn put_layout(
        &mut self,
        form: &str,
        name: &str,
        layout: &str,
        workbook: &[u8],
        entry: &Entry,
    ) -> Result<(), LedgerError> {
        self.write(entry, |writing| {
            let Some(known) = self::form(writing.transaction, form)? else {
                return Err(unknown_form(form).into());
            };
            for region in &known.regions {
                writing.authorise(Right::Plan, region, Some(&known.department))?;
            }
            record::FORM_LAYOUT.insert(
                writing.transaction,
                params![writing.number, form, name, layout, workbook],
            )?;
            writing.log(Action::Form, form)?;
            Ok(())
        })
    }

    /// The workbook in which a form is filled, if a bureau's own was given: its name, where its figures stand, its
    /// bytes.
    pub fn layout(&self, form: &str) -> Result<Option<(String, String, Vec<u8>)>, LedgerError> {
        let query = "SELECT name, layout, workbook FROM form_layout
                     WHERE form = ?1 ORDER BY entry DESC LIMIT 1";
        self.connection
            .query_row(query, [form], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()
            .map_err(|error| self.error(error))
    }
}

fn check_items(form: &Form, catalogue: &[Indicator]) -> Result<(), LedgerError> {
    if form.items.is_empty() || form.items.len() > MOST {
        let expected = format!("1 到 {MOST} 行指标");
        return Err(invalid("报表行数", &form.items.len().to_string(), expected));
    }
    for (position, item) in form.items.iter().enumerate() {
        let Some(indicator) = catalogue.iter().find(|indicator| *indicator.code == *item.indicator)
        else {
            return Err(LedgerError::UnknownIndicator(item.indicator.to_string()));
        };
        if Facet::of(indicator, &item.unit) != Some(item.facet) {
            return Err(LedgerError::WrongUnit {
                indicator: format!("{} {}", indicator.code, indicator.name),
                unit: item.unit.as_str().to_owned(),
                expected: indicator.unit.clone(),
            });
        }
        let twice = form.items.iter().take(position);
        if twice
            .into_iter()
            .any(|other| other.indicator == item.indicator && other.facet == item.facet)
        {
            let found = format!("{} {}", indicator.code, indicator.name);
            return Err(invalid("报表指标", &found, "每个指标的水平或增速只占一行"));
        }
    }
    Ok(())
}

impl Ledger {
    fn check_regions(&self, form: &Form) -> Result<(), LedgerError> {
        if form.regions.is_empty() || form.regions.len() > MOST {
            let expected = format!("1 到 {MOST} 个地区");
            return Err(invalid("报表地区数", &form.regions.len().to_string(), expected));
        }
        for (position, region) in form.regions.iter().enumerate() {
            self.check_region(region)?;
            if form.regions[..position].contains(region) {
                return Err(invalid("地区代码", region, "每个地区只写一次"));
            }
        }
        Ok(())
    }
}

fn insert(writing: &Writing<'_>, form: &Form) -> rusqlite::Result<()> {
    record::FORM.insert(
        writing.transaction,
        params![
            writing.number,
            form.code,
            form.name,
            form.department,
            form.frequency.as_str(),
            form.active,
        ],
    )?;
    for (position, region) in form.regions.iter().enumerate() {
        record::FORM_REGION.insert(
            writing.transaction,
            params![writing.number, form.code, whole(position), region],
        )?;
    }
    for (position, item) in form.items.iter().enumerate() {
        record::FORM_ITEM.insert(
            writing.transaction,
            params![
                writing.number,
                form.code,
                whole(position),
                item.indicator,
                item.facet.as_str(),
                item.unit.as_str(),
            ],
        )?;
    }
    Ok(())
}

/// A department that exists.
pub(super) fn active_department(read: &Connection, code: &str) -> Result<Department, Trouble> {
    let known = departments(read)?.into_iter();
    let mut known = known.filter(|known| known.code == code && known.active);
    let unknown = || LedgerError::Unknown { what: "部门", code: code.to_owned() };
    Ok(known.next().ok_or_else(unknown)?)
}

pub(super) fn unknown_form(code: &str) -> LedgerError {
    LedgerError::Unknown { what: "报表", code: code.to_owned() }
}

/// The name of a form as it is now.
pub(super) fn name(read: &Connection, code: &str) -> rusqlite::Result<Option<String>> {
    let query = "SELECT name FROM form WHERE code = ?1 ORDER BY entry DESC LIMIT 1";
    read.prepare_cached(query)?.query_row([code], |row| row.get(0)).optional()
}

/// The form of a code as it is now.
pub(super) fn form(read: &Connection, code: &str) -> rusqlite::Result<Option<Form>> {
    let query = "SELECT entry, name, department, frequency, active FROM form
                 WHERE code = ?1 ORDER BY entry DESC LIMIT 1";
    let found = read
        .prepare_cached(query)?
        .query_row([code], |row| {
            let form = Form {
                code: code.to_owned(),
                name: row.get(1)?,
                department: row.get(2)?,
                frequency: row::word(row, 3)?,
                active: row.get(4)?,
                regions: Vec::new(),
                items: Vec::new(),
            };
            Ok((row.get::<_, i64>(0)?, form))
        })
        .optional()?;
    let Some((entry, mut form)) = found else { return Ok(None) };
    form.regions = read
        .prepare_cached(
            "SELECT region FROM form_region WHERE form = ?1 AND entry = ?2 ORDER BY position",
        )?
        .query_map(params![code, entry], |row| row.get::<_, Arc<str>>(0))?
        .collect::<rusqlite::Result<_>>()?;
    form.items = read
        .prepare_cached(
            "SELECT indicator, facet, unit FROM form_item
             WHERE form = ?1 AND entry = ?2 ORDER BY position",
        )?
        .query_map(params![code, entry], |row| item(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(form))
}

/// Indicator, facet and unit, from a column on.
pub(super) fn item(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<FormItem> {
    Ok(FormItem {
        indicator: row.get(column)?,
        facet: row::word(row, column + 1)?,
        unit: Unit::new(row.get::<_, Arc<str>>(column + 2)?),
    })
}
