//! The subject of a verb: the bodies before it, named or meant by a pronoun.
//!
//! The way back leads over auxiliaries, adverbs, dates, brackets, appositions and verbs that share the
//! subject; a preposition before the name shows that it is none.

use super::cues::{CUES, Side};
use super::sentence::{Hit, Sentence, What, is_article, is_relative};
use crate::mention::{Fact, RoleKind};

/// Beginnings of words that tell what is put between a subject and its verb: "with support from", «в рамках проекта».
const INSERTED: [&str; 18] = [
    "поддержк",
    "содейств",
    "помощ",
    "рамках",
    "финансир",
    "support",
    "assistance",
    "funding",
    "framework",
    "part",
    "project",
    "средств",
    "счет",
    "заказ",
    "проект",
    "программ",
    "funds",
    "help",
];

impl Sentence<'_, '_> {
    /// The subject of a verb that stands at item `verb`: the list of bodies before it, and whether it is named.
    ///
    /// `participle`: a comma may stand right before the verb.
    pub(super) fn subject_before(&self, verb: usize, participle: bool) -> (Vec<usize>, bool) {
        let mut at = verb;
        let (mut words, mut relative, mut alone) = (0, false, participle);
        let mut along = Vec::new();
        if participle {
            if self.word(verb.wrapping_sub(1)) == "," {
                at -= 1;
                relative = true;
            } else {
                return (Vec::new(), false);
            }
        }
        // "has decided to fund": the words before the verb take its "to" in
        if self.word(verb) == "to"
            && let Some(start) = self.glue_before(verb + 1, |g| g.aside).filter(|&start| start < verb)
        {
            at = start;
        }
        // over auxiliaries, adverbs, dates, brackets, and verbs that share the subject
        let last = loop {
            let Some(before) = at.checked_sub(1) else { return (Vec::new(), false) };
            if let Some(start) = self.inserted_start(before) {
                at = start;
                continue;
            }
            match self.items[before].what {
                What::Body(_) => break before,
                What::Date(_) => at = before,
                // "A and the Clean Water Initiative held"
                What::Project(_) => match self.joined_to_body(before) {
                    Some(start) => at = start,
                    // "A's Clean Water project held"
                    None => match before.checked_sub(2).filter(|&b| matches!(self.word(b + 1), "'s" | "'") && self.body(b).is_some()) {
                        Some(owner) => break owner,
                        None => return (Vec::new(), false),
                    },
                },
                What::Place => {
                    words += 1;
                    // "A and Sweden launched", «А совместно с Японией начал»
                    let joint = self.glue_before(before, |g| g.joins || g.with).filter(|&j| j > 0 && self.word(j) != ",");
                    let named = |j: &usize| self.body(j - 1).is_some() || matches!(self.word(j - 1), ")" | "\"");
                    at = joint.filter(named).unwrap_or(before);
                }
                What::Mark | What::Word => {
                    let word = self.word(before);
                    if let Some(start) = self.bracket_start(before) {
                        at = start;
                    // "A's team held"
                    } else if word == "\"" || matches!(word, "'s" | "'" | "’s") && at < verb {
                        at = before;
                    } else if let Some(start) = self.verb_joined_before(at) {
                        at = start;
                    } else if word == "," {
                        match self.apposition_start(before).filter(|&start| !is_relative(self.word(at)) || self.describes(start, before)) {
                            Some(start) => {
                                // "A, together with B, held", "A, together with B, C and D, held"
                                let start = self.along_start(start).unwrap_or(start);
                                // "A, with funds from B and together with C, held"
                                let opens = |i: usize| i == start + 1 || matches!(self.word(i - 1), "and" | "и");
                                let with = |i| self.glue_where(i, |g| g.with && !g.joins);
                                if let Some(end) = (start + 1..before).filter(|&i| opens(i)).find_map(with) {
                                    along = self.list_after(end, false, RoleKind::Organizer);
                                }
                                at = start;
                            }
                            None if is_relative(self.word(at)) || words == 0 && self.word(at) == "too" => at = before,
                            None => return (Vec::new(), false),
                        }
                    } else if let Some(start) = self.joined_someone(before) {
                        at = start;
                    } else if let Some(bodies) = self.stands_for_before(at) {
                        return (bodies, false);
                    } else if let Some(start) = self.glue_before(at, |g| g.aside) {
                        if is_relative(word) {
                            relative = true;
                            alone |= self.is_singular(before, verb);
                        }
                        at = start;
                    } else if let Some(start) = self.relative_over(before) {
                        relative = true;
                        alone |= self.is_singular(start, verb);
                        at = start;
                    } else if let Some(start) = self.name_rest(before, verb) {
                        at = start;
                    } else if word.ends_with("ly")
                        || matches!(word, "in" | "on" | "в" | "во") && !matches!(self.what(at), Some(What::Word | What::Mark))
                    {
                        at = before;
                    } else {
                        return (Vec::new(), false);
                    }
                }
                _ => return (Vec::new(), false),
            }
            if words > 2 || verb - at > 18 {
                return (Vec::new(), false);
            }
        };
        // "urges A to fund", "the money given to A to support …": the verb is another's, but in a headline
        if at > 0 && self.word(at) == "to" && at == last + 1 && self.item_before_name(last) > 0 && self.word(self.items.len() - 1) == "." {
            return (Vec::new(), false);
        }
        // "with A contributing $5 million"
        relative |= self.word(verb).ends_with("ing");
        let mut found = self.list_before(last, relative, is_plural(self.word(verb)));
        if alone && found.len() > 1 {
            found = found.split_off(found.len() - 1);
        }
        if !found.is_empty() {
            found.extend(along);
        }
        (found, true)
    }

