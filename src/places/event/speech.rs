//! What somebody is quoted as saying: a place named there is seldom where the event happens.

use crate::text::facts;
use crate::text::{Kind, Text};

/// Quotations shorter than so many tokens are names.
const SHORTEST: usize = 8;
/// And longer ones than so many lack their closing mark.
const LONGEST: usize = 200;

/// The tokens between the marks of each quotation that is no name, in order.
pub(super) fn quotations(text: &Text) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    let mut depth = 0usize;
    let mut line = u32::MAX;
    for at in text.candidates(0..text.tokens.len(), facts::QUOTE) {
        if text.mark(at) != b'"' {
            continue;
        }
        let token = &text.tokens[at];
        if token.line != line {
            (line, open, depth) = (token.line, None, 0);
        }
        let opens = match text.str(at) {
            "«" | "„" => true,
            "»" | "”" => false,
            // a mark that touches the word behind it
            _ => text.tokens.get(at + 1).is_some_and(|t| !t.spaced && t.kind != Kind::Mark) && (token.spaced || open.is_none()),
        };
        if opens {
            open.get_or_insert(at);
            depth += 1;
        } else if let Some(first) = open {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                open = None;
                if (SHORTEST..LONGEST).contains(&(at - first)) {
                    out.push((first, at));
                }
            }
        }
    }
    out
}

/// Whether the token stands in one of the quotations.
pub(super) fn is_spoken(quotations: &[(usize, usize)], token: usize) -> bool {
    let i = quotations.partition_point(|q| q.1 < token);
    quotations.get(i).is_some_and(|q| q.0 <= token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_quotes_are_no_speech() {
        let text = Text::new("«Мы видели это в Ташкенте и у себя, в горах», – сказал глава ОФ «Рай в Оше». “No,” he said.");
        let found = quotations(&text);
        assert_eq!(found.len(), 1);
        assert!(is_spoken(&found, 4) && !is_spoken(&found, text.tokens.len() - 8));
    }

    #[test]
    fn marks_that_do_not_pair_end_with_the_line() {
        assert!(quotations(&Text::new("“In Geneva we saw that our worries are\nthe worries of others too, they say now. ”")).is_empty());
    }
}
