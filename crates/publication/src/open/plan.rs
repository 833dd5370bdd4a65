//! Targets and the other plan objects.

use std::collections::BTreeMap;

use terms::{Day, PlanObject, Target};

use super::{Exact, address, record};
use crate::known::said;

record! {
    /// A recorded change of a target that was approved.
    #[schema(title = "Adjustment of a target")]
    AdjustmentRecord {
        /// Its code.
        code: String,
        /// The day from which it holds.
        #[schema(format = Date)]
        day: String,
        /// What is asked for from then on.
        value: Exact,
        /// The upper value of a range.
        upper: Option<Exact>,
        /// Why.
        reason: String,
        /// Who approved it.
        approved_by: String,
    }
}

record! {
    /// A target: what an indicator should be for a region and a period.
    #[schema(title = "Target")]
    TargetRecord {
        /// Its code.
        #[schema(example = "T-1")]
        code: String,
        /// Its address.
        url: String,
        /// What it is called, where the indicator's name is not enough.
        name: Option<String>,
        /// Code of the indicator.
        indicator: String,
        /// Code of the region.
        region: String,
        /// The time that it is about.
        period: String,
        /// `level`, `growth`, `increment` or `rank`.
        facet: String,
        /// `=`, `>=`, `<=`, `>`, `<`, `~` or `range`.
        comparator: String,
        /// What is asked for on the day, after adjustments.
        #[schema(example = "217000")]
        value: Exact,
        /// The upper value of a range.
        upper: Option<Exact>,
        /// What was asked for when it was adopted.
        original_value: Exact,
        /// The unit of all its values.
        unit: String,
        /// `firm` or `aim`.
        strength: Option<String>,
        /// Code of the department that answers for it.
        department: Option<String>,
        /// `adopted` or `closed`.
        state: String,
        /// Id of the statement that promises it.
        statement: Option<String>,
        /// Approved adjustments, in the order of their days.
        adjustments: Vec<AdjustmentRecord>,
    }
}

impl TargetRecord {
    /// The record of a target as it stands on a day.
    pub fn new(known: &Target, day: Day) -> Self {
        let bound = known.on(day);
        let adjustments = known.adjustments.iter().map(|made| AdjustmentRecord {
            code: made.code.clone(),
            day: made.day.to_string(),
            value: Exact(made.bound.value.to_string()),
            upper: made.bound.upper.map(|upper| Exact(upper.to_string())),
            reason: made.reason.clone(),
            approved_by: made.approved_by.clone(),
        });
        TargetRecord {
            code: known.code.clone(),
            url: address("/api/v1/targets", &known.code),
            name: said(&known.name).map(str::to_owned),
            indicator: known.indicator.clone(),
            region: known.region.clone(),
            period: known.period.to_string(),
            facet: known.facet.to_string(),
            comparator: known.comparator.to_string(),
            value: Exact(bound.value.to_string()),
            upper: bound.upper.map(|upper| Exact(upper.to_string())),
            original_value: Exact(known.original.value.to_string()),
            unit: known.unit.to_string(),
            strength: known.strength.map(|word| word.to_string()),
            department: known.department.clone(),
            state: known.state.clone(),
            statement: said(&known.statement).map(str::to_owned),
            adjustments: adjustments.collect(),
        }
    }
}

record! {
    /// A file that is attached to a plan object.
    #[schema(title = "Attachment")]
    AttachmentRecord {
        /// SHA-256 of its bytes.
        hash: String,
        /// What it is called.
        name: String,
        /// What it is, for example `application/pdf`.
        media: String,
        /// How large it is, in bytes.
        size: i64,
        /// When it was attached.
        #[schema(format = DateTime)]
        at: String,
    }
}

record! {
    /// A task, project, problem or another plan object, as it was known at a time.
    #[schema(title = "Plan object")]
    PlanRecord {
        /// What it is.
        #[schema(example = "project")]
        kind: String,
        /// Its code, which is its own within the kind.
        #[schema(example = "P-1")]
        code: String,
        /// Its address.
        url: String,
        /// What it is called.
        title: String,
        /// Under which object it stands, as `kind:code`.
        parent: Option<String>,
        /// Code of the region that it belongs to.
        region: String,
        /// Code of the department that owns it.
        department: Option<String>,
        /// Code of the state in which it stands.
        state: String,
        /// The Chinese name of the state.
        state_name: String,
        /// Why it came to this state.
        state_comment: Option<String>,
        /// When it came to this state.
        #[schema(format = DateTime)]
        state_since: String,
        /// Number of the last entry of the history that wrote anything of it.
        version: i64,
        /// Its values by field, as `duixian show KIND` lists the fields; amounts are exact decimals with their unit.
        #[schema(value_type = BTreeMap<String, String>)]
        fields: BTreeMap<String, String>,
        /// What is attached to it, latest first.
        attachments: Vec<AttachmentRecord>,
    }
}

impl From<&PlanObject> for PlanRecord {
    fn from(known: &PlanObject) -> Self {
        let attachments = known.attachments.iter().map(|attached| AttachmentRecord {
            hash: attached.hash.clone(),
            name: attached.name.clone(),
            media: attached.media.clone(),
            size: i64::try_from(attached.size).unwrap_or(i64::MAX),
            at: attached.at.clone(),
        });
        let fields = known.fields.iter();
        PlanRecord {
            kind: known.kind.code.to_owned(),
            code: known.code.clone(),
            url: address(&format!("/api/v1/plan/{}", known.kind.code), &known.code),
            title: known.title(),
            parent: known.parent.as_ref().map(ToString::to_string),
            region: known.region.clone(),
            department: known.department.clone(),
            state: known.state.clone(),
            state_name: known.state_name().to_owned(),
            state_comment: said(&known.comment).map(str::to_owned),
            state_since: known.state_since.clone(),
            version: known.version,
            fields: fields.map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            attachments: attachments.collect(),
        }
    }
}
