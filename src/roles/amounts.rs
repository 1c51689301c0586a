//! Which amount of money belongs to which body.
//!
//! An amount is tied once: to the donor whose cue or name it stands by, so that sums over a table of
//! roles do not count it twice. Of donors that give together the first one named has it. Where a
//! sentence names no donor, the body that receives has it.
//!
//! Limits: an amount and its donor have to stand in one sentence.

use crate::lexicon::hints::{self, Hint};
use crate::mention::{Fact, Mention, Role, RoleKind};
use crate::page::Page;
use crate::span::Span;
use crate::text::Text;

/// How many tokens an amount may stand from the cue and the name.
const REACH: usize = 26;

/// Ties the amounts of each sentence to its roles.
pub(super) fn tie(page: &Page, mentions: &[Mention], roles: &mut [Role]) {
    let text = &page.text;
    let money: Vec<usize> =
        (0..mentions.len()).filter(|&m| matches!(mentions[m].fact, Fact::Money(_)) && is_given(text, mentions[m].span)).collect();
    if money.is_empty() {
        return;
    }
    for kind in [RoleKind::Donor, RoleKind::Recipient] {
        let mut pairs: Vec<(i32, usize, usize)> = Vec::new();
        for (number, role) in roles.iter().enumerate().filter(|(_, r)| r.kind == kind) {
            let Some(sentence) = text.sentences.get(text.sentence_at(role.evidence.start)) else { continue };
            let from = money.partition_point(|&m| mentions[m].span.start < sentence.span.start);
            for &amount in money[from..].iter().take_while(|&&m| mentions[m].span.start < sentence.span.end) {
                if let Some(near) = nearness(text, mentions, roles, role, amount) {
                    pairs.push((near, number, amount));
                }
            }
        }
        // the nearest first; of equals the one named first
        pairs.sort_by_key(|&(near, number, amount)| (-near, roles[number].body.start, amount));
        let mut taken: Vec<usize> = roles.iter().filter_map(|r| r.amount).collect();
        let mut told: Vec<Span> = Vec::new();
        for (near, number, amount) in pairs {
            let evidence = roles[number].evidence;
            if roles[number].amount.is_some() || taken.contains(&amount) || near < OWN && told.contains(&evidence) {
                continue;
            }
            roles[number].amount = Some(amount);
            taken.push(amount);
            if near < OWN {
                told.push(evidence);
            }
        }
    }
}

/// From here an amount is one body's own, not that of all bodies of a cue.
const OWN: i32 = 80;

/// How near an amount stands to a role; none when it is another's or nobody's.
fn nearness(text: &Text, mentions: &[Mention], roles: &[Role], role: &Role, amount: usize) -> Option<i32> {
    let money = tokens(text, mentions[amount].span);
    let (body, cue) = (tokens(text, role.body), tokens(text, role.evidence));
    if let Some(open) = open_bracket(text, money.0) {
        // "A ($5,000), B ($2,000)"
        let owner = mentions.iter().find(|m| matches!(m.fact, Fact::Organization(_)) && precedes(text, tokens(text, m.span).1, open));
        if let Some(owner) = owner {
            let own = owner.span == role.body || matches!(&owner.fact, Fact::Organization(o) if o.entity == role.entity);
            return own.then_some(100);
        }
    }
    // "A $5,000 and B $2,000", "$5,000 from A"
    let between_only = |from: usize, to: usize| (from..to).all(|t| hints::at(text, t, Hint::AMOUNT_LINK));
    let beside =
        money.0 >= body.1 && money.0 - body.1 <= 3 && between_only(body.1, money.0) || body.0 == money.1 + 1 && text.fold(money.1) == "-";
    if beside {
        return Some(90);
    }
    // bodies of one cue are equally near to it: the first one has what they give together
    let far = distance(money, cue);
    if far > REACH {
        return None;
    }
    let between = |word: &str| (money.1.min(cue.1)..money.0.max(cue.0)).any(|t| text.fold(t) == word);
    let parted = between(";");
    let other_cue = roles.iter().any(|r| {
        let other = tokens(text, r.evidence);
        r.kind == role.kind && r.evidence != role.evidence && other.0 >= money.1.min(cue.1) && other.1 <= money.0.max(cue.0)
    });
    // "A gave $5 million", "$5 million from A": in the order of giving
    let active = body.0 < cue.0 && money.0 >= cue.1;
    let passive = money.1 <= cue.0 && body.0 >= cue.1;
    let score = 40 - far as i32 + 6 * i32::from(active || passive) - 30 * i32::from(parted) - 18 * i32::from(other_cue);
    (score > 0).then_some(score)
}

/// First and one past the last token of a span.
fn tokens(text: &Text, span: Span) -> (usize, usize) {
    let range = text.tokens_in(span);
    (range.start, range.end)
}

/// How many tokens lie between two stretches.
fn distance(a: (usize, usize), b: (usize, usize)) -> usize {
    if a.1 <= b.0 { b.0 - a.1 } else { a.0.saturating_sub(b.1) }
}

/// The bracket that is open at a token.
fn open_bracket(text: &Text, token: usize) -> Option<usize> {
    let line = text.tokens.get(token)?.line;
    (token.saturating_sub(12)..token)
        .rev()
        .take_while(|&t| text.tokens[t].line == line && text.fold(t) != ")")
        .find(|&t| text.fold(t) == "(")
}

/// Whether a bracket opens right behind a name that ends before token `end`, or behind the name's acronym in brackets.
fn precedes(text: &Text, end: usize, open: usize) -> bool {
    let quiet = |t: usize| matches!(text.fold(t), "\"" | "»" | ")");
    end <= open && open - end <= 2 && (end..open).all(quiet)
}

/// Whether an amount may be what somebody gives: not a price of living, a turnover, what was there before.
fn is_given(text: &Text, span: Span) -> bool {
    let (first, end) = tokens(text, span);
    let daily =
        matches!((text.fold(end), text.fold(end + 1)), ("a" | "per" | "each", "day" | "month" | "hour") | ("в", "день" | "час" | "сутки"))
            || matches!(text.fold(end), "daily" | "ежедневно");
    let back = |n: usize| first.checked_sub(n).map_or("", |t| text.fold(t));
    let owned = (1..=4).any(|n| hints::is(back(n), Hint::OWNED) || hints::begins(back(n), Hint::OWNED));
    !(daily || owned)
}
