//! Units taken in from a sheet.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use plenum_rules::access::{Permission, may};
use plenum_rules::org::import::Fate;
use plenum_rules::org::{ImportPlan, Outcome, SheetInput, Tree, plan_import};
use plenum_rules::profile::Profile;
use plenum_rules::{Day, UnitId};
use plenum_store::db::new_id;
use plenum_store::org::{self, ImportDraft};
use plenum_store::{Tx, progress};
use serde_json::json;

use super::super::effects::{self, MANY};
use super::super::sheets::{labels, mark, vocabulary};
use super::change::{RECORDED, before_and_after};
use crate::shell::problem::{Problem, Result};
use crate::shell::{Cx, Who};

/// How long a sheet waits for its confirmation, in microseconds: a day.
pub const KEPT: i64 = 86_400_000_000;

/// A sheet as it was sent.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The unit below which it belongs; none for the whole tree.
    pub root: Option<UnitId>,
    /// The day from which it holds.
    pub day: Day,
    /// The profile's id.
    pub profile: String,
    /// The file's name.
    pub file: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A sheet that is read, with where it belongs.
#[derive(Clone, Debug)]
pub struct Taking {
    /// The unit below which it belongs; none for the whole tree.
    pub root: Option<UnitId>,
    /// The day from which it holds.
    pub day: Day,
    /// The profile whose levels and kinds it uses.
    pub profile: &'static Profile,
    /// The file's name.
    pub file: String,
    /// What is in it.
    pub sheet: SheetInput,
}

/// Refuses who may not import at that unit, now or on the day: an import
/// holds from the day on. The whole tree is for who holds it for the whole
/// installation.
async fn must_import(
    tx: &mut Tx,
    who: &Who,
    today: Day,
    root: Option<UnitId>,
    day: Day,
) -> Result<()> {
    if who.is_system() {
        return Ok(());
    }
    for each in [today, day] {
        let path = match root {
            Some(root) => org::path_on(tx, root, each).await?,
            None => Vec::new(),
        };
        if !may(&who.grants, today, Permission::ImportTree, &path) {
            return Err(Problem::forbidden());
        }
    }
    Ok(())
}

/// Keeps a sheet for its preview; nothing of the tree changes.
///
/// # Errors
/// Forbidden outside the person's subtree.
pub async fn upload(cx: &mut Cx, incoming: Incoming) -> Result<u128> {
    let who = cx.who.clone();
    must_import(&mut cx.tx, &who, cx.today, incoming.root, incoming.day).await?;
    let account = who.account.ok_or_else(Problem::forbidden)?;
    let draft = ImportDraft {
        id: new_id(),
        account,
        made_at: cx.now,
        root: incoming.root,
        day: incoming.day,
        profile: incoming.profile,
        file: incoming.file,
        bytes: incoming.bytes,
    };
    org::let_go(&mut cx.tx, None, cx.now - KEPT).await?;
    org::keep(&mut cx.tx, &draft).await?;
    let detail = json!({"file": draft.file, "day": draft.day, "bytes": draft.bytes.len()});
    cx.record("tree.sheet_sent", None, draft.root, &detail)
        .await?;
    Ok(draft.id)
}

/// What taking a sheet in would do, as the tree stands now.
///
/// # Errors
/// Forbidden outside the person's subtree; the database's.
pub async fn plan(
    tx: &mut Tx,
    who: &Who,
    today: Day,
    taking: &Taking,
) -> Result<(Tree, ImportPlan)> {
    must_import(tx, who, today, taking.root, taking.day).await?;
    let tree = org::tree(tx).await?;
    let words = vocabulary(taking.profile);
    let labels = labels(taking.profile);
    let mut ids = || UnitId(new_id());
    let plan = plan_import(
        &tree,
        &words,
        &labels,
        taking.root,
        taking.day,
        &taking.sheet,
        &mut ids,
    );
    Ok((tree, plan))
}

