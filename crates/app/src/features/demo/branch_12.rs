//! Khuê Trung, branch 12: an opinion ballot on somebody who stands on his own
//! account found too little support; two were tied for the committee's last seat,
//! and a ballot of those two chose between them; the list for secretary is
//! approved and its ballots are handed out, ready to be counted.

use std::collections::BTreeSet;

use plenum_rules::congress::{Contents, Form};
use plenum_rules::voting::attendance::Attendance;
use plenum_rules::voting::chain::{Chain, Occasion};
use plenum_rules::voting::count::{Decision, Papers, Purpose, Sheet};
use plenum_rules::voting::custody::Custody;
use plenum_rules::voting::list::{Nomination, Person, Source};
use plenum_rules::voting::machine::{CardVote, Draft, Election, Listed, SheetCount};
use plenum_rules::voting::preliminary::{Held, Opinion};
use plenum_rules::voting::profile::{Body, CriterionCode, ElectionRules, Office, Shape};
use plenum_rules::{Actor, Day, ElectionId, PersonId};
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
/// The accounts that count.
const COUNTERS: [&str; 2] = ["kiemphieu", "chibo12"];
/// What the committee's ballots said: valid 27, votes by place on the list; two are
/// tied for the third seat.
const VOTES: [u32; 4] = [25, 18, 20, 18];
/// What the ballot of those two said: valid 27.
const RUN_OFF: [u32; 2] = [15, 12];
/// Who stands on his own account, by place among the people.
const OUTSIDER: usize = 10;
/// What the opinion ballot said: too few of 28, of whom 9 are needed.
const OPINIONS: (u32, u32) = (7, 20);

/// Every card raised for it.
const ALL: CardVote = CardVote {
    agree: MEMBERS,
    disagree: 0,
    abstain: 0,
};

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
        .map(|person| Nomination::new(person.id, Source::Convening));
    first.facts.nominations.extend(listed);
    let asked = opinions_heard(stage, season, &hall, &mut first).await?;
    let first = committee_elected(stage, season, &hall, first).await?;
    let again = tied_vote(stage, season, &hall, &first).await?;
    let elected = [first.facts.elected(), again.facts.elected()].concat();
    let chain = hall.chain.clone();
    hall.chain = chain
        .further_ballot(rules, &committee)
        .and_then(|chain| chain.finish(&committee, &elected, 0))
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
    let mut second = begin(season, unit, (4, &secretary), rules, 1);
    let chosen = elected.first().ok_or_else(|| fault("nobody elected"))?;
    let chosen = Nomination::new(*chosen, Source::Convening);
    second.facts.nominations.push(chosen);
    let second = handed_out(stage, season, &hall, second, None).await?;
    let now = stage.cx.now;
    voting::save_hall(&mut stage.cx.tx, &first.convocation(), &hall, now).await?;
    for mut ballot in [first, asked, again, second] {
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
            helper: (23..25).contains(&number),
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
        meeting: None,
        corrections: Vec::new(),
        committees: Vec::new(),
        confirmed: BTreeSet::new(),
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
        called: 1,
        place,
        office: office.0.clone(),
        purpose: "election".to_owned(),
        round: 1,
        state: String::new(),
        rules: rules.clone(),
        facts: Facts::begin(draft, seats, Vec::new()),
    }
}

