//! What numbers of people decide and must satisfy: the form of a congress
//! (R31), and the sums of its report (R29, R44).

use super::facts::{Contents, Form, Numbers};
use super::refusal::Refusal;

/// The form that follows from the number of members (R31: 199 members meet
/// all together, 200 send delegates).
#[must_use]
pub fn form_by_members(members: u32, bound: u32) -> Form {
    if members < bound {
        Form::Members
    } else {
        Form::Delegates
    }
}

/// The sums a report must satisfy.
///
/// # Errors
/// Present above convened, elected above convened, deputies and secretary
/// beyond the committee, and people elected where the contents elect nobody.
pub fn check_numbers(numbers: &Numbers, contents: Contents) -> Result<(), Refusal> {
    if numbers.present > numbers.convened {
        return Err(Refusal::MorePresentThanConvened {
            present: numbers.present,
            convened: numbers.convened,
        });
    }
    let officers = numbers
        .elected_deputies
        .saturating_add(u32::from(numbers.elected_secretary));
    // A branch below nine members elects a secretary (and a deputy) without a
    // committee, so officers without a committee add up (R29).
    if (numbers.elected_committee > 0 && officers > numbers.elected_committee)
        || numbers.elected_committee > numbers.convened
        || officers > numbers.convened
    {
        return Err(Refusal::ElectedDoNotAddUp);
    }
    let elects_committee = numbers.elected_committee > 0 || officers > 0;
    if (elects_committee && !contents.committee)
        || (numbers.elected_delegates > 0 && !contents.delegates)
    {
        return Err(Refusal::NothingToElect);
    }
    Ok(())
}
