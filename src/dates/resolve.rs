//! What an expression leaves open, settled: by the day of the release, else by the dates told
//! around it; by the tense of its sentence; numeric order by the document's other dates.

use jiff::civil::Date;

use crate::language::Language;
use crate::mention::{Bound, DateRole, Name};
use crate::page::Page;
use crate::text::{Kind, Text};

use super::cues::{self, Cue};
use super::expression::{Anchor, Expression, Month, Shape, Year};
use super::reader::Reader;
use super::reckoning::{Context, finer, value, value_near};
use super::tense::{self, Tense};
use super::words::Unit;
use super::{beside, event, general, own_date};
use crate::mention::value::{Point, Value, Yearless};

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
    /// Said of any such time, not of one.
    pub general: bool,
    /// A distance as fine as the unit below its own.
    pub finer: Option<Value>,
}

/// A text with more dates than this that go by the date before them is a tale of times past.
const TALE: usize = 4;

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
            general: false,
            finer: None,
            because: Vec::new(),
        })
        .collect();
    settle_order(page, &mut found);
    beside::share_years(reader, &mut found);
    for r in &mut found {
        if r.expression.shape.is_full() && r.expression.to.is_none_or(|to| to.is_full()) {
            r.value = value(&r.expression, &Context { release: None, stand_in: None, told: None, tense: Tense::Unknown, bare: false });
        }
    }
    let written = beside::told_twice(reader, &mut found);
    // a dateline without a year takes it from the dates in full
    let own = own_date::own_date(page, reader, &mut found, known);
    let stand_in = found.iter().find(|r| !r.furniture && r.value.is_daily()).and_then(|r| r.value.days()).map(|(first, _)| first);
    // no stamp: "opened today, 5 May" tells the release's day
    let release = known.or(own).or_else(|| {
        let day = written.or_else(|| beside::told_near(reader, &mut found, stand_in?))?;
        beside::is_own(reader, &mut found, day);
        Some(day)
    });
    let headed = if release.is_none() { found.iter().filter_map(|f| heads(page, f)).max() } else { None };
    let yearless = found.iter().find_map(|f| match f.value {
        Value::Yearless(own) if f.role == DateRole::Published => Some(own),
        _ => None,
    });
    let mut topic: Option<(Value, u32)> = None;
    let mut told: Option<(Value, usize)> = None;
    let mut told_daily: Option<Date> = None;
    // the day told last, where no year settles it
    let mut told_open: Option<Yearless> = None;
    // the value before, whatever it says of the tale, with its line
    let mut last: Option<(Value, usize)> = None;
    // a text that leaves many years out goes on from paragraph to paragraph
    let long = found.iter().filter(|f| f.expression.shape.year() == Some(Year::Open)).count() > 2 * TALE;
    // how many dates went by the one told before them
    let mut tale = 0;
    let mut days: Vec<Date> = Vec::new();
    for item in &mut found {
        let e = &item.expression;
        let line = page.text.tokens[e.first].line as usize;
        if !item.value.is_unsettled() {
            // full already
        } else if item.role == DateRole::Published && release.is_none() && yearless.is_some() {
            // a dateline takes its year from no tale
            item.confidence = 0.9;
            item.because.push("no date settles its year".into());
        } else {
            // what lasts until a day says nothing of its side
            let tense = match (e.bound, e.shape) {
                (Some(Bound::Until), Shape::Weekday { .. }) => match tense::near(&page.text, e.first, e.end) {
                    Tense::Unknown => Tense::Future,
                    tense => tense,
                },
                (Some(Bound::Until), _) => match tense::near(&page.text, e.first, e.end) {
                    Tense::Future => Tense::Future,
                    _ => Tense::Unknown,
                },
                // "going on since Sunday": it has begun
                (Some(Bound::From), Shape::Weekday { .. }) if page.text.fold(e.first.wrapping_sub(1)) == "since" => Tense::Past,
                _ => tense::near(&page.text, e.first, e.end),
            };
            // the latest day told stands in for the release's, the first of them where none was told yet
            let day = match (stand_in, told_daily) {
                (Some(a), Some(b)) => Some(a.max(b)),
                (a, b) => b.or(a),
            };
            // "the end of the year", «через неделю»: of the tale's year where it tells one in these lines
            if e.shape.is_of_context() {
                let near = told.is_some_and(|(_, at)| at == line);
                let tale = near && tense != Tense::Future || release.is_none();
                item.expression.shape = item.expression.shape.anchored(if tale { Anchor::Told } else { Anchor::Release });
            }
            let e = &item.expression;
            if e.rule.1 == "part-of-unit" && matches!(e.shape, Shape::Shift { anchor: Anchor::Release, .. }) {
                item.general = true; // «до конца месяца» of any month
            }
            // "that evening" with nothing told before
            item.general |= told.is_none()
                && told_open.is_none()
                && matches!(item.expression.shape, Shape::Shift { unit: Unit::Day, anchor: Anchor::Told, .. });
            // the years of a life or a plan settle no day of one of them
            let told_near = told.filter(|(value, _)| !many_years(*value));
            let mut context = Context { release, stand_in: day.map(|d| (d, d)), told: told_near.map(|t| t.0), tense, bare: reader.bare };
            // "stalemated by 1940. In August of that year"
            if let (Some(Year::Of(Anchor::Told, 0)), Some((value, at))) = (e.shape.year(), last)
                && at == line
                && e.rule.1 != "part-of-unit"
            {
                context.told = Some(value);
            }
            let placed = matches!(
                e.shape,
                Shape::Day { .. } | Shape::Month { .. } | Shape::Season { shift: None, .. } | Shape::Quarter { .. } | Shape::Half { .. }
            );
            // a tale goes by the date told last: where there is no release's day, or one of another time
            if placed
                && let Some((value, at)) = told_near
                && let Some(days) = value.days()
            {
                let far = tense != Tense::Future
                    && e.shape.year() == Some(Year::Open)
                    && release.is_some_and(|r| {
                        !matches!(value, Value::Point(Point::Year(_)) | Value::Range(Point::Year(_), _))
                            && at == line
                            && days.1.year() + 1 < r.year()
                    });
                if far || release.is_none() && (tense != Tense::Future && (at == line || long || value.is_daily()) || tale > TALE) {
                    tale += usize::from(release.is_none());
                    (context.release, context.stand_in, context.tense) = (None, Some(days), Tense::Unknown);
                }
            }
            // «в следующем году забег пройдёт 29 мая»: the year that its sentence is about
            if let Some((year, sentence)) = topic
                && sentence == page.text.tokens[e.first].sentence
                && placed
                && e.shape.year() == Some(Year::Open)
            {
                (context.release, context.stand_in, context.tense) = (None, year.days(), Tense::Unknown);
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
            // a day that the text tells of is not the one on which it was written; the head of a letter is
            if release.is_none() && !reader.bare && is_of_today(e) {
                context.stand_in = headed.map(|day| (day, day));
            }
            let mut settled = value_near(e, &context, &days);
            // "yesterday" of a dateline without its year, "the next day" after a day without one
            if let (None, Shape::Shift { unit: Unit::Day, by, anchor }) = (e.to, e.shape) {
                let from = match anchor {
                    Anchor::Told => told_open.filter(|_| by != 0), // "that day" says no more than the day before it
                    _ => yearless.filter(|_| settled == Value::Unsettled),
                };
                settled = from.and_then(|from| from.days_later(by)).map_or(settled, Value::Yearless);
            }
            item.finer = finer(e, &context);
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
            last = Some((item.value, line));
        }
        let e = &item.expression;
        let sentence = page.text.sentences.get(page.text.tokens[e.first].sentence as usize);
        let opens = sentence.is_some_and(|s| e.first < s.tokens.0 as usize + 3);
        let within = opens && matches!(page.text.fold(e.first.wrapping_sub(1)), "in" | "в" | "during");
        if let (Value::Point(Point::Year(_)), Shape::Year(_), None, None, true) = (item.value, e.shape, e.bound, e.part, within) {
            topic = Some((item.value, page.text.tokens[e.first].sentence));
        }
        match item.value {
            Value::Yearless(day) => told_open = Some(day),
            value if value.is_daily() => told_open = None,
            _ => {}
        }
        if !item.value.is_unsettled() && moves_the_tale(&page.text, item, told.map(|t| t.0), release) {
            told = Some((item.value, line));
            if let Some((first, last)) = item.value.days().filter(|_| item.value.is_daily()) {
                told_daily = Some(first);
                days.extend([first, last]);
            }
        }
    }
    let opening = general::first_paragraph(page);
    let anchored = release.is_some() || told_daily.is_some() || found.iter().any(|f| f.role == DateRole::Published);
    // «сегодня, 12 мая»: the same day, whatever its year
    for i in 1..found.len() {
        let (before, item) = (&found[i - 1], &found[i]);
        let beside = reader.mark(before.expression.end, b',') && before.expression.end + 1 == item.expression.first;
        let counts = beside::counted(before.expression.shape).is_some();
        if beside && counts && before.value == Value::Unsettled && matches!(item.value, Value::Yearless(_)) {
            found[i - 1].value = item.value;
        }
    }
    found.retain(|item| reader.bare || general::says_a_date(page, item, anchored, opening));
    event::assign(page, reader, &mut found, release);
    found
}

