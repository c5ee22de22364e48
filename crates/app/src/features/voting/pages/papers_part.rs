//! Papers and votes by cards on the page of a ballot, and what can be taken
//! out of it.

use plenum_rules::voting::machine::{CardVote, Election};
use plenum_rules::voting::profile::{Office, SeatsBy};

use super::Seen;
use super::hall_rows::body_name;
use crate::shell::Words;
use crate::shell::elections::elects;

/// A vote by raised cards.
pub fn cards_said(words: Words, vote: &CardVote) -> String {
    words.say_with(
        "voting-cards-said",
        &[
            ("agree", i64::from(vote.agree).into()),
            ("disagree", i64::from(vote.disagree).into()),
            ("abstain", i64::from(vote.abstain).into()),
        ],
    )
}

/// What was voted by cards, printed, handed out and returned.
pub fn figures(words: Words, seen: &Seen) -> Vec<(String, String)> {
    let facts = &seen.ballot.facts;
    let mut figures = Vec::new();
    let mut add = |key: &str, value: String| figures.push((words.say(key), value));
    let single = seen
        .ballot
        .rules
        .office(&Office(seen.ballot.office.clone()))
        .is_some_and(|rule| rule.seats == SeatsBy::One);
    let body = facts.draft().map(|draft| draft.body);
    if let Some(body) = body {
        add("voting-voters", body_name(words, &seen.hall, body));
    }
    if facts.seats > 0 && !single && elects(&seen.ballot) {
        add("voting-seats", words.count(i64::from(facts.seats)));
    }
    if let Some(listed) = facts.listed_then() {
        let vote = |vote: &CardVote| cards_said(words, vote);
        if let Some(number) = &listed.number_vote {
            add("voting-number-vote", vote(number));
        }
        if let Some(list) = &listed.list_vote {
            add("voting-list-vote", vote(list));
        }
    }
    if let Some(vote) = &facts.committee_vote {
        add("voting-committee-vote", cards_said(words, vote));
    }
    if !facts.counters.is_empty() {
        let accounts: Vec<&str> = facts.counters.iter().map(|who| who.0.as_str()).collect();
        add("voting-counters", accounts.join(", "));
    }
    if let Some(closed) = facts.election.as_it_was().closed() {
        let papers = closed.papers;
        let whole = |number: u32| words.count(i64::from(number));
        add("voting-convened", whole(closed.attendance.convened));
        add("voting-present", whole(closed.attendance.present));
        if let Some(printed) = papers.printed {
            add("voting-printed", whole(printed));
        }
        add("voting-issued", whole(papers.issued));
        add("voting-spoiled", whole(papers.spoiled));
        add("voting-returned", whole(papers.returned));
        let missing = papers
            .issued
            .saturating_sub(papers.spoiled)
            .saturating_sub(papers.returned);
        add("voting-not-returned", whole(missing));
    }
    figures
}

/// What can be taken out: name and address. `known`: whether whoever looks may see
/// the result.
pub fn files(words: Words, seen: &Seen, (base, known): (&str, bool)) -> Vec<(String, String)> {
    let facts = &seen.ballot.facts;
    let elects = elects(&seen.ballot);
    let mut files = Vec::new();
    let mut add = |key: &str, names: &[&str]| {
        for name in names {
            let kind = name.rsplit('.').next().unwrap_or_default().to_uppercase();
            files.push((
                format!("{} ({kind})", words.say(key)),
                format!("{base}/paper/{name}"),
            ));
        }
    };
    if facts.listed_then().is_some() {
        add("voting-file-list", &["list.pdf", "list.docx"]);
    }
    let unprinted = matches!(
        facts.election,
        Election::Draft(_) | Election::ListApproved(_)
    );
    if !unprinted {
        let key = if elects {
            "voting-file-ballot"
        } else {
            "voting-file-paper"
        };
        add(key, &["ballot.pdf"]);
    }
    if known && facts.election.as_it_was().resulted().is_some() {
        add("voting-file-minutes", &["minutes.pdf", "minutes.docx"]);
        let key = if elects {
            "voting-file-result"
        } else {
            "voting-file-result-before"
        };
        add(key, &["result.pdf", "result.docx"]);
        add("voting-file-extract", &["extract.json"]);
    }
    files
}
