//! Parts of years: quarters ("Q3 2016", «IV квартал»), halves ("H1 2020", «втором полугодии»),
//! seasons ("spring of 2018", «нынешним летом»), decades ("the 1990s", «90-х годов») and centuries.

use crate::text::Script;

use super::calendar_day::day_number;
use super::expression::{Anchor, Shape, Year};
use super::reader::{Item, Reader};
use super::words::{Class, Unit};
use super::{Reading, relative, year};

const FAMILY: &str = "quarter";

/// Any of them at token `i`.
pub(super) fn read(r: &Reader, i: usize) -> Option<Reading> {
    year_first(r, i).or_else(|| lettered(r, i)).or_else(|| counted(r, i)).or_else(|| season(r, i)).or_else(|| decade(r, i))
}

/// "the 2018 third quarter", "last year's first half"
fn year_first(r: &Reader, i: usize) -> Option<Reading> {
    let (end, year) = match r.at(i) {
        Item::Number(value @ 1950..=2100, 4) if !r.script_is_cyrillic(i + 1) => (i + 1, Year::Given(value as i16)),
        Item::Word(Class::Deictic, _) if !r.script_is_cyrillic(i) => year::relative(r, i)?,
        _ => return None,
    };
    let at = end + usize::from(r.is(end, Class::Plural) && r.text.fold(end) == "'s");
    let part = r.value(at, Class::Ordinal).filter(|&n| n <= 4).and_then(|_| counted_part(r, at))?;
    (part.shape.year() == Some(Year::Open)).then(|| Reading { shape: part.shape.with_year(year), ..part })
}

fn year_behind(r: &Reader, end: usize) -> (usize, Year) {
    year::tail(r, end).or_else(|| year::fiscal_tail(r, end)).unwrap_or((end, Year::Open))
}

/// "Q3 2016", "3Q 2016", "2016Q3", "18q4", "H1 2020", "2016-H1"
fn lettered(r: &Reader, i: usize) -> Option<Reading> {
    let part = |at: usize, n: u32| -> Option<Shape> {
        match (r.text.fold(at), n) {
            ("q" | "кв", 1..=4) => Some(Shape::Quarter { quarter: n as u8, year: Year::Open }),
            ("h", 1..=2) => Some(Shape::Half { half: n as u8, year: Year::Open }),
            _ => None,
        }
    };
    let rule = (FAMILY, "lettered");
    if let Some((value, digits)) = r.number(i) {
        // 2016Q3, 2016-Q3, 18q4
        let letter = if r.mark(i + 1, b'-') && r.glued(i + 2) { i + 2 } else { i + 1 };
        if r.glued(i + 1)
            && r.glued(letter + 1)
            && let Some((n, 1)) = r.number(letter + 1)
            && let Some(shape) = part(letter, n)
        {
            return Some(Reading::new(letter + 2, shape.with_year(Year::Given(year::full(value, digits)?)), rule));
        }
        if digits == 1
            && r.glued(i + 1)
            && let Some(shape) = part(i + 1, value)
        {
            // "3Q18"
            let short = r.number(i + 2).filter(|&(_, digits)| digits == 2 && r.glued(i + 2)).and_then(|(n, digits)| year::full(n, digits));
            let (end, year) = short.map_or_else(|| year_behind(r, i + 2), |year| (i + 3, Year::Given(year)));
            return (year != Year::Open).then(|| Reading::new(end, shape.with_year(year), rule));
        }
        return None;
    }
    let (n, _) = r.number(i + 1).filter(|&(_, digits)| digits == 1 && r.glued(i + 1))?;
    let shape = part(i, n)?;
    let (end, year) = year_behind(r, i + 2);
    let shown = year != Year::Open || matches!(shape, Shape::Quarter { .. }) && r.capital(i);
    shown.then(|| Reading::new(end, shape.with_year(year), rule))
}

/// "third quarter of 2024", «IV квартал», «1-й квартал», «первое полугодие», "the second half of the year"
fn counted(r: &Reader, i: usize) -> Option<Reading> {
    last_of_year(r, i).or_else(|| counted_part(r, i))
}

