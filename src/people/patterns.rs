//! Forms that show a person's name by themselves: initials, titles, patronymics, known first names.
//!
//! Each pattern looks at one token and answers at once where it cannot begin there.

use super::reader::{Candidate, FOREIGN, Reader};
use crate::lexicon::hints::{self, Hint};
use crate::lexicon::{
    self, ASIAN_SURNAME, CALENDAR, COMMON, FIRST_NAME, HEAD, LEGAL, NAMELIKE, PARTICLE, PATRONYMIC, POST, SURNAME, TITLE, UNIT,
};
use crate::text::{Case, Kind, Script};

impl Reader<'_, '_> {
    /// "С.Турдуева", "Н. В. Гоголь", "D.J. Pandian", "Zh. Bimagambetova".
    pub(super) fn initials_before(&self, i: usize) -> Option<Candidate> {
        let mut at = self.initial(i)?;
        if i >= 2 && self.initial(i - 2) == Some(i) {
            return None; // read from the first one
        }
        let mut count = 1;
        while let Some(next) = self.initial(at).filter(|_| self.text.same_line(i, at) && count < 3) {
            at = next;
            count += 1;
        }
        while self.token(at).is_some_and(|t| t.case == Case::Lower) && self.classes(at) & PARTICLE != 0 && self.is_capital(at + 1) {
            at += 1;
        }
        if !self.may_name(at)
            || !self.text.same_line(i, at)
            || self.label(at).body && !self.label(at).person && self.text.tokens[at].case == Case::Upper
        {
            return None;
        }
        let latin = self.text.tokens[at].script == Script::Latin;
        if !self.is_initial_of(i, at) {
            return None;
        }
        let state = latin
            && matches!(
                (self.text.fold(i), self.text.fold(i + 2)),
                ("u", "s" | "n" | "k") | ("e", "u") | ("d", "c") | ("p", "o") | ("h", "e")
            );
        if state || self.dedicated(i) {
            return None;
        }
        // a first name before the initials: "Robert F. Cekuta"
        let mut first = i;
        if latin && i > 0 && self.is_capital(i - 1) && self.text.same_line(i - 1, i) && self.may_name(i - 1) && self.spaced(i) {
            let letters = self.text.tokens[i - 1].case == Case::Upper && self.text.tokens[i - 1].span.len() > 3;
            let given = self.classes(i - 1) & FIRST_NAME != 0 || self.label(i - 1).person && !letters;
            if given && self.classes(i - 1) & NAMELIKE == 0 {
                first = i - 1;
                // "Maria Ana M. Reed"
                if self.text.same_line(first.saturating_sub(1), i)
                    && first > 0
                    && self.is_capital(first - 1)
                    && self.may_name(first - 1)
                    && self.classes(first - 1) & FIRST_NAME != 0
                    && self.classes(first - 1) & (NAMELIKE | POST | TITLE) == 0
                {
                    first -= 1;
                }
            }
        }
        // "Исмаилова А.Е. Первой выступила …": the initials go with the word before
        if !latin
            && i > 0
            && self.is_capital(i - 1)
            && self.classes(i - 1) & SURNAME != 0
            && self.classes(at) & SURNAME == 0
            && self.text.same_line(i - 1, i)
        {
            return None;
        }
        let classes = self.classes(at);
        // "M.Yerniyazov", and in a list "2. C. Machado – director"
        let tight = !self.spaced(i + 2) && self.spaced(i) && self.text.fold(at).chars().count() > 4;
        let listed = (i == 0 || self.text.tokens[i - 1].kind == Kind::Mark || !self.text.same_line(i - 1, i))
            && (self.is(at + 1, ",")
                || self.is(at + 1, "-") && self.spaced(at + 1)
                || self.is(at + 1, "(")
                || !self.text.same_line(at, at + 1));
        let sure = self.label(at).person || classes & SURNAME != 0 || count > 1 || first < i || tight || listed && classes & COMMON == 0;
        let place = self.label(at).place && !self.label(at).person;
        if place && count == 1 || !sure && latin {
            return None;
        }
        let mut last = self.onward(at);
        while first < i && self.label(last).person && self.may_name(last) && self.text.same_line(at, last) {
            last = self.onward(last); // "Lloyd G. Adu Amoah"
        }
        Some(Candidate { first, last, rule: "initials", confidence: if sure { 0.95 } else { 0.75 }, rank: 6 })
    }

