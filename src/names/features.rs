//! What the sequence model sees of a token.
//!
//! Two kinds of features, all hashed to rows of one weight table. *Word* features depend on the
//! word alone (its form, affixes, shape, lexicon classes), so their weights can be summed once
//! for every distinct word and kept ([`super::cache`]). *Context* features depend on the place in
//! the text: quotes, brackets, what the gazetteer and the table of bodies know, and what the rest
//! of the document shows of the same word.
//!
//! The hash is our own and fixed, since weights are stored: it must not change with the platform
//! or with a library.

use crate::fingerprint::{PRIME, stable};
use crate::lexicon::{self, classes};
use crate::organizations::KnownBody;
use crate::page::Page;
use crate::places::Candidate;
use crate::text::facts::QUOTE;
use crate::text::{Case, Kind, Script, Text, Token};

/// How many neighbours on each side a word's features reach.
pub const REACH: usize = 2;
/// Positions a word is seen from: two to the left, itself, two to the right.
pub const OFFSETS: usize = 2 * REACH + 1;

/// Spreads a value over all its bits.
fn mix(mut x: u64) -> u64 {
    x ^= x >> 32;
    x = x.wrapping_mul(PRIME);
    x ^= x >> 29;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^ (x >> 32)
}

/// The row of a feature in a table of `1 << bits` rows.
fn row(feature: u64, bits: u32) -> u32 {
    (mix(feature) >> (64 - bits)) as u32
}

/// How a token is written, finer than [`Case`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    Lower,
    Title,
    Upper,
    Letter,
    Mixed,
    Uncased,
    Number,
    Stop,
    Comma,
    Quote,
    Open,
    Close,
    Hyphen,
    Dash,
    Mark,
    Edge,
}

/// The shapes of words, by their [`Case`].
const WORDS: [Shape; 5] = [Shape::Uncased, Shape::Lower, Shape::Title, Shape::Upper, Shape::Mixed];

/// What a folded form says of a token's shape: that of a mark, and whether it is one letter alone.
/// Kept in [`crate::text::Facts::form`].
pub fn form(fold: &str) -> u8 {
    let mark = match fold.as_bytes() {
        b"." => Shape::Stop,
        b"," => Shape::Comma,
        b"\"" => Shape::Quote,
        b"(" | b"[" => Shape::Open,
        b")" | b"]" => Shape::Close,
        b"-" => Shape::Hyphen,
        _ => Shape::Mark,
    };
    mark as u8 | if fold.chars().nth(1).is_none() { ALONE } else { 0 }
}

const ALONE: u8 = 1 << 7;
/// The shapes of marks by their number, as [`form`] has it.
const MARKS: [Shape; 16] = {
    let mut marks = [Shape::Mark; 16];
    let known = [Shape::Stop, Shape::Comma, Shape::Quote, Shape::Open, Shape::Close, Shape::Hyphen];
    let mut n = 0;
    while n < known.len() {
        marks[known[n] as usize] = known[n];
        n += 1;
    }
    marks
};

/// The shapes of words by their [`Case`], of numbers, and of marks by their number.
const SHAPE_OF: [[Shape; 16]; 3] = {
    let mut words = [Shape::Uncased; 16];
    let mut case = 0;
    while case < WORDS.len() {
        words[case] = WORDS[case];
        case += 1;
    }
    [words, [Shape::Number; 16], MARKS]
};

/// The shape of a token whose folded form has this [`form`].
#[inline]
pub fn shape(token: &Token, form: u8) -> Shape {
    // by look-up: whether a word or a mark comes next is no guess for a processor
    let which = if token.kind == Kind::Word { token.case as usize } else { form as usize % MARKS.len() };
    let shape = SHAPE_OF[token.kind as usize][which];
    match shape {
        Shape::Title if form & ALONE != 0 => Shape::Letter,
        Shape::Hyphen if token.spaced => Shape::Dash,
        shape => shape,
    }
}

/// All that counts of a number: its length, and whether it may be a year.
pub fn number_class(fold: &str) -> u64 {
    let year = fold.len() == 4 && (fold.starts_with("19") || fold.starts_with("20"));
    fold.len().min(6) as u64 + 16 * u64::from(year)
}