/// The day that stands on a line of its own, as over a letter and under a message that a release quotes.
fn heads(page: &Page, item: &Resolved) -> Option<Date> {
    let e = &item.expression;
    let line = page.text.lines.get(page.text.tokens[e.first].line as usize)?;
    let (from, to) = (line.tokens.0 as usize, line.tokens.1 as usize);
    let bare = |mut range: std::ops::Range<usize>| range.all(|t| page.text.tokens[t].kind == Kind::Mark);
    let alone = e.first >= from && e.end <= to && bare(from..e.first) && bare(e.end..to);
    let day = item.value.days().filter(|(first, last)| first == last)?.0;
    (alone && !item.furniture && item.value.is_daily()).then_some(day)
}

/// Whether an expression is counted from the day on which it is said: "yesterday", "on Tuesday", "last week".
fn is_of_today(e: &Expression) -> bool {
    match e.shape {
        Shape::Shift { unit: Unit::Day | Unit::Week | Unit::Weekend, anchor, .. } => anchor == Anchor::Release,
        Shape::Weekday { .. } => true,
        _ => false,
    }
}

/// Whether a value holds several whole years.
fn many_years(value: Value) -> bool {
    matches!(value, Value::Range(Point::Year(from), Point::Year(to)) if to > from + 1)
}