    /// "Исмагулова А.Е."
    pub(super) fn initials_after(&self, i: usize) -> Option<Candidate> {
        if self.text.tokens[i].script != Script::Cyrillic {
            return None;
        }
        let surname = self.onward(i);
        let mut last = self.initial(surname).filter(|_| self.text.same_line(i, surname))?;
        let mut count = 1;
        while let Some(next) = self.initial(last).filter(|_| count < 3 && self.text.same_line(i, last)) {
            last = next;
            count += 1;
        }
        let followed = self.is_capital(last)
            && self.text.same_line(i, last)
            && self.classes(last) & SURNAME != 0
            && self.text.tokens[i].sentence == self.text.tokens[last].sentence;
        let classes = self.classes(i);
        let sure = classes & SURNAME != 0 && classes & FOREIGN == 0 || self.label(i).person;
        (self.may_name(i) && sure && !followed && !self.dedicated(i)).then_some(Candidate {
            first: i,
            last,
            rule: "surname-initials",
            confidence: 0.93,
            rank: 5,
        })
    }

    /// "Анна Сергеевна Ли", "Ли Анна Сергеевна".
    pub(super) fn patronymic(&self, i: usize) -> Option<Candidate> {
        if i == 0
            || self.classes(i) & PATRONYMIC == 0
            || !self.is_capital(i - 1)
            || !self.text.same_line(i - 1, i)
            || self.classes(i - 1) & FIRST_NAME == 0
        {
            return None;
        }
        let (mut first, mut last) = (i - 1, i + 1);
        if self.may_name(last) && self.text.same_line(i, last) {
            last = self.onward(last);
        } else if first > 0
            && self.may_name(first - 1)
            && self.text.same_line(first - 1, i)
            && (self.classes(first - 1) & SURNAME != 0 || self.is_before_names(first - 1))
        {
            first -= 1;
        }
        (!self.dedicated(first)).then_some(Candidate { first, last, rule: "patronymic", confidence: 0.95, rank: 5 })
    }

    /// «наградить Стилиади Ивана Петровича»: a word with a capital amid a sentence that is no post, place
    /// or body stands before name and patronymic as a surname does.
    fn is_before_names(&self, i: usize) -> bool {
        let token = &self.text.tokens[i];
        let opens = i == 0 || self.text.tokens[i - 1].sentence != token.sentence || self.is(i - 1, "\"");
        !opens
            && token.case == Case::Title
            && token.script == Script::Cyrillic
            && self.classes(i) & (NAMELIKE | COMMON | POST | TITLE | HEAD | UNIT | FIRST_NAME) == 0
            && !self.label(i).place
            && !self.label(i).body
            && !self.mentioned(i)
            && !self.is_capital(i - 1)
    }

