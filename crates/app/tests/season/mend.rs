//! What a plan holds is put right or taken back; a past day stays as it was.

use plenum_rules::access::Role;
use plenum_testkit::{Scratch, on_both, unit};

use crate::world::*;

#[tokio::test]
async fn a_window_is_withdrawn_and_a_past_day_still_shows_it() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut district = hall
            .person("district", Role::Office, Some(unit("HB")))
            .await;
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        let window = |last: &'static str, from: &'static str| {
            [("level", "branch"), ("last", last), ("from", from)]
        };
        let _ = district
            .post(
                &format!("{S}/plan?unit=HB"),
                &window("2020-03-31", "2020-01-02"),
            )
            .await
            .is(200);
        let page = ward
            .post(
                &format!("{S}/plan?unit=TH"),
                &window("2020-02-05", "2020-01-05"),
            )
            .await
            .is(200);
        let links = edits(&page);
        assert_eq!(
            links.len(),
            1,
            "the ward mends its own plan, not the district's: {links:?}"
        );
        let link = links[0].clone();
        let page = ward.get(&link).await.is(200);
        let _ = page.says("Thu hồi: Chi bộ, đến 05/02/2020");
        let _ = withdraw(&mut ward, "plan", &link, &[])
            .await
            .is(422)
            .says("E-SEA-41");
        let early = [("until", "2020-01-01"), ("end_why", "Nhầm")];
        let _ = withdraw(&mut ward, "plan", &link, &early)
            .await
            .is(422)
            .says("E-SEA-68");
        let fields = [
            ("until", "2020-02-08"),
            ("end_why", "Thực hiện theo kế hoạch của quận"),
        ];
        let page = withdraw(&mut ward, "plan", &link, &fields).await.is(200);
        let _ = page
            .says("đến 31/03/2020 (theo")
            .says("Hết hiệu lực từ 08/02/2020: Thực hiện theo kế hoạch của quận (ward)");
        let _ = ward
            .get(&format!("{S}/plan?unit=TH&on=2020-02-07"))
            .await
            .is(200)
            .says("đến 05/02/2020 (theo");
        let _ = withdraw(&mut ward, "plan", &link, &fields)
            .await
            .is(422)
            .says("E-SEA-69");
        counters_are_right(&hall.app).await;
        // Who does not write that plan takes nothing of it back.
        let mut other = hall.person("other", Role::Office, Some(unit("PS"))).await;
        let answer = withdraw(&mut other, "plan", &link, &fields).await;
        assert_eq!(answer.status.as_u16(), 403);
        let mut admin = hall.person("admin", Role::Administrator, None).await;
        let _ = admin
            .get("/audit")
            .await
            .is(200)
            .says("Thu hồi khung thời gian đại hội trong");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_does_not_loosen_past_the_superior_without_its_consent() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut district = hall
            .person("district", Role::Office, Some(unit("HB")))
            .await;
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        let _ = district
            .post(
                &format!("{S}/plan?unit=HB"),
                &[
                    ("level", "branch"),
                    ("last", "2020-03-31"),
                    ("from", "2020-01-02"),
                ],
            )
            .await
            .is(200);
        let consented = [
            ("level", "branch"),
            ("last", "2020-04-05"),
            ("from", "2020-01-03"),
            ("consent", "Công văn 12-CV/QU"),
        ];
        let _ = district
            .post(&format!("{S}/plan?unit=TH"), &consented)
            .await
            .is(200);
        let page = ward
            .post(
                &format!("{S}/plan?unit=TH"),
                &[
                    ("level", "branch"),
                    ("last", "2020-03-20"),
                    ("from", "2020-01-10"),
                ],
            )
            .await
            .is(200)
            .says("đến 20/03/2020 (theo");
        // A word put right in what the superior consented to needs no new consent.
        let old = edits(&page)[1].clone();
        let id = record(&old);
        let mut put = vec![("record", id.as_str()), ("why", "Bổ sung lý do")];
        put.extend(consented);
        put.push(("reason", "Thiên tai"));
        let _ = ward
            .post(&format!("{S}/plan?unit=TH"), &put)
            .await
            .is(200)
            .says("Thiên tai · Cấp trên đồng ý: Công văn 12-CV/QU");
        // The latest window comes first; without it the old one would count again, past the district's.
        let link = edits(&page)[0].clone();
        let mut fields = vec![("end_why", "Không còn phù hợp")];
        let _ = withdraw(&mut ward, "plan", &link, &fields)
            .await
            .is(422)
            .says("E-SEA-01")
            .says("31/03/2020");
        fields.push(("end_consent", "Công văn 20-CV/QU"));
        let _ = withdraw(&mut ward, "plan", &link, &fields)
            .await
            .is(422)
            .says("E-SEA-59");
        let page = withdraw(&mut district, "plan", &link, &fields)
            .await
            .is(200);
        let _ = page.says("đến 05/04/2020 (theo").says("20-CV/QU");
        counters_are_right(&hall.app).await;
    })
    .await;
}

