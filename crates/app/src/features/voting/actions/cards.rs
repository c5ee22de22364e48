//! Votes by raised cards.

use plenum_rules::voting::machine::CardVote;

use crate::shell::Problem;
use crate::shell::problem::Result;

/// No more cards are raised than people are present.
///
/// # Errors
/// `E-VOT-125` at the field.
pub fn raised(vote: &CardVote, present: u32, field: &'static str) -> Result<()> {
    let raised = u64::from(vote.agree) + u64::from(vote.disagree) + u64::from(vote.abstain);
    if raised > u64::from(present) {
        let cards = i64::try_from(raised).unwrap_or(i64::MAX);
        let problem = Problem::field("E-VOT-125", field).with("cards", cards);
        return Err(problem.with("present", i64::from(present)));
    }
    Ok(())
}

/// Whether more than half of those present raised their cards for it (190 Đ2).
#[must_use]
pub fn is_majority(vote: &CardVote, present: u32) -> bool {
    u64::from(vote.agree) * 2 > u64::from(present)
}

/// What was voted on is carried.
///
/// # Errors
/// As [`raised`]; `E-VOT-96` for what was voted down.
pub fn carried(vote: &CardVote, present: u32, field: &'static str) -> Result<()> {
    raised(vote, present, field)?;
    if is_majority(vote, present) {
        return Ok(());
    }
    Err(Problem::field("E-VOT-96", field).with("present", i64::from(present)))
}
