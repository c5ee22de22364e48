//! A step is taken: from the form that was sent to the action, and back.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::congress::{Form as CongressForm, Planned};
use plenum_rules::{Day, UnitId};

use super::actions::{self, At, Dating, Settling};
use super::pages::{self, Tried};
use super::verbs::{Sent, Verb, contents_of};
use crate::shell::problem::Result;
use crate::shell::server::own_address;
use crate::shell::visitor::Form;
use crate::shell::{App, Problem, Visitor, Who, act};

fn text<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.get(name).map_or("", |value| value.trim())
}

fn day(sent: &Sent, name: &'static str) -> Result<Day> {
    match text(sent, name) {
        "" => Err(Problem::field("E-CON-19", name)),
        day => Day::parse(day).map_err(|_| Problem::field("E-DAY", name)),
    }
}

/// The last day of several, or the first again.
fn days(sent: &Sent) -> Result<(Day, Day)> {
    let first = day(sent, "first")?;
    let last = match text(sent, "last") {
        "" => first,
        _ => day(sent, "last")?,
    };
    Ok((first, last))
}

fn number<T: std::str::FromStr>(sent: &Sent, name: &'static str) -> Result<Option<T>> {
    match text(sent, name) {
        "" => Ok(None),
        digits => digits
            .parse()
            .map(Some)
            .map_err(|_| Problem::field("E-CON-18", name)),
    }
}

fn settling(sent: &Sent) -> Result<Settling> {
    Ok(Settling {
        form: if text(sent, "form") == "delegates" {
            CongressForm::Delegates
        } else {
            CongressForm::Members
        },
        ordinal: number(sent, "ordinal")?,
        contents: contents_of(sent),
        consent: text(sent, "consent") == "yes",
    })
}

/// The days of a dating form.
pub fn planned(sent: &Sent) -> Result<Planned> {
    let (first, last) = days(sent)?;
    Ok(Planned {
        first,
        last,
        preparatory_half_days: number(sent, "half_days")?.unwrap_or_default(),
    })
}

fn dating(sent: &Sent) -> Result<Dating> {
    let consent = (
        text(sent, "consent_who").to_owned(),
        text(sent, "consent_by").to_owned(),
    );
    Ok(Dating {
        planned: planned(sent)?,
        reason: Some(text(sent, "reason").to_owned()).filter(|reason| !reason.is_empty()),
        seen: text(sent, "seen").split(' ').map(str::to_owned).collect(),
        consent: Some(consent).filter(|(who, by)| !who.is_empty() && !by.is_empty()),
    })
}

async fn take(app: &App, who: &Who, verb: Verb, (at, sent): (At, &Sent)) -> Result<Day> {
    let reason = text(sent, "reason").to_owned();
    match verb {
        Verb::Confirm => {
            act(app, who, |cx| {
                Box::pin(async move { actions::confirm(cx, &at).await })
            })
            .await
        }
        Verb::Return => {
            act(app, who, |cx| {
                Box::pin(async move { actions::return_report(cx, &at, &reason).await })
            })
            .await
        }
        Verb::Ratify => {
            let decision = text(sent, "decision").to_owned();
            act(app, who, |cx| {
                Box::pin(async move { actions::ratify(cx, &at, &decision).await })
            })
            .await
        }
        Verb::Prepare => {
            act(app, who, |cx| {
                Box::pin(async move { actions::prepare(cx, &at).await })
            })
            .await
        }
        Verb::Review => {
            let findings = text(sent, "findings").to_owned();
            act(app, who, |cx| {
                Box::pin(async move { actions::review(cx, &at, &findings).await })
            })
            .await
        }
        Verb::Hold => {
            let days = days(sent)?;
            act(app, who, |cx| {
                Box::pin(async move { actions::hold(cx, &at, days).await })
            })
            .await
        }
        Verb::Date => {
            let dating = dating(sent)?;
            act(app, who, |cx| {
                Box::pin(async move { actions::date(cx, &at, dating).await })
            })
            .await
        }
        Verb::Settle => {
            let settling = settling(sent)?;
            act(app, who, |cx| {
                Box::pin(async move { actions::settle(cx, &at, settling).await })
            })
            .await
        }
        Verb::Postpone => {
            act(app, who, |cx| {
                Box::pin(async move { actions::postpone(cx, &at, &reason).await })
            })
            .await
        }
        Verb::HandOver => {
            let to = text(sent, "to").to_owned();
            act(app, who, |cx| {
                Box::pin(async move { actions::hand_over(cx, &at, &to, &reason).await })
            })
            .await
        }
        Verb::Cancel => {
            act(app, who, |cx| {
                Box::pin(async move { actions::cancel(cx, &at, &reason).await })
            })
            .await
        }
        Verb::Resume => {
            act(app, who, |cx| {
                Box::pin(async move { actions::resume(cx, &at, &reason).await })
            })
            .await
        }
    }
}

/// `POST /s/{season}/congress/{step}`.
pub async fn perform(
    verb: Verb,
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    let who = match visitor.signed_in() {
        Ok(who) => who,
        Err(problem) => return problem.page(&visitor),
    };
    let mut at = At {
        season: season.clone(),
        unit: text(&sent, "unit").to_owned(),
        on: Day::parse(text(&sent, "on")).ok(),
        day: None,
    };
    let typed = match text(&sent, "day") {
        "" => Ok(None),
        _ => day(&sent, "day").map(Some),
    };
    let taken = match typed {
        Ok(typed) => {
            at.day = typed;
            take(&app, who, verb, (at.clone(), &sent)).await
        }
        Err(problem) => Err(problem),
    };
    match taken {
        Ok(seen_from) => {
            let back = text(&sent, "back");
            let mut query = vec![("unit", at.unit.as_str()), ("done", verb.code())];
            // What was recorded for a later day is shown on that day.
            let on = at.on.map(|on| on.max(seen_from).to_string());
            if let Some(on) = &on {
                query.push(("on", on));
            }
            let query = serde_urlencoded::to_string(query).unwrap_or_default();
            let congress = format!("/s/{season}/congress?{query}");
            Redirect::to(if back.is_empty() {
                &congress
            } else {
                own_address(back)
            })
            .into_response()
        }
        Err(problem) => {
            let tried = Tried {
                verb,
                sent,
                problem,
            };
            pages::refused(&app, &visitor, &at, tried).await
        }
    }
}

/// `POST /s/{season}/confirm`: several reports at once, from the list of what
/// waits.
pub async fn confirm_many(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Response {
    // The button of one row confirms that one, whatever is ticked.
    let only = sent.iter().any(|(name, _)| name == "only");
    let units: Vec<UnitId> = sent
        .iter()
        .filter(|(name, _)| name == if only { "only" } else { "report" })
        .filter_map(|(_, unit)| unit.parse().ok())
        .collect();
    let who = match visitor.signed_in() {
        Ok(who) => who,
        Err(problem) => return problem.page(&visitor),
    };
    let done = act(&app, who, |cx| {
        Box::pin(async move { actions::confirm_many(cx, &season, &units).await })
    })
    .await;
    match done {
        Ok(confirmed) => Redirect::to(&format!("/?confirmed={confirmed}")).into_response(),
        Err(problem) => problem.page(&visitor),
    }
}
