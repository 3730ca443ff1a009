# group: object; quick: 1
# A small operating system kernel: tasks with priorities exchange packets through queues. An idle task wakes two device
# tasks, a worker fills packets, two handlers carry them to the devices. (The simulation known as Richards, written afresh.)
import sys

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
DEVICE_PACKET, WORK_PACKET = 0, 1
BUFFER = 4


class Packet:
    def __init__(self, link, identity, kind):
        self.link = link
        self.identity = identity
        self.kind = kind
        self.index = 0
        self.data = [0] * BUFFER

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, kernel, identity, priority, queue):
        self.kernel = kernel
        self.identity = identity
        self.priority = priority
        self.queue = queue
        self.held = False
        self.waiting = queue is None
        self.pending = queue is not None
        self.next = kernel.tasks
        kernel.tasks = self
        kernel.table[identity] = self

    def blocked(self):
        return self.held or (self.waiting and not self.pending)

    def receive(self, packet, sender):
        if self.queue is None:
            self.queue = packet
            self.pending = True
            if self.priority > sender.priority:
                return self
        else:
            packet.append_to(self.queue)
        return sender

    def take(self):
        packet = self.queue
        if packet is not None and self.pending:
            self.queue = packet.link
            self.pending = self.queue is not None
            self.waiting = False
            return packet
        return None

    def resume(self):
        packet = None
        if self.waiting and self.pending:
            packet = self.take()
        return self.step(packet)

    def wait(self):
        self.waiting = True
        return self

    def step(self, packet):
        raise NotImplementedError


class Idle(Task):
    def __init__(self, kernel, rounds):
        super().__init__(kernel, IDLE, 0, None)
        self.waiting = False
        self.control = 1
        self.rounds = rounds

    def step(self, packet):
        self.rounds -= 1
        if self.rounds == 0:
            return self.kernel.hold(self)
        if self.control & 1 == 0:
            self.control //= 2
            return self.kernel.release(DEVICE_A, self)
        self.control = self.control // 2 ^ 0xD008
        return self.kernel.release(DEVICE_B, self)


class Worker(Task):
    def __init__(self, kernel, priority, queue):
        super().__init__(kernel, WORKER, priority, queue)
        self.destination = HANDLER_A
        self.letter = 0

    def step(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.identity = self.destination
        packet.index = 0
        for i in range(BUFFER):
            self.letter += 1
            if self.letter > 26:
                self.letter = 1
            packet.data[i] = 64 + self.letter
        return self.kernel.send(packet, self)


class Handler(Task):
    def __init__(self, kernel, identity, priority, queue):
        super().__init__(kernel, identity, priority, queue)
        self.work = None
        self.devices = None

    def step(self, packet):
        if packet is not None:
            if packet.kind == WORK_PACKET:
                self.work = packet.append_to(self.work)
            else:
                self.devices = packet.append_to(self.devices)
        work = self.work
        if work is None:
            return self.wait()
        if work.index >= BUFFER:
            self.work = work.link
            return self.kernel.send(work, self)
        device = self.devices
        if device is None:
            return self.wait()
        self.devices = device.link
        device.data[0] = work.data[work.index]
        work.index += 1
        return self.kernel.send(device, self)


class Device(Task):
    def __init__(self, kernel, identity, priority):
        super().__init__(kernel, identity, priority, None)
        self.in_work = None

    def step(self, packet):
        if packet is None:
            done = self.in_work
            if done is None:
                return self.wait()
            self.in_work = None
            return self.kernel.send(done, self)
        self.in_work = packet
        return self.kernel.hold(self)


class Kernel:
    def __init__(self):
        self.tasks = None
        self.table = [None] * 6
        self.sent = 0
        self.held = 0

    def send(self, packet, sender):
        target = self.table[packet.identity]
        self.sent += 1
        packet.link = None
        packet.identity = sender.identity
        return target.receive(packet, sender)

    def hold(self, task):
        self.held += 1
        task.held = True
        return task.next

    def release(self, identity, current):
        task = self.table[identity]
        task.held = False
        return task if task.priority > current.priority else current

    def run(self):
        task = self.tasks
        while task is not None:
            if task.blocked():
                task = task.next
            else:
                task = task.resume()


def simulate(rounds):
    kernel = Kernel()
    Idle(kernel, rounds)
    queue = Packet(None, WORKER, WORK_PACKET)
    queue = Packet(queue, WORKER, WORK_PACKET)
    Worker(kernel, 1000, queue)
    for handler, device, priority in ((HANDLER_A, DEVICE_A, 2000), (HANDLER_B, DEVICE_B, 3000)):
        queue = None
        for _ in range(3):
            queue = Packet(queue, device, DEVICE_PACKET)
        Handler(kernel, handler, priority, queue)
    Device(kernel, DEVICE_A, 4000)
    Device(kernel, DEVICE_B, 5000)
    kernel.run()
    return kernel.sent, kernel.held


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    for _ in range(rounds):
        sent, held = simulate(10000)
    print(sent, held)


main()
