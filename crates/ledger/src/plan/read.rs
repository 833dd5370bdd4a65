//! Plan objects as they were known at a time, and everything that was done to them.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension, Row, params};
use terms::{Attached, PlanEvent, PlanKind, PlanMove, PlanObject, PlanRef, Target, covers};

use crate::row::unfit;
use crate::{Ledger, LedgerError, time};

/// Which plan objects are asked for; all of a kind where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanQuery {
    /// Those of a region and of all that belongs to it.
    pub region: Option<String>,
    /// Those of a department.
    pub department: Option<String>,
    /// Those in a state.
    pub state: Option<String>,
    /// Those under an object.
    pub parent: Option<PlanRef>,
}

impl PlanQuery {
    fn fits(&self, object: &PlanObject) -> bool {
        self.region.as_ref().is_none_or(|region| covers(region, &object.region))
            && self.department.as_ref().is_none_or(|own| object.department.as_ref() == Some(own))
            && self.state.as_ref().is_none_or(|state| *state == object.state)
            && self.parent.as_ref().is_none_or(|parent| object.parent.as_ref() == Some(parent))
    }
}

impl Ledger {
    /// The plan objects of a kind, by code, as they were known at a time (RFC 3339), or now.
    pub fn plan_objects(
        &self,
        kind: &PlanKind,
        query: &PlanQuery,
        as_of: Option<&str>,
    ) -> Result<Vec<PlanObject>, LedgerError> {
        as_of.map_or(Ok(()), time::check)?;
        let read = || -> rusqlite::Result<Vec<PlanObject>> {
            let mut objects = objects(&self.connection, Of::Kind(kind.code), as_of)?;
            objects.retain(|object| query.fits(object));
            Ok(objects)
        };
        read().map_err(|error| self.error(error))
    }

    /// The plan object of a kind and a code, as it was known at a time, or now.
    pub fn plan_object(
        &self,
        kind: &PlanKind,
        code: &str,
        as_of: Option<&str>,
    ) -> Result<Option<PlanObject>, LedgerError> {
        as_of.map_or(Ok(()), time::check)?;
        let read = || match number(&self.connection, kind.code, code)? {
            Some(number) => object(&self.connection, number, as_of),
            None => Ok(None),
        };
        read().map_err(|error| self.error(error))
    }

    /// A target with its adjustments, as known at a time, or now.
    pub fn target(&self, code: &str, as_of: Option<&str>) -> Result<Option<Target>, LedgerError> {
        as_of.map_or(Ok(()), time::check)?;
        let read = || -> rusqlite::Result<Option<Target>> {
            let Some(number) = number(&self.connection, "target", code)? else { return Ok(None) };
            let Some(own) = object(&self.connection, number, as_of)? else { return Ok(None) };
            let below = objects(&self.connection, Of::Parent(number), as_of)?;
            Ok(Target::of(&own, &below))
        };
        read().map_err(|error| self.error(error))
    }

    /// Everything that was done to a plan object, latest first.
    pub fn plan_history(
        &self,
        kind: &'static PlanKind,
        code: &str,
    ) -> Result<Vec<PlanEvent>, LedgerError> {
        let read = || match number(&self.connection, kind.code, code)? {
            Some(number) => history(&self.connection, kind, number),
            None => Ok(Vec::new()),
        };
        read().map_err(|error| self.error(error))
    }

    /// The states of all plan objects of a kind, by code, each earliest first.
    pub fn plan_moves(
        &self,
        kind: &PlanKind,
    ) -> Result<HashMap<String, Vec<PlanMove>>, LedgerError> {
        let read = || -> rusqlite::Result<HashMap<String, Vec<PlanMove>>> {
            let mut moves: HashMap<String, Vec<PlanMove>> = HashMap::new();
            let columns = "code, state, comment, author, at";
            Of::Kind(kind.code).each(&self.connection, columns, "plan_state", None, |row| {
                let (state, comment) = (row.get(1)?, row.get(2)?);
                let own = PlanMove { state, comment, author: row.get(3)?, at: row.get(4)? };
                moves.entry(row.get(0)?).or_default().push(own);
                Ok(())
            })?;
            Ok(moves)
        };
        read().map_err(|error| self.error(error))
    }

