//! How a mention stands in its sentence: after which preposition or noun, in a list, in a dateline.

use super::sentences;
use crate::mention::{DateRole, Fact, Mention};
use crate::page::Page;
use crate::places::kinds::{self, Scope};
use crate::span::Span;
use crate::text::{Case, Kind, Script, Text};

/// How far before a place the post may stand whose place it is.
const POST_REACH: usize = 8;
/// How far before a place the preposition may stand that governs it through other nouns.
const CHAIN_REACH: usize = 14;
/// Words that say where.
pub(super) const WHERE: [&str; 5] = ["in", "at", "в", "во", "на"];

/// How large the place `large` is when it stands beside the smaller `small` and says where that
/// lies: "Kant (Chuy Region)", «в селе Мады Кара-Суйского района».
pub(super) fn beside(text: &Text, mentions: &[Mention], small: usize, large: usize) -> Option<Size> {
    let (a, b) = (mentions.get(small)?, mentions.get(large)?);
    if !matches!((&a.fact, &b.fact), (Fact::Place(_), Fact::Place(_))) {
        return None;
    }
    let (from, to) = (text.tokens_in(a.span).end, text.tokens_in(b.span).start);
    let close = from <= to
        && to - from <= 3
        && text.same_line(from.checked_sub(1)?, to)
        && (from..to).all(|t| matches!(text.fold(t), "," | "(" | "of" | "in" | "the") || kinds::is_kind_at(text, t));
    if !close {
        return None; // most are not
    }
    let (part, whole) = (size_here(text, a)?, size_here(text, b)?);
    (part < whole).then_some(whole)
}

/// Whether the words up to `last` say whose post or body it is that the place belongs to: "the
/// Deputy Minister of Culture of Georgia", «президента Республики Таджикистан».
pub(super) fn is_of_post(text: &Text, last: usize) -> bool {
    let russian = text.tokens[last].script == Script::Cyrillic;
    if !russian && text.fold(last) != "of" {
        return false;
    }
    let sentence = text.tokens[last].sentence;
    for t in (last.saturating_sub(POST_REACH)..=last).rev() {
        let token = &text.tokens[t];
        let goes_on = if russian {
            token.script == Script::Cyrillic && (token.span.len() > 6 || text.fold(t) == "и" || token.is_capital())
        } else {
            token.is_capital() || matches!(text.fold(t), "of" | "and" | "the" | "for")
        };
        if token.kind != Kind::Word || token.sentence != sentence {
            return false;
        }
        if sentences::is_seat(text, t) {
            return true;
        }
        if !goes_on || russian && is_verb(token, text.fold(t)) {
            return false;
        }
    }
    false
}

/// Whether an abbreviation only says whose something is: "the U.S. Ambassador", "UK experts".
pub(super) fn is_attribute(text: &Text, span: Span, before: &str) -> bool {
    let tokens = text.tokens_in(span);
    let short = tokens
        .clone()
        .all(|t| text.tokens[t].kind == Kind::Mark || !text.str(t).contains(char::is_lowercase) && text.tokens[t].span.len() <= 4);
    let next = text.tokens.get(tokens.end);
    short
        && !WHERE.contains(&before)
        && text.tokens.get(tokens.start).is_some_and(|t| t.script == Script::Latin)
        && next.is_some_and(|t| t.kind == Kind::Word && text.same_line(tokens.start, tokens.end))
        && !matches!(text.fold(tokens.end), "and" | "or" | "to" | "in" | "on" | "for" | "will" | "has" | "have" | "is" | "are" | "was")
}

/// The first token of the place with the word for its kind, and the token of the word that says how it stands.
pub(super) fn word_before(text: &Text, first: usize) -> (usize, Option<usize>) {
    let at = kinds::before(text, first).map_or(first, |(_, start)| start);
    let one_before = |t: usize| t.checked_sub(1).filter(|&b| text.same_line(b, first));
    let before = one_before(at);
    match before {
        Some(b) if text.fold(b) == "the" => (at, one_before(b)),
        _ => (at, before),
    }
}

