//! Dates, what is wrong with them, and what is done about it.

use plenum_rules::access::Role;
use plenum_testkit::{Scratch, day, on_both, unit};

use crate::world::*;

#[tokio::test]
async fn a_branch_dated_after_its_parent_is_found_and_put_right() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        date(&hall, "TH", "2020-05-14", "2020-05-15").await;
        date(&hall, "TH-01", "2020-05-20", "2020-05-20").await;
        let page = findings(&mut office, "unit=TH").await;
        assert!(page.contains("E-SEA-11"), "{page}");
        assert!(
            page.contains("xong ngày 20/05/2020") && page.contains("khai mạc ngày 14/05/2020"),
            "{page}"
        );
        date(&hall, "TH-01", "2020-05-13", "2020-05-13").await;
        let page = findings(&mut office, "unit=TH").await;
        assert!(!page.contains("E-SEA-11"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn pilots_events_and_length_are_watched() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        let mark = [
            ("target", "TH-01"),
            ("mark", "pilot"),
            ("basis", "Quyết định 1434"),
            ("from", "2020-02-01"),
        ];
        let _ = office
            .post(&format!("{S}/marks?unit=TH"), &mark)
            .await
            .is(200)
            .says("1 đại hội điểm")
            .says("Quyết định 1434");
        let _ = office
            .post(&format!("{S}/marks?unit=TH"), &mark)
            .await
            .is(422)
            .says("E-SEA-61");
        let event = [
            ("name", "Bầu cử trưởng thôn"),
            ("first", "2020-03-15"),
            ("relation", "before"),
            ("level", "branch"),
        ];
        let _ = office
            .post(&format!("{S}/events?unit=TH"), &event)
            .await
            .is(200)
            .says("Bầu cử trưởng thôn");
        date(&hall, "TH-01", "2020-03-20", "2020-03-20").await;
        date(&hall, "TH-02", "2020-03-19", "2020-03-20").await;
        date(&hall, "TH-03", "2020-03-14", "2020-03-14").await;
        let page = findings(&mut office, "unit=TH").await;
        for code in ["E-SEA-12", "E-SEA-16", "E-SEA-18"] {
            assert!(page.contains(code), "{code}: {page}");
        }
        assert!(page.contains("“Bầu cử trưởng thôn”"), "{page}");
        let raw = office.get(&format!("{S}/findings?unit=TH")).await.is(200);
        let link = raw
            .text()
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        let link = link
            .into_iter()
            .find(|link| link.contains("code=E-SEA-16"))
            .expect("a finding to deal with");
        let link = link.replace("&#38;", "&").replace("&amp;", "&");
        let consent = [
            ("reason", "Thôn không bầu"),
            ("consent_by", "Đảng ủy phường"),
            ("consent_instrument", "Công văn 3-CV/ĐU"),
            ("consent_on", "2020-02-09"),
        ];
        let _ = office
            .post(&link, &consent)
            .await
            .is(200)
            .says("Công văn 3-CV/ĐU");
        date(&hall, "TH-02", "2020-03-21", "2020-03-21").await;
        date(&hall, "TH-03", "2020-03-23", "2020-03-23").await;
        let page = findings(&mut office, "unit=TH").await;
        for code in ["E-SEA-12", "E-SEA-16", "E-SEA-18"] {
            assert!(!page.contains(code), "{code}: {page}");
        }
        counters_are_right(&hall.app).await;
    })
    .await;
}

