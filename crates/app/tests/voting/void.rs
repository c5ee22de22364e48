//! Ballots made void: by whom, what falls with them, and what stays.

use plenum_testkit::on_both;

use crate::steps::sheet;
use crate::world::{World, bare};

#[tokio::test]
async fn what_the_hall_has_heard_only_the_superior_makes_void() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        // The fourth line is left empty.
        world.hear(&at, &sheet("28", &["20", "19", "18"])).await;
        let _ = world.elections().await.says("đã xong 1/4 phần bầu");
        let why = [("reason", "15-QĐ/ĐU: sai quy trình")];
        let confirmed = "Kết quả đã được xác nhận trên máy bởi: Nguyễn Thị kiem1, Nguyễn Thị kiem2";
        let minutes = world.printed(&at, "minutes.pdf").await;
        assert!(minutes.contains(confirmed), "{minutes}");
        world.forbidden("bithu", &at, "annul", &why).await;
        let again = world.done_by("phuong", &at, "annul", &why).await;
        assert_ne!(bare(&again.address), at);
        let page = world.elections().await;
        let _ = page.says("đã xong 0/4 phần bầu").says("Đang bầu, lần 1");
        // Its papers stay to be read, and say so.
        for file in ["minutes.pdf", "result.pdf"] {
            let said = world.printed(&at, file).await;
            let void = "LẦN BẦU NÀY ĐÃ BỊ HỦY: 15-QĐ/ĐU: sai quy trình.";
            assert!(said.contains(void), "{said}");
        }
        let archive = format!("{at}/paper/archive.json");
        let _ = world.get("bithu", &archive).await.is(200).says("(đã hủy)");
    })
    .await;
}

#[tokio::test]
async fn minutes_before_two_have_confirmed_say_so() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.counted(&at, &["27", "20", "18", "10"]).await;
        world.chair = "kiem1";
        let minutes = world.printed(&at, "minutes.pdf").await;
        assert!(minutes.contains("BẢN CHƯA XÁC NHẬN"), "{minutes}");
    })
    .await;
}

#[tokio::test]
async fn a_void_ballot_takes_the_lists_on_its_result_with_it() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        let secretary = world.listed("branch_secretary", 1, &[1]).await;
        let why = [("reason", "15-QĐ/ĐU: sai quy trình")];
        let again = world.done_by("phuong", &at, "annul", &why).await;
        let again = bare(&again.address);
        let page = world.page(&secretary).await;
        let page = page.says("Hủy kết quả");
        assert!(
            !page.text().contains("/approve\""),
            "nothing more is done to it"
        );
        let page = world.elections().await;
        let page = page
            .says("đã xong 0/4 phần bầu")
            .says("Bí thư chi bộ Chưa bầu");
        assert!(!page.text().contains("Trúng cử: Trần Văn An"));
        world.begin_refused("branch_secretary", "E-VOT-26").await;
        // A run-off that was being made falls as well, and rounds are counted anew.
        world.approve(&again, true).await;
        world.vote(&again).await;
        world
            .hear(&again, &sheet("28", &["25", "20", "18", "18"]))
            .await;
        let run_off = world.further(&again).await;
        let _ = world.elections().await.says("Đang bầu, lần 2");
        world.done_by("phuong", &again, "annul", &why).await;
        let _ = world.page(&run_off).await.says("Hủy kết quả");
        let _ = world.elections().await.says("Đang bầu, lần 1");
    })
    .await;
}

#[tokio::test]
async fn an_introduction_falls_with_the_committee_it_was_from() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, true).await;
        let committee = bare(&world.committee_of_five().await.address);
        let asked = world.introduced(1).await;
        let void = [("reason", "Quyết định 3-QĐ/QU")];
        // A ballot people have voted in stands on the committee.
        world
            .refused_to("quan", &committee, "annul", &void, "E-VOT-92")
            .await;
        let again = world.done(&asked, "annul", &void).await;
        let again = bare(&again.address);
        let page = world.elections().await;
        let _ = page.says("Trước đó phải lấy phiếu giới thiệu");
        world.done(&again, "annul", &void).await;
        let paper = [("office", "direct_secretary"), ("reason", "Biên bản số 4")];
        world.done_at_hall("introduce", &paper).await;
        // Counted on paper it is forgotten with the committee.
        world.done_by("quan", &committee, "annul", &void).await;
        let page = world.elections().await;
        let _ = page.says("Trước đó phải lấy phiếu giới thiệu");
    })
    .await;
}

#[tokio::test]
async fn the_papers_of_a_void_ballot_are_sealed_and_reported_to_nobody() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        let void = [("reason", "In thiếu một tên")];
        world.done(&at, "annul", &void).await;
        let page = world.page(&at).await;
        assert!(page.text().contains("/seal"), "its papers are kept");
        assert!(!page.text().contains("/report"), "nobody was elected");
        let seal = [("on", "2020-03-02"), ("reason", "Văn phòng đảng ủy")];
        let _ = world.done(&at, "seal", &seal).await.says("Đã niêm phong");
        let report = [("reported", "2020-03-02")];
        world.refused(&at, "report", &report, "E-VOT-01").await;
    })
    .await;
}
