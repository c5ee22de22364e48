//! R19 to R22, R30: who is elected, ties, open seats, further ballots.

use super::*;
use crate::voting::count::{Lot, Next, Tie};

/// A committee election with these votes at a congress of 272.
fn committee(seats: u8, votes: &[u32]) -> Case {
    let names = u8::try_from(votes.len()).unwrap();
    Case::new(party(), "committee", strike_list(names, seats), 272).votes(votes)
}

#[test]
fn r19_winners_have_over_half_by_votes_from_the_top() {
    let outcome = committee(3, &[149, 200, 150, 190]).count().unwrap();
    assert_eq!(outcome.need, 137);
    assert_eq!(outcome.elected, [no(2), no(4), no(3)]);
    assert_eq!(outcome.tie, None);
    assert_eq!(outcome.open, 0);
    let ranks: Vec<u32> = outcome.lines.iter().map(|line| line.rank).collect();
    assert_eq!(ranks, [4, 1, 3, 2]);
}

#[test]
fn r20_a_tie_across_the_last_seat_asks_for_a_run_off_of_the_tied() {
    let case = committee(3, &[200, 190, 150, 150]);
    let outcome = case.count().unwrap();
    assert_eq!(outcome.elected, [no(1), no(2)]);
    let tied = vec![no(3), no(4)];
    assert_eq!(
        outcome.tie,
        Some(Tie {
            tied: tied.clone(),
            seats: 1,
            votes: 150
        })
    );
    assert!(outcome.next.contains(&Next::RunOff {
        tied: tied.clone(),
        seats: 1
    }));
    // The rule is from memory: a person confirms it.
    assert!(outcome.unconfirmed.iter().any(|each| each.field == "tie"));
    assert!(
        outcome
            .next
            .iter()
            .any(|next| matches!(next, Next::Confirm(_)))
    );
    let confirmed = case.decide(&[Decision::Confirm("tie".to_owned())]).unwrap();
    assert!(
        !confirmed
            .next
            .iter()
            .any(|next| matches!(next, Next::Confirm(_)))
    );
    assert!(confirmed.unconfirmed.iter().any(|each| each.field == "tie"));
    // Nobody breaks it by lot under these rules.
    let lot = Decision::Lot(Lot {
        tied,
        drawn: vec![no(3)],
    });
    assert_eq!(case.decide(&[lot]), Err(Refusal::LotDoesNotFit));
}

#[test]
fn r20_in_a_run_off_the_most_votes_are_enough() {
    let mut case = Case::new(party(), "committee", strike_list(2, 1), 272)
        .with(struck(&[2]), 100)
        .with(struck(&[1]), 90);
    case.definition.purpose = Purpose::RunOff;
    case.definition.round = 2;
    let outcome = case.count().unwrap();
    assert_eq!((outcome.need, outcome.elected), (1, vec![no(1)]));
    // Still equal: the congress decides how to go on.
    let equal = case.with(struck(&[1]), 10).count().unwrap();
    assert_eq!(equal.elected, []);
    let tied = vec![no(1), no(2)];
    assert!(equal.next.contains(&Next::DecideTie {
        tied: tied.clone(),
        seats: 1
    }));
}

#[test]
fn r20_the_congress_goes_on_with_a_tied_run_off_or_stops() {
    let mut case = Case::new(party(), "committee", strike_list(2, 1), 272)
        .with(struck(&[2]), 100)
        .with(struck(&[1]), 100);
    case.definition.purpose = Purpose::RunOff;
    case.definition.round = 2;
    let confirmed = Decision::Confirm("tie".to_owned());
    let stopped = case.decide(&[confirmed.clone(), Decision::Stop]).unwrap();
    assert_eq!(
        (stopped.next, stopped.open),
        (vec![], 1),
        "nothing is left to decide"
    );
    let on = case.decide(&[confirmed, Decision::FurtherBallot]).unwrap();
    let tied = vec![no(1), no(2)];
    assert_eq!(on.next, [Next::RunOff { tied, seats: 1 }]);
}

#[test]
fn r21_a_tie_above_the_last_seat_needs_nothing() {
    let outcome = committee(3, &[200, 150, 150, 140]).count().unwrap();
    assert_eq!(outcome.elected, [no(1), no(2), no(3)]);
    assert_eq!(outcome.tie, None);
    assert_eq!(outcome.next, []);
}

