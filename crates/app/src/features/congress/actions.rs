//! What people do to a congress.

use plenum_rules::access::Permission;
use plenum_rules::congress::{Congress, Contents, Form, Planned, Refusal, State, bounded};
use plenum_rules::org::UnitVersion;
use plenum_rules::season::{Consent, Handling, Severity};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::{self, Season};
use plenum_store::{Tx, congress, org, progress};
use serde_json::{Value, json};

use super::trial;
use crate::shell::problem::Result;
use crate::shell::reporting::{is_over, recorded_for};
use crate::shell::{Cx, Problem, profiles, units};

/// The highest ordinal a congress can have.
const HIGHEST_ORDINAL: u16 = 999;

/// Which congress: its season, its unit's code, and the day on which the code
/// is meant.
#[derive(Clone, Debug)]
pub struct At {
    /// The season's name.
    pub season: String,
    /// The unit's code.
    pub unit: String,
    /// The day; without it the season's own, or today.
    pub on: Option<Day>,
    /// In a season that is over: the day for which something is recorded.
    pub day: Option<Day>,
}

/// A congress with what is needed to decide about it.
pub struct Subject {
    /// The season.
    pub season: Season,
    /// The unit.
    pub unit: UnitVersion,
    /// The congress.
    pub congress: Congress,
    /// The day for which facts are recorded.
    pub recorded: Day,
}

impl Subject {
    /// What this congress contains: as settled, else as the season has it.
    #[must_use]
    pub fn contents(&self) -> Contents {
        self.congress
            .settled()
            .map_or(self.season.shape.contents, |(_, _, contents)| contents)
    }

    /// From so many members the unit meets by delegates (R31), where the rules
    /// in force on the day set a bound.
    #[must_use]
    pub fn bound(&self, day: Day) -> Option<u32> {
        profiles::named(&self.season.profile)?
            .in_force(day, &self.unit.level, Some(&self.unit.kind))?
            .parameters
            .delegate_congress_from
            .as_ref()
            .map(|bound| bound.value)
    }
}

