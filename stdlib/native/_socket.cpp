// _socket.cpp - see _socket.h. A socket with a timeout is non-blocking for the system; waiting is done by
// poll().
#include "stdlib/native/_socket.h"
#include "runtime/gc/closer.h"

#include "runtime/object/codecs.h"
#include "runtime/object/system_text.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/socket_wait.h"
#include "stdlib/native/system_calls.h"
#include "stdlib/native/timestamps.h"

#include <algorithm>
#include <arpa/inet.h>
#include <climits>
#include <cmath>
#include <cstddef>
#include <ctime>
#include <linux/can.h>
#include <linux/can/bcm.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "stdlib/native/_socket.bind.inc"

namespace krait {

namespace {

Class *herror, *gaierror;
int64_t defaultTimeout = -1;

Socket *socketOf(Value v) { return v.as<Socket>(); }

union Address {
  sockaddr any;
  sockaddr_in in;
  sockaddr_in6 in6;
  sockaddr_un un;
  sockaddr_nl nl;
  sockaddr_ll ll;
  sockaddr_vm vm;
  sockaddr_storage storage;
};

Value pairOf(Value a, Value b) {
  Value items[2] = {a, b};
  return krt_tuple_from(items, 2);
}

// ---- Waiting ----------------------------------------------------------------------------------------------

/// Waits until the socket is ready. 1 ready, 0 the time is up (TimeoutError pending), -1 another exception is
/// pending.
int waitReady_py(int fd, short events, int64_t deadline) {
  int ready = pollSocket_py(fd, events, deadline);
  if (ready == 0)
    krt_raise(kTimeoutError, "timed out");
  return ready;
}

/// Calls [call] until it succeeds, waiting before it and whenever it would block as the timeout says. Its
/// result; -1 with an exception pending.
template <typename F> int64_t transfer_py(Socket *self, short events, F call, int64_t deadline = -1) {
  if (deadline < 0 && self->timeout > 0)
    deadline = socketClock() + self->timeout;
  for (;;) {
    if (self->timeout > 0 && waitReady_py(self->fd, events, deadline) <= 0)
      return -1;
    if (signalsBeforeWaiting_py() < 0)
      return -1;
    if (self->timeout < 0 && events == POLLIN)
      idleBeforeRead_py(self->fd);
    int64_t n = [&] {
      LockReleased released;
      return static_cast<int64_t>(call());
    }();
    if (n >= 0)
      return n;
    if (errno == EINTR) {
      if (krt_poll_py() < 0)
        return -1;
      continue;
    }
    if (self->timeout > 0 && (errno == EWOULDBLOCK || errno == EAGAIN))
      continue;
    systemError();
    return -1;
  }
}

bool timeout_py(Value given, int64_t *out) {
  *out = -1;
  if (given == kNone)
    return true;
  if (!durationArgument_py(given, out, true))
    return false;
  if (*out >= 0)
    return true;
  krt_raise(kValueError, "Timeout value out of range");
  return false;
}
Value timeoutValue(int64_t ns) { return ns < 0 ? kNone : floatBox(static_cast<double>(ns) / 1e9); }

bool setNonblocking(int fd, bool on) {
  int nonblocking = on;
  if (::ioctl(fd, FIONBIO, &nonblocking) == 0)
    return true;
  systemError();
  return false;
}

// ---- Addresses ----------------------------------------------------------------------------------

Value raiseGai(int code) {
  if (code == EAI_SYSTEM)
    return systemError();
  Value args[2] = {smallInt(code), strFrom(::gai_strerror(code))};
  return krt_raise_args(gaierror, args, 2);
}
Value raiseHost(int code) {
  Value args[2] = {smallInt(code), strFrom(::hstrerror(code))};
  return krt_raise_args(herror, args, 2);
}

/// Host names are text (coded by IDNA), bytes or bytearray. False with an exception pending.
bool hostText_py(Value given, const char **out, const char *message) {
  if (strCheck(given)) {
    size_t size;
    if (given.as<Str>()->isAscii()) {
      *out = krt_str_utf8(given.as<Str>(), &size);
    } else {
      Value coded = krt_codec_encode_py(given.as<Str>(), "idna", nullptr);
      if (!coded)
        return false;
      *out = reinterpret_cast<const char *>(coded.as<Bytes>()->data);
      size = static_cast<size_t>(coded.as<Bytes>()->length);
    }
    if (std::strlen(*out) != size) {
      krt_raise(kTypeError, "host name must not contain null character");
      return false;
    }
    return true;
  }
  if (bytesCheck(given) || byteArrayCheck(given)) {
    Bytes *copy = bytesCheck(given) ? given.as<Bytes>()
                                    : krt_bytes_new(given.as<ByteArray>()->data,
                                                    static_cast<size_t>(given.as<ByteArray>()->length));
    *out = reinterpret_cast<const char *>(copy->data);
    if (std::strlen(*out) != static_cast<size_t>(copy->length)) {
      krt_raise(kTypeError, "host name must not contain null character");
      return false;
    }
    return true;
  }
  krt_raise(kTypeError, message, given);
  return false;
}

/// Resolves a host name to one address of the family (AF_UNSPEC: any); its length, or -1 with an exception
/// pending.
int resolve_py(const char *name, int family, Address *out) {
  std::memset(out, 0, sizeof *out);
  if (!*name) { // any address
    addrinfo hints{}, *found = nullptr;
    hints.ai_family = family;
    hints.ai_socktype = SOCK_DGRAM;
    hints.ai_flags = AI_PASSIVE;
    int code = [&] {
      LockReleased released;
      return ::getaddrinfo(nullptr, "0", &hints, &found);
    }();
    if (code) {
      raiseGai(code);
      return -1;
    }
    bool one = !found->ai_next;
    int length = static_cast<int>(found->ai_addrlen);
    std::memcpy(out, found->ai_addr, found->ai_addrlen);
    ::freeaddrinfo(found);
    if (!one) {
      krt_raise(kOSError, "wildcard resolved to multiple address");
      return -1;
    }
    return length;
  }
  if (!std::strcmp(name, "255.255.255.255") || !std::strcmp(name, "<broadcast>")) {
    if (family != AF_INET && family != AF_UNSPEC) {
      krt_raise(kOSError, "address family mismatched");
      return -1;
    }
    out->in.sin_family = AF_INET;
    out->in.sin_addr.s_addr = INADDR_BROADCAST;
    return sizeof out->in;
  }
  if ((family == AF_UNSPEC || family == AF_INET) && ::inet_pton(AF_INET, name, &out->in.sin_addr) > 0) {
    out->in.sin_family = AF_INET;
    return sizeof out->in;
  }
  if ((family == AF_UNSPEC || family == AF_INET6) && !std::strchr(name, '%') &&
      ::inet_pton(AF_INET6, name, &out->in6.sin6_addr) > 0) {
    out->in6.sin6_family = AF_INET6;
    return sizeof out->in6;
  }
  addrinfo hints{}, *found = nullptr;
  hints.ai_family = family;
  int code = [&] {
    LockReleased released;
    return ::getaddrinfo(name, nullptr, &hints, &found);
  }();
  if (code) {
    raiseGai(code);
    return -1;
  }
  int length = static_cast<int>(std::min<size_t>(found->ai_addrlen, sizeof *out));
  std::memcpy(out, found->ai_addr, static_cast<size_t>(length));
  ::freeaddrinfo(found);
  return length;
}

Value ipText(const Address &address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.any.sa_family == AF_INET6)
    ::inet_ntop(AF_INET6, &address.in6.sin6_addr, text, sizeof text);
  else
    ::inet_ntop(AF_INET, &address.in.sin_addr, text, sizeof text);
  return strFrom(text);
}

/// An address as Python sees it.
Value addressValue(const Address &address, socklen_t length) {
  if (length == 0)
    return kNone;
  switch (address.any.sa_family) {
  case AF_INET:
    return pairOf(ipText(address), smallInt(ntohs(address.in.sin_port)));
  case AF_INET6: {
    Value items[4] = {ipText(address), smallInt(ntohs(address.in6.sin6_port)),
                      smallInt(ntohl(address.in6.sin6_flowinfo)), smallInt(address.in6.sin6_scope_id)};
    return krt_tuple_from(items, 4);
  }
  case AF_UNIX: {
    constexpr size_t kOffset = offsetof(sockaddr_un, sun_path);
    if (length <= kOffset)
      return strFrom("");
    size_t size = length - kOffset;
    if (!address.un.sun_path[0]) // a name of the abstract kind
      return krt_bytes_new(address.un.sun_path, size);
    return fsDecode(address.un.sun_path, ::strnlen(address.un.sun_path, size));
  }
  case AF_NETLINK:
    return pairOf(smallInt(address.nl.nl_pid), smallInt(address.nl.nl_groups));
  case AF_VSOCK:
    return pairOf(smallInt(address.vm.svm_cid), smallInt(address.vm.svm_port));
  case AF_PACKET: {
    char name[IF_NAMESIZE] = "";
    if (address.ll.sll_ifindex)
      ::if_indextoname(static_cast<unsigned>(address.ll.sll_ifindex), name);
    Value items[5] = {fsDecode(name), smallInt(ntohs(address.ll.sll_protocol)),
                      smallInt(address.ll.sll_pkttype), smallInt(address.ll.sll_hatype),
                      krt_bytes_new(address.ll.sll_addr,
                                    std::min<size_t>(address.ll.sll_halen, sizeof address.ll.sll_addr))};
    return krt_tuple_from(items, 5);
  }
  default:
    return pairOf(smallInt(address.any.sa_family),
                  krt_bytes_new(address.any.sa_data, length > 2 ? length - 2 : 0));
  }
}

bool portOf_py(Value given, const char *caller, uint16_t *out) {
  int64_t port;
  if (!intArgument_py(given, &port))
    return false;
  if (port < 0 || port > 0xffff) {
    krt_raise(kOverflowError, "%s(): port must be 0-65535.", caller);
    return false;
  }
  *out = htons(static_cast<uint16_t>(port));
  return true;
}
bool unsignedOf_py(Value given, uint32_t *out) {
  int64_t number = krt_index_i64_py(given, kOverflowError);
  if (number == -1 && errorPending())
    return false;
  *out = static_cast<uint32_t>(number);
  return true;
}

/// Reads an address of the socket's family; its length, or 0 with an exception pending.
socklen_t parseAddress_py(Socket *self, Value given, Address *out, const char *caller) {
  std::memset(out, 0, sizeof *out);
  if (self->family == AF_UNIX) {
    Value bytes = given;
    if (strCheck(given)) {
      bytes = krt_codec_encode_py(given.as<Str>(), krt_system_text.fileNames, "surrogateescape");
      if (!bytes)
        return 0;
    }
    BytesLike path;
    if (!path.acquire_py(bytes))
      return 0;
    auto size = static_cast<size_t>(path.size());
    bool abstract = size && !path.data()[0];
    if (size > sizeof out->un.sun_path - !abstract) {
      krt_raise(kOSError, "AF_UNIX path too long");
      return 0;
    }
    out->un.sun_family = AF_UNIX;
    std::memcpy(out->un.sun_path, path.data(), size);
    return static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + size + (size && !abstract ? 1 : 0));
  }
  const char *family = self->family == AF_INET      ? "AF_INET"
                       : self->family == AF_INET6   ? "AF_INET6"
                       : self->family == AF_NETLINK ? "AF_NETLINK"
                       : self->family == AF_VSOCK   ? "AF_VSOCK"
                       : self->family == AF_PACKET  ? "AF_PACKET"
                                                    : nullptr;
  if (!family) {
    krt_raise(kOSError, "%s(): bad family", caller);
    return 0;
  }
  if (!hasClassFlag(given, kClassTupleSub)) {
    krt_raise(kTypeError, "%s(): %s address must be tuple, not %.500T", caller, family, given);
    return 0;
  }
  auto *tuple = given.as<Tuple>();
  const char *host;
  switch (self->family) {
  case AF_INET: {
    if (tuple->length != 2) {
      krt_raise(kTypeError, "AF_INET address must be a pair (host, port)");
      return 0;
    }
    uint16_t port;
    if (!hostText_py(tuple->items[0], &host, "str, bytes or bytearray expected, not %T"))
      return 0;
    int length = resolve_py(host, AF_INET, out);
    if (length < 0 || !portOf_py(tuple->items[1], caller, &port))
      return 0;
    out->in.sin_family = AF_INET;
    out->in.sin_port = port;
    return sizeof out->in;
  }
  case AF_INET6: {
    if (tuple->length < 2 || tuple->length > 4) {
      krt_raise(kTypeError, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])");
      return 0;
    }
    uint16_t port;
    uint32_t flow = 0, scope = 0;
    if (!hostText_py(tuple->items[0], &host, "str, bytes or bytearray expected, not %T"))
      return 0;
    if (resolve_py(host, AF_INET6, out) < 0 || !portOf_py(tuple->items[1], caller, &port) ||
        (tuple->length > 2 && !unsignedOf_py(tuple->items[2], &flow)) ||
        (tuple->length > 3 && !unsignedOf_py(tuple->items[3], &scope)))
      return 0;
    if (flow > 0xfffff) {
      krt_raise(kOverflowError, "%s(): flowinfo must be 0-1048575.", caller);
      return 0;
    }
    out->in6.sin6_family = AF_INET6;
    out->in6.sin6_port = port;
    out->in6.sin6_flowinfo = htonl(flow);
    if (tuple->length > 3 || !out->in6.sin6_scope_id)
      out->in6.sin6_scope_id = scope;
    return sizeof out->in6;
  }
  case AF_PACKET: {
    if (tuple->length < 2 || tuple->length > 5) {
      krt_raise(kTypeError, "AF_PACKET address must be a tuple of two to five elements");
      return 0;
    }
    FsPath name;
    uint32_t numbers[3] = {};
    if (!name.parse_py(tuple->items[0], caller))
      return 0;
    for (int i = 0; i < 3 && i + 1 < tuple->length; i++)
      if (!unsignedOf_py(tuple->items[i + 1], &numbers[i]))
        return 0;
    out->ll.sll_family = AF_PACKET;
    out->ll.sll_ifindex = static_cast<int>(::if_nametoindex(name.text));
    if (!out->ll.sll_ifindex) {
      systemError();
      return 0;
    }
    out->ll.sll_protocol = htons(static_cast<uint16_t>(numbers[0]));
    out->ll.sll_pkttype = static_cast<uint8_t>(numbers[1]);
    out->ll.sll_hatype = static_cast<uint16_t>(numbers[2]);
    if (tuple->length > 4) {
      BytesLike address;
      if (!address.acquire_py(tuple->items[4]))
        return 0;
      if (address.size() > 8) {
        krt_raise(kValueError, "Hardware address must be 8 bytes or less");
        return 0;
      }
      out->ll.sll_halen = static_cast<uint8_t>(address.size());
      std::memcpy(out->ll.sll_addr, address.data(), static_cast<size_t>(address.size()));
    }
    return sizeof out->ll;
  }
  default: {
    uint32_t first, second;
    if (tuple->length != 2) {
      krt_raise(kTypeError, "%s address must be a pair", family);
      return 0;
    }
    if (!unsignedOf_py(tuple->items[0], &first) || !unsignedOf_py(tuple->items[1], &second))
      return 0;
    if (self->family == AF_NETLINK) {
      out->nl.nl_family = AF_NETLINK;
      out->nl.nl_pid = first;
      out->nl.nl_groups = second;
      return sizeof out->nl;
    }
    out->vm.svm_family = AF_VSOCK;
    out->vm.svm_cid = first;
    out->vm.svm_port = second;
    return sizeof out->vm;
  }
  }
}

