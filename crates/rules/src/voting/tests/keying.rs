//! Keyed counting: the grammar, the journal (R52), passes and what differs
//! between them (R51).

use proptest::prelude::*;

use super::*;
use crate::Actor;
use crate::voting::ballot::Remark;
use crate::voting::keying::{
    BundleId, Entry, Key, Keying, Patterns, Pressed, Resolution, line_up, parse, print, text,
};

fn keys(text: &str) -> Vec<Key> {
    text.chars()
        .map(|sign| Key::try_from(sign).unwrap())
        .collect()
}

fn actor(name: &str) -> Actor {
    Actor(name.to_owned())
}

/// Presses keys one after the other; what the last one did.
fn press(entry: &mut Entry, text: &str) -> Result<Pressed, Refusal> {
    let rules = party();
    let mut did = Ok(Pressed::Typing);
    for key in keys(text) {
        did = entry.press(&rules, key, 0);
    }
    did
}

fn accepted(position: u32) -> Result<Pressed, Refusal> {
    Ok(Pressed::Accepted {
        position,
        flagged: None,
    })
}

#[test]
fn struck_numbers_have_two_digits_and_nothing_between() {
    let layout = strike_list(63, 55);
    assert_eq!(parse(&layout, &keys("0317")), Ok(struck(&[3, 17])));
    assert_eq!(text(&print(&layout, &struck(&[3, 17]))), "0317");
    // Nothing struck: Enter alone.
    assert_eq!(parse(&layout, &[]), Ok(struck(&[])));
    // One digit on a short list, three on a very long one.
    assert_eq!(parse(&strike_list(9, 7), &keys("38")), Ok(struck(&[3, 8])));
    assert_eq!(
        parse(&strike_list(120, 99), &keys("003117")),
        Ok(struck(&[3, 117]))
    );
    // At most two keys for each name struck, and Enter.
    for count in 0..=63 {
        let ballot = Ballot::struck(Names::first(count));
        assert!(print(&layout, &ballot).len() <= 2 * usize::from(count).max(1));
        assert_eq!(parse(&layout, &print(&layout, &ballot)), Ok(ballot));
    }
}

#[test]
fn on_lists_with_boxes_only_the_exceptions_are_keyed() {
    let layout = layout(BallotKind::AgreeDisagree, 12, 12);
    assert_eq!(
        parse(&layout, &[]),
        Ok(boxes(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], &[]))
    );
    assert_eq!(
        parse(&layout, &keys("03/05*07")),
        Ok(boxes(&[1, 2, 4, 6, 7, 8, 9, 10, 11, 12], &[3, 7]))
    );
    assert_eq!(parse(&layout, &keys("/00")), Ok(boxes(&[], &[])));
    let single = super::layout(BallotKind::SingleName, 1, 1);
    assert_eq!(parse(&single, &[]), Ok(boxes(&[1], &[])));
    assert_eq!(parse(&single, &keys("1")), Ok(boxes(&[], &[1])));
    assert_eq!(parse(&single, &keys("/1")), Ok(boxes(&[], &[])));
    assert_eq!(parse(&single, &keys("*1")), Ok(boxes(&[1], &[1])));
}

#[test]
fn on_ranked_lists_numbers_stand_by_preference() {
    let layout = layout(BallotKind::Ranked, 3, 1);
    assert_eq!(parse(&layout, &keys("312")), Ok(ranking(&[3, 1, 2])));
    assert_eq!(parse(&layout, &keys("0")), Err(Refusal::KeysUnreadable));
}

#[test]
fn a_slip_is_told_when_the_number_is_complete_and_taken_back() {
    let mut entry = Entry::new(strike_list(18, 15), Patterns::default()).unwrap();
    assert_eq!(
        press(&mut entry, "0319"),
        Err(Refusal::NumberUnknown {
            number: 19,
            names: 18
        })
    );
    assert_eq!(
        press(&mut entry, "03"),
        Err(Refusal::NumberTwice { number: no(3) })
    );
    assert_eq!(press(&mut entry, "1="), Err(Refusal::KeysUnreadable));
    // What was right stayed.
    assert_eq!(press(&mut entry, "0511="), accepted(1));
    assert_eq!(entry.ballots(), [struck(&[3, 5, 11])]);
    assert_eq!(press(&mut entry, "/"), Err(Refusal::KeysUnreadable));
    assert_eq!(
        press(&mut entry, "0003"),
        Err(Refusal::NumberTwice { number: no(3) })
    );
}

