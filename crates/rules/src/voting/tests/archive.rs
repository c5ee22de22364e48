//! The archive: the same result from the file alone.

use proptest::prelude::*;

use super::*;
use crate::Day;
use crate::voting::archive::{
    Archive, Counted, EXTRACT_FORMAT, FORMAT, Listed, ballots_of, recount,
};
use crate::voting::ballot::Remark;
use crate::voting::count::Sheet;

fn archive(case: &Case, decisions: &[Decision]) -> Archive {
    Archive {
        format: FORMAT.to_owned(),
        title: "Đại hội đảng bộ phường".to_owned(),
        day: Day::of(2025, 1, 10).unwrap(),
        rules: case.rules.clone(),
        definition: case.definition.clone(),
        list: (1..=case.definition.layout.names)
            .map(|number| Listed {
                name: format!("Người {number}"),
                birth: None,
            })
            .collect(),
        template: None,
        attendance: case.attendance.clone(),
        papers: case.papers,
        counted: Counted::Ballots(ballots_of(&case.ballots)),
        decisions: decisions.to_vec(),
        outcome: case.decide(decisions).unwrap(),
    }
}

fn small() -> Case {
    Case::new(party(), "committee", strike_list(4, 2), 30)
        .with(struck(&[3, 4]), 9)
        .with(struck(&[1, 4]), 7)
        .ruled(struck(&[1]), ruled(false, "I2"), 2)
        .ruled(
            struck(&[1, 2]).with(Remark::WrittenOn),
            ruled(true, "I6"),
            1,
        )
}

#[test]
fn an_archive_in_json_gives_the_same_result() {
    let case = small();
    let archive = archive(&case, &[Decision::Stop]);
    let text = serde_json::to_string_pretty(&archive).unwrap();
    let read: Archive = serde_json::from_str(&text).unwrap();
    assert_eq!(read, archive);
    assert_eq!(recount(&read), Ok(archive.outcome.clone()));
    // Ballots read as people would write them.
    let compact = serde_json::to_string(&archive.counted).unwrap();
    assert_eq!(
        compact,
        concat!(
            r#"{"ballots":["#,
            r#"{"marks":{"struck":[1]},"ruling":{"valid":false,"criterion":"I2"},"times":2},"#,
            r#"{"marks":{"struck":[1,2]},"remarks":["written_on"],"ruling":{"valid":true,"criterion":"I6"},"times":1},"#,
            r#"{"marks":{"struck":[1,4]},"times":7},"#,
            r#"{"marks":{"struck":[3,4]},"times":9}]}"#
        )
    );
}

#[test]
fn an_archive_does_not_know_in_which_order_ballots_came() {
    let one = small();
    let other = Case::new(party(), "committee", strike_list(4, 2), 30)
        .ruled(
            struck(&[1, 2]).with(Remark::WrittenOn),
            ruled(true, "I6"),
            1,
        )
        .with(struck(&[1, 4]), 3)
        .ruled(struck(&[1]), ruled(false, "I2"), 2)
        .with(struck(&[3, 4]), 9)
        .with(struck(&[1, 4]), 4);
    assert_eq!(archive(&one, &[]), archive(&other, &[]));
    let mut ordered = archive(&one, &[]);
    if let Counted::Ballots(rows) = &mut ordered.counted {
        rows.swap(0, 3);
    }
    assert_eq!(
        recount(&ordered),
        Err(Refusal::ArchiveDiffers { field: "counted" })
    );
}

#[test]
fn an_archive_that_was_changed_is_refused() {
    let sound = archive(&small(), &[]);
    let mut wrong = sound.clone();
    wrong.outcome.elected.clear();
    assert_eq!(
        recount(&wrong),
        Err(Refusal::ArchiveDiffers { field: "outcome" })
    );
    let mut wrong = sound.clone();
    if let Counted::Ballots(rows) = &mut wrong.counted {
        rows[2].times += 1;
    }
    assert_eq!(recount(&wrong).unwrap_err().code(), "E-VOT-04");
    let mut wrong = sound.clone();
    wrong.format = "plenum-election-2".to_owned();
    assert_eq!(recount(&wrong).unwrap_err().code(), "E-VOT-38");
    let mut wrong = sound.clone();
    wrong.list.pop();
    assert_eq!(
        recount(&wrong),
        Err(Refusal::ArchiveDiffers { field: "list" })
    );
    let mut wrong = sound.clone();
    wrong.rules.criteria.clear();
    assert_eq!(
        recount(&wrong),
        Err(Refusal::ArchiveDiffers { field: "rules" })
    );
    let mut wrong = sound;
    if let Counted::Ballots(rows) = &mut wrong.counted {
        rows[2].times = u64::MAX;
    }
    assert_eq!(recount(&wrong), Err(Refusal::TooLarge));
}

