//! What is on record stays as it was: papers keep what they were signed with, and
//! what was entered by mistake is taken back with a reason.

use plenum_testkit::on_both;

use crate::steps::returned;
use crate::world::World;

#[tokio::test]
async fn papers_are_handed_out_on_the_day_of_the_vote_and_not_before() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.day = "2020-03-09".to_owned();
        world.ready().await;
        let at = world.approved("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.done(&at, "print", &[]).await;
        let page = world.run(&at, "hand-out", &[]).await.is(422);
        let _ = page.says("E-VOT-121").says("09/03/2020");
    })
    .await;
}

#[tokio::test]
async fn papers_keep_the_names_and_dates_they_were_signed_with() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["20", "19", "18", "5"])
            .await;
        let (one, teller) = (world.id(1), world.id(10));
        let renamed = [
            ("id", teller.as_str()),
            ("name", "Đặng Thị Mây"),
            ("official", "yes"),
            ("teller", "yes"),
        ];
        let page = world.at_hall("person", &renamed).await.is(422);
        let _ = page.says("E-VOT-30");
        let renamed = [&renamed[..], &[("reason", "Ghi nhầm tên")]].concat();
        world.done_at_hall("person", &renamed).await;
        let off = [("id", teller.as_str())];
        world.refused_at_hall("remove", &off, "E-VOT-94").await;
        let reborn = [
            ("id", one.as_str()),
            ("name", "Trần Văn An"),
            ("birth", "1971-03-02"),
            ("joined", "1995-05-19"),
            ("official", "yes"),
            ("convening", "yes"),
            ("reason", "Theo lý lịch"),
        ];
        world.done_at_hall("person", &reborn).await;
        let minutes = world.printed(&at, "minutes.pdf").await;
        assert!(minutes.contains("Đặng Thị Mai Trưởng ban"), "{minutes}");
        let list = world.printed(&at, "list.pdf").await;
        assert!(list.contains("Trần Văn An 02/03/1970"), "{list}");
        // A list made since has what is known since.
        let next = world.approved("branch_secretary", 1, &[1]).await;
        let list = world.printed(&next, "list.pdf").await;
        assert!(list.contains("Trần Văn An 02/03/1971"), "{list}");
        // And a committee has the head it was given.
        world.done(&next, "print", &[]).await;
        let head = world.id(11);
        let stranger = [("head", one.as_str())];
        world
            .refused(&next, "hand-out", &stranger, "E-VOT-68")
            .await;
        world
            .done(
                &next,
                "hand-out",
                &[("head", head.as_str()), ("committee_agree", "28")],
            )
            .await;
        let papers = returned("28", "28", "28");
        let _ = world.close(&next, &papers).await.is(200);
        world.counted(&next, &["28"]).await;
        world.settle_all(&next).await;
        let minutes = world.printed(&next, "minutes.pdf").await;
        assert!(minutes.contains("Phan Thành Sơn Trưởng ban"), "{minutes}");
        assert!(minutes.contains("Đặng Thị Mây Thành viên"), "{minutes}");
        // One of thirty-one has an accepted reason: the share is of thirty.
        assert!(minutes.contains("93,33 %"), "{minutes}");
        assert!(!minutes.contains("% so với số được"), "{minutes}");
    })
    .await;
}

#[tokio::test]
async fn what_was_noted_by_mistake_before_an_election_is_taken_back() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let two = world.id(2);
        let plan = [("office", "branch_secretary"), ("person", two.as_str())];
        let page = world.done_at_hall("plan", &plan).await;
        let _ = page.says("Dự kiến: Lê Thị Bình");
        let off = [("id", two.as_str())];
        world.refused_at_hall("remove", &off, "E-VOT-94").await;
        let page = world.done_at_hall("unplan", &plan).await;
        assert!(!page.words().contains("Dự kiến: Lê Thị Bình"));
        let deputy = [("office", "branch_deputy")];
        let _ = world.done_at_hall("skip", &deputy).await.says("Không bầu");
        let page = world.done_at_hall("hold", &deputy).await;
        let _ = page.says("Đã ghi: vẫn bầu");
        world.refused_at_hall("hold", &deputy, "E-VOT-01").await;
        // Nobody was born, or joined, on a day to come.
        let line = "Trần Thị Sau; 02/03/2020; 02/03/2020";
        let young = [("people", line)];
        world.refused_at_hall("people", &young, "E-VOT-44").await;
        let gone = [("id", "00000000000000000000000000000001")];
        let _ = world.at_hall("remove", &gone).await.is(404);
    })
    .await;
}
