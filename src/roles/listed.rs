//! Bodies whose part a list or a name tells without a verb: the lines below a cue, a project "between" bodies, a body
//! that a list gives with its project.

use super::Finder;
use super::cues::{Cue, OBJECTS, Side};
use super::sentence::{Hit, Sentence, What};
use crate::mention::{Fact, Role, RoleKind, Rule};

impl Finder<'_, '_> {
    /// The bodies that begin the lines of a list below a cue: at the end of its line before a colon, or when it says
    /// that they follow.
    pub(super) fn listed_below(&self, number: usize, sentence: &Sentence, hit: Hit, cue: &Cue) -> Vec<usize> {
        let text = &self.page.text;
        let last = sentence.items.len();
        let below = (hit.end..last).any(|i| sentence.glue(i).is_some_and(|g| g.1.below));
        let reach = match cue.side {
            Side::Label => 7,
            Side::Verb if cue.stands_alone() => 3,
            Side::After if cue.stands_alone() => {
                let group = (hit.end..last).any(|i| sentence.glue(i).is_some_and(|(_, g)| g.counted || g.namely));
                if group { 14 } else { 1 }
            }
            _ => return Vec::new(),
        };
        if !below && (last - hit.end > reach || sentence.word(last.wrapping_sub(1)) != ":") {
            return Vec::new();
        }
        let mut found = Vec::new();
        for next in &text.sentences[number + 1..] {
            let first = next.tokens.0 as usize;
            let line = text.tokens.get(first).map_or(0, |t| t.line as usize);
            if text.lines.get(line).is_none_or(|l| l.tokens.0 as usize != first) {
                continue; // a further sentence of a list's line
            }
            let mark = text.fold(first);
            let marked = matches!(mark, "-" | "*" | "•" | "·" | "▪" | ">" | "→" | "►" | "⋅" | "(")
                || mark.bytes().all(|b| b.is_ascii_digit())
                || mark.chars().count() == 1 && text.fold(first + 1) == ")";
            let from = self.mentions.partition_point(|m| m.span.end <= next.span.start);
            let line = Sentence::new(self.page, self.mentions, first, next.tokens.1 as usize, from);
            // a line that is a name
            let named = line.body(0).is_some() && line.items.len() < 8 && line.hits.is_empty();
            if !(marked || named) {
                break;
            }
            found.extend((usize::from(marked)..line.items.len().min(6)).find_map(|i| line.body(i)));
        }
        found
    }

    /// Bodies that a project's own name says it is between carry it out: "Partnership between A and B".
    pub(super) fn between(&mut self, sentence: &Sentence) {
        let text = sentence.text();
        for item in &sentence.items {
            let What::Project(project) = item.what else { continue };
            let Some(at) = (item.first..item.end).find(|&t| matches!(text.fold(t), "between" | "между")) else { continue };
            let bodies: Vec<usize> = sentence.inside(project).filter(|&b| text.tokens_in(self.mentions[b].span).start > at).collect();
            for &body in bodies.iter().filter(|_| bodies.len() > 1) {
                let Fact::Organization(fact) = &self.mentions[body].fact else { continue };
                if self.roles.iter().any(|r| r.kind == RoleKind::Implementer && r.entity == fact.entity) {
                    continue;
                }
                self.roles.push(Role {
                    kind: RoleKind::Implementer,
                    entity: fact.entity,
                    evidence: text.span(at, at),
                    body: self.mentions[body].span,
                    amount: None,
                    project: Some(project),
                    recipient: None,
                    period: None,
                    rule: Rule::Grammar("roles", "project between them"),
                    confidence: 0.7,
                    because: Vec::new(),
                });
            }
        }
    }

    /// A body that a list gives with a project of its own carries it out: "- the Десента fund, project …".
    pub(super) fn listed_with_project(&mut self, sentence: &Sentence) {
        let Some(body) = (1..4).find_map(|i| sentence.body(i).map(|b| (i, b))) else { return };
        if !matches!(sentence.word(0), "-" | "*" | "•" | "·" | "▪") {
            return;
        }
        let own = (body.0 + 1..sentence.items.len().min(body.0 + 14)).find(|&i| match sentence.items[i].what {
            What::Project(_) => OBJECTS
                .get("project")
                .is_some_and(|o| (body.0 + 1..i).rev().take(3).any(|j| o.hold(sentence.text(), sentence.items[j].first))),
            _ => false,
        });
        let (Some(own), Fact::Organization(fact)) = (own, &self.mentions[body.1].fact) else { return };
        let What::Project(project) = sentence.items[own].what else { return };
        let span = sentence.text().span(sentence.items[body.0 + 1].first, sentence.items[own].end - 1);
        if self.roles.iter().any(|r| r.kind == RoleKind::Implementer && r.entity == fact.entity) {
            return;
        }
        self.roles.push(Role {
            kind: RoleKind::Implementer,
            entity: fact.entity,
            evidence: span,
            body: self.mentions[body.1].span,
            amount: None,
            project: Some(project),
            recipient: None,
            period: None,
            rule: Rule::Grammar("roles", "listed with its project"),
            confidence: 0.55,
            because: Vec::new(),
        });
    }
}
