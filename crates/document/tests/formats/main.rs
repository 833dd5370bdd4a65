//! Files of every kind that is read, made by the tests themselves.

mod docx;
mod html;
mod mangled;
mod markdown;
mod office;
mod pdf;
mod same;
mod sheets;
