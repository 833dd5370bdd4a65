//! The area of a roof from its outline in longitude and latitude.
//!
//! A roof is small against the Earth, so the outline is laid flat with the two radii of curvature of the WGS 84 ellipsoid
//! at its middle, and its area is that of the polygon (Gauss's shoelace formula). Of an outline a kilometre wide this is
//! right to a few parts in a million.

/// Half the larger axis of WGS 84 in metres.
const AXIS: f64 = 6_378_137.0;

/// The square of the first eccentricity of WGS 84.
const ECCENTRICITY: f64 = 0.006_694_379_990_141_317;

/// An outline is no roof when it is wider than this, in degrees.
const WIDEST: f64 = 0.1;

/// A place: longitude east and latitude north in degrees, in the order of GeoJSON.
pub type Corner = [f64; 2];

/// Why an outline has no area.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum NoArea {
    /// Fewer than three corners.
    #[error("{0} corners: expected three or more")]
    Corners(usize),
    /// A corner that is none.
    #[error("corner {0:?}: expected longitude -180 to 180, then latitude -90 to 90")]
    Corner(Corner),
    /// Too wide for a roof.
    #[error("an outline {0} degrees wide: expected a roof")]
    Wide(f64),
}

/// The area in square metres of an outline without its holes. The last corner may repeat the first.
///
/// ```
/// let corners = [[120.03, 28.89], [120.0306, 28.89], [120.0306, 28.8904], [120.03, 28.8904]];
/// let found = methods::programme::outline::area(&corners, &[]).unwrap();
/// assert!((found - 2594.62).abs() < 0.01);
/// ```
///
/// # Errors
/// When the outline or a hole is none.
pub fn area(outline: &[Corner], holes: &[Vec<Corner>]) -> Result<f64, NoArea> {
    let whole = ring(outline)?;
    let open = holes.iter().map(|hole| ring(hole)).sum::<Result<f64, NoArea>>()?;
    Ok((whole - open).max(0.0))
}

fn ring(corners: &[Corner]) -> Result<f64, NoArea> {
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for corner in corners {
        let [longitude, latitude] = *corner;
        if !(longitude.abs() <= 180.0 && latitude.abs() <= 90.0) {
            return Err(NoArea::Corner(*corner));
        }
        for ((low, high), at) in low.iter_mut().zip(&mut high).zip(corner) {
            (*low, *high) = (low.min(*at), high.max(*at));
        }
    }
    let wide = (high[0] - low[0]).max(high[1] - low[1]);
    if wide > WIDEST {
        return Err(NoArea::Wide(wide));
    }
    let distinct = match corners {
        [first, .., last] if first == last => corners.len() - 1,
        _ => corners.len(),
    };
    if distinct < 3 {
        return Err(NoArea::Corners(distinct));
    }
    let middle = ((low[1] + high[1]) / 2.0).to_radians();
    let bent = 1.0 - ECCENTRICITY * libm::sin(middle) * libm::sin(middle);
    let across = AXIS / bent.sqrt() * libm::cos(middle);
    let along = AXIS * (1.0 - ECCENTRICITY) / (bent * bent.sqrt());
    let flat = |corner: &Corner| {
        let [longitude, latitude] = *corner;
        ((longitude - low[0]).to_radians() * across, (latitude - low[1]).to_radians() * along)
    };
    let next = corners.iter().skip(1).chain(corners.first());
    let twice: f64 = corners
        .iter()
        .zip(next)
        .map(|(one, other)| {
            let ((x, y), (u, v)) = (flat(one), flat(other));
            x * v - u * y
        })
        .sum();
    Ok(twice.abs() / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pyproj 3.7 (`Geod(ellps="WGS84").polygon_area_perimeter`).
    #[test]
    fn areas_are_those_of_geodesics() {
        let cases: [(&[Corner], f64); 3] = [
            (
                &[[120.03, 28.89], [120.0306, 28.89], [120.0306, 28.8904], [120.03, 28.8904]],
                2594.623886704445,
            ),
            (
                &[[126.6, 45.75], [126.603, 45.7505], [126.602, 45.752], [126.6, 45.7515]],
                34593.202673316,
            ),
            (
                &[[109.5, 18.25], [109.5002, 18.25], [109.5002, 18.2502], [109.5, 18.2502]],
                468.21092300862074,
            ),
        ];
        for (corners, expected) in cases {
            let found = area(corners, &[]).unwrap();
            assert!((found / expected - 1.0).abs() < 2e-6, "{found} {expected}");
            let mut closed = corners.to_vec();
            closed.push(corners[0]);
            closed.reverse();
            assert!((area(&closed, &[]).unwrap() / found - 1.0).abs() < 1e-9);
            assert!(area(corners, &[corners.to_vec()]).unwrap() < 1e-6);
        }
    }

    #[test]
    fn what_is_no_roof_is_told() {
        assert_eq!(area(&[[120.0, 28.0], [120.1, 28.0]], &[]), Err(NoArea::Corners(2)));
        let swapped = [28.89, 120.03];
        assert_eq!(area(&[swapped, swapped, swapped], &[]), Err(NoArea::Corner(swapped)));
        let wide = [[120.0, 28.0], [121.0, 28.0], [121.0, 29.0]];
        assert_eq!(area(&wide, &[]), Err(NoArea::Wide(1.0)));
        assert!(area(&[[f64::NAN, 0.0]; 3], &[]).is_err());
    }
}
