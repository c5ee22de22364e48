//! What holds of every season.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const LEVELS: [&str; 4] = ["province", "district", "grassroots", "branch"];

fn any_day() -> impl Strategy<Value = Day> {
    (0i32..60).prop_map(|days| day("2020-03-01").plus(days))
}

fn any_planned() -> impl Strategy<Value = Option<Planned>> {
    prop::option::weighted(
        0.7,
        (any_day(), 0i32..4, 0u8..3).prop_map(|(first, days, preparatory_half_days)| Planned {
            first,
            last: first.plus(days),
            preparatory_half_days,
        }),
    )
}

/// A unit under one of those before it, one level below.
fn any_unit(id: u128) -> impl Strategy<Value = UnitPlan> {
    let pilot = prop::bool::weighted(0.2);
    let up = 0u128..id.max(1);
    (
        up,
        any_planned(),
        pilot,
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.2),
        any_day(),
    )
        .prop_map(move |(up, planned, pilot, expected, held, held_on)| {
            let mut plan = unit(id, (id > 0).then_some(up), "branch");
            plan.planned = planned;
            plan.expected = expected;
            plan.held = held.then_some((held_on, held_on));
            if pilot {
                plan = pilot_of(up, plan);
            }
            plan
        })
}

fn any_season() -> impl Strategy<Value = Season> {
    (1u128..10)
        .prop_flat_map(|count| {
            let units: Vec<_> = (0..count).map(any_unit).collect();
            let windows = prop::collection::vec(any_window(count), 0..8);
            let events = prop::collection::vec((0..count, any_day(), 0i32..3, any::<bool>()), 0..3);
            (units, windows, events)
        })
        .prop_map(|(mut units, windows, events)| {
            for place in 0..units.len() {
                let depth = depth(&units, place);
                units[place].level = level(LEVELS[depth.min(3)]);
            }
            let mut season = Season::on("2020-03-20", units).with_windows(windows);
            season.events = (0..)
                .zip(events)
                .map(|(id, (scope, first, days, precede))| OutsideEvent {
                    id: EventId(id),
                    name: "event".into(),
                    first,
                    last: first.plus(days),
                    scope: UnitId(scope),
                    level: None,
                    kind: None,
                    relation: if precede {
                        EventRelation::MustPrecede
                    } else {
                        EventRelation::MustNotOverlap
                    },
                    until: None,
                })
                .collect();
            season
        })
}

fn depth(units: &[UnitPlan], place: usize) -> usize {
    units[place].parent.map_or(0, |parent| {
        1 + depth(units, usize::try_from(parent.0).unwrap())
    })
}

fn any_window(issuers: u128) -> impl Strategy<Value = Window> {
    let marks = prop::option::weighted(0.3, prop::sample::select(vec![Mark::Pilot, Mark::Trial]));
    let kinds = prop::option::weighted(0.3, prop::sample::select(vec!["territorial", "agency"]));
    (
        (
            any::<u64>(),
            0..issuers,
            prop::sample::select(LEVELS.to_vec()),
        ),
        (
            prop::option::of(any_day()),
            any_day(),
            any_day(),
            prop::option::weighted(0.3, 0i32..60),
        ),
        (marks, kinds, prop::bool::weighted(0.2)),
    )
        .prop_map(
            |((id, issuer, level_code), (first, last, from, lasts), (mark, kind_code, consent))| {
                Window {
                    id: WindowId(id.into()),
                    issuer: UnitId(issuer),
                    level: level(level_code),
                    kind: kind_code.map(kind),
                    mark,
                    first,
                    last,
                    from: from.plus(-30),
                    until: lasts.map(|days| from.plus(days - 30)),
                    consent: consent.then(|| "consent".to_owned()),
                    reason: None,
                }
            },
        )
}

/// The windows of issuers 0, 1, 2 on one path.
fn on_path(windows: &[Window]) -> Vec<PathWindow<'_>> {
    windows
        .iter()
        .map(|window| (u32::try_from(window.issuer.0).unwrap(), window))
        .collect()
}

