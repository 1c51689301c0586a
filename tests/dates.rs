//! Dates written in every style come back as they went in, and no text, whatever it holds, makes
//! the reader panic or state a day that does not exist.

use dateline::dates::{self, Value};
use dateline::mention::{Bound, DateFact, Fact, Part};
use dateline::page::Page;
use dateline::{Document, Extractor, Settings};
use jiff::civil::Date;
use proptest::prelude::*;

const ENGLISH: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const RUSSIAN: [&str; 12] =
    ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];
const NOMINATIVE: [&str; 12] =
    ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"];
const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const DNI: [&str; 7] = ["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"];

/// The dates of a text: the words and the value of each.
fn read(text: &str, day: Option<Date>) -> Vec<(String, DateFact)> {
    let page = Page::new(text, true);
    let fact = |m: dateline::mention::Mention| match m.fact {
        Fact::Date(d) => Some((page.text.slice(m.span).to_string(), d)),
        _ => None,
    };
    dates::find(&page, day).into_iter().filter_map(fact).collect()
}

fn any_day() -> impl Strategy<Value = Date> {
    (1950i16..2050, 1i8..=12, 1i8..=31).prop_filter_map("a day that exists", |(y, m, d)| Date::new(y, m, d).ok())
}

fn ordinal(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// A day in every style, each with a sentence around it.
fn styles(date: Date) -> Vec<(String, String)> {
    let (y, m, d) = (date.year(), date.month(), date.day());
    let (en, ru, name) = (ENGLISH[m as usize - 1], RUSSIAN[m as usize - 1], NOMINATIVE[m as usize - 1]);
    let weekday = usize::from(date.weekday().to_monday_zero_offset() as u8);
    let th = ordinal(d);
    let english = [
        format!("{d} {en} {y}"),
        format!("{en} {d}, {y}"),
        format!("{en} {d:02}, {y}"),
        format!("{d}{th} of {en}, {y}"),
        format!("{en} {d}{th} {y}"),
        format!("{}, {d} {en} {y}", WEEKDAYS[weekday]),
        format!("{}, {en} {d}, {y}", WEEKDAYS[weekday]),
        format!("{d}-{}-{y}", &en[..3]),
        format!("{y}-{m:02}-{d:02}"),
        format!("{d:02}.{m:02}.{y}"),
        format!("{d}\u{a0}{en}\u{2009}{y}"),
        format!("{} {d}, {y}", en.to_uppercase()),
    ];
    let russian = [
        format!("{d} {ru} {y} г."),
        format!("{d} {ru} {y} года"),
        format!("{d} {ru} {y}"),
        format!("{d}-го {ru} {y} года"),
        format!("{d:02}.{m:02}.{y}"),
        format!("{d:02}.{m:02}.{y} г."),
        format!("{d}.{}.{y}", ROMAN[m as usize - 1]),
        format!("{}, {d} {ru} {y} года", DNI[weekday]),
        format!("{y}-{m:02}-{d:02}"),
        format!("{d} {} {y}", name),
        format!("{d} {} {y}", ru.to_uppercase()),
    ];
    let mut all = Vec::new();
    for style in english {
        all.push((format!("The school was opened on {style} in the presence of guests."), style));
    }
    for style in russian {
        all.push((format!("Школа открылась в присутствии гостей {style} и работает."), style));
    }
    all
}

#[test]
fn expressions_of_every_form() {
    let day: Date = "2019-05-15".parse().unwrap();
    let mut wrong = Vec::new();
    for case in include_str!("dates/expressions.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (sentence, expected) = case.split_once('⇒').expect(case);
        let found: Vec<String> = read(sentence.trim(), Some(day)).into_iter().map(|(words, d)| format!("{words}={}", d.value)).collect();
        let expected: Vec<&str> = expected.split(';').map(str::trim).filter(|e| !e.is_empty()).collect();
        if found != expected {
            wrong.push(format!("{}: {found:?}, not {expected:?}", sentence.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The record of a text that stands on a page.
fn record(text: &str) -> dateline::Record {
    Extractor::new(Settings::default()).extract(&Document::new("a", text))
}

/// The nine probes on which the tools that we measured failed.
#[test]
fn the_nine_probes() {
    let day = Some(Date::new(2024, 2, 14).unwrap());
    for (sentence, words, value) in [
        ("С 27-30 марта 2019 г. в Оше учились пчеловоды.", "27-30 марта 2019 г.", "2019-03-27/2019-03-30"),
        ("В ноябре 2017 года открыт музей.", "ноябре 2017 года", "2017-11"),
        ("June 04, 2013 was the day of the fair.", "June 04, 2013", "2013-06-04"),
        ("The fair is over since May 30-31, 2019 at least.", "May 30-31, 2019", "2019-05-30/2019-05-31"),
        ("План на 2018-2020 годы принят.", "2018-2020 годы", "2018/2020"),
        ("Мост построен в мае 2023 года.", "мае 2023 года", "2023-05"),
    ] {
        for known in [None, day] {
            let found = read(sentence, known);
            assert_eq!(found.len(), 1, "{sentence}");
            assert_eq!((found[0].0.as_str(), found[0].1.value.to_string().as_str()), (words, value));
        }
    }
    for none in ["The programme “Digital Uzbekistan – 2030” goes on.", "Просмотров: 3952"] {
        assert!(read(none, day).is_empty(), "{none}");
    }
    let story = "В селе открыли мост, и сорок семей пришли посмотреть, как глава района перерезает ленту, а дети бегут на другой берег.";
    let page = record(&format!("четверг, 28 марта 2024\nГлавная | Новости\n\nМост открыт\n\n{story}\n"));
    assert_eq!((page.published, page.event), (None, None));
}

/// An empty cell says why it is empty.
#[test]
fn what_is_not_known_has_its_reason() {
    let story = "The village got a bridge, and forty families came to see how the head of the district cut the ribbon for the children.";
    for (text, published, event) in [
        (format!("{story}\n"), "no date in text", "no date in text"),
        (format!("Saved on 5 May 2020\n\n{story}\n"), "only the day the page was saved", "no date tells of an event"),
        (format!("OSH, May 5 – The bridge was opened yesterday. {story}\n"), "year not settled", "year not settled"),
    ] {
        let found = record(&text);
        assert_eq!((found.published.as_deref(), found.event.as_deref()), (None, None), "{text}");
        let why = |cell: &str| found.why.iter().find(|(k, _)| k.as_str() == cell).map(|(_, v)| v.to_string());
        assert_eq!(why("published").as_deref(), Some(published), "{text}");
        assert_eq!(why("event").as_deref(), Some(event), "{text}");
    }
}

/// A length and one end give the days; what stands open says to which side.
#[test]
fn lengths_and_bounds() {
    let found = record("Ош, 17 мая 2019 г. – Четырехдневный тренинг для пчеловодов стартует в понедельник в селе Папан.");
    assert_eq!(found.event.as_deref(), Some("2019-05-20/2019-05-23"));
    let found = record("OSH, 17 May 2019 – A three-day workshop for young beekeepers of the south ended here yesterday, they said.");
    assert_eq!(found.event.as_deref(), Some("2019-05-14/2019-05-16"));
    for (sentence, bound) in [
        ("It has worked here since 2015.", Some(Bound::From)),
        ("Он работает с 2015 года.", Some(Bound::From)),
        ("Он работает до конца 2024 года.", Some(Bound::Until)),
        ("It will be ready by June 2024.", Some(Bound::Until)),
        ("It was ready in June 2018.", None),
    ] {
        assert_eq!(read(sentence, None)[0].1.bound, bound, "{sentence}");
    }
    for (sentence, part) in [
        ("В начале июня 2018 года начат ремонт.", Part::Start),
        ("It was begun in mid-March 2018.", Part::Middle),
        ("Ремонт кончат в конце 2024 года.", Part::End),
    ] {
        assert_eq!(read(sentence, None)[0].1.part, Some(part), "{sentence}");
    }
}

/// Day and month in digits: by the other dates of the document, else the likelier, with the other.
#[test]
fn the_order_of_digits() {
    let values = |text: &str| -> Vec<(String, Option<String>)> {
        read(text, None).into_iter().map(|(_, d)| (d.value.to_string(), d.alternative.map(|a| a.to_string()))).collect()
    };
    let open = |a: &str, b: &str| (a.to_string(), Some(b.to_string()));
    let sure = |a: &str| (a.to_string(), None);
    assert_eq!(values("The note of 12/05/2021 is lost."), [open("2021-05-12", "2021-12-05")]);
    assert_eq!(values("The notes of 12/05/2021 and 25/05/2021 are lost."), [sure("2021-05-12"), sure("2021-05-25")]);
    assert_eq!(values("The notes of 12/05/2021 and 05/25/2021 are lost."), [sure("2021-12-05"), sure("2021-05-25")]);
    assert_eq!(values("The note of 12/05/2021, written on May 30, 2021, is lost.")[0], open("2021-12-05", "2021-05-12"));
    assert_eq!(values("Письмо от 12/05/2021 в канцелярии района пропало."), [sure("2021-05-12")]);
}

proptest! {
    #[test]
    fn a_day_in_any_style_comes_back(date in any_day()) {
        for (sentence, style) in styles(date) {
            let found = read(&sentence, None);
            prop_assert_eq!(found.len(), 1, "{}: {:?}", sentence, found);
            prop_assert_eq!(&found[0].0, &style);
            prop_assert_eq!(found[0].1.value.as_day(), Some(date), "{}", sentence);
        }
    }

    #[test]
    fn a_range_in_any_style_comes_back(from in any_day(), length in 1i64..60) {
        let to = from.checked_add(jiff::Span::new().days(length)).unwrap();
        let (a, b) = (usize::try_from(from.month()).unwrap() - 1, usize::try_from(to.month()).unwrap() - 1);
        let (d, e, y, z) = (from.day(), to.day(), from.year(), to.year());
        let mut cases = vec![
            format!("The fair went on {d} {} {y} – {e} {} {z} there.", ENGLISH[a], ENGLISH[b]),
            format!("The fair went on from {} {d}, {y} to {} {e}, {z} there.", ENGLISH[a], ENGLISH[b]),
            format!("Ярмарка шла с {d} {} {y} года по {e} {} {z} года здесь.", RUSSIAN[a], RUSSIAN[b]),
            format!("Ярмарка шла {d:02}.{:02}.{y} - {e:02}.{:02}.{z} здесь.", a + 1, b + 1),
        ];
        if y == z {
            cases.push(format!("The fair went on {d} {} – {e} {} {z} there.", ENGLISH[a], ENGLISH[b]));
            cases.push(format!("Ярмарка шла с {d} {} по {e} {} {z} г. здесь.", RUSSIAN[a], RUSSIAN[b]));
        }
        if y == z && a == b {
            cases.push(format!("The fair went on {} {d}-{e}, {y} there.", ENGLISH[a]));
            cases.push(format!("Ярмарка шла {d}–{e} {} {y} г. здесь.", RUSSIAN[a]));
            cases.push(format!("Ярмарка шла с {d} по {e} {} {y} года здесь.", RUSSIAN[a]));
        }
        for case in cases {
            let found = read(&case, None);
            prop_assert_eq!(found.len(), 1, "{}: {:?}", case, found);
            prop_assert_eq!(found[0].1.value.days(), Some((from, to)), "{}", case);
        }
    }

    #[test]
    fn months_quarters_and_years_come_back(year in 1950i16..2050, month in 1usize..=12) {
        let quarter = month.div_ceil(3);
        for (text, value) in [
            (format!("It began in {} {year} there.", ENGLISH[month - 1]), format!("{year}-{month:02}")),
            (format!("Начало положено, и {} {year} года прошёл.", NOMINATIVE[month - 1]), format!("{year}-{month:02}")),
            (format!("It began in Q{quarter} {year} there."), format!("{year}-Q{quarter}")),
            (format!("Всё начато в {} квартале {year} г. здесь.", ROMAN[quarter - 1]), format!("{year}-Q{quarter}")),
            (format!("Это было в {year} году здесь."), format!("{year}")),
        ] {
            let found = read(&text, None);
            prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
            prop_assert_eq!(found[0].1.value.to_string(), value);
        }
    }

    #[test]
    fn no_text_panics_or_states_an_impossible_day(text in "\\PC{0,120}", day in proptest::option::of(any_day())) {
        sound(&text, day)?;
    }

    #[test]
    fn no_heap_of_date_words_panics_or_states_an_impossible_day(
        words in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..40),
        day in proptest::option::of(any_day()),
    ) {
        sound(&words.join(" "), day)?;
        sound(&words.concat(), day)?;
    }

    #[test]
    fn every_value_is_read_back(date in any_day(), later in 0i64..4000) {
        let to = date.checked_add(jiff::Span::new().days(later)).unwrap();
        let text = if later == 0 { date.to_string() } else { format!("{date}/{to}") };
        prop_assert_eq!(text.parse::<Value>().map(|v| v.to_string()), Ok(text));
    }
}

/// Words, numbers and marks of dates, to be thrown together.
const WORDS: [&str; 76] = [
    "1",
    "2",
    "30",
    "31",
    "29",
    "12",
    "2019",
    "2020",
    "9999",
    "0000",
    "1900",
    "99",
    "00",
    "999999999",
    ".",
    "/",
    "-",
    "–",
    ",",
    ":",
    "'",
    "(",
    ")",
    "\n",
    "of",
    "the",
    "first",
    "twenty",
    "second",
    "February",
    "May",
    "march",
    "Monday",
    "Sun",
    "last",
    "next",
    "this",
    "week",
    "year",
    "century",
    "decade",
    "quarter",
    "Q4",
    "H2",
    "IV",
    "ago",
    "yesterday",
    "in",
    "from",
    "to",
    "until",
    "between",
    "and",
    "early",
    "end",
    "февраля",
    "марта",
    "мае",
    "с",
    "по",
    "до",
    "г.",
    "года",
    "гг.",
    "первого",
    "тридцать",
    "две тысячи",
    "квартал",
    "прошлом",
    "этот",
    "назад",
    "среду",
    "летом",
    "90-х",
    "с.г.",
    "выходные",
];

fn sound(text: &str, day: Option<Date>) -> Result<(), TestCaseError> {
    for (words, fact) in read(text, day) {
        prop_assert!(text.contains(&words));
        let printed = fact.value.to_string();
        prop_assert_eq!(printed.parse::<Value>(), Ok(fact.value), "{} in {:?}", printed, text);
    }
    Ok(())
}
