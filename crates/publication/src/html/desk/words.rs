//! The words of the desk, Chinese and English side by side.

use terms::{FigureAct, FigureState, Frequency, ObservationStatus, Post, Punctuality, Right};

use super::super::words::{Language, Word, words};
use super::FindingWeight;

words! {
    DESK = "待办", "To do";
    ROUNDS = "轮次", "Rounds";
    FORMS = "报表", "Forms";
    ACCOUNTS = "账号", "Accounts";
    HISTORY = "记录", "Record";
    WORKPLACE = "工作台", "Workplace";
    SIGN_OUT = "退出", "Sign out";
    SIGN_IN = "登录", "Sign in";
    LOGIN = "登录名", "Login";
    PASSWORD = "密码", "Password";
    LOGIN_HINT = "账号由本单位管理员开设。忘记密码时请管理员重置。", "Accounts are opened by your administrator, who can also reset a forgotten password.";
    MY_ACCOUNT = "我的账号", "My account";
    CHANGE_PASSWORD = "修改密码", "Change the password";
    MUST_CHANGE = "请先设置自己的密码，然后才能继续使用。", "Please set a password of your own before you go on.";
    OLD_PASSWORD = "现在的密码", "Present password";
    NEW_PASSWORD = "新密码", "New password";
    NEW_AGAIN = "再输入一次新密码", "New password again";
    PASSWORD_RULES = "密码要求", "What a password has to be like";
    PASSWORD_CHANGED = "密码已修改。", "The password has been changed.";
    MAY_DO = "可以做什么", "What you may do";
    NOT_DONE = "没有办成", "This was not done";
    SAVE = "保存", "Save";
    SAVED = "已保存。", "Saved.";
    OWED = "现在要报的", "What you owe now";
    OWED_NONE = "现在没有要报的数据。新的轮次开始后会列在这里。", "You owe no figures now. When a round opens, they will be listed here.";
    HANDED_IN = "已经报出的", "Handed in";
    TO_REVIEW = "等待审核的", "Waiting for your check";
    TO_REVIEW_NONE = "没有等待审核的数据。", "Nothing waits for your check.";
    NOTHING_TO_DO = "您的岗位没有需要在这里办理的事项。", "Your posts leave nothing to be done here.";
    FORM = "报表", "Form";
    REGION = "地区", "Region";
    DEPARTMENT = "部门", "Department";
    ROUND = "轮次", "Round";
    DUE = "截止", "Due";
    PUNCTUALITY = "时限", "Punctuality";
    PROGRESS = "进度", "Progress";
    EXTENDED = "已延期", "extended";
    ALL_ROUNDS = "全部轮次", "All rounds";
    NEW_ROUND = "新开轮次", "Open a round";
    NO_ROUNDS = "还没有开过轮次。", "No round has been opened yet.";
    CODE = "代码", "Code";
    NAME = "名称", "Name";
    PERIOD = "报告期", "Period";
    OPENS = "开始填报", "Opens";
    IN_TIME_UNTIL = "按时截止", "In time until";
    TAKEN_UNTIL = "最后截止", "Taken until";
    OWED_COUNT = "应报", "Owed";
    HANDED_IN_COUNT = "已报", "Handed in";
    OVERDUE_COUNT = "逾期未报", "Overdue";
    LOCKED_COUNT = "已锁定", "Locked";
    ROUND_OPENED = "轮次已经开始。", "The round has been opened.";
    DUTY_EXTENDED = "已经延期。", "More time has been granted.";
    DUTIES = "应报清单", "What is owed";
    NO_DUTIES = "没有符合条件的应报事项。", "Nothing that is owed matches.";
    EVERY_ONE = "全部", "All";
    LOCK_TITLE = "锁定已审数据", "Lock what was approved";
    LOCK_HINT = "锁定后数据作为当天发布的数据进入台账；需要再改时须写明原因重开。", "Locked figures enter the ledger as published on that day; to change one later it has to be reopened with a reason.";
    LOCK_NONE = "还没有已审、可以锁定的数据。", "Nothing has been approved that could be locked.";
    VINTAGE = "发布日", "Day of publication";
    LOCK = "锁定", "Lock";
    EXTEND = "延期", "More time";
    UNTIL = "延至", "Until";
    WHY = "原因", "Reason";
    DOWNLOADS = "下载", "Downloads";
    BULLETIN = "通报数据（JSON）", "Bulletin as data (JSON)";
    REMINDERS = "催报信（ZIP）", "Reminders (ZIP)";
    RECORD_LINK = "查看写入记录", "See the record of writes";
    CODE_HINT = "例如 2024-09；保存后不能再改。", "For example 2024-09; it stays once it is saved.";
    PERIOD_HINT = "例如 2024年1—9月、2024Q3、2024。", "For example 2024-01..09, 2024Q3, 2024.";
    DUE_HINT = "过了这一天算逾期，但仍可报。", "What comes later is late, but is taken.";
    CLOSES_HINT = "过了这一天不再接收，退回和重开的除外。", "Nothing is taken later, but what was returned or reopened.";
    WHICH_FORMS = "要报的报表", "Forms to be filed";
    NO_FORMS_YET = "还没有报表，先新建一张。", "There is no form yet: make one first.";
    NO_FORMS = "还没有报表。", "There is no form yet.";
    OPEN_ROUND = "开始这个轮次", "Open this round";
    INDICATOR = "指标", "Indicator";
    UNIT = "单位", "Unit";
    BEFORE = "上期", "Before";
    YEAR_AGO = "上年同期", "Year before";
    THIS_TIME = "本期", "This time";
    NATURE = "性质", "Nature";
    REMARK = "说明", "Remark";
    STATE = "状态", "State";
    PICK = "选择", "Pick";
    GROWTH = "增速", "growth";
    NO_LINES = "这张报表没有指标。", "This form has no lines.";
    REVIEW_COMMENT = "审核意见", "Comment";
    COMMENT_HINT = "退回或重开时必须写明原因；原因会显示在每一行上。", "Returning and reopening need a reason, which is shown at each line.";
    PICK_HINT = "不勾选时对全部可办理的行有效；勾选后只对所选的行有效。", "Without a tick it holds for every line that can take it; with ticks only for those.";
    KEYS_HINT = "回车或 ↓ 到下一行，↑ 到上一行；Ctrl+回车 上报。", "Enter or ↓ goes to the next line, ↑ to the one before; Ctrl+Enter hands in.";
    WITH_EXCEL = "用 Excel 填报", "Fill in with Excel";
    EXCEL_HINT = "先下载本表的 Excel 文件，填好后在这里上传；上传后先核对，再上报。", "Download this form as a workbook, fill it in and upload it here; look it over, then hand it in.";
    GET_EXCEL = "下载 Excel 表", "Download the workbook";
    WORKBOOK = "填好的 Excel 文件", "The filled workbook";
    UPLOAD = "上传", "Upload";
    DUTY_HISTORY = "填报历史", "History";
    READ_ONLY = "本表现在只能查看。", "This form can only be read now.";
    CONFLICT = "有人先改了这张表", "Somebody else changed this form first";
    CONFLICT_HINT = "您填的内容没有丢，但还没有写入。请逐行比较，改好后再保存：将以您这里的内容为准。", "What you typed is not lost, but nothing was written yet. Compare the lines, then save again: what stands in your fields will then hold.";
    CONFLICT_REVIEW = "本页已换成最新的内容，您刚才的办理没有写入。请重新核对后再办理。", "This page now shows what stands in the ledger; what you did was not written. Look it over and do it again.";
    STANDS_NOW = "台账现在", "In the ledger now";
    YOU_TYPED = "您填的", "You typed";
    EMPTY = "（空）", "(empty)";
    RETURNED_WHY = "退回原因", "Returned because";
    REOPENED_WHY = "重开原因", "Reopened because";
    FILLED_BY = "填报人", "Filled in by";
    CHECKED_BY = "审核人", "Checked by";
    HEAD_OF = "单位负责人", "Head of the unit";
    FILED_ON = "报出日期", "Filed on";
    WHEN = "时间", "When";
    WHO = "办理人", "Who";
    VERSION = "第几版", "Version";
    VALUE = "数值", "Value";
    COMMENT = "意见", "Comment";
    BACK_TO_DUTY = "回到本表", "Back to the form";
    NO_VERSIONS = "这张表还没有填过。", "Nothing has been filed yet.";
    ALL_FORMS = "全部报表", "All forms";
    NEW_FORM = "新建报表", "New form";
    FREQUENCY = "频率", "Frequency";
    REGIONS = "填报地区", "Regions";
    LINES = "指标数", "Lines";
    IN_USE = "在用", "In use";
    NOT_IN_USE = "已停用", "No longer used";
    FORM_CODE_HINT = "本单位自定的代码，例如 gyyb；保存后不能再改。", "A code of your own, for example gyyb; it stays once it is saved.";
    REGIONS_HINT = "每行一个地区的代码或名称。", "One region a line, by code or name.";
    ITEMS = "指标行", "Lines of the form";
    ITEMS_HINT = "每行一个指标：代码或名称，逗号后可写“增速”，再写单位。例如：", "One indicator a line: code or name, then the word for growth where it is one, then the unit, parted by commas. For example:";
    FORM_ACTIVE = "仍在使用（取消后新轮次不再包含）", "Still used (otherwise new rounds leave it out)";
    CHOOSE = "请选择", "Please choose";
    ALL_ACCOUNTS = "全部账号", "All accounts";
    NEW_ACCOUNT = "新建账号", "New account";
    PERSON = "姓名", "Name";
    POSTS = "岗位", "Posts";
    POST = "岗位", "Post";
    NO_POST = "没有岗位", "no post";
    NO_ACCOUNTS = "还没有账号。", "There is no account yet.";
    ACCOUNT_ACTIVE = "可以登录", "May sign in";
    SUSPENDED = "已停用", "Suspended";
    LOGIN_RULE = "2 至 32 个字母、数字、汉字或 . - _，以字母、数字或汉字开头；保存后不能再改。", "2 to 32 letters, digits, Chinese characters or . - _; it stays once it is saved.";
    POSTS_HINT = "岗位在所选地区及其下级有效。部门留空表示该地区的全部部门；清空岗位即取消这一行。", "A post holds for its region and what belongs to it. Without a department it holds for all of them; an empty post removes the row.";
    EVERY_DEPARTMENT = "全部部门", "Every department";
    RESET = "重置密码", "Reset the password";
    RESET_HINT = "生成一个一次性密码，只显示一次；本人登录后须自行设置新密码。", "Makes a password for one use that is shown once; the person then has to set a new one.";
    ONE_TIME = "一次性密码", "One-time password";
    ONE_TIME_HINT = "请当面或通过可靠的渠道告知本人。离开本页后无法再次查看；本人首次登录时须改为自己的密码。", "Tell it to the person face to face or in another safe way. It is not shown again; at the first sign-in it has to be changed.";
    TO_ACCOUNTS = "回到账号", "Back to the accounts";
    DEPARTMENTS = "部门", "Departments";
    NEW_DEPARTMENT = "新增部门", "New department";
    EDIT_DEPARTMENT = "修改部门", "Change the department";
    NO_DEPARTMENTS = "还没有部门。", "There is no department yet.";
    DEPARTMENT_CODE_HINT = "本单位自定的代码，例如 fgj；保存后不能再改。", "A code of your own, for example fgj; it stays once it is saved.";
    REGION_HINT = "地区的代码或名称，例如 330784 或 永康市。", "Code or name of a region, for example 330784.";
    EMAIL = "电子邮箱", "E-mail";
    EMAIL_HINT = "催报信发往这里，可以不填。", "Reminders go here; may be empty.";
    DEPARTMENT_ACTIVE = "部门仍然存在", "The department still exists";
    CHANGE = "修改", "Change";
    HISTORY_HINT = "每次写入都有一条记录，后一条含有前一条的哈希；在终端核对：", "Every write leaves an entry, and each holds the hash of the one before. To check the chain in a terminal:";
    NUMBER = "序号", "No.";
    ACTION = "事项", "Action";
    SUBJECT = "对象", "Subject";
    HASH = "哈希", "Hash";
    NO_ENTRIES = "还没有记录。", "Nothing has been recorded yet.";
    FORBIDDEN = "没有权限", "Not permitted";
    FORBIDDEN_NEEDS = "这里需要的权限：", "This needs the right:";
    FORBIDDEN_HINT = "您的岗位不包括这项权限，或不包括这个地区、部门。需要时请管理员调整岗位。", "Your posts do not give it, or not for this region or department. An administrator can change your posts.";
    STALE = "登录已经过期", "Your session has ended";
    STALE_HINT = "这次没有写入。请重新登录后再办理一次。", "Nothing was written. Please sign in again and do it once more.";
    KEPT_OUT = "这次没有写入，但您填的内容都在本页。请先在新标签页重新登录，再回到这里重新提交。", "Nothing was written, but what you typed is kept on this page. Sign in again in a new tab, then come back here and send it again.";
    KEPT_IN = "这次没有写入，因为那一页是上次登录时打开的。您填的内容都在本页，确认是自己填的，再重新提交。", "Nothing was written, because that page was opened in an earlier session. What you typed is kept on this page: if it is yours, send it again.";
    KEPT = "保留的内容", "What is kept";
    SEND_AGAIN = "重新提交", "Send again";
    TO_SIGN_IN = "重新登录", "Sign in again";
    TO_DESK = "回到待办", "Back to what is to do";
}