proptest! {
    #[test]
    fn one_unit_is_told_what_the_whole_check_tells(season in any_season()) {
        let facts = season.facts();
        let all = check(&facts);
        for plan in &season.units {
            let own: BTreeSet<_> = check_unit(&facts, plan.unit).into_iter().collect();
            let wanted: BTreeSet<_> = all
                .iter()
                .filter(|finding| finding.turns_on().any(|unit| unit == plan.unit))
                .cloned()
                .collect();
            prop_assert_eq!(own, wanted);
        }
    }

    #[test]
    fn the_root_has_everything_under_it(season in any_season()) {
        let facts = season.facts();
        prop_assert_eq!(check_under(&facts, UnitId(0)), check(&facts));
    }

    #[test]
    fn the_order_of_the_units_does_not_matter(season in any_season()) {
        let mut turned = season.units.clone();
        turned.reverse();
        let facts = season.facts();
        let one: BTreeSet<_> = check(&facts).into_iter().collect();
        let other: BTreeSet<_> = check(&Facts { units: &turned, ..facts }).into_iter().collect();
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_finding_weighs_what_its_code_says(season in any_season()) {
        for finding in check(&season.facts()) {
            prop_assert_eq!(finding.severity, finding.code.severity());
        }
    }

    #[test]
    fn order_and_pilots_as_a_plain_reading_has_it(season in any_season()) {
        let found = check(&season.facts());
        let after: BTreeSet<_> = found
            .iter()
            .filter(|finding| finding.code == FindingCode::ChildAfterParent)
            .map(|finding| finding.unit)
            .collect();
        for plan in &season.units {
            let mut clash = false;
            let mut above = plan.parent;
            while let Some(id) = above {
                let parent = season.units.iter().find(|unit| unit.unit == id).unwrap();
                if let (Some((_, last)), Some((opens, _))) = (plan.days(), parent.days()) {
                    clash |= opens <= last && !(plan.held.is_some() && parent.held.is_some());
                }
                above = parent.parent;
            }
            prop_assert_eq!(after.contains(&plan.unit), clash);
        }
    }

    #[test]
    fn without_consent_a_window_only_tightens(
        windows in prop::collection::vec(any_window(3), 0..10),
        more in any_window(1),
        on in any_day(),
        pilot in any::<bool>(),
    ) {
        let mut windows: Vec<Window> =
            windows.into_iter().map(|window| Window { consent: None, ..window }).collect();
        let (level, kind) = (level("branch"), kind("agency"));
        let marks = if pilot { Marks::only(Mark::Pilot) } else { Marks::default() };
        let wanted = Selector { level: &level, kind: Some(&kind), marks };
        let before = effective(&on_path(&windows), &wanted, on);
        // Another issuer, lowest of all.
        windows.push(Window { issuer: UnitId(9), consent: None, ..more });
        let after = effective(&on_path(&windows), &wanted, on);
        if let Some(before) = before {
            let after = after.unwrap();
            prop_assert!(after.last <= before.last);
            // A first window for a mark frees the marked from the mass's opening.
            if !pilot {
                prop_assert!(after.first >= before.first);
            }
        }
    }

    #[test]
    fn a_window_that_passes_the_check_loosens_nothing(
        above in prop::collection::vec(any_window(3), 0..8),
        new in any_window(1),
    ) {
        // A window that is entered has not been withdrawn.
        let new = Window { issuer: UnitId(9), consent: None, until: None, ..new };
        let path = on_path(&above);
        let passes = check_new_window(&path, &new).is_ok();
        let wanted = Selector {
            level: &new.level,
            kind: new.kind.as_ref(),
            marks: new.mark.map_or(Marks::default(), Marks::only),
        };
        let mut with = path.clone();
        with.push((9, &new));
        if let Some(found) = effective(&with, &wanted, new.from).filter(|_| passes) {
            prop_assert_eq!(found.last, new.last);
            prop_assert!(!found.leaves_no_day());
        }
    }

    #[test]
    fn the_deadline_timeline_agrees_with_each_day(
        windows in prop::collection::vec(any_window(3), 0..10),
        pilot in any::<bool>(),
    ) {
        let (level, kind) = (level("branch"), kind("agency"));
        let marks = if pilot { Marks::only(Mark::Pilot) } else { Marks::default() };
        let wanted = Selector { level: &level, kind: Some(&kind), marks };
        let path = on_path(&windows);
        let due = due_timeline(&path, &wanted);
        for days in -40..80 {
            let on = day("2020-03-01").plus(days);
            let found = effective(&path, &wanted, on).map(|window| window.last);
            prop_assert_eq!(due.on(on).copied().flatten(), found);
        }
    }

    #[test]
    fn every_moved_congress_keeps_its_length(season in any_season(), days in -30i32..30, per_day in 0u16..3) {
        let facts = season.facts();
        let units: BTreeSet<UnitId> = season
            .units
            .iter()
            .filter(|plan| plan.expected && plan.held.is_none() && plan.planned.is_some())
            .map(|plan| plan.unit)
            .collect();
        let start = day("2020-05-04");
        for to in [NewDays::By(days), NewDays::To(start), NewDays::FirstFreeFrom { day: start, per_day }] {
            let redated = redate(&facts, &units, to, "reason").unwrap();
            prop_assert_eq!(redated.moves.len(), units.len());
            for one in &redated.moves {
                prop_assert_eq!(one.after.last.since(one.after.first), one.before.last.since(one.before.first));
                if let NewDays::FirstFreeFrom { .. } = to {
                    prop_assert!(one.after.first >= start && season.holidays.is_working(one.after.first));
                    let same = redated.moves.iter().filter(|other| other.after.first == one.after.first).count();
                    prop_assert!(same <= usize::from(per_day.max(1)));
                }
            }
        }
    }
}
