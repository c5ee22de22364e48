//! The forms of the elections' page.

use plenum_rules::congress::Form as CongressForm;
use plenum_rules::season::Mark;
use plenum_rules::voting::attendance::Group;
use plenum_rules::voting::list::Person;
use plenum_rules::voting::profile::{Body, ElectionRules, Office, OfficeRule, Shape, VoteForm};
use plenum_rules::{Day, PersonId, SeasonId};
use plenum_store::congress;
use plenum_store::season::{self as seasons};

use super::super::forms::{self, Field, FormView};
use super::super::verbs::HallVerb;
use super::hall_rows::{bodies, body_code, body_name, named};
use crate::shell::elections::Hall;
use crate::shell::problem::Result;
use crate::shell::{Lang, Look, Place, Words, election_rules};

pub(super) fn view(words: Words, place: &Place, verb: HallVerb) -> FormView {
    let action = format!("/s/{}/elections/hall/{}", place.season.id, verb.code());
    let on = if place.day_named {
        place.day.to_string()
    } else {
        String::new()
    };
    let mut form = FormView::new(words, verb.code(), action)
        .field(Field::hidden("unit", &place.unit.code))
        .field(Field::hidden("on", on));
    form.keep = format!(
        "elections/{}/{}/{}",
        place.season.id,
        place.unit.code,
        verb.code()
    );
    form
}

/// The form that sets the elections up, with what the congress says already.
///
/// # Errors
/// The database's.
pub async fn set_up_form(
    look: &mut Look,
    words: Words,
    place: &Place,
    (congress, hall): (bool, Option<&Hall>),
) -> Result<FormView> {
    let (season, unit) = (&place.season.id, &place.unit);
    let record = congress::load(&mut look.tx, season, unit.unit).await?;
    let planned = record
        .planned()
        .on(place.day)
        .and_then(|planned| planned.clone());
    let day = hall
        .map(|hall| hall.day)
        .or(record.held().map(|(first, _)| first))
        .or(planned.map(|planned| planned.first))
        .unwrap_or(place.day);
    let trial = match hall {
        Some(hall) => hall.occasion.trial,
        None => is_trial(look, season, place).await?,
    };
    let delegates = match (hall, record.settled()) {
        (Some(hall), _) => hall.occasion.form == CongressForm::Delegates,
        (None, Some((form, _, _))) => form == CongressForm::Delegates,
        (None, None) => false,
    };
    let shape = match hall.map(|hall| hall.occasion.shape) {
        Some(Shape::Branch) => "branch",
        Some(Shape::Committee) => "committee",
        None if unit.level.0 == "branch" => "branch",
        None => "committee",
    };
    let members = hall.map_or(unit.members, |hall| hall.occasion.official_members);
    let chosen = hall.filter(|hall| hall.chain.by_election);
    let form = view(words, place, HallVerb::SetUp)
        .field(Field::new(words, "date", "day").value(day))
        .field(Field::new(words, "number", "official_members").value(members))
        .field(choice(words, "shape", &["branch", "committee"]).value(shape))
        .field(who_meets(words, delegates));
    let form = if congress {
        form.field(Field::new(words, "check", "trial").value(if trial { "yes" } else { "" }))
    } else {
        form
    };
    let like = if shape == "branch" {
        Shape::Branch
    } else {
        Shape::Committee
    };
    let mut form = form.field(vacant(words, (place, day, like), chosen));
    if hall.is_some() {
        form.title = words.say("voting-do-set-up-again");
        form.button.clone_from(&form.title);
    }
    Ok(if hall.is_none() { form.main() } else { form })
}

fn choice(words: Words, name: &str, options: &[&str]) -> Field {
    let options = options.iter().map(|option| {
        let key = format!("voting-field-{name}-{option}");
        ((*option).to_owned(), words.say(&key))
    });
    Field::new(words, "choice", name).options(options.collect())
}

fn who_meets(words: Words, delegates: bool) -> Field {
    let value = if delegates { "delegates" } else { "members" };
    choice(words, "form", &["members", "delegates"]).value(value)
}

/// The offices of a by-election, those it is for already ticked.
fn vacant(words: Words, (place, day, shape): (&Place, Day, Shape), chosen: Option<&Hall>) -> Field {
    let offices = offices(words, place, day, shape);
    let mut field = Field::new(words, "ticks", "office").options(offices);
    let steps = chosen.map(|hall| hall.chain.steps.iter());
    let codes = steps
        .into_iter()
        .flatten()
        .map(|step| step.office.0.clone());
    field.chosen = codes.collect();
    field
}