/// Where a figure stands; without a state nobody has touched it.
pub(super) fn state(state: Option<FigureState>) -> Word {
    match state {
        None => Word("未填", "Not begun"),
        Some(FigureState::Draft) => Word("草稿", "Draft"),
        Some(FigureState::Submitted) => Word("已报", "Handed in"),
        Some(FigureState::Returned) => Word("退回", "Returned"),
        Some(FigureState::Approved) => Word("已审", "Approved"),
        Some(FigureState::Locked) => Word("已锁", "Locked"),
        Some(FigureState::Reopened) => Word("重开", "Reopened"),
    }
}

/// What the button of an act says.
pub(super) fn act(act: FigureAct) -> Word {
    match act {
        FigureAct::Save => Word("暂存", "Save draft"),
        FigureAct::Submit => Word("上报", "Hand in"),
        FigureAct::Return => Word("退回", "Return"),
        FigureAct::Approve => Word("审核通过", "Approve"),
        FigureAct::Lock => Word("锁定", "Lock"),
        FigureAct::Reopen => Word("重开", "Reopen"),
    }
}

/// What is said when an act was done.
pub(super) fn done(act: FigureAct) -> Word {
    match act {
        FigureAct::Save => Word("已暂存，还没有上报。", "Saved as a draft; not handed in yet."),
        FigureAct::Submit => Word("已上报，等待审核。", "Handed in; it now waits for a check."),
        FigureAct::Return => Word("已退回填报部门。", "Returned to the department."),
        FigureAct::Approve => Word("已审核通过。", "Approved."),
        FigureAct::Lock => Word("已锁定。", "Locked."),
        FigureAct::Reopen => Word("已重开，等待重新填报。", "Reopened, to be filed anew."),
    }
}

