//! R1 to R9: the denominator and what half of it is.

use super::*;
use crate::voting::unconfirmed::Uses;

const DELEGATES: Body = Body::DelegateCongress;
const MEMBERS: Body = Body::MemberCongress;

/// The denominator and the votes needed.
fn need(body: Body, convened: u32, groups: &[Group]) -> (u32, u64) {
    let rules = party();
    let found = attending(body, convened, groups)
        .denominator(&rules, (0, 0), &mut Uses::default())
        .unwrap();
    (found.value, rules.threshold.value.need(found.value))
}

#[test]
fn r1_delegates_absent_throughout_leave_the_denominator() {
    let found = need(DELEGATES, 275, &[group("delegate_absent", 3, 0)]);
    assert_eq!(found, (272, 137));
}

#[test]
fn r1_136_of_272_fail_and_137_are_elected() {
    for (votes, elected) in [(136, vec![]), (137, vec![no(1)])] {
        let mut case = Case::new(party(), "committee", strike_list(2, 1), 275);
        case.attendance = attending(DELEGATES, 275, &[group("delegate_absent", 3, 0)]);
        case.papers.issued = 272;
        let case = case.with(struck(&[2]), votes).with(struck(&[1]), 100);
        assert_eq!(case.count().unwrap().elected, elected, "{votes}");
    }
}

#[test]
fn r2_an_alternate_who_replaces_keeps_the_seat_in_the_denominator() {
    let found = need(DELEGATES, 275, &[group("delegate_absent", 3, 2)]);
    assert_eq!(found, (274, 138));
}

#[test]
fn r3_absence_for_part_of_the_congress_changes_nothing() {
    // Three left before the ballot: the rules know no such exclusion.
    assert_eq!(need(DELEGATES, 275, &[]), (275, 138));
    let left = attending(DELEGATES, 275, &[group("left_early", 3, 0)]);
    assert_eq!(
        left.denominator(&party(), (0, 0), &mut Uses::default()),
        Err(Refusal::ExclusionUnknown {
            code: ExclusionCode("left_early".to_owned())
        })
    );
}

#[test]
fn r4_committee_members_absent_throughout_leave_the_denominator() {
    let groups = [
        group("committee_absent", 2, 0),
        group("delegate_absent", 1, 0),
    ];
    assert_eq!(need(DELEGATES, 275, &groups), (272, 137));
    // Nobody replaces a committee member.
    let replaced = attending(DELEGATES, 275, &[group("committee_absent", 2, 1)]);
    assert_eq!(
        replaced.excluded(&party()),
        Err(Refusal::AttendanceDoesNotAddUp { found: 1, limit: 0 })
    );
}

#[test]
fn r5_exactly_half_is_not_elected() {
    let case = Case::new(party(), "committee", strike_list(2, 1), 274);
    let case = case.with(struck(&[2]), 137).with(struck(&[1]), 60);
    let outcome = case.count().unwrap();
    assert_eq!((outcome.denominator.value, outcome.need), (274, 138));
    assert_eq!(outcome.elected, []);
}

#[test]
fn r6_five_of_ten_is_not_elected() {
    let mut case = Case::new(party(), "branch_committee", strike_list(2, 1), 11);
    case.definition.body = MEMBERS;
    case.attendance = attending(MEMBERS, 11, &[]);
    case.attendance.present = 10;
    case.papers.issued = 10;
    let five = case.clone().with(struck(&[2]), 5).with(struck(&[1]), 5);
    let outcome = five.count().unwrap();
    assert_eq!((outcome.denominator.value, outcome.need), (11, 6));
    assert_eq!(outcome.elected, []);
    let six = case.with(struck(&[2]), 6).with(struck(&[1]), 4);
    assert_eq!(six.count().unwrap().elected, [no(1)]);
    // The absence accepted: of 10 it takes 6 as well.
    assert_eq!(need(MEMBERS, 11, &[group("excused", 1, 0)]), (10, 6));
}