/// Rows of the features of one word, for each position it is seen from: `sink(position, row)`,
/// where position 2 is the word itself and 0 the one two tokens to its right. `classes` are those
/// of [`lexicon::classes_of`].
pub fn word_rows(token: &Token, fold: &str, classes: u32, bits: u32, sink: impl FnMut(usize, u32)) {
    let shape = shape(token, form(fold));
    let mut rows = Rows { bits, sink };
    let cased = u64::from(matches!(shape, Shape::Title | Shape::Mixed)) + 2 * u64::from(matches!(shape, Shape::Upper | Shape::Letter));
    rows.put::<2>(1, shape as u64);
    if token.kind == Kind::Number {
        rows.put::<2>(2, number_class(fold));
        return;
    }
    rows.put::<2>(3, stable(3, fold.as_bytes()));
    if token.kind == Kind::Mark {
        rows.put::<1>(4, stable(u64::from(token.spaced), fold.as_bytes()));
        return;
    }
    rows.put::<1>(5, stable(cased, fold.as_bytes()));
    let mut ends = [0usize; 25]; // byte offsets of character starts
    let mut count = 0;
    for (at, _) in fold.char_indices().take(24) {
        ends[count] = at;
        count += 1;
    }
    let whole = count < 24;
    ends[count] = if whole { fold.len() } else { ends[count - 1] };
    rows.put::<1>(6, shape as u64 * 32 + count.min(10) as u64);
    let prefix = |n: usize| (n < count).then(|| stable(10 + n as u64, &fold.as_bytes()[..ends[n]]));
    rows.may_put::<0>(11, prefix(1));
    rows.may_put::<0>(12, prefix(2));
    rows.may_put::<0>(13, prefix(3));
    rows.may_put::<1>(14, prefix(4));
    rows.may_put::<0>(15, prefix(5));
    rows.may_put::<1>(16, prefix(6));
    if whole {
        let suffix = |n: usize| (n < count).then(|| stable(20 + n as u64, &fold.as_bytes()[ends[count - n]..]));
        rows.may_put::<0>(21, suffix(1));
        rows.may_put::<1>(22, suffix(2));
        let three = suffix(3);
        rows.may_put::<2>(23, three);
        rows.may_put::<0>(7, three.map(|suffix| suffix ^ cased.wrapping_mul(PRIME)));
        rows.may_put::<1>(24, suffix(4));
        rows.may_put::<0>(25, suffix(5));
    }
    if token.script == Script::Latin {
        let capital = cased != 0;
        let class = u64::from(classes::class(fold, capital));
        rows.put::<2>(33, class << 1 | u64::from(capital));
        if capital {
            // where its capital says nothing, at the start of a sentence
            rows.put::<1>(34, u64::from(classes::class(fold, false)));
        }
    }
    let mut rest = classes;
    while rest != 0 {
        let class = u64::from(rest.trailing_zeros());
        rest &= rest - 1;
        rows.put::<2>(30, class);
        rows.put::<1>(31, class * 4 + cased);
    }
}

/// Rows of one word's features, on their way to `sink`.
struct Rows<F> {
    bits: u32,
    sink: F,
}

impl<F: FnMut(usize, u32)> Rows<F> {
    /// A feature of neighbours up to `REACHED` tokens away.
    #[inline(always)]
    fn put<const REACHED: usize>(&mut self, template: u64, value: u64) {
        for position in REACH - REACHED..=REACH + REACHED {
            (self.sink)(position, row(value ^ ((template << 8) | (position as u64 + 1)).wrapping_mul(PRIME), self.bits));
        }
    }

    /// The same where the word has it.
    #[inline(always)]
    fn may_put<const REACHED: usize>(&mut self, template: u64, value: Option<u64>) {
        if let Some(value) = value {
            self.put::<REACHED>(template, value);
        }
    }
}

/// What the rest of the document shows of a word.
const SEEN_LOWER: u8 = 1;
const SEEN_INSIDE: u8 = 2;
const SEEN_BRACKETED: u8 = 4;
const SEEN_OFTEN: u8 = 8;

