//! Windows of plans: issued, put right, taken back.

use plenum_rules::access::Permission;
use plenum_rules::org::{Kind, Level};
use plenum_rules::season::{
    Mark, Refusal, Window, WindowId, Windows, check_new_window, check_withdrawal, said_already,
};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::{self, Kept, Season};
use plenum_store::{db, org, progress};
use serde_json::{Value, json};

use super::mending::{self, Mend, TakeBack};
use super::{ONE_BY_ONE, season_with};
use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// A window as typed in.
#[derive(Clone, Debug)]
pub struct NewWindow {
    /// The unit whose plan it is.
    pub issuer: UnitId,
    /// The recorded instrument it comes from.
    pub instrument: Option<u128>,
    /// The level it is for.
    pub level: Level,
    /// The kind it is for.
    pub kind: Option<Kind>,
    /// Only for pilots, only for trials.
    pub mark: Option<Mark>,
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Day,
    /// The plan's date.
    pub from: Day,
    /// The superior's consent to loosening: instrument and date.
    pub consent: Option<String>,
    /// Why it differs from the window before it.
    pub reason: Option<String>,
}

impl NewWindow {
    fn window(&self, id: WindowId, consent: Option<String>) -> Window {
        Window {
            id,
            issuer: self.issuer,
            level: self.level.clone(),
            kind: self.kind.clone(),
            mark: self.mark,
            first: self.first,
            last: self.last,
            from: self.from,
            until: None,
            consent,
            reason: self.reason.clone(),
        }
    }

    /// Whether it is for the same units and days as a window that stands.
    fn binds_as(&self, window: &Window) -> bool {
        let other = self.window(window.id, window.consent.clone());
        Window {
            reason: window.reason.clone(),
            until: window.until,
            ..other
        } == *window
    }
}

/// Adds a window to a unit's plan and counts anew what hangs on it. It may
/// only tighten, unless the superior consented; the consent is entered by
/// somebody who writes the superior's plan.
///
/// # Errors
/// `E-403`; `E-SEA-01` to `E-SEA-04`; `E-SEA-59` where the consent is not this
/// person's to enter; `E-SEA-75` where the plan says the same already.
pub async fn add_window(cx: &mut Cx, id: &SeasonId, new: NewWindow) -> Result<()> {
    cx.must(Permission::EditPlan, new.issuer).await?;
    let season = season_with(cx, id, new.issuer).await?;
    let (window, instrument) = weighed(cx, id, WindowId(db::new_id()), new).await?;
    not_twice(cx, id, &window, instrument, "last").await?;
    let detail = said(&window, instrument);
    let counting = Counting::begin(cx, window.issuer, &[&window.level]).await?;
    season::add_window(&mut cx.tx, id, &window, instrument).await?;
    counting.finish(cx, &season).await?;
    cx.record(
        "plan.window",
        Some(id.as_str()),
        Some(window.issuer),
        &detail,
    )
    .await?;
    cx.touch(window.issuer).await
}

/// Puts right a window that was entered wrongly, for every day on which it was
/// in force; R55 is checked as for a new one. Whose plan it is stays.
///
/// # Errors
/// As [`add_window`]; `E-SEA-68` where it would begin after it was withdrawn.
pub async fn correct_window(
    cx: &mut Cx,
    id: &SeasonId,
    record: u128,
    mut new: NewWindow,
    reason: &str,
) -> Result<()> {
    let (before, old) = issued(cx, id, record).await?;
    new.issuer = before.issuer;
    cx.must(Permission::EditPlan, before.issuer).await?;
    let season = season_with(cx, id, before.issuer).await?;
    // Where it binds as before, whoever consented has consented.
    let (mut after, instrument) = match new.binds_as(&before) {
        true => (
            new.window(before.id, before.consent.clone()),
            new.instrument,
        ),
        false => weighed(cx, id, before.id, new).await?,
    };
    after.until = before.until;
    if before.until.is_some_and(|until| until < after.from) {
        return Err(Problem::field("E-SEA-68", "from"));
    }
    not_twice(cx, id, &after, instrument, "last").await?;
    let detail = json!({
        "reason": reason, "before": said(&before, old), "after": said(&after, instrument),
    });
    let levels = [&before.level, &after.level];
    let counting = Counting::begin(cx, before.issuer, &levels).await?;
    season::correct_window(&mut cx.tx, &after, instrument).await?;
    counting.finish(cx, &season).await?;
    mending::corrected(cx, "plan.window.correct", id, before.issuer, &detail).await
}

