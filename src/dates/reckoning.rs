//! Calendar reckoning: the value of an expression in a context, without looking at the text.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::mention::Part;

use super::expression::{Anchor, Expression, Month, Shape, What, Year};
use super::tense::Tense;
use super::words::Unit;
use crate::mention::value::{Point, Season, Value, Yearless};

/// What is known when an expression is resolved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// The day of the release.
    pub release: Option<Date>,
    /// The first and last of the days that stand in for it where there is none.
    pub stand_in: Option<(Date, Date)>,
    /// The date told last.
    pub told: Option<Value>,
    pub tense: Tense,
    pub bare: bool,
}

impl Context {
    fn base(&self) -> Option<Date> {
        self.release.or(self.stand_in.map(|s| s.0))
    }

    /// The same as a stretch.
    fn around(&self) -> Option<(Date, Date)> {
        self.release.map(|r| (r, r)).or(self.stand_in)
    }

    /// The day told last, if what was told is as fine as the unit that is to be counted from it.
    fn told_as_fine_as(&self, unit: Unit) -> Option<Date> {
        let (first, last) = self.told?.days()?;
        let length = (last - first).get_days();
        let fine = match unit {
            Unit::Day | Unit::Week | Unit::Fortnight => length <= 31 && self.told.is_some_and(Value::is_daily),
            Unit::Month => length <= 92,
            _ => length <= 366,
        };
        fine.then_some(last)
    }

    fn told_day(&self) -> Option<Date> {
        self.told.and_then(Value::days).map(|(_, last)| last)
    }
}

/// The value of an expression; a weekday is first looked for among the days told.
pub(super) fn value_near(e: &Expression, c: &Context, days: &[Date]) -> Value {
    if let Shape::Weekday { weekday, shift: None, week: None } = e.shape
        && e.to.is_none()
    {
        let told = days
            .iter()
            .rev()
            .take(6)
            .find(|d| d.weekday().to_monday_one_offset() == weekday as i8 && c.release.is_none_or(|r| (r - **d).get_days().abs() <= 9));
        if let Some(&day) = told {
            return Value::Point(Point::Day(day));
        }
    }
    value(e, c)
}

/// The value of an expression in a context.
pub(super) fn value(e: &Expression, c: &Context) -> Value {
    let Some(to) = e.to else {
        let value = span(e.shape, c).unwrap_or_else(|| yearless(e.shape, None));
        return if matches!(e.shape, Shape::Shift { unit: Unit::Week, .. }) { part_of_week(value, e.part) } else { value };
    };
    // the end that has a year settles the other
    let settled = || {
        if let (Shape::Weekday { .. }, Shape::Weekday { shift: None, week: None, .. }) = (e.shape, to) {
            return weekdays(e.shape, to, c);
        }
        let of_month = matches!(to, Shape::Day { month: Month::Of(..) | Month::Open, .. });
        if of_month {
            return Value::range(point(e.shape, c)?, point(to, c)?);
        }
        if e.shape.is_full() || !to.is_full() && e.shape.year() == Some(Year::Open) {
            let first = point(e.shape, c)?;
            let then = Context {
                release: None,
                stand_in: Some((first.first()?, first.first()?)),
                told: Some(Value::Point(first)),
                tense: Tense::Future,
                bare: false,
            };
            let last = match to.year() {
                Some(Year::Open) => point(to, &then)?,
                _ => point(to, c)?,
            };
            return Value::range(first, last);
        }
        Value::range(point(e.shape, c)?, point(to, c)?)
    };
    settled().unwrap_or_else(|| yearless(e.shape, Some(to)))
}

/// A distance in months to the day, one in years to the month.
pub(super) fn finer(e: &Expression, c: &Context) -> Option<Value> {
    let Shape::Distance { unit: unit @ (Unit::Month | Unit::Year), by, anchor: anchor @ Anchor::Release, exact: false } = e.shape else {
        return None;
    };
    let day = point(Shape::Distance { unit, by, anchor, exact: true }, c)?.first()?;
    match unit {
        Unit::Month => Some(Value::Point(Point::Day(day))),
        _ => Point::month(day.year(), day.month() as u8).map(Value::Point),
    }
}

