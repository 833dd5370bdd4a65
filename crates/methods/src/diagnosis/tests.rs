//! Machines judged by hand, and what must hold of all.

use super::*;
use crate::forecast::random::Random;

fn values(fields: &[(Field, f64)]) -> Values {
    fields.iter().fold(Values::default(), |values, (field, value)| values.with(*field, *value))
}

fn of(system: System, fields: &[(Field, f64)]) -> Diagnosis {
    diagnose(system, &values(fields)).unwrap()
}

fn saved(found: &Diagnosis, measure: Measure) -> f64 {
    let finding = found.findings.iter().find(|finding| finding.measure == measure).unwrap();
    finding.kwh + finding.fuel
}

fn near(one: f64, other: f64) {
    assert!((one - other).abs() < 1e-6 * other.abs().max(1.0), "{one} {other}");
}

/// 110 kW for 6,000 h, loaded 70 % of the time, 30 % of the power when not; a quarter leaks.
#[test]
fn compressed_air_by_hand() {
    let found = of(
        System::CompressedAir,
        &[
            (Field::Power, 110.0),
            (Field::Hours, 6_000.0),
            (Field::Load, 0.7),
            (Field::UnloadedPower, 0.3),
            (Field::Leakage, 0.25),
            (Field::Pressure, 0.8),
            (Field::PressureNeeded, 0.7),
            (Field::HeatUsed, 0.5),
            (Field::BoilerEfficiency, 0.9),
            (Field::Tariff, 0.7),
            (Field::FuelPrice, 3.0),
            (Field::Investment, 200_000.0),
        ],
    );
    // 660,000 · (0.7 + 0.3 · 0.3).
    near(found.consumption_kwh, 521_400.0);
    // 660,000 · 0.15 · 0.7.
    near(saved(&found, Measure::Leaks), 69_300.0);
    // Python: 1 − ((1+.7/.101325)**(2/7) − 1)/((1+.8/.101325)**(2/7) − 1) = 0.0711432…, of 462,000.
    near(saved(&found, Measure::Pressure), 462_000.0 * 0.071_143_233_636_398_3);
    // 521,400 − 462,000 ÷ 0.97.
    near(saved(&found, Measure::CompressorDrive), 45_111.340_206);
    // 521,400 · 0.5 · 0.1229 ÷ 0.9 kg of standard coal.
    near(saved(&found, Measure::HeatRecovery), 35_600.033_333);
    assert!(found.kwh < 69_300.0 + 32_869.0 + 45_112.0, "not the sum: each acts on what is left");
    // Less electricity is less heat.
    let heat = 35_600.033_333 * (1.0 - found.kwh / 521_400.0);
    near(found.coal(), found.kwh * 0.1229 + heat);
    near(found.yuan.unwrap(), found.kwh * 0.7 + heat * 3.0);
    near(found.payback.unwrap(), 200_000.0 / found.yuan.unwrap());
}

/// One factor for electricity in the whole crate.
#[test]
fn electricity_is_worth_what_the_standard_prints() {
    use crate::energy::coal::Carrier;
    use rust_decimal::prelude::ToPrimitive;
    assert_eq!(Carrier::Electricity.printed().to_f64(), Some(KGCE_PER_KWH));
}

#[test]
fn pumps_and_fans_by_hand() {
    let pump = of(
        System::Pump,
        &[
            (Field::Power, 55.0),
            (Field::Hours, 5_000.0),
            (Field::Flow, 300.0),
            (Field::Head, 40.0),
            (Field::HeadNeeded, 30.0),
            (Field::EfficiencyNew, 0.75),
            (Field::FlowNeeded, 240.0),
            (Field::StaticHead, 10.0),
        ],
    );
    // 9.80665 · 300 · 40 ÷ 3,600 = 32.6888 kW in the water: 59.434 % of 55.
    near(saved(&pump, Measure::Efficiency), 275_000.0 * (1.0 - 32.688_833_333 / 55.0 / 0.75));
    near(saved(&pump, Measure::Throttling), 68_750.0);
    // 0.8 · (0.25 + 0.75 · 0.64) ÷ 0.97.
    near(saved(&pump, Measure::VariableSpeed), 275_000.0 * (1.0 - 0.584 / 0.97));
    assert_eq!((pump.yuan, pump.payback), (None, None), "no price was told");
    let fan = of(
        System::Fan,
        &[
            (Field::Power, 30.0),
            (Field::Hours, 4_000.0),
            (Field::Flow, 36_000.0),
            (Field::FanPressure, 1_800.0),
            (Field::EfficiencyNew, 0.8),
            (Field::FlowNeeded, 28_800.0),
        ],
    );
    // 18 kW in the air: 60 %.
    near(saved(&fan, Measure::Efficiency), 30_000.0);
    near(saved(&fan, Measure::VariableSpeed), 120_000.0 * (1.0 - 0.512 / 0.97));
}

