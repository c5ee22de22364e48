//! The state machine, walked by example and at random against a table.

use proptest::prelude::*;

use super::{Congress, Contents, Fact, Form, Numbers, Planned, Refusal, State, form_by_members};
use crate::{Day, UnitId};

fn day(month: i8, day: i8) -> Day {
    Day::of(2020, month, day).unwrap()
}

fn planned(first: Day, last: Day) -> Planned {
    Planned {
        first,
        last,
        preparatory_half_days: 0,
    }
}

fn numbers() -> Numbers {
    Numbers {
        convened: 30,
        present: 28,
        elected_committee: 5,
        elected_secretary: true,
        elected_deputies: 1,
        elected_delegates: 3,
        opinions: 12,
    }
}

fn reported() -> Congress {
    let mut congress = Congress::nothing();
    congress
        .date(day(1, 10), planned(day(3, 1), day(3, 1)), None)
        .unwrap();
    congress
        .submit_report(day(3, 2), (day(3, 1), day(3, 1)), numbers(), "")
        .unwrap();
    congress
}

#[test]
fn r31_199_members_meet_together_and_200_send_delegates() {
    assert_eq!(form_by_members(199, 200), Form::Members);
    assert_eq!(form_by_members(200, 200), Form::Delegates);
    let settle = |form, members, consent, bound| {
        Congress::nothing().settle(
            day(1, 1),
            form,
            Some(17),
            Contents::FOUR,
            consent,
            (members, bound),
        )
    };
    let bound = Some(200);
    assert_eq!(settle(Form::Members, 199, false, bound), Ok(()));
    assert_eq!(settle(Form::Delegates, 200, false, bound), Ok(()));
    assert_eq!(
        settle(Form::Delegates, 199, false, bound),
        Err(Refusal::DelegatesNeedConsent { bound: 200 })
    );
    assert_eq!(settle(Form::Delegates, 199, true, bound), Ok(()));
    assert_eq!(
        settle(Form::Members, 200, true, bound),
        Err(Refusal::TooManyForMembers { bound: 200 })
    );
    assert_eq!(settle(Form::Members, 5_000, false, None), Ok(()));
}

#[test]
fn a_second_report_is_refused_whatever_it_says() {
    let mut congress = reported();
    let before = congress.clone();
    let again = congress.submit_report(day(3, 3), (day(3, 2), day(3, 2)), numbers(), "");
    assert_eq!(again, Err(Refusal::AlreadyReported { held: day(3, 1) }));
    assert_eq!(congress, before);
    congress.confirm(day(3, 4)).unwrap();
    assert_eq!(
        congress
            .submit_report(day(3, 5), (day(3, 1), day(3, 1)), numbers(), "")
            .unwrap_err()
            .code(),
        "E-CON-02"
    );
}

#[test]
fn a_returned_report_no_longer_counts_until_it_comes_again() {
    let mut congress = reported();
    congress.return_for_rework(day(3, 4), " Thiếu số ").unwrap();
    assert_eq!(congress.state(), State::Returned);
    assert_eq!(congress.held(), None);
    assert_eq!(congress.report(), None);
    assert_eq!(congress.reason_on(day(3, 4)), Some("Thiếu số"));
    // Not even for the days before it went back.
    assert!(!congress.state_on(day(3, 3)).is_held());
    let corrected = Numbers {
        present: 27,
        ..numbers()
    };
    congress
        .submit_report(day(3, 6), (day(3, 2), day(3, 2)), corrected, "")
        .unwrap();
    assert_eq!(congress.state_on(day(3, 1)), State::Dated);
    assert_eq!(congress.state_on(day(3, 2)), State::Held);
    assert_eq!(congress.state_on(day(3, 6)), State::Reported);
    assert_eq!(congress.held(), Some((day(3, 2), day(3, 2))));
    assert_eq!(congress.report().map(|(_, said, _)| said.present), Some(27));
    // The first report is still on record.
    let told = congress.entries().iter();
    let reports = told.filter(|entry| matches!(entry.fact, Fact::Reported { .. }));
    assert_eq!(reports.count(), 2);
}

