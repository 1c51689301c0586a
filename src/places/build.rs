//! The generator of the gazetteer: plain tables in, one packed file out.
//!
//! `dateline gazetteer build` reads `data/places/` and writes `data/generated/gazetteer.bin`:
//! every name of every row, Russian ones in all cases, the stems of adjectives («Ошск-» of
//! «Ошская область»), abbreviations with what they need, and what else a name may be.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::declension::{adjective_stem, adjectives_of, forms};
use super::gazetteer::{HEADER, MAGIC, NOWHERE, PlaceKind, ROW, Reading, SMALL, STEM, pack};
use super::sources::{BuildError, Source, areas, bare, base, districts, is_rest, nouns, overlay, small};
use crate::table;
use crate::text::Text;

const PREFERRED: u32 = 0;
const ALIAS: u32 = 1 << 20;
const FORMER: u32 = 2 << 20;
const ABBREVIATION: u32 = 3 << 20;
const PERSON: u32 = 1 << 23;
const WORD: u32 = 2 << 23;

/// Countries whose names in -ы and -и are plurals.
const SLAVIC: [&str; 14] = ["RU", "UA", "BY", "PL", "CZ", "SK", "BG", "RS", "HR", "SI", "BA", "ME", "MK", "MD"];
/// Countries whose towns give adjectives that releases use for districts and municipalities.
const NEAR: [&str; 14] = ["KG", "KZ", "TJ", "UZ", "TM", "GE", "AM", "AZ", "MD", "BY", "UA", "RU", "MN", "AF"];

/// What is generated.
#[derive(Clone, Debug)]
pub struct Built {
    /// Rows, readings and keys: `gazetteer.bin`.
    pub table: Vec<u8>,
    /// All names of each row, packed: `gazetteer_names.zst`.
    pub names: Vec<u8>,
}

/// The generated files, from the tables in `folder`.
///
/// # Errors
/// When a table is missing or a row of it is wrong.
pub fn build(folder: &Path) -> Result<Built, BuildError> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).map_err(|e| BuildError::Read(path.display().to_string(), e))
    };
    let mut sources = base(&read("gazetteer.csv")?)?;
    areas(&read("areas.tsv")?, &mut sources)?;
    districts(&read("districts.tsv")?, &mut sources)?;
    let places = keys(&sources);
    overlay(&read("names.tsv")?, &mut sources, &places)?;
    nouns(&mut sources);
    let ordinary = ordinary(&read("ordinary.tsv")?);
    let mut names = Names { readings: BTreeMap::new(), ordinary };
    for (row, source) in sources.iter().enumerate() {
        names.place(row as u32, source);
    }
    for [form, place, rule] in table::rows::<3>(&read("abbreviations.tsv")?) {
        let row = *places.get(place).ok_or_else(|| BuildError::Row("abbreviations.tsv".into(), format!("{form}: no place {place}")))?;
        let context = if rule == "sure" { 0 } else { Reading::CONTEXT };
        names.add(&Text::key(form), row | ABBREVIATION | context);
    }
    let listed = sources.len();
    small(&read("small.tsv")?, &mut sources)?;
    for (row, source) in sources.iter().enumerate().skip(listed) {
        let key = format!("{SMALL}{}", Text::key(&source.display));
        names.readings.entry(key).or_default().push(row as u32 | PREFERRED);
    }
    Ok(Built { table: write(&sources, &places, &names.readings), names: list(&sources) })
}

/// A line for each row: ISO 3166-2 code, names in Latin letters, names in Cyrillic, former names.
fn list(sources: &[Source]) -> Vec<u8> {
    let mut out = String::new();
    for source in sources {
        let former: Vec<String> =
            source.former.iter().map(|(name, years)| if years.is_empty() { name.clone() } else { format!("{name} ({years})") }).collect();
        let line = [source.iso.clone(), source.english.join("|"), source.russian.join("|"), former.join("|")].join("\t");
        out.push_str(line.trim_end_matches('\t'));
        out.push('\n');
    }
    zstd::encode_all(out.as_bytes(), 19).expect("writing to memory does not fail")
}

