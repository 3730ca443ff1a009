// _ssl_socket.cpp - see _ssl_socket.h. A call of the library's never blocks; one that could not go on is
// repeated when its socket is ready, as the socket's timeout says. Nothing is held while a thread waits.
#include "stdlib/native/_ssl_socket.h"

#include "stdlib/native/_socket.h"
#include "stdlib/native/_ssl_parts.h"
#include "stdlib/native/socket_wait.h"

#include <openssl/x509v3.h>

#include "stdlib/native/_ssl_socket.bind.inc"

namespace krait {

namespace {

SslSocket *socketOf(Value v) { return v.as<SslSocket>(); }
SSL *sslOf(Value v) { return socketOf(v)->handle->ssl; }

// ---- Calling the library ----------------------------------------------------------------------------------

struct CallResult {
  int value;
  int problem;     // SSL_ERROR_...
  int systemError; // of the transfer that failed, or 0
};

/// The socket below, null if there is none or it is gone.
Socket *transportOf(SslSocket *self) {
  Value socket = self->socket ? krt_weakref_get(self->socket.as<WeakRef>()) : Value();
  return socket ? socket.as<Socket>() : nullptr;
}

/// Calls the library with the connection, the lock given up.
template <typename F> CallResult callSsl(SslSocket *self, F call) {
  SslHandle *handle = self->handle;
  SslTurn turn(handle);
  if (self->socket) {
    Socket *socket = transportOf(self);
    handle->fd = socket ? socket->fd : -1;
  }
  LibraryUnlocked unlocked;
  ::ERR_clear_error();
  handle->error = 0;
  CallResult result;
  result.value = call(handle->ssl);
  result.problem = ::SSL_get_error(handle->ssl, result.value);
  result.systemError = handle->error;
  return result;
}

/// Raises what a callback raised; false if none did.
bool raiseCallbackError(SslSocket *self) {
  if (!self->callbackError)
    return false;
  Value error = self->callbackError;
  self->callbackError = {};
  krt_error_restore(error);
  return true;
}

/// Raises for a call that failed. Always null.
Value raiseResult(SslSocket *self, const CallResult &result, int line) {
  if (raiseCallbackError(self))
    return {};
  unsigned long code = ::ERR_peek_last_error();
  SslFailure failure{.number = result.problem, .code = code, .line = line, .socket = self};
  switch (result.problem) {
  case SSL_ERROR_ZERO_RETURN:
    failure.cls = sslErrors.zeroReturn;
    failure.text = "TLS/SSL connection has been closed (EOF)";
    break;
  case SSL_ERROR_WANT_READ:
    failure.cls = sslErrors.wantRead;
    failure.text = "The operation did not complete (read)";
    break;
  case SSL_ERROR_WANT_WRITE:
    failure.cls = sslErrors.wantWrite;
    failure.text = "The operation did not complete (write)";
    break;
  case SSL_ERROR_WANT_X509_LOOKUP:
    failure.text = "The operation did not complete (X509 lookup)";
    break;
  case SSL_ERROR_WANT_CONNECT:
    failure.text = "The operation did not complete (connect)";
    break;
  case SSL_ERROR_SYSCALL:
    if (code) {
      failure.cls = sslErrors.syscall;
    } else if (result.value && transportOf(self) && result.systemError) {
      ::ERR_clear_error();
      return krt_raise_errno(result.systemError, {}, {});
    } else if (result.value == 0 || self->socket) {
      failure.cls = sslErrors.eof;
      failure.number = kSslErrorEof;
      failure.text = "EOF occurred in violation of protocol";
    } else {
      failure.cls = sslErrors.syscall;
      failure.text = "Some I/O error occurred";
    }
    break;
  case SSL_ERROR_SSL:
    if (!code) {
      failure.text = "A failure in the SSL library occurred";
    } else if (ERR_GET_LIB(code) == ERR_LIB_SSL && ERR_GET_REASON(code) == SSL_R_CERTIFICATE_VERIFY_FAILED) {
      failure.cls = sslErrors.verification;
    } else if (ERR_GET_LIB(code) == ERR_LIB_SSL &&
               ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
      failure.cls = sslErrors.eof;
      failure.number = kSslErrorEof;
      failure.text = "EOF occurred in violation of protocol";
    }
    break;
  default:
    failure.number = 10;
    failure.text = "Invalid error code";
  }
  return raiseSsl(failure);
}

Value raiseGone(int line) { return raiseSsl({.text = "Underlying socket connection gone", .line = line}); }

// ---- Waiting ----------------------------------------------------------------------------------------

/// When an operation that begins now has to be done; negative: never.
int64_t deadlineOf(SslSocket *self) {
  Socket *socket = transportOf(self);
  return socket && socket->timeout > 0 ? socketClock() + socket->timeout : -1;
}

enum class Waited { Ready, NotPossible, Raised };

/// Waits for what the call could not go on without. NotPossible: it was something else, or the socket does
/// not wait.
Waited waitFor_py(SslSocket *self, const CallResult &result, int64_t deadline, const char *timeoutMessage) {
  short events = result.problem == SSL_ERROR_WANT_READ    ? POLLIN
                 : result.problem == SSL_ERROR_WANT_WRITE ? POLLOUT
                                                          : 0;
  Socket *socket = transportOf(self);
  if (!events || !socket || socket->timeout == 0 || self->callbackError)
    return Waited::NotPossible;
  if (socket->fd < 0) {
    ::ERR_clear_error();
    krt_raise(sslErrors.error, "Underlying socket has been closed.");
    return Waited::Raised;
  }
  int ready = pollSocket_py(socket->fd, events, deadline);
  if (ready == 0)
    krt_raise(kTimeoutError, timeoutMessage);
  return ready > 0 ? Waited::Ready : Waited::Raised;
}

constexpr const char *kReadTimedOut = "The read operation timed out";
constexpr const char *kWriteTimedOut = "The write operation timed out";

// ---- Making one -------------------------------------------------------------------------------------

SSL_SESSION *copySession(SSL_SESSION *session) { return ::SSL_SESSION_dup(session); }

/// Says whom to expect: SNI (not for addresses), and the name or address that the certificate must be for.
bool setHostname_py(SslSocket *self, Value hostname) {
  SSL *ssl = self->handle->ssl;
  if (!strCheck(hostname)) {
    krt_raise(kTypeError, "argument must be str, not %T", hostname);
    return false;
  }
  Value ascii = krt_codec_encode_py(hostname.as<Str>(), "ascii", "strict");
  if (!ascii)
    return false;
  const char *chars = reinterpret_cast<const char *>(ascii.as<Bytes>()->data);
  auto size = static_cast<size_t>(ascii.as<Bytes>()->length);
  if (std::memchr(chars, 0, size)) {
    krt_raise(kTypeError, "argument must be encoded string without null bytes, not str");
    return false;
  }
  if (!size || chars[0] == '.') {
    krt_raise(kValueError, "server_hostname cannot be an empty string or start with a leading dot.");
    return false;
  }
  self->serverHostname = strFrom(std::string_view(chars, size));
  ASN1_OCTET_STRING *address = ::a2i_IPADDRESS(chars);
  ::ERR_clear_error();
  bool set = address || SSL_set_tlsext_host_name(ssl, chars);
  if (set && self->context->checkHostname) {
    X509_VERIFY_PARAM *parameters = ::SSL_get0_param(ssl);
    set = address ? ::X509_VERIFY_PARAM_set1_ip(parameters, ::ASN1_STRING_get0_data(address),
                                                static_cast<size_t>(::ASN1_STRING_length(address)))
                  : ::X509_VERIFY_PARAM_set1_host(parameters, chars, size);
  }
  ::ASN1_OCTET_STRING_free(address);
  if (!set)
    raiseSslQueue(745);
  return set;
}

void allowPostHandshake(SslSocket *self) {
  SSL *ssl = self->handle->ssl;
  if (!self->context->postHandshakeAuth)
    return;
  if (!self->server) {
    ::SSL_set_post_handshake_auth(ssl, 1);
    return;
  }
  // Only where the client's certificate is asked for at all.
  int mode = ::SSL_get_verify_mode(ssl);
  if (mode & SSL_VERIFY_PEER)
    ::SSL_set_verify(ssl, mode | SSL_VERIFY_POST_HANDSHAKE, ::SSL_get_verify_callback(ssl));
}

void endSocket(Object *object) {
  auto *self = static_cast<SslSocket *>(object);
  ::SSL_free(self->handle->ssl);
  delete self->handle;
}

bool setSession(SslSocket *self, Value value) {
  if (!krt_instance(value, &krt_ssl_session_class)) {
    krt_raise(kTypeError, "Value is not a SSLSession.");
    return false;
  }
  auto *given = value.as<SslSession>();
  if (given->context->ctx != self->context->ctx) {
    krt_raise(kValueError, "Session refers to a different SSLContext.");
    return false;
  }
  if (self->server) {
    krt_raise(kValueError, "Cannot set session for server-side SSLSocket.");
    return false;
  }
  SslTurn turn(self->handle);
  if (::SSL_is_init_finished(self->handle->ssl)) {
    krt_raise(kValueError, "Cannot set session after handshake.");
    return false;
  }
  // The handshake changes the session; the object keeps what it was.
  SSL_SESSION *copy = copySession(given->session);
  bool set = copy && ::SSL_set_session(self->handle->ssl, copy);
  ::SSL_SESSION_free(copy);
  if (!set)
    raiseSslQueue(2827);
  return set;
}

bool setOwner(SslSocket *self, Value owner) {
  if (owner == kNone) {
    self->owner = {};
    return true;
  }
  Value reference = krt_weakref_new(&krt_weakref_class, owner, {});
  if (reference)
    self->owner = reference;
  return static_cast<bool>(reference);
}

/// The BIOs of a new connection; false with MemoryError pending.
bool connectBios(SslSocket *self, MemoryBio *incoming, MemoryBio *outgoing) {
  SslHandle *handle = self->handle;
  BIO *in = incoming ? newPipeBio(incoming->pipe) : newDescriptorBio(handle);
  BIO *out = outgoing ? newPipeBio(outgoing->pipe) : in;
  if (!in || !out) {
    ::BIO_free(in);
    krt_raise_memory();
    return false;
  }
  ::SSL_set_bio(handle->ssl, in, out);
  return true;
}

Value certificateList(STACK_OF(X509) * chain, X509 *firstOrNull) {
  List *list = krt_list_new(0);
  if (firstOrNull)
    krt_list_append(list, newSslCertificate(firstOrNull));
  for (int i = 0; i < sk_X509_num(chain); ++i)
    krt_list_append(list, newSslCertificate(sk_X509_value(chain, i)));
  return list;
}

} // namespace

Value newSslSocket_py(SslContext *context, Value socket, bool server, Value hostname, Value owner,
                      Value session, MemoryBio *incoming, MemoryBio *outgoing) {
  if (server && context->protocol == kProtocolClient)
    return raiseSsl(
        {.text = "Cannot create a server socket with a PROTOCOL_TLS_CLIENT context", .line = 788});
  if (!server && context->protocol == kProtocolServer)
    return raiseSsl(
        {.text = "Cannot create a client socket with a PROTOCOL_TLS_SERVER context", .line = 795});
  krt_gc_outside_settle();
  auto *self = gcNew<SslSocket>(krt_ssl_socket_class);
  self->context = context;
  self->server = server;
  self->handle = new SslHandle;
  self->handle->ssl = ::SSL_new(context->ctx);
  krt_gc_set_release(self, endSocket);
  SSL *ssl = self->handle->ssl;
  if (!ssl)
    return raiseSslQueue(815);
  SSL_set_app_data(ssl, self);
  // A context does not hand its flags for names down by itself.
  ::X509_VERIFY_PARAM_set_hostflags(::SSL_get0_param(ssl), context->hostFlags);
  if (!connectBios(self, incoming, outgoing))
    return {};
  SSL_set_mode(ssl, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY);
  allowPostHandshake(self);
  if (hostname && hostname != kNone && !setHostname_py(self, hostname))
    return {};
  if (server)
    ::SSL_set_accept_state(ssl);
  else
    ::SSL_set_connect_state(ssl);
  if (socket)
    self->socket = TRY(krt_weakref_new(&krt_weakref_class, socket, {}));
  if (owner && owner != kNone && !setOwner(self, owner))
    return {};
  if (session && session != kNone && !setSession(self, session))
    return {};
  return self;
}

// ---- Handshake, transfers ---------------------------------------------------------------------------

Value krt_ssl_socket_doHandshake_py(Value v) {
  auto *self = socketOf(v);
  if (self->socket && !transportOf(self))
    return raiseGone(933);
  int64_t deadline = deadlineOf(self);
  for (;;) {
    CallResult result = callSsl(self, [](SSL *ssl) { return ::SSL_do_handshake(ssl); });
    if (result.value > 0)
      return raiseCallbackError(self) ? Value() : kNone;
    Waited waited = waitFor_py(self, result, deadline, "_ssl.c:975: The handshake operation timed out");
    if (waited == Waited::Raised)
      return {};
    if (waited == Waited::NotPossible)
      return raiseResult(self, result, 992);
  }
}

namespace {

/// Reads up to [size] bytes; how many, 0 also at the end; -1 with an exception pending.
int64_t readSome_py(SslSocket *self, uint8_t *out, size_t size) {
  int64_t deadline = deadlineOf(self);
  for (;;) {
    size_t count = 0;
    bool ended = false;
    CallResult result = callSsl(self, [&](SSL *ssl) {
      int done = ::SSL_read_ex(ssl, out, size, &count);
      ended = !done && ::SSL_get_shutdown(ssl) == SSL_RECEIVED_SHUTDOWN;
      return done;
    });
    if (result.value > 0)
      return raiseCallbackError(self) ? -1 : static_cast<int64_t>(count);
    if (result.problem == SSL_ERROR_ZERO_RETURN && ended)
      return raiseCallbackError(self) ? -1 : 0;
    Waited waited = waitFor_py(self, result, deadline, kReadTimedOut);
    if (waited == Waited::NotPossible)
      raiseResult(self, result, 2546);
    if (waited != Waited::Ready)
      return -1;
  }
}

} // namespace

Value krt_ssl_socket_read_py(Value v, ArgSpan args) {
  auto *self = socketOf(v);
  if (args.size < 1 || args.size > 2)
    return krt_raise(kTypeError, "_ssl._SSLSocket.read requires 1 to 2 arguments");
  int64_t size;
  Value index = TRY(krt_index_py(args.data[0]));
  if (!krt_int_to_i64(index, &size) || size != static_cast<int>(size))
    return krt_raise(kOverflowError, "Python int too large to convert to C int");
  bool into = args.size == 2;
  BytesLike target;
  if (into && !target.acquire_py(args.data[1], kBufferWritable)) {
    if (krt_error_clear_if(kTypeError) || krt_error_clear_if(kBufferError))
      krt_raise(kTypeError, "read() argument 2 must be read-write bytes-like object, not %T", args.data[1]);
    return {};
  }
  if (self->socket && !transportOf(self))
    return raiseGone(2464);
  if (into) {
    if (size <= 0 || size > target.size())
      size = std::min<int64_t>(target.size(), INT_MAX);
    if (!size)
      return smallInt(0);
    int64_t count = readSome_py(self, target.writable(), static_cast<size_t>(size));
    return count < 0 ? Value() : smallInt(count);
  }
  if (size < 0)
    return krt_raise(kValueError, "size should not be negative");
  if (!size)
    return krt_bytes_empty;
  // No more than a record comes at once, whatever is asked for.
  uint8_t record[SSL3_RT_MAX_PLAIN_LENGTH];
  int64_t count = readSome_py(self, record, std::min(static_cast<size_t>(size), sizeof record));
  return count < 0 ? Value() : Value(krt_bytes_new(record, static_cast<size_t>(count)));
}

Value krt_ssl_socket_write_py(Value v, Value data) {
  auto *self = socketOf(v);
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  Socket *socket = transportOf(self);
  if (self->socket && !socket)
    return raiseGone(2321);
  if (socket && socket->fd < 0)
    return krt_raise(sslErrors.error, "Underlying socket has been closed.");
  int64_t deadline = deadlineOf(self);
  SslTurn writing(&self->handle->writing);
  for (;;) {
    size_t count = 0;
    CallResult result = callSsl(self, [&](SSL *ssl) {
      return ::SSL_write_ex(ssl, bytes.data(), static_cast<size_t>(bytes.size()), &count);
    });
    if (result.value > 0)
      return raiseCallbackError(self) ? Value() : smallInt(static_cast<int64_t>(count));
    Waited waited = waitFor_py(self, result, deadline, kWriteTimedOut);
    if (waited == Waited::Raised)
      return {};
    if (waited == Waited::NotPossible)
      return raiseResult(self, result, 2393);
  }
}

Value krt_ssl_socket_pending(Value self) {
  SslTurn turn(socketOf(self)->handle);
  return smallInt(::SSL_pending(sslOf(self)));
}

Value krt_ssl_socket_shutdown_py(Value v) {
  auto *self = socketOf(v);
  Socket *socket = transportOf(self);
  if (self->socket && (!socket || socket->fd < 0))
    return raiseGone(2592);
  int64_t deadline = deadlineOf(self);
  CallResult result;
  for (bool sent = false;;) {
    result = callSsl(self, [&](SSL *ssl) {
      // What follows the other side's notice is not ours: nothing may be read ahead.
      if (sent)
        SSL_set_read_ahead(ssl, 0);
      return ::SSL_shutdown(ssl);
    });
    if (result.value > 0)
      break;
    if (result.value == 0) {
      // Ours is sent. The second time the other side has not answered: that is its matter.
      if (sent)
        break;
      sent = true;
      continue;
    }
    Waited waited = waitFor_py(self, result, deadline,
                               result.problem == SSL_ERROR_WANT_READ ? kReadTimedOut : kWriteTimedOut);
    if (waited == Waited::Raised)
      return {};
    if (waited == Waited::NotPossible)
      break;
  }
  if (result.value < 0)
    return raiseResult(self, result, 2672);
  if (raiseCallbackError(self))
    return {};
  ::ERR_clear_error();
  return self->socket ? krt_weakref_get(self->socket.as<WeakRef>()) : kNone;
}

Value krt_ssl_socket_verifyClientPostHandshake(Value v) {
  auto *self = socketOf(v);
  CallResult result = callSsl(self, [](SSL *ssl) { return ::SSL_verify_client_post_handshake(ssl); });
  return result.value ? kNone : raiseSslQueue(2747);
}

// ---- What was agreed --------------------------------------------------------------------------------

Value krt_ssl_socket_cipher(Value self) {
  SslTurn turn(socketOf(self)->handle);
  const SSL_CIPHER *cipher = ::SSL_get_current_cipher(sslOf(self));
  return cipher ? cipherTuple(cipher) : kNone;
}
Value krt_ssl_socket_compression(Value self) {
  SslTurn turn(socketOf(self)->handle);
  const COMP_METHOD *method = ::SSL_get_current_compression(sslOf(self));
  return method ? textOrNone(::SSL_COMP_get_name(method)) : kNone;
}
Value krt_ssl_socket_version(Value self) {
  SslTurn turn(socketOf(self)->handle);
  return ::SSL_is_init_finished(sslOf(self)) ? textOrNone(::SSL_get_version(sslOf(self))) : kNone;
}
Value krt_ssl_socket_selectedAlpnProtocol(Value self) {
  SslTurn turn(socketOf(self)->handle);
  const unsigned char *name;
  unsigned size;
  ::SSL_get0_alpn_selected(sslOf(self), &name, &size);
  return name ? Value(strFrom(std::string_view(reinterpret_cast<const char *>(name), size))) : kNone;
}
Value krt_ssl_socket_sharedCiphers(Value self) {
  SslTurn turn(socketOf(self)->handle);
  STACK_OF(SSL_CIPHER) *ciphers = ::SSL_get_ciphers(sslOf(self));
  if (!ciphers)
    return kNone;
  List *list = krt_list_new(0);
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i)
    krt_list_append(list, cipherTuple(sk_SSL_CIPHER_value(ciphers, i)));
  return list;
}

