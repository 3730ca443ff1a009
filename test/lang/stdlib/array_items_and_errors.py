# array: type codes and their limits, slices, buffers, pickling, errors.
import array
from array import array as A
def t(f,*a,**k):
    try: print(repr(f(*a,**k)))
    except (BaseException, BufferError) as e: print(type(e).__name__, e)
for c in A('B',b'bBhHiIlLqQfdu'):
    c=chr(c)
    for v in (10**30, -10**30, 300, -1, -300, 2**33, 1.5, 'x', 'xy', None, b'a'):
        print(c, repr(v), end=' '); t(lambda: A(c,[v]))
a=A('i',[1,2,3,4])
for s in ('a[10]','a["x"]','a.pop(9)','A("i").pop()','a.index(9)','a.remove(9)','a.index(2,2)','a[1:3]','a[::2]','a+[1]','a+A("h",[1])','a*2','a*-1','2*a','a==A("d",[1,2,3,4])','a<A("i",[1,3])','a.append("x")','a.extend([1,"x"])','a.extend(A("h",[1]))','a.fromlist((1,))','a.fromlist([7,"x"])','a.frombytes(b"abc")','a.frombytes("abc")','a.frombytes(b"abcd")','a.fromunicode("x")','a.tounicode()','A("u","ab").tounicode()','repr(A("u","ab"))','repr(A("b"))','a.byteswap()','A("x")','A("ii")','A()','A(1)','A("i","ab")','A("b","ab")','A("u",A("i"))','A("i",A("u"))','A("b",b"ab")','A("b",bytearray(b"ab"))','A("u",b"ab")','A("i",5)','A("i",x=1)','a.insert(1,"x")','a.insert(-100,5)','a.__reduce_ex__(2)','a.__reduce_ex__(3)','A("u","ab").__reduce_ex__(3)','a.buffer_info()[1]','a[0]="x"','a.__setitem__(0,"x")','a.__setitem__(slice(0,2),[1])','a.__setitem__(slice(0,2),A("h"))','a.__setitem__(slice(0,4,2),A("i",[1]))','a.__setitem__("x",1)','a.__delitem__(99)','a.__delitem__("x")','array._array_reconstructor(A,"i",8,b"1234")','array._array_reconstructor(A,"i",99,b"1234")','array._array_reconstructor(int,"i",9,b"1234")','array._array_reconstructor(A,"q",8,b"1234")','array._array_reconstructor(A,"x",8,b"1234")','array._array_reconstructor(A,"q",8,b"123")','array._array_reconstructor(A,"i",8,"s")','iter(a).__reduce__()','a.__class_getitem__(int)','a.fromfile(open("/dev/null","rb"),3)','a.fromfile(1,3)','a.fromfile(open("/dev/null","rb"),-1)','a.tofile(3)','a.extend(5)','A("i",[1]).__copy__()','hash(a)','memoryview(a).format','memoryview(A("u","a")).format','a.count(1.0)','1 in a','a.tolist()','A.__text_signature__','a.__contains__("x")', 'A("f",[1.1])','A("u","a").__imul__(3)','a.__iadd__([1])','A("u","x").append("yz")', 'A("u","\\U0010ffff\\ud800")', 'a.__sizeof__()-A("i").__sizeof__()', 'type(A("i")).__module__'):
 print(s,'->',end=' '); t(eval,s,globals())
m=memoryview(a)
t(a.append,1); t(a.pop); t(a.extend,[1]); t(a.frombytes,b'abcd'); a[0]=5
t(a.__iadd__, A('i',[1])); t(a.__imul__, 2); t(a.__delitem__,0); t(a.byteswap)
