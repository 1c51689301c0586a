//! An overview as the data of a page: columns of numbers, and each text once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::Head;
use super::outlines::{Outlines, outlines};
use crate::dates::Value;
use crate::overview::{Count, Digest, Named, Overview, Shown, Text, country_name};

/// Sentences take so many bytes in a page, at most.
const SENTENCES: usize = 9_000_000;

/// Places and bodies named in documents: so many in a page, at most.
const NAMES: usize = 700_000;

/// Letters of a headline.
const TITLE: usize = 180;

/// Documents that a warning of the page leads to.
const WORRYING: usize = 1000;

#[derive(Serialize)]
pub(super) struct Payload<'a> {
    made: &'static str,
    title: &'a str,
    texts: Vec<&'a str>,
    /// ISO 8601, and the first day since 1970-01-01; none where nothing settles the year.
    dates: Vec<(String, Option<i32>)>,
    id: Vec<&'a str>,
    headline: Vec<Cow<'a, str>>,
    language: Vec<u32>,
    published: Vec<u32>,
    published_shown: Vec<[u32; 2]>,
    event: Vec<u32>,
    event_shown: Vec<[u32; 2]>,
    place: Vec<i64>,
    place_shown: Vec<[u32; 2]>,
    /// How many a document names, and which.
    places_of: (Vec<u32>, Vec<u32>),
    bodies_of: (Vec<u32>, Vec<u32>),
    /// Sentences that name a place first: document, place, sentence.
    place_sentences: Vec<[u32; 3]>,
    /// How many a document has, and which: kind, name, words, sentence.
    parts_of: (Vec<u32>, Vec<[u32; 4]>),
    /// Sums of money: the number of the part, and the sum.
    amounts: Vec<(usize, String)>,
    places: Vec<(u32, u32, Option<[f64; 2]>)>,
    countries: BTreeMap<&'a str, &'a str>,
    /// Copies: document, and the one it repeats.
    copies: Vec<[i64; 2]>,
    /// Other versions: document, and the one before.
    versions: Vec<[i64; 2]>,
    errors: Vec<(usize, u32, u32)>,
    coverage: Vec<Count>,
    worries: Vec<Worries>,
    left_out: LeftOut,
    outlines: Outlines,
}

#[derive(Serialize)]
struct Worries {
    what: String,
    count: u64,
    documents: Vec<usize>,
}

/// What does not stand in the page, so that it opens fast.
#[derive(Default, Serialize)]
struct LeftOut {
    sentences: usize,
    names: usize,
}

/// Texts of the page, numbered as they are used.
struct Numbers<'a> {
    overview: &'a Overview,
    numbers: Vec<u32>,
    texts: Vec<&'a str>,
}

impl<'a> Numbers<'a> {
    fn of(&mut self, text: Text) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let number = &mut self.numbers[text.index()];
        if *number == 0 {
            *number = u32::try_from(self.texts.len()).unwrap_or(0);
            self.texts.push(self.overview.text(text));
        }
        *number
    }

    fn shown(&mut self, shown: Shown, sentences: &Sentences) -> [u32; 2] {
        let sentence = if sentences.keeps(shown.sentence) { self.of(shown.sentence) } else { 0 };
        [self.of(shown.words), sentence]
    }
}

/// Which sentences stand in the page.
struct Sentences {
    kept: Option<FxHashSet<Text>>,
    left_out: usize,
}

impl Sentences {
    fn keeps(&self, sentence: Text) -> bool {
        self.kept.as_ref().is_none_or(|kept| kept.contains(&sentence))
    }

