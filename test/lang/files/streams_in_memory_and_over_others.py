import _io

with open("a.py", "w") as f:
    f.write("text")
print(_io.open is open, open.__module__)
b=_io.BytesIO(b"ab\ncd"); print(list(b), b.getvalue(), b.seek(1), b.write(b"ZZ"), b.getvalue()); m=b.getbuffer(); 
try: b.write(b"x"*100)
except BufferError as e: print(e)
s=_io.StringIO(); print("x", 2, file=s); s.write("é\u1234"); print(ascii(s.getvalue()), s.tell()); s.seek(0); print(s.readlines())
s=_io.StringIO("a\r\nb\rc\n", newline=None); print(list(s), s.newlines)
class R(_io._RawIOBase):
    def __init__(self): self.d=b"one\ntwo\nthree"*1000
    def readable(self): return True
    def readinto(self, b):
        n=min(len(b),len(self.d)); b[:n]=self.d[:n]; self.d=self.d[n:]; return n
br=_io.BufferedReader(R()); print(br.readline(), br.read(5), len(br.read()), br.closed)
t=_io.TextIOWrapper(_io.BufferedReader(R())); print(t.readline(), len(t.read()), t.encoding, t)
try: _io.UnsupportedOperation; _io._IOBase().fileno()
except OSError as e: print(type(e), e, type(e).__mro__)
d=_io.IncrementalNewlineDecoder(None, True); print(repr(d.decode("a\r")), repr(d.decode("\nb\r")), repr(d.decode("",True)), d.newlines, d.getstate())
try: open("a.py","rb").write(b"")
except Exception as e: print(type(e), e)
for a in [("x","rb",-1,"utf8"),("x","r",0),("x","rwb"),("x","rtb"),(1.5,),("a\0b",),("x","U")]:
    try: open(*a)
    except Exception as e: print(type(e).__name__, e)
class T(_io.TextIOWrapper):
    def write(self, s): return super().write(s.upper())
bb=_io.BytesIO(); t=T(bb, encoding="utf-8", newline="\r\n"); print("abc", file=t); t.flush(); print(bb.getvalue()); t.detach()
try: t.write("s")
except ValueError as e: print(e)
