//! What is noted of an office of the chain: who is planned, what is not held, who
//! was appointed, what the superior answered.

use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::chain::Recorded;
use plenum_rules::voting::list::candidates_from;
use plenum_rules::voting::machine::Election;
use plenum_rules::voting::preliminary::Held;
use plenum_rules::voting::profile::Office;
use plenum_rules::{Day, PersonId};
use serde_json::json;

use super::hall::{At, ballots_of, permitted, save};
use super::preliminary;
use crate::shell::elections::{Ballot, Hall, elects};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// What happens to an office of the chain.
#[derive(Clone, Debug)]
pub enum ChainStep {
    /// The superior approved somebody for it.
    Plan(PersonId),
    /// That was noted by mistake.
    Unplan(PersonId),
    /// Its introduction ballot was counted on paper: what says so.
    Introduce(String),
    /// It is not held.
    Skip,
    /// It is held after all.
    Hold,
    /// The superior appointed somebody (R30).
    Appoint(PersonId),
}

/// Moves an office of the chain.
///
/// # Errors
/// As [`Chain`]'s verbs; `E-VOT-68` for an unknown person, `E-VOT-60` for the
/// appointment of somebody outside the body the office is filled from.
pub async fn move_chain(cx: &mut Cx, at: &At, office: &Office, step: ChainStep) -> Result<()> {
    let permission = match step {
        ChainStep::Appoint(_) => Permission::ApproveElection,
        _ => Permission::RunElection,
    };
    let (subject, mut hall) = permitted(cx, at, permission).await?;
    if let ChainStep::Plan(person) | ChainStep::Appoint(person) = &step
        && hall.person(*person).is_none()
    {
        return Err(Problem::field("E-VOT-68", "person"));
    }
    let superior = cx
        .may(Permission::ApproveElection, subject.unit.unit)
        .await?;
    let chain = hall.chain.clone();
    let (chain, event, detail) = match step {
        ChainStep::Plan(person) => (
            chain.approve(office, person)?,
            "election.person_planned",
            json!({"office": office, "person": person}),
        ),
        ChainStep::Introduce(source) => {
            let held = Held::on_paper(&source)?;
            let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
            if let Some(open) = preliminary::introducing(&ballots, office) {
                return Err(open.facts.election.not_now("introduce").into());
            }
            (
                chain.introduce(office, held)?,
                "election.introduced",
                json!({"office": office, "source": source}),
            )
        }
        ChainStep::Unplan(person) => (
            if superior {
                chain.recall(office, person)?
            } else {
                chain.unplan(office, person)?
            },
            "election.person_unplanned",
            json!({"office": office, "person": person}),
        ),
        ChainStep::Skip => (
            chain.skip(office)?,
            "election.skipped",
            json!({"office": office}),
        ),
        ChainStep::Hold => (
            chain.hold(office)?,
            "election.held_after_all",
            json!({"office": office}),
        ),
        ChainStep::Appoint(person) => {
            let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
            if let Some(open) = still_open(&ballots, office) {
                return Err(open.facts.election.not_now("appoint").into());
            }
            let rules = hall.rules().ok_or_else(|| Problem::refused("E-VOT-91"))?;
            // From the committee, or of a branch without one its members (R30).
            let body = rules
                .office(office)
                .and_then(|rule| candidates_from(rule, &hall.people));
            let sits = |body: &Office| {
                let person = hall.person(person);
                person.is_some_and(|one| one.bodies.contains(body))
            };
            if !body.is_none_or(sits) {
                return Err(Problem::field("E-VOT-60", "person"));
            }
            let chain = chain.appoint(rules, office, person)?;
            hall.take_seat(person, office);
            (
                chain,
                "election.appointed",
                json!({"office": office, "person": person}),
            )
        }
    };
    hall.chain = chain;
    save(cx, &subject, &hall, (event, detail)).await
}

/// A ballot of an office that is not over: whoever it elects holds the office.
fn still_open<'a>(ballots: &'a [Ballot], office: &Office) -> Option<&'a Ballot> {
    ballots.iter().find(|ballot| {
        let over = matches!(
            ballot.facts.election,
            Election::Announced(_) | Election::Ratified(_) | Election::Annulled(_)
        );
        ballot.office == office.0 && elects(ballot) && !over
    })
}

/// The superior's answer as it was entered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What it says.
    pub text: String,
    /// Whom it approves instead.
    pub planned: Option<PersonId>,
    /// The number of the document that is the answer.
    pub document: String,
    /// Its date.
    pub dated: Option<Day>,
}

/// Records the superior's answer to a pause (R46): by the superior's own office,
/// or by the unit from the document that is the answer.
///
/// # Errors
/// `E-VOT-01` where nothing waits for one, `E-VOT-30`; for the unit `E-VOT-33`
/// without the document's number and date, `E-VOT-44` for a date that cannot be.
pub async fn reply(cx: &mut Cx, at: &At, answer: &Answer) -> Result<()> {
    let (subject, mut hall) = permitted(cx, at, Permission::RunElection).await?;
    let planned = answer.planned;
    if planned.is_some_and(|person| hall.person(person).is_none()) {
        return Err(Problem::field("E-VOT-68", "person"));
    }
    if answer.text.trim().is_empty() {
        return Err(Refusal::ReasonNeeded.into());
    }
    let who = cx.who.actor();
    let superior = Permission::ApproveElection;
    let recorded = if cx.may(superior, subject.unit.unit).await? {
        Recorded::BySuperior { who }
    } else {
        from_document(cx, &hall, answer)?
    };
    let chain = hall.chain.clone();
    hall.chain = chain.record_reply(&answer.text, planned, recorded.clone())?;
    let detail = json!({"text": answer.text, "person": planned, "recorded": recorded});
    save(cx, &subject, &hall, ("election.replied", detail)).await
}

/// The document a unit has its answer from.
fn from_document(cx: &Cx, hall: &Hall, answer: &Answer) -> Result<Recorded> {
    let needed = |field| Problem::from(Refusal::DecisionNeeded).at(field);
    let number = answer.document.trim();
    if number.is_empty() {
        return Err(needed("document"));
    }
    let date = answer.dated.ok_or_else(|| needed("dated"))?;
    // It answers what the congress heard, and nobody has tomorrow's document.
    if date < hall.day || date > cx.today {
        return Err(Problem::from(Refusal::DaysReversed).at("dated"));
    }
    Ok(Recorded::FromDocument {
        number: number.to_owned(),
        date,
        who: cx.who.actor(),
    })
}