/// Whether the place stands at the head of a line with the day or a dash: "ALMATY, 5 May –".
pub(super) fn is_dateline(page: &Page, mentions: &[Mention], n: usize) -> bool {
    let text = &page.text;
    let span = mentions[n].span;
    let first = text.token_at(span.start);
    let Some(token) = text.tokens.get(first) else { return false };
    let Some(line) = text.lines.get(token.line as usize) else { return false };
    let (start, stop) = (line.tokens.0 as usize, line.tokens.1 as usize);
    if first > start + 8 {
        return false;
    }
    let near = &mentions[n.saturating_sub(3)..(n + 4).min(mentions.len())];
    // "date 2019-05-14 OSH: The bridge …": behind a stamp the line begins
    let stamp = near.iter().find(|m| {
        matches!(&m.fact, Fact::Date(d) if d.role == DateRole::Published)
            && text.tokens_in(m.span).end == first
            && text.token_at(m.span.start) <= start + 2
    });
    let start = if stamp.is_some() { first } else { start };
    let covered = |t: usize| {
        let span = text.tokens[t].span;
        text.tokens[t].kind == Kind::Mark
            || matches!(text.fold(t), "г" | "гор")
            || near.iter().any(|m| matches!(m.fact, Fact::Place(_) | Fact::Date(_)) && m.span.contains(span))
            || near.iter().any(|m| is_media(m) && m.span.contains(span))
    };
    // behind the place, the day and their dash the text begins
    let begun = near.iter().any(|m| {
        let after = text.tokens_in(m.span).end;
        matches!(m.fact, Fact::Date(_))
            && text.token_at(m.span.start) > start
            && after <= first
            && (after..first).any(|t| text.tokens[t].spaced && text.fold(t) == "-")
    });
    if begun {
        return false;
    }
    let end = text.tokens.partition_point(|t| t.span.end <= span.end);
    let dated = near.iter().any(|m| {
        matches!(&m.fact, Fact::Date(d) if d.role != DateRole::Other)
            && text.tokens.get(text.token_at(m.span.start)).is_some_and(|t| t.line == token.line)
            && text.token_at(m.span.start).abs_diff(first) <= 8
    });
    // "Published 13.11.2017 DUSHANBE, November 13, Asia-Plus --"
    let signed = dated && (end + 1..stop.min(end + 12)).any(|t| text.tokens[t].spaced && text.fold(t) == "-") && text.fold(end) == ",";
    if !(start..first).all(covered) {
        return signed;
    }
    // "ASTANA. KAZINFORM", «Душанбе. /ТАСС/»
    let source = mentions.get(n + 1).or(mentions.get(n + 2)).is_some_and(|m| is_media(m) && text.token_at(m.span.start) <= end + 2);
    if source && (start..first).all(covered) && matches!(text.fold(end), "." | "," | "/" | "-") {
        return true;
    }
    // "Imereti. The training was …"
    let label = (start..first).all(covered)
        && text.mark(end) == b'.'
        && text.tokens.get(end + 1).is_some_and(|t| t.is_capital() && t.spaced && t.line == token.line);
    if label {
        return true;
    }
    // "OSH – The bridge", "OSH—The bridge", "Milton, Vt.- The bridge"
    let dash = |t: usize| {
        text.mark(t) == b'-' && (text.tokens[t].spaced || (text.str(t) != "-" || text.mark(t - 1) == b'.') && (start..t).all(covered))
    };
    let marked = (end..stop.min(end + 9)).any(dash) && (end..stop.min(end + 9)).take_while(|&t| !dash(t)).all(covered);
    let followed = matches!(text.fold(end), "," | "." | "-" | "(" | "/" | ":") || end >= stop;
    (dated && followed) || marked
}

/// Whether the mention is a newspaper or an agency.
pub(super) fn is_media(mention: &Mention) -> bool {
    matches!(&mention.fact, Fact::Organization(body) if body.kind == "media")
}

/// How large a place is by its kind, from small to large.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Size {
    Settlement,
    Municipality,
    District,
    Region,
    Country,
}

/// How large a kind of place is; none for seas and the like, which hold no others.
pub(super) fn size(kind: &str) -> Option<Size> {
    Some(match kind {
        "country" => Size::Country,
        "admin1" => Size::Region,
        "district" => Size::District,
        "municipality" => Size::Municipality,
        "area" | "sea" | "river" | "lake" | "desert" | "mountains" => return None,
        _ => Size::Settlement,
    })
}

/// Whether nothing but a comma or "and" stands between two mentions.
pub(super) fn are_joined(text: &Text, a: &Mention, b: &Mention) -> bool {
    let (from, to) = (text.token_at(a.span.end), text.token_at(b.span.start));
    from < to && to - from <= 2 && (from..to).all(|t| matches!(text.fold(t), "," | "and" | "и" | "-" | ";"))
}

/// How large a place is that a mention names: by its kind, and by the word for one that the mention
/// ends with, as a district is often found by the town it is called after.
pub(super) fn size_here(text: &Text, mention: &Mention) -> Option<Size> {
    let own = size(kind(mention))?;
    let last = text.tokens_in(mention.span).end.checked_sub(1)?;
    let word = kinds::at(text, last).or_else(|| kinds::at(text, last + 1).filter(|_| text.same_line(last, last + 1)));
    Some(match word.map(|word| word.scope) {
        Some(Scope::District) => own.max(Size::District),
        Some(Scope::Admin1 | Scope::Region) => own.max(Size::Region),
        _ => own,
    })
}

/// Whether places of the same rank stand on both sides or after it: a list.
pub(super) fn is_listed(text: &Text, mentions: &[Mention], n: usize) -> bool {
    let rank = |m: &Mention| match &m.fact {
        Fact::Place(place) if !m.nested => Some(matches!(place.kind, "country" | "area")),
        _ => None,
    };
    let Some(own) = rank(&mentions[n]) else { return false };
    let joined = |a: &Mention, b: &Mention| are_joined(text, a, b);
    let same = |m: &Mention| rank(m) == Some(own) && kind(m) == kind(&mentions[n]);
    let next = mentions.get(n + 1).is_some_and(|m| same(m) && joined(&mentions[n], m));
    let last = n.checked_sub(1).and_then(|p| mentions.get(p)).is_some_and(|m| same(m) && joined(m, &mentions[n]));
    next || last
}

