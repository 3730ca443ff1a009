import json

for text in ('{"a": [1, 2.5, -3e2, null, true, false], "b": {"c": "x\\n\\u00e9\\ud83d\\ude00"}}', "[]", "5", '"s"', " [1 , 2 ] ", "1e400", "-0", "-0.0", '{"a": 1, "a": 2}', "NaN", "[-Infinity]", '"\\/"', "12345678901234567890123"):
    print(json.loads(text))
for text in ("", "[1, ]", "{'a': 1}", '{"a" 1}', '{"a": }', "[1 2]", "nul", '"abc', '"\n"', "01", "1.", "{1: 2}", "[1] x", '"\\x"', '"\\u12"', "\x00", "[", '{"a": 1,}', "--1", "\ufeff1"):
    try:
        print(json.loads(text))
    except json.JSONDecodeError as error:
        print(type(error).__name__, error, error.pos, error.lineno, error.colno)
print(json.loads('{"a": 1.5}', parse_float=str), json.loads("[1]", parse_int=lambda s: s + "!"), json.loads('{"k": {"j": 1}}', object_hook=lambda d: sorted(d)), json.loads('{"b": 1, "a": 2}', object_pairs_hook=list), json.loads(b'["bytes"]'), json.loads(bytearray(b"1")))
try:
    json.loads(5)
except TypeError as error:
    print(error)
data = {"k": [1, {"x": [None, "é"]}], "z": 1.25}
print(json.loads(json.dumps(data)) == data)
