//! The sequence model: names of organizations, people and places by their context.
//!
//! A linear-chain CRF over the tokens of a sentence, one table of hashed features for English and
//! one for Russian, learnt by `dateline train` from marked texts; see `data/names/CARD.md`. It
//! decides by script which table a sentence is read with. Rules and tables downstream may
//! overrule it: what it gives is a name's stretch, its kind, and how sure that is.

pub(crate) mod cache;
pub mod classes;
mod features;
pub(crate) mod headlines;
mod lattice;
pub(crate) mod model;
pub mod samples;
mod seams;
pub mod silver;
pub mod train;
pub mod trial;
mod votes;

use std::sync::LazyLock;

use cache::{Stretch, Words};
pub(crate) use features::form;
use features::{Context, Shape};
use lattice::Lattice;
use model::Model;
use votes::Votes;

use crate::mention::{Tagged, TaggedKind};
use crate::organizations::KnownBody;
use crate::page::Page;
use crate::places::Candidate;
use crate::text::{Facts, Text, is_russian};

const KINDS: [TaggedKind; 3] = [TaggedKind::Organization, TaggedKind::Person, TaggedKind::Place];

static ENGLISH: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(include_bytes!("../../data/generated/names.en.bin")));
static RUSSIAN: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(include_bytes!("../../data/generated/names.ru.bin")));

/// Tags the names of a page, in order, without overlaps.
#[must_use]
pub fn tag(page: &Page, places: &[Candidate], bodies: &[KnownBody]) -> Vec<Tagged> {
    let models = [ENGLISH.as_ref(), RUSSIAN.as_ref()];
    cache::with(|caches| tag_with(page, places, bodies, models, caches))
}

/// Tokens that are labelled together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// The first, and one past the last.
    pub tokens: (usize, usize),
    pub russian: bool,
    /// Whether it begins a stretch; others begin after a token that is outside of any name.
    pub begins: bool,
}

/// What the first pass makes of a page: its runs with their sums and labels.
#[derive(Debug, Default)]
pub(crate) struct Pass {
    pub runs: Vec<Run>,
    /// Of all runs, one after the other.
    pub sums: Vec<model::Sums>,
    /// Likewise.
    pub labels: Vec<u8>,
    pub votes: Votes,
}

/// By how much a token that is no capital, nor stands after one, must be better outside of a name
/// than in one so that nothing behind it is looked at before the next capital.
const SURE: f32 = 6.0;
/// How far before the next capital tokens are looked at again, and before one in quotation marks,
/// whose name may begin outside of them: «в компании «Заря»».
const LEAD: usize = 2;
const LEAD_OF_QUOTE: usize = 4;

/// Labels a page sentence by sentence. Where no name can go on, `sure` of it, tokens are passed over
/// up to the next capital's neighbours.
pub(crate) fn first_pass(page: &Page, context: &Context, models: [Option<&Model>; 2], caches: &mut [Words; 2], sure: f32) -> Pass {
    let tokens = &page.text.tokens;
    let count = tokens.len();
    let mut pass =
        Pass { runs: Vec::new(), sums: Vec::with_capacity(count), labels: Vec::with_capacity(count), votes: Votes::with_room(count) };
    let mut stretch = Stretch::default();
    let mut lattice = Lattice::default();
    let mut around = Vec::new();
    for sentence in &page.text.sentences {
        let range = (sentence.tokens.0 as usize, sentence.tokens.1 as usize);
        stretches(&page.text, range, &mut around);
        if around.is_empty() {
            continue;
        }
        let russian = is_russian(&tokens[range.0..range.1]);
        let which = usize::from(russian);
        let Some(model) = models[which] else { continue };
        for &(first, last) in &around {
            stretch.begin(model, &mut caches[which], (first, last));
            let mut from = first;
            while from < last {
                lattice.begin(model, model.start_of(from == first), stretch.sums(model, &mut caches[which], page, context, from));
                let mut at = from + 1;
                let mut next = last;
                while at < last {
                    lattice.step(model, stretch.sums(model, &mut caches[which], page, context, at));
                    at += 1;
                    if !tokens[at - 1].is_capital() && !tokens[at - 2].is_capital() && lattice.margin() > sure {
                        let capital = (at..last).find(|&i| tokens[i].is_capital());
                        let lead = if capital.is_some_and(|i| context.shape(i - 1) == Shape::Quote) { LEAD_OF_QUOTE } else { LEAD };
                        let from = capital.map_or(last, |capital| capital - lead.min(capital - at));
                        if from > at {
                            next = from;
                            break;
                        }
                    }
                }
                lattice.close(model, next > at);
                pass.votes.count(tokens, context, from, &lattice.best);
                pass.runs.push(Run { tokens: (from, at), russian, begins: from == first });
                pass.sums.extend_from_slice(stretch.of((from, at)));
                pass.labels.extend_from_slice(&lattice.best);
                from = next.max(at);
                stretch.skip_to(from);
            }
        }
    }
    pass
}

