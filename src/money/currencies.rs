//! Currencies as they are written before and after an amount.
//!
//! A unit's name may belong to several countries (`lei`, `рублей`, `rupees`): an adjective beside it
//! decides, else the country that the text names most, else the table's first choice. Codes are ISO 4217.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table;
use crate::text::{Kind, Phrases, Text};

/// How much a unit's name says by itself; see `data/money/units.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Settle {
    Fixed,
    Text,
    Count,
    Proof,
    Named,
}

#[derive(Debug)]
struct Unit {
    code: &'static str,
    /// The countries with a currency of that name, and its code.
    countries: Vec<(&'static str, &'static str)>,
    settle: Settle,
}

#[derive(Clone, Copy, Debug)]
enum Name {
    Code(&'static str),
    Unit(usize),
}

#[derive(Clone, Copy, Debug)]
struct Sign {
    name: Name,
    before: bool,
    after: bool,
    /// The code is a word too.
    word: bool,
    letters: bool,
}

struct Currencies {
    units: Vec<Unit>,
    names: Phrases<Name>,
    abbreviations: Phrases<()>,
    signs: Phrases<Sign>,
    adjectives: Phrases<&'static str>,
    after: Phrases<&'static str>,
    /// Russian adjectives without their endings.
    stems: FxHashMap<&'static str, &'static str>,
    told_by: FxHashMap<&'static str, &'static str>,
    old: FxHashMap<&'static str, (u32, &'static str)>,
}

const ENDINGS: [&str; 11] = ["ий", "ого", "ому", "им", "ом", "ие", "их", "ими", "ая", "ой", "ую"];

/// Names of units that keep a dot.
const DOTTED: [&str; 13] = ["руб", "р", "долл", "дол", "грн", "тг", "тнг", "ст", "фунтов ст", "hrn", "rub", "afs", "kshs"];

static CURRENCIES: LazyLock<Currencies> = LazyLock::new(|| {
    let mut units = Vec::new();
    let mut by_name: FxHashMap<&'static str, usize> = FxHashMap::default();
    let mut names = Phrases::default();
    for [unit, code, countries, settle, english, russian] in table::rows(include_str!("../../data/money/units.tsv")) {
        let settle = match settle {
            "text" => Settle::Text,
            "count" => Settle::Count,
            "proof" => Settle::Proof,
            "named" => Settle::Named,
            _ => Settle::Fixed,
        };
        by_name.insert(unit, units.len());
        for form in table::values(english).chain(table::values(russian)) {
            names.insert(form, Name::Unit(units.len()));
        }
        let countries = table::values(countries).filter_map(|pair| pair.split_once(':')).collect();
        units.push(Unit { code, countries, settle });
    }
    let mut abbreviations = Phrases::default();
    for form in DOTTED {
        abbreviations.insert(form, ());
    }
    let mut signs = Phrases::default();
    for [sign, code, side, word] in table::rows(include_str!("../../data/money/signs.tsv")) {
        let name = by_name.get(code).map_or(Name::Code(code), |&unit| Name::Unit(unit));
        let letters = sign.starts_with(char::is_alphabetic);
        signs.insert(sign, Sign { name, before: side != "after", after: side != "before", word: word == "word", letters });
    }
    let (mut adjectives, mut after) = (Phrases::default(), Phrases::default());
    let (mut stems, mut told_by) = (FxHashMap::default(), FxHashMap::default());
    for [country, before, stem, behind, told] in table::rows(include_str!("../../data/money/countries.tsv")) {
        for form in table::values(before) {
            adjectives.insert(form, country);
        }
        stems.extend(table::values(stem).map(|stem| (stem, country)));
        for form in table::values(behind) {
            after.insert(form, country);
        }
        told_by.insert(country, told);
    }
    let old = table::rows(include_str!("../../data/money/redenominated.tsv"))
        .filter_map(|[code, year, old]| Some((code, (year.parse().ok()?, old))))
        .collect();
    Currencies { units, names, abbreviations, signs, adjectives, after, stems, told_by, old }
});

/// A currency beside an amount.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// One past its last token, or its first token where it was read backwards.
    pub at: usize,
    name: Name,
    country: Option<&'static str>,
    weak: bool,
}

