//! Windows of plans, and the units set apart as pilots and trials.

use std::collections::BTreeMap;

use plenum_rules::org::{Kind, Level};
use plenum_rules::season::{Mark, Marked, Window, WindowId, Windows};
use plenum_rules::timeline::Span;
use plenum_rules::{SeasonId, UnitId};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx, Value, end};

fn mark_code(mark: Mark) -> &'static str {
    match mark {
        Mark::Pilot => "pilot",
        Mark::Trial => "trial",
    }
}

fn read_mark(code: &str) -> Result<Mark> {
    match code {
        "pilot" => Ok(Mark::Pilot),
        "trial" => Ok(Mark::Trial),
        other => Err(StoreError::Damaged(format!("a mark ({other})"))),
    }
}

fn read_window(row: &Row) -> Result<Window> {
    Ok(Window {
        id: WindowId(row.id(0)?),
        issuer: row.unit(1)?,
        level: Level(row.text(2)?),
        kind: row.opt_text(3)?.map(Kind),
        mark: row.opt_text(4)?.as_deref().map(read_mark).transpose()?,
        first: row.opt_day(5)?,
        last: row.day(6)?,
        from: row.day(7)?,
        until: row.opt_day(8)?,
        consent: row.opt_text(9)?,
        reason: row.opt_text(10)?,
    })
}

const WINDOW: &str = "id, issuer, level, kind, mark, first_day, last_day, in_force_from, until_day, \
                      consent, reason, instrument";

/// Every window of a season, in the order of the plans' days.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn windows(tx: &mut Tx, season: &SeasonId) -> Result<Windows> {
    let issued = issued_windows(tx, season).await?;
    Ok(Windows::new(
        issued.into_iter().map(|(window, _)| window).collect(),
    ))
}

/// As [`windows`], each with the recorded instrument it comes from.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn issued_windows(tx: &mut Tx, season: &SeasonId) -> Result<Vec<(Window, Option<u128>)>> {
    let sql =
        format!("SELECT {WINDOW} FROM plan_window WHERE season = $1 ORDER BY in_force_from, id");
    let rows = tx.rows(&sql, args![season.as_str()]).await?;
    rows.iter()
        .map(|row| Ok((read_window(row)?, row.opt_id(11)?)))
        .collect()
}

/// Adds a window. Counters are the caller's.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn add_window(
    tx: &mut Tx,
    season: &SeasonId,
    window: &Window,
    instrument: Option<u128>,
) -> Result<()> {
    let sql = format!(
        "INSERT INTO plan_window ({WINDOW}, season) VALUES \
         ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    );
    let mut values = window_values(window, instrument);
    values.push(season.as_str().into());
    tx.run(&sql, &values).await?;
    Ok(())
}

/// Writes a window that was entered wrongly anew. Counters are the caller's.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn correct_window(tx: &mut Tx, window: &Window, instrument: Option<u128>) -> Result<()> {
    tx.run(
        "UPDATE plan_window SET issuer = $2, level = $3, kind = $4, mark = $5, first_day = $6, last_day = $7, \
         in_force_from = $8, until_day = $9, consent = $10, reason = $11, instrument = $12 WHERE id = $1",
        &window_values(window, instrument),
    )
    .await?;
    Ok(())
}

fn window_values(window: &Window, instrument: Option<u128>) -> Vec<Value> {
    vec![
        window.id.0.into(),
        window.issuer.into(),
        (&window.level.0).into(),
        window.kind.as_ref().map(|kind| kind.0.clone()).into(),
        window.mark.map(mark_code).into(),
        window.first.into(),
        window.last.into(),
        window.from.into(),
        end(window.until),
        window.consent.clone().into(),
        window.reason.clone().into(),
        instrument.into(),
    ]
}

fn read_marks(rows: &[Row]) -> Result<BTreeMap<UnitId, Vec<(Span, Mark)>>> {
    let mut marks: BTreeMap<UnitId, Vec<(Span, Mark)>> = BTreeMap::new();
    for row in rows {
        let span = Span {
            from: row.day(2)?,
            until: row.opt_day(3)?,
        };
        let mark = (span, read_mark(&row.text(1)?)?);
        let of_unit = marks.entry(row.unit(0)?).or_default();
        if !of_unit.contains(&mark) {
            of_unit.push(mark);
        }
    }
    Ok(marks)
}

