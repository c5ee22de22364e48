//! Two passes over a bundle, by two people: where they agree they are the
//! result, where they differ a third reads the paper.

use axum::http::Method;
use plenum_rules::voting::ballot::Number;
use plenum_rules::voting::machine::Election;
use plenum_testkit::{Scratch, on_both};
use serde_json::json;

use crate::hall::Count;
use crate::steps::BUNDLE;

#[tokio::test]
async fn two_passes_that_agree_become_the_result() {
    on_both(async |scratch: &Scratch| {
        // Five names for three seats: two struck is a full ballot.
        let count = Count::of(scratch, 5, 3, 4).await;
        let mut chair = count.tied().await;
        let papers = ["45", "45", "35", "345"];
        count.keyed("an", &papers).await;
        count.refused(&mut chair, "compared", &[], "E-VOT-01").await;
        count.keyed("binh", &papers).await;
        count.compared(&mut chair).await;

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
        let mut chair = count.tied().await;
        let mut an = count.keyed("an", &["45", "12", "45"]).await;
        count.keyed("binh", &["45", "13", "45"]).await;
        count.refused(&mut chair, "compared", &[], "E-VOT-19").await;

        let mut third = count.teller("chi").await;
        let page = count.page(&mut third, "/compare").await;
        assert!(page.text().contains("tờ thứ 2"), "{}", page.words());
        assert!(!page.text().contains("value=\"12\"") && !page.text().contains("value=\"13\""));
        let read = |keys: &'static str| {
            [
                BUNDLE[0],
                ("slot", "1"),
                ("seen", "1.1-2.1"),
                ("keys", keys),
            ]
        };
        let paper = read("13");
        count.refused(&mut an, "compare", &paper, "E-VOT-18").await;
        let unreadable = read("19");
        count
            .refused(&mut third, "compare", &unreadable, "E-VOT-11")
            .await;
        count.done(&mut third, "compare", &paper).await;
        count.compared(&mut chair).await;
        assert_eq!(count.state().await, "resulted");
    })
    .await;
}

#[tokio::test]
async fn a_ballot_missed_by_one_makes_only_itself_differ() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 4).await;
        count.tied().await;
        count.keyed("an", &["45", "12", "34", "45"]).await;
        count.keyed("binh", &["45", "34", "45"]).await;
        let mut third = count.teller("chi").await;
        let page = count.page(&mut third, "/compare").await;
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
async fn nobody_reads_one_pass_while_another_is_keyed() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 1).await;
        let mut chair = count.tied().await;
        count.keyed("an", &["45"]).await;
        let _ = chair.get(&count.at("/paper/journal.pdf")).await.is(403);
        // A screen that shows another number of ballots than the server has.
        let mut binh = count.teller("binh").await;
        count.done(&mut binh, "take", &BUNDLE).await;
        let body =
            json!({"turn": 0, "keys": "45=", "ages": [0, 0, 0], "shown": "45", "ballots": 2});
        let answer = binh
            .send_json(Method::POST, &count.at("/key?bundle=1"), &body)
            .await;
        assert_eq!(answer.status.as_u16(), 409);
        // No more than twice the papers of the bundle.
        for (turn, status) in [(0, 200), (1, 200), (2, 422)] {
            let (got, _) = count.key(&mut binh, turn, "45=", Some("45")).await;
            assert_eq!(got, status, "ballot {turn}");
        }
    })
    .await;
}
