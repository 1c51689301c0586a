//! Governments in small letters that pay: "funded by the Japanese government", "the government of Japan gave".
//!
//! Elsewhere such words say a side of politics as often as a body, and stay unmarked.

use super::found::{Found, Scene};
use super::{gate, is_demonym};
use crate::lexicon::bodies::Classes;
use crate::lexicon::hints::Hint;
use crate::text::Case;

/// Adds the names.
pub(super) fn find(scene: &Scene, found: &mut Vec<Found>) {
    for i in scene.words.having(Classes::HEAD) {
        if scene.fold(i) != "government" || scene.token(i).is_none_or(|t| t.case != Case::Lower) {
            continue;
        }
        let Some((first, end)) = name(scene, i) else { continue };
        if gate::pays(scene, first) || is_owner_of_money(scene, first) || gives(scene, end) {
            found.push(Found { first, end, rule: ("english", "paying-government"), row: None, kind: "government", confidence: 0.8 });
        }
    }
}

/// "Japanese government", "government of Japan", with the word at token `i`.
fn name(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    if scene.fold(i + 1) == "of" {
        let country = i + 2 + usize::from(scene.fold(i + 2) == "the");
        let end = scene.place(country).filter(|_| scene.is_country(country) && scene.together(i, country));
        return end.map(|end| (i, end));
    }
    let before = i.checked_sub(1)?;
    if scene.capital(before) && is_demonym(scene.words.stems[before]) {
        return Some((before, i + 1));
    }
    (i.saturating_sub(4)..i).find(|&k| scene.place(k) == Some(i) && scene.is_country(k)).map(|k| (k, i + 1))
}

/// "a grant of the", "the support of the": money that is the government's; "thanked the".
fn is_owner_of_money(scene: &Scene, first: usize) -> bool {
    let of = first.wrapping_sub(1 + usize::from(first > 0 && scene.fold(first - 1) == "the"));
    let money = of.wrapping_sub(1);
    if matches!(scene.fold(of), "thank" | "thanks" | "thanked" | "thanking") && of < first {
        return true;
    }
    of > 0 && of < first && matches!(scene.fold(of), "of" | "from") && scene.hint(money, Hint::MONEY_NOUN) && scene.together(money, first)
}

/// "has given", "is funding": what a payer does, behind its name.
fn gives(scene: &Scene, end: usize) -> bool {
    let helper =
        |k: usize| matches!(scene.fold(k), "has" | "had" | "have" | "is" | "was" | "will" | "also" | "today" | "generously" | "kindly");
    let verb = (end..end + 4).find(|&k| !helper(k));
    verb.is_some_and(|k| scene.hint(k, Hint::GIVES) && scene.together(end - 1, k))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_government_that_pays_is_a_body() {
        let bodies = |text: &str| crate::Record::of(text).texts("organization").iter().map(|t| t.to_string()).collect::<Vec<_>>();
        assert_eq!(bodies("The Japanese government gave $8 million for the clinics."), ["Japanese government"]);
        assert_eq!(bodies("The clinic was funded by the government of Japan."), ["government of Japan"]);
        assert_eq!(bodies("It was built with a grant from the Japanese government."), ["Japanese government"]);
        assert_eq!(bodies("The U.S. government has provided $2 million."), ["U.S. government"]);
        assert_eq!(bodies("She thanked the Japanese government for the clinics."), ["Japanese government"]);
        assert!(bodies("The Japanese government resigned on Friday.").is_empty());
        assert!(bodies("It was opposed by the Japanese government.").is_empty());
        let record = crate::Record::of("The Japanese government gave $8 million for the clinics.");
        assert_eq!(record.donors[0].name, "Government of Japan");
    }
}
