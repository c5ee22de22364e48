//! The other rules, one by one.

use super::*;

fn two_levels(first: &str, last: &str) -> Season {
    Season::on(
        "2020-01-02",
        vec![
            unit(1, None, "district"),
            dated(unit(2, Some(1), "grassroots"), first, last),
        ],
    )
}

#[test]
fn r43_days_by_level() {
    // Ngô Mây: 09–10/01/2025 is two days, and two are allowed.
    assert_eq!(two_levels("09/01/2025", "10/01/2025").found(), []);
    let season = two_levels("09/01/2025", "11/01/2025");
    let findings = check(&season.facts());
    assert_eq!(codes(&findings), [("E-SEA-18", 2)]);
    assert_eq!(findings[0].limit, Some(Limit::Number(2)));
    for (code, most) in [
        ("branch", 1),
        ("grassroots", 2),
        ("district", 3),
        ("province", 4),
    ] {
        for (days, wrong) in [(most, false), (most + 1, true)] {
            let mut season = two_levels("06/5/2024", "06/5/2024");
            let plan = season.unit_mut(2);
            plan.level = level(code);
            plan.planned.as_mut().unwrap().last = day("06/5/2024").plus(days - 1);
            assert_eq!(
                season.found().contains(&("E-SEA-18", 2)),
                wrong,
                "{code} {days}"
            );
        }
    }
}

#[test]
fn r43_preparatory_sessions() {
    let mut season = two_levels("09/01/2025", "10/01/2025");
    season
        .unit_mut(2)
        .planned
        .as_mut()
        .unwrap()
        .preparatory_half_days = 1;
    assert_eq!(
        season.found(),
        [("W-SEA-23", 2)],
        "only district level and above have one"
    );
    season.unit_mut(2).level = level("district");
    assert_eq!(season.found(), []);
    season
        .unit_mut(2)
        .planned
        .as_mut()
        .unwrap()
        .preparatory_half_days = 2;
    assert_eq!(season.found(), [("W-SEA-22", 2)]);
}

#[test]
fn r42_review_and_announcement_come_early_enough() {
    let mut season = two_levels("09/01/2025", "10/01/2025");
    season.today = day("2024-12-20");
    season.unit_mut(2).reviewed = Some(day("06/11/2024"));
    assert_eq!(season.found(), []);
    season.unit_mut(2).reviewed = Some(day("07/11/2024"));
    let findings = check(&season.facts());
    assert_eq!(codes(&findings), [("W-SEA-28", 2)]);
    assert_eq!(findings[0].limit, Some(Limit::Day(day("06/11/2024"))));
    season.unit_mut(2).reviewed = None;
    assert_eq!(season.found(), [("W-SEA-28", 2)]);
    season.today = day("06/11/2024");
    assert_eq!(season.found(), [], "there is still time");
    season.unit_mut(2).announced = Some(day("20/12/2024"));
    assert_eq!(season.found(), [("W-SEA-29", 2)]);
    season.unit_mut(2).level = level("branch");
    season.unit_mut(2).planned = planned("09/01/2025", "09/01/2025");
    assert_eq!(season.found(), [], "nothing was found about branches");
}

#[test]
fn r56_a_branch_moves_six_months_at_most_and_with_consent() {
    let mut season = two_levels("10/5/2020", "10/5/2020");
    season.unit_mut(2).level = level("branch");
    for (ends, wanted) in [
        ("10/5/2020", vec![]),
        ("11/5/2020", vec![("W-SEA-30", 2)]),
        ("10/11/2020", vec![("W-SEA-30", 2)]),
        ("11/11/2020", vec![("E-SEA-19", 2)]),
        ("10/11/2019", vec![("W-SEA-30", 2)]),
        ("09/11/2019", vec![("E-SEA-19", 2)]),
    ] {
        season.unit_mut(2).term_ends = Some(day(ends));
        assert_eq!(season.found(), wanted, "term ends {ends}");
    }
    season.unit_mut(2).level = level("grassroots");
    assert_eq!(season.found(), [], "nothing is known of this level");
    // The end of a short month: six months after 31/8 is the 28th of February.
    season.unit_mut(2).level = level("branch");
    season.unit_mut(2).term_ends = Some(day("31/8/2020"));
    season.unit_mut(2).planned = planned("01/3/2021", "01/3/2021");
    assert_eq!(season.found(), [("E-SEA-19", 2)]);
}

