//! Dates in digits: `12.05.2021`, `5/12/21`, `2021-05-12`, `430.12.2020`, `12.V.2021`, `05.2021`.
//!
//! Day and month are read in the order of the document, which [`super::resolve`] settles; here the
//! day comes first wherever both orders are possible.

use super::expression::{Month, Shape, Year};
use super::reader::{Item, Reader};
use super::{Reading, calendar_day, year};

const FAMILY: &str = "numeric";

fn separator(r: &Reader, i: usize) -> Option<u8> {
    match r.at(i) {
        Item::Mark(mark @ (b'.' | b'/' | b'-')) => Some(mark),
        _ => None,
    }
}

/// Whether digits or letters stick to the left, so that this is part of something longer.
fn stuck_left(r: &Reader, i: usize) -> bool {
    if !r.glued(i) {
        return false;
    }
    match r.before(i) {
        Item::Mark(b'.' | b'/' | b'-' | b':' | b',' | b'_' | b'=' | b'#' | b'&') => {
            i >= 2 && r.glued(i - 1) && matches!(r.at(i - 2), Item::Number(..) | Item::Word(..) | Item::Other | Item::Roman(_)) && {
                // "Baku/21.02.18/", "от:12.05.2021"
                let slash = matches!(r.before(i), Item::Mark(b'/' | b':' | b','));
                !slash || matches!(r.at(i - 2), Item::Number(..))
            }
        }
        Item::Mark(b'$' | b'+' | b'@') => true,
        Item::Word(..) | Item::Other | Item::Roman(_) => {
            r.text.tokens[i - 1].kind == crate::text::Kind::Word && r.text.tokens[i - 1].span.len() == 1
        }
        _ => false,
    }
}

fn day(day: u8, month: u8, year: Year) -> Option<Shape> {
    calendar_day::possible(day, month, year)?;
    Some(Shape::Day { day, month: Month::Given(month), year, weekday: None })
}

/// A date in digits at token `i`.
pub(super) fn read(r: &Reader, i: usize) -> Option<Reading> {
    let (a, digits) = r.number(i)?;
    let number_sign = i > r.floor && r.text.str(i - 1) == "№";
    if stuck_left(r, i) || number_sign { None } else { full(r, i, a, digits) }
}

