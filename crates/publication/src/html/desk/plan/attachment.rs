//! What is attached to a plan object.

use maud::{Markup, html};
use terms::{Attached, PlanObject};

use super::super::super::{Address, View};
use super::super::pieces;
use super::{PlanMay, PlanNames, object_address, words};

/// The files with a way to get each, and a form for one more. Posts `file` to `/plan/{kind}/{code}/attach`, and `hash`
/// to `/plan/{kind}/{code}/detach`.
pub(super) fn section(
    view: &View,
    object: &PlanObject,
    may: &PlanMay,
    names: &PlanNames,
) -> Markup {
    html! {
        section class="attachments" {
            h2 id="attachments" { (view.say(words::ATTACHMENTS)) " " span class="tally" { (object.attachments.len()) } }
            @if object.attachments.is_empty() {
                p class="quiet" { (view.say(words::NO_ATTACHMENTS)) }
            } @else {
                table class="stack" {
                    thead {
                        tr {
                            th scope="col" { (view.say(words::FILE)) }
                            th scope="col" class="number" { (view.say(words::SIZE)) }
                            th scope="col" { (view.say(words::WHEN)) }
                            th scope="col" { (view.say(words::WHO)) }
                            @if may.detach { th scope="col" { (view.say(words::DETACH)) } }
                        }
                    }
                    tbody { @for file in &object.attachments { (line(view, object, file, may, names)) } }
                }
            }
            @if may.attach { (form(view, object)) }
        }
    }
}

fn line(
    view: &View,
    object: &PlanObject,
    file: &Attached,
    may: &PlanMay,
    names: &PlanNames,
) -> Markup {
    let detach = object_address(object.kind.code, &object.code).then("detach");
    html! {
        tr {
            th scope="row" {
                a href=(Address::of("/attachments", &file.hash)) download { bdi lang="zh-CN" { (file.name) } }
                small { "SHA-256 " code { (file.hash.get(..12).unwrap_or(&file.hash)) "…" } }
            }
            td class="number" data-label=(view.say(words::SIZE)) { (size(file.size)) }
            td data-label=(view.say(words::WHEN)) { (pieces::moment(&file.at)) }
            td data-label=(view.say(words::WHO)) lang="zh-CN" { (pieces::name(&names.people, &file.author)) }
            @if may.detach {
                td {
                    (pieces::post(view, detach, "inline", html! {
                        input type="hidden" name="hash" value=(file.hash);
                        button { (view.say(words::DETACH)) span class="unseen" { " " (file.name) } }
                    }))
                }
            }
        }
    }
}

/// A number of bytes, in the unit that people read.
fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{} MiB", bytes.div_ceil(1_048_576)),
    }
}

fn form(view: &View, object: &PlanObject) -> Markup {
    let to = object_address(object.kind.code, &object.code).then("attach");
    html! {
        form class="inline attach" method="post" action=(view.link(to)) enctype="multipart/form-data" {
            (pieces::token(view))
            div class="entry-field" {
                label for="file" { (view.say(words::FILE)) }
                input type="file" id="file" name="file" required aria-describedby="file-hint";
                small id="file-hint" { (view.say(words::FILE_HINT)) }
            }
            button { (view.say(words::ATTACH)) }
        }
    }
}
