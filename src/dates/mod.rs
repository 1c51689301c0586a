//! Calendar expressions: found, resolved, told apart.
//!
//! The text is seen as numbers, marks and words of the calendar ([`reader`]). At each token that
//! can begin an expression every family of the grammar may read one; the longest wins, and no
//! token is read again after that, so the work grows with the text and not faster. What is read
//! ([`expression`]) leaves open what the text leaves open; [`resolve`] settles it from the day of
//! the release, or from the dates around it. [`roles`] tells the release's own date and the
//! event's from all others.

mod calendar_day;
mod cues;
mod expression;
mod month;
mod numeric;
mod quarter;
mod range;
mod reader;
mod relative;
mod resolve;
mod roles;
mod scope;
mod tense;
mod value;
mod weekday;
mod words;
mod year;

pub use value::{NoValue, Point, Season, Value, Yearless};

use jiff::civil::Date;

use crate::mention::{DateFact, Fact, Mention, Rule, Settled};
use crate::page::Page;
use crate::span::Span;
use expression::{Expression, Shape, Year};
use reader::{Item, Reader};
use words::Class;

/// What one family read: one past its last token, and what it says.
#[derive(Clone, Copy, Debug)]
struct Reading {
    /// The first token of the mark, where it is not the one that was read from.
    from: usize,
    end: usize,
    shape: Shape,
    /// Day and month may change places.
    swappable: bool,
    /// Digits of clutter at the start and at the end.
    trim: (u8, u8),
    rule: (&'static str, &'static str),
}

impl Reading {
    fn new(end: usize, shape: Shape, rule: (&'static str, &'static str)) -> Self {
        Self { from: 0, end, shape, swappable: false, trim: (0, 0), rule }
    }
}

/// One expression without its range: the longest that a family reads.
fn single(r: &Reader, i: usize) -> Option<Reading> {
    let mut best: Option<Reading> = None;
    let mut add = |reading: Option<Reading>| {
        if let Some(reading) = reading
            && best.is_none_or(|b| reading.end > b.end)
        {
            best = Some(reading);
        }
    };
    match r.at(i) {
        Item::Number(..) => {
            add(numeric::read(r, i));
            add(calendar_day::read(r, i));
            add(quarter::read(r, i));
            add(month::first_months(r, i));
            add(relative::read(r, i));
            add(weekday::read(r, i));
            add(year::read(r, i));
            add(calendar_day::of_open_month(r, i));
        }
        Item::Word(Class::Month | Class::MonthShort | Class::MonthOrWord, _) => {
            add(calendar_day::read(r, i));
            add(month::read(r, i));
        }
        Item::Word(Class::Weekday | Class::WeekdayShort | Class::WeekdayOrWord, _) => {
            add(calendar_day::weekday_first(r, i));
            add(weekday::read(r, i));
        }
        Item::Word(Class::Ordinal | Class::Cardinal, _) => {
            add(calendar_day::read(r, i));
            add(weekday::read(r, i));
            add(quarter::read(r, i));
            add(month::first_months(r, i));
            add(relative::read(r, i));
            add(year::read(r, i));
            add(calendar_day::of_open_month(r, i));
        }
        Item::Word(Class::Deictic | Class::DeicticSpan | Class::Told | Class::The, _) => {
            add(weekday::read(r, i));
            add(quarter::read(r, i));
            add(relative::read(r, i));
        }
        Item::Word(
            Class::Unit | Class::UnitPlural | Class::Day | Class::DayAdjective | Class::Eve | Class::Article | Class::Through,
            _,
        ) => {
            add(relative::read(r, i));
        }
        Item::Word(Class::In, _) if r.bare => add(relative::read(r, i)),
        Item::Word(Class::From | Class::ThisLetter, _) => {
            add(year::relative(r, i).map(|(end, year)| Reading::new(end, Shape::Year(year), ("year", "this"))));
        }
        Item::Word(Class::Season, _) => add(quarter::read(r, i)),
        Item::Roman(_) => add(quarter::read(r, i)),
        Item::Mark(b'\'') => add(quarter::read(r, i)),
        Item::Other => add(quarter::read(r, i).filter(|q| q.rule.1 == "lettered")),
        _ => {}
    }
    best
}

