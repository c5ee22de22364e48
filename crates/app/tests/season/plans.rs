//! Plans, instruments, people, visits, preparations.

use plenum_rules::access::Role;
use plenum_testkit::{Scratch, on_both, unit};

use crate::world::*;

#[tokio::test]
async fn a_plan_may_only_tighten_unless_the_superior_records_its_consent() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut district = hall
            .person("district", Role::Office, Some(unit("HB")))
            .await;
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        let window =
            |last: &'static str| [("level", "branch"), ("last", last), ("from", "2020-01-02")];
        let _ = district
            .post(&format!("{S}/plan?unit=HB"), &window("2020-03-31"))
            .await
            .is(200)
            .says("đến 31/03/2020");
        let _ = ward
            .post(&format!("{S}/plan?unit=TH"), &window("2020-03-25"))
            .await
            .is(200)
            .says("đến 25/03/2020");
        let refused = ward
            .post(&format!("{S}/plan?unit=TH"), &window("2020-04-05"))
            .await
            .is(422);
        let refused = refused.says("E-SEA-01").says("31/03/2020");
        assert!(
            refused.text().contains("value=\"2020-04-05\""),
            "what was typed is kept"
        );
        let consented = [
            ("level", "branch"),
            ("last", "2020-04-05"),
            ("from", "2020-01-03"),
            ("consent", "Công văn 12-CV/QU ngày 02/01/2020"),
        ];
        let _ = ward
            .post(&format!("{S}/plan?unit=TH"), &consented)
            .await
            .is(422)
            .says("E-SEA-59");
        let _ = district
            .post(&format!("{S}/plan?unit=TH"), &consented)
            .await
            .is(200)
            .says("đến 05/04/2020")
            .says("12-CV/QU");
        counters_are_right(&hall.app).await;
        let _ = ward
            .post(&format!("{S}/plan?unit=PS"), &window("2020-03-01"))
            .await
            .is(403);
    })
    .await;
}

#[tokio::test]
async fn each_unit_addressed_acknowledges_for_itself() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let mut secretary = hall
            .person("secretary", Role::UnitSecretary, Some(unit("TH-01")))
            .await;
        let directive = [
            ("kind", "directive"),
            ("number", "35-CT/TW"),
            ("date", "2019-05-30"),
            ("issuer", "Bộ Chính trị"),
            ("title", "Về đại hội đảng bộ các cấp"),
            ("addressed_level", "branch"),
            ("acknowledge_by", "2020-02-01"),
        ];
        let at = format!("{S}/instruments?unit=HB");
        let page = office.post(&at, &directive).await.is(200);
        let page = page
            .says("0/5")
            .says("5 đơn vị chưa xác nhận")
            .says("Chậm xác nhận");
        let instrument = page
            .text()
            .split("name=\"instrument\" value=\"")
            .nth(1)
            .map(str::to_owned);
        assert!(instrument.is_none(), "the district is not addressed itself");
        // The same number of another date is another instrument; the same date is not.
        let _ = office.post(&at, &directive).await.is(422).says("E-INS-03");
        let mut other = directive;
        other[2].1 = "2014-05-30";
        let _ = office.post(&at, &other).await.is(200).says("W-INS-14");
        let own = format!("{S}/instruments?unit=TH-01");
        let page = secretary.get(&own).await.is(200);
        let ids: Vec<&str> = page
            .text()
            .split("name=\"instrument\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert_eq!(ids.len(), 2);
        let say = format!("{S}/instruments/acknowledge?unit=TH-01");
        let first = ids[1].to_owned();
        let _ = secretary
            .post(&say, &[("instrument", &first)])
            .await
            .is(200)
            .says("Đơn vị đã xác nhận ngày 10/02/2020");
        let _ = secretary
            .post(&say, &[("instrument", &first)])
            .await
            .is(422)
            .says("E-SEA-58");
        let elsewhere = format!("{S}/instruments/acknowledge?unit=TH-02");
        let _ = secretary
            .post(&elsewhere, &[("instrument", &first)])
            .await
            .is(403);
        let _ = office.get(&at).await.is(200).says("1/5");
    })
    .await;
}

