//! Before a congress meets: form and contents, its days, what is prepared and
//! reviewed.

use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::congress::{Congress, Contents, Form, Planned, bounded};
use plenum_rules::season::{Consent, Handling, Severity};
use plenum_store::season;
use serde_json::json;

use super::super::trial;
use super::{At, change, permitted};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// The highest ordinal a congress can have.
const HIGHEST_ORDINAL: u16 = 999;

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
