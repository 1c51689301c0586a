//! Years: `2016`, «2016 г.», "'16", «две тысячи шестнадцатого года», «с.г.», "last year".

use super::expression::{Anchor, Shape, Year};
use super::reader::{Item, Reader};
use super::words::{Class, Unit};
use super::{Reading, relative, tense};

const FAMILY: &str = "year";

/// Two digits below this are of the 2000s, the others of the 1900s.
const WINDOW: u32 = 50;

/// A year from a number of two or four digits.
pub(super) fn full(value: u32, digits: u8) -> Option<i16> {
    match digits {
        4 if (1000..=2199).contains(&value) => Some(value as i16),
        2 if value < WINDOW => Some(2000 + value as i16),
        2 => Some(1900 + value as i16),
        _ => None,
    }
}

/// One past the word for "year" behind a year's number: «г.», «года», «гг.», «учебного года».
pub(super) fn mark(r: &Reader, mut i: usize) -> usize {
    if r.mark(i, b'-') && r.glued(i) && r.glued(i + 1) && r.is(i + 1, Class::Suffix) {
        i += 2;
    }
    if r.is(i, Class::YearMark) {
        let end = r.past_stop(i + 1);
        // «г.г.»
        return if end > i + 1 && r.glued(end) && r.is(end, Class::YearMark) { r.past_stop(end + 1) } else { end };
    }
    let kind = if r.is(i, Class::YearKind) { r.past_stop(i + 1) - i } else { 0 };
    if r.unit(i + kind) == Some(Unit::Year) && (kind > 0 || r.text.tokens[i].script == crate::text::Script::Cyrillic) {
        return i + kind + 1;
    }
    i
}

/// A year in digits or words, with its mark: one past it, the year, whether it is marked as one.
pub(super) fn given(r: &Reader, i: usize) -> Option<(usize, i16, bool)> {
    if let Some((value, digits)) = r.number(i) {
        let year = match digits {
            4 => full(value, digits)?,
            _ => return None,
        };
        // 2013.5, 2000:1, 2016/17 is a range's business
        let follows = r.glued(i + 1) && r.glued(i + 2) && r.number(i + 2).is_some();
        if follows && (r.mark(i + 1, b'.') || r.mark(i + 1, b':') || r.mark(i + 1, b',') && r.number(i + 2).is_some_and(|(_, n)| n == 3)) {
            return None;
        }
        if r.mark(i + 1, b'-') && r.glued(i + 1) && r.is(i + 2, Class::Plural)
            || r.is(i + 1, Class::Plural) && r.glued(i + 1) && r.text.fold(i + 1) == "s"
        {
            return None; // a decade
        }
        let end = mark(r, i + 1);
        return Some((end, year, end > i + 1));
    }
    spelled(r, i).map(|(end, year)| (end, year, true))
}

/// «две тысячи двадцатого года», "two thousand twenty-one", "nineteen ninety-one"
fn spelled(r: &Reader, i: usize) -> Option<(usize, i16)> {
    let russian = r.text.tokens.get(i)?.script == crate::text::Script::Cyrillic;
    if russian {
        let mut j = i;
        let mut total = match (r.value(j, Class::Cardinal), r.value(j + 1, Class::Cardinal)) {
            (Some(n @ 1..=2), Some(1000)) => {
                j += 2;
                n * 1000
            }
            (Some(1000), _) => {
                j += 1;
                1000
            }
            (_, _) if r.value(j, Class::Ordinal) == Some(2000) && r.unit(j + 1) == Some(Unit::Year) => return Some((j + 2, 2000)),
            _ => return None,
        };
        let mut last = 1000;
        while let Some(n) = r.value(j, Class::Cardinal).filter(|&n| n < last) {
            total += n;
            last = n;
            j += 1;
        }
        total += r.value(j, Class::Ordinal).filter(|&n| n < last)?;
        let end = mark(r, j + 1);
        return (end > j + 1 && (1000..=2199).contains(&total)).then_some((end, total));
    }
    // "two thousand twenty-one", "nineteen ninety-one", "twenty twenty"
    let (mut j, century) = match (r.value(i, Class::Cardinal)?, r.value(i + 1, Class::Cardinal)?) {
        (2, 1000) => (i + 2 + usize::from(r.is(i + 2, Class::And)), 2000),
        (century @ (18..=20), _) => (i + 1, century * 100),
        _ => return None,
    };
    let tens = r.value(j, Class::Cardinal)?;
    j += 1;
    let ones = match r.at(if r.mark(j, b'-') { j + 1 } else { j }) {
        Item::Word(Class::Cardinal, n @ 1..=9) if tens >= 20 => {
            j += 1 + usize::from(r.mark(j, b'-'));
            n
        }
        _ => 0,
    };
    (tens < 100 && (century == 2000 || tens >= 10)).then_some((j, century + tens + ones))
}

