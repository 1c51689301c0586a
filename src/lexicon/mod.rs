//! What tables say of single words, before anything is looked for in a text.
//!
//! Here: classes that tell what a name is (first names, heads of bodies, legal forms, posts), a feature of
//! the model and a cue of the rules, never a verdict. Tables: `data/names/words.tsv` (a word, or a beginning
//! of words with `*`) and `data/people/*.tsv`. `bodies` has the words that names of bodies are made of,
//! `forms` classes of word forms, `hints` words that tell a rule something, `stems` the keys under which the cases of a word meet.

pub(crate) mod bodies;
pub mod classes;
pub(crate) mod forms;
pub(crate) mod hints;
pub(crate) mod stems;

use std::hash::Hasher;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHasher};

use crate::table;
use crate::text::{Filter, Text};

/// A given name of people.
pub const FIRST_NAME: u32 = 1;
/// Ends as surnames end.
pub const SURNAME: u32 = 1 << 1;
/// Ends as patronymics end.
pub const PATRONYMIC: u32 = 1 << 2;
/// A small word inside people's names: van, de, оглы.
pub const PARTICLE: u32 = 1 << 3;
/// A post: director, министр.
pub const POST: u32 = 1 << 4;
/// What a body is: ministry, фонд.
pub const HEAD: u32 = 1 << 5;
/// A legal form: LLC, ОсОО.
pub const LEGAL: u32 = 1 << 6;
/// The kind of a region: область, district.
pub const REGION: u32 = 1 << 7;
/// The kind of a settlement or a natural place: город, river.
pub const SETTLEMENT: u32 = 1 << 8;
/// A month, a day of the week.
pub const CALENDAR: u32 = 1 << 9;
/// A people or an adjective made of a place.
pub const DEMONYM: u32 = 1 << 10;
/// A medium: газета, agency's words.
pub const MEDIA: u32 = 1 << 11;
/// A part of a body: department, отдел.
pub const UNIT: u32 = 1 << 12;
/// Before a person's name: Mr, г-н, Dr.
pub const TITLE: u32 = 1 << 13;
/// A project, programme, event.
pub const PROJECT: u32 = 1 << 14;
/// A word that stands in names of bodies and seldom elsewhere with a capital.
pub const NAMELIKE: u32 = 1 << 15;
/// A venue or thing named but not a body: hotel, street.
pub const VENUE: u32 = 1 << 16;
/// A word for what a body is that stays outside its quoted name: компания.
pub const DESCRIPTOR: u32 = 1 << 18;
/// Narrows a post: executive, первый.
pub const QUALIFIER: u32 = 1 << 19;
/// Stands before a person's name and nothing else: Mr, госпожа.
pub const ADDRESS: u32 = 1 << 20;
/// Ends a person's name after the father's: уулу, kyzy; Jr.
pub const SUFFIX: u32 = 1 << 21;
/// A common word that is no name though it may begin with a capital: the, Вас.
pub const COMMON: u32 = 1 << 22;
/// A surname of Korea or China, also a first name's syllable.
pub const ASIAN_SURNAME: u32 = 1 << 23;
/// A surname of the list, or an everyday word that is also one.
pub const LISTED: u32 = 1 << 24;
/// Classes of words that bodies and places are called by, and no person.
pub const OF_NAMES: u32 = HEAD | LEGAL | REGION | SETTLEMENT | CALENDAR | DEMONYM | MEDIA | UNIT | PROJECT | NAMELIKE | VENUE;
/// A verb of saying.
pub const SAYING: u32 = 1 << 17;

fn class(name: &str) -> u32 {
    match name {
        "particle" => PARTICLE,
        "post" => POST,
        "head" => HEAD,
        "legal" => LEGAL,
        "region" => REGION,
        "settlement" => SETTLEMENT,
        "calendar" => CALENDAR,
        "demonym" => DEMONYM,
        "media" => MEDIA,
        "unit" => UNIT,
        "title" => TITLE,
        "project" => PROJECT,
        "namelike" => NAMELIKE,
        "venue" => VENUE,
        "saying" => SAYING,
        "common" => COMMON,
        "asian-surname" => ASIAN_SURNAME,
        "qualifier" => QUALIFIER,
        "address" => ADDRESS,
        "suffix" => SUFFIX,
        "descriptor" => DESCRIPTOR,
        _ => 0,
    }
}

struct Lexicon {
    words: FxHashMap<&'static str, u32>,
    beginnings: FxHashMap<&'static str, u32>,
    first_names: FxHashMap<String, u8>,
    surnames: FxHashMap<&'static str, u32>,
    endings: FxHashMap<&'static str, u32>,
    /// The first three letters of beginnings: what begins otherwise needs no look-up.
    openings: Filter,
    /// First names and surnames.
    people: Filter,
    /// The last two letters of endings.
    last: Filter,
    /// Lengths in bytes that beginnings have, as bits, and likewise those of endings.
    beginning_lengths: u64,
    ending_lengths: u64,
}