/// The form that calls the unit together anew, for a by-election.
///
/// Where it has not held its congress yet, all offices are elected unless some are
/// ticked.
pub fn call_again_form(
    words: Words,
    place: &Place,
    (hall, congress): (&Hall, bool),
    trial: bool,
) -> FormView {
    let delegates = hall.occasion.form == CongressForm::Delegates;
    let shape = match hall.occasion.shape {
        Shape::Branch => "branch",
        Shape::Committee => "committee",
    };
    let mut vacant = vacant(words, (place, place.day, hall.occasion.shape), None);
    if congress {
        vacant.hint.clear();
    }
    view(words, place, HallVerb::CallAgain)
        .field(Field::new(words, "date", "day").value(place.day))
        .field(
            Field::new(words, "number", "official_members").value(hall.occasion.official_members),
        )
        .field(Field::hidden("shape", shape))
        .field(who_meets(words, delegates))
        .fields((!congress).then(|| {
            let ticked = if trial { "yes" } else { "" };
            Field::new(words, "check", "trial").value(ticked)
        }))
        .field(vacant)
}

/// A by-election called by mistake falls.
pub fn uncall_form(words: Words, place: &Place) -> FormView {
    view(words, place, HallVerb::Uncall)
        .field(Field::new(words, "area", "reason"))
        .grave()
}

/// The offices elected by secret ballot, for a by-election: of the chain such a
/// unit elects by.
fn offices(words: Words, place: &Place, day: Day, shape: Shape) -> Vec<(String, String)> {
    let rules = election_rules::on(&place.season.profile, day);
    let has = |code: &Office, rules: &ElectionRules| {
        let mut chains = rules.chains.iter().filter(|chain| chain.shape == shape);
        chains.any(|chain| chain.steps.iter().any(|step| step.office == *code))
    };
    let direct = |code: &Office, rules: &ElectionRules| {
        // Two offices of one name: the trial's is elected at a congress alone.
        let mut common = rules.chains.iter().filter(|chain| !chain.trial);
        !common.any(|chain| chain.steps.iter().any(|step| step.office == *code))
    };
    let held = |rule: &OfficeRule, rules: &ElectionRules| {
        rule.vote.value == VoteForm::SecretBallot
            && has(&rule.code, rules)
            && !direct(&rule.code, rules)
    };
    let of = |rule: &OfficeRule| {
        let name = match words.0 {
            Lang::Vi => rule.name_vi.clone(),
            Lang::En => rule.name_en.clone(),
        };
        (rule.code.0.clone(), name)
    };
    rules.map_or_else(Vec::new, |rules| {
        let offices = rules.offices.iter().filter(|rule| held(rule, rules));
        offices.map(of).collect()
    })
}

/// Whether the unit is of the trial in which the congress elects the secretary.
///
/// # Errors
/// The database's.
pub async fn is_trial(look: &mut Look, season: &SeasonId, place: &Place) -> Result<bool> {
    let marks = seasons::marks_of(&mut look.tx, season, &[place.unit.unit]).await?;
    Ok(marks.get(&place.unit.unit).is_some_and(|marks| {
        marks
            .iter()
            .any(|(span, mark)| *mark == Mark::Trial && span.holds(place.day))
    }))
}

/// The people as options, in the order of lists.
pub fn people_options(hall: &Hall, keep: impl Fn(&Person) -> bool) -> Vec<(String, String)> {
    hall.in_order()
        .into_iter()
        .filter(|person| keep(person))
        .map(|person| {
            let twin = hall
                .people
                .iter()
                .any(|other| other.id != person.id && other.name == person.name);
            let birth = person.birth.filter(|_| twin);
            let label = birth.map_or_else(
                || person.name.clone(),
                |day| format!("{} ({})", person.name, plenum_rules::words::day_table(day)),
            );
            (person.id.to_string(), label)
        })
        .collect()
}

pub(super) fn person_field(words: Words, hall: &Hall) -> Field {
    let mut options = vec![(String::new(), "–".to_owned())];
    options.extend(people_options(hall, |person| person.official));
    Field::new(words, "select", "person").options(options)
}

