//! Windows and how they tighten (R55).

use super::*;

const PROVINCE: u128 = 1;
const DISTRICT: u128 = 2;
const WARD: u128 = 3;

fn on_path(windows: &[Window]) -> Vec<PathWindow<'_>> {
    windows
        .iter()
        .map(|window| (u32::try_from(window.issuer.0).unwrap() - 1, window))
        .collect()
}

fn seek(windows: &[Window], marks: Marks, on: &str) -> Option<Effective> {
    let (level, kind) = (level("grassroots"), kind("agency"));
    effective(
        &on_path(windows),
        &Selector {
            level: &level,
            kind: Some(&kind),
            marks,
        },
        day(on),
    )
}

fn days(found: Option<Effective>) -> Option<(Option<Day>, Day, u128)> {
    found.map(|window| (window.first, window.last, window.from_issuer.0))
}

fn central() -> Window {
    window(
        1,
        PROVINCE,
        "grassroots",
        Some("01/4/2020"),
        "30/6/2020",
        "2019-05-30",
    )
}

#[test]
fn r55_a_lower_deadline_may_be_tighter_but_not_looser() {
    let superior = [central()];
    let new = |last| window(2, DISTRICT, "grassroots", None, last, "2019-11-15");
    assert_eq!(
        check_new_window(&on_path(&superior), &new("10/6/2020")),
        Ok(()),
        "Cẩm Lệ"
    );
    assert_eq!(
        check_new_window(&on_path(&superior), &new("20/6/2020")),
        Ok(()),
        "An Khê"
    );
    assert_eq!(
        check_new_window(&on_path(&superior), &new("30/6/2020")),
        Ok(())
    );
    let refusal = check_new_window(&on_path(&superior), &new("05/7/2020")).unwrap_err();
    assert_eq!(refusal.code(), "E-SEA-01");
    assert_eq!(
        refusal,
        Refusal::LaterThanSuperior {
            superior: UnitId(PROVINCE),
            limit: day("30/6/2020")
        }
    );
    let consented = Window {
        consent: Some("CV 12-CV/TU, 01/6/2020".into()),
        ..new("05/7/2020")
    };
    assert_eq!(check_new_window(&on_path(&superior), &consented), Ok(()));
    let blank = Window {
        consent: Some("  ".into()),
        ..new("05/7/2020")
    };
    assert!(check_new_window(&on_path(&superior), &blank).is_err());
}

#[test]
fn r55_an_opening_may_not_be_earlier_and_days_must_be_left() {
    let superior = [central()];
    let new = |first, last| window(2, DISTRICT, "grassroots", Some(first), last, "2019-11-15");
    let code = |window: &Window| {
        check_new_window(&on_path(&superior), window).map_err(|refusal| refusal.code())
    };
    assert_eq!(code(&new("15/3/2020", "10/6/2020")), Err("E-SEA-02"));
    assert_eq!(code(&new("01/5/2020", "01/4/2020")), Err("E-SEA-03"));
    assert_eq!(code(&new("01/2/2020", "31/3/2020")), Err("E-SEA-04"));
    assert_eq!(code(&new("01/4/2020", "10/6/2020")), Ok(()));
    let other_level = window(2, DISTRICT, "branch", None, "31/12/2020", "2019-11-15");
    assert_eq!(
        code(&other_level),
        Ok(()),
        "nothing above says anything about branches"
    );
    let too_soon = window(2, DISTRICT, "grassroots", None, "31/12/2020", "2019-05-29");
    assert_eq!(
        code(&too_soon),
        Ok(()),
        "the superior's plan was not there yet"
    );
    let pilots = Window {
        mark: Some(Mark::Pilot),
        ..window(2, DISTRICT, "grassroots", None, "29/02/2020", "2019-11-15")
    };
    assert_eq!(code(&pilots), Ok(()), "pilots come before the mass opens");
}

