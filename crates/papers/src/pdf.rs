//! An official document as PDF/A-2a, tagged.

use typst::foundations::{Dict, Smart, Value};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::document::{self, Align, OfficialDocument, Section, Table, capitals, one_line};
use crate::error::PaperError;
use crate::press::{self, array, dict, text};
use crate::vi;

const TEMPLATE: (&str, &str) = ("official.typ", include_str!("official.typ"));

/// The document as PDF/A-2a (ISO 19005-2, tagged), A4, in the layout of HD 36-HD/VPTW. The same document gives the same
/// bytes; the creation date is the document's own. What the fonts cannot print stands as `□`.
///
/// # Errors
///
/// [`PaperError::NoColumns`] and [`PaperError::RowTooLong`] for a table that cannot be set, [`PaperError::Typesetting`]
/// when typst refuses.
pub fn pdf(document: &OfficialDocument) -> Result<Vec<u8>, PaperError> {
    document.check()?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Plenum".to_owned())),
        standards: PdfStandards::new(&[PdfStandard::A_2a])
            .map_err(|why| PaperError::Typesetting(why.message().to_string()))?,
        ..PdfOptions::default()
    };
    press::print(TEMPLATE, &values(document), &options)
}

/// The document as the template wants it.
fn values(document: &OfficialDocument) -> Dict {
    dict([
        ("title", text(document.title())),
        ("heading", text(one_line(&document.heading))),
        ("superior", text(capitals(&document.superior_body))),
        ("issuing", text(capitals(&document.issuing_body))),
        ("number", text(vi::printable(&document.number))),
        ("place-date", text(one_line(&document.place_and_date()))),
        ("year", Value::Int(document.date.year().into())),
        ("month", Value::Int(document.date.month().into())),
        ("day", Value::Int(document.date.day().into())),
        ("kind", text(capitals(&document.kind))),
        ("abstract", text(one_line(&document.abstract_line))),
        (
            "sections",
            array(&document.sections, |section| {
                Value::Dict(section_values(section))
            }),
        ),
        ("authority", text(one_line(&document.authority))),
        ("post", text(one_line(&document.post))),
        ("signer", text(one_line(&document.signer))),
        ("recipients-title", text(document::RECIPIENTS)),
        ("recipients", array(document.recipient_lines(), text)),
    ])
}

fn section_values(section: &Section) -> Dict {
    let table = section.table.as_ref();
    dict([
        (
            "title",
            text(one_line(section.title.as_deref().unwrap_or_default())),
        ),
        (
            "paragraphs",
            array(&section.paragraphs, |paragraph| {
                text(breakable(&vi::printable(paragraph)))
            }),
        ),
        ("has-table", Value::Bool(table.is_some())),
        (
            "table",
            table.map_or(Value::None, |table| Value::Dict(table_values(table))),
        ),
    ])
}

fn table_values(table: &Table) -> Dict {
    let row = |row: &crate::document::Row| {
        let cells = (0..table.columns.len()).map(|column| row.cell(column));
        Value::Dict(dict([
            ("emphasis", Value::Bool(row.emphasis)),
            (
                "cells",
                array(cells, |cell| text(breakable(&vi::cell(cell)))),
            ),
        ]))
    };
    dict([
        (
            "caption",
            text(one_line(table.caption.as_deref().unwrap_or_default())),
        ),
        (
            "weights",
            array(table.weights(), |weight| Value::Int(weight.into())),
        ),
        (
            "titles",
            array(&table.columns, |column| {
                text(breakable(&vi::printable(&column.title)))
            }),
        ),
        (
            "aligns",
            array(&table.columns, |column| text(side(column.align))),
        ),
        ("rows", array(&table.rows, row)),
    ])
}

/// Lets a word longer than a narrow column break: after the joints of file names and addresses, else anywhere.
fn breakable(text: &str) -> String {
    const LONG: usize = 20;
    const PIECE: usize = 10;
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '\n']) {
        if word.chars().count() <= LONG {
            out.push_str(word);
            continue;
        }
        let mut since = 0;
        let mut rest = word.chars().peekable();
        while let Some(c) = rest.next() {
            out.push(c);
            since += 1;
            let joint = matches!(c, '_' | '/' | '.' | '-' | '@' | ',' | ';');
            // A combining mark is no letter of its own and stays with the one before it.
            let between_letters = rest.peek().is_some_and(|next| next.is_alphanumeric());
            if joint || (since >= PIECE && between_letters) {
                out.push('\u{200b}');
                since = 0;
            }
        }
    }
    out
}

fn side(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}
