//! Reading what was done, and looking whether it holds together.

use std::collections::BTreeMap;

use plenum_rules::access::{Permission, Reach, may};
use plenum_rules::timeline::Span;
use plenum_rules::{Day, UnitId};
use plenum_store::audit::{self, Recorded, Verdict, Wanted};
use plenum_store::org;
use plenum_store::reach::Within;

use crate::shell::problem::{Problem, Result};
use crate::shell::{App, Clock, Look, Who};

/// Which rows of the memory are asked for, as typed.
#[derive(Clone, Default)]
pub struct Asked {
    /// The code of a unit: it and all below it.
    pub unit: String,
    /// A season.
    pub season: String,
    /// An event's code or the beginning of it.
    pub event: String,
    /// A log-in name.
    pub who: String,
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub until: Option<Day>,
}

/// The part of the tree in which the person holds a permission.
#[must_use]
pub fn within(who: &Who, today: Day, permission: Permission) -> Within {
    if who.is_system() || may(&who.grants, today, permission, &[]) {
        return Within::Everything;
    }
    let held = who.grants.iter().filter(|grant| {
        let holds = Span {
            from: grant.from,
            until: grant.until,
        }
        .holds(today);
        holds && grant.role.reach(permission) != Reach::Nothing
    });
    Within::Units(held.filter_map(|grant| grant.unit).collect())
}

/// The rows asked for, newest first, from `before` down.
///
/// # Errors
/// Not found (unit); forbidden.
pub async fn rows(
    look: &mut Look,
    clock: &Clock,
    asked: &Asked,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Recorded>> {
    let part = if asked.unit.is_empty() {
        within(&look.who, look.today, Permission::ReadAudit)
    } else {
        let unit = org::by_code(&mut look.tx, &asked.unit, look.today).await?;
        let unit = unit
            .ok_or_else(|| Problem::field("E-ACC-21", "unit").with("code", asked.unit.as_str()))?
            .unit;
        look.must(Permission::ReadAudit, unit).await?;
        Within::Units(vec![unit])
    };
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let wanted = Wanted {
        within: part,
        today: look.today,
        season: text(&asked.season),
        event: text(&asked.event),
        who: text(&asked.who),
        from: asked.from.map(|day| clock.start_of(day)),
        until: asked.until.map(|day| clock.start_of(day.next())),
    };
    Ok(audit::find(&mut look.tx, &wanted, before, limit).await?)
}

/// The names of the units that rows speak of.
///
/// # Errors
/// The database's.
pub async fn unit_names(look: &mut Look, rows: &[Recorded]) -> Result<BTreeMap<UnitId, String>> {
    let mut names = BTreeMap::new();
    for unit in rows.iter().filter_map(|row| row.unit) {
        if let std::collections::btree_map::Entry::Vacant(entry) = names.entry(unit) {
            let version = org::near(&mut look.tx, unit, look.today).await?;
            entry.insert(version.map(|version| version.name).unwrap_or_default());
        }
    }
    Ok(names)
}

/// Whether the chain holds: how many rows and the newest hash, or the first
/// broken link with the row that stands there now.
pub enum Chain {
    /// It holds.
    Whole {
        /// So many rows.
        rows: i64,
        /// The newest hash.
        head: String,
    },
    /// It breaks.
    Broken {
        /// Where.
        seq: i64,
        /// What stands there; nothing where the row is gone.
        row: Option<Box<Recorded>>,
    },
}

/// Walks the chain.
///
/// # Errors
/// The database's.
pub async fn verify(app: &App) -> Result<Chain> {
    let mut tx = app.db.read().await?;
    Ok(match audit::verify(&mut tx).await? {
        Verdict::Whole(rows) => {
            let head = audit::row(&mut tx, rows)
                .await?
                .map(|row| row.hash)
                .unwrap_or_default();
            Chain::Whole { rows, head }
        }
        Verdict::BrokenAt(seq) => Chain::Broken {
            seq,
            row: audit::row(&mut tx, seq).await?.map(Box::new),
        },
    })
}