    /// "Mr. Chun Hong Soo", "г-н Ф.Аминов", "госпожа Абдиева".
    pub(super) fn titled(&self, i: usize) -> Option<Candidate> {
        let next = self.title(i)?;
        let mut at = next;
        while let Some(next) = self.title(at) {
            at = next;
        }
        // «первая леди Озерии Анна Лунина»
        if let Some(&(end, sure)) = self.places.get(&at) {
            let cyrillic =
                self.token(at).is_some_and(|t| t.script == Script::Cyrillic) && self.text.fold(at).ends_with(['а', 'и', 'ы', 'я']);
            if cyrillic && sure > 0.4 && self.classes(at) & FIRST_NAME == 0 && self.is_capital(end) && self.text.same_line(at, end) {
                at = end;
            }
        }
        let first = at;
        let mut words = 0;
        // "Dr Anna Park": behind a first name and before small letters even a park is a surname
        let surname = |k: usize, words: usize| {
            let other = POST | TITLE | HEAD | LEGAL | CALENDAR | UNIT | lexicon::REGION;
            let token = &self.text.tokens[k];
            words == 1 && token.script == Script::Latin && self.classes(k) & other == 0 && !self.is_capital(k + 1) && !self.mentioned(k)
        };
        while self.text.same_line(i, at) && words < 4 {
            if let Some(next) = self.initial(at) {
                at = next;
                continue;
            }
            if self.token(at).is_some_and(|t| t.case == Case::Lower && t.kind == Kind::Word)
                && self.classes(at) & PARTICLE != 0
                && self.is_capital(at + 1)
                && words > 0
            {
                at += 1;
                continue;
            }
            let label = self.label(at);
            let taken = label.place && !label.body && self.label(first).place && !self.mentioned(first) && self.is_name_word(at);
            let given = label.person && self.classes(at) & FIRST_NAME != 0 || taken;
            if !self.is_capital(at)
                || self.classes(at) & (POST | HEAD | LEGAL | CALENDAR | UNIT) != 0 && words == 0
                || words > 0 && !given && !self.may_name(at) && !surname(at, words)
            {
                break;
            }
            words += 1;
            at = self.onward(at);
            if words > 1
                && self.text.tokens[at - 1].case == Case::Upper
                && self.text.tokens[first].case == Case::Title
                && self.text.fold(at - 1).chars().count() < 4
            {
                at -= 1;
                break;
            }
        }
        (words > 0 && !self.dedicated(first)).then_some(Candidate { first, last: at, rule: "title", confidence: 0.95, rank: 4 })
    }

    /// A title at `i`: one past it, with its stop.
    pub(super) fn title(&self, i: usize) -> Option<usize> {
        let token = self.token(i)?;
        if token.kind != Kind::Word {
            return None;
        }
        // "г-н", "г-жа"
        if self.is(i, "г")
            && self.is(i + 1, "-")
            && matches!(self.text.fold(i + 2), "н" | "на" | "ну" | "ном" | "жа" | "жи" | "же" | "жу" | "жой")
        {
            return Some(i + 3);
        }
        let sure = self.classes(i) & lexicon::ADDRESS != 0;
        if !sure || token.script == Script::Latin && !token.is_capital() {
            return None;
        }
        Some(if self.is(i + 1, ".") && !self.spaced(i + 1) { i + 2 } else { i + 1 })
    }

    /// A known first name with a surname after it.
    pub(super) fn first_name(&self, i: usize) -> Option<Candidate> {
        let classes = self.classes(i);
        let next = i + 1;
        if classes & FIRST_NAME == 0
            || classes & FOREIGN != 0
            || !self.text.same_line(i, next)
            || !self.is_capital(next)
            || self.label(i).body
        {
            return None;
        }
        if self.text.tokens[i].script != self.text.tokens[next].script
            || self.label(next).body
            || self.label(i).place && !self.label(i).person
        {
            return None;
        }
        let surname = self.classes(next);
        if surname & (FOREIGN | POST | TITLE | COMMON) != 0 || self.label(next).place && surname & SURNAME == 0 {
            return None;
        }
        let cyrillic = self.text.tokens[i].script == Script::Cyrillic;
        let sure = surname & (SURNAME | PATRONYMIC) != 0 || self.label(i).person || self.label(next).person;
        if !sure && (cyrillic && self.modelled || self.page.text.tokens[i].case == Case::Upper) || self.dedicated(i) {
            return None;
        }
        let last = self.onward(next);
        if !sure && self.is_plain(i, last) {
            return None; // "Grant Scheme" beside "the grant scheme"
        }
        Some(Candidate { first: i, last, rule: "first-name", confidence: if sure { 0.85 } else { 0.6 }, rank: 2 })
    }

