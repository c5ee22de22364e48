//! The page of one unit's congress.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plenum_rules::access::Permission;
use plenum_rules::congress::State as Stage;
use plenum_rules::season::Severity;
use plenum_rules::{Day, UnitId};
use plenum_store::board::{self, Standing};
use plenum_store::{congress, season as seasons};
use serde::Deserialize;

use super::actions::{At, Subject};
use super::facts::{self, Line};
use super::form::{asks, moment, numbers_said};
use super::history::History;
use super::offered::{seen, steps};
use super::trial::{self, Around};
use super::verbs::{Sent, Step, Verb};
use crate::shell::asked::{Asking, Known, one_of};
use crate::shell::finding::finding_text;
use crate::shell::page::{Link, render};
use crate::shell::place::{place, report_address};
use crate::shell::reporting::recorded_for;
use crate::shell::sentence::{chip, standing_text, state_word};
use crate::shell::{App, Chrome, Look, Place, Problem, Visitor, Words, look};

/// What the address of the page says.
#[derive(Deserialize, Default)]
pub struct Asked {
    unit: Option<String>,
    on: Option<String>,
    done: Option<String>,
    step: Option<String>,
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["unit", "on", "done", "step"];
}

/// A step that was refused, with what was typed.
pub struct Tried {
    /// Which.
    pub verb: Verb,
    /// What was typed.
    pub sent: Sent,
    /// Why.
    pub problem: Problem,
}

/// A finding as the page shows it.
pub struct Shown {
    /// Its code.
    pub code: &'static str,
    /// Whether it blocks.
    pub blocks: bool,
    /// What is wrong.
    pub text: String,
    advice: String,
}

/// A visit as the page shows it.
struct Visited {
    day: String,
    visitors: String,
    purpose: String,
    findings: Vec<(String, String)>,
}

/// The report as the page shows it.
struct Told {
    on: String,
    numbers: Vec<(String, String)>,
    difficulties: String,
}

#[derive(Template)]
#[template(path = "congress/congress.html")]
struct CongressPage {
    p: Chrome,
    code: String,
    day: String,
    previous: String,
    next: String,
    today: String,
    progress: String,
    report_address: String,
    chip: &'static str,
    state: String,
    sentence: String,
    done: String,
    facts: Vec<(String, String)>,
    terms_address: Option<String>,
    findings: Vec<Shown>,
    findings_address: String,
    steps: Vec<Step>,
    step_of: String,
    keep: String,
    seen: String,
    report: Option<Told>,
    lines: Vec<Line>,
    later: Option<Link>,
    visits: Vec<Visited>,
}