#[test]
fn r7_exclusions_of_a_members_congress() {
    let groups = [
        group("exempt", 4, 0),
        group("elsewhere", 2, 0),
        group("suspended", 1, 0),
        group("excused", 1, 0),
    ];
    assert_eq!(need(MEMBERS, 46, &groups), (38, 20));
    let rules = party();
    let steps = attending(MEMBERS, 46, &groups).excluded(&rules).unwrap();
    let taken: Vec<(&str, u32)> = steps
        .iter()
        .map(|step| (step.code.0.as_str(), step.subtracted))
        .collect();
    assert_eq!(
        taken,
        [
            ("exempt", 4),
            ("elsewhere", 2),
            ("suspended", 1),
            ("excused", 1)
        ]
    );
}

#[test]
fn r8_exempted_members_who_come_are_counted_and_vote() {
    let groups = [
        group("exempt", 4, 1),
        group("elsewhere", 2, 0),
        group("suspended", 1, 0),
        group("excused", 1, 0),
    ];
    assert_eq!(need(MEMBERS, 46, &groups), (39, 20));
    // The suspended do not vote, whether they come or not.
    let came = attending(MEMBERS, 46, &[group("suspended", 1, 1)]);
    assert!(came.excluded(&party()).is_err());
}

#[test]
fn r9_unexcused_absence_stays_in_the_denominator() {
    let mut away = attending(MEMBERS, 46, &[]);
    away.present = 41;
    let rules = party();
    let found = away
        .denominator(&rules, (0, 0), &mut Uses::default())
        .unwrap();
    assert_eq!(
        (found.value, rules.threshold.value.need(found.value)),
        (46, 24)
    );
}

#[test]
fn attendance_that_does_not_add_up_is_refused() {
    let rules = party();
    let refused = |attendance: &Attendance| attendance.excluded(&rules).unwrap_err().code();
    // More left out than convened; more present than left; one reason twice.
    assert_eq!(
        refused(&attending(MEMBERS, 3, &[group("exempt", 4, 0)])),
        "E-VOT-06"
    );
    let mut crowd = attending(MEMBERS, 46, &[group("exempt", 4, 0)]);
    crowd.present = 43;
    assert_eq!(refused(&crowd), "E-VOT-06");
    let twice = [group("exempt", 1, 0), group("exempt", 1, 0)];
    assert_eq!(refused(&attending(MEMBERS, 46, &twice)), "E-VOT-07");
    let huge = [group("exempt", u32::MAX, 0), group("excused", u32::MAX, 0)];
    let mut huge = Attendance {
        groups: huge.to_vec(),
        ..attending(MEMBERS, 46, &[])
    };
    huge.present = 0;
    assert_eq!(refused(&huge), "E-VOT-06");
}

#[test]
fn the_youth_union_counts_against_ballots_collected() {
    let case = Case::new(rules("vn-youth-union"), "committee", strike_list(3, 2), 100);
    // 80 collected, 5 of them invalid: more than half of 80.
    let case = case.with(struck(&[3]), 41).with(struck(&[1]), 34).ruled(
        struck(&[]),
        ruled(false, "I2"),
        5,
    );
    let outcome = case.count().unwrap();
    assert_eq!(
        (outcome.denominator.start, outcome.denominator.value),
        (80, 80)
    );
    assert_eq!(outcome.need, 41);
    assert_eq!(outcome.elected, [no(2), no(1)]);
}

#[test]
fn an_association_counts_against_valid_ballots() {
    let layout = layout(BallotKind::SingleName, 1, 1);
    let mut case = Case::new(rules("association"), "chair", layout, 100);
    case.definition.layout = layout;
    let case = case
        .with(boxes(&[1], &[]), 21)
        .with(boxes(&[], &[1]), 20)
        .ruled(boxes(&[], &[]), ruled(false, "4"), 30);
    let outcome = case.count().unwrap();
    assert_eq!((outcome.denominator.value, outcome.need), (41, 21));
    assert_eq!(outcome.elected, [no(1)]);
    assert_eq!(outcome.next, []);
}
