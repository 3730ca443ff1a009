import os
import os.path as p

print(p.join("a", "b", "/c", "d"), p.join("a/", "b"), p.join("", "x"), p.split("/a/b/c"), p.split("a/"), p.splitext("x.tar.gz"), p.splitext(".bashrc"), p.basename("/a/b"), p.dirname("/a/b"), p.normpath("a/../b//./c/"), p.normpath(""), p.isabs("/x"), p.commonpath(["/a/b/c", "/a/b/d"]), p.commonprefix(["abc", "abd"]), p.relpath("/a/b", "/a/c"), p.expanduser("x"), p.splitdrive("/a"))
os.mkdir("dir")
os.makedirs("dir/sub/deep")
open("dir/f.txt", "w").close()
print(sorted(os.listdir("dir")), p.exists("dir/f.txt"), p.isdir("dir"), p.isfile("dir"), p.getsize("dir/f.txt"), [(os.path.basename(r), sorted(d), sorted(f)) for r, d, f in os.walk("dir")], sorted(e.name for e in os.scandir("dir")))
os.rename("dir/f.txt", "dir/g.txt")
os.remove("dir/g.txt")
os.removedirs("dir/sub/deep")
print(p.exists("dir"), os.sep, os.linesep == "\n", os.name, os.curdir, os.fspath("x"), os.environ.get("NOT_SET_AT_ALL", "default"), os.getcwd() == p.abspath("."))
for bad in (lambda: os.listdir("missing"), lambda: os.remove("missing"), lambda: os.mkdir("/"), lambda: os.rmdir("missing"), lambda: p.join("a", 5), lambda: os.stat("missing"), lambda: p.commonpath([]), lambda: p.exists(None)):
    try:
        print(bad())
    except (OSError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
os.environ["MADE_UP"] = "value"
print(os.environ["MADE_UP"], os.getenv("MADE_UP"))
