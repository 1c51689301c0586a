//! Documents out of records, as `extract -o all.jsonl` writes them.

use super::{Digest, Overview, Part, Shown};
use crate::mention::RoleKind;
use crate::record::{self, Evidence, Record};

impl Overview {
    /// Adds a document.
    pub fn add(&mut self, record: &Record) {
        let mut digest = Digest { id: self.texts.raw(&record.id), ..Digest::default() };
        if let Some(fault) = &record.error {
            digest.error = Some((self.texts.add(&fault.kind), self.texts.add(&fault.message)));
            self.documents.push(digest);
            return;
        }
        let mut maybe = |text: &Option<String>| text.as_deref().map(|text| self.texts.add(text)).unwrap_or_default();
        digest.language = maybe(&record.language);
        digest.title = maybe(&record.title);
        digest.encoding = maybe(&record.encoding);
        digest.repaired = maybe(&record.repaired);
        let mut id = |id: &Option<String>| id.as_deref().map(|id| self.texts.raw(id)).unwrap_or_default();
        digest.duplicate_of = id(&record.duplicate_of);
        digest.same_event_as = id(&record.same_event_as);
        digest.encoding_certainty = record.encoding_certainty;
        digest.published = record.published.as_deref().and_then(|value| value.parse().ok());
        digest.event = record.event.as_deref().and_then(|value| value.parse().ok());
        digest.characters = u32::try_from(record.characters).unwrap_or(u32::MAX);
        let masked: usize = record.furniture.iter().map(|[start, end]| end.saturating_sub(*start)).sum();
        digest.furniture = Some(u32::try_from(masked).unwrap_or(u32::MAX));
        for (fact, shown) in
            [("published", &mut digest.published_shown), ("event", &mut digest.event_shown), ("event_place", &mut digest.event_place_shown)]
        {
            if let Some(evidence) = record.evidence.get(fact) {
                *shown = self.shown(evidence, sentence_at(record, evidence.start));
            }
        }
        let document = self.documents.len();
        self.documents.push(digest);
        for mention in record.mentions.iter().filter(|m| m.zone != "furniture") {
            let name = mention.name.as_deref().filter(|name| !name.is_empty());
            let sentence = record.sentence_of(mention.sentence);
            match (&*mention.kind, name) {
                ("place", name) if !mention.nested => {
                    let place = self.place(name.unwrap_or(&mention.text), mention.country.as_deref().unwrap_or_default());
                    self.describe(place, mention);
                    self.place_in(document, place, sentence);
                }
                ("organization", Some(name)) => {
                    self.describe_body(
                        name,
                        mention.subtype.as_deref().unwrap_or_default(),
                        mention.country.as_deref().unwrap_or_default(),
                    );
                    self.body_in(document, name, sentence);
                }
                _ => {}
            }
        }
        if let Some(place) = &record.event_place {
            let place = self.place(&place.name, place.country.as_deref().unwrap_or_default());
            // the coordinates may stand only on a mention inside a name or in the page's furniture
            if self.places[place].coordinates.is_none() {
                let place = &self.places[place];
                let is_it = |m: &&record::Mention| {
                    m.kind == "place"
                        && m.name.as_deref() == Some(self.text(place.name))
                        && m.country.as_deref().unwrap_or_default() == self.text(place.country)
                };
                if let Some(mention) = record.mentions.iter().find(is_it) {
                    let place = self.by_name[&(place.name, place.country)];
                    self.describe(place, mention);
                }
            }
            self.documents[document].event_place = Some(place);
        }
        for (kind, role) in record.roles() {
            let Some(kind) = RoleKind::of_name(kind) else { continue };
            let sentence = record.sentence_of(role.sentence).unwrap_or_default();
            let shown = role.evidence.as_ref().map(|evidence| self.shown(evidence, sentence)).unwrap_or_default();
            let amount = role.amount.zip(role.currency.as_deref()).map(|(amount, currency)| (amount, self.texts.add(currency)));
            let name = self.texts.add(&role.name);
            if !name.is_empty() {
                self.documents[document].parts.push(Part { kind, name, shown, amount });
            }
        }
    }

    fn shown(&mut self, evidence: &Evidence, sentence: &str) -> Shown {
        Shown { words: self.texts.add(&evidence.text), sentence: self.texts.add(sentence) }
    }

    fn describe(&mut self, place: usize, mention: &record::Mention) {
        let kind = mention.subtype.as_deref().map(|kind| self.texts.add(kind)).unwrap_or_default();
        let place = &mut self.places[place];
        if place.coordinates.is_none() {
            place.coordinates = mention.latitude().zip(mention.longitude());
        }
        place.geonames = place.geonames.or(mention.geonames());
        if place.kind.is_empty() {
            place.kind = kind;
        }
    }
}

/// The sentence that holds a code point, of those that a record keeps.
fn sentence_at(record: &Record, at: usize) -> &str {
    let number = record.sentences.partition_point(|sentence| sentence.start <= at);
    let sentence = number.checked_sub(1).and_then(|number| record.sentences.get(number));
    sentence.filter(|sentence| at < sentence.end).map(|sentence| sentence.text.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Record;

    #[test]
    fn a_record_leaves_what_an_overview_shows() {
        let text =
            "Workshop for teachers\n\nOSH, 6 May 2020. A workshop for teachers was held in Osh on 5 May 2020. It was funded by USAID.\n";
        let record = Record::of(text);
        let mut overview = Overview::default();
        overview.add(&record);
        overview.add(&Record::failed("b.pdf", "no-text", "has no text"));
        let digest = &overview.documents[0];
        let text = |text| overview.text(text);
        assert_eq!((text(digest.id), text(digest.language), digest.year()), ("a.txt", "en", Some(2020)));
        assert_eq!(digest.event.map(|value| value.to_string()).as_deref(), Some("2020-05-05"));
        assert!(text(digest.event_shown.sentence).starts_with("A workshop"));
        let place = &overview.places[digest.event_place.unwrap()];
        assert!(text(place.name) == "Osh" && text(place.country) == "KG" && place.coordinates.is_some());
        let donor = digest.bodies(RoleKind::Donor).next().unwrap();
        assert_eq!(text(donor.name), "United States Agency for International Development");
        assert_eq!((text(donor.shown.words), text(donor.shown.sentence)), ("funded by", "It was funded by USAID."));
        assert_eq!(overview.documents[1].error.map(|(kind, _)| text(kind)), Some("no-text"));
    }
}
