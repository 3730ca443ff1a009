// frozen.h - modules whose code lies in the executable (stdlib/image/krait-freeze.cpp writes the table).
#pragma once

#include <cstdint>
#include <string_view>

namespace krait {

struct FrozenModule {
  const char *name;     // as imported
  const char *original; // as it calls itself: importlib._bootstrap for _frozen_importlib; empty: it has none
  const void *image;    // runtime/abi/code_image.h
  uint64_t size;
  uint64_t isPackage;
};
extern "C" const FrozenModule krt_frozen_modules[];

inline const FrozenModule *findFrozen(std::string_view name) {
  for (const FrozenModule *module = krt_frozen_modules; module->name; ++module)
    if (name == module->name)
      return module;
  return nullptr;
}

} // namespace krait
