//! Texts far longer than any release: read in sections, so that time grows with length.
//!
//! Finders compare the names of a document with each other, which is right for a release and dear
//! for a book in one file. A long text is cut at line ends into sections of about a hundred
//! kilobytes; each is read by itself, with the publication day of the first as its anchor, and the
//! records are put together: offsets count on, one name is one entity throughout, and the facts of
//! the whole (title, dates, event) are those of the first section.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mention::Name;
use crate::record::{Parts, Record, Role, Stretch};

/// Length of a section, in bytes.
const LENGTH: usize = 100_000;

/// The sections of a text: one for a text that is not far longer than a section.
pub(crate) fn cut(text: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let mut rest = text;
    while rest.len() > LENGTH * 2 {
        let (near, far) = (boundary(rest, LENGTH), boundary(rest, LENGTH + LENGTH / 2));
        let after = &rest[near..far];
        let at = ["\n\n", "\n", ". ", " "].iter().find_map(|mark| after.find(mark).map(|at| near + at + mark.len())).unwrap_or(far);
        let (section, next) = rest.split_at(at);
        sections.push(section);
        rest = next;
    }
    sections.push(rest);
    sections
}

/// The last character boundary at or before a byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The record of a text from those of its sections, in order, with all lists in it.
pub(crate) fn join(sections: impl IntoIterator<Item = Record>) -> Record {
    let mut sections = sections.into_iter();
    let mut joined = Joined::default();
    let mut lists = Record::default();
    while let Some(mut next) = sections.next() {
        joined.add(&mut next);
        if lists.sentences.is_empty() {
            // room for the sections to come, as if all were like the first, and for what that leaves out:
            // memory is taken where it is written to, and growing would hold the whole twice
            let more = 1 + sections.size_hint().0 * 3 / 2;
            lists.mentions.reserve(next.mentions.len() * more);
            lists.sentences.reserve(next.sentences.len() * more);
        }
        lists.mentions.append(&mut next.mentions);
        lists.furniture.append(&mut next.furniture);
        lists.furniture_why.append(&mut next.furniture_why);
        lists.sentences.append(&mut next.sentences);
    }
    let Record { mentions, furniture, furniture_why, sentences, .. } = lists;
    Record { mentions, furniture, furniture_why, sentences, ..joined.finish() }
}

/// The same with its lists apart.
pub(crate) fn join_packed(sections: impl IntoIterator<Item = Record>) -> (Record, Parts) {
    let (mut joined, mut parts) = (Joined::default(), Parts::default());
    for mut next in sections {
        joined.add(&mut next);
        parts.take(&mut next, joined.whole.characters);
    }
    (joined.finish(), parts)
}

/// What is known of a text after some of its sections, but for the lists that [`Parts`] hold.
#[derive(Default)]
struct Joined {
    whole: Record,
    entities: Entities,
    /// The language of each section, and its length.
    languages: Vec<(Option<String>, usize)>,
    /// The bodies of each list of roles.
    known: [FxHashSet<String>; 6],
}

impl Joined {
    /// Adds a section, which keeps its lists alone: with the offsets and entities of the whole.
    fn add(&mut self, next: &mut Record) {
        let renamed = self.entities.renamed(next);
        shift(next, self.whole.characters, &renamed);
        let is_first = self.languages.is_empty();
        self.languages.push((next.language.clone(), next.characters));
        let mentions = std::mem::take(&mut next.mentions);
        let (furniture, furniture_why) = (std::mem::take(&mut next.furniture), std::mem::take(&mut next.furniture_why));
        let sentences = std::mem::take(&mut next.sentences);
        let mut section = std::mem::replace(next, Record { mentions, furniture, furniture_why, sentences, ..Record::default() });
        if is_first {
            for (known, roles) in self.known.iter_mut().zip(section.role_lists()) {
                known.extend(roles.iter().map(|role| role.entity.clone()));
            }
            self.whole = section;
            return;
        }
        let whole = &mut self.whole;
        whole.characters += section.characters;
        whole.lost.append(&mut section.lost);
        if let (Some(text), Some(more)) = (&mut whole.text, &section.text) {
            text.push_str(more);
        }
        whole.edges.retain(|edge| edge.head);
        whole.edges.extend(std::mem::take(&mut section.edges).into_iter().filter(|edge| !edge.head));
        let theirs = section.role_lists().map(std::mem::take);
        for ((mine, theirs), known) in whole.role_lists().into_iter().zip(theirs).zip(&mut self.known) {
            let new: Vec<Role> = theirs.into_iter().filter(|role| !known.contains(&role.entity)).collect();
            known.extend(new.iter().map(|role| role.entity.clone()));
            mine.extend(new);
        }
        for language in section.languages {
            if !whole.languages.contains(&language) {
                whole.languages.push(language);
            }
        }
    }

