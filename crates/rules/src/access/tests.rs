use proptest::prelude::*;

use super::*;

fn day(number: i64) -> Day {
    Day::from_number(number).unwrap()
}

fn grant(role: Role, unit: Option<u128>) -> Grant {
    Grant {
        role,
        unit: unit.map(UnitId),
        from: day(100),
        until: Some(day(200)),
    }
}

fn path(units: &[u128]) -> Vec<UnitId> {
    units.iter().copied().map(UnitId).collect()
}

fn may_confirm(grants: &[Grant], day: Day, path: &[UnitId]) -> bool {
    may(grants, day, Permission::ConfirmReport, path)
}

/// District 1, ward 2, branch 3; another ward 4.
#[test]
fn a_secretary_reports_the_own_unit_and_confirms_those_below() {
    let ward = [grant(Role::UnitSecretary, Some(2))];
    let on = day(150);
    let (own, below, above, beside) = (path(&[1, 2]), path(&[1, 2, 3]), path(&[1]), path(&[1, 4]));
    assert!(may(&ward, on, Permission::ReportCongress, &own));
    assert!(!may(&ward, on, Permission::ReportCongress, &below));
    assert!(
        may(&ward, on, Permission::SeeUnit, &own) && may(&ward, on, Permission::SeeUnit, &below)
    );
    assert!(may(&ward, on, Permission::DateCongress, &below));
    assert!(!may(&ward, on, Permission::DateCongress, &own));
    assert!(may_confirm(&ward, on, &below));
    assert!(
        !may_confirm(&ward, on, &own),
        "a unit never confirms its own report"
    );
    for outside in [&above, &beside] {
        assert!(
            !Permission::ALL
                .iter()
                .any(|one| may(&ward, on, *one, outside))
        );
    }
}

#[test]
fn an_office_runs_its_subtree_and_confirms_below_it() {
    let district = [grant(Role::Office, Some(1))];
    let on = day(150);
    assert!(
        may_confirm(&district, on, &path(&[1, 2])) && may_confirm(&district, on, &path(&[1, 2, 3]))
    );
    assert!(!may_confirm(&district, on, &path(&[1])));
    assert!(
        may(&district, on, Permission::DateCongress, &path(&[1])),
        "R42: it sets its own opening"
    );
    assert!(may(
        &district,
        on,
        Permission::AcknowledgeInstrument,
        &path(&[1])
    ));
    assert!(!may(
        &district,
        on,
        Permission::AcknowledgeInstrument,
        &path(&[1, 2])
    ));
    assert!(!may(&district, on, Permission::ManageAccounts, &path(&[1])));
}

#[test]
fn the_administrator_stands_in_for_the_superior_of_a_root_only() {
    let everywhere = [grant(Role::Administrator, None)];
    let on = day(150);
    assert!(may_confirm(&everywhere, on, &path(&[1])));
    assert!(!may_confirm(&everywhere, on, &path(&[1, 2])));
    assert!(!may(
        &everywhere,
        on,
        Permission::ReportCongress,
        &path(&[1])
    ));
    assert!(may(&everywhere, on, Permission::ManageAccounts, &[]));
    let of_a_district = [grant(Role::Administrator, Some(1))];
    assert!(!may(&of_a_district, on, Permission::ManageAccounts, &[]));
    assert!(may(
        &of_a_district,
        on,
        Permission::ManageAccounts,
        &path(&[1, 2])
    ));
    assert!(!may_confirm(&of_a_district, on, &path(&[1])));
}

#[test]
fn a_grant_has_days_and_a_unit() {
    let office = [grant(Role::Office, Some(1))];
    let at = path(&[1]);
    for (on, wanted) in [(99, false), (100, true), (199, true), (200, false)] {
        assert_eq!(
            may(&office, day(on), Permission::SeeUnit, &at),
            wanted,
            "{on}"
        );
    }
    assert_eq!(
        grant(Role::Office, None).check(),
        Err(GrantRefusal::UnitNeeded)
    );
    assert_eq!(grant(Role::Auditor, None).check(), Ok(()));
    let reversed = Grant {
        until: Some(day(100)),
        ..grant(Role::Office, Some(1))
    };
    assert_eq!(reversed.check(), Err(GrantRefusal::DaysReversed));
    assert!(!may(
        &[grant(Role::Office, None)],
        day(150),
        Permission::SeeUnit,
        &at
    ));
}

