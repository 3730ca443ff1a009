print({"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} == {"a": 1.0}, {"a": 1} != {"a": 2}, {} == [], {1: {2: {3: 4}}} == {1: {2: {3: 4}}})
a = {"x": {"y": [1, {"z": 2}]}}
a["x"]["y"][1]["z"] += 40
print(a["x"]["y"][1]["z"], a)
b = a.copy()
b["x"]["new"] = True
b["top"] = 1
print(a)
try:
    {} < {}
except TypeError as error:
    print(error)
try:
    hash({})
except TypeError as error:
    print(error)
nan = float("nan")
print({nan: nan} == {nan: nan}, {1: nan} == {1: float("nan")})
from copy import deepcopy

c = deepcopy(a)
c["x"]["y"].append(5)
print(len(a["x"]["y"]), len(c["x"]["y"]))