    /// The last entry that wrote anything of a plan object; what is known of them stays the same while it does.
    pub fn last_plan(&self) -> Result<i64, LedgerError> {
        let query = "SELECT max(
             (SELECT coalesce(max(entry), 0) FROM plan_object),
             (SELECT coalesce(max(entry), 0) FROM plan_field),
             (SELECT coalesce(max(entry), 0) FROM plan_state),
             (SELECT coalesce(max(entry), 0) FROM plan_attachment))";
        let read = || self.connection.prepare_cached(query)?.query_row([], |row| row.get(0));
        read().map_err(|error| self.error(error))
    }

    /// A code that no object of the kind bears yet: the kind's prefix and the next number.
    pub fn next_plan_code(&self, kind: &PlanKind) -> Result<String, LedgerError> {
        let read = || -> rusqlite::Result<String> {
            let query = "SELECT count(*) FROM plan_object WHERE kind = ?1";
            let mut next: i64 =
                self.connection.query_row(query, [kind.code], |row| row.get::<_, i64>(0))? + 1;
            loop {
                let code = format!("{}-{next}", kind.prefix);
                if number(&self.connection, kind.code, &code)?.is_none() {
                    return Ok(code);
                }
                next += 1;
            }
        };
        read().map_err(|error| self.error(error))
    }

    /// How many plan objects of each kind there are, in the order of the kinds.
    pub fn plan_counts(&self) -> Result<Vec<(&'static PlanKind, usize)>, LedgerError> {
        let count = |kind: &'static PlanKind| -> rusqlite::Result<(&'static PlanKind, usize)> {
            let query = "SELECT count(*) FROM plan_object WHERE kind = ?1";
            let mut query = self.connection.prepare_cached(query)?;
            let count: i64 = query.query_row([kind.code], |row| row.get(0))?;
            Ok((kind, usize::try_from(count).unwrap_or_default()))
        };
        PlanKind::all()
            .iter()
            .map(count)
            .collect::<rusqlite::Result<_>>()
            .map_err(|error| self.error(error))
    }
}

/// That there is no such object.
pub(super) fn unknown(kind: &'static str, code: &str) -> LedgerError {
    LedgerError::Unknown { what: kind, code: code.to_owned() }
}

/// Number of the object of a kind and a code.
pub(super) fn number(read: &Connection, kind: &str, code: &str) -> rusqlite::Result<Option<i64>> {
    read.prepare_cached("SELECT number FROM plan_object WHERE kind = ?1 AND code = ?2")?
        .query_row(params![kind, code], |row| row.get(0))
        .optional()
}

/// Which objects are read.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    Kind(&'a str),
    Number(i64),
    Parent(i64),
}

impl Of<'_> {
    fn condition(self) -> &'static str {
        match self {
            Of::Kind(_) => "plan_object.kind = ?1",
            Of::Number(_) => "plan_object.number = ?1",
            Of::Parent(_) => "plan_object.parent = ?1",
        }
    }

    /// The rows of a table that belong to these objects and were known, those of earlier entries first. The entry that is
    /// being written has no row yet, but what it wrote so far counts as known now: an object may stand under another of
    /// the same entry.
    fn each(
        self,
        read: &Connection,
        columns: &str,
        table: &str,
        as_of: Option<&str>,
        mut row: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let join = if table == "plan_object" {
            String::new()
        } else {
            format!("JOIN plan_object ON plan_object.number = {table}.object")
        };
        let query = format!(
            "SELECT {columns} FROM {table} {join} LEFT JOIN entry ON entry.number = {table}.entry
             WHERE {} AND (?2 IS NULL OR julianday(entry.at) <= julianday(?2))
             ORDER BY {table}.entry",
            self.condition()
        );
        let mut query = read.prepare_cached(&query)?;
        let mut rows = match self {
            Of::Kind(kind) => query.query(params![kind, as_of])?,
            Of::Number(number) | Of::Parent(number) => query.query(params![number, as_of])?,
        };
        while let Some(found) = rows.next()? {
            row(found)?;
        }
        Ok(())
    }
}

impl Of<'_> {
    /// The values of fields that were known, those of earlier entries first within each field.
    fn fields(
        self,
        read: &Connection,
        as_of: Option<&str>,
        row: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        match (self, as_of) {
            (Of::Kind(kind), None) => now(read, kind, row),
            _ => {
                self.each(read, "object, field, value, plan_field.entry", "plan_field", as_of, row)
            }
        }
    }
}