/// "from Monday to Wednesday": days in a row, the first or the last of them where the tense asks for it.
fn weekdays(from: Shape, to: Shape, c: &Context) -> Option<Value> {
    let (first, last) = (point(from, c)?, point(to, c)?);
    let (first, last) = (first.first()?, last.first()?);
    let last = if first <= last { last } else { days_from(last, 7)? };
    // what is over lies before the release's day
    let back = if c.tense == Tense::Past && c.base().is_some_and(|base| last > base) { -7 } else { 0 };
    Value::range(Point::Day(days_from(first, back)?), Point::Day(days_from(last, back)?))
}

/// "early next week" are its first three days: unlike a month, a week has no part with a name.
fn part_of_week(value: Value, part: Option<Part>) -> Value {
    let Some((monday, sunday)) = value.days() else { return value };
    let days = match part {
        Some(Part::Start) => days_from(monday, 2).map(|to| (monday, to)),
        Some(Part::End) => days_from(sunday, -2).map(|from| (from, sunday)),
        _ => None,
    };
    days.and_then(|(from, to)| Value::range(Point::Day(from), Point::Day(to))).unwrap_or(value)
}

fn yearless(shape: Shape, to: Option<Shape>) -> Value {
    let one = |shape| match shape {
        Shape::Day { day, month: Month::Given(month), year: Year::Open, .. } => Yearless::new(month, Some(day)),
        Shape::Month { month, year: Year::Open } => Yearless::new(month, None),
        _ => None,
    };
    match (one(shape), to.map(one)) {
        (Some(at), None) => Value::Yearless(at),
        (Some(from), Some(Some(to))) => Value::YearlessRange(from, to),
        _ => Value::Unsettled,
    }
}

fn year(year: Year, c: &Context) -> Option<i16> {
    match year {
        Year::Open => None,
        Year::Given(year) => Some(year),
        Year::Of(Anchor::Release | Anchor::Context, by) => c.base().map(|d| d.year() + i16::from(by)),
        Year::Of(Anchor::Told, by) => c.told_day().or(c.base()).map(|d| d.year() + i16::from(by)),
    }
}

/// Of the same stretch in three years, the one that the tense asks for, else the nearest.
fn nearest(c: &Context, at: impl Fn(i16) -> Option<Point>) -> Option<Point> {
    let (from, to) = c.around()?;
    let mut best: Option<(i32, Point)> = None;
    for y in from.year() - 1..=to.year() + 1 {
        let Some(point) = at(y) else { continue };
        let (Some(first), Some(last)) = (point.first(), point.last()) else { continue };
        let distance = if first > to {
            (first - to).get_days()
        } else if last < from {
            (from - last).get_days()
        } else {
            0
        };
        let wrong = match c.tense {
            Tense::Past => first > to,
            Tense::Future => last < from,
            Tense::Unknown => c.bare && last < from,
        };
        // a verb may belong to another clause: it moves the choice, but not by a whole year
        let cost = distance + if wrong { if c.bare { 9999 } else { 300 } } else { 0 };
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, point));
        }
    }
    best.map(|(_, point)| point)
}

fn season(number: u8) -> Season {
    match number {
        1 => Season::Winter,
        2 => Season::Spring,
        3 => Season::Summer,
        _ => Season::Fall,
    }
}

/// Year and month `by` months from `date`'s.
fn months_from(date: Date, by: i32) -> Option<(i16, u8)> {
    let at = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + by;
    Some((i16::try_from(at.div_euclid(12)).ok()?, at.rem_euclid(12) as u8 + 1))
}

fn days_from(date: Date, by: i32) -> Option<Date> {
    date.checked_add(i64::from(by).days()).ok()
}

fn monday(date: Date) -> Option<Date> {
    days_from(date, -i32::from(date.weekday().to_monday_zero_offset()))
}

