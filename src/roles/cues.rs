//! The table of cues: words that say what a body does, where the body stands to them, and what else
//! has to stand in the sentence.
//!
//! A row of `data/roles/cues.tsv` stands for many phrases: `{a|b}` for either, `[key]` for the
//! endings of `data/roles/endings.tsv`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mention::RoleKind;
use crate::table;
use crate::text::{Filter, Last, Phrases, Text, facts};

/// Where the bodies of a cue stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// "funded by" and the bodies.
    After,
    /// The subject of an English verb.
    Before,
    /// The subject of a Russian verb, which may follow it.
    Verb,
    /// On both sides: "X implemented in cooperation with Y".
    Both,
    /// Right before: "EU-funded".
    Adjacent,
    /// "Donors: X", "the organizer is X".
    Label,
    /// The last body named: «за его счёт».
    Meant,
}

/// What else a cue asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs {
    /// One of these classes of objects in the sentence.
    pub classes: Vec<&'static str>,
    pub money_before: bool,
    pub led_in: bool,
    pub for_support: bool,
    pub funder: bool,
    /// The body is of a kind that lends or grants, no government.
    pub lender: bool,
    /// Two bodies at least.
    pub several: bool,
    /// A project "of" a body that others pay for makes it the one who carries it out.
    pub project_owner: bool,
    pub adjacent: bool,
    /// A comma may part the cue from its subject: "A, funding the course,".
    pub participle: bool,
    /// The body answers for the work.
    pub accountable: bool,
    /// Stands behind a form of "to be".
    pub predicate: bool,
    /// Some body pays in the sentence.
    pub paid: bool,
    /// Only what is surely in the instrumental: «передано школе Центром».
    pub agent: bool,
    pub case: Option<super::case::Case>,
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct Cue {
    /// The first phrase it stands for.
    pub key: String,
    pub role: RoleKind,
    pub side: Side,
    pub needs: Needs,
    pub confidence: f32,
    pub russian: bool,
}

/// All cues, and the phrases that stand for them: a phrase may belong to several rows.
#[derive(Debug)]
pub(super) struct Cues {
    pub rows: Vec<Cue>,
    phrases: Phrases<u16>,
    /// Passives without their "by", which may stand some words on.
    parted: Phrases<u16>,
    /// The rows of phrases, by the number that stands for them: that of a single row is its own.
    lists: Vec<Vec<u16>>,
}

impl Cues {
    /// Calls `found` with every phrase that starts at token `at`, shortest first: one past it, and its rows.
    pub fn each<'s>(&'s self, text: &Text, at: usize, mut found: impl FnMut(usize, &'s [u16])) {
        self.phrases.each(text, at, |end, &list| found(end, &self.lists[usize::from(list)]));
    }

    /// The longest passive without its "by" that starts at token `at`: one past it, and its rows.
    pub fn parted(&self, text: &Text, at: usize) -> Option<(usize, &[u16])> {
        self.parted.longest(text, at).map(|(end, &list)| (end, &self.lists[usize::from(list)][..]))
    }
}

impl Cue {
    /// Whether the words say a role whatever stands around them.
    pub fn stands_alone(&self) -> bool {
        !(self.needs.funder
            || self.needs.lender
            || self.needs.adjacent
            || self.needs.money_before
            || self.needs.led_in
            || self.needs.for_support
            || self.confidence < 0.7)
    }
}

/// About so many words stand behind the first ones of the phrases.
const WORDS_OF_CUES: usize = 50_000;