#[test]
fn an_archive_of_sheets_is_counted_too() {
    let case = Case::new(party(), "committee", strike_list(2, 1), 30);
    let sheets = vec![Sheet {
        ballots: 20,
        valid: 20,
        invalid: [].into(),
        votes: vec![16, 4],
        against: vec![],
    }];
    let mut case = case;
    case.papers.returned = 20;
    let input = Input {
        rules: &case.rules,
        definition: &case.definition,
        attendance: &case.attendance,
        papers: case.papers,
        votes: Votes::Sheets(&sheets),
    };
    let outcome = count(&input, &[]).unwrap();
    let mut file = archive(
        &Case {
            papers: Papers {
                returned: 0,
                ..case.papers
            },
            ..case.clone()
        },
        &[],
    );
    file.papers = case.papers;
    file.counted = Counted::Sheets(sheets);
    file.outcome = outcome.clone();
    assert_eq!(recount(&file), Ok(outcome));
}

#[test]
fn the_extract_has_totals_only() {
    let extract = archive(&small(), &[]).extract();
    assert_eq!(extract.format, EXTRACT_FORMAT);
    let text = serde_json::to_string(&extract).unwrap();
    assert!(!text.contains("struck\":["), "{text}");
    assert!(text.contains("vn-party-190"));
}

/// A text with some of its signs replaced.
fn damaged(text: &str, hits: &[(usize, u8)]) -> String {
    let mut bytes: Vec<char> = text.chars().collect();
    for (place, sign) in hits {
        let place = place % bytes.len();
        let signs = ['0', '1', '9', '8', ',', '-', '"', 'a'];
        bytes[place] = signs[usize::from(*sign) % signs.len()];
    }
    bytes.into_iter().collect()
}

proptest! {
    #[test]
    fn damaged_archives_are_refused_and_not_feared(
        hits in proptest::collection::vec(any::<(usize, u8)>(), 1..4),
    ) {
        let archive = archive(&small(), &[]);
        let text = damaged(&serde_json::to_string(&archive).unwrap(), &hits);
        if let Ok(read) = serde_json::from_str::<Archive>(&text) {
            // It may still be the same election with another title.
            if let Ok(outcome) = recount(&read) {
                prop_assert_eq!(outcome, read.outcome);
            }
        }
    }

    #[test]
    fn damaged_rules_are_refused_and_not_feared(
        hits in proptest::collection::vec(any::<(usize, u8)>(), 1..3),
    ) {
        let text = include_str!("../../../profiles/elections/association.toml");
        if let Ok(rules) = toml::from_str::<ElectionRules>(&damaged(text, &hits)) {
            let _ = rules.check();
            let mut case = small();
            case.rules = rules;
            let _ = case.count();
        }
    }

    #[test]
    fn numbers_of_any_size_are_refused_and_not_feared(
        figures in any::<[u32; 8]>(),
        times in any::<u64>(),
    ) {
        let mut archive = archive(&small(), &[]);
        let [convened, present, issued, spoiled, returned, people, counted, permille] = figures;
        archive.attendance.convened = convened;
        archive.attendance.present = present;
        archive.attendance.groups = vec![group("delegate_absent", people, counted)];
        archive.papers = Papers { printed: Some(issued), issued, spoiled, returned };
        archive.rules.threshold.value.numerator = permille;
        archive.rules.threshold.value.denominator = people;
        prop_assert!(recount(&archive).is_err());
        if let Counted::Ballots(rows) = &mut archive.counted {
            rows[0].times = times;
        }
        prop_assert!(recount(&archive).is_err());
    }

    #[test]
    fn a_recount_of_the_archive_equals_the_live_result(
        kind in 0..3_u8,
        marks in proptest::collection::vec(any::<(u128, u128, u8)>(), 0..40),
    ) {
        let layout = match kind {
            0 => strike_list(20, 15),
            1 => layout(BallotKind::AgreeDisagree, 20, 20),
            _ => layout(BallotKind::Ranked, 20, 1),
        };
        let rules = if kind == 2 { rules("association") } else { party() };
        let code = if kind == 2 { "chair" } else { "committee" };
        let mut case = Case::new(rules, code, layout, 60);
        for (one, other, odd) in marks {
            let set = |bits| Names::from_bits(bits).and(layout.all());
            let marks = match kind {
                0 => Marks::Struck(set(one & other)),
                1 => Marks::Boxes { agree: set(one), disagree: set(other) },
                _ => Marks::Order(set(one & other).iter().collect()),
            };
            let ballot = Ballot::plain(marks);
            case = match odd % 8 {
                0 if kind != 2 => case.ruled(ballot.with(Remark::WrittenOn), ruled(false, "I6"), 1),
                1 if kind != 2 => case.with(ballot.with(Remark::SeveralInks), 1),
                _ => case.with(ballot, 1),
            };
        }
        let archive = archive(&case, &[]);
        let text = serde_json::to_string(&archive).unwrap();
        let read: Archive = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(recount(&read), case.count());
    }
}
