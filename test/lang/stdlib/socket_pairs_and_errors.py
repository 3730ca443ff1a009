# socket: pairs, a server on the loopback, timeouts, datagrams, ancillary data, look-ups, errors; select.epoll.
import select, socket, threading

a, b = socket.socketpair()
print(a.family.name, a.type.name, a.send(b"hello"), b.recv(3), b.recv_into(buf := bytearray(10)), bytes(buf[:2]))
b.settimeout(0.01)
try:
    b.recv(1)
except TimeoutError as e:
    print(repr(e), b.gettimeout(), socket.timeout is TimeoutError)
b.setblocking(False)
try:
    b.recv(1)
except BlockingIOError as e:
    print(e, b.timeout)
print(a.sendmsg([b"x", b"yz"], []), b.recvmsg(10))
a.sendall(b"q" * 1000)
print(len(b.recv(2000)))
a.close()
print(a.fileno(), a, b.recv(5))
b.close()

server = socket.create_server(("127.0.0.1", 0))
def serve():
    conn, address = server.accept()
    with conn:
        while data := conn.recv(100):
            conn.sendall(data.upper())
thread = threading.Thread(target=serve)
thread.start()
with socket.create_connection(server.getsockname(), timeout=5) as c:
    c.sendall(b"abc")
    print(c.recv(10), c.getpeername() == server.getsockname())
thread.join()
server.close()

u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.bind(("127.0.0.1", 0))
u.sendto(b"self", u.getsockname())
data, sender = u.recvfrom(100)
print(data, sender == u.getsockname(), u.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_DGRAM)
for call in (lambda: u.bind(1), lambda: u.bind(("127.0.0.1",)), lambda: u.bind(("127.0.0.1", 70000)), lambda: u.recv(-1), lambda: u.send("x"),
             lambda: u.getpeername(), lambda: socket.inet_aton("x"), lambda: socket.inet_ntoa(b"1"), lambda: socket.getservbyname("no such"),
             lambda: socket.htons(70000), lambda: socket.socket(99), lambda: socket.if_nametoindex("nosuch"), lambda: u.settimeout(-1)):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
u.close()
print(socket.gethostbyname("127.0.0.1"), socket.inet_ntop(socket.AF_INET6, bytes(15) + b"\1"), socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM))

a, b = socket.socketpair()
with select.epoll() as e:
    e.register(b, select.EPOLLIN)
    print(e.poll(0), a.send(b"1"), e.poll(1) == [(b.fileno(), select.EPOLLIN)], e.closed)
    e.modify(b, 0)
    print(e.poll(0))
    e.unregister(b)
print(e.closed)
try:
    e.poll()
except ValueError as x:
    print(x)
a.close(), b.close()