#[test]
fn r55_from_issuer_to_issuer_windows_tighten() {
    let windows = [
        central(),
        window(2, DISTRICT, "grassroots", None, "10/6/2020", "2019-11-15"),
        window(
            3,
            WARD,
            "grassroots",
            Some("01/5/2020"),
            "15/7/2020",
            "2020-01-01",
        ),
    ];
    let none = Marks::default();
    assert_eq!(days(seek(&windows, none, "2019-05-29")), None);
    assert_eq!(
        days(seek(&windows, none, "2019-06-01")),
        Some((Some(day("01/4/2020")), day("30/6/2020"), PROVINCE))
    );
    assert_eq!(
        days(seek(&windows, none, "2019-12-01")),
        Some((Some(day("01/4/2020")), day("10/6/2020"), DISTRICT))
    );
    let found = seek(&windows, none, "2020-02-01").unwrap();
    assert_eq!(
        days(Some(found)),
        Some((Some(day("01/5/2020")), day("10/6/2020"), DISTRICT))
    );
    assert_eq!(found.first_from, Some(UnitId(WARD)));
    assert_eq!(found.window, WindowId(2));
    let mut consented = windows;
    consented[2].consent = Some("consent".into());
    assert_eq!(
        days(seek(&consented, none, "2020-02-01")),
        Some((Some(day("01/5/2020")), day("15/7/2020"), WARD))
    );
}

#[test]
fn of_one_issuer_the_most_specific_window_counts_then_the_latest() {
    let base = |id, last, from| window(id, DISTRICT, "grassroots", None, last, from);
    let windows = [
        base(1, "30/6/2020", "2020-01-01"),
        base(2, "20/6/2020", "2020-02-01"),
        Window {
            kind: Some(kind("agency")),
            ..base(3, "30/4/2020", "2020-01-01")
        },
        Window {
            kind: Some(kind("school")),
            ..base(4, "01/3/2020", "2020-01-01")
        },
        Window {
            mark: Some(Mark::Pilot),
            ..base(5, "31/3/2020", "2020-01-01")
        },
    ];
    let last = |windows: &[Window], marks, on| seek(windows, marks, on).map(|found| found.last);
    let pilot = Marks::only(Mark::Pilot);
    assert_eq!(
        last(&windows[..2], Marks::default(), "2020-01-31"),
        Some(day("30/6/2020"))
    );
    assert_eq!(
        last(&windows[..2], Marks::default(), "2020-02-01"),
        Some(day("20/6/2020"))
    );
    assert_eq!(
        last(&windows, Marks::default(), "2020-02-01"),
        Some(day("30/4/2020"))
    );
    assert_eq!(last(&windows, pilot, "2020-02-01"), Some(day("31/3/2020")));
    assert_eq!(
        last(&windows, Marks::only(Mark::Trial), "2020-02-01"),
        Some(day("30/4/2020"))
    );
}

#[test]
fn the_opening_for_the_mass_does_not_bind_pilots() {
    let windows = [
        central(),
        Window {
            mark: Some(Mark::Pilot),
            ..window(
                2,
                DISTRICT,
                "grassroots",
                Some("01/2/2020"),
                "29/02/2020",
                "2019-11-15",
            )
        },
    ];
    let pilot = seek(&windows, Marks::only(Mark::Pilot), "2020-01-01").unwrap();
    assert_eq!(
        (pilot.first, pilot.last),
        (Some(day("01/2/2020")), day("29/02/2020"))
    );
    let mass = seek(&windows, Marks::default(), "2020-01-01").unwrap();
    assert_eq!(
        (mass.first, mass.last),
        (Some(day("01/4/2020")), day("30/6/2020"))
    );
    // A pilot no plan has a window for keeps to the mass.
    let plain = seek(&windows[..1], Marks::only(Mark::Pilot), "2020-01-01").unwrap();
    assert_eq!(plain.first, Some(day("01/4/2020")));
}

#[test]
fn a_consent_for_the_mass_does_not_loosen_a_window_for_pilots() {
    let windows = [
        Window {
            mark: Some(Mark::Pilot),
            ..window(1, PROVINCE, "grassroots", None, "31/3/2020", "2019-06-01")
        },
        Window {
            consent: Some("consent".into()),
            ..window(2, DISTRICT, "grassroots", None, "15/7/2020", "2019-11-15")
        },
    ];
    let last = |marks| seek(&windows, marks, "2020-01-01").map(|found| found.last);
    assert_eq!(last(Marks::only(Mark::Pilot)), Some(day("31/3/2020")));
    assert_eq!(last(Marks::default()), Some(day("15/7/2020")));
}