pub(super) static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let endings = endings();
    let table = || table::rows::<6>(include_str!("../../data/roles/cues.tsv"));
    let mut rows = Vec::new();
    let (mut phrases, mut parted): (Phrases<u16>, Phrases<u16>) = Default::default();
    let mut lists: Vec<Vec<u16>> = (0..table().count() as u16).map(|row| vec![row]).collect();
    let mut longer = FxHashMap::<(u16, u16), u16>::default();
    let (mut last, mut last_parted) = (Last::default(), Last::default());
    phrases.reserve(WORDS_OF_CUES);
    let (mut nouns, mut done) = (FxHashMap::<String, bool>::default(), Done::default());
    for [cue, language, role, side, needs, confidence] in table() {
        let (Some(role), Some(side)) = (role_of(role), side_of(side)) else { continue };
        let row = rows.len() as u16;
        let mut key = None;
        expand(Then { parts: &parts(cue, &endings), then: None }, &mut done, &mut |form, kept| {
            last.keep(kept);
            last_parted.keep(kept);
            key.get_or_insert_with(|| form.trim().to_string());
            let mut noun = |words: &str| {
                let last = words.rsplit(' ').next().unwrap_or_default();
                let known = nouns.get(last).copied();
                known.unwrap_or_else(|| *nouns.entry(last.into()).or_insert(is_noun(last)))
            };
            let participle = form.strip_suffix(" by").filter(|words| side == Side::After && !noun(words));
            for (table, last, words) in [(&mut phrases, &mut last, Some(form)), (&mut parted, &mut last_parted, participle)] {
                let Some(words) = words else { continue };
                let list = table.entry_after(last, words).get_or_insert(row);
                if lists[usize::from(*list)].last() != Some(&row) {
                    *list = *longer.entry((*list, row)).or_insert_with(|| {
                        lists.push(lists[usize::from(*list)].iter().copied().chain([row]).collect());
                        lists.len() as u16 - 1
                    });
                }
            }
        });
        rows.push(Cue {
            key: key.unwrap_or_default(),
            role,
            side,
            needs: needs_of(needs),
            confidence: confidence.parse().unwrap_or(0.5),
            russian: language == "ru",
        });
    }
    Cues { rows, phrases: phrases.with_fact(facts::CUE_OF_ROLE), parted: parted.with_fact(facts::PASSIVE_OF_ROLE), lists }
});

/// Whether it is money, aid or a project, "by" whom it may be.
fn is_noun(word: &str) -> bool {
    let word = crate::text::Text::new(word);
    ["money", "aid", "project"].iter().any(|class| OBJECTS.get(class).is_some_and(|objects| objects.hold(&word, 0)))
}

/// What words begin with that these tables know.
struct Beginnings {
    /// The words that begin something, by hash, with what it is.
    words: FxHashMap<u64, u64>,
    filter: Filter,
    /// The first bytes of the beginnings of objects.
    letters: FxHashSet<u64>,
    /// How many bytes that are, at most eight.
    length: usize,
}

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let (mut words, mut letters) = (FxHashMap::<u64, u64>::default(), FxHashSet::default());
    let objects = || OBJECTS.values().chain(std::iter::once(&*FUNDERS));
    let length = objects().flat_map(|objects| &objects.beginnings).map(|b| b.len()).min().unwrap_or(0).min(8);
    let mut add = |hash: u64, bit: u64| *words.entry(hash).or_default() |= bit;
    CUES.phrases.first_words().for_each(|hash| add(hash, facts::CUE_OF_ROLE));
    CUES.parted.first_words().for_each(|hash| add(hash, facts::PASSIVE_OF_ROLE));
    GLUE.first_words().for_each(|hash| add(hash, facts::GLUE_OF_ROLES));
    for objects in objects() {
        objects.whole.first_words().for_each(|hash| add(hash, facts::OBJECT_OF_ROLE));
        letters.extend(objects.beginnings.iter().map(|beginning| first_bytes(beginning, length)));
    }
    let mut filter = Filter::new(16);
    words.keys().for_each(|&hash| filter.add(hash));
    Beginnings { words, filter, letters, length }
});

/// The first bytes of a word, as a number; fewer for a shorter one.
fn first_bytes(word: &str, length: usize) -> u64 {
    word.bytes().take(length).fold(0, |letters, byte| letters << 8 | u64::from(byte))
}

/// The beginnings of a word for an agreement.
pub(super) const AGREEMENT: [&str; 2] = ["agreement", "соглашени"];

