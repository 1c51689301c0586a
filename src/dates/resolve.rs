//! What an expression leaves open, settled: by the day of the release, else by the dates told
//! around it; by the tense of its sentence; numeric order by the document's other dates.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::language::Language;
use crate::mention::{Bound, DateRole, Name, Part};
use crate::page::Page;

use super::expression::{Anchor, Expression, Month, Shape, What, Year};
use super::reader::Reader;
use super::roles;
use super::tense::{self, Tense};
use super::value::{Point, Season, Value, Yearless};
use super::words::Unit;

/// An expression with all that was settled about it.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub expression: Expression,
    pub value: Value,
    pub alternative: Option<Value>,
    pub role: DateRole,
    pub confidence: f32,
    pub because: Vec<Name>,
    /// Whether it stands in page furniture.
    pub furniture: bool,
    pub tense: Tense,
}

/// A text with more dates than this that go by the date before them is a tale of times past.
const TALE: usize = 4;

/// What is known when an expression is resolved.
#[derive(Clone, Copy, Debug)]
struct Context {
    /// The day of the release.
    release: Option<Date>,
    /// The first and last of the days that stand in for it where there is none.
    stand_in: Option<(Date, Date)>,
    /// The date told last.
    told: Option<Value>,
    tense: Tense,
    bare: bool,
}

impl Context {
    fn base(&self) -> Option<Date> {
        self.release.or(self.stand_in.map(|s| s.0))
    }

    /// The same as a stretch.
    fn around(&self) -> Option<(Date, Date)> {
        self.release.map(|r| (r, r)).or(self.stand_in)
    }

    fn told_day(&self) -> Option<Date> {
        self.told.and_then(Value::days).map(|(_, last)| last)
    }
}

/// Resolves all expressions and gives them their roles.
pub(super) fn all(page: &Page, reader: &Reader, expressions: Vec<Expression>, known: Option<Date>) -> Vec<Resolved> {
    let mut found: Vec<Resolved> = expressions
        .into_iter()
        .map(|expression| Resolved {
            furniture: page.in_furniture(expression.span),
            tense: Tense::Unknown,
            expression,
            value: Value::Unsettled,
            alternative: None,
            role: DateRole::Other,
            confidence: 0.97,
            because: Vec::new(),
        })
        .collect();
    settle_order(page, &mut found);
    for r in &mut found {
        if r.expression.shape.is_full() && r.expression.to.is_none_or(|to| to.is_full()) {
            r.value = value(&r.expression, &Context { release: None, stand_in: None, told: None, tense: Tense::Unknown, bare: false });
        }
    }
    // a dateline without a year takes it from the dates in full
    let own = roles::own_date(page, reader, &mut found, known);
    let release = known.or(own);
    let stand_in = found.iter().find(|r| !r.furniture && r.value.is_daily()).and_then(|r| r.value.days()).map(|(first, _)| first);
    let mut told: Option<(Value, usize)> = None;
    let mut told_daily: Option<Date> = None;
    // how many dates went by the one told before them
    let mut tale = 0;
    let mut days: Vec<Date> = Vec::new();
    for item in &mut found {
        let e = &item.expression;
        let line = page.text.tokens[e.first].line as usize;
        if !item.value.is_unsettled() {
            // full already
        } else {
            // what lasts until a day says nothing of its side
            let tense = match (e.bound, e.shape) {
                (Some(Bound::Until), Shape::Weekday { .. }) => match tense::near(&page.text, e.first, e.end) {
                    Tense::Unknown => Tense::Future,
                    tense => tense,
                },
                (Some(Bound::Until), _) => Tense::Unknown,
                _ => tense::near(&page.text, e.first, e.end),
            };
            // the latest day told stands in for the release's, the first of them where none was told yet
            let day = match (stand_in, told_daily) {
                (Some(a), Some(b)) => Some(a.max(b)),
                (a, b) => b.or(a),
            };
            let mut context = Context { release, stand_in: day.map(|d| (d, d)), told: told.map(|t| t.0), tense, bare: reader.bare };
            let placed = matches!(
                e.shape,
                Shape::Day { .. } | Shape::Month { .. } | Shape::Season { shift: None, .. } | Shape::Quarter { .. } | Shape::Half { .. }
            );
            // a tale goes by the date told last: where there is no release's day, or one of another time
            if placed
                && let Some((value, at)) = told
                && let Some(days) = value.days()
            {
                let far = release.is_some_and(|r| {
                    !matches!(value, Value::Point(Point::Year(_)) | Value::Range(Point::Year(_), _))
                        && at == line
                        && days.1.year() + 1 < r.year()
                });
                if far || release.is_none() && (tense != Tense::Future || tale > TALE) {
                    tale += usize::from(release.is_none());
                    (context.release, context.stand_in, context.tense) = (None, Some(days), Tense::Unknown);
                }
            }
            // the same day named in full elsewhere
            if release.is_none()
                && tale <= TALE
                && let Shape::Day { day, month: Month::Given(month), year: Year::Open, .. } = e.shape
            {
                let named = days.iter().rev().take(64).find(|d| d.month() == month as i8 && d.day() == day as i8);
                if let Some(&d) = named {
                    (context.stand_in, context.tense) = (Some((d, d)), Tense::Unknown);
                }
            }
            let settled = value_near(e, &context, &days);
            item.tense = tense;
            item.value = settled;
            if settled.is_unsettled() {
                item.confidence = 0.9;
                item.because.push("no date settles its year".into());
            } else {
                item.confidence = 0.93;
                item.because.push(match (release, context.release) {
                    (Some(day), Some(_)) => format!("counted from the release's day {day}").into(),
                    _ => "counted from the date told before".into(),
                });
            }
        }
        if item.furniture {
            continue;
        }
        if !item.value.is_unsettled() {
            told = Some((item.value, line));
            if let Some((first, last)) = item.value.days().filter(|_| item.value.is_daily()) {
                told_daily = Some(first);
                days.extend([first, last]);
            }
        }
    }
    let opening = first_paragraph(page);
    let anchored = release.is_some() || told_daily.is_some();
    found.retain(|item| reader.bare || says_a_date(page, item, anchored, opening));
    roles::assign(page, reader, &mut found, release);
    found
}

