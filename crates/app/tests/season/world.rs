//! The small district, and what the stories ask of it.

use plenum_app::shell::App;
use plenum_rules::congress::Planned;
use plenum_rules::{Day, SeasonId};
use plenum_store::{Tx, congress, progress, season as seasons};
use plenum_testkit::{Answer, Client, Hall, Plot, Scratch, day, season, unit};

pub const S: &str = "/s/hoa-binh-2020";

/// The small district with a season of three levels.
pub async fn hall(scratch: &Scratch, today: &str) -> Hall {
    let hall = Hall::new(&scratch.db, day(today));
    hall.set_up(async |tx: &mut Tx| {
        Plot::small(day("2015-01-01")).save(tx).await;
        let levels = ["district", "grassroots", "branch"];
        season(tx, "hoa-binh-2020", unit("HB"), day("2020-01-01"), &levels).await;
    })
    .await;
    hall
}

pub fn id() -> SeasonId {
    SeasonId::new("hoa-binh-2020").expect("a season's name")
}

/// Sets a congress's day directly.
pub async fn date(hall: &Hall, code: &str, first: &str, last: &str) {
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

pub async fn planned(app: &App, code: &str) -> Option<Day> {
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

pub async fn counters_are_right(app: &App) {
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
pub async fn findings(client: &mut Client, at: &str) -> String {
    client
        .get(&format!("{S}/findings?{at}"))
        .await
        .is(200)
        .words()
}

/// The addresses under which rows of a page are edited.
pub fn edits(page: &Answer) -> Vec<String> {
    page.text()
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.contains("edit="))
        .map(|link| link.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

/// The id of the record such an address names.
pub fn record(address: &str) -> String {
    let id = address.split("edit=").nth(1).expect("a record");
    id.split('#').next().expect("an id").to_owned()
}

/// Takes back what an address edits.
pub async fn withdraw(
    client: &mut Client,
    page: &str,
    link: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let record = record(link);
    let mut sent = vec![("record", record.as_str())];
    sent.extend(fields);
    let unit = link
        .split("unit=")
        .nth(1)
        .and_then(|rest| rest.split('&').next());
    let at = format!("{S}/{page}/withdraw?unit={}", unit.expect("a unit"));
    client.post(&at, &sent).await
}

/// The form of the season as it stands, with some fields changed.
pub fn season_fields<'a>(
    levels: &[&'a str],
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Đại hội nhiệm kỳ 2020–2025"),
        ("opens", "2020-01-01"),
        ("term-district", "2020–2025"),
        ("term-grassroots", "2020–2025"),
        ("term-branch", "2020–2022"),
        ("counted", "branch"),
        ("contents", "review"),
        ("contents", "opinions"),
        ("contents", "committee"),
        ("why", "Theo kế hoạch mới"),
    ];
    fields.extend(levels.iter().map(|level| ("levels", *level)));
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}