Value krt_ssl_socket_getChannelBinding(Value v, Str *type) {
  auto *self = socketOf(v);
  if (type && strView(type) != "tls-unique")
    return krt_raise(kValueError, "'%S' channel binding type not implemented", Value(type));
  SslTurn turn(self->handle);
  // The first Finished message: the client's, or in a session taken up again the server's.
  bool mine = static_cast<bool>(::SSL_session_reused(sslOf(v))) != !self->server;
  uint8_t message[128];
  size_t size = mine ? ::SSL_get_finished(sslOf(v), message, sizeof message)
                     : ::SSL_get_peer_finished(sslOf(v), message, sizeof message);
  return size ? Value(krt_bytes_new(message, size)) : kNone;
}

Value krt_ssl_socket_getpeercert_py(Value v, bool der) {
  SslTurn turn(socketOf(v)->handle);
  SSL *ssl = sslOf(v);
  if (!::SSL_is_init_finished(ssl))
    return krt_raise(kValueError, "handshake not done yet");
  X509 *certificate = ::SSL_get0_peer_certificate(ssl);
  if (!certificate)
    return kNone;
  if (der)
    return certificateDer(certificate);
  bool verified = ::SSL_CTX_get_verify_mode(::SSL_get_SSL_CTX(ssl)) & SSL_VERIFY_PEER;
  return verified ? decodeCertificate_py(certificate) : Value(krt_dict_new());
}