#[test]
fn an_over_vote_is_accepted_and_flagged() {
    let mut entry = Entry::new(strike_list(18, 15), Patterns::default()).unwrap();
    let flagged = Some(criterion("I2"));
    assert_eq!(
        press(&mut entry, "0102="),
        Ok(Pressed::Accepted {
            position: 1,
            flagged
        })
    );
    let flagged = Some(criterion("I6"));
    assert_eq!(
        press(&mut entry, "010203W="),
        Ok(Pressed::Accepted {
            position: 2,
            flagged
        })
    );
    assert_eq!(
        entry.ballots()[1],
        struck(&[1, 2, 3]).with(Remark::WrittenOn)
    );
}

#[test]
fn one_key_repeats_the_last_ballot_and_undo_takes_it_back() {
    let mut entry = Entry::new(strike_list(18, 15), Patterns::default()).unwrap();
    assert_eq!(press(&mut entry, "+"), Err(Refusal::NothingBefore));
    assert_eq!(press(&mut entry, "-"), Err(Refusal::NothingBefore));
    assert_eq!(press(&mut entry, "030511=+"), accepted(2));
    assert_eq!(press(&mut entry, "01+"), Err(Refusal::KeysUnreadable));
    assert_eq!(press(&mut entry, "-"), Ok(Pressed::Cleared));
    assert_eq!(press(&mut entry, "-"), Ok(Pressed::Undone { position: 2 }));
    assert_eq!(entry.ballots(), [struck(&[3, 5, 11])]);
}

#[test]
fn the_commonest_ballots_get_keys_that_stay() {
    let mut entry = Entry::new(strike_list(18, 15), Patterns::default()).unwrap();
    press(&mut entry, "010203=040506=++").unwrap();
    assert_eq!(entry.patterns().slots(), [Marks::Struck(names(&[4, 5, 6]))]);
    press(&mut entry, "010203=010203=").unwrap();
    assert_eq!(entry.patterns().slots().len(), 2);
    assert_eq!(press(&mut entry, "a"), accepted(7));
    assert_eq!(entry.ballots()[6], struck(&[4, 5, 6]));
    assert_eq!(press(&mut entry, "c"), Err(Refusal::NothingBefore));
    assert_eq!(
        entry.patterns().key(&struck(&[1, 2, 3])),
        Some(Key::Pattern(2))
    );
}

#[test]
fn a_ballot_near_another_is_keyed_by_its_differences() {
    let mut entry = Entry::new(strike_list(63, 55), Patterns::default()).unwrap();
    press(&mut entry, "0102030405060708=++").unwrap();
    // The commonest ballot, but 9 instead of 8.
    let near = struck(&[1, 2, 3, 4, 5, 6, 7, 9]);
    assert_eq!(text(&entry.fewest_keys(&near)), ".+0809=");
    assert_eq!(press(&mut entry, ".a0809="), accepted(4));
    assert_eq!(entry.ballots()[3], near);
    // The paper's own grammar stays: at most two keys a strike, and Enter.
    let far = struck(&[60, 61]);
    assert_eq!(text(&entry.fewest_keys(&far)), "6061=");
    assert_eq!(text(&entry.fewest_keys(&near)), "+");
    assert_eq!(press(&mut entry, ".="), Err(Refusal::KeysUnreadable));
    assert_eq!(press(&mut entry, ".b"), Err(Refusal::NothingBefore));
    assert_eq!(press(&mut entry, "<01."), Err(Refusal::KeysUnreadable));
    assert_eq!(press(&mut entry, "-.+00"), Err(Refusal::KeysUnreadable));
    // The ballot begun with is gone: this one has nothing struck.
    let flagged = Some(criterion("I2"));
    assert_eq!(
        press(&mut entry, "<="),
        Ok(Pressed::Accepted {
            position: 5,
            flagged
        })
    );
    assert_eq!(entry.ballots()[4], struck(&[]));
    let boxes = layout(BallotKind::AgreeDisagree, 12, 12);
    let mut entry = Entry::new(boxes, Patterns::default()).unwrap();
    assert_eq!(press(&mut entry, "."), Err(Refusal::KeysUnreadable));
}