/// «с.г.», «т.г.», "this year", «того же года»: a year by its distance.
pub(super) fn relative(r: &Reader, i: usize) -> Option<(usize, Year)> {
    if (r.is(i, Class::From) || r.is(i, Class::ThisLetter)) && r.text.tokens[i].span.len() == 2 {
        let letter = r.past_stop(i + 1);
        if letter > i + 1 && r.value(letter, Class::YearMark) == Some(1) {
            return Some((r.past_stop(letter + 1), Year::Of(Anchor::Release, 0)));
        }
    }
    let (mut j, by, anchor) = relative::deictic_phrase(r, i)?;
    // «в прошлом, 2018 году»
    if r.mark(j, b',')
        && r.script_is_cyrillic(i)
        && let Some((end, year, true)) = given(r, j + 1)
    {
        return Some((end, Year::Given(year)));
    }
    if r.is(j, Class::YearKind) {
        j += 1;
    }
    match r.at(j) {
        Item::Word(Class::Unit | Class::UnitPlural, _) if r.unit(j) == Some(Unit::Year) => Some((j + 1, Year::Of(anchor, by))),
        Item::Word(Class::YearMark, 1) => Some((r.past_stop(j + 1), Year::Of(anchor, by))),
        _ => None,
    }
}

/// The year behind a day or a month, with its comma or "of".
pub(super) fn tail(r: &Reader, i: usize) -> Option<(usize, Year)> {
    let mut j = i;
    let comma = r.mark(j, b',');
    if comma
        || r.is(j, Class::Of)
        || r.is(j, Class::In) && r.text.tokens[j].script == crate::text::Script::Latin && r.number(j + 1).is_some()
    {
        j += 1;
    }
    if r.is(j, Class::The) {
        j += 1;
    }
    if let Some((end, year, marked)) = given(r, j) {
        // "in June, 1500 people"
        let likely = marked || !comma || !counts(r, end);
        return likely.then_some((end, Year::Given(year)));
    }
    if r.mark(j, b'\'')
        && r.glued(j + 1)
        && let Some((value, 2)) = r.number(j + 1)
    {
        return Some((mark(r, j + 2), Year::Given(full(value, 2)?)));
    }
    // «5 мая 20 г.»
    if !comma
        && let Some((value, 2)) = r.number(j)
        && (r.is(j + 1, Class::YearMark) || r.bare && j + 1 == r.limit)
    {
        return Some((mark(r, j + 1), Year::Given(full(value, 2)?)));
    }
    if comma && j == i + 1 && !r.is(j, Class::ThisLetter) && !r.is(j, Class::From) {
        return None;
    }
    relative(r, j)
}

/// A year that stands alone.
pub(super) fn read(r: &Reader, i: usize) -> Option<Reading> {
    if in_digits(r, i) {
        return None;
    }
    if let Some((end, year, marked)) = given(r, i) {
        let value = Reading::new(end, Shape::Year(Year::Given(year)), (FAMILY, if marked { "marked" } else { "alone" }));
        return (marked && !in_name(r, i) || asked_for(r, i, end, year)).then_some(value);
    }
    if let Some((end, year)) = era(r, i) {
        return Some(Reading::new(end, Shape::Year(Year::Given(year)), (FAMILY, "era")));
    }
    None
}

/// "of FY 2018", "of fiscal year 2018", behind a part of it.
pub(super) fn fiscal_tail(r: &Reader, i: usize) -> Option<(usize, Year)> {
    let at = i + usize::from(r.is(i, Class::Of));
    let at = at + usize::from(r.is(at, Class::The));
    let named = r.is(at, Class::YearKind) && !r.script_is_cyrillic(at);
    (at < r.limit && (named || r.text.fold(at) == "fy")).then_some(())?;
    let year = at + 1 + usize::from(named && r.unit(at + 1) == Some(Unit::Year));
    let (value, digits) = r.number(year)?;
    Some((year + 1, Year::Given(full(value, digits).filter(|y| (1950..=2100).contains(y))?)))
}

