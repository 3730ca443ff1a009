"""_asyncio._all_tasks: tasks of _asyncio's own class, which it keeps itself, and those of other classes that registered themselves."""

from weakref import WeakSet


class TaskSet(WeakSet):
    def __init__(self, native):
        super().__init__()
        self._native = native

    def __iter__(self):
        yield from self._native()
        yield from super().__iter__()

    def __len__(self):
        return len(self._native()) + super().__len__()

    def __contains__(self, task):
        return any(task is other for other in self._native()) or super().__contains__(task)
