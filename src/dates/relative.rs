//! Expressions that count from a day: "yesterday", "last week", "three months ago", "the same
//! day", «в позапрошлом месяце», «последние два года».

use super::expression::{Anchor, Shape, Year};
use super::reader::{Item, Reader};
use super::words::{Class, Unit};
use super::{Reading, calendar_day};

const FAMILY: &str = "relative";

/// "last" and its like at token `i`: the shift and what it counts from.
pub(super) fn deictic(r: &Reader, i: usize) -> Option<(i8, Anchor)> {
    match r.at(i) {
        Item::Word(Class::Deictic, by) => Some((by as i8, Anchor::Release)),
        Item::Word(Class::DeicticSpan, by) => Some((by as i8, Anchor::Release)),
        Item::Word(Class::Told, by) => Some((by as i8, Anchor::Told)),
        _ => None,
    }
}

/// The same with what stands between it and its noun: «того же», "the same": one past it.
pub(super) fn deictic_phrase(r: &Reader, i: usize) -> Option<(usize, i8, Anchor)> {
    let j = if r.is(i, Class::The) { i + 1 } else { i };
    let (by, anchor) = deictic(r, j)?;
    // «этого же года», «в этот же день»
    if r.is(j + 1, Class::Same) {
        return Some((j + 2, by, Anchor::Told));
    }
    Some((j + 1, by, anchor))
}

/// A count: `3`, "three", "a", «две».
fn count(r: &Reader, i: usize) -> Option<(usize, i32)> {
    match r.at(i) {
        Item::Number(value @ 1..=400, _) => Some((i + 1, value as i32)),
        Item::Word(Class::Cardinal, value @ 1..=99) => {
            let next = if r.mark(i + 1, b'-') { i + 2 } else { i + 1 };
            match r.at(next) {
                Item::Word(Class::Cardinal, ones @ 1..=9) if value >= 20 => Some((next + 1, i32::from(value + ones))),
                _ => Some((i + 1, i32::from(value))),
            }
        }
        Item::Word(Class::Article, _) => Some((i + 1, 1)),
        _ => None,
    }
}

/// Any of them at token `i`.
pub(super) fn read(r: &Reader, i: usize) -> Option<Reading> {
    day(r, i).or_else(|| unit(r, i)).or_else(|| span(r, i)).or_else(|| distance(r, i)).or_else(|| part_of_unit(r, i))
}

/// "today", «вчера», "the day after tomorrow", «с сегодняшнего дня»
fn day(r: &Reader, i: usize) -> Option<Reading> {
    let shift = |by: i16| Shape::Shift { unit: Unit::Day, by: i32::from(by), anchor: Anchor::Release };
    match r.at(i) {
        Item::Word(Class::Day, by) => {
            let end = if r.text.fold(i) == "today" && r.glued(i + 1) && (r.mark(i + 1, b'.') && r.glued(i + 2) && r.capital(i)) {
                return None; // "TODAY.AZ"
            } else {
                i + 1
            };
            // «сегодня» for nowadays is left to the reader of roles
            // "yesterday morning", «вчера утром»
            let end = if by != 0 && r.is(end, Class::DayPart) { end + 1 } else { end };
            Some(Reading::new(end, shift(by), (FAMILY, "day")))
        }
        Item::Word(Class::DayAdjective, by) if r.unit(i + 1) == Some(Unit::Day) => Some(Reading::new(i + 2, shift(by), (FAMILY, "day"))),
        Item::Word(Class::Eve, by) => {
            // «накануне праздника», «накануне 8 марта»
            let of_something = match r.at(i + 1) {
                Item::Word(Class::Month | Class::MonthOrWord, _) | Item::Number(..) => true,
                Item::Word(..) => false,
                _ => r.text.tokens.get(i + 1).is_some_and(|t| t.kind == crate::text::Kind::Word),
            };
            let shape = Shape::Shift { unit: Unit::Day, by: i32::from(by), anchor: Anchor::Release };
            (!of_something || r.bare).then(|| Reading::new(i + 1, shape, (FAMILY, "eve")))
        }
        Item::Word(Class::Unit, _) | Item::Word(Class::The, _) => {
            let j = if r.is(i, Class::The) { i + 1 } else { i };
            if r.unit(j) != Some(Unit::Day) {
                return None;
            }
            let by = match (r.at(j + 1), r.at(j + 2)) {
                (Item::Word(Class::Later, 1), Item::Word(Class::Day, 1)) => 2,
                (Item::Word(Class::Before, _), Item::Word(Class::Day, -1)) => -2,
                // "The day before, …"
                (Item::Word(Class::Before, _), Item::Mark(b',' | b'.' | b';' | b')')) if j > i => {
                    let shape = Shape::Shift { unit: Unit::Day, by: -1, anchor: Anchor::Told };
                    return Some(Reading { from: j, ..Reading::new(j + 2, shape, (FAMILY, "day")) });
                }
                _ => return None,
            };
            Some(Reading { from: j, ..Reading::new(j + 3, shift(by), (FAMILY, "day")) })
        }
        _ => None,
    }
}