    /// "Governor of Khatlon Rustam Nazarzoda", «глава Управления экологии Бекболот Осмонов»: after a
    /// post and the name of what it is held in, two words of which the last ends as surnames do; any
    /// two where the post stands right before them or governs what does.
    pub(super) fn posted(&self, i: usize) -> Option<Candidate> {
        /// How far back the post may stand.
        const POST_WITHIN: usize = 24;
        let next = i + 1;
        let before = i.checked_sub(1)?;
        // "Christian" is a first name too
        let given =
            |k: usize| k == i && self.is_capital(k) && self.classes(k) & (FIRST_NAME | lexicon::DEMONYM) == FIRST_NAME | lexicon::DEMONYM;
        // "County Governor Vaelo Zakutu": the model took post and name for one body
        // and "President of the Garda Group Vaelo Zakutu said"
        let ends = || {
            let mut last = self.onward(next);
            if self.is_capital(last) {
                last = self.onward(last);
            }
            self.token(last).is_some_and(|t| t.case == Case::Lower && t.kind == Kind::Word) && !self.is(last, "of") && !self.is(last, "and")
        };
        let strange = |k: usize| lexicon::classes::is_strange(self.text.fold(k));
        // "the agency's spokesperson Vaelo Zakutu": no body is called by two words that are no English behind a post
        let small = || self.classes(before) & (POST | COMMON) == POST && self.text.tokens[before].case == Case::Lower;
        let led = strange(i)
            && strange(next)
            && (self.label(before).body && self.is_headed(before) || self.text.tokens[i].script == Script::Latin && small())
            || self.label(before).body
                && (self.classes(before) & POST != 0 || self.classes(before) & (HEAD | UNIT) != 0 && ends() && self.is_headed(before));
        let may = |i: usize| self.may_name(i) || led && self.is_capital(i) && self.is_name_word(i) && self.label(i).body;
        let plain = |i: usize| given(i) || may(i) && self.classes(i) & (lexicon::OF_NAMES | POST | COMMON) == 0;
        let open = |i: usize| {
            let case = self.text.tokens[i].case;
            let loud = i == next && case == Case::Upper && self.text.tokens[i].span.len() > 3;
            (case == Case::Title || loud) && !self.places.contains_key(&i) && !self.label(i).person
        };
        if !plain(i) || !plain(next) || !open(i) || !open(next) || !self.text.same_line(i, next) || !self.text.same_line(before, i) {
            return None;
        }
        let mut last = self.onward(next);
        // "Garda Council Duong Tan Hoen said"
        if led && self.is_capital(last) && plain(last) && self.text.same_line(i, last) {
            last = self.onward(last);
        }
        if self.is_capital(last) || self.dedicated(i) {
            return None;
        }
        let strange = self.text.tokens[i].script == Script::Latin && !self.spaced_apart(i) && !self.is_plain(i, last);
        let headline = self.page.words().is_titled(self.text, i);
        if strange && !headline && self.classes(before) & POST != 0 && self.classes(before) & FIRST_NAME == 0 {
            // surer than the model that took them for a body
            let confidence = if led { 0.92 } else { 0.75 };
            return Some(Candidate { first: i, last, rule: "at-post", confidence, rank: 2 });
        }
        // what the post is held in ends right before
        // "Vice Minister of Finance Bernardo Orellana"
        let field =
            strange && self.classes(before) & NAMELIKE != 0 && self.is_governed(before) && !self.is_field(i) && !self.is_field(next);
        let held =
            field || self.label(before).place || self.label(before).body || self.classes(before) & (HEAD | lexicon::REGION | UNIT) != 0;
        let free = self.is_capital(before) || self.classes(before) & (HEAD | lexicon::REGION | UNIT) != 0;
        if !held || !free || self.classes(next) & SURNAME == 0 && !(strange && (led || self.is_governed(before))) {
            return None;
        }
        let sentence = self.text.tokens[i].sentence;
        (before.saturating_sub(POST_WITHIN)..before)
            .rev()
            .take_while(|&k| self.text.tokens[k].sentence == sentence)
            .any(|k| self.classes(k) & POST != 0)
            .then_some(Candidate { first: i, last, rule: "after-post", confidence: 0.8, rank: 2 })
    }

    /// Whether a stop or a sentence's end stands before token `i`.
    fn spaced_apart(&self, i: usize) -> bool {
        i == 0 || self.text.tokens[i - 1].sentence != self.text.tokens[i].sentence || self.apart(i)
    }

