//! Places that no table has and that a dateline names: "Chuka (TN), Feb 24, KNA –", «Ак-Таш, 5 мая –».
//!
//! The name stands at the head of a line, before a day and a dash; a bracket with an abbreviation
//! and a newswire may stand between. Newspapers, whose names are in the tables, are left alone.

use std::borrow::Cow;

use super::gazetteer::PlaceKind;
use super::postal;
use super::resolve::Finder;
use crate::mention::{Fact, Mention, PlaceFact, Rule, TaggedKind};
use crate::text::{Case, Kind, facts};

/// How many lines from the top of a text may begin with a dateline.
const LINES: usize = 12;
/// How many words its name may have.
const WORDS: usize = 3;
/// Within how many tokens after the name the dash must stand.
const REACH: usize = 14;

impl Finder<'_> {
    /// Adds the place that a dateline names, when none is known there.
    pub(super) fn datelined(&self, out: &mut Vec<Mention>) {
        let text = self.text;
        for line in text.lines.iter().filter(|l| l.tokens.0 < l.tokens.1).take(LINES) {
            let (first, stop) = (line.tokens.0 as usize, line.tokens.1 as usize);
            let Some(end) = self.head(first, stop).filter(|&end| self.is_followed(end, stop)) else { continue };
            let span = text.span(first, end - 1);
            if out.iter().any(|m| m.span.overlaps(span)) || matches!(self.model(first, end), Some((TaggedKind::Organization, _))) {
                continue;
            }
            let fact = PlaceFact { kind: PlaceKind::Village.name(), ..PlaceFact::default() };
            let mut mention = Mention::new(span, Fact::Place(fact), Rule::Grammar("places", "dateline"), 0.6);
            mention.because.push(Cow::Borrowed("it stands in a dateline"));
            out.push(mention);
            return;
        }
    }

    /// The end of the words in capitals that the line begins with.
    fn head(&self, first: usize, stop: usize) -> Option<usize> {
        let text = self.text;
        let word = |t: usize| {
            text.tokens
                .get(t)
                .is_some_and(|t| t.kind == Kind::Word && t.span.len() > 2 && matches!(t.case, Case::Title | Case::Mixed | Case::Upper))
                && !text.may_be(t, facts::DATE)
        };
        let mut end = first;
        for _ in 0..WORDS {
            if end >= stop || !word(end) {
                break;
            }
            end += 1;
            while end + 1 < stop && text.mark(end) == b'-' && !text.tokens[end].spaced && !text.tokens[end + 1].spaced && word(end + 1) {
                end += 2;
            }
        }
        (end > first && end < stop).then_some(end)
    }

    /// Whether a comma or a bracket, a day and a dash come after the token before `end`.
    fn is_followed(&self, end: usize, stop: usize) -> bool {
        let text = self.text;
        let reach = stop.min(end + REACH);
        let mut at = end;
        let bracket = text.mark(at) == b'(';
        if bracket {
            let Some(close) = (at..reach.min(at + 6)).find(|&t| text.mark(t) == b')') else { return false };
            at = close + 1;
        }
        if let Some(past) = postal::past(text, at) {
            // "Elmwood Springs, N.Y. –": the state says enough
            let dash = |t: usize| t < stop && text.mark(t) == b'-' && text.tokens[t].spaced;
            if dash(past) || text.mark(past) == b'-' && text.mark(past - 1) == b'.' {
                return true;
            }
            at = past;
        }
        if text.mark(at) == b',' {
            at += 1;
        } else if !bracket {
            return false;
        }
        let Some(dash) = (at..reach).find(|&t| text.mark(t) == b'-' && text.tokens[t].spaced) else { return false };
        // "Feb 24", «5 мая», "12 May 2019": a word of the calendar beside a number
        let day = (at..dash.min(at + 4)).any(|t| {
            text.tokens[t].kind == Kind::Word
                && text.may_be(t, facts::DATE)
                && (t..t + 3).chain(t.saturating_sub(1)..t).any(|n| n >= at && n < dash && text.tokens[n].kind == Kind::Number)
        });
        day && (at..dash).all(|t| text.tokens[t].kind != Kind::Word || text.may_be(t, facts::DATE) || text.tokens[t].is_capital())
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;

    #[test]
    fn a_village_before_the_day_and_a_newswire() {
        let text = "A well for the school\n\nChukwani (TN), Feb 24, KNA - A well has been dug for the school by the parents.\n";
        assert!(Record::of(text).texts("place").contains(&"Chukwani"));
        assert!(Record::of("Tiriga-Busu, July 12 – Parents have dug a well.\n").texts("place").contains(&"Tiriga-Busu"));
    }

    #[test]
    fn no_line_that_only_begins_with_a_capital() {
        assert!(Record::of("Parents, teachers and pupils met on 5 May - and dug a well.\n").texts("place").is_empty());
        assert!(Record::of("Minutes, 12 points.\n").texts("place").is_empty());
    }
}
