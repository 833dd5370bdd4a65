//! Solar energy against pvlib 0.16.1 and the NREL algorithms that it carries, by numbers that it printed; convention as
//! there: hourly, stamps in the middle of the hour, 8,760 hours of 2023, UTC+8, Yongkang (28.89 N, 120.03 E, 90 m).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use methods::solar::{
    ALBEDO, CellTemperature, Hours, Inverter, Losses, MonthlyMeans, Place, Plane, Reflection,
    Refusal, Roof, RoofYear, Sky, SunYear, System, Transposition, Turbidity, WeatherYear, disc,
    erbs, extraterrestrial, hourly, roof_year, roof_years, sun, sun_day, synthetic_year,
};

const CHINA: i32 = 8 * 3600;

fn yongkang() -> Place {
    Place::new(28.89, 120.03, 90.0).unwrap()
}

/// Seconds since 1970 of a time in China, in days since 1970-01-01 and hours.
fn china(day: i64, hour: f64) -> f64 {
    day as f64 * 86_400.0 + hour * 3600.0 - f64::from(CHINA)
}

/// 2026-01-01 and other days of 2026, since 1970-01-01.
const NEW_YEAR: i64 = 20_454;
const MARCH_20: i64 = NEW_YEAR + 78;
const JUNE_21: i64 = NEW_YEAR + 171;
const SEPTEMBER_23: i64 = NEW_YEAR + 265;
const DECEMBER_22: i64 = NEW_YEAR + 355;

fn near(found: f64, expected: f64, apart: f64) {
    assert!((found - expected).abs() <= apart, "{found} is not {expected}");
}

#[test]
fn the_sun_is_where_nrel_says() {
    near(yongkang().pressure(), 100_248.494_7, 1e-4);
    let known = [
        (NEW_YEAR, 12.0, 51.880_481, 51.901_669, 179.038_336, Some(-3.405_241)),
        (MARCH_20, 9.5, 47.522_114, 47.540_286, 120.720_771, Some(-7.561_666)),
        (JUNE_21, 12.0, 5.462_955, 5.464_524, 176.084_083, Some(-1.741_188)),
        (JUNE_21, 5.0, 91.207_423, 91.207_423, 62.225_895, None),
        (SEPTEMBER_23, 15.5, 59.416_179, 59.444_236, 250.818_059, None),
        (DECEMBER_22, 8.0, 77.516_193, 77.588_772, 125.917_288, None),
        (DECEMBER_22, 16.5, 83.556_720, 83.689_114, 238.795_900, None),
    ];
    for (day, hour, apparent, zenith, azimuth, equation) in known {
        let (found, minutes) = sun(&yongkang(), china(day, hour)).unwrap();
        near(found.apparent_zenith, apparent, 1e-6);
        near(found.zenith, zenith, 1e-6);
        near(found.azimuth, azimuth, 1e-6);
        if let Some(equation) = equation {
            near(minutes, equation, 1e-6);
        }
    }
}

/// pvlib 0.16.1 `sun_rise_set_transit_spa` tells, east of Greenwich, what of a local day's events happens on the day before
/// in UTC for the day after: in June the sun rises 12 s later there. So it is its positions that are held against.
#[test]
fn the_sun_rises_and_sets_when_nrel_says() {
    let clock = |hour: f64, minute: f64, second: f64| hour * 3600.0 + minute * 60.0 + second;
    let known = [
        (JUNE_21, (5.0, 2.0, 8.0), (19.0, 1.0, 20.0), (12.0, 1.0, 37.0)),
        (DECEMBER_22, (6.0, 49.0, 45.0), (17.0, 7.0, 17.0), (11.0, 58.0, 16.0)),
    ];
    for (day, rise, set, transit) in known {
        let midnight = china(day, 0.0);
        let found = sun_day(&yongkang(), midnight).unwrap();
        let at = |(hour, minute, second)| midnight + clock(hour, minute, second);
        near(found.rise.unwrap(), at(rise), 40.0);
        near(found.set.unwrap(), at(set), 1.5);
        near(found.transit.unwrap(), at(transit), 1.5);
        let sea = Place::new(28.89, 120.03, 0.0).unwrap();
        for moment in [found.rise, found.set] {
            near(sun(&sea, moment.unwrap()).unwrap().0.zenith, 90.0 + 50.0 / 60.0, 1e-4);
        }
    }
    // Where the sun does not set.
    let north = Place::new(80.0, 20.0, 0.0).unwrap();
    let found = sun_day(&north, china(JUNE_21, 0.0)).unwrap();
    assert!(found.rise.is_none() && found.set.is_none() && found.transit.is_some());
}

