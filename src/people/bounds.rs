//! Where a name begins and ends that the model or a rule points at, and what is none though it looks so.
//!
//! Titles, posts, fields and places go from the front, letters and marks from the end, initials on both
//! sides come in. A people, a law, a region or a post alone is no person.

use super::reader::{FOREIGN, Reader};
use crate::lexicon::forms as forms_of_names;
use crate::lexicon::hints::{self, Hint};
use crate::lexicon::{self, FIRST_NAME, PARTICLE, POST, REGION, SURNAME, TITLE};
use crate::text::{Case, Kind, Script};

impl Reader<'_, '_> {
    /// Takes titles and posts from the front, and what is no name from the end; adds initials
    /// that stand beside.
    pub(super) fn bounds(&self, mut first: usize, mut last: usize) -> Option<(usize, usize)> {
        // "Federal Prosecutor Anna Lee": all up to the last word of the post
        let says_post = |i: usize| {
            let classes = self.classes(i);
            classes & (POST | TITLE) != 0 && !self.may_call(i) || self.is_post_of_many(i)
        };
        if let Some(post) = (first..last.saturating_sub(1)).rev().find(|&i| says_post(i)) {
            first = post + 1;
        }
        while first < last {
            let classes = self.classes(first);
            let title = classes & (TITLE | POST) != 0 && (!self.may_call(first) || self.text.tokens[first].case == Case::Lower)
                || self.is_post_of_many(first);
            // "Minister of Roads and | Health Aida Orozova"
            let field = last - first > 2
                && (classes & lexicon::NAMELIKE != 0 || self.is_field(first))
                && first > 0
                && (matches!(self.text.fold(first - 1), "of" | "for" | "and" | "&" | ",")
                    || first > 1 && self.is(first - 1, "the") && self.is(first - 2, "of"))
                && self.is_capital(first + 1);
            let mark = self.token(first).is_some_and(|t| t.kind == Kind::Mark);
            let particle = self.token(first).is_some_and(|t| t.case == Case::Lower) && classes & PARTICLE == 0;
            // "председатель города Рогун Сунатулло Саидзода"
            let place = last - first > 2
                && self.mentioned(first)
                && classes & (FIRST_NAME | SURNAME) == 0
                && self.classes(first + 1) & (FIRST_NAME | SURNAME | REGION) != 0;
            // "director for Moldova and | Belarus Anna Reed", "for Kenya and East | Africa Anna Reed"
            let before = |n: usize| first.checked_sub(n).map_or("", |k| self.text.fold(k));
            let last_place = last - first > 2
                && (before(1) == "and" && first > 1 && self.label(first - 2).place
                    || matches!(before(1), "east" | "west" | "central" | "north" | "south" | "southern")
                        && matches!(before(2), "and" | "for" | "of"))
                && classes & (FIRST_NAME | SURNAME) == 0
                && self.classes(first + 1) & FIRST_NAME != 0;
            // "Chairman of Kant District Aida Orozova"
            let kind = last - first > 2
                && classes & (REGION | lexicon::HEAD | lexicon::UNIT) != 0
                && classes & (FIRST_NAME | SURNAME) == 0
                && self.is_capital(first + 1);
            // "Does Anna Lee know", "Dear Anna"
            let opener = last - first > 1
                && forms_of_names::of(self.text.tokens[first].hash).is(forms_of_names::Form::OPENER)
                && classes & (FIRST_NAME | lexicon::ASIAN_SURNAME) == 0
                && self.is_capital(first + 1);
            // "President RCCI Ch. Nadeem Rauf"
            let letters = {
                let token = &self.text.tokens[first];
                token.case == Case::Upper && token.script == Script::Latin && (4..=8).contains(&token.span.len())
            };
            let lettered = letters && last - first > 2 && self.text.tokens[first + 1].case == Case::Title;
            if lettered {
                first += 1;
            } else if self.is_excellency(first) {
                first = (first + 4).min(last);
            } else if title || field || mark || particle || place || last_place || kind || opener {
                first += 1;
            } else {
                break;
            }
        }
        while last > first {
            let token = &self.text.tokens[last - 1];
            let stop = self.is(last - 1, ".") && last - 1 > first && self.initial(last - 2).is_some();
            if !stop && (token.kind != Kind::Word || token.case == Case::Lower && self.classes(last - 1) & PARTICLE == 0) {
                last -= 1;
            } else {
                break;
            }
        }
        // initials to the left and to the right
        let his_excellency = first >= 4 && self.is_excellency(first - 4);
        while !his_excellency
            && first >= 2
            && self.initial(first - 2) == Some(first)
            && self.text.same_line(first - 2, first)
            && self.is_initial_of(first - 2, first)
        {
            first -= 2;
        }
        if last > first
            && self.initial(last).is_some()
            && self.text.same_line(first, last)
            && last - first == 1
            && self.text.tokens[first].script == Script::Cyrillic
        {
            while let Some(next) = self.initial(last) {
                last = next;
            }
        }
        if last < self.text.tokens.len() && last > first && self.is(last, ".") && !self.spaced(last) && self.initial(last - 1).is_some() {
            last += 1; // "Исмагулова А" "."
        }
        let mut words = (first..last).filter(|&i| self.is_capital(i)).count();
        // "Rommel P. Roldan PAF": a rank's or a body's letters after a name that is full without
        let end = &self.text.tokens[last.saturating_sub(1)];
        if words > 2
            && end.case == Case::Upper
            && self.text.fold(last - 1).chars().count() <= 4
            && self.text.tokens[first].case == Case::Title
        {
            last -= 1;
            words -= 1;
        }
        // «цитирует Лунина ТАСС»: a surname and the letters of who says it
        if words == 2
            && end.case == Case::Upper
            && end.script == Script::Cyrillic
            && self.text.tokens[first].case == Case::Title
            && self.classes(first) & (SURNAME | FIRST_NAME) == SURNAME
            && self.text.fold(last - 1).chars().count() <= 5
            && self.classes(last - 1) & SURNAME == 0
        {
            last -= 1;
            words -= 1;
        }
        if words == 0 {
            return None;
        }
        let alone = last - first == 1;
        let loud = alone && self.text.tokens[first].case == Case::Upper;
        let short = self.text.fold(first).chars().count() <= 4;
        let common = alone && self.classes(first) & FOREIGN & !lexicon::SETTLEMENT != 0;
        // "President-Designate and Chairman": a post alone, though it ends as surnames do
        let classes = self.classes(first);
        let post = alone && classes & POST != 0 && classes & (FIRST_NAME | lexicon::LISTED) == 0;
        let second_half =
            alone && first > 1 && self.is(first - 1, "-") && !self.spaced(first) && self.classes(first - 2) & (POST | TITLE) != 0;
        // "D-Md.": a seat
        let seat = self.text.fold(first).len() == 1 && self.is(first + 1, "-") && !self.spaced(first + 1);
        // "House Republicans": many people
        let many = self.text.tokens[last - 1].script == Script::Latin
            && (hints::is(self.text.fold(last - 1), Hint::MANY_PEOPLE) || hints::is(self.text.fold(last - 1), Hint::NO_PERSON));
        // "Clayton Act": a law that is called after somebody
        let law = |i: usize| self.is_capital(i) && self.is(i, "act");
        let many = many || law(last - 1) || alone && law(last) && self.text.same_line(first, last);
        // "Communist China", "Northern Garda"
        let land = last == first + 2 && self.mentioned(last - 1) && hints::is(self.text.fold(first), Hint::LAND_OPENER);
        let many = many || land;
        // "GARDA—Today", "Sen. | Reed": a dateline, a title
        let dated = loud && self.is(last, "-") && !self.spaced(last);
        let titled = alone && self.classes(first) & TITLE != 0 && self.is(last, ".") && !self.spaced(last) && self.is_capital(last + 1);
        let refused = dated || titled || many || seat || common || loud && short || post || second_half || self.dedicated(first);
        (!refused).then_some((first, last))
    }

