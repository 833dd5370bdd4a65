"""Writes lmdi.csv with mpmath 1.4.1 in 60 digits: python lmdi.py > lmdi.csv

Each line: name; sectors as activity:energy before; the same after; additive activity, structure, intensity; multiplicative
the same, from the definition of Ang (2005): sums of L(E', E) ln(x'/x), and exp of sums of L(E', E) / L(sum E', sum E) ln(x'/x).
"""
import random
from mpmath import exp, log, mp, mpf, nstr

mp.dps = 60
chance = random.Random(2005)


def mean(a, b):
    return a if a == b else (a - b) / (log(a) - log(b))


def line(name, before, after):
    number = lambda pairs: [(mpf(q), mpf(e)) for q, e in pairs]
    b, a = number(before), number(after)
    q0, q1 = sum(q for q, _ in b), sum(q for q, _ in a)
    e0, e1 = sum(e for _, e in b), sum(e for _, e in a)
    logs = [(log(q1 / q0), log((y / q1) / (x / q0)), log((g / y) / (f / x))) for (x, f), (y, g) in zip(b, a)]
    weights = [mean(g, f) for (_, f), (_, g) in zip(b, a)]
    add = [sum(w * l[k] for w, l in zip(weights, logs)) for k in range(3)]
    mul = [exp(sum(w / mean(e1, e0) * l[k] for w, l in zip(weights, logs))) for k in range(3)]
    assert abs(sum(add) - (e1 - e0)) < mpf(10) ** -40 and abs(mul[0] * mul[1] * mul[2] - e1 / e0) < mpf(10) ** -40
    cells = [" ".join(f"{q}:{e}" for q, e in pairs) for pairs in (before, after)]
    print(name, *cells, *(nstr(v, 25) for v in add + mul), sep=",")


line("two", [("10", "30"), ("40", "20")], [("20", "40"), ("60", "24")])
line("one", [("720.5", "310.2")], [("760.1", "318.9")])
line("small", [("100", "50"), ("200", "70")], [("100.0001", "50.00001"), ("200", "70.00002")])
for case in range(12):
    n = chance.randint(1, 9)
    pair = lambda: (f"{chance.uniform(0.5, 900):.3f}", f"{10 ** chance.uniform(-3, 4):.4f}")
    line(f"random{case}", [pair() for _ in range(n)], [pair() for _ in range(n)])
