//! Opinion and introduction ballots: R25, R59, §1.9.

use super::list::heard;
use super::*;
use crate::PersonId;
use crate::voting::list::{Nomination, Source};
use crate::voting::machine::{CardVote, Draft, Election, Listed};
use crate::voting::preliminary::{asked, need, sift};
use crate::voting::profile::DenominatorKind;

fn nomination(person: u128, source: Source, votes: Option<u32>) -> Nomination {
    Nomination {
        opinion: votes.map(|votes| heard(votes, 270)),
        ..Nomination::new(PersonId(person), source)
    }
}

/// Three are asked about: boxes for each.
fn opinion(votes: [(&[u8], u32); 3]) -> Case {
    let three = layout(BallotKind::AgreeDisagree, 3, 3);
    let mut case = Case::new(party(), "committee", three, 275);
    case.definition.purpose = Purpose::Opinion;
    case.attendance.present = 272;
    case.papers.issued = 272;
    for (agree, times) in votes {
        case = case.with(boxes(agree, &[]), times);
    }
    case
}

#[test]
fn r25_an_opinion_ballot_asks_for_thirty_percent_of_those_attending() {
    // 272 attend of 275 convened: 82 are needed, and 81 are too few.
    let mut case = opinion([(&[1, 2], 81), (&[1], 1), (&[3], 60)]);
    let outcome = case.count().unwrap();
    let lines: Vec<_> = outcome
        .lines
        .iter()
        .map(|line| (line.votes, line.passes))
        .collect();
    assert_eq!(lines, [(82, true), (81, false), (60, false)]);
    assert_eq!(outcome.need, 82);
    assert_eq!(outcome.denominator.kind, DenominatorKind::Present);
    assert_eq!(outcome.denominator.value, 272);
    assert_eq!(outcome.lines[0].basis_points, Some(3015));
    assert_eq!((outcome.elected, outcome.open), (vec![], 0));
    assert_eq!(outcome.next, []);
    // At a meeting the order is all there is.
    case.definition.office = office("standing_committee");
    let outcome = case.count().unwrap();
    assert_eq!(outcome.need, 0);
    assert!(outcome.lines.iter().all(|line| !line.passes));
}

#[test]
fn an_introduction_ballot_decides_nothing() {
    let mut case = opinion([(&[2], 200), (&[1, 2], 20), (&[3], 10)]);
    case.definition.purpose = Purpose::Introduction;
    case.definition.office = office("direct_secretary");
    let outcome = case.count().unwrap();
    assert_eq!(outcome.order, [no(2), no(1), no(3)]);
    assert_eq!((outcome.need, outcome.elected.len()), (0, 0));
    assert!(outcome.lines.iter().all(|line| !line.passes));
    assert_eq!(outcome.next, []);
}

#[test]
fn an_opinion_ballot_asks_about_outside_nominees_nobody_heard_about() {
    let nominations = [
        nomination(1, Source::Convening, None),
        nomination(2, Source::Own, None),
        nomination(3, Source::Floor(PersonId(1)), Some(90)),
    ];
    let who = asked(&party(), &office("committee"), &nominations).unwrap();
    assert_eq!(who.len(), 1);
    assert_eq!(who[0].person, PersonId(2));
    let nobody = asked(&party(), &office("committee"), &nominations[..1]);
    assert_eq!(nobody, Err(Refusal::NobodyToAsk));
    let cards = asked(&party(), &office("presidium"), &nominations);
    assert_eq!(cards.unwrap_err().code(), "E-VOT-25");
    assert_eq!(need(&party(), &office("committee"), 270), Some(82));
    assert_eq!(need(&party(), &office("secretary"), 270), None);
}

