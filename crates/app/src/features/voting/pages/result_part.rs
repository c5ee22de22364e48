//! The result on the page of a ballot, with its steps.

use plenum_rules::Actor;
use plenum_rules::voting::ballot::{BallotKind, Number};
use plenum_rules::voting::count::{Decision, Line, Next, Outcome, Purpose, RankedRound};
use plenum_rules::voting::machine::{Election, Resulted};
use plenum_rules::voting::profile::{DenominatorKind, ElectionRules};

use super::papers_part::cards_said;
use super::rule_said::rule_said;
use super::{Seen, preliminary_part};
use crate::shell::{Lang, Words};

/// A person's line.
pub struct LineRow {
    pub number: String,
    pub name: String,
    pub votes: i64,
    pub percent: String,
    pub against: String,
    pub not_counted: String,
    pub sign: &'static str,
    pub said: String,
}

/// The result.
pub struct ResultPart {
    /// Papers, denominator, threshold: the way to it.
    pub steps: Vec<String>,
    pub boxes: bool,
    pub lines: Vec<LineRow>,
    /// By votes from high to low.
    pub elected: Vec<String>,
    pub alternates: Vec<String>,
    /// What must happen now.
    pub next: Vec<String>,
    /// What the congress decided, and what was drawn.
    pub decided: Vec<String>,
    /// Numbers of the rules nobody had confirmed: what, where from, whether a
    /// person has since.
    pub unconfirmed: Vec<(String, String, bool)>,
    /// Who confirmed.
    pub confirmed: Vec<String>,
}

/// `50,37 %` of hundredths of a percent.
#[must_use]
pub fn percent(words: Words, basis_points: Option<u64>) -> String {
    let Some(points) = basis_points else {
        return "–".to_owned();
    };
    let (whole, part) = (points / 100, points % 100);
    match words.0 {
        Lang::Vi => format!("{whole},{part:02}\u{a0}%"),
        Lang::En => format!("{whole}.{part:02}%"),
    }
}

