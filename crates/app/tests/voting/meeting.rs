//! The first meeting of a new committee: each step after the one before, by its
//! members and from among those the rules name; the superior's answer.

use plenum_testkit::{Answer, on_both};

use crate::steps::{returned, sheet};
use crate::world::{S, World, bare};

/// Whether the page lets a person of the roster be nominated.
fn offers(page: &Answer, world: &World, person: usize) -> bool {
    let field = format!("name=\"person_{}\"", world.id(person));
    page.text().contains(&field)
}

#[tokio::test]
async fn a_committee_elects_standing_committee_secretary_deputies_and_inspection_commission() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        world.begin_refused("standing_committee", "E-VOT-26").await;
        let _ = world.meet("5").await.is(422).says("E-VOT-47");
        world.committee_of_five().await;
        let page = world.elections().await;
        let _ = page.says("Hội nghị Ban chấp hành đảng bộ (5 thành viên)");
        world.five_meet().await;
        world.begin_refused("secretary", "E-VOT-26").await;
        let page = world
            .elect(
                "standing_committee",
                (3, &[1, 2, 3, 4]),
                ("5", &["5", "4", "3", "2"]),
            )
            .await;
        let at = bare(&page.address);
        let minutes = world.printed(&at, "minutes.pdf").await;
        for said in [
            "thành viên Ban chấp hành đảng bộ được triệu tập: 5; có mặt khi bầu cử: 5",
            "thông qua trước hội nghị",
        ] {
            assert!(minutes.contains(said), "{minutes}");
        }
        let page = page.says("Người bỏ phiếu Hội nghị Ban chấp hành đảng bộ (5 thành viên)");
        let _ = page.says("Trần Văn An, Lê Thị Bình, Phạm Quốc Cường (cần 3 phiếu trên 5)");
        world.begin_refused("deputy_secretaries", "E-VOT-26").await;
        world
            .begin_refused("inspection_commission", "E-VOT-26")
            .await;
        // The secretary is of the standing committee, which number 4 is not.
        let at = world.begin("secretary").await;
        let page = world.page(&at).await;
        assert!(!offers(&page, &world, 4));
        assert!(offers(&page, &world, 3));
        world.nominate(&at, &[4]).await;
        let one = [("list_agree", "5")];
        let _ = world
            .refused(&at, "approve", &one, "E-VOT-35")
            .await
            .says("E-VOT-60");
        let _ = world.renominate(&at, 4, "remove").await.is(200);
        world.nominate(&at, &[1]).await;
        // More papers than members.
        world.done(&at, "approve", &one).await;
        world.hand_out(&at, &[]).await;
        let many = returned("40", "40", "40");
        let _ = world.close(&at, &many).await.is(422).says("E-VOT-06");
        let right = returned("5", "5", "5");
        let _ = world.close(&at, &right).await.is(200);
        world
            .hear(&at, &[("valid", "5"), ("votes_1", "4"), ("against_1", "1")])
            .await;
        world.begin_refused("inspection_chair", "E-VOT-26").await;
        let _ = world
            .elect("deputy_secretaries", (1, &[2]), ("5", &["5"]))
            .await;
        // Number 6 is of the commission and not of the committee.
        let page = world
            .elect(
                "inspection_commission",
                (3, &[3, 5, 6]),
                ("5", &["5", "5", "4"]),
            )
            .await;
        let _ = page.says("Trúng cử 3/3");
        let at = world.begin("inspection_chair").await;
        let page = world.page(&at).await;
        assert!(!offers(&page, &world, 1));
        assert!(offers(&page, &world, 3) && offers(&page, &world, 6));
        // The commission's members do not vote: the committee's five do.
        let _ = page.says("Hội nghị Ban chấp hành đảng bộ (5 thành viên)");
        world.nominate(&at, &[3]).await;
        let page = world.elect_listed(&at, ("5", &["5"])).await;
        let _ = page.says("Trúng cử 1/1: Phạm Quốc Cường (cần 3 phiếu trên 5)");
        let page = world.elections().await;
        let _ = page.says("đã xong 6/7 phần bầu");
    })
    .await;
}

#[tokio::test]
async fn a_committee_without_a_standing_committee_elects_its_secretary_from_itself() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        world.committee_of_five().await;
        world.five_meet().await;
        world.skipped("standing_committee").await;
        let at = world.listed("secretary", 1, &[6]).await;
        let _ = world.page(&at).await.says("E-VOT-60");
        let _ = world.renominate(&at, 6, "remove").await.is(200);
        world.nominate(&at, &[5]).await;
        let page = world.elect_listed(&at, ("5", &["3"])).await;
        let _ = page.says("Trúng cử 1/1: Đỗ Minh Đạt (cần 3 phiếu trên 5)");
        let page = world
            .elect("deputy_secretaries", (1, &[4]), ("5", &["5"]))
            .await;
        let _ = page.says("Huỳnh Thu Dung");
    })
    .await;
}

