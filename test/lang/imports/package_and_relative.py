import sys

import _package
import _package.sub.leaf
from _package import sub, version
from _package.sub import leaf as l
from _package.sub.leaf import up

print(_package.version, version, sub.leaf is l, up, l.__package__, l.__name__, _package.sub.__path__ is not None)
from _package import lazy

print(lazy.NAME, _package.lazy is lazy)
try:
    import _package.nothing
except ModuleNotFoundError as error:
    print(error, error.name)
try:
    from _package import nothing
except ImportError as error:
    print(str(error).split(" (")[0])
from _package.sub import *

print(exported, "hidden" in globals(), "_private" in globals())
import importlib

print(importlib.import_module("_package.sub.leaf") is l, importlib.import_module(".leaf", "_package.sub") is l)
