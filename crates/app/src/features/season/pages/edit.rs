//! Changing a season that is set up.

use askama::Template;
use plenum_rules::SeasonId;
use plenum_rules::access::Permission;
use plenum_store::season::Season;

use super::super::actions::{self, Edited};
use super::super::fields::{Fields, Sheet};
use super::forms::{Filing, RECORD, SeasonPage, Sheets};
use super::setup::{contents_offered, typed_contents, typed_levels};
use super::{Desk, Named};
use crate::shell::page::Link;
use crate::shell::problem::Result;
use crate::shell::{Chrome, Cx, Look, Place, Visitor, profiles};

#[derive(Template)]
#[template(path = "season/edit.html")]
pub struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    levels: Vec<Named>,
    contents: Vec<Named>,
    back: String,
    sheet: Sheet,
}

/// The season as its form has it.
fn fields(season: &Season) -> Fields {
    let shape = &season.shape;
    let day = |day: Option<plenum_rules::Day>| day.map_or_else(String::new, |day| day.to_string());
    let mut fields = Fields::default()
        .with("name", &season.name)
        .with("opens", season.opens.to_string())
        .with("closes", day(shape.closes))
        .with("pages_open_on", day(shape.pages_open_on))
        .with("counted", &shape.counted.0);
    for each in &shape.levels {
        let code = &each.level.0;
        fields = fields
            .with("levels", code)
            .with(&format!("term-{code}"), each.term.to_string())
            .with(&format!("ends-{code}"), day(each.running_term_ends));
    }
    let held = [
        ("review", shape.contents.review),
        ("opinions", shape.contents.opinions),
        ("committee", shape.contents.committee),
        ("delegates", shape.contents.delegates),
    ];
    for (content, _) in held.into_iter().filter(|(_, held)| *held) {
        fields = fields.with("contents", content);
    }
    fields
}

impl SeasonPage for Page {
    const NAME: &'static str = "edit";

    async fn build(
        look: &mut Look,
        visitor: &Visitor,
        desk: Desk,
        sheets: &Sheets,
    ) -> Result<Self> {
        let (place, words) = (&desk.place, visitor.words);
        look.must(Permission::EditSeason, place.season.root).await?;
        Ok(Self {
            levels: place
                .profile
                .levels
                .iter()
                .map(|rule| Named {
                    code: rule.code.0.clone(),
                    name: profiles::level_name(words, place.profile, &rule.code),
                })
                .collect(),
            contents: contents_offered(words),
            back: place.address("", &place.unit.code),
            sheet: sheets.filled(Some(fields(&place.season))),
            p: desk.p,
            tabs: desk.tabs,
        })
    }
}

/// The season as it is to be.
pub struct Changed(Edited);

impl Filing for Changed {
    type Page = Page;
    const FORM: &'static str = RECORD;
    const TO: &'static str = "";

    async fn read(_: &mut Look, _: &Place, fields: &Fields) -> Result<Self> {
        Ok(Self(Edited {
            name: fields.text("name")?,
            opens: fields.day("opens")?,
            closes: fields.optional_day("closes")?,
            pages_open_on: fields.optional_day("pages_open_on")?,
            levels: typed_levels(fields)?,
            counted: fields.get("counted").to_owned(),
            contents: typed_contents(fields),
            why: fields.text("why")?,
        }))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        actions::edit(cx, season, self.0).await
    }
}
