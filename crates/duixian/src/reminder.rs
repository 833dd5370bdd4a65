//! Reminders: for each department that owes something that is late or due soon, one message.

use std::io::{Cursor, Write};
use std::time::Duration;

use ledger::{Ledger, LedgerError};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::{Address, SmtpTransport, Transport};
use terms::{Day, Department, DutyProgress, FigureState, Punctuality, Region, Round};
use zip::write::SimpleFileOptions;

/// A duty that is due within so many days is called to mind.
const SOON: i64 = 3;

/// Who the messages are from, where nobody is named.
pub(crate) const SENDER: &str = "duixian@localhost";

/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a department is reminded of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reminder {
    /// Code of the department.
    pub(crate) department: String,
    /// Its name.
    pub(crate) name: String,
    /// Where messages to it go; empty where there is no such address.
    pub(crate) email: String,
    /// What it is about.
    pub(crate) subject: String,
    /// What it says.
    pub(crate) body: String,
    /// How many duties it lists.
    pub(crate) duties: usize,
}

/// Why reminders could not be made or sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReminderError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A text that would break a message.
    #[error("{what}“{found}”（应为不含换行和控制字符的文字）")]
    Control { what: &'static str, found: String },
    /// No address.
    #[error("{what}“{found}”（应为邮箱地址，如 tjj@example.cn）")]
    Address { what: &'static str, found: String },
    /// The message cannot be put together.
    #[error("无法生成给{department}的提醒：{reason}")]
    Message { department: String, reason: String },
    /// The mail server did not take it.
    #[error("邮件服务器 {server} 未收下给{department}（{to}）的提醒：{reason}")]
    Refused { server: String, department: String, to: String, reason: String },
    /// The archive cannot be put together.
    #[error("无法生成压缩文件：{0}")]
    Archive(String),
}

/// A reminder as a file: its name and its bytes.
pub(crate) type ReminderFile = (String, Vec<u8>);

/// The reminders of these duties of a round on a day, by department.
pub(crate) fn of(
    ledger: &Ledger,
    round: &Round,
    duties: &[DutyProgress],
    today: Day,
) -> Result<Vec<Reminder>, ReminderError> {
    let departments = ledger.departments()?;
    let mut all = Vec::new();
    for department in departments.iter().filter(|department| department.active) {
        let own = duties.iter().filter(|known| known.duty.department == department.code);
        let lines: Vec<String> = own.filter_map(|progress| line(round, progress, today)).collect();
        if !lines.is_empty() {
            all.push(reminder(round, department, &lines)?);
        }
    }
    Ok(all)
}

fn reminder(
    round: &Round,
    department: &Department,
    lines: &[String],
) -> Result<Reminder, ReminderError> {
    let Department { code, name, email, .. } = department;
    // The ledger refuses such names; a data package may bring others.
    for (what, text) in [("部门名称", name), ("邮箱", email), ("轮次名称", &round.name)] {
        plain(what, text)?;
    }
    let mut body = format!("{name}：\n\n{}中，以下报表尚未报齐：\n\n", round.name);
    for (number, line) in (1..).zip(lines) {
        body.push_str(&format!("{number}. {line}\n"));
    }
    body.push_str("\n请尽快填报。已报的请不必理会。\n");
    Ok(Reminder {
        department: code.clone(),
        name: name.clone(),
        email: email.clone(),
        subject: format!("【填报提醒】{}：{} 项待报", round.name, lines.len()),
        body,
        duties: lines.len(),
    })
}

/// What is said of a duty; nothing where there is no need.
fn line(round: &Round, progress: &DutyProgress, today: Day) -> Option<String> {
    let duty = &progress.duty;
    let (due, closes) = (duty.due(round), duty.closes(round));
    let missing = missing(progress);
    if missing == 0 {
        return None;
    }
    let returned = progress.count(FigureState::Returned) + progress.count(FigureState::Reopened);
    let when = match progress.punctuality(round, today) {
        Punctuality::Overdue => format!("已逾期 {} 天", due.days_until(today)),
        Punctuality::Closed => "已截止，需申请延期".to_owned(),
        Punctuality::Open if today < round.opens => return None,
        Punctuality::Open if today.days_until(due) <= SOON => match today.days_until(due) {
            0 => "今天到期".to_owned(),
            days => format!("还有 {days} 天到期"),
        },
        _ if returned > 0 => "退回待改".to_owned(),
        _ => return None,
    };
    let region = Region::of_code(&duty.region);
    let region = region.map_or_else(|| duty.region.to_string(), |known| known.name.to_owned());
    let handed_back =
        if returned > 0 { format!("，其中退回 {returned} 行") } else { String::new() };
    Some(format!(
        "{}（{region}）：{when}；期限 {due}，截止 {closes}；缺 {missing} 行，共 {} 行{handed_back}（任务 {}）",
        one_line(&progress.form),
        progress.lines,
        duty.number,
    ))
}

/// How many lines of a duty are with the department.
fn missing(progress: &DutyProgress) -> usize {
    let done = [FigureState::Submitted, FigureState::Approved, FigureState::Locked];
    let done: usize = done.into_iter().map(|state| progress.count(state)).sum();
    progress.lines.saturating_sub(done)
}

fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

fn plain(what: &'static str, text: &str) -> Result<(), ReminderError> {
    if text.chars().any(char::is_control) {
        return Err(ReminderError::Control { what, found: one_line(text) });
    }
    Ok(())
}

fn mailbox(
    what: &'static str,
    name: Option<String>,
    address: &str,
) -> Result<Mailbox, ReminderError> {
    plain(what, address)?;
    let address = address
        .parse::<Address>()
        .map_err(|_| ReminderError::Address { what, found: address.to_owned() })?;
    Ok(Mailbox::new(name, address))
}

impl Reminder {
    /// The message for a department that has an address, from `from`.
    fn message(&self, from: &str) -> Result<Message, ReminderError> {
        for (what, text) in [("部门名称", &self.name), ("主题", &self.subject)] {
            plain(what, text)?;
        }
        Message::builder()
            .from(mailbox("发件人", None, from)?)
            .to(mailbox("邮箱", Some(self.name.clone()), &self.email)?)
            .subject(self.subject.clone())
            .message_id(None)
            .header(ContentType::TEXT_PLAIN)
            .body(self.body.clone())
            .map_err(|error| ReminderError::Message {
                department: self.name.clone(),
                reason: error.to_string(),
            })
    }
}

/// The reminders as files: a message for each department that has an address, a plain text for the others.
pub(crate) fn files(
    reminders: &[Reminder],
    from: &str,
) -> Result<Vec<ReminderFile>, ReminderError> {
    reminders
        .iter()
        .map(|reminder| {
            if reminder.email.is_empty() {
                let Reminder { subject, body, .. } = reminder;
                let name = format!("{}.txt", reminder.department);
                return Ok((name, format!("{subject}\n\n{body}").into_bytes()));
            }
            Ok((format!("{}.eml", reminder.department), reminder.message(from)?.formatted()))
        })
        .collect()
}

/// The files as a zip archive.
pub(crate) fn archive(files: &[ReminderFile]) -> Result<Vec<u8>, ReminderError> {
    let write = || -> Result<Vec<u8>, zip::result::ZipError> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(name.as_str(), SimpleFileOptions::default())?;
            zip.write_all(bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    };
    write().map_err(|error| ReminderError::Archive(error.to_string()))
}

/// Sends the reminders of departments that have an address through a mail server that takes them without a password, as
/// one within the agency's own network does; gives how many. All messages are made before the first is sent.
pub(crate) fn send(
    reminders: &[Reminder],
    from: &str,
    (host, port): (&str, u16),
) -> Result<usize, ReminderError> {
    let addressed = reminders.iter().filter(|reminder| !reminder.email.is_empty());
    let messages = addressed
        .map(|reminder| Ok((reminder, reminder.message(from)?)))
        .collect::<Result<Vec<_>, ReminderError>>()?;
    let server = SmtpTransport::builder_dangerous(host).port(port).timeout(Some(PATIENCE)).build();
    for (reminder, message) in &messages {
        server.send(message).map_err(|error| ReminderError::Refused {
            server: format!("{host}:{port}"),
            department: reminder.name.clone(),
            to: reminder.email.clone(),
            reason: error.to_string(),
        })?;
    }
    Ok(messages.len())
}

#[cfg(test)]
mod tests {
    use terms::Duty;

    use super::*;

    fn reminder(name: &str, email: &str) -> Reminder {
        Reminder {
            department: "stats".into(),
            name: name.into(),
            email: email.into(),
            subject: "【填报提醒】九月：1 项待报".into(),
            body: "统计局：\n".into(),
            duties: 1,
        }
    }

    #[test]
    fn no_header_can_be_slipped_in() {
        for (name, email) in [
            ("统计局\r\nBcc: x@example.cn", "tjj@example.cn"),
            ("统计局", "tjj@example.cn\r\nBcc: x@example.cn"),
            ("统计局", "tjj@example.cn, x@example.cn"),
            ("统计局", "没有地址"),
        ] {
            assert!(files(&[reminder(name, email)], SENDER).is_err(), "{name} {email}");
        }
        let good = [reminder("统计局", "tjj@example.cn")];
        assert!(files(&good, "a@b.cn\nBcc: x@example.cn").is_err());
        let files = files(&good, SENDER).unwrap();
        let text = String::from_utf8(files[0].1.clone()).unwrap();
        assert!(text.contains("To: ") && text.contains("<tjj@example.cn>"), "{text}");
        assert!(text.is_ascii(), "{text}");
    }

    #[test]
    fn who_has_no_address_gets_a_text() {
        let files = files(&[reminder("统计局", "")], SENDER).unwrap();
        assert_eq!(files[0].0, "stats.txt");
        assert!(String::from_utf8(files[0].1.clone()).unwrap().contains("统计局："));
    }

    fn said(due: &str, today: &str) -> Option<String> {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let round = Round {
            code: "r".into(),
            name: "填报".into(),
            period: "2024-01..08".parse().unwrap(),
            opens: day("2024-01-01"),
            due: day(due),
            closes: day("2199-01-01"),
        };
        let duty = Duty {
            number: 7,
            round: "r".into(),
            form: "f".into(),
            department: "d".into(),
            region: "330784".into(),
            extended: None,
        };
        let (form, department) = ("月报".to_owned(), "局".to_owned());
        let progress =
            DutyProgress { duty, form, department, lines: 2, states: [0; 6], handed_in: None };
        line(&round, &progress, day(today))
    }

    #[test]
    fn days_are_counted_over_the_end_of_a_month() {
        assert!(said("2024-09-30", "2024-10-02").unwrap().contains("已逾期 2 天"));
        assert!(said("2024-10-01", "2024-09-29").unwrap().contains("还有 2 天到期"));
        assert!(said("2024-10-01", "2024-10-01").unwrap().contains("今天到期"));
        assert_eq!(said("2024-10-05", "2024-09-30"), None, "not yet");
    }
}