/// How punctual a duty is.
pub(super) fn punctuality(punctuality: Punctuality) -> Word {
    match punctuality {
        Punctuality::Open => Word("待报", "Open"),
        Punctuality::InTime => Word("按时报出", "In time"),
        Punctuality::Late => Word("逾期报出", "Late"),
        Punctuality::Overdue => Word("逾期未报", "Overdue"),
        Punctuality::Closed => Word("截止未报", "Closed, missing"),
    }
}

/// What is to be known beside a value.
pub(super) fn status(status: ObservationStatus) -> Word {
    match status {
        ObservationStatus::Normal => Word("正常", "Normal"),
        ObservationStatus::Provisional => Word("初步", "Provisional"),
        ObservationStatus::Estimated => Word("预计", "Estimated"),
        ObservationStatus::Missing => Word("无数据", "No figure"),
        ObservationStatus::Withdrawn => Word("撤回", "Withdrawn"),
    }
}

/// How much a finding weighs.
pub(super) fn weight(weight: FindingWeight) -> Word {
    match weight {
        FindingWeight::Error => Word("错误", "Error"),
        FindingWeight::Reason => Word("须写说明", "Reason needed"),
        FindingWeight::Warning => Word("提醒", "Look again"),
    }
}

/// What somebody is there for.
pub(super) fn post(post: Post) -> Word {
    match post {
        Post::Clerk => Word("填报员", "Clerk"),
        Post::Reviewer => Word("审核员", "Reviewer"),
        Post::Planner => Word("计划员", "Planner"),
        Post::Leader => Word("领导", "Leader"),
        Post::Auditor => Word("审计员", "Auditor"),
        Post::Administrator => Word("管理员", "Administrator"),
    }
}

