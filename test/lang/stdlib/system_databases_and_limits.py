# pwd, grp, resource, fcntl, termios: look-ups, limits, locks and their errors.
import fcntl, grp, os, pwd, resource, struct, tempfile, termios

root = pwd.getpwuid(0)
print(root.pw_name, root[2], root == pwd.getpwnam("root"), type(root).__name__, root in pwd.getpwall())
for call in (lambda: pwd.getpwnam("no such user"), lambda: pwd.getpwuid(2**31 - 5), lambda: pwd.getpwuid("x"), lambda: grp.getgrgid("0"),
             lambda: grp.getgrnam("no such group"), lambda: pwd.getpwnam("a\0b"), lambda: pwd.getpwuid(2**70)):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
g = grp.getgrgid(0)
print(g.gr_name, g.gr_gid, g == grp.getgrnam(g.gr_name), grp.getgrnam(name=g.gr_name) in grp.getgrall())

soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
print(resource.getrlimit(resource.RLIMIT_CORE)[0], resource.RLIM_INFINITY, resource.getpagesize())
use = resource.getrusage(resource.RUSAGE_SELF)
print(len(use), use.ru_utime >= 0, use.ru_maxrss > 0, isinstance(use, tuple))
for call in (lambda: resource.getrlimit(1000), lambda: resource.getrusage(99), lambda: resource.setrlimit(resource.RLIMIT_CORE, (1,))):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)

with tempfile.TemporaryFile() as f:
    flags = fcntl.fcntl(f, fcntl.F_GETFD)
    print(flags & fcntl.FD_CLOEXEC, fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB), fcntl.flock(f.fileno(), fcntl.LOCK_UN))
    print(fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB, 10), fcntl.lockf(f, fcntl.LOCK_UN))
    try:
        fcntl.lockf(f, 0)
    except ValueError as e:
        print(e)
    try:
        termios.tcgetattr(f)
    except termios.error as e:
        print(type(e), e.args)
r, w = os.pipe()
os.write(w, b"12345")
room = bytearray(4)
print(fcntl.ioctl(r, termios.FIONREAD, room), struct.unpack("i", room), fcntl.ioctl(r, termios.FIONREAD, b"\0\0\0\0"))
try:
    fcntl.fcntl(-1, fcntl.F_GETFD)
except ValueError as e:
    print(e)
try:
    fcntl.fcntl("x", 1)
except TypeError as e:
    print(e)
