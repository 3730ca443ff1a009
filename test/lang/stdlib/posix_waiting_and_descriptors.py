# os: waiting with details, event descriptors, splice, scheduling parameters, vectors of buffers at a position.
import os, tempfile

pid = os.fork()
if pid == 0:
    os._exit(7)
p, status, used = os.wait4(pid, 0)
print(p == pid, os.waitstatus_to_exitcode(status), type(used).__name__, used.ru_utime >= 0)
pid = os.fork()
if pid == 0:
    os._exit(3)
r = os.waitid(os.P_PID, pid, os.WEXITED)
print(r.si_pid == pid, r.si_status, r.si_code == os.CLD_EXITED, len(r))
try:
    os.wait3(0)
except ChildProcessError as e:
    print(e)

fd = os.eventfd(2)
os.eventfd_write(fd, 5)
print(os.eventfd_read(fd), os.get_inheritable(fd))
os.close(fd)
try:
    os.eventfd(-1)
except ValueError as e:
    print(e)

r, w = os.pipe()
with tempfile.TemporaryFile() as f:
    f.write(b"0123456789")
    f.flush()
    print(os.splice(f.fileno(), w, 5, offset_src=3), os.read(r, 10))
    a, b = bytearray(2), bytearray(3)
    print(os.preadv(f.fileno(), [a, b], 1), a, b, os.pwritev(f.fileno(), [b"xx", b"y"], 0), os.pread(f.fileno(), 5, 0))
    try:
        os.splice(f.fileno(), w, -5)
    except ValueError as e:
        print(e)
print(os.sched_getparam(0), os.sched_param(sched_priority=3), os.sched_rr_get_interval(0) >= 0)
for call in (lambda: os.sched_param(), lambda: os.sched_setparam(0, 5), lambda: os.setreuid("x", 1), lambda: os.setgroups(5), lambda: os.tcgetpgrp(r),
             lambda: os.getgrouplist(5, 0)):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
print(0 in os.getgrouplist("root", 0))
master, slave = os.openpty()
print(os.isatty(slave))
