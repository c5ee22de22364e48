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
            let _ = world.at_hall(verb, &DIRECT).await.is(422).says(code);
        }
        let votes = ["39", "38", "37", "36", "35", "15"];
        let page = world
            .elect("committee", (5, &[1, 2, 3, 4, 5, 6]), ("40", &votes))
            .await;
        let _ = page.says("Trúng cử 5/5");
        let page = world.elections().await;
        let page = page.says("Trước đó phải lấy phiếu giới thiệu");
        assert!(page.text().contains("/elections/hall/introduction"));
        let _ = world.at_hall("begin", &DIRECT).await.is(422).says("E-VOT-40");
        let page = world.at_hall("introduction", &DIRECT).await.is(200);
        let page = page.says("Lấy phiếu giới thiệu: Bí thư bầu trực tiếp tại đại hội");
        let asked = bare(&page.address);
        let _ = world.at_hall("introduction", &DIRECT).await.is(422).says("E-VOT-01");
        let paper = [DIRECT[0], ("reason", "Biên bản số 4")];
        let _ = world.at_hall("introduce", &paper).await.is(422).says("E-VOT-01");
        let _ = world.run(&asked, "close-names", &[]).await.is(422).says("E-VOT-48");
        // Only members of the new committee are introduced.
        world.nominate(&asked, &[1, 2, 6]).await;
        let page = world.run(&asked, "close-names", &[]).await.is(422);
        let _ = page.says("E-VOT-35").says("E-VOT-60");
        let six = world.id(6);
        let _ = world
            .run(&asked, "nomination", &[("person", &six), ("change", "remove")])
            .await
            .is(200);
        let _ = world.run(&asked, "close-names", &[]).await.is(200);
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
        let (chair, begin) = (world.chair, "begin");
        let page = world.get(chair, &asked).await.is(200);
        let page = page.says(
            "Thứ tự theo phiếu giới thiệu: Lê Thị Bình 24 phiếu (60,00 %); Trần Văn An 15 phiếu (37,50 %). Chỉ để đại hội tham khảo, không bầu ai.",
        );
        assert!(!page.words().contains("Không đủ phiếu"), "nothing is needed");
        let _ = world.elections().await.says("Đã lấy phiếu giới thiệu");
        // Its order is shown, and the congress elects whom it elects.
        let page = world.at_hall(begin, &DIRECT).await.is(200);
        let page = page.says("Thứ tự theo phiếu giới thiệu Lê Thị Bình 24 phiếu (60,00 %)");
        let page = page.says("không quyết định danh sách bầu");
        let at = bare(&page.address);
        let _ = world.run(&asked, "annul", &[("reason", "x")]).await.is(422).says("E-VOT-92");
        world.nominate(&at, &[1]).await;
        let page = world.elect_listed(&at, ("40", &["30"])).await;
        let _ = page.says("Trúng cử 1/1: Trần Văn An (cần 21 phiếu trên 40)");
        // The committee's meeting goes on from there.
        let meeting = [("body", "meeting"), ("convened", "5"), ("present", "5")];
        let _ = world.at_hall("attend", &meeting).await.is(200);
        let _ = world.at_hall("skip", &[("office", "standing_committee")]).await.is(200);
        let page = world.elect("deputy_secretaries", (1, &[2]), ("5", &["5"])).await;
        let _ = page.says("Trúng cử 1/1: Lê Thị Bình (cần 3 phiếu trên 5)");
    })
    .await;
}

#[tokio::test]
async fn an_introduction_ballot_counted_on_paper_names_its_minutes() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, true).await;
        let votes = ["39", "38", "37", "36", "35", "15"];
        let _ = world
            .elect("committee", (5, &[1, 2, 3, 4, 5, 6]), ("40", &votes))
            .await;
        let empty = [DIRECT[0], ("reason", " ")];
        let _ = world
            .at_hall("introduce", &empty)
            .await
            .is(422)
            .says("E-VOT-30");
        let paper = [DIRECT[0], ("reason", "Biên bản số 4, 03/3/2025")];
        let page = world.at_hall("introduce", &paper).await.is(200);
        let _ = page.says("Phiếu giới thiệu kiểm trên giấy: Biên bản số 4, 03/3/2025");
        let _ = world
            .at_hall("introduction", &DIRECT)
            .await
            .is(422)
            .says("E-VOT-01");
        let page = world.at_hall("begin", &DIRECT).await.is(200);
        let _ = page.says("Phiếu giới thiệu kiểm trên giấy: Biên bản số 4, 03/3/2025");
    })
    .await;
}

#[tokio::test]
async fn a_void_introduction_ballot_is_held_again() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, true).await;
        let votes = ["39", "38", "37", "36", "35", "15"];
        let _ = world
            .elect("committee", (5, &[1, 2, 3, 4, 5, 6]), ("40", &votes))
            .await;
        let page = world.at_hall("introduction", &DIRECT).await.is(200);
        let asked = bare(&page.address);
        world.nominate(&asked, &[1]).await;
        let _ = world.run(&asked, "close-names", &[]).await.is(200);
        world.vote_of(&asked, "40").await;
        let sheet = [("valid", "40"), ("votes_1", "30"), ("against_1", "10")];
        world.count(&asked, &sheet).await;
        world.confirm(&asked).await;
        let again = world
            .run(&asked, "annul", &[("reason", "In sai tên")])
            .await
            .is(200);
        assert_ne!(bare(&again.address), asked);
        let page = world.elections().await;
        let _ = page.says("Trước đó phải lấy phiếu giới thiệu");
        let _ = world
            .at_hall("begin", &DIRECT)
            .await
            .is(422)
            .says("E-VOT-40");
    })
    .await;
}