#[test]
fn r22_open_seats_are_put_to_the_congress() {
    let mut votes = vec![200; 13];
    votes.extend([130, 120, 110]);
    let case = committee(15, &votes);
    let outcome = case.count().unwrap();
    assert_eq!((outcome.elected.len(), outcome.open), (13, 2));
    assert_eq!(outcome.next, [Next::DecideOpenSeats(2)]);
    let again = case.decide(&[Decision::FurtherBallot]).unwrap();
    assert_eq!(again.next, [Next::HoldFurtherBallot(2)]);
    let stop = case.decide(&[Decision::Stop]).unwrap();
    assert_eq!((stop.next, stop.open), (vec![], 2));
}

#[test]
fn r30_after_three_failed_ballots_the_superior_appoints() {
    let single = layout(BallotKind::SingleName, 1, 1);
    let mut case = Case::new(party(), "branch_secretary", single, 20)
        .with(boxes(&[1], &[]), 10)
        .with(boxes(&[], &[1]), 10);
    for round in [1, 2] {
        case.definition.round = round;
        assert_eq!(case.count().unwrap().next, [Next::DecideOpenSeats(1)]);
    }
    case.definition.round = 3;
    assert_eq!(case.count().unwrap().next, [Next::SuperiorAppoints(1)]);
    case.definition.round = 4;
    assert_eq!(case.count().unwrap_err(), Refusal::RoundsOver { most: 3 });
}

#[test]
fn the_youth_union_holds_two_ballots_at_most() {
    let mut case = Case::new(rules("vn-youth-union"), "committee", strike_list(3, 2), 100)
        .with(struck(&[1, 2]), 50)
        .with(struck(&[1, 3]), 50);
    case.definition.round = 2;
    let outcome = case.count().unwrap();
    assert!(
        outcome.next.contains(&Next::SeatsStayOpen(2)),
        "{:?}",
        outcome.next
    );
    let fields: Vec<&str> = outcome
        .unconfirmed
        .iter()
        .map(|each| each.field.as_str())
        .collect();
    assert_eq!(fields, ["rounds.then"]);
    case.definition.round = 3;
    assert_eq!(case.count().unwrap_err().code(), "E-VOT-29");
}

#[test]
fn alternates_come_from_the_same_list_by_votes() {
    let mut case = Case::new(party(), "delegates", strike_list(6, 4), 100);
    case.definition.alternates = 1;
    let case = case.votes(&[80, 75, 70, 65, 60, 20]);
    let waiting = case.count().unwrap();
    assert_eq!(waiting.elected, [no(1), no(2), no(3), no(4)]);
    assert!(waiting.next.contains(&Next::DecideAlternates(vec![no(5)])));
    assert_eq!(waiting.alternates, []);
    let taken = case.decide(&[Decision::TakeAlternates]).unwrap();
    assert_eq!(taken.alternates, [no(5)]);
    let left = case.decide(&[Decision::LeaveAlternates]).unwrap();
    assert_eq!(left.alternates, []);
    // Of three one is there: the congress decides on the others.
    let mut case = case;
    case.definition.alternates = 3;
    let short = case.decide(&[Decision::TakeAlternates]).unwrap();
    assert_eq!(short.alternates, [no(5)]);
    assert!(short.next.contains(&Next::DecideMoreAlternates(2)));
    let stop = case
        .decide(&[Decision::TakeAlternates, Decision::Stop])
        .unwrap();
    assert!(!stop.next.contains(&Next::DecideMoreAlternates(2)));
    let more = case
        .decide(&[Decision::TakeAlternates, Decision::FurtherBallot])
        .unwrap();
    assert!(more.next.contains(&Next::HoldAlternatesBallot(2)));
}

