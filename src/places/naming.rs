//! The English names of places that no table has, and the countries they lie in.
//!
//! The name is the Russian one in the nominative and in Latin letters, without the word for its
//! kind; the country is that of the places around it.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::event::{is_post, is_seat};
use super::kinds::{self, Scope};
use super::resolve::Finder;
use super::romanize::romanize;
use crate::lexicon::hints::{self, Hint};
use crate::mention::{Fact, Mention, PlaceFact};
use crate::span::Span;
use crate::text::{Case, Facts, Script};

fn is_unlisted(mention: &Mention) -> bool {
    matches!(&mention.fact, Fact::Place(place) if place.name.is_empty())
}

/// "KOK-TASH" as it is written in a line of small letters; a name of three letters may be an acronym.
fn spoken(name: String) -> String {
    if name.chars().any(char::is_lowercase) || name.chars().filter(|c| c.is_alphabetic()).count() < 4 {
        return name;
    }
    let mut inside = false;
    let letter = |c: char| {
        let small = std::mem::replace(&mut inside, c.is_alphabetic() || matches!(c, '\'' | '’'));
        if small { c.to_lowercase().next().unwrap_or(c) } else { c }
    };
    name.chars().map(letter).collect()
}

impl Finder<'_> {
    /// The name of a place that no table has, in Latin letters and the nominative.
    fn english(&self, span: Span, country: Option<[u8; 2]>, is_seen: &dyn Fn(&str) -> bool) -> String {
        let tokens = self.text.tokens_in(span);
        let name = spoken(self.bare_name(tokens.start, tokens.end));
        if self.text.tokens.get(tokens.start).is_none_or(|t| t.script != Script::Cyrillic) {
            return name;
        }
        let kind = kinds::before(self.text, tokens.start).filter(|(word, _)| tokens.len() == 1 && word.scope == Scope::Village);
        if let Some(name) = kind.and_then(|(word, _)| super::lemma::of_adjective(self.text.str(tokens.start), word.word)) {
            return romanize(&name, country);
        }
        let before = self.word_before(tokens.start);
        romanize(&super::lemma::nominative(&name, before, is_seen), country)
    }

    fn word_before(&self, first: usize) -> &str {
        let text = self.text;
        let Some(mut at) = first.checked_sub(1).filter(|&b| text.same_line(b, first)) else { return "" };
        // «в Суусамыре, Чаткале и Кочкоре»: the preposition of the first stands for all
        for _ in 0..12 {
            let joint = matches!(text.fold(at), "," | "и" | "-") || text.tokens[at].is_capital();
            match at.checked_sub(1).filter(|&b| joint && text.same_line(b, first)) {
                Some(before) => at = before,
                None => break,
            }
        }
        text.fold(at)
    }

    /// Gives the places that no table has their names, and the country of what stands around them.
    pub(super) fn settle(&self, out: &mut [Mention]) {
        out.sort_by_key(|m| m.span.start);
        let mut inner: FxHashMap<[u8; 2], f32> = FxHashMap::default();
        let mut settled: FxHashSet<[u8; 2]> = FxHashSet::default();
        let mut listed: Vec<(u32, [u8; 2])> = Vec::new();
        let mut guests: FxHashMap<[u8; 2], (f32, f32)> = FxHashMap::default();
        for mention in out.iter() {
            let Fact::Place(PlaceFact { country: Some(country), kind, .. }) = &mention.fact else { continue };
            let within = !matches!(*kind, "country" | "area");
            let (guest, all) = guests.entry(*country).or_default();
            *all += 1.0;
            if !within && self.is_sender(mention.span) {
                *guest += 1.0;
                continue;
            }
            *inner.entry(*country).or_default() += mention.confidence * if within { 0.5 } else { 0.25 };
            if within {
                settled.insert(*country);
            }
            if within && self.context.share(*country) > 0.1 {
                listed.push((mention.span.start, *country));
            }
        }
        let seen: OnceCell<FxHashSet<&str>> = OnceCell::new();
        let capitals = || self.text.candidates(0..self.text.tokens.len(), Facts::CAPITAL).map(|t| self.text.fold(t)).collect();
        let is_seen = |word: &str| seen.get_or_init(capitals).contains(word.to_lowercase().replace('ё', "е").as_str());
        for mention in out.iter_mut().filter(|m| is_unlisted(m)) {
            let said = if let Fact::Place(place) = &mention.fact { place.country } else { None };
            let country = said.or_else(|| self.country_at(mention.span.start, &inner, &listed, &settled, &guests));
            let name = self.english(mention.span, country, &is_seen);
            if let Fact::Place(place) = &mut mention.fact {
                place.country = country;
                place.name = Cow::Owned(name);
            }
        }
    }

    /// Whether the country is named as the one that sends an office or its head, and may be anywhere
    /// else: "the Embassy of Japan", «посол Японии».
    fn is_sender(&self, span: Span) -> bool {
        let text = self.text;
        let first = text.token_at(span.start);
        let before = |t: usize| t.checked_sub(1).filter(|&b| text.same_line(b, first));
        let Some(mut at) = before(first) else { return false };
        while matches!(text.fold(at), "the" | "of" | "republic" | "республики" | "королевства") {
            match before(at) {
                Some(next) => at = next,
                None => return false,
            }
        }
        // a government is as often that of the land itself
        let at_home = hints::at(text, at, Hint::AT_HOME);
        (is_seat(text, at) || is_post(text, at)) && !at_home
    }

    /// The country in which a place that no table has most likely lies.
    fn country_at(
        &self,
        at: u32,
        inner: &FxHashMap<[u8; 2], f32>,
        listed: &[(u32, [u8; 2])],
        settled: &FxHashSet<[u8; 2]>,
        guests: &FxHashMap<[u8; 2], (f32, f32)>,
    ) -> Option<[u8; 2]> {
        let mut votes = inner.clone();
        let sentence = self.text.sentence_at(at);
        let i = listed.partition_point(|&(start, _)| start < at);
        for &(start, country) in listed[i.saturating_sub(2)..(i + 2).min(listed.len())].iter() {
            let near = self.text.sentence_at(start).abs_diff(sentence);
            *votes.entry(country).or_default() += match near {
                0 => 3.0,
                1 => 1.5,
                2..=4 => 0.5,
                _ => 0.0,
            };
        }
        for &country in &self.context.realia {
            *votes.entry(country).or_default() += 1.0;
        }
        for (country, vote) in &mut votes {
            // a country of which no town is named is rather a donor's or a guest's
            let here = settled.is_empty() || settled.contains(country);
            let guest = guests.get(country).map_or(0.0, |(guest, all)| guest / all);
            *vote += self.context.share(*country) * if here { 4.0 } else { 1.0 } * (1.0 - 0.8 * guest);
        }
        let best = votes.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        best.map(|(country, _)| country).or_else(|| self.context.main())
    }

    /// The name without the word for its kind, an adjective as the noun it comes from.
    fn bare_name(&self, first: usize, end: usize) -> String {
        let mut out = String::new();
        // "Town of Poestenkill"
        let headed = end > first + 2 && self.text.fold(first + 1) == "of" && kinds::is_kind(self.text.fold(first));
        let first = if headed { first + 2 } else { first };
        let mut last = first;
        for t in first..end {
            let fold = self.text.fold(t);
            let kind = || kinds::is_kind(fold) || kinds::after(self.text, t).is_some_and(|(_, stop)| stop == end);
            if t > first && self.text.tokens[t].spaced && (self.text.tokens[t].case == Case::Lower || kind()) {
                break;
            }
            if t > first && self.text.tokens[t].spaced {
                out.push(' ');
            }
            out.push_str(self.text.str(t));
            last = t;
        }
        if let Some(stem) = super::declension::adjective_stem(self.text.fold(last)) {
            let cut = self.text.fold(last).chars().count() - stem.chars().count() + 2; // -ск- too
            let keep = out.chars().count().saturating_sub(cut);
            out = out.chars().take(keep).collect();
            if let Some(town) = out.strip_suffix("ин").filter(|t| t.chars().count() > 3) {
                out = format!("{town}а");
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;

    fn country(text: &str, place: &str) -> Option<String> {
        let record = Record::of(text);
        let found = record.mentions.iter().find(|m| m.kind == "place" && m.name.as_deref() == Some(place))?;
        found.country.as_deref().map(str::to_string)
    }

    #[test]
    fn who_sends_an_ambassador_does_not_place_a_village() {
        let text = "The Embassy of Japan in Nepal handed over a clinic in West Dorung District. The Ambassador of Japan to Nepal \
            said that the Embassy of Japan would do more, and the people of Japan too.";
        assert_eq!(country(text, "West Dorung").as_deref(), Some("NP"));
    }

    #[test]
    fn words_of_one_country_place_a_village() {
        let text = "В селе Кара-Тобо открылся медпункт. Как сообщает пресс-служба акимата, на него ушло 40 миллионов тенге.";
        assert_eq!(country(text, "Kara-Tobo").as_deref(), Some("KZ"));
        assert_eq!(country("A clinic was opened in Makaru Rural Municipality, Nepal.", "Makaru").as_deref(), Some("NP"));
    }

    #[test]
    fn a_name_in_capitals_is_called_as_in_small_letters() {
        assert_eq!(super::spoken("KOK-TASH".into()), "Kok-Tash");
        assert_eq!(super::spoken("БОЛЬШАЯ ЩУКА".into()), "Большая Щука");
        assert_eq!(super::spoken("Kok-Tash".into()), "Kok-Tash");
        assert_eq!(super::spoken("BAM".into()), "BAM");
    }
}