/// "last week", "this year", «в позапрошлом месяце», "the same day", «эти выходные»
fn unit(r: &Reader, i: usize) -> Option<Reading> {
    let (mut j, by, anchor) = deictic_phrase(r, i)?;
    let from = if r.is(i, Class::The) { i + 1 } else { i };
    let kind = r.is(j, Class::YearKind);
    if kind {
        j += 1;
    }
    let span_only = r.is(from, Class::DeicticSpan);
    // "next March", «в прошлом мае»
    if let Item::Word(Class::Month | Class::MonthShort | Class::MonthOrWord, month) = r.at(j)
        && !span_only
        && calendar_day::month_name(r, j).is_some_and(|(end, _)| calendar_day::day_number(r, end).is_none())
        && (r.capital(j) || r.bare || r.text.tokens[j].script == crate::text::Script::Cyrillic)
    {
        let shape = Shape::NamedMonth { month: month as u8, shift: (anchor, by) };
        return Some(Reading { from, ..Reading::new(j + 1, shape, (FAMILY, "month")) });
    }
    // "that evening", "the next morning"
    let next = by == 1 && (from > i || r.text.fold(from) == "following");
    if r.is(j, Class::DayPart) && !r.script_is_cyrillic(j) && (anchor == Anchor::Told && by == 0 || next) && !r.is(j, Class::Plural) {
        let shape = Shape::Shift { unit: Unit::Day, by: i32::from(by), anchor: Anchor::Told };
        return Some(Reading { from, ..Reading::new(j + 1, shape, (FAMILY, "day")) });
    }
    // "this morning", "last night"
    if r.is(j, Class::DayPart)
        && (by == 0 || by == -1 && r.text.fold(j) == "night")
        && anchor == Anchor::Release
        && r.text.tokens[j].script == crate::text::Script::Latin
    {
        return Some(Reading { from, ..Reading::new(j + 1, Shape::Shift { unit: Unit::Day, by: i32::from(by), anchor }, (FAMILY, "day")) });
    }
    let unit = r.unit(j)?;
    let plain = !r.is(j, Class::UnitPlural);
    // «последние дни», "these days", "the next decade" say no date; «последний год» neither
    if span_only || !plain || kind && unit != Unit::Year {
        return None;
    }
    let fold = r.text.fold(j);
    let many = matches!(
        fold,
        "days"
            | "weeks"
            | "months"
            | "years"
            | "quarters"
            | "decades"
            | "centuries"
            | "дни"
            | "дней"
            | "днях"
            | "недель"
            | "месяцы"
            | "месяцев"
            | "десятилетия"
    );
    if many {
        return None;
    }
    let shape = match (unit, anchor) {
        (Unit::Year, _) => Shape::Year(Year::Of(anchor, by)),
        // "this day", "last day", "next day"
        (Unit::Day, Anchor::Release) => match by {
            // «по сей день», "to this day"
            0 if matches!(r.text.fold(from), "сей" | "сего") || to_this_day(r, i) => return None,
            0 => Shape::Shift { unit, by: 0, anchor: Anchor::Told },
            1 if from > i || r.text.tokens[i].script == crate::text::Script::Cyrillic => Shape::Shift { unit, by: 1, anchor: Anchor::Told },
            _ => return None,
        },
        (Unit::Half | Unit::Fortnight, _) => return None,
        // "over the past decade" is a length of time
        (Unit::Decade, Anchor::Release) if !r.bare && matches!(r.text.fold(from), "past" | "last") => return None,
        _ => Shape::Shift { unit, by: i32::from(by), anchor },
    };
    Some(Reading { from, ..Reading::new(j + 1, shape, (FAMILY, "unit")) })
}

