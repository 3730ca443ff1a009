// loader.h - code objects from images (runtime/abi/code_image.h).
#pragma once

#include "runtime/abi/types.h"

namespace krait {

extern "C" {
/// The root code object of a checked image. [image] is used in place: it is static, mapped for good, or (then [owned]) the start of
/// a block of collected memory, which the code objects keep alive.
Code *krt_code_load(const void *image, bool owned);
/// All code objects of a static image, by number, into [codes].
void krt_code_load_all(const void *image, Code **codes);
}

} // namespace krait
