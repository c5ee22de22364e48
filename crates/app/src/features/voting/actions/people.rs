//! The people of a congress, and who of them was convened.

use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::attendance::Attendance;
use plenum_rules::voting::list::{Nomination, Person};
use plenum_rules::voting::profile::Office;
use plenum_rules::{Day, PersonId};
use plenum_store::db::new_id;
use serde_json::json;
use unicode_normalization::UnicodeNormalization as _;

use super::at_most;
use super::hall::{At, ballots_of, permitted, save};
use crate::shell::elections::Correction;
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem, names};

/// The longest name, in letters.
const LONGEST_NAME: usize = 120;
/// More people are convened by no congress.
pub(super) const MOST_CONVENED: u32 = 100_000;
/// The most people of one congress.
const MOST_PEOPLE: usize = 5_000;

/// What is said of a person.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The name.
    pub name: String,
    /// Birth date.
    pub birth: Option<Day>,
    /// The day of joining.
    pub joined: Option<Day>,
    /// Official, not probationary.
    pub official: bool,
    /// An official delegate.
    pub delegate: bool,
    /// A member of the convening committee.
    pub convening: bool,
    /// A member of the counting committee.
    pub teller: bool,
    /// One of the team that counts opinion ballots.
    pub helper: bool,
}

impl Said {
    fn check(&self) -> Result<String> {
        // Composed, so that equal names are equal (R54).
        let typed: String = self.name.nfc().collect();
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = name.chars().count() <= LONGEST_NAME && name.chars().all(is_of_a_name);
        if !fits || !name.chars().any(char::is_alphabetic) {
            return Err(Problem::field("E-VOT-93", "name"));
        }
        if let (Some(birth), Some(joined)) = (self.birth, self.joined)
            && joined <= birth
        {
            return Err(Problem::field("E-VOT-44", "joined"));
        }
        Ok(name)
    }

    fn person(&self, id: PersonId, bodies: Vec<Office>) -> Result<Person> {
        let name = self.check()?;
        Ok(Person {
            id,
            sort_key: names::sort_key(&name),
            name,
            birth: self.birth,
            joined: self.joined,
            official: self.official,
            delegate: self.delegate,
            convening: self.convening,
            teller: self.teller,
            helper: self.helper,
            bodies,
        })
    }
}

/// Whether a ballot can show it: Latin letters with their marks, and what
/// stands between names. What cannot be seen would make two names of one.
fn is_of_a_name(letter: char) -> bool {
    match letter {
        ' ' | '.' | ',' | '-' | '–' | '(' | ')' | '\'' | '’' => true,
        '\u{300}'..='\u{36f}' => true,
        _ => {
            letter.is_ascii_digit()
                || letter.is_alphabetic()
                    && matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
        }
    }
}

/// Adds people.
///
/// # Errors
/// `E-VOT-93` for a name that is none; `E-VOT-44`; `E-VOT-37` for too many.
pub async fn add_people(cx: &mut Cx, at: &At, people: &[Said]) -> Result<usize> {
    let (subject, mut hall) = permitted(cx, at, Permission::RunElection).await?;
    if hall.people.len() + people.len() > MOST_PEOPLE {
        return Err(Problem::field("E-VOT-37", "people"));
    }
    if people.is_empty() {
        return Err(Problem::field("E-VOT-93", "people"));
    }
    for said in people {
        let id = PersonId(new_id());
        hall.people.push(
            said.person(id, Vec::new())
                .map_err(|problem| problem.at("people"))?,
        );
    }
    let detail = json!({"people": people.len()});
    save(cx, &subject, &hall, ("election.people_added", detail)).await?;
    Ok(people.len())
}

