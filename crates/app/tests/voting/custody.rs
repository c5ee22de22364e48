//! Custody: the papers after the vote, each step on its day and by whoever may.

use plenum_testkit::on_both;

use crate::world::World;

#[tokio::test]
async fn r40_r41_custody_keeps_its_days() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        let seal = [("on", "2020-03-02"), ("reason", "Đoàn chủ tịch")];
        let page = world.done(&at, "seal", &seal).await;
        let _ = page.says("Giữ phiếu ít nhất đến 02/09/2020");
        let early = [("on", "2020-09-01"), ("reason", "QĐ 5")];
        world.refused(&at, "destroy", &early, "E-VOT-31").await;
        let late = [("on", "2020-06-01"), ("reason", "Đơn 1")];
        world.refused(&at, "complain", &late, "E-VOT-34").await;
        let complaint = [("on", "2020-03-10"), ("reason", "Đơn 1")];
        // What is yet to come has not been done.
        world.refused(&at, "complain", &complaint, "E-VOT-44").await;
        world.hall.pass_days(28);
        world.done(&at, "complain", &complaint).await;
        let open = [("on", "2020-09-02"), ("reason", "QĐ 5")];
        world.refused(&at, "destroy", &open, "E-VOT-32").await;
        // The unit does not settle complaints about itself, nor ratify itself.
        let answer = [
            ("on", "2020-03-20"),
            ("reason", "Bác đơn"),
            ("complaint", "0"),
        ];
        world.forbidden("bithu", &at, "answer", &answer).await;
        let ratify = [("on", "2020-03-30"), ("reason", "15-QĐ/ĐU")];
        world.forbidden("bithu", &at, "ratify", &ratify).await;
        world.done_by("phuong", &at, "answer", &answer).await;
        let _ = world
            .done_by("phuong", &at, "ratify", &ratify)
            .await
            .says("15-QĐ/ĐU");
        let none = [("on", "2020-09-02"), ("reason", "")];
        world.refused(&at, "destroy", &none, "E-VOT-33").await;
        // Six months are not over because somebody types that they are.
        world.refused(&at, "destroy", &open, "E-VOT-44").await;
        world.hall.pass_days(184);
        let _ = world
            .done(&at, "destroy", &open)
            .await
            .says("Đã hủy phiếu 02/09/2020, QĐ 5");
    })
    .await;
}

#[tokio::test]
async fn nothing_of_the_custody_is_done_on_a_day_to_come_or_out_of_order() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        let on = |on: &'static str| [("on", on), ("reason", "15-QĐ/ĐU")];
        for (who, verb) in [
            ("bithu", "seal"),
            ("bithu", "complain"),
            ("phuong", "ratify"),
        ] {
            for day in ["2020-03-03", "2020-03-01"] {
                world.refused_to(who, &at, verb, &on(day), "E-VOT-44").await;
            }
        }
        for report in [
            [("reported", "2020-03-03"), ("received", "")],
            [("reported", "2020-03-02"), ("received", "2020-03-03")],
            [("reported", "2020-03-01"), ("received", "")],
        ] {
            world.refused(&at, "report", &report, "E-VOT-44").await;
        }
        world.hall.pass_days(8);
        world.done(&at, "seal", &on("2020-03-05")).await;
        for day in ["2020-03-04", "2020-03-11"] {
            world
                .refused_to("phuong", &at, "unseal", &on(day), "E-VOT-44")
                .await;
        }
        world
            .done_by("phuong", &at, "unseal", &on("2020-03-06"))
            .await;
        world.done(&at, "complain", &on("2020-03-09")).await;
        let answer = [
            ("on", "2020-03-11"),
            ("reason", "Bác đơn"),
            ("complaint", "0"),
        ];
        world
            .refused_to("phuong", &at, "answer", &answer, "E-VOT-44")
            .await;
    })
    .await;
}