impl Found {
    /// Whether the name has another meaning: "a 2,000-pound stone".
    fn uncertain(&self) -> bool {
        matches!(self.name, Name::Unit(unit) if !matches!(CURRENCIES.units[unit].settle, Settle::Fixed | Settle::Text))
    }
}

/// Whether a sign or code may begin with the word of this hash.
pub(super) fn may_begin(hash: u64) -> bool {
    CURRENCIES.signs.may_begin(hash)
}

/// A sign or code that starts at token `at` and stands before an amount: `US$`, `EUR`.
pub(super) fn before(text: &Text, at: usize) -> Option<Found> {
    let token = text.tokens.get(at)?;
    if token.kind == Kind::Number || (token.kind == Kind::Word && !token.is_capital()) {
        return None;
    }
    let (end, sign) = CURRENCIES.signs.longest(text, at)?;
    if !sign.before {
        return None;
    }
    // "the U.S. $5 million loan", "A $5 million loan": the letters are another word's
    let apart = (at + 1..end).any(|i| text.tokens[i].spaced);
    // but "AUD $5 million"
    let code = text.str(at).len() == 3 && text.str(at).bytes().all(|b| b.is_ascii_uppercase());
    if sign.letters && (apart && !code && !text.str(at).starts_with('U') || end - at > 2 && at > 0 && text.fold(at - 1) == "the") {
        return None;
    }
    Some(Found { at: end, name: sign.name, country: None, weak: sign.word })
}

/// A currency after an amount that ends before token `at`: `долларов США`, `Swiss francs`, `AMD`.
pub(super) fn after(text: &Text, at: usize) -> Option<Found> {
    let token = text.tokens.get(at)?;
    if at == 0 || !text.same_line(at - 1, at) {
        return None;
    }
    // "10-million-dollar"
    if token.kind == Kind::Mark && text.fold(at) == "-" && !token.spaced && text.tokens.get(at + 1).is_some_and(|t| !t.spaced) {
        return named(text, at + 1).filter(|found| !found.uncertain());
    }
    if let Some((end, sign)) = CURRENCIES.signs.longest(text, at).filter(|(_, s)| s.after) {
        // "AMD 5,000" after another amount is the next one's
        let own = !text.tokens.get(end).is_some_and(|t| t.kind == Kind::Number) || !sign.before || !token.spaced;
        if (!sign.letters || token.is_capital() || matches!(text.fold(at), "usd" | "eur")) && own {
            return Some(Found { at: end, name: sign.name, country: None, weak: sign.word });
        }
    }
    named(text, at)
}

/// A unit's name with an adjective before or a country behind it.
fn named(text: &Text, at: usize) -> Option<Found> {
    let all = &*CURRENCIES;
    let plain = |at: usize| {
        let (end, &name) = all.names.longest(text, at)?;
        let dotted = all.abbreviations.longest(text, end - 1).is_some_and(|(e, ())| e == end);
        let dot = dotted && text.fold(end) == "." && text.tokens.get(end).is_some_and(|t| !t.spaced);
        if text.fold(at) == "р" && !dot {
            return None;
        }
        // «евро-азиатский», "euro-zone"
        if text.fold(end) == "-" && !text.tokens[end].spaced && text.tokens.get(end + 1).is_some_and(|t| !t.spaced && t.kind == Kind::Word)
        {
            return None;
        }
        Some((end + usize::from(dot), name))
    };
    let (end, name, country) = match plain(at) {
        Some((end, name)) => (end, name, None),
        None => {
            let (next, country) = all.adjective(text, at)?;
            // "Hong Kong dollars", "U.S. dollars", "US-dollars"
            let next = next + usize::from(text.fold(next) == "-" || (text.fold(next) == "." && text.fold(at) == "u"));
            let (end, name) = plain(next)?;
            (end, name, Some(country))
        }
    };
    if country.is_none() {
        let skip = usize::from(text.fold(end) == "(");
        if let Some((behind, &country)) = all.after.longest(text, end + skip) {
            let capital = text.tokens.get(end + skip).is_some_and(crate::text::Token::is_capital);
            let closed = skip == 0 || text.fold(behind) == ")";
            if capital && closed && all.known(name, country) {
                return Some(Found { at: behind + skip, name, country: Some(country), weak: false });
            }
        }
    }
    Some(Found { at: end, name, country, weak: false })
}

