//! Where the main event happens.
//!
//! Every place of the release is weighed by how it stands there: its kind, the headline, the
//! dateline, a preposition that says where, the sentences that report what happens or carry the
//! event's date, what comes before it ("from", «из»), whether it stands in a list. What speaks for a
//! district speaks also for the one village in it where something happens, and three districts of
//! a region speak for the region. One more choice is that there is no such place. The weights in `data/places/event_weights.tsv` are those of
//! greatest likelihood (a softmax over the choices, with a Gaussian prior) on annotated releases:
//! `dateline train-places` fits them and says how well they do on releases not learnt from.
//! Cue words stand in `data/places/event_cues.tsv`.

mod compare;
mod features;
mod fit;
mod sentences;
mod standing;

use std::sync::LazyLock;

pub use fit::fit;
pub(super) use sentences::{after_coming, first_words, is_post, is_seat};

use crate::mention::{DateRole, Fact, Mention, Rule, Settled};
use crate::page::Page;
use crate::span::Span;
use crate::table;
use features::{COUNT, F, Features, Options};

/// The place of the main event.
#[derive(Clone, Debug)]
pub struct EventPlace {
    /// The mention it comes from.
    pub mention: Span,
    /// The usual English name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<[u8; 2]>,
}

type Weights = [f32; COUNT];

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let mut weights = [0.0; COUNT];
    for [name, weight] in table::rows::<2>(include_str!("../../../data/places/event_weights.tsv")) {
        if let Some(feature) = features::named(name) {
            weights[feature] = weight.parse().unwrap_or(0.0);
        }
    }
    weights
});

fn weigh(features: &Features, weights: &Weights) -> f32 {
    features.iter().zip(weights).map(|(f, w)| f * w).sum()
}

/// The number of the best option by the weights of all, and how likely it is.
fn best(all: &[f32]) -> (usize, f32) {
    let Some((i, &most)) = all.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0))) else { return (0, 0.0) };
    let sum: f32 = all.iter().map(|w| (w - most).exp()).sum();
    (i, 1.0 / sum)
}

/// How surely a release that says nowhere else where something happens tells of the town it is sent from.
const DATELINE: f32 = 0.55;

impl Options<'_> {
    /// The one place of a dateline, where no place is chosen.
    fn dateline(&self, chosen: usize) -> Option<usize> {
        let open = chosen >= self.places.len();
        let mut lines = self.places.iter().enumerate().filter(|(_, c)| c.has(F::dateline) && !c.has(F::dateline_wire));
        let (i, one) = lines.next().filter(|_| open)?;
        (lines.next().is_none() && !one.has(F::dateline_shared) && !matches!(one.place.kind, "country" | "area")).then_some(i)
    }
}

/// Whether the text says when something happens, be it "today" of a day that nothing tells.
fn is_dated(mentions: &[Mention]) -> bool {
    mentions.iter().any(|m| matches!(&m.fact, Fact::Date(date) if date.role == DateRole::Event))
}

/// Where the main event takes place: the mention's span and the place itself.
#[must_use]
pub fn event_place(page: &Page, mentions: &[Mention]) -> Settled<EventPlace> {
    if !mentions.iter().any(|m| matches!(m.fact, Fact::Place(_))) {
        return Settled::No("no place in text");
    }
    let options = features::read(page, mentions);
    if options.places.is_empty() {
        return Settled::No("no place in text");
    }
    let weights: Vec<f32> =
        options.places.iter().map(|o| &o.features).chain([&options.none]).map(|features| weigh(features, &WEIGHTS)).collect();
    let (i, likely) = best(&weights);
    let (i, likely) = options.dateline(i).filter(|_| is_dated(mentions)).map_or((i, likely), |dateline| (dateline, DATELINE));
    let Some(chosen) = options.places.get(i) else { return Settled::No("no place is said to be that of the event") };
    Settled::Is {
        value: EventPlace { mention: chosen.mention, name: chosen.place.name.to_string(), country: chosen.place.country },
        evidence: Some(chosen.mention),
        rule: Rule::Grammar("places", "event"),
        confidence: likely.clamp(0.05, 0.99),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Record;

    fn place(text: &str) -> Option<String> {
        Record::of(text).event_place.map(|p| p.name)
    }

    #[test]
    fn where_it_happens_and_not_whence_they_come() {
        let text =
            "Seminar for farmers\n\nOn 5 May 2019 a seminar for farmers from Naryn was held in Osh. Guests from Germany took part.\n";
        assert_eq!(place(text).as_deref(), Some("Osh"));
        assert_eq!(place("Слушатели из Хорога приехали 3 марта 2020 года в Душанбе, где прошёл тренинг.").as_deref(), Some("Dushanbe"));
    }

    #[test]
    fn the_village_and_not_the_district_of_the_headline() {
        let text = "Clinic opened in Nookat district\n\nBISHKEK, 6 May 2019 – On 5 May a clinic was opened in the village of Durbanek, Nookat district. \
            It will serve 900 people.\n";
        assert_eq!(place(text).as_deref(), Some("Durbanek"));
        let text = "В Ноокатском районе открыли медпункт\n\nВ селе Дурбанек Ноокатского района Ошской области 5 мая 2019 года \
            состоялось открытие медпункта. Он будет принимать 900 человек.\n";
        assert_eq!(place(text).as_deref(), Some("Durbanek"));
    }

    #[test]
    fn where_they_came_to_and_not_what_they_recall() {
        let text = "Visitors from Norway\n\nOn 5 May 2019 the delegation travelled to Naryn and met farmers. “In Oslo we had heard a \
            great deal about your sheep and your roads,” said its head, who was born in Bergen.\n";
        assert_eq!(place(text).as_deref(), Some("Naryn"));
    }

    #[test]
    fn a_dateline_stands_behind_a_stamp_as_well() {
        let text = "date 2019-05-14 BISHKEK: A clinic was opened by the minister today. It will serve 900 people of the region.";
        assert_eq!(place(text).as_deref(), Some("Bishkek"));
    }

    #[test]
    fn the_town_that_a_dated_release_is_sent_from() {
        let text =
            "Statement on wells\n\nMILTON, Vt.—Today, Senator Ann Orlova released a statement on the wells that were dug last year.\n";
        assert_eq!(place(text).as_deref(), Some("Milton"));
    }

    #[test]
    fn no_place_no_event_place() {
        assert_eq!(place("A text about nothing in particular."), None);
    }

    #[test]
    fn the_table_of_weights_is_of_this_code() {
        let table = include_str!("../../../data/places/event_weights.tsv");
        let rows: Vec<&str> = table::rows::<2>(table).map(|[name, _]| name).collect();
        assert_eq!(rows, features::NAMES, "make the weights anew: dateline train-places, see data/README.md");
    }
}
