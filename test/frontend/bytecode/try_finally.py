# A finally body is copied for each way out; the handler's copy ends in Reraise, and its cleanup restores what was handled.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(x):
    try:
        return g()
    finally:
        h()
# CHECK-LABEL: code f (x)
# CHECK: [[START:L[0-9]+]]:
# CHECK-NEXT: LoadGlobal [[R:t[0-9]+]] = g
# CHECK-NEXT: Call [[R]] =
# CHECK-NEXT: [[END:L[0-9]+]]:
# CHECK-NEXT: LoadGlobal [[F:t[0-9]+]] = h
# CHECK-NEXT: Call [[F]]
# CHECK-NEXT: Return [[R]]
# CHECK-NEXT: [[HANDLER:L[0-9]+]]:
# CHECK-NEXT: PushExc [[SAVED:t[0-9]+]] = [[E:t[0-9]+]]
# CHECK-NEXT: LoadGlobal
# CHECK-NEXT: Call
# CHECK-NEXT: Reraise [[E]]
# CHECK-NEXT: [[CLEANUP:L[0-9]+]]:
# CHECK-NEXT: PopExc [[SAVED]]
# CHECK-NEXT: Reraise [[SECOND:t[0-9]+]]
# CHECK: handler [[START]] to [[END]] -> [[HANDLER]] [[E]]
# CHECK-NEXT: handler [[HANDLER]] to [[CLEANUP]] -> [[CLEANUP]] [[SECOND]]
