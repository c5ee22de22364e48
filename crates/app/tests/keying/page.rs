//! The page ballots are keyed on: what its script sends is read with care, and it
//! says what is counted another way.

use axum::http::Method;
use plenum_testkit::{Scratch, on_both};
use serde_json::{Value, json};

use crate::hall::Count;
use crate::steps::BUNDLE;

#[tokio::test]
async fn what_cannot_be_read_is_answered_as_the_script_asks() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 1).await;
        count.tied().await;
        let mut an = count.teller("an").await;
        count.done(&mut an, "take", &BUNDLE).await;
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
async fn screen_and_server_cannot_differ_unseen() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 2).await;
        count.tied().await;
        let mut an = count.teller("an").await;
        count.done(&mut an, "take", &BUNDLE).await;
        let (status, answer) = count.key(&mut an, 0, "45=", Some("35")).await;
        assert_eq!(
            (status, &answer["error"]["code"]),
            (409, &json!("E-VOT-90"))
        );
        let (status, _) = count.key(&mut an, 0, "45=", Some("45")).await;
        assert_eq!(status, 200, "nothing of what was refused is kept");
        let (status, _) = count.key(&mut an, 0, "45=", Some("45")).await;
        assert_eq!(status, 409, "a ballot that arrives twice is one ballot");
        let (status, answer) = count.key(&mut an, 1, "-", None).await;
        assert_eq!(
            (status, &answer["ballots"]),
            (200, &json!(0)),
            "the last one is taken back"
        );
        let (status, answer) = count.key(&mut an, 2, "945=", Some("45")).await;
        assert_eq!(
            (status, &answer["ballots"]),
            (200, &json!(1)),
            "an unknown number is flagged and left out"
        );
    })
    .await;
}

#[tokio::test]
async fn ranked_ballots_have_no_tally_sheet_and_the_page_says_why() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 4).await;
        count.make_ranked().await;
        let mut an = count.teller("an").await;
        let page = count.page(&mut an, "").await;
        let page = page.says("chia tập và nhập từng phiếu");
        // The program's rules are not those it opened with: it keeps its own.
        let page = page.says("Quy chế đã bị sửa sau khi bắt đầu");
        assert!(!page.text().contains("name=\"votes_1\""));
        let sheet = [("valid", "4"), ("votes_1", "4")];
        count.refused(&mut an, "sheet", &sheet, "E-VOT-111").await;
    })
    .await;
}
