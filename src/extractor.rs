//! Step 1: one document in, one record out, with nothing else looked at.

use crate::dates::Value;
use crate::document::Document;
use crate::markup::Markup;
use crate::mention::{Mention, Role, Rule, Settled, Tagged};
use crate::page::Page;
use crate::record::{Parts, Record, edges};
use crate::settings::Settings;
use crate::{arbitration, corpus, dates, money, names, organizations, people, places, projects, roles, sections, vocabulary};

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
        self.extract_all(std::slice::from_ref(document)).pop().unwrap_or_default()
    }

    /// Reads documents, for each the record that [`Self::extract`] gives, in order.
    ///
    /// Each step is done for all of them before the next: what a step needs of the program and of
    /// the tables is fetched from memory once for many short texts. Some ten thousand bytes of text
    /// at a time are best; more only take more memory.
    #[must_use]
    pub fn extract_all(&self, documents: &[Document]) -> Vec<Record> {
        self.read(documents, |document, parts| sections::join(self.in_sections(document, parts)), |record| record)
    }

    /// The same; of a text that is read in sections, the lists that grow with it are packed.
    pub(crate) fn extract_packed(&self, documents: &[Document]) -> Vec<(Record, Parts)> {
        let packed = |document, parts| sections::join_packed(self.in_sections(document, parts));
        self.read(documents, packed, |record| (record, Parts::default()))
    }

    fn read<'d, T>(
        &self,
        documents: &'d [Document],
        in_sections: impl Fn(&'d Document, Vec<&'d str>) -> T,
        as_whole: impl Fn(Record) -> T,
    ) -> Vec<T> {
        let mut short = Vec::with_capacity(documents.len());
        let read = documents.iter().map(|document| {
            let parts = sections::cut(&document.text);
            if parts.len() > 1 {
                return Some(in_sections(document, parts));
            }
            short.push(document);
            None
        });
        let read: Vec<Option<T>> = read.collect();
        let mut short = self.whole(&short).into_iter().map(as_whole);
        read.into_iter().filter_map(|read| read.or_else(|| short.next())).collect()
    }

    /// The records of a text's sections.
    fn in_sections<'d>(&self, document: &'d Document, parts: Vec<&'d str>) -> impl ExactSizeIterator<Item = Record> {
        let mut published = document.published;
        let mut lines = document.markup.lines.as_slice();
        let mut stamps = document.markup.stamps.clone();
        parts.into_iter().map(move |text| {
            let count = memchr::memchr_iter(b'\n', text.as_bytes()).count().min(lines.len());
            let (own, rest) = lines.split_at(count);
            lines = rest;
            // the metadata tell of the whole, and the first section stands for it
            let markup = Markup { lines: own.to_vec(), stamps: std::mem::take(&mut stamps) };
            let section = Document { id: document.id.clone(), text: text.into(), published, markup };
            let record = self.whole(&[&section]).pop().unwrap_or_default();
            published = published.or_else(|| record.published.as_deref().and_then(|day| day.parse().ok()));
            record
        })
    }

    /// Frees what the thread that calls it keeps of words for the next texts: some ten megabytes.
    pub fn forget() {
        names::cache::clear();
        vocabulary::clear();
    }

    /// What is found in a document, before roles and the facts of the whole are read from it.
    pub(crate) fn mentions<'d>(&self, document: &'d Document) -> (Page<'d>, Vec<Mention>) {
        let mut reading = Reading::new(document);
        for step in STEPS {
            step(self, &mut reading);
        }
        (reading.page, reading.mentions)
    }

    fn whole(&self, documents: &[&Document]) -> Vec<Record> {
        let mut readings: Vec<Reading> = documents.iter().map(|document| Reading::new(document)).collect();
        for step in STEPS.into_iter().chain(OF_THE_WHOLE) {
            for reading in &mut readings {
                step(self, reading);
            }
        }
        readings.into_iter().map(|reading| reading.record).collect()
    }
}

/// What is known of a document on the way from its text to its record.
struct Reading<'d> {
    document: &'d Document,
    page: Page<'d>,
    places: Vec<places::Candidate>,
    bodies: Vec<organizations::KnownBody>,
    /// What the model says, where it is asked.
    tagged: Option<Vec<Tagged>>,
    mentions: Vec<Mention>,
    /// Bodies that are found and do not stand among the mentions yet.
    found: Vec<Mention>,
    dates: dates::Unresolved,
    stamped: Option<Stamped>,
    /// All that the finders said before one reading was chosen, when the run is traced.
    candidates: Vec<Mention>,
    roles: Vec<Role>,
    published: Settled<Value>,
    event: Settled<Value>,
    event_place: Settled<places::EventPlace>,
    record: Record,
}

/// A step on the way.
type Step = fn(&Extractor, &mut Reading);