/// Corrects what is said of a person. Of somebody on a closed list only with the
/// reason: the list keeps its words, and what was said before is kept. Whether
/// somebody may stand was checked when the list was closed: that does not change
/// under it.
///
/// # Errors
/// Not found; `E-VOT-93`, `E-VOT-44`; for somebody on a closed list `E-VOT-30`
/// without a reason, `E-VOT-117` for what the list was checked by.
pub async fn change_person(
    cx: &mut Cx,
    at: &At,
    id: PersonId,
    (said, reason): (&Said, &str),
) -> Result<()> {
    let (subject, mut hall) = permitted(cx, at, Permission::RunElection).await?;
    let ballots = ballots_of(&mut cx.tx, &subject.season.id, subject.unit.unit).await?;
    let place = hall.people.iter().position(|person| person.id == id);
    let person = place
        .and_then(|place| hall.people.get_mut(place))
        .ok_or_else(Problem::not_found)?;
    let before = person.clone();
    *person = said.person(id, before.bodies.clone())?;
    let after = person.clone();
    let listed = ballots.iter().any(|ballot| ballot.facts.has_listed(id));
    if !listed || before == after {
        let detail = json!({"person": id});
        return save(cx, &subject, &hall, ("election.person_changed", detail)).await;
    }
    let checked = |one: &Person| (one.official, one.delegate, one.convening);
    if checked(&before) != checked(&after) {
        return Err(Problem::field("E-VOT-117", "official").with("name", before.name));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::from(Refusal::ReasonNeeded).at("reason"));
    }
    let births = [before.birth, after.birth].map(|day| day.map(|day| day.to_string()));
    let detail = json!({
        "person": id, "before": before.name, "name": after.name, "reason": reason,
        "births": births,
    });
    hall.corrections.push(Correction {
        before,
        reason: reason.to_owned(),
        by: cx.who.actor(),
        on: cx.today,
    });
    save(cx, &subject, &hall, ("election.person_corrected", detail)).await
}

/// Takes a person off who is on no list.
///
/// # Errors
/// `E-VOT-94` for somebody on a list.
pub async fn remove_person(cx: &mut Cx, at: &At, id: PersonId) -> Result<()> {
    let (subject, mut hall) = permitted(cx, at, Permission::RunElection).await?;
    let ballots = ballots_of(&mut cx.tx, &subject.season.id, subject.unit.unit).await?;
    let named = |one: &Nomination| one.person == id;
    if ballots
        .iter()
        .any(|ballot| ballot.facts.nominations.iter().any(named))
    {
        return Err(Problem::refused("E-VOT-94").with("name", hall.name(id)));
    }
    hall.people.retain(|person| person.id != id);
    save(
        cx,
        &subject,
        &hall,
        ("election.person_removed", json!({"person": id})),
    )
    .await
}

/// Notes who sits in a body already: at a by-election its members vote and
/// stand.
///
/// # Errors
/// `E-VOT-01` for a body that is elected here, or where more are being elected
/// to it; `E-VOT-25` for one the chain does
/// not ask about.
pub async fn sit(cx: &mut Cx, at: &At, body: &Office, members: &[PersonId]) -> Result<()> {
    let (subject, mut hall) = permitted(cx, at, Permission::RunElection).await?;
    if !hall.sitting().contains(body) {
        let office = body.clone();
        return Err(match hall.chain.step(body) {
            Some(step) => {
                let state = step.state.code();
                Refusal::NotNow { verb: "sit", state }
            }
            None => Refusal::NoSuchElection { office },
        }
        .into());
    }
    for person in &mut hall.people {
        person.bodies.retain(|known| known != body);
        if members.contains(&person.id) {
            person.bodies.push(body.clone());
        }
    }
    let detail = json!({"body": body, "members": members});
    save(cx, &subject, &hall, ("election.sitting", detail)).await
}

/// Records who was convened and who leaves the denominator (R1 to R9).
///
/// # Errors
/// `E-VOT-06` to `E-VOT-08`; `E-VOT-98`, `E-VOT-114`; `E-VOT-47` for a meeting of
/// others than the body's members.
pub async fn attend(cx: &mut Cx, at: &At, attendance: Attendance) -> Result<()> {
    let (subject, mut hall) = permitted(cx, at, Permission::RunElection).await?;
    let rules = hall.rules().ok_or_else(|| Problem::refused("E-VOT-91"))?;
    attendance.excluded(rules)?;
    if attendance.convened == 0 {
        return Err(Problem::field("E-VOT-98", "convened"));
    }
    at_most(attendance.convened, MOST_CONVENED, "convened")?;
    hall.check_meeting(&attendance)
        .map_err(|refusal| Problem::from(refusal).at("convened"))?;
    let detail = json!({"attendance": attendance});
    hall.attendance
        .retain(|known| known.body != attendance.body);
    hall.attendance.push(attendance);
    save(cx, &subject, &hall, ("election.attendance", detail)).await
}
