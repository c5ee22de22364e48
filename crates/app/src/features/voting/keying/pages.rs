//! The pages of a keyed count: its bundles and who keys them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::UnitId;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_store::org;
use plenum_store::voting::PassState;
use serde::Deserialize;

use super::actions;
use super::desk::{Desk, bundle_id};
use super::subject::{Subject, subject};
use crate::features::voting::actions::{Of, keyed};
use crate::shell::act::Doing;
use crate::shell::elections::id_of as read_id;
use crate::shell::page::render;
use crate::shell::place::{Place, place_for, season_of};
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Cx, Look, Problem, Visitor, Words, act, look};

/// Which election.
pub type Which = Path<(String, String)>;

pub fn id_of(text: &str) -> Result<u128> {
    read_id(text).ok_or_else(Problem::not_found)
}

/// Where the count stands: its season and the unit of its congress.
pub async fn place_of(look: &mut Look, season: &str, unit: UnitId) -> Result<Place> {
    let season_row = season_of(look, season).await?;
    let day = season_row.shape.pages_open_on.unwrap_or(look.today);
    let version = org::near(&mut look.tx, unit, day).await?;
    let code = version.ok_or_else(Problem::not_found)?.code;
    place_for(look, Permission::KeyBallots, season, Some(&code), None).await
}

pub fn base(season: &str, id: &str) -> String {
    format!("/s/{season}/elections/{id}")
}

/// Does what a form of the count asks as whoever sent it, then goes on to a page
/// of the ballot.
async fn perform<F>(
    app: &App,
    visitor: &Visitor,
    (which, to): (&(String, String), &str),
    doing: F,
) -> Response
where
    F: for<'a> FnOnce(&'a mut Cx, Of) -> Doing<'a, ()> + Send,
{
    perform_typed(app, visitor, (which, to), &Tie::default(), doing).await
}

/// As [`perform`], where a refusal leaves what was typed on the page.
async fn perform_typed<F>(
    app: &App,
    visitor: &Visitor,
    (which, to): (&(String, String), &str),
    typed: &Tie,
    doing: F,
) -> Response
where
    F: for<'a> FnOnce(&'a mut Cx, Of) -> Doing<'a, ()> + Send,
{
    let (season, id) = which;
    let done = async {
        let who = visitor.signed_in()?;
        let of = Of {
            season: season.clone(),
            id: id_of(id)?,
        };
        act(app, who, |cx| doing(cx, of)).await
    };
    match done.await {
        Ok(()) => Redirect::to(&format!("{}{to}", base(season, id))).into_response(),
        Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => {
            let page = count_page(app, visitor, which, Some((typed, &problem))).await;
            shown_again(visitor, problem.status, page)
        }
        Err(problem) => problem.page(visitor),
    }
}

/// Why a form was refused, above the page it is shown on again.
#[derive(Default)]
pub(super) struct Refused {
    /// In words; empty where nothing was.
    pub text: String,
    /// The code.
    pub code: String,
}

impl Refused {
    /// What stands above the page.
    pub fn of(words: Words, problem: Option<&Problem>) -> Self {
        problem.map_or_else(Self::default, |problem| Self {
            text: problem.text(words),
            code: problem.code.clone(),
        })
    }
}

/// A page shown again after its form was refused, with the refusal's status.
pub(super) fn shown_again<P: Template>(
    visitor: &Visitor,
    status: StatusCode,
    page: Result<P>,
) -> Response {
    match page {
        Ok(page) => {
            let mut response = render(&page);
            *response.status_mut() = status;
            response
        }
        Err(problem) => problem.page(visitor),
    }
}

/// A pass of a bundle as the list of bundles shows it.
struct PassLine {
    number: i64,
    name: String,
    state: &'static str,
    own: bool,
    ballots: usize,
}

struct BundleLine {
    number: i64,
    papers: i64,
    passes: Vec<PassLine>,
    takes: bool,
    differ: usize,
    adds_up: bool,
    done: bool,
}