/// "FY 2019", "FY2020", "fiscal 2019": the year by which a budget is named.
pub(super) fn fiscal(r: &Reader, i: usize) -> Option<Reading> {
    let (value, digits) = r.number(i + 1)?;
    is_fiscal(r, i, digits).then_some(())?;
    let end = i + 2;
    let year = full(value, digits).filter(|y| (1950..=2100).contains(y))?;
    let ends = !r.glued(end) || matches!(r.at(end), Item::Mark(mark) if mark != b'%') && !r.glued(end + 1);
    ends.then(|| Reading::new(end, Shape::Year(Year::Given(year)), (FAMILY, "fiscal")))
}

/// Whether the number behind is a year by this word.
pub(super) fn is_fiscal(r: &Reader, i: usize, digits: u8) -> bool {
    match r.text.fold(i) {
        "fy" => true,
        "fiscal" => digits == 4,
        _ => false,
    }
}

/// The year of a day in digits that the calendar does not have: `2020-02-30`, `31/11/2020`.
fn in_digits(r: &Reader, i: usize) -> bool {
    let three = |at: usize| {
        let joins = |at: usize| matches!(r.at(at), Item::Mark(b'-' | b'/' | b'.')) && r.glued(at) && r.glued(at + 1);
        r.number(at).is_some() && joins(at + 1) && r.number(at + 2).is_some() && joins(at + 3) && r.number(at + 4).is_some()
    };
    three(i) || i.checked_sub(4).is_some_and(three)
}

/// "in 14 a.d."
fn era(r: &Reader, i: usize) -> Option<(usize, i16)> {
    let (value, 1..=4) = r.number(i)? else { return None };
    let year = i16::try_from(value).ok().filter(|&y| y > 0)?;
    if r.value(i + 1, Class::Era) == Some(1) {
        return Some((i + 2, year));
    }
    let a = r.is(i + 1, Class::Article) && r.mark(i + 2, b'.') && r.glued(i + 3) && r.text.fold(i + 3) == "d";
    a.then(|| (r.past_stop(i + 4), year))
}

/// A year in a name: "Agenda 2030", «Видение-2050».
fn in_name(r: &Reader, i: usize) -> bool {
    matches!(r.before(i), Item::Mark(b'-')) && r.glued(i) && !matches!(i.checked_sub(2).map(|j| r.at(j)), Some(Item::Number(..)))
}

