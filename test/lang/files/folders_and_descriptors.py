import os, time

os.makedirs("q/w/e", exist_ok=True)
print(sorted(os.listdir("q")), list(os.walk("q")))
with open("q/f", "w") as f:
    f.write("12345")
for entry in sorted(os.scandir("q"), key=lambda e: e.name):
    print(entry, entry.is_dir(), entry.is_file(), entry.is_symlink(), entry.path)
print(os.stat("q/f").st_size, os.path.isdir("q"), os.path.isfile("q"))
os.rename("q/f", "q/g")
os.symlink("g", "q/h")
print(os.readlink("q/h"), os.path.islink("q/h"), os.lstat("q/h").st_size)
os.chmod("q/g", 0o600)
print(oct(os.stat("q/g").st_mode))
os.utime("q/g", (1000, 2000.5))
print(os.stat("q/g").st_mtime, os.stat("q/g").st_atime_ns)
os.truncate("q/g", 2)
print(open("q/g").read())
os.remove("q/g"), os.remove("q/h"), os.removedirs("q/w/e")
for call in (lambda: os.stat("none"), lambda: os.rename("none", "x"), lambda: os.mkdir("/"), lambda: os.stat(1.5), lambda: os.rmdir("a\0b"),
             lambda: os.close(-1), lambda: os.chdir(None), lambda: os.fspath(3)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
r, w = os.pipe()
print(os.write(w, b"xyz"), os.read(r, 10))
os.close(r), os.close(w)
pid = os.fork()
if pid == 0:
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
print(time.gmtime(0), time.strftime("%Y-%m-%d", time.gmtime(1e9)), time.asctime(time.gmtime(12345)))