/// The values of all fields of a kind as the table holds them in order: nothing is sorted, and no entry is looked up.
fn now(
    read: &Connection,
    kind: &str,
    mut row: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let query = "SELECT object, field, value, entry FROM plan_field
         WHERE object IN (SELECT number FROM plan_object WHERE kind = ?1)
         ORDER BY object, field, entry";
    let mut query = read.prepare_cached(query)?;
    let mut rows = query.query([kind])?;
    while let Some(found) = rows.next()? {
        row(found)?;
    }
    Ok(())
}

/// The object of a number.
pub(super) fn object(
    read: &Connection,
    number: i64,
    as_of: Option<&str>,
) -> rusqlite::Result<Option<PlanObject>> {
    Ok(objects(read, Of::Number(number), as_of)?.pop())
}

/// Objects by code.
pub(super) fn objects(
    read: &Connection,
    of: Of<'_>,
    as_of: Option<&str>,
) -> rusqlite::Result<Vec<PlanObject>> {
    let mut found: HashMap<i64, PlanObject> = HashMap::new();
    let mut owners = Owners { read, as_of, known: HashMap::new() };
    let mut parents: HashMap<i64, i64> = HashMap::new();
    of.each(
        read,
        "plan_object.number, plan_object.kind, plan_object.code, plan_object.parent, plan_object.entry,
         (SELECT above.kind FROM plan_object AS above WHERE above.number = plan_object.parent),
         (SELECT above.code FROM plan_object AS above WHERE above.number = plan_object.parent)",
        "plan_object",
        as_of,
        |row| {
            let object = bare(row)?;
            if let Some(parent) = row.get(3)? {
                parents.insert(object.number, parent);
            }
            found.insert(object.number, object);
            Ok(())
        },
    )?;
    of.fields(read, as_of, |row| {
        let Some(object) = found.get_mut(&row.get(0)?) else { return Ok(()) };
        let code = row.get_ref(1)?.as_str()?;
        let known = object.kind.fields.iter().find(|field| field.code == code);
        let field = known.ok_or_else(|| unfit(1, code.to_owned()))?;
        let value: String = row.get(2)?;
        if value.is_empty() {
            object.fields.remove(field.code);
        } else {
            object.fields.insert(field.code, value);
        }
        object.version = object.version.max(row.get(3)?);
        Ok(())
    })?;
    of.each(
        read,
        "object, state, comment, coalesce(author, ''), coalesce(at, ''), plan_state.entry",
        "plan_state",
        as_of,
        |row| {
            let Some(object) = found.get_mut(&row.get(0)?) else { return Ok(()) };
            object.state = row.get(1)?;
            object.comment = row.get(2)?;
            object.state_author = row.get(3)?;
            object.state_since = row.get(4)?;
            object.version = object.version.max(row.get(5)?);
            Ok(())
        },
    )?;
    of.each(
        read,
        "object, plan_attachment.hash, name, media, coalesce(author, ''), coalesce(at, ''), active,
         plan_attachment.entry,
         (SELECT length(content) FROM attachment WHERE attachment.hash = plan_attachment.hash)",
        "plan_attachment",
        as_of,
        |row| {
            let Some(object) = found.get_mut(&row.get(0)?) else { return Ok(()) };
            let attached = attached(row)?;
            object.attachments.retain(|known| known.hash != attached.hash);
            if row.get(6)? {
                object.attachments.insert(0, attached);
            }
            object.version = object.version.max(row.get(7)?);
            Ok(())
        },
    )?;
    for object in found.values() {
        let own = Owner::told(&object.fields);
        owners.known.insert(object.number, (own, parents.get(&object.number).copied()));
    }
    let mut objects: Vec<PlanObject> = found.into_values().collect();
    for object in &mut objects {
        let owner = owners.of(object.number)?;
        object.region = owner.region.unwrap_or_default();
        object.department = owner.department;
    }
    objects.sort_by(|one, other| one.code.cmp(&other.code));
    Ok(objects)
}

/// An object of which nothing is known yet but what it is.
fn bare(row: &Row<'_>) -> rusqlite::Result<PlanObject> {
    let kind: String = row.get(1)?;
    let above: (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
    Ok(PlanObject {
        number: row.get(0)?,
        kind: kind_of(&kind)?,
        code: row.get(2)?,
        parent: above.0.zip(above.1).map(|(kind, code)| PlanRef::new(&kind, &code)),
        region: String::new(),
        department: None,
        fields: BTreeMap::new(),
        state: String::new(),
        comment: String::new(),
        state_author: String::new(),
        state_since: String::new(),
        version: row.get(4)?,
        attachments: Vec::new(),
    })
}

fn kind_of(code: &str) -> rusqlite::Result<&'static PlanKind> {
    PlanKind::named(code).ok_or_else(|| unfit(1, code.to_owned()))
}

