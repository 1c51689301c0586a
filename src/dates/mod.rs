//! Calendar expressions: found, resolved, told apart.
//!
//! The text is seen as numbers, marks and words of the calendar (`reader`). At each token that
//! can begin an expression every family of the grammar may read one; the longest wins, and no
//! token is read again after that, so the work grows with the text and not faster. What is read
//! (`expression`) leaves open what the text leaves open; `resolve` settles it from the day of
//! the release, or from the dates around it. `own_date` and [`event`] tell the
//! release's own date and the event's from all others.

mod beside;
mod calendar_day;
pub mod convention;
mod cues;
mod dateline;
mod event;
mod expression;
mod frame;
mod general;
mod month;
mod numeric;
mod own_date;
mod quarter;
mod range;
mod reader;
mod reckoning;
mod relative;
mod resolve;
mod scope;
mod stamp;
mod tense;
mod weekday;
mod words;
mod year;

pub use crate::mention::value::{Length, LengthUnit, NoValue, Point, Reference, Season, Value, Yearless};
pub use stamp::stamp;

use jiff::civil::Date;

use crate::mention::{DateFact, Fact, Mention, Rule, Settled};
use crate::page::Page;
use crate::span::Span;
use crate::text::facts;
use expression::{Expression, Shape, Year};
use reader::{Item, Reader};
use words::Class;

/// What the tables of dates say of a word.
pub(crate) fn facts(hash: u64, fold: &str) -> u64 {
    let word = if words::word(hash).is_some() || fold == "'s" { facts::DATE } else { 0 };
    let word = if reader::roman(fold).is_some() { word | facts::ROMAN } else { word };
    if cues::may_begin(hash) { word | facts::CUE_OF_DATE } else { word }
}

/// What one family read: one past its last token, and what it says.
#[derive(Clone, Copy, Debug)]
struct Reading {
    /// The first token of the mark, where it is not the one that was read from.
    from: usize,
    end: usize,
    shape: Shape,
    /// Day and month may change places.
    swappable: bool,
    /// Digits of clutter at the start and at the end.
    trim: (u8, u8),
    /// One past the first part of a range, and where its last part begins.
    parts: Option<(usize, usize)>,
    rule: (&'static str, &'static str),
}

impl Reading {
    fn new(end: usize, shape: Shape, rule: (&'static str, &'static str)) -> Self {
        Self { from: 0, end, shape, swappable: false, trim: (0, 0), parts: None, rule }
    }
}

/// One expression without its range: the longest that a family reads.
fn single(r: &Reader, i: usize) -> Option<Reading> {
    let mut best: Option<Reading> = None;
    let mut add = |reading: Option<Reading>| {
        if let Some(reading) = reading
            && best.is_none_or(|b| reading.end > b.end)
        {
            best = Some(reading);
        }
    };
    match r.at(i) {
        Item::Number(..) => {
            add(numeric::read(r, i));
            add(calendar_day::read(r, i));
            add(quarter::read(r, i));
            add(month::first_months(r, i));
            add(relative::read(r, i));
            add(weekday::read(r, i));
            add(year::read(r, i));
            add(calendar_day::of_open_month(r, i));
        }
        Item::Word(Class::Month | Class::MonthShort | Class::MonthOrWord, _) => {
            add(calendar_day::read(r, i));
            add(month::read(r, i));
        }
        Item::Word(Class::Weekday | Class::WeekdayShort | Class::WeekdayOrWord, _) => {
            add(calendar_day::weekday_first(r, i));
            add(weekday::read(r, i));
        }
        Item::Word(Class::Ordinal | Class::Cardinal, _) => {
            add(calendar_day::read(r, i));
            add(weekday::read(r, i));
            add(quarter::read(r, i));
            add(month::first_months(r, i));
            add(relative::read(r, i));
            add(year::read(r, i));
            add(calendar_day::of_open_month(r, i));
        }
        Item::Word(Class::Deictic | Class::DeicticSpan | Class::Told | Class::The, _) => {
            add(weekday::read(r, i));
            add(quarter::read(r, i));
            add(relative::read(r, i));
            add(calendar_day::week_of(r, i));
            let named = |&(_, year): &(usize, Year)| matches!(year, Year::Given(_));
            add(year::relative(r, i).filter(named).map(|(end, year)| Reading::new(end, Shape::Year(year), ("year", "told-twice"))));
        }
        Item::Word(
            Class::Unit | Class::UnitPlural | Class::Day | Class::DayAdjective | Class::Eve | Class::Article | Class::Through,
            _,
        ) => {
            add(relative::read(r, i));
            add(calendar_day::week_of(r, i));
        }
        Item::Word(Class::In | Class::PartOf | Class::Part | Class::Later, _) => add(relative::read(r, i)),
        Item::Word(Class::From | Class::ThisLetter, _) => {
            add(year::relative(r, i).map(|(end, year)| Reading::new(end, Shape::Year(year), ("year", "this"))));
        }
        Item::Word(Class::Season, _) => add(quarter::read(r, i)),
        Item::Roman(_) => add(quarter::read(r, i)),
        Item::Mark(b'\'') => {
            add(quarter::read(r, i));
            add(year::apostrophe(r, i));
        }
        Item::Mark(b'"') => add(calendar_day::quoted(r, i)),
        Item::Word(Class::YearKind, _) => add(year::fiscal(r, i)),
        Item::Other => add(quarter::read(r, i).filter(|q| q.rule.1 == "lettered").or_else(|| year::fiscal(r, i))),
        _ => {}
    }
    best
}