Value krt_ssl_socket_getVerifiedChain(Value v) {
  SslTurn turn(socketOf(v)->handle);
  STACK_OF(X509) *chain = ::SSL_get0_verified_chain(sslOf(v));
  return chain ? certificateList(chain, nullptr) : kNone;
}
Value krt_ssl_socket_getUnverifiedChain(Value v) {
  SslTurn turn(socketOf(v)->handle);
  STACK_OF(X509) *chain = ::SSL_get_peer_cert_chain(sslOf(v));
  if (!chain)
    return kNone;
  // For a server the library leaves the client's own certificate out.
  return certificateList(chain, socketOf(v)->server ? ::SSL_get0_peer_certificate(sslOf(v)) : nullptr);
}

// ---- Attributes -------------------------------------------------------------------------------------

Value krt_ssl_socket_context(Value self) { return socketOf(self)->context; }
bool krt_ssl_socket_setContext(Value v, Value value) {
  auto *self = socketOf(v);
  if (!value || !krt_instance(value, &krt_ssl_context_class)) {
    krt_raise(kTypeError, "The value must be a SSLContext");
    return false;
  }
  SslTurn turn(self->handle);
  if (!self->first && value.as<SslContext>() != self->context) {
    self->first = static_cast<void **>(gcAllocateAtomic(sizeof(void *)));
    krt_gc_weak_register(self->first, self->context);
  }
  self->context = value.as<SslContext>();
  ::SSL_set_SSL_CTX(sslOf(v), self->context->ctx);
  return true;
}

