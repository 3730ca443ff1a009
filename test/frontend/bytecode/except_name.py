# The name of an except clause is unbound on every way out of it.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f():
    try:
        g()
    except E as e:
        return e
# CHECK-LABEL: code f ()
# CHECK: CheckExcMatch [[M:t[0-9]+]] = [[E:t[0-9]+]],
# CHECK-NEXT: JumpIfFalse [[M]]
# CHECK-NEXT: Move e = [[E]]
# CHECK: Move [[V:t[0-9]+]] = e
# CHECK-NEXT: PopExc
# CHECK-NEXT: ClearReg e
# CHECK-NEXT: Return [[V]]
