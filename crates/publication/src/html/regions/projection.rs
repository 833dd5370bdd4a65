//! Places on the earth as places in a picture: Albers' equal-area conic projection, so that areas compare.
//!
//! Source: J. P. Snyder, *Map Projections: A Working Manual* (USGS, 1987), chapter 14, on the sphere; the standard
//! parallels lie a sixth of the height from the edges. Near the equator the cone is a cylinder (chapter 10).

use terms::Position;

/// Below this the cone is so flat that it is taken for a cylinder.
const FLAT: f64 = 0.01;

/// A projection of an extent.
pub(super) struct Projection {
    /// The middle meridian, in radians.
    middle: f64,
    cone: Option<Cone>,
}

struct Cone {
    n: f64,
    c: f64,
    base: f64,
}

impl Projection {
    /// The projection of an extent: its least and its largest longitude and latitude.
    pub(super) fn of([west, south]: Position, [east, north]: Position) -> Projection {
        let middle = f64::midpoint(west, east).to_radians();
        let sixth = (north - south) / 6.0;
        let (low, high) = ((south + sixth).to_radians(), (north - sixth).to_radians());
        let n = f64::midpoint(low.sin(), high.sin());
        let cone = (n.abs() > FLAT).then(|| {
            let c = low.cos().powi(2) + 2.0 * n * low.sin();
            let base = radius(n, c, f64::midpoint(south, north).to_radians());
            Cone { n, c, base }
        });
        Projection { middle, cone }
    }

    /// The place of a position, to the right and upward, in radii of the earth.
    pub(super) fn place(&self, [longitude, latitude]: Position) -> (f64, f64) {
        let (east, north) = (longitude.to_radians() - self.middle, latitude.to_radians());
        match &self.cone {
            None => (east, north.sin()),
            Some(Cone { n, c, base }) => {
                let (radius, angle) = (radius(*n, *c, north), n * east);
                (radius * angle.sin(), base - radius * angle.cos())
            }
        }
    }
}

fn radius(n: f64, c: f64, latitude: f64) -> f64 {
    (c - 2.0 * n * latitude.sin()).max(0.0).sqrt() / n
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Snyder's numerical example on the sphere (page 291): standard parallels 29.5 and 45.5 degrees, origin 23 N 96 W.
    #[test]
    fn the_manual_s_example_comes_out() {
        let (low, high) = (29.5_f64.to_radians(), 45.5_f64.to_radians());
        let n = f64::midpoint(low.sin(), high.sin());
        let c = low.cos().powi(2) + 2.0 * n * low.sin();
        let base = radius(n, c, 23.0_f64.to_radians());
        let cone = Some(Cone { n, c, base });
        let projection = Projection { middle: (-96.0_f64).to_radians(), cone };
        let (x, y) = projection.place([-75.0, 35.0]);
        assert!((x - 0.295_272_0).abs() < 1e-6 && (y - 0.241_677_4).abs() < 1e-6, "{x} {y}");
    }

    #[test]
    fn equal_areas_stay_equal() {
        for (south, north) in [(28.9, 29.3), (-0.2, 0.2), (18.0, 54.0)] {
            let projection = Projection::of([119.8, south], [120.4, north]);
            let area = |latitude: f64| {
                let step = 0.01;
                let [a, b, c, d] = [
                    [120.0, latitude],
                    [120.0 + step, latitude],
                    [120.0 + step, latitude + step],
                    [120.0, latitude + step],
                ]
                .map(|position| projection.place(position));
                let cross = |(x, y): (f64, f64), (z, w): (f64, f64)| x * w - z * y;
                (cross(a, b) + cross(b, c) + cross(c, d) + cross(d, a)) / 2.0
            };
            let on_sphere = |latitude: f64| {
                let sines = (latitude + 0.01).to_radians().sin() - latitude.to_radians().sin();
                0.01_f64.to_radians() * sines
            };
            for latitude in [south, north - 0.01] {
                let ratio = area(latitude) / on_sphere(latitude);
                assert!((ratio - 1.0).abs() < 1e-4, "{latitude}: {ratio}");
            }
        }
    }
}
