//! Short forms of states behind a town: "Rome, N.Y.", "Joplin, MO", "Windsor, Ont.".
//!
//! A form says which of many namesakes the town is, and is a place itself there; nowhere else is it
//! read, as most forms are words too ("IN", "OR", "Miss."). `data/places/states.tsv` has the forms.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::gazetteer::{Place, PlaceKind, Readings};
use super::resolve::Finder;
use crate::mention::{Fact, Mention, PlaceFact, Rule};
use crate::table;
use crate::text::{Case, Kind, Phrases, Text};

/// How surely the short form behind a town of the state is the state.
const SURE: f32 = 0.95;

/// A state with its country.
#[derive(Clone, Copy)]
struct State {
    name: &'static str,
    country: [u8; 2],
}

/// The forms, with and without the dot at their end.
static FORMS: LazyLock<Phrases<State>> = LazyLock::new(|| {
    let mut forms: Phrases<State> = Phrases::default();
    for [form, name, country] in table::rows::<3>(include_str!("../../data/places/states.tsv")) {
        let &[a, b] = country.as_bytes() else { continue };
        let state = State { name, country: [a, b] };
        forms.insert(form, state);
        forms.insert(form.trim_end_matches('.'), state);
    }
    forms
});

/// The short form at token `at`, and one past its last token.
fn form(text: &Text, at: usize) -> Option<(usize, State)> {
    let first = text.tokens.get(at).filter(|t| t.is_capital() && t.kind == Kind::Word)?;
    let (end, &state) = FORMS.longest(text, at)?;
    let dotted = text.mark(end - 1) == b'.';
    // "NY", "N.Y.", "Vt.", "Conn", but no "Me" or "In"
    if !dotted && first.case != Case::Upper && first.span.len() < 3 {
        return None;
    }
    let code = first.case == Case::Upper && first.span.len() == 2;
    Some((if code && dotted && end == at + 2 { end - 1 } else { end }, state))
}

/// A state in short form behind a comma.
pub(super) struct Behind {
    /// Tokens of the form.
    tokens: (usize, usize),
    state: State,
}

/// The state in short form that stands behind a comma at token `comma`.
pub(super) fn behind(text: &Text, comma: usize) -> Option<Behind> {
    if text.mark(comma) != b',' || !text.same_line(comma.checked_sub(1)?, comma) || !text.same_line(comma, comma + 1) {
        return None;
    }
    form(text, comma + 1).map(|(end, state)| Behind { tokens: (comma + 1, end), state })
}

/// One past the last token of a comma and a state in short form.
pub(super) fn past(text: &Text, comma: usize) -> Option<usize> {
    behind(text, comma).map(|b| b.tokens.1)
}

impl Finder<'_> {
    /// What the name of the state in short form behind a town that ends before token `end` may mean.
    pub(super) fn state_behind(&self, end: usize) -> Option<Readings> {
        self.gazetteer.get(behind(self.text, end)?.state.name)
    }

    /// Whether a state stands behind the name in brackets in which no place of its name lies.
    pub(super) fn is_of_another_state(&self, first: usize, bracket: usize) -> bool {
        let Some((end, state)) = form(self.text, bracket + 1) else { return false };
        let i = self.candidates.partition_point(|c| (c.tokens.0 as usize) < first);
        let readings = self.candidates.get(i).filter(|c| c.tokens.0 as usize == first).and_then(|c| c.readings);
        let larger = self.gazetteer.get(state.name);
        let places = readings.into_iter().flat_map(|r| self.gazetteer.readings(r)).filter_map(|r| self.gazetteer.place(r.row()));
        // "New South Wales (NSW)"
        let same = |p: &Place| p.kind == PlaceKind::Admin1 && p.country == Some(state.country) && p.name == state.name;
        self.text.mark(end) == b')'
            && !larger.is_some_and(|larger| places.into_iter().any(|p| same(&p) || self.larger(larger, &p).is_some()))
    }

    /// Adds the states in short form behind the places found, and gives a place that no table has
    /// the country of its state.
    pub(super) fn states_behind(&self, out: &mut Vec<Mention>) {
        let mut found: Vec<Mention> = Vec::new();
        for mention in out.iter_mut() {
            let end = self.text.tokens_in(mention.span).end;
            let Some(Behind { tokens, state }) = behind(self.text, end) else { continue };
            let Fact::Place(place) = &mut mention.fact else { continue };
            let unlisted = place.geonames.is_none() && place.coordinates.is_none() && !matches!(place.kind, "country" | "area");
            let within = place.country == Some(state.country) && place.admin1.as_deref() == Some(state.name);
            // "Almaty, IN": two letters in a line of capitals are as likely a word
            if !within && (!unlisted || self.shouts(tokens.0)) {
                continue;
            }
            let Some(fact) = self.state(state) else { continue };
            if !within {
                place.country = Some(state.country);
            }
            let rule = Rule::Row("places", fact.geonames.map_or_else(|| fact.name.clone(), |id| Cow::Owned(id.to_string())));
            let mut short = Mention::new(self.text.span(tokens.0, tokens.1 - 1), Fact::Place(fact), rule, SURE);
            short.because.push(Cow::Owned(format!("behind {}", self.text.slice(mention.span))));
            found.push(short);
        }
        if found.is_empty() {
            return;
        }
        out.retain(|m| !found.iter().any(|f| f.span.overlaps(m.span)));
        out.append(&mut found);
    }

    fn state(&self, state: State) -> Option<PlaceFact> {
        let readings = self.gazetteer.get(state.name)?;
        let mut places = self.gazetteer.readings(readings).filter_map(|r| self.gazetteer.place(r.row()));
        let place = places.find(|p| p.kind == PlaceKind::Admin1 && p.country == Some(state.country))?;
        Some(PlaceFact {
            name: place.name.clone(),
            country: place.country,
            coordinates: place.coordinates,
            geonames: (place.geonames != 0).then_some(place.geonames),
            kind: place.kind.name(),
            admin1: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;

    fn places(text: &str) -> Vec<String> {
        let found = Record::of(text);
        let places = found.mentions.iter().filter(|m| m.kind == "place");
        places.map(|m| format!("{}={}:{}", m.text, m.country.as_deref().unwrap_or("-"), m.name.as_deref().unwrap_or_default())).collect()
    }

    #[test]
    fn a_state_in_short_form_says_which_town() {
        let found = places("A new laboratory\n\nROME, N.Y. – A laboratory was opened in Rome. The people of Rome came to see it.\n");
        assert_eq!(found, ["ROME=US:Rome", "N.Y.=US:New York", "Rome=US:Rome", "Rome=US:Rome"]);
        let found = places("The clinic in Windsor, Ont., is open.\nThe school in Joplin, MO has been mended.\n");
        assert_eq!(found, ["Windsor=CA:Windsor", "Ont.=CA:Ontario", "Joplin=US:Joplin", "MO=US:Missouri"]);
    }

    #[test]
    fn no_state_where_a_word_stands() {
        assert_eq!(places("She came to Almaty, Miss. Petrova said, IN May.\n"), ["Almaty=KZ:Almaty"]);
    }
}
