//! R10 to R18: which ballots count, and whether papers and sheets add up.

use super::*;
use crate::voting::ballot::{Remark, Verdict, read};
use crate::voting::count::{Sheet, basis_points};

fn verdict(layout: Layout, ballot: &Ballot) -> Verdict {
    ballot.check(&layout).unwrap();
    read(&party(), &layout, ballot).verdict
}

/// A ballot of 18 on which so many are left.
fn left(count: u8) -> Ballot {
    Ballot::struck(Names::first(18).without(Names::first(count)))
}

#[test]
fn r10_percentages_are_of_the_denominator() {
    assert_eq!(basis_points(137, 272), Some(5037));
    assert_eq!(basis_points(137, 200), Some(6850));
    assert_eq!(basis_points(1, 0), None);
    let mut case = Case::new(party(), "committee", strike_list(2, 1), 275);
    case.attendance = attending(
        Body::DelegateCongress,
        275,
        &[group("delegate_absent", 3, 0)],
    );
    case.papers.issued = 272;
    let case = case.with(struck(&[2]), 137).with(struck(&[1]), 63);
    let outcome = case.count().unwrap();
    assert_eq!(outcome.papers.returned, 200);
    assert_eq!(outcome.lines[0].basis_points, Some(5037));
    assert_eq!(outcome.elected, [no(1)]);
}

#[test]
fn r11_invalid_ballots_stay_in_the_denominator() {
    let case = Case::new(party(), "committee", strike_list(2, 1), 272);
    let case = case.with(struck(&[2]), 136).with(struck(&[1]), 126).ruled(
        struck(&[]),
        ruled(false, "I2"),
        10,
    );
    let outcome = case.count().unwrap();
    assert_eq!((outcome.denominator.value, outcome.need), (272, 137));
    assert_eq!(outcome.papers.valid, 262);
    assert_eq!(outcome.elected, []);
}

#[test]
fn r12_names_left_unstruck_are_votes() {
    let layout = strike_list(18, 15);
    assert_eq!(
        verdict(layout, &left(16)),
        Verdict::Invalid(criterion("I2"))
    );
    for count in 1..=15 {
        assert_eq!(verdict(layout, &left(count)), Verdict::Valid, "{count}");
        let reading = read(&party(), &layout, &left(count));
        assert_eq!(reading.votes, Names::first(count));
    }
    // The sentence about ballots for nobody was read in part only: a person
    // rules on it. Until then it counts for nobody.
    assert_eq!(
        verdict(layout, &left(0)),
        Verdict::Doubtful(criterion("I3"))
    );
    let case = Case::new(party(), "committee", layout, 20).with(left(0), 1);
    let outcome = case.count().unwrap();
    assert_eq!(outcome.papers.valid, 0);
    assert_eq!(outcome.papers.awaiting.get(&criterion("I3")), Some(&1));
    let case = Case::new(party(), "committee", layout, 20).ruled(left(0), ruled(false, "I3"), 1);
    let outcome = case.count().unwrap();
    assert_eq!(outcome.papers.invalid.get(&criterion("I3")), Some(&1));
    let fields: Vec<_> = outcome.unconfirmed.iter().map(|each| &each.field).collect();
    assert!(
        fields.iter().any(|field| field.starts_with("criteria[")),
        "{fields:?}"
    );
}

#[test]
fn r13_nothing_struck_is_an_over_vote() {
    let layout = strike_list(18, 15);
    assert_eq!(
        verdict(layout, &struck(&[])),
        Verdict::Invalid(criterion("I2"))
    );
    // Nobody can rule it valid.
    let case = Case::new(party(), "committee", layout, 20).ruled(struck(&[]), ruled(true, "I2"), 1);
    assert_eq!(
        case.count().unwrap_err(),
        Refusal::RulingAgainstRule {
            criterion: criterion("I2")
        }
    );
}

#[test]
fn r14_both_boxes_or_none_cost_one_person_only() {
    let layout = layout(BallotKind::AgreeDisagree, 3, 3);
    let ballot = boxes(&[1, 3], &[3]);
    assert_eq!(verdict(layout, &ballot), Verdict::Valid);
    let case = Case::new(party(), "committee", layout, 20).with(ballot, 1);
    let outcome = case.count().unwrap();
    let votes: Vec<u64> = outcome.lines.iter().map(|line| line.votes).collect();
    assert_eq!(votes, [1, 0, 0]);
    let none: Vec<u64> = outcome.lines.iter().map(|line| line.not_counted).collect();
    assert_eq!(none, [0, 1, 1]);
    // The row's own example: agree, nothing, disagree.
    let case = Case::new(party(), "committee", layout, 20).with(boxes(&[1], &[3]), 1);
    let lines = case.count().unwrap().lines;
    assert_eq!(
        lines
            .iter()
            .map(|line| (line.votes, line.against))
            .collect::<Vec<_>>(),
        [(1, 0), (0, 0), (0, 1)]
    );
}