/// The first three letters.
fn opening(word: &str) -> &str {
    word.char_indices().nth(3).map_or(word, |(at, _)| &word[..at])
}

/// The last two letters.
fn last_letters(word: &str) -> &str {
    word.char_indices().rev().nth(1).map_or(word, |(at, _)| &word[at..])
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// The bit of a length in bytes.
fn length_bit(length: usize) -> u64 {
    1 << length.min(63)
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon {
        words: FxHashMap::default(),
        beginnings: FxHashMap::default(),
        first_names: FxHashMap::default(),
        surnames: FxHashMap::default(),
        endings: FxHashMap::default(),
        openings: Filter::new(14),
        people: Filter::new(18),
        last: Filter::new(12),
        beginning_lengths: 0,
        ending_lengths: 0,
    };
    for [name, words] in table::rows(include_str!("../../data/names/words.tsv")) {
        let class = class(name);
        for word in words.split(' ') {
            match word.strip_suffix('*') {
                Some(beginning) => *lexicon.beginnings.entry(beginning).or_default() |= class,
                None => *lexicon.words.entry(word).or_default() |= class,
            }
        }
    }
    for [group, names] in table::rows(include_str!("../../data/people/first_names.tsv")) {
        let gender = if group.ends_with("-m") {
            MALE
        } else if group.ends_with("-f") {
            FEMALE
        } else {
            0
        };
        for name in names.split(' ') {
            *lexicon.first_names.entry(name.to_string()).or_default() |= gender;
            if !name.is_ascii() {
                for latin in transliterations(name) {
                    *lexicon.first_names.entry(latin).or_default() |= gender;
                }
            }
        }
    }
    for [group, names] in table::rows(include_str!("../../data/people/surnames.tsv")) {
        let class = if group == "word" { LISTED } else { LISTED | SURNAME };
        lexicon.surnames.extend(names.split(' ').map(|name| (name, class)));
    }
    for [kind, endings] in table::rows(include_str!("../../data/people/endings.tsv")) {
        let class = if kind.starts_with("patronymic") { PATRONYMIC } else { SURNAME };
        for ending in endings.split(' ') {
            *lexicon.endings.entry(ending).or_default() |= class;
        }
    }
    let lengths = |table: &FxHashMap<&str, u32>| table.keys().fold(0, |bits, key| bits | length_bit(key.len()));
    lexicon.beginnings.keys().for_each(|beginning| lexicon.openings.add(hash(opening(beginning))));
    lexicon.endings.keys().for_each(|ending| lexicon.last.add(hash(last_letters(ending))));
    lexicon.first_names.keys().for_each(|name| lexicon.people.add(hash(name)));
    lexicon.surnames.keys().for_each(|name| lexicon.people.add(hash(name)));
    lexicon.beginning_lengths = lengths(&lexicon.beginnings);
    lexicon.ending_lengths = lengths(&lexicon.endings);
    lexicon
});

/// All classes of a token's word, as bits.
#[must_use]
#[inline]
pub fn classes_of(text: &Text, token: usize) -> u32 {
    match text.facts(token) {
        Some(facts) => facts.classes,
        None => classes(text.fold(token)),
    }
}

/// All classes of a folded word, as bits.
#[must_use]
pub fn classes(fold: &str) -> u32 {
    let lexicon = &*LEXICON;
    let mut classes = lexicon.words.get(fold).copied().unwrap_or(0);
    if lexicon.openings.may_hold(hash(opening(fold))) {
        let beginnings = fold.char_indices().skip(3).map(|(at, _)| at).chain(std::iter::once(fold.len()));
        for at in beginnings.filter(|&at| lexicon.beginning_lengths & length_bit(at) != 0) {
            if let Some(found) = lexicon.beginnings.get(&fold[..at]) {
                classes |= found;
            }
        }
    }
    let (mut first_name, mut surname, mut form) = (false, None, String::new());
    for (stem, ending) in stems(fold) {
        let form = joined(stem, ending, &mut form);
        if !lexicon.people.may_hold(hash(form)) {
            continue;
        }
        first_name = first_name || lexicon.first_names.contains_key(form);
        surname = surname.or_else(|| lexicon.surnames.get(form));
    }
    if first_name {
        classes |= FIRST_NAME;
    }
    if let Some(found) = surname {
        classes |= found;
    }
    if lexicon.last.may_hold(hash(last_letters(fold))) {
        let endings = fold.char_indices().skip(2).map(|(at, _)| at);
        for at in endings.filter(|at| lexicon.ending_lengths & length_bit(fold.len() - at) != 0) {
            if let Some(found) = lexicon.endings.get(&fold[at..]) {
                classes |= found;
            }
        }
    }
    classes
}

