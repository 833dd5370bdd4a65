//! Structures in SDMX-ML.

use super::StructureMessage;
use super::components::{OF_MEASURE, Representation, concepts, of_attribute, of_dimension};
use crate::sdmx::artefact::{Artefact, Version};
use crate::sdmx::header::{self, namespaces, reference};
use crate::sdmx::model::{
    AGENCY, AGENCY_NAME, Attribute, CONCEPTS, CodeList, Dimension, FLOW_TEXT, VALUE,
};
use crate::sdmx::time::written;
use crate::sdmx::xml::Xml;

/// Writes structures in SDMX-ML.
pub fn write(message: &StructureMessage<'_>, version: Version) -> Vec<u8> {
    let mut writer = Writer { xml: Xml::new(1 << 16), message, version };
    writer.xml.open("mes:Structure", &namespaces(version));
    writer.xml.open("mes:Header", &[]);
    header::write(&mut writer.xml, message.header);
    writer.xml.close();
    writer.xml.open("mes:Structures", &[]);
    // The two versions of the standard have their own order.
    match version {
        Version::V21 => {
            writer.agencies();
            writer.flow();
            writer.lists();
            writer.concepts();
            writer.structure();
            writer.constraint();
        }
        Version::V30 => {
            writer.agencies();
            writer.lists();
            writer.concepts();
            writer.constraint();
            writer.flow();
            writer.structure();
        }
    }
    writer.xml.finish()
}

struct Writer<'a> {
    xml: Xml,
    message: &'a StructureMessage<'a>,
    version: Version,
}

