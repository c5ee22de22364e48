//! From keyed ballots to the result: the passes agree, and the counting
//! committee rules on what is doubtful.

use plenum_rules::Actor;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::ballot::{Ballot as Marked, Marks, Verdict, read};
use plenum_rules::voting::count::Ruling;
use plenum_rules::voting::keying::{Key, parse};
use plenum_rules::voting::machine::{Compared, Election, RulingRecord};
use plenum_rules::voting::profile::{CriterionCode, Effect};
use plenum_store::Tx;
use serde_json::json;

use super::super::counted;
use super::counters::counting;
use super::{Of, permitted, save, step};
use crate::shell::elections::Ballot;
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// The passes agree: what was keyed is the count. Where no ballot is doubtful
/// the result is found. Whoever leads the election may say so too: nothing is
/// read from a paper here.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-19`, `E-VOT-21` while passes differ or are under way.
pub async fn compared(cx: &mut Cx, of: &Of) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::KeyBallots).await?;
    let keyed = counted::ballots(&mut cx.tx, &ballot)
        .await?
        .ok_or_else(|| ballot.facts.election.not_now("compare"))?;
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

/// The papers are counted again: everybody read one of them wrongly. Passes, or
/// sheets, are then dropped with a reason and made anew; rulings on the count
/// before are made again.
///
/// # Errors
/// `E-VOT-01` before the counts agree, and once two people have confirmed the
/// result; `E-VOT-30`.
pub async fn count_again(cx: &mut Cx, of: &Of, reason: &str) -> Result<()> {
    let mut ballot = counting(cx, of).await?;
    step(&mut ballot, |election| election.count_again(reason))?;
    let rulings = std::mem::take(&mut ballot.facts.rulings);
    let detail = json!({"reason": reason.trim(), "rulings": rulings.len()});
    ballot.facts.past_rulings.extend(rulings);
    save(cx, &mut ballot, ("election.count_again", detail)).await
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
    /// What stands on the paper in the keys of the count, where everybody keyed
    /// something else; empty: as keyed.
    pub meaning: String,
    /// Why, in the committee's words.
    pub note: String,
}

/// The ballots in the order of the count, as the committee rules on them: until
/// two people have confirmed the result it can rule otherwise.
///
/// # Errors
/// `E-VOT-01` before the passes agree, and once the result is confirmed;
/// `E-VOT-19` as [`compared`].
pub async fn ruled_on(tx: &mut Tx, ballot: &Ballot) -> Result<Compared> {
    match &ballot.facts.election {
        Election::Compared(compared) => Ok(Compared::clone(compared)),
        Election::Resulted(resulted) => {
            let ballots = counted::ballots(tx, ballot).await?;
            Ok(Compared {
                closed: resulted.ruled.closed.clone(),
                ballots: ballots.ok_or_else(|| ballot.facts.election.not_now("rule"))?,
            })
        }
        other => Err(other.not_now("rule").into()),
    }
}

/// What stands on a ballot of the count: the last ruling on it.
pub fn ruling(rulings: &[RulingRecord], place: u32) -> Option<&RulingRecord> {
    rulings.iter().rfind(|ruled| ruled.place == place)
}

/// The counting committee rules on a doubtful ballot, or on all that are
/// marked alike. With the last ruling the result is found. Until two people
/// have confirmed it a ruling can be changed: with the reason, and the one
/// before stays on record.
///
/// # Errors
/// `E-VOT-01`; `E-VOT-130` for a reading of one paper given to others;
/// `E-VOT-45` for an over-vote let pass; `E-VOT-11` to `E-VOT-13` for
/// a reading that makes no ballot; `E-VOT-15` for a criterion the rules do not have
/// or that makes no ballot invalid; `E-VOT-30` without a reason where an invalid mark is let pass, a
/// ruling is changed, or the marks fall under another criterion.
pub async fn conclude(cx: &mut Cx, of: &Of, conclusion: Conclusion) -> Result<()> {
    let mut ballot = counting(cx, of).await?;
    let compared = ruled_on(&mut cx.tx, &ballot).await?;
    let note = conclusion.note.trim();
    if conclusion.valid && note.is_empty() {
        return Err(Problem::from(Refusal::ReasonNeeded).at("note"));
    }
    let meaning = meaning(&compared, &conclusion)?;
    if conclusion.alike && meaning.is_some() {
        // The others were keyed alike; nobody has looked at their papers.
        return Err(Problem::field("E-VOT-130", "meaning"));
    }
    let places = places(&ballot, &compared, &conclusion, meaning.as_ref())?;
    let changes = places
        .iter()
        .any(|place| ruling(&ballot.facts.rulings, *place).is_some());
    let other = names_other(&compared, &conclusion);
    if (changes || other) && note.is_empty() {
        return Err(Problem::from(Refusal::ReasonNeeded).at("note"));
    }
    let by: Actor = cx.who.actor();
    for place in &places {
        ballot.facts.rulings.push(RulingRecord {
            place: *place,
            ruling: Ruling {
                valid: conclusion.valid,
                criterion: conclusion.criterion.clone(),
                meaning: meaning.clone(),
            },
            note: note.to_owned(),
            by: by.clone(),
        });
    }
    if matches!(ballot.facts.election, Election::Resulted(_)) {
        let rulings = ballot.facts.rulings.clone();
        step(&mut ballot, |election| {
            election.rule_again(compared.ballots, &rulings)
        })?;
    } else {
        find(&mut ballot)?;
    }
    // Which ballot it was stands with the count, not in the audit log.
    let detail = json!({
        "criterion": conclusion.criterion, "valid": conclusion.valid, "ballots": places.len(),
        "reason": note,
    });
    let event = if changes {
        "election.ruling_changed"
    } else {
        "election.ruled"
    };
    save(cx, &mut ballot, (event, detail)).await
}

