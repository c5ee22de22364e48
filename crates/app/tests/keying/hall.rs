//! A congress with a ballot to count: names, papers returned, people at the
//! count.

use std::collections::BTreeSet;

use plenum_app::shell::election_rules;
use plenum_app::shell::elections::{Ballot, Facts, Hall as Elections};
use plenum_rules::access::Role;
use plenum_rules::congress::{Contents, Form};
use plenum_rules::voting::attendance::Attendance;
use plenum_rules::voting::ballot::Number;
use plenum_rules::voting::chain::{Chain, Occasion};
use plenum_rules::voting::count::{Decision, Papers, Purpose};
use plenum_rules::voting::custody::Custody;
use plenum_rules::voting::list::Row;
use plenum_rules::voting::machine::{CardVote, Draft, Election, Listed};
use plenum_rules::voting::profile::{Body, ElectionRules, Office, Shape};
use plenum_rules::{Actor, Day, PersonId};
use plenum_store::db::new_id;
use plenum_store::voting;
use plenum_testkit::{Client, Hall, Plot, Scratch, season, unit};

pub const TODAY: &str = "2025-03-14";
pub const SEASON: &str = "th-2025";

/// A hall of the test with its ballot.
pub struct Count {
    pub hall: Hall,
    pub id: u128,
}

impl Count {
    /// A strike-out list of so many names for so many seats, with so many
    /// papers taken from the box.
    pub async fn of(scratch: &Scratch, names: u8, seats: u8, returned: u32) -> Self {
        Self::on(
            scratch,
            plenum_testkit::day(TODAY),
            (names, seats),
            returned,
        )
        .await
    }

    /// The same on a day: a server of its own has its own clock.
    pub async fn on(
        scratch: &Scratch,
        today: Day,
        (names, seats): (u8, u8),
        returned: u32,
    ) -> Self {
        let hall = Hall::new(&scratch.db, today);
        let id = new_id();
        let election = counting(names, seats, returned);
        hall.set_up(async |tx| {
            Plot::small(today.plus(-900)).save(tx).await;
            season(
                tx,
                SEASON,
                unit("HB"),
                today.plus(-90),
                &["grassroots", "branch"],
            )
            .await;
            let rules = election_rules::all()
                .iter()
                .find(|rules| rules.id == "vn-party-190")
                .unwrap()
                .clone();
            let mut facts = Facts::begin(draft(), u32::from(seats), Vec::new());
            facts.election = election;
            let ballot = Ballot {
                id,
                season: plenum_rules::SeasonId::new(SEASON).unwrap(),
                unit: unit("TH-01"),
                called: 1,
                place: 1,
                office: "branch_committee".to_owned(),
                purpose: "election".to_owned(),
                round: 1,
                state: facts.election.state().to_owned(),
                rules,
                facts,
            };
            voting::save(tx, &ballot, 0).await.unwrap();
            let elections = elections(today, returned);
            voting::save_hall(tx, &ballot.convocation(), &elections, 0)
                .await
                .unwrap();
        })
        .await;
        Self { hall, id }
    }

    /// Somebody of the counting committee.
    pub async fn teller(&self, login: &str) -> Client {
        let teller = self
            .hall
            .person(login, Role::Teller, Some(unit("TH-01")))
            .await;
        // The page's script sends the secret of its forms.
        teller.with_header("x-csrf-token", &format!("csrf-{login}"))
    }

    /// Whoever runs the election.
    pub async fn chair(&self) -> Client {
        self.hall
            .person("chair", Role::UnitSecretary, Some(unit("TH-01")))
            .await
    }

    /// An address of the ballot.
    pub fn at(&self, rest: &str) -> String {
        format!("/s/{SEASON}/elections/{:032x}{rest}", self.id)
    }

