//! What can be wrong with the rules of elections, by the name of the field.

use std::collections::BTreeSet;

use super::{
    Body, ChainRule, Criterion, DenominatorRule, Effect, ElectionRules, Electorate, Office,
    OfficeRule, RoundsRule, SeatsBy, Share, Test, TieRule, VoteForm,
};
use crate::congress::Form;
use crate::profile::{Parameter, ProfileError};
use crate::voting::ballot::BallotKind;

impl ElectionRules {
    /// Everything that is wrong with them; nothing where they can be used. The
    /// field is written as in the file, such as `offices[2].rounds.most`.
    #[must_use]
    pub fn check(&self) -> Vec<ProfileError> {
        let mut errors = Errors(Vec::new());
        for (field, text) in [
            ("id", &self.id),
            ("family", &self.family),
            ("name_vi", &self.name_vi),
            ("name_en", &self.name_en),
            ("instrument.issuer", &self.instrument.issuer),
            ("instrument.number", &self.instrument.number),
        ] {
            errors.say(field, text);
        }
        if self.valid_from < self.instrument.date {
            errors.0.push(ProfileError::BeforeInstrument {
                field: "valid_from".to_owned(),
            });
        }
        errors.share("threshold", &self.threshold);
        errors.source("tie", &self.tie);
        errors.rounds("rounds", &self.rounds);
        self.check_nomination(&mut errors);
        self.check_surplus(&mut errors);
        self.check_ballot(&mut errors);
        self.check_custody(&mut errors);
        self.check_offices(&mut errors);
        self.check_chains(&mut errors);
        self.check_denominators(&mut errors);
        self.check_criteria(&mut errors);
        errors.0
    }

    fn check_nomination(&self, errors: &mut Errors) {
        let rules = &self.nomination;
        for (name, parameter) in [
            ("probationary_nominate", &rules.probationary_nominate),
            ("probationary_stand", &rules.probationary_stand),
            ("delegates_only", &rules.delegates_only),
            ("committee_keeps_to_list", &rules.committee_keeps_to_list),
            ("tellers_stand", &rules.tellers_stand),
        ] {
            errors.source(&format!("nomination.{name}"), parameter);
        }
        if let Some(body) = &rules.meeting_keeps_to_list {
            errors.source("nomination.meeting_keeps_to_list", body);
            self.know(errors, "nomination.meeting_keeps_to_list", &body.value);
        }
        if let Some(helpers) = &rules.helpers_count_opinions {
            errors.source("nomination.helpers_count_opinions", helpers);
        }
        if let Some(support) = &rules.outside_support {
            errors.share("nomination.outside_support", support);
        }
    }

    fn check_surplus(&self, errors: &mut Errors) {
        let rules = &self.surplus;
        if let Some(cap) = &rules.cap_permille {
            errors.number("surplus.cap_permille", cap, cap.value == 0);
            errors.range("surplus.cap_permille", cap.value <= 1000);
        }
        if let Some(small) = &rules.small {
            errors.number("surplus.small", small, small.value.from == 0);
            errors.range("surplus.small", small.value.from <= small.value.to);
        }
        if let Some(least) = &rules.at_least {
            errors.number("surplus.at_least", least, least.value == 0);
        }
        if let Some(band) = &rules.band_permille {
            let [low, high] = band.value;
            errors.number("surplus.band_permille", band, high == 0);
            errors.range("surplus.band_permille", low <= high && high <= 1000);
        }
        if let Some(by_votes) = &rules.by_opinion_votes {
            errors.source("surplus.by_opinion_votes", by_votes);
        }
    }

