//! One reading for each stretch of text, where finders disagree.

use crate::mention::{Fact, Mention};

/// Keeps the best of mentions that exclude each other, marks those that lie inside an
/// organization's or a project's name as nested, and sorts by place in the text.
///
/// A place, a date or an organization may lie inside a longer organization or project. Otherwise
/// two mentions that share a byte exclude each other: the longer wins, at equal length the more
/// confident one.
#[must_use]
pub fn settle(mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.sort_by(|a, b| {
        let key = |m: &Mention| {
            (std::cmp::Reverse(m.span.len()), std::cmp::Reverse((m.confidence * 1000.0) as i32), m.span.start, order(&m.fact))
        };
        key(a).cmp(&key(b))
    });
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mut mention in mentions {
        let mut free = true;
        for other in kept.iter().filter(|o| o.span.overlaps(mention.span)) {
            if other.span.contains(mention.span) && other.span != mention.span && may_hold(&other.fact, &mention.fact) {
                mention.nested = true;
            } else {
                free = false;
                break;
            }
        }
        if free {
            kept.push(mention);
        }
    }
    kept.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), order(&m.fact)));
    kept
}

/// Whether a name of the one kind may have a mention of the other inside.
fn may_hold(outer: &Fact, inner: &Fact) -> bool {
    match outer {
        Fact::Project(_) => !matches!(inner, Fact::Money(_) | Fact::Project(_)),
        Fact::Organization(_) => matches!(inner, Fact::Place(_) | Fact::Date(_)),
        _ => false,
    }
}

fn order(fact: &Fact) -> u8 {
    match fact {
        Fact::Project(_) => 0,
        Fact::Organization(_) => 1,
        Fact::Person(_) => 2,
        Fact::Place(_) => 3,
        Fact::Date(_) => 4,
        Fact::Money(_) => 5,
    }
}
