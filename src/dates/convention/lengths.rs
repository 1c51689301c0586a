//! Lengths of time ("for nearly three years", «в течение недели», "a 21-year reign") and
//! frequencies ("every week", «ежегодно»), which are no dates by our guidelines.
//!
//! A count with a unit is one where the words around it make it one: a preposition, a word that
//! weighs it, a look back or ahead. Years of age are none. What is counted back or ahead from the
//! day of the release ("the past three years") has the days it holds, the last or first of them
//! that day or the next.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::mention::Rule;
use crate::table;
use crate::text::{Phrases, Text};

use super::super::reader::{Item, Reader};
use super::super::words::{Class, Unit};
use super::Found;
use crate::mention::value::{Length, LengthUnit, Point, Reference, Value};

/// What a word of `data/dates/lengths.tsv` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    About,
    Over,
    Period,
    Many,
    Few,
    Half,
    Sesqui,
    HalfMore,
    Past,
    Next,
    Said,
    Lasting,
    Prefix,
    Stem,
    Often,
    Every,
    Behind,
    Age,
}

fn named(name: &str) -> Option<Cue> {
    Some(match name {
        "about" => Cue::About,
        "over" => Cue::Over,
        "period" => Cue::Period,
        "many" => Cue::Many,
        "few" => Cue::Few,
        "half" => Cue::Half,
        "sesqui" => Cue::Sesqui,
        "half-more" => Cue::HalfMore,
        "past" => Cue::Past,
        "next" => Cue::Next,
        "said" => Cue::Said,
        "lasting" => Cue::Lasting,
        "prefix" => Cue::Prefix,
        "stem" => Cue::Stem,
        "often" => Cue::Often,
        "every" => Cue::Every,
        "behind" => Cue::Behind,
        "age" => Cue::Age,
        _ => return None,
    })
}

const TABLE: &str = include_str!("../../../data/dates/lengths.tsv");

static CUES: LazyLock<Phrases<Vec<(Cue, i16)>>> = LazyLock::new(|| {
    let mut all = Phrases::default();
    for [forms, name, value] in table::rows::<3>(TABLE) {
        let (Some(cue), Ok(value)) = (named(name), value.parse()) else { continue };
        for form in table::values(forms) {
            all.entry(form).get_or_insert_with(Vec::new).push((cue, value));
        }
    }
    all
});

/// Parts of one word, in the order of the table: prefixes and stems.
static PIECES: LazyLock<[Vec<(&'static str, i16)>; 2]> = LazyLock::new(|| {
    [Cue::Prefix, Cue::Stem].map(|cue| {
        let rows = table::rows::<3>(TABLE).filter(|[_, name, _]| named(name) == Some(cue));
        rows.flat_map(|[forms, _, value]| table::values(forms).filter_map(|form| Some((form, value.parse().ok()?)))).collect()
    })
});

/// The longest word of a kind that begins at token `i`: one past it, and its value.
pub(super) fn cue(text: &Text, i: usize, kind: Cue) -> Option<(usize, i16)> {
    let mut best = None;
    CUES.each(text, i, |end, all| {
        if let Some(&(_, value)) = all.iter().find(|(cue, _)| *cue == kind) {
            best = Some((end, value));
        }
    });
    best
}

/// Where the longest word of a kind begins that ends before token `end`.
pub(super) fn cue_before(text: &Text, end: usize, kind: Cue) -> Option<usize> {
    (1..=4)
        .rev()
        .filter_map(|back| end.checked_sub(back))
        .find(|&at| cue(text, at, kind).is_some_and(|(to, _)| to == end) && text.same_line(at, end))
}

fn length(count: Option<i32>, unit: Unit) -> Option<Length> {
    let (each, unit) = match unit {
        Unit::Day => (1, LengthUnit::Day),
        Unit::Week => (1, LengthUnit::Week),
        Unit::Fortnight => (2, LengthUnit::Week),
        Unit::Month => (1, LengthUnit::Month),
        Unit::Quarter => (3, LengthUnit::Month),
        Unit::Half => (6, LengthUnit::Month),
        Unit::Year => (1, LengthUnit::Year),
        Unit::Decade => (10, LengthUnit::Year),
        Unit::Century => (100, LengthUnit::Year),
        Unit::Weekend | Unit::Season => return None,
    };
    let count = match count {
        Some(count) => Some(u16::try_from(count * each).ok()?),
        None => None,
    };
    Some(Length { count, unit })
}

