//! A text as the date grammar sees it: numbers, marks and the words of calendar expressions.
//!
//! Each token is looked up once; after that the grammar compares small numbers only. A region is
//! a run of tokens that an expression may stand in: a line, or a sentence wrapped over several.

use crate::span::Span;
use crate::text::{Case, Facts, Kind, Script, Text, facts};

use super::words::{self, Class, Unit};

/// A token in the grammar's eyes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Item {
    /// Not of the grammar.
    Other,
    /// Its value and how many digits it has.
    Number(u32, u8),
    /// One mark, folded; 0 for one that is not ASCII.
    Mark(u8),
    /// A word of the tables.
    Word(Class, i16),
    /// A Roman number from 1 to 21.
    Roman(u8),
}

impl Item {
    /// Whether an expression may begin with it: most words of the tables and most marks only stand inside one.
    pub(super) fn may_open(self) -> bool {
        match self {
            Item::Number(..) | Item::Roman(_) => true,
            Item::Mark(mark) => matches!(mark, b'\'' | b'"'),
            Item::Word(class, _) => class.may_open(),
            Item::Other => false,
        }
    }
}

/// Reads a text item by item.
pub(super) struct Reader<'a> {
    pub text: &'a Text<'a>,
    items: Vec<Item>,
    /// A bit for each token that may open an expression or has a number behind it.
    opening: Vec<u64>,
    /// The region that is read: first token, one past the last.
    pub floor: usize,
    pub limit: usize,
    /// The text is a bare expression, so that no context is asked for.
    pub bare: bool,
    /// Tokens looked at, to show that reading is linear.
    #[cfg(test)]
    pub looks: std::cell::Cell<usize>,
}

/// A text with no more tokens than this may be one bare expression.
const BARE: usize = 14;

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a Text<'a>) -> Self {
        let (items, opening) = items(text);
        let bare = items.len() <= BARE && items.iter().all(|i| !matches!(i, Item::Other | Item::Word(Class::Label, _)));
        Self {
            text,
            items,
            opening,
            floor: 0,
            limit: 0,
            bare,
            #[cfg(test)]
            looks: std::cell::Cell::new(0),
        }
    }

    /// Moves to the region that begins at token `first`.
    pub(super) fn region(&mut self, first: usize) {
        self.floor = first;
        let tokens = &self.text.tokens;
        let mut i = first + 1;
        while i < tokens.len() && (tokens[i].line == tokens[i - 1].line || tokens[i].sentence == tokens[i - 1].sentence) {
            i += 1;
        }
        self.limit = i.min(tokens.len());
    }

    /// Opens the whole text, once all expressions are read.
    pub(super) fn open(&mut self) {
        (self.floor, self.limit) = (0, self.items.len());
    }

    /// A text whose expressions are all read, open from end to end.
    pub(super) fn opened(text: &'a Text<'a>, items: Vec<Item>, bare: bool) -> Self {
        let limit = items.len();
        Self {
            text,
            items,
            opening: Vec::new(), // all are read
            floor: 0,
            limit,
            bare,
            #[cfg(test)]
            looks: std::cell::Cell::new(0),
        }
    }

    /// What each token is.
    pub(super) fn into_items(self) -> Vec<Item> {
        self.items
    }

    /// The item at `i`; [`Item::Other`] outside the region.
    #[inline]
    pub(super) fn at(&self, i: usize) -> Item {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        if i >= self.floor && i < self.limit { self.items[i] } else { Item::Other }
    }

    /// The first token from `i` on, as far as the region goes, that may open an expression or has a number behind it.
    pub(super) fn past_others(&self, i: usize) -> usize {
        let last = self.limit.saturating_sub(1);
        let mut block = i / 64;
        let mut rest = self.opening.get(block).map_or(0, |bits| bits & u64::MAX << (i % 64));
        while rest == 0 && block < last / 64 {
            block += 1;
            rest = self.opening.get(block).copied().unwrap_or(0);
        }
        if rest == 0 || i >= last { last.max(i) } else { (block * 64 + rest.trailing_zeros() as usize).min(last) }
    }

    /// The item before `i`.
    #[inline]
    pub(super) fn before(&self, i: usize) -> Item {
        i.checked_sub(1).map_or(Item::Other, |i| self.at(i))
    }

    #[inline]
    pub(super) fn class(&self, i: usize) -> Option<Class> {
        match self.at(i) {
            Item::Word(class, _) => Some(class),
            _ => None,
        }
    }

    #[inline]
    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.class(i) == Some(class)
    }

    /// The value of the word at `i`, if it is of `class`.
    #[inline]
    pub(super) fn value(&self, i: usize, class: Class) -> Option<i16> {
        match self.at(i) {
            Item::Word(c, value) if c == class => Some(value),
            _ => None,
        }
    }

    #[inline]
    pub(super) fn unit(&self, i: usize) -> Option<Unit> {
        match self.at(i) {
            Item::Word(Class::Unit | Class::UnitPlural, value) => Some(Unit::new(value)),
            _ => None,
        }
    }

    #[inline]
    pub(super) fn mark(&self, i: usize, mark: u8) -> bool {
        self.at(i) == Item::Mark(mark)
    }

    /// A number with `digits` digits.
    #[inline]
    pub(super) fn number(&self, i: usize) -> Option<(u32, u8)> {
        match self.at(i) {
            Item::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// Whether token `i` follows the one before it without a space.
    #[inline]
    pub(super) fn glued(&self, i: usize) -> bool {
        i > self.floor && i < self.limit && !self.text.tokens[i].spaced
    }

    /// Whether token `i` is in Cyrillic letters.
    #[inline]
    pub(super) fn script_is_cyrillic(&self, i: usize) -> bool {
        self.text.tokens.get(i).is_some_and(|t| t.script == Script::Cyrillic)
    }

    #[inline]
    pub(super) fn capital(&self, i: usize) -> bool {
        i < self.limit && self.text.tokens[i].is_capital()
    }

    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        self.text.span(first, end - 1)
    }

    /// One past the full stop at `i`, if there is one.
    pub(super) fn past_stop(&self, i: usize) -> usize {
        if self.mark(i, b'.') && self.glued(i) { i + 1 } else { i }
    }
}

