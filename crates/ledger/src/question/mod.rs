//! Questions in SQL: read-only, of views with names and columns that stay.

mod functions;
mod views;

use std::path::{Path, PathBuf};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use terms::Region;

use crate::{Ledger, LedgerError};

pub use views::QueryView;

/// So many steps of SQLite's machine pass between two looks at whether to stop.
const STEPS: i32 = 10_000;

/// A value of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum QueryValue {
    /// There is none.
    Null,
    /// A whole number.
    Integer(i64),
    /// What SQLite itself computed with a fraction. Figures of the ledger are texts, so that no digit is rounded.
    Real(f64),
    /// A text, and every figure of the ledger.
    Text(String),
    /// So many bytes.
    Bytes(usize),
}

/// What takes an answer row by row.
pub trait QuerySink {
    /// The names of the columns, which come first.
    fn columns(&mut self, names: &[String]) -> std::io::Result<()>;
    /// A row.
    fn row(&mut self, values: &[QueryValue]) -> std::io::Result<()>;
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The question is not one that is answered.
    #[error("查询有误：{0}（应为一条只读的 SELECT，查 duixian query --list 所列的视图）")]
    Question(String),
    /// It was told to stop.
    #[error("查询时间过长，已停止（可用 --timeout 放宽，或缩小查询范围）")]
    Stopped,
    /// The answer could not be written.
    #[error("{0}")]
    Output(std::io::Error),
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// A ledger that is open for questions.
#[derive(Debug)]
pub struct QueryLedger {
    connection: Connection,
    path: PathBuf,
}

impl QueryLedger {
    /// Opens the ledger at `path` for questions.
    pub fn open(path: &Path) -> Result<QueryLedger, LedgerError> {
        let Ledger { connection, path } = Ledger::open_read_only(path)?;
        let mut asked = QueryLedger { connection, path };
        let fail = |path: &Path, error| LedgerError::of(path, error);
        asked.prepare().map_err(|error| fail(&asked.path, error))?;
        Ok(asked)
    }

