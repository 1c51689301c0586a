//! What of a document is kept to find its copies and its versions in other languages.
//!
//! Of the words of the body, without furniture and headline, only the least hashes of triples of
//! words are kept ("bottom-k sketches", Broder 1997; Cohen and Kaplan 2007): of two sketches one sees
//! what share of the shorter text stands in the longer one. The same is kept of its first hundred
//! words alone, of its numbers, of the words of its dates and of its capitalised words: in a series
//! of announcements the words agree and these differ. For versions in another language, which share no
//! words, stand the day, place, bodies and persons of the event.
//!
//! A sketch takes 150 bytes at most, some 120 as a rule. Hashes are those of one program: sketches of two versions do
//! not compare.

use std::ops::Deref;

use crate::dates::Value;
use crate::fingerprint::fnv1a;
use crate::mention::{DateRole, Fact, Mention, Settled};
use crate::money;
use crate::organizations::core::common;
use crate::page::Page;
use crate::places::EventPlace;
use crate::text::{Facts, Kind, Text, facts};

use super::summary::fold;

/// How many hashes are kept of the whole body.
pub(super) const WHOLE: usize = 12;

/// How many of its first words.
pub(super) const LEAD: usize = 6;

/// How many of its first words these are: more than one paragraph, less than what a short cut keeps.
const LEAD_WORDS: usize = 100;

/// How many numbers, words of dates and capitalised words are kept.
const FIGURES: usize = 8;
const DATES: usize = 6;
const NAMES: usize = 6;

/// How many bodies and names of persons, in the order in which they are named.
const BODIES: usize = 6;
const PEOPLE: usize = 6;

/// A body with fewer words has nothing to compare.
pub(super) const FEWEST_WORDS: usize = 25;

/// The most that a list of a sketch can hold: its length is kept in half a byte.
const MOST: usize = 15;

/// A short list that needs no memory of its own.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Few<T> {
    items: [T; MOST],
    length: u8,
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items[..usize::from(self.length)]
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T: Copy + Default> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut few = Self::default();
        items.into_iter().for_each(|item| few.push(item));
        few
    }
}

impl<T: Copy> Few<T> {
    /// Adds an item where there is room.
    fn push(&mut self, item: T) {
        if let Some(place) = self.items.get_mut(usize::from(self.length)) {
            *place = item;
            self.length += 1;
        }
    }
}

/// The least hashes of a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Least<T> {
    /// In order, each once.
    pub hashes: Few<T>,
}

impl<T: Copy + Ord> Least<T> {
    fn push(&mut self, most: usize, hash: T) {
        let few = &mut self.hashes;
        if few.len() == most && few.last().is_some_and(|last| *last <= hash) {
            return;
        }
        if let Err(at) = few.binary_search(&hash) {
            let length = few.len().min(most - 1);
            few.items.copy_within(at..length, at + 1);
            few.items[at] = hash;
            few.length = length as u8 + 1;
        }
    }

    /// Of the hashes of `self` that `other` must hold if its set has them: how many it holds, and how many there are.
    pub fn within(&self, other: &Self, most: usize) -> (usize, usize) {
        // a sketch that is not full is the whole set
        let bound = |of: &Self| of.hashes.last().copied().filter(|_| of.hashes.len() >= most);
        let below = |hash: &&T| bound(other).is_none_or(|bound| **hash <= bound);
        let (mut held, mut all) = (0, 0);
        for hash in self.hashes.iter().take_while(below) {
            all += 1;
            held += usize::from(other.hashes.binary_search(hash).is_ok());
        }
        (held, all)
    }
}

/// A document, as far as copies go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sketch {
    /// Of all words of the body in order.
    pub exact: u32,
    /// How many words, up to 65,535.
    pub words: u16,
    /// ISO 639-1; two zeros when undecided.
    pub language: [u8; 2],
    /// The day of publication, in days since 1970; 0 for none.
    pub published: u16,
    /// The first day of the event, in days since 1970; 0 for none.
    pub event: u16,
    /// How many days it lasts after the first.
    pub lasts: u8,
    /// The event's place; 0 for none.
    pub place: u16,
    /// Its country.
    pub country: [u8; 2],
    /// Of triples of words.
    pub whole: Least<u32>,
    /// Of triples of the first words.
    pub lead: Least<u16>,
    /// Of numbers that stand in no date; odd for those that say something: from ten on, fractions, sums of money.
    pub figures: Least<u16>,
    /// Of the words of dates, but not of the document's own.
    pub dates: Least<u16>,
    /// Of capitalised words that begin no sentence.
    pub names: Least<u16>,
    /// Bodies; odd for those of the tables, which have one key in all languages.
    pub bodies: Few<u16>,
    /// Names of persons of whom two are known.
    pub people: Few<u16>,
}