pub(super) fn kind(mention: &Mention) -> &'static str {
    match &mention.fact {
        Fact::Place(place) => place.kind,
        _ => "",
    }
}

/// The name that a nested mention is part of.
pub(super) fn whole_of(mentions: &[Mention], n: usize) -> Option<Span> {
    let span = mentions.get(n)?.span;
    let near = mentions[n.saturating_sub(3)..n].iter().chain(mentions.get(n + 1));
    near.filter(|m| !matches!(m.fact, Fact::Place(_)) && m.span.contains(span)).map(|m| m.span).next()
}

/// How a place is said to be where something is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    /// It is not.
    No,
    /// After "in", "at", «в».
    Direct,
    /// Through other nouns: «в школе Вахшского района».
    Chain,
    /// After a body which is itself where: "at the Embassy in Osh".
    Body,
}

/// How the place before which the token `before` stands is where something is; `body` is the first
/// token of the body whose seat it is.
pub(super) fn site(text: &Text, mentions: &[Mention], before: Option<usize>, body: Option<usize>) -> Site {
    let Some(before) = before else { return Site::No };
    if WHERE.contains(&text.fold(before)) {
        return match body {
            _ if sentences::is_life(text, before) => Site::No,
            None => Site::Direct,
            Some(body) if body > 0 && !sentences::is_post(text, body) && is_governed(text, mentions, body - 1) => Site::Body,
            Some(_) => Site::No,
        };
    }
    if is_governed(text, mentions, before) && has_venue(text, before) { Site::Chain } else { Site::No }
}

/// Whether a building, a village or the like is named between a preposition of place and the token.
fn has_venue(text: &Text, last: usize) -> bool {
    (last.saturating_sub(CHAIN_REACH)..=last)
        .rev()
        .take_while(|&t| !WHERE.contains(&text.fold(t)) && text.fold(t) != "при")
        .any(|t| sentences::is_venue(text, t) || kinds::is_kind_at(text, t))
}

/// Ends of Russian words in the prepositional case, and of those that look so and are not.
const LOCATIVE_ENDS: [&str; 10] = ["ах", "ях", "ых", "их", "ом", "ем", "ой", "ей", "ии", "е"];
const OTHER_ENDS: [&str; 4] = ["ие", "ое", "ее", "ые"];
/// Ends of Russian verbs in the past and of those in -ся.
const VERB_ENDS: [&str; 16] =
    ["ал", "ил", "ел", "ял", "ала", "ила", "ела", "яла", "али", "или", "ели", "яли", "лся", "лась", "лись", "тся"];

/// Whether a preposition of place governs what ends at the token `last`, through nouns alone.
pub(super) fn is_governed(text: &Text, mentions: &[Mention], last: usize) -> bool {
    let Some(sentence) = text.tokens.get(last).map(|t| t.sentence) else { return false };
    for t in (last.saturating_sub(CHAIN_REACH)..=last).rev() {
        let token = &text.tokens[t];
        if token.sentence != sentence {
            return false;
        }
        let fold = text.fold(t);
        if token.kind == Kind::Mark {
            if matches!(fold, "," | ";" | ":" | "(" | ")" | "!" | "?" | "/") || fold == "-" && token.spaced {
                return false;
            }
            continue;
        }
        if WHERE.contains(&fold) || fold == "при" {
            return says_where(text, mentions, t);
        }
        if sentences::is_parting(text, t) || sentences::is_post(text, t) || is_verb(token, fold) {
            return false;
        }
    }
    false
}

fn is_verb(token: &crate::text::Token, fold: &str) -> bool {
    token.case == Case::Lower
        && match token.script {
            Script::Cyrillic => token.span.len() > 8 && VERB_ENDS.iter().any(|end| fold.ends_with(end)),
            _ => token.span.len() > 4 && fold.ends_with("ed"),
        }
}

/// Whether the preposition at the token is followed by a noun of place, as far as one can tell.
fn says_where(text: &Text, mentions: &[Mention], preposition: usize) -> bool {
    let mut next = preposition + 1;
    while matches!(text.fold(next), "the" | "a" | "an" | "'" | "\"" | "«") {
        next += 1;
    }
    let Some(token) = text.tokens.get(next) else { return false };
    let word = text.fold(next);
    let i = mentions.partition_point(|m| m.span.end <= token.span.start);
    if mentions.get(i).is_some_and(|m| m.span.start <= token.span.start && matches!(m.fact, Fact::Date(_) | Fact::Money(_))) {
        return false;
    }
    if sentences::is_elsewhere(text, next) || token.kind == Kind::Number {
        return false;
    }
    token.script != Script::Cyrillic
        || LOCATIVE_ENDS.iter().any(|end| word.ends_with(end)) && !OTHER_ENDS.iter().any(|end| word.ends_with(end))
}
