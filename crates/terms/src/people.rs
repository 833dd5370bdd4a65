//! Who works with a ledger, and what each may do.

use std::sync::Arc;

use crate::region::covers;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What somebody is there for (岗位). One person may hold several posts.
    Post {
        /// 填报员: files the figures of a department.
        Clerk = "clerk",
        /// 审核员: returns or approves figures.
        Reviewer = "reviewer",
        /// 计划员: opens rounds, approves, locks and reopens, assigns work.
        Planner = "planner",
        /// 领导: reads.
        Leader = "leader",
        /// 审计员: reads, the history of every write too.
        Auditor = "auditor",
        /// 管理员: keeps accounts and departments; files no figures.
        Administrator = "administrator",
    }
}

vocabulary! {
    /// What an act needs the right to.
    Right {
        /// To see figures and plan objects.
        Read = "read",
        /// To file figures of a department.
        Fill = "fill",
        /// To return or approve figures.
        Review = "review",
        /// To open rounds, lock and reopen figures, and keep plan objects.
        Plan = "plan",
        /// To see who wrote what.
        Audit = "audit",
        /// To keep accounts and departments.
        Administer = "administer",
    }
}

impl Post {
    /// Whether who holds this post has a right, within the post's region and department.
    pub fn gives(self, right: Right) -> bool {
        match self {
            Post::Clerk => matches!(right, Right::Read | Right::Fill),
            Post::Reviewer => matches!(right, Right::Read | Right::Review),
            Post::Planner => matches!(right, Right::Read | Right::Review | Right::Plan),
            Post::Leader => right == Right::Read,
            Post::Auditor => matches!(right, Right::Read | Right::Audit),
            Post::Administrator => matches!(right, Right::Audit | Right::Administer),
        }
    }
}

/// A department (部门) that files figures and owns tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its code, of the ledger's own choice.
    pub code: String,
    /// Its name, for example `市发改局`.
    pub name: String,
    /// Code of the region that it belongs to.
    pub region: String,
    /// Where messages to it go; empty where there is no such address.
    pub email: String,
    /// Whether it still exists.
    pub active: bool,
}

/// A post, where it is held and for which department.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The post.
    pub post: Post,
    /// Code of the region; the post holds for all that belongs to it.
    pub region: Arc<str>,
    /// Code of the department; `None` for all of the region.
    pub department: Option<Arc<str>>,
}

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// What the person logs in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The posts that the person holds.
    pub grants: Vec<Grant>,
    /// Whether the account may be used.
    pub active: bool,
}

impl Account {
    /// Whether the person has a right somewhere.
    pub fn has(&self, right: Right) -> bool {
        self.active && self.grants.iter().any(|grant| grant.post.gives(right))
    }

    /// Whether the person has a right in a region and for a department of it; without a department, for all of the
    /// region.
    pub fn may(&self, right: Right, region: &str, department: Option<&str>) -> bool {
        self.active
            && self.grants.iter().any(|grant| {
                grant.post.gives(right)
                    && covers(&grant.region, region)
                    && match &grant.department {
                        None => true,
                        Some(own) => department == Some(own),
                    }
            })
    }
}

/// Whether a text may be the name that a person logs in with: 2 to 32 letters, digits, `.`, `-`, `_` or Chinese
/// characters, beginning with a letter, a digit or a Chinese character.
pub fn is_login(text: &str) -> bool {
    let good = |character: char| {
        character.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&character)
    };
    (2..=32).contains(&text.chars().count())
        && text.chars().next().is_some_and(good)
        && text.chars().all(|character| good(character) || matches!(character, '.' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(grants: &[(Post, &str, Option<&str>)]) -> Account {
        Account {
            login: "a1".into(),
            name: "甲".into(),
            grants: grants
                .iter()
                .map(|(post, region, department)| Grant {
                    post: *post,
                    region: (*region).into(),
                    department: department.map(Into::into),
                })
                .collect(),
            active: true,
        }
    }

    #[test]
    fn a_right_ends_with_the_region_and_the_department() {
        let clerk = account(&[(Post::Clerk, "330784", Some("stats"))]);
        assert!(clerk.may(Right::Fill, "330784", Some("stats")));
        assert!(clerk.may(Right::Fill, "330784100", Some("stats")));
        assert!(!clerk.may(Right::Fill, "330784", Some("finance")));
        assert!(!clerk.may(Right::Fill, "330784", None));
        assert!(!clerk.may(Right::Fill, "330783", Some("stats")));
        assert!(!clerk.may(Right::Fill, "330700", Some("stats")));
        assert!(!clerk.may(Right::Review, "330784", Some("stats")));
        let planner = account(&[(Post::Planner, "330700", None)]);
        assert!(planner.may(Right::Plan, "330784", Some("stats")));
        assert!(planner.may(Right::Review, "330700", None));
        assert!(!planner.may(Right::Plan, "330000", None));
        assert!(!planner.may(Right::Fill, "330784", Some("stats")));
        let administrator = account(&[(Post::Administrator, "330784", None)]);
        assert!(!administrator.may(Right::Read, "330784", None));
        let gone = Account { active: false, ..planner };
        assert!(!gone.may(Right::Read, "330784", None) && !gone.has(Right::Read));
    }

    #[test]
    fn logins_are_plain_names() {
        for good in ["zhang.san", "a1", "李四", "统计局-01"] {
            assert!(is_login(good), "{good}");
        }
        for bad in ["", "a", "-a", "a b", "a\n", "<script>", "a'--", &"a".repeat(33)] {
            assert!(!is_login(bad), "{bad}");
        }
    }
}
