//! What a printer can.

use std::path::PathBuf;

use serde::Deserialize;

/// What a printer can, as its TOML file says; what is left out takes the default.
///
/// **Shape**: `encoding`, `width`, `cutter`, `qr`, `chinese_mode`, `job_answer`, `font`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// How text reaches the printer.
    pub encoding: Encoding,
    /// The paper: 80 or 58.
    pub width: PaperWidth,
    /// Whether it cuts the paper.
    pub cutter: bool,
    /// Who draws the QR code.
    pub qr: QrPrint,
    /// Whether it takes the commands that switch Chinese characters on and set their size.
    pub chinese_mode: bool,
    /// How it says that a slip is out.
    pub job_answer: JobAnswer,
    /// The font of lines that are drawn; its first face is used.
    pub font: PathBuf,
}

impl Default for Profile {
    /// An 80 mm printer of the Chinese market with a cutter.
    fn default() -> Self {
        Self {
            encoding: Encoding::Gb18030,
            width: PaperWidth::Mm80,
            cutter: true,
            qr: QrPrint::Native,
            chinese_mode: true,
            job_answer: JobAnswer::PaperStatus,
            // Source: Debian's fonts-wqy-zenhei.
            font: PathBuf::from("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
        }
    }
}

/// How text reaches the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// The two-byte part of GB 18030. Four-byte characters are drawn instead, because printers
    /// that claim GB 18030 often print rubbish for them. **Source**: ECO §1.
    Gb18030,
    /// GBK.
    Gbk,
    /// UTF-8.
    Utf8,
    /// Every line is drawn.
    Raster,
}

/// The paper's width, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u32")]
pub enum PaperWidth {
    /// 80 mm: 576 dots of 0.125 mm.
    Mm80,
    /// 58 mm: 384 dots of 0.125 mm.
    Mm58,
}

impl PaperWidth {
    /// Dots on a line. **Source**: the head widths of 203 dpi printers, 72 mm and 48 mm.
    pub const fn dots(self) -> u32 {
        match self {
            Self::Mm80 => 576,
            Self::Mm58 => 384,
        }
    }
}

impl TryFrom<u32> for PaperWidth {
    type Error = String;

    fn try_from(mm: u32) -> Result<Self, Self::Error> {
        match mm {
            80 => Ok(Self::Mm80),
            58 => Ok(Self::Mm58),
            other => Err(format!("paper is 80 or 58 mm wide, not {other}")),
        }
    }
}

/// Who draws the QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QrPrint {
    /// The printer, by `GS ( k`.
    Native,
    /// The kiosk, for printers that do not know the command.
    Raster,
}

/// How a printer says that a slip is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobAnswer {
    /// `GS ( H` function 48: answered when printing is completed, the best proof.
    ProcessId,
    /// `GS r 1`: answered in its turn, after the slip before it.
    PaperStatus,
    /// It never answers: neither status nor end is asked, and what was written counts as printed.
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_takes_the_default_and_a_wrong_word_is_refused() {
        let read = serde_json::from_str::<Profile>;
        assert_eq!(read("{}").unwrap(), Profile::default());
        let small = read(r#"{"width":58,"encoding":"raster","job_answer":"process_id"}"#).unwrap();
        assert_eq!(small.width.dots(), 384);
        assert_eq!(small.job_answer, JobAnswer::ProcessId);
        assert!(
            read(r#"{"width":76}"#)
                .unwrap_err()
                .to_string()
                .contains("80 or 58")
        );
        assert!(read(r#"{"wide":58}"#).is_err());
    }
}
