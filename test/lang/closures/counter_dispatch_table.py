def machine():
    state = {"n": 0}
    history = []

    def step(name, amount):
        state["n"] += amount
        history.append((name, state["n"]))
        return state["n"]

    return {
        "up": lambda: step("up", 1),
        "down": lambda: step("down", -1),
        "history": lambda: tuple(history),
    }


m = machine()
for action in ["up", "up", "down", "up"]:
    m[action]()
print(m["history"]())
