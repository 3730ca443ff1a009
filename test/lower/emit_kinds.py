# Every kind of output of `krait build`, and a kind that does not exist.
# REQUIRES: krait
# RUN: %krait build %s --emit=hir | %FileCheck %s --check-prefix=HIR
# RUN: %krait build %s --emit=hir -o %t.hir
# RUN: %FileCheck %s --check-prefix=HIR < %t.hir
# RUN: %krait build %s --emit=llvm-ir | %FileCheck %s --check-prefix=IR
# RUN: %krait build %s --emit=asm -o %t.s
# RUN: %FileCheck %s --check-prefix=ASM < %t.s
# RUN: %krait build %s --emit=obj -o %t.o
# RUN: llvm-nm %t.o | %FileCheck %s --check-prefix=OBJECT
# RUN: %krait build %s --emit=exe -o %t.exe
# RUN: %t.exe | %FileCheck %s --check-prefix=OUTPUT
# RUN: not %krait build %s --emit=wasm 2>&1 | %FileCheck %s --check-prefix=USAGE


def double(x):
    return x + x


print(double(21))

# HIR: func "__main__:double"
# IR: define internal {{.*}}@"__main__:double"
# ASM: "__main__:double":
# OBJECT: t __main__:double
# OBJECT: krt_program
# OUTPUT: 42
# USAGE: usage: krait build
