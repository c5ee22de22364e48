//! Ballots keyed one by one: through the pages, by several people.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

mod bundles;
mod hall;
mod kill;

use axum::http::Method;
use hall::{Count, TODAY};
use plenum_rules::voting::ballot::Number;
use plenum_rules::voting::machine::Election;
use plenum_testkit::{Client, Scratch, on_both};
use serde_json::{Value, json};

/// Sends one ballot's keys as the page's script does.
async fn send(
    count: &Count,
    who: &mut Client,
    turn: i64,
    keys: &str,
    shown: Option<&str>,
) -> (u16, Value) {
    let ages = vec![0; keys.chars().count()];
    let body = json!({"turn": turn, "keys": keys, "ages": ages, "shown": shown});
    let answer = who
        .send_json(Method::POST, &count.at("/key?bundle=1"), &body)
        .await;
    (
        answer.status.as_u16(),
        serde_json::from_slice(&answer.body).unwrap_or(Value::Null),
    )
}

/// Takes the bundle and keys these ballots, then says it is done.
async fn key_all(count: &Count, who: &mut Client, ballots: &[&str]) {
    let _ = who
        .post(&count.at("/take"), &[("bundle", "1")])
        .await
        .is(200);
    for (turn, ballot) in (0..).zip(ballots) {
        let (status, answer) = send(count, who, turn, &format!("{ballot}="), Some(ballot)).await;
        assert_eq!(status, 200, "{ballot}: {answer}");
        assert_eq!(answer["turn"], json!(turn + 1));
    }
    let _ = who
        .post(&count.at("/finish"), &[("bundle", "1")])
        .await
        .is(200);
}

async fn tied(count: &Count) -> Client {
    let mut chair = count.chair().await;
    let _ = chair
        .post(&count.at("/bundles"), &[("size", "50")])
        .await
        .is(200);
    chair
}

#[tokio::test]
async fn two_passes_that_agree_become_the_result() {
    on_both(async |scratch: &Scratch| {
        // Five names for three seats: two struck is a full ballot.
        let count = Count::of(scratch, 5, 3, 4).await;
        let mut chair = tied(&count).await;
        let papers = ["45", "45", "35", "345"];
        key_all(&count, &mut count.teller("an").await, &papers).await;
        let _ = chair
            .post(&count.at("/compared"), &[])
            .await
            .says("E-VOT-01");
        key_all(&count, &mut count.teller("binh").await, &papers).await;
        let _ = chair.post(&count.at("/compared"), &[]).await;

        let ballot = count.ballot().await;
        let Election::Resulted(resulted) = &ballot.facts.election else {
            panic!("{}", ballot.state);
        };
        let elected: Vec<u8> = resulted
            .outcome
            .elected
            .iter()
            .copied()
            .map(Number::get)
            .collect();
        assert_eq!(
            elected,
            [1, 2],
            "three of four; number 3 has two votes of four"
        );
        assert_eq!(resulted.outcome.open, 1);
        assert_eq!(resulted.outcome.need, 3);
    })
    .await;
}

