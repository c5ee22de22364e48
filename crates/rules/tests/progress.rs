//! Counting forwards (what each congress contributes) and counting plainly
//! (what each is on the day) give equal figures on random histories, and what
//! is stored reads back the same.

use std::collections::BTreeMap;

use plenum_rules::congress::Congress;
use plenum_rules::org::UnitVersion;
use plenum_rules::progress::{
    Ancestry, Contributions, Counts, DueFinder, GroupKey, Subject, Tally, contributions, recount_on,
};
use plenum_rules::season::Windows;
use plenum_rules::{Day, UnitId};
use plenum_testkit::history::{Campaign, Deed, World, days, steps};
use proptest::collection::vec;
use proptest::prelude::*;

/// Runs `body` over every unit of a season as counting sees it.
fn with_subjects<T>(world: &World, season: &Campaign, body: impl FnOnce(&[Subject<'_>]) -> T) -> T {
    let mut versions: BTreeMap<UnitId, Vec<UnitVersion>> = BTreeMap::new();
    for version in world.tree.all() {
        versions
            .entry(version.unit)
            .or_default()
            .push(version.clone());
    }
    let windows = Windows::new(season.windows.clone());
    let mut ancestry = Ancestry::new(&versions, season.root);
    let mut finder = DueFinder::new(&windows);
    let nothing = Congress::nothing();
    let placed: Vec<_> = versions
        .iter()
        .map(|(unit, versions)| {
            let above = ancestry.above(*unit);
            let marks = season.marks.get(unit).map_or(&[][..], Vec::as_slice);
            let due = finder.due(*unit, versions, &above, marks);
            (*unit, above, due, marks)
        })
        .collect();
    let subjects: Vec<Subject<'_>> = placed
        .iter()
        .map(|(unit, above, due, marks)| Subject {
            versions: &versions[unit],
            above,
            congress: season.congresses.get(unit).unwrap_or(&nothing),
            due,
            marks,
        })
        .collect();
    body(&subjects)
}

/// Each node's tally, from contributions.
fn tallies(contributions: Contributions) -> BTreeMap<UnitId, Tally> {
    let mut nodes: BTreeMap<UnitId, Tally> = BTreeMap::new();
    for (chain, tally) in contributions {
        for unit in chain.iter() {
            nodes.entry(*unit).or_default().add(&tally, 1);
        }
    }
    nodes
}

fn on(tally: Option<&Tally>, day: Day) -> BTreeMap<GroupKey, Counts> {
    let groups = tally.into_iter().flat_map(|tally| &tally.groups);
    groups
        .map(|(key, series)| (key.clone(), series.on(day)))
        .filter(|(_, counts)| *counts != Counts::default())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn contributions_equal_the_plain_recount(steps in steps(60), looks in vec((0..500_usize, days()), 12)) {
        let mut world = World::new();
        for step in &steps {
            for deed in world.decide(step) {
                world.take(deed);
            }
        }
        for season in &world.seasons {
            with_subjects(&world, season, |subjects| {
                let mut changes = Contributions::new();
                for subject in subjects {
                    contributions(&season.frame, subject, 1, &mut changes);
                }
                let nodes = tallies(changes.clone());
                for (place, day) in &looks {
                    let units = world.units();
                    let node = if place % 3 == 0 { season.root } else { units[place % units.len()] };
                    let mut plain = recount_on(&season.frame, subjects, node, *day);
                    plain.retain(|_, counts| *counts != Counts::default());
                    let tally = nodes.get(&node);
                    prop_assert_eq!(on(tally, *day), plain.clone(), "node {} on {}", node, day);
                    if let Some(tally) = tally {
                        let bytes = tally.encode();
                        prop_assert_eq!(&Tally::decode(&bytes).unwrap(), tally);
                        let mut twice = tally.clone();
                        twice.add(tally, 1);
                        prop_assert_eq!(Tally::merge(&bytes, tally).unwrap(), twice.encode());
                        let mut less = tally.clone();
                        less.groups.pop_first();
                        let mut away = Tally::default();
                        away.add(&less, -1);
                        let mut left = tally.clone();
                        left.add(&less, -1);
                        prop_assert_eq!(Tally::merge(&bytes, &away).unwrap(), left.encode());
                        let mut read = Tally::read_on(&bytes, *day).unwrap();
                        read.retain(|_, counts| *counts != Counts::default());
                        prop_assert_eq!(read, plain);
                    }
                }
                for subject in subjects {
                    contributions(&season.frame, subject, -1, &mut changes);
                }
                let left = tallies(changes);
                prop_assert!(left.values().all(|tally| tally.groups.is_empty()), "what is taken away leaves nothing");
                Ok(())
            })?;
        }
    }

    #[test]
    fn bytes_that_are_no_counters_are_refused_and_not_feared(
        mut bytes in vec(any::<u8>(), 0..200),
        formed in any::<bool>(),
    ) {
        if formed && !bytes.is_empty() {
            bytes[0] = 1;
        }
        if let Ok(tally) = Tally::decode(&bytes) {
            let _ = tally.encode();
        }
        let _ = Tally::read_on(&bytes, Day::from_number(18_000).unwrap());
    }

    #[test]
    fn damaged_counters_are_refused_and_not_feared(
        steps in steps(40),
        place in any::<usize>(),
        byte in any::<u8>(),
    ) {
        let mut world = World::new();
        for step in &steps {
            for deed in world.decide(step) {
                world.take(deed);
            }
        }
        let season = &world.seasons[0];
        with_subjects(&world, season, |subjects| {
            let mut changes = Contributions::new();
            for subject in subjects {
                contributions(&season.frame, subject, 1, &mut changes);
            }
            for tally in tallies(changes).values() {
                let mut bytes = tally.encode();
                let place = place % bytes.len();
                bytes[place] ^= byte;
                let _ = Tally::read_on(&bytes, Day::from_number(18_100).unwrap());
                if let Ok(mut tally) = Tally::decode(&bytes) {
                    tally.settle();
                }
            }
        });
    }
}

/// The histories would prove little if nearly all steps were refused.
#[test]
fn every_kind_of_deed_happens() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut states = std::collections::BTreeSet::new();
    let (mut trees, mut windows, mut marks, mut returned) = (0, 0, 0, 0);
    for _ in 0..200 {
        let mut world = World::new();
        for step in steps(60).new_tree(&mut runner).unwrap().current() {
            for deed in world.decide(&step) {
                match &deed {
                    Deed::Tree(_) => trees += 1,
                    Deed::Window(..) => windows += 1,
                    Deed::Mark(..) => marks += 1,
                    Deed::Congress(_, _, congress) => {
                        states.insert(congress.state());
                        returned += usize::from(congress.state().code() == "returned");
                    }
                }
                world.take(deed);
            }
        }
    }
    assert_eq!(states.len(), 12, "{states:?}");
    assert!(
        trees > 500 && windows > 200 && marks > 200 && returned > 5,
        "{trees} {windows} {marks} {returned}"
    );
}
