//! Mentions, sentences and furniture as few bytes: what waits of a record too long to be held.
//!
//! Numbers are written in bytes of seven bits (LEB128), places by what they are behind the one before,
//! what a mention does not have by a bit. It is read by the program that wrote it, and by no other.
//!
//! It writes the fields that `found` and `json` write too. JSON under zstd in its place was tried: as JSON Lines a list
//! of ten megabytes took 7 % longer and 6 % more memory, but as tables, which read each part more than once, 47 % longer.

use super::found::{BodyFacts, DateFacts, Join, Mention, MoneyFacts, PersonFacts, PlaceFacts, boxed};
use super::{FurnitureWhy, Sentence, Stretch, country};
use crate::mention::Name;

/// Words of the program that stand in most mentions: none of them is made anew when one is read.
const WORDS: [&str; 24] = [
    "date",
    "place",
    "organization",
    "person",
    "project",
    "money",
    "body",
    "furniture",
    "published",
    "event",
    "other",
    "en",
    "ru",
    "start",
    "middle",
    "end",
    "from",
    "until",
    "USD",
    "EUR",
    "city",
    "capital",
    "country",
    "admin1",
];

/// Bytes that are being written.
#[derive(Default)]
pub(super) struct Out(pub Vec<u8>);

impl Out {
    fn number(&mut self, mut value: u64) {
        while value > 0x7f {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn count(&mut self, value: usize) {
        self.number(value as u64);
    }

    /// A place behind another one, or before it.
    fn from(&mut self, place: usize, other: usize) {
        let apart = (place as i64).wrapping_sub(other as i64);
        self.number((apart << 1 ^ apart >> 63) as u64);
    }

    fn stretch(&mut self, [start, end]: Stretch, from: usize) {
        self.from(start, from);
        self.from(end, start);
    }

    fn word(&mut self, word: &str) {
        self.count(word.len());
        self.0.extend_from_slice(word.as_bytes());
    }

    fn float(&mut self, value: f64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    pub fn mentions(&mut self, mentions: &[Mention]) {
        self.count(mentions.len());
        let mut before = 0;
        for m in mentions {
            self.mention(m, before);
            before = m.start;
        }
    }

    fn mention(&mut self, m: &Mention, before: usize) {
        let date = m.date.as_deref();
        let (place, body) = (m.place.as_deref(), m.organization.as_deref());
        let (person, money) = (m.person.as_deref(), m.money.as_deref());
        let words: [Option<&str>; 15] = [
            m.language.as_deref(),
            m.value.as_deref(),
            m.role.as_deref(),
            m.entity.as_deref(),
            m.name.as_deref(),
            m.country.as_deref(),
            m.subtype.as_deref(),
            date.and_then(|date| date.part.as_deref()),
            date.and_then(|date| date.bound.as_deref()),
            date.and_then(|date| date.alternative.as_deref()),
            place.and_then(|place| place.admin1.as_deref()),
            body.and_then(|body| body.acronym.as_deref()),
            body.and_then(|body| body.known.as_deref()),
            person.and_then(|person| person.post.as_deref()),
            person.and_then(|person| person.body.as_deref()),
        ];
        let of_money: [Option<&str>; 2] =
            [money.and_then(|money| money.currency.as_deref()), money.and_then(|money| money.bound.as_deref())];
        let floats = [
            place.and_then(|place| place.latitude),
            place.and_then(|place| place.longitude),
            money.and_then(|money| money.amount),
            money.and_then(|money| money.upper),
        ];
        let words = || words.iter().chain(&of_money);
        let geonames = place.and_then(|place| place.geonames);
        let joins = body.map_or(&[][..], |body| &body.joins);
        let more = [geonames.is_some(), !joins.is_empty(), m.nested, date.is_some_and(|date| date.ambiguous)];
        let has = words().map(Option::is_some).chain(floats.iter().map(Option::is_some)).chain(more);
        self.number(has.enumerate().fold(0, |bits, (at, has)| bits | u64::from(has) << at));
        self.from(m.start, before);
        self.from(m.end, m.start);
        self.stretch(m.sentence, m.start);
        [&*m.kind, &*m.zone, &*m.text, &*m.rule].into_iter().for_each(|word| self.word(word));
        self.0.extend_from_slice(&m.confidence.to_le_bytes());
        self.count(m.because.len());
        m.because.iter().for_each(|why| self.word(why));
        words().flatten().for_each(|word| self.word(word));
        floats.iter().flatten().for_each(|value| self.float(*value));
        geonames.into_iter().for_each(|id| self.number(id.into()));
        if !joins.is_empty() {
            self.count(joins.len());
        }
        for join in joins {
            self.word(&join.rule);
            self.word(&join.with);
            // the document's name has one more byte before it where there is one
            self.0.push(u8::from(join.document.is_some()));
            join.document.iter().for_each(|document| self.word(document));
        }
    }

    pub fn sentences(&mut self, sentences: &[Sentence]) {
        self.count(sentences.len());
        let mut before = 0;
        for sentence in sentences {
            self.stretch([sentence.start, sentence.end], before);
            self.word(&sentence.text);
            before = sentence.end;
        }
    }

    pub fn stretches(&mut self, stretches: &[Stretch]) {
        self.count(stretches.len());
        let mut before = 0;
        for stretch in stretches {
            self.stretch(*stretch, before);
            before = stretch[1];
        }
    }

    pub fn whys(&mut self, whys: &[FurnitureWhy]) {
        self.count(whys.len());
        let mut before = 0;
        for why in whys {
            self.stretch([why.start, why.end], before);
            self.word(&why.class);
            self.word(&why.rule);
            before = why.end;
        }
    }
}

/// Bytes that are being read; none of what they do not hold.
pub(super) struct In<'a>(pub &'a [u8]);

impl<'a> In<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn from(&mut self, other: usize) -> Option<usize> {
        let number = self.number()?;
        let apart = (number >> 1) as i64 ^ -((number & 1) as i64);
        Some((other as i64).wrapping_add(apart) as usize)
    }

