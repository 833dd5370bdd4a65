//! What every message begins with.

use super::artefact::{Artefact, Version};
use super::model::{AGENCY, AGENCY_NAME};
use super::xml::Xml;

/// Which message this is, and of which state of the ledger's figures. The same state gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Letters, digits, `-` and `_`.
    pub id: String,
    /// When the figures were last written (RFC 3339).
    pub prepared: String,
}

/// What stands around the parts of a message.
pub(super) fn namespaces(version: Version) -> [(&'static str, &'static str); 6] {
    match version {
        Version::V21 => [
            ("xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"),
            ("xmlns:str", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"),
            ("xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"),
            ("xmlns:gen", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"),
            (
                "xmlns:ss",
                "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific",
            ),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
        Version::V30 => [
            ("xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message"),
            ("xmlns:str", "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure"),
            ("xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"),
            ("xmlns:gen", "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/generic"),
            (
                "xmlns:ss",
                "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific",
            ),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    }
}

/// The fields that all headers have.
pub(super) fn write(xml: &mut Xml, header: &Header) {
    xml.text("mes:ID", &[], &header.id);
    xml.text("mes:Test", &[], "false");
    xml.text("mes:Prepared", &[], &header.prepared);
    xml.empty("mes:Sender", &[("id", AGENCY)]);
}

/// A reference to something maintained.
pub(super) fn reference(
    xml: &mut Xml,
    version: Version,
    element: &'static str,
    artefact: Artefact,
) {
    match version {
        Version::V21 => {
            let (package, class) = artefact.class(version);
            xml.open(element, &[]);
            let number = version.number();
            xml.empty(
                "Ref",
                &[
                    ("id", artefact.id()),
                    ("version", number),
                    ("agencyID", artefact.agency()),
                    ("class", class),
                    ("package", package),
                ],
            );
            xml.close();
        }
        Version::V30 => xml.text(element, &[], &artefact.urn(version)),
    }
}

/// What a JSON message begins with; `kind` is that of the schema to which it keeps.
pub(super) fn meta(
    header: &Header,
    language: &str,
    (kind, version): (&str, Version),
) -> serde_json::Value {
    let (chinese, english) = AGENCY_NAME;
    let name = if language == "en" { english } else { chinese };
    let number = match version {
        Version::V21 => "1.0",
        Version::V30 => "2.0.0",
    };
    serde_json::json!({
        "schema": format!("https://json.sdmx.org/{number}/sdmx-json-{kind}-schema.json"),
        "id": header.id,
        "test": false,
        "prepared": header.prepared,
        "contentLanguages": ["zh", "en"],
        "sender": { "id": AGENCY, "name": name, "names": { "zh": chinese, "en": english } },
    })
}
