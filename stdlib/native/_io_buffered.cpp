// _io_buffered.cpp - buffered binary streams. See Buffered in io_streams.h for the states of the buffer.
#include "stdlib/native/_io_buffered.h"
#include "runtime/gc/closer.h"

#include "runtime/interp/global_lock.h"
#include "runtime/interp/interp.h"
#include "stdlib/native/_io_buffered.bind.inc"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <pthread.h>
#include <unistd.h>

namespace krait {

// ---- The raw stream ---------------------------------------------------------------------------------

/// Bytes read (0: the end), -1 error, -2 would block.
static int64_t rawRead_py(Buffered *self, uint8_t *to, int64_t size) {
  int64_t n;
  if (self->file) {
    n = fileRead_py(self->file, to, size);
  } else {
    ByteArray *array = TRY_OR_MINUS(krt_bytearray_new(nullptr, 0));
    if (krt_bytearray_resize(array, size) < 0)
      return -1;
    Value view = TRY_OR_MINUS(krt_memoryview_new_py(array));
    Value count = TRY_OR_MINUS(ioCall_py(self->raw, KSTR(readinto), view));
    if (count == kNone)
      return -2;
    if (!ioOffset_py(count, &n)) {
      Value cause = krt_error_take();
      krt_raise(kOSError, "raw readinto() failed");
      krt_error_set_cause(cause);
      return -1;
    }
    if (n < 0 || n > size) {
      krt_raise(kOSError, "raw readinto() returned invalid length %lld (should have been between 0 and %lld)",
                static_cast<long long>(n), static_cast<long long>(size));
      return -1;
    }
    std::memcpy(to, array->data, static_cast<size_t>(n));
  }
  if (n > 0 && self->rawPosition >= 0)
    self->rawPosition += n;
  return n;
}

static int64_t rawWrite_py(Buffered *self, const uint8_t *from, int64_t size) {
  int64_t n;
  if (self->file) {
    n = fileWrite_py(self->file, from, size);
  } else {
    Value bytes = TRY_OR_MINUS(krt_bytes_new(from, static_cast<size_t>(size)));
    Value view = TRY_OR_MINUS(krt_memoryview_new_py(bytes));
    Value count = TRY_OR_MINUS(ioCall_py(self->raw, KSTR(write), view));
    if (count == kNone)
      return -2;
    if (!ioOffset_py(count, &n))
      return -1;
    if (n < 0 || n > size) {
      krt_raise(kOSError, "raw write() returned invalid length %lld (should have been between 0 and %lld)",
                static_cast<long long>(n), static_cast<long long>(size));
      return -1;
    }
  }
  if (n > 0 && self->rawPosition >= 0)
    self->rawPosition += n;
  return n;
}

static int64_t rawSeek_py(Buffered *self, int64_t offset, int whence) {
  int64_t at;
  if (self->file) {
    at = fileSeek_py(self->file, offset, whence);
  } else {
    Value answer = TRY_OR_MINUS(ioCall_py(self->raw, KSTR(seek), ioInt(offset), smallInt(whence)));
    if (!ioOffset_py(answer, &at))
      return -1;
    if (at < 0)
      krt_raise(kOSError, "Raw stream returned invalid position %lld", static_cast<long long>(at));
  }
  if (at >= 0)
    self->rawPosition = at;
  return at < 0 ? -1 : at;
}
static int64_t rawTell_py(Buffered *self) {
  if (self->rawPosition >= 0)
    return self->rawPosition;
  if (self->file)
    return rawSeek_py(self, 0, SEEK_CUR);
  Value answer = TRY_OR_MINUS(krt_call_method_py(self->raw, KSTR(tell), nullptr, 0));
  int64_t at;
  if (!ioOffset_py(answer, &at))
    return -1;
  if (at < 0) {
    krt_raise(kOSError, "Raw stream returned invalid position %lld", static_cast<long long>(at));
    return -1;
  }
  return self->rawPosition = at;
}

// ---- One thread at a time ---------------------------------------------------------------------------

uint64_t BufferedUse::forks = 0;
bool BufferedUse::exiting = false;

bool BufferedUse::wait_py(Buffered *self) {
  static const int atFork =
      ::pthread_atfork(nullptr, nullptr, [] { ++forks; }); // owners of before are gone in the child
  static_cast<void>(atFork);
  if (self->owner == &krt_thread && self->ownerForks == forks) {
    krt_raise(kRuntimeError, "reentrant call inside %R", Value(self));
    return false;
  }
  int64_t pause = 20'000;
  for (int64_t waited = 0; self->owner && self->ownerForks == forks; waited += pause) {
    if (exiting && waited > 200'000'000) {
      krt_raise(kRuntimeError, "another thread holds %R", Value(self));
      return false;
    }
    LockReleased released;
    timespec time{0, pause};
    ::nanosleep(&time, nullptr);
    pause = std::min<int64_t>(pause * 2, 5'000'000);
  }
  return true;
}

// ---- Life -------------------------------------------------------------------------------------------

static bool check(Buffered *self) {
  if (self->ready)
    return true;
  krt_raise(kValueError,
            self->detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
  return false;
}
bool bufferedClosed_py(Buffered *self, bool *closed) {
  if (!check(self))
    return false;
  if (self->file) {
    *closed = self->file->fd < 0;
    return true;
  }
  int truth = ioAttributeTruth_py(self->raw, KSTR(closed));
  *closed = truth > 0;
  return truth >= 0;
}
/// The stream can be used; else ValueError with [message].
static bool open_py(Buffered *self, const char *message) {
  bool closed;
  if (!bufferedClosed_py(self, &closed))
    return false;
  if (closed)
    krt_raise(kValueError, "%s", message);
  return !closed;
}

static int flushAtExit_py(Object *object) {
  return bufferedFlush_py(static_cast<Buffered *>(object)) ? 0 : -1;
}

static bool init_py(Buffered *self, Value raw, int64_t size, bool reads, bool writes) {
  self->ready = self->detached = false;
  if (size <= 0) {
    krt_raise(kValueError, "buffer size must be strictly positive");
    return false;
  }
  if (size > (int64_t{1} << 46)) {
    krt_raise_memory();
    return false;
  }
  self->raw = raw;
  self->file = ioIsExact(raw, krt_fileio_class) ? raw.as<FileIO>() : nullptr;
  self->data = nullptr;
  self->capacity = size;
  self->pos = self->end = self->dirty = 0;
  self->rawPosition = -1;
  self->reads = reads;
  self->writes = writes;
  self->ready = true;
  if (self->file)
    krt_gc_clear_finalizer(self->file); // this object closes it, after flushing
  if (writes && !self->exitLink)
    self->exitLink = ioExitRegister(self, flushAtExit_py);
  return true;
}
static bool reserve(Buffered *self) {
  if (self->data)
    return true;
  self->data = static_cast<uint8_t *>(krt_gc_try(static_cast<size_t>(self->capacity), true));
  if (!self->data)
    krt_raise_memory();
  return self->data;
}
static bool ability_py(Value raw, Str *name, const char *message) {
  if (ioIsExact(raw, krt_fileio_class) && raw.as<FileIO>()->fd >= 0 &&
      (name == KSTR(readable)   ? raw.as<FileIO>()->readable
       : name == KSTR(writable) ? raw.as<FileIO>()->writable
                                : false))
    return true;
  Value answer = krt_call_method_py(raw, name, nullptr, 0);
  if (!answer)
    return false;
  if (answer != kTrue)
    ioUnsupported(message);
  return answer == kTrue;
}
bool krt_buffered_reader_init_py(Buffered *self, Value raw, int64_t size) {
  self->ready = false;
  return ability_py(raw, KSTR(readable), "File or stream is not readable.") &&
         init_py(self, raw, size, true, false);
}
bool krt_buffered_writer_init_py(Buffered *self, Value raw, int64_t size) {
  self->ready = false;
  return ability_py(raw, KSTR(writable), "File or stream is not writable.") &&
         init_py(self, raw, size, false, true);
}
bool krt_buffered_random_init_py(Buffered *self, Value raw, int64_t size) {
  self->ready = false;
  return ability_py(raw, KSTR(seekable), "File or stream is not seekable.") &&
         ability_py(raw, KSTR(readable), "File or stream is not readable.") &&
         ability_py(raw, KSTR(writable), "File or stream is not writable.") &&
         init_py(self, raw, size, true, true);
}

Buffered *bufferedNew_py(const Class &cls, Value raw, int64_t size) {
  auto *self = reinterpret_cast<Buffered *>(krt_instance_new(const_cast<Class *>(&cls), 0));
  bool ok = &cls == &krt_buffered_reader_class   ? krt_buffered_reader_init_py(self, raw, size)
            : &cls == &krt_buffered_writer_class ? krt_buffered_writer_init_py(self, raw, size)
                                                 : krt_buffered_random_init_py(self, raw, size);
  return ok ? self : nullptr;
}

// ---- Writing ----------------------------------------------------------------------------------------

static bool wouldBlock(int64_t written) {
  Value args[] = {smallInt(EAGAIN), strFrom("write could not complete without blocking"), ioInt(written)};
  krt_raise_args(kBlockingIOError, args, 3);
  return false;
}

static bool flushDirty_py(Buffered *self) {
  int64_t done = 0;
  while (done < self->dirty) {
    int64_t n = rawWrite_py(self, self->data + done, self->dirty - done);
    if (n < 0) {
      std::memmove(self->data, self->data + done, static_cast<size_t>(self->dirty - done));
      self->dirty -= done;
      return n == -2 ? wouldBlock(0) : false;
    }
    done += n;
    if (done < self->dirty && krt_poll_py() < 0) { // a signal cut the write short
      std::memmove(self->data, self->data + done, static_cast<size_t>(self->dirty - done));
      self->dirty -= done;
      return false;
    }
  }
  self->dirty = 0;
  return true;
}
/// Drops what was read ahead, so that the raw position is where the reader is.
static bool dropAhead_py(Buffered *self) {
  if (self->end > self->pos && rawSeek_py(self, self->pos - self->end, SEEK_CUR) < 0)
    return false;
  self->pos = self->end = 0;
  return true;
}
static bool flushAll_py(Buffered *self) {
  return flushDirty_py(self) && (!self->writes || !self->reads || dropAhead_py(self));
}
bool bufferedFlush_py(Buffered *self) {
  if (!self->ready)
    return true;
  BufferedUse use(self);
  return use && flushAll_py(self);
}

bool bufferedWrite_py(Buffered *self, const uint8_t *from, int64_t size) {
  BufferedUse use(self);
  if (!use || !open_py(self, "write to closed file"))
    return false;
  if (self->end && !dropAhead_py(self))
    return false;
  if (__builtin_expect(size <= self->capacity - self->dirty, 1)) {
    if (!reserve(self))
      return false;
    std::memcpy(self->data + self->dirty, from, static_cast<size_t>(size));
    self->dirty += size;
    return true;
  }
  if (!flushDirty_py(self)) {
    if (krt_error_matches(kBlockingIOError)) { // take what fits
      int64_t room = std::min(size, self->capacity - self->dirty);
      std::memcpy(self->data + self->dirty, from, static_cast<size_t>(room));
      self->dirty += room;
      krt_error_clear();
      return room == size || wouldBlock(room);
    }
    return false;
  }
  int64_t done = 0;
  while (size - done > self->capacity) {
    int64_t n = rawWrite_py(self, from + done, size - done);
    if (n == -1)
      return false;
    if (n == -2) {
      if (!reserve(self))
        return false;
      int64_t room = std::min(size - done, self->capacity);
      std::memcpy(self->data, from + done, static_cast<size_t>(room));
      self->dirty = room;
      return done + room == size || wouldBlock(done + room);
    }
    done += n;
    if (done < size && krt_poll_py() < 0) // a signal cut the write short
      return false;
  }
  if (!reserve(self))
    return false;
  std::memcpy(self->data, from + done, static_cast<size_t>(size - done));
  self->dirty = size - done;
  return true;
}

Value krt_buffered_write_py(Value v, Value data) {
  auto *self = v.as<Buffered>();
  if (!check(self))
    return {};
  BytesLike source;
  if (!source.acquire_py(data))
    return {};
  return bufferedWrite_py(self, source.data(), source.size()) ? ioInt(source.size()) : Value();
}
Value krt_buffered_flush_py(Value v) {
  auto *self = v.as<Buffered>();
  if (!check(self))
    return {};
  if (self->writes) {
    if (!open_py(self, "flush of closed file") || !bufferedFlush_py(self))
      return {};
    return kNone;
  }
  return krt_call_method_py(self->raw, KSTR(flush), nullptr, 0); // a reader has nothing to write
}

// ---- Reading ----------------------------------------------------------------------------------------

/// Reads once into the (empty) buffer. Bytes now there; -1 error, -2 would block.
static int64_t fill_py(Buffered *self) {
  if (!reserve(self))
    return -1;
  self->pos = self->end = 0;
  int64_t n = rawRead_py(self, self->data, self->capacity);
  if (n > 0)
    self->end = n;
  return n;
}
static inline int64_t ahead(Buffered *self) { return self->end - self->pos; }
static bool startReading_py(Buffered *self, const char *message) {
  return open_py(self, message) && (!self->dirty || flushDirty_py(self));
}

static Value readAll_py(Buffered *self) {
  int64_t have = ahead(self);
  Value method = krt_getattr_optional_py(self->raw, KSTR(readall));
  if (!method && errorPending())
    return {};
  BytesBuilder all;
  all.append(self->data + self->pos, static_cast<size_t>(have));
  self->pos = self->end = 0;
  if (method) {
    Value rest = self->file ? TRY(fileReadAll_py(self->file)) : TRY(krt_call0_py(method));
    self->rawPosition = -1;
    if (rest == kNone)
      return have ? Value(all.finish()) : kNone;
    if (!bytesCheck(rest))
      return krt_raise(kTypeError, "readall() should return bytes");
    if (!have)
      return rest;
    all.append(bytesView(rest.as<Bytes>()));
    return all.finish();
  }
  for (;;) {
    Value part = TRY(krt_call_method_py(self->raw, KSTR(read), nullptr, 0));
    if (part != kNone && !bytesCheck(part))
      return krt_raise(kTypeError, "read() should return bytes");
    self->rawPosition = -1;
    if (part == kNone || part.as<Bytes>()->length == 0)
      return all.length() || part != kNone ? Value(all.finish()) : part;
    all.append(bytesView(part.as<Bytes>()));
  }
}

/// Up to [size] bytes into [to]; stops at the end, or when reading would block (*blocked). -1: error. [once]:
/// at most one read of the raw stream, and only if nothing is there or much is missing.
static int64_t readInto_py(Buffered *self, uint8_t *to, int64_t size, bool once, bool *blocked) {
  int64_t done = std::min(ahead(self), size);
  if (done) {
    std::memcpy(to, self->data + self->pos, static_cast<size_t>(done));
    self->pos += done;
    if (once && size - done <= self->capacity)
      return done;
  }
  while (done < size) {
    int64_t wanted = size - done, n;
    if (once ? wanted > self->capacity : wanted >= self->capacity) {
      self->pos = self->end = 0;
      n = rawRead_py(self, to + done, once ? wanted : wanted - wanted % self->capacity);
      if (n > 0)
        done += n;
    } else {
      n = fill_py(self);
      if (n > 0) {
        int64_t part = std::min(n, wanted);
        std::memcpy(to + done, self->data, static_cast<size_t>(part));
        self->pos = part;
        done += part;
      }
    }
    if (n == -1)
      return -1;
    *blocked = n == -2;
    if (n <= 0 || once)
      break;
  }
  return done;
}

Value krt_buffered_read_py(Value v, Value given) {
  auto *self = v.as<Buffered>();
  int64_t size;
  if (!check(self) || !ioSize_py(given, &size))
    return {};
  if (size < -1)
    return krt_raise(kValueError, "read length must be non-negative or -1");
  BufferedUse use(self);
  if (!use || !startReading_py(self, "read of closed file"))
    return {};
  if (size < 0)
    return readAll_py(self);
  if (size <= ahead(self)) {
    Value bytes = krt_bytes_new(self->data + self->pos, static_cast<size_t>(size));
    self->pos += size;
    return bytes;
  }
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  bool blocked = false;
  int64_t n = readInto_py(self, bytes->data, size, false, &blocked);
  if (n < 0)
    return {};
  if (n == 0 && blocked)
    return kNone;
  return krt_bytes_shrink(bytes, static_cast<size_t>(n));
}

Value bufferedRead1_py(Buffered *self, int64_t size) {
  BufferedUse use(self);
  if (!use || !startReading_py(self, "read of closed file"))
    return {};
  if (size < 0)
    size = self->capacity;
  if (size == 0)
    return krt_bytes_empty;
  int64_t have = ahead(self);
  if (have) {
    size = std::min(size, have);
    Value bytes = krt_bytes_new(self->data + self->pos, static_cast<size_t>(size));
    self->pos += size;
    return bytes;
  }
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  self->pos = self->end = 0;
  int64_t n = rawRead_py(self, bytes->data, size);
  if (n == -1)
    return {};
  return krt_bytes_shrink(bytes, n < 0 ? 0 : static_cast<size_t>(n));
}
Value krt_buffered_read1_py(Value v, int64_t size) {
  return check(v.as<Buffered>()) ? bufferedRead1_py(v.as<Buffered>(), size) : Value();
}

static Value readInto_py(Value v, Value buffer, bool once) {
  auto *self = v.as<Buffered>();
  if (!check(self))
    return {};
  BytesLike target;
  if (!acquireTarget_py(target, buffer))
    return {};
  BufferedUse use(self);
  if (!use || !startReading_py(self, "readinto of closed file"))
    return {};
  bool blocked = false;
  int64_t n = readInto_py(self, target.writable(), target.size(), once, &blocked);
  if (n < 0)
    return {};
  return n == 0 && blocked ? kNone : ioInt(n);
}
Value krt_buffered_readinto_py(Value self, Value buffer) { return readInto_py(self, buffer, false); }
Value krt_buffered_readinto1_py(Value self, Value buffer) { return readInto_py(self, buffer, true); }

Value krt_buffered_peek_py(Value v, int64_t) {
  auto *self = v.as<Buffered>();
  if (!check(self))
    return {};
  BufferedUse use(self);
  if (!use || !startReading_py(self, "peek of closed file"))
    return {};
  if (!ahead(self) && fill_py(self) == -1)
    return {};
  return krt_bytes_new(self->data + self->pos, static_cast<size_t>(ahead(self)));
}

static Value readLine_py(Buffered *self, int64_t limit) {
  BufferedUse use(self);
  if (!use || !startReading_py(self, "readline of closed file"))
    return {};
  BytesBuilder line;
  for (bool first = true;; first = false) {
    int64_t have = ahead(self);
    if (limit >= 0)
      have = std::min(have, limit - static_cast<int64_t>(line.length()));
    const uint8_t *start = self->data + self->pos;
    auto *end =
        have ? static_cast<const uint8_t *>(std::memchr(start, '\n', static_cast<size_t>(have))) : nullptr;
    int64_t part = end ? end - start + 1 : have;
    self->pos += part;
    if (first && (end || part == limit))
      return krt_bytes_new(start, static_cast<size_t>(part));
    line.append(start, static_cast<size_t>(part));
    if (end || static_cast<int64_t>(line.length()) == limit)
      return line.finish();
    int64_t n = fill_py(self);
    if (n == -1)
      return {};
    if (n <= 0)
      return line.finish();
  }
}
Value krt_buffered_readline_py(Value v, Value size) {
  auto *self = v.as<Buffered>();
  int64_t limit;
  if (!check(self) || !ioSize_py(size, &limit))
    return {};
  return readLine_py(self, limit);
}
static Value next(Value v) {
  auto *self = v.as<Buffered>();
  if (classOf(v)->flags & kClassHeap)
    return krt_iobase_class.slots.next(v);
  if (!check(self))
    return {};
  Value line = TRY(readLine_py(self, -1));
  return line.as<Bytes>()->length ? line : Value();
}

Value krt_buffered_sizeof_py(Value v) {
  auto *self = v.as<Buffered>();
  bool closed = true;
  if (self->ready && !bufferedClosed_py(self, &closed))
    return {};
  return ioInt(classOf(v)->basicSize + (closed ? 0 : self->capacity));
}

// ---- Position ---------------------------------------------------------------------------------------

Value krt_buffered_tell_py(Value v) {
  auto *self = v.as<Buffered>();
  if (!check(self))
    return {};
  BufferedUse use(self);
  if (!use)
    return {};
  int64_t at = TRY_INT(rawTell_py(self));
  return ioInt(at - ahead(self) + self->dirty);
}

Value krt_buffered_seek_py(Value v, Value targetGiven, int whence) {
  auto *self = v.as<Buffered>();
  if (!check(self))
    return {};
  if (whence < 0 || whence > 4)
    return krt_raise(kValueError, "whence value %d unsupported", whence);
  if (!open_py(self, "seek of closed file"))
    return {};
  if (!(self->file && self->file->seekable > 0) &&
      !ability_py(self->raw, KSTR(seekable), "File or stream is not seekable."))
    return {};
  int64_t target;
  if (!ioOffset_py(targetGiven, &target))
    return {};
  BufferedUse use(self);
  if (!use)
    return {};
  if (whence != 2 && whence <= 2 && self->reads && !self->dirty && self->end) {
    // Within what was read ahead nothing needs to be read again.
    int64_t at = TRY_INT(rawTell_py(self));
    int64_t here = at - ahead(self), offset = whence == 0 ? target - here : target;
    if (offset >= -self->pos && offset <= ahead(self)) {
      self->pos += offset;
      return ioInt(here + offset);
    }
  }
  if (!flushDirty_py(self))
    return {};
  if (whence == 1)
    target -= ahead(self);
  int64_t at = TRY_INT(rawSeek_py(self, target, whence));
  self->pos = self->end = 0;
  return ioInt(at);
}

Value krt_buffered_truncate_py(Value v, Value pos) {
  auto *self = v.as<Buffered>();
  if (!check(self))
    return {};
  if (!open_py(self, "truncate of closed file"))
    return {};
  if (!self->writes)
    return ioUnsupported("truncate");
  BufferedUse use(self);
  if (!use)
    return {};
  if (!flushAll_py(self))
    return {};
  self->rawPosition = -1;
  return ioCall_py(self->raw, KSTR(truncate), pos);
}

// ---- Closing ----------------------------------------------------------------------------------------

Value krt_buffered_close_py(Value v) {
  auto *self = v.as<Buffered>();
  bool closed;
  if (!bufferedClosed_py(self, &closed))
    return {};
  if (closed)
    return kNone;
  Value error;
  bool plain = !(classOf(v)->flags & kClassHeap);
  // An attribute of the object, or of the file, may stand for flush() or close().
  if (self->shape == classOf(v)->rootShape && plain && self->file
          ? !bufferedFlush_py(self)
          : !krt_call_method_py(v, KSTR(flush), nullptr, 0))
    error = krt_error_take();
  BufferedUse use(self);
  bool plainFile = self->file && self->file->shape == krt_fileio_class.rootShape;
  bool ok = use &&
            (plainFile ? fileClose_py(self->file) : !!krt_call_method_py(self->raw, KSTR(close), nullptr, 0));
  self->data = nullptr; // free the buffer
  self->pos = self->end = self->dirty = 0;
  ioExitForget(self->exitLink);
  self->exitLink = nullptr;
  if (plain)
    krt_gc_clear_finalizer(self);
  ioChain(error);
  return ok && !error ? kNone : Value();
}
static void finalize(Value v) {
  auto *self = v.as<Buffered>();
  if (classOf(v)->flags & kClassHeap)
    krt_iobase_class.slots.finalize(v);
  else if (self->ready) {
    ioWarnUnclosed_py(self->file, v);
    if (!krt_buffered_close_py(v))
      krt_error_clear();
  }
  ioExitForget(self->exitLink);
  self->exitLink = nullptr;
}

static void finalizeObject(Object *object) { object->shape->cls->slots.finalize(object); }
Value krt_buffered_detach_py(Value v) {
  auto *self = v.as<Buffered>();
  if (!check(self))
    return {};
  TRY(krt_call_method_py(v, KSTR(flush), nullptr, 0));
  Value raw = self->raw;
  if (self->file)
    krt_gc_set_closer(self->file, finalizeObject);
  self->raw = {};
  self->file = nullptr;
  self->detached = true;
  self->ready = false;
  return raw;
}

// ---- What the raw stream answers --------------------------------------------------------------------

static Value forward_py(Value v, Str *name) {
  auto *self = v.as<Buffered>();
  return check(self) ? krt_call_method_py(self->raw, name, nullptr, 0) : Value();
}
Value krt_buffered_seekable_py(Value self) { return forward_py(self, KSTR(seekable)); }
Value krt_buffered_readable_py(Value self) { return forward_py(self, KSTR(readable)); }
Value krt_buffered_writable_py(Value self) { return forward_py(self, KSTR(writable)); }
Value krt_buffered_fileno_py(Value self) { return forward_py(self, KSTR(fileno)); }
Value krt_buffered_isatty_py(Value self) { return forward_py(self, KSTR(isatty)); }
Value krt_buffered_deallocWarn_py(Value, Value) { return kNone; }
Value krt_buffered_getstate_py(Value self) {
  return krt_raise(kTypeError, "cannot pickle '%.100T' object", self);
}
Value krt_buffered_raw(Value self) { return self.as<Buffered>()->raw ? self.as<Buffered>()->raw : kNone; }
Value krt_buffered_closed_py(Value self) {
  bool closed;
  return bufferedClosed_py(self.as<Buffered>(), &closed) ? boolean(closed) : Value();
}
Value krt_buffered_name_py(Value v) {
  return check(v.as<Buffered>()) ? krt_getattr_py(v.as<Buffered>()->raw, KSTR(name)) : Value();
}
Value krt_buffered_mode_py(Value v) {
  return check(v.as<Buffered>()) ? krt_getattr_py(v.as<Buffered>()->raw, KSTR(mode)) : Value();
}

static Value repr(Value v) {
  Value name = krt_getattr_optional_py(v, KSTR(name));
  if (!name) {
    if (errorPending() && !krt_error_clear_if(kValueError))
      return {};
    return krt_str_format("<%N>", classOf(v));
  }
  if (recursionCheck(" in a stream's __repr__"))
    return {};
  return krt_str_format("<%N name=%R>", classOf(v), name);
}

// ---- BufferedRWPair ---------------------------------------------------------------------------------

bool krt_buffered_rwpair_init_py(BufferedPair *self, Value reader, Value writer, int64_t size) {
  Buffered *in = nullptr, *out = nullptr;
  if (!ability_py(reader, KSTR(readable), "File or stream is not readable.") ||
      !ability_py(writer, KSTR(writable), "File or stream is not writable."))
    return false;
  if (!(in = bufferedNew_py(krt_buffered_reader_class, reader, size)) ||
      !(out = bufferedNew_py(krt_buffered_writer_class, writer, size)))
    return false;
  self->reader = in;
  self->writer = out;
  return true;
}
template <typename... Args> static Value half_py(Value half, Str *name, Args... args) {
  return half ? ioCall_py(half, name, args...) : ioRaiseUninitialised();
}
Value krt_rwpair_read_py(BufferedPair *self, Value size) { return half_py(self->reader, KSTR(read), size); }
Value krt_rwpair_peek_py(BufferedPair *self, Value size) { return half_py(self->reader, KSTR(peek), size); }
Value krt_rwpair_read1_py(BufferedPair *self, Value size) { return half_py(self->reader, KSTR(read1), size); }
Value krt_rwpair_readinto_py(BufferedPair *self, Value buffer) {
  return half_py(self->reader, KSTR(readinto), buffer);
}
Value krt_rwpair_readinto1_py(BufferedPair *self, Value buffer) {
  return half_py(self->reader, KSTR(readinto1), buffer);
}
Value krt_rwpair_write_py(BufferedPair *self, Value data) { return half_py(self->writer, KSTR(write), data); }
Value krt_rwpair_flush_py(BufferedPair *self) { return half_py(self->writer, KSTR(flush)); }
Value krt_rwpair_readable_py(BufferedPair *self) { return half_py(self->reader, KSTR(readable)); }
Value krt_rwpair_writable_py(BufferedPair *self) { return half_py(self->writer, KSTR(writable)); }
Value krt_rwpair_close_py(BufferedPair *self) {
  Value error;
  if (!half_py(self->writer, KSTR(close)))
    error = krt_error_take();
  Value done = half_py(self->reader, KSTR(close));
  ioChain(error);
  if (error)
    return {};
  return done;
}
Value krt_rwpair_isatty_py(BufferedPair *self) {
  Value answer = TRY(half_py(self->writer, KSTR(isatty)));
  return answer == kFalse ? half_py(self->reader, KSTR(isatty)) : answer;
}
Value krt_rwpair_closed_py(BufferedPair *self) {
  return self->writer ? krt_getattr_py(self->writer, KSTR(closed))
                      : krt_raise(kRuntimeError, "the BufferedRWPair object is being garbage-collected");
}

extern "C" {
constinit Class krt_buffered_reader_class = {
    .flags = kClassBase | kClassHasDel,
    .nativeName = "_io.BufferedReader",
    .base = &krt_bufferediobase_class,
    .basicSize = sizeof(Buffered),
    .slots =
        {.repr = repr, .next = next, .init = krt_buffered_reader_init, .make = ioMake, .finalize = finalize},
    .methods = krt_buffered_reader_defs,
    .doc = krt_buffered_reader_doc,
    .newSignature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)",
};
constinit Class krt_buffered_writer_class = {
    .flags = kClassBase | kClassHasDel,
    .nativeName = "_io.BufferedWriter",
    .base = &krt_bufferediobase_class,
    .basicSize = sizeof(Buffered),
    .slots = {.repr = repr, .init = krt_buffered_writer_init, .make = ioMake, .finalize = finalize},
    .methods = krt_buffered_writer_defs,
    .doc = krt_buffered_writer_doc,
    .newSignature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)",
};
constinit Class krt_buffered_random_class = {
    .flags = kClassBase | kClassHasDel,
    .nativeName = "_io.BufferedRandom",
    .base = &krt_bufferediobase_class,
    .basicSize = sizeof(Buffered),
    .slots =
        {.repr = repr, .next = next, .init = krt_buffered_random_init, .make = ioMake, .finalize = finalize},
    .methods = krt_buffered_random_defs,
    .doc = krt_buffered_random_doc,
    .newSignature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)",
};
constinit Class krt_buffered_rwpair_class = {
    .flags = kClassBase,
    .nativeName = "_io.BufferedRWPair",
    .base = &krt_bufferediobase_class,
    .basicSize = sizeof(BufferedPair),
    .slots = {.init = krt_buffered_rwpair_init, .make = ioMake},
    .methods = krt_buffered_rwpair_defs,
    .doc = krt_buffered_rwpair_doc,
    .newSignature = "(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)",
};
}

} // namespace krait