    fn finish(self) -> Record {
        let Self { mut whole, languages, .. } = self;
        // the language of most of the text; of equals the earlier one
        let size =
            |language: &Option<String>| languages.iter().filter(|(other, _)| other == language).map(|(_, size)| *size).sum::<usize>();
        if let Some((language, _)) = languages.iter().rev().max_by_key(|(language, _)| size(language)) {
            whole.language.clone_from(language);
        }
        whole
    }
}

/// The entities of the whole: ids by letter and name, and how many there are of a letter.
#[derive(Default)]
struct Entities {
    ids: FxHashMap<(char, Name), Box<str>>,
    counts: FxHashMap<char, usize>,
}

impl Entities {
    /// The ids that the entities of a section have in the whole, by those they have in the section.
    fn renamed(&mut self, record: &Record) -> FxHashMap<Box<str>, Box<str>> {
        let mut renamed = FxHashMap::default();
        for mention in &record.mentions {
            let Some(entity) = &mention.entity else { continue };
            if renamed.contains_key(entity) {
                continue;
            }
            let letter = entity.chars().next().unwrap_or_default();
            let name = mention.name.clone().unwrap_or_else(|| mention.text.to_string().into());
            let id = self.ids.entry((letter, name)).or_insert_with(|| {
                let count = self.counts.entry(letter).or_default();
                *count += 1;
                format!("{letter}{count}").into()
            });
            renamed.insert(entity.clone(), id.clone());
        }
        renamed
    }
}

/// Moves a section's record behind `by` code points, with its entities renamed.
fn shift(record: &mut Record, by: usize, renamed: &FxHashMap<Box<str>, Box<str>>) {
    let stretch = |stretch: &mut Stretch| *stretch = stretch.map(|at| at + by);
    let rename = |entity: &mut String| {
        if let Some(id) = renamed.get(entity.as_str()) {
            *entity = id.to_string();
        }
    };
    let replace = |entity: &mut Box<str>| {
        if let Some(id) = renamed.get(entity) {
            entity.clone_from(id);
        }
    };
    for mention in record.mentions.iter_mut().chain(&mut record.lost) {
        mention.start += by;
        mention.end += by;
        stretch(&mut mention.sentence);
        mention.entity.as_mut().map(replace);
        mention.person.as_mut().and_then(|person| person.body.as_mut()).map(replace);
    }
    for role in record.role_lists().into_iter().flatten() {
        stretch(&mut role.sentence);
        rename(&mut role.entity);
        role.recipient.as_mut().map(rename);
        if let Some(evidence) = &mut role.evidence {
            evidence.start += by;
            evidence.end += by;
        }
    }
    record.furniture.iter_mut().for_each(stretch);
    for why in &mut record.furniture_why {
        why.start += by;
        why.end += by;
    }
    for sentence in &mut record.sentences {
        sentence.start += by;
        sentence.end += by;
    }
    for edge in &mut record.edges {
        edge.start += by;
        edge.end += by;
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn sections_are_the_whole_text_cut_at_line_ends() {
        let text = "Строка текста.\n".repeat(20_000);
        let sections = cut(&text);
        assert!(sections.len() > 2 && sections.concat() == text);
        assert!(sections.iter().all(|section| section.ends_with('\n') && section.len() <= LENGTH * 2));
        assert_eq!(cut(&"я".repeat(400_000)).concat().chars().count(), 400_000);
        assert_eq!(cut("short"), ["short"]);
    }

    #[test]
    fn offsets_of_a_long_text_point_into_it() {
        let line = "5 мая 2020 г. в Бишкеке прошёл семинар при поддержке ЮСАИД.\n";
        let text = line.repeat(8_000);
        let record = Record::of(&text);
        let points: Vec<char> = text.chars().collect();
        assert_eq!(record.characters, points.len());
        for mention in &record.mentions {
            assert_eq!(points[mention.start..mention.end].iter().collect::<String>(), *mention.text);
        }
        // the lists apart are the same
        let (head, parts) = join_packed([record.clone()]);
        let lists: Vec<_> = parts.mentions().flat_map(Result::unwrap).collect();
        assert!(lists == record.mentions && head.mentions.is_empty() && head.characters == record.characters);
        // one body has one entity from the first line to the last
        let bodies: std::collections::HashSet<_> = record.mentions.iter().filter(|m| m.kind == "organization").map(|m| &m.entity).collect();
        assert!(bodies.len() <= 1, "{bodies:?}");
    }
}
