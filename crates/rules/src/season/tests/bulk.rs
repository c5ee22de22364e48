//! Moving many dates, and checking many units.

use std::collections::BTreeSet;

use super::*;

fn ids(units: &[u128]) -> BTreeSet<UnitId> {
    units.iter().copied().map(UnitId).collect()
}

/// Spring 2020: three branches and their ward.
fn spring() -> Season {
    Season::on(
        "2020-03-20",
        vec![
            dated(unit(1, None, "grassroots"), "14/4/2020", "15/4/2020"),
            dated(unit(11, Some(1), "branch"), "27/3/2020", "27/3/2020"),
            dated(unit(12, Some(1), "branch"), "26/3/2020", "26/3/2020"),
            dated(unit(13, Some(1), "branch"), "28/3/2020", "28/3/2020"),
        ],
    )
}

fn openings(redated: &Redated) -> Vec<(u128, String)> {
    redated
        .moves
        .iter()
        .map(|one| (one.unit.0, one.after.first.to_string()))
        .collect()
}

#[test]
fn by_some_days_and_to_a_day() {
    let season = spring();
    let redated = redate(
        &season.facts(),
        &ids(&[11, 12]),
        NewDays::By(14),
        " dịch bệnh ",
    )
    .unwrap();
    assert_eq!(
        openings(&redated),
        [(11, "2020-04-10".into()), (12, "2020-04-09".into())]
    );
    assert_eq!(redated.reason, "dịch bệnh");
    assert_eq!(redated.findings, []);
    let redated = redate(
        &season.facts(),
        &ids(&[1, 11]),
        NewDays::To(day("04/5/2020")),
        "dịch",
    )
    .unwrap();
    assert_eq!(
        redated.moves[0].after.last,
        day("05/5/2020"),
        "two days stay two days"
    );
    let found = codes(&redated.findings);
    assert!(
        found.contains(&("E-SEA-11", 11)),
        "a branch on its ward's day: {found:?}"
    );
    assert!(!found.iter().any(|(_, unit)| *unit == 12), "{found:?}");
    let redated = redate(&season.facts(), &ids(&[1]), NewDays::By(-20), "sớm").unwrap();
    let clashes: Vec<_> = codes(&redated.findings)
        .into_iter()
        .filter(|(code, _)| *code == "E-SEA-11")
        .collect();
    assert_eq!(
        clashes,
        [("E-SEA-11", 11), ("E-SEA-11", 12), ("E-SEA-11", 13)],
        "those left behind count too"
    );
}

#[test]
fn to_the_first_free_working_day() {
    let season = spring();
    let to = NewDays::FirstFreeFrom {
        day: day("29/4/2020"),
        per_day: 1,
    };
    let redated = redate(&season.facts(), &ids(&[11, 12, 13]), to, "dịch").unwrap();
    assert_eq!(
        openings(&redated),
        [
            (11, "2020-05-04".into()),
            (12, "2020-04-29".into()),
            (13, "2020-05-05".into())
        ],
        "in their old order, around 30/4, 1/5 and the weekend"
    );
    let to = NewDays::FirstFreeFrom {
        day: day("14/4/2020"),
        per_day: 1,
    };
    let redated = redate(&season.facts(), &ids(&[12]), to, "dịch").unwrap();
    assert_eq!(
        openings(&redated),
        [(12, "2020-04-16".into())],
        "the ward meets on the 14th and 15th"
    );
    let to = NewDays::FirstFreeFrom {
        day: day("17/4/2020"),
        per_day: 5,
    };
    let redated = redate(&season.facts(), &ids(&[1]), to, "dịch").unwrap();
    assert_eq!(
        openings(&redated),
        [(1, "2020-04-20".into())],
        "two days, not across a weekend"
    );
}

#[test]
fn a_redating_that_cannot_be_is_refused() {
    let mut season = spring();
    season.unit_mut(13).planned = None;
    season.unit_mut(12).held = Some((day("12/3/2020"), day("12/3/2020")));
    let code = |units: &[u128], to, reason: &str| {
        redate(&season.facts(), &ids(units), to, reason)
            .map(|_| ())
            .map_err(|refusal| refusal.code())
    };
    assert_eq!(code(&[11], NewDays::By(1), " "), Err("E-SEA-05"));
    assert_eq!(code(&[11, 13], NewDays::By(1), "dịch"), Err("E-SEA-08"));
    assert_eq!(code(&[99], NewDays::By(1), "dịch"), Err("E-SEA-08"));
    assert_eq!(code(&[12], NewDays::By(1), "dịch"), Err("E-SEA-09"));
    season.unit_mut(1).planned = planned("04/5/2020", "12/5/2020");
    let to = NewDays::FirstFreeFrom {
        day: day("04/5/2020"),
        per_day: 1,
    };
    let refusal = redate(&season.facts(), &ids(&[1]), to, "dịch").unwrap_err();
    assert_eq!(
        refusal,
        Refusal::NoFreeDay { unit: UnitId(1) },
        "nine working days in a row do not exist"
    );
}

#[test]
fn the_last_day_of_the_calendar_is_no_trap() {
    let mut season = spring();
    season.unit_mut(1).planned = planned("2199-12-31", "2199-12-31");
    let to = NewDays::FirstFreeFrom {
        day: crate::day::LAST,
        per_day: 1,
    };
    assert!(redate(&season.facts(), &ids(&[11, 12]), to, "dịch").is_err());
    assert!(redate(&season.facts(), &ids(&[11]), NewDays::By(i32::MAX), "dịch").is_ok());
}

#[test]
fn under_a_unit_only_its_subtree_is_examined() {
    let mut season = spring();
    season
        .units
        .push(dated(unit(2, None, "grassroots"), "30/4/2020", "30/4/2020"));
    season.unit_mut(11).supervised = false;
    assert_eq!(
        codes(&check_under(&season.facts(), UnitId(11))),
        [("W-SEA-25", 11)]
    );
    let under = check_under(&season.facts(), UnitId(1));
    assert!(under.iter().all(|finding| finding.unit != UnitId(2)));
    assert_eq!(check_under(&season.facts(), UnitId(404)), []);
    assert_eq!(check_unit(&season.facts(), UnitId(404)), []);
}

#[test]
fn parents_in_a_circle_do_not_hang() {
    let season = Season::on(
        "2020-01-02",
        vec![
            dated(unit(1, Some(2), "grassroots"), "01/6/2020", "01/6/2020"),
            dated(unit(2, Some(1), "grassroots"), "02/6/2020", "02/6/2020"),
        ],
    );
    assert!(!season.found().is_empty());
    assert!(!check_under(&season.facts(), UnitId(1)).is_empty());
    assert!(!check_unit(&season.facts(), UnitId(2)).is_empty());
}
