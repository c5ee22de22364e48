//! What is wrong with a list.

use std::collections::BTreeSet;

use super::{DraftList, Finding, FindingCode, Nomination, Person, Source, Withdrawal, same_name};
use crate::congress::Form;
use crate::season::Severity;
use crate::voting::ballot::MOST_NAMES;
use crate::voting::profile::{
    ContentNeeded, ElectionRules, Electorate, OfficeRule, OpinionBallot, SeatsBy,
};
use crate::voting::refusal::Refusal;

impl DraftList {
    /// Everything that is wrong with the list; what blocks comes first.
    ///
    /// # Errors
    /// [`Refusal::NoSuchElection`] where the rules do not know the office.
    pub fn check(&self, rules: &ElectionRules) -> Result<Vec<Finding>, Refusal> {
        let mut offices = rules.offices.iter().enumerate();
        let (place, office) = offices
            .find(|(_, rule)| rule.code == self.office)
            .ok_or_else(|| Refusal::NoSuchElection {
                office: self.office.clone(),
            })?;
        let mut check = Check {
            list: self,
            rules,
            office,
            field: format!("offices[{place}]"),
            findings: Vec::new(),
        };
        check.number();
        check.surplus();
        check.nominations();
        check.names();
        let mut findings = check.findings;
        findings.sort_by_key(|finding| (finding.code.severity(), finding.code, finding.person));
        Ok(findings)
    }
}

/// A list being checked.
struct Check<'a> {
    list: &'a DraftList,
    rules: &'a ElectionRules,
    office: &'a OfficeRule,
    /// The office's place in the file of the rules.
    field: String,
    findings: Vec<Finding>,
}