/// What the tables of roles say of a word.
pub(super) fn facts(hash: u64, fold: &str) -> u64 {
    let Beginnings { words, filter, letters, length } = &*BEGINNINGS;
    let bits = if filter.may_hold(hash) { words.get(&hash).copied().unwrap_or(0) } else { 0 };
    let begins = || FUNDERS.begin(fold) || OBJECTS.values().any(|words| words.begin(fold));
    let object = letters.contains(&first_bytes(fold, *length)) && begins();
    let agreement = AGREEMENT.iter().any(|stem| fold.starts_with(stem));
    bits | if object { facts::OBJECT_OF_ROLE } else { 0 } | if agreement { facts::AGREEMENT } else { 0 }
}

fn role_of(name: &str) -> Option<RoleKind> {
    Some(match name {
        "donor" => RoleKind::Donor,
        "implementer" => RoleKind::Implementer,
        "organizer" => RoleKind::Organizer,
        "partner" => RoleKind::Partner,
        "host" => RoleKind::Host,
        "recipient" => RoleKind::Recipient,
        _ => return None,
    })
}

fn side_of(name: &str) -> Option<Side> {
    Some(match name {
        "after" => Side::After,
        "before" => Side::Before,
        "verb" => Side::Verb,
        "both" => Side::Both,
        "adjacent" => Side::Adjacent,
        "label" => Side::Label,
        "meant" => Side::Meant,
        _ => return None,
    })
}

fn needs_of(cell: &'static str) -> Needs {
    let mut needs = Needs::default();
    for need in table::values(cell) {
        match need {
            "money-before" => needs.money_before = true,
            "led-in" => needs.led_in = true,
            "for-support" => needs.for_support = true,
            "funder" => needs.funder = true,
            "lender" => needs.lender = true,
            "several" => needs.several = true,
            "project-owner" => needs.project_owner = true,
            "adjacent" => needs.adjacent = true,
            "participle" => needs.participle = true,
            "paid" => needs.paid = true,
            "predicate" => needs.predicate = true,
            "accountable" => needs.accountable = true,
            "agent" => {
                needs.agent = true;
                needs.case = Some(super::case::Case::Instrumental);
            }
            "instrumental" => needs.case = Some(super::case::Case::Instrumental),
            "genitive" => needs.case = Some(super::case::Case::Genitive),
            "dative" => needs.case = Some(super::case::Case::Dative),
            class => needs.classes.push(class),
        }
    }
    needs
}

/// The endings that a key in square brackets stands for.
fn endings() -> FxHashMap<&'static str, Vec<&'static str>> {
    table::rows(include_str!("../../data/roles/endings.tsv")).map(|[key, endings]| (key, endings.split('|').collect())).collect()
}

/// A part of a pattern.
enum Part<'p> {
    Words(&'p str),
    Either(Vec<Vec<Part<'p>>>),
}

/// The parts of a pattern; a bracket that nothing closes is a letter like others.
fn parts<'p>(mut pattern: &'p str, endings: &FxHashMap<&str, Vec<&'p str>>) -> Vec<Part<'p>> {
    let mut parts = Vec::new();
    while let Some(open) = pattern.find(['{', '[']) {
        let is_brace = pattern[open..].starts_with('{');
        let close = if is_brace { matching(&pattern[open..]) } else { pattern[open..].find(']') };
        let Some(close) = close.map(|close| open + close) else { break };
        let inside = &pattern[open + 1..close];
        parts.push(Part::Words(&pattern[..open]));
        parts.push(Part::Either(if is_brace {
            alternatives(inside).into_iter().map(|choice| self::parts(choice, endings)).collect()
        } else {
            let own = || vec![inside];
            endings.get(inside).cloned().unwrap_or_else(own).into_iter().map(|ending| vec![Part::Words(ending)]).collect()
        }));
        pattern = &pattern[close + 1..];
    }
    parts.push(Part::Words(pattern));
    parts
}

/// What stands behind some parts: the rest of those that hold them.
#[derive(Clone, Copy)]
struct Then<'p> {
    parts: &'p [Part<'p>],
    then: Option<&'p Then<'p>>,
}

/// A phrase that is put together.
#[derive(Default)]
struct Done {
    text: String,
    /// How many of its bytes are those of the phrase before.
    kept: usize,
}