#[test]
fn r52_every_key_is_in_the_journal_and_the_journal_gives_the_ballots() {
    let rules = party();
    let layout = strike_list(18, 15);
    let mut entry = Entry::new(layout, Patterns::default()).unwrap();
    for (key, at) in keys("0319<030511=+--0102030U=").into_iter().zip(1_000..) {
        let _ = entry.press(&rules, key, at);
    }
    assert_eq!(entry.journal().len(), 24);
    let printed: String = entry
        .journal()
        .iter()
        .map(|line| char::from(line.key))
        .collect();
    assert_eq!(printed, "0319<030511=+--0102030U=");
    assert_eq!(
        entry.journal()[3].did,
        Pressed::Refused("E-VOT-11".to_owned())
    );
    assert_eq!(entry.journal()[3].at, 1_003);
    let lines = entry.journal().to_vec();
    let again = Entry::replay(&rules, layout, Patterns::default(), &lines).unwrap();
    assert_eq!(again, entry);
    // A journal whose keys do something else than it says does not replay.
    let mut broken = lines;
    broken[12].key = Key::Enter;
    let refused = Entry::replay(&rules, layout, Patterns::default(), &broken);
    assert_eq!(refused, Err(Refusal::KeysUnreadable));
}

/// Ballots of 18 that are told apart by what they strike.
fn row(numbers: &[u8]) -> Vec<Ballot> {
    numbers.iter().map(|number| struck(&[*number])).collect()
}

/// A bundle keyed by an and binh.
fn keyed(papers: u32, first: &[u8], second: &[u8]) -> Keying {
    let mut keying = Keying::new(strike_list(18, 17), 2).unwrap();
    keying.tie_bundle(BundleId(1), papers).unwrap();
    for (pass, who, numbers) in [(1, "an", first), (2, "binh", second)] {
        keying.begin(BundleId(1), pass, actor(who)).unwrap();
        keying
            .finish(BundleId(1), pass, &actor(who), row(numbers))
            .unwrap();
    }
    keying
}

fn resolved(keying: &mut Keying, place: u32, by: &str, entered: Option<u8>) -> Result<(), Refusal> {
    let resolution = Resolution {
        by: actor(by),
        entered: entered.map(|number| struck(&[number])),
    };
    keying.resolve(BundleId(1), place, resolution)
}

#[test]
fn equal_passes_settle_a_bundle() {
    let keying = keyed(3, &[1, 2, 3], &[1, 2, 3]);
    assert_eq!(keying.ballots(), Ok(row(&[1, 2, 3])));
}

#[test]
fn a_missed_ballot_does_not_make_all_that_follow_differ() {
    let keying = keyed(6, &[1, 2, 3, 4, 5, 6], &[1, 3, 4, 5, 6]);
    let open = keying.bundles[&BundleId(1)].open();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].1.at, [Some(2), None]);
    assert_eq!(keying.ballots(), Err(Refusal::PassesDiffer { ballots: 1 }));
}

#[test]
fn a_third_person_keys_from_the_paper_what_differs() {
    let mut keying = keyed(4, &[1, 2, 3, 4], &[1, 7, 3, 4]);
    for typist in ["an", "binh"] {
        assert_eq!(
            resolved(&mut keying, 1, typist, Some(2)),
            Err(Refusal::ThirdPersonNeeded { who: actor(typist) })
        );
    }
    assert_eq!(
        resolved(&mut keying, 0, "chi", Some(1)).unwrap_err().code(),
        "E-VOT-01"
    );
    // Neither typed what is on the paper.
    resolved(&mut keying, 1, "chi", Some(8)).unwrap();
    assert_eq!(keying.ballots(), Ok(row(&[1, 8, 3, 4])));
}

