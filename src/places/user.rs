//! A user's own table of places: `--places FILE.csv`.
//!
//! Columns `name`, `country`, `latitude`, `longitude`, `aliases` (separated by `|`), in any
//! order; `name` and `country` may not be missing, the rest may. A name of the table wins over
//! the same name in the program's own.

use rustc_hash::FxHashMap;

use super::declension::forms;
use super::gazetteer::{Place, PlaceKind, Readings};
use crate::table;
pub use crate::table::UserError;
use crate::text::{Phrases, Text};

/// A user's places, ready to be looked up.
#[derive(Debug, Default)]
pub struct UserTable {
    places: Vec<Place>,
    readings: Vec<u32>,
    names: FxHashMap<String, (u32, u32)>,
    phrases: Phrases<(u32, u32)>,
}

impl UserTable {
    /// Reads a table in CSV.
    ///
    /// # Errors
    /// All bad rows, each with its line.
    ///
    /// ```
    /// use dateline::places::UserTable;
    /// let table = UserTable::parse("name,country,latitude,longitude,aliases\nBurma-2,TJ,37.9,68.8,Бурма-2\n").unwrap();
    /// assert_eq!(table.len(), 1);
    /// assert!(UserTable::parse("name,country\nOsh,Kyrgyzstan\n").is_err());
    /// ```
    pub fn parse(csv: &str) -> Result<Self, Vec<UserError>> {
        let (mut reader, head) = table::user_table(csv).map_err(|error| vec![error])?;
        let column = |name: &str| head.iter().position(|h| h.eq_ignore_ascii_case(name));
        let (Some(name), Some(country)) = (column("name"), column("country")) else {
            return Err(vec![UserError {
                line: 1,
                what: "the first line must name the columns: name,country,latitude,longitude,aliases".into(),
            }]);
        };
        let (latitude, longitude, aliases) = (column("latitude"), column("longitude"), column("aliases"));
        let mut errors = Vec::new();
        let mut table = Self::default();
        let mut lists: FxHashMap<String, Vec<u32>> = FxHashMap::default();
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
            match Self::row(cell(Some(name)), cell(Some(country)), cell(latitude), cell(longitude)) {
                Ok(place) => {
                    let row = table.places.len() as u32;
                    let own = place.name.to_string();
                    for name in std::iter::once(own.as_str()).chain(cell(aliases).split('|').map(str::trim)).filter(|n| !n.is_empty()) {
                        let cyrillic = name.chars().any(|c| ('\u{400}'..'\u{530}').contains(&c));
                        for form in if cyrillic { forms(name, true) } else { vec![name.to_string()] } {
                            let rows = lists.entry(Text::key(&form)).or_default();
                            if !rows.contains(&row) {
                                rows.push(row);
                            }
                        }
                    }
                    table.places.push(place);
                }
                Err(what) => errors.push(UserError { line, what }),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        for (key, rows) in lists {
            let stretch = (table.readings.len() as u32, rows.len() as u32);
            table.readings.extend(rows);
            table.phrases.insert(&key, stretch);
            table.names.insert(key, stretch);
        }
        Ok(table)
    }

    fn row(name: &str, country: &str, latitude: &str, longitude: &str) -> Result<Place, String> {
        if name.is_empty() {
            return Err("no name".into());
        }
        let code = match country.as_bytes() {
            b"" | b"-" => None,
            &[a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Some([a.to_ascii_uppercase(), b.to_ascii_uppercase()]),
            _ => return Err(format!("country `{country}` of {name} is not a code of two letters such as KG, or - for none")),
        };
        let degrees = |text: &str, what: &str, most: f32| match text {
            "" => Ok(None),
            text => match text.parse::<f32>() {
                Ok(value) if value.abs() <= most => Ok(Some(value)),
                _ => Err(format!("{what} `{text}` of {name} is not a number from -{most} to {most}")),
            },
        };
        let coordinates = match (degrees(latitude, "latitude", 90.0)?, degrees(longitude, "longitude", 180.0)?) {
            (Some(latitude), Some(longitude)) => Some((latitude, longitude)),
            (None, None) => None,
            _ => return Err(format!("{name} has one of latitude and longitude without the other")),
        };
        Ok(Place {
            name: name.to_string().into(),
            country: code,
            kind: PlaceKind::City,
            coordinates,
            population: 1_000_000,
            geonames: 0,
            admin1: None,
        })
    }

    /// How many places it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub(crate) fn place(&self, row: u32) -> Option<Place> {
        self.places.get(row as usize).cloned()
    }

    pub(crate) fn reading(&self, n: u32) -> u32 {
        self.readings.get(n as usize).copied().unwrap_or(0)
    }

    pub(crate) fn get(&self, key: &str) -> Option<Readings> {
        self.names.get(key).map(|&(start, count)| Readings::User(start, count))
    }

    /// The longest name that starts at token `at`: one past its last token.
    pub(crate) fn longest(&self, text: &Text, at: usize) -> Option<(usize, Readings)> {
        self.phrases.longest(text, at).map(|(end, &(start, count))| (end, Readings::User(start, count)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_row_is_named() {
        let errors = UserTable::parse("name,country,latitude,longitude\nA,KG,95,70\n,KG,1,1\nB,Kyrgyzstan,,\nC,KG,41,\n").unwrap_err();
        let lines: Vec<u64> = errors.iter().map(|e| e.line).collect();
        assert_eq!(lines, [2, 3, 4, 5]);
        assert!(errors[0].to_string().contains("latitude `95` of A"));
    }
}
