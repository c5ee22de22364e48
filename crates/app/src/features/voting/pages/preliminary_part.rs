//! Opinion and introduction ballots: on their own pages, and on the page of the
//! election they come before.

use plenum_rules::PersonId;
use plenum_rules::voting::count::{Line, Purpose};
use plenum_rules::voting::list::Nomination;
use plenum_rules::voting::machine::{Draft, Resulted};
use plenum_rules::voting::preliminary::{self, Held, Opinion};
use plenum_rules::voting::profile::{ElectionRules, Office, OfficeRule, OpinionBallot};
use plenum_rules::{ElectionId, voting};
use plenum_store::Tx;

use super::super::actions::hall::{address, ballots_of};
use super::super::actions::preliminary::may_be_typed;
use super::super::forms::{Field, FormView};
use super::super::verbs::Verb;
use super::decided_part::to_confirm_first;
use super::draft_part::to_nominate;
use super::hall_rows::BallotRow;
use super::maker::{Forms, Maker};
use super::result_part::{names, percent};
use super::{Seen, ballot_name, state_chip, state_of};
use crate::shell::Words;
use crate::shell::elections::{Ballot, elects, under_way};
use crate::shell::problem::Result;

/// The ballots this one has to do with: those that serve its list or introduce
/// for its office, and the list it serves.
///
/// # Errors
/// The database's.
pub async fn related(tx: &mut Tx, ballot: &Ballot) -> Result<Vec<Ballot>> {
    let own = ElectionId(ballot.id);
    let all = ballots_of(tx, &ballot.convocation()).await?;
    Ok(all
        .into_iter()
        .filter(|other| {
            let introduces = other.purpose == "introduction" && other.office == ballot.office;
            other.id != ballot.id
                && (other.facts.serves == Some(own)
                    || ballot.facts.serves == Some(ElectionId(other.id))
                    || elects(ballot) && introduces)
        })
        .collect())
}

/// The next ballot of the same office that is not void.
///
/// # Errors
/// The database's.
pub async fn later(tx: &mut Tx, ballot: &Ballot) -> Result<Option<Ballot>> {
    if !elects(ballot) {
        return Ok(None);
    }
    let all = ballots_of(tx, &ballot.convocation()).await?;
    Ok(all.into_iter().find(|other| {
        let void = other.facts.election.is_void();
        other.office == ballot.office && other.place > ballot.place && elects(other) && !void
    }))
}

/// A ballot as a link.
pub fn link(words: Words, seen: &Seen, other: &Ballot) -> BallotRow {
    BallotRow {
        href: address(seen.place.season.id.as_str(), other.id),
        name: ballot_name(words, other),
        state: state_of(words, other),
        chip: state_chip(&other.state),
    }
}

/// The ballots it has to do with, as links.
pub fn links(words: Words, seen: &Seen) -> Vec<BallotRow> {
    let related = seen.related.iter();
    related.map(|other| link(words, seen, other)).collect()
}

/// What an introduction ballot said, for the page of the election after it.
#[derive(Default)]
pub struct Introduced {
    /// From the most votes down.
    pub order: Vec<String>,
    /// Where it was counted on paper: what says so.
    pub source: String,
}

/// What the introduction ballot before this election said, by votes: shown to
/// the congress, deciding nothing.
pub fn introduced(words: Words, seen: &Seen) -> Introduced {
    if !elects(&seen.ballot) {
        return Introduced::default();
    }
    let step = seen.hall.chain.step(&Office(seen.ballot.office.clone()));
    match step.and_then(|step| step.introduced.as_ref()) {
        Some(Held::OnPaper(source)) => Introduced {
            source: words.say1("voting-introduced-on-paper", "source", source.as_str()),
            order: Vec::new(),
        },
        Some(Held::Here(ElectionId(id))) => {
            let ballot = seen.related.iter().find(|other| other.id == *id);
            let resulted = ballot.and_then(|ballot| ballot.facts.election.resulted());
            Introduced {
                source: String::new(),
                order: resulted.map_or_else(Vec::new, |found| by_votes(words, found, |_| true)),
            }
        }
        None => Introduced::default(),
    }
}

