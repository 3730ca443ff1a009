print("hello", 1, 2.5, sep="-")
f = open("x.txt", "w")
print(f)
f.write("abc\ndéf\r\nxyz")
print(f.tell())
f.close()
print(f.closed, f)
with open("x.txt") as f:
    for line in f: print(repr(line))
with open("x.txt", newline="") as f:
    print(f.readlines(), f.newlines)
with open("x.txt", "rb") as f:
    print(f, f.read(3), f.tell(), f.readline(), f.peek(), f.seek(2), f.readlines())
try: open("/nonexist")
except OSError as e: print(repr(e), e)
try: open("x.txt", "q")
except ValueError as e: print(e)
with open("x.txt") as f:
    print(f.read(2)); p = f.tell(); print(p); print(repr(f.readline())); print(f.tell()); print(repr(f.readline())); print(f.tell()); f.seek(p); print(repr(f.read()))
    try: f.write("s")
    except Exception as e: print(type(e), e)
f = open("y.txt", "w+"); f.write("line1\nline2\n"); f.seek(0); print(f.readline()); f.write("more\n"); f.seek(0); print(f.read())
f.close()
