//! Conferences and single steps are put right and taken back; a withdrawal
//! entered wrongly is put right too.

use plenum_rules::access::Role;
use plenum_testkit::{Answer, Client, Scratch, on_both, unit};

use crate::world::*;

/// Puts a withdrawal right: `page` is where the record's forms are sent to.
async fn mend(client: &mut Client, page: &str, link: &str, fields: &[(&str, &str)]) -> Answer {
    let record = record(link);
    let mut sent = vec![("record", record.as_str())];
    sent.extend(fields);
    let at = format!("{S}/{page}/withdrawal?unit=HB");
    client.post(&at, &sent).await
}

/// The row of the page whose edit address stands after this text.
fn edit_after(page: &Answer, text: &str) -> String {
    let rest = page.text().split(text).nth(1).expect("the text");
    let link = rest
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find(|link| link.contains("edit="));
    let link = link.expect("an edit address");
    link.replace("&#38;", "&").replace("&amp;", "&")
}

#[tokio::test]
async fn a_conference_is_put_right_and_withdrawn() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        let at = format!("{S}/instruments?unit=HB");
        let brief = format!("{S}/instruments/briefing?unit=HB");
        let held = [
            ("briefing_day", "2020-02-03"),
            ("briefing_title", "Hội nghị quán triệt"),
            ("briefing_attendance", "Bí thư chi bộ: 66/86\nĐoàn thể: 5"),
        ];
        let page = office.post(&brief, &held).await.is(200).says("66/86");
        let link = edit_after(&page, "Hội nghị quán triệt</b>");
        let page = ward.get(&at.replace("HB", "TH")).await.is(200);
        assert!(
            page.words().contains("66/86") && edits(&page).is_empty(),
            "a ward sees the district's conference and does not mend it"
        );
        let page = office.get(&link).await.is(200);
        let _ = page
            .says("Sửa: Hội nghị quán triệt, 03/02/2020")
            .says("Bí thư chi bộ: 66/86");
        let id = record(&link);
        let mut put = vec![("record", id.as_str())];
        put.extend(held);
        put[3].1 = "Bí thư chi bộ: 66/68";
        let _ = office.post(&brief, &put).await.is(422).says("E-SEA-41");
        put.push(("why", "Ghi nhầm số"));
        let page = office.post(&brief, &put).await.is(200).says("66/68");
        assert!(!page.words().contains("66/86"));
        let early = [("until", "2020-02-01"), ("end_why", "Nhầm")];
        let _ = withdraw(&mut office, "instruments/briefing", &link, &early)
            .await
            .is(422)
            .says("E-SEA-68");
        let gone = [("until", "2020-02-08"), ("end_why", "Ghi hai lần")];
        let page = withdraw(&mut office, "instruments/briefing", &link, &gone)
            .await
            .is(200);
        let _ = page
            .says("Chưa ghi hội nghị nào")
            .says("1 mục đã thu hồi")
            .says("Hết hiệu lực từ 08/02/2020: Ghi hai lần (office)");
        let _ = office
            .get(&format!("{at}&on=2020-02-07"))
            .await
            .is(200)
            .says("66/68");
        let mut admin = hall.person("admin", Role::Administrator, None).await;
        let _ = admin
            .get("/audit")
            .await
            .is(200)
            .says("Sửa hội nghị quán triệt")
            .says("Thu hồi hội nghị quán triệt");
    })
    .await;
}

