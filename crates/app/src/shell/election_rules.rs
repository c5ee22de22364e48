//! The rules of elections, as data files built into the program.

use std::sync::OnceLock;

use plenum_rules::Day;
use plenum_rules::voting::profile::{ElectionRules, in_force};

const FILES: [(&str, &str); 4] = [
    (
        "vn-party-190.toml",
        include_str!("../../../rules/profiles/elections/vn-party-190.toml"),
    ),
    (
        "vn-party-244.toml",
        include_str!("../../../rules/profiles/elections/vn-party-244.toml"),
    ),
    (
        "vn-youth-union.toml",
        include_str!("../../../rules/profiles/elections/vn-youth-union.toml"),
    ),
    (
        "association.toml",
        include_str!("../../../rules/profiles/elections/association.toml"),
    ),
];

/// Reads the text of a file of election rules and checks it.
///
/// # Errors
/// The line and field of what is wrong.
pub fn read(file: &str, text: &str) -> Result<ElectionRules, String> {
    let rules: ElectionRules = toml::from_str(text).map_err(|error| format!("{file}: {error}"))?;
    match rules.check().first() {
        None => Ok(rules),
        Some(error) => Err(format!(
            "{file}: line {}: {error}",
            line_of(text, error.field())
        )),
    }
}

/// The line on which a field stands, or the nearest it stands in: what is
/// missing has no line of its own.
fn line_of(text: &str, field: &str) -> usize {
    let mut header = String::new();
    let mut arrays: Vec<(String, usize)> = Vec::new();
    let mut best = (0, 1);
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        let path = if let Some(name) = inside(line, "[[", "]]") {
            let place = arrays
                .iter()
                .filter(|(known, _)| known == name)
                .map(|(_, place)| place + 1)
                .max()
                .unwrap_or(0);
            arrays.push((name.to_owned(), place));
            header = format!("{name}[{place}]");
            header.clone()
        } else if let Some(name) = inside(line, "[", "]") {
            header = placed(name, &arrays);
            header.clone()
        } else if let Some((key, _)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            let key = key.trim();
            if header.is_empty() {
                key.to_owned()
            } else {
                format!("{header}.{key}")
            }
        } else {
            continue;
        };
        let rest = field.strip_prefix(path.as_str());
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            && path.len() > best.0
        {
            best = (path.len(), number);
        }
    }
    best.1
}

fn inside<'a>(line: &'a str, open: &str, close: &str) -> Option<&'a str> {
    line.strip_prefix(open)?.strip_suffix(close)
}

/// `offices.rounds` below the third `[[offices]]` is `offices[2].rounds`.
fn placed(name: &str, arrays: &[(String, usize)]) -> String {
    let Some((first, rest)) = name.split_once('.') else {
        return name.to_owned();
    };
    match arrays.iter().rev().find(|(known, _)| known == first) {
        Some((_, place)) => format!("{first}[{place}].{rest}"),
        None => name.to_owned(),
    }
}

/// Every set of rules built in. That each of them is sound is a test's
/// business.
pub fn all() -> &'static [ElectionRules] {
    static RULES: OnceLock<Vec<ElectionRules>> = OnceLock::new();
    RULES.get_or_init(|| {
        FILES
            .iter()
            .filter_map(|(file, text)| read(file, text).ok())
            .collect()
    })
}

/// The rules of a family in force on a day.
#[must_use]
pub fn on(family: &str, day: Day) -> Option<&'static ElectionRules> {
    in_force(all(), family, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_of_rules_built_in_is_sound() {
        for (file, text) in FILES {
            assert!(read(file, text).is_ok(), "{:?}", read(file, text).err());
        }
        let of = |year| on("vn-party", Day::of(year, 3, 1).unwrap()).map(|rules| rules.id.clone());
        assert_eq!(of(2020).as_deref(), Some("vn-party-244"));
        assert_eq!(of(2025).as_deref(), Some("vn-party-190"));
        assert_eq!(of(2010), None);
        // A federation elects by rules of its own.
        let day = Day::of(2025, 3, 2).unwrap();
        let federation = on("union", day).map(|rules| rules.id.as_str());
        assert_eq!(federation, Some("association"));
    }

    #[test]
    fn rules_with_a_fault_name_line_and_field() {
        let text = FILES[0].1;
        let wrong_type = text.replacen(
            "keep_months = { value = 6",
            "keep_months = { value = \"six\"",
            1,
        );
        let error = read("r.toml", &wrong_type).unwrap_err();
        assert!(
            error.contains("line") && error.contains("keep_months"),
            "{error}"
        );
        // Readable, and impossible: a share of nothing; a code that says nothing.
        let impossible = text.replacen("keep_months = { value = 6", "keep_months = { value = 0", 1);
        let line = 1 + text
            .lines()
            .position(|line| line.starts_with("keep_months"))
            .unwrap();
        let error = read("r.toml", &impossible).unwrap_err();
        assert!(
            error.contains(&format!("line {line}:")) && error.contains("custody.keep_months"),
            "{error}"
        );
        let unknown = text.replacen("from = \"committee\"", "from = \"comittee\"", 1);
        let line = 1 + unknown
            .lines()
            .position(|line| line.contains("comittee"))
            .unwrap();
        let error = read("r.toml", &unknown).unwrap_err();
        assert!(
            error.contains(&format!("line {line}:")) && error.contains("E-PRO-03"),
            "{error}"
        );
    }
}
