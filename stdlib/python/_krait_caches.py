"""Where importlib keeps compiled modules; run once, when importlib starts.

A cached file's magic number is the stamp of the front end that compiled it. The reference's standard library belongs to
another package, so nothing is written beside its files: what is compiled of it came with Krait
(`stdlib/image/compile_library.py`), and is looked for there.
"""

import posix
import sys
import _krait
import _frozen_importlib_external as external

external.MAGIC_NUMBER = _krait.bytecode_stamp().to_bytes(2, "little") + b"\r\n"
external._RAW_MAGIC_NUMBER = int.from_bytes(external.MAGIC_NUMBER, "little")

cache_bytecode = external.SourceFileLoader._cache_bytecode
get_data = external.SourceFileLoader.get_data
library = sys._stdlib_dir + "/"
compiled_library = posix.readlink("/proc/self/exe").rpartition("/bin/")[0] + "/lib/krait/library/"


def _cache_bytecode(self, source_path, bytecode_path, data):
    if not source_path.startswith(library):
        return cache_bytecode(self, source_path, bytecode_path, data)


external.SourceFileLoader._cache_bytecode = _cache_bytecode


def _get_data(self, path):
    if path.endswith(".pyc") and path.startswith(library):
        path = compiled_library + path[len(library):]
    return get_data(self, path)


external.SourceFileLoader.get_data = _get_data
