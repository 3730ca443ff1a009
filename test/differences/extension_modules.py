# There is no C API: extension modules compiled for CPython (.so files, numpy among them), cffi and _testcapi cannot be imported.
# What CPython's own library has in C is part of Krait. sys.implementation.name is "krait", so that packages that have a version in pure
# Python choose it. ctypes calls functions of any library; ctypes.pythonapi is the program itself, in which no function of the C API is found.
import ctypes
import sys

print(hasattr(ctypes.pythonapi, "Py_IncRef"), hasattr(ctypes.pythonapi, "atoi"))
for name in ("_testcapi", "_cffi_backend"):
    try:
        __import__(name)
    except ImportError as error:
        print(type(error).__name__)
print(sys.implementation.name, sys.version_info[:2], sys.abiflags == "")
