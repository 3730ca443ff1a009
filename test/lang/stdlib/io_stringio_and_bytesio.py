import io

s = io.StringIO("line one\nline two\nthree")
print(s.readline(), s.tell(), s.read(4), list(s), s.read(), s.seek(0), s.readlines(), s.getvalue()[:4])
s.seek(5)
s.write("ONE")
s.truncate(9)
print(repr(s.getvalue()), s.closed)
w = io.StringIO(newline=None)
w.write("a\r\nb\rc\n")
print(repr(w.getvalue()))
b = io.BytesIO(b"abc")
print(b.read(2), b.getvalue(), b.seek(0, 2), b.write(b"de"), b.getvalue(), b.readable(), b.seekable(), b.getbuffer()[0], b.read1())
t = io.TextIOWrapper(io.BytesIO("é\nx\r\ny".encode()), encoding="utf-8")
print(t.readlines(), t.encoding, t.newlines)
br = io.BufferedReader(io.BytesIO(b"0123456789"), 4)
print(br.peek(2)[:2], br.read(3), br.read1(2), br.readline(), br.tell())
for bad in (lambda: s.write(b"x"), lambda: b.write("x"), lambda: s.seek(-1), lambda: s.seek(1, 1), lambda: io.StringIO(5), lambda: io.BytesIO("x"), lambda: b.seek(-99), lambda: (s.close(), s.read())):
    try:
        bad()
    except (TypeError, ValueError, OSError) as error:
        print(type(error).__name__, error)