/// By the day of UTC: five in the morning is still yesterday.
#[test]
fn light_outside_the_air_is_that_of_spencer() {
    near(extraterrestrial(china(NEW_YEAR, 12.0)), 1413.9818, 1e-4);
    near(extraterrestrial(china(JUNE_21, 12.0)), 1321.6236, 1e-4);
    near(extraterrestrial(china(JUNE_21, 5.0)), 1321.8012, 1e-4);
}

#[test]
fn a_clear_sky_is_that_of_ineichen() {
    let turbidity = Turbidity::of_zhejiang(&yongkang()).unwrap();
    let known = [
        (MARCH_20, 9.5, [657.8792, 811.4420, 109.9079]),
        (JUNE_21, 12.0, [954.3569, 789.0410, 168.8997]),
    ];
    for (day, hour, expected) in known {
        let moment = china(day, hour);
        let (sun, _) = sun(&yongkang(), moment).unwrap();
        let outside = extraterrestrial(moment);
        let found = methods::solar::clear_sky(&yongkang(), &sun, outside, turbidity.at(moment));
        near(found.global, expected[0], 1e-4);
        near(found.direct, expected[1], 1e-4);
        near(found.diffuse, expected[2], 1e-4);
    }
    let year = Year::clear();
    for (found, expected) in year.weather.sums().into_iter().zip([2184.910, 2771.503, 422.581]) {
        near(found, expected, 1e-3);
    }
    let months = [
        130.26, 143.15, 191.83, 212.90, 230.62, 227.90, 228.72, 215.94, 188.38, 164.90, 130.49,
        119.82,
    ];
    let level = roof_year(&year.sky(Transposition::Isotropic), &roof(0.0, 180.0));
    for (found, expected) in level.irradiation.into_iter().zip(months) {
        near(found, expected, 0.005);
    }
}

#[test]
fn global_light_is_parted_as_by_erbs_and_maxwell() {
    let moment = china(19_436, 9.5);
    let zenith = 47.628_471_56;
    let known = [
        (150.0, 3.2362, 147.819, 0.0),
        (450.0, 206.6098, 310.7583, 192.6765),
        (700.0, 851.7918, 125.9474, 894.4275),
    ];
    for (global, direct, diffuse, by_disc) in known {
        let found = erbs(global, zenith, moment);
        near(found.direct, direct, 1e-4);
        near(found.diffuse, diffuse, 5e-4);
        // The vector was made with the pressure of the sea.
        near(disc(global, zenith, moment, 101_325.0).direct, by_disc, 1e-3);
    }
}

#[test]
fn cells_are_as_warm_as_sandia_and_faiman_say() {
    near(CellTemperature::CLOSE_ROOF.of(800.0, 25.0, 2.0), 62.781_276, 1e-6);
    near(CellTemperature::FAIMAN.of(800.0, 25.0, 2.0), 45.682_523, 1e-6);
}

#[test]
fn losses_are_those_of_pvwatts() {
    near(Losses::default().together().unwrap(), 0.140_756_606_88, 1e-11);
}

/// What roofs share, for a year.
struct Year {
    hours: Hours,
    sun: SunYear,
    weather: WeatherYear,
}

impl Year {
    fn clear() -> Self {
        let hours = Hours::of_year(2023, CHINA).unwrap();
        let sun = hours.sun(&yongkang()).unwrap();
        let turbidity = Turbidity::of_zhejiang(&yongkang()).unwrap();
        let weather = WeatherYear::clear(&hours, &sun, &turbidity, (17.5, 1.8)).unwrap();
        Year { hours, sun, weather }
    }

    fn synthetic() -> Self {
        let hours = Hours::of_year(2023, CHINA).unwrap();
        let sun = hours.sun(&yongkang()).unwrap();
        let turbidity = Turbidity::of_zhejiang(&yongkang()).unwrap();
        let weather = synthetic_year(&hours, &sun, &turbidity, &means()).unwrap();
        Year { hours, sun, weather }
    }

    fn sky(&self, model: Transposition) -> Sky {
        Sky::new(&self.hours, &self.sun, &self.weather, model, ALBEDO).unwrap()
    }
}

/// Numbers to try with: not a climate.
fn means() -> MonthlyMeans {
    MonthlyMeans {
        global: [2.4, 2.7, 3.0, 3.7, 4.1, 4.0, 5.3, 4.8, 3.8, 3.4, 2.8, 2.5],
        temperature: [5.6, 7.9, 11.9, 17.9, 22.6, 25.6, 29.6, 29.2, 25.0, 19.6, 13.6, 7.7],
        wind: [1.8; 12],
    }
}

