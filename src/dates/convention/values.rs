//! Values by another convention: parts of periods, distances, seasons by the sun, all to the day.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::mention::{Bound, DateFact, Fact, Mention, Part};
use crate::table;

use super::{Convention, Way};
use crate::mention::value::{Point, Season, Value};

/// Rewrites the values of dates, but for [`Way::Days`].
pub(super) fn write(dates: &mut [Mention], convention: Convention) {
    for mention in dates {
        let Fact::Date(date) = &mut mention.fact else { continue };
        if convention.has(Way::Distances)
            && let Some(finer) = date.finer
        {
            date.value = finer;
        }
        if convention.has(Way::Parts)
            && let Some(value) = part(date)
        {
            date.value = value;
        }
        let to_the_day = |from: Point, to: Point| {
            let daily = convention.has(Way::SolarSeasons) && matches!((from, to), (Point::Season(..), _) | (_, Point::Season(..)))
                || convention.has(Way::Decades) && date.parts.is_none() && is_decade_or_century(from, to);
            daily.then(|| days(from, to, convention.has(Way::SolarSeasons))).flatten()
        };
        let written = match date.value {
            Value::Point(point) => to_the_day(point, point),
            Value::Range(from, to) => to_the_day(from, to),
            _ => None,
        };
        date.value = written.unwrap_or(date.value);
    }
}

/// Writes a value from its first to its last day.
pub(super) fn to_the_day(mention: &mut Mention) {
    let Fact::Date(date) = &mut mention.fact else { return };
    let written = match date.value {
        Value::Point(point) => days(point, point, false),
        Value::Range(from, to) => days(from, to, false),
        _ => None,
    };
    date.value = written.unwrap_or(date.value);
}

fn days(from: Point, to: Point, solar: bool) -> Option<Value> {
    let first = solar_season(from).filter(|_| solar).map(|s| s.0).or_else(|| from.first())?;
    let last = solar_season(to).filter(|_| solar).map(|s| s.1).or_else(|| to.last())?;
    Value::range(Point::Day(first), Point::Day(last))
}

/// Ten years from one that ends in 0, or hundreds from one that ends in 00 (the first begins in 1).
fn is_decade_or_century(from: Point, to: Point) -> bool {
    let (Point::Year(from), Point::Year(to)) = (from, to) else { return false };
    from % 10 == 0 && to == from + 9 || from / 100 * 100 == from - i16::from(from == 1) && to % 100 == 99
}

/// The days of a season by the sun, those of the equinox and the solstice in both: 20 March,
/// 21 June, 23 September, 21 December, whatever the year.
fn solar_season(point: Point) -> Option<(Date, Date)> {
    let Point::Season(year, season) = point else { return None };
    let day = |year: i16, month: i8, day: i8| Date::new(year, month, day).ok();
    Some(match season {
        Season::Winter => (day(year - 1, 12, 21)?, day(year, 3, 20)?),
        Season::Spring => (day(year, 3, 20)?, day(year, 6, 21)?),
        Season::Summer => (day(year, 6, 21)?, day(year, 9, 23)?),
        Season::Fall => (day(year, 9, 23)?, day(year, 12, 21)?),
    })
}

/// The periods that have parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    Year,
    Month,
    Decade,
    Century,
}

static PARTS: LazyLock<Vec<(Period, Part, i16, i16)>> = LazyLock::new(|| {
    let rows = table::rows::<4>(include_str!("../../../data/dates/parts.tsv"));
    rows.filter_map(|[period, part, first, last]| {
        let period = match period {
            "year" => Period::Year,
            "month" => Period::Month,
            "decade" => Period::Decade,
            "century" => Period::Century,
            _ => return None,
        };
        let part = match part {
            "start" => Part::Start,
            "middle" => Part::Middle,
            "end" => Part::End,
            _ => return None,
        };
        Some((period, part, first.parse().ok()?, last.parse().ok()?))
    })
    .collect()
});

