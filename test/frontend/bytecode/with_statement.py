# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(m):
    with m as x:
        g()
# CHECK-LABEL: code f (m)
# CHECK-NEXT: LoadSpecial [[[ENTER:t[0-9]+]]..{{.*}}] = m, #0
# CHECK-NEXT: LoadSpecial [[[EXIT:t[0-9]+]]..[[SELF:t[0-9]+]]] = m, #1
# CHECK-NEXT: CallMethod x = [[[ENTER]]..{{.*}}], #0
# CHECK: WithExit {{.*}} = [[[EXIT]]..[[SELF]]], -
# CHECK: PushExc [[SAVED:t[0-9]+]] = [[E:t[0-9]+]]
# CHECK-NEXT: WithExit [[T:t[0-9]+]] = [[[EXIT]]..[[SELF]]], [[E]]
# CHECK-NEXT: JumpIfTrue [[T]]
# CHECK-NEXT: Reraise [[E]]
