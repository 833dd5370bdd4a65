//! The lowest point of a smooth function: Broyden, Fletcher, Goldfarb and Shanno, with steps that satisfy the weak
//! conditions of Wolfe (search by bisection: Lewis and Overton 2013). No step is random, so the answer is the same
//! each time.

/// A function with its gradient.
pub(super) trait Slope {
    /// The value at a point, whose gradient is written; `None` outside of the domain.
    fn at(&mut self, point: &[f64], gradient: &mut [f64]) -> Option<f64>;
}

const MOST_STEPS: usize = 300;
const MOST_TRIALS: usize = 30;
/// Two steps in a row that gain less than this end the descent.
const GAIN: f64 = 1e-6;

/// Goes down from `point`, which is left at the lowest place found; its value, or `None` where even the first place is
/// outside of the domain.
pub(super) fn descend(slope: &mut impl Slope, point: &mut [f64]) -> Option<f64> {
    let size = point.len();
    let mut gradient = vec![0.0; size];
    let mut value = slope.at(point, &mut gradient)?;
    let mut inverse = identity(size, 1.0);
    let mut direction = vec![0.0; size];
    let (mut trial, mut trial_gradient) = (point.to_vec(), gradient.clone());
    let (mut first, mut idle) = (true, 0);
    for _ in 0..MOST_STEPS {
        multiply(&inverse, &gradient, &mut direction);
        direction.iter_mut().for_each(|part| *part = -*part);
        let mut descent = dot(&direction, &gradient);
        if descent >= 0.0 || !descent.is_finite() {
            inverse = identity(size, 1.0);
            direction.iter_mut().zip(&gradient).for_each(|(part, slope)| *part = -slope);
            descent = -dot(&gradient, &gradient);
        }
        if descent > -1e-12 {
            break;
        }
        // The parameters are scaled to about one: no first step goes farther.
        let start = if first { (1.0 / dot(&direction, &direction).sqrt()).min(1.0) } else { 1.0 };
        let (mut low, mut high, mut length) = (0.0, f64::INFINITY, start);
        let mut found = None;
        for _ in 0..MOST_TRIALS {
            for ((to, from), way) in trial.iter_mut().zip(point.iter()).zip(&direction) {
                *to = from + length * way;
            }
            let at = slope.at(&trial, &mut trial_gradient);
            match at {
                Some(at) if at <= value + 1e-4 * length * descent => {
                    found = Some(at);
                    if dot(&trial_gradient, &direction) >= 0.9 * descent {
                        break;
                    }
                    low = length;
                }
                _ => {
                    found = None;
                    high = length;
                }
            }
            length = if high.is_finite() { 0.5 * (low + high) } else { 2.0 * low };
        }
        let Some(next) = found else { break };
        update(&mut inverse, point, &trial, &gradient, &trial_gradient, first);
        let gain = value - next;
        point.copy_from_slice(&trial);
        gradient.copy_from_slice(&trial_gradient);
        value = next;
        first = false;
        idle = if gain < GAIN { idle + 1 } else { 0 };
        if idle == 2 {
            break;
        }
    }
    Some(value)
}

fn update(
    inverse: &mut [f64],
    from: &[f64],
    to: &[f64],
    before: &[f64],
    after: &[f64],
    first: bool,
) {
    let size = from.len();
    let step: Vec<f64> = to.iter().zip(from).map(|(a, b)| a - b).collect();
    let turn: Vec<f64> = after.iter().zip(before).map(|(a, b)| a - b).collect();
    let along = dot(&step, &turn);
    if along <= 1e-14 {
        return;
    }
    if first {
        inverse.copy_from_slice(&identity(size, along / dot(&turn, &turn)));
    }
    let mut turned = vec![0.0; size];
    multiply(inverse, &turn, &mut turned);
    let scale = (1.0 + dot(&turn, &turned) / along) / along;
    for ((row, step_at), turned_at) in inverse.chunks_exact_mut(size).zip(&step).zip(&turned) {
        let (left, right) = (scale * step_at - turned_at / along, step_at / along);
        for ((cell, step), turned) in row.iter_mut().zip(&step).zip(&turned) {
            *cell += left * step - right * turned;
        }
    }
}

fn identity(size: usize, scale: f64) -> Vec<f64> {
    let mut matrix = vec![0.0; size * size];
    matrix.iter_mut().step_by(size + 1).for_each(|cell| *cell = scale);
    matrix
}

fn multiply(matrix: &[f64], vector: &[f64], to: &mut [f64]) {
    for (row, to) in matrix.chunks_exact(vector.len().max(1)).zip(to) {
        *to = dot(row, vector);
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's valley; its lowest point is at (1, 1).
    struct Valley;

    impl Slope for Valley {
        fn at(&mut self, point: &[f64], gradient: &mut [f64]) -> Option<f64> {
            let (x, y) = (point[0], point[1]);
            gradient[0] = -2.0 * (1.0 - x) - 400.0 * x * (y - x * x);
            gradient[1] = 200.0 * (y - x * x);
            Some((1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2))
        }
    }

    #[test]
    fn the_valley_has_one_lowest_point() {
        let mut point = vec![-1.2, 1.0];
        let value = descend(&mut Valley, &mut point).unwrap();
        assert!(value < 1e-6, "{value} at {point:?}");
        assert!((point[0] - 1.0).abs() < 1e-2 && (point[1] - 1.0).abs() < 1e-2);
    }
}