impl Check<'_> {
    fn number(&mut self) {
        let about = |code| Finding::about(code, None);
        let (list, office) = (self.list, self.office);
        if list.number_voted && office.seats == SeatsBy::Allocation {
            self.findings.push(about(FindingCode::NumberVoted));
        }
        let seats = list.seats as usize;
        if office.seats == SeatsBy::One && list.seats != 1 {
            let found = about(FindingCode::TooManySeats).numbers(seats, 1);
            self.findings.push(found);
        } else if let Some(most) = &office.most_seats
            && list.seats > most.value
        {
            let found = about(FindingCode::TooManySeats).numbers(seats, most.value.into());
            let field = format!("{}.most_seats", self.field);
            self.findings.push(found.by(&field, most));
        }
        let names = list.standing().len();
        let most = usize::from(MOST_NAMES);
        if names > most || !(1..=most).contains(&seats) {
            let found = about(FindingCode::TooLong).numbers(names.max(seats), most as u64);
            self.findings.push(found);
        }
        if names < seats {
            let found = about(FindingCode::TooFew).numbers(names, seats as u64);
            self.findings.push(found);
        }
    }

    /// R23 and R24. The cap is the article's for lists that must have a surplus;
    /// a single seat or delegates may have any number of names.
    fn surplus(&mut self) {
        let about = |code| Finding::about(code, None);
        let (list, rules) = (self.list, self.rules);
        if !self.office.must_have_surplus() {
            return;
        }
        let seats = list.seats as usize;
        let surplus = list.standing().len().saturating_sub(seats);
        if surplus == 0 {
            let found = about(FindingCode::SurplusMissing).numbers(0, 1);
            let field = format!("{}.surplus", self.field);
            self.findings.push(found.by(&field, &self.office.surplus));
        }
        if let Some((cap, field, confirmed)) = rules.surplus_cap_from(list.seats)
            && surplus > cap as usize
        {
            let found = about(FindingCode::SurplusTooLarge).numbers(surplus, cap.into());
            self.findings.push(Finding {
                unconfirmed: (!confirmed).then(|| field.to_owned()),
                ..found
            });
        }
        if let Some(least) = &rules.surplus.at_least
            && let Some((cap, "surplus.at_least", _)) = rules.surplus_cap_from(list.seats)
            && surplus > 0
        {
            let found = about(FindingCode::LeastSurplus).numbers(surplus, cap.into());
            self.findings.push(found.by("surplus.at_least", least));
        }
        let outside = |nomination: &&Nomination| nomination.source.is_outside();
        let own = list.nominations.len() - list.nominations.iter().filter(outside).count();
        let prepared = own.saturating_sub(seats);
        let Some((least, most)) = rules.preparation_band(list.seats) else {
            return;
        };
        if least > most {
            let found = about(FindingCode::BandEmpty).numbers(prepared, least.into());
            self.findings.push(found);
        } else if !(least as usize..=most as usize).contains(&prepared) {
            let found = about(FindingCode::OutsideBand).numbers(prepared, most.into());
            self.findings.push(found);
        }
    }

    fn nominations(&mut self) {
        let mut seen = BTreeSet::new();
        for nomination in &self.list.nominations {
            let about = |code| Finding::about(code, Some(nomination.person));
            if !seen.insert(nomination.person) {
                self.findings.push(about(FindingCode::Twice));
            }
            match self.list.person(nomination.person) {
                Some(person) if nomination.stands() => {
                    self.person(person);
                    if nomination.source.is_outside() {
                        self.outside(nomination, person);
                    }
                }
                Some(_) => {}
                None => self.findings.push(about(FindingCode::Unknown)),
            }
            if nomination.withdrawal == Some(Withdrawal::Asked) {
                self.findings.push(about(FindingCode::WithdrawalUndecided));
            }
        }
    }

    /// Whether the person may stand, whoever nominated.
    fn person(&mut self, person: &Person) {
        let about = |code| Finding::about(code, Some(person.id));
        let rules = &self.rules.nomination;
        if !person.official && !rules.probationary_stand.value {
            let found = about(FindingCode::NotOfficial);
            let field = "nomination.probationary_stand";
            self.findings
                .push(found.by(field, &rules.probationary_stand));
        }
        if person.teller && !rules.tellers_stand.value {
            let found = about(FindingCode::TellerStands);
            let field = "nomination.tellers_stand";
            self.findings.push(found.by(field, &rules.tellers_stand));
        }
        if self.delegates_among_themselves() && !person.delegate {
            let found = about(FindingCode::NotDelegate);
            let field = "nomination.delegates_only";
            self.findings.push(found.by(field, &rules.delegates_only));
        }
        if person.bodies.contains(&self.office.code) {
            self.findings.push(about(FindingCode::HoldsIt));
        }
        if let Some(other) = &self.office.apart_from
            && other
                .value
                .iter()
                .any(|office| person.bodies.contains(office))
        {
            let field = format!("{}.apart_from", self.field);
            let found = about(FindingCode::HoldsOther);
            self.findings.push(found.by(&field, other));
        }
        if let Some(body) = self.list.candidates_from(self.office)
            && !person.bodies.contains(body)
        {
            self.findings.push(about(FindingCode::NotInBody));
        }
    }

    /// Whether delegates elect delegates to the congress above: then only
    /// delegates nominate and stand (§1.2).
    fn delegates_among_themselves(&self) -> bool {
        self.list.form == Form::Delegates
            && self.office.content == Some(ContentNeeded::Delegates)
            && self.rules.nomination.delegates_only.value
    }

    /// Whether somebody outside the convening committee's list may be on this
    /// one (R25, R26, R59).
    fn outside(&mut self, nomination: &Nomination, person: &Person) {
        let about = |code| Finding::about(code, Some(person.id));
        let rules = &self.rules.nomination;
        let nominator = match nomination.source {
            Source::Floor(nominator) => self.list.person(nominator),
            Source::Own | Source::Convening => Some(person),
        };
        if let Some(field) = self.keeps_to_list(person) {
            let found = about(FindingCode::StandsOutsideList);
            self.findings.push(Finding {
                unconfirmed: field,
                ..found
            });
        }
        let by_other = nominator.filter(|nominator| nominator.id != person.id);
        if let Some(field) = by_other.and_then(|nominator| self.keeps_to_list(nominator)) {
            let found = about(FindingCode::NominatedOutsideList);
            self.findings.push(Finding {
                unconfirmed: field,
                ..found
            });
        }
        if !nominator.is_some_and(|nominator| self.may_nominate(nominator)) {
            self.findings.push(about(FindingCode::MayNotNominate));
        }
        if let Some(support) = &rules.outside_support
            && self.office.elected_by == Electorate::Congress
        {
            // A secret opinion ballot says more than raised cards.
            let (supporters, attending) = nomination.opinion.as_ref().map_or_else(
                || (nomination.supporters.unwrap_or(0), self.list.attending),
                |opinion| (opinion.votes, opinion.attending),
            );
            let need = support.value.need(attending);
            if u64::from(supporters) < need {
                let found = about(FindingCode::SupportTooSmall);
                let found = found.numbers(supporters as usize, need);
                self.findings
                    .push(found.by("nomination.outside_support", support));
            }
        }
        let opinion = &self.office.opinion_ballot;
        if opinion.value == OpinionBallot::Mandatory && nomination.opinion.is_none() {
            let found = about(FindingCode::OpinionBallotMissing);
            let field = format!("{}.opinion_ballot", self.field);
            self.findings.push(found.by(&field, opinion));
        }
    }

    /// Whether somebody neither nominates nor stands outside the list of those
    /// who prepared it, and the field of the rules where nobody confirmed it: at
    /// a congress the convening committee (R26), at a meeting the body the rules
    /// name.
    fn keeps_to_list(&self, person: &Person) -> Option<Option<String>> {
        let rules = &self.rules.nomination;
        let unconfirmed =
            |confirmed: bool, field: &str| (!confirmed).then(|| format!("nomination.{field}"));
        if self.office.elected_by == Electorate::Congress {
            let rule = &rules.committee_keeps_to_list;
            return (rule.value && person.convening)
                .then(|| unconfirmed(rule.confirmed, "committee_keeps_to_list"));
        }
        let rule = rules.meeting_keeps_to_list.as_ref()?;
        person
            .bodies
            .contains(&rule.value)
            .then(|| unconfirmed(rule.confirmed, "meeting_keeps_to_list"))
    }

    /// At a members' congress probationary members may nominate (§1.2); at a
    /// meeting its members.
    fn may_nominate(&self, nominator: &Person) -> bool {
        let probationary =
            self.list.form == Form::Members && self.rules.nomination.probationary_nominate.value;
        (nominator.official || probationary)
            && (nominator.delegate || !self.delegates_among_themselves())
            && self
                .office
                .voters
                .as_ref()
                .is_none_or(|body| nominator.bodies.contains(body))
    }

    /// R54.
    fn names(&mut self) {
        let standing = self.list.standing();
        for person in &standing {
            let same: Vec<&&Person> = standing
                .iter()
                .filter(|other| other.id != person.id && same_name(&other.name, &person.name))
                .collect();
            if same.is_empty() {
                continue;
            }
            let code = if person.birth.is_none() {
                FindingCode::SameNameNoBirth
            } else if same.iter().any(|other| other.birth == person.birth) {
                FindingCode::SameNameSameBirth
            } else {
                FindingCode::SameName
            };
            self.findings.push(Finding::about(code, Some(person.id)));
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
