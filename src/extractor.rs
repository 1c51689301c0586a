//! Step 1: one document in, one record out, with nothing else looked at.

use crate::dates::Value;
use crate::document::Document;
use crate::markup::Markup;
use crate::mention::{Mention, Rule, Settled};
use crate::page::Page;
use crate::record::Record;
use crate::settings::Settings;
use crate::{arbitration, corpus, dates, money, names, organizations, people, places, projects, roles, sections};

/// Reads documents. Cheap to share between threads; nothing in it changes.
#[derive(Debug)]
pub struct Extractor {
    settings: Settings,
    gazetteer: places::Gazetteer,
}

impl Extractor {
    /// Prepares the tables that the settings name.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let gazetteer = places::Gazetteer::new(settings.places.clone());
        Self { settings, gazetteer }
    }

    /// Reads one document. A pure function: the same document gives the same record.
    ///
    /// ```
    /// use dateline::{Document, Extractor, Settings};
    /// let extractor = Extractor::new(Settings::default());
    /// let record = extractor.extract(&Document::new("a.txt", "The workshop was held in Bishkek on 5 May 2020."));
    /// assert_eq!(record.language.as_deref(), Some("en"));
    /// ```
    #[must_use]
    pub fn extract(&self, document: &Document) -> Record {
        let mut record = self.read(document);
        if self.settings.trace {
            record.text = Some(document.text.clone());
        }
        record
    }

    fn read(&self, document: &Document) -> Record {
        let parts = sections::cut(&document.text);
        if parts.len() == 1 {
            return self.whole(document);
        }
        let mut published = document.published;
        let mut lines = document.markup.lines.as_slice();
        let mut stamps = document.markup.stamps.clone();
        sections::join(parts.into_iter().map(|text| {
            let count = memchr::memchr_iter(b'\n', text.as_bytes()).count().min(lines.len());
            let (own, rest) = lines.split_at(count);
            lines = rest;
            // the metadata tell of the whole, and the first section stands for it
            let markup = Markup { lines: own.to_vec(), stamps: std::mem::take(&mut stamps) };
            let record = self.whole(&Document { id: document.id.clone(), text: text.into(), published, markup });
            published = published.or_else(|| record.published.as_deref().and_then(|day| day.parse().ok()));
            record
        }))
    }

    /// What is found in a document, before roles and the facts of the whole are read from it.
    pub(crate) fn mentions<'d>(&self, document: &'d Document) -> (Page<'d>, Vec<Mention>) {
        let (page, mentions, _) = self.readings(document);
        (page, mentions)
    }

    /// The same, with all that the finders said before one reading was chosen, when the run is traced.
    fn readings<'d>(&self, document: &'d Document) -> (Page<'d>, Vec<Mention>, Vec<Mention>) {
        let page = Page::marked(&document.text, &document.markup.lines, self.settings.keep_furniture);
        let known_places = places::lookup(&page, &self.gazetteer);
        let known_bodies = organizations::lookup_with(&page, self.settings.organizations.as_deref());
        let tagged = names::tag(&page, &known_places, &known_bodies);

        let mut mentions = places::find(&page, &self.gazetteer, &known_places, &tagged);
        let bodies = organizations::find(&page, &known_bodies, &tagged, &mentions);
        let people = people::find(&page, &tagged, &mentions);
        mentions.extend(bodies);
        mentions.extend(people);
        let projects = projects::find(&page, &mentions);
        mentions.extend(projects);
        mentions.extend(dates::find_stamped(&page, document.published, Stamped::of(document).map(|stamp| stamp.day)));
        mentions.extend(money::find(&page));

        mentions.retain(|m| !page.text.in_address(m.span));
        arbitration::cut_at_dates(&page.text, &mut mentions);
        let candidates = if self.settings.trace { mentions.clone() } else { Vec::new() };
        let mut mentions = arbitration::settle(mentions);
        organizations::identify(&page, &mut mentions, self.settings.organizations.as_deref());
        people::identify(&page, &mut mentions);
        (page, mentions, candidates)
    }

    fn whole(&self, document: &Document) -> Record {
        let (page, mentions, candidates) = self.readings(document);
        let roles = roles::find(&page, &mentions);
        let published = dates::published(&page, &mentions, document.published);
        let published = match Stamped::of(document) {
            Some(stamp) => stamp.settle(published),
            None => published,
        };
        let event = dates::event(&page, &mentions);
        let event_place = places::event_place(&page, &mentions);
        let mut record = Record::new(document, &page, &mentions, &roles, &published, &event, &event_place);
        if !self.settings.dates.is_ours() {
            let anchor = document.published.or_else(|| published.value().and_then(|value| value.as_day()));
            record.mentions.retain(|m| m.kind != "date");
            record.mentions.extend(Record::readings(&page, &dates::convention::marks(&page, &mentions, self.settings.dates, anchor)));
            record.mentions.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        }
        if self.settings.corpus {
            record.sketch = corpus::sketch(&page, &mentions, &published, &event, &event_place);
            if !self.settings.keep_furniture {
                record.edges = corpus::edges(&page, published.evidence());
            }
        } else {
            record.why.insert("duplicate_of".into(), "not compared with other documents".into());
        }
        if self.settings.trace {
            let is_kept = |m: &Mention| mentions.iter().any(|kept| kept.span == m.span && kept.fact.kind() == m.fact.kind());
            let lost: Vec<Mention> = candidates.into_iter().filter(|m| !is_kept(m)).collect();
            record.lost = Record::readings(&page, &lost);
            record.lost.sort_by_key(|m| (m.start, m.end));
            record.lost.dedup_by(|a, b| (a.start, a.end, &a.kind, &a.rule) == (b.start, b.end, &b.kind, &b.rule));
        }
        record
    }
}

/// The day of publication that the metadata of the file name.
struct Stamped {
    day: jiff::civil::Date,
    rule: String,
}

impl Stamped {
    /// The most trusted one that is a day; none where the caller knows the day.
    fn of(document: &Document) -> Option<Self> {
        if document.published.is_some() {
            return None;
        }
        let mut stamps = document.markup.stamps.iter();
        stamps.find_map(|stamp| Some(Self { day: dates::stamp(&stamp.written)?, rule: stamp.rule.clone() }))
    }

    /// The release's own words win where they are sure; the metadata may tell of the page alone.
    fn settle(self, found: Settled<Value>) -> Settled<Value> {
        match found {
            Settled::Is { confidence, .. } if confidence >= dates::SURE => found,
            _ => Settled::Is {
                value: Value::Point(dates::Point::Day(self.day)),
                evidence: None,
                rule: Rule::Row("markup", self.rule.trim_start_matches("markup:").to_string().into()),
                confidence: 0.9,
            },
        }
    }
}
