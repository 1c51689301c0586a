//! Which documents are copies of an earlier one, and which tell of the same event.
//!
//! Documents are taken in one order, whatever the order of reading: by day of publication (those
//! without one last), of one day the longest first, then by id. Each is held against earlier ones
//! that share some of the least hashes of their words, and becomes a copy of the first that fits:
//! - most sampled triples of words of the shorter text stand in the longer one, and so do those of
//!   its first hundred words; a cut to the first half is a copy too;
//! - no number and no date of the shorter is missing in the longer, and few names: a series of
//!   announcements in the same words has other numbers, dates and names;
//! - the further apart the days of publication, the more must be equal: a bill brought in again two
//!   years later is no reprint.
//!
//! What is no copy is held against earlier ones with the same day of the event and a person, body
//! or number in common. It tells of the same event when the place does not differ, most persons, bodies
//! and numbers of the one that names fewer stand in the other, and there are enough of at least
//! two sorts: more for one language than for two, because a text in another language is
//! seldom a second report of the same newsroom.
//!
//! Nothing is compared with more than a fixed number of others, so time grows with the number of
//! documents; of a word, person or number that very many documents share, the last ones count.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::names::Decided;
use super::sketch::{FEWEST_WORDS, LEAD, Sketch, WHOLE, body_key};
use super::sketches::{Place, Sketches};
use super::summary::fold;
use crate::fingerprint::fnv1a;
use crate::record::Record;

/// With how many earlier documents of one hash a document is compared.
const FEW: usize = 48;

/// How many of the least hashes of a text bring it into the index.
const INDEXED: usize = 4;

/// So many days apart a text that is all but equal is a reprint; further apart only one whose
/// words are equal throughout.
const DAYS: u16 = 60;

/// So many days apart a text may be changed a little.
const CHANGED_DAYS: u16 = 14;

/// What the corpus says of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    /// The original, and what shows it.
    pub duplicate_of: Option<(Arc<str>, Overlap)>,
    /// The first document of the event, and what shows it; of a copy that of its original, with nothing to show.
    pub same_event_as: Option<(Arc<str>, Option<Shared>)>,
}

/// What two texts have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Overlap {
    /// Every word, in order.
    pub exact: bool,
    /// Sampled triples of words of the shorter that the longer has, and how many were sampled.
    pub whole: (u8, u8),
    /// The same of the first words.
    pub lead: (u8, u8),
    /// How long the shorter is, in hundredths of the longer.
    pub length: u8,
}

/// What two reports have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    /// The event's first day, or that of publication.
    pub day: u16,
    /// Whether both give the event's day.
    pub held: bool,
    /// Whether the other report gives the next or the last day.
    pub apart: bool,
    /// Whether the place is known of both.
    pub place: bool,
    pub people: u8,
    pub bodies: u8,
    pub figures: u8,
}

/// Every document that is a copy or tells of an earlier one's event, by the hash of its id.
pub(super) type Copies = FxHashMap<u64, Link>;

/// The key of an id.
pub(super) fn id_key(id: &str) -> u64 {
    fnv1a(id.bytes())
}

/// Decides from all sketches. `names`: what names of bodies become over the corpus.
pub(super) fn decide(sketches: &Sketches, names: &FxHashMap<String, Decided>) -> Copies {
    let mut renamed = FxHashMap::default();
    for (name, decided) in names {
        let to = body_key(&fold(&decided.name));
        // of two names of one key the lesser decides, whatever their order
        renamed.entry(body_key(name)).and_modify(|known: &mut u16| *known = to.min(*known)).or_insert(to);
    }
    let mut corpus = Corpus { sketches, renamed, ranks: ordered(sketches), ids: FxHashMap::default(), copies: Copies::default() };
    let originals = corpus.reprints();
    corpus.events(&originals);
    corpus.copies
}