/// How other tables call a row: by GeoNames id, country code, admin1 key, or English name.
fn keys(sources: &[Source]) -> HashMap<String, u32> {
    let mut keys = HashMap::new();
    for (row, source) in sources.iter().enumerate() {
        let row = row as u32;
        if source.geonames != 0 {
            keys.insert(source.geonames.to_string(), row);
        } else if source.country.is_empty() || source.kind != Some(PlaceKind::District) {
            keys.entry(source.display.clone()).or_insert(row);
        }
        match source.kind {
            Some(PlaceKind::Country) => {
                keys.insert(source.country.clone(), row);
            }
            Some(PlaceKind::Admin1) if !source.admin1.is_empty() => {
                keys.insert(format!("{}.{}", source.country, source.admin1), row);
            }
            _ => {}
        }
    }
    keys
}

fn ordinary(tsv: &str) -> HashMap<String, u32> {
    table::rows::<2>(tsv).map(|[word, class]| (Text::key(word), if class == "person" { PERSON } else { WORD })).collect()
}

struct Names {
    readings: BTreeMap<String, Vec<u32>>,
    ordinary: HashMap<String, u32>,
}

impl Names {
    fn add(&mut self, key: &str, reading: u32) {
        let chars = key.chars().count();
        if chars < 2 || key.chars().all(|c| !c.is_alphabetic()) {
            return;
        }
        let reading = reading | self.ordinary.get(key).copied().unwrap_or(0);
        let readings = self.readings.entry(key.to_string()).or_default();
        // the first and best reason to mean a row stays
        if let Some(known) = readings.iter_mut().find(|r| **r & Reading::ROWS == reading & Reading::ROWS) {
            if reading < *known {
                *known = reading;
            }
        } else {
            readings.push(reading);
        }
    }

    fn stem(&mut self, stem: &str, reading: u32) {
        let mut key = stem.to_string();
        key.push(STEM as char);
        let readings = self.readings.entry(key).or_default();
        if !readings.iter().any(|r| r & Reading::ROWS == reading & Reading::ROWS) {
            readings.push(reading);
        }
    }

    fn place(&mut self, row: u32, source: &Source) {
        let kind = source.kind.unwrap_or(PlaceKind::City);
        for (n, name) in source.english.iter().enumerate() {
            // "Eastern" is a region only with the word for it
            if kind == PlaceKind::Admin1 && is_rest(name) {
                for word in ["Region", "Province", "District"] {
                    self.add(&Text::key(&format!("{name} {word}")), row | PREFERRED | Reading::CONTEXT);
                }
                continue;
            }
            let status = if n == 0 || *name == source.display { PREFERRED } else { ALIAS };
            self.add(&Text::key(name), row | status);
            if kind == PlaceKind::Admin1
                && let Some(rest) = bare(name)
            {
                self.add(&Text::key(rest), row | ALIAS);
            }
        }
        if kind != PlaceKind::Admin1 || !is_rest(&source.display) {
            self.add(&Text::key(&source.display), row);
        }
        let plural = SLAVIC.contains(&source.country.as_str()) || source.country.is_empty();
        for (n, name) in source.russian.iter().enumerate() {
            let status = if n == 0 { PREFERRED } else { ALIAS };
            self.russian(name, row | status, plural);
            if matches!(kind, PlaceKind::Admin1 | PlaceKind::District | PlaceKind::Area) {
                self.adjective(name, row | status);
            }
            if n < 2 && kind.is_settlement() && NEAR.contains(&source.country.as_str()) {
                for stem in adjectives_of(name) {
                    self.stem(&Text::key(&stem), row | ALIAS | Reading::DERIVED);
                }
            }
        }
        for (name, _) in &source.former {
            if name.bytes().all(|b| b.is_ascii()) {
                self.add(&Text::key(name), row | FORMER);
            } else {
                self.russian(name, row | FORMER, plural);
            }
        }
    }