/// Whether a relative expression is a date here: not "today" for nowadays, a season in general,
/// or "that day" with no day told.
fn says_a_date(page: &Page, item: &Resolved, anchored: bool, opening: usize) -> bool {
    let e = &item.expression;
    if e.to.is_some() {
        return true;
    }
    match e.shape {
        Shape::Shift { anchor: Anchor::Told, .. } | Shape::Year(Year::Of(Anchor::Told, _)) => !item.value.is_unsettled(),
        Shape::Shift { unit: Unit::Day, by: 0, anchor: Anchor::Release } => {
            let text = &page.text;
            let quoted = || {
                let from = e.first.saturating_sub(40);
                let open = (from..e.first).rev().find(|&i| matches!(text.str(i), "“" | "«" | "”" | "»") && text.same_line(i, e.first));
                open.is_some_and(|i| matches!(text.str(i), "“" | "«"))
            };
            let tense = tense::close(text, e.first, e.end);
            let early = page.text.tokens[e.first].line as usize <= opening;
            anchored && (early || tense != Tense::Unknown && !(quoted() && tense != Tense::Past))
        }
        Shape::Season { year: Year::Open, shift: None, .. } if page.text.tokens[e.first].script == crate::text::Script::Latin => {
            let around = e.first.saturating_sub(9)..(e.end + 9).min(page.text.tokens.len());
            tense::close(&page.text, e.first, e.end) == Tense::Future
                || !around.into_iter().any(|i| matches!(page.text.fold(i), "is" | "are"))
        }
        Shape::Season { year: Year::Open, shift: None, .. }
            if e.bound.is_none() && page.text.tokens[e.first].script == crate::text::Script::Cyrillic =>
        {
            tense::close(&page.text, e.first, e.end) == Tense::Future
        }
        _ => true,
    }
}

/// The line of the first paragraph of the release.
fn first_paragraph(page: &Page) -> usize {
    let lines = &page.text.lines;
    lines.iter().position(|l| l.tokens.1 - l.tokens.0 > 20 && !page.in_furniture(l.span)).unwrap_or(lines.len())
}

