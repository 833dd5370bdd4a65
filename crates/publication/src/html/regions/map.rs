//! Regions on a map, shaded and hatched by the class of their number, with a legend in words and the table beside.

use std::fmt::Write;

use maud::{Markup, html};
use rust_decimal::Decimal;
use terms::{Boundary, Position, Ring};

use super::super::View;
use super::super::words::Language;
use super::projection::Projection;
use super::{RankedRegion, RegionsPage, link, number, rank, words};

/// So many classes are told apart by their patterns.
pub const MOST_CLASSES: usize = 5;

const WIDTH: f64 = 640.0;
/// A country that is long is not drawn wider than this is high.
const HIGHEST: f64 = 720.0;
const EDGE: f64 = 8.0;
/// Points nearer to each other than this, in the picture, are one.
const NEAR: f64 = 0.4;
/// More names than this would lie on each other.
const MOST_NAMES: usize = 40;

/// The map with its legend, and the table of the same regions.
pub(super) fn map(view: &View, page: &RegionsPage<'_>) -> Markup {
    let found = page.found;
    let Some(sheet) = Sheet::of(&found.boundaries) else {
        return html! { p class="none" { (view.say(words::MAP_NONE)) } };
    };
    html! {
        p class="quiet" { (view.say(words::MAP_HINT)) }
        div class="map-and-table" {
            figure class="map" {
                // The table holds the same for those who do not see the picture.
                svg viewBox={ "0 0 " (WIDTH) " " (round(sheet.height)) } aria-hidden="true" focusable="false" {
                    defs { @for class in 0..MOST_CLASSES { (pattern(class)) } }
                    @for boundary in &found.boundaries { (region(view, page, &sheet, boundary)) }
                    @if found.boundaries.len() <= MOST_NAMES {
                        @for boundary in &found.boundaries { (name(page, &sheet, boundary)) }
                    }
                }
                figcaption { (legend(view, page)) }
            }
            (table(view, page))
        }
    }
}

fn ranked<'a>(page: &RegionsPage<'a>, code: &str) -> Option<&'a RankedRegion> {
    page.found.regions.iter().find(|one| one.place.code == code)
}

/// What a class is filled with: the higher it is, the closer the lines and the darker the ground.
fn fill(class: Option<usize>) -> String {
    class.map_or("none".to_owned(), |class| format!("url(#class-{class})"))
}

fn pattern(class: usize) -> Markup {
    let lines = match class {
        0 => "",
        1 => "M0 4h.1M4 8h.1",
        2 => "M-2 10 10-2",
        3 => "M-2 10 10-2M2 14 14 2M-6 6 6-6",
        _ => "M-2 10 10-2M-2-2 10 10",
    };
    html! {
        pattern id={ "class-" (class) } width="8" height="8" patternUnits="userSpaceOnUse" {
            rect class={ "ground-" (class) } width="8" height="8" {}
            path class={ "hatch hatch-" (class) } d=(lines) {}
        }
    }
}

fn region(view: &View, page: &RegionsPage<'_>, sheet: &Sheet, boundary: &Boundary) -> Markup {
    let ranked = ranked(page, &boundary.region);
    let day = (page.as_of != page.today).then_some(page.as_of);
    let class = ranked.and_then(|one| one.class);
    html! {
        a href=(link(view, &boundary.region, day)) tabindex="-1" {
            path class=(if class.is_some() { "region" } else { "region without" }) fill=(fill(class)) fill-rule="evenodd" d=(sheet.outline(boundary)) {
                title {
                    @match ranked {
                        Some(one) => { (one.place.name) "：" (number(one.value)) (page.found.unit) },
                        None => { (unranked_name(page, &boundary.region)) "：" (view.say(words::NO_FIGURE)) },
                    }
                }
            }
        }
    }
}

fn unranked_name<'a>(page: &RegionsPage<'a>, code: &'a str) -> &'a str {
    let known = page.found.unranked.iter().find(|(place, _)| place.code == code);
    known.map_or(code, |(place, _)| place.name.as_str())
}

fn name(page: &RegionsPage<'_>, sheet: &Sheet, boundary: &Boundary) -> Markup {
    let (x, y) = sheet.middle(boundary);
    let name = match ranked(page, &boundary.region) {
        Some(one) => one.place.name.as_str(),
        None => unranked_name(page, &boundary.region),
    };
    html! { text class="name" x=(round(x)) y=(round(y)) text-anchor="middle" lang="zh-CN" { (name) } }
}

fn legend(view: &View, page: &RegionsPage<'_>) -> Markup {
    let found = page.found;
    let last = found.classes.len().saturating_sub(1);
    let missing = found.boundaries.iter().filter(|one| ranked(page, &one.region).is_none()).count();
    html! {
        ul class="map-legend" aria-label=(view.say(words::LEGEND)) {
            @for (at, class) in found.classes.iter().enumerate() {
                li {
                    (swatch(Some(at)))
                    (view.say(words::GROUP)) " " (at + 1)
                    @if at == 0 && last > 0 { "（" (view.say(words::LOWEST)) "）" }
                    @if at == last && last > 0 { "（" (view.say(words::HIGHEST)) "）" }
                    " " b { (range(view, class.from, class.to)) } span lang="zh-CN" { (found.unit) }
                    " · " (class.count)
                }
            }
            @if missing > 0 { li { (swatch(None)) (view.say(words::NO_FIGURE)) " · " (missing) } }
        }
    }
}