#[test]
fn names_are_taken_from_an_opinion_ballot_by_votes_as_far_as_there_is_room() {
    let mut list: Vec<Nomination> = (1..=17)
        .map(|id| nomination(id, Source::Convening, None))
        .collect();
    for (person, votes) in [(21, 81), (22, 120), (23, 90), (24, 90), (25, 200)] {
        list.push(nomination(person, Source::Own, Some(votes)));
    }
    let ids = |ids: &[u128]| -> Vec<PersonId> { ids.iter().copied().map(PersonId).collect() };
    // Nineteen names fit on a list for fifteen seats: two beside the seventeen.
    let sifted = sift(&party(), &office("committee"), 15, &list);
    assert_eq!(sifted.taken, ids(&[25, 22]));
    assert_eq!(sifted.too_few, ids(&[21]));
    assert_eq!(sifted.no_room, ids(&[23, 24]));
    assert_eq!(sifted.tied, ids(&[]));
    // Delegates' lists have no cap, so nobody is left out for want of room.
    let sifted = sift(&party(), &office("delegates"), 15, &list);
    assert_eq!((sifted.no_room, sifted.tied), (ids(&[]), ids(&[])));
    assert!(sifted.taken.contains(&PersonId(24)));
    // With room for three, two with equal votes are put to the congress.
    list.remove(0);
    let sifted = sift(&party(), &office("committee"), 15, &list);
    assert_eq!(sifted.taken, ids(&[25, 22]));
    assert_eq!(sifted.tied, ids(&[23, 24]));
    assert_eq!(sifted.no_room, ids(&[]));
    // Who is left out stands no longer, and is heard about all the same.
    list[16].left_out = true;
    assert!(!list[16].stands());
    // Whom nobody was asked about stays as is.
    list.push(nomination(30, Source::Own, None));
    let sifted = sift(&party(), &office("committee"), 15, &list);
    assert_eq!(sifted.taken, ids(&[25, 22]));
}

fn draft(purpose: Purpose) -> Draft {
    Draft {
        office: office("committee"),
        body: Body::DelegateCongress,
        purpose,
        round: 1,
    }
}

fn listed(purpose: Purpose, rows: u8) -> Listed {
    Listed {
        draft: draft(purpose),
        seats: rows,
        alternates: 0,
        rows: (1..=rows)
            .map(|number| crate::voting::list::Row {
                number: no(number),
                person: PersonId(number.into()),
                name: format!("Người {number}"),
                birth: None,
            })
            .collect(),
        number_vote: None,
        list_vote: None,
    }
}

#[test]
fn the_names_of_an_opinion_ballot_are_nobody_s_to_approve() {
    let rules = party();
    for (rows, kind) in [(3, BallotKind::AgreeDisagree), (1, BallotKind::SingleName)] {
        let printed = Election::Draft(draft(Purpose::Opinion))
            .approve_list(&rules, listed(Purpose::Opinion, rows), &[])
            .and_then(|election| election.print(&rules, None))
            .unwrap();
        let Election::Printed(printed) = printed else {
            panic!("{}", printed.state());
        };
        assert_eq!(printed.definition.layout.kind, kind);
    }
    // A list that elects takes raised cards.
    let mut elects = listed(Purpose::Election, 3);
    elects.number_vote = Some(CardVote {
        agree: 200,
        disagree: 0,
        abstain: 0,
    });
    assert_eq!(
        Election::Draft(draft(Purpose::Election)).approve_list(&rules, elects, &[]),
        Err(Refusal::DecisionNeeded)
    );
}

#[test]
fn nobody_is_ratified_who_was_not_elected() {
    let rules = party();
    let attendance = attending(Body::DelegateCongress, 20, &[]);
    let papers = Papers {
        printed: None,
        issued: 4,
        spoiled: 0,
        returned: 4,
    };
    let election = Election::Draft(draft(Purpose::Opinion))
        .approve_list(&rules, listed(Purpose::Opinion, 3), &[])
        .and_then(|election| election.print(&rules, None))
        .and_then(|election| election.open(rules.clone(), vec![]))
        .and_then(|election| election.close(attendance, papers))
        .and_then(Election::begin_count)
        .and_then(|election| election.compare(vec![boxes(&[1], &[2, 3]); 4]))
        .and_then(|election| election.rule(&[]))
        .and_then(Election::find_result)
        .unwrap();
    let seen = election.resulted().unwrap().outcome.clone();
    let day = crate::Day::of(2025, 1, 10).unwrap();
    let announced = election
        .confirm(crate::Actor("an".to_owned()), &seen)
        .and_then(|election| election.confirm(crate::Actor("binh".to_owned()), &seen))
        .and_then(|election| election.announce(day))
        .unwrap();
    let refused = announced.ratify(day, "15-QĐ/ĐU").unwrap_err();
    assert_eq!(refused.code(), "E-VOT-01");
}