/// What an act needs the right to.
pub(super) fn right(right: Right) -> Word {
    match right {
        Right::Read => Word("查看数据", "See figures"),
        Right::Fill => Word("填报数据", "File figures"),
        Right::Review => Word("审核数据", "Check figures"),
        Right::Plan => Word("管理轮次和报表", "Keep rounds and forms"),
        Right::Audit => Word("查看写入记录", "See the record of writes"),
        Right::Administer => Word("管理账号和部门", "Keep accounts and departments"),
    }
}

/// How often a form is filed.
pub(super) fn frequency(frequency: Frequency) -> Word {
    match frequency {
        Frequency::Month => Word("月报", "Monthly"),
        Frequency::Quarter => Word("季报", "Quarterly"),
        Frequency::Half => Word("半年报", "Half-yearly"),
        Frequency::Year => Word("年报", "Yearly"),
    }
}

/// What an entry of the record did; `None` for an action that has no name here.
pub(super) fn action(word: &str) -> Option<Word> {
    Some(match word {
        "import" => Word("导入报告", "Report imported"),
        "link" => Word("对应指标", "Indicator linked"),
        "observe" => Word("录入数据", "Figures filed"),
        "redefine" => Word("口径调整", "Definition changed"),
        "department" => Word("部门", "Department"),
        "account" => Word("账号", "Account"),
        "password" => Word("密码", "Password"),
        "visit" => Word("登录", "Visit"),
        "form" => Word("报表", "Form"),
        "round" => Word("轮次", "Round"),
        "fill" => Word("填报", "Filing"),
        "extend" => Word("延期", "More time"),
        "plan" => Word("计划对象", "Plan objects"),
        "attach" => Word("附件", "Attachment"),
        "region" => Word("地区", "Region"),
        "rule" => Word("校验规则", "Rules of figures"),
        "scheme" => Word("评价方案", "Appraisal scheme"),
        "warning-rule" => Word("预警规则", "Rules of early warning"),
        "alarm" => Word("预警", "Alarms"),
        "boundary" => Word("边界", "Boundaries"),
        "programme" => Word("光伏方案", "Solar programme"),
        _ => return None,
    })
}

