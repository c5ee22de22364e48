//! What concerns all elections of a congress: people, attendance, the chain.

use std::collections::BTreeSet;

use plenum_rules::access::Permission;
use plenum_rules::congress::Form;
use plenum_rules::org::UnitVersion;
use plenum_rules::voting::chain::{Chain, Occasion};
use plenum_rules::voting::count::Purpose;
use plenum_rules::voting::list::Person;
use plenum_rules::voting::machine::Draft;
use plenum_rules::voting::profile::{Body, Office, SeatsBy, Shape};
use plenum_rules::voting::{Refusal, said};
use plenum_rules::{Day, PersonId, SeasonId};
use plenum_store::db::new_id;
use plenum_store::season::{self, Season};
use plenum_store::voting::Convocation;
use plenum_store::{Tx, congress, org, voting};
use serde_json::{Value, json};

use super::super::refusals::named;
use super::people::MOST_CONVENED;
use super::{at_most, load_hall};
use crate::shell::elections::{Ballot, Facts, Hall, id_text};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem, election_rules};

/// Whose elections: the season, the unit's code, the day on which the code is
/// meant, and which convocation.
#[derive(Clone, Debug)]
pub struct At {
    /// The season's name.
    pub season: String,
    /// The unit's code.
    pub unit: String,
    /// The day; without it the season's own, or today.
    pub on: Option<Day>,
    /// The how-manieth convocation; without it the latest.
    pub called: Option<i64>,
}

/// A congress whose elections are looked at.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The season.
    pub season: Season,
    /// The unit.
    pub unit: UnitVersion,
    /// The convocation that was asked for.
    pub called: i64,
}

impl Subject {
    /// Where its elections are held.
    #[must_use]
    pub fn convocation(&self) -> Convocation {
        Convocation {
            season: self.season.id.clone(),
            unit: self.unit.unit,
            called: self.called,
        }
    }
}

