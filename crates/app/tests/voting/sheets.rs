//! Tally sheets: a sheet for each pile, dropped with a reason, and never beside
//! ballots that are keyed one by one.

use plenum_testkit::on_both;

use crate::world::World;

/// A sheet of a pile without invalid ballots.
fn pile<'a>(number: &'a str, ballots: &'a str, votes: [&'a str; 4]) -> Vec<(&'a str, &'a str)> {
    vec![
        ("pile", number),
        ("ballots", ballots),
        ("valid", ballots),
        ("votes_1", votes[0]),
        ("votes_2", votes[1]),
        ("votes_3", votes[2]),
        ("votes_4", votes[3]),
    ]
}

#[tokio::test]
async fn r51_piles_of_a_pass_add_up_and_sums_are_compared() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        let first = pile("1", "10", ["10", "8", "6", "4"]);
        let page = world.done_by("kiem1", &at, "sheet", &first).await;
        let page = page.says("1 chồng, 10/28 phiếu");
        // The form is for the next pile, with what is left.
        assert!(
            page.text()
                .contains("name=\"pile\" inputmode=\"numeric\" autocomplete=\"off\" value=\"2\"")
        );
        assert!(page.text().contains("autocomplete=\"off\" value=\"18\""));
        // Each pile is checked for itself, and all of them together.
        let over = pile("2", "19", ["10", "8", "6", "4"]);
        world
            .refused_to("kiem1", &at, "sheet", &over, "E-VOT-04")
            .await;
        let many = pile("2", "18", ["19", "8", "6", "4"]);
        world
            .refused_to("kiem1", &at, "sheet", &many, "E-VOT-05")
            .await;
        let mut unknown = pile("2", "18", ["10", "8", "6", "4"]);
        unknown[2] = ("valid", "17");
        unknown.push(("invalid_I99", "1"));
        world
            .refused_to("kiem1", &at, "sheet", &unknown, "E-VOT-15")
            .await;
        let far = pile("201", "18", ["10", "8", "6", "4"]);
        let _ = world
            .refused_to("kiem1", &at, "sheet", &far, "E-VOT-114")
            .await
            .says("tối đa 200");
        let second = pile("2", "18", ["17", "12", "12", "6"]);
        let page = world.done_by("kiem1", &at, "sheet", &second).await;
        let page = page.says("2 chồng, 28/28 phiếu");
        assert!(
            !page.text().contains("name=\"votes_1\""),
            "nothing is left to count"
        );
        // The same piles, one of them with another figure: it is named.
        world.done_by("kiem2", &at, "sheet", &first).await;
        let slip = pile("2", "18", ["17", "12", "11", "7"]);
        let page = world.done_by("kiem2", &at, "sheet", &slip).await;
        let page = page.says("chưa khớp ở chồng 2");
        assert!(
            !page.text().contains("value=\"12\""),
            "nobody's figures are shown"
        );
        let again = world.get("kiem2", &format!("{at}?pile=2")).await.is(200);
        assert!(
            again.text().contains("value=\"11\""),
            "the own sheet is there to put right"
        );
        // Other piles with the same sums agree.
        let whole = pile("1", "28", ["27", "20", "18", "10"]);
        let drop = [("whose", "kiem2"), ("pile", "2"), ("reason", "Đếm nhầm")];
        let _ = world
            .done_by("kiem2", &at, "drop-sheet", &drop)
            .await
            .says("Đã bỏ bảng của");
        world
            .refused_to("kiem2", &at, "sheet", &whole, "E-VOT-120")
            .await;
        let again = [&whole[..], &[("reason", "Dồn thành một chồng")]].concat();
        let page = world.done_by("kiem2", &at, "sheet", &again).await;
        let _ = page.says("chờ xác nhận").says("27");
    })
    .await;
}

#[tokio::test]
async fn the_sheets_of_somebody_who_is_gone_are_dropped_with_a_reason() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        let right = pile("1", "28", ["27", "20", "18", "10"]);
        let wrong = pile("1", "28", ["27", "20", "18", "11"]);
        world.done_by("kiem1", &at, "sheet", &wrong).await;
        world.done_by("kiem2", &at, "sheet", &right).await;
        let why = [
            ("whose", "kiem1"),
            ("pile", ""),
            ("reason", "Đồng chí đã về, không kiểm lại được"),
        ];
        // Another's sheet is not a teller's to drop, nor anybody's without a reason.
        world.forbidden("kiem2", &at, "drop-sheet", &why).await;
        let silent = [why[0], why[1], ("reason", " ")];
        world.refused(&at, "drop-sheet", &silent, "E-VOT-30").await;
        world.forbidden("khac", &at, "drop-sheet", &why).await;
        // Whoever leads and counted too leaves it to somebody else.
        world.third_counts(&at).await;
        world.done(&at, "sheet", &right).await;
        world.refused(&at, "drop-sheet", &why, "E-VOT-112").await;
        let own = [
            ("whose", "bithu"),
            ("pile", ""),
            ("reason", "Không phải ban kiểm phiếu"),
        ];
        world.done(&at, "drop-sheet", &own).await;
        let page = world.done(&at, "drop-sheet", &why).await;
        let _ = page
            .says("Đồng chí đã về, không kiểm lại được")
            .says("Đang kiểm phiếu");
        // It is in the audit log, and another person counts instead.
        let log = world.get("thanhtra", "/audit.csv").await.is(200);
        let row = log
            .text()
            .lines()
            .find(|line| line.contains("election.sheet_dropped"));
        let row = row.expect("a row of the log");
        assert!(
            row.contains("Bỏ bảng kiểm phiếu bầu Chi ủy tại Chi bộ 1"),
            "{row}"
        );
        let _ = world.done(&at, "sheet", &right).await.says("chờ xác nhận");
    })
    .await;
}

#[tokio::test]
async fn a_count_is_on_sheets_or_keyed_and_says_which() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        let right = pile("1", "28", ["27", "20", "18", "10"]);
        world.done_by("kiem1", &at, "sheet", &right).await;
        let size = [("size", "50")];
        let _ = world
            .refused(&at, "bundles", &size, "E-VOT-113")
            .await
            .says("bỏ các bảng đã nộp");
        let drop = [("whose", "kiem1"), ("reason", "Nhập từng phiếu")];
        world.done(&at, "drop-sheet", &drop).await;
        world.done(&at, "bundles", &size).await;
        let _ = world
            .refused_to("kiem1", &at, "sheet", &right, "E-VOT-113")
            .await
            .says("không nộp bảng kiểm phiếu nữa");
    })
    .await;
}