/// Whether the dates behind this one go on from it: not from what lies ahead ("by 2030"), what is
/// looked back at ("two decades earlier"), or a year that only names a thing ("the treaty of 1907").
fn moves_the_tale(text: &Text, item: &Resolved, told: Option<Value>, release: Option<Date>) -> bool {
    let e = &item.expression;
    if let Shape::Distance { by, anchor: Anchor::Told, .. } = e.shape {
        return by > 0;
    }
    // "next summer" lies ahead
    let ahead = match e.shape {
        Shape::Season { shift: Some(by), .. } | Shape::NamedMonth { shift: (Anchor::Release, by), .. } => by > 0,
        Shape::Year(Year::Of(Anchor::Release, by)) => by > 0,
        Shape::Shift { unit, by, anchor: Anchor::Release } => by > 0 && unit != Unit::Day,
        _ => false,
    };
    if ahead && release.is_none() {
        return false;
    }
    let (Value::Point(Point::Year(from)), to) = (match item.value {
        Value::Range(from, to) => (Value::Point(from), to.year_of()),
        value => (value, value.days().map_or(0, |(_, last)| last.year())),
    }) else {
        return true;
    };
    if e.bound == Some(Bound::Until) {
        return false;
    }
    let Some((first, last)) = told.and_then(Value::days).filter(|_| release.is_none()) else { return true };
    if tense::near(text, e.first, e.end) == Tense::Future {
        return false;
    }
    // a heading, or the first words of a sentence
    let opens =
        |i: usize| i == 0 || text.tokens[i].sentence != text.tokens[i - 1].sentence || text.tokens[i].line != text.tokens[i - 1].line;
    if opens(e.first) || opens(e.first - 1) {
        return from == to || last.year() + 1 < from || to < first.year() - 1;
    }
    let names = !matches!(text.fold(e.first - 1), "in" | "during" | "since" | "в" | "с" | "за");
    let far = from - 3 > last.year() || to + 3 < first.year();
    from == to && !names && !far
}

/// How many days a date in digits may lie from a day named in words to be read as one beside it.
const NEAR: i32 = 4;

