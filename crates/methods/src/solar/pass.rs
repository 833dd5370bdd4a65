//! A roof's year under a sky that was made ready: a pass over the lit hours.

use std::ops::Range;

use super::fuentes::{Hour, Module};
use super::incidence::{Diffuse, Reflection};
use super::inverter::Curve;
use super::sky::Sky;
use super::system::Roof;
use super::temperature::CellTemperature;

/// So many partial sums run beside each other; in one order on every machine.
const LANES: usize = 4;

/// What a roof makes in a year, month by month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RoofYear {
    /// Light on the plane in kWh/m².
    pub irradiation: [f64; 12],
    /// Direct current after all losses, before the inverter, in kWh.
    pub direct: [f64; 12],
    /// Alternating current in kWh.
    pub energy: [f64; 12],
}

impl RoofYear {
    /// Light of the year on the plane in kWh/m².
    pub fn total_irradiation(&self) -> f64 {
        self.irradiation.iter().sum()
    }

    /// Direct current of the year in kWh.
    pub fn total_direct(&self) -> f64 {
        self.direct.iter().sum()
    }

    /// Alternating current of the year in kWh.
    pub fn total_energy(&self) -> f64 {
        self.energy.iter().sum()
    }
}

/// What a roof makes in each hour of a year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hourly {
    /// Light on the plane in W/m².
    pub irradiance: Vec<f64>,
    /// Direct current after all losses, before the inverter, in kW.
    pub direct: Vec<f64>,
    /// Alternating current in kW.
    pub power: Vec<f64>,
}

/// What a roof makes in a year under a sky.
pub fn roof_year(sky: &Sky, roof: &Roof) -> RoofYear {
    let heating = heating(sky, &roof.system().temperature);
    summed(sky, roof, &heating, &mut Buffers::default())
}

/// What roofs make in a year under one sky, by so many threads; the same numbers whatever their count.
pub fn roof_years(sky: &Sky, roofs: &[Roof], threads: usize) -> Vec<RoofYear> {
    // The wind of each hour counts once for each kind of mounting, not for each roof.
    let mut kinds: Vec<(CellTemperature, Vec<f64>)> = Vec::new();
    for roof in roofs {
        let kind = roof.system().temperature;
        if !kinds.iter().any(|(known, _)| *known == kind) {
            kinds.push((kind, heating(sky, &kind)));
        }
    }
    let some = |roofs: &[Roof], found: &mut [RoofYear]| {
        let mut buffers = Buffers::default();
        for (roof, found) in roofs.iter().zip(found) {
            let kind = kinds.iter().find(|(known, _)| *known == roof.system().temperature);
            if let Some((_, heating)) = kind {
                *found = summed(sky, roof, heating, &mut buffers);
            }
        }
    };
    let mut found = vec![RoofYear::default(); roofs.len()];
    let each = roofs.len().div_ceil(threads.max(1)).max(1);
    if each >= roofs.len() {
        some(roofs, &mut found);
    } else {
        std::thread::scope(|scope| {
            for (roofs, found) in roofs.chunks(each).zip(found.chunks_mut(each)) {
                scope.spawn(|| some(roofs, found));
            }
        });
    }
    found
}

/// What a roof makes in each hour of a year under a sky.
pub fn hourly(sky: &Sky, roof: &Roof) -> Hourly {
    let heating = heating(sky, &roof.system().temperature);
    let mut buffers = Buffers::default();
    buffers.fill(sky, &Pass::of(roof), &heating, 0..sky.lit.len());
    let nothing = || vec![0.0; sky.hours];
    let mut found = Hourly { irradiance: nothing(), direct: nothing(), power: nothing() };
    for (at, hour) in sky.lit.iter().enumerate() {
        found.irradiance[*hour] = buffers.total[at];
        found.direct[*hour] = buffers.dc[at] / 1000.0;
        found.power[*hour] = buffers.ac[at] / 1000.0;
    }
    found
}

/// How much light warms cells in each hour; nothing where that is not in proportion.
fn heating(sky: &Sky, kind: &CellTemperature) -> Vec<f64> {
    sky.wind.iter().filter_map(|wind| kind.heating(*wind)).collect()
}

fn summed(sky: &Sky, roof: &Roof, heating: &[f64], buffers: &mut Buffers) -> RoofYear {
    let pass = Pass::of(roof);
    let mut found = RoofYear::default();
    for (month, range) in sky.months.iter().enumerate() {
        buffers.fill(sky, &pass, heating, range.clone());
        found.irradiation[month] = sum(&buffers.total) / 1000.0;
        found.direct[month] = sum(&buffers.dc) / 1000.0;
        found.energy[month] = sum(&buffers.ac) / 1000.0;
    }
    found
}

/// What of a roof every hour needs.
struct Pass {
    normal: [f64; 3],
    sin_tilt: f64,
    cos_tilt: f64,
    /// Direct power after losses at 25 °C for each W/m² of light, in W.
    power: f64,
    coefficient: f64,
    reflection: Reflection,
    diffuse: Diffuse,
    balance: Option<Module>,
    curve: Curve,
}

