# Modules in C that are going away name the line that imports them.
import os
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    import audioop
    import spwd
for one in caught:
    print(one.category.__name__, one.message, os.path.basename(one.filename), one.lineno)