    fn russian(&mut self, name: &str, reading: u32, plural: bool) {
        for form in forms(name, plural) {
            self.add(&Text::key(&form), reading);
        }
    }

    /// «Ошская область», «Ноокатский район»: the stem of the adjective before the word for the kind.
    fn adjective(&mut self, name: &str, reading: u32) {
        let Some((first, rest)) = name.split_once(' ') else { return };
        let kind = rest.to_lowercase();
        let known = ["область", "край", "район", "велаят", "вилоят", "провинция", "округ", "муниципалитет", "губерния", "воеводство"];
        if known.iter().any(|k| kind.ends_with(k)) && !kind.contains("федеральный") {
            let key = Text::key(first);
            if let Some(stem) = adjective_stem(&key) {
                self.stem(stem, reading);
            }
        }
    }
}

fn write(sources: &[Source], keys: &HashMap<String, u32>, names: &BTreeMap<String, Vec<u32>>) -> Vec<u8> {
    let mut rows = Vec::with_capacity(sources.len() * ROW);
    let mut strings: Vec<u8> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for source in sources {
        let name: &str = if source.display.len() < 256 { &source.display } else { "" };
        let start = *known.entry(name).or_insert_with(|| {
            strings.extend_from_slice(name.as_bytes());
            strings.len() - name.len()
        });
        let (latitude, longitude) = source.coordinates.unwrap_or((f32::NAN, f32::NAN));
        let admin1 = match source.kind {
            Some(PlaceKind::Country | PlaceKind::Admin1) => NOWHERE,
            _ => keys.get(&format!("{}.{}", source.country, source.admin1)).copied().unwrap_or(NOWHERE),
        };
        rows.extend_from_slice(&source.geonames.to_le_bytes());
        rows.extend_from_slice(&latitude.to_le_bytes());
        rows.extend_from_slice(&longitude.to_le_bytes());
        rows.extend_from_slice(&source.population.to_le_bytes());
        rows.extend_from_slice(&((name.len() as u32) << 24 | start as u32).to_le_bytes());
        rows.extend_from_slice(&admin1.to_le_bytes());
        let country = source.country.as_bytes();
        let kind = source.kind.unwrap_or(PlaceKind::City) as u8;
        rows.extend_from_slice(&[country.first().copied().unwrap_or(0), country.get(1).copied().unwrap_or(0), kind, 0]);
    }
    let mut pool: Vec<u8> = Vec::new();
    let mut lists: HashMap<&[u32], usize> = HashMap::new();
    let mut map = fst::raw::Builder::memory();
    for (key, readings) in names {
        let start = if readings.len() == 1 {
            0
        } else {
            *lists.entry(readings).or_insert_with(|| {
                let start = pool.len() / 4;
                for reading in readings {
                    pool.extend_from_slice(&reading.to_le_bytes());
                }
                start
            })
        };
        map.insert(key, pack(start, readings)).expect("a BTreeMap gives its keys sorted, once each");
    }
    let fst = map.into_inner().expect("writing to memory does not fail");
    let mut out = Vec::new();
    out.extend_from_slice(MAGIC);
    let readings_at = HEADER + rows.len();
    let strings_at = readings_at + pool.len();
    let fst_at = strings_at + strings.len();
    for field in [sources.len(), readings_at, strings_at, fst_at, fst.len()] {
        out.extend_from_slice(&(field as u32).to_le_bytes());
    }
    for part in [&rows, &pool, &strings, &fst] {
        out.extend_from_slice(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generated_file_is_that_of_the_tables() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/places");
        let fresh = build(&folder).unwrap();
        assert!(fresh.table == super::super::gazetteer::GENERATED, "stale: run `dateline gazetteer build`");
        assert!(fresh.names == super::super::describe::GENERATED, "stale: run `dateline gazetteer build`");
    }
}
