//! Findings: weighed for a node and a day, and dealt with.

use plenum_rules::access::Permission;
use plenum_rules::season::{
    Consent, EventId, Finding, FindingCode, Handling, Severity, check_under, outstanding,
};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::Tx;
use plenum_store::season::{self, Outlook, Season};
use serde_json::json;

use super::season_with;
use crate::shell::problem::{Problem, Result};
use crate::shell::{Cx, profiles};

/// The most units looked at below one node at once.
pub const MOST_UNITS: usize = 3_000;

/// The findings of a node's part of a season on a day.
pub struct Weighed {
    /// What was looked at.
    pub outlook: Outlook,
    /// What nobody dealt with, those that block first.
    pub open: Vec<Finding>,
    /// What somebody dealt with, each with what was said.
    pub handled: Vec<(Finding, Handling)>,
}

/// Checks a node and everything below it.
///
/// # Errors
/// The database's.
pub async fn weigh(tx: &mut Tx, season: &Season, node: UnitId, day: Day) -> Result<Weighed> {
    let profile = profiles::named(&season.profile).ok_or_else(Problem::not_found)?;
    let outlook = season::plans_under(tx, (season, profile), node, day, MOST_UNITS).await?;
    let found = check_under(&outlook.facts(profiles::holidays(), profile), node);
    let handled: Vec<(Finding, Handling)> = found
        .iter()
        .filter_map(|finding| {
            let handling = outlook
                .handlings
                .iter()
                .rev()
                .find(|handling| handling.settles(finding))?;
            Some((finding.clone(), handling.clone()))
        })
        .collect();
    let mut open = outstanding(found, &outlook.handlings);
    open.sort_by_key(|finding| (finding.severity, finding.code));
    Ok(Weighed {
        outlook,
        open,
        handled,
    })
}

/// Which finding, as an address names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sought {
    /// About which unit.
    pub unit: UnitId,
    /// What was found.
    pub code: FindingCode,
    /// The other unit.
    pub other: Option<UnitId>,
    /// The outside event.
    pub event: Option<EventId>,
    /// The unit's day that is wrong.
    pub day: Option<Day>,
    /// The day of the check.
    pub on: Day,
}

impl Sought {
    /// Whether this is the finding.
    pub fn is(&self, finding: &Finding) -> bool {
        self.unit == finding.unit
            && self.code == finding.code
            && self.other == finding.other
            && self.event == finding.event
            && self.day == finding.day
    }
}

/// What somebody says about a finding.
#[derive(Clone, Debug)]
pub struct Deal {
    /// Which.
    pub finding: Sought,
    /// Why it is fine.
    pub reason: String,
    /// The superior's consent.
    pub consent: Option<Consent>,
    /// The day for which it is recorded.
    pub given: Day,
}

/// Deals with a finding: a warning with a reason, one that blocks with the
/// superior's consent, which is entered where the superior is.
///
/// # Errors
/// `E-403`; `E-SEA-05`, `E-SEA-06`; `E-SEA-59` where the consent is not this
/// person's to enter; `E-SEA-62` for days that have not come; `E-SEA-65` where
/// there is no such finding any more.
pub async fn deal(cx: &mut Cx, id: &SeasonId, deal: Deal) -> Result<()> {
    let unit = deal.finding.unit;
    cx.must(Permission::HandleFinding, unit).await?;
    let season = season_with(cx, id, unit).await?;
    let weighed = weigh(&mut cx.tx, &season, unit, deal.finding.on).await?;
    let finding = weighed.open.iter().find(|finding| deal.finding.is(finding));
    let finding = finding.ok_or_else(|| Problem::refused("E-SEA-65"))?;
    if finding.severity == Severity::Blocks {
        cx.must_speak_for_superior_of(unit).await?;
    }
    for (day, field) in [
        (Some(deal.given), "given"),
        (
            deal.consent.as_ref().map(|consent| consent.on),
            "consent_on",
        ),
    ] {
        if day.is_some_and(|day| day > cx.today) {
            return Err(Problem::field("E-SEA-62", field));
        }
    }
    let handling = Handling::of(
        finding,
        &deal.reason,
        deal.consent,
        cx.who.actor(),
        deal.given,
    )
    .map_err(|refusal| {
        let field = if deal.reason.trim().is_empty() {
            "reason"
        } else {
            "consent_by"
        };
        Problem::field(refusal.code(), field)
    })?;
    season::add_handling(&mut cx.tx, id, &handling).await?;
    let detail = json!({
        "code": handling.code.code(), "other": handling.other, "day": handling.day,
        "event": handling.event.map(|event| UnitId(event.0)),
        "reason": handling.reason, "consent": handling.consent, "given": handling.on,
    });
    cx.record("finding.handle", Some(id.as_str()), Some(unit), &detail)
        .await?;
    cx.touch(unit).await
}