/// Whether what stands around a number of four digits makes it a year.
fn asked_for(r: &Reader, i: usize, end: usize, year: i16) -> bool {
    if r.bare {
        return true;
    }
    if !(1500..=2100).contains(&year) {
        return false;
    }
    if i == r.floor && end == r.limit {
        return true; // a heading
    }
    if r.glued(i)
        && !matches!(r.before(i), Item::Mark(b'(' | b'[' | b'"' | b'/' | 0))
        && (!r.mark(i.wrapping_sub(1), b'-') || r.glued(i - 1))
    {
        // "mid-2007"
        return r.mark(i.wrapping_sub(1), b'-') && r.is(i.wrapping_sub(2), Class::Part);
    }
    if labelled(r, i) {
        return false;
    }
    // 2015%, 2015-… (not a range), 2015 000; "1973—which" goes on with a clause
    let clause = end < r.limit && r.text.str(end) == "—" && r.number(end + 1).is_none();
    if r.glued(end)
        && !clause
        && (r.mark(end, b'%')
            || r.mark(end, b'-')
            || r.mark(end, b'/')
            || r.mark(end, b'@')
            || matches!(r.at(end), Item::Word(..) | Item::Other))
    {
        let possessive = r.is(end, Class::Plural) && r.text.fold(end) == "'s";
        if !possessive && !matches!(r.at(end), Item::Mark(_)) || r.mark(end, b'%') || r.mark(end, b'@') {
            return false;
        }
        if (r.mark(end, b'-') || r.mark(end, b'/')) && r.glued(end + 1) {
            return false;
        }
    }
    if r.number(end).is_some() {
        return false;
    }
    let counted = counts(r, end);
    let latin = r.text.tokens.get(end).is_some_and(|t| t.script == crate::text::Script::Latin) && end < r.limit;
    match r.before(i) {
        Item::Word(Class::In | Class::Since | Class::By | Class::Until | Class::From | Class::Between, _) => {
            // "in 2018 citizens spent …", but "in 2000 villages"
            !counted || (1950..2050).contains(&year) && year % 50 != 0 && latin
        }
        Item::Word(Class::Preposition, _) => !counted && (1700..2100).contains(&year),
        // "the Clean Air Act of 1990 requires …"
        Item::Word(Class::Of, _) => (!counted || r.is(i.wrapping_sub(2), Class::Deed)) && (1700..2100).contains(&year),
        Item::Word(Class::And, _) if (1700..1900).contains(&year) => !counted && i >= 2 && r.number(i - 2).is_some_and(|(_, n)| n == 4),
        Item::Word(Class::Before | Class::To | Class::And | Class::Later, _) => !counted && (1900..2100).contains(&year),
        // "the 1777 campaign", "its 1920 treaty", "the year 1950"
        Item::Word(Class::The | Class::Told, _) => {
            // "the 2020 elections": a count of things would rather have its comma
            let thing = !counted || (1990..2040).contains(&year) && year % 50 != 0;
            (latin || r.mark(end, b'"')) && thing && (1700..2100).contains(&year)
        }
        // "its 1920 treaty", "the court's 2010 decision"
        Item::Word(Class::Possessive | Class::Article | Class::Plural, _) => {
            latin && !counted && (1700..2050).contains(&year) && r.text.tokens[end].case == crate::text::Case::Lower
        }
        Item::Word(Class::Unit, _) if matches!(r.text.fold(i - 1), "year" | "years") => true,
        // "c. 1818"
        Item::Mark(b'.') if r.glued(i - 1) && matches!(r.text.fold(i.wrapping_sub(2)), "c" | "ca") => true,
        _ if listed(r, end) => true,
        // "notes due 2025"
        Item::Other if i > r.floor && r.text.fold(i - 1) == "due" => !counted && (1950..2150).contains(&year),
        Item::Word(Class::Part | Class::Season | Class::PartOf, _) => true,
        // a table's head: "| 2018 | 2019 |"
        Item::Mark(b'|') if beside(r, i, end, year) => true,
        Item::Mark(b'(') => matches!(r.at(end), Item::Mark(b')' | b',' | b'-' | b';' | b':')),
        Item::Mark(b'-' | 0 | b'*') | Item::Other if i == r.floor || i == r.floor + 1 && matches!(r.before(i), Item::Mark(_)) => {
            // the first thing on a line
            r.mark(end, b'-') || r.mark(end, b':') || r.is(end, Class::To)
        }
        Item::Mark(b',') if r.mark(end, b')') && (1800..2100).contains(&year) => true,
        // "(Smith, 2015; Jones et al., 2016)"
        Item::Mark(b',') if r.mark(end, b';') && (1800..2100).contains(&year) && cites(r, i) => true,
        Item::Mark(b',' | b';') if (1900..2100).contains(&year) => !counted && in_series(r, i),
        // "1987 saw …"
        _ if i > r.floor && r.text.tokens[i].sentence != r.text.tokens[i - 1].sentence => {
            latin && (1700..2100).contains(&year) && matches!(r.at(end), Item::Other) && tense::of(r.text, end).is_some()
        }
        _ => false,
    }
}

/// "in 2015, 2016 and 2017": whether commas lead back to a year that stands behind a word for it.
fn in_series(r: &Reader, i: usize) -> bool {
    let mut at = i;
    for _ in 0..8 {
        let Some(back) = at.checked_sub(2).filter(|_| r.mark(at - 1, b',') || r.mark(at - 1, b';')) else { break };
        if r.number(back).is_none_or(|(n, digits)| digits != 4 || !(1900..2100).contains(&n)) {
            break;
        }
        at = back;
    }
    at < i && (matches!(r.before(at), Item::Word(Class::In, _)) || matches!(r.text.fold(at.wrapping_sub(1)), "years" | "year"))
}

/// Whether an author stands before the comma and the year, as works are cited.
fn cites(r: &Reader, i: usize) -> bool {
    let author = if r.mark(i.wrapping_sub(2), b'.') { i.wrapping_sub(3) } else { i.wrapping_sub(2) };
    author < i && (r.capital(author) && r.at(author) == Item::Other || r.text.fold(author) == "al")
}

/// Whether the cell beside holds the year before or after.
fn beside(r: &Reader, i: usize, end: usize, year: i16) -> bool {
    let next = |at: usize| r.number(at).is_some_and(|(n, digits)| digits == 4 && (n as i32 - i32::from(year)).abs() == 1);
    r.mark(end, b'|') && next(end + 1) || i >= 2 && next(i - 2) && (end >= r.limit || r.mark(end, b'|'))
}

/// «1885, 1911 и 1992 годов»: whether the years behind this one end in a word for them.
fn listed(r: &Reader, mut end: usize) -> bool {
    for _ in 0..8 {
        if !(r.mark(end, b',') || r.is(end, Class::And)) || r.number(end + 1).is_none_or(|(_, n)| n != 4) {
            return false;
        }
        let next = mark(r, end + 2);
        if next > end + 2 {
            return true;
        }
        end += 2;
    }
    false
}

