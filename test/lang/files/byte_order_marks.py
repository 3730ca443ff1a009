"""A mark of byte order stands at the start of a file only: appending, seeking, changing the encoding."""
import io
import tempfile

for encoding in "utf-16", "utf-32", "utf-8-sig":
    with tempfile.NamedTemporaryFile() as place:
        def content():
            with open(place.name, "rb") as stream:
                return stream.read()

        with open(place.name, "w", encoding=encoding) as stream:
            stream.write("aaa")
            end = stream.tell()
        with open(place.name, "a", encoding=encoding) as stream:
            stream.write("xxx")
        print(content())
        with open(place.name, "r+", encoding=encoding) as stream:
            stream.seek(end)
            stream.write("zzz")
            stream.seek(0)
            stream.write("bbb")
        print(content())
raw = io.BytesIO()
text = io.TextIOWrapper(raw, encoding="latin-1", newline="\n")
text.write("abc\n")
text.reconfigure(encoding="utf-8-sig")
text.write("d\xe9f\n")
text.flush()
print(raw.getvalue())
