# Compiled code carries the lines of its Python, also of what was inlined.
# RUN: %krait record --output %t.kprof %s > %t.out
# RUN: %krait build %s --profile %t.kprof --emit=obj -o %t.o
# RUN: llvm-dwarfdump --verify %t.o | %FileCheck %s --check-prefix=VALID
# RUN: llvm-dwarfdump --debug-line %t.o | %FileCheck %s --check-prefix=LINES
# RUN: llvm-dwarfdump --debug-info %t.o | %FileCheck %s --check-prefix=INLINED


def inlined(x):
    return x * 3 + 1


def loop(n):
    total = 0
    for i in range(n):
        total += inlined(i)
    return total


print(loop(10000))

# VALID: No errors.

# LINES: name: "debug_lines.py"
# LINES: {{0x[0-9a-f]+}}  10
# LINES: {{0x[0-9a-f]+}}  16

# INLINED: DW_TAG_compile_unit
# INLINED: DW_AT_language (DW_LANG_Python)
# INLINED: DW_TAG_inlined_subroutine
# INLINED-NEXT: DW_AT_abstract_origin ({{.*}} "inlined")
# INLINED: DW_AT_call_line (16)
