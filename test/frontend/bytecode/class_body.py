# A class body that a method refers to by __class__ returns its cell.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
class C:
    "doc"
    x: int = 1

    def m(self):
        return __class__
# CHECK-LABEL: code <module> ()
# CHECK-NEXT: LoadBuildClass t0
# CHECK-NEXT: MakeFunction t2 = <code C>
# CHECK-NEXT: LoadConst t3 = 'C'
# CHECK-NEXT: Call t0 = [t0..t3], #2
# CHECK-NEXT: StoreName C, t0
# CHECK-LABEL: code C ()
# CHECK-NEXT: MakeCell cell __class__
# CHECK-NEXT: LoadName t0 = __name__
# CHECK-NEXT: StoreName __module__, t0
# CHECK: StoreName __qualname__
# CHECK-NEXT: SetupAnnotations
# CHECK: StoreName __doc__
# CHECK: StoreName x
# CHECK: SetItem
# CHECK: StoreName __classcell__, cell __class__
# CHECK-NEXT: Return cell __class__
