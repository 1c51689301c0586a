//! Dates by other conventions: what is written in a style comes back, and no text makes a way of
//! marking panic, cross its marks or state a value that cannot be read.

use dateline::dates::convention::{Convention, Way};
use dateline::dates::{Length, LengthUnit, Reference, Value};
use dateline::{Document, Extractor, Settings};
use jiff::civil::Date;
use proptest::prelude::*;

/// The dates of a release of a day by some ways: words and value, with the bounds.
fn read(text: &str, day: Date, ways: &[Way]) -> Vec<(String, String, (u64, u64))> {
    let mut settings = Settings::default();
    settings.dates = ways.iter().copied().collect();
    settings.keep_furniture = true;
    let mut document = Document::new("a", text);
    document.published = Some(day);
    let record = Extractor::new(settings).extract(&document);
    let dates = record.mentions.into_iter().filter(|m| m.kind == "date");
    dates.map(|m| (m.text.to_string(), m.value.unwrap_or_default().to_string(), (m.start as u64, m.end as u64))).collect()
}

fn any_day() -> impl Strategy<Value = Date> {
    (1950i16..2050, 1i8..=12, 1i8..=28).prop_filter_map("a day that exists", |(y, m, d)| Date::new(y, m, d).ok())
}

fn units() -> impl Strategy<Value = (LengthUnit, &'static str, &'static str)> {
    prop_oneof![
        Just((LengthUnit::Day, "days", "дней")),
        Just((LengthUnit::Week, "weeks", "недель")),
        Just((LengthUnit::Month, "months", "месяцев")),
        Just((LengthUnit::Year, "years", "лет")),
    ]
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn values_come_back_as_they_are_printed(count in proptest::option::of(0u16..1000), (unit, _, _) in units()) {
        let length = Value::Length(Length { count, unit });
        prop_assert_eq!(length.to_string().parse::<Value>().ok(), Some(length));
        for reference in [Reference::Past, Reference::Present, Reference::Future] {
            let value = Value::Reference(reference);
            prop_assert_eq!(value.to_string().parse::<Value>().ok(), Some(value));
        }
    }

    #[test]
    fn lengths_come_back(count in 5u16..20, (unit, en, ru) in units(), day in any_day()) {
        let value = Value::Length(Length { count: Some(count), unit }).to_string();
        for (text, words) in [
            (format!("The rains lasted for nearly {count} {en} in the valley."), format!("nearly {count} {en}")),
            (format!("Дожди шли в течение {count} {ru} подряд."), format!("течение {count} {ru} подряд")),
            (format!("The works took {count} {en} and were hard."), format!("{count} {en}")),
        ] {
            let found = read(&text, day, &[Way::Durations]);
            prop_assert!(found.iter().any(|(t, v, _)| *t == words && *v == value), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_counted_back_has_that_many_days(count in 2i32..90, day in any_day()) {
        let found = read(&format!("Over the past {count} days it has rained."), day, &[Way::Durations]);
        let value: Value = found[0].1.parse().unwrap();
        let (first, last) = value.days().unwrap();
        prop_assert_eq!(((last - first).get_days() + 1, last), (count, day));
    }

    #[test]
    fn the_ends_of_a_range_are_its_days(first in any_day(), days in 1i64..900) {
        let last = first.checked_add(jiff::Span::new().days(days)).unwrap();
        let written = |d: Date| format!("{} {} {}", d.day(), MONTHS[d.month() as usize - 1], d.year());
        let text = format!("The works went on from {} to {} in the valley.", written(first), written(last));
        let found = read(&text, last, &[Way::Ends]);
        let values: Vec<String> = found.into_iter().map(|(_, value, _)| value).collect();
        prop_assert_eq!(values, [first.to_string(), last.to_string()]);
    }

    #[test]
    fn parts_lie_in_their_period(year in 1900i16..2060, month in 1usize..=12, part in prop_oneof![Just("early"), Just("mid"), Just("late")]) {
        let day = Date::new(2019, 5, 15).unwrap();
        for period in [format!("{} {year}", MONTHS[month - 1]), format!("{year}")] {
            let text = format!("The hall was built in {part}{}{period}.", if part == "mid" { "-" } else { " " });
            let days = |ways: &[Way]| read(&text, day, ways)[0].1.parse::<Value>().unwrap().days().unwrap();
            let (whole, narrow) = (days(&[]), days(&[Way::Parts]));
            prop_assert!(whole.0 <= narrow.0 && narrow.1 <= whole.1 && narrow != whole, "{text}");
        }
    }

    #[test]
    fn every_value_to_the_day_is_as_long_as_before(day in any_day(), text in "(in|by|since|from|early|late|the|of|1980s|2012|May|June 2014|summer|last year|to|[0-9]{1,2}|, ){1,12}") {
        let (ours, daily) = (read(&text, day, &[]), read(&text, day, &[Way::Days]));
        prop_assert_eq!(ours.len(), daily.len());
        for (a, b) in ours.iter().zip(&daily) {
            let days = |value: &str| value.parse::<Value>().unwrap().days();
            prop_assert_eq!((a.2, days(&a.1)), (b.2, days(&b.1)));
        }
    }

    #[test]
    fn any_text_is_marked_without_crossings(text in "\\PC{0,60}", words in "((the|last|past|three|years|ago|about|each|week|from|1914|to|1918|end of|в течение|недели|лет|назад|около|каждый|год|2012 г\\.|вчера|, |9 мая|World War II|now|недавно|[0-9]{1,3}-летний|срок|\n) ){0,24}") {
        let day = Date::new(2019, 5, 15).unwrap();
        let all: Vec<Way> = Way::ALL.iter().map(|way| way.0).collect();
        for text in [text, words] {
            for ways in [&all[..], &[Way::Extents, Way::Durations, Way::Retold]] {
                let found = read(&text, day, ways);
                for pair in found.windows(2) {
                    prop_assert!(pair[0].2.1 <= pair[1].2.0, "{text:?}: {pair:?}");
                }
                for (words, value, (start, end)) in found {
                    prop_assert!(start < end && value.parse::<Value>().is_ok(), "{text:?}: {words} {value}");
                }
            }
        }
    }
}

#[test]
fn the_convention_is_a_set() {
    let one = Convention::from_iter([Way::Ends, Way::Extents]);
    assert_eq!(one, Convention::timex3());
    assert_eq!(one.with([Way::Ends]), one);
}
