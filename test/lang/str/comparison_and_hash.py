words = ["b", "a", "B", "aa", "", "é", "z", "日", "😀", "\uffff", "A"]
print(sorted(words), max(words), min(words))
print("a" < "b", "a" < "B", "" < "a", "abc" < "abd", "abc" < "ab", "Z" < "a", "\uffff" < "😀", "a" == "a", "é" == "e\u0301")
x = "".join(["he", "llo"])
print(x == "hello", hash(x) == hash("hello"), {x: 1}["hello"], x in {"hello"}, "hello" in [x])
print("a" == b"a", "a" != 1)
import sys

print(sys.intern(x) is sys.intern("hello"))
try:
    "a" < 1
except TypeError as error:
    print(error)
