//! What is attached to a project: photos as pictures, other files by name.

use maud::{Markup, html};
use terms::{Attached, PlanObject};

use super::super::desk::pieces;
use super::super::{Address, View};
use super::words;

/// Whether a file is a picture that browsers show.
fn is_photo(file: &Attached) -> bool {
    matches!(file.media.as_str(), "image/jpeg" | "image/png")
}

/// What a picture shows, as far as its name tells: the name without its end.
fn told(file: &Attached) -> &str {
    file.name.rsplit_once('.').map_or(file.name.as_str(), |(name, _)| name)
}

/// Photos and other files; nothing where nothing is attached.
pub(super) fn section(view: &View, object: &PlanObject) -> Markup {
    let (photos, files): (Vec<&Attached>, Vec<&Attached>) =
        object.attachments.iter().partition(|file| is_photo(file));
    html! {
        @if !photos.is_empty() {
            section {
                h2 id="photos" { (view.say(words::PHOTOS)) " " span class="tally" { (photos.len()) } }
                ul class="photos" {
                    @for file in &photos {
                        li {
                            a href=(Address::of("/attachments", &file.hash).then("image")) {
                                img src=(Address::of("/attachments", &file.hash).then("image")) alt=(told(file)) loading="lazy" width="240" height="160";
                            }
                            p { span lang="zh-CN" { (told(file)) } small { (pieces::moment(&file.at)) } }
                        }
                    }
                }
            }
        }
        @if !files.is_empty() {
            section {
                h2 { (view.say(words::FILES)) }
                ul class="downloads-list" {
                    @for file in &files {
                        li { a href=(Address::of("/attachments", &file.hash)) download { bdi lang="zh-CN" { (file.name) } } " " small { (pieces::moment(&file.at)) } }
                    }
                }
            }
        }
    }
}
