# Makes sobol.csv with SALib 1.6.0: runs of the Ishigami function on its Saltelli sample, and the effects that it finds.
import numpy as np
from SALib.sample import sobol as sampler
from SALib.analyze import sobol
from SALib.test_functions import Ishigami
problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}
x = sampler.sample(problem, 64, calc_second_order=False, seed=5)
y = Ishigami.evaluate(x)
found = sobol.analyze(problem, y, calc_second_order=False, seed=5)
print("kind,a,one,two,three,b")
for row in y.reshape(64, 5): print("run," + ",".join(f"{v:.15g}" for v in (row[0], *row[1:4], row[4])))
print("first,," + ",".join(f"{v:.12f}" for v in found["S1"]) + ",")
print("total,," + ",".join(f"{v:.12f}" for v in found["ST"]) + ",")
