//! The page of instruments: a new one, acknowledging one, a conference.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use plenum_rules::SeasonId;
use plenum_rules::access::Permission;
use plenum_rules::season::InstrumentKey;
use plenum_store::db::new_id;
use plenum_store::season::{self as records, Attendance, Briefing, InstrumentRow};

use super::super::actions::{self, NewInstrument};
use super::super::fields::{Fields, Sheet};
use super::super::roll::units_of;
use super::chain::{Conference, Shown, chain, conferences};
use super::{At, Choice, Named, choices, desk, hex, levels_of, on_form, refused, show, went};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Visitor, act, look};

#[derive(Template)]
#[template(path = "season/instruments.html")]
struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    instruments: Vec<Shown>,
    briefings: Vec<Conference>,
    known: Vec<Named>,
    kinds: Vec<Named>,
    levels: Vec<Named>,
    units: Vec<Choice>,
    may_edit: bool,
    sheet: Sheet,
    briefing: Sheet,
    acknowledge_at: String,
    brief_at: String,
}

async fn build(
    app: &App,
    visitor: &Visitor,
    season: &str,
    at: &At,
    sheet: Sheet,
    briefing: Sheet,
) -> Result<Page> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let desk = desk(&mut look, visitor, season, at, "instruments").await?;
    let (place, words) = (&desk.place, visitor.words);
    let instruments = chain(&mut look, place, words).await?;
    let addressed: usize = instruments.iter().map(|row| row.addressed).sum();
    let known: usize = instruments.iter().map(|row| row.known).sum();
    let counts =
        [instruments.len(), known, addressed].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let answer = words.say_with(
        "season-instruments-answer",
        &[
            ("day", words.day_in_sentence(place.day).into()),
            ("unit", place.unit.name.clone().into()),
            ("count", counts[0].into()),
            ("known", words.count(counts[1]).into()),
            ("addressed", words.count(counts[2]).into()),
        ],
    );
    let rows = records::instruments(&mut look.tx, &place.season.id).await?;
    let named = |row: &InstrumentRow| Named {
        code: hex(row.id),
        name: format!(
            "{} ({}) – {}",
            row.key.number,
            words.day(row.key.date),
            row.key.issuer
        ),
    };
    let kinds = ["directive", "plan", "guidance", "decision", "other"];
    let may_edit = look.may(Permission::EditSeason, place.unit.unit).await?;
    Ok(Page {
        answer,
        instruments,
        briefings: conferences(&mut look, place, words).await?,
        known: rows.iter().map(named).collect(),
        kinds: kinds
            .map(|code| Named {
                code: code.to_owned(),
                name: words.say(&format!("season-kind-{code}")),
            })
            .into(),
        levels: levels_of(place, words),
        units: choices(&mut look, place, words, &sheet, "addressed").await?,
        may_edit,
        sheet,
        briefing,
        acknowledge_at: place.address("instruments/acknowledge", &place.unit.code),
        brief_at: place.address("instruments/briefing", &place.unit.code),
        p: desk.p,
        tabs: desk.tabs,
    })
}

/// The page.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
) -> Response {
    show(
        build(
            &app,
            &visitor,
            &season,
            &at,
            Sheet::default(),
            Sheet::default(),
        )
        .await,
        &visitor,
    )
}

/// Adds an instrument.
pub async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    match add(&app, &visitor, &season, &at, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields, &problem, &visitor);
            super::again(
                build(&app, &visitor, &season, &at, sheet, Sheet::default()).await,
                &visitor,
            )
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn add(
    app: &App,
    visitor: &Visitor,
    season: &str,
    at: &At,
    fields: &Fields,
) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let desk = desk(&mut look, visitor, season, at, "instruments").await?;
    let place = desk.place;
    let kind = records::kind_of_code(fields.get("kind"))
        .ok_or_else(|| Problem::field("E-SEA-41", "kind"))?;
    let key = InstrumentKey {
        issuer: fields.text("issuer")?,
        number: fields.text("number")?,
        date: fields.day("date")?,
    };
    let title = fields.text("title")?;
    let acknowledge_by = fields.optional_day("acknowledge_by")?;
    let mut addressed = BTreeSet::new();
    if fields.all("addressed").any(|code| !code.is_empty()) {
        let chosen = units_of(
            &mut look.tx,
            &place.season,
            fields.all("addressed"),
            place.day,
            "addressed",
        )
        .await?;
        addressed.extend(chosen.into_iter().map(|unit| unit.unit));
    }
    if let Some(level) = fields.level("addressed_level", place.profile)? {
        let (units, _) =
            records::units_under(&mut look.tx, place.unit.unit, place.day, 60_000).await?;
        addressed.extend(
            units
                .into_iter()
                .filter(|unit| unit.level == level)
                .map(|unit| unit.unit),
        );
    }
    drop(look);
    let new = NewInstrument {
        key,
        kind,
        title,
        unit: place.unit.unit,
        own: fields.get("own") == "yes",
        derived_from: fields.optional_id("derived_from")?,
        addressed: addressed.into_iter().collect(),
        acknowledge_by,
    };
    let id = place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { actions::add_instrument(cx, &id, new).await })
    })
    .await?;
    Ok(place.address("instruments", &place.unit.code))
}

