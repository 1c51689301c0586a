//! What stands in a table: cells, columns, and the definition of a table.

use std::borrow::Cow;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// ISO 8601: a day, month, year, range, …
    Date,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// true or false.
    Flag,
    /// Several texts; in one-cell formats joined by `; `, a `;` inside one being `\;`.
    List,
}

impl Kind {
    /// Its name in the data dictionary.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Date => "date",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Flag => "true/false",
            Kind::List => "list of text",
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Its unit or standard; empty for none.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// The definition of a table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name, which is its file's name too.
    pub name: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known.
    Empty,
    /// A text or a date.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// true or false.
    Flag(bool),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
}

impl<'a> Cell<'a> {
    /// A text; nothing when it is empty.
    pub fn text(text: &'a str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
    }

    /// A text that may be missing.
    pub fn maybe(text: Option<&'a (impl AsRef<str> + ?Sized)>) -> Self {
        text.map_or(Cell::Empty, |text| Cell::text(text.as_ref()))
    }

    /// A text made for the cell.
    pub fn owned(text: String) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
    }

    /// A count or an offset.
    pub fn count(count: usize) -> Self {
        Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A number that may be missing.
    pub fn number(number: Option<f64>) -> Self {
        number.map_or(Cell::Empty, Cell::Number)
    }

    /// A confidence or certainty, to three places.
    pub fn share(share: f32) -> Self {
        Cell::Number((f64::from(share) * 1000.0).round() / 1000.0)
    }

    /// The texts in order, each once.
    pub fn list(texts: impl IntoIterator<Item = Cow<'a, str>>) -> Self {
        let mut list: Vec<Cow<str>> = Vec::new();
        let mut seen = rustc_hash::FxHashSet::default();
        for text in texts {
            if !text.is_empty() && seen.insert(text.clone()) {
                list.push(text);
            }
        }
        if list.is_empty() { Cell::Empty } else { Cell::List(list) }
    }

    /// The cell in one string, as one-cell formats write it.
    #[must_use]
    pub fn flat(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => "".into(),
            Cell::Text(text) => text.as_ref().into(),
            Cell::Integer(number) => number.to_string().into(),
            Cell::Number(number) => plain(*number).into(),
            Cell::Flag(flag) => if *flag { "true" } else { "false" }.into(),
            Cell::List(list) => {
                let mut out = String::new();
                for text in list {
                    if !out.is_empty() {
                        out.push_str("; ");
                    }
                    out.push_str(&text.replace(';', "\\;"));
                }
                out.into()
            }
        }
    }

    /// The cell as JSON: lists are arrays, nothing is null.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        match self {
            Cell::Empty => serde_json::Value::Null,
            Cell::Text(text) => text.as_ref().into(),
            Cell::Integer(number) => (*number).into(),
            Cell::Number(number) => json_number(*number),
            Cell::Flag(flag) => (*flag).into(),
            Cell::List(list) => list.iter().map(|text| serde_json::Value::from(text.as_ref())).collect::<Vec<_>>().into(),
        }
    }
}

/// A number without an exponent and without a fraction that is zero.
pub(super) fn plain(number: f64) -> String {
    format!("{number}")
}

fn json_number(number: f64) -> serde_json::Value {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range")]
    if number.fract() == 0.0 && number.abs() < 9e15 { (number as i64).into() } else { number.into() }
}

/// A table and the function that makes its rows, from one list: name, type, unit, meaning, value.
macro_rules! table {
    ($(#[$doc:meta])* $table:ident, $name:literal, $row_is:literal, $cells:ident($row:ident: $type:ty):
        $($column:ident $kind:ident $unit:literal $meaning:literal => $value:expr;)+) => {
        $(#[$doc])*
        pub static $table: $crate::tables::Table = $crate::tables::Table {
            name: $name,
            row: $row_is,
            columns: &[$($crate::tables::Column {
                name: stringify!($column),
                kind: $crate::tables::Kind::$kind,
                unit: $unit,
                meaning: $meaning,
            }),+],
        };

        /// The cells of one row, in the order of the columns.
        pub(crate) fn $cells<'a>($row: $type) -> Vec<$crate::tables::Cell<'a>> {
            vec![$($value),+]
        }
    };
}
pub(crate) use table;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_one_cell_come_apart_again() {
        let cell = Cell::list(["a".into(), "b; c".into(), "a".into()]);
        assert_eq!(cell.flat(), r"a; b\; c");
        assert_eq!(cell.json().to_string(), r#"["a","b; c"]"#);
    }

    #[test]
    fn numbers_are_plain() {
        assert_eq!(Cell::Number(18_000_000.0).flat(), "18000000");
        assert_eq!(Cell::Number(41.26).json().to_string(), "41.26");
        assert_eq!(Cell::Number(18e6).json().to_string(), "18000000");
    }
}
