//! What people do at the count.

use axum::http::StatusCode;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::ballot::Ballot;
use plenum_rules::voting::keying::{self, Entry, Key, Pressed};
use plenum_store::voting::{self, PassRow, PassState, ResolutionRow};
use serde_json::json;

use super::desk::{Desk, actor, bundle_id, is_of_a_key, replay};
use super::subject::{Subject, of, subject};
use crate::shell::elections::Facts;
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// Keys sent at once: a ballot has at most a few hundred.
const MOST_KEYS: usize = 2_000;

/// The count, for somebody who counts this ballot, while it is open.
async fn open(cx: &mut Cx, id: u128) -> Result<Subject> {
    let subject = watched(cx, id).await?;
    subject.must_count(&cx.who.actor())?;
    Ok(subject)
}

/// The count, for somebody who may count in the unit, while it is open.
async fn watched(cx: &mut Cx, id: u128) -> Result<Subject> {
    let subject = subject(&mut cx.tx, id).await?;
    cx.must(Permission::KeyBallots, subject.unit).await?;
    if !subject.open {
        return Err(Problem::from(Refusal::NotNow {
            verb: "key",
            state: "not counting",
        }));
    }
    Ok(subject)
}

/// Whose account acts: the terminal has none and keys nothing.
fn account(cx: &Cx) -> Result<u128> {
    cx.who.account.ok_or_else(Problem::forbidden)
}

async fn record(
    cx: &mut Cx,
    subject: &Subject,
    event: &'static str,
    detail: serde_json::Value,
) -> Result<()> {
    let season = Some(subject.season.as_str());
    cx.record(event, season, Some(subject.unit), &detail)
        .await?;
    cx.touch(subject.unit).await
}

/// Ties the papers returned into bundles of at most `size`, each to be keyed in
/// so many independent passes.
///
/// # Errors
/// `E-VOT-01` where bundles are there already or the count is not open;
/// `E-VOT-113` where tally sheets were handed in; `E-VOT-37` for a size nobody
/// can key; `E-VOT-98` for other than two or three passes.
pub async fn tie(cx: &mut Cx, id: u128, (size, passes): (u32, u8)) -> Result<()> {
    let mut ballot = voting::load::<Facts>(&mut cx.tx, id)
        .await?
        .ok_or_else(Problem::not_found)?;
    if !(2..=3).contains(&passes) {
        return Err(Problem::field("E-VOT-98", "passes"));
    }
    ballot.facts.passes = passes;
    let subject = of(&ballot).ok_or_else(Problem::not_found)?;
    cx.must(Permission::RunElection, subject.unit).await?;
    let mut desk = Desk::load(&mut cx.tx, &subject).await?;
    if !subject.open || !desk.bundles.is_empty() {
        return Err(Problem::from(Refusal::NotNow {
            verb: "tie_bundle",
            state: if subject.open { "tied" } else { "not counting" },
        }));
    }
    if subject.sheets {
        return Err(Refusal::CountedOtherwise { way: "sheets" }.into());
    }
    if size == 0 || size > keying::MOST_PAPERS {
        return Err(Problem::from(Refusal::TooLarge).at("size"));
    }
    let mut left = subject.returned;
    let mut bundle = 0;
    while left > 0 {
        bundle += 1;
        let papers = left.min(size);
        desk.keying
            .tie_bundle(bundle_id(bundle)?, papers)
            .map_err(Problem::from)?;
        voting::tie_bundle(&mut cx.tx, id, bundle, papers.into()).await?;
        left -= papers;
    }
    voting::save(&mut cx.tx, &ballot, cx.now).await?;
    let detail = json!({"size": size, "bundles": bundle, "passes": passes});
    record(cx, &subject, "count.bundles", detail).await
}

