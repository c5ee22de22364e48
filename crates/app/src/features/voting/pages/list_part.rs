//! The list on the page of a ballot: rows, what can be done to each, findings.

use plenum_rules::PersonId;
use plenum_rules::season::Severity;
use plenum_rules::voting::count::Purpose;
use plenum_rules::voting::list::{Finding, FindingCode, Nomination, Source, Withdrawal};
use plenum_rules::voting::machine::CardVote;
use plenum_rules::voting::machine::Election;
use plenum_rules::voting::profile::{Office, OpinionBallot};

use super::Seen;
use super::papers_part::cards_said;
use super::preliminary_part::opinion_said;
use super::rule_said::rule_said;
use crate::shell::Words;
use crate::shell::problem::Result;

/// A row of the list.
pub struct Row {
    pub person: String,
    pub number: String,
    pub name: String,
    pub birth: String,
    pub source: String,
    pub note: String,
    pub stands: bool,
    /// What one button does: change and label.
    pub buttons: Vec<(&'static str, String)>,
    /// What one number says: change, label, value.
    pub numbers: Vec<(&'static str, String, String)>,
}

/// The list.
pub struct ListPart {
    pub rows: Vec<Row>,
    pub can_change: bool,
}

impl ListPart {
    /// As approved, or as it is being made.
    pub fn of(words: Words, seen: &Seen, may_run: bool) -> Self {
        let facts = &seen.ballot.facts;
        let drafting = match &facts.election {
            Election::Draft(draft) => Some(draft),
            _ => None,
        };
        let standing = match (drafting, facts.listed_then()) {
            (Some(draft), _) => facts.draft_list(&seen.hall, draft).rows(),
            (None, Some(listed)) => listed.rows.clone(),
            (None, None) => Vec::new(),
        };
        let can_change = may_run && drafting.is_some_and(|draft| made_here(draft.purpose));
        let of = |nomination: &Nomination| {
            let row = standing.iter().find(|row| row.person == nomination.person);
            let name =
                row.map_or_else(|| seen.hall.name(nomination.person), |row| row.name.clone());
            Row {
                person: nomination.person.to_string(),
                number: row.map_or_else(String::new, |row| row.number.to_string()),
                name,
                birth: row
                    .and_then(|row| row.birth)
                    .map(|day| words.day(day))
                    .unwrap_or_default(),
                source: source(words, seen, nomination.source),
                note: note(words, seen, nomination),
                stands: row.is_some(),
                buttons: if can_change {
                    buttons(words, nomination)
                } else {
                    Vec::new()
                },
                numbers: if can_change {
                    numbers(words, seen, nomination)
                } else {
                    Vec::new()
                },
            }
        };
        let mut rows: Vec<Row> = facts.nominations.iter().map(of).collect();
        rows.sort_by_key(|row| (!row.stands, row.number.parse::<u8>().unwrap_or(u8::MAX)));
        Self { rows, can_change }
    }
}

/// Whether the names are chosen on this list: a run-off is between those tied,
/// an opinion ballot about the nominees of the list it serves.
fn made_here(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::Election | Purpose::Introduction)
}

fn source(words: Words, seen: &Seen, source: Source) -> String {
    match source {
        _ if seen.ballot.purpose == "introduction" => words.say("voting-source-introduced"),
        Source::Convening => words.say("voting-source-convening"),
        Source::Own => words.say("voting-source-own"),
        Source::Floor(person) => {
            words.say1("voting-source-floor-by", "name", seen.hall.name(person))
        }
    }
}

fn note(words: Words, seen: &Seen, nomination: &Nomination) -> String {
    let mut notes = Vec::new();
    if let Some(people) = nomination.supporters {
        notes.push(words.say1("voting-supporters-said", "people", i64::from(people)));
    }
    if let Some(opinion) = &nomination.opinion {
        notes.push(opinion_said(words, seen, opinion));
    }
    if nomination.left_out {
        notes.push(words.say("voting-left-out"));
    }
    let cards = |vote: &CardVote| cards_said(words, vote);
    notes.extend(nomination.withdrawal.map(|wish| {
        let said = words.say(match wish {
            Withdrawal::Asked => "voting-withdrawal-asked",
            Withdrawal::Granted => "voting-withdrawal-granted",
            Withdrawal::Denied => "voting-withdrawal-denied",
        });
        let vote = nomination.withdrawal_vote.as_ref().map(cards);
        vote.map_or(said.clone(), |vote| format!("{said} ({vote})"))
    }));
    notes.join("; ")
}

fn buttons(words: Words, nomination: &Nomination) -> Vec<(&'static str, String)> {
    let changes: &[&'static str] = match nomination.withdrawal {
        None if nomination.left_out => &["back"],
        None if nomination.opinion.is_some() => &["ask", "out"],
        None => &["ask", "remove"],
        Some(_) => &["stay"],
    };
    changes
        .iter()
        .map(|change| (*change, words.say(&format!("voting-change-{change}"))))
        .collect()
}

fn numbers(
    words: Words,
    seen: &Seen,
    nomination: &Nomination,
) -> Vec<(&'static str, String, String)> {
    // A secret opinion ballot says more than raised cards, and for some offices
    // it must be held.
    let office = Office(seen.ballot.office.clone());
    let rule = seen.ballot.rules.office(&office);
    let cards = rule.is_some_and(|rule| rule.opinion_ballot.value != OpinionBallot::Mandatory);
    if !cards || !nomination.source.is_outside() || nomination.opinion.is_some() {
        return Vec::new();
    }
    let value = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    vec![(
        "supporters",
        words.say("voting-change-supporters"),
        value(nomination.supporters),
    )]
}

/// Something wrong with the list.
pub struct FindingRow {
    pub code: &'static str,
    pub blocks: bool,
    pub text: String,
    pub advice: String,
    pub unconfirmed: String,
}

impl FindingRow {
    /// What is wrong, while the list can be changed.
    ///
    /// # Errors
    /// `E-VOT-25`.
    pub fn of(words: Words, seen: &Seen) -> Result<Vec<Self>> {
        let facts = &seen.ballot.facts;
        let Election::Draft(draft) = &facts.election else {
            return Ok(Vec::new());
        };
        if facts.nominations.is_empty() {
            return Ok(Vec::new());
        }
        let found = facts.findings(&seen.ballot.rules, &seen.hall, draft)?;
        // Where the opinion ballot is still to be held, it says who has the support.
        let missing = |person: Option<PersonId>| {
            let mut others = found.iter();
            others.any(|one| one.person == person && one.code == FindingCode::OpinionBallotMissing)
        };
        let told =
            |one: &&Finding| one.code != FindingCode::SupportTooSmall || !missing(one.person);
        let told = found.iter().filter(told);
        Ok(told.map(|one| Self::one(words, seen, one)).collect())
    }

    fn one(words: Words, seen: &Seen, finding: &Finding) -> Self {
        let number = |number: Option<u32>| i64::from(number.unwrap_or(0));
        let code = finding.code.code();
        let low = code.to_lowercase();
        let name = finding
            .person
            .map_or_else(|| "–".to_owned(), |id| seen.hall.name(id));
        let values = [
            ("name", name.into()),
            ("found", number(finding.found).into()),
            ("limit", number(finding.limit).into()),
        ];
        Self {
            code,
            blocks: finding.code.severity() == Severity::Blocks,
            text: words.say_with(&format!("finding-{low}"), &values),
            advice: words.say(&format!("finding-do-{low}")),
            unconfirmed: finding
                .unconfirmed
                .as_ref()
                .map(|field| rule_said(words, &seen.ballot.rules, field))
                .map(|said| words.say1("voting-unconfirmed", "field", said))
                .unwrap_or_default(),
        }
    }
}