#[tokio::test]
async fn a_single_step_is_put_right_and_withdrawn() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-06-04").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let at = format!("{S}/works?unit=HB");
        let work = [
            ("area", "personnel"),
            ("title", "Kết luận chính trị"),
            ("total", "11"),
        ];
        let page = office.post(&at, &work).await.is(200);
        let id = record(&edits(&page)[0]);
        let step_at = format!("{S}/works/step?unit=HB");
        let step = |amount: &'static str, day: &'static str, note: &'static str| {
            [("amount", amount), ("day", day), ("note", note)]
        };
        let mut first = vec![("work", id.as_str())];
        first.extend(step("9", "2020-06-01", "Đợt một"));
        let _ = office.post(&step_at, &first).await.is(200).says("9/11");
        let mut second = vec![("work", id.as_str())];
        second.extend(step("-4", "2020-06-03", "Rút bớt"));
        let page = office.post(&step_at, &second).await.is(200).says("5/11");
        let link = edit_after(&page, "+9 Đợt một");
        let _ = office
            .get(&link)
            .await
            .is(200)
            .says("Sửa: Kết luận chính trị, 01/06/2020: +9 Đợt một");
        let one = record(&link);
        let mut put = vec![("record", one.as_str()), ("why", "Ghi nhầm")];
        put.extend(step("12", "2020-06-01", "Đợt một"));
        // On 01/06 that would be 12 of 11, whatever comes after.
        let _ = office
            .post(&step_at, &put)
            .await
            .is(422)
            .says("E-SEA-64")
            .says("01/06/2020")
            .says("12");
        put[2].1 = "7";
        let _ = office.post(&step_at, &put).await.is(200).says("3/11");
        // Without it there would be less than nothing.
        let gone = [("until", "2020-06-04"), ("end_why", "Ghi hai lần")];
        let _ = withdraw(&mut office, "works/step", &link, &gone)
            .await
            .is(422)
            .says("E-SEA-64");
        let less = edit_after(&page, "<p>03/06/2020: -4 Rút bớt");
        let page = withdraw(&mut office, "works/step", &less, &gone)
            .await
            .is(200);
        let _ = page.says("7/11").says("Ghi hai lần (office)");
        let _ = office
            .get(&format!("{at}&on=2020-06-03"))
            .await
            .is(200)
            .says("3/11");
        // Taken back by mistake: it counts again.
        let back = [("deed", "restore"), ("again_why", "Thu hồi nhầm")];
        let _ = mend(&mut office, "works/step", &less, &back)
            .await
            .is(200)
            .says("3/11");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_with_a_mistyped_year_is_redated_or_taken_back() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let window = [
            ("level", "branch"),
            ("last", "2020-03-31"),
            ("from", "2020-01-02"),
        ];
        let page = office
            .post(&format!("{S}/plan?unit=HB"), &window)
            .await
            .is(200);
        let link = edits(&page)[0].clone();
        let none = [("again", "2020-02-01"), ("again_why", "Nhầm")];
        let _ = mend(&mut office, "plan", &link, &none)
            .await
            .is(422)
            .says("E-SEA-70");
        let far = [("until", "2120-02-08"), ("end_why", "Thay kế hoạch")];
        let _ = withdraw(&mut office, "plan", &link, &far).await.is(200);
        let page = office.get(&link).await.is(200);
        let _ = page
            .says("Sửa việc thu hồi")
            .says("Hết hiệu lực từ 08/02/2120");
        let mut right = vec![("again", "2020-02-08"), ("deed", "redate")];
        let _ = mend(&mut office, "plan", &link, &right)
            .await
            .is(422)
            .says("E-SEA-41");
        right.push(("again_why", "Ghi nhầm năm"));
        let mut early = right.clone();
        early[0].1 = "2020-01-01";
        let _ = mend(&mut office, "plan", &link, &early)
            .await
            .is(422)
            .says("E-SEA-68");
        let page = mend(&mut office, "plan", &link, &right).await.is(200);
        let _ = page
            .says("chưa có thời hạn")
            .says("Hết hiệu lực từ 08/02/2020: Thay kế hoạch (office)");
        counters_are_right(&hall.app).await;
        let back = [("deed", "restore"), ("again_why", "Không thu hồi nữa")];
        let _ = mend(&mut office, "plan", &link, &back)
            .await
            .is(200)
            .says("đến 31/03/2020 (theo");
        counters_are_right(&hall.app).await;
        let _ = mend(&mut office, "plan", &link, &back)
            .await
            .is(422)
            .says("E-SEA-70");
        // It may be withdrawn anew.
        let _ = withdraw(&mut office, "plan", &link, &[("end_why", "Hết")])
            .await
            .is(200);
        let mut admin = hall.person("admin", Role::Administrator, None).await;
        let log = admin.get("/audit").await.is(200);
        let _ = log
            .says("Đổi ngày thu hồi thành 08/02/2020")
            .says("Bỏ việc thu hồi")
            .says("Không thu hồi nữa");
    })
    .await;
}

#[tokio::test]
async fn the_same_window_is_entered_once() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let at = format!("{S}/plan?unit=HB");
        let window = |last: &'static str, from: &'static str, mark: &'static str| {
            [
                ("level", "branch"),
                ("mark", mark),
                ("first", "2020-02-20"),
                ("last", last),
                ("from", from),
            ]
        };
        let page = office
            .post(&at, &window("2020-03-31", "2020-01-02", ""))
            .await
            .is(200);
        let first = edits(&page)[0].clone();
        // Sent twice, or for a later or an earlier day: it says nothing new.
        for from in ["2020-01-02", "2020-02-01", "2020-01-01"] {
            let _ = office
                .post(&at, &window("2020-03-31", from, ""))
                .await
                .is(422)
                .says("E-SEA-75")
                .says("20/02/2020 – 31/03/2020, hiệu lực từ 02/01/2020");
        }
        // For pilots it is another window, and so it is after one in between.
        let _ = office
            .post(&at, &window("2020-03-31", "2020-01-02", "pilot"))
            .await
            .is(200);
        let page = office
            .post(&at, &window("2020-03-20", "2020-01-20", ""))
            .await
            .is(200);
        let second = edits(&page)[0].clone();
        let _ = office
            .post(&at, &window("2020-03-31", "2020-02-01", ""))
            .await
            .is(200);
        // Put right it must not become what stands beside it.
        let id = record(&second);
        let mut put = vec![("record", id.as_str()), ("why", "Nhầm")];
        put.extend(window("2020-03-31", "2020-01-20", ""));
        let _ = office.post(&at, &put).await.is(422).says("E-SEA-75");
        // What was withdrawn may be entered again; then it does not come back.
        let gone = [("until", "2020-01-10"), ("end_why", "Nhầm")];
        let _ = withdraw(&mut office, "plan", &first, &gone).await.is(200);
        let _ = office
            .post(&at, &window("2020-03-31", "2020-01-15", ""))
            .await
            .is(200);
        let back = [("deed", "restore"), ("again_why", "Nhầm")];
        let _ = mend(&mut office, "plan", &first, &back)
            .await
            .is(422)
            .says("E-SEA-75");
        counters_are_right(&hall.app).await;
    })
    .await;
}