/// Calls `each` with the phrases that parts of a pattern and what follows them stand for, behind `done`, and with
/// how many bytes each has in common with the one before.
fn expand(Then { parts, then }: Then, done: &mut Done, each: &mut impl FnMut(&str, usize)) {
    match (parts.split_first(), then) {
        (Some((Part::Words(words), parts)), _) => {
            let length = done.text.len();
            done.text.push_str(words);
            expand(Then { parts, then }, done, each);
            done.text.truncate(length);
            done.kept = done.kept.min(length);
        }
        (Some((Part::Either(choices), parts)), _) => {
            let rest = Then { parts, then };
            choices.iter().for_each(|parts| expand(Then { parts, then: Some(&rest) }, done, each));
        }
        (None, Some(then)) => expand(*then, done, each),
        (None, None) => {
            each(&done.text, done.kept);
            done.kept = done.text.len();
        }
    }
}

/// The place of the brace that closes the one at the start.
fn matching(pattern: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in pattern.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The parts between the bars that stand outside inner braces.
fn alternatives(inside: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '|' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    parts
}

/// Words by class, whole or by their beginnings.
#[derive(Debug)]
pub(super) struct Words {
    whole: Phrases<()>,
    /// In order, none of which begins with another: a word can only begin with the last that is not behind it.
    beginnings: Vec<&'static str>,
}

impl Words {
    fn new() -> Self {
        Self { whole: Phrases::default().with_fact(facts::OBJECT_OF_ROLE), beginnings: Vec::new() }
    }

    fn add(&mut self, word: &'static str) {
        match word.strip_suffix('*') {
            Some(beginning) if self.begins(beginning) => {}
            Some(beginning) => {
                self.beginnings.retain(|longer| !longer.starts_with(beginning));
                self.beginnings.insert(self.place(beginning), beginning);
            }
            None => {
                self.whole.insert(word, ());
            }
        }
    }

    /// Whether a word of the class stands at token `at`.
    pub fn hold(&self, text: &crate::text::Text, at: usize) -> bool {
        text.may_be(at, facts::OBJECT_OF_ROLE) && (self.whole.longest(text, at).is_some() || self.begin(text.fold(at)))
    }

    /// One past the longest whole word or phrase of the class at token `at`.
    pub fn longest(&self, text: &crate::text::Text, at: usize) -> Option<usize> {
        self.whole.longest(text, at).map(|(end, ())| end)
    }

    fn begin(&self, word: &str) -> bool {
        word.len() > 5 && self.begins(word)
    }

    fn begins(&self, word: &str) -> bool {
        self.beginnings[..self.place(word)].last().is_some_and(|b| word.starts_with(b))
    }

    /// How many beginnings are not behind a word.
    fn place(&self, word: &str) -> usize {
        self.beginnings.partition_point(|&b| b <= word)
    }
}

/// What a cue may be about: money, aid, project, event, work.
pub(super) static OBJECTS: LazyLock<FxHashMap<&'static str, Words>> = LazyLock::new(|| {
    table::rows(include_str!("../../data/roles/objects.tsv"))
        .map(|[class, english, russian]| {
            let mut words = Words::new();
            table::values(english).chain(table::values(russian)).for_each(|w| words.add(w));
            (class, words)
        })
        .collect()
});

/// Words in the names of bodies that pay for others' work.
pub(super) static FUNDERS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::new();
    table::rows(include_str!("../../data/roles/funders.tsv")).for_each(|[word]| words.add(word));
    words
});

/// Bodies that carry out the projects called theirs, with others' money: keys of the table of known bodies.
pub(super) static CARRIERS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table::rows(include_str!("../../data/roles/carriers.tsv")).map(|[key]| key).collect());

