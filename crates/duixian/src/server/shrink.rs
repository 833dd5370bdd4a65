//! Answers made smaller on their way. What was made smaller once is kept, as most pages and all bundled files are sent
//! many times.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use flate2::Compression;
use flate2::write::GzEncoder;

/// What is smaller than a packet gains nothing.
const SMALLEST: usize = 1024;

/// How many bytes are kept at most, before and after together.
const KEPT: usize = 32 << 20;

/// How an answer is made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    /// The word for it in headers.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Coding::Brotli => "br",
            Coding::Gzip => "gzip",
        }
    }

    /// What a client takes and is best; `None` for answers as they are.
    pub(super) fn accepted(asked: &HeaderMap) -> Option<Coding> {
        let written: Vec<&str> =
            asked.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).collect();
        let written = written.join(",").to_ascii_lowercase();
        let named = |name: &str| {
            written.split(',').find_map(|part| {
                let mut parts = part.split(';').map(str::trim);
                (parts.next()? == name).then(|| !parts.any(is_nothing))
            })
        };
        let takes = |coding: Coding| named(coding.as_str()).or_else(|| named("*")).unwrap_or(false);
        [Coding::Brotli, Coding::Gzip].into_iter().find(|coding| takes(*coding))
    }

    /// `again`: what is sent many times may take more time once.
    fn shrink(self, body: &[u8], again: bool) -> std::io::Result<Vec<u8>> {
        match self {
            Coding::Brotli => {
                let mut shrunk = Vec::new();
                let settings = brotli::enc::BrotliEncoderParams {
                    quality: if again { 6 } else { 2 },
                    lgwin: 20,
                    size_hint: body.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &*body, &mut shrunk, &settings)?;
                Ok(shrunk)
            }
            Coding::Gzip => {
                let mut encoder =
                    GzEncoder::new(Vec::new(), Compression::new(if again { 6 } else { 2 }));
                encoder.write_all(body)?;
                encoder.finish()
            }
        }
    }
}

/// Whether a parameter says that something is not wanted at all.
fn is_nothing(parameter: &str) -> bool {
    parameter.strip_prefix("q=").is_some_and(|weight| {
        weight.starts_with('0') && weight.bytes().all(|byte| matches!(byte, b'0' | b'.'))
    })
}

/// Whether bytes of a media type become smaller: texts do; pictures, workbooks and Parquet are as small as they get.
pub(super) fn is_shrinkable(media_type: &str, size: usize) -> bool {
    let media_type = media_type.split(';').next().unwrap_or("").trim();
    let text = media_type.starts_with("text/")
        || ["json", "xml", "javascript", "ndjson"].iter().any(|word| media_type.ends_with(word));
    text && size >= SMALLEST
}

/// What was made smaller, by its fingerprint.
#[derive(Default)]
struct Shrunk {
    /// As it was, and as it became. A fingerprint may be that of something else, so both are kept.
    found: HashMap<(u64, Coding), (Vec<u8>, Bytes)>,
    size: usize,
}

static ALREADY: LazyLock<Mutex<Shrunk>> = LazyLock::new(Mutex::default);

/// The same, made smaller; `None` where that did not come about. `again` tells whether the same is likely to be sent to
/// others too.
pub(super) fn shrunk(body: &[u8], fingerprint: u64, coding: Coding, again: bool) -> Option<Bytes> {
    if !again {
        return coding.shrink(body, false).ok().map(Bytes::from);
    }
    let key = (fingerprint, coding);
    let kept = || ALREADY.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((own, shrunk)) = kept().found.get(&key)
        && own == body
    {
        return Some(shrunk.clone());
    }
    let shrunk = Bytes::from(coding.shrink(body, true).ok()?);
    let size = body.len() + shrunk.len();
    if size <= KEPT / 4 {
        let mut kept = kept();
        if kept.size + size > KEPT {
            *kept = Shrunk::default();
        }
        if let Some((own, before)) = kept.found.insert(key, (body.to_vec(), shrunk.clone())) {
            kept.size -= own.len() + before.len();
        }
        kept.size += size;
    }
    Some(shrunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(written: &str) -> Option<Coding> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, written.parse().unwrap());
        Coding::accepted(&headers)
    }

    #[test]
    fn the_best_that_is_taken_is_sent() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Some(Coding::Brotli));
        assert_eq!(accepted("gzip;q=1.0, br;q=0"), Some(Coding::Gzip));
        assert_eq!(accepted("*"), Some(Coding::Brotli));
        assert_eq!(accepted("*;q=0.000, gzip"), Some(Coding::Gzip));
        assert_eq!(accepted("identity"), None);
        assert_eq!(accepted("*;q=0"), None);
        assert_eq!(Coding::accepted(&HeaderMap::new()), None);
    }

    #[test]
    fn texts_become_smaller_and_come_back_whole() {
        let body = "固定资产投资增长9.5%，".repeat(2_000).into_bytes();
        let mut back = Vec::new();
        let shrunk = shrunk(&body, 1, Coding::Gzip, true).unwrap();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&*shrunk), &mut back).unwrap();
        assert!(shrunk.len() * 10 < body.len());
        assert_eq!(back, body);
        back.clear();
        let shrunk = super::shrunk(&body, 1, Coding::Brotli, true).unwrap();
        brotli::BrotliDecompress(&mut &*shrunk, &mut back).unwrap();
        assert_eq!(back, body);
        // Another body that has the same fingerprint is not taken for this one.
        let other = vec![b'a'; 5_000];
        assert_ne!(super::shrunk(&other, 1, Coding::Brotli, true).unwrap(), shrunk);
    }

    #[test]
    fn what_is_small_already_is_left_alone() {
        assert!(is_shrinkable("text/html; charset=utf-8", 2_000));
        assert!(is_shrinkable("application/problem+json", 2_000));
        assert!(is_shrinkable("image/svg+xml", 2_000));
        assert!(!is_shrinkable("application/json", 200));
        assert!(!is_shrinkable("application/vnd.apache.parquet", 2_000));
        assert!(!is_shrinkable("image/png", 2_000));
    }
}