/// Whether the number at `i` is part of something that is no date: `COVID-19`, `14:30`, `2.5`.
fn inside_something(r: &Reader, i: usize) -> bool {
    if !r.glued(i) || !matches!(r.at(i), Item::Number(..)) {
        return false;
    }
    let beyond = i.checked_sub(2).map(|j| (r.glued(i - 1), r.at(j)));
    match (r.before(i), beyond) {
        (Item::Mark(b'-'), Some((true, Item::Word(..) | Item::Other | Item::Roman(_)))) => {
            r.text.tokens[i - 2].kind == crate::text::Kind::Word && !r.bare
        }
        (Item::Mark(b':' | b',' | b'.' | b'-'), Some((true, Item::Number(..)))) => true,
        (Item::Mark(b'$' | b'#' | b'@' | b'+' | b'_' | b'='), _) => true,
        (Item::Word(Class::From | Class::Until | Class::YearMark | Class::Month | Class::MonthShort | Class::MonthOrWord, _), _) => false,
        (Item::Word(..) | Item::Roman(_), _) => true,
        (Item::Other, _) => r.text.tokens[i - 1].kind == crate::text::Kind::Word,
        _ => false,
    }
}

/// All expressions of a text, in order.
fn read_all(r: &mut Reader) -> Vec<Expression> {
    let mut found: Vec<Expression> = Vec::new();
    let tokens = r.text.tokens.len();
    let mut i = 0;
    while i < tokens {
        if i >= r.limit {
            r.region(i);
        }
        let open = match r.at(i) {
            Item::Other => matches!(r.text.fold(i), "q" | "h") && r.glued(i + 1),
            Item::Mark(mark) => mark == b'\'',
            _ => true,
        };
        if !open || inside_something(r, i) {
            i += 1;
            continue;
        }
        if let Some((reading, to)) = range::read(r, i) {
            let first = if reading.from > i { reading.from } else { i };
            let mut span = r.span(first, reading.end);
            span = Span { start: span.start + u32::from(reading.trim.0), end: span.end - u32::from(reading.trim.1) };
            let mut expression = Expression {
                span,
                first,
                end: reading.end,
                shape: reading.shape,
                to,
                part: None,
                bound: None,
                swappable: reading.swappable,
                rule: reading.rule,
            };
            scope::settle(r, &mut expression);
            // "on 3, 5 and 9 June": the days before it take its month
            for earlier in found
                .iter_mut()
                .rev()
                .take(8)
                .take_while(|e| e.rule.1 == "listed" && matches!(e.shape, Shape::Day { month: expression::Month::Open, .. }))
            {
                if let (Shape::Day { month, year, .. }, Shape::Day { month: m, year: y, .. }) = (&mut earlier.shape, expression.shape) {
                    (*month, *year) = (m, y);
                }
            }
            i = reading.end;
            if !names_something(r, &expression) {
                found.push(expression);
            }
            continue;
        }
        if let Some((end, day)) = range::list(r, i) {
            let shape = Shape::Day { day, month: expression::Month::Open, year: Year::Open, weekday: None };
            let span = r.span(i, end);
            found.push(Expression {
                span,
                first: i,
                end,
                shape,
                to: None,
                part: None,
                bound: None,
                swappable: false,
                rule: ("range", "listed"),
            });
            i = end;
            continue;
        }
        i = calendar_day::impossible(r, i).unwrap_or(i + 1);
    }
    found
}

/// A date that is part of a name: "Agenda 2030”, «8 Марта» as a street.
fn names_something(r: &Reader, e: &Expression) -> bool {
    if e.to.is_some() || r.bare {
        return false;
    }
    // "12 May Street", «на улице 8 Марта», «ул. 1 Мая»
    if let Shape::Day { year: Year::Open, .. } = e.shape {
        let before = if r.mark(e.first.wrapping_sub(1), b'.') || r.mark(e.first.wrapping_sub(1), b'"') {
            e.first.wrapping_sub(2)
        } else {
            e.first.wrapping_sub(1)
        };
        return r.is(e.end, Class::Address) && r.capital(e.end) || r.is(before, Class::Address);
    }
    let Shape::Year(Year::Given(_)) = e.shape else { return false };
    // “Digital Uzbekistan – 2030”: a capital, a dash, the year, a closing quote or the name's end
    e.end == e.first + 1
        && r.mark(e.first.wrapping_sub(1), b'-')
        && e.first >= 2
        && r.text.tokens[e.first - 2].kind == crate::text::Kind::Word
        && r.mark(e.end, b'"')
}

