//! Places that no table has, told by the row they stand in: "from Shrosha, Telavi and Okwenya".
//!
//! Two places of the row must be known, none of them a state; a name that the model takes for a
//! person's or a body's is left alone.

use std::borrow::Cow;

use super::resolve::Finder;
use super::unlisted::{is_free, sorted};
use crate::mention::{Fact, Mention, PlaceFact, Rule};

/// How surely such a name is a place.
const IN_ROW: f32 = 0.5;

impl Finder<'_> {
    /// Adds the unknown last names of rows of places.
    pub(super) fn in_rows(&self, out: &mut Vec<Mention>) {
        let text = self.text;
        let spans = sorted(out);
        let state = |m: &Mention| matches!(&m.fact, Fact::Place(place) if matches!(place.kind, "country" | "continent"));
        let mut small: Vec<_> = out.iter().filter(|m| !state(m)).map(|m| m.span).collect();
        small.sort_by_key(|s| s.start);
        let added: Vec<Mention> = small
            .windows(2)
            .filter_map(|pair| {
                let (first, second) = (text.tokens_in(pair[0]), text.tokens_in(pair[1]));
                let next = self.behind_link(second.end)?;
                let row = self.behind_link(first.end) == Some(second.start);
                if !row || !is_free(&spans, text.span(next, next)) || !self.stands_alone(next) {
                    return None;
                }
                let fact = Fact::Place(PlaceFact::default());
                let mut mention = Mention::new(text.span(next, next), fact, Rule::Grammar("places", "row"), IN_ROW);
                mention.because.push(Cow::Borrowed("in a row of places"));
                Some(mention)
            })
            .collect();
        out.extend(added);
    }

    /// The token behind a comma or "and", or both.
    fn behind_link(&self, at: usize) -> Option<usize> {
        let and = |k: usize| matches!(self.text.fold(k), "and" | "и");
        let comma = self.text.mark(at) == b',';
        let next = at + usize::from(comma);
        let next = next + usize::from(and(next));
        (next > at && self.text.same_line(at.saturating_sub(1), next)).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;

    #[test]
    fn an_unknown_name_in_a_row_of_places_is_one() {
        assert_eq!(
            Record::of("The potters came by bus from Telavi, Zugdidi and Vardisunabo.").texts("place"),
            ["Telavi", "Zugdidi", "Vardisunabo"]
        );
        assert_eq!(
            Record::of("Schools were opened in Naryn, Talas, and Okwenyar this year.").texts("place"),
            ["Naryn", "Talas", "Okwenyar"]
        );
    }

    #[test]
    fn a_row_of_states_or_people_tells_nothing() {
        assert_eq!(Record::of("Guests from Georgia, Armenia and Interpol came.").texts("place"), ["Georgia", "Armenia"]);
        assert_eq!(Record::of("In Telavi and Zugdidi, Volunteers worked.").texts("place"), ["Telavi", "Zugdidi"]);
    }
}
