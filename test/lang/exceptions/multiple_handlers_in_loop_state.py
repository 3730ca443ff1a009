def process(items):
    state = {"ok": 0, "retry": 0, "fail": []}
    queue = list(items)
    attempts = {}
    while queue:
        item = queue.pop(0)
        try:
            attempts[item] = attempts.get(item, 0) + 1
            if item % 5 == 0:
                raise RuntimeError("never works")
            if item % 3 == 0 and attempts[item] < 3:
                raise TimeoutError(item)
            if item < 0:
                raise ValueError(item)
        except TimeoutError as error:
            state["retry"] += 1
            queue.append(error.args[0])
        except (ValueError, RuntimeError) as error:
            state["fail"].append((item, type(error).__name__))
            if len(state["fail"]) > 3:
                break
        else:
            state["ok"] += 1
            continue
        finally:
            state["last"] = item
    return state, attempts


print(process([1, 2, 3, 5, -1, 6, 7]))
print(process(range(0, 40, 5)))
print(process([]))