#[test]
fn r15_a_single_name_needs_exactly_one_box() {
    let layout = layout(BallotKind::SingleName, 1, 1);
    assert_eq!(verdict(layout, &boxes(&[1], &[])), Verdict::Valid);
    assert_eq!(verdict(layout, &boxes(&[], &[1])), Verdict::Valid);
    // From memory: somebody must rule and confirm.
    for ballot in [boxes(&[1], &[1]), boxes(&[], &[])] {
        assert_eq!(verdict(layout, &ballot), Verdict::Doubtful(criterion("I4")));
        let case = Case::new(party(), "branch_secretary", layout, 20).with(ballot, 1);
        let outcome = case.count().unwrap();
        assert_eq!((outcome.papers.valid, outcome.lines[0].votes), (0, 0));
    }
    let agree = Case::new(party(), "branch_secretary", layout, 20).with(boxes(&[1], &[]), 11);
    assert_eq!(agree.count().unwrap().elected, [no(1)]);
}

#[test]
fn r16_papers_are_reconciled_and_more_back_than_out_blocks() {
    let layout = strike_list(18, 15);
    let mut case = Case::new(party(), "committee", layout, 272).with(left(15), 271);
    assert_eq!(case.count().unwrap().papers.not_returned, 1);
    case = case.with(left(15), 2);
    assert_eq!(
        case.count().unwrap_err(),
        Refusal::MoreReturnedThanIssued {
            issued: 272,
            returned: 273
        }
    );
    // A paper of somebody else's is ruled on.
    let foreign = left(15).with(Remark::NotIssued);
    assert_eq!(
        verdict(layout, &foreign),
        Verdict::Doubtful(criterion("I1"))
    );
}

#[test]
fn r16_spoiled_papers_are_replaced_and_nobody_gets_two() {
    let mut case = Case::new(party(), "committee", strike_list(18, 15), 272).with(left(15), 270);
    case.papers.issued = 274;
    case.papers.spoiled = 2;
    case.papers.printed = Some(300);
    let papers = case.count().unwrap().papers;
    assert_eq!((papers.not_returned, papers.unused), (2, Some(26)));
    case.papers.spoiled = 1;
    assert_eq!(
        case.count().unwrap_err(),
        Refusal::MoreIssuedThan {
            issued: 273,
            limit: 272
        }
    );
    case.papers.spoiled = 2;
    case.papers.printed = Some(273);
    assert_eq!(case.count().unwrap_err().code(), "E-VOT-03");
}

#[test]
fn r17_valid_and_invalid_are_the_ballots_returned() {
    let case = Case::new(party(), "committee", strike_list(18, 15), 272)
        .with(left(15), 262)
        .ruled(left(16), ruled(false, "I2"), 9);
    let papers = case.count().unwrap().papers;
    assert_eq!((papers.valid, papers.returned), (262, 271));
    assert_eq!(papers.invalid.values().sum::<u64>(), 9);
    let mut short = case;
    short.papers.returned = 272;
    assert_eq!(
        short.count().unwrap_err(),
        Refusal::PapersDoNotAddUp {
            returned: 272,
            counted: 271
        }
    );
}

fn sheet(valid: u32, invalid: u32, votes: &[u32]) -> Sheet {
    Sheet {
        ballots: valid + invalid,
        valid,
        invalid: [(criterion("I2"), invalid)].into(),
        votes: votes.to_vec(),
        against: vec![],
    }
}

#[test]
fn r18_all_votes_fit_on_the_valid_ballots() {
    let layout = strike_list(18, 15);
    // 262 × 15 = 3,930.
    let mut votes = vec![218; 18];
    assert_eq!(votes.iter().sum::<u32>(), 3924);
    assert_eq!(sheet(262, 9, &votes).check(&layout), Ok(()));
    votes[0] += 6;
    assert_eq!(sheet(262, 9, &votes).check(&layout), Ok(()));
    votes[0] += 1;
    assert_eq!(
        sheet(262, 9, &votes).check(&layout),
        Err(Refusal::TooManyVotes {
            number: None,
            votes: 3931,
            limit: 3930
        })
    );
    let one = sheet(10, 0, &[11, 0]).check(&strike_list(2, 1));
    assert_eq!(
        one,
        Err(Refusal::TooManyVotes {
            number: Some(no(1)),
            votes: 11,
            limit: 10
        })
    );
    let mut short = sheet(10, 1, &[5, 5]);
    short.ballots = 10;
    assert_eq!(
        short.check(&strike_list(2, 1)).unwrap_err().code(),
        "E-VOT-04"
    );
}

