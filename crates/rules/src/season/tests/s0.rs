//! S0: thị xã An Khê, autumn 2024.

use super::*;

const TOWN: u128 = 1;
const NGO_MAY: u128 = 2;
const THANH_AN: u128 = 3;
const BRANCH_OF_NGO_MAY: u128 = 21;
const BRANCH_6: u128 = 36;
const BRANCH_1: u128 = 31;
const ELECTION: EventId = EventId(15);

/// As planned in November 2024, everything in order.
fn an_khe() -> Season {
    let mut ngo_may = dated(
        pilot_of(TOWN, unit(NGO_MAY, Some(TOWN), "grassroots")),
        "09/01/2025",
        "10/01/2025",
    );
    ngo_may.reviewed = Some(day("2024-10-15"));
    let mut thanh_an = unit(THANH_AN, Some(TOWN), "grassroots");
    thanh_an.marks = vec![Marked {
        mark: Mark::Trial,
        by: UnitId(TOWN),
        legal_basis: Some("Quyết định 1434, 26/9/2024".into()),
    }];
    let mut season = Season::on(
        "2024-11-13",
        vec![
            unit(TOWN, None, "district"),
            ngo_may,
            thanh_an,
            dated(
                unit(BRANCH_OF_NGO_MAY, Some(NGO_MAY), "branch"),
                "28/12/2024",
                "28/12/2024",
            ),
            dated(
                pilot_of(THANH_AN, unit(BRANCH_6, Some(THANH_AN), "branch")),
                "03/01/2025",
                "03/01/2025",
            ),
            dated(
                unit(BRANCH_1, Some(THANH_AN), "branch"),
                "08/01/2025",
                "08/01/2025",
            ),
        ],
    )
    .with_windows(vec![
        Window {
            mark: Some(Mark::Pilot),
            ..window(1, THANH_AN, "branch", None, "04/01/2025", "2024-11-01")
        },
        window(
            2,
            THANH_AN,
            "branch",
            Some("07/01/2025"),
            "15/01/2025",
            "2024-11-01",
        ),
    ]);
    season.events = vec![OutsideEvent {
        id: ELECTION,
        name: "Bầu trưởng thôn".into(),
        first: day("15/12/2024"),
        last: day("15/12/2024"),
        scope: UnitId(THANH_AN),
        level: Some(level("branch")),
        kind: None,
        relation: EventRelation::MustPrecede,
        until: None,
    }];
    season
}

#[test]
fn the_plan_of_november_is_in_order() {
    assert_eq!(an_khe().found(), []);
}

#[test]
fn a_branch_of_ngo_may_is_done_before_its_congress_opens() {
    let mut season = an_khe();
    season.unit_mut(BRANCH_OF_NGO_MAY).planned = planned("09/01/2025", "09/01/2025");
    let findings = check(&season.facts());
    assert_eq!(codes(&findings), [("E-SEA-11", BRANCH_OF_NGO_MAY)]);
    assert_eq!(findings[0].other, Some(UnitId(NGO_MAY)));
    assert_eq!(findings[0].limit, Some(Limit::Day(day("09/01/2025"))));
    assert_eq!(findings[0].severity, Severity::Blocks);

    season.unit_mut(BRANCH_OF_NGO_MAY).planned = planned("08/01/2025", "08/01/2025");
    assert_eq!(season.found(), []);

    // The same seen from the ward, when its own date is being set.
    season.unit_mut(NGO_MAY).planned = planned("06/01/2025", "07/01/2025");
    assert_eq!(
        codes(&check_unit(&season.facts(), UnitId(NGO_MAY))),
        [("E-SEA-11", BRANCH_OF_NGO_MAY)]
    );
}

#[test]
fn a_branch_of_thanh_an_waits_for_the_village_head_election() {
    let mut season = an_khe();
    season.unit_mut(BRANCH_6).planned = planned("15/12/2024", "15/12/2024");
    let findings = check(&season.facts());
    assert_eq!(
        codes(&findings),
        [("E-SEA-16", BRANCH_6)],
        "on the day itself is too early"
    );
    assert_eq!(findings[0].event, Some(ELECTION));
    season.unit_mut(BRANCH_6).planned = planned("16/12/2024", "16/12/2024");
    assert_eq!(season.found(), []);
    // The election is Thành An's: a branch of Ngô Mây need not wait.
    season.unit_mut(BRANCH_OF_NGO_MAY).planned = planned("10/12/2024", "10/12/2024");
    assert_eq!(season.found(), []);
}

