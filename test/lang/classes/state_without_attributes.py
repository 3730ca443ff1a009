"""The state of an object without attributes is None, so that __setstate__ is not called when it is copied or pickled."""
import copy
import pickle


class C:
    def __setstate__(self, state):
        print("state", state)
        self.__dict__.update(state or {})


class S:
    __slots__ = "a", "__dict__"


c = C()
print(c.__getstate__(), c.__reduce_ex__(2)[2])
copy.copy(c)
pickle.loads(pickle.dumps(c))
c.x = 1
print(c.__getstate__())
copy.copy(c)
del c.x
print(c.__getstate__())
s = S()
print(s.__getstate__())
s.a = 1
print(s.__getstate__())
s.b = 2
print(s.__getstate__())
