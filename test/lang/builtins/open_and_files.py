import os

with open("data.txt", "w") as f:
    print(f.write("line one\nline two\n"), f.tell(), f.name, f.mode, f.closed)
    print("printed é", file=f)
print(f.closed)
with open("data.txt", encoding="utf-8") as f:
    print(f.readline(), f.read(4), repr(f.readline()), list(f), repr(f.read()))
with open("data.txt", "a+") as f:
    f.writelines(["x\n", "y"])
    f.seek(0)
    print(f.readlines())
with open("data.txt", "rb") as f:
    print(f.read(5), f.seek(-3, 2), f.read(), f.tell())
with open("bin.dat", "wb") as f:
    f.write(bytes(range(5)))
with open("bin.dat", "r+b") as f:
    f.seek(2)
    f.write(b"ZZ")
    f.seek(0)
    print(f.read())
for line in open("data.txt"):
    print(line.rstrip(), end=";")
print()
for bad in (lambda: open("missing.txt"), lambda: open("data.txt", "q"), lambda: open("data.txt", "x"), lambda: open("data.txt").write("x"), lambda: f.read(), lambda: open("data.txt", "rb", encoding="utf-8"), lambda: open("."), lambda: open("data.txt", "wb").write("str"), lambda: open("data.txt", "rw")):
    try:
        bad()
    except (OSError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
os.remove("data.txt")
os.remove("bin.dat")
print(os.path.exists("data.txt"))
