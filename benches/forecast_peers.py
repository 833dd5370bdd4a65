"""Forecasts of statsforecast beside our own, on one thread.

Usage: python3 forecast_peers.py series            writes the 1,000 seeded series of the measure of speed, one a line
       python3 forecast_peers.py speed < SERIES    prints the seconds of processor time that AutoETS takes for a series
       python3 forecast_peers.py accuracy < SERIES forecasts the last 12 values of each series from those before

Series are comma-separated numbers, one series a line; a first field that is no number is its name. `accuracy` prints
comma-separated lines: model, number of the series from 0, step from 0, point, then the quantiles at 1, 2.5, 5, 10, 15,
20, 25, 30, 35, 40, 45, 55, 60, 65, 70, 75, 80, 85, 90, 95, 97.5 and 99 percent.
"""

import os
import sys
import time

for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np

SEASON = 12
LEVELS = [98, 95, 90, 80, 70, 60, 50, 40, 30, 20, 10]


def seeded():
    """A level with growth, a season, a walk and noise, by the generator of seed 42."""
    rng = np.random.default_rng(42)
    count, length = 1000, 120
    steps = np.arange(length)
    for _ in range(count):
        base = rng.uniform(50, 500)
        growth = rng.normal(0.003, 0.004)
        height = rng.uniform(0.05, 0.3)
        season = rng.normal(0, 1, 12)
        season -= season.mean()
        season /= season.std()
        walk = np.cumsum(rng.normal(0, 0.01, length)) + rng.normal(0, 0.03, length)
        yield base * np.exp(growth * steps + height * season[steps % 12] + walk)


def read():
    rows = []
    for line in sys.stdin:
        fields = line.strip().split(",")
        try:
            float(fields[0])
        except ValueError:
            fields = fields[1:]
        rows.append(np.array(fields, dtype=float))
    return rows


def speed(rows):
    from statsforecast.models import AutoETS

    model = AutoETS(season_length=SEASON)
    # The first call compiles.
    model.forecast(rows[0], h=12, level=[80, 95])
    start = time.process_time()
    for row in rows:
        model.forecast(row, h=12, level=[80, 95])
    print((time.process_time() - start) / len(rows))


def accuracy(rows):
    from statsforecast.models import AutoETS, AutoTheta, SeasonalNaive

    for make in (AutoETS, AutoTheta, SeasonalNaive):
        for number, row in enumerate(rows):
            found = make(season_length=SEASON).forecast(row[:-12], h=12, level=LEVELS)
            quantiles = [found[f"lo-{level}"] for level in LEVELS]
            quantiles += [found[f"hi-{level}"] for level in reversed(LEVELS)]
            for step in range(12):
                numbers = [found["mean"][step], *(quantile[step] for quantile in quantiles)]
                print(make.__name__, number, step, *(repr(float(x)) for x in numbers), sep=",")


def main():
    match sys.argv[1:]:
        case ["series"]:
            for row in seeded():
                print(",".join(repr(float(x)) for x in row))
        case ["speed"]:
            speed(read())
        case ["accuracy"]:
            accuracy(read())
        case _:
            sys.exit("usage: python3 forecast_peers.py series | speed < SERIES | accuracy < SERIES")


if __name__ == "__main__":
    main()
