//! Events outside the season that its dates must respect.

use plenum_rules::SeasonId;
use plenum_rules::org::{Kind, Level};
use plenum_rules::season::{EventId, EventRelation, OutsideEvent};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx};

fn relation_code(relation: EventRelation) -> &'static str {
    match relation {
        EventRelation::MustPrecede => "before",
        EventRelation::MustNotOverlap => "apart",
    }
}

fn read(row: &Row) -> Result<OutsideEvent> {
    Ok(OutsideEvent {
        id: EventId(row.id(0)?),
        scope: row.unit(1)?,
        name: row.text(2)?,
        first: row.day(3)?,
        last: row.day(4)?,
        level: row.opt_text(5)?.map(Level),
        kind: row.opt_text(6)?.map(Kind),
        relation: match row.text(7)?.as_str() {
            "before" => EventRelation::MustPrecede,
            "apart" => EventRelation::MustNotOverlap,
            other => return Err(StoreError::Damaged(format!("an outside event ({other})"))),
        },
    })
}

/// The outside events of a season, by day.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn events(tx: &mut Tx, season: &SeasonId) -> Result<Vec<OutsideEvent>> {
    let sql = "SELECT id, unit, title, first_day, last_day, level, kind, relation FROM outside_event \
               WHERE season = $1 ORDER BY first_day, id";
    tx.rows(sql, args![season.as_str()])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Records an outside event.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn add_event(tx: &mut Tx, season: &SeasonId, event: &OutsideEvent) -> Result<()> {
    tx.run(
        "INSERT INTO outside_event (id, season, unit, title, first_day, last_day, level, kind, relation) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            event.id.0,
            season.as_str(),
            event.scope,
            &event.name,
            event.first,
            event.last,
            event.level.as_ref().map(|level| level.0.clone()),
            event.kind.as_ref().map(|kind| kind.0.clone()),
            relation_code(event.relation)
        ],
    )
    .await?;
    Ok(())
}

/// Takes an outside event back. Says whether there was one.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn remove_event(tx: &mut Tx, season: &SeasonId, event: EventId) -> Result<bool> {
    let sql = "DELETE FROM outside_event WHERE season = $1 AND id = $2";
    Ok(tx.run(sql, args![season.as_str(), event.0]).await? > 0)
}
