//! What is wrong with a list.

use std::collections::BTreeSet;

use super::{DraftList, Finding, FindingCode, Nomination, Person, Source, Withdrawal, same_name};
use crate::congress::Form;
use crate::season::Severity;
use crate::voting::ballot::MOST_NAMES;
use crate::voting::profile::{
    ContentNeeded, ElectionRules, Electorate, OfficeRule, OpinionBallot, SeatsBy, SurplusDemand,
};
use crate::voting::refusal::Refusal;

impl DraftList {
    /// Everything that is wrong with the list; what blocks comes first.
    ///
    /// # Errors
    /// [`Refusal::NoSuchElection`] where the rules do not know the office.
    pub fn check(&self, rules: &ElectionRules) -> Result<Vec<Finding>, Refusal> {
        let office = rules
            .office(&self.office)
            .ok_or_else(|| Refusal::NoSuchElection {
                office: self.office.clone(),
            })?;
        let mut findings = Vec::new();
        self.check_number(office, &mut findings);
        self.check_surplus(rules, office, &mut findings);
        let mut seen = BTreeSet::new();
        for nomination in &self.nominations {
            let about = |code| Finding::about(code, Some(nomination.person));
            if !seen.insert(nomination.person) {
                findings.push(about(FindingCode::Twice));
            }
            match self.person(nomination.person) {
                Some(person) if nomination.stands() => {
                    self.check_person(rules, office, person, &mut findings);
                    self.check_source(rules, office, nomination, person, &mut findings);
                }
                Some(_) => {}
                None => findings.push(about(FindingCode::Unknown)),
            }
            if nomination.withdrawal == Some(Withdrawal::Asked) {
                findings.push(about(FindingCode::WithdrawalUndecided));
            }
        }
        self.check_names(&mut findings);
        findings.sort_by_key(|finding| (finding.code.severity(), finding.code, finding.person));
        Ok(findings)
    }

    fn check_number(&self, office: &OfficeRule, findings: &mut Vec<Finding>) {
        let about = |code| Finding::about(code, None);
        if self.number_voted && office.seats == SeatsBy::Allocation {
            findings.push(about(FindingCode::NumberVoted));
        }
        let seats = self.seats as usize;
        if office.seats == SeatsBy::One && self.seats != 1 {
            findings.push(about(FindingCode::TooManySeats).numbers(seats, 1));
        } else if let Some(most) = &office.most_seats
            && self.seats > most.value
        {
            let found = about(FindingCode::TooManySeats).numbers(seats, most.value.into());
            findings.push(found.by("most_seats", most));
        }
        let names = self.standing().len();
        let most = usize::from(MOST_NAMES);
        if names > most || !(1..=most).contains(&seats) {
            findings.push(about(FindingCode::TooLong).numbers(names.max(seats), most as u64));
        }
        if names < seats {
            findings.push(about(FindingCode::TooFew).numbers(names, seats as u64));
        }
    }

    fn check_surplus(
        &self,
        rules: &ElectionRules,
        office: &OfficeRule,
        findings: &mut Vec<Finding>,
    ) {
        let about = |code| Finding::about(code, None);
        let seats = self.seats as usize;
        let surplus = self.standing().len().saturating_sub(seats);
        if surplus == 0 && office.surplus.value == SurplusDemand::Required {
            findings.push(
                about(FindingCode::SurplusMissing)
                    .numbers(0, 1)
                    .by("surplus", &office.surplus),
            );
        }
        // The cap is the article's for lists that must have a surplus; a single
        // seat or delegates may have any number of names.
        if office.surplus.value != SurplusDemand::Required {
            return;
        }
        if let Some(cap) = rules.surplus_cap(self.seats)
            && surplus > cap as usize
        {
            let found = about(FindingCode::SurplusTooLarge).numbers(surplus, cap.into());
            findings.push(match &rules.surplus.cap_permille {
                Some(parameter) => found.by("surplus.cap_permille", parameter),
                None => found,
            });
        }
        let prepared = self
            .nominations
            .iter()
            .filter(|nomination| !nomination.source.is_outside())
            .count()
            .saturating_sub(seats);
        if let Some((least, most)) = rules.preparation_band(self.seats) {
            if least > most {
                findings.push(about(FindingCode::BandEmpty).numbers(prepared, least.into()));
            } else if !(least as usize..=most as usize).contains(&prepared) {
                findings.push(about(FindingCode::OutsideBand).numbers(prepared, most.into()));
            }
        }
    }

