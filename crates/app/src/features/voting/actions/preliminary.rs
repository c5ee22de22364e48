//! Ballots before the list is closed: opinions on nominees from outside (R25,
//! R59), and the introduction before a direct election. Nobody is elected in
//! them; once announced, what they say goes where it is needed.

use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::count::Purpose;
use plenum_rules::voting::list::{Nomination, may_be_voted};
use plenum_rules::voting::machine::{Draft, Election, Listed};
use plenum_rules::voting::preliminary::{self, Held, Opinion};
use plenum_rules::voting::profile::{Body, Office};
use plenum_rules::{ElectionId, PersonId};
use plenum_store::voting;
use serde_json::json;

use super::hall::{self, At, add_ballot, ballots_of};
use super::{Of, confirmed, hall_of, load, permitted, save, step};
use crate::shell::elections::{Ballot, Facts, Hall, elects, under_way};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// Whether an opinion ballot on this list is on its way.
///
/// # Errors
/// The database's.
pub async fn is_asked(cx: &mut Cx, ballot: &Ballot) -> Result<bool> {
    let ballots = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
    Ok(serving(&ballots, ballot).any(under_way))
}

/// Whether an opinion ballot on this list whose names are closed is about
/// somebody, and not void.
///
/// # Errors
/// The database's.
pub async fn is_asked_about(cx: &mut Cx, ballot: &Ballot, person: PersonId) -> Result<bool> {
    let ballots = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
    let about = serving(&ballots, ballot).any(|other| other.facts.has_listed(person));
    Ok(about)
}

/// The opinion ballots on this list.
pub fn serving<'a>(ballots: &'a [Ballot], list: &'a Ballot) -> impl Iterator<Item = &'a Ballot> {
    let of = ElectionId(list.id);
    ballots
        .iter()
        .filter(move |other| other.facts.serves == Some(of))
}

/// How many ballots of a purpose an office has had, the one to come included.
fn round(ballots: &[Ballot], office: &Office, purpose: Purpose) -> u8 {
    let code = hall::purpose_code(purpose);
    let before = ballots.iter().filter(|other| {
        let void = other.facts.election.is_void();
        other.office == office.0 && other.purpose == code && !void
    });
    u8::try_from(before.count() + 1).unwrap_or(u8::MAX)
}

/// The list an opinion ballot is to serve, while it is made.
async fn list_of(cx: &mut Cx, of: &Of, verb: &'static str) -> Result<(Ballot, Draft)> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    match &ballot.facts.election {
        Election::Draft(draft) if draft.purpose.elects() => {
            let draft = draft.clone();
            Ok((ballot, draft))
        }
        other => Err(other.not_now(verb).into()),
    }
}

/// Opens an opinion ballot on the nominees from outside nobody was asked about
/// yet (R59).
///
/// # Errors
/// `E-VOT-01` once the list is approved or while such a ballot is on its way;
/// `E-VOT-25` for an office without; `E-VOT-48` where nobody is left to ask
/// about.
pub async fn ask(cx: &mut Cx, of: &Of) -> Result<u128> {
    let (list, draft) = list_of(cx, of, "ask").await?;
    hall_of(cx, &list).await?.chain.goes_on()?;
    let asked = preliminary::asked(&list.rules, &draft.office, &list.facts.nominations)?;
    let ballots = ballots_of(&mut cx.tx, &list.convocation()).await?;
    if let Some(open) = serving(&ballots, &list).find(|other| under_way(other)) {
        return Err(open.facts.election.not_now("ask").into());
    }
    let draft = Draft {
        purpose: Purpose::Opinion,
        round: round(&ballots, &draft.office, Purpose::Opinion),
        ..draft
    };
    let seats = u32::try_from(asked.len()).unwrap_or(u32::MAX);
    let facts = Facts {
        serves: Some(ElectionId(list.id)),
        ..Facts::begin(draft, seats, asked)
    };
    add_ballot(cx, list.convocation(), list.rules, facts).await
}