/// The value of a shape that is one stretch: a point, or a week, weekend, decade and the like.
fn span(shape: Shape, c: &Context) -> Option<Value> {
    match shape {
        Shape::Decade(year) => Value::range(Point::year(year)?, Point::year(year + 9)?),
        Shape::Century(n) => Value::range(Point::year(((n - 1) * 100).max(1))?, Point::year(n * 100 - 1)?),
        Shape::Shift { unit, by, anchor } => {
            let base = match anchor {
                Anchor::Told => c.told_day().or(c.base())?,
                _ => c.base()?,
            };
            unit_span(unit, by, base)
        }
        Shape::Units { unit, from, to } => {
            let base = c.base()?;
            let (first, last) = (unit_span(unit, from, base)?, unit_span(unit, to, base)?);
            match (first, last) {
                (Value::Point(a), Value::Point(b)) => Value::range(a, b),
                (Value::Range(a, _), Value::Range(_, b)) => Value::range(a, b),
                _ => None,
            }
        }
        Shape::Nth { n, what, month, year: y } => nth(n, what, month, y, c),
        Shape::WeekOf { day, month, year: y } => Value::week_of(day_point(day, Month::Given(month), y, None, c)?.first()?),
        _ => point(shape, c).map(Value::Point),
    }
}

fn unit_span(unit: Unit, by: i32, base: Date) -> Option<Value> {
    let (year, month) = (base.year(), base.month() as u8);
    match unit {
        Unit::Day => Some(Value::Point(Point::Day(days_from(base, by)?))),
        Unit::Week => Value::week_of(days_from(base, 7 * by)?),
        Unit::Fortnight => None,
        Unit::Weekend => {
            let saturday = days_from(monday(base)?, 7 * by + 5)?;
            Value::range(Point::Day(saturday), Point::Day(days_from(saturday, 1)?))
        }
        Unit::Month => months_from(base, by).and_then(|(y, m)| Point::month(y, m)).map(Value::Point),
        Unit::Quarter => {
            let (y, m) = months_from(base, 3 * by)?;
            Point::year(y)?;
            Some(Value::Point(Point::Quarter(y, (m - 1) / 3 + 1)))
        }
        Unit::Half => {
            let (y, m) = months_from(base, 6 * by)?;
            Point::year(y)?;
            Some(Value::Point(Point::Half(y, (m - 1) / 6 + 1)))
        }
        Unit::Year => Point::year(year.checked_add(i16::try_from(by).ok()?)?).map(Value::Point),
        Unit::Decade => {
            let first = year.div_euclid(10) * 10 + i16::try_from(10 * by).ok()?;
            Value::range(Point::year(first)?, Point::year(first + 9)?)
        }
        Unit::Century => {
            let first = year.div_euclid(100) * 100 + i16::try_from(100 * by).ok()?;
            Value::range(Point::year(first)?, Point::year(first.checked_add(99)?)?)
        }
        Unit::Season => {
            // winter has the year of its January
            let now = i32::from(year) * 4 + i32::from(month) / 3;
            let at = now + by;
            let year = i16::try_from(at.div_euclid(4)).ok()?;
            Point::year(year)?;
            let season = [Season::Winter, Season::Spring, Season::Summer, Season::Fall][at.rem_euclid(4) as usize];
            Some(Value::Point(Point::Season(year, season)))
        }
    }
}