/// A value of the table's units: months, or days below 0.
fn of_table(count: Option<i32>, unit: i16) -> Option<Length> {
    match unit {
        -7 => length(count, Unit::Week),
        12 => length(count, Unit::Year),
        n if n < 0 => length(count.map(|count| count * i32::from(-n)), Unit::Day),
        n => length(count.map(|count| count * i32::from(n)), Unit::Month),
    }
}

/// The length or frequency that begins at token `i`.
pub(super) fn read(r: &Reader, i: usize, anchor: Option<Date>) -> Option<Found> {
    let found = often(r, i).or_else(|| joined(r, i)).or_else(|| phrase(r, i, anchor))?;
    let tokens = &r.text.tokens;
    (tokens[i].sentence == tokens.get(found.end - 1)?.sentence).then_some(found)
}

fn found(first: usize, end: usize, value: Option<Value>, name: &'static str) -> Found {
    Found { first, end, value: value.unwrap_or_default(), rule: Rule::Grammar("length", name) }
}

/// "every three weeks", «каждый год», "annually"
fn often(r: &Reader, i: usize) -> Option<Found> {
    if let Some((end, unit)) = cue(r.text, i, Cue::Often) {
        return Some(found(i, end, of_table(Some(1), unit).map(Value::Length), "often"));
    }
    let (at, _) = cue(r.text, i, Cue::Every)?;
    let quantity = quantity(r, at)?;
    Some(found(i, quantity.end, quantity.length.map(Value::Length), "every"))
}

/// "a five-year plan", «23-летний срок», «трёхмесячный»
fn joined(r: &Reader, i: usize) -> Option<Found> {
    let lasting = |end: usize| (end..end + 2).any(|at| cue(r.text, at, Cue::Lasting).is_some());
    if let Some((at, count)) = number(r, i)
        && r.mark(at, b'-')
        && r.glued(at)
        && r.glued(at + 1)
    {
        let end = at + 2;
        if let Some(unit) = r.unit(at + 1)
            && !r.script_is_cyrillic(at + 1)
        {
            let of_age = r.text.fold(end) == "old" || r.mark(end, b'-') && r.text.fold(end + 1) == "old";
            return (!of_age).then(|| found(i, end, length(Some(count), unit).map(Value::Length), "joined"));
        }
        let word = r.text.fold(at + 1);
        let &(_, unit) = PIECES[1].iter().find(|(stem, _)| word.starts_with(stem))?;
        return (unit != 12 || lasting(end)).then(|| found(i, end, of_table(Some(count), unit).map(Value::Length), "joined"));
    }
    if !r.script_is_cyrillic(i) {
        return None;
    }
    let word = r.text.fold(i);
    let &(prefix, count) = PIECES[0].iter().filter(|(prefix, _)| word.starts_with(prefix)).max_by_key(|(prefix, _)| prefix.len())?;
    let rest = &word[prefix.len()..];
    let &(stem, unit) = PIECES[1].iter().find(|(stem, _)| rest.starts_with(stem))?;
    let ending = (4..=6).contains(&(rest.len() - stem.len()));
    let count = (count > 0).then_some(i32::from(count));
    (ending && (unit != 12 || lasting(i + 1))).then(|| found(i, i + 1, of_table(count, unit).map(Value::Length), "joined"))
}

fn number(r: &Reader, i: usize) -> Option<(usize, i32)> {
    match r.at(i) {
        Item::Number(value @ 1..=999, _) => Some((i + 1, value as i32)),
        Item::Word(Class::Cardinal, value @ 1..=100) => {
            let next = i + 1 + usize::from(r.mark(i + 1, b'-'));
            match r.at(next) {
                Item::Word(Class::Cardinal, ones @ 1..=9) if value >= 20 => Some((next + 1, i32::from(value + ones))),
                _ => Some((i + 1, i32::from(value))),
            }
        }
        _ => None,
    }
}

/// A count with its unit, or a unit alone.
struct Quantity {
    end: usize,
    length: Option<Length>,
    unit: Unit,
    /// Whether a count is said, whatever it is.
    said: bool,
    /// Whether the count is an article.
    article: bool,
}