/// Documents with enough words, in the order in which they are taken.
fn ordered(sketches: &Sketches) -> Vec<Place> {
    let mut keys: Vec<(u16, u16, Place)> = sketches
        .places()
        .filter_map(|place| {
            let sketch = sketches.sketch(place);
            let day = if sketch.published == 0 { u16::MAX } else { sketch.published };
            (usize::from(sketch.words) >= FEWEST_WORDS).then_some((day, u16::MAX - sketch.words, place))
        })
        .collect();
    keys.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| sketches.id(a.2).cmp(sketches.id(b.2))));
    keys.into_iter().map(|(.., place)| place).collect()
}

/// Hashes with the documents that have them, in the order of the documents.
struct Index {
    /// Sorted.
    entries: Vec<(u32, u32)>,
}

impl Index {
    fn new(mut entries: Vec<(u32, u32)>) -> Self {
        entries.sort_unstable();
        Self { entries }
    }

    /// The same without hashes of one document alone, which bring nothing together.
    fn of_shared(entries: Vec<(u32, u32)>) -> Self {
        let Self { mut entries } = Self::new(entries);
        let mut kept = 0;
        for run in 0..entries.len() {
            let hash = entries[run].0;
            let before = kept > 0 && entries[kept - 1].0 == hash;
            if before || entries.get(run + 1).is_some_and(|next| next.0 == hash) {
                entries[kept] = entries[run];
                kept += 1;
            }
        }
        entries.truncate(kept);
        entries.shrink_to_fit();
        Self { entries }
    }

    /// The last documents before this one that have a hash, the last first.
    fn before(&self, hash: u32, rank: u32) -> impl Iterator<Item = u32> {
        let end = self.entries.partition_point(|entry| *entry < (hash, rank));
        self.entries[..end].iter().rev().take(FEW).take_while(move |entry| entry.0 == hash).map(|entry| entry.1)
    }
}

struct Corpus<'a> {
    sketches: &'a Sketches,
    /// What keys of bodies become over the corpus.
    renamed: FxHashMap<u16, u16>,
    ranks: Vec<Place>,
    /// Ids that others point to, once each.
    ids: FxHashMap<u32, Arc<str>>,
    copies: Copies,
}

