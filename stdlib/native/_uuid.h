// _uuid.h - the module _uuid: universally unique identifiers made of time and node.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_uuid, "Identifiers from the time and the network address of the machine.");

extern "C" {
KRT_MODULE_INIT(_uuid) bool krt__uuid_init(Module *module);
/// Return (16 bytes of a version 1 UUID, None: whether it is safe is not known).
KRT_FUNCTION(_uuid, "generate_time_safe()", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt__uuid_generateTimeSafe();
}

} // namespace krait
