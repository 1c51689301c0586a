//! Datelines: "BISHKEK, 12 May 2021 –", «ДУШАНБЕ, 27 ноя — АП», and the year of one that names none.

use jiff::civil::Date;

use crate::mention::Bound;
use crate::page::Page;
use crate::text::{Kind, Text};

use super::reader::{Item, Reader};
use super::resolve::Resolved;
use super::tense::{self, Tense};
use super::words::Class;
use crate::mention::value::{Point, Value};

/// Whether the date stands in a dateline: place, date, then a dash, an agency or the text; or the
/// date first and the place behind it.
pub(super) fn stands_in(text: &Text, r: &Reader, date: usize, date_end: usize, first: usize, end: usize) -> bool {
    let fold = |i: usize| text.fold(i);
    if date - first > 40 {
        return false;
    }
    let first = (first..date).find(|&i| !matches!(fold(i), "/" | "(" | "[" | "*" | "-" | "|")).unwrap_or(date);
    let head = first..date;
    if head.len() > 14 {
        return false;
    }
    let words: Vec<usize> = head.clone().filter(|&i| text.tokens[i].kind == Kind::Word).collect();
    let named = words.iter().filter(|&&i| text.tokens[i].is_capital()).count();
    let small = words
        .iter()
        .filter(|&&i| !text.tokens[i].is_capital() && !matches!(fold(i), "and" | "и" | "г" | "of" | "the" | "с" | "de"))
        .count();
    let marks = head
        .clone()
        .all(|i| text.tokens[i].kind != Kind::Mark || matches!(fold(i), "," | "." | "/" | "-" | "(" | ")" | "\"" | "|" | ":" | "&"));
    let numbers = head.clone().any(|i| text.tokens[i].kind == Kind::Number);
    let joined =
        date == first || matches!(fold(date - 1), "," | "." | "/" | "-" | "(" | "|" | ":") || words.len() <= 3 && named == words.len();
    let placed = !words.is_empty()
        && (date == first || fold(date - 1) != ":") // "Effective: 17 May 2018"
        && named >= 1
        && small == 0
        && words.len() <= 8
        && !r.is(words[0], Class::In)
        && !r.is(words[0], Class::On)
        && marks
        && joined
        && !numbers;
    let next = fold(date_end);
    let at_end = date_end >= end;
    let capital_next = |i: usize| text.tokens.get(i).is_some_and(|t| t.is_capital() || t.kind == Kind::Mark) && i < end;
    if placed {
        // a sentence of its own: "In Osh, 5 May 2020 …" goes on with a small letter
        return at_end || matches!(next, "-" | "/" | "." | "," | "(" | ")" | ":" | "|" | "[") || text.tokens[date_end].is_capital();
    }
    if date != first || at_end {
        return false;
    }
    // the date first: "5 May 2020, Osh.", "5 мая, Минск /Агентство/", "5 May 2020 (KABAR) –"
    let is_place = |i: usize| {
        let i = if matches!(fold(i), "г" | "с") && fold(i + 1) == "." { i + 2 } else { i };
        capital_next(i) && text.tokens[i].kind == Kind::Word
    };
    match next {
        "," => is_place(date_end + 1) && (date_end + 1..(date_end + 6).min(end)).any(|i| matches!(fold(i), "/" | "." | "-" | "(" | ":")),
        "/" | "(" | "|" => true,
        "-" => {
            // «1 сен - РИА Новости. …», not "5 May 2020 – the deal is signed"
            r.at(date_end + 1) == Item::Other
                && text.tokens.get(date_end + 1).is_some_and(crate::text::Token::is_capital)
                && (date_end + 2..(date_end + 6).min(end)).any(|i| fold(i) == ".")
        }
        _ => false,
    }
}

/// The day of a year that lies nearest to a date.
pub(super) fn nearest((month, day): (u8, u8), date: Date) -> Option<Date> {
    let year = date.year();
    (year - 1..=year + 1).filter_map(|y| Point::day(y, month, day)?.first()).min_by_key(|d| (*d - date).get_days().abs())
}

/// A dateline's day with its year: the one known, else that of the dates in full around it. What
/// is told as past lies before the dateline, what is to come behind it.
pub(super) fn with_year(page: &Page, found: &[Resolved], (month, day): (u8, u8), known: Option<Date>) -> Option<Date> {
    let near = |date: Date| nearest((month, day), date);
    if let Some(known) = known {
        return near(known);
    }
    // the latest of the days in full, unless the text tells of a year long after it
    let text = || found.iter().filter(|f| !f.furniture && f.expression.bound.is_none());
    let own = text()
        .filter(|f| f.value.is_daily())
        .filter_map(|f| f.value.days())
        .filter_map(|(first, _)| Some((near(first)?, first)))
        .max_by_key(|(_, first)| *first)
        .map(|(own, _)| own);
    // "since 3 November 2021" lies before it, "by 15 January 2024" behind it
    let bounded = || {
        let days = found.iter().filter(|f| !f.furniture).filter_map(|f| Some((f.value.as_day()?, f.expression.bound?)));
        let on = |at: Date, by: i16| Point::day(at.year() + by, month, day)?.first();
        days.filter_map(|(at, bound)| match bound {
            Bound::From => on(at, 0).filter(|own| *own >= at).or_else(|| on(at, 1)),
            Bound::Until => on(at, 0).filter(|own| *own <= at).or_else(|| on(at, -1)),
        })
        .max()
    };
    let own = own.or_else(bounded)?;
    let latest = text()
        .filter(|f| tense::near(&page.text, f.expression.first, f.expression.end) != Tense::Future)
        .filter_map(|f| match f.value {
            Value::Point(point @ (Point::Year(_) | Point::Month(..))) => Some(point.year_of()),
            _ => None,
        })
        .max();
    if latest.is_some_and(|year| year >= own.year() + 3) {
        return None;
    }
    let told = |tense: Tense| {
        text().filter(move |f| tense::near(&page.text, f.expression.first, f.expression.end) == tense).filter_map(|f| f.value.as_day())
    };
    let in_year = |by: i16| Point::day(own.year() + by, month, day)?.first();
    match (told(Tense::Past).max(), told(Tense::Future).min()) {
        (Some(after), _) if own < after && (after - own).get_days() > 31 => in_year(1),
        (after, Some(before)) if own > before && after.is_none_or(|after| after < before) => {
            in_year(-1).filter(|day| after.is_none_or(|after| after <= *day)).or(Some(own))
        }
        _ => Some(own),
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;

    #[test]
    fn the_year_of_a_dateline() {
        let story = "The village got a new bridge, and forty families came to see it opened by the governor of the region in person.";
        for (rest, day) in [
            ("The money was granted on 24 June 2022.", Some("2022-11-20")),
            // past days lie before it, days to come behind it
            ("The money was granted on 24 December 2021.", Some("2022-11-20")),
            ("A school will be opened on 1 September 2023.", Some("2022-11-20")),
            ("They have waited since 24 December 2021.", Some("2022-11-20")),
            ("Tell us what you think by 15 January 2023.", Some("2022-11-20")),
            // a year that only stands in a plan tells nothing
            ("All villages will have one by 2096.", None),
        ] {
            let text = format!("A bridge\n\nNARYN, November 20 – {story} {rest}\n");
            let record = Record::of(&text);
            assert_eq!(record.published.as_deref(), day, "{rest}");
        }
    }
}