fn attached(row: &Row<'_>) -> rusqlite::Result<Attached> {
    let size: i64 = row.get(8)?;
    Ok(Attached {
        hash: row.get(1)?,
        name: row.get(2)?,
        media: row.get(3)?,
        author: row.get(4)?,
        at: row.get(5)?,
        size: usize::try_from(size).map_err(|error| unfit(8, error))?,
    })
}

/// To whom an object belongs: what it does not say itself is said by what it stands under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) region: Option<String>,
    pub(super) department: Option<String>,
}

impl Owner {
    /// The owner that the fields of an object tell.
    pub(super) fn told(fields: &BTreeMap<&'static str, String>) -> Owner {
        let told = |field: &str| fields.get(field).filter(|value| !value.is_empty()).cloned();
        Owner { region: told("region"), department: told("department") }
    }

    /// This owner, and where it is silent, that one.
    pub(super) fn or(self, above: Owner) -> Owner {
        Owner {
            region: self.region.or(above.region),
            department: self.department.or(above.department),
        }
    }
}

struct Owners<'a> {
    read: &'a Connection,
    as_of: Option<&'a str>,
    known: HashMap<i64, (Owner, Option<i64>)>,
}

impl Owners<'_> {
    fn of(&mut self, object: i64) -> rusqlite::Result<Owner> {
        if !self.known.contains_key(&object) {
            let mut fields = BTreeMap::new();
            let of = Of::Number(object);
            of.each(self.read, "field, value", "plan_field", self.as_of, |row| {
                let (field, value): (String, String) = (row.get(0)?, row.get(1)?);
                let known = ["region", "department"].into_iter().find(|known| *known == field);
                known.map(|known| fields.insert(known, value));
                Ok(())
            })?;
            let parent = self
                .read
                .prepare_cached("SELECT parent FROM plan_object WHERE number = ?1")?
                .query_row([object], |row| row.get(0))?;
            self.known.insert(object, (Owner::told(&fields), parent));
        }
        let (own, parent) = self.known.get(&object).cloned().unwrap_or_default();
        // An object stands only under one that was there before it, so this ends.
        match parent.filter(|parent| *parent < object) {
            Some(parent) => Ok(own.or(self.of(parent)?)),
            None => Ok(own),
        }
    }
}

fn history(
    read: &Connection,
    kind: &'static PlanKind,
    number: i64,
) -> rusqlite::Result<Vec<PlanEvent>> {
    let of = Of::Number(number);
    let mut events: BTreeMap<i64, PlanEvent> = BTreeMap::new();
    let mut event = |row: &Row<'_>, change: &mut dyn FnMut(&mut PlanEvent)| {
        let entry: i64 = row.get("number")?;
        let (at, author, reason) = (row.get("at")?, row.get("author")?, row.get("reason")?);
        let event = events.entry(entry).or_insert_with(|| PlanEvent {
            entry,
            at,
            author,
            reason,
            fields: Vec::new(),
            state: None,
            attached: Vec::new(),
        });
        change(event);
        Ok::<(), rusqlite::Error>(())
    };
    let columns = |own: &str| format!("{own}, entry.number, at, author, reason");
    let mut values: BTreeMap<&'static str, String> = BTreeMap::new();
    of.each(read, &columns("field, value"), "plan_field", None, |row| {
        let (code, after): (String, String) = (row.get(0)?, row.get(1)?);
        let field = kind.field(&code).ok_or_else(|| unfit(0, code))?.code;
        let before = values.insert(field, after.clone()).unwrap_or_default();
        event(row, &mut |event| event.fields.push((field, before.clone(), after.clone())))
    })?;
    of.each(read, &columns("state, comment"), "plan_state", None, |row| {
        let state: (String, String) = (row.get(0)?, row.get(1)?);
        event(row, &mut |event| event.state = Some(state.clone()))
    })?;
    let attachments = columns("name, plan_attachment.hash, active");
    of.each(read, &attachments, "plan_attachment", None, |row| {
        let attached: (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        event(row, &mut |event| event.attached.push(attached.clone()))
    })?;
    // Fields are shown in the order of the kind.
    let place = |code: &str| kind.fields.iter().position(|field| field.code == code);
    let mut events: Vec<PlanEvent> = events.into_values().rev().collect();
    for event in &mut events {
        event.fields.sort_by_key(|(code, ..)| place(code));
    }
    Ok(events)
}
