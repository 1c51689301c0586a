//! Databases: every table with its keys and indexes, in one file and one transaction.
//!
//! Dates are ISO 8601 as text, which sorts and compares and which SQLite's date functions read;
//! true and false are 1 and 0; lists are JSON arrays, for `json_each`. `documents.id` is the key that
//! `mentions.document` and `roles.document` point to, and `organizations.name` the one of `roles.name`.
//! A second document of an id has no row of its own: it stands in `failures`, as all that failed do.
//! The table `columns` says what the columns mean.

use std::io;
use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::book::Typed;
use super::layout::{DICTIONARY, dictionary_rows};
use super::{BODIES, Cell, DOCUMENTS, Head, Kind, Layout, MENTIONS, ROLES, TABLES, Table};

/// Columns of a table, as SQLite is built by default.
const COLUMNS: usize = 2000;

/// Columns that are searched by: table and columns.
const INDEXES: [(&Table, &str); 9] = [
    (&DOCUMENTS, "published"),
    (&DOCUMENTS, "language"),
    (&MENTIONS, "document"),
    (&MENTIONS, "type"),
    (&MENTIONS, "name"),
    (&MENTIONS, "country"),
    (&ROLES, "document"),
    (&ROLES, "role"),
    (&ROLES, "name"),
];

/// A database in the making.
pub(super) struct Database {
    connection: Connection,
    inserts: Vec<String>,
}

fn fault(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}

impl Database {
    pub fn new(layout: &Layout, path: &Path) -> io::Result<Self> {
        let connection = Connection::open(path).map_err(fault)?;
        // the file is not in its place yet: nobody needs to roll back to what it was
        connection
            .execute_batch(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA encoding = 'UTF-8'; BEGIN;",
            )
            .map_err(fault)?;
        let mut inserts = Vec::new();
        for table in TABLES {
            let heads = layout.view.heads(table);
            if heads.len() >= COLUMNS {
                let message = format!(
                    "{} would have {} columns, and SQLite holds {COLUMNS}: a higher --min-count leaves fewer",
                    table.name,
                    heads.len()
                );
                return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
            }
            connection.execute_batch(&definition(table, &heads)).map_err(fault)?;
            inserts.push(insertion(table.name, heads.iter().map(|head| head.name.as_ref())));
        }
        connection
            .execute_batch("CREATE TABLE failures (number INTEGER PRIMARY KEY, id TEXT NOT NULL, error TEXT NOT NULL) STRICT;")
            .map_err(fault)?;
        let columns = DICTIONARY.map(|name| format!("{} TEXT", quoted(name))).join(", ");
        connection
            .execute_batch(&format!("CREATE TABLE columns ({columns}, PRIMARY KEY (\"table\", \"column\")) STRICT;"))
            .map_err(fault)?;
        for row in dictionary_rows() {
            connection.prepare_cached(&insertion("columns", DICTIONARY)).and_then(|mut insert| insert.execute(row)).map_err(fault)?;
        }
        Ok(Self { connection, inserts })
    }
}

impl Typed for Database {
    fn row(&mut self, table: usize, row: Vec<Cell>) -> io::Result<()> {
        let Some(sql) = self.inserts.get(table) else { return Ok(()) };
        let insert = |sql: &str, cells: &[Cell]| {
            self.connection.prepare_cached(sql).and_then(|mut insert| insert.execute(params_from_iter(cells))).map_err(fault)
        };
        insert(sql, &row)?;
        if TABLES[table].name == DOCUMENTS.name {
            let at = |name: &str| DOCUMENTS.columns.iter().position(|column| column.name == name).and_then(|at| row.get(at));
            if let (Some(id), Some(error @ Cell::Text(_))) = (at("id"), at("error")) {
                insert("INSERT INTO failures (id, error) VALUES (?1, ?2)", &[id.clone(), error.clone()])?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        for (table, column) in INDEXES {
            let sql = format!("CREATE INDEX {0}_{column} ON {0} ({1});", table.name, quoted(column));
            self.connection.execute_batch(&sql).map_err(fault)?;
        }
        self.connection.execute_batch("COMMIT;").map_err(fault)?;
        self.connection.flush_prepared_statement_cache();
        self.connection.close().map_err(|(_, error)| fault(error))?;
        Ok(Vec::new())
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// An insertion that leaves out the second row of a key.
fn insertion<'a>(table: &str, columns: impl IntoIterator<Item = &'a str>) -> String {
    let columns: Vec<String> = columns.into_iter().map(quoted).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    format!("INSERT OR IGNORE INTO {table} ({}) VALUES ({marks})", columns.join(", "))
}

fn definition(table: &Table, heads: &[Head]) -> String {
    let mut columns = Vec::new();
    if table.name == MENTIONS.name || table.name == ROLES.name {
        columns.push("number INTEGER PRIMARY KEY".to_string());
    }
    for head in heads {
        let kind = match head.kind {
            Kind::Integer | Kind::Flag => "INTEGER",
            Kind::Number => "REAL",
            Kind::Text | Kind::Date | Kind::List => "TEXT",
        };
        let is_key =
            (table.name, head.name.as_ref()) == (DOCUMENTS.name, "id") || (table.name, head.name.as_ref()) == (BODIES.name, "name");
        let key = if is_key { " PRIMARY KEY NOT NULL" } else { "" };
        columns.push(format!("{} {kind}{key}", quoted(&head.name)));
    }
    if table.name == MENTIONS.name || table.name == ROLES.name {
        columns.push("FOREIGN KEY (document) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED".into());
    }
    if table.name == ROLES.name {
        columns.push("FOREIGN KEY (name) REFERENCES organizations (name) DEFERRABLE INITIALLY DEFERRED".into());
    }
    format!("CREATE TABLE {} ({}) STRICT;", table.name, columns.join(", "))
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::Empty => ToSqlOutput::Owned(Value::Null),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Cell::Number(number) => ToSqlOutput::Owned(Value::Real(*number)),
            Cell::Flag(flag) => ToSqlOutput::Owned(Value::Integer((*flag).into())),
            Cell::List(_) => ToSqlOutput::Owned(Value::Text(self.json().to_string())),
        })
    }
}
