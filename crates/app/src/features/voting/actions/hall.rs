//! What concerns all elections of a congress: people, attendance, the chain.

use std::collections::BTreeSet;

use plenum_rules::access::Permission;
use plenum_rules::congress::Form;
use plenum_rules::org::UnitVersion;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::chain::{Chain, Occasion};
use plenum_rules::voting::count::Purpose;
use plenum_rules::voting::machine::Draft;
use plenum_rules::voting::profile::{Body, Office, SeatsBy, Shape};
use plenum_rules::{Day, SeasonId};
use plenum_store::db::new_id;
use plenum_store::season::{self, Season};
use plenum_store::voting::Convocation;
use plenum_store::{Tx, congress, org, voting};
use serde_json::{Value, json};

use super::super::refusals::named;
use super::people::MOST_CONVENED;
use super::{at_most, load_hall};
use crate::shell::elections::{Ballot, Facts, Hall, id_text, under_way};
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
    /// The latest there is.
    pub latest: i64,
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
        latest,
        season,
        unit,
    })
}

/// May they? Then the congress with its elections. What an earlier convocation
/// left is closed: the next one goes by it.
pub(super) async fn permitted(
    cx: &mut Cx,
    at: &At,
    permission: Permission,
) -> Result<(Subject, Hall)> {
    let subject = subject(&mut cx.tx, cx.today, at).await?;
    cx.must(permission, subject.unit.unit).await?;
    let hall = load_hall(&mut cx.tx, &subject.convocation()).await?;
    if subject.called != subject.latest {
        return Err(Problem::refused("E-VOT-127"));
    }
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

/// Sets the elections up, by the rules in force on the day of the vote. Until
/// the first has begun it can be done again; the people stay.
///
/// # Errors
/// `E-VOT-91` where the organisation has no rules of elections on that day;
/// `E-VOT-92` once an election has begun; `E-VOT-25`; `E-VOT-114`; `E-VOT-123` for
/// another form than the congress was settled with; `E-VOT-127` for an earlier
/// convocation; `E-VOT-128` where a later one is to elect nobody.
pub async fn set_up(cx: &mut Cx, at: &At, set_up: SetUp) -> Result<()> {
    let subject = subject(&mut cx.tx, cx.today, at).await?;
    cx.must(Permission::RunElection, subject.unit.unit).await?;
    if subject.called != subject.latest {
        return Err(Problem::refused("E-VOT-127"));
    }
    if subject.called > 1 && set_up.by_election.is_empty() {
        return Err(Problem::field("E-VOT-128", "office"));
    }
    let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
    if ballots
        .iter()
        .any(|ballot| !ballot.facts.election.is_dropped())
    {
        return Err(Problem::refused("E-VOT-92"));
    }
    let new = planned(cx, &subject, &set_up).await?;
    let before: Option<Hall> = voting::hall(&mut cx.tx, &subject.convocation()).await?;
    let hall = match before {
        None => new,
        Some(before) => {
            let chain = if before.chain.by_election == new.chain.by_election {
                new.chain.carried_over(&before.chain)
            } else {
                new.chain
            };
            let mut people = before.people;
            if subject.called == 1 {
                // Who sits where was said of the elections planned before.
                for person in &mut people {
                    person.bodies.clear();
                }
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
/// (Điều 28). Who was elected before sits where he or she was elected.
///
/// # Errors
/// Not found before anything is set up; `E-VOT-128` for no office; `E-VOT-126` where
/// one of the offices, or any ballot, is not over; `E-VOT-44` for a day before the
/// convocation before; as [`set_up`].
pub async fn call_again(cx: &mut Cx, at: &At, set_up: SetUp) -> Result<()> {
    let (mut subject, before) = permitted(cx, at, Permission::RunElection).await?;
    if set_up.by_election.is_empty() {
        return Err(Problem::field("E-VOT-128", "office"));
    }
    let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
    let open = ballots.iter().find(|ballot| under_way(ballot));
    let open = open.map(|ballot| Office(ballot.office.clone()));
    let open = open.or_else(|| before.chain.under_way().cloned());
    let mut offices = set_up.by_election.iter();
    let waiting = offices.find(|office| before.chain.check_over(office).is_err());
    if let Some(office) = open.as_ref().or(waiting) {
        return Err(named(Problem::refused("E-VOT-126"), office));
    }
    if set_up.day < before.day {
        return Err(Problem::from(Refusal::DaysReversed).at("day"));
    }
    let new = planned(cx, &subject, &set_up).await?;
    let hall = Hall {
        people: before.people,
        ..new
    };
    subject.called += 1;
    let mut detail = set_up_said(&hall);
    detail["called"] = json!(subject.called);
    save(cx, &subject, &hall, ("election.set_up", detail)).await
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

/// Whether the unit was called together again since this ballot, for elections
/// that go by its result.
///
/// # Errors
/// The database's.
pub async fn called_since(tx: &mut Tx, ballot: &Ballot) -> Result<bool> {
    let latest = voting::latest(tx, &ballot.season, ballot.unit).await?;
    Ok(latest > ballot.called)
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
    hall.check_members(&attendance)?;
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
