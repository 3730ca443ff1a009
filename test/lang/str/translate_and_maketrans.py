t = str.maketrans("abc", "xyz", "d")
print("aabbccdd".translate(t), t)
print("hello".translate({104: "J", 108: None, 111: 48}), "x".translate({}), str.maketrans({"a": "b", 99: None}))


class Map:
    def __getitem__(self, k):
        if k < 100:
            raise LookupError
        return chr(k).upper()


print("abcdefg".translate(Map()))
for bad in (lambda: str.maketrans("ab", "x"), lambda: str.maketrans(5), lambda: str.maketrans({"ab": 1}), lambda: "a".translate({97: 1.5}), lambda: "a".translate({97: 0x110000})):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