fn full(r: &Reader, i: usize, a: u32, digits: u8) -> Option<Reading> {
    if let Some(reading) = iso(r, i, a, digits) {
        return Some(reading);
    }
    let first = separator(r, i + 1)?;
    if let Item::Roman(month @ 1..=12) = r.at(i + 2) {
        // 12.V.2021
        let (a, d) = (r.number(i)?.0, 2);
        (digits <= d && first == separator(r, i + 3)?).then_some(())?;
        let (y, n) = r.number(i + 4)?;
        let year = Year::Given(year::full(y, n)?);
        return Some(Reading::new(year::mark(r, i + 5), day(u8::try_from(a).ok()?, month, year)?, (FAMILY, "roman-month")));
    }
    let (b, b_digits) = r.number(i + 2)?;
    if b_digits > 2 || b == 0 {
        if super::year::labelled(r, i) {
            return None; // "No. 12/2019"
        }
        return month_year(r, i, (a, digits), first, (b, b_digits));
    }
    let close = r.glued(i + 1) && r.glued(i + 2);
    // "30/05-2007", but not the end of a case's number, "2-6-27/2016"
    let second = separator(r, i + 3).filter(|&second| second == first || !stuck_left(r, i));
    if super::year::labelled(r, i) {
        return None;
    }
    let Some((c, c_digits)) = second.and_then(|_| r.number(i + 4)) else {
        return day_month(r, i, (a, digits), first, (b, b_digits));
    };
    let close = close && r.glued(i + 3) && r.glued(i + 4);
    let spaced = first == b'.' && second == Some(b'.') && c_digits == 4 && (b_digits == 2 || r.glued(i + 1) && r.glued(i + 3));
    if !close && !spaced {
        return None;
    }
    let mut trim = (0, 0);
    // clutter that sticks to a stamp: "430.12.2020", "30.12.202011:47"
    let a = if digits == 3 && c_digits == 4 && b_digits == 2 && r.text.str(i).is_ascii() {
        trim.0 = 1;
        a % 100
    } else if digits <= 2 {
        a
    } else {
        return None;
    };
    let (c, c_digits) = match c_digits {
        5 | 6 if r.mark(i + 5, b':') && r.text.str(i + 4).is_ascii() => {
            trim.1 = c_digits - 4;
            (c / 10u32.pow(u32::from(c_digits - 4)), 4)
        }
        n => (c, n),
    };
    if c_digits == 4 && !(1900..=2100).contains(&c) && !(first == b'.' && (1000..1900).contains(&c)) {
        return None;
    }
    // 1.2.13 may be a chapter or a version, 22-11-13 a telephone number
    let two = r.is(i + 5, super::words::Class::YearMark) || r.bare || first == b'/' || first == b'.' && digits == 2 && b_digits == 2;
    if c_digits == 2 && !two
        || trim.1 == 0 && r.glued(i + 5) && separator(r, i + 5).is_some() && r.glued(i + 6) && r.number(i + 6).is_some()
    {
        // a range goes on with a dash
        if !(r.mark(i + 5, b'-') && r.number(i + 6).is_some_and(|(_, n)| n <= 2) && separator(r, i + 7).is_some()) {
            return None;
        }
    }
    let year = Year::Given(year::full(c, c_digits)?);
    let (a, b) = (u8::try_from(a).ok()?, u8::try_from(b).ok()?);
    let mut end = if trim.1 == 0 { year::mark(r, i + 5) } else { i + 5 };
    if end == i + 5 && r.mark(end, b'.') && r.glued(end) && r.mark(end + 1, b'-') {
        end += 1; // "11.10.2018. –"
    }
    let (shape, swappable, rule) = match (day(a, b, year), day(b, a, year)) {
        (Some(shape), Some(_)) => (shape, first != b'.' && a != b, "day-month-year"),
        (Some(shape), None) => (shape, false, "day-month-year"),
        (None, Some(shape)) => (shape, false, "month-day-year"),
        (None, None) => return None,
    };
    Some(Reading { swappable, trim, ..Reading::new(end, shape, (FAMILY, rule)) })
}

/// `2021-05-12`, `2021.05.12`, `2021/5/12`, `2021-05`
fn iso(r: &Reader, i: usize, a: u32, digits: u8) -> Option<Reading> {
    if digits != 4 || !(1000..=2199).contains(&a) {
        return None;
    }
    let year = i16::try_from(a).ok()?;
    let first = separator(r, i + 1).filter(|_| r.glued(i + 1) && r.glued(i + 2))?;
    let (b, b_digits) = r.number(i + 2).filter(|&(_, n)| n <= 2)?;
    if separator(r, i + 3) == Some(first) && r.glued(i + 3) && r.glued(i + 4) {
        let (c, c_digits) = r.number(i + 4)?;
        if c_digits > 2 || r.glued(i + 5) && separator(r, i + 5).is_some() && r.glued(i + 6) && r.number(i + 6).is_some() {
            return None;
        }
        let shape = day(u8::try_from(c).ok()?, u8::try_from(b).ok()?, Year::Given(year))?;
        return Some(Reading::new(year::mark(r, i + 5), shape, (FAMILY, "iso")));
    }
    // 2009-10 is a season that runs over two years
    let month = u8::try_from(b).ok().filter(|m| (1..=12).contains(m))?;
    let next = u32::from(month) == (a + 1) % 100;
    let alone = r.bare || b_digits == 2 && b < 10 && first == b'-' && !super::year::labelled(r, i);
    (!next && alone && (1900..2100).contains(&a))
        .then(|| Reading::new(i + 3, Shape::Month { month, year: Year::Given(year) }, (FAMILY, "iso-month")))
}