    /// "Country Manager for | Armenia": a post and a small word govern the name that ends at token `end`.
    fn is_governed(&self, end: usize) -> bool {
        for k in (end.saturating_sub(6)..end).rev() {
            if matches!(self.text.fold(k), "of" | "for" | "to" | "in") && k > 0 {
                return self.classes(k - 1) & POST != 0;
            }
            if !self.is_capital(k) && !matches!(self.text.fold(k), "the" | "and") {
                return false;
            }
        }
        false
    }

    /// Whether a post governs the body that ends at token `end`: "Vice Chairman of the Garda People's | Council".
    fn is_headed(&self, end: usize) -> bool {
        let sentence = self.text.tokens[end].sentence;
        for k in (end.saturating_sub(14)..end).rev().take_while(|&k| self.text.tokens[k].sentence == sentence) {
            match self.text.fold(k) {
                "of" if k > 0 && self.classes(k - 1) & POST != 0 => return true,
                "of" | "for" | "the" | "'s" | "and" | "," | "-" => {}
                _ if self.is_capital(k) => {}
                _ => return false,
            }
        }
        false
    }

    /// "Moon Jae-in", «Сан-мин Ли».
    pub(super) fn asian(&self, i: usize) -> Option<Candidate> {
        let syllable = |i: usize| self.token(i).is_some_and(|t| t.kind == Kind::Word) && self.text.fold(i).chars().count() <= 5;
        let joined = syllable(i) && self.is(i + 1, "-") && !self.spaced(i + 1) && !self.spaced(i + 2) && syllable(i + 2);
        if !joined || !self.text.same_line(i, i + 2) || self.is(i + 3, "-") {
            return None;
        }
        let surname = |i: usize| self.is_capital(i) && self.classes(i) & ASIAN_SURNAME != 0;
        let lower = self.text.tokens[i + 2].case == Case::Lower;
        if i > 0 && surname(i - 1) && self.text.same_line(i - 1, i) && self.spaced(i) {
            Some(Candidate { first: i - 1, last: i + 3, rule: "asian", confidence: if lower { 0.9 } else { 0.7 }, rank: 4 })
        } else if surname(i + 3) && self.text.same_line(i, i + 3) && lower {
            Some(Candidate { first: i, last: i + 4, rule: "asian", confidence: 0.85, rank: 4 })
        } else {
            None
        }
    }

    /// A first name alone among words in small letters, one that is nothing else: "Suzanne keeps bees".
    pub(super) fn lone(&self, i: usize) -> Option<Candidate> {
        let (token, classes) = (self.token(i)?, self.classes(i));
        let fold = self.text.fold(i);
        let other = FOREIGN | COMMON | NAMELIKE | POST | TITLE | lexicon::PARTICLE | ASIAN_SURNAME;
        if classes & FIRST_NAME == 0
            || classes & (other | lexicon::LISTED) != 0
            || token.case != Case::Title
            || token.script != Script::Latin
            || self.page.in_furniture(token.span)
        {
            return None;
        }
        let label = self.label(i);
        if label.body
            || label.place
            || self.place_words.contains(&token.hash)
            || self.dedicated(i)
            || lexicon::classes::class(fold, false) != 0
        {
            return None;
        }
        // nothing beside it that it may be a part of
        let free = |j: usize| match self.token(j).filter(|_| self.text.same_line(i, j)) {
            Some(t) if t.kind == Kind::Mark => {
                t.spaced && j > i || matches!(self.text.fold(j), "," | "." | ";" | ":" | ")" | "(" | "?" | "!")
            }
            Some(t) => t.case == Case::Lower || matches!(self.text.fold(j), "'s"),
            None => true,
        };
        let listed = i > 0 && self.is(i - 1, ",") && matches!(self.text.fold(i + 1), "," | "and" | "и");
        let before = i == 0 || free(i - 1) && !listed && !(i > 1 && self.is(i - 1, ".") && self.is(i - 2, "v"));
        let alone = !self.is(i + 1, ".") || self.token(i + 2).is_none_or(|t| t.spaced || t.line != token.line);
        (before && free(i + 1) && alone).then_some(Candidate { first: i, last: i + 1, rule: "lone-first-name", confidence: 0.6, rank: 0 })
    }

