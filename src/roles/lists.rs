//! Lists of bodies behind a cue.
//!
//! A list runs over commas, "and", brackets with acronyms, places that belong to a name, relative clauses
//! and what a grant is called; a further cue, a verb, a person or a preposition ends it.

use super::cues::{CUES, Side};
use super::sentence::{Sentence, What, is_article};
use crate::lexicon::hints::{self, Hint};
use crate::mention::RoleKind;
use crate::text::Kind;

/// Endings of Russian verbs that no noun or adjective in a list of names has.
const VERBS: [&str; 11] = ["али", "яли", "ило", "ало", "ает", "яет", "ует", "ают", "яют", "уют", "вали"];

/// Words that describe a body before its name: "the non-governmental organization".
const GAP: usize = 5;

impl Sentence<'_, '_> {
    /// The list of bodies that begins at or soon after item `from`.
    ///
    /// `near`: no word may stand before the first body.
    pub(super) fn list_after(&self, from: usize, near: bool, role: RoleKind) -> Vec<usize> {
        let mut found = Vec::new();
        let mut skipped = false;
        let describes = self.ends_participle(from);
        let Some(mut at) = self
            .first_after(from, if near { 0 } else { GAP }, role, &mut found)
            // "financed by the Eximbank of Norway, A and B": the first one is no known body
            .or_else(|| {
                let known = !near && role <= RoleKind::Organizer && found.is_empty();
                let past = known.then(|| self.past_unknown(from, role)).flatten()?;
                skipped = true;
                let joint = self.glue_where(past, |g| g.joins)?;
                let joint = self.glue_where(joint, |g| g.joins).unwrap_or(joint);
                self.first_after(joint, 2, role, &mut found)
            })
        else {
            return found;
        };
        loop {
            at = self.past_aside(self.past_name(at));
            if let Some(next) = self.glue_where(at, |g| g.through) {
                // "financed by A through B", "organised by the programme through B"
                match self.first_after(next, 3, role, &mut found) {
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => break,
                }
            }
            at = self.past_tail(at);
            let (mut next, mut comma, mut joined) = (at, false, false);
            let parted = self.word(next) == ";" && !found.is_empty();
            if parted {
                next += 1;
                joined = true;
            }
            while let Some((end, glue)) = self.glue(next) {
                // "A and its partners B and C": "and its partners" is one phrase too
                let partners = matches!(self.word(next), "and" | "и") && end > next + 1;
                if !(glue.joins || glue.with || partners) {
                    break;
                }
                let end = if glue.joins || glue.with { end } else { next + 1 };
                comma |= self.word(next) == ",";
                joined |= self.word(next) != ",";
                next = end;
            }
            // «финансируется А, совместно с Б»: along with the other verb
            let along = role == RoleKind::Donor && comma && self.glue_where(at + 1, |g| g.with && !g.joins).is_some();
            if next == at || along {
                break;
            }
            // "organized by A and hosted by B"
            let done = ["ed", "cast", "held", "led", "run"].iter().any(|e| self.word(next).ends_with(e));
            let by = |end: usize| self.word(end - 1) == "by" && self.word(next) != "by";
            let set_up = joined && self.hits.iter().any(|h| h.first == next && by(h.end));
            if set_up || done && (next + 1..next + 3).any(|i| self.word(i) == "by") {
                break;
            }
            let before = found.len();
            let Some(after) = self.first_after(next, if joined { 4 } else { 2 }, role, &mut found) else {
                found.truncate(before);
                // a body that nobody knows stands between known ones
                match self.past_unknown(next, role).filter(|_| role <= RoleKind::Organizer && before > 0) {
                    Some(past) => {
                        at = past;
                        skipped = true;
                        continue;
                    }
                    None => break,
                }
            };
            // "by A, B said": a comma alone, or a new clause with a subject of its own
            let past = self.past_name(after);
            let begins = self.what(past) == Some(What::Word) && !matches!(self.word(past), "and" | "и" | "for" | "under" | "in" | "grant");
            let apart = parted && self.word(past) == "," && !self.list_goes_on(past, role);
            let clause =
                self.starts_predicate(past) && (comma || joined && !describes) || (parted && begins || apart) && role != RoleKind::Partner;
            let open = comma && !joined && before == 1 && !skipped && !self.list_goes_on(past, role);
            if clause || open {
                found.truncate(before);
                break;
            }
            at = after;
        }
        found
    }