/// What the superior records.
pub fn appointing(words: Words, place: &Place, hall: &Hall) -> Vec<FormView> {
    let Some(rules) = hall.rules() else {
        return Vec::new();
    };
    let open = hall.chain.steps.iter().filter(|step| {
        let tried = PersonId(0);
        hall.chain
            .clone()
            .appoint(rules, &step.office, tried)
            .is_ok()
    });
    open.map(|step| {
        let mut form = view(words, place, HallVerb::Appoint)
            .field(Field::hidden("office", &step.office.0))
            .field(person_field(words, hall))
            .keyed(&step.office.0);
        form.title = words.say1(
            "voting-appoint-title",
            "office",
            named(words, hall, &step.office),
        );
        form
    })
    .collect()
}

/// What changes the people.
pub fn roster_forms(words: Words, place: &Place, hall: &Hall, edit: Option<&str>) -> Vec<FormView> {
    let mut forms = Vec::new();
    if let Some(person) = edit
        .and_then(forms::person_of)
        .and_then(|id| hall.person(id))
    {
        let tick = |name: &str, is: bool| {
            Field::new(words, "check", name).value(if is { "yes" } else { "" })
        };
        let day = |name: &str, day: Option<Day>| {
            Field::new(words, "date", name)
                .value(day.map(|day| day.to_string()).unwrap_or_default())
        };
        let mut form = view(words, place, HallVerb::Person)
            .field(Field::hidden("id", person.id.to_string()))
            .field(Field::new(words, "text", "name").value(&person.name))
            .field(day("birth", person.birth))
            .field(day("joined", person.joined))
            .field(tick("official", person.official))
            .field(tick("delegate", person.delegate))
            .field(tick("convening", person.convening))
            .field(tick("teller", person.teller))
            .field(tick("helper", person.helper))
            .field(
                Field::new(words, "area", "reason")
                    .label(words.say("voting-field-correction-reason")),
            );
        form.open = true;
        form.keep.clear();
        form.title = format!("{}: {}", form.title, person.name);
        forms.push(form);
        let mut form = view(words, place, HallVerb::Remove)
            .field(Field::hidden("id", person.id.to_string()))
            .grave();
        form.title = format!("{}: {}", form.title, person.name);
        form.keep.clear();
        forms.push(form);
    }
    let mut form = view(words, place, HallVerb::People).field(Field::new(words, "area", "people"));
    form.open = hall.people.is_empty();
    form.main = hall.people.is_empty();
    forms.push(form);
    forms
}

/// What records who was convened.
pub fn attendance_forms(words: Words, place: &Place, hall: &Hall) -> Vec<FormView> {
    let Some(rules) = hall.rules() else {
        return Vec::new();
    };
    bodies(hall)
        .into_iter()
        .map(|body| {
            let attendance = hall.attendance(body);
            let mut form = view(words, place, HallVerb::Attend)
                .field(Field::hidden("body", body_code(body)))
                .field(Field::new(words, "number", "convened").value(attendance.convened))
                .field(Field::new(words, "number", "present").value(attendance.present))
                .keyed(body_code(body));
            if body == Body::Meeting {
                let day = Field::new(words, "date", "day").value(hall.day_of(body));
                form = form.field(day.label(words.say("voting-field-meeting-day")));
            }
            let exclusions = rules
                .denominator(body)
                .map(|(_, rule)| &rule.exclusions[..]);
            for exclusion in exclusions.unwrap_or_default() {
                let known = attendance
                    .groups
                    .iter()
                    .find(|group| group.code == exclusion.code);
                let number = |pick: fn(&Group) -> u32| {
                    known
                        .map(pick)
                        .filter(|number| *number > 0)
                        .map(|number| number.to_string())
                        .unwrap_or_default()
                };
                let text = match words.0 {
                    Lang::Vi => &exclusion.text_vi,
                    Lang::En => &exclusion.text_en,
                };
                let mut out = Field::new(words, "number", "out")
                    .label(text)
                    .value(number(|group| group.people));
                out.name = format!("out_{}", exclusion.code.0);
                out.hint.clone_from(&exclusion.source);
                form = form.field(out);
                if exclusion.may_be_counted {
                    let mut inside =
                        Field::new(words, "number", "in").value(number(|group| group.counted));
                    inside.name = format!("in_{}", exclusion.code.0);
                    form = form.field(inside);
                }
            }
            form.title = words.say1("voting-attend-title", "body", body_name(words, hall, body));
            form.open =
                !hall.attendance.iter().any(|known| known.body == body) && body != Body::Meeting;
            form
        })
        .collect()
}
