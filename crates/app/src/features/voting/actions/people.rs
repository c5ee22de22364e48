//! The people of a congress, and who of them was convened.

use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::attendance::Attendance;
use plenum_rules::voting::chain::Step;
use plenum_rules::voting::list::{Nomination, Person, Source};
use plenum_rules::voting::profile::{Body, Office};
use plenum_rules::{Day, PersonId};
use plenum_store::db::new_id;
use serde_json::json;
use unicode_normalization::UnicodeNormalization as _;

use super::at_most;
use super::hall::{At, ballots_of, permitted, save, voted};
use crate::shell::elections::{Ballot, Correction, Hall};
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
    /// `line`: of a pasted roster; 0 of a form.
    fn check(&self, today: Day, line: i64) -> Result<String> {
        // Composed, so that equal names are equal (R54).
        let typed: String = self.name.nfc().collect();
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = name.chars().count() <= LONGEST_NAME && name.chars().all(is_of_a_name);
        if !fits || !name.chars().any(char::is_alphabetic) {
            return Err(Problem::field("E-VOT-93", "name").with("line", line));
        }
        // Nobody is born, or joins, on a day to come.
        if self.birth.is_some_and(|birth| birth >= today) {
            return Err(Problem::field("E-VOT-44", "birth"));
        }
        if let Some(joined) = self.joined
            && (joined > today || self.birth.is_some_and(|birth| joined <= birth))
        {
            return Err(Problem::field("E-VOT-44", "joined"));
        }
        Ok(name)
    }

    fn person(
        &self,
        (today, line): (Day, i64),
        id: PersonId,
        bodies: Vec<Office>,
    ) -> Result<Person> {
        let name = self.check(today, line)?;
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
/// `E-VOT-93` for a name that is none; `E-VOT-44`; `E-VOT-37` for too many;
/// `E-VOT-124` for somebody who is there already, each with the line.
pub async fn add_people(cx: &mut Cx, at: &At, people: &[Said]) -> Result<usize> {
    let (subject, mut hall) = permitted(cx, at, Permission::RunElection).await?;
    if hall.people.len() + people.len() > MOST_PEOPLE {
        return Err(Problem::field("E-VOT-37", "people"));
    }
    if people.is_empty() {
        return Err(Problem::field("E-VOT-93", "people").with("line", 0_i64));
    }
    for (said, line) in people.iter().zip(1_i64..) {
        let id = PersonId(new_id());
        let person = said
            .person((cx.today, line), id, Vec::new())
            .map_err(|problem| problem.at("people"))?;
        let same = |one: &Person| (one.sort_key.clone(), one.birth, one.joined);
        let twin = |known: &Person| same(known) == same(&person);
        if hall.people.iter().any(twin) {
            let problem = Problem::field("E-VOT-124", "people").with("line", line);
            return Err(problem.with("name", &person.name));
        }
        hall.people.push(person);
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
    let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
    let place = hall.people.iter().position(|person| person.id == id);
    let person = place
        .and_then(|place| hall.people.get_mut(place))
        .ok_or_else(Problem::not_found)?;
    let before = person.clone();
    *person = said.person((cx.today, 0), id, before.bodies.clone())?;
    let after = person.clone();
    let listed = ballots.iter().any(|ballot| ballot.facts.has_listed(id));
    let on_paper = listed || ballots.iter().any(|ballot| counts(ballot, id));
    let printed = |one: &Person| (one.name.clone(), one.birth, one.joined);
    let checked = |one: &Person| (one.official, one.delegate, one.convening);
    let same = printed(&before) == printed(&after) && checked(&before) == checked(&after);
    if !on_paper || same {
        let detail = json!({"person": id});
        return save(cx, &subject, &hall, ("election.person_changed", detail)).await;
    }
    if listed && checked(&before) != checked(&after) {
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

/// Whether somebody counts a ballot whose papers are out.
fn counts(ballot: &Ballot, id: PersonId) -> bool {
    let void = ballot.facts.election.is_void();
    !void && ballot.facts.as_closed(id).is_some()
}

/// Whether what is on record names somebody: as nominee, nominator or teller, as
/// a member of a body, as planned for an office or holding it.
fn is_named(hall: &Hall, ballots: &[Ballot], id: PersonId) -> bool {
    let nominated =
        |one: &Nomination| one.person == id || matches!(one.source, Source::Floor(by) if by == id);
    let in_ballot =
        |ballot: &Ballot| counts(ballot, id) || ballot.facts.nominations.iter().any(nominated);
    let steps = &hall.chain.steps;
    let in_chain = |step: &Step| step.planned.contains(&id) || step.elected.contains(&id);
    let replies = &hall.chain.replies;
    hall.person(id).is_some_and(|one| !one.bodies.is_empty())
        || ballots.iter().any(in_ballot)
        || steps.iter().any(in_chain)
        || replies
            .iter()
            .any(|reply| reply.pause.person == id || reply.planned == Some(id))
}

/// Takes a person off whom nothing on record names.
///
/// # Errors
/// Not found; `E-VOT-94`.
pub async fn remove_person(cx: &mut Cx, at: &At, id: PersonId) -> Result<()> {
    let (subject, mut hall) = permitted(cx, at, Permission::RunElection).await?;
    let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
    if hall.person(id).is_none() {
        return Err(Problem::not_found());
    }
    if is_named(&hall, &ballots, id) {
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
/// to it, or once a list was approved that its members vote on or stand on;
/// `E-VOT-25` for one the chain does not ask about.
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
    let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
    if let Some(closed) = ballots.iter().find(|ballot| rests_on(ballot, body)) {
        return Err(closed.facts.election.not_now("sit").into());
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

/// Whether members of a body vote or stand in a ballot whose list is closed.
fn rests_on(ballot: &Ballot, body: &Office) -> bool {
    let rule = ballot.rules.office(&Office(ballot.office.clone()));
    let asks = rule.is_some_and(|rule| {
        let apart = rule.apart_from.iter().flat_map(|other| &other.value);
        let bodies = [&rule.voters, &rule.from, &rule.within];
        let mut bodies = bodies.into_iter().flatten().chain(apart);
        rule.code == *body || bodies.any(|asked| asked == body)
    });
    asks && ballot.facts.listed().is_some()
}

/// Records who was convened and who leaves the denominator (R1 to R9); of a
/// meeting, its day too.
///
/// # Errors
/// `E-VOT-06` to `E-VOT-08`; `E-VOT-98`, `E-VOT-114`; `E-VOT-47` for a meeting of
/// others than the body's members, `E-VOT-44` for one before the congress,
/// `E-VOT-92` for another day once papers were handed out at it.
pub async fn attend(
    cx: &mut Cx,
    at: &At,
    (attendance, day): (Attendance, Option<Day>),
) -> Result<()> {
    let (subject, mut hall) = permitted(cx, at, Permission::RunElection).await?;
    let rules = hall.rules().ok_or_else(|| Problem::refused("E-VOT-91"))?;
    attendance.excluded(rules)?;
    if attendance.convened == 0 {
        return Err(Problem::field("E-VOT-98", "convened"));
    }
    at_most(attendance.convened, MOST_CONVENED, "convened")?;
    let voted = voted(&mut cx.tx, &subject).await?;
    hall.check_meeting(&attendance)
        .and_then(|()| match voted {
            true => Ok(()),
            false => hall.check_members(&attendance),
        })
        .map_err(|refusal| Problem::from(refusal).at("convened"))?;
    let day = day.filter(|_| attendance.body == Body::Meeting);
    if let Some(day) = day.filter(|day| *day != hall.day_of(Body::Meeting)) {
        if day < hall.day {
            return Err(Problem::from(Refusal::DaysReversed).at("day"));
        }
        let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
        let out = |ballot: &Ballot| {
            let body = ballot.facts.draft().map(|draft| draft.body);
            body == Some(Body::Meeting) && ballot.facts.election.papers_are_out()
        };
        if ballots.iter().any(out) {
            return Err(Problem::field("E-VOT-92", "day"));
        }
        hall.meeting = Some(day);
    }
    let detail = json!({"attendance": attendance, "day": day.map(|day| day.to_string())});
    hall.attendance
        .retain(|known| known.body != attendance.body);
    hall.attendance.push(attendance);
    save(cx, &subject, &hall, ("election.attendance", detail)).await
}
