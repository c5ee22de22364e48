//! What leads the chain of elections on, and who sits in the bodies it asks
//! about.

use plenum_rules::PersonId;
use plenum_rules::voting::chain::{Step, StepState};
use plenum_rules::voting::profile::{Office, OfficeRule, SeatsBy};

use super::super::forms::{Field, FormView};
use super::super::verbs::HallVerb;
use super::hall_forms::{people_options, person_field, view};
use super::hall_rows::named;
use crate::shell::elections::Hall;
use crate::shell::{Place, Words};

/// What leads the chain on.
pub fn running(words: Words, place: &Place, hall: &Hall, superior: bool) -> Vec<FormView> {
    let mut forms = Vec::new();
    if hall.chain.pause.is_some() {
        forms.push(
            view(words, place, HallVerb::Reply)
                .field(Field::new(words, "area", "reason").label(words.say("voting-field-reply")))
                .field(person_field(words, hall).label(words.say("voting-field-reply-person")))
                .field(Field::new(words, "text", "document"))
                .field(Field::new(words, "date", "dated"))
                .main(),
        );
    }
    forms.extend(introduced_on_paper(words, place, hall));
    let planning: Vec<&Step> = hall
        .chain
        .steps
        .iter()
        .filter(|step| step.state == StepState::Waiting && is_led(hall, step))
        .collect();
    for step in planning {
        let mut form = view(words, place, HallVerb::Plan)
            .field(Field::hidden("office", &step.office.0))
            .field(person_field(words, hall))
            .keyed(&step.office.0);
        form.title = words.say1(
            "voting-plan-title",
            "office",
            named(words, hall, &step.office),
        );
        forms.push(form);
        forms.extend(unplanning(words, place, hall, (step, superior)));
    }
    forms
}

/// Whether whoever holds the office leads the unit or one of its bodies: the
/// superior approves somebody for it beforehand (R46).
fn is_led(hall: &Hall, step: &Step) -> bool {
    let rule = hall.rules().and_then(|rules| rules.office(&step.office));
    let leads = |rule: &OfficeRule| rule.seats == SeatsBy::One || rule.within.is_some();
    !step.planned_must_be_in.is_empty() || rule.is_some_and(leads)
}

/// Takes back who was noted as planned by mistake, while that is possible.
fn unplanning(
    words: Words,
    place: &Place,
    hall: &Hall,
    (step, superior): (&Step, bool),
) -> Vec<FormView> {
    let may = |person: &&PersonId| {
        let chain = hall.chain.clone();
        if superior {
            chain.recall(&step.office, **person).is_ok()
        } else {
            chain.unplan(&step.office, **person).is_ok()
        }
    };
    let form = |person: &PersonId| {
        let mut form = view(words, place, HallVerb::Unplan)
            .field(Field::hidden("office", &step.office.0))
            .field(Field::hidden("person", person.to_string()))
            .keyed(format!("{}-{person}", step.office.0));
        form.title = words.say_with(
            "voting-unplan-title",
            &[
                ("office", named(words, hall, &step.office).into()),
                ("person", hall.name(*person).into()),
            ],
        );
        form
    };
    step.planned.iter().filter(may).map(form).collect()
}

/// The introduction ballot counted on paper instead of here.
fn introduced_on_paper(words: Words, place: &Place, hall: &Hall) -> Vec<FormView> {
    let may = |step: &&Step| hall.chain.may_introduce(&step.office).is_ok();
    let form = |step: &Step| {
        let source = Field::new(words, "text", "reason").label(words.say("voting-field-on-paper"));
        let mut form = view(words, place, HallVerb::Introduce)
            .field(Field::hidden("office", &step.office.0))
            .field(source)
            .keyed(&step.office.0);
        let office = named(words, hall, &step.office);
        form.title = words.say1("voting-introduce-title", "office", office);
        form
    };
    hall.chain.steps.iter().filter(may).map(form).collect()
}

/// Who sits already in a body this chain does not elect.
pub fn sitting_forms(words: Words, place: &Place, hall: &Hall) -> Vec<FormView> {
    let form = |body: &Office| {
        let mut field = Field::new(words, "people", "member")
            .options(people_options(hall, |person| person.official));
        let sits = hall.people.iter().filter(|one| one.bodies.contains(body));
        field.chosen = sits.map(|one| one.id.to_string()).collect();
        let mut form = view(words, place, HallVerb::Sit)
            .field(Field::hidden("body", &body.0))
            .field(field)
            .keyed(&body.0);
        form.title = words.say1("voting-sit-title", "body", named(words, hall, body));
        form.open = hall.members(body) == 0 && hall.meets().as_ref() == Some(body);
        // The boxes say who sits now; what a browser kept would say who did.
        form.keep.clear();
        form
    };
    hall.sitting().iter().map(form).collect()
}
