//! What systems, measures and fields are called, in sheets and in reports.

use methods::diagnosis::{Fault, Field, Fuel, Measure, System};

/// Systems by their words, that of programs first.
pub(super) const SYSTEMS: [(System, &str, &str); 8] = [
    (System::CompressedAir, "compressed-air", "压缩空气"),
    (System::Pump, "pump", "水泵"),
    (System::Fan, "fan", "风机"),
    (System::Lighting, "lighting", "照明"),
    (System::Transformer, "transformer", "变压器"),
    (System::Motor, "motor", "电机"),
    (System::Chiller, "chiller", "空调制冷"),
    (System::Boiler, "boiler", "锅炉"),
];

/// Fuels of boilers by their words.
const FUELS: [(Fuel, &str, &str); 3] = [
    (Fuel::NaturalGas, "natural-gas", "天然气"),
    (Fuel::Lpg, "lpg", "液化石油气"),
    (Fuel::Oil, "oil", "燃料油"),
];

/// The system of a word.
pub(super) fn system(word: &str) -> Option<System> {
    let named = |(_, name, chinese): &&(System, &str, &str)| {
        word.eq_ignore_ascii_case(name) || word == *chinese
    };
    SYSTEMS.iter().find(named).map(|(system, ..)| *system)
}

/// The words of a system, that of programs first.
pub(super) fn of_system(system: System) -> (&'static str, &'static str) {
    let found = SYSTEMS.iter().find(|(one, ..)| *one == system);
    found.map_or(("", ""), |(_, name, chinese)| (name, chinese))
}

/// All systems, as an error names what was expected.
pub(super) fn systems() -> String {
    SYSTEMS.map(|(_, _, chinese)| chinese).join("、")
}

/// The fuel of a word.
pub(super) fn fuel(word: &str) -> Option<Fuel> {
    let named = |(_, name, chinese): &&(Fuel, &str, &str)| {
        word.eq_ignore_ascii_case(name) || word == *chinese
    };
    FUELS.iter().find(named).map(|(fuel, ..)| *fuel)
}

/// All fuels, as an error names what was expected.
pub(super) fn fuels() -> String {
    FUELS.map(|(_, _, chinese)| chinese).join("、")
}

/// The heads of a field, that of programs first, and its unit.
pub(super) fn head(field: Field) -> (&'static str, &'static str, &'static str) {
    match field {
        Field::Power => ("power_kw", "功率", "kW"),
        Field::Hours => ("hours", "年运行小时", "h"),
        Field::Tariff => ("tariff", "电价", "元/kWh"),
        Field::FuelPrice => ("fuel_price", "燃料价格", "元/kgce"),
        Field::Investment => ("investment", "改造投资", "元"),
        Field::Load => ("load", "负载率", ""),
        Field::UnloadedPower => ("unloaded_power", "卸载功率比", ""),
        Field::Leakage => ("leakage", "泄漏率", ""),
        Field::Pressure => ("pressure_mpa", "供气压力", "MPa"),
        Field::PressureNeeded => ("pressure_needed_mpa", "需要压力", "MPa"),
        Field::HeatUsed => ("heat_used", "可用余热比", ""),
        Field::BoilerEfficiency => ("boiler_efficiency", "被替代锅炉效率", ""),
        Field::Flow => ("flow_m3h", "流量", "m³/h"),
        Field::FlowNeeded => ("flow_needed_m3h", "需要流量", "m³/h"),
        Field::Head => ("head_m", "扬程", "m"),
        Field::HeadNeeded => ("head_needed_m", "需要扬程", "m"),
        Field::StaticHead => ("static_head_m", "静扬程", "m"),
        Field::FanPressure => ("fan_pressure_pa", "全压", "Pa"),
        Field::Efficiency => ("efficiency", "效率", ""),
        Field::EfficiencyNew => ("efficiency_new", "改后效率", ""),
        Field::Lamps => ("lamps", "灯数", "盏"),
        Field::LampPower => ("lamp_w", "单灯功率", "W"),
        Field::LampPowerNew => ("lamp_new_w", "改后单灯功率", "W"),
        Field::HoursNeeded => ("hours_needed", "需要小时", "h"),
        Field::NoLoadLoss => ("no_load_loss_kw", "空载损耗", "kW"),
        Field::LoadLoss => ("load_loss_kw", "负载损耗", "kW"),
        Field::NoLoadLossNew => ("no_load_loss_new_kw", "改后空载损耗", "kW"),
        Field::LoadLossNew => ("load_loss_new_kw", "改后负载损耗", "kW"),
        Field::Fluctuation => ("fluctuation", "负载波动损耗系数", ""),
        Field::RatedPower => ("rated_kw", "额定功率", "kW"),
        Field::Class => ("class", "能效等级IE", ""),
        Field::ClassNew => ("class_new", "改后能效等级IE", ""),
        Field::CoolingPower => ("cooling_kw", "平均制冷量", "kW"),
        Field::Cop => ("cop", "COP", ""),
        Field::CopNew => ("cop_new", "改后COP", ""),
        Field::FuelUse => ("fuel_kgce", "年燃料量", "kgce"),
        Field::Oxygen => ("oxygen", "烟气含氧量", "%"),
        Field::OxygenNew => ("oxygen_new", "改后含氧量", "%"),
        Field::FlueTemperature => ("flue_c", "排烟温度", "℃"),
        Field::FlueTemperatureNew => ("flue_new_c", "改后排烟温度", "℃"),
        Field::AirTemperature => ("air_c", "进风温度", "℃"),
        Field::OtherLosses => ("other_losses", "其他热损失", ""),
    }
}