    fn check_ballot(&self, errors: &mut Errors) {
        let several = [BallotKind::StrikeOut, BallotKind::AgreeDisagree];
        for (name, parameter, kinds) in [
            (
                "with_surplus",
                &self.ballot.with_surplus,
                // Ranked ballots fill one seat.
                &[BallotKind::StrikeOut][..],
            ),
            (
                "without_surplus",
                &self.ballot.without_surplus,
                &several[..],
            ),
            (
                "single",
                &self.ballot.single,
                &[BallotKind::SingleName, BallotKind::StrikeOut][..],
            ),
        ] {
            let field = format!("ballot.{name}");
            errors.source(&field, parameter);
            errors.range(&field, kinds.contains(&parameter.value));
        }
        if let Some(kind) = &self.ballot.one_of_several {
            let one = [BallotKind::StrikeOut, BallotKind::Ranked];
            errors.source("ballot.one_of_several", kind);
            errors.range("ballot.one_of_several", one.contains(&kind.value));
            // Who leaves a round is drawn where votes are equal: no other ballot
            // says it.
            let ranked = kind.value == BallotKind::Ranked;
            errors.range("tie", !ranked || self.tie.value == TieRule::Lot);
        }
        if let Some(kind) = &self.ballot.preliminary {
            errors.source("ballot.preliminary", kind);
            errors.range("ballot.preliminary", several.contains(&kind.value));
        }
    }

    fn check_custody(&self, errors: &mut Errors) {
        let rules = &self.custody;
        let months = &rules.keep_months;
        errors.number("custody.keep_months", months, months.value == 0);
        errors.source(
            "custody.destruction_by_decision",
            &rules.destruction_by_decision,
        );
        for (name, days) in [
            ("complaint_working_days", &rules.complaint_working_days),
            ("report_working_days", &rules.report_working_days),
            ("ratify_working_days", &rules.ratify_working_days),
        ] {
            if let Some(days) = days {
                errors.number(&format!("custody.{name}"), days, days.value == 0);
            }
        }
        if let Some(rule) = &self.alternates {
            errors.source("alternates.by_decision", &rule.by_decision);
            self.know(errors, "alternates.office", &rule.office);
        }
    }

    fn check_offices(&self, errors: &mut Errors) {
        errors.filled("offices", self.offices.is_empty());
        let mut codes = BTreeSet::new();
        for (place, rule) in self.offices.iter().enumerate() {
            let field = format!("offices[{place}]");
            errors.once(
                &format!("{field}.code"),
                &rule.code.0,
                codes.insert(&rule.code),
            );
            self.check_office(errors, &field, rule);
        }
    }

    fn check_office(&self, errors: &mut Errors, field: &str, rule: &OfficeRule) {
        errors.say(&format!("{field}.code"), &rule.code.0);
        errors.say(&format!("{field}.name_vi"), &rule.name_vi);
        errors.say(&format!("{field}.name_en"), &rule.name_en);
        errors.source(&format!("{field}.vote"), &rule.vote);
        errors.source(&format!("{field}.surplus"), &rule.surplus);
        errors.source(&format!("{field}.opinion_ballot"), &rule.opinion_ballot);
        if let Some(most) = &rule.most_seats {
            let field = format!("{field}.most_seats");
            errors.number(&field, most, most.value == 0);
            errors.range(&field, rule.seats != SeatsBy::One || most.value == 1);
        }
        for (name, body) in [
            ("from", &rule.from),
            ("within", &rule.within),
            ("voters", &rule.voters),
        ] {
            if let Some(body) = body {
                self.know(errors, &format!("{field}.{name}"), body);
            }
        }
        if let Some(other) = &rule.apart_from {
            errors.source(&format!("{field}.apart_from"), other);
            let field = format!("{field}.apart_from");
            errors.filled(&field, other.value.is_empty());
            errors.range(&field, !other.value.contains(&rule.code));
            for office in &other.value {
                self.know(errors, &field, office);
            }
        }
        let meeting = rule.elected_by == Electorate::Meeting;
        errors.filled(&format!("{field}.voters"), meeting && rule.voters.is_none());
        if let Some(rounds) = &rule.rounds {
            errors.rounds(&format!("{field}.rounds"), rounds);
        }
    }