/// Whether a folded word is a first name in the nominative.
#[must_use]
pub fn is_nominative(fold: &str) -> bool {
    LEXICON.first_names.contains_key(fold)
}

/// Whether a first name, in any case, is a man's and whether it is a woman's.
#[must_use]
pub fn gender(fold: &str) -> Option<(bool, bool)> {
    let found = nominatives(fold).find_map(|form| LEXICON.first_names.get(&*form))?;
    Some((found & MALE != 0, found & FEMALE != 0))
}

const MALE: u8 = 1;
const FEMALE: u8 = 2;

/// Whether a folded word is a first name, in any case of Russian declension.
#[must_use]
pub fn is_first_name(fold: &str) -> bool {
    let mut form = String::new();
    stems(fold).any(|(stem, ending)| LEXICON.first_names.contains_key(joined(stem, ending, &mut form)))
}

/// A stem with its ending, written into `form` where there are two.
fn joined<'a>(stem: &'a str, ending: &str, form: &'a mut String) -> &'a str {
    if ending.is_empty() {
        return stem;
    }
    form.clear();
    form.push_str(stem);
    form.push_str(ending);
    form
}

/// The folded word and the nominatives it may be a case of, as Russian names decline.
pub fn nominatives(fold: &str) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
    use std::borrow::Cow;
    stems(fold).map(|(stem, ending)| if ending.is_empty() { Cow::Borrowed(stem) } else { Cow::Owned(format!("{stem}{ending}")) })
}

/// The same, each as a stem and the nominative's ending.
fn stems(fold: &str) -> impl Iterator<Item = (&str, &'static str)> {
    const CASES: [(&str, &[&str]); 16] = [
        ("ем", &["й", "ь", ""]),
        ("ом", &[""]),
        ("ым", &[""]),
        ("ой", &["а", "ая"]),
        ("ей", &["а", "я"]),
        ("ою", &["а"]),
        ("ого", &["ий", "ый", "ой"]),
        ("ому", &["ий", "ый", "ой"]),
        ("им", &["ий", ""]),
        ("а", &[""]),
        ("у", &["", "а"]),
        ("е", &["", "а", "й", "ь", "я"]),
        ("ы", &["а"]),
        ("и", &["а", "я", "ь"]),
        ("я", &["й", "ь"]),
        ("ю", &["й", "ь", "я", "ая"]),
    ];
    let cyrillic = fold.chars().next().is_some_and(|c| ('а'..='я').contains(&c));
    let last = fold.as_bytes().last().copied();
    std::iter::once((fold, "")).chain(
        CASES
            .iter()
            .filter(move |(ending, _)| cyrillic && ending.as_bytes().last().copied() == last)
            .filter_map(move |(ending, nominatives)| fold.strip_suffix(ending).map(|stem| (stem, nominatives)))
            .filter(|(stem, _)| stem.chars().nth(1).is_some())
            .flat_map(|(stem, nominatives)| nominatives.iter().map(move |n| (stem, *n))),
    )
}

/// The usual Latin spellings of a Cyrillic name.
fn transliterations(name: &str) -> Vec<String> {
    let mut forms = vec![String::new()];
    for c in name.chars() {
        let options: &[&str] = match c {
            'а' => &["a"],
            'б' => &["b"],
            'в' => &["v"],
            'г' => &["g"],
            'д' => &["d"],
            'е' => &["e"],
            'ж' => &["zh", "j"],
            'з' => &["z"],
            'и' => &["i"],
            'й' => &["y", "i"],
            'к' => &["k"],
            'л' => &["l"],
            'м' => &["m"],
            'н' => &["n"],
            'о' => &["o"],
            'п' => &["p"],
            'р' => &["r"],
            'с' => &["s"],
            'т' => &["t"],
            'у' => &["u"],
            'ф' => &["f"],
            'х' => &["kh", "h"],
            'ц' => &["ts"],
            'ч' => &["ch"],
            'ш' => &["sh"],
            'щ' => &["shch"],
            'ы' => &["y"],
            'э' => &["e"],
            'ю' => &["yu", "iu"],
            'я' => &["ya", "ia"],
            _ => &[""],
        };
        let take = if forms.len() * options.len() > 8 { 1 } else { options.len() };
        forms = forms.iter().flat_map(|form| options[..take].iter().map(move |o| format!("{form}{o}"))).collect();
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_names_are_known_in_cases_and_in_latin_letters() {
        for name in ["айгуль", "айгули", "сергея", "сергею", "ольгой", "sergei", "sergey", "elizabeth", "нурлану"]
        {
            assert!(is_first_name(name), "{name}");
        }
        assert!(!is_first_name("министерство"));
    }

    #[test]
    fn endings_tell_surnames_and_patronymics() {
        assert_ne!(classes("абдыкадырова") & SURNAME, 0);
        assert_ne!(classes("нурлановича") & PATRONYMIC, 0);
        assert_ne!(classes("министерства") & HEAD, 0);
    }
}
