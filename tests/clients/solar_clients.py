"""Solar yields beside pvlib, hour by hour, on the weather files that pvlib brings along.

Usage: python3 solar_clients.py PROGRAM FOLDER    (FOLDER for what is written; files there are overwritten)

Prints a line that begins with "ok" for each check that holds, "skipped" for what is not at hand, and ends with an error
at the first that does not hold. Real typical years of other countries and the hours of PVWatts are in the source
distribution of pvlib, which is looked for beside this Python: `pip download --no-deps --no-binary :all: pvlib==0.16.1`.
"""

import csv
import glob
import json
import os
import subprocess
import sys
import tarfile
import warnings

import numpy as np
import pandas as pd
import pvlib

warnings.filterwarnings("ignore")
PROGRAM, FOLDER = sys.argv[1:3]
DATA = os.path.join(os.path.dirname(pvlib.__file__), "data")
MOUNT = pvlib.temperature.TEMPERATURE_MODEL_PARAMETERS["sapm"]["close_mount_glass_glass"]
LEFT = 1 - pvlib.pvsystem.pvwatts_losses() / 100
ORIENTATIONS = [(0, 180), (10, 90), (10, 270), (20, 135), (20, 225), (30, 180), (45, 0), (90, 180)]


def path(name):
    return os.path.join(FOLDER, name)


def run(*arguments):
    command = [PROGRAM, "solar", "yield", *map(str, arguments), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stderr)
    return json.loads(done.stdout)


def hours(*arguments):
    """The yearly answer and the hours."""
    found = run(*arguments, "--hourly", path("hours.csv"), "--force")
    return found, pd.read_csv(path("hours.csv"))


def tmy3(name):
    weather, about = pvlib.iotools.read_tmy3(os.path.join(DATA, name), coerce_year=2023)
    weather.index -= pd.Timedelta("30min")
    return weather, about["latitude"], about["longitude"], about["altitude"]


