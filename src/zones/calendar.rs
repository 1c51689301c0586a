//! Days and times in a line, as far as zones need them: whether there are any, and where.
//!
//! What a date means is not asked here: see [`crate::dates`].

use std::ops::Range;
use std::sync::LazyLock;

use crate::table;
use crate::text::facts::CALENDAR_OF_PAGE;
use crate::text::{Facts, Kind, Phrases, Text};

#[derive(Clone, Copy, PartialEq)]
enum Word {
    Month,
    Day,
    Year,
}

static WORDS: LazyLock<Phrases<Word>> = LazyLock::new(|| {
    let mut words = Phrases::default();
    for [word, kind] in table::rows(include_str!("../../data/zones/calendar.tsv")) {
        let kind = match kind {
            "month" => Word::Month,
            "day" => Word::Day,
            _ => Word::Year,
        };
        words.insert(word, kind);
    }
    words
});

/// Whether it may be a word of the table.
pub(super) fn may_hold(hash: u64) -> bool {
    WORDS.may_begin(hash)
}

/// The days and times of a line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Days {
    /// There is a day: a numeric date, or a month with a number beside it.
    pub(super) any: bool,
    /// There is a clock time.
    pub(super) time: bool,
    /// The line begins with one of them.
    pub(super) first: bool,
    /// It ends with one.
    pub(super) last: bool,
    /// Words and numbers of the line that are part of none.
    pub(super) rest: usize,
}

/// Reads the line with these tokens.
pub(super) fn read(text: &Text, line: Range<usize>) -> Days {
    let words = |range: Range<usize>| text.count(range, Facts::WORD | Facts::NUMBER);
    let mut days = Days::default();
    // words of days and times, and one past the last of them
    let (mut covered, mut past) = (0, line.start);
    for at in text.candidates(line.clone(), CALENDAR_OF_PAGE | Facts::NUMBER) {
        if at < past || text.tokens[at].kind == Kind::Mark {
            continue;
        }
        let Some((end, time)) = one(text, at, line.end) else { continue };
        days.any |= !time;
        days.time |= time;
        days.first |= words(line.start..at) == 0;
        covered += words(at..end);
        past = end;
    }
    days.rest = words(line.clone()) - covered;
    days.last = past > line.start && words(past..line.end) == 0;
    days
}

/// Whether the first word of the line is a day of the week.
pub(super) fn begins_with_weekday(text: &Text, mut line: Range<usize>) -> bool {
    line.find(|&t| text.tokens[t].kind != Kind::Mark).is_some_and(|t| word(text, t) == Some(Word::Day))
}

fn word(text: &Text, at: usize) -> Option<Word> {
    // one look-up: the table has single words only
    text.may_be(at, CALENDAR_OF_PAGE).then(|| WORDS.longest(text, at)).flatten().map(|(_, &kind)| kind)
}

/// A day or a time that begins at a token: one past its end, and whether it is a time.
fn one(text: &Text, at: usize, end: usize) -> Option<(usize, bool)> {
    let number = |t: usize| (t < end && text.tokens[t].kind == Kind::Number).then(|| text.fold(t));
    let glued = |t: usize| t < end && !text.tokens[t].spaced;
    if let Some(first) = number(at) {
        // 12.10.2020, 12/10/20, 2020-10-12, 14:05
        if at + 2 < end
            && glued(at + 1)
            && glued(at + 2)
            && let Some(second) = number(at + 2)
        {
            let mark = text.fold(at + 1);
            if mark == ":" && first.len() <= 2 && second.len() == 2 {
                let tail = if matches!(text.fold(at + 3), "am" | "pm") && at + 3 < end { at + 4 } else { at + 3 };
                return Some((tail, true));
            }
            if matches!(mark, "." | "/" | "-") && at + 4 < end && text.fold(at + 3) == mark && number(at + 4).is_some() {
                return Some((at + 5, false));
            }
        }
        // 5 May 2020, 5th of May, 27ноя
        if first.len() <= 2 {
            let mut month = at + 1;
            if month < end && matches!(text.fold(month), "st" | "nd" | "rd" | "th") {
                month += 1;
            }
            if month < end && text.fold(month) == "of" {
                month += 1;
            }
            if month < end && word(text, month) == Some(Word::Month) {
                return Some((year(text, month + 1, end), false));
            }
        }
        if is_year(first) {
            return Some((year(text, at, end), false));
        }
        return None;
    }
    match word(text, at)? {
        Word::Month => {
            let mut next = at + 1;
            if next < end && text.fold(next) == "." {
                next += 1;
            }
            let day = number(next)?;
            if day.len() <= 2 {
                next += 1;
                if next < end && matches!(text.fold(next), "st" | "nd" | "rd" | "th") {
                    next += 1;
                }
                return Some((year(text, next, end), false));
            }
            is_year(day).then(|| (year(text, next, end), false))
        }
        Word::Day => {
            let mut next = at + 1;
            while next < end && text.tokens[next].kind == Kind::Mark && matches!(text.fold(next), "," | ".") {
                next += 1;
            }
            Some(if next < end { one(text, next, end).filter(|&(_, time)| !time).unwrap_or((at + 1, false)) } else { (at + 1, false) })
        }
        Word::Year => None,
    }
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && matches!(digits.as_bytes().first(), Some(b'1' | b'2'))
}

/// One past the year that may follow, with its word.
fn year(text: &Text, mut at: usize, end: usize) -> usize {
    let mut next = at;
    while next < end && matches!(text.fold(next), "," | ".") {
        next += 1;
    }
    if next < end && text.tokens[next].kind == Kind::Number && is_year(text.fold(next)) {
        at = next + 1;
        if at < end && word(text, at) == Some(Word::Year) {
            at += 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Days {
        let text = Text::new(line);
        read(&text, 0..text.tokens.len())
    }

    #[test]
    fn lines_that_are_dates() {
        for line in ["12.10.2020", "2020-10-12 14:05", "Monday, 5 May 2020", "четверг, 28 марта 2024 г.", "27 ноя 2015", "March 1, 2021"]
        {
            let days = of(line);
            assert!(days.any && days.first && days.last && days.rest == 0, "{line}: {days:?}");
        }
    }

    #[test]
    fn dates_at_an_end() {
        let days = of("Museum reopens in Orhei, 8 October 2020");
        assert!(days.any && days.last && !days.first);
        let days = of("12:05 | 08.11.13 Prices go down");
        assert!(days.any && days.time && days.first && !days.last);
        assert!(!of("20 schools got 5 buses").any);
    }
}