/// Mixes a hash well (the finalizer of SplitMix64, Steele, Lea and Flood 2014).
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ hash >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ hash >> 31
}

/// The first bits of a mixed hash.
fn high16(hash: u64) -> u16 {
    (mix(hash) >> 48) as u16
}

/// The key of a body that no table knows, by its folded name.
pub(super) fn body_key(folded: &str) -> u16 {
    high16(fnv1a(folded.bytes())) & !1
}

/// The key of a body of the tables.
fn known_key(known: &str) -> u16 {
    high16(fnv1a(known.bytes())) | 1
}

impl Sketch {
    /// The sketch of a page.
    pub fn of<'m>(
        page: &Page,
        mentions: &'m [Mention],
        published: &Settled<Value>,
        event: &Settled<Value>,
        place: &Settled<EventPlace>,
    ) -> Self {
        let mut sketch = Self { language: code(page.languages.main.code()), ..Self::default() };
        sketch.words(page, mentions);
        if sketch.words == 0 {
            return sketch;
        }
        let days = |value: &Settled<Value>| value.value().filter(|value| value.is_daily()).and_then(|value| value.days());
        if let Some((day, _)) = days(published) {
            sketch.published = number(day);
        }
        if let Some((first, last)) = days(event) {
            sketch.event = number(first);
            sketch.lasts = u8::try_from(number(last).saturating_sub(sketch.event)).unwrap_or(u8::MAX);
        }
        if let Some(place) = place.value() {
            sketch.place = high16(fnv1a(place.name.bytes())).max(1);
            sketch.country = place.country.unwrap_or_default();
        }
        // a name says the same each time
        let mut seen: Vec<(bool, &str)> = Vec::new();
        let mut is_new = |is_person: bool, name: &'m str| {
            let is_new = !seen.contains(&(is_person, name));
            if is_new {
                seen.push((is_person, name));
            }
            is_new
        };
        for mention in mentions.iter().filter(|m| !page.in_furniture(m.span)) {
            match &mention.fact {
                // an agency passes on what others do
                Fact::Organization(body) if sketch.bodies.len() < BODIES && !mention.nested && body.kind != "media" => {
                    let key = match &body.key {
                        Some(key) => known_key(key),
                        None if is_new(false, &body.name) => body_key(&fold(&body.name)),
                        None => continue,
                    };
                    if !sketch.bodies.contains(&key) {
                        sketch.bodies.push(key);
                    }
                }
                Fact::Person(person) if sketch.people.len() < PEOPLE && is_new(true, &person.name) => {
                    let keys = person_keys(&person.name);
                    for key in keys {
                        if !sketch.people.contains(&key) {
                            sketch.people.push(key);
                        }
                    }
                }
                Fact::Money(money) => sketch.figures.push(FIGURES, high16(money.amount.to_bits()) | 1),
                _ => {}
            }
        }
        sketch
    }

    /// One pass over the words of the body.
    fn words(&mut self, page: &Page, mentions: &[Mention]) {
        let text = &page.text;
        let mut apart: Vec<(crate::span::Span, bool, bool)> = mentions
            .iter()
            .filter_map(|m| match &m.fact {
                Fact::Date(date) => Some((m.span, true, date.role == DateRole::Published)),
                Fact::Money(_) => Some((m.span, false, false)),
                _ => None,
            })
            .collect();
        apart.sort_unstable_by_key(|(span, ..)| span.start);
        let may_be_number = facts::MONEY | Facts::NUMBER;
        let (mut furniture, mut apart) = (page.zones.stretches.iter().peekable(), apart.into_iter().peekable());
        let (mut exact, mut words, mut last) = (0_u64, 0_usize, [0_u64; 2]);
        let comma = page.languages.main.code() == Some("ru");
        let mut figured = 0;
        let mut begins = u32::MAX;
        for (i, token) in text.tokens.iter().enumerate() {
            if token.kind == Kind::Mark {
                continue;
            }
            while furniture.next_if(|stretch| stretch.span.end <= token.span.start).is_some() {}
            let masked = furniture.peek().is_some_and(|stretch| stretch.span.start <= token.span.start);
            if masked || page.zones.title.is_some_and(|title| title.contains(token.span)) {
                continue;
            }
            let hash = token.hash;
            exact = (exact.rotate_left(5) ^ hash).wrapping_mul(0x517c_c1b7_2722_0a95);
            words += 1;
            if words > 2 {
                let triple = (mix(last[0] ^ mix(last[1] ^ mix(hash))) >> 32) as u32;
                self.whole.push(WHOLE, triple);
                if words <= LEAD_WORDS {
                    self.lead.push(LEAD, (triple >> 16) as u16);
                }
            }
            last = [last[1], hash];

            while apart.next_if(|(span, ..)| span.end <= token.span.start).is_some() {}
            let first = std::mem::replace(&mut begins, token.sentence) != token.sentence;
            match apart.peek().filter(|(span, ..)| span.start <= token.span.start) {
                Some((_, true, false)) => self.dates.push(DATES, high16(hash)),
                Some(_) => {}
                // 1,500 and "1.5 thousand" and «полторы тысячи» are one number; "one" and "two" say little
                None if i >= figured
                    && text.may_be(i, may_be_number)
                    && let Some((value, end)) = money::number(text, i, comma) =>
                {
                    figured = end;
                    if token.kind == Kind::Number || value >= 10.0 {
                        let says = value >= 10.0 || value.fract() != 0.0;
                        self.figures.push(FIGURES, high16(value.to_bits()) & !1 | u16::from(says));
                    }
                }
                None if token.is_capital() && !first => self.names.push(NAMES, high16(hash)),
                None => {}
            }
        }
        self.words = u16::try_from(words).unwrap_or(u16::MAX);
        self.exact = (mix(exact) >> 32) as u32;
    }

    /// The bytes that are kept and sent.
    pub fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.exact.to_le_bytes());
        out.extend_from_slice(&self.words.to_le_bytes());
        out.extend_from_slice(&self.language);
        out.extend_from_slice(&self.published.to_le_bytes());
        out.extend_from_slice(&self.event.to_le_bytes());
        out.push(self.lasts);
        out.extend_from_slice(&self.place.to_le_bytes());
        out.extend_from_slice(&self.country);
        // no list has more than fifteen
        let halves = [&self.lead.hashes, &self.figures.hashes, &self.dates.hashes, &self.names.hashes, &self.people, &self.bodies];
        let lengths = [self.whole.hashes.len(), 0].into_iter().chain(halves.iter().map(|half| half.len())).collect::<Vec<_>>();
        out.extend(lengths.chunks_exact(2).map(|two| (two[0] << 4 | two[1]) as u8));
        self.whole.hashes.iter().for_each(|hash| out.extend_from_slice(&hash.to_le_bytes()));
        halves.into_iter().flat_map(|half| half.iter()).for_each(|hash| out.extend_from_slice(&hash.to_le_bytes()));
    }

    /// What [`Sketch::pack`] made; none of bytes that it did not make.
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let mut rest = Bytes(bytes);
        let mut sketch = Self {
            exact: u32::from_le_bytes(rest.take()?),
            words: u16::from_le_bytes(rest.take()?),
            language: rest.take()?,
            published: u16::from_le_bytes(rest.take()?),
            event: u16::from_le_bytes(rest.take()?),
            lasts: u8::from_le_bytes(rest.take()?),
            place: u16::from_le_bytes(rest.take()?),
            country: rest.take()?,
            ..Self::default()
        };
        let lengths: [u8; 4] = rest.take()?;
        let mut lengths = lengths.into_iter().flat_map(|two| [two >> 4, two & 15]);
        let whole = lengths.next()?;
        sketch.whole.hashes = rest.few(whole, u32::from_le_bytes)?;
        lengths.next()?;
        let halves = [
            &mut sketch.lead.hashes,
            &mut sketch.figures.hashes,
            &mut sketch.dates.hashes,
            &mut sketch.names.hashes,
            &mut sketch.people,
            &mut sketch.bodies,
        ];
        for (half, length) in halves.into_iter().zip(lengths) {
            *half = rest.few(length, u16::from_le_bytes)?;
        }
        Some(sketch)
    }
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    /// A list of so many items.
    fn few<T: Copy + Default, const N: usize>(&mut self, length: u8, item: impl Fn([u8; N]) -> T) -> Option<Few<T>> {
        let (taken, rest) = self.0.split_at_checked(usize::from(length) * N)?;
        self.0 = rest;
        let mut few = Few { length, ..Few::default() };
        few.items.iter_mut().zip(taken.as_chunks::<N>().0).for_each(|(place, bytes)| *place = item(*bytes));
        Some(few)
    }
}

