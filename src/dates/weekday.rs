//! Weekdays: "on Tuesday", "last Friday", «в минувшее воскресенье», "Wednesday next week".

use crate::text::Script;

use super::Reading;
use super::expression::{Anchor, Month, Shape, What, Year};
use super::reader::{Item, Reader};
use super::words::{Class, Unit};
use super::{calendar_day, relative, year};

const FAMILY: &str = "weekday";

/// A weekday without a day of the month.
pub(super) fn read(r: &Reader, i: usize) -> Option<Reading> {
    nth(r, i).or_else(|| shifted(r, i)).or_else(|| plain(r, i))
}

fn shape(weekday: i16, shift: Option<(Anchor, i8)>, week: Option<i8>) -> Shape {
    Shape::Weekday { weekday: weekday as u8, shift, week }
}

/// "last Friday", «в прошлый вторник», "the following Monday", "last week's Sunday"
fn shifted(r: &Reader, i: usize) -> Option<Reading> {
    let (j, by, anchor) = relative::deictic_phrase(r, i)?;
    let from = if r.is(i, Class::The) { i + 1 } else { i };
    let rule = (FAMILY, "shifted");
    if r.unit(j) == Some(Unit::Week) && r.is(j + 1, Class::Plural) {
        let weekday = r.value(j + 2, Class::Weekday)?;
        return Some(Reading { from, ..Reading::new(j + 3, shape(weekday, None, Some(by)), rule) });
    }
    let Item::Word(Class::Weekday | Class::WeekdayOrWord | Class::WeekdayShort, weekday) = r.at(j) else { return None };
    if r.is(from, Class::DeicticSpan) || r.is(j, Class::WeekdayShort) && !r.bare {
        return None;
    }
    // «следующая среда», not «эта среда»
    if r.is(j, Class::WeekdayOrWord) && !(r.text.fold(j) == "среду" || r.text.fold(j) == "среда" && by != 0) {
        return None;
    }
    // "next Friday" is that of next week, «следующая пятница» and "the coming Friday" the one that comes first
    let shape = if r.text.fold(from) == "next" { shape(weekday, None, Some(1)) } else { shape(weekday, Some((anchor, by)), None) };
    Some(Reading { from, ..Reading::new(j + 1, shape, rule) })
}

/// "the first" before a weekday
fn english_nth(r: &Reader, ordinal: usize) -> bool {
    r.is(ordinal.wrapping_sub(1), Class::The) && !r.script_is_cyrillic(ordinal)
}

/// "Tuesday", «во вторник»; "Wednesday of next week", "Friday after next"
fn plain(r: &Reader, i: usize) -> Option<Reading> {
    let Item::Word(class @ (Class::Weekday | Class::WeekdayOrWord | Class::WeekdayShort), weekday) = r.at(i) else { return None };
    let english = r.text.tokens[i].script == Script::Latin;
    let before = r.before(i);
    let mut end = i + 1;
    match class {
        Class::WeekdayShort if !r.bare => return None,
        Class::WeekdayShort => end = r.past_stop(end),
        Class::WeekdayOrWord if !r.bare => {
            // «в среду», «до среды»; not «окружающую среду»
            let cases = matches!(
                (before, r.text.fold(i)),
                (Item::Word(Class::In | Class::On | Class::To, _), "среду")
                    | (Item::Word(Class::Until | Class::From, _), "среды")
                    | (Item::Word(Class::By, _), "среде")
            );
            let thing = end < r.limit
                && r.text.tokens[end].kind == crate::text::Kind::Word
                && matches!(r.text.fold(end), "обитания" | "развития" | "общения");
            if !cases || thing {
                return None;
            }
        }
        _ if english && !r.bare && !r.capital(i) => return None,
        _ => {}
    }
    let ordinal = if r.is(i.wrapping_sub(1), Class::Ordinal) { i.wrapping_sub(1) } else { i };
    if ordinal < i && !r.bare && english_nth(r, ordinal) {
        return None; // "on the first Sunday" of every month, of a feast
    }
    if r.is(i.wrapping_sub(1), Class::Every) || r.is(i.wrapping_sub(1), Class::Ordinal) && r.is(i.wrapping_sub(2), Class::Every) {
        return None; // "every first Tuesday"
    }
    // "Sunday Times", "Black Friday"
    if english && !r.bare {
        let after_name = i > r.floor
            && r.text.tokens[i - 1].case == crate::text::Case::Title
            && matches!(before, Item::Other)
            && matches!(r.text.fold(i - 1), "black" | "easter" | "palm" | "good" | "ash" | "cyber" | "pentecost");
        let in_name = end < r.limit
            && r.capital(end)
            && matches!(r.at(end), Item::Other)
            && matches!(r.text.fold(end), "times" | "express" | "herald" | "telegraph" | "mail" | "post" | "school");
        if after_name || in_name {
            return None;
        }
    }
    // "on a Sunday", "on Friday nights": any of them
    let any = || {
        r.is(i.wrapping_sub(1), Class::Article) && r.is(i.wrapping_sub(2), Class::On)
            || matches!(r.text.fold(end), "mornings" | "afternoons" | "evenings" | "nights")
    };
    if english && !r.bare && end <= r.limit && any() {
        return None;
    }
    let mut week = None;
    let mut shift = None;
    let of = if r.is(end, Class::Of) || r.is(end, Class::On) || r.is(end, Class::From) { end + 1 } else { end };
    if let Some((j, by, Anchor::Release)) = relative::deictic_phrase(r, of) {
        if r.unit(j) == Some(Unit::Week) {
            week = Some(by);
            end = j + 1;
        }
    } else if r.is(end, Class::Later) && r.value(end + 1, Class::Deictic) == Some(1) {
        shift = Some((Anchor::Release, 2));
        end += 2;
    }
    if english && week.is_none() && shift.is_none() && r.is(end, Class::DayPart) {
        end += 1; // "Friday morning"
    }
    Some(Reading::new(end, shape(weekday, shift, week), (FAMILY, "plain")))
}

