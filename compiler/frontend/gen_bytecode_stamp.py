"""Writes bytecode_stamp.cpp: a number that changes with the sources that decide what bytecode a program has.

usage: gen_bytecode_stamp.py OUTPUT SOURCE...
"""

import hashlib
import sys

digest = hashlib.sha256()
for path in sorted(sys.argv[2:]):
    with open(path, "rb") as file:
        digest.update(file.read())
stamp = int.from_bytes(digest.digest()[:2], "little")
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write('// Made by gen_bytecode_stamp.py.\n#include "compiler/frontend/bytecode_stamp.h"\n\n')
    file.write("namespace krait {\nconst uint16_t kBytecodeStamp = 0x%04x;\n}\n" % stamp)
