//! Own use of a roof's electricity against plain numpy on pvlib 0.16.1 and chinese-calendar 1.11.0: a kilowatt at 15
//! degrees to the south in the synthetic year of Yongkang, above an office that works on the workdays of 2023.

#![allow(clippy::unwrap_used)]

use methods::programme::consumption::{Flows, Site, flows};
use methods::programme::load::{Days, Shape};
use methods::solar::{
    ALBEDO, Hours, MonthlyMeans, Place, Plane, Roof, Sky, System, Transposition, Turbidity, hourly,
    synthetic_year,
};

/// What the kilowatt gives in each hour.
fn kilowatt() -> Vec<f64> {
    let place = Place::new(28.89, 120.03, 90.0).unwrap();
    let hours = Hours::of_year(2023, 8 * 3600).unwrap();
    let sun = hours.sun(&place).unwrap();
    let means = MonthlyMeans {
        global: [2.4, 2.7, 3.0, 3.7, 4.1, 4.0, 5.3, 4.8, 3.8, 3.4, 2.8, 2.5],
        temperature: [5.6, 7.9, 11.9, 17.9, 22.6, 25.6, 29.6, 29.2, 25.0, 19.6, 13.6, 7.7],
        wind: [1.8; 12],
    };
    let turbidity = Turbidity::of_zhejiang(&place).unwrap();
    let weather = synthetic_year(&hours, &sun, &turbidity, &means).unwrap();
    let sky = Sky::new(&hours, &sun, &weather, Transposition::Perez, ALBEDO).unwrap();
    let plane = Plane::new(15.0, 180.0).unwrap();
    hourly(&sky, &Roof::new(plane, 1.0, System::default()).unwrap()).power
}

/// The office of the reference: a base of 8 % and a working day.
fn office() -> Shape {
    let mut work = [0.08; 24];
    let day = [0.10, 0.50, 0.95, 0.95, 0.95, 0.50, 0.50, 0.95, 0.95, 0.95, 0.95, 0.30, 0.30];
    for (hour, weight) in work.iter_mut().skip(6).zip(day) {
        *hour += weight;
    }
    Shape { work, rest: [0.08; 24], vacation: [0.08; 24], months: [1.0; 12] }
}

/// A month and a day of it.
type MonthDay = (u8, u8);

fn used_by(shape: &Shape, vacations: &[(MonthDay, MonthDay)], ratio: f64) -> Flows {
    // Public holidays from Monday to Friday, and weekends that were worked.
    let off = [
        (1, 2),
        (1, 23),
        (1, 24),
        (1, 25),
        (1, 26),
        (1, 27),
        (4, 5),
        (5, 1),
        (5, 2),
        (5, 3),
        (6, 22),
        (6, 23),
        (9, 29),
        (10, 2),
        (10, 3),
        (10, 4),
        (10, 5),
        (10, 6),
    ];
    let on = [(1, 28), (1, 29), (4, 23), (5, 6), (6, 25), (10, 7), (10, 8)];
    let days = Days::new(2023, &off, &on, vacations).unwrap();
    let (yields, load) = (kilowatt(), shape.spread(&days).unwrap());
    let total: f64 = yields.iter().sum();
    let site = Site { yields: &yields, dc_kw: 1.0, ac_kw: 10.0, load: &load, used: total / ratio };
    flows(&site).unwrap()
}

#[test]
fn an_office_uses_what_the_reference_says() {
    for (ratio, expected) in [(0.25, 0.8061), (0.5, 0.7148), (1.0, 0.5559)] {
        let found = used_by(&office(), &[], ratio);
        assert!((found.total() - 1037.56).abs() < 0.01, "{}", found.total());
        let share = found.own_share();
        assert!((share - expected).abs() < 1e-4, "{ratio}: {share} is not {expected}");
    }
}

/// A school is idle in the best months of the sun: with the calendar of an office it would seem to use more.
#[test]
fn a_school_with_its_holidays_uses_less() {
    let idle = [((7, 1), (8, 31)), ((1, 20), (2, 18))];
    for ratio in [0.25, 0.5, 1.0] {
        let school = used_by(&office(), &idle, ratio).own_share();
        assert!(school < used_by(&office(), &[], ratio).own_share() - 0.02, "{school}");
    }
}