    /// Whether an English cue that ends at `from` describes a noun whose verb is still to come: "the workshop run by A and B
    /// is over".
    fn ends_participle(&self, from: usize) -> bool {
        let Some(cue) = self.hits.iter().find(|h| h.end == from && CUES.rows[h.row as usize].side == Side::After) else { return false };
        let told = cue.first.checked_sub(1).and_then(|i| self.glue(i)).is_some_and(|(_, g)| g.be || g.aside);
        !told && !CUES.rows[cue.row as usize].russian
    }

    /// Whether a list part stands at `at`: a comma or "and" and a body soon after.
    pub(super) fn list_goes_on(&self, at: usize, role: RoleKind) -> bool {
        let mut next = at;
        while let Some(end) = self.glue_where(next, |g| g.joins || g.with) {
            next = end;
        }
        let mut none = Vec::new();
        // "and" before a name that is no known body
        let last = next > at
            && matches!(self.word(next - 1), "and" | "и")
            && (self.word(next) == "\""
                || self.items.get(next).is_some_and(|i| i.what == What::Word && self.text().tokens[i.first].is_capital()));
        last || next > at && self.first_after(next, 4, role, &mut none).is_some()
            // the end of a line or sentence: "Funded by: A, B"
            || at >= self.items.len()
            || matches!(self.word(at), "." | ";")
    }

    /// Whether an item counts or groups the bodies that a colon then names: "four agencies: A, B".
    pub(super) fn counted(&self, item: usize) -> bool {
        self.glue_where(item, |g| g.counted || g.kind_of_body).is_some()
    }

    /// Whether an item is a word for those who take part in a project: "the implementers – A and B".
    fn names_parties(&self, item: usize) -> bool {
        let stems =
            ["implement", "organi", "partner", "sponsor", "donor", "funder", "founder", "исполнител", "организатор", "партнер", "спонсор"];
        let word = self.word(item);
        stems.iter().any(|stem| word.starts_with(stem)) && (word.ends_with('s') || word.ends_with("ами"))
    }

    /// Whether the dash at an item joins the parts of one word in lower case.
    fn hyphen(&self, item: usize) -> bool {
        let (Some(before), Some(behind)) = (item.checked_sub(1).and_then(|i| self.items.get(i)), self.items.get(item + 1)) else {
            return false;
        };
        let text = self.text();
        let glued = text.tokens[before.end - 1].span.end == text.tokens[self.items[item].first].span.start
            && text.tokens[self.items[item].first].span.end == text.tokens[behind.first].span.start;
        glued && before.what == What::Word && behind.what == What::Word && !text.tokens[behind.first].is_capital()
    }