// ---- The class ----------------------------------------------------------------------------------

void warnUnclosed(Object *object) {
  auto *self = static_cast<Socket *>(object);
  if (self->fd < 0)
    return;
  if (krt_warn_py(kResourceWarning, 1, "unclosed %R", Value(object)) < 0)
    krt_error_unraisable(object);
  ::close(self->fd);
  self->fd = -1;
}

Value make(Class *cls, const Value *, size_t, Tuple *) {
  auto *self = reinterpret_cast<Socket *>(krt_instance_new(cls, 0));
  self->fd = -1;
  self->timeout = -1;
  return self;
}

Value repr(Value v) {
  auto *self = socketOf(v);
  return krt_str_format("<socket object, fd=%lld, family=%d, type=%d, proto=%d>",
                        static_cast<long long>(self->fd), self->family, self->type, self->protocol);
}

/// Takes over a descriptor that was made with SOCK_CLOEXEC.
bool setUp(Socket *self, int fd, int family, int type, int protocol) {
  self->fd = fd;
  self->family = family;
  self->type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  self->protocol = protocol;
  krt_gc_set_closer(self, warnUnclosed);
  if (type & SOCK_NONBLOCK) {
    self->timeout = 0;
    return true;
  }
  self->timeout = defaultTimeout;
  return defaultTimeout < 0 || setNonblocking(fd, true);
}