fn nth(n: i8, what: What, month: Month, y: Year, c: &Context) -> Option<Value> {
    if what == What::Months {
        let year = year(y, c)?;
        return Value::range(Point::month(year, 1)?, Point::month(year, n.unsigned_abs())?);
    }
    let (first, last) = match month {
        Month::Given(m) => {
            let at = match year(y, c) {
                Some(y) => Point::month(y, m)?,
                None => nearest(c, |y| Point::month(y, m))?,
            };
            (at.first()?, at.last()?)
        }
        Month::Of(anchor, by) => {
            let base = if anchor == Anchor::Told { c.told_day().or(c.base())? } else { c.base()? };
            let (y, m) = months_from(base, i32::from(by))?;
            let at = Point::month(y, m)?;
            (at.first()?, at.last()?)
        }
        Month::Open => {
            let at = Point::year(year(y, c)?)?;
            (at.first()?, at.last()?)
        }
    };
    let n = i32::from(n);
    let inside = |date: Date| (first <= date && date <= last).then_some(Value::Point(Point::Day(date)));
    match what {
        What::Day if n > 0 => inside(days_from(first, n - 1)?),
        What::Day => inside(days_from(last, n + 1)?),
        What::Weekday(day) => {
            let day = i32::from(day);
            if n > 0 {
                let at = i32::from(first.weekday().to_monday_one_offset());
                inside(days_from(first, (day - at).rem_euclid(7) + 7 * (n - 1))?)
            } else {
                let at = i32::from(last.weekday().to_monday_one_offset());
                inside(days_from(last, -(at - day).rem_euclid(7) + 7 * (n + 1))?)
            }
        }
        // weeks that lie wholly inside
        What::Week if n > 0 => {
            let start = days_from(first, -i32::from(first.weekday().to_monday_zero_offset()).rem_euclid(7))?;
            let start = if start < first { days_from(start, 7)? } else { start };
            Value::week_of(days_from(start, 7 * (n - 1))?)
        }
        What::Week => {
            let sunday = days_from(last, -(i32::from(last.weekday().to_monday_one_offset()) % 7))?;
            Value::week_of(days_from(sunday, 7 * (n + 1))?)
        }
        What::Months => None,
    }
}

fn point(shape: Shape, c: &Context) -> Option<Point> {
    match shape {
        Shape::Year(y) => Point::year(year(y, c)?),
        Shape::Month { month, year: y } => match year(y, c) {
            Some(y) => Point::month(y, month),
            None if y == Year::Open => nearest(c, |y| Point::month(y, month)),
            None => None,
        },
        Shape::Quarter { quarter, year: y } => {
            let at = |y| Point::year(y).map(|_| Point::Quarter(y, quarter));
            match year(y, c) {
                Some(y) => at(y),
                None if y == Year::Open => {
                    if c.bare {
                        at(c.base()?.year())
                    } else {
                        nearest(c, at)
                    }
                }
                None => None,
            }
        }
        Shape::Half { half, year: y } => {
            let at = |y| Point::year(y).map(|_| Point::Half(y, half));
            match year(y, c) {
                Some(y) => at(y),
                None if y == Year::Open => at(c.base()?.year()),
                None => None,
            }
        }
        Shape::Season { season: n, year: y, shift } => {
            let at = |y| Point::year(y).map(|_| Point::Season(y, season(n)));
            if let Some(y) = year(y, c) {
                return at(y);
            }
            if y != Year::Open {
                return None;
            }
            let base = c.base()?;
            match shift {
                None => nearest(c, at),
                Some(0) => at(if n == 1 && base.month() > 8 { base.year() + 1 } else { base.year() }),
                Some(by) if by < 0 => (base.year() - 3..=base.year()).rev().filter_map(at).find(|p| p.last().is_some_and(|l| l < base)),
                Some(_) => (base.year()..=base.year() + 2).filter_map(at).find(|p| p.first().is_some_and(|f| f > base)),
            }
        }
        Shape::NamedMonth { month, shift: (anchor, by) } => {
            let base = if anchor == Anchor::Told { c.told_day().or(c.base())? } else { c.base()? };
            let now = base.month() as u8;
            let year = match by {
                0 => base.year(),
                by if by < 0 => base.year() - i16::from(month >= now),
                by => base.year() + i16::from(month <= now) + i16::from(by) - 1,
            };
            Point::month(year, month)
        }
        Shape::Day { day, month, year: y, weekday } => day_point(day, month, y, weekday, c),
        Shape::Weekday { weekday, shift, week } => weekday_point(weekday, shift, week, c),
        Shape::Distance { unit, by, anchor, exact } => {
            let base = match anchor {
                // "up from a year earlier" where nothing else is told: than now
                Anchor::Told if unit == Unit::Year && by == -1 && c.told.is_none() => c.release?,
                Anchor::Told => c.told_as_fine_as(unit)?,
                _ => c.base()?,
            };
            match unit {
                Unit::Month | Unit::Year if exact => {
                    let months = if unit == Unit::Year { by.checked_mul(12)? } else { by };
                    base.checked_add(i64::from(months).months()).ok().map(Point::Day)
                }
                Unit::Day => days_from(base, by).map(Point::Day),
                Unit::Week => days_from(base, by.checked_mul(7)?).map(Point::Day),
                Unit::Fortnight => days_from(base, by.checked_mul(14)?).map(Point::Day),
                Unit::Month => months_from(base, by).and_then(|(y, m)| Point::month(y, m)),
                Unit::Year => Point::year(base.year().checked_add(i16::try_from(by).ok()?)?),
                Unit::Decade => Point::year(base.year().checked_add(i16::try_from(by.checked_mul(10)?).ok()?)?),
                _ => None,
            }
        }
        Shape::Shift { .. } | Shape::Units { .. } | Shape::Decade(_) | Shape::Century(_) | Shape::Nth { .. } | Shape::WeekOf { .. } => {
            match span(shape, c)? {
                Value::Point(point) => Some(point),
                _ => None,
            }
        }
    }
}

