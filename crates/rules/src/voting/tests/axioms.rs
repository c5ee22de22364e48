//! What holds for all ballots, tried at random.

use proptest::prelude::*;

use super::*;
use crate::voting::archive::ballots_of;

/// A list, its seats and what is struck on each ballot.
fn elections() -> impl Strategy<Value = (Layout, Vec<Names>)> {
    (1..=70_u8).prop_flat_map(|names| {
        (1..=names).prop_flat_map(move |seats| {
            let all = Names::first(names);
            let ballot = any::<u128>().prop_map(move |bits| Names::from_bits(bits).and(all));
            let ballots = proptest::collection::vec(ballot, 0..60);
            (Just(strike_list(names, seats)), ballots)
        })
    })
}

fn case(layout: Layout, ballots: &[Names]) -> Case {
    let case = Case::new(party(), "committee", layout, 200);
    ballots
        .iter()
        .fold(case, |case, struck| case.with(Ballot::struck(*struck), 1))
}

proptest! {
    #[test]
    fn permuting_ballots_changes_nothing((layout, ballots) in elections(), turn in 0..60_usize) {
        let mut other = ballots.clone();
        other.reverse();
        if !other.is_empty() {
            let turn = turn % other.len();
            other.rotate_left(turn);
        }
        prop_assert_eq!(case(layout, &ballots).count(), case(layout, &other).count());
    }

    #[test]
    fn everything_adds_up((layout, ballots) in elections()) {
        let outcome = case(layout, &ballots).count().unwrap();
        let papers = &outcome.papers;
        let waiting: u64 = papers.awaiting.values().sum();
        prop_assert_eq!(u64::from(papers.valid) + waiting, u64::from(papers.returned));
        prop_assert_eq!(papers.returned + papers.not_returned, papers.issued);
        let votes: u64 = outcome.lines.iter().map(|line| line.votes).sum();
        prop_assert!(votes <= u64::from(papers.valid) * u64::from(layout.seats));
        for line in &outcome.lines {
            let plain = ballots
                .iter()
                .map(|struck| layout.all().without(*struck))
                .filter(|left| (1..=u32::from(layout.seats)).contains(&left.count()))
                .filter(|left| left.has(line.number))
                .count();
            prop_assert_eq!(line.votes, plain as u64);
        }
    }

    #[test]
    fn the_elected_pass_and_ties_are_reported((layout, ballots) in elections()) {
        let outcome = case(layout, &ballots).count().unwrap();
        let votes = |number: &Number| outcome.lines[number.place()].votes;
        for number in &outcome.elected {
            prop_assert!(votes(number) >= outcome.need);
            // Nobody with as many votes is left out.
            let equal = outcome.lines.iter().filter(|line| line.votes >= votes(number));
            for line in equal {
                prop_assert!(outcome.elected.contains(&line.number));
            }
        }
        prop_assert!(outcome.elected.len() <= usize::from(layout.seats));
        let left = usize::from(layout.seats) - outcome.elected.len();
        prop_assert_eq!(outcome.open as usize, left);
        let passing = outcome.lines.iter().filter(|line| line.passes).count();
        match &outcome.tie {
            Some(tie) => {
                prop_assert!(tie.tied.len() > tie.seats as usize && tie.seats > 0);
                prop_assert_eq!(tie.seats as usize, left);
            }
            None => prop_assert_eq!(outcome.elected.len(), passing.min(layout.seats.into())),
        }
    }

    #[test]
    fn one_more_vote_never_hurts((layout, ballots) in elections(), which in 1..=70_u8) {
        let number = no(which.min(layout.names));
        let before = case(layout, &ballots).count().unwrap();
        let vote = Ballot::struck(layout.all().without(Names::NONE.with(number)));
        let after = case(layout, &ballots).with(vote, 1).count().unwrap();
        let rank = |outcome: &Outcome| outcome.lines[number.place()].rank;
        prop_assert!(rank(&after) <= rank(&before));
        if before.elected.contains(&number) {
            prop_assert!(after.elected.contains(&number));
        }
    }

    #[test]
    fn two_halves_add_up_to_the_whole((layout, ballots) in elections(), at in 0..60_usize) {
        let at = at.min(ballots.len());
        let votes = |part: &[Names]| -> Vec<u64> {
            let outcome = case(layout, part).count().unwrap();
            outcome.lines.iter().map(|line| line.votes).collect()
        };
        let sum: Vec<u64> = votes(&ballots[..at])
            .iter()
            .zip(votes(&ballots[at..]))
            .map(|(one, other)| one + other)
            .collect();
        prop_assert_eq!(sum, votes(&ballots));
    }

    #[test]
    fn many_at_once_are_as_many_one_by_one(
        (layout, ballots) in elections(),
        times in 1..40_u32,
    ) {
        let ballots = &ballots[..ballots.len().min(5)];
        let one_by_one: Vec<Names> = ballots
            .iter()
            .flat_map(|struck| std::iter::repeat_n(*struck, times as usize))
            .collect();
        let at_once = ballots
            .iter()
            .fold(case(layout, &[]), |case, struck| case.with(Ballot::struck(*struck), times));
        let single = case(layout, &one_by_one);
        prop_assert_eq!(at_once.count(), single.count());
        prop_assert_eq!(ballots_of(&at_once.ballots), ballots_of(&single.ballots));
    }
}