impl Pass {
    fn of(roof: &Roof) -> Self {
        let system = roof.system();
        let (sin_tilt, cos_tilt) = libm::sincos(roof.plane().tilt().to_radians());
        Pass {
            normal: roof.plane().normal(),
            sin_tilt,
            cos_tilt,
            power: roof.peak() * roof.left(),
            coefficient: system.coefficient,
            reflection: system.reflection,
            diffuse: system.reflection.diffuse(roof.plane().tilt()),
            balance: system.temperature.balance(),
            curve: system.inverter.curve(roof.peak() * 1000.0 / system.inverter.dc_ac_ratio),
        }
    }
}

/// Values of the hours of a stretch, in columns: loops over columns are what processors do several steps of at once.
#[derive(Default)]
struct Buffers {
    cos: Vec<f64>,
    beam: Vec<f64>,
    diffuse: Vec<f64>,
    ground: Vec<f64>,
    total: Vec<f64>,
    passing: Vec<f64>,
    cell: Vec<f64>,
    dc: Vec<f64>,
    ac: Vec<f64>,
}

impl Buffers {
    fn fill(&mut self, sky: &Sky, pass: &Pass, heating: &[f64], hours: Range<usize>) {
        let count = hours.len();
        let all = [
            &mut self.cos,
            &mut self.beam,
            &mut self.diffuse,
            &mut self.ground,
            &mut self.total,
            &mut self.passing,
            &mut self.cell,
            &mut self.dc,
            &mut self.ac,
        ];
        all.into_iter().for_each(|column| column.resize(count, 0.0));
        self.light(sky, pass, hours.clone());
        match pass.reflection {
            Reflection::None => self.passing.copy_from_slice(&self.total),
            Reflection::Glass | Reflection::GlassBeam => self.reflect(pass),
        }
        match &pass.balance {
            None => {
                let inputs = sky.air[hours.clone()].iter().zip(&heating[hours]);
                for ((cell, total), (air, heating)) in
                    self.cell.iter_mut().zip(&self.total).zip(inputs)
                {
                    *cell = total * heating + air;
                }
            }
            Some(module) => self.balance(sky, module, hours),
        }
        let outputs = self.dc.iter_mut().zip(self.ac.iter_mut());
        for ((dc, ac), (passing, cell)) in outputs.zip(self.passing.iter().zip(&self.cell)) {
            *dc = passing * pass.power * (1.0 + pass.coefficient * (cell - 25.0));
            *ac = pass.curve.power(*dc);
        }
    }

    /// The temperature of cells that remember the hour before; at dawn they are as warm as the air.
    fn balance(&mut self, sky: &Sky, module: &Module, hours: Range<usize>) {
        let mut last: Option<(usize, f64, f64)> = None;
        for ((cell, light), at) in self.cell.iter_mut().zip(&self.total).zip(hours) {
            let (hour, air, wind) = (sky.lit[at], sky.air[at], sky.wind[at]);
            let before = last.filter(|(before, ..)| before + 1 == hour);
            let before = before.map_or((air, 0.0), |(_, cell, light)| (cell, light));
            *cell = module.after(Hour { light: *light, air, wind, before });
            last = Some((hour, *cell, *light));
        }
    }

    /// The light on the plane, in its parts and together.
    fn light(&mut self, sky: &Sky, pass: &Pass, hours: Range<usize>) {
        let count = hours.len();
        // Slices of one length, so that no bound is checked inside of the loop.
        let [x, y, z] = [0, 1, 2].map(|axis: usize| &sky.sun[axis][hours.clone()][..count]);
        let direct = &sky.direct[hours.clone()][..count];
        let even = &sky.even[hours.clone()][..count];
        let around = &sky.around[hours.clone()][..count];
        let horizon = &sky.horizon[hours.clone()][..count];
        let ground = &sky.ground[hours][..count];
        let (cos, beam) = (&mut self.cos[..count], &mut self.beam[..count]);
        let (diffuse, below) = (&mut self.diffuse[..count], &mut self.ground[..count]);
        let total = &mut self.total[..count];
        let [east, north, up] = pass.normal;
        let (above, under) = (1.0 + pass.cos_tilt, 1.0 - pass.cos_tilt);
        for at in 0..count {
            let incidence = (x[at] * east + y[at] * north + z[at] * up).max(0.0);
            cos[at] = incidence;
            beam[at] = direct[at] * incidence;
            let sky = even[at] * above + around[at] * incidence + horizon[at] * pass.sin_tilt;
            diffuse[at] = sky.max(0.0);
            below[at] = ground[at] * under;
            total[at] = beam[at] + diffuse[at] + below[at];
        }
    }

    /// What of the light passes the glass.
    fn reflect(&mut self, pass: &Pass) {
        let parts = self.beam.iter().zip(&self.diffuse).zip(&self.ground).zip(&self.cos);
        for (passing, (((beam, diffuse), ground), cos)) in self.passing.iter_mut().zip(parts) {
            *passing = beam * pass.reflection.beam(*cos)
                + diffuse * pass.diffuse.sky
                + ground * pass.diffuse.ground;
        }
    }
}

/// A sum in lanes.
fn sum(values: &[f64]) -> f64 {
    let mut lanes = [0.0; LANES];
    let chunks = values.chunks_exact(LANES);
    let rest: f64 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value;
        }
    }
    lanes.iter().sum::<f64>() + rest
}