#[test]
fn a_day_after_the_season_ends_is_warned_about() {
    let mut season = two_levels("09/01/2025", "09/01/2025");
    season.unit_mut(1).planned = planned("20/01/2025", "21/01/2025");
    assert_eq!(season.found(), [], "a season without a last day");
    season.closes = Some(day("21/01/2025"));
    assert_eq!(season.found(), [], "the last day itself");
    season.closes = Some(day("20/01/2025"));
    assert_eq!(season.found(), [("W-SEA-33", 1)]);
    let found = check(&season.facts());
    assert_eq!(found[0].limit, Some(Limit::Day(day("20/01/2025"))));
    assert_eq!(found[0].day, Some(day("21/01/2025")));
}

#[test]
fn r39_a_report_is_due_in_seven_working_days_and_its_ratification_in_fifteen() {
    let mut season = two_levels("09/01/2025", "09/01/2025");
    season.units.retain(|unit| unit.unit == UnitId(2));
    season.unit_mut(2).held = Some((day("09/01/2025"), day("09/01/2025")));
    let on = |season: &mut Season, today: &str| {
        season.today = day(today);
        season.found()
    };
    assert_eq!(on(&mut season, "20/01/2025"), [], "the seventh working day");
    assert_eq!(on(&mut season, "21/01/2025"), [("W-SEA-31", 2)]);
    let found = check(&season.facts());
    assert_eq!(found[0].limit, Some(Limit::Day(day("20/01/2025"))));
    // Tết lies between: 15 working days after 20/01/2025 end in February.
    season.unit_mut(2).reported = Some(day("20/01/2025"));
    let latest = season.holidays.working_days_after(day("20/01/2025"), 15);
    assert!(latest > day("10/02/2025"), "{latest}");
    season.today = latest;
    assert_eq!(season.found(), []);
    season.today = latest.plus(1);
    assert_eq!(season.found(), [("W-SEA-32", 2)]);
    season.unit_mut(2).elects = false;
    assert_eq!(season.found(), [], "nobody was elected");
    season.unit_mut(2).elects = true;
    season.unit_mut(2).ratified = Some(latest);
    assert_eq!(season.found(), []);
}

#[test]
fn a_holiday_warns_and_a_weekend_does_not() {
    assert_eq!(
        two_levels("30/4/2020", "30/4/2020").found(),
        [("W-SEA-24", 2)]
    );
    assert_eq!(
        two_levels("22/01/2020", "23/01/2020").found(),
        [("W-SEA-24", 2)],
        "Tết begins"
    );
    assert_eq!(
        two_levels("13/6/2020", "14/6/2020").found(),
        [],
        "Saturday and Sunday"
    );
}

#[test]
fn an_event_to_keep_clear_of() {
    let mut season = two_levels("09/6/2020", "10/6/2020");
    season.events = vec![OutsideEvent {
        id: EventId(1),
        name: "Kỳ thi tốt nghiệp".into(),
        first: day("10/6/2020"),
        last: day("12/6/2020"),
        scope: UnitId(1),
        level: None,
        kind: Some(kind("territorial")),
        relation: EventRelation::MustNotOverlap,
        until: None,
    }];
    assert_eq!(season.found(), [("E-SEA-17", 2)]);
    season.unit_mut(2).planned = planned("13/6/2020", "13/6/2020");
    assert_eq!(season.found(), []);
    season.unit_mut(2).planned = planned("11/6/2020", "11/6/2020");
    season.unit_mut(2).kind = kind("agency");
    assert_eq!(season.found(), []);
    season.unit_mut(2).kind = kind("territorial");
    season.events[0].until = Some(season.today.plus(1));
    assert_eq!(season.found(), [("E-SEA-17", 2)]);
    season.events[0].until = Some(season.today);
    assert_eq!(season.found(), [], "withdrawn from today on");
}

#[test]
fn a_unit_clashes_with_the_nearest_congress_above() {
    let mut season = Season::on(
        "2020-01-02",
        vec![
            dated(unit(1, None, "district"), "20/7/2020", "21/7/2020"),
            unit(2, Some(1), "grassroots"),
            dated(unit(3, Some(2), "branch"), "20/7/2020", "20/7/2020"),
        ],
    );
    let above = |season: &Season| check(&season.facts())[0].other.map(|unit| unit.0);
    assert_eq!(above(&season), Some(1), "its parent has no date");
    season.unit_mut(2).planned = planned("01/6/2020", "01/6/2020");
    assert_eq!(above(&season), Some(2));
    season.unit_mut(2).expected = false;
    assert_eq!(
        above(&season),
        Some(1),
        "a congress nobody expects stands in nobody's way"
    );
}

