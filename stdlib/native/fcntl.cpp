// fcntl.cpp - see fcntl.h in this folder.
#include "stdlib/native/fcntl.h"

#include "runtime/object/codecs.h"
#include "stdlib/native/fcntl.bind.inc"
#include "stdlib/native/system_calls.h"

#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace krait {

constexpr int64_t kRoom = 1024; // of arguments given as bytes

Value krt_fcntl_fcntl_py(Value file, int cmd, Value arg) {
  int fd = TRY_INT(fileDescriptor_py(file));
  TRY_AUDIT("fcntl.fcntl", smallInt(fd), smallInt(cmd), auditValue(arg));
  if (arg && (strCheck(arg) || krt_buffer_check(arg))) {
    BytesLike bytes;
    if (strCheck(arg) && !(arg = krt_codec_encode_py(arg.as<Str>(), "utf-8", nullptr)))
      return {};
    if (!bytes.acquire_py(arg))
      return {};
    if (bytes.size() > kRoom)
      return krt_raise(kValueError, "fcntl string arg too long");
    char room[kRoom + 1];
    std::memcpy(room, bytes.data(), static_cast<size_t>(bytes.size()));
    room[bytes.size()] = 0;
    if (blocking_py([&] { return ::fcntl(fd, cmd, room); }) < 0)
      return systemError();
    return krt_bytes_new(room, static_cast<size_t>(bytes.size()));
  }
  int64_t number = 0;
  if (arg) {
    number = krt_index_i64_py(arg, kOverflowError);
    if (number == -1 && errorPending())
      return {};
  }
  int result = blocking_py([&] { return ::fcntl(fd, cmd, number); });
  return result < 0 ? systemError() : smallInt(result);
}

Value krt_fcntl_ioctl_py(Value file, Value request, Value arg, bool mutate) {
  int fd = TRY_INT(fileDescriptor_py(file));
  int64_t code = krt_index_i64_py(request, kOverflowError);
  if (code == -1 && errorPending())
    return {};
  TRY_AUDIT("fcntl.ioctl", smallInt(fd), smallInt(static_cast<uint32_t>(code)), auditValue(arg));
  if (arg && (strCheck(arg) || krt_buffer_check(arg))) {
    if (strCheck(arg) && !(arg = krt_codec_encode_py(arg.as<Str>(), "utf-8", nullptr)))
      return {};
    bool inPlace = mutate && !bytesCheck(arg);
    BytesLike bytes;
    if (inPlace && !bytes.acquire_py(arg, kBufferWritable)) {
      inPlace = false;
      if (!krt_error_clear_if(kTypeError) && !krt_error_clear_if(kBufferError))
        return {};
    }
    if (!inPlace && !bytes.acquire_py(arg))
      return {};
    char room[kRoom + 1];
    // A buffer that is longer than the room is handed over itself, without a NUL behind it.
    bool copied = bytes.size() <= kRoom;
    if (!copied && !inPlace)
      return krt_raise(kValueError, "ioctl string arg too long");
    char *data = reinterpret_cast<char *>(bytes.writable());
    if (copied) {
      std::memcpy(room, bytes.data(), static_cast<size_t>(bytes.size()));
      room[bytes.size()] = 0;
      data = room;
    }
    int result = [&] {
      LockReleased released;
      return ::ioctl(fd, static_cast<unsigned long>(code), data);
    }();
    int error = errno;
    if (inPlace && copied)
      std::memcpy(bytes.writable(), room, static_cast<size_t>(bytes.size()));
    errno = error;
    if (result < 0)
      return systemError();
    return inPlace ? smallInt(result) : Value(krt_bytes_new(room, static_cast<size_t>(bytes.size())));
  }
  int64_t number = 0;
  if (arg) {
    number = krt_index_i64_py(arg, kOverflowError);
    if (number == -1 && errorPending())
      return krt_error_clear_if(kTypeError)
                 ? krt_raise(kTypeError, "ioctl requires a file or file descriptor, an integer and "
                                         "optionally an integer or buffer argument")
                 : Value();
  }
  int result = [&] {
    LockReleased released;
    return ::ioctl(fd, static_cast<unsigned long>(code), number);
  }();
  return result < 0 ? systemError() : smallInt(result);
}

