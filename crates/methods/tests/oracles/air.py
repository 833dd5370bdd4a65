"""Writes aqi_hub.csv and air_percentiles.csv.

PYTHONPATH of aqi-hub 0.2.1: python air.py 2012 >  aqi_hub.csv
PYTHONPATH of aqi-hub 0.3.3: python air.py 2026 >> aqi_hub.csv
numpy 2.4.6:                 python air.py numpy > air_percentiles.csv

Rows where the package computes in binary fractions past a whole number, and so rounds up one too far, are left out and
counted on standard error; so is all of its table of sulphur dioxide over 24 hours, which is that of an hour.
"""
import random
import sys
import warnings
from fractions import Fraction

warnings.filterwarnings("ignore")
mode = sys.argv[1]
chance = random.Random(633)
if mode == "numpy":
    import numpy

    for n in (1, 2, 3, 7, 30, 324, 365, 366):
        values = [round(chance.uniform(1, 300), 1) for _ in range(n)]
        found = [f"{numpy.percentile(values, p, method='linear'):.10g}" for p in (50, 90, 95, 98)]
        print(",".join(found), ";".join(map(str, values)), sep=",")
    sys.exit()

from aqi_hub.aqi_cn.aqi import AQI, cal_iaqi_cn
from aqi_hub.aqi_cn.common import breakpoints

left_out = 0
for item, bands in breakpoints.items():
    if item == "SO2_24H":
        continue
    tenth = item.startswith("CO")
    texts = set()
    for low, high, _, _ in bands:
        for edge in (low, high):
            for step in (-1, -0.1, 0, 0.1, 1):
                texts.add(f"{edge + (step / 10 if tenth else step):.2f}")
    top = bands[-1][1]
    texts |= {f"{chance.uniform(0, top * 1.1):.{chance.choice((0, 1, 2))}f}" for _ in range(60)}
    for text in sorted(texts, key=float):
        if float(text) < 0:
            continue
        found = cal_iaqi_cn(item, float(text))
        value = Fraction(text)
        for low, high, bottom, above in bands:
            if low <= value <= high:
                exact = Fraction(above - bottom, high - low) * (value - low) + bottom
                if -(-exact // 1) != found:
                    left_out += 1
                    found = "skip"
                break
        if found != "skip":
            print(mode, item, text, "" if found is None else found, sep=",")
for _ in range(150):
    pm25, pm10 = chance.randint(0, 300), chance.randint(0, 400)
    no2, o3, co = chance.randint(0, 120), chance.randint(0, 260), chance.randint(0, 60) / 10
    # So little that its wrong table is never the highest.
    so2 = chance.randint(0, 3)
    day = AQI(pm25, pm10, so2, no2, co, o3, "daily")
    others = {name: value for name, value in day.IAQI.items() if name != "SO2"}
    if max(others.values()) > 4:
        print(mode, "DAY", ";".join(map(str, (pm25, pm10, so2, no2, co, o3))), day.AQI, "+".join(day.primary_pollutant), day.aqi_level, sep=",")
print(f"{mode}: {left_out} left out", file=sys.stderr)
