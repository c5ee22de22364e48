//! Tally sheets, a sheet for each pile (R17, R18, R51).

use super::machine::counting;
use super::*;
use crate::Actor;
use crate::voting::count::Sheet;
use crate::voting::machine::{Counting, Differing, Election, SheetCount, drop_sheets};

fn open() -> Counting {
    match counting(18) {
        Election::Counting(counting) => *counting,
        other => panic!("{}", other.state()),
    }
}

fn actor(name: &str) -> Actor {
    Actor(name.to_owned())
}

fn sheet(ballots: u32, votes: [u32; 4]) -> Sheet {
    Sheet {
        ballots,
        valid: ballots,
        invalid: [].into(),
        votes: votes.to_vec(),
        against: vec![],
    }
}

/// A count of piles from 1.
fn hand_in(counts: &mut Vec<SheetCount>, who: &str, piles: &[Sheet]) {
    for (pile, sheet) in (1..).zip(piles) {
        open()
            .hand_in(counts, &actor(who), (pile, sheet.clone()))
            .unwrap();
    }
}

#[test]
fn the_piles_of_a_count_add_up_to_the_ballots_returned() {
    let mut counts = Vec::new();
    hand_in(&mut counts, "an", &[sheet(10, [10, 10, 9, 1])]);
    let over = open().hand_in(&mut counts, &actor("an"), (2, sheet(9, [0; 4])));
    assert_eq!(
        over,
        Err(Refusal::PapersDoNotAddUp {
            returned: 18,
            counted: 19
        })
    );
    let empty = open().hand_in(&mut counts, &actor("an"), (2, sheet(0, [0; 4])));
    assert_eq!(empty.unwrap_err().code(), "E-VOT-04");
    let many = open().hand_in(&mut counts, &actor("an"), (2, sheet(8, [9, 0, 0, 0])));
    assert_eq!(many.unwrap_err().code(), "E-VOT-05");
    let mut unknown = sheet(8, [0; 4]);
    unknown.valid = 7;
    unknown.invalid = [(criterion("I99"), 1)].into();
    let unknown = open().hand_in(&mut counts, &actor("an"), (2, unknown));
    assert_eq!(unknown.unwrap_err().code(), "E-VOT-15");
    let beyond = open().hand_in(&mut counts, &actor("an"), (201, sheet(8, [0; 4])));
    assert_eq!(beyond, Err(Refusal::Beyond { limit: 200 }));
    assert_eq!(counts[0].ballots(), 10, "a refusal changes nothing");
    assert!(!open().is_complete(&counts[0]));
    // The same sheet sent twice is one; another takes its place only once it was
    // taken out with a reason.
    hand_in(&mut counts, "an", &[sheet(10, [10, 10, 9, 1])]);
    assert_eq!(counts[0].ballots(), 10);
    let whole = sheet(18, [18, 18, 17, 1]);
    let again = open().hand_in(&mut counts, &actor("an"), (1, whole.clone()));
    assert_eq!(again, Err(Refusal::SheetThere { pile: 1 }));
    assert_eq!(counts[0].ballots(), 10, "a refusal changes nothing");
    let an = actor("an");
    drop_sheets(&mut counts, (&an, Some(1)), &an, "ghi nhầm").unwrap();
    hand_in(&mut counts, "an", &[whole]);
    assert!(open().is_complete(&counts[0]));
}

#[test]
fn r51_sums_must_be_identical_however_the_piles_were_made() {
    let mut counts = Vec::new();
    hand_in(
        &mut counts,
        "an",
        &[sheet(10, [10, 10, 9, 1]), sheet(8, [8, 7, 8, 0])],
    );
    hand_in(&mut counts, "binh", &[sheet(18, [18, 17, 17, 1])]);
    assert!(open().agree(&counts));
    assert_eq!(open().differing(&counts), Differing::Nowhere);
    let found = counting(18)
        .compare_sheets(&counts)
        .and_then(Election::find_result)
        .unwrap();
    let votes = &found.resulted().unwrap().outcome.lines;
    let votes: Vec<u64> = votes.iter().map(|line| line.votes).collect();
    assert_eq!(votes, [18, 17, 17, 1]);
    // Another sum of other piles: nobody can say where.
    counts.retain(|count| count.by != actor("binh"));
    hand_in(&mut counts, "binh", &[sheet(18, [18, 17, 16, 2])]);
    assert!(!open().agree(&counts));
    assert_eq!(open().differing(&counts), Differing::Sums);
    assert_eq!(
        counting(18).compare_sheets(&counts),
        Err(Refusal::CountsDiffer)
    );
    // The same piles: the one that differs is named.
    let mut alike = Vec::new();
    let first = sheet(10, [10, 10, 9, 1]);
    hand_in(&mut alike, "an", &[first.clone(), sheet(8, [8, 7, 8, 0])]);
    hand_in(&mut alike, "binh", &[first, sheet(8, [8, 7, 7, 1])]);
    assert_eq!(open().differing(&alike), Differing::Piles(vec![2]));
    // One that is not complete is held against nothing.
    alike[1].piles.remove(&2);
    assert_eq!(open().differing(&alike), Differing::Nowhere);
    assert!(!open().agree(&alike));
}

#[test]
fn sheets_are_dropped_with_a_reason_and_never_by_whoever_counted_too() {
    let mut counts = Vec::new();
    let piles = [sheet(10, [10, 10, 9, 1]), sheet(8, [8, 7, 8, 0])];
    hand_in(&mut counts, "an", &piles);
    hand_in(&mut counts, "binh", &piles);
    let (an, binh, chair) = (actor("an"), actor("binh"), actor("chair"));
    assert_eq!(
        drop_sheets(&mut counts, (&an, None), &chair, " "),
        Err(Refusal::ReasonNeeded)
    );
    assert_eq!(
        drop_sheets(&mut counts, (&an, None), &binh, "vắng"),
        Err(Refusal::OwnCountBeside { who: binh.clone() })
    );
    assert_eq!(
        drop_sheets(&mut counts, (&an, Some(3)), &chair, "vắng")
            .unwrap_err()
            .code(),
        "E-VOT-01"
    );
    let own = drop_sheets(&mut counts, (&binh, Some(2)), &binh, "đếm nhầm").unwrap();
    assert_eq!(own.count.piles.keys().copied().collect::<Vec<_>>(), [2]);
    let gone = drop_sheets(&mut counts, (&an, None), &chair, "vắng").unwrap();
    assert_eq!(gone.count.sheets(), piles);
    assert_eq!(counts.len(), 1);
    assert_eq!(counts[0].ballots(), 10);
}

#[test]
fn ranked_ballots_have_no_sheets() {
    let sheet = sheet(8, [2, 2, 2, 2]);
    let ranked = layout(BallotKind::Ranked, 4, 1);
    assert_eq!(sheet.check(&ranked), Err(Refusal::RankedByBallot));
}