/// A list without surplus, under each set of rules, and what is marked on each
/// ballot: agree, disagree, both or neither.
fn boxes_lists() -> impl Strategy<Value = (&'static str, &'static str, Layout, Vec<Ballot>)> {
    let rules = prop_oneof![
        Just(("vn-party-190", "committee")),
        Just(("vn-party-244", "committee")),
        Just(("vn-youth-union", "committee")),
        Just(("association", "board")),
    ];
    (rules, 2..=60_u8).prop_flat_map(|((rules, office), names)| {
        let all = Names::first(names);
        let ballot = any::<(u128, u128)>().prop_map(move |(agree, disagree)| {
            Ballot::plain(Marks::Boxes {
                agree: Names::from_bits(agree).and(all),
                disagree: Names::from_bits(disagree).and(all),
            })
        });
        let ballots = proptest::collection::vec(ballot, 1..40);
        let layout = layout(BallotKind::AgreeDisagree, names, names);
        (Just(rules), Just(office), Just(layout), ballots)
    })
}

/// Several for one seat, ranked, and the order on each ballot.
fn ranked_lists() -> impl Strategy<Value = (Layout, Vec<Ballot>)> {
    (2..=12_u8).prop_flat_map(|names| {
        let everybody: Vec<u8> = (1..=names).collect();
        let order = (Just(everybody).prop_shuffle(), 1..=names);
        let ballot = order.prop_map(|(order, kept)| ranking(&order[..usize::from(kept)]));
        let ballots = proptest::collection::vec(ballot, 1..40);
        (Just(layout(BallotKind::Ranked, names, 1)), ballots)
    })
}

fn counted(rules: ElectionRules, office: &str, layout: Layout, ballots: &[Ballot]) -> Case {
    let case = Case::new(rules, office, layout, 200);
    ballots
        .iter()
        .fold(case, |case, ballot| case.with(ballot.clone(), 1))
}

proptest! {
    #[test]
    fn lists_of_boxes_keep_the_axioms_under_every_set_of_rules(
        (id, office, layout, ballots) in boxes_lists(),
        which in 1..=60_u8,
    ) {
        let of = |ballots: &[Ballot]| counted(rules(id), office, layout, ballots).count();
        let before = of(&ballots).unwrap();
        let mut other = ballots.clone();
        other.reverse();
        prop_assert_eq!(of(&other).unwrap(), before.clone());
        let votes: u64 = before.lines.iter().map(|line| line.votes).sum();
        prop_assert!(votes <= u64::from(before.papers.valid) * u64::from(layout.seats));
        for line in &before.lines {
            let said = line.votes + line.against + line.not_counted;
            prop_assert_eq!(said, u64::from(before.papers.valid));
        }
        // One paper more for somebody, with nobody else on it.
        let number = no(which.min(layout.names));
        let mut more = ballots.clone();
        more.push(boxes(&[number.get()], &[]));
        let after = of(&more).unwrap();
        let rank = |outcome: &Outcome| outcome.lines[number.place()].rank;
        prop_assert!(rank(&after) <= rank(&before));
    }

    #[test]
    fn ranked_ballots_are_counted_alike_in_any_order((layout, ballots) in ranked_lists()) {
        let of = |ballots: &[Ballot]| counted(rules("association"), "chair", layout, ballots).count();
        let outcome = of(&ballots).unwrap();
        let mut other = ballots.clone();
        other.reverse();
        prop_assert_eq!(of(&other).unwrap(), outcome.clone());
        for round in &outcome.rounds {
            let counting: u64 = round.votes.iter().map(|(_, votes)| votes).sum();
            prop_assert_eq!(counting + round.exhausted, u64::from(outcome.papers.valid));
        }
        let (need, of) = outcome.asked(rules("association").threshold.value);
        for number in &outcome.elected {
            let last = outcome.rounds.last().unwrap();
            let own = last.votes.iter().find(|(other, _)| other == number).unwrap().1;
            prop_assert!(own >= need && own <= of);
        }
        prop_assert!(outcome.elected.len() <= 1);
    }
}
