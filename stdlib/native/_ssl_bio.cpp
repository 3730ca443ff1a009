// _ssl_bio.cpp - see _ssl_parts.h: what the library reads from and writes to. Neither kind blocks: a connection that has
// to wait is told so, and _ssl_socket.cpp waits without holding anything.
#include "stdlib/native/_ssl_parts.h"

#include <atomic>
#include <cerrno>
#include <climits>
#include <string>
#include <sys/socket.h>

namespace krait {

struct SslPipe {
  std::mutex mutex;
  std::string bytes; // those before [at] were read
  size_t at = 0;
  bool ended = false;
  std::atomic<int> users = 1;
  size_t left() const { return bytes.size() - at; }
};

SslPipe *newPipe() { return new SslPipe; }
void dropPipe(SslPipe *pipe) {
  if (pipe && pipe->users.fetch_sub(1) == 1)
    delete pipe;
}
void pipeWrite(SslPipe *pipe, const void *data, size_t size) {
  std::lock_guard guard(pipe->mutex);
  if (pipe->at && pipe->at >= pipe->bytes.size() / 2) {
    pipe->bytes.erase(0, pipe->at);
    pipe->at = 0;
  }
  pipe->bytes.append(static_cast<const char *>(data), size);
}
static void takeOut(SslPipe *pipe, void *data, size_t size) {
  std::memcpy(data, pipe->bytes.data() + pipe->at, size);
  pipe->at += size;
  if (pipe->at == pipe->bytes.size()) {
    pipe->bytes.clear();
    pipe->at = 0;
  }
}
size_t pipeRead(SslPipe *pipe, void *data, size_t size) {
  std::lock_guard guard(pipe->mutex);
  size = std::min(size, pipe->left());
  takeOut(pipe, data, size);
  return size;
}
size_t pipePending(SslPipe *pipe) {
  std::lock_guard guard(pipe->mutex);
  return pipe->left();
}
void pipeEnd(SslPipe *pipe) {
  std::lock_guard guard(pipe->mutex);
  pipe->ended = true;
}
bool pipeEnded(SslPipe *pipe) {
  std::lock_guard guard(pipe->mutex);
  return pipe->ended;
}

namespace {

// ---- Pipes as BIOs ------------------------------------------------------------------------------------------

SslPipe *pipeOf(BIO *bio) { return static_cast<SslPipe *>(::BIO_get_data(bio)); }

int bioPipeRead(BIO *bio, char *data, int size) {
  SslPipe *pipe = pipeOf(bio);
  std::lock_guard guard(pipe->mutex);
  BIO_clear_retry_flags(bio);
  if (pipe->left()) {
    size_t part = std::min(pipe->left(), static_cast<size_t>(size));
    takeOut(pipe, data, part);
    return static_cast<int>(part);
  }
  if (pipe->ended)
    return 0;
  BIO_set_retry_read(bio);
  return -1;
}
int bioPipeWrite(BIO *bio, const char *data, int size) {
  BIO_clear_retry_flags(bio);
  pipeWrite(pipeOf(bio), data, static_cast<size_t>(size));
  return size;
}
long bioPipeControl(BIO *bio, int command, long, void *) {
  SslPipe *pipe = pipeOf(bio);
  switch (command) {
  case BIO_CTRL_EOF:
    return pipeEnded(pipe) && !pipePending(pipe);
  case BIO_CTRL_PENDING:
    return static_cast<long>(pipePending(pipe));
  case BIO_CTRL_FLUSH:
  case BIO_CTRL_DUP:
    return 1;
  default:
    return 0;
  }
}
int bioPipeDestroy(BIO *bio) {
  dropPipe(pipeOf(bio));
  return 1;
}

// ---- Descriptors as BIOs --------------------------------------------------------------------------------

SslHandle *handleOf(BIO *bio) { return static_cast<SslHandle *>(::BIO_get_data(bio)); }

int bioDescriptorRead(BIO *bio, char *data, int size) {
  SslHandle *handle = handleOf(bio);
  BIO_clear_retry_flags(bio);
  ::BIO_clear_flags(bio, BIO_FLAGS_IN_EOF);
  ssize_t n = ::recv(handle->fd, data, static_cast<size_t>(size), MSG_DONTWAIT);
  if (n == 0)
    ::BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
  if (n < 0) {
    handle->error = errno;
    if (::BIO_sock_non_fatal_error(errno))
      BIO_set_retry_read(bio);
  }
  return static_cast<int>(n);
}
int bioDescriptorWrite(BIO *bio, const char *data, int size) {
  SslHandle *handle = handleOf(bio);
  BIO_clear_retry_flags(bio);
  ssize_t n = ::send(handle->fd, data, static_cast<size_t>(size), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (n < 0) {
    handle->error = errno;
    if (::BIO_sock_non_fatal_error(errno))
      BIO_set_retry_write(bio);
  }
  return static_cast<int>(n);
}
long bioDescriptorControl(BIO *bio, int command, long, void *) {
  switch (command) {
  case BIO_CTRL_EOF:
    return ::BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
  case BIO_CTRL_FLUSH:
  case BIO_CTRL_DUP:
    return 1;
  default:
    return 0;
  }
}

BIO_METHOD *makeMethod(const char *name, int (*read)(BIO *, char *, int), int (*write)(BIO *, const char *, int),
                       long (*control)(BIO *, int, long, void *), int (*destroy)(BIO *)) {
  BIO_METHOD *method = ::BIO_meth_new(::BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, name);
  if (method) {
    ::BIO_meth_set_read(method, read);
    ::BIO_meth_set_write(method, write);
    ::BIO_meth_set_ctrl(method, control);
    ::BIO_meth_set_destroy(method, destroy);
  }
  return method;
}

BIO *newBio(const BIO_METHOD *method, void *data) {
  BIO *bio = method ? ::BIO_new(method) : nullptr;
  if (bio) {
    ::BIO_set_data(bio, data);
    ::BIO_set_init(bio, 1);
  }
  return bio;
}

} // namespace

BIO *newPipeBio(SslPipe *pipe) {
  static BIO_METHOD *method = makeMethod("MemoryBIO", bioPipeRead, bioPipeWrite, bioPipeControl, bioPipeDestroy);
  BIO *bio = newBio(method, pipe);
  if (bio)
    pipe->users.fetch_add(1);
  return bio;
}

BIO *newDescriptorBio(SslHandle *handle) {
  static BIO_METHOD *method = makeMethod("socket", bioDescriptorRead, bioDescriptorWrite, bioDescriptorControl, nullptr);
  return newBio(method, handle);
}

} // namespace krait