    /// Finds the first body from item `from`, at most `gap` words on; adds it, and gives one past it.
    pub(super) fn first_after(&self, from: usize, gap: usize, role: RoleKind, found: &mut Vec<usize>) -> Option<usize> {
        let (mut at, mut words, mut scheme) = (from, 0, false);
        while let Some(item) = self.items.get(at) {
            // "under the Grant Assistance for Human Security Projects (GGP) of the Japanese Government": one name
            let named = if gap > 0 && item.what == What::Word { self.past_scheme(at) } else { at };
            if named > at {
                scheme = true;
                words += 1;
                at = named;
                continue;
            }
            match item.what {
                What::Body(mention) => {
                    // "by the EU-funded Coast Programme"
                    if gap > 0 && self.word(at + 1) == "-" && self.word(at + 2).ends_with("ed") {
                        at += 3;
                        continue;
                    }
                    // "by the UN agencies, namely A and B"
                    if let Some(next) = self.past_group(at + 1) {
                        (at, words) = (next, 0);
                        continue;
                    }
                    found.push(mention);
                    return Some(at + 1);
                }
                What::Project(project) => {
                    // a donor's programme pays for the donor
                    let before = found.len();
                    // «реализуется Программой образования Фонда»
                    if role == RoleKind::Donor || role == RoleKind::Implementer && at == from && found.is_empty() {
                        found.extend(self.inside(project));
                    }
                    if found.len() > before {
                        return Some(at + 1);
                    }
                    // «по программе «Свет» Агентства …»: the name of what the cue is
                    words += usize::from(gap > 0 || (from..at).any(|i| self.word(i) != "\""));
                    // "funded under the Small Grants (SG) of the Japanese Government"
                    let past = self.past_bracket(at + 1).unwrap_or(at + 1);
                    if role == RoleKind::Donor && self.word(past) == "of" {
                        at = past + 1;
                        continue;
                    }
                }
                What::Place => words += 1,
                What::Date(_) | What::Money(_) => words += 1,
                What::Person => return None,
                What::Mark => match self.word(at) {
                    "\"" => {}
                    "(" => {
                        // "under the Green Hills Fund (GHF) of the government"
                        let plain = |end: &usize| at > from && !(at..*end).any(|i| self.body(i).is_some());
                        if let Some(end) = self.past_bracket(at).filter(plain) {
                            at = end;
                            continue;
                        }
                    }
                    // "the Bank's Special Fund"
                    "'s" | "'" if words > 0 => {}
                    // "four agencies: A, B", "carried out by us, A"
                    ":" if (1..4).contains(&words) && self.counted(at - 1) => {}
                    // "by the project's implementers – A and B"
                    "-" if (1..4).contains(&words) && found.is_empty() && self.names_parties(at - 1) => {}
                    // "by A, XYZ/B and C": a name that nobody knows beside B
                    "/" if words == 1 && self.body(at + 1).is_some() => {}
                    // «научно-техническая организация А»
                    "-" if words > 0 && self.hyphen(at) => {}
                    "," if at > from && matches!(self.word(at - 1), "us" | "нами") => {}
                    // "and its Polish partner, the Forest Guild"
                    "," if at > from
                        && self.word(at - 1).starts_with("partner")
                        && self.body(at + 1 + usize::from(is_article(self.word(at + 1)))).is_some() => {}
                    // "by a local organization, A, with funds from B"
                    "," if (1..=GAP).contains(&words)
                        && found.is_empty()
                        && self.glue_where(at - 1, |g| g.kind_of_body).is_some()
                        && self.body(at + 1 + usize::from(is_article(self.word(at + 1)))).is_some()
                        && self.word(self.past_name(at + 2)) == "," => {}
                    // "by the community, A and B"
                    "," if (1..4).contains(&words) && found.is_empty() && self.joined_body(at + 1) => {}
                    _ => return None,
                },
                // «реализовал консорциум в составе А и Б»
                What::Word
                    if self
                        .glue_where(at, |g| g.board)
                        .is_some_and(|end| self.body(end + usize::from(is_article(self.word(end)))).is_some()) =>
                {
                    at += 1;
                    while self.body(at).is_none() {
                        at += 1;
                    }
                    continue;
                }
                What::Word => {
                    if let Some(next) = self.past_group(at) {
                        (at, words) = (next, 0);
                        continue;
                    }
                    let glue = self.glue(at).map(|g| *g.1).unwrap_or_default();
                    let dated = matches!(self.what(at + 1), Some(What::Date(_) | What::Place));
                    if (glue.joins || glue.with) && at > from && self.word(at) != "также" {
                        // "by the government and A"
                        let end = self.glue_where(at, |g| g.joins || g.with).unwrap_or(at + 1);
                        let near = |i: usize| self.body(i).is_some();
                        let next = (end..end + 3).find(|&i| near(i) || !(self.what(i) == Some(What::Word) || self.word(i) == "\""));
                        // «при поддержке «Клуба» и А»: the first one is no known body
                        let quoted = self.word(from) == "\"" && self.word(at - 1) == "\"" && at > from + 2;
                        // "by the Food and Agriculture Organization", where the mark begins late
                        let capital = at <= from + 2
                            && self.items.get(at - 1).is_some_and(|i| i.what == What::Word && self.text().tokens[i.first].is_capital());
                        let project = (from..at).any(|i| matches!(self.what(i), Some(What::Project(_))));
                        // "by Japan and A"
                        let place = self.what(at - 1) == Some(What::Place) && found.is_empty();
                        if !(self.someone(at - 1) || quoted || capital || place || (project || scheme) && glue.with)
                            || !next.is_some_and(near)
                        {
                            return None;
                        }
                        (at, words) = (end, 0);
                        continue;
                    }
                    // "A financed it, B and C carried it out", in another order of words
                    let verb = !found.is_empty()
                        && (VERBS.iter().any(|e| item.end == item.first + 1 && self.word(at).ends_with(e))
                            || at > from && is_past(self.word(at)));
                    if verb
                        || glue.negates
                        || (glue.stops && !dated)
                        || (at > from && self.other_cue(at, role) && !(self.names_parties(at) && matches!(self.word(at + 1), "-" | ":")))
                        || (at == from && self.other_cue(at, role) && from > 0)
                    {
                        return None;
                    }
                    words += usize::from(!(is_article(self.text().fold(item.first)) || glue.stops && dated));
                }
            }
            if words > gap {
                return None;
            }
            at += 1;
        }
        None
    }

