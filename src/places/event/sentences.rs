//! What each sentence is to the event: dated by it, reporting it, about money, about before.

use std::sync::LazyLock;

use crate::mention::{DateRole, Fact, Mention};
use crate::page::Page;
use crate::table;
use crate::text::{Kind, Phrases, facts};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    Held,
    Money,
    Visit,
    Statement,
    Online,
    Seat,
    Post,
    Event,
    Parting,
    Elsewhere,
    Venue,
    Call,
    Result,
    Life,
    Tour,
    Study,
}

static CUES: LazyLock<Phrases<Cue>> = LazyLock::new(|| {
    let mut cues: Phrases<Cue> = Phrases::default();
    for [word, class] in table::rows::<2>(include_str!("../../../data/places/event_cues.tsv")) {
        cues.insert(
            word,
            match class {
                "money" => Cue::Money,
                "visit" => Cue::Visit,
                "statement" => Cue::Statement,
                "online" => Cue::Online,
                "seat" => Cue::Seat,
                "post" => Cue::Post,
                "event" => Cue::Event,
                "parting" => Cue::Parting,
                "call" => Cue::Call,
                "result" => Cue::Result,
                "venue" => Cue::Venue,
                "life" => Cue::Life,
                "tour" => Cue::Tour,
                "study" => Cue::Study,
                "elsewhere" => Cue::Elsewhere,
                _ => Cue::Held,
            },
        );
    }
    cues.with_fact(facts::CUE_OF_EVENT)
});

/// The verbs of coming among them: few of the words that begin a cue begin one.
static COMING: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let mut coming = Phrases::default();
    for [word, _] in table::rows::<2>(include_str!("../../../data/places/event_cues.tsv")).filter(|[_, class]| *class == "visit") {
        coming.insert(word, ());
    }
    coming
});

/// The hashes of the words that begin a cue.
pub(in crate::places) fn first_words() -> impl Iterator<Item = (u64, u64)> {
    CUES.first_words().map(|hash| (hash, facts::CUE_OF_EVENT))
}

/// What a sentence is to the event.
#[derive(Clone, Copy, Default)]
pub(super) struct Sentence {
    /// The token of the event's date.
    pub date: Option<usize>,
    /// It holds the event's date.
    pub dated: bool,
    /// It holds a date that is not the event's.
    pub other: bool,
    /// The first token of a verb that something takes place.
    pub held: Option<usize>,
    /// It names a happening: "a meeting", «ярмарка».
    pub event: bool,
    /// It says that money is given.
    pub money: bool,
    /// It says that something is held without a place: "webinar", «онлайн».
    pub online: bool,
    /// It states, demands or reports.
    pub statement: bool,
    /// It says that one may apply.
    pub call: bool,
    /// It says who won.
    pub result: bool,
    /// It says what a survey found.
    pub study: bool,
    /// The last token of a verb of coming to a place.
    pub visit: Option<usize>,
    /// Its number among the release's sentences of some length, after the headline.
    pub rank: Option<u32>,
    /// How many of those stand before it.
    pub after: u32,
}

/// The token behind a verb of coming and its preposition, when the verb begins at the token: "came
/// to", «прибыла в».
pub(in crate::places) fn after_coming(text: &crate::text::Text, token: usize) -> Option<usize> {
    if !text.tokens.get(token).is_some_and(|verb| COMING.may_begin(verb.hash)) {
        return None;
    }
    let Some((end, Cue::Visit)) = CUES.longest(text, token) else { return None };
    match text.fold(end) {
        "в" | "во" | "to" | "in" if text.same_line(token, end) => Some(end + 1),
        _ => matches!(text.fold(end - 1), "to" | "in").then_some(end),
    }
}

/// Whether the word is a body's or its head's, so that "in" after it says where that has its seat:
/// "the office in Osh", «посольство в Душанбе».
pub(in crate::places) fn is_seat(text: &crate::text::Text, token: usize) -> bool {
    matches!(CUES.longest(text, token), Some((end, Cue::Seat | Cue::Post)) if end == token + 1)
}

/// Whether the word is a post's: "director", «посол».
pub(in crate::places) fn is_post(text: &crate::text::Text, token: usize) -> bool {
    matches!(CUES.longest(text, token), Some((_, Cue::Post)))
}

/// Whether the word parts what comes after it from a preposition before it: "with", «который».
pub(super) fn is_parting(text: &crate::text::Text, token: usize) -> bool {
    matches!(CUES.longest(text, token), Some((_, Cue::Parting)))
}

/// Whether a verb of something taking place begins at the token: "hosted", «принял».
pub(super) fn is_held(text: &crate::text::Text, token: usize) -> bool {
    matches!(CUES.longest(text, token), Some((_, Cue::Held)))
}

/// Whether the word names a building or another spot where things happen: "school", «на территории».
pub(super) fn is_venue(text: &crate::text::Text, token: usize) -> bool {
    matches!(CUES.longest(text, token), Some((_, Cue::Venue)))
}

