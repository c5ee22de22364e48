//! Events outside the season that its dates must respect.

use plenum_rules::SeasonId;
use plenum_rules::org::{Kind, Level};
use plenum_rules::season::{EventId, EventRelation, OutsideEvent};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx, end};

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
        until: row.opt_day(8)?,
    })
}

/// The outside events of a season, by day.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn events(tx: &mut Tx, season: &SeasonId) -> Result<Vec<OutsideEvent>> {
    let sql = "SELECT id, unit, title, first_day, last_day, level, kind, relation, until_day FROM outside_event \
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
        "INSERT INTO outside_event (id, season, unit, title, first_day, last_day, level, kind, relation, \
         until_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![
            event.id.0,
            season.as_str(),
            event.scope,
            &event.name,
            event.first,
            event.last,
            event.level.as_ref().map(|level| level.0.clone()),
            event.kind.as_ref().map(|kind| kind.0.clone()),
            relation_code(event.relation),
            end(event.until)
        ],
    )
    .await?;
    Ok(())
}

/// Writes an outside event that was entered wrongly anew; whose it is stays.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn correct_event(tx: &mut Tx, event: &OutsideEvent) -> Result<()> {
    tx.run(
        "UPDATE outside_event SET title = $2, first_day = $3, last_day = $4, level = $5, kind = $6, \
         relation = $7 WHERE id = $1",
        args![
            event.id.0,
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