    /// One past a scheme's name in capitals that no mention marks, when "of the" or "by the" follows: two capitals at least.
    fn past_scheme(&self, from: usize) -> usize {
        let capital = |i: usize| self.what(i) == Some(What::Word) && self.text().tokens[self.items[i].first].is_capital();
        if !capital(from) || !capital(from + 1) {
            return from;
        }
        let mut at = from;
        let inner = |i: usize| matches!(self.word(i), "for" | "of" | "to" | "and") && capital(i + 1);
        while at < from + 16 && (capital(at) || inner(at)) {
            at += 1;
            // "the Border Management in Central Asia Programme"
            if self.word(at) == "in" && self.what(at + 1) == Some(What::Place) && capital(at + 2) {
                at += 2;
            }
        }
        at = self.past_bracket(at).unwrap_or(at);
        let along = self.glue_where(at, |g| g.with && !g.joins).is_some();
        if along || matches!(self.word(at), "of" | "by" | "from") { at } else { from }
    }

    /// Whether a body stands at `at`, and a further one joined by "and" behind it.
    pub(super) fn joined_body(&self, at: usize) -> bool {
        let at = at + usize::from(self.word(at) == "\"");
        self.body(at).is_some() && {
            let past = self.past_name(at + 1);
            matches!(self.word(past), "and" | "и" | "&")
        }
    }

    /// One past "grant no. 5 (A. B.)" behind a funder's name, when the list goes on behind it.
    pub(super) fn past_tail(&self, at: usize) -> usize {
        let counted =
            |i: usize| self.what(i) == Some(What::Word) && self.text().str(self.items[i].first).bytes().any(|b| b.is_ascii_digit());
        let capital = |i: usize| self.what(i) == Some(What::Word) && self.text().tokens[self.items[i].first].is_capital();
        // "the Institute NS043466", "(A. B.) to A. B. and C. D."
        let given = matches!(self.word(at), "to" | "in") && capital(at + 1);
        if self.glue_where(at, |g| g.tail).is_none() && !counted(at) && !given {
            return at;
        }
        let mut end = at;
        for _ in 0..40 {
            end = self.past_bracket(end).unwrap_or(end);
            match self.word(end) {
                "," | ";" | "and" | "и" if self.first_after(end + 1, 2, RoleKind::Donor, &mut Vec::new()).is_some() => return end,
                "." if end > 0 && capital(end - 1) => end += 1, // an initial
                "." if !self.items.get(end + 1).is_some_and(|_| counted(end + 1)) => return at,
                _ if end >= self.items.len() || self.body(end).is_some() || self.starts_predicate(end) => return at,
                _ => end += 1,
            }
        }
        at
    }

    /// One past a name in capitals that is no mention, when a list goes on behind it: "A, the Gruber Fund, B and C",
    /// "A, the local organization, Renaissance, and B".
    pub(super) fn past_unknown(&self, from: usize, role: RoleKind) -> Option<usize> {
        let capital = |i: usize| self.what(i) == Some(What::Word) && self.text().tokens[self.items[i].first].is_capital();
        let mut at = from + usize::from(is_article(self.word(from)));
        // «А, проект «Рост», Б и В»
        let project = (at..at + 3)
            .take_while(|&i| self.what(i) != Some(What::Mark) || self.word(i) == "\"")
            .find(|&i| matches!(self.what(i), Some(What::Project(_))));
        if let Some(project) = project {
            at = project + 1 + usize::from(self.word(project + 1) == "\"");
        } else if !capital(at) {
            let lower = |i: usize| self.what(i) == Some(What::Word) && self.glue(i).is_none_or(|(_, g)| !(g.stops || g.negates || g.is));
            let kind = (at..at + 6)
                .take_while(|&i| lower(i) || self.word(i) == "-")
                .find(|&i| self.glue_where(i, |g| g.kind_of_body).is_some())?;
            at = kind + 1 + usize::from(self.word(kind + 1) == ",");
            if !capital(at) {
                return None;
            }
        }
        for _ in 0..12 {
            let inner = matches!(self.word(at), "of" | "the" | "for" | "de" | "la" | "du" | "des" | "\"" | "-" | "'s" | "'");
            if let Some(past) = self.past_bracket(at) {
                at = past;
            } else if capital(at) || inner || matches!(self.what(at), Some(What::Place)) {
                at += 1;
            } else {
                break;
            }
        }
        let joint = self.glue_where(at, |g| g.joins)?;
        let joint = self.glue_where(joint, |g| g.joins).unwrap_or(joint);
        (self.first_after(joint, 2, role, &mut Vec::new()).is_some()
            || capital(joint + usize::from(is_article(self.word(joint)))) && self.past_unknown(joint, role).is_some())
        .then_some(at)
    }