    /// "Ambassador Weintraub", "Sen. O'Mara": a post or rank and a surname alone; more behind it in
    /// "Senators Weintraub and O'Mara".
    pub(super) fn ranked(&self, i: usize, found: &mut Vec<Candidate>) {
        let Some(mut post) = i.checked_sub(1) else { return };
        if self.is(post, ".") && !self.spaced(post) {
            post = post.saturating_sub(1);
        }
        let known = |i: usize| self.classes(i) & (FIRST_NAME | SURNAME) != 0;
        // "General Motors", but "Attorney General Weintraub"
        let ranks = post < i
            && self.is_capital(post)
            && hints::at(self.text, post, Hint::RANKED)
            && (!self.is(post, "general") || known(i) || post > 0 && self.classes(post - 1) & (POST | TITLE) != 0);
        if !ranks
            || !self.text.same_line(post, i)
            || self.page.words().is_titled(self.text, i)
            || self.page.words().is_shouted(self.text, i)
        {
            return;
        }
        let mut at = i;
        while let Some(last) = self.surname_alone(at) {
            found.push(Candidate { first: at, last, rule: "ranked", confidence: 0.8, rank: 1 });
            let link = |k: usize| matches!(self.text.fold(k), "and" | "&");
            at = match self.text.fold(last) {
                _ if !hints::at(self.text, post, Hint::RANKS) => return,
                "," if link(last + 1) => last + 2,
                "," => last + 1,
                _ if link(last) => last + 1,
                _ => return,
            };
        }
    }

    /// One past a surname with nothing beside it that it may be a part of.
    fn surname_alone(&self, at: usize) -> Option<usize> {
        let token = self.token(at)?;
        let last = self.onward(at);
        let classes = self.classes(at);
        let other = lexicon::OF_NAMES | lexicon::LEGAL | POST | COMMON | TITLE;
        let fold = self.text.fold(at);
        // "McCarthy" and not "WeintraubWhen"
        let cased = match token.case {
            Case::Title => true,
            Case::Mixed => ["mc", "mac", "o'", "o’", "de", "di", "la", "le", "van", "fitz"].iter().any(|opening| fold.starts_with(opening)),
            _ => false,
        };
        let named = token.script == Script::Latin
            && cased
            && self.is_capital(at)
            && classes & other == 0
            && (classes & SURNAME != 0 || lexicon::classes::class(fold, false) == 0);
        let label = self.label(at);
        let free = !label.place && !label.body && !self.places.contains_key(&at);
        // and not "Minister Weintraub Anna", "General Jubal A. Early", "General Suleiman al-Amr"
        let goes_on = self.is_capital(last) && !self.apart(last)
            || self.initial(last).is_some()
            || self.classes(last) & PARTICLE != 0 && self.is_capital(self.onward(last).max(last + 1));
        let closed = !self.text.same_line(at, last) || !goes_on;
        (named && free && closed).then_some(last)
    }

    /// A line that is nothing but a name with a known first name: the author's.
    pub(super) fn byline(&self, i: usize) -> Option<Candidate> {
        let line = self.text.lines.get(self.token(i)?.line as usize)?;
        let (first, last) = (line.tokens.0 as usize, line.tokens.1 as usize);
        if first != i || !(2..=4).contains(&(last - first)) || self.classes(i) & FIRST_NAME == 0 || self.mentioned(i) {
            return None;
        }
        let plain = (first..last).all(|j| {
            self.may_name(j) && self.classes(j) & (COMMON | NAMELIKE) == 0 && !self.apart(j)
                || j > first && self.initial(j).is_some()
                || j > first && self.is(j, ".")
        });
        (plain && self.is_capital(last - 1)).then_some(Candidate { first, last, rule: "byline", confidence: 0.85, rank: 3 })
    }
}