fn counted_part(r: &Reader, i: usize) -> Option<Reading> {
    let (mut j, n) = match r.at(i) {
        Item::Roman(n) => (i + 1, n),
        _ => day_number(r, i)?,
    };
    if r.mark(j, b'-') && r.glued(j) && r.glued(j + 1) {
        // "third-quarter 2018"; «IV-м квартале»
        let joined = !r.script_is_cyrillic(j + 1) && matches!(r.unit(j + 1), Some(Unit::Quarter | Unit::Half));
        j += if joined { 1 } else { 2 };
    }
    // «4 кв. 2019 г.»
    if (1..=4).contains(&n) && r.script_is_cyrillic(j) && r.text.fold(j) == "кв" {
        let (end, year) = year_behind(r, r.past_stop(j + 1));
        let shape = Shape::Quarter { quarter: n, year };
        return matches!(year, Year::Given(_)).then(|| Reading::new(end, shape, (FAMILY, "counted")));
    }
    if let Some(reading) = shared_century(r, j, n) {
        return Some(reading);
    }
    let shape = match (r.unit(j)?, n) {
        (Unit::Quarter, 1..=4) => Shape::Quarter { quarter: n, year: Year::Open },
        (Unit::Half, 1..=2) => Shape::Half { half: n, year: Year::Open },
        (Unit::Century, 1..=21) => {
            if r.value(j + 1, Class::Era) == Some(-1) || r.is(j + 1, Class::Until) && r.is(j + 2, Class::EraLetter) {
                return None; // years before our era have no value
            }
            return Some(Reading::new(j + 1, Shape::Century(i16::from(n)), (FAMILY, "century")));
        }
        _ => return None,
    };
    let (mut end, mut year) = year_behind(r, j + 1);
    if year == Year::Open && r.is(j + 1, Class::Of) && r.is(j + 2, Class::The) && r.unit(j + 3) == Some(Unit::Year) {
        (end, year) = (j + 4, Year::Of(Anchor::Release, 0));
    }
    if year == Year::Open && r.unit(j + 1) == Some(Unit::Year) {
        (end, year) = (j + 2, Year::Of(Anchor::Release, 0)); // «первая половина года»
    }
    // a half of something else, a quarter of a town
    let russian = r.text.tokens[j].script == Script::Cyrillic;
    let known =
        year != Year::Open || r.bare || (russian && r.text.fold(j).starts_with("полугод")) || matches!(shape, Shape::Quarter { .. });
    let of_other = year == Year::Open && r.is(end, Class::Of);
    (known && !of_other).then(|| Reading::new(end, shape.with_year(year), (FAMILY, "counted")))
}

/// "the late 19th and early 20th centuries", «в XIX и XX веках»: the first of two.
fn shared_century(r: &Reader, j: usize, n: u8) -> Option<Reading> {
    let next = j + 1 + usize::from(r.is(j + 1, Class::Part));
    let (end, other) = match r.at(next) {
        _ if !r.is(j, Class::And) => return None,
        Item::Roman(n) => (next + 1, n),
        _ => day_number(r, next)?,
    };
    let shared = n < other && other <= 21 && r.unit(end) == Some(Unit::Century);
    shared.then(|| Reading::new(j, Shape::Century(i16::from(n)), (FAMILY, "century")))
}

/// "the last quarter of 2018", «последнее полугодие 2018 года»
fn last_of_year(r: &Reader, i: usize) -> Option<Reading> {
    let from = if r.is(i, Class::The) { i + 1 } else { i };
    let last = r.value(from, Class::DeicticSpan) == Some(-1) || r.text.fold(from) == "last";
    let shape = match r.unit(from + 1).filter(|_| last)? {
        Unit::Quarter => Shape::Quarter { quarter: 4, year: Year::Open },
        Unit::Half => Shape::Half { half: 2, year: Year::Open },
        _ => return None,
    };
    let (end, year) = year::tail(r, from + 2)?;
    Some(Reading { from, ..Reading::new(end, shape.with_year(year), (FAMILY, "counted")) })
}