#[derive(Template)]
#[template(path = "voting/keying/count.html")]
struct CountPage {
    p: Chrome,
    base: String,
    returned: String,
    keyed: String,
    percent: String,
    bundles: Vec<BundleLine>,
    open: bool,
    runs: bool,
    all_agree: bool,
    /// Whether the bundles can be untied: nothing keyed stands.
    unties: bool,
    refused: Refused,
    /// How many papers to a bundle, and how many passes, as typed.
    size: String,
    passes: String,
}

/// `GET /s/{season}/elections/{id}/count`.
pub async fn count(State(app): State<App>, visitor: Visitor, Path(which): Which) -> Response {
    match count_page(&app, &visitor, &which, None).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

pub(super) async fn watched(look: &mut Look, id: &str) -> Result<Subject> {
    let subject = subject(&mut look.tx, id_of(id)?).await?;
    look.must(Permission::KeyBallots, subject.unit).await?;
    Ok(subject)
}

async fn count_page(
    app: &App,
    visitor: &Visitor,
    (season, id): &(String, String),
    tried: Option<(&Tie, &Problem)>,
) -> Result<CountPage> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let subject = watched(&mut look, id).await?;
    let place = place_of(&mut look, season, subject.unit).await?;
    let desk = Desk::load(&mut look.tx, &subject).await?;
    let account = look.who.account;
    let counts = subject.must_count(&look.who.actor()).is_ok();
    let mut bundles = Vec::new();
    for (number, papers) in &desk.bundles {
        let mut line = bundle_line(&subject, &desk, (*number, *papers), account)?;
        line.takes &= counts;
        for pass in &mut line.passes {
            pass.own &= counts;
        }
        bundles.push(line);
    }
    let runs = look.may(Permission::RunElection, subject.unit).await?;
    let t = visitor.words;
    let keyed: i64 = bundles
        .iter()
        .flat_map(|bundle| &bundle.passes)
        .map(|pass| i64::try_from(pass.ballots).unwrap_or_default())
        .sum();
    let all = i64::from(subject.returned) * i64::from(subject.passes);
    let title = t.say("keying-count-title");
    Ok(CountPage {
        p: Chrome::new(visitor, title)
            .section("progress")
            .at(&place, "elections")
            .live(&place),
        base: base(season, id),
        returned: t.count(i64::from(subject.returned)),
        keyed: t.say_with(
            "keying-keyed",
            &[
                ("done", t.count(keyed).into()),
                ("all", t.count(all).into()),
            ],
        ),
        percent: format!(
            "{}%",
            (keyed * 100).checked_div(all).unwrap_or_default().min(100)
        ),
        unties: subject.open && runs && bundles.iter().all(|bundle| bundle.passes.is_empty()),
        all_agree: !bundles.is_empty() && bundles.iter().all(|bundle| bundle.done),
        bundles,
        open: subject.open,
        runs,
        refused: Refused::of(t, tried.map(|(_, problem)| problem)),
        size: tried
            .map(|(typed, _)| typed.size.trim())
            .filter(|size| !size.is_empty())
            .unwrap_or("50")
            .to_owned(),
        passes: tried
            .map(|(typed, _)| typed.passes.trim())
            .filter(|passes| ["2", "3"].contains(passes))
            .unwrap_or("2")
            .to_owned(),
    })
}

