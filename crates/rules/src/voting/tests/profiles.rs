//! The rules as data: what each file says and what a faulty one is told.

use super::*;
use crate::profile::ProfileError;
use crate::voting::profile::{OpinionBallot, SeatsBy, VoteForm, in_force};
use crate::{Day, congress::Form};

const ALL: [&str; 4] = [
    "vn-party-190",
    "vn-party-244",
    "vn-youth-union",
    "association",
];

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn every_file_is_sound() {
    for id in ALL {
        let rules = rules(id);
        assert_eq!(rules.check(), [], "{id}");
        assert_eq!(rules.id, id);
    }
}

#[test]
fn the_version_in_force_is_picked_by_the_day() {
    let all: Vec<ElectionRules> = ALL.into_iter().map(rules).collect();
    let found = |text: &str| in_force(&all, "vn-party", day(text)).map(|rules| rules.id.as_str());
    assert_eq!(found("8/6/2014"), None);
    assert_eq!(found("9/6/2014"), Some("vn-party-244"));
    assert_eq!(found("9/10/2024"), Some("vn-party-244"));
    assert_eq!(found("10/10/2024"), Some("vn-party-190"));
    assert_eq!(in_force(&all, "nobody", day("1/1/2025")), None);
}

#[test]
fn r23_the_surplus_is_capped() {
    let rules = party();
    for (seats, cap) in [
        (15, 4),
        (21, 6),
        (27, 8),
        (33, 9),
        (7, 2),
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 1),
        (5, 1),
    ] {
        assert_eq!(rules.surplus_cap(seats), Some(cap), "{seats}");
    }
    assert_eq!(super::rules("association").surplus_cap(9), None);
}

#[test]
fn r24_the_convening_committee_is_advised_ten_to_fifteen_percent() {
    let rules = party();
    for (seats, band) in [
        (15, (2, 2)),
        (27, (3, 4)),
        (33, (4, 4)),
        (55, (6, 8)),
        (71, (8, 10)),
    ] {
        assert_eq!(rules.preparation_band(seats), Some(band), "{seats}");
    }
    // Three to five seats have one name more, whatever the percentages.
    assert_eq!(rules.preparation_band(4), None);
    // No whole number lies in the band.
    for seats in [11, 13] {
        let (least, most) = rules.preparation_band(seats).unwrap();
        assert!(least > most, "{seats}");
    }
}

#[test]
fn r25_more_than_thirty_percent_support_an_outside_nominee() {
    let share = party().nomination.outside_support.unwrap().value;
    assert_eq!(share.need(272), 82);
    assert_eq!(share.need(270), 82);
}

#[test]
fn offices_are_voted_as_the_article_says() {
    let rules = party();
    let form = |code: &str| rules.office(&office(code)).unwrap().vote.value;
    for code in [
        "committee",
        "standing_committee",
        "secretary",
        "inspection_chair",
        "delegates",
    ] {
        assert_eq!(form(code), VoteForm::SecretBallot, "{code}");
    }
    for code in [
        "presidium",
        "secretariat",
        "credentials_board",
        "counting_committee",
    ] {
        assert_eq!(form(code), VoteForm::ShowOfCards, "{code}");
    }
}

#[test]
fn r45_a_credentials_board_is_for_delegate_congresses() {
    let rules = party();
    let has = |form| {
        rules
            .offices_at(form, crate::congress::Contents::FOUR)
            .any(|rule| rule.code == office("credentials_board"))
    };
    assert!(has(Form::Delegates));
    assert!(!has(Form::Members));
}

#[test]
fn r58_nobody_votes_on_the_number_of_delegates() {
    let rules = party();
    let seats = |code: &str| rules.office(&office(code)).unwrap().seats;
    assert_eq!(seats("delegates"), SeatsBy::Allocation);
    assert_eq!(seats("committee"), SeatsBy::Vote);
}

#[test]
fn r59_the_opinion_ballot_is_mandatory_for_committees_only() {
    let rules = party();
    let says = |code: &str| rules.office(&office(code)).unwrap().opinion_ballot.value;
    assert_eq!(says("committee"), OpinionBallot::Mandatory);
    assert_eq!(says("branch_committee"), OpinionBallot::Mandatory);
    for code in ["standing_committee", "secretary", "delegates"] {
        assert_eq!(says(code), OpinionBallot::AsDecided, "{code}");
    }
}

#[test]
fn the_ballot_follows_from_the_surplus() {
    let rules = party();
    assert_eq!(rules.ballot_kind(18, 15).1.value, BallotKind::StrikeOut);
    assert_eq!(rules.ballot_kind(3, 3).1.value, BallotKind::AgreeDisagree);
    assert_eq!(rules.ballot_kind(1, 1).1.value, BallotKind::SingleName);
    assert_eq!(rules.ballot_kind(2, 1).1.value, BallotKind::StrikeOut);
    let association = super::rules("association");
    assert_eq!(association.ballot_kind(3, 1).1.value, BallotKind::Ranked);
}

