// system_calls.h - what the modules over the system's calls share: paths, blocking calls, errors.
#pragma once

#include "runtime/interp/global_lock.h"
#include "runtime/interp/interp.h"
#include "runtime/object/audit.h"
#include "stdlib/native/io_streams.h"

#include <cerrno>
#include <fcntl.h>

namespace krait {

/// OSError for errno, unless a signal's handler raised meanwhile.
inline Value systemError(Value filename = {}, Value filename2 = {}) {
  return errorPending() ? Value() : krt_raise_errno(errno, filename, filename2);
}

/// A call that may block: signals that arrived before are answered, the lock is given up meanwhile, and it is
/// repeated when a signal interrupted it, and once when descriptors have run out: those of files that nobody
/// holds any more are closed then. Its result, with errno.
template <typename F> auto blocking_py(F call) {
  for (bool settled = false;;) {
    if (signalsBeforeWaiting_py() < 0) {
      errno = EINTR;
      return static_cast<decltype(call())>(-1);
    }
    auto result = [&] {
      LockReleased released;
      return call();
    }();
    if (result >= 0)
      return result;
    if ((errno == EMFILE || errno == ENFILE) && !settled) {
      ioCloseDropped_py();
      settled = true;
    } else if (errno != EINTR || krt_poll_py() < 0) {
      return result;
    }
  }
}
inline Value noneOrError(int result, Value filename = {}, Value filename2 = {}) {
  return result < 0 ? systemError(filename, filename2) : kNone;
}

/// Text of the file system: UTF-8, what does not decode as lone surrogates.
Value fsDecode(const char *text, size_t size);
inline Value fsDecode(const char *text) { return fsDecode(text, std::strlen(text)); }
/// str or bytes, as the first path was given.
inline Value fsText(const char *text, size_t size, bool bytes) {
  return bytes ? Value(krt_bytes_new(text, size)) : fsDecode(text, size);
}

/// A path argument: text, or where allowed a descriptor or nothing.
struct FsPath {
  const char *text = nullptr;
  int fd = -1;
  Value given; // for errors
  bool bytes = false;

  enum Allow { kPlain = 0, kDescriptor = 1, kNothing = 2 };
  /// False with an exception pending.
  bool parse_py(Value path, const char *function, const char *argument = "path", int allow = kPlain);
};
/// A descriptor that is not negative, or an object with fileno(); false (or -1) with an exception pending.
bool descriptor_py(Value given, int64_t *fd);
int fileDescriptor_py(Value given);
/// dir_fd=None; -1 with an exception pending.
int dirDescriptor_py(Value given);
/// dir_fd as audit hooks see it.
inline Value auditedFolder(int dir) { return smallInt(dir == AT_FDCWD ? -1 : dir); }
/// As for parameters of C's types int and long; false with an exception pending.
bool intArgument_py(Value given, int64_t *out);
bool longArgument_py(Value given, int64_t *out);
/// uid or gid; -1 means "no change".
bool idArgument_py(Value given, const char *what, uint32_t *out);

struct ConstantRow {
  const char *name;
  int64_t value;
};
inline void addConstants(Module *module, const ConstantRow *rows, size_t count) {
  for (size_t i = 0; i < count; i++)
    krt_dict_set_str(module->dict, strIntern(rows[i].name), krt_int_from_i64(rows[i].value));
}

/// Asks a system database with growing room until the entry fits: [find] is given the entry, text, room,
/// result. 1 found, 0 not there, -1 error (errno). The text lives as long as [entry] is looked at from the
/// stack's frame.
template <typename Entry, typename Find> int findEntry(Entry *entry, Find find) {
  for (size_t room = 1024;; room *= 2) {
    auto *text = static_cast<char *>(gcAllocateAtomic(room));
    Entry *result = nullptr;
    int error = [&] {
      LockReleased released;
      return find(entry, text, room, &result);
    }();
    if (error == ERANGE && room < (1u << 24))
      continue;
    errno = error;
    return result ? 1 : error && error != ENOENT && error != ESRCH ? -1 : 0;
  }
}

} // namespace krait