/// "to this day": until now, but not "referred to this day"
fn to_this_day(r: &Reader, i: usize) -> bool {
    let verb = i.checked_sub(2).map_or("", |at| r.text.fold(at));
    r.text.fold(i) == "this" && r.is(i.wrapping_sub(1), Class::To) && !matches!(verb, "referred" | "refers" | "refer" | "prior" | "up")
}

/// "last two weeks", «последние три года», "the next few days"
fn span(r: &Reader, i: usize) -> Option<Reading> {
    let (j, by, anchor) = deictic_phrase(r, i)?;
    if anchor != Anchor::Release || by == 0 || !r.bare {
        return None; // a length of time in running text is no date
    }
    let (k, n) = count(r, j)?;
    let unit = r.unit(k)?;
    let from = if r.is(i, Class::The) { i + 1 } else { i };
    let shape = if by < 0 { Shape::Units { unit, from: -n, to: -1 } } else { Shape::Units { unit, from: 1, to: n } };
    Some(Reading { from, ..Reading::new(k + 1, shape, (FAMILY, "span")) })
}

/// "two weeks ago", «три дня назад», "3 days from now", «через неделю», "two days later", «годом ранее»
fn distance(r: &Reader, i: usize) -> Option<Reading> {
    let shape = |unit, by: i32, anchor| Shape::Distance { unit, by, anchor, exact: false };
    if let Some(kind) = r.value(i, Class::Through).or_else(|| r.is(i, Class::In).then_some(0)) {
        return through(r, i, kind);
    }
    let alone = || matches!(r.text.fold(i), "неделю" | "месяц" | "год" | "день" | "сутки").then_some((i, 1));
    let by_one = || matches!(r.text.fold(i), "годом" | "месяцем" | "неделей" | "днем").then_some((i, 1));
    if r.text.fold(i) == "few" && !r.bare {
        return None; // no number
    }
    let (k, n) = count(r, i).or_else(alone).or_else(by_one)?;
    // "more than two years later" names none
    let about = i > r.floor && matches!(r.text.fold(i - 1), "than" | "over" | "nearly" | "almost" | "about" | "some" | "чем" | "почти");
    let word = |back: usize| i.checked_sub(back).filter(|&at| at >= r.floor).map_or("", |at| r.text.fold(at));
    let than = word(1) == "than" && matches!(word(2), "more" | "less" | "fewer");
    let more = !r.bare && (than || matches!(word(1), "over" | "более" | "больше" | "менее" | "меньше" | "свыше"));
    if let Some(weekday) = r.value(k, Class::WeekdayPlural).or_else(|| r.value(k, Class::Weekday).filter(|_| n == 1)) {
        let by = match (r.at(k + 1), r.class(k + 2)) {
            (Item::Word(Class::From, _), Some(Class::Now)) => n,
            (Item::Word(Class::Ago, -1), _) => -n,
            _ => return None,
        };
        let end = k + if by > 0 { 3 } else { 2 };
        return Some(Reading::new(
            end,
            Shape::Weekday { weekday: weekday as u8, shift: Some((Anchor::Release, by as i8)), week: None },
            (FAMILY, "weekdays"),
        ));
    }
    // «днем ранее»: elsewhere a part of the day
    let unit = if r.text.fold(k) == "днем" { Unit::Day } else { r.unit(k)? };
    match (r.at(k + 1), r.at(k + 2)) {
        (Item::Word(Class::Ago, sign), _) => {
            (!more).then_some(())?;
            Some(Reading::new(k + 2, shape(unit, n * i32::from(sign), Anchor::Release), (FAMILY, "distance")))
        }
        (Item::Word(Class::Later, sign), next) => {
            // "three days later than planned"; "six days later, on 7 October" says the day itself
            let compared = matches!(r.text.fold(k + 2), "than" | "чем") || r.capital(k + 2) && sign == 1 && r.text.fold(k + 1) == "after";
            let named = next == Item::Mark(b',') && names_a_day(r, k + 3);
            let event = matches!(r.text.fold(k + 1), "after") && !matches!(next, Item::Mark(_));
            (!compared && !named && !event && !about && (n <= 30 || unit == Unit::Day))
                .then(|| Reading::new(k + 2, shape(unit, n * i32::from(sign), Anchor::Told), (FAMILY, "later")))
        }
        // «два дня спустя»
        (Item::Word(Class::Through, 2), _) => Some(Reading::new(k + 2, shape(unit, n, Anchor::Told), (FAMILY, "later"))),
        (Item::Word(Class::Told, _), Item::Word(Class::Ago, -1)) => {
            Some(Reading::new(k + 3, shape(unit, -n, Anchor::Release), (FAMILY, "distance")))
        }
        (Item::Word(Class::From, _), Item::Word(class @ (Class::Now | Class::Day), _)) => {
            let shape = Shape::Distance { unit, by: n, anchor: Anchor::Release, exact: class == Class::Day };
            Some(Reading::new(k + 3, shape, (FAMILY, "distance")))
        }
        _ => None,
    }
}

