//! Which lines are the release and which belong to the page around it.
//!
//! A press release copied from a web page brings the page's menus, counters, share bars, teasers
//! of other stories and comment forms along. Each line is judged by its shape and words, its place
//! and its neighbours ([`features`], [`cues`]), all lines together as one sequence ([`model`]):
//! head of the page, headline, release, end of the page. Nothing is deleted: a mask says what to
//! pass over, with a class and a rule for each stretch.
//!
//! "About the donor" paragraphs, press contacts, photo captions and a closing line with the source
//! are the release. A line that is furniture only in part is taken as a whole.

mod calendar;
mod cues;
mod features;
mod model;
#[cfg(test)]
mod train;

use crate::span::Span;
use crate::text::Text;
use features::Line;
use model::State;

/// A stretch of page furniture, within one line.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Where it stands, without its line end.
    pub span: Span,
    /// menu, breadcrumb, language, share, counter, print, navigation, teaser, comments, copyright,
    /// credit, subscription, tags, login, cookie, correction, rating, notice, posted, saved,
    /// attachment, contact, weather, date; site where only the place tells.
    pub class: &'static str,
    /// The rule that says so: `cues:` and the words, or `lines/` and the part of the page.
    pub rule: String,
}

/// The zones of a text.
#[derive(Debug, Default)]
pub struct Zones {
    /// Page furniture, in order, without overlaps.
    pub stretches: Vec<Stretch>,
    /// The headline.
    pub title: Option<Span>,
}

impl Zones {
    /// Finds page furniture and the headline.
    #[must_use]
    pub fn find(text: &Text) -> Self {
        let lines = features::lines(text);
        let states = model::states(&lines);
        let mut zones = Self::default();
        let title = states.iter().position(|&s| s == State::Title).map(|at| lines[at].number);
        let headline = title.map(|number| text.slice(text.lines[number].span).trim());
        for (line, &state) in lines.iter().zip(&states) {
            let span = text.lines[line.number].span;
            if state == State::Title {
                zones.title = trimmed(text, span);
            }
            // the headline once more above itself is no furniture
            if state.is_furniture() && headline != Some(text.slice(span).trim()) {
                let (class, rule) = why(line, state);
                zones.stretches.push(Stretch { span, class, rule });
            }
        }
        zones
    }

    /// Whether `span` lies in page furniture.
    #[must_use]
    pub fn holds(&self, span: Span) -> bool {
        let i = self.stretches.partition_point(|s| s.span.end <= span.start);
        self.stretches.get(i).is_some_and(|s| s.span.overlaps(span))
    }
}

/// A line without the white space and the heading marks of Markdown around it.
fn trimmed(text: &Text, span: Span) -> Option<Span> {
    let slice = text.slice(span);
    let front = slice.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let front = front.strip_prefix('#').map_or(front, |rest| rest.trim_start_matches('#').trim_start());
    let start = span.start as usize + (slice.len() - front.len());
    let kept = front.trim_end();
    (!kept.is_empty()).then(|| Span::new(start, start + kept.len()))
}

/// The class of a masked line, and the rule that names it.
fn why(line: &Line, state: State) -> (&'static str, String) {
    if let Some(cue) = line.reading.cue() {
        return (cue.class, format!("cues:{}", cue.phrase));
    }
    if (line.days.any || line.days.time) && line.days.rest == 0 {
        return ("date", "lines/date".into());
    }
    match state {
        State::Head if line.reading.pieces >= 3 => ("menu", "lines/menu".into()),
        State::Head => ("site", "lines/head".into()),
        State::Tail => ("teaser", "lines/tail".into()),
        _ => ("site", "lines/inset".into()),
    }
}
