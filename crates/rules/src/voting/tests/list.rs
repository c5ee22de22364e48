//! Lists: R23 to R27, R29, R53, R54, R58, R59 and who may nominate and stand.

use super::*;
use crate::congress::Form;
use crate::season::Severity;
use crate::voting::list::{
    DraftList, FindingCode, Nomination, Person, Source, Withdrawal, choose_outside, may_be_voted,
};
use crate::voting::preliminary::{Held, Opinion};
use crate::{Day, PersonId};

fn person(id: u128) -> Person {
    Person {
        id: PersonId(id),
        name: format!("Người {id}"),
        sort_key: id.to_be_bytes().to_vec(),
        birth: None,
        joined: None,
        official: true,
        delegate: true,
        convening: false,
        teller: false,
        helper: false,
        bodies: vec![],
    }
}

fn nomination(person: u128, source: Source) -> Nomination {
    let outside = source.is_outside();
    Nomination {
        person: PersonId(person),
        source,
        supporters: outside.then_some(200),
        opinion: outside.then(|| heard(150, 272)),
        withdrawal: None,
        withdrawal_vote: None,
        left_out: false,
    }
}

/// What an opinion ballot on paper said.
pub(super) fn heard(votes: u32, attending: u32) -> Opinion {
    Opinion {
        votes,
        attending,
        held: Held::OnPaper("Biên bản số 2".to_owned()),
    }
}

/// A committee list of so many for so many seats, all prepared.
fn list(names: u128, seats: u32) -> DraftList {
    DraftList {
        office: office("committee"),
        form: Form::Delegates,
        seats,
        attending: 272,
        people: (1..=names).map(person).collect(),
        nominations: (1..=names)
            .map(|id| nomination(id, Source::Convening))
            .collect(),
    }
}

/// The codes of what is found.
fn codes(list: &DraftList) -> Vec<&'static str> {
    let findings = list.check(&party()).unwrap();
    findings.iter().map(|finding| finding.code.code()).collect()
}

/// With one more, nominated from outside by person 1.
fn with_outsider(mut list: DraftList) -> DraftList {
    let id = list.people.len() as u128 + 1;
    list.people.push(person(id));
    list.nominations
        .push(nomination(id, Source::Floor(PersonId(1))));
    list
}

#[test]
fn r23_more_than_the_cap_blocks() {
    for (seats, cap) in [(15, 4), (21, 6), (27, 8), (33, 9), (7, 2), (4, 1)] {
        let over = list(u128::from(seats + cap) + 1, seats);
        assert!(codes(&over).contains(&"E-VOT-52"), "{seats}");
        let within = list(u128::from(seats + cap), seats);
        assert!(!codes(&within).contains(&"E-VOT-52"), "{seats}");
    }
    // 30 % of one or two is nobody, and the list must be longer: one more can be
    // voted on, and somebody is told that nobody confirmed it.
    for seats in [1, 2] {
        let within = list(u128::from(seats) + 1, seats);
        assert!(codes(&within).contains(&"W-VOT-75"), "{seats}");
        let findings = within.check(&party()).unwrap();
        assert_eq!(may_be_voted(&findings), Ok(()), "{seats}");
        let least = findings
            .iter()
            .find(|found| found.code == FindingCode::LeastSurplus);
        let field = least.and_then(|found| found.unconfirmed.as_deref());
        assert_eq!(field, Some("surplus.at_least"));
        assert!(codes(&list(u128::from(seats) + 2, seats)).contains(&"E-VOT-52"));
        assert!(codes(&list(u128::from(seats), seats)).contains(&"E-VOT-51"));
    }
    assert!(may_be_voted(&list(20, 15).check(&party()).unwrap()).is_err());
    // As many names as seats: the list must be longer.
    assert_eq!(codes(&list(15, 15)), ["E-VOT-51", "W-VOT-71"]);
    // Delegates need no surplus and have no cap from this article.
    let mut delegates = list(30, 20);
    delegates.office = office("delegates");
    assert_eq!(codes(&delegates), Vec::<&str>::new());
}