#[test]
fn those_below_a_tie_become_alternates_after_whoever_loses_the_run_off() {
    // Three seats, two alternates, more than half is 51: two are in, two are tied
    // for the third, one more passed.
    let mut case = Case::new(party(), "delegates", strike_list(5, 3), 100);
    case.definition.alternates = 2;
    let mut case = case.votes(&[60, 58, 53, 53, 51]);
    let waiting = case.count().unwrap();
    let tied = vec![no(3), no(4)];
    assert_eq!(waiting.elected, [no(1), no(2)]);
    assert!(waiting.next.contains(&Next::RunOff { tied, seats: 1 }));
    assert!(waiting.next.contains(&Next::DecideAlternates(vec![no(5)])));
    // Whoever loses the run-off has the first of the two places.
    let taken = case.decide(&[Decision::TakeAlternates]).unwrap();
    assert_eq!(taken.alternates, [no(5)]);
    let left = case.decide(&[Decision::LeaveAlternates]).unwrap();
    assert_eq!(left.alternates, []);
    // With one place nobody below the tie is asked about.
    case.definition.alternates = 1;
    let full = case.count().unwrap();
    assert!(
        !full
            .next
            .iter()
            .any(|next| matches!(next, Next::DecideAlternates(_)))
    );
}

#[test]
fn who_loses_a_run_off_without_a_vote_is_an_alternate_all_the_same() {
    let mut case = Case::new(party(), "delegates", strike_list(2, 1), 100);
    case.definition.purpose = Purpose::RunOff;
    case.definition.round = 2;
    case.definition.alternates = 1;
    let case = case.with(struck(&[2]), 90);
    let waiting = case.count().unwrap();
    assert_eq!(waiting.elected, [no(1)]);
    // Passed by more than half in the ballot before.
    assert!(waiting.next.contains(&Next::DecideAlternates(vec![no(2)])));
    let taken = case.decide(&[Decision::TakeAlternates]).unwrap();
    assert_eq!(taken.alternates, [no(2)]);
}

/// Delegates: three seats, one place of alternates. More than half is 51: five
/// pass, and the last two have equal votes.
fn delegates_tied() -> Case {
    let mut case = Case::new(party(), "delegates", strike_list(5, 3), 100);
    case.definition.alternates = 1;
    case.votes(&[66, 65, 64, 52, 52])
}

#[test]
fn a_tie_among_alternates_is_the_congress_s_to_decide() {
    let take = Decision::TakeAlternates;
    let tied = vec![no(4), no(5)];
    let case = delegates_tied();
    let waiting = case.decide(std::slice::from_ref(&take)).unwrap();
    assert_eq!(waiting.elected, [no(1), no(2), no(3)]);
    assert_eq!(waiting.alternates, []);
    assert!(waiting.next.contains(&Next::DecideAlternatesTie {
        tied: tied.clone(),
        seats: 1
    }));
    // Nobody asks for a run-off by itself: that rule is about seats.
    assert!(
        !waiting
            .next
            .iter()
            .any(|next| matches!(next, Next::RunOff { .. }))
    );
    let again = case
        .decide(&[take.clone(), Decision::FurtherBallot])
        .unwrap();
    assert!(
        again
            .next
            .contains(&Next::AlternatesRunOff { tied, seats: 1 })
    );
    let fewer = case.decide(&[take, Decision::Stop]).unwrap();
    assert!(fewer.next.iter().all(|next| !next.keeps_open()));
    assert_eq!((fewer.elected.len(), fewer.alternates.len()), (3, 0));
}

#[test]
fn a_ballot_for_alternates_elects_nobody_to_a_seat() {
    let mut case = Case::new(party(), "delegates", strike_list(3, 1), 100)
        .with(struck(&[2, 3]), 40)
        .with(struck(&[1, 3]), 60);
    case.definition.purpose = Purpose::Alternates;
    case.definition.round = 2;
    let found = case.count().unwrap();
    assert_eq!((found.need, found.elected), (51, vec![]));
    assert_eq!((found.alternates, found.open), (vec![no(2)], 0));
    assert_eq!(found.next, []);
    // Between the tied the most votes are enough; equal again, they decide.
    let mut tied = Case::new(party(), "delegates", strike_list(2, 1), 100)
        .with(struck(&[2]), 40)
        .with(struck(&[1]), 40);
    tied.definition.purpose = Purpose::AlternatesRunOff;
    tied.definition.round = 2;
    let equal = tied.count().unwrap();
    assert_eq!(
        (equal.need, equal.elected.len(), equal.alternates.len()),
        (1, 0, 0)
    );
    assert!(
        equal
            .next
            .iter()
            .any(|next| matches!(next, Next::DecideAlternatesTie { .. }))
    );
    let one = tied.with(struck(&[2]), 1).count().unwrap();
    assert_eq!((one.alternates, one.elected), (vec![no(1)], vec![]));
    // Nobody has alternates for a committee.
    let mut committee = committee(1, &[200, 60]);
    committee.definition.purpose = Purpose::Alternates;
    assert_eq!(committee.count().unwrap_err().code(), "E-VOT-25");
}