/// Opens the introduction ballot before a direct election.
///
/// # Errors
/// As the chain's `may_introduce`; `E-VOT-01` while one is on its way;
/// `E-VOT-91`.
pub async fn introduce(cx: &mut Cx, at: &At, office: &Office) -> Result<u128> {
    let (subject, elections) = hall::permitted(cx, at, Permission::RunElection).await?;
    elections.chain.may_introduce(office)?;
    hall::over_before(cx, &subject, office).await?;
    let rules = elections
        .rules()
        .ok_or_else(|| Problem::refused("E-VOT-91"))?
        .clone();
    let rule = rules.office(office).ok_or_else(|| {
        Problem::from(Refusal::NoSuchElection {
            office: office.clone(),
        })
    })?;
    let ballots = ballots_of(&mut cx.tx, &subject.convocation()).await?;
    if let Some(open) = introducing(&ballots, office) {
        return Err(open.facts.election.not_now("introduce").into());
    }
    let draft = Draft {
        office: office.clone(),
        body: Body::of(rule.elected_by, elections.occasion.form),
        purpose: Purpose::Introduction,
        round: round(&ballots, office, Purpose::Introduction),
    };
    let facts = Facts::begin(draft, 1, Vec::new());
    add_ballot(cx, subject.convocation(), rules, facts).await
}

/// The introduction ballot of an office that is on its way.
pub fn introducing<'a>(ballots: &'a [Ballot], office: &Office) -> Option<&'a Ballot> {
    ballots.iter().find(|other| {
        other.office == office.0 && other.purpose == "introduction" && under_way(other)
    })
}

/// The names of an opinion or introduction ballot are closed, and it can be
/// printed. Nobody votes on them by cards; those of an opinion ballot are the
/// nominees its list has now.
///
/// # Errors
/// `E-VOT-01`; `E-VOT-35` where somebody may not stand; `E-VOT-48` without a
/// name; `E-VOT-41`.
pub async fn close_names(cx: &mut Cx, of: &Of, ticked: &[String]) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    let draft = match &ballot.facts.election {
        Election::Draft(draft) if !draft.purpose.elects() => draft.clone(),
        _ => return Err(ballot.facts.election.not_now("close_names").into()),
    };
    if draft.purpose == Purpose::Opinion {
        let list = served(cx, &ballot).await?;
        let list = list.filter(|list| matches!(list.facts.election, Election::Draft(_)));
        let list = list.ok_or_else(|| ballot.facts.election.not_now("close_names"))?;
        ballot.facts.nominations =
            preliminary::asked(&ballot.rules, &draft.office, &list.facts.nominations)?;
    }
    if ballot.facts.nominations.is_empty() {
        return Err(Refusal::NobodyToAsk.into());
    }
    let hall = hall_of(cx, &ballot).await?;
    hall.chain.goes_on()?;
    let rows = ballot.facts.draft_list(&hall, &draft).rows();
    ballot.facts.seats = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let findings = ballot.facts.findings(&ballot.rules, &hall, &draft)?;
    may_be_voted(&findings)?;
    let decided = ballot.facts.decided_by(&ballot.rules, &hall, &draft)?;
    let listed = Listed {
        draft,
        seats: u8::try_from(rows.len()).map_err(|_| Refusal::TooLarge)?,
        alternates: 0,
        rows,
        number_vote: None,
        list_vote: None,
    };
    let rules = ballot.rules.clone();
    let people = listed.rows.iter().map(|row| row.person);
    ballot.facts.keep_people(&hall, people);
    confirmed::confirm(cx, &mut ballot, decided, ticked).await?;
    let detail = json!({"names": listed.rows.len()});
    step(&mut ballot, |election| {
        election.approve_list(&rules, listed, &findings)
    })?;
    save(cx, &mut ballot, ("election.names_closed", detail)).await
}

/// The ballot whose list an opinion ballot serves.
async fn served(cx: &mut Cx, ballot: &Ballot) -> Result<Option<Ballot>> {
    let Some(ElectionId(id)) = ballot.facts.serves else {
        return Ok(None);
    };
    let of = Of {
        season: ballot.season.as_str().to_owned(),
        id,
    };
    Ok(Some(load(&mut cx.tx, &of).await?))
}

