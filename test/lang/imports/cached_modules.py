# A compiled module is kept in __pycache__ and used until its source changes.
import importlib
import importlib.util
import os
import sys
import tempfile

sys.dont_write_bytecode = False
folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
source = os.path.join(folder, "kept.py")


def write(text, time):
    with open(source, "w") as file:
        file.write(text)
    os.utime(source, (time, time))
    importlib.invalidate_caches()


write("def f(x):\n    return x * 2\n", 1000)
import kept

cached = importlib.util.cache_from_source(source)
print(kept.f(4), kept.__cached__ == cached, os.path.exists(cached), cached.count(sys.implementation.cache_tag))
with open(cached, "rb") as file:
    print(file.read(4) == importlib.util.MAGIC_NUMBER)
del sys.modules["kept"]
os.chmod(source, 0o600)
import kept

print(kept.f(5), kept.f.__code__.co_filename == source)
write("def f(x):\n    return x * 3\n", 2000)
del sys.modules["kept"]
import kept

print(kept.f(5))
# Not of this version: compiled again.
with open(cached, "r+b") as file:
    file.write(b"\0\0")
del sys.modules["kept"]
import kept

print(kept.f(6))
print(importlib.util.cache_from_source(os.__file__).startswith(os.path.dirname(os.__file__)))
