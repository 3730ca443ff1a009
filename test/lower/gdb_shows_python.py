# A debugger shows Python: breakpoints on lines, also of inlined code, the functions it was inlined into, the text of the program.
# REQUIRES: gdb
# RUN: %krait record --output %t.kprof %s
# RUN: %krait build %s --profile %t.kprof -o %t.exe
# RUN: gdb -nx -batch -ex "break gdb_shows_python.py:11" -ex run -ex bt -ex "info line" -ex list %t.exe | %FileCheck %s


def inlined(x):
    y = x + 5
    # The line that stops:
    return x * 3 + y * x


def loop(n):
    total = 0
    for i in range(n):
        total += inlined(i)
    return total


print(loop(10000))

# CHECK: Breakpoint 1.{{.*}}gdb_shows_python.py:11
# CHECK-NEXT: 11 {{.*}}return x * 3 + y * x
# CHECK-NEXT: #0 {{.*}}inlined () at {{.*}}gdb_shows_python.py:11
# CHECK-NEXT: #1 {{.*}}loop () at {{.*}}gdb_shows_python.py:17
# CHECK: Line 11 of "gdb_shows_python.py"
# CHECK: 14{{.*}}def loop(n):
