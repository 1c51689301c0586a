//! Calendar values in ISO 8601, as the output contract writes them.
//!
//! A value that exists is possible: days are [`jiff::civil::Date`], months, quarters and halves
//! are checked when made. Years run from 1 to 9999.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;

/// A season of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// December of the year before, to February.
    Winter,
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Fall,
}

/// One stretch of the calendar that has a name: a day, a month, a year …
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    /// `2016`
    Year(i16),
    /// `2016-H1`
    Half(i16, u8),
    /// `2016-SU`
    Season(i16, Season),
    /// `2016-Q3`
    Quarter(i16, u8),
    /// `2016-03`
    Month(i16, u8),
    /// `2016-03-05`
    Day(Date),
}

/// A calendar value. Printed with [`fmt::Display`] in the contract's form.
///
/// ```
/// use dateline::dates::Value;
/// let value: Value = "2019-05-30/2019-05-31".parse().unwrap();
/// assert_eq!(value.to_string(), "2019-05-30/2019-05-31");
/// assert!("2019-02-30".parse::<Value>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Value {
    /// `?`: nothing settles it.
    #[default]
    Unsettled,
    /// One named stretch.
    Point(Point),
    /// From the first through the last.
    Range(Point, Point),
    /// `XXXX-11-12`: a month or a day of a year that nothing settles.
    Yearless(Yearless),
    /// `XXXX-11-12/XXXX-11-14`.
    YearlessRange(Yearless, Yearless),
    /// `P3Y`: a length of time. Only with [`Way::Durations`](crate::dates::convention::Way).
    Length(Length),
    /// `PAST_REF`. Only with [`Way::Vague`](crate::dates::convention::Way).
    Reference(Reference),
}

/// A length of time, in ISO 8601: so many of a unit, `X` of them where the text does not say how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Length {
    /// How many; none for "several".
    pub count: Option<u16>,
    /// Of what.
    pub unit: LengthUnit,
}

/// The units of a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LengthUnit {
    /// `D`
    Day,
    /// `W`
    Week,
    /// `M`
    Month,
    /// `Y`
    Year,
}

/// Where a vague expression lies, as TimeML calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// `PAST_REF`: "recently"
    Past,
    /// `PRESENT_REF`: "now"
    Present,
    /// `FUTURE_REF`: "soon"
    Future,
}

/// A month, or a day of it, of no known year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Yearless {
    month: u8,
    day: Option<u8>,
}

impl Yearless {
    /// None when no year has that day.
    #[must_use]
    pub fn new(month: u8, day: Option<u8>) -> Option<Self> {
        // 2000 is a leap year
        Date::new(2000, i8::try_from(month).ok()?, i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
        Some(Self { month, day })
    }
}

impl Yearless {
    /// The day so many days later, where no leap day can lie between.
    #[must_use]
    pub fn days_later(self, days: i32) -> Option<Self> {
        let in_year = |year: i16| {
            let date = Date::new(year, i8::try_from(self.month).ok()?, i8::try_from(self.day?).ok()?).ok()?;
            let date = date.checked_add(i64::from(days).days()).ok()?;
            Self::new(u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok())
        };
        // a leap year and another
        in_year(2000).filter(|&at| in_year(2001) == Some(at))
    }
}

/// The last day of a month.
fn month_end(year: i16, month: u8) -> Option<Date> {
    Date::new(year, month as i8, 1).ok().map(Date::last_of_month)
}

fn day_one(year: i16, month: u8) -> Option<Date> {
    Date::new(year, month as i8, 1).ok()
}

impl Point {
    /// A year; none outside 1 to 9999.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Point::Year(year))
    }

