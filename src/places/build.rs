//! The generator of the gazetteer: plain tables in, one packed file out.
//!
//! `dateline gazetteer build` reads `data/places/` and writes `data/generated/gazetteer.bin`:
//! every name of every row, Russian ones in all cases, the stems of adjectives («Ошск-» of
//! «Ошская область»), abbreviations with what they need, and what else a name may be.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use super::declension::{adjective_stem, adjectives_of, forms};
use super::gazetteer::{HEADER, MAGIC, NOWHERE, PlaceKind, ROW, Reading, STEM, pack};
use super::noun;
use super::romanize::romanize;
use crate::table;
use crate::text::Text;

/// Why the tables could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A table cannot be read.
    #[error("{0}: {1}")]
    Read(String, std::io::Error),
    /// A row is wrong.
    #[error("{0}: {1}")]
    Row(String, String),
}

/// A place with all its names, before packing.
#[derive(Debug, Default, Clone)]
struct Source {
    geonames: u32,
    country: String,
    kind: Option<PlaceKind>,
    coordinates: Option<(f32, f32)>,
    population: u32,
    display: String,
    english: Vec<String>,
    russian: Vec<String>,
    /// Names it had, with the years.
    former: Vec<(String, String)>,
    admin1: String,
    /// ISO 3166-2.
    iso: String,
}

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

/// Words of a region's English name that say its kind.
const ENGLISH_KINDS: [&str; 24] = [
    "Region",
    "Oblast",
    "Province",
    "Krai",
    "Territory",
    "District",
    "Velayat",
    "Viloyat",
    "Marz",
    "Republic",
    "City",
    "Municipality",
    "Governorate",
    "Prefecture",
    "Voivodeship",
    "County",
    "Department",
    "State",
    "Canton",
    "Raion",
    "Rayon",
    "Okrug",
    "oblast",
    "province",
];
/// What is left of a region's name when its kind goes, and is no name by itself.
const BARE: [&str; 26] = [
    "Northern",
    "Southern",
    "Eastern",
    "Western",
    "Central",
    "North",
    "South",
    "East",
    "West",
    "Upper",
    "Lower",
    "Capital",
    "National",
    "Federal",
    "Autonomous",
    "North Central",
    "North Western",
    "North Eastern",
    "South Eastern",
    "Middle",
    "Coast",
    "Lake",
    "Free",
    "River",
    "Northwestern",
    "Far Eastern",
];

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

fn base(csv: &str) -> Result<Vec<Source>, BuildError> {
    let mut sources = Vec::new();
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(csv.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|e| BuildError::Row("gazetteer.csv".into(), e.to_string()))?;
        let cell = |n: usize| record.get(n).unwrap_or("");
        let number = |n: usize| cell(n).parse::<f32>().ok();
        let kind =
            PlaceKind::parse(cell(4)).ok_or_else(|| BuildError::Row("gazetteer.csv".into(), format!("{}: kind {}", cell(1), cell(4))))?;
        let english: Vec<String> = table::values(cell(8)).map(Into::into).collect();
        let display = english.first().map_or(cell(2), String::as_str).to_string();
        let mut source = Source {
            geonames: cell(0).parse().unwrap_or(0),
            country: cell(3).into(),
            kind: Some(kind),
            coordinates: number(5).zip(number(6)),
            population: cell(7).parse().unwrap_or(0),
            display,
            english,
            russian: table::values(cell(9)).map(Into::into).collect(),
            former: Vec::new(),
            admin1: cell(10).into(),
            iso: cell(11).into(),
        };
        for name in [cell(1), cell(2)] {
            if !name.is_empty() && !source.english.iter().any(|n| n == name) {
                source.english.push(name.into());
            }
        }
        if kind == PlaceKind::City
            && let Some(name) = usual(&source)
        {
            source.display = name;
        }
        if kind == PlaceKind::Admin1 {
            source.display = bare(&source.display).unwrap_or(&source.display).to_string();
        }
        sources.push(source);
    }
    Ok(sources)
}

/// The name that English texts use for a town of Kyrgyzstan, Kazakhstan or Azerbaijan, where the
/// base table prefers the state's own Latin letters: Qulsary is Kulsary, Şəmkir is Shamkir.
fn usual(source: &Source) -> Option<String> {
    match source.country.as_str() {
        "KG" | "KZ" => {
            let country = source.country.as_bytes().try_into().ok();
            let name = romanize(source.russian.first()?, country);
            let plain = |name: &str| name.to_lowercase().replace(['-', ' '], "");
            let known = source.english.iter().any(|english| plain(english) == plain(&name));
            (known || source.display.contains(['Q', 'q'])).then_some(name)
        }
        "AZ" => {
            let own = source.english.iter().find(|n| n.contains(['ş', 'ç', 'ğ', 'ə', 'Ş', 'Ç', 'Ə']))?;
            let anglicised = ["sh", "ch", "kh", "gh", "j", "Sh", "Ch", "Kh", "J"].iter().any(|pair| source.display.contains(pair));
            let name: String = own
                .chars()
                .map(|c| match c {
                    'ş' => "sh".into(),
                    'Ş' => "Sh".into(),
                    'ç' => "ch".into(),
                    'Ç' => "Ch".into(),
                    'c' => "j".into(),
                    'C' => "J".into(),
                    'x' => "kh".into(),
                    'X' => "Kh".into(),
                    'ğ' => "gh".into(),
                    'q' => "g".into(),
                    'Q' => "G".into(),
                    'ə' => "a".into(),
                    'Ə' => "A".into(),
                    'ı' => "i".into(),
                    'ö' => "o".into(),
                    'Ö' => "O".into(),
                    'ü' => "u".into(),
                    'Ü' => "U".into(),
                    c => c.to_string(),
                })
                .collect();
            (!anglicised).then_some(name)
        }
        _ => None,
    }
}

