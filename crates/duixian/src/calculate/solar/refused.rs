//! What `methods::solar` refuses, in Chinese.

use methods::solar::Refusal;

use crate::calculate::Refused;
use crate::error::Failure;

/// A refusal as a failure of the input.
pub(crate) fn refused(refusal: Refusal) -> Failure {
    Failure::Input(said(refusal))
}

/// A refusal with the input that it is about.
pub(crate) fn at(refusal: Refusal) -> Refused {
    let field = match refusal {
        Refusal::Latitude(_) => "lat",
        Refusal::Longitude(_) => "lon",
        Refusal::Altitude(_) => "altitude",
        Refusal::Tilt(_) => "tilt",
        Refusal::Azimuth(_) => "azimuth",
        Refusal::Moment(_) | Refusal::Offset(_) => "time",
        Refusal::Share { .. } => "losses",
        _ => "kwp",
    };
    Refused { field, said: said(refusal) }
}

/// A refusal in Chinese: what it was, and what was expected.
pub(crate) fn said(refusal: Refusal) -> String {
    match refusal {
        Refusal::Latitude(value) => {
            format!("纬度 {value}（应在 −90 至 90 之间，北纬为正；是否与经度颠倒）")
        }
        Refusal::Longitude(value) => format!("经度 {value}（应在 −180 至 180 之间，东经为正）"),
        Refusal::Altitude(value) => format!("海拔 {value} 米（应在 −500 至 9000 之间）"),
        Refusal::Tilt(value) => format!("倾角 {value}（应在 0 至 90 度之间，0 为水平）"),
        Refusal::Azimuth(value) => {
            format!("方位角 {value}（应在 0 至 360 度之间，北 0、东 90、南 180、西 270）")
        }
        Refusal::Moment(value) => format!("时刻 {value}（应在公元前 2000 年至公元 6000 年之间）"),
        Refusal::Offset(value) => {
            format!("与 UTC 相差 {} 小时（应不超过 15 小时）", f64::from(value) / 3600.0)
        }
        Refusal::Peak(value) => format!("装机容量 {value} 千瓦（应为正数，不超过 1000 万）"),
        Refusal::Share { name, value } => {
            format!("{} {}%（应在 0 至 100% 之间）", named(name), value * 100.0)
        }
        Refusal::Property { name, value, low, high } => {
            format!("{} {value}（应在 {low} 至 {high} 之间）", named(name))
        }
        Refusal::Length { weather, sun } => {
            format!("气象有 {weather} 小时，太阳有 {sun} 小时（应相同）")
        }
        Refusal::Weather { hour, name, value, low, high } => {
            format!("第 {} 小时的{} {value}（应在 {low} 至 {high} 之间）", hour + 1, named(name))
        }
        Refusal::Month { month, name, value, low, high } => {
            format!("{month} 月的{} {value}（应在 {low} 至 {high} 之间）", named(name))
        }
        Refusal::NoHours(month) => format!("{month} 月没有数据（应有全年各月）"),
    }
}

fn named(name: &'static str) -> &'static str {
    match name {
        "soiling" => "积灰损失",
        "shading" => "遮挡损失",
        "snow" => "积雪损失",
        "mismatch" => "失配损失",
        "wiring" => "线损",
        "connections" => "接头损失",
        "light_induced" => "光致衰减",
        "nameplate" => "标称偏差",
        "age" => "系统损失",
        "availability" => "停运损失",
        "first_year" => "首年衰减",
        "each_year" => "逐年衰减",
        "resource" => "辐射的不确定度",
        "single_year" => "年际变化",
        "transposition" => "转换的不确定度",
        "system" => "系统的不确定度",
        "albedo" => "地面反射率",
        "efficiency" => "逆变器效率",
        "dc_ac_ratio" => "容配比",
        "coefficient" => "温度系数",
        "heating" => "组件升温",
        "installed" => "安装后额定工作温度",
        "clearness" => "晴空指数",
        "turbidity" => "林克浑浊度",
        "year" => "运行年",
        "global" => "总辐射",
        "direct" => "法向直射",
        "diffuse" => "散射",
        "temperature" => "气温",
        "wind" => "风速",
        other => other,
    }
}
