//! Whether the records of the tree hold together: what every change and
//! import guarantees, asked of the records themselves.

use std::fmt;

use super::{Tree, UnitVersion};
use crate::{Day, UnitId};

/// What is wrong with the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Two versions of a unit hold on the same day.
    Overlap {
        /// The unit.
        unit: UnitId,
        /// The first day of the second.
        on: Day,
    },
    /// The unit above does not exist on a day on which the unit does.
    ParentMissing {
        /// The unit.
        unit: UnitId,
        /// A day without it.
        on: Day,
    },
    /// A unit stands above itself.
    Circle {
        /// The unit.
        unit: UnitId,
        /// The day on which it begins.
        on: Day,
    },
    /// Two units carry one code on the same day.
    SameCode {
        /// The code.
        code: String,
        /// The first such day.
        on: Day,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overlap { unit, on } => write!(f, "unit {unit} is two things on {on}"),
            Self::ParentMissing { unit, on } => {
                write!(f, "unit {unit} stands under nothing on {on}")
            }
            Self::Circle { unit, on } => write!(f, "unit {unit} stands under itself from {on}"),
            Self::SameCode { code, on } => write!(f, "two units carry the code {code} on {on}"),
        }
    }
}

impl Tree {
    /// Everything wrong with the records, by unit and day; nothing where they
    /// are sound.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for pair in self.all().windows(2) {
            if pair[0].unit == pair[1].unit
                && pair[0].until.is_none_or(|until| until > pair[1].from)
            {
                faults.push(Fault::Overlap {
                    unit: pair[1].unit,
                    on: pair[1].from,
                });
            }
        }
        for version in self.all() {
            faults.extend(self.without_parent(version));
            // A circle closes on the day on which one of its members takes its place.
            if self.goes_in_a_circle(version) {
                faults.push(Fault::Circle {
                    unit: version.unit,
                    on: version.from,
                });
            }
            let twin = self.with_code(&version.code).find(|other| {
                let together = other.span().holds(version.from);
                // Of two that begin together, one tells.
                let earlier = other.from < version.from || other.unit < version.unit;
                other.unit != version.unit && together && earlier
            });
            if twin.is_some() {
                faults.push(Fault::SameCode {
                    code: version.code.clone(),
                    on: version.from,
                });
            }
        }
        faults
    }

    /// The first day of the version on which the unit above does not exist.
    fn without_parent(&self, version: &UnitVersion) -> Option<Fault> {
        let parent = version.parent?;
        let mut day = version.from;
        loop {
            let Some(above) = self.on(parent, day) else {
                return Some(Fault::ParentMissing {
                    unit: version.unit,
                    on: day,
                });
            };
            match above.until {
                Some(until) if version.until.is_none_or(|end| until < end) => day = until,
                _ => return None,
            }
        }
    }

    fn goes_in_a_circle(&self, version: &UnitVersion) -> bool {
        let mut next = version.parent;
        // No tree is deeper; a circle elsewhere must not hold us for good.
        for _ in 0..64 {
            match next {
                Some(unit) if unit == version.unit => return true,
                Some(unit) => next = self.on(unit, version.from).and_then(|above| above.parent),
                None => return false,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::org::{Kind, Level};

    fn version(
        unit: u128,
        code: &str,
        parent: Option<u128>,
        from: &str,
        until: Option<&str>,
    ) -> UnitVersion {
        UnitVersion {
            unit: UnitId(unit),
            from: Day::parse(from).unwrap(),
            until: until.map(|day| Day::parse(day).unwrap()),
            code: code.to_owned(),
            name: code.to_owned(),
            parent: parent.map(UnitId),
            level: Level("branch".to_owned()),
            kind: Kind("residential".to_owned()),
            members: 3,
        }
    }

    #[test]
    fn a_sound_tree_has_no_faults_and_each_fault_is_named() {
        let root = version(1, "A", None, "2020-01-01", None);
        let branch = version(2, "B", Some(1), "2020-01-01", Some("2021-01-01"));
        let sound = [
            root.clone(),
            branch.clone(),
            version(2, "B", Some(1), "2021-01-01", None),
        ];
        assert_eq!(Tree::new(sound.to_vec()).faults(), []);

        let day = |text: &str| Day::parse(text).unwrap();
        let overlap = version(2, "B", Some(1), "2020-06-01", None);
        let orphan = version(3, "C", Some(2), "2020-01-01", None);
        let twin = version(4, "A", None, "2020-03-01", None);
        let circle = [
            version(5, "E", Some(6), "2020-01-01", None),
            version(6, "F", Some(5), "2020-01-01", None),
        ];
        let faults = |more: &[UnitVersion]| {
            Tree::new([&[root.clone(), branch.clone()], more].concat()).faults()
        };
        assert_eq!(
            faults(&[overlap]),
            [Fault::Overlap {
                unit: UnitId(2),
                on: day("2020-06-01")
            }]
        );
        assert_eq!(
            faults(&[orphan]),
            [Fault::ParentMissing {
                unit: UnitId(3),
                on: day("2021-01-01")
            }]
        );
        assert_eq!(
            faults(&[twin]),
            [Fault::SameCode {
                code: "A".into(),
                on: day("2020-03-01")
            }]
        );
        assert_eq!(faults(&circle).len(), 2);
    }
}