/// Whether numeric dates put the month first, from those that can be read one way only and from
/// those whose day, or one near it, is named in words as well.
fn settle_order(page: &Page, found: &mut [Resolved]) {
    // a day's number in a year of equal months
    let count = |day: u8, month: u8| 31 * i32::from(month) + i32::from(day);
    let (mut day_first, mut month_first) = (0, 0);
    let mut named = Vec::new();
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
                        named.push(count(day, month));
                    }
                }
            }
        }
    }
    // no date in digits tells: who writes "May 30" in words puts the month first in digits as well
    let written = |rule: &str| found.iter().filter(|r| r.expression.rule == ("calendar_day", rule)).count();
    let open = month_first == 0 && day_first == 0 && found.iter().any(|r| r.expression.swappable);
    // where no date is in words, the place and its clock tell
    let (by_month, by_day) = (written("month-day"), written("day-month"));
    let placed = || cues::among(&page.text, 0..page.text.tokens.len()).has(Cue::MonthFirst);
    let american = open && (by_month > by_day || by_month == by_day && placed());
    let near = |day, month| named.iter().map(|other: &i32| (other - count(day, month)).abs()).min().unwrap_or(i32::MAX);
    for r in found.iter_mut().filter(|r| r.expression.swappable) {
        let Shape::Day { day, month: Month::Given(month), .. } = r.expression.shape else { continue };
        let (here, there) = (near(day, month), near(month, day));
        // "held on March 5", and 06/03/2015 under it
        let beside = |this: i32, other: i32| this == 0 || open && this <= NEAR && other > NEAR;
        let (as_is, swapped) = (beside(here, there), beside(there, here));
        let swap = match (as_is, swapped) {
            (true, false) => false,
            (false, true) => true,
            _ => month_first > day_first || american && page.languages.main == Language::English,
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

#[cfg(test)]
mod tests {
    use crate::dates::cases::dates;
    use crate::dates::find;
    use crate::mention::Fact;
    use crate::page::Page;

    #[test]
    fn a_day_told_of_is_not_the_day_of_writing() {
        let text = "Letter on wells\n\nThe council wrote to the owners of the wells on Tuesday. The wells were dug on 5 May 2015 by the parents.\n";
        assert_eq!(dates(text, ""), ["Tuesday=?", "5 May 2015=2015-05-05"]);
        let text = "Letter on wells\n\nThe council wrote to the owners of the wells on Tuesday.\n\nMay 6, 2015\nDear owners, mend them.\n";
        assert_eq!(dates(text, ""), ["Tuesday=2015-05-05", "May 6, 2015=2015-05-06"]);
    }

    #[test]
    fn a_day_without_a_year_stays_open() {
        assert_eq!(dates("Площадку открыли 12 ноября в селе.", ""), ["12 ноября=XXXX-11-12"]);
    }

    #[test]
    fn a_day_after_one_without_a_year_has_none_either() {
        let found = dates("Их приняли 30 ноября. На следующий день они уехали.", "");
        assert_eq!(found, ["30 ноября=XXXX-11-30", "следующий день=XXXX-12-01"]);
    }

    #[test]
    fn a_day_beside_its_name_has_its_value() {
        assert_eq!(dates("Врачи сегодня, 12 мая, получили маски.", ""), ["сегодня=XXXX-05-12", "12 мая=XXXX-05-12"]);
    }

    #[test]
    fn a_year_of_another_paragraph_settles_no_month() {
        assert_eq!(dates("The mill was built in 1974.\n\nIn March, the mayor opened it again.", ""), ["1974=1974", "March=XXXX-03"]);
        assert_eq!(dates("The mill burnt in 1974. In March, the mayor opened it again.", ""), ["1974=1974", "March=1974-03"]);
        assert_eq!(dates("Мельник жил здесь с 1944 по 1975 годы. Её откроют 15 сентября.", "")[1], "15 сентября=XXXX-09-15");
    }

    #[test]
    fn a_clock_or_a_place_of_america_puts_the_month_first() {
        assert_eq!(dates("The hall was opened at 3 p.m. EST on 05/12/2021.", ""), ["05/12/2021=2021-05-12"]);
        assert_eq!(dates("The hall was opened in Osh on 05/12/2021.", ""), ["05/12/2021=2021-12-05"]);
    }

    #[test]
    fn a_day_in_words_near_one_in_digits_tells_its_order() {
        let value = |text: &str| dates(text, "").pop();
        assert_eq!(value("A room was opened in Osh on March 5.\n\n06/03/2015").as_deref(), Some("06/03/2015=2015-03-06"));
        assert_eq!(value("A room was opened in Osh on March 5.\n\n03/06/2015").as_deref(), Some("03/06/2015=2015-03-06"));
        assert_eq!(value("A room was opened on March 5, after 04/25/2014.\n\n06/03/2015").as_deref(), Some("06/03/2015=2015-06-03"));
    }

    #[test]
    fn an_open_order_gives_both_readings() {
        let page = Page::new("The note of 5/6/2019 is short.", true);
        let mentions = find(&page, None);
        let Fact::Date(date) = &mentions[0].fact else { panic!("no date") };
        assert_eq!(date.value.to_string(), "2019-06-05");
        assert_eq!(date.alternative.map(|a| a.to_string()).as_deref(), Some("2019-05-06"));
    }
}