#[test]
fn a_ballot_keyed_twice_is_found() {
    // By one of them: the passes differ in length.
    let mut keying = keyed(3, &[1, 2, 2, 3], &[1, 2, 3]);
    let open = keying.bundles[&BundleId(1)].open();
    assert_eq!(open.len(), 1);
    resolved(&mut keying, open[0].0, "chi", None).unwrap();
    assert_eq!(keying.ballots(), Ok(row(&[1, 2, 3])));
    // By both: the bundle has fewer papers.
    let keying = keyed(3, &[1, 2, 2, 3], &[1, 2, 2, 3]);
    assert_eq!(
        keying.ballots(),
        Err(Refusal::BundleDiffers {
            papers: 3,
            keyed: 4
        })
    );
}

#[test]
fn r51_one_account_has_one_pass_of_a_bundle() {
    let mut keying = Keying::new(strike_list(18, 17), 2).unwrap();
    keying.tie_bundle(BundleId(1), 3).unwrap();
    keying.tie_bundle(BundleId(2), 3).unwrap();
    keying.begin(BundleId(1), 1, actor("an")).unwrap();
    assert_eq!(
        keying.begin(BundleId(1), 2, actor("an")),
        Err(Refusal::SamePerson { who: actor("an") })
    );
    assert_eq!(
        keying.begin(BundleId(1), 1, actor("binh")),
        Err(Refusal::PassTaken { pass: 1 })
    );
    assert_eq!(
        keying.begin(BundleId(1), 3, actor("binh")),
        Err(Refusal::PassTaken { pass: 3 })
    );
    keying.begin(BundleId(2), 2, actor("an")).unwrap();
    // Nobody else finishes it, and nobody twice.
    let other = keying.finish(BundleId(1), 1, &actor("binh"), row(&[1]));
    assert_eq!(other.unwrap_err().code(), "E-VOT-01");
    assert_eq!(keying.settled(BundleId(1)).unwrap_err().code(), "E-VOT-01");
    assert_eq!(
        Keying::new(strike_list(18, 17), 1),
        Err(Refusal::SecondPersonNeeded)
    );
}

#[test]
fn a_dropped_pass_is_keyed_again_and_its_resolutions_go_with_it() {
    let mut keying = keyed(2, &[1, 2], &[1, 7]);
    resolved(&mut keying, 1, "chi", Some(2)).unwrap();
    assert_eq!(
        keying.drop_pass(BundleId(1), 2, " "),
        Err(Refusal::ReasonNeeded)
    );
    keying.drop_pass(BundleId(1), 2, "wrong bundle").unwrap();
    keying.begin(BundleId(1), 2, actor("dung")).unwrap();
    keying
        .finish(BundleId(1), 2, &actor("dung"), row(&[1, 7]))
        .unwrap();
    assert_eq!(keying.ballots(), Err(Refusal::PassesDiffer { ballots: 1 }));
}

#[test]
fn three_passes_lie_side_by_side() {
    let passes = [row(&[1, 2, 3, 4]), row(&[1, 2, 9, 3, 4]), row(&[1, 3, 4])];
    let passes: Vec<&[Ballot]> = passes.iter().map(Vec::as_slice).collect();
    let slots = line_up(&passes);
    let open: Vec<_> = slots.iter().filter(|slot| slot.agreed.is_none()).collect();
    assert_eq!(open.len(), 2);
    assert_eq!(open[0].at, [Some(2), Some(2), None]);
    assert_eq!(open[1].at, [None, Some(3), None]);
    assert_eq!(slots.len(), 5);
    assert_eq!(line_up(&[]), []);
}

