//! The little of WordprocessingML (ECMA-376) an official document needs, as XML text.
//! Lengths are twentieths of a point (twips), sizes of letters half points, as the format has them.

use quick_xml::escape::escape;

/// Where a paragraph stands between its margins.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Left,
    Center,
    Right,
    Both,
}

/// A paragraph with one run of text.
#[derive(Clone)]
pub(super) struct Paragraph {
    pub(super) place: Place,
    /// The size in half points.
    pub(super) size: u8,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underline: bool,
    /// Space above and below.
    pub(super) above: u16,
    pub(super) below: u16,
    /// Line height in 240ths of a line.
    pub(super) line: u16,
    /// The indent of the first line.
    pub(super) first_line: u16,
    /// Indents at the left and the right.
    pub(super) sides: u16,
    /// A rule below, as long as the paragraph between its indents.
    pub(super) ruled: bool,
    /// Stays on the page of the paragraph that follows.
    pub(super) keep_next: bool,
    /// Outline level from 0, for navigation.
    pub(super) outline: Option<u8>,
}

impl Paragraph {
    /// Plain text of a size in points.
    pub(super) fn new(place: Place, points: u8) -> Self {
        Self {
            place,
            size: points * 2,
            bold: false,
            italic: false,
            underline: false,
            above: 0,
            below: 0,
            line: 240,
            first_line: 0,
            sides: 0,
            ruled: false,
            keep_next: false,
            outline: None,
        }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) fn italic(self) -> Self {
        Self {
            italic: true,
            ..self
        }
    }

    /// Space above and below in twips.
    pub(super) fn spaced(self, above: u16, below: u16) -> Self {
        Self {
            above,
            below,
            ..self
        }
    }

    pub(super) fn kept(self) -> Self {
        Self {
            keep_next: true,
            ..self
        }
    }

    /// The paragraph with its text; line ends in the text break the line.
    pub(super) fn xml(&self, text: &str) -> String {
        let run = self.run_properties();
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line)))
            .collect();
        format!(
            "<w:p>{}<w:r>{run}{}</w:r></w:p>",
            self.paragraph_properties(&run),
            lines.join("<w:br/>")
        )
    }

    /// The order of the elements is the schema's; Word refuses any other.
    fn paragraph_properties(&self, run: &str) -> String {
        let keep = if self.keep_next { "<w:keepNext/>" } else { "" };
        let border = if self.ruled {
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"2\" w:color=\"000000\"/></w:pBdr>"
        } else {
            ""
        };
        let place = match self.place {
            Place::Left => "left",
            Place::Center => "center",
            Place::Right => "right",
            Place::Both => "both",
        };
        let outline = self
            .outline
            .map(|level| format!("<w:outlineLvl w:val=\"{level}\"/>"))
            .unwrap_or_default();
        format!(
            "<w:pPr>{keep}{border}<w:spacing w:before=\"{}\" w:after=\"{}\" w:line=\"{}\" w:lineRule=\"auto\"/>\
             <w:ind w:left=\"{}\" w:right=\"{}\" w:firstLine=\"{}\"/><w:jc w:val=\"{place}\"/>{outline}{run}</w:pPr>",
            self.above, self.below, self.line, self.sides, self.sides, self.first_line
        )
    }

    fn run_properties(&self) -> String {
        let on = |set: bool, tag: &'static str| if set { tag } else { "" };
        format!(
            "<w:rPr>{}{}<w:sz w:val=\"{}\"/><w:szCs w:val=\"{}\"/>{}</w:rPr>",
            on(self.bold, "<w:b/><w:bCs/>"),
            on(self.italic, "<w:i/><w:iCs/>"),
            self.size,
            self.size,
            on(self.underline, "<w:u w:val=\"single\"/>"),
        )
    }
}

/// A cell of a grid: its width, the shading behind it, and its paragraphs.
pub(super) struct GridCell {
    pub(super) width: u32,
    pub(super) shaded: bool,
    pub(super) middle: bool,
    pub(super) paragraphs: String,
}

impl GridCell {
    fn xml(&self) -> String {
        let shade = if self.shaded {
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDEDED\"/>"
        } else {
            ""
        };
        let align = if self.middle {
            "<w:vAlign w:val=\"center\"/>"
        } else {
            ""
        };
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{shade}{align}</w:tcPr>{}</w:tc>",
            self.width, self.paragraphs
        )
    }
}

/// A row of a grid; a header row repeats on every page. No row is cut in two.
pub(super) fn row(cells: &[GridCell], header: bool) -> String {
    let repeat = if header { "<w:tblHeader/>" } else { "" };
    let cells: String = cells.iter().map(GridCell::xml).collect();
    format!("<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>")
}

/// A grid of rows with fixed column widths.
pub(super) fn grid(widths: &[u32], borders: bool, margin: u16, rows: &str) -> String {
    let total: u32 = widths.iter().sum();
    let columns: String = widths
        .iter()
        .map(|width| format!("<w:gridCol w:w=\"{width}\"/>"))
        .collect();
    let style = if borders { "single" } else { "nil" };
    let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .iter()
        .map(|edge| {
            format!("<w:{edge} w:val=\"{style}\" w:sz=\"4\" w:space=\"0\" w:color=\"404040\"/>")
        })
        .collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblBorders>{edges}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{margin}\" w:type=\"dxa\"/>\
         <w:right w:w=\"{margin}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\
         <w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )
}
