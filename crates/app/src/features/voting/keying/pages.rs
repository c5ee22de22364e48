//! The pages of a keyed count: its bundles, the keyboard, and what differs.

use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::UnitId;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::ballot::{Ballot, Marks};
use plenum_rules::voting::keying::{self, Entry, Key, Pressed};
use plenum_store::org;
use plenum_store::voting::{PassRow, PassState, keys_of_pass, turns};
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::{self, Sent};
use super::desk::{Desk, PASSES, bundle_id, replay};
use super::subject::{Subject, subject};
use crate::features::voting::actions::{Of, keyed};
use crate::shell::elections::id_of as read_id;
use crate::shell::page::render;
use crate::shell::place::{Place, place_for, season_of};
use crate::shell::problem::Result;
use crate::shell::visitor::{Form, check_csrf};
use crate::shell::{App, Chrome, Look, Problem, Visitor, act, look};

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

/// Answers a form: goes on to the page, or says why not.
fn gone(visitor: &Visitor, done: Result<()>, to: &str) -> Response {
    match done {
        Ok(()) => Redirect::to(to).into_response(),
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
}

/// `GET /s/{season}/elections/{id}/count`.
pub async fn count(State(app): State<App>, visitor: Visitor, Path(which): Which) -> Response {
    match count_page(&app, &visitor, &which).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

async fn watched(look: &mut Look, id: &str) -> Result<Subject> {
    let subject = subject(&mut look.tx, id_of(id)?).await?;
    look.must(Permission::KeyBallots, subject.unit).await?;
    Ok(subject)
}

async fn count_page(
    app: &App,
    visitor: &Visitor,
    (season, id): &(String, String),
) -> Result<CountPage> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let subject = watched(&mut look, id).await?;
    let place = place_of(&mut look, season, subject.unit).await?;
    let desk = Desk::load(&mut look.tx, &subject).await?;
    let account = look.who.account;
    let mut bundles = Vec::new();
    for (number, papers) in &desk.bundles {
        bundles.push(bundle_line(&mut look, &subject, &desk, (*number, *papers), account).await?);
    }
    let runs = look.may(Permission::RunElection, subject.unit).await?;
    let t = visitor.words;
    let keyed: i64 = bundles
        .iter()
        .flat_map(|bundle| &bundle.passes)
        .map(|pass| i64::try_from(pass.ballots).unwrap_or_default())
        .sum();
    let all = i64::from(subject.returned) * i64::from(PASSES);
    let title = t.say("keying-count-title");
    Ok(CountPage {
        p: Chrome::new(visitor, title)
            .section("season")
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
        all_agree: !bundles.is_empty() && bundles.iter().all(|bundle| bundle.done),
        bundles,
        open: subject.open,
        runs,
    })
}

async fn bundle_line(
    look: &mut Look,
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
            ballots: replay(subject, &keys_of_pass(&mut look.tx, subject.id, row).await?)?
                .ballots()
                .len(),
        });
    }
    let finished = passes
        .iter()
        .filter(|pass| pass.state == "finished")
        .count();
    let compared = finished == usize::from(PASSES);
    let settled = desk.keying.settled(id);
    let bundle = desk.keying.bundles.get(&id);
    let own = passes.iter().any(|pass| pass.own);
    Ok(BundleLine {
        number,
        papers,
        takes: subject.open && !own && passes.len() < usize::from(PASSES),
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
    Path((season, id)): Which,
    Form(Nothing {}): Form<Nothing>,
) -> Response {
    let done = async {
        let who = visitor.signed_in()?;
        let of = Of {
            season: season.clone(),
            id: id_of(&id)?,
        };
        act(&app, who, |cx| {
            Box::pin(async move { keyed::compared(cx, &of).await })
        })
        .await
    };
    gone(&visitor, done.await, &base(&season, &id))
}

#[derive(Deserialize)]
pub struct Tie {
    #[serde(default)]
    size: String,
}

/// `POST …/bundles`.
pub async fn tie(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id)): Which,
    Form(form): Form<Tie>,
) -> Response {
    let to = format!("{}/count", base(&season, &id));
    let done = async {
        let (who, election) = (visitor.signed_in()?, id_of(&id)?);
        let size = form
            .size
            .trim()
            .parse()
            .map_err(|_| Problem::from(Refusal::TooLarge).at("size"))?;
        act(&app, who, |cx| Box::pin(actions::tie(cx, election, size))).await
    };
    gone(&visitor, done.await, &to)
}

#[derive(Deserialize)]
pub struct Bundle {
    bundle: i64,
}