/// What the gazetteer and the table of bodies say of each token.
const PLACE_FIRST: u8 = 1;
const PLACE_LATER: u8 = 2;
const BODY_FIRST: u8 = 4;
const BODY_LATER: u8 = 8;
const BODY_SURE: u8 = 16;
/// All of that.
const TOLD: u8 = 31;
/// That they say something of the token or of one beside it.
const NEAR: u8 = 32;

/// Everything about a page that context features need, found in one pass.
#[derive(Debug, Default)]
pub struct Context {
    shapes: Vec<Shape>,
    known: Vec<u8>,
    place: Vec<u16>,
    quoted: Vec<u8>,
    loud: Vec<u8>,
    seen: Vec<u8>,
    mask: usize,
}

/// Numbers of three shapes one after the other.
const SHAPES: usize = 1 << 12;
/// How many of them there are in all: with the token in the middle, as the last, as the first.
const ALL_SHAPES: usize = 3 * SHAPES;

/// The kinds of context features that have few values: how many, and which.
const FEW: [(usize, u64); 8] = [(1 << 10, 4), (1 << 6, 5), (1 << 4, 6), (1 << 4, 11), (3 << 9, 7), (3 << 9, 8), (1 << 9, 9), (1 << 6, 10)];
const QUOTED: usize = ALL_SHAPES;
const LOUD: usize = QUOTED + FEW[0].0;
const BEGINS: usize = LOUD + FEW[1].0;
const GAP: usize = BEGINS + FEW[2].0;
const KNOWN: usize = GAP + FEW[3].0;
const KNOWN_SHAPE: usize = KNOWN + FEW[4].0;
const SEEN: usize = KNOWN_SHAPE + FEW[5].0;
const SEEN_LOUD: usize = SEEN + FEW[6].0;
/// Context features that have a number: all but [`Context::place_row`].
pub const NUMBERS: usize = SEEN_LOUD + FEW[7].0;

/// The row of a context feature.
fn context_row(template: u64, value: u64, bits: u32) -> u32 {
    row((template << 32 | value) ^ 0xC0DE_0000_0000_0000, bits)
}

/// The row of a context feature by its number.
pub fn numbered_row(number: usize, bits: u32) -> u32 {
    if number < ALL_SHAPES {
        return context_row(1 + (number / SHAPES) as u64, (number % SHAPES) as u64, bits);
    }
    let mut rest = number - ALL_SHAPES;
    for (count, template) in FEW {
        if rest >= count {
            rest -= count;
            continue;
        }
        let rest = rest as u64;
        // where the stored weights leave room between the parts of a value
        let value = match template {
            7 => (rest >> 9) << 24 | (rest >> 4 & 31) << 16 | rest & 15,
            8 => (rest >> 9) << 24 | (rest >> 4 & 31) << 16 | rest & 15,
            9 => (rest >> 5) << 8 | rest & 31,
            10 => (rest >> 2) << 8 | rest & 3,
            _ => rest,
        };
        return context_row(template, value, bits);
    }
    0
}

fn slot(hash: u64, mask: usize) -> usize {
    (hash.wrapping_mul(PRIME) >> 32) as usize & mask
}

impl Context {
    /// Reads a page.
    pub fn new(page: &Page, places: &[Candidate], bodies: &[KnownBody]) -> Self {
        let text = &page.text;
        let tokens = &text.tokens;
        let mut context = Self {
            shapes: Vec::with_capacity(tokens.len()),
            known: vec![0; tokens.len()],
            place: vec![0; tokens.len()],
            ..Self::default()
        };
        match text.each_facts() {
            Some(all) => context.shapes.extend(tokens.iter().zip(all).map(|(token, facts)| shape(token, facts.form))),
            None => context.shapes.extend(tokens.iter().enumerate().map(|(i, token)| shape(token, form(text.fold(i))))),
        }
        context.fill_known(places, bodies);
        context.quoted = quotes(page, &context.shapes);
        context.loud = text.lines.iter().map(|line| loudness(&context.shapes[line.tokens.0 as usize..line.tokens.1 as usize])).collect();
        context.fill_seen(tokens);
        context
    }