#[tokio::test]
async fn what_vanished_by_a_mistyped_year_is_found_and_put_right() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        // An event withdrawn far in the past counts on no day at all.
        let event = [
            ("name", "Bầu cử trưởng thôn"),
            ("first", "2020-03-15"),
            ("relation", "before"),
        ];
        let page = office
            .post(&format!("{S}/events?unit=HB"), &event)
            .await
            .is(200);
        let link = edits(&page)[0].clone();
        let past = [("until", "1920-02-10"), ("end_why", "Hoãn")];
        let page = withdraw(&mut office, "events", &link, &past).await.is(200);
        let page = page.says("0 sự kiện").says("10/02/1920");
        let link = edit_after(&page, "Bầu cử trưởng thôn – ");
        let right = [("again", "2020-02-20"), ("again_why", "Ghi nhầm năm")];
        let _ = mend(&mut office, "events", &link, &right)
            .await
            .is(200)
            .says("1 sự kiện");

        // A pilot does not come back where the unit was set apart anew.
        let marks = format!("{S}/marks?unit=HB");
        let pilot = |from: &'static str| [("target", "TH-01"), ("mark", "pilot"), ("from", from)];
        let page = office.post(&marks, &pilot("2020-01-20")).await.is(200);
        let link = edits(&page)[0].clone();
        let gone = [("until", "2020-02-01"), ("end_why", "Thôi")];
        let _ = withdraw(&mut office, "marks", &link, &gone).await.is(200);
        let _ = office.post(&marks, &pilot("2020-02-05")).await.is(200);
        let back = [("deed", "restore"), ("again_why", "Nhầm")];
        let _ = mend(&mut office, "marks", &link, &back)
            .await
            .is(422)
            .says("E-SEA-61");
        let later = [("again", "2020-02-04"), ("again_why", "Nhầm ngày")];
        let _ = mend(&mut office, "marks", &link, &later).await.is(200);
        counters_are_right(&hall.app).await;
    })
    .await;
}

#[tokio::test]
async fn charges_ended_in_one_go_are_put_right_in_one_go() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-06-04").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let at = format!("{S}/charges?unit=HB");
        let charge = |person: &'static str, units: &[&'static str], from: &'static str| {
            let mut fields = vec![("person", person), ("from", from)];
            fields.extend(units.iter().map(|unit| ("units", *unit)));
            fields
        };
        let first = charge("Trần Thị Ổi", &["TH", "PS"], "2020-01-01");
        let page = office.post(&at, &first).await.is(200).says("7/8 đơn vị");
        let link = edits(&page)[0].clone();
        let end = [("until", "2020-02-01"), ("end_why", "Chuyển công tác")];
        let page = withdraw(&mut office, "charges", &link, &end).await.is(200);
        let page = page.says("0/8 đơn vị");
        let link = edit_after(&page, "Trần Thị Ổi · ");
        // Somebody else took PS over since.
        let second = charge("Lê Văn Mận", &["PS"], "2020-05-01");
        let _ = office.post(&at, &second).await.is(200);
        let late = [("again", "2020-05-20"), ("again_why", "Nhầm tháng")];
        let _ = mend(&mut office, "charges", &link, &late)
            .await
            .is(422)
            .says("E-SEA-76")
            .says("Lê Văn Mận");
        let back = [("deed", "restore"), ("again_why", "Không chuyển nữa")];
        let page = mend(&mut office, "charges", &link, &back).await.is(200);
        let _ = page.says("7/8 đơn vị").says("2 đồng chí");
        let _ = office
            .get(&format!("{at}&on=2020-04-30"))
            .await
            .is(200)
            .says("7/8 đơn vị")
            .says("1 đồng chí");
    })
    .await;
}