#[tokio::test]
async fn r41_what_stood_on_ballots_goes_with_the_papers() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        let archive = format!("{at}/paper/archive.json");
        let journal = format!("{at}/paper/journal.pdf");
        world.page(&archive).await;
        world.page(&journal).await;
        let seal = [("on", "2020-03-02"), ("reason", "Đoàn chủ tịch")];
        world.done(&at, "seal", &seal).await;
        world.hall.pass_days(184);
        let destroy = [("on", "2020-09-02"), ("reason", "5-QĐ/ĐU")];
        let page = world.done(&at, "destroy", &destroy).await;
        let page = page.says("chỉ còn số liệu tổng hợp");
        assert!(!page.text().contains("archive.json"));
        for gone in [&archive, &journal, &format!("{at}/count")] {
            let _ = world.get("bithu", gone).await.is(410).says("E-VOT-116");
        }
        // Totals stay: minutes, result, extract.
        for kept in ["minutes.pdf", "result.docx", "extract.json"] {
            world.page(&format!("{at}/paper/{kept}")).await;
        }
        let _ = world.page(&at).await.says("Trần Văn An 27");
    })
    .await;
}

#[tokio::test]
async fn r20_a_result_with_a_tie_is_not_ratified() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["20", "18", "17", "17"])
            .await;
        let ratify = [("on", "2020-03-02"), ("reason", "7-QĐ/ĐU")];
        let page = world.by("phuong", &at, "ratify", &ratify).await.is(422);
        let _ = page.says("E-VOT-119").says("Phần bầu Chi ủy chưa xong");
        let next = world.further(&at).await;
        world.approve(&next, false).await;
        world.vote(&next).await;
        world.counted(&next, &["15", "13"]).await;
        world.settle_all(&next).await;
        world
            .refused_to("phuong", &at, "ratify", &ratify, "E-VOT-119")
            .await;
        world.confirm(&next).await;
        world.done_by("phuong", &at, "ratify", &ratify).await;
    })
    .await;
}

#[tokio::test]
async fn a_slip_in_the_note_of_sealing_or_ratifying_is_put_right_with_the_reason() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        world.hall.pass_days(8);
        let noted = [("on", "2020-03-05"), ("reason", "Đoàn chủ tich")];
        let why = ("why", "Ghi nhầm ngày");
        let early = [noted[0], noted[1], why];
        world.refused(&at, "seal-again", &early, "E-VOT-01").await;
        world.done(&at, "seal", &noted).await;
        let right = [
            ("on", "2020-03-02"),
            ("reason", "Đoàn chủ tịch"),
            ("why", ""),
        ];
        world.refused(&at, "seal-again", &right, "E-VOT-30").await;
        let right = [right[0], right[1], why];
        world.forbidden("kiem1", &at, "seal-again", &right).await;
        let page = world.done(&at, "seal-again", &right).await;
        let _ = page.says("02/03/2020, Đoàn chủ tịch");
        let ratified = [("on", "2020-03-09"), ("reason", "15-QĐ/DU")];
        world.done_by("phuong", &at, "ratify", &ratified).await;
        // Not before the vote, and not by the unit itself.
        let early = [("on", "2020-03-01"), ("reason", "15-QĐ/ĐU"), why];
        world
            .refused_to("phuong", &at, "ratify-again", &early, "E-VOT-44")
            .await;
        let right = [("on", "2020-03-10"), ("reason", "15-QĐ/ĐU"), why];
        world.forbidden("bithu", &at, "ratify-again", &right).await;
        let page = world.done_by("phuong", &at, "ratify-again", &right).await;
        let _ = page.says("10/03/2020, 15-QĐ/ĐU");
        let trail = world.get("thanhtra", "/audit.csv").await.is(200);
        let _ = trail.says("Ghi nhầm ngày").says("15-QĐ/DU");
        // Once the seal was opened, its day is what the opening rests on.
        let opened = [("on", "2020-03-10"), ("reason", "QĐ 7")];
        world.done_by("phuong", &at, "unseal", &opened).await;
        let again = [("on", "2020-03-03"), ("reason", "Ai đó"), why];
        world.refused(&at, "seal-again", &again, "E-VOT-01").await;
    })
    .await;
}
