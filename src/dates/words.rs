//! The words of calendar expressions, from `data/dates/english.tsv` and `russian.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table;
use crate::text::{Filter, Text};

/// What a word can be in a calendar expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// 1 to 12.
    Month,
    /// "jan"
    MonthShort,
    /// "may", "мая": a month, and a common word or part of names.
    MonthOrWord,
    /// 1 (Monday) to 7.
    Weekday,
    /// "mon"
    WeekdayShort,
    /// «среда»: a weekday, and a common word.
    WeekdayOrWord,
    /// "mondays": a frequency, or a count of days.
    WeekdayPlural,
    /// "third"
    Ordinal,
    /// "three"
    Cardinal,
    /// "a"
    Article,
    /// "the"
    The,
    /// The letters after the digits of an ordinal: "th", «го».
    Suffix,
    /// The letters after the digits of a decade: "s", «х».
    Plural,
    /// A unit of time, in [`Unit`]'s numbers.
    Unit,
    /// «годы», «лет»: years only.
    UnitPlural,
    /// «г» (1), «гг» (2)
    YearMark,
    /// «числа», after a day of the month
    DayMark,
    /// "academic", before "year"
    YearKind,
    /// "morning"
    DayPart,
    /// 1 (winter) to 4.
    Season,
    /// Days from today.
    Day,
    /// «вчерашний»
    DayAdjective,
    /// «накануне»
    Eve,
    /// "last" (−1), "this" (0), "next" (1), «позапрошлый» (−2)
    Deictic,
    /// «последний»: with a count only.
    DeicticSpan,
    /// The same, from the date told last: "that", "following".
    Told,
    /// «же»
    Same,
    /// "of"
    Of,
    /// "in", «в»
    In,
    /// "and"
    And,
    /// "to" in ranges; 1 for "through".
    To,
    /// "until", «до»
    Until,
    /// "from", «с»
    From,
    /// "since"
    Since,
    /// "between"
    Between,
    /// "by", «к»
    By,
    /// "ago" (−1), "hence" (1)
    Ago,
    /// "later" (1), "earlier" (−1)
    Later,
    /// "before"
    Before,
    /// "now"
    Now,
    /// "early" (0), "mid" (1), "late" (2)
    Part,
    /// "beginning" (0), «середина» (1), "end" (2)
    PartOf,
    /// «декада», a third of a month
    TenDays,
    /// "AD" (1), "BC" (−1)
    Era,
    /// «эры»
    EraWord,
    /// «н» (0), «э» (1)
    EraLetter,
    /// "on"
    On,
    /// Other words before dates.
    Preposition,
    /// "every"
    Every,
    /// «через» (1), «спустя» (2)
    Through,
    /// «т», in «т.г.»
    ThisLetter,
    /// "its", before a year as an adjective
    Possessive,
    /// "act", "treaty": the number behind its "of" is a year
    Deed,
    /// "page", "tel": the number behind it is no year
    Label,
    /// "street"
    Address,
}

impl Class {
    /// Whether an expression may begin with a word of the class.
    pub(super) fn may_open(self) -> bool {
        use Class::*;
        matches!(
            self,
            Month | MonthShort | MonthOrWord | Weekday | WeekdayShort | WeekdayOrWord | Ordinal | Cardinal | Season | The | Article
        ) || matches!(self, Unit | UnitPlural | Day | DayAdjective | Eve | Through | Deictic | DeicticSpan | Told)
            || matches!(self, In | PartOf | Part | Later | From | ThisLetter | YearKind)
    }
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Weekend,
    Season,
    Fortnight,
}

impl Unit {
    pub(super) fn new(number: i16) -> Self {
        match number {
            1 => Unit::Day,
            2 => Unit::Week,
            3 => Unit::Month,
            4 => Unit::Quarter,
            5 => Unit::Half,
            7 => Unit::Decade,
            8 => Unit::Century,
            9 => Unit::Weekend,
            10 => Unit::Season,
            11 => Unit::Fortnight,
            _ => Unit::Year,
        }
    }
}

