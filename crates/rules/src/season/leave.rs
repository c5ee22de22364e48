//! What a plan may say under the plans above it, and what may be taken back
//! from it (R55).

use super::refusal::Refusal;
use super::windows::{Effective, PathWindow, Selector, Window, descend};
use crate::Day;

/// Whether a plan may have this window under the plans above it, as they stand
/// on its own date (R55: under 30/6/2020 a district may say 10/6 and a town
/// 20/6, but not 05/7 unless the superior's consent is recorded).
///
/// # Errors
/// [`Refusal::WindowReversed`]; without consent [`Refusal::NoDayLeft`],
/// [`Refusal::LaterThanSuperior`], [`Refusal::EarlierThanSuperior`].
pub fn check_new_window(above: &[PathWindow<'_>], new: &Window) -> Result<(), Refusal> {
    if new.first.is_some_and(|first| first > new.last) {
        return Err(Refusal::WindowReversed);
    }
    if new.has_consent() {
        return Ok(());
    }
    let wanted = Selector::of(new);
    let Some(limit) = descend(above, &wanted, new.from, new.mark.is_some()) else {
        return Ok(());
    };
    if new.last > limit.last {
        return Err(Refusal::LaterThanSuperior {
            superior: limit.from_issuer,
            limit: limit.last,
        });
    }
    if let (Some(opens), Some(superior)) = (limit.first, limit.first_from) {
        if new.last < opens {
            return Err(Refusal::NoDayLeft { superior, opens });
        }
        if new.first.is_some_and(|first| first < opens) {
            return Err(Refusal::EarlierThanSuperior {
                superior,
                limit: opens,
            });
        }
    }
    Ok(())
}

/// The window of a plan that says already what a new one would: for the same
/// units the same days, with nothing else said in between. A second would
/// change nothing, and one of the two would be put right in vain.
///
/// `said` holds windows of the plan's issuer, in any order; the new one may be
/// among them.
#[must_use]
pub fn said_already<'a>(
    said: impl IntoIterator<Item = &'a Window>,
    new: &Window,
) -> Option<&'a Window> {
    let lasts = |window: &Window, day: Day| window.until.is_none_or(|until| day < until);
    let alike = |window: &&Window| {
        window.id != new.id
            && window.issuer == new.issuer
            && window.level == new.level
            && window.kind == new.kind
            && window.mark == new.mark
    };
    // What counts when the new one begins, and what replaces the new one.
    let (mut before, mut after): (Option<&Window>, Option<&Window>) = (None, None);
    for window in said.into_iter().filter(alike) {
        let (from, id) = (window.from, window.id);
        if from <= new.from {
            let nearer = before.is_none_or(|known| (known.from, known.id) < (from, id));
            if lasts(window, new.from) && nearer {
                before = Some(window);
            }
        } else if lasts(new, from)
            && lasts(window, from)
            && after.is_none_or(|known| (from, id) < (known.from, known.id))
        {
            after = Some(window);
        }
    }
    let same = |window: &&Window| window.first == new.first && window.last == new.last;
    before.filter(same).or(after.filter(same))
}

/// Whether a window may be withdrawn from a day on: what counts then is held
/// against the plans above as if it were issued that day (R55). A window that
/// this one had replaced comes back with it; where a superior had consented to
/// that one, the consent ended when it was replaced and is needed again.
///
/// `on_path` holds the windows of the issuer and of every unit above it.
///
/// # Errors
/// [`Refusal::LaterThanSuperior`], [`Refusal::EarlierThanSuperior`].
pub fn check_withdrawal(
    on_path: &[PathWindow<'_>],
    gone: &Window,
    day: Day,
) -> Result<(), Refusal> {
    let wanted = Selector::of(gone);
    let count = |counts: &dyn Fn(&Window) -> bool| -> Option<Effective> {
        let path: Vec<PathWindow<'_>> = on_path
            .iter()
            .copied()
            .filter(|(_, window)| counts(window))
            .collect();
        descend(&path, &wanted, day, gone.mark.is_some())
    };
    let (Some(limit), Some(after)) = (
        count(&|window| window.issuer != gone.issuer),
        count(&|window| window.id != gone.id),
    ) else {
        return Ok(());
    };
    let before = count(&|_| true);
    let later = before.is_none_or(|before| after.last > before.last);
    if later && after.last > limit.last {
        return Err(Refusal::LaterThanSuperior {
            superior: limit.from_issuer,
            limit: limit.last,
        });
    }
    let earlier = before.is_none_or(|before| after.first < before.first);
    if let (Some(opens), Some(superior)) = (limit.first, limit.first_from)
        && earlier
        && after.first < Some(opens)
    {
        return Err(Refusal::EarlierThanSuperior {
            superior,
            limit: opens,
        });
    }
    Ok(())
}