impl Corpus<'_> {
    fn sketch(&self, rank: u32) -> Sketch {
        self.sketches.sketch(self.ranks[rank as usize])
    }

    fn name(&mut self, rank: u32) -> Arc<str> {
        let id = self.sketches.id(self.ranks[rank as usize]);
        self.ids.entry(rank).or_insert_with(|| id.into()).clone()
    }

    fn copy(&mut self, rank: u32) -> &mut Link {
        let key = id_key(self.sketches.id(self.ranks[rank as usize]));
        self.copies.entry(key).or_default()
    }

    /// Finds copies; of every document its original, which may be itself.
    fn reprints(&mut self) -> Vec<u32> {
        let all = 0..self.ranks.len() as u32;
        let mut entries = Vec::new();
        for rank in all.clone() {
            let sketch = self.sketch(rank);
            entries.push((sketch.exact, rank));
            entries.extend(sketch.whole.hashes.iter().take(INDEXED).map(|hash| (*hash, rank)));
        }
        let index = Index::of_shared(entries);
        let mut originals: Vec<u32> = all.clone().collect();
        for rank in all {
            let sketch = self.sketch(rank);
            let hashes = std::iter::once(&sketch.exact).chain(&sketch.whole.hashes);
            let mut candidates: Vec<u32> =
                hashes.flat_map(|hash| index.before(*hash, rank)).map(|other| originals[other as usize]).collect();
            candidates.sort_unstable();
            candidates.dedup();
            let found = candidates.into_iter().find_map(|other| Some((other, overlap(&self.sketch(other), &sketch)?)));
            if let Some((original, overlap)) = found {
                originals[rank as usize] = original;
                let name = self.name(original);
                self.copy(rank).duplicate_of = Some((name, overlap));
            }
        }
        originals
    }

    /// Finds reports of one event among those that are no copies.
    fn events(&mut self, originals: &[u32]) {
        let is_original = |rank: u32| originals[rank as usize] == rank;
        let mut entries = Vec::new();
        let all = 0..self.ranks.len() as u32;
        // what two reports of one event share is of two sorts: bodies need no key
        let keys = |sketch: &Sketch, event: u16| -> Vec<u32> {
            let of = |sort: u8, value: u16| {
                let parts = [sort].into_iter().chain(event.to_le_bytes()).chain(value.to_le_bytes());
                (fnv1a(parts) >> 32) as u32 ^ u32::from(value)
            };
            sketch.people.iter().map(|person| of(0, *person)).chain(strong(sketch).map(|figure| of(1, figure))).collect()
        };
        for rank in all.clone().filter(|&rank| is_original(rank)) {
            let sketch = self.sketch(rank);
            if day(&sketch) != 0 {
                entries.extend(keys(&sketch, day(&sketch)).into_iter().map(|key| (key, rank)));
            }
        }
        let index = Index::new(entries);
        let mut firsts: Vec<u32> = all.clone().collect();
        for rank in all.clone().filter(|&rank| is_original(rank)) {
            let sketch = self.sketch(rank);
            if day(&sketch) == 0 {
                continue;
            }
            let days = day(&sketch).saturating_sub(1)..=day(&sketch).saturating_add(1);
            let keys = days.flat_map(|day| keys(&sketch, day));
            let mut candidates: Vec<u32> = keys.flat_map(|key| index.before(key, rank)).collect();
            candidates.sort_unstable();
            candidates.dedup();
            let mut found: Option<(u32, u32, Shared)> = None;
            let mut is_open = false;
            for other in candidates {
                let Some(shared) = shared(&self.sketch(other), &sketch, &self.renamed) else { continue };
                let size = u32::from(shared.people) + u32::from(shared.bodies) + u32::from(shared.figures);
                let first = firsts[other as usize];
                match found {
                    Some((best, _, _)) if size < best => {}
                    Some((best, known, _)) if size == best => is_open |= known != first,
                    _ => (found, is_open) = (Some((size, first, shared)), false),
                }
            }
            // two events that it fits alike: neither
            if let Some((_, first, shared)) = found.filter(|_| !is_open) {
                firsts[rank as usize] = first;
                let name = self.name(first);
                self.copy(rank).same_event_as = Some((name, Some(shared)));
            }
        }
        for rank in all.filter(|&rank| !is_original(rank)) {
            let first = firsts[originals[rank as usize] as usize];
            if first != originals[rank as usize] {
                let name = self.name(first);
                self.copy(rank).same_event_as = Some((name, None));
            }
        }
    }
}

/// The day of the event, or of publication without one; 0 for none.
fn day(sketch: &Sketch) -> u16 {
    if sketch.event == 0 { sketch.published } else { sketch.event }
}

/// Numbers that say something.
fn strong(sketch: &Sketch) -> impl Iterator<Item = u16> {
    sketch.figures.hashes.iter().copied().filter(|figure| figure & 1 == 1)
}

/// What two texts have in common, when one is a copy of the other.
fn overlap(a: &Sketch, b: &Sketch) -> Option<Overlap> {
    if a.language != b.language {
        return None;
    }
    let (short, long) = if (a.words, &a.whole.hashes) <= (b.words, &b.whole.hashes) { (a, b) } else { (b, a) };
    let small = |(held, all): (usize, usize)| (held as u8, all as u8);
    let length = (u32::from(short.words) * 100 / u32::from(long.words.max(1))) as u8;
    let exact = short.exact == long.exact && short.words == long.words;
    if exact {
        let all = (short.whole.hashes.len() as u8, short.whole.hashes.len() as u8);
        let lead = (short.lead.hashes.len() as u8, short.lead.hashes.len() as u8);
        return Some(Overlap { exact, whole: all, lead, length });
    }
    let apart = if a.published == 0 || b.published == 0 { 0 } else { a.published.abs_diff(b.published) };
    if apart > DAYS || length < 20 {
        return None;
    }
    let whole = short.whole.within(&long.whole, WHOLE);
    let lead = short.lead.within(&long.lead, LEAD);
    let misses = |(held, all): (usize, usize)| all - held;
    let figures = short.figures.within(&long.figures, 8);
    let dates = short.dates.within(&long.dates, 6);
    let names = short.names.within(&long.names, 6);
    // whether the first date is the document's own is not always read alike
    let is_own = (a.published == 0) != (b.published == 0) && misses(whole) + misses(lead) == 0 && length >= 80;
    let agree = misses(figures) <= figures.1 / 7 && (misses(dates) == 0 || is_own) && misses(names) <= names.1 / 3;
    let most = if length < 50 { whole.1 >= 3 && misses(whole) == 0 } else { whole.1 >= 5 && misses(whole) * 6 <= whole.1 };
    let begins = if length < 50 { lead.0 >= 2 && misses(lead) == 0 } else { lead.0 >= 3 && misses(lead) * 3 <= lead.1 };
    // "today" is another day in a reprint, but as much later as the reprint
    let later = |from: u16, to: u16| if from == 0 || to == 0 { 0 } else { i32::from(to) - i32::from(from) };
    let moved = a.event != 0 && b.event != 0 && a.event != b.event && later(a.event, b.event) != later(a.published, b.published);
    let equal = misses(whole) + misses(lead) + misses(figures) + misses(names) == 0 && length >= 80;
    (agree && most && begins && !moved && (apart <= CHANGED_DAYS || equal)).then_some(Overlap {
        exact,
        whole: small(whole),
        lead: small(lead),
        length,
    })
}

