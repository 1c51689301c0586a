//! What two dates that stand side by side say of each other: "in April and June 2017" share the
//! year, «вчера, 9 мая 2019 года» is one day told twice.

use jiff::ToSpan;
use jiff::civil::Date;

use super::dateline;
use super::expression::{Anchor, Expression, Month, Shape, Year};
use super::reader::{Item, Reader};
use super::resolve::Resolved;
use super::words::{Class, Unit};
use crate::mention::DateRole;
use crate::mention::value::{Point, Value};

/// How two dates are joined.
#[derive(Clone, Copy, PartialEq)]
enum Join {
    And,
    Comma,
}

/// How many words may stand between two dates that belong together.
const GAP: usize = 5;

fn join(r: &Reader, left: &Expression, right: &Expression) -> Option<Join> {
    let between = left.end..right.first;
    if between.is_empty() || between.len() > GAP || !r.text.same_line(left.first, right.first) {
        return None;
    }
    let mut join = None;
    for i in between {
        match r.at(i) {
            Item::Word(Class::And, _) => join = Some(Join::And),
            Item::Mark(b',') => join = join.or(Some(Join::Comma)),
            Item::Other if matches!(r.text.fold(i), "or" | "или") => join = Some(Join::And),
            Item::Word(
                Class::In | Class::On | Class::The | Class::Of | Class::Part | Class::PartOf | Class::From | Class::Until | Class::By,
                _,
            ) => {}
            _ => return None,
        }
    }
    join
}

/// Where a shape stands in its year, and how fine it is.
fn place(shape: Shape) -> Option<(u8, u8)> {
    match shape {
        Shape::Day { day, month: Month::Given(month), .. } => Some((month, day)),
        Shape::Month { month, .. } => Some((month, 0)),
        Shape::Season { season, shift: None, .. } => Some((season * 3 - 2, 0)),
        _ => None,
    }
}

/// Gives the year of the last to the dates that are listed before it: "in April and June 2017".
pub(super) fn share_years(r: &Reader, found: &mut [Resolved]) {
    let mut listed = false;
    for at in (1..found.len()).rev() {
        let (before, behind) = found.split_at_mut(at);
        let (Some(left), Some(right)) = (before.last_mut(), behind.first()) else { break };
        let (left, right) = (&mut left.expression, &right.expression);
        let joined = join(r, left, right).filter(|&join| join == Join::And || listed);
        let later = place(left.to.unwrap_or(left.shape)) < place(right.shape) && place(left.shape).is_some();
        // a day with its year in the line below, as the date box of a page has it
        if let (Shape::Day { year: Year::Open, .. }, Shape::Year(year @ Year::Given(_)), None) = (left.shape, right.shape, left.to)
            && fills_its_line(r, left)
            && fills_its_line(r, right)
            && r.text.tokens[right.first].line <= r.text.tokens[left.first].line + 2
        {
            left.shape = left.shape.with_year(year);
        }
        let year = match right.shape.year() {
            Some(year @ Year::Given(_)) => year,
            _ => Year::Open,
        };
        listed = joined.is_some() && later && year != Year::Open && left.shape.year() == Some(Year::Open);
        if listed && left.to.is_none_or(|to| to.year() == Some(Year::Open)) {
            left.shape = left.shape.with_year(year);
            left.to = left.to.map(|to| to.with_year(year));
        }
    }
}

fn fills_its_line(r: &Reader, e: &Expression) -> bool {
    let line = r.text.lines[r.text.tokens[e.first].line as usize].tokens;
    line == (e.first as u32, e.end as u32)
}

/// How many days "today", "yesterday" and the like lie from the day of writing.
pub(super) fn counted(shape: Shape) -> Option<i32> {
    match shape {
        Shape::Shift { unit: Unit::Day, by, anchor: Anchor::Release } => Some(by),
        _ => None,
    }
}

/// Whether the first is told by its distance from the day of writing, and by how many days.
fn told_by_day(shape: Shape, day: Date) -> Option<Option<i32>> {
    match shape {
        Shape::Weekday { weekday, .. } => (day.weekday().to_monday_one_offset() == weekday as i8).then_some(None),
        _ => counted(shape).map(Some),
    }
}