/// Tags with the given models, for English and Russian.
pub(crate) fn tag_with(
    page: &Page,
    places: &[Candidate],
    bodies: &[KnownBody],
    models: [Option<&Model>; 2],
    caches: &mut [Words; 2],
) -> Vec<Tagged> {
    let context = Context::new(page, places, bodies);
    let mut pass = first_pass(page, &context, models, caches, SURE);
    let tokens = &page.text.tokens;
    let mut tagged = Vec::new();
    let mut lattice = Lattice::default();
    let mut from = 0;
    for &Run { tokens: (first, last), russian, begins } in &pass.runs {
        let Some(model) = models[usize::from(russian)] else { continue };
        let to = from + last - first;
        let (sums, best) = (&mut pass.sums[from..to], &pass.labels[from..to]);
        let start = model.start_of(begins);
        let mut voted = false;
        if model.has_votes() {
            for (n, sums) in sums.iter_mut().enumerate() {
                pass.votes.rows(tokens, &context, (first + n, from + n), best[n], |row| {
                    voted = true;
                    model.add_vote(row, sums);
                });
            }
        }
        if voted {
            lattice.label(model, start, sums);
            names((model, start), sums, &lattice.best, first, &mut tagged);
        } else {
            names((model, start), sums, best, first, &mut tagged);
        }
        from = to;
    }
    seams::part(&page.text, places, bodies, &mut tagged);
    tagged
}

/// How far from a capital a token may stand and still belong to a name: a long name's tail.
const TAIL: usize = 10;
/// A sentence's longest stretch that is read at once.
const LONGEST: usize = 400;

/// The stretches of a sentence that may hold names, into `stretches`: those around capitals, and all else
/// apart.
pub(crate) fn stretches(text: &Text, (first, last): (usize, usize), stretches: &mut Vec<(usize, usize)>) {
    stretches.clear();
    for i in text.candidates(first..last, Facts::CAPITAL).filter(|&i| text.tokens[i].is_capital()) {
        let (start, end) = (i.saturating_sub(2).max(first), (i + 1 + TAIL).min(last));
        match stretches.last_mut() {
            Some(open) if open.1 >= start && end - open.0 <= LONGEST => open.1 = end,
            open => {
                let start = open.map_or(start, |open| start.max(open.1));
                stretches.push((start, end));
            }
        }
    }
    stretches.retain(|s| s.0 < s.1);
}

/// Turns labels into names.
fn names((model, start): (&Model, &[f32; model::LABELS]), sums: &[model::Sums], best: &[u8], first: usize, tagged: &mut Vec<Tagged>) {
    let mut i = 0;
    while i < best.len() {
        let label = best[i] as usize;
        if label == model::OUTSIDE {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < best.len() && best[end] as usize == label + 1 && model::continues(label + 1) {
            end += 1;
        }
        let confidence = (i..(end + 1).min(best.len())).map(|j| model.certainty(start, sums, best, j)).fold(1.0, f32::min);
        tagged.push(Tagged {
            tokens: ((first + i) as u32, (first + end) as u32),
            kind: KINDS[(label - 1) / 2],
            confidence,
            margin: model.margin(start, sums, best, (i, end)),
        });
        i = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{organizations, places};

    fn tags(source: &str) -> Vec<(TaggedKind, String)> {
        let page = Page::new(source, true);
        let tagged = tag(&page, &places::lookup(&page, &places::Gazetteer::default()), &organizations::lookup(&page));
        let slice =
            |t: &Tagged| page.text.slice(page.text.tokens[t.tokens.0 as usize].span.join(page.text.tokens[t.tokens.1 as usize - 1].span));
        tagged.iter().map(|t| (t.kind, slice(t).to_string())).collect()
    }

    #[test]
    fn the_stored_models_mark_plain_names_in_both_languages() {
        let english = tags("The Ministry of Education and Aigul Tokoeva opened a school in Bishkek on Monday.");
        assert!(english.contains(&(TaggedKind::Person, "Aigul Tokoeva".into())), "{english:?}");
        assert!(english.contains(&(TaggedKind::Place, "Bishkek".into())), "{english:?}");
        assert!(english.contains(&(TaggedKind::Organization, "Ministry of Education".into())), "{english:?}");
        let russian = tags("Об этом сообщило Министерство образования. Айгуль Токоева открыла школу в Бишкеке.");
        assert!(russian.contains(&(TaggedKind::Person, "Айгуль Токоева".into())), "{russian:?}");
        assert!(russian.contains(&(TaggedKind::Place, "Бишкеке".into())), "{russian:?}");
    }

    #[test]
    fn a_page_gives_the_same_tags_whatever_was_read_before_it() {
        let source = "Anna Reed of the Green Valley Fund met Bob Moss in Osh.";
        let first = tags(source);
        tags("Совсем другой текст: Иван Петров приехал в Ош, где его ждал Фонд «Заря».");
        assert_eq!(first, tags(source));
    }

    #[test]
    fn strange_texts_are_read_without_a_stop() {
        for source in ["", "\n\n", "((((", "A", "«", "Ä́̂ 𝕏 ﷺ", "И. И. И. И.", "\"\"\" A \"\"\""] {
            tags(source);
        }
    }
}