/// The rules a result was found by.
fn rules_of(resulted: &Resulted) -> &ElectionRules {
    &resulted.ruled.closed.open.rules
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The names of numbers on the list, birth dates where they tell people apart.
#[must_use]
pub fn names(resulted: &Resulted, numbers: &[Number]) -> Vec<String> {
    let rows = &resulted.ruled.closed.open.paper.listed.rows;
    numbers
        .iter()
        .filter_map(|number| rows.get(number.place()))
        .map(|row| match row.birth {
            Some(birth) => format!("{} ({})", row.name, plenum_rules::words::day_table(birth)),
            None => row.name.clone(),
        })
        .collect()
}

/// Who confirmed the result, the first first.
pub fn confirmed_by(election: &Election) -> Vec<Actor> {
    let first = election
        .resulted()
        .and_then(|resulted| resulted.confirmed_by.as_ref());
    let second = match election {
        Election::Confirmed(confirmed) => Some(&confirmed.second),
        Election::Announced(announced) => Some(&announced.confirmed.second),
        Election::Ratified(ratified) => Some(&ratified.announced.confirmed.second),
        _ => None,
    };
    first.into_iter().chain(second).cloned().collect()
}

impl ResultPart {
    /// Once there is one.
    pub fn of(words: Words, seen: &Seen) -> Option<Self> {
        let election = seen.ballot.facts.election.as_it_was();
        let resulted = election.resulted()?;
        // What a void ballot asks for, or one another follows, nobody does any more.
        let void = seen.ballot.facts.election.is_void();
        let over = |next: &Next| void || seen.later.is_some() && next.keeps_open();
        let outcome = &resulted.outcome;
        let layout = resulted.ruled.closed.open.paper.definition.layout;
        let is_confirmed = |field: &String| {
            resulted
                .decisions
                .contains(&Decision::Confirm(field.clone()))
        };
        Some(Self {
            steps: steps(words, seen, resulted),
            boxes: matches!(
                layout.kind,
                BallotKind::AgreeDisagree | BallotKind::SingleName
            ),
            lines: outcome
                .lines
                .iter()
                .map(|line| row(words, resulted, line))
                .collect(),
            elected: names(resulted, &outcome.elected),
            alternates: names(resulted, &outcome.alternates),
            next: outcome
                .next
                .iter()
                .filter(|next| !over(next))
                .map(|next| said(words, resulted, next))
                .collect(),
            decided: resulted
                .decisions
                .iter()
                .filter_map(|decision| {
                    let said = decision_said(words, resulted, decision)?;
                    let mut voted = seen.ballot.facts.voted.iter();
                    let voted = voted.find(|one| one.decision == *decision);
                    let cards = voted.map(|one| cards_said(words, &one.cards));
                    Some(cards.map_or(said.clone(), |cards| format!("{said} ({cards})")))
                })
                .collect(),
            unconfirmed: outcome
                .unconfirmed
                .iter()
                .map(|one| {
                    (
                        rule_said(words, rules_of(resulted), &one.field),
                        one.source.clone(),
                        is_confirmed(&one.field),
                    )
                })
                .collect(),
            confirmed: confirmed_by(election)
                .into_iter()
                .map(|who| who.0)
                .collect(),
        })
    }
}

/// The answer in one sentence.
#[must_use]
pub fn answer(words: Words, resulted: &Resulted) -> String {
    if !purpose(resulted).elects() {
        return preliminary_part::answer(words, resulted);
    }
    let outcome = &resulted.outcome;
    let definition = &resulted.ruled.closed.open.paper.definition;
    let seats = definition.layout.seats;
    let alternates = definition.purpose.elects_alternates();
    let elected = if alternates {
        &outcome.alternates
    } else {
        &outcome.elected
    };
    let run_off = definition.purpose.is_run_off();
    let key = match (elected.is_empty(), alternates) {
        (true, _) if run_off => "voting-answer-run-off-nobody",
        (false, false) if run_off => "voting-answer-run-off",
        (true, false) => "voting-answer-nobody",
        (false, false) => "voting-answer",
        (true, true) => "voting-answer-no-alternates",
        (false, true) => "voting-answer-alternates",
    };
    let (need, of) = asked(resulted);
    words.say_with(
        key,
        &[
            ("elected", elected.len().into()),
            ("seats", i64::from(seats).into()),
            ("names", names(resulted, elected).join(", ").into()),
            ("need", whole(need).into()),
            ("denominator", whole(of).into()),
        ],
    )
}

/// The exclusion's text in the reader's language.
fn exclusion_text(
    words: Words,
    seen: &Seen,
    code: &plenum_rules::voting::profile::ExclusionCode,
) -> String {
    let exclusions = seen
        .ballot
        .rules
        .denominators
        .iter()
        .flat_map(|rule| &rule.exclusions);
    exclusions
        .filter(|exclusion| exclusion.code == *code)
        .map(|exclusion| match words.0 {
            Lang::Vi => exclusion.text_vi.clone(),
            Lang::En => exclusion.text_en.clone(),
        })
        .next()
        .unwrap_or_else(|| code.0.clone())
}

fn steps(words: Words, seen: &Seen, resulted: &Resulted) -> Vec<String> {
    let outcome = &resulted.outcome;
    let papers = &outcome.papers;
    let mut steps = vec![words.say_with(
        "voting-step-papers",
        &[
            ("issued", i64::from(papers.issued).into()),
            ("spoiled", i64::from(papers.spoiled).into()),
            ("returned", i64::from(papers.returned).into()),
            ("missing", i64::from(papers.not_returned).into()),
            ("valid", i64::from(papers.valid).into()),
            ("invalid", whole(papers.invalid.values().sum()).into()),
        ],
    )];
    for (code, ballots) in &papers.invalid {
        let text = seen
            .ballot
            .rules
            .criterion(code)
            .map_or_else(String::new, |(_, criterion)| match words.0 {
                Lang::Vi => criterion.text_vi.clone(),
                Lang::En => criterion.text_en.clone(),
            });
        steps.push(words.say_with(
            "voting-step-invalid",
            &[
                ("code", (&code.0).into()),
                ("text", text.into()),
                ("ballots", whole(*ballots).into()),
            ],
        ));
    }
    steps.push(denominator(words, seen, outcome));
    steps.push(match purpose(resulted) {
        Purpose::RunOff | Purpose::AlternatesRunOff => words.say("voting-step-run-off"),
        Purpose::Election | Purpose::Alternates => words.say_with(
            "voting-step-need",
            &[
                ("need", whole(asked(resulted).0).into()),
                ("denominator", whole(asked(resulted).1).into()),
            ],
        ),
        Purpose::Opinion | Purpose::Introduction => preliminary_part::need_said(words, resulted),
    });
    let rounds = outcome.rounds.iter().enumerate();
    steps.extend(rounds.map(|round| round_said(words, resulted, round)));
    steps
}

/// The votes needed, and of how many.
pub fn asked(resulted: &Resulted) -> (u64, u64) {
    let rules = &resulted.ruled.closed.open.rules;
    resulted.outcome.asked(rules.threshold.value)
}

fn purpose(resulted: &Resulted) -> Purpose {
    resulted.ruled.closed.open.paper.definition.purpose
}

fn denominator(words: Words, seen: &Seen, outcome: &Outcome) -> String {
    let found = &outcome.denominator;
    let off: Vec<String> = found
        .excluded
        .iter()
        .filter(|one| one.subtracted > 0)
        .map(|one| {
            format!(
                "− {} ({})",
                one.subtracted,
                exclusion_text(words, seen, &one.code)
            )
        })
        .collect();
    let key = match found.kind {
        DenominatorKind::Present => "voting-step-denominator-present",
        DenominatorKind::BallotsCollected => "voting-step-denominator-collected",
        DenominatorKind::ValidBallots => "voting-step-denominator-valid",
        DenominatorKind::Convened if off.is_empty() => "voting-step-denominator-plain",
        DenominatorKind::Convened => "voting-step-denominator",
    };
    words.say_with(
        key,
        &[
            ("start", i64::from(found.start).into()),
            ("off", off.join(" ").into()),
            ("value", i64::from(found.value).into()),
        ],
    )
}

fn row(words: Words, resulted: &Resulted, line: &Line) -> LineRow {
    let outcome = &resulted.outcome;
    let tied = outcome
        .tie
        .as_ref()
        .is_some_and(|tie| tie.tied.contains(&line.number));
    let (sign, key) = if outcome.elected.contains(&line.number) {
        ("held", "voting-line-elected")
    } else if outcome.alternates.contains(&line.number) {
        ("planned", "voting-line-alternate")
    } else if tied {
        ("warn", "voting-line-tied")
    } else if purpose(resulted).is_run_off() {
        ("off", "voting-line-not-elected")
    } else if line.passes {
        ("waiting", "voting-line-passes")
    } else {
        ("off", "voting-line-fails")
    };
    let (sign, said) = if purpose(resulted).elects() {
        (sign, words.say(key))
    } else {
        preliminary_part::line_said(words, resulted, line)
    };
    LineRow {
        number: line.number.to_string(),
        name: names(resulted, &[line.number]).join(""),
        votes: whole(line.votes),
        percent: percent(words, line.basis_points),
        against: words.count(whole(line.against)),
        not_counted: words.count(whole(line.not_counted)),
        sign,
        said,
    }
}

/// A decision in words; a number of the rules that was confirmed stands elsewhere.
fn decision_said(words: Words, resulted: &Resulted, decision: &Decision) -> Option<String> {
    Some(match decision {
        Decision::FurtherBallot => words.say("voting-decide-further"),
        Decision::Stop => words.say("voting-decide-stop"),
        Decision::TakeAlternates => words.say("voting-decided-take"),
        Decision::LeaveAlternates => words.say("voting-decided-leave"),
        Decision::Lot(lot) => words.say_with(
            "voting-decided-lot",
            &[
                ("tied", names(resulted, &lot.tied).join(", ").into()),
                ("drawn", names(resulted, &lot.drawn).join(", ").into()),
            ],
        ),
        Decision::Confirm(_) => return None,
    })
}

/// A round of a ranked count in words.
fn round_said(words: Words, resulted: &Resulted, (place, round): (usize, &RankedRound)) -> String {
    let votes = round.votes.iter().map(|(number, votes)| {
        let name = names(resulted, &[*number]).join("");
        format!("{name} {votes}")
    });
    let leaves = names(resulted, &round.leaves).join(", ");
    words.say_with(
        if leaves.is_empty() {
            "voting-round-last"
        } else {
            "voting-round"
        },
        &[
            ("round", (place + 1).into()),
            ("votes", votes.collect::<Vec<_>>().join(", ").into()),
            ("exhausted", whole(round.exhausted).into()),
            ("leaves", leaves.into()),
        ],
    )
}

/// What must happen now, in words.
#[must_use]
pub fn said(words: Words, resulted: &Resulted, next: &Next) -> String {
    let tied = |key: &str, tied: &[Number], seats: u32| {
        words.say_with(
            key,
            &[
                ("names", names(resulted, tied).join(", ").into()),
                ("seats", i64::from(seats).into()),
            ],
        )
    };
    let seats = |key: &str, seats: u32| words.say1(key, "seats", i64::from(seats));
    match next {
        Next::RuleOn(ballots) => words.say1("voting-next-rule", "ballots", whole(*ballots)),
        Next::RunOff { tied: who, seats } => tied("voting-next-run-off", who, *seats),
        Next::DrawLot { tied: who, seats } => tied("voting-next-lot", who, *seats),
        Next::DecideTie { tied: who, seats } => tied("voting-next-tie", who, *seats),
        Next::DecideOpenSeats(open) => seats("voting-next-open", *open),
        Next::HoldFurtherBallot(open) => seats("voting-next-further", *open),
        Next::SuperiorAppoints(open) => seats("voting-next-appoint", *open),
        Next::SeatsStayOpen(open) => seats("voting-next-stay-open", *open),
        Next::DecideAlternates(who) => tied("voting-next-alternates", who, 0),
        Next::DecideMoreAlternates(open) => seats("voting-next-more-alternates", *open),
        Next::DecideAlternatesTie { tied: who, seats } => {
            tied("voting-next-alternates-tie", who, *seats)
        }
        Next::AlternatesRunOff { tied: who, seats } => {
            tied("voting-next-alternates-run-off", who, *seats)
        }
        Next::HoldAlternatesBallot(open) => seats("voting-next-alternates-ballot", *open),
        Next::Confirm(one) => words.say_with(
            "voting-next-confirm",
            &[
                (
                    "field",
                    rule_said(words, rules_of(resulted), &one.field).into(),
                ),
                ("source", (&one.source).into()),
            ],
        ),
    }
}
