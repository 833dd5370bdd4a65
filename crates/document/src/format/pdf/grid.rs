//! Tables by the rules that are drawn around their cells.

use kurbo::Point;

use crate::format::writer::Extent;

/// Rules that are nearer to each other than this meet, or are one.
const NEAR: f64 = 3.5;

/// A table may have this many places; more is a drawing.
const PLACES: usize = 100_000;

/// A line from one point to another, level or upright.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    level: bool,
    /// Where it is across its direction.
    at: f64,
    from: f64,
    to: f64,
}

impl Rule {
    /// The rule between two points; the larger distance is its direction.
    pub(super) fn new(one: Point, other: Point) -> Self {
        let level = (one.x - other.x).abs() > (one.y - other.y).abs();
        let (at, from, to) = if level {
            ((one.y + other.y) / 2.0, one.x.min(other.x), one.x.max(other.x))
        } else {
            ((one.x + other.x) / 2.0, one.y.min(other.y), one.y.max(other.y))
        };
        Rule { level, at, from, to }
    }

    fn meets(&self, other: &Rule) -> bool {
        if self.level == other.level {
            return (self.at - other.at).abs() < NEAR
                && self.from < other.to + NEAR
                && other.from < self.to + NEAR;
        }
        (self.from - NEAR..self.to + NEAR).contains(&other.at)
            && (other.from - NEAR..other.to + NEAR).contains(&self.at)
    }
}

/// A ruled table.
#[derive(Debug)]
pub(super) struct Grid {
    /// The row and the room of each cell.
    pub(super) cells: Vec<(usize, Extent)>,
    /// Where the rules between columns are.
    pub(super) columns: Vec<f64>,
    lines: Vec<f64>,
}

impl Grid {
    /// How many rows it has.
    pub(super) fn rows(&self) -> usize {
        self.lines.len() - 1
    }

    /// Where it begins.
    pub(super) fn top(&self) -> f64 {
        self.lines[0]
    }

    /// The number of the cell around a point.
    pub(super) fn cell_at(&self, x: f64, y: f64) -> Option<usize> {
        let column = self.columns.partition_point(|at| *at <= x).checked_sub(1)?;
        let row = self.lines.partition_point(|at| *at <= y).checked_sub(1)?;
        self.cells.iter().position(|(first, extent)| {
            (*first..first + extent.rows).contains(&row)
                && (extent.column..extent.column + extent.columns).contains(&column)
        })
    }
}

/// Finds the tables of a page: rules that meet and part at least two columns and two rows.
pub(super) fn find(rules: &[Rule]) -> Vec<Grid> {
    let mut group: Vec<usize> = (0..rules.len()).collect();
    // By place, so that each rule is compared only with those that can meet it.
    let mut order: Vec<usize> = (0..rules.len()).collect();
    let left = |rule: &Rule| if rule.level { rule.from } else { rule.at };
    let right = |rule: &Rule| if rule.level { rule.to } else { rule.at };
    order.sort_by(|a, b| left(&rules[*a]).total_cmp(&left(&rules[*b])));
    for (place, one) in order.iter().enumerate() {
        let reach = right(&rules[*one]) + NEAR;
        for other in order[place + 1..].iter().take_while(|other| left(&rules[**other]) <= reach) {
            if rules[*one].meets(&rules[*other]) {
                let (a, b) = (root(&mut group, *one), root(&mut group, *other));
                group[a] = b;
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<Rule>> =
        std::collections::BTreeMap::new();
    for (number, rule) in rules.iter().enumerate() {
        groups.entry(root(&mut group, number)).or_default().push(*rule);
    }
    groups.values().filter_map(|rules| grid(rules)).collect()
}

fn root(group: &mut [usize], mut number: usize) -> usize {
    while group[number] != number {
        group[number] = group[group[number]];
        number = group[number];
    }
    number
}

fn grid(rules: &[Rule]) -> Option<Grid> {
    let columns = places(rules.iter().filter(|rule| !rule.level));
    let lines = places(rules.iter().filter(|rule| rule.level));
    let (width, height) = (columns.len().checked_sub(1)?, lines.len().checked_sub(1)?);
    if width < 2 || height < 2 || width * height > PLACES {
        return None;
    }
    let upright = marks(rules.iter().filter(|rule| !rule.level), &columns, &lines);
    let level = marks(rules.iter().filter(|rule| rule.level), &lines, &columns);
    let mut taken = vec![false; width * height];
    let mut cells = Vec::new();
    for row in 0..height {
        for column in 0..width {
            if taken[row * width + column] {
                continue;
            }
            let free = |column: usize| !taken[row * width + column];
            let mut end = column + 1;
            while end < width && !upright[end][row] && free(end) {
                end += 1;
            }
            let mut below = row + 1;
            while below < height && !level[below][column] {
                below += 1;
            }
            for row in row..below {
                taken[row * width + column..row * width + end].fill(true);
            }
            cells.push((row, Extent { column, columns: end - column, rows: below - row }));
        }
    }
    Some(Grid { cells, columns, lines })
}

/// The places across their direction at which there are rules.
fn places<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<f64> {
    let mut all: Vec<f64> = rules.map(|rule| rule.at).collect();
    all.sort_by(f64::total_cmp);
    let mut places: Vec<f64> = Vec::new();
    for at in all {
        if places.last().is_none_or(|last| at - last > NEAR) {
            places.push(at);
        }
    }
    places
}

/// For each place, between which neighbours across it a rule is drawn.
fn marks<'a>(
    rules: impl Iterator<Item = &'a Rule>,
    places: &[f64],
    across: &[f64],
) -> Vec<Vec<bool>> {
    let mut marks = vec![vec![false; across.len() - 1]; places.len()];
    for rule in rules {
        let Some(place) = places.partition_point(|at| *at <= rule.at).checked_sub(1) else {
            continue;
        };
        for (number, between) in across.windows(2).enumerate() {
            let middle = (between[0] + between[1]) / 2.0;
            if rule.from <= middle && middle <= rule.to {
                marks[place][number] = true;
            }
        }
    }
    marks
}
