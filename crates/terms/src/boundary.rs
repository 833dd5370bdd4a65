//! The boundaries of regions: outlines of longitudes and latitudes in degrees.

use std::fmt;
use std::str::FromStr;

use crate::Day;

/// Longitude and latitude in degrees.
pub type Position = [f64; 2];

/// Positions of which the last is the first again.
pub type Ring = Vec<Position>;

/// A ring, and the rings of the holes in it.
pub type Polygon = Vec<Ring>;

/// The outline of a region from a day on.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// Code of the region.
    pub region: String,
    /// The first day on which it holds.
    pub since: Day,
    /// The outline.
    pub outline: Outline,
}

/// Polygons whose rings are closed and whose positions are places on the earth.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline(Vec<Polygon>);

/// Why polygons are no outline.
#[derive(Debug, Clone, PartialEq)]
pub enum InvalidOutline {
    /// There is no ring.
    Empty,
    /// A ring, by the numbers of its polygon and its own from 1, has too few positions.
    Short {
        /// The polygon.
        polygon: usize,
        /// The ring.
        ring: usize,
        /// How many positions it has.
        found: usize,
    },
    /// A ring does not end where it begins.
    Unclosed {
        /// The polygon.
        polygon: usize,
        /// The ring.
        ring: usize,
        /// The first and the last position.
        ends: [Position; 2],
    },
    /// A position is no longitude and latitude.
    Nowhere {
        /// The polygon.
        polygon: usize,
        /// The ring.
        ring: usize,
        /// The number of the position, from 1.
        position: usize,
        /// The position.
        found: Position,
    },
    /// All positions lie in China with longitude and latitude exchanged, and none does as they stand.
    Exchanged(Position),
    /// A text is none that an outline is written as.
    Unreadable(String),
}

impl fmt::Display for InvalidOutline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |[x, y]: &Position| format!("[{x}, {y}]");
        match self {
            InvalidOutline::Empty => f.write_str("没有边界线（应有至少一个多边形）"),
            InvalidOutline::Short { polygon, ring, found } => {
                write!(f, "第{polygon}个多边形第{ring}环只有{found}个点（应至少 4 个，首尾相同）")
            }
            InvalidOutline::Unclosed { polygon, ring, ends: [first, last] } => write!(
                f,
                "第{polygon}个多边形第{ring}环没有闭合：首点 {}，末点 {}（末点应与首点相同）",
                shown(first),
                shown(last)
            ),
            InvalidOutline::Nowhere { polygon, ring, position, found } => {
                let place = format!("第{polygon}个多边形第{ring}环第{position}点 {}", shown(found));
                if is_place(&exchanged(found)) {
                    write!(f, "{place}：经度与纬度像是颠倒了（应为 [经度, 纬度]）")
                } else {
                    write!(f, "{place}：不是经纬度，像是投影坐标（应为 [经度, 纬度]，单位为度）")
                }
            }
            InvalidOutline::Exchanged(first) => {
                write!(f, "经度与纬度像是颠倒了：首点 {}（应为 [经度, 纬度]）", shown(first))
            }
            InvalidOutline::Unreadable(text) => {
                let text: String = text.chars().take(24).collect();
                write!(f, "“{text}”不是边界线（应为“经度 纬度”的序列）")
            }
        }
    }
}

impl std::error::Error for InvalidOutline {}

fn exchanged([x, y]: &Position) -> Position {
    [*y, *x]
}

fn is_place([longitude, latitude]: &Position) -> bool {
    (-180.0..=180.0).contains(longitude) && (-90.0..=90.0).contains(latitude)
}

/// Whether a place lies in the rectangle around China.
fn is_chinese([longitude, latitude]: &Position) -> bool {
    (73.0..=136.0).contains(longitude) && (3.0..=54.0).contains(latitude)
}

