//! The trial: the congress elects the secretary, after an introduction ballot.

use plenum_testkit::on_both;

use crate::world::{World, bare};

const DIRECT: [(&str, &str); 1] = [("office", "direct_secretary")];

#[tokio::test]
async fn the_congress_elects_the_secretary_after_an_introduction_ballot() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, true).await;
        // Neither the ballot nor what comes before it, early.
        for (verb, code) in [("introduction", "E-VOT-26"), ("begin", "E-VOT-26")] {
            world.refused_at_hall(verb, &DIRECT, code).await;
        }
        world.committee_of_five().await;
        let page = world.elections().await;
        let page = page.says("Trước đó phải lấy phiếu giới thiệu");
        assert!(page.text().contains("/elections/hall/introduction"));
        world.begin_refused("direct_secretary", "E-VOT-40").await;
        let page = world.done_at_hall("introduction", &DIRECT).await;
        let page = page.says("Lấy phiếu giới thiệu: Bí thư");
        let asked = bare(&page.address);
        world
            .refused_at_hall("introduction", &DIRECT, "E-VOT-01")
            .await;
        let paper = [DIRECT[0], ("reason", "Biên bản số 4")];
        world.refused_at_hall("introduce", &paper, "E-VOT-01").await;
        world.refused(&asked, "close-names", &[], "E-VOT-48").await;
        // Only members of the new committee are introduced.
        world.nominate(&asked, &[1, 2, 6]).await;
        let page = world.run(&asked, "close-names", &[]).await.is(422);
        let _ = page.says("E-VOT-35").says("E-VOT-60");
        let _ = world.renominate(&asked, 6, "remove").await.is(200);
        world.done(&asked, "close-names", &[]).await;
        world.vote_of(&asked, "40").await;
        let sheet = [
            ("valid", "40"),
            ("votes_1", "15"),
            ("against_1", "25"),
            ("votes_2", "24"),
            ("against_2", "16"),
        ];
        world.count(&asked, &sheet).await;
        world.confirm(&asked).await;
        let page = world.page(&asked).await;
        let page = page.says(
            "Thứ tự theo phiếu giới thiệu: Lê Thị Bình 24 phiếu (60,00 %); \
             Trần Văn An 15 phiếu (37,50 %). Chỉ để đại hội tham khảo, không bầu ai.",
        );
        assert!(
            !page.words().contains("Không đủ phiếu"),
            "nothing is needed"
        );
        let _ = world.elections().await.says("Đã lấy phiếu giới thiệu");
        // Its order is shown, and the congress elects whom it elects.
        let page = world.done_at_hall("begin", &DIRECT).await;
        let page = page.says("Thứ tự theo phiếu giới thiệu Lê Thị Bình 24 phiếu (60,00 %)");
        let page = page.says("không quyết định danh sách bầu");
        let at = bare(&page.address);
        world.nominate(&at, &[1]).await;
        let page = world.elect_listed(&at, ("40", &["30"])).await;
        let _ = page.says("Trúng cử 1/1: Trần Văn An (cần 21 phiếu trên 40)");
        let void = [("reason", "x")];
        world
            .refused_to("quan", &asked, "annul", &void, "E-VOT-92")
            .await;
        // The committee's meeting goes on from there.
        let _ = world.meet("5").await.is(200);
        world.skipped("standing_committee").await;
        let page = world
            .elect("deputy_secretaries", (1, &[2]), ("5", &["5"]))
            .await;
        let _ = page.says("Trúng cử 1/1: Lê Thị Bình (cần 3 phiếu trên 5)");
    })
    .await;
}

#[tokio::test]
async fn an_introduction_ballot_counted_on_paper_names_its_minutes() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, true).await;
        world.committee_of_five().await;
        let empty = [DIRECT[0], ("reason", " ")];
        world.refused_at_hall("introduce", &empty, "E-VOT-30").await;
        let paper = [DIRECT[0], ("reason", "Biên bản số 4, 03/3/2025")];
        let page = world.done_at_hall("introduce", &paper).await;
        let _ = page.says("Phiếu giới thiệu kiểm trên giấy: Biên bản số 4, 03/3/2025");
        world
            .refused_at_hall("introduction", &DIRECT, "E-VOT-01")
            .await;
        let page = world.done_at_hall("begin", &DIRECT).await;
        let _ = page.says("Phiếu giới thiệu kiểm trên giấy: Biên bản số 4, 03/3/2025");
    })
    .await;
}

#[tokio::test]
async fn a_void_introduction_ballot_is_held_again() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, true).await;
        world.committee_of_five().await;
        let asked = world.introduced(1).await;
        let sheet = [("valid", "40"), ("votes_1", "30"), ("against_1", "10")];
        world.count(&asked, &sheet).await;
        world.confirm(&asked).await;
        let again = world
            .done_by("quan", &asked, "annul", &[("reason", "In sai tên")])
            .await;
        assert_ne!(bare(&again.address), asked);
        let page = world.elections().await;
        let _ = page.says("Trước đó phải lấy phiếu giới thiệu");
        world.begin_refused("direct_secretary", "E-VOT-40").await;
    })
    .await;
}
