//! Khuê Trung, branch 12: its committee is elected and confirmed; the list for
//! secretary is approved and its ballots are handed out, ready to be counted.

use plenum_rules::congress::{Contents, Form};
use plenum_rules::voting::attendance::Attendance;
use plenum_rules::voting::chain::{Chain, Occasion};
use plenum_rules::voting::count::{Papers, Purpose, Sheet};
use plenum_rules::voting::custody::Custody;
use plenum_rules::voting::list::{Nomination, Person, Source};
use plenum_rules::voting::machine::{CardVote, Draft, Election, Listed, SheetCount};
use plenum_rules::voting::profile::{Body, CriterionCode, ElectionRules, Office, Shape};
use plenum_rules::{Actor, Day, PersonId};
use plenum_store::db::new_id;
use plenum_store::season::Season;
use plenum_store::voting;

use super::people;
use super::stage::{Stage, day, fault};
use crate::shell::elections::{Ballot, Facts, Hall};
use crate::shell::problem::Result;
use crate::shell::{ballot_paper, election_rules, names};

/// The branch.
pub const UNIT: &str = "CL-KT-12";
/// Official members, all of them present.
const MEMBERS: u32 = 28;
/// What the committee's ballots said: valid 27, votes by place on the list.
const VOTES: [u32; 4] = [25, 11, 22, 20];

/// Sets its elections up.
pub async fn elections(stage: &mut Stage<'_>, season: &Season, on: Day) -> Result<()> {
    let rules =
        election_rules::on(&season.profile, on).ok_or_else(|| fault("no election rules"))?;
    let unit = stage.id(UNIT)?;
    let mut hall = hall(rules, on)?;
    let office = |code: &str| Office(code.to_owned());
    let committee = office("branch_committee");
    hall.chain = hall.chain.clone().begin(&committee).map_err(fault)?;
    let mut first = begin(season, unit, (1, &committee), rules, 3);
    let listed = hall
        .people
        .iter()
        .take(4)
        .map(|person| nomination(person.id));
    first.facts.nominations.extend(listed);
    let (first, elected) = committee_elected(stage, season, &hall, first).await?;
    hall.chain = hall
        .chain
        .clone()
        .finish(&committee, &elected, 0)
        .map_err(fault)?;
    for person in hall
        .people
        .iter_mut()
        .filter(|one| elected.contains(&one.id))
    {
        person.bodies.push(committee.clone());
    }
    let secretary = office("branch_secretary");
    hall.chain = hall.chain.clone().begin(&secretary).map_err(fault)?;
    let mut second = begin(season, unit, (2, &secretary), rules, 1);
    let chosen = elected.first().ok_or_else(|| fault("nobody elected"))?;
    second.facts.nominations.push(nomination(*chosen));
    let second = handed_out(stage, season, &hall, second, None).await?;
    let now = stage.cx.now;
    voting::save_hall(&mut stage.cx.tx, &season.id, unit, &hall, now).await?;
    for mut ballot in [first, second] {
        ballot.state = ballot.facts.election.state().to_owned();
        voting::save(&mut stage.cx.tx, &ballot, now).await?;
    }
    Ok(())
}

fn hall(rules: &ElectionRules, on: Day) -> Result<Hall> {
    let occasion = Occasion {
        shape: Shape::Branch,
        form: Form::Members,
        contents: Contents::FOUR,
        official_members: MEMBERS,
        trial: false,
    };
    let mut invented = Vec::new();
    for number in 0..MEMBERS {
        let name = people::name(200 + usize::try_from(number * 13).unwrap_or(0));
        let year = i16::try_from(1950 + number).unwrap_or(1950);
        let month = i8::try_from(1 + number % 12).unwrap_or(1);
        invented.push(Person {
            id: PersonId(new_id()),
            sort_key: names::sort_key(&name),
            name,
            birth: Some(day(year, month, 5)?),
            joined: Some(day(year + 28, 2, 3)?),
            official: true,
            delegate: false,
            convening: number < 3,
            teller: (20..23).contains(&number),
            bodies: Vec::new(),
        });
    }
    Ok(Hall {
        day: on,
        rules: rules.id.clone(),
        occasion,
        people: invented,
        attendance: vec![attendance()],
        chain: Chain::plan(rules, &occasion).map_err(fault)?,
        corrections: Vec::new(),
    })
}

fn attendance() -> Attendance {
    Attendance {
        body: Body::MemberCongress,
        convened: MEMBERS,
        present: MEMBERS,
        groups: Vec::new(),
    }
}

