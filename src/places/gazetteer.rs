//! The gazetteer as the program carries it: one generated file, read in place.
//!
//! `data/generated/gazetteer.bin` holds packed rows, the readings of names that have several,
//! strings, and a finite-state map (crate `fst`) from a folded name, as [`Text::key`] writes it,
//! to its readings. Nothing is decoded at start-up. `dateline gazetteer build` writes the file;
//! [`super::build`] says from what.
//!
//! [`Text::key`]: crate::text::Text::key

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::LazyLock;

use fst::raw::Fst;

use super::user::UserTable;
use crate::mention::Name;
use crate::text::{Text, Token, facts};

/// The bytes of the generated file.
pub(crate) static GENERATED: &[u8] = include_bytes!("../../data/generated/gazetteer.bin");

static BASE: LazyLock<Base> = LazyLock::new(|| Base::read(GENERATED));

pub(crate) const MAGIC: &[u8; 8] = b"DLGAZ001";
pub(crate) const HEADER: usize = 8 + 5 * 4;
pub(crate) const ROW: usize = 28;
pub(crate) const NOWHERE: u32 = u32::MAX;

/// The byte that stands after the stem of an adjective in a key: `ошск~`.
pub(crate) const STEM: u8 = b'~';

/// What stands before the name of a place too small to be found by its name, in a key: `}skoki`.
pub(crate) const SMALL: char = '}';

/// What a row of the gazetteer is, from the largest to the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum PlaceKind {
    /// A state or territory with an ISO 3166-1 code.
    Country,
    /// An area of several countries, or a historical land.
    Area,
    /// A first-order region.
    Admin1,
    /// A second-order region.
    District,
    /// The capital of a country.
    Capital,
    /// A town, or a village that the base table has.
    City,
    /// A village.
    Village,
    /// A rural municipality (айыл окмоту, jamoat).
    Municipality,
    /// A sea, an ocean, a gulf.
    Sea,
    /// A river or canal.
    River,
    /// A lake.
    Lake,
    /// A valley.
    Valley,
    /// Mountains, a mountain, a pass.
    Mountains,
    /// A desert.
    Desert,
    /// An island.
    Island,
    /// A national park, an oil field, an old site.
    Site,
}

impl PlaceKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [PlaceKind; 16] = [
        PlaceKind::Country,
        PlaceKind::Area,
        PlaceKind::Admin1,
        PlaceKind::District,
        PlaceKind::Capital,
        PlaceKind::City,
        PlaceKind::Village,
        PlaceKind::Municipality,
        PlaceKind::Sea,
        PlaceKind::River,
        PlaceKind::Lake,
        PlaceKind::Valley,
        PlaceKind::Mountains,
        PlaceKind::Desert,
        PlaceKind::Island,
        PlaceKind::Site,
    ];

    /// The word that the tables print.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PlaceKind::Country => "country",
            PlaceKind::Area => "area",
            PlaceKind::Admin1 => "admin1",
            PlaceKind::District => "district",
            PlaceKind::Capital => "capital",
            PlaceKind::City => "city",
            PlaceKind::Village => "village",
            PlaceKind::Municipality => "municipality",
            PlaceKind::Sea => "sea",
            PlaceKind::River => "river",
            PlaceKind::Lake => "lake",
            PlaceKind::Valley => "valley",
            PlaceKind::Mountains => "mountains",
            PlaceKind::Desert => "desert",
            PlaceKind::Island => "island",
            PlaceKind::Site => "site",
        }
    }

    /// The kind of a word as tables print it, or near it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "ocean" | "strait" => PlaceKind::Sea,
            "canal" => PlaceKind::River,
            "mountain" | "pass" => PlaceKind::Mountains,
            "park" | "field" => PlaceKind::Site,
            "region" => PlaceKind::Admin1,
            _ => return Self::ALL.into_iter().find(|kind| kind.name() == word),
        })
    }

    /// Whether people live together in it: a town or village.
    #[must_use]
    pub fn is_settlement(self) -> bool {
        matches!(self, PlaceKind::Capital | PlaceKind::City | PlaceKind::Village)
    }
}

/// What a name is to the row it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Its first name in a language.
    Preferred,
    /// Another spelling or name.
    Alias,
    /// A name it had.
    Former,
    /// An abbreviation.
    Abbreviation,
}

/// What else a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ordinary {
    /// Nothing else.
    No,
    /// A name that people bear.
    Person,
    /// An ordinary word.
    Word,
}

/// One row that a name may mean, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading(pub(crate) u32);

impl Reading {
    pub(crate) const ROWS: u32 = (1 << 20) - 1;
    pub(crate) const CONTEXT: u32 = 1 << 22;
    pub(crate) const DERIVED: u32 = 1 << 25;

