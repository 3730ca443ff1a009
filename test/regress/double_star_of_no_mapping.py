# A display took whatever dict.update takes.
for value in (5, [1, 2], None):
    try:
        {**value}
    except TypeError as error:
        print(error)