#[tokio::test]
async fn what_differs_is_read_from_the_paper_by_a_third_person() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 3).await;
        let mut chair = tied(&count).await;
        let mut an = count.teller("an").await;
        key_all(&count, &mut an, &["45", "12", "45"]).await;
        key_all(&count, &mut count.teller("binh").await, &["45", "13", "45"]).await;
        let _ = chair
            .post(&count.at("/compared"), &[])
            .await
            .says("E-VOT-19");

        let mut third = count.teller("chi").await;
        let page = third.get(&count.at("/compare")).await.is(200);
        assert!(page.text().contains("tờ thứ 2"), "{}", page.words());
        assert!(!page.text().contains("value=\"12\"") && !page.text().contains("value=\"13\""));
        let paper = [
            ("bundle", "1"),
            ("slot", "1"),
            ("seen", "1.1-2.1"),
            ("keys", "13"),
        ];
        let _ = an
            .post(&count.at("/compare"), &paper)
            .await
            .is(422)
            .says("E-VOT-18");
        let unreadable = [
            ("bundle", "1"),
            ("slot", "1"),
            ("seen", "1.1-2.1"),
            ("keys", "19"),
        ];
        let _ = third
            .post(&count.at("/compare"), &unreadable)
            .await
            .is(422)
            .says("E-VOT-11");
        let _ = third.post(&count.at("/compare"), &paper).await.is(200);
        let _ = chair.post(&count.at("/compared"), &[]).await;
        assert_eq!(count.ballot().await.state, "resulted");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_as_the_script_asks() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 1).await;
        let _ = tied(&count).await;
        let mut an = count.teller("an").await;
        let _ = an
            .post(&count.at("/take"), &[("bundle", "1")])
            .await
            .is(200);
        let odd = [
            ("/key?bundle=1", json!({"turn": "x"})),
            ("/key?bundle=1", json!([1, 2])),
            (
                "/key?bundle=one",
                json!({"turn": 0, "keys": "", "ages": []}),
            ),
            ("/key", json!({"turn": 0, "keys": "", "ages": []})),
        ];
        for (at, body) in odd {
            let answer = an.send_json(Method::POST, &count.at(at), &body).await;
            let kind = answer
                .headers
                .get("content-type")
                .unwrap()
                .to_str()
                .unwrap();
            assert!(kind.starts_with("application/json"), "{at} {body}: {kind}");
            let said: Value = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(said["error"]["code"], json!("E-API-03"), "{at} {body}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_keyed_is_erased_with_the_papers() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 2).await;
        let chair = tied(&count).await;
        let mut chair = chair.with_header("x-csrf-token", "csrf-chair");
        let (mut an, mut binh) = (count.teller("an").await, count.teller("binh").await);
        key_all(&count, &mut an, &["45", "45W"]).await;
        key_all(&count, &mut binh, &["45", "45W"]).await;
        let _ = chair.post(&count.at("/compared"), &[]).await;
        let ruled = [("place", "1"), ("criterion", "I6"), ("valid", "no")];
        let _ = an.post(&count.at("/rulings"), &ruled).await;
        count.announce().await;
        let seal = [("on", TODAY), ("reason", "Đoàn chủ tịch")];
        let _ = chair.post(&count.at("/seal"), &seal).await.is(200);
        let archive = chair.get(&count.at("/paper/archive.json")).await.is(200);
        assert!(archive.text().contains("\"struck\""));
        count.hall.pass_days(190);
        let destroy = [("on", "2025-09-15"), ("reason", "5-QĐ/ĐU")];
        let _ = chair.post(&count.at("/destroy"), &destroy).await.is(200);
        let ballot = count.ballot().await;
        let kept = serde_json::to_string(&ballot.facts).unwrap();
        assert!(!kept.contains("\"struck\""), "{kept}");
        assert!(ballot.facts.rulings.is_empty());
        assert!(
            !ballot
                .facts
                .election
                .resulted()
                .unwrap()
                .outcome
                .lines
                .is_empty()
        );
        let mut tx = count.hall.app.db.read().await.unwrap();
        let keys = plenum_store::voting::keys(&mut tx, count.id).await.unwrap();
        assert!(keys.is_empty(), "the keys are gone");
        let passes = plenum_store::voting::passes(&mut tx, count.id).await;
        assert_eq!(passes.unwrap().len(), 2, "who keyed stays");
        drop(tx);
        for gone in [
            "/paper/archive.json",
            "/paper/journal.pdf",
            "/count",
            "/compare",
        ] {
            let _ = chair.get(&count.at(gone)).await.is(410);
        }
    })
    .await;
}

#[tokio::test]
async fn a_ballot_missed_by_one_makes_only_itself_differ() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 4).await;
        let _ = tied(&count).await;
        key_all(
            &count,
            &mut count.teller("an").await,
            &["45", "12", "34", "45"],
        )
        .await;
        key_all(&count, &mut count.teller("binh").await, &["45", "34", "45"]).await;
        let page = count
            .teller("chi")
            .await
            .get(&count.at("/compare"))
            .await
            .is(200);
        assert_eq!(
            page.text().matches("name=\"slot\"").count(),
            1,
            "{}",
            page.words()
        );
        assert!(page.text().contains("(không có)"));
    })
    .await;
}

