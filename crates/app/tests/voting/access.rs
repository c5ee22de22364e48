//! Who sees an election and who takes part in it.

use plenum_testkit::on_both;

use crate::steps::{returned, sheet};
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

#[tokio::test]
async fn r27_only_the_accounts_named_for_a_ballot_count_it() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        // The secretary who runs the election stands in it.
        let known = std::mem::take(&mut world.ids);
        world
            .enter("Nguyễn Thị bithu; 04/04/1974; 19/05/1999; C")
            .await;
        world.ids.splice(..0, known);
        let at = world.approved("branch_committee", 3, &[1, 2, 3, 14]).await;
        world.done(&at, "print", &[]).await;
        let page = world.page(&at).await;
        let page = page.says("Nguyễn Thị bithu (bithu) – trùng tên người trong danh sách bầu");
        let ticked = |who: &str| format!("name=\"account_{who}\" value=\"yes\" checked");
        assert!(page.text().contains(&ticked("kiem1")));
        assert!(!page.text().contains(&ticked("bithu")));
        let page = world
            .refused(&at, "hand-out", &[("account_bithu", "yes")], "E-VOT-43")
            .await;
        let _ = page.says("R27");
        let elsewhere = [("account_khac", "yes")];
        world.refused(&at, "hand-out", &elsewhere, "E-VOT-68").await;
        let one = [("account_kiem1", "yes")];
        world.refused(&at, "hand-out", &one, "E-VOT-133").await;
        // A namesake is another person where whoever leads says so.
        let namesake = [one[0], ("account_bithu", "yes"), ("namesakes", "yes")];
        world.done(&at, "hand-out", &namesake).await;
        let only = [("account_kiem1", "yes"), ("account_kiem2", "yes")];
        let why = ("reason", "Đồng chí bí thư ứng cử");
        world.done(&at, "counters", &[only[0], only[1], why]).await;
        let papers = returned("28", "28", "28");
        world
            .refused_to("bithu", &at, "close", &papers, "E-VOT-129")
            .await;
        world.done_by("kiem1", &at, "close", &papers).await;
        let counted = sheet("28", &["27", "20", "18", "10"]);
        world.done_by("kiem1", &at, "sheet", &counted).await;
        let two = only;
        world
            .refused_to("bithu", &at, "sheet", &counted, "E-VOT-129")
            .await;
        world.forbidden("kiem1", &at, "counters", &two).await;
        world.refused(&at, "counters", &two, "E-VOT-30").await;
        world.refused(&at, "counters", &[why], "E-VOT-133").await;
        world.done_by("kiem2", &at, "sheet", &counted).await;
        world.settle_all(&at).await;
        let seen = world.mark("kiem1", &at).await;
        let seen = [("seen", seen.as_str())];
        world
            .refused_to("bithu", &at, "confirm", &seen, "E-VOT-129")
            .await;
        for who in ["kiem1", "kiem2"] {
            world.done_by(who, &at, "confirm", &seen).await;
        }
        let late = [two[0], why];
        world.refused(&at, "counters", &late, "E-VOT-01").await;
        let log = world.get("thanhtra", "/audit.csv").await.is(200);
        let _ = log.says("Đổi tài khoản kiểm phiếu bầu Chi ủy tại Chi bộ 1");
    })
    .await;
}
