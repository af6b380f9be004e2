//! Photos as they are kept: decoded, turned upright, made small, written anew.
//!
//! What a camera writes beside the picture (place, device, moment) does not survive that, and what
//! is no picture does not pass it.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::http::problem::Problem;
use crate::keys::hex;

/// The largest photo that is taken. Ours: what a phone writes, with room.
pub(crate) const BYTES_MAX: usize = 4 * 1024 * 1024;
/// The longer side of a kept photo. Ours: a desk seen from a metre, papers readable.
const SIDE_MAX: u32 = 1600;
/// The longer side of a photo that is decoded at all. Ours: twice what phones make.
const SIDE_DECODED_MAX: u32 = 16_384;
/// Memory for one photo. Ours: 50 million points.
const MEMORY_MAX: u64 = 256 * 1024 * 1024;
/// Of 100. Ours: small, and no edge is lost.
const QUALITY: u8 = 82;
/// Photos decoded at once. Ours: the memory of two.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A photo as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Photo {
    /// JPEG, at most 1600 points on its longer side, with nothing beside the picture.
    pub(crate) bytes: Vec<u8>,
    /// Its name: SHA-256 of the bytes, hexadecimal.
    pub(crate) sha256: String,
    /// Its sides.
    pub(crate) size: (u32, u32),
}

/// Makes what is kept of a photo as it was sent.
///
/// # Errors
///
/// 400 when it is no picture of the kinds that are taken.
pub(crate) async fn prepare(sent: Vec<u8>) -> Result<Photo, Problem> {
    let turn = TURNS.acquire().await;
    let _turn = turn.map_err(|_| Problem::try_again("photos are not taken at present"))?;
    let made = tokio::task::spawn_blocking(move || make(&sent)).await;
    let made = made.map_err(|_| Problem::try_again("the photo cannot be read at present"))?;
    made.map_err(|fault| {
        tracing::debug!(%fault, "a photo is not taken");
        Problem::malformed("photo", "must be a JPEG, PNG or WebP picture")
    })
}

fn make(sent: &[u8]) -> image::ImageResult<Photo> {
    let (picture, orientation) = decode(sent)?;
    let mut picture = picture;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > SIDE_MAX {
        picture = picture.thumbnail(SIDE_MAX, SIDE_MAX);
    }
    let picture = picture.to_rgb8();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&picture)?;
    Ok(Photo {
        sha256: hex(&Sha256::digest(&bytes)),
        bytes,
        size: picture.dimensions(),
    })
}

fn decode(sent: &[u8]) -> image::ImageResult<(DynamicImage, Orientation)> {
    let mut reader = ImageReader::new(Cursor::new(sent)).with_guessed_format()?;
    let known = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];
    if !reader
        .format()
        .is_some_and(|format| known.contains(&format))
    {
        let hint = image::error::ImageFormatHint::Unknown;
        return Err(image::ImageError::Unsupported(hint.into()));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_DECODED_MAX);
    limits.max_image_height = Some(SIDE_DECODED_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder)?, orientation))
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;

    fn sent(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            Rgb([
                u8::try_from(x % 256).unwrap(),
                u8::try_from(y % 256).unwrap(),
                90,
            ])
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG with an EXIF part that says: turned, and a place beside it.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut exif =
            b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend(b"GPS 36.8N 117.8E SECRETPLACE");
        let length = u16::try_from(exif.len() + 2).unwrap();
        let mut out = jpeg[..2].to_vec();
        out.extend([0xff, 0xe1]);
        out.extend(length.to_be_bytes());
        out.extend(exif);
        out.extend(&jpeg[2..]);
        out
    }

    #[test]
    fn a_photo_is_made_small_and_written_as_jpeg() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let photo = make(&sent(3200, 800, format)).unwrap();
            assert_eq!(photo.size, (1600, 400), "{format:?}");
            assert_eq!(
                image::guess_format(&photo.bytes).unwrap(),
                ImageFormat::Jpeg
            );
        }
    }

    #[test]
    fn what_the_camera_says_beside_the_picture_is_gone_but_it_stands_upright() {
        let turned = with_exif(&sent(64, 32, ImageFormat::Jpeg));
        let photo = make(&turned).unwrap();
        assert_eq!(photo.size, (32, 64), "turned by a quarter");
        let has = |needle: &[u8]| photo.bytes.windows(needle.len()).any(|part| part == needle);
        assert!(!has(b"SECRETPLACE") && !has(b"Exif"));
    }

    #[test]
    fn what_is_no_picture_is_not_taken() {
        let jpeg = sent(64, 32, ImageFormat::Jpeg);
        for bad in [
            &b"GIF89a"[..],
            b"<svg></svg>",
            b"",
            b"\xff\xd8\xff\xe0 not a picture",
        ] {
            assert!(make(bad).is_err());
        }
        assert!(make(&jpeg[..20]).is_err(), "a header alone is no picture");
    }
}
