//! After the vote: R39, R40, R41.

use super::*;
use crate::Day;
use crate::season::{HolidayCalendar, HolidayRules};
use crate::voting::custody::{Custody, CustodyCode};

fn day(year: i16, month: i8, day: i8) -> Day {
    Day::of(year, month, day).unwrap()
}

fn holidays() -> HolidayCalendar {
    let rules: HolidayRules =
        toml::from_str(include_str!("../../../profiles/holidays-vn.toml")).unwrap();
    rules.calendar(2024, 2026)
}

fn sealed() -> Custody {
    Custody::new(day(2025, 1, 10), day(2025, 1, 10))
        .seal(day(2025, 1, 10), "Ban Chấp hành khóa mới")
        .unwrap()
}

#[test]
fn r39_reported_within_seven_and_ratified_within_fifteen_working_days() {
    let (rules, calendar) = (party(), holidays());
    let mut custody = Custody::new(day(2025, 1, 9), day(2025, 1, 9));
    assert_eq!(
        custody.report_until(&rules, &calendar),
        Some(day(2025, 1, 20))
    );
    assert_eq!(custody.ratify_until(&rules, &calendar), None);
    let late = |custody: &Custody, today| -> Vec<CustodyCode> {
        let found = custody.check(&rules, &calendar, today);
        found.into_iter().map(|finding| finding.code).collect()
    };
    custody.sealed = sealed().sealed;
    assert_eq!(late(&custody, day(2025, 1, 20)), []);
    assert_eq!(late(&custody, day(2025, 1, 21)), [CustodyCode::ReportLate]);
    custody.reported = Some(day(2025, 1, 17));
    custody.received = Some(day(2025, 1, 17));
    // Fifteen working days over Tết, which was nine days long.
    let last = custody.ratify_until(&rules, &calendar).unwrap();
    assert_eq!(last, day(2025, 2, 14));
    assert_eq!(late(&custody, last), []);
    assert_eq!(late(&custody, last.next()), [CustodyCode::RatificationLate]);
    custody.ratified = Some(last);
    assert_eq!(late(&custody, day(2025, 12, 1)), []);
}

#[test]
fn r40_complaints_within_fifteen_working_days_of_the_closing() {
    let (rules, calendar) = (party(), holidays());
    let last = sealed().complaints_until(&rules, &calendar).unwrap();
    assert_eq!(last, day(2025, 2, 7));
    let late = sealed().complain(&rules, &calendar, last.next(), "khiếu nại");
    assert_eq!(late, Err(Refusal::ComplaintTooLate { last }));
    let mut custody = sealed()
        .complain(&rules, &calendar, last, "khiếu nại")
        .unwrap();
    assert!(custody.has_open_complaint());
    // Ratified while it was open: somebody should look.
    custody.ratified = Some(day(2025, 2, 10));
    custody.reported = Some(day(2025, 1, 14));
    let codes = |custody: &Custody| -> Vec<&str> {
        let found = custody.check(&rules, &calendar, day(2025, 3, 3));
        found.iter().map(|finding| finding.code.code()).collect()
    };
    assert_eq!(codes(&custody), ["W-VOT-81"]);
    assert_eq!(
        custody.clone().settle(0, day(2025, 2, 6), "đã giải quyết"),
        Err(Refusal::DaysReversed)
    );
    // Settled before the ratification it would have been right.
    let settled = custody
        .clone()
        .settle(0, day(2025, 2, 9), "đã giải quyết")
        .unwrap();
    assert_eq!(codes(&settled), Vec::<&str>::new());
    assert_eq!(
        settled
            .settle(0, day(2025, 2, 9), "lại")
            .unwrap_err()
            .code(),
        "E-VOT-01"
    );
}

#[test]
fn r41_ballots_are_kept_six_months_and_destroyed_by_decision() {
    let (rules, calendar) = (party(), holidays());
    let first = day(2025, 7, 10);
    assert_eq!(sealed().kept_until(&rules), first);
    let destroy = |custody: Custody, on, decision| custody.destroy(&rules, on, decision);
    assert_eq!(
        destroy(sealed(), day(2025, 7, 9), "5-QĐ/ĐU"),
        Err(Refusal::KeptUntil { day: first })
    );
    assert_eq!(destroy(sealed(), first, " "), Err(Refusal::DecisionNeeded));
    let complained = sealed()
        .complain(&rules, &calendar, day(2025, 1, 20), "khiếu nại")
        .unwrap();
    assert_eq!(
        destroy(complained.clone(), first, "5-QĐ/ĐU"),
        Err(Refusal::ComplaintOpen)
    );
    let settled = complained
        .settle(0, day(2025, 3, 1), "không có cơ sở")
        .unwrap();
    let opened = settled
        .clone()
        .open_seal(first.next(), "3-QĐ/UBKT")
        .unwrap();
    assert_eq!(
        destroy(opened, first, "5-QĐ/ĐU"),
        Err(Refusal::DaysReversed)
    );
    let destroyed = destroy(settled, first, "5-QĐ/ĐU").unwrap();
    assert_eq!(
        destroy(destroyed, first, "5-QĐ/ĐU").unwrap_err().code(),
        "E-VOT-01"
    );
    // What was never sealed cannot have been kept.
    let unsealed = Custody::new(day(2025, 1, 10), day(2025, 1, 10));
    assert_eq!(
        destroy(unsealed, first, "5-QĐ/ĐU").unwrap_err().code(),
        "E-VOT-01"
    );
}