/// The field of a head, with or without its unit in brackets.
pub(super) fn field(written: &str) -> Option<Field> {
    let bare = written.split(['（', '(']).next().unwrap_or(written).trim();
    Field::ALL.into_iter().find(|field| {
        let (name, chinese, _) = head(*field);
        bare.eq_ignore_ascii_case(name) || bare == chinese
    })
}

/// What a measure is called, and the formula that it rests on.
pub(super) fn measure(measure: Measure) -> (&'static str, &'static str, &'static str) {
    match measure {
        Measure::Leaks => ("leaks", "治理漏气至容量的 10%", "美国能源部《压缩空气系统手册》"),
        Measure::Pressure => ("pressure", "降低供气压力至需要压力", "单级绝热压缩功之比"),
        Measure::CompressorDrive => {
            ("compressor-drive", "空压机变频，不再卸载空转", "加卸载功率之差，变频器效率 97%")
        }
        Measure::HeatRecovery => {
            ("heat-recovery", "回收空压机余热", "美国能源部《压缩空气系统手册》")
        }
        Measure::Efficiency => ("efficiency", "更换高效设备", "有效功率 ÷ 输入功率"),
        Measure::Throttling => ("throttling", "取消节流：切削叶轮或换小泵", "有效功率与扬程成正比"),
        Measure::VariableSpeed => {
            ("variable-speed", "变频调速至需要流量", "相似定律，变频器效率 97%")
        }
        Measure::Lamps => ("lamps", "更换 LED 灯", "功率之差 × 小时"),
        Measure::LightHours => ("light-hours", "按需要开灯", "功率 × 小时之差"),
        Measure::TransformerLosses => ("transformer-losses", "更换低损耗变压器", "GB/T 13462-2008"),
        Measure::TransformerLoad => {
            ("transformer-load", "负载不在经济运行区，宜调整负载或台数", "GB/T 13462-2008")
        }
        Measure::MotorClass => ("motor-class", "更换高效电机", "IEC 60034-30-1:2014"),
        Measure::Cooling => ("cooling", "更换高能效冷机", "制冷量 ÷ COP 之差"),
        Measure::ExcessAir => ("excess-air", "降低过量空气", "西格特公式，反平衡效率"),
        Measure::FlueGas => ("flue-gas", "降低排烟温度", "西格特公式，反平衡效率"),
    }
}

/// A field as a report names it.
fn named(field: Field) -> String {
    let (name, chinese, _) = head(field);
    format!("{chinese}（{name}）")
}

/// Why a machine cannot be judged.
pub(super) fn fault(fault: Fault) -> String {
    match fault {
        Fault::Missing(field) => format!("没有{}（应填写）", named(field)),
        Fault::Outside { field, value, low, high } => {
            let (_, _, unit) = head(field);
            let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
            format!("{} {value}（应为 {low} 至 {high}{unit}）", named(field))
        }
        Fault::Order { low, high } => format!("{}大于{}（应不大于）", named(low), named(high)),
        Fault::Efficiency(share) => format!(
            "由所填的数算出效率 {:.0}%（应在 0 至 95% 之间，请核对功率、流量、扬程或温度的单位）",
            share * 100.0
        ),
        Fault::NoFuel => format!("没有燃料（fuel）（应为{}）", fuels()),
    }
}