/// How far a last day is off.
pub(in super::super) fn days_left(days: i64, language: Language) -> String {
    let plural = if days.abs() == 1 { "" } else { "s" };
    match (language, days) {
        (Language::Chinese, 0) => "今天截止".into(),
        (Language::English, 0) => "due today".into(),
        (Language::Chinese, 1..) => format!("还有 {days} 天"),
        (Language::English, 1..) => format!("{days} day{plural} left"),
        (Language::Chinese, _) => format!("已过 {} 天", -days),
        (Language::English, _) => format!("{} day{plural} late", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_acts_and_posts_are_said_in_both_languages() {
        let mut spoken = vec![state(None)];
        spoken.extend(FigureState::ALL.iter().map(|known| state(Some(*known))));
        spoken.extend(FigureAct::ALL.iter().flat_map(|known| [act(*known), done(*known)]));
        spoken.extend(ObservationStatus::ALL.iter().map(|known| status(*known)));
        spoken.extend(Post::ALL.iter().map(|known| post(*known)));
        spoken.extend(Right::ALL.iter().map(|known| right(*known)));
        spoken.extend(Frequency::ALL.iter().map(|known| frequency(*known)));
        spoken.extend(["import", "fill", "extend"].iter().filter_map(|word| action(word)));
        crate::html::words::assert_both_languages(spoken);
    }

    #[test]
    fn states_are_told_apart_in_words() {
        for language in [Language::Chinese, Language::English] {
            let states = FigureState::ALL.iter().map(|known| Some(*known)).chain([None]);
            let mut said: Vec<_> = states.map(|known| language.say(state(known))).collect();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), FigureState::ALL.len() + 1);
        }
    }

    #[test]
    fn days_are_counted_in_words() {
        assert_eq!(days_left(0, Language::Chinese), "今天截止");
        assert_eq!(days_left(1, Language::English), "1 day left");
        assert_eq!(days_left(-3, Language::English), "3 days late");
        assert_eq!(days_left(-3, Language::Chinese), "已过 3 天");
    }
}
