//! What is known of a name, for a reader: `dateline gazetteer find`.

use super::gazetteer::{Gazetteer, Ordinary, Status};
use super::lookup::lookup;
use crate::page::Page;

/// A line for each place that `name` may mean, the most populous first: its columns separated by
/// tabs. The name may stand in any case and spelling: «Ошской области».
#[must_use]
pub fn describe(name: &str) -> Vec<String> {
    let gazetteer = Gazetteer::default();
    let readings = gazetteer.get(name).or_else(|| lookup(&Page::new(name, true), &gazetteer).first()?.readings);
    let mut all: Vec<_> =
        readings.into_iter().flat_map(|r| gazetteer.readings(r)).filter_map(|r| Some((r, gazetteer.place(r.row())?))).collect();
    all.sort_by_key(|(_, place)| (std::cmp::Reverse(place.population), place.geonames));
    all.iter()
        .map(|(reading, place)| {
            let country = place.country.map_or(String::from("-"), |c| String::from_utf8_lossy(&c).into_owned());
            let degrees = |value: Option<f32>| value.map_or(String::from("-"), |v| format!("{v:.3}"));
            let region = place.admin1.and_then(|row| gazetteer.place(row)).map_or(String::from("-"), |p| p.name.to_string());
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
            format!(
                "{}\t{country}\t{}\t{}\t{}\t{}\t{}\t{region}\t{how}",
                place.name,
                place.kind.name(),
                degrees(place.coordinates.map(|c| c.0)),
                degrees(place.coordinates.map(|c| c.1)),
                place.population,
                place.geonames
            )
        })
        .collect()
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
}