/// "page 1999", "тел. 2015": the number of a thing.
pub(super) fn labelled(r: &Reader, i: usize) -> bool {
    let at = if r.mark(i.wrapping_sub(1), b'.') { i.wrapping_sub(2) } else { i.wrapping_sub(1) };
    r.is(at, Class::Label) || at.wrapping_add(2) == i && r.glued(i.wrapping_sub(1)) && matches!(r.text.fold(at), "с" | "p" | "no" | "art")
}

/// "in '99", "the summer of '98"
pub(super) fn apostrophe(r: &Reader, i: usize) -> Option<Reading> {
    let (value, 2) = r.number(i + 1).filter(|_| r.glued(i + 1) && (r.bare || !r.glued(i)))? else { return None };
    let asked = match r.before(i) {
        Item::Word(
            Class::In
            | Class::Of
            | Class::Since
            | Class::By
            | Class::Until
            | Class::From
            | Class::Preposition
            | Class::Season
            | Class::Part,
            _,
        ) => true,
        Item::Word(Class::The, _) => matches!(r.at(i + 2), Item::Other),
        _ => r.bare,
    };
    let alone = !r.glued(i + 2) || matches!(r.at(i + 2), Item::Mark(b'.' | b',' | b';' | b':' | b')' | b'?' | b'!'));
    let goes_on = r.glued(i + 2) && r.glued(i + 3) && r.number(i + 3).is_some();
    let year = full(value, 2)?;
    (asked && alone && !goes_on).then(|| Reading::new(i + 2, Shape::Year(Year::Given(year)), (FAMILY, "apostrophe")))
}

/// Whether a counted thing follows: a noun in small letters, a currency …
fn counts(r: &Reader, end: usize) -> bool {
    // a word that is no word of the grammar and ends like a plural
    match r.at(end) {
        Item::Mark(b'$' | b'%' | b'+') | Item::Mark(0) if r.glued(end) => true,
        Item::Other if end < r.limit => {
            let word = r.text.fold(end);
            let token = &r.text.tokens[end];
            token.case == crate::text::Case::Lower
                && (token.script == crate::text::Script::Latin && plural(word)
                    || token.script == crate::text::Script::Cyrillic && genitive_plural(word))
        }
        _ => false,
    }
}

fn plural(word: &str) -> bool {
    matches!(word, "people" | "km" | "men" | "women" | "fish" | "sheep")
        || word.ends_with("children")
        || word.len() > 4 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is")
}

fn genitive_plural(word: &str) -> bool {
    ["ов", "ев", "ей", "ек", "ых", "их", "км", "руб", "сомов", "человек", "тонн", "га", "штук", "тыс", "млн"]
        .iter()
        .any(|e| word.ends_with(e))
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    #[test]
    fn years_and_what_is_no_date() {
        check(
            "
            The fund allocated it in FY2020 and FY 2018. ⇒ FY2020=2020; FY 2018=2018
            In the years 2014, 2016 and 2018 they planted trees. ⇒ 2014=2014; 2016=2016; 2018=2018
            It is known (e.g. Aldous et al., 2015; Bray, 2016; see the list). ⇒ 2015=2015; 2016=2016
            A survey of 1709 schoolchildren was made. ⇒
            It breaks the court’s 2010 decision and the Clean Water Act of 1990 requires more. ⇒ 2010=2010; 1990=1990
            They passed the Act of 1973—which was good. ⇒ 1973=1973
            The 2016 elections were won by 2000 farmers. ⇒ 2016=2016
            В мае прошлого, 2018 года шел дождь. ⇒ мае прошлого, 2018 года=2018-05
            В прошлом, 2018 году шел дождь. ⇒ прошлом, 2018 году=2018
            The plan “Digital Uzbekistan – 2030” was shown. ⇒
            Просмотров: 3952 ⇒
            The Agenda 2030 may help, and they march on. ⇒
            Видение-2050 и COVID-19 обсуждали за круглым столом. ⇒
            Ms. April Johnson, 45, lives at 12 May Street. ⇒
            Закон № 2015 и тел. 0312 62-11-20 остались. ⇒
            It cost $2015 and 2018 people came at 10:30. ⇒
            Every Tuesday they discuss the environment. ⇒
            The forms of 2020-02-30, 31/11/2020 and 31.11.2020 are void. ⇒
            Защитим окружающую среду вместе. ⇒
            ",
        );
    }
}
