//! Places that no table has: known by the word for their kind, or by the sequence model.
//!
//! «село Чормагз», "village of Eshperov", "Guli Surkh Jamoat".
//! Where such a name stands once with its word, it is found elsewhere in the text without it.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::context;
use super::gazetteer::PlaceKind;
use super::kinds::{self, KindWord, Scope};
use super::resolve::Finder;
use super::words;
use crate::lexicon::forms;
use crate::lexicon::hints::{self, Hint};
use crate::mention::{Fact, Mention, PlaceFact, Rule, TaggedKind};
use crate::span::Span;
use crate::text::{Case, Facts, Kind, Phrases, Script, facts};

pub(super) fn sorted(mentions: &[Mention]) -> Vec<Span> {
    let mut spans: Vec<Span> = mentions.iter().map(|m| m.span).collect();
    spans.sort_by_key(|s| s.start);
    spans
}

/// Whether no span of a sorted list without overlaps shares a byte with `span`.
pub(super) fn is_free(spans: &[Span], span: Span) -> bool {
    let i = spans.partition_point(|s| s.end <= span.start);
    spans.get(i).is_none_or(|s| !s.overlaps(span))
}

/// Whether a settlement lies in another country than `home`.
fn is_abroad(mention: &Mention, home: Option<[u8; 2]>) -> bool {
    matches!(&mention.fact, Fact::Place(place) if place.country != home && matches!(place.kind, "city" | "village"))
}

/// Whether the folded word for a kind heads more than one name, or the name of what holds them.
pub(super) fn is_plural(fold: &str) -> bool {
    hints::is(fold, Hint::MANY_PLACES)
}