/// Which units of a season are pilots or trials, and when.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn marks(tx: &mut Tx, season: &SeasonId) -> Result<BTreeMap<UnitId, Vec<(Span, Mark)>>> {
    let sql = "SELECT unit, mark, from_day, until_day FROM mark WHERE season = $1";
    read_marks(&tx.rows(sql, args![season.as_str()]).await?)
}

/// As [`marks`], of some units.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn marks_of(
    tx: &mut Tx,
    season: &SeasonId,
    units: &[UnitId],
) -> Result<BTreeMap<UnitId, Vec<(Span, Mark)>>> {
    let sql =
        "SELECT unit, mark, from_day, until_day FROM mark WHERE season = $1 AND unit IN ({ids})";
    read_marks(&tx.rows_of_units(sql, args![season.as_str()], units).await?)
}

/// Every pilot and trial of a season, where there are at most so many.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn few_marks(
    tx: &mut Tx,
    season: &SeasonId,
    most: u32,
) -> Result<Option<BTreeMap<UnitId, Vec<(Span, Mark)>>>> {
    let sql = "SELECT unit, mark, from_day, until_day FROM mark WHERE season = $1 LIMIT $2";
    let rows = tx.rows(sql, args![season.as_str(), most + 1]).await?;
    (rows.len() <= most as usize)
        .then(|| read_marks(&rows))
        .transpose()
}

/// A unit set apart: by whom, on what basis, to try what, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetApart {
    /// Which.
    pub id: u128,
    /// The unit.
    pub unit: UnitId,
    /// Pilot or trial, the unit that chose it, the basis.
    pub marked: Marked,
    /// What is tried ("bầu trực tiếp bí thư"); may be empty.
    pub subject: String,
    /// The days on which it holds.
    pub span: Span,
}

/// The units set apart in a season, with the basis of each.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn set_apart(tx: &mut Tx, season: &SeasonId) -> Result<Vec<SetApart>> {
    let sql = "SELECT unit, mark, by_unit, basis, subject, from_day, until_day, id FROM mark \
               WHERE season = $1 ORDER BY from_day, unit";
    let rows = tx.rows(sql, args![season.as_str()]).await?;
    rows.iter()
        .map(|row| {
            let basis = row.text(3)?;
            Ok(SetApart {
                id: row.id(7)?,
                unit: row.unit(0)?,
                marked: Marked {
                    mark: read_mark(&row.text(1)?)?,
                    by: row.unit(2)?,
                    legal_basis: (!basis.is_empty()).then_some(basis),
                },
                subject: row.text(4)?,
                span: Span {
                    from: row.day(5)?,
                    until: row.opt_day(6)?,
                },
            })
        })
        .collect()
}

/// Sets a unit apart. Counters are the caller's.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn add_mark(tx: &mut Tx, season: &SeasonId, apart: &SetApart) -> Result<()> {
    let basis = apart.marked.legal_basis.clone().unwrap_or_default();
    tx.run(
        "INSERT INTO mark (season, unit, mark, by_unit, basis, subject, from_day, until_day, id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (season, unit, mark, from_day) \
         DO UPDATE SET id = excluded.id, by_unit = excluded.by_unit, basis = excluded.basis, subject = excluded.subject, \
         until_day = excluded.until_day",
        &[
            season.as_str().into(),
            apart.unit.into(),
            mark_code(apart.marked.mark).into(),
            apart.marked.by.into(),
            basis.into(),
            (&apart.subject).into(),
            apart.span.from.into(),
            end(apart.span.until),
            apart.id.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes what was entered wrongly of a mark anew: what is tried, its basis,
/// its first day. Counters are the caller's.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn correct_mark(tx: &mut Tx, apart: &SetApart) -> Result<()> {
    tx.run(
        "UPDATE mark SET mark = $2, basis = $3, subject = $4, from_day = $5 WHERE id = $1",
        args![
            apart.id,
            mark_code(apart.marked.mark),
            apart.marked.legal_basis.clone().unwrap_or_default(),
            &apart.subject,
            apart.span.from
        ],
    )
    .await?;
    Ok(())
}
