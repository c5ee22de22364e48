//! `/tree/{verb}`: a change of units is described, looked at, and made.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::org::UnitVersion;
use plenum_rules::profile::Profile;
use plenum_store::org;

use super::change_form::{Choices, Fields, Verb, choices};
use super::confirm::{ConfirmPage, confirmation, mark};
use super::{everywhere, profile, trail, unit_address};
use crate::features::org::actions;
use crate::features::org::wish::{Asker, Wish, may_edit, plan};
use crate::shell::page::render;
use crate::shell::place::day_of;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Look, Visitor, act, look};

#[derive(Template)]
#[template(path = "org/change.html")]
struct ChangePage {
    p: Chrome,
    verb: &'static str,
    unit: String,
    unit_name: String,
    day: String,
    fields: Fields,
    choices: Choices,
    error: Option<(String, String, &'static str)>,
    back: String,
}

impl ChangePage {
    fn v(&self, name: &str) -> String {
        self.fields.get(name).to_owned()
    }

    fn part(&self, name: &str, number: &usize) -> String {
        self.v(&format!("{name}-{number}"))
    }

    fn chosen(&self, name: &str, value: &str) -> bool {
        self.fields.all(name).iter().any(|each| each == value)
    }

    fn wrong(&self, field: &str) -> bool {
        self.error.as_ref().is_some_and(|(_, _, at)| *at == field)
    }

    fn message(&self) -> String {
        self.error
            .as_ref()
            .map(|(_, text, _)| text.clone())
            .unwrap_or_default()
    }

    fn explained(&self) -> String {
        format!("org-explain-{}", self.verb)
    }

    fn members_hint(&self) -> String {
        if self.verb == "merge" {
            self.p.t.say("org-merge-members-hint")
        } else {
            String::new()
        }
    }

    fn child(&self, code: &str, number: &usize) -> bool {
        self.fields.get(&format!("child:{code}")) == number.to_string()
    }

    fn more_parts(&self) -> Vec<usize> {
        (2..=6)
            .filter(|number| *number != self.fields.parts())
            .collect()
    }