impl Quantity {
    fn is_one(&self) -> bool {
        self.length == length(Some(1), self.unit)
    }

    fn is_loose(&self) -> bool {
        matches!(self.unit, Unit::Season | Unit::Quarter | Unit::Half | Unit::Weekend)
    }
}

fn quantity(r: &Reader, i: usize) -> Option<Quantity> {
    let text = r.text;
    let of = |end, length, unit| Some(Quantity { end, length, unit, said: true, article: false });
    if let Some((end, months)) = cue(text, i, Cue::Half) {
        return of(end, of_table(Some(1), months), Unit::Month);
    }
    if let Some((at, _)) = cue(text, i, Cue::Sesqui) {
        let unit = r.unit(at)?;
        let length = if unit == Unit::Year { length(Some(18), Unit::Month) } else { length(None, unit) };
        return of(at + 1, length, unit);
    }
    if let Some((at, _)) = cue(text, i, Cue::Many) {
        let at = cue(text, at, Cue::Past).map_or(at, |found| found.0);
        let unit = r.unit(at)?;
        return of(at + 1, length(None, unit), unit);
    }
    let Some((mut at, count)) = number(r, i) else {
        let article = r.is(i, Class::Article);
        let at = i + usize::from(article);
        let unit = r.unit(at)?;
        let (end, length) = with_months(r, at + 1, Some(1), unit);
        return Some(Quantity { end, length, unit, said: false, article });
    };
    let mut count = Some(count);
    // "two or three", «двух-трёх», "45-60"
    let between = r.mark(at, b'-') || matches!(text.fold(at), "or" | "to" | "или" | "до");
    if between && let Some((end, _)) = number(r, at + 1) {
        (at, count) = (end, None);
    }
    let half = cue(text, at, Cue::HalfMore).map(|(end, _)| at = end).is_some();
    if text.fold(at) == "с" && text.fold(at + 1) == "лишним" {
        at += 2;
    }
    // "ten more years", «десяти последних лет», «60 календарных дней»
    if r.unit(at).is_none() && r.unit(at + 1).is_some() && !r.is(at, Class::Of) {
        let word = text.fold(at);
        let known = cue(text, at, Cue::Past).is_some() || matches!(word, "more" | "consecutive" | "full" | "whole" | "long" | "calendar");
        let russian = r.script_is_cyrillic(at) && r.at(at) == Item::Other && ["ых", "их", "ый"].iter().any(|e| word.ends_with(e));
        at += usize::from(known || russian);
    }
    let unit = r.unit(at)?;
    let (end, mut total) = with_months(r, at + 1, count, unit);
    if half && unit == Unit::Year {
        total = of_table(Some(1), (count? * 12 + 6) as i16);
    }
    of(end, total, unit)
}

/// "three years and ten months": one past it, and how long.
fn with_months(r: &Reader, end: usize, years: Option<i32>, unit: Unit) -> (usize, Option<Length>) {
    if r.is(end, Class::And)
        && unit == Unit::Year
        && let Some((next, months)) = number(r, end + 1)
        && r.unit(next) == Some(Unit::Month)
    {
        return (next + 1, years.and_then(|years| length(Some(years * 12 + months), Unit::Month)));
    }
    (end, length(years, unit))
}

/// Prepositions before what lasts or is counted from: not «в» and «с», which stand before an age.
fn leads(text: &Text, i: usize) -> bool {
    let word = i.checked_sub(1).filter(|&at| text.same_line(at, i)).map_or("", |at| text.fold(at));
    matches!(
        word,
        "за" | "на" | "через" | "к" | "до" | "после" | "for" | "in" | "within" | "after" | "during" | "over" | "under" | "throughout"
    )
}

/// Whether years are somebody's age.
fn is_age(r: &Reader, first: usize, end: usize) -> bool {
    let word = |at: usize| cue(r.text, at, Cue::Age).is_some() && r.text.same_line(at, first);
    (1..=4).filter_map(|back| first.checked_sub(back)).any(word) || end < r.text.tokens.len() && word(end)
}

