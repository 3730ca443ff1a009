// _socket.h - the module _socket: sockets and the look-up of addresses and names.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct Socket : Object {
  int32_t fd; // -1: closed
  int32_t family, type, protocol;
  int64_t timeout; // nanoseconds; negative: wait for ever, 0: do not wait
};

KRT_MODULE(_socket,
           "Implementation module for socket operations.\n\nSee the socket module for documentation.");
KRT_CLASS(socket, "socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object\nsocket(family=-1, "
                  "type=-1, proto=-1, fileno=None) -> socket object\n\n"
                  "Open a socket of the given type.  The family argument specifies the\naddress family; it "
                  "defaults to AF_INET.  The type argument specifies\n"
                  "whether this is a stream (SOCK_STREAM, this is the default)\nor datagram (SOCK_DGRAM) "
                  "socket.  The protocol argument defaults to 0,\nspecifying the default protocol.");

extern "C" {
extern Class krt_socket_class;
KRT_MODULE_INIT(_socket, KRT_RAISES, KRT_COLLECTS) bool krt__socket_init(Module *module);

/// Look up addresses: a list of (family, type, proto, canonical name, address).
KRT_FUNCTION(_socket, "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)", KRT_RUNS_PY,
             KRT_NO_SIGNATURE)
Value krt__socket_getaddrinfo_py(Value host, Value port, int family, int type, int protocol, int flags);
/// Look up the names of an address: (host, port).
KRT_FUNCTION(_socket, "getnameinfo(sockaddr, flags, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_getnameinfo_py(Value address, int flags);
/// Return the IPv4 address of a host.
KRT_FUNCTION(_socket, "gethostbyname(host, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_gethostbyname_py(Value host);
/// Return the name, aliases and addresses of a host, given its name.
KRT_FUNCTION(_socket, "gethostbyname_ex(host, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_gethostbynameEx_py(Value host);
/// Return the name, aliases and addresses of a host, given its name or address.
KRT_FUNCTION(_socket, "gethostbyaddr(host, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_gethostbyaddr_py(Value host);
/// Return the name of this machine.
KRT_FUNCTION(_socket, "gethostname()", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt__socket_gethostname_py();
/// Set the name of this machine.
KRT_FUNCTION(_socket, "sethostname(name, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_sethostname_py(Value name);
/// Return the port of a service.
KRT_FUNCTION(_socket, "getservbyname(servicename, protocolname=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_getservbyname_py(Str *service, Str *protocol);
/// Return the service of a port.
KRT_FUNCTION(_socket, "getservbyport(port, protocolname=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_getservbyport_py(int port, Str *protocol);
/// Return the number of a protocol.
KRT_FUNCTION(_socket, "getprotobyname(name, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__socket_getprotobyname(Str *name);
/// Return two connected sockets.
KRT_FUNCTION(_socket, "socketpair(family=1, type=1, proto=0, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__socket_socketpair(int family, int type, int protocol);
/// Duplicate a socket descriptor.
KRT_FUNCTION(_socket, "dup(integer, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt__socket_dup_py(int fd);
/// Close a socket descriptor.
KRT_FUNCTION(_socket, "close(integer, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt__socket_close_py(int fd);
/// Convert a 16-bit integer from network to host byte order.
KRT_FUNCTION(_socket, "ntohs(x, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt__socket_ntohs_py(Value x);
/// Convert a 16-bit integer from host to network byte order.
KRT_FUNCTION(_socket, "htons(x, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt__socket_htons_py(Value x);
/// Convert a 32-bit integer from network to host byte order.
KRT_FUNCTION(_socket, "ntohl(x, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__socket_ntohl(Value x);
/// Convert a 32-bit integer from host to network byte order.
KRT_FUNCTION(_socket, "htonl(x, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__socket_htonl(Value x);
/// Convert an IPv4 address from text to 4 bytes.
KRT_FUNCTION(_socket, "inet_aton(string, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__socket_inetAton(Str *text);
/// Convert an IPv4 address from 4 bytes to text.
KRT_FUNCTION(_socket, "inet_ntoa(packed_ip, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_inetNtoa_py(Value packed);
/// Convert an address from text to bytes.
KRT_FUNCTION(_socket, "inet_pton(af, ip, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__socket_inetPton(int family, Str *text);
/// Convert an address from bytes to text.
KRT_FUNCTION(_socket, "inet_ntop(af, packed_ip, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_inetNtop_py(int family, Value packed);
/// Return the default timeout in seconds of new sockets, or None.
KRT_FUNCTION(_socket, "getdefaulttimeout()", KRT_NO_SIGNATURE) Value krt__socket_getdefaulttimeout();
/// Set the default timeout of new sockets.
KRT_FUNCTION(_socket, "setdefaulttimeout(timeout, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_setdefaulttimeout_py(Value timeout);
/// Return the (index, name) pairs of the network interfaces.
KRT_FUNCTION(_socket, "if_nameindex()", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__socket_ifNameindex();
/// Return the index of a network interface.
KRT_FUNCTION(_socket, "if_nametoindex(name, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__socket_ifNametoindex_py(Value name);
/// Return the name of a network interface.
KRT_FUNCTION(_socket, "if_indextoname(if_index, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__socket_ifIndextoname(Value index);
/// Return the length, without trailing padding, of an ancillary data item with data of the given length.
KRT_FUNCTION(_socket, "CMSG_LEN(length, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__socket_cmsgLen(int64_t length);
/// Return the room for an ancillary data item with data of the given length.
KRT_FUNCTION(_socket, "CMSG_SPACE(length, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__socket_cmsgSpace(int64_t length);

KRT_INIT(socket, "socket(family=-1, type=-1, proto=-1, fileno=None)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
int krt_socket_setUp_py(Value self, int family, int type, int protocol, Value fileno);
/// Wait for a connection: (descriptor, address).
KRT_METHOD(socket, "_accept(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_socket_accept_py(Value self);
/// Bind the socket to a local address.
KRT_METHOD(socket, "bind(self, address, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_bind_py(Value self, Value address);
/// Close the socket.
KRT_METHOD(socket, "close(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_socket_close_py(Value self);
/// Connect the socket to a remote address.
KRT_METHOD(socket, "connect(self, address, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_connect_py(Value self, Value address);
/// Like connect(), but return the error number instead of raising an exception.
KRT_METHOD(socket, "connect_ex(self, address, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_connectEx_py(Value self, Value address);
/// Close the object without closing the descriptor, which is returned.
KRT_METHOD(socket, "detach(self, /)", KRT_NO_SIGNATURE) Value krt_socket_detach(Value self);
/// Return the descriptor.
KRT_METHOD(socket, "fileno(self, /)", KRT_NO_SIGNATURE) Value krt_socket_fileno(Value self);
/// Return the address of the remote end.
KRT_METHOD(socket, "getpeername(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_getpeername_py(Value self);
/// Return the own address.
KRT_METHOD(socket, "getsockname(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_getsockname_py(Value self);
/// Get an option: an integer, or bytes if buffersize is not 0.
KRT_METHOD(socket, "getsockopt(self, level, option, buffersize=0, /)", KRT_RAISES, KRT_COLLECTS,
           KRT_NO_SIGNATURE)
Value krt_socket_getsockopt(Value self, int level, int option, int size);
/// Set an option to an integer, bytes, or with None and a length to a null pointer.
KRT_METHOD(socket, "setsockopt(self, level, option, value, optlen=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_setsockopt_py(Value self, int level, int option, Value value, Value length);
/// Let connections come in.
KRT_METHOD(socket, "listen(self, backlog=128, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_listen_py(Value self, int backlog);
/// Receive up to so many bytes.
KRT_METHOD(socket, "recv(self, buffersize, flags=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_recv_py(Value self, int64_t size, int flags);
/// Receive into a buffer; return the number of bytes.
KRT_METHOD(socket, "recv_into(self, buffer, nbytes=0, flags=0)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_recvInto_py(Value self, Value buffer, int64_t nbytes, int flags);
/// Like recv(), but return also the sender's address.
KRT_METHOD(socket, "recvfrom(self, buffersize, flags=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_recvfrom_py(Value self, int64_t size, int flags);
/// Like recv_into(), but return also the sender's address.
KRT_METHOD(socket, "recvfrom_into(self, buffer, nbytes=0, flags=0)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_recvfromInto_py(Value self, Value buffer, int64_t nbytes, int flags);
/// Receive data and ancillary data: (data, ancillary data, flags, address).
KRT_METHOD(socket, "recvmsg(self, bufsize, ancbufsize=0, flags=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_recvmsg_py(Value self, int64_t size, int64_t ancillary, int flags);
/// Like recvmsg(), into buffers.
KRT_METHOD(socket, "recvmsg_into(self, buffers, ancbufsize=0, flags=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_recvmsgInto_py(Value self, Value buffers, int64_t ancillary, int flags);
/// Send data; return the number of bytes sent.
KRT_METHOD(socket, "send(self, data, flags=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_send_py(Value self, Value data, int flags);
/// Send all of the data.
KRT_METHOD(socket, "sendall(self, data, flags=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_sendall_py(Value self, Value data, int flags);
/// Send data to an address: sendto(data[, flags], address).
KRT_METHOD(socket, "sendto(self, *args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_sendto_py(Value self, ArgSpan args);
/// Send data from buffers, and ancillary data.
KRT_METHOD(socket, "sendmsg(self, buffers, ancdata=<null>, flags=0, address=None, /)", KRT_RUNS_PY,
           KRT_NO_SIGNATURE)
Value krt_socket_sendmsg_py(Value self, Value buffers, Value ancillary, int flags, Value address);
/// Wait for ever (True) or not at all (False).
KRT_METHOD(socket, "setblocking(self, flag, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_setblocking_py(Value self, bool flag);
/// Whether the socket waits.
KRT_METHOD(socket, "getblocking(self, /)", KRT_NO_SIGNATURE) bool krt_socket_getblocking(Value self);
/// Wait at most so many seconds; None: for ever.
KRT_METHOD(socket, "settimeout(self, timeout, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_settimeout_py(Value self, Value timeout);
/// Return the timeout in seconds, or None.
KRT_METHOD(socket, "gettimeout(self, /)", KRT_NO_SIGNATURE) Value krt_socket_gettimeout(Value self);
/// Shut one or both halves of the connection down.
KRT_METHOD(socket, "shutdown(self, flag, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_socket_shutdown_py(Value self, int how);
/// the socket timeout
KRT_GETTER(socket, "timeout") Value krt_socket_timeout(Value self);
/// the socket family
KRT_GETTER(socket, "family") int64_t krt_socket_family(Value self);
/// the socket type
KRT_GETTER(socket, "type") int64_t krt_socket_type(Value self);
/// the socket protocol
KRT_GETTER(socket, "proto") int64_t krt_socket_protocol(Value self);
}

} // namespace krait