#[test]
fn sheets_and_ballots_give_the_same_result() {
    let case = Case::new(party(), "committee", strike_list(3, 2), 20)
        .with(struck(&[3]), 9)
        .with(struck(&[1]), 4)
        .ruled(struck(&[]), ruled(false, "I2"), 2);
    let sheets = [sheet(8, 2, &[8, 8, 0]), sheet(5, 0, &[1, 5, 4])];
    let input = Input {
        rules: &case.rules,
        definition: &case.definition,
        attendance: &case.attendance,
        papers: case.papers,
        votes: Votes::Sheets(&sheets),
    };
    assert_eq!(count(&input, &[]), case.count());
}

#[test]
fn a_ballot_of_another_list_is_refused() {
    let layout = strike_list(18, 15);
    assert_eq!(
        struck(&[19]).check(&layout),
        Err(Refusal::NumberUnknown {
            number: 19,
            names: 18
        })
    );
    assert_eq!(boxes(&[1], &[]).check(&layout), Err(Refusal::OtherLayout));
    let ranked = super::layout(BallotKind::Ranked, 3, 1);
    assert_eq!(
        ranking(&[2, 1, 2]).check(&ranked),
        Err(Refusal::NumberTwice { number: no(2) })
    );
    assert_eq!(strike_list(0, 1).check().unwrap_err().code(), "E-VOT-09");
    assert_eq!(strike_list(129, 1).check().unwrap_err().code(), "E-VOT-09");
}

#[test]
fn a_doubtful_stroke_counts_as_the_committee_reads_it() {
    let layout = strike_list(3, 2);
    let unclear = struck(&[2]).with(Remark::Unclear);
    assert_eq!(
        verdict(layout, &unclear),
        Verdict::Doubtful(criterion("D1"))
    );
    let read_as = Some(Ruling {
        valid: true,
        criterion: criterion("D1"),
        meaning: Some(Marks::Struck(names(&[3]))),
    });
    let case = Case::new(party(), "committee", layout, 20).ruled(unclear, read_as, 3);
    let votes: Vec<u64> = case
        .count()
        .unwrap()
        .lines
        .iter()
        .map(|line| line.votes)
        .collect();
    assert_eq!(votes, [3, 3, 0]);
}

#[test]
fn a_ruling_names_a_criterion_of_the_rules() {
    let base = Case::new(party(), "committee", strike_list(3, 2), 20);
    for code in ["I9", "V4"] {
        let case = base.clone().ruled(struck(&[]), ruled(false, code), 1);
        assert_eq!(
            case.count().unwrap_err(),
            Refusal::CriterionUnknown {
                code: criterion(code)
            }
        );
    }
}

#[test]
fn long_lists_are_counted_like_short_ones() {
    for names in [60, 64, 65, 100, 128] {
        let layout = strike_list(names, 40);
        let mut case = Case::new(party(), "committee", layout, 500);
        let mut expected = vec![0_u64; names.into()];
        for turn in 0..200_u32 {
            let start = turn * 7 % u32::from(names);
            let size = 1 + turn % 45;
            let voted: Names = (0..size)
                .map(|step| no(u8::try_from((start + step) % u32::from(names) + 1).unwrap()))
                .collect();
            if size <= 40 {
                voted
                    .iter()
                    .for_each(|number| expected[number.place()] += 1);
            }
            case = case.with(Ballot::struck(layout.all().without(voted)), 1);
        }
        let outcome = case.count().unwrap();
        let votes: Vec<u64> = outcome.lines.iter().map(|line| line.votes).collect();
        assert_eq!(votes, expected, "{names}");
        assert_eq!(outcome.papers.awaiting.values().sum::<u64>(), 20);
    }
}

#[test]
fn blanks_and_over_votes_are_told_apart_on_any_list() {
    for names in [20, 64, 65, 128] {
        let layout = strike_list(names, 3);
        let three = Ballot::struck(layout.all().without(Names::first(3)));
        let case = Case::new(party(), "committee", layout, 20)
            .with(Ballot::struck(layout.all()), 2)
            .with(struck(&[]), 3)
            .with(three, 4);
        let papers = case.count().unwrap().papers;
        let awaiting = [(criterion("I2"), 3), (criterion("I3"), 2)];
        assert_eq!(papers.awaiting, awaiting.into(), "{names}");
        assert_eq!(papers.valid, 4);
    }
}
