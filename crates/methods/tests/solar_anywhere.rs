//! Solar energy at seeded places, planes and weathers all over the Earth: what must hold wherever a roof stands.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use methods::solar::{
    ALBEDO, CellTemperature, Hours, Inverter, MonthlyMeans, Place, Plane, Reflection, Roof, Sky,
    System, Transposition, Turbidity, Weather, WeatherYear, hourly, outside_means, roof_year,
    synthetic_year,
};

/// Numbers from 0 to 1 by a seed.
struct Seeded(u64);

impl Seeded {
    fn share(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[(self.share() * all.len() as f64) as usize]
    }
}

/// Any weather that is taken, however wild: light at night, more beam than sun.
fn wild(seeded: &mut Seeded) -> Weather {
    let dark = seeded.share() < 0.3;
    let mut light = |most: f64| if dark { 0.0 } else { seeded.within(0.0, most) };
    let (global, direct, diffuse) = (light(1600.0), light(1500.0), light(1300.0));
    let (temperature, wind) = (seeded.within(-90.0, 60.0), seeded.within(0.0, 110.0));
    Weather { global, direct, diffuse, temperature, wind }
}

fn system(seeded: &mut Seeded) -> System {
    System {
        temperature: seeded.one_of(&[
            CellTemperature::CLOSE_ROOF,
            CellTemperature::OPEN_RACK,
            CellTemperature::FAIMAN,
            CellTemperature::PVWATTS_ROOF,
        ]),
        reflection: seeded.one_of(&[Reflection::None, Reflection::Glass, Reflection::GlassBeam]),
        inverter: Inverter { efficiency: 0.97, dc_ac_ratio: seeded.within(0.5, 2.0) },
        ..System::default()
    }
}

#[test]
fn no_place_and_no_weather_leads_to_what_is_no_number() {
    let mut seeded = Seeded(0x5eed);
    let places = [(90.0, 0.0), (-90.0, 180.0), (0.0, 0.0), (23.4, -180.0)];
    for number in 0..16 {
        let (latitude, longitude) = match places.get(number) {
            Some(place) => *place,
            None => (seeded.within(-90.0, 90.0), seeded.within(-180.0, 180.0)),
        };
        let place = Place::new(latitude, longitude, seeded.within(-500.0, 9000.0)).unwrap();
        let start = seeded.within(0.0, 1.8e9);
        // 40 days of hours are enough to see all of a day.
        let middles = (0..960).map(|hour| start + 3600.0 * f64::from(hour)).collect();
        let hours = Hours::of(middles, 0).unwrap();
        let sun = hours.sun(&place).unwrap();
        let weather = (0..960).map(|_| wild(&mut seeded)).collect();
        let weather = WeatherYear::new(weather).unwrap();
        let model = seeded.one_of(&[
            Transposition::Isotropic,
            Transposition::HayDavies,
            Transposition::Perez,
        ]);
        let sky = Sky::new(&hours, &sun, &weather, model, seeded.share()).unwrap();
        let plane = Plane::new(seeded.within(0.0, 90.0), seeded.within(0.0, 360.0)).unwrap();
        let roof = Roof::new(plane, seeded.within(0.1, 1e4), system(&mut seeded)).unwrap();
        let found = hourly(&sky, &roof);
        for (light, power) in found.irradiance.iter().zip(&found.power) {
            assert!(light.is_finite() && *light >= 0.0, "{place:?} {plane:?} {light}");
            let most = roof.peak() / roof.system().inverter.dc_ac_ratio * (1.0 + 1e-12);
            assert!((0.0..=most).contains(power), "{place:?} {plane:?} {power}");
        }
        assert!(found.direct.iter().all(|direct| direct.is_finite()));
        let year = roof_year(&sky, &roof);
        let sum: f64 = found.power.iter().sum();
        assert!((year.total_energy() - sum).abs() <= 1e-9 * sum.max(1.0));
    }
}

/// On a level plane, by the even sky, light is what falls on the horizontal; walls to all sides see half of the sky.
#[test]
fn level_planes_and_walls_see_what_they_must() {
    let place = Place::new(28.89, 120.03, 90.0).unwrap();
    let hours = Hours::of_year(2023, 28_800).unwrap();
    let sun = hours.sun(&place).unwrap();
    let weather = WeatherYear::clear(&hours, &sun, &Turbidity::USUAL, (20.0, 1.0)).unwrap();
    let sky = Sky::new(&hours, &sun, &weather, Transposition::Isotropic, 0.3).unwrap();
    for (parts, weather) in sky.on(&Plane::new(0.0, 123.0).unwrap()).iter().zip(weather.hours()) {
        assert!((parts.total() - weather.global).abs() < 1e-9);
        assert_eq!(parts.ground, 0.0);
    }
    for azimuth in [0.0, 90.0, 180.0, 270.0, 360.0] {
        let wall = sky.on(&Plane::new(90.0, azimuth).unwrap());
        for (parts, weather) in wall.iter().zip(weather.hours()) {
            assert!((parts.sky - weather.diffuse / 2.0).abs() < 1e-9);
            assert!((parts.ground - 0.3 * weather.global / 2.0).abs() < 1e-9);
        }
    }
    // North and full turn are one direction.
    let [north, turned] = [0.0, 360.0].map(|azimuth| sky.on(&Plane::new(60.0, azimuth).unwrap()));
    for (north, turned) in north.iter().zip(&turned) {
        assert!((north.total() - turned.total()).abs() < 1e-9);
    }
    // The clear sky is as bright before noon as after.
    let behind = weather.behind_noon(&sun).unwrap();
    assert!(behind.abs() < 2.0, "{behind}");
}

/// A synthetic year has the means that it is made of, wherever it is.
#[test]
fn synthetic_years_keep_their_means() {
    let mut seeded = Seeded(77);
    for _ in 0..6 {
        let place = Place::new(seeded.within(-55.0, 55.0), seeded.within(-180.0, 180.0), 50.0);
        let place = place.unwrap();
        let offset = (place.longitude() / 15.0).round() as i32 * 3600;
        let hours = Hours::of_year(2024, offset).unwrap();
        let sun = hours.sun(&place).unwrap();
        let outside = outside_means(&hours, &sun).unwrap();
        let global = outside.map(|outside| outside * seeded.within(0.2, 0.7));
        let means = MonthlyMeans { global, temperature: [15.0; 12], wind: [2.0; 12] };
        let year = synthetic_year(&hours, &sun, &Turbidity::USUAL, &means).unwrap();
        let mut sums = [0.0; 12];
        for (hour, weather) in year.hours().iter().enumerate() {
            sums[hours.month(hour).unwrap() - 1] += weather.global / 1000.0;
        }
        let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map(f64::from);
        for ((sum, mean), days) in sums.iter().zip(global).zip(lengths) {
            assert!((sum / days / mean - 1.0).abs() < 1e-9, "{place:?}");
        }
        let sky = Sky::new(&hours, &sun, &year, Transposition::Perez, ALBEDO).unwrap();
        assert_eq!(sky.hours(), 8784);
    }
}
