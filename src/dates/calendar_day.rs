//! A day of a month, the month by name: "Tuesday the 5th of May, 2020", «первого июня», `27 ноя`,
//! `8-May-2006`; with a weekday before or behind.

use super::expression::{Month, Shape, Year};
use super::reader::{Item, Reader};
use super::words::{Class, Unit};
use super::{Reading, numeric, year};
use crate::mention::value::{Point, Yearless};

const FAMILY: &str = "calendar_day";

/// A day's number: `5`, `5th`, «5-го», "fifth", «двадцать пятого».
pub(super) fn day_number(r: &Reader, i: usize) -> Option<(usize, u8)> {
    match r.at(i) {
        Item::Number(value @ 1..=31, 1 | 2) => {
            let end = if r.glued(i + 1) && r.is(i + 1, Class::Suffix) {
                i + 2
            } else if r.mark(i + 1, b'-') && r.glued(i + 1) && r.glued(i + 2) && r.is(i + 2, Class::Suffix) {
                i + 3
            } else {
                i + 1
            };
            Some((end, value as u8))
        }
        Item::Word(Class::Ordinal, value @ 1..=31) => Some((i + 1, value as u8)),
        Item::Word(Class::Cardinal, tens @ (20 | 30)) => {
            let next = if r.mark(i + 1, b'-') { i + 2 } else { i + 1 };
            let ones = r.value(next, Class::Ordinal).filter(|n| (1..10).contains(n))?;
            (tens + ones <= 31).then_some((next + 1, (tens + ones) as u8))
        }
        _ => None,
    }
}

/// A month's name beside a day or a year; its full stop is part of it.
pub(super) fn month_name(r: &Reader, i: usize) -> Option<(usize, u8)> {
    match r.at(i) {
        Item::Word(Class::Month | Class::MonthOrWord, month) => Some((i + 1, month as u8)),
        Item::Word(Class::MonthShort, month) => Some((r.past_stop(i + 1), month as u8)),
        _ => None,
    }
}

/// "may" and "march" in small letters are verbs unless a year follows.
fn is_verb(r: &Reader, month: usize) -> bool {
    r.is(month, Class::MonthOrWord) && !r.capital(month) && !r.bare && r.text.tokens[month].script == crate::text::Script::Latin
}

/// Day, month and what stands of the year.
pub(super) fn read(r: &Reader, i: usize) -> Option<Reading> {
    day_first(r, i).or_else(|| month_first(r, i))
}

fn reading(r: &Reader, day: u8, month: u8, end: usize, year: Option<(usize, Year)>, rule: &'static str) -> Option<Reading> {
    let (end, year) = year.unwrap_or((end, Year::Open));
    possible(day, month, year)?;
    let shape = Shape::Day { day, month: Month::Given(month), year, weekday: None };
    Some(weekday_behind(r, Reading::new(end, shape, (FAMILY, rule))))
}

/// Whether a month can have that day in that year.
pub(super) fn possible(day: u8, month: u8, year: Year) -> Option<()> {
    match year {
        Year::Given(year) => Point::day(year, month, day).map(|_| ()),
        _ => Yearless::new(month, Some(day)).map(|_| ()),
    }
}

/// One past "30 February 2019": no date, and no month or year in it either.
pub(super) fn impossible(r: &Reader, i: usize) -> Option<usize> {
    let (end, day) = day_number(r, i)?;
    let (end, month) = month_name(r, end)?;
    let (end, year) = year::tail(r, end).unwrap_or((end, Year::Open));
    possible(day, month, year).is_none().then_some(end)
}

/// `«12» марта 2018 года`, as forms to be filled in by hand write it.
pub(super) fn quoted(r: &Reader, i: usize) -> Option<Reading> {
    let (end, day) = day_number(r, i + 1).filter(|_| r.mark(i, b'"') && r.script_is_cyrillic(i + 3))?;
    let (end, month) = month_name(r, end + 1).filter(|_| r.mark(end, b'"') && end == i + 2)?;
    let (end, year) = year::tail(r, end)?;
    reading(r, day, month, end, Some((end, year)), "quoted-day")
}