/// `05.2021`, `2/2013`
fn month_year(r: &Reader, i: usize, (a, a_digits): (u32, u8), mark: u8, (b, b_digits): (u32, u8)) -> Option<Reading> {
    let month = u8::try_from(a).ok().filter(|m| (1..=12).contains(m))?;
    let close = r.glued(i + 1) && r.glued(i + 2);
    let shown = mark != b'-' && (a_digits == 2 || r.bare);
    if !close
        || !shown
        || b_digits != 4
        || !(1950..2060).contains(&b)
        || r.glued(i + 3) && separator(r, i + 3).is_some() && r.glued(i + 4) && r.number(i + 4).is_some()
    {
        return None;
    }
    Some(Reading::new(year::mark(r, i + 3), Shape::Month { month, year: Year::Given(b as i16) }, (FAMILY, "month-year")))
}

/// `15.02`, `2/15`: only where nothing else stands, or with a day in full behind it (see `range`).
fn day_month(r: &Reader, i: usize, (a, _): (u32, u8), mark: u8, (b, b_digits): (u32, u8)) -> Option<Reading> {
    let alone = r.bare && i == r.floor + usize::from(matches!(r.at(r.floor), Item::Word(..)));
    let full_stop = mark == b'.' && b_digits == 2 && r.mark(i + 3, b'.') && r.glued(i + 3) && r.glued(i + 2) && r.bare;
    if !alone && !full_stop {
        return None;
    }
    let (a, b) = (u8::try_from(a).ok()?, u8::try_from(b).ok()?);
    let end = if r.mark(i + 3, b'.') && r.glued(i + 3) { i + 4 } else { i + 3 };
    let latin = mark != b'.';
    let shape = if latin { day(b, a, Year::Open).or_else(|| day(a, b, Year::Open)) } else { day(a, b, Year::Open) }?;
    Some(Reading::new(end, shape, (FAMILY, "day-month")))
}

/// The last day of a range: as [`read`], with a day and month alone where nothing else stands.
pub(super) fn read_right(r: &Reader, i: usize) -> Option<Reading> {
    let (a, digits) = r.number(i)?;
    if let Some(reading) = full(r, i, a, digits).filter(|reading| reading.shape.is_day()) {
        return Some(reading);
    }
    // 14. - 15.10.
    let (b, b_digits) = r.number(i + 2).filter(|_| r.bare && r.mark(i + 1, b'.'))?;
    (b_digits == 2).then_some(())?;
    let shape = day(u8::try_from(a).ok()?, u8::try_from(b).ok()?, Year::Open)?;
    Some(Reading::new(r.past_stop(i + 3), shape, (FAMILY, "day-month")))
}

/// `14.`, `14.10.`, `20.02` before a dash and a date in digits: day, and month where it stands.
pub(super) fn left_part(r: &Reader, i: usize) -> Option<(usize, u8, Option<u8>)> {
    let (a, 1..=2) = r.number(i)? else { return None };
    if stuck_left(r, i) {
        return None;
    }
    let day = u8::try_from(a).ok().filter(|d| (1..=31).contains(d))?;
    if r.mark(i + 1, b'.') && r.glued(i + 1) {
        if r.glued(i + 2)
            && let Some((month @ 1..=12, 1 | 2)) = r.number(i + 2)
        {
            return Some((r.past_stop(i + 3), day, Some(month as u8)));
        }
        return Some((i + 2, day, None));
    }
    Some((i + 1, day, None))
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    #[test]
    fn days_in_digits() {
        check(
            "
            Бишкек, 10.12.20. /Кабар/ Открыт новый мост. ⇒ 10.12.20=2020-12-10
            Сообщение от 12.V.2021 получено. ⇒ 12.V.2021=2021-05-12
            430.12.2020 11:47 ⇒ 30.12.2020=2020-12-30
            It was sent at 2019-05-12T10:30:00Z to all. ⇒ 2019-05-12=2019-05-12
            It happened on 31/12/2018 and again on 5/6/2019. ⇒ 31/12/2018=2018-12-31; 5/6/2019=2019-06-05
            It happened on 12/31/2018 and again on 5/6/2019. ⇒ 12/31/2018=2018-12-31; 5/6/2019=2019-05-06
            Версия 1.2.13, телефон 22-11-13, пункт 3.12.2013.4 ⇒
            ",
        );
    }
}