/// Finds every calendar expression, resolves it and gives it its role.
///
/// `known` is the day of publication where the caller knows it: the anchor of relative dates.
#[must_use]
pub fn find(page: &Page, known: Option<Date>) -> Vec<Mention> {
    let mut reader = Reader::new(&page.text);
    let expressions = read_all(&mut reader);
    reader.open();
    let resolved = resolve::all(page, &reader, expressions, known);
    let mut mentions: Vec<Mention> = Vec::with_capacity(resolved.len());
    for r in resolved {
        let fact =
            DateFact { value: r.value, role: r.role, part: r.expression.part, bound: r.expression.bound, alternative: r.alternative };
        let rule = Rule::Grammar(r.expression.rule.0, r.expression.rule.1);
        let mut mention = Mention::new(r.expression.span, Fact::Date(fact), rule, r.confidence);
        mention.because = r.because;
        mentions.push(mention);
    }
    mentions
}

/// When the release was published, from its dates.
#[must_use]
pub fn published(page: &Page, mentions: &[Mention], known: Option<Date>) -> Settled<Value> {
    roles::published(page, mentions, known)
}

/// When the main event took, takes or will take place.
#[must_use]
pub fn event(page: &Page, mentions: &[Mention]) -> Settled<Value> {
    roles::event(page, mentions)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dates of a text in `text=value` form, for a release of `day`.
    pub(super) fn dates(source: &str, day: &str) -> Vec<String> {
        let page = Page::new(source, true);
        let mentions = find(&page, day.parse().ok());
        let date = |m: &Mention| match &m.fact {
            Fact::Date(d) => format!("{}={}", page.text.slice(m.span), d.value),
            _ => unreachable!(),
        };
        mentions.iter().map(date).collect()
    }

    /// Checks `sentence ⇒ date=value; date=value` lines, for a release of 15 May 2019.
    pub(super) fn check(cases: &str) {
        for case in cases.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let (sentence, expected) = case.split_once('⇒').expect(case);
            let expected: Vec<&str> = expected.split(';').map(str::trim).filter(|e| !e.is_empty()).collect();
            assert_eq!(dates(sentence.trim(), "2019-05-15"), expected, "{sentence}");
        }
    }

    #[test]
    fn days_by_name() {
        check(
            "
            The school opened in Osh on June 04, 2013. ⇒ June 04, 2013=2013-06-04
            It was signed on the 5th of April, 2018. ⇒ 5th of April, 2018=2018-04-05
            It was signed on Tuesday, 14 May. ⇒ Tuesday, 14 May=2019-05-14
            It ended on April 24th. ⇒ April 24th=2019-04-24
            The letter of 8-May-2006 was lost. ⇒ 8-May-2006=2006-05-08
            Школу открыли 1 сентября 2018 г. ⇒ 1 сентября 2018 г.=2018-09-01
            Школу открыли первого сентября прошлого года. ⇒ первого сентября прошлого года=2018-09-01
            Договор подписан 15 марта с.г. в Оше. ⇒ 15 марта с.г.=2019-03-15
            Встреча прошла во вторник, 14 мая. ⇒ вторник, 14 мая=2019-05-14
            Это случилось двадцать первого июня две тысячи двадцатого года. ⇒ двадцать первого июня две тысячи двадцатого года=2020-06-21
            Они уехали 30 февраля 2019 года. ⇒
            ",
        );
    }

    #[test]
    fn days_in_digits() {
        check(
            "
            Бишкек, 10.12.20. /Кабар/ Открыт новый мост. ⇒ 10.12.20=2020-12-10
            Сообщение от 12.V.2021 получено. ⇒ 12.V.2021=2021-05-12
            430.12.2020 11:47 ⇒ 30.12.2020=2020-12-30
            It was sent at 2019-05-12T10:30:00Z to all. ⇒ 2019-05-12=2019-05-12
            It happened on 31/12/2018 and again on 5/6/2019. ⇒ 31/12/2018=2018-12-31; 5/6/2019=2019-06-05
            It happened on 12/31/2018 and again on 5/6/2019. ⇒ 12/31/2018=2018-12-31; 5/6/2019=2019-05-06
            Версия 1.2.13, телефон 22-11-13, пункт 3.12.2013.4 ⇒
            ",
        );
    }

    #[test]
    fn ranges() {
        check(
            "
            С 27-30 марта 2019 г. в Бишкеке учились. ⇒ 27-30 марта 2019 г.=2019-03-27/2019-03-30
            The fair was held on May 30-31, 2018 in Tashkent. ⇒ May 30-31, 2018=2018-05-30/2018-05-31
            It lasted from 29 May – 2 June 2018. ⇒ 29 May – 2 June 2018=2018-05-29/2018-06-02
            План на 2018-2020 годы принят. ⇒ 2018-2020 годы=2018/2020
            Лагерь работал с 28 февраля по 3 марта. ⇒ 28 февраля по 3 марта=2019-02-28/2019-03-03
            Заявки принимали в мае-июне 2018 года. ⇒ мае-июне 2018 года=2018-05/2018-06
            It ran between March and May 2018. ⇒ March and May 2018=2018-03/2018-05
            The meeting of 20.02.2017-21.02.17 is over. ⇒ 20.02.2017-21.02.17=2017-02-20/2017-02-21
            Форум прошёл 7, 8 и 9 июля 2018 года. ⇒ 7, 8 и 9 июля 2018 года=2018-07-07/2018-07-09
            It ran from December 28 to January 5, 2019. ⇒ December 28 to January 5, 2019=2018-12-28/2019-01-05
            ",
        );
    }

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
            Итоги 9 месяцев 2018 года подведены. ⇒ 9 месяцев 2018 года=2018-01/2018-09
            ",
        );
    }

    #[test]
    fn relative_days_go_by_the_release_and_the_tense() {
        check(
            "
            The workshop ended yesterday. ⇒ yesterday=2019-05-14
            They signed it on Monday. ⇒ Monday=2019-05-13
            It will be opened on Friday. ⇒ Friday=2019-05-17
            Выставка открылась в минувшее воскресенье. ⇒ минувшее воскресенье=2019-05-12
            Тренинг стартует в понедельник. ⇒ понедельник=2019-05-20
            Они виделись две недели назад. ⇒ две недели назад=2019-05-01
            The contest was announced in November. ⇒ November=2018-11
            The next round will begin in February. ⇒ February=2020-02
            Проект завершён в прошлом году. ⇒ прошлом году=2018
            ",
        );
    }

    #[test]
    fn what_is_no_date() {
        check(
            "
            The plan “Digital Uzbekistan – 2030” was shown. ⇒
            Просмотров: 3952 ⇒
            The Agenda 2030 may help, and they march on. ⇒
            Видение-2050 и COVID-19 обсуждали за круглым столом. ⇒
            Ms. April Johnson, 45, lives at 12 May Street. ⇒
            Закон № 2015 и тел. 0312 62-11-20 остались. ⇒
            It cost $2015 and 2018 people came at 10:30. ⇒
            Every Tuesday they discuss the environment. ⇒
            Защитим окружающую среду вместе. ⇒
            ",
        );
    }

    #[test]
    fn bounds_and_parts_are_kept() {
        let page = Page::new("Он работает с 2015 года, до конца 2024 года.", true);
        let facts: Vec<DateFact> = find(&page, None)
            .into_iter()
            .filter_map(|m| match m.fact {
                Fact::Date(d) => Some(d),
                _ => None,
            })
            .collect();
        assert_eq!(facts[0].bound, Some(crate::mention::Bound::From));
        assert_eq!((facts[1].bound, facts[1].part), (Some(crate::mention::Bound::Until), Some(crate::mention::Part::End)));
    }

    #[test]
    fn a_day_without_a_year_stays_open() {
        assert_eq!(dates("Площадку открыли 12 ноября в селе.", ""), ["12 ноября=XXXX-11-12"]);
    }

    #[test]
    fn an_open_order_gives_both_readings() {
        let page = Page::new("The note of 5/6/2019 is short.", true);
        let mentions = find(&page, None);
        let Fact::Date(date) = &mentions[0].fact else { panic!("no date") };
        assert_eq!(date.value.to_string(), "2019-06-05");
        assert_eq!(date.alternative.map(|a| a.to_string()).as_deref(), Some("2019-05-06"));
    }

    #[test]
    fn work_grows_with_the_text_and_no_faster() {
        let seeds = [
            "1-",
            "1 ",
            "5, ",
            "2019-",
            "в январе и ",
            "last ",
            "the ",
            "понедельник, ",
            "12.05.",
            "twenty ",
            "с 1 по ",
            "первый ",
            "May ",
            "2019/",
            "every first ",
            "1. ",
            "Q",
            "'",
            "early mid-",
            "two thousand ",
            "of the ",
            "x 1:1 ",
        ];
        for seed in seeds {
            let looks = |n: usize| {
                let source = seed.repeat(n);
                let text = crate::text::Text::new(&source);
                let mut reader = Reader::new(&text);
                reader.bare = false;
                read_all(&mut reader);
                reader.looks.get()
            };
            let (one, four) = (looks(500), looks(2000));
            assert!(four <= one * 4 + one / 2 + 400, "{seed:?}: {one} looks for 500, {four} for 2000");
        }
    }
}
