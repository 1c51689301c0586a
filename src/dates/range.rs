//! Ranges, within and across months and years, with the parts their ends share: `27–30 марта
//! 2019 г.`, "29 May – 2 June 2019", `20.02.2017-21.02.17`, «2018-2020 годы», "between March and
//! May 2020".

use super::expression::{Month, Shape, Year};
use super::reader::{Item, Reader};
use super::words::Class;
use super::{Reading, calendar_day, numeric, year};

/// What stands between the ends of a range.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    /// A dash, "to", «по»
    To,
    /// "until", «до»: only behind «с»
    Until,
    /// "and", "/"
    And,
}

fn link(r: &Reader, i: usize) -> Option<Link> {
    match r.at(i) {
        Item::Mark(b'-') => Some(Link::To),
        Item::Word(Class::To, _) => Some(Link::To),
        Item::Word(Class::Until, _) => Some(Link::Until),
        Item::Word(Class::And, _) | Item::Mark(b'/') => Some(Link::And),
        _ => None,
    }
}

/// «7, 8 и 9 июля», "7, 8 and 9 July": days in a row.
fn row(r: &Reader, i: usize) -> Option<(Reading, Option<Shape>)> {
    let (mut at, day) = calendar_day::day_number(r, i)?;
    let mut last = day;
    while r.mark(at, b',')
        && let Some((end, next)) = calendar_day::day_number(r, at + 1)
        && next == last + 1
        && (r.mark(end, b',') || r.is(end, Class::And))
    {
        (at, last) = (end, next);
    }
    let right = (last > day && r.is(at, Class::And)).then(|| calendar_day::read(r, at + 1)).flatten()?;
    let Shape::Day { day: end, month, year, .. } = right.shape else { return None };
    calendar_day::day_number(r, at + 1).filter(|_| end == last + 1)?;
    let left = Shape::Day { day, month, year, weekday: None };
    Some((Reading { shape: left, rule: ("range", "days"), ..right }, Some(right.shape)))
}

/// "May 2, 9 and 16, 2019": days of one month, which stands before them.
pub(super) struct Series {
    /// Each day with its tokens.
    pub days: Vec<(usize, usize, u8)>,
    pub month: u8,
    pub year: Year,
    /// One past the last token.
    pub end: usize,
}

/// Two days or more behind a month, the last with "and".
pub(super) fn series(r: &Reader, i: usize) -> Option<Series> {
    let (at, month) = calendar_day::month_name(r, i).filter(|_| !r.script_is_cyrillic(i) && r.capital(i))?;
    let (mut end, day) = calendar_day::day_number(r, at)?;
    if !r.mark(end, b',') && !r.is(end, Class::And) {
        return None;
    }
    let mut days = vec![(i, end, day)];
    let mut closed = false;
    while days.len() < 12 && !closed {
        let comma = usize::from(r.mark(end, b','));
        closed = r.is(end + comma, Class::And);
        let next = end + comma + usize::from(closed);
        let rises = |&(_, day): &(usize, u8)| next > end && days.last().is_some_and(|d| d.2 < day);
        let (to, day) = calendar_day::day_number(r, next).filter(rises)?;
        days.push((next, to, day));
        end = to;
    }
    let last = days.last_mut()?;
    let (end, year) = match year::tail(r, end) {
        Some((to, year)) => {
            last.1 = to;
            (to, year)
        }
        // "on May 2 and 16 students", "May 2 and 3.5 million"
        None if end >= r.limit
            || matches!(r.at(end), Item::Mark(mark) if mark != b'%' && mark != b'-') && !(r.glued(end) && r.glued(end + 1)) =>
        {
            (end, Year::Open)
        }
        None => return None,
    };
    for &(_, _, day) in &days {
        calendar_day::possible(day, month, year)?;
    }
    closed.then_some(Series { days, month, year, end })
}

/// "FY 2016/17", "fiscal 2016-17"
fn fiscal(r: &Reader, i: usize) -> Option<(Reading, Option<Shape>)> {
    let (_, 4) = r.number(i + 1)? else { return None };
    matches!(r.at(i), Item::Other | Item::Word(Class::YearKind, _)).then_some(())?;
    if year::is_fiscal(r, i, 4) { years(r, i + 1) } else { None }
}

