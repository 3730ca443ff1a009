"""Writes the names of sys.stdlib_module_names of the reference Python, one C string per line."""
import sys

with open(sys.argv[1], "w") as out:
    for name in sorted(sys.stdlib_module_names):
        out.write(f'"{name}",\n')
