//! What a field of the rules is called on screen, where nobody has seen its
//! wording and somebody is asked to confirm it.

use plenum_rules::voting::profile::ElectionRules;

use crate::shell::{Lang, Words};

/// The number in the first brackets after a name: `criteria[3]` with `criteria`.
fn place_in(field: &str, list: &str) -> Option<usize> {
    let rest = field.strip_prefix(list)?.strip_prefix('[')?;
    rest.split(']').next()?.parse().ok()
}

/// The field without its numbers, as the end of a text's key.
fn key_of(field: &str) -> String {
    let mut outside = true;
    let kept = field.chars().filter(|letter| {
        match letter {
            '[' => outside = false,
            ']' => {
                outside = true;
                return false;
            }
            _ => {}
        }
        outside
    });
    kept.map(|letter| {
        if matches!(letter, '.' | '_') {
            '-'
        } else {
            letter
        }
    })
    .collect()
}

/// A field of the rules in words: what a criterion or an exclusion says, the
/// office it is about.
#[must_use]
pub fn rule_said(words: Words, rules: &ElectionRules, field: &str) -> String {
    let own = |vi: &str, en: &str| match words.0 {
        Lang::Vi => vi.to_owned(),
        Lang::En => en.to_owned(),
    };
    let criterion = place_in(field, "criteria").and_then(|place| rules.criteria.get(place));
    if let Some(rule) = criterion {
        return format!("{}: {}", rule.code.0, own(&rule.text_vi, &rule.text_en));
    }
    let denominator = place_in(field, "denominators").and_then(|at| rules.denominators.get(at));
    let excluded = field
        .split_once('.')
        .and_then(|(_, rest)| denominator?.exclusions.get(place_in(rest, "exclusions")?));
    if let Some(rule) = excluded {
        return own(&rule.text_vi, &rule.text_en);
    }
    let key = format!("voting-rule-{}", key_of(field));
    if !words.knows(&key) {
        return field.to_owned();
    }
    let said = words.say(&key);
    let office = place_in(field, "offices").and_then(|place| rules.offices.get(place));
    office.map_or(said.clone(), |rule| {
        format!("{}: {said}", own(&rule.name_vi, &rule.name_en))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::election_rules;

    /// The fields of a file whose wording nobody has seen.
    fn unseen(value: &serde_json::Value, path: &str, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                if fields.get("confirmed") == Some(&serde_json::Value::Bool(false)) {
                    found.push(path.to_owned());
                }
                for (name, inner) in fields {
                    let dot = if path.is_empty() { "" } else { "." };
                    unseen(inner, &format!("{path}{dot}{name}"), found);
                }
            }
            serde_json::Value::Array(all) => {
                for (place, inner) in all.iter().enumerate() {
                    unseen(inner, &format!("{path}[{place}]"), found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn whatever_is_to_be_confirmed_has_a_name_people_understand() {
        for rules in election_rules::all() {
            let file = serde_json::to_value(rules).expect("rules");
            let mut fields = Vec::new();
            unseen(&file, "", &mut fields);
            for field in fields {
                for lang in [Lang::Vi, Lang::En] {
                    let said = rule_said(Words(lang), rules, &field);
                    assert_ne!(said, field, "{} {field}", rules.id);
                    assert!(!said.contains('['), "{said}");
                }
            }
        }
        let party = election_rules::all()
            .iter()
            .find(|rules| rules.id == "vn-party-190");
        let party = party.expect("the regulation of 2024");
        let place = party
            .offices
            .iter()
            .position(|rule| rule.code.0 == "branch_deputy");
        let field = format!("offices[{}].surplus", place.expect("an office"));
        let said = rule_said(Words(Lang::Vi), party, &field);
        assert!(said.starts_with("Phó bí thư chi bộ: "), "{said}");
    }
}