/// `POST …/take`.
pub async fn take(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id)): Which,
    Form(form): Form<Bundle>,
) -> Response {
    let bundle = form.bundle;
    let to = format!("{}/key?bundle={bundle}", base(&season, &id));
    let done = async {
        let (who, election) = (visitor.signed_in()?, id_of(&id)?);
        act(&app, who, |cx| {
            Box::pin(actions::take(cx, election, bundle))
        })
        .await
    };
    gone(&visitor, done.await, &to)
}

/// `POST …/finish`.
pub async fn finish(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id)): Which,
    Form(form): Form<Bundle>,
) -> Response {
    let bundle = form.bundle;
    let to = format!("{}/count", base(&season, &id));
    let done = async {
        let (who, election) = (visitor.signed_in()?, id_of(&id)?);
        act(&app, who, |cx| {
            Box::pin(actions::finish(cx, election, bundle))
        })
        .await
    };
    gone(&visitor, done.await, &to)
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
    Path((season, id)): Which,
    Form(form): Form<Again>,
) -> Response {
    let to = format!("{}/count", base(&season, &id));
    let done = async {
        let (who, election) = (visitor.signed_in()?, id_of(&id)?);
        act(&app, who, |cx| {
            Box::pin(async move {
                actions::again(cx, election, form.bundle, form.pass, &form.reason).await
            })
        })
        .await
    };
    gone(&visitor, done.await, &to)
}

#[derive(Template)]
#[template(path = "voting/keying/key.html")]
struct KeyPage {
    p: Chrome,
    base: String,
    bundle: i64,
    names: Vec<(u8, String)>,
    columns: usize,
    island: String,
}

/// `GET …/key?bundle=`.
pub async fn key(
    State(app): State<App>,
    visitor: Visitor,
    Path(which): Which,
    Query(asked): Query<Bundle>,
) -> Response {
    match key_page(&app, &visitor, &which, asked.bundle).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

async fn key_page(
    app: &App,
    visitor: &Visitor,
    (season, id): &(String, String),
    bundle: i64,
) -> Result<KeyPage> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let subject = watched(&mut look, id).await?;
    let place = place_of(&mut look, season, subject.unit).await?;
    let desk = Desk::load(&mut look.tx, &subject).await?;
    let own = look
        .who
        .account
        .and_then(|account| desk.own(bundle, account));
    let pass = own
        .filter(|pass| pass.state == PassState::Keying)
        .cloned()
        .ok_or_else(|| {
            Problem::from(Refusal::NotNow {
                verb: "key",
                state: "no pass",
            })
        })?;
    let papers = desk.bundles.get(&bundle).copied().unwrap_or_default();
    let lines = keys_of_pass(&mut look.tx, subject.id, &pass).await?;
    let entry = replay(&subject, &lines)?;
    let turn = turns(&mut look.tx, subject.id, &pass).await?;
    let mut island = standing(&subject, turn, &entry, None);
    for (key, value) in [
        ("names", json!(subject.names)),
        ("kind", json!(subject.layout.kind)),
        ("seats", json!(subject.layout.seats)),
        ("digits", json!(keying::digits(&subject.layout))),
        ("papers", json!(papers)),
        (
            "place",
            json!(format!("{id}/{bundle}/{}/{}", pass.pass, pass.attempt)),
        ),
        (
            "post",
            json!(format!("{}/key?bundle={bundle}", base(season, id))),
        ),
        ("words", words(visitor)),
    ] {
        island[key] = value;
    }
    let t = visitor.words;
    let title = t.say_with(
        "keying-bundle-of",
        &[
            ("bundle", t.count(bundle).into()),
            ("pass", t.count(pass.pass).into()),
        ],
    );
    Ok(KeyPage {
        p: Chrome::new(visitor, title)
            .section("season")
            .at(&place, "elections"),
        base: base(season, id),
        bundle,
        columns: if subject.names.len() > 30 { 3 } else { 2 },
        names: (1..).zip(subject.names.iter().cloned()).collect(),
        island: island.to_string().replace('<', "\\u003c"),
    })
}

/// The words the keyboard's script says.
fn words(visitor: &Visitor) -> Value {
    const KEYS: [&str; 19] = [
        "unknown",
        "twice",
        "unreadable",
        "nothing",
        "accepted",
        "flagged",
        "undone",
        "cleared",
        "waits",
        "lost",
        "stale",
        "full",
        "everybody",
        "over",
        "nobody",
        "left",
        "plain",
        "again",
        "sound",
    ];
    let said = KEYS.iter().map(|key| {
        let text = visitor.words.say(&format!("keying-js-{key}"));
        (
            (*key).to_owned(),
            Value::String(text.replace('<', "{").replace('>', "}")),
        )
    });
    Value::Object(said.collect())
}

