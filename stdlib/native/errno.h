// errno.h - the module errno: the system's error numbers by name.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(errno, "The error numbers of the system by name, and their names by number in errorcode.");

extern "C" {
KRT_MODULE_INIT(errno)
bool krt_errno_init(Module *module);
}

} // namespace krait
