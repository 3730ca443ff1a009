import os
import sys

names = [os.path.basename(folder) for folder in sys.path]
print(names[names.index("lib-dynload"):])
import importlib.util  # a line of a .pth file imports it too
import edited
import in_elsewhere
import in_named

print(edited.__name__, edited.Finder.__name__, in_named.text, in_elsewhere.text)
print(os.path.basename(sys.folder_of_line), sys.custom)
print(importlib.util.find_spec is __import__("importlib.util").util.find_spec, sys.line_imported)
