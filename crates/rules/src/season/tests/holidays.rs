//! Working days and the calendar they are counted in.

use super::*;
use crate::congress::{Form, form_by_members};

#[test]
fn r39_report_within_seven_working_days() {
    let calendar = holidays();
    assert_eq!(
        calendar.working_days_after(day("09/01/2025"), 7),
        day("20/01/2025")
    );
    assert_eq!(
        calendar.working_days_between(day("09/01/2025"), day("20/01/2025")),
        7
    );
    assert_eq!(
        calendar.working_days_between(day("09/01/2025"), day("19/01/2025")),
        6
    );
    // The superior's fifteen run across Tết: five days off, 27–31/01.
    assert_eq!(
        calendar.working_days_after(day("20/01/2025"), 15),
        day("17/02/2025")
    );
}

#[test]
fn r42_forty_five_working_days_before_the_opening() {
    let calendar = holidays();
    let opening = day("09/01/2025");
    let latest = calendar.working_days_before(opening, 45);
    assert_eq!(calendar.working_days_between(latest, opening), 45);
    assert_eq!(calendar.working_days_between(latest.next(), opening), 44);
    assert_eq!(latest, day("06/11/2024"), "New Year's Day lies between");
}

#[test]
fn a_holiday_on_a_weekend_is_made_up_for() {
    let calendar = holidays();
    // 2023: 29/4 Sat, 30/4 Sun, 1/5 Mon; made up for on 2/5 and 3/5.
    assert!(!calendar.is_working(day("02/5/2023")) && !calendar.is_working(day("03/5/2023")));
    assert!(calendar.is_working(day("04/5/2023")));
    assert!(
        !calendar.is_working(day("02/01/2023")),
        "1/1/2023 was a Sunday"
    );
    assert!(
        !calendar.is_working(day("04/9/2023")),
        "2/9/2023 was a Saturday"
    );
    // 2025: Friday 2/5 off, Saturday 26/4 worked instead.
    assert!(!calendar.is_working(day("02/5/2025")) && calendar.is_working(day("26/4/2025")));
    assert_eq!(
        calendar.working_days_between(day("25/4/2025"), day("05/5/2025")),
        4
    );
}

#[test]
fn what_was_not_seen_is_marked() {
    let calendar = holidays();
    assert!(calendar.days[&day("29/01/2025")].confirmed);
    assert!(!calendar.days[&day("12/02/2021")].confirmed);
    for (text, name) in [
        ("25/01/2020", "Tết Canh Tý"),
        ("10/02/2024", "Tết Giáp Thìn"),
        ("17/02/2026", "Tết Bính Ngọ"),
        ("07/4/2025", "Giỗ Tổ Hùng Vương"),
        ("02/9/2024", "Quốc khánh"),
    ] {
        assert_eq!(calendar.days[&day(text)].name_vi, name);
    }
}

#[test]
fn a_calendar_has_its_years_only() {
    let rules: HolidayRules =
        toml::from_str(include_str!("../../../profiles/holidays-vn.toml")).unwrap();
    let calendar = rules.calendar(2025, 2025);
    assert!(calendar.days.keys().all(|day| day.date().year() == 2025));
    assert_eq!(
        calendar.holiday_in(day("03/01/2025"), day("24/01/2025")),
        None
    );
    let (first, _) = calendar
        .holiday_in(day("03/01/2025"), day("31/12/2025"))
        .unwrap();
    assert_eq!(first, day("25/01/2025"));
    assert_eq!(
        calendar.holiday_in(day("31/12/2025"), day("01/01/2025")),
        None,
        "reversed days"
    );
}

#[test]
fn the_bound_of_r31_comes_from_the_profile_of_the_day() {
    let version_from = |text: &str| {
        let party = party();
        let version = party
            .in_force(day(text), &level("grassroots"), None)
            .unwrap();
        version.parameters.delegate_congress_from.clone().unwrap()
    };
    for text in ["01/3/2020", "09/01/2025", "01/6/2025"] {
        let from = version_from(text);
        assert_eq!(form_by_members(199, from.value), Form::Members);
        assert_eq!(form_by_members(200, from.value), Form::Delegates);
    }
    assert!(!version_from("01/6/2025").confirmed);
}

mod against_counting {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The closed form counts what counting day by day counts.
        #[test]
        fn working_days_agree(from in 18_262i64..20_800, length in 0i32..400, count in 0u16..80) {
            let calendar = holidays();
            let from = Day::from_number(from).unwrap();
            let to = from.plus(length);
            let counted = (1..=length).filter(|days| calendar.is_working(from.plus(*days))).count();
            prop_assert_eq!(usize::try_from(calendar.working_days_between(from, to)).unwrap(), counted);
            let after = calendar.working_days_after(from, count);
            prop_assert_eq!(calendar.working_days_between(from, after), u32::from(count));
            let before = calendar.working_days_before(from, count);
            prop_assert_eq!(calendar.working_days_between(before, from), u32::from(count));
        }
    }
}