/// «до 14 лет», «от 13 до 16 лет»: from or up to an age; «114 лет и 359 дней», "on his 75th year".
fn is_part_of_age(r: &Reader, first: usize, end: usize, years: bool) -> bool {
    let before = |back: usize| first.checked_sub(back).map_or("", |at| r.text.fold(at));
    let limits = years && r.script_is_cyrillic(end - 1) && matches!(before(1), "до" | "от");
    let goes_on =
        (1..=2).filter_map(|back| first.checked_sub(back)).any(|at| r.unit(at) == Some(Unit::Year) && r.text.same_line(at, first));
    limits || goes_on && !years
}

/// "the past three years", «в течение недели», "nearly ten days", «несколько лет назад»
fn phrase(r: &Reader, i: usize, anchor: Option<Date>) -> Option<Found> {
    let text = r.text;
    let opens = matches!(r.at(i), Item::Number(..) | Item::Word(..)) || CUES.longest(text, i).is_some();
    if !opens {
        return None;
    }
    let mut at = i;
    let held = |at: usize| at.checked_sub(1).is_some_and(|b| (r.is(b, Class::In) || r.is(b, Class::On)) && text.same_line(b, at));
    let over = cue(text, at, Cue::Over).filter(|_| held(i)).map(|(end, _)| at = end).is_some();
    if r.is(at, Class::The) {
        at += 1;
    }
    let (mut about, mut through, mut few, mut from) = (false, false, false, None);
    for _ in 0..4 {
        if r.is(at, Class::Through) && !through {
            (through, at) = (true, at + 1);
        } else if let Some((end, _)) = cue(text, at, Cue::About) {
            if text.fold(end - 1) == "over" && number(r, end).is_none() {
                return None; // "over the past year", "over nearly three years"
            }
            (about, at) = (true, end);
        } else if let Some((kind, end)) =
            [Cue::Past, Cue::Next, Cue::Said].into_iter().find_map(|kind| Some((kind, cue(text, at, kind)?.0))).filter(|_| from.is_none())
        {
            (from, at) = (Some(kind), end);
            few |= text.fold(end - 1) == "recent";
        } else if let Some((end, _)) = cue(text, at, Cue::Few) {
            (few, at) = (true, end);
        } else {
            break;
        }
    }
    let quantity = quantity(r, at)?;
    let mut end = quantity.end;
    let behind = cue(text, end, Cue::Behind).filter(|_| quantity.said).map(|(to, _)| end = to).is_some();
    let years = quantity.unit == Unit::Year;
    // «на 75 году жизни»: the number of a year
    let is_count = !(quantity.said && years && text.fold(quantity.end - 1) == "году");
    let russian = r.script_is_cyrillic(end - 1);
    let leads = leads(text, i);
    let many = matches!(
        text.fold(quantity.end - 1),
        "дни" | "дней" | "недель" | "месяцев" | "месяцы" | "лет" | "годы" | "годов" | "годах" | "десятилетия"
    ) || !russian && text.fold(quantity.end - 1).ends_with('s');
    let lasting = cue(text, end, Cue::Lasting).is_some();
    let is_length = match () {
        () if !is_count => false,
        () if over => true,
        () if through => quantity.said || matches!(text.fold(quantity.end - 1), "неделю" | "месяц" | "год" | "день" | "сутки"),
        () if quantity.said && (is_age(r, i, end) || !lasting && is_part_of_age(r, i, end, years)) => false,
        // "one day", three seasons, four quarters of a town
        () if quantity.said && (quantity.is_one() || quantity.is_loose()) => {
            behind || from.is_some() || about || leads && !quantity.is_loose()
        }
        () if quantity.said => {
            let halved = quantity.length.is_none_or(|l| l.count.is_none() || l.unit != LengthUnit::Year);
            behind || from.is_some() || about || leads || !years || !russian || lasting || halved
        }
        () if quantity.article => from.is_none() && (about || leads),
        () if few => many,
        () if from.is_some() => {
            many || from == Some(Cue::Past)
                && leads
                && matches!(quantity.unit, Unit::Year | Unit::Month | Unit::Week | Unit::Decade | Unit::Century)
        }
        () => about && years_alone(text, quantity.end - 1),
    };
    if !is_length {
        return None;
    }
    let value = match (from, quantity.length) {
        _ if behind && quantity.length.is_none_or(|l| l.count.is_none()) && matches!(text.fold(end - 1), "ago" | "назад") => {
            Some(Value::Reference(Reference::Past))
        }
        (_, Some(length)) if !quantity.said && (many || few) => Some(Value::Length(Length { count: None, ..length })),
        (Some(kind @ (Cue::Past | Cue::Next)), Some(length)) => counted(length, kind, anchor).or(Some(Value::Length(length))),
        (_, length) => length.map(Value::Length),
    };
    Some(found(i, end, value, "phrase"))
}