#[tokio::test]
async fn screen_and_server_cannot_differ_unseen() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 2).await;
        let _ = tied(&count).await;
        let mut an = count.teller("an").await;
        let _ = an
            .post(&count.at("/take"), &[("bundle", "1")])
            .await
            .is(200);
        let (status, answer) = send(&count, &mut an, 0, "45=", Some("35")).await;
        assert_eq!(
            (status, &answer["error"]["code"]),
            (409, &json!("E-VOT-90"))
        );
        let (status, _) = send(&count, &mut an, 0, "45=", Some("45")).await;
        assert_eq!(status, 200, "nothing of what was refused is kept");
        let (status, _) = send(&count, &mut an, 0, "45=", Some("45")).await;
        assert_eq!(status, 409, "a ballot that arrives twice is one ballot");
        let (status, answer) = send(&count, &mut an, 1, "-", None).await;
        assert_eq!(
            (status, &answer["ballots"]),
            (200, &json!(0)),
            "the last one is taken back"
        );
        let (status, answer) = send(&count, &mut an, 2, "945=", Some("45")).await;
        assert_eq!(
            (status, &answer["ballots"]),
            (200, &json!(1)),
            "an unknown number is flagged and left out"
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_keys_two_passes_of_a_bundle_and_the_committee_rules_on_an_over_vote() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 2).await;
        let mut chair = tied(&count).await;
        let mut an = count.teller("an").await;
        // The second paper strikes one name: four are left for three seats.
        key_all(&count, &mut an, &["45", "5"]).await;
        let _ = an
            .post(&count.at("/take"), &[("bundle", "1")])
            .await
            .is(422)
            .says("E-VOT-17");
        key_all(&count, &mut count.teller("binh").await, &["45", "5"]).await;
        let _ = chair.post(&count.at("/compared"), &[]).await;
        assert_eq!(count.ballot().await.state, "compared");
        let page = an.get(&count.at("/rulings")).await.is(200);
        assert!(
            page.text().contains("I2") && page.text().contains("tờ thứ 2"),
            "{}",
            page.words()
        );
        let valid = [
            ("place", "1"),
            ("criterion", "I2"),
            ("valid", "yes"),
            ("note", ""),
        ];
        let _ = an
            .post(&count.at("/rulings"), &valid)
            .await
            .is(422)
            .says("E-VOT-30");
        // Numbers that are plain leave nothing to conclude otherwise.
        let waved = [
            ("place", "1"),
            ("criterion", "I2"),
            ("valid", "yes"),
            ("note", "Cho qua"),
        ];
        let _ = an
            .post(&count.at("/rulings"), &waved)
            .await
            .is(422)
            .says("E-VOT-45");
        let invalid = [
            ("place", "1"),
            ("criterion", "I2"),
            ("valid", "no"),
            ("note", ""),
        ];
        let _ = an.post(&count.at("/rulings"), &invalid).await;
        let ballot = count.ballot().await;
        let resulted = ballot.facts.election.resulted().unwrap();
        assert_eq!(resulted.outcome.papers.valid, 1);
        assert_eq!(resulted.outcome.papers.invalid.values().sum::<u64>(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_ruling_is_changed_with_a_reason_until_two_people_confirmed_the_result() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 2).await;
        let mut chair = tied(&count).await;
        let mut an = count.teller("an").await;
        let mut binh = count.teller("binh").await;
        // The second paper was written on.
        key_all(&count, &mut an, &["45", "45W"]).await;
        key_all(&count, &mut binh, &["45", "45W"]).await;
        let _ = chair.post(&count.at("/compared"), &[]).await;
        let rule = |valid: &'static str, note: &'static str| {
            [
                ("place", "1"),
                ("criterion", "I6"),
                ("valid", valid),
                ("note", note),
            ]
        };
        let _ = an.post(&count.at("/rulings"), &rule("no", "")).await;
        assert_eq!(count.ballot().await.state, "resulted");
        let page = an.get(&count.at("/rulings")).await.is(200);
        let _ = page.says("Không hợp lệ, theo I6").says("Kết luận lại");
        let page = an.get(&count.at("")).await.is(200);
        assert!(page.text().contains("/rulings\""), "the page leads there");
        let _ = an
            .post(&count.at("/rulings"), &rule("no", ""))
            .await
            .is(422)
            .says("E-VOT-30");
        let _ = an
            .post(&count.at("/rulings"), &rule("yes", "Chỉ là vết mực in"))
            .await
            .is(200);
        let ballot = count.ballot().await;
        let resulted = ballot.facts.election.resulted().unwrap();
        assert_eq!(resulted.outcome.papers.valid, 2);
        assert_eq!(
            ballot.facts.rulings.len(),
            2,
            "the first ruling stays on record"
        );
        let page = an.get(&count.at("/rulings")).await.is(200);
        let _ = page
            .says("Không hợp lệ, theo I6")
            .says("Hợp lệ, theo I6: Chỉ là vết mực in");
        // Two people confirm; then it stands.
        let field = resulted.outcome.unconfirmed[0].field.clone();
        let settle = [("decision", "confirm"), ("parameter", field.as_str())];
        let _ = chair.post(&count.at("/settle"), &settle).await.is(200);
        for teller in [&mut an, &mut binh] {
            let page = teller.get(&count.at("")).await.is(200);
            let text = page.text();
            let start = text.find("name=\"seen\" value=\"").unwrap() + 19;
            let seen = text[start..start + 16].to_owned();
            let _ = teller
                .post(&count.at("/confirm"), &[("seen", &seen)])
                .await
                .is(200);
        }
        let _ = an
            .post(&count.at("/rulings"), &rule("no", "Đổi ý"))
            .await
            .is(422)
            .says("E-VOT-01");
        let journal = chair.get(&count.at("/paper/journal.pdf")).await.is(200);
        assert!(!journal.body.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_pass_that_is_keyed_again_keeps_what_was_keyed_before_in_the_journal() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 1).await;
        let _ = tied(&count).await;
        let mut an = count.teller("an").await;
        key_all(&count, &mut an, &["12"]).await;
        let again = [("bundle", "1"), ("pass", "1"), ("reason", "")];
        let _ = an
            .post(&count.at("/again"), &again)
            .await
            .is(422)
            .says("E-VOT-30");
        let again = [
            ("bundle", "1"),
            ("pass", "1"),
            ("reason", "Lẫn hai tập phiếu"),
        ];
        let _ = an.post(&count.at("/again"), &again).await.is(200);
        key_all(&count, &mut an, &["45"]).await;
        let mut tx = count.hall.app.db.read().await.unwrap();
        let keys = plenum_store::voting::keys(&mut tx, count.id).await.unwrap();
        assert_eq!(keys.len(), 2, "both attempts stand");
        assert_eq!(keys[&(1, 1, 1)].len(), 3);
    })
    .await;
}

