//! The typesetter: typst as a library, over the fonts inside this binary.
//!
//! The world typst sees has one source, a template of ours, and the fonts: no files, no network, no clock. What is to be
//! printed goes in as a dictionary of values, so that `#` or `*` in the name of a unit stays what it is.

use std::sync::OnceLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Array, Bytes, Datetime, Dict, Duration, Value};
use typst::layout::Abs;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontStyle, FontVariations, FontWeight};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::PdfOptions;

use crate::error::PaperError;

/// The family of all templates.
const TEXT_FONT: &str = "Libertinus Serif";
/// The styles of the templates. Bold italic is not among them: it has no ơ and no ư.
const STYLES: [(FontStyle, FontWeight); 3] = [
    (FontStyle::Normal, FontWeight::REGULAR),
    (FontStyle::Normal, FontWeight::BOLD),
    (FontStyle::Italic, FontWeight::REGULAR),
];
/// What stands for a character no font has.
const UNPRINTED: char = '□';
/// A letter of another font.
const WIDE: u32 = 800;

/// How many documents typst's memory of laid-out pieces outlives its last use.
const MEMORY: usize = 3;

/// What every paper shares; made once per process.
struct Press {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Press {
    fn get() -> &'static Self {
        static PRESS: OnceLock<Press> = OnceLock::new();
        PRESS.get_or_init(|| {
            let fonts: Vec<Font> = typst_assets::fonts()
                .flat_map(|data| Font::iter(Bytes::new(data)))
                .collect();
            Self {
                book: LazyHash::new(FontBook::from_fonts(&fonts)),
                fonts,
            }
        })
    }

    /// Whether some font can print a character; `plainly`: the text font itself, in every style of the templates.
    fn prints(&self, c: char, plainly: bool) -> bool {
        if invisible(c) {
            return true;
        }
        // Fonts use the private area for their own shapes, which an archival PDF refuses.
        let private = matches!(u32::from(c), 0xe000..=0xf8ff | 0xf_0000..);
        let has = |font: &Font| font.info().coverage.contains(u32::from(c));
        if plainly {
            let mut own = self.fonts.iter().filter(of_templates);
            return !private && own.all(has);
        }
        !private && self.fonts.iter().any(has)
    }

    /// A text with a visible mark for each character that cannot be printed. People type what they like, and a paper
    /// that is not there on the day of the vote helps nobody.
    fn printing(&self, text: &str, plainly: bool) -> Option<String> {
        let prints = |c: char| self.prints(c, plainly);
        if text.chars().all(prints) {
            return None;
        }
        let seen = text.chars().filter(|c| !selects(*c));
        Some(
            seen.map(|c| if prints(c) { c } else { UNPRINTED })
                .collect(),
        )
    }

    fn printing_all(&self, value: &Value, plainly: bool) -> Value {
        let each = |item: &Value| self.printing_all(item, plainly);
        match value {
            Value::Str(words) => match self.printing(words.as_str(), plainly) {
                Some(words) => text(words),
                None => value.clone(),
            },
            Value::Array(items) => Value::Array(items.iter().map(each).collect()),
            Value::Dict(items) => Value::Dict(self.printing_of(items, plainly)),
            _ => value.clone(),
        }
    }

    fn printing_of(&self, inputs: &Dict, plainly: bool) -> Dict {
        let all = inputs.iter();
        all.map(|(key, value)| (key.clone(), self.printing_all(value, plainly)))
            .collect()
    }
}

/// Whether a font is the text font in a style the templates use.
fn of_templates(font: &&Font) -> bool {
    let info = font.info();
    let (style, weight) = (info.variant.style, info.variant.weight);
    info.family == TEXT_FONT
        && STYLES
            .iter()
            .any(|(own, heavy)| (*own, *heavy) == (style, weight))
}