    /// All, or the first few of every body, place and year: as many as fit.
    fn choose(overview: &Overview) -> Self {
        let mut all: FxHashSet<Text> = FxHashSet::default();
        let mut bytes = 0;
        each_sentence(overview, |_, sentence| {
            if all.insert(sentence) {
                bytes += overview.text(sentence).len();
            }
        });
        if bytes <= SENTENCES {
            return Self { kept: None, left_out: 0 };
        }
        for few in [64, 32, 16, 8, 5, 3, 2, 1, 0] {
            let mut counts: FxHashMap<(u8, usize), u32> = FxHashMap::default();
            let mut kept: FxHashSet<Text> = FxHashSet::default();
            let mut bytes = 0;
            each_sentence(overview, |mark, sentence| {
                let count = counts.entry(mark).or_default();
                if *count < few {
                    *count += 1;
                    if kept.insert(sentence) {
                        bytes += overview.text(sentence).len();
                    }
                }
            });
            if bytes <= SENTENCES {
                return Self { left_out: all.len() - kept.len(), kept: Some(kept) };
            }
        }
        Self { left_out: all.len(), kept: Some(FxHashSet::default()) }
    }
}

/// Every sentence with the mark that it stands under.
fn each_sentence(overview: &Overview, mut take: impl FnMut((u8, usize), Text)) {
    for digest in &overview.documents {
        let year = digest.year().and_then(|year| usize::try_from(year).ok()).unwrap_or(0);
        for part in digest.parts.iter().filter(|part| !part.shown.sentence.is_empty()) {
            take((part.kind as u8, part.name.index()), part.shown.sentence);
        }
        let facts = [
            (10, year, digest.published_shown),
            (11, year, digest.event_shown),
            (12, digest.event_place.unwrap_or(usize::MAX), digest.event_place_shown),
        ];
        for (fact, of, shown) in facts.into_iter().filter(|(_, _, shown)| !shown.sentence.is_empty()) {
            take((fact, of), shown.sentence);
        }
        for named in digest.places.iter().filter(|named| !named.sentence.is_empty()) {
            take((13, named.what), named.sentence);
        }
    }
}

/// The most names of a document that fit.
fn most_names<T>(overview: &Overview, of: impl Fn(&Digest) -> &[Named<T>]) -> (usize, usize) {
    let sum = |most: usize| overview.documents.iter().map(|digest| of(digest).len().min(most)).sum::<usize>();
    let all = sum(usize::MAX);
    if all <= NAMES {
        return (usize::MAX, 0);
    }
    let most = [64, 32, 16, 12, 8, 6, 5, 4, 3, 2, 1].into_iter().find(|&most| sum(most) <= NAMES).unwrap_or(0);
    (most, all - sum(most))
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A headline that is not a page of text.
fn cut(title: &str) -> Cow<'_, str> {
    match title.char_indices().nth(TITLE) {
        None => title.into(),
        Some((end, _)) => format!("{}…", title[..end].trim_end()).into(),
    }
}

