//! An official document as PDF/A-2a, tagged, by typst as a library.
//!
//! The world typst sees has one source, our template, and the fonts inside this binary: no files, no network, no clock.
//! The document goes in as a dictionary of values, so that `#` or `*` in the name of a unit stays what it is.

use std::sync::OnceLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Array, Bytes, Datetime, Dict, Duration, Smart, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::document::{self, Align, OfficialDocument, Section, Table, capitals, one_line};
use crate::error::PaperError;
use crate::vi;

const TEMPLATE: &str = include_str!("official.typ");
/// How many documents typst's memory of laid-out pieces outlives its last use.
const MEMORY: usize = 3;

/// What every document shares; made once per process.
struct Press {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    source: Source,
}

impl Press {
    /// The press, or why it could not be set up (only if the template's own path were invalid).
    fn get() -> Result<&'static Self, PaperError> {
        static PRESS: OnceLock<Result<Press, String>> = OnceLock::new();
        PRESS
            .get_or_init(Self::set_up)
            .as_ref()
            .map_err(|why| PaperError::Typesetting(why.clone()))
    }

    fn set_up() -> Result<Self, String> {
        let fonts: Vec<Font> = typst_assets::fonts()
            .flat_map(|data| Font::iter(Bytes::new(data)))
            .collect();
        let path = VirtualPath::new("official.typ").map_err(|why| format!("{why:?}"))?;
        let main = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        Ok(Self {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            source: Source::new(main, TEMPLATE.to_owned()),
        })
    }

    fn prints(&self, c: char) -> bool {
        invisible(c)
            || self
                .fonts
                .iter()
                .any(|font| font.info().coverage.contains(u32::from(c)))
    }
}

/// Characters that print nothing and so need no glyph: line ends, soft hyphens, joiners, break opportunities.
fn invisible(c: char) -> bool {
    matches!(c, '\n' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// The world of one document: the press and the document's values.
struct Desk {
    press: &'static Press,
    library: LazyHash<Library>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.press.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.press.source.id() {
            Ok(self.press.source.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The document as PDF/A-2a (ISO 19005-2, tagged), A4, in the layout of HD 36-HD/VPTW. The same document gives the same
/// bytes; the creation date is the document's own.
///
/// # Errors
///
/// [`PaperError::NoGlyph`] when a character is in none of the embedded fonts, [`PaperError::NoColumns`] and
/// [`PaperError::RowTooLong`] for a table that cannot be set, [`PaperError::Typesetting`] when typst refuses.
pub fn pdf(document: &OfficialDocument) -> Result<Vec<u8>, PaperError> {
    document.check()?;
    let press = Press::get()?;
    let inputs = values(document);
    let characters = missing_glyphs(press, &inputs);
    if !characters.is_empty() {
        return Err(PaperError::NoGlyph { characters });
    }
    let library = LazyHash::new(Library::builder().with_inputs(inputs).build());
    let desk = Desk { press, library };
    let pages = typst::compile(&desk).output.map_err(|why| refused(&why))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Plenum".to_owned())),
        standards: PdfStandards::new(&[PdfStandard::A_2a])
            .map_err(|why| PaperError::Typesetting(why.message().to_string()))?,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&pages, &options).map_err(|why| refused(&why))?;
    typst::comemo::evict(MEMORY);
    Ok(bytes)
}

fn refused(diagnostics: &[SourceDiagnostic]) -> PaperError {
    let lines: Vec<String> = diagnostics.iter().map(|d| d.message.to_string()).collect();
    PaperError::Typesetting(lines.join("; "))
}

/// The characters of all strings in `inputs` that no embedded font has, each once.
fn missing_glyphs(press: &Press, inputs: &Dict) -> Vec<char> {
    fn walk(value: &Value, see: &mut impl FnMut(char)) {
        match value {
            Value::Str(text) => text.as_str().chars().for_each(see),
            Value::Array(items) => items.iter().for_each(|item| walk(item, see)),
            Value::Dict(items) => items.iter().for_each(|(_, item)| walk(item, see)),
            _ => {}
        }
    }
    let mut known = std::collections::BTreeSet::new();
    let mut missing = Vec::new();
    for (_, value) in inputs.iter() {
        walk(value, &mut |c| {
            if known.insert(c) && !press.prints(c) {
                missing.push(c);
            }
        });
    }
    missing
}

fn text(value: impl Into<String>) -> Value {
    Value::Str(value.into().into())
}

fn array<T>(items: impl IntoIterator<Item = T>, each: impl Fn(T) -> Value) -> Value {
    Value::Array(items.into_iter().map(each).collect::<Array>())
}

fn dict<const N: usize>(entries: [(&str, Value); N]) -> Dict {
    entries
        .into_iter()
        .map(|(key, value)| (key.into(), value))
        .collect()
}

/// The document as the template wants it.
fn values(document: &OfficialDocument) -> Dict {
    dict([
        ("title", text(document.title())),
        ("heading", text(document::HEADING)),
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
                text(vi::printable(paragraph))
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

#[cfg(test)]
mod tests {
    use typst::text::{FontStyle, FontWeight};

    use super::*;

    /// Every letter of the Vietnamese alphabet with every tone, small and capital.
    fn letters() -> String {
        let small = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";
        format!("{small}{}–…“”‘’₫²", small.to_uppercase())
    }

    /// The styles of the template. Bold italic is not among them: it has no ơ and no ư.
    const STYLES: [(FontStyle, FontWeight); 3] = [
        (FontStyle::Normal, FontWeight::REGULAR),
        (FontStyle::Normal, FontWeight::BOLD),
        (FontStyle::Italic, FontWeight::REGULAR),
    ];

    #[test]
    fn the_text_font_has_every_vietnamese_letter_in_every_style_used() {
        let press = Press::get().expect("the press");
        for (style, weight) in STYLES {
            let font = press.fonts.iter().map(Font::info).find(|info| {
                info.family == "Libertinus Serif"
                    && info.variant.style == style
                    && info.variant.weight == weight
            });
            let font = font.unwrap_or_else(|| panic!("no {style:?} {weight:?}"));
            for c in letters().chars() {
                assert!(
                    font.coverage.contains(u32::from(c)),
                    "{c} in {style:?} {weight:?}"
                );
            }
        }
    }
}