/// The narrower stretch that a part is; what lasts until the end lasts through its last day.
fn part(date: &DateFact) -> Option<Value> {
    let part = date.part?;
    if let (Part::End, Some(Bound::Until)) = (part, date.bound) {
        return date.value.days().map(|(_, last)| Value::Point(Point::Day(last)));
    }
    let (period, first) = match date.value {
        Value::Point(point @ Point::Year(_)) => (Period::Year, point),
        Value::Point(point @ Point::Month(..)) => (Period::Month, point),
        Value::Range(from @ Point::Year(first), to @ Point::Year(last)) if is_decade_or_century(from, to) => {
            (if last - first == 9 { Period::Decade } else { Period::Century }, from)
        }
        _ => return None,
    };
    let &(_, _, from, to) = PARTS.iter().find(|row| row.0 == period && row.1 == part)?;
    match first {
        Point::Year(year) if period == Period::Year => Value::range(Point::month(year, from as u8)?, Point::month(year, to as u8)?),
        Point::Year(year) => Value::range(Point::year((year / 10 * 10 + from).max(1))?, Point::year(year / 10 * 10 + to)?),
        Point::Month(year, month) => {
            let last = first.last()?.day().min(to as i8);
            Value::range(Point::day(year, month, from as u8)?, Point::day(year, month, last as u8)?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Way;
    use super::super::tests::marks;
    use super::*;

    #[test]
    fn every_row_of_parts_is_used() {
        let rows = table::rows::<4>(include_str!("../../../data/dates/parts.tsv")).count();
        assert_eq!(PARTS.len(), rows);
    }

    #[test]
    fn parts_are_narrower() {
        let ways = [Way::Parts];
        assert_eq!(marks("It was closed at the end of 2012.", &ways), ["2012=2012-09/2012-12"]);
        assert_eq!(marks("It was opened in early February 2012.", &ways), ["early February 2012=2012-02-01/2012-02-10"]);
        assert_eq!(marks("Её закрыли в конце февраля 2012 года.", &ways), ["февраля 2012 года=2012-02-21/2012-02-29"]);
        assert_eq!(marks("It was built in the late 1950s.", &ways), ["late 1950s=1955/1959"]);
        assert_eq!(marks("It was built in the late 20th century.", &ways), ["late 20th century=1975/1999"]);
        assert_eq!(marks("It will be ready by the end of 2019.", &ways), ["2019=2019-12-31"]);
    }

    #[test]
    fn distances_are_finer() {
        let ways = [Way::Distances];
        assert_eq!(marks("They met three months ago.", &ways), ["three months ago=2019-02-15"]);
        assert_eq!(marks("Они виделись два года назад.", &ways), ["два года назад=2017-05"]);
        assert_eq!(marks("They met three weeks ago.", &ways), ["three weeks ago=2019-04-24"]);
    }

    #[test]
    fn periods_to_the_day() {
        let text = "It was built in the 1980s, in the 19th century, in winter 2018, in 2012 and in May 2014.";
        assert_eq!(
            marks(text, &[Way::Decades]),
            ["1980s=1980-01-01/1989-12-31", "19th century=1800-01-01/1899-12-31", "winter 2018=2018-WI", "2012=2012", "May 2014=2014-05"]
        );
        assert_eq!(marks("It was built in winter 2018.", &[Way::SolarSeasons]), ["winter 2018=2017-12-21/2018-03-20"]);
        assert_eq!(marks("It was built in winter 2018.", &[Way::Days]), ["winter 2018=2017-12-01/2018-02-28"]);
        assert_eq!(marks("It ran from 5 May 2014 to June 2015.", &[Way::Days]), ["5 May 2014 to June 2015=2014-05-05/2015-06-30"]);
    }

    #[test]
    fn solar_seasons_meet_at_their_days() {
        for year in [1900, 2000, 2023] {
            let season = |year, season| solar_season(Point::Season(year, season)).unwrap();
            let all = [Season::Winter, Season::Spring, Season::Summer, Season::Fall].map(|s| season(year, s));
            assert!(all.windows(2).all(|pair| pair[0].1 == pair[1].0));
            assert_eq!(all[3].1, season(year + 1, Season::Winter).0);
        }
    }
}
