//! Places as GeoJSON (RFC 7946): a point each, longitude before latitude, WGS 84.
//!
//! A place without known coordinates has no geometry, as the standard allows; it is not left out.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use super::{Overview, Text, country_name};

/// The ids of so many documents stand with a place.
const IDS: usize = 100;

/// Places of a corpus as features.
#[derive(Clone, Debug, Default)]
pub struct Locations {
    /// In the order of the number of events that name them.
    pub features: Vec<Value>,
    /// How many have no coordinates.
    pub unlocated: usize,
}

/// What is counted of a place.
#[derive(Clone, Debug, Default)]
struct Count {
    documents: u32,
    events: u32,
    held: u32,
    mentions: u32,
    first: Option<jiff::civil::Date>,
    last: Option<jiff::civil::Date>,
    ids: Vec<Text>,
    held_ids: Vec<Text>,
}

/// The places that releases name, or in which events take place. `held`: only the latter.
/// `least`: that so many events name.
#[must_use]
pub fn locations(overview: &Overview, held: bool, least: u32) -> Locations {
    let mut counts: FxHashMap<usize, Count> = FxHashMap::default();
    for event in overview.events() {
        let (mut named, mut here) = (Vec::new(), Vec::new());
        for digest in event.iter().map(|document| &overview.documents[*document]) {
            let mut places: Vec<usize> = digest.places.iter().map(|named| named.what).collect();
            places.extend(digest.event_place);
            places.sort_unstable();
            places.dedup();
            for &place in &places {
                let count = counts.entry(place).or_default();
                count.documents += 1;
                if let Some(day) = digest.day() {
                    count.first = Some(count.first.map_or(day, |first| first.min(day)));
                    count.last = Some(count.last.map_or(day, |last| last.max(day)));
                }
                if count.ids.len() < IDS {
                    count.ids.push(digest.id);
                }
            }
            for of in &digest.places {
                counts.entry(of.what).or_default().mentions += of.count;
            }
            here.extend(digest.event_place.map(|place| (place, digest.id)));
            named.extend(places);
        }
        named.sort_unstable();
        named.dedup();
        for place in named {
            counts.entry(place).or_default().events += 1;
        }
        here.sort_by_key(|(place, _)| *place);
        here.dedup_by_key(|(place, _)| *place);
        for (place, id) in here {
            let count = counts.entry(place).or_default();
            count.held += 1;
            if count.held_ids.len() < IDS {
                count.held_ids.push(id);
            }
        }
    }
    let mut counts: Vec<(usize, Count)> =
        counts.into_iter().filter(|(_, count)| count.events >= least && (!held || count.held > 0)).collect();
    let name = |place: usize| (overview.text(overview.places[place].name), overview.text(overview.places[place].country));
    counts.sort_by(|(a, of_a), (b, of_b)| {
        (of_b.events, of_b.documents).cmp(&(of_a.events, of_a.documents)).then_with(|| name(*a).cmp(&name(*b)))
    });
    let unlocated = counts.iter().filter(|(place, _)| overview.places[*place].coordinates.is_none()).count();
    Locations { features: counts.iter().map(|(place, count)| feature(overview, *place, count)).collect(), unlocated }
}

fn feature(overview: &Overview, place: usize, count: &Count) -> Value {
    let place = &overview.places[place];
    let text = |text: Text| Some(overview.text(text)).filter(|text| !text.is_empty());
    let ids = |ids: &[Text]| ids.iter().map(|id| overview.text(*id)).collect::<Vec<_>>();
    let geometry = place.coordinates.map(|(latitude, longitude)| json!({"type": "Point", "coordinates": [longitude, latitude]}));
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let country = text(place.country);
    let mut properties = Map::new();
    let mut put = |name: &str, value: Value| properties.insert(name.into(), value);
    put("name", json!(text(place.name)));
    put("country", json!(country));
    put("country_name", json!(country.map(country_name)));
    put("kind", json!(text(place.kind)));
    put("geonames", json!(place.geonames));
    put("documents", json!(count.documents));
    put("events", json!(count.events));
    put("mentions", json!(count.mentions));
    put("events_here", json!(count.held));
    put("first_day", json!(day(count.first)));
    put("last_day", json!(day(count.last)));
    put("document_ids", json!(ids(&count.ids)));
    put("event_ids", json!(ids(&count.held_ids)));
    let mut feature = json!({"type": "Feature"});
    if let Some(id) = place.geonames {
        feature["id"] = json!(id);
    }
    feature["geometry"] = json!(geometry);
    feature["properties"] = Value::Object(properties);
    feature
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{EventPlace, Mention, PlaceFacts, Record};

    #[test]
    fn a_place_counts_the_events_that_name_it_and_those_it_sees() {
        let mention = |name: &'static str, at: Option<(f64, f64)>| Mention {
            kind: "place".into(),
            name: Some(name.into()),
            country: Some("KG".into()),
            place: at.map(|(north, east)| {
                let facts = PlaceFacts { latitude: Some(north), longitude: Some(east), geonames: Some(1_527_534), admin1: None };
                Box::new(facts)
            }),
            zone: "body".into(),
            ..Mention::default()
        };
        let record = |id: &str, duplicate_of: Option<&str>| Record {
            id: id.into(),
            event: Some("2020-05-05".into()),
            event_place: Some(EventPlace { name: "Osh".into(), country: Some("KG".into()) }),
            mentions: vec![mention("Osh", Some((40.52828, 72.7985))), mention("Osh", None), mention("Kashka", None)],
            duplicate_of: duplicate_of.map(Into::into),
            ..Record::default()
        };
        let mut overview = Overview::default();
        overview.add(&record("a", None));
        overview.add(&record("b", Some("a")));
        let found = locations(&overview, false, 1);
        assert_eq!((found.features.len(), found.unlocated), (2, 1));
        let osh = found.features.iter().find(|feature| feature["properties"]["name"] == "Osh").unwrap();
        assert_eq!(osh["geometry"], json!({"type": "Point", "coordinates": [72.7985, 40.52828]}));
        let of = |name: &str| osh["properties"][name].as_i64().unwrap();
        assert_eq!([of("documents"), of("events"), of("mentions"), of("events_here")], [2, 1, 4, 1]);
        assert_eq!(locations(&overview, true, 1).features.len(), 1);
        assert_eq!(locations(&overview, false, 2).features.len(), 0);
    }
}