#[test]
fn r24_the_band_is_advice() {
    assert_eq!(codes(&list(17, 15)), Vec::<&str>::new());
    assert_eq!(codes(&list(18, 15)), ["W-VOT-71"]);
    // 53 seats and 61 names: 15.09 %, accepted in practice.
    let findings = list(61, 53).check(&party()).unwrap();
    assert_eq!(findings[0].code.severity(), Severity::Warns);
    assert_eq!(may_be_voted(&findings), Ok(()));
    assert_eq!(codes(&list(13, 11)), ["W-VOT-72"]);
}

#[test]
fn r25_an_outside_nominee_needs_more_than_thirty_percent() {
    for (attending, supporters, blocked) in [
        (272, 81, true),
        (272, 82, false),
        (270, 81, true),
        (270, 82, false),
    ] {
        let mut list = with_outsider(list(17, 15));
        list.attending = attending;
        list.nominations[17].supporters = Some(supporters);
        list.nominations[17].opinion = None;
        assert_eq!(
            codes(&list).contains(&"E-VOT-53"),
            blocked,
            "{attending} {supporters}"
        );
        // Where an opinion ballot was held, it says who supports, of those who
        // attended then.
        list.attending = 300;
        list.nominations[17].supporters = Some(200);
        list.nominations[17].opinion = Some(heard(supporters, attending));
        assert_eq!(codes(&list).contains(&"E-VOT-53"), blocked);
    }
}

#[test]
fn r26_the_convening_committee_keeps_to_its_list() {
    let mut nominator = with_outsider(list(17, 15));
    nominator.people[0].convening = true;
    assert_eq!(codes(&nominator), ["E-VOT-54"]);
    let mut stands = with_outsider(list(17, 15));
    stands.people[17].convening = true;
    stands.nominations[17].source = Source::Own;
    assert_eq!(codes(&stands), ["E-VOT-55"]);
    assert_eq!(codes(&with_outsider(list(17, 15))), Vec::<&str>::new());
}

#[test]
fn r27_tellers_do_not_stand() {
    let mut list = list(17, 15);
    list.people[3].teller = true;
    assert_eq!(codes(&list), ["E-VOT-56"]);
    // Also when the list changes after they were chosen.
    let mut later = with_outsider(super::list::list(17, 15));
    later.people[17].teller = true;
    assert_eq!(codes(&later), ["E-VOT-56"]);
}

#[test]
fn r29_a_branch_committee_has_at_most_seven() {
    let mut branch = list(10, 8);
    branch.office = office("branch_committee");
    assert!(codes(&branch).contains(&"E-VOT-64"));
    let mut branch = list(9, 7);
    branch.office = office("branch_committee");
    assert!(!codes(&branch).contains(&"E-VOT-64"));
    let mut two = list(3, 2);
    two.office = office("branch_secretary");
    assert!(codes(&two).contains(&"E-VOT-64"));
}

#[test]
fn probationary_members_nominate_and_do_not_stand() {
    let mut list = with_outsider(list(17, 15));
    list.form = Form::Members;
    list.people[17].official = false;
    assert_eq!(codes(&list), ["E-VOT-57"]);
    // As nominators they may, at a members' congress.
    list.people[17].official = true;
    list.people[0].official = false;
    list.nominations[0].withdrawal = Some(Withdrawal::Granted);
    assert_eq!(codes(&list), Vec::<&str>::new());
    list.form = Form::Delegates;
    assert_eq!(codes(&list), ["E-VOT-59"]);
}

#[test]
fn only_delegates_stand_for_delegates_at_a_delegate_congress() {
    let mut list = with_outsider(list(17, 15));
    list.office = office("delegates");
    list.people[17].delegate = false;
    assert_eq!(codes(&list), ["E-VOT-58"]);
    list.people[17].delegate = true;
    list.people[0].delegate = false;
    assert_eq!(codes(&list), ["E-VOT-58", "E-VOT-59"]);
    list.form = Form::Members;
    assert_eq!(codes(&list), Vec::<&str>::new());
}

