//! From keyed ballots to the result: the passes agree, and the counting
//! committee rules on what is doubtful.

use plenum_rules::Actor;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::ballot::Verdict;
use plenum_rules::voting::count::Ruling;
use plenum_rules::voting::machine::{Compared, Election, RulingRecord};
use plenum_rules::voting::profile::CriterionCode;
use serde_json::json;

use super::super::counted;
use super::{Of, permitted, save, step};
use crate::shell::elections::Ballot;
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

fn not_now(verb: &'static str, ballot: &Ballot) -> Problem {
    Refusal::NotNow {
        verb,
        state: ballot.facts.election.state(),
    }
    .into()
}

/// The passes agree: what was keyed is the count. Where no ballot is doubtful
/// the result is found.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-19`, `E-VOT-21` while passes differ or are under way.
pub async fn compared(cx: &mut Cx, of: &Of) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::KeyBallots).await?;
    let keyed = counted::ballots(&mut cx.tx, &ballot)
        .await?
        .ok_or_else(|| not_now("compare", &ballot))?;
    let count = keyed.len();
    step(&mut ballot, |election| election.compare(keyed))?;
    find(&mut ballot)?;
    save(
        cx,
        &mut ballot,
        ("election.compared", json!({"ballots": count})),
    )
    .await
}

/// Finds the result once nothing waits for a ruling.
fn find(ballot: &mut Ballot) -> Result<()> {
    let rulings = ballot.facts.rulings.clone();
    let waits = match &ballot.facts.election {
        Election::Compared(compared) => waiting(compared, &rulings).next().is_some(),
        _ => true,
    };
    if waits {
        return Ok(());
    }
    step(ballot, |election| election.rule(&rulings)?.find_result())
}

/// The doubtful ballots nobody has ruled on, by place.
pub fn waiting<'a>(
    compared: &'a Compared,
    rulings: &'a [RulingRecord],
) -> impl Iterator<Item = (u32, CriterionCode)> + 'a {
    let flagged = compared.flagged().into_iter();
    flagged.filter_map(|(place, verdict)| match verdict {
        Verdict::Doubtful(code) | Verdict::Invalid(code) => rulings
            .iter()
            .all(|ruled| ruled.place != place)
            .then_some((place, code)),
        Verdict::Valid => None,
    })
}

/// What the committee concludes on a ballot.
#[derive(Clone, Debug)]
pub struct Conclusion {
    /// The ballot's place in the count, from 0.
    pub place: u32,
    /// Whether all ballots marked alike are concluded on.
    pub alike: bool,
    /// Whether it counts.
    pub valid: bool,
    /// Under which criterion.
    pub criterion: CriterionCode,
    /// Why, in the committee's words.
    pub note: String,
}

/// The counting committee rules on a doubtful ballot, or on all that are
/// marked alike. With the last ruling the result is found.
///
/// # Errors
/// `E-VOT-01`; `E-VOT-15` for a criterion the rules do not have; `E-VOT-30`
/// where an invalid mark is let pass without a reason.
pub async fn conclude(cx: &mut Cx, of: &Of, conclusion: Conclusion) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::KeyBallots).await?;
    let Election::Compared(compared) = &ballot.facts.election else {
        return Err(not_now("rule", &ballot));
    };
    let note = conclusion.note.trim();
    if conclusion.valid && note.is_empty() {
        return Err(Problem::from(Refusal::ReasonNeeded).at("note"));
    }
    let known = ballot.rules.criterion(&conclusion.criterion).is_some();
    if !known {
        return Err(Refusal::CriterionUnknown {
            code: conclusion.criterion,
        }
        .into());
    }
    let ruled_on = compared
        .ballots
        .get(conclusion.place as usize)
        .ok_or_else(Problem::not_found)?;
    let own = compared
        .flagged()
        .into_iter()
        .find(|(place, _)| *place == conclusion.place);
    if let Some((_, Verdict::Invalid(criterion))) = own
        && conclusion.valid
    {
        return Err(Refusal::RulingAgainstRule { criterion }.into());
    }
    let places: Vec<u32> = compared
        .flagged()
        .into_iter()
        .map(|(place, _)| place)
        .filter(|place| {
            let same = compared.ballots.get(*place as usize) == Some(ruled_on);
            *place == conclusion.place || conclusion.alike && same
        })
        .collect();
    if places.is_empty() {
        return Err(not_now("rule", &ballot));
    }
    let by: Actor = cx.who.actor();
    ballot
        .facts
        .rulings
        .retain(|ruled| !places.contains(&ruled.place));
    for place in &places {
        ballot.facts.rulings.push(RulingRecord {
            place: *place,
            ruling: Ruling {
                valid: conclusion.valid,
                criterion: conclusion.criterion.clone(),
                meaning: None,
            },
            note: note.to_owned(),
            by: by.clone(),
        });
    }
    find(&mut ballot)?;
    // Which ballot it was stands with the count, not in the audit log.
    let detail = json!({
        "criterion": conclusion.criterion, "valid": conclusion.valid, "ballots": places.len(),
    });
    save(cx, &mut ballot, ("election.ruled", detail)).await
}
