# Start-up: nothing but one line of output.
print("hello, world")