/// Whether a verb of somebody's life ends before the preposition at the token: "born in", «живёт в».
pub(super) fn is_life(text: &crate::text::Text, preposition: usize) -> bool {
    preposition.checked_sub(1).is_some_and(|verb| matches!(CUES.longest(text, verb), Some((end, Cue::Life)) if end == preposition))
}

/// Whether "in" before the word says no place: "in order", «в рамках».
pub(super) fn is_elsewhere(text: &crate::text::Text, token: usize) -> bool {
    matches!(CUES.longest(text, token), Some((_, Cue::Elsewhere)))
}

/// All sentences of a page, and where words stand that say that something happens.
pub(super) struct Sentences {
    pub all: Vec<Sentence>,
    /// The tokens of such verbs and nouns, in order.
    happenings: Vec<usize>,
    /// The tokens behind verbs of coming and of visiting, in order.
    goals: Vec<usize>,
}

impl Sentences {
    /// The sentence of that number.
    pub fn get(&self, number: usize) -> Sentence {
        self.all.get(number).copied().unwrap_or_default()
    }

    /// Whether somebody comes to what begins at the token: "travelled to Osh", «посетили Ош».
    pub fn is_goal(&self, token: usize) -> bool {
        self.goals.binary_search(&token).is_ok()
    }

    /// How many tokens lie between the token and the nearest word of a happening in its sentence.
    pub fn near(&self, text: &crate::text::Text, token: usize) -> Option<usize> {
        let i = self.happenings.partition_point(|h| *h < token);
        let sentence = text.tokens.get(token)?.sentence;
        let same = |h: &&usize| text.tokens.get(**h).is_some_and(|t| t.sentence == sentence);
        let before = i.checked_sub(1).and_then(|i| self.happenings.get(i)).filter(same).map(|h| token - h);
        // what stands after it says less
        let after = self.happenings.get(i).filter(same).map(|h| 2 * (h - token) + 2);
        before.into_iter().chain(after).min()
    }
}

/// All sentences of the page; `title_line` is that of the headline.
pub(super) fn read(page: &Page, mentions: &[Mention], title_line: Option<u32>) -> Sentences {
    let mut happenings = Vec::new();
    let mut goals: Vec<usize> = Vec::new();
    let text = &page.text;
    let mut out = vec![Sentence::default(); text.sentences.len()];
    for mention in mentions.iter().filter(|m| !page.in_furniture(m.span)) {
        if let Fact::Date(date) = &mention.fact
            && let Some(sentence) = out.get_mut(text.sentence_at(mention.span.start))
        {
            match date.role {
                DateRole::Event => {
                    sentence.dated = true;
                    sentence.date.get_or_insert(text.token_at(mention.span.start));
                }
                DateRole::Other => sentence.other = true,
                DateRole::Published => {}
            }
        }
    }
    for at in text.candidates(0..text.tokens.len(), facts::CUE_OF_EVENT) {
        let token = &text.tokens[at];
        if token.kind != Kind::Word || token.span.len() <= 2 {
            continue;
        }
        if let Some((end, &cue)) = CUES.longest(text, at)
            && let Some(sentence) = out.get_mut(token.sentence as usize)
        {
            match cue {
                Cue::Money => sentence.money = true,
                Cue::Seat | Cue::Post | Cue::Parting | Cue::Elsewhere | Cue::Venue | Cue::Life => {}
                Cue::Study => sentence.study = true,
                Cue::Event => {
                    sentence.event = true;
                    happenings.push(at);
                }
                Cue::Statement => sentence.statement = true,
                Cue::Online => sentence.online = true,
                Cue::Call => sentence.call = true,
                Cue::Result => sentence.result = true,
                Cue::Visit | Cue::Tour => {
                    let goal = if cue == Cue::Tour { Some(end) } else { after_coming(text, at) };
                    let goal = goal.map(|goal| goal + usize::from(text.fold(goal) == "the"));
                    goals.extend(goal.filter(|&goal| goals.last().is_none_or(|&last| last < goal)));
                    sentence.visit.get_or_insert(end);
                    sentence.held.get_or_insert(at);
                    happenings.push(at);
                }
                Cue::Held => {
                    sentence.held.get_or_insert(at);
                    happenings.push(at);
                }
            }
        }
    }
    let from = title_line.map_or(0, |line| line + 1);
    let title = page.zones.title.map(|title| text.slice(title).trim());
    let long = text
        .sentences
        .iter()
        .enumerate()
        .filter(|(_, s)| s.tokens.1 - s.tokens.0 >= 8)
        .filter(|(_, s)| text.tokens.get(s.tokens.0 as usize).is_some_and(|t| t.line >= from))
        .filter(|(_, s)| !page.in_furniture(s.span))
        .filter(|(_, s)| title.is_none_or(|title| title != text.slice(s.span)));
    for (rank, (n, _)) in long.enumerate() {
        out[n].rank = Some(rank as u32);
    }
    let mut ranks = 0;
    for sentence in &mut out {
        sentence.after = ranks;
        ranks += u32::from(sentence.rank.is_some());
    }
    Sentences { all: out, happenings, goals }
}
