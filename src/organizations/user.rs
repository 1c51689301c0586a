//! A user's own table of bodies: `--organizations FILE.csv`.
//!
//! Columns `name` (the canonical one, which may not be missing), `id`, `acronym`, `aliases`
//! (separated by `|`), `kind`, `country`, in any order. Russian names are given in the nominative and
//! found in any case. A name of the table wins over the same name in the program's own.

use super::KnownBody;
use super::known::{self, Ambiguity, Body, Form};
use crate::lexicon::bodies::PageWords;
use crate::lexicon::stems::StemPhrases;
use crate::mention::Name;
use crate::page::Page;
use crate::table;
pub use crate::table::UserError;
use crate::text::{Case, Kind, Script};

/// Rows from here on are a user's.
pub(super) const FIRST_ROW: u32 = 1 << 24;

/// Whether a row is a user's.
pub(super) fn is_users(row: u32) -> bool {
    row >= FIRST_ROW
}

/// The kinds of bodies, as the tables have them: a closed list.
pub(super) const KINDS: [&str; 25] = [
    "academic",
    "agency",
    "bank",
    "bilateral",
    "church",
    "company",
    "contractor",
    "culture",
    "dfi",
    "embassy",
    "foundation",
    "government",
    "health",
    "media",
    "ministry",
    "multilateral",
    "ngo",
    "office",
    "party",
    "political",
    "school",
    "sports",
    "university",
    "court",
    "union",
];

/// The rows of the program's table together with a user's.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bodies<'u>(pub Option<&'u UserTable>);

impl<'u> Bodies<'u> {
    /// A row of either table.
    pub fn get(self, row: u32) -> Option<&'u Body> {
        match row.checked_sub(FIRST_ROW) {
            Some(row) => self.0?.bodies.get(row as usize),
            None => known::body(row),
        }
    }
}

/// A user's bodies, ready to be looked up.
#[derive(Debug, Default)]
pub struct UserTable {
    names: StemPhrases<Form>,
    bodies: Vec<Body>,
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
        let columns = [Some(name), column("id"), column("acronym"), column("aliases"), column("kind"), column("country")];
        let (mut bodies, mut named) = (Vec::new(), Vec::new());
        let errors = table::user_rows(&mut reader, columns, |_, [own, id, acronym, aliases, kind, country]| {
            if own.is_empty() {
                return Err("no name".into());
            }
            let code = match country.to_ascii_uppercase().as_bytes() {
                b"" | b"-" => None,
                &[a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Some([a, b]),
                _ => return Err(format!("country `{country}` of {own} is not a code of two letters such as KG")),
            };
            let known = KINDS.iter().copied().chain([""]).find(|known| known.eq_ignore_ascii_case(kind));
            let kind = known.ok_or_else(|| format!("kind `{kind}` of {own} is none of: {}", KINDS.join(", ")))?;
            let keep = |text: &str| text.to_string().into();
            bodies.push(Body {
                id: keep(if id.is_empty() { own } else { id }),
                name: keep(own),
                acronym: keep(acronym),
                kind,
                country: code,
            });
            let others = aliases.split('|').map(str::trim).chain([acronym]).filter(|n| !n.is_empty());
            named.push(std::iter::once(own).chain(others).map(String::from).collect::<Vec<_>>());
            Ok(())
        });
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut table = Self { names: StemPhrases::default(), bodies };
        for (row, names) in (FIRST_ROW..).zip(named) {
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
        self.bodies.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bodies.is_empty()
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
                    let (key, kind) = Bodies(Some(self)).get(row).map_or((Name::default(), ""), |b| (b.id.clone(), b.kind));
                    found.push(KnownBody { tokens: (i as u32, end as u32), row, key, kind, sure: true });
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
        let names: Vec<_> = known.iter().filter_map(|k| Bodies(Some(&table)).get(k.row)).map(|b| b.name.as_ref()).collect();
        assert_eq!(names, ["Bright Shore Fund", "Bright Shore Fund"]);
    }

    #[test]
    fn tables_of_two_runs_do_not_meet() {
        let (one, two) = (UserTable::parse("name\nFund A\n").unwrap_or_default(), UserTable::parse("name\nFund B\n").unwrap_or_default());
        let name = |table: &UserTable| Bodies(Some(table)).get(FIRST_ROW).map(|b| b.name.to_string());
        assert_eq!((name(&one), name(&two)), (Some("Fund A".into()), Some("Fund B".into())));
        assert!(Bodies(None).get(FIRST_ROW).is_none());
    }

    #[test]
    fn bad_rows_are_named() {
        let errors = UserTable::parse("name,country,kind\n,KG,\nOne,Kyrgyzstan,\nTwo,KG,fruit\n").err().unwrap_or_default();
        assert_eq!(errors.iter().map(|e| e.line).collect::<Vec<_>>(), [2, 3, 4]);
    }
}