/// Unties the bundles: they were tied otherwise than the papers lie, or the count
/// goes on with tally sheets. What was keyed and dropped stays in the journal.
///
/// # Errors
/// `E-VOT-01` where nothing is tied, or a pass stands that was not dropped.
pub async fn untie(cx: &mut Cx, id: u128) -> Result<()> {
    let subject = subject(&mut cx.tx, id).await?;
    cx.must(Permission::RunElection, subject.unit).await?;
    let desk = Desk::load(&mut cx.tx, &subject).await?;
    let dropped = |pass: &PassRow| pass.state == PassState::Dropped;
    let refused = match () {
        () if !subject.open => Some("not counting"),
        () if desk.bundles.is_empty() => Some("not tied"),
        () if !desk.passes.iter().all(dropped) => Some("passes begun"),
        () => None,
    };
    if let Some(state) = refused {
        let verb = "untie";
        return Err(Refusal::NotNow { verb, state }.into());
    }
    voting::untie_bundles(&mut cx.tx, id).await?;
    let detail = json!({"bundles": desk.bundles.len()});
    record(cx, &subject, "count.untied", detail).await
}

/// Takes the next free pass of a bundle.
///
/// # Errors
/// `E-VOT-17` for a second pass by the same account, `E-VOT-22` where none is
/// free.
pub async fn take(cx: &mut Cx, id: u128, bundle: i64) -> Result<()> {
    let subject = open(cx, id).await?;
    let account = account(cx)?;
    let mut desk = Desk::load(&mut cx.tx, &subject).await?;
    let taken = desk
        .keying
        .bundles
        .get(&bundle_id(bundle)?)
        .ok_or_else(Problem::not_found)?;
    let free = (1..=subject.passes).find(|pass| !taken.passes.contains_key(pass));
    let pass = free.unwrap_or(subject.passes);
    desk.keying
        .begin(bundle_id(bundle)?, pass, actor(account))
        .map_err(|refusal| match refusal {
            // People know themselves by their log-in.
            Refusal::SamePerson { .. } => Refusal::SamePerson {
                who: cx.who.actor(),
            },
            other => other,
        })?;
    let before = desk
        .passes
        .iter()
        .filter(|row| row.bundle == bundle && row.pass == i64::from(pass))
        .count();
    let patterns = match desk.last_of(account) {
        None => Vec::new(),
        Some(last) => {
            let lines = voting::keys_of_pass(&mut cx.tx, id, last).await?;
            let entry = replay(&subject, last, &lines)?;
            entry.patterns().slots().to_vec()
        }
    };
    let row = PassRow {
        bundle,
        pass: pass.into(),
        attempt: i64::try_from(before).unwrap_or(i64::MAX) + 1,
        account,
        name: cx.who.name.clone(),
        state: PassState::Keying,
        begun_at: cx.now,
        ended_at: None,
        reason: None,
        patterns,
    };
    voting::add_pass(&mut cx.tx, id, &row).await?;
    let detail = json!({"bundle": bundle, "pass": pass, "attempt": row.attempt});
    record(cx, &subject, "count.pass_begun", detail).await
}

/// What somebody keyed, as their screen shows it.
pub struct Sent {
    /// How many were sent before: a row that arrives twice is one row.
    pub turn: i64,
    /// The keys.
    pub keys: Vec<Key>,
    /// How long ago each was pressed, in microseconds.
    pub ages: Vec<i64>,
    /// The ballot the screen shows for them, as keys of its own; `None` where
    /// they complete none.
    pub shown: Option<Vec<Key>>,
    /// How many ballots of the bundle the screen shows after them.
    pub ballots: Option<usize>,
}

/// How a pass stands after what was sent.
pub struct Keyed {
    /// How many rows the pass has.
    pub turn: i64,
    /// The pass as it stands.
    pub entry: Entry,
    /// What the last key did.
    pub did: Option<Pressed>,
}

/// The pass of this account that is under way.
fn own_pass(desk: &[PassRow], bundle: i64, account: u128) -> Result<PassRow> {
    desk.iter()
        .find(|pass| {
            pass.bundle == bundle && pass.account == account && pass.state == PassState::Keying
        })
        .cloned()
        .ok_or_else(|| {
            Problem::from(Refusal::NotNow {
                verb: "key",
                state: "no pass",
            })
        })
}

