//! What papers say: to the letter where people sign it.

use plenum_rules::SeasonId;
use plenum_rules::congress::{Congress, Contents, Form};
use plenum_store::{Tx, congress};
use plenum_testkit::{day, on_both, unit};

use crate::steps::returned;
use crate::world::{UNIT, World, bare};

/// In this order.
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part);
        let at = at.unwrap_or_else(|| panic!("{part:?} is missing or out of order: {text}"));
        rest = &rest[at + part.len()..];
    }
}

/// The branch's congress is its fourth.
async fn fourth_congress(world: &World) {
    let (on, four) = (day("2020-01-02"), Contents::FOUR);
    let mut known = Congress::default();
    known
        .settle(on, Form::Members, Some(4), four, false, (31, Some(200)))
        .expect("settled");
    let season = SeasonId::new("hoa-binh-2020").expect("a season");
    world
        .hall
        .set_up(async |tx: &mut Tx| {
            let saved = congress::save(tx, &season, unit(UNIT), &known, 0).await;
            saved.expect("saved");
        })
        .await;
}

#[tokio::test]
async fn minutes_of_a_tie_name_the_elected_first_and_the_run_off_says_what_decides() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        fourth_congress(&world).await;
        let at = world.listed("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.approve(&at, true).await;
        world.vote(&at).await;
        let ballot = world.printed(&at, "ballot.pdf").await;
        assert!(ballot.contains("được bầu không quá 3 người"), "{ballot}");
        world.counted(&at, &["25", "20", "18", "18"]).await;
        for file in ["minutes.pdf", "result.pdf"] {
            let paper = world.printed(&at, file).await;
            in_order(
                &paper,
                &[
                    "TRÚNG CỬ",
                    "Trúng cử, xếp theo số phiếu từ cao xuống thấp:",
                    "1 Trần Văn An 25",
                    "2 Lê Thị Bình 20",
                    "BẰNG PHIẾU, SỐ CÒN THIẾU",
                    "Bằng phiếu (18 phiếu) ở vị trí cuối, còn 1 chỗ",
                    "Phạm Quốc Cường, Huỳnh Thu Dung",
                    "Còn thiếu 1 người",
                ],
            );
            assert!(
                paper.contains("nhiệm kỳ 2020–2022, tại Đại hội lần thứ IV"),
                "{paper}"
            );
            assert!(paper.contains("TRƯỞNG BAN Đặng Thị Mai"), "{paper}");
        }
        let minutes = world.printed(&at, "minutes.pdf").await;
        for said in [
            "Căn cứ: Quy chế bầu cử trong Đảng ban hành kèm theo Quyết định số 244-QĐ/TW, ngày",
            "Số lượng cần bầu do đại hội biểu quyết: 3",
            "Số phiếu cần để trúng cử: 16 (trên 30).",
        ] {
            assert!(minutes.contains(said), "{said}: {minutes}");
        }
        world.settle(&at, "tie").await;
        world.confirm(&at).await;
        let again = world.further(&at).await;
        world.approve(&again, false).await;
        world.vote(&again).await;
        let ballot = world.printed(&again, "ballot.pdf").await;
        assert!(ballot.contains("chỉ được bầu 1 người"), "{ballot}");
        world.counted(&again, &["13", "15"]).await;
        for file in ["minutes.pdf", "result.pdf"] {
            let paper = world.printed(&again, file).await;
            let said = "Bầu lại giữa những người bằng phiếu: ai nhiều phiếu hơn thì trúng cử.";
            assert!(paper.contains(said), "{paper}");
            assert!(!paper.contains("Số phiếu cần"), "{paper}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_people_typed_never_keeps_minutes_from_being_printed() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.approved("branch_committee", 2, &[1, 2, 3]).await;
        world.hand_out(&at, &[("printed", "30")]).await;
        let papers = returned("28", "28", "27");
        let _ = world.close(&at, &papers).await.is(200);
        let mut right = returned("28", "28", "28").to_vec();
        right.push(("reason", "Đếm lại 🙂 会议 \u{202e}xong"));
        world.done_by("kiem1", &at, "correct", &right).await;
        world.counted(&at, &["20", "18", "2"]).await;
        let minutes = world.printed(&at, "minutes.pdf").await;
        assert!(minutes.contains("Đếm lại □ □□ xong."), "{minutes}");
        let _ = world.printed(&at, "journal.pdf").await;
    })
    .await;
}

#[tokio::test]
async fn minutes_of_a_first_meeting_say_so() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        world.committee_of_five().await;
        world.five_meet().await;
        let votes: (&str, &[&str]) = ("5", &["5", "4", "3", "2"]);
        let page = world
            .elect("standing_committee", (3, &[1, 2, 3, 4]), votes)
            .await;
        let minutes = world.printed(&bare(&page.address), "minutes.pdf").await;
        for said in [
            "tại Hội nghị lần thứ nhất",
            "Số lượng cần bầu do hội nghị biểu quyết: 3",
            "Quyết định số 190-QĐ/TW",
        ] {
            assert!(minutes.contains(said), "{said}: {minutes}");
        }
    })
    .await;
}

#[tokio::test]
async fn r28_each_office_has_its_own_paper() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let committee = world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        let secretary = world.listed("branch_secretary", 1, &[1, 2]).await;
        assert_ne!(committee, secretary);
        world.approve(&secretary, false).await;
        world.done(&secretary, "print", &[]).await;
        let one = world.printed(&committee, "ballot.pdf").await;
        let other = world.printed(&secretary, "ballot.pdf").await;
        assert!(
            one.contains("Bầu Chi ủy") && !one.contains("Bí thư"),
            "{one}"
        );
        let alone = other.contains("Bầu Bí thư chi bộ") && !other.contains("Chi ủy");
        assert!(alone, "{other}");
        // The grassroots committee's stamp: a branch has none (244 Đ17.1).
        assert!(one.contains("Dấu của đảng ủy cơ sở"), "{one}");
    })
    .await;
}