fn day_first(r: &Reader, i: usize) -> Option<Reading> {
    let (after_day, day) = day_number(r, i)?;
    // 8-May-2006, 31/Oct/1974
    for mark in [b'-', b'/'] {
        if r.mark(after_day, mark)
            && let Some((m, month)) = month_name(r, after_day + 1)
            && r.mark(m, mark)
        {
            let (value, digits) = r.number(m + 1)?;
            let full = year::full(value, digits)?;
            possible(day, month, Year::Given(full))?;
            let shape = Shape::Day { day, month: Month::Given(month), year: Year::Given(full), weekday: None };
            return Some(Reading::new(year::mark(r, m + 2), shape, (FAMILY, "day-month-year")));
        }
    }
    let mut m = after_day;
    // "28. Nov 2019", behind no word: "chapter 28. November 2019 …"
    let opens =
        i <= r.floor || !r.text.same_line(i - 1, i) || matches!(r.at(i - 1), Item::Mark(b',' | b'(' | b'|') | Item::Word(Class::On, _));
    if r.mark(m, b'.')
        && r.glued(m)
        && !r.glued(m + 1)
        && opens
        && month_name(r, m + 1).is_some_and(|(end, _)| year::tail(r, end).is_some())
    {
        m += 1;
    }
    if r.is(m, Class::Unit) && r.unit(m) == Some(Unit::Day) && r.is(m + 1, Class::Of) {
        m += 1; // "the first day of June"
    }
    if r.is(m, Class::Of) {
        m += 1;
    }
    if r.is(m, Class::The) {
        m += 1;
    }
    if let Some(reading) = of_relative_month(r, day, m, after_day) {
        return Some(reading);
    }
    let (end, month) = month_name(r, m)?;
    let tail = year::tail(r, end);
    if tail.is_none() && is_verb(r, m) {
        return None;
    }
    // "second March", "one May": an ordinal written out needs "of" or stands in Russian
    reading(r, day, month, end, tail, "day-month")
}

/// "20th of next month", «15 числа прошлого месяца»
fn of_relative_month(r: &Reader, day: u8, m: usize, after_day: usize) -> Option<Reading> {
    let m = if r.is(m, Class::DayMark) { m + 1 } else { m };
    if m == after_day && !r.bare {
        return None;
    }
    let (by, anchor) = super::relative::deictic(r, m)?;
    (r.unit(m + 1) == Some(Unit::Month)).then_some(())?;
    let shape = Shape::Day { day, month: Month::Of(anchor, by), year: Year::Open, weekday: None };
    Some(Reading::new(m + 2, shape, (FAMILY, "day-of-month")))
}

fn month_first(r: &Reader, i: usize) -> Option<Reading> {
    let (mut d, month) = month_name(r, i)?;
    let cyrillic = r.text.tokens[i].script == crate::text::Script::Cyrillic;
    if r.is(d, Class::The) {
        d += 1;
    }
    let (end, day) = day_number(r, d)?;
    // "May 10:30", "June 5.2 million", "March 5%"
    if (r.mark(end, b':') || r.mark(end, b'.') || r.mark(end, b','))
        && r.glued(end)
        && r.glued(end + 1)
        && r.number(end + 1).is_some_and(|(_, n)| n < 4)
        || r.mark(end, b'%')
    {
        return None;
    }
    let tail = year::tail(r, end);
    if tail.is_none() && (cyrillic && !r.bare || is_verb(r, i)) {
        return None; // «в мае 15 человек»
    }
    // "in June 2 villages": a capital alone does not make it a day, but the press writes it so
    reading(r, day, month, end, tail, "month-day")
}

/// "5 June, Friday", «5 июня, в пятницу»: takes the weekday in, when it stands behind a comma.
fn weekday_behind(r: &Reader, mut reading: Reading) -> Reading {
    let comma = reading.end;
    let at = comma + 1 + usize::from(r.is(comma + 1, Class::In) && r.script_is_cyrillic(comma + 1));
    if r.mark(comma, b',')
        && let Item::Word(Class::Weekday | Class::WeekdayShort | Class::WeekdayOrWord, day) = r.at(at)
        && day_number(r, at + 1).is_none()
        && !(r.mark(at + 1, b',') && day_number(r, at + 2).is_some())
        && month_name(r, at + 1).is_none()
        && let Shape::Day { weekday, .. } = &mut reading.shape
    {
        *weekday = Some(day as u8);
        reading.end = at + 1;
    }
    reading
}

/// "Tuesday, 5 May", «во вторник, 17 декабря», "Fri 15th", "Wednesday, 05.12.2018".
pub(super) fn weekday_first(r: &Reader, i: usize) -> Option<Reading> {
    let Item::Word(Class::Weekday | Class::WeekdayShort | Class::WeekdayOrWord, number) = r.at(i) else { return None };
    // «День окружающей среды, 5 июня»
    let asked = match r.text.fold(i) {
        "среды" => r.bare || matches!(r.before(i), Item::Word(Class::From | Class::Until, _)),
        "среде" => r.bare || matches!(r.before(i), Item::Word(Class::By, _)),
        _ => true,
    };
    if !asked {
        return None;
    }
    let mut j = r.past_stop(i + 1);
    // "Sunday evening, 12 May"
    if r.is(j, Class::DayPart) && r.mark(j + 1, b',') {
        j += 1;
    }
    if r.mark(j, b',') {
        j += 1;
    }
    if r.is(j, Class::The) {
        j += 1;
    }
    let bare_day = || {
        let (end, day) = day_number(r, j)?;
        // "announced on Tuesday the first phones"
        let of_thing = r.is(j, Class::Ordinal) && end < r.limit && !matches!(r.at(end), Item::Mark(_));
        let ordinal = (end > j + 1 || r.is(j, Class::Ordinal) && end == j + 1) && (!of_thing || r.bare);
        (ordinal && r.text.tokens[i].script == crate::text::Script::Latin).then(|| {
            let shape = Shape::Day { day, month: Month::Open, year: Year::Open, weekday: None };
            Reading::new(end, shape, (FAMILY, "weekday-day"))
        })
    };
    let mut reading = numeric::read(r, j).filter(|n| n.shape.is_day()).or_else(|| read(r, j)).or_else(bare_day)?;
    if let Shape::Day { weekday, .. } = &mut reading.shape {
        *weekday = Some(number as u8);
    }
    Some(reading)
}

