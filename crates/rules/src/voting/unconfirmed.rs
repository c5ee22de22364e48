//! Which numbers of the rules nobody confirmed, and which of them decided
//! something in a count.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::profile::Parameter;

/// A number of the rules that decided something and that nobody confirmed. A
/// person confirms it before the result stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unconfirmed {
    /// The field, as written in the profile's file, such as `tie`.
    pub field: String,
    /// What the file says about where it comes from.
    pub source: String,
}

/// The unconfirmed numbers met on the way to a result, each once.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Uses(BTreeMap<String, String>);

impl Uses {
    /// Notes that a parameter decided something.
    pub fn parameter<T>(&mut self, field: &str, parameter: &Parameter<T>) {
        if !parameter.confirmed {
            self.add(field, &parameter.source);
        }
    }

    /// Notes an unconfirmed field.
    pub fn add(&mut self, field: &str, source: &str) {
        self.0.insert(field.to_owned(), source.to_owned());
    }

    /// Notes what decided another part of the same thing.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// What was met, by field.
    #[must_use]
    pub fn list(self) -> Vec<Unconfirmed> {
        self.0
            .into_iter()
            .map(|(field, source)| Unconfirmed { field, source })
            .collect()
    }
}