/// A range that begins at token `i`, or what [`super::single`] reads there.
pub(super) fn read(r: &Reader, i: usize) -> Option<(Reading, Option<Shape>)> {
    if let Some(found) = fiscal(r, i) {
        return Some(found);
    }
    if let Some(found) =
        digits(r, i).or_else(|| shared_month(r, i)).or_else(|| row(r, i)).or_else(|| years(r, i)).or_else(|| quarters(r, i))
    {
        return Some(found);
    }
    let left = super::single(r, i);
    if let Some(found) = left.and_then(|left| from(r, i, left)) {
        return Some(found);
    }
    if let Some(found) = month_to_month(r, i) {
        return Some(found);
    }
    left.map(|left| (left, None))
}

fn between(r: &Reader, i: usize) -> bool {
    let before = if r.is(i.wrapping_sub(1), Class::The) { i.checked_sub(2) } else { i.checked_sub(1) };
    before.is_some_and(|b| r.is(b, Class::Between))
}

/// `14. - 15.10.2013`, `20.02-21.02.2017`
fn digits(r: &Reader, i: usize) -> Option<(Reading, Option<Shape>)> {
    let (at, day, month) = numeric::left_part(r, i)?;
    link(r, at).filter(|l| *l != Link::Until || r.is(i.wrapping_sub(1), Class::From))?;
    let right = numeric::read_right(r, at + 1)?;
    let Shape::Day { day: last, month: Month::Given(right_month), year, .. } = right.shape else { return None };
    let month = month.unwrap_or(right_month);
    if (month, day) >= (right_month, last) || calendar_day::possible(day, month, year).is_none() {
        return None;
    }
    let left = Shape::Day { day, month: Month::Given(month), year, weekday: None };
    Some((Reading { shape: left, rule: ("range", "digits"), swappable: false, parts: Some((at, at + 1)), ..right }, Some(right.shape)))
}

/// `27-30 марта`, "11 to 17 May 2014", "16 and 17 March"
fn shared_month(r: &Reader, i: usize) -> Option<(Reading, Option<Shape>)> {
    let (at, day) = calendar_day::day_number(r, i)?;
    // «в ночь с 3 на 4 июня»
    let night = r.is(at, Class::On) && r.is(i.wrapping_sub(1), Class::From) && r.text.tokens[at].script == crate::text::Script::Cyrillic;
    let link = if night { Link::To } else { link(r, at)? };
    let next = if r.is(at + 1, Class::The) { at + 2 } else { at + 1 };
    if r.glued(i) && matches!(r.before(i), Item::Mark(b':' | b'.' | b'-' | b'/')) && r.glued(i - 1) {
        return None;
    }
    let right = calendar_day::read(r, next).filter(|right| {
        // the day must come first on the right: "5 - May 7" is none
        calendar_day::day_number(r, next).is_some() && right.end > next
    })?;
    let Shape::Day { day: last, month, year, .. } = right.shape else { return None };
    if day >= last || link == Link::Until && !r.is(i.wrapping_sub(1), Class::From) {
        return None;
    }
    // «3 и 12 мая» are days apart
    if link == Link::And && r.is(at, Class::And) && last > day + 1 && !between(r, i) {
        return None;
    }
    let left = Shape::Day { day, month, year, weekday: None };
    Some((Reading { shape: left, rule: ("range", "days"), parts: Some((at, next)), ..right }, Some(right.shape)))
}

/// `2018-2020 годы`, "2014 to 2016", `2014-16`, «с 1994 по 2000 годы»
fn years(r: &Reader, i: usize) -> Option<(Reading, Option<Shape>)> {
    let (at, first, marked) = year::given(r, i)?;
    let link = link(r, at)?;
    let next = at + 1;
    let (end, last, last_marked) = match year::given(r, next) {
        Some(found) => found,
        None => {
            // 2014-16, 2019/20
            let (value, 2) = r.number(next)? else { return None };
            let full = first / 100 * 100 + value as i16;
            let end = year::mark(r, next + 1);
            let ends = end >= r.limit || matches!(r.at(end), Item::Mark(_));
            let spaced = (r.text.tokens[at].spaced || r.text.tokens[next].spaced) && !(full == first + 1 && r.mark(at, b'-') && ends);
            if spaced
                || r.is(at, Class::To)
                || (value <= 12 && full != first + 1)
                || r.mark(at, b'/') && full != first + 1
                || full - first > 60
                || r.glued(end) && matches!(r.at(end), Item::Mark(b'-' | b'/' | b':'))
            {
                return None;
            }
            (end, full, end > next + 1)
        }
    };
    let marked = marked || last_marked;
    if !marked && year::labelled(r, i) {
        return None; // "pages 1999-2003"
    }
    let from = matches!(r.before(i), Item::Word(Class::From | Class::Between, _));
    let near = last > first && last - first <= 200;
    let sound = match link {
        Link::And => last == first + 1 || between(r, i),
        Link::Until => from,
        Link::To => true,
    };
    let glued_word = r.glued(i) && !matches!(r.before(i), Item::Mark(b'(' | b'[' | b'"' | 0 | b'*' | b'\'')) && !marked;
    let likely = marked
        || (1700..=2100).contains(&first) && (1700..=2100).contains(&last) && !glued_word && !r.mark(end, b'%') && r.number(end).is_none();
    if !near || !sound || !likely {
        return None;
    }
    // "2008 and 2009" asks for the same context as one year; "2016/17" is a season's or a school's year
    let split = r.mark(at, b'/') && last == first + 1 && r.number(next).is_some_and(|(_, digits)| digits == 2);
    if link == Link::And && !marked && !split && !between(r, i) && year::read(r, i).is_none() {
        return None;
    }
    let shape = Shape::Year(Year::Given(first));
    let reading = Reading { parts: Some((at, next)), ..Reading::new(end, shape, ("range", "years")) };
    Some((reading, Some(Shape::Year(Year::Given(last)))))
}

