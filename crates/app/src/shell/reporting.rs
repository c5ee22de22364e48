//! A unit reports its congress: by phone, at the desk or by a program, always
//! through here, counted in the same transaction and never twice.

use axum::http::StatusCode;
use plenum_rules::access::Permission;
use plenum_rules::congress::{Congress, LONGEST_TEXT, Numbers, Refusal, check_numbers};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::Season;
use plenum_store::{congress, org, progress, season as seasons};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::act::{App, Cx, act, look};
use super::problem::{Problem, Result};
use super::visitor::{Who, digest};

/// The longest key a sender may choose.
const LONGEST_KEY: usize = 200;
/// How an action says that the same key arrived a moment ago.
const REPEATED: &str = "E-REP-REPEATED";

/// What a unit reports.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The first day it met, the preparatory session included.
    pub first: Day,
    /// The last day.
    pub last: Day,
    /// People and opinions.
    pub numbers: Numbers,
    /// In the unit's words; may be empty.
    pub difficulties: String,
}

/// That a report was received.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Receipt {
    /// When, in microseconds since 1970, UTC.
    pub at: i64,
}

/// Receives a unit's report under a key the sender chose: however often it is
/// sent again, it is recorded once and answered the same.
///
/// # Errors
/// Forbidden, not found; `E-REP-01` for a key used for another report,
/// `E-REP-02` where the unit holds no congress in the season, `E-REP-03` for a
/// day before it opened, `E-REP-04` for a missing or unreadable key,
/// `E-REP-05` for too long a text; a [`Refusal`]'s code otherwise.
pub async fn submit(
    app: &App,
    who: &Who,
    (season, unit): (&SeasonId, UnitId),
    key: &str,
    report: &Report,
) -> Result<Receipt> {
    let key = key.trim();
    let readable = !key.is_empty()
        && key.len() <= LONGEST_KEY
        && key.chars().all(|letter| letter.is_ascii_graphic());
    if !readable {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "E-REP-04"));
    }
    // A key is its sender's own: nobody reads another's answer with it.
    let key = digest(&format!("{} {season} {unit} {key}", who.login));
    let sent = digest(&json!(report).to_string());
    if let Some(receipt) = answered(app, who, unit, &key, &sent).await? {
        return Ok(receipt);
    }
    let sending = Sending {
        season: season.clone(),
        unit,
        key: key.clone(),
        sent: sent.clone(),
        report: report.clone(),
    };
    let done = act(app, who, |cx| Box::pin(record(cx, sending))).await;
    match done {
        Err(problem) if problem.code == REPEATED => answered(app, who, unit, &key, &sent)
            .await?
            .ok_or_else(Problem::not_found),
        done => done,
    }
}

/// A report on its way into the records.
struct Sending {
    season: SeasonId,
    unit: UnitId,
    /// The digest of the key.
    key: String,
    /// The digest of the report.
    sent: String,
    report: Report,
}

/// What was answered to the key before.
async fn answered(
    app: &App,
    who: &Who,
    unit: UnitId,
    key: &str,
    sent: &str,
) -> Result<Option<Receipt>> {
    let mut look = look(app, who).await?;
    look.must(Permission::ReportCongress, unit).await?;
    let Some((before, answer)) = congress::answered(&mut look.tx, key).await? else {
        return Ok(None);
    };
    if before != sent {
        return Err(Problem::refused("E-REP-01"));
    }
    serde_json::from_str(&answer).map(Some).map_err(|error| {
        let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
        problem.inner = Some(format!("an answer given before: {error}"));
        problem
    })
}

