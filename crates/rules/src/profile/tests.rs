use super::*;
use crate::congress::{Form, form_by_members};

fn party() -> Profile {
    toml::from_str(include_str!("../../profiles/vn-party.toml")).unwrap()
}

fn union() -> Profile {
    toml::from_str(include_str!("../../profiles/union.toml")).unwrap()
}

fn level(code: &str) -> Level {
    Level(code.to_owned())
}

fn kind(code: &str) -> Kind {
    Kind(code.to_owned())
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn both_profiles_are_sound() {
    assert_eq!(party().check(), []);
    assert_eq!(union().check(), []);
    let codes: Vec<_> = party()
        .levels
        .iter()
        .map(|rule| rule.code.0.clone())
        .collect();
    assert_eq!(
        codes,
        [
            "centre",
            "province",
            "district",
            "grassroots",
            "sectional",
            "branch"
        ]
    );
}

#[test]
fn the_version_in_force_is_picked_by_the_day() {
    let party = party();
    let number = |text: &str| {
        party
            .in_force(day(text), &level("branch"), None)
            .map(|version| (version.instrument.number.clone(), version.instrument.date))
    };
    assert_eq!(number("29/5/2019"), None);
    assert_eq!(
        number("30/5/2019"),
        Some(("35-CT/TW".into(), day("30/5/2019")))
    );
    assert_eq!(
        number("13/6/2024"),
        Some(("35-CT/TW".into(), day("30/5/2019")))
    );
    assert_eq!(
        number("14/6/2024"),
        Some(("35-CT/TW".into(), day("14/6/2024")))
    );
    assert_eq!(
        number("13/4/2025"),
        Some(("35-CT/TW".into(), day("14/6/2024")))
    );
    assert_eq!(
        number("14/4/2025"),
        Some(("45-CT/TW".into(), day("14/4/2025")))
    );
}

#[test]
fn a_version_can_be_for_some_units_only() {
    let union = union();
    let bound = |kind: Option<&Kind>, level: &Level| {
        let version = union.in_force(day("1/6/2023"), level, kind)?;
        version
            .parameters
            .delegate_congress_from
            .as_ref()
            .map(|from| from.value)
    };
    assert_eq!(bound(Some(&kind("retired")), &level("section")), Some(80));
    assert_eq!(
        bound(Some(&kind("workplace")), &level("section")),
        Some(500)
    );
    assert_eq!(bound(None, &level("section")), Some(500));
    assert_eq!(
        bound(Some(&kind("retired")), &level("federation")),
        Some(500)
    );
}

#[test]
fn r31_two_hundred_members_send_delegates() {
    let party = party();
    let version = party
        .in_force(day("1/3/2020"), &level("grassroots"), None)
        .unwrap();
    let from = version.parameters.delegate_congress_from.as_ref().unwrap();
    assert!(from.confirmed);
    assert_eq!(form_by_members(199, from.value), Form::Members);
    assert_eq!(form_by_members(200, from.value), Form::Delegates);
}

#[test]
fn r32_caps_on_delegates() {
    let party = party();
    let cap = |day_of: &str, level_of: &str, kind: Option<&Kind>, merged_from, name| {
        let version = party.in_force(day(day_of), &level(level_of), None).unwrap();
        version
            .parameters
            .delegate_cap(&level(level_of), kind, merged_from, name)
            .map(|cap| cap.value)
    };
    let territorial = kind("territorial");
    assert_eq!(
        cap(
            "1/7/2025",
            "district",
            Some(&territorial),
            1,
            "Phường Hòa Hưng"
        ),
        Some(250)
    );
    assert_eq!(
        cap("1/7/2025", "district", None, 1, "Đảng bộ quận"),
        Some(300)
    );
    assert_eq!(cap("1/7/2025", "province", None, 1, "Nghệ Tĩnh"), Some(400));
    assert_eq!(cap("1/7/2025", "province", None, 2, "Đồng Nai"), Some(450));
    assert_eq!(cap("1/7/2025", "province", None, 3, "Lâm Đồng"), Some(500));
    assert_eq!(
        cap("1/7/2025", "province", None, 3, "Thành phố Hồ Chí Minh"),
        Some(550)
    );
    let cam_le = cap("1/3/2020", "district", None, 1, "Quận Cẩm Lệ").unwrap();
    assert!(275 <= cam_le, "S4: 275 delegates");
    assert_eq!(cap("1/3/2020", "branch", None, 1, "Chi bộ 12"), None);
}

#[test]
fn a_spreadsheet_word_leads_to_its_kind() {
    let party = party();
    let code = |word: &str| party.kind_by_word(word).map(|rule| rule.code.0.as_str());
    assert_eq!(code("Tổ  dân phố "), Some("residential"));
    assert_eq!(code("QUÂN SỰ"), Some("armed_forces"));
    assert_eq!(code("agency"), Some("agency"));
    assert_eq!(code("Thôn"), Some("village"));
    assert_eq!(code("phường"), Some("territorial"));
    assert_eq!(code("câu lạc bộ"), None);
}

#[test]
fn what_nobody_confirmed_says_so() {
    let party = party();
    let of = |text: &str| {
        let version = party
            .in_force(day(text), &level("grassroots"), None)
            .unwrap();
        version
            .parameters
            .report_within_working_days
            .as_ref()
            .map(|days| (days.value, days.confirmed))
    };
    assert_eq!(of("9/1/2025"), Some((7, true)));
    assert_eq!(of("1/6/2025"), Some((7, false)), "294-QĐ/TW was not read");
}

#[test]
fn a_broken_profile_names_its_fields() {
    let mut broken = party();
    broken.id = "  ".into();
    broken.levels[1].code = level("centre");
    broken.kinds[1].words.push("Khu Phố".into());
    broken.versions[1].valid_from = day("1/1/2019");
    broken.versions[2].levels = vec![level("moon")];
    if let Some(from) = &mut broken.versions[2].parameters.delegate_congress_from {
        from.value = 0;
        from.source.clear();
    }
    let errors = broken.check();
    let found: Vec<_> = errors
        .iter()
        .map(|error| (error.code(), error.field()))
        .collect();
    for wanted in [
        ("E-PRO-01", "id"),
        ("E-PRO-02", "levels[1].code"),
        ("E-PRO-02", "kinds[1].words"),
        ("E-PRO-05", "versions[1].valid_from"),
        ("E-PRO-06", "versions[1].valid_from"),
        ("E-PRO-03", "versions[2].levels"),
        ("E-PRO-04", "versions[2].parameters.delegate_congress_from"),
        (
            "E-PRO-01",
            "versions[2].parameters.delegate_congress_from.source",
        ),
        ("E-PRO-03", "versions[0].parameters.max_days.province"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} in {found:?}");
    }

    let mut twin = party();
    let copy = twin.versions[0].clone();
    twin.versions.insert(1, copy);
    let codes: Vec<_> = twin.check().iter().map(ProfileError::code).collect();
    assert_eq!(codes, ["E-PRO-07", "E-PRO-02"]);

    let nothing = Profile {
        levels: vec![],
        kinds: vec![],
        versions: vec![],
        ..party()
    };
    let fields: Vec<_> = nothing
        .check()
        .iter()
        .map(|error| error.field().to_owned())
        .collect();
    assert_eq!(fields, ["levels", "kinds", "versions"]);
}

#[test]
fn a_misspelt_field_is_refused_where_it_is_read() {
    let text = include_str!("../../profiles/union.toml").replace("max_days", "most_days");
    assert!(toml::from_str::<Profile>(&text).is_err());
}