/// What may be of the grammar.
const CANDIDATES: u64 = facts::DATE | facts::ROMAN | Facts::NUMBER | Facts::MARK;

/// What each token is, where a word of the page is looked at once; and a bit for each that may open an expression.
fn items(text: &Text) -> (Vec<Item>, Vec<u64>) {
    let words = &text.words;
    let mut known: Vec<Option<Item>> = vec![None; words.facts.len()];
    let mut items = vec![Item::Other; text.tokens.len()];
    let mut opening = vec![0; text.tokens.len() / 64 + 1];
    for i in text.candidates(0..text.tokens.len(), CANDIDATES) {
        let number = words.numbers.get(i).map_or(usize::MAX, |&n| n as usize);
        items[i] = match known.get_mut(number) {
            Some(&mut Some(item)) => item,
            known => {
                let item = item(text, i);
                // "IV" and "iV" are one word, and one Roman number
                if let Some(known) = known.filter(|_| !text.tokens[i].is_capital() || roman(text.fold(i)).is_none()) {
                    *known = Some(item);
                }
                item
            }
        };
        opening[i / 64] |= u64::from(items[i].may_open()) << (i % 64);
        if let (Item::Number(..), Some(before)) = (items[i], i.checked_sub(1)) {
            opening[before / 64] |= 1 << (before % 64);
        }
    }
    (items, opening)
}

fn item(text: &Text, i: usize) -> Item {
    let token = &text.tokens[i];
    match token.kind {
        Kind::Number => {
            let digits = text.fold(i);
            match (digits.len(), digits.parse()) {
                (n @ 1..=9, Ok(value)) => Item::Number(value, n as u8),
                _ => Item::Other,
            }
        }
        Kind::Mark => Item::Mark(text.mark(i)),
        Kind::Word => match words::word(token.hash) {
            Some(word) => Item::Word(word.class, word.value),
            None if text.fold(i) == "'s" => Item::Word(Class::Plural, 0),
            None if matches!(token.case, Case::Upper | Case::Title) && token.span.len() <= 10 => {
                roman(text.fold(i)).map_or(Item::Other, Item::Roman)
            }
            None => Item::Other,
        },
    }
}

/// A Roman number up to 21, in Latin letters or the Cyrillic ones that look the same.
pub(super) fn roman(word: &str) -> Option<u8> {
    let mut total = 0i16;
    let mut last = 0i16;
    for c in word.chars() {
        let value = match c {
            'i' | 'і' => 1,
            'v' => 5,
            'x' | 'х' => 10,
            _ => return None,
        };
        total += value;
        if last < value {
            total -= 2 * last;
        }
        last = value;
    }
    (1..=21).contains(&total).then_some(total as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::read_all;

    #[test]
    fn work_grows_with_the_text_and_no_faster() {
        let seeds = [
            "1-",
            "1 ",
            "5, ",
            "2019-",
            "в январе и ",
            "last ",
            "the ",
            "понедельник, ",
            "12.05.",
            "twenty ",
            "с 1 по ",
            "первый ",
            "May ",
            "2019/",
            "every first ",
            "1. ",
            "Q",
            "'",
            "early mid-",
            "two thousand ",
            "of the ",
            "x 1:1 ",
            "May 1, 2, ",
            "2015, ",
            "\"1\" ",
        ];
        for seed in seeds {
            let looks = |n: usize| {
                let source = seed.repeat(n);
                let text = crate::text::Text::new(&source);
                let mut reader = Reader::new(&text);
                reader.bare = false;
                read_all(&mut reader);
                reader.looks.get()
            };
            let (one, four) = (looks(500), looks(2000));
            assert!(four <= one * 4 + one / 2 + 400, "{seed:?}: {one} looks for 500, {four} for 2000");
        }
    }
}