/// Takes a kept sheet in, if it still does what its preview showed.
///
/// # Errors
/// Not found where it is not this person's or was let go; as [`take`].
pub async fn confirm(cx: &mut Cx, draft: u128, taking: &Taking, seen: &str) -> Result<()> {
    let account = cx.who.account.ok_or_else(Problem::forbidden)?;
    if org::kept(&mut cx.tx, draft, account, cx.now - KEPT)
        .await?
        .is_none()
    {
        return Err(Problem::new(StatusCode::NOT_FOUND, "E-ORG-26"));
    }
    take(cx, taking, Some(seen), &mut |_| ()).await?;
    org::let_go(&mut cx.tx, Some(draft), cx.now - KEPT).await?;
    Ok(())
}

/// Takes a sheet in. `seen` is the mark of the preview it was confirmed from;
/// `step` hears how many records are written.
///
/// # Errors
/// `E-ORG-27` where the plan is no longer what was seen (somebody changed the
/// tree meanwhile), `E-ORG-25` where something in the sheet stops it.
pub async fn take(
    cx: &mut Cx,
    taking: &Taking,
    seen: Option<&str>,
    step: &mut (dyn FnMut(usize) + Send),
) -> Result<ImportPlan> {
    let who = cx.who.clone();
    let (tree, plan) = plan(&mut cx.tx, &who, cx.today, taking).await?;
    if seen.is_some_and(|seen| seen != mark(&plan)) {
        return Err(Problem::new(StatusCode::CONFLICT, "E-ORG-27"));
    }
    let outcome = plan.outcome().map_err(|blocked| {
        Problem::refused("E-ORG-25")
            .with("count", i64::try_from(blocked.findings).unwrap_or(i64::MAX))
    })?;
    write(cx, taking.day, &plan, outcome, step).await?;
    record(cx, taking, &tree, &plan, outcome).await?;
    match taking.root {
        Some(root) => cx.touch(root).await?,
        None => {
            for root in org::roots_on(&mut cx.tx, taking.day).await? {
                cx.touch(root.unit).await?;
            }
        }
    }
    Ok(plan)
}

async fn write(
    cx: &mut Cx,
    day: Day,
    plan: &ImportPlan,
    outcome: &Outcome,
    step: &mut (dyn FnMut(usize) + Send),
) -> Result<()> {
    let standing: Vec<UnitId> = plan
        .rows
        .iter()
        .filter(|row| matches!(row.fate, Fate::Changed(_)))
        .filter_map(|row| row.unit)
        .collect();
    // A sheet moves units with all below them.
    let counted = org::below_since(&mut cx.tx, &standing, day).await?;
    let known: BTreeSet<UnitId> = counted.iter().copied().collect();
    let new: Vec<UnitId> = outcome
        .touched
        .iter()
        .filter(|unit| !known.contains(unit))
        .copied()
        .collect();
    if counted.len() + new.len() <= MANY {
        let pending = progress::before(&mut cx.tx, &counted).await?;
        save(cx, outcome, step).await?;
        pending.finish(&mut cx.tx, &new).await?;
        return Ok(());
    }
    save(cx, outcome, step).await?;
    effects::recount(&mut cx.tx).await
}

/// Writes in pieces, so that somebody who waits sees it move.
async fn save(cx: &mut Cx, outcome: &Outcome, step: &mut (dyn FnMut(usize) + Send)) -> Result<()> {
    for edits in outcome.edits.chunks(4_000) {
        let piece = Outcome {
            edits: edits.to_vec(),
            ..Outcome::default()
        };
        org::save(&mut cx.tx, &piece).await?;
        step(edits.len());
    }
    Ok(())
}

/// One row for the import, and one for each unit while they are few enough to
/// be read by a person.
async fn record(
    cx: &mut Cx,
    taking: &Taking,
    tree: &Tree,
    plan: &ImportPlan,
    outcome: &Outcome,
) -> Result<()> {
    let detail = json!({"file": taking.file, "day": taking.day, "profile": taking.profile.id, "summary": plan.summary});
    cx.record("tree.imported", None, taking.root, &detail)
        .await?;
    if outcome.touched.len() <= RECORDED {
        let after = tree.after(&outcome.edits);
        for unit in &outcome.touched {
            let mut detail = before_and_after(tree, &after, *unit);
            detail["day"] = json!(taking.day);
            detail["file"] = json!(taking.file);
            cx.record("unit.imported", None, Some(*unit), &detail)
                .await?;
        }
    }
    Ok(())
}
