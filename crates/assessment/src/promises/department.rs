//! Which department owes a promise.

use terms::{DepartmentSource, Statement};

use super::PromiseGrounds;

/// What a report writes before the department that answers for a task.
const NAMED_BY: &[&str] =
    &["责任单位", "牵头单位", "责任部门", "牵头部门", "主管部门", "负责单位", "负责部门"];

/// The department that owes a promise: that of the ledger's target, else the one that the sentence names, else the
/// one that usually owns the indicator. `None` where nobody says so.
pub(super) fn of(
    promise: &Statement,
    grounds: &PromiseGrounds<'_>,
) -> Option<(String, DepartmentSource)> {
    let planned = grounds.departments.get(&*promise.id).cloned();
    if let Some(name) = planned {
        return Some((name, DepartmentSource::Plan));
    }
    if let Some(name) = named(&promise.sentence) {
        return Some((name.to_owned(), DepartmentSource::Report));
    }
    let code = promise.indicator.as_deref()?;
    let known = grounds.catalogue.iter().find(|known| known.code == code)?;
    (!known.owner.is_empty()).then(|| (known.owner.clone(), DepartmentSource::Catalogue))
}

/// The department that a sentence names: "（责任单位：市发改局、市统计局）" names the first.
fn named(sentence: &str) -> Option<&str> {
    let behind =
        NAMED_BY.iter().find_map(|word| sentence.split_once(word).map(|(_, behind)| behind))?;
    let name = behind.trim_start().strip_prefix(['：', ':'])?.trim_start();
    let name = name.split(['、', '，', ',', '；', ';', '。', '）', ')', ' ']).next()?;
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_sentence_names_the_department_behind_its_word() {
        assert_eq!(named("新建绿道40公里（责任单位：市建设局、市水务局）。"), Some("市建设局"));
        assert_eq!(named("新增就业6000人。牵头部门: 市人力社保局。"), Some("市人力社保局"));
        assert_eq!(named("压实各责任单位的工作。"), None);
        assert_eq!(named("新建绿道40公里。"), None);
    }
}
