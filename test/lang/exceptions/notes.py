e = ValueError("base")
e.add_note("note one")
e.add_note("note two\nwith line")
print(e.__notes__, str(e))
try:
    e.add_note(5)
except TypeError as error:
    print(error)
print(hasattr(ValueError(), "__notes__"))
import traceback

print("".join(traceback.format_exception_only(ValueError, e)))
e.__notes__ = "not a list"
print("".join(traceback.format_exception_only(ValueError, e)))