/// `GET /s/{season}/congress`.
pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(asked): Known<Asked>,
) -> Response {
    match build(&app, &visitor, &season, &asked, None).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

/// The page again, with what was typed and why it was refused.
pub async fn refused(app: &App, visitor: &Visitor, at: &At, tried: Tried) -> Response {
    let status = tried.problem.status;
    let asked = Asked {
        unit: Some(at.unit.clone()),
        on: at.on.map(|day| day.to_string()),
        ..Asked::default()
    };
    let elsewhere = status == axum::http::StatusCode::FORBIDDEN;
    if elsewhere {
        return tried.problem.page(visitor);
    }
    match build(app, visitor, &at.season, &asked, Some(&tried)).await {
        Ok(page) => {
            let mut response = render(&page);
            *response.status_mut() = status;
            response
        }
        Err(problem) => problem.page(visitor),
    }
}

async fn build(
    app: &App,
    visitor: &Visitor,
    season: &str,
    asked: &Asked,
    tried: Option<&Tried>,
) -> Result<CongressPage, Problem> {
    let words = visitor.words;
    let mut look = look(app, visitor.signed_in()?).await?;
    let place = place(
        &mut look,
        season,
        asked.unit.as_deref(),
        asked.on.as_deref(),
    )
    .await?;
    let unit = place.unit.clone();
    if place.season.term(&unit.level).is_none() {
        return Err(Problem::refused("E-CON-14").with("unit", &unit.name));
    }
    let congress = congress::load(&mut look.tx, &place.season.id, unit.unit).await?;
    let subject = Subject {
        recorded: recorded_for(&place.season, &congress, look.today),
        congress,
        season: place.season.clone(),
        unit: unit.clone(),
    };
    let stands = board::own_of(&mut look.tx, &place.season, &place.path, place.day)
        .await?
        .unwrap_or_else(|| board::standing(&subject.congress, None, place.day));
    let around = trial::standing(&mut look.tx, &subject, place.day).await?;
    let history = History::load(&mut look.tx, &place.season.id, unit.unit).await?;
    let lines = facts::lines(&mut look.tx, app, words, (&subject, &history, place.day)).await?;
    let visits = visits(&mut look, words, &place).await?;
    let verb = |code: &str| Verb::ALL.into_iter().find(|verb| verb.code() == code);
    let step = one_of("step", asked.step.as_deref(), verb)?;
    let asked_for = (&subject, &place, step);
    let steps = steps(&mut look, words, asked_for, tried).await?;
    let may_report = look.may(Permission::ReportCongress, unit.unit).await?;
    let reportable = !subject.congress.state().is_held() || subject.congress.state() == Stage::Held;
    let keep = format!(
        "{}/congress/{}/{}",
        visitor.signed_in()?.login,
        place.season.id,
        unit.code
    );
    let done = one_of("done", asked.done.as_deref(), verb)?.map(Verb::code);
    let mut chrome = Chrome::new(visitor, words.say1("congress-title", "unit", &unit.name))
        .section("progress")
        .at(&place, "congress")
        .live(&place);
    if let Some(done) = done {
        chrome.kept = format!("{keep}/{done}");
    }
    let on = |day: Day| place.address_on("congress", &unit.code, Some(day));
    Ok(CongressPage {
        p: chrome,
        code: unit.code.clone(),
        day: place.day.to_string(),
        previous: on(place.day.plus(-1)),
        next: on(place.day.next()),
        today: place.address_on("congress", &unit.code, None),
        progress: place.address("progress", &unit.code),
        report_address: if may_report && reportable {
            report_address(place.season.id.as_str(), &unit.code)
        } else {
            String::new()
        },
        chip: chip(&stands, place.day),
        state: state_word(words, &stands, place.day),
        sentence: sentence(words, &place, &stands),
        done: done
            .map(|done| words.say(&format!("congress-done-{done}")))
            .unwrap_or_default(),
        facts: facts::sheet(&mut look.tx, words, &place, &subject, &stands).await?,
        terms_address: (look.may(Permission::EditSeason, unit.unit).await?)
            .then(|| place.address("terms", &unit.code)),
        findings: shown(words, &around, unit.unit),
        findings_address: place.address("findings", &unit.code),
        seen: seen(&steps),
        steps,
        step_of: format!("/s/{}/congress", place.season.id),
        keep,
        report: told(words, &subject, &stands, &history, app),
        lines,
        later: facts::later(&subject.congress, place.day).map(|later| {
            let count = i64::try_from(later.count).unwrap_or(i64::MAX);
            Link::to(
                words.say1("congress-history-later", "count", count),
                on(later.day),
            )
        }),
        visits,
    })
}

fn sentence(words: Words, place: &Place, stands: &Standing) -> String {
    words.say_with(
        "progress-sentence-own",
        &[
            ("day", words.day_in_sentence(place.day).into()),
            ("unit", (&place.unit.name).into()),
            ("state", standing_text(words, stands, place.day).into()),
        ],
    )
}

/// The findings that turn on the unit, in words.
pub fn shown(words: Words, around: &Around, unit: UnitId) -> Vec<Shown> {
    around
        .findings
        .iter()
        .filter(|finding| finding.turns_on().any(|each| each == unit))
        .map(|finding| Shown {
            code: finding.code.code(),
            blocks: finding.severity == Severity::Blocks,
            text: finding_text(
                words,
                finding,
                &around.outlook.versions,
                &around.outlook.events,
            ),
            advice: words.say(&format!(
                "finding-do-{}",
                finding.code.code().to_lowercase()
            )),
        })
        .collect()
}

fn told(
    words: Words,
    subject: &Subject,
    stands: &Standing,
    history: &History,
    app: &App,
) -> Option<Told> {
    let (numbers, difficulties) = stands.report.as_ref()?;
    let on = history
        .last("congress.reported")
        .map(|(row, name)| format!("{name}, {}", moment(app, words, row.at)))
        .unwrap_or_default();
    Some(Told {
        on,
        numbers: numbers_said(words, numbers, &asks(subject)),
        difficulties: difficulties.clone(),
    })
}

async fn visits(look: &mut Look, words: Words, place: &Place) -> Result<Vec<Visited>, Problem> {
    let visits = seasons::visits(&mut look.tx, &place.season.id).await?;
    Ok(visits
        .into_iter()
        .filter(|visit| visit.unit == place.unit.unit && visit.day <= place.day)
        .map(|visit| Visited {
            day: words.day(visit.day),
            findings: visit
                .findings
                .iter()
                .map(|found| {
                    let handled = found
                        .handled_on(place.day)
                        .map(|handled| format!("{}, {}", words.day(handled.on), handled.how))
                        .unwrap_or_default();
                    (found.text.clone(), handled)
                })
                .collect(),
            visitors: visit.visitors,
            purpose: visit.purpose,
        })
        .collect())
}
