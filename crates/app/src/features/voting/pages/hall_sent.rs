//! What the forms of the elections' page sent.

use plenum_rules::Day;
use plenum_rules::congress::Form as CongressForm;
use plenum_rules::voting::attendance::{Attendance, Group};
use plenum_rules::voting::profile::{Body, ExclusionCode, Office, Shape};

use super::super::actions::hall::SetUp;
use super::super::actions::people::Said;
use super::super::forms::{self, Sent};
use crate::shell::problem::Result;
use crate::shell::{Problem, election_rules};

/// How the elections are set up.
///
/// # Errors
/// `E-DAY`, `E-VOT-98`.
pub fn set_up_of(sent: &Sent) -> Result<SetUp> {
    let day = forms::needed_day(sent, "day")?;
    Ok(SetUp {
        day,
        shape: if forms::text(sent, "shape") == "branch" {
            Shape::Branch
        } else {
            Shape::Committee
        },
        form: if forms::text(sent, "form") == "delegates" {
            CongressForm::Delegates
        } else {
            CongressForm::Members
        },
        official_members: forms::needed(sent, "official_members")?,
        trial: forms::ticked(sent, "trial"),
        by_election: by_election(sent, day),
    })
}

/// The offices of a by-election, in the order of the rules.
fn by_election(sent: &Sent, day: Day) -> Vec<Office> {
    let wanted = |code: &str| forms::ticked(sent, &format!("office_{code}"));
    let mut offices: Vec<Office> = Vec::new();
    let rules = election_rules::all()
        .iter()
        .filter(|rules| rules.valid_from <= day);
    for rule in rules.flat_map(|rules| &rules.offices) {
        if wanted(&rule.code.0) && !offices.contains(&rule.code) {
            offices.push(rule.code.clone());
        }
    }
    offices
}

/// What is said of a person.
///
/// # Errors
/// `E-DAY`.
pub fn said_of(sent: &Sent) -> Result<Said> {
    Ok(Said {
        name: forms::text(sent, "name").to_owned(),
        birth: forms::day(sent, "birth")?,
        joined: forms::day(sent, "joined")?,
        official: forms::ticked(sent, "official"),
        delegate: forms::ticked(sent, "delegate"),
        convening: forms::ticked(sent, "convening"),
        teller: forms::ticked(sent, "teller"),
        helper: forms::ticked(sent, "helper"),
    })
}

/// People typed one on a line: name; birth; joined; letters. The letters: D
/// probationary, B delegate, C convening committee, K counting committee, G the
/// team that counts opinion ballots.
///
/// # Errors
/// `E-VOT-99` with the line.
pub fn roster(text: &str) -> Result<Vec<Said>> {
    let mut people = Vec::new();
    for (number, line) in (1_i64..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let wrong = || Problem::field("E-VOT-99", "people").with("line", number);
        let mut parts = line.split([';', '\t']).map(str::trim);
        let name = parts.next().unwrap_or_default().to_owned();
        let mut day = || -> Result<Option<Day>> {
            match parts.next().unwrap_or_default() {
                "" => Ok(None),
                text => forms::read_day(text).map(Some).ok_or_else(wrong),
            }
        };
        let (birth, joined) = (day()?, day()?);
        let letters = parts.next().unwrap_or_default().to_uppercase();
        let known = letters.chars().all(|letter| "DBCKG, ".contains(letter));
        if !known || parts.next().is_some() {
            return Err(wrong());
        }
        people.push(Said {
            name,
            birth,
            joined,
            official: !letters.contains('D'),
            delegate: letters.contains('B'),
            convening: letters.contains('C'),
            teller: letters.contains('K'),
            helper: letters.contains('G'),
        });
    }
    Ok(people)
}

/// Who was convened.
///
/// # Errors
/// `E-VOT-98`.
pub fn attendance_of(sent: &Sent) -> Result<Attendance> {
    let body = match forms::text(sent, "body") {
        "member_congress" => Body::MemberCongress,
        "delegate_congress" => Body::DelegateCongress,
        _ => Body::Meeting,
    };
    let mut groups = Vec::new();
    for (key, value) in sent {
        let Some(code) = key
            .strip_prefix("out_")
            .filter(|_| !value.trim().is_empty())
        else {
            continue;
        };
        let number = |name: &str| -> Result<u32> {
            match forms::text(sent, name) {
                "" => Ok(0),
                digits => digits.parse().map_err(|_| Problem::refused("E-VOT-98")),
            }
        };
        let group = Group {
            code: ExclusionCode(code.to_owned()),
            people: number(key)?,
            counted: number(&format!("in_{code}"))?,
        };
        if group.people > 0 || group.counted > 0 {
            groups.push(group);
        }
    }
    Ok(Attendance {
        body,
        convened: forms::needed(sent, "convened")?,
        present: forms::needed(sent, "present")?,
        groups,
    })
}