/// Whether a ballot is ruled invalid under another criterion than its marks, or
/// what was seen on it, fall under.
fn names_other(compared: &Compared, conclusion: &Conclusion) -> bool {
    let flagged = compared.flagged();
    let own = flagged.iter().find(|(place, _)| *place == conclusion.place);
    match own {
        Some((_, Verdict::Invalid(found))) => *found != conclusion.criterion,
        Some((_, Verdict::Doubtful(found))) => !conclusion.valid && *found != conclusion.criterion,
        _ => false,
    }
}

/// What the committee reads on the paper of a ballot that counts, where it is not
/// what was keyed.
fn meaning(compared: &Compared, conclusion: &Conclusion) -> Result<Option<Marks>> {
    let typed = conclusion.meaning.trim();
    if typed.is_empty() || !conclusion.valid {
        return Ok(None);
    }
    let unreadable = |refusal: Refusal| Problem::from(refusal).at("meaning");
    let keys = typed.chars().filter(|sign| !sign.is_whitespace());
    let keys: std::result::Result<Vec<Key>, _> = keys.map(Key::try_from).collect();
    let keys = keys.map_err(|_| unreadable(Refusal::KeysUnreadable))?;
    let layout = &compared.closed.open.paper.definition.layout;
    let read = parse(layout, &keys).map_err(unreadable)?;
    let keyed = compared.ballots.get(conclusion.place as usize);
    let same = keyed.is_some_and(|keyed| keyed.marks == read.marks);
    Ok(Some(read.marks).filter(|_| !same))
}

/// The ballots a conclusion is about.
fn places(
    ballot: &Ballot,
    compared: &Compared,
    conclusion: &Conclusion,
    meaning: Option<&Marks>,
) -> Result<Vec<u32>> {
    let criterion = ballot.rules.criterion(&conclusion.criterion);
    if criterion.is_none_or(|(_, rule)| rule.effect == Effect::NotCountedForPerson) {
        let code = conclusion.criterion.clone();
        return Err(Problem::from(Refusal::CriterionUnknown { code }).at("criterion"));
    }
    let ruled_on = compared
        .ballots
        .get(conclusion.place as usize)
        .ok_or_else(Problem::not_found)?;
    let flagged = compared.flagged();
    let own = flagged.iter().find(|(place, _)| *place == conclusion.place);
    if conclusion.valid {
        // It may be what was keyed that is wrong, and not the paper.
        let open = &compared.closed.open;
        let layout = &open.paper.definition.layout;
        let paper = meaning.cloned().map(Marked::plain);
        let verdict = match (&paper, own) {
            (Some(paper), _) => Some(read(&open.rules, layout, paper).verdict),
            (None, own) => own.map(|(_, verdict)| verdict.clone()),
        };
        if let Some(Verdict::Invalid(criterion)) = verdict {
            return Err(Refusal::RulingAgainstRule { criterion }.into());
        }
    }
    let places: Vec<u32> = flagged
        .into_iter()
        .map(|(place, _)| place)
        .filter(|place| {
            let same = compared.ballots.get(*place as usize) == Some(ruled_on);
            *place == conclusion.place || conclusion.alike && same
        })
        .collect();
    if places.is_empty() {
        return Err(ballot.facts.election.not_now("rule").into());
    }
    Ok(places)
}
