//! Roles as the pages show them.

use plenum_rules::Day;
use plenum_rules::access::{Grant, Role};
use plenum_store::Tx;
use plenum_store::access::Granted;
use plenum_store::org;

use crate::shell::Words;
use crate::shell::problem::Result;

/// A role's name on screen.
pub(super) fn role_name(words: Words, role: Role) -> String {
    words.say(&format!("access-role-{}", role.code().replace('_', "-")))
}

/// A grant as a row.
pub(super) struct GrantRow {
    /// The grant's id in addresses.
    pub id: String,
    /// The role's name.
    pub role: String,
    /// Where: the unit's name and code, or the whole installation.
    pub place: String,
    /// From which day.
    pub from: String,
    /// Until which day; empty: without an end.
    pub until: String,
    /// Whether it holds today.
    pub holds: bool,
    /// Whether it is over.
    pub over: bool,
    /// Whether whoever looks may end it.
    pub can_end: bool,
}

/// The rows of an account's grants, those that hold first.
pub(super) async fn rows(
    tx: &mut Tx,
    words: Words,
    today: Day,
    granted: &[Granted],
) -> Result<Vec<GrantRow>> {
    let mut rows = Vec::with_capacity(granted.len());
    for one in granted {
        let place = place(tx, words, today, &one.grant).await?;
        let over = one.grant.until.is_some_and(|until| until <= today);
        rows.push(GrantRow {
            id: format!("{:032x}", one.id),
            role: role_name(words, one.grant.role),
            place,
            from: words.day(one.grant.from),
            // People name the last day on which it holds.
            until: one
                .grant
                .until
                .map(|until| words.day(until.plus(-1)))
                .unwrap_or_default(),
            holds: one.grant.from <= today && !over,
            over,
            can_end: false,
        });
    }
    rows.sort_by_key(|row| !row.holds);
    Ok(rows)
}

/// Where a grant holds, in words.
pub(super) async fn place(tx: &mut Tx, words: Words, today: Day, grant: &Grant) -> Result<String> {
    Ok(match grant.unit {
        None => words.say("access-everywhere"),
        Some(unit) => org::near(tx, unit, today).await?.map_or_else(
            || unit.to_string(),
            |version| format!("{} ({})", version.name, version.code),
        ),
    })
}