/// Figures of an opinion ballot that was counted on paper.
#[derive(Clone, Debug)]
pub struct OnPaper {
    /// People attending then.
    pub attending: u32,
    /// Votes, by nominee.
    pub votes: Vec<(PersonId, u32)>,
    /// What says so.
    pub source: String,
}

/// Notes what an opinion ballot counted on paper said.
///
/// # Errors
/// `E-VOT-01` once the list is approved or while such a ballot is on its way;
/// `E-VOT-30` without a source; `E-VOT-06` for more votes than people;
/// `E-VOT-68` for somebody who is no nominee from outside, or about whom a
/// ballot was held here; `E-VOT-98` without a figure.
pub async fn heard(cx: &mut Cx, of: &Of, paper: OnPaper) -> Result<()> {
    let (mut list, draft) = list_of(cx, of, "heard").await?;
    if is_asked(cx, &list).await? {
        return Err(list.facts.election.not_now("heard").into());
    }
    let held = Held::on_paper(&paper.source)?;
    let convened = hall_of(cx, &list).await?.attendance(draft.body).convened;
    let too_many = |found: u32, limit: u32| Refusal::AttendanceDoesNotAddUp { found, limit };
    if paper.attending > convened {
        return Err(Problem::from(too_many(paper.attending, convened)).at("attending"));
    }
    if paper.attending == 0 {
        return Err(Problem::field("E-VOT-98", "attending"));
    }
    if paper.votes.is_empty() {
        return Err(Problem::field("E-VOT-98", "heard"));
    }
    for (person, votes) in &paper.votes {
        if *votes > paper.attending {
            return Err(Problem::from(too_many(*votes, paper.attending)).at("heard"));
        }
        let mut nominations = list.facts.nominations.iter_mut();
        let nomination = nominations
            .find(|one| one.person == *person && may_be_typed(one))
            .ok_or_else(|| Problem::field("E-VOT-68", "heard"))?;
        nomination.opinion = Some(Opinion {
            votes: *votes,
            attending: paper.attending,
            held: held.clone(),
        });
    }
    let detail = json!({
        "attending": paper.attending,
        "votes": paper.votes,
        "source": paper.source,
    });
    save(cx, &mut list, ("election.opinion_on_paper", detail)).await
}

/// Whether figures from paper may be noted for a nominee: not over those of a
/// ballot held here.
#[must_use]
pub fn may_be_typed(nomination: &Nomination) -> bool {
    nomination.source.is_outside() && nomination.stands() && !was_asked(nomination)
}

/// Whether a ballot held here was about the nominee.
#[must_use]
pub fn was_asked(nomination: &Nomination) -> bool {
    let held = nomination.opinion.as_ref().map(|opinion| &opinion.held);
    matches!(held, Some(Held::Here(_)))
}

/// Those an opinion ballot leaves no place on the list are left out: too few
/// support them (R25), or the list is full before them (Điều 14.3).
///
/// # Errors
/// `E-VOT-01` once the list is approved, or where there is nobody to leave out;
/// `E-VOT-41`.
pub async fn sift(cx: &mut Cx, of: &Of, ticked: &[String]) -> Result<()> {
    let (mut list, draft) = list_of(cx, of, "sift").await?;
    let facts = &list.facts;
    let sifted = preliminary::sift(&list.rules, &draft.office, facts.seats, &facts.nominations);
    let out: Vec<PersonId> = [&sifted.too_few[..], &sifted.no_room].concat();
    if out.is_empty() {
        return Err(list.facts.election.not_now("sift").into());
    }
    confirmed::confirm(cx, &mut list, sifted.decided_by.list(), ticked).await?;
    for nomination in &mut list.facts.nominations {
        nomination.left_out |= out.contains(&nomination.person);
    }
    let detail = json!({"too_few": sifted.too_few, "no_room": sifted.no_room});
    save(cx, &mut list, ("election.sifted", detail)).await
}