impl Finder<'_> {
    /// Adds the places that no table has.
    pub(super) fn unlisted(&self, out: &mut Vec<Mention>) {
        self.named_by_kind(out);
        self.listed_under(out);
        self.tagged_alone(out);
        self.arrived(out);
        self.in_rows(out);
        self.datelined(out);
        self.states_behind(out);
        self.settle(out);
        self.again(out);
        self.locate(out);
    }

    /// The names found without a row, wherever else they stand, in any case.
    fn again(&self, out: &mut Vec<Mention>) {
        let mut phrases: Phrases<usize> = Phrases::default();
        let mut bare: Phrases<usize> = Phrases::default();
        let mut any = false;
        for (n, mention) in out.iter().enumerate() {
            let Fact::Place(place) = &mention.fact else { continue };
            if place.geonames.is_some() || place.coordinates.is_some() || mention.confidence < 0.3 || matches!(mention.rule, Rule::Row(..))
            {
                continue;
            }
            let text = self.text.slice(mention.span);
            if text.chars().count() < 4 {
                continue;
            }
            any = true;
            let first = self.text.token_at(mention.span.start);
            if self.text.tokens.get(first).is_some_and(|t| t.script == Script::Cyrillic) {
                let before = first.checked_sub(1).map_or("", |b| self.text.fold(b));
                let nominative = super::lemma::nominative(text, before, |_| false);
                for form in super::declension::forms(&nominative, false) {
                    phrases.insert(&form, n);
                }
            }
            phrases.insert(text, n);
            // "Tolun municipality": "from Tolun" alone
            if matches!(mention.rule, Rule::Grammar(_, "kind")) && self.text.tokens[first].script == Script::Latin {
                let last = self.text.tokens_in(mention.span).end - 1;
                if self.text.tokens[last].case == Case::Lower && kinds::is_kind(self.text.fold(last)) && first < last {
                    bare.insert(self.text.slice(self.text.span(first, last - 1)), n);
                }
            }
        }
        if !any {
            return;
        }
        let spans = sorted(out);
        let mut found = Vec::new();
        for at in self.text.candidates(0..self.text.tokens.len(), Facts::CAPITAL) {
            let known = phrases.longest(self.text, at).or_else(|| bare.longest(self.text, at).filter(|_| self.preposition(at)));
            let Some((end, &n)) = known else { continue };
            let span = self.text.span(at, end - 1);
            if !is_free(&spans, span) || self.crowded(at, end, false) > 0.0 || matches!(self.model(at, end), Some((TaggedKind::Person, _)))
            {
                continue;
            }
            let known: &Mention = &out[n];
            let mut mention = Mention::new(span, known.fact.clone(), known.rule.clone(), known.confidence * 0.9);
            mention.because.push(Cow::Borrowed("a place elsewhere in the text"));
            found.push(mention);
        }
        out.append(&mut found);
    }

    /// «село Чормагз», "village of Eshperov", "Guli Surkh Jamoat": names that no table has.
    fn named_by_kind(&self, out: &mut Vec<Mention>) {
        let text = self.text;
        let taken = sorted(out);
        let free = |first: usize, end: usize| is_free(&taken, text.span(first, end - 1));
        let mut found = Vec::new();
        for at in text.candidates(0..text.tokens.len(), facts::BESIDE_PLACE) {
            let (token, dot) = (&text.tokens[at], text.mark(at + 1) == b'.');
            // «с. Тоготой», but not «в 2015 г. Проект»
            let dotted = dot
                && kinds::DOTTED.contains(&text.fold(at))
                && text.tokens.get(at + 1).is_some_and(|t| t.sentence == token.sentence)
                && at > 0
                && text.tokens[at - 1].kind != Kind::Number
                && !matches!(text.fold(at - 1), "." | "года" | "году");
            let of = token.span.len() == 2 && text.fold(at) == "of";
            // "Lekhani Rural Municipality"
            let longer = || {
                token.script == Script::Latin
                    && token.is_capital()
                    && kinds::after(text, at).is_some_and(|(word, end)| word.english && end > at + 1)
            };
            if token.kind != Kind::Word || !(dotted || of || kinds::is_kind_at(text, at) || longer()) {
                continue;
            }
            // before the name
            let next = if dot && !text.tokens.get(at + 1).is_some_and(|t| t.spaced) { at + 2 } else { at + 1 };
            if let Some((word, start)) = (next < text.tokens.len()).then(|| kinds::before(text, next)).flatten() {
                let plain = matches!(word.scope, Scope::Village | Scope::Municipality) || word.scope == Scope::City && !word.english;
                // «аким столицы Аскар Лунин»
                let persons = |end: usize| word.word == "столица" && text.tokens[next + 1..end].iter().any(|t| t.spaced);
                if plain
                    && start <= at
                    && let Some(end) = self.name_from(next)
                    && free(next, end)
                    && !persons(end)
                {
                    let mut mention = self.by_kind(next, end, word);
                    // «в деревне Яровщина Алёховщинского поселения»: nobody's name
                    if start.checked_sub(1).is_some_and(|b| matches!(text.fold(b), "в" | "во" | "из") && text.same_line(b, start)) {
                        mention.confidence = 0.92;
                    }
                    found.push(mention);
                }
                if plain
                    && start <= at
                    && hints::at(text, start, Hint::MANY_PLACES)
                    && let Some(end) = self.name_from(next)
                {
                    self.more_names(end, word, &free, &mut found);
                }
            }
            // "in the village Eshperovo"
            if token.script == Script::Latin
                && token.case == Case::Lower
                && text.fold(at) == "village"
                && at.checked_sub(1).is_some_and(|b| matches!(text.fold(b), "in" | "the" | "of" | "from" | "near"))
                && let Some((word, next)) = kinds::after(text, at)
                && next == at + 1
                && let Some(end) = self.name_from(next)
                && !text.tokens[next + 1..end].iter().any(|t| t.spaced)
                && !matches!(self.model(next, end), Some((TaggedKind::Person | TaggedKind::Organization, _)))
                && !context::is_demonym(text, next)
                && free(next, end)
            {
                found.push(self.by_kind(next, end, word));
            }
            // after the name, in English
            if token.script == Script::Latin
                && at > 0
                && text.tokens[at - 1].is_capital()
                && let Some((word, end)) = kinds::after(text, at)
            {
                let small = matches!(word.scope, Scope::Municipality | Scope::District)
                    || word.scope == Scope::Village && token.is_capital()
                    || text.fold(at) == "oblast";
                if small && word.english {
                    let first = self.name_before(at);
                    let goes_on = token.is_capital()
                        && text.tokens.get(end).is_some_and(|t| t.is_capital() && t.line == token.line && t.kind == Kind::Word);
                    let venue = (first..at).any(|t| words::is_venue(text, t)) || first + 1 == at && context::is_demonym(text, first);
                    if first < at && !goes_on && !venue && free(first, end) {
                        let mut mention = self.by_kind(first, end, word);
                        if self.is_where(first) {
                            mention.confidence = 0.92;
                        }
                        found.push(mention);
                    }
                }
            }
        }
        out.append(&mut found);
    }

    /// Whether what stands before a name says that something is there, so that the name is no body's:
    /// "in the Dormaa Central Municipality".
    fn is_where(&self, first: usize) -> bool {
        let text = self.text;
        let before = |t: usize| t.checked_sub(1).filter(|&b| text.same_line(b, first));
        let at = before(first).map(|b| if text.fold(b) == "the" { before(b) } else { Some(b) });
        at.flatten().is_some_and(|b| matches!(text.fold(b), "in" | "across" | "throughout" | "within"))
    }

    /// The start of a name that ends before token `end`: capitals on one line, with their hyphens.
    fn name_before(&self, end: usize) -> usize {
        let text = self.text;
        let mut first = end;
        while first > 0 && end - first < 6 && text.same_line(first - 1, first) {
            let hyphen = text.fold(first - 1) == "-" && !text.tokens[first].spaced && !text.tokens[first - 1].spaced && first >= 2;
            if hyphen && first < end && self.name_word(first - 2) {
                first -= 2;
            } else if self.name_word(first - 1) && text.tokens[first].spaced && !self.starts_sentence(first) {
                first -= 1;
            } else {
                break;
            }
        }
        while first < end && hints::at(text, first, Hint::PLACE_OPENER) {
            first += 1;
        }
        first
    }

    fn name_word(&self, token: usize) -> bool {
        self.text.tokens.get(token).is_some_and(|t| t.kind == Kind::Word && matches!(t.case, Case::Title | Case::Mixed) && t.span.len() > 2)
    }

    /// The end of a name that starts at `first`: capitals on one line, joined by spaces or hyphens.
    fn name_from(&self, first: usize) -> Option<usize> {
        let text = self.text;
        if !self.name_word(first) || !text.same_line(first.checked_sub(1)?, first) {
            return None;
        }
        let mut end = first + 1;
        while end - first < 5 {
            if text.fold(end) == "-"
                && !text.tokens[end].spaced
                && text.tokens.get(end + 1).is_some_and(|t| !t.spaced && (t.kind == Kind::Number || t.kind == Kind::Word))
            {
                end += 2;
            } else if self.name_word(end)
                && text.same_line(end - 1, end)
                && text.tokens[end].spaced
                && !self.known(end)
                && !kinds::is_kind(text.fold(end))
            {
                // an adjective after the name begins the name of its region: «село Кун-Туу Сокулукского района»
                if super::declension::adjective_stem(text.fold(end)).is_some() {
                    break;
                }
                end += 1;
            } else {
                break;
            }
        }
        Some(end.min(text.tokens.len()))
    }

    /// A place that the word for its kind makes one; its name and country come last.
    pub(super) fn by_kind(&self, first: usize, end: usize, word: &KindWord) -> Mention {
        // districts that are called municipalities are listed: another one is a union of villages
        let small = word.scope == Scope::District && word.word.to_lowercase().starts_with("municipalit");
        let kind = if small { PlaceKind::Municipality } else { word.kind() };
        let fact = PlaceFact { kind: kind.name(), ..PlaceFact::default() };
        let mut mention = Mention::new(self.text.span(first, end - 1), Fact::Place(fact), Rule::Grammar("places", "kind"), 0.55);
        mention.because.push(Cow::Owned(format!("the word “{}”", word.word)));
        mention
    }

    /// «Ошская область – Мады, Тоготой, Ачык-Суу и Кун-Туу»: the names of a list that a region's
    /// name heads.
    fn listed_under(&self, out: &mut Vec<Mention>) {
        let text = self.text;
        let mut found = Vec::new();
        let mut elsewhere: Vec<usize> = Vec::new();
        let mut starts: Option<FxHashMap<u32, usize>> = None;
        let taken = sorted(out);
        for head in out.iter() {
            let Fact::Place(place) = &head.fact else { continue };
            if !matches!(place.kind, "admin1" | "district" | "municipality") {
                continue;
            }
            let mark = text.tokens_in(head.span).end;
            let first = mark + 1;
            let heads = text.fold(mark) == ":" || text.fold(mark) == "-" && text.tokens[mark].spaced;
            if !heads || !text.same_line(mark, first) {
                continue;
            }
            let Some(names) = self.names_of_list(first) else { continue };
            for (first, end) in names {
                let span = text.span(first, end - 1);
                // a namesake abroad is not what a list of this region names
                let starts = starts.get_or_insert_with(|| out.iter().enumerate().map(|(n, m)| (m.span.start, n)).collect());
                let there = starts.get(&span.start).copied();
                if let Some(n) = there.filter(|&n| out[n].span == span && is_abroad(&out[n], place.country)) {
                    elsewhere.push(n);
                }
                if elsewhere.last().is_some_and(|&n| out[n].span == span) || is_free(&taken, text.span(first, end - 1)) {
                    let fact = PlaceFact { kind: PlaceKind::Village.name(), country: place.country, ..PlaceFact::default() };
                    let rule = Rule::Grammar("places", "list");
                    let mut mention = Mention::new(span, Fact::Place(fact), rule, 0.8);
                    mention.because.push(Cow::Owned(format!("listed under {}", place.name)));
                    found.push(mention);
                }
            }
        }
        elsewhere.sort_unstable();
        for n in elsewhere.into_iter().rev() {
            out.remove(n);
        }
        out.append(&mut found);
    }

    /// More names after the word for their kind in the plural: «сёл Кулунду, Максат и Международное».
    fn more_names(&self, mut end: usize, word: &KindWord, free: &dyn Fn(usize, usize) -> bool, found: &mut Vec<Mention>) {
        let text = self.text;
        for _ in 0..30 {
            let mut at = end + 1;
            if !matches!(text.fold(end), "," | "и" | "and") || !text.same_line(end, at) {
                return;
            }
            if matches!(text.fold(at), "и" | "and") {
                at += 1;
            }
            let Some(next) = self.name_from(at) else { return };
            // «Сосновка и Малое Озеро»: no person is called by such an adjective
            let adjective = ["ое", "ее", "ые", "ие"].iter().any(|e| text.fold(at).ends_with(e)) && next > at + 1;
            let ours = adjective && forms::is_adjective(text.fold(at));
            if matches!(self.model(at, next), Some((TaggedKind::Person | TaggedKind::Organization, _))) && !ours
                || text.tokens[at].script == Script::Cyrillic && super::declension::adjective_stem(text.fold(next - 1)).is_some()
            {
                return;
            }
            if free(at, next) && !self.known(at) {
                let mut mention = self.by_kind(at, next, word);
                if ours {
                    mention.confidence = 0.92;
                }
                found.push(mention);
            }
            end = next;
        }
    }

    /// The names of a list that is nothing but names, from token `first` to the end of its clause;
    /// none when it holds anything else, or too few names.
    fn names_of_list(&self, first: usize) -> Option<Vec<(usize, usize)>> {
        let text = self.text;
        let mut names = Vec::new();
        let mut at = first;
        loop {
            if text.fold(at) == "с" && text.fold(at + 1) == "." {
                at += 2;
            }
            let end = self.name_from(at)?;
            // a known name goes on where the unknown one stops
            let known = self.candidates.partition_point(|c| (c.tokens.0 as usize) < at);
            let known = self.candidates.get(known).filter(|c| c.tokens.0 as usize == at).map_or(0, |c| c.tokens.1 as usize);
            let end = end.max(known);
            names.push((at, end));
            if names.len() > 60 {
                return None;
            }
            let joint = text.fold(end);
            if matches!(joint, "," | "и" | "and") && text.same_line(at, end) && text.same_line(end, end + 1) {
                at = end + 1;
                if matches!(text.fold(at), "и" | "and") {
                    at += 1;
                }
            } else if end >= text.tokens.len() || !text.same_line(at, end) || matches!(joint, "." | ";") {
                break;
            } else {
                return None;
            }
        }
        let several = |a: usize, b: usize| (a + 1..b).any(|t| text.tokens[t].spaced);
        let persons = names.iter().filter(|&&(a, b)| several(a, b) && matches!(self.model(a, b), Some((TaggedKind::Person, _)))).count();
        (names.len() >= 3 && persons * 2 < names.len()).then_some(names)
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;

    #[test]
    fn a_village_with_an_adjective_is_nobody() {
        let told = "В деревнях Тополёво и Малое Лунево идёт ремонт.";
        assert_eq!(Record::of(told).texts("place"), ["Тополёво", "Малое Лунево"]);
    }

    #[test]
    fn a_name_that_stood_with_its_kind_stands_alone_behind_a_preposition() {
        let told = "SHG ‘Lunna’ (Tolun municipality) will keep bees. Lunina Anna, head of Lunna, hopes that bees will spread from Tolun to the rest.";
        assert_eq!(Record::of(told).texts("place"), ["Tolun municipality", "Tolun"]);
        let trap = "The bees of Tolun municipality did well this year. Beekeeper Anna Tolun was glad, and Tolun Honey is on sale.";
        assert_eq!(Record::of(trap).texts("place"), ["Tolun municipality"]);
    }
}