fn begin(
    season: &Season,
    unit: plenum_rules::UnitId,
    (place, office): (i64, &Office),
    rules: &ElectionRules,
    seats: u32,
) -> Ballot {
    let draft = Draft {
        office: office.clone(),
        body: Body::MemberCongress,
        purpose: Purpose::Election,
        round: 1,
    };
    Ballot {
        id: new_id(),
        season: season.id.clone(),
        unit,
        place,
        office: office.0.clone(),
        purpose: "election".to_owned(),
        round: 1,
        state: String::new(),
        rules: rules.clone(),
        facts: Facts::begin(draft, seats, Vec::new()),
    }
}

fn nomination(person: PersonId) -> Nomination {
    Nomination {
        person,
        source: Source::Convening,
        supporters: None,
        opinion_votes: None,
        withdrawal: None,
    }
}

/// The list approved by all cards, the paper printed, handed out.
async fn handed_out(
    stage: &mut Stage<'_>,
    season: &Season,
    hall: &Hall,
    mut ballot: Ballot,
    number_vote: Option<CardVote>,
) -> Result<Ballot> {
    let all = CardVote {
        agree: MEMBERS,
        disagree: 0,
        abstain: 0,
    };
    let draft = ballot
        .facts
        .draft()
        .cloned()
        .ok_or_else(|| fault("no draft"))?;
    let list = ballot.facts.draft_list(hall, &draft);
    let findings = list.check(&ballot.rules).map_err(fault)?;
    let listed = Listed {
        draft,
        seats: u8::try_from(ballot.facts.seats).map_err(fault)?,
        alternates: 0,
        rows: list.rows(),
        number_vote,
        list_vote: all,
    };
    let units = ["Đảng bộ phường Khuê Trung", "Chi bộ 12"];
    let level = plenum_rules::org::Level("branch".to_owned());
    let term = season.term(&level).map(ToString::to_string);
    let paper = ballot_paper::paper(&units, term.as_deref(), &ballot, &listed);
    let paper = ballot_paper::printed(paper, ballot.id).await?;
    let tellers = hall
        .people
        .iter()
        .filter(|one| one.teller)
        .map(|one| one.id)
        .collect();
    let rules = ballot.rules.clone();
    let election = ballot.facts.election.clone();
    ballot.facts.election = election
        .approve_list(&rules, listed, &findings)
        .and_then(|election| election.print(&rules, Some(MEMBERS + 2)))
        .and_then(|election| election.open(rules.clone(), tellers))
        .map_err(fault)?;
    // The paper belongs to a ballot that is there.
    ballot.state = ballot.facts.election.state().to_owned();
    let now = stage.cx.now;
    voting::save(&mut stage.cx.tx, &ballot, now).await?;
    voting::keep_paper(&mut stage.cx.tx, ballot.id, &paper).await?;
    Ok(ballot)
}

/// The committee counted on two sheets, confirmed by two, announced, sealed.
async fn committee_elected(
    stage: &mut Stage<'_>,
    season: &Season,
    hall: &Hall,
    ballot: Ballot,
) -> Result<(Ballot, Vec<PersonId>)> {
    let all = CardVote {
        agree: MEMBERS,
        disagree: 0,
        abstain: 0,
    };
    let mut ballot = handed_out(stage, season, hall, ballot, Some(all)).await?;
    let papers = Papers {
        printed: None,
        issued: MEMBERS,
        spoiled: 0,
        returned: MEMBERS,
    };
    let sheet = Sheet {
        ballots: MEMBERS,
        valid: MEMBERS - 1,
        invalid: [(CriterionCode("I2".to_owned()), 1)].into(),
        votes: VOTES.to_vec(),
        against: Vec::new(),
    };
    let by = |who: &str| Actor(who.to_owned());
    let counts = ["kiemphieu", "chibo12"].map(|who| SheetCount {
        by: by(who),
        piles: [(1, sheet.clone())].into(),
    });
    let resulted = ballot
        .facts
        .election
        .clone()
        .close(attendance(), papers)
        .and_then(Election::begin_count)
        .and_then(|election| election.compare_sheets(&counts))
        .and_then(Election::find_result)
        .map_err(fault)?;
    let outcome = resulted
        .resulted()
        .map(|resulted| resulted.outcome.clone())
        .ok_or_else(|| fault("no result"))?;
    ballot.facts.election = resulted
        .confirm(by("kiemphieu"), &outcome)
        .and_then(|election| election.confirm(by("chibo12"), &outcome))
        .and_then(|election| election.announce(hall.day))
        .map_err(fault)?;
    ballot.facts.sheets = counts.to_vec();
    let custody = Custody::new(hall.day)
        .seal(hall.day, "Đoàn chủ tịch đại hội")
        .map_err(fault)?;
    ballot.facts.custody = Some(custody);
    let elected = ballot.facts.elected();
    Ok((ballot, elected))
}
