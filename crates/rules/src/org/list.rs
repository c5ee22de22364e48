//! One unit's versions, in order of days, and what a change makes of them.

use super::UnitVersion;
use super::refusal::Refusal;
use crate::{Day, UnitId};

/// The unit's versions once it is as `wanted` says from `day` on, field by
/// field up to the first later version that had changed the field (see
/// [`super::change`]); `None` where the unit does not exist on the day.
pub(super) fn restated(
    list: &[UnitVersion],
    day: Day,
    wanted: &UnitVersion,
) -> Option<Vec<UnitVersion>> {
    let mut new = list.to_vec();
    let start = split_at(&mut new, day)?;
    let end = run_end(&new, start);
    let old = new[start].clone();
    let run = &mut new[start..end];
    flow(run, &old.code, &wanted.code, |version| &mut version.code);
    flow(run, &old.name, &wanted.name, |version| &mut version.name);
    flow(run, &old.parent, &wanted.parent, |version| {
        &mut version.parent
    });
    flow(run, &old.level, &wanted.level, |version| &mut version.level);
    flow(run, &old.kind, &wanted.kind, |version| &mut version.kind);
    flow(run, &old.members, &wanted.members, |version| {
        &mut version.members
    });
    Some(new)
}

/// The unit's versions once it ends on `day`: what follows without a gap goes
/// with it. `None` where it does not exist on the day.
///
/// # Errors
/// [`Refusal::BeginsThatDay`] where nothing of it would be left.
pub(super) fn ended(list: &[UnitVersion], day: Day) -> Option<Result<Vec<UnitVersion>, Refusal>> {
    let mut new = list.to_vec();
    let start = split_at(&mut new, day)?;
    let goes_back = start
        .checked_sub(1)
        .is_some_and(|before| new[before].until == Some(day));
    if !goes_back {
        return Some(Err(Refusal::BeginsThatDay {
            unit: new[start].unit,
            day,
        }));
    }
    let end = run_end(&new, start);
    new.drain(start..end);
    Some(Ok(new))
}

/// When the unit, as it stands on the day, ends: the end of the last version
/// that follows without a gap; `None` where it goes on.
pub(super) fn run_until(list: &[UnitVersion], day: Day) -> Option<Day> {
    let start = list.iter().position(|version| version.span().holds(day))?;
    list[run_end(list, start) - 1].until
}

/// The unit's versions once it stands under `new` wherever, from `day` on, it
/// stood under `old`.
pub(super) fn passed(list: &[UnitVersion], day: Day, old: UnitId, new: UnitId) -> Vec<UnitVersion> {
    let mut list = list.to_vec();
    split_at(&mut list, day);
    for version in list
        .iter_mut()
        .filter(|version| version.from >= day && version.parent == Some(old))
    {
        version.parent = Some(new);
    }
    list
}

/// Makes a version begin on `day`; its place, `None` where none holds then.
fn split_at(list: &mut Vec<UnitVersion>, day: Day) -> Option<usize> {
    let place = list.iter().position(|version| version.span().holds(day))?;
    if list[place].from == day {
        return Some(place);
    }
    let mut later = list[place].clone();
    later.from = day;
    list[place].until = Some(day);
    list.insert(place + 1, later);
    Some(place + 1)
}

/// The place after the last version that follows `start` without a gap.
fn run_end(list: &[UnitVersion], start: usize) -> usize {
    let mut end = start + 1;
    while end < list.len() && list[end - 1].until == Some(list[end].from) {
        end += 1;
    }
    end
}

fn flow<T: PartialEq + Clone>(
    run: &mut [UnitVersion],
    old: &T,
    new: &T,
    field: impl Fn(&mut UnitVersion) -> &mut T,
) {
    if old == new {
        return;
    }
    for version in run {
        let value = field(version);
        if value != old {
            break;
        }
        value.clone_from(new);
    }
}