#[test]
fn lighting_motors_cooling_and_transformers_by_hand() {
    let light = of(
        System::Lighting,
        &[
            (Field::Lamps, 200.0),
            (Field::LampPower, 40.0),
            (Field::LampPowerNew, 16.0),
            (Field::Hours, 4_000.0),
            (Field::HoursNeeded, 3_000.0),
        ],
    );
    near(light.consumption_kwh, 32_000.0);
    near(saved(&light, Measure::Lamps), 19_200.0);
    near(saved(&light, Measure::LightHours), 8_000.0);
    // 32,000 · (1 − 0.4 · 0.75): the new lamps for the hours that are needed.
    near(light.kwh, 22_400.0);
    let motor = of(
        System::Motor,
        &[
            (Field::RatedPower, 30.0),
            (Field::Load, 0.75),
            (Field::Hours, 6_000.0),
            (Field::Class, 1.0),
            (Field::ClassNew, 4.0),
        ],
    );
    near(motor.kwh, 22.5 * 6_000.0 * (1.0 / 0.907 - 1.0 / 0.949));
    let cooling = of(
        System::Chiller,
        &[
            (Field::CoolingPower, 500.0),
            (Field::Hours, 2_000.0),
            (Field::Cop, 4.0),
            (Field::CopNew, 5.0),
        ],
    );
    near(cooling.kwh, 50_000.0);
    let transformer = |load: f64| {
        of(
            System::Transformer,
            &[
                (Field::Hours, 8_760.0),
                (Field::Load, load),
                (Field::NoLoadLoss, 1.7),
                (Field::LoadLoss, 10.3),
                (Field::NoLoadLossNew, 0.745),
                (Field::LoadLossNew, 8.24),
            ],
        )
    };
    // (1.7 + 0.16 · 10.3 − 0.745 − 0.16 · 8.24) · 8,760.
    near(transformer(0.4).kwh, 11_253.096);
    let measures = |load| -> Vec<Measure> {
        transformer(load).findings.iter().map(|finding| finding.measure).collect()
    };
    assert_eq!(measures(0.4), [Measure::TransformerLosses]);
    // The economic range begins at 1.7 ÷ 10.3 = 0.165.
    assert_eq!(measures(0.1), [Measure::TransformerLosses, Measure::TransformerLoad]);
}

