import os
import sys

names = [os.path.basename(folder) for folder in sys.path]
print(names[names.index("lib-dynload"):])
import edited
import in_elsewhere
import in_named

print(edited.__name__, edited.Finder.__name__, in_named.text, in_elsewhere.text)
print(os.path.basename(sys.folder_of_line), sys.custom)