/// Ballots of any layout with what may stand on them.
fn any_ballot() -> impl Strategy<Value = (Layout, Ballot)> {
    (1..=128_u8, 0..4_u8, any::<(u128, u128)>(), 0..64_u8).prop_map(
        |(names, kind, (one, other), remarks)| {
            let all = Names::first(names);
            let set = |bits| Names::from_bits(bits).and(all);
            let (layout, marks) = match kind {
                0 => (strike_list(names, 1), Marks::Struck(set(one))),
                1 => {
                    let order = set(one).iter().collect();
                    (layout(BallotKind::Ranked, names, 1), Marks::Order(order))
                }
                _ => {
                    let kind = if names == 1 {
                        BallotKind::SingleName
                    } else {
                        BallotKind::AgreeDisagree
                    };
                    let (agree, disagree) = (set(one), set(other));
                    (layout(kind, names, names), Marks::Boxes { agree, disagree })
                }
            };
            let seen = Remark::ALL.into_iter().zip(0..);
            let ballot = seen
                .filter(|(_, bit)| remarks >> bit & 1 == 1)
                .fold(Ballot::plain(marks), |ballot, (remark, _)| {
                    ballot.with(remark)
                });
            (layout, ballot)
        },
    )
}

proptest! {
    #[test]
    fn the_fewest_keys_type_the_ballot(
        ballots in proptest::collection::vec(0..40_u128, 1..60),
        names in 1..=120_u8,
    ) {
        let rules = party();
        let layout = strike_list(names, 1);
        let mut entry = Entry::new(layout, Patterns::default()).unwrap();
        for bits in ballots {
            let struck = Names::from_bits(bits).and(layout.all());
            let ballot = Ballot::struck(struck);
            let keys = entry.fewest_keys(&ballot);
            prop_assert!(keys.len() <= print(&layout, &ballot).len() + 1);
            for key in keys {
                let done = entry.press(&rules, key, 0);
                prop_assert!(done.is_ok());
            }
            prop_assert_eq!(entry.ballots().last(), Some(&ballot));
        }
    }

    #[test]
    fn what_is_printed_is_read_again((layout, ballot) in any_ballot()) {
        let keys = print(&layout, &ballot);
        prop_assert_eq!(parse(&layout, &keys), Ok(ballot));
        for key in keys {
            prop_assert_eq!(Key::try_from(char::from(key)), Ok(key));
        }
    }

    #[test]
    fn any_keys_replay(presses in proptest::collection::vec(0..31_usize, 0..120)) {
        let rules = party();
        let signs = keys("0123456789012.+.a==++-<abcNU/*=");
        let mut entry = Entry::new(strike_list(12, 9), Patterns::default()).unwrap();
        for (press, at) in presses.into_iter().zip(0..) {
            let _ = entry.press(&rules, signs[press], at);
        }
        let again =
            Entry::replay(&rules, strike_list(12, 9), Patterns::default(), entry.journal());
        prop_assert_eq!(again, Ok(entry));
    }

    /// Slips planted at known places, apart from each other, are the only
    /// differences found.
    #[test]
    fn exactly_the_planted_differences_are_found(
        length in 1..120_usize,
        slips in proptest::collection::btree_map(0..40_usize, 0..3_u8, 0..12),
    ) {
        // All ballots of the paper are different: 1, 2, 3 … in binary.
        let paper: Vec<Ballot> = (1..=length as u128)
            .map(|bits| Ballot::struck(Names::from_bits(bits)))
            .collect();
        let mut keyed = Vec::new();
        let mut planted = Vec::new();
        for (place, ballot) in paper.iter().enumerate() {
            let slip = slips.get(&(place / 3)).filter(|_| place % 3 == 1);
            match slip {
                Some(0) => planted.push((Some(place), false)),
                Some(1) => {
                    planted.push((Some(place), true));
                    keyed.push(Ballot::struck(Names::from_bits(1 << 20 | place as u128)));
                }
                Some(_) => {
                    keyed.push(ballot.clone());
                    planted.push((None, true));
                    keyed.push(Ballot::struck(Names::from_bits(1 << 21 | place as u128)));
                }
                None => keyed.push(ballot.clone()),
            }
        }
        let slots = line_up(&[&paper, &keyed]);
        let found: Vec<_> = slots
            .iter()
            .filter(|slot| slot.agreed.is_none())
            .map(|slot| (slot.at[0].map(|at| at as usize - 1), slot.at[1].is_some()))
            .collect();
        prop_assert_eq!(found, planted);
    }
}
