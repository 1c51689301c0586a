//! Texts marked by another tagger, brought to our guidelines by a model of our own.
//!
//! The other tagger knows more words, ours knows where a body's name begins and ends. So people
//! and places stay as the other marked them; an organization that both found has our bounds; one
//! that only ours found is left open, so that the learner decides.

use super::cache::Words;
use super::model::Model;
use super::samples::{Mark, Sample, outermost};
use super::{headlines, tag_with};
use crate::mention::TaggedKind;
use crate::page::Page;

/// How sure our own model must be to move a bound.
const SURE: f32 = 0.5;

/// The sample with its marks brought to our guidelines by a stored model of its language.
#[must_use]
pub(crate) fn reconcile(sample: &Sample, model: &Model, russian: bool, caches: &mut [Words; 2]) -> Sample {
    let mut page = Page::new(&sample.text, true);
    let models = if russian { [None, Some(model)] } else { [Some(model), None] };
    let (places, bodies) = headlines::looked_up(&mut page);
    let tagged = tag_with(&page, &places, &bodies, models, caches);
    let mut marks = sample.marks.clone();
    for name in tagged.iter().filter(|t| t.kind == TaggedKind::Organization && t.confidence > SURE) {
        let span = page.text.tokens[name.tokens.0 as usize].span.join(page.text.tokens[name.tokens.1 as usize - 1].span);
        let mut met = marks.iter().filter(|m| m.span.overlaps(span)).peekable();
        let both = met.clone().any(|m| m.kind == TaggedKind::Organization);
        let fits = met.clone().all(|m| span.contains(m.span) || m.kind == TaggedKind::Organization);
        let alone = met.peek().is_none();
        if both && fits {
            marks.retain(|m| !m.span.overlaps(span));
            marks.push(Mark { span, kind: TaggedKind::Organization, optional: false, core: None });
        } else if !both && (alone || fits) {
            marks.retain(|m| !m.span.overlaps(span));
            marks.push(Mark { span, kind: TaggedKind::Organization, optional: true, core: None });
        }
    }
    let mut sample = sample.clone();
    sample.marks = outermost(marks);
    sample
}