Value krt_ssl_socket_owner(Value v) {
  Value owner = socketOf(v)->owner;
  Value target = owner ? krt_weakref_get(owner.as<WeakRef>()) : Value();
  return target ? target : kNone;
}
bool krt_ssl_socket_setOwner(Value v, Value value) { return setOwner(socketOf(v), value ? value : kNone); }
Value krt_ssl_socket_serverHostname(Value v) {
  return socketOf(v)->serverHostname ? socketOf(v)->serverHostname : kNone;
}
bool krt_ssl_socket_serverSide(Value v) { return socketOf(v)->server; }

Value krt_ssl_socket_session(Value v) {
  SslTurn turn(socketOf(v)->handle);
  // A copy: the library's own changes as tickets come in.
  SSL_SESSION *session = ::SSL_get0_session(sslOf(v));
  if (!session)
    return kNone;
  SSL_SESSION *copy = copySession(session);
  return copy ? newSslSession(copy, socketOf(v)->context) : raiseSslQueue(0);
}
bool krt_ssl_socket_setSession(Value v, Value value) {
  if (value)
    return setSession(socketOf(v), value);
  krt_raise(kTypeError, "Value is not a SSLSession.");
  return false;
}
Value krt_ssl_socket_sessionReused(Value v) {
  SslTurn turn(socketOf(v)->handle);
  return boolean(::SSL_session_reused(sslOf(v)));
}

extern "C" {
Class krt_ssl_socket_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_ssl._SSLSocket",
    .basicSize = sizeof(SslSocket),
    .methods = krt_ssl_socket_defs,
};
}

} // namespace krait
