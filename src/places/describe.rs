//! What is known of a name, for a reader: `dateline gazetteer find`; and what the gazetteer holds:
//! `dateline gazetteer info`.
//!
//! Names in full stand in `data/generated/gazetteer_names.zst`, a line for each row of the
//! gazetteer, written by the same command; it is unpacked only when somebody asks.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::gazetteer::{Gazetteer, Ordinary, Place, PlaceKind, Reading, Status};
use super::lookup::lookup;
use crate::page::Page;

/// The bytes of the generated file of names.
pub(crate) static GENERATED: &[u8] = include_bytes!("../../data/generated/gazetteer_names.zst");

/// The columns of [`describe`].
pub const COLUMNS: [&str; 13] =
    ["name", "country", "kind", "latitude", "longitude", "population", "geonames", "iso", "region", "as", "latin", "cyrillic", "former"];

/// A line for each place that `name` may mean, the most populous first: [`COLUMNS`] separated by
/// tabs. The name may stand in any case and spelling: «Ошской области».
#[must_use]
pub fn describe(name: &str) -> Vec<String> {
    let gazetteer = Gazetteer::default();
    let readings = gazetteer.get(name).or_else(|| lookup(&Page::new(name, true), &gazetteer).first()?.readings);
    let mut all: Vec<_> =
        readings.into_iter().flat_map(|r| gazetteer.readings(r)).filter_map(|r| Some((r, gazetteer.place(r.row())?))).collect();
    all.sort_by_key(|(_, place)| (std::cmp::Reverse(place.population), place.geonames));
    if all.is_empty() {
        return Vec::new();
    }
    let names = names();
    let lines: Vec<&str> = names.lines().collect();
    all.iter().map(|(reading, place)| line(&gazetteer, *reading, place, lines.get(reading.row() as usize).unwrap_or(&""))).collect()
}

fn names() -> String {
    zstd::decode_all(GENERATED).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn line(gazetteer: &Gazetteer, reading: Reading, place: &Place, names: &str) -> String {
    let country = place.country.map_or(String::from("-"), |c| String::from_utf8_lossy(&c).into_owned());
    let degrees = |value: Option<f32>| value.map_or(String::from("-"), |v| format!("{v:.3}"));
    let region = place.admin1.and_then(|row| gazetteer.place(row)).map_or(String::from("-"), |p| p.name.to_string());
    let or_dash = |cell: Option<&str>| cell.filter(|c| !c.is_empty()).unwrap_or("-").to_string();
    let mut how = match reading.status() {
        Status::Preferred => "name",
        Status::Alias => "alias",
        Status::Former => "former name",
        Status::Abbreviation => "abbreviation",
    }
    .to_string();
    match reading.ordinary() {
        Ordinary::No => {}
        Ordinary::Person => how.push_str(", also a person's name"),
        Ordinary::Word => how.push_str(", also a word"),
    }
    if reading.needs_context() {
        how.push_str(", by context");
    }
    let mut cells = names.split('\t');
    let (iso, latin, cyrillic, former) = (cells.next(), cells.next(), cells.next(), cells.next());
    [
        place.name.to_string(),
        country,
        place.kind.name().to_string(),
        degrees(place.coordinates.map(|c| c.0)),
        degrees(place.coordinates.map(|c| c.1)),
        place.population.to_string(),
        place.geonames.to_string(),
        or_dash(iso),
        region,
        how,
        or_dash(latin),
        or_dash(cyrillic),
        or_dash(former),
    ]
    .join("\t")
}

/// What the gazetteer holds, and how long it takes to be ready.
#[derive(Clone, Debug)]
pub struct Holding {
    /// How many places of each kind.
    pub kinds: BTreeMap<PlaceKind, usize>,
    /// How many places of each country; those of no one country under `-`.
    pub countries: BTreeMap<String, usize>,
    /// Places without coordinates.
    pub unplaced: usize,
    /// How many names are searched, Russian cases counted.
    pub names: usize,
    /// Bytes that the program carries for it.
    pub bytes: usize,
    /// From the start of the program's search tables to the first answer.
    pub ready: Duration,
}

/// Counts the gazetteer, and takes the time to its first answer: call it before any other use.
#[must_use]
pub fn holding() -> Holding {
    let start = Instant::now();
    let gazetteer = Gazetteer::default();
    // a name in another case, so that the words for kinds and the endings are read as well
    let page = Page::new("в городе Чолпон-Ате Иссык-Кульской области", true);
    let text_ready = start.elapsed();
    std::hint::black_box(lookup(&page, &gazetteer));
    let ready = start.elapsed().saturating_sub(text_ready);
    let mut holding = Holding {
        kinds: BTreeMap::new(),
        countries: BTreeMap::new(),
        unplaced: 0,
        names: gazetteer.names(),
        bytes: super::gazetteer::GENERATED.len() + GENERATED.len(),
        ready,
    };
    for place in (0..gazetteer.base_rows()).filter_map(|row| gazetteer.place(row)) {
        *holding.kinds.entry(place.kind).or_default() += 1;
        let country = place.country.map_or(String::from("-"), |c| String::from_utf8_lossy(&c).into_owned());
        *holding.countries.entry(country).or_default() += 1;
        holding.unplaced += usize::from(place.coordinates.is_none());
    }
    holding
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_any_case_shows_its_places() {
        assert!(describe("Чолпон-Ате")[0].starts_with("Cholpon-Ata\tKG"));
        assert!(describe("Ошской области")[0].contains("admin1"));
        assert!(describe("Xyzzy").is_empty());
    }

    #[test]
    fn all_names_are_shown_with_the_years_of_former_ones() {
        let lines = describe("Бишкек");
        assert!(lines.iter().all(|line| line.split('\t').count() == COLUMNS.len()));
        let capital = lines.iter().find(|line| line.contains("1528675")).unwrap();
        assert!(capital.contains("Фрунзе (1926-1991)") && capital.contains("Frunze (1926-1991)"), "{capital}");
    }

    #[test]
    fn the_gazetteer_is_ready_in_time() {
        // once warm, on a machine that may be busy: the first answer of `gazetteer info` is the true figure
        assert!(holding().ready < Duration::from_millis(30));
    }
}
