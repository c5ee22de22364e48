//! `plenum report`.

use std::path::PathBuf;

use clap::Args;

use super::actions::{self, Format};
use super::letter::Asked;
use crate::cli::{Failure, Place, place_named, terminal_user};
use crate::shell::look;

/// Writes the report of a node on a day, as PDF, DOCX or XLSX.
#[derive(Args)]
pub struct Report {
    #[command(flatten)]
    database: Place,
    /// The season's name.
    #[arg(long)]
    season: String,
    /// The unit's code; without it the season's top.
    #[arg(long)]
    unit: Option<String>,
    /// The day, such as 2020-03-02; without it today.
    #[arg(long)]
    as_of: Option<String>,
    /// pdf, docx or xlsx.
    #[arg(long, value_parser = ["pdf", "docx", "xlsx"], default_value = "pdf")]
    format: String,
    /// The file to write.
    #[arg(long)]
    out: PathBuf,
    /// The body above the issuing one; "" for none.
    #[arg(long)]
    superior: Option<String>,
    /// The issuing body.
    #[arg(long)]
    body: Option<String>,
    /// Number and symbol, such as "Số 12-BC/QU".
    #[arg(long)]
    number: Option<String>,
    /// Where it is signed.
    #[arg(long)]
    place: Option<String>,
    /// The day it is signed, such as 2020-03-03; without it the report's.
    #[arg(long)]
    date: Option<String>,
    /// In whose name it is signed.
    #[arg(long)]
    authority: Option<String>,
    /// The post of who signs.
    #[arg(long)]
    post: Option<String>,
    /// Who signs.
    #[arg(long)]
    signer: Option<String>,
    /// Who receives it; once for each.
    #[arg(long)]
    to: Vec<String>,
}

impl Report {
    /// Writes it.
    ///
    /// # Errors
    /// An unknown season, unit or day; a file that cannot be written.
    pub async fn run(self) -> Result<(), Failure> {
        let app = self.database.open().await?;
        let mut look = look(&app, &terminal_user()).await?;
        let (unit, on) = (self.unit.as_deref(), self.as_of.as_deref());
        place_named(&mut look, &self.season, unit, on).await?;
        let asked = Asked {
            unit: self.unit,
            on: self.as_of,
            superior: self.superior,
            body: self.body,
            number: self.number,
            place: self.place,
            date: self.date,
            authority: self.authority,
            post: self.post,
            signer: self.signer,
            to: Some(self.to.join("\n")).filter(|to| !to.is_empty()),
        };
        let drawn = actions::draw_up(&mut look, &self.season, &asked).await?;
        let format = Format::of_ending(&self.format)
            .ok_or_else(|| Failure(format!("no such format: {}", self.format)))?;
        let bytes = actions::set(drawn.document, format).await?;
        tokio::fs::write(&self.out, bytes)
            .await
            .map_err(|error| Failure::of_file(&self.out, &error))
    }
}