    fn check_chains(&self, errors: &mut Errors) {
        errors.filled("chains", self.chains.is_empty());
        let mut codes = BTreeSet::new();
        for (place, chain) in self.chains.iter().enumerate() {
            let field = format!("chains[{place}]");
            errors.say(&format!("{field}.code"), &chain.code);
            errors.once(
                &format!("{field}.code"),
                &chain.code,
                codes.insert(&chain.code),
            );
            errors.filled(&format!("{field}.steps"), chain.steps.is_empty());
            for (name, bound) in [
                ("members_from", &chain.members_from),
                ("members_below", &chain.members_below),
            ] {
                if let Some(bound) = bound {
                    errors.number(&format!("{field}.{name}"), bound, bound.value == 0);
                }
            }
            self.check_steps(errors, &field, chain);
        }
        self.check_bounds(errors);
    }

    /// However many members a unit has, a chain is for it: bounds leave no number
    /// out next to a chain of the shape.
    fn check_bounds(&self, errors: &mut Errors) {
        let holds = |chain: &ChainRule, members: u32| {
            let from = chain.members_from.as_ref();
            let below = chain.members_below.as_ref();
            from.is_none_or(|from| from.value <= members)
                && below.is_none_or(|below| members < below.value)
        };
        for (place, chain) in self.chains.iter().enumerate().filter(|(_, one)| !one.trial) {
            let same = |one: &&ChainRule| one.shape == chain.shape && !one.trial;
            let from = chain.members_from.as_ref();
            let before = from.map(|from| from.value.saturating_sub(1));
            let before = before.filter(|before| *before > 0);
            let after = chain.members_below.as_ref().map(|below| below.value);
            for (name, next) in [("members_from", before), ("members_below", after)] {
                let mut others = self.chains.iter().filter(same);
                let held = next.is_none_or(|next| others.any(|one| holds(one, next)));
                errors.range(&format!("chains[{place}].{name}"), held);
            }
        }
    }

    /// A step waits only for steps above it: so no chain waits in a circle.
    fn check_steps(&self, errors: &mut Errors, field: &str, chain: &ChainRule) {
        let mut above = BTreeSet::new();
        for (place, step) in chain.steps.iter().enumerate() {
            let field = format!("{field}.steps[{place}]");
            self.know(errors, &format!("{field}.office"), &step.office);
            for (name, offices) in [
                ("after", &step.after),
                ("planned_must_be_in", &step.planned_must_be_in),
            ] {
                for before in offices.iter().filter(|before| !above.contains(before)) {
                    errors.0.push(ProfileError::Unknown {
                        field: format!("{field}.{name}"),
                        value: before.0.clone(),
                    });
                }
            }
            let new = above.insert(&step.office);
            errors.once(&format!("{field}.office"), &step.office.0, new);
        }
    }

    fn check_denominators(&self, errors: &mut Errors) {
        errors.filled("denominators", self.denominators.is_empty());
        let mut bodies = BTreeSet::new();
        for (place, rule) in self.denominators.iter().enumerate() {
            let field = format!("denominators[{place}]");
            let body = format!("{:?}", rule.body);
            errors.once(&format!("{field}.body"), &body, bodies.insert(rule.body));
            errors.source(&format!("{field}.kind"), &rule.kind);
            check_exclusions(errors, &field, rule);
        }
        // Whoever votes needs a number to hold the votes against.
        let forms = [Form::Members, Form::Delegates];
        for (place, rule) in self.offices.iter().enumerate() {
            let secret = rule.vote.value == VoteForm::SecretBallot;
            let held = |form: &&Form| rule.forms.is_empty() || rule.forms.contains(form);
            let missing = forms.iter().filter(held).any(|form| {
                let body = Body::of(rule.elected_by, *form);
                self.denominators.iter().all(|known| known.body != body)
            });
            errors.filled(
                &format!("denominators for offices[{place}]"),
                secret && missing,
            );
        }
    }