/// «более года», «почти неделю»: a unit of which there is one.
fn years_alone(text: &Text, at: usize) -> bool {
    matches!(text.fold(at), "года" | "год" | "неделю" | "недели" | "месяц" | "месяца" | "суток" | "сутки" | "века" | "десятилетия")
}

/// So much up to the anchor's day, or from the day after it.
fn counted(length: Length, kind: Cue, anchor: Option<Date>) -> Option<Value> {
    let count = i64::from(length.count?);
    let span = match length.unit {
        LengthUnit::Day => count.days(),
        LengthUnit::Week => (7 * count).days(),
        LengthUnit::Month => count.months(),
        LengthUnit::Year => count.years(),
    };
    let anchor = anchor?;
    let (from, to) = match kind {
        Cue::Past => (anchor.checked_sub(span).ok()?.tomorrow().ok()?, anchor),
        _ => (anchor.tomorrow().ok()?, anchor.checked_add(span).ok()?),
    };
    Value::range(Point::Day(from), Point::Day(to))
}

#[cfg(test)]
mod tests {
    use super::super::Way;
    use super::super::tests::marks;
    use super::*;

    #[test]
    fn every_row_of_the_table_is_used() {
        for [forms, name, value] in table::rows::<3>(TABLE) {
            assert!(named(name).is_some() && value.parse::<i16>().is_ok(), "{forms}");
        }
    }

    fn found(text: &str) -> Vec<String> {
        marks(text, &[Way::Durations])
    }

    #[test]
    fn english_lengths() {
        assert_eq!(found("Over the past three years it has grown."), ["the past three years=2016-05-16/2019-05-15"]);
        assert_eq!(found("In the next ten days it will grow."), ["the next ten days=2019-05-16/2019-05-25"]);
        assert_eq!(found("It lasted for nearly two weeks."), ["nearly two weeks=P2W"]);
        assert_eq!(found("A five-year plan and a 21-day course began."), ["five-year=P5Y", "21-day=P21D"]);
        assert_eq!(found("It took three years and ten months."), ["three years and ten months=P46M"]);
        assert_eq!(found("They met several years ago."), ["several years ago=PAST_REF"]);
        assert_eq!(found("They meet every three weeks, or annually."), ["every three weeks=P3W", "annually=P1Y"]);
        assert_eq!(found("Ann Orlova, 45 years old, has a 6-year-old son."), [""; 0]);
    }

    #[test]
    fn russian_lengths() {
        assert_eq!(found("В течение недели шли дожди."), ["течение недели=P1W"]);
        assert_eq!(found("Он был осуждён на пять лет."), ["пять лет=P5Y"]);
        assert_eq!(found("Он отбывает 23-летний срок."), ["23-летний=P23Y"]);
        assert_eq!(found("Это случилось несколько дней назад."), ["несколько дней назад=PAST_REF"]);
        assert_eq!(found("Его строили почти полтора года."), ["почти полтора года=P18M"]);
        assert_eq!(found("За последние два года построено пять школ."), ["последние два года=2017-05-16/2019-05-15"]);
        assert_eq!(found("Прошёл трёхмесячный курс."), ["трёхмесячный=P3M"]);
        assert_eq!(found("Каждый год и ежедневно."), ["Каждый год=P1Y", "ежедневно=P1D"]);
        assert_eq!(found("23-летний Пётр Орлов, ему 23 года, учит детей от 7 до 14 лет; его сын в возрасте 5 лет."), [""; 0]);
        assert_eq!(found("Он умер на 75 году жизни; один день из жизни, ему было 114 лет и 30 дней."), [""; 0]);
        assert_eq!(found("Суд дал ему до 14 лет тюрьмы."), ["14 лет=P14Y"]);
    }
}
