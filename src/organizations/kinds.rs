//! What kind of body a name says it is: by its legal form, or by its head noun.
//!
//! The words stand in `data/organizations/kinds.tsv`, the kinds are the closed list of the tables.
//! A legal form wins over a head noun («ОсОО «Школа …»» is a company); of several head nouns the
//! first in Russian and the last before "of" or "for" in English is the one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::stems;
use crate::table;
use crate::text::{Kind, Script, Text};

static KINDS: LazyLock<FxHashMap<u64, (bool, &'static str, &'static str)>> = LazyLock::new(|| {
    table::rows::<3>(include_str!("../../data/organizations/kinds.tsv"))
        .map(|[word, what, kind]| (stems::key(&Text::new(word), 0), (what == "form", kind, word)))
        .collect()
});

/// Whether a token is a legal form or a word for a kind of body.
pub(crate) fn is_generic(text: &Text, token: usize) -> bool {
    text.tokens[token].kind == Kind::Word && KINDS.contains_key(&stems::key(text, token))
}

/// A head noun as the table has it, in the nominative.
pub(crate) fn lemma(text: &Text, token: usize) -> Option<&'static str> {
    let (is_form, _, word) = KINDS.get(&stems::key(text, token))?;
    (!is_form).then_some(*word)
}

/// The kind that the words from token `first` to one before `end` say; empty when they say none.
pub(crate) fn of(text: &Text, first: usize, end: usize) -> &'static str {
    let words = || (first..end.min(text.tokens.len())).filter(|&k| text.tokens[k].kind == Kind::Word);
    let said = |k: usize| KINDS.get(&stems::key(text, k)).copied();
    if let Some((_, kind, _)) = words().filter_map(said).find(|(is_form, ..)| *is_form) {
        return kind;
    }
    let latin = text.tokens.get(first).is_some_and(|t| t.script == Script::Latin);
    let tail = words().find(|&k| matches!(text.fold(k), "of" | "for" | "on" | "under" | "in" | "to")).unwrap_or(end);
    let before = || words().take_while(|&k| k < tail).filter_map(said);
    let found = if latin { before().last().or_else(|| words().find_map(said)) } else { words().find_map(said) };
    found.map_or("", |(_, kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_of_the_closed_list() {
        for (_, kind, _) in KINDS.values() {
            assert!(super::super::KINDS.contains(kind), "{kind}");
        }
    }

    #[test]
    fn forms_win_over_head_nouns() {
        let cases = [
            ("ОсОО «Школа будущего»", "company"),
            ("Средняя школа № 5", "school"),
            ("Lake View School", "school"),
            ("University of Applied Arts", "university"),
            ("ОФ «Центр поддержки»", "foundation"),
            ("Общественный фонд «Рассвет»", "foundation"),
            ("Northern Lakes Foundation", "foundation"),
            ("Green Lane", ""),
            ("Association of Farmers", "ngo"),
        ];
        for (name, kind) in cases {
            let text = Text::new(name);
            assert_eq!(of(&text, 0, text.tokens.len()), kind, "{name}");
        }
    }
}