    /// A month of a year; none for one that does not exist.
    #[must_use]
    pub fn month(year: i16, month: u8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month)).then_some(Point::Month(year, month))
    }

    /// A day; none for one that does not exist.
    #[must_use]
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Point::Day)
    }

    /// The year in which it begins by name.
    #[must_use]
    pub fn year_of(self) -> i16 {
        match self {
            Point::Year(y) | Point::Half(y, _) | Point::Season(y, _) | Point::Quarter(y, _) | Point::Month(y, _) => y,
            Point::Day(date) => date.year(),
        }
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Option<Date> {
        match self {
            Point::Year(y) => day_one(y, 1),
            Point::Half(y, h) => day_one(y, h * 6 - 5),
            Point::Season(1, Season::Winter) => day_one(1, 1), // no year 0
            Point::Season(y, Season::Winter) => day_one(y - 1, 12),
            Point::Season(y, s) => day_one(y, s as u8 * 3),
            Point::Quarter(y, q) => day_one(y, q * 3 - 2),
            Point::Month(y, m) => day_one(y, m),
            Point::Day(date) => Some(date),
        }
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Option<Date> {
        match self {
            Point::Year(y) => month_end(y, 12),
            Point::Half(y, h) => month_end(y, h * 6),
            Point::Season(y, Season::Winter) => month_end(y, 2),
            Point::Season(y, s) => month_end(y, s as u8 * 3 + 2),
            Point::Quarter(y, q) => month_end(y, q * 3),
            Point::Month(y, m) => month_end(y, m),
            Point::Day(date) => Some(date),
        }
    }
}

impl Value {
    /// A range, or a point when both ends are the same; none when it ends before it begins.
    #[must_use]
    pub fn range(from: Point, to: Point) -> Option<Self> {
        if from == to {
            return Some(Value::Point(from));
        }
        (from.first()? <= to.first()?).then_some(Value::Range(from, to))
    }

    /// The first and the last day it holds; none when nothing settles it.
    #[must_use]
    pub fn days(self) -> Option<(Date, Date)> {
        match self {
            Value::Point(point) => Some((point.first()?, point.last()?)),
            Value::Range(from, to) => Some((from.first()?, to.last()?)),
            _ => None,
        }
    }

    /// The one day that it is.
    #[must_use]
    pub fn as_day(self) -> Option<Date> {
        match self {
            Value::Point(Point::Day(date)) => Some(date),
            _ => None,
        }
    }

    /// Whether it is given to the day: a day, or a range of days.
    #[must_use]
    pub fn is_daily(self) -> bool {
        matches!(self, Value::Point(Point::Day(_)) | Value::Range(Point::Day(_), Point::Day(_)))
    }

    /// Whether no year settles it.
    #[must_use]
    pub fn is_unsettled(self) -> bool {
        matches!(self, Value::Unsettled | Value::Yearless(_) | Value::YearlessRange(..))
    }

    /// The days of the week (Monday to Sunday) in which `date` lies.
    #[must_use]
    pub fn week_of(date: Date) -> Option<Self> {
        let monday = date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()?;
        Value::range(Point::Day(monday), Point::Day(monday.checked_add(6.days()).ok()?))
    }
}

impl fmt::Display for Season {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Season::Winter => "WI",
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Fall => "FA",
        })
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Point::Year(y) => write!(f, "{y:04}"),
            Point::Half(y, h) => write!(f, "{y:04}-H{h}"),
            Point::Season(y, s) => write!(f, "{y:04}-{s}"),
            Point::Quarter(y, q) => write!(f, "{y:04}-Q{q}"),
            Point::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Point::Day(d) => write!(f, "{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
        }
    }
}

impl fmt::Display for Yearless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "XXXX-{:02}", self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            LengthUnit::Day => 'D',
            LengthUnit::Week => 'W',
            LengthUnit::Month => 'M',
            LengthUnit::Year => 'Y',
        };
        match self.count {
            Some(count) => write!(f, "P{count}{unit}"),
            None => write!(f, "PX{unit}"),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reference::Past => "PAST_REF",
            Reference::Present => "PRESENT_REF",
            Reference::Future => "FUTURE_REF",
        })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Unsettled => f.write_str("?"),
            Value::Point(point) => point.fmt(f),
            Value::Range(from, to) => write!(f, "{from}/{to}"),
            Value::Yearless(at) => at.fmt(f),
            Value::YearlessRange(from, to) => write!(f, "{from}/{to}"),
            Value::Length(length) => length.fmt(f),
            Value::Reference(reference) => reference.fmt(f),
        }
    }
}

/// A text that is no calendar value of the contract.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no calendar value: write 2019-05-30, 2019-05, 2019, 2019-Q2, 2019-H1, 2019-SU, two of them with a slash, P3Y, PAST_REF, or ?"
)]
pub struct NoValue(String);