fn roof(tilt: f64, azimuth: f64) -> Roof {
    of(tilt, azimuth, System::default())
}

fn of(tilt: f64, azimuth: f64, system: System) -> Roof {
    Roof::new(Plane::new(tilt, azimuth).unwrap(), 1.0, system).unwrap()
}

#[test]
fn yields_are_those_of_pvlib() {
    let clear = Year::clear();
    let synthetic = Year::synthetic();
    let skies = [
        clear.sky(Transposition::HayDavies),
        clear.sky(Transposition::Perez),
        synthetic.sky(Transposition::HayDavies),
        synthetic.sky(Transposition::Perez),
    ];
    let known = [
        (
            0.0,
            180.0,
            [(2184.91, 1645.08), (2184.85, 1645.05), (1295.32, 989.03), (1295.32, 989.03)],
        ),
        (
            10.0,
            180.0,
            [(2335.46, 1746.70), (2347.78, 1755.07), (1340.30, 1020.68), (1349.00, 1026.56)],
        ),
        (
            20.0,
            180.0,
            [(2424.95, 1805.26), (2449.23, 1821.67), (1358.25, 1032.99), (1373.80, 1043.35)],
        ),
        (
            30.0,
            180.0,
            [(2450.51, 1820.37), (2485.90, 1844.33), (1348.63, 1025.94), (1368.97, 1039.33)],
        ),
        (
            10.0,
            90.0,
            [(2158.28, 1624.16), (2172.94, 1634.24), (1282.56, 979.49), (1284.18, 980.07)],
        ),
        (
            10.0,
            270.0,
            [(2158.06, 1623.98), (2172.98, 1634.28), (1282.55, 979.48), (1284.07, 979.99)],
        ),
        (
            20.0,
            135.0,
            [(2325.54, 1734.64), (2351.44, 1752.21), (1325.16, 1009.04), (1336.76, 1016.41)],
        ),
        (90.0, 180.0, [(1399.30, 1076.42), (1468.74, 1129.46), (794.67, 621.75), (799.49, 624.18)]),
    ];
    for (tilt, azimuth, expected) in known {
        for (sky, (irradiation, energy)) in skies.iter().zip(expected) {
            let found = roof_year(sky, &roof(tilt, azimuth));
            near(found.total_irradiation(), irradiation, 0.006);
            near(found.total_energy(), energy, 0.006);
        }
    }
}

#[test]
fn the_synthetic_year_is_that_of_the_reference() {
    let year = Year::synthetic();
    for (found, expected) in year.weather.sums().into_iter().zip([1295.1, 784.861, 761.585]) {
        near(found, expected, 0.001);
    }
    let sky = year.sky(Transposition::Perez);
    let found = roof_year(&sky, &roof(15.0, 180.0));
    near(found.total_irradiation(), 1365.08, 0.006);
    near(found.total_energy(), 1037.56, 0.006);
    let months =
        [69.87, 66.91, 76.90, 86.67, 94.57, 87.34, 116.91, 109.50, 88.92, 88.85, 76.53, 74.59];
    for (found, expected) in found.energy.into_iter().zip(months) {
        near(found, expected, 0.006);
    }
    let with = |system: System| roof_year(&sky, &of(15.0, 180.0, system)).total_energy();
    let mounted = |temperature| with(System { temperature, ..System::default() });
    near(mounted(CellTemperature::OPEN_RACK), 1073.18, 0.006);
    near(mounted(CellTemperature::INSULATED_BACK), 1020.90, 0.006);
    near(with(System { reflection: Reflection::Glass, ..System::default() }), 999.51, 0.006);
    let beam = with(System { reflection: Reflection::GlassBeam, ..System::default() });
    assert!(beam > 999.6 && beam < 1037.5, "{beam}");
    let by_balance = mounted(CellTemperature::PVWATTS_ROOF);
    assert!(by_balance > mounted(CellTemperature::INSULATED_BACK), "{by_balance}");
    assert!(by_balance < mounted(CellTemperature::OPEN_RACK), "{by_balance}");
}