impl Currencies {
    /// The country of the adjective at `at`: "Swiss francs", «гонконгских долларов».
    fn adjective(&self, text: &Text, at: usize) -> Option<(usize, &'static str)> {
        if let Some((next, &country)) = self.adjectives.longest(text, at) {
            return Some((next, country));
        }
        let word = text.fold(at);
        let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending))?;
        self.stems.get(stem).map(|&country| (at + 1, country))
    }

    fn known(&self, name: Name, country: &str) -> bool {
        match name {
            Name::Unit(unit) => self.units[unit].countries.iter().any(|c| c.0 == country),
            Name::Code(_) => false,
        }
    }
}

/// How the amount beside a currency's name is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// The amount.
    pub value: f64,
    /// With a multiplier or grouped thousands.
    pub large: bool,
}

/// What a text tells about its currencies, read when first asked.
#[derive(Debug, Default)]
pub(super) struct Clues {
    named: FxHashMap<&'static str, u32>,
    year: Option<Option<u32>>,
}

impl Clues {
    /// The code of a currency in this text; `None` when the word means something else here.
    pub fn code(&mut self, text: &Text, found: Found, size: Size) -> Option<&'static str> {
        if found.weak && !size.large {
            return None;
        }
        let code = match found.name {
            Name::Code(code) => code,
            Name::Unit(unit) => self.unit(text, &CURRENCIES.units[unit], found.country, size)?,
        };
        Some(match CURRENCIES.old.get(code) {
            Some(&(change, old)) if self.latest_year(text).is_some_and(|year| year < change) => old,
            _ => code,
        })
    }

    fn unit(&mut self, text: &Text, unit: &'static Unit, country: Option<&str>, size: Size) -> Option<&'static str> {
        if let Some(country) = country {
            return Some(unit.countries.iter().find(|c| c.0 == country).map_or(unit.code, |c| c.1));
        }
        if unit.settle == Settle::Fixed {
            return Some(unit.code);
        }
        if unit.settle == Settle::Count && size.value < 1000.0 && !size.large {
            return None;
        }
        let mut best: Option<(u32, &'static str)> = None;
        for &(country, code) in &unit.countries {
            let count = self.times_named(text, country);
            if count > best.map_or(0, |b| b.0) {
                best = Some((count, code));
            }
        }
        match best {
            Some((_, code)) => Some(code),
            None if unit.settle == Settle::Named || unit.settle == Settle::Proof && !size.large => None,
            None => Some(unit.code),
        }
    }

    /// How often the text names a country.
    fn times_named(&mut self, text: &Text, country: &'static str) -> u32 {
        *self.named.entry(country).or_insert_with(|| {
            let told = CURRENCIES.told_by.get(country).copied().unwrap_or_default();
            let tells = |i: &usize| text.tokens[*i].is_capital() && table::values(told).any(|stem| begins(text, *i, stem));
            (0..text.tokens.len()).filter(tells).count() as u32
        })
    }

    /// The latest year that the text names.
    fn latest_year(&mut self, text: &Text) -> Option<u32> {
        *self.year.get_or_insert_with(|| {
            text.tokens
                .iter()
                .enumerate()
                .filter(|(i, t)| t.kind == Kind::Number && text.fold(*i).len() == 4)
                .filter_map(|(i, _)| text.fold(i).parse().ok().filter(|y| (1990..2040).contains(y)))
                .max()
        })
    }
}

/// Whether the tokens from `at` begin with `stem`, whose last word may be a beginning.
fn begins(text: &Text, at: usize, stem: &str) -> bool {
    let mut words = stem.split(' ').peekable();
    let mut i = at;
    while let Some(word) = words.next() {
        let token = text.fold(i);
        let right = if words.peek().is_some() || word.chars().count() < 4 { token == word } else { token.starts_with(word) };
        if !right {
            return false;
        }
        i += 1;
    }
    true
}
