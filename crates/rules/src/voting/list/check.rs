//! What is wrong with a list.

use std::collections::BTreeSet;

use super::{DraftList, Finding, FindingCode, Nomination, Person, Source, Withdrawal, same_name};
use crate::congress::Form;
use crate::profile::Parameter;
use crate::season::Severity;
use crate::voting::ballot::MOST_NAMES;
use crate::voting::profile::{
    ContentNeeded, ElectionRules, Electorate, OfficeRule, OpinionBallot, SeatsBy,
};
use crate::voting::refusal::Refusal;
use crate::voting::unconfirmed::Uses;

impl DraftList {
    /// Everything that is wrong with the list; what blocks comes first.
    ///
    /// # Errors
    /// [`Refusal::NoSuchElection`] where the rules do not know the office.
    pub fn check(&self, rules: &ElectionRules) -> Result<Vec<Finding>, Refusal> {
        let mut findings = self.looked_through(rules)?.findings;
        findings.sort_by_key(|finding| (finding.code.severity(), finding.code, finding.person));
        Ok(findings)
    }

    /// The numbers of the rules nobody has confirmed that decide who stands on
    /// the list or what may be on it: a person confirms them before it is voted
    /// on.
    ///
    /// # Errors
    /// As [`DraftList::check`].
    pub fn decided_by(&self, rules: &ElectionRules) -> Result<Uses, Refusal> {
        Ok(self.looked_through(rules)?.uses)
    }

    fn looked_through<'a>(&'a self, rules: &'a ElectionRules) -> Result<Check<'a>, Refusal> {
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
            uses: Uses::default(),
        };
        check.number();
        check.surplus();
        check.nominations();
        check.names();
        Ok(check)
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
    uses: Uses,
}

impl Check<'_> {
    /// Found by a number of the rules, which decides something by it.
    fn found_by<T>(&mut self, found: Finding, field: &str, parameter: &Parameter<T>) {
        self.uses.parameter(field, parameter);
        self.findings.push(found.by(field, parameter));
    }

    /// A field of the office.
    fn own(&self, name: &str) -> String {
        format!("{}.{name}", self.field)
    }

    fn number(&mut self) {
        let about = |code| Finding::about(code, None);
        let (list, office) = (self.list, self.office);
        let seats = list.seats as usize;
        if office.seats == SeatsBy::One && list.seats != 1 {
            let found = about(FindingCode::TooManySeats).numbers(seats, 1);
            self.findings.push(found);
        } else if let Some(most) = &office.most_seats
            && list.seats > most.value
        {
            let found = about(FindingCode::TooManySeats).numbers(seats, most.value.into());
            self.found_by(found, &self.own("most_seats"), most);
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
        let seats = list.seats as usize;
        let surplus = list.standing().len().saturating_sub(seats);
        let demand = &self.office.surplus;
        let cap = rules.surplus_cap_from(list.seats);
        let beyond = cap.as_ref().is_some_and(|cap| surplus > cap.most as usize);
        if !self.office.must_have_surplus() {
            // It makes a difference that the list need not have one.
            if surplus == 0 || beyond {
                self.uses.parameter(&self.own("surplus"), demand);
            }
            return;
        }
        if surplus == 0 {
            let found = about(FindingCode::SurplusMissing).numbers(0, 1);
            self.found_by(found, &self.own("surplus"), demand);
        }
        if let Some(cap) = cap.filter(|_| surplus > 0) {
            cap.used(&mut self.uses);
            if beyond {
                let found = about(FindingCode::SurplusTooLarge).numbers(surplus, cap.most.into());
                self.findings.push(Finding {
                    unconfirmed: (!cap.confirmed).then(|| cap.field.to_owned()),
                    ..found
                });
            }
            if let Some(least) = rules.surplus.at_least.as_ref()
                && cap.field == "surplus.at_least"
            {
                let found = about(FindingCode::LeastSurplus).numbers(surplus, cap.most.into());
                self.found_by(found, cap.field, least);
            }
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
        if !person.official {
            let (field, stand) = ("nomination.probationary_stand", &rules.probationary_stand);
            self.uses.parameter(field, stand);
            if !stand.value {
                self.found_by(about(FindingCode::NotOfficial), field, stand);
            }
        }
        if person.teller {
            let (field, stand) = ("nomination.tellers_stand", &rules.tellers_stand);
            self.uses.parameter(field, stand);
            if !stand.value {
                self.found_by(about(FindingCode::TellerStands), field, stand);
            }
        }
        if self.elects_delegates_by_delegates() && !person.delegate {
            let (field, only) = ("nomination.delegates_only", &rules.delegates_only);
            self.uses.parameter(field, only);
            if only.value {
                self.found_by(about(FindingCode::NotDelegate), field, only);
            }
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
            let found = about(FindingCode::HoldsOther);
            self.found_by(found, &self.own("apart_from"), other);
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
        self.elects_delegates_by_delegates() && self.rules.nomination.delegates_only.value
    }

    fn elects_delegates_by_delegates(&self) -> bool {
        self.list.form == Form::Delegates && self.office.content == Some(ContentNeeded::Delegates)
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
        self.keeps_to_list(person, about(FindingCode::StandsOutsideList));
        if let Some(other) = nominator.filter(|nominator| nominator.id != person.id) {
            self.keeps_to_list(other, about(FindingCode::NominatedOutsideList));
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
            let field = "nomination.outside_support";
            self.uses.parameter(field, support);
            if u64::from(supporters) < need {
                let found = about(FindingCode::SupportTooSmall);
                let found = found.numbers(supporters as usize, need);
                self.found_by(found, field, support);
            }
        }
        let opinion = &self.office.opinion_ballot;
        if nomination.opinion.is_none() {
            let field = self.own("opinion_ballot");
            self.uses.parameter(&field, opinion);
            if opinion.value == OpinionBallot::Mandatory {
                let found = about(FindingCode::OpinionBallotMissing);
                self.found_by(found, &field, opinion);
            }
        }
    }

    /// Somebody neither nominates nor stands outside the list of those who
    /// prepared it: at a congress the convening committee (R26), at a meeting the
    /// body the rules name.
    fn keeps_to_list(&mut self, person: &Person, found: Finding) {
        let rules = &self.rules.nomination;
        if self.office.elected_by == Electorate::Congress {
            let (field, rule) = (
                "nomination.committee_keeps_to_list",
                &rules.committee_keeps_to_list,
            );
            if person.convening {
                self.uses.parameter(field, rule);
            }
            if rule.value && person.convening {
                self.found_by(found, field, rule);
            }
        } else if let Some(rule) = &rules.meeting_keeps_to_list
            && person.bodies.contains(&rule.value)
        {
            self.found_by(found, "nomination.meeting_keeps_to_list", rule);
        }
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