#[test]
fn officers_come_from_the_body_the_rules_name() {
    let mut list = list(2, 1);
    list.office = office("secretary");
    list.people[0].bodies = vec![office("committee")];
    let findings = list.check(&party()).unwrap();
    assert_eq!(findings[0].code, FindingCode::NotInBody);
    assert_eq!(findings[0].person, Some(PersonId(2)));
}

#[test]
fn whoever_sits_there_already_does_not_fill_a_vacant_seat() {
    let mut list = list(2, 1);
    list.office = office("committee");
    list.people[0].bodies = vec![office("committee")];
    let findings = list.check(&party()).unwrap();
    assert_eq!(findings[0].code.code(), "E-VOT-70");
    assert_eq!(findings[0].person, Some(PersonId(1)));
}

#[test]
fn the_secretary_as_deputy_is_pointed_out_and_not_forbidden() {
    let mut list = list(1, 1);
    list.office = office("deputy_secretaries");
    list.people[0].bodies = vec![office("committee"), office("secretary")];
    let findings = list.check(&party()).unwrap();
    let found: Vec<_> = findings
        .iter()
        .filter(|one| one.code == FindingCode::HoldsOther)
        .collect();
    assert_eq!(found.len(), 1);
    assert!(
        found[0]
            .unconfirmed
            .as_ref()
            .unwrap()
            .ends_with("apart_from")
    );
    assert_eq!(may_be_voted(&findings), Ok(()));
}

#[test]
fn a_secretary_comes_from_the_standing_committee_where_there_is_one() {
    let mut list = list(2, 1);
    list.office = office("secretary");
    for person in &mut list.people {
        person.bodies = vec![office("committee")];
    }
    // A grassroots committee without one elects its secretary from itself.
    assert_eq!(codes(&list), Vec::<&str>::new());
    list.people[0].bodies.push(office("standing_committee"));
    let findings = list.check(&party()).unwrap();
    assert_eq!(findings[0].code, FindingCode::NotInBody);
    assert_eq!(findings[0].person, Some(PersonId(2)));
    // The standing committee itself is filled from the committee.
    list.office = office("standing_committee");
    list.nominations.truncate(2);
    assert!(!codes(&list).contains(&"E-VOT-60"));
}

#[test]
fn r26_at_a_meeting_members_nominate_and_the_standing_committee_keeps_to_its_list() {
    let mut list = list(2, 1);
    list.office = office("inspection_commission");
    list.nominations[1] = nomination(2, Source::Floor(PersonId(1)));
    list.people[0].bodies = vec![office("delegates")];
    // Delegates are no members of the committee that meets.
    assert_eq!(codes(&list), ["E-VOT-59"]);
    list.people[0].bodies = vec![office("committee")];
    // Who prepared the congress is not who prepares the meeting.
    list.people[0].convening = true;
    list.people[1].convening = true;
    assert_eq!(codes(&list), Vec::<&str>::new());
    list.people[0].bodies.push(office("standing_committee"));
    assert_eq!(codes(&list), ["E-VOT-54"]);
    list.people[1].bodies = vec![office("committee"), office("standing_committee")];
    list.nominations[1].source = Source::Own;
    assert_eq!(codes(&list), ["E-VOT-55"]);
}

#[test]
fn the_congress_decides_on_withdrawals() {
    let mut list = list(18, 15);
    list.nominations[17].withdrawal = Some(Withdrawal::Asked);
    assert_eq!(codes(&list), ["E-VOT-63", "W-VOT-71"]);
    assert_eq!(list.standing().len(), 18);
    list.nominations[17].withdrawal = Some(Withdrawal::Denied);
    assert_eq!(list.standing().len(), 18);
    list.nominations[17].withdrawal = Some(Withdrawal::Granted);
    assert_eq!(list.standing().len(), 17);
}

#[test]
fn r53_the_list_follows_the_keys_of_the_names() {
    let mut list = list(3, 2);
    let names = [
        ("Ngô Ngọc Quốc", 30),
        ("Lê Hồng Khánh", 10),
        ("Lê Quang Nam", 20),
    ];
    for (person, (name, key)) in list.people.iter_mut().zip(names) {
        name.clone_into(&mut person.name);
        person.sort_key = vec![key];
    }
    let rows = list.rows();
    let order: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(order, ["Lê Hồng Khánh", "Lê Quang Nam", "Ngô Ngọc Quốc"]);
    let numbers: Vec<u8> = rows.iter().map(|row| row.number.get()).collect();
    assert_eq!(numbers, [1, 2, 3]);
}

