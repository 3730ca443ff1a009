# An int past 64 bits formatted as a character is too large for C, not merely out of range.
for value in (10**25, -1, 0x110000):
    try:
        format(value, 'c')
    except OverflowError as error:
        print(error)