/// «I–III кварталах 2018 года», "1st to 3rd quarters of 2018"
fn quarters(r: &Reader, i: usize) -> Option<(Reading, Option<Shape>)> {
    let (at, first) = match r.at(i) {
        Item::Roman(n) => (i + 1, n),
        _ => calendar_day::day_number(r, i)?,
    };
    link(r, at).filter(|l| *l == Link::To || *l == Link::And)?;
    let right = super::quarter::read(r, at + 1).filter(|right| right.rule.1 == "counted")?;
    let left = match right.shape {
        Shape::Quarter { quarter, year } if first < quarter && quarter <= 4 => Shape::Quarter { quarter: first, year },
        _ => return None,
    };
    Some((Reading { shape: left, rule: ("range", "quarters"), parts: Some((at, at + 1)), ..right }, Some(right.shape)))
}

/// "March and May", «в мае-июне 2019 года», "April – August 2017", «январь-март»
fn month_to_month(r: &Reader, i: usize) -> Option<(Reading, Option<Shape>)> {
    let (at, first) = calendar_day::month_name(r, i)?;
    let link = link(r, at)?;
    let (m, last) = calendar_day::month_name(r, at + 1)?;
    let russian = r.text.tokens[i].script == crate::text::Script::Cyrillic;
    if !(russian || r.bare || r.capital(i) && r.capital(at + 1)) || calendar_day::day_number(r, m).is_some() && !russian {
        return None;
    }
    let sound = match link {
        Link::And => between(r, i) || r.mark(at, b'/') && last == first % 12 + 1,
        Link::Until => r.is(i.wrapping_sub(1), Class::From),
        Link::To => true,
    };
    if !sound || first == last {
        return None;
    }
    let (end, year) = year::tail(r, m).unwrap_or((m, Year::Open));
    let before = match year {
        Year::Given(y) if first > last => Year::Given(y - 1),
        other => other,
    };
    let left = Shape::Month { month: first, year: before };
    let reading = Reading { parts: Some((at, at + 1)), ..Reading::new(end, left, ("range", "months")) };
    Some((reading, Some(Shape::Month { month: last, year })))
}

