//! The papers: printed, handed out, taken from the boxes.

use plenum_rules::PersonId;
use plenum_rules::access::Permission;
use plenum_rules::voting::count::Papers;
use plenum_store::voting::{self, Paper};
use serde_json::json;

use super::{Of, hall_of, permitted, save, step};
use crate::shell::Cx;
use crate::shell::problem::Result;

/// The paper is fixed and kept with the ballot.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-09`.
pub async fn print(cx: &mut Cx, of: &Of, printed: Option<u32>, paper: &Paper) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    let rules = ballot.rules.clone();
    step(&mut ballot, |election| election.print(&rules, printed))?;
    voting::keep_paper(&mut cx.tx, ballot.id, paper).await?;
    let detail = json!({"printed": printed, "code": paper.code});
    save(cx, &mut ballot, ("election.printed", detail)).await
}

/// Papers are handed out: from here on the rules are those pinned.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-43` (R27), `E-VOT-97` without a counting committee.
pub async fn hand_out(cx: &mut Cx, of: &Of) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    let hall = hall_of(cx, &ballot).await?;
    let tellers: Vec<PersonId> = hall
        .people
        .iter()
        .filter(|person| person.teller)
        .map(|person| person.id)
        .collect();
    if tellers.is_empty() {
        return Err(crate::shell::Problem::refused("E-VOT-97"));
    }
    let rules = ballot.rules.clone();
    let detail = json!({"tellers": tellers.len()});
    step(&mut ballot, |election| election.open(rules, tellers))?;
    save(cx, &mut ballot, ("election.handed_out", detail)).await
}

/// The boxes are opened, papers and people counted (R16). Counting begins.
///
/// # Errors
/// `E-VOT-01`; `E-VOT-02` for more returned than issued; `E-VOT-03`; `E-VOT-06`.
pub async fn close(cx: &mut Cx, of: &Of, present: u32, papers: Papers) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::KeyBallots).await?;
    let hall = hall_of(cx, &ballot).await?;
    let body = ballot.facts.draft().map(|draft| draft.body);
    let mut attendance = match body {
        Some(body) => hall.attendance(body),
        None => return Err(crate::shell::Problem::not_found()),
    };
    attendance.present = present;
    let detail = json!({"present": present, "papers": papers});
    step(&mut ballot, |election| {
        election.close(attendance, papers)?.begin_count()
    })?;
    save(cx, &mut ballot, ("election.closed", detail)).await
}
