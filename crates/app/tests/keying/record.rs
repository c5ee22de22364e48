//! What stays on record of passes that are keyed again, dropped or erased.

use plenum_testkit::{Scratch, on_both};

use crate::hall::{Count, TODAY};
use crate::steps::{again, ruling};

#[tokio::test]
async fn what_was_keyed_is_erased_with_the_papers() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 2).await;
        let chair = count.tied().await;
        let mut chair = chair.with_header("x-csrf-token", "csrf-chair");
        let mut an = count.keyed("an", &["45", "45W"]).await;
        count.keyed("binh", &["45", "45W"]).await;
        count.compared(&mut chair).await;
        let ruled = ruling("I6", "no", "");
        count.done(&mut an, "rulings", &ruled).await;
        count.announce().await;
        let seal = [("on", TODAY), ("reason", "Đoàn chủ tịch")];
        count.done(&mut chair, "seal", &seal).await;
        let archive = count.page(&mut chair, "/paper/archive.json").await;
        assert!(archive.text().contains("\"struck\""));
        count.hall.pass_days(190);
        let destroy = [("on", "2025-09-15"), ("reason", "5-QĐ/ĐU")];
        count.done(&mut chair, "destroy", &destroy).await;
        let ballot = count.ballot().await;
        let kept = serde_json::to_string(&ballot.facts).unwrap();
        assert!(!kept.contains("\"struck\""), "{kept}");
        assert!(ballot.facts.rulings.is_empty());
        assert!(!count.outcome().await.lines.is_empty());
        assert!(count.keys().await.is_empty(), "the keys are gone");
        assert_eq!(count.passes().await.len(), 2, "who keyed stays");
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
async fn a_pass_that_is_keyed_again_keeps_what_was_keyed_before_in_the_journal() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 1).await;
        count.tied().await;
        let mut an = count.keyed("an", &["12"]).await;
        let silent = again("1", "");
        count.refused(&mut an, "again", &silent, "E-VOT-30").await;
        let mixed_up = again("1", "Lẫn hai tập phiếu");
        count.done(&mut an, "again", &mixed_up).await;
        count.key_all(&mut an, &["45"]).await;
        let keys = count.keys().await;
        assert_eq!(keys.len(), 2, "both attempts stand");
        assert_eq!(keys[&(1, 1, 1)].len(), 3);
    })
    .await;
}

#[tokio::test]
async fn the_pass_of_somebody_who_is_gone_is_dropped_with_a_reason() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 1).await;
        let chair = count.tied().await;
        let mut chair = chair.with_header("x-csrf-token", "csrf-chair");
        count.keyed("an", &["12"]).await;
        let mut binh = count.keyed("binh", &["45"]).await;
        let why = again("1", "Đồng chí đã về giữa chừng");
        let _ = count.sent(&mut binh, "again", &why).await.is(403);
        let silent = again("1", "");
        count
            .refused(&mut chair, "again", &silent, "E-VOT-30")
            .await;
        count.done(&mut chair, "again", &why).await;
        count.keyed("chi", &["45"]).await;
        // The chair who keys a pass drops nobody else's any more.
        let second = again("2", "Nhập lại");
        count.done(&mut binh, "again", &second).await;
        count.key_all(&mut chair, &["45"]).await;
        let page = count.refused(&mut chair, "again", &why, "E-VOT-112").await;
        let _ = page.says("chair");
        count.compared(&mut chair).await;
        assert_eq!(count.state().await, "resulted");
        let passes = count.passes().await.into_iter();
        let reasons: Vec<String> = passes.filter_map(|row| row.reason).collect();
        assert_eq!(reasons, ["Đồng chí đã về giữa chừng", "Nhập lại"]);
    })
    .await;
}

#[tokio::test]
async fn a_paper_found_while_counting_is_of_the_last_bundle() {
    on_both(async |scratch: &Scratch| {
        let count = Count::of(scratch, 5, 3, 3).await;
        let mut chair = count.tied().await;
        let mut an = count.keyed("an", &["45", "45", "45"]).await;
        let found = [
            ("present", "4"),
            ("issued", "4"),
            ("printed", "4"),
            ("returned", "4"),
            ("reason", "Sót một phiếu trong hòm"),
            // Four were convened, as is recorded by now.
            ("anew", "yes"),
        ];
        let before = &found[..5];
        count
            .refused(&mut chair, "correct", before, "E-VOT-06")
            .await;
        count.done(&mut chair, "correct", &found).await;
        let one_more = again("1", "Thêm một phiếu");
        count.done(&mut an, "again", &one_more).await;
        let papers = ["45", "45", "45", "12"];
        count.key_all(&mut an, &papers).await;
        count.keyed("binh", &papers).await;
        count.compared(&mut chair).await;
        assert_eq!(count.outcome().await.papers.valid, 4);
    })
    .await;
}
