// _ssl_parts.h - what the files of _ssl share.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/codecs.h"
#include "runtime/object/iteration.h"
#include "runtime/object/weakref.h"
#include "stdlib/native/_ssl.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/library_lock.h"
#include "stdlib/native/openssl_start.h"

#include <mutex>
#include <string_view>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace krait {

/// Parameters of `_SSLContext`.
enum SslProtocol : int {
  kProtocolTls = 2,
  kProtocolTls1,
  kProtocolTls11,
  kProtocolTls12,
  kProtocolClient = 16,
  kProtocolServer
};

// ---- Errors -----------------------------------------------------------------------------------------

struct SslErrors {
  Class *error, *zeroReturn, *wantRead, *wantWrite, *syscall, *eof, *verification;
};
extern SslErrors sslErrors;
/// SSLErrorNumber; the library has the others.
constexpr int kSslErrorEof = 8;

/// What an SSLError says. [text] null: what the library says of [code]. [line]: of _ssl.c of CPython 3.11.2,
/// which programs may see at the end of messages.
struct SslFailure {
  Class *cls = sslErrors.error;
  int number = 0;
  const char *text = nullptr;
  unsigned long code = 0;
  int line = 0;
  SslSocket *socket = nullptr; // for what its verification found
};
/// Raises it and forgets the library's errors. Always null.
Value raiseSsl(const SslFailure &failure);
/// Raises the last error that the library noted.
inline Value raiseSslQueue(int line) {
  unsigned long code = ::ERR_peek_last_error();
  return raiseSsl({.number = ERR_GET_REASON(code), .code = code, .line = line});
}
/// The exceptions and the tables of codes; false with an exception pending.
bool addSslErrors(Module *module);

// ---- Ways of bytes ----------------------------------------------------------------------------------

/// The bytes in a MemoryBIO; malloc'ed and shared with the connections over it. Safe for threads.
SslPipe *newPipe();
void dropPipe(SslPipe *pipe);
void pipeWrite(SslPipe *pipe, const void *data, size_t size);
/// Takes up to [size] bytes out; how many there were.
size_t pipeRead(SslPipe *pipe, void *data, size_t size);
size_t pipePending(SslPipe *pipe);
void pipeEnd(SslPipe *pipe);
bool pipeEnded(SslPipe *pipe);
/// The pipe as the library sees it; null when memory is exhausted.
BIO *newPipeBio(SslPipe *pipe);

/// A connection of the library's and its mutex, held during calls; malloc'ed. One thread may read while
/// another writes: no call blocks, waiting is done outside of it.
struct SslHandle {
  SSL *ssl = nullptr;
  std::recursive_mutex mutex;
  std::recursive_mutex writing; // held by a thread until all that it writes is written
  int fd = -1;                  // read and written without blocking; negative: closed
  int error = 0;                // errno of the last transfer that failed
};
/// Over handle->fd.
BIO *newDescriptorBio(SslHandle *handle);

/// A thread's turn at a connection, or at writing to it; it waits without the lock.
class SslTurn {
public:
  explicit SslTurn(SslHandle *handle) : SslTurn(&handle->mutex) {}
  explicit SslTurn(std::recursive_mutex *mutex) : mutex_(mutex) {
    if (mutex->try_lock())
      return;
    LockReleased released;
    mutex->lock();
  }
  ~SslTurn() { mutex_->unlock(); }
  SslTurn(const SslTurn &) = delete;

private:
  std::recursive_mutex *mutex_;
};

// ---- Objects ----------------------------------------------------------------------------------------

/// A new connection; null with an exception pending. [socket] null: over [incoming] and [outgoing].
Value newSslSocket_py(SslContext *context, Value socket, bool server, Value hostname, Value owner,
                      Value session, MemoryBio *incoming, MemoryBio *outgoing);
/// Takes a reference of [session].
Value newSslSession(SSL_SESSION *session, SslContext *context);
/// Takes another reference.
Value newSslCertificate(X509 *certificate);
/// Names, validity and extensions, as getpeercert() gives them.
Value decodeCertificate_py(X509 *certificate);
Value certificateDer(X509 *certificate);
/// What a cipher is called: (name, protocol, bits).
Value cipherTuple(const SSL_CIPHER *cipher);
/// The object of a connection while it is called.
inline SslSocket *socketOfSsl(const SSL *ssl) { return static_cast<SslSocket *>(SSL_get_app_data(ssl)); }

/// The context that the connection was made in: the library goes on asking it who is to answer a server's
/// name. Null once it is gone.
inline SslContext *firstContext(SslSocket *socket) {
  return socket->first ? static_cast<SslContext *>(krt_gc_weak_get(socket->first)) : socket->context;
}

inline Value textOrNone(const char *text) { return text ? Value(strFrom(text)) : kNone; }
/// Keeps an exception that a callback raised until the call ends.
inline void keepCallbackError(SslSocket *socket) {
  Value error = krt_error_take();
  if (error && !socket->callbackError)
    socket->callbackError = error;
}

} // namespace krait
