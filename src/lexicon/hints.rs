//! Words that tell a rule something, and are asked about one at a time once the rule has a case before it.
//!
//! They stand in `data/names/hints.tsv`, whose head says what each class is for. What is asked about every word
//! of a text is among the facts of the page instead (`forms`, `bodies`).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::stems::hash;
use crate::table;
use crate::text::Text;

/// Declares the classes, each with its name in the table.
macro_rules! classes {
    ($($class:ident $name:literal)*) => {
        /// What a word says.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Hint { $($class),* }

        impl Hint {
            fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$class),)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    PAPER_OPENER "paper-opener"
    LAW_END "law-end"
    AREA_END "area-end"
    YEAR "year"
    RANK "rank"
    LETTERED_LAW "lettered-law"
    LETTERED_THING "lettered-thing"
    WHOLE "whole"
    PURPOSE "purpose"
    NO_MATTER "no-matter"
    PATRON "patron"
    JOINED_WITH "joined-with"
    JOINED_OVER "joined-over"
    CONTROL "control"
    GUARDING "guarding"
    SPHERE "sphere"
    BEFORE_CAPITAL "before-capital"
    UNIT "unit"
    OF_PRESIDENT "of-president"
    MINISTER "minister"
    MAIN_HOUSE "main-house"
    THANKED_FOR "thanked-for"
    AID_KIND "aid-kind"
    AID "aid"
    POST_LINK "post-link"
    FIRM_POST "firm-post"
    SITTING "sitting"
    STAFF "staff"
    HOUSE "house"
    NAME_LINK "name-link"
    UNDER_POST "under-post"
    POST_OPENER "post-opener"
    POST_NARROWER "post-narrower"
    DANGLING "dangling"
    DAY_WORD "day-word"
    STATE_FORM "state-form"
    PLAIN_BODY "plain-body"
    TERRITORIAL "territorial"
    CHIEF_OFFICE "chief-office"
    OWN_PRODUCT "own-product"
    OF_FAMILY "of-family"
    ANY_AREA "any-area"
    NO_TYPE "no-type"
    RANKED "ranked"
    RANKS "ranks"
    PLACE_TAIL "place-tail"
    LOCATED "located"
    POST_RANK "post-rank"
    PEOPLE "people"
    PART_TAKEN "part-taken"
    PAID "paid"
    INCORPORATED "incorporated"
    BEHIND_COMMA "behind-comma"
    CALLED "called"
    DATIVE_WITH "dative-with"
    BRANCH "branch"
    FIRM "firm"
    PARTY "party"
    CLOSES "closes"
    SCHOOL "school"
    OWN_STATE "own-state"
    OFFICE_NARROWER "office-narrower"
    OFFICE "office"
    RULE_OPENER "rule-opener"
    MINISTRY_FIELD "ministry-field"
    LENT "lent"
    AIMED "aimed"
    YEAR_PLAN "year-plan"
    PHASE "phase"
    PHASE_NUMBER "phase-number"
    AIM "aim"
    KNOWN_OFFICE "known-office"
    FORM_BEFORE "form-before"
    FORMED "formed"
    PLANNED "planned"
    SCHEME "scheme"
    UNDERTAKING "undertaking"
    PROJECT_LINK "project-link"
    FOREIGN_LINK "foreign-link"
    TWIN "twin"
    UNDERTAKINGS "undertakings"
    GIVEN "given"
    GIVES "gives"
    MONEY_NOUN "money-noun"
    DEED "deed"
    PROJECT_KIND "project-kind"
    BEHIND_PROJECT "behind-project"
    CLAUSE_VERB "clause-verb"
    SCHEME_HEAD "scheme-head"
    PAPER_END "paper-end"
    SPEECH "speech"
    CARRIED "carried"
    SPOKEN "spoken"
    AT_HOME "at-home"
    PLACE_SMALL "place-small"
    WHITHER "whither"
    SIDE "side"
    PLACE_OPENER "place-opener"
    LOCATIVE "locative"
    GENITIVE "genitive"
    EVENT "event"
    MANY_PLACES "many-places"
    TOWARD "toward"
    AWAY "away"
    PLACE_HEAD "place-head"
    BODY_HEAD "body-head"
    AMOUNT_LINK "amount-link"
    OWNED "owned"
    GIVING_NOUN "giving-noun"
    OWN "own"
    ARTICLE "article"
    RELATIVE "relative"
    TOLD "told"
    VERB_BEHIND "verb-behind"
    REST "rest"
    COUNT "count"
    COUNTED "counted"
    CONFEREES "conferees"
    MANY_PEOPLE "many-people"
    NO_PERSON "no-person"
    LAND_END "land-end"
    LAND_OPENER "land-opener"
    NO_PAST "no-past"
    REST_LINK "rest-link"
    NO_BODY "no-body"
}

/// The hashes of words with what they say, and the beginnings of words.
#[derive(Default)]
struct Hints {
    words: FxHashSet<(u64, Hint)>,
    beginnings: Vec<(&'static str, Hint)>,
}

static HINTS: LazyLock<Hints> = LazyLock::new(|| {
    let mut hints = Hints::default();
    for [class, word] in table::rows::<2>(include_str!("../../data/names/hints.tsv")) {
        let Some(hint) = Hint::named(class) else { continue };
        match word.strip_suffix('*') {
            Some(beginning) => hints.beginnings.push((beginning, hint)),
            None => _ = hints.words.insert((hash(word), hint)),
        }
    }
    hints
});

/// Bytes by which a word may be longer than its beginning: three letters of Cyrillic.
const LONGER: usize = 6;

/// Whether a folded word says so.
pub(crate) fn is(word: &str, hint: Hint) -> bool {
    HINTS.words.contains(&(hash(word), hint))
}

/// Whether token `i` says so.
pub(crate) fn at(text: &Text, i: usize, hint: Hint) -> bool {
    text.tokens.get(i).is_some_and(|token| HINTS.words.contains(&(token.hash, hint)))
}

/// Whether a folded word begins as one that says so.
pub(crate) fn begins(word: &str, hint: Hint) -> bool {
    let begins = |beginning: &str| word.starts_with(beginning) && word.len() <= beginning.len() + LONGER;
    HINTS.beginnings.iter().any(|&(beginning, own)| own == hint && begins(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_folded_word_of_a_known_class() {
        for [class, word] in table::rows::<2>(include_str!("../../data/names/hints.tsv")) {
            let word = word.trim_end_matches('*');
            assert!(Hint::named(class).is_some(), "{class}");
            assert_eq!(Text::key(word).replace(' ', ""), word);
        }
    }

    #[test]
    fn words_and_beginnings_are_known() {
        let text = Text::new("The Government of Garda held семинары");
        assert!(at(&text, 1, Hint::AT_HOME) && !at(&text, 3, Hint::AT_HOME) && !at(&text, 99, Hint::AT_HOME));
        assert!(is("ministry", Hint::AT_HOME) && !is("ministry", Hint::EVENT));
        assert!(begins("семинары", Hint::EVENT) && !begins("семинаристами", Hint::EVENT));
    }
}