    /// Number of the row.
    #[must_use]
    pub fn row(self) -> u32 {
        self.0 & Self::ROWS
    }

    /// What the name is to the row.
    #[must_use]
    pub fn status(self) -> Status {
        match self.0 >> 20 & 3 {
            0 => Status::Preferred,
            1 => Status::Alias,
            2 => Status::Former,
            _ => Status::Abbreviation,
        }
    }

    /// Whether only the context can tell that it means this row: РТ, RA.
    #[must_use]
    pub fn needs_context(self) -> bool {
        self.0 & Self::CONTEXT != 0
    }

    /// Whether the name is an ordinary word or a person's as well.
    #[must_use]
    pub fn ordinary(self) -> Ordinary {
        match self.0 >> 23 & 3 {
            0 => Ordinary::No,
            1 => Ordinary::Person,
            _ => Ordinary::Word,
        }
    }

    /// Whether the adjective was made from a town's name, and stands in no table.
    #[must_use]
    pub fn is_derived(self) -> bool {
        self.0 & Self::DERIVED != 0
    }
}

/// A row: one place.
#[derive(Clone, Debug)]
pub struct Place {
    /// The usual English name.
    pub name: Name,
    /// ISO 3166-1 alpha-2; none for places in no one country.
    pub country: Option<[u8; 2]>,
    /// Town, region, river …
    pub kind: PlaceKind,
    /// Degrees north, degrees east; none where not known.
    pub coordinates: Option<(f32, f32)>,
    /// Inhabitants; 0 where not known.
    pub population: u32,
    /// GeoNames id; 0 where it has none.
    pub geonames: u32,
    /// The row of the first-order region it lies in.
    pub admin1: Option<u32>,
}

impl Place {
    /// Whether all readers know it: a country, a capital, a large town.
    pub(super) fn is_great(&self) -> bool {
        matches!(self.kind, PlaceKind::Country | PlaceKind::Capital | PlaceKind::Area) || self.population > 300_000
    }
}

/// Where a walk through the names stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    node: u32,
    output: u64,
}

/// What the program's names say of a first word.
pub(crate) struct Begun {
    /// Where the walk stands behind it, if a name begins with it.
    pub at: Option<At>,
    /// Whether it is a name by itself.
    pub is_whole: bool,
    /// The readings of the adjective that it is.
    pub stem: Option<Readings>,
    further: u32,
}

impl Begun {
    /// Whether a name may go on with the word: surely not when false.
    pub(crate) fn may_go_on(&self, fold: &str) -> bool {
        self.further & fold.as_bytes().first_chunk().map_or(u32::MAX, |&[first, second]| letter(first, second)) != 0
    }
}

/// A bit for the first letter of a word: of two bytes the second tells more.
fn letter(first: u8, second: u8) -> u32 {
    1 << (if first < 0x80 { first } else { second } % 32)
}

/// The same, kept: the word's key, where it leads in the map of names, the readings of its stem.
#[derive(Clone, Copy)]
struct FirstWord {
    key: u64,
    output: u64,
    /// With [`WHOLE`], if a name ends there.
    node: u32,
    /// A bit for each letter with which a second word may begin, see [`letter`].
    further: u32,
    /// As the map has them; [`NO_STEM`] for none.
    stem: u64,
}

const WHOLE: u32 = 1 << 31;
const NO_STEM: u64 = u64::MAX;

/// The node of a word that begins no name.
const NO_NODE: u32 = u32::MAX;

/// Two words in one line of the processor's cache.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Pair([FirstWord; 2]);

impl Pair {
    const EMPTY: Self = Self([FirstWord { key: 0, output: 0, node: NO_NODE, further: 0, stem: NO_STEM }; 2]);
    /// How many there are.
    const COUNT: usize = 1 << 12;

    fn key(token: &Token) -> u64 {
        (token.hash ^ (token.script as u64) << 61).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1
    }

    /// Where the pair stands that holds a key.
    fn place(key: u64) -> usize {
        (key >> 40) as usize % Self::COUNT
    }
}

thread_local! {
    static FIRST_WORDS: RefCell<Vec<Pair>> = RefCell::new(vec![Pair::EMPTY; Pair::COUNT]);
}

/// The names and rows of the generated file.
struct Base {
    bytes: &'static [u8],
    rows: usize,
    readings: usize,
    strings: &'static str,
    fst: Option<Fst<&'static [u8]>>,
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

impl Base {
    fn read(bytes: &'static [u8]) -> Self {
        let field = |n: usize| u32_at(bytes, 8 + n * 4) as usize;
        let good = bytes.starts_with(MAGIC);
        let rows = if good { field(0) } else { 0 };
        let fst = if good { bytes.get(field(3)..field(3) + field(4)).and_then(|b| Fst::new(b).ok()) } else { None };
        let strings = if good { bytes.get(field(2)..field(3)).and_then(|b| std::str::from_utf8(b).ok()) } else { None };
        Self { bytes, rows, readings: field(1), strings: strings.unwrap_or_default(), fst }
    }