/// What an announced ballot says goes where it is needed: opinions onto the
/// list, the introduction into the chain.
///
/// # Errors
/// As the chain's `introduce`.
pub async fn flow_back(cx: &mut Cx, ballot: &Ballot, mut hall: Hall) -> Result<()> {
    let held = Held::Here(ElectionId(ballot.id));
    if ballot.purpose == "introduction" {
        let office = Office(ballot.office.clone());
        hall.chain = hall.chain.introduce(&office, held)?;
        voting::save_hall(&mut cx.tx, &ballot.convocation(), &hall, cx.now).await?;
        return Ok(());
    }
    let Some(mut list) = served(cx, ballot).await? else {
        return Ok(());
    };
    let Some(resulted) = ballot.facts.election.resulted() else {
        return Ok(());
    };
    let closed = &resulted.ruled.closed;
    let rows = &closed.open.paper.listed.rows;
    for (row, line) in rows.iter().zip(&resulted.outcome.lines) {
        let mut nominations = list.facts.nominations.iter_mut();
        if let Some(nomination) = nominations.find(|one| one.person == row.person) {
            nomination.opinion = Some(Opinion {
                votes: u32::try_from(line.votes).unwrap_or(u32::MAX),
                attending: closed.attendance.present,
                held: held.clone(),
            });
        }
    }
    let detail = json!({"ballot": ElectionId(ballot.id)});
    save(cx, &mut list, ("election.opinion_heard", detail)).await
}

/// Whether what an opinion or introduction ballot says has been built on: the
/// list it serves, or that of the election it came before, is approved.
///
/// # Errors
/// The database's.
pub async fn is_built_on(cx: &mut Cx, ballot: &Ballot, hall: &Hall) -> Result<bool> {
    if !matches!(ballot.facts.election, Election::Announced(_)) {
        return Ok(false);
    }
    if ballot.purpose == "introduction" {
        let office = Office(ballot.office.clone());
        let held = Held::Here(ElectionId(ballot.id));
        let counts = hall
            .chain
            .step(&office)
            .and_then(|step| step.introduced.as_ref());
        let ballots = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
        let begun = |other: &Ballot| {
            let list = matches!(
                other.facts.election,
                Election::Draft(_) | Election::Annulled(_)
            );
            other.office == ballot.office && elects(other) && !list
        };
        return Ok(counts == Some(&held) && ballots.iter().any(begun));
    }
    let list = served(cx, ballot).await?;
    let open = |list: &Ballot| {
        matches!(
            list.facts.election,
            Election::Draft(_) | Election::Annulled(_)
        )
    };
    Ok(!list.as_ref().is_some_and(open))
}

/// An announced ballot is void: what it said is taken back. Answers the lists that
/// were being made on an introduction.
///
/// # Errors
/// `E-VOT-01` where the election it came before has begun.
pub async fn take_back(cx: &mut Cx, ballot: &Ballot, mut hall: Hall) -> Result<Vec<Ballot>> {
    if ballot.purpose == "introduction" {
        let office = Office(ballot.office.clone());
        let ballots = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
        let list = |other: &Ballot| {
            let draft = matches!(other.facts.election, Election::Draft(_));
            other.office == ballot.office && elects(other) && draft
        };
        let lists: Vec<Ballot> = ballots.into_iter().filter(list).collect();
        if !lists.is_empty() {
            hall.chain = hall.chain.drop_ballot(&office)?;
        }
        hall.chain = hall.chain.introduce_again(&office)?;
        voting::save_hall(&mut cx.tx, &ballot.convocation(), &hall, cx.now).await?;
        return Ok(lists);
    }
    let Some(mut list) = served(cx, ballot).await? else {
        return Ok(Vec::new());
    };
    let held = Held::Here(ElectionId(ballot.id));
    for nomination in &mut list.facts.nominations {
        if nomination
            .opinion
            .as_ref()
            .is_some_and(|opinion| opinion.held == held)
        {
            nomination.opinion = None;
            nomination.left_out = false;
        }
    }
    let detail = json!({"ballot": ElectionId(ballot.id)});
    save(cx, &mut list, ("election.opinion_void", detail)).await?;
    Ok(Vec::new())
}