/// What two reports have in common, when they tell of one event.
fn shared(a: &Sketch, b: &Sketch, renamed: &FxHashMap<u16, u16>) -> Option<Shared> {
    let apart = day(a).abs_diff(day(b));
    let held = a.event != 0 && b.event != 0;
    if day(a) == 0 || day(b) == 0 || apart > 1 || held && apart == 0 && a.lasts != b.lasts {
        return None;
    }
    let known = |of: &Sketch| of.country != [0; 2] && of.place != 0;
    let place = known(a) && known(b);
    if place && (a.country, a.place) != (b.country, b.place) {
        return None;
    }
    let common = |a: &[u16], b: &[u16]| a.iter().filter(|value| b.contains(value)).count();
    let bodies_of = |of: &Sketch| of.bodies.iter().map(|body| renamed.get(body).copied().unwrap_or(*body)).collect::<Vec<_>>();
    let of = |a: &[u16], b: &[u16]| (common(a, b), a.len().min(b.len()));
    let figures = |of: &Sketch| strong(of).collect::<Vec<_>>();
    let (people, bodies, figures) = (of(&a.people, &b.people), of(&bodies_of(a), &bodies_of(b)), of(&figures(a), &figures(b)));
    // a body that no table knows has another name in the other language
    let is_known = |bodies: Vec<u16>| bodies.into_iter().filter(|body| body & 1 == 1).collect::<Vec<_>>();
    let known = of(&is_known(bodies_of(a)), &is_known(bodies_of(b)));
    // a person has two names
    let persons = people.0.div_ceil(2);
    // two persons and nobody else in both reports
    let all = people.0 >= 4 && people.0 == a.people.len() && people.0 == b.people.len();
    let total = persons + bodies.0 + figures.0 + usize::from(all);
    let sorts = [persons, bodies.0, figures.0].iter().filter(|held| **held > 0).count();
    let agree = people.0 * 3 >= people.1 * 2 && known.0 * 2 + 1 >= known.1 && figures.0 * 2 >= figures.1;
    let enough = if a.language == b.language {
        place && held && apart == 0 && sorts == 3 && total >= 7 && people.0 >= 4
    } else {
        sorts >= 2 && total >= 4 + usize::from(apart) + 2 * usize::from(!place) + usize::from(!held)
    };
    let small = |(held, _): (usize, usize)| held as u8;
    (agree && enough).then_some(Shared {
        day: day(a),
        held,
        apart: apart > 0,
        place,
        people: persons as u8,
        bodies: small(bodies),
        figures: small(figures),
    })
}

impl Link {
    /// Writes what is known into the record of the document.
    pub fn tell(&self, record: &mut Record) {
        if let Some((original, overlap)) = &self.duplicate_of {
            record.duplicate_of = Some(original.to_string());
            record.duplicate_why = overlap.words();
        }
        if let Some((first, shared)) = &self.same_event_as {
            record.same_event_as = Some(first.to_string());
            record.same_event_why = shared.as_ref().map_or_else(|| vec!["of the original".into()], Shared::words);
        }
    }
}

