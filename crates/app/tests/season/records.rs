//! Instruments, people, visits and preparations are put right or taken back.

use plenum_rules::access::Role;
use plenum_testkit::{Scratch, on_both, unit};

use crate::world::*;

#[tokio::test]
async fn instruments_are_put_right_and_withdrawn() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let mut secretary = hall
            .person("secretary", Role::UnitSecretary, Some(unit("TH-01")))
            .await;
        let at = format!("{S}/instruments?unit=HB");
        let plan = [
            ("kind", "plan"),
            ("number", "86-KH/QU"),
            ("date", "2020-01-15"),
            ("issuer", "Quận ủy"),
            ("title", "Kế hoạch đại hội"),
            ("addressed", "TH-01"),
            ("own", "yes"),
        ];
        let page = office.post(&at, &plan).await.is(200).says("0/1");
        let link = edits(&page)[0].clone();
        let id = record(&link);
        let mut put = vec![("record", id.as_str()), ("why", "Ghi nhầm số")];
        put.extend(
            plan.iter()
                .copied()
                .filter(|(name, _)| *name != "addressed"),
        );
        put[3].1 = "87-KH/QU";
        put.push(("addressed", "TH-02"));
        let _ = office
            .post(&at, &put)
            .await
            .is(200)
            .says("87-KH/QU")
            .says("0/2");
        let own = format!("{S}/instruments?unit=TH-01");
        let page = secretary
            .get(&own)
            .await
            .is(200)
            .says("Xác nhận đã quán triệt");
        assert!(
            edits(&page).is_empty(),
            "a branch does not mend the district's paper"
        );
        let _ = secretary.get("/").await.is(200).says("87-KH/QU");
        let fields = [
            ("until", "2020-02-10"),
            ("end_why", "Thay bằng kế hoạch khác"),
        ];
        let page = withdraw(&mut office, "instruments", &link, &fields)
            .await
            .is(200);
        let _ = page.says("Đã thu hồi").says("Thay bằng kế hoạch khác");
        let page = secretary.get("/").await.is(200);
        assert!(
            !page.text().contains("87-KH/QU"),
            "nobody is asked for it any more"
        );
        let say = format!("{S}/instruments/acknowledge?unit=TH-01");
        let _ = secretary
            .post(&say, &[("instrument", id.as_str())])
            .await
            .is(422)
            .says("E-SEA-69");
        let past = office.get(&format!("{at}&on=2020-02-09")).await.is(200);
        assert!(!past.text().contains("Đã thu hồi"));
    })
    .await;
}

#[tokio::test]
async fn people_visits_and_preparations_are_put_right() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-06-04").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let at = format!("{S}/charges?unit=HB");
        let charge = [
            ("person", "Trần Thị Oi"),
            ("units", "TH"),
            ("units", "PS"),
            ("from", "2020-01-01"),
        ];
        let page = office.post(&at, &charge).await.is(200).says("7/8 đơn vị");
        let link = edits(&page)[0].clone();
        let id = record(&link);
        let name = [
            ("record", id.as_str()),
            ("person", "Trần Thị Ổi"),
            ("post", "Ủy viên"),
            ("why", "Ghi nhầm tên"),
        ];
        let page = office.post(&at, &name).await.is(200).says("Trần Thị Ổi");
        assert!(!page.text().contains("Trần Thị Oi"));
        let end = [
            ("units", "PS"),
            ("until", "2020-06-01"),
            ("end_why", "Chuyển công tác"),
        ];
        let page = withdraw(&mut office, "charges", &link, &end).await.is(200);
        let _ = page.says("4/8 đơn vị").says("Chuyển công tác");
        let _ = office
            .get(&format!("{at}&on=2020-05-31"))
            .await
            .is(200)
            .says("7/8 đơn vị");

        let at = format!("{S}/visits?unit=HB");
        let visit = [
            ("target", "TH"),
            ("day", "2020-06-02"),
            ("visitors", "Tổ công tác"),
            ("purpose", "Duyệt nội dung"),
            ("found", "Bổ sung chỉ tiêu\nRà soát quy hoạch"),
        ];
        let page = office.post(&at, &visit).await.is(200);
        let link = edits(&page)[0].clone();
        let id = record(&link);
        let answered = [
            ("visit", id.as_str()),
            ("place", "0"),
            ("how", "Đã bổ sung"),
        ];
        let _ = office
            .post(&format!("{S}/visits/answer?unit=HB"), &answered)
            .await
            .is(200);
        let put = [
            ("record", id.as_str()),
            ("day", "2020-06-03"),
            ("visitors", "Tổ công tác của Tỉnh ủy"),
            ("purpose", "Duyệt nội dung"),
            ("found", "Rà soát quy hoạch cấp ủy"),
            ("why", "Ghi nhầm ngày"),
        ];
        let page = office.post(&at, &put).await.is(200);
        let _ = page
            .says("Tổ công tác của Tỉnh ủy")
            .says("03/06/2020")
            .says("Bổ sung chỉ tiêu")
            .says("Rà soát quy hoạch cấp ủy")
            .says("nêu 2 kiến nghị, còn 1 chưa xử lý");

        let at = format!("{S}/works?unit=HB");
        let work = [
            ("area", "personnel"),
            ("title", "Kết luận chính trị"),
            ("total", "11"),
        ];
        let page = office.post(&at, &work).await.is(200);
        let link = edits(&page)[0].clone();
        let id = record(&link);
        let step = [
            ("work", id.as_str()),
            ("amount", "9"),
            ("day", "2020-06-01"),
        ];
        let _ = office
            .post(&format!("{S}/works/step?unit=HB"), &step)
            .await
            .is(200)
            .says("9/11");
        let mut put = vec![
            ("record", id.as_str()),
            ("area", "personnel"),
            ("title", "Kết luận tiêu chuẩn chính trị"),
            ("total", "8"),
            ("why", "Ghi nhầm tổng số"),
        ];
        let _ = office.post(&at, &put).await.is(422).says("E-SEA-64");
        put[3].1 = "18";
        let _ = office.post(&at, &put).await.is(200).says("9/18");
        let fields = [("end_why", "Gộp vào phần việc khác")];
        let _ = withdraw(&mut office, "works", &link, &fields)
            .await
            .is(200)
            .says("Chưa ghi phần việc nào");
        let _ = office
            .get(&format!("{at}&on=2020-06-03"))
            .await
            .is(200)
            .says("9/18");
    })
    .await;
}
