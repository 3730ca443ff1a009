def tokens(text):
    state = "start"
    out, word = [], ""
    for c in text + "\0":
        if state == "start":
            if c.isalpha():
                state, word = "word", c
            elif c.isdigit():
                state, word = "number", int(c)
            elif not c.isspace() and c != "\0":
                out.append(("op", c))
        elif state == "word":
            if c.isalnum():
                word += c
            else:
                out.append(("word", word))
                state = "start"
                if not c.isspace() and c != "\0":
                    out.append(("op", c))
        elif state == "number":
            if c.isdigit():
                word = word * 10 + int(c)
            elif c == ".":
                state, word = "fraction", [float(word), 0.1]
            else:
                out.append(("number", word))
                state = "start"
        else:
            if c.isdigit():
                word[0] += int(c) * word[1]
                word[1] /= 10
            else:
                out.append(("float", round(word[0], 6)))
                state = "start"
    return out


for _ in range(30):
    tokens("abc def ghi")
print(tokens("x1 = 42 + y*3.25"), tokens("99999999999999999999999"), tokens(""))