    fn parts(&self) -> Vec<usize> {
        (1..=self.fields.parts()).collect()
    }
}

/// `GET /tree/{verb}`.
pub async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Path(verb): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Response {
    let Some(verb) = Verb::parse(&verb) else {
        return Problem::not_found().page(&visitor);
    };
    show(&app, &visitor, verb, asked.into(), None).await
}

/// `POST /tree/{verb}`: first shows what would happen; sent again from there,
/// makes it so.
pub async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(verb): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Response {
    let Some(verb) = Verb::parse(&verb) else {
        return Problem::not_found().page(&visitor);
    };
    let fields = Fields::from(sent);
    if !fields.get("back").is_empty() {
        return show(&app, &visitor, verb, fields, None).await;
    }
    match consider(&app, &visitor, verb, &fields).await {
        Ok(Next::Show(page)) => render(&*page),
        Ok(Next::Done(location)) => Redirect::to(&location).into_response(),
        Err(problem)
            if problem.status == StatusCode::UNPROCESSABLE_ENTITY || problem.code == "E-DAY" =>
        {
            show(&app, &visitor, verb, fields, Some(&problem)).await
        }
        Err(problem) => problem.page(&visitor),
    }
}

enum Next {
    Show(Box<ConfirmPage>),
    Done(String),
}

async fn show(
    app: &App,
    visitor: &Visitor,
    verb: Verb,
    fields: Fields,
    problem: Option<&Problem>,
) -> Response {
    match build(app, visitor, verb, fields, problem).await {
        Ok(page) => {
            let mut response = render(&page);
            if problem.is_some() {
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            }
            response
        }
        Err(problem) => problem.page(visitor),
    }
}

async fn build(
    app: &App,
    visitor: &Visitor,
    verb: Verb,
    mut fields: Fields,
    problem: Option<&Problem>,
) -> Result<ChangePage> {
    let who = visitor.signed_in()?;
    let words = visitor.words;
    let mut look = look(app, who).await?;
    let asked = fields.get("day").to_owned();
    let typed = if asked.is_empty() {
        fields.get("on").to_owned()
    } else {
        asked
    };
    // A day that cannot be read stays in its field; the rest needs one.
    let day = day_of(Some(&typed), look.today).unwrap_or(look.today);
    let profile = profile(&mut look).await?;
    let unit = about(&mut look, verb, fields.get("unit"), day).await?;
    if let Some(unit) = &unit {
        let asker = Asker {
            who,
            today: look.today,
            profile,
        };
        if !may_edit(&mut look.tx, asker, day, unit.unit, verb == Verb::Found).await? {
            return Err(Problem::forbidden());
        }
        prefill(&mut look, verb, unit, day, &mut fields).await?;
    }
    let mut p = Chrome::new(visitor, words.say(&format!("org-do-{}", verb.code()))).section("tree");
    if let Some(unit) = &unit {
        let path = org::path_versions(&mut look.tx, unit.unit, day).await?;
        p.unit.clone_from(&unit.code);
        p.trail = trail(&look, &path, |step| {
            unit_address(&step.code, &day.to_string())
        });
    }
    let code = unit
        .as_ref()
        .map(|unit| unit.code.clone())
        .unwrap_or_default();
    Ok(ChangePage {
        choices: choices(&mut look, words, profile, (verb, unit.as_ref()), day).await?,
        error: problem.map(|problem| {
            (
                problem.code.clone(),
                problem.text(words),
                problem.field.unwrap_or_default(),
            )
        }),
        back: if code.is_empty() {
            "/units".to_owned()
        } else {
            unit_address(&code, &day.to_string())
        },
        day: if typed.is_empty() {
            day.to_string()
        } else {
            typed
        },
        unit_name: unit.map(|unit| unit.name).unwrap_or_default(),
        unit: code,
        verb: verb.code(),
        fields,
        p,
    })
}

/// The unit a form is about; a new root is about none.
async fn about(look: &mut Look, verb: Verb, code: &str, day: Day) -> Result<Option<UnitVersion>> {
    if verb == Verb::Found && code.is_empty() {
        return if everywhere(look, Permission::EditTree) {
            Ok(None)
        } else {
            Err(Problem::forbidden())
        };
    }
    let unit = org::by_code(&mut look.tx, code, day)
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(Some(unit))
}

/// What stands already is not typed again.
async fn prefill(
    look: &mut Look,
    verb: Verb,
    unit: &UnitVersion,
    day: Day,
    fields: &mut Fields,
) -> Result<()> {
    let parent = match unit.parent {
        Some(parent) => org::near(&mut look.tx, parent, day)
            .await?
            .map(|parent| parent.code),
        None => None,
    };
    match verb {
        Verb::Found => fields.offer("parent", &unit.code),
        Verb::Rename => {
            fields.offer("name", &unit.name);
            fields.offer("code", &unit.code);
        }
        Verb::Resize => fields.offer("members", unit.members.to_string()),
        Verb::Reclassify => {
            fields.offer("level", &unit.level.0);
            fields.offer("kind", &unit.kind.0);
        }
        Verb::Move => fields.offer("parent", parent.unwrap_or_default()),
        Verb::Close => {}
        Verb::Merge => {
            fields.offer("units", &unit.code);
            fields.offer("parent", parent.unwrap_or_default());
            fields.offer("level", &unit.level.0);
            fields.offer("kind", &unit.kind.0);
        }
        Verb::Split => {
            fields.offer("parent", parent.unwrap_or_default());
            fields.offer("level", &unit.level.0);
            for number in 1..=fields.parts() {
                fields.offer(&format!("kind-{number}"), &unit.kind.0);
            }
        }
    }
    Ok(())
}

async fn consider(app: &App, visitor: &Visitor, verb: Verb, fields: &Fields) -> Result<Next> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let day = day_of(Some(fields.get("day")), look.today).map_err(|mut problem| {
        problem.field = Some("day");
        problem
    })?;
    let profile = profile(&mut look).await?;
    let fields = &summed(&mut look, verb, fields, day).await?;
    let wish = fields.wish(verb)?;
    let asker = Asker {
        who,
        today: look.today,
        profile,
    };
    let mut number = 0;
    let mut ids = || {
        number += 1;
        number
    };
    let planned = plan(&mut look.tx, asker, day, &wish, &mut ids).await?;
    let mark = mark(&planned);
    let confirmed = fields.get("confirmed");
    if confirmed == mark {
        drop(look);
        return make(app, visitor, profile, day, wish).await;
    }
    let page = confirmation(&mut look, visitor, profile, (verb, fields), &planned, mark).await?;
    Ok(Next::Show(Box::new(page)))
}

/// A merged unit without a number has the members of those that merge.
async fn summed(look: &mut Look, verb: Verb, fields: &Fields, day: Day) -> Result<Fields> {
    let mut fields = fields.clone();
    if verb == Verb::Merge && fields.get("members").is_empty() {
        fields.0.insert("members".to_owned(), vec!["0".to_owned()]);
        let Wish::Merge { units, .. } = fields.wish(verb)? else {
            return Ok(fields);
        };
        let mut sum: u32 = 0;
        for code in units {
            let unit = org::by_code(&mut look.tx, &code, day).await?;
            sum = sum.saturating_add(unit.map_or(0, |unit| unit.members));
        }
        fields.0.insert("members".to_owned(), vec![sum.to_string()]);
    }
    Ok(fields)
}

async fn make(
    app: &App,
    visitor: &Visitor,
    profile: &'static Profile,
    day: Day,
    wish: Wish,
) -> Result<Next> {
    let who = visitor.signed_in()?;
    let unit = act(app, who, |cx| {
        Box::pin(async move { actions::change(cx, profile, day, &wish).await })
    })
    .await?;
    let mut look = look(app, who).await?;
    let seen = org::near(&mut look.tx, unit, day).await?;
    // Who moved a unit out of their own part no longer sees it.
    let code = match seen {
        Some(seen) if look.may(Permission::SeeUnit, unit).await? => seen.code,
        _ => return Ok(Next::Done("/units?done=change".to_owned())),
    };
    Ok(Next::Done(format!(
        "{}&done=change",
        unit_address(&code, &day.to_string())
    )))
}
