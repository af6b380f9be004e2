//! The voice pack: short clips that the page puts together to a sentence.
//!
//! A folder holds one `NAME.wav` for each word: digits `0`–`9`, letters `a`–`z`, and
//! `please` 请, `number` 号, `to` 到, `window` 号窗口, `serve` 办理, `again` 再次呼叫,
//! `yesterday` 昨天, `day` 日, `ten` 十, `hundred` 百. What is there is kept, so that a hall can
//! record its own speaker, its dialect, its minority language; what is missing is made by
//! espeak-ng. Clips are read once, at start.

pub(crate) mod clips;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;

use clips::CLIPS;

/// The program that speaks; without it boards chime.
const SPEAKER: &str = "espeak-ng";
/// Its voice that reads pinyin; `cmn` reads many hanzi as English letters. **Source**: ECO §11.
const VOICE: &str = "cmn-latn-pinyin";
/// Words a minute. Ours: a little slower than its 175, for elderly ears.
const SPEED: &str = "155";
/// Programs at once. Ours: the cores of a small machine.
const AT_ONCE: usize = 4;
/// The largest clip taken. Ours: ten seconds in 48 kHz and 16 bit; a word has a tenth of that.
const CLIP_MAX: usize = 1024 * 1024;

/// Why there is no voice.
#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    /// The folder cannot be made or read.
    #[error("the voice folder {folder} cannot be used")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Clips are missing and the program that makes them is not there.
    #[error("espeak-ng is not installed, and clips are missing in {folder}")]
    NoSpeaker {
        /// The folder.
        folder: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The program ran and made no clip.
    #[error("espeak-ng made no clip `{clip}` ({status})")]
    NotMade {
        /// The clip's name.
        clip: &'static str,
        /// How it ended.
        status: ExitStatus,
    },
}

/// Clips by name; none at all is a board that chimes.
#[derive(Clone, Default)]
pub struct VoicePack {
    clips: Arc<BTreeMap<&'static str, Vec<u8>>>,
}

impl std::fmt::Debug for VoicePack {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "VoicePack({} clips)", self.clips.len())
    }
}

impl VoicePack {
    /// Names of the clips, apart by spaces.
    pub(crate) fn names(&self) -> String {
        let names: Vec<_> = self.clips.keys().copied().collect();
        names.join(" ")
    }

    /// One clip, a WAV file.
    pub(crate) fn clip(&self, name: &str) -> Option<Vec<u8>> {
        self.clips.get(name).cloned()
    }
}

/// Reads the pack in `folder`, after making what is missing there.
///
/// **Units and range**: about fifty runs of espeak-ng, two seconds in all; nothing when the folder
/// is complete. It blocks meanwhile.
///
/// # Errors
///
/// [`VoiceError`]: the folder cannot be used, espeak-ng is missing or made nothing.
pub fn generate(folder: &Path) -> Result<VoicePack, VoiceError> {
    generate_with(SPEAKER, folder)
}

fn generate_with(speaker: &str, folder: &Path) -> Result<VoicePack, VoiceError> {
    let in_folder = |source| VoiceError::Folder {
        folder: folder.to_owned(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(in_folder)?;
    let missing: Vec<_> = CLIPS
        .iter()
        .filter(|(name, ..)| !path(folder, name).exists())
        .collect();
    for few in missing.chunks(AT_ONCE) {
        make(speaker, folder, few)?;
    }
    read(folder).map_err(in_folder)
}

fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.wav"))
}

/// Makes a few clips side by side.
fn make(
    speaker: &str,
    folder: &Path,
    few: &[&(&'static str, &str, &str)],
) -> Result<(), VoiceError> {
    let mut running: Vec<(&'static str, Child)> = Vec::with_capacity(few.len());
    let mut failed = None;
    for (name, _, pinyin) in few {
        match speak(speaker, pinyin, &half_made(folder, name)) {
            Ok(child) => running.push((name, child)),
            Err(source) => failed = Some(source),
        }
    }
    // Each that was started is waited for, whatever became of the others.
    let ended: Vec<_> = running
        .into_iter()
        .map(|(name, mut child)| (name, child.wait()))
        .collect();
    if let Some(source) = failed {
        let folder = folder.to_owned();
        return Err(VoiceError::NoSpeaker { folder, source });
    }
    for (clip, status) in ended {
        let in_folder = |source| VoiceError::Folder {
            folder: folder.to_owned(),
            source,
        };
        let status = status.map_err(in_folder)?;
        if !status.success() || !half_made(folder, clip).exists() {
            return Err(VoiceError::NotMade { clip, status });
        }
        // Under its name only when whole: a power cut leaves no half a word.
        std::fs::rename(half_made(folder, clip), path(folder, clip)).map_err(in_folder)?;
    }
    Ok(())
}

fn half_made(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.part"))
}

fn speak(speaker: &str, pinyin: &str, file: &Path) -> io::Result<Child> {
    Command::new(speaker)
        // No pause after the last word: the page sets its own.
        .args(["-z", "-v", VOICE, "-s", SPEED, "-w"])
        .arg(file)
        .arg(pinyin)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

/// Reads every clip; one that is too large is left out and its sentences are chimed.
fn read(folder: &Path) -> io::Result<VoicePack> {
    let mut found = BTreeMap::new();
    for (name, ..) in CLIPS {
        let clip = std::fs::read(path(folder, name))?;
        if clip.len() > CLIP_MAX {
            tracing::warn!(
                clip = name,
                bytes = clip.len(),
                limit = CLIP_MAX,
                "too large a clip"
            );
            continue;
        }
        found.insert(*name, clip);
    }
    let clips = Arc::new(found);
    Ok(VoicePack { clips })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> PathBuf {
        let id = link::random::id(link::clock::machine_now());
        std::env::temp_dir().join(format!("tidehall-voice-{id}"))
    }

    #[test]
    fn a_pack_is_made_once_and_what_a_hall_recorded_is_kept() {
        let folder = folder();
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(path(&folder, "please"), b"our own speaker").expect("a clip");
        let pack = generate(&folder).expect("espeak-ng is installed");
        assert_eq!(
            pack.clip("please").as_deref(),
            Some(&b"our own speaker"[..])
        );
        assert_eq!(pack.clips.len(), CLIPS.len());
        for (name, clip) in pack.clips.iter().filter(|(name, _)| **name != "please") {
            assert!(clip.starts_with(b"RIFF") && clip.len() > 4000, "{name}");
        }
        let before = std::fs::metadata(path(&folder, "0")).expect("a clip");
        generate(&folder).expect("a whole pack");
        let after = std::fs::metadata(path(&folder, "0")).expect("a clip");
        assert_eq!(before.modified().ok(), after.modified().ok());
        std::fs::remove_dir_all(&folder).expect("ours to remove");
    }

    #[test]
    fn without_a_speaker_there_is_no_voice_and_a_reason() {
        let folder = folder();
        let fault = generate_with("no-such-speaker", &folder).expect_err("no voice");
        assert!(matches!(fault, VoiceError::NoSpeaker { .. }), "{fault}");
        let fault = generate_with("false", &folder).expect_err("no voice");
        assert!(matches!(fault, VoiceError::NotMade { .. }), "{fault}");
        std::fs::remove_dir_all(&folder).expect("ours to remove");
    }

    #[test]
    fn a_folder_that_is_a_file_is_said_so() {
        let file = folder();
        std::fs::write(&file, b"x").expect("a file");
        let fault = generate(&file).expect_err("no voice");
        assert!(matches!(fault, VoiceError::Folder { .. }), "{fault}");
        std::fs::remove_file(&file).expect("ours to remove");
    }
}