#[test]
fn what_nobody_confirmed_says_so() {
    let rules = super::rules("vn-party-190");
    assert!(!rules.tie.confirmed);
    let open: Vec<&str> = rules
        .criteria
        .iter()
        .filter(|criterion| !criterion.confirmed)
        .map(|criterion| criterion.code.0.as_str())
        .collect();
    assert_eq!(open, ["I3", "I4", "V4", "I5", "I6", "I6b", "I7"]);
    // Its articles on ballots and results have not been read.
    assert!(rules.denominators.iter().all(|rule| {
        let mut exclusions = rule.exclusions.iter();
        !rule.kind.confirmed && exclusions.all(|exclusion| !exclusion.confirmed)
    }));
    assert_eq!(rules.ballot_kind(4, 3).0, "ballot.with_surplus");
    assert!(!rules.ballot_kind(4, 3).1.confirmed);
    // The added case exists under the regulation of 2024 alone.
    let older = super::rules("vn-party-244");
    assert!(older.criterion(&criterion("I7")).is_none());
}

/// What the check says of the 190 file with one replacement.
fn faults(from: &str, to: &str) -> Vec<ProfileError> {
    let text = include_str!("../../../profiles/elections/vn-party-190.toml");
    assert!(text.contains(from), "{from}");
    toml::from_str::<ElectionRules>(&text.replacen(from, to, 1))
        .unwrap()
        .check()
}

#[test]
fn a_faulty_file_is_told_its_field() {
    let field = |from, to| {
        let faults = faults(from, to);
        let first = faults.first().unwrap();
        (first.code(), first.field().to_owned())
    };
    let told = |code, field: &str| (code, field.to_owned());
    assert_eq!(
        field("id = \"vn-party-190\"", "id = \" \""),
        told("E-PRO-01", "id")
    );
    assert_eq!(
        field("valid_from = \"2024-10-10\"", "valid_from = \"2024-10-09\""),
        told("E-PRO-06", "valid_from")
    );
    assert_eq!(
        field(
            "numerator = 1, denominator = 2",
            "numerator = 2, denominator = 2"
        ),
        told("E-PRO-08", "threshold")
    );
    assert_eq!(field("denominator = 2", "denominator = 0").0, "E-PRO-04");
    assert_eq!(
        field("code = \"secretariat\"", "code = \"presidium\""),
        told("E-PRO-02", "offices[1].code")
    );
    assert_eq!(
        field(
            "{ office = \"branch_committee\" }",
            "{ office = \"branch_comittee\" }"
        )
        .0,
        "E-PRO-03"
    );
    assert_eq!(
        field(
            "test = \"too_many\"\neffect = \"invalid\"",
            "test = \"too_many\"\neffect = \"committee\""
        ),
        told("E-PRO-08", "criteria[1].effect")
    );
    assert_eq!(
        field("[100, 150]", "[150, 100]"),
        told("E-PRO-08", "surplus.band_permille")
    );
    assert_eq!(
        field("value = 6,", "value = 0,"),
        told("E-PRO-04", "custody.keep_months")
    );
    assert_eq!(
        field(
            "with_surplus = { value = \"strike_out\"",
            "with_surplus = { value = \"single_name\""
        ),
        told("E-PRO-08", "ballot.with_surplus")
    );
}

#[test]
fn a_file_leaves_nobody_without_a_chain_and_draws_who_leaves_a_ranked_round() {
    let told = |from, to| {
        let faults = faults(from, to);
        let first = faults.first().unwrap();
        (first.code(), first.field().to_owned())
    };
    let gap = |field: &str| ("E-PRO-08", field.to_owned());
    assert_eq!(
        told("members_below = { value = 9", "members_below = { value = 7"),
        gap("chains[0].members_from")
    );
    assert_eq!(
        told("members_from = { value = 9", "members_from = { value = 12"),
        gap("chains[0].members_from")
    );
    assert_eq!(
        told(
            "planned_must_be_in = [\"inspection_commission\"] },\n]",
            "planned_must_be_in = [\"king\"] },\n]"
        ),
        (
            "E-PRO-03",
            "chains[2].steps[6].planned_must_be_in".to_owned()
        )
    );
    let text = include_str!("../../../profiles/elections/association.toml");
    let lot = text
        .lines()
        .find(|line| line.starts_with("tie = "))
        .unwrap();
    let other = text.replacen(lot, &lot.replace("\"lot\"", "\"run_off\""), 1);
    assert_ne!(other, text);
    let rules = toml::from_str::<ElectionRules>(&other).unwrap();
    assert_eq!(rules.check()[0].field(), "tie");
}

#[test]
fn an_unknown_field_is_refused_with_its_line() {
    let text = include_str!("../../../profiles/elections/association.toml");
    let broken = text.replacen("[surplus]", "[surplus]\ncap = 3", 1);
    let error = toml::from_str::<ElectionRules>(&broken)
        .unwrap_err()
        .to_string();
    assert!(error.contains("line") && error.contains("cap"), "{error}");
}