#[tokio::test]
async fn r46_the_meeting_pauses_until_the_superior_answers() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let one = world.id(1);
        let page = world.planned("secretary", 4).await;
        let _ = page.says("Dự kiến: Huỳnh Thu Dung");
        world.committee_of_five().await;
        world.five_meet().await;
        let _ = world
            .elect(
                "standing_committee",
                (3, &[1, 2, 3, 4]),
                ("5", &["5", "4", "3", "2"]),
            )
            .await;
        let page = world.elections().await;
        let _ = page.says(
            "Tạm dừng: đồng chí Huỳnh Thu Dung, dự kiến giữ chức danh Bí thư, \
             không trúng cử Ban thường vụ",
        );
        for office in ["secretary", "delegates"] {
            world.begin_refused(office, "E-VOT-27").await;
        }
        let silent = [("reason", " "), ("person", one.as_str())];
        world.refused_at_hall("reply", &silent, "E-VOT-30").await;
        let answer = [
            ("reason", "Giới thiệu đồng chí khác"),
            silent[1],
            ("document", "12-CV/QU"),
            ("dated", "2025-03-03"),
        ];
        // The unit names the document that is the answer.
        world
            .refused_at_hall("reply", &answer[..2], "E-VOT-33")
            .await;
        let page = world.done_at_hall("reply", &answer).await;
        let _ = page.says("Đơn vị ghi theo văn bản 12-CV/QU ngày 03/03/2025");
        let page = world.elect("secretary", (1, &[1]), ("5", &["5"])).await;
        let _ = page.says("Trúng cử 1/1: Trần Văn An");
    })
    .await;
}

#[tokio::test]
async fn r46_a_planned_secretary_who_fails_in_the_election_itself_pauses_it_too() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        world.planned("secretary", 1).await;
        world.committee_of_five().await;
        world.five_meet().await;
        world.skipped("standing_committee").await;
        let at = world.listed("secretary", 1, &[1]).await;
        let page = world.elect_listed(&at, ("5", &["2"])).await;
        let _ = page.says("Không có người trúng cử");
        world.decided(&at, "stop").await;
        let page = world.elections().await;
        let _ = page.says("Tạm dừng: đồng chí Trần Văn An");
        world.begin_refused("deputy_secretaries", "E-VOT-27").await;
        // Whoever is named instead has not failed.
        let two = world.id(2);
        let answer = [
            ("unit", "TH"),
            ("reason", "Giới thiệu đồng chí khác"),
            ("person", two.as_str()),
        ];
        let reply = format!("{S}/elections/hall/reply");
        let page = world.post("quan", &reply, &answer).await.is(200);
        assert!(!page.words().contains("Tạm dừng"));
        let _ = world.begin("deputy_secretaries").await;
    })
    .await;
}

#[tokio::test]
async fn a_meeting_has_a_day_and_tellers_of_its_own() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        world.committee_of_five().await;
        let early = [
            ("body", "meeting"),
            ("convened", "5"),
            ("present", "5"),
            ("day", "2025-03-02"),
        ];
        world.refused_at_hall("attend", &early, "E-VOT-44").await;
        let mut later = early;
        later[3] = ("day", "2025-03-04");
        world.done_at_hall("attend", &later).await;
        world.skipped("standing_committee").await;
        let five = world.id(5);
        let mark = [
            ("id", five.as_str()),
            ("name", "Đỗ Minh Đạt"),
            ("birth", "1985-01-01"),
            ("joined", "2010-12-22"),
            ("official", "yes"),
            ("delegate", "yes"),
            ("convening", "yes"),
            ("teller", "yes"),
        ];
        world.done_at_hall("person", &mark).await;
        let at = world.listed("secretary", 1, &[1]).await;
        world.done(&at, "approve", &[("list_agree", "5")]).await;
        world.done(&at, "print", &[]).await;
        // It meets tomorrow.
        world.refused(&at, "hand-out", &[], "E-VOT-121").await;
        let mut today = early;
        today[3] = ("day", "2025-03-03");
        world.done_at_hall("attend", &today).await;
        world.done(&at, "hand-out", &[]).await;
        let mut again = early;
        again[3] = ("day", "2025-03-04");
        world.refused_at_hall("attend", &again, "E-VOT-92").await;
        let papers = returned("5", "5", "5");
        let _ = world.close(&at, &papers).await.is(200);
        world.count(&at, &sheet("5", &["5"])).await;
        world.settle_all(&at).await;
        let minutes = world.printed(&at, "minutes.pdf").await;
        assert!(minutes.contains("Đỗ Minh Đạt Trưởng ban"), "{minutes}");
        assert!(!minutes.contains("Đặng Thị Mai"), "the congress's teller");
    })
    .await;
}