#[test]
fn an_opinion_ballot_elects_nobody() {
    let mut case = committee(1, &[200, 60]);
    case.definition.purpose = Purpose::Opinion;
    let outcome = case.count().unwrap();
    assert_eq!((outcome.elected, outcome.open), (vec![], 0));
    assert_eq!(outcome.order, [no(1), no(2)]);
}

/// A ranked election of an association.
fn chair(names: u8) -> Case {
    let ranked = layout(BallotKind::Ranked, names, 1);
    Case::new(rules("association"), "chair", ranked, 100)
}

#[test]
fn a_ranked_count_passes_ballots_on() {
    let case = chair(3)
        .with(ranking(&[1, 2]), 40)
        .with(ranking(&[2, 1]), 35)
        .with(ranking(&[3, 2]), 25);
    let outcome = case.count().unwrap();
    assert_eq!(outcome.elected, [no(2)]);
    assert_eq!(outcome.rounds.len(), 2);
    assert_eq!(outcome.rounds[0].leaves, [no(3)]);
    assert_eq!(outcome.rounds[1].votes, [(no(1), 40), (no(2), 60)]);
    assert_eq!(outcome.next, []);
    // Twenty-five whose only choice has left count in the last round no more.
    let case = chair(3)
        .with(ranking(&[1]), 40)
        .with(ranking(&[2]), 35)
        .with(ranking(&[3]), 25);
    let outcome = case.count().unwrap();
    assert_eq!(outcome.elected, [no(1)]);
    let share = rules("association").threshold.value;
    assert_eq!(outcome.asked(share), (38, 75));
}

#[test]
fn a_tie_of_a_ranked_count_names_the_votes_of_its_round() {
    // The fourth leaves first, and two are equal only after it.
    let outcome = chair(4)
        .with(ranking(&[1]), 40)
        .with(ranking(&[2]), 25)
        .with(ranking(&[3]), 20)
        .with(ranking(&[4, 3]), 5)
        .count()
        .unwrap();
    let tie = outcome.tie.unwrap();
    assert_eq!((tie.tied, tie.votes), (vec![no(2), no(3)], 25));
}

#[test]
fn a_tie_for_who_leaves_is_drawn_unless_it_does_not_matter() {
    let tied = chair(3)
        .with(ranking(&[1]), 40)
        .with(ranking(&[2, 1]), 30)
        .with(ranking(&[3, 2]), 30);
    let outcome = tied.count().unwrap();
    let between = vec![no(2), no(3)];
    assert_eq!(outcome.elected, []);
    assert!(outcome.next.contains(&Next::DrawLot {
        tied: between.clone(),
        seats: 1
    }));
    let draw = |drawn: u8| {
        tied.decide(&[Decision::Lot(Lot {
            tied: between.clone(),
            drawn: vec![no(drawn)],
        })])
    };
    assert_eq!(draw(2).unwrap().elected, [no(2)]);
    assert_eq!(draw(3).unwrap().elected, [no(1)]);
    let others = Decision::Lot(Lot {
        tied: vec![no(1), no(2)],
        drawn: vec![no(1)],
    });
    assert_eq!(tied.decide(&[others]), Err(Refusal::LotDoesNotFit));
    let both = Decision::Lot(Lot {
        tied: between.clone(),
        drawn: between,
    });
    assert_eq!(tied.decide(&[both]), Err(Refusal::LotDoesNotFit));
    // Two with five votes each cannot reach the third together.
    let far = chair(4)
        .with(ranking(&[1]), 45)
        .with(ranking(&[2]), 45)
        .with(ranking(&[3, 1]), 5)
        .with(ranking(&[4, 1]), 5);
    assert_eq!(far.count().unwrap().elected, [no(1)]);
    // A last pair with equal votes is drawn as well.
    let pair = chair(2).with(ranking(&[1]), 10).with(ranking(&[2]), 10);
    assert_eq!(pair.count().unwrap().elected, []);
}
