//! Months: "May 2020", «в ноябре 2017 года», "March", "the first nine months of 2025".

use crate::text::{Case, Script};

use super::calendar_day::month_name;
use super::expression::{Anchor, Month, Shape, What, Year};
use super::reader::{Item, Reader};
use super::words::{Class, Unit};
use super::{Reading, tense, year};

const FAMILY: &str = "month";

/// A month with its year, or alone where its context allows.
pub(super) fn read(r: &Reader, i: usize) -> Option<Reading> {
    let (end, month) = month_name(r, i)?;
    if let Some((end, year)) = year::tail(r, end) {
        return Some(Reading::new(end, Shape::Month { month, year }, (FAMILY, "month-year")));
    }
    // Jan-2011, 'March 2011' with a dash
    if r.mark(end, b'-')
        && r.glued(end)
        && let Some((value, 4)) = r.number(end + 1)
    {
        return Some(Reading::new(end + 2, Shape::Month { month, year: Year::Given(year::full(value, 4)?) }, (FAMILY, "month-year")));
    }
    // "March after next"
    if r.text.fold(end) == "after" && r.is(end, Class::Later) && r.value(end + 1, Class::Deictic) == Some(1) {
        let shape = Shape::NamedMonth { month, shift: (Anchor::Release, 2) };
        return Some(Reading::new(end + 2, shape, (FAMILY, "after-next")));
    }
    alone(r, i, end).then(|| Reading::new(end, Shape::Month { month, year: Year::Open }, (FAMILY, "alone")))
}

/// A month's name with nothing beside it: names of people and common words are left out.
fn alone(r: &Reader, i: usize, end: usize) -> bool {
    if r.bare {
        return true;
    }
    if r.is(i.wrapping_sub(1), Class::Every) {
        return false;
    }
    let token = &r.text.tokens[i];
    if r.is(i, Class::MonthShort) && end == i + 1 {
        return false;
    }
    let asked = matches!(
        r.before(i),
        Item::Word(
            Class::In
                | Class::Since
                | Class::By
                | Class::Until
                | Class::From
                | Class::Of
                | Class::Between
                | Class::Before
                | Class::Later
                | Class::Preposition
                | Class::Part
                | Class::PartOf
                | Class::DayMark
                | Class::To,
            _
        )
    ) || r.mark(i.wrapping_sub(1), b'-') && r.is(i.wrapping_sub(2), Class::Part);
    if token.script == Script::Cyrillic {
        // «во второй половине мая», «в первой декаде июня»
        let asked = asked || r.unit(i.wrapping_sub(1)) == Some(Unit::Half) || r.is(i.wrapping_sub(1), Class::TenDays);
        // «марта» and «мая» alone may be names; a capital inside a sentence is one
        return match r.class(i) {
            Some(Class::MonthOrWord) => asked && !r.capital(i),
            Some(Class::Month) => !r.capital(i) || asked,
            _ => false,
        };
    }
    if !r.capital(i) {
        return false;
    }
    // "April Smith", "of May Street": behind "in" a capital begins the next words, "in July Prime Minister …"
    let sure = matches!(r.before(i), Item::Word(Class::In | Class::Since | Class::Until | Class::Part | Class::PartOf, _))
        || r.mark(i.wrapping_sub(1), b'-');
    let named = r.capital(end) && end < r.limit && !matches!(r.at(end), Item::Word(..));
    if asked && (!named || sure && !r.is(end, Class::Address)) {
        return true;
    }
    if named || r.glued(end) && r.mark(end, b'-') {
        return false;
    }
    // "during August and September", "October or November"
    let joins = r.is(i.wrapping_sub(1), Class::And) || i > r.floor && r.text.fold(i - 1) == "or";
    if joins && i >= 2 && month_name(r, i - 2).is_some() {
        return true;
    }
    // "September saw …", "a March operation": the names that people bear need more
    let lower = matches!(r.at(end), Item::Other) && end < r.limit && r.text.tokens[end].case == Case::Lower;
    let borne = matches!(r.text.fold(i), "april" | "may" | "june" | "august");
    let opens = i == r.floor || r.text.tokens[i].sentence != r.text.tokens[i - 1].sentence;
    lower
        && (opens && !borne && tense::of(r.text, end).is_some()
            || matches!(r.before(i), Item::Word(Class::The | Class::Article | Class::Possessive, _)))
}

/// "the first nine months of 2025", «9 месяцев 2025 года», «первые шесть месяцев»
pub(super) fn first_months(r: &Reader, i: usize) -> Option<Reading> {
    let j = match r.at(i) {
        Item::Word(Class::Ordinal, 1) => i + 1,
        _ => i,
    };
    let count = match r.at(j) {
        Item::Number(n @ 2..=11, _) => n as i8,
        Item::Word(Class::Cardinal, n @ 2..=11) => n as i8,
        _ => return None,
    };
    (r.unit(j + 1) == Some(Unit::Month)).then_some(())?;
    let (end, year) = year::tail(r, r.past_stop(j + 2))?;
    matches!(year, Year::Given(_) | Year::Of(..)).then(|| {
        let shape = Shape::Nth { n: count, what: What::Months, month: Month::Open, year };
        Reading::new(end, shape, (FAMILY, "first-months"))
    })
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    #[test]
    fn months_years_and_their_parts() {
        check(
            "
            В ноябре 2017 года открыта школа. ⇒ ноябре 2017 года=2017-11
            Её построили в мае 2018 года. ⇒ мае 2018 года=2018-05
            It was agreed in mid-March. ⇒ mid-March=2019-03
            It was built in the third quarter of 2018. ⇒ third quarter of 2018=2018-Q3
            Дом сдали в IV квартале 2018 г. ⇒ IV квартале 2018 г.=2018-Q4
            Дом сдадут во втором полугодии. ⇒ втором полугодии=2019-H2
            They met last summer. ⇒ last summer=2018-SU
            It was closed in the 1990s. ⇒ 1990s=1990/1999
            It has grown since 2015. ⇒ 2015=2015
            They came before his October visit. ⇒ October=2018-10
            Форум пройдет во второй половине июля. ⇒ июля=2019-07
            Итоги 4 мес. 2018 г. подведены. ⇒ 4 мес. 2018 г.=2018-01/2018-04
            Итоги 9 месяцев 2018 года подведены. ⇒ 9 месяцев 2018 года=2018-01/2018-09
            ",
        );
    }
}
