//! A user's own table of bodies: `--organizations FILE.csv`.
//!
//! Columns `name` (the canonical one, which may not be missing), `id`, `acronym`, `aliases`
//! (separated by `|`), `kind`, `country`, in any order. Russian names are given in the nominative and
//! found in any case. A name of the table wins over the same name in the program's own.
//!
//! A table is read once in a run; what it says is kept for as long as the program runs.

use std::sync::{PoisonError, RwLock};

use super::KnownBody;
use super::known::{self, Ambiguity, Body, Form};
use super::stems::StemPhrases;
use super::words::PageWords;
use crate::page::Page;
use crate::table;
pub use crate::table::UserError;
use crate::text::{Case, Kind, Script};

/// Rows from here on are a user's.
pub(super) const FIRST_ROW: u32 = 1 << 24;

static BODIES: RwLock<Vec<Body>> = RwLock::new(Vec::new());

/// Whether a row is a user's.
pub(super) fn is_users(row: u32) -> bool {
    row >= FIRST_ROW
}

/// A row of the users' tables.
pub(super) fn body(row: u32) -> Option<Body> {
    BODIES.read().unwrap_or_else(PoisonError::into_inner).get(row as usize).cloned()
}

/// A user's bodies, ready to be looked up.
#[derive(Debug, Default)]
pub struct UserTable {
    names: StemPhrases<Form>,
    size: usize,
}

impl UserTable {
    /// Reads a table in CSV.
    ///
    /// # Errors
    /// All bad rows, each with its line.
    ///
    /// ```
    /// use dateline::organizations::UserTable;
    /// let table = UserTable::parse("name,acronym,aliases\nBright Shore Fund,BSF,Фонд «Светлый берег»\n").unwrap();
    /// assert_eq!(table.len(), 1);
    /// assert!(UserTable::parse("title\nBright Shore Fund\n").is_err());
    /// ```
    pub fn parse(csv: &str) -> Result<Self, Vec<UserError>> {
        let (mut reader, head) = table::user_table(csv).map_err(|error| vec![error])?;
        let column = |name: &str| head.iter().position(|h| h.eq_ignore_ascii_case(name));
        let Some(name) = column("name") else {
            return Err(vec![UserError {
                line: 1,
                what: "the first line must name the columns: name,id,acronym,aliases,kind,country".into(),
            }]);
        };
        let [id, acronym, aliases, kind, country] = ["id", "acronym", "aliases", "kind", "country"].map(column);
        let (mut errors, mut bodies, mut named) = (Vec::new(), Vec::new(), Vec::new());
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    errors.push(error.into());
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |n: Option<usize>| n.and_then(|n| record.get(n)).unwrap_or("");
            let keep = |text: &str| -> &'static str { Box::leak(text.to_string().into_boxed_str()) };
            let own = cell(Some(name));
            if own.is_empty() {
                errors.push(UserError { line, what: "no name".into() });
                continue;
            }
            let code = match cell(country).to_ascii_uppercase().as_bytes() {
                b"" | b"-" => None,
                &[a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Some([a, b]),
                _ => {
                    let what = format!("country `{}` of {own} is not a code of two letters such as KG", cell(country));
                    errors.push(UserError { line, what });
                    continue;
                }
            };
            let key = if cell(id).is_empty() { own } else { cell(id) };
            bodies.push(Body { id: keep(key), name: keep(own), acronym: keep(cell(acronym)), kind: keep(cell(kind)), country: code });
            let others = cell(aliases).split('|').map(str::trim).chain([cell(acronym)]).filter(|n| !n.is_empty());
            named.push(std::iter::once(own).chain(others).map(String::from).collect::<Vec<_>>());
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut table = Self { names: StemPhrases::default(), size: bodies.len() };
        let mut all = BODIES.write().unwrap_or_else(PoisonError::into_inner);
        let first = FIRST_ROW + all.len() as u32;
        all.extend(bodies);
        for (row, names) in (first..).zip(named) {
            for name in names {
                let upper = !name.chars().any(char::is_lowercase);
                table.names.entry(&name).get_or_insert(Form { row, upper, ambiguity: Ambiguity::Sure });
            }
        }
        Ok(table)
    }

    /// How many bodies it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.size
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.size == 0
    }

    /// All its names in the text, longest first at each token, without overlaps.
    pub(super) fn lookup(&self, page: &Page, words: &PageWords) -> Vec<KnownBody> {
        let text = &page.text;
        let mut found = Vec::new();
        let mut i = 0;
        while i < text.tokens.len() {
            let token = &text.tokens[i];
            let mut best = None;
            if token.kind != Kind::Mark && !(token.case == Case::Lower && token.script == Script::Latin) {
                self.names.each(text, &words.stems, i, |end, form| {
                    if known::written_so(text, words, i, end, form) {
                        best = Some((end, form.row));
                    }
                });
            }
            match best {
                Some((end, row)) => {
                    found.push(KnownBody { tokens: (i as u32, end as u32), row, sure: true });
                    i = end;
                }
                None => i += 1,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_names_are_found_in_any_case_and_win() {
        let table = UserTable::parse("name,aliases,country\nBright Shore Fund,Фонд «Светлый берег»|USAID,kg\n").unwrap_or_default();
        let page = Page::new("Платит Фонду «Светлый берег» и USAID.", true);
        let known = super::super::lookup_with(&page, Some(&table));
        let names: Vec<_> = known.iter().filter_map(|k| known::body(k.row)).map(|b| b.name).collect();
        assert_eq!(names, ["Bright Shore Fund", "Bright Shore Fund"]);
    }

    #[test]
    fn bad_rows_are_named() {
        let errors = UserTable::parse("name,country\n,KG\nOne,Kyrgyzstan\n").err().unwrap_or_default();
        assert_eq!(errors.iter().map(|e| e.line).collect::<Vec<_>>(), [2, 3]);
    }
}