#[tokio::test]
async fn a_season_is_set_up_and_looked_at() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut admin = hall.person("admin", Role::Administrator, None).await;
        let mut fields = vec![
            ("id", "Hoa Binh"),
            ("name", "Đại hội chi bộ 2022–2025"),
            ("root", "TH"),
            ("profile", "vn-party"),
            ("opens", "2020-03-01"),
            ("levels", "branch"),
            ("term-branch", "2022–2025"),
            ("counted", "branch"),
            ("contents", "review"),
            ("contents", "opinions"),
        ];
        let _ = admin.get("/seasons/new").await.is(200);
        let refused = admin
            .post("/seasons/new", &fields)
            .await
            .is(422)
            .says("E-SEA-51");
        assert!(
            refused.text().contains("Đại hội chi bộ 2022–2025"),
            "what was typed is kept"
        );
        fields[0].1 = "hoa-binh-2020";
        let _ = admin
            .post("/seasons/new", &fields)
            .await
            .is(422)
            .says("E-SEA-52");
        fields[0].1 = "thuan-hoa-2022";
        let page = admin.post("/seasons/new", &fields).await.is(200);
        let _ = page
            .says("Đại hội chi bộ 2022–2025")
            .says("Chi bộ: 2022–2025")
            .says("35-CT/TW");
        let _ = admin.get("/seasons").await.is(200).says("2 kỳ đại hội");
        let mut branch = hall
            .person("branch", Role::UnitSecretary, Some(unit("TH-01")))
            .await;
        let _ = branch.get("/seasons/new").await.is(403);
        for page in [
            "",
            "/instruments",
            "/plan",
            "/marks",
            "/events",
            "/charges",
            "/visits",
            "/works",
            "/findings",
        ] {
            let _ = branch
                .get(&format!("/s/thuan-hoa-2022{page}"))
                .await
                .is(200);
            let answer = branch.get(&format!("{S}{page}?unit=PS")).await;
            assert_eq!(
                answer.status.as_u16(),
                403,
                "{page}: another ward is not this person's to see"
            );
        }
        let english = admin
            .clone()
            .in_english()
            .get("/s/thuan-hoa-2022")
            .await
            .is(200);
        let _ = english.says("Rules in force");
    })
    .await;
}

#[tokio::test]
async fn people_visits_and_preparations_are_kept() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-06-04").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let charge = [
            ("person", "Trần Thị Ổi"),
            ("post", "Ủy viên Ban Thường vụ"),
            ("units", "TH"),
            ("units", "TH-01"),
            ("from", "2020-01-01"),
        ];
        let _ = office
            .post(&format!("{S}/charges?unit=HB"), &charge)
            .await
            .is(200)
            .says("4/8 đơn vị");
        let none = [("person", "Trần Thị Ổi")];
        let _ = office
            .post(&format!("{S}/charges?unit=HB"), &none)
            .await
            .is(422)
            .says("E-SEA-46");
        let visit = [
            ("target", "TH"),
            ("day", "2020-06-03"),
            ("visitors", "Tổ công tác của Tỉnh ủy"),
            ("purpose", "Duyệt nội dung"),
            ("found", "Bổ sung chỉ tiêu\nRà soát quy hoạch"),
        ];
        let page = office
            .post(&format!("{S}/visits?unit=HB"), &visit)
            .await
            .is(200)
            .says("còn 2 chưa xử lý");
        let value = page
            .text()
            .split("name=\"visit\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let value = value.expect("a visit to answer").to_owned();
        let answered = [
            ("visit", value.as_str()),
            ("place", "0"),
            ("how", "Đã bổ sung"),
        ];
        let at = format!("{S}/visits/answer?unit=HB");
        let _ = office
            .post(&at, &answered)
            .await
            .is(200)
            .says("còn 1 chưa xử lý")
            .says("Đã bổ sung");
        let _ = office.post(&at, &answered).await.is(422).says("E-SEA-63");
        let work = [
            ("area", "personnel"),
            ("title", "Kết luận tiêu chuẩn chính trị"),
            ("total", "111"),
        ];
        let page = office
            .post(&format!("{S}/works?unit=HB"), &work)
            .await
            .is(200)
            .says("0/111");
        let value = page.text().split("<option value=\"").find_map(|rest| {
            let id = rest.split('"').next()?;
            (id.len() == 32).then(|| id.to_owned())
        });
        let value = value.expect("a preparation to add to");
        let step = |amount: &'static str, day: &'static str| {
            vec![
                ("work", value.clone()),
                ("amount", amount.to_owned()),
                ("day", day.to_owned()),
            ]
        };
        let at = format!("{S}/works/step?unit=HB");
        for (amount, day, status, text) in [
            ("60", "2020-05-01", 200, "60/111"),
            ("37", "2020-06-02", 200, "97/111"),
            ("15", "2020-06-03", 422, "E-SEA-64"),
            ("1", "2020-07-01", 422, "E-SEA-62"),
        ] {
            let fields = step(amount, day);
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            let _ = office.post(&at, &fields).await.is(status).says(text);
        }
        let _ = office
            .get(&format!("{S}?unit=HB&on=2020-06-04"))
            .await
            .is(200)
            .says("97/111")
            .says("87,4 %");
        let _ = office
            .get(&format!("{S}/works?unit=HB&on=2020-05-31"))
            .await
            .is(200)
            .says("60/111");
    })
    .await;
}
