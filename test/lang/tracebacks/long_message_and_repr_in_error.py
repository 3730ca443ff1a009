# uncaught
class LongRepr:
    def __repr__(self):
        return "R" * 300


try:
    {}[LongRepr()]
except KeyError as error:
    print(len(str(error)))
raise ValueError("x" * 200, LongRepr(), ["nested", {"k": 1}])
