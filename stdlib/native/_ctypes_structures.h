// _ctypes_structures.h - structures, unions and their fields.
#pragma once

#include "stdlib/native/_ctypes_parts.h"

namespace krait {

KRT_CLASS(cfield, "Structure/Union member");

extern "C" {
KRT_GETTER(cfield, "offset") Value krt_cfield_offset(Value self);
KRT_GETTER(cfield, "size") Value krt_cfield_size(Value self);
}

} // namespace krait