impl Overlap {
    fn words(&self) -> Vec<String> {
        if self.exact {
            return vec!["every word of the body is the same".into()];
        }
        let share = |(held, all): (u8, u8), what: &str| format!("{held} of {all} sampled triples of words of {what} are in the other");
        let mut words = vec![share(self.whole, "the shorter text"), share(self.lead, "its beginning")];
        if self.length < 90 {
            words.push(format!("one has {} % of the words of the other", self.length));
        }
        words.push("numbers, dates and names agree".into());
        words
    }
}

impl Shared {
    fn words(&self) -> Vec<String> {
        let day = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(i64::from(self.day)));
        let what = if self.held { "event" } else { "event or publication" };
        let how = if self.apart { "the day before or after" } else { "the same day" };
        let mut words: Vec<String> = day.map(|day| format!("{how} of {what}: {day}")).into_iter().collect();
        if self.place {
            words.push("the same place".into());
        }
        for (count, one, more) in [(self.people, "person", "persons"), (self.bodies, "body", "bodies"), (self.figures, "number", "numbers")]
        {
            if count > 0 {
                words.push(format!("{count} {} in common", if count == 1 { one } else { more }));
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::sketch::Least;

    fn of(documents: impl IntoIterator<Item = (String, Sketch)>) -> Sketches {
        let mut sketches = Sketches::default();
        for (id, sketch) in documents {
            let mut packed = Vec::new();
            sketch.pack(&mut packed);
            sketches.push(&id, &packed);
        }
        sketches
    }

    fn found(sketches: &Sketches) -> Vec<(&str, Option<String>, Option<String>)> {
        let copies = decide(sketches, &FxHashMap::default());
        let mut found: Vec<_> = sketches
            .places()
            .filter_map(|place| {
                let copy = copies.get(&id_key(sketches.id(place)))?;
                let id = |id: &Arc<str>| id.to_string();
                Some((
                    sketches.id(place),
                    copy.duplicate_of.as_ref().map(|(of, _)| id(of)),
                    copy.same_event_as.as_ref().map(|(of, _)| id(of)),
                ))
            })
            .collect();
        found.sort();
        found
    }

    fn least<T: Copy>(hashes: &[T]) -> Least<T> {
        Least { hashes: hashes.to_vec() }
    }

    /// A text of its own for every seed.
    fn text(seed: u32) -> Sketch {
        let hashes = |count: u32| (0..count).map(|n| n * 1_000_000 + seed).collect::<Vec<u32>>();
        Sketch {
            exact: seed,
            words: 200,
            language: *b"en",
            published: 19_000,
            whole: least(&hashes(12)),
            lead: least(&(0..6).map(|n| n * 9000 + (seed % 9000) as u16).collect::<Vec<_>>()),
            ..Sketch::default()
        }
    }

    #[test]
    fn a_copy_names_the_first_by_day_then_by_length_then_by_id() {
        let on = |published: u16, words: u16| Sketch { published, words, ..text(7) };
        let documents = [("a", on(0, 210)), ("b", on(19_002, 205)), ("c", on(19_001, 200)), ("d", on(19_001, 201)), ("e", on(19_001, 201))];
        let documents = documents.map(|(id, sketch)| (id.to_string(), Sketch { exact: u32::from(id.as_bytes()[0]), ..sketch }));
        let expected: Vec<_> = ["a", "b", "c", "e"].map(|id| (id, Some("d".to_string()), None)).into();
        assert_eq!(found(&of(documents.clone())), expected);
        assert_eq!(found(&of(documents.into_iter().rev())), expected);
    }

    #[test]
    fn other_numbers_dates_or_times_make_another_text() {
        let first = Sketch { figures: least(&[3, 5]), dates: least(&[8]), ..text(1) };
        let changes: [fn(&mut Sketch); 4] = [
            |sketch| sketch.figures = least(&[3, 7]),
            |sketch| sketch.dates = least(&[9]),
            |sketch| sketch.published += 90,
            |sketch| sketch.language = *b"ru",
        ];
        for change in changes {
            let mut second = Sketch { exact: 2, ..first.clone() };
            assert_eq!(found(&of([("a".into(), first.clone()), ("b".into(), second.clone())])).len(), 1);
            change(&mut second);
            assert_eq!(found(&of([("a".into(), first.clone()), ("b".into(), second)])), []);
        }
    }

    fn report(language: [u8; 2], people: &[u16], bodies: &[u16], figures: &[u16]) -> Sketch {
        let seed = u32::from(language[0]) + people.len() as u32;
        Sketch {
            language,
            event: 18_999,
            place: 4,
            country: *b"KG",
            people: people.to_vec(),
            bodies: bodies.to_vec(),
            figures: least(figures),
            ..text(seed)
        }
    }

    #[test]
    fn two_languages_tell_of_one_event_when_enough_agrees() {
        let english = report(*b"en", &[1, 2, 3, 4], &[5, 6], &[21, 23]);
        let russian = report(*b"ru", &[1, 2, 3, 4], &[5], &[21, 23]);
        let pair = |other: Sketch| found(&of([("a".into(), english.clone()), ("b".into(), other)])).len();
        assert_eq!(pair(russian.clone()), 1);
        assert_eq!(pair(Sketch { place: 5, ..russian.clone() }), 0);
        assert_eq!(pair(Sketch { event: 19_005, ..russian.clone() }), 0);
        assert_eq!(pair(Sketch { people: vec![1, 2, 8, 9], ..russian.clone() }), 0);
        assert_eq!(pair(Sketch { language: *b"en", exact: 9, ..russian }), 0);
    }

    #[test]
    fn what_fits_two_events_alike_is_left_alone() {
        let one = |exact: u32| Sketch { exact, ..report(*b"en", &[1, 2, 3, 4], &[5, 6], &[21, exact as u16 * 2]) };
        let russian = Sketch { published: 19_001, ..report(*b"ru", &[1, 2, 3, 4], &[5, 6], &[21]) };
        let documents = [("a".to_string(), one(50)), ("b".to_string(), Sketch { whole: least(&[1]), lead: least(&[2]), ..one(60) })];
        assert_eq!(found(&of([documents[0].clone(), ("c".into(), russian.clone())])), [("c", None, Some("a".into()))]);
        assert_eq!(found(&of(documents.into_iter().chain([("c".into(), russian)]))), []);
    }

    #[test]
    fn a_copy_of_a_version_belongs_to_the_same_event() {
        let english = report(*b"en", &[1, 2, 3, 4], &[5, 6], &[21, 23]);
        let russian = Sketch { published: 19_001, ..report(*b"ru", &[1, 2, 3, 4], &[5], &[21, 23]) };
        let reprint = Sketch { published: 19_002, ..russian.clone() };
        let documents = [("a".into(), english), ("b".into(), russian), ("c".into(), reprint)];
        let event = Some("a".to_string());
        assert_eq!(found(&of(documents)), [("b", None, event.clone()), ("c", Some("b".into()), event)]);
    }

    /// Held by time alone: what compares all with all needs minutes for each of these.
    #[test]
    fn time_grows_with_the_number_of_documents() {
        const MANY: u32 = 8_000;
        let equal = (0..MANY).map(|n| (n.to_string(), text(1)));
        assert_eq!(found(&of(equal)).len() as u32, MANY - 1);
        let alike = (0..MANY).map(|n| (n.to_string(), Sketch { exact: n, ..text(1) }));
        assert_eq!(found(&of(alike)).len() as u32, MANY - 1);
        let series =
            (0..MANY).map(|n| (n.to_string(), Sketch { exact: n, figures: least(&[n as u16 | 1]), dates: least(&[n as u16]), ..text(1) }));
        assert!(found(&of(series)).len() < 100);
        let different = (0..MANY).map(|n| (n.to_string(), text(n)));
        assert!(found(&of(different)).len() < 100);
        let one_event = (0..MANY).map(|n| (n.to_string(), Sketch { exact: n, ..report(*b"en", &[1, 2], &[n as u16], &[n as u16 | 1]) }));
        found(&of(one_event));
    }
}
