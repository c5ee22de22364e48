//! Where passes differ: a third person reads the papers anew.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::voting::keying::{print, text};
use plenum_rules::voting::{Refusal, keying};
use plenum_store::voting::{PassRow, PassState};
use serde::Deserialize;

use super::actions;
use super::desk::{Desk, actor, bundle_id};
use super::keyboard::{how_key, read_keys};
use super::pages::{Refused, Which, base, id_of, place_of, shown_again, watched};
use super::subject::subject;
use crate::shell::page::render;
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Problem, Visitor, act, look};

/// A place where passes differ.
struct Differing {
    bundle: i64,
    slot: u32,
    seen: String,
    at: Vec<(String, String)>,
    /// What whoever looks read there, to be put right; nothing where nobody has
    /// read it yet.
    own: Option<String>,
}

#[derive(Template)]
#[template(path = "voting/keying/compare.html")]
struct ComparePage {
    p: Chrome,
    base: String,
    differing: Vec<Differing>,
    /// Whether anything waits for a reading.
    open: bool,
    refused: Refused,
    /// What was refused: where, the keys, whether there was to be no paper.
    typed: (i64, u32, String, bool),
    names: Vec<(u8, String)>,
    how: String,
}

/// `GET …/compare`.
pub async fn compare(State(app): State<App>, visitor: Visitor, Path(which): Which) -> Response {
    match compare_page(&app, &visitor, &which, None).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

async fn compare_page(
    app: &App,
    visitor: &Visitor,
    (season, id): &(String, String),
    tried: Option<(&Resolve, Problem)>,
) -> Result<ComparePage> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let subject = watched(&mut look, id).await?;
    subject.must_count(&look.who.actor())?;
    let place = place_of(&mut look, season, subject.unit).await?;
    let desk = Desk::load(&mut look.tx, &subject).await?;
    let t = visitor.words;
    let mut differing = Vec::new();
    for number in desk.bundles.keys() {
        let Some(bundle) = desk.keying.bundles.get(&bundle_id(*number)?) else {
            continue;
        };
        let finished: Vec<&PassRow> = desk
            .passes
            .iter()
            .filter(|row| row.bundle == *number && row.state == PassState::Finished)
            .collect();
        if finished.len() < usize::from(subject.passes) {
            continue;
        }
        let me = look.who.account.map(actor);
        let own = |slot: u32| {
            let read = bundle.resolutions.get(&slot)?;
            let mine = me.as_ref() == Some(&read.by);
            mine.then(|| match &read.entered {
                Some(ballot) => text(&print(&subject.layout, ballot)),
                None => t.say("keying-no-such-paper"),
            })
        };
        let differ = (0..).zip(bundle.slots()).filter(|(slot, lying)| {
            let read = bundle.resolutions.contains_key(slot);
            lying.agreed.is_none() && (!read || subject.open && own(*slot).is_some())
        });
        for (slot, lying) in differ {
            let own = own(slot);
            let at = finished.iter().zip(lying.at).map(|(row, at)| {
                let position =
                    at.map_or_else(|| t.say("keying-not-there"), |at| t.count(i64::from(at)));
                (row.name.clone(), position)
            });
            differing.push(Differing {
                bundle: *number,
                slot,
                seen: desk.attempts(*number),
                at: at.collect(),
                own,
            });
        }
    }
    // What nobody has read comes first.
    differing.sort_by_key(|place| place.own.is_some());
    Ok(ComparePage {
        p: Chrome::new(visitor, t.say("keying-compare-title"))
            .section("progress")
            .at(&place, "elections"),
        base: base(season, id),
        open: differing.iter().any(|place| place.own.is_none()),
        differing,
        refused: Refused::of(t, tried.as_ref().map(|(_, problem)| problem)),
        typed: tried.map_or((0, 0, String::new(), false), |(form, _)| {
            let absent = form.absent == "yes";
            (form.bundle, form.slot, form.keys.clone(), absent)
        }),
        names: (1..).zip(subject.names.iter().cloned()).collect(),
        how: t.say(how_key(subject.layout.kind)),
    })
}

/// What a third person read from the paper.
#[derive(Deserialize)]
pub struct Resolve {
    bundle: i64,
    slot: u32,
    #[serde(default)]
    seen: String,
    #[serde(default)]
    keys: String,
    #[serde(default)]
    absent: String,
}

/// `POST …/compare`.
pub async fn resolve(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id)): Which,
    Form(form): Form<Resolve>,
) -> Response {
    let done = async {
        let (who, election) = (visitor.signed_in()?, id_of(&id)?);
        let mut look = look(&app, who).await?;
        let subject = subject(&mut look.tx, election).await?;
        drop(look);
        let typed: String = form
            .keys
            .chars()
            .filter(|sign| !sign.is_whitespace())
            .collect();
        let ballot = if form.absent == "yes" {
            // Whoever typed something has a paper in hand.
            if !typed.is_empty() {
                return Err(Problem::from(Refusal::KeysUnreadable).at("keys"));
            }
            None
        } else {
            Some(keying::parse(&subject.layout, &read_keys(&typed)?).map_err(Problem::from)?)
        };
        let (at, seen) = ((form.bundle, form.slot), form.seen.clone());
        act(&app, who, |cx| {
            Box::pin(async move { actions::resolve(cx, election, at, &seen, ballot).await })
        })
        .await
    };
    match done.await {
        Ok(()) => Redirect::to(&format!("{}/compare", base(&season, &id))).into_response(),
        Err(problem) => {
            let status = problem.status;
            let tried = Some((&form, problem));
            let page = compare_page(&app, &visitor, &(season, id), tried).await;
            shown_again(&visitor, status, page)
        }
    }
}
