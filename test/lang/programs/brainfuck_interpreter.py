def run(program, data=""):
    jumps, stack = {}, []
    for i, c in enumerate(program):
        if c == "[":
            stack.append(i)
        elif c == "]":
            j = stack.pop()
            jumps[i], jumps[j] = j, i
    tape, pos, pc, out, inp, steps = [0] * 100, 0, 0, [], iter(data), 0
    while pc < len(program):
        c = program[pc]
        if c == ">":
            pos += 1
        elif c == "<":
            pos -= 1
        elif c == "+":
            tape[pos] = (tape[pos] + 1) % 256
        elif c == "-":
            tape[pos] = (tape[pos] - 1) % 256
        elif c == ".":
            out.append(chr(tape[pos]))
        elif c == ",":
            tape[pos] = ord(next(inp, "\0"))
        elif c == "[" and not tape[pos] or c == "]" and tape[pos]:
            pc = jumps[pc]
        pc += 1
        steps += 1
    return "".join(out), steps


hello = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."
print(run(hello))
print(run(",[.,]", "echo"), run("+++[>+++<-]>[<+>-]<."))
try:
    run("]")
except IndexError as error:
    print(error)
