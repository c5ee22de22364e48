//! A season planned, conflicts found and resolved, through the router.

use plenum_app::shell::App;
use plenum_rules::access::Role;
use plenum_rules::congress::Planned;
use plenum_rules::{Day, SeasonId};
use plenum_store::{Tx, congress, progress, season as seasons};
use plenum_testkit::{Client, Hall, Plot, Scratch, day, on_both, season, unit};

const S: &str = "/s/hoa-binh-2020";

/// The small district with a season of three levels.
async fn hall(scratch: &Scratch, today: &str) -> Hall {
    let hall = Hall::new(&scratch.db, day(today));
    hall.set_up(async |tx: &mut Tx| {
        Plot::small(day("2015-01-01")).save(tx).await;
        let levels = ["district", "grassroots", "branch"];
        season(tx, "hoa-binh-2020", unit("HB"), day("2020-01-01"), &levels).await;
    })
    .await;
    hall
}

fn id() -> SeasonId {
    SeasonId::new("hoa-binh-2020").expect("a season's name")
}

/// Sets a congress's day directly.
async fn date(hall: &Hall, code: &str, first: &str, last: &str) {
    let planned = Planned {
        first: day(first),
        last: day(last),
        preparatory_half_days: 0,
    };
    let today = hall.app.clock.today();
    hall.set_up(async |tx: &mut Tx| {
        let pending = progress::before(tx, &[unit(code)])
            .await
            .expect("count before");
        let mut facts = congress::load(tx, &id(), unit(code)).await.expect("load");
        let again = facts.planned().is_empty();
        let reason = (!again).then(|| "đổi ngày".to_owned());
        facts.date(today, planned, reason).expect("a date");
        congress::save(tx, &id(), unit(code), &facts, 0)
            .await
            .expect("save");
        pending.finish(tx, &[]).await.expect("count after");
    })
    .await;
}

async fn planned(app: &App, code: &str) -> Option<Day> {
    let mut tx = app.db.read().await.expect("read");
    let facts = congress::load(&mut tx, &id(), unit(code))
        .await
        .expect("load");
    let timeline = facts.planned();
    timeline
        .on(plenum_rules::day::LAST)
        .cloned()
        .flatten()
        .map(|planned| planned.first)
}

async fn counters_are_right(app: &App) {
    let mut tx = app.db.read().await.expect("read");
    let season = seasons::load(&mut tx, &id())
        .await
        .expect("load")
        .expect("the season");
    assert_eq!(
        progress::differing(&mut tx, &season)
            .await
            .expect("recount"),
        []
    );
}

/// What the findings page says of one code.
async fn findings(client: &mut Client, at: &str) -> String {
    client
        .get(&format!("{S}/findings?{at}"))
        .await
        .is(200)
        .words()
}

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
