//! Style sheets, script and icon, bundled.

/// A bundled file.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Its bytes.
    pub bytes: &'static [u8],
    /// Its media type.
    pub media_type: &'static str,
}

/// The bundled file of this name.
pub fn asset(name: &str) -> Option<Asset> {
    let (bytes, media_type): (&'static [u8], _) = match name {
        "base.css" => (include_bytes!("../../assets/base.css"), "text/css; charset=utf-8"),
        "pages.css" => (include_bytes!("../../assets/pages.css"), "text/css; charset=utf-8"),
        "desk.css" => (include_bytes!("../../assets/desk.css"), "text/css; charset=utf-8"),
        "standing.css" => (include_bytes!("../../assets/standing.css"), "text/css; charset=utf-8"),
        "documents.css" => {
            (include_bytes!("../../assets/documents.css"), "text/css; charset=utf-8")
        }
        "regions.css" => (include_bytes!("../../assets/regions.css"), "text/css; charset=utf-8"),
        "lists.css" => (include_bytes!("../../assets/lists.css"), "text/css; charset=utf-8"),
        "search.css" => (include_bytes!("../../assets/search.css"), "text/css; charset=utf-8"),
        "page.js" => (include_bytes!("../../assets/page.js"), "text/javascript; charset=utf-8"),
        "icon.svg" => (include_bytes!("../../assets/icon.svg"), "image/svg+xml"),
        _ => return None,
    };
    Some(Asset { bytes, media_type })
}
