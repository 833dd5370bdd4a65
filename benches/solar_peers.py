"""pvlib on the roofs of `solar.rs`, on one thread.

Prints, separated by tabs: what, milliseconds of processor time for 1,000 roofs, mean yield in kWh/kWp. Sun and clear sky
are shared by all roofs and, as there, in the time.
"""

import os
import time

for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
import pandas as pd
import pvlib

COUNT = 1000
MOUNT = pvlib.temperature.TEMPERATURE_MODEL_PARAMETERS["sapm"]["close_mount_glass_glass"]
LEFT = 1 - pvlib.pvsystem.pvwatts_losses() / 100
LIMIT = 1000 / 0.96


def roofs(count):
    numbers = np.arange(count)
    return zip(35 * (numbers * 0.618034 % 1), 90 + 180 * (numbers * 0.754878 % 1))


def year():
    place = pvlib.location.Location(28.89, 120.03, tz="Asia/Shanghai", altitude=90)
    times = pd.date_range("2023-01-01 00:30", periods=8760, freq="1h", tz="Asia/Shanghai")
    sun = place.get_solarposition(times)
    clear = place.get_clearsky(times, solar_position=sun)
    outside = pvlib.irradiance.get_extra_radiation(times)
    airmass = pvlib.atmosphere.get_relative_airmass(sun["apparent_zenith"])
    return (sun["apparent_zenith"], sun["azimuth"], clear["dni"], clear["ghi"], clear["dhi"], outside, airmass)


def energy(shared, tilt, azimuth):
    zenith, direction, dni, ghi, dhi, outside, airmass = shared
    plane = pvlib.irradiance.get_total_irradiance(
        tilt, azimuth, zenith, direction, dni, ghi, dhi,
        dni_extra=outside, airmass=airmass, albedo=0.2, model="perez",
    )
    light = plane["poa_global"]
    light = light.fillna(0) if isinstance(light, pd.Series) else np.nan_to_num(np.asarray(light))
    cell = pvlib.temperature.sapm_cell(light, 17.5, 1.8, **MOUNT)
    direct = pvlib.pvsystem.pvwatts_dc(light, cell, 1000.0, -0.0035) * LEFT
    return pvlib.inverter.pvwatts(direct, LIMIT, 0.96).sum() / 1000


def measured(name, count, convert):
    # The first call imports and compiles.
    year()
    start = time.process_time()
    shared = [convert(one) for one in year()]
    ready = time.process_time()
    total = sum(energy(shared, tilt, azimuth) for tilt, azimuth in roofs(count))
    passes = (time.process_time() - ready) * COUNT / count
    print(name, 1e3 * (ready - start + passes), total / count, sep="\t", flush=True)


measured(f"pvlib {pvlib.__version__}, bare arrays", COUNT, lambda one: one.to_numpy())
measured(f"pvlib {pvlib.__version__}, series, of 1,000 roofs", COUNT, lambda one: one)