    fn fill_known(&mut self, places: &[Candidate], bodies: &[KnownBody]) {
        for place in places {
            let kind: u16 = match place.kind {
                "country" => 1,
                "area" => 2,
                "admin1" => 3,
                "district" => 4,
                "capital" => 5,
                "city" => 6 + u16::from(place.population > 20_000) + u16::from(place.population > 200_000),
                "village" | "municipality" => 9,
                _ => 10,
            };
            let how = place.form as u16
                | (place.ordinary as u16) << 2
                | u16::from(place.abbreviation) << 4
                | u16::from(place.word.is_some()) << 5;
            for (n, i) in (place.tokens.0..place.tokens.1).enumerate() {
                if let Some(known) = self.known.get_mut(i as usize) {
                    *known |= if n == 0 { PLACE_FIRST } else { PLACE_LATER };
                    self.place[i as usize] = kind | how << 4;
                }
            }
        }
        for body in bodies {
            for (n, i) in (body.tokens.0..body.tokens.1).enumerate() {
                if let Some(known) = self.known.get_mut(i as usize) {
                    *known |= if n == 0 { BODY_FIRST } else { BODY_LATER } | if body.sure { BODY_SURE } else { 0 };
                }
            }
        }
        let stretches = places.iter().map(|place| place.tokens).chain(bodies.iter().map(|body| body.tokens));
        for (first, last) in stretches {
            let last = self.known.len().min(last as usize + 1);
            if let Some(near) = self.known.get_mut((first as usize).saturating_sub(1)..last) {
                near.iter_mut().for_each(|known| *known |= NEAR);
            }
        }
    }

    fn fill_seen(&mut self, tokens: &[Token]) {
        self.mask = (tokens.len() * 4).next_power_of_two().max(1024) - 1;
        self.seen = vec![0; self.mask + 1];
        for (i, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == Kind::Word) {
            let seen = &mut self.seen[slot(token.hash, self.mask)];
            if token.case == Case::Lower {
                *seen |= SEEN_LOWER;
                continue;
            }
            let inside = i > 0 && tokens[i - 1].sentence == token.sentence && matches!(self.shapes[i - 1], Shape::Lower | Shape::Comma);
            if inside && self.loud[token.line as usize] == 0 {
                *seen |= if *seen & SEEN_INSIDE != 0 { SEEN_OFTEN } else { SEEN_INSIDE };
            }
            let bracketed = i > 0 && self.shapes[i - 1] == Shape::Open && self.shapes.get(i + 1) == Some(&Shape::Close);
            if bracketed && matches!(self.shapes[i], Shape::Upper | Shape::Mixed) {
                *seen |= SEEN_BRACKETED;
            }
        }
    }

    /// The shape of a token.
    pub fn shape(&self, token: usize) -> Shape {
        self.shapes.get(token).copied().unwrap_or(Shape::Edge)
    }

    /// Numbers of the context features of token `i` in a stretch of tokens `first..last`: see
    /// [`numbered_row`].
    #[inline]
    pub fn numbers(&self, text: &Text, (first, last): (usize, usize), i: usize, mut sink: impl FnMut(usize)) {
        let [before_it, before, here, after, behind_it] = self.around((first, last), i);
        sink(before << 8 | here << 4 | after);
        sink(SHAPES + (before_it << 8 | before << 4 | here));
        sink(2 * SHAPES + (here << 8 | after << 4 | behind_it));
        let token = &text.tokens[i];
        let quoted = usize::from(self.quoted[i]);
        if quoted != 0 {
            sink(QUOTED + (quoted << 4 | here));
        }
        let loud = usize::from(self.loud[token.line as usize]);
        if loud != 0 {
            sink(LOUD + (loud << 4 | here));
        }
        if i == first {
            sink(BEGINS + here);
        } else if text.gap(i) > 2 {
            sink(GAP + here); // a wide gap, as between the entries of a menu
        }
        let near = if self.known[i] & NEAR != 0 { 3 } else { 0 };
        for (n, j) in [i.wrapping_sub(1), i, i + 1].into_iter().take(near).enumerate() {
            if !(first..last).contains(&j) {
                continue;
            }
            let known = usize::from(self.known[j] & TOLD);
            if known != 0 {
                sink(KNOWN + (n << 9 | known << 4 | usize::from(self.place[j]) & 15));
                sink(KNOWN_SHAPE + (n << 9 | known << 4 | self.shapes[j] as usize));
            }
        }
        if matches!(self.shapes[i], Shape::Title | Shape::Upper | Shape::Mixed | Shape::Letter) {
            let seen = usize::from(self.seen[slot(token.hash, self.mask)]);
            sink(SEEN + (seen << 5 | here << 1 | usize::from(i == first)));
            sink(SEEN_LOUD + (seen << 2 | loud));
        }
    }