#[test]
fn what_has_met_is_past_dating() {
    let mut season = Season::on(
        "2020-01-02",
        vec![
            dated(unit(1, None, "grassroots"), "10/3/2020", "10/3/2020"),
            dated(unit(2, Some(1), "branch"), "01/02/2020", "01/02/2020"),
        ],
    );
    season.unit_mut(2).held = Some((day("12/3/2020"), day("12/3/2020")));
    assert_eq!(
        season.found(),
        [("E-SEA-11", 2)],
        "the parent is about to meet too early"
    );
    season.unit_mut(1).held = Some((day("10/3/2020"), day("10/3/2020")));
    assert_eq!(season.found(), []);
    season.unit_mut(2).supervised = false;
    assert_eq!(season.found(), []);
}

#[test]
fn dealing_with_findings() {
    let mut season = two_levels("30/4/2020", "02/5/2020");
    let findings = check(&season.facts());
    assert_eq!(codes(&findings), [("E-SEA-18", 2), ("W-SEA-24", 2)]);
    let (blocks, warns) = (&findings[0], &findings[1]);
    let by = || Actor("van-phong".into());
    let on = day("02/01/2020");
    assert_eq!(
        Handling::of(warns, " ", None, by(), on).unwrap_err().code(),
        "E-SEA-05"
    );
    assert_eq!(
        Handling::of(blocks, "many delegates", None, by(), on)
            .unwrap_err()
            .code(),
        "E-SEA-06"
    );
    let consent = |instrument: &str| {
        Some(Consent {
            who: "Ban thường vụ quận ủy".into(),
            on,
            instrument: instrument.into(),
        })
    };
    assert!(Handling::of(blocks, "many delegates", consent(" "), by(), on).is_err());
    let seen = Handling::of(warns, "the members are free then", None, by(), on).unwrap();
    let allowed = Handling::of(blocks, "many delegates", consent("CV 3-CV/QU"), by(), on).unwrap();
    assert_eq!(
        codes(&outstanding(findings.clone(), std::slice::from_ref(&seen))),
        [("E-SEA-18", 2)]
    );
    assert_eq!(
        outstanding(findings.clone(), &[seen.clone(), allowed.clone()]),
        []
    );
    let unsigned = Handling {
        consent: None,
        ..allowed.clone()
    };
    assert_eq!(
        codes(&outstanding(findings, &[seen.clone(), unsigned])),
        [("E-SEA-18", 2)]
    );
    // Another day is another finding.
    season.unit_mut(2).planned = planned("01/5/2020", "01/5/2020");
    assert_eq!(
        codes(&outstanding(check(&season.facts()), &[seen, allowed])),
        [("W-SEA-24", 2)]
    );
}

#[test]
fn every_code_is_in_the_rulebook_with_its_rule() {
    let book = include_str!("../../../../../docs/rulebook/season.md");
    let line = |code: &str| {
        book.lines()
            .find(|line| line.starts_with(&format!("| {code} |")))
    };
    for code in FindingCode::ALL {
        let line = line(code.code()).unwrap_or_else(|| panic!("{} is missing", code.code()));
        assert!(line.contains(code.rule()), "{line}");
        assert_eq!(
            code.code().starts_with('E'),
            code.severity() == Severity::Blocks
        );
        assert_eq!(FindingCode::parse(code.code()), Some(code));
    }
    for code in InstrumentCode::ALL {
        assert!(line(code.code()).is_some(), "{}", code.code());
    }
    let unit = UnitId(1);
    for refusal in [
        Refusal::LaterThanSuperior {
            superior: unit,
            limit: day("30/6/2020"),
        },
        Refusal::EarlierThanSuperior {
            superior: unit,
            limit: day("30/6/2020"),
        },
        Refusal::WindowReversed,
        Refusal::NoDayLeft {
            superior: unit,
            opens: day("30/6/2020"),
        },
        Refusal::ReasonNeeded,
        Refusal::ConsentNeeded,
        Refusal::NoFreeDay { unit },
        Refusal::NotDated { unit },
        Refusal::AlreadyHeld { unit },
    ] {
        assert!(line(refusal.code()).is_some(), "{}", refusal.code());
        assert!(refusal.to_string().starts_with(refusal.code()));
    }
    for number in 1..=7 {
        assert!(line(&format!("E-PRO-0{number}")).is_some());
    }
}

#[test]
fn a_term_ends_so_many_months_after_the_congress_that_began_it() {
    assert_eq!(term_end(day("10/10/2017"), 30), day("10/04/2020"));
    assert_eq!(
        term_end(day("31/08/2020"), 30),
        day("28/02/2023"),
        "the last of a short month"
    );
    let term = |text: &str| text.parse::<Term>().unwrap();
    let next = term("2025–2027");
    assert!(term("2022–2025").leads_to(next));
    assert!(!term("2020–2022").leads_to(next), "one between is missing");
    assert!(!next.leads_to(next) && !next.leads_to(term("2022–2025")));
}
