// _posixshmem.cpp - see _posixshmem.h.
#include "stdlib/native/_posixshmem.h"

#include "runtime/object/args.h"
#include "stdlib/native/system_calls.h"

#include <sys/mman.h>

#include "stdlib/native/_posixshmem.bind.inc"

namespace krait {

Value krt__posixshmem_shmOpen_py(Str *path, int flags, int mode) {
  size_t size;
  const char *name = TRY(krt_str_utf8(path, &size));
  int fd = blocking_py([&] { return ::shm_open(name, flags | O_CLOEXEC, static_cast<mode_t>(mode)); });
  return fd < 0 ? systemError(path) : smallInt(fd);
}
Value krt__posixshmem_shmUnlink_py(Str *path) {
  size_t size;
  const char *name = TRY(krt_str_utf8(path, &size));
  return noneOrError(blocking_py([&] { return ::shm_unlink(name); }), path);
}

} // namespace krait