/// A region's English name without the word for its kind, when the rest is a name.
fn bare(name: &str) -> Option<&str> {
    let rest = ENGLISH_KINDS
        .iter()
        .find_map(|kind| name.strip_suffix(kind)?.strip_suffix(' '))
        .or_else(|| ["Republic of ", "Province of ", "State of "].iter().find_map(|kind| name.strip_prefix(kind)))?;
    let adjective = rest.ends_with("sky") || rest.ends_with("skiy");
    (!adjective && !BARE.contains(&rest) && rest != "Altai").then_some(rest)
}

fn areas(tsv: &str, sources: &mut Vec<Source>) -> Result<(), BuildError> {
    for [name, country, kind, latitude, longitude, english, russian] in table::rows::<7>(tsv) {
        let kind = PlaceKind::parse(kind).ok_or_else(|| BuildError::Row("areas.tsv".into(), format!("{name}: kind {kind}")))?;
        let mut english: Vec<String> = table::values(english).map(Into::into).collect();
        if english.is_empty() {
            english.push(name.into());
        }
        sources.push(Source {
            country: country.into(),
            kind: Some(kind),
            coordinates: latitude.parse().ok().zip(longitude.parse().ok()),
            population: if country.is_empty() { 20_000_000 } else { 1_000_000 },
            display: name.into(),
            english,
            russian: table::values(russian).map(Into::into).collect(),
            ..Source::default()
        });
    }
    Ok(())
}

fn districts(tsv: &str, sources: &mut Vec<Source>) -> Result<(), BuildError> {
    for [country, region, display, english, russian, _seat, latitude, longitude] in table::rows::<8>(tsv) {
        let wrong = |what: &str| BuildError::Row("districts.tsv".into(), format!("{display}: {what}"));
        let coordinates = latitude.parse().ok().zip(longitude.parse().ok()).ok_or_else(|| wrong("coordinates"))?;
        let mut names: Vec<String> = vec![display.into()];
        names.extend(table::values(english).map(Into::into));
        sources.push(Source {
            country: country.into(),
            kind: Some(PlaceKind::District),
            coordinates: Some(coordinates),
            population: 50_000,
            display: display.into(),
            english: names,
            russian: table::values(russian).map(Into::into).collect(),
            admin1: region.into(),
            ..Source::default()
        });
    }
    Ok(())
}

fn overlay(tsv: &str, sources: &mut [Source], keys: &HashMap<String, u32>) -> Result<(), BuildError> {
    for [place, display, english, russian, status] in table::rows::<5>(tsv) {
        let row = *keys.get(place).ok_or_else(|| BuildError::Row("names.tsv".into(), format!("no place {place}")))?;
        let source = &mut sources[row as usize];
        if !display.is_empty() {
            source.display = display.into();
        }
        if status.starts_with("former") {
            let years = status.strip_prefix("former").unwrap_or("").trim();
            for cell in [english, russian] {
                source.former.extend(table::values(cell).map(|name| (name.to_string(), years.to_string())));
            }
            source.english.retain(|name| !table::values(english).any(|n| n == name));
            source.russian.retain(|name| !table::values(russian).any(|n| n == name));
            continue;
        }
        for (cell, names) in [(english, &mut source.english), (russian, &mut source.russian)] {
            let mut first: Vec<String> = table::values(cell).map(Into::into).collect();
            names.retain(|name| !first.contains(name));
            first.append(names);
            *names = first;
        }
    }
    Ok(())
}

/// Gives regions whose Russian name is an adjective with a word for their kind the noun as well,
/// where no town of the country has it.
fn nouns(sources: &mut [Source]) {
    let mut towns: HashMap<String, HashSet<String>> = HashMap::new();
    for source in sources.iter().filter(|s| s.kind.is_some_and(PlaceKind::is_settlement)) {
        towns.entry(source.country.clone()).or_default().extend(source.russian.iter().map(|name| Text::key(name)));
    }
    for source in sources.iter_mut().filter(|s| matches!(s.kind, Some(PlaceKind::Admin1 | PlaceKind::District))) {
        let country = source.country.as_bytes().try_into().ok();
        let mut latin = source.english.clone();
        latin.extend(source.english.iter().filter_map(|name| bare(name)).map(str::to_string));
        latin.push(source.display.clone());
        let town = |noun: &String| towns.get(&source.country).is_some_and(|towns| towns.contains(&Text::key(noun)));
        let nouns: Vec<String> =
            source.russian.iter().filter_map(|name| noun::of_region(name, &latin, country)).filter(|noun| !town(noun)).collect();
        for noun in nouns {
            if !source.russian.contains(&noun) {
                source.russian.push(noun);
            }
        }
    }
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
            if kind == PlaceKind::Admin1 && BARE.contains(&name.as_str()) {
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
        if kind != PlaceKind::Admin1 || !BARE.contains(&source.display.as_str()) {
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

    #[test]
    fn a_regions_name_without_its_kind() {
        assert_eq!(bare("Osh Region"), Some("Osh"));
        assert_eq!(bare("Northern Province"), None);
        assert_eq!(bare("Primorsky Krai"), None);
        assert_eq!(bare("Republic of Karelia"), Some("Karelia"));
    }
}
