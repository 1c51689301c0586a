//! Headlines: which capitals of a line in Title Case or ALL CAPS tell of a name.
//!
//! "Reed Opens Renovated Library" has a capital on every word. A careful reader takes the line for what a
//! sentence would be, "Reed opens renovated library": a word that the rest of the text, or most texts, write
//! in small letters is ordinary, one that the text has with a capital inside a sentence is of a name, and so
//! is what the tables of bodies and places know as more than one word. Words that names of bodies are made
//! of ("Ministry", "National") are ordinary only where the text says so and nothing of a name stands beside
//! them. The tokens get the case that they would have in the sentence, so that all finders read the line as
//! they read any other. Known in the field as truecasing (Lita et al. 2003).
//!
//! English only, in the headline and the lines beside it. Limits: a name of ordinary words that stands in the
//! headline alone is lost.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::Language;
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::{self, CALENDAR, DEMONYM, FIRST_NAME, OF_NAMES, POST, TITLE};
use crate::organizations::KnownBody;
use crate::page::Page;
use crate::places::Candidate;
use crate::table;
use crate::text::{Case, Filter, Kind, Script, Text, Token, hash};

/// Words that English texts write in small letters, by hash.
static ORDINARY: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let rows = table::rows::<2>(include_str!("../../data/text/ordinary.tsv"));
    let mut words = FxHashSet::with_capacity_and_hasher(12_000, rustc_hash::FxBuildHasher);
    rows.for_each(|[_, row]| words.extend(row.split(' ').map(hash)));
    words
});

/// How many lines from the headline on may be a second headline.
const LINES: usize = 4;
/// Words of a line that are looked at: a headline has fewer.
const LONGEST: usize = 80;

/// How a line is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Titled,
    Shouted,
}

/// What the text shows of a word outside of headlines.
#[derive(Clone, Copy, Debug, Default)]
struct Shown {
    small: u32,
    /// With a capital inside a sentence.
    capital: u32,
    /// In capitals.
    upper: u32,
}

/// Gives the words of headlines the case that they would have in a sentence, and takes the places away whose
/// names turn out to be ordinary words.
pub(crate) fn settle(page: &mut Page, places: &mut Vec<Candidate>, bodies: &[KnownBody]) {
    let lines = headlines(page);
    if lines.is_empty() {
        return;
    }
    let shown = shown(page, &lines);
    let mut changed = Vec::new();
    for &(line, style) in &lines {
        read(page, (line, style), &shown, places, bodies, &mut changed);
    }
    for &(i, case) in &changed {
        page.text.set_case(i, case);
    }
    let text = &page.text;
    places.retain(|place| {
        place.tokens.1 != place.tokens.0 + 1 || text.tokens[place.tokens.0 as usize].case != Case::Lower || place.abbreviation
    });
}

/// The headline and lines below it that are written like one.
fn headlines(page: &Page) -> Vec<(usize, Style)> {
    let text = &page.text;
    let Some(title) = page.zones.title else { return Vec::new() };
    let at = text.token_at(title.start);
    let Some(first) = text.tokens.get(at).map(|t| t.line as usize) else { return Vec::new() };
    if page.language_of(at) != Language::English && page.languages.main != Language::English {
        return Vec::new();
    }
    let near = (first..text.lines.len().min(first + LINES)).filter(|&n| n == first || !page.in_furniture(text.lines[n].span));
    near.filter_map(|n| style(&text.tokens[range(text, n)]).map(|style| (n, style))).collect()
}

fn range(text: &Text, line: usize) -> std::ops::Range<usize> {
    let (first, end) = text.lines[line].tokens;
    first as usize..end as usize
}

/// Whether nearly all longer words of a line have capitals, or are in capitals.
fn style(tokens: &[Token]) -> Option<Style> {
    let (mut capital, mut upper, mut small) = (0, 0, 0);
    if tokens.len() > LONGEST {
        return None;
    }
    for token in tokens.iter().filter(|t| t.kind == Kind::Word && t.span.len() > 3) {
        if token.script != Script::Latin {
            return None;
        }
        match token.case {
            Case::Lower => small += u32::from(token.span.len() > 4),
            Case::Upper => upper += 1,
            _ => capital += 1,
        }
    }
    let shouts = upper >= 2 && upper >= 4 * (capital + small);
    let titled = capital >= 2 && capital + upper >= 5 * small;
    shouts.then_some(Style::Shouted).or_else(|| titled.then_some(Style::Titled))
}