fn day_point(day: u8, month: Month, y: Year, weekday: Option<u8>, c: &Context) -> Option<Point> {
    match month {
        Month::Given(m) => {
            if let Some(y) = year(y, c) {
                return Point::day(y, m, day);
            }
            if y != Year::Open {
                return None;
            }
            // the weekday settles the year, where it stands
            if let (Some(w), Some(base)) = (weekday, c.base()) {
                let mut years: Vec<i16> = (base.year() - 3..=base.year() + 3).collect();
                years.sort_by_key(|y| (y - base.year()).abs());
                let fits = years
                    .into_iter()
                    .find(|&y| Point::day(y, m, day).and_then(Point::first).is_some_and(|d| d.weekday().to_monday_one_offset() == w as i8));
                if let Some(y) = fits {
                    return Point::day(y, m, day);
                }
            }
            nearest(c, |y| Point::day(y, m, day))
        }
        Month::Of(anchor, by) => {
            let base = if anchor == Anchor::Told { c.told_day().or(c.base())? } else { c.base()? };
            let (y, m) = months_from(base, i32::from(by))?;
            Point::day(y, m, day)
        }
        Month::Open => {
            let base = if c.bare { c.base()? } else { c.told_day().or(c.base())? };
            if let Some(w) = weekday {
                return (0..=12)
                    .chain(-2..0)
                    .filter_map(|by| months_from(base, by))
                    .filter_map(|(y, m)| Point::day(y, m, day))
                    .find(|p| p.first().is_some_and(|d| d.weekday().to_monday_one_offset() == w as i8 && (!c.bare || d >= base)));
            }
            let this = Point::day(base.year(), base.month() as u8, day);
            if c.bare && this.and_then(Point::first).is_none_or(|d| d < base) {
                let (y, m) = months_from(base, 1)?;
                return Point::day(y, m, day);
            }
            this
        }
    }
}

fn weekday_point(weekday: u8, shift: Option<(Anchor, i8)>, week: Option<i8>, c: &Context) -> Option<Point> {
    let told = matches!(shift, Some((Anchor::Told, _)));
    let base = if told { c.told_day().or(c.base())? } else { c.base()? };
    let target = i32::from(weekday);
    if let Some(week) = week {
        return days_from(monday(base)?, 7 * i32::from(week) + target - 1).map(Point::Day);
    }
    let here = i32::from(base.weekday().to_monday_one_offset());
    let ahead = (target - here).rem_euclid(7); // 0 today
    let back = (here - target).rem_euclid(7);
    let next = if ahead == 0 { 7 } else { ahead };
    let last = if back == 0 { 7 } else { back };
    let by = match shift {
        Some((_, n)) if n > 0 => next + 7 * (i32::from(n) - 1),
        Some((Anchor::Told, 0)) => ahead,
        // "this Friday" is that of this week, unless it is told as past
        Some((Anchor::Release, 0)) if c.tense != Tense::Past => ahead,
        Some((_, n)) if n < 0 => -last - 7 * (-i32::from(n) - 1),
        _ => match c.tense {
            _ if c.bare => next,
            Tense::Future => ahead,
            // the press tells of the days gone by
            _ => -back,
        },
    };
    days_from(base, by).map(Point::Day)
}