/// Whether numeric dates put the month first, from those that can be read one way only and from
/// those whose day is named in words as well.
fn settle_order(page: &Page, found: &mut [Resolved]) {
    let (mut day_first, mut month_first) = (0, 0);
    let mut named = rustc_hash::FxHashSet::default();
    for r in found.iter() {
        match (r.expression.rule.1, r.expression.swappable) {
            ("day-month-year", false) => {
                let slash = page.text.slice(r.expression.span).contains('/');
                let Shape::Day { day, .. } = r.expression.shape else { continue };
                day_first += i32::from(slash && day > 12);
            }
            ("month-day-year", _) => month_first += 1,
            _ => {
                for shape in [Some(r.expression.shape), r.expression.to].into_iter().flatten() {
                    if let Shape::Day { day, month: Month::Given(month), .. } = shape
                        && !r.expression.swappable
                    {
                        named.insert((day, month));
                    }
                }
            }
        }
    }
    for r in found.iter_mut().filter(|r| r.expression.swappable) {
        let Shape::Day { day, month: Month::Given(month), .. } = r.expression.shape else { continue };
        let as_is = named.contains(&(day, month));
        let swapped = named.contains(&(month, day));
        let swap = match (as_is, swapped) {
            (true, false) => false,
            (false, true) => true,
            _ => month_first > day_first,
        };
        let mut other = r.expression.clone();
        exchange(&mut other.shape);
        if let Some(to) = &mut other.to {
            exchange(to);
        }
        if swap {
            std::mem::swap(&mut r.expression, &mut other);
        }
        let settled = as_is != swapped || month_first != day_first || page.languages.main == Language::Russian;
        if !settled {
            let none = Context { release: None, stand_in: None, told: None, tense: Tense::Unknown, bare: false };
            r.alternative = Some(value(&other, &none)).filter(|v| !v.is_unsettled());
            r.because.push("day and month may change places".into());
            r.confidence = 0.6;
        }
    }
}

fn exchange(shape: &mut Shape) {
    if let Shape::Day { day, month: Month::Given(month), .. } = shape
        && *day <= 12
    {
        std::mem::swap(day, month);
    }
}

/// The value of an expression; a weekday is first looked for among the days told.
fn value_near(e: &Expression, c: &Context, days: &[Date]) -> Value {
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
fn value(e: &Expression, c: &Context) -> Value {
    let Some(to) = e.to else {
        let value = span(e.shape, c).unwrap_or_else(|| yearless(e.shape, None));
        return if matches!(e.shape, Shape::Shift { unit: Unit::Week, .. }) { part_of_week(value, e.part) } else { value };
    };
    // the end that has a year settles the other
    let settled = || {
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
        Year::Of(Anchor::Release, by) => c.base().map(|d| d.year() + i16::from(by)),
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
                Anchor::Release => c.base()?,
                Anchor::Told => c.told_day().or(c.base())?,
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
                _ => base.year() + i16::from(month <= now),
            };
            Point::month(year, month)
        }
        Shape::Day { day, month, year: y, weekday } => day_point(day, month, y, weekday, c),
        Shape::Weekday { weekday, shift, week } => weekday_point(weekday, shift, week, c),
        Shape::Distance { unit, by, anchor } => {
            let base = if anchor == Anchor::Told { c.told_day().or(c.base())? } else { c.base()? };
            match unit {
                Unit::Day => days_from(base, by).map(Point::Day),
                Unit::Week => days_from(base, by.checked_mul(7)?).map(Point::Day),
                Unit::Fortnight => days_from(base, by.checked_mul(14)?).map(Point::Day),
                Unit::Month => months_from(base, by).and_then(|(y, m)| Point::month(y, m)),
                Unit::Year => Point::year(base.year().checked_add(i16::try_from(by).ok()?)?),
                Unit::Decade => Point::year(base.year().checked_add(i16::try_from(by.checked_mul(10)?).ok()?)?),
                _ => None,
            }
        }
        Shape::Shift { .. } | Shape::Units { .. } | Shape::Decade(_) | Shape::Century(_) | Shape::Nth { .. } => match span(shape, c)? {
            Value::Point(point) => Some(point),
            _ => None,
        },
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
