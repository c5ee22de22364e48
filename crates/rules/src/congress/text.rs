//! The texts a fact carries: how long they may be, and reasons that must say
//! something.

use super::refusal::Refusal;

/// The longest text a fact of a congress can carry, in characters.
pub const LONGEST_TEXT: usize = 10_000;

/// A text as it is kept: without blanks around it.
///
/// # Errors
/// [`Refusal::TextTooLong`].
pub fn bounded(text: &str, field: &'static str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST_TEXT {
        Err(Refusal::TextTooLong { field })
    } else {
        Ok(text.to_owned())
    }
}

/// A reason, which must say something.
///
/// # Errors
/// [`Refusal::ReasonNeeded`], [`Refusal::TextTooLong`].
pub(super) fn said(reason: &str) -> Result<String, Refusal> {
    let reason = bounded(reason, "reason")?;
    if reason.is_empty() {
        Err(Refusal::ReasonNeeded)
    } else {
        Ok(reason)
    }
}
