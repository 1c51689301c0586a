//! Quotation marks: where a quoted name ends, and what is somebody's speech.
//!
//! All double marks fold to one, and «», „“, “” and "" are told apart by how they stand in the text. A name is
//! short and its closing mark is looked for from the opening one, which may be shared by an inner name
//! («A «B»). Speech is long: the marks of a line are paired from its beginning, and what lacks its mark ends
//! with the line. The model of names reads marks for itself (`names::features`), as it did when its weights
//! were learnt.

use super::facts::QUOTE;
use super::{Kind, Text};

/// Tokens that a quoted name has, at most.
const LONGEST_NAME: usize = 60;

/// Quotations shorter than so many tokens are names.
const SHORTEST_SPEECH: usize = 8;
/// And longer ones than so many lack their closing mark.
const LONGEST_SPEECH: usize = 200;

impl Text<'_> {
    /// One past the quotation mark that closes the one at token `open`, if it closes soon and on the
    /// same line. Quotes inside it are stepped over; an inner one may share the closing mark.
    pub fn quoted_end(&self, open: usize) -> Option<usize> {
        let opening = self.str(open).chars().next()?;
        if self.fold(open) == "'" {
            return self.single_quoted_end(open);
        }
        if self.fold(open) != "\"" {
            return None;
        }
        // a closing mark that touches the word before opens nothing
        let free = self.tokens.get(open).is_some_and(|t| t.spaced)
            || open == 0
            || !self.is_word(open - 1) && !matches!(self.mark(open - 1), b'.' | b',');
        if !free && matches!(opening, '”' | '"' | '“') {
            return None;
        }
        if !self.tokens.get(open + 1).is_some_and(|t| !t.spaced || opening == '«' || opening == '“') {
            return None;
        }
        let mut depth = 1;
        let mut last = None;
        let mut inner = false; // inside a pair of other marks
        for i in open + 1..(open + LONGEST_NAME).min(self.tokens.len()) {
            if !self.same_line(open, i) {
                break;
            }
            if self.fold(i) != "\"" {
                continue;
            }
            match self.str(i) {
                "«" | "„" => depth += 1,
                "»" => {
                    depth -= 1;
                    // «A «B» and «C»: where the marks do not pair, the first closing one closes both
                    if last.is_none() || depth == 0 {
                        last = Some(i + 1);
                    }
                    if depth == 0 {
                        break;
                    }
                }
                // “A “B”: where the marks do not pair, the first closing one closes both
                "“" if opening == '“' && i > open + 1 && self.opens_again(i) => depth += 1,
                "”" | "“" if opening == '“' || opening == '„' || opening == '”' => {
                    let both = depth > 1 && matches!(self.str(i + 1), "”" | "“") && self.tokens.get(i + 1).is_some_and(|t| !t.spaced);
                    last = Some(i + 1 + usize::from(both));
                    break;
                }
                "\"" if opening == '"' => {
                    // «"Специнспекция "Тигр"»: a mark with space before and none after opens again
                    if self.opens_again(i) && i > open + 1 {
                        depth += 1;
                        continue;
                    }
                    last = Some(i + 1);
                    depth -= 1;
                    if depth <= 1 {
                        // the inner one may close both
                        let more = depth == 1 && self.fold(i + 1) == "\"" && self.tokens.get(i + 1).is_some_and(|t| !t.spaced);
                        if more {
                            last = Some(i + 2);
                        }
                        break;
                    }
                }
                // “A" and "A”: a typist's pair
                "\"" if opening == '“' && !self.tokens[i].spaced && !inner => {
                    last = Some(i + 1);
                    break;
                }
                "”" if opening == '"' && !self.tokens[i].spaced && !inner => {
                    last = Some(i + 1);
                    break;
                }
                "\"" if opening == '“' => inner = !inner,
                "“" | "”" if opening == '"' => inner = self.str(i) == "“",
                _ => {}
            }
        }
        last.filter(|&end| end > open + 2)
    }

    /// Whether a mark has space before and none after it.
    fn opens_again(&self, mark: usize) -> bool {
        self.tokens.get(mark).is_some_and(|t| t.spaced) && self.tokens.get(mark + 1).is_some_and(|t| !t.spaced)
    }

    /// The same for ‘single’ marks: the opening one has space before it, the closing one none.
    fn single_quoted_end(&self, open: usize) -> Option<usize> {
        let (mark, next) = (self.tokens.get(open)?, self.tokens.get(open + 1)?);
        if mark.kind != Kind::Mark || next.spaced || !mark.spaced && open > 0 && self.is_word(open - 1) {
            return None;
        }
        (open + 2..(open + LONGEST_NAME).min(self.tokens.len()))
            .take_while(|&i| self.same_line(open, i))
            .find(|&i| {
                let closes = self.fold(i) == "'" && self.tokens[i].kind == Kind::Mark && !self.tokens[i].spaced;
                closes && self.tokens.get(i + 1).is_none_or(|t| t.spaced || t.kind == Kind::Mark)
            })
            .map(|i| i + 1)
    }

    fn is_word(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.kind == Kind::Word)
    }

    /// What is quoted and is no name.
    pub(crate) fn quotations(&self) -> Quotations {
        let mut pairs = Pairs::default();
        let quoted = self.candidates(0..self.tokens.len(), QUOTE).filter_map(|at| pairs.step(self, at));
        Quotations(quoted.filter(|(open, close)| (SHORTEST_SPEECH..LONGEST_SPEECH).contains(&(close - open))).collect())
    }

    /// Whether a quotation mark that stands open begins what `token` stands in, at most `reach` tokens before it.
    pub(crate) fn is_quoted(&self, token: usize, reach: usize) -> bool {
        let Some(line) = self.tokens.get(token).and_then(|t| self.lines.get(t.line as usize)) else { return false };
        let mut pairs = Pairs::default();
        self.candidates(line.tokens.0 as usize..token, QUOTE).for_each(|at| _ = pairs.step(self, at));
        pairs.open.is_some_and(|open| token - open <= reach)
    }
}

