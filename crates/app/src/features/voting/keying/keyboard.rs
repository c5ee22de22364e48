//! The keyboard: what a teller sees of a bundle, and the keys that arrive.

use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use plenum_rules::voting::Refusal;
use plenum_rules::voting::ballot::{Ballot, BallotKind, Marks};
use plenum_rules::voting::keying::{self, Entry, Key, Pressed};
use plenum_store::voting::{PassState, keys_of_pass, turns};
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::{self, Sent};
use super::desk::{Desk, replay};
use super::pages::{Bundle, Which, base, id_of, place_of, watched};
use super::subject::{Subject, subject};
use crate::features::voting::actions::{Of, load};
use crate::features::voting::pages::ballot_name;
use crate::shell::door;
use crate::shell::elections::elects;
use crate::shell::page::render;
use crate::shell::problem::Result;
use crate::shell::visitor::check_csrf;
use crate::shell::{App, Chrome, Problem, Visitor, Words, act, look};

#[derive(Template)]
#[template(path = "voting/keying/key.html")]
struct KeyPage {
    p: Chrome,
    base: String,
    bundle: i64,
    /// Which ballot it is, and how many it elects.
    about: String,
    /// What is typed of a paper.
    how: String,
    /// What the keys do on this kind of paper.
    keys: Vec<String>,
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
    subject.must_count(&look.who.actor())?;
    let place = place_of(&mut look, season, subject.unit).await?;
    let of = Of {
        season: season.clone(),
        id: subject.id,
    };
    let ballot = load(&mut look.tx, &of).await?;
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
    let entry = replay(&subject, &pass, &lines)?;
    let turn = turns(&mut look.tx, subject.id, &pass).await?;
    let mut island = standing(&subject, turn, &entry, None);
    // All of them: however many are taken back, what comes before is known.
    let history: Vec<Value> = entry
        .ballots()
        .iter()
        .map(|ballot| shown(&subject, ballot))
        .collect();
    for (key, value) in [
        ("history", json!(history)),
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
    let about = if elects(&ballot) {
        "keying-about"
    } else {
        "keying-about-nobody"
    };
    let title = t.say_with(
        "keying-bundle-of",
        &[
            ("ballot", ballot_name(t, &ballot).into()),
            ("bundle", t.count(bundle).into()),
            ("pass", t.count(pass.pass).into()),
        ],
    );
    let kind = subject.layout.kind;
    Ok(KeyPage {
        p: Chrome::new(visitor, title)
            .section("progress")
            .at(&place, "elections"),
        base: base(season, id),
        bundle,
        about: t.say_with(
            about,
            &[
                ("seats", i64::from(subject.layout.seats).into()),
                ("names", subject.names.len().into()),
            ],
        ),
        how: t.say(how_key(kind)),
        keys: keys_said(t, kind),
        columns: if subject.names.len() > 30 { 3 } else { 2 },
        names: (1..).zip(subject.names.iter().cloned()).collect(),
        island: island.to_string().replace('<', "\\u003c"),
    })
}

/// What is typed of a paper of this kind.
pub(super) fn how_key(kind: BallotKind) -> &'static str {
    match kind {
        BallotKind::StrikeOut => "keying-how-strike-out",
        BallotKind::AgreeDisagree | BallotKind::SingleName => "keying-how-boxes",
        BallotKind::Ranked => "keying-how-ranked",
    }
}

/// What the keys do, those that mean something on this kind of paper.
fn keys_said(words: Words, kind: BallotKind) -> Vec<String> {
    let own: &[&str] = match kind {
        BallotKind::StrikeOut => &["keying-keys-strike-out", "keying-keys-like"],
        BallotKind::AgreeDisagree | BallotKind::SingleName => &["keying-keys-boxes"],
        BallotKind::Ranked => &[],
    };
    let every = ["keying-keys-accept", "keying-keys-back"];
    let all = every.iter().chain(own).chain(&["keying-keys-remarks"]);
    all.map(|key| words.say(key)).collect()
}

/// The words the keyboard's script says.
fn words(visitor: &Visitor) -> Value {
    const KEYS: [&str; 20] = [
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
        "unsent",
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
        "turn": turn, "ballots": entry.ballots().len(), "patterns": patterns, "flagged": flagged,
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

pub(super) fn read_keys(text: &str) -> Result<Vec<Key>> {
    let unreadable = |_| Problem::from(Refusal::KeysUnreadable);
    text.chars()
        .map(|sign| Key::try_from(sign).map_err(unreadable))
        .collect()
}

/// `POST …/key?bundle=`: keys from the script, as JSON, and answered so, also
/// where they cannot be read.
pub async fn keys(
    State(app): State<App>,
    visitor: Visitor,
    Path((_, id)): Which,
    door::Asked(asked): door::Asked<Bundle>,
    headers: HeaderMap,
    door::Sent(batch): door::Sent<Batch>,
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