    /// Whether the clause that the relative pronoun at `item` opens has one body for its subject: "A and B, which will lend".
    pub(super) fn is_singular(&self, item: usize, verb: usize) -> bool {
        match self.word(item) {
            "который" | "которая" | "которое" => true,
            "which" | "that" => {
                let first = self.word(item + 1);
                self.word(item.wrapping_sub(1)) == "," && (self.word(verb).ends_with('s') || matches!(first, "has" | "is" | "was" | "will"))
            }
            _ => false,
        }
    }

    /// The relative pronoun, as the subject, with the object between it and its verb: «А, которая сбор и организовала».
    fn relative_over(&self, last: usize) -> Option<usize> {
        let from = last.saturating_sub(4);
        (from..last)
            .rev()
            .take_while(|&i| matches!(self.what(i + 1), Some(What::Word | What::Project(_) | What::Money(_))))
            .find(|&i| matches!(self.word(i), "который" | "которая" | "которое" | "которые") && self.word(i.wrapping_sub(1)) == ",")
    }

    /// The first item of words put between a subject and its verb, which end with `last`: "A, with support from B,
    /// began", «А при поддержке Б начал».
    pub(super) fn inserted_start(&self, last: usize) -> Option<usize> {
        if matches!(self.items[last].what, What::Mark) && !matches!(self.word(last), "\"" | ")") {
            return None;
        }
        let from = last.saturating_sub(12).max(1);
        for start in (from..last).rev() {
            match self.word(start) {
                "," | ";" | "." | ":" => return None,
                "при" | "в" | "within" | "with" | "under" | "as" | "на" | "по" | "за" | "in" => {
                    // "A and B and with the support of C"
                    let joint = start - usize::from(start > 1 && matches!(self.word(start - 1), "and" | "и"));
                    let named = self.body(joint - 1).is_some() || matches!(self.word(joint - 1), ")" | "\"");
                    // "A, in partnership with B," is one subject
                    if self.glue_where(start, |g| g.with).is_some() {
                        return None;
                    }
                    let money = (start + 1..=last.min(start + 4)).any(|i| INSERTED.iter().any(|stem| self.word(i).starts_with(stem)));
                    if named && money {
                        return Some(joint);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Whether a common noun for a body that ends at `last` is joined to a body before it ("A and the government"):
    /// one past that body.
    pub(super) fn joined_someone(&self, last: usize) -> Option<usize> {
        if !self.someone(last) {
            return None;
        }
        self.joined_to_body(last)
    }

    /// One past a body that what ends at item `last` is joined to by "and" or "together with".
    pub(super) fn joined_to_body(&self, last: usize) -> Option<usize> {
        let from = (last.saturating_sub(3)..last).rev().find(|&i| self.glue_where(i, |g| g.joins || g.with).is_some())?;
        let plain = (from + 1..last).all(|i| self.items[i].what == What::Word);
        let named = from > 0 && (self.body(from - 1).is_some() || matches!(self.word(from - 1), ")" | "\""));
        (plain && named && self.word(from) != ",").then_some(from)
    }

    /// The first item of a verb whose subject the verb at `at` shares: "which A funds and carries out".
    pub(super) fn verb_joined_before(&self, at: usize) -> Option<usize> {
        let joint = at.checked_sub(1)?;
        if !matches!(self.word(joint), "and" | "и" | ",") {
            return None;
        }
        let near = |h: &&Hit| h.end <= joint && joint - h.end <= 4 && matches!(CUES.rows[h.row as usize].side, Side::Before | Side::Verb);
        let hit = self.hits.iter().rev().find(near)?;
        let plain =
            (hit.end..joint).all(|i| matches!(self.items[i].what, What::Word | What::Project(_) | What::Money(_)) && self.word(i) != ",");
        (plain && (self.word(joint) != "," || hit.end == joint)).then_some(hit.first)
    }

    /// The bodies that a pronoun or a common noun before item `end` stands for.
    pub(super) fn stands_for_before(&self, end: usize) -> Option<Vec<usize>> {
        let from = self.glue_before(end, |g| g.they || g.it || g.kind_of_body)?;
        self.stands_for(from)
    }

    /// The bodies that a pronoun or a common noun at `item` stands for.
    pub(super) fn stands_for(&self, item: usize) -> Option<Vec<usize>> {
        let (end, glue) = self.glue(item)?;
        let here = self.items[..item].iter().filter_map(|i| if let What::Body(m) = i.what { Some(m) } else { None });
        let known: Vec<usize> = self.before.iter().copied().chain(here).collect();
        let last = *known.last()?;
        let sentence = |m: usize| self.text().sentence_at(self.mentions[m].span.start);
        let together = || known.iter().copied().filter(|&m| sentence(m) == sentence(last));
        if glue.they {
            let group: Vec<usize> = together().collect();
            let mut entities: Vec<u32> = group.iter().filter_map(|&m| self.entity(m)).collect();
            entities.sort_unstable();
            entities.dedup();
            return (2..=4).contains(&entities.len()).then_some(group);
        }
        if glue.it {
            // «он» is rather the person named since
            let here = self.text().tokens[self.items[item].first].span.start;
            let from = self.mentions[last].span.end;
            let person = self
                .mentions
                .iter()
                .skip(last + 1)
                .take_while(|m| m.span.start < here)
                .any(|m| m.span.start >= from && matches!(m.fact, Fact::Person(_)));
            if person {
                return None;
            }
            // of its own sentence the only body or the one named most, else that of those before
            let own: Vec<usize> =
                self.items[..item].iter().filter_map(|i| if let What::Body(m) = i.what { Some(m) } else { None }).collect();
            let only = own.first().filter(|&&m| own.iter().all(|&o| self.entity(o) == self.entity(m)));
            return only.copied().or_else(|| self.foremost(&own)).or_else(|| self.foremost(&known)).map(|m| vec![m]);
        }
        if glue.kind_of_body {
            let stem: String = self.word(end - 1).chars().take(4).collect();
            let text = self.text();
            let alike = |&&m: &&usize| text.tokens_in(self.mentions[m].span).any(|t| text.fold(t).starts_with(&stem));
            let company = ["комп", "comp", "firm", "фирм", "пред", "конц", "холд"].contains(&stem.as_str());
            let firm = |&&m: &&usize| company && matches!(&self.mentions[m].fact, Fact::Organization(b) if b.kind == "company");
            let meant = known.iter().rev().find(alike).or_else(|| known.iter().rev().find(firm));
            return meant.copied().or_else(|| self.foremost(&known)).map(|m| vec![m]);
        }
        None
    }

    /// Of bodies the one that the release names most often.
    pub(super) fn foremost(&self, bodies: &[usize]) -> Option<usize> {
        let times = |m: usize| {
            self.mentions.iter().filter(|o| matches!(&o.fact, Fact::Organization(b) if Some(b.entity) == self.entity(m))).count()
        };
        bodies.iter().rev().copied().max_by_key(|&m| times(m))
    }

    /// The start of ", the bank's window for poor countries," that ends at comma `end`.
    pub(super) fn apposition_start(&self, end: usize) -> Option<usize> {
        let open = (end.saturating_sub(16)..end).rev().find(|&i| self.word(i) == ",")?;
        let name = open.checked_sub(1)?;
        let named = self.body(name).is_some() || self.word(name) == ")" || self.word(name) == "\"";
        let inner = |i: usize| matches!(self.word(i), "(" | ")" | "\"" | "-" | ":" | "/" | "'s" | "'");
        let plain = (open + 1..end).all(|i| {
            matches!(
                self.items[i].what,
                What::Word | What::Place | What::Date(_) | What::Body(_) | What::Project(_) | What::Money(_) | What::Person
            ) || inner(i)
        });
        (named && plain && end > open + 1).then_some(open)
    }

    /// The comma before "together with B, C and D" where the comma at `open` stands inside that list.
    fn along_start(&self, open: usize) -> Option<usize> {
        /// Bodies that are passed on the way.
        const MOST: usize = 8;
        let with = |comma: usize| self.glue_where(comma + 1, |g| g.with && !g.joins).is_some();
        let mut at = open;
        for _ in 0..MOST {
            if at + 1 >= self.items.len() || with(at) {
                break;
            }
            self.body_right_before(at)?;
            at = self.apposition_start(at)?;
        }
        (at < open && with(at)).then_some(at)
    }

    /// Whether what stands between the commas `open` and `end`, before a relative clause, tells of the body before
    /// it: "A, a branch of B, which", and not "A, and B, which" or "the end of C, held by B, which".
    fn describes(&self, open: usize, end: usize) -> bool {
        let word =
            |i: usize| matches!(self.items[i].what, What::Word) && !is_article(self.word(i)) && self.glue_where(i, |g| g.joins).is_none();
        // "A's director, Anna Lee, who heads": the clause is hers
        if (open + 1..end).any(|i| self.what(i) == Some(What::Person)) {
            return false;
        }
        let own = self.body_right_before(end).is_some();
        !own || self.body_right_before(open).is_some() && (open + 1..end).any(word) && !(open + 1..end).any(|i| self.word(i) == "by")
    }

    /// The list of bodies that ends with the body at item `last`, as a subject: empty when a preposition stands before
    /// it, unless a relative clause makes it the subject of its own.
    ///
    /// `plural`: the verb asks for more than one, so that commas alone make a list.
    pub(super) fn list_before(&self, last: usize, relative: bool, plural: bool) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = last;
        // whether a comma alone parts the body from the one behind it
        let mut apart = false;
        while let Some(mut mention) = self.body(at) {
            // "the bank's Board of Directors" does what the bank does
            let organ = ["board", "executive", "council", "management"];
            if matches!(self.word(at.wrapping_sub(1)), "'s" | "'")
                && let Some(owner) = at.checked_sub(2).and_then(|i| self.body(i))
                && self.items.get(at).is_some_and(|i| organ.contains(&self.text().fold(i.first)))
            {
                (mention, at) = (owner, at - 2);
            }
            // «А при поддержке Б и совместно с В провёл»: B supports
            if !found.is_empty()
                && let Some(before) = self.inserted_start(at).and_then(|start| start.checked_sub(1))
                && self.body(before).is_some()
            {
                (at, apart) = (before, false);
                continue;
            }
            found.push(mention);
            let mut start = at;
            while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
                start -= 1;
            }
            match self.joined_before(start) {
                Some(next) => {
                    apart = self.word(start - 1) == "," && self.past_name(next + 1) == start - 1;
                    at = next;
                }
                None => {
                    let project = start >= 2 && self.word(start - 1) == "of" && matches!(self.what(start - 2), Some(What::Project(_)));
                    let whole = project || self.glue_before(start, |g| g.board).is_some();
                    if let Some(with) = self.glue_before(start, |g| g.with && !g.joins) {
                        // "A finances and together with B carries out"
                        let joint = with - usize::from(with > 0 && matches!(self.word(with - 1), "и" | "and"));
                        if let Some(hit) = self.hits.iter().rev().find(|h| h.end == joint && with > joint) {
                            found.extend(self.subject_before(hit.first, false).0.into_iter().rev());
                        }
                        break;
                    }
                    // «Правительство через банк предоставит»
                    if let Some(owner) = self.glue_before(start, |g| g.through).and_then(|t| t.checked_sub(1))
                        && self.body(owner).is_some()
                    {
                        at = owner;
                        continue;
                    }
                    // «директор фонда, реализующего проект»
                    let post = start.checked_sub(1).map_or("", |i| self.word(i));
                    let held = self.glue_before(start, |g| g.holder).is_some() && (!relative || post.is_ascii());
                    if !whole && (held || !relative && self.glue_before(start, |g| g.oblique).is_some()) {
                        // "With the support of A, B held": A is no subject, B is
                        if apart && !relative {
                            found.pop();
                            break;
                        }
                        return Vec::new();
                    }
                    break;
                }
            }
        }
        found.reverse();
        // "During A, the B held": a comma alone makes no list
        if found.len() > 1 {
            let first = self.items.iter().position(|i| i.what == What::Body(found[0])).unwrap_or(0);
            let joins = |i: usize| {
                matches!(self.word(i), "and" | "&" | "и" | "or" | "или" | "/" | "plus")
                    || self.glue_where(i, |g| g.with || g.through).is_some()
            };
            if !plural && !(first..last).any(joins) {
                // "the Committee of Roads, Government of A, held": whose committee it is
                let whole = found.last().and_then(|&b| self.text().tokens_in(self.mentions[b].span).next());
                if found.len() == 2 && whole.is_some_and(|t| matches!(self.text().fold(t), "government" | "cabinet")) {
                    found.truncate(1);
                } else {
                    found = found.split_off(found.len() - 1);
                }
            }
        }
        found
    }

    /// The embassy or agency whose officer is the subject of a verb: "the Deputy Head of Mission of A, Ms Berg, handed over".
    pub(super) fn official_before(&self, verb: usize) -> Option<usize> {
        let near = verb.saturating_sub(10)..verb;
        let item = near.rev().find(|&i| self.body(i).is_some())?;
        let mention = self.body(item)?;
        let plain = |i: usize| match self.items[i].what {
            What::Person | What::Place => true,
            What::Mark => matches!(self.word(i), "," | "." | "(" | ")" | "-"),
            What::Word => {
                self.glue_where(i, |g| g.aside).is_some() || matches!(self.word(i), "to" | "in" | "mr" | "ms" | "mrs" | "dr" | "h" | "e")
            }
            _ => false,
        };
        let from = self.item_before_name(item);
        let of = from.checked_sub(1).filter(|&i| self.word(i) == "of")?;
        let officer = (of.saturating_sub(3)..of).any(|i| self.glue_where(i, |g| g.officer || g.holder || g.board).is_some());
        let Fact::Organization(fact) = &self.mentions[mention].fact else { return None };
        let acts_for_it = matches!(fact.kind, "embassy" | "government" | "bilateral" | "multilateral" | "ministry");
        (officer && acts_for_it && (item + 1..verb).all(plain)).then_some(mention)
    }

    /// The body that is joined to the name whose first item is `start`: over "and", a comma, and words that describe the name.
    pub(super) fn joined_before(&self, start: usize) -> Option<usize> {
        let mut joint = start;
        for _ in 0..3 {
            if self.glue_before(joint, |g| g.joins || g.with).is_some() || joint == 0 || self.items[joint - 1].what != What::Word {
                break;
            }
            if self.glue(joint - 1).is_some_and(|(_, g)| g.oblique || g.stops || g.aside) {
                return None;
            }
            joint -= 1;
        }
        let mut next = joint;
        while let Some(from) = self.glue_before(next, |g| g.joins || g.with) {
            next = from;
        }
        if next == joint {
            return None;
        }
        let mut before = next;
        loop {
            let b = before.checked_sub(1)?;
            if self.body(b).is_some() {
                return Some(b);
            }
            if let Some(open) = self.bracket_start(b) {
                before = open;
            } else if self.word(b) == "\"" || self.what(b) == Some(What::Place) || self.leads_to_place(b) {
                before = b;
            } else if self.word(b) == "," && before < next && self.what(before) == Some(What::Place) && b > 0 && self.body(b - 1).is_some()
            {
                before = b; // "the Embassy of Norway, Riga together with B"
            } else if before < next
                && next - before < 5
                && self.what(b) == Some(What::Word)
                && self.text().tokens[self.items[b].first].is_capital()
            {
                before = b; // a name that goes on: «офис Темпус в Осло и Б»
            } else {
                return None;
            }
        }
    }

    /// The first item of the name that ends at item `last`, with its article.
    pub(super) fn item_before_name(&self, last: usize) -> usize {
        let mut start = last;
        while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
            start -= 1;
        }
        start
    }

    /// The body right before item `at`, over a bracket with its acronym.
    pub(super) fn body_right_before(&self, at: usize) -> Option<usize> {
        let mut before = at.checked_sub(1)?;
        while matches!(self.word(before), "\"" | "'s" | "'") {
            before = before.checked_sub(1)?;
        }
        if let Some(open) = self.bracket_start(before) {
            before = open.checked_sub(1)?;
        }
        self.body(before)
    }
}

/// Whether a Russian verb is in the plural: «организовали», «проводят».
fn is_plural(verb: &str) -> bool {
    ["али", "яли", "или", "ели", "ыли", "ают", "яют", "уют", "дут", "дят"].iter().any(|ending| verb.ends_with(ending))
}
