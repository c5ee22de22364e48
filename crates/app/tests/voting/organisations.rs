//! Organisations other than the Party elect through the same pages, by rules of
//! their own.

use plenum_testkit::on_both;

use crate::steps::sheet;
use crate::world::{ROSTER, World};

/// Set up, people entered, 28 of 31 present at the congress of this form.
async fn assembled(world: &mut World, body: &str) {
    let _ = world.set_up("31", &[]).await.is(200);
    world.enter(&ROSTER.replace("; C", "; BC")).await;
    let attended = [("body", body), ("convened", "31"), ("present", "28")];
    world.done_at_hall("attend", &attended).await;
}

#[tokio::test]
async fn a_youth_union_counts_by_ballots_collected_and_holds_two_ballots_at_most() {
    on_both(async |scratch| {
        let mut world = World::of("vn-youth-union", scratch, "2023-03-02").await;
        assembled(&mut world, "member_congress").await;
        let at = world.approved("committee", 3, &[1, 2, 3, 4]).await;
        world.vote(&at).await;
        // More than half of the 28 collected: 15. The Party's branch would need
        // 16 of its 30.
        world
            .hear(&at, &sheet("28", &["20", "15", "14", "10"]))
            .await;
        let page = world.page(&at).await;
        let page = page.says("Trúng cử 2/3").says("cần 15 phiếu trên 28");
        let _ = page.says("Còn thiếu 1 người");
        let minutes = world.printed(&at, "minutes.pdf").await;
        assert!(
            minutes.contains("ĐOÀN TNCS HỒ CHÍ MINH") && !minutes.contains("ĐẢNG CỘNG SẢN"),
            "{minutes}"
        );
        assert!(minutes.contains("đoàn viên chính thức"), "{minutes}");
        world.decided(&at, "further").await;
        let second = world.further(&at).await;
        world.hold(&second, &sheet("28", &["14", "13"])).await;
        let page = world.page(&second).await;
        let _ = page
            .says("Không có người trúng cử")
            .says("Đã hết số lần bầu: còn thiếu 1 người");
        world.refused(&second, "further", &[], "E-VOT-01").await;
    })
    .await;
}

#[tokio::test]
async fn a_federation_counts_by_valid_ballots_and_draws_lots() {
    on_both(async |scratch| {
        let mut world = World::of("union", scratch, "2023-03-02").await;
        (world.unit, world.chair, world.tellers) = ("TH", "dangbo", ["dem1", "dem2"]);
        assembled(&mut world, "delegate_congress").await;
        let at = world.approved("chair", 1, &[1]).await;
        world.vote(&at).await;
        // Of 24 valid ballots 13 are needed, whatever came back.
        let counted = [
            ("valid", "24"),
            ("invalid_1", "4"),
            ("votes_1", "13"),
            ("against_1", "11"),
        ];
        world.hear(&at, &counted).await;
        let page = world.page(&at).await;
        let _ = page.says("Trúng cử 1/1").says("cần 13 phiếu trên 24");
        let minutes = world.printed(&at, "minutes.pdf").await;
        assert!(!minutes.contains("CỘNG SẢN"), "{minutes}");
        // Two tie for the second seat, and the lot falls on the third name.
        let at = world.approved("board", 2, &[2, 3, 4]).await;
        world.vote(&at).await;
        world.counted(&at, &["20", "15", "15"]).await;
        let page = world.page(&at).await;
        let _ = page.says("Rút thăm chọn 1 người");
        let lot = [("decision", "lot"), ("tied", "2,3"), ("drawn", "3")];
        world.done(&at, "settle", &lot).await;
        world.confirm(&at).await;
        let page = world.page(&at).await;
        let _ = page.says("Trúng cử 2/2").says("Huỳnh Thu Dung");
    })
    .await;
}