/// Any two of a kind: "30 September 2022 to 1 October 2022", "May 30-31, 2019", `01.01.2011 - 28.02.2015`
fn from(r: &Reader, i: usize, left: Reading) -> Option<(Reading, Option<Shape>)> {
    let at = left.end;
    let comma = usize::from(r.mark(at, b',') && r.is(at + 1, Class::To));
    let link = link(r, at + comma)?;
    let next = at + comma + 1;
    if link == Link::Until && !r.is(i.wrapping_sub(1), Class::From) && !matches!(left.shape, Shape::Month { .. }) {
        return None;
    }
    // "May 30-31, 2019"
    if let Shape::Day { day, month, year: Year::Open, .. } = left.shape {
        let start = if r.is(next, Class::The) { next + 1 } else { next };
        if let Some((end, last)) = calendar_day::day_number(r, start)
            && calendar_day::month_name(r, if r.is(end, Class::Of) { end + 1 } else { end }).is_none()
            && !matches!(r.at(i), Item::Number(..)) // the month stood first
            && last > day
            && (link != Link::And || last == day + 1 || between(r, i))
            && !(r.mark(end, b':') && r.glued(end))
            && !(r.mark(end, b'.') && r.glued(end) && r.glued(end + 1) && r.number(end + 1).is_some())
        {
            let (end, year) = year::tail(r, end).unwrap_or((end, Year::Open));
            if let Month::Given(m) = month {
                calendar_day::possible(last, m, year)?;
            }
            let to = Shape::Day { day: last, month, year, weekday: None };
            let parts = Some((at, next));
            return Some((Reading { end, rule: ("range", "days"), shape: left.shape.with_year(year), parts, ..left }, Some(to)));
        }
    }
    // "mid-January to mid-March"
    let next = if matches!(left.shape, Shape::Month { .. }) && r.is(next, Class::Part) {
        next + 1 + usize::from(r.mark(next + 1, b'-'))
    } else {
        next
    };
    let digits = left.rule.0 == "numeric";
    let right = digits.then(|| numeric::read_right(r, next)).flatten().or_else(|| super::single(r, next))?;
    let kinds = match (left.shape, right.shape) {
        (Shape::Day { .. }, Shape::Day { .. }) | (Shape::Quarter { .. }, Shape::Quarter { .. }) => true,
        (Shape::Month { .. }, Shape::Month { .. } | Shape::Day { .. }) => true,
        (Shape::Day { .. }, Shape::Month { year: Year::Given(_), .. }) => link != Link::And && !r.mark(at, b'-'),
        (Shape::Season { .. }, Shape::Season { .. }) => right.shape.year() != Some(Year::Open),
        (Shape::Decade(a), Shape::Decade(b)) => link != Link::And && a < b,
        (Shape::Weekday { weekday: a, shift: None, .. }, Shape::Weekday { weekday: b, shift: None, .. }) => {
            link == Link::To && (r.is(at, Class::To) || b == a % 7 + 1 && r.script_is_cyrillic(i)) || link == Link::And && b == a % 7 + 1
        }
        _ => false,
    };
    if !kinds {
        return None;
    }
    // «БИШКЕК, 14 мая 2019 г. – 20 мая откроется …»: a dateline, and another day
    let dateline = matches!((left.shape, right.shape), (Shape::Day { year: Year::Given(_), .. }, Shape::Day { year: Year::Open, .. }))
        && r.mark(at, b'-')
        && (r.mark(i.wrapping_sub(1), b',') && r.capital(i.wrapping_sub(2)) || i == r.floor);
    if dateline {
        return None;
    }
    let rule = ("range", "full");
    let wide = link != Link::And || between(r, i) || next_day(left.shape, right.shape);
    if !wide {
        return None;
    }
    // "28 September 2017 – 5 October was rainy" is read as a range; a day and month on both sides share the year
    let left_shape = match (left.shape.year(), right.shape.year()) {
        (Some(Year::Open), Some(Year::Given(y))) => {
            let earlier = month_of(left.shape) > month_of(right.shape);
            left.shape.with_year(Year::Given(if earlier { y - 1 } else { y }))
        }
        (Some(Year::Open), Some(other)) => left.shape.with_year(other),
        _ => left.shape,
    };
    Some((
        Reading {
            end: right.end,
            shape: left_shape,
            rule,
            trim: (left.trim.0, right.trim.1),
            swappable: left.swappable || right.swappable,
            parts: Some((at, next)),
            ..left
        },
        Some(right.shape),
    ))
}

fn month_of(shape: Shape) -> u8 {
    match shape {
        Shape::Day { month: Month::Given(m), .. } | Shape::Month { month: m, .. } => m,
        _ => 0,
    }
}

/// "30 September and 1 October"
fn next_day(left: Shape, right: Shape) -> bool {
    match (left, right) {
        (Shape::Day { day, month: Month::Given(m), .. }, Shape::Day { day: d, month: Month::Given(n), .. }) => {
            (m == n && d == day + 1) || (d == 1 && day >= 28 && n == m % 12 + 1)
        }
        (Shape::Weekday { .. }, Shape::Weekday { .. }) => true,
        _ => false,
    }
}