def seeded():
    """A year over Yongkang with clouds by a seed, parted by Erbs."""
    place = pvlib.location.Location(28.89, 120.03, tz="Asia/Shanghai", altitude=90)
    times = pd.date_range("2024-01-01 00:30", periods=8784, freq="1h", tz="Asia/Shanghai")
    random = np.random.default_rng(7)
    clear = place.get_clearsky(times)["ghi"]
    cloud = np.repeat(random.uniform(0.1, 1, 366), 24) * random.uniform(0.7, 1.05, 8784)
    ghi = (clear * cloud).round(3)
    parts = pvlib.irradiance.erbs(ghi, place.get_solarposition(times)["zenith"], times)
    weather = pd.DataFrame({
        "ghi": ghi,
        "dni": parts["dni"].round(3),
        "dhi": parts["dhi"].round(3),
        "temp_air": (18 - 12 * np.cos(2 * np.pi * times.dayofyear / 366)).round(2),
        "wind_speed": random.uniform(0, 6, 8784).round(2),
    }, index=times)
    with open(path("yongkang.csv"), "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["time", "ghi", "dni", "dhi", "temp", "wind"])
        for time, row in weather.iterrows():
            writer.writerow([time.isoformat(), *row])
    return weather, 28.89, 120.03, 90.0


def chain(weather, latitude, longitude, altitude, tilt, azimuth):
    """Sun, light on the plane and energy as pvlib has them."""
    place = pvlib.location.Location(latitude, longitude, altitude=altitude)
    sun = place.get_solarposition(weather.index)
    plane = pvlib.irradiance.get_total_irradiance(
        tilt, azimuth, sun["apparent_zenith"], sun["azimuth"],
        weather["dni"], weather["ghi"], weather["dhi"],
        dni_extra=pvlib.irradiance.get_extra_radiation(weather.index),
        airmass=pvlib.atmosphere.get_relative_airmass(sun["apparent_zenith"]),
        albedo=0.2, model="perez",
    )
    light = plane["poa_global"].fillna(0)
    cell = pvlib.temperature.sapm_cell(light, weather["temp_air"], weather["wind_speed"], **MOUNT)
    direct = pvlib.pvsystem.pvwatts_dc(light, cell, 1000.0, -0.0035) * LEFT
    energy = pvlib.inverter.pvwatts(direct, 1000 / 0.96, 0.96)
    return sun, light, energy.sum() / 1000


def beside(name, file, site):
    """Sun within 0.0001°, light of each hour and of the year within 0.05 %, energy within 0.05 %."""
    for tilt, azimuth in ORIENTATIONS:
        sun, light, energy = chain(*site, tilt, azimuth)
        found, ours = hours(
            "--weather", file, "--lat", site[1], "--lon", site[2], "--altitude", site[3],
            "--kwp", 1, "--tilt", tilt, "--azimuth", azimuth,
        )
        assert len(ours) == len(light) and not found["warnings"], found["warnings"]
        angles = 0.0
        for column in ("zenith", "apparent_zenith", "azimuth"):
            apart = np.abs(ours[f"{column}_deg"].to_numpy() - sun[column].to_numpy())
            angles = max(angles, np.minimum(apart, 360 - apart).max())
        assert angles < 1e-4, angles
        theirs, here = light.to_numpy(), ours["poa_w_m2"].to_numpy()
        # Figures are written to a hundred-thousandth of a watt.
        assert (np.abs(here - theirs) <= 5e-4 * theirs + 2e-5).all()
        worst = np.max(np.abs(here - theirs) / np.maximum(theirs, 1))
        year = found["yearly"]["poa_kwh_m2"] / (theirs.sum() / 1000) - 1
        yields = found["yearly"]["kwh"] / energy - 1
        assert abs(year) < 5e-4 and abs(yields) < 5e-4, (year, yields)
        print(
            f"ok {name} {tilt}/{azimuth}: sun within {angles:.1e}°, light of an hour within {worst:.1e}, "
            f"of the year {year:+.1e}, energy {yields:+.1e} ({found['yearly']['kwh']:.2f} kWh/kWp)"
        )


def synthetic(name, file, site):
    """A synthetic year of the means of a real one comes near its yield."""
    weather = site[0]
    month = weather.index.month
    global_light = weather["ghi"].groupby(month).sum() / 1000 / np.array(
        [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    warmth = (weather["temp_air"] * weather["ghi"]).groupby(month).sum() / weather["ghi"].groupby(month).sum()
    with open(path("monthly.csv"), "w") as out:
        out.write("month,ghi,temp,wind\n")
        for number in range(1, 13):
            out.write(f"{number},{global_light[number]},{warmth[number]},{weather['wind_speed'].mean()}\n")
    place = ["--lat", site[1], "--lon", site[2], "--altitude", site[3]]
    for tilt, low, high in ((0, -0.5, 0.5), (20, -1.8, 0.5), (30, -2.6, 0.5)):
        roof = ["--kwp", 1, "--tilt", tilt, "--azimuth", 180]
        real = run(*place, *roof, "--weather", file)["yearly"]["kwh"]
        made = run(*place, *roof, "--monthly", path("monthly.csv"))["yearly"]["kwh"]
        apart = 100 * (made / real - 1)
        assert low <= apart <= high, (name, tilt, apart)
        print(f"ok {name} tilt {tilt}: synthetic year {apart:+.2f} % of the real one's energy")


def pvwatts(folder):
    """The hours of PVWatts for a roof in Denver: within 0.5 % of its sums."""
    hours = pd.read_csv(
        os.path.join(folder, "pvwatts_8760_roofmount.csv"), skiprows=17, skipfooter=1, engine="python")
    hours.columns = ["month", "day", "hour", "dni", "dhi", "temp", "wind", "poa", "cell", "dc", "ac"]
    times = pd.to_datetime(dict(year=2019, month=hours.month, day=hours.day, hour=hours.hour))
    times = pd.DatetimeIndex(times).tz_localize("Etc/GMT+7") + pd.Timedelta("30min")
    place = pvlib.location.Location(39.73, -105.18, altitude=1819.6)
    height = np.cos(np.radians(place.get_solarposition(times)["apparent_zenith"].to_numpy()))
    with open(path("denver.csv"), "w") as out:
        out.write("time,ghi,dni,dhi,temp,wind\n")
        for time, up, row in zip(times, height, hours.itertuples()):
            ghi = row.dni * max(up, 0) + row.dhi
            out.write(f"{time.isoformat()},{ghi},{row.dni},{row.dhi},{row.temp},{row.wind}\n")
    year = run(
        "--weather", path("denver.csv"), "--lat", 39.73, "--lon", -105.18, "--altitude", 1819.6,
        "--kwp", 4, "--tilt", 20, "--azimuth", 180, "--gamma", -0.47, "--losses", 14.08,
        "--mount", "pvwatts-roof", "--reflection", "beam", "--dc-ac-ratio", 1.2,
    )["yearly"]
    sums = {"poa_kwh_m2": hours.poa.sum() / 1e3, "dc_kwh": hours.dc.sum() / 1e3, "kwh": hours.ac.sum() / 1e3}
    for name, expected in sums.items():
        apart = 100 * (year[name] / expected - 1)
        assert abs(apart) < 0.5, (name, year[name], expected)
        print(f"ok pvwatts {name}: {year[name]:.2f}, {apart:+.3f} % of {expected:.2f}")


def unpacked():
    """The files of pvlib's own tests, where its source distribution is beside this Python."""
    found = glob.glob(os.path.join(sys.prefix, f"pvlib-{pvlib.__version__}.tar.gz"))
    if not found:
        return None
    with tarfile.open(found[0]) as archive:
        for name in ("pvwatts_8760_roofmount.csv", "NLD_Amsterdam062400_IWEC.epw", "tmy_45.000_8.000_2005_2023.csv"):
            member = archive.extractfile(f"pvlib-{pvlib.__version__}/tests/data/{name}")
            with open(path(name), "wb") as out:
                out.write(member.read())
    return FOLDER


def main():
    greensboro = os.path.join(DATA, "723170TYA.CSV"), tmy3("723170TYA.CSV")
    sand_point = os.path.join(DATA, "703165TY.csv"), tmy3("703165TY.csv")
    beside("Greensboro TMY3", *greensboro)
    beside("Sand Point TMY3", *sand_point)
    site = seeded()
    beside("Yongkang CSV", path("yongkang.csv"), site)
    miami = os.path.join(DATA, "12839.tm2")
    weather, _ = pvlib.iotools.read_tmy2(miami)
    found = run("--weather", miami, "--kwp", 1, "--tilt", 0, "--azimuth", 180)
    for name in ("ghi", "dni", "dhi"):
        assert abs(found["yearly"][f"{name}_kwh_m2"] - weather[name.upper()].sum() / 1000) < 1e-3
    print("ok Miami TMY2: light of the year is that which pvlib reads")
    synthetic("Greensboro", *greensboro)
    synthetic("Sand Point", *sand_point)
    folder = unpacked()
    if folder is None:
        print("skipped: the source distribution of pvlib is not beside this Python")
        return
    file = os.path.join(folder, "NLD_Amsterdam062400_IWEC.epw")
    weather, about = pvlib.iotools.read_epw(file, coerce_year=2023)
    weather.index += pd.Timedelta("30min")
    amsterdam = weather, about["latitude"], about["longitude"], about["altitude"]
    beside("Amsterdam EPW", file, amsterdam)
    synthetic("Amsterdam", file, amsterdam)
    file = os.path.join(folder, "tmy_45.000_8.000_2005_2023.csv")
    weather, about = pvlib.iotools.read_pvgis_tmy(file)
    start = about["inputs"]["irradiance time offset"]
    weather.index = pd.date_range("2023-01-01", periods=8760, freq="1h", tz="UTC") + pd.Timedelta(hours=start)
    turin = weather, 45.0, 8.0, 250.0
    beside("45N 8E PVGIS", file, turin)
    synthetic("45N 8E", file, turin)
    pvwatts(folder)


main()
