import errno
import os

for code in (errno.ENOENT, errno.EACCES, errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.EPIPE, errno.EINTR, errno.ECHILD, errno.ETIMEDOUT, errno.EAGAIN, errno.ECONNREFUSED, errno.EINVAL):
    e = OSError(code, os.strerror(code), "name")
    print(type(e).__name__, e.errno == code, e, errno.errorcode[code])
print(type(OSError(errno.ENOENT)).__name__, OSError("x").errno, OSError(1, "m").filename, OSError(2, "m", "f", None, "g"), IOError is OSError, EnvironmentError is OSError)


class Mine(OSError):
    pass


print(type(Mine(errno.ENOENT, "m")).__name__, Mine(errno.ENOENT, "m").errno)
for path in ("missing/file", "/", "x" * 300):
    try:
        open(path, "w")
    except OSError as error:
        print(type(error).__name__, error.errno == getattr(errno, {"FileNotFoundError": "ENOENT", "IsADirectoryError": "EISDIR"}.get(type(error).__name__, "ENAMETOOLONG")))