#[tokio::test]
async fn many_dates_move_at_once_with_a_reason() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
        date(&hall, "TH", "2020-05-14", "2020-05-15").await;
        for code in ["TH-01", "TH-02", "TH-03"] {
            date(&hall, code, "2020-03-10", "2020-03-10").await;
        }
        let at = format!("{S}/redate?unit=TH");
        let _ = office
            .get(&format!("{at}&level=branch"))
            .await
            .is(200)
            .says("3 đơn vị đã có lịch");
        let mut fields = vec![
            ("units", "TH-01"),
            ("units", "TH-02"),
            ("how", "by"),
            ("by_days", "70"),
            ("step", "preview"),
        ];
        let _ = office.post(&at, &fields).await.is(422).says("E-SEA-05");
        fields.push(("reason", "Phòng chống dịch"));
        let _ = office
            .post(&at, &fields)
            .await
            .is(200)
            .says("2 đơn vị sẽ đổi lịch")
            .says("E-SEA-11")
            .says("19/05/2020");
        assert_eq!(
            planned(&hall.app, "TH-01").await,
            Some(day("2020-03-10")),
            "a preview changes nothing"
        );
        let fields: Vec<(&str, &str)> = fields
            .into_iter()
            .map(|(name, value)| match name {
                "by_days" => (name, "14"),
                "step" => (name, "confirm"),
                _ => (name, value),
            })
            .collect();
        let _ = office.post(&at, &fields).await.is(200);
        assert_eq!(planned(&hall.app, "TH-01").await, Some(day("2020-03-24")));
        assert_eq!(planned(&hall.app, "TH-02").await, Some(day("2020-03-24")));
        assert_eq!(planned(&hall.app, "TH-03").await, Some(day("2020-03-10")));
        counters_are_right(&hall.app).await;
        let mut other = hall.person("other", Role::Office, Some(unit("PS"))).await;
        let _ = other.post(&at, &fields).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn findings_give_way_to_a_reason_or_to_recorded_consent() {
    on_both(async |scratch: &Scratch| {
        let hall = hall(scratch, "2020-02-10").await;
        let mut district = hall
            .person("district", Role::Office, Some(unit("HB")))
            .await;
        let mut ward = hall.person("ward", Role::Office, Some(unit("TH"))).await;
        date(&hall, "TH", "2020-05-14", "2020-05-15").await;
        date(&hall, "TH-01", "2020-05-20", "2020-05-20").await;
        let link = |page: &str, code: &str| {
            let wanted = format!("code={code}");
            let found = page
                .split("href=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next());
            let link = found
                .into_iter()
                .find(|link| link.contains("/findings/handle") && link.contains(&wanted));
            link.unwrap_or_else(|| panic!("{code} cannot be dealt with"))
                .replace("&#38;", "&")
                .replace("&amp;", "&")
        };
        let page = ward.get(&format!("{S}/findings?unit=TH")).await.is(200);
        let (warned, blocked) = (link(page.text(), "W-SEA-25"), link(page.text(), "E-SEA-11"));
        let before = page.words().matches("W-SEA-25").count();
        let _ = ward.get(&warned).await.is(200);
        let _ = ward
            .post(&warned, &[("reason", "")])
            .await
            .is(422)
            .says("E-SEA-05");
        let page = ward
            .post(&warned, &[("reason", "Sẽ phân công trong tuần")])
            .await
            .is(200);
        let page = page.says("Sẽ phân công trong tuần");
        assert!(page.words().matches("W-SEA-25").count() <= before);
        let _ = ward.get(&blocked).await.is(200);
        let _ = ward
            .post(&blocked, &[("reason", "Đã báo cáo")])
            .await
            .is(422)
            .says("E-SEA-06");
        let consent = [
            ("reason", "Quận đồng ý"),
            ("consent_by", "Ban Thường vụ Đảng ủy"),
            ("consent_instrument", "Công văn 15-CV/ĐU"),
            ("consent_on", "2020-02-08"),
        ];
        // A branch's superior is the ward: its office may record the consent.
        let _ = ward
            .post(&blocked, &consent)
            .await
            .is(200)
            .says("Công văn 15-CV/ĐU");
        let _ = ward.get(&blocked).await.is(422).says("E-SEA-65");
        // The district's date blocks the ward: the consent is the district's.
        date(&hall, "HB", "2020-05-10", "2020-05-11").await;
        let page = ward.get(&format!("{S}/findings?unit=TH")).await.is(200);
        let blocked = page
            .text()
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .find(|link| {
                link.contains("about=TH&")
                    || link.contains("about=TH&#38;")
                    || link.contains("about=TH&amp;")
            })
            .filter(|link| link.contains("E-SEA-11"))
            .map(|link| link.replace("&#38;", "&").replace("&amp;", "&"));
        let blocked =
            blocked.unwrap_or_else(|| panic!("no finding about the ward: {}", page.words()));
        let _ = ward.post(&blocked, &consent).await.is(422).says("E-SEA-59");
        let _ = district.get(&blocked).await.is(200);
        let _ = district.post(&blocked, &consent).await.is(200);
    })
    .await;
}