/// Properties that no numbers are needed for: size counts in proportion, what faces the sun gets more, losses take away, an inverter
/// cuts off, months and hours come to the year, and threads change nothing.
#[test]
fn yields_behave_as_they_must() {
    let sky = Year::synthetic().sky(Transposition::Perez);
    let plane = Plane::new(20.0, 180.0).unwrap();
    let one = roof_year(&sky, &roof(20.0, 180.0));
    let seven = Roof::new(plane, 7.0, System::default()).unwrap();
    near(roof_year(&sky, &seven).total_energy(), 7.0 * one.total_energy(), 1e-8);
    assert!(one.total_energy() > roof_year(&sky, &roof(20.0, 0.0)).total_energy());
    let small = Inverter { dc_ac_ratio: 2.0, ..Inverter::default() };
    let cut = of(20.0, 180.0, System { inverter: small, ..System::default() });
    let by_hours = hourly(&sky, &cut);
    assert!(by_hours.power.iter().all(|power| (0.0..=0.5).contains(power)));
    assert!(by_hours.power.contains(&0.5));
    let cut = roof_year(&sky, &cut);
    assert!(cut.total_energy() < one.total_energy() && cut.total_direct() == one.total_direct());
    near(by_hours.power.iter().sum(), cut.total_energy(), 1e-9);
    near(by_hours.irradiance.iter().sum::<f64>() / 1000.0, one.total_irradiation(), 1e-9);
    let on: f64 = sky.on(&plane).iter().map(|parts| parts.total()).sum();
    near(on / 1000.0, one.total_irradiation(), 1e-9);
    let roofs: Vec<Roof> = (0..37).map(|n| roof(f64::from(n), f64::from(n * 9 % 360))).collect();
    let alone: Vec<RoofYear> = roofs.iter().map(|roof| roof_year(&sky, roof)).collect();
    for threads in [0, 1, 2, 5, 64] {
        assert_eq!(roof_years(&sky, &roofs, threads), alone, "{threads}");
    }
    assert!(roof_years(&sky, &[], 4).is_empty());
}

#[test]
fn what_cannot_be_is_refused() {
    // Swapped.
    assert_eq!(Place::new(120.03, 28.89, 90.0), Err(Refusal::Latitude(120.03)));
    assert_eq!(Place::new(28.89, 190.0, 90.0), Err(Refusal::Longitude(190.0)));
    assert!(matches!(Place::new(f64::NAN, 0.0, 0.0), Err(Refusal::Latitude(_))));
    assert_eq!(Plane::new(20.0, 400.0), Err(Refusal::Azimuth(400.0)));
    assert_eq!(Plane::new(-1.0, 180.0), Err(Refusal::Tilt(-1.0)));
    let plane = Plane::new(20.0, 180.0).unwrap();
    for peak in [0.0, -4.0, f64::INFINITY, f64::NAN] {
        assert!(matches!(Roof::new(plane, peak, System::default()), Err(Refusal::Peak(_))));
    }
    let losses = Losses { shading: 1.2, ..Losses::default() };
    let refused = Roof::new(plane, 1.0, System { losses, ..System::default() });
    assert_eq!(refused, Err(Refusal::Share { name: "shading", value: 1.2 }));
    assert!(matches!(sun(&yongkang(), 1e15), Err(Refusal::Moment(_))));
    assert!(matches!(sun(&yongkang(), f64::NAN), Err(Refusal::Moment(_))));
    let year = Year::clear();
    let short = WeatherYear::new(year.weather.hours()[1..].to_vec()).unwrap();
    let refused = Sky::new(&year.hours, &year.sun, &short, Transposition::Perez, ALBEDO);
    assert_eq!(refused.unwrap_err(), Refusal::Length { weather: 8759, sun: 8760 });
    let mut broken = year.weather.hours().to_vec();
    broken[4321].temperature = f64::NAN;
    let refused = WeatherYear::new(broken).unwrap_err();
    assert!(matches!(refused, Refusal::Weather { hour: 4321, name: "temperature", .. }));
    let turbidity = Turbidity::USUAL;
    let means = MonthlyMeans { global: [9.0; 12], ..means() };
    let refused = synthetic_year(&year.hours, &year.sun, &turbidity, &means).unwrap_err();
    assert!(matches!(refused, Refusal::Month { month: 1, name: "global", .. }), "{refused}");
}

/// A leap year has 24 hours more, and its February a day.
#[test]
fn leap_years_have_their_day() {
    assert_eq!(Hours::of_year(2023, CHINA).unwrap().len(), 8760);
    let leap = Hours::of_year(2024, CHINA).unwrap();
    assert_eq!(leap.len(), 8784);
    let of_february = (0..leap.len()).filter(|hour| leap.month(*hour) == Some(2)).count();
    assert_eq!(of_february, 29 * 24);
    assert_eq!((leap.month(0), leap.month(8783), leap.month(8784)), (Some(1), Some(12), None));
    assert!(Hours::of_year(2023, 16 * 3600).is_err());
}
