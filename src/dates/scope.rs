//! What stands before a date and narrows it: "since", «до», "by" (a bound), "early", «в конце» (a
//! part).

use crate::mention::{Bound, Part};

use super::expression::{Expression, Shape};
use super::reader::{Item, Reader};
use super::words::{Class, Unit};

/// Sets the bound and the part of an expression from the words before it. "mid-March" and "early
/// 2020" become part of the mark, «в начале июня» and "the end of 2020" do not.
pub(super) fn settle(r: &Reader, e: &mut Expression) {
    let mut at = e.first;
    let broad = e.to.is_none() && !matches!(e.shape, Shape::Day { .. } | Shape::Weekday { .. } | Shape::Shift { unit: Unit::Day, .. });
    if e.rule.1 == "part-of-unit" {
        e.part = r.value(at, Class::PartOf).or_else(|| r.value(at, Class::Part)).and_then(part_of);
    } else if broad {
        // "mid-March", "early 2020"
        let word = if r.mark(at.wrapping_sub(1), b'-') { at.checked_sub(2) } else { at.checked_sub(1) };
        if let Some(word) = word
            && let Some(part) = r.value(word, Class::Part)
        {
            e.part = part_of(part);
            e.first = word;
            e.span.start = r.text.tokens[word].span.start;
            at = word;
        } else {
            let word = (1..=3).find_map(|back| {
                let word = at.checked_sub(back)?;
                let between = (word + 1..at).all(|j| {
                    // "the beginning of around next week"
                    matches!(r.at(j), Item::Word(Class::Of | Class::The | Class::Same, _)) || matches!(r.text.fold(j), "around" | "about")
                });
                let part = r.value(word, Class::PartOf)?;
                between.then_some((word, part))
            });
            let word = word.or_else(|| third_of_month(r, at));
            if let Some((word, part)) = word {
                e.part = part_of(part);
                at = word;
                if r.is(at.wrapping_sub(1), Class::The) {
                    at -= 1;
                }
            }
        }
    }
    if e.to.is_some() {
        // "mid-January to mid-March"
        let word = if r.mark(at.wrapping_sub(1), b'-') { at.wrapping_sub(2) } else { at.wrapping_sub(1) };
        if matches!(e.shape, Shape::Month { .. }) && r.is(word, Class::Part) {
            e.first = word;
            e.span.start = r.text.tokens[word].span.start;
        }
        return;
    }
    if r.is(at.wrapping_sub(1), Class::The) {
        at -= 1;
    }
    e.bound = match r.before(at) {
        Item::Word(Class::From, 0) | Item::Word(Class::Since, _) => Some(Bound::From),
        Item::Word(Class::Until | Class::By, _) => Some(Bound::Until),
        _ => None,
    };
}

/// «во второй декаде» before a month: its place and which third it is.
fn third_of_month(r: &Reader, at: usize) -> Option<(usize, i16)> {
    let word = at.checked_sub(2).filter(|_| r.is(at - 1, Class::TenDays))?;
    match r.at(word) {
        Item::Word(Class::Ordinal, n @ 1..=3) => Some((word, n - 1)),
        Item::Word(Class::DeicticSpan, -1) => Some((word, 2)),
        Item::Roman(n @ 1..=3) => Some((word, i16::from(n) - 1)),
        _ => None,
    }
}

fn part_of(value: i16) -> Option<Part> {
    match value {
        0 => Some(Part::Start),
        1 => Some(Part::Middle),
        2 => Some(Part::End),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::dates::find;
    use crate::mention::{DateFact, Fact};
    use crate::page::Page;

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
}
