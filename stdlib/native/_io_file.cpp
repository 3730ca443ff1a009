// _io_file.cpp - FileIO: the unbuffered file, on the system's calls.
#include "stdlib/native/_io_file.h"

#include "stdlib/native/_io_file.bind.inc"
#include "stdlib/native/idle_wait.h"
#include "stdlib/native/system_calls.h"

#include <sys/stat.h>
#include <unistd.h>

namespace krait {

static Value modeError(const char *action) {
  return krt_raise(ioUnsupportedClass, "File not open for %s", action);
}
static inline bool closed(FileIO *self) { return self->fd < 0; }

// ---- Opening and closing ----------------------------------------------------------------------------

static bool closeDescriptor(FileIO *self) {
  int fd = self->fd;
  self->fd = -1;
  if (fd >= 0 && self->closeFd && ::close(fd) < 0) {
    systemError();
    return false;
  }
  return true;
}

static bool open_py(FileIO *self, Value name, std::string_view mode, bool closeFd, Value opener) {
  if (self->ready && self->fd >= 0 && !closeDescriptor(self))
    return false;
  self->ready = true;
  self->fd = -1;
  self->created = self->readable = self->writable = self->appending = false;
  self->seekable = -1;
  self->closeFd = closeFd;
  self->blockSize = kIoBufferSize;
  int flags = 0, chosen = 0;
  bool plus = false, wrong = false;
  for (char c : mode) {
    switch (c) {
    case 'x':
      chosen++;
      self->created = self->writable = true;
      flags |= O_EXCL | O_CREAT;
      break;
    case 'r':
      chosen++;
      self->readable = true;
      break;
    case 'w':
      chosen++;
      self->writable = true;
      flags |= O_CREAT | O_TRUNC;
      break;
    case 'a':
      chosen++;
      self->writable = self->appending = true;
      flags |= O_APPEND | O_CREAT;
      break;
    case 'b':
      break;
    case '+':
      wrong |= plus;
      plus = true;
      break;
    default:
      krt_raise(kValueError, "invalid mode: %.200S", Value(strFrom(mode)));
      return false;
    }
  }
  if (chosen != 1 || wrong) {
    krt_raise(kValueError, "Must have exactly one of create/read/write/append mode and at most one plus");
    return false;
  }
  if (plus)
    self->readable = self->writable = true;
  flags |= (self->readable && self->writable ? O_RDWR : self->readable ? O_RDONLY : O_WRONLY) | O_CLOEXEC;
  TRY_AUDIT("open", name, strFrom(mode), smallInt(flags));
  if (krt_int_check(name)) {
    int64_t fd;
    if (!krt_int_to_i64(krt_int_plain(name), &fd) || fd != static_cast<int32_t>(fd)) {
      krt_raise(kOverflowError, "Python int too large to convert to C int");
      return false;
    }
    if (fd < 0) {
      krt_raise(kValueError, "negative file descriptor");
      return false;
    }
    self->fd = static_cast<int32_t>(fd);
  } else {
    const char *path = ioFsPath_py(name);
    if (!path)
      return false;
    if (!closeFd) {
      krt_raise(kValueError, "Cannot use closefd=False with file name");
      return false;
    }
    if (opener == kNone || !opener) {
      self->fd = blocking_py([&] { return ::open(path, flags, 0666); });
      if (self->fd < 0) {
        systemError(name);
        return false;
      }
      ioDescriptorsGrow_py(self->fd);
    } else {
      Value fd = krt_call2_py(opener, name, ioInt(flags));
      if (!fd)
        return false;
      if (!krt_int_check(fd)) {
        krt_raise(kTypeError, "expected integer from opener");
        return false;
      }
      int64_t number;
      if (!krt_int_to_i64(krt_int_plain(fd), &number) || number < 0) {
        krt_raise(kValueError, "opener returned %R", fd);
        return false;
      }
      self->fd = static_cast<int32_t>(number);
      fcntl(self->fd, F_SETFD, FD_CLOEXEC);
    }
  }
  struct stat status;
  if (fstat(self->fd, &status) < 0) {
    if (errno == EBADF) {
      self->fd = -1;
      krt_raise_errno(EBADF, krt_int_check(name) ? Value() : name, {});
      return false;
    }
  } else {
    if (S_ISDIR(status.st_mode)) {
      if (!krt_int_check(name))
        closeDescriptor(self);
      else
        self->fd = -1;
      krt_raise_errno(EISDIR, name, {});
      return false;
    }
    if (status.st_blksize > 1)
      self->blockSize = status.st_blksize;
  }
  if (krt_setattr_py(self, KSTR(name), name) < 0) {
    if (krt_int_check(name)) // it stays the caller's
      self->fd = -1;
    else
      closeDescriptor(self);
    return false;
  }
  if (self->appending)
    ::lseek(self->fd, 0, SEEK_END); // a pipe has no end to go to
  return true;
}

bool krt_fileio_init_py(FileIO *self, Value file, Str *mode, bool closefd, Value opener) {
  return open_py(self, file, mode ? strView(mode) : "r", closefd, opener);
}

FileIO *fileOpen_py(Value name, const char *mode, bool closeFd, Value opener) {
  auto *self = reinterpret_cast<FileIO *>(krt_instance_new(&krt_fileio_class, 0));
  self->fd = -1;
  return open_py(self, name, mode, closeFd, opener) ? self : nullptr;
}

bool fileClose_py(FileIO *self) { return closeDescriptor(self); }

Value krt_fileio_close_py(FileIO *self) {
  Value error;
  if (self->shape != krt_fileio_class.rootShape) { // flush() may be the program's own
    Value base = TRY(krt_class_lookup(&krt_rawiobase_class, KSTR(close)));
    if (!krt_call1_py(base, self))
      error = krt_error_take();
  }
  bool ok = closeDescriptor(self);
  ioChain(error);
  return ok && !error ? kNone : Value();
}

// ---- Reading and writing ----------------------------------------------------------------------------

/// What read() or write() came to: bytes; -2 would block; -1 raised.
static int64_t transferred(ssize_t n) {
  if (n >= 0)
    return n;
  if (errno == EAGAIN)
    return -2;
  systemError();
  return -1;
}

int64_t fileRead_py(FileIO *self, uint8_t *to, int64_t size) {
  if (closed(self)) {
    ioRaiseClosedPlain();
    return -1;
  }
  if (!self->readable) {
    modeError("reading");
    return -1;
  }
  if (self->seekable <= 0)
    idleBeforeRead_py(self->fd);
  return transferred(blocking_py([&] { return ::read(self->fd, to, static_cast<size_t>(size)); }));
}

int64_t fileWrite_py(FileIO *self, const uint8_t *from, int64_t size) {
  if (closed(self)) {
    ioRaiseClosedPlain();
    return -1;
  }
  if (!self->writable) {
    modeError("writing");
    return -1;
  }
  return transferred(blocking_py([&] { return ::write(self->fd, from, static_cast<size_t>(size)); }));
}

Value fileReadAll_py(FileIO *self) {
  if (closed(self))
    return ioRaiseClosedPlain();
  if (!self->readable)
    return modeError("reading");
  struct stat status;
  off_t at = ::lseek(self->fd, 0, SEEK_CUR);
  int64_t size = kIoBufferSize;
  if (at >= 0 && fstat(self->fd, &status) == 0 && status.st_size >= at)
    size = status.st_size - at + 1; // one more, to see the end
  Bytes *all = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  int64_t have = 0;
  for (;;) {
    if (have == size) {
      int64_t grown = size + std::max<int64_t>(size / 2, kIoBufferSize);
      Bytes *larger = TRY(krt_bytes_raw(static_cast<size_t>(grown)));
      std::memcpy(larger->data, all->data, static_cast<size_t>(have));
      all = larger;
      size = grown;
    }
    int64_t n = fileRead_py(self, all->data + have, size - have);
    if (n == -1)
      return {};
    if (n == -2) {
      if (have == 0)
        return kNone;
      break;
    }
    if (n == 0)
      break;
    have += n;
  }
  return krt_bytes_shrink(all, static_cast<size_t>(have));
}

Value krt_fileio_readall_py(FileIO *self) { return fileReadAll_py(self); }

Value krt_fileio_read_py(FileIO *self, Value given) {
  int64_t size;
  if (closed(self))
    return ioRaiseClosedPlain();
  if (!self->readable)
    return modeError("reading");
  if (!ioSize_py(given, &size))
    return {};
  if (size < 0)
    return krt_call_method_py(self, KSTR(readall), nullptr, 0);
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  int64_t n = fileRead_py(self, bytes->data, size);
  if (n < 0)
    return n == -2 ? kNone : Value();
  return krt_bytes_shrink(bytes, static_cast<size_t>(n));
}

Value krt_fileio_readinto_py(FileIO *self, Value buffer) {
  BytesLike target;
  if (closed(self))
    return ioRaiseClosedPlain();
  if (!self->readable)
    return modeError("reading");
  if (!acquireTarget_py(target, buffer))
    return {};
  int64_t n = fileRead_py(self, target.writable(), target.size());
  return n >= 0 ? ioInt(n) : n == -2 ? kNone : Value();
}

Value krt_fileio_write_py(FileIO *self, Value data) {
  BytesLike source;
  if (closed(self))
    return ioRaiseClosedPlain();
  if (!self->writable)
    return modeError("writing");
  if (!source.acquire_py(data))
    return {};
  int64_t n = fileWrite_py(self, source.data(), source.size());
  return n >= 0 ? ioInt(n) : n == -2 ? kNone : Value();
}

int64_t fileSeek_py(FileIO *self, int64_t offset, int whence) {
  if (closed(self)) {
    ioRaiseClosedPlain();
    return -1;
  }
  off_t at = ::lseek(self->fd, offset, whence);
  if (self->seekable < 0)
    self->seekable = at >= 0;
  if (at < 0)
    systemError();
  return at;
}
Value krt_fileio_seek_py(FileIO *self, Value pos, int whence) {
  if (closed(self))
    return ioRaiseClosedPlain();
  if (pos.isImmediateFloat() || floatCheck(pos))
    return krt_raise(kTypeError, "an integer is required");
  int64_t offset;
  if (!ioOffset_py(pos, &offset))
    return {};
  int64_t at = fileSeek_py(self, offset, whence);
  return at < 0 ? Value() : ioInt(at);
}
Value krt_fileio_tell_py(FileIO *self) {
  int64_t at = fileSeek_py(self, 0, SEEK_CUR);
  return at < 0 ? Value() : ioInt(at);
}
Value krt_fileio_truncate_py(FileIO *self, Value given) {
  if (closed(self))
    return ioRaiseClosedPlain();
  if (!self->writable)
    return modeError("writing");
  int64_t size;
  if (given == kNone) {
    size = fileSeek_py(self, 0, SEEK_CUR);
    if (size < 0)
      return {};
  } else if (!ioOffset_py(given, &size)) {
    return {};
  }
  int result;
  do
    result = ::ftruncate(self->fd, size);
  while (result < 0 && errno == EINTR);
  return result < 0 ? systemError() : ioInt(size);
}

// ---- Questions --------------------------------------------------------------------------------------

Value krt_fileio_seekable(FileIO *self) {
  if (closed(self))
    return ioRaiseClosedPlain();
  if (self->seekable < 0)
    self->seekable = ::lseek(self->fd, 0, SEEK_CUR) >= 0;
  return boolean(self->seekable > 0);
}
Value krt_fileio_readable(FileIO *self) {
  return closed(self) ? ioRaiseClosedPlain() : boolean(self->readable);
}
Value krt_fileio_writable(FileIO *self) {
  return closed(self) ? ioRaiseClosedPlain() : boolean(self->writable);
}
Value krt_fileio_fileno(FileIO *self) { return closed(self) ? ioRaiseClosedPlain() : smallInt(self->fd); }
Value krt_fileio_isatty(FileIO *self) {
  return closed(self) ? ioRaiseClosedPlain() : boolean(::isatty(self->fd));
}
Value krt_fileio_deallocWarn(FileIO *, Value) { return kNone; }
Value krt_fileio_closed(FileIO *self) { return boolean(closed(self)); }
Value krt_fileio_closefd(FileIO *self) { return boolean(self->closeFd); }
static const char *modeName(FileIO *self) {
  if (self->created)
    return self->readable ? "xb+" : "xb";
  if (self->appending)
    return self->readable ? "ab+" : "ab";
  return self->readable ? self->writable ? "rb+" : "rb" : "wb";
}
Value krt_fileio_mode(FileIO *self) { return strIntern(modeName(self)); }
Value krt_fileio_blksize(FileIO *self) { return ioInt(self->blockSize); }
bool krt_fileio_setBlksize_py(FileIO *self, Value value) {
  if (!value) {
    krt_raise(kTypeError, "can't delete numeric/char attribute");
    return false;
  }
  return ioOffset_py(value, &self->blockSize);
}

static Value repr(Value v) {
  auto *self = v.as<FileIO>();
  if (closed(self))
    return TRY(krt_str_format("<_io.FileIO [closed]>"));
  const char *closeFd = self->closeFd ? "True" : "False";
  Value name = krt_getattr_optional_py(v, KSTR(name));
  if (!name) {
    if (errorPending())
      return {};
    return TRY(krt_str_format("<_io.FileIO fd=%d mode='%s' closefd=%s>", self->fd, modeName(self), closeFd));
  }
  if (recursionCheck(" in FileIO.__repr__"))
    return {};
  return TRY(krt_str_format("<_io.FileIO name=%R mode='%s' closefd=%s>", name, modeName(self), closeFd));
}

static Value make(Class *cls, const Value *, size_t, Tuple *) {
  auto *self = reinterpret_cast<FileIO *>(krt_instance_new(cls, 0));
  self->fd = -1;
  self->seekable = -1;
  self->closeFd = true;
  return Value(self);
}
static void finalize(Value v) {
  auto *self = v.as<FileIO>();
  if (classOf(v) == &krt_fileio_class) {
    ioWarnUnclosed_py(self, v);
    if (self->fd >= 0 && self->closeFd)
      closeDescriptor(self);
    krt_error_clear();
    return;
  }
  krt_iobase_class.slots.finalize(v);
}

extern "C" {
constinit Class krt_fileio_class = {
    .flags = kClassBase | kClassHasDel,
    .nativeName = "_io.FileIO",
    .base = &krt_rawiobase_class,
    .basicSize = sizeof(FileIO),
    .slots = {.repr = repr, .init = krt_fileio_init, .make = make, .finalize = finalize},
    .methods = krt_fileio_defs,
    .doc = krt_fileio_doc,
    .newSignature = "(file, mode='r', closefd=True, opener=None)",
};
}

} // namespace krait
