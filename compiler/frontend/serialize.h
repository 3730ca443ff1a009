// CodeUnit trees as bytes and back, in the image format of runtime/abi/code_image.h.
#pragma once

#include "compiler/frontend/code_unit.h"

#include <memory>
#include <string>
#include <string_view>

namespace krait {

/// The image of [root] and all code nested in it. The same tree gives the same bytes.
std::string serializeCode(const CodeUnit &root);

/// Checks an image that may be damaged or foreign. Returns an empty string if CodeImage and the loader may
/// trust it (offsets in bounds and aligned, numbers in range, text well formed, instructions decodable), else
/// what is wrong. What the instructions do is not checked: before code from elsewhere is run, verifyCode must
/// have passed it too.
std::string validateCodeImage(const void *bytes, size_t size);

/// The tree that [bytes] was made from; null with [error] set if the image is not valid.
std::shared_ptr<CodeUnit> deserializeCode(std::string_view bytes, std::string &error);

} // namespace krait