/// How a pass stands, for the script.
fn standing(subject: &Subject, turn: i64, entry: &Entry, did: Option<&Pressed>) -> Value {
    let last: Vec<Value> = entry
        .ballots()
        .iter()
        .rev()
        .take(3)
        .map(|ballot| shown(subject, ballot))
        .collect();
    let patterns: Vec<Value> = entry
        .patterns()
        .slots()
        .iter()
        .map(|marks| shown(subject, &Ballot::plain(marks.clone())))
        .collect();
    let flagged = match did {
        Some(Pressed::Accepted { flagged: Some(code), .. }) => {
            subject.rules.criterion(code).map(|(_, criterion)| {
                json!({"code": criterion.code, "vi": criterion.text_vi, "en": criterion.text_en})
            })
        }
        _ => None,
    };
    json!({
        "turn": turn, "ballots": entry.ballots().len(), "last": last, "patterns": patterns, "flagged": flagged,
    })
}

/// A ballot as the keys that make it, and how many it elects.
fn shown(subject: &Subject, ballot: &Ballot) -> Value {
    let keys = keying::text(&keying::print(&subject.layout, ballot));
    let marked = match &ballot.marks {
        Marks::Struck(names) => names.count() as usize,
        Marks::Boxes { disagree, .. } => disagree.count() as usize,
        Marks::Order(order) => order.len(),
    };
    json!({"keys": keys, "marked": marked})
}

/// What the script sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    turn: i64,
    keys: String,
    ages: Vec<i64>,
    shown: Option<String>,
    ballots: Option<usize>,
}

fn read_keys(text: &str) -> Result<Vec<Key>> {
    let unreadable = |_| Problem::from(Refusal::KeysUnreadable);
    text.chars()
        .map(|sign| Key::try_from(sign).map_err(unreadable))
        .collect()
}

/// `POST …/key?bundle=`: keys from the script, as JSON.
pub async fn keys(
    State(app): State<App>,
    visitor: Visitor,
    Path((_, id)): Which,
    Query(asked): Query<Bundle>,
    headers: HeaderMap,
    Json(batch): Json<Batch>,
) -> Response {
    match take_keys(&app, &visitor, &id, asked.bundle, &headers, batch).await {
        Ok(standing) => Json(standing).into_response(),
        Err(problem) => problem.json(visitor.words),
    }
}

async fn take_keys(
    app: &App,
    visitor: &Visitor,
    id: &str,
    bundle: i64,
    headers: &HeaderMap,
    batch: Batch,
) -> Result<Value> {
    let token = headers
        .get("x-csrf-token")
        .and_then(|token| token.to_str().ok());
    check_csrf(visitor, token.unwrap_or_default())?;
    let election = id_of(id)?;
    let sent = Sent {
        turn: batch.turn,
        keys: read_keys(&batch.keys)?,
        ages: batch
            .ages
            .iter()
            .map(|age| age.saturating_mul(1_000))
            .collect(),
        shown: batch.shown.as_deref().map(read_keys).transpose()?,
        ballots: batch.ballots,
    };
    let who = visitor.signed_in()?;
    let keyed = act(app, who, |cx| {
        Box::pin(actions::key(cx, election, bundle, sent))
    })
    .await?;
    let mut look = look(app, who).await?;
    let subject = subject(&mut look.tx, election).await?;
    Ok(standing(
        &subject,
        keyed.turn,
        &keyed.entry,
        keyed.did.as_ref(),
    ))
}

/// A place where passes differ.
struct Differing {
    bundle: i64,
    slot: u32,
    seen: String,
    at: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "voting/keying/compare.html")]
struct ComparePage {
    p: Chrome,
    base: String,
    differing: Vec<Differing>,
    error: String,
    code: String,
    typed: (i64, u32, String),
    names: Vec<(u8, String)>,
    kind: String,
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
        if finished.len() < usize::from(PASSES) {
            continue;
        }
        for (slot, lying) in bundle.open() {
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
            });
        }
    }
    Ok(ComparePage {
        p: Chrome::new(visitor, t.say("keying-compare-title"))
            .section("season")
            .at(&place, "elections"),
        base: base(season, id),
        differing,
        error: tried
            .as_ref()
            .map(|(_, problem)| problem.text(t))
            .unwrap_or_default(),
        code: tried
            .as_ref()
            .map(|(_, problem)| problem.code.clone())
            .unwrap_or_default(),
        typed: tried.map_or((0, 0, String::new()), |(form, _)| {
            (form.bundle, form.slot, form.keys.clone())
        }),
        names: (1..).zip(subject.names.iter().cloned()).collect(),
        kind: serde_json::to_value(subject.layout.kind)
            .ok()
            .and_then(|kind| kind.as_str().map(str::to_owned))
            .unwrap_or_default(),
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
            match compare_page(&app, &visitor, &(season, id), Some((&form, problem))).await {
                Ok(page) => {
                    let mut response = render(&page);
                    *response.status_mut() = status;
                    response
                }
                Err(problem) => problem.page(&visitor),
            }
        }
    }
}