/// "the week of 12 April", "week commencing 5 May 2020": seven days
pub(super) fn week_of(r: &Reader, i: usize) -> Option<Reading> {
    let from = if r.is(i, Class::The) { i + 1 } else { i };
    if r.unit(from) != Some(Unit::Week) || r.text.fold(from) != "week" {
        return None;
    }
    let link = r.is(from + 1, Class::Of) || matches!(r.text.fold(from + 1), "commencing" | "beginning" | "starting");
    let at = from + 2 + usize::from(r.is(from + 2, Class::On));
    let reading = (link && at < r.limit).then(|| weekday_first(r, at).or_else(|| read(r, at))).flatten()?;
    let Shape::Day { day, month: Month::Given(month), year, .. } = reading.shape else { return None };
    Some(Reading { from, shape: Shape::WeekOf { day, month, year }, rule: (FAMILY, "week-of"), ..reading })
}

/// "the 24th", «15-го числа»: a day of no named month.
pub(super) fn of_open_month(r: &Reader, i: usize) -> Option<Reading> {
    let (end, day) = day_number(r, i)?;
    let shape = Shape::Day { day, month: Month::Open, year: Year::Open, weekday: None };
    if r.is(end, Class::DayMark) && r.text.fold(end).starts_with("числ") && !r.text.fold(end).ends_with('х') {
        return Some(Reading::new(end + 1, shape, (FAMILY, "day-alone")));
    }
    let ordinal = end > i + 1 && r.text.tokens[end - 1].script == crate::text::Script::Latin;
    let asked = match r.before(i) {
        Item::Word(Class::The, _) => {
            let set = || r.text.fold(i - 2) == "for" && (end >= r.limit || matches!(r.at(end), Item::Mark(_)));
            i >= 2 && ordinal && (r.is(i - 2, Class::On) || set())
        }
        Item::Word(Class::On, _) => ordinal,
        _ => false,
    };
    let ends = !matches!(r.at(end), Item::Word(Class::Unit | Class::Of | Class::Weekday, _));
    let closes = end >= r.limit || matches!(r.at(end), Item::Mark(_)) || matches!(r.at(end), Item::Word(..));
    (asked && ends && (closes || !r.capital(end)) || r.bare && end == r.limit && !matches!(r.before(i), Item::Other))
        .then(|| Reading::new(end, shape, (FAMILY, "day-alone")))
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    #[test]
    fn days_by_name() {
        check(
            "
            The school opened in Osh on June 04, 2013. ⇒ June 04, 2013=2013-06-04
            It was signed on the 5th of April, 2018. ⇒ 5th of April, 2018=2018-04-05
            It was signed on Tuesday, 14 May. ⇒ Tuesday, 14 May=2019-05-14
            It ended on April 24th. ⇒ April 24th=2019-04-24
            The letter of 8-May-2006 was lost. ⇒ 8-May-2006=2006-05-08
            Школу открыли 1 сентября 2018 г. ⇒ 1 сентября 2018 г.=2018-09-01
            Школу открыли первого сентября прошлого года. ⇒ первого сентября прошлого года=2018-09-01
            Договор подписан 15 марта с.г. в Оше. ⇒ 15 марта с.г.=2019-03-15
            Встреча прошла во вторник, 14 мая. ⇒ вторник, 14 мая=2019-05-14
            Это случилось двадцать первого июня две тысячи двадцатого года. ⇒ двадцать первого июня две тысячи двадцатого года=2020-06-21
            Школу открыли во вторник вечером, 7 мая. ⇒ вторник вечером, 7 мая=2019-05-07
            They arrived on Sunday evening, 12 May. ⇒ Sunday evening, 12 May=2019-05-12
            Приказ от «12» марта 2018 года утратил силу. ⇒ «12» марта 2018 года=2018-03-12
            The seminar is set for the 20th. ⇒ 20th=2019-05-20
            Они уехали 30 февраля 2019 года. ⇒
            ",
        );
    }
}
