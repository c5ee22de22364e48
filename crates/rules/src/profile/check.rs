//! What can be wrong with a profile, by the name of the field.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{Profile, ProfileVersion, spoken};
use crate::org::Level;

/// Something wrong with a profile. `field` is written as in the file, such as
/// `versions[2].parameters.max_days.branch`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProfileError {
    /// A text or list that must say something says nothing.
    Empty {
        /// Where.
        field: String,
    },
    /// A code, word or instrument stands twice.
    Twice {
        /// Where the second stands.
        field: String,
        /// What stands twice.
        value: String,
    },
    /// A level or kind the profile does not have.
    Unknown {
        /// Where it is named.
        field: String,
        /// The code.
        value: String,
    },
    /// A number that cannot be zero.
    Zero {
        /// Where.
        field: String,
    },
    /// The version starts before the one written above it.
    OutOfOrder {
        /// Where.
        field: String,
    },
    /// The version is in force before its instrument was issued.
    BeforeInstrument {
        /// Where.
        field: String,
    },
    /// A value that cannot be there.
    OutOfRange {
        /// Where.
        field: String,
    },
    /// Two versions start on one day for the same units, and neither is the
    /// narrower one.
    Ambiguous {
        /// Where the second stands.
        field: String,
    },
}

impl ProfileError {
    /// The code; `docs/rulebook/season.md` explains each, `voting.md` the eighth.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "E-PRO-01",
            Self::Twice { .. } => "E-PRO-02",
            Self::Unknown { .. } => "E-PRO-03",
            Self::Zero { .. } => "E-PRO-04",
            Self::OutOfOrder { .. } => "E-PRO-05",
            Self::BeforeInstrument { .. } => "E-PRO-06",
            Self::Ambiguous { .. } => "E-PRO-07",
            Self::OutOfRange { .. } => "E-PRO-08",
        }
    }

    /// The field, as written in the file.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::Empty { field }
            | Self::Twice { field, .. }
            | Self::Unknown { field, .. }
            | Self::Zero { field }
            | Self::OutOfOrder { field }
            | Self::BeforeInstrument { field }
            | Self::OutOfRange { field }
            | Self::Ambiguous { field } => field,
        }
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: ", self.code(), self.field())?;
        match self {
            Self::Empty { .. } => f.write_str("is empty"),
            Self::Twice { value, .. } => write!(f, "“{value}” stands twice"),
            Self::Unknown { value, .. } => write!(f, "“{value}” is not in this profile"),
            Self::Zero { .. } => f.write_str("cannot be zero"),
            Self::OutOfOrder { .. } => f.write_str("starts before the version above it"),
            Self::BeforeInstrument { .. } => {
                f.write_str("is in force before the instrument's date")
            }
            Self::OutOfRange { .. } => f.write_str("cannot have this value"),
            Self::Ambiguous { .. } => {
                f.write_str("starts on the same day, for the same units, as another version")
            }
        }
    }
}

impl std::error::Error for ProfileError {}

impl Profile {
    /// Everything that is wrong with the profile; nothing where it can be used.
    #[must_use]
    pub fn check(&self) -> Vec<ProfileError> {
        let mut errors = Vec::new();
        for (field, text) in [
            ("id", &self.id),
            ("name_vi", &self.name_vi),
            ("member_vi", &self.member_vi),
            ("name_en", &self.name_en),
        ] {
            say(&mut errors, field, text);
        }
        for (field, missing) in [
            ("levels", self.levels.is_empty()),
            ("kinds", self.kinds.is_empty()),
            ("versions", self.versions.is_empty()),
        ] {
            if missing {
                errors.push(ProfileError::Empty {
                    field: field.to_owned(),
                });
            }
        }
        self.check_levels(&mut errors);
        self.check_kinds(&mut errors);
        for (place, version) in self.versions.iter().enumerate() {
            self.check_version(place, version, &mut errors);
            self.check_parameters(
                &format!("versions[{place}].parameters"),
                version,
                &mut errors,
            );
        }
        errors
    }

    fn check_levels(&self, errors: &mut Vec<ProfileError>) {
        let mut seen = BTreeSet::new();
        for (place, level) in self.levels.iter().enumerate() {
            let field = format!("levels[{place}]");
            say(errors, &format!("{field}.code"), &level.code.0);
            say(errors, &format!("{field}.name_vi"), &level.name_vi);
            say(errors, &format!("{field}.name_en"), &level.name_en);
            if level.term_months == 0 {
                errors.push(ProfileError::Zero {
                    field: format!("{field}.term_months"),
                });
            }
            if !seen.insert(&level.code) {
                errors.push(ProfileError::Twice {
                    field: format!("{field}.code"),
                    value: level.code.0.clone(),
                });
            }
        }
    }

    /// A word must lead to one kind only, or an import could not tell.
    fn check_kinds(&self, errors: &mut Vec<ProfileError>) {
        let mut codes = BTreeSet::new();
        let mut words = BTreeSet::new();
        for (place, kind) in self.kinds.iter().enumerate() {
            let field = format!("kinds[{place}]");
            say(errors, &format!("{field}.code"), &kind.code.0);
            say(errors, &format!("{field}.name_vi"), &kind.name_vi);
            say(errors, &format!("{field}.name_en"), &kind.name_en);
            if !codes.insert(&kind.code) {
                errors.push(ProfileError::Twice {
                    field: format!("{field}.code"),
                    value: kind.code.0.clone(),
                });
                continue;
            }
            for word in spoken(kind) {
                if !words.insert(word.clone()) {
                    errors.push(ProfileError::Twice {
                        field: format!("{field}.words"),
                        value: word,
                    });
                }
            }
        }
    }