    /// Confirmed by two people, and the hall heard it.
    pub async fn announce(&self) {
        let mut ballot = self.ballot().await;
        let by = |who: &str| Actor(who.to_owned());
        let mut election = ballot.facts.election.clone();
        let unconfirmed = election.resulted().unwrap().outcome.unconfirmed.clone();
        for one in unconfirmed {
            election = election.decide(Decision::Confirm(one.field)).unwrap();
        }
        let seen = election.resulted().unwrap().outcome.clone();
        let day = plenum_testkit::day(TODAY);
        ballot.facts.election = election
            .confirm(by("an"), &seen)
            .and_then(|election| election.confirm(by("binh"), &seen))
            .and_then(|election| election.announce(day))
            .unwrap();
        // The congress leaves open what is open.
        let election = ballot.facts.election.clone();
        ballot.facts.election = election.clone().decide(Decision::Stop).unwrap_or(election);
        ballot.facts.custody = Some(Custody::new(day, day));
        ballot.state = ballot.facts.election.state().to_owned();
        self.hall
            .set_up(async |tx| voting::save(tx, &ballot, 0).await.unwrap())
            .await;
    }

    /// The same papers as a ranked list for one seat.
    pub async fn make_ranked(&self) {
        let mut ballot = self.ballot().await;
        let rules = election_rules::all()
            .iter()
            .find(|rules| rules.id == "association")
            .unwrap();
        let rules = ElectionRules {
            // The office of the chain, counted as an association does.
            offices: ballot.rules.offices.clone(),
            denominators: ballot.rules.denominators.clone(),
            ..rules.clone()
        };
        let closed = ballot.facts.election.closed().unwrap().clone();
        let listed = Listed {
            seats: 1,
            ..closed.open.paper.listed
        };
        ballot.facts.election = Election::Draft(draft())
            .approve_list(&rules, listed, &[])
            .unwrap()
            .print(&rules, None)
            .unwrap()
            .open(rules.clone(), Vec::new())
            .unwrap()
            .close(closed.attendance, closed.papers)
            .unwrap()
            .begin_count()
            .unwrap();
        self.hall
            .set_up(async |tx| voting::save(tx, &ballot, 0).await.unwrap())
            .await;
    }

    /// The ballot as it is stored.
    pub async fn ballot(&self) -> Ballot {
        let mut tx = self.hall.app.db.read().await.unwrap();
        voting::load::<Facts>(&mut tx, self.id)
            .await
            .unwrap()
            .unwrap()
    }
}

/// The elections the ballot is one of.
fn elections(today: Day, convened: u32) -> Elections {
    let rules = election_rules::all()
        .iter()
        .find(|rules| rules.id == "vn-party-190")
        .unwrap();
    let occasion = Occasion {
        shape: Shape::Branch,
        form: Form::Members,
        contents: Contents::FOUR,
        official_members: convened.max(9),
        trial: false,
    };
    Elections {
        day: today,
        rules: rules.id.clone(),
        chain: Chain::plan(rules, &occasion).unwrap(),
        occasion,
        people: Vec::new(),
        attendance: vec![Attendance {
            body: Body::MemberCongress,
            convened: convened + 1,
            present: convened,
            groups: Vec::new(),
        }],
        meeting: None,
        corrections: Vec::new(),
        committees: Vec::new(),
        confirmed: BTreeSet::new(),
    }
}

fn draft() -> Draft {
    Draft {
        office: Office("branch_committee".to_owned()),
        body: Body::MemberCongress,
        purpose: Purpose::Election,
        round: 1,
    }
}

fn counting(names: u8, seats: u8, returned: u32) -> Election {
    let rules = election_rules::all()
        .iter()
        .find(|rules| rules.id == "vn-party-190")
        .unwrap();
    let vote = CardVote {
        agree: returned,
        disagree: 0,
        abstain: 0,
    };
    let rows = (1..=names).map(|number| Row {
        number: Number::new(number).unwrap(),
        person: PersonId(number.into()),
        name: format!("Nguyễn Văn Số {number}"),
        birth: None,
    });
    let listed = Listed {
        draft: draft(),
        seats,
        alternates: 0,
        rows: rows.collect(),
        number_vote: Some(vote),
        list_vote: Some(vote),
    };
    let attendance = Attendance {
        body: Body::MemberCongress,
        convened: returned,
        present: returned,
        groups: Vec::new(),
    };
    let papers = Papers {
        printed: Some(returned),
        issued: returned,
        spoiled: 0,
        returned,
    };
    Election::Draft(draft())
        .approve_list(rules, listed, &[])
        .unwrap()
        .print(rules, Some(returned))
        .unwrap()
        .open(rules.clone(), Vec::new())
        .unwrap()
        .close(attendance, papers)
        .unwrap()
        .begin_count()
        .unwrap()
}