/// Takes keys: on disk before it is answered.
///
/// # Errors
/// `E-VOT-90` where the screen shows another ballot than the keys make, or
/// rows are missing: nothing of it is kept, and the screen loads anew.
pub async fn key(cx: &mut Cx, id: u128, bundle: i64, sent: Sent) -> Result<Keyed> {
    let subject = open(cx, id).await?;
    let account = account(cx)?;
    let passes = voting::passes(&mut cx.tx, id).await?;
    let pass = own_pass(&passes, bundle, account)?;
    let lines = voting::keys_of_pass(&mut cx.tx, id, &pass).await?;
    let turn = voting::turns(&mut cx.tx, id, &pass).await?;
    let mut entry = replay(&subject, &pass, &lines)?;
    if sent.turn != turn || sent.keys.len() > MOST_KEYS || sent.ages.len() != sent.keys.len() {
        return Err(Problem::new(StatusCode::CONFLICT, "E-VOT-90"));
    }
    let (mut did, mut completed) = (None, None);
    // A laptop says how long ago, and no key lies before the one before it.
    let mut last = lines.last().map_or(pass.begun_at, |line| line.at);
    for (key, age) in sent.keys.iter().zip(&sent.ages) {
        let at = cx.now.saturating_sub((*age).max(0)).max(last).min(cx.now);
        last = at;
        match entry.press(&subject.rules, *key, at) {
            Ok(pressed) => {
                match pressed {
                    Pressed::Accepted { .. } => completed = entry.ballots().last().cloned(),
                    Pressed::Undone { .. } => completed = None,
                    _ => {}
                }
                did = Some(pressed);
            }
            Err(refusal) if is_of_a_key(&refusal) => {
                did = Some(Pressed::Refused(refusal.code().to_owned()));
            }
            Err(refusal) => return Err(refusal.into()),
        }
    }
    let shown = sent.shown.map(|keys| keying::parse(&subject.layout, &keys));
    let agrees = match (&shown, &completed) {
        (None, None) => true,
        (Some(Ok(shown)), Some(completed)) => shown == completed,
        _ => false,
    };
    let as_many = sent
        .ballots
        .is_none_or(|ballots| ballots == entry.ballots().len());
    if !agrees || !as_many {
        return Err(Problem::new(StatusCode::CONFLICT, "E-VOT-90"));
    }
    let papers = voting::bundles(&mut cx.tx, id).await?;
    let most = papers.get(&bundle).copied().unwrap_or_default() * 2;
    if i64::try_from(entry.ballots().len()).is_ok_and(|ballots| ballots > most) {
        return Err(Refusal::TooLarge.into());
    }
    let new = &entry.journal()[lines.len()..];
    voting::add_keys(&mut cx.tx, id, &pass, turn, new).await?;
    // What a paper says stands in the count, never in the audit log.
    let detail = json!({"bundle": bundle, "pass": pass.pass, "row": turn + 1});
    let season = Some(subject.season.as_str());
    cx.record("count.keyed", season, Some(subject.unit), &detail)
        .await?;
    Ok(Keyed {
        turn: turn + 1,
        entry,
        did,
    })
}

/// Finishes the own pass of a bundle.
///
/// # Errors
/// `E-VOT-01` where none is under way.
pub async fn finish(cx: &mut Cx, id: u128, bundle: i64) -> Result<()> {
    let subject = open(cx, id).await?;
    let account = account(cx)?;
    let passes = voting::passes(&mut cx.tx, id).await?;
    let mut pass = own_pass(&passes, bundle, account)?;
    pass.state = PassState::Finished;
    pass.ended_at = Some(cx.now);
    voting::end_pass(&mut cx.tx, id, &pass).await?;
    let detail = json!({"bundle": bundle, "pass": pass.pass});
    record(cx, &subject, "count.pass_finished", detail).await
}