impl Writer<'_> {
    fn is_new(&self) -> bool {
        self.version == Version::V30
    }

    fn holds(&self, artefact: Artefact) -> bool {
        self.message.artefacts.contains(&artefact)
    }

    fn name(&mut self, (chinese, english): (&str, &str)) {
        self.xml.text("com:Name", &[("xml:lang", "zh")], chinese);
        if !english.is_empty() {
            self.xml.text("com:Name", &[("xml:lang", "en")], english);
        }
    }

    /// Begins something maintained; `false` where its name is all that is wanted.
    fn begin(&mut self, element: &'static str, artefact: Artefact, more: &[(&str, &str)]) -> bool {
        let stub = self.message.is_stub(artefact);
        let number = self.version.number();
        let mut attributes =
            vec![("id", artefact.id()), ("agencyID", artefact.agency()), ("version", number)];
        attributes.extend_from_slice(more);
        if stub {
            attributes.push(("isExternalReference", "true"));
        } else if self.version == Version::V21 {
            attributes.push(("isFinal", "true"));
        }
        let urn = artefact.urn(self.version);
        attributes.push(("urn", &urn));
        self.xml.open(element, &attributes);
        if artefact == Artefact::Constraint && !stub {
            self.metrics();
        }
        self.name(artefact.name());
        !stub
    }

    fn agencies(&mut self) {
        if !self.holds(Artefact::Agencies) {
            return;
        }
        self.xml
            .open(if self.is_new() { "str:AgencySchemes" } else { "str:OrganisationSchemes" }, &[]);
        let mut attributes = vec![("id", Artefact::Agencies.id()), ("agencyID", "SDMX")];
        // The one list that has one version for ever, and none in the newer version of the standard.
        if !self.is_new() {
            attributes.push(("version", "1.0"));
        }
        self.xml.open("str:AgencyScheme", &attributes);
        self.name(AGENCY_NAME);
        self.xml.open("str:Agency", &[("id", AGENCY)]);
        self.name(AGENCY_NAME);
        self.xml.close();
        self.xml.close();
        self.xml.close();
    }

    fn flow(&mut self) {
        if !self.holds(Artefact::Flow) {
            return;
        }
        self.xml.open("str:Dataflows", &[]);
        if self.begin("str:Dataflow", Artefact::Flow, &[]) {
            self.description(FLOW_TEXT);
            reference(&mut self.xml, self.version, "str:Structure", Artefact::Structure);
        }
        self.xml.close();
        self.xml.close();
    }

    fn description(&mut self, (chinese, english): (&str, &str)) {
        self.xml.text("com:Description", &[("xml:lang", "zh")], chinese);
        if !english.is_empty() {
            self.xml.text("com:Description", &[("xml:lang", "en")], english);
        }
    }

    fn lists(&mut self) {
        let lists: Vec<CodeList> = self.message.lists().collect();
        if lists.is_empty() {
            return;
        }
        self.xml.open("str:Codelists", &[]);
        for list in lists {
            let partial: &[_] = if self.message.partial { &[("isPartial", "true")] } else { &[] };
            if self.begin("str:Codelist", Artefact::List(list), partial) {
                self.codes(list);
            }
            self.xml.close();
        }
        self.xml.close();
    }

    fn codes(&mut self, list: CodeList) {
        let message = self.message;
        for code in message.codes.of(list) {
            if message.leaves_out(list, &code.id) {
                continue;
            }
            self.xml.open("str:Code", &[("id", &code.id)]);
            self.name((&code.chinese, &code.english));
            if !code.text.is_empty() {
                self.description((&code.text, ""));
            }
            // The schemas of the newer version allow no parent that begins with a digit.
            if let Some(parent) = code.parent.as_ref().filter(|_| !self.is_new()) {
                self.xml.open("str:Parent", &[]);
                self.xml.empty("Ref", &[("id", parent)]);
                self.xml.close();
            }
            self.xml.close();
        }
    }

    fn concepts(&mut self) {
        if !self.holds(Artefact::Concepts) {
            return;
        }
        self.xml.open(if self.is_new() { "str:ConceptSchemes" } else { "str:Concepts" }, &[]);
        if self.begin("str:ConceptScheme", Artefact::Concepts, &[]) {
            for concept in concepts() {
                self.xml.open("str:Concept", &[("id", concept.id)]);
                self.name(concept.name);
                self.xml.close();
            }
        }
        self.xml.close();
        self.xml.close();
    }

    fn structure(&mut self) {
        if !self.holds(Artefact::Structure) {
            return;
        }
        self.xml.open("str:DataStructures", &[]);
        if self.begin("str:DataStructure", Artefact::Structure, &[]) {
            self.xml.open("str:DataStructureComponents", &[]);
            self.dimensions();
            self.attributes();
            self.measure();
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
    }

    fn dimensions(&mut self) {
        self.xml.open("str:DimensionList", &[("id", "DimensionDescriptor")]);
        for (at, dimension) in Dimension::ALL.into_iter().enumerate() {
            let position = (at + 1).to_string();
            let id = ("id", dimension.id());
            match dimension {
                // Time has no position of its own in the newer version.
                Dimension::Time if self.is_new() => self.xml.open("str:TimeDimension", &[id]),
                Dimension::Time => {
                    self.xml.open("str:TimeDimension", &[id, ("position", &position)]);
                }
                _ => self.xml.open("str:Dimension", &[id, ("position", &position)]),
            }
            self.identity(dimension.id());
            self.representation(&of_dimension(dimension));
            self.xml.close();
        }
        self.xml.close();
    }

    fn attributes(&mut self) {
        self.xml.open("str:AttributeList", &[("id", "AttributeDescriptor")]);
        for attribute in Attribute::ALL {
            let optional = if self.is_new() {
                ("usage", "optional")
            } else {
                ("assignmentStatus", "Conditional")
            };
            self.xml.open("str:Attribute", &[("id", attribute.id()), optional]);
            self.identity(attribute.id());
            self.representation(&of_attribute(attribute));
            self.xml.open("str:AttributeRelationship", &[]);
            if self.is_new() {
                self.xml.empty("str:Observation", &[]);
            } else {
                self.xml.open("str:PrimaryMeasure", &[]);
                self.xml.empty("Ref", &[("id", VALUE)]);
                self.xml.close();
            }
            self.xml.close();
            self.xml.close();
        }
        self.xml.close();
    }

    fn measure(&mut self) {
        self.xml.open("str:MeasureList", &[("id", "MeasureDescriptor")]);
        let element = if self.is_new() { "str:Measure" } else { "str:PrimaryMeasure" };
        self.xml.open(element, &[("id", VALUE)]);
        self.identity(VALUE);
        self.representation(&OF_MEASURE);
        self.xml.close();
        self.xml.close();
    }

    /// What a component means.
    fn identity(&mut self, id: &str) {
        if self.is_new() {
            let number = self.version.number();
            let urn = format!(
                "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:{CONCEPTS}({number}).{id}"
            );
            self.xml.text("str:ConceptIdentity", &[], &urn);
            return;
        }
        self.xml.open("str:ConceptIdentity", &[]);
        self.xml.empty(
            "Ref",
            &[
                ("id", id),
                ("maintainableParentID", CONCEPTS),
                ("maintainableParentVersion", self.version.number()),
                ("agencyID", AGENCY),
                ("class", "Concept"),
                ("package", "conceptscheme"),
            ],
        );
        self.xml.close();
    }

    fn representation(&mut self, representation: &Representation) {
        self.xml.open("str:LocalRepresentation", &[]);
        match representation {
            Representation::Codes(list) => {
                let list = Artefact::List(*list);
                reference(&mut self.xml, self.version, "str:Enumeration", list);
            }
            Representation::Text(kind) => self.xml.empty("str:TextFormat", &[("textType", kind)]),
        }
        self.xml.close();
    }

    /// How much there is, in the annotations that clients know.
    fn metrics(&mut self) {
        self.xml.open("com:Annotations", &[]);
        let available = self.message.available;
        for (id, count) in [("series_count", available.series), ("obs_count", available.figures)] {
            self.xml.open("com:Annotation", &[("id", id)]);
            self.xml.text("com:AnnotationTitle", &[], &count.to_string());
            self.xml.text("com:AnnotationType", &[], "sdmx_metrics");
            self.xml.close();
        }
        self.xml.close();
    }

    fn constraint(&mut self) {
        if !self.holds(Artefact::Constraint) {
            return;
        }
        let new = self.is_new();
        let (list, element, kind) = if new {
            ("str:DataConstraints", "str:DataConstraint", ("role", "Actual"))
        } else {
            ("str:Constraints", "str:ContentConstraint", ("type", "Actual"))
        };
        self.xml.open(list, &[]);
        if self.begin(element, Artefact::Constraint, &[kind]) {
            self.xml.open("str:ConstraintAttachment", &[]);
            reference(&mut self.xml, self.version, "str:Dataflow", Artefact::Flow);
            self.xml.close();
            self.region();
        }
        self.xml.close();
        self.xml.close();
    }

    fn region(&mut self) {
        let available = self.message.available;
        if available.codes.is_empty() && available.times.is_empty() {
            return;
        }
        let (key, value) = if self.is_new() {
            ("str:KeyValue", "str:Value")
        } else {
            ("com:KeyValue", "com:Value")
        };
        self.xml.open("str:CubeRegion", &[("include", "true")]);
        for (dimension, codes) in &available.codes {
            self.xml.open(key, &[("id", dimension.id())]);
            for code in codes {
                self.xml.text(value, &[], code);
            }
            self.xml.close();
        }
        self.times(key, value);
        self.xml.close();
    }

    /// A span of days in the older version; the newer one tells the times one by one.
    fn times(&mut self, key: &'static str, value: &'static str) {
        let available = self.message.available;
        let Some((first, last)) = available.span() else { return };
        self.xml.open(key, &[("id", Dimension::Time.id())]);
        if self.is_new() {
            available.times.iter().for_each(|time| self.xml.text(value, &[], &written(*time)));
        } else {
            let inclusive = [("isInclusive", "true")];
            self.xml.open("com:TimeRange", &[]);
            self.xml.text("com:StartPeriod", &inclusive, &first);
            self.xml.text("com:EndPeriod", &inclusive, &last);
            self.xml.close();
        }
        self.xml.close();
    }
}