Value krt_fcntl_flock_py(Value file, int operation) {
  int fd = TRY_INT(fileDescriptor_py(file));
  TRY_AUDIT("fcntl.flock", smallInt(fd), smallInt(operation));
  return noneOrError(blocking_py([&] { return ::flock(fd, operation); }));
}

Value krt_fcntl_lockf_py(Value file, int cmd, Value length, Value start, int whence) {
  int fd = TRY_INT(fileDescriptor_py(file));
  TRY_AUDIT("fcntl.lockf", smallInt(fd), smallInt(cmd), auditValue(length), auditValue(start),
            smallInt(whence));
  struct flock lock = {};
  if (cmd == LOCK_UN)
    lock.l_type = F_UNLCK;
  else if (cmd & LOCK_SH)
    lock.l_type = F_RDLCK;
  else if (cmd & LOCK_EX)
    lock.l_type = F_WRLCK;
  else
    return krt_raise(kValueError, "unrecognized lockf argument");
  lock.l_whence = static_cast<short>(whence);
  int64_t numbers[2] = {0, 0};
  Value given[2] = {start, length};
  for (int i = 0; i < 2; i++)
    if (given[i]) {
      numbers[i] = krt_index_i64_py(given[i], kOverflowError);
      if (numbers[i] == -1 && errorPending())
        return {};
    }
  lock.l_start = numbers[0];
  lock.l_len = numbers[1];
  return noneOrError(blocking_py([&] { return ::fcntl(fd, cmd & LOCK_NB ? F_SETLK : F_SETLKW, &lock); }));
}

bool krt_fcntl_init(Module *module) {
#define ROW(name) {#name, static_cast<int64_t>(name)}
  static const ConstantRow constants[] = {
      ROW(LOCK_SH),      ROW(LOCK_EX),     ROW(LOCK_NB),      ROW(LOCK_UN),      ROW(LOCK_MAND),
      ROW(LOCK_READ),    ROW(LOCK_WRITE),  ROW(LOCK_RW),      ROW(F_DUPFD),      ROW(F_DUPFD_CLOEXEC),
      ROW(F_GETFD),      ROW(F_SETFD),     ROW(F_GETFL),      ROW(F_SETFL),      ROW(F_GETLK),
      ROW(F_SETLK),      ROW(F_SETLKW),    ROW(F_OFD_GETLK),  ROW(F_OFD_SETLK),  ROW(F_OFD_SETLKW),
      ROW(F_GETOWN),     ROW(F_SETOWN),    ROW(F_GETSIG),     ROW(F_SETSIG),     ROW(F_RDLCK),
      ROW(F_WRLCK),      ROW(F_UNLCK),     {"F_GETLK64", 5},  {"F_SETLK64", 6},  {"F_SETLKW64", 7},
      ROW(FASYNC),       ROW(F_SETLEASE),  ROW(F_GETLEASE),   ROW(F_NOTIFY),     ROW(F_EXLCK),
      ROW(F_SHLCK),      ROW(FD_CLOEXEC),  ROW(F_SETPIPE_SZ), ROW(F_GETPIPE_SZ), ROW(DN_ACCESS),
      ROW(DN_MODIFY),    ROW(DN_CREATE),   ROW(DN_DELETE),    ROW(DN_RENAME),    ROW(DN_ATTRIB),
      ROW(DN_MULTISHOT), ROW(F_ADD_SEALS), ROW(F_GET_SEALS),  ROW(F_SEAL_SEAL),  ROW(F_SEAL_SHRINK),
      ROW(F_SEAL_GROW),  ROW(F_SEAL_WRITE)};
#undef ROW
  addConstants(module, constants, std::size(constants));
  return true;
}

} // namespace krait