/// A pass is dropped, to be keyed anew from the start by the same person or
/// another; what was keyed stays in the journal with the reason.
///
/// # Errors
/// `E-VOT-30` without a reason; `E-403` for somebody else's pass without the
/// right to run the election; `E-VOT-112` for somebody else's by whoever keyed
/// another pass of the bundle.
pub async fn again(cx: &mut Cx, id: u128, bundle: i64, pass: i64, reason: &str) -> Result<()> {
    let subject = watched(cx, id).await?;
    let account = account(cx)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::from(Refusal::ReasonNeeded).at("reason"));
    }
    let passes = voting::passes(&mut cx.tx, id).await?;
    let stands = |row: &&PassRow| row.bundle == bundle && row.state != PassState::Dropped;
    let mut row = passes
        .iter()
        .filter(stands)
        .find(|row| row.pass == pass)
        .cloned()
        .ok_or_else(Problem::not_found)?;
    if row.account != account {
        cx.must(Permission::RunElection, subject.unit).await?;
        if passes
            .iter()
            .filter(stands)
            .any(|row| row.account == account)
        {
            return Err(Refusal::OwnCountBeside {
                who: cx.who.actor(),
            }
            .into());
        }
    }
    row.state = PassState::Dropped;
    row.ended_at = Some(cx.now);
    row.reason = Some(reason.to_owned());
    voting::end_pass(&mut cx.tx, id, &row).await?;
    // Differences were against what is gone.
    voting::unresolve(&mut cx.tx, id, bundle).await?;
    let detail = json!({"bundle": bundle, "pass": pass, "of": row.name, "reason": reason});
    record(cx, &subject, "count.pass_dropped", detail).await
}

/// A third person reads a paper anew where passes differ.
///
/// # Errors
/// `E-VOT-18` for whoever keyed one of the passes; `E-VOT-90` where somebody else
/// has read the paper since; `E-VOT-11`, `E-VOT-12`,
/// `E-VOT-13` for keys that make no ballot.
pub async fn resolve(
    cx: &mut Cx,
    id: u128,
    (bundle, slot): (i64, u32),
    seen: &str,
    ballot: Option<Ballot>,
) -> Result<()> {
    let subject = open(cx, id).await?;
    let account = account(cx)?;
    let mut desk = Desk::load(&mut cx.tx, &subject).await?;
    // A pass that was keyed anew meanwhile has other places.
    if desk.attempts(bundle) != seen {
        return Err(Problem::new(StatusCode::CONFLICT, "E-VOT-90"));
    }
    let keyed_it = |row: &PassRow| row.bundle == bundle && row.account == account;
    if desk.passes.iter().any(keyed_it) {
        return Err(Refusal::ThirdPersonNeeded {
            who: cx.who.actor(),
        }
        .into());
    }
    // Whoever read it puts it right; nobody else reads over a reading.
    let read = voting::resolutions(&mut cx.tx, id).await?;
    let other = |row: &&ResolutionRow| {
        let place = row.bundle == bundle && row.slot == i64::from(slot);
        place && !row.dropped && row.account != account
    };
    if read.iter().any(|row| other(&row)) {
        return Err(Problem::new(StatusCode::CONFLICT, "E-VOT-90"));
    }
    let resolution = keying::Resolution {
        by: actor(account),
        entered: ballot.clone(),
    };
    desk.keying
        .resolve(bundle_id(bundle)?, slot, resolution)
        .map_err(Problem::from)?;
    let row = ResolutionRow {
        bundle,
        slot: slot.into(),
        account,
        name: cx.who.name.clone(),
        ballot,
        at: cx.now,
        dropped: false,
    };
    voting::resolve(&mut cx.tx, id, &row).await?;
    let detail = json!({"bundle": bundle, "place": slot});
    record(cx, &subject, "count.resolved", detail).await
}