#[test]
fn the_deadline_as_each_day_saw_it() {
    // 2020: put off in spring by the province, then tightened by the district.
    let windows = [
        central(),
        window(2, DISTRICT, "grassroots", None, "10/6/2020", "2019-11-15"),
        window(3, PROVINCE, "grassroots", None, "31/7/2020", "2020-04-01"),
        window(4, DISTRICT, "grassroots", None, "15/7/2020", "2020-04-20"),
        window(5, DISTRICT, "branch", None, "31/3/2020", "2019-11-15"),
    ];
    let (level, kind) = (level("grassroots"), kind("agency"));
    let wanted = Selector {
        level: &level,
        kind: Some(&kind),
        marks: Marks::default(),
    };
    let due = due_timeline(&on_path(&windows), &wanted);
    let steps: Vec<_> = due.spans().map(|(span, last)| (span.from, *last)).collect();
    assert_eq!(
        steps,
        [
            (day("2019-05-30"), Some(day("30/6/2020"))),
            (day("2019-11-15"), Some(day("10/6/2020"))),
            (day("2020-04-20"), Some(day("15/7/2020"))),
        ],
        "the province's later deadline alone changes nothing: the district's is tighter"
    );
}

#[test]
fn plans_that_contradict_each_other_leave_no_day() {
    let season = Season::on(
        "2020-04-10",
        vec![
            unit(PROVINCE, None, "province"),
            unit(DISTRICT, Some(PROVINCE), "district"),
            unit(WARD, Some(DISTRICT), "grassroots"),
        ],
    )
    .with_windows(vec![
        window(1, DISTRICT, "grassroots", None, "31/3/2020", "2019-11-15"),
        // The superior moved the opening after the district had planned.
        window(
            2,
            PROVINCE,
            "grassroots",
            Some("01/5/2020"),
            "30/6/2020",
            "2020-04-01",
        ),
    ]);
    assert_eq!(season.found(), [("E-SEA-15", WARD)]);
}

#[test]
fn windows_are_found_on_a_path() {
    let windows = Windows::new(vec![
        window(2, DISTRICT, "branch", None, "31/3/2020", "2019-11-15"),
        window(1, PROVINCE, "branch", None, "30/4/2020", "2019-11-15"),
    ]);
    let path = [UnitId(PROVINCE), UnitId(7), UnitId(DISTRICT)];
    let found: Vec<_> = windows
        .on_path(&path)
        .iter()
        .map(|(depth, window)| (*depth, window.id.0))
        .collect();
    assert_eq!(found, [(0, 1), (2, 2)]);
}

#[test]
fn a_withdrawn_window_counts_up_to_its_day() {
    let mut windows = [
        central(),
        window(2, DISTRICT, "grassroots", None, "10/6/2020", "2019-11-15"),
    ];
    let none = Marks::default();
    windows[1].until = Some(day("2020-03-01"));
    let last = |windows: &[Window], on| seek(windows, none, on).map(|window| window.last);
    assert_eq!(last(&windows, "2020-02-29"), Some(day("10/6/2020")));
    assert_eq!(last(&windows, "2020-03-01"), Some(day("30/6/2020")));
    windows[0].until = Some(day("2020-04-01"));
    assert_eq!(last(&windows, "2020-04-01"), None, "nobody's plan is left");
    let (level, kind) = (level("grassroots"), kind("agency"));
    let wanted = Selector {
        level: &level,
        kind: Some(&kind),
        marks: none,
    };
    let due = due_timeline(&on_path(&windows), &wanted);
    assert_eq!(due.on(day("2020-03-31")), Some(&Some(day("30/6/2020"))));
    assert_eq!(due.on(day("2020-04-01")), Some(&None));
}

#[test]
fn r55_a_withdrawal_does_not_bring_an_old_consent_back() {
    let late = Window {
        consent: Some("CV 12-CV/TU".into()),
        ..window(2, DISTRICT, "grassroots", None, "05/7/2020", "2019-11-15")
    };
    let tight = window(3, DISTRICT, "grassroots", None, "10/6/2020", "2019-12-01");
    let windows = [central(), late.clone(), tight.clone()];
    let on = day("2020-02-01");
    let withdraw = |windows: &[Window], gone| check_withdrawal(&on_path(windows), gone, on);
    assert_eq!(
        withdraw(&windows, &tight),
        Err(Refusal::LaterThanSuperior {
            superior: UnitId(PROVINCE),
            limit: day("30/6/2020")
        })
    );
    assert_eq!(withdraw(&windows, &late), Ok(()), "it was replaced anyway");
    let windows = [central(), tight.clone()];
    assert_eq!(
        withdraw(&windows, &tight),
        Ok(()),
        "the centre's day counts"
    );
    assert_eq!(
        withdraw(&windows, &windows[0]),
        Ok(()),
        "nobody stands above"
    );
    let windows = [central(), late.clone()];
    assert_eq!(withdraw(&windows, &late), Ok(()), "back within the plan");
}
