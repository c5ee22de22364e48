//! What would be wrong with a day before it is recorded.

use plenum_rules::Day;
use plenum_rules::congress::Planned;
use plenum_rules::season::{Finding, FindingCode, check_unit, outstanding};
use plenum_store::Tx;
use plenum_store::season::{Outlook, plans_around};

use super::actions::Subject;
use crate::shell::problem::{Problem, Result};
use crate::shell::profiles;

/// As many units around the one are looked at.
const AROUND: usize = 2_000;

/// What a unit's surroundings show: its findings nobody dealt with, and what
/// they were read from.
pub struct Around {
    /// The findings.
    pub findings: Vec<Finding>,
    /// What they speak of.
    pub outlook: Outlook,
}

/// The findings of a unit as things stand.
///
/// # Errors
/// The database's.
pub async fn standing(tx: &mut Tx, subject: &Subject, day: Day) -> Result<Around> {
    let outlook = looked_around(tx, subject, day).await?;
    Ok(found(subject, outlook))
}

/// The findings these days would have.
///
/// # Errors
/// The database's.
pub async fn around(tx: &mut Tx, subject: &Subject, day: Day, planned: &Planned) -> Result<Around> {
    let mut outlook = looked_around(tx, subject, day).await?;
    if let Some(plan) = outlook.plan_mut(subject.unit.unit) {
        plan.planned = Some(planned.clone());
        plan.announced = Some(day);
        plan.held = None;
    }
    let mut around = found(subject, outlook);
    // What no other day would change is not asked about with the day.
    around.findings.retain(|finding| {
        !matches!(
            finding.code,
            FindingCode::Unsupervised | FindingCode::MarkWithoutBasis
        )
    });
    Ok(around)
}

/// As [`around`], the findings alone.
///
/// # Errors
/// The database's.
pub async fn of(
    tx: &mut Tx,
    subject: &Subject,
    day: Day,
    planned: &Planned,
) -> Result<Vec<Finding>> {
    Ok(around(tx, subject, day, planned).await?.findings)
}

async fn looked_around(tx: &mut Tx, subject: &Subject, day: Day) -> Result<Outlook> {
    let profile = profiles::named(&subject.season.profile).ok_or_else(Problem::not_found)?;
    let rules = (&subject.season, profile);
    Ok(plans_around(tx, rules, subject.unit.unit, day, AROUND).await?)
}

fn found(subject: &Subject, outlook: Outlook) -> Around {
    let findings = profiles::named(&subject.season.profile).map_or_else(Vec::new, |profile| {
        let facts = outlook.facts(profiles::holidays(), profile);
        let found = check_unit(&facts, subject.unit.unit);
        outstanding(found, &outlook.handlings)
    });
    Around { findings, outlook }
}