/// Whether any family may read an expression from token `i`: most words of the tables only stand inside one.
fn may_begin(r: &Reader, i: usize) -> bool {
    let next = || r.at(i + 1);
    let word_or_number = || matches!(next(), Item::Word(..) | Item::Number(..));
    match r.at(i) {
        Item::Number(..) => true,
        Item::Roman(_) => next() != Item::Other || r.text.fold(i + 1) == "кв",
        Item::Mark(b'\'') => matches!(next(), Item::Number(..)),
        Item::Mark(b'"') => r.number(i + 1).is_some() && r.mark(i + 2, b'"'),
        Item::Mark(_) => false,
        Item::Other => {
            matches!(next(), Item::Number(..)) && (matches!(r.text.fold(i), "q" | "h") && r.glued(i + 1) || r.text.fold(i) == "fy")
        }
        Item::Word(class, _) => match class {
            Class::The | Class::Article | Class::PartOf => word_or_number(),
            Class::Deictic | Class::DeicticSpan | Class::Told => next() != Item::Other,
            Class::In => !r.script_is_cyrillic(i) && word_or_number(),
            Class::Part | Class::Later => matches!(next(), Item::Word(Class::In | Class::Of, _)),
            Class::From | Class::ThisLetter => r.mark(i + 1, b'.'),
            Class::YearKind => r.number(i + 1).is_some() && r.text.fold(i) == "fiscal",
            _ => class.may_open(),
        },
    }
}

/// Whether the number at `i` is part of something that is no date: `COVID-19`, `14:30`, `2.5`.
fn inside_something(r: &Reader, i: usize) -> bool {
    if !r.glued(i) || !matches!(r.at(i), Item::Number(..)) {
        return false;
    }
    let beyond = i.checked_sub(2).map(|j| (r.glued(i - 1), r.at(j)));
    match (r.before(i), beyond) {
        (Item::Mark(b'-'), Some((true, Item::Word(..) | Item::Other | Item::Roman(_)))) => {
            r.text.tokens[i - 2].kind == crate::text::Kind::Word && !r.bare && !r.is(i - 2, Class::Part)
        }
        (Item::Mark(b':' | b',' | b'.' | b'-'), Some((true, Item::Number(..)))) => true,
        (Item::Mark(b'$' | b'#' | b'@' | b'+' | b'_' | b'='), _) => true,
        (Item::Word(Class::From | Class::Until | Class::YearMark | Class::Month | Class::MonthShort | Class::MonthOrWord, _), _) => false,
        (Item::Word(..) | Item::Roman(_), _) => true,
        (Item::Other, _) => r.text.tokens[i - 1].kind == crate::text::Kind::Word,
        _ => false,
    }
}