#[tokio::test]
async fn the_pass_of_somebody_who_is_gone_is_dropped_with_a_reason() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 1).await;
        let chair = tied(&count).await;
        let mut chair = chair.with_header("x-csrf-token", "csrf-chair");
        let mut binh = count.teller("binh").await;
        key_all(&count, &mut count.teller("an").await, &["12"]).await;
        key_all(&count, &mut binh, &["45"]).await;
        let why = [
            ("bundle", "1"),
            ("pass", "1"),
            ("reason", "Đồng chí đã về giữa chừng"),
        ];
        let _ = binh.post(&count.at("/again"), &why).await.is(403);
        let silent = [why[0], why[1], ("reason", "")];
        let _ = chair
            .post(&count.at("/again"), &silent)
            .await
            .is(422)
            .says("E-VOT-30");
        let _ = chair.post(&count.at("/again"), &why).await.is(200);
        let mut chi = count.teller("chi").await;
        key_all(&count, &mut chi, &["45"]).await;
        // The chair who keys a pass drops nobody else's any more.
        let second = [("bundle", "1"), ("pass", "2"), ("reason", "Nhập lại")];
        let _ = binh.post(&count.at("/again"), &second).await.is(200);
        key_all(&count, &mut chair, &["45"]).await;
        let _ = chair
            .post(&count.at("/again"), &why)
            .await
            .is(422)
            .says("E-VOT-112")
            .says("chair");
        let _ = chair.post(&count.at("/compared"), &[]).await;
        assert_eq!(count.ballot().await.state, "resulted");
        let mut tx = count.hall.app.db.read().await.unwrap();
        let passes = plenum_store::voting::passes(&mut tx, count.id).await;
        let reasons: Vec<String> = passes
            .unwrap()
            .into_iter()
            .filter_map(|row| row.reason)
            .collect();
        assert_eq!(reasons, ["Đồng chí đã về giữa chừng", "Nhập lại"]);
    })
    .await;
}

