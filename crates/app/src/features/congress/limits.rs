//! The days a congress has to keep to: its deadline, the end of its term.

use std::collections::BTreeMap;

use plenum_rules::UnitId;
use plenum_rules::season::{Marks, Selector, effective};
use plenum_store::season::TermSource;
use plenum_store::{Tx, season as seasons};

use crate::shell::problem::Result;
use crate::shell::sentence::term_begun;
use crate::shell::{Place, Words};

/// When the running term ends, and what says so (R56).
pub async fn term_ends(tx: &mut Tx, words: Words, place: &Place) -> Result<String> {
    let (unit, level) = (place.unit.unit, &place.unit.level);
    let units = BTreeMap::from([(unit, level.clone())]);
    let terms = seasons::term_ends(tx, (&place.season, place.profile), &units).await?;
    let Some((ends, source)) = terms.of(unit, level) else {
        return Ok(String::new());
    };
    let basis = match source {
        TermSource::Unit(basis) => basis.to_owned(),
        TermSource::Level => words.say("congress-term-of-level"),
        TermSource::Congress(begun) => term_begun(words, begun),
    };
    Ok(match basis.is_empty() {
        true => words.day(ends),
        false => format!("{} ({basis})", words.day(ends)),
    })
}

/// The deadline and whose plan sets it.
pub async fn due(tx: &mut Tx, words: Words, place: &Place) -> Result<String> {
    let path: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
    let windows = seasons::windows(tx, &place.season.id).await?;
    let marks = seasons::marks_of(tx, &place.season.id, &[place.unit.unit]).await?;
    let marks = marks
        .get(&place.unit.unit)
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .filter(|(span, _)| span.holds(place.day))
        .fold(Marks::default(), |mut all, (_, mark)| {
            let one = Marks::only(*mark);
            all.pilot |= one.pilot;
            all.trial |= one.trial;
            all
        });
    let wanted = Selector {
        level: &place.unit.level,
        kind: Some(&place.unit.kind),
        marks,
    };
    let Some(window) = effective(&windows.on_path(&path), &wanted, place.day) else {
        return Ok(String::new());
    };
    let issuer = place
        .path
        .iter()
        .find(|version| version.unit == window.from_issuer)
        .map(|version| version.name.clone())
        .unwrap_or_default();
    let last = words.day(window.last);
    Ok(match window.first {
        Some(first) => words.say_with(
            "congress-due-between",
            &[
                ("first", words.day(first).into()),
                ("last", last.into()),
                ("issuer", issuer.into()),
            ],
        ),
        None => words.say_with(
            "congress-due-by",
            &[("last", last.into()), ("issuer", issuer.into())],
        ),
    })
}