/// What somebody is quoted as saying: the tokens of the marks around it, in order.
#[derive(Debug)]
pub(crate) struct Quotations(Vec<(usize, usize)>);

impl Quotations {
    /// Whether the token stands in one of them.
    pub fn hold(&self, token: usize) -> bool {
        let i = self.0.partition_point(|&(_, close)| close < token);
        self.0.get(i).is_some_and(|&(open, _)| open <= token)
    }
}

/// Pairs the double marks of a line, those inside a pair stepped over.
#[derive(Default)]
struct Pairs {
    line: u32,
    open: Option<usize>,
    depth: usize,
}

impl Pairs {
    /// The pair that the mark at token `at` closes, if it closes one.
    fn step(&mut self, text: &Text, at: usize) -> Option<(usize, usize)> {
        if text.mark(at) != b'"' {
            return None;
        }
        let token = &text.tokens[at];
        if token.line != self.line {
            *self = Self { line: token.line, ..Self::default() };
        }
        let opens = match text.str(at) {
            "«" | "„" => true,
            "»" | "”" => false,
            // a mark that touches the word behind it
            _ => text.tokens.get(at + 1).is_some_and(|t| !t.spaced && t.kind != Kind::Mark) && (token.spaced || self.open.is_none()),
        };
        if opens {
            self.open.get_or_insert(at);
            self.depth += 1;
            return None;
        }
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 { self.open.take().map(|open| (open, at)) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Text;

    #[test]
    fn names_in_quotes_are_no_speech() {
        let text = Text::new("«Мы видели это в Ташкенте и у себя, в горах», – сказал глава ОФ «Рай в Оше». “No,” he said.");
        let quotations = text.quotations();
        assert!(quotations.hold(4) && !quotations.hold(text.tokens.len() - 8) && !quotations.hold(text.tokens.len() - 3));
    }

    #[test]
    fn marks_that_do_not_pair_end_with_the_line() {
        let text = Text::new("“In Geneva we saw that our worries are\nthe worries of others too, they say now. ”");
        assert!(!text.quotations().hold(4));
        assert!(text.is_quoted(4, 8) && !text.is_quoted(4, 3) && !text.is_quoted(12, 20));
    }

    #[test]
    fn a_name_ends_at_its_own_mark() {
        for (source, name) in [
            ("«Тихий «Причал» и берег»", "«Тихий «Причал» и берег»"),
            ("«Тихий «Причал» и берег", "«Тихий «Причал»"),
            ("„Тихий причал“ открыт", "„Тихий причал“"),
            ("\"Quiet Pier\" is open", "\"Quiet Pier\""),
            ("‘Quiet Pier’ is open", "‘Quiet Pier’"),
            ("\"Quiet Pier” is \"open\"", "\"Quiet Pier”"),
            ("“Quiet Pier\" is “open”", "“Quiet Pier\""),
            ("\"Quiet “Pier” again\" is open", "\"Quiet “Pier” again\""),
            ("“Quiet \"Pier\" again” is open", "“Quiet \"Pier\" again”"),
        ] {
            let text = Text::new(source);
            assert_eq!(text.quoted_end(0).map(|end| text.slice(text.span(0, end - 1))), Some(name), "{source}");
        }
    }
}
