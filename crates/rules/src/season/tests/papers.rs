//! Instruments: keys, chains, numbers, acknowledgement.

use super::*;

fn key(issuer: &str, number: &str, date: &str) -> InstrumentKey {
    InstrumentKey {
        issuer: issuer.into(),
        number: number.into(),
        date: day(date),
    }
}

fn instrument(key: InstrumentKey, kind: InstrumentKind, from: &[&InstrumentKey]) -> Instrument {
    let derived_from = from.iter().map(|key| (*key).clone()).collect();
    Instrument {
        key,
        kind,
        title: "Đại hội đảng bộ các cấp".into(),
        derived_from,
    }
}

fn found(instruments: &[Instrument]) -> Vec<(&'static str, String)> {
    check_instruments(instruments)
        .into_iter()
        .map(|finding| (finding.code.code(), finding.instrument.number))
        .collect()
}

/// S3: directive → district plan → ward plan.
#[test]
fn a_chain_in_order_has_no_findings() {
    let directive = key("Bộ Chính trị", "35-CT/TW", "14/6/2024");
    let district = key("Quận ủy Đống Đa", "323-KH/QU", "08/8/2024");
    let chain = [
        instrument(directive.clone(), InstrumentKind::Directive, &[]),
        instrument(district.clone(), InstrumentKind::Plan, &[&directive]),
        instrument(
            key("Đảng ủy phường Ô Chợ Dừa", "120-KH/ĐU", "15/8/2024"),
            InstrumentKind::Plan,
            &[&district],
        ),
    ];
    assert_eq!(found(&chain), []);
}

#[test]
fn a_chain_out_of_order_is_found() {
    let directive = key("Bộ Chính trị", "35-CT/TW", "14/6/2024");
    let early = key("Quận ủy", "86-KH/QU", "15/11/2019");
    let missing = key("Tỉnh ủy", "9-KH/TU", "01/7/2024");
    let chain = [
        instrument(directive.clone(), InstrumentKind::Directive, &[]),
        instrument(early, InstrumentKind::Plan, &[&directive]),
        instrument(
            key("Thị ủy", "12-HD/TU", "01/9/2024"),
            InstrumentKind::Guidance,
            &[&missing],
        ),
    ];
    assert_eq!(
        found(&chain),
        [
            ("E-INS-01", "86-KH/QU".into()),
            ("W-INS-11", "12-HD/TU".into())
        ]
    );
}

#[test]
fn a_circle_and_a_repetition_are_found() {
    let one = key("A", "1-KH/A", "01/7/2024");
    let two = key("B", "2-KH/B", "01/7/2024");
    let chain = [
        instrument(one.clone(), InstrumentKind::Plan, &[&two]),
        instrument(two.clone(), InstrumentKind::Plan, &[&one]),
        instrument(one.clone(), InstrumentKind::Plan, &[]),
    ];
    let codes: Vec<_> = found(&chain).into_iter().map(|(code, _)| code).collect();
    assert!(codes.contains(&"E-INS-03"), "{codes:?}");
    let chain = &chain[..2];
    assert_eq!(
        found(chain),
        [("E-INS-02", "1-KH/A".into()), ("E-INS-02", "2-KH/B".into())]
    );
}

#[test]
fn one_number_can_be_two_instruments() {
    let old = key("Bộ Chính trị", "35-CT/TW", "30/5/2019");
    let new = key("Bộ Chính trị", "35-CT/TW", "14/6/2024");
    assert_ne!(old, new);
    let both = [old, new].map(|key| instrument(key, InstrumentKind::Directive, &[]));
    let findings = check_instruments(&both);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code, InstrumentCode::SameNumber);
    assert_eq!(findings[0].other, Some(both[0].key.clone()));
}

#[test]
fn a_number_is_taken_apart() {
    let plan = read_number("86-KH/QU").unwrap();
    assert_eq!((plan.running, plan.kind, plan.issuer), (86, "KH", "QU"));
    assert_eq!(plan.instrument_kind(), InstrumentKind::Plan);
    for (number, kind) in [
        ("35-CT/TW", InstrumentKind::Directive),
        ("04-HD/TW", InstrumentKind::Guidance),
        ("190-QĐ/TW", InstrumentKind::Decision),
        ("21-ĐA/TU", InstrumentKind::Other),
    ] {
        assert_eq!(
            read_number(number).map(|parts| parts.instrument_kind()),
            Some(kind),
            "{number}"
        );
    }
    for number in [
        "1434",
        "01/2021/TT-BNV",
        "-KH/QU",
        "86-/QU",
        "86-KH/",
        "86-kh/qu",
        "99999999999-KH/QU",
        "",
    ] {
        assert_eq!(read_number(number), None, "{number}");
    }
    let wrong = instrument(
        key("Quận ủy", "86-KH/QU", "15/11/2019"),
        InstrumentKind::Directive,
        &[],
    );
    let bare = instrument(
        key("Tỉnh ủy", "1434", "26/9/2024"),
        InstrumentKind::Decision,
        &[],
    );
    assert_eq!(
        found(&[wrong, bare]),
        [("W-INS-13", "86-KH/QU".into()), ("W-INS-12", "1434".into())]
    );
}

#[test]
fn acknowledgement_as_of_a_day() {
    let (issued, due) = (day("08/8/2024"), Some(day("22/8/2024")));
    let on =
        |given: Option<&str>, as_of: &str| acknowledgement(issued, due, given.map(day), day(as_of));
    assert_eq!(on(None, "07/8/2024"), Acknowledgement::NotIssued);
    assert_eq!(on(None, "22/8/2024"), Acknowledgement::Open);
    assert_eq!(
        on(None, "23/8/2024"),
        Acknowledgement::Overdue {
            due: day("22/8/2024")
        }
    );
    assert_eq!(on(Some("22/8/2024"), "21/8/2024"), Acknowledgement::Open);
    assert_eq!(
        on(Some("22/8/2024"), "30/8/2024"),
        Acknowledgement::Given {
            on: day("22/8/2024"),
            late: false
        }
    );
    assert_eq!(
        on(Some("25/8/2024"), "30/8/2024"),
        Acknowledgement::Given {
            on: day("25/8/2024"),
            late: true
        }
    );
    assert_eq!(
        acknowledgement(issued, None, None, day("30/8/2025")),
        Acknowledgement::Open
    );
}