async fn record(cx: &mut Cx, sending: Sending) -> Result<Receipt> {
    let (season, unit, report) = (&sending.season, sending.unit, &sending.report);
    cx.must(Permission::ReportCongress, unit).await?;
    if congress::answered(&mut cx.tx, &sending.key)
        .await?
        .is_some()
    {
        return Err(Problem::new(StatusCode::CONFLICT, REPEATED));
    }
    let season_row = expected(cx, season, unit, report).await?;
    let mut facts = congress::load(&mut cx.tx, season, unit).await?;
    if facts.report().is_none() && facts.settled().is_none() {
        // Until a unit's own contents are settled, the season's hold for it.
        check_numbers(&report.numbers, season_row.shape.contents)?;
    }
    let (held, today) = (report.last, cx.today);
    if held > today {
        return Err(Refusal::HeldInFuture { held, today }.into());
    }
    facts.submit_report(
        recorded_for(&season_row, &facts, today).max(held),
        (report.first, report.last),
        report.numbers,
        &report.difficulties,
    )?;
    let pending = progress::before_in(&mut cx.tx, &season_row, &[unit]).await?;
    congress::save(&mut cx.tx, season, unit, &facts, cx.now).await?;
    pending.finish(&mut cx.tx, &[]).await?;
    let receipt = Receipt { at: cx.now };
    let answer = json!(receipt).to_string();
    let account = cx.who.account;
    congress::remember_answer(
        &mut cx.tx,
        &sending.key,
        account,
        cx.now,
        &sending.sent,
        &answer,
    )
    .await?;
    let detail = json!(report);
    cx.record(
        "congress.reported",
        Some(season.as_str()),
        Some(unit),
        &detail,
    )
    .await?;
    cx.touch(unit).await?;
    Ok(receipt)
}

/// Whether a season is over: its pages open on a day that has passed.
#[must_use]
pub fn is_over(season: &Season, today: Day) -> bool {
    season.shape.pages_open_on.is_some_and(|open| open < today)
}

/// The day from which what is filed holds where no day is typed: today; in a
/// season that is over, the day its pages open on.
#[must_use]
pub fn filed_for(season: &Season, today: Day) -> Day {
    match season.shape.pages_open_on {
        Some(open) if open < today => open,
        _ => today,
    }
}

/// The day for which something is recorded of a congress: today; in a season
/// that is over, and is typed in afterwards, the day its pages open on or that
/// of the latest fact, so that what was recorded can be seen where one looks.
/// When it was typed stays in the audit log.
#[must_use]
pub fn recorded_for(season: &Season, congress: &Congress, today: Day) -> Day {
    if !is_over(season, today) {
        return today;
    }
    let facts = congress.entries().iter().map(|entry| entry.on);
    facts.fold(filed_for(season, today), Day::max).min(today)
}

/// Refuses where this unit has nothing to report in this season.
async fn expected(cx: &mut Cx, season: &SeasonId, unit: UnitId, report: &Report) -> Result<Season> {
    let season = seasons::load(&mut cx.tx, season)
        .await?
        .ok_or_else(Problem::not_found)?;
    if report.difficulties.chars().count() > LONGEST_TEXT {
        return Err(Problem::field("E-REP-05", "difficulties"));
    }
    if report.first < season.opens {
        return Err(Problem::field("E-REP-03", "first"));
    }
    let version = org::on(&mut cx.tx, unit, report.last).await?;
    let inside = org::path_on(&mut cx.tx, unit, report.last)
        .await?
        .contains(&season.root);
    let holds = version.is_some_and(|version| season.term(&version.level).is_some());
    if inside && holds {
        Ok(season)
    } else {
        Err(Problem::refused("E-REP-02"))
    }
}

impl From<Refusal> for Problem {
    /// With the values of its text and the field concerned; a report that
    /// stands already is a conflict.
    fn from(refusal: Refusal) -> Self {
        let problem = Self::refused(refusal.code());
        let day = |day: Day| plenum_rules::words::day_table(day);
        match refusal {
            Refusal::NotNow { verb, state } => {
                problem.with("verb", verb).with("state", state.code())
            }
            Refusal::AlreadyReported { held } => {
                problem.status(StatusCode::CONFLICT).with("held", day(held))
            }
            Refusal::DaysReversed => problem.at("last"),
            Refusal::HeldInFuture { held, today } => problem
                .at("last")
                .with("held", day(held))
                .with("today", day(today)),
            Refusal::MorePresentThanConvened { present, convened } => problem
                .at("present")
                .with("present", i64::from(present))
                .with("convened", i64::from(convened)),
            Refusal::ElectedDoNotAddUp | Refusal::NothingToElect => problem.at("elected_committee"),
            Refusal::ReasonNeeded => problem.at("reason"),
            Refusal::TextTooLong { field } => problem.at(field),
            Refusal::DelegatesNeedConsent { bound } | Refusal::TooManyForMembers { bound } => {
                problem.at("form").with("bound", i64::from(bound))
            }
        }
    }
}