impl Outline {
    /// Checks polygons.
    ///
    /// # Errors
    /// Where a ring is open or too short, or a position is no place, or all have longitude and latitude exchanged.
    pub fn new(polygons: Vec<Polygon>) -> Result<Outline, InvalidOutline> {
        let positions = || polygons.iter().flatten().flatten();
        let Some(first) = positions().next() else { return Err(InvalidOutline::Empty) };
        if !positions().any(is_chinese) && positions().all(|place| is_chinese(&exchanged(place))) {
            return Err(InvalidOutline::Exchanged(*first));
        }
        for (polygon, rings) in (1..).zip(&polygons) {
            for (ring, positions) in (1..).zip(rings) {
                if let Some((at, found)) =
                    positions.iter().enumerate().find(|(_, place)| !is_place(place))
                {
                    let (position, found) = (at + 1, *found);
                    return Err(InvalidOutline::Nowhere { polygon, ring, position, found });
                }
                match (positions.first(), positions.last()) {
                    (Some(first), Some(last)) if positions.len() > 3 => {
                        if first != last {
                            let ends = [*first, *last];
                            return Err(InvalidOutline::Unclosed { polygon, ring, ends });
                        }
                    }
                    _ => {
                        let found = positions.len();
                        return Err(InvalidOutline::Short { polygon, ring, found });
                    }
                }
            }
        }
        Ok(Outline(polygons))
    }

    /// The polygons.
    pub fn polygons(&self) -> &[Polygon] {
        &self.0
    }
}

/// Polygons are parted by `|`, rings by `;`, positions by `,`, longitude and latitude by a space.
impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (polygon, rings) in self.0.iter().enumerate() {
            f.write_str(if polygon > 0 { "|" } else { "" })?;
            for (ring, positions) in rings.iter().enumerate() {
                f.write_str(if ring > 0 { ";" } else { "" })?;
                for (at, [longitude, latitude]) in positions.iter().enumerate() {
                    let part = if at > 0 { "," } else { "" };
                    write!(f, "{part}{longitude} {latitude}")?;
                }
            }
        }
        Ok(())
    }
}

impl FromStr for Outline {
    type Err = InvalidOutline;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let position = |text: &str| -> Option<Position> {
            let (longitude, latitude) = text.split_once(' ')?;
            Some([longitude.parse().ok()?, latitude.parse().ok()?])
        };
        let ring = |text: &str| -> Result<Ring, InvalidOutline> {
            let positions = text.split(',');
            let read = |text: &str| {
                position(text).ok_or_else(|| InvalidOutline::Unreadable(text.to_owned()))
            };
            positions.map(read).collect()
        };
        let polygon = |text: &str| text.split(';').map(ring).collect::<Result<Polygon, _>>();
        Outline::new(text.split('|').map(polygon).collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Position; 5] =
        [[120.0, 29.0], [120.5, 29.0], [120.5, 29.25], [120.0, 29.25], [120.0, 29.0]];

    fn refused(ring: &[Position]) -> String {
        Outline::new(vec![vec![ring.to_vec()]]).unwrap_err().to_string()
    }

    #[test]
    fn an_outline_is_written_and_read_again() {
        let hole = vec![[120.1, 29.1], [120.2, 29.1], [120.2, 29.2], [120.1, 29.1]];
        let polygons = vec![vec![SQUARE.to_vec(), hole], vec![SQUARE.to_vec()]];
        let outline = Outline::new(polygons).unwrap();
        let text = outline.to_string();
        assert!(text.starts_with("120 29,120.5 29,") && text.contains(";120.1 29.1,"), "{text}");
        assert_eq!(text.parse(), Ok(outline));
        assert!(matches!("120".parse::<Outline>(), Err(InvalidOutline::Unreadable(_))));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        assert!(refused(&SQUARE[..4]).contains("第1个多边形第1环没有闭合"));
        assert!(refused(&SQUARE[..3]).contains("只有3个点"));
        let turned: Vec<Position> = SQUARE.iter().map(exchanged).collect();
        assert!(refused(&turned).contains("颠倒"), "{}", refused(&turned));
        // In the far west both may be latitudes, and yet it is seen.
        let west = [[39.0, 76.0], [39.5, 76.0], [39.5, 76.5], [39.0, 76.0]];
        assert!(refused(&west).contains("颠倒"));
        let mut one = SQUARE.to_vec();
        one[2] = [29.25, 120.5];
        assert!(refused(&one).contains("第3点 [29.25, 120.5]：经度与纬度像是颠倒了"));
        let metres = [[500_000.0, 3_200_000.0]; 4];
        assert!(refused(&metres).contains("投影坐标"));
        assert_eq!(Outline::new(Vec::new()), Err(InvalidOutline::Empty));
        assert!(refused(&[]).contains("没有边界线"));
    }
}
