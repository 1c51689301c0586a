//! The gazetteer's plain tables, read: a place with all its names for each row.

use std::collections::{HashMap, HashSet};

use super::gazetteer::PlaceKind;
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
pub(super) struct Source {
    pub geonames: u32,
    pub country: String,
    pub kind: Option<PlaceKind>,
    pub coordinates: Option<(f32, f32)>,
    pub population: u32,
    pub display: String,
    pub english: Vec<String>,
    pub russian: Vec<String>,
    /// Names it had, with the years.
    pub former: Vec<(String, String)>,
    pub admin1: String,
    /// ISO 3166-2.
    pub iso: String,
}

pub(super) fn base(csv: &str) -> Result<Vec<Source>, BuildError> {
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

/// Words of regions' names that are of a kind: `data/places/region_words.tsv`.
fn words(of: &str) -> impl Iterator<Item = &'static str> {
    table::rows(include_str!("../../data/places/region_words.tsv")).filter(move |[_, kind]| *kind == of).map(|[word, _]| word)
}

/// Whether a word is no name of a region by itself: "Northern".
pub(super) fn is_rest(name: &str) -> bool {
    words("rest").any(|word| word == name)
}

/// A region's English name without the word for its kind, when the rest is a name.
pub(super) fn bare(name: &str) -> Option<&str> {
    let rest = words("kind")
        .find_map(|kind| name.strip_suffix(kind)?.strip_suffix(' '))
        .or_else(|| ["Republic of ", "Province of ", "State of "].iter().find_map(|kind| name.strip_prefix(kind)))?;
    let adjective = rest.ends_with("sky") || rest.ends_with("skiy");
    (!adjective && !is_rest(rest) && rest != "Altai").then_some(rest)
}

pub(super) fn areas(tsv: &str, sources: &mut Vec<Source>) -> Result<(), BuildError> {
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

pub(super) fn districts(tsv: &str, sources: &mut Vec<Source>) -> Result<(), BuildError> {
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

/// Places whose names find nothing: they only say where a place lies that the text shows to be one.
pub(super) fn small(tsv: &str, sources: &mut Vec<Source>) -> Result<(), BuildError> {
    for [country, region, name, kind, latitude, longitude, population, geonames] in table::rows::<8>(tsv) {
        let wrong = |what: &str| BuildError::Row("small.tsv".into(), format!("{name}: {what}"));
        sources.push(Source {
            geonames: geonames.parse().unwrap_or(0),
            country: country.into(),
            kind: Some(PlaceKind::parse(kind).ok_or_else(|| wrong("kind"))?),
            coordinates: Some(latitude.parse().ok().zip(longitude.parse().ok()).ok_or_else(|| wrong("coordinates"))?),
            population: population.parse().unwrap_or(0),
            display: name.into(),
            english: vec![name.into()],
            admin1: region.into(),
            ..Source::default()
        });
    }
    Ok(())
}

pub(super) fn overlay(tsv: &str, sources: &mut [Source], keys: &HashMap<String, u32>) -> Result<(), BuildError> {
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
pub(super) fn nouns(sources: &mut [Source]) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regions_name_without_its_kind() {
        assert_eq!(bare("Osh Region"), Some("Osh"));
        assert_eq!(bare("Northern Province"), None);
        assert_eq!(bare("Primorsky Krai"), None);
        assert_eq!(bare("Republic of Karelia"), Some("Karelia"));
    }
}