impl<'a> Payload<'a> {
    pub fn new(overview: &'a Overview, head: &'a Head) -> Self {
        let epoch = date(1970, 1, 1);
        let sentences = Sentences::choose(overview);
        let (places, places_left) = most_names(overview, |digest| &digest.places);
        let (bodies, bodies_left) = most_names(overview, |digest| &digest.organizations);
        let mut numbers = Numbers { overview, numbers: vec![0; overview.texts.len()], texts: vec![""] };
        let mut dates: Vec<(String, Option<i32>)> = vec![(String::new(), None)];
        let mut by_value: FxHashMap<Value, u32> = FxHashMap::default();
        let mut dated = |value: Option<Value>| {
            value.map_or(0, |value| {
                *by_value.entry(value).or_insert_with(|| {
                    dates.push((value.to_string(), value.days().map(|(first, _)| days(epoch, first))));
                    small(dates.len() - 1)
                })
            })
        };
        let at: FxHashMap<Text, usize> = overview.documents.iter().enumerate().rev().map(|(at, digest)| (digest.id, at)).collect();
        let mut out = Self {
            made: concat!("dateline ", env!("CARGO_PKG_VERSION")),
            title: &head.title,
            texts: Vec::new(),
            dates: Vec::new(),
            id: Vec::new(),
            headline: Vec::new(),
            language: Vec::new(),
            published: Vec::new(),
            published_shown: Vec::new(),
            event: Vec::new(),
            event_shown: Vec::new(),
            place: Vec::new(),
            place_shown: Vec::new(),
            places_of: (Vec::new(), Vec::new()),
            bodies_of: (Vec::new(), Vec::new()),
            place_sentences: Vec::new(),
            parts_of: (Vec::new(), Vec::new()),
            amounts: Vec::new(),
            places: Vec::new(),
            countries: BTreeMap::new(),
            copies: Vec::new(),
            versions: Vec::new(),
            errors: Vec::new(),
            worries: Vec::new(),
            left_out: LeftOut { sentences: sentences.left_out, names: places_left + bodies_left },
            outlines: outlines(),
            coverage: overview.summary(head.today, false).coverage,
        };
        for (number, digest) in overview.documents.iter().enumerate() {
            out.id.push(overview.text(digest.id));
            out.headline.push(cut(overview.text(digest.title)));
            out.language.push(numbers.of(digest.language));
            out.published.push(dated(digest.published));
            out.published_shown.push(numbers.shown(digest.published_shown, &sentences));
            out.event.push(dated(digest.event));
            out.event_shown.push(numbers.shown(digest.event_shown, &sentences));
            out.place.push(digest.event_place.and_then(|place| i64::try_from(place).ok()).unwrap_or(-1));
            out.place_shown.push(numbers.shown(digest.event_place_shown, &sentences));
            out.places_of.0.push(small(digest.places.len().min(places)));
            for named in digest.places.iter().take(places) {
                out.places_of.1.push(small(named.what));
                if !named.sentence.is_empty() && sentences.keeps(named.sentence) {
                    out.place_sentences.push([small(number), small(named.what), numbers.of(named.sentence)]);
                }
            }
            out.bodies_of.0.push(small(digest.organizations.len().min(bodies)));
            out.bodies_of.1.extend(digest.organizations.iter().take(bodies).map(|named| numbers.of(named.what)));
            out.parts_of.0.push(small(digest.parts.len()));
            for part in &digest.parts {
                let [words, sentence] = numbers.shown(part.shown, &sentences);
                if let Some((amount, currency)) = part.amount {
                    out.amounts.push((out.parts_of.1.len(), format!("{} {amount}", overview.text(currency))));
                }
                out.parts_of.1.push([part.kind as u32, numbers.of(part.name), words, sentence]);
            }
            let other = |id: Text| at.get(&id).and_then(|at| i64::try_from(*at).ok()).unwrap_or(-1);
            let number_of = i64::try_from(number).unwrap_or(-1);
            if digest.is_copy() {
                out.copies.push([number_of, other(digest.duplicate_of)]);
            } else if !digest.same_event_as.is_empty() {
                out.versions.push([number_of, other(digest.same_event_as)]);
            }
            if let Some((kind, message)) = digest.error {
                out.errors.push((number, numbers.of(kind), numbers.of(message)));
            }
        }
        for place in &overview.places {
            let country = overview.text(place.country);
            if !country.is_empty() {
                out.countries.insert(country, country_name(country));
            }
            let coordinates = place.coordinates.map(|(latitude, longitude)| [latitude, longitude].map(|d| (d * 1e3).round() / 1e3));
            out.places.push((numbers.of(place.name), numbers.of(place.country), coordinates));
        }
        out.worries = overview
            .worrying(head.today, WORRYING)
            .into_iter()
            .map(|warning| Worries { what: warning.what, count: warning.documents, documents: warning.numbers })
            .collect();
        out.texts = numbers.texts;
        out.dates = dates;
        out
    }
}

fn days(epoch: Date, day: Date) -> i32 {
    epoch.until(day).map_or(0, |span| span.get_days())
}