/// "first Monday of October 2014", "last day of May", "second last week of 2018"
fn nth(r: &Reader, i: usize) -> Option<Reading> {
    let from = if r.is(i, Class::The) { i + 1 } else { i };
    let (mut j, mut n) = match r.at(from) {
        Item::Word(Class::Deictic, -1) if r.text.fold(from) == "last" => (from + 1, -1),
        Item::Word(Class::DeicticSpan, -1) => (from + 1, -1),
        Item::Word(Class::Ordinal, n @ 1..=31) => (from + 1, n as i8),
        Item::Number(..) => calendar_day::day_number(r, from).filter(|(end, _)| *end > from + 1).map(|(end, n)| (end, n as i8))?,
        _ => return None,
    };
    if n > 0 && r.value(j, Class::Deictic) == Some(-1) && r.text.fold(j) == "last" {
        n = -n;
        j += 1;
    }
    let what = match r.at(j) {
        Item::Word(Class::Weekday | Class::WeekdayOrWord, weekday) => What::Weekday(weekday as u8),
        _ => match r.unit(j)? {
            Unit::Day => What::Day,
            Unit::Week => What::Week,
            _ => return None,
        },
    };
    let mut k = j + 1;
    if r.is(k, Class::Of) || r.is(k, Class::In) {
        k += 1;
    } else if r.text.tokens[j].script != Script::Cyrillic {
        return None;
    }
    let (end, month, year) = if let Some((end, month)) = calendar_day::month_name(r, k) {
        let (end, year) = year::tail(r, end).unwrap_or((end, Year::Open));
        (end, Month::Given(month), year)
    } else if let Some((m, by, anchor)) = relative::deictic_phrase(r, k) {
        (r.unit(m) == Some(Unit::Month)).then_some((m + 1, Month::Of(anchor, by), Year::Open))?
    } else if r.is(k, Class::The) && r.unit(k + 1) == Some(Unit::Month) {
        (k + 2, Month::Of(Anchor::Release, 0), Year::Open)
    } else {
        let (end, year, _) = year::given(r, k)?;
        (end, Month::Open, Year::Given(year))
    };
    Some(Reading { from, ..Reading::new(end, Shape::Nth { n, what, month, year }, (FAMILY, "nth")) })
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    #[test]
    fn weekdays_near_the_release() {
        check(
            "
            They came last Friday. ⇒ last Friday=2019-05-10
            They will come next Tuesday. ⇒ next Tuesday=2019-05-21
            They came on the first Monday of April 2019. ⇒ first Monday of April 2019=2019-04-01
            В следующую среду они приедут. ⇒ следующую среду=2019-05-22
            Следующая среда будет выходной. ⇒ Следующая среда=2019-05-22
            Эта среда полезна для роста. ⇒
            It was opened on a Sunday, and they meet on Friday nights. ⇒
            Every Friday the Sunday Times is read by the Black Friday club. ⇒
            Деловую среду и среду обитания изучали вместе. ⇒
            ",
        );
    }
}