fn bundle_line(
    subject: &Subject,
    desk: &Desk,
    (number, papers): (i64, i64),
    account: Option<u128>,
) -> Result<BundleLine> {
    let id = bundle_id(number)?;
    let mut passes = Vec::new();
    let rows = desk
        .passes
        .iter()
        .filter(|row| row.bundle == number && row.state != PassState::Dropped);
    for row in rows {
        passes.push(PassLine {
            number: row.pass,
            name: row.name.clone(),
            state: if row.state == PassState::Finished {
                "finished"
            } else {
                "keying"
            },
            own: Some(row.account) == account,
            ballots: desk
                .keyed
                .get(&(number, row.pass))
                .copied()
                .unwrap_or_default(),
        });
    }
    let finished = passes
        .iter()
        .filter(|pass| pass.state == "finished")
        .count();
    let compared = finished == usize::from(subject.passes);
    let settled = desk.keying.settled(id);
    let bundle = desk.keying.bundles.get(&id);
    let own = passes.iter().any(|pass| pass.own);
    Ok(BundleLine {
        number,
        papers,
        takes: subject.open && !own && passes.len() < usize::from(subject.passes),
        differ: match bundle {
            Some(bundle) if compared => bundle.open().len(),
            _ => 0,
        },
        adds_up: !matches!(settled, Err(Refusal::BundleDiffers { .. })),
        done: settled.is_ok(),
        passes,
    })
}

#[derive(Deserialize)]
pub struct Nothing {}

/// `POST …/compared`.
pub async fn compared(
    State(app): State<App>,
    visitor: Visitor,
    Path(which): Which,
    Form(Nothing {}): Form<Nothing>,
) -> Response {
    perform(&app, &visitor, (&which, ""), |cx, of| {
        Box::pin(async move { keyed::compared(cx, &of).await })
    })
    .await
}

#[derive(Deserialize, Default)]
pub struct Tie {
    #[serde(default)]
    size: String,
    #[serde(default)]
    passes: String,
}

/// `POST …/bundles`.
pub async fn tie(
    State(app): State<App>,
    visitor: Visitor,
    Path(which): Which,
    Form(form): Form<Tie>,
) -> Response {
    // What is no number is as many papers as nobody can key.
    let size = form.size.trim().parse().unwrap_or(0);
    let passes = match form.passes.trim() {
        "" => 2,
        digits => digits.parse().unwrap_or(0),
    };
    let to = (&which, "/count");
    perform_typed(&app, &visitor, to, &form, move |cx, of| {
        Box::pin(actions::tie(cx, of.id, (size, passes)))
    })
    .await
}

/// `POST …/untie`.
pub async fn untie(
    State(app): State<App>,
    visitor: Visitor,
    Path(which): Which,
    Form(Nothing {}): Form<Nothing>,
) -> Response {
    perform(&app, &visitor, (&which, "/count"), |cx, of| {
        Box::pin(actions::untie(cx, of.id))
    })
    .await
}

#[derive(Deserialize)]
pub struct Bundle {
    /// Its number.
    pub bundle: i64,
}

/// `POST …/take`.
pub async fn take(
    State(app): State<App>,
    visitor: Visitor,
    Path(which): Which,
    Form(Bundle { bundle }): Form<Bundle>,
) -> Response {
    let to = format!("/key?bundle={bundle}");
    perform(&app, &visitor, (&which, &to), move |cx, of| {
        Box::pin(actions::take(cx, of.id, bundle))
    })
    .await
}

/// `POST …/finish`.
pub async fn finish(
    State(app): State<App>,
    visitor: Visitor,
    Path(which): Which,
    Form(Bundle { bundle }): Form<Bundle>,
) -> Response {
    perform(&app, &visitor, (&which, "/count"), move |cx, of| {
        Box::pin(actions::finish(cx, of.id, bundle))
    })
    .await
}

#[derive(Deserialize)]
pub struct Again {
    bundle: i64,
    pass: i64,
    #[serde(default)]
    reason: String,
}

/// `POST …/again`.
pub async fn again(
    State(app): State<App>,
    visitor: Visitor,
    Path(which): Which,
    Form(form): Form<Again>,
) -> Response {
    perform(&app, &visitor, (&which, "/count"), move |cx, of| {
        Box::pin(
            async move { actions::again(cx, of.id, form.bundle, form.pass, &form.reason).await },
        )
    })
    .await
}
