//! How the papers are tied, by how many people they are keyed, and the keys
//! somebody's fingers know from one bundle to the next.

use axum::http::Method;
use plenum_testkit::{Client, Scratch, on_both};
use serde_json::{Value, json};

use crate::hall::Count;

/// Sends one ballot's keys of a bundle.
async fn send(
    count: &Count,
    who: &mut Client,
    (bundle, turn): (u8, usize),
    (keys, shown): (&str, &str),
) -> (u16, Value) {
    let ages = vec![0; keys.len()];
    let body = json!({"turn": turn, "keys": keys, "ages": ages, "shown": shown});
    let address = count.at(&format!("/key?bundle={bundle}"));
    let answer = who.send_json(Method::POST, &address, &body).await;
    let read = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    (answer.status.as_u16(), read)
}

/// Takes a bundle, keys it and says it is done.
async fn key(count: &Count, who: &mut Client, bundle: u8, ballots: &[&str]) {
    let number = bundle.to_string();
    let of = [("bundle", number.as_str())];
    let _ = who.post(&count.at("/take"), &of).await.is(200);
    for (turn, ballot) in ballots.iter().enumerate() {
        let keys = format!("{ballot}=");
        let (status, answer) = send(count, who, (bundle, turn), (&keys, ballot)).await;
        assert_eq!(status, 200, "{ballot}: {answer}");
    }
    let _ = who.post(&count.at("/finish"), &of).await.is(200);
}

#[tokio::test]
async fn r51_three_people_count_where_three_are_asked_for() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 2).await;
        let mut chair = count.chair().await;
        let bundles = count.at("/bundles");
        for passes in ["1", "4", "x"] {
            let fields = [("size", "50"), ("passes", passes)];
            let _ = chair.post(&bundles, &fields).await.is(422).says("E-VOT-98");
        }
        let fields = [("size", "50"), ("passes", "3")];
        let _ = chair.post(&bundles, &fields).await.is(200);
        for who in ["an", "binh"] {
            key(&count, &mut count.teller(who).await, 1, &["45", "35"]).await;
        }
        let (mut chi, mut dung) = (count.teller("chi").await, count.teller("dung").await);
        // Two agree, and the third is still to come.
        let compared = count.at("/compared");
        let _ = chair.post(&compared, &[]).await.says("E-VOT-01");
        key(&count, &mut chi, 1, &["45", "34"]).await;
        let _ = chair.post(&compared, &[]).await.says("E-VOT-19");
        // Nobody of the three reads the paper: a fourth does.
        let page = dung.get(&count.at("/compare")).await;
        let _ = page.is(200).says("tờ thứ 2");
        let seen = "1.1-2.1-3.1";
        let paper = [
            ("bundle", "1"),
            ("slot", "1"),
            ("seen", seen),
            ("keys", "35"),
        ];
        let refused = chi.post(&count.at("/compare"), &paper).await.is(422);
        let _ = refused.says("E-VOT-18");
        let _ = dung.post(&count.at("/compare"), &paper).await.is(200);
        // Nobody reads over a reading but whoever it is of.
        let mut em = count.teller("em").await;
        let _ = em.post(&count.at("/compare"), &paper).await.is(409);
        let _ = dung.post(&count.at("/compare"), &paper).await.is(200);
        let _ = chair.post(&compared, &[]).await;
        assert_eq!(count.ballot().await.state, "resulted");
    })
    .await;
}

#[tokio::test]
async fn bundles_tied_otherwise_than_the_papers_lie_are_tied_anew() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 4).await;
        let mut chair = count.chair().await;
        let untie = count.at("/untie");
        let _ = chair.post(&untie, &[]).await.is(422).says("E-VOT-01");
        let _ = chair
            .post(&count.at("/bundles"), &[("size", "2")])
            .await
            .is(200);
        let mut an = count.teller("an").await;
        let of = [("bundle", "1")];
        let _ = an.post(&count.at("/take"), &of).await.is(200);
        let (status, _) = send(&count, &mut an, (1, 0), ("45=", "45")).await;
        assert_eq!(status, 200);
        // What somebody keyed is dropped with a reason first, and kept.
        let refused = chair.post(&untie, &[]).await.is(422);
        let _ = refused.says("còn lượt nhập chưa bỏ");
        let mine = [("bundle", "1"), ("pass", "1"), ("reason", "Chia nhầm tập")];
        let _ = an.post(&count.at("/again"), &mine).await.is(200);
        let _ = an.post(&untie, &[]).await.is(403);
        let _ = chair.post(&untie, &[]).await.is(200).says("Chia tập");
        let _ = chair
            .post(&count.at("/bundles"), &[("size", "4")])
            .await
            .is(200);
        let papers = ["45", "45", "35", "34"];
        key(&count, &mut an, 1, &papers).await;
        key(&count, &mut count.teller("binh").await, 1, &papers).await;
        let _ = chair.post(&count.at("/compared"), &[]).await;
        assert_eq!(count.ballot().await.state, "resulted");
        let journal = chair.get(&count.at("/paper/journal.pdf")).await.is(200);
        assert!(journal.body.starts_with(b"%PDF"));
    })
    .await;
}

#[tokio::test]
async fn a_key_keeps_its_ballot_in_the_next_bundle() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 6).await;
        let mut chair = count.chair().await;
        let _ = chair
            .post(&count.at("/bundles"), &[("size", "3")])
            .await
            .is(200);
        let mut an = count.teller("an").await;
        key(&count, &mut an, 1, &["45", "45", "13"]).await;
        let of = [("bundle", "2")];
        let _ = an.post(&count.at("/take"), &of).await.is(200);
        let page = an.get(&count.at("/key?bundle=2")).await.is(200);
        assert!(page.text().contains("\"patterns\":[{\"keys\":\"45\""), "F1");
        // One key for the first paper of the bundle.
        let (status, answer) = send(&count, &mut an, (2, 0), ("a", "45")).await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(answer["ballots"], 1);
        // And it is read again after the laptop died.
        let page = an.get(&count.at("/key?bundle=2")).await.is(200);
        assert!(page.text().contains("\"ballots\":1"), "{}", page.text());
        // Somebody else's fingers know nothing of it.
        let mut binh = count.teller("binh").await;
        let _ = binh.post(&count.at("/take"), &of).await.is(200);
        let page = binh.get(&count.at("/key?bundle=2")).await.is(200);
        assert!(page.text().contains("\"patterns\":[]"), "{}", page.text());
    })
    .await;
}
