//! Measures a model on marked texts: its own names, before any rule.

use super::cache::Words;
use super::model::Model;
use super::samples::Sample;
use super::{headlines, tag_with};
use crate::mention::{Tagged, TaggedKind};
use crate::organizations::gate::Example;
use crate::page::Page;
use crate::{organizations, places};

/// Marked, found, right in both bounds, right by overlap: for each kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    counts: [[usize; 4]; 3],
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut all = [0; 4];
        for (name, counts) in ["ORG", "PER", "PLACE"].iter().zip(&self.counts) {
            write!(f, "{name} {:.1}/{:.1} of {}  ", f1(counts, 2), f1(counts, 3), counts[0])?;
            for (sum, count) in all.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        write!(f, "all {:.1}/{:.1}", f1(&all, 2), f1(&all, 3))
    }
}

/// Strict (2) or overlap (3) F1, in hundredths.
fn f1(counts: &[usize; 4], which: usize) -> f64 {
    200.0 * counts[which] as f64 / (counts[0] + counts[1]).max(1) as f64
}

/// Adds the figures of a stored model on the samples of a language.
///
/// # Errors
/// When the bytes are no model.
pub fn measure<'a>(
    bytes: Vec<u8>,
    samples: impl Iterator<Item = &'a Sample>,
    russian: bool,
    errors: bool,
    figures: &mut Figures,
) -> Result<(), String> {
    // a model lives as long as the program; a training run makes few
    let model = Model::read(Box::leak(bytes.into_boxed_slice())).ok_or("the learnt model cannot be read")?;
    let mut caches = [Words::new(), Words::new()];
    for sample in samples {
        let mut page = Page::new(&sample.text, true);
        if sample.is_russian(&page) != russian {
            continue;
        }
        let models = if russian { [None, Some(&model)] } else { [Some(&model), None] };
        let (places, bodies) = headlines::looked_up(&mut page);
        let mut found = tag_with(&page, &places, &bodies, models, &mut caches);
        let span = |t: &Tagged| page.text.tokens[t.tokens.0 as usize].span.join(page.text.tokens[t.tokens.1 as usize - 1].span);
        let excused = |t: &Tagged| {
            let at = span(t);
            sample.apart.iter().any(|a| a.contains(at))
                || sample.marks.iter().any(|m| {
                    m.span.overlaps(at) && (m.optional || m.kind == TaggedKind::Organization && t.kind != m.kind && m.span.contains(at))
                })
        };
        for mark in sample.marks.iter().filter(|m| !m.optional && !sample.apart.iter().any(|a| a.contains(m.span))) {
            let counts = &mut figures.counts[mark.kind as usize];
            counts[0] += 1;
            let hit = found
                .iter()
                .position(|t| t.kind == mark.kind && span(t) == mark.span)
                .or_else(|| found.iter().position(|t| t.kind == mark.kind && span(t).overlaps(mark.span)));
            match hit {
                Some(n) => {
                    let tagged = found.remove(n);
                    counts[1] += 1;
                    counts[3] += 1;
                    counts[2] += usize::from(span(&tagged) == mark.span);
                    if errors && span(&tagged) != mark.span {
                        println!(
                            "{}\t{:?}\tbounds\t{}\t{}",
                            sample.id,
                            mark.kind,
                            page.text.slice(mark.span),
                            page.text.slice(span(&tagged))
                        );
                    }
                }
                None if errors => println!("{}\t{:?}\tmissed\t{}", sample.id, mark.kind, page.text.slice(mark.span)),
                None => {}
            }
        }
        for tagged in found.iter().filter(|t| !excused(t)) {
            figures.counts[tagged.kind as usize][1] += 1;
            if errors {
                println!("{}\t{:?}\tspurious\t{}\t{:.2}", sample.id, tagged.kind, page.text.slice(span(tagged)), tagged.confidence);
            }
        }
    }
    Ok(())
}

/// The organizations of samples that the model alone finds there, with what the gate sees of them. Names
/// with a mark's bounds are right, others beside a mark say nothing.
pub(crate) fn doubtful<'a>(samples: impl Iterator<Item = (&'a Sample, f32)>, model: &Model, russian: bool) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut caches = [Words::new(), Words::new()];
    let gazetteer = places::Gazetteer::default();
    for (sample, weight) in samples {
        let mut page = Page::new(&sample.text, false);
        if sample.is_russian(&page) != russian {
            continue;
        }
        let models = if russian { [None, Some(model)] } else { [Some(model), None] };
        let (candidates, known) = headlines::looked_up(&mut page);
        let tagged = tag_with(&page, &candidates, &known, models, &mut caches);
        let mentions = places::find(&page, &gazetteer, &candidates, &tagged);
        for (span, signs) in organizations::doubtful(&page, &known, &tagged, &mentions) {
            let mut near = sample.marks.iter().filter(|m| m.kind == TaggedKind::Organization && m.span.overlaps(span));
            let (excused, beside) = (near.clone().any(|m| m.optional), near.clone().next().is_some());
            let right = near.any(|m| m.span == span || m.core == Some(span));
            let apart = sample.apart.iter().any(|a| a.overlaps(span)) || page.in_furniture(span);
            if !excused && !apart && (right || !beside) {
                examples.push(Example { signs, right, weight });
            }
        }
    }
    examples
}
