class Node:
    def __init__(self, value):
        self.value = value
        self.next = None

    def append(self, value):
        self.next = Node(value)
        return self.next


head = Node(1)
head.append(2).append(3).append(4)
print(head.next.next.next.value)
head.next.next.value += 10
head.next.next.value **= 2
print(head.next.next.value)
print((1).real, 1.5.imag, "a-b".upper().split("-")[0].lower())
try:
    head.next.next.next.next.value
except AttributeError as error:
    print(error)
