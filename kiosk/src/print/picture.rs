//! Pictures of a paper: SVG for a page, PNG for whoever reads pictures.

use std::fmt::Write;
use std::path::Path;

use super::bitmap::{self, Bitmap, Drawing, LINE_DOTS};
use super::content::COLUMN_DOTS;
use super::paper::{Align, Mark, Paper, PaperLine};
use super::tape::PITCH_DOTS;
use super::text::columns;

/// White paper left and right, in dots. **Source**: 80 mm paper, 72 mm head.
const SIDE_DOTS: u32 = 32;
/// White paper above and below, in dots. Ours, by eye.
const END_DOTS: u32 = 40;

/// Why a picture cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The font cannot be used.
    #[error("the font cannot be used")]
    Font(#[source] std::io::Error),
    /// The picture cannot be packed.
    #[error("the picture cannot be packed")]
    Packing(#[from] png::EncodingError),
}

/// A mark and its top left corner.
struct Placed<'a> {
    mark: &'a Mark,
    left: u32,
    top: u32,
}

impl Paper {
    /// The paper as an SVG picture, with attributes only and no style sheet.
    pub fn to_svg(&self) -> String {
        let (placed, height) = self.place();
        let width = self.dots + 2 * SIDE_DOTS;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             width=\"{}\" height=\"{}\" role=\"img\" font-family=\"sans-serif\">\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fffef8\"/>",
            width / 2,
            height / 2
        );
        for Placed { mark, left, top } in placed {
            match mark {
                Mark::Text(line) => svg.push_str(&text_svg(line, left, top)),
                Mark::Picture(picture, _) => svg.push_str(&dots_svg(picture, left, top)),
                Mark::Qr { data, module, .. } => {
                    if let Some(code) = bitmap::qr(data, *module) {
                        svg.push_str(&dots_svg(&code, left, top));
                    }
                }
                Mark::Blank(_) => (),
            }
        }
        if self.torn {
            let y = height - END_DOTS / 2;
            let _ = write!(
                svg,
                "<path d=\"M0 {y}H{width}\" stroke=\"#b42318\" stroke-width=\"4\" \
                 stroke-dasharray=\"16 10\"/>"
            );
        }
        svg.push_str("</svg>");
        svg
    }

    /// The paper as a PNG picture, one pixel for each dot.
    ///
    /// # Errors
    ///
    /// The font cannot be used, or the picture not packed.
    pub fn to_png(&self, font: &Path) -> Result<Vec<u8>, PictureError> {
        let drawing = Drawing::open(font).map_err(PictureError::Font)?;
        let (placed, height) = self.place();
        let mut paper = Bitmap::new(self.dots + 2 * SIDE_DOTS, height);
        for Placed { mark, left, top } in placed {
            match mark {
                Mark::Text(line) => {
                    let text = drawing.line(&line.text, (line.wide, line.tall), line.bold);
                    paper.draw(&text, left, top);
                }
                Mark::Picture(picture, _) => paper.draw(picture, left, top),
                Mark::Qr { data, module, .. } => {
                    if let Some(code) = bitmap::qr(data, *module) {
                        paper.draw(&code, left, top);
                    }
                }
                Mark::Blank(_) => (),
            }
        }
        Ok(png(&paper)?)
    }

    /// Where everything stands, and how long the paper is.
    fn place(&self) -> (Vec<Placed<'_>>, u32) {
        let mut top = END_DOTS;
        let mut placed = Vec::new();
        for mark in &self.marks {
            let (width, height, align) = size(mark);
            let room = self.dots.saturating_sub(width);
            let left = SIDE_DOTS
                + match align {
                    Align::Left => 0,
                    Align::Middle => room / 2,
                    Align::Right => room,
                };
            placed.push(Placed { mark, left, top });
            top += height;
        }
        (placed, top + END_DOTS)
    }
}

fn size(mark: &Mark) -> (u32, u32, Align) {
    match mark {
        Mark::Text(line) => {
            let width = columns(&line.text) * COLUMN_DOTS * u32::from(line.wide);
            let height = (LINE_DOTS * u32::from(line.tall)).max(PITCH_DOTS);
            (width, height, line.align)
        }
        Mark::Blank(height) => (0, *height, Align::Left),
        Mark::Picture(picture, align) => (picture.width(), picture.height(), *align),
        Mark::Qr {
            data,
            module,
            align,
        } => {
            let side = bitmap::qr(data, *module).map_or(0, |code| code.width());
            (side, side, *align)
        }
    }
}

fn text_svg(line: &PaperLine, left: u32, top: u32) -> String {
    let width = columns(&line.text) * COLUMN_DOTS * u32::from(line.wide);
    let height = LINE_DOTS * u32::from(line.tall);
    let weight = if line.bold { "bold" } else { "normal" };
    // Letters stand at 0.86 of the line's height, as in the PNG.
    format!(
        "<text transform=\"translate({left} {}) scale({} {})\" font-size=\"{LINE_DOTS}\" \
         font-weight=\"{weight}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" \
         xml:space=\"preserve\">{}</text>",
        top + height * 86 / 100,
        line.wide,
        line.tall,
        width / u32::from(line.wide),
        escape(&line.text)
    )
}

/// Black runs of each row as one path.
fn dots_svg(picture: &Bitmap, left: u32, top: u32) -> String {
    let mut path = String::from("<path shape-rendering=\"crispEdges\" d=\"");
    for y in 0..picture.height() {
        let mut x = 0;
        while x < picture.width() {
            let run = (x..picture.width())
                .take_while(|x| picture.is_black(*x, y))
                .count();
            let run = u32::try_from(run).unwrap_or(1);
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", left + x, top + y);
            }
            x += run + 1;
        }
    }
    path.push_str("\"/>");
    path
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ if c.is_control() => (),
            _ => escaped.push(c),
        }
    }
    escaped
}

fn png(paper: &Bitmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, paper.width(), paper.height());
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    let pixels: Vec<u8> = (0..paper.height())
        .flat_map(|y| (0..paper.width()).map(move |x| (x, y)))
        .map(|(x, y)| if paper.is_black(x, y) { 0 } else { 255 })
        .collect();
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(file)
}