/// The paper printed for the list as it is, handed out; a list that elects is
/// approved by all cards.
async fn handed_out(
    stage: &mut Stage<'_>,
    season: &Season,
    hall: &Hall,
    mut ballot: Ballot,
    number_vote: Option<CardVote>,
) -> Result<Ballot> {
    let draft = ballot
        .facts
        .draft()
        .cloned()
        .ok_or_else(|| fault("no draft"))?;
    let elects = draft.purpose.elects();
    let findings = ballot
        .facts
        .findings(&ballot.rules, hall, &draft)
        .map_err(fault)?;
    let listed = Listed {
        rows: ballot.facts.draft_list(hall, &draft).rows(),
        draft,
        seats: u8::try_from(ballot.facts.seats).map_err(fault)?,
        alternates: 0,
        number_vote,
        list_vote: elects.then_some(ALL),
    };
    let units = ["Đảng bộ phường Khuê Trung", "Chi bộ 12"];
    let level = plenum_rules::org::Level("branch".to_owned());
    let term = season.term(&level).map(ToString::to_string);
    let paper = ballot_paper::paper(
        (&units, term.as_deref()),
        ballot_paper::Kind {
            below_grassroots: true,
            by_election: false,
        },
        &ballot,
        &listed,
    );
    let paper = ballot_paper::printed(paper, ballot.id).await?;
    let counts = |one: &&Person| if elects { one.teller } else { one.helper };
    let people = hall.people.iter().filter(counts);
    let tellers: Vec<PersonId> = people.map(|one| one.id).collect();
    let listed_people = listed.rows.iter().map(|row| row.person);
    let on_paper: Vec<PersonId> = listed_people.chain(tellers.iter().copied()).collect();
    ballot.facts.keep_people(hall, on_paper);
    ballot.facts.counters = COUNTERS.map(by).to_vec();
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

fn by(who: &str) -> Actor {
    Actor(who.to_owned())
}

/// Counted on two sheets, confirmed by two, announced.
fn announced(hall: &Hall, ballot: &mut Ballot, sheet: Sheet) -> Result<()> {
    let papers = Papers {
        printed: None,
        issued: MEMBERS,
        spoiled: 0,
        returned: MEMBERS,
    };
    let counts = COUNTERS.map(|who| SheetCount {
        by: by(who),
        piles: [(1, sheet.clone())].into(),
    });
    let mut election = ballot
        .facts
        .election
        .clone()
        .close(attendance(), papers)
        .and_then(Election::begin_count)
        .and_then(|election| election.compare_sheets(&counts))
        .and_then(Election::find_result)
        .map_err(fault)?;
    let unconfirmed = election
        .resulted()
        .map_or_else(Vec::new, |resulted| resulted.outcome.unconfirmed.clone());
    for number in unconfirmed {
        let decision = Decision::Confirm(number.field);
        election = election.decide(decision).map_err(fault)?;
    }
    let outcome = election
        .resulted()
        .map(|resulted| resulted.outcome.clone())
        .ok_or_else(|| fault("no result"))?;
    ballot.facts.election = election
        .confirm(by(COUNTERS[0]), &outcome)
        .and_then(|election| election.confirm(by(COUNTERS[1]), &outcome))
        .and_then(|election| election.announce(hall.day))
        .map_err(fault)?;
    ballot.facts.sheets = counts.to_vec();
    Ok(())
}

/// The opinion ballot before the committee's list: who stands on his own account
/// is left out.
async fn opinions_heard(
    stage: &mut Stage<'_>,
    season: &Season,
    hall: &Hall,
    list: &mut Ballot,
) -> Result<Ballot> {
    let outsider = hall.people.get(OUTSIDER).ok_or_else(|| fault("nobody"))?;
    let mut nomination = Nomination::new(outsider.id, Source::Own);
    let office = Office(list.office.clone());
    let mut asked = begin(season, list.unit, (2, &office), &list.rules, 1);
    "opinion".clone_into(&mut asked.purpose);
    if let Election::Draft(draft) = &mut asked.facts.election {
        draft.purpose = Purpose::Opinion;
    }
    asked.facts.serves = Some(ElectionId(list.id));
    asked.facts.nominations.push(nomination.clone());
    let mut asked = handed_out(stage, season, hall, asked, None).await?;
    let (votes, against) = OPINIONS;
    let sheet = Sheet {
        ballots: MEMBERS,
        valid: votes + against,
        invalid: [(CriterionCode("I4".to_owned()), MEMBERS - votes - against)].into(),
        votes: vec![votes],
        against: vec![against],
    };
    announced(hall, &mut asked, sheet)?;
    let custody = Custody::of_nobody(hall.day, hall.day);
    asked.facts.custody = Some(
        custody
            .seal(hall.day, "Đoàn chủ tịch đại hội")
            .map_err(fault)?,
    );
    nomination.opinion = Some(Opinion {
        votes,
        attending: MEMBERS,
        held: Held::Here(ElectionId(asked.id)),
    });
    nomination.left_out = true;
    list.facts.nominations.push(nomination);
    Ok(asked)
}

/// The committee is elected, its ballots sealed.
async fn committee_elected(
    stage: &mut Stage<'_>,
    season: &Season,
    hall: &Hall,
    ballot: Ballot,
) -> Result<Ballot> {
    let mut ballot = handed_out(stage, season, hall, ballot, Some(ALL)).await?;
    let sheet = Sheet {
        ballots: MEMBERS,
        valid: MEMBERS - 1,
        invalid: [(CriterionCode("I2".to_owned()), 1)].into(),
        votes: VOTES.to_vec(),
        against: Vec::new(),
    };
    announced(hall, &mut ballot, sheet)?;
    ballot.facts.custody = Some(sealed(hall)?);
    Ok(ballot)
}

/// Its ballots, sealed on the day of the vote.
fn sealed(hall: &Hall) -> Result<Custody> {
    let custody = Custody::new(hall.day, hall.day);
    custody
        .seal(hall.day, "Đoàn chủ tịch đại hội")
        .map_err(fault)
}

/// Those tied for the committee's last seat: the most votes are enough.
async fn tied_vote(
    stage: &mut Stage<'_>,
    season: &Season,
    hall: &Hall,
    first: &Ballot,
) -> Result<Ballot> {
    let resulted = first.facts.election.resulted();
    let resulted = resulted.ok_or_else(|| fault("no result"))?;
    let tie = resulted.outcome.tie.as_ref();
    let tie = tie.ok_or_else(|| fault("nobody is tied"))?;
    let office = Office(first.office.clone());
    let mut ballot = begin(season, first.unit, (3, &office), &first.rules, tie.seats);
    "run_off".clone_into(&mut ballot.purpose);
    ballot.round = 2;
    if let Election::Draft(draft) = &mut ballot.facts.election {
        draft.purpose = Purpose::RunOff;
        draft.round = 2;
    }
    let rows = &resulted.ruled.closed.open.paper.listed.rows;
    let tied = rows.iter().filter(|row| tie.tied.contains(&row.number));
    let tied = tied.map(|row| Nomination::new(row.person, Source::Convening));
    ballot.facts.nominations.extend(tied);
    let mut ballot = handed_out(stage, season, hall, ballot, None).await?;
    let sheet = Sheet {
        ballots: MEMBERS,
        valid: MEMBERS - 1,
        invalid: [(CriterionCode("I2".to_owned()), 1)].into(),
        votes: RUN_OFF.to_vec(),
        against: Vec::new(),
    };
    announced(hall, &mut ballot, sheet)?;
    ballot.facts.custody = Some(sealed(hall)?);
    Ok(ballot)
}