#[tokio::test]
async fn ranked_ballots_have_no_tally_sheet_and_the_page_says_why() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 4).await;
        count.make_ranked().await;
        let mut an = count.teller("an").await;
        let page = an.get(&count.at("")).await.is(200);
        let page = page.says("chia tập và nhập từng phiếu");
        assert!(!page.text().contains("name=\"votes_1\""));
        let sheet = [("valid", "4"), ("votes_1", "4")];
        let _ = an
            .post(&count.at("/sheet"), &sheet)
            .await
            .is(422)
            .says("E-VOT-111");
    })
    .await;
}

#[tokio::test]
async fn a_paper_found_while_counting_is_of_the_last_bundle() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 3).await;
        let mut chair = tied(&count).await;
        let mut an = count.teller("an").await;
        key_all(&count, &mut an, &["45", "45", "45"]).await;
        let found = [
            ("present", "4"),
            ("issued", "4"),
            ("printed", "4"),
            ("returned", "4"),
            ("reason", "Sót một phiếu trong hòm"),
        ];
        let _ = chair.post(&count.at("/correct"), &found).await.is(200);
        let again = [("bundle", "1"), ("pass", "1"), ("reason", "Thêm một phiếu")];
        let _ = an.post(&count.at("/again"), &again).await.is(200);
        let papers = ["45", "45", "45", "12"];
        key_all(&count, &mut an, &papers).await;
        key_all(&count, &mut count.teller("binh").await, &papers).await;
        let _ = chair.post(&count.at("/compared"), &[]).await;
        let ballot = count.ballot().await;
        let resulted = ballot.facts.election.resulted().expect(&ballot.state);
        assert_eq!(resulted.outcome.papers.valid, 4);
    })
    .await;
}

#[tokio::test]
async fn nobody_reads_one_pass_while_another_is_keyed() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 1).await;
        let mut chair = tied(&count).await;
        key_all(&count, &mut count.teller("an").await, &["45"]).await;
        let _ = chair.get(&count.at("/paper/journal.pdf")).await.is(403);
        // A screen that shows another number of ballots than the server has.
        let mut binh = count.teller("binh").await;
        let _ = binh
            .post(&count.at("/take"), &[("bundle", "1")])
            .await
            .is(200);
        let body =
            json!({"turn": 0, "keys": "45=", "ages": [0, 0, 0], "shown": "45", "ballots": 2});
        let answer = binh
            .send_json(Method::POST, &count.at("/key?bundle=1"), &body)
            .await;
        assert_eq!(answer.status.as_u16(), 409);
        // No more than twice the papers of the bundle.
        for (turn, status) in [(0, 200), (1, 200), (2, 422)] {
            let (got, _) = send(&count, &mut binh, turn, "45=", Some("45")).await;
            assert_eq!(got, status, "ballot {turn}");
        }
    })
    .await;
}