/// The unit says that it knows an instrument.
pub async fn acknowledge(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    let done: Result<String> = async {
        let who = visitor.signed_in()?;
        let mut look = look(&app, who).await?;
        let place = desk(&mut look, &visitor, &season, &at, "instruments")
            .await?
            .place;
        drop(look);
        let (id, unit, instrument) = (
            place.season.id.clone(),
            place.unit.unit,
            fields.id("instrument")?,
        );
        act(&app, who, |cx| {
            Box::pin(async move { actions::acknowledge(cx, &id, instrument, unit).await })
        })
        .await?;
        Ok(place.address("instruments", &place.unit.code))
    }
    .await;
    done.map_or_else(|problem| problem.page(&visitor), |address| went(&address))
}

/// Records a conference.
pub async fn brief(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    match add_briefing(&app, &visitor, &season, &at, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields, &problem, &visitor);
            super::again(
                build(&app, &visitor, &season, &at, Sheet::default(), sheet).await,
                &visitor,
            )
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn add_briefing(
    app: &App,
    visitor: &Visitor,
    season: &str,
    at: &At,
    fields: &Fields,
) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let place = desk(&mut look, visitor, season, at, "instruments")
        .await?
        .place;
    drop(look);
    let lines = fields.optional("briefing_attendance")?.unwrap_or_default();
    let instruments: Result<Vec<u128>> = fields
        .all("briefing_instruments")
        .filter(|id| !id.is_empty())
        .map(|id| u128::from_str_radix(id, 16).map_err(|_| Problem::not_found()))
        .collect();
    let briefing = Briefing {
        id: new_id(),
        unit: place.unit.unit,
        day: fields.day("briefing_day")?,
        title: fields.text("briefing_title")?,
        attendance: lines
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(read_group)
            .collect(),
        instruments: instruments?,
    };
    let id: SeasonId = place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { actions::add_briefing(cx, &id, briefing).await })
    })
    .await?;
    Ok(place.address("instruments", &place.unit.code))
}

/// "Bí thư, phó bí thư chi bộ: 66/68", "Trưởng các đoàn thể: 5", or words only.
fn read_group(line: &str) -> Attendance {
    let words_only = || Attendance {
        group: line.to_owned(),
        convened: None,
        present: None,
    };
    let Some((group, numbers)) = line.rsplit_once(':') else {
        return words_only();
    };
    let (present, convened) = match numbers.split_once('/') {
        Some((present, convened)) => (present, Some(convened)),
        None => (numbers, None),
    };
    let number = |text: &str| text.trim().parse::<u32>().ok();
    match (number(present), convened.map(number)) {
        (Some(present), None) => Attendance {
            group: group.trim().to_owned(),
            convened: None,
            present: Some(present),
        },
        (Some(present), Some(Some(convened))) => Attendance {
            group: group.trim().to_owned(),
            convened: Some(convened),
            present: Some(present),
        },
        _ => words_only(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attendance_reads_as_people_write_it() {
        let group = read_group("Bí thư, phó bí thư chi bộ: 66/68");
        assert_eq!((group.present, group.convened), (Some(66), Some(68)));
        assert_eq!(read_group("Đoàn thể: 5").present, Some(5));
        assert_eq!(
            read_group("Toàn thể cấp ủy: đông đủ").group,
            "Toàn thể cấp ủy: đông đủ"
        );
    }
}
