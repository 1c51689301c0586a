//! Ministries that share one head noun, and bodies that share one country.
//!
//! "The Ministries of Health and Education of Tajikistan", «министерств здравоохранения, образования
//! и науки»: each field is a body of its own, as coordinated adjectives before one noun are places of
//! their own; the first mark takes the noun, the last one the country. Fields are those of
//! `data/organizations/topics.tsv`, the longest that fits, so «образования и науки» stays one. The
//! Russian plural must be plain: «министерства» may be one ministry's genitive.
//!
//! «Министерства юстиции и Бюро государственной службы Грузии»: of bodies in one row, the country
//! that the last one names is the country of all.

use super::found::{Found, Scene};
use super::identity::places_at;
use super::official;
use crate::lexicon::bodies::{Classes, PageWords};
use crate::mention::{Fact, Mention, Rule};
use crate::text::{Script, Text};

/// The rule of ministries that share a noun: a name without its noun is read by it.
const RULE: (&str, &str) = ("coordination", "ministries");

/// Bodies in a row that are looked through for a country.
const MOST: usize = 6;

/// Tokens within which fields are looked for.
const REACH: usize = 40;

/// Whether a mention is a ministry that shares its noun.
pub(super) fn is_one(mention: &Mention) -> bool {
    matches!(mention.rule, Rule::Grammar(family, name) if (family, name) == RULE)
}

/// Adds ministries that share a noun, in place of what was read over them.
pub(super) fn find(scene: &Scene, found: &mut Vec<Found>) {
    let mut marks: Vec<Found> = Vec::new();
    for i in scene.words.having(Classes::HEAD) {
        let fields = fields(scene, i).unwrap_or_default();
        marks.extend(fields.iter().enumerate().map(|(n, &(first, end))| Found {
            first: if n == 0 { i } else { first },
            end,
            rule: RULE,
            row: None,
            kind: "ministry",
            confidence: 0.8,
        }));
    }
    if !marks.is_empty() {
        found.retain(|f| !marks.iter().any(|m| f.first < m.end && m.first < f.end));
        found.extend(marks);
        found.sort_by_key(|f| f.first);
    }
}

/// The fields behind the plural at token `i`, where there are two or more.
fn fields(scene: &Scene, i: usize) -> Option<Vec<(usize, usize)>> {
    let latin = match scene.fold(i) {
        "ministries" if scene.capital(i) && matches!(scene.fold(i + 1), "of" | "for") => true,
        "министерств" | "министерствам" | "министерствами" | "министерствах" => false,
        _ => return None,
    };
    let text = scene.text;
    let mut fields: Vec<(usize, usize)> = Vec::new();
    // "of Justice and of Labour and Social Protection": where each has its "of", "and" alone parts none
    let and_of = |k: usize| scene.fold(k) == "and" && scene.fold(k + 1) == "of";
    let parted = latin && (i..i + REACH).take_while(|&k| text.same_line(i, k)).any(and_of);
    let mut joined = false;
    let mut k = i + noun(text, scene.words, i);
    while (!latin || scene.capital(k)) && text.same_line(i, k) {
        let known = official::field_at(text, &scene.words.stems, k);
        let Some(end) = known.or_else(|| latin.then(|| (k..).find(|&end| !scene.capital(end)))?) else { break };
        match fields.last_mut().filter(|_| joined) {
            Some(field) => field.1 = end,
            None => fields.push((k, end)),
        }
        let comma = usize::from(scene.fold(end) == ",");
        let and = usize::from(matches!(scene.fold(end + comma), "and" | "&" | "и"));
        if comma + and == 0 {
            break;
        }
        joined = parted && comma == 0 && !and_of(end);
        k = end + comma + and;
        k += usize::from(latin && scene.fold(k) == "of");
        k += usize::from(latin && scene.fold(k) == "the");
    }
    let last = fields.last_mut()?;
    let of = usize::from(latin && scene.fold(last.1) == "of");
    let country = last.1 + of + usize::from(of == 1 && scene.fold(last.1 + 1) == "the");
    if (!latin || of == 1) && text.same_line(i, country) {
        last.1 = scene.place(country).unwrap_or(last.1);
    }
    (fields.len() > 1).then_some(fields)
}

/// How many tokens stand before a ministry's field in a name that begins at token `i`: "Ministries of the", none.
pub(super) fn noun(text: &Text, words: &PageWords, i: usize) -> usize {
    if words.get(i).kind != "ministry" {
        return 0;
    }
    let latin = text.tokens[i].script == Script::Latin;
    1 + usize::from(latin) + usize::from(latin && text.fold(i + 2) == "the")
}

/// The key of the noun that a ministry without one shares.
pub(super) fn noun_before(text: &Text, words: &PageWords, mention: &Mention, first: usize) -> Option<u64> {
    if !is_one(mention) || noun(text, words, first) > 0 {
        return None;
    }
    (first.saturating_sub(REACH)..first).rev().find(|&i| words.get(i).kind == "ministry").map(|i| words.head_stem(i))
}