/// Finds the congress; the unit must stand in the season and hold one.
///
/// # Errors
/// Not found; `E-CON-14` where the season expects no congress of this unit.
pub async fn subject(tx: &mut Tx, today: Day, at: &At) -> Result<Subject> {
    let id = SeasonId::new(&at.season).ok_or_else(Problem::not_found)?;
    let season = season::load(tx, &id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let day = at.on.or(season.shape.pages_open_on).unwrap_or(today);
    let unit = org::by_code(tx, &at.unit, day)
        .await?
        .ok_or_else(Problem::not_found)?;
    if !org::path_on(tx, unit.unit, day)
        .await?
        .contains(&season.root)
    {
        return Err(Problem::not_found());
    }
    if season.term(&unit.level).is_none() {
        return Err(Problem::refused("E-CON-14").with("unit", &unit.name));
    }
    let latest = voting::latest(tx, &season.id, unit.unit).await?;
    Ok(Subject {
        called: at.called.unwrap_or(latest),
        season,
        unit,
    })
}

/// May they? Then the congress with its elections.
pub(super) async fn permitted(
    cx: &mut Cx,
    at: &At,
    permission: Permission,
) -> Result<(Subject, Hall)> {
    let subject = subject(&mut cx.tx, cx.today, at).await?;
    cx.must(permission, subject.unit.unit).await?;
    let hall = load_hall(&mut cx.tx, &subject.convocation()).await?;
    Ok((subject, hall))
}

/// Writes what concerns all elections, remembers and tells.
pub(super) async fn save(
    cx: &mut Cx,
    subject: &Subject,
    hall: &Hall,
    (event, detail): (&'static str, Value),
) -> Result<()> {
    let (season, unit) = (subject.season.id.as_str(), subject.unit.unit);
    voting::save_hall(&mut cx.tx, &subject.convocation(), hall, cx.now).await?;
    cx.record(event, Some(season), Some(unit), &detail).await?;
    cx.touch(unit).await
}

/// How the elections of a congress are set up.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// The day of the vote.
    pub day: Day,
    /// How the unit is led.
    pub shape: Shape,
    /// Who meets.
    pub form: Form,
    /// Official members of the unit (R29).
    pub official_members: u32,
    /// The trial in which the congress elects the secretary.
    pub trial: bool,
    /// A by-election of these offices only (Điều 28); empty: the whole chain.
    pub by_election: Vec<Office>,
}

/// Sets the elections up, by the rules in force on the day of the vote. As long as
/// no ballot stands it can be done again; the people stay, and void ballots as
/// what they were.
///
/// # Errors
/// Not found for a convocation nobody called; `E-VOT-91` where the organisation
/// has no rules of elections on that day; `E-VOT-92` once an election has begun;
/// `E-VOT-25`; `E-VOT-114`; `E-VOT-123` for another form than the congress was
/// settled with; of a later convocation as [`call_again`].
pub async fn set_up(cx: &mut Cx, at: &At, set_up: SetUp) -> Result<()> {
    let subject = subject(&mut cx.tx, cx.today, at).await?;
    cx.must(Permission::RunElection, subject.unit.unit).await?;
    let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
    let latest = voting::latest(&mut cx.tx, &subject.season.id, subject.unit.unit).await?;
    let begun = |ballot: &Ballot| !ballot.facts.election.is_void();
    if ballots.iter().any(begun) || subject.called < latest {
        return Err(Problem::refused("E-VOT-92"));
    }
    let before: Option<Hall> = voting::hall(&mut cx.tx, &subject.convocation()).await?;
    if before.is_none() && subject.called != 1 {
        return Err(Problem::not_found());
    }
    let new = planned(cx, &subject, &set_up).await?;
    let earlier = earlier(cx, &subject, &new).await?;
    // Papers of a void ballot are kept with the day and the meeting they are of.
    let voted = ballots
        .iter()
        .any(|ballot| ballot.facts.election.papers_are_out());
    let hall = match before {
        None => new,
        Some(before) => {
            let same = before.chain.by_election == new.chain.by_election;
            let form = before.occasion.form == new.occasion.form;
            if voted && (before.day != new.day || !same || !form) {
                return Err(Problem::field("E-VOT-92", "day"));
            }
            let mut chain = if same {
                new.chain.carried_over(&before.chain)
            } else {
                new.chain
            };
            chain.replies = before.chain.replies;
            let mut people = before.people;
            if subject.called == 1 || !chain.by_election {
                // Who sits where was said of the elections planned before.
                for person in &mut people {
                    person.bodies.clear();
                }
            } else if !same {
                seat(&mut people, &earlier);
            }
            Hall {
                chain,
                people,
                attendance: before.attendance,
                corrections: before.corrections,
                committees: before.committees,
                confirmed: before.confirmed,
                ..new
            }
        }
    };
    let detail = set_up_said(&hall);
    save(cx, &subject, &hall, ("election.set_up", detail)).await
}

/// Seats have fallen vacant: the unit is called together anew for a by-election
/// (Điều 28); or for its congress, where it has had by-elections only. Whoever was
/// elected before sits where he or she was elected.
///
/// # Errors
/// Not found before anything is set up; `E-VOT-128` for no office where the
/// congress was called already; `E-VOT-126` where one of the offices is not over
/// at an earlier convocation; `E-VOT-27` while one of them waits for the superior
/// (R46); `E-VOT-44` for a day before theirs; as [`set_up`].
pub async fn call_again(cx: &mut Cx, at: &At, set_up: SetUp) -> Result<()> {
    let mut subject = subject(&mut cx.tx, cx.today, at).await?;
    let (season, unit) = (subject.season.id.clone(), subject.unit.unit);
    cx.must(Permission::RunElection, unit).await?;
    subject.called = voting::next_called(&mut cx.tx, &season, unit).await?;
    let new = planned(cx, &subject, &set_up).await?;
    let before = earlier(cx, &subject, &new).await?;
    let last = before.last().ok_or_else(Problem::not_found)?;
    let mut people = last.people.clone();
    if new.chain.by_election {
        seat(&mut people, &before);
    } else {
        for person in &mut people {
            person.bodies.clear();
        }
    }
    let hall = Hall { people, ..new };
    let mut detail = set_up_said(&hall);
    detail["called"] = json!(subject.called);
    save(cx, &subject, &hall, ("election.set_up", detail)).await
}

/// Who was elected at earlier convocations sits there: as the latest of them has it,
/// and in what it says nothing about as they were elected.
fn seat(people: &mut Vec<Person>, before: &[Hall]) {
    for hall in before {
        for person in &hall.people {
            if people.iter().all(|known| known.id != person.id) {
                let mut new = person.clone();
                new.bodies.clear();
                people.push(new);
            }
        }
    }
    let elected = before.iter().rev().flat_map(|hall| hall.chain.elected());
    for (office, sit) in elected {
        if people.iter().any(|person| person.bodies.contains(&office)) {
            continue;
        }
        for person in people.iter_mut().filter(|one| sit.contains(&one.id)) {
            person.bodies.push(office.clone());
        }
    }
}

/// The latest convocation was called by mistake: before papers of it went out it
/// falls, with the reason on record.
///
/// # Errors
/// `E-VOT-92` for the first, one that another follows, or one with a ballot that
/// is not dropped; `E-VOT-30`; not found.
pub async fn uncall(cx: &mut Cx, at: &At, why: &str) -> Result<()> {
    let (subject, hall) = permitted(cx, at, Permission::RunElection).await?;
    let why = said(why)?;
    let (season, unit) = (subject.season.id.as_str(), subject.unit.unit);
    let latest = voting::latest(&mut cx.tx, &subject.season.id, unit).await?;
    let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
    let dropped = |ballot: &Ballot| ballot.facts.election.is_dropped();
    if subject.called == 1 || subject.called != latest || !ballots.iter().all(dropped) {
        return Err(Problem::refused("E-VOT-92"));
    }
    voting::drop_hall(&mut cx.tx, &subject.convocation()).await?;
    let mut detail = set_up_said(&hall);
    detail["called"] = json!(subject.called);
    detail["reason"] = json!(why);
    cx.record("election.uncalled", Some(season), Some(unit), &detail)
        .await?;
    cx.touch(unit).await
}

/// The convocations before this one, if what is set up may follow them.
async fn earlier(cx: &mut Cx, subject: &Subject, new: &Hall) -> Result<Vec<Hall>> {
    let before = before(cx, subject).await?;
    for hall in &before {
        hall.chain.goes_on()?;
        if !new.chain.by_election && !hall.chain.by_election {
            return Err(Problem::field("E-VOT-128", "office"));
        }
        for step in &new.chain.steps {
            over_there(hall, &step.office)?;
        }
        if new.day < hall.day {
            return Err(Problem::from(Refusal::DaysReversed).at("day"));
        }
    }
    Ok(before)
}

async fn before(cx: &mut Cx, subject: &Subject) -> Result<Vec<Hall>> {
    let halls = voting::halls(&mut cx.tx, &subject.season.id, subject.unit.unit).await?;
    let before = halls
        .into_iter()
        .filter(|(called, _)| *called < subject.called);
    Ok(before.map(|(_, hall)| hall).collect())
}

fn over_there(hall: &Hall, office: &Office) -> Result<()> {
    if is_over(hall, office) {
        return Ok(());
    }
    Err(named(Problem::refused("E-VOT-126"), office))
}

/// Whether an office may be elected at this convocation: it is over at every earlier
/// one, also if something was taken back there since.
///
/// # Errors
/// `E-VOT-126`.
pub async fn over_before(cx: &mut Cx, subject: &Subject, office: &Office) -> Result<()> {
    for hall in before(cx, subject).await? {
        over_there(&hall, office)?;
    }
    Ok(())
}

/// Whether nothing of an office's election is left to hold there, or to appoint
/// (R30).
fn is_over(hall: &Hall, office: &Office) -> bool {
    let nobody = PersonId(0);
    let appointed = |rules| hall.chain.clone().appoint(rules, office, nobody).is_ok();
    hall.chain.check_over(office).is_ok() && !hall.rules().is_some_and(appointed)
}

/// The elections as they are set up, nobody known yet.
async fn planned(cx: &mut Cx, subject: &Subject, set_up: &SetUp) -> Result<Hall> {
    let season = &subject.season;
    let rules = election_rules::on(&season.profile, set_up.day)
        .ok_or_else(|| Problem::field("E-VOT-91", "day"))?;
    at_most(set_up.official_members, MOST_CONVENED, "official_members")?;
    let settled = congress::load(&mut cx.tx, &season.id, subject.unit.unit)
        .await?
        .settled();
    let contents = settled.map_or(season.shape.contents, |(_, _, contents)| contents);
    // A by-election is held by whoever meets then.
    let whole = set_up.by_election.is_empty();
    if whole && settled.is_some_and(|(form, _, _)| form != set_up.form) {
        return Err(Problem::field("E-VOT-123", "form"));
    }
    let occasion = Occasion {
        shape: set_up.shape,
        form: set_up.form,
        contents,
        official_members: set_up.official_members,
        trial: set_up.trial,
    };
    let chain = if whole {
        Chain::plan(rules, &occasion)?
    } else {
        Chain::by_election(rules, &occasion, &set_up.by_election)?
    };
    Ok(Hall {
        day: set_up.day,
        meeting: None,
        rules: rules.id.clone(),
        occasion,
        people: Vec::new(),
        attendance: Vec::new(),
        chain,
        corrections: Vec::new(),
        committees: Vec::new(),
        confirmed: BTreeSet::new(),
    })
}

fn set_up_said(hall: &Hall) -> Value {
    json!({"day": hall.day.to_string(), "rules": hall.rules, "occasion": hall.occasion})
}

/// The ballots of a convocation.
///
/// # Errors
/// The database's.
pub async fn ballots_of(tx: &mut Tx, of: &Convocation) -> Result<Vec<Ballot>> {
    Ok(voting::of_convocation(tx, of).await?)
}

/// Whether a ballot of a later convocation goes by this one's result: for the same
/// office, or for one filled from or by the body it elects.
///
/// # Errors
/// The database's.
pub async fn built_on_since(tx: &mut Tx, ballot: &Ballot) -> Result<bool> {
    let all: Vec<Ballot> = voting::of_unit(tx, &ballot.season, ballot.unit).await?;
    let office = Office(ballot.office.clone());
    let rests = |other: &Ballot| {
        let own = Office(other.office.clone());
        let rule = other.rules.office(&own);
        let bodies = rule.map(|rule| [&rule.from, &rule.within, &rule.voters]);
        let mut bodies = bodies.into_iter().flatten().flatten();
        own == office || bodies.any(|body| *body == office)
    };
    let mut later = all.iter().filter(|other| other.called > ballot.called);
    Ok(later.any(|other| !other.facts.election.is_void() && rests(other)))
}

/// Begins the election of an office: its rules are pinned.
///
/// # Errors
/// As [`Chain::begin`]; `E-VOT-91`; `E-VOT-47` where a meeting is not convened
/// with the members of the body; `E-VOT-123` and `E-VOT-25` where the congress was
/// settled otherwise since the elections were set up.
pub async fn begin(cx: &mut Cx, at: &At, office: &Office) -> Result<u128> {
    let (subject, mut hall) = permitted(cx, at, Permission::RunElection).await?;
    hall.chain = hall.chain.clone().begin(office)?;
    over_before(cx, &subject, office).await?;
    let rules = hall
        .rules()
        .ok_or_else(|| Problem::refused("E-VOT-91"))?
        .clone();
    let rule = rules.office(office).ok_or_else(|| {
        Problem::from(Refusal::NoSuchElection {
            office: office.clone(),
        })
    })?;
    let (season, unit) = (&subject.season.id, subject.unit.unit);
    let settled = congress::load(&mut cx.tx, season, unit).await?.settled();
    if let Some((form, _, contents)) = settled.filter(|_| !hall.chain.by_election) {
        if form != hall.occasion.form {
            return Err(Problem::refused("E-VOT-123"));
        }
        if !rule.is_held(contents) {
            let office = office.clone();
            return Err(Refusal::NoSuchElection { office }.into());
        }
    }
    let body = Body::of(rule.elected_by, hall.occasion.form);
    let attendance = hall.attendance(body);
    hall.check_meeting(&attendance)?;
    if !voted(&mut cx.tx, &subject).await? {
        hall.check_members(&attendance)?;
    }
    let seats = if rule.seats == SeatsBy::One { 1 } else { 0 };
    let draft = Draft {
        office: office.clone(),
        body,
        purpose: Purpose::Election,
        round: 1,
    };
    let facts = Facts::begin(draft, seats, Vec::new());
    save(
        cx,
        &subject,
        &hall,
        ("election.chain", json!({"office": office})),
    )
    .await?;
    add_ballot(cx, subject.convocation(), rules, facts).await
}

/// Whether papers of a ballot of this convocation went out: by then the chain is
/// what it is, however many members are counted later.
///
/// # Errors
/// The database's.
pub async fn voted(tx: &mut Tx, subject: &Subject) -> Result<bool> {
    let ballots = ballots_of(tx, &subject.convocation()).await?;
    let out = |ballot: &Ballot| {
        !ballot.facts.election.is_void() && ballot.facts.election.papers_are_out()
    };
    Ok(ballots.iter().any(out))
}

/// Writes a new ballot down, after those there are.
///
/// # Errors
/// The database's.
pub async fn add_ballot(
    cx: &mut Cx,
    of: Convocation,
    rules: plenum_rules::voting::profile::ElectionRules,
    facts: Facts,
) -> Result<u128> {
    let before: Vec<Ballot> = voting::of_unit(&mut cx.tx, &of.season, of.unit).await?;
    let draft = facts.draft().cloned().ok_or_else(Problem::not_found)?;
    let place = before.iter().map(|ballot| ballot.place).max().unwrap_or(0) + 1;
    let mut ballot = Ballot {
        id: new_id(),
        season: of.season,
        unit: of.unit,
        called: of.called,
        place,
        office: draft.office.0.clone(),
        purpose: purpose_code(draft.purpose).to_owned(),
        round: i64::from(draft.round),
        state: String::new(),
        rules,
        facts,
    };
    let detail = json!({"rules": ballot.rules.id});
    super::save(cx, &mut ballot, ("election.begun", detail)).await?;
    Ok(ballot.id)
}

/// A purpose's name in the database.
#[must_use]
pub fn purpose_code(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Election => "election",
        Purpose::RunOff => "run_off",
        Purpose::Opinion => "opinion",
        Purpose::Introduction => "introduction",
        Purpose::Alternates => "alternates",
        Purpose::AlternatesRunOff => "alternates_run_off",
    }
}

/// The ballot's address below its season.
#[must_use]
pub fn address(season: &str, id: u128) -> String {
    format!("/s/{season}/elections/{}", id_text(id))
}