    fn reading(&self, n: usize) -> Reading {
        Reading(u32_at(self.bytes, self.readings + n * 4))
    }

    fn place(&self, row: u32) -> Option<Place> {
        if row as usize >= self.rows {
            return None;
        }
        let at = HEADER + row as usize * ROW;
        let word = |n: usize| u32_at(self.bytes, at + n * 4);
        let (latitude, longitude) = (f32::from_bits(word(1)), f32::from_bits(word(2)));
        let name = word(4);
        let start = (name & 0xFF_FFFF) as usize;
        let name = self.strings.get(start..start + (name >> 24) as usize).unwrap_or_default();
        let tail = self.bytes.get(at + 24..at + 28)?;
        let kind = PlaceKind::ALL.get(tail[2] as usize).copied().unwrap_or(PlaceKind::City);
        Some(Place {
            name: Cow::Borrowed(name),
            country: (tail[0] != 0).then_some([tail[0], tail[1]]),
            kind,
            coordinates: (!latitude.is_nan()).then_some((latitude, longitude)),
            population: word(3),
            geonames: word(0),
            admin1: Some(word(5)).filter(|&row| row != NOWHERE),
        })
    }

    #[inline]
    fn kind_of(&self, row: u32) -> (PlaceKind, u32) {
        let at = HEADER + row as usize * ROW;
        let kind = self.bytes.get(at + 26).and_then(|&k| PlaceKind::ALL.get(k as usize)).copied().unwrap_or(PlaceKind::City);
        (kind, u32_at(self.bytes, at + 12))
    }
}

/// A few readings of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Readings {
    /// The only one.
    One(Reading),
    /// A stretch of the generated file: where it starts, and how many there are.
    Many(u32, u32),
    /// A stretch of the user's table.
    User(u32, u32),
}

/// The places that are known: those of the program, and those of a user's table.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    user: Option<std::sync::Arc<UserTable>>,
}

impl Gazetteer {
    /// The program's places, and a user's table before them.
    #[must_use]
    pub fn new(user: Option<std::sync::Arc<UserTable>>) -> Self {
        Self { user }
    }

    /// The user's table.
    pub(crate) fn user(&self) -> Option<&UserTable> {
        self.user.as_deref()
    }

    /// How many rows the program carries; the user's rows come after them.
    #[must_use]
    pub fn base_rows(&self) -> u32 {
        BASE.rows as u32
    }

    /// How many names the program's own places are searched by, Russian cases counted.
    #[must_use]
    pub fn names(&self) -> usize {
        BASE.fst.as_ref().map_or(0, Fst::len)
    }

    /// A row.
    #[must_use]
    pub fn place(&self, row: u32) -> Option<Place> {
        match row.checked_sub(self.base_rows()) {
            None => BASE.place(row),
            Some(own) => self.user.as_ref()?.place(own),
        }
    }

    /// A row's kind and population, without the rest.
    pub(crate) fn kind_of(&self, row: u32) -> (PlaceKind, u32) {
        match row.checked_sub(self.base_rows()) {
            None => BASE.kind_of(row),
            Some(own) => self.user.as_ref().and_then(|u| u.place(own)).map_or((PlaceKind::City, 0), |p| (p.kind, p.population)),
        }
    }

