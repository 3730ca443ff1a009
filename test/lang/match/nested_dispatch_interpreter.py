def evaluate(node, env):
    match node:
        case int() | float():
            return node
        case str(name) if name in env:
            return env[name]
        case str(name):
            raise NameError(name)
        case ["let", [*bindings], body]:
            inner = dict(env)
            for name, value in bindings:
                inner[name] = evaluate(value, inner)
            return evaluate(body, inner)
        case ["if", test, then, other]:
            return evaluate(then if evaluate(test, env) else other, env)
        case ["fn", [*params], body]:
            return lambda *args: evaluate(body, {**env, **dict(zip(params, args))})
        case [("+" | "-" | "*" | "<") as op, left, right]:
            a, b = evaluate(left, env), evaluate(right, env)
            match op:
                case "+": return a + b
                case "-": return a - b
                case "*": return a * b
                case "<": return a < b
        case [function, *args]:
            return evaluate(function, env)(*[evaluate(a, env) for a in args])
        case _:
            raise SyntaxError(repr(node))


print(evaluate(["+", 1, ["*", 2, 3]], {}), evaluate(["let", [["x", 5], ["y", ["+", "x", 1]]], ["*", "x", "y"]], {}))
env = {"print": print}
env["fact"] = evaluate(["fn", ["n"], ["if", ["<", "n", 2], 1, ["*", "n", ["fact", ["-", "n", 1]]]]], env)
env["fact"] = lambda n: evaluate(["if", ["<", "n", 2], 1, ["*", "n", ["fact", ["-", "n", 1]]]], {**env, "n": n})
print(evaluate(["fact", 20], env), evaluate([["fn", ["a", "b"], ["-", "a", "b"]], 10, 4], env))
for bad in ("nope", {}, ["+", 1], [5, 1]):
    try:
        print(evaluate(bad, {}))
    except (NameError, SyntaxError, TypeError) as error:
        print(type(error).__name__, error)