/// Finishes a connect() that the system goes on with. 0, or an error number; -1 with an exception pending.
int finishConnect_py(Socket *self, const Address &address, socklen_t length) {
  if (signalsBeforeWaiting_py() < 0)
    return -1;
  int result = [&] {
    LockReleased released;
    return ::connect(self->fd, &address.any, length);
  }();
  if (result == 0)
    return 0;
  int error = errno;
  bool wait;
  if (error == EINTR) {
    if (krt_poll_py() < 0)
      return -1;
    wait = self->timeout != 0;
  } else {
    wait = self->timeout > 0 && error == EINPROGRESS;
  }
  if (!wait)
    return error;
  int64_t deadline = self->timeout > 0 ? socketClock() + self->timeout : -1;
  int ready = waitReady_py(self->fd, POLLOUT | POLLERR, deadline);
  if (ready <= 0)
    return -1;
  socklen_t size = sizeof error;
  if (::getsockopt(self->fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
    return errno;
  return error == EISCONN ? 0 : error;
}

/// A writable buffer and how much of it is to be filled.
bool intoBuffer_py(BytesLike &buffer, Value given, int64_t *size, const char *caller, const char *negative,
                   const char *large) {
  if (!krt_buffer_check(given) || !buffer.acquire_py(given, kBufferWritable)) {
    if (!errorPending() || krt_error_clear_if(kTypeError) || krt_error_clear_if(kBufferError))
      krt_raise(kTypeError, "%s() argument 1 must be read-write bytes-like object, not %T", caller, given);
    return false;
  }
  if (*size < 0) {
    krt_raise(kValueError, "%s", negative);
    return false;
  }
  if (*size == 0)
    *size = buffer.size();
  if (*size > buffer.size()) {
    krt_raise(kValueError, "%s", large);
    return false;
  }
  return true;
}

struct Vectors {
  iovec *items;
  BytesLike *held;
  size_t count = 0;
  ~Vectors() {
    for (size_t i = 0; i < count; i++)
      held[i].~BytesLike();
  }
  bool fill_py(Value given, bool writable, const char *message) {
    Tuple *buffers = krt_tuple_from_py(given);
    if (!buffers) {
      if (krt_error_clear_if(kTypeError))
        krt_raise(kTypeError, "%s", message);
      return false;
    }
    auto n = static_cast<size_t>(buffers->length);
    items = static_cast<iovec *>(gcAllocate((n + 1) * sizeof(iovec)));
    held = static_cast<BytesLike *>(gcAllocate((n + 1) * sizeof(BytesLike)));
    for (size_t i = 0; i < n; i++) {
      new (&held[i]) BytesLike;
      count = i + 1;
      if (!held[i].acquire_py(buffers->items[i], writable ? kBufferWritable : kBufferSimple)) {
        if (writable && (krt_error_clear_if(kTypeError) || krt_error_clear_if(kBufferError)))
          krt_raise(kTypeError, "%s of single-segment read-write buffers", message);
        return false;
      }
      items[i] = {const_cast<uint8_t *>(held[i].data()), static_cast<size_t>(held[i].size())};
    }
    return true;
  }
};

/// recvmsg() into [vectors]; the ancillary data, flags and address as a list, or null.
Tuple *receiveMessage_py(Socket *self, iovec *items, size_t count, int64_t ancillary, int flags,
                         int64_t *received) {
  if (ancillary < 0 || ancillary > INT32_MAX) {
    krt_raise(kValueError, "invalid ancillary data buffer length");
    return nullptr;
  }
  Address address{};
  auto *control = static_cast<uint8_t *>(gcAllocateAtomic(static_cast<size_t>(ancillary) + 8));
  msghdr message{};
  auto prepare = [&] {
    message = msghdr{};
    message.msg_name = &address;
    message.msg_namelen = sizeof address;
    message.msg_iov = items;
    message.msg_iovlen = count;
    message.msg_control = ancillary ? control : nullptr;
    message.msg_controllen = static_cast<size_t>(ancillary);
  };
  *received = transfer_py(self, POLLIN, [&] {
    prepare();
    return ::recvmsg(self->fd, &message, flags);
  });
  if (*received < 0)
    return nullptr;
  List *data = krt_list_new(0);
  for (cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    auto *start = reinterpret_cast<uint8_t *>(CMSG_DATA(header));
    int64_t size = static_cast<int64_t>(header->cmsg_len) - (start - reinterpret_cast<uint8_t *>(header));
    int64_t room = control + message.msg_controllen - start;
    bool truncated = size > room;
    Value item[3] = {smallInt(header->cmsg_level), smallInt(header->cmsg_type),
                     krt_bytes_new(start, static_cast<size_t>(std::max<int64_t>(0, std::min(size, room))))};
    krt_list_append(data, krt_tuple_from(item, 3));
    if (truncated) {
      if (krt_warn_py(kRuntimeWarning, 1, "received malformed or improperly-truncated ancillary data") < 0)
        return nullptr;
      break;
    }
  }
  Value parts[4] = {kNone, data, smallInt(message.msg_flags),
                    addressValue(address, std::min<socklen_t>(message.msg_namelen, sizeof address))};
  return krt_tuple_from(parts, 4);
}

uint16_t swapChecked16(int64_t x) { return htons(static_cast<uint16_t>(x)); }
Value swap16_py(Value x, const char *name) {
  int64_t number = krt_index_i64_py(x, kOverflowError);
  if (number == -1 && errorPending())
    return {};
  if (number < 0)
    return krt_raise(kOverflowError, "%s: can't convert negative Python int to C 16-bit unsigned integer",
                     name);
  if (number > 0xffff)
    return krt_raise(kOverflowError, "%s: Python int too large to convert to C 16-bit unsigned integer",
                     name);
  return smallInt(swapChecked16(number));
}
Value swap32(Value x) {
  if (!krt_int_check(x))
    return krt_raise(kTypeError, "expected int, %T found", x);
  Value plain = krt_int_plain(x);
  uint64_t number;
  if (krt_int_sign(plain) < 0)
    return krt_raise(kOverflowError, "can't convert negative value to unsigned int");
  if (!krt_int_to_u64(plain, &number))
    return krt_raise(kOverflowError, "Python int too large to convert to C unsigned long");
  if (number > UINT32_MAX)
    return krt_raise(kOverflowError, "int larger than 32 bits");
  return smallInt(htonl(static_cast<uint32_t>(number)));
}

/// (name, aliases, addresses)
Value hostValue(const hostent *host, int family) {
  List *aliases = krt_list_new(0), *addresses = krt_list_new(0);
  for (char **alias = host->h_aliases; alias && *alias; ++alias)
    krt_list_append(aliases, fsDecode(*alias));
  for (char **one = host->h_addr_list; one && *one; ++one) {
    char text[INET6_ADDRSTRLEN] = "";
    ::inet_ntop(family, *one, text, sizeof text);
    krt_list_append(addresses, strFrom(text));
  }
  Value parts[3] = {fsDecode(host->h_name), aliases, addresses};
  return krt_tuple_from(parts, 3);
}

} // namespace

// ---- Functions ----------------------------------------------------------------------------------

Value krt__socket_getaddrinfo_py(Value hostGiven, Value portGiven, int family, int type, int protocol,
                                 int flags) {
  const char *host = nullptr, *port = nullptr;
  char number[32];
  if (hostGiven != kNone) {
    if (strCheck(hostGiven)) {
      if (!hostText_py(hostGiven, &host, ""))
        return {};
    } else if (bytesCheck(hostGiven)) {
      host = reinterpret_cast<const char *>(hostGiven.as<Bytes>()->data);
    } else {
      return krt_raise(kTypeError, "getaddrinfo() argument 1 must be string or None");
    }
  }
  if (krt_int_check(portGiven)) {
    int64_t value;
    if (!krt_int_to_i64(krt_int_plain(portGiven), &value))
      return krt_raise(kOverflowError, "Python int too large to convert to C long");
    std::snprintf(number, sizeof number, "%lld", static_cast<long long>(value));
    port = number;
  } else if (strCheck(portGiven)) {
    size_t size;
    port = TRY(krt_str_utf8(portGiven.as<Str>(), &size));
  } else if (bytesCheck(portGiven)) {
    port = reinterpret_cast<const char *>(portGiven.as<Bytes>()->data);
  } else if (portGiven != kNone) {
    return krt_raise(kOSError, "Int or String expected");
  }
  TRY_AUDIT("socket.getaddrinfo", hostGiven, portGiven, smallInt(family), smallInt(type), smallInt(protocol));
  addrinfo hints{}, *found = nullptr;
  hints.ai_family = family;
  hints.ai_socktype = type;
  hints.ai_protocol = protocol;
  hints.ai_flags = flags;
  int code = [&] {
    LockReleased released;
    return ::getaddrinfo(host, port, &hints, &found);
  }();
  if (code)
    return raiseGai(code);
  List *all = krt_list_new(0);
  for (addrinfo *one = found; one; one = one->ai_next) {
    Address address{};
    std::memcpy(&address, one->ai_addr, std::min<size_t>(one->ai_addrlen, sizeof address));
    Value items[5] = {smallInt(one->ai_family), smallInt(one->ai_socktype), smallInt(one->ai_protocol),
                      strFrom(one->ai_canonname ? one->ai_canonname : ""),
                      addressValue(address, one->ai_addrlen)};
    krt_list_append(all, krt_tuple_from(items, 5));
  }
  ::freeaddrinfo(found);
  return all;
}

Value krt__socket_getnameinfo_py(Value given, int flags) {
  if (!hasClassFlag(given, kClassTupleSub))
    return krt_raise(kTypeError, "getnameinfo() argument 1 must be a tuple");
  auto *tuple = given.as<Tuple>();
  int64_t port;
  uint32_t flow = 0, scope = 0;
  if (tuple->length < 2 || tuple->length > 4 || !strCheck(tuple->items[0]))
    return krt_raise(kTypeError, "getnameinfo(): illegal sockaddr argument");
  if (!intArgument_py(tuple->items[1], &port) ||
      (tuple->length > 2 && !unsignedOf_py(tuple->items[2], &flow)) ||
      (tuple->length > 3 && !unsignedOf_py(tuple->items[3], &scope)))
    return {};
  if (flow > 0xfffff)
    return krt_raise(kOverflowError, "getnameinfo(): flowinfo must be 0-1048575.");
  const char *host;
  if (!hostText_py(tuple->items[0], &host, ""))
    return {};
  TRY_AUDIT("socket.getnameinfo", given);
  char number[16];
  std::snprintf(number, sizeof number, "%d", static_cast<int>(port));
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_NUMERICHOST;
  int code = [&] {
    LockReleased released;
    return ::getaddrinfo(host, number, &hints, &found);
  }();
  if (code)
    return raiseGai(code);
  Value result;
  char hostName[NI_MAXHOST], service[NI_MAXSERV];
  if (found->ai_next) {
    result = krt_raise(kOSError, "sockaddr resolved to multiple addresses");
  } else if (found->ai_family == AF_INET && tuple->length != 2) {
    result = krt_raise(kOSError, "IPv4 sockaddr must be 2 tuple");
  } else {
    if (found->ai_family == AF_INET6) {
      auto *in6 = reinterpret_cast<sockaddr_in6 *>(found->ai_addr);
      in6->sin6_flowinfo = htonl(flow);
      in6->sin6_scope_id = scope;
    }
    code = [&] {
      LockReleased released;
      return ::getnameinfo(found->ai_addr, found->ai_addrlen, hostName, sizeof hostName, service,
                           sizeof service, flags);
    }();
    result = code ? raiseGai(code) : pairOf(fsDecode(hostName), fsDecode(service));
  }
  ::freeaddrinfo(found);
  return result;
}

Value krt__socket_gethostbyname_py(Value given) {
  const char *host;
  Address address;
  if (!hostText_py(given, &host, "gethostbyname() argument 1 must be str, bytes or bytearray, not %T"))
    return {};
  TRY_AUDIT("socket.gethostbyname", given);
  return resolve_py(host, AF_INET, &address) < 0 ? Value() : ipText(address);
}
Value krt__socket_gethostbynameEx_py(Value given) {
  const char *host;
  Address address;
  if (!hostText_py(given, &host, "gethostbyname_ex() argument 1 must be str, bytes or bytearray, not %T"))
    return {};
  TRY_AUDIT("socket.gethostbyname", given);
  if (resolve_py(host, AF_INET, &address) < 0)
    return {};
  auto *room = static_cast<char *>(gcAllocateAtomic(16384));
  hostent entry, *found = nullptr;
  int error = 0;
  {
    LockReleased released;
    ::gethostbyname_r(host, &entry, room, 16384, &found, &error);
  }
  return found ? hostValue(found, found->h_addrtype) : raiseHost(error);
}
Value krt__socket_gethostbyaddr_py(Value given) {
  const char *host;
  Address address;
  if (!hostText_py(given, &host, "gethostbyaddr() argument 1 must be str, bytes or bytearray, not %T"))
    return {};
  TRY_AUDIT("socket.gethostbyaddr", given);
  if (resolve_py(host, AF_UNSPEC, &address) < 0)
    return {};
  auto *room = static_cast<char *>(gcAllocateAtomic(16384));
  hostent entry, *found = nullptr;
  int error = 0, family = address.any.sa_family;
  {
    LockReleased released;
    if (family == AF_INET6)
      ::gethostbyaddr_r(&address.in6.sin6_addr, sizeof address.in6.sin6_addr, family, &entry, room, 16384,
                        &found, &error);
    else
      ::gethostbyaddr_r(&address.in.sin_addr, sizeof address.in.sin_addr, family, &entry, room, 16384, &found,
                        &error);
  }
  return found ? hostValue(found, family) : raiseHost(error);
}
Value krt__socket_gethostname_py() {
  TRY_AUDIT("socket.gethostname");
  char name[1024];
  if (::gethostname(name, sizeof name - 1) < 0)
    return krt_raise_errno(errno, {}, {});
  name[sizeof name - 1] = 0;
  return fsDecode(name);
}
Value krt__socket_sethostname_py(Value given) {
  Value bytes = given;
  if (strCheck(given))
    bytes = TRY(krt_codec_encode_py(given.as<Str>(), krt_system_text.fileNames, "surrogateescape"));
  else if (!bytesCheck(given))
    return krt_raise(kTypeError, "expected str, bytes or os.PathLike object, not %T", given);
  TRY_AUDIT("socket.sethostname", bytes);
  return noneOrError(::sethostname(reinterpret_cast<const char *>(bytes.as<Bytes>()->data),
                                   static_cast<size_t>(bytes.as<Bytes>()->length)));
}

static const char *textOf(Str *text) {
  size_t size;
  return text ? krt_str_utf8_lossy(text, &size) : nullptr;
}
Value krt__socket_getservbyname_py(Str *name, Str *protocol) {
  TRY_AUDIT("socket.getservbyname", name, protocol ? Value(protocol) : kNone);
  servent *found = ::getservbyname(textOf(name), textOf(protocol));
  return found ? smallInt(ntohs(static_cast<uint16_t>(found->s_port)))
               : krt_raise(kOSError, "service/proto not found");
}
Value krt__socket_getservbyport_py(int port, Str *protocol) {
  if (port < 0 || port > 0xffff)
    return krt_raise(kOverflowError, "getservbyport: port must be 0-65535.");
  TRY_AUDIT("socket.getservbyport", smallInt(port), protocol ? Value(protocol) : kNone);
  servent *found = ::getservbyport(htons(static_cast<uint16_t>(port)), textOf(protocol));
  return found ? fsDecode(found->s_name) : krt_raise(kOSError, "port/proto not found");
}
Value krt__socket_getprotobyname(Str *name) {
  protoent *found = ::getprotobyname(textOf(name));
  return found ? smallInt(found->p_proto) : krt_raise(kOSError, "protocol not found");
}

Value krt__socket_socketpair(int family, int type, int protocol) {
  int fds[2];
  if (::socketpair(family, type | SOCK_CLOEXEC, protocol, fds) < 0)
    return krt_raise_errno(errno, {}, {});
  Value both[2];
  for (int i = 0; i < 2; i++) {
    both[i] = make(&krt_socket_class, nullptr, 0, nullptr);
    if (!setUp(socketOf(both[i]), fds[i], family, type, protocol)) {
      if (i == 0)
        ::close(fds[1]);
      return {};
    }
  }
  return krt_tuple_from(both, 2);
}
Value krt__socket_dup_py(int fd) {
  int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return copy < 0 ? systemError() : smallInt(copy);
}
Value krt__socket_close_py(int fd) {
  int result = [&] {
    LockReleased released;
    return ::close(fd);
  }();
  return result < 0 && errno != ECONNRESET ? systemError() : kNone;
}
Value krt__socket_ntohs_py(Value x) { return swap16_py(x, "ntohs"); }
Value krt__socket_htons_py(Value x) { return swap16_py(x, "htons"); }
Value krt__socket_ntohl(Value x) { return swap32(x); }
Value krt__socket_htonl(Value x) { return swap32(x); }

Value krt__socket_inetAton(Str *text) {
  in_addr address;
  if (!::inet_aton(textOf(text), &address))
    return krt_raise(kOSError, "illegal IP address string passed to inet_aton");
  return krt_bytes_new(&address, sizeof address);
}
Value krt__socket_inetNtoa_py(Value packed) {
  BytesLike bytes;
  if (!bytes.acquire_py(packed))
    return {};
  if (bytes.size() != 4)
    return krt_raise(kOSError, "packed IP wrong length for inet_ntoa");
  char text[INET_ADDRSTRLEN];
  ::inet_ntop(AF_INET, bytes.data(), text, sizeof text);
  return strFrom(text);
}
Value krt__socket_inetPton(int family, Str *text) {
  uint8_t packed[sizeof(in6_addr)];
  int result = ::inet_pton(family, textOf(text), packed);
  if (result < 0)
    return krt_raise_errno(errno, {}, {});
  if (result == 0)
    return krt_raise(kOSError, "illegal IP address string passed to inet_pton");
  return krt_bytes_new(packed, family == AF_INET ? 4 : 16);
}
Value krt__socket_inetNtop_py(int family, Value packed) {
  BytesLike bytes;
  if (!bytes.acquire_py(packed))
    return {};
  if (family != AF_INET && family != AF_INET6)
    return krt_raise(kValueError, "unknown address family %d", family);
  if (bytes.size() != (family == AF_INET ? 4 : 16))
    return krt_raise(kValueError, "invalid length of packed IP address string");
  char text[INET6_ADDRSTRLEN];
  return ::inet_ntop(family, bytes.data(), text, sizeof text) ? strFrom(text) : systemError();
}

Value krt__socket_getdefaulttimeout() { return timeoutValue(defaultTimeout); }
Value krt__socket_setdefaulttimeout_py(Value timeout) {
  return timeout_py(timeout, &defaultTimeout) ? kNone : Value();
}

Value krt__socket_ifNameindex() {
  struct if_nameindex *all = ::if_nameindex();
  if (!all)
    return krt_raise_errno(errno, {}, {});
  List *list = krt_list_new(0);
  for (struct if_nameindex *one = all; one->if_index; ++one)
    krt_list_append(list, pairOf(smallInt(one->if_index), fsDecode(one->if_name)));
  ::if_freenameindex(all);
  return list;
}
Value krt__socket_ifNametoindex_py(Value given) {
  FsPath name;
  if (!name.parse_py(given, "if_nametoindex"))
    return {};
  unsigned index = ::if_nametoindex(name.text);
  return index ? smallInt(index) : krt_raise(kOSError, "no interface with this name");
}
Value krt__socket_ifIndextoname(Value given) {
  uint64_t index;
  Value plain = krt_int_check(given) ? krt_int_plain(given) : Value();
  if (!plain)
    return krt_raise(kTypeError, "'%T' object cannot be interpreted as an integer", given);
  if (krt_int_sign(plain) < 0)
    return krt_raise(kOverflowError, "can't convert negative value to unsigned int");
  if (!krt_int_to_u64(plain, &index))
    return krt_raise(kOverflowError, "Python int too large to convert to C unsigned long");
  if (index > UINT32_MAX)
    return krt_raise(kOverflowError, "index is too large");
  char name[IF_NAMESIZE];
  return ::if_indextoname(static_cast<unsigned>(index), name) ? fsDecode(name)
                                                              : krt_raise_errno(errno, {}, {});
}

// Lengths of control messages fit the 31 bits that socklen_t surely has.
Value krt__socket_cmsgLen(int64_t length) {
  if (length < 0 || length > static_cast<int64_t>(INT32_MAX - CMSG_LEN(0)))
    return krt_raise(kOverflowError, "CMSG_LEN() argument out of range");
  return smallInt(static_cast<int64_t>(CMSG_LEN(static_cast<size_t>(length))));
}
Value krt__socket_cmsgSpace(int64_t length) {
  if (length < 0 || length > static_cast<int64_t>(INT32_MAX - CMSG_SPACE(1)))
    return krt_raise(kOverflowError, "CMSG_SPACE() argument out of range");
  return smallInt(static_cast<int64_t>(CMSG_SPACE(static_cast<size_t>(length))));
}

// ---- Methods ------------------------------------------------------------------------------------

int krt_socket_setUp_py(Value v, int family, int type, int protocol, Value fileno) {
  auto *self = socketOf(v);
  TRY_AUDIT_OR_MINUS("socket.__new__", v, smallInt(family), smallInt(type), smallInt(protocol));
  if (fileno && fileno != kNone) {
    if (floatCheck(fileno))
      return raiseInt(kTypeError, "integer argument expected, got float");
    int64_t fd;
    if (!intArgument_py(fileno, &fd))
      return -1;
    if (fd < 0)
      return raiseInt(kValueError, "negative file descriptor");
    Address address{};
    socklen_t length = sizeof address;
    // Asks also whether it is a socket at all.
    if (::getsockname(static_cast<int>(fd), &address.any, &length) < 0) {
      if (family == -1 || errno == EBADF || errno == ENOTSOCK) {
        systemError();
        return -1;
      }
    } else if (family == -1) {
      family = address.any.sa_family;
    }
    socklen_t size = sizeof(int);
    if (type == -1 && ::getsockopt(static_cast<int>(fd), SOL_SOCKET, SO_TYPE, &type, &size) < 0) {
      systemError();
      return -1;
    }
    size = sizeof(int);
    if (protocol == -1 && ::getsockopt(static_cast<int>(fd), SOL_SOCKET, SO_PROTOCOL, &protocol, &size) < 0) {
      systemError();
      return -1;
    }
    return setUp(self, static_cast<int>(fd), family, type, protocol) ? 0 : -1;
  }
  family = family == -1 ? AF_INET : family;
  type = type == -1 ? SOCK_STREAM : type;
  protocol = protocol == -1 ? 0 : protocol;
  int fd = blocking_py([&] { return ::socket(family, type | SOCK_CLOEXEC, protocol); });
  if (fd < 0) {
    systemError();
    return -1;
  }
  if (!setUp(self, fd, family, type, protocol)) {
    ::close(fd);
    self->fd = -1;
    return -1;
  }
  return 0;
}

Value krt_socket_accept_py(Value v) {
  auto *self = socketOf(v);
  Address address{};
  socklen_t length = sizeof address;
  int64_t fd = transfer_py(self, POLLIN, [&] {
    length = sizeof address;
    return ::accept4(self->fd, &address.any, &length, SOCK_CLOEXEC);
  });
  return fd < 0 ? Value() : pairOf(smallInt(fd), addressValue(address, length));
}

Value krt_socket_bind_py(Value v, Value given) {
  auto *self = socketOf(v);
  Address address;
  socklen_t length = parseAddress_py(self, given, &address, "bind");
  if (!length)
    return {};
  TRY_AUDIT("socket.bind", v, given);
  return noneOrError(::bind(self->fd, &address.any, length));
}

Value krt_socket_close_py(Value v) {
  auto *self = socketOf(v);
  int fd = self->fd;
  if (fd < 0)
    return kNone;
  self->fd = -1;
  krt_gc_clear_finalizer(self);
  return krt__socket_close_py(fd);
}

Value krt_socket_connect_py(Value v, Value given) {
  auto *self = socketOf(v);
  Address address;
  socklen_t length = parseAddress_py(self, given, &address, "connect");
  if (!length)
    return {};
  TRY_AUDIT("socket.connect", v, given);
  int error = finishConnect_py(self, address, length);
  if (error < 0)
    return {};
  return error ? krt_raise_errno(error, {}, {}) : kNone;
}
Value krt_socket_connectEx_py(Value v, Value given) {
  auto *self = socketOf(v);
  Address address;
  socklen_t length = parseAddress_py(self, given, &address, "connect_ex");
  if (!length)
    return {};
  TRY_AUDIT("socket.connect", v, given);
  int error = finishConnect_py(self, address, length);
  if (error < 0) {
    if (!krt_error_matches(kTimeoutError))
      return {};
    krt_error_clear();
    error = EWOULDBLOCK;
  }
  return smallInt(error);
}

Value krt_socket_detach(Value v) {
  auto *self = socketOf(v);
  int fd = self->fd;
  self->fd = -1;
  if (fd >= 0)
    krt_gc_clear_finalizer(self);
  return smallInt(fd);
}
Value krt_socket_fileno(Value self) { return smallInt(socketOf(self)->fd); }

Value krt_socket_getpeername_py(Value self) {
  Address address{};
  socklen_t length = sizeof address;
  return ::getpeername(socketOf(self)->fd, &address.any, &length) < 0 ? systemError()
                                                                      : addressValue(address, length);
}
Value krt_socket_getsockname_py(Value self) {
  Address address{};
  socklen_t length = sizeof address;
  return ::getsockname(socketOf(self)->fd, &address.any, &length) < 0 ? systemError()
                                                                      : addressValue(address, length);
}

Value krt_socket_getsockopt(Value v, int level, int option, int size) {
  int fd = socketOf(v)->fd;
  if (level == AF_VSOCK) { // its options are 64 bits wide
    if (size)
      return krt_raise(kOSError, "getsockopt string buffer not allowed");
    uint64_t number = 0;
    socklen_t length = sizeof number;
    return ::getsockopt(fd, level, option, &number, &length) < 0 ? systemError() : krt_int_from_u64(number);
  }
  if (size == 0) {
    int number = 0;
    socklen_t length = sizeof number;
    if (::getsockopt(fd, level, option, &number, &length) < 0)
      return krt_raise_errno(errno, {}, {});
    return smallInt(number);
  }
  if (size < 0 || size > 1024)
    return krt_raise(kOSError, "getsockopt buflen out of range");
  uint8_t room[1024];
  auto length = static_cast<socklen_t>(size);
  if (::getsockopt(fd, level, option, room, &length) < 0)
    return krt_raise_errno(errno, {}, {});
  return krt_bytes_new(room, length);
}

Value krt_socket_setsockopt_py(Value v, int level, int option, Value value, Value length) {
  int fd = socketOf(v)->fd;
  if (length) {
    if (value != kNone)
      return krt_raise(kTypeError, "socket option should be None when optlen is given, not %T", value);
    uint32_t size;
    return unsignedOf_py(length, &size) ? noneOrError(::setsockopt(fd, level, option, nullptr, size))
                                        : Value();
  }
  if (level == AF_VSOCK && krt_int_check(value)) {
    uint64_t number;
    if (!krt_int_to_u64(krt_int_plain(value), &number))
      return krt_raise(kOverflowError, "int too big to convert");
    return noneOrError(::setsockopt(fd, level, option, &number, sizeof number));
  }
  if (krt_int_check(value)) {
    int64_t number;
    if (!intArgument_py(value, &number))
      return {};
    int plain = static_cast<int>(number);
    return noneOrError(::setsockopt(fd, level, option, &plain, sizeof plain));
  }
  BytesLike bytes;
  if (!bytes.acquire_py(value))
    return {};
  return noneOrError(::setsockopt(fd, level, option, bytes.data(), static_cast<socklen_t>(bytes.size())));
}

Value krt_socket_listen_py(Value self, int backlog) {
  return noneOrError(::listen(socketOf(self)->fd, std::max(backlog, 0)));
}

Value krt_socket_recv_py(Value v, int64_t size, int flags) {
  auto *self = socketOf(v);
  if (size < 0)
    return krt_raise(kValueError, "negative buffersize in recv");
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  int64_t n = transfer_py(self, POLLIN,
                          [&] { return ::recv(self->fd, bytes->data, static_cast<size_t>(size), flags); });
  return n < 0       ? Value()
         : n == size ? Value(bytes)
                     : Value(krt_bytes_new(bytes->data, static_cast<size_t>(n)));
}
Value krt_socket_recvInto_py(Value v, Value given, int64_t size, int flags) {
  auto *self = socketOf(v);
  BytesLike buffer;
  if (!intoBuffer_py(buffer, given, &size, "recv_into", "negative buffersize in recv_into",
                     "buffer too small for requested bytes"))
    return {};
  if (size == 0)
    return smallInt(0);
  int64_t n = transfer_py(
      self, POLLIN, [&] { return ::recv(self->fd, buffer.writable(), static_cast<size_t>(size), flags); });
  return n < 0 ? Value() : smallInt(n);
}
Value krt_socket_recvfrom_py(Value v, int64_t size, int flags) {
  auto *self = socketOf(v);
  if (size < 0)
    return krt_raise(kValueError, "negative buffersize in recvfrom");
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  Address address{};
  socklen_t length = 0;
  int64_t n = transfer_py(self, POLLIN, [&] {
    length = sizeof address;
    return ::recvfrom(self->fd, bytes->data, static_cast<size_t>(size), flags, &address.any, &length);
  });
  return n < 0 ? Value()
               : pairOf(krt_bytes_new(bytes->data, static_cast<size_t>(n)), addressValue(address, length));
}
Value krt_socket_recvfromInto_py(Value v, Value given, int64_t size, int flags) {
  auto *self = socketOf(v);
  BytesLike buffer;
  if (!intoBuffer_py(buffer, given, &size, "recvfrom_into", "negative buffersize in recvfrom_into",
                     "nbytes is greater than the length of the buffer"))
    return {};
  Address address{};
  socklen_t length = 0;
  int64_t n = transfer_py(self, POLLIN, [&] {
    length = sizeof address;
    return ::recvfrom(self->fd, buffer.writable(), static_cast<size_t>(size), flags, &address.any, &length);
  });
  return n < 0 ? Value() : pairOf(smallInt(n), addressValue(address, length));
}

Value krt_socket_recvmsg_py(Value v, int64_t size, int64_t ancillary, int flags) {
  if (size < 0)
    return krt_raise(kValueError, "negative buffer size in recvmsg()");
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  iovec vector{bytes->data, static_cast<size_t>(size)};
  int64_t n;
  Tuple *parts = TRY(receiveMessage_py(socketOf(v), &vector, 1, ancillary, flags, &n));
  parts->items[0] = krt_bytes_new(bytes->data, static_cast<size_t>(n));
  return parts;
}
Value krt_socket_recvmsgInto_py(Value v, Value buffers, int64_t ancillary, int flags) {
  Vectors vectors;
  if (!vectors.fill_py(buffers, true, "recvmsg_into() argument 1 must be an iterable"))
    return {};
  int64_t n;
  Tuple *parts = TRY(receiveMessage_py(socketOf(v), vectors.items, vectors.count, ancillary, flags, &n));
  parts->items[0] = smallInt(n);
  return parts;
}

Value krt_socket_send_py(Value v, Value data, int flags) {
  auto *self = socketOf(v);
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  int64_t n = transfer_py(self, POLLOUT, [&] {
    return ::send(self->fd, bytes.data(), static_cast<size_t>(bytes.size()), flags);
  });
  return n < 0 ? Value() : smallInt(n);
}
Value krt_socket_sendall_py(Value v, Value data, int flags) {
  auto *self = socketOf(v);
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  const uint8_t *at = bytes.data();
  int64_t deadline = self->timeout > 0 ? socketClock() + self->timeout : -1; // for all of it
  for (int64_t left = bytes.size();;) {
    int64_t n = transfer_py(
        self, POLLOUT, [&] { return ::send(self->fd, at, static_cast<size_t>(left), flags); }, deadline);
    if (n < 0)
      return {};
    at += n;
    left -= n;
    if (left <= 0)
      return kNone;
    if (krt_thread.poll.load(std::memory_order_relaxed) && krt_poll_py() < 0)
      return {};
  }
}
Value krt_socket_sendto_py(Value v, ArgSpan args) {
  auto *self = socketOf(v);
  if (args.size < 2 || args.size > 3)
    return krt_raise(kTypeError, "sendto() takes 2 or 3 arguments (%zu given)", args.size);
  BytesLike bytes;
  int64_t flags = 0;
  Address address;
  if (!bytes.acquire_py(args.data[0]) || (args.size == 3 && !intArgument_py(args.data[1], &flags)))
    return {};
  socklen_t length = parseAddress_py(self, args.data[args.size - 1], &address, "sendto");
  if (!length)
    return {};
  TRY_AUDIT("socket.sendto", v, args.data[args.size - 1]);
  int64_t n = transfer_py(self, POLLOUT, [&] {
    return ::sendto(self->fd, bytes.data(), static_cast<size_t>(bytes.size()), static_cast<int>(flags),
                    &address.any, length);
  });
  return n < 0 ? Value() : smallInt(n);
}
Value krt_socket_sendmsg_py(Value v, Value buffers, Value ancillary, int flags, Value addressGiven) {
  auto *self = socketOf(v);
  Vectors vectors;
  if (!vectors.fill_py(buffers, false, "sendmsg() argument 1 must be an iterable"))
    return {};
  msghdr message{};
  message.msg_iov = vectors.items;
  message.msg_iovlen = vectors.count;
  Address address;
  if (addressGiven && addressGiven != kNone) {
    message.msg_namelen = parseAddress_py(self, addressGiven, &address, "sendmsg");
    if (!message.msg_namelen)
      return {};
    message.msg_name = &address;
  }
  TRY_AUDIT("socket.sendmsg", v, auditValue(addressGiven));
  if (ancillary && ancillary != kNone) {
    Tuple *items = krt_tuple_from_py(ancillary);
    if (!items)
      return krt_error_clear_if(kTypeError)
                 ? krt_raise(kTypeError, "sendmsg() argument 2 must be an iterable")
                 : Value();
    BytesBuilder control;
    for (int64_t i = 0; i < items->length; i++) {
      Value given = items->items[i];
      Tuple *item = isExact(given, krt_tuple_class) || isExact(given, krt_list_class)
                        ? krt_tuple_from_py(given)
                        : nullptr;
      if (!item || item->length != 3)
        return krt_raise(
            kTypeError, "[sendmsg() ancillary data items]() argument must be 3-item sequence, not %T", given);
      int64_t level, type;
      BytesLike data;
      if (!intArgument_py(item->items[0], &level) || !intArgument_py(item->items[1], &type) ||
          !data.acquire_py(item->items[2]))
        return {};
      size_t start = control.length(), space = CMSG_SPACE(static_cast<size_t>(data.size()));
      for (size_t k = 0; k < space; k++)
        control.append(uint8_t{0});
      auto *header = reinterpret_cast<cmsghdr *>(control.data() + start);
      header->cmsg_level = static_cast<int>(level);
      header->cmsg_type = static_cast<int>(type);
      header->cmsg_len = CMSG_LEN(static_cast<size_t>(data.size()));
      std::memcpy(CMSG_DATA(header), data.data(), static_cast<size_t>(data.size()));
    }
    message.msg_control = control.length() ? control.data() : nullptr;
    message.msg_controllen = control.length();
  }
  int64_t n = transfer_py(self, POLLOUT, [&] { return ::sendmsg(self->fd, &message, flags); });
  return n < 0 ? Value() : smallInt(n);
}

Value krt_socket_setblocking_py(Value v, bool flag) {
  socketOf(v)->timeout = flag ? -1 : 0;
  return setNonblocking(socketOf(v)->fd, !flag) ? kNone : Value();
}
bool krt_socket_getblocking(Value v) { return socketOf(v)->timeout != 0; }
Value krt_socket_settimeout_py(Value v, Value given) {
  int64_t timeout;
  if (!timeout_py(given, &timeout))
    return {};
  socketOf(v)->timeout = timeout;
  return setNonblocking(socketOf(v)->fd, timeout >= 0) ? kNone : Value();
}
Value krt_socket_gettimeout(Value v) { return timeoutValue(socketOf(v)->timeout); }
Value krt_socket_shutdown_py(Value v, int how) {
  int result = [&] {
    LockReleased released;
    return ::shutdown(socketOf(v)->fd, how);
  }();
  return noneOrError(result);
}
Value krt_socket_timeout(Value v) { return krt_socket_gettimeout(v); }
int64_t krt_socket_family(Value v) { return socketOf(v)->family; }
int64_t krt_socket_type(Value v) { return socketOf(v)->type; }
int64_t krt_socket_protocol(Value v) { return socketOf(v)->protocol; }

extern "C" {
Class krt_socket_class = {
    .flags = kClassBase,
    .nativeName = "_socket.socket",
    .basicSize = sizeof(Socket),
    .slots = {.repr = repr, .init = krt_socket_init, .make = make},
    .methods = krt_socket_defs,
    .doc = krt_socket_doc,
};
}

bool krt__socket_init(Module *module) {
  if (!addException(module, &herror, "socket", "herror", Value(kOSError)) ||
      !addException(module, &gaierror, "socket", "gaierror", Value(kOSError)))
    return false;
  addClass(module, &krt_socket_class);
  krt_dict_set_str(module->dict, KSTR(SocketType), Value(&krt_socket_class));
  krt_dict_set_str(module->dict, KSTR(error), Value(kOSError));
  krt_dict_set_str(module->dict, KSTR(timeout), Value(kTimeoutError));
  krt_dict_set_str(module->dict, KSTR(has_ipv6), kTrue);
  krt_dict_set_str(module->dict, KSTR(BDADDR_ANY), strFrom("00:00:00:00:00:00"));
  krt_dict_set_str(module->dict, KSTR(BDADDR_LOCAL), strFrom("00:00:00:FF:FF:FF"));
#define ROW(name) {#name, static_cast<int64_t>(name)}
  static const ConstantRow constants[] = {ROW(AF_ALG),
                                          ROW(AF_APPLETALK),
                                          ROW(AF_ASH),
                                          ROW(AF_ATMPVC),
                                          ROW(AF_ATMSVC),
                                          ROW(AF_AX25),
                                          ROW(AF_BLUETOOTH),
                                          ROW(AF_BRIDGE),
                                          ROW(AF_CAN),
                                          ROW(AF_DECnet),
                                          ROW(AF_ECONET),
                                          ROW(AF_INET),
                                          ROW(AF_INET6),
                                          ROW(AF_IPX),
                                          ROW(AF_IRDA),
                                          ROW(AF_KEY),
                                          ROW(AF_LLC),
                                          ROW(AF_NETBEUI),
                                          ROW(AF_NETLINK),
                                          ROW(AF_NETROM),
                                          ROW(AF_PACKET),
                                          ROW(AF_PPPOX),
                                          ROW(AF_QIPCRTR),
                                          ROW(AF_RDS),
                                          ROW(AF_ROSE),
                                          ROW(AF_ROUTE),
                                          ROW(AF_SECURITY),
                                          ROW(AF_SNA),
                                          ROW(AF_TIPC),
                                          ROW(AF_UNIX),
                                          ROW(AF_UNSPEC),
                                          ROW(AF_VSOCK),
                                          ROW(AF_WANPIPE),
                                          ROW(AF_X25),
                                          ROW(AI_ADDRCONFIG),
                                          ROW(AI_ALL),
                                          ROW(AI_CANONNAME),
                                          ROW(AI_NUMERICHOST),
                                          ROW(AI_NUMERICSERV),
                                          ROW(AI_PASSIVE),
                                          ROW(AI_V4MAPPED),
                                          ROW(ALG_OP_DECRYPT),
                                          ROW(ALG_OP_ENCRYPT),
                                          ROW(ALG_SET_AEAD_ASSOCLEN),
                                          ROW(ALG_SET_AEAD_AUTHSIZE),
                                          ROW(ALG_SET_IV),
                                          ROW(ALG_SET_KEY),
                                          ROW(ALG_SET_OP),
                                          ROW(CAN_BCM),
                                          ROW(CAN_EFF_FLAG),
                                          ROW(CAN_EFF_MASK),
                                          ROW(CAN_ERR_FLAG),
                                          ROW(CAN_ERR_MASK),
                                          ROW(CAN_ISOTP),
                                          ROW(CAN_J1939),
                                          ROW(CAN_RAW),
                                          ROW(CAN_RTR_FLAG),
                                          ROW(CAN_SFF_MASK),
                                          ROW(EAI_AGAIN),
                                          ROW(EAI_BADFLAGS),
                                          ROW(EAI_FAIL),
                                          ROW(EAI_FAMILY),
                                          ROW(EAI_MEMORY),
                                          ROW(EAI_NONAME),
                                          ROW(EAI_OVERFLOW),
                                          ROW(EAI_SERVICE),
                                          ROW(EAI_SOCKTYPE),
                                          ROW(EAI_SYSTEM),
                                          ROW(INADDR_ALLHOSTS_GROUP),
                                          ROW(INADDR_ANY),
                                          ROW(INADDR_BROADCAST),
                                          ROW(INADDR_LOOPBACK),
                                          ROW(INADDR_MAX_LOCAL_GROUP),
                                          ROW(INADDR_NONE),
                                          ROW(INADDR_UNSPEC_GROUP),
                                          ROW(IOCTL_VM_SOCKETS_GET_LOCAL_CID),
                                          ROW(IPPORT_RESERVED),
                                          ROW(IPPROTO_AH),
                                          ROW(IPPROTO_DSTOPTS),
                                          ROW(IPPROTO_EGP),
                                          ROW(IPPROTO_ESP),
                                          ROW(IPPROTO_FRAGMENT),
                                          ROW(IPPROTO_GRE),
                                          ROW(IPPROTO_HOPOPTS),
                                          ROW(IPPROTO_ICMP),
                                          ROW(IPPROTO_ICMPV6),
                                          ROW(IPPROTO_IDP),
                                          ROW(IPPROTO_IGMP),
                                          ROW(IPPROTO_IP),
                                          ROW(IPPROTO_IPIP),
                                          ROW(IPPROTO_IPV6),
                                          ROW(IPPROTO_MPTCP),
                                          ROW(IPPROTO_NONE),
                                          ROW(IPPROTO_PIM),
                                          ROW(IPPROTO_PUP),
                                          ROW(IPPROTO_RAW),
                                          ROW(IPPROTO_ROUTING),
                                          ROW(IPPROTO_RSVP),
                                          ROW(IPPROTO_SCTP),
                                          ROW(IPPROTO_TCP),
                                          ROW(IPPROTO_TP),
                                          ROW(IPPROTO_UDP),
                                          ROW(IPPROTO_UDPLITE),
                                          ROW(IPV6_CHECKSUM),
                                          ROW(IPV6_DONTFRAG),
                                          ROW(IPV6_DSTOPTS),
                                          ROW(IPV6_HOPLIMIT),
                                          ROW(IPV6_HOPOPTS),
                                          ROW(IPV6_JOIN_GROUP),
                                          ROW(IPV6_LEAVE_GROUP),
                                          ROW(IPV6_MULTICAST_HOPS),
                                          ROW(IPV6_MULTICAST_IF),
                                          ROW(IPV6_MULTICAST_LOOP),
                                          ROW(IPV6_NEXTHOP),
                                          ROW(IPV6_PATHMTU),
                                          ROW(IPV6_PKTINFO),
                                          ROW(IPV6_RECVDSTOPTS),
                                          ROW(IPV6_RECVHOPLIMIT),
                                          ROW(IPV6_RECVHOPOPTS),
                                          ROW(IPV6_RECVPATHMTU),
                                          ROW(IPV6_RECVPKTINFO),
                                          ROW(IPV6_RECVRTHDR),
                                          ROW(IPV6_RECVTCLASS),
                                          ROW(IPV6_RTHDR),
                                          ROW(IPV6_RTHDRDSTOPTS),
                                          ROW(IPV6_RTHDR_TYPE_0),
                                          ROW(IPV6_TCLASS),
                                          ROW(IPV6_UNICAST_HOPS),
                                          ROW(IPV6_V6ONLY),
                                          ROW(IP_ADD_MEMBERSHIP),
                                          ROW(IP_BIND_ADDRESS_NO_PORT),
                                          ROW(IP_DEFAULT_MULTICAST_LOOP),
                                          ROW(IP_DEFAULT_MULTICAST_TTL),
                                          ROW(IP_DROP_MEMBERSHIP),
                                          ROW(IP_HDRINCL),
                                          ROW(IP_MAX_MEMBERSHIPS),
                                          ROW(IP_MULTICAST_IF),
                                          ROW(IP_MULTICAST_LOOP),
                                          ROW(IP_MULTICAST_TTL),
                                          ROW(IP_OPTIONS),
                                          ROW(IP_RECVOPTS),
                                          ROW(IP_RECVRETOPTS),
                                          ROW(IP_RECVTOS),
                                          ROW(IP_RETOPTS),
                                          ROW(IP_TOS),
                                          ROW(IP_TRANSPARENT),
                                          ROW(IP_TTL),
                                          ROW(J1939_FILTER_MAX),
                                          ROW(J1939_IDLE_ADDR),
                                          ROW(J1939_MAX_UNICAST_ADDR),
                                          ROW(J1939_NO_ADDR),
                                          ROW(J1939_NO_NAME),
                                          ROW(J1939_NO_PGN),
                                          ROW(J1939_PGN_ADDRESS_CLAIMED),
                                          ROW(J1939_PGN_ADDRESS_COMMANDED),
                                          ROW(J1939_PGN_MAX),
                                          ROW(J1939_PGN_PDU1_MAX),
                                          ROW(J1939_PGN_REQUEST),
                                          ROW(MSG_CMSG_CLOEXEC),
                                          ROW(MSG_CONFIRM),
                                          ROW(MSG_CTRUNC),
                                          ROW(MSG_DONTROUTE),
                                          ROW(MSG_DONTWAIT),
                                          ROW(MSG_EOR),
                                          ROW(MSG_ERRQUEUE),
                                          ROW(MSG_FASTOPEN),
                                          ROW(MSG_MORE),
                                          ROW(MSG_NOSIGNAL),
                                          ROW(MSG_OOB),
                                          ROW(MSG_PEEK),
                                          ROW(MSG_TRUNC),
                                          ROW(MSG_WAITALL),
                                          ROW(NETLINK_CRYPTO),
                                          ROW(NETLINK_DNRTMSG),
                                          ROW(NETLINK_FIREWALL),
                                          ROW(NETLINK_IP6_FW),
                                          ROW(NETLINK_NFLOG),
                                          ROW(NETLINK_ROUTE),
                                          ROW(NETLINK_USERSOCK),
                                          ROW(NETLINK_XFRM),
                                          ROW(NI_DGRAM),
                                          ROW(NI_MAXHOST),
                                          ROW(NI_MAXSERV),
                                          ROW(NI_NAMEREQD),
                                          ROW(NI_NOFQDN),
                                          ROW(NI_NUMERICHOST),
                                          ROW(NI_NUMERICSERV),
                                          ROW(PACKET_BROADCAST),
                                          ROW(PACKET_FASTROUTE),
                                          ROW(PACKET_HOST),
                                          ROW(PACKET_LOOPBACK),
                                          ROW(PACKET_MULTICAST),
                                          ROW(PACKET_OTHERHOST),
                                          ROW(PACKET_OUTGOING),
                                          ROW(PF_CAN),
                                          ROW(PF_PACKET),
                                          ROW(PF_RDS),
                                          ROW(SCM_RIGHTS),
                                          ROW(SHUT_RD),
                                          ROW(SHUT_RDWR),
                                          ROW(SHUT_WR),
                                          ROW(SOCK_CLOEXEC),
                                          ROW(SOCK_DGRAM),
                                          ROW(SOCK_NONBLOCK),
                                          ROW(SOCK_RAW),
                                          ROW(SOCK_RDM),
                                          ROW(SOCK_SEQPACKET),
                                          ROW(SOCK_STREAM),
                                          ROW(SOL_ALG),
                                          ROW(SOL_CAN_BASE),
                                          ROW(SOL_CAN_RAW),
                                          ROW(SOL_IP),
                                          ROW(SOL_RDS),
                                          ROW(SOL_SOCKET),
                                          ROW(SOL_TCP),
                                          ROW(SOL_TIPC),
                                          ROW(SOMAXCONN),
                                          ROW(SO_ACCEPTCONN),
                                          ROW(SO_BINDTODEVICE),
                                          ROW(SO_BROADCAST),
                                          ROW(SO_DEBUG),
                                          ROW(SO_DOMAIN),
                                          ROW(SO_DONTROUTE),
                                          ROW(SO_ERROR),
                                          ROW(SO_INCOMING_CPU),
                                          ROW(SO_KEEPALIVE),
                                          ROW(SO_LINGER),
                                          ROW(SO_MARK),
                                          ROW(SO_OOBINLINE),
                                          ROW(SO_PASSCRED),
                                          ROW(SO_PASSSEC),
                                          ROW(SO_PEERCRED),
                                          ROW(SO_PEERSEC),
                                          ROW(SO_PRIORITY),
                                          ROW(SO_PROTOCOL),
                                          ROW(SO_RCVBUF),
                                          ROW(SO_RCVLOWAT),
                                          ROW(SO_RCVTIMEO),
                                          ROW(SO_REUSEADDR),
                                          ROW(SO_REUSEPORT),
                                          ROW(SO_SNDBUF),
                                          ROW(SO_SNDLOWAT),
                                          ROW(SO_SNDTIMEO),
                                          ROW(SO_TYPE),
                                          ROW(SO_VM_SOCKETS_BUFFER_MAX_SIZE),
                                          ROW(SO_VM_SOCKETS_BUFFER_MIN_SIZE),
                                          ROW(SO_VM_SOCKETS_BUFFER_SIZE),
                                          ROW(TCP_CONGESTION),
                                          ROW(TCP_CORK),
                                          ROW(TCP_DEFER_ACCEPT),
                                          ROW(TCP_FASTOPEN),
                                          ROW(TCP_INFO),
                                          ROW(TCP_KEEPCNT),
                                          ROW(TCP_KEEPIDLE),
                                          ROW(TCP_KEEPINTVL),
                                          ROW(TCP_LINGER2),
                                          ROW(TCP_MAXSEG),
                                          ROW(TCP_NODELAY),
                                          ROW(TCP_NOTSENT_LOWAT),
                                          ROW(TCP_QUICKACK),
                                          ROW(TCP_SYNCNT),
                                          ROW(TCP_USER_TIMEOUT),
                                          ROW(TCP_WINDOW_CLAMP),
                                          ROW(TIPC_ADDR_ID),
                                          ROW(TIPC_ADDR_NAME),
                                          ROW(TIPC_ADDR_NAMESEQ),
                                          ROW(TIPC_CFG_SRV),
                                          ROW(TIPC_CONN_TIMEOUT),
                                          ROW(TIPC_CRITICAL_IMPORTANCE),
                                          ROW(TIPC_DEST_DROPPABLE),
                                          ROW(TIPC_HIGH_IMPORTANCE),
                                          ROW(TIPC_IMPORTANCE),
                                          ROW(TIPC_LOW_IMPORTANCE),
                                          ROW(TIPC_MEDIUM_IMPORTANCE),
                                          ROW(TIPC_PUBLISHED),
                                          ROW(TIPC_SRC_DROPPABLE),
                                          ROW(TIPC_SUBSCR_TIMEOUT),
                                          ROW(TIPC_SUB_CANCEL),
                                          ROW(TIPC_SUB_PORTS),
                                          ROW(TIPC_SUB_SERVICE),
                                          ROW(TIPC_TOP_SRV),
                                          ROW(TIPC_WAIT_FOREVER),
                                          ROW(TIPC_WITHDRAWN),
                                          ROW(TIPC_ZONE_SCOPE),
                                          ROW(VMADDR_CID_ANY),
                                          ROW(VMADDR_CID_HOST),
                                          ROW(VMADDR_PORT_ANY),
                                          ROW(VM_SOCKETS_INVALID_VERSION),
                                          {"ALG_OP_SIGN", 2},
                                          {"ALG_OP_VERIFY", 3},
                                          {"ALG_SET_PUBKEY", 6},
                                          {"BTPROTO_HCI", 1},
                                          {"BTPROTO_L2CAP", 0},
                                          {"BTPROTO_RFCOMM", 3},
                                          {"BTPROTO_SCO", 2},
                                          {"CAN_BCM_CAN_FD_FRAME", 2048},
                                          {"CAN_BCM_RX_ANNOUNCE_RESUME", 256},
                                          {"CAN_BCM_RX_CHANGED", 12},
                                          {"CAN_BCM_RX_CHECK_DLC", 64},
                                          {"CAN_BCM_RX_DELETE", 6},
                                          {"CAN_BCM_RX_FILTER_ID", 32},
                                          {"CAN_BCM_RX_NO_AUTOTIMER", 128},
                                          {"CAN_BCM_RX_READ", 7},
                                          {"CAN_BCM_RX_RTR_FRAME", 1024},
                                          {"CAN_BCM_RX_SETUP", 5},
                                          {"CAN_BCM_RX_STATUS", 10},
                                          {"CAN_BCM_RX_TIMEOUT", 11},
                                          {"CAN_BCM_SETTIMER", 1},
                                          {"CAN_BCM_STARTTIMER", 2},
                                          {"CAN_BCM_TX_ANNOUNCE", 8},
                                          {"CAN_BCM_TX_COUNTEVT", 4},
                                          {"CAN_BCM_TX_CP_CAN_ID", 16},
                                          {"CAN_BCM_TX_DELETE", 2},
                                          {"CAN_BCM_TX_EXPIRED", 9},
                                          {"CAN_BCM_TX_READ", 3},
                                          {"CAN_BCM_TX_RESET_MULTI_IDX", 512},
                                          {"CAN_BCM_TX_SEND", 4},
                                          {"CAN_BCM_TX_SETUP", 1},
                                          {"CAN_BCM_TX_STATUS", 8},
                                          {"CAN_RAW_FD_FRAMES", 5},
                                          {"CAN_RAW_FILTER", 1},
                                          {"CAN_RAW_JOIN_FILTERS", 6},
                                          {"CAN_RAW_LOOPBACK", 3},
                                          {"CAN_RAW_RECV_OWN_MSGS", 4},
                                          {"EAI_ADDRFAMILY", -9},
                                          {"EAI_NODATA", -5},
                                          {"HCI_DATA_DIR", 1},
                                          {"HCI_FILTER", 2},
                                          {"HCI_TIME_STAMP", 3},
                                          {"IPPORT_USERRESERVED", 5000},
                                          {"J1939_EE_INFO_NONE", 0},
                                          {"J1939_EE_INFO_TX_ABORT", 1},
                                          {"J1939_NLA_BYTES_ACKED", 1},
                                          {"J1939_NLA_PAD", 0},
                                          {"SCM_CREDENTIALS", 2},
                                          {"SCM_J1939_DEST_ADDR", 1},
                                          {"SCM_J1939_DEST_NAME", 2},
                                          {"SCM_J1939_ERRQUEUE", 4},
                                          {"SCM_J1939_PRIO", 3},
                                          {"SOL_HCI", 0},
                                          {"SOL_UDP", 17},
                                          {"SO_J1939_ERRQUEUE", 4},
                                          {"SO_J1939_FILTER", 1},
                                          {"SO_J1939_PROMISC", 2},
                                          {"SO_J1939_SEND_PRIO", 3},
                                          {"TIPC_CLUSTER_SCOPE", 2},
                                          {"TIPC_NODE_SCOPE", 3},
                                          {"UDPLITE_RECV_CSCOV", 11},
                                          {"UDPLITE_SEND_CSCOV", 10}};
#undef ROW
  addConstants(module, constants, std::size(constants));
  return true;
}

} // namespace krait
