// resource.h - the module resource: limits of the process and what it used.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(resource, "Limits of processes and the resources that they used.");

extern "C" {
KRT_MODULE_INIT(resource) bool krt_resource_init(Module *module);
/// Return what the process, its children or the thread used.
KRT_FUNCTION(resource, "getrusage(who, /)", KRT_RUNS_PY) Value krt_resource_getrusage_py(int who);
/// Return the soft and the hard limit of a resource.
KRT_FUNCTION(resource, "getrlimit(resource, /)", KRT_RUNS_PY) Value krt_resource_getrlimit_py(int resource);
/// Set the soft and the hard limit of a resource.
KRT_FUNCTION(resource, "setrlimit(resource, limits, /)", KRT_RUNS_PY) Value krt_resource_setrlimit_py(int resource, Value limits);
/// Return, and set if given, the limits of a resource of another process.
KRT_FUNCTION(resource, "prlimit(pid, resource, limits=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_resource_prlimit_py(int pid, int resource, Value limits);
/// Return the number of bytes in a page of memory.
KRT_FUNCTION(resource, "getpagesize()") int64_t krt_resource_getpagesize();
}

} // namespace krait