/// All expressions of a text, in order.
fn read_all(r: &mut Reader) -> Vec<Expression> {
    let mut found: Vec<Expression> = Vec::new();
    let tokens = r.text.tokens.len();
    let mut i = 0;
    while i < tokens {
        if i >= r.limit {
            r.region(i);
        }
        i = r.past_others(i);
        let open = may_begin(r, i);
        debug_assert!(
            open || !matches!(r.at(i), Item::Word(..)) || range::series(r, i).is_none() && range::read(r, i).is_none(),
            "an expression begins with {:?}",
            r.at(i)
        );
        if !open || inside_something(r, i) {
            i += 1;
            continue;
        }
        if let Some(series) = range::series(r, i) {
            let day = |day| Shape::Day { day, month: expression::Month::Given(series.month), year: series.year, weekday: None };
            let whole = series.days.windows(2).all(|pair| pair[1].2 == pair[0].2 + 1);
            let expression = |first, end, shape, to, name| Expression {
                span: r.span(first, end),
                first,
                end,
                shape,
                to,
                part: None,
                bound: None,
                parts: None,
                swappable: false,
                rule: ("range", name),
            };
            match (&series.days[..], whole) {
                ([(_, _, first), .., (_, _, last)], true) => found.push(expression(i, series.end, day(*first), Some(day(*last)), "days")),
                (days, _) => found.extend(days.iter().map(|&(first, end, n)| expression(first, end, day(n), None, "series"))),
            }
            i = series.end;
            continue;
        }
        if let Some((reading, to)) = range::read(r, i) {
            let first = if reading.from > i { reading.from } else { i };
            let mut span = r.span(first, reading.end);
            span = Span { start: span.start + u32::from(reading.trim.0), end: span.end - u32::from(reading.trim.1) };
            let mut expression = Expression {
                span,
                first,
                end: reading.end,
                shape: reading.shape,
                to,
                part: None,
                bound: None,
                parts: reading.parts.filter(|_| to.is_some()),
                swappable: reading.swappable,
                rule: reading.rule,
            };
            scope::settle(r, &mut expression);
            // "on 3, 5 and 9 June": the days before it take its month
            for earlier in found
                .iter_mut()
                .rev()
                .take(8)
                .take_while(|e| e.rule.1 == "listed" && matches!(e.shape, Shape::Day { month: expression::Month::Open, .. }))
            {
                for shape in std::iter::once(&mut earlier.shape).chain(&mut earlier.to) {
                    if let (Shape::Day { month, year, .. }, Shape::Day { month: m, year: y, .. }) = (shape, expression.shape) {
                        (*month, *year) = (m, y);
                    }
                }
            }
            i = reading.end;
            if !names_something(r, &expression) {
                found.push(expression);
            }
            continue;
        }
        if let Some((end, day, last)) = range::list(r, i) {
            let shape = |day| Shape::Day { day, month: expression::Month::Open, year: Year::Open, weekday: None };
            let span = r.span(i, end);
            found.push(Expression {
                span,
                first: i,
                end,
                shape: shape(day),
                to: last.map(shape),
                part: None,
                bound: None,
                parts: None,
                swappable: false,
                rule: ("range", "listed"),
            });
            i = end;
            continue;
        }
        i = calendar_day::impossible(r, i).unwrap_or(i + 1);
    }
    found
}

/// A date that is part of a name: "Agenda 2030”, «8 Марта» as a street.
fn names_something(r: &Reader, e: &Expression) -> bool {
    if e.to.is_some() || r.bare {
        return false;
    }
    // "12 May Street", «на улице 8 Марта», «ул. 1 Мая»
    if let Shape::Day { year: Year::Open, .. } = e.shape {
        let before = if r.mark(e.first.wrapping_sub(1), b'.') || r.mark(e.first.wrapping_sub(1), b'"') {
            e.first.wrapping_sub(2)
        } else {
            e.first.wrapping_sub(1)
        };
        return r.is(e.end, Class::Address) && r.capital(e.end) || r.is(before, Class::Address);
    }
    let Shape::Year(Year::Given(_)) = e.shape else { return false };
    // “Digital Uzbekistan – 2030”: a capital, a dash, the year, a closing quote or the name's end
    e.end == e.first + 1
        && r.mark(e.first.wrapping_sub(1), b'-')
        && e.first >= 2
        && r.text.tokens[e.first - 2].kind == crate::text::Kind::Word
        && r.mark(e.end, b'"')
}