/// Whether a date in full stands at `i`, behind a preposition or without.
fn names_a_day(r: &Reader, i: usize) -> bool {
    let at = i + usize::from(matches!(r.at(i), Item::Word(Class::On | Class::In | Class::By, _)));
    calendar_day::read(r, at).is_some() || calendar_day::month_name(r, at).is_some() || calendar_day::weekday_first(r, at).is_some()
}

/// «через две недели», «спустя год», "in two weeks": not «через год после», and no stretch of years.
fn through(r: &Reader, i: usize, kind: i16) -> Option<Reading> {
    let english = !r.script_is_cyrillic(i);
    if !english && r.is(i, Class::In) {
        return None;
    }
    let counted = count(r, i + 1).filter(|_| r.text.fold(i + 1) != "few" || r.bare);
    let (k, n) = match counted {
        Some(found) => found,
        None if english => return None,
        None => (i + 1, 1),
    };
    let unit = r.unit(k)?;
    if english && n == 1 && !r.bare {
        return None; // "in a day"
    }
    if !english && counted.is_none() && !matches!(r.text.fold(k), "неделю" | "месяц" | "год" | "день" | "сутки") {
        return None;
    }
    if !r.bare {
        let bounded = match unit {
            Unit::Day | Unit::Week | Unit::Month => n <= 60,
            Unit::Year => n <= 3 && !english,
            _ => false,
        };
        // an event that it is counted from, and not a date, or a part of it
        let of_event = matches!(r.text.fold(k + 1), "после" | "с" | "со" | "от" | "of" | "after" | "and" | "и" | "later")
            || r.mark(k + 1, b'-')
            || r.is(k + 1, Class::Plural);
        if !bounded || of_event {
            return None;
        }
    }
    let anchor = match (r.bare, kind) {
        (true, _) => Anchor::Release,
        (_, 2) => Anchor::Told,
        _ => Anchor::Context,
    };
    let shape = Shape::Distance { unit, by: n, anchor, exact: false };
    if english {
        return Some(Reading { from: i + 1, ..Reading::new(k + 1, shape, (FAMILY, "in-units")) });
    }
    Some(Reading::new(k + 1, shape, (FAMILY, "through")))
}