#[test]
fn boilers_by_hand() {
    let mut read = values(&[
        (Field::FuelUse, 1_000_000.0),
        (Field::Oxygen, 8.0),
        (Field::OxygenNew, 3.0),
        (Field::FlueTemperature, 180.0),
        (Field::FlueTemperatureNew, 120.0),
        (Field::AirTemperature, 20.0),
        (Field::OtherLosses, 0.03),
    ]);
    assert_eq!(diagnose(System::Boiler, &read), Err(Fault::NoFuel));
    read.burn(Fuel::NaturalGas);
    let found = diagnose(System::Boiler, &read).unwrap();
    // Losses (0.66 ÷ 13 + 0.009) · 160 = 9.5631 %, (0.66 ÷ 18 + 0.009) · 160 = 7.3067 %, … · 100 = 5.9769 %.
    near(saved(&found, Measure::ExcessAir), 1e6 * (1.0 - 0.874_369_230_769 / 0.896_933_333_333));
    near(saved(&found, Measure::FlueGas), 1e6 * (1.0 - 0.874_369_230_769 / 0.910_230_769_231));
    assert_eq!(found.kwh, 0.0);
    assert!(found.fuel > saved(&found, Measure::FlueGas) && found.fuel < 1e6);
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let pump =
        [(Field::Power, 5.0), (Field::Hours, 5_000.0), (Field::Flow, 300.0), (Field::Head, 40.0)];
    let refused = |system, fields: &[(Field, f64)]| diagnose(system, &values(fields)).unwrap_err();
    assert!(matches!(refused(System::Pump, &pump), Fault::Efficiency(share) if share > 6.0));
    assert_eq!(refused(System::Pump, &pump[..3]), Fault::Missing(Field::Head));
    let mut negative = pump;
    negative[0].1 = -55.0;
    assert_eq!(
        refused(System::Pump, &negative),
        Fault::Outside { field: Field::Power, value: -55.0, low: 0.01, high: 50_000.0 }
    );
    negative[0].1 = f64::NAN;
    assert!(matches!(refused(System::Pump, &negative), Fault::Outside { field: Field::Power, .. }));
    let mut more = pump.to_vec();
    more[0].1 = 55.0;
    more.push((Field::HeadNeeded, 50.0));
    assert_eq!(
        refused(System::Pump, &more),
        Fault::Order { low: Field::HeadNeeded, high: Field::Head }
    );
    let motor = [(Field::RatedPower, 30.0), (Field::Load, 0.3), (Field::Hours, 10.0)];
    assert_eq!(
        refused(System::Motor, &motor),
        Fault::Outside { field: Field::Load, value: 0.3, low: 0.5, high: 1.2 }
    );
    let class =
        [(Field::RatedPower, 30.0), (Field::Load, 0.8), (Field::Hours, 10.0), (Field::Class, 2.5)];
    assert_eq!(
        refused(System::Motor, &class),
        Fault::Outside { field: Field::Class, value: 2.5, low: 1.0, high: 4.0 }
    );
    let air = [(Field::Power, 110.0), (Field::Hours, 100.0), (Field::Load, 0.5)];
    assert_eq!(refused(System::CompressedAir, &air), Fault::Missing(Field::UnloadedPower));
}

/// Whatever was read: never less than nothing, never more than all, never NaN.
#[test]
fn savings_lie_between_nothing_and_all() {
    let systems = [
        System::CompressedAir,
        System::Pump,
        System::Fan,
        System::Lighting,
        System::Transformer,
        System::Motor,
        System::Chiller,
        System::Boiler,
    ];
    let mut random = Random::new(31);
    let mut judged = 0;
    for round in 0..20_000 {
        let mut read = Values::default();
        for field in Field::ALL {
            let (low, high) = field.range();
            // Mostly in the lower part of a range, as usual machines are.
            let share = random.uniform();
            let mut value = low + (high - low) * share * share * share;
            if matches!(field, Field::Class | Field::ClassNew) {
                value = value.round();
            }
            if random.uniform() < 0.95 {
                read.set(field, value);
            }
        }
        read.burn(Fuel::Oil);
        let Ok(found) = diagnose(systems[round % 8], &read) else { continue };
        judged += 1;
        assert!(found.kwh >= 0.0 && found.kwh <= found.consumption_kwh, "{found:?}");
        let most = found.consumption_fuel.max(found.consumption_kwh * KGCE_PER_KWH / 0.5);
        assert!(found.fuel >= 0.0 && found.fuel <= most, "{found:?}");
        for finding in &found.findings {
            assert!(finding.kwh >= 0.0 && finding.kwh <= found.consumption_kwh, "{found:?}");
        }
        let sum: f64 = found.findings.iter().map(|finding| finding.kwh).sum();
        assert!(found.kwh <= sum * (1.0 + 1e-9) + 1e-9, "{found:?}");
        assert!(found.yuan.is_none_or(|yuan| yuan >= 0.0 && yuan.is_finite()));
    }
    assert!(judged > 2_000, "{judged}");
}