/// From a text to its mentions.
const STEPS: [Step; 17] = [
    |_, on| on.page.read_words(),
    |own, on| on.page.read_zones(&on.document.markup.lines, own.settings.keep_furniture),
    |_, on| on.page.read_languages(),
    |own, on| on.places = places::lookup(&on.page, &own.gazetteer),
    |own, on| on.bodies = organizations::lookup_with(&on.page, own.settings.organizations.as_deref()),
    |_, on| names::headlines::settle(&mut on.page, &mut on.places, &on.bodies),
    |own, on| {
        if !own.settings.fast {
            on.tagged = Some(names::tag(&on.page, &on.places, &on.bodies));
        }
    },
    |own, on| on.mentions = places::find(&on.page, &own.gazetteer, &on.places, on.tagged.as_deref().unwrap_or_default()),
    |_, on| on.found = organizations::find(&on.page, &on.bodies, on.tagged.as_deref().unwrap_or_default(), &on.mentions),
    |_, on| {
        let people = people::find(&on.page, on.tagged.as_deref(), &on.mentions);
        on.mentions.append(&mut on.found);
        on.mentions.extend(people);
    },
    |_, on| {
        let projects = projects::find(&on.page, &on.mentions);
        on.mentions.extend(projects);
    },
    |_, on| on.dates = dates::read(&on.page),
    |_, on| {
        on.stamped = Stamped::of(on.document);
        let (dates, stamped) = (std::mem::take(&mut on.dates), on.stamped.as_ref().map(|stamp| stamp.day));
        on.mentions.extend(dates::resolve_stamped(&on.page, dates, on.document.published, stamped));
    },
    |_, on| on.mentions.extend(money::find(&on.page)),
    |own, on| {
        on.mentions.retain(|m| !on.page.text.in_address(m.span));
        arbitration::cut_at_dates(&on.page.text, &mut on.mentions);
        arbitration::cut_at_bodies(&on.page.text, &mut on.mentions);
        if own.settings.trace {
            on.candidates.clone_from(&on.mentions);
        }
        on.mentions = arbitration::settle(std::mem::take(&mut on.mentions));
    },
    |own, on| organizations::identify(&on.page, &mut on.mentions, own.settings.organizations.as_deref()),
    |_, on| people::identify(&on.page, &mut on.mentions),
];

/// From the mentions to the record.
const OF_THE_WHOLE: [Step; 6] = [
    |_, on| on.roles = roles::find(&on.page, &on.mentions),
    |_, on| {
        let published = dates::published(&on.page, &on.mentions, on.document.published);
        on.published = match on.stamped.take() {
            Some(stamp) => stamp.settle(published),
            None => published,
        };
    },
    |_, on| {
        on.event = dates::event(&on.page, &on.mentions);
    },
    |_, on| on.event_place = places::event_place(&on.page, &on.mentions),
    |_, on| on.record = Record::new(on.document, &on.page, &on.mentions, &on.roles, &on.published, &on.event, &on.event_place),
    |own, on| on.finish(&own.settings),
];

impl<'d> Reading<'d> {
    fn new(document: &'d Document) -> Self {
        Self {
            document,
            page: Page::unread(&document.text),
            found: Vec::new(),
            dates: dates::Unresolved::default(),
            stamped: None,
            places: Vec::new(),
            bodies: Vec::new(),
            tagged: None,
            mentions: Vec::new(),
            candidates: Vec::new(),
            roles: Vec::new(),
            published: Settled::No(""),
            event: Settled::No(""),
            event_place: Settled::No(""),
            record: Record::default(),
        }
    }

    /// Adds what the settings ask for beyond the facts.
    fn finish(&mut self, settings: &Settings) {
        let (page, mentions, record) = (&self.page, &self.mentions, &mut self.record);
        if !settings.dates.is_ours() {
            let anchor = self.document.published.or_else(|| self.published.value().and_then(|value| value.as_day()));
            record.mentions.retain(|m| m.kind != "date");
            record.mentions.extend(Record::readings(page, &dates::convention::marks(page, mentions, settings.dates, anchor)));
            record.mentions.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        }
        if settings.corpus {
            record.sketch = corpus::sketch(page, mentions, &self.published, &self.event, &self.event_place);
            if !settings.keep_furniture {
                record.edges = edges(page, self.published.evidence());
            }
        } else {
            record.why.insert("duplicate_of".into(), "not compared with other documents".into());
        }
        if settings.trace {
            record.text = Some(self.document.text.clone());
            let is_kept = |m: &Mention| mentions.iter().any(|kept| kept.span == m.span && kept.fact.kind() == m.fact.kind());
            let lost: Vec<Mention> = std::mem::take(&mut self.candidates).into_iter().filter(|m| !is_kept(m)).collect();
            record.lost = Record::readings(page, &lost);
            record.lost.sort_by_key(|m| (m.start, m.end));
            record.lost.dedup_by(|a, b| (a.start, a.end, &a.kind, &a.rule) == (b.start, b.end, &b.kind, &b.rule));
        }
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

/// What the tests of finders ask of a text.
#[cfg(test)]
impl Record {
    pub(crate) fn of(text: &str) -> Self {
        Extractor::new(Settings::default()).extract(&Document::new("a.txt", text))
    }

    pub(crate) fn texts(&self, kind: &str) -> Vec<&str> {
        self.mentions.iter().filter(|m| m.kind == kind).map(|m| &*m.text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_documents_give_the_records_that_each_gives_alone() {
        let paragraph = "The Valley Fund opened a school in Osh on 5 May 2020, Anna Reed said.\n";
        let long = [paragraph, &"\n".repeat(250_000), paragraph].concat();
        let texts = ["Фонд «Долина» открыл школу в Оше 5 мая 2020 года.".into(), long, String::new(), paragraph.into()];
        let documents: Vec<Document> = texts.iter().enumerate().map(|(n, text)| Document::new(n.to_string(), text)).collect();
        assert!(sections::cut(&texts[1]).len() > 1);
        let extractor = Extractor::new(Settings::default());
        let alone: Vec<Record> = documents.iter().map(|document| extractor.extract(document)).collect();
        assert_eq!(extractor.extract_all(&documents), alone);
        for ((mut record, parts), whole) in extractor.extract_packed(&documents).into_iter().zip(alone) {
            assert_eq!(parts.is_empty(), whole.id != "1");
            record.mentions.extend(parts.mentions().flat_map(Result::unwrap));
            record.sentences.extend(parts.sentences().flat_map(Result::unwrap));
            assert_eq!(record, whole);
        }
    }
}
