"""Measures other readers of Chinese quantities on one text, on one thread.

Usage: python3 peers.py FILE
Prints a line for each: name, a tab, megabytes a second of processor time; or that it was skipped because it is not installed.
None of them says what is measured, compared, reported or promised: they find numbers, units or sums of money.
"""

import os
import sys
import time
from importlib import metadata

for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

SECONDS = 3.0


def jionlp_money():
    import jionlp

    return lambda text: jionlp.ner.extract_money(text, with_parsing=True)


def recognizers():
    from recognizers_number import recognize_number, recognize_ordinal, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    models = (
        recognize_number,
        recognize_ordinal,
        recognize_percentage,
        recognize_currency,
        recognize_dimension,
    )
    return lambda text: [model(text, Culture.Chinese) for model in models]


def cn2an_transform():
    import cn2an

    return lambda text: cn2an.transform(text, "cn2an")


PEERS = (
    ("jionlp", "extract_money", jionlp_money),
    ("recognizers-text-suite", "5 models", recognizers),
    ("cn2an", "transform", cn2an_transform),
)


def rate(read, text):
    """Megabytes a second of processor time over whole calls of a few seconds, after one that warms up."""
    read(text)
    size = len(text.encode())
    calls = 0
    start = time.process_time()
    while True:
        read(text)
        calls += 1
        passed = time.process_time() - start
        if passed >= SECONDS:
            return size * calls / passed / 1e6


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python3 peers.py FILE")
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    out = sys.stdout
    # What a peer prints by itself is no figure of ours.
    sys.stdout = sys.stderr
    for package, call, load in PEERS:
        try:
            version = metadata.version(package)
            read = load()
        except (ImportError, metadata.PackageNotFoundError) as error:
            print(f"skipped {package}: {error}", file=out, flush=True)
            continue
        print(f"{package} {version} {call}\t{rate(read, text):.4f}", file=out, flush=True)


if __name__ == "__main__":
    main()