fn code(code: Option<&str>) -> [u8; 2] {
    code.and_then(|code| code.as_bytes().try_into().ok()).unwrap_or_default()
}

/// Days since 1970 from 1 to 65,535, which is in 2149.
fn number(day: jiff::civil::Date) -> u16 {
    let days = (day - jiff::civil::date(1970, 1, 1)).get_days();
    u16::try_from(days).unwrap_or_default()
}

/// Ends of Russian patronymics, as [`bare`] writes them.
const PATRONYMICS: [&str; 2] = ["vC", "vn"];

/// The keys of a person's names, two at most: their consonants, in one spelling for both scripts, which
/// the endings of Russian cases leave as they are. None where only one name is known; of one with an initial
/// the name alone.
pub(super) fn person_keys(name: &str) -> Vec<u16> {
    let key = Text::key(name);
    let words: Vec<&str> = key.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).collect();
    if words.len() < 2 {
        return Vec::new();
    }
    let mut names: Vec<String> = words.into_iter().filter(|word| word.chars().count() > 1).map(bare).collect();
    if names.len() > 2 {
        names.retain(|name| name.len() < 4 || !PATRONYMICS.iter().any(|end| name.ends_with(end)));
    }
    // what stands before the last two is a post as often as a name
    let names = names.iter().rev().take(2).filter(|name| name.len() > 1);
    names.map(|name| high16(fnv1a(name.bytes()))).collect()
}

