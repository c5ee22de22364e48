//! The steps of a count that is keyed, so that a test spells out only those it
//! is about.

use std::collections::BTreeMap;

use axum::http::Method;
use plenum_rules::voting::count::Outcome;
use plenum_rules::voting::keying::JournalLine;
use plenum_store::voting::{self, PassRow};
use plenum_testkit::{Answer, Client};
use serde_json::{Value, json};

use crate::hall::Count;

/// The only bundle, as its forms name it.
pub const BUNDLE: [(&str, &str); 1] = [("bundle", "1")];

impl Count {
    /// A form of the ballot, sent by somebody.
    pub async fn sent(&self, who: &mut Client, verb: &str, fields: &[(&str, &str)]) -> Answer {
        who.post(&self.at(&format!("/{verb}")), fields).await
    }

    /// A form of the ballot that is taken.
    pub async fn done(&self, who: &mut Client, verb: &str, fields: &[(&str, &str)]) -> Answer {
        self.sent(who, verb, fields).await.is(200)
    }

    /// A form of the ballot that is refused with this code.
    pub async fn refused(
        &self,
        who: &mut Client,
        verb: &str,
        fields: &[(&str, &str)],
        code: &str,
    ) -> Answer {
        self.sent(who, verb, fields).await.is(422).says(code)
    }

    /// A page of the ballot.
    pub async fn page(&self, who: &mut Client, rest: &str) -> Answer {
        who.get(&self.at(rest)).await.is(200)
    }

    /// The papers tied in one bundle; whoever runs the election.
    pub async fn tied(&self) -> Client {
        let mut chair = self.chair().await;
        self.done(&mut chair, "bundles", &[("size", "50")]).await;
        chair
    }

    /// Sends one ballot's keys as the page's script does.
    pub async fn key(
        &self,
        who: &mut Client,
        turn: i64,
        keys: &str,
        shown: Option<&str>,
    ) -> (u16, Value) {
        let ages = vec![0; keys.chars().count()];
        let body = json!({"turn": turn, "keys": keys, "ages": ages, "shown": shown});
        let answer = who
            .send_json(Method::POST, &self.at("/key?bundle=1"), &body)
            .await;
        (
            answer.status.as_u16(),
            serde_json::from_slice(&answer.body).unwrap_or(Value::Null),
        )
    }

    /// Takes the bundle and keys these ballots, then says it is done.
    pub async fn key_all(&self, who: &mut Client, ballots: &[&str]) {
        self.done(who, "take", &BUNDLE).await;
        for (turn, ballot) in (0..).zip(ballots) {
            let keys = format!("{ballot}=");
            let (status, answer) = self.key(who, turn, &keys, Some(ballot)).await;
            assert_eq!(status, 200, "{ballot}: {answer}");
            assert_eq!(answer["turn"], json!(turn + 1));
        }
        self.done(who, "finish", &BUNDLE).await;
    }

    /// A pass of these ballots by a teller, who is answered.
    pub async fn keyed(&self, login: &str, ballots: &[&str]) -> Client {
        let mut teller = self.teller(login).await;
        self.key_all(&mut teller, ballots).await;
        teller
    }

    /// The passes agree, or agree by now, and the count goes on from there.
    pub async fn compared(&self, chair: &mut Client) {
        self.done(chair, "compared", &[]).await;
    }

    /// The state the ballot is stored in.
    pub async fn state(&self) -> String {
        self.ballot().await.state
    }

    /// The result, where there is one.
    pub async fn outcome(&self) -> Outcome {
        let ballot = self.ballot().await;
        let resulted = ballot.facts.election.resulted().expect(&ballot.state);
        resulted.outcome.clone()
    }

    /// Every pass that was begun.
    pub async fn passes(&self) -> Vec<PassRow> {
        let mut tx = self.hall.app.db.read().await.unwrap();
        voting::passes(&mut tx, self.id).await.unwrap()
    }

    /// The keys of every bundle, pass and attempt, as stored.
    pub async fn keys(&self) -> BTreeMap<(i64, i64, i64), Vec<JournalLine>> {
        let mut tx = self.hall.app.db.read().await.unwrap();
        voting::keys(&mut tx, self.id).await.unwrap()
    }
}

/// A pass of the bundle is keyed again.
pub fn again<'a>(pass: &'a str, reason: &'a str) -> [(&'a str, &'a str); 3] {
    [BUNDLE[0], ("pass", pass), ("reason", reason)]
}

/// What the committee concludes of the second paper, which a criterion of
/// invalidity may meet.
pub fn ruling<'a>(criterion: &'a str, valid: &'a str, note: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("place", "1"),
        ("criterion", criterion),
        ("valid", valid),
        ("note", note),
    ]
}