    /// Calls `each` for all readings.
    pub fn readings(&self, readings: Readings) -> impl Iterator<Item = Reading> + '_ {
        let count = match readings {
            Readings::One(_) => 1,
            Readings::Many(_, count) | Readings::User(_, count) => count,
        };
        (0..count).map(move |i| match readings {
            Readings::One(reading) => reading,
            Readings::Many(start, _) => BASE.reading((start + i) as usize),
            Readings::User(start, _) => self.user.as_ref().map_or(Reading(0), |u| Reading(self.base_rows() + u.reading(start + i))),
        })
    }

    /// The readings of a whole name, whatever its case or accents.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Readings> {
        let key = Text::key(name);
        if let Some(found) = self.user.as_ref().and_then(|u| u.get(&key)) {
            return Some(found);
        }
        self.find_key(&key)
    }

    /// The readings of a folded name of the program's own.
    pub(crate) fn find_key(&self, key: &str) -> Option<Readings> {
        let mut at = self.start()?;
        for &byte in key.as_bytes() {
            at = self.step(at, byte)?;
        }
        self.ends(at)
    }

    /// The places of a name, in Latin letters, that are too small to be found by it.
    pub(crate) fn small(&self, name: &str) -> Option<Readings> {
        self.find_key(&format!("{SMALL}{}", Text::key(name)))
    }

    /// The readings of the stem of an adjective, in lower case: `ошск`.
    #[must_use]
    pub fn adjective(&self, stem: &str) -> Option<Readings> {
        let mut at = self.start()?;
        for &byte in stem.as_bytes() {
            at = self.step(at, byte)?;
        }
        self.ends(self.step(at, STEM)?)
    }

    pub(crate) fn start(&self) -> Option<At> {
        let fst = BASE.fst.as_ref()?;
        Some(At { node: u32::try_from(fst.root().addr()).ok()?, output: 0 })
    }

    #[inline]
    pub(crate) fn step(&self, at: At, byte: u8) -> Option<At> {
        let fst = BASE.fst.as_ref()?;
        let node = fst.node(at.node as usize);
        let transition = node.transition(node.find_input(byte)?);
        Some(At { node: transition.addr as u32, output: at.output + transition.out.value() })
    }

    /// Has the processor fetch what [`Self::first_word`] will read, for many words together: one after
    /// another each would be waited for.
    pub(crate) fn fetch<'t>(&self, tokens: impl Iterator<Item = &'t Token>) {
        FIRST_WORDS.with_borrow(|kept| {
            let keys = tokens.map(|token| kept[Pair::place(Pair::key(token))].0[0].key);
            std::hint::black_box(keys.fold(0, |all, key| all ^ key));
        });
    }

    /// What the names of the program say of a name's first word, of which the first `cut` bytes may be
    /// the stem of an adjective. Kept for each word.
    pub(crate) fn first_word(&self, token: &Token, fold: &str, cut: impl FnOnce() -> Option<usize>) -> Begun {
        let key = Pair::key(token);
        FIRST_WORDS.with_borrow_mut(|kept| {
            // a newer word takes the place of the one that was asked for longer ago
            let Pair(pair) = &mut kept[Pair::place(key)];
            if pair[0].key != key {
                pair.swap(0, 1);
            }
            let word = &mut pair[0];
            if word.key != key {
                *word = self.read_first(key, fold, cut());
            }
            Begun {
                at: (word.node != NO_NODE).then_some(At { node: word.node & !WHOLE, output: word.output }),
                is_whole: word.node & WHOLE != 0,
                stem: (word.stem != NO_STEM).then(|| unpack(word.stem)),
                further: word.further,
            }
        })
    }

    fn read_first(&self, key: u64, fold: &str, cut: Option<usize>) -> FirstWord {
        let (mut at, mut stem) = (self.start(), None);
        for (n, &byte) in fold.as_bytes().iter().enumerate() {
            let Some(node) = at else { break };
            if cut == Some(n) {
                stem = self.step(node, STEM).and_then(|s| self.value(s));
            }
            at = self.step(node, byte);
        }
        let word = FirstWord { key, output: 0, node: NO_NODE, further: 0, stem: stem.unwrap_or(NO_STEM) };
        let Some((at, fst)) = at.zip(BASE.fst.as_ref()) else { return word };
        let whole = if self.value(at).is_some() { WHOLE } else { 0 };
        let mut further = 0;
        if let Some(space) = self.step(at, b' ') {
            for first in fst.node(space.node as usize).transitions() {
                for second in fst.node(first.addr).transitions() {
                    further |= letter(first.inp, second.inp);
                }
                // a word of one letter ends there
                further |= letter(first.inp, first.inp);
            }
        }
        FirstWord { output: at.output, node: at.node | whole, further, ..word }
    }

    #[inline]
    pub(crate) fn ends(&self, at: At) -> Option<Readings> {
        self.value(at).map(unpack)
    }

    #[inline]
    fn value(&self, at: At) -> Option<u64> {
        let node = BASE.fst.as_ref()?.node(at.node as usize);
        node.is_final().then(|| at.output + node.final_output().value())
    }
}

/// What the names of the program say of a word.
pub(super) fn facts(fold: &str) -> u64 {
    let names = Gazetteer::default();
    let cut = super::declension::adjective_stem(fold).map(str::len);
    let (mut at, mut stem) = (names.start(), false);
    for (n, &byte) in fold.as_bytes().iter().enumerate() {
        let Some(node) = at else { break };
        stem |= cut == Some(n) && names.step(node, STEM).is_some();
        at = names.step(node, byte);
    }
    if at.is_some() || stem { facts::PLACE } else { 0 }
}

/// Readings as the map's value: one by itself, or where several stand and how many.
pub(crate) fn pack(start: usize, readings: &[u32]) -> u64 {
    match readings {
        [one] => u64::from(*one) << 1 | 1,
        many => ((start as u64) << 12 | many.len() as u64) << 1,
    }
}

fn unpack(value: u64) -> Readings {
    if value & 1 == 1 {
        Readings::One(Reading((value >> 1) as u32))
    } else {
        Readings::Many((value >> 13) as u32, (value >> 1 & 0xFFF) as u32)
    }
}
