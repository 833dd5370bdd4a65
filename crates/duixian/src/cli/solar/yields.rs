//! `duixian solar yield`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use methods::solar::{
    ALBEDO, CellTemperature, Inverter, Losses, Plane, Reflection, Roof, System, Transposition,
    hourly,
};

use super::super::output::{self, Output};
use super::Format;
use super::refused::refused;
use super::site::{Asked, Decomposition, site};
use crate::calculate::solar::answer;
use crate::calculate::solar::position::offset;
use crate::calculate::solar::roof::Wanted;
use crate::error::Failure;
use crate::weather::Stamp;

/// What `duixian solar yield` is told.
#[derive(Debug, Args)]
pub(super) struct Yield {
    /// 纬度，北纬为正；气象文件写明时可省（latitude）
    #[arg(long, value_name = "纬度", allow_hyphen_values = true, help_heading = "地点")]
    lat: Option<f64>,
    /// 经度，东经为正（longitude）
    #[arg(long, value_name = "经度", allow_hyphen_values = true, help_heading = "地点")]
    lon: Option<f64>,
    /// 海拔，米；气象文件写明时可省，否则作 0（altitude）
    #[arg(long, value_name = "米", allow_hyphen_values = true, help_heading = "地点")]
    altitude: Option<f64>,
    /// 组件峰值功率，千瓦（peak power）
    #[arg(long, value_name = "千瓦", allow_hyphen_values = true, help_heading = "屋顶")]
    kwp: f64,
    /// 倾角，度，0 为水平（tilt）
    #[arg(long, value_name = "倾角", allow_hyphen_values = true, help_heading = "屋顶")]
    tilt: f64,
    /// 方位角，度，北 0、东 90、南 180、西 270（azimuth）
    #[arg(long, value_name = "方位角", allow_hyphen_values = true, help_heading = "屋顶")]
    azimuth: f64,
    /// 安装：close 贴近屋面（默认）、open 开放支架、insulated 背面隔热、faiman、pvwatts-roof、pvwatts-rack（mounting）
    #[arg(long, value_enum, value_name = "安装", default_value_t = Mount::Close)]
    #[arg(hide_possible_values = true, hide_default_value = true, help_heading = "屋顶")]
    mount: Mount,
    /// 温度系数，%/°C，默认 −0.35（temperature coefficient）
    #[arg(long, value_name = "系数", default_value_t = -0.35, allow_hyphen_values = true)]
    #[arg(hide_default_value = true, help_heading = "屋顶")]
    gamma: f64,
    /// 逆变器效率，%，默认 96（inverter efficiency）
    #[arg(long, value_name = "百分比", default_value_t = 96.0, allow_hyphen_values = true)]
    #[arg(hide_default_value = true, help_heading = "屋顶")]
    inverter_efficiency: f64,
    /// 容配比：组件峰值功率比逆变器交流功率，默认 1（dc/ac ratio）
    #[arg(long, value_name = "比", default_value_t = 1.0, allow_hyphen_values = true)]
    #[arg(hide_default_value = true, help_heading = "屋顶")]
    dc_ac_ratio: f64,
    /// 逆变器以前的全部损失，%，代替各项，默认 14.0757（all losses）
    #[arg(long, value_name = "百分比", conflicts_with_all = ["soiling", "shading"])]
    #[arg(allow_hyphen_values = true, help_heading = "损失")]
    losses: Option<f64>,
    /// 积灰损失，%，默认 2（soiling）
    #[arg(long, value_name = "百分比", allow_hyphen_values = true, help_heading = "损失")]
    soiling: Option<f64>,
    /// 遮挡损失，%，默认 3（shading）
    #[arg(long, value_name = "百分比", allow_hyphen_values = true, help_heading = "损失")]
    shading: Option<f64>,
    /// 玻璃反射：none 不另计（默认）、glass 直射与散射、beam 只计直射（PVWatts）（reflection）
    #[arg(long, value_enum, value_name = "反射", default_value_t = ToldReflection::None)]
    #[arg(hide_possible_values = true, hide_default_value = true, help_heading = "损失")]
    reflection: ToldReflection,
    /// 第几年的发电量：首年衰减 1%，以后每年 0.4%；省略时不计衰减（year of service）
    #[arg(long, value_name = "年", help_heading = "损失")]
    service_year: Option<u32>,
    /// 逐时气象：EPW、TMY3、TMY2、PVGIS-TMY，或含 time、ghi、temp 列的 CSV（hourly weather）
    #[arg(long, value_name = "文件", conflicts_with = "monthly", help_heading = "气象")]
    weather: Option<PathBuf>,
    /// 月均值：CSV，列 month、ghi（kWh/m²/日）、temp，可有 wind（monthly means）
    #[arg(long, value_name = "文件", help_heading = "气象")]
    monthly: Option<PathBuf>,
    /// CSV 的时刻指一小时的 start、middle 或 end；默认整点为 end（what stamps name）
    #[arg(long, value_enum, value_name = "何时", hide_possible_values = true)]
    #[arg(help_heading = "气象")]
    stamp: Option<Stamp>,
    /// CSV 中不带时区的时刻比 UTC 早多少，默认 +8（offset of times without one）
    #[arg(long, value_name = "时差", default_value = "+8", allow_hyphen_values = true)]
    #[arg(hide_default_value = true, help_heading = "气象")]
    utc_offset: String,
    /// 合成年按哪一年的太阳，默认 2023（year of a synthetic year）
    #[arg(long, value_name = "年", default_value_t = 2023, hide_default_value = true)]
    #[arg(help_heading = "气象")]
    year: i32,
    /// 没有直射、散射的文件如何分解：erbs（默认）或 disc（decomposition）
    #[arg(long, value_enum, value_name = "模型", default_value_t = Decomposition::Erbs)]
    #[arg(hide_possible_values = true, hide_default_value = true, help_heading = "气象")]
    decomposition: Decomposition,
    /// 合成年的林克浑浊度：一个数，或 12 个月的数，用逗号分开（Linke turbidity）
    #[arg(long, value_name = "数", value_delimiter = ',', allow_hyphen_values = true)]
    #[arg(help_heading = "气象")]
    turbidity: Vec<f64>,
    /// 散射模型：perez（默认）、haydavies、isotropic（transposition）
    #[arg(long, value_enum, value_name = "模型", default_value_t = Model::Perez)]
    #[arg(hide_possible_values = true, hide_default_value = true, help_heading = "气象")]
    model: Model,
    /// 地面反射率，默认 0.2（albedo）
    #[arg(long, value_name = "反射率", default_value_t = ALBEDO, allow_hyphen_values = true)]
    #[arg(hide_default_value = true, help_heading = "气象")]
    albedo: f64,
    /// 年发电量的标准差，%，代替估计（standard deviation of a year）
    #[arg(long, value_name = "百分比", allow_hyphen_values = true, help_heading = "选项")]
    uncertainty: Option<f64>,
    /// 逐时结果写到这个 CSV 文件（write the hours to a file）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    hourly: Option<PathBuf>,
    /// 覆盖已有的文件（overwrite）
    #[arg(long, requires = "hourly", help_heading = "选项")]
    force: bool,
    /// 输出格式：text 或 json（output format）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true)]
    #[arg(help_heading = "选项")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Mount {
    Close,
    Open,
    Insulated,
    Faiman,
    PvwattsRoof,
    PvwattsRack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ToldReflection {
    None,
    Glass,
    Beam,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Model {
    Perez,
    Haydavies,
    Isotropic,
}

impl Yield {
    /// The place and the weather.
    fn asked(&self) -> Asked<'_> {
        Asked {
            lat: self.lat,
            lon: self.lon,
            altitude: self.altitude,
            weather: self.weather.as_deref(),
            monthly: self.monthly.as_deref(),
            stamp: self.stamp,
            year: self.year,
            decomposition: self.decomposition,
            turbidity: &self.turbidity,
        }
    }

    fn roof(&self) -> Result<Roof, Failure> {
        let plane = Plane::new(self.tilt, self.azimuth).map_err(refused)?;
        let mut losses = Losses::default();
        if let Some(all) = self.losses {
            losses = Losses::of_all(all / 100.0);
        }
        if let Some(soiling) = self.soiling {
            losses.soiling = soiling / 100.0;
        }
        if let Some(shading) = self.shading {
            losses.shading = shading / 100.0;
        }
        let system = System {
            coefficient: self.gamma / 100.0,
            temperature: match self.mount {
                Mount::Close => CellTemperature::CLOSE_ROOF,
                Mount::Open => CellTemperature::OPEN_RACK,
                Mount::Insulated => CellTemperature::INSULATED_BACK,
                Mount::Faiman => CellTemperature::FAIMAN,
                Mount::PvwattsRoof => CellTemperature::PVWATTS_ROOF,
                Mount::PvwattsRack => CellTemperature::PVWATTS_RACK,
            },
            losses,
            reflection: match self.reflection {
                ToldReflection::None => Reflection::None,
                ToldReflection::Glass => Reflection::Glass,
                ToldReflection::Beam => Reflection::GlassBeam,
            },
            inverter: Inverter {
                efficiency: self.inverter_efficiency / 100.0,
                dc_ac_ratio: self.dc_ac_ratio,
            },
        };
        Roof::new(plane, self.kwp, system).map_err(refused)
    }
}

/// Tells what a roof makes in a year.
pub(super) fn run(arguments: &Yield) -> Result<(), Failure> {
    // What is told is looked at before a file is read.
    let roof = arguments.roof()?;
    let offset = offset(&arguments.utc_offset)?;
    let to = arguments.hourly.as_deref();
    let to = to.map(|path| Output::File { path, force: arguments.force });
    to.as_ref().map_or(Ok(()), Output::check)?;
    let site = site(&arguments.asked(), offset)?;
    let wanted = Wanted {
        site: &site,
        roof: &roof,
        model: match arguments.model {
            Model::Perez => Transposition::Perez,
            Model::Haydavies => Transposition::HayDavies,
            Model::Isotropic => Transposition::Isotropic,
        },
        albedo: arguments.albedo,
        service_year: arguments.service_year,
        uncertainty: arguments.uncertainty,
    };
    let sky = wanted.sky()?;
    let answer = wanted.answer(&sky)?;
    if let Some(to) = to {
        let (hours, factor) = (hourly(&sky, &roof), wanted.factor()?);
        to.write(|out| answer::print_hours(out, &site, &hours, factor))?;
    }
    match arguments.format {
        Format::Json => output::json(&answer.json),
        Format::Text => output::answer(&answer),
    }
}
