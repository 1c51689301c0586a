//! Bodies whose part a list or a name tells without a verb: the lines below a cue, a project "between" bodies, a body
//! that a list gives with its project.

use super::Finder;
use super::cues::{AGREEMENT, Cue, OBJECTS, Side};
use super::sentence::{Hit, Sentence, What, is_article};
use crate::mention::{Fact, Role, RoleKind, Rule};
use crate::text::facts;

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
        // a line that is "Organizers" and nothing else
        let heading = cue.side == Side::Label && (hit.first, hit.end) == (0, last);
        if !below && !heading && (last - hit.end > reach || sentence.word(last.wrapping_sub(1)) != ":") {
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
            let named = line.body(usize::from(is_article(line.word(0)))).is_some() && line.items.len() < 8 && line.hits.is_empty();
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

    /// Who lends or grants by an agreement on money: "the ministry and the bank signed a loan agreement", «соглашение о
    /// финансировании с банком».
    pub(super) fn lenders(&mut self, sentence: &Sentence) {
        let text = sentence.text();
        if text.candidates(sentence.tokens(), facts::AGREEMENT).next().is_none() {
            return;
        }
        let agrees = |i: usize| AGREEMENT.iter().any(|stem| sentence.word(i).starts_with(stem));
        let Some(agreement) = (0..sentence.items.len()).find(|&i| agrees(i)) else { return };
        let unsaid = (0..sentence.items.len()).any(|i| sentence.glue(i).is_some_and(|(_, g)| g.negates || g.unreal || g.earlier));
        let told = ["loan", "grant", "credit", "financing", "financial", "кредит", "грант", "заем", "займ", "финансировани"];
        let near = agreement.saturating_sub(3)..(agreement + 16).min(sentence.items.len());
        if unsaid || !near.clone().any(|i| told.iter().any(|stem| sentence.word(i).starts_with(stem))) {
            return;
        }
        let leads = |i: usize| matches!(sentence.word(i), "with" | "between" | "and" | "&" | "с" | "со" | "между" | "и");
        for at in agreement.saturating_sub(12)..near.end {
            let Some(body) = sentence.body(at).filter(|&b| sentence.lends(b)) else { continue };
            let mut start = at;
            while start > 0 && is_article(sentence.word(start - 1)) {
                start -= 1;
            }
            let Fact::Organization(fact) = &self.mentions[body].fact else { continue };
            let known = self.roles.iter().any(|r| r.entity == fact.entity && r.kind <= RoleKind::Implementer);
            if known || !start.checked_sub(1).is_some_and(leads) || fact.kind == "embassy" {
                continue;
            }
            self.roles.push(Role {
                kind: RoleKind::Donor,
                entity: fact.entity,
                evidence: sentence.text().span(sentence.items[agreement].first, sentence.items[agreement].end - 1),
                body: self.mentions[body].span,
                amount: None,
                project: None,
                recipient: None,
                period: None,
                rule: Rule::Grammar("roles", "agreement on money"),
                confidence: 0.64,
                because: Vec::new(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;

    fn roles(text: &str) -> (Vec<String>, Vec<String>) {
        let record = Record::of(text);
        let names = |roles: &[crate::record::Role]| roles.iter().map(|r| r.name.to_string()).collect();
        (names(&record.donors), names(&record.organizers))
    }

    #[test]
    fn who_lends_by_an_agreement_pays() {
        let (donors, _) = roles("Подписано соглашение о финансировании между Минфином и Азиатским банком развития.");
        assert_eq!(donors, ["Asian Development Bank"]);
        let (donors, _) = roles("The ministry signed an agreement on visas with the Asian Development Bank.");
        assert!(donors.is_empty());
    }

    #[test]
    fn a_group_is_named_in_the_lines_below() {
        let below =
            "The roof was paid for by agencies of the United Nations, namely:\nUNICEF;\nthe World Food Programme (WFP).\n\nIt is red.";
        let (donors, _) = roles(below);
        assert_eq!(donors, ["United Nations Children's Fund", "World Food Programme"]);
    }

    #[test]
    fn a_heading_tells_what_the_lines_below_do() {
        let (_, organizers) = roles("Rivers without borders\n\nOrganizers\nUNICEF\nthe World Food Programme\n\nIt begins in May.");
        assert_eq!(organizers, ["United Nations Children's Fund", "World Food Programme"]);
        let (_, organizers) = roles("Organizers met on Monday.\nUNICEF sent a letter.");
        assert!(organizers.is_empty());
    }

    #[test]
    fn an_officer_gives_for_the_embassy() {
        let (donors, _) = roles("The Deputy Head of Mission of the Embassy of Finland, Ms. Aune Salo, handed over two ambulances.");
        assert_eq!(donors, ["Embassy of Finland"]);
    }

    #[test]
    fn places_of_a_body_do_not_end_the_list() {
        let (_, organizers) = roles("The Embassy of Finland, Riga in cooperation with the Museum of Bells held an exhibition.");
        assert_eq!(organizers.len(), 2);
    }
}
