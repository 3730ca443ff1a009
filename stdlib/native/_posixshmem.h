// _posixshmem.h - the module _posixshmem: shared memory by name.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_posixshmem, "POSIX shared memory module");

extern "C" {
/// Open a shared memory object.  Returns a file descriptor (integer).
KRT_FUNCTION(_posixshmem, "shm_open(path, flags, mode=511)", KRT_RUNS_PY) Value krt__posixshmem_shmOpen_py(Str *path, int flags, int mode);
/// Remove a shared memory object (similar to unlink()).
/// 
/// Remove a shared memory object name, and, once all processes  have  unmapped
/// the object, de-allocates and destroys the contents of the associated memory
/// region.
KRT_FUNCTION(_posixshmem, "shm_unlink(path)", KRT_RUNS_PY) Value krt__posixshmem_shmUnlink_py(Str *path);
}

} // namespace krait
