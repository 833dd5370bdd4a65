//! A page of the server as a file of the site.

use std::cell::RefCell;

use lol_html::{RewriteStrSettings, element, rewrite_str};

use super::links::{Site, from_to};

/// A page as a file.
pub(super) struct Page {
    /// What is written.
    pub(super) bytes: Vec<u8>,
    /// The addresses that it leads to and that are part of the site, with their files.
    pub(super) leads_to: Vec<(String, String)>,
}

/// Makes links lead to files, or nowhere where what they lead to is no part of the site, and leaves out what needs a
/// server.
pub(super) fn page(body: &[u8], file: &str, site: &Site<'_>) -> Result<Page, String> {
    let html = std::str::from_utf8(body).map_err(|error| error.to_string())?;
    let leads_to = RefCell::new(Vec::new());
    let way = |address: &str| -> Option<String> {
        let address = address.replace("&amp;", "&");
        let to = site.file(&address)?;
        let place = address.split_once('#').map_or("", |(_, place)| place);
        let way = from_to(file, &to);
        let whole = address.split('#').next().unwrap_or_default().to_owned();
        leads_to.borrow_mut().push((whole, to));
        Some(if place.is_empty() { way } else { format!("{way}#{place}") })
    };
    let handlers = vec![
        element!("form, .needs-server", |found| {
            found.remove();
            Ok(())
        }),
        element!("[href]", |found| {
            let Some(address) = found.get_attribute("href") else { return Ok(()) };
            if !address.starts_with('/') {
                return Ok(());
            }
            match way(&address) {
                Some(way) => found.set_attribute("href", &way)?,
                None => {
                    found.remove_attribute("href");
                    found.remove_attribute("download");
                }
            }
            Ok(())
        }),
        element!("script[src], img[src]", |found| {
            let address = found.get_attribute("src").unwrap_or_default();
            match way(&address) {
                Some(way) => found.set_attribute("src", &way)?,
                None => found.remove(),
            }
            Ok(())
        }),
    ];
    let settings = handlers.into_iter().fold(RewriteStrSettings::new(), |settings, handler| {
        settings.append_element_content_handler(handler)
    });
    let bytes = rewrite_str(html, settings).map_err(|error| error.to_string())?.into_bytes();
    Ok(Page { bytes, leads_to: leads_to.into_inner() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn links_lead_to_files_or_nowhere_and_forms_are_gone() {
        let chosen = BTreeSet::from(["gdp".to_owned()]);
        let site = Site::new(&chosen, true);
        let html = "<link href=\"/assets/base.css\"><a href=\"/indicators/gdp?lang=en#x\">a</a>\
                    <a href=\"/plan\">b</a><a href=\"#here\">c</a><a href=\"https://example.org/\">d</a>\
                    <form method=\"post\" action=\"/preferences\"><button>x</button></form>";
        let page = page(html.as_bytes(), "en/documents/index.html", &site).unwrap();
        assert_eq!(
            String::from_utf8(page.bytes).unwrap(),
            "<link href=\"../../assets/base.css\"><a href=\"../indicators/gdp.html#x\">a</a>\
             <a>b</a><a href=\"#here\">c</a><a href=\"https://example.org/\">d</a>"
        );
        let files: Vec<&str> = page.leads_to.iter().map(|(_, file)| file.as_str()).collect();
        assert_eq!(files, ["assets/base.css", "en/indicators/gdp.html"]);
    }
}