/// What the rest of the text shows of the words of `lines`.
fn shown(page: &Page, lines: &[(usize, Style)]) -> FxHashMap<u64, Shown> {
    let (text, words) = (&page.text, page.words());
    let mut shown = FxHashMap::<u64, Shown>::default();
    let mut filter = Filter::new(12);
    for token in lines.iter().flat_map(|&(n, _)| &text.tokens[range(text, n)]).filter(|t| t.kind == Kind::Word) {
        filter.add(token.hash);
        shown.entry(token.hash).or_default();
    }
    for (i, token) in text.tokens.iter().enumerate().filter(|(_, t)| filter.may_hold(t.hash)) {
        if token.kind != Kind::Word || words.is_titled(text, i) || words.is_shouted(text, i) {
            continue;
        }
        if lines.iter().any(|&(n, _)| n == token.line as usize) {
            continue;
        }
        let Some(shown) = shown.get_mut(&token.hash) else { continue };
        // behind a word or a comma of its sentence
        let inside = i > 0
            && text.tokens[i - 1].sentence == token.sentence
            && text.same_line(i - 1, i)
            && (text.tokens[i - 1].kind == Kind::Word || matches!(text.mark(i - 1), b',' | b'-' | b'&' | b'('));
        match token.case {
            Case::Lower => shown.small += 1,
            Case::Title | Case::Mixed => shown.capital += u32::from(inside),
            Case::Upper => shown.upper += 1,
            Case::None => {}
        }
    }
    shown
}

/// What a word of a headline is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Of a name, or nothing is known of it.
    Own,
    /// Ordinary.
    Ordinary,
    /// A word that names are made of and that this text has in small letters.
    Either,
}

fn read(
    page: &Page,
    (line, style): (usize, Style),
    shown: &FxHashMap<u64, Shown>,
    places: &[Candidate],
    bodies: &[KnownBody],
    changed: &mut Vec<(usize, Case)>,
) {
    let text = &page.text;
    let range = range(text, line);
    let many = places.iter().map(|p| p.tokens).filter(|&(a, b)| b > a + 1);
    let sure = bodies.iter().filter(|b| b.sure || b.tokens.1 > b.tokens.0 + 1).map(|b| b.tokens);
    let mut of_tables = vec![false; range.len()];
    for (a, b) in many.chain(sure) {
        for i in (a as usize..b as usize).filter(|i| range.contains(i)) {
            of_tables[i - range.start] = true;
        }
    }
    let written = if style == Style::Shouted { Case::Upper } else { Case::Title };
    let is_open = |i: usize| {
        let token = &text.tokens[i];
        token.kind == Kind::Word && token.case == written && !of_tables[i - range.start]
    };
    let mut words: Vec<Word> =
        range.clone().map(|i| if is_open(i) { of_text(page, i, shown) } else { Word::Own }).collect();
    // "Grace Marks Opening", "Mark Stone"
    for i in range.clone().filter(|&i| lexicon::classes_of(text, i) & FIRST_NAME != 0) {
        let n = i - range.start;
        if words[n] == Word::Ordinary
            && text.tokens.get(i + 1).is_some_and(|t| t.is_capital() && range.contains(&(i + 1)))
            && words[n + 1] == Word::Own
        {
            words[n] = Word::Own;
        }
    }
    for n in 0..words.len() {
        if words[n] == Word::Either {
            let i = range.start + n;
            let own = |k: usize| range.contains(&k) && text.tokens[k].is_capital() && words[k - range.start] != Word::Ordinary;
            let beside = i > range.start && own(i - 1) || own(i + 1) || matches!(text.fold(i + 1), "of" | "for" | "on");
            words[n] = if beside { Word::Own } else { Word::Ordinary };
        }
    }
    for (i, word) in range.clone().zip(words) {
        let token = &text.tokens[i];
        if token.kind != Kind::Word || token.case != written {
            continue;
        }
        if word == Word::Ordinary {
            changed.push((i, Case::Lower));
        } else if style == Style::Shouted {
            let shown = shown.get(&token.hash).copied().unwrap_or_default();
            if shown.capital > 0 || shown.upper == 0 && token.span.len() > 4 {
                changed.push((i, Case::Title));
            }
        }
    }
}

/// What the text and the tables say of token `i`.
fn of_text(page: &Page, i: usize, shown: &FxHashMap<u64, Shown>) -> Word {
    let text = &page.text;
    let token = &text.tokens[i];
    let classes = lexicon::classes_of(text, i);
    let shown = shown.get(&token.hash).copied().unwrap_or_default();
    if shown.capital > 0 || token.span.len() < 2 || classes & (CALENDAR | DEMONYM | TITLE | POST) != 0 {
        return Word::Own;
    }
    let words = page.words();
    if words.is(i, Classes::HEAD.with(Classes::PROJECT).with(Classes::TITLE)) || classes & OF_NAMES != 0 {
        return if shown.small > 0 { Word::Either } else { Word::Own };
    }
    let verb = text.bits(i).is_some_and(|bits| Form::HEADLINE_VERB.is_in(bits) || Form::ORDER.is_in(bits));
    if shown.small > 0 || verb || ORDINARY.contains(&token.hash) { Word::Ordinary } else { Word::Own }
}