/// Small words by what they do in a sentence.
pub(super) static GLUE: LazyLock<Phrases<Glue>> = LazyLock::new(|| {
    let mut glue: Phrases<Glue> = Phrases::default();
    for [class, english, russian] in table::rows(include_str!("../../data/roles/glue.tsv")) {
        for word in table::values(english).chain(table::values(russian)) {
            let entry = glue.entry(word).get_or_insert_with(Glue::default);
            match class {
                "joins" => entry.joins = true,
                "joins-with" => entry.with = true,
                "aside" => entry.aside = true,
                "stops" => entry.stops = true,
                "negates" => entry.negates = true,
                "unreal" => entry.unreal = true,
                "earlier" => entry.earlier = true,
                "elsewhere" => entry.elsewhere = true,
                "holder" => entry.holder = true,
                "oblique" => entry.oblique = true,
                "leads-in" => entry.leads_in = true,
                "is" => entry.is = true,
                "through" => entry.through = true,
                "board" => entry.board = true,
                "be" => entry.be = true,
                "they" => entry.they = true,
                "it" => entry.it = true,
                "body" => entry.kind_of_body = true,
                "object" => entry.object = true,
                "tail" => entry.tail = true,
                "below" => entry.below = true,
                "counted" => entry.counted = true,
                "namely" => entry.namely = true,
                "officer" => entry.officer = true,
                "these" => entry.these = true,
                _ => {}
            }
        }
    }
    glue.with_fact(facts::GLUE_OF_ROLES)
});

/// What a small word does.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Glue {
    /// Parts the bodies of a list.
    pub joins: bool,
    /// Joins a further body to a list: "together with".
    pub with: bool,
    /// May stand between a subject and its verb.
    pub aside: bool,
    /// Ends the way from a cue to its bodies.
    pub stops: bool,
    pub negates: bool,
    /// Makes what follows a wish or a condition.
    pub unreal: bool,
    /// Tells of another time.
    pub earlier: bool,
    /// Tells of something else: "a similar project".
    pub elsewhere: bool,
    /// A person's post: what follows is whom they work for.
    pub holder: bool,
    /// A preposition: what follows is no subject.
    pub oblique: bool,
    /// "with", "thanks to".
    pub leads_in: bool,
    /// "is", "are", «является» between a label and its bodies.
    pub is: bool,
    pub through: bool,
    /// "directors of" a bank do what the bank does.
    pub board: bool,
    /// A form of "to be": what follows is passive.
    pub be: bool,
    /// Stands for several bodies named before.
    pub they: bool,
    /// Stands for one.
    pub it: bool,
    /// A common noun for a body: "the bank".
    pub kind_of_body: bool,
    /// A pronoun for what is done: the sentence before says what.
    pub object: bool,
    /// Begins what follows a funder's name and belongs to it: "grant no. 5".
    pub tail: bool,
    /// Says that the bodies stand in a list that follows.
    pub below: bool,
    /// Bodies that the next sentence may name.
    pub counted: bool,
    /// Names one by one what a word before counts: "namely".
    pub namely: bool,
    /// A post, before "of" and the body whose it is.
    pub officer: bool,
    /// Begins a sentence that names what the one before counted.
    pub these: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_expand() {
        let endings = FxHashMap::from_iter([("л", vec!["л", "ла"])]);
        let mut out = Vec::<String>::new();
        let parts = parts("{|не }выдели[л] {a|b}", &endings);
        expand(Then { parts: &parts, then: None }, &mut Done::default(), &mut |form, kept| {
            let before = out.last().map_or("", String::as_str);
            assert_eq!(before.get(..kept), form.get(..kept), "{before:?} and {form:?}");
            out.push(form.to_string());
        });
        assert_eq!(out.len(), 8);
        assert!(out.contains(&"не выделила b".to_string()));
    }

    #[test]
    fn no_pattern_stands_for_a_flood_of_phrases() {
        // every start of the program pays for each of them
        let endings = endings();
        for [pattern, ..] in table::rows::<7>(include_str!("../../data/roles/cues.tsv")) {
            let mut phrases = 0;
            expand(Then { parts: &parts(pattern, &endings), then: None }, &mut Done::default(), &mut |_, _| phrases += 1);
            assert!(phrases < 10_000, "{phrases} phrases: {pattern}");
        }
    }

    #[test]
    fn every_row_is_read() {
        let rows = table::rows::<7>(include_str!("../../data/roles/cues.tsv")).count();
        assert_eq!(CUES.rows.len(), rows);
        for cue in &CUES.rows {
            for class in &cue.needs.classes {
                assert!(OBJECTS.contains_key(class), "{class}");
            }
        }
    }
}
