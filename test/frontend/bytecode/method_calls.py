# Methods are called without a bound method; super() without a super object.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
class A(B):
    def f(self, x):
        super().f(x, k=1)
        return self.g(x).h
# CHECK-LABEL: code A.f (self, x)
# CHECK-NEXT: LoadFree [free __class__] = #1
# CHECK-NEXT: LoadGlobal t2 = super
# CHECK-NEXT: LoadSuperMethod [t0..t1] = t2, free __class__, self, f
# CHECK-NEXT: Move t2 = x
# CHECK-NEXT: LoadConst t3 = 1
# CHECK-NEXT: CallMethodKw t0 = [t0..t3], #2, ('k',)
# CHECK-NEXT: LoadMethod [t0..t1] = self, g
# CHECK-NEXT: Move t2 = x
# CHECK-NEXT: CallMethod t0 = [t0..t2], #1
# CHECK-NEXT: LoadAttr t0 = t0, h