    fn stretch(&mut self, from: usize) -> Option<Stretch> {
        let start = self.from(from)?;
        Some([start, self.from(start)?])
    }

    fn word(&mut self) -> Option<&'a str> {
        let length = self.count()?;
        let (word, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(word).ok()
    }

    fn name(&mut self) -> Option<Name> {
        let word = self.word()?;
        Some(match (WORDS.iter().find(|known| **known == word), word.as_bytes()) {
            (Some(known), _) => (*known).into(),
            // a country, or a language: few enough letters to be one of all pairs
            (None, &[first, second]) => country([first, second]),
            (None, _) => word.to_string().into(),
        })
    }

    /// A list of so many things as the bytes say, which may be damaged: no more room is taken than they can fill.
    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        let mut list = Vec::with_capacity(count.min(self.0.len()));
        for _ in 0..count {
            list.push(one(self)?);
        }
        Some(list)
    }

    pub fn mentions(&mut self) -> Option<Vec<Mention>> {
        let mut before = 0;
        self.list(|from| {
            let mention = from.mention(before)?;
            before = mention.start;
            Some(mention)
        })
    }

    fn mention(&mut self, before: usize) -> Option<Mention> {
        let mut has = self.number()?;
        let mut next = || {
            let is_there = has & 1 == 1;
            has >>= 1;
            is_there
        };
        let words: [bool; 17] = std::array::from_fn(|_| next());
        let floats: [bool; 4] = std::array::from_fn(|_| next());
        let [has_id, has_joins, nested, ambiguous] = std::array::from_fn(|_| next());
        let start = self.from(before)?;
        let end = self.from(start)?;
        let sentence = self.stretch(start)?;
        let (kind, zone, text, rule) = (self.name()?, self.name()?, self.word()?.into(), self.word()?.into());
        let confidence = f32::from_le_bytes(self.bytes()?);
        let because = self.list(Self::name)?;
        let mut words = words.into_iter();
        macro_rules! maybe {
            ($read:expr) => {
                if words.next()? { Some($read) } else { None }
            };
        }
        let language = maybe!(self.name()?);
        let value = maybe!(self.word()?.into());
        let role = maybe!(self.name()?);
        let entity = maybe!(self.word()?.into());
        let (name, country, subtype) = (maybe!(self.name()?), maybe!(self.name()?), maybe!(self.name()?));
        let (part, bound, alternative) = (maybe!(self.name()?), maybe!(self.name()?), maybe!(self.word()?.into()));
        let admin1 = maybe!(self.name()?);
        let (acronym, known) = (maybe!(self.word()?.into()), maybe!(self.name()?));
        let (post, body) = (maybe!(self.word()?.into()), maybe!(self.word()?.into()));
        let (currency, of_money) = (maybe!(self.name()?), maybe!(self.name()?));
        let mut read = [None; 4];
        for (place, _) in read.iter_mut().zip(floats).filter(|(_, has)| *has) {
            *place = Some(f64::from_le_bytes(self.bytes()?));
        }
        let [latitude, longitude, amount, upper] = read;
        let geonames = if has_id { Some(u32::try_from(self.number()?).ok()?) } else { None };
        let join = |from: &mut Self| -> Option<Join> {
            let (rule, with) = (from.name()?, from.word()?.into());
            let document = if from.byte()? == 0 { None } else { Some(from.word()?.into()) };
            Some(Join { rule, with, document })
        };
        let joins = if has_joins { self.list(join)? } else { Vec::new() };
        Some(Mention {
            date: boxed(DateFacts { part, bound, ambiguous, alternative }),
            place: boxed(PlaceFacts { latitude, longitude, geonames, admin1 }),
            organization: boxed(BodyFacts { acronym, known, joins }),
            person: boxed(PersonFacts { post, body }),
            money: boxed(MoneyFacts { currency, amount, upper, bound: of_money }),
            kind,
            text,
            start,
            end,
            language,
            value,
            role,
            entity,
            name,
            country,
            subtype,
            nested,
            zone,
            sentence,
            rule,
            confidence,
            because,
        })
    }

    pub fn sentences(&mut self) -> Option<Vec<Sentence>> {
        let mut before = 0;
        self.list(|from| {
            let [start, end] = from.stretch(before)?;
            before = end;
            Some(Sentence { start, end, text: from.word()?.into() })
        })
    }

    pub fn stretches(&mut self) -> Option<Vec<Stretch>> {
        let mut before = 0;
        self.list(|from| {
            let stretch = from.stretch(before)?;
            before = stretch[1];
            Some(stretch)
        })
    }

    pub fn whys(&mut self) -> Option<Vec<FurnitureWhy>> {
        let mut before = 0;
        self.list(|from| {
            let [start, end] = from.stretch(before)?;
            before = end;
            Some(FurnitureWhy { start, end, class: from.word()?.into(), rule: from.word()?.into() })
        })
    }
}