/// Takes a window back from a day on. What counts then must lie within the
/// plans above (R55), or the superior consents.
///
/// # Errors
/// `E-403`; `E-SEA-01`, `E-SEA-02`, `E-SEA-59`; `E-SEA-68`, `E-SEA-69`.
pub async fn withdraw_window(cx: &mut Cx, id: &SeasonId, mut what: TakeBack) -> Result<()> {
    let (window, instrument) = issued(cx, id, what.record).await?;
    cx.must(Permission::EditPlan, window.issuer).await?;
    let season = season_with(cx, id, window.issuer).await?;
    // As the tree stood on the day from which it counts no longer.
    let path = org::path_on(&mut cx.tx, window.issuer, what.from).await?;
    let windows = season::windows(&mut cx.tx, id).await?;
    let checked = check_withdrawal(&windows.on_path(&path), &window, what.from);
    what.consent = consented(cx, checked, what.consent)
        .await
        .map_err(|problem| at_consent(problem, "end_consent"))?;
    let counting = Counting::begin(cx, window.issuer, &[&window.level]).await?;
    let kept = (Kept::Window, window.issuer, window.from);
    mending::take_back(
        cx,
        "plan.window.withdraw",
        id,
        kept,
        (what, said(&window, instrument)),
    )
    .await?;
    counting.finish(cx, &season).await
}

/// Gives the withdrawal of a window another day, or takes it back. Another day
/// is weighed as if the window were withdrawn from it for the first time.
///
/// # Errors
/// As [`withdraw_window`]; `E-SEA-70` where it was not withdrawn.
pub async fn mend_window(cx: &mut Cx, id: &SeasonId, mut mend: Mend) -> Result<()> {
    let (mut window, instrument) = issued(cx, id, mend.record).await?;
    cx.must(Permission::EditPlan, window.issuer).await?;
    let season = season_with(cx, id, window.issuer).await?;
    let kept = (Kept::Window, window.issuer, window.from);
    if let Some(from) = mend.from {
        window.until = None;
        let path = org::path_on(&mut cx.tx, window.issuer, from).await?;
        let mut windows: Vec<Window> = Vec::new();
        for (other, _) in season::issued_windows(&mut cx.tx, id).await? {
            windows.push(if other.id == window.id {
                window.clone()
            } else {
                other
            });
        }
        let windows = Windows::new(windows);
        let checked = check_withdrawal(&windows.on_path(&path), &window, from);
        mend.consent = consented(cx, checked, mend.consent)
            .await
            .map_err(|problem| at_consent(problem, "again_consent"))?;
    }
    window.until = mend.from;
    not_twice(cx, id, &window, instrument, "again").await?;
    let counting = Counting::begin(cx, window.issuer, &[&window.level]).await?;
    mending::mend(cx, id, kept, (mend, said(&window, instrument)), None).await?;
    counting.finish(cx, &season).await
}

/// The refusal at the field in which the superior's consent is typed.
fn at_consent(problem: Problem, field: &'static str) -> Problem {
    Problem {
        field: problem.field.map(|_| field),
        ..problem
    }
}

/// A window of the season with the instrument it comes from.
async fn issued(cx: &mut Cx, id: &SeasonId, record: u128) -> Result<(Window, Option<u128>)> {
    season::issued_windows(&mut cx.tx, id)
        .await?
        .into_iter()
        .find(|(window, _)| window.id.0 == record)
        .ok_or_else(Problem::not_found)
}

fn said(window: &Window, instrument: Option<u128>) -> Value {
    json!({
        "level": window.level, "kind": window.kind, "mark": window.mark, "first": window.first,
        "last": window.last, "from": window.from, "consent": window.consent, "reason": window.reason,
        "instrument": instrument.map(UnitId),
    })
}

/// Refuses what the plan says already from the same instrument.
async fn not_twice(
    cx: &mut Cx,
    id: &SeasonId,
    new: &Window,
    instrument: Option<u128>,
    field: &'static str,
) -> Result<()> {
    let issued = season::issued_windows(&mut cx.tx, id).await?;
    let Some(known) = said_already(issued.iter().map(|(window, _)| window), new) else {
        return Ok(());
    };
    let by = issued
        .iter()
        .find(|(window, _)| window.id == known.id)
        .and_then(|(_, instrument)| *instrument);
    if by != instrument {
        return Ok(());
    }
    let number = match by {
        Some(by) => season::instrument(&mut cx.tx, id, by).await?,
        None => None,
    };
    let day = plenum_rules::words::day_table;
    Err(Problem::field("E-SEA-75", field)
        .with("first", known.first.map_or_else(|| "…".to_owned(), day))
        .with("last", day(known.last))
        .with("from", day(known.from))
        .with(
            "number",
            number.map_or_else(|| "–".to_owned(), |row| row.key.number),
        ))
}