/// Loads a congress; the unit must stand in the season and hold one.
///
/// # Errors
/// Not found; `E-CON-14` where the season expects no congress of this unit;
/// `E-CON-24` for a day to record for that lies in the future or before the
/// season.
pub async fn subject(tx: &mut Tx, today: Day, at: &At) -> Result<Subject> {
    let id = SeasonId::new(&at.season).ok_or_else(Problem::not_found)?;
    let season = season::load(tx, &id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let day = at.on.or(season.shape.pages_open_on).unwrap_or(today);
    let unit = org::by_code(tx, &at.unit, day)
        .await?
        .ok_or_else(Problem::not_found)?;
    if !org::path_on(tx, unit.unit, day)
        .await?
        .contains(&season.root)
    {
        return Err(Problem::not_found());
    }
    if season.term(&unit.level).is_none() {
        return Err(Problem::refused("E-CON-14").with("unit", &unit.name));
    }
    let congress = congress::load(tx, &season.id, unit.unit).await?;
    let recorded = match at.day.filter(|_| is_over(&season, today)) {
        Some(day) if day > today || day < season.opens => {
            return Err(Problem::field("E-CON-24", "day"));
        }
        Some(day) => day,
        None => recorded_for(&season, &congress, today),
    };
    Ok(Subject {
        season,
        unit,
        congress,
        recorded,
    })
}

/// May they? Then the congress.
async fn permitted(cx: &mut Cx, at: &At, permission: Permission) -> Result<Subject> {
    let subject = subject(&mut cx.tx, cx.today, at).await?;
    cx.must(permission, subject.unit.unit).await?;
    Ok(subject)
}

/// Changes a congress: decides, saves, counts and remembers. Answers the day
/// from which the change can be seen.
async fn change(
    cx: &mut Cx,
    mut subject: Subject,
    (event, detail): (&'static str, Value),
    decide: impl FnOnce(&mut Congress, Day) -> std::result::Result<(), Refusal>,
) -> Result<Day> {
    decide(&mut subject.congress, subject.recorded)?;
    let (season, unit) = (&subject.season, subject.unit.unit);
    let pending = progress::before_in(&mut cx.tx, season, &[unit]).await?;
    congress::save(&mut cx.tx, &season.id, unit, &subject.congress, cx.now).await?;
    pending.finish(&mut cx.tx, &[]).await?;
    cx.record(event, Some(season.id.as_str()), Some(unit), &detail)
        .await?;
    cx.touch(unit).await?;
    let written = subject.congress.entries().last();
    Ok(written.map_or(subject.recorded, |entry| entry.on))
}

/// Form, ordinal and contents as somebody settles them.
#[derive(Clone, Debug)]
pub struct Settling {
    /// Members or delegates.
    pub form: Form,
    /// "lần thứ".
    pub ordinal: Option<u16>,
    /// Which of the four contents.
    pub contents: Contents,
    /// The superior consented to delegates although members are few.
    pub consent: bool,
}

/// Settles form, ordinal and contents.
///
/// # Errors
/// `E-CON-09`, `E-CON-10` (R31), `E-CON-23` for an ordinal nobody has.
pub async fn settle(cx: &mut Cx, at: &At, settling: Settling) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    if settling
        .ordinal
        .is_some_and(|ordinal| ordinal > HIGHEST_ORDINAL)
    {
        return Err(Problem::field("E-CON-23", "ordinal"));
    }
    let size = (subject.unit.members, subject.bound(subject.recorded));
    let Settling {
        form,
        ordinal,
        contents,
        consent,
    } = settling;
    let detail =
        json!({"form": form, "ordinal": ordinal, "contents": contents, "consent": consent});
    change(
        cx,
        subject,
        ("congress.settled", detail),
        |congress, today| congress.settle(today, form, ordinal, contents, consent, size),
    )
    .await
}

/// A day as somebody sets it.
#[derive(Clone, Debug)]
pub struct Dating {
    /// When it is to meet.
    pub planned: Planned,
    /// Why it changed.
    pub reason: Option<String>,
    /// The codes of the findings the person has seen for these days.
    pub seen: Vec<String>,
    /// Who consented to what blocks, and by which instrument.
    pub consent: Option<(String, String)>,
}

/// Sets or changes the days. What blocks them needs the superior's consent,
/// which is recorded with each finding; what warns must have been seen.
///
/// # Errors
/// `E-CON-03`, `E-CON-08`; `E-CON-11` and `E-CON-12` with findings to show;
/// `E-CON-23` for a preparatory session longer than the congress.
pub async fn date(cx: &mut Cx, at: &At, dating: Dating) -> Result<Day> {
    let subject = permitted(cx, at, Permission::DateCongress).await?;
    let Dating {
        planned,
        reason,
        seen,
        consent,
    } = dating;
    if planned.last < planned.first {
        return Err(Problem::field("E-CON-03", "last"));
    }
    let half_days = 2 * (i64::from(planned.last.since(planned.first)) + 1);
    if i64::from(planned.preparatory_half_days) > half_days {
        return Err(Problem::field("E-CON-23", "half_days"));
    }
    let tried = trial::of(&mut cx.tx, &subject, subject.recorded, &planned).await?;
    let blocking = tried
        .iter()
        .filter(|finding| finding.severity == Severity::Blocks);
    let consent = match consent {
        Some((who, by)) => Some((bounded(&who, "consent_who")?, bounded(&by, "consent_by")?)),
        None => None,
    };
    let consent = consent.map(|(who, instrument)| Consent {
        who,
        on: subject.recorded,
        instrument,
    });
    for finding in blocking {
        let why = reason.clone().unwrap_or_else(|| {
            consent
                .as_ref()
                .map(|consent| consent.instrument.clone())
                .unwrap_or_default()
        });
        let handling = Handling::of(
            finding,
            &why,
            consent.clone(),
            cx.who.actor(),
            subject.recorded,
        )
        .map_err(|_| Problem::field("E-CON-11", "consent_who"))?;
        cx.must_speak_for_superior_of(subject.unit.unit).await?;
        season::add_handling(&mut cx.tx, &subject.season.id, &handling).await?;
    }
    let unseen = |code: &str| !seen.iter().any(|each| each == code);
    if tried
        .iter()
        .any(|finding| finding.severity == Severity::Warns && unseen(finding.code.code()))
    {
        return Err(Problem::field("E-CON-12", "first"));
    }
    let codes: Vec<&str> = tried.iter().map(|finding| finding.code.code()).collect();
    let detail =
        json!({"planned": planned, "reason": reason, "findings": codes, "consent": consent});
    change(
        cx,
        subject,
        ("congress.dated", detail),
        |congress, today| congress.date(today, planned, reason),
    )
    .await
}

/// Gives the day up.
///
/// # Errors
/// `E-CON-01`, `E-CON-08`.
pub async fn postpone(cx: &mut Cx, at: &At, reason: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    let what = ("congress.postponed", json!({"reason": reason}));
    change(cx, subject, what, |congress, today| {
        congress.postpone(today, reason)
    })
    .await
}

/// The unit is ready.
///
/// # Errors
/// `E-CON-01`.
pub async fn prepare(cx: &mut Cx, at: &At) -> Result<Day> {
    let subject = permitted(cx, at, Permission::ReportCongress).await?;
    let what = ("congress.prepared", json!({}));
    change(cx, subject, what, Congress::prepare).await
}

/// The superior reviewed it.
///
/// # Errors
/// `E-CON-01`.
pub async fn review(cx: &mut Cx, at: &At, findings: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    let what = ("congress.reviewed", json!({"findings": findings}));
    change(cx, subject, what, |congress, today| {
        congress.review(today, findings)
    })
    .await
}

/// It met; the numbers follow with the report.
///
/// # Errors
/// `E-CON-01`, `E-CON-03`, `E-CON-04`; `E-REP-03` before the season opened.
pub async fn hold(cx: &mut Cx, at: &At, (first, last): (Day, Day)) -> Result<Day> {
    let subject = permitted(cx, at, Permission::ReportCongress).await?;
    if first < subject.season.opens {
        return Err(Problem::field("E-REP-03", "first"));
    }
    let what = (
        "congress.held",
        json!({"first": first.to_string(), "last": last.to_string()}),
    );
    let today = cx.today;
    change(cx, subject, what, |congress, _| {
        congress.hold(today, (first, last))
    })
    .await
}

/// The level above confirms the report.
///
/// # Errors
/// `E-CON-01`; forbidden for the unit itself.
pub async fn confirm(cx: &mut Cx, at: &At) -> Result<Day> {
    let subject = permitted(cx, at, Permission::ConfirmReport).await?;
    let what = ("congress.confirmed", json!({}));
    change(cx, subject, what, Congress::confirm).await
}

/// The level above confirms several reports at once; those that no longer wait
/// are passed over. Answers how many were confirmed.
///
/// # Errors
/// `E-CON-20` where none waits; forbidden where one is not theirs.
pub async fn confirm_many(cx: &mut Cx, season: &str, units: &[UnitId]) -> Result<usize> {
    let id = SeasonId::new(season).ok_or_else(Problem::not_found)?;
    let row = season::load(&mut cx.tx, &id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let mut confirmed = Vec::new();
    for (unit, mut congress) in congress::load_many(&mut cx.tx, &id, units).await? {
        cx.must(Permission::ConfirmReport, unit).await?;
        if congress.state() == State::Reported {
            congress.confirm(recorded_for(&row, &congress, cx.today))?;
            confirmed.push((unit, congress));
        }
    }
    if confirmed.is_empty() {
        return Err(Problem::refused("E-CON-20"));
    }
    let units: Vec<UnitId> = confirmed.iter().map(|(unit, _)| *unit).collect();
    let pending = progress::before_in(&mut cx.tx, &row, &units).await?;
    for (unit, congress) in &confirmed {
        congress::save(&mut cx.tx, &id, *unit, congress, cx.now).await?;
        cx.record("congress.confirmed", Some(season), Some(*unit), &json!({}))
            .await?;
        cx.touch(*unit).await?;
    }
    pending.finish(&mut cx.tx, &[]).await?;
    Ok(confirmed.len())
}

/// The level above sends the report back, or takes back a holding recorded by
/// mistake.
///
/// # Errors
/// `E-CON-01`, `E-CON-08`; forbidden for the unit itself.
pub async fn return_report(cx: &mut Cx, at: &At, reason: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::ConfirmReport).await?;
    let what = ("congress.returned", json!({"reason": reason}));
    change(cx, subject, what, |congress, today| {
        congress.return_for_rework(today, reason)
    })
    .await
}

/// The superior ratifies the result.
///
/// # Errors
/// `E-CON-01`.
pub async fn ratify(cx: &mut Cx, at: &At, decision: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    let what = ("congress.ratified", json!({"decision": decision}));
    change(cx, subject, what, |congress, today| {
        congress.ratify(today, decision)
    })
    .await
}

/// It will not be held.
///
/// # Errors
/// `E-CON-01`, `E-CON-08`.
pub async fn cancel(cx: &mut Cx, at: &At, reason: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    let what = ("congress.cancelled", json!({"reason": reason}));
    change(cx, subject, what, |congress, today| {
        congress.cancel(today, reason)
    })
    .await
}

/// A successor unit holds it instead.
///
/// # Errors
/// `E-CON-22` for an unknown successor, `E-SEA-47` and `E-SEA-48` for a name
/// that does not say which, `E-CON-01`, `E-CON-08`.
pub async fn hand_over(cx: &mut Cx, at: &At, to: &str, reason: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    let root = Some(subject.season.root);
    let successor = units::typed(&mut cx.tx, root, to, subject.recorded, "to").await;
    let successor = match successor {
        Ok(found) if found.unit != subject.unit.unit => found,
        // Several of that name, or names like it: which is meant is said there.
        Err(problem) if problem.code == "E-SEA-47" || problem.code == "E-SEA-48" => {
            return Err(problem);
        }
        Err(problem) if problem.inner.is_some() => return Err(problem),
        _ => return Err(Problem::field("E-CON-22", "to")),
    };
    // Whoever takes over must itself hold a congress in this season, or the
    // congress would vanish from the count.
    if subject.season.term(&successor.level).is_none() {
        return Err(Problem::field("E-CON-22", "to"));
    }
    let detail = json!({"to": successor.unit.to_string(), "code": successor.code, "name": successor.name, "reason": reason});
    change(
        cx,
        subject,
        ("congress.handed_over", detail),
        |congress, today| congress.hand_over(today, successor.unit, reason),
    )
    .await
}

/// It is to be held after all: a cancellation or hand-over is undone.
///
/// # Errors
/// `E-CON-01`, `E-CON-08`.
pub async fn resume(cx: &mut Cx, at: &At, reason: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    let what = ("congress.resumed", json!({"reason": reason}));
    change(cx, subject, what, |congress, today| {
        congress.resume(today, reason)
    })
    .await
}

/// An instant as programs read it.
#[must_use]
pub fn instant(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros)
        .map(|stamp| stamp.to_string())
        .unwrap_or_default()
}