/// Names with votes and percentages, from the most votes down.
fn by_votes(words: Words, resulted: &Resulted, keep: impl Fn(&Line) -> bool) -> Vec<String> {
    let outcome = &resulted.outcome;
    let said = |line: &Line| {
        words.say_with(
            "voting-by-votes",
            &[
                ("name", names(resulted, &[line.number]).join("").into()),
                ("votes", whole(line.votes).into()),
                ("share", percent(words, line.basis_points).into()),
            ],
        )
    };
    let lines = outcome
        .order
        .iter()
        .filter_map(|number| outcome.lines.get(number.place()));
    lines.filter(|line| keep(line)).map(said).collect()
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The share nominees from outside need, in percent.
fn share(rules: &ElectionRules) -> i64 {
    rules
        .nomination
        .outside_support
        .as_ref()
        .map_or(0, |support| {
            let share = support.value;
            i64::from(share.numerator) * 100 / i64::from(share.denominator.max(1))
        })
}

/// The result in one sentence: nobody is elected.
pub fn answer(words: Words, resulted: &Resulted) -> String {
    let closed = &resulted.ruled.closed;
    let need = resulted.outcome.need;
    let passed = by_votes(words, resulted, |line| need == 0 || line.passes);
    let key = match (closed.open.paper.definition.purpose, need, passed.len()) {
        (Purpose::Introduction, _, _) => "voting-answer-introduction",
        (_, 0, _) => "voting-answer-opinion-order",
        (_, _, 0) => "voting-answer-opinion-nobody",
        _ => "voting-answer-opinion",
    };
    words.say_with(
        key,
        &[
            ("names", passed.join("; ").into()),
            ("need", whole(need).into()),
            ("present", i64::from(closed.attendance.present).into()),
            ("share", share(&closed.open.rules).into()),
        ],
    )
}

/// What is needed, as a step of the result.
pub fn need_said(words: Words, resulted: &Resulted) -> String {
    let closed = &resulted.ruled.closed;
    let need = resulted.outcome.need;
    let key = match (closed.open.paper.definition.purpose, need) {
        (Purpose::Introduction, _) => "voting-step-introduction",
        (_, 0) => "voting-step-opinion-order",
        _ => "voting-step-opinion",
    };
    words.say_with(
        key,
        &[
            ("need", whole(need).into()),
            (
                "denominator",
                i64::from(resulted.outcome.denominator.value).into(),
            ),
            ("share", share(&closed.open.rules).into()),
        ],
    )
}

/// The sign and the word of a line: who may go on, or the place by votes.
pub fn line_said(words: Words, resulted: &Resulted, line: &Line) -> (&'static str, String) {
    match (resulted.outcome.need, line.passes) {
        (0, _) => (
            "planned",
            words.say1("voting-line-rank", "rank", i64::from(line.rank)),
        ),
        (_, true) => ("held", words.say("voting-line-supported")),
        (_, false) => ("off", words.say("voting-line-unsupported")),
    }
}

/// What an opinion ballot said about a nominee, for the row of the list.
pub fn opinion_said(words: Words, seen: &Seen, opinion: &Opinion) -> String {
    let office = Office(seen.ballot.office.clone());
    let need = preliminary::need(&seen.ballot.rules, &office, opinion.attending);
    let key = match need {
        None => "voting-opinion-said",
        Some(need) if u64::from(opinion.votes) >= need => "voting-opinion-enough",
        Some(_) => "voting-opinion-too-few",
    };
    let points = voting::count::basis_points(opinion.votes.into(), opinion.attending.into());
    let said = words.say_with(
        key,
        &[
            ("votes", i64::from(opinion.votes).into()),
            ("attending", i64::from(opinion.attending).into()),
            ("share", percent(words, points).into()),
            ("need", whole(need.unwrap_or(0)).into()),
        ],
    );
    match &opinion.held {
        Held::Here(_) => said,
        Held::OnPaper(source) => {
            let source = words.say1("voting-opinion-source", "source", source.as_str());
            format!("{said} {source}")
        }
    }
}

/// On the page of a list that is being made: asking about nominees from
/// outside, and what to do with the answers.
pub fn asking(maker: &Maker<'_>, draft: &Draft, forms: &mut Forms) {
    let seen = maker.seen;
    let facts = &seen.ballot.facts;
    let Some(rule) = seen.ballot.rules.office(&draft.office) else {
        return;
    };
    if rule.opinion_ballot.value == OpinionBallot::None || draft.purpose != Purpose::Election {
        return;
    }
    if is_asked(seen) {
        // The list waits for what the opinion ballot says.
        forms.next.retain(|form| form.verb != Verb::Approve.code());
        return;
    }
    forms.other.extend(typing(maker, &facts.nominations));
    if let Ok(asked) = preliminary::asked(&seen.ballot.rules, &draft.office, &facts.nominations) {
        let who: Vec<PersonId> = asked.iter().map(|one| one.person).collect();
        let mut form = maker.form(Verb::Ask);
        let present = seen.hall.attendance(draft.body).present;
        let need = preliminary::need(&seen.ballot.rules, &draft.office, present);
        let key = match need {
            Some(_) => "voting-note-ask-about",
            None => "voting-note-ask-order",
        };
        form.note = maker.words.say_with(
            key,
            &[
                ("names", people(seen, &who).into()),
                ("need", whole(need.unwrap_or(0)).into()),
                ("present", i64::from(present).into()),
            ],
        );
        if rule.opinion_ballot.value == OpinionBallot::Mandatory {
            forms.next.insert(0, form.main());
        } else {
            forms.other.push(form);
        }
    }
    if let Some(form) = sifting(maker, rule, facts.seats) {
        // Until then the list is held up anyway.
        forms.next.retain(|form| form.verb != Verb::Approve.code());
        forms.next.insert(0, form);
    }
}

/// Whether an opinion ballot on this list is on its way.
pub fn is_asked(seen: &Seen) -> bool {
    let own = Some(ElectionId(seen.ballot.id));
    let mut related = seen.related.iter();
    related.any(|other| other.facts.serves == own && under_way(other))
}

fn people(seen: &Seen, who: &[PersonId]) -> String {
    let names: Vec<String> = who.iter().map(|id| seen.hall.name(*id)).collect();
    names.join(", ")
}

/// The figures of an opinion ballot counted on paper.
fn typing(maker: &Maker<'_>, nominations: &[Nomination]) -> Option<FormView> {
    let open: Vec<&Nomination> = nominations.iter().filter(|one| may_be_typed(one)).collect();
    let first = open.first()?;
    let known = first.opinion.as_ref();
    let attending = known.map_or_else(String::new, |opinion| opinion.attending.to_string());
    let source = match known.map(|opinion| &opinion.held) {
        Some(Held::OnPaper(source)) => source.clone(),
        _ => String::new(),
    };
    let mut form = maker
        .form(Verb::Heard)
        .field(maker.field("number", "attending").value(attending));
    for one in open {
        let votes = one
            .opinion
            .as_ref()
            .map(|opinion| opinion.votes.to_string());
        let mut field = maker
            .field("number", "heard")
            .label(maker.seen.hall.name(one.person))
            .value(votes.unwrap_or_default());
        field.name = format!("heard_{}", one.person);
        form = form.field(field);
    }
    Some(
        form.field(
            maker
                .labelled("text", "reason", "voting-field-on-paper")
                .value(source),
        ),
    )
}

/// Leaving out whom an opinion ballot leaves no place.
fn sifting(maker: &Maker<'_>, rule: &OfficeRule, seats: u32) -> Option<FormView> {
    let seen = maker.seen;
    let nominations = &seen.ballot.facts.nominations;
    let sifted = preliminary::sift(&seen.ballot.rules, &rule.code, seats, nominations);
    if sifted.too_few.is_empty() && sifted.no_room.is_empty() {
        return None;
    }
    let mut notes = Vec::new();
    for (key, who) in [
        ("voting-sift-taken", &sifted.taken),
        ("voting-sift-too-few", &sifted.too_few),
        ("voting-sift-no-room", &sifted.no_room),
        ("voting-sift-tied", &sifted.tied),
    ] {
        if !who.is_empty() {
            notes.push(maker.words.say1(key, "names", people(seen, who)));
        }
    }
    let mut form = maker.form(Verb::Sift).main();
    form.note = notes.join(" ");
    Some(form.fields(to_confirm_first(maker, sifted.decided_by.list())))
}

/// On the page of an opinion or introduction ballot whose names are open.
pub fn naming(maker: &Maker<'_>, draft: &Draft, forms: &mut Forms) {
    let facts = &maker.seen.ballot.facts;
    if draft.purpose == Purpose::Introduction {
        let mut form = introducing(maker, draft);
        form.open = facts.nominations.is_empty();
        if facts.nominations.is_empty() {
            forms.next.push(form.main());
            return;
        }
        forms.other.push(form);
    }
    let seen = maker.seen;
    let decided = facts.decided_by(&seen.ballot.rules, &seen.hall, draft);
    let form = maker.form(Verb::CloseNames).main();
    let mut form = form.fields(to_confirm_first(maker, decided.unwrap_or_default()));
    let key = format!("voting-note-close-names-{}", maker.seen.ballot.purpose);
    form.note = maker.words.say(&key);
    forms.next.push(form);
}

/// Who is introduced: from the body the office is filled from.
fn introducing(maker: &Maker<'_>, draft: &Draft) -> FormView {
    let field = to_nominate(maker, draft, "voting-field-people-to-introduce");
    let mut form = maker
        .form(Verb::Nominate)
        .field(field)
        .field(Field::hidden("source", "convening"));
    form.title = maker.words.say("voting-do-nominate-introduction");
    form.button.clone_from(&form.title);
    form
}
