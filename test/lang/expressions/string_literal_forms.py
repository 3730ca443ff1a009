print('a' "b" 'c', r"\n" "\n".strip() + "|", """x
y""", '''"q"''')
print("\x41\u00e9\U0001F600\N{BULLET}\101\0end".encode("unicode_escape"))
print(b"\x00\xff\101" rb"\d", b'a' b"b")
print("a\
b", "tab\there", '\'', "\"", '\\')
print(len("\N{GREEK SMALL LETTER ALPHA}"), "\a\b\f\v\r".encode())
print(u"u-prefix", R"\raw", bR"\x")
