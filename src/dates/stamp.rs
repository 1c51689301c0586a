//! A day as a field of data writes it: a date column, the metadata of a page.
//!
//! ISO 8601 with or without a time and a zone, the same with `.` or `/` or without marks, seconds
//! since 1970, and whatever the grammar of texts reads as one day: `30.05.2019 10:00`, `May 30,
//! 2019`, `30 мая 2019 г.`, `Thu, 30 May 2019 10:00:00 +0600`. The day is the one written, in the
//! zone it is written in. `05/06/2019` alone may be two days and is none.

use jiff::civil::Date;

use crate::mention::Fact;
use crate::page::Page;

/// The day; none when it is not one day for sure.
///
/// ```
/// use dateline::dates::stamp;
/// let day = stamp("2019-05-30T23:30:00+06:00");
/// assert_eq!(day, Some(jiff::civil::date(2019, 5, 30)));
/// assert_eq!(stamp("30 мая 2019 г."), day);
/// assert_eq!(stamp("05/06/2019"), None);
/// ```
#[must_use]
pub fn stamp(written: &str) -> Option<Date> {
    let written = written.trim().trim_matches(['"', '\'']);
    if written.is_empty() || written.len() > 100 {
        return None;
    }
    iso(written).or_else(|| digits(written)).or_else(|| prose(written))
}

/// Year, month, day, then nothing or a time.
fn iso(written: &str) -> Option<Date> {
    let (day, rest) = written.split_at_checked(10)?;
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' ', 'Z', '+'])) {
        return None;
    }
    let mut parts = day.splitn(3, ['-', '/', '.']);
    let mut part = |length: usize| parts.next().filter(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()));
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `20190530`, `20190530T1000`, `20190530100000`, or seconds or milliseconds since 1970.
fn digits(written: &str) -> Option<Date> {
    let length = written.bytes().take_while(u8::is_ascii_digit).count();
    let whole = length == written.len();
    if (length == 8 || length == 14 || length == 12) && (whole || written[length..].starts_with(['T', 't', ' '])) {
        let day = Date::new(written[..4].parse().ok()?, written[4..6].parse().ok()?, written[6..8].parse().ok()?).ok()?;
        return (1900..2100).contains(&day.year()).then_some(day);
    }
    let seconds: i64 = match (whole, length) {
        (true, 9 | 10) => written.parse().ok()?,
        (true, 13) => written.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    Some(jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// The one day that the grammar reads.
fn prose(written: &str) -> Option<Date> {
    let page = Page::new(written, true);
    let mentions = super::find(&page, None);
    let mut days = mentions.iter().filter_map(|mention| match &mention.fact {
        Fact::Date(date) if date.alternative.is_none() => date.value.as_day(),
        _ => None,
    });
    let day = days.next()?;
    (mentions.len() == 1 || days.all(|other| other == day)).then_some(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_usual_forms_are_one_day() {
        for written in [
            "2019-05-30",
            "2019-05-30T10:00:00Z",
            "2019-05-30 10:00:00.000+0600",
            "2019/05/30",
            "2019.05.30",
            "20190530",
            "20190530T101500",
            "1559210400",
            "1559210400000",
            "30.05.2019",
            "30.05.2019 10:00",
            "5/30/2019",
            "May 30, 2019",
            "30 May 2019",
            "30 мая 2019 г.",
            "30 мая 2019, 10:00",
            "Thu, 30 May 2019 10:00:00 +0600",
        ] {
            assert_eq!(stamp(written), Some(date(2019, 5, 30)), "{written}");
        }
    }

    #[test]
    fn what_is_no_day_or_two_is_none() {
        for written in ["", "May 2019", "05/06/2019", "2019-13-40", "soon", "2019", "30 мая", "1"] {
            assert_eq!(stamp(written), None, "{written}");
        }
    }
}