/// The tokens of the country that mention number `i` shares with the bodies behind it, or that owns it.
pub(super) fn shared_country(text: &Text, words: &PageWords, mentions: &[Mention], i: usize) -> Option<(usize, usize)> {
    let own = text.tokens_in(mentions[i].span);
    if own.start > 1
        && text.fold(own.start - 1) == "'s"
        && own.clone().any(|i| matches!(words.get(i).kind, "ministry" | "agency" | "government"))
    {
        // "Japan's Ministry of Finance"
        let end = text.tokens[own.start - 2].span.end;
        let owner = (0..i).rev().take(3).map(|m| &mentions[m]).find(|m| m.span.end == end && is_country(m));
        return owner.map(|m| text.tokens_in(m.span)).map(|range| (range.start, range.end));
    }
    let mut k = own.end;
    if !matches!(text.fold(k), "," | "and" | "и") || !is_of_state(words, &mentions[i], own.clone()) {
        return None;
    }
    if own.clone().any(|i| places_at(mentions, text.tokens[i].span.start).next().is_some()) {
        return None;
    }
    for _ in 0..MOST {
        let next = k + usize::from(text.fold(k) == ",");
        let next = next + usize::from(matches!(text.fold(next), "and" | "и"));
        let first = next + usize::from(next > k && text.fold(next) == "of");
        let first = first + usize::from(text.fold(first) == "the");
        if next == k || !text.same_line(k - 1, first) {
            return None;
        }
        let start = text.tokens.get(first)?.span.start;
        let at = mentions.partition_point(|m| m.span.start < start);
        let mut here = mentions[at..].iter().take_while(|m| m.span.start == start);
        let body = here.find(|m| matches!(m.fact, Fact::Organization(_)))?;
        let range = text.tokens_in(body.span);
        if !is_of_state(words, body, range.clone()) {
            return None;
        }
        let ends = |m: &Mention| is_country(m) && m.span.end == body.span.end;
        if let Some(country) = (first + 1..range.end).find(|&i| places_at(mentions, text.tokens[i].span.start).any(ends)) {
            return Some((country, range.end));
        }
        k = range.end;
    }
    None
}

fn is_country(mention: &Mention) -> bool {
    matches!(&mention.fact, Fact::Place(place) if place.kind == "country")
}

/// Whether a body is a ministry or an agency: embassies and governments share no country.
fn is_of_state(words: &PageWords, body: &Mention, mut range: std::ops::Range<usize>) -> bool {
    is_one(body) || range.any(|i| matches!(words.get(i).kind, "ministry" | "agency"))
}

#[cfg(test)]
mod tests {
    use crate::Record;

    /// The bodies of a text with their names.
    fn bodies(text: &str) -> Vec<(String, String)> {
        let record = Record::of(text);
        let bodies = record.mentions.iter().filter(|m| m.kind == "organization");
        bodies.map(|m| (m.text.to_string(), m.name.as_deref().unwrap_or_default().to_string())).collect()
    }

    fn assert_bodies(text: &str, expected: &[(&str, &str)]) {
        assert_eq!(bodies(text), expected.iter().map(|&(text, name)| (text.to_string(), name.to_string())).collect::<Vec<_>>());
    }

    #[test]
    fn each_field_behind_a_plural_is_a_ministry() {
        assert_bodies(
            "Officials of the Ministries of Health, Education and Finance of Tajikistan met.",
            &[
                ("Ministries of Health", "Ministry of Health of Tajikistan"),
                ("Education", "Ministry of Education of Tajikistan"),
                ("Finance of Tajikistan", "Ministry of Finance of Tajikistan"),
            ],
        );
        assert_bodies(
            "Представители министерств здравоохранения, образования и науки Узбекистана обсудили план.",
            &[
                ("министерств здравоохранения", "Ministry of Health of Uzbekistan"),
                ("образования и науки Узбекистана", "Ministry of Education and Science of Uzbekistan"),
            ],
        );
        let names = bodies("The Ministries of Justice and of Labour and Social Protection of Georgia agreed.");
        assert_eq!(names[1].0, "Labour and Social Protection of Georgia", "{names:?}");
    }

    #[test]
    fn a_word_that_is_a_field_too_stays_a_word() {
        let names = bodies("The Ministries of Health and Education of Tajikistan met. Education is a priority. Health comes first.");
        assert_eq!(names.len(), 2, "{names:?}");
    }

    #[test]
    fn bodies_in_one_row_are_of_the_country_that_the_last_names() {
        let text = "Бишкек, 12 мая 2021 года. В Бишкеке выступили гости из Министерства юстиции и Бюро государственной службы Грузии.";
        assert_eq!(bodies(text)[0].1, "Ministry of Justice of Georgia");
        let text = "Bishkek, 12 May 2021. In Bishkek they met Japan's Ministry of Finance.";
        assert_eq!(bodies(text)[0].1, "Ministry of Finance of Japan");
        let text = "Bishkek, 12 May 2021. In Bishkek the Ministry of Justice and the Government of Japan signed the papers.";
        assert_ne!(bodies(text)[0].1, "Ministry of Justice of Japan");
        // the full name of another one stays apart
        let text = "Officials of the Ministries of Health and Education of Uzbekistan met the Ministry of Health of Tajikistan.";
        assert_eq!(bodies(text)[2].1, "Ministry of Health of Tajikistan");
    }
}