#[test]
fn the_mass_waits_for_the_pilot_branch() {
    let mut season = an_khe();
    season.unit_mut(BRANCH_1).planned = planned("03/01/2025", "03/01/2025");
    assert_eq!(
        season.found(),
        [("E-SEA-12", BRANCH_1), ("E-SEA-13", BRANCH_1)]
    );
    season.unit_mut(BRANCH_1).planned = planned("08/01/2025", "08/01/2025");
    season.unit_mut(BRANCH_6).planned = None;
    assert_eq!(season.found(), [("W-SEA-21", BRANCH_1)]);
    assert_eq!(
        codes(&check_unit(&season.facts(), UnitId(BRANCH_6))),
        [("W-SEA-21", BRANCH_1)]
    );
    // The pilot of Thành An teaches Thành An, not Ngô Mây.
    season.unit_mut(BRANCH_6).planned = planned("04/01/2025", "04/01/2025");
    assert_eq!(season.found(), []);
}

#[test]
fn the_pilot_branch_keeps_its_own_window() {
    let mut season = an_khe();
    season.unit_mut(BRANCH_6).planned = planned("05/01/2025", "05/01/2025");
    let findings = check(&season.facts());
    assert_eq!(codes(&findings), [("E-SEA-14", BRANCH_6)]);
    assert_eq!(findings[0].limit, Some(Limit::Day(day("04/01/2025"))));
    assert_eq!(findings[0].other, Some(UnitId(THANH_AN)));
}

#[test]
fn the_mass_keeps_between_the_seventh_and_the_fifteenth() {
    let mut season = an_khe();
    for (on, wanted) in [
        ("06/01/2025", vec![("E-SEA-13", BRANCH_1)]),
        ("07/01/2025", vec![]),
        ("15/01/2025", vec![]),
        ("16/01/2025", vec![("E-SEA-14", BRANCH_1)]),
    ] {
        season.unit_mut(BRANCH_1).planned = planned(on, on);
        assert_eq!(season.found(), wanted, "{on}");
    }
}

#[test]
fn ngo_may_is_the_towns_pilot_and_thanh_an_follows() {
    let mut season = an_khe();
    season.unit_mut(THANH_AN).planned = planned("10/01/2025", "10/01/2025");
    let found = season.found();
    assert!(found.contains(&("E-SEA-12", THANH_AN)), "{found:?}");
    season.unit_mut(THANH_AN).planned = planned("17/02/2025", "18/02/2025");
    assert_eq!(season.found(), []);
}

#[test]
fn a_trial_rests_on_a_decision() {
    let mut season = an_khe();
    season.unit_mut(THANH_AN).marks[0].legal_basis = Some("  ".into());
    assert_eq!(season.found(), [("W-SEA-26", THANH_AN)]);
}

#[test]
fn a_unit_without_a_date_is_noticed_in_time() {
    let mut season = an_khe();
    season.unit_mut(BRANCH_1).planned = None;
    assert_eq!(season.found(), []);
    season.today = day("05/01/2025");
    let findings = check(&season.facts());
    assert_eq!(codes(&findings), [("W-SEA-27", BRANCH_1)]);
    assert_eq!(findings[0].limit, Some(Limit::Day(day("15/01/2025"))));
    // A branch of Ngô Mây has no window, but its ward opens on the 9th.
    season.unit_mut(BRANCH_OF_NGO_MAY).planned = None;
    let findings = check_unit(&season.facts(), UnitId(BRANCH_OF_NGO_MAY));
    assert_eq!(findings[0].limit, Some(Limit::Day(day("08/01/2025"))));
}

#[test]
fn a_unit_nobody_is_in_charge_of_is_noticed() {
    let mut season = an_khe();
    season.unit_mut(BRANCH_1).supervised = false;
    season.unit_mut(TOWN).supervised = false;
    assert_eq!(
        season.found(),
        [("W-SEA-25", BRANCH_1)],
        "the root's superior stands outside"
    );
}

#[test]
fn terms_differ_by_level() {
    let terms = Terms {
        levels: [("branch", "2025-2027"), ("grassroots", "2025–2030")]
            .into_iter()
            .map(|(code, term)| (level(code), term.parse().unwrap()))
            .collect(),
        others: [("Chính quyền".to_owned(), "2026 – 2031".parse().unwrap())].into(),
    };
    let party = party();
    for (code, label) in [("branch", "2025–2027"), ("grassroots", "2025–2030")] {
        let term = terms.of(&level(code)).unwrap();
        assert_eq!(term.to_string(), label);
        assert!(term.fits(party.level(&level(code)).unwrap().term_months));
    }
    assert!(
        Term::new(2022, 2025).unwrap().fits(30),
        "S2: the same thirty months"
    );
    assert!(!Term::new(2025, 2030).unwrap().fits(30));
    assert_eq!(terms.others["Chính quyền"].to_string(), "2026–2031");
    assert_eq!("2025".parse::<Term>(), Err(TermError::NotATerm));
    assert_eq!("2025-25".parse::<Term>(), Err(TermError::NotATerm));
    assert_eq!("2025-2025".parse::<Term>(), Err(TermError::Reversed));
    assert_eq!("1025-2025".parse::<Term>(), Err(TermError::OutsideReason));
}