/// Days that share a month without making a range: "on 3, 5 and 9 June", "10–11 and 13 June": one past
/// their place, the first and, where they are several, the last.
pub(super) fn list(r: &Reader, i: usize) -> Option<(usize, u8, Option<u8>)> {
    let (end, day) = calendar_day::day_number(r, i)?;
    if r.mark(end, b'-') {
        let (end, last) = calendar_day::day_number(r, end + 1).filter(|&(end, last)| last > day && r.is(end, Class::And))?;
        let (_, next) = calendar_day::day_number(r, end + 1).filter(|&(_, next)| next > last)?;
        let whole = matches!(calendar_day::read(r, end + 1)?.shape, Shape::Day { day, month: Month::Given(_), .. } if day == next);
        return whole.then_some((end, day, Some(last)));
    }
    let mut j = end;
    // at most seven more, then the month
    for _ in 0..7 {
        if !(r.mark(j, b',') || r.is(j, Class::And)) {
            return None;
        }
        if let Some(Shape::Day { month: Month::Given(_), .. }) = calendar_day::read(r, j + 1).map(|x| x.shape) {
            return calendar_day::day_number(r, j + 1).map(|_| (end, day, None));
        }
        j = calendar_day::day_number(r, j + 1)?.0;
        // "3 and 10–11 June"
        if r.mark(j, b'-')
            && calendar_day::day_number(r, j + 1).is_some()
            && matches!(calendar_day::read(r, j + 1)?.shape, Shape::Day { month: Month::Given(_), .. })
        {
            return Some((end, day, None));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    #[test]
    fn ranges() {
        check(
            "
            С 27-30 марта 2019 г. в Бишкеке учились. ⇒ 27-30 марта 2019 г.=2019-03-27/2019-03-30
            The fair was held on May 30-31, 2018 in Tashkent. ⇒ May 30-31, 2018=2018-05-30/2018-05-31
            It lasted from 29 May – 2 June 2018. ⇒ 29 May – 2 June 2018=2018-05-29/2018-06-02
            В сезоне 2016/17 клуб вырос. ⇒ 2016/17=2016/2017
            План на 2018-2020 годы принят. ⇒ 2018-2020 годы=2018/2020
            Лагерь работал с 28 февраля по 3 марта. ⇒ 28 февраля по 3 марта=2019-02-28/2019-03-03
            Заявки принимали в мае-июне 2018 года. ⇒ мае-июне 2018 года=2018-05/2018-06
            It ran between March and May 2018. ⇒ March and May 2018=2018-03/2018-05
            The meeting of 20.02.2017-21.02.17 is over. ⇒ 20.02.2017-21.02.17=2017-02-20/2017-02-21
            Форум прошёл 7, 8 и 9 июля 2018 года. ⇒ 7, 8 и 9 июля 2018 года=2018-07-07/2018-07-09
            The hearings took place on May 2, 3, and 4, 2018. ⇒ May 2, 3, and 4, 2018=2018-05-02/2018-05-04
            The hearings took place on May 2, 9 and 16. ⇒ May 2=2019-05-02; 9=2019-05-09; 16=2019-05-16
            The fund grew in FY 2016/17 and in fiscal 2018. ⇒ FY 2016/17=2016/2017; fiscal 2018=2018
            The firm sold 6% notes due 2025. ⇒ 2025=2025
            The fiscal 2018 people liked is over. ⇒ fiscal 2018=2018
            Встречи состоялись 10-11 и 13 апреля 2018 года. ⇒ 10-11=2018-04-10/2018-04-11; 13 апреля 2018 года=2018-04-13
            Встречи состоялись 3 и 10-11 апреля 2018 года. ⇒ 3=2018-04-03; 10-11 апреля 2018 года=2018-04-10/2018-04-11
            Они проиграли 1-2, а 13 апреля уехали. ⇒ 13 апреля=2019-04-13
            They came on May 2 and 16 students helped. ⇒ May 2=2019-05-02
            Встречи состоялись 13 и 24 апреля 2018 года. ⇒ 13=2018-04-13; 24 апреля 2018 года=2018-04-24
            Конкурс прошел с 10 по 12 число прошлого месяца. ⇒ 10 по 12 число прошлого месяца=2019-04-10/2019-04-12
            Он работал с 1 марта 2011 по декабрь 2015 года. ⇒ 1 марта 2011 по декабрь 2015 года=2011-03-01/2015-12
            It ran from mid-January to mid-March 2018. ⇒ mid-January to mid-March 2018=2018-01/2018-03
            БИШКЕК, 14 мая 2019 г. – 20 мая откроется школа. ⇒ 14 мая 2019 г.=2019-05-14; 20 мая=2019-05-20
            Курсы длились с понедельника по пятницу. ⇒ понедельника по пятницу=2019-05-06/2019-05-10
            It ran from December 28 to January 5, 2019. ⇒ December 28 to January 5, 2019=2018-12-28/2019-01-05
            ",
        );
    }
}