/// "the end of the year", «до конца года», «в начале месяца», "later in the month": the noun alone
/// with its part, the mark from the word for the part.
pub(super) fn part_of_unit(r: &Reader, i: usize) -> Option<Reading> {
    let cyrillic = r.script_is_cyrillic(i);
    if let Some(end) = year_end(r, i) {
        return Some(Reading::new(end, Shape::Year(Year::Of(Anchor::Context, 0)), (FAMILY, "part-of-unit")));
    }
    let mut j = i + 1;
    if r.text.fold(i) == "middle" && r.is(j, Class::Of) {
        // "by the middle of the year"
        j += 1 + usize::from(r.is(j + 1, Class::The));
    } else if r.is(i, Class::Later) || r.is(i, Class::Part) {
        // "later in the year", "late in the month"
        (!cyrillic && r.is(j, Class::In) && r.is(j + 1, Class::The)).then_some(())?;
        j += 2;
    } else {
        r.value(i, Class::PartOf)?;
        if !cyrillic {
            (r.is(j, Class::Of) && r.is(j + 1, Class::The)).then_some(())?;
            j += 2;
        }
    }
    let unit = r.unit(j)?;
    let single = matches!(r.text.fold(j), "year" | "month" | "week" | "quarter" | "года" | "месяца" | "недели" | "квартала");
    // «начало года памяти», "the end of the year of …"
    let of_other = r.is(j + 1, Class::Of) || r.number(j + 1).is_some() || r.capital(j + 1) && !cyrillic;
    let noun = cyrillic && j + 1 < r.limit && r.at(j + 1) == Item::Other && {
        let word = r.text.fold(j + 1);
        ["ия", "ей", "ов", "ки", "ти", "го"].iter().any(|e| word.ends_with(e))
    };
    if !single || of_other || noun {
        return None;
    }
    let shape = match unit {
        Unit::Year => Shape::Year(Year::Of(Anchor::Context, 0)),
        _ => Shape::Shift { unit, by: 0, anchor: Anchor::Context },
    };
    Some(Reading::new(j + 1, shape, (FAMILY, "part-of-unit")))
}

/// "by year-end", "before the year's end": one past it.
fn year_end(r: &Reader, i: usize) -> Option<usize> {
    (r.text.fold(i) == "year").then_some(())?;
    let joined = r.mark(i + 1, b'-') || r.is(i + 1, Class::Plural) && r.glued(i + 1);
    let end = i + 1 + usize::from(joined);
    let before = i.checked_sub(1 + usize::from(r.is(i.wrapping_sub(1), Class::The)))?;
    let asked = matches!(r.at(before), Item::Word(Class::By | Class::Until | Class::Before, _)) || r.text.fold(before) == "at";
    let closed = end + 1 >= r.limit || matches!(r.at(end + 1), Item::Mark(mark) if mark != b'-');
    (asked && closed && r.value(end, Class::PartOf) == Some(2)).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    #[test]
    fn relative_days_go_by_the_release_and_the_tense() {
        check(
            "
            The workshop ended yesterday. ⇒ yesterday=2019-05-14
            They signed it on Monday. ⇒ Monday=2019-05-13
            It will be opened on Friday. ⇒ Friday=2019-05-17
            Выставка открылась в минувшее воскресенье. ⇒ минувшее воскресенье=2019-05-12
            Тренинг стартует в понедельник. ⇒ понедельник=2019-05-20
            Они виделись две недели назад. ⇒ две недели назад=2019-05-01
            The contest was announced in November. ⇒ November=2018-11
            The next round will begin in February. ⇒ February=2020-02
            More than two weeks ago they met. ⇒
            The school will be ready by year-end. ⇒ year-end=2019
            The fund closes the year-end books, and the year-end sale is near. ⇒
            Sales rose to $5 million from $4 million a year earlier. ⇒ a year earlier=2018
            Выручка составила 5 млн рублей против 4 млн рублей годом ранее. ⇒ годом ранее=2018
            They had met two weeks earlier. ⇒
            Документ вступит в силу с 1-го января. ⇒ 1-го января=2020-01-01
            Проект завершён в прошлом году. ⇒ прошлом году=2018
            ",
        );
    }
}