    /// Every sort of ballot needs its bound on votes; a code stands once, a
    /// test once.
    fn check_criteria(&self, errors: &mut Errors) {
        let mut codes = BTreeSet::new();
        let mut tests = BTreeSet::new();
        for (place, criterion) in self.criteria.iter().enumerate() {
            let field = format!("criteria[{place}]");
            errors.say(&format!("{field}.code"), &criterion.code.0);
            errors.say(&format!("{field}.text_vi"), &criterion.text_vi);
            errors.say(&format!("{field}.text_en"), &criterion.text_en);
            errors.say(&format!("{field}.source"), &criterion.source);
            let new = codes.insert(&criterion.code);
            errors.once(&format!("{field}.code"), &criterion.code.0, new);
            let test = format!("{:?}", criterion.test);
            errors.once(
                &format!("{field}.test"),
                &test,
                tests.insert(criterion.test),
            );
            errors.range(&format!("{field}.effect"), effect_fits(criterion));
        }
        errors.filled("criteria", !tests.contains(&Test::TooMany));
    }

    fn know(&self, errors: &mut Errors, field: &str, office: &Office) {
        if self.office(office).is_none() {
            errors.0.push(ProfileError::Unknown {
                field: field.to_owned(),
                value: office.0.clone(),
            });
        }
    }
}

fn check_exclusions(errors: &mut Errors, field: &str, rule: &DenominatorRule) {
    let mut codes = BTreeSet::new();
    for (place, exclusion) in rule.exclusions.iter().enumerate() {
        let field = format!("{field}.exclusions[{place}]");
        errors.say(&format!("{field}.code"), &exclusion.code.0);
        errors.say(&format!("{field}.text_vi"), &exclusion.text_vi);
        errors.say(&format!("{field}.text_en"), &exclusion.text_en);
        errors.say(&format!("{field}.source"), &exclusion.source);
        let new = codes.insert(&exclusion.code);
        errors.once(&format!("{field}.code"), &exclusion.code.0, new);
    }
}

/// What numbers decide makes a ballot invalid; a person's boxes cost that
/// person alone; a mark with two readings is the committee's to read.
fn effect_fits(criterion: &Criterion) -> bool {
    match criterion.test {
        Test::TooMany | Test::Nobody | Test::NotOneBox => criterion.effect == Effect::Invalid,
        Test::PersonNotOneBox => criterion.effect == Effect::NotCountedForPerson,
        Test::Unclear => criterion.effect == Effect::Committee,
        Test::NotIssued | Test::NameAdded | Test::WrittenOn | Test::SeveralInks | Test::Other => {
            criterion.effect != Effect::NotCountedForPerson
        }
    }
}

/// What was found so far.
struct Errors(Vec<ProfileError>);

impl Errors {
    fn say(&mut self, field: &str, text: &str) {
        self.filled(field, text.trim().is_empty());
    }

    fn filled(&mut self, field: &str, empty: bool) {
        if empty {
            self.0.push(ProfileError::Empty {
                field: field.to_owned(),
            });
        }
    }

    fn source<T>(&mut self, field: &str, parameter: &Parameter<T>) {
        self.say(&format!("{field}.source"), &parameter.source);
    }

    fn number<T>(&mut self, field: &str, parameter: &Parameter<T>, zero: bool) {
        if zero {
            self.0.push(ProfileError::Zero {
                field: field.to_owned(),
            });
        }
        self.source(field, parameter);
    }

    fn range(&mut self, field: &str, fits: bool) {
        if !fits {
            self.0.push(ProfileError::OutOfRange {
                field: field.to_owned(),
            });
        }
    }

    fn once(&mut self, field: &str, value: &str, new: bool) {
        if !new {
            self.0.push(ProfileError::Twice {
                field: field.to_owned(),
                value: value.to_owned(),
            });
        }
    }

    /// A share lies above nothing and does not exceed the whole.
    fn share(&mut self, field: &str, share: &Parameter<Share>) {
        let Share {
            numerator,
            denominator,
            strictly,
        } = share.value;
        self.number(field, share, denominator == 0 || numerator == 0);
        self.range(
            field,
            numerator <= denominator && !(strictly && numerator == denominator),
        );
    }

    fn rounds(&mut self, field: &str, rounds: &RoundsRule) {
        if let Some(most) = &rounds.most {
            self.number(&format!("{field}.most"), most, most.value == 0);
        }
        self.source(&format!("{field}.then"), &rounds.then);
    }
}