#[test]
fn who_only_reads_never_writes() {
    for role in [Role::Wall, Role::Auditor] {
        for permission in Permission::ALL
            .into_iter()
            .filter(|permission| permission.writes())
        {
            assert_eq!(
                role.reach(permission),
                Reach::Nothing,
                "{role:?} {permission:?}"
            );
        }
    }
}

#[test]
fn every_permission_is_somebodys_and_has_a_name_of_its_own() {
    for permission in Permission::ALL {
        assert!(
            Role::ALL
                .iter()
                .any(|role| role.reach(permission) != Reach::Nothing),
            "{permission:?}"
        );
        assert_eq!(Permission::parse(permission.code()), Some(permission));
    }
    for role in Role::ALL {
        assert_eq!(Role::parse(role.code()), Some(role));
    }
}

#[test]
fn the_rulebook_has_the_same_table() {
    let book = include_str!("../../../../docs/rulebook/access.md");
    for permission in Permission::ALL {
        let cells: Vec<&str> = Role::ALL
            .iter()
            .map(|role| word(role.reach(permission)))
            .collect();
        let row = format!("| `{}` | {} |", permission.code(), cells.join(" | "));
        assert!(book.contains(&row), "missing: {row}");
    }
    for code in ["E-ACC-01", "E-ACC-02"] {
        assert!(book.contains(code));
    }
}

fn word(reach: Reach) -> &'static str {
    match reach {
        Reach::Nothing => "–",
        Reach::OwnUnit => "own unit",
        Reach::Below => "below",
        Reach::Subtree => "own unit and below",
        Reach::Roots => "roots",
    }
}

fn any_grant() -> impl Strategy<Value = Grant> {
    let role = prop::sample::select(Role::ALL.to_vec());
    let unit = prop::option::weighted(0.8, (0u128..12).prop_map(UnitId));
    (role, unit, 0i64..20, prop::option::of(0i64..20)).prop_map(|(role, unit, from, until)| Grant {
        role,
        unit,
        from: day(from),
        until: until.map(day),
    })
}

/// A path of different units, the root first.
fn any_path() -> impl Strategy<Value = Vec<UnitId>> {
    (
        Just((0u128..12).map(UnitId).collect::<Vec<_>>()).prop_shuffle(),
        0usize..7,
    )
        .prop_map(|(mut units, depth)| {
            units.truncate(depth);
            units
        })
}

proptest! {
    #[test]
    fn no_grant_reaches_outside_its_subtree(
        grants in prop::collection::vec(any_grant(), 0..5),
        path in any_path(),
        on in 0i64..20,
    ) {
        let near = grants.iter().any(|grant| match grant.unit {
            None => grant.role.can_be_everywhere(),
            Some(unit) => path.contains(&unit),
        });
        for permission in Permission::ALL {
            prop_assert!(near || !may(&grants, day(on), permission, &path), "{permission:?}");
        }
    }

    #[test]
    fn a_grant_outside_its_days_gives_nothing(grant in any_grant(), path in any_path(), on in 0i64..20) {
        let holds = grant.from <= day(on) && grant.until.is_none_or(|until| day(on) < until);
        for permission in Permission::ALL {
            prop_assert!(holds || !may(std::slice::from_ref(&grant), day(on), permission, &path));
        }
    }

    #[test]
    fn nobody_confirms_from_inside_the_unit(
        grants in prop::collection::vec(any_grant(), 0..5),
        path in any_path(),
        on in 0i64..20,
    ) {
        if may_confirm(&grants, day(on), &path) {
            let above = path.split_last().map_or(&[][..], |(_, above)| above);
            let from_above = grants.iter().any(|grant| grant.unit.is_some_and(|unit| above.contains(&unit)));
            let of_a_root = path.len() == 1
                && grants.iter().any(|grant| grant.unit.is_none() && grant.role == Role::Administrator);
            prop_assert!(from_above || of_a_root);
        }
    }

    #[test]
    fn more_grants_never_take_away(
        grants in prop::collection::vec(any_grant(), 0..4),
        more in any_grant(),
        path in any_path(),
        on in 0i64..20,
    ) {
        let mut all = grants.clone();
        all.push(more);
        for permission in Permission::ALL {
            let before = may(&grants, day(on), permission, &path);
            prop_assert!(!before || may(&all, day(on), permission, &path));
        }
    }
}
