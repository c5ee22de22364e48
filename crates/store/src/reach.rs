//! Parts of the tree in queries: the units below some units today, with those
//! that have ended counted where they stood last.

use plenum_rules::{Day, UnitId};

use crate::db::Value;

/// Which part of the tree a list is limited to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Within {
    /// No limit; what belongs to no unit is included.
    Everything,
    /// These units and all below them.
    Units(Vec<UnitId>),
}

/// `WITH RECURSIVE below …` and its parameters; the day is `$1`, the units
/// follow. Nothing for [`Within::Everything`].
pub(crate) fn below(within: &Within, day: Day) -> Option<(String, Vec<Value>)> {
    let Within::Units(units) = within else {
        return None;
    };
    let mut values = vec![Value::from(day)];
    // No unit at all reaches nothing: an id that no unit has.
    let units = if units.is_empty() {
        &[UnitId(0)][..]
    } else {
        units
    };
    values.extend(units.iter().map(|unit| Value::from(*unit)));
    let list: Vec<String> = (2..=values.len())
        .map(|place| format!("${place}"))
        .collect();
    let sql = format!(
        "WITH RECURSIVE below (unit) AS (SELECT unit FROM unit_version WHERE unit IN ({}) UNION \
         SELECT v.unit FROM unit_version v JOIN below b ON v.parent = b.unit \
         WHERE v.from_day <= $1 AND v.until_day = (SELECT MAX(w.until_day) FROM unit_version w \
         WHERE w.unit = v.unit AND w.from_day <= $1)) ",
        list.join(", ")
    );
    Some((sql, values))
}

/// Conditions of a query with their parameters, numbered as they come.
pub(crate) struct Conditions {
    texts: Vec<String>,
    /// The parameters so far.
    pub values: Vec<Value>,
}

impl Conditions {
    pub fn after(values: Vec<Value>) -> Self {
        Self {
            texts: Vec::new(),
            values,
        }
    }

    /// Adds a condition; `?` in it stands for the parameter.
    pub fn add(&mut self, text: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.texts
            .push(text.replace('?', &format!("${}", self.values.len())));
    }

    /// Adds a condition without a parameter.
    pub fn add_plain(&mut self, text: &str) {
        self.texts.push(text.to_owned());
    }

    /// ` WHERE …`, or nothing.
    pub fn sql(&self) -> String {
        if self.texts.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", self.texts.join(" AND "))
        }
    }
}
