# Nothing: the contents of frozen modules that only have to be there.