    /// Makes the views, and closes everything else.
    fn prepare(&mut self) -> rusqlite::Result<()> {
        let connection = &mut self.connection;
        functions::register(connection)?;
        // What is temporary lies beside the ledger, in memory.
        connection.pragma_update(None, "temp_store", "memory")?;
        connection.pragma_update(None, "query_only", false)?;
        connection.execute_batch(
            "CREATE TEMP TABLE division (code TEXT PRIMARY KEY, name TEXT, parent TEXT) STRICT",
        )?;
        {
            let mut insert = connection.prepare("INSERT INTO temp.division VALUES (?1, ?2, ?3)")?;
            for region in Region::all() {
                let parent = region.parent().map(|above| above.code);
                insert.execute(params![region.code, region.name, parent])?;
            }
        }
        for view in views::all() {
            connection
                .execute_batch(&format!("CREATE TEMP VIEW \"{}\" AS {}", view.name, view.sql))?;
        }
        connection.pragma_update(None, "query_only", true)?;
        let tables = connection
            .prepare("SELECT name FROM main.sqlite_schema")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let views = views::all().into_iter().map(|view| view.name.into()).collect();
        let known = Known { views, tables };
        connection.authorizer(Some(move |asked: AuthContext<'_>| known.allow(&asked)))
    }

    /// The views with the names of their columns.
    pub fn views(&self) -> Result<Vec<(QueryView, Vec<String>)>, LedgerError> {
        let columns = |view: QueryView| -> rusqlite::Result<(QueryView, Vec<String>)> {
            let sql = format!("SELECT * FROM \"{}\" LIMIT 0", view.name);
            let names = names(&self.connection.prepare(&sql)?);
            Ok((view, names))
        };
        let read = || views::all().into_iter().map(columns).collect::<rusqlite::Result<Vec<_>>>();
        read().map_err(|error| LedgerError::of(&self.path, error))
    }

    /// Answers a question. `stop` is asked now and then whether to give up.
    pub fn ask(
        &mut self,
        sql: &str,
        stop: impl FnMut() -> bool + Send + 'static,
        sink: &mut dyn QuerySink,
    ) -> Result<(), QueryError> {
        let failed = |path: &Path, error| explained(path, error);
        let set = self.connection.progress_handler(STEPS, Some(stop));
        set.map_err(|error| failed(&self.path, error))?;
        let answer = self.answer(sql, sink);
        let unset = self.connection.progress_handler(0, None::<fn() -> bool>);
        unset.map_err(|error| failed(&self.path, error))?;
        answer
    }

    fn answer(&self, sql: &str, sink: &mut dyn QuerySink) -> Result<(), QueryError> {
        let fail = |error| explained(&self.path, error);
        let mut statement = self.connection.prepare(sql).map_err(fail)?;
        if statement.column_count() == 0 || !statement.readonly() {
            return Err(QueryError::Question("没有可以列出的结果".to_owned()));
        }
        let names = names(&statement);
        if statement.parameter_count() > 0 {
            return Err(QueryError::Question("带有未给出的参数（? 或 :名称）".to_owned()));
        }
        sink.columns(&names).map_err(QueryError::Output)?;
        let mut rows = statement.query([]).map_err(fail)?;
        let mut values = Vec::with_capacity(names.len());
        while let Some(row) = rows.next().map_err(fail)? {
            values.clear();
            for column in 0..names.len() {
                values.push(value(row.get_ref(column).map_err(fail)?));
            }
            sink.row(&values).map_err(QueryError::Output)?;
        }
        Ok(())
    }
}

/// The names of an answer's columns, each once: a second one of a name gets a number.
fn names(statement: &rusqlite::Statement<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(statement.column_count());
    for name in statement.column_names() {
        let again = (2..).map(|number| format!("{name}_{number}"));
        let free = std::iter::once(name.to_owned()).chain(again).find(|name| !names.contains(name));
        names.extend(free);
    }
    names
}

fn value(found: ValueRef<'_>) -> QueryValue {
    match found {
        ValueRef::Null => QueryValue::Null,
        ValueRef::Integer(number) => QueryValue::Integer(number),
        ValueRef::Real(number) => QueryValue::Real(number),
        ValueRef::Text(text) => QueryValue::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => QueryValue::Bytes(bytes.len()),
    }
}

/// The names that a question may meet.
struct Known {
    views: Vec<String>,
    /// The tables of the ledger.
    tables: Vec<String>,
}

impl Known {
    /// Whether a question may do something: it reads the views, and through them the tables that they read.
    fn allow(&self, asked: &AuthContext<'_>) -> Authorization {
        let is_view = |name: &str| self.views.iter().any(|view| view == name);
        let good = match asked.action {
            AuthAction::Select | AuthAction::Recursive => true,
            AuthAction::Function { function_name } => {
                !function_name.eq_ignore_ascii_case("load_extension")
            }
            AuthAction::Read { table_name, .. } if is_view(table_name) => true,
            // Parts of a text in JSON are a table to SQLite, too.
            AuthAction::Read { table_name: "json_each" | "json_tree", .. } => true,
            // Of what no column is read, rows are counted: within a view, for which SQLite does not tell that it asks on
            // behalf of one, or of a question within the question, which is no table.
            AuthAction::Read { table_name, column_name: "" } => {
                let is_table = self.tables.iter().any(|own| own.eq_ignore_ascii_case(table_name));
                let hidden = table_name.starts_with("sqlite_") || table_name.starts_with("pragma_");
                views::TABLES.contains(&table_name) || !is_table && !hidden
            }
            AuthAction::Read { table_name, .. } => {
                // Whoever gives a question within the question the name of a view reads no more than these.
                views::TABLES.contains(&table_name) && asked.accessor.is_some_and(is_view)
            }
            _ => false,
        };
        if good { Authorization::Allow } else { Authorization::Deny }
    }
}

/// What an error of the database means for a question.
fn explained(path: &Path, error: rusqlite::Error) -> QueryError {
    use rusqlite::ErrorCode;
    match (&error, error.sqlite_error_code()) {
        (rusqlite::Error::MultipleStatement, _) => {
            QueryError::Question("一次只能问一条语句".to_owned())
        }
        (rusqlite::Error::Empty, _) => QueryError::Question("没有语句".to_owned()),
        (_, Some(ErrorCode::OperationInterrupted)) => QueryError::Stopped,
        (_, Some(ErrorCode::AuthorizationForStatementDenied)) => {
            QueryError::Question(format!("不允许：{}", said(&error)))
        }
        (rusqlite::Error::SqlInputError { msg, .. }, _) => QueryError::Question(msg.clone()),
        (_, Some(ErrorCode::Unknown | ErrorCode::TypeMismatch | ErrorCode::TooBig)) => {
            QueryError::Question(said(&error))
        }
        _ => QueryError::Ledger(LedgerError::of(path, error)),
    }
}

fn said(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}