    fn check_version(
        &self,
        place: usize,
        version: &ProfileVersion,
        errors: &mut Vec<ProfileError>,
    ) {
        let field = format!("versions[{place}]");
        say(
            errors,
            &format!("{field}.instrument.issuer"),
            &version.instrument.issuer,
        );
        say(
            errors,
            &format!("{field}.instrument.number"),
            &version.instrument.number,
        );
        if version.valid_from < version.instrument.date {
            errors.push(ProfileError::BeforeInstrument {
                field: format!("{field}.valid_from"),
            });
        }
        for level in &version.levels {
            self.know_level(errors, &format!("{field}.levels"), level);
        }
        for kind in &version.kinds {
            if self.kind(kind).is_none() {
                errors.push(ProfileError::Unknown {
                    field: format!("{field}.kinds"),
                    value: kind.0.clone(),
                });
            }
        }
        let before = &self.versions[..place];
        if before
            .last()
            .is_some_and(|above| above.valid_from > version.valid_from)
        {
            errors.push(ProfileError::OutOfOrder {
                field: format!("{field}.valid_from"),
            });
        }
        for other in before {
            let same_units = other.specificity() == version.specificity()
                && meet(&other.levels, &version.levels)
                && meet(&other.kinds, &version.kinds);
            if other.valid_from == version.valid_from && same_units {
                errors.push(ProfileError::Ambiguous {
                    field: field.clone(),
                });
            }
            if other.instrument == version.instrument && same_units {
                errors.push(ProfileError::Twice {
                    field: format!("{field}.instrument"),
                    value: version.instrument.to_string(),
                });
            }
        }
    }

    fn check_parameters(
        &self,
        field: &str,
        version: &ProfileVersion,
        errors: &mut Vec<ProfileError>,
    ) {
        let parameters = &version.parameters;
        if let Some(from) = &parameters.delegate_congress_from {
            number(
                errors,
                &format!("{field}.delegate_congress_from"),
                from.value == 0,
                &from.source,
            );
        }
        for (name, within) in [
            (
                "report_within_working_days",
                &parameters.report_within_working_days,
            ),
            (
                "ratify_within_working_days",
                &parameters.ratify_within_working_days,
            ),
        ] {
            if let Some(within) = within {
                number(
                    errors,
                    &format!("{field}.{name}"),
                    within.value == 0,
                    &within.source,
                );
            }
        }
        for (level, sources) in by_level(version) {
            for (name, zero, source) in sources {
                let field = format!("{field}.{name}.{level}");
                self.know_level(errors, &field, level);
                number(errors, &field, zero, source);
            }
        }
        for (place, rule) in parameters.delegate_caps.iter().enumerate() {
            let field = format!("{field}.delegate_caps[{place}]");
            self.know_level(errors, &format!("{field}.level"), &rule.level);
            if let Some(kind) = rule.kind.as_ref().filter(|kind| self.kind(kind).is_none()) {
                errors.push(ProfileError::Unknown {
                    field: format!("{field}.kind"),
                    value: kind.0.clone(),
                });
            }
            number(
                errors,
                &format!("{field}.cap"),
                rule.cap.value == 0,
                &rule.cap.source,
            );
        }
    }

    fn know_level(&self, errors: &mut Vec<ProfileError>, field: &str, level: &Level) {
        if self.level(level).is_none() {
            errors.push(ProfileError::Unknown {
                field: field.to_owned(),
                value: level.0.clone(),
            });
        }
    }
}

/// A parameter of one level: its name, whether it is zero though it cannot be,
/// and its source.
type LevelParameter<'a> = (&'static str, bool, &'a str);

/// The parameters kept by level. Zero months of moving is a rule; zero days of
/// congress is a slip.
fn by_level(version: &ProfileVersion) -> BTreeMap<&Level, Vec<LevelParameter<'_>>> {
    let parameters = &version.parameters;
    let mut found: BTreeMap<&Level, Vec<LevelParameter<'_>>> = BTreeMap::new();
    for (level, days) in &parameters.max_days {
        found
            .entry(level)
            .or_default()
            .push(("max_days", days.value == 0, &days.source));
    }
    for (level, half_days) in &parameters.preparatory_half_days {
        found.entry(level).or_default().push((
            "preparatory_half_days",
            half_days.value == 0,
            &half_days.source,
        ));
    }
    for (name, map) in [
        (
            "review_before_opening_working_days",
            &parameters.review_before_opening_working_days,
        ),
        ("announce_working_days", &parameters.announce_working_days),
    ] {
        for (level, days) in map {
            found
                .entry(level)
                .or_default()
                .push((name, days.value == 0, &days.source));
        }
    }
    for (level, shift) in &parameters.shift_months {
        for months in [&shift.early, &shift.late].into_iter().flatten() {
            found
                .entry(level)
                .or_default()
                .push(("shift_months", false, &months.source));
        }
    }
    found
}

/// Whether two selectors have something in common; an empty one means all.
fn meet<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|value| other.contains(value))
}

fn say(errors: &mut Vec<ProfileError>, field: &str, text: &str) {
    if text.trim().is_empty() {
        errors.push(ProfileError::Empty {
            field: field.to_owned(),
        });
    }
}

fn number(errors: &mut Vec<ProfileError>, field: &str, zero: bool, source: &str) {
    if zero {
        errors.push(ProfileError::Zero {
            field: field.to_owned(),
        });
    }
    say(errors, &format!("{field}.source"), source);
}