#[tokio::test]
async fn a_window_entered_wrongly_is_put_right_and_counted_anew() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-04-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        let _ = office
            .post(
                &format!("{S}/plan?unit=HB"),
                &[
                    ("level", "branch"),
                    ("last", "2020-03-31"),
                    ("from", "2020-01-02"),
                ],
            )
            .await
            .is(200);
        let page = ward
            .post(
                &format!("{S}/plan?unit=TH"),
                &[
                    ("level", "branch"),
                    ("last", "2020-03-13"),
                    ("from", "2020-01-05"),
                ],
            )
            .await
            .is(200);
        let link = edits(&page)[0].clone();
        let page = ward.get(&link).await.is(200);
        assert!(
            page.text().contains("value=\"2020-03-13\""),
            "the form is filled in"
        );
        let record = record(&link);
        let mut fields = vec![
            ("record", record.as_str()),
            ("level", "branch"),
            ("last", "2020-04-15"),
            ("from", "2020-01-05"),
        ];
        let at = format!("{S}/plan?unit=TH");
        let _ = ward.post(&at, &fields).await.is(422).says("E-SEA-41");
        fields.push(("why", "Ghi nhầm tháng"));
        let refused = ward.post(&at, &fields).await.is(422).says("E-SEA-01");
        assert!(
            refused.text().contains("value=\"2020-04-15\""),
            "what was typed is kept"
        );
        fields[2].1 = "2020-03-30";
        let _ = ward
            .post(&at, &fields)
            .await
            .is(200)
            .says("đến 30/03/2020 (theo");
        // Put right is put right for every day: the past knows the right day too.
        let _ = ward
            .get(&format!("{at}&on=2020-02-01"))
            .await
            .is(200)
            .says("đến 30/03/2020 (theo");
        counters_are_right(&hall.app).await;
    })
    .await;
}

#[tokio::test]
async fn pilots_and_events_are_put_right_and_withdrawn() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let mark = [
            ("target", "TH-01"),
            ("mark", "pilot"),
            ("from", "2020-01-20"),
        ];
        let page = office
            .post(&format!("{S}/marks?unit=TH"), &mark)
            .await
            .is(200)
            .says("Chưa có căn cứ");
        let link = edits(&page)[0].clone();
        let id = record(&link);
        let fields = [
            ("record", id.as_str()),
            ("mark", "trial"),
            ("basis", "Quyết định 1434"),
            ("from", "2020-01-15"),
            ("why", "Chọn nhầm diện"),
        ];
        let page = office
            .post(&format!("{S}/marks?unit=TH"), &fields)
            .await
            .is(200);
        let _ = page
            .says("0 đại hội điểm và 1 đơn vị thí điểm")
            .says("Quyết định 1434");
        counters_are_right(&hall.app).await;
        let fields = [("until", "2020-02-01"), ("end_why", "Không thí điểm nữa")];
        let page = withdraw(&mut office, "marks", &link, &fields).await.is(200);
        let _ = page
            .says("0 đại hội điểm và 0 đơn vị thí điểm")
            .says("Không thí điểm nữa (office)");
        counters_are_right(&hall.app).await;
        let _ = office
            .get(&format!("{S}/marks?unit=TH&on=2020-01-31"))
            .await
            .is(200)
            .says("1 đơn vị thí điểm");
        // It may be set apart anew, from the day on which it was not any more.
        let again = [
            ("target", "TH-01"),
            ("mark", "trial"),
            ("from", "2020-02-01"),
        ];
        let _ = office
            .post(&format!("{S}/marks?unit=TH"), &again)
            .await
            .is(200)
            .says("1 đơn vị thí điểm");

        let event = [
            ("name", "Bầu cử trưởng thôn"),
            ("first", "2020-03-15"),
            ("relation", "before"),
            ("level", "branch"),
        ];
        let page = office
            .post(&format!("{S}/events?unit=TH"), &event)
            .await
            .is(200);
        let link = edits(&page)[0].clone();
        let id = record(&link);
        date(&hall, "TH-02", "2020-03-20", "2020-03-20").await;
        let fields = [
            ("record", id.as_str()),
            ("name", "Bầu cử trưởng thôn, tổ trưởng"),
            ("first", "2020-03-22"),
            ("relation", "before"),
            ("level", "branch"),
            ("why", "Huyện đổi ngày"),
        ];
        let _ = office
            .post(&format!("{S}/events?unit=TH"), &fields)
            .await
            .is(200)
            .says("22/03/2020");
        assert!(findings(&mut office, "unit=TH").await.contains("E-SEA-16"));
        let fields = [("until", "2020-02-10"), ("end_why", "Hoãn bầu cử")];
        let _ = withdraw(&mut office, "events", &link, &fields)
            .await
            .is(200)
            .says("0 sự kiện")
            .says("Hoãn bầu cử");
        assert!(!findings(&mut office, "unit=TH").await.contains("E-SEA-16"));
        let _ = office
            .get(&format!("{S}/events?unit=TH&on=2020-02-09"))
            .await
            .is(200)
            .says("1 sự kiện");
    })
    .await;
}