/// `n` digits as a number.
fn digits(text: &str, n: usize) -> Option<i16> {
    (text.len() == n && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn point(text: &str) -> Option<Point> {
    let year = digits(text.get(..4)?, 4)?;
    let Some(rest) = text.get(4..).filter(|rest| !rest.is_empty()) else { return Point::year(year) };
    let rest = rest.strip_prefix('-')?;
    Point::year(year)?;
    match rest {
        "WI" => return Some(Point::Season(year, Season::Winter)),
        "SP" => return Some(Point::Season(year, Season::Spring)),
        "SU" => return Some(Point::Season(year, Season::Summer)),
        "FA" => return Some(Point::Season(year, Season::Fall)),
        "H1" => return Some(Point::Half(year, 1)),
        "H2" => return Some(Point::Half(year, 2)),
        "Q1" => return Some(Point::Quarter(year, 1)),
        "Q2" => return Some(Point::Quarter(year, 2)),
        "Q3" => return Some(Point::Quarter(year, 3)),
        "Q4" => return Some(Point::Quarter(year, 4)),
        _ => {}
    }
    let month = digits(rest.get(..2)?, 2)? as u8;
    match rest.get(2..)? {
        "" => Point::month(year, month),
        day => Point::day(year, month, digits(day.strip_prefix('-')?, 2)? as u8),
    }
}

fn yearless(text: &str) -> Option<Yearless> {
    let rest = text.strip_prefix("XXXX-")?;
    let month = digits(rest.get(..2)?, 2)? as u8;
    match rest.get(2..)? {
        "" => Yearless::new(month, None),
        day => Yearless::new(month, Some(digits(day.strip_prefix('-')?, 2)? as u8)),
    }
}

fn length(text: &str) -> Option<Length> {
    let (count, unit) = text.strip_prefix('P')?.split_at_checked(text.len().checked_sub(2)?)?;
    let unit = match unit {
        "D" => LengthUnit::Day,
        "W" => LengthUnit::Week,
        "M" => LengthUnit::Month,
        "Y" => LengthUnit::Year,
        _ => return None,
    };
    let written = !(count.is_empty() || count.len() > 1 && count.starts_with('0')) && count.bytes().all(|b| b.is_ascii_digit());
    match count {
        "X" => Some(Length { count: None, unit }),
        _ if written => Some(Length { count: Some(count.parse().ok()?), unit }),
        _ => None,
    }
}

fn reference(text: &str) -> Option<Reference> {
    [Reference::Past, Reference::Present, Reference::Future].into_iter().find(|reference| reference.to_string() == text)
}

impl FromStr for Value {
    type Err = NoValue;

    fn from_str(text: &str) -> Result<Self, NoValue> {
        let read = || {
            if text == "?" {
                return Some(Value::Unsettled);
            }
            if let Some(value) = length(text).map(Value::Length).or_else(|| reference(text).map(Value::Reference)) {
                return Some(value);
            }
            match text.split_once('/') {
                None => point(text).map(Value::Point).or_else(|| yearless(text).map(Value::Yearless)),
                Some((a, b)) => match (yearless(a), yearless(b)) {
                    (Some(a), Some(b)) => Some(Value::YearlessRange(a, b)),
                    _ => Value::range(point(a)?, point(b)?),
                },
            }
        };
        read().ok_or_else(|| NoValue(text.into()))
    }
}

impl serde::Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_contract_is_read_and_printed() {
        for form in [
            "?",
            "2019-05-30",
            "2019-05-30/2019-05-31",
            "2017-11",
            "2018/2020",
            "2016",
            "2016-Q3",
            "2016-H1",
            "2016-SU",
            "XXXX-11-12",
            "1990/1999",
            "2021-01/2021-02",
            "2017-02/2020-05-01",
            "XXXX-03",
            "0014",
            "P3Y",
            "P10D",
            "PXW",
            "PAST_REF",
            "FUTURE_REF",
        ] {
            assert_eq!(form.parse::<Value>().map(|v| v.to_string()).as_deref(), Ok(form));
        }
    }

    #[test]
    fn what_cannot_be_is_no_value() {
        for form in [
            "2019-02-29",
            "2019-13",
            "2019-00-01",
            "0000",
            "19",
            "2020/2019",
            "2016-Q5",
            "XXXX-02-30",
            "2019-5-1",
            "",
            "/",
            "P",
            "P3",
            "P03D",
            "PY",
            "P3H",
            "X_REF",
        ] {
            assert!(form.parse::<Value>().is_err(), "{form}");
        }
    }

    #[test]
    fn the_days_of_a_value() {
        let days = |form: &str| form.parse::<Value>().unwrap().days().map(|(a, b)| format!("{a} {b}"));
        assert_eq!(days("2020-02").as_deref(), Some("2020-02-01 2020-02-29"));
        assert_eq!(days("2019-H2").as_deref(), Some("2019-07-01 2019-12-31"));
        assert_eq!(days("2019-FA").as_deref(), Some("2019-09-01 2019-11-30"));
        assert_eq!(days("XXXX-11-12"), None);
    }
}