fn range(view: &View, from: Decimal, to: Decimal) -> String {
    let to_word = match view.language {
        Language::Chinese => "至",
        Language::English => " to ",
    };
    if from == to { number(from) } else { format!("{}{to_word}{}", number(from), number(to)) }
}

fn swatch(class: Option<usize>) -> Markup {
    html! {
        svg class="swatch" viewBox="0 0 28 16" width="28" height="16" aria-hidden="true" focusable="false" {
            rect class=(if class.is_some() { "region" } else { "region without" }) x="1" y="1" width="26" height="14" fill=(fill(class)) {}
        }
    }
}

fn table(view: &View, page: &RegionsPage<'_>) -> Markup {
    let day = (page.as_of != page.today).then_some(page.as_of);
    let found = page.found;
    html! {
        table class="ranking map-table" {
            thead { tr {
                th scope="col" class="number" { (view.say(words::RANK)) }
                th scope="col" { (view.say(words::REGION)) }
                th scope="col" class="number" { (view.say(words::VALUE)) "（" span lang="zh-CN" { (found.unit) } "）" }
                th scope="col" { (view.say(words::GROUP)) }
            } }
            tbody {
                @for one in &found.regions {
                    tr {
                        td class="number rank" { (one.rank) }
                        th scope="row" { a href=(link(view, &one.place.code, day)) lang="zh-CN" { (one.place.name) } }
                        td class="number" { a class="figure" href=(view.link(rank::figure(page, &one.place.code))) { (number(one.value)) } }
                        td { @if let Some(class) = one.class { (swatch(Some(class))) " " (class + 1) } }
                    }
                }
                @for (place, _) in &found.unranked {
                    tr {
                        td class="number rank" { "—" }
                        th scope="row" { a href=(link(view, &place.code, day)) lang="zh-CN" { (place.name) } }
                        td class="number" { (view.say(words::NO_FIGURE)) }
                        td { (swatch(None)) }
                    }
                }
            }
        }
    }
}

/// The sheet on which the outlines are drawn.
struct Sheet {
    projection: Projection,
    /// What is added to the right and downward, in radii of the earth, before scaling.
    corner: (f64, f64),
    scale: f64,
    height: f64,
}

impl Sheet {
    fn of(boundaries: &[Boundary]) -> Option<Sheet> {
        let positions = || {
            let polygons = boundaries.iter().flat_map(|one| one.outline.polygons());
            polygons.flatten().flatten().copied()
        };
        let ends = |places: &mut dyn Iterator<Item = (f64, f64)>| {
            let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
            places.fold(none, |[w, s, e, n], (x, y)| [w.min(x), s.min(y), e.max(x), n.max(y)])
        };
        positions().next()?;
        let [west, south, east, north] = ends(&mut positions().map(|[x, y]| (x, y)));
        let projection = Projection::of([west, south], [east, north]);
        let [left, bottom, right, top] = ends(&mut positions().map(|one| projection.place(one)));
        let (wide, high) = ((right - left).max(1e-9), (top - bottom).max(1e-9));
        let scale = ((WIDTH - 2.0 * EDGE) / wide).min((HIGHEST - 2.0 * EDGE) / high);
        // What is narrower than the sheet stands in its middle.
        let aside = ((WIDTH - 2.0 * EDGE) / scale - wide) / 2.0;
        let height = high * scale + 2.0 * EDGE;
        Some(Sheet { projection, corner: (aside - left, top), scale, height })
    }

    fn point(&self, position: Position) -> (f64, f64) {
        let (x, y) = self.projection.place(position);
        ((x + self.corner.0) * self.scale + EDGE, (self.corner.1 - y) * self.scale + EDGE)
    }

    /// The rings of a region without points that the picture cannot show.
    fn outline(&self, boundary: &Boundary) -> String {
        let mut path = String::new();
        for ring in boundary.outline.polygons().iter().flatten() {
            let mut last: Option<(f64, f64)> = None;
            for position in ring {
                let (x, y) = self.point(*position);
                let near = |(a, b): (f64, f64)| (a - x).abs() < NEAR && (b - y).abs() < NEAR;
                if last.is_some_and(near) {
                    continue;
                }
                let step = if last.is_none() { 'M' } else { 'L' };
                // Writing to a text never fails.
                let _ = write!(path, "{step}{} {}", round(x), round(y));
                last = Some((x, y));
            }
            path.push('Z');
        }
        path
    }

    /// Where a region's name stands: the centre of gravity of its largest ring.
    fn middle(&self, boundary: &Boundary) -> (f64, f64) {
        let rings = boundary.outline.polygons().iter().filter_map(|polygon| polygon.first());
        let centres = rings.map(|ring| self.centre(ring));
        let largest = centres.max_by(|(one, _), (other, _)| one.total_cmp(other));
        largest.map_or((0.0, 0.0), |(_, centre)| centre)
    }

    /// The area of a ring in the picture, and its centre of gravity.
    fn centre(&self, ring: &Ring) -> (f64, (f64, f64)) {
        let points: Vec<(f64, f64)> = ring.iter().map(|one| self.point(*one)).collect();
        let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
        for pair in points.windows(2) {
            let [(a, b), (c, d)] = [pair[0], pair[1]];
            let cross = a * d - c * b;
            area += cross;
            x += (a + c) * cross;
            y += (b + d) * cross;
        }
        match points.first() {
            Some(first) if area.abs() < 1e-9 => (0.0, *first),
            _ => (area.abs(), (x / (3.0 * area), y / (3.0 * area))),
        }
    }
}

fn round(at: f64) -> f64 {
    (at * 10.0).round() / 10.0
}