/// Finds every calendar expression, resolves it and gives it its role.
///
/// `known` is the day of publication where the caller knows it: the anchor of relative dates.
#[must_use]
pub fn find(page: &Page, known: Option<Date>) -> Vec<Mention> {
    resolved(page, read(page), known)
}

/// The calendar expressions of a page, before it is asked which days they name.
#[derive(Debug, Default)]
pub(crate) struct Unresolved {
    items: Vec<Item>,
    expressions: Vec<Expression>,
    bare: bool,
}

/// Finds every calendar expression.
pub(crate) fn read(page: &Page) -> Unresolved {
    let mut reader = Reader::new(&page.text);
    let expressions = read_all(&mut reader);
    Unresolved { expressions, bare: reader.bare, items: reader.into_items() }
}

fn resolved(page: &Page, Unresolved { items, expressions, bare }: Unresolved, known: Option<Date>) -> Vec<Mention> {
    let reader = Reader::opened(&page.text, items, bare);
    let resolved = resolve::all(page, &reader, expressions, known);
    let mut mentions: Vec<Mention> = Vec::with_capacity(resolved.len());
    for r in resolved {
        let e = &r.expression;
        let parts = e.parts.filter(|&(_, next)| next < e.end).map(|(end, next)| {
            let tokens = &page.text.tokens;
            (tokens[end - 1].span.end, tokens[next].span.start)
        });
        let fact = DateFact {
            value: r.value,
            role: r.role,
            part: r.expression.part,
            bound: r.expression.bound,
            alternative: r.alternative,
            parts,
            finer: r.finer,
        };
        let rule = Rule::Grammar(r.expression.rule.0, r.expression.rule.1);
        let mut mention = Mention::new(r.expression.span, Fact::Date(fact), rule, r.confidence);
        mention.because = r.because;
        mentions.push(mention);
    }
    mentions
}

/// Resolves the expressions of a page and gives them their roles. `stamp` is the day that the file's
/// metadata name: the anchor where the text does not say for sure when it was published.
pub(crate) fn resolve_stamped(page: &Page, unresolved: Unresolved, known: Option<Date>, stamp: Option<Date>) -> Vec<Mention> {
    let mentions = resolved(page, unresolved, known);
    let (None, Some(stamp)) = (known, stamp) else { return mentions };
    match published(page, &mentions, None) {
        Settled::Is { confidence, .. } if confidence >= SURE => mentions,
        _ => find(page, Some(stamp)),
    }
}

/// From this confidence on the words of the text win over the metadata of its file.
pub const SURE: f32 = 0.6;

/// When the release was published, from its dates.
#[must_use]
pub fn published(page: &Page, mentions: &[Mention], known: Option<Date>) -> Settled<Value> {
    own_date::published(page, mentions, known)
}

/// When the main event took, takes or will take place.
#[must_use]
pub fn event(page: &Page, mentions: &[Mention]) -> Settled<Value> {
    event::event(page, mentions)
}

#[cfg(test)]
mod cases {
    use super::*;

    /// The dates of a text in `text=value` form, for a release of `day`.
    pub(super) fn dates(source: &str, day: &str) -> Vec<String> {
        let page = Page::new(source, true);
        let mentions = find(&page, day.parse().ok());
        let date = |m: &Mention| match &m.fact {
            Fact::Date(d) => format!("{}={}", page.text.slice(m.span), d.value),
            _ => unreachable!(),
        };
        mentions.iter().map(date).collect()
    }

    /// Checks `sentence ⇒ date=value; date=value` lines, for a release of 15 May 2019.
    pub(super) fn check(cases: &str) {
        for case in cases.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let (sentence, expected) = case.split_once('⇒').expect(case);
            let expected: Vec<&str> = expected.split(';').map(str::trim).filter(|e| !e.is_empty()).collect();
            assert_eq!(dates(sentence.trim(), "2019-05-15"), expected, "{sentence}");
        }
    }
}
