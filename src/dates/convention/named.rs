//! Expressions that a table knows whole: vague ones ("now", «недавно») and named periods ("World
//! War II").

use std::sync::LazyLock;

use crate::mention::Rule;
use crate::table;
use crate::text::{Phrases, Text};

use super::{Convention, Found, Way};
use crate::mention::value::{Reference, Value};

static VAGUE: LazyLock<Phrases<Reference>> = LazyLock::new(|| {
    let mut all = Phrases::default();
    for [phrases, place] in table::rows::<2>(include_str!("../../../data/dates/vague.tsv")) {
        let Some(reference) = reference(place) else { continue };
        for phrase in table::values(phrases) {
            all.insert(phrase, reference);
        }
    }
    all
});

fn reference(name: &str) -> Option<Reference> {
    Some(match name {
        "past" => Reference::Past,
        "present" => Reference::Present,
        "future" => Reference::Future,
        _ => return None,
    })
}

static PERIODS: LazyLock<Phrases<(&'static str, Value)>> = LazyLock::new(|| {
    let mut all = Phrases::default();
    for [names, value] in table::rows::<2>(include_str!("../../../data/dates/periods.tsv")) {
        let (Some(key), Ok(value)) = (table::values(names).next(), value.parse()) else { continue };
        for name in table::values(names) {
            all.insert(name, (key, value));
        }
    }
    all
});

/// The expression that begins at token `i`.
pub(super) fn read(text: &Text, i: usize, convention: Convention) -> Option<Found> {
    let period = || {
        let (end, &(key, value)) = PERIODS.longest(text, i)?;
        Some(Found { first: i, end, value, rule: Rule::Row("periods", key.into()) })
    };
    let vague = || {
        let (end, &place) = VAGUE.longest(text, i)?;
        Some(Found { first: i, end, value: Value::Reference(place), rule: Rule::Grammar("vague", "phrase") })
    };
    let period = convention.has(Way::Periods).then(period).flatten();
    period.or_else(|| convention.has(Way::Vague).then(vague).flatten())
}

#[cfg(test)]
mod tests {
    use super::super::Way;
    use super::super::tests::marks;
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_used() {
        for [phrases, place] in table::rows::<2>(include_str!("../../../data/dates/vague.tsv")) {
            assert!(reference(place).is_some(), "{phrases}");
        }
        for [names, value] in table::rows::<2>(include_str!("../../../data/dates/periods.tsv")) {
            assert!(value.parse::<Value>().is_ok_and(|value| value.days().is_some()), "{names}: {value}");
        }
    }

    #[test]
    fn what_is_vague_and_what_has_a_name() {
        let found = marks("It was recently found, and now it is shown.", &[Way::Vague]);
        assert_eq!(found, ["recently=PAST_REF", "now=PRESENT_REF"]);
        assert_eq!(marks("В настоящее время школа закрыта.", &[Way::Vague]), ["настоящее время=PRESENT_REF"]);
        let found = marks("It was lost in World War II, unlike in the Middle Ages.", &[Way::Periods]);
        assert_eq!(found, ["World War II=1939-09-01/1945-09-02", "Middle Ages=0400/1499"]);
        assert_eq!(marks("Его построили до Второй мировой войны.", &[Way::Periods]), ["Второй мировой войны=1939-09-01/1945-09-02"]);
    }
}
