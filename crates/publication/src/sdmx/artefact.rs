//! The structures that there are, and which of them stand on which.

use super::model::{
    AGENCIES, AGENCY, AGENCY_NAME, Bilingual, CONCEPTS, CONCEPTS_NAME, CONSTRAINT, CodeList,
    Dimension, FLOW, FLOW_NAME, STRUCTURE, STRUCTURE_NAME,
};

/// The version of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// SDMX 2.1 (REST 1.x).
    V21,
    /// SDMX 3.0 (REST 2.x).
    V30,
}

impl Version {
    /// The version of our structures as this version of the standard writes it.
    pub fn number(self) -> &'static str {
        match self {
            Version::V21 => "1.0",
            Version::V30 => "1.0.0",
        }
    }
}

/// Something maintained: it has an agency, an id and a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Artefact {
    /// The list of agencies.
    Agencies,
    /// A list of codes.
    List(CodeList),
    /// The concepts.
    Concepts,
    /// The structure of the data.
    Structure,
    /// The dataflow.
    Flow,
    /// What there are figures of.
    Constraint,
}

impl Artefact {
    /// All of them.
    pub fn all() -> Vec<Artefact> {
        let lists = CodeList::ALL.map(Artefact::List);
        let others = [
            Artefact::Agencies,
            Artefact::Concepts,
            Artefact::Structure,
            Artefact::Flow,
            Artefact::Constraint,
        ];
        let mut all: Vec<Artefact> = lists.into_iter().chain(others).collect();
        all.sort_unstable();
        all
    }

    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Artefact::Agencies => AGENCIES,
            Artefact::List(list) => list.id(),
            Artefact::Concepts => CONCEPTS,
            Artefact::Structure => STRUCTURE,
            Artefact::Flow => FLOW,
            Artefact::Constraint => CONSTRAINT,
        }
    }

    /// Who maintains it.
    pub fn agency(self) -> &'static str {
        if self == Artefact::Agencies { "SDMX" } else { AGENCY }
    }

    /// Its name.
    pub fn name(self) -> Bilingual {
        match self {
            Artefact::Agencies => AGENCY_NAME,
            Artefact::List(list) => list.name(),
            Artefact::Concepts => CONCEPTS_NAME,
            Artefact::Structure => STRUCTURE_NAME,
            Artefact::Flow => FLOW_NAME,
            Artefact::Constraint => ("现有数据", "Data that there are"),
        }
    }

    /// What addresses call its kind.
    pub fn kind(self, version: Version) -> &'static str {
        match self {
            Artefact::Agencies => "agencyscheme",
            Artefact::List(_) => "codelist",
            Artefact::Concepts => "conceptscheme",
            Artefact::Structure => "datastructure",
            Artefact::Flow => "dataflow",
            Artefact::Constraint if version == Version::V21 => "contentconstraint",
            Artefact::Constraint => "dataconstraint",
        }
    }

    /// The package and the class by which references name it.
    pub fn class(self, version: Version) -> (&'static str, &'static str) {
        match self {
            Artefact::Agencies => ("base", "AgencyScheme"),
            Artefact::List(_) => ("codelist", "Codelist"),
            Artefact::Concepts => ("conceptscheme", "ConceptScheme"),
            Artefact::Structure => ("datastructure", "DataStructure"),
            Artefact::Flow => ("datastructure", "Dataflow"),
            Artefact::Constraint if version == Version::V21 => ("registry", "ContentConstraint"),
            Artefact::Constraint => ("registry", "DataConstraint"),
        }
    }

    /// Its name for all the world.
    pub fn urn(self, version: Version) -> String {
        let (package, class) = self.class(version);
        let number = if self == Artefact::Agencies { "1.0" } else { version.number() };
        let (agency, id) = (self.agency(), self.id());
        format!("urn:sdmx:org.sdmx.infomodel.{package}.{class}={agency}:{id}({number})")
    }

    /// What it stands on directly.
    pub fn children(self) -> Vec<Artefact> {
        match self {
            Artefact::Agencies | Artefact::List(_) | Artefact::Concepts => Vec::new(),
            Artefact::Structure => {
                let lists = Dimension::SERIES.into_iter().filter_map(Dimension::list);
                let lists = lists.chain([CodeList::Status]).map(Artefact::List);
                lists.chain([Artefact::Concepts]).collect()
            }
            Artefact::Flow => vec![Artefact::Structure],
            Artefact::Constraint => vec![Artefact::Flow],
        }
    }

    /// What stands on it directly.
    pub fn parents(self) -> Vec<Artefact> {
        Artefact::all().into_iter().filter(|one| one.children().contains(&self)).collect()
    }

    /// All that it stands on.
    pub fn descendants(self) -> Vec<Artefact> {
        let mut found = self.children();
        let mut next = 0;
        while let Some(one) = found.get(next) {
            for child in one.children() {
                if !found.contains(&child) {
                    found.push(child);
                }
            }
            next += 1;
        }
        found
    }

    /// All that stands on it.
    pub fn ancestors(self) -> Vec<Artefact> {
        Artefact::all().into_iter().filter(|one| one.descendants().contains(&self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structures_stand_on_each_other() {
        assert_eq!(Artefact::Flow.children(), [Artefact::Structure]);
        assert_eq!(Artefact::Flow.parents(), [Artefact::Constraint]);
        assert_eq!(Artefact::Flow.descendants().len(), 7);
        assert_eq!(Artefact::List(CodeList::Area).parents(), [Artefact::Structure]);
        assert_eq!(Artefact::Concepts.ancestors().len(), 3);
        assert_eq!(
            Artefact::Structure.urn(Version::V30),
            "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=DUIXIAN:DSD_FIGURES(1.0.0)"
        );
    }
}