#[test]
fn r54_equal_names_print_their_birth_dates() {
    let mut list = list(17, 15);
    for place in [4, 9] {
        list.people[place].name = "Nguyễn Văn Hoà".to_owned();
        list.people[place].sort_key = vec![7];
    }
    assert_eq!(codes(&list), ["E-VOT-65", "E-VOT-65"]);
    // Dates that are equal tell nobody apart: that is another thing than a
    // missing one.
    for place in [4, 9] {
        list.people[place].birth = Some(Day::of(1971, 5, 2).unwrap());
    }
    assert_eq!(codes(&list), ["E-VOT-69", "E-VOT-69"]);
    list.people[4].birth = Some(Day::of(1971, 5, 2).unwrap());
    list.people[9].birth = Some(Day::of(1968, 3, 1).unwrap());
    assert_eq!(codes(&list), ["W-VOT-73", "W-VOT-73"]);
    let rows = list.rows();
    let printed: Vec<_> = rows.iter().filter(|row| row.birth.is_some()).collect();
    // Of one name the earlier born first; whoever joined earlier before that.
    assert_eq!(
        [printed[0].person, printed[1].person],
        [PersonId(10), PersonId(5)]
    );
    assert_eq!(printed.len(), 2);
    list.people[4].joined = Some(Day::of(1990, 1, 1).unwrap());
    list.people[9].joined = Some(Day::of(1999, 1, 1).unwrap());
    let first = list.rows().into_iter().find(|row| row.birth.is_some());
    assert_eq!(first.map(|row| row.person), Some(PersonId(5)));
}

#[test]
fn r59_an_outside_nominee_for_a_committee_needs_an_opinion_ballot() {
    let mut list = with_outsider(list(17, 15));
    list.nominations[17].opinion = None;
    assert_eq!(codes(&list), ["E-VOT-61"]);
    // For the other offices the presidium decides.
    list.office = office("delegates");
    assert_eq!(codes(&list), Vec::<&str>::new());
}

#[test]
fn outside_nominees_are_taken_from_the_most_votes_down() {
    let votes = [(1, 90), (2, 120), (3, 90), (4, 130)].map(|(id, votes)| (PersonId(id), votes));
    let ids = |ids: &[u128]| -> Vec<PersonId> { ids.iter().copied().map(PersonId).collect() };
    assert_eq!(choose_outside(&votes, 2), (ids(&[4, 2]), vec![]));
    assert_eq!(choose_outside(&votes, 3), (ids(&[4, 2]), ids(&[1, 3])));
    assert_eq!(choose_outside(&votes, 9).0.len(), 4);
    assert_eq!(choose_outside(&votes, 0), (vec![], vec![]));
}

#[test]
fn lists_that_cannot_be_are_told_so() {
    let mut list = list(17, 15);
    list.nominations.push(nomination(1, Source::Convening));
    list.nominations.push(nomination(99, Source::Convening));
    assert!(codes(&list).starts_with(&["E-VOT-66", "E-VOT-68"]));
    let few = super::list::list(10, 15);
    assert!(codes(&few).contains(&"W-VOT-74"));
    let long = super::list::list(150, 120);
    assert!(codes(&long).contains(&"E-VOT-67"));
    let mut unknown = super::list::list(17, 15);
    unknown.office = office("king");
    assert_eq!(unknown.check(&party()).unwrap_err().code(), "E-VOT-25");
}

#[test]
fn every_finding_has_its_own_code() {
    let mut codes: Vec<_> = FindingCode::ALL.iter().map(|code| code.code()).collect();
    for code in FindingCode::ALL {
        assert_eq!(FindingCode::parse(code.code()), Some(code));
        assert_eq!(
            code.code().starts_with('E'),
            code.severity() == Severity::Blocks
        );
    }
    codes.dedup();
    assert_eq!(codes.len(), FindingCode::ALL.len());
}