#[test]
fn r41_a_complaint_is_not_answered_after_the_ballots_are_gone() {
    let (rules, calendar) = (party(), holidays());
    let first = sealed().kept_until(&rules);
    let answered = sealed()
        .complain(&rules, &calendar, day(2025, 1, 20), "khiếu nại")
        .and_then(|custody| custody.settle(0, first.next(), "không có cơ sở"))
        .unwrap();
    let early = answered.clone().destroy(&rules, first, "5-QĐ/ĐU");
    assert_eq!(early, Err(Refusal::DaysReversed));
    assert!(answered.destroy(&rules, first.next(), "5-QĐ/ĐU").is_ok());
}

#[test]
fn r39_ratified_is_not_before_the_report_and_nobody_ratifies_nobody() {
    let (reported, received) = (day(2025, 1, 14), day(2025, 1, 16));
    let custody = sealed().report(reported, Some(received)).unwrap();
    let early = custody.clone().ratify(reported);
    assert_eq!(early, Err(Refusal::DaysReversed));
    let ratified = custody.ratify(received).unwrap();
    let again = ratified.report(reported, None);
    assert_eq!(again.unwrap_err().code(), "E-VOT-01");
    // Ratified before anybody noted the report: it is noted, and lies before.
    let unreported = sealed().ratify(received).unwrap();
    let late = unreported.clone().report(reported, Some(received.next()));
    assert_eq!(late, Err(Refusal::DaysReversed));
    assert!(unreported.report(reported, Some(received)).is_ok());
    // A void ballot is sealed like any other, and reported to nobody.
    let void = Custody::new(day(2025, 1, 10), day(2025, 1, 10)).void();
    assert!(void.clone().seal(reported, "Văn phòng").is_ok());
    assert_eq!(
        void.clone().report(reported, None).unwrap_err().code(),
        "E-VOT-01"
    );
    assert_eq!(void.ratify(reported).unwrap_err().code(), "E-VOT-01");
}

#[test]
fn r40_r41_papers_are_sealed_on_the_day_of_the_vote_and_terms_run_from_the_last_day() {
    let (rules, calendar) = (party(), holidays());
    let (voted, closed) = (day(2025, 1, 9), day(2025, 1, 10));
    let custody = Custody::new(voted, closed);
    let before = day(2025, 1, 8);
    let early = custody.clone().seal(before, "Đoàn chủ tịch");
    assert_eq!(early, Err(Refusal::DaysReversed));
    let custody = custody.seal(voted, "Đoàn chủ tịch").unwrap();
    let early = custody.clone().complain(&rules, &calendar, before, "đơn");
    assert_eq!(early, Err(Refusal::DaysReversed));
    let custody = custody.complain(&rules, &calendar, voted, "đơn").unwrap();
    let custody = custody.open_seal(voted, "3-QĐ/UBKT").unwrap();
    // The congress still sits: nothing of it is reported or ratified.
    let early = custody.clone().report(voted, None);
    assert_eq!(early, Err(Refusal::DaysReversed));
    assert_eq!(custody.clone().ratify(voted), Err(Refusal::DaysReversed));
    assert_eq!(custody.kept_until(&rules), day(2025, 7, 10));
}

#[test]
fn nobody_opens_the_seal_without_a_decision() {
    assert_eq!(
        sealed().open_seal(day(2025, 2, 1), ""),
        Err(Refusal::DecisionNeeded)
    );
    let opened = sealed().open_seal(day(2025, 2, 1), "3-QĐ/UBKT").unwrap();
    assert_eq!(opened.openings.len(), 1);
    assert!(sealed().seal(day(2025, 2, 1), "lại").is_err());
    let unsealed = Custody::new(day(2025, 1, 10), day(2025, 1, 10));
    let calendar = holidays();
    let found = unsealed.check(&party(), &calendar, day(2025, 1, 11));
    assert_eq!(found[0].code, CustodyCode::NotSealed);
}
