"""Writes the names of OpenSSL's libraries and of the reasons of its errors, as its headers have them.

usage: make_openssl_reasons.py INCLUDE_FOLDER OUTPUT

Rows: LIBRARY(number, name) and REASON(library's number, reason's number, name).
"""
import glob
import re
import sys


def main(folder, output):
    with open(f"{folder}/err.h") as file:
        text = file.read()
    libraries = {name: int(number) for name, number in re.findall(r"^#\s*define\s+ERR_LIB_(\w+)\s+(\d+)\s*$", text, re.M)}
    reasons = {}
    for path in sorted(glob.glob(f"{folder}/*err.h")):
        with open(path) as file:
            text = file.read()
        for prefix, name, number in re.findall(r"^#\s*define\s+(\w+?)_R_(\w+)\s+(\d+)\s*$", text, re.M):
            if prefix in libraries:
                reasons[libraries[prefix], int(number)] = name  # the last of several, as CPython
    with open(output, "w") as out:
        for name, number in libraries.items():
            if name != "USER":
                out.write(f'LIBRARY({number}, "{name}")\n')
        for (library, number), name in sorted(reasons.items()):
            out.write(f'REASON({library}, {number}, "{name}")\n')


main(*sys.argv[1:])
