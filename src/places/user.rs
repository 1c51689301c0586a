//! A user's own table of places: `--places FILE.csv`.
//!
//! Columns `name`, `country`, `latitude`, `longitude`, `aliases` (separated by `|`), in any
//! order; only `aliases` may be missing. A name of the table wins over the same name in the
//! program's own. Each row is held against the program's own places, so that a country that does
//! not exist, or latitude and longitude the wrong way round, do not pass in silence.

use rustc_hash::FxHashMap;

use super::context::kilometres;
use super::declension::forms;
use super::gazetteer::{Gazetteer, Place, PlaceKind, Readings};
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
    /// assert!(UserTable::parse("name,country,latitude,longitude\nOsh,Kyrgyzstan,40.5,72.8\n").is_err());
    /// ```
    pub fn parse(csv: &str) -> Result<Self, Vec<UserError>> {
        let (mut reader, head) = table::user_table(csv).map_err(|error| vec![error])?;
        let column = |name: &str| head.iter().position(|h| h.eq_ignore_ascii_case(name));
        let (Some(name), Some(country), Some(latitude), Some(longitude)) =
            (column("name"), column("country"), column("latitude"), column("longitude"))
        else {
            return Err(vec![UserError {
                line: 1,
                what: "the first line must name the columns: name,country,latitude,longitude,aliases (aliases may be left out)".into(),
            }]);
        };
        let countries = Countries::read();
        let mut lines: FxHashMap<(String, Option<[u8; 2]>), u64> = FxHashMap::default();
        let mut table = Self::default();
        let mut lists: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        let columns = [Some(name), Some(country), Some(latitude), Some(longitude), column("aliases")];
        let errors = table::user_rows(&mut reader, columns, |line, [name, country, latitude, longitude, aliases]| {
            let place = Self::row(name, country, latitude, longitude, &countries)?;
            if let Some(first) = lines.get(&(Text::key(&place.name), place.country)) {
                return Err(format!("{} is there already, on line {first}: two places of one name and country need two names", place.name));
            }
            lines.insert((Text::key(&place.name), place.country), line);
            let row = table.places.len() as u32;
            for name in std::iter::once(&*place.name).chain(aliases.split('|').map(str::trim)).filter(|n| !n.is_empty()) {
                let cyrillic = name.chars().any(|c| ('\u{400}'..'\u{530}').contains(&c));
                for form in if cyrillic { forms(name, true) } else { vec![name.to_string()] } {
                    let rows = lists.entry(Text::key(&form)).or_default();
                    if !rows.contains(&row) {
                        rows.push(row);
                    }
                }
            }
            table.places.push(place);
            Ok(())
        });
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

    fn row(name: &str, country: &str, latitude: &str, longitude: &str, countries: &Countries) -> Result<Place, String> {
        if name.is_empty() {
            return Err("no name".into());
        }
        if !name.chars().any(char::is_alphabetic) {
            return Err(format!("the name `{name}` has no letters"));
        }
        let code = match country.as_bytes() {
            b"" | b"-" => None,
            &[a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Some([a.to_ascii_uppercase(), b.to_ascii_uppercase()]),
            _ => return Err(format!("country `{country}` of {name} is not a code of two letters such as KG, or - for none")),
        };
        if let Some(code) = code.filter(|code| !countries.0.contains_key(code)) {
            let code = String::from_utf8_lossy(&code).into_owned();
            return Err(format!("there is no country {code} (of {name}) in ISO 3166-1"));
        }
        let degrees = |text: &str, what: &str, most: f32| match text.parse::<f32>() {
            Ok(value) if value.abs() <= most => Ok(value),
            Ok(value) if what == "latitude" && value.abs() <= 180.0 => {
                Err(format!("latitude `{text}` of {name} is not a number from -90 to 90: are latitude and longitude the wrong way round?"))
            }
            _ if text.is_empty() => Err(format!("{name} has no {what}")),
            _ => Err(format!("{what} `{text}` of {name} is not a number from -{most} to {most}")),
        };
        let at = (degrees(latitude, "latitude", 90.0)?, degrees(longitude, "longitude", 180.0)?);
        countries.check(name, code, at)?;
        let coordinates = Some(at);
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

/// Where the known places of each country lie.
struct Countries(FxHashMap<[u8; 2], Vec<(f32, f32)>>);

/// Kilometres from all known places of its country at which a place does not lie in it.
const ABROAD: f32 = 1000.0;
/// Kilometres at which a place may lie from the next known one.
const NEAR: f32 = 300.0;

impl Countries {
    fn read() -> Self {
        let gazetteer = Gazetteer::default();
        let mut points: FxHashMap<[u8; 2], Vec<(f32, f32)>> = FxHashMap::default();
        for place in (0..gazetteer.base_rows()).filter_map(|row| gazetteer.place(row)) {
            if let Some(country) = place.country {
                points.entry(country).or_default().extend(place.coordinates);
            }
        }
        Self(points)
    }

    /// Kilometres to the nearest known place of a country.
    fn nearest(&self, country: [u8; 2], at: (f32, f32)) -> Option<f32> {
        self.0.get(&country)?.iter().map(|&point| kilometres(point, at)).min_by(f32::total_cmp)
    }

    /// Whether a place can lie in its country.
    fn check(&self, name: &str, country: Option<[u8; 2]>, at: (f32, f32)) -> Result<(), String> {
        let Some(country) = country else { return Ok(()) };
        let Some(far) = self.nearest(country, at).filter(|far| *far > NEAR) else { return Ok(()) };
        let code = String::from_utf8_lossy(&country).into_owned();
        let turned = (at.1.abs() <= 90.0).then(|| self.nearest(country, (at.1, at.0))).flatten();
        match turned {
            Some(turned) if turned < NEAR => Err(format!(
                "{name} would lie {far:.0} km from every known place of {code}: latitude and longitude are the wrong way round"
            )),
            _ if far > ABROAD => {
                Err(format!("{name} would lie {far:.0} km from every known place of {code}: country or coordinates are wrong"))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_row_is_named() {
        let table = "name,country,latitude,longitude\n\
            A,KG,95,70\n,KG,41,72\nB,Kyrgyzstan,41,72\nC,KG,41,\nD,ZZ,41,72\nE,KG,,\nF,KG,72.8,40.5\n\
            G,KG,41,190\nH,KG,41,72\nH,kg,41.5,72\nI,KG,-33,18\nJ,KG,north,72\n";
        let errors = UserTable::parse(table).unwrap_err();
        let lines: Vec<u64> = errors.iter().map(|e| e.line).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13]);
        let said = |line: u64| errors.iter().find(|e| e.line == line).map(ToString::to_string).unwrap_or_default();
        assert!(said(2).contains("latitude `95` of A"), "{}", said(2));
        assert!(said(6).contains("no country ZZ"), "{}", said(6));
        assert!(said(7).contains("E has no latitude"), "{}", said(7));
        assert!(said(8).contains("the wrong way round"), "{}", said(8));
        assert!(said(9).contains("longitude `190` of G"), "{}", said(9));
        assert!(said(11).contains("on line 10"), "{}", said(11));
        assert!(said(12).contains("km from every known place of KG"), "{}", said(12));
    }

    #[test]
    fn good_rows_pass() {
        let table = "aliases,longitude,latitude,country,name\nАк-Талаа|Ak Talaa,75.4,41.4,KG,Ak-Talaa\n,50,42,-,Somewhere at sea\n";
        assert_eq!(UserTable::parse(table).unwrap().len(), 2);
    }
}