/// "spring of 2018", "last summer", "the fall", «осенью», «нынешним летом»
fn season(r: &Reader, i: usize) -> Option<Reading> {
    let rule = (FAMILY, "season");
    if let Some((j, by, anchor)) = relative::deictic_phrase(r, i) {
        let season = r.value(j, Class::Season)? as u8;
        let shape = match anchor {
            Anchor::Release | Anchor::Context => Shape::Season { season, year: Year::Open, shift: Some(by) },
            Anchor::Told => Shape::Season { season, year: Year::Of(Anchor::Told, by), shift: None },
        };
        return Some(Reading::new(j + 1, shape, rule));
    }
    let season = r.value(i, Class::Season)? as u8;
    let (mut end, mut year) = year_behind(r, i + 1);
    // "winter 2015/16", «зимой 2018-2019 годов»
    if let Year::Given(first) = year
        && (r.mark(end, b'/') || r.mark(end, b'-'))
        && let Some((second, 2 | 4)) = r.number(end + 1)
        && second % 100 == (first as u32 + 1) % 100
        && season == 1
    {
        year = Year::Given(first + 1);
        end = super::year::mark(r, end + 2).max(end + 2);
    }
    let shape = Shape::Season { season, year, shift: None };
    if year == Year::Open && r.text.fold(i) == "fall" && r.is(end, Class::Of) {
        return None; // "the fall of the wall"
    }
    if year != Year::Open || r.bare {
        return Some(Reading::new(end, shape, rule));
    }
    let before = if r.is(i.wrapping_sub(1), Class::The) { i.checked_sub(2).map_or(Item::Other, |j| r.at(j)) } else { r.before(i) };
    let next_is_noun = matches!(r.at(end), Item::Other) && end < r.limit && r.text.tokens[end].kind == crate::text::Kind::Word;
    let shown = match r.text.tokens[i].script {
        // «осенью», «весной»: not «весну», «лето»
        Script::Cyrillic if matches!(r.before(i), Item::Word(Class::By | Class::Until | Class::From | Class::PartOf, _)) => {
            // «к осени», «до весны»
            matches!(r.text.fold(i), "осени" | "весне" | "весны" | "лету" | "лета" | "зиме" | "зимы")
        }
        Script::Cyrillic => r.text.fold(i).ends_with("ью") || r.text.fold(i).ends_with("ой") || r.text.fold(i) == "летом",
        _ => {
            let over = ["during", "throughout", "over", "for", "before", "after", "spent"];
            let at = if r.is(i.wrapping_sub(1), Class::The) { i.checked_sub(2) } else { i.checked_sub(1) };
            let asked = matches!(before, Item::Word(Class::In | Class::By | Class::Until | Class::Since | Class::Part, _))
                || at.is_some_and(|at| at >= r.floor && over.contains(&r.text.fold(at)) && (r.text.fold(at) == "for" || at + 1 < i))
                || before == Item::Mark(b'-') && at.is_some_and(|at| at > r.floor && r.is(at - 1, Class::Part));
            // "in the winter months"
            asked && !next_is_noun && !matches!(r.unit(end), Some(Unit::Month | Unit::Season))
        }
    };
    shown.then(|| Reading::new(end, shape, rule))
}

/// A decade, with the century that it is of: «80-х годов XIX века», «девяностые годы прошлого века».
fn decade(r: &Reader, i: usize) -> Option<Reading> {
    let reading = named_decade(r, i)?;
    let (Shape::Decade(year), true) = (reading.shape, r.script_is_cyrillic(reading.end - 1)) else { return Some(reading) };
    let at = reading.end;
    let (end, century) = match relative::deictic_phrase(r, at) {
        Some((j, by @ -2..=0, Anchor::Release)) => (j, 21 + i16::from(by)),
        _ => match r.at(at) {
            Item::Roman(n) => (at + 1, i16::from(n)),
            Item::Word(Class::Ordinal | Class::Cardinal, _) => day_number(r, at).map(|(end, n)| (end, i16::from(n)))?,
            _ => return Some(reading),
        },
    };
    if r.unit(end) != Some(Unit::Century) {
        return Some(reading);
    }
    let of_century = r.number(i).is_none_or(|(_, digits)| digits == 2);
    let year = if of_century { (century - 1) * 100 + year % 100 } else { year };
    Some(Reading { end: end + 1, shape: Shape::Decade(year), ..reading })
}