    /// One past a relative clause or an apposition between commas, when the list goes on behind it.
    pub(super) fn past_aside(&self, at: usize) -> usize {
        if self.word(at) != "," {
            return at;
        }
        let relative = matches!(self.word(at + 1), "which" | "who" | "whose" | "который" | "которая" | "которое");
        let start = at + 1 + usize::from(is_article(self.word(at + 1)));
        let owned = self.body(start).is_some() && self.word(start + 1) == "'s" && self.what(start + 2) == Some(What::Word);
        if !relative && !owned {
            return at;
        }
        let end = (at + 2..(at + 14).min(self.items.len())).find(|&i| self.word(i) == ",");
        match end {
            Some(end) if matches!(self.word(end + 1), "and" | "и" | "а") => end,
            _ => at,
        }
    }

    /// One past what belongs to the name that ends before `at`: brackets, quotes, a place, a project of its own.
    pub(super) fn past_name(&self, mut at: usize) -> usize {
        loop {
            if let Some(next) = self.past_bracket(at) {
                at = next;
            } else if self.word(at) == "\"" || self.word(at) == "'s" || self.word(at) == "'" || self.what(at) == Some(What::Place) {
                at += 1;
            } else if self.word(at.wrapping_sub(1)) == "\""
                && matches!(self.word(at), "ngo" | "foundation" | "association" | "company" | "union")
            {
                at += 1; // "by the “Press Club” NGO (PC) and B"
            } else if self.word(at) == ","
                && self.what(at + 1) == Some(What::Place)
                && (matches!(self.word(at + 2), "," | ";" | "and" | "и") && self.what(at + 3) != Some(What::Place))
            {
                at += 2; // "the Research Centre, Ottawa, and"
            } else if let Some(end) = self.past_office(at) {
                at = end;
            } else if matches!(self.word(at), "in" | "в" | "to" | "of" | "for") {
                let place = at + 1 + usize::from(is_article(self.word(at + 1)));
                if self.what(place) == Some(What::Place) {
                    at = place + 1;
                    continue;
                }
                // a place that nobody knows
                let named = (place..place + 3)
                    .take_while(
                        |&i| matches!(self.items.get(i), Some(t) if t.what == What::Word && self.text().tokens[t.first].is_capital()),
                    )
                    .count();
                if named == 0 {
                    return at;
                }
                at = place + named;
            } else if at > 0
                && self.what(at - 1) == Some(What::Place)
                && self.what(at + 1) == Some(What::Place)
                && matches!(self.word(at), "," | "and" | "и")
            {
                at += 2; // «А в Ошской и Баткенской областях совместно с Б»
            } else if let Some(end) = self.past_rest(at) {
                at = end;
            } else if matches!(self.word(at), "с" | "со") && matches!(self.word(at + 2), "стороны") {
                at += 3; // «А с российской стороны и Б»
            } else if matches!(self.word(at), "from" | "on") && self.word(at + 1) == "the" && self.word(at + 3) == "side" {
                at += 4;
            } else if self.glue_where(at, |g| g.kind_of_body).is_some() && matches!(self.word(at + 1), "," | "and" | "и" | ";") {
                at += 1; // "the Spanish Trust funds and B"
            } else if matches!(self.what(at), Some(What::Project(p)) if self.inside(p).next().is_none()) {
                at += 1;
            } else {
                return at;
            }
        }
    }

    /// One past words in capitals that name an office of the body before them, and its place: "the OSCE Project Co-ordinator
    /// in Uzbekistan".
    fn past_office(&self, at: usize) -> Option<usize> {
        let capital = |i: usize| {
            self.what(i) == Some(What::Word)
                && self.text().tokens[self.items[i].first].is_capital()
                && self.text().tokens[self.items[i].first].kind == Kind::Word
        };
        let words = (at..at + 4).take_while(|&i| capital(i) || self.word(i) == "-" && i > at).count();
        let place = at + words;
        (words > 0 && matches!(self.word(place), "in" | "to" | "for") && self.what(place + 1) == Some(What::Place)).then_some(place + 2)
    }
}

/// Whether a word is a Russian verb in the past, in the singular: «сделал», «построила».
fn is_past(word: &str) -> bool {
    ["ал", "ил", "ел", "ала", "ила", "ела", "ело"].iter().any(|e| word.ends_with(e))
        && word.chars().count() > 4
        && !hints::is(word, Hint::NO_PAST)
}