/// Gives "yesterday" and weekdays the value of the day in full that stands behind them, and tells
/// which day the text was written on, where that follows.
pub(super) fn told_twice(r: &Reader, found: &mut [Resolved]) -> Option<Date> {
    let mut written = None;
    for at in 1..found.len() {
        let (before, behind) = found.split_at_mut(at);
        let (Some(left), Some(right)) = (before.last_mut(), behind.first()) else { break };
        let Some(day) = right.value.as_day().filter(|_| left.value.is_unsettled() && left.expression.to.is_none()) else { continue };
        let Some(by) = told_by_day(left.expression.shape, day) else { continue };
        if apposed(r, &left.expression, &right.expression) {
            left.value = Value::Point(Point::Day(day));
            left.because.push("the same day stands behind it".into());
            written = written.or_else(|| by.and_then(|by| day.checked_sub(i64::from(by).days()).ok()));
        }
    }
    written
}

/// The same for a day without its year, which is that of the day `near` it: "today, 25 November" in a
/// text with "before 24 December 2016".
pub(super) fn told_near(r: &Reader, found: &mut [Resolved], near: Date) -> Option<Date> {
    let at = (1..found.len()).find(|&at| {
        let (left, right) = (&found[at - 1], &found[at]);
        let open =
            matches!(right.expression.shape, Shape::Day { month: Month::Given(_), year: Year::Open, .. }) && right.expression.to.is_none();
        let says = counted(left.expression.shape).is_some() && !left.furniture && left.value.is_unsettled();
        open && says && apposed(r, &left.expression, &right.expression)
    })?;
    let by = counted(found[at - 1].expression.shape)?;
    let day = dateline::nearest(place(found[at].expression.shape)?, near)?;
    found[at - 1].value = Value::Point(Point::Day(day));
    found[at - 1].because.push("the same day stands behind it".into());
    found[at].value = Value::Point(Point::Day(day));
    found[at].because.push("its year is that of the nearest day told".into());
    day.checked_sub(i64::from(by).days()).ok()
}

/// Takes the date behind "today" for the release's own: "opened today, 5 May 2019".
pub(super) fn is_own(r: &Reader, found: &mut [Resolved], day: Date) {
    for at in 1..found.len() {
        let (before, behind) = found.split_at_mut(at);
        let (Some(left), Some(right)) = (before.last(), behind.first_mut()) else { break };
        if counted(left.expression.shape) == Some(0)
            && right.value.as_day() == Some(day)
            && !right.furniture
            && apposed(r, &left.expression, &right.expression)
        {
            right.role = DateRole::Published;
            return;
        }
    }
}

/// «вчера, 9 мая», "on Saturday – 17 September", "yesterday (9 May)".
fn apposed(r: &Reader, left: &Expression, right: &Expression) -> bool {
    let gap = left.end..right.first;
    let mark = !gap.is_empty() && matches!(r.at(left.end), Item::Mark(b',' | b'-' | b'('));
    let links = |i: usize| matches!(r.at(i), Item::Word(Class::On | Class::In, _));
    mark && gap.len() <= 2 && (left.end + 1..right.first).all(links) && r.text.same_line(left.first, right.first)
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::{check, dates};

    #[test]
    fn listed_dates_share_the_year_of_the_last() {
        check(
            "
            In April and June 2017 they met. ⇒ April=2017-04; June 2017=2017-06
            They met on May 2 and May 9, 2018. ⇒ May 2=2018-05-02; May 9, 2018=2018-05-09
            Ставку подняли в сентябре и декабре 2016 года. ⇒ сентябре=2016-09; декабре 2016 года=2016-12
            ",
        );
    }

    #[test]
    fn a_day_told_twice_has_one_value() {
        let found = ["вчера=2019-05-09", "9 мая 2019 года=2019-05-09", "сегодня=2019-05-10"];
        assert_eq!(dates("Совет собрался вчера, 9 мая 2019 года, а сегодня он принял решение.", ""), found);
        let found = ["минувшую субботу=2016-09-17", "17 сентября 2016 года=2016-09-17"];
        assert_eq!(dates("Мост открыли в минувшую субботу, 17 сентября 2016 года.", ""), found);
    }
}