/// "1990s", "the '90s", «1990-х годов», «90-е годы», «девяностые годы»
fn named_decade(r: &Reader, i: usize) -> Option<Reading> {
    let rule = (FAMILY, "decade");
    if r.mark(i, b'\'') && r.glued(i + 1) {
        let (value, 2) = r.number(i + 1)? else { return None };
        (value % 10 == 0 && r.is(i + 2, Class::Plural) && r.glued(i + 2)).then_some(())?;
        return Some(Reading::new(i + 3, Shape::Decade(year::full(value, 2)?), rule));
    }
    if let Some((value, digits @ (2 | 4))) = r.number(i) {
        let decade = if digits == 2 { 1900 + value as i16 } else { year::full(value, 4)? };
        if decade % 10 != 0 {
            return None;
        }
        if r.is(i + 1, Class::Plural) && r.glued(i + 1) && (digits == 4 || value >= 20) && r.text.fold(i + 1) == "s" {
            return Some(Reading::new(i + 2, Shape::Decade(decade), rule));
        }
        if r.mark(i + 1, b'\'') && r.glued(i + 1) && r.glued(i + 2) && r.is(i + 2, Class::Plural) && digits == 4 {
            return Some(Reading::new(i + 3, Shape::Decade(decade), rule));
        }
        if r.is(i + 1, Class::Plural) && r.glued(i + 1) && digits == 4 && r.text.fold(i + 1) == "'s" && decade >= 1800 {
            return Some(Reading::new(i + 2, Shape::Decade(decade), rule));
        }
        let behind =
            r.mark(i + 1, b'-') && r.glued(i + 1) && r.glued(i + 2) && matches!(r.at(i + 2), Item::Word(Class::Plural | Class::Suffix, _));
        if behind {
            let end = match r.at(i + 3) {
                Item::Word(Class::Unit | Class::UnitPlural, _) if r.unit(i + 3) == Some(Unit::Year) => i + 4,
                Item::Word(Class::YearMark, 2) => r.past_stop(i + 4),
                _ => i + 3,
            };
            let many = r.is(i + 2, Class::Plural) || matches!(r.text.fold(i + 2), "е" | "ые") || r.is(i + 3, Class::UnitPlural);
            let parted = end == i + 3 && r.is(i + 2, Class::Plural) && value >= 20 && r.is(i.wrapping_sub(1), Class::PartOf);
            let shown = many && (end > i + 3 && r.text.fold(i + 3) != "года" && r.text.fold(i + 3) != "год" || digits == 4 || parted);
            return shown.then(|| Reading::new(end, Shape::Decade(decade), rule));
        }
        return None;
    }
    // «девяностые годы»; «в девяностые», «с семидесятых»
    let tens = r.value(i, Class::Ordinal).filter(|n| n % 10 == 0 && *n >= 20)?;
    let plural = r.text.fold(i).ends_with("ые") || r.text.fold(i).ends_with("ых");
    if !plural {
        return None;
    }
    if r.is(i + 1, Class::UnitPlural) {
        return Some(Reading::new(i + 2, Shape::Decade(1900 + tens), rule));
    }
    let asked = tens >= 50 && matches!(r.before(i), Item::Word(Class::In | Class::From | Class::Until, _));
    let ends = i + 1 >= r.limit || matches!(r.at(i + 1), Item::Mark(_) | Item::Word(Class::And | Class::In | Class::On, _));
    (asked && ends).then(|| Reading::new(i + 1, Shape::Decade(1900 + tens), rule))
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    #[test]
    fn parts_of_years_and_spans_of_them() {
        check(
            "
            It will open in Q1 2021 near the lake. ⇒ Q1 2021=2021-Q1
            Первая половина 2018 года прошла. ⇒ Первая половина 2018 года=2018-H1
            Всё закончат в I полугодии 2020 г. ⇒ I полугодии 2020 г.=2020-H1
            It was bought in spring 2011 for the school. ⇒ spring 2011=2011-SP
            Их сдали нынешней весной. ⇒ нынешней весной=2019-SP
            It was closed in winter 2015/16 for repairs. ⇒ winter 2015/16=2016-WI
            Зимой 2018-2019 годов прошли курсы. ⇒ Зимой 2018-2019 годов=2019-WI
            Школы строили в 80-х годах XIX века и в девяностые годы прошлого века. ⇒ 80-х годах XIX века=1880/1889; девяностые годы прошлого века=1990/1999
            Фестиваль посвящён 90-м годам. ⇒ 90-м годам=1990/1999
            Их закрыли с начала 90-х. ⇒ 90-х=1990/1999
            Over the past decade it has grown. ⇒
            They were built in the late 19th and early 20th centuries. ⇒ late 19th=1800/1899; early 20th centuries=1900/1999
            Его строили в 90-х годах. ⇒ 90-х годах=1990/1999
            Летом сюда едут туристы. ⇒
            Sales rose in third-quarter 2018 and in the 2017 fourth quarter. ⇒ third-quarter 2018=2018-Q3; 2017 fourth quarter=2017-Q4
            It sold less than in last year's second quarter. ⇒ last year's second quarter=2018-Q2
            It was sold in the latter half of 2008. ⇒ latter half of 2008=2008-H2
            It was sold in 3Q18 and in the second quarter of fiscal year 2017. ⇒ 3Q18=2018-Q3; second quarter of fiscal year 2017=2017-Q2
            Дом сдали в 4 кв. 2018 г., а склад в I кв. 2019 года. ⇒ 4 кв. 2018 г.=2018-Q4; I кв. 2019 года=2019-Q1
            Дом 4, кв. 12, 4 кв. м и 3 кв. км. ⇒
            The latter half of the match was dull. ⇒
            A quarter of the town and the second half of the match. ⇒
            ",
        );
    }
}
