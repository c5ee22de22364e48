//! Who sees an election and who takes part in it.

use plenum_testkit::on_both;

use crate::steps::returned;
use crate::world::{S, World};

#[tokio::test]
async fn elections_are_their_own_units_business() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.approved("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.hand_out(&at, &[("printed", "30")]).await;
        for (who, status) in [
            ("khac", 403),
            ("manhinh", 403),
            ("thanhtra", 200),
            ("kiem1", 200),
        ] {
            let _ = world.get(who, &at).await.is(status);
        }
        // The hall's screen shows the result and leads nowhere else.
        let wall = format!("{at}/wall");
        let page = world.get("manhinh", &wall).await.is(200);
        assert!(
            !page.text().contains(&format!("href=\"{at}\"")),
            "{}",
            page.text()
        );
        let _ = world.get("kiem1", &wall).await.is(200);
        let _ = world.get("khac", &wall).await.is(403);
        world.forbidden("manhinh", &at, "announce", &[]).await;
        // A teller counts and does not lead; the auditor changes nothing.
        world
            .forbidden("kiem1", &at, "annul", &[("reason", "x")])
            .await;
        let papers = returned("28", "28", "28");
        world.forbidden("thanhtra", &at, "close", &papers).await;
        world.forbidden("khac", &at, "close", &papers).await;
        let void = [("reason", "In sai tên")];
        let again = world.done(&at, "annul", &void).await;
        let _ = again.says("Trần Văn An").says("Lập danh sách");
        let _ = world.page(&at).await.says("Hủy kết quả");
    })
    .await;
}

#[tokio::test]
async fn a_teller_finds_the_count_from_home() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let home = world.get("kiem1", "/").await.is(200);
        assert!(
            home.text()
                .contains("/s/hoa-binh-2020/elections?unit=TH-01"),
            "{}",
            home.text()
        );
        let _ = world
            .get("kiem1", &format!("{S}/progress?unit=TH-01"))
            .await
            .is(403);
    })
    .await;
}