    /// The shapes of token `i` and of two on each side of it, in a stretch of tokens `first..last`.
    #[inline]
    fn around(&self, (first, last): (usize, usize), i: usize) -> [usize; OFFSETS] {
        let inside = if i >= first + REACH && i + REACH < last { self.shapes.get(i - REACH..=i + REACH) } else { None };
        if let Some(shapes) = inside.and_then(|shapes| shapes.first_chunk::<OFFSETS>()) {
            return shapes.map(|shape| shape as usize);
        }
        let at = |j: usize| if (first..last).contains(&j) { self.shape(j) } else { Shape::Edge };
        std::array::from_fn(|n| at((i + n).wrapping_sub(REACH)) as usize)
    }

    /// The row of what the tables say of token `i` in full, where they know it.
    pub fn place_row(&self, i: usize, bits: u32) -> Option<u32> {
        let known = u64::from(self.known[i] & TOLD);
        (known != 0).then(|| context_row(12, known << 16 | u64::from(self.place[i]), bits))
    }
}

/// For each token: 0 outside quotation marks; inside, what stood before the opening mark.
fn quotes(page: &Page, shapes: &[Shape]) -> Vec<u8> {
    let text = &page.text;
    let mut quoted = vec![0; text.tokens.len()];
    for line in &text.lines {
        let (first, last) = (line.tokens.0 as usize, line.tokens.1 as usize);
        let Some(mut i) = text.candidates(first..last, QUOTE).next() else { continue };
        while i < last {
            if shapes[i] != Shape::Quote || matches!(text.str(i), "»" | "”") {
                i += 1;
                continue;
            }
            // a name in quotes is short: look for its closing mark nearby
            let Some(close) = (i + 1..last.min(i + 16)).find(|&j| shapes[j] == Shape::Quote && !matches!(text.str(j), "«")) else {
                i += 1;
                continue;
            };
            let classes = if i > first { lexicon::classes_of(text, i - 1) } else { 0 };
            let opener = if classes & lexicon::LEGAL != 0 {
                1
            } else if classes & lexicon::HEAD != 0 {
                2
            } else if classes & lexicon::PROJECT != 0 {
                3
            } else {
                4
            };
            let long = if close - i > 6 { 4 } else { 0 };
            for (n, q) in quoted[i..=close].iter_mut().enumerate() {
                *q = (opener + long) << 2
                    | if n == 0 {
                        1
                    } else if n == close - i {
                        3
                    } else {
                        2
                    };
            }
            i = close + 1;
        }
    }
    quoted
}

/// What a shape adds to the counts of words in small letters, with a capital, in capitals.
const COUNTED: [u64; 16] = {
    let mut counted = [0; 16];
    counted[Shape::Lower as usize] = 1;
    counted[Shape::Title as usize] = 1 << 21;
    counted[Shape::Mixed as usize] = 1 << 21;
    counted[Shape::Upper as usize] = 1 << 42;
    counted
};

/// 1 for a line in capitals, 2 for a line whose every longer word begins with one, else 0.
fn loudness(shapes: &[Shape]) -> u8 {
    // three counts in one number, of which none can run over into the next
    let counts = |part: &[Shape]| part.iter().fold(0_u64, |counts, &shape| counts + COUNTED[shape as usize]);
    let (mut lower, mut title, mut upper) = (0, 0, 0);
    for counts in shapes.chunks(1 << 20).map(counts) {
        lower += counts % (1 << 21);
        title += (counts >> 21) % (1 << 21);
        upper += counts >> 42;
    }
    if upper >= 3 && upper > 2 * (lower + title) {
        1
    } else if title >= 4 && title >= 3 * lower {
        2
    } else {
        0
    }
}