/// The window as it may stand under the plans above it (R55).
async fn weighed(
    cx: &mut Cx,
    id: &SeasonId,
    window: WindowId,
    new: NewWindow,
) -> Result<(Window, Option<u128>)> {
    if let Some(instrument) = new.instrument {
        season::instrument(&mut cx.tx, id, instrument)
            .await?
            .ok_or_else(Problem::not_found)?;
    }
    let mut window = new.window(window, None);
    let mut path = org::path_on(&mut cx.tx, new.issuer, window.from).await?;
    path.retain(|unit| *unit != new.issuer);
    let windows = season::windows(&mut cx.tx, id).await?;
    let checked = check_new_window(&windows.on_path(&path), &window);
    window.consent = consented(cx, checked, new.consent).await?;
    Ok((window, new.instrument))
}

/// What the rules refuse passes with the superior's consent, entered by
/// somebody who writes the superior's plan; where they refuse nothing, no
/// consent is kept.
async fn consented(
    cx: &mut Cx,
    checked: std::result::Result<(), Refusal>,
    consent: Option<String>,
) -> Result<Option<String>> {
    let Err(refusal) = checked else {
        return Ok(None);
    };
    let (Some(consent), Some(superior)) = (consent, refusal.superior()) else {
        return Err(refused(cx, &refusal).await?);
    };
    if may_consent(cx, superior).await? {
        return Ok(Some(consent));
    }
    let name = org::near(&mut cx.tx, superior, cx.today)
        .await?
        .map(|unit| unit.name);
    Err(Problem::field("E-SEA-59", "consent").with("superior", name.unwrap_or_default()))
}

/// Counters of what a window binds, between before and after it changes.
struct Counting(Option<progress::Pending>);

impl Counting {
    async fn begin(cx: &mut Cx, issuer: UnitId, levels: &[&Level]) -> Result<Self> {
        Ok(Self(match everyone_below(cx, issuer, levels).await? {
            Some(units) => Some(progress::before(&mut cx.tx, &units).await?),
            None => None,
        }))
    }

    async fn finish(self, cx: &mut Cx, season: &Season) -> Result<()> {
        match self.0 {
            Some(pending) => Ok(pending.finish(&mut cx.tx, &[]).await?),
            None => Ok(progress::rebuild(&mut cx.tx, season).await?),
        }
    }
}

async fn may_consent(cx: &mut Cx, superior: UnitId) -> Result<bool> {
    match cx.must(Permission::EditPlan, superior).await {
        Ok(()) => Ok(true),
        Err(problem) if problem.inner.is_none() => Ok(false),
        Err(problem) => Err(problem),
    }
}

/// A refusal of the rules as a problem of the form.
async fn refused(cx: &mut Cx, refusal: &Refusal) -> Result<Problem> {
    let (field, limit) = match refusal {
        Refusal::LaterThanSuperior { limit, .. } => ("last", Some(*limit)),
        Refusal::EarlierThanSuperior { limit, .. } => ("first", Some(*limit)),
        Refusal::NoDayLeft { opens, .. } => ("last", Some(*opens)),
        _ => ("last", None),
    };
    let mut problem = Problem::field(refusal.code(), field);
    if let Some(limit) = limit {
        problem = problem.with("limit", plenum_rules::words::day_table(limit));
    }
    if let Some(superior) = refusal.superior() {
        let name = org::near(&mut cx.tx, superior, cx.today)
            .await?
            .map(|unit| unit.name);
        problem = problem.with("superior", name.unwrap_or_default());
    }
    Ok(problem)
}

/// Every unit that ever stood below the issuer (or is it) and was ever of one
/// of the levels; `None` where they are too many to count one by one.
async fn everyone_below(
    cx: &mut Cx,
    issuer: UnitId,
    levels: &[&Level],
) -> Result<Option<Vec<UnitId>>> {
    let mut seen = std::collections::BTreeSet::from([issuer]);
    let mut of_level = std::collections::BTreeSet::from([issuer]);
    let mut open = vec![issuer];
    while let Some(unit) = open.pop() {
        for version in org::children_ever(&mut cx.tx, unit).await? {
            if levels.contains(&&version.level) {
                of_level.insert(version.unit);
            }
            if seen.insert(version.unit) {
                open.push(version.unit);
            }
        }
        if seen.len() > ONE_BY_ONE {
            return Ok(None);
        }
    }
    Ok(Some(of_level.into_iter().collect()))
}
