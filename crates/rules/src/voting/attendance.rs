//! Who was convened, who leaves the denominator, and against what number votes
//! are held (R1 to R9).

use serde::{Deserialize, Serialize};

use super::profile::{Body, DenominatorKind, ElectionRules, ExclusionCode};
use super::refusal::Refusal;
use super::unconfirmed::Uses;

/// People who leave the denominator for one reason.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The reason.
    pub code: ExclusionCode,
    /// People it concerns.
    pub people: u32,
    /// Of these, those who stand in the denominator nevertheless: replaced by
    /// an alternate (R2), exempted and present (R8).
    #[serde(default)]
    pub counted: u32,
}

/// Who is there to vote, in numbers of people. Being away for part of the
/// congress (R3) or without an accepted reason (R9) changes nothing and is not
/// recorded here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// Who votes.
    pub body: Body,
    /// Convened: official members or delegates, or members of the body.
    pub convened: u32,
    /// Present at the vote, alternates who replace included.
    pub present: u32,
    /// Those who leave the denominator.
    #[serde(default)]
    pub groups: Vec<Group>,
}

/// One subtraction, for the minutes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excluded {
    /// The reason.
    pub code: ExclusionCode,
    /// People it concerns.
    pub people: u32,
    /// Of these, counted nevertheless.
    pub counted: u32,
    /// Taken off: the difference.
    pub subtracted: u32,
}

/// The number votes are held against, with the way to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denominator {
    /// What it is.
    pub kind: DenominatorKind,
    /// Where it starts: convened, present, collected or valid.
    pub start: u32,
    /// What is taken off, one by one.
    pub excluded: Vec<Excluded>,
    /// The number.
    pub value: u32,
}

impl Attendance {
    /// The exclusions, checked against the rules and against those convened.
    ///
    /// # Errors
    /// [`Refusal::NoDenominator`], [`Refusal::ExclusionUnknown`] also where a
    /// reason stands twice, [`Refusal::AttendanceDoesNotAddUp`].
    pub fn excluded(&self, rules: &ElectionRules) -> Result<Vec<Excluded>, Refusal> {
        let (_, rule) = rules.denominator(self.body).ok_or(Refusal::NoDenominator)?;
        let mut excluded: Vec<Excluded> = Vec::new();
        let mut left = self.convened;
        for group in &self.groups {
            let known = rule
                .exclusions
                .iter()
                .find(|exclusion| exclusion.code == group.code)
                .filter(|_| excluded.iter().all(|other| other.code != group.code))
                .ok_or_else(|| Refusal::ExclusionUnknown {
                    code: group.code.clone(),
                })?;
            if group.people > self.convened {
                return Err(too_many(group.people, self.convened));
            }
            let limit = if known.may_be_counted {
                group.people
            } else {
                0
            };
            if group.counted > limit {
                return Err(too_many(group.counted, limit));
            }
            let subtracted = group.people - group.counted;
            left = left
                .checked_sub(subtracted)
                .ok_or_else(|| too_many(subtracted, left))?;
            excluded.push(Excluded {
                code: group.code.clone(),
                people: group.people,
                counted: group.counted,
                subtracted,
            });
        }
        if self.present > left {
            return Err(too_many(self.present, left));
        }
        Ok(excluded)
    }

    /// The denominator, given the ballots returned and those of them valid.
    ///
    /// # Errors
    /// As [`Attendance::excluded`].
    pub fn denominator(
        &self,
        rules: &ElectionRules,
        (returned, valid): (u32, u32),
        uses: &mut Uses,
    ) -> Result<Denominator, Refusal> {
        let excluded = self.excluded(rules)?;
        let (place, rule) = rules.denominator(self.body).ok_or(Refusal::NoDenominator)?;
        let field = format!("denominators[{place}]");
        uses.parameter(&format!("{field}.kind"), &rule.kind);
        let (start, excluded) = match rule.kind.value {
            DenominatorKind::Convened => (self.convened, excluded),
            DenominatorKind::Present => (self.present, Vec::new()),
            DenominatorKind::BallotsCollected => (returned, Vec::new()),
            DenominatorKind::ValidBallots => (valid, Vec::new()),
        };
        for (place, exclusion) in rule.exclusions.iter().enumerate() {
            let used = excluded
                .iter()
                .any(|each| each.code == exclusion.code && each.subtracted > 0);
            if used && !exclusion.confirmed {
                uses.add(&format!("{field}.exclusions[{place}]"), &exclusion.source);
            }
        }
        let off: u32 = excluded.iter().map(|each| each.subtracted).sum();
        Ok(Denominator {
            kind: rule.kind.value,
            start,
            // `excluded` held the sum against those convened.
            value: start.saturating_sub(off),
            excluded,
        })
    }
}

fn too_many(found: u32, limit: u32) -> Refusal {
    Refusal::AttendanceDoesNotAddUp { found, limit }
}