/// A word's class and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub class: Class,
    pub value: i16,
}

fn class(name: &str) -> Option<Class> {
    Some(match name {
        "month" => Class::Month,
        "month-short" => Class::MonthShort,
        "month-or-word" => Class::MonthOrWord,
        "weekday" => Class::Weekday,
        "weekday-short" => Class::WeekdayShort,
        "weekday-or-word" => Class::WeekdayOrWord,
        "weekday-plural" => Class::WeekdayPlural,
        "ordinal" => Class::Ordinal,
        "cardinal" => Class::Cardinal,
        "article" => Class::Article,
        "the" => Class::The,
        "suffix" => Class::Suffix,
        "plural" => Class::Plural,
        "unit" => Class::Unit,
        "unit-plural" => Class::UnitPlural,
        "year-mark" => Class::YearMark,
        "daymark" => Class::DayMark,
        "year-kind" => Class::YearKind,
        "daypart" => Class::DayPart,
        "season" => Class::Season,
        "day" => Class::Day,
        "day-adjective" => Class::DayAdjective,
        "eve" => Class::Eve,
        "deictic" => Class::Deictic,
        "deictic-span" => Class::DeicticSpan,
        "told" => Class::Told,
        "same" => Class::Same,
        "of" => Class::Of,
        "in" => Class::In,
        "and" => Class::And,
        "to" => Class::To,
        "until" => Class::Until,
        "from" => Class::From,
        "since" => Class::Since,
        "between" => Class::Between,
        "by" => Class::By,
        "ago" => Class::Ago,
        "later" => Class::Later,
        "before" => Class::Before,
        "now" => Class::Now,
        "part" => Class::Part,
        "part-of" => Class::PartOf,
        "ten-days" => Class::TenDays,
        "era" => Class::Era,
        "era-word" => Class::EraWord,
        "era-letter" => Class::EraLetter,
        "on" => Class::On,
        "preposition" => Class::Preposition,
        "every" => Class::Every,
        "through" => Class::Through,
        "this-letter" => Class::ThisLetter,
        "possessive" => Class::Possessive,
        "deed" => Class::Deed,
        "label" => Class::Label,
        "address" => Class::Address,
        _ => return None,
    })
}

const TABLES: [&str; 2] = [include_str!("../../data/dates/english.tsv"), include_str!("../../data/dates/russian.tsv")];

static WORDS: LazyLock<(FxHashMap<u64, Word>, Filter)> = LazyLock::new(|| {
    let (mut words, mut filter) = (FxHashMap::default(), Filter::new(13));
    for [forms, name, value] in TABLES.iter().flat_map(|t| table::rows::<3>(t)) {
        let (Some(class), Ok(value)) = (class(name), value.parse()) else { continue };
        for form in table::values(forms) {
            if let [token] = Text::new(form).tokens[..] {
                words.insert(token.hash, Word { class, value });
                filter.add(token.hash);
            }
        }
    }
    (words, filter)
});

/// The word with this hash, if the tables have it.
pub(super) fn word(hash: u64) -> Option<Word> {
    let (words, filter) = &*WORDS;
    if filter.may_hold(hash) { words.get(&hash).copied() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_used() {
        for table in TABLES {
            let mut seen = rustc_hash::FxHashSet::default();
            for [forms, name, value] in table::rows::<3>(table) {
                assert!(class(name).is_some(), "no class {name}");
                assert!(value.parse::<i16>().is_ok(), "{forms}: {value}");
                for form in table::values(forms) {
                    let text = Text::new(form);
                    assert_eq!(text.tokens.len(), 1, "{form}");
                    assert_eq!(text.fold(0), form, "write words folded");
                    assert!(seen.insert(form), "{form} stands twice");
                }
            }
        }
    }
}
