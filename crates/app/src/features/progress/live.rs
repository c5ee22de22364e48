//! News for open screens, as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt as _};
use plenum_rules::UnitId;
use plenum_rules::access::Permission;
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;

use crate::shell::{App, Problem, Visitor, look};

#[derive(Deserialize)]
pub struct Where {
    unit: String,
}

/// So long a screen hears news before it must ask again, and is asked again who
/// it is: somebody logged out or without the role any more then hears nothing.
const ADMITTED_FOR: Duration = Duration::from_secs(600);
/// So soon a screen asks again.
const ASKS_AGAIN: Duration = Duration::from_millis(500);

/// Tells one screen whenever something at its unit or below changes.
pub async fn live(
    State(app): State<App>,
    visitor: Visitor,
    Query(place): Query<Where>,
) -> Response {
    let unit = match admitted(&app, &visitor, &place).await {
        Ok(unit) => unit,
        Err(problem) => return problem.json(visitor.words),
    };
    let receiver = app.live.listen();
    let hello = Event::default()
        .event("hello")
        .retry(ASKS_AGAIN)
        .data(format!("{{\"seq\":{}}}", app.live.seq()));
    let news = stream::unfold(receiver, move |mut receiver| async move {
        loop {
            let (seq, named) = match receiver.recv().await {
                Ok(news) if news.units.contains(&unit) => (news.seq, true),
                Ok(_) => continue,
                // A slow screen missed some: it is told to look again.
                Err(RecvError::Lagged(_)) => (0, false),
                Err(RecvError::Closed) => return None,
            };
            let units = if named {
                format!("\"{unit}\"")
            } else {
                String::new()
            };
            let event = Event::default()
                .event("changed")
                .data(format!("{{\"seq\":{seq},\"units\":[{units}]}}"));
            return Some((Ok::<_, Infallible>(event), receiver));
        }
    });
    let events = stream::once(async { Ok(hello) })
        .chain(news)
        .take_until(tokio::time::sleep(ADMITTED_FOR));
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
        .into_response()
}

async fn admitted(app: &App, visitor: &Visitor, place: &Where) -> Result<UnitId, Problem> {
    let unit: UnitId = place.unit.parse().map_err(|_| Problem::not_found())?;
    let mut look = look(app, visitor.signed_in()?).await?;
    look.must(Permission::SeeWall, unit).await?;
    Ok(unit)
}