#[test]
fn past_days_see_the_state_they_had() {
    let mut congress = Congress::nothing();
    let days = planned(day(3, 10), day(3, 11));
    congress.date(day(1, 10), days, None).unwrap();
    congress.prepare(day(2, 1)).unwrap();
    congress.review(day(2, 10), "Bổ sung phương hướng").unwrap();
    congress.postpone(day(2, 20), "Dịch bệnh").unwrap();
    let later = planned(day(6, 10), day(6, 11));
    congress
        .date(day(5, 4), later.clone(), Some("Hết giãn cách".into()))
        .unwrap();
    congress
        .submit_report(day(6, 12), (day(6, 10), day(6, 11)), numbers(), "")
        .unwrap();
    congress.confirm(day(6, 15)).unwrap();
    congress.ratify(day(6, 20), "12-QĐ/QU").unwrap();
    for (on, state) in [
        (day(1, 9), State::Expected),
        (day(1, 10), State::Dated),
        (day(2, 1), State::Prepared),
        (day(2, 19), State::Reviewed),
        (day(2, 20), State::Postponed),
        (day(5, 4), State::Dated),
        (day(6, 10), State::Dated),
        (day(6, 11), State::Held),
        (day(6, 12), State::Reported),
        (day(6, 15), State::Confirmed),
        (day(6, 20), State::Ratified),
    ] {
        assert_eq!(congress.state_on(on), state, "{on}");
    }
    assert_eq!(congress.planned().on(day(3, 1)), Some(&None));
    assert_eq!(congress.planned().on(day(5, 4)), Some(&Some(later)));
}

#[test]
fn a_new_day_keeps_what_was_prepared_and_needs_a_reason() {
    let mut congress = Congress::nothing();
    congress
        .date(day(1, 10), planned(day(3, 1), day(3, 1)), None)
        .unwrap();
    congress.prepare(day(2, 1)).unwrap();
    let moved = planned(day(3, 8), day(3, 8));
    for reason in [None, Some("  ".to_owned())] {
        assert_eq!(
            congress.date(day(2, 2), moved.clone(), reason),
            Err(Refusal::ReasonNeeded)
        );
    }
    congress
        .date(day(2, 2), moved, Some("Trùng lịch".into()))
        .unwrap();
    assert_eq!(congress.state(), State::Prepared);
}

#[test]
fn the_units_own_days_replace_what_an_officer_recorded() {
    let mut congress = Congress::nothing();
    congress.hold(day(3, 5), (day(3, 1), day(3, 1))).unwrap();
    congress
        .submit_report(day(3, 6), (day(3, 3), day(3, 3)), numbers(), "")
        .unwrap();
    assert_eq!(congress.held(), Some((day(3, 3), day(3, 3))));
    assert!(!congress.state_on(day(3, 2)).is_held());
}

#[test]
fn a_holding_recorded_by_mistake_is_taken_back() {
    let mut congress = Congress::nothing();
    congress.hold(day(3, 5), (day(3, 1), day(3, 1))).unwrap();
    congress
        .return_for_rework(day(3, 6), "Nhầm đơn vị")
        .unwrap();
    assert!(!congress.state().is_held());
    congress
        .date(day(3, 6), planned(day(3, 20), day(3, 20)), None)
        .unwrap();
    assert_eq!(congress.state(), State::Dated);
}

#[test]
fn an_ended_congress_can_be_resumed_where_it_stood() {
    let mut congress = Congress::nothing();
    congress
        .date(day(1, 10), planned(day(3, 1), day(3, 1)), None)
        .unwrap();
    congress.cancel(day(2, 1), "Giải thể").unwrap();
    assert!(!congress.state().is_expected_of_unit());
    congress.resume(day(2, 5), "Không giải thể nữa").unwrap();
    assert_eq!(congress.state(), State::Dated);
    assert_eq!(congress.state_on(day(2, 3)), State::Cancelled);
    congress
        .hand_over(day(2, 6), UnitId(7), "Sáp nhập")
        .unwrap();
    assert_eq!(congress.state(), State::HandedOver);
}

#[test]
fn numbers_that_do_not_add_up_are_refused() {
    let report = |change: fn(&mut Numbers), contents: Contents| {
        let mut said = numbers();
        change(&mut said);
        let mut congress = Congress::nothing();
        congress
            .settle(
                day(1, 1),
                Form::Members,
                None,
                contents,
                false,
                (30, Some(200)),
            )
            .unwrap();
        congress
            .submit_report(day(3, 2), (day(3, 1), day(3, 1)), said, "")
            .map_err(|refusal| refusal.code())
    };
    assert_eq!(report(|_| {}, Contents::FOUR), Ok(()));
    assert_eq!(
        report(|said| said.present = 31, Contents::FOUR),
        Err("E-CON-05")
    );
    assert_eq!(
        report(|said| said.elected_deputies = 5, Contents::FOUR),
        Err("E-CON-06")
    );
    // R29: below nine members a secretary is elected without a committee.
    assert_eq!(
        report(|said| said.elected_committee = 0, Contents::FOUR),
        Ok(())
    );
    // R44: review and opinions only, then nobody is elected.
    assert_eq!(report(|_| {}, Contents::TWO), Err("E-CON-07"));
}

