"""Compiles the reference's standard library, so that programs that import of it need not.

usage: krait run compile_library.py FOLDER

Writes FOLDER/PACKAGE/__pycache__/MODULE.krait-311.pyc for the modules below sys._stdlib_dir, as importlib writes them beside a
source file; those that are up to date stay. importlib finds them by stdlib/python/_krait_caches.py and compares them with
the source files as any others.
"""

import importlib._bootstrap_external as external
import os
import sys

# Not imported by programs: test suites, and what belongs to other packages.
LEFT_OUT = {"test", "tests", "idle_test", "dist-packages", "site-packages", "__pycache__"}


def compile_library(folder):
    library = sys._stdlib_dir
    for where, folders, files in os.walk(library):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        target = os.path.join(folder, os.path.relpath(where, library), "__pycache__")
        for name in files:
            if name.endswith(".py"):
                compile_module(os.path.join(where, name), target)


def compile_module(source, target):
    found = os.stat(source)
    head = external.MAGIC_NUMBER + bytes(4) + (int(found.st_mtime) & 0xFFFFFFFF).to_bytes(4, "little") + (
        found.st_size & 0xFFFFFFFF).to_bytes(4, "little")
    output = os.path.join(target, os.path.basename(external.cache_from_source(source)))
    try:
        with open(output, "rb") as file:
            if file.read(len(head)) == head:
                return
    except FileNotFoundError:
        os.makedirs(target, exist_ok=True)
    loader = external.SourceFileLoader("<library>", source)
    try:
        code = loader.source_to_code(loader.get_data(source), source)
    except SyntaxError:  # a template, or of another version
        return
    external._write_atomic(output, external._code_to_timestamp_pyc(code, int(found.st_mtime), found.st_size))


compile_library(sys.argv[1])