    /// "Senators Reed", "Reps. Lee and Reed": a post that several hold.
    pub(super) fn is_post_of_many(&self, i: usize) -> bool {
        let many = self.text.fold(i);
        let latin = self.text.tokens[i].script == Script::Latin && self.classes(i) & (FIRST_NAME | SURNAME) == 0;
        let is_post = |one: &str| one.len() > 2 && lexicon::classes(one) & (POST | TITLE) != 0;
        if many == "speaker" && self.is_capital(i + 1) {
            return true; // of a parliament
        }
        latin && many.ends_with('s') && (many == "deputies" || many.strip_suffix('s').is_some_and(is_post))
    }

    /// Whether token `i` is a word for a field of work: "Employment".
    pub(super) fn is_field(&self, i: usize) -> bool {
        forms_of_names::is_word(self.text.fold(i), forms_of_names::Form::FIELD)
    }

    /// Whether a word that is also a post or a title may be what somebody is called: "Ombudsman" only ends so.
    pub(super) fn may_call(&self, i: usize) -> bool {
        let classes = self.classes(i);
        let ending = self.text.tokens[i].script == Script::Latin && classes & lexicon::LISTED == 0;
        classes & FIRST_NAME != 0 || classes & SURNAME != 0 && !ending
    }

    /// "H.E. Aida Orozova": letters before a name that are no initials.
    pub(super) fn is_excellency(&self, first: usize) -> bool {
        self.is(first, "h") && self.is(first + 1, ".") && self.is(first + 2, "e") && self.is(first + 3, ".")
    }
}