/// A name without vowels and doubled letters, with one letter for sounds that one language writes as another
/// does not: Huseynli is Гусейнли, Waldvogel Вальдфогель, Sieveking Зивекинг.
fn bare(word: &str) -> String {
    let mut out = String::new();
    for c in common(word).chars().filter(|c| c.is_alphabetic() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'h' | 'g')) {
        // Fujita is Фудзита, Kowalczyk Ковальчик, Rusnac Руснак
        let c = match (out.chars().last(), c) {
            (Some('d'), 'z' | 'J') => 'J',
            (Some('k'), 'z') => 'C',
            (_, 'c') => 'k',
            (_, 'f') => 'v',
            (_, 'z') => 's',
            _ => c,
        };
        if matches!(c, 'J' | 'C') && out.ends_with(['d', 'k']) {
            out.pop();
        }
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_one_key_in_both_scripts_and_all_cases() {
        for (english, russian) in [
            ("Akiko Fujita", "Акико Фудзита"),
            ("Marta Kowalczyk", "Мартой Ковальчик"),
            ("Anahit Sargsyan", "Анаит Саргсян"),
            ("Pavel Lindqvist", "Павла Линдквиста"),
            ("Yuri Alexandrov", "Александров Юрий Петрович"),
            ("Thomas Johnson", "Томас Джонсон"),
            ("Rashad Huseynli", "Гусейнли Рашад"),
            ("Peter Waldvogel", "Пётр Вальдфогель"),
            ("Labour Gulru Safarova", "Гулру Сафарова"),
            ("B. Enkhtuvshin", "Б. Энхтувшин"),
        ] {
            let sorted = |name| {
                let mut keys = person_keys(name);
                keys.sort_unstable();
                keys
            };
            assert!(!sorted(english).is_empty());
            assert_eq!(sorted(english), sorted(russian), "{english}");
        }
        assert_ne!(person_keys("Nurlan Toktobaev"), person_keys("Nurlan Toktogulov"));
        assert!(person_keys("Toktobaev").is_empty());
    }

    #[test]
    fn a_sketch_comes_back_from_its_bytes() {
        let mut whole = Least::default();
        (0..40_u32).rev().for_each(|n| whole.push(WHOLE, n * 7));
        let sketch = Sketch {
            exact: 5,
            words: 9,
            language: *b"ru",
            event: 18_000,
            country: *b"KG",
            whole,
            people: [1, 2].into_iter().collect(),
            ..Sketch::default()
        };
        let mut packed = Vec::new();
        sketch.pack(&mut packed);
        assert_eq!(Sketch::unpack(&packed).unwrap(), sketch);
        for cut in 0..packed.len() {
            assert_eq!(Sketch::unpack(&packed[..cut]), None);
        }
    }

    #[test]
    fn the_least_hashes_tell_what_share_of_a_set_another_holds() {
        let least = |hashes: &[u32]| {
            let mut least = Least::default();
            hashes.iter().for_each(|hash| least.push(4, *hash));
            least
        };
        let (all, half) = (least(&[1, 2, 3, 4, 5, 6, 7, 8]), least(&[2, 4, 6, 8]));
        assert_eq!(half.within(&all, 4), (2, 2));
        assert_eq!(all.within(&half, 4), (2, 4));
        // a set that is known whole
        assert_eq!(least(&[3, 9]).within(&least(&[3]), 4), (1, 2));
    }
}