    /// Whether the person may stand, whoever nominated.
    fn check_person(
        &self,
        rules: &ElectionRules,
        office: &OfficeRule,
        person: &Person,
        findings: &mut Vec<Finding>,
    ) {
        let nomination = &rules.nomination;
        let mut add = |code| findings.push(Finding::about(code, Some(person.id)));
        if !person.official && !nomination.probationary_stand.value {
            add(FindingCode::NotOfficial);
        }
        if person.teller && !nomination.tellers_stand.value {
            add(FindingCode::TellerStands);
        }
        if self.is_for_delegates(office) && nomination.delegates_only.value && !person.delegate {
            add(FindingCode::NotDelegate);
        }
        if let Some(body) = &office.from
            && !person.bodies.contains(body)
        {
            add(FindingCode::NotInBody);
        }
    }

    /// Whether delegates to the congress above are elected by delegates: then
    /// only delegates nominate and stand.
    fn is_for_delegates(&self, office: &OfficeRule) -> bool {
        self.form == Form::Delegates && office.content == Some(ContentNeeded::Delegates)
    }

    /// Whether the person may be nominated from there (R25, R26, R59).
    fn check_source(
        &self,
        rules: &ElectionRules,
        office: &OfficeRule,
        nomination: &Nomination,
        person: &Person,
        findings: &mut Vec<Finding>,
    ) {
        if !nomination.source.is_outside() {
            return;
        }
        let about = |code| Finding::about(code, Some(person.id));
        if rules.nomination.committee_keeps_to_list.value {
            if person.convening {
                findings.push(about(FindingCode::StandsOutsideList));
            }
            let nominator = match nomination.source {
                Source::Floor(nominator) => self.person(nominator),
                _ => None,
            };
            if nominator.is_some_and(|nominator| nominator.convening) {
                findings.push(about(FindingCode::NominatedOutsideList));
            }
        }
        if !self.nominator_may(rules, office, nomination, person) {
            findings.push(about(FindingCode::MayNotNominate));
        }
        if let Some(support) = &rules.nomination.outside_support
            && office.elected_by == Electorate::Congress
        {
            let need = support.value.need(self.attending);
            let supporters = nomination.supporters.unwrap_or(0);
            if u64::from(supporters) < need {
                let found = about(FindingCode::SupportTooSmall);
                let found = found.numbers(supporters as usize, need);
                findings.push(found.by("nomination.outside_support", support));
            }
        }
        if office.opinion_ballot.value == OpinionBallot::Mandatory
            && nomination.opinion_votes.is_none()
        {
            let found = about(FindingCode::OpinionBallotMissing);
            findings.push(found.by("opinion_ballot", &office.opinion_ballot));
        }
    }

    /// At a members' congress probationary members may nominate (§1.2); for
    /// delegates to the congress above only delegates.
    fn nominator_may(
        &self,
        rules: &ElectionRules,
        office: &OfficeRule,
        nomination: &Nomination,
        person: &Person,
    ) -> bool {
        let nominator = match nomination.source {
            Source::Convening => return true,
            Source::Own => Some(person),
            Source::Floor(nominator) => self.person(nominator),
        };
        nominator.is_some_and(|nominator| {
            let member = nominator.official
                || self.form == Form::Members && rules.nomination.probationary_nominate.value;
            let delegate = !self.is_for_delegates(office)
                || !rules.nomination.delegates_only.value
                || nominator.delegate;
            member && delegate
        })
    }

    fn check_names(&self, findings: &mut Vec<Finding>) {
        let standing = self.standing();
        for (place, person) in standing.iter().enumerate() {
            let mut others = standing
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != place)
                .map(|(_, other)| other)
                .filter(|other| same_name(&other.name, &person.name))
                .peekable();
            if others.peek().is_none() {
                continue;
            }
            let untold = person.birth.is_none() || others.any(|other| other.birth == person.birth);
            let code = if untold {
                FindingCode::SameNameNoBirth
            } else {
                FindingCode::SameName
            };
            findings.push(Finding::about(code, Some(person.id)));
        }
    }
}

/// Whether a list with these findings may be voted on.
///
/// # Errors
/// [`Refusal::ListBlocked`].
pub fn may_be_voted(findings: &[Finding]) -> Result<(), Refusal> {
    let blocking = findings
        .iter()
        .filter(|finding| finding.code.severity() == Severity::Blocks)
        .count();
    if blocking == 0 {
        Ok(())
    } else {
        Err(Refusal::ListBlocked { findings: blocking })
    }
}