/// Characters that print nothing and so need no glyph: line ends, soft hyphens, joiners, break opportunities.
fn invisible(c: char) -> bool {
    matches!(c, '\n' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// Characters that only choose another shape of the one before; no font here has any.
fn selects(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e01ef}')
}

/// How wide letters of the bold text font are, in thousandths of their size. Pairs that stand closer only make a text
/// narrower than the sum.
pub(crate) fn bold_widths() -> &'static dyn Fn(char) -> u32 {
    static WIDTHS: OnceLock<Box<dyn Fn(char) -> u32 + Send + Sync>> = OnceLock::new();
    let widths = WIDTHS.get_or_init(|| {
        let press = Press::get();
        let bold = press.fonts.iter().find(|font| {
            let info = font.info();
            info.family == TEXT_FONT
                && info.variant.style == FontStyle::Normal
                && info.variant.weight == FontWeight::BOLD
        });
        let Some(bold) = bold.cloned() else {
            return Box::new(|_| WIDE);
        };
        let variant = bold.info().variant;
        let face = bold.instantiate(variant, Abs::pt(12.0), &FontVariations::default());
        Box::new(move |letter| {
            let ttf = face.ttf();
            let glyph = ttf.glyph_index(letter);
            let units = glyph.and_then(|glyph| ttf.glyph_hor_advance(glyph));
            units.map_or(WIDE, |units| {
                u32::from(units) * 1_000 / u32::from(ttf.units_per_em()).max(1)
            })
        })
    });
    &**widths
}

/// The world of one paper: the press, the template and the paper's values.
struct Desk {
    press: &'static Press,
    template: Source,
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
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
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

/// Sets `inputs` by a template and returns the PDF. The same inputs give the same bytes. What cannot be printed stands
/// as a visible mark.
///
/// # Errors
///
/// [`PaperError::Typesetting`] when typst refuses.
pub(crate) fn print(
    template: (&str, &str),
    inputs: &Dict,
    options: &PdfOptions,
) -> Result<Vec<u8>, PaperError> {
    let press = Press::get();
    let bytes = set(template, press.printing_of(inputs, false), options)
        // A letter of one font under a mark of another is a glyph of neither.
        .or_else(|_| set(template, press.printing_of(inputs, true), options))?;
    typst::comemo::evict(MEMORY);
    Ok(bytes)
}

fn set(
    (name, template): (&str, &str),
    inputs: Dict,
    options: &PdfOptions,
) -> Result<Vec<u8>, PaperError> {
    let path = VirtualPath::new(name).map_err(|why| PaperError::Typesetting(format!("{why:?}")))?;
    let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
    let desk = Desk {
        press: Press::get(),
        template: Source::new(id, template.to_owned()),
        library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
    };
    let pages = typst::compile(&desk).output.map_err(|why| refused(&why))?;
    typst_pdf::pdf(&pages, options).map_err(|why| refused(&why))
}

fn refused(diagnostics: &[SourceDiagnostic]) -> PaperError {
    let lines: Vec<String> = diagnostics.iter().map(|d| d.message.to_string()).collect();
    PaperError::Typesetting(lines.join("; "))
}

pub(crate) fn text(value: impl Into<String>) -> Value {
    Value::Str(value.into().into())
}

pub(crate) fn array<T>(items: impl IntoIterator<Item = T>, each: impl Fn(T) -> Value) -> Value {
    Value::Array(items.into_iter().map(each).collect::<Array>())
}

pub(crate) fn dict<const N: usize>(entries: [(&str, Value); N]) -> Dict {
    entries
        .into_iter()
        .map(|(key, value)| (key.into(), value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter of the Vietnamese alphabet with every tone, small and capital.
    fn letters() -> String {
        let small = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";
        format!("{small}{}–…“”‘’₫²", small.to_uppercase())
    }

    #[test]
    fn the_text_font_has_every_vietnamese_letter_in_every_style_used() {
        let press = Press::get();
        for (style, weight) in STYLES {
            let font = press.fonts.iter().map(Font::info).find(|info| {
                info.family == TEXT_FONT
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
