class Event:
    def __init__(self, when, name, action):
        self.when, self.name, self.action = when, name, action

    def __lt__(self, other):
        return (self.when, self.name) < (other.when, other.name)


import heapq

queue, log = [], []


def schedule(when, name, action):
    heapq.heappush(queue, Event(when, name, action))


def tick(now, n):
    log.append((now, n))
    if n:
        schedule(now + n, "tick%d" % n, lambda t: tick(t, n - 1))


schedule(0, "a", lambda t: tick(t, 3))
schedule(1, "b", lambda t: log.append((t, "b")))
schedule(1, "aa", lambda t: log.append((t, "aa")))
while queue:
    e = heapq.heappop(queue)
    e.action(e.when)
print(log)