/// The verbs, in the columns of the table.
const VERBS: [&str; 12] = [
    "settle", "date", "postpone", "prepare", "review", "hold", "report", "confirm", "return",
    "ratify", "end", "resume",
];

/// Where each state leads by each verb; a blank where it may not. The same
/// table is in `docs/machines/congress.md`.
#[rustfmt::skip]
fn allowed(state: State, verb: &str) -> Option<State> {
    use State as S;
    let before = matches!(state, S::Expected | S::Postponed | S::Dated | S::Prepared | S::Reviewed);
    match (verb, state) {
        ("settle", S::Returned) => Some(state),
        ("settle", _) if before => Some(state),
        ("date", S::Prepared | S::Reviewed) => Some(state),
        ("date", S::Returned) => Some(S::Dated),
        ("date", _) if before => Some(S::Dated),
        ("postpone", S::Dated | S::Prepared | S::Reviewed) => Some(S::Postponed),
        ("prepare", S::Dated) => Some(S::Prepared),
        ("review", S::Dated | S::Prepared | S::Reviewed) => Some(S::Reviewed),
        ("hold", S::Returned) => Some(S::Held),
        ("hold", _) if before => Some(S::Held),
        ("report", S::Held | S::Returned) => Some(S::Reported),
        ("report", _) if before => Some(S::Reported),
        ("confirm", S::Reported) => Some(S::Confirmed),
        ("return", S::Held | S::Reported | S::Confirmed) => Some(S::Returned),
        ("ratify", S::Confirmed) => Some(S::Ratified),
        ("end", S::Returned) => Some(S::Cancelled),
        ("end", _) if before => Some(S::Cancelled),
        _ => None,
    }
}

fn take(congress: &mut Congress, verb: &str, today: Day) -> Result<(), Refusal> {
    let why = || Some("lý do".to_owned());
    let days = (today.plus(-1), today);
    match verb {
        "settle" => congress.settle(
            today,
            Form::Members,
            None,
            Contents::FOUR,
            false,
            (30, Some(200)),
        ),
        "date" => congress.date(today, planned(today.plus(9), today.plus(9)), why()),
        "postpone" => congress.postpone(today, "lý do"),
        "prepare" => congress.prepare(today),
        "review" => congress.review(today, ""),
        "hold" => congress.hold(today, days),
        "report" => congress.submit_report(today, days, numbers(), ""),
        "confirm" => congress.confirm(today),
        "return" => congress.return_for_rework(today, "lý do"),
        "ratify" => congress.ratify(today, ""),
        "end" => congress.cancel(today, "lý do"),
        _ => congress.resume(today, "lý do"),
    }
}

proptest! {
    /// Whatever people try in whatever order: only what the table allows
    /// happens, what is refused leaves no trace, and yesterday's state does not
    /// change afterwards, except by a report that says when it met or one that
    /// goes back.
    #[test]
    fn random_walks_keep_to_the_table(walk in prop::collection::vec((0_usize..12, 1_i32..4), 1..40)) {
        let mut congress = Congress::nothing();
        let mut today = day(1, 1);
        let mut stood = State::Expected;
        for (verb, pause) in walk {
            today = today.plus(pause);
            let (verb, state, before) = (VERBS[verb], congress.state(), congress.clone());
            let expected = match (verb, state) {
                ("resume", State::Cancelled) => Some(stood),
                _ => allowed(state, verb),
            };
            let done = take(&mut congress, verb, today);
            match expected {
                Some(next) => {
                    prop_assert_eq!(done, Ok(()), "{} in {:?}", verb, state);
                    prop_assert_eq!(congress.state(), next, "{} in {:?}", verb, state);
                    prop_assert_eq!(congress.state_on(today), next);
                    if verb == "end" {
                        stood = state;
                    }
                    if !matches!(verb, "hold" | "report" | "return") {
                        for back in 1..20 {
                            let past = today.plus(-back);
                            prop_assert_eq!(congress.state_on(past), before.state_on(past));
                        }
                    }
                }
                None => {
                    prop_assert!(done.is_err(), "{} in {:?}", verb, state);
                    prop_assert_eq!(&congress, &before);
                }
            }
            prop_assert_eq!(congress.held().is_some(), congress.state().is_held());
            prop_assert!(congress.report().is_none() || congress.held().is_some());
        }
    }
}
