//! Members in charge of units (cấp ủy viên phụ trách).

use plenum_rules::timeline::Span;
use plenum_rules::{Day, SeasonId, UnitId};

use crate::args;
use crate::db::{Result, Row, Tx, Value, end};

/// That a member is in charge of a unit for some days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Charge {
    /// Which.
    pub id: u128,
    /// The unit.
    pub unit: UnitId,
    /// Who.
    pub person: String,
    /// The post this member holds ("Ủy viên Ban Thường vụ").
    pub post: String,
    /// The days on which it holds.
    pub span: Span,
}

fn read(row: &Row) -> Result<Charge> {
    Ok(Charge {
        id: row.id(0)?,
        unit: row.unit(1)?,
        person: row.text(2)?,
        post: row.text(3)?,
        span: Span {
            from: row.day(4)?,
            until: row.opt_day(5)?,
        },
    })
}

/// Who is and was in charge of what in a season, by their beginning.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn charges(tx: &mut Tx, season: &SeasonId) -> Result<Vec<Charge>> {
    let sql = "SELECT id, unit, person, post, from_day, until_day FROM charge WHERE season = $1 \
               ORDER BY from_day, id";
    tx.rows(sql, args![season.as_str()])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Records members in charge.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn add_charges(tx: &mut Tx, season: &SeasonId, charges: &[Charge]) -> Result<()> {
    let values: Vec<Value> = charges
        .iter()
        .flat_map(|charge| {
            [
                charge.id.into(),
                season.as_str().into(),
                charge.unit.into(),
                (&charge.person).into(),
                (&charge.post).into(),
                charge.span.from.into(),
                end(charge.span.until),
            ]
        })
        .collect();
    tx.insert_many(
        "INSERT INTO charge (id, season, unit, person, post, from_day, until_day)",
        "",
        7,
        &values,
    )
    .await
}

/// Ends the charges that run on `day` for a unit: a successor takes over then.
/// One that would begin on that day goes altogether.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn end_charges(tx: &mut Tx, season: &SeasonId, unit: UnitId, day: Day) -> Result<()> {
    tx.run(
        "DELETE FROM charge WHERE season = $1 AND unit = $2 AND from_day >= $3",
        args![season.as_str(), unit, day],
    )
    .await?;
    tx.run(
        "UPDATE charge SET until_day = $3 WHERE season = $1 AND unit = $2 AND until_day > $3",
        args![season.as_str(), unit, day],
    )
    .await?;
    Ok(())
}

/// Writes who is in charge anew where the name or the post was entered wrongly.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn rename_charge(tx: &mut Tx, charge: &Charge) -> Result<()> {
    tx.run(
        "UPDATE charge SET person = $2, post = $3 WHERE id = $1",
        args![charge.id, &charge.person, &charge.post],
    )
    .await?;
    Ok(())
}
